"""Articles to the rows of each table, in the order of its columns.

Every row that stands in a text carries the ids of what holds it; offsets count in the source.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis import corpus as corpus_
from analysis import dates as dates_
from analysis.actors import COLUMNS
from analysis.corpus import Article
from analysis.evidence import Evidence
from analysis.furniture import count_words
from analysis.layout import Block
from analysis.reading import Reading
from analysis.sources import Document
from analysis.threads import CODES, Linked, Told

Row = tuple[Any, ...]
Sentences = Sequence[tuple[Block, int, str]]  # block, start in the block, text


def article_row(article: Article, n_sentences: int, dating: dates_.Dating) -> Row:
    n_words = sum(count_words(article.text(block)) for block in article.of_kind("body"))
    return (
        article.article_id,
        article.source,
        article.position,
        article.title,
        dating.published,
        dating.earliest,
        dating.latest,
        dating.basis,
        dating.words or None,
        article.agency,
        n_words,
        n_sentences,
        article.start,
        article.end,
    )


def sentence_rows(article: Article, found: Sentences, ids: Mapping[int, str]) -> Iterator[Row]:
    for block, group in groupby(found, key=lambda sentence: sentence[0]):
        block_id = ids[id(block)]
        for number, (_, start, text) in enumerate(group):
            start += block.start
            yield f"{block_id}.s{number}", article.article_id, block_id, start, start + len(text), text


class Places:
    """What holds a place of an article: its ids."""

    def __init__(self, article: Article, sentences: Sentences, ids: Mapping[int, str]) -> None:
        self.article_id, self.ids = article.article_id, ids
        self.starts: dict[int, list[int]] = {}
        for block, start, _ in sentences:
            self.starts.setdefault(id(block), []).append(start)

    def held(self, block: Block, start: int) -> tuple[str, str, str]:
        """Return the article, sentence and block at a place of the source."""
        sentence = max(bisect_right(self.starts[id(block)], start - block.start) - 1, 0)
        return self.article_id, f"{self.ids[id(block)]}.s{sentence}", self.ids[id(block)]

    def span(self, block: Block, shift: int, start: int, end: int) -> tuple[str, str, str, int, int]:
        """Return what holds a span, and the span in the source."""
        return *self.held(block, start + shift), start + shift, end + shift


def mention_rows(reading: Reading, places: Places) -> Iterator[Row]:
    for block, shift, m in reading.mentions:
        yield *places.span(block, shift, m.start, m.end), m.text, m.actor_id, m.kind, m.rule


def quote_rows(reading: Reading, places: Places) -> Iterator[Row]:
    for block, shift, q in reading.quotes:
        yield (
            *places.span(block, shift, q.start, q.end),
            q.text,
            q.kind,
            q.speaker,
            q.speaker_name,
            q.speaker_id,
            q.cue,
            *(None if end is None else end + shift for end in (q.cue_start, q.cue_end)),
            q.is_unclosed,
            q.rule,
        )


def count_rows(reading: Reading, places: Places) -> Iterator[Row]:
    for block, shift, c in reading.counts:
        yield (
            *places.span(block, shift, c.start, c.end),
            c.text,
            c.measure,
            c.qualifier,
            c.low,
            c.high,
            c.point,
            c.unit,
            c.attributed_to,
            c.attributed_id,
            c.place,
            c.as_of,
            c.scope,
            c.rule,
        )


def detainee_rows(reading: Reading, places: Places) -> Iterator[Row]:
    for block, shift, d in reading.detainees:
        yield *places.span(block, shift, d.start, d.end), d.text, d.actor_id, d.measure, d.date, d.rule


def sentiment_rows(reading: Reading, places: Places) -> Iterator[Row]:
    for block, shift, s in reading.sentiment:
        yield (
            *places.span(block, shift, s.start, s.end),
            s.voice,
            s.speaker_id,
            s.compound,
            s.positive,
            s.neutral,
            s.negative,
            s.vader,
            "; ".join(s.targets) or None,
            s.rule,
        )


def told_events(
    number: int, article: Article, dating: dates_.Dating, reading: Reading, places: Places
) -> Iterator[Told]:
    """Yield the sanction events of the article of this number, for `threads` to link."""
    for block, shift, (event, day) in reading.events:
        yield Told(
            *places.span(block, shift, event.start, event.end),
            event.text,
            event.sender_id,
            event.target_id,
            event.stage,
            event.instrument or None,
            event.called_by,
            event.held_up_by,
            day,
            event.status,
            event.speaker_id,
            event.rule,
            event.is_new,
            event.is_answer,
            dating.published,
            number,
        )


def event_row(told: Told, linked: Linked) -> Row:
    what = told[: Told._fields.index("event_date")]
    return (*what, told.event_date, told.status, *linked, *CODES[told.stage], told.speaker_id, told.rule)


def actor_row(row: Mapping[str, str]) -> Row:
    return tuple((row.get(column) or "").strip() or None for column in COLUMNS)


def evidence_row(article: Article, e: Evidence, ids: Mapping[int, str]) -> Row:
    start, end = e.block.start + e.start, e.block.start + e.end
    return (
        article.article_id,
        article.source,
        ids[id(e.block)],
        start,
        end,
        e.words,
        e.rule,
        e.event_id or None,
        *_ends(e.days),
        e.role,
    )


def block_rows(read_corpus: corpus_.Corpus, *, first: int = 1) -> tuple[list[Row], dict[int, str]]:
    """Return the rows of `blocks` and the id of every block by its identity; a title without text has no row.

    `first` is the number that the first document has in the whole corpus.
    """
    articles = {id(block): a for a in read_corpus.articles for block in (a.title_block, *a.blocks)}
    rows: list[Row] = []
    ids: dict[int, str] = {}
    counts: Counter[str] = Counter()
    for number, (document, blocks) in enumerate(read_corpus.documents, start=first):
        for index, block in enumerate(blocks):
            article = articles.get(id(block))
            holder = f"{article.article_id}.b" if article else f"text-{number}.x"
            ids[id(block)] = f"{holder}{counts[holder]}"
            counts[holder] += 1
            text = (parts(document)[0] if index == 0 else document.text)[block.start : block.end]
            article_id = article.article_id if article else None
            if text:
                rows.append((ids[id(block)], article_id, document.source, block.kind, block.start, block.end, text))
    return rows, ids


def parts(document: Document) -> list[str]:
    """Return the texts of a document in which offsets count: a record's title and text, or the one text."""
    return [document.title or "", document.text] if document.is_record else [document.text]


def _ends(days: dates_.Days) -> tuple[dt.date | None, dt.date | None]:
    first, last = days[0][0], days[-1][1]
    return (None if first == dt.date.min else first), (None if last == dt.date.max else last)
