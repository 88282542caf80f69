"""Figures of notebook 04-sentiment on wording: by article, by who speaks, by who is spoken of, headline and body.

Passages and their two scores are described in `passages`. A title names a difference only where the interval of
the difference leaves out zero, and says whether both scores agree. Headlines are passages of their own: what is
said of the body leaves them out.
"""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.plots import INK, Figure, Words, count, lane_label, number, share
from analysis.plots.actors import in_order, nothing, people
from analysis.plots.leads import article
from analysis.plots.passages import (
    FEWEST,
    INTERVALS,
    SCORERS,
    SEED,
    SHIFT,
    Mean,
    agreement,
    difference,
    dot_handles,
    draw_dots,
    draw_lanes,
    draw_mean,
    finish,
    listed,
    mean,
    mean_handle,
    passages,
    score,
    thinned,
    too_few,
)
from analysis.sentiment import interval, label
from analysis.tables import Tables

NOTEBOOK = "04-sentiment"
MAX_LANES = 24  # articles in a figure; the rest is counted in the caption
TOP = 12  # actors spoken of
REPORTER, STRANGER = "Reporter", "No actor of the registry"


# Every passage, by article.


def by_article(tables: Tables) -> pd.DataFrame:
    """Return one row a passage, articles in order of date: article_id, sentence_id, title, date, place, voice, news, vader."""
    data = passages(tables)
    place = {article_id: i for i, article_id in enumerate(in_order(tables))}
    columns = ["article_id", "sentence_id", "title", "date", "place", "voice", "news", "vader"]
    ordered = data.assign(rank=data["article_id"].map(place)).sort_values(["rank", "start", "end"], ignore_index=True)
    return ordered[columns]


