"""How far the scores of notebook 04-sentiment can be trusted: tables and sentences for it.

The words on which the two lexicons differ; reporter against quoted under other ways of counting; scores against
labels made by hand.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.furniture import count_words
from analysis.lexicon import news, vader
from analysis.plots import count, every, is_crowd, number, opened, share, times
from analysis.plots.passages import FEWEST, SCORERS, Mean, average, difference, passages, size, weighed
from analysis.schema import frame as empty
from analysis.sentiment import BOUNDS, LABELS, f1_by_label, label
from analysis.tables import Tables

LONG = 10  # words of a quotation that is no fragment
# Below the first, a macro F1 is called poor here, below the second middling.
POOR, MIDDLING = 0.5, 0.7


def lexicons_differ(data: pd.DataFrame) -> str:
    """Say on which words the two lexicons differ most."""
    gap = (data["sum_news"] - data["sum_vader"]).abs().sort_values(ascending=False, kind="stable")
    words = [f"“{word}”" for word in data.loc[gap[gap > 0].head(3).index, "word"]]
    if not words:
        return "The two lexicons do not differ on any word of this corpus."
    return (
        f"The two lexicons differ most on {' and '.join([', '.join(words[:-1]), words[-1]] if words[1:] else words)}."
    )


# Reporter against quoted, counted otherwise.


def comparisons(tables: Tables) -> pd.DataFrame:
    """Return reporter less quoted under other ways of counting: way, means, n, difference, its interval (from, to).

    Where either side has too few passages there is no difference.
    """
    data = _compared(tables)
    is_long = data["is_long"].to_numpy(dtype=bool)
    is_body, is_told = (data["place"] == "body").to_numpy(), (data["voice"] == "narration").to_numpy()
    ways = {
        "as in the figure": (is_body, "news"),
        "by plain VADER": (is_body, "vader"),
        "without bare “he said”": (is_body & (data["rule"] != "attribution").to_numpy(), "news"),
        f"quotations of {number(LONG)} words or more": (is_body & (is_told | is_long), "news"),
        "sentences without a quotation": (is_body & (~is_told | (data["rule"] == "sentence").to_numpy()), "news"),
        "with headlines": (is_body | is_told, "news"),
    }
    rows = [_comparison(way, data[chosen], scorer) for way, (chosen, scorer) in ways.items()]
    heaviest = _heaviest_article(tables)
    if heaviest is not None:
        others = _without(heaviest, data[is_body], tables)
        rows.append(_comparison("without the article that matters most", others, "news"))
    return pd.DataFrame(rows, columns=["way", "reporter", "n", "quoted", "n quoted", "difference", "from", "to"])


def _without(article_id: str, body: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the passages of the body but for those of an article, weighed ones by taking its own away."""
    if "article_id" in body:
        return body[body["article_id"] != article_id]
    own = _weighed([tables.of({article_id})]).query("place == 'body'")
    return pd.concat([body, own.assign(n=-own["n"])])


_WAYS = ["place", "voice", "rule", "is_long"]


def _compared(tables: Tables) -> pd.DataFrame:
    """Return the passages with what the ways of counting ask of them, those of a crowd of articles weighed."""
    return _weighed(tables.parts()) if is_crowd(tables) else _with_words(tables)


def _weighed(parts: Iterable[Tables]) -> pd.DataFrame:
    return weighed(map(_with_words, parts), _WAYS)


def _with_words(tables: Tables) -> pd.DataFrame:
    data = passages(tables)
    texts = tables.read("sentences", ["sentence_id", "start", "text"]).set_index("sentence_id")
    sentences = texts.loc[data["sentence_id"]].reset_index(drop=True)
    cut = zip(data["start"] - sentences["start"], data["end"] - sentences["start"], sentences["text"], strict=True)
    words = np.array([count_words(text[start:end]) for start, end, text in cut], dtype=int)
    return data[["article_id", "place", "voice", "rule", "news", "vader"]].assign(is_long=words >= LONG)


def _heaviest_article(tables: Tables) -> str | None:
    """Return the article without which reporter and quoted differ least, or most the other way.

    None where no article can be left out without too few passages remaining.
    """
    sums = []
    for part in tables.parts():
        data = passages(part)
        sums.append(data[data["place"] == "body"].groupby(["article_id", "voice"])["news"].agg(["sum", "size"]))
    # In one order however many parts there are: sums of floats depend on it.
    by_voice = pd.concat(sums).sort_index().unstack(fill_value=0)
    left = by_voice.sum() - by_voice
    if {"narration", "quote"} - set(left.columns.get_level_values("voice")):
        return None
    left = left[(left["size"] >= FEWEST).all(axis=1)]
    means = left["sum"] / left["size"]
    whole = by_voice["sum"].sum() / by_voice["size"].sum()
    apart = (means["narration"] - means["quote"]) * np.sign(whole["narration"] - whole["quote"])
    return str(apart.idxmin()) if len(apart) else None


