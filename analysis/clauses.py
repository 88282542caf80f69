"""A sentence to its words and clauses: which words are verbs of the vocabulary, who is the subject, who is meant.

`Sentence` holds the words of one sentence, with the actors who are mentioned in it laid over them: a
mention is one word. `Entry` is one term of `language/sanction_verbs.csv` where it stands. Nothing is
parsed: a verb group is read from closed classes of words (auxiliaries, "to", adverbs, negations), a
subject is the last noun phrase before it that does not stand behind a preposition, a clause ends at a
mark, a conjunction of subordination, or a relative pronoun. Asides ("Doeland, which …, has blocked") are
passed over, but for what stands in one (`Sentence.around`).

The classes are those of `language/clause_words.csv`. Not caught: subjects that stand behind their verb;
relative clauses without a comma; verbs that the vocabulary does not hold, which let a search go on to
the next verb.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis import language
from analysis.tokens import lowered

# Plain words come first: they are most of a text.
_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w'\u2019]|[-\u2010\u2011&./][^\W_])"
    r"|[^\W_]+?(?=n['\u2019]t\b)|n['\u2019]t\b|['\u2019](?:s|ll|re|ve|d)\b"
    r"|[^\W_]+(?:[-\u2010\u2011&./][^\W_]+)*|[^\w\s]"
)
_JOINED = re.compile(r"[-\u2010\u2011][^\W_]+")  # "Doeland-drafted" describes; it is one word
_VOWELS = "aeiou"
MARKS = frozenset(',;:.!?()\u2014\u2013\u2026\u201c\u201d"-')
QUOTE_MARKS = frozenset('\u201c\u201d"\u2018')
_DASHES = ("\u2014", "\u2013")
PARTICIPLES = ("past", "both")  # forms that may stand behind "be"
OBJECT_KINDS = ("verb", "noun", "adjective")


@cache
def words(kind: str) -> frozenset[str]:
    """Return a closed class of words from `clause_words.csv`."""
    return frozenset(row["word"] for row in language.rows("clause_words.csv") if row["kind"] == kind)


class Word(NamedTuple):
    """A word, mark or mention; `actor` is empty for what is no mention, `kind` that of the mention."""

    start: int
    end: int
    low: str
    is_capital: bool = False
    actor: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term of the vocabulary, and in which form it is written: that of `inflected`, or none."""

    term: str
    kind: str
    stage: str
    subject: str
    object: str
    form: str = ""


def inflected(term: str, forms: str = "") -> dict[str, str]:
    """Map the written forms of a verb, with its particle, to base, s, past, ing, or both (base and past, "hit").

    >>> inflected("levy")["levied"]
    'past'
    """
    first, *rest = term.split(" ")
    tail = "".join(" " + word for word in rest)
    irregular = [form for form in forms.split("|") if form]
    found = {term: "both" if term in irregular else "base", _s_form(first) + tail: "s"}
    for form in irregular:
        found.setdefault(form, "ing" if form.split(" ")[0].endswith("ing") else "s" if form == "has" else "past")
    if not any(form.split(" ")[0].endswith("ing") for form in irregular):
        found[_stem(first) + "ing" + tail] = "ing"
    if all(form.split(" ")[0].endswith("ing") for form in irregular):
        found[_past(first) + tail] = "past"
    return found


def _stem(verb: str) -> str:
    return verb[:-1] if verb.endswith("e") and verb[-2:] not in ("ee", "ye", "oe") else verb


