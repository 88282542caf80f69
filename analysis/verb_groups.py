"""What stands right before a verb: its auxiliaries, modals, negations and adverbs, and how it stands.

| kind | the verb stands | the word before its group is |
| --- | --- | --- |
| finite | behind its subject: "Doeland has imposed" | the last word of the subject |
| shared | behind a verb with the same subject: "met the ministers and urged" | the one before the conjunction |
| infinitive | behind "to": "vowed to impose" | "to" |
| gerund | behind a preposition or verb: "of imposing", "considers imposing" | that one |
| participle | behind a comma: ", imposing sanctions" | the comma |

Not caught: groups parted by a subject ("have they imposed").
"""

from __future__ import annotations

from typing import NamedTuple

from analysis.clauses import Sentence, words
from analysis.stages import Reading


class Group(NamedTuple):
    """The word before a verb group (-1 at the start), how the verb stands, and whether it is passive."""

    before: int
    kind: str
    is_passive: bool


def read_group(s: Sentence, r: Reading, verb: int) -> Group:
    """Read the group of a verb, from the verb to the left; its modals and negations are applied."""
    is_passive = has_auxiliary = has_having = has_have = False
    k = s.left(verb)
    while k >= 0:
        low = s.low[k]
        entries = s.entries(k, "negation", "modal", "adjective")[1]
        if entries:
            entry = entries[0]
            r.is_unreal |= has_have and entry.kind == "modal" and entry.stage == "threat"  # "would have imposed"
            r.has_governor |= entry.kind == "adjective"
            r.apply(entry)
        elif low in words("modal aside") or low in words("auxiliary"):
            has_having |= low == "having"
            has_have |= low == "have"
            is_passive |= low in words("be") and not has_auxiliary
            has_auxiliary |= low in words("auxiliary")
        elif low in ("and", "or", "but"):
            return Group(s.left(k), "shared", is_passive)
        else:
            return Group(k, _kind(s, k, verb, has_having), is_passive)
        k = s.left(k)
    return Group(k, "finite", is_passive)


def _kind(s: Sentence, k: int, verb: int, has_having: bool) -> str:
    """Return how a verb stands behind word k."""
    low = s.low[k]
    if low == "to":
        return "infinitive"
    if low == ",":
        return "participle"
    if s.words[k].actor:
        return "finite"
    is_ing = has_having or s.low[verb].endswith("ing")
    return "gerund" if low in words("preposition") or is_ing and s.entries(k, "verb")[1] else "finite"
