"""A page for each article: the text as printed, all that was read in it marked, and where each mark is used.

Above the text stand date, source and a legend; beside each paragraph lie its notes, folded: what was read in
each sentence, in words, with a link to every table, sentence and figure that leads there. Figures that count
many marks together are listed once, at the end, by what they count.

The words are the article's, so nothing of them is trusted: all text goes through one escape, and the page
forbids scripts and everything that lies outside it. Up to `MOST_PAGES` articles all have a page, beyond that
those that something leads to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis import plots
from analysis.reports import links, notes, policy
from analysis.reports.links import Use
from analysis.reports.spans import KINDS, Mark, Stretch, escaped, marked

if TYPE_CHECKING:
    from analysis.tables import Tables

MOST_PAGES = 1000
TEMPLATES = Path(__file__).parent / "template"
WHOLE = "The whole paragraph"
# Which table holds the rows of each kind: of mark, and of score.
TABLES = {
    "mention": "mentions",
    "quotation": "quotes",
    "event": "sanction_events",
    "count": "counts",
    "detainee": "detainees",
    "date": "date_evidence",
    "wording": "sentiment",
}
Uses = Mapping[str, Sequence[Use]]  # anchor to the places that lead there


@dataclass(frozen=True, slots=True)
class Line:
    """What was read in one place: the anchor of its mark ("" for none), its kind, the words, what they were read as."""

    mark: str
    kind: str
    words: str
    read: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a sentence, or of a paragraph as a whole, and what leads to it."""

    place: str
    opening: str
    lines: Sequence[Line]
    used: Mapping[str, Sequence[str]]  # name of a table or figure to the links


