"""Figures of notebook 04-sentiment on wording: by article, by who speaks, by who is spoken of, headline and body.

Passages and their two scores are described in `passages`. A title names a difference only where the interval of
the difference leaves out zero, and says whether both scores agree. Headlines are passages of their own: what is
said of the body leaves them out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots import Figure, Words, count, is_crowd, lane_label, nothing, number, share
from analysis.plots.headlines import by_headline, by_headline_words, draw_by_headline, headlines_height
from analysis.plots.mentions import people
from analysis.plots.passages import (
    FEWEST,
    SCORERS,
    agreement,
    average,
    difference,
    dot_handles,
    doubt,
    draw_dots,
    draw_lanes,
    finish,
    in_order_of_date,
    intervals_say,
    lanes_height,
    listed,
    passages,
    score,
    size,
    thinned,
    too_few,
    weighed,
)
from analysis.plots.publication import NO_DATE
from analysis.sentiment import label
from analysis.tables import Tables

NOTEBOOK = "04-sentiment"
MAX_LANES = 24  # articles in a figure; the rest is counted in the caption
TOP = 12  # actors spoken of
EVERY = "every passage"
REPORTER, STRANGER = "Reporter", "No actor of the registry"


# Every passage, by article.


def by_article(tables: Tables) -> pd.DataFrame:
    """Return one row a passage, articles in order of date: article_id, sentence_id, title, date, place, voice, news, vader.

    Of a crowd of articles the passages are weighed by year, in the column date.
    """
    if is_crowd(tables):
        # Years instead of articles.
        frames = (
            data.assign(date=data["date"].str[:4].where(data["date"] != NO_DATE, NO_DATE))
            for data in map(passages, tables.parts())
        )
        return weighed(frames, ["date", "place", "voice"])
    return in_order_of_date(tables)


def _longest(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Return the articles with most passages, in their order, with their passages; of a crowd the years."""
    if "n" in data:
        return [(str(year), frame) for year, frame in data.groupby("date")][-MAX_LANES:]
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
    if "n" in frame:
        return f"{first['date']}\nn = {size(frame[frame['place'] == 'body']):,}"
    n = int((frame["place"] == "body").sum())
    return f"{lane_label(first['title'] or 'no title')}\n{first['date']}, n = {n}"


