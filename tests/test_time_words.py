"""The vocabulary of times, and the patterns made of it."""

from __future__ import annotations

from analysis import language, time_words


def test_numbers_and_words_are_those_of_their_kinds() -> None:
    assert time_words.values("weekday")["sunday"] == 6
    assert "sunday" in time_words.terms("weekday", "month") and "sunday" not in time_words.terms("month")


def test_vocabulary_has_unique_terms_and_says_where_they_come_from() -> None:
    rows = language.rows("time_words.csv")
    assert len({(row["kind"], row["term"]) for row in rows}) == len(rows)
    assert all(row["term"] == row["term"].strip() != "" and row["source"] for row in rows)
    numbered = {"weekday", "weekday_short", "weekday_with_date", "month", "month_short", "number", "shift"}
    assert all(row["value"].lstrip("-").isdigit() for row in rows if row["kind"] in numbered)
    assert not {row["term"] for row in rows if row["kind"] == "future"} & {
        row["term"] for row in rows if row["kind"] == "past"
    }


def test_any_case_leaves_what_is_no_letter() -> None:
    assert language.any_case(r"no\s|b{1,3}") == r"[Nn][Oo]\s|[Bb]{1,3}"
