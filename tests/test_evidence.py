"""Pages of articles: the text stays the source, marks lie over each other, links hold both ways, nothing acts."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import analysis
import analysis.reports.show as showing
from analysis import plots
from analysis.reports import export, links
from analysis.reports.article import evidence_pages
from analysis.reports.index import front_page
from analysis.reports.show import findings, say, show, svg_bytes, table
from analysis.reports.spans import KINDS, Mark, Stretch, marked, spelled
from conftest import ROOT

HOSTILE = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) \u202eback &lt; &#60; $5 *b* \x07"
)
VOID = {"meta", "link", "br", "img", "hr"}


class Reader(HTMLParser):
    """Fails where an element is closed that was not opened last; keeps the article's text as a browser does, with its marks."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.kinds = [], "", []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        around = {name for _, classes in self.open for name in classes.split()}
        if "printed" in around and not around & {"notes", "cue", "about", "given"}:
            self.text += data
            self.kinds += [around & set(KINDS)] * len(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def printed(page):
    """Return the text of an article's page, without what stands beside it."""
    return read(page).text


def pages_of(tables, *frames):
    """Export a notebook that shows tables of evidence, and make the articles' pages that go with it."""
    shown = [table(frame, caption=f"Rows {n}", links={"words": "sentence_id"}) for n, frame in enumerate(frames)]
    outputs = [new_output("execute_result", {"text/html": t._repr_html_()}, execution_count=1) for t in shown]
    cells = [new_markdown_cell("# What is there?\n\n## Which rows?")]
    cells += [new_code_cell("t", execution_count=n, outputs=[output]) for n, output in enumerate(outputs, start=1)]
    pages = {"00-rows.html": export(new_notebook(cells=cells), title="What is there?")}
    return pages, {name: page.decode() for name, page in evidence_pages(tables, pages, {}).items()}


def dangling(files):
    """List the links of pages that lead to no page or no anchor."""
    soups = {name: BeautifulSoup(page, "html.parser") for name, page in files.items()}
    anchors = {name: {str(e["id"]) for e in soup.find_all(id=True)} for name, soup in soups.items()}
    found = []
    for name, soup in soups.items():
        for link in soup.find_all("a", href=True):
            file, _, place = str(link["href"]).partition("#")
            file = file or name
            if file != "index.html" and (file not in anchors or place and unquote(place) not in anchors[file]):
                found.append((name, link["href"]))
    return found


@pytest.fixture(scope="module")
def built(seed):
    rows = seed.counts[["text", "sentence_id"]].rename(columns={"text": "words"})
    return pages_of(seed, rows)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A corpus whose every string is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "articles").mkdir()
    text = f"Police in Korrin detained at least 33 people on Monday, {HOSTILE} said. “We {HOSTILE} go on,” it said.\r\n\r\nIt rained."
    records = [
        {
            "id": f"../{HOSTILE}/{n}",
            "title": HOSTILE,
            "text": text,
            "date": "2021-03-04",
            "agency": HOSTILE,
            "url": "javascript:alert(1)",
        }
        for n in range(2)
    ]
    lines = "\n".join(json.dumps(record) for record in records)
    (folder / "articles" / "<img src=x onerror=a()>.jsonl").write_text(lines, encoding="utf-8")
    actors = {
        "actor_id": "korrin",
        "name": HOSTILE,
        "type": "state",
        "camp": "west",
        "country": "ZZ",
        "alias": "Korrin",
    }
    rest = {"kind": "name", "valid_from": "", "valid_to": "", "source": "test", "note": ""}
    pd.DataFrame([{**actors, **rest}]).to_csv(folder / "actors.csv", index=False)
    return analysis.load(folder)


# Names and addresses.


@given(st.lists(st.text(), unique=True, max_size=20))
def test_file_names_are_safe_and_one_an_article(ids):
    names = [links.page_name(article_id) for article_id in ids]
    assert len(set(names)) == len(ids)
    assert all(re.fullmatch(r"article-[a-z0-9_-]{1,100}\.html", name) for name in names)


