"""Charts with a lane for each name: bars, and tables of names by article, or of a crowd of articles by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots import BLUE, lane_label
from analysis.plots.leads import article
from analysis.plots.publication import NO_DATE

MAX_ARTICLES = 12  # columns in which counts can still be read
MAX_LINED = 100  # columns that can be parted by lines


def height_by(column: str, top: int, base: float, lane: float) -> Callable[[pd.DataFrame], float]:
    """Return what gives a figure its inches: a base, and some for each different value of a column, up to so many."""
    return lambda data: base + lane * min(top, max(3, data[column].nunique() if len(data) else 3))


def whole_numbers() -> MaxNLocator:
    """Return ticks where matplotlib sets them, but none between two whole numbers: there is no half mention."""
    return MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True)


def stack_bars(ax: Axes, wide: pd.DataFrame, looks: Mapping[str, Mapping[str, Any]]) -> np.ndarray:
    """Draw a bar a row, its columns one behind the other in the order of their looks; return where the bars end."""
    ends = np.zeros(len(wide))
    for column, look in looks.items():
        if column in wide:
            ax.barh(range(len(wide)), wide[column], left=ends, height=0.64, **{"label": column, **look})
            ends = ends + wide[column].to_numpy(dtype=float)
    return ends


def finish_bars(
    ax: Axes, names: Iterable[str], ends: np.ndarray, said: Iterable[tuple[str, str]], *, room: float, label: str
) -> Axes:
    """Name the lanes of a bar chart, the first on top, and write a text in its colour behind each bar, with room for it."""
    names = list(names)
    for y, (end, (text, colour)) in enumerate(zip(ends, said, strict=True)):
        ax.annotate(text, (end, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9, color=colour)
    ax.set_yticks(range(len(names)), [lane_label(name) for name in names])
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_xlim(0, max(ends.max(initial=1) * room, 1))
    ax.set_xlabel(label)
    ax.xaxis.set_major_locator(whole_numbers())
    ax.xaxis.set_major_formatter(lambda x, _: whole(x))
    if names:
        ax.legend()
    return ax


def whole(x: float) -> str:
    """Write a number of an axis with commas, whole ones without decimals."""
    return f"{x:,.0f}" if x == round(x) else f"{x:,g}"


def draw_by_article(data: pd.DataFrame, ax: Axes, *, lane: str, shade: str, written: str, label: str) -> Axes:
    """Draw a table of lanes by articles in their order: shaded by one column, another written in where it can be read."""
    unit, data = of_what(data), dated(data)
    order, names = list(dict.fromkeys(data[unit])), list(dict.fromkeys(data[lane]))
    shape, counts = (
        data.pivot(index=lane, columns=unit, values=column).reindex(names)[order] for column in (shade, written)
    )
    sns.heatmap(
        shape,
        ax=ax,
        cmap=sns.light_palette(BLUE, as_cmap=True),
        vmin=0,
        annot=counts.map(lambda n: f"{n:,}" if n else "") if len(order) <= MAX_ARTICLES else False,
        fmt="",
        # Where a column is hardly wider than a line, lines would be all there is to see.
        linewidths=1 if len(order) <= MAX_LINED else 0,
        linecolor="white",
        annot_kws={"fontsize": 9},
        cbar_kws={"label": label, "fraction": 0.03, "pad": 0.02}
        | ({"format": lambda x, _: whole(x)} if unit == "month" else {}),
    )
    for y in range(1, len(names)):
        ax.axhline(y, color="white", linewidth=1)
    for text, article_id in zip(ax.texts, order * len(names), strict=False):
        text.set_url(article(article_id) if text.get_text() and unit == "article_id" else None)
    labels = data.drop_duplicates(unit).set_index(unit)["label"]
    ticks = range(0, len(order), max(1, len(order) // MAX_ARTICLES))
    ax.set_xticks([tick + 0.5 for tick in ticks], [labels[order[tick]] for tick in ticks], rotation=40, ha="right")
    ax.set_yticks([n + 0.5 for n in range(len(names))], [lane_label(name) for name in names], rotation=0)
    ax.set_xlabel("articles in order of date" if unit == "article_id" else "month of the article")
    ax.set_ylabel("")
    return ax


def of_what(data: pd.DataFrame) -> str:
    """Tell whether the columns of a table by article stand for articles, or of a crowd of them for months."""
    return "article_id" if "article_id" in data else "month"


def dated(data: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: of a table by month what has one, unless nothing has; a table by article as it is."""
    kept = data[data["month"] != NO_DATE] if "month" in data else data
    return kept if len(kept) else data


def undated_say(data: pd.DataFrame) -> str:
    """Say that articles without a day are not drawn; empty where all are."""
    return " Articles without a day are not drawn." if len(dated(data)) < len(data) else ""
