"""A text to whether it can name a measure at all: the quick look before the reading.

Most texts name none. `Signs` holds what every measure of `language/sanction_measures.csv` has in its
letters: a *sure* noun or verb, a *weak* noun (enough only for a sentence), or a verb with one of its
objects. It is looked for as a part of words, so it finds too much and misses nothing. `may_act` does the
same for what answers a measure named before ("it should do more").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from analysis import language
from analysis.clauses import inflected
from analysis.signs import finder, places


@dataclass(frozen=True, slots=True)
class Signs:
    """What a text holds that names a measure: parts of words, or a verb with one of its objects."""

    sure: AhoCorasick
    weak: AhoCorasick
    verbs: AhoCorasick
    objects: AhoCorasick

    def is_in(self, low: str, *, is_weak_enough: bool = False) -> bool:
        """Tell whether a text in small letters may name a measure."""
        if _has(low, self.sure) or is_weak_enough and _has(low, self.weak):
            return True
        return _has(low, self.objects) and _has(low, self.verbs)


def _has(low: str, signs: AhoCorasick) -> bool:
    return bool(signs.find_matches_as_indexes(low))


@cache
def signs() -> Signs:
    """Return the signs of the vocabulary."""
    sure, weak, verbs, objects = set(), set(), set(), set()
    for row in language.rows("sanction_measures.csv"):
        term, _, forms = row["term"].partition("|")
        if row["kind"] == "weak noun":
            weak.add(term)
        elif row["kind"] == "noun":
            sure.add(term)
        elif row["object"] not in ("", "somebody"):
            verbs.update(text.split(" ")[0] for text in inflected(term, forms))
            objects.update(row["object"].split("|"))
        else:
            sure.update(inflected(term, forms))
    return Signs(*(AhoCorasick(sorted(parts)) for parts in (sure, weak, verbs, objects)))


def may_act(low: str) -> bool:
    """Tell whether a text in small letters may hold a verb of acting."""
    return bool(places(low, _acts()))


@cache
def _acts() -> AhoCorasick:
    rows = [row for row in language.rows("sanction_verbs.csv") if row["kind"] == "act"]
    return finder({max(text.split(" "), key=len) for row in rows for text in inflected(row["term"], row["forms"])})
