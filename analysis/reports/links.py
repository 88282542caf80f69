"""From a number to the sentence it came from, and back: where pages and anchors are, and who points there.

Every article has a page, and every block and sentence on it an anchor: the part of `block_id` or
`sentence_id` behind the article ("b3", "b3.s2"). A file name is made from `article_id` alone, safe on
any file system and different for different ids.

Addresses begin with `IN_JUPYTER`: JupyterLab takes a relative link for a file to open in a tab of its own,
and forgets the anchor; a path from the server's root it leaves to the browser, which scrolls to it. So
Jupyter must be started in the project's folder. `export` takes the beginning off, because on disk all
pages lie side by side, and figures put `BESIDE_FIGURES` there. `uses` reads finished pages and figures,
so that the way back can never disagree with the way there.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from slugify import slugify

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

IN_JUPYTER = "/files/reports/"
BESIDE_FIGURES = "../reports/"
FIGURES_BESIDE = "../figures/"
PREFIX = "article-"
LONGEST = 80  # characters of an id that go into a file name
_SAFE = re.compile(f"[a-z0-9](?:[a-z0-9-]{{0,{LONGEST - 2}}}[a-z0-9])?")
_PART = re.compile(r"(?s)(.*)\.(b\d+(?:\.s\d+)?)")
_TARGET = re.compile(rf"{PREFIX}[a-z0-9_-]+\.html(#|$)")
_SVG_LINK = re.compile(rf'xlink:href="{re.escape(BESIDE_FIGURES)}([^"#]+)(?:#([^"]*))?"')


def page_name(article_id: str) -> str:
    """Return the file name of an article's page: its id where that is safe, else a slug and a hash of it."""
    if _SAFE.fullmatch(article_id):
        return f"{PREFIX}{article_id}.html"
    slug = slugify(article_id, max_length=LONGEST // 2)
    digest = hashlib.sha256(article_id.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    # A safe id has no underscore.
    return f"{PREFIX}{slug}_{digest}.html"


def anchor(part_id: str) -> str:
    """Return the anchor of a block or a sentence on its article's page; raise ValueError for another id."""
    found = _PART.fullmatch(part_id)
    if not found:
        raise ValueError(f"{part_id!r} is no id of a block or a sentence")
    return found[2]


def article_address(article_id: str) -> str:
    """Return where the page of an article is, as notebooks link to it."""
    return IN_JUPYTER + page_name(article_id)


def address(part_id: str) -> str:
    """Return where a block or a sentence is, by its id, as notebooks link to it."""
    place = anchor(part_id)
    return f"{article_address(part_id.removesuffix('.' + place))}#{place}"


def beside_figures(href: str) -> str:
    """Turn an address into one for figures, which lie in a folder beside the pages."""
    return BESIDE_FIGURES + href.removeprefix(IN_JUPYTER)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A place that rests on a sentence: where it is, and its name for readers."""

    href: str
    name: str


def uses(pages: Mapping[str, BeautifulSoup], figures: Mapping[str, bytes]) -> dict[str, dict[str, list[Use]]]:
    """Read who points where: page of an article to anchor ("" for its top) to uses, in the order of the pages.

    `pages` are finished reports by file name, `figures` SVG files by name. A figure's points count for the
    figure on the page that shows it.
    """
    found: dict[str, dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))

    def add(target: str, place: str, use: Use) -> None:
        if use not in found[target][place]:
            found[target][place].append(use)

    for name, page in pages.items():
        for link in page.main.find_all("a", href=is_to_article):
            target, _, place = str(link["href"]).partition("#")
            add(target, unquote(place), _use(link, name))
    for figure, use in shown_figures(pages).items():
        for target, place in _SVG_LINK.findall(figures.get(f"{figure}.svg", b"").decode("utf-8")):
            add(target, unquote(html.unescape(place)), use)
    return found


def shown_figures(pages: Mapping[str, BeautifulSoup]) -> dict[str, Use]:
    """Return where each figure is shown, by its name, but for those that had nothing to draw."""
    return {
        str(shown["id"]).removeprefix("figure-"): Use(f"{name}#{shown['id']}", f"Figure: {section(shown)}")
        for name, page in pages.items()
        for shown in page.main.select('figure[id^="figure-"]:not(.empty)')
    }


def is_to_article(href: str | None) -> bool:
    """Tell whether a link on a finished page leads to an article's."""
    return bool(href and _TARGET.match(href))


def section(element: Tag) -> str:
    """Return the heading above an element of a page, or the page's own."""
    heading = element.find_previous(["h2", "h1"])
    return " ".join(heading.get_text().split()) if heading else ""


def _use(link: Tag, page: str) -> Use:
    """Name the row of a table, or the sentence of prose, that holds a link."""
    row = link.find_parent("tr", id=True)
    if row is None:
        holder = link.find_parent(["p", "li"], id=True)
        return Use(f"{page}#{holder['id']}" if holder else page, f"Said in: {section(link)}")
    caption = row.find_parent("table").caption
    return Use(f"{page}#{row['id']}", f"Table: {' '.join(caption.get_text().split())}")
