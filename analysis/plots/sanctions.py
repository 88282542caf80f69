"""Notebook 02-sanction-threads: who sanctions whom, in which stages, told when and by whom.

Its figures, and the tables that it shows: `told`, `evidence`, `answers`, `variants`.
"""

from __future__ import annotations

from analysis.plots import Figure
from analysis.plots.sanction_events import answers, drawn, evidence, told, variants
from analysis.plots.sanction_stages import (
    MAX_ROWS,
    callers,
    callers_words,
    draw_callers,
    draw_first_reports,
    draw_reached,
    first_reports,
    first_reports_height,
    first_reports_words,
    reached,
    reached_words,
)
from analysis.plots.sanction_timeline import draw_timeline, timeline, timeline_height, timeline_words

__all__ = ["FIGURES", "answers", "evidence", "told", "variants"]

NOTEBOOK = "02-sanction-threads"
_INPUTS = ("sanction_events", "actors", "articles", "blocks")
FIGURES = (
    Figure("sanction-timeline", NOTEBOOK, _INPUTS, timeline, draw_timeline, timeline_words, timeline_height),
    Figure(
        "sanction-stages",
        NOTEBOOK,
        _INPUTS,
        reached,
        draw_reached,
        reached_words,
        lambda data: 0.7 + 0.36 * max(2, drawn(data)["thread"].nunique()),
    ),
    Figure(
        "sanction-first-reports",
        NOTEBOOK,
        _INPUTS,
        first_reports,
        draw_first_reports,
        first_reports_words,
        first_reports_height,
    ),
    Figure(
        "sanction-callers",
        NOTEBOOK,
        _INPUTS,
        callers,
        draw_callers,
        callers_words,
        lambda data: 0.8 + 0.3 * max(2, min(MAX_ROWS, len(data))),
    ),
)