def _longest(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the articles with most passages, in their order, with their passages."""
    kept = data["article_id"].value_counts(sort=False).sort_values(ascending=False, kind="stable").head(MAX_LANES).index
    return [(str(a), frame) for a, frame in data.groupby("article_id", sort=False) if a in kept]


def draw_by_article(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane an article and a dot for each of its passages, the headline as a diamond."""
    lanes = _longest(data)
    for y, (_, frame) in enumerate(lanes):
        draw_dots(ax, frame, y)
    everything = pd.concat([frame for _, frame in lanes])
    return finish(ax, [_article_label(frame) for _, frame in lanes], dot_handles(everything, has_means=False))


def _article_label(frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    n = int((frame["place"] == "body").sum())
    return f"{lane_label(first['title'] or 'no title')}\n{first['date']}, n = {n}"


def by_article_words(data: pd.DataFrame) -> Words:
    """Say what share of the passages is worded negatively, and positively, by either score."""
    body = data[data["place"] == "body"]
    if body.empty:
        return nothing("No sentence has a score")
    n, n_articles = len(body), data["article_id"].nunique()
    labels = {scorer: [label(x, scorer=scorer) for x in body[scorer]] for scorer in SCORERS}
    shares = {
        scorer: [share(found.count(name), n) for name in ("negative", "positive")] for scorer, found in labels.items()
    }
    title = (
        f"The lexicon for news reads {shares['news'][0]} of the passages as negative and {shares['news'][1]} as "
        f"positive; plain VADER {shares['vader'][0]} and {shares['vader'][1]}"
        if n >= FEWEST
        else too_few(n, "passage")
    )
    rest = n_articles - MAX_LANES
    others = f" The {count(rest, 'article')} with fewer passages {'is' if rest == 1 else 'are'} not drawn."
    lanes = [(f"“{f['title'].iloc[0]}”", f[f["place"] == "body"]) for _, f in _longest(data)]
    return Words(
        title,
        f"Score of every passage of the body and of the headline, articles in order of date; n = {n:,} "
        f"in {count(n_articles, 'article')}",
        "A passage is a sentence, or where somebody is quoted the reporter’s part of it or the quotation. Heights within "
        f"a lane mean nothing.{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of dots, one for each article, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


# Reporter and quoted voices.


def by_voice(tables: Tables) -> pd.DataFrame:
    """Return one row a passage of the body: who (reporter, or the camp quoted), article_id, sentence_id, place, voice, news, vader."""
    data = passages(tables).query("place == 'body'")
    camps = people(tables).set_index("actor_id")["camp"]
    who = data["speaker_id"].map(camps).astype("string").fillna(STRANGER).mask(data["voice"] == "narration", REPORTER)
    data = data.assign(who=who)
    n = data["who"].value_counts()
    order = {name: (name != REPORTER, -n[name], name) for name in n.index}
    data = data.assign(rank=data["who"].map(order)).sort_values("rank", kind="stable", ignore_index=True)
    return data[["who", "article_id", "sentence_id", "place", "voice", "news", "vader"]]


def draw_by_voice(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the reporter's passages and below them those of each camp, with means."""
    return draw_lanes(ax, _voices(data), 24)


def _voices(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the reporter and the camps with most passages, each with its passages."""
    return [(str(who), frame) for who, frame in data.groupby("who", sort=False)][: TOP + 1]


def by_voice_words(data: pd.DataFrame) -> Words:
    """Say whether the reporter's words and the quoted differ, only where the interval supports it."""
    if data.empty:
        return nothing("No sentence has a score")
    told, said = (data[data["voice"] == voice] for voice in ("narration", "quote"))
    if said.empty or told.empty:
        title = "Nobody is quoted" if said.empty else "All words are quoted"
    elif min(len(told), len(said)) < FEWEST:
        title = too_few(min(len(told), len(said)), "passage" if len(told) < len(said) else "quoted passage")
    else:
        news, vader = (difference(told, said, scorer) for scorer in SCORERS)
        means = f"{score(told['news'].mean())} against {score(said['news'].mean())}"
        title = (
            f"The reporter’s words are scored more {'negative' if news.value < 0 else 'positive'} than those quoted, "
            f"{means}; {agreement(news, vader)}"
            if news.is_apart
            else f"Reporter and quoted voices cannot be told apart by wording, {means}{_doubt(vader)}"
        )
    lanes = _voices(data)
    rest = data["who"].nunique() - len(lanes)
    others = f" {count(rest, 'camp').capitalize()} with fewer passages {'is' if rest == 1 else 'are'} not drawn."
    return Words(
        title,
        f"Score of each passage of the body by who speaks; n = {len(told):,} of the reporter, {len(said):,} quoted",
        f"{INTERVALS}; below {number(FEWEST)} passages there is no mean. A camp is whom an actor stands with in this "
        f"story, as the registry has it.{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of dots by who speaks, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


def _doubt(vader: Mean) -> str:
    """Say where plain VADER finds a difference that the lexicon for news does not."""
    return "; plain VADER finds a difference" if vader.is_apart else ""


# What is said of whom.


def by_target(tables: Tables) -> pd.DataFrame:
    """Return one row a passage of the body and actor spoken of: passage, name, article_id, sentence_id, place, voice, news, vader.

    A passage that speaks of nobody has one row, without a name. Empty where none speaks of anybody.
    """
    data = passages(tables).query("place == 'body'").reset_index(drop=True)
    data = data.assign(
        passage=data.index, actor_id=[str(x).split("; ") if pd.notna(x) else [None] for x in data["targets"]]
    )
    data = data.explode("actor_id", ignore_index=True).astype({"actor_id": "string"})
    data["name"] = data["actor_id"].map(people(tables).set_index("actor_id")["name"]).astype("string")
    columns = ["passage", "name", "article_id", "sentence_id", "place", "voice", "news", "vader"]
    return data[columns] if data["name"].notna().any() else data.loc[[], columns]


def _most_named(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    n = data["name"].value_counts()
    names = sorted(n.index, key=lambda name: (-n[name], name))[:TOP]
    return [(name, data[data["name"] == name]) for name in names]


def draw_by_target(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the passages that mention each actor, most mentioned first, with means."""
    return draw_lanes(ax, _most_named(data), 24)


def by_target_words(data: pd.DataFrame) -> Words:
    """Say whose passages are worded most apart from the others, only where the interval supports it."""
    if data.empty:
        return nothing("Nobody of the registry is spoken of")
    lanes = _most_named(data)
    tested = [(name, frame) for name, frame in lanes if len(frame) >= FEWEST]
    apart, n_compared = [], 0
    for name, frame in tested:
        others = data[~data["passage"].isin(frame["passage"])].drop_duplicates("passage")
        if len(others) >= FEWEST:
            n_compared += 1
            # The more actors are tried, the likelier one is apart by chance: Bonferroni's correction.
            found = [difference(frame, others, scorer, level=1 - 0.05 / len(tested)) for scorer in SCORERS]
            if found[0].is_apart:
                apart.append((abs(found[0].value), name, frame["news"].mean(), others["news"].mean(), *found))
    n_names, n = data["name"].nunique(), data.loc[data["name"].notna(), "passage"].nunique()
    title = f"{_who_is_compared(n_compared, n_names)} in words apart from the rest, beyond what chance may do"
    if not tested:
        title = f"No actor is spoken of in {number(FEWEST)} passages: too few for a summary"
    elif not n_compared:
        title = "Too few passages are without those spoken of most: they cannot be set against the rest"
    elif apart:
        _, name, own, rest, news, vader = max(apart)
        kind = "negative" if news.value < 0 else "positive"
        title = (
            f"Passages with “{name}” are scored more {kind} than others, {score(own)} against {score(rest)}; "
            f"{agreement(news, vader)}"
        )
    rest = n_names - len(lanes)
    others = f" {count(rest, 'actor').capitalize()} with fewer passages {'is' if rest == 1 else 'are'} not drawn."
    return Words(
        title,
        f"Score of each passage of the body by the actors it mentions; n = {n:,} that name "
        f"{count(n_names, 'actor')}, most mentioned first",
        f"{INTERVALS}. A passage counts for each actor in it, whoever is judged or acts.{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of dots by actor spoken of, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


def _who_is_compared(n: int, n_names: int) -> str:
    """Say of whom nothing is found: those with too few passages, or not drawn, were not compared."""
    if n == n_names:
        return "No actor stands"
    if n == 1:
        return "The actor spoken of most does not stand"
    return f"{'Neither' if n == 2 else 'None'} of the {number(n)} actors spoken of most stands"


# Headline and body.


def by_headline(tables: Tables) -> pd.DataFrame:
    """Return one row an article with headline and body: article_id, title, date, n; for each score the headline's,
    the body's mean and its interval (low, high), the last three missing where n is too small.
    """
    rows = []
    for article_id, frame in by_article(tables).groupby("article_id", sort=False):
        headline, body = (frame[frame["place"] == place] for place in ("headline", "body"))
        if headline.empty or body.empty:
            continue
        row = {"article_id": article_id, "title": frame["title"].iloc[0], "date": frame["date"].iloc[0], "n": len(body)}
        for scorer in SCORERS:
            found = mean(body, scorer) if len(body) >= FEWEST else Mean(*[math.nan] * 3)
            row |= {f"headline_{scorer}": float(headline[scorer].mean())}
            row |= {f"body_{scorer}": found.value, f"low_{scorer}": found.low, f"high_{scorer}": found.high}
        rows.append(row)
    parts = [f"{part}_{scorer}" for scorer in SCORERS for part in ("headline", "body", "low", "high")]
    return pd.DataFrame(rows, columns=["article_id", "title", "date", "n", *parts])


def draw_by_headline(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane an article: the headline as a diamond, joined to the mean of the body."""
    shown = data.head(MAX_LANES)
    labels = []
    for y, row in enumerate(shown.to_dict("records")):
        is_enough = row["n"] >= FEWEST
        labels.append(f"{lane_label(row['title'])}\n{row['date']}, n = {row['n']}{'' if is_enough else ', no mean'}")
        for scorer, shift in SHIFT.items():
            x = row[f"headline_{scorer}"] + shift
            diamond = ax.scatter([x], [y], s=46, marker="D", color=INK, edgecolor="white", zorder=4)
            diamond.set_urls([article(row["article_id"])])
            if is_enough:
                body = Mean(*(row[f"{part}_{scorer}"] for part in ("body", "low", "high")))
                ax.plot([x, body.value + shift], [y, y], color="#8c8c8c", linewidth=1, linestyle=":", zorder=1)
                draw_mean(ax, body, scorer, y, has_number=False)
    key = Line2D([], [], linestyle="", marker="D", markersize=6, color=INK, label="headline")
    return finish(ax, labels, [key, *([mean_handle("mean of the body")] if shown["n"].max() >= FEWEST else [])])


def by_headline_words(data: pd.DataFrame) -> Words:
    """Say whether headlines are worded otherwise than bodies, only where the interval supports it."""
    if data.empty:
        return nothing("No article has both a headline and a body")
    enough = data[data["n"] >= FEWEST]
    n = len(enough)
    gaps = {scorer: enough[f"headline_{scorer}"] - enough[f"body_{scorer}"] for scorer in SCORERS}
    if n < FEWEST:
        title = f"{count(n, 'article').capitalize()} with {number(FEWEST)} passages or more: too few for a summary"
    else:
        # Here the article is the unit: what is drawn again are articles.
        found = [Mean(float(gap.mean()), *interval(gap, [""] * n, seed=SEED)) for gap in gaps.values()]
        kind = "negative" if found[0].value < 0 else "positive"
        means = f"{score(enough['headline_news'].mean())} against {score(enough['body_news'].mean())}"
        title = (
            f"Headlines are scored more {kind} than their articles, {means}; {agreement(*found)}"
            if found[0].is_apart
            else f"Headlines are not scored otherwise than their articles, as far as {count(n, 'article')} can tell, {means}"
            f"{_doubt(found[1])}"
        )
    lower = int((gaps["news"] < 0).sum())
    rest = len(data) - MAX_LANES
    others = f" The {count(rest, 'later article')} {'is' if rest == 1 else 'are'} not drawn." if rest > 0 else ""
    below = f" The lexicon for news puts {number(lower)} of {count(n, 'headline')} below the body’s mean." if n else ""
    return Words(
        title,
        f"Score of the headline and mean of the body’s passages, articles in order of date; n = {len(data):,}"
        f"{'' if n == len(data) else f', {n:,} of them with a mean'}",
        f"{INTERVALS}; for the title above, articles are drawn again. A headline has few words: one word makes its "
        f"score.{others}",
        f"Lanes with a diamond for the headline and a stroke for the body’s mean, by two scores. {title}.{below}",
    )


def _height(n_lanes: int, lane: float) -> float:
    return 1.25 + lane * max(2, n_lanes)


FIGURES = (
    Figure(
        "wording-by-article",
        NOTEBOOK,
        ("sentiment", "articles", "blocks"),
        by_article,
        draw_by_article,
        by_article_words,
        lambda data: _height(min(MAX_LANES, data["article_id"].nunique()), 0.52),
    ),
    Figure(
        "wording-by-voice",
        NOTEBOOK,
        ("sentiment", "actors", "blocks"),
        by_voice,
        draw_by_voice,
        by_voice_words,
        lambda data: _height(len(_voices(data)), 0.6),
    ),
    Figure(
        "wording-by-target",
        NOTEBOOK,
        ("sentiment", "actors", "blocks"),
        by_target,
        draw_by_target,
        by_target_words,
        lambda data: _height(min(TOP, data["name"].nunique()), 0.6),
    ),
    Figure(
        "wording-of-headlines",
        NOTEBOOK,
        ("sentiment", "articles", "blocks"),
        by_headline,
        draw_by_headline,
        by_headline_words,
        lambda data: _height(min(MAX_LANES, len(data)), 0.52),
    ),
)
