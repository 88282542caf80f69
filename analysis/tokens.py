"""A text in words, figures and marks, the form in which the readers of numbers and of persons take a sentence.

One `Tokens` is a text in its parts:

| field | type | meaning |
| --- | --- | --- |
| text | str | the text |
| words | list of str | each part in lower case: a word with its apostrophes ("didn't"), the "'s" behind one, a figure with its thousands or decimals, a mark |
| starts, ends | list of int | the place of each in the text, half open |
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Plain words and stops come first: they are most of a text. What they leave is told apart behind them.
_TOKEN = re.compile(
    r"[a-z]+(?![\w'\u2019])|[,.]|[0-9]{1,3}(?:[,\u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?"
    r"|['\u2019]s\b|[^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*|[^\w\s]|_"
)
Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word: the words of each, what it stands for
_GROUP, _START, _END = re.Match.group, re.Match.start, re.Match.end


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in parts; the fields are described at the head of this module."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


def lowered(text: str) -> str:
    """Return a text in lower case, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter such as İ grows
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


def tokens(text: str) -> Tokens:
    """Part a text in words, figures and marks."""
    matches = list(_TOKEN.finditer(lowered(text)))
    return Tokens(text, list(map(_GROUP, matches)), list(map(_START, matches)), list(map(_END, matches)))


def by_first_word(phrases: Iterable[tuple[str, str]]) -> Phrases:
    """Return phrases, each with what it stands for, by their first word as a text has it, the longest first.

    >>> by_first_word([("held", "jailed"), ("held pre-trial", "detained")])["held"]
    ((('held', 'pre', '-', 'trial'), 'detained'), (('held',), 'jailed'))
    """
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, meaning in phrases:
        words = tuple(phrase.replace("-", " - ").split())
        found.setdefault(words[0], []).append((words, meaning))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}
