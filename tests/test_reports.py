"""Reports: what stands on a page, what is refused, and that the bytes are the same every time."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

import analysis.reports.show as showing
from analysis.reports import ReportError, export, links
from analysis.reports.show import MOST_CELLS, Drawn, findings, png_bytes, say, show, svg_bytes, table

HOSTILE = "<script>alert('1')</script> \"javascript:alert(1)\" \u202eback\u202c & $5 <img src=x onerror=a()>"
VISIBLE = HOSTILE.replace("\u202e", "[U+202E]").replace("\u202c", "[U+202C]")

SOURCES = [
    "# Who was named, and when?\n\nTwelve invented reports.",
    "import matplotlib.pyplot as plt\nimport pandas as pd\nfrom analysis.reports.show import findings, show, table",
    "n = 12",
    'findings(f"All {n} reports name someone.", "“At least” is a bound.")',
    "## What can it not say?\n\nSee [the corpus](00-corpus.ipynb), "
    "[trust](../notebooks/05-trust.ipynb#What-then?) and [the method](https://example.org/method.ipynb).\n\n| kind | n |\n| :-- | --: |\n| dozens | 24 |",
    'fig, ax = plt.subplots()\nax.plot([1, 2, 3])\nshow(fig, alt="A line rises.", caption="One line.")',
    "## How many?\n\n### Say it again\n\n```python\nbounds('dozens')\n```",
    'table(pd.DataFrame({"who": ["A", "B"], "n": [1, None]}), caption="Who and how often")',
    "## How many?",
    'table(pd.DataFrame({"who": ["C"], "n": [2]}), caption="Who and how often")',
    'print("\\x1b[31mred\\x1b[0m   ")\nn',
]


def node_of(*cells: str | NotebookNode) -> NotebookNode:
    """Make a notebook of text cells and of cells already made, numbered as if they had been run."""
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    for number, cell in enumerate((cell for cell in made if cell.cell_type == "code"), start=1):
        cell.execution_count = number
    for position, cell in enumerate(made):
        cell.id = f"cell-{position}"
    return new_notebook(cells=made, metadata={"language_info": {"name": "python"}})


def displayed(**data: str) -> NotebookNode:
    """Make a code cell with one output: html, markdown or plain text."""
    names = {"html": "text/html", "markdown": "text/markdown", "plain": "text/plain", "png": "image/png"}
    bundle = {names[kind]: value for kind, value in data.items()}
    return new_code_cell("shown()", outputs=[new_output("display_data", data=bundle)])


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A notebook executed by a real kernel."""
    node = node_of(*(new_code_cell(s) if s[0] not in "#" else s for s in SOURCES))
    NotebookClient(node, record_timing=False, kernel_name="python3").execute()
    path = tmp_path_factory.mktemp("notebooks") / "01-who.ipynb"
    nbformat.write(node, path)
    return path


@pytest.fixture(scope="module")
def text(path):
    return export(path)


@pytest.fixture(scope="module")
def page(text):
    return BeautifulSoup(text, "html.parser")