def test_a_readable_id_stays_and_any_other_gets_a_hash():
    assert links.page_name("a-bridge-is-closed") == "article-a-bridge-is-closed.html"
    assert re.fullmatch(r"article-a-bridge_[0-9a-f]{12}\.html", links.page_name("../A Bridge!"))
    assert links.page_name("A-Bridge") != links.page_name("a-bridge")


def test_addresses_name_page_and_anchor():
    assert links.address("a.b3.s2") == "/files/reports/article-a.html#b3.s2"
    assert links.address("a.b1.s0.b12") == f"/files/reports/{links.page_name('a.b1.s0')}#b12"
    assert links.beside_figures(links.address("a.b3")) == "../reports/article-a.html#b3"
    with pytest.raises(ValueError, match="no id of a block"):
        links.address("a")


# Links in a notebook.


@pytest.fixture
def shown(monkeypatch):
    """The markup that was displayed, one string a call."""
    markup = []
    monkeypatch.setattr(showing, "display", lambda bundle, *, raw: markup.append(bundle["text/html"]))
    return markup


def hrefs(html):
    return [(a["href"], a.get_text()) for a in BeautifulSoup(html, "html.parser").find_all("a")]


def test_cells_of_a_table_lead_to_what_another_column_names():
    rows = {"words": [HOSTILE, "b"], "sentence_id": ["a.b1.s0", None], "title": ["A", "B"], "article_id": ["a", "../b"]}
    made = table(pd.DataFrame(rows), caption="Rows", links={"words": "sentence_id", "title": "article_id"})
    soup = BeautifulSoup(made._repr_html_(), "html.parser")
    assert [head.get_text() for head in soup.thead.find_all("th")] == ["words", "title"]
    assert hrefs(str(soup)) == [
        ("/files/reports/article-a.html#b1.s0", spelled(HOSTILE)),
        ("/files/reports/article-a.html", "A"),
        (links.IN_JUPYTER + links.page_name("../b"), "B"),
    ]


@pytest.mark.parametrize("n, numbers", [(0, []), (1, ["1"]), (5, ["1", "2", "3", "4", "5"]), (6, [])])
def test_a_sentence_leads_to_a_handful_of_rows(shown, n, numbers):
    rows = pd.DataFrame({"sentence_id": [f"a.b1.s{i}" for i in range(n)] * 2}, dtype="string")
    say("There are some.", of=rows)
    assert hrefs(shown[0]) == [(f"/files/reports/article-a.html#b1.s{i}", n) for i, n in enumerate(numbers)]


def test_findings_lead_to_figures_and_articles(shown):
    findings("None.", ("One.", "a-figure"), ("Two.", pd.DataFrame({"article_id": ["a"]})))
    assert hrefs(shown[0]) == [("#figure-a-figure", "figure"), ("/files/reports/article-a.html", "1")]


def test_a_figure_whose_marks_lead_somewhere_has_its_svg_beside_it(shown):
    for url in (None, "../reports/article-a.html#b1.s0"):
        figure, ax = plt.subplots()
        figure.set_label("a-figure")
        ax.scatter([1, 2], [1, 2]).set_urls([url, url])
        show(figure, alt="Two dots.", caption="Two.")
    outputs = [new_output("display_data", {"text/html": html}) for html in shown]
    cells = [new_markdown_cell("# Dots?"), new_code_cell(execution_count=1, outputs=outputs)]
    page = BeautifulSoup(export(new_notebook(cells=cells)), "html.parser")
    assert [figure["id"] for figure in page.find_all("figure")] == ["figure-a-figure", "figure-a-figure-2"]
    assert [a["href"] for a in page.select("figcaption a")] == ["../figures/a-figure.svg"]


# The text.


@st.composite
def texts(draw):
    """A text with its start in the source, cut into sentences, and marks anywhere, over each other and over borders."""
    text = draw(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("<>&\"'\r\n\x00\u202e")), max_size=60))
    shift = draw(st.integers(0, 50))
    place = st.integers(shift, shift + len(text))
    cuts = sorted(draw(st.sets(place, max_size=6)))
    sentences = [Stretch(a, b, f"b1.s{n}") for n, (a, b) in enumerate(zip(cuts, cuts[1:], strict=False))]
    beyond = st.integers(0, shift + len(text) + 20)
    spans = draw(st.lists(st.tuples(beyond, beyond, st.sampled_from(list(KINDS))), max_size=8))
    return text, shift, sentences, [Mark(a, b, kind, f"m{n}", "n.b1") for n, (a, b, kind) in enumerate(spans)]


