"""Files to documents: decode what a newsroom hands over, and say exactly what could not be read.

One *document* is one text to be divided: a text file in the seed's layout (many articles), or one
record of a record file (one article). Text is never changed: no normalisation, no stripping, line
ends and byte-order mark stay, so that `text[start:end]` counts as anyone's
`open(path, encoding="utf-8", newline="")` does.

Read are `.txt` (or any other ending, when the file is named itself), `.jsonl`, `.ndjson`, `.csv` and
`.parquet`, each also with `.gz` behind it. Records have `text`, mostly `title`, and where known `id`,
`date`, `url`, `agency`; the names of the columns may be in any case.

What cannot be read costs itself and nothing else: it becomes a `Problem` with file, place and cause.
Not guessed, on purpose: encodings other than UTF-8 (a wrong guess changes names silently), dates such
as 03/04/2020, which two readers read differently, and what follows a broken quotation in a CSV file.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dateutil.parser

RECORD_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".parquet")
TEXT_SUFFIXES = (".txt",)
CORPUS_FILES = ("actors.csv", "events.csv", "dates.csv")  # what a corpus may hold beside its articles
CORPUS_VARIABLE = "ANALYSIS_CORPUS"  # in the environment: the corpus of the notebooks
RECORD_FIELDS = ("id", "title", "text", "date", "url", "agency")
MAX_DATE_CHARACTERS = 100

_BOM = b"\xef\xbb\xbf"

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_URL_DAY = re.compile(r"/(\d{4})[/-](\d{2})[/-](\d{2})(?=[/-]|$)")


class BadInput(Exception):
    """Input that cannot be used at all; the message is one line naming file, place and cause."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the corpus that needs a person's eye.

    `position` is the 1-based line (text, broken JSONL), record or article it concerns, which `cause`
    names in words, `start` and `end` the characters where they are known. `is_lost` says that an article
    was left out for it.
    """

    source: str
    position: int | None
    start: int | None
    end: int | None
    cause: str
    is_lost: bool = True

    def __str__(self) -> str:
        return f"{one_line(self.source)}: {one_line(self.cause)}"


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be divided. `title` is None for a text file, which holds its titles itself."""

    source: str
    text: str
    title: str | None = None
    position: int = 1
    record_id: str | None = None
    date: dt.date | None = None
    date_words: str = ""
    url: str | None = None
    agency: str | None = None

    @property
    def is_record(self) -> bool:
        return self.title is not None


def one_line(text: object) -> str:
    """Make a message safe for a terminal: one line, control and direction characters shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(text))


def article_files(path: Path) -> list[Path]:
    """List the files of a corpus in the order of their names; raise BadInput where there are none."""
    return [file for file, _ in _named_files(path)]


def _named_files(path: Path) -> list[tuple[Path, str]]:
    """Return every file of a corpus with its name in it, in the order of the names."""
    try:
        if path.is_file():
            return [(path, path.name)]
        if not path.is_dir():
            cause = "neither a file nor a folder" if path.exists() else "no such file or folder"
            raise BadInput(f"{one_line(path)}: {cause}")
        folder = path / "articles" if (path / "articles").is_dir() else path
        named = [(file, file.relative_to(folder).as_posix()) for file in folder.rglob("*") if file.is_file()]
    except OSError as error:
        raise BadInput(f"{one_line(path)}: cannot be read: {_reason(error)}") from error
    found = [
        (file, name)
        for file, name in named
        if not any(part.startswith(".") for part in name.split("/")) and not (folder == path and name in CORPUS_FILES)
    ]
    if not found:
        raise BadInput(f"{one_line(folder)}: a folder without articles")
    return sorted(found, key=lambda pair: pair[1])


def read(path: Path | str) -> Iterator[Document | Problem]:
    """Yield every document of a corpus (a folder or a file) and every problem, in order of the files."""
    path = Path(path)
    for file, name in _named_files(path):
        if kind_of(file) is None and file != path:
            yield Problem(name, None, None, None, "not a kind of file that is read (.txt .jsonl .csv .parquet, .gz)")
        else:
            yield from read_file(file, name)


def _reason(error: Exception) -> str:
    """Say what went wrong without the path, which the message names already."""
    return getattr(error, "strerror", None) or f"{error.__class__.__name__}: {error}"


def kind_of(file: Path) -> str | None:
    """Tell a file's kind by its ending, `.gz` aside: ".txt", ".jsonl", …; None for an unknown one."""
    name = file.name.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    return suffix if suffix in TEXT_SUFFIXES + RECORD_SUFFIXES else None


