"""Figures: each one a function from a tidy frame to axes, with its words computed from the same frame.

A `Figure` names what it reads (`inputs`), makes its tidy frame (`data`), draws it (`draw`) and says it
(`words`: title as finding, subtitle with unit, period and n, caption with source and limits, and the
text for those who do not see it). `picture` puts these together; `files` makes of a picture what lies in
`figures/`, to the same bytes as in the notebooks.
"""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from analysis.reports.show import Drawn, png_bytes, show_png

if TYPE_CHECKING:
    from analysis.tables import Tables

WIDTH = 9.0  # inches
TITLE_COLUMNS, SUBTITLE_COLUMNS = 84, 122  # characters that fit on a line
TITLE_LINE, SUBTITLE_LINE, LEGEND_LINE = 0.27, 0.2, 0.3  # inches
CROWD = 1000  # articles up to which the frame behind a figure has a row for each thing
EMPTY_HEIGHT = 0.5  # inches, of a figure that has nothing to draw
TITLE_SIZE = 13  # points
INK, SECOND, PALE = "#222222", "#595959", "#e2e2e2"
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"

# strftime's names depend on the locale of the machine.
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NUMBERS = "none one two three four five six seven eight nine ten".split()


@dataclass(frozen=True)
class Words:
    """What a figure says: all four computed from its data, none empty."""

    title: str
    subtitle: str
    caption: str
    alt: str


def nothing(title: str) -> Words:
    """Return the words of a figure that has nothing to draw."""
    return Words(title, "n = 0", "There is nothing to draw.", f"{title}: the figure is empty.")


@dataclass(frozen=True)
class Figure:
    """One figure; `height` gives inches for a frame, because lanes come with the data."""

    name: str
    notebook: str
    inputs: tuple[str, ...]
    data: Callable[[Tables], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Axes], Axes]
    words: Callable[[pd.DataFrame], Words]
    height: Callable[[pd.DataFrame], float]


@dataclass
class Picture:
    """A drawn figure with its words and the frame behind it."""

    name: str
    data: pd.DataFrame
    title: str
    caption: str
    alt: str
    _figure: Drawn
    _corpus: Path | None  # whose tables it shows, all of them, as long as nobody else could change it

    @property
    def figure(self) -> Drawn:
        """The figure itself, to be looked into or changed; it need no longer be the one in figures/."""
        self._corpus = None
        return self._figure

    def show(self) -> None:
        """Display it as `analysis.reports.show.show` does; to a build that runs the notebook give its files, too."""
        from analysis.plots.files import hand_over, is_wanted

        png = hand_over(self, self._figure) if is_wanted(self._corpus) else png_bytes(self._figure)
        show_png(png, self._figure, alt=self.alt, caption=self.caption)


def use_style() -> None:
    """Set seaborn's theme and the project's style; every figure starts from here."""
    matplotlib.use("agg")
    # A sign that no font has is drawn as a box, and a label too long for its place is cut: neither stops a build.
    warnings.filterwarnings("ignore", message="Glyph .* missing|constrained_layout not applied")
    # seaborn would put Arial first, where a machine has it.
    sns.set_theme(font="DejaVu Sans", style="ticks")
    with resources.as_file(resources.files(__name__).joinpath("style.mplstyle")) as style:
        plt.style.use(style)


def figures() -> tuple[Figure, ...]:
    """Return all figures in the order of the notebooks."""
    from analysis.plots import (
        actors,
        compared,
        corpus,
        counts,
        quotes,
        sanctions,
        sentiment,
        trust,
        vague_words,
        wording,
    )

    return (
        *corpus.FIGURES,
        *actors.FIGURES,
        *quotes.FIGURES,
        *sanctions.FIGURES,
        *counts.FIGURES,
        *compared.FIGURES,
        *vague_words.FIGURES,
        *sentiment.FIGURES,
        *wording.FIGURES,
        *trust.FIGURES,
    )


def picture(name: str, tables: Tables) -> Picture:
    """Draw one figure by name from the tables; raise KeyError for a name that no figure has."""
    figure = {figure.name: figure for figure in figures()}[name]
    data = figure.data(tables)
    use_style()
    words = figure.words(data)
    canvas, ax = plt.subplots(layout="constrained", FigureClass=Drawn)
    canvas.set_label(name)
    canvas.numbers = data.copy()
    if data.empty:
        ax.set_axis_off()
        ax.text(0.01, 0.5, words.caption, color=SECOND, transform=ax.transAxes)
    else:
        figure.draw(data, ax)
    _set_header(canvas, ax, words, EMPTY_HEIGHT if data.empty else figure.height(data))
    return Picture(name, data, words.title, words.caption, words.alt, canvas, tables.corpus)


def _fitted(canvas: Drawn, title: str) -> list[str]:
    """Break a title into as few lines as the picture is wide, however wide its letters are, of about one length."""
    for columns in range(TITLE_COLUMNS, 0, -1):
        lines = textwrap.wrap(title, columns)
        drawn = canvas.text(0, 0, "\n".join(lines), fontsize=TITLE_SIZE, fontweight="bold")
        width = drawn.get_window_extent().width / canvas.dpi
        drawn.remove()
        if width <= 0.98 * WIDTH:
            break
    longest_word = max(map(len, title.split()))
    while columns > longest_word and len(narrower := textwrap.wrap(title, columns - 1)) == len(lines):
        lines, columns = narrower, columns - 1
    return lines


