"""A corpus to partitions: what one worker reads, makes and writes at a time.

A partition is some parts of a corpus that follow one another: whole text files and whole runs of records, so
that no date depends on where the corpus is cut. It holds no text, only where to read it.

To reach a record in a packed file, or in a large row group of a Parquet file, all before it must be read; for
every partition anew, the work would grow with the square of the file. Such a file is copied once, so that its records
can be reached: unpacked, or in small row groups.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet

from analysis.documents import RECORDS_TOGETHER
from analysis.records import FIELDS
from analysis.sources import Part, Problem, is_packed, kind_of, opened, parts_of

N_BYTES = 1_000_000  # some three hundred reports of a wire agency
MOST_ROWS = 20 * RECORDS_TOGETHER  # of a row group that is read as it is

Partition = tuple[Part | Problem, ...]


def partitions_of(path: Path, n_bytes: int = N_BYTES, *, copies: Path | None = None) -> Iterator[Partition]:
    """Divide a corpus into partitions of about so many bytes, in its order; raise BadInput where it has none.

    Files that must be copied are copied into the folder `copies`; without one, they are read as they are.
    """
    held: list[Part | Problem] = []
    size = 0
    for part in _reachable(parts_of(path), copies) if copies else parts_of(path):
        part_size = _n_bytes(part)
        if held and size + part_size > n_bytes:
            yield _joined(held)
            held, size = [], 0
        held.append(part)
        size += part_size
    yield _joined(held)


def _reachable(parts: Iterable[Part | Problem], copies: Path) -> Iterator[Part | Problem]:
    """Yield the parts, those of a file that must be copied as parts of its copy."""
    file = copy = None
    for part in parts:
        if isinstance(part, Part) and part.n_records is not None:
            if part.file != file:
                file, copy = part.file, _copied(part.file, copies)
            part = replace(part, file=copy or file)
        yield part


def _copied(file: Path, copies: Path) -> Path | None:
    """Copy a file of records to one in which they can be reached; None where they can be in the file itself."""
    kind = kind_of(file) or ""
    copies.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(os.fsencode(file)).hexdigest()[:32]
    beside, copy = copies / f".{name}", copies / f"copy-{name}{kind}"
    with opened(file) as stream:
        if kind == ".parquet":
            read = pyarrow.parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
            largest = max(read.metadata.row_group(n).num_rows for n in range(read.num_row_groups))
            if largest <= MOST_ROWS and not is_packed(file):
                return None
            columns = [column for column in read.schema_arrow.names if column.strip().lower() in FIELDS]
            schema = pyarrow.schema([read.schema_arrow.field(column) for column in columns])
            with pyarrow.parquet.ParquetWriter(beside, schema) as writer:
                for rows in read.iter_batches(RECORDS_TOGETHER, columns=columns):
                    writer.write_batch(rows)
        elif is_packed(file):
            with beside.open("wb") as unpacked:
                shutil.copyfileobj(stream, unpacked, 1 << 20)
        else:
            return None
    os.replace(beside, copy)
    return copy


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
