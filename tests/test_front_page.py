"""The front page: every page's question, findings and first picture, each leading to the page; and the ways on."""

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from analysis.reports import export
from analysis.reports.index import bound, front_page
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


def test_what_a_finding_rests_on_is_found_on_its_page():
    front = made({"a.html": page("Who?", ['One. (<a href="#figure-a">figure</a>, <a href="article-a.html#b1">1</a>)'])})
    assert [link["href"] for link in front.main.select(".entry ul a")] == ["a.html#figure-a", "article-a.html#b1"]


def test_what_a_page_says_never_becomes_markup():
    written = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    front = made({"a.html": page(written, [written])})
    assert front.main.h2.get_text() == HOSTILE
    assert front.main.li.get_text() == HOSTILE or HOSTILE in [item.get_text() for item in front.main.find_all("li")]
    assert not front.find_all("script")


def test_the_front_page_of_the_project_leads_to_every_page():
    front = BeautifulSoup((ROOT / "reports" / "index.html").read_text(encoding="utf-8"), "html.parser")
    pages = {path.name for path in (ROOT / "reports").glob("*.html")} - {"index.html"}
    led_to = {link["href"].partition("#")[0] for link in front.main.find_all("a")}
    assert led_to - {""} == pages
    assert front.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"].startswith(
        "default-src 'none'"
    )


def ways(page):
    return [[(link.get_text(), link["href"]) for link in nav.find_all("a")] for nav in page.select("nav.ways")]


def test_every_page_leads_to_those_beside_it_and_back():
    titles = {"0.html": "A & B?", "1.html": "<i>C</i> $D$", "2.html": "E"}
    pages = {name: export(v4.new_notebook(cells=[]), title=title) for name, title in titles.items()}
    stops = [("index.html", "What the reports say"), *titles.items()]
    made = {
        name: BeautifulSoup(bound(page, name, stops), "html.parser")
        for name, page in {"index.html": front_page(pages), **pages}.items()
    }
    assert ways(made["index.html"]) == [[("Next: A & B?", "0.html")], [("Next A & B?", "0.html")]]
    assert ways(made["1.html"])[0] == [
        ("All reports: What the reports say", "index.html"),
        ("Previous: A & B?", "0.html"),
        ("Next: E", "2.html"),
    ]
    assert [href for _, href in ways(made["0.html"])[1]] == ["index.html", "1.html"]
    assert ways(made["2.html"])[1][1] == ("Previous <i>C</i> $D$", "1.html") and len(ways(made["2.html"])[1]) == 2
    assert {nav.parent.name for nav in made["1.html"].select("nav.ways")} == {"div", "body"}


@pytest.mark.parametrize("path", sorted((ROOT / "reports").glob("*.html")), ids=lambda path: path.name)
def test_landmarks_have_names_of_their_own_and_every_page_leads_back(path):
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    names = [nav["aria-label"] for nav in page.find_all("nav")]
    assert names and len(set(names)) == len(names)
    assert path.name == "index.html" or page.header.find("a", href="index.html")
