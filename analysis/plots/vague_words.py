"""A figure of notebook 03-detention-figures: what the vague words for numbers of people hide.

A wording ("dozens", "thousands") counts once for each reported figure of people that is nothing else, and is drawn with
the bounds that each convention gives it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.amounts import CONVENTIONS
from analysis.counts import MEASURES
from analysis.plots import BLUE, GREEN, PALE, SECOND, VERMILION, Figure, Words, count, nothing, number
from analysis.plots.counts import NOTEBOOK
from analysis.plots.intervals import draw_mark, pale, people_axis, span
from analysis.plots.reported import CONVENTION_NAMES, bounds_by, folded, reported, short, written_bounds
from analysis.tables import Tables

TOP_WORDINGS = 12
CONVENTION_COLOURS = {"codebook": BLUE, "acled": VERMILION, "ccc": GREEN}


def wordings(tables: Tables) -> pd.DataFrame:
    """Return one row a vague wording and convention that bounds it: wording, n, convention, low, high.

    A convention without a rule of its own for a word has no row.
    """
    every = reported(tables, MEASURES)
    vague = every[every["qualifier"] == "vague"]
    rows = []
    for wording, group in vague.groupby(vague["text"].map(folded).str.lower(), sort=False):
        first = next(group.itertuples())
        own = bounds_by(first, "codebook")
        for convention in CONVENTIONS:
            bounds = bounds_by(first, convention)
            if convention == "codebook" or bounds != own:
                rows.append((wording, len(group), len(every), convention, *bounds))
    made = pd.DataFrame(rows, columns=["wording", "n", "n_figures", "convention", "low", "high"])
    made[["low", "high"]] = made[["low", "high"]].astype("Int64")
    floor = made[made["convention"] == "codebook"].set_index("wording")["low"]
    made["floor"] = made["wording"].map(floor)
    return made.sort_values(["floor", "wording"], kind="stable", ignore_index=True).drop(columns="floor")


def most_used_wordings(data: pd.DataFrame) -> list[str]:
    """Return the wordings that a chart shows: the most used, from the smallest floor up."""
    order = list(dict.fromkeys(data["wording"]))
    uses = data.drop_duplicates("wording").set_index("wording")["n"]
    kept = sorted(order, key=lambda wording: -uses[wording])[:TOP_WORDINGS]
    return [wording for wording in order if wording in kept]


def draw_wordings(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane a wording, a mark a convention: a band where it has two ends, a tick and arrow where only a floor."""
    order = most_used_wordings(data)
    figures = data[data["wording"].isin(order)]
    stated = [_bounded(row) for row in figures.itertuples()]
    people_axis(ax, stated)
    for row, figure in zip(figures.itertuples(), stated, strict=True):
        y = order.index(row.wording) + (CONVENTIONS.index(row.convention) - 1) * 0.27
        colour = CONVENTION_COLOURS[row.convention]
        draw_mark(ax, y, figure, colour, scale=0.7)
        at, shift = (span(figure)[0], -5) if pd.isna(row.high) else (span(figure)[1], 6)
        text = f"{row.low:,}" if pd.isna(row.high) or row.low == row.high else f"{row.low:,} to {row.high:,}"
        ax.annotate(
            text,
            (at, y),
            xytext=(shift, 0),
            textcoords="offset points",
            ha="right" if shift < 0 else "left",
            va="center",
            fontsize=8,
            color=SECOND,
        )
    uses = data.drop_duplicates("wording").set_index("wording")["n"]
    ax.set_yticks(range(len(order)), [f"“{short(wording, 34)}”  {uses[wording]:,} ×" for wording in order])
    for y in range(1, len(order)):
        ax.axhline(y - 0.5, color=PALE, linewidth=0.8, zorder=0)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.legend(
        handles=[
            Line2D(
                [],
                [],
                color=pale(CONVENTION_COLOURS[c]) if c == "codebook" else CONVENTION_COLOURS[c],
                linewidth=9 if c == "codebook" else 3,
                solid_capstyle="butt",
                label=CONVENTION_NAMES[c],
            )
            for c in CONVENTIONS
            if c in set(figures["convention"])
        ]
    )
    return ax


def _bounded(row: Any) -> SimpleNamespace:
    is_open = pd.isna(row.high)
    return SimpleNamespace(qualifier="at_least" if is_open else "vague", low=row.low, high=row.high, point=row.low)


def wordings_words(data: pd.DataFrame) -> Words:
    """Say how many figures rest on a vague word, and how far the conventions differ."""
    if data.empty:
        return nothing("No figure of people is only a word")
    uses = data.drop_duplicates("wording").set_index("wording")["n"]
    n, n_figures = int(uses.sum()), int(data["n_figures"].iloc[0])
    floors = data.groupby("wording", sort=False)["low"].agg(["min", "max"])
    floors = floors[(floors["min"] > 0) & (floors["max"] > floors["min"])]
    title = f"{number(n).capitalize()} of {number(n_figures)} figures of people {'is' if n == 1 else 'are'} only {'a word' if n == 1 else 'words'}"
    if n_figures == 1:
        title = "The one figure of people is only a word"
    if len(floors):
        ratio = (floors["max"] / floors["min"]).astype(float)
        widest = uses[ratio.index[ratio == ratio.max()]].idxmax()
        least, most = floors.loc[widest]
        title += f"; “{short(widest, 40)}” begins at {least:,} or at {most:,}, by whose rule one reads it"
    rest = len(uses) - TOP_WORDINGS
    return Words(
        title,
        f"Bounds of vague words under three conventions, and how often each is used; n\u00a0=\u00a0{count(n, 'figure')} in "
        f"{count(len(uses), 'wording')}",
        "ACLED and the Crowd Counting Consortium give floors for some words, without an upper end; where they have no rule only "
        "the codebook’s is drawn. An arrow’s length means nothing."
        + (f" {count(rest, 'rarer wording').capitalize()} not drawn." if rest > 0 else ""),
        f"Bands and arrows on a logarithmic axis of people. {title}. "
        + "; ".join(
            f"“{r.wording}” by {CONVENTION_NAMES[r.convention]}: {written_bounds(r.low, r.high)}"
            for r in data.itertuples()
        )
        + ".",
    )


FIGURES = (
    Figure(
        "vague-words",
        NOTEBOOK,
        ("counts", "blocks", "articles", "actors"),
        wordings,
        draw_wordings,
        wordings_words,
        lambda data: 0.8 + 0.6 * max(2, min(TOP_WORDINGS, data["wording"].nunique())),
    ),
)
