"""Quantities: figures, number words, vague words, ranges, what hedges them, and their bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import amounts, language
from analysis.quantities import find, hedged
from analysis.tokens import tokens


def rows(text: str, convention: str = "codebook") -> list[tuple[str, str, int, int | None, int | None]]:
    found = find(tokens(text), convention=convention)
    return [(text[q.start : q.end], q.qualifier, q.low, q.high, q.point) for q in found]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # plain
        ("34 bakers", ("34", "exact", 34, 34, 34)),
        ("4,300 bakers", ("4,300", "exact", 4300, 4300, 4300)),
        ("10 000 bakers", ("10 000", "exact", 10000, 10000, 10000)),
        ("1.2 million bakers", ("1.2 million", "exact", 1200000, 1200000, 1200000)),
        ("5k bakers", ("5k", "exact", 5000, 5000, 5000)),
        ("Two bakers", ("Two", "exact", 2, 2, 2)),
        ("twenty-six bakers", ("twenty-six", "exact", 26, 26, 26)),
        ("two hundred and six bakers", ("two hundred and six", "exact", 206, 206, 206)),
        ("three thousand five hundred bakers", ("three thousand five hundred", "exact", 3500, 3500, 3500)),
        ("a hundred bakers", ("a hundred", "exact", 100, 100, 100)),
        ("half a million bakers", ("half a million", "exact", 500000, 500000, 500000)),
        # dozens
        ("a dozen bakers", ("a dozen", "vague", 12, 12, 12)),
        ("two dozen bakers", ("two dozen", "vague", 24, 24, 24)),
        ("half a dozen bakers", ("half a dozen", "vague", 6, 6, 6)),
        ("a half-dozen bakers", ("a half-dozen", "vague", 6, 6, 6)),
        ("more than a dozen bakers", ("more than a dozen", "more_than", 13, None, 12)),
        ("about two dozen bakers", ("about two dozen", "around", 21, 27, 24)),
        # vague
        ("dozens of bakers", ("dozens", "vague", 24, 99, None)),
        ("scores of bakers", ("scores", "vague", 40, 99, None)),
        ("Hundreds marched", ("Hundreds", "vague", 200, 999, None)),
        ("thousands of bakers", ("thousands", "vague", 2000, 9999, None)),
        ("tens of thousands of bakers", ("tens of thousands", "vague", 20000, 99999, None)),
        ("hundreds of thousands of bakers", ("hundreds of thousands", "vague", 200000, 999999, None)),
        ("millions of bakers", ("millions", "vague", 2000000, None, None)),
        ("a couple of bakers", ("a couple", "vague", 2, 2, None)),
        ("Several bakers", ("Several", "vague", 3, 9, None)),
        ("a few bakers", ("a few", "vague", 3, 9, None)),
        ("a number of bakers", ("a number of", "vague", 2, None, None)),
        ("several hundred bakers", ("several hundred", "vague", 300, 999, None)),
        ("a few dozen bakers", ("a few dozen", "vague", 36, 99, None)),
        ("a couple of hundred bakers", ("a couple of hundred", "vague", 200, 299, None)),
        ("Few dozen march", ("Few dozen", "vague", 36, 99, None)),
        ("dozens, hundreds and thousands of bakers", ("dozens, hundreds and thousands", "vague", 24, 9999, None)),
        ("hundreds, if not thousands, of bakers", ("hundreds, if not thousands", "vague", 200, 9999, None)),
        # hedges before
        ("at least 4,300 people", ("at least 4,300", "at_least", 4300, None, 4300)),
        ("more than 100 people", ("more than 100", "more_than", 101, None, 100)),
        ("well over 100 people", ("well over 100", "more_than", 101, None, 100)),
        ("nearly 50 people", ("nearly 50", "nearly", 45, 49, 50)),
        ("close to 5,000 people", ("close to 5,000", "nearly", 4500, 4999, 5000)),
        ("around 350 people", ("around 350", "around", 315, 385, 350)),
        ("some 15 people", ("some 15", "around", 13, 17, 15)),
        ("an estimated 1,000 people", ("an estimated 1,000", "around", 900, 1100, 1000)),
        ("up to 40 people", ("up to 40", "up_to", 0, 40, 40)),
        ("as many as 300 people", ("as many as 300", "up_to", 0, 300, 300)),
        ("no more than 9 people", ("no more than 9", "up_to", 0, 9, 9)),
        ("fewer than 20 people", ("fewer than 20", "fewer_than", 0, 19, 20)),
        ("at least some 20 people", ("at least some 20", "at_least", 20, None, 20)),
        ("nearly a hundred people", ("nearly a hundred", "nearly", 90, 99, 100)),
        ("at least several dozen people", ("at least several dozen", "at_least", 36, None, None)),
        ("up to several hundred people", ("up to several hundred", "up_to", 0, 999, None)),
        # hedges behind
        ("20 or more people", ("20 or more", "at_least", 20, None, 20)),
        ("20 or so people", ("20 or so", "around", 18, 22, 20)),
        ("100-plus people", ("100-plus", "at_least", 100, None, 100)),
        ("100+ people", ("100+", "at_least", 100, None, 100)),
        # ranges
        ("between 200 and 300 people", ("between 200 and 300", "range", 200, 300, None)),
        ("200-300 people", ("200-300", "range", 200, 300, None)),
        ("200–300 people", ("200–300", "range", 200, 300, None)),
        ("20 to 30 people", ("20 to 30", "range", 20, 30, None)),
        ("from 20 to 30 people", ("from 20 to 30", "range", 20, 30, None)),
        ("two or three people", ("two or three", "range", 2, 3, None)),
        ("two to three thousand people", ("two to three thousand", "range", 2000, 3000, None)),
    ],
)
def test_one(text, row):
    assert rows(text) == [row]
    # Where it stands in the sentence does not matter.
    assert rows(f"On the square: {text}") == [row]


@pytest.mark.parametrize(
    "text",
    [
        "4.300 bakers",
        "No bakers came.",
        "the 21st baker",
        "the third baker",
        "Flight-19",
        "the A4 road",
        "the 2019-20 season",
        "a 9-3 vote",
        "at 10:30",
        "many bakers",
        "most bakers",
        "a lot of bakers",
        "few bakers",
        "the number of bakers",
        "a large number of bakers",
        "",
    ],
)
def test_none(text):
    assert rows(text) == []


def test_two_in_one_sentence_stay_apart():
    assert [row[:2] for row in rows("At least 40 came and hundreds left, or 12.")] == [
        ("At least 40", "at_least"),
        ("hundreds", "vague"),
        ("12", "exact"),
    ]


@pytest.mark.parametrize(
    ("convention", "text", "low", "high"),
    [
        ("acled", "dozens", 12, None),
        ("acled", "hundreds", 100, None),
        ("acled", "thousands", 1000, None),
        ("acled", "several", 3, 9),
        ("ccc", "dozens", 24, None),
        ("ccc", "hundreds", 200, None),
        ("ccc", "thousands", 2000, None),
        ("ccc", "at least 40", 40, None),
    ],
)
def test_conventions_bound_vague_words_only(convention, text, low, high):
    assert rows(text, convention)[0][2:4] == (low, high)


def test_an_unknown_convention_is_refused():
    with pytest.raises(ValueError, match="codebook, acled, ccc"):
        find(tokens("dozens"), convention="mine")


@given(st.sampled_from("at_least more_than nearly around up_to fewer_than exact".split()), st.integers(1, 10**7))
def test_bounds_hold_the_number_that_they_are_of(qualifier, n):
    quantity = hedged(find(tokens(str(n)))[0], qualifier)
    assert quantity.point == n
    assert quantity.high is None or 0 <= quantity.low <= quantity.high
    if qualifier in ("around", "at_least", "up_to", "exact"):
        assert quantity.low <= n and (quantity.high is None or n <= quantity.high)


@given(st.integers(1, 999_999))
def test_figures_are_read_as_they_are_written(n):
    assert rows(f"{n:,} bakers")[0][2:] == (n, n, n)


@given(
    st.lists(
        st.sampled_from("a the 20 12,000 two dozen dozens hundred of or to - , . between and some 3 few é".split()),
        max_size=14,
    )
)
def test_spans_hold_and_never_overlap(words):
    text = " ".join(words)
    found = find(tokens(text))
    assert all(q.first <= q.core < q.core_end <= q.last and q.start < q.end for q in found)
    assert all(a.last <= b.first for a, b in zip(found, found[1:], strict=False))
    assert all(q.high is None or q.low <= q.high for q in found)


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    t = tokens(text)
    assert all(text[a:b] for a, b in zip(t.starts, t.ends, strict=True))
    for quantity in find(t):
        assert text[quantity.start : quantity.end]


def test_vocabulary_is_whole():
    words = language.rows("number_words.csv")
    assert len({row["word"] for row in words}) == len(words)
    assert all(row["source"] for row in words)
    hedges = language.rows("count_qualifiers.csv")
    assert len({(row["phrase"], row["place"]) for row in hedges}) == len(hedges)
    assert all(row["source"] for row in hedges)
    assert {row["place"] for row in hedges} == {"before", "after", "apart"}
    assert set(amounts.CONVENTIONS) == {"codebook", "acled", "ccc"}
