"""A corpus of any size to Parquet tables, by partitions, in whatever place and order they are made.

    DIR/articles/part-00000.parquet …       a folder a table, a file a partition, one schema
    DIR/datapackage.json                    what the columns mean
    DIR/.partitions/HASH/                   what is finished, by a hash of what it was made from

Three things go over all articles: which id an article gets where several would have the same one, the number
of a document in the corpus, and the threads of sanction events. The first two need a look at every document
beforehand, the third a pass over the few events afterwards; neither holds more than names in memory.

The tables appear when all are made: until then DIR keeps what it had. Partitions that are finished stay in
`.partitions`, so that the same command goes on where it was stopped, and makes only what is new when the
corpus grows. One that fails several times is set aside: its cause is a row of `errors`.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis.corpus import Ids
from analysis.engine.engines import Failure, Run, engine
from analysis.engine.partitions import N_BYTES, Partition, name_of, partitions_of
from analysis.engine.publishing import Published, publish, refuse_other_files
from analysis.engine.work import Task, make, survey, version, write_background
from analysis.making import Background, read_background
from analysis.sources import Problem
from analysis.tables import nothing_read, registry_folder, registry_rows, unknown

FINISHED = ".partitions"
LOG_SECONDS = 20  # between the lines of a log


@dataclass
class _Plan:
    """The tasks of a corpus in its order, None where a partition was set aside, and what is wrong with it.

    `first_problem` is the first that was met in looking over, for a corpus of which nothing can be read.
    """

    tasks: list[Task | None] = field(default_factory=list)
    set_aside: dict[int, Problem] = field(default_factory=dict)
    unknown: list[Problem] = field(default_factory=list)
    first_problem: Problem | None = None

    @property
    def n_articles(self) -> int:
        return sum(task.n_articles for task in self.tasks if task)


def extract(
    path: Path,
    out: Path,
    *,
    engine_name: str = "serial",
    jobs: int | None = None,
    scheduler: str | None = None,
    partition_bytes: int = N_BYTES,
) -> Published:
    """Make the tables of a corpus into a folder; raise BadInput where nothing can be read at all.

    Workers of a cluster read `path` and write `out` by these names: both must be where they see them.
    """
    path, out = Path(os.path.abspath(path)), Path(os.path.abspath(out))
    refuse_other_files(out)
    registry = registry_rows(path)
    background = read_background(*registry)
    finished = out / FINISHED
    divided = partitions_of(path, partition_bytes, copies=finished)
    partitions = list(_progress("dividing", divided, unit=" partitions"))
    finished.mkdir(parents=True, exist_ok=True)
    background_file = write_background(finished, registry)
    with engine(engine_name, jobs=jobs, scheduler=scheduler) as run:
        plan = _plan(run, partitions, background_file, background if registry_folder(path) == path else None)
        if not plan.n_articles:
            raise nothing_read(path, [plan.first_problem] if plan.first_problem else plan.set_aside.values())
        _make_all(run, plan, partitions)
    folders = [task.target if task else None for task in plan.tasks]
    published = publish(out, folders, background, plan.set_aside, plan.unknown)
    for old in {*finished.iterdir()} - {*folders, background_file}:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    return published


def _plan(run: Run, partitions: list[Partition], background_file: Path, own: Background | None) -> _Plan:
    """Look all partitions over, and find out what each must know of the others; `own` is of the corpus itself."""
    plan = _Plan()
    ids = Ids()
    first_document = 1
    looked_over = _progress("looking over", _in_order(run(survey, partitions)), total=len(partitions), unit="")
    for number, (partition, found) in enumerate(zip(partitions, looked_over, strict=True)):
        if isinstance(found, Failure):
            plan.tasks.append(None)
            plan.set_aside[number] = _set_aside(partition, found)
            continue
        renamed = {n: taken for n, wanted in enumerate(found.wanted) if (taken := ids.take(wanted)) != wanted}
        plan.tasks.append(
            Task(partition, found.digest, len(found.wanted), first_document, renamed, background_file, version())
        )
        first_document += found.n_documents
        plan.first_problem = plan.first_problem or found.first_problem
    plan.unknown = unknown(own, ids) if own else []
    return plan


def _progress(name: str, work: Iterable[Any] | None = None, **options: Any) -> tqdm[Any]:
    """Show how far a work is, how fast it goes and what time is left: on a terminal, or now and then a line in a log."""
    if sys.stderr.isatty():
        return tqdm(work, name, **options)
    return tqdm(work, name, file=_Log(), delay=LOG_SECONDS, mininterval=LOG_SECONDS, ascii=True, **options)


class _Log(io.TextIOBase):
    """Standard error with what is written as lines, not one over the other."""

    def write(self, text: str) -> int:
        if text.strip():
            print(text.strip(), file=sys.stderr, flush=True)
        return len(text)


def _in_order(numbered: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    """Yield results in the order of their numbers."""
    early: dict[int, Any] = {}
    following = 0
    for number, result in numbered:
        early[number] = result
        while following in early:
            yield early.pop(following)
            following += 1


def _make_all(run: Run, plan: _Plan, partitions: list[Partition]) -> None:
    """Make the partitions that are not finished, and set aside those that cannot be."""
    numbers = [number for number, task in enumerate(plan.tasks) if task and not task.target.is_dir()]
    n_left = sum(task.n_articles for task in plan.tasks if task and not task.target.is_dir())
    n_made = plan.n_articles - n_left
    with _progress("making", total=plan.n_articles, initial=n_made, unit=" articles") as progress:
        for place, result in run(make, (plan.tasks[number] for number in numbers)):
            number = numbers[place]
            task = plan.tasks[number]
            progress.update(task.n_articles if task else 0)
            if isinstance(result, Failure):
                plan.tasks[number] = None
                plan.set_aside[number] = _set_aside(partitions[number], result)


def _set_aside(partition: Partition, failure: Failure) -> Problem:
    first = partition[0]
    position = first.start.record + 1 if not isinstance(first, Problem) and first.n_records is not None else None
    return Problem(first.source, position, None, None, f"set aside: {name_of(partition)}: {failure.cause}")
