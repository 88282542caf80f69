"""A registry laid out for matching: one Aho-Corasick automaton, and what its patterns mean.

A *pattern* is a run of words in small letters, a space for everything that is neither letter nor digit;
so is the text, and each pattern begins and ends with a space. Thus only whole words match, whatever
stands around them, and one pass finds every alias and every designation that might be a role.

What one pattern means is a `Form`: names as written, roles in any case, and a `Term`, a designation
without owner ("the authorities"), which the article's context must give one. A term knows whose it is
by state (`offices`: "leader" in Doeland is these aliases), of whom it may be said at all (`fits`: an
actor's last words, so that "Guild founder" makes a founder), and by tie (`ties`).

The automaton is that of Aho and Corasick (1975), in the implementation of the `ahocorasick_rs` package.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

import ahocorasick_rs

from analysis import language
from analysis.actors import Actor, Alias, Registry

SHORTEST_IN_CAPITALS = 4  # letters from which a name in capitals is still that name
SHORTEST_SURNAME = 3  # letters from which a last word is taken for a surname
POSSESSIVES = ("", "'s", "'")

_OF = re.compile(r"(.+?) (?:of|for|to|in|at) (?:the )?(.+)")
_PREPOSITION = re.compile(r"\b (?:of|for|on|to|in|at)\b")
_APOSTROPHES = "\u2018\u2019\u02bc\u2032\u00b4`"
_ASCII_SPACES = "\n\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
_SPACES = _ASCII_SPACES + "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_ASCII_MARKS = "'-.,:;!?()[]{}\"/\\&*+=<>|~^%$@#\x03"
_OTHER_MARKS = (
    "".join(map(chr, range(0x2010, 0x2016))) + "\u201a\u201c\u201d\u201e\u201f\u2022\u2026\u2039\u203a"
    "\u00ab\u00bb\u00b7\u00a3\u00a9\u00ae\u20ac\u2122\u200b\ufeff"
)
_TO_SPACE = {ord(mark): " " for mark in _ASCII_MARKS}


@cache
def words(file: str, *kinds: str) -> frozenset[str]:
    """Return the terms of these kinds of one vocabulary file."""
    return frozenset(row["term"] for row in language.rows(file) if row["kind"] in kinds)


@cache
def sexes() -> dict[str, str]:
    """Map every first name of the vocabulary to "m" or "f"."""
    return {row["name"]: row["gender"] for row in language.rows("first_names.csv")}


def flatten(text: str) -> str:
    """Write every apostrophe as ', every hyphen as - and every white space as a space, one character for one."""
    is_ascii = text.isascii()
    for mark in "`" if is_ascii else _APOSTROPHES:
        text = text.replace(mark, "'")
    for mark in _ASCII_SPACES if is_ascii else _SPACES:
        text = text.replace(mark, " ")
    return text if is_ascii else text.replace("\u2010", "-").replace("\u2011", "-")


def plain(flat: str) -> str:
    """Write a flattened text as patterns are written, one character for one."""
    # The only letter whose small form has two characters.
    small = flat.replace("\u0130", "I").lower()
    if not small.isascii():
        for mark in _OTHER_MARKS:
            small = small.replace(mark, " ")
    # Only in ASCII is one translation faster than many replacements.
    if small.isascii():
        return small.translate(_TO_SPACE)
    for mark in _ASCII_MARKS:
        small = small.replace(mark, " ")
    return small


@dataclass(slots=True, eq=False)
class Name:
    """A name, metonym or demonym as written, with what matching asks about its owner."""

    alias: Alias
    actor_id: str  # empty for a surname that no alias gives to anybody
    kind: str
    is_person: bool
    is_surname: bool = False
    is_generic: bool = False  # a body's bare name, which other states have too
    state: str | None = None  # which the actor is, or belongs to
    is_dated: bool = False
    is_building: bool = False  # a metonym that is no city
    surnames: tuple[str, ...] = ()  # of a person's full name: its last words that may stand for him


@dataclass(slots=True, eq=False)
class Term:
    """A designation without owner, and whose it may be."""

    text: str
    last: str  # its last word
    kinds: frozenset[str]
    is_collective: bool  # needs no article
    is_state: bool  # may mean the state itself
    offices: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))  # by state
    fits: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))  # by actor
    ties: dict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))  # by the actor tied to


@dataclass(slots=True, eq=False)
class Form:
    """What one pattern means."""

    names: dict[str, list[Name]] = field(default_factory=dict)
    roles: tuple[Alias, ...] = ()
    term: Term | None = None
    is_dotted: bool = False


