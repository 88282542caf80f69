"""The words that tell times (`language/time_words.csv`): by kind, with their numbers, and as parts of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from analysis import language

# One line break may stand between two words, a blank line may not. All repeats are bounded, so that no
# input makes a match slow.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,3}\n[^\S\n]{0,3})"


def terms(*kinds: str) -> list[str]:
    """Return the words of some kinds, in the order of the file."""
    return [row["term"] for row in language.rows("time_words.csv") if row["kind"] in kinds]


def values(*kinds: str) -> dict[str, int]:
    """Return the numbers of the words of some kinds that have one: Monday is 0, "last" is -1."""
    return {
        row["term"]: int(row["value"])
        for row in language.rows("time_words.csv")
        if row["kind"] in kinds and row["value"]
    }


def choice(words: Iterable[str]) -> str:
    """Join words into one choice of a pattern, by first letter, the longest first, any white space between words."""
    ordered = sorted(set(words), key=lambda term: (term[0], -len(term), term))
    choices = (
        re.escape(first) + "(?:" + "|".join(re.escape(term[1:]).replace(r"\ ", GAP) for term in group) + ")"
        for first, group in groupby(ordered, key=lambda term: term[0])
    )
    return "(?:" + "|".join(choices) + ")"
