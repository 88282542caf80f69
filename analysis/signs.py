"""Which sentences of a paragraph are worth reading: those with a word of a vocabulary, found before any is parted.

A `Signs` is a vocabulary of two kinds of sign: words that are signs by themselves ("detained"), and words that
are so only in one sentence with others ("took" with "custody"). `finder` gives the places of such words in a
text, `sentences` the sentences around such places. Nothing is told of what the words mean there: a sentence
without a sign has no row, one with a sign may have none.

A sentence ends at a full stop, question mark, exclamation mark or dots behind two small letters, a figure, a
closing mark or two capitals ("in the US. Police"), not behind a title or a short month, and goes on unless a
capital or a figure follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

# The mark comes first, so that the scan skips from mark to mark.
_SENTENCE_END = re.compile(
    r"[.!?\u2026](?:(?<=[a-z0-9)%\u201d\u2019\"'\]].)|(?<=[A-Z]{2}[.!?]))"
    r"(?:(?=[\"\u201d\u2019])|(?<!\b(?:Mr|Ms|Dr|St)\.)"
    r"(?<!\b(?:Mrs|Gen|Col|Sgt|Rev|Jan|Feb|Aug|Sep|Oct|Nov|Dec)\.)(?<!\b(?:Sept|Prof)\.))"
    r"[\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9])"
)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """Words in lower case: `single` ones, and others with the sets of words that must stand in their sentence."""

    single: frozenset[str]
    joint: dict[str, tuple[frozenset[str], ...]]

    def has_any(self, words: Sequence[str]) -> bool:
        """Tell whether one of the signs is among the words of a sentence."""
        if not self.single.isdisjoint(words):
            return True
        there = self.joint.keys() & words
        return bool(there) and any(rest.issubset(words) for word in there for rest in self.joint[word])


def signs_of(phrases: Iterable[Iterable[str]]) -> Signs:
    """Return the signs for phrases, each given by the words that a sentence must have."""
    sets = {frozenset(phrase) for phrase in phrases}
    single = frozenset(word for words in sets if len(words) == 1 for word in words)
    joint: dict[str, list[frozenset[str]]] = {}
    for words in sets:
        if single.isdisjoint(words):
            # Long words are rare: "custody" is looked up first, "took" and "into" only beside it.
            joint.setdefault(max(sorted(words), key=len), []).append(words)
    return Signs(single, {word: tuple(sets) for word, sets in joint.items()})


def finder(words: Iterable[str]) -> AhoCorasick:
    """Return an automaton for `places`."""
    return AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)


def places(lower: str, automaton: AhoCorasick) -> list[int]:
    """Return where words, and figures of any neighbours, stand in a text in lower case."""
    return [
        start
        for _, start, end in automaton.find_matches_as_indexes(lower)
        if lower[start].isdigit() or not (lower[end : end + 1].isalpha() or (start and lower[start - 1].isalpha()))
    ]


def sentences(text: str, hits: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the start and end of the sentences that hold one of the places, which are in order."""
    start = at = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if hits[at] < end:
            yield start, end
            at = bisect_left(hits, end)
            if at == len(hits):
                return
        start = end
    yield start, len(text)


def words_of(lower: str, start: int, end: int) -> list[str]:
    """Return the words between two places of a text in lower case."""
    return _WORD.findall(lower, start, end)