@dataclass(slots=True, eq=False)
class Matcher:
    """A registry's automaton, with what its patterns mean and what follows from its aliases."""

    registry: Registry
    forms: list[Form]
    automaton: ahocorasick_rs.AhoCorasick
    written_states: list[str | None]  # by form: of which state it is written, or who belongs to it
    shared_offices: dict[int, str]  # by form: designations that several may have at a time
    terms: dict[str, Term]
    owners: dict[str, str]  # names and demonyms of states and bodies, with possessives
    types: dict[str, str]  # by actor
    persons: frozenset[str]
    state_of: dict[str, str | None]  # by actor: which state it is, or belongs to
    first_names: dict[str, frozenset[str]]  # by person
    bearers: dict[str, frozenset[str]]  # by surname
    sex_of: dict[str, str | None]  # by person: "m" or "f" where the first names tell it

    def find(self, flat: str) -> list[tuple[int, int, int]]:
        """Return (start, -end, form) of every pattern in a flattened text: in order, the longest first."""
        found = self.automaton.find_matches_as_indexes(f" {plain(flat)} ", overlapping=True)
        return sorted([(start, 2 - end, number) for number, start, end in found])


@lru_cache(maxsize=8)
def build(registry: Registry) -> Matcher:
    """Lay a registry out; done once for each registry, however often it is asked for."""
    owners = {
        alias.text + ending: alias.actor_id
        for alias in registry.aliases
        if alias.kind in ("name", "demonym") and registry.actors[alias.actor_id].type in ("state", "organisation")
        for ending in POSSESSIVES
    }
    terms = _terms(registry, owners)
    first_names, bearers = _parts_of_names(registry)
    actors = registry.actors.values()
    types = {actor.actor_id: actor.type for actor in actors}
    persons = frozenset(actor_id for actor_id, kind in types.items() if kind == "person")
    states = {actor.country: actor.actor_id for actor in actors if actor.type == "state" and actor.country}
    # A state without a country is history, and no story is on it.
    state_of = {actor.actor_id: states.get(actor.country) for actor in actors}
    sex_of = {actor_id: _sex(firsts) for actor_id, firsts in first_names.items()}
    forms: dict[str, Form] = defaultdict(Form)
    matcher = Matcher(registry, [], None, [], {}, terms, owners, types, persons, state_of, first_names, bearers, sex_of)
    for alias in _with_derived_names(registry, first_names, bearers):
        form = forms[plain(alias.text).strip()]
        form.is_dotted |= alias.text.endswith(".")
        if alias.kind == "role":
            form.roles += (alias,)
            continue
        form.names.setdefault(alias.text, []).append(_name(alias, alias.text, matcher))
        capitals = alias.text.upper()
        if alias.kind == "name" and len(capitals) >= SHORTEST_IN_CAPITALS and capitals != alias.text:
            form.names.setdefault(capitals, []).append(_name(alias, capitals, matcher))
    for text, term in terms.items():
        forms[plain(text)].term = term
    patterns = sorted(forms)
    matcher.forms = [forms[pattern] for pattern in patterns]
    matcher.shared_offices = {
        number: form.term.text
        for number, form in enumerate(matcher.forms)
        if form.term and "shared_office" in form.term.kinds
    }
    matcher.written_states = [_state_written(form) for form in matcher.forms]
    matcher.automaton = ahocorasick_rs.AhoCorasick(
        [f" {pattern} " for pattern in patterns], implementation=ahocorasick_rs.Implementation.DFA
    )
    return matcher


def _state_written(form: Form) -> str | None:
    """Return the state of a form that has only one; a short one in small letters is mostly another word ("us")."""
    found = {name.state for text, names in form.names.items() for name in names if len(text) >= SHORTEST_IN_CAPITALS}
    return found.pop() if len(found) == 1 else None


def _name(alias: Alias, written: str, matcher: Matcher) -> Name:
    actor_id = alias.actor_id
    is_surname = alias.kind == "name" and alias.text in matcher.bearers
    if not actor_id:
        return Name(alias, "", "name", is_person=True, is_surname=is_surname)
    is_person = actor_id in matcher.persons
    state = matcher.state_of[actor_id]
    term = matcher.terms.get(alias.text.casefold())
    name = Name(alias, actor_id, alias.kind, is_person, is_surname, state=state, is_dated=not alias.is_open)
    name.is_generic = alias.kind == "name" and not is_person and term is not None and state in term.offices
    if alias.kind == "metonym":
        name.is_building = not words("place_cues.csv", "building").isdisjoint(
            alias.text.lower().replace("'", " ").split()
        )
    if is_person:
        parts = written.split(" ")
        endings = [" ".join(parts[cut:]) for cut in range(1, len(parts))]
        name.surnames = tuple(ending for ending in endings if actor_id in matcher.bearers.get(ending, ()))
    return name


def _sex(first_names: Iterable[str]) -> str | None:
    """Return "m" or "f" where first names tell it."""
    known = {sexes().get(first.split()[0]) for first in first_names} - {None}
    return known.pop() if len(known) == 1 else None


