"""A word in a sentence to the noun phrase that is meant: the subject of a clause, the actors of a phrase.

Every function takes a `Sentence` and places of words in it, and returns places. The subject of a clause
is the first group of actors in it that stands behind no preposition ("Doeland and Roeland", "Doeland
chief Ann Poe"), or its pronoun; where there is none, the owner of what is the subject ("Doeland's
parliament"). Of a relative clause it is the antecedent. A clause begins at a mark, a conjunction of
subordination, a relative pronoun, a condition, or behind a verb of saying; the comma of a list of names
and the "before" or "despite" of a phrase do not begin one.

Not caught: subjects that stand behind their verb; antecedents farther away than three words.
"""

from __future__ import annotations

from analysis.clauses import Sentence, words
from analysis.word_classes import PORTFOLIO

_PORTFOLIO = frozenset(word.lower() for word in PORTFOLIO)
_MAX_BETWEEN = 4  # words between two joined names
_MAX_TITLE = 6  # words between a body and the person who speaks for it
_MAX_ANTECEDENT = 3  # words between an antecedent and its relative pronoun, the comma among them
_WITH = (["along", "with"], ["together", "with"])


def subject(s: Sentence, k: int, *, is_shared: bool = False) -> list[int]:
    """Return the words of the subject whose last word is k; a shared one stands before another verb."""
    if k < 0:
        return []
    begin = clause_start(s, k) + 1
    if is_relative(s, begin):
        pronoun = begin - 1
        if s.low[pronoun - 1] == "and":
            return []  # "those who left the country and whose assets": the antecedent is farther away
        antecedent = [i for i in range(max(0, pronoun - _MAX_ANTECEDENT), pronoun) if s.words[i].actor][-1:]
        return antecedent + _companions(s, begin, k)
    places = [i for i in range(begin, k + 1) if i not in s.aside]
    while places and s.is_mark(places[-1]) and not is_shared:
        places.pop()
    who = first_subject(s, places)
    return [*who, *_joined_by(s, who[-1])] if who else who


def main_subject(s: Sentence, verb: int) -> list[int]:
    """Return the subject of the clause that a participle behind a comma belongs to."""
    return first_subject(s, [i for i in range(verb) if i not in s.aside])


def speaker_behind(s: Sentence, k: int) -> list[int]:
    """Return who says what ends before word k: ", Ann Poe said", ", said Ann Poe"; empty where nobody does."""
    comma = next((i for i in range(k, len(s.low)) if s.low[i] == "," and i not in s.aside), len(s.low))
    end = next((i for i in range(comma + 1, len(s.low)) if s.is_boundary(i)), len(s.low))
    places = range(comma + 1, end)
    if not any(s.low[i] in words("speech") and not s.words[i].actor for i in places):
        return []
    return first_subject(s, [i for i in places if s.low[i] not in words("speech")])


def first_subject(s: Sentence, places: list[int]) -> list[int]:
    """Return the first actors (or the pronoun) among these words that stand behind no preposition."""
    group: list[int] = []
    owners: list[int] = []
    is_behind = has_verb = False
    for i in places:
        low = s.low[i]
        if s.words[i].actor:
            if s.low[i + 1 : i + 2] == ["'s"]:
                owners += [] if has_verb else [i]
            elif group:
                if not _belongs(s, group[-1], i):
                    break
                group = [*group, i] if _is_joined(s, group[-1], i) else [*group[:-1], i]
            elif not is_behind:
                group = [i]
        elif low in words("subject pronoun") and not group:
            return [i]
        elif low in words("preposition"):
            is_behind |= not _is_in_title(s, i)
        elif low == ",":
            is_behind = False
        elif s.entries(i, "verb")[1] or low in words("speech") or is_past(low):
            if group or owners and is_past(low):
                break
            has_verb |= is_past(low)
            is_behind = False
    return group or owners[:1]


def _companions(s: Sentence, begin: int, k: int) -> list[int]:
    """Return who acts with a subject: "Doeland, which together with Roeland imposed"."""
    if s.low[begin : begin + 2] not in (*_WITH, ["alongside"]):
        return []
    return [i for i in range(begin, k + 1) if s.words[i].actor][:1]


