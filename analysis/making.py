"""A read corpus, or whole parts of one, to the rows of all its tables.

The one way in which rows are made: for the notebooks at once, on many cores part by part. What goes over the
whole corpus is given from outside (the ids of articles, the number of the first document) or done afterwards
(`threads` links the sanction events).
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tqdm import tqdm

from analysis import dates as dates_
from analysis import rows
from analysis import sentences as sentences_
from analysis.actors import Registry, read_registry
from analysis.corpus import Article, Corpus
from analysis.layout import Block
from analysis.reading import read_articles
from analysis.rows import Row
from analysis.sources import Problem
from analysis.threads import Told

READ_TOGETHER = 100  # articles: with more, what they hold would leave no room in the processor's caches
OF_READING = {
    "mentions": rows.mention_rows,
    "quotes": rows.quote_rows,
    "counts": rows.count_rows,
    "detainees": rows.detainee_rows,
    "sentiment": rows.sentiment_rows,
}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles: the tables have none, and their rows are looked through in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True)
class Background:
    """What is known beside the articles: the rows of `actors.csv`, and what the three registry files say."""

    actor_rows: Sequence[Mapping[str, str]]
    actors: Registry
    events: Sequence[dates_.Event]
    curated: Mapping[str, dates_.Curated]


def read_background(
    actor_rows: Sequence[Mapping[str, str]], events: Iterable[Mapping[str, str]], curated: Iterable[Mapping[str, str]]
) -> Background:
    """Read the rows of the three registry files; raise BadInput naming file and line of a mistake."""
    return Background(
        actor_rows,
        read_registry(actor_rows, "actors.csv"),
        dates_.read_events(events, "events.csv"),
        dates_.read_curated(curated, "dates.csv"),
    )


@dataclass
class Made:
    """The rows of each table, but for sanction events, which are not linked yet, and the registry."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)


def make_rows(read: Corpus, background: Background, *, first_document: int = 1, progress: bool = False) -> Made:
    """Make the rows of all articles of whole text files and whole runs of records.

    `first_document` is the number that the first document has in the whole corpus.
    """
    is_silent = None if progress else True
    split = [
        (article, split_article(article))
        for article in tqdm(read.articles, desc="sentences", unit=" articles", disable=is_silent)
    ]
    body = [(article, [s for s in found if s[0].kind == "body"]) for article, found in split]
    datings = dates_.date_articles(body, events=background.events, curated=background.curated)
    blocks, ids = rows.block_rows(read, first=first_document)
    made = Made({name: [] for name in ("articles", "blocks", "sentences", "date_evidence", *OF_READING, "errors")})
    made.rows["blocks"] = blocks
    made.rows["errors"] = error_rows(read.problems)
    cases = [(article, found, dating) for (article, found), dating in zip(split, datings, strict=True)]
    shown = tqdm(total=len(cases), desc="rows", unit=" articles", disable=is_silent)
    for first in range(0, len(cases), READ_TOGETHER):
        several = cases[first : first + READ_TOGETHER]
        readings = read_articles(several, background.actors)
        for number, ((article, found, dating), reading) in enumerate(zip(several, readings, strict=True), start=first):
            places = rows.Places(article, found, ids)
            made.rows["articles"].append(rows.article_row(article, len(body[number][1]), dating))
            made.rows["sentences"] += rows.sentence_rows(article, found, ids)
            made.rows["date_evidence"] += [rows.evidence_row(article, e, ids) for e in dating.evidence]
            for name, rows_of in OF_READING.items():
                made.rows[name] += rows_of(reading, places)
            made.told += rows.told_events(number, article, dating, reading, places)
        shown.update(len(several))
    shown.close()
    return made


def error_rows(problems: Iterable[Problem]) -> list[Row]:
    return [(p.source, p.position, p.start, p.end, p.cause, p.is_lost) for p in problems]


def split_article(article: Article) -> list[tuple[Block, int, str]]:
    """Return the sentences of an article's title and body as (block, start in the block, text)."""
    found = []
    for block in article.of_kind("title", "body"):
        text = article.text(block)
        found += [(block, start, text[start:end]) for start, end in sentences_.split(text)]
    return found
