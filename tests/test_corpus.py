"""Texts to blocks and articles: every layout a newsroom may bring, every refusal, and what holds for any text."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import analysis
from analysis import corpus, furniture, layout, sources
from analysis.corpus import Corpus, read_documents
from analysis.furniture import count_words, fold
from analysis.layout import BLOCK_KINDS, split_record, split_text
from analysis.sources import Document, Problem

ROOT = Path(__file__).resolve().parents[1]

TITLE = "Bridge Reopens After Flood"
LEAD = "The old bridge reopened on Monday after a flood, the mayor said."
MORE = "It had been closed since spring."
LAST = "Work goes on."
CREDITED = "Cars queue at the bridge, on May 4, 2021. Jane DOE / AFP"
WRAPPED = (
    "The old bridge over the river reopened on Monday after a flood, said the\n"
    "mayor, who had promised it for the spring and asked the people of the\n"
    "town to be patient."
)

T, C, B, S, R, X = "title", "caption", "body", "subheading", "read_also", "other"


def blocks_of(text: str) -> list[tuple[str, str]]:
    """Return (kind, text) of all blocks but gaps, after checking that the blocks tile the text."""
    blocks, _ = split_text(text)
    assert_tiles(blocks, text)
    return [(block.kind, text[block.start : block.end]) for block in blocks if block.kind != "gap"]


def assert_tiles(blocks: list[layout.Block], text: str) -> None:
    assert "".join(text[block.start : block.end] for block in blocks) == text
    assert all(block.start < block.end for block in blocks)
    assert [block.start for block in blocks[1:]] == [block.end for block in blocks[:-1]]
    assert {block.kind for block in blocks} <= set(BLOCK_KINDS)


def read_texts(*texts: str) -> Corpus:
    return read_documents(Document(f"{number}.txt", text) for number, text in enumerate(texts, start=1))


def causes(found: Corpus) -> list[str]:
    return [problem.cause for problem in found.problems]


def join(*lines: str, blank: int = 1) -> str:
    return ("\n" * (blank + 1)).join(lines) + "\n"


# Layouts.


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            f"{TITLE}\n\n{CREDITED}\n\n\n{LEAD}\n\n{MORE}\n",
            [(T, TITLE), (C, CREDITED), (B, LEAD), (B, MORE)],
            id="title, caption, wide gap, body",
        ),
        pytest.param(
            f"{TITLE}\n\n {CREDITED}\n{CREDITED}\n\n\n\n{LEAD}",
            [(T, TITLE), (C, f" {CREDITED}"), (C, CREDITED), (B, LEAD)],
            id="caption twice, three blank lines, no newline",
        ),
        pytest.param(
            f"{TITLE}\n\nPublic Works, The Mayor, Rivers and lakes\n\n\n{LEAD}",
            [(T, TITLE), (C, "Public Works, The Mayor, Rivers and lakes"), (B, LEAD)],
            id="tags for a caption",
        ),
        pytest.param(
            f"{TITLE}\n\n\nPublic Works, The Mayor, Rivers and lakes\n\n\n{LEAD}",
            [(T, TITLE), (C, "Public Works, The Mayor, Rivers and lakes"), (B, LEAD)],
            id="tags apart from the title",
        ),
        pytest.param(
            f"{TITLE}\n\nThe bridge in an earlier year.\n\n\n{LEAD}\n\n{MORE}",
            [(T, TITLE), (C, "The bridge in an earlier year."), (B, LEAD), (B, MORE)],
            id="caption by its place",
        ),
        pytest.param(
            f"{TITLE}\n\nThe bridge in an earlier year.\nThe bridge again.\n\n\n{LEAD}",
            [(T, TITLE), (C, "The bridge in an earlier year."), (C, "The bridge again."), (B, LEAD)],
            id="captions by place",
        ),
        pytest.param(
            f"{TITLE}\n\n{CREDITED}\nThe bridge again.\n\n\n{LEAD}",
            [(T, TITLE), (C, CREDITED), (C, "The bridge again."), (B, LEAD)],
            id="the second caption by its place",
        ),
        pytest.param(
            f"{TITLE}\n\n{CREDITED}\n\n{MORE}\n\n\n{LAST}",
            [(T, TITLE), (C, CREDITED), (B, MORE), (B, LAST)],
            id="a wide gap after caption and lead",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (B, MORE)],
            id="a wide gap after a lead that tells news",
        ),
        pytest.param(
            f"{TITLE}\n\nRIGA, May 4 (Reuters) - The bridge is open.\n\n\n{MORE}",
            [(T, TITLE), (B, "RIGA, May 4 (Reuters) - The bridge is open."), (B, MORE)],
            id="a wide gap after a dateline",
        ),
        pytest.param(
            f"{TITLE}\n\n{MORE}\n\n\n{LAST}\n\n\n{MORE}",
            [(T, TITLE), (B, MORE), (B, LAST), (B, MORE)],
            id="two wide gaps are no sign of a caption",
        ),
        pytest.param(
            f"{TITLE}\n\n\n{CREDITED}\n\n\n{LEAD}",
            [(T, TITLE), (C, CREDITED), (B, LEAD)],
            id="a wide gap before the caption",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n{MORE}\n\n\n{LAST}\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (B, MORE), (B, LAST), (B, MORE)],
            id="a wide gap inside the body",
        ),
        pytest.param(f"{TITLE}\n\n{LEAD}", [(T, TITLE), (B, LEAD)], id="no caption"),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n{CREDITED}\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (C, CREDITED), (B, MORE)],
            id="a caption after the lead",
        ),
        pytest.param(f"{TITLE}\n{LEAD}\n{MORE}\n", [(T, TITLE), (B, LEAD), (B, MORE)], id="no blank lines"),
        pytest.param(f"{TITLE}\n{LAST}", [(T, TITLE), (B, LAST)], id="no blank lines, short body"),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n– ‘Never again’ –\n\n{MORE}\n\n– Long wait –\n\n{LAST}",
            [(T, TITLE), (B, LEAD), (S, "– ‘Never again’ –"), (B, MORE), (S, "– Long wait –"), (B, LAST)],
            id="crossheads",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n‘I was really afraid’\n\n{MORE}\n\nWhat comes next?\n\n{MORE}\n\n"
            f"“Go away!”\n\n{LAST}",
            [
                (T, TITLE),
                (B, LEAD),
                (S, "‘I was really afraid’"),
                (B, MORE),
                (S, "What comes next?"),
                (B, MORE),
                (B, "“Go away!”"),
                (B, LAST),
            ],
            id="subheadings and a short quotation",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nREAD ALSO:\xa0Ferry Sinks In Storm\n\n{MORE}\n\n\nRead more\n\n\n{LAST}",
            [(T, TITLE), (B, LEAD), (R, "READ ALSO:\xa0Ferry Sinks In Storm"), (B, MORE), (R, "Read more"), (B, LAST)],
            id="links",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nRELATED:\nFerry sinks in the worst storm for ten long years\n\n{MORE}",
            [
                (T, TITLE),
                (B, LEAD),
                (R, "RELATED:"),
                (R, "Ferry sinks in the worst storm for ten long years"),
                (B, MORE),
            ],
            id="a link below its label",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nCars wait in a long queue at the old bridge near St. Anne\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (C, "Cars wait in a long queue at the old bridge near St. Anne"), (B, MORE)],
            id="a caption without credit ends without a full stop",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nHe waited for hours. Then he went home and came back too late\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (B, "He waited for hours. Then he went home and came back too late"), (B, MORE)],
            id="a lost full stop makes no caption",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nThe mayor wants:\n\n"
            f"- More money\n* More time\n• Less rain\n1. A new bridge\n(b) Peace\n\n{MORE}",
            [
                (T, TITLE),
                (B, LEAD),
                (B, "The mayor wants:"),
                (B, "- More money"),
                (B, "* More time"),
                (B, "• Less rain"),
                (B, "1. A new bridge"),
                (B, "(b) Peace"),
                (B, MORE),
            ],
            id="a list",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nand so on",
            [(T, TITLE), (B, LEAD), (B, "and so on")],
            id="a cut-off end is no subheading",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nBut who will pay?\n",
            [(T, TITLE), (B, LEAD), (B, "But who will pay?")],
            id="a question at the end is no subheading",
        ),
        pytest.param(
            f"{TITLE}\n\n{WRAPPED}\n\n{WRAPPED}\n", [(T, TITLE), (B, WRAPPED), (B, WRAPPED)], id="broken at a column"
        ),
        pytest.param(f"{TITLE}\n{WRAPPED}\n", [(T, TITLE), (B, WRAPPED)], id="broken at a column below its title"),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n\n{WRAPPED}\n",
            [(T, TITLE), (B, LEAD), (B, WRAPPED)],
            id="broken at a column after a wide gap",
        ),
        pytest.param(
            "The bridge over the river reopens after the flood, but the mayor says\nthat much is left to do\n\n"
            f"{WRAPPED}",
            [
                (T, "The bridge over the river reopens after the flood, but the mayor says\nthat much is left to do"),
                (B, WRAPPED),
            ],
            id="a title on two lines",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n"
            f"The engineers and the masons of the town were asked to come by the Lord\nMayor himself.",
            [
                (T, TITLE),
                (B, LEAD),
                (B, "The engineers and the masons of the town were asked to come by the Lord\nMayor himself."),
            ],
            id="broken before a capital",
        ),
        pytest.param(
            f"{TITLE}\nBy Jane Doe\nMay 4, 2021\n\n{LEAD}",
            [(T, TITLE), (X, "By Jane Doe"), (X, "May 4, 2021"), (B, LEAD)],
            id="byline and date line",
        ),
        pytest.param(
            f"{TITLE}\n\n\nBY JANE DOE AND JOHN ROE IN RIGA\n\n\nPublished: 4 May 2021 10:30 GMT\n\n\n{LEAD}",
            [(T, TITLE), (X, "BY JANE DOE AND JOHN ROE IN RIGA"), (X, "Published: 4 May 2021 10:30 GMT"), (B, LEAD)],
            id="byline and date line apart",
        ),
        pytest.param(
            f"2021-05-04\nAFP\n{TITLE}\n\n{LEAD}\n\n\n2021-05-05\n\nFerry Sinks In Storm\n\n{LAST}",
            [
                (X, "2021-05-04"),
                (X, "AFP"),
                (T, TITLE),
                (B, LEAD),
                (X, "2021-05-05"),
                (T, "Ferry Sinks In Storm"),
                (B, LAST),
            ],
            id="date lines above the titles",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n***\n\n{MORE}\n\n\n* * *\n\n\nFerry Sinks In Storm\n\n{LAST}",
            [(T, TITLE), (B, LEAD), (X, "***"), (B, MORE), (X, "* * *"), (T, "Ferry Sinks In Storm"), (B, LAST)],
            id="asterisks",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n(Reporting by Jane Doe; Editing by John Roe)\nReuters\n\n\n"
            f"Follow us on Twitter\n\n\n© 2021 AFP",
            [
                (T, TITLE),
                (B, LEAD),
                (X, "(Reporting by Jane Doe; Editing by John Roe)"),
                (X, "Reuters"),
                (X, "Follow us on Twitter"),
                (X, "© 2021 AFP"),
            ],
            id="sign-off and boilerplate",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n==========\n\nFerry Sinks In Storm\n\n{LEAD}\n----------\nBridge falls\n{LAST}",
            [
                (T, TITLE),
                (B, LEAD),
                (X, "=========="),
                (T, "Ferry Sinks In Storm"),
                (B, LEAD),
                (X, "----------"),
                (T, "Bridge falls"),
                (B, LAST),
            ],
            id="ruled lines between articles",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n\nFollow us on Twitter\nNews every day",
            [(T, TITLE), (B, LEAD), (X, "Follow us on Twitter"), (B, "News every day")],
            id="boilerplate opens no article",
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nREAD ALSO: Ferry Sinks In Storm\n\nWhat comes next\n\n{MORE}",
            [(T, TITLE), (B, LEAD), (R, "READ ALSO: Ferry Sinks In Storm"), (S, "What comes next"), (B, MORE)],
            id="a link and a subheading",
        ),
        pytest.param(
            f"{TITLE}\n\nReporting by the paper was wrong, the mayor said.\n\n{LAST}",
            [(T, TITLE), (B, "Reporting by the paper was wrong, the mayor said."), (B, LAST)],
            id="no sign-off",
        ),
        pytest.param(
            f"{TITLE}\n\nSenator Jane Doe (R) said no.\n\nThe mayor, in Riga, Tartu, said so.\n\n"
            f"Getty Images was asked.\n\n{LAST}",
            [
                (T, TITLE),
                (B, "Senator Jane Doe (R) said no."),
                (B, "The mayor, in Riga, Tartu, said so."),
                (B, "Getty Images was asked."),
                (B, LAST),
            ],
            id="no captions",
        ),
        pytest.param(
            join(TITLE, LEAD, "What comes next", MORE, blank=2)
            + "\n\n\n"
            + join("Ferry Sinks In Storm", LAST, blank=2),
            [(T, TITLE), (B, LEAD), (S, "What comes next"), (B, MORE), (T, "Ferry Sinks In Storm"), (B, LAST)],
            id="paragraphs two blank lines apart, articles three",
        ),
        pytest.param(
            join(TITLE, LEAD, "Ferry Sinks In Storm", LAST, blank=2),
            [(T, TITLE), (B, LEAD), (T, "Ferry Sinks In Storm"), (B, LAST)],
            id="everything two blank lines apart",
        ),
    ],
)
def test_layouts(text, rows):
    assert blocks_of(text) == rows
    assert split_text(text)[1] == []


@pytest.mark.parametrize("blank", [2, 3, 5, 40])
def test_articles_parted_by_blank_lines(blank):
    text = f"{TITLE}\n\n{LEAD}\n\n{MORE}" + "\n" * (blank + 1) + f"Ferry sinks in storm\n\n{LEAD}"
    assert blocks_of(text) == [(T, TITLE), (B, LEAD), (B, MORE), (T, "Ferry sinks in storm"), (B, LEAD)]


@pytest.mark.parametrize(
    "title",
    [
        "Bridge reopens after flood",
        "BRIDGE REOPENS AFTER FLOOD",
        "Will the bridge hold?",
        "Bridge is back!",
        "Mayor: ‘The bridge will hold’",
        "“It will hold,” says mayor",
        " Bridge\xa0Reopens  After Flood ",
        "By accident: how a bridge fell",
        "Riga, Tartu, Kaunas Build Bridges",
        "A. Smith wins",
        "2 dead",
        "Мост открыт после наводнения",
        "桥梁重新开放",
        "\u200fعودة الجسر",
        "Bridge – and ferry – reopen",
        "Bridge " * 30,
        "B" * 250,
    ],
)
def test_titles(title):
    rows = blocks_of(f"Ferry Sinks In Storm\n\n{LEAD}\n\n\n{title}\n\n{LEAD}")
    assert rows == [(T, "Ferry Sinks In Storm"), (B, LEAD), (T, title), (B, LEAD)]


@pytest.mark.parametrize(
    "line",
    [
        "The bridge reopened on Monday.",
        "The bridge reopened… ",
        "Those who came:",
        "First this,",
        "– Long wait –",
        "READ ALSO: Ferry Sinks",
        "- Point of a list",
        "Cars queue. Jane DOE / AFP",
        "RIGA, May 4 (Reuters) - The bridge",
        "Bridge " * 31,
        "B" * 251,
        "***",
    ],
)
def test_no_titles(line):
    assert not furniture.is_headline(line)
    assert (T, line) not in blocks_of(f"Ferry Sinks In Storm\n\n{LEAD}\n\n\n{line}\n\n{LEAD}")


@pytest.mark.parametrize(
    "credit",
    [
        "Jane DOE / AFP",
        "JANE DOE, JOHN ROE / AFP.",
        "Jane DOE / Sputnik / AFP",
        "(Jane Doe AFP)",
        "(Photo by Jane Doe / AFP)",
        "(Photo by Jane Doe/Getty Images).",
        "PHOTO: JANE DOE / AFP",
        "Photo: Jane Doe",
        "Photograph: Jane Doe/AP",
        "REUTERS/Jane Doe",
        "(AP Photo/Jane Doe)",
        "AFP PHOTO / J. DOE",
        "Jane Doe/EPA-EFE",
        "Jane Doe/AFP via Getty Images",
        "Jane Doe via REUTERS",
        "— AFP pic",
        "JANE DOE / SOMEBODY NEW",
        "Jane Doe/Pool/Somebody",
    ],
)
def test_captions_by_their_credit(credit):
    line = f"Cars wait at the bridge, May 4, 2021. {credit}"
    assert blocks_of(f"{TITLE}\n\n{LEAD}\n\n{line}\n\n{MORE}") == [(T, TITLE), (B, LEAD), (C, line), (B, MORE)]


@pytest.mark.parametrize(
    "line",
    [
        "In this file photo, cars wait at the bridge.",
        "(FILES) Cars wait.",
        "Image copyright Jane Doe",
        "The mayor (left) and his wife (right) at the bridge in the old town",
        "Jane Doe (pictured) came to the bridge in the old town yesterday",
    ],
)
def test_captions_by_their_words(line):
    assert furniture.furniture_kind(line) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "He told AFP.",
        "The mayor told Reuters on Monday that work goes on.",
        "He won 50/50 of the votes.",
        "The mayor (left) said that he would stay.",
        "It was a file photograph, he said.",
        "The ferry sank. He got 3/4 of it",
        "A poll by Reuters/Ipsos showed it.",
        "The bridge is open again, the mayor said. (AFP)",
    ],
)
def test_no_furniture(line):
    assert furniture.furniture_kind(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Jane Doe; Editing by John Roe",
        "(Reporting by Jane Doe)",
        "(Additional reporting by Jane Doe.)",
        "Sign up for our newsletter!",
        "ADVERTISEMENT",
        "AFP",
        "(dpa)",
    ],
)
def test_boilerplate(line):
    assert furniture.furniture_kind(line) == "other"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("One two three four five six seven eight", S),
        ("One two three four five six seven eight nine", C),
        ("What about one two three four five six?", S),
        ("What about one two three four five six seven?", B),
        ("“What about it?”", B),
        ("“One two three four five six seven eight nine", B),
        ("Cars wait in a long queue at the bridge of J. Doe", C),
        ("Cars wait in a long queue. At the bridge they stop", B),
        ("– Long wait –", S),
        ("–Long wait –", S),
        ("– Cars wait in a long queue at the bridge today –", S),
        ("–Cars wait in a long queue at the bridge today–", B),
        ("- One two three", B),
        ("RIGA (AFP) –", B),
        ("Riga:", B),
        ("“”", X),
        ("4 May 2021", X),
        ("Published on 4 May 2021", X),
        ("4 May 2021.", B),
        ("By Jane Doe", S),
    ],
)
def test_kinds_inside_a_body(line, kind):
    assert blocks_of(f"{TITLE}\n\n{LEAD}\n\n{line}\n\n{MORE}") == [(T, TITLE), (B, LEAD), (kind, line), (B, MORE)]


# Line ends and characters.


SEED_LIKE = f"{TITLE}\n\n{CREDITED}\n\n\n{LEAD}\n\n– Long wait –\n\n{MORE}\n\n\nFerry Sinks In Storm\n\n{LEAD}\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_line_ends(end):
    assert blocks_of(SEED_LIKE.replace("\n", end)) == blocks_of(SEED_LIKE)


@pytest.mark.parametrize("blank", ["\xa0", "\t ", "\u200b", "\u200e \u200f\u200b ", "\u3000", "\ufeff", "\x0c"])
def test_lines_that_print_nothing_are_blank(blank):
    assert blocks_of(SEED_LIKE.replace("\n\n", f"\n{blank}\n")) == blocks_of(SEED_LIKE)


def test_a_byte_order_mark_is_a_gap():
    blocks, problems = split_text("\ufeff" + SEED_LIKE)
    assert [(b.kind, b.start, b.end) for b in blocks[:2]] == [("gap", 0, 1), ("title", 1, len(TITLE) + 1)]
    assert read_texts("\ufeff" + SEED_LIKE).articles[0].title == TITLE
    assert problems == [] and causes(read_texts("\ufeff" + SEED_LIKE)) == []


def test_gaps_inside_an_article_belong_to_it_and_others_to_none():
    blocks, _ = split_text(SEED_LIKE)
    gaps = [block.article for block in blocks if block.kind == "gap"]
    assert gaps == [0, 0, 0, 0, None, 1, None]


# Refusals: what no rule explains is kept, listed and costs only itself.


@pytest.mark.parametrize(
    ("text", "rows", "problems"),
    [
        ("", [], [(None, "nothing but white space")]),
        ("\n \xa0\n\u200b", [], [(None, "nothing but white space")]),
        (f"{TITLE}\n", [(X, TITLE)], [(1, f"line 1: a title without a body: {TITLE!r}")]),
        (
            f"{LEAD}\n\n{MORE}\n\n\n{LAST}",
            [(X, LEAD), (X, MORE), (X, LAST)],
            [(1, f"line 1: no recognisable title: {LEAD[:60]!r}")],
        ),
        (f"{TITLE}.\n\n{LEAD}", [(X, f"{TITLE}."), (X, LEAD)], [(1, f"line 1: no recognisable title: '{TITLE}.'")]),
        (
            f"{TITLE}\n\n{CREDITED}\n\n\n",
            [(X, TITLE), (X, CREDITED)],
            [(1, f"line 1: a title without a body: {TITLE!r}")],
        ),
        (
            f"{TITLE}\n\nand so on\n",
            [(X, TITLE), (X, "and so on")],
            [(1, f"line 1: a title without a body: {TITLE!r}")],
        ),
        (
            f"\r\n\r\nSport Today\r\n\r\n\r\n{TITLE}\r\n\r\n{LEAD}",
            [(X, "Sport Today"), (T, TITLE), (B, LEAD)],
            [(3, "line 3: a title without a body: 'Sport Today'")],
        ),
        (
            f"{TITLE}\n\n{LEAD}\n\n\nSport Today\n\n\nFerry Sinks\n\n{LEAD}",
            [(T, TITLE), (B, LEAD), (X, "Sport Today"), (T, "Ferry Sinks"), (B, LEAD)],
            [(6, "line 6: a title without a body: 'Sport Today'")],
        ),
        (f"READ ALSO: Ferry Sinks\n\n\n{TITLE}\n\n{LEAD}", [(X, "READ ALSO: Ferry Sinks"), (T, TITLE), (B, LEAD)], []),
    ],
    ids=[
        "empty",
        "blank",
        "title only",
        "body only",
        "full stop",
        "no body but caption",
        "no body but a few words",
        "two titles",
        "a title in the middle",
        "a link before the first title",
    ],
)
def test_refusals(text, rows, problems):
    assert blocks_of(text) == rows
    found = split_text(text)
    assert [(p.position, p.cause) for p in found[1]] == problems
    assert all(p.is_lost for p in found[1])
    assert all(block.article is None for block in found[0] if block.kind == "other")


def test_places_of_refusals_are_exact():
    text = f"{TITLE}\n\n{LEAD}\n\n\nSport Today"
    (problem,) = split_text(text)[1]
    assert text[problem.start : problem.end] == "Sport Today"


def test_a_stretch_without_reason_is_counted_and_never_dropped(tmp_path):
    (tmp_path / "a.txt").write_text(f"{LEAD}\n\n\n{SEED_LIKE}", encoding="utf-8")
    tables = analysis.load(tmp_path)
    assert "".join(tables.blocks["text"]) == f"{LEAD}\n\n\n{SEED_LIKE}"
    other = tables.blocks[tables.blocks["kind"] == "other"]
    assert list(other["text"]) == [LEAD] and other["article_id"].isna().all()
    assert list(tables.errors["cause"]) == [f"line 1: no recognisable title: {LEAD[:60]!r}"]
    assert len(tables.articles) == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{TITLE}.\n\n{LEAD}\n",
            id="a headline that ends with a full stop",
            marks=pytest.mark.xfail(strict=True, reason="a full stop is what tells a story's lines from headlines"),
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\nFerry Sinks In Storm\n\n{LEAD}\n",
            id="articles one blank line apart",
            marks=pytest.mark.xfail(strict=True, reason="their headlines stand where subheadings do"),
        ),
        pytest.param(
            f"{TITLE}\n\n{LEAD}\n\n\nWhat comes next\n\n{LEAD}\n",
            id="a crosshead after a wide gap",
            marks=pytest.mark.xfail(strict=True, reason="it stands where a headline does"),
        ),
        pytest.param(
            f"WORLD\n\n{TITLE}\n\n{LEAD}\n",
            id="a section's name above the title",
            marks=pytest.mark.xfail(strict=True, reason="it stands where a headline does"),
        ),
    ],
)
def test_known_failures(text):
    titles = [line for kind, line in blocks_of(text) if kind == "title"]
    n_articles = 2 if "Ferry" in text else 1
    assert len(titles) == n_articles and titles[0].rstrip(".") == TITLE


# Records.


def record(text: str = LEAD, title: str = TITLE, **fields) -> Document:
    return Document("r.jsonl", text, title, **fields)


def test_a_record_is_one_article_with_its_title_apart():
    text = f"By Jane Doe\n\n{CREDITED}\n\n{LEAD}\n\n\nWhat comes next\n\n\n{MORE}"
    found = read_documents([record(text, position=7)])
    (article,) = found.articles
    assert [(b.kind, article.text(b)) for b in [article.title_block, *article.blocks] if b.kind != "gap"] == [
        (T, TITLE),
        (X, "By Jane Doe"),
        (C, CREDITED),
        (B, LEAD),
        (S, "What comes next"),
        (B, MORE),
    ]
    assert (article.position, article.start, article.end) == (7, 0, len(text))
    assert article.of_kind("title") == [article.title_block]
    assert {block.article for block in article.of_kind(*BLOCK_KINDS[:5])} == {0}
    assert_tiles(article.blocks, text)
    assert causes(found) == []


def test_a_record_without_a_body_is_left_out_and_kept_as_other():
    found = read_documents([record(CREDITED, position=3), record(position=4)])
    assert [article.position for article in found.articles] == [4]
    assert causes(found) == [f"record 3: a text without a body: {TITLE!r}"]
    _, blocks = found.documents[0]
    assert [(block.kind, block.article) for block in blocks] == [("other", None), ("other", None)]


def test_a_record_without_a_title_has_an_id():
    found = read_documents([record(title=""), record(title="")])
    assert [article.article_id for article in found.articles] == ["untitled", "untitled-2"]
    assert causes(found) == []


def test_given_fields_reach_the_article():
    (article,) = read_documents(
        [record(record_id="x-9", date=dt.date(2021, 5, 4), agency="agence france-presse")]
    ).articles
    assert (article.article_id, article.agency, article.document.date) == ("x-9", "AFP", dt.date(2021, 5, 4))


def test_problems_of_files_pass_through():
    problem = Problem("x.txt", None, None, None, "an empty file")
    assert read_documents([problem]).problems == [problem]


# Ids.


def test_the_same_title_twice_gives_ids_that_are_unique_and_stable():
    text = f"{TITLE}\n\n{LEAD}\n\n\n{TITLE}\n\n{MORE}\n\n\n{TITLE} 2\n\n{LAST}\n"
    found = read_texts(text)
    assert [a.article_id for a in found.articles] == [
        "bridge-reopens-after-flood",
        "bridge-reopens-after-flood-2",
        "bridge-reopens-after-flood-2-2",
    ]
    assert causes(found) == [
        "article 2: the same title again; its id becomes bridge-reopens-after-flood-2",
        "article 3: the same title again; its id becomes bridge-reopens-after-flood-2-2",
    ]
    assert not any(problem.is_lost for problem in found.problems)
    assert [a.article_id for a in read_texts(text).articles] == [a.article_id for a in found.articles]


def test_the_same_id_of_two_records():
    found = read_documents([record(record_id="7"), record(record_id="7"), record(record_id="7-2")])
    assert [a.article_id for a in found.articles] == ["7", "7-2", "7-2-2"]
    assert causes(found)[0] == "article 1: the same id again; its id becomes 7-2"


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "a-3", "b"]), max_size=30))
def test_ids_are_unique_for_any_names(names):
    ids = corpus.Ids()
    made = [ids.take(name) for name in names]
    assert len(set(made)) == len(made)
    assert all(unique == name or unique.startswith(f"{name}-") for unique, name in zip(made, names, strict=True))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Bridge Reopens – After ‘Flood’", "bridge-reopens-after-flood"),
        ("Мост открыт", "most-otkryt"),
        ("!!!", "untitled"),
        ("Bridge " * 30, "-".join(["bridge"] * 14)),
    ],
)
def test_slugs(title, slug):
    assert corpus._slug(title) == slug


# Characters that need a look.


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (f"{TITLE}\n\n{LEAD}\x07 \x07", "line 3: control character U+0007 (2 in all)"),
        (f"{TITLE}\n\n{LEAD}\0", "line 3: control character U+0000 (1 in all)"),
        (f"{TITLE}\r\n\r\n{LEAD}\x85", "line 3: control character U+0085 (1 in all)"),
        (f"{TITLE}\u200f\n\n{LEAD}", "line 1: direction mark U+200F (1 in all)"),
        (f"{TITLE}\n\n{LEAD}\n\n\u202e{MORE}\u202c", "line 5: direction mark U+202E (2 in all)"),
        (f"{TITLE}\n\n{LEAD[:9]}\u200b{LEAD[9:]}", "line 3: invisible character U+200B (1 in all)"),
        (f"\ufeff{TITLE}\n\n{LEAD}\ufeff", "line 3: invisible character U+FEFF (1 in all)"),
    ],
)
def test_odd_characters_are_read_and_listed(text, cause):
    found = read_texts(text)
    assert len(found.articles) == 1
    (problem,) = found.problems
    assert (problem.cause, problem.is_lost) == (cause, False)
    assert f"U+{ord(text[problem.start]):04X}" in cause and problem.end == problem.start + 1


@pytest.mark.parametrize(
    "text", [SEED_LIKE, "\ufeff" + SEED_LIKE, SEED_LIKE.replace("\n", "\r\n"), SEED_LIKE + "\t\x0b\x0c"]
)
def test_usual_characters_are_not_listed(text):
    assert causes(read_texts(text)) == []


def test_odd_characters_of_a_record_name_its_position():
    (problem,) = read_documents([record(f"{LEAD}\n\n\x07", position=5)]).problems
    assert (problem.position, problem.cause) == (5, "line 3: control character U+0007 (1 in all)")


# Agencies.


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"{TITLE}\n\n{LEAD}", None),
        (f"{TITLE}\n\n{CREDITED}\n\n\n{LEAD}", "AFP"),
        (f"{TITLE}\n\nCars queue. Jane DOE / Sputnik / AFP\n\n\n{LEAD}", "AFP"),
        (f"{TITLE}\n\nCars queue. Jane DOE / EPA-EFE\n\n\n{LEAD}", None),
        (f"{TITLE}\n\nCars queue. REUTERS/Jane Doe\n\n\n{LEAD}", "Reuters"),
        (f"{TITLE}\n\nRIGA (AFP) – {LEAD}", "AFP"),
        (f"{TITLE}\n\nRIGA, May 4 (Reuters) - {LEAD}", "Reuters"),
        (f"{TITLE}\n\nRIGA, May 4. /TASS/. {LEAD}", "TASS"),
        (f"{TITLE}\n\n{LEAD} “No,” he told the Associated Press.", "AP"),
        (f"{TITLE}\n\nHe told AFP. She told Reuters. They told Reuters.", "Reuters"),
        (f"{TITLE}\n\nHe told Reuters. She told AFP.", "Reuters"),
        (f"{TITLE}\n\n{LEAD} The Reuters (AFP) building burned.", None),
    ],
)
def test_find_agency(text, agency):
    assert [article.agency for article in read_texts(text).articles] == [agency]


# Small helpers.


@pytest.mark.parametrize(
    ("text", "folded", "words"),
    [
        ("", "", 0),
        (" a\xa0 b\n\tc ", "a b c", 3),
        ("– a – b’s … 5%", "– a – b’s … 5%", 3),
    ],
)
def test_fold_and_count_words(text, folded, words):
    assert (fold(text), count_words(text)) == (folded, words)


# Properties.

LINES = st.sampled_from(
    [
        TITLE,
        LEAD,
        MORE,
        LAST,
        CREDITED,
        WRAPPED,
        "By Jane Doe",
        "May 4, 2021",
        "What comes next?",
        "– Long wait –",
        "***",
        "AFP",
        "READ ALSO:",
        "One, Two, Three",
        "- item",
        "“",
        " ",
        "\xa0",
        "\u200b",
        "",
        "",
        "",
        "\x07",
        "Ferry sinks",
    ],
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\u2028", "\x0c"])
LAYOUTS = st.lists(st.tuples(LINES, ENDS), max_size=25).map(lambda rows: "".join(line + end for line, end in rows))
ANY_TEXT = st.text(max_size=300) | st.text(alphabet="aB. \n\r\xa0/(AFP)–‘\ufeff,?", max_size=300) | LAYOUTS


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_blocks_tile_any_text(text):
    blocks, problems = split_text(text)
    assert_tiles(blocks, text)
    numbers = [block.article for block in blocks if block.kind == "title"]
    assert numbers == list(range(len(numbers)))
    for number in numbers:
        assert any(block.kind == "body" and block.article == number for block in blocks)
    in_none = {block.kind for block in blocks if block.article is None}
    assert in_none <= {"gap", "other"}
    assert all(block.kind != "gap" or not text[block.start : block.end].strip(furniture.INKLESS) for block in blocks)
    assert all(p.start is None or (0 <= p.start < p.end <= len(text)) for p in problems)


@settings(deadline=None)
@given(ANY_TEXT)
def test_blocks_tile_any_record(text):
    blocks, _ = split_record(text)
    assert_tiles(blocks, text)
    assert "title" not in {block.kind for block in blocks}


@settings(deadline=None)
@given(ANY_TEXT, st.text(max_size=20))
def test_any_record_and_text_give_a_corpus(text, title):
    found = read_documents([Document("a", text), Document("b", text, title), Document("c", text)])
    assert len({article.article_id for article in found.articles}) == len(found.articles)
    assert all(article.start <= article.end for article in found.articles)
    assert len(found.documents) == 3


@settings(deadline=None)
@given(LAYOUTS)
def test_line_ends_do_not_change_kinds(text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    expected = blocks_of(plain)
    for end in ("\r\n", "\r"):
        assert [(kind, line.replace(end, "\n")) for kind, line in blocks_of(plain.replace("\n", end))] == expected


NOISE = st.lists(st.sampled_from(["", " ", "\t", "\xa0", "\u200b"]), min_size=0, max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), NOISE), min_size=1, max_size=6))
def test_blank_lines_between_articles_never_lose_a_body(articles):
    text, expected = "", []
    for number, (n_paragraphs, noise) in enumerate(articles):
        bodies = [f"Paragraph {number}.{n} says so." for n in range(n_paragraphs)]
        text += "\n\n".join([f"Title Number {number}", *bodies]) + "\n\n\n" + "".join(f"{blank}\n" for blank in noise)
        expected += [("title", f"Title Number {number}"), *(("body", body) for body in bodies)]
    assert blocks_of(text) == expected
    assert split_text(text)[1] == []


# The seed against labels made by hand.


def test_blocks_of_the_seed_are_those_labelled_by_hand():
    with (ROOT / "tests" / "gold" / "blocks.csv").open(encoding="utf-8", newline="") as file:
        gold = [
            (row["source"], row["kind"], int(row["start"]), int(row["end"]), row["text"])
            for row in csv.DictReader(file)
        ]
    found = read_documents(sources.read(ROOT / "seeds"))
    assert [
        (document.source, block.kind, block.start, block.end, document.text[block.start : block.end])
        for document, blocks in found.documents
        for block in blocks
        if block.kind != "gap"
    ] == gold
    kinds = [block.kind for _, blocks in found.documents for block in blocks]
    assert {kind: kinds.count(kind) for kind in BLOCK_KINDS} == {
        "title": 10,
        "caption": 12,
        "body": 173,
        "subheading": 7,
        "read_also": 4,
        "gap": 205,
        "other": 0,
    }
    assert found.problems == []


# Vocabulary.


@pytest.mark.parametrize("name", ["furniture", "agencies", "abbreviations", "sentence_starters", "cue_verbs"])
def test_vocabulary_is_clean(name):
    text = (ROOT / "analysis" / "language" / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows and all(row["source"] for row in rows) and not any(None in row or None in row.values() for row in rows)
    column = {"furniture": "words", "agencies": "alias", "abbreviations": "abbreviation", "cue_verbs": "verb"}.get(
        name, "word"
    )
    keys = [(row.get("place"), row[column]) for row in rows]
    assert len(set(keys)) == len(keys)
    if name == "furniture":
        assert {row["place"] for row in rows} <= {"start", "line", "inside", "unended", "credit"}
        assert {row["kind"] for row in rows} <= set(BLOCK_KINDS)
    if name not in ("agencies", "furniture"):
        assert all(row[column] == row[column].lower() for row in rows)
    if name == "furniture":
        assert all(row["words"] == row["words"].lower() for row in rows if row["place"] != "credit")


# Size: all of these would take hours if any step looked at the whole text for each line.


@pytest.mark.parametrize(
    ("text", "n_titles", "n_blocks", "n_problems"),
    [
        pytest.param(SEED_LIKE.rstrip() + "\n\n\n" + f"{SEED_LIKE}\n\n" * 1000, 2002, 14014, 0, id="2,000 articles"),
        pytest.param(f"{TITLE}\n\n" + f"{LEAD}\n" * 30_000, 1, 60_002, 0, id="30,000 lines"),
        pytest.param(f"{TITLE}\n\n" + f"{LEAD} " * 75_000 + LAST, 1, 3, 0, id="a line of 5 MB"),
        pytest.param(f"{TITLE}\n\n{LEAD}\n\n" + "word " * 10_000_000, 1, 5, 1, id="a line of 50 MB"),
        pytest.param(f"{TITLE}\n" + "\n" * 100_000 + LEAD, 1, 3, 0, id="100,000 blank lines"),
        pytest.param("Sport Today\n\n\n" * 10_000, 0, 20_000, 10_000, id="10,000 titles"),
        pytest.param(f"{TITLE}\n\n\n" + "One, Two, Three\n\n\n" * 10_000, 0, 20_002, 1, id="10,000 lists of tags"),
        pytest.param(f"{LEAD}\n\n\n" * 10_000, 0, 20_000, 1, id="10,000 stretches without a title"),
    ],
)
def test_large_texts(text, n_titles, n_blocks, n_problems):
    blocks, problems = split_text(text)
    assert (sum(block.kind == "title" for block in blocks), len(blocks), len(problems)) == (
        n_titles,
        n_blocks,
        n_problems,
    )


def test_a_line_too_long_for_a_paragraph_is_kept_as_other_and_listed():
    long = "word " * 2_100_000 + "end"
    (problem,) = split_text(f"{TITLE}\n\n{LEAD}\n\n{long}\n\n{LAST}")[1]
    assert (problem.cause, problem.is_lost) == ("line 5: 10,500,003 characters, too long for a paragraph", False)
    found = read_documents([record(long)])
    assert found.articles == []
    assert [p.cause.split(":")[0] for p in found.problems] == ["line 1", "record 1"]


def test_ten_thousand_articles_of_one_title():
    found = read_documents(record(position=n) for n in range(10_000))
    assert len({article.article_id for article in found.articles}) == 10_000


def test_an_article_on_one_line_is_no_caption_however_it_begins():
    text = "Image copyright EPA Image caption The bridge in May. " + "It was closed after the storm. " * 60
    found = read_documents([Document(source="a.jsonl", text=text, title="Bridge Closed")])
    (article,) = found.articles
    assert [block.kind for block in article.blocks if block.kind != "gap"] == ["body"]
