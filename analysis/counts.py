"""Figures of people: how many were detained, held, sentenced, freed, killed, hurt or abused, or took part.

One `Count` is one stated quantity of people to whom something was done, or who did it:

| field | type | meaning |
| --- | --- | --- |
| start, end | int | the quantity with its qualifier ("at least 4,300"), characters of the source, half open |
| text | str | source[start:end] |
| measure | str | detained, in_custody, sentenced, released, killed, injured, abuse_alleged, crowd |
| qualifier | str | exact, at_least, more_than, nearly, around, up_to, fewer_than, range, vague |
| low, high | int, int or None | low ≤ true number ≤ high by the codebook's conventions; None: open |
| point | int or None | the stated number, where one is stated |
| unit | str or None | who is counted, in the words of the text; None where the noun is left out |
| attributed_to | str or None | who gives the figure, in the words of the text |
| attributed_id | str or None | the actor that is |
| place | str or None | where, in the words of the sentence |
| as_of | date or None | the day on which the figure stands |
| scope | str | day, period, cumulative, unspecified |
| rule | str | how the measure was found, see `count_measures` |

No rows: ages, dates, spans of time, ordinals, money, shares, votes, counts of things, forces deployed,
persons under sanctions, "many" and "most", one person singled out ("one of them"). A figure is never
averaged, summed or left out because an end of it is open.

The text is gone over for numbers first; only a sentence that has one, and a word of the vocabulary, is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from analysis import language, timex
from analysis.amounts import bounds_of
from analysis.count_hits import number_places
from analysis.count_measures import Governed, govern
from analysis.count_phrases import measure_signs
from analysis.count_sources import Day, find_day, find_place, find_scope, find_source, times_of, told_times
from analysis.quantities import Quantity, find, hedged
from analysis.signs import sentences, words_of
from analysis.sweep import Sweep
from analysis.tokens import Tokens, lowered, tokens

MEASURES = ("detained", "in_custody", "sentenced", "released", "killed", "injured", "abuse_alleged", "crowd")
DETENTION = MEASURES[:4]
QUALIFIERS = ("exact", "at_least", "more_than", "nearly", "around", "up_to", "fewer_than", "range", "vague")

_MONEY = frozenset("$\u20ac\u00a3\u00a5#\u2116")
_NO_COUNT_BEFORE = frozenset("aged age article no chapter section version flight channel g covid under-".split())
_NO_COUNT_AFTER = _MONEY | frozenset("% percent pc th st nd rd am pm km percentage".split())
_YEAR_CUES = frozenset("in since of by until from during year early late mid before after between and for the".split())
_DASHES = frozenset("-\u2010\u2011")
_NO_ONE = _DASHES | frozenset("no the each every this that any".split())  # before a "one" that is no figure


class Block(Protocol):
    """A paragraph of the source."""

    start: int
    text: str


class Spoken(Protocol):
    """A quotation with its speaker."""

    start: int
    end: int
    speaker: str | None
    speaker_id: str | None


class Named(Protocol):
    """A mention of an actor."""

    start: int
    end: int
    actor_id: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """One figure of people; the fields are described at the head of this module."""

    start: int
    end: int
    text: str
    measure: str
    qualifier: str
    low: int
    high: int | None
    point: int | None
    unit: str | None
    attributed_to: str | None
    attributed_id: str | None
    place: str | None
    as_of: dt.date | None
    scope: str
    rule: str


def find_counts(
    paragraphs: Sequence[Block],
    *,
    quotes: Sequence[Spoken] = (),
    names: Sequence[Named] = (),
    published: Day = None,
    convention: str = "codebook",
) -> list[Count]:
    """Find the figures of people in one article, in order.

    `paragraphs` are its blocks in order, `quotes` and `names` its quotations and mentions, all in offsets of
    the source; `published` its day, or the first and last day possible. `convention` bounds the vague words
    (`codebook`, `acled`, `ccc`). Raises ValueError for another convention.
    """
    bounds_of(convention)
    found: list[Count] = []
    previous: str | None = None
    signs = measure_signs()
    near_quotes, near_names = Sweep(quotes), Sweep(names)
    for paragraph in paragraphs:
        text = paragraph.text
        lower = lowered(text)
        hits = number_places(text, lower)
        for start, end in sentences(text, hits) if hits else ():
            if signs.has_any(words_of(lower, start, end)):
                offset, last = paragraph.start + start, paragraph.start + end
                said, named = near_quotes.reaching(offset, last), near_names.reaching(offset, last)
                found += _sentence(text[start:end], offset, said, named, published, convention, previous)
                previous = found[-1].measure if found else None
    return found


def _sentence(
    text: str,
    offset: int,
    quotes: Sequence[Spoken],
    names: Sequence[Named],
    published: Day,
    convention: str,
    previous: str | None,
) -> Iterator[Count]:
    t = tokens(text)
    quantities = [q for q in find(t, convention=convention) if not _is_refused(t, q)]
    governed = govern(t, quantities, previous=previous)
    if not any(governed):
        return
    times = times_of(t)
    told: list[timex.TimeExpression] | None = None
    for quantity, found in zip(quantities, governed, strict=True):
        if found is None or any(
            e.start < t.ends[quantity.core_end - 1] and t.starts[quantity.core] < e.end for e in times
        ):
            continue
        told = told_times(text, times) if told is None else told
        yield _count(t, offset, _apart(t, quantity), found, quotes, names, published, told)


def _count(
    t: Tokens,
    offset: int,
    quantity: Quantity,
    found: Governed,
    quotes: Sequence[Spoken],
    names: Sequence[Named],
    published: Day,
    times: Sequence[timex.TimeExpression],
) -> Count:
    start, end = quantity.start + offset, quantity.end + offset
    speaker = next((q for q in quotes if q.start <= start and end <= q.end and q.speaker), None)
    attributed_to = attributed_id = None
    if speaker:
        attributed_to, attributed_id = speaker.speaker, speaker.speaker_id
    else:
        source = find_source(t, quantity.first, found.last)
        if source:
            attributed_to = t.text[source.start : source.end]
            inside = [
                n for n in names if n.start < source.end + offset and source.start + offset < n.end and n.actor_id
            ]
            attributed_id = inside[-1].actor_id if inside else None
    return Count(
        start,
        end,
        t.text[quantity.start : quantity.end],
        found.measure,
        quantity.qualifier,
        quantity.low,
        quantity.high,
        quantity.point,
        t.text[t.starts[found.unit[0]] : t.ends[found.unit[1] - 1]] if found.unit else None,
        attributed_to,
        attributed_id,
        find_place(t.text, quantity.start, quantity.end),
        find_day(times, quantity.start, published),
        find_scope(t, times, quantity.start),
        found.rule,
    )


@cache
def _hedges_apart() -> tuple[str, ...]:
    return tuple(row["phrase"] for row in language.rows("count_qualifiers.csv") if row["place"] == "apart")


def _apart(t: Tokens, quantity: Quantity) -> Quantity:
    """Give a bare number the hedge that stands elsewhere in its sentence: "according to estimates"."""
    if quantity.qualifier != "exact" or (quantity.point or 0) < 10:
        return quantity
    low = t.text.lower()
    return hedged(quantity, "around") if any(phrase in low for phrase in _hedges_apart()) else quantity


def _is_refused(t: Tokens, quantity: Quantity) -> bool:
    """Tell a number that counts nobody: money, a share, an age, a year, one of several."""
    words, n = t.words, len(t.words)
    k, last = quantity.core, quantity.core_end
    before = words[quantity.first - 1] if quantity.first else ""
    direct = words[k - 1] if k else ""
    after = words[last] if last < n else ""
    if before in _MONEY or direct in _MONEY or direct in _NO_COUNT_BEFORE or after in _NO_COUNT_AFTER:
        return True
    if words[last : last + 2] == ["per", "cent"] or (after in ("a", "p") and words[last + 1 : last + 3] == [".", "m"]):
        return True
    if (
        after in _DASHES
        and last + 1 < n
        and t.ends[last - 1] == t.starts[last]
        and words[last + 1] not in ("strong", "plus")
        and quantity.last == last
    ):
        return True
    if direct == "," and after in (",", "") and quantity.qualifier == "exact":
        return True  # an age behind a name
    is_bare_year = words[k].isdigit() and 1900 <= (quantity.point or 0) <= 2099 and len(words[k]) == 4
    if is_bare_year and quantity.qualifier == "exact" and (direct in _YEAR_CUES or after in (",", ".", "")):
        return True
    if quantity.point == 1:
        return after == "of" or quantity.last == n or direct in _NO_ONE or after in _DASHES
    return False
