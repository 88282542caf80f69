"""The persons an article names: whom a surname, a pronoun or a description means.

`People` knows the persons an article names: it gives a bare surname, a pronoun or a description the
fullest name of the person meant. A pronoun means the subject of the nearest earlier sentence whose
gender fits; gender comes from first names, forms of address, endings of surnames, and pronouns nearby.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from analysis import language
from analysis.word_classes import (
    ADVERB,
    CONJUNCTION,
    DETERMINER,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SUBORDINATOR,
    TIME,
    TITLE,
    words,
)

MAX_NAME_WORDS = 6
MAX_FIRST_MENTIONS = 4
MAX_PARAGRAPHS_BACK = 12
MAX_MENTIONS_BACK = 40

_CAPITAL = "A-Z\u00c0-\u00de\u0100-\u017f\u0410-\u042f"
# What follows the capital of "Mr." and "Sen.".
_SHORT_TITLE = (
    "(?:"
    + "|".join(row["abbreviation"][1:] for row in language.rows("abbreviations.csv") if row["kind"] == "title")
    + ")"
)
_SMALL = "|".join(sorted(PARTICLE, key=len, reverse=True))
_TAIL = r"(?:['\u2019](?!s\b)[^\W\d_]+|-[^\W\d_]+)*"
_NAME_WORD = rf"(?:(?:[{_CAPITAL}]|al-[{_CAPITAL}])(?:\.|{_SHORT_TITLE}\.|[^\W_]*{_TAIL}))"
_FIRST_WORD = rf"[{_CAPITAL}](?<![^\W_][{_CAPITAL}])(?:\.|{_SHORT_TITLE}\.|[^\W_]*{_TAIL})"
_MORE_WORDS = rf"(?:[ \u00a0](?:(?:{_SMALL})[ \u00a0]){{0,3}}{_NAME_WORD})"
_RUN = re.compile(rf"{_FIRST_WORD}{_MORE_WORDS}{{0,7}}")
_FULL_NAME = re.compile(rf"{_FIRST_WORD}{_MORE_WORDS}{{1,7}}")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"'\u2019\u201d)]*\s+(?=[\"'\u2018\u201c(]*[^\Wa-z])")
_GENDERED = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself))\b", re.IGNORECASE)
_AGE = re.compile(r",? (?:\(?\d\d\b|who\b)")
_FIRST_NAMES = {row["name"]: row["gender"] for row in language.rows("first_names.csv")}
_ORGANISATION = words("organisation")
_FEMALE_ENDINGS = tuple(words("surname ending"))
_FEMALE, _MALE = words("honorific", "f"), words("honorific", "m")
_ADDRESS = _FEMALE | _MALE
# Who is described so need not be the person named last.
_GENERIC = frozenset(
    "official spokesman spokeswoman spokesperson resident employee worker guard soldier officer expert analyst "
    "man woman".split()
)
_NO_NAME = DETERMINER | PREPOSITION | SUBORDINATOR | CONJUNCTION | ADVERB | TIME | frozenset(PRONOUN)


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


@lru_cache(maxsize=1 << 16)
def _parted(run: str) -> tuple[int, tuple[str, ...], frozenset[str]]:
    """Part a run of capitals: where its name starts, the words of the name, the titles before it."""
    parts = run.split()
    skipped, titles = 0, set()
    for k, part in enumerate(parts):
        low = part.lower().rstrip(".")
        if low in TITLE:
            titles |= {p.lower().rstrip(".") for p in parts[skipped : k + 1]}
            skipped = k + 1
        elif low in _NO_NAME and k == skipped:
            skipped = k + 1
    if skipped == len(parts):
        return len(run), (), frozenset()
    return len(run) - len(run.split(None, skipped)[-1]) if skipped else 0, tuple(parts[skipped:]), frozenset(titles)


class People:
    """The persons of one article; every part is read only when a speaker asks for it.

    `paragraphs` are (start, text), `quoted` the top quotations of each with their marks, `names` the
    registry's mentions (start, end, actor, kind); all places are characters of the source.
    """

    def __init__(
        self,
        paragraphs: Sequence[tuple[int, str]],
        quoted: Sequence[Sequence[tuple[int, int]]],
        names: Sequence[tuple[int, int, str | None, str]] = (),
    ):
        self.paragraphs = paragraphs
        self.quoted = quoted
        self.starts = [start for start, _ in paragraphs]
        self.names = sorted(names, key=lambda name: name[:2])
        self.name_starts = [name[0] for name in self.names]
        self.index: dict[str, list[tuple[int, str]]] = {}
        for base, text in paragraphs:
            for match in _FULL_NAME.finditer(text):
                run = match.group()
                parts = _parted(run)[1]
                if parts and len(known := self.index.setdefault(parts[-1], [])) < MAX_FIRST_MENTIONS:
                    known.append((base + match.start(), run))
        self.by_last: dict[str, list[_Person]] = {}
        self.actors: dict[str | None, _Person] = {}
        self.runs: dict[int, list[tuple[int, str]]] = {}
        self.heard: dict[int, list[_Mention]] = {}
        self.spoke: dict[int, list[_Mention]] = {}
        self.cuts: dict[int, list[int]] = {}
        self.resolved: dict[int, tuple[str | None, str | None]] = {}
        self.last_named: str | None = None
        self.last_other: tuple[str | None, str | None] = (None, None)

    # Names to persons.

    def _paragraph(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _runs(self, number: int) -> list[tuple[int, str]]:
        """Return the runs of capitals in a paragraph, each with its place."""
        if number not in self.runs:
            base, text = self.paragraphs[number]
            self.runs[number] = [(match.start() + base, match.group()) for match in _RUN.finditer(text)]
        return self.runs[number]

    def _namesakes(self, last: str) -> list[_Person]:
        """Return the persons of one surname, by the article's first mentions with more than the surname."""
        if last not in self.by_last:
            self.by_last[last] = []
            for start, run in self.index.get(last, ()):
                self._meet(start, run, last)
        return self.by_last[last]

    def _meet(self, start: int, run: str, last: str) -> None:
        """Take in a mention of a surname; one word alone tells of a person only behind a form of address."""
        shift, parts, titles = _parted(run)
        if len(parts) > MAX_NAME_WORDS or not _ORGANISATION.isdisjoint(map(str.lower, parts)):
            return
        base, text = self.paragraphs[self._paragraph(start)]
        if not shift:
            before = text[max(0, start - base - 25) : start - base].split()
            titles |= TITLE.intersection(word.lower() for word in before[-1:])
        known = self.by_last[last]
        titles |= ROLE.intersection(_apposition(text, start + len(run) - base))
        first = parts[0] if len(parts) > 1 and parts[0].lower() not in PARTICLE else ""
        person = next((p for p in known if not first or not p.first or p.first == first), None)
        if person is None:
            if not first and not titles & _ADDRESS:
                return
            person = _Person(last, "", None, False)
            known.append(person)
        name = " ".join(parts)
        person.name = name if len(name) > len(person.name) else person.name
        person.first = person.first or first
        person.gender = person.gender or _gender(first, last, titles)
        person.is_sure = person.is_sure or bool(titles) or first in _FIRST_NAMES
        person.titles |= titles
        person.places.append((start + shift, start + len(run)))
        person.actor_id = person.actor_id or self._actor_at(start + shift, start + len(run))
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
            for start, run in self._runs(number):
                shift, parts, _ = _parted(run)
                person = self._person(parts, start) if parts and parts[-1] in self.index else None
                if person:
                    found.append((start + shift, start + len(run), person))
            base, text = self.paragraphs[number]
            for k in range(bisect_left(self.name_starts, base), bisect_left(self.name_starts, base + len(text))):
                start, end, actor_id, kind = self.names[k]
                if kind == "role" and (person := self.actors.get(actor_id)):
                    found.append((start, end, person))
            self.heard[number] = _outside(sorted(found, key=_place), self.quoted[number])
        return self.heard[number]

    def _mentions_before(self, number: int, place: int) -> list[_Mention]:
        """Return the last persons of a paragraph named before a place."""
        found = []
        for mentions in (self._mentions(number), self.spoke.get(number, [])):
            end = bisect_left(mentions, place, key=_place)
            found += mentions[max(0, end - MAX_MENTIONS_BACK) : end]
        return sorted(found, key=_place)

    def _sentence(self, place: int) -> tuple[int, int]:
        """Return the paragraph and the sentence that a place stands in."""
        number = self._paragraph(place)
        if number not in self.cuts:
            base, text = self.paragraphs[number]
            self.cuts[number] = [base + match.end() for match in _SENTENCE_END.finditer(text)]
        return number, bisect_right(self.cuts[number], place)

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
        before = text[max(0, start - base - 30) : start - base].split()
        if not before or not before[-1].isalpha() or before[-1][0].isupper():
            return True
        word = before[-1]
        return word not in PREPOSITION and (word in TITLE or word in ROLE or word in _NO_NAME)

    def _antecedent(self, place: int, gender: str) -> _Person | None:
        """Return the subject of the nearest sentence before a place whose gender fits."""
        fallback, n_seen = None, 0
        number = self._paragraph(place)
        for at in range(number, max(-1, number - MAX_PARAGRAPHS_BACK), -1):
            if n_seen > MAX_MENTIONS_BACK:
                break
            mentions = self._mentions_before(at, place)
            n_seen += len(mentions)
            for _, group in groupby(reversed(mentions), key=lambda mention: self._sentence(mention[0])):
                fits = [mention for mention in group if self._fits(mention[2], gender)][::-1]
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
        kind = {"his": "m", "her": "f"}.get(low) or PRONOUN.get(low)
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
            name_start, name_end, actor_id, _ = self.names[k]
            if name_start < start - 60:
                break
            if name_end >= end - 2 and name_end > start:
                return actor_id
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
        roles = {token for token in tokens if token in ROLE or token.endswith("-year-old")}
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


def _apposition(text: str, end: int) -> list[str]:
    """Return the words between the commas behind a name: "Ann Poe, the mayor of Rye, …"."""
    if text[end : end + 2] != ", ":
        return []
    return re.split(r"[,.;:]", text[end + 2 : end + 60], maxsplit=1)[0].lower().split()


def _outside(mentions: list[_Mention], quoted: Sequence[tuple[int, int]]) -> list[_Mention]:
    """Drop the mentions that stand in quotations: they are nobody's antecedent."""
    kept, at = [], 0
    for mention in mentions:
        while at < len(quoted) and quoted[at][1] <= mention[0]:
            at += 1
        if at == len(quoted) or mention[0] < quoted[at][0]:
            kept.append(mention)
    return kept


def _place(mention: _Mention) -> int:
    return mention[0]


def _gender(first: str, last: str, titles: frozenset[str]) -> str | None:
    """Tell a gender by form of address, first name or the surname's ending; None where nothing tells."""
    if titles & _FEMALE:
        return "f"
    if titles & _MALE:
        return "m"
    known = _FIRST_NAMES.get(first) or _FIRST_NAMES.get(first.split("-")[0])
    if known:
        return known
    return "f" if last.lower().endswith(_FEMALE_ENDINGS) and first != last else None
