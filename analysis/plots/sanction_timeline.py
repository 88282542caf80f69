"""The time line of sanction threads: who tells of what stage when, months without an article hatched.

Time is the day of the article: the first report of an event is not its date. Where there are more days than
fit side by side a column is a month, and where there are more months a year.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.plots import INK, MONTHS, SECOND, Words, ahead, count, every, named, nothing, number, opened
from analysis.plots.leads import sentence
from analysis.plots.reported import short
from analysis.plots.sanction_events import STAGE_LOOK, drawn, left_out, ranked_threads, told
from analysis.tables import Tables
from analysis.threads import RANKS

MAX_COLUMNS = {"%Y-%m-%d": 12, "%Y-%m": 24}  # times that can stand side by side; beyond, the next coarser one
MAX_LABELLED = 8  # width, in columns, up to which each mark is labelled with who says it


def timeline(tables: Tables) -> pd.DataFrame:
    """Return one row a thread, stage and time: thread, stage, when, gap, events, sentence_id, said_by.

    `when` is the day of the article, or its month or year where there are more than fit side by side, and missing
    where the article has no day; `sentence_id` is of the first event; `gap` is the whole months without any article before it. Empty without a day.
    """
    events = told(tables)
    dated = events[events["published"].notna()]
    form = next((form for form, n in MAX_COLUMNS.items() if dated["published"].dt.strftime(form).nunique() <= n), "%Y")
    events["when"] = events["published"].dt.strftime(form)
    grouped = events.groupby(["thread", "stage", "when"], as_index=False, dropna=False).agg(
        events=("stage", "size"),
        sentence_id=("sentence_id", "first"),
        said_by=("said_by", lambda names: "; ".join(dict.fromkeys(names))),
    )
    order = {thread: n for n, thread in enumerate([*ranked_threads(dated), *ranked_threads(events)][::-1])}
    grouped["rank"] = [(-order[row.thread], RANKS[row.stage], str(row.when)) for row in grouped.itertuples()]
    grouped = grouped.sort_values("rank", ignore_index=True).drop(columns="rank")
    days = tables.read("articles", ["published", "published_earliest", "published_latest"])
    with_article = {(day.year, day.month) for day in _days(days)}
    whens = sorted(grouped["when"].dropna().unique())
    gaps = {b: _empty_months(a, b, with_article) for a, b in zip(whens, whens[1:], strict=False)}
    grouped.insert(3, "gap", [gaps.get(when, 0) for when in grouped["when"]])
    return grouped if whens else grouped.iloc[:0]


def _days(articles: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the days on which articles appeared, or may have: those of an interval that is closed."""
    ends = articles.loc[articles["published"].isna(), ["published_earliest", "published_latest"]]
    may_be = [pd.date_range(*pair, freq="D") for pair in ends.dropna().drop_duplicates().itertuples(index=False)]
    return pd.DatetimeIndex(articles["published"].dropna()).append(may_be).unique()


def _empty_months(first: str, last: str, with_article: set[tuple[int, int]]) -> int:
    """Count the whole months between two days, months or years in which the corpus has no article."""
    y, m = int(first[:4]), int(first[5:7] or 12)
    last_year, last_month = int(last[:4]), int(last[5:7] or 1)
    empty = 0
    while (y, m) < (last_year, last_month):
        y, m = (y + 1, 1) if m == 12 else (y, m + 1)
        empty += (y, m) < (last_year, last_month) and (y, m) not in with_article
    return empty


def _columns(data: pd.DataFrame) -> tuple[dict[str, float], list[tuple[float, int]]]:
    """Return the place of each time on the axis, and (place, months) of each gap between two."""
    places: dict[str, float] = {}
    gaps = []
    x = 0.0
    known = data.drop_duplicates("when").set_index("when")["gap"]
    for when in sorted(known.index):
        if known[when]:
            gaps.append((x, int(known[when])))
            x += 0.5
        places[when] = x
        x += 1
    return places, gaps


def _is_labelled(data: pd.DataFrame) -> bool:
    """Tell whether the columns, with the gaps between them, leave room to write beside each mark."""
    places, _ = _columns(data)
    return max(places.values()) < MAX_LABELLED


def _date_label(when: str) -> str:
    if len(when) == 4:
        return when
    month = MONTHS[int(when[5:7]) - 1]
    return f"{int(when[8:])} {month}\n{when[:4]}" if len(when) > 7 else f"{month}\n{when[:4]}"


