"""Marks of stated figures: a form for each way of stating a number, on a logarithmic axis of people.

A filled dot is an exact number, a hollow one a rounded number with its interval behind it, a segment a
range, a tick with an arrow of fixed length a bound ("at least", "up to"), a pale band a word without a
number ("hundreds"). An arrow's length means nothing: how far an open end reaches nobody has said.

`draw_mark` draws one figure, `people_axis` the axis, `key` the forms that a chart uses. A number below one
stands at the left edge, because a logarithmic axis has no zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Protocol

import matplotlib.patheffects as effects
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.ticker import NullFormatter, NullLocator

from analysis.plots import INK, PALE

DOT = 8.0  # points
ARROW = 26.0
LINE = 2.0
AXES_WIDTH = 420.0  # about what labels leave of the picture
LETTER = 5.1  # of words above a mark, on average
FORMS = ("exact", "about", "range", "at least", "up to", "a word")
_FORM_OF = {
    "exact": "exact",
    "nearly": "about",
    "around": "about",
    "range": "range",
    "at_least": "at least",
    "more_than": "at least",
    "up_to": "up to",
    "fewer_than": "up to",
    "vague": "a word",
}


class Stated(Protocol):
    """A figure as it is stated; missing values are pandas' own."""

    qualifier: str
    low: int
    high: int
    point: int


def _arrow(towards: int, start: float = 0) -> Path:
    """Return a tick with an arrow one long; a marker's path is scaled to its farthest number."""
    tip, head = start + towards, start + 0.84 * towards
    lines = [[(start, -0.25), (start, 0.25)], [(start, 0), (tip, 0)], [(head, -0.13), (tip, 0), (head, 0.13)]]
    vertices = [vertex for line in lines for vertex in line]
    codes = [Path.MOVETO if n == 0 else Path.LINETO for line in lines for n, _ in enumerate(line)]
    return Path(vertices, codes)


RIGHT, LEFT = _arrow(1), _arrow(-1)
KEY_RIGHT, KEY_LEFT = _arrow(1, -0.5), _arrow(-1, 0.5)  # in the middle of a legend's handle
_OPEN_BAND = Path([(0, -0.2), (0.72, -0.2), (0.72, 0.2), (0, 0.2), (0, -0.2)], closed=True)


def form(figure: Stated) -> str:
    """Tell the form of a figure: exact, about, range, at least, up to, a word."""
    if figure.qualifier == "vague" and _is_closed(figure) and figure.low == figure.high:
        return "about"  # "a dozen" has no width
    if figure.qualifier in ("at_least", "more_than", "up_to", "fewer_than") and pd.isna(figure.point):
        # "up to hundreds" and "at least hundreds" are words first, bounded as they may be.
        return "a word" if figure.low else "up to"
    return _FORM_OF[figure.qualifier]


def _is_closed(figure: Stated) -> bool:
    return bool(pd.notna(figure.high))


def pale(colour: str, share: float = 0.36) -> str:
    """Mix a colour with white."""
    return to_hex([1 - share * (1 - part) for part in to_rgb(colour)])


def span(figure: Stated) -> tuple[float, float]:
    """Return where a figure's mark stands on the axis, from one up; an open end is where it is stated."""
    known = [float(n) for n in (figure.low, figure.high, figure.point) if pd.notna(n) and n > 0] or [1.0]
    return min(known), max(known)


def draw_mark(ax: Axes, y: float, figure: Stated, colour: str, *, scale: float = 1.0) -> None:
    """Draw one figure at the height y in the form that its words have."""
    low, high = span(figure)
    kind = form(figure)
    look = {"color": colour, "zorder": 3, "clip_on": False, "linestyle": "none"}
    if kind == "exact":
        ax.plot([high], [y], marker="o", markersize=DOT * scale, **look)
    elif kind == "about":
        ax.plot([low, high], [y, y], color=pale(colour, 0.55), linewidth=LINE, zorder=2, solid_capstyle="butt")
        at = high if pd.isna(figure.point) else float(figure.point)
        ax.plot([at], [y], marker="o", markersize=DOT * scale, markerfacecolor="white", markeredgewidth=LINE, **look)
    elif kind == "range":
        ax.plot([low, high], [y, y], color=colour, linewidth=5 * scale, zorder=3, solid_capstyle="butt")
    elif kind == "at least":
        _draw_arrow(ax, low, y, RIGHT, scale, look)
    elif kind == "up to":
        _draw_arrow(ax, high, y, LEFT, scale, look)
    elif _is_closed(figure):
        ax.plot([low, high], [y, y], color=pale(colour), linewidth=11 * scale, zorder=2, solid_capstyle="butt")
    else:
        band = {"marker": _OPEN_BAND, "markersize": 2 * ARROW * scale, "markerfacecolor": pale(colour)}
        ax.plot([low], [y], **band, markeredgewidth=0, **look)
        _draw_arrow(ax, low, y, RIGHT, scale, look)


