"""Single persons who were detained, jailed, sentenced, summoned, released or deported, or died in custody.

One `Detainee` is one statement on one named or singly described person:

| field | type | meaning |
| --- | --- | --- |
| start, end | int | the name without its title, or the description with its article ("her jailed husband") |
| text | str | source[start:end] |
| actor_id | str or None | the actor of the mention that the words hold |
| measure | str | detained, jailed, sentenced, summoned, released, deported, died_in_custody |
| date | date or None | the day, where the sentence tells one |
| rule | str | passive, object, noun, state |

Persons are the mentions that the caller gives, names of two words and more (and their last word alone
elsewhere in the article), and a singular noun for a person behind an article or a possessive. `passive`:
"Ann Poe, an aide, was summoned by police"; `object`: "police detained Ann Poe", and the participle before its
noun ("her jailed husband"); `noun`: "the arrest of Ann Poe", "Poe's arrest"; `state`: "Poe is behind bars",
"another man who died in custody". Someone questioned counts as summoned, held for good as jailed.

No rows: what may, will or nearly did happen; a release that is asked for; groups; pronouns. Not caught: a
person whom only the sentence before names; a lone surname that the article never gives in full.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from analysis import timex
from analysis.count_sources import Day, find_exact_day, times_of, told_times
from analysis.counts import Block, Named
from analysis.detainee_lists import APPOSITION, GAP, along_with, is_ride, listed, verb_of_list
from analysis.detainee_persons import CLOSED, DETERMINERS, Person, Surnames, find_persons, phrase_at, terms
from analysis.signs import finder, places, sentences
from analysis.sweep import Sweep
from analysis.tokens import Tokens, lowered, tokens

REACH = 22  # words between a person and the verb

_BE = frozenset("is are was were be been being am get gets got getting remain remains remained".split())
_NO_SUBJECT = frozenset("of from in at near by with for".split())  # "the aides of Ann Poe were detained"
_RELATIVES = frozenset("that which whom".split())
_NO_OBJECT = frozenset(  # behind a participle: "the list released Monday"
    "by from on in after late last yesterday today monday tuesday wednesday thursday friday saturday sunday".split()
)
_GETTING = frozenset("given handed received got".split())  # a term
_SKIPPED = frozenset(
    "has have had also then later again since already still first himself herself himself who and or reportedly both now currently".split()
)


@dataclass(frozen=True, slots=True)
class Detainee:
    """One statement on one person; the fields are described at the head of this module."""

    start: int
    end: int
    text: str
    actor_id: str | None
    measure: str
    date: dt.date | None
    rule: str


@cache
def _signs() -> AhoCorasick:
    return finder(
        {"serving", "prison"}
        | {term for kind in ("participle", "active", "noun", "state", "died") for term in terms(kind)}
    )


def find_detainees(
    paragraphs: Sequence[Block], *, names: Sequence[Named] = (), published: Day = None
) -> list[Detainee]:
    """Find what is said of single persons' arrest, custody and release in one article, in order.

    `paragraphs` are its blocks in order, `names` its mentions of persons, both in offsets of the source;
    `published` its day, or the first and last day possible.
    """
    surnames, named = Surnames(paragraphs), Sweep(names)
    found: list[Detainee] = []
    for paragraph in paragraphs:
        hits = places(lowered(paragraph.text).replace("\u00a0", " ").replace("\n", " "), _signs())
        for start, end in sentences(paragraph.text, hits) if hits else ():
            offset = paragraph.start + start
            reaching = named.reaching(offset, paragraph.start + end)
            inside = [n for n in reaching if offset <= n.start and n.end <= paragraph.start + end]
            found += _sentence(paragraph.text[start:end], offset, inside, surnames, published)
    return found


def _sentence(text: str, offset: int, names: Sequence[Named], surnames: Surnames, published: Day) -> Iterator[Detainee]:
    t = tokens(text)
    people = find_persons(t, offset, names, surnames)
    told: list[timex.TimeExpression] | None = None
    for n, person in enumerate(people):
        statement = _statement(t, person, people[n + 1 :])
        for measure, rule, place in (statement, *_further(t, person, statement)) if statement else ():
            told = told_times(text, times_of(t)) if told is None else told
            start, end = t.starts[person.first], t.ends[person.last - 1]
            is_dated = rule != "object" or measure != "jailed"
            date = find_exact_day(told, t.starts[place], published) if is_dated else None
            yield Detainee(start + offset, end + offset, text[start:end], person.actor_id, measure, date, rule)


# Statements.


def _statement(t: Tokens, person: Person, others: Sequence[Person]) -> tuple[str, str, int] | None:
    """Return measure, rule and the place of the word that says it."""
    found = _inside(t, person) or _object(t, person) or _noun(t, person) or listed(t, person) or along_with(t, person)
    if found or (found := _behind(t, person, others, person.last)):
        return found
    verb = _verb_of_apposition(t, person, others) or verb_of_list(t, person)
    return _behind(t, person, others, verb) if verb else None


def _further(t: Tokens, person: Person, statement: tuple[str, str, int]) -> Iterator[tuple[str, str, int]]:
    """Read another measure behind the first: "was detained on Sunday and sentenced", "released on bail, was held"."""
    measure, rule, place = statement
    if rule != "passive" or not person.is_name:
        return
    if place < person.first:  # "among the detained was Ann Poe, who was later released"
        found = _behind(t, person, (), person.last)
        if found and found[0] != measure:
            yield found
        return
    for k in range(place + 1, min(len(t.words) - 1, place + REACH)):
        word = t.words[k]
        if word in (".", ";", ":", "who", "that", "which") or word in terms("unreal"):
            return
        is_main = word == "," and place == person.last + 1 and t.words[k + 1] in _BE | {"has", "had"}
        if word != "and" and not is_main:
            continue
        j = k + 1
        while j < len(t.words) and (t.words[j] in _BE | _SKIPPED or t.words[j].endswith("ly")):
            j += 1
        found = phrase_at(t, j, "participle") if j < len(t.words) else None
        if j < len(t.words) and measure in ("detained", "jailed") and _is_bare_term(t, j):
            found = "sentenced", 1
        if found and found[0] != measure and not _is_unreal(t, j):
            yield found[0], "passive", j
            return


def _is_unreal(t: Tokens, k: int) -> bool:
    before = t.words[max(0, k - 4) : k]
    if before[-1:] == ["to"]:
        return terms("real").isdisjoint(before)  # "allowed guards to arrest"
    is_denied = before[-1:] == ["having"] and not terms("denial").isdisjoint(before)
    return is_denied or not terms("unreal").isdisjoint(before)


def _inside(t: Tokens, person: Person) -> tuple[str, str, int] | None:
    """Read the participle in a description: "her jailed husband"."""
    for k in range(person.first + 1, person.last) if not person.is_name else ():
        found = phrase_at(t, k, "participle")
        if found and found[0] != "summoned":
            return found[0], "object", k
    return None


def _object(t: Tokens, person: Person) -> tuple[str, str, int] | None:
    """Read the verb right before: "detained the journalist Ann Poe"."""
    for k in range(person.first - 1, max(person.first - 2 - GAP, -1), -1):
        word = t.words[k]
        found = phrase_at(t, k, "active")
        if found and k + found[1] <= person.first:
            last = _word_before(t, person)
            is_far = person.first - k - found[1] > 3 and last not in ("and", ",")
            if is_far or t.words[person.last : person.last + 1] in (["'s"], ["\u2019s"]):
                return None
            if (
                k + found[1] < person.first
                and person.is_name
                and last not in terms("kin") | terms("title") | {"and", ",", "including"}
            ):
                return None
            is_passive = k and t.words[k - 1] in _BE and not word.endswith("ing")
            is_noun = (
                word in ("arrest", "arrests", "sentences", "summons")
                and k
                and t.words[k - 1] in DETERMINERS | {"of", "under", "'s"}
            )
            if is_passive or is_noun or _is_unreal(t, k):
                return None
            if word in ("released", "releases") and t.words[k + 1] in _NO_OBJECT:
                return None
            return found[0], "object", k
        if (word in CLOSED or not (word[0].isalnum() or word in ("-", "'s", "\u2019s"))) or (
            t.words[k] in DETERMINERS and person.first - k > GAP
        ):
            if word in ("and", ","):
                continue
            return None
    return None


def _word_before(t: Tokens, person: Person) -> str:
    """Return the word before a name and its description: "and" of "arrest Ann Poe and her aide Roy Doe"."""
    last = k = person.first - 1
    while k > 0 and person.is_name and t.words[k] in terms("kin") | DETERMINERS:
        k -= 1
    return t.words[k] if t.words[k] == "and" else t.words[last]


def _noun(t: Tokens, person: Person) -> tuple[str, str, int] | None:
    """Read "the arrest of Ann Poe" and "Poe's arrest"; not a release that is asked for."""
    places = []
    k = person.first - 1
    while k > 0 and person.first - k <= GAP and t.words[k] not in CLOSED and t.words[k][0].isalpha():
        k -= 1
    if k > 0 and t.words[k] == "of":
        places.append(k - 1)
    if t.words[person.last : person.last + 1] in (["'s"], ["\u2019s"]):
        places += list(range(person.last + 1, min(person.last + 3, len(t.words))))
    for k in places:
        found = phrase_at(t, k, "noun")
        if not found:
            continue
        is_asked = found[0] == "released" and not terms("wish").isdisjoint(t.words[max(0, k - 6) : k])
        is_aim = "to" in t.words[max(0, person.first - 2) : person.first] or "leading" in t.words[max(0, k - 3) : k]
        if not is_asked and not is_aim and not _is_unreal(t, k):
            return found[0], "noun", k
    return None


def _verb_of_apposition(t: Tokens, person: Person, others: Sequence[Person]) -> int:
    """Return the verb behind what stands in commas behind a name: "Ann Poe, 40, a baker who had hoped to run, was"."""
    if not person.is_name or t.words[person.last : person.last + 1] != [","]:
        return 0
    for k in range(person.last + 1, min(len(t.words) - 1, person.last + APPOSITION)):
        if t.words[k] in (".", ";", ":"):
            return 0
        if t.words[k] == "," and t.words[k + 1] in _BE | {"has", "had", "have"}:
            between = [other for other in others if other.is_name and person.last < other.first < k]
            is_own = all(t.words[other.last] != "," or other.last == k for other in between)
            return k + 1 if is_own else 0
    return 0


def _behind(t: Tokens, person: Person, others: Sequence[Person], k: int) -> tuple[str, str, int] | None:
    """Read the verb, at word k or behind it, whose subject the person is."""
    words, n = t.words, len(t.words)
    has_be = False
    before = words[person.first - 1] if person.first else ""
    if words[k : k + 1] in (["'s"], ["\u2019s"]) or (before in _NO_SUBJECT and "who" not in words[k : k + GAP]):
        return None
    stop = min(n, k + REACH)
    starts = {other.first: other for other in others}
    while k < stop:
        word = words[k]
        died = phrase_at(t, k, "died")
        if died:
            return died[0], "state", k
        if word in _GETTING and (has_be or word != "given") and _is_term(t, k + 1):
            return "sentenced", "passive", k
        if (word in terms("unreal") and not (has_be and word == "ordered")) or word == "to":
            return None
        found = phrase_at(t, k, "participle")
        if found and has_be:
            return None if is_ride(t, k) else (found[0], "passive", k)
        if found and k == person.last and before not in _RELATIVES and not _has_object(t, k + found[1]):
            return found[0], "passive", k
        found = phrase_at(t, k + 1, "participle") if word == "," and k == person.last and k + 1 < n else None
        if found and found[0] != "summoned" and not _has_object(t, k + 1 + found[1]):
            return found[0], "passive", k + 1  # "Ann Poe, released on bail"
        state = phrase_at(t, k, "state")
        if state and (
            has_be
            or words[k - 1] in ("held", "kept", "languishing", "now", "currently", "is", "remains")
            or k == person.last
        ):
            return state[0], "state", k
        if word == "serving" and has_be and not terms("term").isdisjoint(words[k + 1 : k + GAP]):
            return "jailed", "state", k
        if k in starts and (words[k - 1] in ("and", "or", ",") or words[k - 1] in DETERMINERS):
            k = starts[k].last
            continue
        if word in _BE:
            has_be = True
        elif word == ",":
            close = next((j for j in range(k + 1, min(stop, k + 16)) if words[j] == ","), None)
            following = words[k + 1] if k + 1 < n else ""
            is_subject = following in _BE | {"has", "had"} and _is_apposed(t, person.first)
            relative = next((j for j in range(k + 1, min(n, k + 12)) if words[j] in ("who", ",")), None)
            if following == "a" and relative is not None and words[relative] == "who":
                k = relative
            if following in ("who", "whose") or is_subject or (k + 1 in starts and close is None) or words[k] == "who":
                k += 1
                continue
            if close is None:
                return None
            is_next = words[close + 1 : close + 2] in (["a"], ["an"])  # ", 44, a baker who was"
            k = close - 1 if is_next else close
        elif word == "(":
            close = next((j for j in range(k + 1, min(n, k + 12)) if words[j] == ")"), None)
            if close is None:
                return None
            k = close
        elif has_be and word in ("among", "ordered"):
            return _passed_on(t, k)
        elif word == "and" and not has_be and (named := _next_name(t, k + 1, starts)):
            k = named.last
            continue
        elif word == "and" and not has_be and not (k + 1 < n and words[k + 1] in _BE):
            return None
        elif word not in _SKIPPED and not word.endswith("ly"):
            return _conjoined(t, k)
        k += 1
    return None


def _is_term(t: Tokens, k: int) -> bool:
    """Tell the object of "was handed a three-year jail term" by its nouns."""
    object_ = t.words[k : k + GAP]
    end = next((n for n, w in enumerate(object_) if w in CLOSED - {"in", "and"} or w in (",", ".", ";")), len(object_))
    is_place = any(word in ("jail", "prison", "sentence", "colony", "custody") for word in object_[:end])
    return is_place and not terms("term").isdisjoint(object_[:end])


def _is_bare_term(t: Tokens, k: int) -> bool:
    """Tell "received 12 days for a march" behind an arrest; "12 days to leave" or "of leave" are no term."""
    k += t.words[k] in _GETTING
    if t.words[k - 1] not in _GETTING:
        return False
    is_open = t.words[k + 1 : k + 2] in (["days"], ["months"], ["years"])
    return is_open and t.words[k + 2 : k + 3] in ([], ["for"], ["on"], ["."], [","]) or _is_term(t, k)


def _next_name(t: Tokens, k: int, starts: Mapping[int, Person]) -> Person | None:
    """Return the name that words from k on lead to: "and army spokesman Ann Poe"."""
    for j in range(k, min(len(t.words), k + GAP)):
        if j in starts and starts[j].is_name or j == k and j in starts:
            return starts[j]
        if t.words[j] in CLOSED or not t.words[j][0].isalpha():
            return None
    return None


def _passed_on(t: Tokens, k: int) -> tuple[str, str, int] | None:
    """Read the participle of "was among those arrested", "was ordered on Sunday to be held"."""
    for j in range(k + 1, min(len(t.words), k + GAP)):
        if t.words[j] in (",", ".", ";", ":", "who", "that"):
            return None
        if (found := phrase_at(t, j, "participle")) and terms("unreal").isdisjoint(t.words[k + 1 : j]):
            return found[0], "passive", j
    return None


def _is_apposed(t: Tokens, first: int) -> bool:
    """Tell a name that a comma parts from the description that it stands for: "one aide, the baker Ann Poe, was"."""
    while first and t.words[first - 1] != ",":
        first -= 1
        if t.words[first] in CLOSED - {"and"}:
            return False
    return first > 0


def _has_object(t: Tokens, k: int) -> bool:
    """Tell whether an object follows, so that a participle without "be" is a past tense."""
    if k >= len(t.words):
        return False
    word = t.words[k]
    return (
        word in DETERMINERS
        or word[0].isdigit()
        or (word[0].isalpha() and word not in CLOSED and not word.endswith("ly"))
    )


def _conjoined(t: Tokens, k: int) -> tuple[str, str, int] | None:
    """Read the second verb of "was beaten and detained", "fled and was arrested"."""
    for at in range(k, min(k + 14, len(t.words))):
        if t.words[at] in (",", ";", ":", "who", "that", "which"):
            return None
        if t.words[at] != "and":
            continue
        j = at + 1
        while j < len(t.words) and (t.words[j] in _BE | _SKIPPED or t.words[j].endswith("ly")):
            j += 1
        found = phrase_at(t, j, "participle") if j < len(t.words) else None
        has_be = any(word in _BE for word in t.words[max(0, k - 2) : j])  # "was later fined and"
        if found and has_be and not _is_unreal(t, j):
            return found[0], "passive", j
    return None
