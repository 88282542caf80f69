"""What is said of a measure: the verb group behind one that is a subject, and who did it.

"Sanctions on Doeland were lifted by Roeland", "the embargo took effect", "measures are needed". Every
function takes a `Sentence`, the `Measure` or a place in it, and writes into a `Reading`. A verb behind a
measure counts where it stands in the passive, is one of effect ("took effect"), or a predicate
("necessary"); the modals and negations before it are applied from the inside out.

Not caught: active verbs behind a measure that the vocabulary does not hold ("sanctions bite").
"""

from __future__ import annotations

from analysis.clauses import Entry, Sentence, words
from analysis.measures import Measure
from analysis.stages import Reading
from analysis.target_phrases import phrases

REACH = 40  # words looked through on either side
_KINDS = ("verb", "modal", "effect verb", "predicate", "negation", "adjective")


def is_subject(s: Sentence, m: Measure) -> bool:
    """Tell whether a measure stands where a subject does."""
    before = s.left(m.first)
    if before < 0 or s.is_boundary(before):
        return True
    low = s.low[before]
    if low in words("preposition"):
        return False
    if low in words("speech") or low == "and":
        return True
    return not s.entries(before, "verb", "noun")[1] and low not in words("auxiliary")


def read_predicate(s: Sentence, m: Measure, r: Reading) -> bool:
    """Read the verb group behind a measure that is its subject; tell whether there is one."""
    has_auxiliary = has_be = False
    outer: list[Entry] = []
    j, until = m.end, min(len(s.low), m.end + REACH)
    while j < until:
        if j in s.aside:
            j += 1
            continue
        low = s.low[j]
        last = s.starting.get(j, j)
        entries = s.entries(last, *_KINDS)[1]
        if s.words[j].actor and not has_auxiliary:
            return False
        if low in words("auxiliary") and low not in ("not", "n't"):
            has_auxiliary = True
            has_be |= low in words("be")
        elif entries:
            is_whole = has_be and s.low[last + 1 : last + 2] != ["to"]  # "being prepared", not "prepared to"
            entry = next((entry for entry in entries if is_whole and entry.form == "past"), entries[0])
            is_passive = has_auxiliary and entry.form == "past" or has_be and entry.form == "both"
            if entry.kind == "effect verb" or is_passive or has_auxiliary and entry.kind == "predicate":
                _apply(s, r, entry, outer, last)
                return True
            if entry.kind in ("modal", "negation", "adjective"):
                outer.append(entry)
                has_auxiliary |= entry.kind == "modal"
            elif not has_auxiliary:
                return False
            j = last
        elif s.is_boundary(j) and not (low == "as" and has_auxiliary):
            return False
        j += 1
    return False


def _apply(s: Sentence, r: Reading, entry: Entry, outer: list[Entry], last: int) -> None:
    """Apply a verb that ends with word last, and what stands before it."""
    r.has_governor = True
    r.apply(entry)
    if entry.subject != "lasting":
        # "Sanctions will remain in force": they are so now.
        for modal in reversed(outer):
            r.apply(modal)
    r.end = max(r.end, last + 1)
    if entry.kind == "effect verb" and not r.targets and (found := phrases(s, last + 1)):
        r.targets, r.end = found, found[-1][1]
    read_agents(s, r, last + 1)


def read_agents(s: Sentence, r: Reading, j: int) -> None:
    """Read whom and by whom behind a passive: "imposed on Doeland by Roeland and Foeland"."""
    if s.low[j : j + 1] in (["on"], ["against"]):
        if j + 1 < len(s.low) and s.words[j + 1].actor and not r.targets:
            r.targets.append((j + 1, j + 2))
            r.end = max(r.end, j + 2)
        j += 2
    if s.low[j : j + 1] != ["by"]:
        return
    agents: list[int] = []
    k = j + 1
    while k < len(s.low) and (s.words[k].actor or s.low[k] in words("determiner") or s.low[k] == "and"):
        if s.words[k].actor:
            agents.append(k)
            r.end = max(r.end, k + 1)
        k += 1
    r.senders = agents or r.senders
