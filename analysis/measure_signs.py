"""A text to whether it can name a measure at all: the quick look before the reading.

Most texts name none. `Signs` holds what every measure of `language/sanction_measures.csv` has in its
letters: a *sure* noun or verb, a *weak* one (enough only for a sentence), or a verb with one of its
objects. Of weak verbs ("hit") it knows only that they stand there. Sure ones, verbs and objects are looked for as
parts of words, so that too much is found and nothing missed; weak ones, which are common, as words. *Acts* are
the words of `language/sanction_verbs.csv` that answer a measure named before ("it should do more").

A text is searched once; `Signs` then tells it of every sentence of it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from analysis import language
from analysis.clauses import inflected
from analysis.signs import finder, places


@dataclass(frozen=True, slots=True)
class Signs:
    """Where the signs of each kind stand in a text in small letters, in order."""

    sure: list[int]
    weak: list[int]
    verbs: list[int]
    objects: list[int]
    weak_verbs: list[int]
    acts: list[int]

    def may_name(self, start: int, end: int) -> bool:
        """Tell whether the sentence from start to end may name a measure."""
        return (
            _is_between(self.sure, start, end)
            or _is_between(self.weak, start, end)
            or (_is_between(self.objects, start, end) and _is_between(self.verbs, start, end))
        )

    def may_go_on(self, start: int, end: int) -> bool:
        """Tell whether the sentence from start to end may hold a weak verb, which goes on with what was told of."""
        return _is_between(self.weak_verbs, start, end)

    def may_act(self, start: int, end: int) -> bool:
        """Tell whether the sentence from start to end may hold a verb of acting."""
        return _is_between(self.acts, start, end)


def find_signs(low: str) -> Signs | None:
    """Find the signs in a text in small letters; None where it can name no measure."""
    known = _automata()
    sure, objects = _starts(low, known["sure"]), _starts(low, known["objects"])
    verbs = _starts(low, known["verbs"]) if objects else []
    if not sure and not verbs:
        return None
    weak, weak_verbs = places(low, known["weak"]), places(low, known["weak verbs"])
    return Signs(sure, weak, verbs, objects, weak_verbs, places(low, known["acts"]))


def _is_between(hits: list[int], start: int, end: int) -> bool:
    at = bisect_left(hits, start)
    return at < len(hits) and hits[at] < end


def _starts(low: str, automaton: AhoCorasick) -> list[int]:
    return [start for _, start, _ in automaton.find_matches_as_indexes(low)]


@cache
def _automata() -> dict[str, AhoCorasick]:
    """Return what finds the signs of each kind."""
    sure, weak, verbs, objects, weak_verbs, acts = set(), set(), set(), set(), set(), set()
    for row in language.rows("sanction_measures.csv"):
        term, _, forms = row["term"].partition("|")
        if row["kind"] == "weak noun":
            weak.add(term)
        elif row["kind"] == "weak verb":
            # Of "did the same" the last word is the rarer one.
            part = -1 if row["object"] == "same" else 0
            weak_verbs.update(text.split(" ")[part] for text in inflected(term, forms))
        elif row["kind"] == "noun":
            sure.add(term)
        elif row["object"] not in ("", "somebody"):
            verbs.update(text.split(" ")[0] for text in inflected(term, forms))
            objects.update(row["object"].split("|"))
        else:
            sure.update(inflected(term, forms))
    for row in language.rows("sanction_verbs.csv"):
        if row["kind"] == "act":
            acts.update(max(text.split(" "), key=len) for text in inflected(row["term"], row["forms"]))
    in_words = {"sure": sure, "verbs": verbs, "objects": objects}
    as_words = {"weak": weak, "weak verbs": weak_verbs, "acts": acts}
    return {kind: AhoCorasick(sorted(parts)) for kind, parts in in_words.items()} | {
        kind: finder(parts) for kind, parts in as_words.items()
    }