def _s_form(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


@cache
def _vocabulary() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """Map each last word of a term, as written, to the terms that end with it, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
    for row in language.rows("sanction_verbs.csv"):
        entry = (row["term"], row["kind"], row["stage"], row["subject"], row["object"])
        if row["kind"] in ("verb", "effect verb", "delisting verb", "act"):
            written = inflected(row["term"], row["forms"])
        elif row["kind"] == "noun":
            written = {row["term"]: "", _s_form(row["term"]): ""}
        else:
            written = {row["term"]: ""}
        for text, form in written.items():
            parts = tuple(text.split(" "))
            found[parts[-1]].append((parts, Entry(*entry, form)))
    for terms in found.values():
        terms.sort(key=lambda term: -len(term[0]))
    return dict(found)


class Sentence:
    """The words of a sentence, and the vocabulary's terms in it.

    `text` begins at `start` in the source; `mentions` are (start, end, actor, kind); marks that begin at a
    place in `hidden` are left out, as those around "tough" in "imposed “tough” sanctions".

    `ending` maps the place of a term's last word to (place of its first word, entries); `aside` holds the
    places of asides; `words` are numbered from 0.
    """

    __slots__ = ("words", "ending", "starting", "aside", "low", "_spans")

    def __init__(
        self,
        text: str,
        start: int,
        mentions: Sequence[tuple[int, int, str, str]],
        hidden: Container[int] = (),
    ) -> None:
        self.words = [word for word in _words(text, start, mentions) if word.start not in hidden]
        self.low = [word.low for word in self.words]
        self.ending: dict[int, tuple[int, list[Entry]]] = {}
        self.starting: dict[int, int] = {}
        vocabulary = _vocabulary()
        for i, low in enumerate(self.low):
            for parts, entry in vocabulary.get(low, ()):
                first = i - len(parts) + 1
                if first < i and (first < 0 or tuple(self.low[first : i + 1]) != parts) or self.words[i].actor:
                    continue
                if entry.kind == "modal" and i and self.words[i].is_capital and self._is_month(i):
                    continue
                known = self.ending.setdefault(i, (first, []))
                if known[0] == first:
                    known[1].append(entry)
                    self.starting[first] = i
        self._spans = self._asides()
        self.aside = frozenset(i for span in self._spans for i in span)

    def _is_month(self, i: int) -> bool:
        """Tell the month of "in May" and "May 5" from the modal, which a headline may write large too."""
        before = self.low[i - 1]
        is_behind = before in words("preposition") or before in words("subordinator") or before in words("time")
        return is_behind or self.low[i + 1 : i + 2] != [] and self.low[i + 1].isdigit()

    def _asides(self) -> list[range]:
        """Find what stands between brackets, dashes, or commas behind a relative pronoun or as an apposition."""
        found: list[range] = []
        low, n = self.low, len(self.low)
        end = 0  # of what was found before
        for i in range(n - 1):
            if low[i] == "(":
                closing = (")",)
            elif i < end:
                continue
            elif low[i] in _DASHES:
                closing = _DASHES
            elif low[i] == "," and (
                low[i + 1] in words("relative") or low[i + 1] == "where" or self._opens_apposition(i)
            ):
                closing = (",",)
            else:
                continue
            close = next((j for j in range(i + 1, n) if low[j] in closing or low[j] == ";"), None)
            if close and low[close] == ";":
                close -= 1  # the semicolon still parts what it stands between
            if close and not (closing == (",",) and low[close - 1] in words("relative")):
                found.append(range(i, close + 1))
                end = max(end, close + 1)
        return found

    def _opens_apposition(self, i: int) -> bool:
        if not i or not self.words[i - 1].actor or self.is_list_comma(i):
            return False
        return self.low[i + 1] in ("a", "an", "the", "along", "together", "including")

    def is_list_comma(self, i: int) -> bool:
        """Tell the comma of a list of names, "Doeland, the Union and Roeland"; behind an article the list goes on."""
        words, n = self.words, len(self.words)
        if not 0 < i < n - 1 or self.low[i] != "," or not words[i - 1].actor:
            return False
        if words[i + 1].actor:
            return True
        is_named = self.low[i + 1] == "the" and i + 3 < n and words[i + 2].actor
        return bool(is_named) and self.low[i + 3] in (",", "and")

    def entries(self, i: int, *kinds: str) -> tuple[int, list[Entry]]:
        """Return the place of the first word, and the entries of these kinds, of the term that ends at word i."""
        first, found = self.ending.get(i, (i, []))
        return first, [entry for entry in found if entry.kind in kinds]

    def around(self, i: int, start: int | None = None, end: int | None = None) -> Sentence:
        """Return the sentence as it is read from word i: an aside that holds the word is none.

        Where characters of the source are given, all that stands outside them is an aside.
        """
        open_ones = [span for span in self._spans if i not in span]
        if start is None and len(open_ones) == len(self._spans):
            return self
        other = object.__new__(Sentence)
        other.words, other.low, other.ending, other.starting = self.words, self.low, self.ending, self.starting
        other._spans = open_ones
        aside = {k for span in open_ones for k in span}
        if start is not None and end is not None:
            aside.update(k for k, word in enumerate(self.words) if not start <= word.start < end)
        other.aside = frozenset(aside)
        return other

    def left(self, i: int) -> int:
        """Return the word before word i, asides passed over; -1 before the first."""
        i -= 1
        while i in self.aside:
            i -= 1
        return i

    def right(self, i: int) -> int:
        """Return the word after word i, asides passed over."""
        i += 1
        while i in self.aside:
            i += 1
        return i

    def is_mark(self, i: int) -> bool:
        return self.low[i] in MARKS

    def is_boundary(self, i: int) -> bool:
        """Tell a word at which a clause begins or ends."""
        low = self.low[i]
        if low == "so" and self.low[i + 1 : i + 2] == ["far"]:
            return False
        return not self.words[i].actor and (low in MARKS or low in words("subordinator") or low in words("relative"))


def _words(text: str, start: int, mentions: Sequence[tuple[int, int, str, str]]) -> Iterator[Word]:
    """Yield the words of a sentence; those of one mention are one word."""
    low = lowered(text)
    if not low.isascii():
        low = low.replace("\u2019", "'").replace("\u2010", "-").replace("\u2011", "-")
    at = 0
    for begin, end, actor, kind in (*mentions, (start + len(text), start + len(text), "", "")):
        for match in _TOKEN.finditer(text, at, max(at, begin - start)):
            first, last = match.span()
            yield Word(first + start, last + start, low[first:last], text[first].isupper())
        if actor:
            joined = _JOINED.match(text, end - start)
            surface = text[begin - start : joined.end() if joined else end - start]
            yield Word(begin, begin + len(surface), surface.lower(), surface[:1].isupper(), actor, kind)
            end = begin + len(surface)
        at = max(at, end - start)
