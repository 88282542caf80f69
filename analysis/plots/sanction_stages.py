"""Sanction threads by stage: which stages are told, how many days lie between first reports, who calls and holds up."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots import INK, SECOND, Words, ahead, count, every, lane_label, named, nothing, number, opened
from analysis.plots.leads import sentence
from analysis.plots.mentions import people
from analysis.plots.reported import short
from analysis.plots.sanction_events import STAGE_LOOK, TOP, drawn, left_out, ranked_threads, told
from analysis.tables import Tables
from analysis.threads import RANKS

LABEL_FOOT, LABEL_LINE = 8, 11  # points: from a line to its labels, and a line of them
LETTER = 0.0118  # of a label, as a share of the longest line
MOST_DOTS = 60  # events of a row that are drawn one by one
MAX_ROWS = 2 * TOP  # of actors who call or hold up

# Sender by target.


def reached(tables: Tables) -> pd.DataFrame:
    """Return one row a thread and stage: sender, target, stage, events, sentence_id (of the first); threads with most events first."""
    events = told(tables)
    order = {thread: n for n, thread in enumerate(ranked_threads(events))}
    grouped = events.groupby(["thread", "sender", "target_side", "stage"], as_index=False)
    data = grouped.agg(events=("stage", "size"), sentence_id=("sentence_id", "first"))
    data["rank"] = [(order[row.thread], RANKS[row.stage]) for row in data.itertuples()]
    data = data.sort_values("rank", ignore_index=True).drop(columns="rank")
    return data.rename(columns={"target_side": "target"})


def draw_reached(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a table of threads by stages, a mark where the stage is told, the number of events beside it."""
    data = drawn(data)
    threads = list(dict.fromkeys(data["thread"]))
    stages = [stage for stage in RANKS if stage in set(data["stage"])]
    for y in range(len(threads)):
        ax.axhline(y, color="#ececec", linewidth=9, zorder=0)
    for row in data.itertuples():
        marker, colour = STAGE_LOOK[row.stage]
        x, y = stages.index(row.stage), threads.index(row.thread)
        (mark,) = ax.plot([x], [y], marker, color=colour, markersize=11, markeredgecolor="white", zorder=3)
        mark.set_url(sentence(row.sentence_id))
        ax.annotate(
            f"{row.events:,}", (x, y), xytext=(9, 0), textcoords="offset points", va="center", fontsize=9, color=INK
        )
    ax.set_ylim(len(threads) - 0.5, -0.6)
    ax.set_xlim(-0.5, len(stages) - 0.4)
    ax.set_yticks(range(len(threads)), [lane_label(thread) for thread in threads])
    ax.set_xticks(range(len(stages)), stages)
    ax.xaxis.tick_top()
    ax.set_xlabel("stage that is told")
    ax.xaxis.set_label_position("top")
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)
    return ax


def reached_words(data: pd.DataFrame) -> Words:
    """Say in how many threads an imposition is told, and which got no further than words."""
    if data.empty:
        return nothing("No sanction event is told")
    threads = list(dict.fromkeys(data["thread"]))
    imposed = list(dict.fromkeys(data.loc[data["stage"].isin(("imposition", "easing")), "thread"]))
    n = len(threads)
    title = f"Measures in force are told of in {number(len(imposed))} of {count(n, 'thread')}"
    if len(imposed) == n:
        title = f"Measures in force are told of in {every(n, 'thread')}"
    elif not imposed:
        title = f"No measure in force is told of in {every(1, 'thread') if n == 1 else f'any of {number(n)} threads'}"
    last = drawn(data).groupby("thread", sort=False)["stage"].agg(lambda stages: max(stages, key=RANKS.__getitem__))
    return Words(
        title,
        f"Sender and target by the stages that are told, with the number of events, n = {int(data['events'].sum()):,}",
        "Stages from the first demand to the lifting; an empty place means that the corpus tells nothing of it, not that nothing was."
        + left_out(data),
        f"Table of threads by stages. {title}. Furthest stage told: "
        + "; ".join(f"{thread} {stage}" for thread, stage in last.items())
        + ".",
    )


# From call to imposition.


