"""The front page: every page's question, findings and first picture, each leading to the page."""

from bs4 import BeautifulSoup

from analysis.reports.index import front_page
from conftest import ROOT

HOSTILE = "<script>alert(1)</script> & “$x$” *b* `c`"
PICTURE = '<figure><img alt="Bars of a thing" src="data:image/png;base64,AAAA" width="10" height="10"></figure>'


def page(question, findings=(), picture=""):
    items = "".join(f"<li>{finding}</li>" for finding in findings)
    listed = f'<section class="findings"><ul>{items}</ul></section>' if findings else ""
    return f"<html><body><header><h1>{question}</h1></header><main>{listed}{picture}</main></body></html>"


def made(pages):
    return BeautifulSoup(front_page(pages), "html.parser")


def test_each_page_has_its_question_findings_and_picture():
    front = made(
        {"00-a.html": page("What is there?", ["Two things.", "One is red."], PICTURE), "01-b.html": page("Who?")}
    )
    headings = front.main.find_all("h2")
    assert [heading.get_text() for heading in headings] == ["What is there?", "Who?"]
    assert [heading.a["href"] for heading in headings] == ["00-a.html", "01-b.html"]
    assert [item.get_text() for item in front.main.select("ul li")] == ["Two things.", "One is red."]
    assert [picture["alt"] for picture in front.find_all("img")] == ["Bars of a thing"]
    assert front.figcaption.a["href"] == "00-a.html"


def test_what_a_page_says_never_becomes_markup():
    written = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    front = made({"a.html": page(written, [written])})
    assert front.main.h2.get_text() == HOSTILE
    assert front.main.li.get_text() == HOSTILE or HOSTILE in [item.get_text() for item in front.main.find_all("li")]
    assert not front.find_all("script")


def test_the_front_page_of_the_project_leads_to_every_page():
    front = BeautifulSoup((ROOT / "reports" / "index.html").read_text(encoding="utf-8"), "html.parser")
    pages = {path.name for path in (ROOT / "reports").glob("*.html")} - {"index.html"}
    assert {link["href"] for link in front.main.find_all("a") if not link["href"].startswith("#")} == pages
    assert front.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"].startswith(
        "default-src 'none'"
    )
