"""Sets of days: what two of them share, and the days that pass tests."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import evidence
from analysis.day_sets import Days, Fits, intersect, next_days, that_fit

near = st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31))
ends = st.one_of(near, st.just(dt.date.min), st.just(dt.date.max))
intervals = st.lists(st.tuples(ends, ends).map(lambda pair: tuple(sorted(pair))), max_size=4)
tests = st.lists(st.builds(evidence.that_is, st.integers(0, 1), st.integers(0, 6)), max_size=2)


def covers(days: Days, day: dt.date) -> bool:
    return any(first <= day <= last for first, last in days)


@given(a=intervals, b=intervals, day=near)
def test_intersection_is_symmetric_and_exact(a: Days, b: Days, day: dt.date) -> None:
    assert intersect(a, b) == intersect(b, a)
    assert covers(intersect(a, b), day) == (covers(a, day) and covers(b, day))


@settings(deadline=None)
@given(days=intervals, tests=tests, day=near)
def test_fitting_days_are_kept_and_ends_fit(days: Days, tests: list[Fits], day: dt.date) -> None:
    kept = that_fit(days, tests)
    assert not covers(kept, day) or covers(days, day)
    if all(test(day) for test in tests):
        assert covers(kept, day) == covers(days, day)
    for end in (end for interval in kept for end in interval if end not in (dt.date.min, dt.date.max)):
        assert all(test(end) for test in tests)


def test_days_that_never_come_are_none() -> None:
    never = evidence.that_is(0, 0, 2, 30)
    assert that_fit([(dt.date(2021, 1, 1), dt.date.max)], [never]) == []
    assert that_fit([(dt.date(2021, 1, 1), dt.date(2021, 2, 1))], [never]) == []
    assert next_days(dt.date.max) == [(dt.date.max, dt.date.max)]
