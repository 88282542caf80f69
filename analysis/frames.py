"""The frame of a paragraph: its words outside the quotations, their classes, its sentences, its cue verbs.

A `Frame` is what is left of a paragraph when each quotation is taken for one word. What is asked of a
single word, with those right beside it, is asked here; `subjects` and `speakers` read whole clauses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from analysis.word_classes import (
    ABBREVIATION,
    ADVERB,
    AFRESH,
    AUXILIARY,
    BREAK,
    CAPITAL,
    DETERMINER,
    KINDS,
    LARGE_LY,
    LY,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    QUOTED,
    ROLE,
    SENTENCE_END,
    SKIPPED,
    VERB,
    VERBS,
    Verb,
)

ENDS = frozenset(".!?\u2026,-\u2013\u2014")  # the last characters of a quotation that a cue may follow

# A word, with what joins its parts ("Doe-Poe", "A.B."); a mark; a dash. All of them start with one class of
# characters, so that whatever stands between them is passed over fast.
_TOKEN = re.compile(
    r"([\w,;:().!?\u2026\u2014\u2013\u2015\u201c\-](?:"
    r"(?<=[^\W_])[a-zA-Z0-9]*+[^\W_]*+(?:[-\u2010\u2011'\u2019.&/@][^\W_]++)*+"
    r"|(?<=[,;:().!?\u2026\u2014\u2013\u2015\u201c])|(?<=-)-|(?<=\s-)(?=\s)))"
)
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.,'\u2019 -]{2,30}(?:, [\w. ]{2,20})?(?: ?\([^()]{2,30}\))? ?(?:--|[-\u2013\u2014_]) "
)
_ADJECTIVE_ENDINGS = ("ian", "ese", "ish", "ic", "can", "public", "'s", "\u2019s")


class Frame:
    """The words of a paragraph outside its quotations; each quotation is one word, QUOTE.

    `words`, `low` (in small letters), `kinds` (see `word_classes`), `starts` and `ends` run in parallel;
    `quotes` gives the place of each quotation among them, `bounds` its sentence, `sentences` the first word
    of each sentence, and where the last one ends. `offset` is the place of the text in the source.
    """

    __slots__ = (
        *("text", "offset", "words", "low", "kinds", "starts", "ends", "quotes", "sentences", "bounds"),
        "_last_marks",
    )

    def __init__(
        self, text: str, spans: Sequence[tuple[int, int]], offset: int = 0, start: int = 0, end: int | None = None
    ):
        self.text = text
        self.offset = offset
        self._last_marks: dict[int, str] = {}
        if not start and (dateline := _DATELINE.match(text, 0, min(spans[0][0] if spans else len(text), 80))):
            start = dateline.end()
        pieces, position = [], start
        for opening, closing in spans:
            pieces.append(text[position:opening])
            position = closing
        pieces.append(text[position:end])
        # Words and quotations come at the odd places, what parts them at the even ones.
        parts = _TOKEN.split(QUOTE.join([piece.replace(QUOTE, '"') for piece in pieces]))
        self.words = parts[1::2]
        self.low = list(map(str.lower, self.words))
        self.kinds = list(map(KINDS.__getitem__, self.words))
        stops = [i for i, kind in enumerate(self.kinds) if kind & SENTENCE_END]
        self.quotes = [i for i in stops if self.kinds[i] & QUOTED]
        lengths = list(map(len, parts))
        for q, (opening, closing) in zip(self.quotes, spans, strict=True):
            lengths[2 * q + 1] = closing - opening
        places = list(accumulate(lengths, initial=start))
        self.starts = places[1:-1:2]
        self.ends = places[2::2]
        last = len(self.words) - 1
        self.sentences = [0, *[i + 1 for i in stops if i < last and self._ends_sentence(i)], last + 1]
        self.bounds = list(map(self._bounds, self.quotes))

    def _bounds(self, i: int) -> tuple[int, int]:
        """Return the first word of the sentence that word i stands in, and of the next."""
        at = bisect_right(self.sentences, i)
        return self.sentences[at - 1], self.sentences[at]

    def _ends_sentence(self, i: int) -> bool:
        following = self.words[i + 1]
        if self.kinds[i] & QUOTED:
            return self._quote_ends_sentence(i)
        if not (following == QUOTE or following[0].isupper() or following[0].isdigit()):
            return False
        return self.words[i] != "." or i == 0 or not self._is_abbreviated(i)

    def _is_abbreviated(self, i: int) -> bool:
        """Tell the full stop of "Mr." and "J." behind the word before it."""
        if self.ends[i - 1] != self.starts[i] or not self.kinds[i - 1] & CAPITAL:
            return False
        before = self.words[i - 1]
        return len(before) == 1 or before[1:2] == "." or bool(self.kinds[i - 1] & ABBREVIATION)

    def _quote_ends_sentence(self, i: int) -> bool:
        """Tell whether a quotation that ends with a stop ends the sentence: not in “Why?” Ann Poe asked."""
        last = self.last_mark(i)
        if last not in ".!?\u2026":
            return False
        kinds = self.kinds
        if kinds[i + 1] & QUOTED:
            return True
        if not kinds[i + 1] & CAPITAL:
            return False
        for k in range(i + 1, min(i + 12, len(kinds))):
            kind = kinds[k]
            if kind & BREAK:
                return True
            if not kind & VERB or kind & CAPITAL and k > i + 1:
                continue
            verb = VERBS[self.low[k]]
            if verb.use != "report" and verb.form in ("past", "s") and (k > i + 1 or not verb.is_noun):
                after = self.words[k + 1] if k + 1 < len(kinds) else "."
                return last == "." and k > i + 1 and not (KINDS[after] & BREAK or after in ("in", "on", "at"))
        return True

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that word i stands in."""
        return bisect_right(self.sentences, i) - 1

    def last_mark(self, i: int) -> str:
        """Return the last character inside the quotation at word i, white space and inner marks aside."""
        if i not in self._last_marks:
            end = self.ends[i]
            inner = self.text[max(self.starts[i], end - 12) : end]
            self._last_marks[i] = inner.rstrip("\"'\u2019\u201d\u00bb`\u00b4 \u00a0\n\t")[-1:] or " "
        return self._last_marks[i]

    def is_possessive(self, i: int) -> bool:
        """Tell whether word i has a possessive ending."""
        return bool(self.kinds[i] & OWNER) or (
            self.words[i][-1] == "s" and self.text[self.ends[i] : self.ends[i] + 1] in ("'", "\u2019")
        )

    def is_adverb(self, i: int) -> bool:
        """Tell an adverb; "Kelly" and "Italy" are names, but "Clearly the guild" has one."""
        kind = self.kinds[i]
        return bool(kind & (ADVERB | LY)) or bool(kind & LARGE_LY) and self.low[i + 1 : i + 2] == ["the"]

    def is_skipped(self, i: int) -> bool:
        """Tell an adverb, a word of time or a number: no part of who speaks."""
        kind = self.kinds[i]
        return bool(kind & SKIPPED) or bool(kind & LARGE_LY) and self.low[i + 1 : i + 2] == ["the"]

    def before_adverbs(self, i: int) -> int:
        """Return the word before word i, a few adverbs passed over; -1 where there is none."""
        j = i - 1
        while j > i - 5 and j >= 0 and self.is_adverb(j):
            j -= 1
        return j

    # Cue verbs.

    def verb(self, i: int) -> Verb | None:
        """Return the cue verb at word i; a word that is as often a noun needs a subject before it."""
        kind = self.kinds[i]
        if not kind & VERB or kind & CAPITAL and i and not self.kinds[i - 1] & (SENTENCE_END | AFRESH):
            return None
        verb = VERBS[self.low[i]]
        if verb.use == "particle" and not self._particle_end(i, verb):
            return None
        if verb.use == "that" and self.low[i + 1 : i + 2] != ["that"]:
            return None
        if verb.is_noun and not self._has_subject_before(i, verb):
            return None
        if verb.form == "past" and self._is_adjective(i):
            return None
        return verb

    def cue(self, i: int) -> tuple[int, int]:
        """Return where the cue that starts at word i stands, its particle included."""
        end = self._particle_end(i, VERBS[self.low[i]]) or i + 1
        return self.starts[i], self.ends[end - 1]

    def _is_adjective(self, i: int) -> bool:
        """Tell the participle of "a hastily called meeting"."""
        j = self.before_adverbs(i)
        return j >= 0 and self.low[j] in ("a", "an", "the", "this", *POSSESSIVE)

    def _particle_end(self, i: int, verb: Verb) -> int:
        """Return the end of the particle that follows a verb, as a place among the words, or 0."""
        for particle in verb.particle:
            parts = particle.split()
            if self.low[i + 1 : i + 1 + len(parts)] == parts:
                return i + 1 + len(parts)
        return 0

    def _has_subject_before(self, i: int, verb: Verb) -> bool:
        j = self.before_adverbs(i)
        if j < 0 or self.is_possessive(j):
            return False
        low, kind = self.low[j], self.kinds[j]
        if kind & DETERMINER or kind & PREPOSITION and low != "to":
            return False
        if verb.form == "base":
            # "would say" and "to say" tell of no words said, unless these stand right behind.
            if low == "to" or kind & AUXILIARY:
                return QUOTE in self.words[i + 1 : i + 4]
            return (
                low in ("they", "we", "i", "you", "who")
                or low[-1:] == "s"
                and j > 0
                or low == "people"
                or bool(kind & CAPITAL)
                and j > 1
                and self.low[j - 1] == "and"
            )
        if kind & (PRONOUN | AUXILIARY):
            return True
        if low.endswith(_ADJECTIVE_ENDINGS):
            return False
        return low == ")" or bool(kind & (CAPITAL | ROLE))
