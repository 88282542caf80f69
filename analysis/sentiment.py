"""Sentences of an article to their sentiment: the reporter's words apart from each quotation.

One `Sentiment` is one sentence in one voice:

| field | type | meaning |
| --- | --- | --- |
| start, end | int | the words scored, characters of the source, half open; for a reporter's words around quotations from their first to their last, so that a quotation may stand between |
| voice | str | narration (the reporter's words) or quote |
| speaker_id | str or None | the actor quoted, where the registry has one; None for narration |
| compound | float | score for news, -1 (worst) to 1 (best); see `lexicon` |
| positive, neutral, negative | float | shares of the words for news, 0 to 1 |
| vader | float | compound of plain VADER on the same words, to be shown beside `compound` |
| targets | tuple of str | actors mentioned in these words, in the order of first mention, without the speaker |
| rule | str | how the words were cut out, see below |

Rules. `sentence`: no quotation in it. `around`: the reporter's words around quotations. `attribution`: the
same, where they are no more than a speaker and a cue ("he said"): always near neutral, so a mean over
narration may leave them out. `quotation`: a whole one. `part`: what one sentence holds of a quotation that
runs over several.

Only quotations with a voice of their own count as such (direct and partial). A scare quote or a title stays in
the reporter's words; a quotation inside another belongs to the outer one.

Targets are names, roles and metonyms; demonyms and pronouns are none. The text of a speaker at the cue makes
no target of the reporter's words around. A target is an actor who is spoken of in such words, not one whom
they are proven to judge: "Poe thanked Roe for the fight against Doe" has three.

Labels (`label`) cut the compound at two bounds, `BOUNDS`. Not caught: what `lexicon` does not catch; who is
spoken of by a pronoun; a speaker without marks ("Poe said the plan was a disgrace" is narration, Poe its
target).

`interval` is the bootstrap of Efron (1979), sentences resampled within their articles.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from statistics import NormalDist
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from analysis.lexicon import Scores, news, vader
from analysis.quotes import Quote

LABELS = ("negative", "neutral", "positive")
VOICES = ("narration", "quote")
RULES = ("sentence", "around", "attribution", "quotation", "part")

# At or below the first a text is negative, at or above the second positive. VADER's are its authors'. Those for
# news were set where headlines and sentences of other news came out best, none by the seed's labels. The upper
# one lies further out because agency prose has faint praise ("agreed", "support") in neutral sentences.
BOUNDS = {"news": (-0.1, 0.15), "vader": (-0.05, 0.05)}

_MANY = 50_000  # values from which on an interval is computed, not drawn
# Samples drawn in one step, so that a large corpus does not fill the memory.
_AT_ONCE = 100

_VOICED = frozenset({"direct", "partial"})
_TARGETS = frozenset({"name", "role", "metonym"})
_MARKS = "\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u201f\u00ab\u00bb"


class Mention(Protocol):
    """What is asked of a mention: its place in the source, its actor and its kind."""

    start: int
    end: int
    actor_id: str | None
    kind: str


class Sentiment(NamedTuple):
    """One sentence in one voice; the fields are described at the head of this module."""

    start: int
    end: int
    voice: str
    speaker_id: str | None
    compound: float
    positive: float
    neutral: float
    negative: float
    vader: float
    targets: tuple[str, ...]
    rule: str


# Sentences to rows.


def find_sentiment(
    sentences: Sequence[tuple[int, str]], quotes: Sequence[Quote] = (), mentions: Sequence[Mention] = ()
) -> list[Sentiment]:
    """Score the sentences of one article, the reporter's words and each quotation apart.

    `sentences` are (start in the source, text), in order; `quotes` and `mentions` those of the article, with
    offsets of the same source. Rows follow the sentences; in each the narration stands first.

    >>> [(row.voice, row.rule) for row in find_sentiment([(0, "The mill is a ruin.")])]
    [('narration', 'sentence')]
    """
    said = _voiced(quotes)
    starts, ends = [quote.start for quote in said], [quote.end for quote in said]
    known = _Targets(mentions)
    rows: list[Sentiment] = []
    for start, text in sentences:
        inside = said[bisect_right(ends, start) : bisect_left(starts, start + len(text))]
        if inside:
            rows += _rows(start, text, inside, known)
        else:
            rows.append(_row(start, start + len(text), text, None, known, "sentence"))
    return rows


def _voiced(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotations with a voice, without those that stand in another, by their place."""
    said: list[Quote] = []
    for quote in sorted(quotes, key=lambda quote: (quote.start, -quote.end)):
        if quote.kind in _VOICED and quote.end > quote.start and (not said or quote.start >= said[-1].end):
            said.append(quote)
    return said


def _rows(start: int, text: str, inside: Sequence[Quote], known: _Targets) -> Iterator[Sentiment]:
    """Yield the rows of a sentence in which quotations stand."""
    pieces = _outside(start, text, inside)
    if pieces:
        words = " ".join(text[first - start : last - start] for first, last in pieces)
        rule = "around" if _has_more(start, text, pieces, inside) else "attribution"
        speakers = [(q.speaker_start, q.speaker_end) for q in inside if q.speaker_start is not None]
        yield _row(pieces[0][0], pieces[-1][1], words, None, known, rule, [*speakers, *_spans(inside)])
    for quote in inside:
        first, last = max(quote.start, start), min(quote.end, start + len(text))
        span = _trimmed(text, first - start, last - start)
        if span:
            first, last = start + span[0], start + span[1]
            is_whole = start <= quote.start and quote.end <= start + len(text)
            words = text[span[0] : span[1]]
            yield _row(first, last, words, quote, known, "quotation" if is_whole else "part")


