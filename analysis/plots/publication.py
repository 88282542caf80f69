"""The articles in time: a mark for a day, a bar for an interval, arrows where it is open; of a crowd how many a month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plots import (
    BLUE,
    GREEN,
    INK,
    MONTHS,
    PALE,
    PURPLE,
    SECOND,
    VERMILION,
    Words,
    count,
    day,
    densest,
    every,
    is_cluster,
    is_crowd,
    lane_label,
    number,
    opened,
)
from analysis.plots.leads import article
from analysis.tables import Tables

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
NO_DATE, NO_TITLE = "no date", "no title"
MAX_LANES = 40
CROWD_HEIGHT, MONTHS_HEIGHT = 6.0, 3.4  # inches
MAX_TICKS = 14  # months that are named
GAP_MONTHS = 2  # a stretch without an article this long is hatched and named


def in_order(tables: Tables) -> list[str]:
    """Return the articles in order of date, those without one last."""
    articles = tables.read("articles", ["article_id", "published", "published_earliest"])
    ordered = articles.sort_values(["published", "published_earliest", "article_id"])
    return ordered["article_id"].tolist()


def months(days: pd.Series) -> pd.Series:
    """Return the month of each day, "2020-08", or "no date"."""
    return days.dt.strftime("%Y-%m").astype("string").fillna(NO_DATE)


def date_label(article: pd.Series) -> str:
    return f"{article['published']:%Y-%m-%d}" if pd.notna(article["published"]) else NO_DATE


def dates(tables: Tables) -> pd.DataFrame:
    """Return one row an article by date: article_id, title, published, earliest, latest, basis; undated last.

    Of a crowd of articles it is one row a day and basis: published, basis, articles.
    """
    if is_crowd(tables):
        days = tables.read("articles", ["published", "published_basis"]).rename(columns={"published_basis": "basis"})
        return days.groupby(["published", "basis"], dropna=False).size().rename("articles").reset_index()
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

    Where there are more than can be named, all are drawn without their names and days; of a crowd how many a month.
    """
    if "articles" in data:
        return _draw_months(data, ax)
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


def _draw_months(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar a month, parted by the rule that gave the days, months without an article left white."""
    dated = data.dropna(subset="published")
    if dated.empty:
        ax.set_axis_off()
        ax.text(0.5, 0.5, "no article has a day", transform=ax.transAxes, ha="center", color=SECOND)
        return ax
    months = dated["published"].dt.to_period("M")
    wide = dated.groupby([months, "basis"])["articles"].sum().unstack(fill_value=0)
    wide = wide.reindex(pd.period_range(wide.index.min(), wide.index.max(), freq="M"), fill_value=0)
    below = np.zeros(len(wide))
    for basis in (basis for basis in BASIS_LOOK if basis in wide):
        look = {"color": BASIS_LOOK[basis][1], "width": 0.9, "label": BASIS_NAMES[basis]}
        ax.bar(range(len(wide)), wide[basis], bottom=below, **look)
        below = below + wide[basis].to_numpy(dtype=float)
    every = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(wide) / n <= MAX_TICKS)
    ticks = [n for n, month in enumerate(wide.index) if (month.month - 1 + 12 * month.year) % every == 0]
    ax.set_xticks(ticks, [f"{MONTHS[wide.index[n].month - 1]}\n{wide.index[n].year}" for n in ticks])
    ax.set_ylabel("articles a month")
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.legend()
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
    is_summed = "articles" in data
    if is_summed:
        data = data.loc[data.index.repeat(data["articles"])]
    n, dated = len(data), data["published"].dropna()
    everything = "the one article" if n == 1 else f"the {number(n)} articles"
    caption = "A mark is a day, a bar the interval that the evidence allows, an arrow an open end; hatched: months without an article."
    if is_summed:
        caption = "A bar is a month of publication; a gap is a month without an article."
    elif n > MAX_LANES:
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


def dates_height(data: pd.DataFrame) -> float:
    """Return inches for a lane an article, for very many articles, or for months."""
    if "articles" in data:
        return MONTHS_HEIGHT
    return 1.1 + 0.36 * max(3, len(data)) if len(data) <= MAX_LANES else CROWD_HEIGHT
