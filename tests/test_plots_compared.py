"""What two figures of people say of one time: verdicts by arithmetic, pairs by whom and when they count."""

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported_figures import SUNDAY, stated

from analysis.plots import compared


def side(low, high, scope="period", day=0):
    return SimpleNamespace(
        low=low, high=pd.NA if high is None else high, scope=scope, as_of=SUNDAY + pd.Timedelta(days=day)
    )


@pytest.mark.parametrize(
    "earlier, later, verdict",
    [
        (side(6700, None), side(6300, 6999, day=9), ("meet", 6700, 6999)),
        (side(6700, None), side(7000, None), ("meet", 7000, None)),
        (side(200, 300), side(300, 400), ("meet", 300, 300)),
        (side(0, 40), side(25, 25), ("meet", 25, 25)),
        (side(250, 250, "day"), side(2000, 9999), ("part", None, None)),
        (side(2000, 9999), side(250, 250, "day"), ("part", None, None)),
        (side(200, 999), side(2000, 9999, day=3), ("grown", None, None)),
        (side(200, 999), side(2000, 9999), ("apart", None, None)),
        (side(2000, 9999), side(200, 999, day=3), ("apart", None, None)),
        (side(10, 10, "day"), side(20, 20, "day"), ("apart", None, None)),
    ],
)
def test_a_verdict_is_arithmetic_and_scope(earlier, later, verdict):
    assert compared.judge(earlier, later) == verdict


bounds = st.tuples(st.integers(0, 10**6), st.none() | st.integers(0, 10**6)).map(
    lambda ends: (ends[0], None if ends[1] is None else ends[0] + ends[1])
)


@given(bounds, bounds)
def test_two_figures_meet_where_one_number_lies_in_both(first, second):
    verdict, low, high = compared.judge(side(*first), side(*second))
    swapped, _, _ = compared.judge(side(*second), side(*first))
    assert verdict == swapped
    if verdict == "meet":
        for number in (low, low if high is None else high):
            assert all(ends[0] <= number and (ends[1] is None or number <= ends[1]) for ends in (first, second))
    else:
        assert low is high is None
        assert min(first[1] or 0, second[1] or 0) < max(first[0], second[0])


@pytest.mark.parametrize(
    "unit, people",
    [
        (None, ""),
        ("people", ""),
        ("protesters", ""),
        ("participants in peaceful rallies", ""),
        ("those arrested", ""),
        ("journalists", "journalists"),
        ("Doelandish journalists", "doelandish journalists"),
        ("council’s members", "council’s members"),
    ],
)
def test_whom_a_figure_counts(unit, people):
    assert compared.counted_people(unit) == people


@pytest.mark.parametrize(
    "second, n",
    [
        (("2021-03-09", "Police detained thousands of protesters."), 1),
        (("2021-03-09", "Police detained 30 journalists."), 0),
        (("2021-03-09", "Police released thousands of protesters."), 0),
        (("2021-06-09", "Police detained thousands of protesters."), 0),
        ((None, "Police detained thousands of protesters."), 0),
        # A day after the end of the other's time is another time.
        (("2021-03-09", "On Tuesday police detained 40 people."), 0),
        # The same words of the same day are one figure, told twice.
        (("2021-03-08", "Police detained 40 people."), 0),
    ],
)
def test_which_figures_are_a_pair(read, second, n):
    assert len(compared.pairs(read(("2021-03-08", "Police detained 40 people."), second))) == n


def test_two_places_are_no_pair(read):
    text = "Police detained 40 people in {}. Police detained 90 people in {}."
    assert compared.pairs(read(("2021-03-08", text.format("Korrin", "Ostmark")))).empty
    assert len(compared.pairs(read(("2021-03-08", text.format("Korrin", "Korrin"))))) == 1


def test_a_pair_keeps_both_sides(read):
    made = compared.pairs(
        read(
            ("2021-03-08", "At least 6,700 people were detained."),
            ("2021-03-10", "Police detained nearly 7,000 people."),
        )
    )
    wanted = ["verdict", "meet_low", "meet_high", "same_article", "earlier_words", "later_words"]
    assert made[wanted].values.tolist() == [["meet", 6700, 6999, False, "At least 6,700 people", "nearly 7,000 people"]]
    assert compared.closest(made).endswith("if both are right and mean the same, it is 6,700 to 6,999.")


@pytest.mark.parametrize(
    "earlier, later, is_told",
    [
        ((363, 363, 363), (77, None, 77), False),
        ((363, 363, 363), (363, 363, 363), False),
        ((363, 363, 363), (200, 999, None), True),
    ],
)
def test_only_figures_near_one_another_are_called_closest(earlier, later, is_told):
    row = pair("meet")
    for which, bounds in (("earlier", earlier), ("later", later)):
        row |= {f"{which}_{column}": value for column, value in zip(("low", "high", "point"), bounds, strict=True)}
    assert bool(compared.closest(pd.DataFrame([row]))) is is_told


def pair(verdict, n=0):
    meet = (100, 200) if verdict == "meet" else (None, None)
    sides = {
        f"{which}_{column}": stated(words=f"{which} {n}")[column]
        for which in ("earlier", "later")
        for column in compared._SIDE
    }
    return {
        "measure": "detained",
        "verdict": verdict,
        "meet_low": meet[0],
        "meet_high": meet[1],
        "same_article": True,
        **sides,
    }


@pytest.mark.parametrize(
    "found, title",
    [
        ([], "No two detention figures are known to be of one time and the same people"),
        (["meet"], "The one pair of detention figures that stand close in time: can be one number"),
        (["apart"], "The one pair of detention figures that stand close in time: not of the same time and people"),
        (["meet"] * 3, "Three pairs of detention figures stand close in time: each can be one number"),
        (
            ["apart", "part", "grown", "meet"],
            "Four pairs of detention figures stand close in time: one can be one number, two fit as a part or by growth, "
            "one cannot be of the same time and people",
        ),
    ],
)
def test_the_title_of_the_pairs(found, title):
    words = compared.pairs_words(pd.DataFrame([pair(verdict, n) for n, verdict in enumerate(found)]))
    assert words.title == title
    assert title in words.alt


def test_of_many_pairs_some_of_each_verdict_are_shown():
    found = ["apart"] * 20 + ["meet"] * 20
    data = pd.DataFrame([pair(verdict, n) for n, verdict in enumerate(found)])
    kept = compared.shown_pairs(data)
    assert kept["verdict"].value_counts().to_dict() == {"apart": 6, "meet": 6}
    assert kept.index.is_monotonic_increasing
    assert "28 other pairs not drawn" in compared.pairs_words(data).caption
    same = pd.DataFrame([pair("apart")] * 20)
    assert len(compared.shown_pairs(same)) == 2


def test_verdicts_under_every_convention(read):
    tables = read(("2021-03-08", "In all, police detained hundreds. In all, police detained thousands of protesters."))
    made = compared.verdict_table(tables).set_index("convention")
    assert made[compared.SAID["apart"]].to_dict() == {
        "this codebook": 1,
        "ACLED": 0,
        "Crowd Counting Consortium": 0,
    }
    assert (made.sum(axis=1) == 1).all()
