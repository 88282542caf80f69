"""Sets of days: disjoint intervals in order, and the tests that days must pass.

An interval has both ends; `date.min` and `date.max` are ends that are open. A test tells of what comes again (a
weekday, a day without its year) whether a day is one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

Fits = Callable[[dt.date], bool]
Days = list[tuple[dt.date, dt.date]]  # disjoint intervals in order; date.min and date.max are open ends
OPEN: Days = [(dt.date.min, dt.date.max)]
DAY = dt.timedelta(days=1)
MAX_TRIES = 41 * 366  # days: the same weekday, day and month come again within forty years


def from_day(day: dt.date) -> Days:
    """Return all days from this one on."""
    return [(day, dt.date.max)]


def next_days(day: dt.date, n: int = 1) -> Days:
    """Return a day and the n days after it."""
    return [(day, min(day, dt.date.max - n * DAY) + n * DAY)]


def intersect(a: Days, b: Days) -> Days:
    """Return the days that are in both."""
    both = [(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b]
    return sorted((first, last) for first, last in both if first <= last)


def that_fit(days: Days, tests: Sequence[Fits]) -> Days:
    """Move the ends of each interval inwards to days that pass all tests; open ends stay, empty intervals go."""
    kept = []
    for first, last in days:
        moved_first = _moved(first, last, DAY, tests)
        moved_last = _moved(last, first, -DAY, tests)
        if moved_first is not None and moved_last is not None:
            kept.append((moved_first, moved_last))
    return kept


def _moved(day: dt.date, limit: dt.date, step: dt.timedelta, tests: Sequence[Fits]) -> dt.date | None:
    """Return the first day from here to the limit that passes; None where none does, or not within MAX_TRIES."""
    if day in (dt.date.min, dt.date.max):
        return day
    for _ in range(MAX_TRIES):
        if all(test(day) for test in tests):
            return day
        if day == limit:
            return None
        day += step
    return None
