"""Knowledge about the language of news, as data: every file names the origin of its words."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read one vocabulary file of this folder as a tuple of rows, each a dict by column name."""
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


def any_case(pattern: str) -> str:
    """Let the small letters of a pattern stand for capitals too.

    A choice of a hundred words written so is searched several times as fast as one that ignores case.
    """
    return re.sub(r"(?<!\\)[a-z]", lambda letter: f"[{letter[0].upper()}{letter[0]}]", pattern)