def _comparison(way: str, frame: pd.DataFrame, scorer: str) -> tuple[str, float, int, float, int, float, float, float]:
    told, said = frame[frame["voice"] == "narration"], frame[frame["voice"] == "quote"]
    is_enough = min(size(told), size(said)) >= FEWEST
    found = difference(told, said, scorer) if is_enough else Mean(*[math.nan] * 3)
    means = [average(side, scorer) if is_enough else math.nan for side in (told, said)]
    return way, means[0], size(told), means[1], size(said), *found


def comparisons_say(found: pd.DataFrame) -> str:
    """Say under how many ways of counting the difference of reporter and quoted is told from chance."""
    known = found.dropna(subset=["difference"])
    if known.empty:
        return "There are too few passages for a comparison."
    first, n = known.iloc[0], len(known)
    is_same = (known["difference"] * first["difference"] > 0) & ((known["from"] > 0) | (known["to"] < 0))
    if not (first["from"] > 0 or first["to"] < 0):
        others = known.iloc[1:]
        n_apart = int(((others["from"] > 0) | (others["to"] < 0)).sum())
        if others.empty:
            return "The figure finds no difference, and no other way of counting has passages enough."
        of = "the one" if n == 2 else f"{number(n_apart)} of {number(n - 1)}"
        would = "would not" if n == 2 and not n_apart else "would"
        return f"The figure finds no difference; {of} other way{'' if n == 2 else 's'} of counting {would}."
    n_same = int(is_same.sum())
    ways = every(n, "way") if n_same == n else f"{number(n_same)} of {count(n, 'way')}"
    return (
        f"{opened(ways)} of counting {'finds' if n_same == 1 else 'find'} a difference of the same sign, "
        "with an interval that leaves out zero."
    )


# Scores against labels made by hand.


def labelled(tables: Tables, gold: pd.DataFrame | None) -> pd.DataFrame:
    """Return one row a sentence that was labelled by hand: article_id, sentence_id, text, label, then score and label by either.

    `gold` has source, start, end, text and label, or is None where there are no labels. A label counts where the
    sentence is the same to the character, and the first where there are two.
    """
    keys = {"source": "string", "start": "Int64", "end": "Int64", "text": "string"}
    gold = pd.DataFrame(columns=[*keys, "label"]) if gold is None else gold
    known = gold.loc[gold["label"].isin(LABELS), [*keys, "label"]].astype(keys).drop_duplicates(list(keys))
    # Without labels nothing need be read.
    sentences = tables.sentences if len(known) else empty("sentences", [])
    sources = (tables.blocks if len(known) else empty("blocks", []))[["block_id", "source"]]
    sentences = sentences.merge(sources, on="block_id", validate="many_to_one")
    data = (
        sentences[["article_id", "sentence_id", *keys]].astype(keys).merge(known, on=list(keys), validate="many_to_one")
    )
    data = data[["article_id", "sentence_id", "text", "label"]]
    for scorer, lexicon in (("news", news()), ("vader", vader())):
        found = [lexicon.score(text).compound for text in data["text"]]
        data[scorer] = np.array(found, dtype=float)
        data[f"{scorer}_label"] = pd.array([label(x, scorer=scorer) for x in found], dtype="string")
    return data


def by_label(labels: pd.DataFrame) -> pd.DataFrame:
    """Return counts: a row for each label by hand, a column for each label by either score; empty for no labels."""
    rows = [
        (
            name,
            *(
                int(((labels["label"] == name) & (labels[f"{s}_label"] == found)).sum())
                for s in SCORERS
                for found in LABELS
            ),
        )
        for name in (LABELS if len(labels) else ())
    ]
    names = {"news": "news", "vader": "VADER"}
    return pd.DataFrame(rows, columns=["by hand", *(f"{names[s]}: {found}" for s in SCORERS for found in LABELS)])


