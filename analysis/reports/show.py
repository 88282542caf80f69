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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

from analysis.reports import links as to
from analysis.reports.spans import escaped

DPI = 144
HASH_SALT = "analysis"
MISSING = "–"
MAX_DECIMALS = 3
MOST_CELLS = 500
MOST_ROWS = 1000  # of a table; the others are counted in its caption
SHORT_TEXT, LONG_TEXT = 16, 40
NOT_IN_XML = rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]"
MOST_LINKS = 5  # sentences that a sentence of prose leads to by number

Evidence = pd.DataFrame | str | None  # what a sentence rests on: rows, the name of a figure, nothing


class Drawn(Figure):
    """A figure that knows the frame it was drawn from; its label is the name under which both lie in figures/."""

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
    """Draw a figure as SVG, the same bytes for the same figure, with no space at line ends.

    Letters are drawn; what they spell stands in comments, where XML forbids some characters.
    """
    with mpl.rc_context({"svg.hashsalt": HASH_SALT}):
        svg = _saved(figure, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(rb"[ \t]+(?=\n)|" + NOT_IN_XML, b"", svg)


def show(figure: Figure, *, alt: str, caption: str) -> None:
    """Display a figure with its description and caption, its numbers folded beneath, and close it.

    `alt` says what the figure shows to someone who cannot see it; `caption` gives source and limits. The
    label of a figure, the name of its file, becomes its anchor; the class "leads" says that marks of its SVG
    lead somewhere, "empty" that there was nothing to draw. Only a `Drawn` figure has numbers. Raises ValueError if
    either text is empty.
    """
    show_png(png_bytes(figure), figure, alt=alt, caption=caption)


def show_png(png: bytes, figure: Figure, *, alt: str, caption: str) -> None:
    """Display a figure as `show` does, by its picture that `png_bytes` made, and close it."""
    alt, caption = _required(alt, "alt"), _required(caption, "caption")
    identity = f' id="figure-{escaped(str(figure.get_label()))}"' if figure.get_label() else ""
    leads = " leads" if _has_links(figure) else " empty" if isinstance(figure, Drawn) and figure.numbers.empty else ""
    plt.close(figure)
    # Width and height stand in the first chunk; in CSS pixels the picture keeps its size in inches.
    width, height = (round(side * 96 / DPI) for side in struct.unpack(">II", png[16:24]))
    _display(
        f'<figure class="mathjax_ignore{leads}" style="margin: 0 0 1em"{identity}>'
        f'<img alt="{escaped(alt)}" src="data:image/png;base64,{base64.b64encode(png).decode()}" '
        f'width="{width}" height="{height}">'
        f"<figcaption>{escaped(caption)}</figcaption></figure>"
        + (_folded_numbers(figure) if isinstance(figure, Drawn) else ""),
        plain=alt,
    )


def _has_links(figure: Figure) -> bool:
    return any(
        artist.get_url() or any(artist.get_urls() if hasattr(artist, "get_urls") else ()) for artist in figure.findobj()
    )


def findings(*sentences: str | tuple[str, Evidence]) -> None:
    """Display computed sentences as the list of findings, each alone or with what it rests on, as in `say`.

    Raises ValueError if there is none or one is empty.
    """
    if not sentences:
        raise ValueError("findings need at least one sentence")
    pairs = [(one, None) if isinstance(one, str) else one for one in sentences]
    texts = [_required(sentence, "a finding") for sentence, _ in pairs]
    items = "".join(f"<li>{escaped(text)}{_evidence(of)}</li>" for text, (_, of) in zip(texts, pairs, strict=True))
    _display(
        '<section class="findings mathjax_ignore" aria-label="In short" '
        'style="border-left: 4px solid; padding: 0 1em">'
        f"<p><strong>In short</strong></p><ul>{items}</ul></section>",
        plain="\n".join(f"- {text}" for text in texts),
    )


def say(sentence: str, *, of: Evidence = None) -> None:
    """Display a computed sentence, or a few, as a paragraph of the notebook's prose.

    `of` is what it rests on: the name of a figure on the page, which it then leads to, or a frame with the
    column `sentence_id` or `article_id`: up to `MOST_LINKS` of these are linked by number. Raises ValueError
    if the sentence is empty.
    """
    sentence = _required(sentence, "a sentence")
    _display(f'<p class="mathjax_ignore">{escaped(sentence)}{_evidence(of)}</p>', plain=sentence)


def _evidence(of: Evidence) -> str:
    """Write the links to what a sentence rests on, in brackets behind it."""
    if of is None:
        return ""
    if isinstance(of, str):
        return f' <span class="rests">(<a href="#figure-{escaped(of)}">figure</a>)</span>'
    column = "sentence_id" if "sentence_id" in of else "article_id"
    parts = of[column].dropna().unique()
    if not 0 < len(parts) <= MOST_LINKS:
        return ""
    numbered = " ".join(_linked(str(n), _address(column, part)) for n, part in enumerate(parts, start=1))
    noun = column.removesuffix("_id") + ("" if len(parts) == 1 else "s")
    return f' <span class="rests">({noun} {numbered})</span>'


@dataclass(frozen=True, slots=True)
class Column:
    """One column as text: its heading, its cells, and what the style sheet calls such cells.

    `html_class` is "number", or for text "short", "text" or "long" by its longest cell. `addresses` are where
    the cells lead, "" for nowhere; none at all where the column has no links.
    """

    name: str
    cells: tuple[str, ...]
    html_class: str
    addresses: tuple[str, ...] = ()

    def html_row(self, tag: str, row: int, scope: str = "") -> str:
        """Write the cell of one row, as a link where it leads somewhere."""
        address = self.addresses[row] if self.addresses else ""
        return self.html_cell(tag, self.cells[row], scope, address)

    def html_cell(self, tag: str, text: str, scope: str = "", address: str = "") -> str:
        """Write one cell; JupyterLab aligns all cells right and breaks dates, so text says otherwise."""
        scope = f' scope="{scope}"' if scope else ""
        style = "" if self.html_class == "number" else ' style="text-align: left"'
        if self.html_class == "short":
            style = ' style="text-align: left; white-space: nowrap"'
        written = _linked(text, address) if address else escaped(text)
        return f'<{tag}{scope} class="{self.html_class}"{style}>{written}</{tag}>'


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A captioned table that Jupyter shows as accessible HTML and a terminal as plain text."""

    caption: str
    columns: tuple[Column, ...]

    def _repr_html_(self) -> str:
        first, *others = self.columns
        head = "".join(column.html_cell("th", column.name, "col") for column in self.columns)
        rows = "\n".join(
            f"<tr>{first.html_row('th', row, 'row')}"
            + "".join(column.html_row("td", row) for column in others)
            + "</tr>"
            for row in range(len(first.cells))
        )
        caption = escaped(self.caption)
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


def table(frame: pd.DataFrame, *, caption: str, links: Mapping[str, str] | None = None) -> Table:
    """Make an accessible table of a frame, its first column heading the rows.

    `links` lets the cells of a column lead to their evidence: {"words": "sentence_id"} links each of the words
    to the sentence that this other column names. That column (`article_id`, or one whose name ends in
    `sentence_id` or `block_id`) is not shown.

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
    if len(frame) > MOST_ROWS:
        caption += f" (the first {MOST_ROWS:,} of {len(frame):,} rows)"
        frame = frame.head(MOST_ROWS)
    addresses = {shown: tuple(_address(of, part) for part in frame[of]) for shown, of in (links or {}).items()}
    shown = frame.drop(columns=list((links or {}).values()))
    columns = tuple(_column(str(name), list(values), addresses.get(str(name), ())) for name, values in shown.items())
    return Table(caption, columns)


def _saved(figure: Figure, **options: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, **options)
    return buffer.getvalue()


def _folded_numbers(figure: Drawn) -> str:
    """Write what a reader unfolds who cannot see the figure, or wants its values."""
    name, numbers = str(figure.get_label()), figure.numbers.reset_index(drop=True)
    made = ""
    if 0 < numbers.size <= MOST_CELLS:
        shown = numbers.drop(columns="sentence_ids", errors="ignore")
        place = next((column for column in ("sentence_id", "article_id") if column in shown), None)
        links = {str(shown.columns.drop(place)[0]): place} if place else None
        made = table(shown, caption=f"The numbers behind the figure {name}", links=links)._repr_html_()
    return (
        f'<details class="numbers mathjax_ignore"><summary>show the numbers<span class="unseen"> behind {escaped(name)}'
        f'</span></summary>{made}<p><a href="../figures/{quote(name)}.csv">{escaped(name)}.csv</a>, '
        f"rows: {len(numbers):,}</p></details>"
    )


def _display(markup: str, *, plain: str) -> None:
    display({"text/html": markup, "text/plain": plain}, raw=True)


def _required(text: str, what: str) -> str:
    """Collapse white space and refuse a text that is then empty."""
    text = " ".join(text.split())
    if not text:
        raise ValueError(f"{what} is empty")
    return text


def _address(column: str, part: object) -> str:
    """Return where the article, block or sentence named in a column is; nowhere for a missing one."""
    if _is_missing(part):
        return ""
    return to.article_address(str(part)) if column == "article_id" else to.address(str(part))


def _linked(text: str, address: str) -> str:
    return f'<a href="{html.escape(address)}">{escaped(text)}</a>'


def _column(name: str, values: Sequence[object], addresses: tuple[str, ...]) -> Column:
    present = [value for value in values if not _is_missing(value)]
    is_number = bool(present) and all(_is_number(value) for value in present)
    decimals = max((_decimals(float(v)) for v in present if pd.api.types.is_float(v)), default=0)
    cells = tuple(_cell_text(value, name, decimals) for value in values)
    longest = max(map(len, cells), default=0)
    kind = "short" if longest <= SHORT_TEXT else "text" if longest <= LONG_TEXT else "long"
    return Column(_required(name, "a column name"), cells, "number" if is_number else kind, addresses)


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
