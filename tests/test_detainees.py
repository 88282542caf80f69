"""Detainees: which single persons were detained, jailed, sentenced, summoned, released, deported."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import language
from analysis.detainees import find_detainees

GOLD = Path(__file__).parent / "gold"
DAY = dt.date(2021, 6, 10)  # a Thursday


@dataclass
class Block:
    start: int
    text: str


@dataclass
class Span:
    start: int
    end: int
    actor_id: str | None
    kind: str = "name"


def rows(text: str, names=()) -> list[tuple[str, str]]:
    return [(d.text, d.measure) for d in find_detainees([Block(0, text)], names=names, published=DAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Poe was detained in Korrin.", [("Ann Poe", "detained")]),
        ("Ann Poe, who was detained on Sunday, edits a paper.", [("Ann Poe", "detained")]),
        ("Ann Poe, an aide of the mayor, was summoned by police.", [("Ann Poe", "summoned")]),
        ("One aide, the baker Ann Poe, was questioned.", [("Ann Poe", "summoned")]),
        ("Ann Poe, 38, and Roy Doe, 40, were arrested.", [("Ann Poe", "detained"), ("Roy Doe", "detained")]),
        (
            "Ann Poe, 26, and his girlfriend Ida Doe, a Fenland citizen, were arrested on May 23.",
            [("Ann Poe", "detained"), ("Ida Doe", "detained")],
        ),
        ("Ann Poe, of Fair Fenland, and at least six others were taken away.", [("Ann Poe", "detained")]),
        (
            "Footballer Ann Poe and singer Roy Doe, whose song is known, have been released on bail.",
            [("Ann Poe", "released"), ("Roy Doe", "released")],
        ),
        (
            "The mayor Ann Poe and town spokesman Roy Doe were among the first to be picked up.",
            [("Ann Poe", "detained"), ("Roy Doe", "detained")],
        ),
        ("Ann Poe was ordered on Tuesday to be held for two months.", [("Ann Poe", "detained")]),
        ("His colleague Ann Poe was handed a 15-day jail term.", [("Ann Poe", "sentenced")]),
        ("Ann Poe was handed a letter by the mayor.", []),
        ("Ann Poe got 15 days in jail.", [("Ann Poe", "sentenced")]),
        ("Ann Poe got a letter in prison.", []),
        ("Ann Poe received 12 days of leave.", []),
        (
            "Ann Poe was dragged into a police car, and received 12 days for a march.",
            [("Ann Poe", "detained"), ("Ann Poe", "sentenced")],
        ),
        ("Ann Poe was detained and received 12 days to answer.", [("Ann Poe", "detained")]),
        ("Among those in jail is Ann Poe, a baker.", [("Ann Poe", "jailed")]),
        (
            "Among the detained was Ann Poe, 44, a cook who was later fined and released.",
            [("Ann Poe", "detained"), ("Ann Poe", "released")],
        ),
        ("Among the guests was Ann Poe.", []),
        (
            "Ann Poe was taken along with two aides from the town, Ida Doe and John Roe.",
            [("Ann Poe", "detained"), ("Ida Doe", "detained"), ("John Roe", "detained")],
        ),
        ("Ann Poe was taken along with John Roe to a hospital.", []),
        ("Ann Poe was freed together with John Roe.", [("Ann Poe", "released"), ("John Roe", "released")]),
        ("Ann Poe may be arrested along with John Roe.", []),
        ("Doeland orders arrest of Ann Poe.", []),
        ("Ann Poe was snatched on Monday and nearly deported.", [("Ann Poe", "detained")]),
        (
            "Ann Poe was detained at a mill on Sunday and sentenced on Monday to two years.",
            [("Ann Poe", "detained"), ("Ann Poe", "sentenced")],
        ),
        (
            "Singer Ann Poe, released on bail Tuesday, was taken back into custody hours later.",
            [("Ann Poe", "released"), ("Ann Poe", "detained")],
        ),
        ("Ann Poe was detained and is among those who want to leave.", [("Ann Poe", "detained")]),
        ("Police detained the journalist Ann Poe.", [("Ann Poe", "detained")]),
        ("A court sentenced Ann Poe to two years.", [("Ann Poe", "sentenced")]),
        ("She runs in place of her jailed husband.", [("her jailed husband", "jailed")]),
        ("It began after others including her husband were jailed.", [("her husband", "jailed")]),
        ("Another man died in custody in Korrin.", [("Another man", "died_in_custody")]),
        ("They named another man who died in custody.", [("another man", "died_in_custody")]),
        ("The arrest of Ann Poe caused anger.", [("Ann Poe", "detained")]),
        ("Ann Poe’s arrest caused anger.", [("Ann Poe", "detained")]),
        ("Ann Poe is behind bars.", [("Ann Poe", "jailed")]),
        ("Ann Poe has been in solitary confinement since May.", [("Ann Poe", "jailed")]),
        ("Ann Poe was sent to a penal colony.", [("Ann Poe", "jailed")]),
        ("Ann Poe was released on Friday.", [("Ann Poe", "released")]),
        ("Ann Poe was deported to Fenland.", [("Ann Poe", "deported")]),
        ("Ann Poe bakes. Guards say that Poe was beaten and detained.", [("Poe", "detained")]),
        ("The 26-year-old was jailed for two years.", [("The 26-year-old", "jailed")]),
        ("Her brother was released last week.", [("Her brother", "released")]),
        ("They met the wife of Ann Poe, who was detained.", [("Ann Poe", "detained")]),
        ("Tips led to the arrest of Ann Poe.", [("Ann Poe", "detained")]),
        ("Among those taken away was Ann Poe, a baker.", [("Ann Poe", "detained")]),
        ("Those jailed include Ann Poe, 40, and Roy Doe.", [("Ann Poe", "jailed"), ("Roy Doe", "jailed")]),
        ("Ann Poe, 40, a baker who had hoped to run for mayor, was arrested.", [("Ann Poe", "detained")]),
        ("Ann Poe was convicted of baking and selling and sentenced to a year.", [("Ann Poe", "sentenced")]),
        ("Ann Poe, a baker, is serving 14 years.", [("Ann Poe", "jailed")]),
        (
            "It allowed guards to arrest Ann Poe and her companion Roy Doe.",
            [("Ann Poe", "detained"), ("Roy Doe", "detained")],
        ),
        ("Masked men bundled the journalist Ann Poe into a van.", [("Ann Poe", "detained")]),
        ("Ann Poe, who said that Roy Doe, a baker, was detained, is well.", [("Roy Doe", "detained")]),
    ],
)
def test_rows(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ann Poe met the mayor.",
        "Police could detain Ann Poe.",
        "Ann Poe was not detained.",
        "Ann Poe may be arrested.",
        "Guards denied having arrested Ann Poe.",
        "Ann Poe is serving as mayor.",
        "They called for the release of Ann Poe.",
        "They demanded Ann Poe’s release.",
        "Guards tried to detain Ann Poe.",
        "Hundreds of bakers were detained.",
        "She was detained.",
        "The mayor released a video of Ann Poe.",
        "The Korrin Council was summoned.",
        "Ann Poe said that bakers were detained.",
        "A reward is offered for help leading to Ann Poe’s arrest.",
        "The party is detained by its past.",
        "Hundreds from Korrin Mills were detained.",
        "The bakers of Ann Poe were arrested.",
        "A list that Ann Poe released on air was long.",
        "A list released Monday shows the baker Ann Poe.",
        "A reward is paid for tips leading to the arrest of Ann Poe.",
    ],
)
def test_refusals(text):
    assert rows(text) == []


def test_a_mention_gives_the_actor():
    found = find_detainees([Block(50, "Mr Poe was detained.")], names=[Span(53, 56, "ann-poe")], published=DAY)
    assert [(d.start, d.end, d.actor_id) for d in found] == [(53, 56, "ann-poe")]
    text = "She runs in place of her jailed husband."
    found = find_detainees([Block(0, text)], names=[Span(25, 39, "roy-poe", "role")])
    assert [(d.text, d.actor_id, d.date) for d in found] == [("her jailed husband", "roy-poe", None)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ann Poe was detained on Sunday.", dt.date(2021, 6, 6)),
        ("Ann Poe was detained last month.", None),
        ("Ann Poe was detained.", None),
    ],
)
def test_dates(text, date):
    assert [d.date for d in find_detainees([Block(0, text)], published=DAY)] == [date]


WORDS = "police detained Ann Poe , who was arrested and her husband jailed in Korrin the of 's released a man died custody ( ) \"".split()


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_spans_hold_whatever_the_words(words):
    text = " ".join(words)
    found = find_detainees([Block(0, text)], published=DAY)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def read(name: str) -> list[dict[str, str]]:
    with open(GOLD / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_seed():
    articles: list[list[Block]] = []
    for row in read("blocks.csv"):
        if row["kind"] == "title":
            articles.append([])
        if row["kind"] in ("title", "body"):
            articles[-1].append(Block(int(row["start"]), row["text"]))
    names = [Span(int(r["start"]), int(r["end"]), r["actor_id"], r["kind"]) for r in read("mentions.csv")]
    days = [dt.date.fromisoformat(row["published"]) for row in read("dates.csv")]
    found = {}
    for article, day in zip(articles, days, strict=True):
        for d in find_detainees(article, names=names, published=day):
            found[d.start, d.end] = (d.measure, d.actor_id or "", d.date.isoformat() if d.date else "")
    labels = {(int(r["start"]), int(r["end"])): (r["measure"], r["actor_id"], r["date"]) for r in read("detainees.csv")}
    right = sum(found.get(place) == label for place, label in labels.items())
    assert 2 * right / (len(found) + len(labels)) >= 0.9


def test_vocabulary_is_whole():
    table = language.rows("detainee_words.csv")
    assert len({(row["term"], row["kind"]) for row in table}) == len(table)
    assert all(row["source"] for row in table)
