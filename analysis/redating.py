"""Articles dated once more from their tables: what would the days be with other dated events, or with none?

The rules of `dates` need texts, and the tables hold them: the blocks of a text file are it, laid end to end, and
those of a record its title and its text. A date that a person set or the record gives stays as it is.

Without events nothing is read of a file, or a run of records, in which no article says anything of one: there the
days are those of the table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.corpus import Article
from analysis.dates import Curated, Event, date_articles
from analysis.layout import Block
from analysis.sources import RECORD_SUFFIXES, Document, kind_of
from analysis.stored import Tables

DAYS = ["published", "published_earliest", "published_latest"]
_ARTICLE = ["article_id", "source", "position", "title", *DAYS, "published_basis", "agency"]


def dated_again(tables: Tables, events: Sequence[Event] = ()) -> pd.DataFrame:
    """Return every article_id with the three days of publication that these events allow, in the order of `articles`."""
    return pd.concat([_of_part(part, events) for part in tables.parts()], ignore_index=True)


def _of_part(tables: Tables, events: Sequence[Event]) -> pd.DataFrame:
    articles, evidence = tables.read("articles", _ARTICLE), tables.read("date_evidence", ["article_id", "rule"])
    stretches = [_document(row).neighbourhood for row in articles.itertuples()]
    has_event = articles["article_id"].isin(evidence.loc[evidence["rule"] == "event", "article_id"])
    touched = {stretch for stretch, is_so in zip(stretches, has_event, strict=True) if is_so or events}
    again = articles[[stretch in touched for stretch in stretches]]
    curated = {
        row.article_id: Curated(*(_day(getattr(row, name)) for name in DAYS), reason="set before")
        for row in again[again["published_basis"] == "curated"].itertuples()
    }
    found = date_articles(list(_read(tables, again)), events=events, curated=curated)
    days = pd.DataFrame([(d.published, d.earliest, d.latest) for d in found], again.index, DAYS, dtype="object")
    dated = articles[["article_id", *DAYS]].copy()
    dated.loc[again.index, DAYS] = days.astype(dated[DAYS].dtypes.to_dict())
    return dated


def _document(row: Any, text: str = "", title: str = "") -> Document:
    """Make what an article was read from."""
    is_record = kind_of(Path(row.source)) in RECORD_SUFFIXES
    given = _day(row.published) if row.published_basis == "given" else None
    return Document(row.source, text, title if is_record else None, row.position if is_record else 1, date=given)


def _day(day: Any) -> dt.date | None:
    return None if pd.isna(day) else day.date()


def _read(tables: Tables, articles: pd.DataFrame) -> Iterator[tuple[Article, list[tuple[Block, int, str]]]]:
    """Yield articles as they were read, each with the sentences of its body: block, start in it, text."""
    blocks = tables.read("blocks", ["block_id", "article_id", "source", "kind", "start", "end", "text"])
    blocks = blocks[blocks["source"].isin(articles["source"])]
    files = {source: "".join(texts) for source, texts in blocks.groupby("source")["text"]}
    blocks_of = _grouped(blocks, "article_id")
    sentences = tables.read("sentences", ["article_id", "block_id", "start", "text"])
    sentences_of = _grouped(sentences[sentences["article_id"].isin(articles["article_id"])], "article_id")
    for row in articles.itertuples():
        own = blocks_of[row.article_id]
        document = _document(row)
        if document.is_record:
            title = "".join(block.text for block in own if block.kind == "title")
            text = "".join(block.text for block in own if block.kind != "title")
            document = _document(row, text, title)
        else:
            document = _document(row, files[row.source])
        made = {block.block_id: Block(block.kind, block.start, block.end) for block in own}
        titles = [block for block in made.values() if block.kind == "title"] or [Block("title", 0, 0)]
        others = [block for block in made.values() if block.kind != "title"]
        article = Article(
            row.article_id, row.source, row.position, row.title, document, titles[0], others, agency=_text(row.agency)
        )
        held = [(made[s.block_id], s.start, s.text) for s in sentences_of.get(row.article_id, ())]
        yield article, [(block, start - block.start, text) for block, start, text in held if block.kind == "body"]


def _grouped(rows: pd.DataFrame, column: str) -> dict[str, list[Any]]:
    """Return the rows of a table by a column, in their order."""
    groups: dict[str, list[Any]] = {}
    for row in rows.dropna(subset=column).itertuples():
        groups.setdefault(getattr(row, column), []).append(row)
    return groups


def _text(text: Any) -> str | None:
    return None if pd.isna(text) else text
