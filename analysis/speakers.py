"""Who says it: the speaker and the cue of a quotation, by the words around it.

`attribute` reads one paragraph whose quotations are known and finds, for each, an `Attribution`:

| field | type | meaning |
| --- | --- | --- |
| start, end, speaker | int, int, str | the speaker phrase in the source, half open, and its text |
| cue_start, cue_end, cue | int, int, str | the verb with its particle, "according to", or nothing (a dash, a colon) |
| rule | str | where the cue stands, see below |
| is_beside | bool | the cue stands right at the quotation's marks |
| stands_for | tuple or None | what "it" or "they" as a speaker stands for: start, end, text |

Rules: `after` (“Q,” she said), `inverted` (“Q,” said Ann Poe), `according` (“Q,” according to …),
`dash` (“Q.” — Ann Poe), `before` (Poe said it was “Q”), `participle` (…, saying “Q”), `agent` (was
called “Q” by Poe), `noun` (Poe's claim that “Q”), `colon` (Poe was blunt: “Q”), `far` (“Q” is over, Poe
said), `lead` (a sentence without marks that leads to the next paragraph's quotation).

The method is that of textacy's and GenderGapTracker's quotation finders (a cue verb, its subject, the
marks), written without a parser: the subject of a verb is found from closed word classes, commas and
capitals. A speaker phrase is the shortest that names or describes the speaker: a name without its
title, a pronoun, a description with its article.

Not caught: speakers named only inside the marks (interview transcripts); verbs of speaking that are not
in the vocabulary; persons named in small letters; two persons with one surname, told apart only by the
one named last. Words are data: `language/cue_verbs.csv`, `report_verbs.csv`, `quote_words.csv`,
`first_names.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analysis.word_classes import (
    ABBREVIATION,
    ADVERB,
    AUXILIARY,
    BE,
    BREAKS,
    CARRIER,
    CONJUNCTION,
    CROWD_NOUN,
    DASHES,
    DETERMINER,
    IRREGULAR,
    LEADING,
    NO_ADVERB,
    NO_NOUN,
    NOUN_CUE,
    PARTICLE,
    PLACE,
    PORTFOLIO,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    RELATIVE,
    ROLE,
    STATEMENT,
    STOPS,
    SUBORDINATOR,
    TIME,
    TITLE,
    VERBS,
    Verb,
    words,
)

REACH = 80  # words read on either side of a quotation
MAX_SHARED = 3  # verbs gone back to for a shared subject

_TOKEN = re.compile(
    r"([^\W_]+(?:[-\u2010\u2011'\u2019.&/@][^\W_]+)*|[,;:().!?\u2026\u2014\u2013\u2015]|--|(?<=\s)-(?=\s))"
)
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.,'\u2019 -]{2,30}(?:, [\w. ]{2,20})?(?: ?\([^()]{2,30}\))? ?(?:--|[-\u2013\u2014_]) "
)
_ENDS = STOPS | {",", "-", "\u2013", "\u2014"}
_OPENS = STOPS | {QUOTE, ":"}
_ADJECTIVE_ENDINGS = ("ian", "ese", "ish", "ic", "can", "public", "'s", "\u2019s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One speaker phrase with its cue; the fields are described at the head of this module."""

    start: int
    end: int
    speaker: str
    cue_start: int
    cue_end: int
    cue: str
    rule: str
    is_beside: bool = False
    stands_for: tuple[int, int, str] | None = None


