"""Figures, tables and findings as a notebook shows them and a report keeps them.

Notebook outputs are read in three places: JupyterLab, JupyterLab before the notebook is trusted, and
the exported page. The only form that keeps its description in all three is one `text/html` output, so
everything here is that: a figure with alternative text, a table with a caption and header cells, a
list of findings, a computed sentence. A figure's numbers lie folded beneath it, up to `MOST_CELLS`
cells; beyond that only a link leads to them. Each carries a `text/plain` twin for terminals and comparisons.

Whatever is shown may quote an article, so every piece of text is escaped. There is no script and no
`<style>`; inline styles stand only where JupyterLab's own would read badly, and the exporter drops
them. The class `mathjax_ignore` keeps JupyterLab from setting "$5 to $10" as a formula.

Not done here: rounding for meaning (do it in the frame, where the reader sees it) and formulas.
"""

from __future__ import annotations

import base64
import datetime as dt
import html
import io
import math
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

DPI = 144
HASH_SALT = "analysis"
MISSING = "–"
MAX_DECIMALS = 3
MOST_CELLS = 1000
SHORT_TEXT, LONG_TEXT = 16, 40
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Drawn(Figure):
    """A figure that knows the frame it was drawn from, and under which name both lie in figures/."""

    file: str
    numbers: pd.DataFrame


def png_bytes(figure: Figure) -> bytes:
    """Draw a figure as PNG with 256 colours, the same bytes for the same figure.

    A figure has few colours and many shades between them at the edges of letters; without the least of
    these a file has a third of its size, and none differs by more than eyes can see.
    """
    drawn = Image.open(io.BytesIO(_saved(figure, format="png", dpi=DPI, metadata={"Software": None})))
    few = drawn.convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="png", optimize=True, dpi=(DPI, DPI))
    return buffer.getvalue()


