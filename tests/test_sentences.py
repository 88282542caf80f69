"""Blocks to sentences: where one ends and where it does not, and what holds for any text."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import corpus, sentences, sources
from analysis.sentences import split

ROOT = Path(__file__).resolve().parents[1]


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "expected",
    [
        # none, one, two
        [],
        ["The ferry sank."],
        ["The ferry sank.", "Nobody drowned."],
        ["It was raining!", "Why?", "Nobody knows."],
        ["No full stop at the end"],
        # titles of address and names of firms
        ["Mr. Doe met Mrs. Roe, Dr. Poe and Gen. Moe.", "They ate."],
        ["Lt. Gov. Jane Doe (D) met Rep. John Roe (R-Fla.) and Sen. Poe (Vt.), who had lost."],
        ["State Del. Jane Doe spoke.", "Del. Roe did not."],
        ["Doe & Sons Ltd. Bridges was sold to Acme Corp. Holdings."],
        ["“I saw Mr. Doe.”", "He left."],
        ["He came with Gov. A. Roe.", "They ate."],
        # places and initialisms
        ["He flew from St. Petersburg to Washington, D.C. and on to the U.S. Virgin Islands."],
        ["He lives in the U.S.", "The army does not."],
        ["He lives in the U.S.", "“The army left,” he said."],
        ["U.S.-led forces left.", "U.N. Security Council members stayed."],
        ["FAIRFAX, Va. - The bridge is open.", "Cars queue."],
        ["NEWARK, N.J. — The bridge is open."],
        ["The bridge is open.", "- The ferry is not."],
        # initials
        ["J. K. Doe and John F. Roe met P.J. Poe.", "George H.W. Moe came late."],
        ["They chose Plan B.", "The mayor agreed."],
        ["Robert C. “Bobby” Roe won."],
        # days, months, clock times
        ["On Sept. 6 they met.", "On Mon. Aug. 9 they met again."],
        ["They meet again in Sept.", "The mayor will be there."],
        ["“It ends on Feb. 10.”"],
        ["They stood in the sun.", "Police came.", "They sat.", "Police left."],
        ["It starts at 5 p.m. on Monday and ends at 10 a.m. Tuesday."],
        ["It starts at 5 p.m.", "Police will be there."],
        ["It starts at 5 p.m. Eastern European Time.", "“Police” will be there."],
        ["It starts at 5 p.m. ET.", "It ends at 6 p.m. GMT."],
        ["It ends at 6 p.m.", "“Police will come,” he said."],
        # numbers and lists
        ["It grew by 3.5 percent to 1.25 million."],
        ["It ended in 2020.", "Doe won.", "He got 51 percent.", "Turnout was low."],
        ["No. 10 and Nos. 3 and 4 said no.", "Doe said yes.", "No.", "Doe stayed."],
        ["1. More money.", "2. More time."],
        ["(a) More money.", "(b) More time."],
        # dotted names, Latin, law
        ["He told Tut.by and Lenta.ru.", "Nobody else came."],
        ["He likes trees, e.g. oaks, i.e. old ones, etc.", "The mayor does not."],
        ["Doe vs. Roe and Poe v. Moe were heard."],
        ["Ready for Doe vs. Roe?", "We are."],
        # ellipses
        ["“If they put more of it on us… we must respond,” he said."],
        ["We waited…", "The ferry sank."],
        ["We waited...", "The ferry sank."],
        ["The mayor… Doe, that is… came."],
        ["“Well ... then we left.”"],
        # quotations
        ["“We came.", "We saw.", "We left,” he said."],
        ["“We came.”", "“We saw.”", "They left."],
        ["He said: “We came.”", "Then he left."],
        ["“Why now?” he asked.", "“Go!” the crowd shouted."],
        ["“Why now?” Mayor Jane Doe asked."],
        ["“Why now?”", "Mayor Jane Doe left."],
        ["“We came.”", "Mayor Jane Doe said so."],
        ["Why now?", "Mayor Jane Doe asked."],
        ["“Why now?”", "“Nobody asked,” she said."],
        ["'We came.'", "'We saw.'", "They left."],
        ['"We came."', '"We saw."', "They left."],
        ["« We came. »", "« We saw. »", "They left."],
        ["„We came.“", "„We saw.“", "They left."],
        ["“ We came. ”", "“ We saw. ”", "They left."],
        ["He left (it was late).", "(Nobody saw him.)", "She stayed."],
        ["He left (“It is late.”) and slept."],
        # small names
        ["It fell.", "iPhone sales rose.", "al-Doe agreed."],
        # datelines
        ["RIGA, May 4 (Reuters) - The bridge is open.", "Cars queue."],
        ["RIGA, May 4. /TASS/. The bridge is open.", "Cars queue."],
        ["RIGA (AFP) – The bridge is open."],
        # headlines
        ["U.S. And EU In Talks With U.K. As Gas Runs Low"],
        ["Doe Vs. The World: Mr. And Mrs. Doe In Court"],
        ["U.S. in talks"],
        ["Bridge Is Open Again… In Part"],
        ["Is The Bridge Open?", "Not Yet, Says Mayor"],
        ["The bridge is open.", "The ferry is not"],
    ],
    ids=lambda rows: " | ".join(rows)[:50],
)
def test_sentences(expected):
    assert pieces(" ".join(expected)) == expected


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "\xa0", "  ", "\u2028", " \n\n "])
def test_any_white_space_parts_sentences(space):
    assert pieces(f"{space}Mr.{space}Doe left.{space}“Why?”{space}She stayed…{space}The end.{space}") == [
        f"Mr.{space}Doe left.",
        "“Why?”",
        "She stayed…",
        "The end.",
    ]


def test_spans_are_exact():
    text = "  Mr. Doe\xa0left.  “Why?” \n"
    assert split(text) == [(2, 15), (17, 23)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "They came to the square.Police left.",
            ["They came to the square.", "Police left."],
            marks=pytest.mark.xfail(strict=True, reason="a dotted name such as Tut.by looks the same"),
        ),
        pytest.param(
            "He lives in the U.S. Doe does not.",
            ["He lives in the U.S.", "Doe does not."],
            marks=pytest.mark.xfail(strict=True, reason="U.S. Congress looks the same"),
        ),
        pytest.param(
            "They chose Plan B. Doe agreed.",
            ["They chose Plan B.", "Doe agreed."],
            marks=pytest.mark.xfail(strict=True, reason="John B. Doe looks the same"),
        ),
        pytest.param(
            "Yahoo! Inc. was sold.",
            ["Yahoo! Inc. was sold."],
            marks=pytest.mark.xfail(strict=True, reason="an exclamation mark in a name looks like an end"),
        ),
        pytest.param(
            "桥开了。车来了。",
            ["桥开了。", "车来了。"],
            marks=pytest.mark.xfail(strict=True, reason="sentences of Chinese are not parted"),
        ),
    ],
)
def test_known_failures(text, expected):
    assert pieces(text) == expected


# Properties.

WORDS = st.sampled_from(
    [
        "Mr.",
        "U.S.",
        "p.m.",
        "J.",
        "No.",
        "5",
        "The",
        "mayor",
        "left.",
        "“Why?”",
        "asked.",
        "us…",
        "...",
        "‘",
        "’",
        "”",
        "«",
        "(",
        ")",
        "Sept.",
        "/TASS/.",
        "al-Doe",
        "I",
        "\n",
        "\xa0",
        ".",
        "?!",
        "-",
        "Tut.by",
        "vs.",
        '"',
        "'",
        "x" * 30,
    ],
)
ANY_TEXT = (
    st.text(max_size=200) | st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join)
)


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
def test_sentences_cover_any_text_in_order(text):
    spans = split(text)
    ends = [0]
    for start, end in spans:
        assert ends[-1] <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[ends[-1] : start].strip()
        ends.append(end)
    assert not text[ends[-1] :].strip()


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS | st.text(max_size=30), max_size=40).map(" ".join), st.integers(80, 120))
def test_windows_change_nothing(text, window):
    whole = split(text)
    with pytest.MonkeyPatch().context() as patch:
        patch.setattr(sentences, "WINDOW", window)
        assert split(text) == whole


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["The ferry sank.", "“Why?”", "Nobody drowned.", "It is over!"]), min_size=1, max_size=400)
)
def test_whole_sentences_laid_end_to_end_come_back(expected):
    assert pieces(" ".join(expected)) == expected


# The seed against labels made by hand.


def test_sentences_of_the_seed_are_those_labelled_by_hand():
    with (ROOT / "tests" / "gold" / "sentences.csv").open(encoding="utf-8", newline="") as file:
        gold = [
            (row["source"], row["kind"], int(row["start"]), int(row["end"]), row["text"])
            for row in csv.DictReader(file)
        ]
    assert len(gold) == 196
    assert [
        (article.source, block.kind, block.start + start, block.start + end, article.text(block)[start:end])
        for article in corpus.read_documents(sources.read(ROOT / "seeds")).articles
        for block in article.of_kind("title", "body")
        for start, end in split(article.text(block))
    ] == gold


# Size: all of these would take hours, or run into a time limit of the library, if each were seen in one go.


@pytest.mark.parametrize(
    ("text", "n"),
    [
        pytest.param(
            "Mr. Doe left the U.S. at 5 p.m. on Monday. “Why?” he asked. " * 10_000,
            20_000,
            id="10,000 times two sentences",
        ),
        pytest.param("word " * 1_000_000, 1, id="5 MB without a full stop"),
        pytest.param("x" * 5_000_000, 1, id="a word of 5 MB"),
        pytest.param(".x" * 1_000_000, 1, id="a dotted word"),
        pytest.param("." * 1_000_000, 1, id="full stops"),
        pytest.param("x. " * 40_000, 1, id="initials"),
        pytest.param("He left." + '"' * 1_000_000 + " She stayed.", 2, id="quotation marks"),
        pytest.param("He left." + " " * 1_000_000 + "She stayed.", 2, id="spaces"),
        pytest.param("He left. " + "(" * 1_000_000 + "she stayed", 1, id="brackets"),
    ],
)
def test_large_blocks(text, n):
    assert len(split(text)) == n


@given(st.text(alphabet="aAb1.?!\"')]}(;:,*- \n", max_size=14))
def test_a_text_that_punkt_is_spared_has_no_cut(text: str) -> None:
    assert sentences._INNER_STOP.search(text) or not list(sentences._punkt_cuts(text))


def test_plain_stops_are_cut_where_punkt_would_cut():
    words = ("Poe", "left.", "Mr.", "U.S.", "2020.", '"Yes!"', "out.)", "co-op.", "he")
    for text in map(" ".join, product(words, repeat=3)):
        assert set(sentences._cuts(text)) == set(sentences._punkt_cuts(text)), text
