"""Record files to raw records, each with its place, from any place on and never whole in memory.

A raw record is what the file holds of one article: an object of JSON, a row of CSV or of Parquet by the names
of its columns. `read` goes on from a `Mark` without reading what lies before it (but of a packed file, and of
the row group of a Parquet file). A line or row that cannot be read is a `Problem` in the place of its record.

Not guessed, on purpose: what follows a broken quotation in a CSV file.
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import BinaryIO

from analysis.documents import Problem, decode, decode_utf8, is_utf16

FIELDS = ("id", "title", "text", "date", "url", "agency")
BOM = b"\xef\xbb\xbf"
MAX_FIELD_CHARACTERS = 100_000_000  # of CSV: without an end, an open quotation would take the rest of the file in
BATCH_ROWS = 100  # of Parquet, decoded at a time


class Broken(Exception):
    """A file that cannot be read as what it is called; the message says why."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a record file: the bytes, lines and records before it."""

    offset: int = 0
    line: int = 0
    record: int = 0


START = Mark()
# Where a record is; what it holds: a line of JSON, a row by its columns, or what is wrong; and its size in bytes.
Raw = tuple[Mark, bytes | dict[str, object] | Problem, int]


def place(kind: str, mark: Mark) -> str:
    """Name the place of a record for a person."""
    if kind == ".parquet":
        return f"record {mark.record + 1}"
    return f"record {mark.record + 1}, line {mark.line + 1}" if kind == ".csv" else f"line {mark.line + 1}"


def refuse(stream: BinaryIO, source: str, kind: str) -> Problem | None:
    """Say why a file of this kind cannot be read at all; None where its records can. Goes back to its start."""
    if kind == ".parquet":
        return None
    head = stream.read(2000)
    if is_utf16(head):
        refusal = decode(head, source)
        return refusal if isinstance(refusal, Problem) else None
    stream.seek(0)
    is_empty, offset = True, 0
    for line in stream:
        is_empty = is_empty and not line.removeprefix(BOM if offset == 0 else b"").strip()
        # A wrong byte in JSON costs its line; in CSV nobody knows which rows it is in.
        if kind == ".csv" and isinstance(refusal := decode_utf8(line, source, offset=offset), Problem):
            return refusal
        offset += len(line)
    stream.seek(0)
    return Problem(source, None, None, None, "an empty file") if is_empty else None


def read(stream: BinaryIO, kind: str, source: str, start: Mark = START) -> Iterator[Raw]:
    """Yield the records of an open file from a mark on; raise Broken where it is not what it is called."""
    if kind == ".parquet":
        return _parquet(stream, start)
    return _csv(stream, source, start) if kind == ".csv" else _jsonl(stream, source, start)


def _behind_bom(stream: BinaryIO) -> int:
    """Go to the first byte that is text, and return its offset."""
    stream.seek(0)
    offset = len(BOM) if stream.read(len(BOM)) == BOM else 0
    stream.seek(offset)
    return offset


def _jsonl(stream: BinaryIO, source: str, start: Mark) -> Iterator[Raw]:
    offset, line_number, n_records = start.offset, start.line, start.record
    if offset:
        stream.seek(offset)
    else:
        offset = _behind_bom(stream)
    for lines in stream:
        for line in lines.splitlines(keepends=True):
            mark = Mark(offset, line_number, n_records)
            offset, line_number = offset + len(line), line_number + 1
            if line.strip():
                n_records += 1
                yield mark, line, len(line)


def parse(raw: bytes | dict[str, object] | Problem, source: str, mark: Mark) -> object:
    """Return what a raw record holds, a line of JSON read; a Problem where it cannot be."""
    if not isinstance(raw, bytes):
        return raw
    line_number = mark.line + 1
    text = decode(raw, source, offset=mark.offset, position=line_number)
    if isinstance(text, Problem):
        return text
    try:
        return json.loads(text.rstrip())
    except json.JSONDecodeError as error:
        cause = f"{error.msg} at character {error.colno}"
    except (RecursionError, ValueError) as error:
        cause = f"{error.__class__.__name__}: {error}"
    return Problem(source, line_number, None, None, f"line {line_number}: broken JSON: {cause}")


def _csv(stream: BinaryIO, source: str, start: Mark) -> Iterator[Raw]:
    # An article may be longer than the module's default of 128 KB a field.
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    head = _Lines(stream, Mark(_behind_bom(stream)))
    delimiter = _delimiter(head.peek())
    if delimiter is None:
        raise Broken("line 1: no column named text")
    try:
        columns = next(csv.reader(head, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Broken(f"line 1: broken CSV, not read from here on: {error}") from None
    lines = _Lines(stream, start) if start.offset else head
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    n_records = start.record
    while True:
        mark = Mark(lines.offset, lines.number, n_records)
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            cause = f"{place('.csv', mark)}: broken CSV, not read from here on: {error}"
            yield mark, Problem(source, n_records + 1, None, None, cause), lines.offset - mark.offset
            return
        if not row:
            continue  # a blank line
        raw: dict[str, object] | Problem = dict(zip(columns, row, strict=False))
        if len(row) > len(columns):
            raw = Problem(source, n_records + 1, None, None, f"{place('.csv', mark)}: more fields than columns")
        n_records += 1
        yield mark, raw, lines.offset - mark.offset


class _Lines:
    """The lines of a file of UTF-8 from a mark on, counted as they are taken."""

    def __init__(self, stream: BinaryIO, start: Mark) -> None:
        stream.seek(start.offset)
        self.offset, self.number = start.offset, start.line
        self._lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self._next: str | None = None

    def peek(self) -> str:
        """Return the next line and leave it to be taken; "" at the end."""
        self._next = next(self._lines, "") if self._next is None else self._next
        return self._next

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.peek()
        self._next = None
        if not line:
            raise StopIteration
        self.offset, self.number = self.offset + len(line.encode("utf-8")), self.number + 1
        return line


def _delimiter(header: str) -> str | None:
    """Find the character that parts the names of the columns, one of which must be `text`."""
    for delimiter in ",;\t":
        if "text" in {name.strip().strip('"').strip().lower() for name in header.split(delimiter)}:
            return delimiter
    return None


def _parquet(stream: BinaryIO, start: Mark) -> Iterator[Raw]:
    # Imported here: it takes a third of a second, and most corpora hold no Parquet.
    import pyarrow
    import pyarrow.parquet

    try:
        # Buffered, a row group of any size is decoded page by page.
        file = pyarrow.parquet.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
        columns = [name for name in file.schema_arrow.names if name.strip().lower() in FIELDS]
        if "text" not in {name.strip().lower() for name in columns}:
            raise Broken("no column named text")
        sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
        ends = list(accumulate(sizes))
        first = bisect_right(ends, start.record)
        n_records = ends[first] - sizes[first] if first < len(ends) else start.record
        groups = range(first, len(sizes))
        for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=columns) if groups else ():
            kept = batch.slice(max(start.record - n_records, 0))
            n_records += len(batch) - len(kept)
            for record in kept.to_pylist():
                yield Mark(record=n_records), record, sum(map(len, filter(_is_text, record.values())))
                n_records += 1
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        raise Broken(f"broken Parquet: {error}") from error


def _is_text(value: object) -> bool:
    return isinstance(value, str)
