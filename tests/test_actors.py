"""The registry: how it is read, which mistakes are named with their line, and the seed's own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import pickle
import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from analysis.actors import ALIAS_KINDS, COLUMNS, TYPES, read_registry
from analysis.matcher import build
from analysis.sources import BadInput

SEED = Path(__file__).resolve().parents[1] / "seeds" / "actors.csv"


def row(alias: str = "Ann Vark", kind: str = "name", **other: str) -> dict[str, str]:
    """Return one row; what is not given is that of one person."""
    values = {
        "actor_id": "ann-vark",
        "name": "Ann Vark",
        "type": "person",
        "camp": "government",
        "country": "DL",
        "alias": alias,
        "kind": kind,
        "valid_from": "",
        "valid_to": "",
        "source": "invented",
        "note": "",
    }
    return values | other


def other(alias: str, kind: str = "name", **more: str) -> dict[str, str]:
    """Return one row of a second person."""
    return row(alias, kind, **{"actor_id": "bob-lind", "name": "Bob Lind", **more})


def message(*rows: dict[str, str]) -> str:
    with pytest.raises(BadInput) as caught:
        read_registry(rows, "actors.csv")
    return str(caught.value)


def test_reads_actors_and_aliases():
    registry = read_registry(
        [row(), row("Vark"), row("Doelandic leader", "role", valid_from="2020-01-31")], "actors.csv"
    )
    assert len(registry) == 3
    assert list(registry.actors) == ["ann-vark"]
    actor = registry.actors["ann-vark"]
    assert (actor.name, actor.type, actor.camp, actor.country) == ("Ann Vark", "person", "government", "DL")
    office = registry.aliases[1]
    assert (office.text, office.kind, office.line) == ("Doelandic leader", "role", 4)
    assert office.valid_from == dt.date(2020, 1, 31)
    assert not office.is_open


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        (None, True),
        ((dt.date(2020, 1, 30), dt.date(2020, 1, 30)), False),
        ((dt.date(2020, 1, 31), dt.date(2020, 1, 31)), True),
        ((dt.date(2020, 2, 2), dt.date(2020, 2, 2)), True),
        ((dt.date(2020, 2, 3), dt.date(2020, 2, 9)), False),
        ((dt.date(2019, 1, 1), dt.date(2020, 1, 31)), True),
    ],
)
def test_an_alias_holds_from_its_first_to_its_last_day(period, holds):
    registry = read_registry([row(valid_from="2020-01-31", valid_to="2020-02-02")], "actors.csv")
    assert registry.aliases[0].holds(period) is holds


def test_apostrophes_and_spaces_are_written_alike():
    registry = read_registry([row("  Doeland\u2019s\u00a0 leader ", "role")], "actors.csv")
    assert registry.aliases[0].text == "Doeland's leader"


def test_a_tie_names_the_other_actor():
    registry = read_registry([row(), other("[ann-vark]\u2019s husband", "role")], "actors.csv")
    tie = next(alias for alias in registry.aliases if alias.tied_to)
    assert (tie.actor_id, tie.text, tie.tied_to) == ("bob-lind", "husband", "ann-vark")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (row(kind="nickname"), "unknown kind 'nickname', not one of name, role, metonym, demonym"),
        (row(type="man"), "unknown type 'man', not one of person, state, organisation, group, media"),
        (row(name=" "), "no name"),
        (row(camp=""), "no camp"),
        (row(source=""), "no source"),
        (row(actor_id="Ann Vark"), "actor_id 'Ann Vark' is not made of small letters, figures and hyphens"),
        (row(country="Doeland"), "country 'Doeland' is not a code of two capital letters"),
        (row(" - "), "alias ' - ' without a letter"),
        (row(valid_from="31.1.2020"), "valid_from '31.1.2020', valid_to '': a day is written 2020-08-31"),
        (row(valid_from="2020-02-30"), "valid_from '2020-02-30', valid_to '': a day is written 2020-08-31"),
        (row(valid_from="2020-02-02", valid_to="2020-02-01"), "valid_from 2020-02-02 is after valid_to 2020-02-01"),
        (
            row("[ann-vark] husband", "role"),
            "alias '[ann-vark] husband' is not a role of the form [actor-id]'s husband",
        ),
        (row("[ann-vark]'s husband"), "alias \"[ann-vark]'s husband\" is not a role of the form [actor-id]'s husband"),
        (other("[nobody]'s wife", "role"), "no actor 'nobody' for the tie 'wife'"),
        ({k: v for k, v in row().items() if k != "camp"}, "no value for camp"),
        (row() | {"note": None}, "no value for note"),
        (row() | {None: ["more"]}, "more fields than columns"),
        (row("Vark", camp="opposition"), "camp of ann-vark differs from line 2"),
        (row(), "alias 'Ann Vark' stands already in line 2"),
        (row("Ann Vark", "metonym"), "alias 'Ann Vark' is a name in line 2"),
        (other("Ann Vark"), "alias 'Ann Vark' of bob-lind is already that of ann-vark (line 2) on the same days"),
        (
            other("ann vark", "role"),
            "alias 'ann vark' of bob-lind is already that of ann-vark (line 2) on the same days",
        ),
    ],
)
def test_names_a_mistake_with_its_line(wrong, told):
    assert message(row(), wrong) == f"actors.csv: line 3: {told}"


def test_an_office_has_one_holder_a_day():
    first = row("Doelandic leader", "role", valid_to="2020-06-30")
    assert read_registry([first, other("Doelandic leader", "role", valid_from="2020-07-01")], "actors.csv")
    assert "line 3" in message(first, other("doelandic Leader", "role", valid_from="2020-06-30"))


def test_names_differ_by_their_capitals():
    assert len(read_registry([row("US"), other("us")], "actors.csv")) == 2


def test_names_several_mistakes_and_not_too_many():
    assert message(row(kind="x"), row(), row(type="y")) == (
        "actors.csv: line 2: unknown kind 'x', not one of name, role, metonym, demonym; "
        "line 4: unknown type 'y', not one of person, state, organisation, group, media"
    )
    assert message(*[row(kind="x")] * 12).endswith("; and 2 more")


def test_counts_the_lines_of_a_file():
    text = (
        ",".join(COLUMNS)
        + '\nann-vark,Ann Vark,person,x,,Vark,name,,,s,"two\nlines"\nann-vark,Ann Vark,person,x,,V,no,,,s,\n'
    )
    with pytest.raises(BadInput, match="a.csv: line 4: unknown kind 'no'"):
        read_registry(csv.DictReader(io.StringIO(text, newline="")), "a.csv")


def test_a_message_is_one_line():
    assert "\n" not in message(row(kind="a\nb\x1b"))


def test_the_order_of_the_rows_changes_nothing():
    rows = list(csv.DictReader(io.StringIO(SEED.read_text(encoding="utf-8"), newline="")))
    shuffled = rows[:]
    random.Random(7).shuffle(shuffled)
    one, two = read_registry(rows, "a"), read_registry(shuffled, "b")
    assert one == two
    assert hash(one) == hash(two)
    assert one.aliases == two.aliases
    assert build(one) is build(pickle.loads(pickle.dumps(two)))


# The seed's registry.


@pytest.fixture(scope="module")
def seed_rows():
    return list(csv.DictReader(io.StringIO(SEED.read_text(encoding="utf-8"), newline="")))


def test_the_seed_is_read(seed_rows):
    assert len(read_registry(seed_rows, "actors.csv")) == len(seed_rows)


def test_the_seeds_rows_are_unique_and_complete(seed_rows):
    keys = [(r["actor_id"], r["alias"], r["kind"], r["valid_from"]) for r in seed_rows]
    assert len(set(keys)) == len(keys)
    assert all(r["source"].strip() and r["alias"].strip() == r["alias"] for r in seed_rows)
    assert {r["kind"] for r in seed_rows} == set(ALIAS_KINDS)
    assert {r["type"] for r in seed_rows} == set(TYPES)
    assert all(set(r) == set(COLUMNS) for r in seed_rows)


def test_no_alias_of_the_seed_has_two_owners_on_one_day(seed_rows):
    by_alias = defaultdict(list)
    for r in seed_rows:
        by_alias[r["alias"].casefold() if r["kind"] == "role" else r["alias"]].append(r)
    for rows in by_alias.values():
        for one, two in combinations(rows, 2):
            ends = [(r["valid_from"] or "0000", r["valid_to"] or "9999") for r in (one, two)]
            assert one["actor_id"] == two["actor_id"] or ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0], one[
                "alias"
            ]


def test_every_actor_of_the_seed_has_a_name(seed_rows):
    assert {r["actor_id"] for r in seed_rows} == {r["actor_id"] for r in seed_rows if r["kind"] == "name"}