def svg_bytes(figure: Figure) -> bytes:
    """Draw a figure as SVG, the same bytes for the same figure, with no space at line ends."""
    with mpl.rc_context({"svg.hashsalt": HASH_SALT}):
        svg = _saved(figure, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(rb"[ \t]+\n", b"\n", svg)


def show(figure: Figure, *, alt: str, caption: str) -> None:
    """Display a figure with its description and caption, its numbers folded beneath, and close it.

    Only a `Drawn` figure has numbers. `alt` says what the figure shows to someone who cannot see it; `caption` gives source and limits.
    Raises ValueError if either is empty.
    """
    alt, caption = _required(alt, "alt"), _required(caption, "caption")
    png = png_bytes(figure)
    plt.close(figure)
    # Width and height stand in the first chunk; in CSS pixels the picture keeps its size in inches.
    width, height = (round(side * 96 / DPI) for side in struct.unpack(">II", png[16:24]))
    _display(
        f'<figure class="mathjax_ignore" style="margin: 0 0 1em">'
        f'<img alt="{_escaped(alt)}" src="data:image/png;base64,{base64.b64encode(png).decode()}" '
        f'width="{width}" height="{height}">'
        f"<figcaption>{_escaped(caption)}</figcaption></figure>"
        + (_folded_numbers(figure) if isinstance(figure, Drawn) else ""),
        plain=alt,
    )


def findings(*sentences: str) -> None:
    """Display computed sentences as the list of findings.

    Raises ValueError if there is none or one is empty.
    """
    if not sentences:
        raise ValueError("findings need at least one sentence")
    texts = [_required(sentence, "a finding") for sentence in sentences]
    items = "".join(f"<li>{_escaped(text)}</li>" for text in texts)
    _display(
        '<section class="findings mathjax_ignore" aria-label="In short" '
        'style="border-left: 4px solid; padding: 0 1em">'
        f"<p><strong>In short</strong></p><ul>{items}</ul></section>",
        plain="\n".join(f"- {text}" for text in texts),
    )


def say(sentence: str) -> None:
    """Display a computed sentence, or a few, as a paragraph of the notebook's prose.

    Raises ValueError if it is empty.
    """
    sentence = _required(sentence, "a sentence")
    _display(f'<p class="mathjax_ignore">{_escaped(sentence)}</p>', plain=sentence)


@dataclass(frozen=True, slots=True)
class Column:
    """One column as text: its heading, its cells, and what the style sheet calls such cells.

    `html_class` is "number", or for text "short", "text" or "long" by its longest cell.
    """

    name: str
    cells: tuple[str, ...]
    html_class: str

    def html_cell(self, tag: str, text: str, scope: str = "") -> str:
        """Write one cell; JupyterLab aligns all cells right and breaks dates, so text says otherwise."""
        scope = f' scope="{scope}"' if scope else ""
        style = "" if self.html_class == "number" else ' style="text-align: left"'
        if self.html_class == "short":
            style = ' style="text-align: left; white-space: nowrap"'
        return f'<{tag}{scope} class="{self.html_class}"{style}>{_escaped(text)}</{tag}>'


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A captioned table that Jupyter shows as accessible HTML and a terminal as plain text."""

    caption: str
    columns: tuple[Column, ...]

    def _repr_html_(self) -> str:
        first, *others = self.columns
        head = "".join(column.html_cell("th", column.name, "col") for column in self.columns)
        rows = "\n".join(
            f"<tr>{first.html_cell('th', first.cells[row], 'row')}"
            + "".join(column.html_cell("td", column.cells[row]) for column in others)
            + "</tr>"
            for row in range(len(first.cells))
        )
        caption = _escaped(self.caption)
        return (
            f'<div class="table mathjax_ignore" role="region" tabindex="0" aria-label="{caption}" '
            'style="overflow-x: auto"><table style="margin-left: 0">'
            f'<caption style="text-align: left"><span>{caption}</span></caption>'
            f"<thead>\n<tr>{head}</tr>\n</thead><tbody>\n{rows}\n</tbody></table></div>"
        )

    def __repr__(self) -> str:
        padded = []
        for column in self.columns:
            width = max(map(len, (column.name, *column.cells)))
            align = str.rjust if column.html_class == "number" else str.ljust
            padded.append([align(cell, width) for cell in (column.name, *column.cells)])
        lines = (" | ".join(row).rstrip() for row in zip(*padded, strict=True))
        return "\n".join((self.caption, *lines))


def table(frame: pd.DataFrame, *, caption: str) -> Table:
    """Make an accessible table of a frame, its first column heading the rows.

    Named index levels come first as columns; an unnamed index of integers only counts rows and is left
    out. Missing values become "–", whole floats lose their ".0", other floats keep up to three decimals
    but are never rounded to a whole number, dates lose a midnight, booleans read "yes" and "no".
    Raises ValueError for an empty caption, no columns, several header rows or an unnamed index of
    labels, and TypeError for values that have no text of their own.
    """
    caption = _required(caption, "caption")
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    elif not pd.api.types.is_integer_dtype(frame.index):
        raise ValueError("the index holds labels: name it, and it becomes the first column")
    if frame.columns.nlevels > 1 or frame.columns.empty:
        raise ValueError("a table needs one row of column names")
    columns = tuple(_column(str(name), list(values)) for name, values in frame.items())
    return Table(caption, columns)


def _saved(figure: Figure, **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, **options)
    return buffer.getvalue()


def _folded_numbers(figure: Drawn) -> str:
    """Write what a reader unfolds who cannot see the figure, or wants its values."""
    file, numbers = _escaped(figure.file), figure.numbers
    made = ""
    if 0 < numbers.size <= MOST_CELLS:
        made = table(
            numbers.reset_index(drop=True), caption=f"The numbers behind the figure {figure.file}"
        )._repr_html_()
    return (
        f'<details class="numbers mathjax_ignore"><summary>show the numbers<span class="unseen"> behind {file}</span>'
        f'</summary>{made}<p><a href="../figures/{quote(figure.file)}.csv">{file}.csv</a>, '
        f"rows: {len(numbers):,}</p></details>"
    )


def _display(markup: str, *, plain: str) -> None:
    display({"text/html": markup, "text/plain": plain}, raw=True)


def _escaped(text: str) -> str:
    """Escape a text, and spell out characters that are not seen but turn round what follows them."""
    return html.escape(UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text))


def _required(text: str, what: str) -> str:
    """Collapse white space and refuse a text that is then empty."""
    text = " ".join(text.split())
    if not text:
        raise ValueError(f"{what} is empty")
    return text


def _column(name: str, values: Sequence[object]) -> Column:
    present = [value for value in values if not _is_missing(value)]
    is_number = bool(present) and all(_is_number(value) for value in present)
    decimals = max((_decimals(float(v)) for v in present if pd.api.types.is_float(v)), default=0)
    cells = tuple(_cell_text(value, name, decimals) for value in values)
    longest = max(map(len, cells), default=0)
    kind = "short" if longest <= SHORT_TEXT else "text" if longest <= LONG_TEXT else "long"
    return Column(_required(name, "a column name"), cells, "number" if is_number else kind)


def _is_missing(value: object) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _is_number(value: object) -> bool:
    return pd.api.types.is_number(value) and not pd.api.types.is_bool(value)


def _decimals(value: float) -> int:
    """Count the decimals a float needs, up to those that are shown."""
    if not math.isfinite(value):
        return 0
    return len(f"{value:.{MAX_DECIMALS}f}".rstrip("0").partition(".")[2])


def _cell_text(value: Any, column: str, decimals: int) -> str:
    if _is_missing(value):
        return MISSING
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_float(value):
        return _float_text(float(value), decimals)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if pd.api.types.is_list_like(value) and not isinstance(value, dict):
        items = [_cell_text(item, column, decimals) for item in value]
        # A set has no order of its own that two runs would share.
        return ", ".join(sorted(items) if isinstance(value, set | frozenset) else items) or MISSING
    if type(value).__str__ is object.__str__ and type(value).__repr__ is object.__repr__:
        raise TypeError(f"column {column!r} holds a {type(value).__name__}, which has no text")
    # A header cell without text is lost to a screen reader.
    return " ".join(str(value).split()) or MISSING


def _float_text(value: float, decimals: int) -> str:
    rounded = f"{value + 0.0:.{decimals}f}"
    # 99.9996 must not read "100.000", nor 0.0004 "0.000".
    is_hidden = math.isfinite(value) and float(rounded).is_integer() and not value.is_integer()
    return repr(value) if is_hidden else rounded