def _terms(registry: Registry, owners: dict[str, str]) -> dict[str, Term]:
    """Take the aliases apart into designations, and say whose each may be."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in language.rows("roles.csv"):
        kinds[row["term"]].add(row["kind"])
    terms: dict[str, Term] = {}

    def term(text: str) -> Term:
        if text not in terms:
            known = frozenset(kinds.get(text, ()))
            is_state = not known.isdisjoint(("state", "state_described"))
            terms[text] = Term(text, text.split()[-1], known, "collective" in known, is_state)
        return terms[text]

    for text in words("roles.csv", "state", "state_described", "any_body", "counterpart", "description", "age"):
        term(text)
    for alias in registry.aliases:
        actor = registry.actors[alias.actor_id]
        if alias.tied_to:
            term(alias.text.casefold()).ties[alias.tied_to].append(alias)
        elif alias.kind == "role" or (alias.kind == "name" and actor.type not in ("person", "state")):
            owner, rest = _apart(alias.text, owners)
            is_designation = alias.kind == "role" or actor.type == "group" or _is_body(rest)
            if owner and is_designation and (owner != actor.actor_id or actor.type == "state"):
                office = term(rest.casefold())
                office.offices[owner].append(alias)
                if actor.type == "organisation":
                    # "The Rights Council", when one with a longer name was named.
                    office.fits[actor.actor_id].append(alias)
            for fitting in _fitting(alias, actor, rest.casefold()):
                term(fitting).fits[actor.actor_id].append(alias)
    return terms


def _is_body(name: str) -> bool:
    """Tell the part of a name that is a common noun for a body ("Foreign Ministry", "ABC") from one that is not."""
    return not words("roles.csv", "body").isdisjoint(name.casefold().split()) or (name.isalpha() and name.isupper())


def _apart(text: str, owners: dict[str, str]) -> tuple[str | None, str]:
    """Part "Doeland's leader" and "President of Doeland" into the owner and the designation."""
    parts = text.split()
    for count in range(len(parts) - 1, 0, -1):
        owner = owners.get(" ".join(parts[:count]))
        if owner:
            return owner, " ".join(parts[count:])
    of = _OF.fullmatch(text)
    if of and of.group(2) in owners:
        return owners[of.group(2)], of.group(1)
    return None, text


def _fitting(alias: Alias, actor: Actor, rest: str) -> set[str]:
    """Return the designations that may be said of an actor because of one alias."""
    bodies = words("roles.csv", "body")
    if alias.kind == "name":
        return set(bodies.intersection(alias.text.casefold().split()))
    if actor.type in ("state", "group"):
        return set()
    fitting = {rest, _PREPOSITION.split(rest)[0].split()[-1]}
    return fitting if actor.type == "person" else fitting & bodies


Parts = dict[str, frozenset[str]]


def _parts_of_names(registry: Registry) -> tuple[Parts, Parts]:
    """Part the names of persons into first names, by person, and surnames, with all who bear them."""
    names: dict[str, list[str]] = defaultdict(list)
    for alias in registry.aliases:
        if alias.kind == "name" and registry.actors[alias.actor_id].type == "person":
            names[alias.actor_id].append(alias.text)
    first_names: Parts = {}
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor_id, texts in names.items():
        full = [text for text in texts if " " in text]
        firsts = {text.split()[0] for text in full}
        surnames = {text for text in texts if any(one.endswith(" " + text) for one in full)}
        surnames |= {text for text in texts if " " not in text and text not in firsts and not text.isupper()}
        known = {word for text in surnames for word in text.split()} | firsts
        last = {text.rsplit(" ", 1)[1] for text in full} - known
        surnames |= {word for word in last if len(word) >= SHORTEST_SURNAME}
        pairs = [(one.removesuffix(" " + s), s) for one in full for s in surnames if one.endswith(" " + s)]
        first_names[actor_id] = frozenset(
            first for first, _ in pairs if not any(f" {first} ".endswith(f" {s} ") for s in surnames)
        )
        for surname in surnames:
            bearers[surname].add(actor_id)
    return first_names, {surname: frozenset(who) for surname, who in bearers.items()}


def _with_derived_names(registry: Registry, first_names: Parts, bearers: Parts) -> Iterable[Alias]:
    """Yield the aliases, every first name of a person with every surname of his, and surnames without owner."""
    taken = {alias.text for alias in registry.aliases}
    derived: dict[str, set[str]] = defaultdict(set)
    for surname, who in bearers.items():
        for actor_id in who:
            for first in first_names[actor_id]:
                derived[f"{first} {surname}"].add(actor_id)
    yield from (alias for alias in registry.aliases if not alias.tied_to)
    for text, persons in sorted(derived.items()):
        # What might be either of two persons is nobody.
        if text not in taken and len(persons) == 1:
            yield Alias(min(persons), text, "name")
    yield from (Alias("", surname, "name") for surname in sorted(bearers) if surname not in taken)
