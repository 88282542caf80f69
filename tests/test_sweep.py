"""Spans by the stretches that they reach into."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sweep import Sweep

PLACES = st.integers(0, 30)


def span(*ends):
    return SimpleNamespace(start=min(ends), end=max(ends))


@given(st.lists(st.tuples(PLACES, PLACES)), st.lists(st.tuples(PLACES, PLACES)))
def test_a_stretch_has_the_spans_that_reach_into_it(spans, stretches):
    spans = sorted((span(*ends) for ends in spans), key=lambda one: one.start)
    sweep = Sweep(spans)
    for start, end in sorted(map(sorted, stretches)):
        reaching = [one for one in sweep.reaching(start, end) if one.start < end]
        assert reaching == [one for one in spans if one.start < end and start < one.end]


@pytest.mark.parametrize("stretch", [(0, 5), (5, 6)])
def test_no_spans_reach_into_nothing(stretch):
    assert Sweep([]).reaching(*stretch) == []
