"""Text that a spreadsheet would run as a formula, made harmless in CSV files and read back.

A spreadsheet that opens a CSV file runs a cell that begins with = + - or @, in quotation marks or not, in
East Asian settings also with their full-width forms, and skips white space before them. `neutralised` puts
an apostrophe before such a text, and before one that already has apostrophes there, so that `restored` gives
back every text by taking away one. A tab or carriage return before other words gets one too, as OWASP advises.
Numbers ("-5") and mere white space run nothing and stay.

Left out: a spreadsheet told that cells end at another character than the comma cuts them elsewhere, and finds
other beginnings. Parquet files hold every text as it is.
"""

from __future__ import annotations

import re

import pandas as pd

# White space, control characters, and characters that print nothing.
_SKIPPED = r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
_BEGINNING = rf"(?:{_SKIPPED}[=+\-@＝＋－＠]|[\t\r]\s*\S)"
_FORMULA = re.compile(rf"'*{_BEGINNING}")
_NEUTRALISED = re.compile(rf"'+{_BEGINNING}")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def neutralised(text: str) -> str:
    """Return a text as a CSV file holds it: with an apostrophe before what a spreadsheet would run.

    >>> neutralised("=1+1"), neutralised("'=1+1"), neutralised("-5"), neutralised("It's")
    ("'=1+1", "''=1+1", '-5', "It's")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """Return the text that `neutralised` was given.

    >>> restored("'=1+1"), restored("''=1+1"), restored("-5"), restored("'tis")
    ('=1+1', "'=1+1", '-5', "'tis")
    """
    return text[1:] if _NEUTRALISED.match(text) else text


def neutralised_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for a CSV file: every text neutralised, numbers and dates as they are."""

    def column_of(column: pd.Series) -> pd.Series:
        if column.dtype != object and not pd.api.types.is_string_dtype(column):
            return column
        return column.map(lambda cell: neutralised(cell) if isinstance(cell, str) else cell)

    return table.apply(column_of)


def restored_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of strings, as read from a CSV file, with every text restored."""
    return table.apply(lambda column: column.map(restored, na_action="ignore").astype(column.dtype))
