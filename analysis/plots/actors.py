"""Figures of notebook 01-actor-mentions on who is named: how, how often, when, beside whom, by what words.

All of them count names, roles and metonyms in the body (`counted`); demonyms and titles apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

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
    lane_label,
    named,
    number,
    opened,
    share,
    times,
)
from analysis.plots.leads import article
from analysis.tables import Tables

COUNTED = ("name", "role", "metonym")
KIND_COLOURS = {"name": BLUE, "role": VERMILION, "metonym": "#8c8c8c"}
TOP = 15  # actors in a figure; the rest is counted in the caption
TOP_PAIRS = 12  # actors in the triangle
TOP_PERSONS = 3
TOP_WORDS = 10  # ways of calling one person
MAX_ARTICLES = 12  # columns in which counts can still be read
MAX_LINED = 100  # columns that can be parted by lines


def counted(tables: Tables, *, kinds: tuple[str, ...] = COUNTED, with_titles: bool = False) -> pd.DataFrame:
    """Return the mentions that count, with the actor's name, type and camp, and the article's title and date."""
    mentions = tables.mentions[tables.mentions["kind"].isin(kinds)]
    blocks = tables.blocks[["block_id", "kind"]].rename(columns={"kind": "block_kind"})
    joined = mentions.merge(blocks, on="block_id", validate="many_to_one")
    joined = joined[joined["block_kind"].isin(("title", "body") if with_titles else ("body",))]
    actors = people(tables)
    joined = joined.merge(actors, on="actor_id", validate="many_to_one")
    articles = tables.articles[["article_id", "title", "published", "words"]]
    return joined.merge(articles, on="article_id", validate="many_to_one")


def people(tables: Tables) -> pd.DataFrame:
    """Return the registry with one row an actor: actor_id, name, type, camp."""
    actors = tables.actors[["actor_id", "name", "type", "camp"]].drop_duplicates("actor_id")
    # "eu" and "un" are abbreviations, the other camps words or names.
    return actors.assign(
        camp=[camp.upper() if len(camp) <= 2 else camp[0].upper() + camp[1:] for camp in actors["camp"]]
    )


def in_order(tables: Tables) -> list[str]:
    """Return the articles in order of date, those without one last."""
    ordered = tables.articles.sort_values(["published", "published_earliest", "article_id"])
    return ordered["article_id"].tolist()


def ranked_names(mentions: pd.DataFrame) -> list[str]:
    """Return the actors' names by number of mentions, ties in the order of the alphabet."""
    totals = mentions["name"].value_counts()
    return sorted(totals.index, key=lambda name: (-totals[name], name))


def mentioned(tables: Tables) -> pd.DataFrame:
    """Return one row an actor and kind of mention: name, camp, kind, n; most mentioned first."""
    mentions = counted(tables)
    data = mentions.groupby(["name", "camp", "kind"], as_index=False).size().rename(columns={"size": "n"})
    order = {name: rank for rank, name in enumerate(ranked_names(mentions))}
    return data.sort_values(["name", "kind"], key=lambda c: c.map(order) if c.name == "name" else c, ignore_index=True)


