"""A figure of notebook 03-detention-figures: what the reported figures say of one time.

Two figures are compared where they have one measure, count the same people by their words (people at large,
or one group by the same name), name no two places, and stand at most `NEAR` days apart. Their intervals meet
or do not; a verdict then says by their scope what is left:

| verdict | when |
| --- | --- |
| meet | the intervals share a number: both can be it |
| part | the smaller is of one day, within the time of the larger: a day is a part |
| grown | the smaller is earlier, and the larger no figure of one day: the number can have grown |
| apart | none of these: both are true only of different times or people |

A figure of one day has no pair that ends before it.

Nothing is added up. That two figures can both be true is not that they are, and the first day of a period is
not known: a verdict is as good as the days in the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis import language
from analysis.amounts import CONVENTIONS
from analysis.plots import BLUE, GREEN, PALE, SECOND, Figure, Words, count, lane_label, nothing, number
from analysis.plots.counts import NOTEBOOK, size
from analysis.plots.intervals import draw_mark, pale, people_axis, write_words
from analysis.plots.leads import leading, sentence
from analysis.plots.reported import CONVENTION_NAMES, SCOPES, label, reported, short, written_bounds
from analysis.tables import Tables

FAR = 2  # times the number: beyond it two figures are not called close
NEAR = 31  # days: further apart two figures seldom tell of one time
TOP_PAIRS = 12
MOST_COMPARED = 300  # figures of a measure
VERDICTS = ("apart", "part", "grown", "meet")
SAID = {
    "meet": "can be one number",
    "part": "a day can be part of the longer time",
    "grown": "the number can have grown",
    "apart": "not of the same time and people",
}
TEXT_COLOURS = {"meet": "#00785A", "part": "#2271A8", "grown": "#2271A8", "apart": "#B84E00"}
# Beside the vocabulary's nouns for a crowd, prisoners and arrests, these leave open who is counted.
_ANYBODY = frozenset("people persons participants those others more".split())
_PAIR = ("measure", "verdict", "meet_low", "meet_high", "same_article")
_SIDE = ("sentence_id", "words", "source", "as_of", "scope", "qualifier", "low", "high", "point")


def counted_people(unit: str | None) -> str:
    """Tell whom a figure counts: "" for people at large, else the group in the words of the text."""
    if unit is None or pd.isna(unit):
        return ""
    words = str(unit).lower().split()
    return "" if words and words[0] in _general() else " ".join(words)


@cache
def _general() -> frozenset[str]:
    """Return the nouns that leave open who is counted."""
    kinds = ("crowd_people", "held_people", "measure")
    return _ANYBODY.union(row["word"] for row in language.rows("count_nouns.csv") if row["kind"] in kinds)


def judge(earlier: Any, later: Any) -> tuple[str, int | None, int | None]:
    """Judge two figures in order of date: the verdict, and the numbers that both allow (None: open, or none)."""
    low = max(int(earlier.low), int(later.low))
    ends = [int(side.high) for side in (earlier, later) if pd.notna(side.high)]
    high = min(ends) if ends else None
    if high is None or low <= high:
        return "meet", low, high
    smaller, larger = (earlier, later) if earlier.low < later.low else (later, earlier)
    if smaller.scope == "day" and larger.scope != "day" and smaller.as_of <= larger.as_of:
        return "part", None, None
    if smaller.as_of < larger.as_of and larger.scope != "day":
        return "grown", None, None
    return "apart", None, None


def pairs(tables: Tables, *, convention: str = "codebook") -> pd.DataFrame:
    """Return one row a pair of detention figures of one time: measure, verdict, what both allow, both sides."""
    data = reported(tables, convention=convention).dropna(subset=["as_of"])
    data = data.assign(people=[counted_people(unit) for unit in data["unit"]], said=data["words"].str.casefold())
    # Agencies repeat their paragraphs: the same words of the same day are one figure.
    data = data.drop_duplicates(["measure", "people", "said", "as_of", "scope", "source", "place"])
    # Pairs grow with the square of the figures: of very many of a measure only the highest are compared.
    rank = size(data).groupby(data["measure"]).rank(ascending=False, method="first")
    data = data[rank <= MOST_COMPARED]
    rows = []
    for _, group in data.groupby(["measure", "people"], sort=False):
        for earlier, later in _near(list(group.itertuples())):
            if later.scope == "day" and earlier.as_of < later.as_of:
                continue  # a day after the end of the other's time
            places = {str(side.place).lower() for side in (earlier, later) if pd.notna(side.place)}
            if len(places) > 1:
                continue
            same_article = earlier.article_id == later.article_id
            sides = [getattr(side, column) for side in (earlier, later) for column in _SIDE]
            rows.append((earlier.measure, *judge(earlier, later), same_article, *sides))
    columns = [*_PAIR, *[f"{side}_{column}" for side in ("earlier", "later") for column in _SIDE]]
    made = pd.DataFrame(rows, columns=columns)
    for column in columns:
        if column.endswith(("low", "high", "point")):
            made[column] = made[column].astype("Int64")
    rank = {verdict: n for n, verdict in enumerate(VERDICTS)}
    return made.sort_values("verdict", key=lambda c: c.map(rank), kind="stable", ignore_index=True)


def _near(figures: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs of figures, given in order of date, that stand close to one another."""
    for n, earlier in enumerate(figures):
        for later in islice(figures, n + 1, None):
            if (later.as_of - earlier.as_of).days > NEAR:
                break
            yield earlier, later


