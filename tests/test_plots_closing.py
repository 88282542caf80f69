"""Closing sentences: none, one, some and all, each in words that can be read aloud."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.plots import closing


def test_what_is_added_to_a_finding_needs_data():
    picture = SimpleNamespace(title="It rained", data=[1])
    assert closing.answer(picture, "All day.", "") == "It rained. All day."
    assert closing.answer(SimpleNamespace(title="It rained", data=[]), "All day.") == "It rained."


@pytest.mark.parametrize(
    "n, whole, words",
    [(0, 0, "none"), (0, 3, "none"), (1, 1, "the only one"), (2, 2, "both"), (3, 3, "all three"), (1, 12, "one of 12")],
)
def test_a_part_of_a_whole(n, whole, words):
    assert closing.part(n, whole) == words


@pytest.mark.parametrize(
    "said, sentence",
    [
        (closing.days_given(1, 1, 0), "The one article can be given a day."),
        (closing.days_given(1, 0, 0), "The one article must be left without a day."),
        (closing.days_given(3, 3, 0), "All three articles can be given a day, none of these by hand."),
        (
            closing.days_given(12, 10, 1),
            "Ten of 12 articles can be given a day, one of these by hand; two must be left without one.",
        ),
        (closing.days_hang(0, 0, 0), "There is no day that could hang on anything."),
        (closing.days_hang(1, 0, 0), "The one day does not rest on an event that the text names."),
        (closing.days_hang(3, 0, 0), "None of three days rests on an event that the text names."),
        (
            closing.days_hang(3, 1, 0),
            "Of three days, one rests on an event that the text names and becomes an interval without it; "
            "none would become another day.",
        ),
        (closing.lengths(pd.Series([270]), pd.Series([12])), ""),
        (
            closing.lengths(pd.Series([270, 90]), pd.Series([9, 9])),
            "An article has 90 to 270 words, 180 in the middle, in 9 sentences.",
        ),
        (closing.quotations(0), ""),
        (closing.quotations(1), "; there is one quotation"),
        (closing.fragments(1, 1), "Of one quotation, one is a fragment built into the reporter’s sentence."),
        (closing.fragments(4, 0), "None of four quotations is a fragment built into the reporter’s sentence."),
        (closing.by_role(0), "No person is mentioned by a role."),
        (closing.by_role(1), "One mention by a role, in its sentence."),
        (closing.in_headlines(0, 0), "There is no event."),
        (closing.in_headlines(1, 1), "One event, in a headline."),
        (closing.statements(0, 0, 0), "No single person is told of."),
        (closing.pairs_apart(pd.Series({"Doe’s book": 0}), 0), "There is no pair to judge."),
        (
            closing.pairs_apart(pd.Series({"Doe’s book": 0}), 2),
            "Pairs that cannot be of the same time and people: none by Doe’s book.",
        ),
    ],
)
def test_none_one_some_and_all(said, sentence):
    assert said == sentence


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ([], "There is no order that could hang on anything."),
        ([("Doe", 1, None, None)], "Only Doe is mentioned."),
        (
            [("Doe", 1, 2, None), ("Ann Poe", 2, 1, 1)],
            "Of the two actors mentioned most, both are also among those named most; "
            "by names alone Ann Poe comes first, by surnames alone Ann Poe.",
        ),
        (
            [("Doe", 1, 1, None), ("Roe", 2, 1, None), ("Kor", 3, None, None)],
            "Of the three actors mentioned most, two are also among those named most; by names alone Doe and Roe come first.",
        ),
    ],
)
def test_the_order_of_the_actors(rows, sentence):
    rankings = pd.DataFrame(rows, columns=["actor", "all", "names only", "surnames only"])
    assert closing.order(rankings.astype({"names only": "Int64", "surnames only": "Int64"})) == sentence


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ([], "There is no thread to count."),
        ([("A → B", 3, 4), ("A → C", 2, 1)], "Under every rule A → B comes first."),
        ([("A → B", 3, 1), ("A → C", 2, 1)], "Under every rule A → B comes first, under some with others."),
        ([("A → B", 3, 1), ("A → C", 2, 2)], "The first thread hangs on the rule: A → B, A → C."),
        ([("A → B", 1, 0)], "Under every rule A → B comes first."),
    ],
)
def test_the_first_thread(rows, sentence):
    assert closing.first_thread(pd.DataFrame(rows, columns=["thread", "body", "with headlines"])) == sentence