def draw_timeline(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane a thread with a row a stage, a mark an event, months without an article hatched."""
    data = _dated(data)
    places, gaps = _columns(data)
    lanes = _lanes(data)
    right = max(places.values()) + 0.62
    for thread, (top, rows) in lanes.items():
        ax.add_patch(Rectangle((-0.55, top - 0.42), right + 0.55, len(rows) - 0.16, color="#f4f4f4", zorder=0))
        # On white, so that a long name stays readable where it crosses a hatched stretch.
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        name = short(thread, 80)
        ax.text(-0.55, top - 0.52, name, fontsize=9.5, fontweight="bold", color=INK, va="bottom", bbox=box, zorder=5)
    is_labelled = _is_labelled(data)
    for row in data.itertuples():
        top, rows = lanes[row.thread]
        x, y = places[row.when], top + rows.index(row.stage)
        marker, colour = STAGE_LOOK[row.stage]
        (mark,) = ax.plot([x - 0.38], [y], marker, color=colour, markersize=8, markeredgecolor="white", zorder=3)
        mark.set_url(sentence(row.sentence_id))
        times = f"{row.events:,}× " if row.events > 1 else ""
        if is_labelled:
            who = textwrap.wrap(times + row.said_by.replace("; ", ", "), 15, max_lines=2, placeholder=" …")
            ax.text(x - 0.26, y, "\n".join(who), va="center", fontsize=7, color=INK, linespacing=1.05)
        elif times:
            ax.text(x - 0.2, y, times.strip(), va="center", fontsize=7.5, color=INK)
    bottom = max(top + len(rows) for top, rows in lanes.values()) - 0.4
    for x, months in gaps:
        ax.add_patch(
            Rectangle(
                (x - 0.52, -0.95), 0.44, bottom + 0.95, facecolor="white", edgecolor="#b5b5b5", hatch="////", lw=0
            )
        )
        ax.text(
            x - 0.3,
            (bottom - 0.95) / 2,
            f"{count(months, 'month')} without an article",
            ha="center",
            va="center",
            rotation=90,
            fontsize=8,
            color=SECOND,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
        )
    ax.set_xlim(-0.6, right)
    ax.set_ylim(bottom, -1.05)
    step = -(-len(places) // MAX_COLUMNS["%Y-%m"])
    named = [(x - 0.38, _date_label(when)) for when, x in list(places.items())[::step]]
    ax.set_xticks([x for x, _ in named], [label for _, label in named])
    ax.tick_params(axis="x", length=0, pad=4, labelsize=9 if len(places) <= MAX_COLUMNS["%Y-%m-%d"] else 8)
    ax.set_xlabel(f"{_unit(data)} of the article")
    ax.spines["bottom"].set_visible(False)
    ax.set_yticks(
        [top + n for top, rows in lanes.values() for n in range(len(rows))],
        [stage for _, rows in lanes.values() for stage in rows],
    )
    return ax


def _dated(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are drawn: those with a time, of the threads with most of them."""
    return drawn(data.dropna(subset="when"))


def _unit(data: pd.DataFrame) -> str:
    return {4: "year", 7: "month", 10: "day"}[len(data["when"].dropna().iloc[0])]


def _lanes(data: pd.DataFrame) -> dict[str, tuple[float, list[str]]]:
    """Return the top row and the stages of each thread."""
    lanes: dict[str, tuple[float, list[str]]] = {}
    y = 0.0
    for thread, group in data.groupby("thread", sort=False):
        stages = sorted(group["stage"].unique(), key=RANKS.__getitem__)
        lanes[str(thread)] = (y, stages)
        y += len(stages) + 0.75
    return lanes


def timeline_height(data: pd.DataFrame) -> float:
    """Return inches for the lanes of a time line."""
    return 0.8 + 0.26 * (sum(len(rows) + 0.75 for _, rows in _lanes(_dated(data)).values()) if len(data) else 3)


def timeline_words(data: pd.DataFrame) -> Words:
    """Say which thread has the most events, and over which time."""
    if data.empty:
        return nothing("No sanction event is told in an article with a day")
    dated, shown = data.dropna(subset="when"), _dated(data)
    totals = dated.groupby("thread", sort=False)["events"].sum()
    total, first = int(totals.sum()), ahead(totals)
    months = int(shown.drop_duplicates("when")["gap"].sum())
    most = number(int(totals.max()))
    title = f"{first[0]}: {most} of {count(total, 'event')}, in {_stages(dated, first[0])}"
    if total == 1:
        title = f"{first[0]}: the one event told, {dated['stage'].iloc[0]}"
    elif len(totals) == 1:
        title = f"{first[0]}: {every(total, 'event')}, in {_stages(dated, first[0])}"
    elif len(first) > 1:
        title = f"{opened(named(first, 'thread'))} have most events, {most} of {number(total)} each"
    hatched = (
        f" Hatched: {count(months, 'month')} without any article, of which the corpus says nothing." if months else ""
    )
    n_undated = int(data["events"].sum()) - total
    without = f" {count(n_undated, 'event').capitalize()} of articles without a day left out." if n_undated else ""
    is_labelled = _is_labelled(shown)
    return Words(
        title,
        f"Sanction events by thread, stage and {_unit(dated)} of the article, n = {total:,}"
        + ("; each mark says who tells it" if is_labelled else "; 2× and more: events of one mark"),
        "A thread is what one side does towards another. A mark stands at the day of the report, not of the deed."
        + (" Where nobody is quoted, asks or blocks, the agency tells it." if is_labelled else "")
        + hatched
        + without
        + left_out(dated),
        f"Time line of {count(len(totals), 'thread')}. {title}. "
        + " ".join(
            f"{thread}: " + ", ".join(f"{r.stage} {r.events} on {r.when}" for r in group.itertuples()) + "."
            for thread, group in shown.groupby("thread", sort=False)
        ),
    )


def _stages(data: pd.DataFrame, thread: str) -> str:
    stages = sorted(data.loc[data["thread"] == thread, "stage"].unique(), key=RANKS.__getitem__)
    return (
        f"one stage, {stages[0]}"
        if len(stages) == 1
        else f"{number(len(stages))} stages from {stages[0]} to {stages[-1]}"
    )