def shown_pairs(data: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that a chart shows: all, or some of every verdict, with no figure in more than two."""
    if len(data) <= TOP_PAIRS:
        return data
    turns = data.groupby("verdict").cumcount().sort_values(kind="stable")
    uses: Counter[tuple[str, pd.Timestamp]] = Counter()
    kept: list[int] = []
    for n in turns.index:
        row = data.loc[n]
        sides = [(row[f"{side}_words"], row[f"{side}_as_of"]) for side in ("earlier", "later")]
        if len(kept) < TOP_PAIRS and all(uses[side] < 2 for side in sides):
            kept.append(n)
            uses.update(sides)
    return data.loc[sorted(kept)]


def draw_pairs(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane a pair: the earlier figure above the later, what both allow behind them, the verdict beside."""
    figures = shown_pairs(data)
    sides = [(_side(row, "earlier"), _side(row, "later")) for row in figures.itertuples()]
    people_axis(ax, [side for pair in sides for side in pair])
    ticks, labels = [], []
    for y, (row, pair) in enumerate(zip(figures.itertuples(), sides, strict=True)):
        if row.verdict == "meet":
            ends = (ax.get_xlim()[1] if pd.isna(row.meet_high) else max(row.meet_high, 1.0)), max(row.meet_low, 1.0)
            # A meeting at one number would have no width.
            left, right = ends[1] / 1.01, ends[0] * 1.01
            ax.barh(y, right - left, left=left, height=0.92, color=pale(GREEN, 0.25), zorder=1)
        for offset, side, colour, text in ((-0.16, pair[0], SECOND, SECOND), (0.28, pair[1], BLUE, "#2271A8")):
            with leading(ax, sentence(side.sentence_id)):
                draw_mark(ax, y + offset, side, colour, scale=0.85)
                write_words(ax, y + offset, side, short(side.words, 60), colour=text)
            ticks.append(y + offset)
            labels.append(f"{label(side.as_of)}, {SCOPES[side.scope]}")
        said = SAID[row.verdict]
        if row.verdict == "meet":
            said += f":\n{written_bounds(row.meet_low, row.meet_high)}"
        ax.annotate(
            lane_label(said, 24) if row.verdict != "meet" else said,
            (1.01, y),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8.5,
            linespacing=1.15,
            color=TEXT_COLOURS[row.verdict],
        )
        if y:
            ax.axhline(y - 0.5, color=PALE, linewidth=0.8, zorder=0)
    ax.set_yticks(ticks, labels)
    for n, text in enumerate(ax.get_yticklabels()):
        text.set(fontsize=8.5, color=(SECOND, "#2271A8")[n % 2])
    ax.set_ylim(len(figures) - 0.45, -0.55)
    handles = [
        Line2D([], [], color=SECOND, linewidth=4, solid_capstyle="butt", label="the earlier, or told first"),
        Line2D([], [], color=BLUE, linewidth=4, solid_capstyle="butt", label="the later"),
    ]
    if (figures["verdict"] == "meet").any():
        handles.append(
            Line2D([], [], color=pale(GREEN, 0.25), linewidth=9, solid_capstyle="butt", label="what both allow")
        )
    ax.legend(handles=handles)
    return ax


def _side(row: Any, which: str) -> SimpleNamespace:
    return SimpleNamespace(**{column: getattr(row, f"{which}_{column}") for column in _SIDE})


def verdicts(data: pd.DataFrame) -> dict[str, int]:
    """Count the pairs by verdict, in the order of `VERDICTS`, none left out."""
    return {verdict: int((data["verdict"] == verdict).sum()) for verdict in VERDICTS}


def pairs_words(data: pd.DataFrame) -> Words:
    """Say how many pairs can be one number, and how many cannot be of one time."""
    if data.empty:
        return nothing("No two detention figures are known to be of one time and the same people")
    n, found = len(data), verdicts(data)
    both = found["part"] + found["grown"]
    if n == 1:
        title = f"The one pair of detention figures that stand close in time: {SAID[data['verdict'].iloc[0]]}"
    else:
        parts = [f"{'each' if found['meet'] == n else number(found['meet'])} can be one number"]
        if both:
            parts.append(f"{number(both)} {'fits' if both == 1 else 'fit'} as a part or by growth")
        if found["apart"]:
            parts.append(f"{number(found['apart'])} cannot be of the same time and people")
        title = f"{number(n).capitalize()} pairs of detention figures stand close in time: {', '.join(parts)}"
    n_left = n - len(shown_pairs(data))
    rest = f" {count(n_left, 'other pair').capitalize()} not drawn." if n_left else ""
    if n > MOST_COMPARED:
        rest += f" Of each measure at most the {MOST_COMPARED} highest figures are compared."
    return Words(
        title,
        "Pairs of one measure that by their words count the same people, at one place, at most "
        f"{NEAR} days apart; n\u00a0=\u00a0{count(n, 'pair')}",
        "A figure of a period stands at its report’s day, so that of one time means as far as the days tell. That two can both "
        f"be true is not that they are; nothing is added up. Bounds by the codebook.{rest}",
        f"Pairs of marks on a logarithmic axis of people. {title}. "
        + "; ".join(
            f"{label(r.earlier_as_of)}, {r.earlier_words} ({SCOPES[r.earlier_scope]}), and {label(r.later_as_of)}, "
            f"{r.later_words} ({SCOPES[r.later_scope]}): {SAID[r.verdict]}"
            + (f", {written_bounds(r.meet_low, r.meet_high)}" if r.verdict == "meet" else "")
            for r in shown_pairs(data).itertuples()
        )
        + ".",
    )


def closest(data: pd.DataFrame) -> str:
    """Say which two figures agree most narrowly, and on which numbers; "" where none share both ends."""
    met = data[(data["verdict"] == "meet") & data["meet_high"].notna() & (data["meet_low"] > 0)]
    # The same number twice is no finding, and one far above another's floor is not close to it.
    stated = pd.DataFrame({side: met[f"{side}_point"].fillna(met[f"{side}_low"]) for side in ("earlier", "later")})
    met = met[(stated["earlier"] != stated["later"]) & (stated.max(axis=1) <= FAR * stated.min(axis=1))]
    if met.empty:
        return ""
    row = met.loc[(met["meet_high"] / met["meet_low"]).astype(float).idxmin()]
    numbers = written_bounds(row["meet_low"], row["meet_high"])
    return (
        f"Closest are “{short(row['earlier_words'], 60)}” ({label(row['earlier_as_of'])}) and "
        f"“{short(row['later_words'], 60)}” ({label(row['later_as_of'])}): if both are right and mean the same, "
        f"it is {numbers}."
    )


def verdict_table(tables: Tables) -> pd.DataFrame:
    """Return one row a convention: the pairs by verdict."""
    rows = [(CONVENTION_NAMES[c], *verdicts(pairs(tables, convention=c)).values()) for c in CONVENTIONS]
    return pd.DataFrame(rows, columns=["convention", *(SAID[verdict] for verdict in VERDICTS)])


FIGURES = (
    Figure(
        "figures-compared",
        NOTEBOOK,
        ("counts", "blocks", "articles", "actors"),
        pairs,
        draw_pairs,
        pairs_words,
        lambda data: 0.8 + 0.86 * max(2, len(shown_pairs(data))),
    ),
)
