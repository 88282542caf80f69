"""One article to all that is told in it: mentions, quotations, sanction events, counts, detainees, sentiment.

A thin layer over the extractors: it gives each an article's title and body in one run of offsets, what it
needs of the others, and brings the rows back to their blocks. Titles are read apart where a paragraph lends
something to the next one (the speaker of a quotation, the noun of a count).
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of an article; an event comes with the day that its sentence tells."""

    mentions: list[Placed[Mention]]
    quotes: list[Placed[Quote]]
    events: list[Placed[tuple[Event, dt.date | None]]]
    counts: list[Placed[Count]]
    detainees: list[Placed[Detainee]]
    sentiment: list[Placed[Sentiment]]


def read_article(
    article: Article, sentences: Sequence[tuple[Block, int, str]], registry: Registry, dating: Dating
) -> Reading:
    """Read one article, given as sentences (block, start in the block, text) from its title on."""
    blocks = list({id(block): block for block, _, _ in sentences}.values())
    # A record's title and its text both count from 0: the text is read as if it stood behind the title.
    behind = len(article.document.title or "") + 1 if article.document.is_record else 0
    shifts = {id(block): 0 if block is article.title_block else behind for block in blocks}
    paragraphs = [Paragraph(block.start + shifts[id(block)], article.text(block)) for block in blocks]
    starts = [paragraph.start for paragraph in paragraphs]
    parts = [
        [p for p, block in zip(paragraphs, blocks, strict=True) if (block.kind == "title") == is_title]
        for is_title in (True, False)
    ]
    period = dating.published or ((dating.earliest, dating.latest) if dating.earliest and dating.latest else None)
    mentions = find_mentions([(p.start, p.text) for p in paragraphs], registry, published=period)
    names = [Name(m.start, m.end, m.actor_id, m.kind) for m in mentions]
    persons = [name for name in names if registry.actors[name.actor_id].type == "person"]
    quotes = [quote for part in parts for quote in find_quotes(part, names)]
    told = [(block.start + shifts[id(block)] + start, text) for block, start, text in sentences]
    events = find_events(
        told,
        names,
        [Said(q.start, q.end, q.kind, q.speaker_id) for q in quotes],
        registry,
    )
    counts = [c for part in parts for c in find_counts(part, quotes=quotes, names=names, published=period)]
    detainees = [d for part in parts for d in find_detainees(part, names=persons, published=period)]
    sentiment = find_sentiment(told, quotes, mentions)

    def placed(start: int) -> tuple[Block, int]:
        block = blocks[bisect_right(starts, start) - 1]
        return block, -shifts[id(block)]

    return Reading(
        [(*placed(m.start), m) for m in mentions],
        [(*placed(q.start), q) for q in quotes],
        [(*placed(e.start), (e, _day(e, told, dating.published))) for e in events],
        [(*placed(c.start), c) for c in counts],
        [(*placed(d.start), d) for d in detainees],
        [(*placed(s.start), s) for s in sentiment],
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
