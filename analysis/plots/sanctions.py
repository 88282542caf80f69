"""Figures of notebook 02-sanction-threads: who sanctions whom, in which stages, told when and by whom.

All of them count events in the body (`told`); headlines, quotations and weak rows are varied in `variants`.
A thread is what one side does towards another. Time is the day of the article: the first report of an
event is not its date.
"""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.plots import BLUE, GREEN, INK, MONTHS, PURPLE, SECOND, VERMILION, Figure, Words, count, number
from analysis.plots.actors import nothing, people
from analysis.tables import Tables
from analysis.threads import RANKS

TOP = 8  # threads in a figure; the rest is counted in the caption
MAX_COLUMNS = 12  # dates that can stand side by side; beyond, a column is a month
MAX_LABELLED = 8  # columns up to which each mark is labelled with who says it
WEAK_RULES = ("nominal", "act")
# A shape and a colour each, so that neither is needed.
STAGE_LOOK = {
    "call": ("o", PURPLE),
    "consideration": ("D", "#8c8c8c"),
    "threat": ("^", VERMILION),
    "preparation": ("P", GREEN),
    "blocking": ("X", INK),
    "imposition": ("s", BLUE),
    "easing": ("v", "#56B4E9"),
}


def told(tables: Tables, *, with_titles: bool = False) -> pd.DataFrame:
    """Return the events that count, with names, the article's day, agency and order, and who says it."""
    blocks = tables.blocks[["block_id", "kind"]].rename(columns={"kind": "block_kind"})
    events = tables.sanction_events.merge(blocks, on="block_id", validate="many_to_one")
    events = events[events["block_kind"].isin(("title", "body") if with_titles else ("body",))]
    articles = tables.articles[["article_id", "title", "published", "agency"]]
    events = events.merge(articles, on="article_id", validate="many_to_one")
    names = people(tables).set_index("actor_id")["name"].to_dict()
    sides = events["thread_id"].str.split("--", expand=True).reindex(columns=[0, 1])
    events = events.assign(
        sender=[names.get(side, side) for side in sides[0]],
        target_side=[names.get(side, side) for side in sides[1]],
        target=[names.get(who, "unknown") if pd.notna(who) else "unknown" for who in events["target_id"]],
    )
    # Whoever asks, holds up or is quoted says it; else the agency does.
    said = events["called_by"].fillna(events["held_up_by"]).fillna(events["speaker_id"])
    events["said_by"] = [
        "; ".join(names.get(one, one) for one in who.split("; ")) if pd.notna(who) else agency
        for who, agency in zip(said, events["agency"].fillna("the report"), strict=True)
    ]
    events["thread"] = [f"{a} → {b}" for a, b in zip(events["sender"], events["target_side"], strict=True)]
    return events.sort_values(["published", "article_id", "start"], ignore_index=True)


def ranked_threads(events: pd.DataFrame) -> list[str]:
    """Return the threads by number of events, ties by the first one told."""
    counts = events["thread"].value_counts(sort=False)
    first = {thread: n for n, thread in enumerate(dict.fromkeys(events["thread"]))}
    return sorted(counts.index, key=lambda thread: (-counts[thread], first[thread]))


# The time line.


def timeline(tables: Tables) -> pd.DataFrame:
    """Return one row a thread, stage and time: thread, stage, when, label, gap, events, said_by.

    `when` is the day of the article, or its month where there are more than fit side by side; `gap` the
    whole months without any article before it.
    """
    events = told(tables)
    events = events[events["published"].notna()]
    events = events[events["thread"].isin(ranked_threads(events)[:TOP])]
    is_monthly = events["published"].nunique() > MAX_COLUMNS
    events["when"] = events["published"].dt.strftime("%Y-%m" if is_monthly else "%Y-%m-%d")
    grouped = events.groupby(["thread", "stage", "when"], as_index=False).agg(
        events=("stage", "size"), said_by=("said_by", lambda names: "; ".join(dict.fromkeys(names)))
    )
    order = {thread: n for n, thread in enumerate(ranked_threads(events))}
    grouped["rank"] = [(order[row.thread], RANKS[row.stage], row.when) for row in grouped.itertuples()]
    grouped = grouped.sort_values("rank", ignore_index=True).drop(columns="rank")
    with_article = {(day.year, day.month) for day in tables.articles["published"].dropna()}
    whens = sorted(grouped["when"].unique())
    gaps = {b: _empty_months(a, b, with_article) for a, b in zip(whens, whens[1:], strict=False)}
    grouped.insert(3, "gap", [gaps.get(when, 0) for when in grouped["when"]])
    return grouped


