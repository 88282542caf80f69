"""A term of the vocabulary where it stands to what it is there: a verb, a noun, or no governor.

"Plans" and "calls" are verbs and nouns; `choose` tells them apart by what stands before and behind.
`takes_object_by` tells "agreed on sanctions" from a preposition that only tells of a topic. Not caught:
forms that only the sense tells apart ("demands" behind a name that nobody registered).
"""

from __future__ import annotations

from analysis.clauses import Entry, Sentence, words
from analysis.measures import Measure

_TIME_WORDS = frozenset("on in early late later week month year weekend".split())  # of "later on Monday"
_NOUN_PREPOSITIONS = (["of"], ["on"], ["about"], ["over"])


def choose(s: Sentence, m: Measure, entries: list[Entry], k: int) -> Entry | None:
    """Return which of its entries the term that ends with word k is; None where it governs nothing."""
    first = s.ending[k][0]
    before = s.low[first - 1] if first else ""
    behind = s.low[k + 1 : k + 2]
    by_kind = {entry.kind: entry for entry in reversed(entries)}
    adjective, verb, noun = (by_kind.get(kind) for kind in ("adjective", "verb", "noun"))
    if adjective and behind == ["to"] and any(before in words(kind) for kind in ("be", "modal aside", "copula")):
        return adjective
    if verb and verb.form == "ing" and before == "and":
        return verb
    is_infinitive = before == "to"
    if noun and not verb and (is_infinitive or s.entries(first - 1, "modal")[1]):
        return None  # "will work with"
    is_determined = before in words("determiner") or before == "'s"
    is_nominal = is_determined or before in words("preposition") and not is_infinitive
    is_nominal |= any(entry.form == "past" for entry in s.entries(first - 1, "verb")[1])  # "blocked plans to"
    if noun and (is_nominal or not verb or not is_infinitive and behind in _NOUN_PREPOSITIONS):
        return noun
    if not verb:
        return next((entry for entry in entries if entry.kind not in ("verb", "noun")), None)
    is_adjective = is_nominal and verb.form != "ing" and (verb.form != "past" or before in words("determiner"))
    return None if is_adjective or _is_other_sense(s, m, verb, k, before) else verb


def _is_other_sense(s: Sentence, m: Measure, verb: Entry, k: int, before: str) -> bool:
    if verb.stage == "imposition" and s.low[k] in words("speech") and s.low[k + 1 : k + 2] == ["that"]:
        return True  # "added that"
    if verb.term == "consider" and m.end < len(s.low) and s.entries(m.end, "predicate")[1]:
        return True  # "considers the sanctions essential"
    if verb.term == "have" and "in place" not in " ".join(s.low[m.head :]):
        return True
    # "newly terminated sanctions"
    is_bare = s.right(k) == m.first and s.low[m.first] not in words("determiner")
    return verb.form == "past" and is_bare and (before.endswith("ly") or before in ("of", "all"))


def takes_object_by(s: Sentence, k: int) -> bool:
    """Tell whether a verb or noun of the vocabulary takes its object by the preposition at word k."""
    if k in s.ending and s.ending[k][0] < k:
        return True
    for j in range(k - 1, max(-1, k - 5), -1):
        if s.is_boundary(j):
            return False
        for entry in s.entries(j, "noun", "verb")[1]:
            if entry.kind == "noun" or j == k - 1 and entry.stage != "imposition":
                return True
    return False


def _is_time(s: Sentence, k: int) -> bool:
    return s.low[k] in words("time") or s.low[k] in _TIME_WORDS


def is_before_to(s: Sentence, k: int) -> bool:
    """Tell "expected to", "expected on Monday to"."""
    k += 1
    while k < len(s.low) and _is_time(s, k):
        k += 1
    return s.low[k : k + 1] == ["to"]


def before_time(s: Sentence, k: int) -> int:
    """Return the word before a time that ends with word k: "are expected on Monday to", "are due this week to"."""
    j = k
    while j >= 0 and _is_time(s, j):
        j = s.left(j)
    return j if j >= 0 and s.entries(j, "verb", "adjective", "noun")[1] else k
