"""Figures of notebook 03-detention-figures: what is reported of people, and who reports it.

Each row is a figure as it is stated, with its bounds, its words and its source; nothing is joined, averaged
or summed. All of them count figures in the body (`reported`); titles and links say nothing here. What the
figures say of one time is in `compared`, what their vague words hide in `vague_words`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.counts import DETENTION, MEASURES
from analysis.plots import (
    BLUE,
    GREEN,
    INK,
    PALE,
    PURPLE,
    SECOND,
    VERMILION,
    Figure,
    Words,
    count,
    nothing,
    number,
    share,
)
from analysis.plots.intervals import draw_mark, form, key, people_axis, write_words
from analysis.plots.lanes import finish_bars, height_by, stack_bars
from analysis.plots.leads import leading, sentence
from analysis.plots.mentions import people
from analysis.plots.reported import (
    NO_SOURCE,
    SCOPES,
    folded,
    label,
    reported,
    short,
)
from analysis.tables import Tables

NOTEBOOK = "03-detention-figures"
TOP = 20  # figures in a chart; the rest is counted in the caption
MEASURE_COLOURS = dict(zip(DETENTION, (BLUE, VERMILION, PURPLE, GREEN), strict=True))
MEASURE_TEXT_COLOURS = dict(zip(DETENTION, ("#2271A8", "#B84E00", "#A6487F", "#00785A"), strict=True))
FAINT = "#767676"
SOURCE_LOOKS = {
    "detention": {"color": BLUE, "label": "detention figures"},
    "other": {"color": PALE, "label": "other figures of people"},
}
_SAME = ["measure", "words", "low", "high", "source", "as_of", "scope", "place"]  # of a figure that agencies repeat


# The figures themselves.


def detention(tables: Tables) -> pd.DataFrame:
    """Return the detention figures, measure by measure, each in order of date."""
    data = reported(tables)
    rank = data["measure"].map({measure: n for n, measure in enumerate(DETENTION)})
    return data.assign(rank=rank).sort_values("rank", kind="stable", ignore_index=True).drop(columns="rank")


def crowds(tables: Tables) -> pd.DataFrame:
    """Return the figures of people who marched, struck or massed, in order of date."""
    return reported(tables, ("crowd",))


def size(data: pd.DataFrame) -> pd.Series:
    """Return what a figure is ranked by: the stated number, else the least that its words mean."""
    return data["point"].fillna(data["low"])


def shown(data: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that a chart shows, in the order they were in: of each measure the highest, each once."""
    if len(data) <= TOP:
        return data
    ranked = data.assign(size=size(data)).sort_values("size", ascending=False, kind="stable").drop_duplicates(_SAME)
    rank = ranked.groupby("measure").cumcount()
    return data.loc[rank.sort_values(kind="stable").index[:TOP].sort_values()]


