"""Figures of notebook 00-corpus: the source as a map, words by kind of block, and the articles in time (`publication`)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.furniture import count_words
from analysis.layout import BLOCK_KINDS
from analysis.plots import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    VERMILION,
    Figure,
    Words,
    count,
    is_crowd,
    lane_label,
    share,
)
from analysis.plots.leads import sentences
from analysis.plots.publication import NO_TITLE, dates, dates_height, dates_words, draw_dates
from analysis.tables import Tables

# Colour and a second cue: a hatch, or for the title its black.
KIND_LOOK = {
    "title": (INK, ""),
    "caption": (BLUE, "////"),
    "body": ("#c4c4c4", ""),
    "subheading": (VERMILION, ""),
    "read_also": (PURPLE, "xxxx"),
    "gap": ("white", ""),
    "other": (GREEN, "....."),
}
KIND_NAMES = {
    "title": "title",
    "caption": "caption",
    "body": "body",
    "subheading": "subheading",
    "read_also": "link to another article",
    "gap": "blank lines",
    "other": "byline or sign-off",
}
MAX_LANES = 40
OTHERS = "other articles"
_SUMMED = ["article_id", "kind"]


def source_map(tables: Tables) -> pd.DataFrame:
    """Return one row a block: lane (article_id, or the file for what stands between), title, kind, offset, length, words.

    Of a crowd of articles these are the blocks of the first, which are drawn. The others are added up by kind, those
    between articles apart: `blocks` and `articles` say for how many a row stands.
    """
    if not is_crowd(tables):
        return _cells(tables)
    article_ids = tables.read("articles", ["article_id"])["article_id"]
    drawn = article_ids.head(MAX_LANES)
    shown, sums = [], []
    for part in tables.parts():
        cells = _cells(part)
        is_drawn = cells["article_id"].isin(drawn)
        shown.append(cells[is_drawn])
        others = cells[~is_drawn].assign(blocks=1)
        others["article_id"] = others["article_id"].mask(others["article_id"].notna(), OTHERS)
        sums.append(others.groupby(_SUMMED, dropna=False)[["length", "words", "blocks"]].sum())
    rest = pd.concat(sums).groupby(_SUMMED, dropna=False).sum().reset_index()
    return pd.concat([*shown, rest.assign(articles=len(article_ids) - len(drawn))], ignore_index=True)


def _cells(tables: Tables) -> pd.DataFrame:
    data = tables.read("blocks", ["source", "article_id", "block_id", "kind", "start", "end", "text"])
    titles = tables.read("articles", ["article_id", "title"]).set_index("article_id")["title"]
    data = data.assign(
        lane=data["article_id"].fillna(data["source"]),
        title=data["article_id"].map(titles).fillna("between articles"),
        length=data["end"] - data["start"],
    )
    # Laid end to end: a record's title counts apart from its text.
    data["offset"] = data.groupby("lane", sort=False)["length"].cumsum() - data["length"]
    data["words"] = [count_words(text) for text in data["text"]]
    return data.drop(columns="text")


def draw_source_map(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a strip for each article and a cell for each of its blocks, in the order of the source."""
    inside = data[data["article_id"].notna()]
    lanes = list(dict.fromkeys(inside["lane"]))[:MAX_LANES]
    titles = inside.drop_duplicates("lane").set_index("lane")["title"]
    for y, lane in enumerate(lanes):
        cells = inside[inside["lane"] == lane]
        for kind, group in cells.groupby("kind", sort=False):
            colour, hatch = KIND_LOOK[str(kind)]
            strip = ax.broken_barh(
                list(zip(group["offset"].astype(int), group["length"].astype(int), strict=True)),
                (y - 0.34, 0.68),
                facecolor=colour,
                hatch=hatch,
                edgecolor="white",
                linewidth=0.5,
            )
            strip.set_urls(sentences(group["block_id"].where(group["kind"] != "gap")))
    ax.set_yticks(range(len(lanes)), [lane_label(titles[lane] or NO_TITLE) for lane in lanes])
    ax.set_ylim(len(lanes) - 0.4, -0.6)
    ax.set_xlim(0, None)
    ax.set_xlabel("characters from the start of the article")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    shown = [kind for kind in BLOCK_KINDS if kind != "gap" and (inside["kind"] == kind).any()]
    handles = [
        Patch(facecolor=KIND_LOOK[kind][0], hatch=KIND_LOOK[kind][1], edgecolor="white", label=KIND_NAMES[kind])
        for kind in shown
    ]
    ax.legend(handles=handles)
    return ax


