"""Dates of publication: each rule alone and with others, each refusal, and what may never change a date.

The countries, persons and events are invented; the seed's own dates are in `test_seed_dates`.
"""

from __future__ import annotations

import datetime as dt
import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import (
    DAY,
    EVENTS,
    FILES,
    NEWS,
    NONE,
    PLAIN,
    SHARED,
    article_text,
    between,
    date_all,
    date_one,
    point,
    shown,
    split,
)

from analysis import corpus, dates, tables
from analysis.dates import Curated
from analysis.sources import BadInput, Document, parse_date


@pytest.mark.parametrize(
    ("caption", "paragraphs", "expected"),
    [
        # nothing, and what proves nothing alone
        ("", [PLAIN], NONE),
        ("", [NEWS.format("Tuesday")], NONE),
        ("", ["The harbour of Korrin closed on February 30, its warden told AFP."], NONE),
        ("Boats queue at Korrin on February 30, 2021. Jo Doe / AFP", [PLAIN], NONE),
        # caption
        (DAY, [NEWS.format("Tuesday")], point("2021-03-02", "weekday+caption", "Tuesday", "March 2, 2021")),
        (DAY, [NEWS.format("Wednesday")], point("2021-03-03", "weekday+caption", "Wednesday", "March 2, 2021")),
        (DAY, [PLAIN], between("2021-03-02", "2021-03-03", "March 2, 2021")),
        (DAY, [NEWS.format("Friday")], between("2021-03-05", "", "Friday", "March 2, 2021")),
        (DAY, [NEWS.format("late Tuesday")], between("2021-03-02", "2021-03-03", "March 2, 2021")),
        (FILES, [NEWS.format("Tuesday")], between("2021-03-02", "", "March 2, 2021")),
        (FILES, [NEWS.format("Wednesday")], between("2021-03-03", "", "Wednesday", "March 2, 2021")),
        (f"{DAY}\n{FILES}", [NEWS.format("Tuesday")], between("2021-03-02", "", "March 2, 2021")),
        (
            f"{DAY}\n{DAY.replace('March 2', 'March 4')}",
            [NEWS.format("Thursday")],
            point("2021-03-04", "weekday+caption", "Thursday", "March 4, 2021"),
        ),
        (
            f"{DAY.replace('March 2', 'March 4')}\n{DAY}",
            [NEWS.format("Thursday")],
            point("2021-03-04", "weekday+caption", "Thursday", "March 4, 2021"),
        ),
        (
            "Anka speaks on March 2, 2021. – She will leave on March 9, 2021. Jo Doe / AFP",
            [NEWS.format("Tuesday")],
            point("2021-03-02", "weekday+caption", "Tuesday", "March 2, 2021"),
        ),
        # dateline
        (
            "",
            ["KORRIN, March 2, 2021 (AFP) - The harbour closed, its warden said."],
            point("2021-03-02", "dateline", "March 2, 2021"),
        ),
        ("", ["KORRIN, March 2 (AFP) - The harbour closed, its warden said."], NONE),
        (
            FILES,
            ["KORRIN, March 4 (AFP) - The harbour closed, its warden said."],
            between("2021-03-04", "", "March 4", "March 2, 2021"),
        ),
        (
            DAY,
            ["KORRIN, March 3 (AFP) - The harbour closed, its warden said."],
            point("2021-03-03", "dateline", "March 3", "March 2, 2021"),
        ),
        (
            DAY,
            ["KORRIN, March 2, 2021 (AFP) - It closed on Friday, said the warden."],
            point("2021-03-02", "dateline", "March 2, 2021"),
        ),
        (
            DAY,
            ["KORRIN (AFP) - The harbour closed on Tuesday (March 2), said the warden."],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        # the weekday of the news among others
        (
            DAY,
            ["Boats held after the fire left on Tuesday, the warden told AFP."],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        (
            DAY,
            ["Boats were held on Monday, the warden told AFP on Tuesday."],
            point("2021-03-02", "weekday+caption", "Tuesday", "March 2, 2021"),
        ),
        (
            DAY,
            ["Boats were held on Tuesday and left on Wednesday, said AFP."],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        (
            DAY,
            ["The Friday rally will go on, the warden told AFP, and Sunday’s too."],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        (
            DAY,
            [NEWS.format("Tuesday").replace("closed", "will close")],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        # where the lead tells none, one weekday further down is believed if the story comes back to it
        (DAY, [PLAIN, "Boats left on Tuesday."], between("2021-03-02", "2021-03-03", "March 2, 2021")),
        (
            DAY,
            [PLAIN, "Boats left on Tuesday.", "Crews sang on Tuesday."],
            point("2021-03-02", "weekday+caption", "Tuesday", "March 2, 2021"),
        ),
        (
            DAY,
            [
                PLAIN,
                "Boats left on Tuesday.",
                "Ice broke.",
                "Crews sang on Tuesday, fish rotted on Monday, and snow fell on Monday.",
            ],
            between("2021-03-02", "2021-03-03", "March 2, 2021"),
        ),
        # events
        (
            "",
            [NEWS.format("Wednesday"), "Count Bolo, 80, fled on Tuesday."],
            point("2021-03-03", "weekday+event", "Wednesday", "Count Bolo, 80, fled on Tuesday"),
        ),
        (
            "",
            ["Count Bolo fled on Tuesday, his valet told AFP."],
            point("2021-03-02", "weekday+event", "Tuesday", "Count Bolo fled on Tuesday"),
        ),
        (
            "",
            [NEWS.format("Friday"), "On Tuesday, Count Bolo fled."],
            point("2021-03-05", "weekday+event", "Friday", "Tuesday, Count Bolo fled"),
        ),
        (
            "",
            [NEWS.format("Friday"), "Count Bolo on Tuesday fled."],
            point("2021-03-05", "weekday+event", "Friday", "Count Bolo on Tuesday fled"),
        ),
        ("", [PLAIN, "Count Bolo fled last month."], between("2021-04-01", "2021-04-30", "Count Bolo fled last month")),
        ("", [PLAIN, "Count Bolo fled on March 2."], between("2021-03-02", "2022-03-01", "Count Bolo fled on March 2")),
        (
            "",
            [PLAIN, "Count Bolo fled on March 2, 2021."],
            between("2021-03-02", "", "Count Bolo fled on March 2, 2021"),
        ),
        (
            "",
            [PLAIN, "Count Bolo fled two years ago."],
            between("2023-01-01", "2023-12-31", "Count Bolo fled two years ago"),
        ),
        (
            "",
            [NEWS.format("Wednesday"), "They spoke of Tuesday’s great storm."],
            point("2021-03-03", "weekday+event", "Wednesday", "Tuesday’s great storm"),
        ),
        (
            "",
            [NEWS.format("Wednesday on the second day of the great storm")],
            point("2021-03-03", "weekday+event", "Wednesday", "second day of the great storm"),
        ),
        (
            "",
            [PLAIN.replace("closed", "closed on the second day of the great storm")],
            between("2021-03-03", "2021-03-04", "second day of the great storm"),
        ),
        (
            "",
            [NEWS.format("Wednesday"), "Ice broke.", "Ice broke.", "He fell on the second day of the great storm."],
            between("2021-03-03", "", "second day of the great storm"),
        ),
        (
            "",
            [NEWS.format("Monday"), "Ministers of Varnia will hold an emergency summit on Wednesday."],
            point("2021-03-08", "weekday+event", "Monday", "emergency summit on Wednesday"),
        ),
        (
            "",
            [NEWS.format("Thursday"), "Ministers of Varnia held an emergency summit on Wednesday."],
            point("2021-03-11", "weekday+event", "Thursday", "emergency summit on Wednesday"),
        ),
        (
            "",
            [NEWS.format("Monday"), "Ministers of Varnia came to hold an emergency summit on Wednesday."],
            between("2021-03-08", "2021-03-15", "Monday", "emergency summit on Wednesday"),
        ),
        (
            "",
            [NEWS.format("Monday"), "Anka came to stage a Varnian coup on Tuesday."],
            between("2021-03-01", "2021-03-08", "Monday", "Varnian coup on Tuesday"),
        ),
        # one phrase, several events: the time beside it decides, else the earliest bounds
        (
            "",
            [NEWS.format("Thursday"), "Premier Anka was sworn in on Wednesday."],
            point("2020-09-24", "weekday+event", "Thursday", "Premier Anka was sworn in on Wednesday"),
        ),
        ("", [PLAIN, "Premier Anka was sworn in with songs."], between("2016-11-04", "", "Premier Anka was sworn in")),
        (
            "",
            [NEWS.format("Monday"), "The Council will hold a rare debate on Friday."],
            point("2020-09-14", "weekday+event", "Monday", "Council will hold a rare debate on Friday"),
        ),
        # words that name an event and tell no time bound from below
        ("", [PLAIN, "Since the great storm, few sail."], between("2021-03-02", "", "great storm")),
        (
            "",
            [NEWS.format("Friday"), "Since the great storm, few sail."],
            between("2021-03-05", "", "Friday", "great storm"),
        ),
        # text
        ("", [PLAIN, "The guild was founded in May 2019."], between("2019-05-01", "", "May 2019")),
        (
            "",
            [PLAIN, "The guild was founded in May 2019.", "It was dissolved on June 3, 2020."],
            between("2020-06-03", "", "June 3, 2020"),
        ),
        ("", [PLAIN, "On June 3, 2020, the guild dissolved."], between("2020-06-03", "", "June 3, 2020")),
        # strong evidence that excludes the weaker
        (
            DAY.replace("March 2", "February 2"),
            [NEWS.format("Wednesday"), "Count Bolo fled on Tuesday."],
            point("2021-03-03", "weekday+event", "Wednesday", "Count Bolo fled on Tuesday"),
        ),
        (
            DAY.replace("March 2", "June 1"),
            [NEWS.format("Wednesday"), "Count Bolo fled on Tuesday."],
            point("2021-06-02", "weekday+caption", "Wednesday", "June 1, 2021"),
        ),
        (
            DAY.replace("March 2", "March 4"),
            [PLAIN, "Count Bolo fled last month."],
            between("2021-03-04", "", "March 4, 2021"),
        ),
    ],
)
def test_an_article_alone(caption: str, paragraphs: list[str], expected: tuple[str, ...]) -> None:
    assert shown(date_one(caption, *paragraphs)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        # another verb, another clause: the time is not the event's
        "Count Bolo, who fled, said Tuesday he was well.",
        "On Tuesday Anka met Count Bolo, who fled.",
        "On Tuesday opposition leader Count Bolo, who fled, spoke.",
        "Count Bolo on Tuesday said he had fled.",
        "Anka on Tuesday condemned the great storm of words.",
        "Anka condemned the Varnian coup on Tuesday.",
        "Ministers will discuss the Varnian coup on Tuesday.",
        "The great storm was on Tuesday called an omen.",
        "Rallies on Tuesday against the great storm went on.",
        "A week of rallies that Tuesday ended, with Anka and her aides asleep, came long after the great storm.",
        # it need not have happened, or not yet
        "Anka spoke amid fears of a Varnian coup.",
        "Count Bolo fled, if he is to be believed.",
        "An emergency summit brought Varnia home.",
        "There will be a Varnian coup.",
        # another one
        "The great storm of Tuesday and the Varnian coup of 1994 are sung of.",
        "Count Bolo fled in 1994.",
        "Count Bolo fled on a Monday.",
        # other words
        "A greatstorm and a great storms.",
        "The fourth day of rallies against a great flood.",
        "There was a May 9 vote in Lavonia.",
        "Count " + "Bolo " * 12 + "fled on Tuesday.",
        # dates told as to come, or behind an object
        "Anka announced elections in December 2030.",
        "Anka has signed a lease that ends in December 2030.",
        "The games were moved to July 2030.",
        "The lease was signed to last until May 2030.",
    ],
)
def test_refuses_to_date_by(sentence: str) -> None:
    dating = date_one("", NEWS.format("Tuesday"), sentence)
    assert dating.published is None
    assert dating.latest is None
    assert dating.earliest in (None, dt.date(2021, 3, 2))


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Anka of Varnia was barred from the May 9 vote.", "2020-11-07", "2022-05-08"),
        ("Ties with Varnia soured ahead of the May 9 vote.", "2020-11-07", "2022-05-08"),
        ("Varnia will hold a May 9 vote.", "2020-11-07", "2022-05-08"),
        ("Varnia saw a disputed May 9 vote.", "2021-05-09", "2022-05-08"),
    ],
)
def test_an_announced_event_may_lie_ahead(sentence: str, first: str, last: str) -> None:
    dating = date_one("", PLAIN, sentence)
    assert (str(dating.earliest), str(dating.latest)) == (first, last)


def test_without_an_agency_the_weekday_may_be_that_of_the_day_before() -> None:
    text = article_text("Harbour Closed In Korrin", "", "It closed on {}.", "Count Bolo fled on Tuesday.")
    assert shown(date_all([text.format("Monday")])[0]) == between(
        "2021-03-02", "2021-03-08", "Count Bolo fled on Tuesday"
    )
    assert shown(date_all([text.format("Friday")])[0]) == between(
        "2021-03-05", "2021-03-06", "Friday", "Count Bolo fled on Tuesday"
    )


def test_an_article_without_sentences_has_no_date() -> None:
    [(article, _)] = split(Document("a.txt", article_text("Harbour Closed In Korrin", "", PLAIN)))
    assert [shown(d) for d in dates.date_articles([(article, [])], events=EVENTS)] == [NONE]


def test_a_source_mostly_of_an_agency_is_its_copy_too() -> None:
    own = article_text("Harbour Closed In Korrin", "", "It closed on Wednesday.", "Count Bolo fled on Tuesday.")
    wire = [article_text(f"Boat Number {n} Sinks", "", PLAIN) for n in (1, 2)]
    assert date_all([own, wire[0]])[0].published is None
    assert date_all([own, *wire])[0].published == dt.date(2021, 3, 3)


@pytest.mark.parametrize(
    ("agency", "published"),
    [("Reuters", "2021-03-03"), ("The Straits Times / AFP", "2021-03-03"), ("Weekly Harbour", "None")],
)
def test_only_an_agency_prints_on_the_day(agency: str, published: str) -> None:
    text = "The harbour closed on Wednesday.\n\nCount Bolo fled on Tuesday."
    [dating] = dates.date_articles(split(Document("a.jsonl", text, title="Harbour", agency=agency)), events=EVENTS)
    assert str(dating.published) == published


# Dates that are set.


def record(number: int, text: str = PLAIN, *, date: str | None = None, source: str = "a.jsonl") -> Document:
    return Document(
        source, text, title=f"Story {number}", position=number, date=parse_date(date), date_words=date or ""
    )


def test_given_and_curated_dates_need_no_evidence() -> None:
    articles = split(record(1, date="2021-03-04"), record(2), record(3, date="2021-03-04"), record(4))
    curated = {
        "story-2": Curated(dt.date(2021, 1, 5), dt.date(2021, 1, 5), dt.date(2021, 1, 5), "read on the page"),
        "story-3": Curated(dt.date(2021, 3, 5), dt.date(2021, 3, 5), dt.date(2021, 3, 5), "the record is a day off"),
        "story-4": Curated(None, dt.date(2021, 1, 1), None, "names the new year"),
    }
    assert [shown(d) for d in dates.date_articles(articles, events=EVENTS, curated=curated)] == [
        point("2021-03-04", "given", "2021-03-04"),
        point("2021-01-05", "curated", "read on the page"),
        point("2021-03-05", "curated", "the record is a day off"),
        ("", "2021-01-01", "", "curated", "names the new year"),
    ]


def test_reads_curated_dates() -> None:
    row = {
        "article_id": "a",
        "published": "2021-03-02",
        "published_earliest": "",
        "published_latest": None,
        "reason": "why",
    }
    assert dates.read_curated([row], "dates.csv") == {
        "a": Curated(dt.date(2021, 3, 2), dt.date(2021, 3, 2), dt.date(2021, 3, 2), "why")
    }


@pytest.mark.parametrize(
    "change",
    [
        {"article_id": ""},
        {"reason": " "},
        {"published": ""},
        {"published": "2.3.2021"},
        {"published_earliest": "2021-03-03"},
        {"published_latest": "2021-03-01"},
        {"published": "", "published_earliest": "2021-03-03", "published_latest": "2021-03-01"},
    ],
)
def test_a_curated_date_that_cannot_be_used_is_bad_input(change: dict[str, str]) -> None:
    row = {"article_id": "a", "published": "2021-03-02", "reason": "why", **change}
    with pytest.raises(BadInput, match=r"dates\.csv, line 2"):
        dates.read_curated([row], "dates.csv")


def test_a_second_curated_date_for_an_article_is_bad_input() -> None:
    row = {"article_id": "a", "published": "2021-03-02", "reason": "why"}
    with pytest.raises(BadInput, match=r"dates\.csv, line 3"):
        dates.read_curated([row, row], "dates.csv")


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"event_id": "a", "phrase": "…"},
        {"event_id": "", "phrase": "x"},
        {"event_id": "a", "phrase": "x", "date": "soon"},
    ],
)
def test_an_event_that_cannot_be_used_is_bad_input(row: dict[str, str]) -> None:
    with pytest.raises(BadInput, match=r"events\.csv, line 2"):
        dates.read_events([row], "events.csv")


