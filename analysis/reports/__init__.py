"""Executed notebooks to web pages: one file each, readable anywhere, the same bytes every time.

A page loads nothing and runs nothing: pictures are inside it, there is no script, and a policy in its
head forbids both. It is checked before it is handed out, because an article may contain anything: what
is not in the short lists of elements and attributes below is refused, and so is a notebook that failed,
was not run, or shows a picture without a description. Refusing beats mending: a report is published.

nbconvert renders the cells with the template beside this file; what only the whole page can know
(contents, unique names, the policy's hash) is filled in afterwards. Formulas are left as written.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import os
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from analysis.reports.links import FIGURES_BESIDE, IN_JUPYTER, is_to_article

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from nbformat import NotebookNode

FOLDER = Path(__file__).parent
FRONT_PAGE, FRONT_TITLE = "index.html", "What the reports say"
DESCRIPTION_LENGTH = 200
SVG_LINK = "The same figure, with marks that lead to their sentences"
OUTPUT_TYPES = {"text/html", "text/markdown", "text/plain"}
LINK_SCHEMES = {"http:", "https:", "mailto:"}
ELEMENTS = set(
    "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 "
    "h5 h6 hr i img li mark nav ol p pre q s section small span strong sub summary sup table tbody td "
    "tfoot th thead time tr ul".split()
)
ATTRIBUTES = set(
    "alt aria-label class colspan data-cell datetime dir height href id lang role rowspan scope src start "
    "tabindex title width".split()
)


class ReportError(ValueError):
    """A notebook that must not become a report; the message names the notebook, the cell and the cause."""


def export(notebook: str | os.PathLike[str] | NotebookNode, *, title: str | None = None) -> str:
    """Make one complete HTML page of an executed notebook.

    `notebook` is a path or a notebook already read; `title` replaces the first heading as the page's
    name and stands as its heading where the notebook has none. The page has LF line ends and ends with
    one. Raises ReportError if the notebook failed or was not run, if its headings skip a level or are
    not led by a single h1, and for content that a page without scripts cannot hold safely.
    """
    # Notebooks import this package for `show`; they need not wait a second for nbconvert.
    import nbformat
    from bs4 import BeautifulSoup
    from nbconvert.exporters import HTMLExporter

    if isinstance(notebook, str | os.PathLike):
        name, node = Path(notebook).name, nbformat.read(notebook, as_version=4)
    else:
        name, node = "", notebook
    try:
        _check_cells(node)
        exporter = HTMLExporter(
            template_name="template",
            extra_template_basedirs=[str(FOLDER.resolve())],
            exclude_anchor_links=True,
        )
        # A fragment that closes what it did not open must not end the cell around it.
        exporter.register_filter("balanced", lambda html: str(BeautifulSoup(html, "html.parser")))
        body, _ = exporter.from_notebook_node(node, {"notebook": name})
        page = BeautifulSoup(body, "html.parser")
        _clean(page)
        _set_anchors(page)
        _set_headings(page, title)
    except ReportError as error:
        raise ReportError(f"{name or 'notebook'}: {error}") from None
    _set_labels(page)
    _gather_code(page)
    _set_policy(page)
    lines = str(page).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n") + "\n"


def _check_cells(node: NotebookNode) -> None:
    for position, cell in enumerate(node.cells, start=1):
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None:
            raise ReportError(f"cell {position} is empty or was not run")
        where = f"cell {position} (In [{cell.execution_count}])"
        for output in cell.outputs:
            if output.output_type == "error":
                raise ReportError(f"{where} failed with {output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                raise ReportError(f"{where} wrote to stderr: {output.text.strip()[:200]}")
            foreign = sorted(set(output.get("data", {})) - OUTPUT_TYPES)
            if foreign:
                raise ReportError(f"{where} shows {foreign[0]}, which carries no description; use show()")


def _clean(page: BeautifulSoup) -> None:
    """Drop inline styles and comments, point links at pages, and refuse what is not allowed."""
    from bs4.element import PreformattedString

    # Browsers and parsers disagree where a comment ends.
    for comment in page.main.find_all(string=lambda string: isinstance(string, PreformattedString)):
        comment.extract()
    for element in page.main.find_all(True):
        # Inline styles are for JupyterLab; only a Markdown table says something with one.
        if "text-align:right" in element.attrs.pop("style", "").replace(" ", ""):
            element["class"] = [*element.get("class", []), "number"]
        if element.name not in ELEMENTS:
            made = "show(), table(), findings() and say() do not make"
            raise ReportError(f"{_place(element)} has the element <{element.name}>, which {made}")
        for attribute in element.attrs:
            if attribute not in ATTRIBUTES:
                raise ReportError(f"{_place(element)} has the attribute {attribute!r}")
        if element.name == "img":
            # nbconvert fills a missing description with a sentence of its own.
            if not element["alt"].strip() or element["alt"].startswith("No description has been"):
                raise ReportError(f"{_place(element)} has a picture without a description")
            if not element.get("src", "").startswith("data:image/"):
                raise ReportError(f"{_place(element)} has a picture that lies outside the page")
        if "href" in element.attrs:
            element["href"] = _link(element)


def _link(element: Tag) -> str:
    """Return where a link leads: a notebook's link leads to its page, which lies beside this one."""
    # Browsers read "java\nscript:" as a scheme, too.
    href = re.sub(r"[\x00-\x20]", "", str(element["href"]))
    scheme = re.match(r"[^/?#]*?:", href)
    if scheme and scheme[0].lower() not in LINK_SCHEMES:
        raise ReportError(f"{_place(element)} has a link to {href[:80]!r}")
    if href.startswith(IN_JUPYTER):
        return href.removeprefix(IN_JUPYTER)
    beside = re.fullmatch(r"(?!//)(?:[^:?#]*/)?([^/:?#]+)\.ipynb(#.*)?", href)
    return f"{beside[1]}.html{beside[2] or ''}" if beside else href


