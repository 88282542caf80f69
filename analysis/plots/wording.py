"""A figure of notebook 04-sentiment: the words that add most to the sums behind both scores.

A word's sum is its valence times how often it is read in the body, before negations, emphasis and "but" change it:
what the lexicon brings, not what each sentence made of it. Phrases of the lexicon for news are read as one word there
and word by word by VADER.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.lexicon import Lexicon, news, vader
from analysis.plots import BLUE, SECOND, VERMILION, Figure, Words, count, lane_label, nothing, times
from analysis.plots.passages import SCORERS
from analysis.plots.sentiment import NOTEBOOK
from analysis.tables import Tables

TOP_NEWS, TOP_VADER = 16, 8  # words that add most, by either score
LOOKS = {"news": ("o", BLUE, BLUE), "vader": ("s", "white", VERMILION)}


def count_valued(texts: Iterable[str], lexicon: Lexicon) -> Counter[tuple[str, float]]:
    """Count the words and phrases with a valence as the lexicon reads them: (word, valence) to how often.

    >>> count_valued(["Bad roads, bad bridges."], Lexicon({"bad": -2.5}))
    Counter({('bad', -2.5): 2})
    """
    read = (word for text in texts for word in lexicon.read(text))
    return Counter((word.lower, word.valence) for word in read if word.valence)


def driving_words(tables: Tables) -> pd.DataFrame:
    """Return one row a word with a valence in the body: word, for each score n, valence and sum; heaviest first."""
    counts: dict[str, Counter[tuple[str, float]]] = {scorer: Counter() for scorer in SCORERS}
    for part in tables.parts():
        blocks = part.read("blocks", ["block_id", "kind"])
        sentences = part.read("sentences", ["block_id", "text"])
        bodies = blocks.loc[blocks["kind"] == "body", "block_id"]
        texts = sentences.loc[sentences["block_id"].isin(bodies), "text"].tolist()
        for scorer, lexicon in (("news", news()), ("vader", vader())):
            counts[scorer].update(count_valued(texts, lexicon))
    sides = []
    for scorer, found in counts.items():
        rows = [(word, n, valence) for (word, valence), n in found.items()]
        side = pd.DataFrame(rows, columns=["word", f"n_{scorer}", f"valence_{scorer}"])
        sides.append(side.astype({"word": "string", f"n_{scorer}": "int64", f"valence_{scorer}": "float64"}))
    data = sides[0].merge(sides[1], how="outer", on="word", validate="one_to_one")
    data = data.fillna(dict.fromkeys(["n_news", "n_vader"], 0)).astype({"n_news": "int64", "n_vader": "int64"})
    for scorer in SCORERS:
        data[f"sum_{scorer}"] = (data[f"n_{scorer}"] * data[f"valence_{scorer}"]).fillna(0.0).round(4)
    heaviest = data[["sum_news", "sum_vader"]].abs()
    data = data.assign(a=-heaviest.max(axis=1), b=-heaviest["sum_news"]).sort_values(
        ["a", "b", "word"], ignore_index=True
    )
    return data.drop(columns=["a", "b"])


def _drawn(data: pd.DataFrame) -> pd.DataFrame:
    """Return the words that add most by either score, from negative to positive."""
    ranks = {scorer: data[f"sum_{scorer}"].abs().sort_values(ascending=False, kind="stable") for scorer in SCORERS}
    kept = {*ranks["news"].head(TOP_NEWS).index, *ranks["vader"].head(TOP_VADER).index}
    return data.loc[sorted(kept)].sort_values(["sum_news", "sum_vader", "word"], ignore_index=True)


def draw_driving_words(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a lane a word: its sum by the lexicon for news, joined to its sum by plain VADER."""
    shown = _drawn(data)
    ax.axvline(0, color="#767676", linewidth=0.8, zorder=0)
    ax.hlines(range(len(shown)), shown["sum_news"], shown["sum_vader"], color="#c4c4c4", linewidth=2, zorder=1)
    for scorer, (marker, face, edge) in LOOKS.items():
        ax.scatter(
            shown[f"sum_{scorer}"],
            range(len(shown)),
            s=46,
            marker=marker,
            facecolor=face,
            edgecolor=edge,
            linewidth=1.4,
            label=SCORERS[scorer],
            zorder=2 if scorer == "news" else 1.5,
        )
    n = shown[["n_news", "n_vader"]].max(axis=1)
    ax.set_yticks(range(len(shown)), [f"{lane_label(word)}, {k:,} ×" for word, k in zip(shown["word"], n, strict=True)])
    ax.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    reach = 1.08 * max(float(shown[["sum_news", "sum_vader"]].abs().max(axis=None)), 1.0)
    ax.set_xlim(-reach, reach)
    for side, end in ((0, "negative wording"), (1, "positive wording")):
        ax.annotate(
            end,
            (side, 1),
            xycoords="axes fraction",
            xytext=(0, 3),
            textcoords="offset points",
            ha="right" if side else "left",
            color=SECOND,
        )
    ax.set_xlabel("valence × times used")
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:,g}".replace("-", "−"))
    ax.legend()
    return ax


def driving_words_words(data: pd.DataFrame) -> Words:
    """Say which words add most to either score."""
    if data.empty:
        return nothing("No word of the body is in a lexicon")
    n = {scorer: int((data[f"n_{scorer}"] > 0).sum()) for scorer in SCORERS}
    heaviest = {scorer: _heaviest(data, scorer) for scorer in SCORERS}
    led = [f"“{row['word']}” ({times(int(row[f'n_{scorer}']))})" for scorer, row in heaviest.items() if row is not None]
    if heaviest["news"] is None or heaviest["vader"] is None:
        title = f"{led[0]} weighs most, in one lexicon only"
    elif heaviest["news"]["word"] == heaviest["vader"]["word"]:
        title = f"{led[0]} weighs most in both lexicons"
    else:
        title = f"{led[0]} weighs most in the lexicon for news, {led[1]} in plain VADER"
    both = data[(data["n_news"] > 0) & (data["n_vader"] > 0)]
    turned = int((np.sign(data["sum_news"]) * np.sign(data["sum_vader"]) < 0).sum())
    shown = _drawn(data)
    return Words(
        title,
        f"Valence of a word (−4 to 4) times how often it stands in the body; n = {n['news']:,} different words with a "
        f"valence in the lexicon for news, {n['vader']:,} in plain VADER, {len(both):,} in both",
        f"Drawn are the {count(len(shown), 'word')} that add most by either. A sum is what the lexicon brings, before "
        "negations and the length of a sentence change it. Plain VADER knows no phrases and misses words with two marks behind them.",
        f"Lanes with a dot for the lexicon for news and a square for plain VADER. {title}. The sign turns for "
        f"{count(turned, 'word')}. News and VADER: "
        + ", ".join(f"{r.word} {_signed(r.sum_news)} and {_signed(r.sum_vader)}" for r in shown.itertuples())
        + ".",
    )


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if value else "0"


def _heaviest(data: pd.DataFrame, scorer: str) -> pd.Series | None:
    sums = data[f"sum_{scorer}"].abs()
    return data.loc[sums.idxmax()] if sums.max() > 0 else None


FIGURES = (
    Figure(
        "wording-by-word",
        NOTEBOOK,
        ("sentences", "blocks"),
        driving_words,
        draw_driving_words,
        driving_words_words,
        lambda data: 1.1 + 0.29 * max(3, len(_drawn(data))),
    ),
)