def _joined_by(s: Sentence, last: int) -> list[int]:
    """Return who acts with the subject that ends with a word: "Doeland, along with Roeland and Foeland, imposed"."""
    i = last + 1 + (s.low[last + 1 : last + 2] == [","])
    if s.low[i : i + 2] not in _WITH:
        return []
    found = []
    for j in range(i + 2, len(s.low)):
        if s.words[j].actor:
            found.append(j)
        elif s.low[j] not in (",", "and", "the"):
            break
    return found


def _is_in_title(s: Sentence, i: int) -> bool:
    """Tell the "of" of an office before a name: "Secretary of State Ann Poe"."""
    following = s.words[i + 1 : i + 3]
    return (
        s.low[i] == "of"
        and i > 0
        and s.words[i - 1].is_capital
        and len(following) == 2
        and s.low[i + 1] in _PORTFOLIO
        and following[1].kind == "person"
    )


def clause_start(s: Sentence, k: int) -> int:
    """Return the boundary before word k; -1 for the start of the sentence."""
    while k >= 0:
        if s.entries(k, "condition", "conjunction")[1]:
            return k
        if k not in s.aside and _begins_clause(s, k):
            return k
        k -= 1
    return k


def is_relative(s: Sentence, begin: int) -> bool:
    """Tell whether the clause that begins at a word is a relative one."""
    return begin > 1 and s.low[begin - 1] in words("relative")


def before_subject(s: Sentence, i: int) -> int:
    """Return the word before a subject that begins at word i, its title and article passed over."""
    k = i - 1
    while k >= 0 and not s.is_boundary(k) and s.low[k] not in words("speech") and k not in s.ending:
        k -= 1
    while k in s.aside:
        k -= 1
    return k


def noun_phrase(s: Sentence, k: int) -> list[int]:
    """Return the actors (or the pronoun) of the noun phrase that ends with word k."""
    if s.low[k] in words("object pronoun"):
        return [k]
    found: list[int] = []
    while k >= 0 and not s.is_boundary(k) and s.low[k] not in words("preposition"):
        low = s.low[k]
        if s.words[k].actor:
            found.insert(0, k)
        elif low != "'s" and _is_verbal(s, k):
            break
        k -= 1
    return found


def _is_verbal(s: Sentence, k: int) -> bool:
    low = s.low[k]
    return low in words("speech") or low in words("auxiliary") or k in s.ending and low not in words("people")


def noun_owners(s: Sentence, first: int) -> tuple[list[int], int]:
    """Return whose the noun is that begins at a word ("Doeland's new plan"), and the word before its phrase."""
    owners: list[int] = []
    k = first - 1
    while k >= 0:
        if s.words[k].actor or s.low[k] in words("possessive"):
            owners.insert(0, k)
        elif not _is_modifier(s, k):
            break
        k -= 1
    return owners, k


def _is_modifier(s: Sentence, k: int) -> bool:
    """Tell the determiners and adjectives before a noun."""
    low = s.low[k]
    if low == "'s" or low in words("determiner"):
        return True
    if k in s.ending or s.is_boundary(k) or low == "and":
        return False
    return not any(low in words(kind) for kind in ("preposition", "auxiliary", "speech"))


def phrase_begin(s: Sentence, k: int) -> int:
    """Return where the determiners and actors before word k begin."""
    while k > 0 and (s.low[k - 1] in words("determiner") or s.words[k - 1].actor):
        k -= 1
    return k


def is_past(low: str) -> bool:
    """Tell a word that looks like the past of a regular verb."""
    return low.endswith("ed") and len(low) > 4


def _begins_clause(s: Sentence, k: int) -> bool:
    low = s.low[k]
    if s.is_boundary(k):
        return not s.is_list_comma(k) and low not in ("before", "after", "amid", "despite")
    return low in words("speech") and not s.words[k].actor


def _is_joined(s: Sentence, i: int, j: int) -> bool:
    return any(s.low[k] in ("and", ",", "or") for k in range(i + 1, j))


def _belongs(s: Sentence, i: int, j: int) -> bool:
    """Tell whether two actors make one subject: "Doeland and Roeland", "Doeland chief Ann Poe"."""
    between = s.low[i + 1 : j]
    if any(low in words("preposition") or low in words("auxiliary") or is_past(low) for low in between):
        return False
    return (
        _is_joined(s, i, j) and len(between) < _MAX_BETWEEN or s.words[j].kind == "person" and len(between) < _MAX_TITLE
    )
