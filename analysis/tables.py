"""A corpus to its tables: the schema of each, loading into DataFrames, export to CSV or Parquet.

`load` reads a corpus (a folder or a single file) and returns `Tables`, a DataFrame for each name in
`SCHEMA`. Text is "string", offsets and counts are integers, dates "datetime64[s]" at midnight; what is
not known is missing, never zero or empty (but the title of a record without one is "").

`export` writes them, with a `datapackage.json` (Frictionless Data Package 1.0) that describes every
column. All files are written beside their places and only then renamed, so that an export that fails
leaves the earlier one as it was.

`verify` reads the sources again and compares every row with them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis import corpus as corpus_
from analysis import dates as dates_
from analysis import sentences as sentences_
from analysis.actors import COLUMNS, Registry, read_registry
from analysis.corpus import Article
from analysis.evidence import Evidence
from analysis.furniture import count_words
from analysis.layout import Block
from analysis.schema import SCHEMA, frame
from analysis.sources import BadInput, Document, Problem, decode, read
from analysis.voices import read_voices

PROJECT_REGISTRY = Path(__file__).parents[1] / "seeds"
REGISTRY_FILES = ("actors.csv", "events.csv", "dates.csv")  # what a corpus may hold beside its articles


@dataclass(frozen=True)
class Tables:
    """The tables of one corpus, and what in it needs attention."""

    articles: pd.DataFrame
    blocks: pd.DataFrame
    sentences: pd.DataFrame
    date_evidence: pd.DataFrame
    actors: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    errors: pd.DataFrame
    problems: tuple[Problem, ...] = ()

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield (name, frame) in the order of the schema."""
        for name in SCHEMA:
            yield name, getattr(self, name)


def registry_folder(path: Path, registry: Path | str | None = None) -> Path:
    """Tell where a corpus has its registry: where it is told to, in itself, or for a file in the project."""
    if registry is not None:
        return Path(registry)
    return path if path.is_dir() else PROJECT_REGISTRY


def registry_file(path: Path, name: str, registry: Path | str | None = None) -> Path:
    """Name a registry file of a corpus; the project's actors stand in for those of a folder that has none."""
    file = registry_folder(path, registry) / name
    return PROJECT_REGISTRY / name if registry is None and name == "actors.csv" and not file.is_file() else file


def read_actors(file: Path) -> Registry:
    """Read the registry of actors; raise BadInput naming the line of a mistake."""
    return read_registry(_registry_rows(file), file.name)


def load(path: Path | str, *, registry: Path | str | None = None, progress: bool = False) -> Tables:
    """Read a corpus and make all its tables.

    `registry` is the folder of `actors.csv`, `events.csv` and `dates.csv`: by default the corpus itself, and
    for a single file, or the actors of a folder that has no `actors.csv`, the project's `seeds/`. Raises BadInput where nothing can be read at all.
    """
    path = Path(path)
    is_silent = None if progress else True
    read_corpus = corpus_.read_documents(tqdm(read(path), desc="reading", unit=" texts", disable=is_silent))
    if not read_corpus.articles:
        first = next((str(problem) for problem in read_corpus.problems), "no article in it")
        raise BadInput(f"{path.name}: nothing can be read: {first}")
    folder = registry_folder(path, registry)
    actor_rows = _registry_rows(registry_file(path, "actors.csv", registry))
    actors = read_registry(actor_rows, "actors.csv")
    events = dates_.read_events(_registry_rows(folder / "events.csv"), "events.csv")
    curated = dates_.read_curated(_registry_rows(folder / "dates.csv"), "dates.csv")
    problems = [*read_corpus.problems, *(_unknown(curated, read_corpus.articles) if folder == path else ())]
    split = [
        (article, split_article(article))
        for article in tqdm(read_corpus.articles, desc="sentences", unit=" articles", disable=is_silent)
    ]
    body = [(article, [s for s in found if s[0].kind == "body"]) for article, found in split]
    datings = dates_.date_articles(body, events=events, curated=curated)
    blocks, ids = _block_rows(read_corpus)
    dated = list(zip(read_corpus.articles, datings, strict=True))
    n_sentences = [len(found) for _, found in body]
    voices = [
        _voice_rows(article, found, dating, actors, ids)
        for (article, found), dating in zip(
            tqdm(split, desc="voices", unit=" articles", disable=is_silent), datings, strict=True
        )
    ]
    return Tables(
        frame("articles", [_article_row(a, n, d) for (a, d), n in zip(dated, n_sentences, strict=True)]),
        frame("blocks", blocks),
        frame("sentences", [row for article, found in split for row in _sentence_rows(article, found, ids)]),
        frame("date_evidence", [_evidence_row(a, e, ids) for a, dating in dated for e in dating.evidence]),
        frame("actors", [_actor_row(row) for row in actor_rows]),
        frame("mentions", [row for mentions, _ in voices for row in mentions]),
        frame("quotes", [row for _, quotes in voices for row in quotes]),
        frame("errors", [(p.source, p.position, p.start, p.end, p.cause, p.is_lost) for p in problems]),
        tuple(problems),
    )