def _empty_months(first: str, last: str, with_article: set[tuple[int, int]]) -> int:
    """Count the whole months between two days in which the corpus has no article."""
    (y, m), (last_year, last_month) = ((int(text[:4]), int(text[5:7])) for text in (first, last))
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


def _date_label(when: str) -> str:
    month = MONTHS[int(when[5:7]) - 1]
    return f"{int(when[8:])} {month}\n{when[:4]}" if len(when) > 7 else f"{month}\n{when[:4]}"


def draw_timeline(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane a thread with a row a stage, a mark an event, months without an article hatched."""
    places, gaps = _columns(data)
    lanes = _lanes(data)
    right = max(places.values()) + 0.62
    for thread, (top, rows) in lanes.items():
        ax.add_patch(Rectangle((-0.55, top - 0.42), right + 0.55, len(rows) - 0.16, color="#f4f4f4", zorder=0))
        ax.text(-0.55, top - 0.52, thread, fontsize=9.5, fontweight="bold", color=INK, va="bottom")
    is_labelled = len(places) <= MAX_LABELLED
    for row in data.itertuples():
        top, rows = lanes[row.thread]
        x, y = places[row.when], top + rows.index(row.stage)
        marker, colour = STAGE_LOOK[row.stage]
        ax.plot([x - 0.38], [y], marker, color=colour, markersize=8, markeredgecolor="white", zorder=3)
        times = f"{row.events}× " if row.events > 1 else ""
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
    ax.set_xticks([x - 0.38 for x in places.values()], [_date_label(when) for when in places])
    ax.tick_params(axis="x", length=0, pad=4)
    ax.set_xlabel("day of the article")
    ax.spines["bottom"].set_visible(False)
    ax.set_yticks(
        [top + n for top, rows in lanes.values() for n in range(len(rows))],
        [stage for _, rows in lanes.values() for stage in rows],
    )
    return ax


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
    return 0.8 + 0.26 * (sum(len(rows) + 0.75 for _, rows in _lanes(data).values()) if len(data) else 3)


def timeline_words(data: pd.DataFrame) -> Words:
    """Say which thread has the most events, and over which time."""
    if data.empty:
        return nothing("No sanction event is told in an article with a day")
    totals = data.groupby("thread", sort=False)["events"].sum()
    total = int(totals.sum())
    months = int(data.drop_duplicates("when")["gap"].sum())
    title = f"{totals.index[0]}: {int(totals.iloc[0])} of {count(total, 'event')}, in {_stages(data, totals.index[0])}"
    hatched = (
        f" Hatched: {count(months, 'month')} without any article, of which the corpus says nothing." if months else ""
    )
    return Words(
        title,
        f"Sanction events by thread, stage and day of the article, n = {total}; each mark says who tells it",
        "A thread is what one side does towards another. A mark stands at the day of the report, not of the deed. Where nobody "
        f"is quoted, asks or blocks, the agency tells it.{hatched}",
        f"Time line of {count(len(totals), 'thread')}. {title}. "
        + " ".join(
            f"{thread}: " + ", ".join(f"{r.stage} {r.events} on {r.when}" for r in group.itertuples()) + "."
            for thread, group in data.groupby("thread", sort=False)
        ),
    )


def _stages(data: pd.DataFrame, thread: str) -> str:
    stages = sorted(data.loc[data["thread"] == thread, "stage"].unique(), key=RANKS.__getitem__)
    return "one stage" if len(stages) == 1 else f"{number(len(stages))} stages from {stages[0]} to {stages[-1]}"


# Sender by target.


def reached(tables: Tables) -> pd.DataFrame:
    """Return one row a thread and stage: sender, target, stage, events; threads with most events first."""
    events = told(tables)
    order = {thread: n for n, thread in enumerate(ranked_threads(events)[:TOP])}
    events = events[events["thread"].isin(order)]
    data = events.groupby(["thread", "sender", "target_side", "stage"], as_index=False).size()
    data["rank"] = [(order[row.thread], RANKS[row.stage]) for row in data.itertuples()]
    data = data.sort_values("rank", ignore_index=True).drop(columns="rank")
    return data.rename(columns={"target_side": "target", "size": "events"})


def draw_reached(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a table of threads by stages, a mark where the stage is told, the number of events beside it."""
    threads = list(dict.fromkeys(data["thread"]))
    stages = [stage for stage in RANKS if stage in set(data["stage"])]
    for y in range(len(threads)):
        ax.axhline(y, color="#ececec", linewidth=9, zorder=0)
    for row in data.itertuples():
        marker, colour = STAGE_LOOK[row.stage]
        x, y = stages.index(row.stage), threads.index(row.thread)
        ax.plot([x], [y], marker, color=colour, markersize=11, markeredgecolor="white", zorder=3)
        ax.text(x + 0.13, y, str(row.events), va="center", fontsize=9, color=INK)
    ax.set_ylim(len(threads) - 0.5, -0.6)
    ax.set_xlim(-0.5, len(stages) - 0.4)
    ax.set_yticks(range(len(threads)), threads)
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
    title = (
        f"Measures in force are told of in {number(len(imposed))} of {count(len(threads), 'thread')}"
        if imposed
        else f"No measure in force is told of in any of {count(len(threads), 'thread')}"
    )
    last = data.groupby("thread", sort=False)["stage"].agg(lambda stages: max(stages, key=RANKS.__getitem__))
    return Words(
        title,
        f"Sender and target by the stages that are told, with the number of events, n = {int(data['events'].sum())}",
        "Stages from the first demand to the lifting; an empty place means that the corpus tells nothing of it, not that nothing was.",
        f"Table of threads by stages. {title}. Furthest stage told: "
        + "; ".join(f"{thread} {stage}" for thread, stage in last.items())
        + ".",
    )


# From call to imposition.


def first_reports(tables: Tables) -> pd.DataFrame:
    """Return one row a thread and stage: thread, stage, first (day of the first report), days since the thread's first."""
    events = told(tables)
    events = events[events["published"].notna()]
    events = events[events["thread"].isin(ranked_threads(events)[:TOP])]
    data = events.groupby(["thread", "stage"], as_index=False).agg(first=("published", "min"))
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
    threads = list(dict.fromkeys(data["thread"]))
    longest = max(int(data["days"].max()), 1)
    for y, thread in enumerate(threads):
        rows = data[data["thread"] == thread]
        ax.plot([0, rows["days"].max()], [y, y], color="#c4c4c4", linewidth=2, zorder=1)
        ends: list[float] = []  # where the last label ends on each level above the line
        for days, group in rows.groupby("days"):
            for n, stage in enumerate(group["stage"]):
                marker, colour = STAGE_LOOK[stage]
                x = days + n * longest * 0.018
                ax.plot([x], [y], marker, color=colour, markersize=9, markeredgecolor="white", zorder=3)
            when = f"day {days}" if days else f"{group['first'].iloc[0]:%Y-%m-%d}"
            lines = [*group["stage"], when]
            level = next((k for k, end in enumerate(ends) if end < days), len(ends))
            ends[level : level + len(lines)] = [days + longest * 0.14] * len(lines)
            label = "\n".join(lines)
            ax.annotate(
                label,
                (days, y),
                xytext=(-3, 8 + 11 * level),
                textcoords="offset points",
                fontsize=8,
                va="bottom",
                color=INK,
                linespacing=1.15,
            )
            if level:
                ax.plot([days, days], [y, y - 0.12 * level], color="#c4c4c4", linewidth=0.8, zorder=0)
    ax.set_ylim(len(threads) - 0.7, -0.95)
    ax.set_xlim(-longest * 0.03, longest * 1.12)
    ax.set_yticks(range(len(threads)), threads)
    ax.set_xlabel("days since the first report of the thread")
    return ax


def first_reports_words(data: pd.DataFrame) -> Words:
    """Say how long a thread took from its first report to the first report of an imposition."""
    if data.empty:
        return nothing("No thread is told of on two days")
    imposed = data[(data["stage"] == "imposition") & (data["days"] > 0)]
    caption = (
        "Days between reports, not between deeds: what was decided earlier and told later looks later, and a stage that "
        "no article tells is missing."
    )
    if imposed.empty:
        title = "No thread is followed from a first report to an imposition"
    else:
        row = imposed.iloc[0]
        begin = data[data["thread"] == row["thread"]].iloc[0]
        title = f"{row['thread']}: {row['days']} days from the first report of {begin['stage']} to that of imposition"
    return Words(
        title,
        f"First report of each stage, {count(data['thread'].nunique(), 'thread')} told of on more than one day",
        caption,
        f"{title}. "
        + " ".join(
            f"{thread}: " + ", ".join(f"{r.stage} on day {r.days}" for r in group.itertuples()) + "."
            for thread, group in data.groupby("thread", sort=False)
        ),
    )


# Who calls, who holds up.


def callers(tables: Tables) -> pd.DataFrame:
    """Return one row an actor, part and thread: name, part (calls, holds up), thread, events."""
    events = told(tables)
    names = people(tables).set_index("actor_id")["name"].to_dict()
    rows = [
        (names.get(who, who), part, event.thread)
        for event in events.itertuples()
        for column, part in (("called_by", "calls"), ("held_up_by", "holds up"))
        if pd.notna(getattr(event, column))
        for who in getattr(event, column).split("; ")
    ]
    data = pd.DataFrame(rows, columns=["name", "part", "thread"])
    data = data.groupby(["name", "part", "thread"], as_index=False).size().rename(columns={"size": "events"})
    totals = data.groupby("name")["events"].sum()
    data["rank"] = [
        (-totals[row.name_], row.name_, row.part, row.thread)
        for row in data.rename(columns={"name": "name_"}).itertuples()
    ]
    return data.sort_values("rank", ignore_index=True).drop(columns="rank")


def draw_callers(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a row an actor and thread: a dot an event, calls and hold-ups by shape."""
    rows = data.groupby(["name", "part", "thread"], sort=False)["events"].sum().head(2 * TOP)
    for y, ((_, part, thread), n) in enumerate(rows.items()):
        marker, colour = STAGE_LOOK["call" if part == "calls" else "blocking"]
        ax.axhline(y, color="#ececec", linewidth=9, zorder=0)
        ax.plot(range(1, n + 1), [y] * n, marker, color=colour, markersize=8, markeredgecolor="white", linestyle="none")
        ax.annotate(
            f"{part} · {thread}",
            (n, y),
            xytext=(10, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=SECOND,
        )
    longest = int(rows.max())
    ax.set_xlim(0.5, longest * 1.6 + 1.5)
    ax.set_ylim(len(rows) - 0.5, -0.6)
    ax.set_yticks(range(len(rows)), [name for name, _, _ in rows.index])
    ax.set_xticks(range(1, longest + 1, max(1, longest // 6)))
    ax.set_xlabel("events")
    return ax


def callers_words(data: pd.DataFrame) -> Words:
    """Say who calls for sanctions most and who holds them up."""
    if data.empty:
        return nothing("Nobody is told to call for sanctions or to hold them up")
    totals = data.groupby(["part", "name"], sort=False)["events"].sum()
    said = []
    for part, words in (("calls", "calls for sanctions most often"), ("holds up", "holds them up")):
        if part in totals.index.get_level_values(0):
            name, n = totals[part].idxmax(), int(totals[part].max())
            said.append(f"{name} {words} ({n})")
    title = ", ".join(said)
    return Words(
        title,
        f"Events in which somebody asks for sanctions or holds them up, by actor and thread, n = {int(data['events'].sum())}",
        "A sentence that tells of two targets makes two events. Who asks without being named is not in it.",
        f"Dots by actor. {title}. "
        + "; ".join(
            f"{row.name_} {row.part} {row.thread} {row.events}"
            for row in data.rename(columns={"name": "name_"}).itertuples()
        )
        + ".",
    )


# Tables for the notebook.


def evidence(tables: Tables) -> pd.DataFrame:
    """Return every event with its words: published, thread, stage, instrument, target, said by, status, words, rule."""
    events = told(tables, with_titles=True)
    shown = events.assign(
        published=[f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in events["published"]],
        place=events["block_kind"].replace({"title": "headline"}),
        retold=["yes" if retold else "" for retold in events["retold"]],
    )
    columns = [
        "published",
        "thread",
        "stage",
        "instrument",
        "target",
        "said_by",
        "status",
        "place",
        "retold",
        "text",
        "rule",
    ]
    return shown[columns].fillna("").rename(columns={"said_by": "said by", "text": "words"})


def answers(tables: Tables) -> pd.DataFrame:
    """Return the events told as an answer, beside the thread that they answer and its last event until then."""
    events = told(tables, with_titles=True)
    answering = events[events["in_response_to"].notna()]
    rows = []
    for event in answering.itertuples():
        before = events[(events["thread_id"] == event.in_response_to) & (events["published"] <= event.published)]
        last = before.iloc[-1]
        rows.append(
            (f"{event.published:%Y-%m-%d}", event.thread, event.stage, event.text, last["thread"], last["stage"])
        )
    return pd.DataFrame(rows, columns=["published", "answer", "stage", "words", "answers", "whose stage then"])


def variants(tables: Tables) -> pd.DataFrame:
    """Return the events a thread has under other rules of counting: thread, all, with headlines, …"""
    both = told(tables, with_titles=True)
    default = both[both["block_kind"] == "body"]
    ways = {
        "body": default,
        "with headlines": both,
        "without quotations": default[default["speaker_id"].isna()],
        "without weak rows": default[~default["rule"].isin(WEAK_RULES)],
        "told anew only": default[~default["retold"]],
    }
    table = pd.DataFrame({way: events["thread"].value_counts() for way, events in ways.items()})
    table = table.fillna(0).astype("int64").rename_axis("thread").reset_index()
    return table.sort_values(["body", "thread"], ascending=[False, True], ignore_index=True)


NOTEBOOK = "02-sanction-threads"
_INPUTS = ("sanction_events", "actors", "articles", "blocks")
FIGURES = (
    Figure("sanction-timeline", NOTEBOOK, _INPUTS, timeline, draw_timeline, timeline_words, timeline_height),
    Figure(
        "sanction-stages",
        NOTEBOOK,
        _INPUTS,
        reached,
        draw_reached,
        reached_words,
        lambda data: 0.7 + 0.36 * max(2, data["thread"].nunique() if len(data) else 2),
    ),
    Figure(
        "sanction-first-reports",
        NOTEBOOK,
        _INPUTS,
        first_reports,
        draw_first_reports,
        first_reports_words,
        lambda data: 0.9 + 1.05 * max(1, data["thread"].nunique() if len(data) else 2),
    ),
    Figure(
        "sanction-callers",
        NOTEBOOK,
        _INPUTS,
        callers,
        draw_callers,
        callers_words,
        lambda data: 0.8 + 0.3 * max(2, min(2 * TOP, len(data))),
    ),
)
