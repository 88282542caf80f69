"""The figure of vague words: each wording once, with the bounds of each convention."""

import pytest

from analysis.plots import vague_words


def test_a_wording_is_counted_once_and_bounded_by_each_convention_with_a_rule(read):
    tables = read(
        ("2021-03-08", "Police detained hundreds. Hundreds marched. Several people were injured. Two people died.")
    )
    made = vague_words.wordings(tables)
    missing = made.astype(object).where(made.notna(), None)
    assert missing.values.tolist() == [
        ["several", 1, 4, "codebook", 3, 9],
        ["hundreds", 2, 4, "codebook", 200, 999],
        ["hundreds", 2, 4, "acled", 100, None],
        ["hundreds", 2, 4, "ccc", 200, None],
    ]
    title = (
        "Three of four figures of people are only words; “hundreds” begins at 100 or at 200, by whose rule one reads it"
    )
    assert vague_words.wordings_words(made).title == title


@pytest.mark.parametrize(
    "text, title",
    [
        ("It rained.", "No figure of people is only a word"),
        ("Several people were injured.", "The one figure of people is only a word"),
        ("Several people were injured. Two died.", "One of two figures of people is only a word"),
    ],
)
def test_the_title_of_the_words(read, text, title):
    assert vague_words.wordings_words(vague_words.wordings(read(("2021-03-08", text)))).title == title
