"""The tables of a corpus as what figures and pages read: some columns, part after part, or of some articles alone.

`Tables` holds frames. `StoredTables` are those that `extract` wrote as Parquet: nothing is read before it is asked
for, and one part is one partition, which holds every row of its articles. Who counts over `parts` has the same sum
of both, and in memory never more than one part of what is stored.

A folder is refused where its tables are not whole, or are not those of `SCHEMA`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.documents import BadInput, Problem, one_line
from analysis.schema import SCHEMA, described, frame, typed
from analysis.sources import PACKAGE

PACKAGE_NAME = "analysis-tables"
PUBLISHING = ".publishing"  # where an extraction puts its tables together
_AGAIN = "extract the tables again"


@dataclass(frozen=True)
class Tables:
    """The tables of one corpus, and what in it needs attention.

    `corpus` is what they were loaded from, with the registry that goes with it; None for tables changed since.
    """

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
    corpus: Path | None = field(default=None, init=False)

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield (name, frame) in the order of the schema."""
        for name in SCHEMA:
            yield name, getattr(self, name)

    def read(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of a table."""
        return getattr(self, name)[list(columns)]

    def parts(self) -> Iterator[Tables]:
        """Yield the tables in parts, each with every row of its articles and with all actors: here there is one."""
        yield self

    def of(self, article_ids: Collection[str]) -> Tables:
        """Return what the tables hold of some articles, and what stands between articles of their sources."""
        articles = self.articles[self.articles["article_id"].isin(article_ids)]
        made = {"articles": articles}
        for name, table in self.items():
            if name not in made and "article_id" in table:
                is_between = table["article_id"].isna()
                if "source" in table:
                    is_between &= table["source"].isin(articles["source"])
                made[name] = table[is_between | table["article_id"].isin(article_ids)]
        return Tables(**(dict(self.items()) | made), problems=self.problems)


class StoredTables(Tables):
    """The tables of a folder that `extract` wrote, or of one partition in it, each read when it is first asked for."""

    folder: Path
    part: str | None

    @classmethod
    def at(cls, folder: Path, part: str | None = None) -> StoredTables:
        """Make the tables of a folder, or of the files of one name in it, without reading one."""
        stored = cls.__new__(cls)
        object.__setattr__(stored, "folder", folder)
        object.__setattr__(stored, "part", part)
        object.__setattr__(stored, "corpus", None if part else folder)
        return stored

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in SCHEMA:
            raise AttributeError(name)
        whole = self.read(name, [column for column, _, _ in SCHEMA[name]])
        object.__setattr__(self, name, whole)
        return whole

    def read(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Return some columns of a table, without reading the others."""
        if name in vars(self):
            return super().read(name, columns)
        place = self.folder / name
        if self.part and name != "actors":
            place /= self.part
        if not place.exists():  # of a partition that was set aside there is only the error
            return frame(name, [])[list(columns)]
        return typed(name, pd.read_parquet(place, columns=list(columns)))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problems_of(self.errors))

    def parts(self) -> Iterator[Tables]:
        """Yield the tables of one partition after the other."""
        if self.part:
            yield self
            return
        for name in sorted(file.name for file in (self.folder / "articles").glob("part-*.parquet")):
            yield StoredTables.at(self.folder, name)

    def of(self, article_ids: Collection[str]) -> Tables:
        """Return what the tables hold of some articles, reading only the partitions that hold any."""
        if self.part:
            return super().of(article_ids)
        held = [
            p.of(article_ids)
            for p in self.parts()
            if p.read("articles", ["article_id"]).isin(article_ids).any(axis=None)
        ]
        rows = {name: [getattr(part, name) for part in held] or [frame(name, [])] for name in SCHEMA}
        return Tables(
            **{name: pd.concat(found, ignore_index=True) for name, found in rows.items()}
            | {"actors": self.actors, "errors": self.errors}
        )


def problems_of(errors: pd.DataFrame) -> list[Problem]:
    """Return what is wrong with a corpus from the rows of its table of errors."""
    cells = errors.astype(object)
    return [Problem(*row) for row in cells.where(cells.notna(), None).itertuples(index=False)]


def is_stored(path: Path) -> bool:
    """Tell a folder of extracted Parquet tables from a corpus."""
    try:
        package = json.loads((path / PACKAGE).read_bytes())
        return package["name"] == PACKAGE_NAME and all(r["format"] == "parquet" for r in package["resources"])
    except (OSError, ValueError, LookupError, TypeError):
        return False


def read_stored(path: Path) -> StoredTables:
    """Return the tables of a folder; raise BadInput naming the file that is missing or is not as it should be.

    What the files hold is not looked at before it is read.
    """
    stored_files(path)
    return StoredTables.at(path)


def stored_files(path: Path) -> list[Path]:
    """List the files of extracted tables; raise BadInput where one is missing, or they are not those of `SCHEMA`."""
    if not path.is_dir():
        raise BadInput(f"{one_line(path)}: {'no folder' if path.exists() else 'no such folder'}")
    if (path / PUBLISHING).exists():
        raise BadInput(f"{one_line(path / PUBLISHING)}: an extraction was stopped while it wrote; {_AGAIN}")
    if not is_stored(path):
        raise BadInput(f"{one_line(path / PACKAGE)}: describes no tables that extract wrote as Parquet")
    package = {resource["name"]: resource for resource in json.loads((path / PACKAGE).read_bytes())["resources"]}
    files = [path / PACKAGE]
    for name in SCHEMA:
        if name not in package:
            raise BadInput(f"{one_line(path / PACKAGE)}: no table {name}; {_AGAIN}")
        _compare(package[name].get("schema", {}), name, path / PACKAGE)
        listed = {path / file for file in package[name]["path"]}
        for file in sorted(listed ^ {*(path / name).glob("*")}):
            cause = "missing" if file in listed else f"not a file that {PACKAGE} names"
            raise BadInput(f"{one_line(file)}: {cause}; {_AGAIN}")
        files += sorted(listed)
    return files


def check(path: Path) -> None:
    """Look at every file of extracted tables; raise BadInput naming the first that is not whole or has other columns."""
    for file in stored_files(path)[1:]:
        name = file.parent.name
        try:
            found = pq.read_schema(file)
        except (OSError, pa.ArrowInvalid) as error:
            raise BadInput(f"{one_line(file)}: not a whole Parquet file: {one_line(error)}") from None
        wanted = {column: kind for column, kind, _ in SCHEMA[name]}
        if found.names != [*wanted] or not all(_KINDS[wanted[field.name]](field.type) for field in found):
            raise BadInput(f"{one_line(file)}: not the columns of {name}; {_AGAIN}")


_KINDS: dict[str, Any] = {
    "string": lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind),
    "integer": pa.types.is_integer,
    "number": pa.types.is_floating,
    "date": pa.types.is_timestamp,
    "boolean": pa.types.is_boolean,
}


def _compare(schema: Any, name: str, file: Path) -> None:
    """Raise BadInput where a table is described otherwise than this version makes it."""
    wanted = described(name)
    if schema == wanted:
        return
    columns, known = ([field.get("name") for field in s.get("fields", [])] for s in (schema, wanted))
    other = [str(column) for column in {*columns} ^ {*known}]
    cause = f"column {sorted(other)[0]}" if other else "the meaning of a column"
    raise BadInput(f"{one_line(file)}: tables of another version: {name} differs in {one_line(cause)}; {_AGAIN}")