def first_reports(tables: Tables) -> pd.DataFrame:
    """Return one row a thread and stage: thread, stage, first (day of the first report), sentence_id, days.

    `days` are those since the first report of the thread.
    """
    events = told(tables).dropna(subset="published")
    data = events.groupby(["thread", "stage"], as_index=False).agg(
        first=("published", "min"), sentence_id=("sentence_id", "first")
    )
    data = data[data.groupby("thread")["first"].transform("nunique") > 1]
    if data.empty:
        return data.assign(days=pd.Series(dtype="int64"))
    start = data.groupby("thread")["first"].transform("min")
    data["days"] = (data["first"] - start).dt.days
    order = {thread: n for n, thread in enumerate(ranked_threads(events))}
    data["rank"] = [(order[row.thread], row.days, RANKS[row.stage]) for row in data.itertuples()]
    return data.sort_values("rank", ignore_index=True).drop(columns="rank")


def draw_first_reports(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a line a thread from its first report on, a mark where a stage is first told, its name above."""
    data = drawn(data)
    longest = max(int(data["days"].max()), 1)
    y, places = 0.0, {}
    for thread, rows in data.groupby("thread", sort=False):
        # In inches, so that the labels above a line have the room they need.
        y += _lane_height(rows, longest)
        places[str(thread)] = y
        ax.plot([0, rows["days"].max()], [y, y], color="#c4c4c4", linewidth=2, zorder=1)
        leads = dict(zip(rows["stage"], rows["sentence_id"], strict=True))
        for days, stages, label, level in _labels(rows, longest):
            for n, stage in enumerate(stages):
                marker, colour = STAGE_LOOK[stage]
                x = days + n * longest * 0.018
                (mark,) = ax.plot([x], [y], marker, color=colour, markersize=9, markeredgecolor="white", zorder=3)
                mark.set_url(sentence(leads[stage]))
            ax.annotate(
                label,
                (days, y),
                xytext=(-3, LABEL_FOOT + LABEL_LINE * level),
                textcoords="offset points",
                fontsize=8,
                va="bottom",
                color=INK,
                linespacing=1.15,
            )
            if level:
                ax.plot([days, days], [y, y - 0.126 * level], color="#c4c4c4", linewidth=0.8, zorder=0)
    ax.set_ylim(y + 0.3, 0)
    ax.set_xlim(-longest * 0.03, longest * 1.12)
    ax.set_yticks(list(places.values()), [lane_label(thread) for thread in places])
    ax.xaxis.set_major_formatter("{x:,g}")
    ax.set_xlabel("days since the first report of the thread")
    return ax


def _labels(rows: pd.DataFrame, longest: int) -> list[tuple[int, list[str], str, int]]:
    """Return (day, stages, label, level above the line) for the marks of one thread, so that no labels meet."""
    ends: list[float] = []  # where the last label ends on each level above the line
    placed = []
    for days, group in rows.groupby("days"):
        when = f"day {days:,}" if days else f"{group['first'].iloc[0]:%Y-%m-%d}"
        lines = [*group["stage"], when]
        end = days + longest * max(0.14, LETTER * max(map(len, lines)))
        level = next((k for k in range(len(ends) + 1) if all(e < days for e in ends[k : k + len(lines)])), len(ends))
        ends[level : level + len(lines)] = [end] * len(lines)
        placed.append((int(days), list(group["stage"]), "\n".join(lines), level))
    return placed


def _lane_height(rows: pd.DataFrame, longest: int) -> float:
    n_lines = max(level + len(stages) + 1 for _, stages, _, level in _labels(rows, longest))
    return max(1.05, (LABEL_FOOT + LABEL_LINE * n_lines + 14) / 72)


def first_reports_height(data: pd.DataFrame) -> float:
    """Return inches for the lanes of first reports with the labels above them."""
    longest = max(int(data["days"].max()), 1) if len(data) else 1
    return 0.9 + sum(_lane_height(rows, longest) for _, rows in drawn(data).groupby("thread", sort=False))


def first_reports_words(data: pd.DataFrame) -> Words:
    """Say how long a thread took from its first report to the first report of an imposition."""
    if data.empty:
        return nothing("No thread has stages that are first told of on different days")
    imposed = data[(data["stage"] == "imposition") & (data["days"] > 0)]
    caption = (
        "Days between reports, not between deeds: what was decided earlier and told later looks later, and a stage that "
        "no article tells is missing."
    )
    caption += left_out(data)
    if imposed.empty:
        title = "No thread is followed from a first report to an imposition"
    else:
        row = imposed.iloc[0]
        begin = data[data["thread"] == row["thread"]].iloc[0]
        title = f"{row['thread']}: {count(int(row['days']), 'day')} from the first report of {begin['stage']} to that of imposition"
    return Words(
        title,
        f"First report of each stage, {count(data['thread'].nunique(), 'thread')} with stages first told of on different days",
        caption,
        f"{title}. "
        + " ".join(
            f"{thread}: " + ", ".join(f"{r.stage} on day {r.days}" for r in group.itertuples()) + "."
            for thread, group in drawn(data).groupby("thread", sort=False)
        ),
    )


# Who calls, who holds up.


def callers(tables: Tables) -> pd.DataFrame:
    """Return one row an actor, part and thread: name, part (calls, holds up), thread, events, sentence_ids (joined by "; ", the first `MOST_DOTS`)."""
    events = told(tables)
    names = people(tables).set_index("actor_id")["name"].to_dict()
    rows = [
        (names.get(who, who), part, event.thread, event.sentence_id)
        for event in events.itertuples()
        for column, part in (("called_by", "calls"), ("held_up_by", "holds up"))
        if pd.notna(getattr(event, column))
        for who in getattr(event, column).split("; ")
    ]
    data = pd.DataFrame(rows, columns=["name", "part", "thread", "sentence_id"])
    grouped = data.groupby(["name", "part", "thread"], as_index=False)
    data = grouped.agg(
        events=("sentence_id", "size"), sentence_ids=("sentence_id", lambda ids: "; ".join(ids[:MOST_DOTS]))
    )
    totals = data.groupby("name")["events"].sum()
    data["rank"] = [
        (-totals[row.name_], row.name_, row.part, row.thread)
        for row in data.rename(columns={"name": "name_"}).itertuples()
    ]
    return data.sort_values("rank", ignore_index=True).drop(columns="rank")


def shown_callers(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that a chart shows, in their order: those with most events."""
    return data.loc[data["events"].sort_values(ascending=False, kind="stable").index[:MAX_ROWS].sort_values()]


def draw_callers(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a row an actor and thread: a dot an event, calls and hold-ups by shape; a bar for very many."""
    rows = shown_callers(data)
    longest = int(rows["events"].max())
    # A dot beside a bar of thousands would be none.
    is_bar = longest > MOST_DOTS
    for y, (_, part, thread, n, told_in) in enumerate(rows.itertuples(index=False)):
        marker, colour = STAGE_LOOK["call" if part == "calls" else "blocking"]
        ax.axhline(y, color="#ececec", linewidth=9, zorder=0)
        if is_bar:
            ax.plot([0, n], [y, y], color=colour, linewidth=9, solid_capstyle="butt")
        for x, sentence_id in enumerate(told_in.split("; ") if not is_bar else (), start=1):
            (dot,) = ax.plot([x], [y], marker, color=colour, markersize=8, markeredgecolor="white")
            dot.set_url(sentence(sentence_id))
        ax.annotate(
            f"{f'{n:,} · ' if is_bar else ''}{part} · {short(thread, 60)}",
            (n, y),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=SECOND,
        )
    ax.set_xlim(0 if is_bar else 0.5, longest * 1.6 + 1.5)
    ax.set_ylim(len(rows) - 0.5, -0.6)
    ax.set_yticks(range(len(rows)), [lane_label(name) for name in rows["name"]])
    if not is_bar:
        ax.set_xticks(range(1, longest + 1, max(1, longest // 6)))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.set_xlabel("events")
    return ax


def callers_words(data: pd.DataFrame) -> Words:
    """Say who calls for sanctions most and who holds them up."""
    if data.empty:
        return nothing("Nobody is told to call for sanctions or to hold them up")
    totals = data.groupby(["part", "name"], sort=False)["events"].sum()
    said = []
    for part, one, more in (("calls", "calls for sanctions", "call for sanctions"), ("holds up", "holds", "hold")):
        if part not in totals.index.get_level_values(0):
            continue
        first, n = ahead(totals[part]), int(totals[part].max())
        words = one if len(first) == 1 else more
        if part == "holds up":
            words += " them up" if said else " sanctions up"
        elif len(first) < len(totals[part]):
            words += " most often"
        said.append(f"{named(first, 'actor')} {words} ({n:,}{' each' if len(first) > 1 else ''})")
    title = opened(", ".join(said))
    rest = len(data) - MAX_ROWS
    return Words(
        title,
        f"Events in which somebody asks for sanctions or holds them up, by actor and thread, n = {int(data['events'].sum()):,}",
        "A sentence that tells of two targets makes two events. Who asks without being named is not in it."
        + (f" {count(rest, 'row').capitalize()} with fewer events left out." if rest > 0 else ""),
        f"Dots by actor. {title}. "
        + "; ".join(
            f"{row.name_} {row.part} {row.thread} {row.events}"
            for row in shown_callers(data).rename(columns={"name": "name_"}).itertuples()
        )
        + ".",
    )
