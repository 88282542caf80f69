"""A corpus to its tables: the schema of each, loading into DataFrames, export to CSV.

`load` reads a corpus (a folder or a single file) and returns `Tables`, a DataFrame for each name in
`SCHEMA`. Text is "string", offsets and counts are integers, dates "datetime64[s]" at midnight; what is
not known is missing, never zero or empty (but the title of a record without one is "").

`export` writes them as CSV, with a `datapackage.json` (Frictionless Data Package 1.0) that describes every
column (`engine` writes Parquet). In CSV files no text is a spreadsheet's formula (`formulas`). All files are
written beside their places and only then renamed, so that an export that fails
leaves the earlier one as it was.

`verify` reads the sources again and compares every row with them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Container, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from analysis import corpus as corpus_
from analysis import rows
from analysis.actors import Registry, read_registry
from analysis.formulas import neutralised_table, restored
from analysis.making import Background, collector_paused, make_rows, read_background
from analysis.sanctions import sides
from analysis.schema import SCHEMA, described, frame
from analysis.sources import CORPUS_VARIABLE, PACKAGE, BadInput, Document, Problem, decode, read
from analysis.stored import PACKAGE_NAME, StoredTables, Tables, is_stored, read_stored
from analysis.threads import link

PROJECT_REGISTRY = Path(__file__).parents[1] / "seeds"
_APOSTROPHES = (
    "A text that a spreadsheet would run as a formula has an apostrophe before it: where apostrophes stand before "
    "=, +, -, @, a tab or a carriage return, take away the first to have the text of the source."
)


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


@collector_paused()
def load(path: Path | str | None = None, *, registry: Path | str | None = None, progress: bool = False) -> Tables:
    """Read a corpus and make all its tables.

    Without a path it is the corpus that the environment names in ANALYSIS_CORPUS, else the project's own.

    `registry` is the folder of `actors.csv`, `events.csv` and `dates.csv`: by default the corpus itself, and
    for a single file, or the actors of a folder that has no `actors.csv`, the project's `seeds/`. The folder may
    also hold the Parquet tables that `extract` wrote: each is then read when it is asked for. Raises BadInput
    where nothing can be read at all.
    """
    path = corpus_path(path)
    if is_stored(path):
        if registry is not None:
            raise BadInput(f"{path.name}: tables that are extracted keep the registry that they were made with")
        return read_stored(path)
    is_silent = None if progress else True
    read_corpus = corpus_.read_documents(tqdm(read(path), desc="reading", unit=" texts", disable=is_silent))
    if not read_corpus.articles:
        raise nothing_read(path, read_corpus.problems)
    background = read_background(*registry_rows(path, registry))
    if registry_folder(path, registry) == path:
        read_corpus.problems += unknown(background, {article.article_id for article in read_corpus.articles})
    made = make_rows(read_corpus, background, progress=progress)
    linked = link(made.told, sides(background.actors))
    made.rows["actors"] = [rows.actor_row(row) for row in background.actor_rows]
    made.rows["sanction_events"] = [rows.event_row(*event) for event in zip(made.told, linked, strict=True)]
    loaded = Tables(
        **{name: frame(name, found) for name, found in made.rows.items()}, problems=tuple(read_corpus.problems)
    )
    if registry is None:
        object.__setattr__(loaded, "corpus", path)
    return loaded


def nothing_read(path: Path, problems: Iterable[Problem]) -> BadInput:
    """Make the error of a corpus without a single article."""
    first = next((str(problem) for problem in problems), "no article in it")
    return BadInput(f"{path.name}: nothing can be read: {first}")


def registry_rows(path: Path, registry: Path | str | None = None) -> tuple[list[dict[str, str]], ...]:
    """Return the rows of the three registry files that go with a corpus; none of those that do not exist."""
    folder = registry_folder(path, registry)
    files = (registry_file(path, "actors.csv", registry), folder / "events.csv", folder / "dates.csv")
    return tuple(map(_registry_rows, files))


def unknown(background: Background, known: Container[str]) -> list[Problem]:
    """Report curated dates of articles that the corpus does not hold: a slip of the pen would be silent else."""
    return [
        Problem("dates.csv", None, None, None, f"no article {article_id!r}", is_lost=False)
        for article_id in background.curated
        if article_id not in known
    ]


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
    other row must lie in its block and be its part of it. Stored tables, which may be without their sources,
    are compared with their blocks alone. Raises AssertionError naming table and row.
    """
    if isinstance(tables, StoredTables):
        return sum(map(_verify_in_blocks, tables.parts()))
    sources = [
        (d.source, part) for d in read(corpus_path(path)) if isinstance(d, Document) for part in rows.parts(d) if part
    ]
    found = enumerate(tables.blocks.itertuples(index=False))
    for source, text in sources:
        position = 0
        while position < len(text):
            number, row = next(found, (len(tables.blocks), None))
            is_right = row is not None and row.source == source and position == row.start < row.end <= len(text)
            assert row is not None and is_right and text[row.start : row.end] == row.text, f"blocks, row {number}"
            position = row.end
    extra = next(found, None)
    assert extra is None, f"blocks, row {extra[0] if extra else ''}"
    return _verify_in_blocks(tables)


def _verify_in_blocks(tables: Tables) -> int:
    """Compare the rows of every table with their blocks; return how many there were, blocks included."""
    places = ["block_id", "text", "start", "end"]
    rows = tables.read("blocks", places)
    blocks = {block_id: place for block_id, *place in rows.itertuples(index=False)}
    assert len(blocks) == len(rows), "blocks: an id twice"
    with_texts = [name for name, columns in SCHEMA.items() if {*places} <= {column for column, _, _ in columns}]
    return sum(_verify_rows(name, tables.read(name, places), blocks) for name in with_texts)


def _verify_rows(name: str, table: pd.DataFrame, blocks: Mapping[str, list[Any]]) -> int:
    """Compare the rows of a table with their blocks; return how many it has."""
    for number, row in enumerate(table.itertuples(index=False)):
        text, first, last = blocks.get(row.block_id, ("", 0, 0))
        is_inside = first <= row.start <= row.end <= last
        assert is_inside and text[row.start - first : row.end - first] == row.text, f"{name}, row {number}"
    return len(table)


# Export.


def export(tables: Tables, out: Path) -> list[Path]:
    """Write every table as CSV and `datapackage.json` into a folder, all or none; return the paths."""
    out.mkdir(parents=True, exist_ok=True)
    package = datapackage({name: f"{name}.csv" for name in SCHEMA}, format="csv")
    made = ((out / f"{name}.csv", serialise(table, format="csv")) for name, table in tables.items())
    return write_all(chain(made, [(out / PACKAGE, package)]))


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


def datapackage(paths: Mapping[str, str | list[str]], *, format: str) -> bytes:
    """Describe exported tables, each by its file or files, as the bytes of a Frictionless Data Package."""
    package = {
        "name": PACKAGE_NAME,
        "profile": "tabular-data-package" if format == "csv" else "data-package",
        **({"description": _APOSTROPHES} if format == "csv" else {}),
        "resources": [
            {
                "name": name,
                "path": paths[name],
                "profile": "tabular-data-resource" if format == "csv" else "data-resource",
                "format": format,
                **({"encoding": "utf-8", "mediatype": "text/csv"} if format == "csv" else {}),
                "schema": described(name),
            }
            for name in SCHEMA
        ],
    }
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


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
