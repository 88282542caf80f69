"""The persons of a sentence: names, given or seen by their capitals, and singular descriptions.

One `Person` is one of them:

| field | type | meaning |
| --- | --- | --- |
| first, last | int | its tokens, half open: a name without its title, a description with its article |
| actor_id | str or None | the actor of the mention in it |
| is_name | bool | a name, not a description |

Names are the mentions that the caller gives, and two capitalised words and more, but for titles before them and
words that end the names of bodies, places and days; a single capitalised word is one where it ends such a name
somewhere in the article. A description is a singular noun for a person behind an article or a possessive ("her
jailed husband", "the 26-year-old"); one beside a name, or before one as its title, is the name's.

The words are data: `language/detainee_words.csv`. Not caught: pronouns; names of one word that the article
never gives in full; a name in capitals.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from analysis import language
from analysis.counts import Block, Named
from analysis.tokens import Phrases, Tokens, by_first_word

_NAME = re.compile(
    r"[A-Z][\w]*[a-z][\w]*(?:[-'\u2019][A-Z][\w]+)*"
    r"(?:\s(?:(?:al-|von |van |de |der |bin |bint )?[A-Z][\w]*[a-z][\w]*|[A-Z]\.)(?:[-'\u2019][A-Z][\w]+)*)*"
)
_FIRST_NAME = re.compile(r"\b[A-Z][\w'\u2019-]*[a-z]\Z")
_NAME_REACH = 40  # characters searched for a name before a surname
DETERMINERS = frozenset("a an another one the his her their its my our".split())
CLOSED = frozenset(
    "of in on at by for with from to into onto against among between during over under and or but who whom which that "
    "while when as after before because if he she it they we i was were is are has have had said says".split()
)

_ENDING = CLOSED - {"and", "of"}


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a sentence; the fields are described at the head of this module."""

    first: int
    last: int
    actor_id: str | None
    is_name: bool


@cache
def terms(kind: str) -> frozenset[str]:
    """Return the words of a kind."""
    return frozenset(row["term"] for row in language.rows("detainee_words.csv") if row["kind"] == kind)


@cache
def _phrases(kind: str) -> Phrases:
    """Return the phrases of a kind with their measures by first word, the longest first."""
    rows = language.rows("detainee_words.csv")
    return by_first_word((row["term"], row["measure"]) for row in rows if row["kind"] == kind)


def phrase_at(t: Tokens, k: int, kind: str) -> tuple[str, int] | None:
    """Return the measure of the phrase of a kind that starts at word k, and its length in words."""
    for words, measure in _phrases(kind).get(t.words[k], ()):
        if tuple(t.words[k : k + len(words)]) == words:
            return measure, len(words)
    return None


@cache
def _kin() -> frozenset[str]:
    return terms("kin") | {"old"}


@cache
def _before_name() -> frozenset[str]:
    """Return the words that are no part of the name that they stand before, written large or not."""
    return terms("title") | CLOSED


@cache
def _no_last() -> frozenset[str]:
    return terms("no_person") | terms("title")


class Surnames:
    """The words that end a name of two words and more somewhere in an article, each looked for once."""

    def __init__(self, paragraphs: Sequence[Block]) -> None:
        """Take the paragraphs of an article; nothing is searched before a word is asked for."""
        self._paragraphs = paragraphs
        self._text = ""
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        """Tell whether a word is one of them."""
        if word not in self._known:
            self._text = self._text or "\n".join(paragraph.text for paragraph in self._paragraphs)
            self._known[word] = _has_name(self._text, word)
        return self._known[word]


def _has_name(text: str, surname: str) -> bool:
    at = text.find(f" {surname}")
    while at >= 0:
        following = text[at + len(surname) + 1 : at + len(surname) + 2]
        if not (following.isalnum() or following in ("-", "_")):
            match = _FIRST_NAME.search(text, max(0, at - _NAME_REACH), at)
            if match and match.group().lower() not in _before_name():
                return True
        at = text.find(f" {surname}", at + 1)
    return False