def test_three_dots_are_an_ellipsis_and_any_apostrophe_is_one() -> None:
    events = dates.read_events([{"event_id": "e", "date": "2021-03-02", "phrase": "Anka's ... tower"}], "events.csv")
    for words in ("ANKA’S old tower", "Anka's, they say, tower", "Anka’s tower"):
        assert date_one("", PLAIN, f"{words} leans.", events=events).earliest == dt.date(2021, 3, 2)


# Roles.


def test_roles_tell_what_decided_what_agrees_and_what_contradicts() -> None:
    dating = date_one(
        f"{DAY}\n{DAY.replace('March 2', 'January 5')}",
        "KORRIN, March 2, 2021 (AFP) - Ice broke on Tuesday.",
        "Count Bolo fled on Tuesday.",
        "Premier Anka was sworn in with songs.",
        "Ministers of Varnia held an emergency summit on Wednesday.",
    )
    assert [(e.rule, e.words, e.role) for e in dating.evidence] == [
        ("dateline", "March 2, 2021", "decides"),
        ("weekday", "Tuesday", "agrees"),
        ("caption", "March 2, 2021", "agrees"),
        ("older caption", "January 5, 2021", "agrees"),
        ("event", "Count Bolo fled on Tuesday", "agrees"),
        ("event", "Premier Anka was sworn in", "agrees"),
        ("event", "emergency summit on Wednesday", "contradicts"),
    ]
    assert dating.words == "March 2, 2021"


