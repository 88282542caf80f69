"""Figures of notebook 01-actor-mentions on who is named: how, how often, when, beside whom, by what words.

All of them count names, roles and metonyms in the body (`counted`); demonyms and titles apart.
"""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots import (
    BLUE,
    INK,
    PALE,
    VERMILION,
    Figure,
    Words,
    ahead,
    count,
    every,
    is_crowd,
    lane_label,
    named,
    nothing,
    number,
    opened,
    share,
    times,
)
from analysis.plots.lanes import (
    dated,
    draw_by_article,
    finish_bars,
    height_by,
    of_what,
    stack_bars,
    undated_say,
    whole,
    whole_numbers,
)
from analysis.plots.mentions import COUNTED, counted, ranked_names, tallied
from analysis.plots.publication import date_label, in_order, months
from analysis.tables import Tables

KIND_COLOURS = {"name": BLUE, "role": VERMILION, "metonym": "#8c8c8c"}
TOP = 15  # actors in a figure; the rest is counted in the caption
TOP_PAIRS = 12  # actors in the triangle
TOP_PERSONS = 3
TOP_WORDS = 10  # ways of calling one person


def mentioned(tables: Tables) -> pd.DataFrame:
    """Return one row an actor and kind of mention: name, camp, kind, n; most mentioned first."""
    data = tallied(tables, ["name", "camp", "kind"])
    order = {name: rank for rank, name in enumerate(ranked_names(data))}
    return data.sort_values(["name", "kind"], key=lambda c: c.map(order) if c.name == "name" else c, ignore_index=True)


