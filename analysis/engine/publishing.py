"""Finished partitions to the tables that a reader finds: files in order, sanction events linked, errors told.

    DIR/TABLE/part-00000.parquet …    the partitions in the order of the corpus
    DIR/datapackage.json              written last

Files are shared with the finished partitions where the file system can (hard links), and copied where not.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import rows
from analysis.engine.work import read_told
from analysis.making import Background, error_rows
from analysis.sanctions import sides
from analysis.schema import SCHEMA, frame
from analysis.sources import PACKAGE, BadInput, Problem
from analysis.stored import PUBLISHING, problems_of
from analysis.tables import datapackage, serialise, write_whole
from analysis.threads import Threads

MAX_SHOWN = 50  # problems named on the terminal; the table has all

_PART = re.compile(r"part-\d{5,}\.parquet")


@dataclass(frozen=True)
class Published:
    """What stands in the tables' folder: rows of `errors`, the first of them, whether an article was left out."""

    n_errors: int
    first_errors: list[Problem]
    is_lossy: bool


def refuse_other_files(out: Path) -> None:
    """Raise BadInput where a folder named for a table holds anything else, such as the articles themselves."""
    for name in SCHEMA:
        if (out / name).exists() and not ((out / name).is_dir() and all(map(_is_part, (out / name).iterdir()))):
            raise BadInput(
                f"{out / name}: is in the way: it holds other files than tables; give another folder to --out"
            )


def _is_part(file: Path) -> bool:
    return bool(_PART.fullmatch(file.name))


def publish(
    out: Path,
    finished: Sequence[Path | None],
    background: Background,
    set_aside: Mapping[int, Problem],
    others: list[Problem],
) -> Published:
    """Put the tables together from the folders of partitions, None for one that was set aside.

    `set_aside` says why, by the number of the partition; the other problems come last.
    """
    parts = [(number, folder) for number, folder in enumerate(finished) if folder]
    if not parts:
        raise BadInput(f"nothing could be made: {set_aside[min(set_aside)]}")
    beside = out / PUBLISHING
    shutil.rmtree(beside, ignore_errors=True)
    for name in SCHEMA:
        (beside / name).mkdir(parents=True)
    for number, folder in parts:
        for name in SCHEMA:
            if name not in ("actors", "sanction_events"):
                _share(folder / f"{name}.parquet", _part(beside, name, number))
    _write(beside, "actors", 0, [rows.actor_row(row) for row in background.actor_rows])
    _link_events(beside, parts, background)
    for number, problem in set_aside.items():
        _write(beside, "errors", number, error_rows([problem]))
    if others:
        _write(beside, "errors", len(finished), error_rows(others))
    published = _tell_errors(beside / "errors")
    paths = {name: [f"{name}/{file.name}" for file in sorted((beside / name).iterdir())] for name in SCHEMA}
    _swap(beside, out)
    write_whole(out / PACKAGE, datapackage(paths, format="parquet"))
    return published


def _part(folder: Path, name: str, number: int) -> Path:
    return folder / name / f"part-{number:05}.parquet"


def _share(file: Path, place: Path) -> None:
    try:
        os.link(file, place)
    except OSError:
        shutil.copyfile(file, place)


def _write(folder: Path, name: str, number: int, found: Sequence[rows.Row]) -> None:
    _part(folder, name, number).write_bytes(serialise(frame(name, found), format="parquet"))


def _link_events(beside: Path, parts: Sequence[tuple[int, Path]], background: Background) -> None:
    """Write the sanction events of each partition with their threads, which go over all of them."""
    threads = Threads(sides(background.actors))
    for number, folder in parts:
        threads.add(read_told(folder), part=number)
    for number, folder in parts:
        told = read_told(folder)
        linked = zip(told, threads.link(told, part=number), strict=True)
        _write(beside, "sanction_events", number, [rows.event_row(*event) for event in linked])


def _tell_errors(folder: Path) -> Published:
    n_errors, is_lossy = 0, False
    first: list[Problem] = []
    for file in sorted(folder.iterdir()):
        found = pd.read_parquet(file)
        n_errors, is_lossy = n_errors + len(found), is_lossy or bool(found["is_lost"].any())
        first += problems_of(found.head(MAX_SHOWN - len(first)))
    return Published(n_errors, first, is_lossy)


def _swap(beside: Path, out: Path) -> None:
    """Put the new tables in the place of the old ones."""
    for name in SCHEMA:
        if (out / name).exists():
            (out / name).rename(beside / f"old-{name}")
        (beside / name).rename(out / name)
    shutil.rmtree(beside)
