"""Lists of persons that share one verb: the verb before the list, behind it, or before "along with".

`listed` reads "among those arrested were Ann Poe and Roy Doe" and "those in jail include", `verb_of_list` finds the
plural verb of "Ann Poe, 40, and Roy Doe were", `along_with` reads "was arrested along with Ann Poe". The words are
those of `detainee_persons`.
"""

from __future__ import annotations

from analysis.detainee_persons import CLOSED, Person, phrase_at, terms
from analysis.tokens import Tokens

GAP = 8  # words between a verb and the name that it has for an object
APPOSITION = 32  # words of what stands in commas behind a name
_LIST = 24  # words between the verb of a list and a name in it
_LISTING = frozenset("was were is are include includes included".split())
_IN_LIST = frozenset("of in at from".split())  # "Ann Poe, of Fenland, and at least six others were detained"
_BEING = frozenset("is are was were be been being got".split())


def listed(t: Tokens, person: Person) -> tuple[str, str, int] | None:
    """Read the verb of a list that stands before its names: "among those arrested were", "those jailed include"."""
    b = person.first - 1
    while b > 0 and person.first - b <= _LIST and t.words[b] not in _LISTING:
        if t.words[b] in CLOSED - {"and", "of", "for"} or t.words[b] in (".", ";", ":"):
            return None
        b -= 1
    among = next((k for k in range(b - 1, max(-1, b - GAP), -1) if t.words[k] in ("among", "those")), None)
    if not person.is_name or among is None or t.words[b] not in _LISTING:
        return None
    for k in range(among + 1, b):
        for kind, rule in (("participle", "passive"), ("state", "state")):
            if (found := phrase_at(t, k, kind)) and terms("unreal").isdisjoint(t.words[among:b]):
                return found[0], rule, k
    return None


def verb_of_list(t: Tokens, person: Person) -> int:
    """Return the plural verb behind a list that a name opens: "Ann Poe, 40, and her aide Roy Doe, a cook, were"."""
    words = t.words
    if not person.is_name or words[person.last : person.last + 1] not in ([","], ["and"]):
        return 0
    has_and = is_relative = False
    for k in range(person.last, min(len(words) - 1, person.last + APPOSITION)):
        word = words[k]
        is_relative = word != "," and (is_relative or words[k - 1] == "," and word in ("who", "whose"))
        if is_relative:
            continue
        if word in ("were", "are", "have"):
            return k if has_and else 0
        if word == "and":
            has_and = has_and or words[k - 1] == "," or k == person.last
        elif word in (".", ";", ":") or word not in _IN_LIST and word in CLOSED and words[k - 1] != ",":
            return 0
    return 0


def along_with(t: Tokens, person: Person) -> tuple[str, str, int] | None:
    """Read the verb of "was arrested along with Ann Poe, an aide, and Roy Doe" for those behind it."""
    words = t.words
    k = person.first - 1
    while k > 0 and person.first - k <= GAP + 4 and words[k] not in CLOSED - {"and", "of", "from"}:
        k -= 1
    if k < 2 or words[k] != "with" or words[k - 1] not in ("along", "together"):
        return None
    for first in range(max(1, k - 5), k - 1):
        found = phrase_at(t, first, "participle")
        if found and first + found[1] in (k - 1, k + 1) and not is_ride(t, first):
            group = words[max(0, first - 3) : first]
            is_told = not _BEING.isdisjoint(group) and terms("unreal").isdisjoint(group)
            return (found[0], "passive", first) if is_told else None
    return None


def is_ride(t: Tokens, k: int) -> bool:
    """Tell "was taken along with them to a hospital", which is no arrest."""
    return t.words[k : k + 3] == ["taken", "along", "with"] and "to" in t.words[k:]