def find_persons(t: Tokens, offset: int, names: Sequence[Named], surnames: Container[str]) -> list[Person]:
    """Return the persons of a sentence in order; none overlaps another.

    `names` are the mentions in it, and `offset` is its place, both in characters of the source; `surnames` are
    the words that are names by themselves.
    """
    taken: dict[int, Person] = {}
    for persons in (_named(t, offset, names), _unknown(t, surnames), _described(t, offset, names, taken)):
        for person in persons:
            if not any(k in taken for k in range(person.first, person.last)):
                taken.update(dict.fromkeys(range(person.first, person.last), person))
    return sorted(set(taken.values()), key=lambda person: person.first)


def _place(places: Sequence[int], place: int) -> int | None:
    k = bisect_left(places, place)
    return k if k < len(places) and places[k] == place else None


def _named(t: Tokens, offset: int, names: Sequence[Named]) -> Iterator[Person]:
    for name in names:
        first, last = _place(t.starts, name.start - offset), _place(t.ends, name.end - offset)
        is_name = getattr(name, "kind", "name") == "name" and first is not None and last is not None
        if is_name and t.words[last] not in terms("no_person"):
            yield Person(first, last + 1, name.actor_id, True)


def _unknown(t: Tokens, surnames: Container[str]) -> Iterator[Person]:
    for match in _NAME.finditer(t.text):
        first, end = _place(t.starts, match.start()), _place(t.ends, match.end())
        if first is None or end is None:
            continue
        last = end + 1
        if last - first > 2 and t.words[first].endswith(("ian", "ish", "ese")):
            first += 1  # "Doelandish Ann Poe"
        while first < last and (t.words[first] in _before_name() or t.words[first] == "-"):
            first += 1
        if last - first > 2 and t.words[first] in terms("kin"):
            first += 1  # "Singer Ann Poe"
        if first == last or t.words[end] in _no_last():
            continue
        if last - first > 1 or t.text[t.starts[first] : t.ends[end]] in surnames:
            yield Person(first, last, None, True)


def _is_beside_name(t: Tokens, first: int, last: int, taken: dict[int, Person]) -> bool:
    """Tell an apposition of a name, which the name stands for: "Ann Poe, an aide", "an aide, Ann Poe"."""
    words = t.words
    if first > 1 and words[first - 1] == "," and (first - 2 in taken or words[first - 2].isdigit()):
        return True
    if words[last : last + 1] != [","]:
        return False
    for k in range(last + 1, min(last + 12, len(words))):
        if words[k] == "," or words[k] in _ENDING:
            return False
        if k in taken:
            return True
    return False


def _described(t: Tokens, offset: int, names: Sequence[Named], taken: dict[int, Person]) -> Iterator[Person]:
    """Yield singular descriptions with their articles; not those that are the title of a name."""
    words = t.words
    kin = _kin()
    for k in [k for k, word in enumerate(words) if word in kin]:
        word, first = words[k], k
        while (
            first
            and k - first < 7
            and words[first - 1] not in DETERMINERS
            and (words[first - 1][0].isalnum() or words[first - 1] in ("-", "'s", "\u2019s"))
            and words[first - 1] not in CLOSED
        ):
            first -= 1
        if not first or words[first - 1] not in DETERMINERS or k - first >= 7:
            continue
        after = words[k + 1] if k + 1 < len(words) else ""
        if after in ("'s", "\u2019s", "-") or after in terms("kin"):
            continue
        if (k + 1 < len(words) and t.text[t.starts[k + 1]].isupper()) or _is_beside_name(t, first - 1, k + 1, taken):
            continue
        if k > first and word == "old" and words[k - 1] != "-":
            continue
        span = t.starts[first - 1] + offset, t.ends[k] + offset
        inside = [
            n.actor_id for n in names if span[0] <= n.start and n.end <= span[1] and getattr(n, "kind", "") == "role"
        ]
        yield Person(first - 1, k + 1, inside[-1] if inside else None, False)
