"""A corpus to partitions: what one worker reads, makes and writes at a time.

A partition is some parts of a corpus that follow one another: whole text files and whole runs of records, so
that no date depends on where the corpus is cut. It holds no text, only where to read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from analysis.sources import Part, Problem, parts_of

N_BYTES = 4_000_000  # about a thousand reports of a wire agency

Partition = tuple[Part | Problem, ...]


def partitions_of(path: Path, n_bytes: int = N_BYTES) -> Iterator[Partition]:
    """Divide a corpus into partitions of about so many bytes, in its order; raise BadInput where it has none."""
    held: list[Part | Problem] = []
    size = 0
    for part in parts_of(path):
        part_size = _n_bytes(part)
        if held and size + part_size > n_bytes:
            yield _joined(held)
            held, size = [], 0
        held.append(part)
        size += part_size
    yield _joined(held)


def _n_bytes(part: Part | Problem) -> int:
    if isinstance(part, Problem):
        return len(part.cause)
    return part.n_bytes if part.n_records is not None else os.stat(part.file).st_size


def _joined(parts: Iterable[Part | Problem]) -> Partition:
    """Join runs of records of one file, so that a packed file is unpacked once for them."""
    joined: list[Part | Problem] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Part) and isinstance(last, Part) and part.file == last.file:
            n_records, n_bytes = (last.n_records or 0) + (part.n_records or 0), last.n_bytes + part.n_bytes
            joined[-1] = replace(last, n_records=n_records, n_bytes=n_bytes)
        else:
            joined.append(part)
    return tuple(joined)


def name_of(partition: Partition) -> str:
    """Name a partition for a person: its file, and the records of it, or the first and last of its files."""
    first, last = partition[0], partition[-1]
    if first.source == last.source and isinstance(first, Part) and first.n_records is not None:
        return f"{first.source}, records {first.start.record + 1:,} to {first.start.record + first.n_records:,}"
    return first.source if first.source == last.source else f"{first.source} to {last.source}"
