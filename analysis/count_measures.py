"""What was done to, or by, the people of a quantity: the measure of the verb or noun that governs it.

One `Governed` is a quantity with its measure:

| field | type | meaning |
| --- | --- | --- |
| measure | str | detained, in_custody, sentenced, released, killed, injured, abuse_alleged, crowd |
| unit | (int, int) or None | the tokens that name the people; None where the noun is left out |
| last | int | the token behind the phrase |
| rule | str | how the measure was found |

Rules, the first that holds: `noun` (the quantity counts arrests, deaths), `object` ("detained 34 people"),
`nominal` ("the release of 14 prisoners", "a crowd of 500"), `level` ("the toll rose to 12", "put the crowd
at 20,000"), `subject` ("34 people were detained", "hundreds injured", "thousands took to the streets", also
over a relative clause), `list` ("20 students and five teachers"), `subset` ("including two minors"), `figure`
("put the figure at 250": the measure of the figure before), `people` (protesters make a crowd, political
prisoners are held).

There is no parser: from the quantity its phrase is read up to a closed-class word, a verb of the vocabulary
or a mark; the verb is looked for at once to the left, then to the right up to the end of the clause. The
vocabulary (`language/count_verbs.csv`, `count_nouns.csv`) says which verbs have the people as object and
which as subject; a participle with an object of its own is active, and its subject not what it befell.

A quantity of things has no measure; nor has one of forces that assemble, one behind "by", or a crowd that
is not of ten at least. Not caught: verbs out of the vocabulary, a verb more than `REACH` words away, a
measure that only the sentence before tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.count_phrases import (
    AUX,
    BE,
    DETERMINERS,
    FIGURES,
    HYPHENS,
    PEOPLE,
    PREPOSITIONS,
    STOPS,
    SUBORDINATE,
    TELLING,
    Phrase,
    nouns_of,
    read_phrase,
    states_by_word,
    verbs_by_word,
)
from analysis.quantities import Quantity
from analysis.tokens import Tokens

REACH = 18  # words between a quantity's phrase and its verb
CROWD = 10  # fewer people are no crowd
DETENTION = frozenset({"detained", "in_custody", "sentenced", "released"})
_DASHES = frozenset("\u2013\u2014-")
_QUOTES = frozenset('\u201c"')  # "put the number of arrests at “about 700”"
_BACK = (DETERMINERS - {"that"}) | frozenset(
    "those further additional also then already about now just only even some".split()
)
_RISE = frozenset(
    "number reached reaching reaches exceeded exceeding exceeds topped topping passed surpassed surpassing hit hits numbered numbering included includes totalled totaled totalling stood stands climbed climbing climbs grew grown risen rising rises rose".split()
)
_BLOCKING = frozenset("by from against for to into on via per than like between towards toward under".split())
_NO_TAIL = STOPS - {"to", "the", "a", "an"}  # words that do not stand between a verb and its tail
_BEFORE_NUMBER = PREPOSITIONS | DETERMINERS | {"and", ",", "or"}
_TOLD = frozenset("known believed said thought reported understood alleged confirmed presumed".split())
_PARENTS = frozenset("father mother parent".split())
_SUBSET = frozenset({"including", "among", "include", "included"})


@dataclass(frozen=True, slots=True)
class Governed:
    """The measure of a quantity; the fields are described at the head of this module."""

    measure: str
    unit: tuple[int, int] | None
    last: int
    rule: str


def govern(t: Tokens, quantities: list[Quantity], *, previous: str | None = None) -> list[Governed | None]:
    """Find the measure of each quantity of a sentence; None for one that is of things, or of nobody's fate.

    `previous` is the measure of the last quantity before the sentence, for "the figure was put at 250".
    """
    found: list[Governed | None] = []
    firsts = {quantity.first for quantity in quantities}
    for n, quantity in enumerate(quantities):
        phrase = read_phrase(t, quantity)
        last = found[n - 1] if n else None
        governed = _governed(t, quantity, phrase, quantities[n - 1] if n else None, last, firsts, previous)
        if governed and not _fits(governed.measure, quantity, phrase):
            governed = None
        found.append(governed)
        previous = governed.measure if governed else previous
    return found


def _fits(measure: str, quantity: Quantity, phrase: Phrase) -> bool:
    is_death = phrase.kind == "measure" and measure == "killed"
    is_one = quantity.point == 1 and phrase.kind not in PEOPLE and measure != "crowd" and not is_death
    if phrase.kind == "thing" or is_one:
        return False
    if quantity.point == 1 and measure in ("abuse_alleged", "crowd"):
        return False
    if measure != "crowd":
        return phrase.kind != "unknown" or measure in DETENTION or measure in ("killed", "injured")
    size = quantity.point if quantity.point is not None else quantity.high
    return (
        phrase.kind not in ("force", "unknown")
        and (size is None or size >= CROWD)
        and (quantity.low >= CROWD or quantity.low == 0)
    )


def _governed(
    t: Tokens,
    quantity: Quantity,
    phrase: Phrase,
    before: Quantity | None,
    last: Governed | None,
    firsts: set[int],
    previous: str | None,
) -> Governed | None:
    if phrase.kind == "thing":
        return None

    def row(measure: str, rule: str) -> Governed:
        return Governed(measure, phrase.unit, phrase.last, rule)

    if phrase.kind == "measure":
        return row(phrase.measure, "noun")
    left = t.words[max(0, quantity.first - 3) : quantity.first]
    if left[-1:] == ["of"] and left[-2:-1] and left[-2] in _PARENTS:
        return None
    if left in (["one", "of", "the"], ["none", "of", "the"]) or _is_whole(t, quantity, before):
        return None
    k = _back(t, quantity.first)
    word = t.words[k] if k >= 0 else ""
    measure = _object(t, k, phrase)
    if measure:
        return row(measure, "object")
    is_one = word in ("and", "or") and t.words[phrase.last : phrase.last + 1] in (["was"], ["is"], ["has"])
    right = None if word in _BLOCKING or is_one else _subject(t, phrase, firsts)
    measure, rule = _nominal(t, k, previous)
    if measure and not (measure == "crowd" and right and right != "crowd"):
        return row(measure, rule)
    if right:
        return row(right, "subject")
    is_part = word == "them" and t.words[k - 1 : k] == ["among"]  # "among them 20 minors"
    if is_part or word in _SUBSET or (word == "with" and t.words[k - 1 : k] == ["along"]):
        measure = last.measure if last else _nearest(t, k, is_joined=word == "with") or ""
        return row(measure, "subset") if measure else None
    behind = t.words[quantity.last : quantity.last + 2]
    if previous and t.words[quantity.core_end : quantity.core_end + 2] in (["of", "them"], ["of", "whom"]):
        return Governed(previous, None, phrase.last, "subset")
    if last and last.rule == "subject" and word in ("and", ",") and behind[:1] in (["others"], ["more"]):
        return row(last.measure, "list")  # "14 were detained in one town and 20 others elsewhere"
    if previous and phrase.kind == "none" and _is_told_bare(t, k, quantity.last):
        return row(previous, "figure")
    is_listed = last is not None and before is not None and word in (",", "and", "or", "plus")
    if is_listed and last.rule in ("object", "nominal", "list", "subset") and k - last.last <= 1:
        return row(last.measure, "list")
    if word == "from" and t.words[k - 1 : k] in (["up"], ["down"]) and previous:
        return row(previous, "figure")
    is_big = (quantity.point or quantity.high or 100) >= 100 or word not in PREPOSITIONS
    if phrase.measure and is_big and (phrase.kind != "held_people" or _is_political(t, phrase)):
        return row(phrase.measure, "people")
    return None


def _is_whole(t: Tokens, quantity: Quantity, before: Quantity | None) -> bool:
    """Tell the whole of which the figure before is a part: "three of the council's seven leaders"."""
    left = t.words[max(0, quantity.first - 6) : quantity.first]
    if before and t.words[before.last : before.last + 1] == ["of"] and quantity.first - before.last <= 5:
        return not any(mark in t.words[before.last : quantity.first] for mark in (",", "and"))
    return left[-2:] == ["one", "of"] or "aged" in left[-3:]


def _is_told_bare(t: Tokens, k: int, last: int) -> bool:
    """Tell a bare number that somebody gives: "the guild counted 70.", "a figure of 70"; k is the word before."""
    is_figure = t.words[k] == "of" and t.words[k - 1] in FIGURES - {"total", "number", "numbers"}
    is_end = last == len(t.words) or not t.words[last][0].isalnum()
    is_given = t.words[k] in TELLING or (t.words[k] == "of" and t.words[k - 1] == "spoke")
    return k > 0 and (is_figure or (is_given and is_end))


def _is_political(t: Tokens, phrase: Phrase) -> bool:
    return phrase.unit is not None and "political" in t.words[phrase.unit[0] : phrase.unit[1]]


# To the left.


def _back(t: Tokens, first: int) -> int:
    k = first - 1
    while k >= 0 and (
        t.words[k] in _BACK
        or t.words[k] in _QUOTES
        or (t.words[k].endswith("ly") and t.words[k] not in ("july", "italy"))
    ):
        k -= 1
    return k


def _object(t: Tokens, k: int, phrase: Phrase) -> str:
    """Return the measure of an active verb that ends at the token k, or whose tail stands behind the phrase."""
    for start in range(k, max(k - 4, -1), -1):
        for verb in verbs_by_word().get(t.words[start], ()):
            if verb.role != "patient":
                continue
            is_whole = start + 1 + len(verb.tail) == k + 1 and tuple(t.words[start + 1 : k + 1]) == verb.tail
            is_parted = start == k and verb.tail and _has_tail(t, phrase.last, verb.tail)
            if not (is_whole or is_parted) or (verb.form == "participle" and _is_passive(t, start)):
                continue
            is_rally = t.words[start] in ("hold", "holds") and phrase.kind != "held_people"
            if verb.form in ("base", "s") and verb.measure == "detained" and is_rally:
                continue
            if t.words[start - 1 : start] in (["the"], ["a"], ["of"]) and verb.form != "ing":
                continue
            is_holding = t.words[start] in ("hold", "holds", "holding", "held") and phrase.kind == "held_people"
            return "in_custody" if is_holding else _held(t, start, verb.measure)
    return ""


def _has_tail(t: Tokens, at: int, tail: tuple[str, ...]) -> bool:
    return any(tuple(t.words[k : k + len(tail)]) == tail for k in range(at, min(at + 4, len(t.words))))


def _is_passive(t: Tokens, k: int) -> bool:
    """Tell whether a form of "be" stands right before, adverbs aside."""
    j = k - 1
    while j >= 0 and (t.words[j].endswith("ly") or t.words[j] in ("also", "not", "still", "since", "already")):
        j -= 1
    return j >= 0 and t.words[j] in BE


def _held(t: Tokens, k: int, measure: str) -> str:
    """Tell those still held from those whom the police have just taken."""
    if t.words[k] in ("held", "holding") and measure == "detained":
        around = t.words[max(0, k - 3) : k] + t.words[k + 1 : k + 3]
        if {"being", "still", "remain", "remained", "currently", "are"} & set(around):
            return "in_custody"
    return measure


def _nominal(t: Tokens, k: int, previous: str | None) -> tuple[str, str]:
    """Return the measure of the noun before: "arrest of", "crowd of", "the toll rose to"."""
    words = t.words
    word = words[k] if k >= 0 else ""
    if word == "of":
        j = k - 1
        while j >= 0 and words[j] in ("total", "number", "group", "groups", "some"):
            j -= 1 + (words[j - 1 : j] in (["a"], ["the"]))
            if words[j : j + 1] != ["of"]:
                return ("", "") if j != k - 3 or words[k - 1] != "total" else (_object_measure(t, j), "object")
            j -= 1
        found = nouns_of("measure", "gathering").get(words[j]) if j >= 0 else None
        return (found[1], "nominal") if found else ("", "")
    if word == "for" and k >= 1:
        for phrase, (_, measure) in nouns_of("terms").items():
            parts = phrase.split()
            if words[max(0, k + 1 - len(parts)) : k + 1] == parts:
                return measure, "nominal"
    if previous and word == "at" and k > 1 and words[k - 1] == "it" and words[k - 2] in ("put", "puts"):
        return previous, "figure"
    if word in ("at", "to", "was", "is", "past", "above") or word in _RISE:
        nouns = nouns_of("toll", "measure", "gathering", "held_people")
        for j in _leftwards(words, k):
            if words[j] in (".", ";", ":") or words[j] == "," and words[j + 1] != "who":
                break
            found = nouns.get(words[j])
            if (
                found
                and (word not in ("to", "was", "is") or found[0] != "gathering")
                and (words[j] != "dead" or word == "at" and words[j - 1] in ("the", "of"))
            ):
                return found[1], "level"
            verbs = [v for v in verbs_by_word().get(words[j], ()) if v.form == "participle" and not v.tail]
            if verbs and not {"those", "people", "number"}.isdisjoint(words[max(0, j - 3) : j]):
                return verbs[0].measure, "level"
            if words[j] in FIGURES and words[j + 1 : j + 2] != ["of"] and previous:
                return previous, "figure"
    return "", ""


def _leftwards(words: list[str], k: int) -> list[int]:
    """Return the places before a verb, without the parenthesis in commas: "the toll, first put at 10, rose"."""
    places = list(range(k - 1, max(-1, k - 18), -1))
    comma = next((j for j in places[:4] if words[j] == ","), 0)
    opening = next((j for j in places if words[j] == "," and j < comma), 0)
    return [j for j in places if not opening or not opening <= j <= comma][:9]


def _object_measure(t: Tokens, k: int) -> str:
    return _object(t, k, Phrase("none", "", None, k)) if k >= 0 else ""


def _nearest(t: Tokens, k: int, *, is_joined: bool) -> str | None:
    """Return the measure of the nearest verb to the left of which people are the object; where joined, the subject."""
    for j in range(k - 1, max(-1, k - REACH), -1):
        for verb in verbs_by_word().get(t.words[j], ()):
            if (is_joined or verb.role == "patient") and (
                not verb.tail or tuple(t.words[j + 1 : j + 1 + len(verb.tail)]) == verb.tail
            ):
                return _held(t, j, verb.measure)
    return None


# To the right.


def _subject(t: Tokens, phrase: Phrase, firsts: set[int]) -> str:
    """Return the measure of the verb whose subject the phrase is."""
    words, n = t.words, len(t.words)
    states, verbs = states_by_word(), verbs_by_word()
    k, has_be, is_near = phrase.last, False, True
    stop = min(n, k + REACH)
    while k < stop:
        word = words[k]
        state = _state(t, k) if word in states else ""
        if state and phrase.kind != "unknown":
            return state
        if word == "dead" and (is_near or has_be):
            return "killed"
        measure = _verb(t, k, has_be=has_be, is_near=is_near) if word in verbs else ""
        if measure:
            return measure
        if word in BE:
            if words[k - 1] == "to" and words[k - 2] not in _TOLD:
                return ""  # "for prisoners to be freed": it is yet to happen
            if word == "be" and words[k - 1] not in AUX | {"to", "not"} and not words[k - 1].endswith("ly"):
                return ""  # "demanded that the prisoners be freed"
            has_be = True
        elif word == ",":
            k = _over(t, k, firsts, stop)
            if k < 0:
                return ""
            continue
        elif word in ("and", "or", "but"):
            if not _goes_on(t, k + 1, firsts):
                return ""
        elif k in firsts and words[k - 1] not in _BEFORE_NUMBER:
            return ""
        elif word in _DASHES and (word not in HYPHENS or t.ends[k - 1] < t.starts[k]):
            opened = k + 2 if words[k : k + 2] == ["-", "-"] else k + 1
            close = next((j for j in range(opened, min(n, k + 16)) if words[j] in _DASHES), None)
            if close is None:
                return ""
            k = close
        elif word == "." and t.ends[k - 1] == t.starts[k] and k + 1 < n and t.ends[k] == t.starts[k + 1]:
            pass  # "the news site Doe.by"
        elif (
            not word[0].isalnum()
            and word not in HYPHENS
            and word not in "()\"'\u2019\u201c\u201d"
            or word in SUBORDINATE
            or (word == "that" and k != phrase.last)
        ):
            return ""
        if (
            word not in AUX
            and not word.endswith("ly")
            and word not in ("who", "that", "also", "to", "since", "already")
        ):
            is_near = False
        k += 1
    return ""


def _state(t: Tokens, k: int) -> str:
    for words, measure in states_by_word().get(t.words[k], ()):
        if tuple(t.words[k : k + len(words)]) == words:
            return measure
    return ""


def _verb(t: Tokens, k: int, *, has_be: bool, is_near: bool) -> str:
    words = t.words
    before = words[k - 1] if k else ""
    for verb in verbs_by_word().get(words[k], ()):
        end = k + 1
        if verb.tail:
            reach = 7 if verb.role == "patient" else 3 if len(verb.tail) == 1 else 1
            places = range(k + 1, k + 1 + reach)
            at = next((j for j in places if tuple(words[j : j + len(verb.tail)]) == verb.tail), None)
            if at is None or any(words[j] in _NO_TAIL for j in range(k + 1, at)):
                continue
            end = at + len(verb.tail)
        is_noun = before in DETERMINERS or (before != "to" and before in PREPOSITIONS and verb.form != "ing")
        is_tied = (before == "-" and t.ends[k - 1] == t.starts[k]) or (
            words[k + 1 : k + 2] == ["-"] and t.ends[k] == t.starts[k + 1]
        )
        if is_noun or is_tied:
            continue
        if verb.role == "patient":
            if verb.form != "participle" or (not _is_passive(t, k) and not has_be and _has_object(t, end)):
                continue
            if verb.measure == "released" and {"hospital", "hospitals"} & set(words[end : end + 4]):
                continue
            return _held(t, k, verb.measure)
        if verb.form in ("base", "s") and not (is_near or before in ("to", "not") or before in AUX):
            continue
        return verb.measure
    return ""


def _has_object(t: Tokens, k: int) -> bool:
    """Tell whether an object follows, so that a participle without "be" is a past tense."""
    while k < len(t.words) and t.words[k].endswith("ly"):
        k += 1
    if k >= len(t.words):
        return False
    word = t.words[k]
    if word in DETERMINERS or word in ("him", "them", "us", "me", "it") or word[0].isdigit():
        return True
    return word[0].isalpha() and word not in STOPS and word not in verbs_by_word()


def _over(t: Tokens, k: int, firsts: set[int], stop: int) -> int:
    """Return the token behind a parenthesis in commas, or behind the comma of a list; -1 where neither stands."""
    following = t.words[k + 1] if k + 1 < len(t.words) else ""
    if k + 1 in firsts or following in ("who", "whom") or following in verbs_by_word() or following in AUX:
        return k + 1
    for j in range(k + 2, min(stop, k + 14)):
        if t.words[j] == ",":
            return j + 1
        if t.words[j] in ".;:":
            break
    return -1


def _goes_on(t: Tokens, k: int, firsts: set[int]) -> bool:
    """Tell whether a conjunction goes on with a verb of the same subject, or with more people."""
    while k < len(t.words) and (t.words[k].endswith("ly") or t.words[k] in ("later", "then", "also")):
        k += 1
    if k < len(t.words) and t.words[k] in DETERMINERS:
        return any(word in BE for word in t.words[k + 1 : k + 5])
    return k < len(t.words) and (t.words[k] in AUX or t.words[k] in verbs_by_word() or k in firsts)
