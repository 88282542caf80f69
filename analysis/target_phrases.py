"""A place in a sentence to the phrases that name whom a measure is put on.

`phrases` reads a list of people, states and bodies from its first word: "Doeland's leader and a number of
his allies" is two. Each is a half open range of words. A member holds a mention, a pronoun, or a noun for
those whom sanctions are put on (`people` of `language/clause_words.csv`); it ends at a verb, a clause,
or a preposition other than "of" and "in". Not caught: members joined by "as well as".
"""

from __future__ import annotations

from analysis.clauses import Sentence, words

_MAX_MEMBER = 7  # words in which the next member of a list shows what it is


def phrases(s: Sentence, i: int) -> list[tuple[int, int]]:
    """Return the phrases of a list that begins at word i, as half open ranges of words."""
    found: list[tuple[int, int]] = []
    begin, j = i, i
    while j < len(s.low):
        low = s.low[j]
        if low == "and" or low == "," and _goes_on(s, j + 1):
            if begin == j or not _goes_on(s, j + 1):
                break
            found.append((begin, j))
            begin = j + 1
        elif not _is_inside(s, j, begin):
            break
        j += 1
    if begin < j:
        found.append((begin, j))
    if found and s.low[j : j + 1] in ([","], ["including"]):
        found += _examples(s, j + (s.low[j] == ","))
    return [(a, b) for a, b in found if names_somebody(s, a, b)]


def names_somebody(s: Sentence, a: int, b: int) -> bool:
    """Tell whether a range holds a mention, a noun for people or bodies, or a pronoun."""
    return any(
        s.words[k].actor or s.low[k] in words("people") or s.low[k] in words("object pronoun") for k in range(a, b)
    )


def is_sanctioned(s: Sentence, a: int, b: int) -> bool:
    """Tell the persons and companies that a measure is put on one by one from a state: "ten officials of Doeland"."""
    return any(s.words[k].kind == "person" or s.low[k] in words("persons") for k in range(a, b))


def is_somebody(s: Sentence, a: int, b: int) -> bool:
    """Tell a person, state or body from a deed of theirs: "the raid of Doeland"."""
    return names_somebody(s, a, next((k for k in range(a, b) if s.low[k] in ("of", "in")), b))


def has_people(s: Sentence, i: int) -> bool:
    """Tell the persons of "entry bans for four officials" from the reason of "sanctions for the raid"."""
    found = phrases(s, i)
    return bool(found) and not words("persons").isdisjoint(s.low[slice(*found[0])])


def _is_inside(s: Sentence, j: int, begin: int) -> bool:
    """Tell whether word j goes on with the phrase that begins at a word."""
    low = s.low[j]
    if s.words[j].actor or low in ("of", "'s"):
        return True
    if low == "in":
        behind = s.words[j + 1 : j + 4]
        return any(word.actor for word in behind) or any(word.low == "the" for word in behind[:1])
    if low == "from":
        return j > begin and s.low[j - 1] in words("people")
    if low in words("close") or low in ("to", "with") and j > begin and s.low[j - 1] in words("close"):
        return j > begin  # "tycoons close to Ann Poe"
    if s.is_boundary(j) or low in words("preposition") or low in words("auxiliary"):
        return False
    return j == begin or low not in words("subject pronoun") and not _is_verb(s, j)


def _is_verb(s: Sentence, j: int) -> bool:
    entries = s.entries(j, "verb", "modal", "effect verb", "negation", "act")[1]
    return s.low[j] in words("speech") or any(
        entry.kind != "verb" or entry.form in ("past", "s", "ing") for entry in entries
    )


def _goes_on(s: Sentence, j: int) -> bool:
    """Tell whether the next member of a list of people, states or bodies begins at word j."""
    if s.low[j : j + 1] == ["among"]:
        return False  # "78 officials, among them Ann Poe": she is one of them
    if 1 < j < len(s.low) and s.words[j - 2].kind == "person" and s.low[j] in words("office"):
        return False  # "Ann Poe, head of the guild"
    for k in range(j, min(j + _MAX_MEMBER, len(s.low))):
        low = s.low[k]
        if low in words("people") and k + 1 < len(s.low) and s.words[k + 1].actor:
            continue  # a title: "Prime Minister Ann Poe said"
        if s.words[k].actor or low in words("people"):
            return k + 1 == len(s.low) or not _begins_predicate(s, k + 1)
        if s.is_boundary(k) or _begins_predicate(s, k) or k in s.starting or low == "to":
            return False
    return False


def _begins_predicate(s: Sentence, k: int) -> bool:
    """Tell the word behind a subject from one behind a member: "on Doeland, Ann Poe said"."""
    return s.low[k] in words("auxiliary") or s.low[k] in words("speech")


def _examples(s: Sentence, j: int) -> list[tuple[int, int]]:
    """Return who is named behind a comma as one of them: "including Ann Poe", "Ann Poe among them"."""
    ends = words("auxiliary") - {"'s"}
    end = next((k for k in range(j, len(s.low)) if s.low[k] in ends or s.low[k] in ".;:"), len(s.low))
    if s.low[j : j + 1] != ["including"] and "among" not in s.low[j:end]:
        return []
    return [(k, k + 1) for k in range(j, end) if s.words[k].kind == "person" and s.low[k + 1 : k + 2] != ["'s"]]
