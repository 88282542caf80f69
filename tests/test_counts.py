"""Counts: which quantities are figures of people, what they measure, and whose figures they are."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import language
from analysis.counts import find_counts

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
    actor_id: str | None = None
    kind: str = "name"
    speaker: str | None = None
    speaker_id: str | None = None


def counts(text: str, **options):
    return find_counts([Block(0, text)], published=DAY, **options)


def rows(text: str) -> list[tuple[str, str, int, int | None]]:
    return [(c.text, c.measure, c.low, c.high) for c in counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # detained: active, passive, nominal, the noun left out
        ("Police detained 34 bakers.", [("34", "detained", 34, 34)]),
        (
            "Between 20 and 25 employees of the news site Doe.by have been detained since May.",
            [("Between 20 and 25", "detained", 20, 25)],
        ),
        ("The ministry put the number of arrests at “about 700”.", [("about 700", "detained", 630, 770)]),
        (
            "Free all political prisoners, who number more than 400, they said.",
            [("more than 400", "in_custody", 401, None)],
        ),
        (
            "More than 2,400 people were arrested, among them at least 114 teenagers.",
            [("More than 2,400", "detained", 2401, None), ("at least 114", "detained", 114, None)],
        ),
        (
            "The agency puts the dead at more than 60, among them 26 guards.",
            [("more than 60", "killed", 61, None), ("26", "killed", 26, 26)],
        ),
        (
            "Some 130 bakers were rounded up; an aide put it at nearly 180.",
            [("Some 130", "detained", 117, 143), ("nearly 180", "detained", 162, 179)],
        ),
        ("The mayor admits to one death.", [("one", "killed", 1, 1)]),
        ("The guard reported 224 attempts to cross.", []),
        ("Nearly 300 arrests were made in Korrin.", [("Nearly 300", "detained", 270, 299)]),
        ("As many as 40 people were rounded up.", [("As many as 40", "detained", 0, 40)]),
        ("The guards rounded up nearly 5,000 participants.", [("nearly 5,000", "detained", 4500, 4999)]),
        ("Some 50 students were taken into police custody.", [("Some 50", "detained", 45, 55)]),
        ("Police took 250 people into custody.", [("250", "detained", 250, 250)]),
        ("In recent weeks hundreds were detained.", [("hundreds", "detained", 200, 999)]),
        ("The ministry confirmed the detention of 120 people.", [("120", "detained", 120, 120)]),
        ("He was among 40 people arrested.", [("40", "detained", 40, 40)]),
        ("Guards were holding 1,262 political prisoners.", [("1,262", "in_custody", 1262, 1262)]),
        ("She demanded that all 900 political prisoners be freed.", [("900", "in_custody", 900, 900)]),
        ("The trial of a baker and five members was held in secret.", []),
        (
            "In all 523 people were rounded up on October 25, 160 of them in Korrin.",
            [("523", "detained", 523, 523), ("160", "detained", 160, 160)],
        ),
        (
            "Police said 14 people were detained in Korrin and 20 others elsewhere. The guild counted no fewer than 70.",
            [("14", "detained", 14, 14), ("20", "detained", 20, 20), ("no fewer than 70", "detained", 70, None)],
        ),
        (
            "Police detained 40 bakers. The guild spoke of 90.",
            [("40", "detained", 40, 40), ("90", "detained", 90, 90)],
        ),
        (
            "Police detained 40 bakers. The guild gave a figure of between 60 and 70.",
            [("40", "detained", 40, 40), ("between 60 and 70", "detained", 60, 70)],
        ),
        ("Police detained 40 bakers. The guild counted 90 fires.", [("40", "detained", 40, 40)]),
        ("Scores detained during march", [("Scores", "detained", 40, 99)]),
        ("Several of the guild’s members have been detained or summoned.", [("Several", "detained", 3, 9)]),
        # in custody
        ("More than 30 journalists are behind bars.", [("More than 30", "in_custody", 31, None)]),
        ("Thirty-one people remain in custody.", [("Thirty-one", "in_custody", 31, 31)]),
        ("Eleven bakers remain in pre-trial detention.", [("Eleven", "in_custody", 11, 11)]),
        ("The guild puts the number of dead at 164.", [("164", "killed", 164, 164)]),
        ("Some 600 people were being held on Monday.", [("Some 600", "in_custody", 540, 660)]),
        ("There are 35 political prisoners in Doeland.", [("35", "in_custody", 35, 35)]),
        ("The number of political prisoners has reached 1,500.", [("1,500", "in_custody", 1500, 1500)]),
        # sentenced
        ("Fourteen bakers were sentenced to 10 days each.", [("Fourteen", "sentenced", 14, 14)]),
        ("Dozens of bakers have received jail terms.", [("Dozens", "sentenced", 24, 99)]),
        ("Courts have handed 12 bakers jail terms.", [("12", "sentenced", 12, 12)]),
        ("Two bakers jailed for two years", [("Two", "sentenced", 2, 2)]),
        # released
        ("Authorities freed 20 prisoners on Friday.", [("20", "released", 20, 20)]),
        ("They began releasing hundreds of those arrested.", [("hundreds", "released", 200, 999)]),
        ("About 2,000 detainees have been released.", [("About 2,000", "released", 1800, 2200)]),
        # harm
        ("Officials have confirmed two deaths in the unrest.", [("two", "killed", 2, 2)]),
        ("Several people have died.", [("Several", "killed", 3, 9)]),
        ("At least one protester was killed.", [("At least one", "killed", 1, None)]),
        ("The death toll rose to 12 on Monday.", [("12", "killed", 12, 12)]),
        ("Police said 24 officers were injured.", [("24", "injured", 24, 24)]),
        ("Hundreds of detainees claimed they were abused in custody.", [("Hundreds", "abuse_alleged", 200, 999)]),
        # crowds
        ("Tens of thousands have taken to the streets.", [("Tens of thousands", "crowd", 20000, 99999)]),
        ("Later thousands protested outside the mill.", [("thousands", "crowd", 2000, 9999)]),
        ("The rally drew 10,000 people.", [("10,000", "crowd", 10000, 10000)]),
        ("A crowd of 500 gathered.", [("500", "crowd", 500, 500)]),
        ("State television put the crowd at 20,000.", [("20,000", "crowd", 20000, 20000)]),
        (
            "She sees dozens, hundreds and thousands of supporters.",
            [("dozens, hundreds and thousands", "crowd", 24, 9999)],
        ),
        ("Hundreds of migrants tried to cross the border.", [("Hundreds", "crowd", 200, 999)]),
        # two and more
        (
            "At least 4,300 people were detained and hundreds injured.",
            [("At least 4,300", "detained", 4300, None), ("hundreds", "injured", 200, 999)],
        ),
        (
            "Police detained 20 bakers, five millers and ten students.",
            [("20", "detained", 20, 20), ("five", "detained", 5, 5), ("ten", "detained", 10, 10)],
        ),
        (
            "Ten people, including two minors, were arrested.",
            [("Ten", "detained", 10, 10), ("two", "detained", 2, 2)],
        ),
        ("Of the 400 detained, 12 were released.", [("400", "detained", 400, 400), ("12", "released", 12, 12)]),
        ("Three people were shot dead and 17 wounded.", [("Three", "killed", 3, 3), ("17", "injured", 17, 17)]),
        # a figure and its correction
        (
            "Police first said 200 people had been detained, but later put the figure at 250.",
            [("200", "detained", 200, 200), ("250", "detained", 250, 250)],
        ),
        (
            "Police said 200 people were detained. They later put the figure at 250.",
            [("200", "detained", 200, 200), ("250", "detained", 250, 250)],
        ),
        # things beside people
        ("Around 20 rallies were held and 34 people arrested.", [("34", "detained", 34, 34)]),
        ("Over 500 people were arrested in Korrin and 30 other cities.", [("Over 500", "detained", 501, None)]),
        # words between a figure and its verb
        ("Forty women - some very old - marched past the mill.", [("Forty", "crowd", 40, 40)]),
        ("Hundreds of bakers -- many from Korrin -- marched.", [("Hundreds", "crowd", 200, 999)]),
        ("The toll in Korrin, initially 10, has risen to 12.", [("12", "killed", 12, 12)]),
        ("Six bakers are believed to be in custody.", [("Six", "in_custody", 6, 6)]),
        (
            "Guards held 40 bakers, though the total may have climbed above 80.",
            [("40", "detained", 40, 40), ("above 80", "detained", 81, None)],
        ),
        ("Ann Poe died along with 12 others.", [("12", "killed", 12, 12)]),
        ("They asked about the slayings of 14 bakers.", [("14", "killed", 14, 14)]),
        ("The 500-strong column sang.", [("500", "crowd", 500, 500)]),
    ],
)
def test_rows(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 26-year-old was jailed for 12 years.",
        "Ann Poe, 38, was detained.",
        "In 2020 protesters were arrested.",
        "She was arrested on August 9.",
        "Doe has ruled for 16 years and jailed critics.",
        "He was sentenced to 10 days.",
        "Doe won 80 percent of the vote before the arrests.",
        "Doe won 80 % of the vote before the arrests.",
        "The sixth protester was arrested.",
        "The court fined protesters $300.",
        "Around 20 rallies were recorded by protesters.",
        "Brussels has a list of around 60 members to hit with travel bans.",
        "There were hundreds of allegations of torture.",
        "Doeland sent 3,000 troops to the border.",
        "Thousands of soldiers marched through Korrin.",
        "The council sanctioned 40 officials.",
        "Many protesters were detained.",
        "Most were arrested.",
        "Some were released.",
        "A lot of people were detained.",
        "One of the men was detained.",
        "Poe, one of the three bakers who met the mayor, was detained.",
        "The court confirmed two death sentences.",
        "Three women protested outside the mill.",
        "The protesters were stopped by 20 bakers.",
        "4.300 people were detained.",
        "Two patients were released from hospital.",
        "One man stood in the rain while protesters sang.",
        "Nine mills were closed.",
        "He served several stints in jail.",
        "Ann Poe, the father of four boys, was killed.",
        "Ann Poe was killed at 10 p.m. on Friday.",
        "The mill paid 32 death claims.",
        "The bank released millions in cash.",
        "The list called for 40 bakers to be freed.",
        "Guards faced 20 strong winds in the prison.",
    ],
)
def test_refusals(text):
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("According to the guild, nearly 50 bakers are behind bars.", "the guild"),
        ("Nearly 50 bakers are behind bars, according to the guild.", "the guild"),
        ("Korrin police said on Sunday that around 350 people were detained.", "Korrin police"),
        ("The guild, a trade body, said 40 bakers were detained.", "The guild"),
        ("Some 40 bakers were detained, the Fenwick rights group said.", "the Fenwick rights group"),
        ("Some 40 bakers were detained, said Ann Poe.", "Ann Poe"),
        ("Officials have confirmed two deaths.", "Officials"),
        ("Some 40 bakers were detained.", None),
    ],
)
def test_whose_figure(text, source):
    assert [count.attributed_to for count in counts(text)] == [source]


def test_a_quoted_figure_is_its_speakers():
    text = "“They arrested 40 of us,” she said."
    quote = Span(1, 24, speaker="she", speaker_id="ann-poe")
    assert [(c.attributed_to, c.attributed_id) for c in counts(text, quotes=[quote])] == [("she", "ann-poe")]


def test_a_source_gets_the_id_of_its_mention():
    text = "Korrin police said 40 people were detained."
    assert counts(text, names=[Span(0, 13, "korrin-police")])[0].attributed_id == "korrin-police"
    assert counts(text)[0].attributed_id is None


@pytest.mark.parametrize(
    ("text", "as_of", "scope"),
    [
        ("Police detained 40 people on Sunday.", dt.date(2021, 6, 6), "day"),
        ("Police have detained 40 people.", DAY, "cumulative"),
        ("Some 40 people were detained in recent weeks.", DAY, "period"),
        ("Some 40 people have been detained since the vote in May.", DAY, "cumulative"),
        ("Police detained 40 people.", DAY, "unspecified"),
        ("Some 40 people were detained ahead of the march on Sunday.", DAY, "unspecified"),
        ("Some 40 people were killed in May.", dt.date(2021, 5, 31), "period"),
    ],
)
def test_day_and_scope(text, as_of, scope):
    assert [(count.as_of, count.scope) for count in counts(text)] == [(as_of, scope)]


def test_without_a_day_of_publication_no_day_is_told():
    text = "Police detained 40 people on Sunday."
    assert find_counts([Block(0, text)])[0].as_of is None
    assert find_counts([Block(0, text)], published=(DAY, DAY + dt.timedelta(2)))[0].as_of is None
    assert find_counts([Block(0, text)], published=(DAY, DAY))[0].as_of == dt.date(2021, 6, 6)


@pytest.mark.parametrize(
    ("text", "place", "unit"),
    [
        ("Police detained 40 bakers in Korrin on Sunday.", "Korrin", "bakers"),
        ("Police detained 40 bakers in the capital.", "the capital", "bakers"),
        ("Hundreds were detained.", None, None),
        ("Police held 40 participants in peaceful rallies.", None, "participants in peaceful rallies"),
    ],
)
def test_place_and_unit(text, place, unit):
    assert [(count.place, count.unit) for count in counts(text)] == [(place, unit)]


def test_an_estimate_told_apart_hedges_a_bare_number_only():
    assert [c.qualifier for c in counts("The rally drew 10,000 people, according to estimates.")] == ["around"]
    assert [c.qualifier for c in counts("The rally drew over 10,000 people, according to estimates.")] == ["more_than"]


def test_the_convention_of_vague_words_is_chosen_and_the_words_are_kept():
    text = "Police detained dozens of bakers."
    found = [counts(text, convention=name)[0] for name in ("codebook", "acled", "ccc")]
    assert [(c.text, c.low, c.high) for c in found] == [
        ("dozens", 24, 99),
        ("dozens", 12, None),
        ("dozens", 24, None),
    ]
    with pytest.raises(ValueError, match="no convention"):
        counts(text, convention="mine")


def test_offsets_count_in_the_source():
    blocks = [Block(100, "The mill is shut."), Block(200, "It rains. Police detained 40 bakers.")]
    found = find_counts(blocks)
    assert [(c.start, c.end, c.as_of) for c in found] == [(226, 228, None)]


WORDS = "police detained 40 people dozens of were arrested and , . said Ann Poe hundreds injured in Korrin on Sunday at least nearly".split()


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_rows_hold_whatever_the_words(words):
    text = " ".join(words)
    found = counts(text)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(c.high is None or c.low <= c.high for c in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    padded = f"{text} 40 people were detained {text}"
    assert all(padded[c.start : c.end] == c.text for c in counts(padded))


# Labels.


def read(name: str) -> list[dict[str, str]]:
    with open(GOLD / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def found():
    articles: list[list[Block]] = []
    for row in read("blocks.csv"):
        if row["kind"] == "title":
            articles.append([])
        elif row["kind"] == "body":
            articles[-1].append(Block(int(row["start"]), row["text"]))
    names = [Span(int(r["start"]), int(r["end"]), r["actor_id"], r["kind"]) for r in read("mentions.csv")]
    quotes = [
        Span(int(r["start"]), int(r["end"]), speaker=r["speaker"] or None, speaker_id=r["speaker_id"] or None)
        for r in read("quotes.csv")
    ]
    days = [dt.date.fromisoformat(row["published"]) for row in read("dates.csv")]
    rows = []
    for article, day in zip(articles, days, strict=True):
        rows += find_counts(article, names=names, quotes=quotes, published=day)
    return {
        (c.start, c.end): {k: "" if getattr(c, k) is None else str(getattr(c, k)) for k in c.__slots__} for c in rows
    }


@pytest.mark.parametrize(
    ("measures", "floor"),
    [(("detained", "in_custody", "sentenced", "released"), 1.0), (None, 0.96)],
)
def test_seed(found, measures, floor):
    labels = [row for row in read("counts.csv") if measures is None or row["measure"] in measures]
    kept = [row for row in found.values() if measures is None or row["measure"] in measures]
    right = sum(
        all(found.get((int(row["start"]), int(row["end"])), {}).get(k) == row[k] for k in ("measure", "low", "high"))
        for row in labels
    )
    assert 2 * right / (len(labels) + len(kept)) >= floor


@pytest.mark.parametrize(
    ("column", "floor"),
    [("qualifier", 1), ("point", 1), ("unit", 0.95), ("attributed_to", 0.95), ("as_of", 0.9), ("scope", 0.85)],
)
def test_seed_by_column(found, column, floor):
    labels = read("counts.csv")
    right = sum(found.get((int(row["start"]), int(row["end"])), {}).get(column) == row[column] for row in labels)
    assert right / len(labels) >= floor


def test_vocabulary_is_whole():
    for name, keys in (
        ("count_verbs.csv", ("word", "form", "role", "measure", "tail")),
        ("count_nouns.csv", ("word", "kind")),
        ("count_cues.csv", ("word",)),
    ):
        table = language.rows(name)
        assert len({tuple(row[k] for k in keys) for row in table}) == len(table), name
        assert all(row["source"] for row in table)