def _set_anchors(page: BeautifulSoup) -> None:
    """Let each id occur once, give one to whatever leads to an article, and link figures to their SVG."""
    for figure in page.main.select('figure.leads[id^="figure-"]'):
        # In Jupyter such a link would lead to a picture in which no other works.
        name = quote(str(figure["id"]).removeprefix("figure-"))
        link = page.new_tag("a", href=f"{FIGURES_BESIDE}{name}.svg", string=SVG_LINK)
        figure.figcaption.extend([" ", link, "."])
    used = {str(page.main["id"])}
    for element in page.main.find_all(id=True):
        element["id"] = _unique(str(element["id"]), used, "{}-{}")
    for number, table in enumerate(page.main.find_all("table"), start=1):
        for position, row in enumerate(table.select("tbody tr"), start=1):
            if row.find("a", href=is_to_article):
                row["id"] = f"table-{number}-row-{position}"
    said = (element for element in page.main.find_all(["p", "li"]) if element.find("a", href=is_to_article))
    for number, element in enumerate(said, start=1):
        element["id"] = f"said-{number}"


def _place(element: Tag) -> str:
    cell = element if element.has_attr("data-cell") else element.find_parent(attrs={"data-cell": True})
    if cell is not None:
        return f"cell In [{cell['data-cell']}]"
    text = " ".join(element.find_parent(class_="cell").get_text().split())
    return f"the text cell {textwrap.shorten(text, 60, placeholder=' …')!r}"


def _set_headings(page: BeautifulSoup, title: str | None) -> None:
    """Check the headings, give them ids, and fill in title, description and contents."""
    headings = page.main.find_all(re.compile("^h[1-6]$"))
    if title and not any(heading.name == "h1" for heading in headings):
        headings.insert(0, page.new_tag("h1", string=title))
    level = 0
    for heading in headings:
        if (heading.name == "h1") != (level == 0) or int(heading.name[1]) > level + 1:
            raise ReportError(f"heading {_text(heading)!r} ({heading.name}) does not follow h{level}")
        level = int(heading.name[1])
    if not headings:
        raise ReportError("there is no first heading, which would be the title")

    used = {str(element["id"]) for element in page.find_all(id=True)}
    for heading in headings:
        # The same rule as JupyterLab's, so that links to headings work in both.
        heading["id"] = _unique(re.sub(r"\s+", "-", _text(heading)), used, "{}-{}")
    first, *others = headings
    page.header.append(first)
    page.title.string = title or _text(first)
    lead = copy.copy(page.select_one(".findings li") or page.select_one(".cell p") or first)
    for rests in lead.select(".rests"):
        rests.decompose()
    description = textwrap.shorten(_text(lead), DESCRIPTION_LENGTH, placeholder=" …")
    page.find("meta", attrs={"name": "description"})["content"] = description

    sections = [heading for heading in others if heading.name == "h2"]
    for heading in sections:
        link = page.new_tag("a", href="#" + quote(heading["id"]), string=_text(heading))
        if heading.a and _text(heading.a) == _text(heading):
            link["href"] = heading.a["href"]
        item = page.new_tag("li")
        item.append(link)
        page.nav.ol.append(item)
    if sections:
        (sections[0].find_parent("section") or sections[0]).insert_before(page.nav.extract())
    else:
        page.nav.decompose()


def _set_labels(page: BeautifulSoup) -> None:
    """Let the keyboard reach whatever scrolls, and give it a name that occurs once."""
    for table in page.main.find_all("table"):
        if not table.find_parent(class_="table"):
            region = {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Table"}
            table.wrap(page.new_tag("div", attrs=region))
            for head in table.select("thead th"):
                head["scope"] = "col"
    for picture in page.main.select("figure img"):
        picture.wrap(
            page.new_tag("div", attrs={"class": "picture", "role": "group", "tabindex": "0", "aria-label": "Figure"})
        )
    for block in page.main.find_all("pre"):
        cell = block.find_parent(attrs={"data-cell": True})
        is_output = "output" in block.get("class", [])
        label = ("Output" if is_output else "Code") + (f" of cell {cell['data-cell']}" if cell else "")
        # Code is no landmark: a page has dozens of such blocks, mostly folded.
        role = "region" if is_output else "group"
        block.attrs.update({"role": role, "tabindex": "0", "aria-label": label})
    used: set[str] = set()
    for element in page.find_all(attrs={"aria-label": True}):
        element["aria-label"] = _unique(str(element["aria-label"]), used, "{} ({})")


def _gather_code(page: BeautifulSoup) -> None:
    """Fold code together with the next cell's where its own fold would part what is read together.

    That is where a cell shows nothing, and where the next only says a sentence about what was shown.
    """
    for cell in page.select(".code"):
        following = cell.find_next_sibling()
        if following is None or "code" not in following["class"]:
            continue
        *shown, fold = cell.find_all(True, recursive=False)
        *said, target = following.find_all(True, recursive=False)
        if not shown or {element.name for element in said} == {"p"}:
            target.summary.insert_after(*fold.find_all("div", recursive=False))
            (fold if shown else cell).decompose()


def _set_policy(page: BeautifulSoup) -> None:
    page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"] = policy(page.style.string)


def policy(style: str) -> str:
    """Return the content security policy of a page with one style sheet: nothing else may act or load."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _text(element: Tag) -> str:
    return " ".join(element.get_text().split())


def _unique(name: str, used: set[str], pattern: str) -> str:
    number, candidate = 1, name
    while candidate in used:
        number += 1
        candidate = pattern.format(name, number)
    used.add(candidate)
    return candidate