def test_windows_that_exclude_one_another_bound_from_below_only() -> None:
    dating = date_one(DAY, NEWS.format("Tuesday"), "Varnia will hold an emergency summit on Wednesday.")
    assert shown(dating) == between("2021-03-02", "", "March 2, 2021")
    assert [(e.rule, e.role) for e in dating.evidence][1:] == [("older caption", "decides"), ("event", "contradicts")]


# Properties.

PIECES = [
    PLAIN,
    NEWS.format("Tuesday"),
    NEWS.format("late Friday"),
    "Count Bolo fled on Tuesday.",
    "Count Bolo fled last month.",
    "It was the third day of the great storm.",
    "Fears of a Varnian coup grew.",
    "An emergency summit met in Varnia on Wednesday.",
    "KORRIN, March 2 (AFP) - Ice broke.",
    "KORRIN, March 9, 2021 (AFP) - Ice broke.",
    "Ice broke on Monday (March 1).",
    "The guild was founded in May 2019.",
    "Premier Anka was sworn in on Friday.",
    SHARED.format("on Tuesday"),
    "“Hi”, he said Monday.",
]
stories = st.tuples(
    st.sampled_from(["", DAY, FILES, DAY.replace("2021", "2020")]),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
)


@settings(max_examples=60, deadline=None)
@given(stories=st.lists(stories, min_size=1, max_size=7), seed=st.integers(0, 9))
def test_a_date_lies_in_its_interval_and_no_order_of_events_changes_it(
    stories: list[tuple[str, list[str]]], seed: int
) -> None:
    texts = [
        article_text(f"Boat Number {n} Sinks Off Korrin", c, *p, "Ice broke again, they say.")
        for n, (c, p) in enumerate(stories)
    ]
    events = list(EVENTS)
    made = date_all(texts)
    random.Random(seed).shuffle(events)
    assert [shown(d) for d in date_all(texts, events=events)] == [shown(d) for d in made]
    for d in made:
        assert (d.earliest or dt.date.min) <= (d.latest or dt.date.max)
        assert d.basis in dates.BASES
        if d.published:
            assert d.earliest == d.published == d.latest
            assert d.words
            assert d.basis != "none"


