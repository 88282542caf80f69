"""Figures of notebook 05-how-far-to-trust: how well the tables agree with labels, and what hangs on it.

Scores are F1 with a 95 % bootstrap interval over rows. `swapped` draws every figure's data once from what
was found and once from the labels: where both say the same, no conclusion hangs on an error.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes
from nltk.metrics.agreement import AnnotationTask

from analysis import evaluate
from analysis.disagreements import UNEXPLAINED
from analysis.plots import BLUE, SECOND, Figure, Words, count, every, figures, nothing, number, opened
from analysis.schema import SCHEMA, frame
from analysis.tables import Tables

SECOND_CODER = "second"  # folder below the labels
TOOLS = evaluate.GOLD.parents[1] / "benchmarks" / "public_tools.csv"
SHORT = 70  # characters of a sentence that stands for the words of a row
SWAPPED = ("mentions", "quotes", "sanction_events", "counts", "detainees")


def scores(tables: Tables) -> pd.DataFrame:
    """Return one row a labelled table: table, labelled, found, right, precision, recall, F1, F1 from, F1 to.

    A part of which neither side has a row has no score.
    """
    table = evaluate.score_table(evaluate.against_gold(tables))
    return table[table["labelled"] + table["found"] > 0].reset_index(drop=True)


def draw_scores(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a row a table: F1 as a dot, its interval as a line, the number of labels beside it."""
    for y, row in enumerate(data.to_dict("records")):
        ax.axhline(y, color="#f0f0f0", linewidth=9, zorder=0)
        ax.plot([row["F1 from"], row["F1 to"]], [y, y], color=BLUE, linewidth=2.5, solid_capstyle="butt")
        ax.plot([row["F1"]], [y], "o", color=BLUE, markersize=7, markeredgecolor="white", zorder=3, clip_on=False)
        ax.annotate(
            f"{_score(row['F1'], row['labelled'], row['right'], row['found'])}   n = {row['labelled']}",
            (1.0, y),
            xytext=(14, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=SECOND,
            annotation_clip=False,
        )
    low = min(0.9, float(data["F1 from"].min()) - 0.02)
    ax.set_xlim(max(0.0, low), 1 + 0.28 * (1 - max(0.0, low)))
    ax.set_ylim(len(data) - 0.5, -0.6)
    ax.set_yticks(range(len(data)), data["table"])
    ticks = [tick for tick in (0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1) if low <= tick <= 1]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.set_xlabel("F1 (1 is perfect)")
    return ax


def _score(f1: float, labelled: int, right: int, found: int) -> str:
    """Write a score so that rounding cannot make it perfect."""
    return "1.000" if right == labelled == found else f"{min(f1, 0.999):.3f}"


def _agreeing(n: int, whole: int) -> str:
    """Say how many parts agree: "Neither of two parts agrees", "Two of three parts agree", "All three parts agree"."""
    if n == whole:
        return f"{opened(every(n, 'part'))} {'agrees' if n == 1 else 'agree'}"
    if not n:
        few = {1: "The one part does not agree", 2: "Neither of two parts agrees"}
        return few.get(whole) or f"None of {count(whole, 'part')} agrees"
    return f"{number(n).capitalize()} of {count(whole, 'part')} {'agrees' if n == 1 else 'agree'}"


def scores_words(data: pd.DataFrame) -> Words:
    """Say how many tables agree with the labels in every row, and which agrees least."""
    if data.empty:
        return nothing("Nobody has labelled these articles")
    perfect = int(((data["right"] == data["labelled"]) & (data["right"] == data["found"])).sum())
    data = data.assign(score=list(map(_score, data["F1"], data["labelled"], data["right"], data["found"])))
    worst = data.loc[data["F1"].idxmin()]
    title = f"{_agreeing(perfect, len(data))} with the labels in every row"
    if perfect < len(data):
        title += f"{'; least' if len(data) > 1 else ':'} {worst['table']} ({worst['score']})"
    return Words(
        title,
        f"F1 of each table, or part of it, against labels made by hand; line: 95 % interval; {int(data['labelled'].sum()):,} labels",
        "These are the articles that the rules were written with. Where nothing is wrong the interval is a point, which does "
        "not mean that nothing could be.",
        f"Dots by table. {title}. " + "; ".join(f"{r.table} {r.score}" for r in data.itertuples()) + ".",
    )


# Why tables and labels disagree.


def by_cause(listed: pd.DataFrame) -> pd.DataFrame:
    """Count explained disagreements: table, kind, cause, n, words (of the row, else the beginning of its sentence)."""
    sentences = [textwrap.shorten(text, SHORT, placeholder=" …") for text in listed["sentence"].fillna("")]
    words = listed["words"].fillna(pd.Series(sentences, index=listed.index, dtype="object"))
    grouped = listed.assign(words=words).groupby(["table", "kind", "cause"], sort=False)["words"]
    return grouped.agg(n="size", words=lambda found: "; ".join(dict.fromkeys(found))).reset_index()


def told(listed: pd.DataFrame) -> pd.DataFrame:
    """Return explained disagreements as they are read: table, what either side says, sentence, why, sentence_id."""
    sides = [
        ("labelled " + listed["labelled"]).fillna("not labelled"),
        ("found " + listed["found"]).fillna("not found"),
    ]
    why = (listed["cause"] + (": " + listed["why"]).fillna("")).astype("string")
    columns = {"table": listed["table"], "what": sides[0] + "; " + sides[1], "sentence": listed["sentence"], "why": why}
    return pd.DataFrame({**columns, "sentence_id": listed["sentence_id"]})


def causes_say(scored: pd.DataFrame, listed: pd.DataFrame) -> str:
    """Say which cause of disagreement is commonest, and how many of them nobody has explained."""
    if scored.empty:
        return "Nobody has labelled these articles: no error in them is known, and none is explained."
    if listed.empty:
        return "Tables and labels agree in every row: there is nothing to explain."
    causes = listed["cause"].value_counts()
    commonest = [f"“{cause}”" for cause in sorted(causes.index[causes == causes.max()])]
    n_rows = int(listed[["labelled", "found"]].count().sum())
    return (
        f"{count(n_rows, 'row').capitalize()} that only one side has, in {count(len(listed), 'disagreement')}: a value that "
        "differs is one of both sides, and an event is scored twice, whole and by its stage. The commonest cause is "
        f"{' or '.join(commonest)} ({number(int(causes.max()))}{' each' if commonest[1:] else ''}); not yet explained: "
        f"{number(int(causes.get(UNEXPLAINED, 0)))}."
    )


# What the figures would show with the labels in place of what was found.


def with_labels(tables: Tables, folder: Path | str = evaluate.GOLD) -> Tables:
    """Put the labels in the place of the rows that were found; what labels do not say is taken from those."""
    changes: dict[str, pd.DataFrame] = {}
    for name in SWAPPED:
        gold = evaluate.labels(tables, name, folder)
        if gold is not None:
            changes[name] = _as_table(tables, name, gold)
    return replace(tables, **changes)


def _as_table(tables: Tables, name: str, gold: pd.DataFrame) -> pd.DataFrame:
    """Make labels a table of the schema: ids by their place, the other columns from the row found there."""
    found = getattr(tables, name)
    columns = [column for column, _, _ in SCHEMA[name]]
    key = ["start", "end", *(["target_id", "stage"] if name == "sanction_events" else [])]
    gold = gold.assign(start=gold["start"].astype("Int64"), end=gold["end"].astype("Int64"))
    blocks = tables.blocks[["block_id", "article_id", "start", "end"]]
    bodies = pd.IntervalIndex.from_arrays(blocks["start"].astype(int), blocks["end"].astype(int), closed="left")
    held = blocks.iloc[bodies.get_indexer(gold["start"].astype(int))]
    gold = gold.assign(block_id=held["block_id"].to_numpy(), article_id=held["article_id"].to_numpy())
    rest = [column for column in columns if column not in gold or column in key]
    merged = gold.sort_values("start").merge(found[rest].drop_duplicates(key), how="left", on=key)
    if name == "sanction_events":
        merged = _threaded(merged, found)
    return frame(name, merged[columns].astype("object").where(merged[columns].notna(), None).values.tolist())


def _threaded(events: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Give an event that was not found the thread of others with its sender and target."""
    known: Mapping[tuple[str, str], str] = {(row.sender_id, row.target_id): row.thread_id for row in found.itertuples()}
    threads = [
        known.get((row.sender_id, row.target_id), f"{row.sender_id}--{row.target_id}") for row in events.itertuples()
    ]
    return events.assign(
        thread_id=events["thread_id"].fillna(pd.Series(threads, index=events.index)), retold=events["retold"].eq(True)
    )


def swapped(tables: Tables) -> pd.DataFrame:
    """Return one row a figure: figure, same title, rows that differ, title with the labels; none without labels.

    Of a corpus that is labelled in part the figures are those of that part, on either side.
    """
    tables = evaluate.labelled(tables)
    labelled = with_labels(tables)
    changed = {name for name in SWAPPED if getattr(labelled, name) is not getattr(tables, name)}
    rows = []
    for figure in figures():
        if figure.notebook == NOTEBOOK or not set(figure.inputs) & changed:
            continue
        one, other = figure.data(tables), figure.data(labelled)
        titles = figure.words(one).title, figure.words(other).title
        counts = [Counter(map(str, data.itertuples(index=False))) for data in (one, other)]
        differing = (counts[0] - counts[1]) + (counts[1] - counts[0])
        rows.append((figure.name, titles[0] == titles[1], differing.total(), titles[1]))
    return pd.DataFrame(rows, columns=["figure", "same title", "rows that differ", "title with the labels"])


def swapped_say(swapped: pd.DataFrame) -> str:
    """Say how many figures would have another title with the labels, and which."""
    if swapped.empty:
        return "There are no labels to make a figure with."
    changed = swapped.loc[~swapped["same title"].astype(bool), "figure"]
    said = f"{count(len(changed), 'figure').capitalize()} of {number(len(swapped))} would have another title with the labels in place of what was found"
    return f"{said}: {', '.join(changed)}." if len(changed) else f"{said}."


# Two people who labelled the same.


def agreement(tables: Tables, folder: Path | str = evaluate.GOLD) -> pd.DataFrame:
    """Return one row a kind of label that two people gave: units, both the same, Krippendorff's alpha.

    A unit that only one of them labelled is "none" for the other.
    """
    rows = []
    for name, what, unit, value in (
        ("sentiment", "tone of a sentence", "start", "label"),
        ("sanction_events", "stages of a sentence’s sanction events", "sentence_id", "stage"),
        ("counts", "measure of a number of people", "start", "measure"),
    ):
        coders = [evaluate.labels(tables, name, where) for where in (folder, Path(folder) / SECOND_CODER)]
        if coders[0] is None or coders[1] is None:
            continue
        said = [
            labels.groupby(["source", unit])[value].agg(lambda values: "; ".join(sorted(set(values)))).to_dict()
            for labels in coders
        ]
        units = sorted(set(said[0]) | set(said[1]))
        data = [(coder, place, said[coder].get(place, "none")) for place in units for coder in (0, 1)]
        same = sum(said[0].get(place) == said[1].get(place) for place in units)
        rows.append((what, len(units), same, AnnotationTask(data=data).alpha()))
    return pd.DataFrame(rows, columns=["label", "units", "both the same", "alpha"])


def second_say(scores: list[evaluate.Score], second: list[evaluate.Score]) -> str:
    """Say which score falls most on the second person's labels."""
    if not second:
        return "There are no labels of a second person to score the tables on."
    first = {score.table: score for score in scores}
    worst = max(second, key=lambda score: first[score.table].f1 - score.f1)
    if worst.f1 >= first[worst.table].f1:
        return "No score is lower on the second person’s labels."
    told = [_score(s.f1, s.labelled, s.right, s.found) for s in (first[worst.table], worst)]
    return f"On the second person’s labels the score falls most in {worst.table}: from {told[0]} to {told[1]}."


# Public tools on the same articles.


def public_tools(scored: pd.DataFrame) -> pd.DataFrame:
    """Return the stored comparison: task, tool, labels, found, right, F1, note; no rows for other articles.

    `scored` are the scores of these articles; without any they are not those of the comparison. The note of the
    first row of a task, that of the tables, says what was asked.
    """
    columns = ["task", "tool", "labels", "found", "right", "F1", "note"]
    if scored.empty or not TOOLS.is_file():
        return pd.DataFrame(columns=columns)
    data = pd.read_csv(TOOLS, dtype={"version": "string", "found": "Int64", "right": "Int64"})
    versions = (" " + data["version"]).fillna("")
    f1 = (2 * data["right"] / (data["found"] + data["labels"])).astype("Float64")
    note = data["note"].mask(~data["task"].duplicated(), "asked: " + data["asked"])
    return data.assign(tool=data["tool"] + versions, F1=f1, note=note)[columns]


def _gaps(tools: pd.DataFrame) -> pd.DataFrame:
    """Return one row a task: how far the F1 of the tables is from the best other (gap), and that in words (best)."""
    rows = []
    for task, answers in tools.dropna(subset=["right"]).groupby("task", sort=False):
        best = answers.iloc[1:].sort_values("F1", ascending=False, kind="stable").iloc[0]
        told = f"{task} ({best['tool']}, {best['right']} of {best['labels']} right)"
        rows.append((answers.iloc[0]["F1"] - best["F1"], told))
    return pd.DataFrame(rows, columns=["gap", "best"])


def tools_headline(tools: pd.DataFrame) -> str:
    """Say in how many tasks the tables are ahead of public tools and baselines."""
    gaps = _gaps(tools)["gap"]
    return (
        "On the articles that their rules were written with, the tables are ahead of every public tool and simple rule in "
        f"{number(int((gaps > 0).sum()))} of {count(len(gaps), 'task')}, level with the best in "
        f"{number(int((gaps == 0).sum()))}, behind in {number(int((gaps < 0).sum()))}."
    )


def tools_say(tools: pd.DataFrame) -> str:
    """Say in how many tasks the tables are ahead, by most and least, in which they are not, and who was not asked."""
    if tools.empty:
        return "The comparison with public tools was made on the project’s own articles, and says nothing of these."
    gaps = _gaps(tools)
    ahead, level, behind = gaps[gaps["gap"] > 0], gaps[gaps["gap"] == 0], gaps[gaps["gap"] < 0]
    said = [tools_headline(tools)]
    if len(ahead):
        most, least = ahead.loc[ahead["gap"].idxmax(), "best"], ahead.loc[ahead["gap"].idxmin(), "best"]
        said.append(f"Most ahead: {most}. Least ahead: {least}.")
    if len(level):
        said.append(f"Level: {', '.join(level['best'])}.")
    if len(behind):
        said.append(f"Behind: {', '.join(behind['best'])}.")
    unasked = tools.loc[tools["right"].isna(), "tool"].drop_duplicates()
    if len(unasked):
        said.append(f"Could not be asked: {', '.join(unasked)}.")
    return " ".join(said)


NOTEBOOK = "05-how-far-to-trust"
FIGURES = (
    Figure(
        "scores",
        NOTEBOOK,
        ("mentions", "quotes", "sanction_events", "counts", "detainees"),
        scores,
        draw_scores,
        scores_words,
        lambda data: 0.9 + 0.27 * max(2, len(data)),
    ),
)