def _row(
    start: int,
    end: int,
    words: str,
    quote: Quote | None,
    known: _Targets,
    rule: str,
    excluded: Sequence[tuple[int, int]] = (),
) -> Sentiment:
    speaker_id = quote.speaker_id if quote else None
    scores: Scores = news().score(words)
    return Sentiment(
        start,
        end,
        "quote" if quote else "narration",
        speaker_id,
        *scores,
        vader().score(words).compound,
        known.within(start, end, speaker_id, excluded),
        rule,
    )


def _spans(quotes: Sequence[Quote]) -> list[tuple[int, int]]:
    return [(quote.start, quote.end) for quote in quotes]


def _outside(start: int, text: str, inside: Sequence[Quote]) -> list[tuple[int, int]]:
    """Return the spans of the source between and around quotations that hold words, without marks."""
    spans = []
    at = 0
    for first, last in [*((q.start - start, q.end - start) for q in inside), (len(text), len(text))]:
        lo, hi = at, max(first, at)
        while lo < hi and at and text[lo] in _MARKS:
            lo += 1
        while lo < hi < len(text) and text[hi - 1] in _MARKS:
            hi -= 1
        span = _trimmed(text, lo, hi)
        if span:
            spans.append((start + span[0], start + span[1]))
        at = max(at, last)
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without white space at its ends; None where it holds no letter or digit."""
    words = text[start:end]
    if not any(map(str.isalnum, words)):
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _has_more(start: int, text: str, pieces: Sequence[tuple[int, int]], inside: Sequence[Quote]) -> bool:
    """Tell whether the words around quotations say more than who speaks."""
    left = list(text)
    for quote in inside:
        for first, last in ((quote.speaker_start, quote.speaker_end), (quote.cue_start, quote.cue_end)):
            if first is not None and last is not None and start <= first:
                left[first - start : last - start] = " " * (last - first)
    return any(map(str.isalnum, "".join("".join(left[a - start : b - start]) for a, b in pieces)))


class _Targets:
    """The mentions that can be targets, by their place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = sorted((m for m in mentions if m.kind in _TARGETS and m.actor_id), key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]

    def within(
        self, start: int, end: int, speaker_id: str | None, excluded: Sequence[tuple[int, int]]
    ) -> tuple[str, ...]:
        """Return the actors mentioned in a span, without the speaker and without the excluded spans."""
        found: dict[str, None] = {}
        for mention in self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            is_excluded = any(first <= mention.start < last for first, last in excluded)
            if mention.end <= end and mention.actor_id != speaker_id and not is_excluded:
                found[mention.actor_id] = None
        return tuple(found)


# Scores to labels, means and their intervals.


def label(compound: float, *, scorer: str = "news") -> str:
    """Call a compound score negative, neutral or positive by the bounds of its scorer, `news` or `vader`."""
    lower, upper = BOUNDS[scorer]
    return "negative" if compound <= lower else "positive" if compound >= upper else "neutral"


def f1_by_label(given: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """Return the F1 of each label, 0 to 1; their mean is the macro F1. A label that neither side has gets NaN."""
    scores = {}
    for name in LABELS:
        right = sum(a == b == name for a, b in zip(given, found, strict=True))
        n_both = list(given).count(name) + list(found).count(name)
        scores[name] = 2 * right / n_both if n_both else float("nan")
    return scores


def normal_interval(mean: float, variance: float, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a mean that is normal, from its squared standard error."""
    reach = NormalDist().inv_cdf((1 + level) / 2) * math.sqrt(variance)
    return mean - reach, mean + reach


def interval(
    values: Sequence[float], groups: Sequence[object], *, seed: int, n_samples: int = 2000, level: float = 0.95
) -> tuple[float, float]:
    """Return the percentile bootstrap interval of the mean, resampling the values within each group.

    `values` are scores of sentences, `groups` their articles; both of one length, or ValueError. The same seed
    gives the same interval in whatever order they come. It speaks of these articles, not of others that might
    have been written: an article of one sentence adds no spread. (NaN, NaN) for no values.
    """
    scores = np.asarray(values, dtype=float)
    if len(scores) != len(groups):
        raise ValueError(f"{len(scores)} values, {len(groups)} groups")
    if not len(scores):
        return float("nan"), float("nan")
    if len(scores) > _MANY:
        # The mean of so many values drawn again is normal, and its spread needs no drawing.
        grouped = pd.Series(scores).groupby(np.asarray(groups, dtype=object))
        variance = float((grouped.var(ddof=0) * grouped.size()).sum()) / len(scores) ** 2
        return normal_interval(float(scores.mean()), variance, level)
    random = np.random.default_rng(seed)
    names = np.asarray([str(group) for group in groups])
    order = np.lexsort((scores, names))
    firsts = np.unique(names[order], return_index=True)[1]
    sums = np.zeros(n_samples)
    for own in np.split(scores[order], firsts[1:]):
        for first in range(0, n_samples, _AT_ONCE):
            n = min(_AT_ONCE, n_samples - first)
            sums[first : first + n] += own[random.integers(len(own), size=(n, len(own)))].sum(axis=1)
    low, high = np.quantile(sums / len(scores), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