@given(texts())
def test_the_text_stays_the_source_whatever_is_marked(given_text):
    text, shift, sentences, marks = given_text
    html = f'<p class="printed">{marked(text, shift, sentences, marks)}</p>'
    found = read(html)
    assert found.text == spelled(text)
    if found.text == text:
        over = [{mark.kind for mark in marks if mark.start <= shift + n < mark.end} for n in range(len(text))]
        assert found.kinds == over
    soup = BeautifulSoup(html, "html.parser")
    letters = [letter.get_text() for letter in soup.select(".cue a")]
    inside = [mark for mark in marks if max(mark.start, shift) < min(mark.end, shift + len(text))]
    assert sorted(letters) == sorted(KINDS[mark.kind].letter for mark in inside)
    assert {e["id"] for e in soup.find_all(id=True)} == {s.id for s in sentences} | {mark.id for mark in inside}


def test_five_marks_may_lie_over_one_word():
    marks = [Mark(0, 4, kind, kind, "n.b1") for kind in list(KINDS)[:5]]
    soup = BeautifulSoup(marked("Dean fled.", 0, [Stretch(0, 10, "b1.s0")], marks), "html.parser")
    assert soup.find(string="Dean").parent["class"] == list(KINDS)[:5]
    assert [a.get_text() for a in soup.select(".cue a")] == ["m", "q", "s", "n", "p"]


def test_unseen_characters_are_spelled_out():
    assert spelled("a\u202eb\x07c\ud800\nd\te") == "a[U+202E]b[U+0007]c[U+D800]\nd\te"


# The pages.


def test_every_page_holds_its_article_to_the_character(seed, built):
    _, made = built
    assert list(made) == [links.page_name(article_id) for article_id in seed.articles["article_id"]]
    for article_id, blocks in seed.blocks.groupby("article_id"):
        assert printed(made[links.page_name(article_id)]) == spelled("".join(blocks["text"]))


@pytest.mark.parametrize(("agency", "whose"), [("Doe Wire", "its agency’s"), (None, "its owner’s")])
def test_the_rights_are_nobodys_who_is_not_named(tmp_path, agency, whose):
    record = {"title": "Bridge Opens", "text": "It rained.", "agency": agency}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    _, made = pages_of(analysis.load(tmp_path / "a.jsonl"))
    assert all(f"The rights in it are {whose}." in page for page in made.values()) and made


def test_every_row_is_marked_and_said(seed, built):
    _, made = built
    for article_id in seed.articles["article_id"]:
        soup = BeautifulSoup(made[links.page_name(article_id)], "html.parser")
        for kind, frame in (("count", seed.counts), ("event", seed.sanction_events), ("mention", seed.mentions)):
            n = int((frame["article_id"] == article_id).sum())
            anchors = [e["id"] for e in soup.select(f'.row span[id^="{kind}-"]')]
            assert sorted(anchors) == sorted(f"{kind}-{i}" for i in range(1, n + 1))
            assert {a["href"] for a in soup.select(f'.note a[href^="#{kind}-"]')} == {f"#{i}" for i in anchors}


def test_links_lead_from_a_row_to_its_sentence_and_back(seed, built):
    pages, made = built
    assert dangling(pages | made) == []
    soup = BeautifulSoup(pages["00-rows.html"], "html.parser")
    rows = soup.select("tr[id]")
    assert len(rows) == len(seed.counts)
    for row, sentence_id in zip(rows, seed.counts["sentence_id"], strict=True):
        name, _, place = row.a["href"].partition("#")
        page = BeautifulSoup(made[name], "html.parser")
        assert spelled(seed.sentences.set_index("sentence_id").loc[sentence_id, "text"]).startswith(
            page.find(id=place).find(string=True)
        )
        note = page.find(id=f"n.{place}")
        assert f"00-rows.html#{row['id']}" in [a["href"] for a in note.select(".used a")]