def evidence_pages(tables: Tables, pages: Mapping[str, str], figures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make the page of each article, by file name in the order of the articles.

    `pages` are the finished reports and `figures` the SVG files, by file name: they say what is used where.
    """
    soups = {name: BeautifulSoup(page, "html.parser") for name, page in pages.items()}
    used = links.uses(soups, figures)
    shown = links.shown_figures(soups)
    drawn = {
        kind: [shown[figure.name] for figure in plots.figures() if table in figure.inputs and figure.name in shown]
        for kind, table in TABLES.items()
    }
    wanted = tables.articles
    if len(wanted) > MOST_PAGES:
        wanted = wanted[[links.page_name(article_id) in used for article_id in wanted["article_id"]]]
    names = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
    tables = tables.of(set(wanted["article_id"]))
    blocks, sentences = _by_article(tables.blocks, wanted), _by_article(tables.sentences, wanted)
    rows = {kind: _by_article(getattr(tables, table), wanted) for kind, table in TABLES.items()}
    made = {}
    for article in wanted.itertuples():
        found = {kind: groups[article.article_id] for kind, groups in rows.items()}
        name = links.page_name(article.article_id)
        page = article_page(
            article,
            blocks[article.article_id],
            sentences[article.article_id],
            found,
            names=names,
            used=used.get(name, {}),
            drawn=drawn,
        )
        made[name] = page.encode("utf-8")
    return made


def article_page(
    article: Any,
    blocks: Sequence[Any],
    sentences: Sequence[Any],
    rows: Mapping[str, Sequence[Any]],
    *,
    names: Mapping[str, str],
    used: Uses,
    drawn: Mapping[str, Sequence[Use]],
) -> str:
    """Make the page of one article from its rows: of `articles`, `blocks`, `sentences`, and by kind of mark.

    `names` are those of the actors by id, `used` says what leads to which anchor, `drawn` which figures count
    the marks of a kind.
    """
    sentences_of: dict[str, list[Stretch]] = defaultdict(list)
    openings: dict[str, str] = {}
    for sentence in sentences:
        place = links.anchor(sentence.sentence_id)
        sentences_of[sentence.block_id].append(Stretch(sentence.start, sentence.end, place))
        openings[place] = sentence.text
    marks: dict[str, list[Mark]] = defaultdict(list)
    lines: dict[str, list[Line]] = defaultdict(list)
    for kind, found in rows.items():
        for number, row in enumerate(found, start=1):
            place = _place(row, sentences_of[row.block_id])
            is_marked = kind in KINDS
            mark = f"{kind}-{number}" if is_marked else ""
            lines[place].append(Line(mark, kind, row.text if is_marked else "", notes.WORDS[kind](row, names)))
            if is_marked:
                marks[row.block_id].append(Mark(row.start, row.end, kind, mark, f"n.{place}"))
    parts = []
    for block in blocks:
        place, inside = links.anchor(block.block_id), sentences_of[block.block_id]
        text = Markup(marked(block.text, block.start, inside, marks[block.block_id]))
        said = [
            Note(at, openings.get(at, WHOLE), lines[at], _by_name(used.get(at, ())))
            for at in (*(sentence.id for sentence in inside), place)
            if lines[at] or used.get(at)
        ]
        parts.append({"id": place, "kind": block.kind, "text": text, "notes": said, "summary": _summary(said)})
    template = _environment().get_template("article.html.j2")
    page = template.render(
        article=article,
        title=article.title or article.article_id,
        dates=_dates(article),
        parts=parts,
        has_title=any(block.kind == "title" for block in blocks),
        legend=[(kind, KINDS[kind], len(rows[kind])) for kind in KINDS if rows.get(kind)],
        used=_by_name(used.get("", ())),
        drawn={kind: _by_name(drawn[kind]) for kind in TABLES if rows.get(kind) and drawn.get(kind)},
        headings={kind: KINDS[kind].many if kind in KINDS else "scores of the wording" for kind in TABLES},
        style=Markup(_style()),
        policy=policy(_style()),
    )
    return page.strip("\n") + "\n"


@cache
def _style() -> str:
    return "\n" + "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "article.css"))


@cache
def _environment() -> Environment:
    def finalize(value: Any) -> Any:
        if isinstance(value, Markup):
            return value
        return Markup(escaped(value)) if isinstance(value, str) else value

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _by_article(table: pd.DataFrame, wanted: pd.DataFrame) -> dict[str, list[Any]]:
    """Return the rows of each wanted article, in their order in the text."""
    found: dict[str, list[Any]] = {article_id: [] for article_id in wanted["article_id"]}
    for row in table[table["article_id"].isin(found)].itertuples(index=False):
        found[row.article_id].append(row)
    return found


def _place(row: Any, sentences: Iterable[Stretch]) -> str:
    """Return the anchor of the sentence in which a row starts, else of its block."""
    inside = (s.id for s in sentences if s.start <= row.start < s.end)
    return next(inside, links.anchor(row.block_id))


def _by_name(uses: Sequence[Use]) -> dict[str, list[str]]:
    """Name each table and figure once, with the links to all its places that rest on this."""
    found: dict[str, list[str]] = defaultdict(list)
    for use in uses:
        found[use.name].append(use.href)
    return found


def _summary(said: Sequence[Note]) -> str:
    """Say in a line what the notes of a paragraph hold."""
    counts = Counter(line.kind for note in said for line in note.lines)
    counted = [
        f"{counts[kind]} {look.one if counts[kind] == 1 else look.many}" for kind, look in KINDS.items() if counts[kind]
    ]
    return ", ".join(counted) or "where this is used"


def _dates(article: Any) -> dict[str, str]:
    """Return the date, the interval and the words that decided, each empty where there is none."""
    ends = [
        plots.day(end) if pd.notna(end) else "open" for end in (article.published_earliest, article.published_latest)
    ]
    return {
        "day": plots.day(article.published) if pd.notna(article.published) else "no single day",
        "interval": "" if ends[0] == ends[1] != "open" else " to ".join(ends),
        "basis": article.published_basis,
        "words": "" if pd.isna(article.published_evidence) else article.published_evidence,
    }