def read_file(file: Path, source: str) -> Iterator[Document | Problem]:
    """Yield the documents and problems of one file under the name `source`: at least one of either."""
    try:
        data = file.read_bytes()
        if file.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(source, None, None, None, f"cannot be read: {_reason(error)}")
        return
    if not data.removeprefix(_BOM).strip():
        yield Problem(source, None, None, None, "an empty file")
        return
    found = _divide(data, source, kind_of(file))
    yield next(found, Problem(source, None, None, None, "no records in it"))
    yield from found


def _divide(data: bytes, source: str, kind: str | None) -> Iterator[Document | Problem]:
    """Yield the documents of a file's bytes."""
    if kind == ".parquet":
        yield from _parquet(data, source)
        return
    if kind in (".jsonl", ".ndjson") and not _is_utf16(data):
        yield from _jsonl(data, source)
        return
    text = decode(data, source)
    if isinstance(text, Problem):
        yield text
    elif kind == ".csv":
        yield from _csv(text, source)
    else:
        yield Document(source, text)


def _is_utf16(data: bytes) -> bool:
    """Tell UTF-16 by its mark, or by a third of its bytes being NUL, as Latin letters make it."""
    sample = data[:2000]
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (sample.count(b"\0") * 3 >= len(sample) > 0)


def decode(data: bytes, source: str, *, offset: int = 0, position: int | None = None) -> str | Problem:
    """Decode UTF-8 unchanged, or return the Problem that names the first wrong byte (counted from `offset`)."""
    place = f"line {position}, " if position is not None else ""
    if _is_utf16(data):
        return Problem(source, position, None, None, f"{place}byte {offset}: UTF-16, not UTF-8; save it as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        return Problem(source, position, None, None, f"{place}byte {offset + nul}: a NUL, so binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cause = (
            f"{place}byte {offset + error.start}: 0x{data[error.start]:02x} is not UTF-8 "
            "(cp1251 or Latin-1, perhaps, or no text); save it as UTF-8"
        )
        return Problem(source, position, None, None, cause)


def _jsonl(data: bytes, source: str) -> Iterator[Document | Problem]:
    offset, n_records = 0, 0
    for line_number, line in enumerate(data.splitlines(keepends=True), start=1):
        here, offset = offset, offset + len(line)
        if line_number == 1 and line.startswith(_BOM):
            here, line = len(_BOM), line.removeprefix(_BOM)
        if not line.strip():
            continue
        n_records += 1
        text = decode(line, source, offset=here, position=line_number)
        if isinstance(text, Problem):
            yield text
            continue
        try:
            record = json.loads(text.rstrip())
        except json.JSONDecodeError as error:
            cause = f"line {line_number}: broken JSON: {error.msg} at character {error.colno}"
            yield Problem(source, line_number, None, None, cause)
        except (RecursionError, ValueError) as error:
            cause = f"line {line_number}: broken JSON: {error.__class__.__name__}: {error}"
            yield Problem(source, line_number, None, None, cause)
        else:
            yield from _record(record, source, n_records, f"line {line_number}")


def _csv(text: str, source: str) -> Iterator[Document | Problem]:
    text = text.removeprefix("\ufeff")
    # An article may be longer than the module's default of 128 KB a field.
    csv.field_size_limit(2**31 - 1)
    delimiter = _delimiter(text)
    if delimiter is None:
        yield Problem(source, 1, None, None, "line 1: no column named text")
        return
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    position = 1
    while True:
        place = f"record {position}, line {rows.line_num + 1}" if columns else "line 1"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(source, position, None, None, f"{place}: broken CSV, not read from here on: {error}")
            return
        if not row:
            continue  # a blank line
        if not columns:
            columns = row
            continue
        if len(row) > len(columns):
            yield Problem(source, position, None, None, f"{place}: more fields than columns")
        else:
            yield from _record(dict(zip(columns, row, strict=False)), source, position, place)
        position += 1


def _delimiter(text: str) -> str | None:
    """Find the character that parts the names of the columns, one of which must be `text`."""
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    for delimiter in ",;\t":
        if "text" in {name.strip().strip('"').strip().lower() for name in header.split(delimiter)}:
            return delimiter
    return None


def _parquet(data: bytes, source: str) -> Iterator[Document | Problem]:
    # Imported here: it takes a third of a second, and most corpora hold no Parquet.
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
        columns = [name for name in file.schema_arrow.names if name.strip().lower() in RECORD_FIELDS]
        records = file.read(columns=columns).to_pylist()
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
        yield Problem(source, None, None, None, f"broken Parquet: {error}")
        return
    if "text" not in {name.strip().lower() for name in columns}:
        yield Problem(source, None, None, None, "no column named text")
        return
    for position, record in enumerate(records, start=1):
        yield from _record(record, source, position, f"record {position}")


def _record(record: object, source: str, position: int, place: str) -> Iterator[Document | Problem]:
    """Yield what is wrong with a record, and its Document where it has a text."""

    def problem(cause: str, *, is_lost: bool = True) -> Problem:
        return Problem(source, position, None, None, f"{place}: {cause}", is_lost)

    if not isinstance(record, dict):
        yield problem(f"a record is expected, not {type(record).__name__}")
        return
    fields = {str(name).strip().lower(): value for name, value in record.items()}
    values = {name: _as_text(fields.get(name)) for name in RECORD_FIELDS}
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        yield problem("a record without text")
        return
    if any(_SURROGATE.search(value) for value in values.values()):
        yield problem("half a surrogate pair, which is no character")
        return
    if not values["title"].strip():
        yield problem("a record without a title", is_lost=False)
    date, date_words = parse_date(fields.get("date")), values["date"]
    if date is None and date_words.strip():
        yield problem(f"date {date_words[:60]!r} is not one that can be read", is_lost=False)
    if date is None:
        date, date_words = _day_of_url(values["url"])
    yield Document(
        source,
        text,
        values["title"],
        position,
        values["id"].strip() or None,
        date,
        date_words,
        values["url"].strip() or None,
        values["agency"].strip() or None,
    )


def _as_text(value: object) -> str:
    """Write a field as text: missing ones are empty, and a whole number has no decimals."""
    if value is None or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _day_of_url(url: str) -> tuple[dt.date | None, str]:
    """Read the day that stands in a web address ("/2020/08/23/"), and the characters that tell it."""
    found = _URL_DAY.search(url)
    day = parse_date("-".join(found.groups())) if found else None
    return (day, found.group().strip("/")) if found and day else (None, "")


def parse_date(value: object) -> dt.date | None:
    """Read the day from a record's date: a date, a timestamp or text; None where it is not certain.

    ISO 8601, "23 August 2020", "2020/08/23", "Sun, 23 Aug 2020 10:00:00 GMT" are read as written, in
    their own time zone; a month without a day, a year of two figures, and 03/04/2020, are not.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or len(value) > MAX_DATE_CHARACTERS:
        return None
    value = value.strip()
    with contextlib.suppress(ValueError):
        return dt.datetime.fromisoformat(value).date()
    if year_first := re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", value):
        with contextlib.suppress(ValueError):
            return dt.date(*map(int, year_first.groups()))
        return None
    if _NUMERIC_DATE.search(value) or not re.search(r"[A-Za-z]{3}", value) or not _YEAR.search(value):
        return None
    # What the text leaves out is filled from the default: two defaults show whether anything was left out.
    try:
        days = {
            dateutil.parser.parse(value, default=default, ignoretz=True).date()
            for default in (dt.datetime(2001, 1, 1), dt.datetime(2002, 2, 2))
        }
    except (ValueError, OverflowError):
        return None
    return days.pop() if len(days) == 1 else None