def draw_reported(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a row a figure, under a heading a measure where there are several: date and source, mark, words, time."""
    figures = shown(data)
    people_axis(ax, figures.itertuples())
    has_headings = set(data["measure"]) != {"crowd"}
    dates: dict[float, str] = {}
    y = 0.0
    for measure, group in figures.groupby("measure", sort=False):
        colour = MEASURE_COLOURS.get(str(measure), SECOND)
        if has_headings:
            ax.axhspan(y - 0.27, y + 0.27, color="#f4f4f4", zorder=0, linewidth=0)
            n = int((data["measure"] == measure).sum())
            of = f"{number(len(group))} of " if len(group) < n else ""
            heading = f"{str(measure).replace('_', ' ')} · {of}{count(n, 'figure')}"
            _write_beside(
                ax, y, heading, 0.01, fontsize=9.5, fontweight="bold", color=MEASURE_TEXT_COLOURS[str(measure)]
            )
            y += 1.08
        for row in group.itertuples():
            ax.axhline(y, color="#efefef", linewidth=0.8, zorder=0)
            with leading(ax, sentence(row.sentence_id)):
                draw_mark(ax, y, row, colour)
                write_words(ax, y, row, short(row.words, 64))
            dates[y] = label(row.as_of)
            is_named = row.source != NO_SOURCE
            _write_beside(ax, y, short(row.source, 30), 0, -74, ha="right", color=INK if is_named else FAINT)
            time = SCOPES[row.scope] if pd.isna(row.place) else f"{SCOPES[row.scope]},\n{short(row.place, 22)}"
            _write_beside(ax, y, time, 1, 8, fontsize=8.5, color=SECOND, linespacing=1.1)
            y += 1
        y += 0.05
    ax.set_yticks(list(dates), list(dates.values()))
    ax.set_ylim(y - 0.45, -0.35 if has_headings else -0.75)
    ax.legend(handles=key({form(row) for row in figures.itertuples()}))
    return ax


def _write_beside(ax: Axes, y: float, text: str, at: float, points: float = 0, **look: Any) -> None:
    """Write a text at the height y, `points` beside a share of the axes' width."""
    ax.annotate(
        text,
        (at, y),
        xycoords=("axes fraction", "data"),
        xytext=(points, 0),
        textcoords="offset points",
        **{"va": "center", "fontsize": 9, **look},
    )


def left_out(data: pd.DataFrame) -> str:
    """Say how many figures a chart leaves out; "" for none."""
    n_left = len(data) - len(shown(data))
    again = " What is told again in the same words is shown once." if data.duplicated(_SAME).any() else ""
    return f" Shown are the highest of each measure; {count(n_left, 'figure')} left out.{again}" if n_left else ""


def detention_words(data: pd.DataFrame) -> Words:
    """Say how many of the figures are numbers, and how many words."""
    if data.empty:
        return nothing("No figure of people detained, held, sentenced or released is reported")
    n = len(data)
    forms = data.apply(form, axis=1)
    n_exact, n_words = int((forms == "exact").sum()), int((data["qualifier"] == "vague").sum())
    by_measure = [(measure.replace("_", " "), int((data["measure"] == measure).sum())) for measure in DETENTION]
    if n == 1:
        told = "an exact number" if n_exact else "only a word" if n_words else "no exact number"
        title = f"The one detention figure is {told}: “{data['words'].iloc[0]}”"
    else:
        is_single = n_exact == 1 or (n, n_exact) == (2, 0)
        title = f"{_of(n_exact, n)} detention figures {'is an exact number' if is_single else 'are exact numbers'}"
        if n_words:
            title += (
                f", {number(n_words)} only "
                + ("a word, " if n_words == 1 else "words such as ")
                + f"“{most_used(data)}”"
            )
    return Words(
        title,
        "Left source and day (of a period the report’s), right time and place; "
        f"n\u00a0=\u00a0{count(n, 'figure')} in {count(data['article_id'].nunique(), 'article')}",
        "Nothing is summed: the figures overlap in time and in people. Bounds of “about” and of words are conventions of the "
        "codebook; an arrow’s length means nothing, only that an end is open." + left_out(data),
        f"Marks of {count(n, 'reported figure')} on a logarithmic axis of people. {title}. "
        + ", ".join(f"{measure}: {k}" for measure, k in by_measure if k)
        + ". "
        + "; ".join(_told(row) for row in shown(data).itertuples())
        + ".",
    )


def _of(part: int, whole: int) -> str:
    """Write "two of seven", "none of seven", "neither of two", "all seven", "both", for the head of a sentence."""
    if part == whole > 1:
        return "Both" if whole == 2 else f"All {number(whole)}"
    return f"{'Neither' if (part, whole) == (0, 2) else number(part).capitalize()} of {number(whole)}"


def most_used(data: pd.DataFrame) -> str:
    """Return the vague word used most, ties by the highest bound: that is what is hidden best."""
    vague = data[data["qualifier"] == "vague"].assign(wording=data["text"].map(folded).str.lower())
    uses = vague.groupby("wording").agg(n=("low", "size"), low=("low", "max"))
    return str(uses.sort_values(["n", "low"], ascending=False).index[0])


def _told(row: Any) -> str:
    return f"{label(row.as_of)}, {row.source}: {row.words} {row.measure.replace('_', ' ')}, {SCOPES[row.scope]}"


def crowds_words(data: pd.DataFrame) -> Words:
    """Say how the largest crowd is told, and how many rest on a word."""
    if data.empty:
        return nothing("No figure of people who marched, struck or massed is reported")
    n, n_words = len(data), int((data["qualifier"] == "vague").sum())
    top = data.loc[size(data).idxmax()]
    title = f"The largest crowd is told as “{short(top['words'], 50)}”"
    # A word with two ends may mean more, as "tens of thousands" beside 30,000.
    rivals = data[
        (data["qualifier"] == "vague") & (data["low"] <= size(data).max()) & (data["high"] > size(data).max())
    ]
    if top["qualifier"] != "vague" and len(rivals):
        title += f" or as “{short(rivals['words'].iloc[0], 50)}”"
    if n > 1:
        is_single = n_words == 1 or (n, n_words) == (2, 0)
        title += f"; {_of(n_words, n).lower()} crowds {'is only a word' if is_single else 'are only words'}"
    n_unnamed = int((data["source"] == NO_SOURCE).sum())
    return Words(
        title,
        "People who marched, struck or massed; left source and day, right time and place; "
        f"n\u00a0=\u00a0{count(n, 'figure')} in {count(data['article_id'].nunique(), 'article')}",
        f"{_unnamed(n_unnamed, n)} Crowds are estimates: who counted and how is not told. Bounds of “about” and of words are "
        "conventions of the codebook." + left_out(data),
        f"Marks of {count(n, 'figure')} on a logarithmic axis of people. {title}. "
        + "; ".join(_told(row) for row in shown(data).itertuples())
        + ".",
    )


def _unnamed(n: int, whole: int) -> str:
    return f"{count(n, 'figure').capitalize()} of {number(whole)} {'has' if n == 1 else 'have'} no source named."


# Whose they are.


def sources(tables: Tables) -> pd.DataFrame:
    """Return one row a kind of source: source_kind, detention and other figures, all, and the names it has."""
    data = reported(tables, MEASURES)
    rows = []
    for kind, group in data.groupby("source_kind"):
        n_detention = int(group["measure"].isin(DETENTION).sum())
        named = group.loc[group["source"] != NO_SOURCE, "source"].value_counts(sort=False)
        names = sorted(named.index, key=lambda name: (-named[name], name))
        rows.append((kind, n_detention, len(group) - n_detention, len(group), "; ".join(names)))
    made = pd.DataFrame(rows, columns=["source_kind", "detention", "other", "all", "names"])
    return made.sort_values(["detention", "all", "source_kind"], ascending=[False, False, True], ignore_index=True)


def draw_sources(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar a kind of source: detention figures, then others, with the names at its end."""
    ends = stack_bars(ax, data, SOURCE_LOOKS)
    said = [
        (f"{row.detention:,} + {row.other:,}  {short(row.names, int(60 - 40 * end / ends.max()))}", SECOND)
        if row.names
        else (f"{row.detention:,} + {row.other:,}", INK)
        for row, end in zip(data.itertuples(), ends, strict=True)
    ]
    return finish_bars(ax, data["source_kind"], ends, said, room=1.25, label="figures reported")


def sources_words(data: pd.DataFrame) -> Words:
    """Say how many of the detention figures have a source."""
    if data.empty:
        return nothing("No figure of people is reported")
    n, n_all = int(data["detention"].sum()), int(data["all"].sum())
    unnamed = data[data["source_kind"] == NO_SOURCE]
    column = "detention" if n else "all"
    n_unnamed = int(unnamed[column].sum())
    what = "detention figures" if n else "figures of people"
    title = f"{_of(n_unnamed, n or n_all)} {what} {'has' if n_unnamed == 1 else 'have'} no source named"
    if n_unnamed == 0:
        title = f"{'Both' if (n or n_all) == 2 else 'All ' + number(n or n_all)} {what} have a source"
    if (n or n_all) == 1:
        title = f"The one {what[:-1] if n else 'figure of people'} has {'no source named' if n_unnamed else 'a source'}"
    return Words(
        title,
        f"Figures of people by the kind of source in their own sentence; n\u00a0=\u00a0{n:,} of detention, {n_all - n:,} {'other' if n_all - n == 1 else 'others'}",
        "A source is the speaker of the quotation, whom “according to” names, or the subject of a verb of saying in the sentence. "
        "One that only an earlier sentence names is not seen.",
        f"Bars of figures by kind of source. {title}. Without a source: {share(n_unnamed, n or n_all)} of {what}. "
        + "; ".join(f"{r.source_kind}: {r.detention} of detention, {r.other} others" for r in data.itertuples())
        + ".",
    )


# Who is named.


def named(tables: Tables) -> pd.DataFrame:
    """Return one row a statement on one person: person, words, happened, told_on, reported_on, sentence, sentence_id."""
    made = pd.concat([_named_in(part) for part in tables.parts()])
    return made.sort_values(["reported on", "person"], kind="stable", ignore_index=True)


def _named_in(tables: Tables) -> pd.DataFrame:
    blocks = tables.read("blocks", ["block_id", "kind"])
    found = tables.detainees.merge(blocks, on="block_id", validate="many_to_one")
    found = found[found["kind"] == "body"].merge(people(tables), how="left", on="actor_id", validate="many_to_one")
    articles = tables.read("articles", ["article_id", "published"])
    found = found.merge(articles, on="article_id", validate="many_to_one")
    sentences = tables.read("sentences", ["sentence_id", "text"]).set_index("sentence_id")["text"].to_dict()
    return pd.DataFrame(
        {
            "person": found["name"].fillna(found["text"].map(folded)),
            "words": found["text"].map(folded),
            "happened": found["measure"].str.replace("_", " "),
            "told on": found["date"],
            "reported on": found["published"],
            "sentence": [folded(sentences[sentence_id]) for sentence_id in found["sentence_id"]],
            "sentence_id": found["sentence_id"],
        }
    )


def rows_high(base: float, row: float, heading: float = 0.0) -> Callable[[pd.DataFrame], float]:
    """Return a height in inches for charts of a row a figure."""
    return lambda data: (
        base + row * max(2, min(TOP, len(data))) + heading * (shown(data)["measure"].nunique() if len(data) else 0)
    )


FIGURES = (
    Figure(
        "detention-figures",
        NOTEBOOK,
        ("counts", "blocks", "articles", "actors"),
        detention,
        draw_reported,
        detention_words,
        rows_high(0.7, 0.41, 0.46),
    ),
    Figure(
        "who-counts",
        NOTEBOOK,
        ("counts", "blocks", "actors"),
        sources,
        draw_sources,
        sources_words,
        height_by("source_kind", TOP, 0.8, 0.36),
    ),
    Figure(
        "crowd-figures",
        NOTEBOOK,
        ("counts", "blocks", "articles", "actors"),
        crowds,
        draw_reported,
        crowds_words,
        rows_high(0.7, 0.42),
    ),
)
