"""The front page of the reports: each notebook's question, its findings, one picture, and where it leads."""

from __future__ import annotations

import html

from bs4 import BeautifulSoup
from nbformat import v4

from analysis.reports import export

TITLE = "What the reports say"
LEAD = "Each page asks one question of the articles and shows the words that its answer rests on."


def front_page(pages: dict[str, str]) -> str:
    """Make the front page of finished pages, given by file name in their order."""
    cells = [v4.new_markdown_cell(f"{LEAD}\n")]
    for name, page in pages.items():
        cells.append(v4.new_markdown_cell(_entry(name, BeautifulSoup(page, "html.parser"))))
    for number, cell in enumerate(cells):
        cell["id"] = f"entry-{number}"
    return export(v4.new_notebook(cells=cells), title=TITLE)


def _entry(name: str, page: BeautifulSoup) -> str:
    """Return the HTML of one page's entry: question, findings, first picture, all linked to it."""
    link = f'<a href="{html.escape(name)}">'
    question = html.escape(" ".join(page.h1.get_text().split()))
    findings = [f"<li>{html.escape(item.get_text())}</li>" for item in page.select(".findings li")]
    picture = page.select_one("main figure img")
    parts = [f"<h2>{link}{question}</a></h2>"]
    if findings:
        parts.append(f"<ul>{''.join(findings)}</ul>")
    if picture:
        caption = f"{link}Read on: {question}</a>"
        parts.append(f"<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    # Without a blank line inside, Markdown leaves a block of HTML as it is.
    return "".join(parts).replace("\n", " ")
