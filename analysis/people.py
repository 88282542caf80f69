"""The persons an article names: whom a surname, a pronoun or a description means.

`People` knows the persons an article names: it gives a bare surname, a pronoun or a description the
fullest name of the person meant. A pronoun means the subject of the nearest earlier sentence whose
gender fits; gender comes from first names, forms of address, endings of surnames, and pronouns nearby.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter
from typing import Protocol

from analysis import language
from analysis.capitals import NO_NAME, Run, find_full_names, find_runs
from analysis.word_classes import (
    KINDS,
    PREPOSITION,
    PRONOUN_KINDS,
    ROLE,
    TITLE,
    words,
)

MAX_FIRST_MENTIONS = 4
MAX_PARAGRAPHS_BACK = 12
MAX_MENTIONS_BACK = 40

_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d)]*\s+(?=[\"'\u2018\u201c(]*[^\Wa-z])")
_GENDERED = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
_CLAUSE_END = re.compile("[,.;:]")
_FIRST_NAMES = {row["name"]: row["gender"] for row in language.rows("first_names.csv")}
_FEMALE_ENDINGS = tuple(words("surname ending"))
_FEMALE, _MALE = words("honorific", "f"), words("honorific", "m")
_ADDRESS = _FEMALE | _MALE
# Who is described so need not be the person named last.
_GENERIC = frozenset(
    "official spokesman spokeswoman spokesperson resident employee worker guard soldier officer expert analyst "
    "man woman".split()
)


class Name(Protocol):
    """A mention of an actor in the source."""

    start: int
    end: int
    actor_id: str | None
    kind: str


@dataclass(slots=True, eq=False)
class _Person:
    name: str
    first: str
    gender: str | None
    is_sure: bool
    titles: set[str] = field(default_factory=set)
    places: list[tuple[int, int]] = field(default_factory=list)
    was_asked: bool = False
    actor_id: str | None = None


_Mention = tuple[int, int, _Person]
_place = itemgetter(0)


class People:
    """The persons of one article; every part is read only when a speaker asks for it.

    `paragraphs` are (start, text), `quoted` the top quotations of each with their marks, by their place in
    the paragraph, `names` the registry's mentions; all other places are characters of the source.
    """

    def __init__(
        self,
        paragraphs: Sequence[tuple[int, str]],
        quoted: Sequence[Sequence[tuple[int, int]]],
        names: Iterable[Name] = (),
    ):
        self.paragraphs = paragraphs
        self.quoted = quoted
        self.starts = [start for start, _ in paragraphs]
        self.names = sorted(names, key=attrgetter("start", "end"))
        self.name_starts = [name.start for name in self.names]
        self.by_last: dict[str, list[_Person]] = {}
        self.actors: dict[str | None, _Person] = {}
        self.runs: dict[int, list[tuple[int, int, Run]]] = {}
        self.heard: dict[int, list[_Mention]] = {}
        self.spoke: dict[int, list[_Mention]] = {}
        self.cuts: dict[int, list[int]] = {}
        self.resolved: dict[int, tuple[str | None, str | None]] = {}
        self.last_named: str | None = None
        self.last_other: tuple[str | None, str | None] = (None, None)

    # Names to persons.

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int, Run]]]:
        """The article's first names of two words or more, by the last of these, each with its place."""
        index: dict[str, list[tuple[int, int, Run]]] = {}
        for base, text in self.paragraphs:
            for found in find_full_names(text, base):
                parts = found[2].parts
                if parts and len(known := index.setdefault(parts[-1], [])) < MAX_FIRST_MENTIONS:
                    known.append(found)
        return index

    def _paragraph(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _runs(self, number: int) -> list[tuple[int, int, Run]]:
        """Return the runs of capitals in a paragraph, each with its place."""
        if number not in self.runs:
            base, text = self.paragraphs[number]
            self.runs[number] = find_runs(text, base)
        return self.runs[number]

    def _namesakes(self, last: str) -> list[_Person]:
        """Return the persons of one surname, by the article's first mentions with more than the surname."""
        known = self.by_last.get(last)
        if known is None:
            known = self.by_last[last] = []
            for start, end, run in self._index.get(last, ()):
                if run.is_person:
                    self._meet(known, start, end, run)
        return known

    def _meet(self, known: list[_Person], start: int, end: int, run: Run) -> None:
        """Take in a mention of a surname; one word alone tells of a person only behind a form of address."""
        first, last, titles = run.first, run.parts[-1], run.titles
        base, text = self.paragraphs[self._paragraph(start)]
        if not run.shift and (before := _titles_before(text, start - base)):
            titles = titles.union(before)
        if text.startswith(", ", end - base):
            titles = titles.union(_roles_after(text, end - base + 2))
        person = next((p for p in known if not first or not p.first or p.first == first), None) if known else None
        if person is None:
            if not first and titles.isdisjoint(_ADDRESS):
                return
            person = _Person(last, "", None, False)
            known.append(person)
        if len(run.name) > len(person.name):
            person.name = run.name
        person.first = person.first or first
        person.titles |= titles
        person.gender = person.gender or _gender(first, last, titles)
        person.is_sure = person.is_sure or bool(titles) or first in _FIRST_NAMES
        start += run.shift
        person.places.append((start, end))
        person.actor_id = person.actor_id or self._actor_at(start, end)
        if person.actor_id:
            self.actors.setdefault(person.actor_id, person)

    def _person(self, parts: Sequence[str], place: int) -> _Person | None:
        """Return the person of a name; of several with one surname the one named last before a place."""
        known = self._namesakes(parts[-1])
        if len(parts) > 1:
            known = [p for p in known if p.first == parts[0]] or known
        if len(known) < 2:
            return known[0] if known else None
        return max(known, key=lambda p: max((start for start, _ in p.places if start <= place), default=-1))

    # What was said of whom before a place.

    def _mentions(self, number: int) -> list[_Mention]:
        """Return the persons that a paragraph names outside its quotations, the resolved speakers included."""
        if number not in self.heard:
            found = []
            for start, end, run in self._runs(number):
                if run.parts and (person := self._person(run.parts, start)):
                    found.append((start + run.shift, end, person))
            if self.actors:
                base, text = self.paragraphs[number]
                first, last = (bisect_left(self.name_starts, place) for place in (base, base + len(text)))
                for name in self.names[first:last]:
                    if name.kind == "role" and (person := self.actors.get(name.actor_id)):
                        found.append((name.start, name.end, person))
                found.sort(key=_place)
            self.heard[number] = _outside(found, self.quoted[number], self.starts[number])
        return self.heard[number]

    def _mentions_before(self, number: int, place: int) -> list[_Mention]:
        """Return the last persons of a paragraph named before a place."""
        found = _last_before(self._mentions(number), place)
        if spoke := self.spoke.get(number):
            found = sorted(found + _last_before(spoke, place), key=_place)
        return found

    def _sentences(self, number: int) -> list[int]:
        """Return where the sentences of a paragraph start, the first one left out."""
        if number not in self.cuts:
            base, text = self.paragraphs[number]
            self.cuts[number] = [base + match.end() for match in _SENTENCE_END.finditer(text)]
        return self.cuts[number]

    def _by_sentence(self, number: int, mentions: list[_Mention]) -> Iterator[list[_Mention]]:
        """Yield the mentions of each sentence of a paragraph, the last sentence first."""
        end = len(mentions)
        while end:
            starts = self._sentences(number)
            at = bisect_right(starts, mentions[end - 1][0])
            first = bisect_left(mentions, starts[at - 1], key=_place) if at else 0
            yield mentions[first:end]
            end = first

    def _is_subject(self, mention: _Mention) -> bool:
        """Tell a name that may be a subject: no possessive, no verb or preposition right before it."""
        start, end, _ = mention
        number = self._paragraph(start)
        spoke = self.spoke.get(number, [])
        k = bisect_left(spoke, start, key=_place)
        if k < len(spoke) and spoke[k][0] == start:
            return True
        base, text = self.paragraphs[number]
        if text[end - base : end - base + 2] in ("'s", "\u2019s"):
            return False
        before = text[max(0, start - base - 30) : start - base].rsplit(None, 1)
        if not before or not before[-1].isalpha() or before[-1][0].isupper():
            return True
        word = before[-1]
        return not KINDS[word] & PREPOSITION and bool(KINDS[word] & (TITLE | ROLE | NO_NAME))

    def _antecedent(self, place: int, gender: str) -> _Person | None:
        """Return the subject of the nearest sentence before a place whose gender fits."""
        fallback, n_seen = None, 0
        number = self._paragraph(place)
        for at in range(number, max(-1, number - MAX_PARAGRAPHS_BACK), -1):
            if n_seen > MAX_MENTIONS_BACK:
                break
            mentions = self._mentions_before(at, place)
            n_seen += len(mentions)
            for group in self._by_sentence(at, mentions):
                fits = [mention for mention in group if self._fits(mention[2], gender)]
                subject = next((mention for mention in fits if self._is_subject(mention)), None)
                if subject:
                    return subject[2]
                fallback = fallback or (fits[0][2] if fits else None)
        return fallback

    def _fits(self, person: _Person, gender: str) -> bool:
        if not person.gender and not person.was_asked:
            person.was_asked = True
            person.gender = self._gender_nearby(person)
        return person.gender == gender or (not gender and bool(person.gender)) or (not person.gender and person.is_sure)

    def _gender_nearby(self, person: _Person) -> str | None:
        """Guess a gender by the pronouns behind a person's first mentions, up to the next name."""
        votes = [0, 0]
        for start, end in person.places:
            number = self._paragraph(start)
            base, text = self.paragraphs[number]
            runs = self._runs(number)
            following = bisect_left(runs, (end,))
            until = runs[following][0] if following < len(runs) else end + 200
            match = _GENDERED.search(text, end - base, min(until, end + 200) - base)
            if match:
                votes[match.lastindex - 1] += 1
        return None if votes[0] == votes[1] else "m" if votes[0] > votes[1] else "f"

    # A speaker phrase to a name.

    def resolve(
        self, start: int, end: int, phrase: str, stands_for: tuple[int, int, str] | None = None
    ) -> tuple[str | None, str | None]:
        """Return the fullest name and the actor of a speaker phrase that stands at start:end."""
        if start not in self.resolved:
            self.resolved[start] = self._resolve(start, end, phrase, stands_for)
        return self.resolved[start]

    def _resolve(
        self, start: int, end: int, phrase: str, stands_for: tuple[int, int, str] | None
    ) -> tuple[str | None, str | None]:
        low = phrase.lower()
        if " and " in low:
            # Several speakers are no one actor.
            self.last_other = phrase, None
            return phrase, None
        actor_id = self._actor_at(start, end)
        kind = {"his": "m", "her": "f"}.get(low) or PRONOUN_KINDS.get(low)
        if kind in ("m", "f"):
            person = self._antecedent(start, kind) or self.actors.get(actor_id)
            if person is None:
                return self.last_named, actor_id
        elif kind in ("n", "p"):
            return self.resolve(*stands_for) if stands_for else self.last_other
        elif kind:
            return phrase, actor_id
        else:
            person = self._named(start, phrase) or self.actors.get(actor_id) or self._described(low, start)
        if person is None:
            self.last_other = phrase, actor_id
            if phrase[0].isupper() and not low.startswith("the "):
                self.last_named = phrase
            return phrase, actor_id
        insort(self.spoke.setdefault(self._paragraph(start), []), (start, end, person), key=_place)
        self.last_named = person.name
        return person.name, actor_id or person.actor_id

    def _actor_at(self, start: int, end: int) -> str | None:
        """Return the actor of the mention that a phrase ends with."""
        for k in range(bisect_left(self.name_starts, end) - 1, -1, -1):
            name = self.names[k]
            if name.start < start - 60:
                break
            if name.end >= end - 2 and name.end > start:
                return name.actor_id
        return None

    def _named(self, start: int, phrase: str) -> _Person | None:
        """Return the person whose name a phrase is, or ends with."""
        parts = phrase.split()
        if parts[-1].islower() or not parts[0][0].isupper() and len(parts) > 1:
            return None
        return self._person(parts, start)

    def _described(self, low: str, place: int) -> _Person | None:
        """Return the person whom a description with "the" stands for."""
        tokens = set(low.split())
        roles = {token for token in tokens if KINDS[token] & ROLE or token.endswith("-year-old")}
        if not low.startswith("the ") or not roles:
            return None
        number = self._paragraph(place)
        best, best_score = None, 0
        for at in range(number, max(-1, number - MAX_PARAGRAPHS_BACK), -1):
            for _, _, person in reversed(self._mentions_before(at, place)):
                score = len(person.titles & tokens) if person.titles & roles else 0
                if score > best_score:
                    best, best_score = person, score
        return best or (None if roles <= _GENERIC else self._antecedent(place, ""))


def _last_before(mentions: list[_Mention], place: int) -> list[_Mention]:
    end = bisect_left(mentions, place, key=_place)
    return mentions[max(0, end - MAX_MENTIONS_BACK) : end]


def _titles_before(text: str, place: int) -> list[str]:
    """Return the title right before a name: "the mayor Ann Poe"."""
    before = text[max(0, place - 25) : place].rsplit(None, 1)
    return [before[-1].lower()] if before and KINDS[before[-1]] & TITLE else []


def _roles_after(text: str, place: int) -> list[str]:
    """Return the roles between the commas behind a name: "Ann Poe, the mayor of Rye, …"."""
    apposition = _CLAUSE_END.split(text[place : place + 58], maxsplit=1)[0]
    return [word for word in apposition.lower().split() if KINDS[word] & ROLE]


def _outside(mentions: list[_Mention], quoted: Sequence[tuple[int, int]], base: int) -> list[_Mention]:
    """Drop the mentions that stand in quotations: they are nobody's antecedent."""
    if not quoted:
        return mentions
    kept, at = [], 0
    for mention in mentions:
        place = mention[0] - base
        while at < len(quoted) and quoted[at][1] <= place:
            at += 1
        if at == len(quoted) or place < quoted[at][0]:
            kept.append(mention)
    return kept


def _gender(first: str, last: str, titles: frozenset[str]) -> str | None:
    """Tell a gender by form of address, first name or the surname's ending; None where nothing tells."""
    if titles:
        if titles & _FEMALE:
            return "f"
        if titles & _MALE:
            return "m"
    return _gender_of_name(first, last)


@lru_cache(maxsize=1 << 16)
def _gender_of_name(first: str, last: str) -> str | None:
    known = _FIRST_NAMES.get(first) or _FIRST_NAMES.get(first.split("-")[0])
    if known:
        return known
    return "f" if last.lower().endswith(_FEMALE_ENDINGS) and first != last else None
