"""Suggestions: names that the registry does not know, and what they are guessed to be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.actors import COLUMNS, read_registry
from analysis.suggest import Suggestion, suggest

ROWS = [
    {
        "actor_id": "doeland",
        "name": "Doeland",
        "type": "state",
        "camp": "x",
        "country": "DL",
        "alias": alias,
        "kind": kind,
        "valid_from": "",
        "valid_to": "",
        "source": "invented",
        "note": "",
    }
    for alias, kind in (("Doeland", "name"), ("Doelandic", "demonym"))
]
REGISTRY = read_registry(ROWS, "world")


def found(*articles: str) -> list[Suggestion]:
    return suggest([[(0, text)] for text in articles], REGISTRY)


def names(*articles: str) -> list[tuple[str, str, int]]:
    return [(one.name, one.type, one.count) for one in found(*articles)]


def test_counts_names_over_articles():
    one, *rest = found("He met Zed Quill. Then Quill left.", "On Monday Mr Quill met Zed Quill's wife in Doeland.")
    assert rest == []
    assert (one.name, one.aliases, one.type, one.count, one.n_articles) == (
        "Zed Quill",
        ("Zed Quill", "Quill"),
        "person",
        4,
        2,
    )
    assert one.examples[0] == "He met Zed Quill. Then Quill left."


def test_the_most_frequent_come_first():
    assert [name for name, _, _ in names("He saw Zork, Abba and Zork.")] == ["Zork", "Abba"]


def test_guesses_types():
    text = (
        "He met Anna Quill. He met Zed Moor, 40. He read the Quill Times, and left the Quill Union, the QPR and "
        "Quxes. She lives in Quilltown, near Quilltown. Brother and Mrs Zork."
    )
    assert {name: kind for name, kind, _ in names(text)} == {
        "Anna Quill": "person",
        "Zed Moor": "person",
        "Quill Times": "media",
        "Quill Union": "organisation",
        "QPR": "organisation",
        "Quxes": "organisation",
        "Quilltown": "state",
        "Zork": "person",
    }


def test_a_relatives_surname_is_a_person():
    assert ("Quill", "person", 1) in names("He saw Anna Quill and Adam Quill. Then the Quill came.")


def test_leaves_out_what_is_no_name():
    assert names("") == []
    assert names("Doeland, Doelandic and the President on Monday. Yesterday it rained. I'm ill.") == []
    assert names("All Words Of This Headline Are Large") == []
    assert names("Police came. The Police left. They saw police.") == []
    assert names("Anna left. They saw Anna.") == []
    assert names("Rain fell. Rain stopped.") == []
    assert names("mail@Zork.com and @Zork left") == []


def test_a_known_name_parts_a_run():
    assert names("He met Doelandic Colonel Zork today.") == [("Zork", "person", 1)]


def test_rows_can_be_pasted():
    rows = [row for one in found("He met Zed O'Quill. Then O'Quill left.") for row in one.rows]
    assert [row["alias"] for row in rows] == ["Zed O'Quill", "O'Quill"]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert rows[0]["actor_id"] == "zed-oquill"
    assert rows[0]["source"] == "found 2 times in 1 article"
    registry = read_registry(ROWS + rows, "world")
    assert suggest([[(0, "He met Zed O'Quill. Then O'Quill left.")]], registry) == []


def test_a_name_in_another_script_can_be_pasted():
    rows = found("He met \u0416\u0416 there.")[0].rows
    assert read_registry(ROWS + rows, "world")


@given(st.lists(st.text(), max_size=3))
def test_any_text_gives_suggestions_that_can_be_pasted(articles):
    for one in found(*articles):
        assert one.count >= one.n_articles >= 1
        assert one.aliases[0] == one.name
        assert read_registry(ROWS + one.rows, "world")
