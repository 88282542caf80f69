"""Reported figures of people, made up for the tests of their charts."""

import pandas as pd

from analysis.plots import reported

SUNDAY = pd.Timestamp("2021-03-07")


def stated(qualifier="exact", low=250, high=250, point=250, **more):
    """Make one figure; what a test does not speak of has an ordinary value."""
    ordinary = {
        "article_id": "s0",
        "sentence_id": "s0.b2.s0",
        "text": "250",
        "words": "250 people",
        "measure": "detained",
        "unit": "people",
        "source": reported.NO_SOURCE,
        "source_kind": reported.NO_SOURCE,
        "place": None,
        "as_of": SUNDAY,
        "scope": "day",
        "start": 0,
    }
    return {**ordinary, "qualifier": qualifier, "low": low, "high": high, "point": point, **more}
