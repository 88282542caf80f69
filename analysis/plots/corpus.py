"""Figures of notebook 00-corpus: the source as a map, the articles in time, words by kind of block."""

from __future__ import annotations

import datetime as dt
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.furniture import count_words
from analysis.layout import BLOCK_KINDS
from analysis.plots import (
    BLUE,
    GREEN,
    INK,
    MONTHS,
    PALE,
    PURPLE,
    SECOND,
    VERMILION,
    Figure,
    Words,
    count,
    day,
    densest,
    every,
    is_cluster,
    lane_label,
    number,
    opened,
    share,
)
from analysis.plots.leads import article, sentences
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
BASIS_LOOK = {
    "given": ("o", INK),
    "dateline": ("P", INK),
    "weekday+caption": ("s", BLUE),
    "weekday+event": ("D", VERMILION),
    "weekday+neighbours": ("^", GREEN),
    "curated": ("*", PURPLE),
    "none": ("|", SECOND),
}
BASIS_NAMES = {
    "given": "given by the record",
    "dateline": "printed in the opening",
    "weekday+caption": "weekday and a caption’s date",
    "weekday+event": "weekday and a dated event",
    "weekday+neighbours": "weekday and its neighbours",
    "curated": "set by hand, with a reason",
    "none": "an interval only",
}
MAX_LANES = 40
NO_TITLE = "no title"
CROWD_HEIGHT = 6.0  # inches
GAP_MONTHS = 2  # a stretch without an article this long is hatched and named


def source_map(tables: Tables) -> pd.DataFrame:
    """Return one row a block: lane (article_id, or the file for what stands between), title, kind, offset, length, words."""
    data = tables.blocks[["source", "article_id", "block_id", "kind", "start", "end"]].copy()
    titles = tables.articles.set_index("article_id")
    data["lane"] = data["article_id"].fillna(data["source"])
    data["title"] = data["article_id"].map(titles["title"]).fillna("between articles")
    data["length"] = data["end"] - data["start"]
    # Laid end to end: a record's title counts apart from its text.
    data["offset"] = data.groupby("lane", sort=False)["length"].cumsum() - data["length"]
    data["words"] = [count_words(text) for text in tables.blocks["text"].fillna("")]
    return data


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
    n = data["article_id"].nunique()
    unexplained = data[(data["kind"] == "other") & data["article_id"].isna()]
    total = int(data["length"].sum())
    body = int(data.loc[data["kind"] == "body", "length"].sum())
    counts, rest = data.drop(unexplained.index)["kind"].value_counts(), n - MAX_LANES
    title = (
        "Every character of the source has its place"
        if unexplained.empty
        else f"No rule explains {share(int(unexplained['length'].sum()), total)} of the source"
    )
    listed = ", ".join(f"{KIND_NAMES[kind]} {counts[kind]:,}" for kind in BLOCK_KINDS if counts.get(kind, 0))
    listed += f", not explained by any rule {len(unexplained):,}" if len(unexplained) else ""
    return Words(
        title,
        f"A strip for each article, a cell for each block, white where lines are blank; {count(n, 'article')}, n = {total:,} characters",
        f"Laid end to end, the {len(data):,} blocks are the source; {share(body, total)} of its characters are body text, the only part analysed as the article’s words."
        + (f" Drawn are the first {MAX_LANES} articles; {rest:,} more are not." if rest > 0 else ""),
        f"Strips for {count(n, 'article')} in the order of the source, divided into blocks. {title}: {total:,} characters in {len(data):,} blocks ({listed}). "
        f"Each article opens with its title{' and captions' if counts.get('caption', 0) else ''}; the body makes up {share(body, total)} of all characters.",
    )


def dates(tables: Tables) -> pd.DataFrame:
    """Return one row an article by date: article_id, title, published, earliest, latest, basis; undated last."""
    columns = [
        "article_id",
        "title",
        "published",
        "published_earliest",
        "published_latest",
        "published_basis",
        "published_evidence",
    ]
    data = tables.articles[columns].rename(columns=lambda name: name.removeprefix("published_"))
    return data.sort_values(["published", "earliest", "article_id"], ignore_index=True)


