"""Who is who: the registry of actors, read from rows, checked, and laid out for matching.

One row of `actors.csv` is one **alias** of one actor:

| column | type | meaning |
| --- | --- | --- |
| actor_id | str | slug of the common English name; one actor has many rows |
| name | str | that name, the same in every row of the actor |
| type | str | person, state, organisation, group, media |
| camp | str | whom the actor stands with in the story: any word |
| country | str | two-letter code (ISO 3166-1) or empty; a state's own, and of all who belong to it |
| alias | str | how texts name the actor, without article |
| kind | str | name, role, metonym, demonym |
| valid_from, valid_to | date | first and last day on which the alias means this actor; empty is open |
| source, note | str | where the alias is known from; anything for the next editor |

Names, metonyms and demonyms are matched as they are written, roles in any case. An apostrophe stands for
all kinds of apostrophes, a space for a no-break space. What need not be written down, because it is
derived: every first name of a person with every surname of the same person; a state's name, its
possessive and its demonyms before any designation that one of them has ("Doelandic leader" gives
"Doeland's leader", and "the leader" in a story on that state). A tie to another actor is written with
the other's actor_id in square brackets: "[jane-doe]'s husband" is found in "Doe's husband" and, where
Doe was just named, in "her husband".

A mistake stops the reading with its line: a missing or unknown value, a date that is none, an alias
with two owners on one day, an actor whose rows disagree.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from analysis.sources import BadInput, one_line

COLUMNS = ("actor_id", "name", "type", "camp", "country", "alias", "kind", "valid_from", "valid_to", "source", "note")
TYPES = ("person", "state", "organisation", "group", "media")
ALIAS_KINDS = ("name", "role", "metonym", "demonym")
MAX_MISTAKES_TOLD = 10

Interval = tuple[dt.date, dt.date]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNTRY = re.compile(r"(?:[A-Z]{2})?")
_TIE = re.compile(r"\[([^\[\]]*)\]'s? (.+)")
_SAME = str.maketrans("\u2018\u2019\u02bc\u00a0\u202f\u2009", "'''   ")


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor: what all its rows agree on."""

    actor_id: str
    name: str
    type: str
    camp: str
    country: str


