"""Articles to what those beside them say of their dates: the same thing told, and the order of a file.

Makes the **Evidence** of two rules, from articles whose day is known to those without one:

- *neighbours*: an article near another tells the same thing of the same weekday, in like words.
- *order*: where the dated articles of a file run one way without exception, each bounds the rest.

Not caught, on purpose: what is told in other words, or of a date instead of a weekday.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise

from analysis import tense, timex
from analysis.cases import Case
from analysis.day_sets import from_day
from analysis.events import days_saying
from analysis.evidence import Evidence, Sentence
from analysis.time_words import terms

ORDER_MINIMUM = 5  # different days: as few articles as that stand in order by chance once in sixty times
NEIGHBOUR_DISTANCE = 4  # articles
NEIGHBOUR_TELLINGS = 50  # sentences of an article that are compared: more are a list, no story
NEIGHBOUR_WORDS = 6  # content words two sentences must share, and
NEIGHBOUR_SHARE = 2 / 3  # of the longer one's: marches told every week in like words share fewer


def compare_neighbours(group: list[Case]) -> None:
    """Let dated articles date the undated ones near them that tell the same thing of the same weekday."""
    tellings: dict[int, list[_Telling]] = {}

    def told(index: int) -> list[_Telling]:
        if index not in tellings:
            tellings[index] = list(islice(_weekday_tellings(group[index]), NEIGHBOUR_TELLINGS))
        return tellings[index]

    dated = [case.point for case in group]
    for index, case in enumerate(group):
        if dated[index] or case.is_settled:
            continue
        for near in range(max(0, index - NEIGHBOUR_DISTANCE), min(len(group), index + NEIGHBOUR_DISTANCE + 1)):
            point = dated[near]
            if not point:
                continue
            same = [(own, day) for own in told(index) if (day := _day_told(own, told(near), point))]
            # Rallies are told in like words every week: of the story's own weekday, one sentence is no proof.
            fresh = [(own, day) for own, day in same if not _is_news_day(case, day)]
            for own, day in same if len(same) > 1 else fresh:
                block, start = own.sentence.block, own.sentence.start
                days = days_saying(own.time, day, own.direction)
                case.take(
                    Evidence("neighbours", case.article, block, start + own.time.start, start + own.time.end, days)
                )


def _day_told(own: _Telling, others: Iterable[_Telling], point: dt.date) -> dt.date | None:
    """Return the day of which an article dated `point` tells the same thing; None where it does not."""
    same = next((other for other in others if _is_same(own, other)), None)
    day = timex.resolve(same.time, point, direction=same.direction) if same else None
    return day[0] if day else None


def _is_news_day(case: Case, day: dt.date) -> bool:
    return any(e.fits and e.fits(day) for e in case.used if e.rule == "weekday")


@dataclass(slots=True)
class _Telling:
    """A sentence that tells something of a weekday, with the words it is recognised by."""

    sentence: Sentence
    time: timex.TimeExpression
    direction: timex.Direction
    content: frozenset[str]


def _weekday_tellings(case: Case) -> Iterator[_Telling]:
    for sentence in case.sentences:
        for e in sentence.times:
            if e.rule == "weekday" and e.kind == "day" and e.shift is None:
                words = frozenset(word.lower() for word in re.findall(r"[^\W\d_]{5,}", sentence.text)) - _calendar()
                yield _Telling(sentence, e, tense.direction(sentence.text, e), words)


def _is_same(a: _Telling, b: _Telling) -> bool:
    n_shared = len(a.content & b.content)
    is_like = n_shared >= max(NEIGHBOUR_WORDS, NEIGHBOUR_SHARE * max(len(a.content), len(b.content)))
    return is_like and a.time.weekday == b.time.weekday


@cache
def _calendar() -> frozenset[str]:
    return frozenset(terms("weekday", "month"))


def bound_by_order(group: list[Case]) -> None:
    """Bound every article by its neighbours where the dated ones among them run one way."""
    points = [case.point for case in group if case.point]
    for newest_first in (group, group[::-1]):
        runs = points if newest_first is group else points[::-1]
        if len(set(points)) >= ORDER_MINIMUM and all(a >= b for a, b in pairwise(runs)):
            bounds = list(_order_bounds(newest_first))
            # An article that has no room in its place shows that the file has another order.
            if all(case.left_by(found) for case, found in bounds):
                for case, found in bounds:
                    for evidence in found:
                        case.take(evidence)


def _order_bounds(newest_first: list[Case]) -> Iterator[tuple[Case, list[Evidence]]]:
    """Yield each undated article with what the dated ones before and after it allow."""
    later: dict[int, Evidence] = {}
    bound: Evidence | None = None
    for index, case in enumerate(newest_first):
        if bound:
            later[index] = bound
        bound = _place(case, is_later=True) or bound
    bound = None
    for index in range(len(newest_first) - 1, -1, -1):
        case = newest_first[index]
        if not case.point and not case.is_settled:
            yield case, [replace(e) for e in (later.get(index), bound) if e]
        bound = _place(case, is_later=False) or bound


def _place(case: Case, *, is_later: bool) -> Evidence | None:
    """Make the bound that a dated article sets to those on one side of it; its words are its title."""
    if not case.point:
        return None
    block = next(b for b in (case.article.title_block, *case.article.blocks) if b.end > b.start)
    days = [(dt.date.min, case.point)] if is_later else from_day(case.point)
    return Evidence("order", case.article, block, 0, block.end - block.start, days)
