"""Runs of capitals in a text, parted into titles and names: "Mr. Jan van der Poe".

A `Run` is a stretch of words written large, with the small words of names between them. `find_runs` finds
all of them, `find_full_names` those of two words or more; neither tells persons from places or bodies.
Letters are Latin and Cyrillic; titles come from `language/abbreviations.csv` and `quote_words.csv`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from analysis import language
from analysis.word_classes import (
    ADVERB,
    CONJUNCTION,
    DETERMINER,
    KINDS,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    SUBORDINATOR,
    TIME,
    TITLE,
    words,
)

MAX_NAME_WORDS = 6

# One regular expression for a run of capitals ("Mr. Jan van der Poe"). The lookaheads and the possessive
# quantifiers change nothing in what it finds: they spare it the longer choices where these cannot match.
_CAPITAL = "A-Z\u00c0-\u00de\u0100-\u017f\u0410-\u042f"
_TITLE_TAILS = [row["abbreviation"][1:] for row in language.rows("abbreviations.csv") if row["kind"] == "title"]
_SMALL = sorted(words("part of a name"), key=len, reverse=True)
_SMALL_WORDS = rf"(?=[{''.join(word[0] for word in _SMALL)}])(?:(?:{'|'.join(_SMALL)})[ \u00a0]){{0,3}}"
_DOTTED = rf"(?=[a-z]{{0,{max(map(len, _TITLE_TAILS))}}}\.)(?:|{'|'.join(_TITLE_TAILS)})\."
_TAIL = r"(?=['\u2019-])(?:['\u2019](?!s\b)[^\W\d_]+|-[^\W\d_]+)*"
_REST = rf"(?:{_DOTTED}|[^\W_]*+(?:{_TAIL})?+)"
_FIRST_WORD = rf"[{_CAPITAL}](?<![^\W_][{_CAPITAL}]){_REST}"
_NEXT_WORD = rf"[ \u00a0](?:[{_CAPITAL}]{_REST}|{_SMALL_WORDS}(?:[{_CAPITAL}]|al-[{_CAPITAL}]){_REST})"
_RUN = re.compile(rf"{_FIRST_WORD}(?:{_NEXT_WORD}){{0,7}}")
_FULL_NAME = re.compile(rf"{_FIRST_WORD}(?:{_NEXT_WORD}){{1,7}}")
_ORGANISATION = words("organisation")
NO_NAME = DETERMINER | PREPOSITION | SUBORDINATOR | CONJUNCTION | ADVERB | TIME | PRONOUN


class Run(NamedTuple):
    """A run of capitals in its parts.

    `shift` is where its name starts, `titles` what stands before that, `first` a first name, and
    `is_person` tells that no word is one of an organisation.
    """

    shift: int
    parts: tuple[str, ...] = ()
    titles: frozenset[str] = frozenset()
    name: str = ""
    first: str = ""
    is_person: bool = False


@lru_cache(maxsize=1 << 16)
def _part(run: str) -> Run:
    """Part a run of capitals into titles and name."""
    parts = run.split()
    skipped, titles = 0, set()
    for k, part in enumerate(parts):
        kind = KINDS[part.rstrip(".")]
        if kind & TITLE:
            titles |= {p.lower().rstrip(".") for p in parts[skipped : k + 1]}
            skipped = k + 1
        elif kind & NO_NAME and k == skipped:
            skipped = k + 1
    if skipped == len(parts):
        return Run(len(run))
    shift = len(run) - len(run.split(None, skipped)[-1]) if skipped else 0
    parts = parts[skipped:]
    first = parts[0] if len(parts) > 1 and not KINDS[parts[0]] & PARTICLE else ""
    is_person = len(parts) <= MAX_NAME_WORDS and _ORGANISATION.isdisjoint(map(str.lower, parts))
    return Run(shift, tuple(parts), frozenset(titles), " ".join(parts), first, is_person)


def find_runs(text: str, offset: int = 0) -> list[tuple[int, int, Run]]:
    """List the runs of capitals of a text that starts at a place, with where they start and end."""
    return _found(_RUN, text, offset)


def find_full_names(text: str, offset: int = 0) -> list[tuple[int, int, Run]]:
    """List the runs of two words or more."""
    return _found(_FULL_NAME, text, offset)


def _found(pattern: re.Pattern[str], text: str, offset: int) -> list[tuple[int, int, Run]]:
    return [(offset + match.start(), offset + match.end(), _part(match.group())) for match in pattern.finditer(text)]