@dataclass(frozen=True, slots=True)
class Alias:
    """One way in which texts name an actor; `tied_to` is the other actor of a tie, `line` that of the file."""

    actor_id: str
    text: str
    kind: str
    valid_from: dt.date = dt.date.min
    valid_to: dt.date = dt.date.max
    tied_to: str | None = None
    line: int = field(default=0, compare=False)

    @property
    def is_open(self) -> bool:
        """Tell an alias that means its actor on every day."""
        return self.valid_from == dt.date.min and self.valid_to == dt.date.max

    def holds(self, period: Interval | None) -> bool:
        """Tell whether the alias means its actor on any day of a period; with no period, on some day."""
        return period is None or (self.valid_from <= period[1] and period[0] <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Registry:
    """All actors and aliases, in an order that does not depend on that of the rows.

    Registries with the same rows are equal, and hash alike in every process.
    """

    actors: Mapping[str, Actor] = field(compare=False)
    aliases: tuple[Alias, ...] = field(compare=False)
    key: str

    def __len__(self) -> int:
        return len(self.aliases)


def read_registry(rows: Iterable[Mapping[str, str]], source: str) -> Registry:
    """Read a registry from rows, such as a `csv.DictReader` yields; `source` names them in messages.

    Raises BadInput that names every mistake (the first ten) with its line.
    """
    actors: dict[str, Actor] = {}
    aliases: list[Alias] = []
    mistakes: list[tuple[int, str]] = []
    first_line: dict[str, int] = {}
    for line, row in _numbered(rows):
        wrong = list(_wrong_values(row))
        mistakes += [(line, cause) for cause in wrong]
        if wrong:
            continue
        actor = Actor(*(row[column].strip() for column in COLUMNS[:5]))
        known = actors.setdefault(actor.actor_id, actor)
        if known != actor:
            differing = [c for c in COLUMNS[:5] if getattr(known, c) != getattr(actor, c)]
            cause = f"{', '.join(differing)} of {actor.actor_id} differs from line {first_line[actor.actor_id]}"
            mistakes.append((line, cause))
        first_line.setdefault(actor.actor_id, line)
        aliases.append(_alias(row, line))
    mistakes += [
        (alias.line, f"no actor {alias.tied_to!r} for the tie {alias.text!r}")
        for alias in aliases
        if alias.tied_to and alias.tied_to not in actors
    ]
    mistakes += _shared(aliases)
    if mistakes:
        told = [f"line {line}: {one_line(cause)}" for line, cause in sorted(mistakes)]
        more = f"; and {len(told) - MAX_MISTAKES_TOLD} more" if len(told) > MAX_MISTAKES_TOLD else ""
        raise BadInput(f"{one_line(source)}: {'; '.join(told[:MAX_MISTAKES_TOLD])}{more}")
    ordered = tuple(sorted(aliases, key=lambda a: (a.actor_id, a.text, a.kind, a.valid_from, a.tied_to or "")))
    actors = dict(sorted(actors.items()))
    written = repr((list(actors.values()), ordered)).encode("utf-8", "backslashreplace")
    return Registry(actors, ordered, hashlib.sha256(re.sub(rb"line=\d+", b"", written)).hexdigest())


def _numbered(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each row with its line; a reader of files knows it, others have one line a row below a header."""
    for number, row in enumerate(rows, start=2):
        yield getattr(rows, "line_num", number), row


def _wrong_values(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with one row by itself."""
    missing = [column for column in COLUMNS if not isinstance(row.get(column), str)]
    if missing or None in row:
        yield f"no value for {', '.join(missing)}" if missing else "more fields than columns"
        return
    for column in ("name", "camp", "source"):
        if not row[column].strip():
            yield f"no {column}"
    if not _SLUG.fullmatch(row["actor_id"].strip()):
        yield f"actor_id {row['actor_id']!r} is not made of small letters, figures and hyphens"
    if row["type"].strip() not in TYPES:
        yield f"unknown type {row['type']!r}, not one of {', '.join(TYPES)}"
    if row["kind"].strip() not in ALIAS_KINDS:
        yield f"unknown kind {row['kind']!r}, not one of {', '.join(ALIAS_KINDS)}"
    if not _COUNTRY.fullmatch(row["country"].strip()):
        yield f"country {row['country']!r} is not a code of two capital letters"
    if not any(c.isalnum() for c in row["alias"]):
        yield f"alias {row['alias']!r} without a letter"
    elif row["alias"].lstrip().startswith("[") and (not _TIE.fullmatch(_same(row["alias"])) or row["kind"] != "role"):
        yield f"alias {row['alias']!r} is not a role of the form [actor-id]'s husband"
    try:
        first, last = _day(row["valid_from"], dt.date.min), _day(row["valid_to"], dt.date.max)
    except ValueError:
        yield f"valid_from {row['valid_from']!r}, valid_to {row['valid_to']!r}: a day is written 2020-08-31"
    else:
        if first > last:
            yield f"valid_from {first} is after valid_to {last}"


def _day(text: str, otherwise: dt.date) -> dt.date:
    return dt.date.fromisoformat(text.strip()) if text.strip() else otherwise


def _same(text: str) -> str:
    """Write a text with plain apostrophes and single plain spaces."""
    return " ".join(text.translate(_SAME).split())


def _alias(row: Mapping[str, str], line: int) -> Alias:
    text = _same(row["alias"])
    tie = _TIE.fullmatch(text)
    return Alias(
        row["actor_id"].strip(),
        tie.group(2) if tie else text,
        row["kind"].strip(),
        _day(row["valid_from"], dt.date.min),
        _day(row["valid_to"], dt.date.max),
        tie.group(1) if tie else None,
        line,
    )


def _shared(aliases: list[Alias]) -> list[tuple[int, str]]:
    """Find aliases with two owners, or two kinds, on one day, and rows that say the same twice."""
    mistakes = []
    by_text: dict[tuple[str, str | None], list[Alias]] = defaultdict(list)
    for alias in aliases:
        by_text[alias.text.casefold(), alias.tied_to].append(alias)
    for rows in by_text.values():
        for one, other in combinations(sorted(rows, key=lambda alias: alias.line), 2):
            # Roles are matched in any case; "US" and "us" are two names.
            if "role" not in (one.kind, other.kind) and one.text != other.text:
                continue
            if one.valid_from > other.valid_to or other.valid_from > one.valid_to:
                continue
            if one.actor_id != other.actor_id:
                mistakes.append(
                    (
                        other.line,
                        f"alias {other.text!r} of {other.actor_id} is already that of "
                        f"{one.actor_id} (line {one.line}) on the same days",
                    )
                )
            elif one.kind != other.kind:
                mistakes.append((other.line, f"alias {other.text!r} is a {one.kind} in line {one.line}"))
            elif one.text == other.text:
                mistakes.append((other.line, f"alias {other.text!r} stands already in line {one.line}"))
    return mistakes
