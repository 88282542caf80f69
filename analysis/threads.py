"""Sanction events to threads: what one side does towards another, told over many articles.

`link` gives each event of a corpus

| column | type | meaning |
| --- | --- | --- |
| thread_id | str | sender side and target side, "doeland--roeland"; "unknown" where one is not told |
| in_response_to | str or None | the thread of the other side that it answers |
| retold | bool | an earlier article told it already |

Events are ordered by the day of the article that tells them, those without a day last, then by their order
in the corpus. An event is *retold* where an earlier article has one of the same thread, stage, caller and
holder with no other instrument, and its own words do not call it new ("fresh sanctions"). It *answers* the
opposite thread, if that was told of by then, where its words say so ("in retaliation for"); what the same article tells
of the same thread answers it too.

The first report of an event is not its date: an order of reports is no order of deeds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis import language
from analysis.sanctions import Event, Sides

UNKNOWN = "unknown"
RANKS = {row["stage"]: int(row["rank"]) for row in language.rows("sanction_stages.csv")}
CODES = {row["stage"]: (row["cameo"] or None, row["plover"] or None) for row in language.rows("sanction_stages.csv")}


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the article that tells it: its id, its day, its place in the corpus."""

    event: Event
    article_id: str
    published: dt.date | None
    place: int


class Linked(NamedTuple):
    """What `link` adds to an event."""

    thread_id: str
    in_response_to: str | None
    retold: bool


def link(told: Sequence[Told], sides: Sides) -> list[Linked]:
    """Give each event of a corpus its thread, in the order given."""
    threads = [thread_id(t.event.sender_id, t.event.target_id, sides) for t in told]
    first_told: dict[str, dt.date] = {}
    for t, thread in zip(told, threads, strict=True):
        day = t.published or dt.date.max
        first_told[thread] = min(day, first_told.get(thread, day))
    answers = {(t.article_id, thread) for t, thread in zip(told, threads, strict=True) if t.event.is_answer}
    retold = _retold(told, threads)
    linked = []
    for t, thread, is_retold in zip(told, threads, retold, strict=True):
        opposite = "--".join(reversed(thread.split("--")))
        is_told = first_told.get(opposite, dt.date.max) <= (t.published or dt.date.max) and opposite in first_told
        is_answer = is_told and (t.article_id, thread) in answers
        linked.append(Linked(thread, opposite if is_answer else None, is_retold))
    return linked


def thread_id(sender_id: str | None, target_id: str | None, sides: Sides) -> str:
    """Name the thread of two actors by their sides."""
    sender, target = (sides.of.get(who, who) if who else UNKNOWN for who in (sender_id, target_id))
    return f"{sender}--{target}"


def _retold(told: Sequence[Told], threads: Sequence[str]) -> list[bool]:
    """Tell for each event whether an earlier article has it."""
    order = sorted(range(len(told)), key=lambda i: (told[i].published or dt.date.max, told[i].place))
    earlier: dict[tuple[str | None, ...], set[str]] = {}
    pending: list[tuple[tuple[str | None, ...], str]] = []
    found = [False] * len(told)
    article = None
    for i in order:
        event = told[i].event
        if told[i].article_id != article:
            for key, instrument in pending:
                earlier.setdefault(key, set()).add(instrument)
            article, pending = told[i].article_id, []
        key = (threads[i], event.stage, event.called_by, event.held_up_by)
        instruments = earlier.get(key, set())
        is_same = not event.instrument or "" in instruments or event.instrument in instruments
        found[i] = bool(instruments) and is_same and not event.is_new
        pending.append((key, event.instrument))
    return found