def _set_header(canvas: Drawn, ax: Axes, words: Words, body: float) -> None:
    """Set title, subtitle and legend above the axes, at the left edge of the picture.

    There is one title: the finding in bold, its unit below it. `body` is the height left for the axes.
    """
    title = _fitted(canvas, words.title)
    subtitle = textwrap.wrap(words.subtitle, SUBTITLE_COLUMNS)
    legend = ax.get_legend()
    top_of_legend = 0.12 + TITLE_LINE * len(title) + SUBTITLE_LINE * len(subtitle)
    header = top_of_legend + (LEGEND_LINE if legend else 0)
    height = body + header
    canvas.set_size_inches(WIDTH, height)
    layout = canvas.get_layout_engine()
    assert layout is not None
    layout.set(rect=(0, 0, 1, 1 - header / height))
    look = {"x": 0.01, "ha": "left", "va": "top", "linespacing": 1.3}
    canvas.text(y=1 - 0.08 / height, s="\n".join(title), fontsize=TITLE_SIZE, fontweight="bold", **look)
    canvas.text(
        y=1 - (0.1 + TITLE_LINE * len(title)) / height, s="\n".join(subtitle), fontsize=9.5, color=SECOND, **look
    )
    if legend:
        handles, labels = legend.legend_handles, [text.get_text() for text in legend.texts]
        legend.remove()
        moved = canvas.legend(
            handles=[handle for handle in handles if handle],
            labels=labels,
            loc="upper left",
            bbox_to_anchor=(0.004, 1 - top_of_legend / height),
            ncols=6,
            handlelength=1.5,
            borderaxespad=0,
            handletextpad=0.5,
            columnspacing=1.5,
        )
        moved.set_in_layout(False)


def day(date: pd.Timestamp) -> str:
    """Write a day with its weekday, "Sun 9 Aug 2020", whatever the machine's language."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def number(n: int) -> str:
    """Write a count as newspapers do: in words up to ten, from there in figures with commas."""
    return _NUMBERS[n] if 0 <= n <= 10 else f"{n:,}"


def count(n: int, noun: str) -> str:
    """Write a count with its noun: "one file", "ten files", "no files"."""
    return f"{number(n) if n else 'no'} {noun}{'' if n == 1 else 's'}"


def times(n: int) -> str:
    """Write how often: "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(n) or count(n, "time")


def ahead(totals: pd.Series) -> list[str]:
    """Return the labels that have most, all of them where several share the first place."""
    return [str(label) for label in totals.index[totals == totals.max()]]


def named(names: list[str], noun: str) -> str:
    """Name one or two, and count more of them: "Ann Poe", "Ann Poe and Doeland", "three actors"."""
    return " and ".join(names) if len(names) <= 2 else count(len(names), noun)


def every(n: int, noun: str) -> str:
    """Write the whole of a count: "the one thread", "both threads", "all three threads"."""
    return {1: f"the one {noun}", 2: f"both {noun}s"}.get(n) or f"all {count(n, noun)}"


def opened(sentence: str) -> str:
    """Let a sentence begin with a capital, where a name has none: "the council" is "The council"."""
    return sentence[:1].upper() + sentence[1:]


def is_crowd(tables: Tables) -> bool:
    """Tell whether there are so many articles that figures are of months, sums and densities, not of single rows."""
    return len(tables.read("articles", ["article_id"])) > CROWD


def densest(days: pd.Series, n_days: int = 45) -> tuple[int, pd.Timestamp, pd.Timestamp]:
    """Find the stretch of at most `n_days` days that holds most of the dates: (how many, first, last)."""
    ordered = days.dropna().sort_values().reset_index(drop=True)
    ends = ordered.searchsorted(ordered + pd.Timedelta(days=n_days))
    n = ends - ordered.index.to_numpy()
    first = int(n.argmax())
    return int(n[first]), ordered[first], ordered[ends[first] - 1]


def dates_say(days: pd.Series) -> list[str]:
    """Say how many articles have a day, and how many of these stand close together; one sentence each."""
    dated = days.dropna()
    if len(days) == 1:
        return [f"It can be dated to {day(days.iloc[0])}." if len(dated) else "It cannot be dated to a day."]
    if dated.empty:
        return ["None can be dated to a day."]
    if len(dated) == 1:
        return [f"One can be dated to a day, {day(dated.iloc[0])}."]
    most, first, last = densest(dated)
    over = f"from {day(dated.min())} to {day(dated.max())}" if dated.nunique() > 1 else f"all to {day(first)}"
    said = [f"{number(len(dated)).capitalize()} can be dated to a day, {over}."]
    if most == 1:
        return [*said, "No two of them stand close together."]
    if not is_cluster(most, len(dated)):
        return said
    inside, whole = (last - first).days + 1, (dated.max() - dated.min()).days + 1
    # Thin is what has a quarter as many articles a day.
    is_thin = (len(dated) - most) * inside * 4 <= most * (whole - inside)
    rest = "; the rest of the time is thinly covered" if is_thin else ""
    return [*said, f"{number(most).capitalize()} come from {count(inside, 'day')}, {day(first)} to {day(last)}{rest}."]


def is_cluster(most: int, n: int) -> bool:
    """Tell whether the articles of the densest stretch are worth a sentence: half of all that have a day, not all."""
    return n <= 2 * most < 2 * n


def share(part: int, whole: int) -> str:
    """Write a share in per cent without rounding to all or nothing: 996 of 1,000 is "99 %"."""
    percent = round(100 * part / whole)
    if part and not percent:
        return "under 1 %"
    return f"{min(percent, 99) if part < whole else percent} %"


def lane_label(text: str, width: int = 36) -> str:
    """Set a title on at most two lines, cut at a word with an ellipsis, so that a lane's label stays in its place."""
    return "\n".join(textwrap.wrap(text, width, max_lines=2, placeholder=" …"))