@settings(max_examples=60, deadline=None)
@given(
    text=st.one_of(
        st.text(), st.lists(st.sampled_from([*PIECES, "\n\n", "\n\n\n", "–", "…", "On Monday", DAY])).map(" ".join)
    )
)
def test_any_text_can_be_dated(text: str) -> None:
    articles = split(
        Document("a.jsonl", text, title="Any"), Document("a.txt", f"A Title Line\n\n\n{text}\n\nHe spoke.\n")
    )
    for d in dates.date_articles(articles, events=EVENTS):
        assert d.published is None or d.earliest == d.published == d.latest
        assert all(e.words == e.article.text(e.block)[e.start : e.end] for e in d.evidence)


@pytest.mark.parametrize(
    "unit",
    [
        "Count Bolo fled on Tuesday ",
        "Count . . ",
        "Count Bolo " + "." * 60,
        "great storm ",
        "On Monday, ",
        "the second day of great storm ",
    ],
)
def test_a_long_text_of_anything_is_read_to_its_end(unit: str) -> None:
    # No clock: time that grew with the square of this length would be minutes.
    text = unit * 4_000
    block = corpus.Block("body", 0, len(text), 0)
    title = corpus.Block("title", 0, 1, 0)
    article = corpus.Article("a", "a", 1, "A", Document("a", text, title="A"), title, [block])
    (dating,) = dates.date_articles([(article, [(block, 0, text)])], events=EVENTS)
    assert all(0 <= piece.start < piece.end <= len(text) for piece in dating.evidence)


# Known failures.


@pytest.mark.xfail(
    strict=True, reason="an old picture that is not marked as one cannot be told where its weekday is the story's"
)
def test_an_unmarked_old_picture_of_the_same_weekday_gives_no_point() -> None:
    assert date_one(DAY.replace("2021", "2010"), NEWS.format("Tuesday")).published is None


@pytest.mark.parametrize(
    "line, day",
    [
        ("May 7, 2030", "2030-05-07"),
        ("Published: 7 May 2030", "2030-05-07"),
        ("Updated on Tuesday, 7 May 2030 10:15", "2030-05-07"),
        ("May 2030", None),
        ("03/04/2030", None),
    ],
)
def test_a_line_of_its_own_prints_the_day(tmp_path, line, day):
    text = f"Bridge Closed After Storm\n\n{line}\n\nThe bridge closed, officials said. It will open soon.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (article,) = tables.load(tmp_path / "a.txt", registry=tmp_path).articles.itertuples()
    if day is None:
        assert pd.isna(article.published)
    else:
        assert (f"{article.published:%Y-%m-%d}", article.published_basis) == (day, "given")
        assert article.published_evidence == line
