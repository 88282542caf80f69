"""The terms that name a measure, by their last word: `language/sanction_measures.csv` as the reading needs it.

| column | of a noun | of a verb |
| --- | --- | --- |
| term | the words | the base form and the irregular ones, parted by "|" |
| kind | noun, or weak noun: one only where another was told of | verb, or weak verb |
| object | prepositions, one of which stands before it; empty for whatever does | objects; "somebody", or "same" for "followed suit" |
| stage | the one stage in which it names a measure; empty for all | its own stage |
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from analysis import language
from analysis.clauses import inflected


class Noun(NamedTuple):
    """A noun or noun phrase that names a measure; `stage` is the one stage in which it does, empty for all."""

    parts: tuple[str, ...]
    is_weak: bool
    instrument: str
    stage: str
    prepositions: frozenset[str]  # one of them stands before it; empty for whatever does


class Verb(NamedTuple):
    """A form of a verb that is a measure where one of its objects stands with it."""

    parts: tuple[str, ...]
    form: str
    objects: frozenset[str]
    instrument: str
    stage: str
    is_weak: bool


@cache
def measure_terms() -> tuple[dict[str, list[Noun]], dict[str, list[Verb]]]:
    """Map the last word of each term to the nouns, the longest first, and the verbs that end with it."""
    nouns: dict[str, list[Noun]] = defaultdict(list)
    verbs: dict[str, list[Verb]] = defaultdict(list)
    for row in language.rows("sanction_measures.csv"):
        is_weak = row["kind"].startswith("weak ")
        if row["kind"].endswith("verb"):
            term, _, forms = row["term"].partition("|")
            objects = frozenset(row["object"].split("|")) - {""}
            for text, form in inflected(term, forms).items():
                parts = tuple(text.split(" "))
                verbs[parts[-1]].append(Verb(parts, form, objects, row["instrument"], row["stage"], is_weak))
        else:
            parts = tuple(row["term"].split(" "))
            prepositions = frozenset(row["object"].split("|")) - {""}
            nouns[parts[-1]].append(Noun(parts, is_weak, row["instrument"], row["stage"], prepositions))
    for terms in nouns.values():
        terms.sort(key=lambda term: -len(term.parts))
    for meanings in verbs.values():
        meanings.sort(key=lambda term: term.is_weak)
    return dict(nouns), dict(verbs)
