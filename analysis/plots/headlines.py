"""Headline and body: is the headline of an article worded otherwise than its text?"""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.plots import INK, Words, count, is_crowd, lane_label, nothing, number
from analysis.plots.leads import article
from analysis.plots.passages import (
    FEWEST,
    INTERVALS,
    SCORERS,
    SEED,
    SHIFT,
    Mean,
    agreement,
    average,
    doubt,
    draw_lanes,
    draw_mean,
    finish,
    in_order_of_date,
    lanes_height,
    listed,
    mean,
    mean_handle,
    passages,
    score,
    size,
    thinned,
    weighed,
)
from analysis.sentiment import interval
from analysis.tables import Tables

MAX_LANES = 24  # articles in a figure; the rest is counted in the caption
LANES = ("headline", "mean of the body", "headline less body")  # of a crowd


def by_headline(tables: Tables) -> pd.DataFrame:
    """Return one row an article with headline and body: article_id, title, date, n; for each score the headline's,
    the body's mean and its interval (low, high), the last three missing where n is too small.
    """
    if is_crowd(tables):
        return weighed(map(_headline_gaps, tables.parts()), ["who", "place", "voice"])
    rows = []
    for article_id, frame in in_order_of_date(tables).groupby("article_id", sort=False):
        headline, body = (frame[frame["place"] == place] for place in ("headline", "body"))
        if headline.empty or body.empty:
            continue
        row = {"article_id": article_id, "title": frame["title"].iloc[0], "date": frame["date"].iloc[0], "n": len(body)}
        for scorer in SCORERS:
            found = mean(body, scorer) if len(body) >= FEWEST else Mean(*[math.nan] * 3)
            row |= {f"headline_{scorer}": float(headline[scorer].mean())}
            row |= {f"body_{scorer}": found.value, f"low_{scorer}": found.low, f"high_{scorer}": found.high}
        rows.append(row)
    parts = [f"{part}_{scorer}" for scorer in SCORERS for part in ("headline", "body", "low", "high")]
    return pd.DataFrame(rows, columns=["article_id", "title", "date", "n", *parts])


def _headline_gaps(tables: Tables) -> pd.DataFrame:
    """Return for each article with enough passages headline, mean of the body, and the first less the second."""
    data = passages(tables)
    means = data.groupby(["article_id", "place"])[list(SCORERS)].mean().unstack("place")
    n = data[data["place"] == "body"].groupby("article_id").size().reindex(means.index, fill_value=0)
    means = means[n >= FEWEST].dropna()
    sides = {
        name: means.xs(place, axis=1, level="place") for name, place in zip(LANES, ("headline", "body"), strict=False)
    }
    sides[LANES[2]] = sides[LANES[0]] - sides[LANES[1]]
    rows = pd.concat([side.round(3).assign(who=who) for who, side in sides.items()], ignore_index=True)
    return rows.assign(place="body", voice="narration")


def _headline_lanes(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(who, data[data["who"] == who]) for who in LANES]


def _finding(gaps: list[Mean], means: str, n: int) -> str:
    """Say by the difference in both scorers, with their intervals, how headlines of `n` articles are scored."""
    if gaps[0].is_apart:
        kind = "negative" if gaps[0].value < 0 else "positive"
        return f"Headlines are scored more {kind} than their articles, {means}; {agreement(*gaps)}"
    as_far = f"as far as {count(n, 'article')} can tell"
    return f"Headlines are not scored otherwise than their articles, {as_far}, {means}{doubt(gaps[1])}"


def _headline_crowd_words(data: pd.DataFrame) -> Words:
    """Say of a crowd whether headlines are worded otherwise than bodies."""
    headline, _, gap = (frame for _, frame in _headline_lanes(data))
    n = size(gap)
    found = [mean(gap, scorer) for scorer in SCORERS]
    means = f"{score(average(headline, 'news'))} against {score(average(data[data['who'] == LANES[1]], 'news'))}"
    title = _finding(found, means, n)
    return Words(
        title,
        f"Score of the headline, mean of the body’s passages, and the difference; n = {count(n, 'article')} with "
        f"{number(FEWEST)} passages or more",
        f"A bar is the 95 % interval of the mean over articles. A headline has few words: one word makes its score."
        f"{thinned(_headline_lanes(data))}",
        f"Lanes of shapes, by two scores. {title}. By the lexicon for news: {listed(_headline_lanes(data))}.",
    )


def draw_by_headline(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane an article: the headline as a diamond, joined to the mean of the body."""
    if "who" in data:
        return draw_lanes(ax, _headline_lanes(data), 24)
    shown = data.head(MAX_LANES)
    labels = []
    for y, row in enumerate(shown.to_dict("records")):
        is_enough = row["n"] >= FEWEST
        labels.append(f"{lane_label(row['title'])}\n{row['date']}, n = {row['n']}{'' if is_enough else ', no mean'}")
        for scorer, shift in SHIFT.items():
            x = row[f"headline_{scorer}"] + shift
            diamond = ax.scatter([x], [y], s=46, marker="D", color=INK, edgecolor="white", zorder=4)
            diamond.set_urls([article(row["article_id"])])
            if is_enough:
                body = Mean(*(row[f"{part}_{scorer}"] for part in ("body", "low", "high")))
                ax.plot([x, body.value + shift], [y, y], color="#8c8c8c", linewidth=1, linestyle=":", zorder=1)
                draw_mean(ax, body, scorer, y, has_number=False)
    key = Line2D([], [], linestyle="", marker="D", markersize=6, color=INK, label="headline")
    return finish(ax, labels, [key, *([mean_handle("mean of the body")] if shown["n"].max() >= FEWEST else [])])


def by_headline_words(data: pd.DataFrame) -> Words:
    """Say whether headlines are worded otherwise than bodies, only where the interval supports it."""
    if data.empty:
        return nothing("No article has both a headline and a body")
    if "who" in data:
        return _headline_crowd_words(data)
    enough = data[data["n"] >= FEWEST]
    n = len(enough)
    gaps = {scorer: enough[f"headline_{scorer}"] - enough[f"body_{scorer}"] for scorer in SCORERS}
    if n < FEWEST:
        title = f"{count(n, 'article').capitalize()} with {number(FEWEST)} passages or more: too few for a summary"
    else:
        # Here the article is the unit: what is drawn again are articles.
        found = [Mean(float(gap.mean()), *interval(gap, [""] * n, seed=SEED)) for gap in gaps.values()]
        means = f"{score(enough['headline_news'].mean())} against {score(enough['body_news'].mean())}"
        title = _finding(found, means, n)
    lower = int((gaps["news"] < 0).sum())
    rest = len(data) - MAX_LANES
    others = f" The {count(rest, 'later article')} {'is' if rest == 1 else 'are'} not drawn." if rest > 0 else ""
    below = f" The lexicon for news puts {number(lower)} of {count(n, 'headline')} below the body’s mean." if n else ""
    return Words(
        title,
        f"Score of the headline and mean of the body’s passages, articles in order of date; n = {len(data):,}"
        f"{'' if n == len(data) else f', {n:,} of them with a mean'}",
        f"{INTERVALS}; for the title above, articles are drawn again. A headline has few words: one word makes its "
        f"score.{others}",
        f"Lanes with a diamond for the headline and a stroke for the body’s mean, by two scores. {title}.{below}",
    )


def headlines_height(data: pd.DataFrame) -> float:
    """Return inches for a lane an article, or for those of a crowd."""
    return lanes_height(len(LANES) if "who" in data else min(MAX_LANES, len(data)), 0.52)
