"""Knowledge about the language of news, as data: every file names the origin of its words."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read one vocabulary file of this folder as a tuple of rows, each a dict by column name."""
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))
