"""The front page of the reports, and the ways from each page to those beside it.

The front page gives each notebook's question, its findings, one picture, and where they lead. Every page
leads back to it, and to the page before and the page after: in a word at its head, by title at its foot.
"""

from __future__ import annotations

import html
from collections.abc import Container, Mapping, Sequence

import pandas as pd
from bs4 import BeautifulSoup
from nbformat import v4

from analysis.reports import FRONT_TITLE, export
from analysis.reports.links import page_name
from analysis.reports.spans import escaped

LEAD = "Each page asks one question of the articles and shows the words that its answer rests on."
ARTICLES = "The articles"
ARTICLES_LEAD = "Each as printed, with all that was read in it, and what rests on each sentence."
HEAD_MARK, FOOT_MARK = "<!-- ways at the head -->", "<!-- ways at the foot -->"


def bound(page: str, name: str, stops: Sequence[tuple[str, str]]) -> str:
    """Lead from a finished page to those beside it.

    `stops` are the file names and titles of all pages in their order, the front page first.
    """
    position = [stop for stop, _ in stops].index(name)
    # The first report has no page before it but the front page, which all lead to.
    before, after = stops[1:position][-1:], stops[position + 1 :][:1]
    ways = [("All reports", stops[:1] if position else []), ("Previous", before), ("Next", after)]
    return lead(page, [(word, *stop) for word, found in ways for stop in found])


def lead(page: str, ways: list[tuple[str, str, str]]) -> str:
    """Fill in where a page leads: each way a word for it, a file name, and the title found there."""
    at_head, at_foot = "", ""
    for word, name, title in ways:
        title = escaped(title)
        link = f'<li class="{word.split()[0].lower()}"><a href="{html.escape(name)}">'
        at_head += f'{link}{word}<span class="unseen">: {title}</span></a></li>'
        at_foot += f"{link}<span>{word}</span> {title}</a></li>"
    for mark, label, items in ((HEAD_MARK, "Reports", at_head), (FOOT_MARK, "Read on", at_foot)):
        if items:
            page = page.replace(mark, f'<nav class="ways" aria-label="{label}"><ul>{items}</ul></nav>', 1)
    return page


def front_page(pages: Mapping[str, str], articles: pd.DataFrame | None = None, have_page: Container[str] = ()) -> str:
    """Make the front page of finished pages, given by file name in their order.

    Below them stand the rows of `articles` whose page is in `have_page`, by date.
    """
    cells = [v4.new_markdown_cell(f"{LEAD}\n")]
    for name, page in pages.items():
        cells.append(v4.new_markdown_cell(_entry(name, BeautifulSoup(page, "html.parser"))))
    if articles is not None and have_page:
        cells.append(v4.new_markdown_cell(_articles(articles, have_page)))
    for number, cell in enumerate(cells):
        cell["id"] = f"entry-{number}"
    return export(v4.new_notebook(cells=cells), title=FRONT_TITLE)


def _entry(name: str, page: BeautifulSoup) -> str:
    """Return the HTML of one page's entry: question, findings, first picture, all linked to it."""
    link = f'<a href="{html.escape(name)}">'
    question = html.escape(" ".join(page.h1.get_text().split()))
    for inside in page.select('.findings a[href^="#"]'):
        inside["href"] = f"{name}{inside['href']}"
    findings = [f"<li>{item.decode_contents()}</li>" for item in page.select(".findings li")]
    picture = page.select_one("main figure img")
    parts = [f'<section class="entry"><h2>{link}{question}</a></h2>']
    if findings:
        parts.append(f"<ul>{''.join(findings)}</ul>")
    if picture:
        caption = f"{link}Read on: {question}</a>"
        parts.append(f"<figure>{picture}<figcaption>{caption}</figcaption></figure>")
    parts.append("</section>")
    # Without a blank line inside, Markdown leaves a block of HTML as it is.
    return "".join(parts).replace("\n", " ")


def _articles(articles: pd.DataFrame, have_page: Container[str]) -> str:
    """Return the HTML of the list of articles: day, title with a link, agency."""
    items = []
    for row in articles.sort_values(["published", "published_earliest", "position"]).itertuples():
        name = page_name(row.article_id)
        if name in have_page:
            day = f"{row.published:%Y-%m-%d}" if pd.notna(row.published) else "no date"
            agency = f" ({escaped(row.agency)})" if pd.notna(row.agency) else ""
            items.append(
                f'<li>{day}: <a href="{html.escape(name)}">{escaped(row.title or row.article_id)}</a>{agency}</li>'
            )
    said = f"<p>{ARTICLES_LEAD}</p>"
    return f"<h2>{ARTICLES}</h2>{said}<ul>{''.join(items)}</ul>".replace("\n", " ")