def source_map_words(data: pd.DataFrame) -> Words:
    """Say how much of the source has a place, and how much no rule explains."""
    n = _n_articles(data)
    total = int(data["length"].sum())
    body = int(data.loc[data["kind"] == "body", "length"].sum())
    is_left, blocks = is_unexplained(data), n_blocks(data)
    counts, rest = blocks[~is_left].groupby(data["kind"]).sum(), n - MAX_LANES
    n_unexplained = int(blocks[is_left].sum())
    title = (
        "Every character of the source has its place"
        if not n_unexplained
        else f"No rule explains {share(int(data.loc[is_left, 'length'].sum()), total)} of the source"
    )
    listed = ", ".join(f"{KIND_NAMES[kind]} {counts[kind]:,}" for kind in BLOCK_KINDS if counts.get(kind, 0))
    listed += f", not explained by any rule {n_unexplained:,}" if n_unexplained else ""
    return Words(
        title,
        f"A strip for each article, a cell for each block, white where lines are blank; {count(n, 'article')}, n = {total:,} characters",
        f"Laid end to end, the {int(blocks.sum()):,} blocks are the source; {share(body, total)} of its characters are body text, the only part analysed as the article’s words."
        + (f" Drawn are the first {MAX_LANES} articles; {rest:,} more are not." if rest > 0 else ""),
        f"Strips for {count(n, 'article')} in the order of the source, divided into blocks. {title}: {total:,} characters in {int(blocks.sum()):,} blocks ({listed}). "
        f"Each article opens with its title{' and captions' if counts.get('caption', 0) else ''}; the body makes up {share(body, total)} of all characters.",
    )


def _n_articles(data: pd.DataFrame) -> int:
    if "articles" not in data:
        return data["article_id"].nunique()
    return data.loc[data["articles"].isna(), "article_id"].nunique() + int(data["articles"].max())


def n_blocks(data: pd.DataFrame) -> pd.Series:
    """Return for how many blocks each row stands."""
    return data["blocks"].fillna(1).astype(int) if "blocks" in data else pd.Series(1, index=data.index)


def is_unexplained(data: pd.DataFrame) -> pd.Series:
    """Tell which rows are of blocks that no rule explains."""
    return (data["kind"] == "other") & data["article_id"].isna()


def kind_words(tables: Tables) -> pd.DataFrame:
    """Return one row a kind of block that has words: kind, blocks, words, in order of words."""
    counts = []
    for part in tables.parts():
        blocks = part.read("blocks", ["kind", "text"])
        words = pd.Series([count_words(text) for text in blocks["text"]], index=blocks.index, dtype="int64")
        counts.append(words.groupby(blocks["kind"]).agg(blocks="size", words="sum"))
    data = pd.concat(counts).groupby(level=0).sum().reset_index()
    return data[data["words"] > 0].sort_values(["words", "kind"], ascending=[False, True], ignore_index=True)


def draw_kind_words(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar for the words of each kind of block, labelled at its end."""
    sns.barplot(data, x="words", y="kind", color="#c4c4c4", ax=ax, width=0.62)
    for patch, kind in zip(ax.patches, data["kind"], strict=True):
        patch.set_facecolor(BLUE if kind == "body" else "#c4c4c4")
    for y, row in enumerate(data.itertuples()):
        ax.annotate(
            f"{row.words:,} in {row.blocks:,} {'block' if row.blocks == 1 else 'blocks'}",
            (row.words, y),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    ax.set_yticks(range(len(data)), [KIND_NAMES[kind] for kind in data["kind"]])
    ax.set_xlim(0, float(np.max(data["words"])) * 1.25)
    ax.set_xlabel("words")
    ax.set_ylabel("")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    return ax


def kind_words_words(data: pd.DataFrame) -> Words:
    """Say what share of the words is body text."""
    words = data.set_index("kind")["words"]
    total, body = int(words.sum()), int(words.get("body", 0))
    listed = ", ".join(f"{KIND_NAMES[kind]} {n:,}" for kind, n in words.items())
    return Words(
        f"{share(body, total)} of the words are the articles’ own text",
        f"Words by kind of block, n = {total:,} words in {int(data['blocks'].sum()):,} blocks",
        "A word is a run of characters between spaces that holds a letter or a digit. Only body text is counted in what follows; captions and links are not the reporter’s account.",
        f"Bars of words by kind of block: {listed}. {share(body, total)} of {total:,} words are body text.",
    )


FIGURES = (
    Figure(
        "source-map",
        "00-corpus",
        ("articles", "blocks"),
        source_map,
        draw_source_map,
        source_map_words,
        lambda data: 1.0 + 0.34 * min(MAX_LANES, max(3, data["article_id"].nunique())),
    ),
    Figure(
        "publication-dates",
        "00-corpus",
        ("articles",),
        dates,
        draw_dates,
        dates_words,
        dates_height,
    ),
    Figure(
        "words-by-kind",
        "00-corpus",
        ("blocks",),
        kind_words,
        draw_kind_words,
        kind_words_words,
        lambda data: 0.8 + 0.36 * max(2, len(data)),
    ),
)