def _unknown(curated: Mapping[str, dates_.Curated], articles: Iterable[Article]) -> list[Problem]:
    """Report curated dates of articles that the corpus does not hold: a slip of the pen would be silent else."""
    known = {article.article_id for article in articles}
    return [
        Problem("dates.csv", None, None, None, f"no article {article_id!r}", is_lost=False)
        for article_id in curated
        if article_id not in known
    ]


def _article_row(article: Article, n_sentences: int, dating: dates_.Dating) -> tuple[Any, ...]:
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


def _sentence_rows(
    article: Article, found: list[tuple[Block, int, str]], ids: Mapping[int, str]
) -> Iterator[tuple[Any, ...]]:
    for block, group in groupby(found, key=lambda sentence: sentence[0]):
        block_id = ids[id(block)]
        for number, (_, start, text) in enumerate(group):
            start += block.start
            yield f"{block_id}.s{number}", article.article_id, block_id, start, start + len(text), text


def _voice_rows(
    article: Article,
    found: list[tuple[Block, int, str]],
    dating: dates_.Dating,
    actors: Registry,
    ids: Mapping[int, str],
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Return the rows of `mentions` and `quotes` of an article."""
    starts: dict[int, list[int]] = {}
    for block, start, _ in found:
        starts.setdefault(id(block), []).append(start)
    voices = read_voices(article, list({id(block): block for block, _, _ in found}.values()), actors, dating)

    def held(block: Block, start: int) -> tuple[str, str, str]:
        sentence = max(bisect_right(starts[id(block)], start - block.start) - 1, 0)
        return article.article_id, f"{ids[id(block)]}.s{sentence}", ids[id(block)]

    mentions = [
        (*held(block, m.start + shift), m.start + shift, m.end + shift, m.text, m.actor_id, m.kind, m.rule)
        for block, shift, m in voices.mentions
    ]
    quotes = [
        (
            *held(block, q.start + shift),
            q.start + shift,
            q.end + shift,
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
        for block, shift, q in voices.quotes
    ]
    return mentions, quotes


def _actor_row(row: Mapping[str, str]) -> tuple[str | None, ...]:
    return tuple((row.get(column) or "").strip() or None for column in COLUMNS)


def _evidence_row(article: Article, e: Evidence, ids: Mapping[int, str]) -> tuple[Any, ...]:
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


def split_article(article: Article) -> list[tuple[Block, int, str]]:
    """Return the sentences of an article's title and body as (block, start in the block, text)."""
    found = []
    for block in article.of_kind("title", "body"):
        text = article.text(block)
        found += [(block, start, text[start:end]) for start, end in sentences_.split(text)]
    return found


def _block_rows(read_corpus: corpus_.Corpus) -> tuple[list[tuple[Any, ...]], dict[int, str]]:
    """Return the rows of `blocks` and the id of every block by its identity; a title without text has no row."""
    articles = {id(block): a for a in read_corpus.articles for block in (a.title_block, *a.blocks)}
    rows: list[tuple[Any, ...]] = []
    ids: dict[int, str] = {}
    counts: Counter[str] = Counter()
    for number, (document, blocks) in enumerate(read_corpus.documents, start=1):
        for index, block in enumerate(blocks):
            article = articles.get(id(block))
            holder = f"{article.article_id}.b" if article else f"text-{number}.x"
            ids[id(block)] = f"{holder}{counts[holder]}"
            counts[holder] += 1
            text = (_parts(document)[0] if index == 0 else document.text)[block.start : block.end]
            article_id = article.article_id if article else None
            if text:
                rows.append((ids[id(block)], article_id, document.source, block.kind, block.start, block.end, text))
    return rows, ids


def _parts(document: Document) -> list[str]:
    """Return the texts of a document in which offsets count: a record's title and text, or the one text."""
    return [document.title or "", document.text] if document.is_record else [document.text]


def _ends(days: dates_.Days) -> tuple[dt.date | None, dt.date | None]:
    first, last = days[0][0], days[-1][1]
    return (None if first == dt.date.min else first), (None if last == dt.date.max else last)


def _registry_rows(file: Path) -> list[dict[str, str]]:
    """Read a registry file; none where it does not exist."""
    if not file.is_file():
        return []
    text = decode(file.read_bytes(), file.name)
    if isinstance(text, Problem):
        raise BadInput(str(text))
    try:
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise BadInput(f"{file.name}: broken CSV: {error}") from None


# Proof.


def verify(tables: Tables, path: Path | str) -> int:
    """Read the sources again and compare every row of every table that has a text; return how many there were.

    The blocks of each source (of each record: title, then text) must be it, laid end to end, and every
    other row must be source[start:end] and lie in its block. Raises AssertionError naming table and row.
    """
    sources = [(d.source, part) for d in read(path) if isinstance(d, Document) for part in _parts(d) if part]
    places: dict[str, tuple[str, int, int]] = {}
    rows = enumerate(tables.blocks.itertuples(index=False))
    for source, text in sources:
        position = 0
        while position < len(text):
            number, row = next(rows, (len(tables.blocks), None))
            is_right = row is not None and row.source == source and position == row.start < row.end <= len(text)
            assert row is not None and is_right and text[row.start : row.end] == row.text, f"blocks, row {number}"
            places[row.block_id], position = (text, row.start, row.end), row.end
    extra = next(rows, None)
    assert extra is None, f"blocks, row {extra[0] if extra else ''}"
    assert len(places) == len(tables.blocks), "blocks: an id twice"
    return len(places) + sum(_verify_rows(name, table, places) for name, table in tables.items() if name != "blocks")


def _verify_rows(name: str, table: pd.DataFrame, places: Mapping[str, tuple[str, int, int]]) -> int:
    """Compare the rows of a table with their blocks; return how many it has, none for a table without texts."""
    if not {"text", "block_id", "start", "end"} <= set(table.columns):
        return 0
    for number, row in enumerate(table.itertuples(index=False)):
        text, first, last = places.get(row.block_id, ("", 0, 0))
        is_inside = first <= row.start <= row.end <= last
        assert is_inside and text[row.start : row.end] == row.text, f"{name}, row {number}"
    return len(table)


# Export.


def export(tables: Tables, out: Path, *, format: str = "csv") -> list[Path]:
    """Write every table and `datapackage.json` into a folder, all or none; return the paths."""
    out.mkdir(parents=True, exist_ok=True)
    package = json.dumps(datapackage(format=format), indent=1, ensure_ascii=False) + "\n"
    made = ((out / f"{name}.{format}", serialise(table, format=format)) for name, table in tables.items())
    return write_all(chain(made, [(out / "datapackage.json", package.encode("utf-8"))]))


def serialise(table: pd.DataFrame, *, format: str) -> bytes:
    """Return a table as the bytes of a CSV (UTF-8, LF, ISO dates) or Parquet file."""
    if format == "parquet":
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False)
        return buffer.getvalue()
    rows = _LineFeeds()
    table.to_csv(rows, index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return rows.getvalue().encode("utf-8")


class _LineFeeds(io.StringIO):
    """Takes rows that end with CR LF and keeps them with LF.

    Told that rows end with LF alone, Python before 3.13 leaves a carriage return in a text unquoted, where
    most readers take it for the end of the row.
    """

    def write(self, row: str) -> int:
        return super().write(row.removesuffix("\r\n") + "\n")


def datapackage(*, format: str) -> dict[str, Any]:
    """Describe the exported tables as a Frictionless Data Package."""
    return {
        "name": "analysis-tables",
        "profile": "tabular-data-package" if format == "csv" else "data-package",
        "resources": [
            {
                "name": name,
                "path": f"{name}.{format}",
                "profile": "tabular-data-resource" if format == "csv" else "data-resource",
                "format": format,
                **({"encoding": "utf-8", "mediatype": "text/csv"} if format == "csv" else {}),
                "schema": {
                    "fields": [{"name": column, "type": kind, "description": text} for column, kind, text in columns],
                    "missingValues": [""],
                },
            }
            for name, columns in SCHEMA.items()
        ],
    }


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file beside its place and rename it, so that nobody ever sees half of it."""
    return write_all([(path, data)])[0]


def write_all(files: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Write files beside their places and rename them when all are there; return the paths."""
    staged: dict[str, Path] = {}
    # mkstemp makes a private file; what the project writes is as readable as any other.
    umask = os.umask(0)
    os.umask(umask)
    try:
        for path, data in files:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            staged[name] = path
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(name, 0o666 & ~umask)
        for name, path in staged.items():
            os.replace(name, path)
    except BaseException:
        for name in staged:
            Path(name).unlink(missing_ok=True)
        raise
    return list(staged.values())
