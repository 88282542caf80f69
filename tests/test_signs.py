"""Signs: the sentences that have a word worth reading, and where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.signs import finder, places, sentences, signs_of, words_of


def found(text: str, *words: str) -> list[str]:
    hits = places(text.lower(), finder(words))
    return [text[start:end].strip() for start, end in sentences(text, hits)] if hits else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann ran.", []),
        ("Ann was held.", ["Ann was held."]),
        ("Ann was held. Roy ran.", ["Ann was held."]),
        ("Roy ran. Ann was held. Roy sat.", ["Ann was held."]),
        ("Roy ran. Ann was held.", ["Ann was held."]),
        ("Ann was held. Roy ran. Kim was held", ["Ann was held.", "Kim was held"]),
        ("Ann held Roy, whom Kim held.", ["Ann held Roy, whom Kim held."]),
        # whole words only
        ("Ann withheld it. Roy is a heldt.", []),
        # where a sentence ends
        ("“Ann was held.” Roy ran.", ["“Ann was held.”"]),
        ("Ann was held in the US. Roy ran.", ["Ann was held in the US."]),
        ("Mr. Poe was held on Oct. 9 by Gen. Roe. Roy ran.", ["Mr. Poe was held on Oct. 9 by Gen. Roe."]),
        ("Ann was held in Oct.” Roy ran.", ["Ann was held in Oct.”"]),
        ("Ann was held by J. Roe. Roy ran.", ["Ann was held by J. Roe."]),
        ("Ann was held (again?) 40 ran.", ["Ann was held (again?)"]),
        ("Ann was held… Roy ran.", ["Ann was held…"]),
        ("Ann was held. then Roy ran.", ["Ann was held. then Roy ran."]),
    ],
)
def test_sentences(text, expected):
    assert found(text, "held") == expected


def test_the_longest_phrase_is_found_and_a_figure_needs_no_border():
    assert places("he was held in a cell, held up and freed", finder(["held", "held in a", "freed"])) == [7, 23, 35]
    assert places("a40s", finder("0123456789")) == [1, 2]


@pytest.mark.parametrize(
    ("sentence", "is_sign"),
    [
        ("they took him into custody", True),
        ("custody of him they took into account", True),
        ("they took him into account", False),
        ("custody", False),
        ("they detained him", True),
        ("", False),
    ],
)
def test_signs_alone_and_together(sentence, is_sign):
    signs = signs_of([["detained"], ["took", "into", "custody"], ["detained", "anew"]])
    assert signs.has_any(words_of(sentence, 0, len(sentence))) is is_sign
    assert "anew" not in signs.joint  # a sign by itself needs no other


PARTS = ["Ann", "was", "held", ".", ". ", "” ", "? ", "(", ") ", " ", "Mr.", "US.", "Roy", "40", "\n"]


@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_sentences_are_in_order_and_hold_every_hit(parts):
    text = "".join(parts)
    hits = places(text.lower(), finder(["held"]))
    spans = list(sentences(text, hits)) if hits else []
    assert all(a < b <= c < d for (a, b), (c, d) in zip(spans, spans[1:], strict=False))
    assert all(sum(start <= hit < end for start, end in spans) == 1 for hit in hits)
    assert all(any(start <= hit < end for hit in hits) for start, end in spans)
