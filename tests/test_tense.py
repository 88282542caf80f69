"""Which way the words around a time expression point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import tense, timex


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court on Monday freed him.", "past"),
        ("On Monday, the court freed him.", "past"),
        ("He left the country on Monday.", "past"),
        ("The court will rule on Monday.", "future"),
        ("On Monday, the court will rule.", "future"),
        ("Monday’s session will be short.", "future"),
        ("She said on Monday that he will go.", "past"),
        ("He will go, she said Monday.", "past"),
        ("The guards will be released on Monday.", "future"),
        ("They will meet the disputed winner on Monday.", "future"),
        ("The bloc would hit them with a fine next week.", "future"),
        ("He would have won on Monday.", "past"),
        ("The minister is due to land on Monday.", "future"),
        ("He had been due to land on Monday.", "past"),
        ("Unions prepare for a show of force Monday.", "future"),
        ("Talks to be held on Monday collapsed.", "future"),
        ("A strike planned for Monday", "future"),
        ("They played down hopes ahead of Monday.", "future"),
        ("They have until 9 a.m. Monday.", "future"),
        ("It was not until Monday that they spoke.", "past"),
        ("Ahead of the trip, the ministry on Monday issued a map.", "past"),
        ("They took to the streets on Monday.", "past"),
        ("She came to meet ministers on Monday.", "unknown"),
        ("She will come to meet ministers on Monday.", "future"),
        ("It will end. The court sat on Monday.", "past"),
        ("U.S. guards will leave on Monday.", "future"),
        ("They will come\n\nMonday news", "unknown"),
        ("Monday", "unknown"),
        ("They need rain on Monday", "unknown"),
        ("It will not be as it was two years ago.", "past"),
        ("He will say what he saw last week.", "past"),
        ("She said it ends tomorrow.", "future"),
        ("He said so today.", "past"),
    ],
)
def test_direction(text: str, expected: str) -> None:
    assert tense.direction(text, timex.find(text)[-1]) == expected


WORDS = "Monday tomorrow May 9 2030 ’s . ; , to will be said planned for until not vowed \n".split(" ")


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_any_text_gives_a_direction(text: str) -> None:
    for expression in timex.find(text):
        assert tense.direction(text, expression) in ("past", "future", "unknown")