def test_points_of_a_figure_lead_to_a_sentence_and_back(seed):
    drawn = plots.picture("detention-figures", seed)
    svg = svg_bytes(drawn.figure)
    shown = '<figure id="figure-detention-figures"><img alt="Dots" src="data:image/png;base64,AA"></figure>'
    output = new_output("display_data", {"text/html": shown})
    node = new_notebook(
        cells=[new_markdown_cell("# Who?\n\n## How many?"), new_code_cell(execution_count=1, outputs=[output])]
    )
    made = evidence_pages(seed, {"03.html": export(node)}, {"detention-figures.svg": svg})
    for sentence_id in drawn.data["sentence_id"]:
        name, _, place = links.address(sentence_id).removeprefix(links.IN_JUPYTER).partition("#")
        assert f'xlink:href="../reports/{name}#{place}"'.encode() in svg
        used = BeautifulSoup(made[name], "html.parser").find(id=f"n.{place}").select_one(".used a")
        assert (used["href"], used.get_text()) == ("03.html#figure-detention-figures", "Figure: How many?")


def test_of_many_articles_only_those_that_something_leads_to_have_a_page(seed, monkeypatch):
    monkeypatch.setattr("analysis.reports.article.MOST_PAGES", 3)
    rows = seed.counts[["text", "sentence_id", "article_id"]].rename(columns={"text": "words"})
    pages, made = pages_of(seed, rows.head(1).drop(columns="article_id"))
    assert list(made) == [links.page_name(rows["article_id"].iloc[0])]
    assert dangling(pages | made) == []


def test_the_front_page_lists_the_articles_by_date(seed, built):
    pages, made = built
    front = BeautifulSoup(front_page(pages, seed.articles, made), "html.parser")
    listed = [a["href"] for a in front.select('li a[href^="article-"]')]
    assert sorted(listed) == sorted(made)
    days = [li.get_text()[:10] for li in front.main.find_all("li") if li.find("a", href=listed.__contains__)]
    assert days == sorted(days)


def test_hostile_text_never_becomes_markup(hostile):
    rows = hostile.sentences[["text", "sentence_id"]].rename(columns={"text": "words"})
    pages, made = pages_of(hostile, rows)
    front = front_page(pages, hostile.articles, made)
    assert len(made) == 2 and dangling(pages | made) == []
    for name, page in {"index.html": front, **made}.items():
        soup = BeautifulSoup(page, "html.parser")
        assert not soup.find_all(["script", "img", "iframe", "form", "base"])
        assert soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"].startswith(
            "default-src 'none'"
        )
        for element in soup.find_all(True):
            assert not any(attribute.startswith("on") or attribute == "style" for attribute in element.attrs)
        assert all(re.match(r"#|[a-z0-9_-]+\.html", a["href"]) for a in soup.find_all("a"))
        assert not re.search("[\x00-\x08\u202a-\u202e]", page)
        if name in made:
            assert soup.h1.find(string=re.compile("<script>alert"))
    for article_id, blocks in hostile.blocks.groupby("article_id"):
        assert printed(made[links.page_name(article_id)]) == spelled("".join(blocks["text"]))


# What is committed.


def test_in_the_project_every_link_leads_somewhere_and_every_article_has_a_page(seed):
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "reports").glob("*.html")}
    inside = {name: re.sub(r'href="\.\./[^"]*"', "", page) for name, page in files.items()}
    assert [link for link in dangling(inside) if not link[1].startswith("http")] == []
    assert {links.page_name(article_id) for article_id in seed.articles["article_id"]} <= set(files)
    for path in (ROOT / "figures").glob("*.svg"):
        for target, place in re.findall(
            r'xlink:href="\.\./reports/([^"#]+)#([^"]+)"', path.read_text(encoding="utf-8")
        ):
            assert f'id="{place}"' in files[target], path.name


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_every_table_of_sentences_in_a_notebook_has_links(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and re.search(r"^table\(", cell.source, re.MULTILINE):
            is_of_rows = re.search(r"table\((found|answers|evidence|stated|named|wrong|scorer\.worst)", cell.source)
            assert not is_of_rows or "links=" in cell.source
