"""Scores of passages as figures show them: two scales side by side, dots, means with intervals, numbers as words.

A passage is a row of `sentiment`: a sentence, or where somebody is quoted the reporter's part of it or the
quotation. Each has two scores: `news` (VADER's rules and lexicon under the overlay for news) and `vader` (plain
VADER). A mean is drawn with its 95 % interval, and only for ten passages or more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import count as naturals
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.plots import BLUE, INK, PALE, VERMILION, count, lane_label
from analysis.plots.leads import sentences
from analysis.plots.publication import NO_DATE, in_order
from analysis.sentiment import interval, normal_interval
from analysis.tables import Tables

SCORERS = {"news": "lexicon for news", "vader": "plain VADER"}
FEWEST = 10  # passages, or articles, for a mean
MOST = 500  # dots of a lane; beyond it, every so many is drawn
CROWDED = 150  # dots beyond which they are drawn smaller
N_BINS = 20  # of scores on either side of nought, in a shape
SEED = 11
SHIFT = {"news": 0.0, "vader": 2.4}  # the two scores share one axis, the second moved to the right
INTERVALS = (
    "A bar is the 95 % interval of a bootstrap (passages drawn again within their articles), too narrow where articles "
    "give one or two"
)
OVER_ALL = "A bar is the 95 % interval of the mean over all passages, too narrow where those of an article are alike"
_SHAPE_LOOK = {"narration": ("#c4c4c4", "none"), "quote": ("none", VERMILION), "headline": ("none", INK)}
_VOICE_LOOK = {"narration": ("#8c8c8c", "#8c8c8c"), "quote": ("none", VERMILION)}  # filled, and a ring


# From passages to means and differences.


class Mean(NamedTuple):
    """A mean, or a difference of two, with the ends of its interval."""

    value: float
    low: float
    high: float

    @property
    def is_apart(self) -> bool:
        """Tell whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def passages(tables: Tables) -> pd.DataFrame:
    """Return the rows of `sentiment` with place (headline, body), news and vader as floats, title and date."""
    blocks = tables.read("blocks", ["block_id", "kind"])
    found = tables.sentiment.merge(blocks, on="block_id", validate="many_to_one")
    articles = tables.read("articles", ["article_id", "title", "published"])
    found = found.merge(articles, on="article_id", validate="many_to_one")
    return found.assign(
        place=found["kind"].map({"title": "headline", "body": "body"}),
        date=found["published"].dt.strftime("%Y-%m-%d").fillna(NO_DATE),
        news=found["compound"].astype("float64"),
        vader=found["vader"].astype("float64"),
    ).drop(columns=["kind", "compound", "published"])


def in_order_of_date(tables: Tables) -> pd.DataFrame:
    """Return the passages in the order of the text, articles in order of date, with what is drawn of them."""
    data = passages(tables)
    place = {article_id: i for i, article_id in enumerate(in_order(tables))}
    columns = ["article_id", "sentence_id", "title", "date", "place", "voice", "news", "vader"]
    ordered = data.assign(rank=data["article_id"].map(place)).sort_values(["rank", "start", "end"], ignore_index=True)
    return ordered[columns]


def weighed(frames: Iterable[pd.DataFrame], by: list[str]) -> pd.DataFrame:
    """Return how many passages (n) of a crowd have each score: the columns `by`, news or vader, n.

    A row is of one of the two scores, and the other is missing: each passage is counted once by either.
    """
    parts = [
        frame.groupby([*by, scorer], dropna=False).size().rename("n").reset_index()
        for frame in frames
        for scorer in SCORERS
    ]
    every = pd.concat(parts).reindex(columns=[*by, *SCORERS, "n"])
    return every.groupby([*by, *SCORERS], dropna=False)["n"].sum().reset_index()


def size(frame: pd.DataFrame) -> int:
    """Return how many passages a frame holds, each in a row or weighed."""
    return int(frame.loc[frame["news"].notna(), "n"].sum()) if "n" in frame else len(frame)


def average(frame: pd.DataFrame, scorer: str) -> float:
    """Return the mean score of passages, each in a row or weighed."""
    return _moments(frame, scorer)[0] if "n" in frame else float(frame[scorer].mean())


def _moments(frame: pd.DataFrame, scorer: str) -> tuple[float, float]:
    """Return mean and squared standard error of weighed passages; a row may take passages away (n below nought)."""
    scores = frame[scorer].to_numpy(dtype=float)
    n = np.where(np.isnan(scores), 0, frame["n"])
    scores = np.nan_to_num(scores)
    middle = float((n * scores).sum() / n.sum())
    return middle, float((n * (scores - middle) ** 2).sum() / n.sum() ** 2)


def mean(frame: pd.DataFrame, scorer: str) -> Mean:
    """Return the mean score of passages with its interval: of weighed ones that over all of them, not by article."""
    if "n" in frame:
        value, variance = _moments(frame, scorer)
        return Mean(value, *normal_interval(value, variance))
    return Mean(float(frame[scorer].mean()), *interval(frame[scorer], frame["article_id"], seed=SEED))