def draw_dates(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane an article: a mark for the day, a bar for the interval, an arrow where it is open.

    Where there are more than can be named, all are drawn without their names and days.
    """
    is_named = len(data) <= MAX_LANES
    known = pd.concat([data["published"], data["earliest"], data["latest"]]).dropna()
    if not is_named and data["published"].notna().any():
        # One article that may be of any of many years would leave no room for the others.
        known = data["published"].dropna()
    ax.set_ylim(len(data) - 0.4, -0.6 if is_named else -0.02 * len(data))
    if is_named:
        ax.set_yticks(range(len(data)), [lane_label(title or NO_TITLE) for title in data["title"]])
    else:
        ax.set_ylabel("articles in order of date")
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.yaxis.set_major_formatter("{x:,.0f}")
    if known.empty:
        ax.text(0.5, 0.5, "no article has a day or a bound", transform=ax.transAxes, ha="center", color=SECOND)
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
        return ax
    start, end = known.min(), known.max()
    margin = max((end - start) * 0.04, pd.Timedelta(days=3))
    ax.set_xlim(mdates.date2num(start - margin), mdates.date2num(end + margin))
    if not is_named:
        _draw_crowd(data, ax, start - margin, end + margin)
    for y, row in enumerate(data.itertuples() if is_named else ()):
        marker, colour = BASIS_LOOK[row.basis]
        ax.axhline(y, color="#f0f0f0", linewidth=9, zorder=0)
        left = row.earliest if pd.notna(row.earliest) else start - margin
        right = row.latest if pd.notna(row.latest) else end + margin
        if pd.isna(row.published):
            ax.plot([left, right], [y, y], color=SECOND, linewidth=3, solid_capstyle="butt")
            for x, is_open, shape in ((left, pd.isna(row.earliest), "<"), (right, pd.isna(row.latest), ">")):
                ax.plot([x], [y], marker=shape if is_open else "|", color=SECOND, markersize=8, markeredgewidth=2)
        else:
            ax.plot([left, right], [y, y], color=colour, linewidth=3, solid_capstyle="butt")
            (mark,) = ax.plot(
                [row.published], [y], marker, color=colour, markersize=8, markeredgecolor="white", zorder=3
            )
            mark.set_url(article(row.article_id))
        _label_day(row, left, right, y, ax, is_late=(right - start) > (end - start) * 0.75)
    _hatch_gaps(data, ax)
    ax.xaxis_date()
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=8))
    days = (end - start).days
    ax.xaxis.set_major_formatter(lambda x, _: _tick(mdates.num2date(x), days))
    bases = [basis for basis in BASIS_LOOK if (data["basis"] == basis).any()]
    handles = [
        ax.plot([], [], BASIS_LOOK[b][0], color=BASIS_LOOK[b][1], markersize=7, label=BASIS_NAMES[b])[0] for b in bases
    ]
    ax.legend(handles=handles)
    return ax


def _draw_crowd(data: pd.DataFrame, ax: Axes, left: pd.Timestamp, right: pd.Timestamp) -> None:
    """Draw many articles without names: a small mark for a day, a thin bar for an interval, pale where all is open."""
    lanes = pd.Series(range(len(data)), index=data.index)
    is_open = data["published"].isna() & data["earliest"].isna() & data["latest"].isna()
    ends = data["earliest"].fillna(left), data["latest"].fillna(right)
    ax.hlines(lanes, *ends, color=[PALE if is_all else SECOND for is_all in is_open], linewidth=0.8)
    for basis, group in data.dropna(subset="published").groupby("basis", sort=False):
        marker, colour = BASIS_LOOK[str(basis)]
        ax.scatter(group["published"], lanes[group.index], s=9, marker=marker, color=colour, linewidths=0, zorder=3)


def _label_day(row: Any, left: pd.Timestamp, right: pd.Timestamp, y: int, ax: Axes, *, is_late: bool) -> None:
    """Set the day beside its mark, on the side where there is room, or an interval's ends above its bar."""
    if pd.notna(row.published):
        x, label = (left if is_late else right), day(row.published)
        shift, align = ((-9 if is_late else 9), 0), ("right" if is_late else "left", "center")
    else:
        x, label = left + (right - left) / 2, f"{_or_open(row.earliest)} to {_or_open(row.latest)}"
        if pd.isna(row.earliest) and pd.isna(row.latest):
            label = "day not known"
        begin, end = ax.get_xlim()
        place = (mdates.date2num(x) - begin) / (end - begin)
        # In the middle of its bar, unless it would leave the axes there.
        side = "left" if place < 0.2 else "right" if place > 0.8 else "center"
        x = {"left": left, "right": right}.get(side, x)
        shift, align = (0, 4), (side, "bottom")
    ax.annotate(
        label, (mdates.date2num(x), y), xytext=shift, textcoords="offset points", ha=align[0], va=align[1], fontsize=9
    )


def _or_open(end: pd.Timestamp) -> str:
    return day(end) if pd.notna(end) else "?"


def _tick(day: dt.datetime, n_days: int) -> str:
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return f"{day.day} {month}" if n_days < 90 else month if n_days < 5 * 365 else str(day.year)


def _hatch_gaps(data: pd.DataFrame, ax: Axes) -> None:
    if data["published"].notna().sum() < 2:
        return
    # An article without a day is somewhere in its interval, so that this is no stretch without articles.
    earliest, latest = (data["published"].fillna(data[end]) for end in ("earliest", "latest"))
    known = pd.DataFrame({"from": earliest.fillna(latest), "to": latest.fillna(earliest)}).dropna().sort_values("from")
    whole = known["to"].max() - known["from"].min()
    for before, after in zip(known["to"].cummax(), known["from"].iloc[1:], strict=False):
        first = (before + pd.offsets.MonthBegin(1)).normalize()
        last = after.normalize().replace(day=1)
        if (last.year - first.year) * 12 + last.month - first.month < GAP_MONTHS:
            continue
        ax.axvspan(
            mdates.date2num(first),
            mdates.date2num(last),
            facecolor="none",
            edgecolor=PALE,
            hatch="///",
            linewidth=0,
            zorder=-1,
        )
        if (last - first) / whole < 0.14:
            continue
        ax.annotate(
            "no articles",
            (mdates.date2num(first + (last - first) / 2), 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 1),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
            color=SECOND,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )


def dates_words(data: pd.DataFrame) -> Words:
    """Say how many articles have a day, how many come from the densest stretch, and by which rules."""
    n, dated = len(data), data["published"].dropna()
    everything = "the one article" if n == 1 else f"the {number(n)} articles"
    caption = "A mark is a day, a bar the interval that the evidence allows, an arrow an open end; hatched: months without an article."
    if n > MAX_LANES:
        caption += f" Of more than {MAX_LANES} articles, names and days are not written out."
    if (data["basis"] != "given").any():
        caption += " Where the record gives no date, the day is worked out from the words of the article."
    if dated.empty:
        title = f"No day can be given for {everything}"
        return Words(
            title,
            f"Possible dates of publication, n = {n:,}",
            caption,
            f"Time line of {everything}. {title}; the intervals are in the table.",
        )
    most, first, last = densest(data["published"])
    title = f"{number(len(dated)).capitalize()} of {everything} can be dated to a day"
    if n == 1:
        title = f"The one article is dated {day(dated.iloc[0])}"
    elif most > 1 and is_cluster(most, len(dated)):
        title = f"{number(most).capitalize()} of {everything} come from {count((last - first).days + 1, 'day')}"
    elif len(dated) == n:
        title = f"{opened(every(n, 'article'))} can be dated to a day"
    n_open = n - len(dated)
    without = f", {number(n_open)} of them without a day" if n_open else ""
    first_day, last_day = day(dated.min()), day(dated.max())
    over = first_day if first_day == last_day else f"{first_day} to {last_day}"
    bases = data["basis"].value_counts()
    rules = ", ".join(f"{bases[basis]} {BASIS_NAMES[basis]}" for basis in BASIS_NAMES if bases.get(basis, 0))
    return Words(
        title,
        f"Day of publication by the rule that gave it, {over}, n = {n:,}{without}",
        caption,
        f"Time line of {everything}{' on' if first_day == last_day else ' from'} {over}{without}. {title}; the densest stretch is {day(first)} to {day(last)}. "
        f"Rules: {rules}.",
    )


def kind_words(tables: Tables) -> pd.DataFrame:
    """Return one row a kind of block that has words: kind, blocks, words, in order of words."""
    data = source_map(tables).groupby("kind", as_index=False).agg(blocks=("words", "size"), words=("words", "sum"))
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
        lambda data: 1.1 + 0.36 * max(3, len(data)) if len(data) <= MAX_LANES else CROWD_HEIGHT,
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