def draw_mentioned(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar an actor, parted by the kind of words, with the number at its end."""
    wide = data.pivot_table(index="name", columns="kind", values="n", aggfunc="sum", fill_value=0, sort=False).head(TOP)
    ends = stack_bars(ax, wide, {kind: {"color": KIND_COLOURS[kind]} for kind in COUNTED})
    return finish_bars(ax, wide.index, ends, [(f"{end:,.0f}", INK) for end in ends], room=1.08, label="mentions")


def mentioned_words(data: pd.DataFrame) -> Words:
    """Say who is mentioned most, and how much of it by name."""
    if data.empty:
        return nothing("No actor of the registry is mentioned")
    totals = data.groupby("name", sort=False)["n"].sum()
    total, n = int(totals.sum()), len(totals)
    first = ahead(totals)
    often, next_best = times(int(totals.max())), totals[totals < totals.max()]
    second = ahead(next_best) if len(next_best) else []
    title = f"{opened(named(first, 'actor'))} {'is' if len(first) == 1 else 'are'} mentioned most, {often}"
    if len(first) > 1:
        title += " each"
    elif second:
        fewer = number(int(next_best.max()))
        title += f"; {named(second, 'other')} " + (
            f"follows with {fewer}" if len(second) == 1 else f"follow with {fewer} each"
        )
    by_name = int(data.loc[data["kind"] == "name", "n"].sum())
    rest = f" The {count(n - TOP, 'other actor')} share {int(totals.iloc[TOP:].sum()):,} mentions." if n > TOP else ""
    return Words(
        title,
        f"Mentions in the body by the kind of words, n = {total:,} of {count(n, 'actor')}",
        "A name is a proper name, a role a description that stands for one actor (“the strongman”), a metonym a place "
        f"that acts for one (“the palace refused”).{rest}",
        f"Bars of mentions for the {min(n, TOP)} actors mentioned most. {title}. {share(by_name, total)} of all "
        f"{total:,} mentions are names. In order: "
        + ", ".join(f"{a} {k:,}" for a, k in totals.head(TOP).items())
        + ".",
    )


def over_time(tables: Tables) -> pd.DataFrame:
    """Return one row an actor and article in order of date: name, article_id, label, n, per 1,000 words.

    Of a crowd of articles it is one row an actor and month, with the column month.
    """
    if is_crowd(tables):
        return _over_months(tables)
    counts = tallied(tables, ["name", "article_id"])
    names = ranked_names(counts)[:TOP]
    order = in_order(tables)
    counts = counts.set_index(["name", "article_id"])["n"]
    articles = tables.articles.set_index("article_id")
    rows = [
        (
            name,
            article_id,
            date_label(articles.loc[article_id]),
            int(counts.get((name, article_id), 0)),
            1000 * counts.get((name, article_id), 0) / articles.loc[article_id, "words"],
        )
        for name in names
        for article_id in order
    ]
    return pd.DataFrame(rows, columns=["name", "article_id", "label", "n", "per_1000_words"])


def _over_months(tables: Tables) -> pd.DataFrame:
    counts = tallied(tables, ["name", "published"])
    counts = counts[counts["name"].isin(names := ranked_names(counts)[:TOP])]
    counts = counts.groupby(["name", months(counts["published"]).rename("month")])["n"].sum()
    articles = tables.read("articles", ["published", "words"])
    words = articles["words"].groupby(months(articles["published"])).sum()
    cells = pd.MultiIndex.from_product([names, sorted(words.index)], names=["name", "month"])
    data = counts.reindex(cells, fill_value=0).reset_index()
    rates = 1000 * data["n"] / data["month"].map(words).clip(lower=1)
    return data.assign(label=data["month"], per_1000_words=rates.astype("float64"))[
        ["name", "month", "label", "n", "per_1000_words"]
    ]


def draw_over_time(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a table of actors by articles, shaded by mentions per 1,000 words, the counts written in."""
    return draw_by_article(data, ax, lane="name", shade="per_1000_words", written="n", label="mentions per 1,000 words")


def over_time_words(data: pd.DataFrame) -> Words:
    """Say who is in the most articles, and who stands in one only."""
    if data.empty:
        return nothing("No actor of the registry is mentioned")
    undated, data = undated_say(data), dated(data)
    unit = of_what(data)
    noun = unit.removesuffix("_id")
    n_articles = data[unit].nunique()
    present = data[data["n"] > 0].groupby("name", sort=False)[unit].nunique()
    always = [name for name, n in present.items() if n == n_articles]
    most = always or ahead(present)
    where = f"{number(int(present.max()))} of {count(n_articles, noun)}"
    if always:
        where = every(n_articles, noun)
    if len(most) <= 2:
        title = f"{opened(named(most, 'actor'))} {'is' if len(most) == 1 else 'are'} in {where}"
    else:
        of = f"all {number(len(most))}" if len(most) == len(present) else f"{number(len(most))} of the"
        title = f"{opened(of)} actors mentioned most are in {where}"
    if not always:
        # Whoever is mentioned less may yet be in more articles.
        title += ", none of those mentioned most in more"
    caution = "An article is short: one mention more or less changes its shade."
    if noun == "month":
        caution = "A month with few articles changes its shade with each of them."
    return Words(
        title,
        f"Mentions in the body; shade: per 1,000 words of the {noun}; {count(len(present), 'actor')} mentioned most, "
        f"{count(n_articles, noun)}",
        f"{caution} An empty cell is no mention by name, role or metonym.{undated}",
        f"Table of actors by {noun}s in order of date. {title}. "
        + ", ".join(f"{name} in {k}" for name, k in present.items())
        + ".",
    )


def together(tables: Tables) -> pd.DataFrame:
    """Return one row a pair of actors, ordered by camp: row, column, sentences in which both are mentioned."""
    tally = tallied(tables, ["name", "camp"])
    top = tally[tally["name"].isin(ranked_names(tally)[:TOP_PAIRS])]
    camps = top.drop_duplicates("name").set_index("name")["camp"]
    size = top.groupby("camp")["n"].sum()
    rank = {name: i for i, name in enumerate(ranked_names(top))}
    names = sorted(camps.index, key=lambda name: (-size[camps[name]], camps[name], rank[name]))
    shared: Counter[tuple[str, str]] = Counter()
    for part in tables.parts():
        mentions = counted(part)
        held = {
            name: set(group["sentence_id"]) for name, group in mentions[mentions["name"].isin(names)].groupby("name")
        }
        shared.update({(a, b): len(held[a] & held[b]) for a in held for b in held if a != b})
    rows = [(a, b, camps[a], camps[b], shared[a, b]) for i, a in enumerate(names) for b in names[:i]]
    return pd.DataFrame(rows, columns=["row", "column", "row_camp", "column_camp", "sentences"])


def draw_together(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a triangle of circles, the area of each the sentences shared, a faint dot for none."""
    names = [*dict.fromkeys(data["column"]), *[n for n in dict.fromkeys(data["row"]) if n not in set(data["column"])]]
    place = {name: i for i, name in enumerate(names)}
    most = max(int(data["sentences"].max()) if len(data) else 1, 1)
    for pair in data.itertuples():
        x, y = place[pair.column], place[pair.row]
        if not pair.sentences:
            ax.plot([x], [y], ".", color=PALE, markersize=3)
            continue
        ax.scatter([x], [y], s=620 * pair.sentences / most, color=BLUE, alpha=0.85, linewidths=0)
        # The number goes into the circle where it fits.
        large = 620 * pair.sentences / most > max(136, (5.6 * len(f"{pair.sentences:,}") + 2) ** 2)
        ax.annotate(
            f"{pair.sentences:,}",
            (x, y),
            ha="center",
            va="center" if large else "bottom",
            fontsize=8.5,
            color="white" if large else INK,
            # Above a circle that is too small for its number, however large that is.
            xytext=(0, 0 if large else max(6, math.sqrt(200 * pair.sentences / most) - 1.5)),
            textcoords="offset points",
        )
    for name, i in place.items():
        if i < len(names) - 1:
            ax.annotate(
                lane_label(name, 24),
                (i, i),
                ha="left",
                va="center",
                fontsize=9,
                xytext=(-8, 0),
                textcoords="offset points",
            )
    ax.set_yticks(range(1, len(names)), [lane_label(name) for name in names[1:]])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(-0.6, len(names) + 0.6)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    return ax


def together_words(data: pd.DataFrame) -> Words:
    """Say which two share most sentences; together is no relation."""
    if data.empty or not data["sentences"].max():
        return nothing("No two actors share a sentence")
    top = data.sort_values(["sentences", "row", "column"], ascending=[False, True, True]).iloc[0]
    n_pairs = int((data["sentences"] > 0).sum())
    across = int(data.loc[data["row_camp"] != data["column_camp"], "sentences"].sum())
    n_first = int((data["sentences"] == top["sentences"]).sum())
    title = (
        f"{opened(top['column'])} and {top['row']} share most sentences, {number(int(top['sentences']))}"
        if n_first == 1
        else f"{count(n_first, 'pair').capitalize()} of actors share most sentences, {number(int(top['sentences']))} each"
    )
    return Words(
        title,
        f"Sentences of the body that mention both; {count(data['row'].nunique() + 1, 'actor')} mentioned most, ordered by camp",
        "Together is no relation: two actors share a sentence when one attacks, helps or merely follows the other. "
        "A faint dot: no sentence shared.",
        f"Triangle of circles, one for each pair of actors. {title}. {n_pairs} of {len(data)} pairs share a sentence; "
        f"{share(across, int(data['sentences'].sum()))} of the shared sentences join two camps.",
    )


def called(tables: Tables) -> pd.DataFrame:
    """Return one row a person and way of calling: the persons mentioned most, the words folded, kind, n."""
    tally = tallied(tables, ["name", "type", "text", "kind"])
    persons = tally[tally["type"] == "person"]
    data = persons[persons["name"].isin(ranked_names(persons)[:TOP_PERSONS])].copy()
    data["words_used"] = [
        " ".join(str(text).split()).removeprefix("the ").removeprefix("The ") for text in data["text"]
    ]
    grouped = data.groupby(["name", "words_used", "kind"], as_index=False)["n"].sum()
    rank = {name: i for i, name in enumerate(ranked_names(data))}
    grouped["rank"] = grouped["name"].map(rank)
    return grouped.sort_values(["rank", "n", "words_used"], ascending=[True, False, True], ignore_index=True).drop(
        columns="rank"
    )


def draw_called(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a dot for every way of calling a person, a block each, names and roles apart."""
    y, ticks, labels = 0, [], []
    for name, group in data.groupby("name", sort=False):
        ax.annotate(
            str(name), (0, y), xytext=(2, 0), textcoords="offset points", fontsize=9.5, fontweight="bold", va="center"
        )
        y += 1
        for row in group.head(TOP_WORDS).itertuples():
            ax.plot([0, row.n], [y, y], color=PALE, linewidth=2, zorder=0)
            marker, colour = ("o", KIND_COLOURS["name"]) if row.kind == "name" else ("D", KIND_COLOURS["role"])
            ax.plot([row.n], [y], marker, color=colour, markersize=7, label=row.kind, clip_on=False)
            ax.annotate(f"{row.n:,}", (row.n, y), xytext=(8, 0), textcoords="offset points", va="center", fontsize=9)
            ticks.append(y)
            labels.append(row.words_used)
            y += 1
        y += 0.5
    ax.set_yticks(ticks, [lane_label(label, 40) for label in labels])
    if len(data) and 0.012 * data["n"].max() > data["n"].min():
        # The marks of rare words stand on the axis.
        ax.tick_params(axis="y", pad=8)
    ax.set_ylim(max(y, 1), -0.8)
    ax.set_xlim(0, max(float(data["n"].max()) if len(data) else 1.0, 1.0) * 1.08)
    ax.xaxis.set_major_locator(whole_numbers())
    ax.xaxis.set_major_formatter(lambda x, _: whole(x))
    ax.set_xlabel("mentions")
    handles = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    if handles:
        ax.legend(handles.values(), handles.keys())
    return ax


def called_words(data: pd.DataFrame) -> Words:
    """Say how the two are called when not by name."""
    if data.empty:
        return nothing("No person of the registry is mentioned")
    parts = []
    for name, group in data.groupby("name", sort=False):
        roles = group[group["kind"] != "name"]
        n_roles, n = int(roles["n"].sum()), int(group["n"].sum())
        parts.append(
            f"{name} {number(n_roles)} of {count(n, 'time')}, in {count(len(roles), 'way')}"
            if n_roles
            else f"{name} never"
        )
    title = f"Called by a role instead of a name: {parts[0]}"
    if (data["kind"] == "name").all():
        title = "No person mentioned most is called by a role instead of a name"
    n_ways = len(data)
    rest = n_ways - int(data.groupby("name").size().clip(upper=TOP_WORDS).sum())
    return Words(
        title,
        f"Words used for the persons mentioned most, without their article, n = {int(data['n'].sum()):,} mentions in {count(n_ways, 'way')}",
        "Titles in front of a name (“President …”) belong to the name and are not counted here."
        + (f" {count(rest, 'rarer way').capitalize()} not drawn." if rest > 0 else ""),
        f"Dots for every way of calling the persons mentioned most. {title}{''.join('; ' + part for part in parts[1:])}. "
        + "; ".join(
            f"{name}: " + ", ".join(f"{r.words_used} {r.n}" for r in group.head(TOP_WORDS).itertuples())
            for name, group in data.groupby("name", sort=False)
        )
        + ".",
    )


NOTEBOOK = "01-actor-mentions"
FIGURES = (
    Figure(
        "actor-mentions",
        NOTEBOOK,
        ("mentions", "actors"),
        mentioned,
        draw_mentioned,
        mentioned_words,
        height_by("name", TOP, 0.8, 0.3),
    ),
    Figure(
        "actors-over-time",
        NOTEBOOK,
        ("mentions", "actors", "articles"),
        over_time,
        draw_over_time,
        over_time_words,
        height_by("name", TOP, 1.5, 0.32),
    ),
    Figure(
        "actors-together",
        NOTEBOOK,
        ("mentions", "actors", "sentences"),
        together,
        draw_together,
        together_words,
        height_by("row", TOP_PAIRS, 0.6, 0.48),
    ),
    Figure(
        "ways-of-calling",
        NOTEBOOK,
        ("mentions", "actors"),
        called,
        draw_called,
        called_words,
        lambda data: 1.2 + 0.27 * min(TOP_PERSONS * (TOP_WORDS + 2), len(data) + 5),
    ),
)
