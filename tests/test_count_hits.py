"""Places of numbers that may count people, and that nothing is lost where all others are passed over."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import counts
from analysis.amounts import number_words
from analysis.count_hits import number_places
from analysis.counts import find_counts
from analysis.signs import Signs, finder, places


@dataclass
class Block:
    start: int
    text: str


def kept(text: str) -> list[str]:
    return [text[at:].split()[0].rstrip(".,") for at in number_places(text, text.lower())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ran.", []),
        ("They held 40 bakers and 1,200 cooks.", ["40", "1,200"]),
        ("40 held", ["40"]),
        ("They held three.", ["three"]),
        ("They held a dozen, half a million and a few hundred.", ["dozen", "million", "few"]),
        ("They held 10 000 or 15 thousand.", ["10", "000", "15"]),
        ("In May 40 marched; in August 20,000 marched, in June 12 others.", ["40", "20,000", "12"]),
        ("They held 500-strong and 5-million crowds and twenty bakers.", ["500-strong", "5-million", "twenty"]),
        ("Over 2000 marched, 2010 or more in all.", ["2000", "2010"]),
        ("He is one of 40 held.", ["40"]),
    ],
)
def test_kept(text, expected):
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It cost $40 and £9 million.",
        "It rose by 40% to 60 percent, or 5 per cent.",
        "On the 4th, at 9am or 10:30, they ran 8 km.",
        "In 2006, by 2010, between the wars and since 1994.",
        "On 9 August and on August 9 they ran, on May 1, 2020, too.",
        "Two weeks ago, after 40 days, a 3-year plan and ten-day walks.",
        "Ann Poe, 38, is a 38-year-old.",
        "The A4 road, Covid-19, 0.5 points and 40-mile bonds.",
        "Ann is one of them, one of the three, one of two; the number ran.",
        "The few and the hundred ran three miles, two flights to Korrin and took 4 seats.",
    ],
)
def test_passed_over(text):
    assert kept(text) == []


WORDS = (
    "police detained 40 2,000 2019 two dozen hundreds thousands few a number of one the million people protesters "
    "were held killed , . - ; % and or to in by May August years marched took part into custody crowd up from rose "
    "prison terms for day-old more than about half 38 - strong plus $ no each bakers"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_nothing_is_lost_by_passing_over(words):
    text = " ".join(words)
    every = finder(number_words() | set("0123456789"))
    found = find_counts([Block(0, text)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts, "number_places", lambda text, lower: places(lower, every))
        patch.setattr(counts, "measure_signs", lambda: Signs(frozenset({*words, *text.split("-")}), {}))
        assert find_counts([Block(0, text)]) == found