class Text:
    """The words of a paragraph outside its quotations; each quotation is one word, QUOTE.

    `words`, `low` (in small letters), `starts` and `ends` run in parallel; `quotes` gives the place of
    each quotation among them, `sentences` the first word of each sentence, and where the last one ends.
    """

    __slots__ = ("text", "words", "low", "starts", "ends", "quotes", "sentences", "bounds", "offset")

    def __init__(
        self, text: str, spans: Sequence[tuple[int, int]], offset: int = 0, start: int = 0, end: int | None = None
    ):
        self.text = text
        self.offset = offset
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.quotes: list[int] = []
        position = start
        dateline = _DATELINE.match(text, start, min(spans[0][0] if spans else len(text), start + 80))
        if dateline and not start:
            position = dateline.end()
        for opening, closing in spans:
            if position < opening:
                self._read(position, opening)
            self.quotes.append(len(self.words))
            self.words.append(QUOTE)
            self.starts.append(opening)
            self.ends.append(closing)
            position = closing
        self._read(position, len(text) if end is None else end)
        self.low = [word.lower() for word in self.words]
        self._part()

    def _read(self, start: int, end: int) -> None:
        # Between the words stand those at odd places; all of it runs without a Python loop.
        parts = _TOKEN.split(self.text[start:end])
        places = list(accumulate(map(len, parts), initial=start))
        self.words += parts[1::2]
        self.starts += places[1:-1:2]
        self.ends += places[2::2]

    def _part(self) -> None:
        """Find the sentences."""
        n = len(self.words)
        stops = [i for i, word in enumerate(self.words) if word in _OPENS and i < n - 1 and self._ends_sentence(i)]
        self.sentences = [0, *(i + 1 for i in stops), n]
        self.bounds: list[tuple[int, int]] = []
        at = 0
        for q in self.quotes:
            while self.sentences[at + 1] <= q:
                at += 1
            self.bounds.append((self.sentences[at], self.sentences[at + 1]))

    def _ends_sentence(self, i: int) -> bool:
        word, following = self.words[i], self.words[i + 1]
        if word == QUOTE:
            return self._quote_ends_sentence(i)
        if word not in STOPS or not (following == QUOTE or following[0].isupper() or following[0].isdigit()):
            return False
        if word != "." or i == 0:
            return True
        before = self.words[i - 1]
        is_short = len(before) == 1 or before[1:2] == "."
        return not (
            self.ends[i - 1] == self.starts[i] and before[0].isupper() and (is_short or self.low[i - 1] in ABBREVIATION)
        )

    def _quote_ends_sentence(self, i: int) -> bool:
        """Tell whether a quotation that ends with a stop ends the sentence: not in “Why?” Ann Poe asked."""
        last = self.last_mark(i)
        following = self.words[i + 1]
        if last not in STOPS:
            return False
        if following == QUOTE:
            return True
        if not following[0].isupper():
            return False
        for k in range(i + 1, min(i + 12, len(self.words))):
            word = self.words[k]
            if word in BREAKS:
                return True
            verb = VERBS.get(self.low[k] if k == i + 1 else word)
            if verb and verb.use != "report" and verb.form in ("past", "s") and (k > i + 1 or not verb.is_noun):
                after = self.words[k + 1] if k + 1 < len(self.words) else "."
                return last == "." and k > i + 1 and not (after in BREAKS or after in ("in", "on", "at"))
        return True

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that word i stands in."""
        return bisect_right(self.sentences, i) - 1

    def last_mark(self, i: int) -> str:
        """Return the last character inside the quotation at word i, white space and inner marks aside."""
        inner = self.text[max(self.starts[i], self.ends[i] - 12) : self.ends[i]]
        return inner.rstrip("\"'\u2019\u201d\u00bb`\u00b4 \u00a0\n\t")[-1:] or " "

    def is_capital(self, i: int) -> bool:
        """Tell whether word i is written with a capital and is no mark or common opening word."""
        return self.words[i][0].isupper()

    def is_possessive(self, i: int) -> bool:
        """Tell whether word i has a possessive ending."""
        word = self.words[i]
        return word[-2:] in ("'s", "\u2019s") or (
            word[-1] == "s" and self.text[self.ends[i] : self.ends[i] + 1] in ("'", "\u2019")
        )

    # From a verb to its subject.

    def verb(self, i: int) -> Verb | None:
        """Return the cue verb at word i; a word that is as often a noun needs a subject before it."""
        verb = VERBS.get(self.low[i])
        if verb is None or (self.words[i][0].isupper() and i and self.words[i - 1] not in _OPENS):
            return None
        if verb.use == "particle" and not self._particle_end(i, verb):
            return None
        if verb.use == "that" and self.low[i + 1 : i + 2] != ["that"]:
            return None
        if verb.is_noun and not self._has_subject_before(i, verb):
            return None
        if verb.form == "past" and self._is_adjective(i):
            return None
        return verb

    def _before_adverbs(self, i: int) -> int:
        """Return the word before word i, a few adverbs passed over; -1 where there is none."""
        j = i - 1
        while j > i - 5 and j >= 0 and self._is_adverb(j):
            j -= 1
        return j

    def _is_adjective(self, i: int) -> bool:
        """Tell the participle of "a hastily called meeting"."""
        j = self._before_adverbs(i)
        return j >= 0 and self.low[j] in ("a", "an", "the", "this", *POSSESSIVE)

    def _particle_end(self, i: int, verb: Verb) -> int:
        """Return the end of the particle that follows a verb, as a place among the words, or 0."""
        for particle in verb.particle:
            parts = particle.split()
            if self.low[i + 1 : i + 1 + len(parts)] == parts:
                return i + 1 + len(parts)
        return 0

    def _has_subject_before(self, i: int, verb: Verb) -> bool:
        j = self._before_adverbs(i)
        if j < 0 or self.is_possessive(j):
            return False
        low = self.low[j]
        if low in DETERMINER or low in PREPOSITION and low != "to":
            return False
        if verb.form == "base":
            # "would say" and "to say" tell of no words said, unless these stand right behind.
            if low == "to" or low in AUXILIARY:
                return QUOTE in self.words[i + 1 : i + 4]
            return (
                low in ("they", "we", "i", "you", "who")
                or low[-1:] == "s"
                and j > 0
                or (low == "people" or self.is_capital(j) and j > 1 and self.low[j - 1] == "and")
            )
        if low in PRONOUN or low in AUXILIARY:
            return True
        if low.endswith(_ADJECTIVE_ENDINGS):
            return False
        return self.words[j] == ")" or self.is_capital(j) or low in ROLE

    def cue(self, i: int) -> tuple[int, int]:
        """Return where the cue that starts at word i stands, its particle included."""
        verb = VERBS[self.low[i]]
        end = self._particle_end(i, verb) or i + 1
        return self.starts[i], self.ends[end - 1]

    def _is_skipped(self, j: int) -> bool:
        low = self.low[j]
        return low in TIME or low.isdigit() or self._is_adverb(j)

    def _is_adverb(self, j: int) -> bool:
        low = self.low[j]
        if low in ADVERB or low[-2:] != "ly" or low in NO_ADVERB:
            return low in ADVERB
        # "Kelly" and "Italy" are names; "Clearly the guild" has an adverb.
        return self.words[j][0] == low[0] or self.low[j + 1 : j + 2] == ["the"]

    def subject(self, i: int, lo: int, depth: int = 0) -> tuple[int, int] | None:
        """Find the subject of the verb at word i, not before word lo, as a range of words."""
        is_participle = VERBS[self.low[i]].form == "ing" if self.low[i] in VERBS else False
        j = i - 1
        n_auxiliary = 0
        while j >= lo:
            if self.low[j] in AUXILIARY:
                n_auxiliary += 1
            elif not self._is_skipped(j) and not (
                self.low[j] in ("on", "in", "at", "since") and j + 1 < i and self._is_skipped(j + 1)
            ):
                break
            j -= 1
        if j < lo:
            return self._phrase(lo, i) if i > lo else None
        low = self.low[j]
        if low == ")":
            while j > lo and self.low[j] != "(":
                j -= 1
            return self.subject_before(j, lo)
        if (
            is_participle
            and not n_auxiliary
            and (low in BREAKS or low in CONJUNCTION or low in SUBORDINATOR or low in PREPOSITION or low in STATEMENT)
        ):
            return self._shared(j, lo, depth)
        if low in RELATIVE and low != "that" or (low == "that" and j > lo and self.low[j - 1] not in VERBS):
            return self._antecedent(j, lo)
        if low == QUOTE:
            is_noun_phrase = j > lo and self.low[j - 1] in DETERMINER and self.last_mark(j) not in _ENDS
            return (j - 1, j + 1) if is_noun_phrase else self.main_subject(lo, i)
        if low in ("and", "but", "or", "then", "to", "yet") or low in VERBS and self.verb(j):
            return self._shared(j, lo, depth)
        if low == "," or low in DASHES:
            return self._before_apposition(j, lo)
        return self._left(j, lo)

    def subject_before(self, j: int, lo: int) -> tuple[int, int] | None:
        """Find the noun phrase that ends before word j."""
        if j - 1 < lo:
            return None
        return self._before_apposition(j - 1, lo) if self.low[j - 1] in (",", *DASHES) else self._left(j - 1, lo)

    def _left(self, j: int, lo: int) -> tuple[int, int] | None:
        """Find the noun phrase whose last word is j."""
        a, is_joint = j, False
        while a > max(lo, j - REACH):
            low = self.low[a - 1]
            if (
                low == "and"
                and self.is_capital(a)
                and a - 2 >= lo
                and (self.is_capital(a - 2) or self.low[a - 2] in PRONOUN)
            ):
                is_joint = True
            elif low == "," and is_joint and a - 2 >= lo and self.is_capital(a - 2) and self.is_capital(a):
                pass
            elif low != "." and self._parts_phrases(a - 1):
                break
            a -= 1
        return self._phrase(a, j + 1, is_joint=is_joint)

    def _parts_phrases(self, i: int) -> bool:
        """Tell a word that no noun phrase goes over; a full stop inside a sentence is one of an initial."""
        low = self.low[i]
        if low in BREAKS or low in SUBORDINATOR or low in RELATIVE or low in ("and", "but", "or"):
            return True
        verb = self.verb(i)
        return verb is not None and verb.form != "base" and not verb.is_noun

    def _antecedent(self, j: int, lo: int) -> tuple[int, int] | None:
        """Find what the relative pronoun at word j stands for."""
        end = j
        while end > lo and self.low[end - 1] in (",", "of", "in", "to"):
            end -= 1
        if end == lo or self.low[end - 1] in CARRIER:
            return None
        found = self._left(end - 1, lo)
        if found and not self.is_capital(end - 1):
            articles = [
                k for k in range(found[0] + 1, end) if self.low[k] in DETERMINER and self.low[k - 1] not in PREPOSITION
            ]
            return (articles[-1], found[1]) if articles and articles[-1] < found[1] else found
        return found

    def _before_apposition(self, j: int, lo: int) -> tuple[int, int] | None:
        """Find the subject before the comma at word j, which closes what was set between commas."""
        segments = self._segments(lo, j)
        for n, (a, b) in enumerate(segments):
            if self._is_introduction(a, b) and n + 1 < len(segments):
                continue
            a = self._after_cue(a, b)
            has_verb = any(low in AUXILIARY or low.endswith("ed") or low in VERBS for low in self.low[a:b])
            found = self._lead(a, b) if has_verb else self._phrase(a, b)
            if found and n + 1 < len(segments) and not self._is_name(found):
                named = self._named_apposition(*segments[n + 1])
                return named or found
            return found
        return None

    def _after_cue(self, a: int, b: int) -> int:
        """Return where "Poe said the guild" goes on behind its cue."""
        for k in range(b - 2, a, -1):
            verb = self.verb(k)
            if verb and verb.form in ("past", "s") and verb.use == "say":
                return k + 2 if self.low[k + 1] == "that" and k + 2 < b else k + 1
        return a

    def _named_apposition(self, a: int, b: int) -> tuple[int, int] | None:
        if self.low[a] in RELATIVE or any(low in AUXILIARY for low in self.low[a:b]):
            return None
        found = self._phrase(a, b)
        return found if found and self._is_name(found) else None

    def _is_name(self, span: tuple[int, int]) -> bool:
        """Tell a name: all words have capitals, and the last is no title."""
        a, b = span
        return (
            self.is_capital(b - 1)
            and self.low[b - 1] not in TITLE
            and self.is_capital(a)
            and self.low[a] not in DETERMINER
            and self.low[a] not in PRONOUN
            and not self.is_possessive(a)
        )

    def _segments(self, lo: int, hi: int) -> list[tuple[int, int]]:
        """Part words into the stretches between commas, dashes and brackets, from the last colon or quotation on."""
        start = max(lo, hi - REACH)
        for k in range(hi - 1, start - 1, -1):
            if self.words[k] in (QUOTE, ":", ";"):
                start = k + 1
                break
        segments, a = [], start
        for k in range(start, hi + 1):
            if k == hi or self.words[k] in BREAKS:
                if k > a:
                    segments.append((a, k))
                a = k + 1
        return segments

    def _is_introduction(self, a: int, b: int) -> bool:
        """Tell a stretch that only leads up to the clause: "On Friday", "As he left", "Speaking in Rome"."""
        while a < b and (self.low[a] in CONJUNCTION or self._is_adverb(a)):
            a += 1
        if a == b:
            return True
        low = self.low[a]
        if low in SUBORDINATOR and a + 1 < b and self._lead_end(a + 1, b) == b:
            return False
        if low in SUBORDINATOR or low in PREPOSITION:
            return True
        if all(self._is_skipped(k) for k in range(a, b)):
            return True
        return (
            (low.endswith("ing") or low.endswith("ed") or low == "according")
            and low not in TITLE
            and (not self.is_capital(a) or self._is_first(a) or self.words[a - 1] == QUOTE)
        )

    def _is_first(self, i: int) -> bool:
        return self.sentences[bisect_left(self.sentences, i)] == i

    def _lead(self, a: int, b: int) -> tuple[int, int] | None:
        """Find the subject that a stretch starts with."""
        while a < b and self.low[a] in LEADING and self.low[a] not in PRONOUN:
            a += 1
        if a < b and self.low[a] in SUBORDINATOR:
            a += 1
        if a < b and self.low[a] in PRONOUN:
            return a, a + 1
        end = self._lead_end(a, b)
        return self._phrase(a, end) if end > a else None

    def _lead_end(self, a: int, b: int) -> int:
        end = a
        while end < b and not self._ends_subject(end, a):
            end += 1
        return end

    def _ends_subject(self, k: int, a: int) -> bool:
        low = self.low[k]
        if low in AUXILIARY or low in RELATIVE or low in SUBORDINATOR:
            return True
        if k == a or self.is_capital(k):
            return False
        if low in TITLE or low in ROLE:
            return False
        if low in PREPOSITION and low not in ("of", "for"):
            return True
        if low.endswith("ed") or low in VERBS or low in IRREGULAR:
            return True
        if k + 1 < len(self.low) and (self.low[k + 1] in AUXILIARY or self.verb(k + 1)):
            return False
        # A small word right behind a name is its verb: "Poe went home".
        return (
            self.is_capital(k - 1)
            and self.low[k - 1] not in DETERMINER
            and not self.is_possessive(k - 1)
            and (low not in ("of", "for", "and") and low not in PARTICLE)
        )

    def _shared(self, j: int, lo: int, depth: int) -> tuple[int, int] | None:
        """Find the subject that a later verb of the sentence has in common with an earlier one."""
        for k in range(j, lo - 1, -1):
            verb = self.verb(k) if depth < MAX_SHARED else None
            if (
                verb
                and verb.form in ("past", "s")
                and k > lo
                and not self._is_passive(k, verb)
                and (not self._is_closed(k, j, lo))
                and (found := self.subject(k, lo, depth + 1))
            ):
                return found
        return self.main_subject(lo, j + 1)

    def main_subject(self, lo: int, hi: int) -> tuple[int, int] | None:
        """Find the subject of the main clause in a range of words."""
        end = next((k for k in range(lo + 1, hi) if self.words[k] in (":", ";", QUOTE)), hi)
        first = None
        for a, b in self._segments(lo, end):
            if self.low[a] in RELATIVE or self._is_introduction(a, b) or not (found := self._lead(a, b)):
                continue
            if joint := self._joint(found, b, hi):
                return joint
            if self._lead_end(a, b) < b or self._is_name(found):
                return first if first and self.low[a] in ("a", "an", "the") else found
            first = first or found
        return first

    def _joint(self, found: tuple[int, int], b: int, hi: int) -> tuple[int, int] | None:
        """Widen the first name of "France, Germany and Britain" to all of them."""
        k = b
        while self._is_name(found) and k + 1 < hi and self.low[k] == "," and self.is_capital(k + 1):
            k += 1
            while k < hi and self.is_capital(k):
                k += 1
            if k + 1 < hi and self.low[k] == "and" and self.is_capital(k + 1):
                k += 1
                while k < hi and self.is_capital(k):
                    k += 1
                return found[0], k
        return None

    def _is_closed(self, k: int, j: int, lo: int) -> bool:
        """Tell whether the verb at k stands in a clause that a comma closes before word j."""
        if "," not in self.low[k : j - 1]:
            return False
        if self.words[k - 1] == "," and self.low[lo:k].count(",") == 1:
            return True
        i = k - 1
        while i > lo and (self.low[i] in AUXILIARY or self._is_skipped(i)):
            i -= 1
        if self.low[i] in RELATIVE and i > lo and self.low[i - 1] == ",":
            return True
        a = k
        while a > lo and self.words[a - 1] not in BREAKS:
            a -= 1
        return self.low[a] in SUBORDINATOR and a == lo

    def _is_passive(self, k: int, verb: Verb) -> bool:
        """Tell "was called", "known as", "a man called “Bob”", where the subject says nothing."""
        if verb.form != "past":
            return False
        i = self._before_adverbs(k)
        before = self.low[i] if i >= 0 else ""
        if before in BE:
            return True
        if verb.use != "report" or k + 1 >= len(self.low):
            return False
        following = self.low[k + 1]
        if following not in ("as", "of", "by", QUOTE):
            return False
        is_active = before in PRONOUN or before in AUXILIARY or before in RELATIVE or (i >= 0 and self.is_capital(i))
        is_object_before = any(low in ("which", "what", "whom") for low in self.low[max(0, k - 12) : k])
        return (
            not (is_active or is_object_before)
            and VERBS[self.low[k]].particle == ()
            and (following in ("as", "of", "by"))
        )

    # Which part of a phrase is the speaker.

    def _phrase(self, a: int, b: int, *, is_joint: bool = False) -> tuple[int, int] | None:
        """Cut words down to the shortest phrase that names or describes a speaker."""
        a, b = self._trim(a, b)
        if a >= b or self.low[b - 1] in NO_NOUN:
            return None
        if self.low[b - 1] in PRONOUN and not is_joint:
            return b - 1, b
        if is_joint:
            return a, b
        if not self.is_capital(b - 1):
            return self._description(a, b)
        run = b - 1
        while run > a and self._joins_name(run - 1, run):
            run -= 1
        before = self.low[run - 1] if run > a else ""
        if before in DETERMINER and run - 2 >= a and self.low[run - 2] in PREPOSITION:
            before = self.low[run - 2]
        if before in ("like", "including", "by", "with"):
            return self._without_titles(run, b) % b or run, b
        if before in PREPOSITION or before == "and":
            return self._complement(a, run, b)
        name = self._without_titles(run, b)
        if name == b:
            return self._description(a, b)
        if name == run and before in ("the", "a", "an"):
            return run - 1, b
        return name, b

    def _trim(self, a: int, b: int) -> tuple[int, int]:
        while a < b and (self.low[a] in LEADING or self._is_skipped(a) and not self._is_part_of_name(a, b)):
            if self.low[a] in PRONOUN:
                break
            a += 1
        if a + 1 < b and self.low[a] == "with":
            a += 1
        if a + 1 < b and self.low[a] in ("on", "in", "at", "since", "by") and self._is_skipped(a + 1):
            return self._trim(a + 1, b)
        while b > a and (
            self.low[b - 1] in AUXILIARY
            or self.words[b - 1] in BREAKS
            or self._is_skipped(b - 1)
            and not self.is_capital(b - 1)
        ):
            b -= 1
        return a, b

    def _is_part_of_name(self, a: int, b: int) -> bool:
        """Tell "April Poe" and "Last" from days and months that open a sentence."""
        return self.is_capital(a) and a + 1 < b and self.is_capital(a + 1) and self.low[a] not in words("time")

    def _joins_name(self, i: int, run: int) -> bool:
        """Tell whether word i belongs to the name that goes on at word `run`."""
        if self.words[i] == "." and i > 0:
            return self.is_capital(i - 1) and (len(self.words[i - 1]) == 1 or self.low[i - 1] in ABBREVIATION)
        if self.is_possessive(i):
            return False
        if self.low[i] in PARTICLE and not self.is_capital(i):
            first = max(0, i - 3)
            while i > first and self.low[i] in PARTICLE and not self.is_capital(i):
                i -= 1
            return self.is_capital(i) and self.low[i] not in DETERMINER
        return (
            self.is_capital(i)
            and self.low[i] not in DETERMINER
            and self.low[i] not in PREPOSITION
            and (self.low[i] not in CONJUNCTION)
        )

    def _without_titles(self, a: int, b: int) -> int:
        """Return where the name starts in a run of capitals; its end where all of it is title."""
        for k in range(b - 1, a - 1, -1):
            if self.low[k] in TITLE or self.words[k] == "." and self.low[k - 1] in TITLE:
                return k + 1
        return a

    def _complement(self, a: int, run: int, b: int) -> tuple[int, int]:
        """Choose between the parts of "Poe of the Council", "Minister of Defence Poe", "head of the Council"."""
        k = run
        while k < b and self.words[k] in PORTFOLIO:
            k += 1
        if run < k < b:
            return self._without_titles(k, b), b
        head = run - 1
        while head > a and (self.low[head] in DETERMINER or self.low[head] in PREPOSITION):
            head -= 1
        if (
            self.is_capital(head)
            and self.low[head] not in TITLE
            and not any(self.low[k] in DETERMINER for k in range(a, head))
        ):
            start = head
            while start > a and self._joins_name(start - 1, start):
                start -= 1
            name = self._without_titles(start, head + 1)
            if name <= head and self.low[head + 1] in PREPOSITION:
                return name, head + 1
        return self._description(a, b)

    def _description(self, a: int, b: int) -> tuple[int, int]:
        """Cut a description: from its article on, without the place and time behind it."""
        if self.low[a] in PREPOSITION:
            starts = [k for k in range(a + 1, b) if self.low[k] in DETERMINER and self.low[k - 1] not in PREPOSITION]
            a = starts[-1] if starts else a + 1
        end = a + 1
        while end < b and self.low[end] not in PLACE and self.low[end] not in RELATIVE:
            end += 1
        return a, min(end, b)

    # From a quotation to its cue.

    def attribute(self, n: int) -> Attribution | None:
        """Find the cue and speaker of the n-th quotation in its own sentence."""
        q = self.quotes[n]
        lo, hi = self.bounds[n]
        lo, hi = max(lo, q - REACH), min(hi, q + REACH)
        return (
            self._right_before(q, lo)
            or self._right_after(q, lo, hi)
            or self._before(q, lo)
            or self._far_after(q, hi)
            or self._noun(q, lo)
            or self._colon(q, lo)
        )

    def _made(self, span: tuple[int, int] | None, cue: tuple[int, int], rule: str, *, is_beside: bool = False):
        if span is None:
            return None
        start, end = self.starts[span[0]], self._end(span[1] - 1)
        cue_start, cue_end = cue
        return Attribution(
            start + self.offset,
            end + self.offset,
            self.text[start:end],
            cue_start + self.offset,
            cue_end + self.offset,
            self.text[cue_start:cue_end],
            rule,
            is_beside,
            self._group(span[0]) if self.low[span[0]] in ("it", "they") else None,
        )

    def _group(self, i: int) -> tuple[int, int, str] | None:
        """Return what "it" or "they" at word i stands for: the subject of its sentence, or of the one before."""
        at = self.sentence(i)
        for lo, hi in ((self.sentences[at], i), (self.sentences[max(at - 1, 0)], self.sentences[at])):
            found = self.main_subject(lo, hi) if lo < hi else None
            if found and self.low[found[0]] not in PRONOUN:
                start, end = self.starts[found[0]], self._end(found[1] - 1)
                return start + self.offset, end + self.offset, self.text[start:end]
        return None

    def _end(self, i: int) -> int:
        """Return where word i ends without its possessive ending."""
        word = self.words[i]
        return self.ends[i] - (2 if word[-2:] in ("'s", "\u2019s") else 0)

    def _right_before(self, q: int, lo: int) -> Attribution | None:
        """Read a cue that stands right before the marks: she added: “Q”; Poe shouted “Q”."""
        k = q - 1
        if q > lo and self.words[k] not in BREAKS and self.last_mark(q) not in _ENDS:
            return self._before(q, lo, reach=4, is_beside=self.low[k] in VERBS)
        is_opened = k >= lo and self.words[k] in (":", ",")
        k -= is_opened
        if k > lo and self.low[k] == "that":
            k -= 1
        if k < lo or (self.low[k] not in VERBS and self.words[q - 1] != ":"):
            return None
        return self._before(q, lo, reach=q - k + (12 if self.words[q - 1] == ":" else 1), is_beside=True)

    def _before(self, q: int, lo: int, *, reach: int = REACH, is_beside: bool = False) -> Attribution | None:
        """Read the nearest cue before the marks that can govern them."""
        for k in range(q - 1, max(lo, q - reach) - 1, -1):
            if self.low[k] == "according" and self.low[k + 1 : k + 2] == ["to"]:
                return self._made(self._right(k + 2, q), (self.starts[k], self.ends[k + 1]), "according")
            verb = self.verb(k)
            if verb is None or (verb.use == "quote" and not is_beside and self.low[k + 1] != "that"):
                continue
            if self._is_passive(k, verb):
                if made := self._agent(k, q):
                    return made
                continue
            if self._is_closed(k, q, lo):
                continue
            if (
                k == lo
                and verb.form in ("past", "s")
                and not verb.is_noun
                and (made := self._made(self._right(k + 1, q), self.cue(k), "inverted"))
            ):
                return made
            rule = "participle" if verb.form == "ing" else "before"
            subject = self.subject(k, lo)
            if verb.form == "ing" and (subject is None or k == lo):
                subject = self._lead(*self._clause_after(q))
            if made := self._made(subject, self.cue(k), rule, is_beside=is_beside):
                return made
        return None

    def _clause_after(self, q: int) -> tuple[int, int]:
        """Return the stretch behind a quotation, up to the next mark: “Q,” Poe resigned."""
        a = q + 1
        while a < len(self.words) and self.words[a] == ",":
            a += 1
        b = a
        while b < len(self.words) and self.words[b] not in BREAKS:
            b += 1
        return a, b

    def _agent(self, k: int, q: int) -> Attribution | None:
        """Read who did it behind a passive verb: was called “Q” by Poe."""
        for j in range(k + 1, min(q + 4, len(self.low))):
            if self.low[j] == "by" and (j < q or j == q + 1):
                return self._made(self._right(j + 1, len(self.low)), self.cue(k), "agent")
        return None

    def _right_after(self, q: int, lo: int, hi: int) -> Attribution | None:
        """Read a cue right behind the marks: “Q,” she said; “Q,” said Ann Poe; “Q,” according to Poe."""
        j = q + 1
        has_comma = self.last_mark(q) in _ENDS or q == lo
        while j < hi and (self.words[j] == "," or self.words[j] in DASHES or (self.words[j] in STOPS and j + 1 < hi)):
            has_comma = True
            j += 1
        if j >= hi:
            return None
        if self.words[j - 1] in DASHES and j - 1 > q:
            return self._after_dash(j, hi)
        if self.low[j] == "according" and self.low[j + 1 : j + 2] == ["to"]:
            return self._made(self._right(j + 2, hi), (self.starts[j], self.ends[j + 1]), "according", is_beside=True)
        if not has_comma:
            return None
        verb = self.verb(j) or (VERBS.get(self.low[j]) if j + 1 < hi and self.is_capital(j + 1) else None)
        if verb and verb.use in ("say", "quote") and verb.form in ("past", "s") and self._starts_subject(j + 1, hi):
            return self._made(self._right(j + 1, hi), self.cue(j), "inverted", is_beside=True)
        return self._subject_then_verb(j, hi)

    def _after_dash(self, j: int, hi: int) -> Attribution | None:
        if not self.is_capital(j) or any(low in AUXILIARY or low in VERBS for low in self.low[j:hi]):
            return self._subject_then_verb(j, hi) if j < hi else None
        cue = (self.starts[j], self.starts[j])
        return self._made(self._right(j, hi), cue, "dash", is_beside=True)

    def _starts_subject(self, j: int, hi: int) -> bool:
        if j >= hi:
            return False
        low = self.low[j]
        if low in BREAKS or self.words[j] in ("that", "it", "to", "him", "them", "me", "us") or low in PREPOSITION:
            return False
        return not (low in ADVERB or low in SUBORDINATOR or low in CONJUNCTION or self._is_skipped(j)) or (
            self.is_capital(j) and low not in TIME
        )

    def _subject_then_verb(self, j: int, hi: int) -> Attribution | None:
        low = self.low[j]
        if low in ("and", "but", "or", "which", "who", "that", "while", "to", "of") or low in AUXILIARY:
            return None
        if low in PREPOSITION and low not in ("in", "on", "at"):
            return None
        for k in range(j + 1, min(hi, j + REACH)):
            if self.words[k] in (QUOTE, ";", ":") and not self._is_nickname(k):
                return None
            verb = self.verb(k)
            is_quoted = verb and verb.form == "ing" and self.low[k - 1] == "as"
            if not verb or verb.use not in ("say", "quote") or verb.form == "ing" and not is_quoted:
                if verb and verb.use == "particle" and verb.form == "past":
                    return self._made(self.subject(k, j), self.cue(k), "after", is_beside=True)
                continue
            if self._is_passive(k, verb) or self.low[k - 1] in ("who", "which", "to", "that"):
                continue
            if self.words[k - 1] == "," and self._is_inverted(k, hi) and self.last_mark(j - 1) not in _ENDS:
                return self._made(self._right(k + 1, hi), self.cue(k), "far")
            return self._made(self.subject(k, j), self.cue(k), "after", is_beside=True)
        return None

    def _is_inverted(self, k: int, hi: int) -> bool:
        """Tell ", said spokesman Poe" from ", told the court"."""
        return (
            self.low[k] not in ("told", "asked")
            and self._starts_subject(k + 1, hi)
            and (self.is_capital(k + 1) or self.low[k + 1] in TITLE or self.low[k + 1] in DETERMINER)
        )

    def _is_nickname(self, k: int) -> bool:
        """Tell the quotation in Ann "Nan" Poe."""
        return (
            self.words[k] == QUOTE
            and k + 1 < len(self.words)
            and self.is_capital(k - 1)
            and (self.is_capital(k + 1) and self.ends[k] - self.starts[k] < 20)
        )

    def _right(self, a: int, hi: int) -> tuple[int, int] | None:
        """Find the noun phrase that starts at word a, or the name set behind it."""
        end = self._phrase_end(a, hi)
        found = self._phrase(a, end) if end > a else None
        if (
            found
            and not self._is_name(found)
            and end + 1 < hi
            and self.words[end] == ","
            and (self.low[found[0]] not in PRONOUN)
        ):
            named = self._named_apposition(end + 1, self._phrase_end(end + 1, hi))
            return named or found
        return found

    def _phrase_end(self, a: int, hi: int) -> int:
        end = a
        while end < min(hi, a + REACH):
            low = self.low[end]
            if (
                low == "."
                and end + 1 < hi
                and self.ends[end - 1] == self.starts[end]
                and (len(self.words[end - 1]) == 1 or self.low[end - 1] in ABBREVIATION)
            ):
                end += 1
                continue
            if low in BREAKS or low in RELATIVE or low in SUBORDINATOR or low in PLACE or low in ("to", "but"):
                break
            if (
                end > a
                and (low in TIME or low in AUXILIARY)
                and not (self.is_capital(end) and self.is_capital(end - 1) and low not in TIME)
            ):
                break
            if end > a and self.is_capital(end - 1) and low in ("of", "for") and self._is_name((a, end)):
                break
            end += 1
        return end

    def _far_after(self, q: int, hi: int) -> Attribution | None:
        """Read a cue at the end of the sentence: “Q” is over, Poe said."""
        for k in range(q + 2, hi):
            verb = self.verb(k)
            if self.low[k] == "according" and self.low[k + 1 : k + 2] == ["to"]:
                return self._made(self._right(k + 2, hi), (self.starts[k], self.ends[k + 1]), "according")
            if not verb or verb.use != "say" or verb.form not in ("past", "s") or self._is_passive(k, verb):
                continue
            after = self.words[k + 1] if k + 1 < hi else "."
            if self.words[k - 1] == "," and self._is_inverted(k, hi):
                return self._made(self._right(k + 1, hi), self.cue(k), "far")
            if (
                after not in BREAKS
                and after not in ("in", "on", "at", "last", "earlier")
                and (after.lower() not in TIME and self.low[k] not in ("told", "tells"))
            ):
                continue
            a = k
            while a > q + 1 and self.words[a - 1] not in BREAKS:
                a -= 1
            is_set_off = self.words[a - 1] in (",", QUOTE) or self.words[a - 1] in DASHES
            if k > a and is_set_off and self.low[a] not in RELATIVE and self.low[a] not in CONJUNCTION:
                return self._made(self.subject(k, q + 1), self.cue(k), "far")
        return None

    def _noun(self, q: int, lo: int) -> Attribution | None:
        """Read a noun of speaking with its owner: Poe's claim that “Q”."""
        if q - lo > 2 and self.low[q - 1] == "of" and self.low[q - 2] in CROWD_NOUN:
            return self._made(self.main_subject(lo, q - 2), (self.starts[q - 2], self.ends[q - 2]), "noun")
        for k in range(q - 1, max(lo, q - 12), -1):
            if self.low[k] not in NOUN_CUE or q - k > 5 and self.low[k + 1] != "that":
                continue
            if self.low[k - 1] in ("the", "a") or self.low[k - 2] in ("the", "a"):
                if self.low[k + 1] != "that":
                    continue
                return self._made(self.main_subject(lo, k), (self.starts[k], self.ends[k]), "noun")
            owner = k - 1
            while owner > lo and not self.is_possessive(owner) and self.low[owner] not in POSSESSIVE:
                owner -= 1
                if owner < k - 3 or self.words[owner] in BREAKS:
                    return None
            if not (self.is_possessive(owner) or self.low[owner] in POSSESSIVE):
                return None
            span = self.main_subject(lo, owner) or (owner, owner + 1)
            if self.is_possessive(owner):
                a = owner
                while a > lo and self._joins_name(a - 1, a):
                    a -= 1
                span = (self._without_titles(a, owner) if self.is_capital(a) else a, owner + 1)
                if span[0] > lo and self.low[span[0] - 1] == "the":
                    span = (span[0] - 1, span[1])
            return self._made(span, (self.starts[k], self.ends[k]), "noun")
        return None

    def _colon(self, q: int, lo: int) -> Attribution | None:
        """Read a clause with a colon that leads to the quotation: Poe was blunt: “Q”."""
        if q <= lo or self.words[q - 1] != ":" or self.low[max(lo, q - 2)] in CARRIER:
            return None
        colon = (self.starts[q - 1], self.starts[q - 1])
        return self._made(self.main_subject(lo, q - 1), colon, "colon", is_beside=True)

    def lead(self, lo: int, hi: int) -> Attribution | None:
        """Find who speaks in a sentence without quotations, for the quotation that follows it alone."""
        lo = max(lo, hi - REACH)
        for k in range(hi - 1, lo, -1):
            verb = self.verb(k)
            if not verb or verb.use != "say" or verb.form not in ("past", "s") or self._is_passive(k, verb):
                continue
            if made := self._made(self.subject(k, lo), (self.starts[k],) * 2, "lead"):
                return made
        return self._made(self.main_subject(lo, hi), (self.starts[lo],) * 2, "lead") if hi > lo else None

    def is_listed(self, n: int) -> bool:
        """Tell whether only "and" or a comma parts the n-th quotation from a cue's one before it."""
        first, last = self.quotes[n - 1], self.quotes[n]
        between = self.low[first + 1 : last]
        return (
            0 < len(between) < 3
            and all(low in ("and", "or", ",") for low in between)
            and (first > 0 and self.low[first - 1] in VERBS and between[-1] != ",")
        )
