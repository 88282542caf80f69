"""Sanction events to threads: who answers whom, and what was told before."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.actors import read_registry
from analysis.sanctions import sides
from analysis.threads import CODES, RANKS, Threads, Told, link, thread_id

DAYS = [dt.date(2020, 8, 1), dt.date(2020, 9, 1), dt.date(2020, 10, 1)]


def row(actor_id, kind, country, alias, camp="other"):
    empty = dict.fromkeys(("valid_from", "valid_to", "note"), "")
    named = {"actor_id": actor_id, "name": alias, "type": kind, "camp": camp, "country": country, "alias": alias}
    return {**named, "kind": "name", "source": "invented", **empty}


SIDES = sides(
    read_registry(
        [
            row("doeland", "state", "DO", "Doeland"),
            row("roeland", "state", "RO", "Roeland"),
            row("ann-poe", "person", "RO", "Ann Poe"),
            row("roe-bank", "organisation", "RO", "Roe Bank"),
            row("union-of-does", "organisation", "", "UD", camp="ud"),
            row("ud-council", "organisation", "", "UD Council", camp="ud"),
        ],
        "actors.csv",
    )
)


def event(sender="doeland", target="roeland", stage="threat", **changes):
    told = dict.fromkeys(Told._fields) | {
        "article_id": "a0",
        "sender_id": sender,
        "target_id": target,
        "stage": stage,
        "instrument": "sanctions",
        "is_new": False,
        "is_answer": False,
        "published": DAYS[0],
        "number": 0,
    }
    return Told(**{**told, **changes})


def linked(*events):
    """Link events, each of an article of its own, a month apart."""
    told = [e._replace(article_id=f"a{n}", published=DAYS[n], number=n) for n, e in enumerate(events)]
    return link(told, SIDES)


@pytest.mark.parametrize(
    "sender, target, expected",
    [
        ("doeland", "roeland", "doeland--roeland"),
        ("doeland", "ann-poe", "doeland--roeland"),
        ("roe-bank", "doeland", "roeland--doeland"),
        ("ud-council", "roeland", "union-of-does--roeland"),
        (None, "roeland", "unknown--roeland"),
        ("doeland", None, "doeland--unknown"),
    ],
)
def test_a_thread_goes_from_side_to_side(sender, target, expected):
    assert thread_id(sender, target, SIDES) == expected


def test_what_an_earlier_article_told_is_retold():
    assert [one.retold for one in linked(event(), event(), event(stage="imposition"))] == [False, True, False]


@pytest.mark.parametrize(
    "second",
    [
        event(is_new=True),
        event(instrument="travel ban"),
        event(sender="roeland", target="doeland"),
        event(stage="call", called_by="ann-poe"),
    ],
)
def test_what_is_told_as_new_or_other_is_not_retold(second):
    assert [one.retold for one in linked(event(), second)] == [False, False]


def test_two_events_of_one_article_are_no_retelling():
    assert [one.retold for one in link([event(), event()], SIDES)] == [False, False]


def test_the_order_is_that_of_the_days_and_the_undated_come_last():
    told = [event(number=n, published=day) for n, day in enumerate([DAYS[1], None, DAYS[0]])]
    assert [one.retold for one in link(told, SIDES)] == [True, True, False]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*DAYS, None]), st.sampled_from([None, "ban", "cut"]))),
    st.integers(0, 9),
    st.data(),
)
def test_events_in_parts_are_linked_as_those_in_one(drawn, cut, data):
    days = {number: day for number, day, _ in drawn}
    told = [
        event(
            *data.draw(st.permutations(["doeland", "roeland"])),
            instrument=i,
            number=n,
            published=days[n],
            article_id=f"a{n}",
        )
        for n, _, i in sorted(drawn, key=lambda row: row[0])
    ]
    parts = [t for t in told if t.number < cut], [t for t in told if t.number >= cut]
    threads = Threads(SIDES)
    threads.add(parts[1], part=1)
    threads.add(parts[0], part=0)
    assert threads.link(parts[0], part=0) + threads.link(parts[1], part=1) == link(told, SIDES)


def test_an_answer_names_the_thread_of_the_other_side():
    answer = event(sender="roeland", target="doeland", is_answer=True)
    assert [one.in_response_to for one in linked(event(), answer)] == [None, "doeland--roeland"]


def test_nothing_answers_what_is_told_only_later_or_never():
    answer = event(sender="roeland", target="doeland", is_answer=True)
    assert [one.in_response_to for one in linked(answer, event())] == [None, None]
    assert [one.in_response_to for one in linked(answer)] == [None]


def test_every_stage_has_a_rank_and_codes_only_where_they_exist():
    assert sorted(RANKS.values()) == list(range(1, len(RANKS) + 1))
    assert {stage for stage, (cameo, plover) in CODES.items() if cameo and plover} == {"threat", "imposition", "easing"}
