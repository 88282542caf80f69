"""Files to documents: decode what a newsroom hands over, and say exactly what could not be read.

A corpus is read in parts: a text file, or a run of records of a record file (`documents` says how long), so
that nothing holds a large file whole and every part can be read anywhere, alone.

Read are `.txt` (or any other ending, when the file is named itself), `.jsonl`, `.ndjson`, `.csv` and
`.parquet`, each also with `.gz` behind it. Records have `text`, mostly `title`, and where known `id`,
`date`, `url`, `agency`; the names of the columns may be in any case.

What cannot be read costs itself and nothing else: it becomes a `Problem` with file, place and cause.
Not guessed, on purpose: dates such as 03/04/2020, which two readers read differently.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import dateutil.parser

from analysis import records
from analysis.documents import RECORDS_TOGETHER, BadInput, Document, Problem, decode, one_line
from analysis.records import START, Mark

__all__ = ["BadInput", "Document", "Part", "Problem", "article_files", "decode", "one_line", "parts_of", "read"]

RECORD_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".parquet")
TEXT_SUFFIXES = (".txt",)
CORPUS_FILES = ("actors.csv", "events.csv", "dates.csv")  # what a corpus may hold beside its articles
PACKAGE = "datapackage.json"  # describes the tables in its folder
# In the environment of notebooks: their corpus, and the folder in which they leave the figures that they show.
CORPUS_VARIABLE, HANDED_VARIABLE = "ANALYSIS_CORPUS", "ANALYSIS_FIGURES"
MAX_DATE_CHARACTERS = 100

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_URL_DAY = re.compile(r"/(\d{4})[/-](\d{2})[/-](\d{2})(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """A text file, or `n_records` records of a record file from `start` on; of about `n_bytes`."""

    file: Path
    source: str
    start: Mark = START
    n_records: int | None = None
    n_bytes: int = 0


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
    for part in parts_of(path):
        yield from read_part(part)


def parts_of(path: Path | str) -> Iterator[Part | Problem]:
    """Yield the parts of a corpus in order: text files whole, record files by runs; and files that are none."""
    path = Path(path)
    for file, name in _named_files(path):
        if kind_of(file) is None and file != path:
            yield Problem(name, None, None, None, "not a kind of file that is read (.txt .jsonl .csv .parquet, .gz)")
        else:
            yield from cut(file, name)


def _reason(error: Exception) -> str:
    """Say what went wrong without the path, which the message names already."""
    return getattr(error, "strerror", None) or f"{error.__class__.__name__}: {error}"


def kind_of(file: Path) -> str | None:
    """Tell a file's kind by its ending, `.gz` aside: ".txt", ".jsonl", …; None for an unknown one."""
    name = file.name.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    return suffix if suffix in TEXT_SUFFIXES + RECORD_SUFFIXES else None


def cut(file: Path, source: str) -> Iterator[Part | Problem]:
    """Yield the parts of one file: a text file whole, of records each run; or why it cannot be read.

    A record file is gone through once for it, in constant memory, so that one that is broken as a whole
    (its encoding, its packing, its columns) is refused as a whole.
    """
    kind = kind_of(file)
    if kind not in RECORD_SUFFIXES:
        yield Part(file, source)
        return
    runs: list[tuple[Mark, int, int]] = []  # the start of each run, its records, its bytes
    try:
        with opened(file) as stream:
            refusal = records.refuse(stream, source, kind)
            for mark, _, size in records.read(stream, kind, source) if refusal is None else ():
                if mark.record % RECORDS_TOGETHER == 0:
                    runs.append((mark, 0, 0))
                start, n_records, n_bytes = runs[-1]
                runs[-1] = start, n_records + 1, n_bytes + size
    except records.Broken as error:
        refusal = Problem(source, None, None, None, str(error))
    except (OSError, EOFError, zlib.error) as error:
        refusal = Problem(source, None, None, None, f"cannot be read: {_reason(error)}")
    if refusal is None and not runs:
        refusal = Problem(source, None, None, None, "no records in it")
    if refusal is not None:
        yield refusal
    else:
        yield from (Part(file, source, *run) for run in runs)


def is_packed(file: Path) -> bool:
    """Tell whether a file is packed, by its ending."""
    return file.name.lower().endswith(".gz")


@contextlib.contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a file for reading its bytes, unpacked."""
    with file.open("rb") as stream:
        yield cast(BinaryIO, gzip.GzipFile(fileobj=stream)) if is_packed(file) else stream


def read_part(part: Part | Problem) -> Iterator[Document | Problem]:
    """Yield the documents and problems of one part of a corpus: at least one of either."""
    if isinstance(part, Problem):
        yield part
    elif part.n_records is None:
        yield _text(part)
    else:
        kind = kind_of(part.file) or ""
        with opened(part.file) as stream:
            found = records.read(stream, kind, part.source, part.start)
            for mark, raw, _ in islice(found, part.n_records):
                record = records.parse(raw, part.source, mark)
                if isinstance(record, Problem):
                    yield record
                else:
                    yield from _record(record, part.source, mark.record + 1, records.place(kind, mark))


def _text(part: Part) -> Document | Problem:
    try:
        data = part.file.read_bytes()
        if is_packed(part.file):
            data = gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        return Problem(part.source, None, None, None, f"cannot be read: {_reason(error)}")
    if not data.removeprefix(records.BOM).strip():
        return Problem(part.source, None, None, None, "an empty file")
    text = decode(data, part.source)
    return text if isinstance(text, Problem) else Document(part.source, text)


def _record(record: object, source: str, position: int, place: str) -> Iterator[Document | Problem]:
    """Yield what is wrong with a record, and its Document where it has a text."""

    def problem(cause: str, *, is_lost: bool = True) -> Problem:
        return Problem(source, position, None, None, f"{place}: {cause}", is_lost)

    if not isinstance(record, dict):
        yield problem(f"a record is expected, not {type(record).__name__}")
        return
    fields = {str(name).strip().lower(): value for name, value in record.items()}
    values = {name: _as_text(fields.get(name)) for name in records.FIELDS}
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