def difference(first: pd.DataFrame, second: pd.DataFrame, scorer: str, *, level: float = 0.95) -> Mean:
    """Return the mean of the first passages less that of the second, with its interval; both hold some.

    Two bootstraps are made, each side drawn again apart from the other: within its articles, which is blind to
    chance where an article gives one passage, and over all of them. The interval reaches over both.
    """
    if "n" in first:
        # Of so many the bootstrap over all comes to this; that within articles is the narrower one.
        (one, one_error), (other, other_error) = (_moments(side, scorer) for side in (first, second))
        return Mean(one - other, *normal_interval(one - other, one_error + other_error, level))
    n = len(first) + len(second)
    # Weighted so, the mean of both sides together is the difference of their means.
    weighted = [*(first[scorer] * n / len(first)), *(second[scorer] * -n / len(second))]
    sides = ["a"] * len(first) + ["b"] * len(second)
    articles = [f"{side} {a}" for side, a in zip(sides, [*first["article_id"], *second["article_id"]], strict=True)]
    ends = [interval(weighted, groups, seed=SEED, level=level) for groups in (articles, sides)]
    return Mean(float(np.mean(weighted)), min(low for low, _ in ends), max(high for _, high in ends))


def intervals_say(frame: pd.DataFrame) -> str:
    """Say what the bars of means are: of a bootstrap, or of weighed passages of the normal interval."""
    return OVER_ALL if "n" in frame else INTERVALS


def score(value: float) -> str:
    """Write a score with its sign and two decimals, more where it would read as zero or as one."""
    if math.isnan(value):
        return "–"
    if value == 0 or abs(value) == 1:
        return {0: "0", 1: "+1", -1: "−1"}[int(value)]
    for decimals in naturals(2):
        text = f"{value:+.{decimals}f}"
        if float(text) != 0 and abs(float(text)) < abs(math.ceil(abs(value))):
            break
    return text.replace("-", "−")


def with_interval(found: Mean) -> str:
    return f"{score(found.value)} ({score(found.low)} to {score(found.high)})"


def agreement(news: Mean, vader: Mean) -> str:
    """Say whether plain VADER supports a difference that the lexicon for news finds."""
    if vader.is_apart and vader.value * news.value > 0:
        return "plain VADER agrees"
    return "plain VADER says the opposite" if vader.is_apart else "plain VADER cannot tell"


def doubt(vader: Mean) -> str:
    """Say where plain VADER finds a difference that the lexicon for news does not."""
    return "; plain VADER finds a difference" if vader.is_apart else ""


def too_few(n: int, noun: str) -> str:
    return f"{count(n, noun).capitalize()}: too few for a summary"


# What the figures share: two scores side by side, dots, means.