def draw_mentioned(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar an actor, parted by the kind of words, with the number at its end."""
    wide = data.pivot_table(index="name", columns="kind", values="n", aggfunc="sum", fill_value=0, sort=False).head(TOP)
    left = np.zeros(len(wide))
    for kind in COUNTED:
        if kind in wide:
            ax.barh(range(len(wide)), wide[kind], left=left, color=KIND_COLOURS[kind], height=0.64, label=kind)
            left = left + wide[kind].to_numpy()
    for y, total in enumerate(left):
        ax.annotate(f"{total:,.0f}", (total, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=9)
    return finish_bars(ax, wide.index, left, room=1.08, label="mentions")


def whole_numbers() -> MaxNLocator:
    """Return ticks where matplotlib sets them, but none between two whole numbers: there is no half mention."""
    return MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True)


def finish_bars(ax: Axes, names: pd.Index, ends: np.ndarray, *, room: float, label: str) -> Axes:
    """Name the lanes of a bar chart, the first on top, and leave room behind the longest bar for its label."""
    ax.set_yticks(range(len(names)), [lane_label(name) for name in names])
    ax.set_ylim(max(len(names), 1) - 0.4, -0.6)
    ax.set_xlim(0, max(ends.max(initial=1) * room, 1))
    ax.set_xlabel(label)
    ax.xaxis.set_major_locator(whole_numbers())
    ax.xaxis.set_major_formatter("{x:,g}")
    if len(names):
        ax.legend()
    return ax


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


def nothing(title: str) -> Words:
    return Words(title, "n = 0", "There is nothing to draw.", f"{title}: the figure is empty.")


def over_time(tables: Tables) -> pd.DataFrame:
    """Return one row an actor and article in order of date: name, article_id, label, n, per 1,000 words."""
    mentions = counted(tables)
    names = ranked_names(mentions)[:TOP]
    order = in_order(tables)
    counts = mentions.groupby(["name", "article_id"]).size()
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


def date_label(article: pd.Series) -> str:
    return f"{article['published']:%Y-%m-%d}" if pd.notna(article["published"]) else "no date"


def draw_over_time(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a table of actors by articles, shaded by mentions per 1,000 words, the counts written in."""
    return draw_by_article(data, ax, lane="name", shade="per_1000_words", written="n", label="mentions per 1,000 words")


def draw_by_article(data: pd.DataFrame, ax: Axes, *, lane: str, shade: str, written: str, label: str) -> Axes:
    """Draw a table of lanes by articles in their order: shaded by one column, another written in where it can be read."""
    order, names = list(dict.fromkeys(data["article_id"])), list(dict.fromkeys(data[lane]))
    shape, counts = (
        data.pivot(index=lane, columns="article_id", values=column).reindex(names)[order] for column in (shade, written)
    )
    sns.heatmap(
        shape,
        ax=ax,
        cmap=sns.light_palette(BLUE, as_cmap=True),
        vmin=0,
        annot=counts.map(lambda n: f"{n:,}" if n else "") if len(order) <= MAX_ARTICLES else False,
        fmt="",
        # Where a column is hardly wider than a line, lines would be all there is to see.
        linewidths=1 if len(order) <= MAX_LINED else 0,
        linecolor="white",
        annot_kws={"fontsize": 9},
        cbar_kws={"label": label, "fraction": 0.03, "pad": 0.02},
    )
    for y in range(1, len(names)):
        ax.axhline(y, color="white", linewidth=1)
    for text, article_id in zip(ax.texts, order * len(names), strict=False):
        text.set_url(article(article_id) if text.get_text() else None)
    labels = data.drop_duplicates("article_id").set_index("article_id")["label"]
    ticks = range(0, len(order), max(1, len(order) // MAX_ARTICLES))
    ax.set_xticks([tick + 0.5 for tick in ticks], [labels[order[tick]] for tick in ticks], rotation=40, ha="right")
    ax.set_yticks([n + 0.5 for n in range(len(names))], [lane_label(name) for name in names], rotation=0)
    ax.set_xlabel("articles in order of date")
    ax.set_ylabel("")
    return ax


def over_time_words(data: pd.DataFrame) -> Words:
    """Say who is in the most articles, and who stands in one only."""
    if data.empty:
        return nothing("No actor of the registry is mentioned")
    n_articles = data["article_id"].nunique()
    present = data[data["n"] > 0].groupby("name", sort=False)["article_id"].nunique()
    always = [name for name, n in present.items() if n == n_articles]
    most = always or ahead(present)
    where = f"{number(int(present.max()))} of {count(n_articles, 'article')}"
    if always:
        where = every(n_articles, "article")
    if len(most) <= 2:
        title = f"{opened(named(most, 'actor'))} {'is' if len(most) == 1 else 'are'} in {where}"
    else:
        of = f"all {number(len(most))}" if len(most) == len(present) else f"{number(len(most))} of the"
        title = f"{opened(of)} actors mentioned most are in {where}"
    if not always:
        # Whoever is mentioned less may yet be in more articles.
        title += ", none of those mentioned most in more"
    return Words(
        title,
        f"Mentions in the body; shade: per 1,000 words of the article; {count(len(present), 'actor')} mentioned most, "
        f"{count(n_articles, 'article')}",
        "An article is short: one mention more or less changes its shade. An empty cell is no mention by name, role or metonym.",
        f"Table of actors by articles in order of date. {title}. "
        + ", ".join(f"{name} in {k}" for name, k in present.items())
        + ".",
    )


def together(tables: Tables) -> pd.DataFrame:
    """Return one row a pair of actors, ordered by camp: row, column, sentences in which both are mentioned."""
    mentions = counted(tables)
    top = mentions[mentions["name"].isin(ranked_names(mentions)[:TOP_PAIRS])]
    camps = top.drop_duplicates("name").set_index("name")["camp"]
    size = top.groupby("camp")["name"].size()
    rank = {name: i for i, name in enumerate(ranked_names(top))}
    names = sorted(camps.index, key=lambda name: (-size[camps[name]], camps[name], rank[name]))
    held = {name: set(group["sentence_id"]) for name, group in top.groupby("name")}
    rows = [(a, b, camps[a], camps[b], len(held[a] & held[b])) for i, a in enumerate(names) for b in names[:i]]
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
            xytext=(0, 0 if large else 6),
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
    mentions = counted(tables)
    persons = mentions[mentions["type"] == "person"]
    data = persons[persons["name"].isin(ranked_names(persons)[:TOP_PERSONS])].copy()
    data["words_used"] = [
        " ".join(str(text).split()).removeprefix("the ").removeprefix("The ") for text in data["text"]
    ]
    grouped = data.groupby(["name", "words_used", "kind"], as_index=False).size().rename(columns={"size": "n"})
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


def concordance(tables: Tables, actor_id: str, *, width: int = 60) -> pd.DataFrame:
    """Return every mention of an actor with the words around it: article, before, keyword, after, kind, sentence_id."""
    sentences = tables.sentences.set_index("sentence_id")
    rows = []
    for mention in counted(tables, with_titles=True).query("actor_id == @actor_id").itertuples():
        sentence = sentences.loc[mention.sentence_id]
        left, right = mention.start - sentence["start"], mention.end - sentence["start"]
        before, after = sentence["text"][:left][-width:], sentence["text"][right:][:width]
        rows.append((lane_label(mention.title), before, mention.text, after, mention.kind, mention.sentence_id))
    return pd.DataFrame(rows, columns=["article", "before", "keyword", "after", "kind", "sentence_id"])


def rankings(tables: Tables) -> pd.DataFrame:
    """Return one row an actor: its rank by all mentions and by other rules of counting.

    "surnames only" is what a plain list of surnames finds: persons alone, by the last word of their name.
    """
    speaking = tables.quotes[tables.quotes["speaker"].str.lower().isin(("he", "she", "they"))]
    spoken = speaking.merge(people(tables), left_on="speaker_id", right_on="actor_id", validate="many_to_one")["name"]
    default = counted(tables)["name"]
    named = counted(tables, kinds=("name",))
    last_words = (named[column].str.split().str[-1].str.casefold() for column in ("text", "name"))
    by_surname = (named["type"] == "person") & np.equal(*last_words)
    ways = {
        "all": default,
        "names only": named["name"],
        "surnames only": named.loc[by_surname, "name"],
        "with titles": counted(tables, with_titles=True)["name"],
        "with pronouns that speak": pd.concat([default, spoken]),
        "with demonyms": counted(tables, kinds=(*COUNTED, "demonym"))["name"],
    }
    ranks = pd.DataFrame({way: names.value_counts().rank(ascending=False, method="min") for way, names in ways.items()})
    ranks = ranks.rename_axis("actor").reset_index().sort_values(["all", "actor"], ignore_index=True)
    return ranks.astype(dict.fromkeys(ways, "Int64"))


def lanes(column: str, top: int, base: float, lane: float):  # type: ignore[no-untyped-def]
    return lambda data: base + lane * min(top, max(3, data[column].nunique() if len(data) else 3))


NOTEBOOK = "01-actor-mentions"
FIGURES = (
    Figure(
        "actor-mentions",
        NOTEBOOK,
        ("mentions", "actors"),
        mentioned,
        draw_mentioned,
        mentioned_words,
        lanes("name", TOP, 0.8, 0.3),
    ),
    Figure(
        "actors-over-time",
        NOTEBOOK,
        ("mentions", "actors", "articles"),
        over_time,
        draw_over_time,
        over_time_words,
        lanes("name", TOP, 1.5, 0.32),
    ),
    Figure(
        "actors-together",
        NOTEBOOK,
        ("mentions", "actors", "sentences"),
        together,
        draw_together,
        together_words,
        lanes("row", TOP_PAIRS, 0.6, 0.48),
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