def by_article_words(data: pd.DataFrame) -> Words:
    """Say what share of the passages is worded negatively, and positively, by either score."""
    body = data[data["place"] == "body"]
    if body.empty:
        return nothing("No sentence has a score")
    unit = "year" if "n" in data else "article"
    n, n_lanes = size(body), data["date" if "n" in data else "article_id"].nunique()
    n_articles = n_lanes - int("n" in data and (data["date"] == NO_DATE).any())
    shares = {
        scorer: [share(_labelled(body, scorer, name), n) for name in ("negative", "positive")] for scorer in SCORERS
    }
    title = (
        f"The lexicon for news reads {shares['news'][0]} of the passages as negative and {shares['news'][1]} as "
        f"positive; plain VADER {shares['vader'][0]} and {shares['vader'][1]}"
        if n >= FEWEST
        else too_few(n, "passage")
    )
    rest = n_lanes - MAX_LANES
    others = f" The {count(rest, 'article')} with fewer passages {'is' if rest == 1 else 'are'} not drawn."
    if unit == "year":
        others = f" {count(rest, 'earlier year').capitalize()} not drawn."
    lanes = [
        (name if unit == "year" else f"“{f['title'].iloc[0]}”", f[f["place"] == "body"]) for name, f in _longest(data)
    ]
    heights = "" if unit == "year" else " Heights within a lane mean nothing."
    return Words(
        title,
        f"Score of every passage of the body and of the headline, {unit}s in order{' of date' if unit == 'article' else ''}; n = {n:,} "
        f"in {count(n_articles, unit)}",
        "A passage is a sentence, or where somebody is quoted the reporter’s part of it or the quotation."
        f"{heights}{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of {'dots' if unit == 'article' else 'shapes'}, one for each {unit}, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


def _labelled(frame: pd.DataFrame, scorer: str, name: str) -> int:
    """Count the passages that a score calls by a label."""
    known = frame[frame[scorer].notna()]
    is_so = np.array([label(x, scorer=scorer) == name for x in known[scorer]], dtype=bool)
    return size(known[is_so].assign(news=0.0)) if len(known) else 0


# Reporter and quoted voices.


def by_voice(tables: Tables) -> pd.DataFrame:
    """Return one row a passage of the body: who (reporter, or the camp quoted), article_id, sentence_id, place, voice, news, vader."""
    data = weighed(map(_by_camp, tables.parts()), [*_BY_CAMP]) if is_crowd(tables) else _by_camp(tables)
    n = pd.Series({who: size(frame) for who, frame in data.groupby("who")}, dtype="int64")
    order = {name: (name != REPORTER, -n[name], name) for name in n.index}
    data = data.assign(rank=data["who"].map(order)).sort_values("rank", kind="stable", ignore_index=True)
    columns = ["who", "article_id", "sentence_id", "place", "voice", "news", "vader"]
    return data.drop(columns="rank") if "n" in data else data[columns]


_BY_CAMP = ("who", "place", "voice")


def _by_camp(tables: Tables) -> pd.DataFrame:
    """Return the passages of the body with who speaks."""
    data = passages(tables).query("place == 'body'")
    camps = people(tables).set_index("actor_id")["camp"]
    who = data["speaker_id"].map(camps).astype("string").fillna(STRANGER).mask(data["voice"] == "narration", REPORTER)
    return data.assign(who=who)


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
    elif min(size(told), size(said)) < FEWEST:
        title = too_few(min(size(told), size(said)), "passage" if size(told) < size(said) else "quoted passage")
    else:
        news, vader = (difference(told, said, scorer) for scorer in SCORERS)
        means = f"{score(average(told, 'news'))} against {score(average(said, 'news'))}"
        title = (
            f"The reporter’s words are scored more {'negative' if news.value < 0 else 'positive'} than those quoted, "
            f"{means}; {agreement(news, vader)}"
            if news.is_apart
            else f"Reporter and quoted voices cannot be told apart by wording, {means}{doubt(vader)}"
        )
    lanes = _voices(data)
    rest = data["who"].nunique() - len(lanes)
    others = f" {count(rest, 'camp').capitalize()} with fewer passages {'is' if rest == 1 else 'are'} not drawn."
    return Words(
        title,
        f"Score of each passage of the body by who speaks; n = {size(told):,} of the reporter, {size(said):,} quoted",
        f"{intervals_say(data)}; below {number(FEWEST)} passages there is no mean. A camp is whom an actor stands with in this "
        f"story, as the registry has it.{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of dots by who speaks, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


# What is said of whom.


def by_target(tables: Tables) -> pd.DataFrame:
    """Return one row a passage of the body and actor spoken of: passage, name, article_id, sentence_id, place, voice, news, vader.

    A passage that speaks of nobody has one row, without a name. Empty where none speaks of anybody.
    """
    if is_crowd(tables):
        parts = (
            pd.concat([found, found.drop_duplicates("passage").assign(name=EVERY)])
            for found in map(_exploded, tables.parts())
        )
        return weighed(parts, ["name", "place", "voice"])
    data = _exploded(tables)
    columns = ["passage", "name", "article_id", "sentence_id", "place", "voice", "news", "vader"]
    return data[columns] if data["name"].notna().any() else data.loc[[], columns]


def _exploded(tables: Tables) -> pd.DataFrame:
    data = passages(tables).query("place == 'body'").reset_index(drop=True)
    data = data.assign(
        passage=data.index, actor_id=[str(x).split("; ") if pd.notna(x) else [None] for x in data["targets"]]
    )
    data = data.explode("actor_id", ignore_index=True).astype({"actor_id": "string"})
    data["name"] = data["actor_id"].map(people(tables).set_index("actor_id")["name"]).astype("string")
    return data


def _most_named(data: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    n = {name: size(frame) for name, frame in data.groupby("name") if name != EVERY}
    names = sorted(n, key=lambda name: (-n[name], name))[:TOP]
    return [(str(name), data[data["name"] == name]) for name in names]


def draw_by_target(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the passages that mention each actor, most mentioned first, with means."""
    return draw_lanes(ax, _most_named(data), 24)


def by_target_words(data: pd.DataFrame) -> Words:
    """Say whose passages are worded most apart from the others, only where the interval supports it."""
    if data.empty:
        return nothing("Nobody of the registry is spoken of")
    lanes = _most_named(data)
    tested = [(name, frame) for name, frame in lanes if size(frame) >= FEWEST]
    apart, n_compared = [], 0
    for name, frame in tested:
        others = _all_but(data, frame)
        if size(others) >= FEWEST:
            n_compared += 1
            # The more actors are tried, the likelier one is apart by chance: Bonferroni's correction.
            found = [difference(frame, others, scorer, level=1 - 0.05 / len(tested)) for scorer in SCORERS]
            if found[0].is_apart:
                apart.append((abs(found[0].value), name, average(frame, "news"), average(others, "news"), *found))
    n_names, n = data["name"].drop(index=data.index[data["name"] == EVERY]).nunique(), _n_naming(data)
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
        f"{intervals_say(data)}. A passage counts for each actor in it, whoever is judged or acts.{thinned(lanes)}{others if rest > 0 else ''}",
        f"Lanes of dots by actor spoken of, by two scores. {title}. By the lexicon for news: {listed(lanes)}.",
    )


def _who_is_compared(n: int, n_names: int) -> str:
    """Say of whom nothing is found: those with too few passages, or not drawn, were not compared."""
    if n == n_names:
        return "No actor stands"
    if n == 1:
        return "The actor spoken of most does not stand"
    return f"{'Neither' if n == 2 else 'None'} of the {number(n)} actors spoken of most stands"


def _all_but(data: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return the passages, each once, that do not speak of an actor; weighed ones by taking its own away from all."""
    if "n" in data:
        return pd.concat([data[data["name"] == EVERY], own.assign(n=-own["n"])])
    return data[~data["passage"].isin(own["passage"])].drop_duplicates("passage")


def _n_naming(data: pd.DataFrame) -> int:
    if "n" in data:
        return size(data[data["name"] == EVERY]) - size(data[data["name"].isna()])
    return data.loc[data["name"].notna(), "passage"].nunique()


FIGURES = (
    Figure(
        "wording-by-article",
        NOTEBOOK,
        ("sentiment", "articles", "blocks"),
        by_article,
        draw_by_article,
        by_article_words,
        lambda data: lanes_height(min(MAX_LANES, data["date" if "n" in data else "article_id"].nunique()), 0.52),
    ),
    Figure(
        "wording-by-voice",
        NOTEBOOK,
        ("sentiment", "actors", "blocks"),
        by_voice,
        draw_by_voice,
        by_voice_words,
        lambda data: lanes_height(len(_voices(data)), 0.6),
    ),
    Figure(
        "wording-by-target",
        NOTEBOOK,
        ("sentiment", "actors", "blocks"),
        by_target,
        draw_by_target,
        by_target_words,
        lambda data: lanes_height(len(_most_named(data)), 0.6),
    ),
    Figure(
        "wording-of-headlines",
        NOTEBOOK,
        ("sentiment", "articles", "blocks"),
        by_headline,
        draw_by_headline,
        by_headline_words,
        headlines_height,
    ),
)