def _draw_arrow(ax: Axes, x: float, y: float, path: Path, scale: float, look: dict[str, object]) -> None:
    ax.plot([x], [y], marker=path, markersize=2 * ARROW * scale, markerfacecolor="none", markeredgewidth=LINE, **look)


def write_words(ax: Axes, y: float, figure: Stated, words: str, *, colour: str = INK) -> None:
    """Write a figure's words above its mark, shifted to the side where they would leave the axes."""
    low, high = span(figure)
    kind = form(figure)
    at = low if kind == "at least" else high if kind == "up to" else math.sqrt(low * high)
    if kind in ("exact", "about") and pd.notna(figure.point):
        at = max(float(figure.point), 1.0)
    left, right = (math.log(limit) for limit in ax.get_xlim())
    place = (math.log(at) - left) / (right - left)
    width = len(words) * LETTER / AXES_WIDTH
    centre = {"at least": ARROW / AXES_WIDTH / 2, "up to": -ARROW / AXES_WIDTH / 2}.get(kind, 0)
    shift = min(max(place + centre, width / 2), 0.98 - width / 2) - place
    text = ax.annotate(
        words,
        (at, y),
        xytext=(shift * AXES_WIDTH, 6.5),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=9,
        color=colour,
        zorder=4,
    )
    # Grid lines run behind the words, not through them.
    text.set_path_effects([effects.withStroke(linewidth=2.5, foreground="white")])


def people_axis(ax: Axes, figures: Iterable[Stated]) -> None:
    """Set a logarithmic axis of people wide enough for all the figures, arrows and words included."""
    spans = [span(figure) for figure in figures] or [(1.0, 10.0)]
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    room = 10 ** (0.16 * max(math.log10(high / low), 1.5))
    ax.set_xscale("log")
    ax.set_xlim(low / room, high * room)
    ticks = _ticks(low / room, high * room)
    ax.set_xticks(ticks, [_tick_label(tick) for tick in ticks])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.grid(axis="x", color=PALE, zorder=0)
    ax.set_xlabel("people (logarithmic scale)")


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two limits: powers of ten, with 2 and 5 between them where few would stand."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if math.log10(high / low) < 2.6 else (1,)
    return [
        step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high and power >= 0
    ]


def _tick_label(tick: float) -> str:
    return f"{tick / 1e6:,g} million" if tick >= 1e6 else f"{tick:,.0f}"


def key(forms: Sequence[str], colour: str = "#595959") -> list[Line2D]:
    """Return the legend's handles for the forms that a chart uses, in the order of `FORMS`."""
    looks = {
        "exact": {"marker": "o", "markersize": DOT},
        "about": {"marker": "o", "markersize": DOT, "markerfacecolor": "white", "markeredgewidth": LINE},
        "range": {"linestyle": "-", "linewidth": 5, "solid_capstyle": "butt"},
        "at least": {"marker": KEY_RIGHT, "markersize": 15, "markerfacecolor": "none", "markeredgewidth": 1.6},
        "up to": {"marker": KEY_LEFT, "markersize": 15, "markerfacecolor": "none", "markeredgewidth": 1.6},
        "a word": {"linestyle": "-", "linewidth": 9, "color": pale(colour), "solid_capstyle": "butt"},
    }
    names = {"exact": "exact number", "range": "range", "a word": "a word, as “hundreds”"}
    return [
        Line2D([], [], **{"color": colour, "linestyle": "none", "label": names.get(name, f"“{name}”"), **looks[name]})
        for name in FORMS
        if name in forms
    ]
