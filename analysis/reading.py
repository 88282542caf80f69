"""Articles to all that is told in them: mentions, quotations, sanction events, counts, detainees, sentiment.

A thin layer over the extractors: it gives each an article's title and body in one run of offsets, what it
needs of the others, and brings the rows back to their blocks. Titles are read apart where a paragraph lends
something to the next one (the speaker of a quotation, the noun of a count).

Some articles are read together, step by step: the tables and patterns of one extractor then stay in the
processor's caches, which takes a sixth off the time of an article. None sees another.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from analysis import timex
from analysis.actors import Registry
from analysis.corpus import Article
from analysis.count_sources import find_exact_day, told_times
from analysis.counts import Count, find_counts
from analysis.dates import Dating
from analysis.detainees import Detainee, find_detainees
from analysis.layout import Block
from analysis.mentions import Mention, find_mentions
from analysis.quotes import Name, Paragraph, Quote, find_quotes
from analysis.sanctions import Event, Said, find_events
from analysis.sentiment import Sentiment, find_sentiment

Row = TypeVar("Row")
Placed = tuple[Block, int, Row]  # a row, its block, and what to add to its offsets
Sentences = Sequence[tuple[Block, int, str]]  # block, start in the block, text


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of an article; an event comes with the day that its sentence tells."""

    mentions: list[Placed[Mention]]
    quotes: list[Placed[Quote]]
    events: list[Placed[tuple[Event, dt.date | None]]]
    counts: list[Placed[Count]]
    detainees: list[Placed[Detainee]]
    sentiment: list[Placed[Sentiment]]


@dataclass(slots=True)
class _Laid:
    """An article laid out for the extractors, and what they found so far."""

    article: Article
    sentences: list[tuple[int, str]]
    blocks: list[Block]
    shifts: list[int]  # what to take off the offsets of each block's rows
    paragraphs: list[Paragraph]
    parts: tuple[list[Paragraph], list[Paragraph]]  # title, body
    published: dt.date | None
    period: dt.date | tuple[dt.date, dt.date] | None
    mentions: list[Mention] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    detainees: list[Detainee] = field(default_factory=list)
    sentiment: list[Sentiment] = field(default_factory=list)


def read_articles(articles: Iterable[tuple[Article, Sentences, Dating]], registry: Registry) -> list[Reading]:
    """Read articles, each given with its sentences (block, start in the block, text) from its title on."""
    laid = [_laid(*article) for article in articles]
    for step in STEPS:
        for one in laid:
            try:
                step(one, registry)
            except Exception as error:
                error.add_note(f"in article {one.article.article_id}")
                raise
    return [_reading(one) for one in laid]


def _laid(article: Article, sentences: Sentences, dating: Dating) -> _Laid:
    blocks = list({id(block): block for block, _, _ in sentences}.values())
    # A record's title and its text both count from 0: the text is read as if it stood behind the title.
    behind = len(article.document.title or "") + 1 if article.document.is_record else 0
    shifts = [0 if block is article.title_block else behind for block in blocks]
    shift_of = dict(zip(map(id, blocks), shifts, strict=True))
    paragraphs = [Paragraph(b.start + shift, article.text(b)) for b, shift in zip(blocks, shifts, strict=True)]
    titles, body = (
        [p for p, block in zip(paragraphs, blocks, strict=True) if (block.kind == "title") == is_title]
        for is_title in (True, False)
    )
    period = dating.published or ((dating.earliest, dating.latest) if dating.earliest and dating.latest else None)
    told = [(block.start + shift_of[id(block)] + start, text) for block, start, text in sentences]
    return _Laid(article, told, blocks, shifts, paragraphs, (titles, body), dating.published, period)


def _find_mentions(laid: _Laid, registry: Registry) -> None:
    laid.mentions = find_mentions([(p.start, p.text) for p in laid.paragraphs], registry, published=laid.period)
    laid.names = [Name(m.start, m.end, m.actor_id, m.kind) for m in laid.mentions]


def _find_quotes(laid: _Laid, _: Registry) -> None:
    laid.quotes = [quote for part in laid.parts for quote in find_quotes(part, laid.names)]


def _find_events(laid: _Laid, registry: Registry) -> None:
    said = [Said(q.start, q.end, q.kind, q.speaker_id) for q in laid.quotes]
    laid.events = find_events(laid.sentences, laid.names, said, registry)


def _find_counts(laid: _Laid, _: Registry) -> None:
    laid.counts = [
        count
        for part in laid.parts
        for count in find_counts(part, quotes=laid.quotes, names=laid.names, published=laid.period)
    ]


def _find_detainees(laid: _Laid, registry: Registry) -> None:
    persons = [name for name in laid.names if registry.actors[name.actor_id].type == "person"]
    laid.detainees = [d for part in laid.parts for d in find_detainees(part, names=persons, published=laid.period)]


def _find_sentiment(laid: _Laid, _: Registry) -> None:
    laid.sentiment = find_sentiment(laid.sentences, laid.quotes, laid.mentions)


# In this order, for the later ones ask for what the earlier ones found.
STEPS = (_find_mentions, _find_quotes, _find_events, _find_counts, _find_detainees, _find_sentiment)


def _reading(laid: _Laid) -> Reading:
    """Bring the rows back to their blocks."""
    starts = [paragraph.start for paragraph in laid.paragraphs]

    def placed(start: int) -> tuple[Block, int]:
        number = bisect_right(starts, start) - 1
        return laid.blocks[number], -laid.shifts[number]

    return Reading(
        [(*placed(m.start), m) for m in laid.mentions],
        [(*placed(q.start), q) for q in laid.quotes],
        [(*placed(e.start), (e, _day(e, laid.sentences, laid.published))) for e in laid.events],
        [(*placed(c.start), c) for c in laid.counts],
        [(*placed(d.start), d) for d in laid.detainees],
        [(*placed(s.start), s) for s in laid.sentiment],
    )


def _day(event: Event, sentences: Sequence[tuple[int, str]], published: dt.date | None) -> dt.date | None:
    """Return the day on which an event was, where its sentence tells one that has come."""
    start, text = sentences[bisect_right(sentences, event.start, key=lambda sentence: sentence[0]) - 1]
    day = find_exact_day(_told(text), event.start - start, published) if published else None
    return day if day and published and day <= published else None


@lru_cache(maxsize=1)  # a long sentence may tell of many events
def _told(text: str) -> Sequence[timex.TimeExpression]:
    """Return the time expressions of a sentence that can tell when its event was."""
    # "the August 9 vote" dates the vote.
    return told_times(text, [e for e in timex.find(text) if text[max(0, e.start - 4) : e.start].lower() != "the "])