@pytest.fixture
def shown(monkeypatch):
    """The bundles that were displayed."""
    bundles: list[dict[str, str]] = []

    def display(bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        bundles.append(bundle)

    monkeypatch.setattr(showing, "display", display)
    return bundles


@pytest.fixture
def figure():
    figure, ax = plt.subplots(figsize=(4, 3))
    ax.plot([3, 1, 2], label="a line")
    ax.legend()
    yield figure
    plt.close(figure)


# The page


def test_page_is_the_same_every_time(path, text):
    assert export(path) == text
    assert export(str(path)) == text
    assert text.endswith("</html>\n")
    assert "\r" not in text
    assert not re.search(r"[ \t]$", text, flags=re.MULTILINE)


def test_export_leaves_the_notebook_as_it_was(path):
    node = nbformat.read(path, as_version=4)
    before = nbformat.writes(node)
    export(node)
    assert nbformat.writes(node) == before


def test_head_names_and_describes_the_page(page):
    assert page.html["lang"] == "en"
    assert page.title.string == "Who was named, and when?"
    assert page.find("meta", attrs={"name": "description"})["content"] == "All 12 reports name someone."
    assert page.find("meta", attrs={"name": "viewport"})


def test_policy_allows_only_what_is_on_the_page(page):
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    digest = base64.b64encode(hashlib.sha256(page.style.string.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:; ")
    assert f"style-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_page_runs_nothing_and_loads_nothing(page):
    assert not page.find_all(["script", "iframe", "object", "embed", "base", "form"])
    assert len(page.find_all("style")) == 1
    assert "url(" not in page.style.string and "@import" not in page.style.string
    for element in page.find_all(True):
        assert not any(name.startswith("on") or name in ("style", "srcset") for name in element.attrs)
        assert element.get("src", "data:").startswith("data:")
        if element.name == "link":
            assert element["href"].startswith("data:")


def test_headings_are_in_order_and_ids_occur_once(page):
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {"main", "How-many?", "How-many?-2", "Say-it-again"} <= set(ids)


def test_landmarks_and_contents(page):
    assert [len(page.find_all(name)) for name in ("header", "main", "nav", "footer", "h1")] == [1] * 5
    assert page.header.h1
    skip = page.body.find("a")
    assert skip["href"] == "#" + page.main["id"]
    links = [(unquote(a["href"]), a.string) for a in page.nav.find_all("a")]
    assert links == [("#" + h2["id"], h2.get_text()) for h2 in page.find_all("h2")]
    assert "01-who.ipynb" in page.footer.get_text() and "make" in page.footer.get_text()


def test_contents_follow_the_findings(page):
    order = [e.name for e in page.main.find_all(["section", "nav", "h2"])]
    assert order[:3] == ["section", "nav", "h2"]


def test_links_to_notebooks_become_links_to_pages(page):
    links = [a["href"] for a in page.main.find_all("a") if not a.find_parent("nav")]
    assert links == ["00-corpus.html", "05-trust.html#What-then?", "https://example.org/method.ipynb"]


def test_a_heading_that_is_a_link_stands_in_the_contents_with_its_target():
    page = BeautifulSoup(export(node_of("# T", "## [There](a.ipynb)\n\n## Of [it](b.ipynb)")), "html.parser")
    assert [a["href"] for a in page.nav.find_all("a")] == ["a.html", "#Of-it"]


def test_every_picture_is_described(page):
    assert page.figure.img.parent["tabindex"] == "0" and page.figure.img.parent["aria-label"] == "Figure"
    assert [image["alt"] for image in page.find_all("img")] == ["A line rises."]
    assert page.figure.figcaption.string == "One line."


def test_tables_have_captions_and_scoped_headers(page):
    written, first, second = page.find_all("table")
    assert [th["scope"] for th in written.find_all("th")] == ["col", "col"]
    assert written.find_all("td")[1]["class"] == ["number"]
    for made in (first, second):
        assert made.caption.get_text() == "Who and how often"
        assert [th["scope"] for th in made.thead.find_all("th")] == ["col", "col"]
        assert all(row.th["scope"] == "row" for row in made.tbody.find_all("tr"))
    assert [cell.string for cell in first.find_all("td")] == ["1", "–"]


def test_what_scrolls_is_reached_by_keyboard_and_named_once(page):
    for block in [*page.find_all("pre"), *page.find_all(class_="table")]:
        assert block["tabindex"] == "0"
        assert block["role"] == ("group" if block.find_parent(["details", "div"], "highlight") else "region")
    labels = [element["aria-label"] for element in page.find_all(attrs={"aria-label": True})]
    assert len(labels) == len(set(labels))
    assert {"Who and how often", "Who and how often (2)", "Output of cell 7 (2)"} < set(labels)
    assert {"Table", "Code"} < set(labels)


def test_code_is_folded_beneath_the_next_result(page):
    cell = page.find(class_="findings").parent
    assert [child.name for child in cell.find_all(True, recursive=False)] == ["section", "details"]
    labels = [block["aria-label"] for block in cell.details.find_all("pre")]
    assert labels == ["Code of cell 1", "Code of cell 2", "Code of cell 3"]
    shown = [block["aria-label"] for block in page.select("details pre")]
    assert shown == [f"Code of cell {number}" for number in range(1, 8)]
    assert not any(fold.has_attr("open") for fold in page.find_all("details"))


def test_a_sentence_follows_its_figure_before_the_code():
    cells = [displayed(html=markup) for markup in ("<figure></figure>", "<p>So.</p>", "<ul></ul>")]
    page = BeautifulSoup(export(node_of("# T", *cells)), "html.parser")
    shown = [element.name for cell in page.select(".code") for element in cell.find_all(True, recursive=False)]
    assert shown == ["figure", "p", "details", "ul", "details"]
    assert [len(fold.find_all("pre")) for fold in page.find_all("details")] == [2, 1]


def test_printed_output_has_no_terminal_colours(page):
    outputs = [block.string for block in page.find_all("pre", class_="output")]
    assert outputs == ["\nred\n", "\n12"]


def test_last_cell_without_result_keeps_its_code():
    page = BeautifulSoup(export(node_of("# T", "text", new_code_cell("n = 1"))), "html.parser")
    assert page.main.details
    assert not page.nav
    assert page.find("meta", attrs={"name": "description"})["content"] == "text"
    assert "an executed notebook" in page.footer.get_text()


def test_raw_cells_are_left_out():
    assert "draft" not in export(node_of("# T", new_raw_cell("a draft")))


@pytest.mark.parametrize("cells", [["text"], ["## Part\n\ntext"]])
def test_title_stands_in_for_a_missing_heading(cells):
    page = BeautifulSoup(export(node_of(*cells), title="A <title>"), "html.parser")
    assert page.title.string == page.h1.string == "A <title>"


def test_title_does_not_replace_a_heading():
    page = BeautifulSoup(export(node_of("# T & *t*"), title="Other"), "html.parser")
    assert (page.title.string, page.h1.get_text()) == ("Other", "T & t")


# What is refused


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        (new_output("error", ename="KeyError", evalue="'n'", traceback=[]), "failed with KeyError: 'n'"),
        (new_output("stream", name="stderr", text="DeprecationWarning: old\n"), "wrote to stderr: Deprec"),
        (new_output("display_data", data={"image/png": "iVBO", "text/plain": "<Figure>"}), "shows image/png"),
        (new_output("display_data", data={"application/javascript": "alert(1)"}), "shows application/java"),
    ],
)
def test_failed_notebooks_are_refused(tmp_path, output, cause):
    node = node_of("# T", new_code_cell("n"), new_code_cell("n", outputs=[output]))
    nbformat.write(node, tmp_path / "02-bad.ipynb")
    with pytest.raises(ReportError, match=re.escape(cause)) as caught:
        export(tmp_path / "02-bad.ipynb")
    assert str(caught.value).startswith("02-bad.ipynb: cell 3 (In [2]) ")


def test_a_cell_that_was_not_run_is_refused():
    node = node_of("# T", new_code_cell("n"))
    node.cells[1].execution_count = None
    with pytest.raises(ReportError, match="notebook: cell 2 is empty or was not run"):
        export(node)


@pytest.mark.parametrize(
    ("cells", "cause"),
    [
        (["text"], "no first heading"),
        (["## Part", "# Title"], "'Part' (h2) does not follow h0"),
        (["# Title", "# Again"], "'Again' (h1) does not follow h1"),
        (["# Title", "### Deep"], "'Deep' (h3) does not follow h1"),
    ],
)
def test_headings_out_of_order_are_refused(cells, cause):
    with pytest.raises(ReportError, match=re.escape(cause)):
        export(node_of(*cells))


@pytest.mark.parametrize(
    ("markup", "cause"),
    [
        ("<script>alert(1)</script>", "the element <script>"),
        ("</div></main></body><script>alert(1)</script>", "the element <script>"),
        ("<style>p {}</style>", "the element <style>"),
        ("<svg><a></a></svg>", "the element <svg>"),
        ("<p onclick=alert(1)>p</p>", "the attribute 'onclick'"),
        ('<img alt="a" src="https://example.org/a.png">', "outside the page"),
        ('<img alt="a">', "outside the page"),
        ('<img src="data:image/png;base64,AA==">', "a picture without a description"),
        ('<img alt=" " src="data:image/png;base64,AA==">', "a picture without a description"),
        ('<a href="java\nscript:alert(1)">a</a>', "a link to 'javascript:alert(1)'"),
        ('<a href="DATA:text/html,a">a</a>', "a link to 'DATA:text/html,a'"),
    ],
)
def test_content_that_is_not_safe_is_refused(markup, cause):
    for cell, place in ((displayed(html=markup), "cell In [1]"), ("so\n\n" + markup, "the text cell ")):
        with pytest.raises(ReportError) as caught:
            export(node_of("# T", cell))
        assert cause in str(caught.value) and place in str(caught.value)


def test_fragments_stay_in_their_cells():
    inside = "<p>in</p></div></main></body><!--><b>out</b>--><p style='color: red'>still in"
    page = BeautifulSoup(export(node_of("# T", displayed(html=inside), "after")), "html.parser")
    assert "out" not in page.main.get_text()
    assert [len(cell.find_all("p")) for cell in page.main.find_all(class_="cell")] == [0, 2, 1]
    assert not page.find(style=True)


def test_text_and_markdown_outputs_are_shown():
    cells = [displayed(plain="a <b>\r\nc"), displayed(markdown="*so*")]
    page = BeautifulSoup(export(node_of("# T", *cells)), "html.parser")
    assert page.find("pre", class_="output").string == "\na <b>\nc"
    assert page.main.em.string == "so"


# Figures, findings and tables


def test_pictures_are_the_same_every_time(figure):
    again, ax = plt.subplots(figsize=(4, 3))
    ax.plot([3, 1, 2], label="a line")
    ax.legend()
    assert png_bytes(figure) == png_bytes(figure) == png_bytes(again)
    assert svg_bytes(figure) == svg_bytes(figure) == svg_bytes(again)
    plt.close(again)


def test_pictures_tell_nothing_of_when_and_by_what_they_were_made(figure):
    svg = svg_bytes(figure)
    assert b"Software" not in png_bytes(figure)
    assert b"dc:date" not in svg and b"dc:creator" not in svg
    assert not re.search(rb"[ \t\r]\n", svg)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_svg_is_xml_whatever_it_spells():
    figure = Figure(figsize=(1, 1))
    figure.text(0, 0, f"\x07\x1b\x0c\uffff --> {HOSTILE}", parse_math=False)
    assert ElementTree.fromstring(svg_bytes(figure)).tag.endswith("svg")


def test_svg_leaves_the_settings_alone(figure):
    before = mpl.rcParams["svg.hashsalt"]
    svg_bytes(figure)
    assert mpl.rcParams["svg.hashsalt"] == before


def test_show_displays_one_described_picture_and_closes_it(shown, figure):
    assert show(figure, alt=f" A line\n{HOSTILE}", caption=HOSTILE) is None
    (bundle,) = shown
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert page.img["alt"] == f"A line {VISIBLE}"
    assert page.figcaption.string == VISIBLE
    assert (page.img["width"], page.img["height"]) == ("384", "288")
    assert base64.b64decode(page.img["src"].partition(",")[2]).startswith(b"\x89PNG")
    assert [element.name for element in page.find_all(True)] == ["figure", "img", "figcaption"]
    assert bundle["text/plain"] == f"A line {HOSTILE}"
    assert figure.number not in plt.get_fignums()


def test_show_takes_figures_made_without_pyplot(shown):
    show(Figure(figsize=(1, 1)), alt="Nothing.", caption="An empty square.")
    assert len(shown) == 1


def drawn(numbers):
    figure = plt.figure(figsize=(1, 1), FigureClass=Drawn)
    figure.set_label("a-b")
    figure.numbers = numbers
    return figure


def test_the_numbers_behind_a_figure_lie_folded_beneath_it(shown):
    show(drawn(pd.DataFrame({"who": [HOSTILE, "B"], "n": [1, 2]}, index=["x", "y"])), alt="Two.", caption="Of one.")
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert [element.name for element in page.find_all(True, recursive=False)] == ["figure", "details"]
    assert [cell.string for cell in page.details.tbody.find_all(["th", "td"])] == [VISIBLE, "1", "B", "2"]
    assert page.details.a["href"] == "../figures/a-b.csv" and page.details.a.next_sibling == ", rows: 2"
    page = BeautifulSoup(export(node_of("# T", displayed(html=shown[0]["text/html"]))), "html.parser")
    assert page.details.summary.get_text() == "show the numbers behind a-b"


@pytest.mark.parametrize(("n", "names"), [(0, []), (2, ["a-b"])])
def test_a_figure_that_had_nothing_to_draw_counts_nothing(shown, n, names):
    show(drawn(pd.DataFrame({"n": range(n)})), alt="A.", caption="B.")
    page = BeautifulSoup(export(node_of("# T", displayed(html=shown[0]["text/html"]))), "html.parser")
    assert list(links.shown_figures({"00.html": page})) == names


@pytest.mark.parametrize(("n", "tables"), [(0, 0), (MOST_CELLS, 1), (MOST_CELLS + 1, 0)])
def test_many_numbers_are_only_linked(shown, n, tables):
    show(drawn(pd.DataFrame({"n": range(n)})), alt="A.", caption="B.")
    page = BeautifulSoup(shown[0]["text/html"], "html.parser")
    assert len(page.find_all("table")) == tables and page.a["href"] == "../figures/a-b.csv"


@pytest.mark.parametrize("texts", [{"alt": "", "caption": "c"}, {"alt": "a", "caption": " \n"}])
def test_show_refuses_empty_texts(shown, figure, texts):
    with pytest.raises(ValueError, match="is empty"):
        show(figure, **texts)
    assert not shown


def test_findings_are_an_escaped_list(shown):
    findings("One.", HOSTILE)
    (bundle,) = shown
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert [item.string for item in page.find_all("li")] == ["One.", VISIBLE]
    assert bundle["text/plain"] == f"- One.\n- {HOSTILE}"


@pytest.mark.parametrize("sentences", [(), ("One.", " ")])
def test_findings_refuse_nothing(sentences):
    with pytest.raises(ValueError, match=r"at least one|is empty"):
        findings(*sentences)


def test_say_is_an_escaped_paragraph(shown):
    say(f"Half of\n{HOSTILE}")
    (bundle,) = shown
    assert BeautifulSoup(bundle["text/html"], "html.parser").p.string == f"Half of {VISIBLE}"
    assert bundle["text/plain"] == f"Half of {HOSTILE}"
    with pytest.raises(ValueError, match="a sentence is empty"):
        say(" ")


def test_hostile_text_in_a_table_reaches_the_page_as_text():
    made = table(pd.DataFrame({HOSTILE: [HOSTILE], "n": [1]}), caption=HOSTILE)
    text = export(node_of("# T", displayed(html=made._repr_html_(), plain=repr(made))))
    page = BeautifulSoup(text, "html.parser")
    assert not page.main.find_all(["script", "img"])
    assert [th.string for th in page.find_all("th")] == [VISIBLE, "n", VISIBLE]
    assert page.caption.get_text() == page.find(class_="table")["aria-label"] == VISIBLE
    assert "\u202e" not in page.main.table.get_text()


def test_table_as_plain_text():
    frame = pd.DataFrame({"who": ["Ann", "B"], "n": [7.0, None], "said": ["yes", None]})
    lines = repr(table(frame, caption="Who  said\nwhat")).split("\n")
    assert lines == ["Who said what", "who | n | said", "Ann | 7 | yes", "B   | – | –"]


@pytest.mark.parametrize(
    ("values", "cells", "html_class"),
    [
        ([1.0, None, 1200.0], ("1", "–", "1200"), "number"),
        ([2020, 3], ("2020", "3"), "number"),
        (pd.array([1, None], dtype="Int64"), ("1", "–"), "number"),
        ([0.5, 0.125, 2.0], ("0.500", "0.125", "2.000"), "number"),
        ([99.9996, 0.0004, 100.0], ("99.9996", "0.0004", "100"), "number"),
        ([99.9996, 0.25], ("99.9996", "0.25"), "number"),
        ([-0.0, -1.5], ("0.0", "-1.5"), "number"),
        (np.array([0.5, np.inf]), ("0.5", "inf"), "number"),
        (np.array([0.1], dtype="float32"), ("0.1",), "number"),
        ([True, None], ("yes", "–"), "short"),
        ([None, np.nan], ("–", "–"), "short"),
        (pd.to_datetime(["2020-08-09", None]), ("2020-08-09", "–"), "short"),
        ([dt.datetime(2020, 8, 9, 14, 30)], ("2020-08-09 14:30:00",), "text"),
        ([dt.date(2020, 8, 9)], ("2020-08-09",), "short"),
        ([["b", 0.5], ("a", None), {"z", "y"}, []], ("b, 0.5", "a, –", "y, z", "–"), "short"),
        ([{"low": 1}], ("{'low': 1}",), "short"),
        (["", "  two\n lines "], ("–", "two lines"), "short"),
        (["x" * 17], ("x" * 17,), "text"),
        (["x" * 41], ("x" * 41,), "long"),
        ([], (), "short"),
    ],
)
def test_cells(values, cells, html_class):
    (column,) = table(pd.DataFrame({"c": values}), caption="c").columns
    assert (column.cells, column.html_class) == (cells, html_class)


def test_named_index_comes_first_and_counting_index_is_left_out():
    frame = pd.DataFrame({"n": [2, 1]}, index=pd.Index(["a", "b"], name="who"))
    assert [column.name for column in table(frame, caption="c").columns] == ["who", "n"]
    assert [column.name for column in table(frame.reset_index()[::-1], caption="c").columns] == ["who", "n"]


@pytest.mark.parametrize(
    ("frame", "cause"),
    [
        (pd.DataFrame({"n": [1]}, index=["a"]), "name it"),
        (pd.DataFrame(), "one row of column names"),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "one row of column names"),
        (pd.DataFrame({" ": [1]}), "a column name is empty"),
    ],
)
def test_table_refuses_frames_it_cannot_head(frame, cause):
    with pytest.raises(ValueError, match=cause):
        table(frame, caption="c")


def test_table_refuses_an_empty_caption():
    with pytest.raises(ValueError, match="caption is empty"):
        table(pd.DataFrame({"n": [1]}), caption="")


def test_table_refuses_values_that_would_show_an_address():
    with pytest.raises(TypeError, match="column 'n' holds a object"):
        table(pd.DataFrame({"n": [object()]}), caption="c")
