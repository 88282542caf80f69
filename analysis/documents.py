"""One text to be divided, and one thing that is wrong: what reading a file yields.

One *document* is a text file in the seed's layout (many articles), or one record of a record file (one
article). Text is never changed: no normalisation, no stripping, line ends and byte-order mark stay, so that
`text[start:end]` counts as anyone's `open(path, encoding="utf-8", newline="")` does.

Encodings other than UTF-8 are not guessed, on purpose: a wrong guess changes names silently.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# A file of records has any length, and nobody holds it whole: what depends on the records around one is looked
# for in its run, records 1 to 1,000, 1,001 to 2,000 and so on, however the file is divided for work.
RECORDS_TOGETHER = 1000


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

    @property
    def neighbourhood(self) -> tuple[str, int]:
        """Name the stretch of its file within which articles date one another: a text file, or a run of records."""
        return self.source, (self.position - 1) // RECORDS_TOGETHER if self.is_record else 0


def one_line(text: object) -> str:
    """Make a message safe for a terminal: one line, control and direction characters shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(text))


def is_utf16(data: bytes) -> bool:
    """Tell UTF-16 by its mark, or by a third of its bytes being NUL, as Latin letters make it."""
    sample = data[:2000]
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (sample.count(b"\0") * 3 >= len(sample) > 0)


def decode(data: bytes, source: str, *, offset: int = 0, position: int | None = None) -> str | Problem:
    """Decode UTF-8 unchanged, or return the Problem that names the first wrong byte (counted from `offset`)."""
    place = f"line {position}, " if position is not None else ""
    if is_utf16(data):
        return Problem(source, position, None, None, f"{place}byte {offset}: UTF-16, not UTF-8; save it as UTF-8")
    return decode_utf8(data, source, offset=offset, position=position)


def decode_utf8(data: bytes, source: str, *, offset: int = 0, position: int | None = None) -> str | Problem:
    """Decode a piece of a file that is known not to be UTF-16, as `decode` does."""
    place = f"line {position}, " if position is not None else ""
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
