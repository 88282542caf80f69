"""A corpus to its tables: the schema of each, loading into DataFrames, export to CSV or Parquet.

`load` reads a corpus (a folder or a single file) and returns `Tables`, a DataFrame for each name in
`SCHEMA`. Text is "string", offsets and counts are integers, dates "datetime64[s]" at midnight; what is
not known is missing, never zero or empty (but the title of a record without one is "").

`export` writes them, with a `datapackage.json` (Frictionless Data Package 1.0) that describes every
column. In CSV files no text is a spreadsheet's formula (`formulas`). All files are written beside their places and only then renamed, so that an export that fails
leaves the earlier one as it was.

`verify` reads the sources again and compares every row with them.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis import corpus as corpus_
from analysis import dates as dates_
from analysis import rows
from analysis import sentences as sentences_
from analysis.actors import Registry, read_registry
from analysis.corpus import Article
from analysis.formulas import neutralised_table, restored
from analysis.layout import Block
from analysis.reading import Reading, read_article
from analysis.sanctions import sides
from analysis.schema import SCHEMA, frame
from analysis.sources import CORPUS_VARIABLE, BadInput, Document, Problem, decode, read

PROJECT_REGISTRY = Path(__file__).parents[1] / "seeds"
_APOSTROPHES = (
    "A text that a spreadsheet would run as a formula has an apostrophe before it: where apostrophes stand before "
    "=, +, -, @, a tab or a carriage return, take away the first to have the text of the source."
)


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
    sanction_events: pd.DataFrame
    counts: pd.DataFrame
    detainees: pd.DataFrame
    sentiment: pd.DataFrame
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


def corpus_path(path: Path | str | None = None) -> Path:
    """Tell which corpus is meant: the one named, else that of the environment, else the project's own."""
    return Path(path or os.environ.get(CORPUS_VARIABLE) or PROJECT_REGISTRY)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from looking for cycles: the tables have none, and their rows are looked through in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collector_paused()
def load(path: Path | str | None = None, *, registry: Path | str | None = None, progress: bool = False) -> Tables:
    """Read a corpus and make all its tables.

    Without a path it is the corpus that the environment names in ANALYSIS_CORPUS, else the project's own.

    `registry` is the folder of `actors.csv`, `events.csv` and `dates.csv`: by default the corpus itself, and
    for a single file, or the actors of a folder that has no `actors.csv`, the project's `seeds/`. Raises BadInput where nothing can be read at all.
    """
    path = corpus_path(path)
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
    blocks, ids = rows.block_rows(read_corpus)
    dated = list(zip(read_corpus.articles, datings, strict=True))
    n_sentences = [len(found) for _, found in body]
    read_articles = [
        (article, dating, read_article(article, found, actors, dating), rows.Places(article, found, ids))
        for (article, found), dating in zip(
            tqdm(split, desc="rows", unit=" articles", disable=is_silent), datings, strict=True
        )
    ]

    def made(name: str, make: Callable[[Reading, rows.Places], Iterable[rows.Row]]) -> pd.DataFrame:
        return frame(name, [row for _, _, reading, places in read_articles for row in make(reading, places)])

    return Tables(
        articles=frame("articles", [rows.article_row(a, n, d) for (a, d), n in zip(dated, n_sentences, strict=True)]),
        blocks=frame("blocks", blocks),
        sentences=frame("sentences", [row for a, found in split for row in rows.sentence_rows(a, found, ids)]),
        date_evidence=frame(
            "date_evidence", [rows.evidence_row(a, e, ids) for a, dating in dated for e in dating.evidence]
        ),
        actors=frame("actors", [rows.actor_row(row) for row in actor_rows]),
        mentions=made("mentions", rows.mention_rows),
        quotes=made("quotes", rows.quote_rows),
        sanction_events=frame("sanction_events", list(rows.event_rows(read_articles, sides(actors)))),
        counts=made("counts", rows.count_rows),
        detainees=made("detainees", rows.detainee_rows),
        sentiment=made("sentiment", rows.sentiment_rows),
        errors=frame("errors", [(p.source, p.position, p.start, p.end, p.cause, p.is_lost) for p in problems]),
        problems=tuple(problems),
    )


def _unknown(curated: Mapping[str, dates_.Curated], articles: Iterable[Article]) -> list[Problem]:
    """Report curated dates of articles that the corpus does not hold: a slip of the pen would be silent else."""
    known = {article.article_id for article in articles}
    return [
        Problem("dates.csv", None, None, None, f"no article {article_id!r}", is_lost=False)
        for article_id in curated
        if article_id not in known
    ]


def split_article(article: Article) -> list[tuple[Block, int, str]]:
    """Return the sentences of an article's title and body as (block, start in the block, text)."""
    found = []
    for block in article.of_kind("title", "body"):
        text = article.text(block)
        found += [(block, start, text[start:end]) for start, end in sentences_.split(text)]
    return found


def _registry_rows(file: Path) -> list[dict[str, str]]:
    """Read a registry file, with what a CSV file changes in texts restored; none where it does not exist."""
    if not file.is_file():
        return []
    text = decode(file.read_bytes(), file.name)
    if isinstance(text, Problem):
        raise BadInput(str(text))
    try:
        found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        raise BadInput(f"{file.name}: broken CSV: {error}") from None
    # Cells beyond the columns are a list under None, which the readers refuse.
    return [{k: restored(v) if isinstance(v, str) else v for k, v in row.items()} for row in found]


# Proof.


def verify(tables: Tables, path: Path | str | None = None) -> int:
    """Read the sources again and compare every row of every table that has a text; return how many there were.

    The blocks of each source (of each record: title, then text) must be it, laid end to end, and every
    other row must be source[start:end] and lie in its block. Raises AssertionError naming table and row.
    """
    sources = [
        (d.source, part) for d in read(corpus_path(path)) if isinstance(d, Document) for part in rows.parts(d) if part
    ]
    places: dict[str, tuple[str, int, int]] = {}
    found = enumerate(tables.blocks.itertuples(index=False))
    for source, text in sources:
        position = 0
        while position < len(text):
            number, row = next(found, (len(tables.blocks), None))
            is_right = row is not None and row.source == source and position == row.start < row.end <= len(text)
            assert row is not None and is_right and text[row.start : row.end] == row.text, f"blocks, row {number}"
            places[row.block_id], position = (text, row.start, row.end), row.end
    extra = next(found, None)
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
    """Return a table as the bytes of a CSV (UTF-8, LF, ISO dates, no formulas) or Parquet file."""
    if format == "parquet":
        buffer = io.BytesIO()
        table.to_parquet(buffer, index=False)
        return buffer.getvalue()
    rows = _LineFeeds()
    neutralised_table(table).to_csv(rows, index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
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
        **({"description": _APOSTROPHES} if format == "csv" else {}),
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
