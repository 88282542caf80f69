"""What is done with one partition, by whichever process: look it over, then make its tables.

`survey` reads a partition without making anything: how many documents it has, how its articles would be
called, and a hash of what was read. `make` writes its tables into a folder of their own, named by a hash of all
that they depend on, which appears at once and whole: a partition that has its folder is finished.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

from analysis.corpus import divide, read_documents, wanted_id
from analysis.engine.partitions import Partition
from analysis.making import Background, collector_paused, make_rows, read_background
from analysis.schema import frame
from analysis.sources import Document, Problem, read_part
from analysis.tables import serialise
from analysis.threads import Told

PACKAGE = Path(__file__).resolve().parents[1]
LIBRARIES = ("pandas", "pyarrow", "nltk", "python-dateutil", "python-slugify", "ahocorasick_rs", "vaderSentiment")
TOLD = "told.json"  # the sanction events of a partition, which are linked when all are there


class Changed(Exception):
    """What a partition depends on is no longer what it was when the work was given out."""


@dataclass(frozen=True)
class Survey:
    """What a partition holds: its documents, the names its articles would have, and a hash of its text."""

    n_documents: int
    wanted: tuple[str, ...]
    digest: str
    first_problem: Problem | None


@dataclass(frozen=True)
class Task:
    """A partition to be made, with what it needs to know of the others."""

    partition: Partition
    survey_digest: str
    n_articles: int
    first_document: int
    renamed: Mapping[int, str]  # by the article's number in the partition: its id, where its name was taken
    background: Path  # beside it lie the partitions that are finished
    version: str

    @property
    def key(self) -> str:
        """The hash of all that its tables depend on."""
        facts = (self.survey_digest, self.first_document, sorted(self.renamed.items()), self.background.name)
        return hashlib.sha256(repr((*facts, self.version)).encode("utf-8")).hexdigest()[:32]

    @property
    def target(self) -> Path:
        """The folder of its tables: where it is, they are whole."""
        return self.background.parent / self.key


def survey(partition: Partition) -> Survey:
    """Look a partition over."""
    digest = hashlib.sha256()
    n_documents = 0
    wanted: list[str] = []
    problems: list[Problem] = []
    for found in _read(partition, digest):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        articles, _, of_document = divide(found)
        n_documents += 1
        wanted += map(wanted_id, articles)
        problems += of_document
    return Survey(n_documents, tuple(wanted), digest.hexdigest(), problems[0] if problems else None)


@collector_paused()
def make(task: Task) -> None:
    """Write the tables of a partition, unless they are there."""
    if task.target.is_dir():
        return
    if task.version != version():
        raise Changed("this worker has another version of the package, or of a library it works with")
    digest = hashlib.sha256()
    read = read_documents(_read(task.partition, digest), renamed=task.renamed)
    if digest.hexdigest() != task.survey_digest:
        raise Changed("a file has changed while it was worked on")
    made = make_rows(read, _background(task.background), first_document=task.first_document)
    beside = task.target.parent / f".{uuid.uuid4().hex}"
    beside.mkdir()
    try:
        for name, rows in made.rows.items():
            (beside / f"{name}.parquet").write_bytes(serialise(frame(name, rows), format="parquet"))
        (beside / TOLD).write_text(json.dumps(made.told, default=dt.date.isoformat), encoding="utf-8")
        beside.rename(task.target)
    except OSError:
        # Another worker that was thought dead may have finished it.
        if not task.target.is_dir():
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def read_told(folder: Path) -> list[Told]:
    """Read the sanction events of a finished partition from its folder."""
    told = (Told(*row) for row in json.loads((folder / TOLD).read_text(encoding="utf-8")))
    return [t._replace(event_date=_day(t.event_date), published=_day(t.published)) for t in told]


def _day(written: object) -> dt.date | None:
    return dt.date.fromisoformat(str(written)) if written else None


def _read(partition: Partition, digest: hashlib._Hash) -> Iterator[Document | Problem]:
    for part in partition:
        for found in read_part(part):
            digest.update(repr(found).encode("utf-8"))
            yield found


@cache
def version() -> str:
    """Hash the package, its language data included, and name the libraries that it works with."""
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(PACKAGE).as_posix()}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    libraries = " ".join(f"{name}={metadata.version(name)}" for name in LIBRARIES)
    return f"{digest.hexdigest()} {libraries}"


def write_background(folder: Path, rows: tuple[list[dict[str, str]], ...]) -> Path:
    """Write the rows of the registry files, for workers to read once, into a file named by their hash."""
    data = json.dumps(rows).encode("utf-8")
    file = folder / f"registry-{hashlib.sha256(data).hexdigest()[:32]}.json"
    if not file.is_file():
        beside = folder / f".{uuid.uuid4().hex}"
        beside.write_bytes(data)
        os.replace(beside, file)
    return file


@lru_cache(maxsize=2)
def _background(file: Path) -> Background:
    return read_background(*json.loads(file.read_text(encoding="utf-8")))
