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
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from analysis import language
from analysis.sanctions import Sides

UNKNOWN = "unknown"
RANKS = {row["stage"]: int(row["rank"]) for row in language.rows("sanction_stages.csv")}
CODES = {row["stage"]: (row["cameo"] or None, row["plover"] or None) for row in language.rows("sanction_stages.csv")}

_Place = tuple[dt.date, int, int]  # of an article: its day, its part of the corpus, its number in that


class Told(NamedTuple):
    """An event as an article tells it: the columns that `link` does not give, and what it goes by."""

    article_id: str
    sentence_id: str
    block_id: str
    start: int
    end: int
    text: str
    sender_id: str | None
    target_id: str | None
    stage: str
    instrument: str | None
    called_by: str | None
    held_up_by: str | None
    event_date: dt.date | None
    status: str
    speaker_id: str | None
    rule: str
    is_new: bool
    is_answer: bool
    published: dt.date | None
    number: int  # of the article, in the order of the corpus

    @property
    def day(self) -> dt.date:
        """The day by which it is ordered: without one it comes last."""
        return self.published or dt.date.max


class Linked(NamedTuple):
    """What `link` adds to an event."""

    thread_id: str
    in_response_to: str | None
    retold: bool


def link(told: Sequence[Told], sides: Sides) -> list[Linked]:
    """Give each event of a corpus its thread, in the order given."""
    threads = Threads(sides)
    threads.add(told)
    return threads.link(told)


class Threads:
    """What all events of a corpus say of its threads; it grows with the threads, not with the articles.

    Add all events first, in parts of whole articles and in any order; then link them, part by part. `part`
    is the number of the part in the corpus, where the articles of each are numbered by themselves.
    """

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._first_days: dict[str, dt.date] = {}
        # By what is the same event, instruments aside, and by instrument: the first article that tells it.
        self._first_told: dict[tuple[str | None, ...], dict[str, _Place]] = {}

    def add(self, told: Iterable[Told], *, part: int = 0) -> None:
        """Take events of a part into account."""
        for t in told:
            thread = self._thread(t)
            self._first_days[thread] = min(t.day, self._first_days.get(thread, t.day))
            first = self._first_told.setdefault(_same(t, thread), {})
            place = t.day, part, t.number
            first[t.instrument or ""] = min(place, first.get(t.instrument or "", place))

    def link(self, told: Sequence[Told], *, part: int = 0) -> list[Linked]:
        """Give each event of a part that has been added its thread, in the order given."""
        answers = {(t.article_id, self._thread(t)) for t in told if t.is_answer}
        linked = []
        for t in told:
            thread = self._thread(t)
            opposite = "--".join(reversed(thread.split("--")))
            is_told = opposite in self._first_days and self._first_days[opposite] <= t.day
            is_answer = is_told and (t.article_id, thread) in answers
            is_retold = not t.is_new and self._is_told_before(t, thread, part)
            linked.append(Linked(thread, opposite if is_answer else None, is_retold))
        return linked

    def _is_told_before(self, told: Told, thread: str, part: int) -> bool:
        first = self._first_told[_same(told, thread)]
        likes = ("", told.instrument) if told.instrument else tuple(first)
        return any(first[like] < (told.day, part, told.number) for like in likes if like in first)

    def _thread(self, told: Told) -> str:
        return thread_id(told.sender_id, told.target_id, self._sides)


def _same(told: Told, thread: str) -> tuple[str | None, ...]:
    return thread, told.stage, told.called_by, told.held_up_by


def thread_id(sender_id: str | None, target_id: str | None, sides: Sides) -> str:
    """Name the thread of two actors by their sides."""
    sender, target = (sides.of.get(who, who) if who else UNKNOWN for who in (sender_id, target_id))
    return f"{sender}--{target}"