def finish(ax: Axes, labels: Sequence[str], handles: list[Artist]) -> Axes:
    """Name the lanes, the first on top, and set the two scales with their ends in words."""
    for scorer, name in SCORERS.items():
        ax.axvline(SHIFT[scorer], color="#767676", linewidth=0.8, zorder=0)
        ax.annotate(
            name,
            (SHIFT[scorer], 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            fontweight="bold",
        )
    ticks = [shift + x for shift in SHIFT.values() for x in (-1, 0, 1)]
    ax.set_xticks(ticks, ["−1\nnegative wording", "0", "+1\npositive wording"] * 2)
    # Towards the middle of their scale, or the ends would meet.
    for text, side in zip(ax.get_xticklabels(), ("left", "center", "right") * 2, strict=True):
        text.set_horizontalalignment(side)
    ax.set_xlim(-1.06, SHIFT["vader"] + 1.06)
    ax.set_xlabel("compound score")
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(max(len(labels), 1) - 0.45, -0.55)
    for y in range(len(labels) - 1):
        ax.axhline(y + 0.5, color=PALE, linewidth=0.8, zorder=0)
    ax.legend(handles=handles)
    return ax


def _draw_shapes(ax: Axes, frame: pd.DataFrame, y: float) -> None:
    """Draw how the weighed passages of a lane lie: the reporter's grey, quotations and headlines as outlines."""
    edges = np.linspace(-1, 1, 2 * N_BINS + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    for scorer, shift in SHIFT.items():
        counts = {}
        for look, own in frame.groupby(_look_of(frame)):
            known = own[own[scorer].notna()]
            counts[look] = np.histogram(known[scorer].clip(-1, 1), bins=edges, weights=known["n"])[0]
        for look, found in sorted(counts.items(), reverse=True):
            half = 0.4 * found / max(found.max(), 1)
            face, edge = _SHAPE_LOOK[str(look)]
            style = {"facecolor": face, "edgecolor": edge, "linewidth": 1.1}
            ax.fill_between(middles + shift, y - half, y + half, step="mid", **style)


def _look_of(frame: pd.DataFrame) -> pd.Series:
    return frame["voice"].mask(frame["place"] == "headline", "headline").astype("object")


def draw_dots(ax: Axes, frame: pd.DataFrame, y: float) -> None:
    """Draw a dot for each passage: the reporter's filled, quotations as rings, headlines as diamonds; shapes for weighed ones."""
    if "n" in frame:
        return _draw_shapes(ax, frame, y)
    body = frame[frame["place"] == "body"]
    # Spread evenly, so that a lane of many thousands stays a picture.
    body = body.iloc[np.unique(np.linspace(0, len(body) - 1, min(len(body), MOST)).astype(int))].reset_index(drop=True)
    size = 15 if len(body) <= CROWDED else 7
    # Golden steps spread the dots evenly over the lane, without a throw of dice.
    height = y + 0.4 * ((body.index * 0.618034) % 1 - 0.5)
    for scorer, shift in SHIFT.items():
        for voice, (face, edge) in _VOICE_LOOK.items():
            own = (body["voice"] == voice).to_numpy()
            dots = ax.scatter(
                body.loc[own, scorer] + shift,
                height[own],
                s=size,
                facecolor=face,
                edgecolor=edge,
                alpha=0.65 if size > 7 else 0.45,
            )
            dots.set_urls(sentences(body.loc[own, "sentence_id"]))
        headlines = frame[frame["place"] == "headline"]
        x = headlines[scorer] + shift
        diamonds = ax.scatter(x, [y] * len(x), s=46, marker="D", color=INK, edgecolor="white", zorder=4)
        diamonds.set_urls(sentences(headlines["sentence_id"]))


def draw_mean(ax: Axes, found: Mean, scorer: str, y: float, *, has_number: bool = True) -> None:
    """Draw a mean as an upright stroke on the bar of its interval."""
    low, x, high = (value + SHIFT[scorer] for value in (found.low, found.value, found.high))
    # A white edge, or they would be lost in a crowd of dots.
    for width, colour in ((2.4, "white"), (0, BLUE)):
        look = {"color": colour, "solid_capstyle": "butt", "zorder": 3}
        ax.plot([low, high], [y, y], linewidth=4 + width, **look)
        ax.plot([x, x], [y - 0.2, y + 0.2], linewidth=2 + width, **look)
    if has_number:
        ax.annotate(
            score(found.value),
            (x, y - 0.22),
            xytext=(0, 1),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color="#2271A8",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2},
            zorder=5,
        )


def dot_handles(frame: pd.DataFrame, *, has_means: bool) -> list[Artist]:
    """Make the legend of what is drawn."""
    names = {"narration": "reporter’s words", "quote": "quoted words", "headline": "headline"}
    if "n" in frame:
        found = set(_look_of(frame))
        shapes = [Patch(facecolor=f, edgecolor=e, label=names[n]) for n, (f, e) in _SHAPE_LOOK.items() if n in found]
        return [*shapes, *([mean_handle("mean")] if has_means else [])]
    looks = [
        Line2D([], [], linestyle="", marker="o", markersize=5, color=edge, markerfacecolor=face, label=names[voice])
        for voice, (face, edge) in _VOICE_LOOK.items()
        if ((frame["voice"] == voice) & (frame["place"] == "body")).any()
    ]
    if (frame["place"] == "headline").any():
        looks.append(Line2D([], [], linestyle="", marker="D", markersize=6, color=INK, label="headline"))
    return [*looks, *([mean_handle("mean")] if has_means else [])]


def mean_handle(name: str) -> Line2D:
    return Line2D([], [], color=BLUE, linewidth=4, label=f"{name} with its interval")


def draw_lanes(ax: Axes, lanes: Iterable[tuple[str, pd.DataFrame]], width: int) -> Axes:
    """Draw named lanes of dots, each with its mean where it holds enough passages."""
    lanes = list(lanes)
    for y, (_, frame) in enumerate(lanes):
        draw_dots(ax, frame, y)
        for scorer in SCORERS if size(frame) >= FEWEST else ():
            draw_mean(ax, mean(frame, scorer), scorer, y)
    has_means = max((size(frame) for _, frame in lanes), default=0) >= FEWEST
    labels = [f"{lane_label(name, width)}\nn = {size(frame):,}" for name, frame in lanes]
    everything = pd.concat([frame for _, frame in lanes])
    return finish(ax, labels, dot_handles(everything, has_means=has_means))


def listed(lanes: Iterable[tuple[str, pd.DataFrame]], scorer: str = "news") -> str:
    """List lanes with their n, and where there are enough passages their mean and interval."""
    return "; ".join(
        f"{name} n = {size(frame):,}"
        + (f", mean {with_interval(mean(frame, scorer))}" if size(frame) >= FEWEST else "")
        for name, frame in lanes
    )


def thinned(lanes: Iterable[tuple[str, pd.DataFrame]]) -> str:
    """Say that not every dot is drawn, where a lane has too many; empty where all are."""
    lanes = list(lanes)
    if any("n" in frame for _, frame in lanes):
        return " A shape is as high as its score is frequent in the lane, each kind of words by itself."
    is_thinned = any((frame["place"] == "body").sum() > MOST for _, frame in lanes)
    return f" Of lanes with more than {MOST:,} passages {MOST:,} are drawn, at equal steps." if is_thinned else ""


def lanes_height(n_lanes: int, lane: float) -> float:
    """Return inches for lanes of some height each."""
    return 1.25 + lane * max(2, n_lanes)