def label_scores(labels: pd.DataFrame) -> pd.DataFrame:
    """Return one row a scorer, and one for saying the commonest label always: right (0 to 1), F1 by label, their mean.

    Where labels are missing on both sides the mean is that of the others. Empty for no labels.
    """
    given = labels["label"].tolist()
    guesses = {name: labels[f"{scorer}_label"].tolist() for scorer, name in SCORERS.items()}
    if given:
        # Ties go to the first of the labels.
        commonest = max(LABELS, key=given.count)
        guesses[f"always {commonest}"] = [commonest] * len(given)
    rows = []
    for name, found in guesses.items() if given else ():
        scores = f1_by_label(given, found)
        right = sum(a == b for a, b in zip(given, found, strict=True)) / len(given)
        rows.append((name, right, *scores.values(), float(np.nanmean(list(scores.values())))))
    return pd.DataFrame(rows, columns=["scorer", "right", *(f"F1 {name}" for name in LABELS), "macro F1"])


def worst(labels: pd.DataFrame, *, n: int = 8) -> pd.DataFrame:
    """Return the sentences that the lexicon for news puts farthest from their label: by hand, news, vader, sentence and its id."""
    lower, upper = BOUNDS["news"]
    compound = labels["news"]
    outside = pd.DataFrame(
        {
            "negative": compound - lower,
            "neutral": np.maximum(lower - compound, compound - upper),
            "positive": upper - compound,
        }
    )
    gap = [outside.at[i, name] for i, name in labels["label"].items()]
    wrong = labels.assign(gap=gap)[labels["label"] != labels["news_label"]]
    wrong = wrong.sort_values(["gap", "text"], ascending=[False, True]).head(n)
    sentences = [textwrap.shorten(text, 200, placeholder=" …") for text in wrong["text"]]
    made = {"by hand": wrong["label"], "news": wrong["news"], "vader": wrong["vader"], "sentence": sentences}
    made["sentence_id"] = wrong["sentence_id"]
    return pd.DataFrame(made).reset_index(drop=True)


def labels_say(labels: pd.DataFrame) -> str:
    """Say how good both scorers are against the labels, in plain words; that there are none where there are none."""
    if labels.empty:
        return "No sentence of this corpus was labelled by hand: how good the scores are here is not known."
    rows = label_scores(labels).set_index("scorer")
    own, plain, guess = rows.iloc[0], rows.iloc[1], rows.iloc[2]
    right = int((labels["label"] == labels["news_label"]).sum())
    beaten = [
        name for name, row in ((SCORERS["news"], own), (SCORERS["vader"], plain)) if row["right"] <= guess["right"]
    ]
    note = f" Right no more often than “{guess.name}”: {' and '.join(beaten)}." if beaten else ""
    return (
        f"The {SCORERS['news']} puts {number(right)} of {count(len(labels), 'sentence')} ({share(right, len(labels))}) under the "
        f"label that a reader gave; its macro F1, {_f1(own['macro F1'])}, is {verdict(own['macro F1'])}. "
        f"That of plain VADER, {_f1(plain['macro F1'])}, is {verdict(plain['macro F1'])}; saying “{guess.name}” has "
        f"{_f1(guess['macro F1'])}.{note}"
    )


def verdict(f1: float) -> str:
    """Call an F1 poor, middling or good."""
    return "poor" if f1 < POOR else "middling" if f1 < MIDDLING else "good"


def _f1(value: float) -> str:
    """Write an F1 with two decimals that never lift it over the bounds of its name, nor to one: 0.696 is 0.69."""
    return f"{math.floor(100 * value + 1e-9) / 100:.2f}"


def weakest_say(labels: pd.DataFrame) -> str:
    """Say which label the lexicon for news finds worst, and where its errors go."""
    wrong = labels[labels["label"] != labels["news_label"]]
    if wrong.empty:
        return "There is no wrong label to show." if len(labels) else "Without labels there is no error to show."
    scores = label_scores(labels).iloc[0][[f"F1 {name}" for name in LABELS]].dropna().astype(float)
    pairs = Counter(zip(wrong["label"], wrong["news_label"], strict=True))
    (given, found), n = max(pairs.items(), key=lambda pair: (pair[1], pair[0]))
    opposite = pairs["negative", "positive"] + pairs["positive", "negative"]
    return (
        f"It does worst on the {str(scores.idxmin()).removeprefix('F1 ')} sentences: an F1 of {_f1(scores.min())}, which is "
        f"{verdict(scores.min())}. The commonest error: "
        f"{given} sentences read as {found} ({number(n)} of {count(len(wrong), 'error')}); the opposite sign, {times(opposite) if opposite else 'never'}."
    )
