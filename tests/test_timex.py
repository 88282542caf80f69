"""Time expressions: what is found, and which days it means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import timex

WEDNESDAY = dt.date(2021, 6, 16)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(e.text, e.kind, e.rule) for e in timex.find(text)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # none, first, middle, last, two
        ("The mayor opened a bridge.", []),
        ("", []),
        ("Monday brought rain.", [("Monday", "day", "weekday")]),
        ("Clerks on Tuesday refused to sign.", [("Tuesday", "day", "weekday")]),
        ("The ferry sank late Tuesday.", [("late Tuesday", "day", "weekday")]),
        ("It left on Friday and sank on Saturday.", [("Friday", "day", "weekday"), ("Saturday", "day", "weekday")]),
        # weekdays
        ("SUNDAY: all quiet", [("SUNDAY", "day", "weekday")]),
        ("Friday's talks", [("Friday", "day", "weekday")]),
        ("Friday’s talks", [("Friday", "day", "weekday")]),
        ("on\u00a0Monday\u00a0night", [("Monday\u00a0night", "day", "weekday")]),
        ("on Monday\nmorning", [("Monday\nmorning", "day", "weekday")]),
        ("Monday\n\nMorning post", [("Monday", "day", "weekday")]),
        ("at 10 p.m. Wednesday", [("Wednesday", "day", "weekday")]),
        ("last Friday, this Sunday", [("last Friday", "day", "weekday"), ("this Sunday", "day", "weekday")]),
        ("this coming Sunday", [("this coming Sunday", "day", "weekday")]),
        ("on Sunday last", [("Sunday last", "day", "weekday")]),
        ("on Monday of last week", [("Monday of last week", "day", "weekday")]),
        ("They met Tues. in Riga", [("Tues.", "day", "weekday")]),
        ("Mon. 3 May", [("Mon. 3 May", "day", "date")]),
        ("She said that Monday was calm", [("Monday", "day", "weekday")]),
        # habits and days told from another day
        ("They march on Sundays.", [("Sundays", "set", "set")]),
        (
            "each Thursday and every other Friday",
            [("each Thursday", "set", "set"), ("every other Friday", "set", "set")],
        ),
        ("open Tuesday nights", [("Tuesday nights", "set", "set")]),
        ("on Monday and Tuesday nights", [("Monday and Tuesday nights", "set", "set")]),
        ("They came back two days later.", [("two days later", "anchored", "anchored")]),
        (
            "the previous Friday, that same week",
            [("the previous Friday", "anchored", "anchored"), ("that same week", "anchored", "anchored")],
        ),
        (
            "a week after the vote, the next day",
            [("a week after", "anchored", "anchored"), ("the next day", "anchored", "anchored")],
        ),
        # dates
        ("on February 11, 2022.", [("February 11, 2022", "day", "date")]),
        ("on 11 February 2022.", [("11 February 2022", "day", "date")]),
        ("Feb. 11, 2022", [("Feb. 11, 2022", "day", "date")]),
        ("FEB 11", [("FEB 11", "day", "date")]),
        ("the 9th of August", [("9th of August", "day", "date")]),
        ("the August 9 vote, the 9 August vote", [("August 9", "day", "date"), ("9 August", "day", "date")]),
        ("by Sept 6", [("Sept 6", "day", "date")]),
        ("on Friday, Oct. 23.", [("Friday, Oct. 23", "day", "date")]),
        ("on Friday (May 29) in port", [("Friday (May 29)", "day", "date")]),
        ("on Sat 9 Aug", [("Sat 9 Aug", "day", "date")]),
        ("on April 24 and 25", [("April 24 and 25", "period", "date")]),
        ("9-10 August", [("9-10 August", "period", "date")]),
        ("last Oct. 23, July 8 last year", [("last Oct. 23", "day", "date"), ("July 8 last year", "day", "date")]),
        ("filed 2020-08-19", [("2020-08-19", "day", "date")]),
        (
            "filed 19/08/2020, 08/19/2020 and 3.4.2020",
            [("19/08/2020", "day", "date"), ("08/19/2020", "day", "date"), ("3.4.2020", "day", "date")],
        ),
        # months and years
        ("in August 2020", [("August 2020", "month", "month")]),
        ("by Aug. 2020", [("Aug. 2020", "month", "month")]),
        ("since November, early May", [("November", "month", "month"), ("early May", "month", "month")]),
        ("in May, after the March ruling", [("May", "month", "month"), ("March", "month", "month")]),
        ("in mid-June last year", [("mid-June last year", "month", "month")]),
        ("in 2020 and since 1994", [("2020", "year", "year"), ("1994", "year", "year")]),
        ("the 1996 law, a disputed 2020 election", [("1996", "year", "year"), ("2020", "year", "year")]),
        (
            "in 1994, 1995 and mid-1997",
            [("1994", "year", "year"), ("1995", "year", "year"), ("mid-1997", "year", "year")],
        ),
        # told from the day of writing
        (
            "today, late yesterday, tomorrow night",
            [
                ("today", "day", "day_word"),
                ("late yesterday", "day", "day_word"),
                ("tomorrow night", "day", "day_word"),
            ],
        ),
        ("last night and this morning", [("last night", "day", "day_word"), ("this morning", "day", "day_word")]),
        ("Overnight, guards left", [("Overnight", "period", "day_word")]),
        ("the day before yesterday", [("the day before yesterday", "day", "day_word")]),
        (
            "earlier this week, next month, last year",
            [("earlier this week", "week", "unit"), ("next month", "month", "unit"), ("last year", "year", "unit")],
        ),
        ("11 days ago, a week or so ago", [("11 days ago", "day", "ago"), ("a week or so ago", "week", "ago")]),
        ("a couple of months ago", [("a couple of months ago", "month", "ago")]),
        (
            "the past two weeks, over the past year",
            [("the past two weeks", "period", "period"), ("the past year", "period", "period")],
        ),
        (
            "over the weekend, this weekend",
            [("the weekend", "weekend", "weekend"), ("this weekend", "weekend", "weekend")],
        ),
        (
            "In recent weeks, a few days ago, years ago",
            [("recent weeks", "vague", "vague"), ("few days ago", "vague", "vague"), ("years ago", "vague", "vague")],
        ),
        ("in the coming days", [("the coming days", "vague", "vague")]),
    ],
)
def test_finds(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert found(text) == rows
    assert all(text[e.start : e.end] == e.text for e in timex.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "They may leave.",
        "May they live long.",
        "A speech by May angered them.",
        "Mrs May and April Jones met June Smith.",
        "a March for Freedom",
        "in March for Justice, the third",
        "the “March of the Cooks”",
        "They march.",
        "Janet, Jan Novak and Augusta",
        "Man Friday met Ruby Tuesday",
        "the Black Friday sales",
        "Good Friday",
        "the Sunday Times and the Mail on Sunday",
        "a Friday-only ferry, a pre-Monday mood",
        "Mondayish, #Monday, @sunday, monday.com",
        "The Sun. Sat. Wed in white.",
        "a 66-year-old, aged 38, 20 years old",
        "03/04/2020",
        "45/45/2020",
        "0000-01-01",
        "1.13.2020",
        "in 2000 people's homes, about 1900 protesters",
        "nearly 2020 were held, $2020, 2020-strong",
        "in the 1990s",
        "two hours ago",
        "the fourth consecutive weekend",
    ],
)
def test_refuses(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("In June 20 people fell.", [("June", "month", "month")]),
        ("since May 12% lost work", [("May", "month", "month")]),
        ("on August 9, 2000 people came", [("August 9", "day", "date")]),
        ("to be sentenced on May 3 to 10 years", [("May 3", "day", "date")]),
    ],
)
def test_leaves_out_the_count_beside_a_date(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert found(text) == rows


def test_reads_every_field() -> None:
    [expression] = timex.find("(on Friday, Oct. 23-24, 2020)")
    assert expression == timex.TimeExpression(
        4, 28, "Friday, Oct. 23-24, 2020", "period", "date", year=2020, month=10, day=23, last_day=24, weekday=4
    )
    [expression] = timex.find("later this month")
    assert expression == timex.TimeExpression(0, 16, "later this month", "month", "unit", shift=0, unit="month", clip=1)
    [expression] = timex.find("twelve weeks ago")
    assert expression == timex.TimeExpression(0, 16, "twelve weeks ago", "week", "ago", count=12, unit="week")


# From Wednesday 16 June 2021: told as past, then as to come; a single day is given once.
@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("Wednesday", "2021-06-16", "2021-06-16"),
        ("Tuesday", "2021-06-15", "2021-06-22"),
        ("Thursday", "2021-06-10", "2021-06-17"),
        ("this Sunday", "2021-06-13", "2021-06-20"),
        ("last Wednesday", "2021-06-09", "2021-06-09"),
        ("this past Tuesday", "2021-06-15", "2021-06-15"),
        ("Sunday last", "2021-06-13", "2021-06-13"),
        ("next Wednesday", "2021-06-23", "2021-06-23"),
        ("Monday last week", "2021-06-07", "2021-06-07"),
        ("Sunday of this week", "2021-06-20", "2021-06-20"),
        ("on Sundays", None, None),
        ("two days later", None, None),
        ("in recent weeks", None, None),
        ("June 16", "2021-06-16", "2021-06-16"),
        ("July 1", "2020-07-01", "2021-07-01"),
        ("May 1", "2021-05-01", "2021-05-01"),  # the next 1 May is over half a year ahead
        ("last June 16", "2020-06-16", "2020-06-16"),
        ("next June 15", "2022-06-15", "2022-06-15"),
        ("February 29", "2020-02-29", "2020-02-29"),
        ("30 February", None, None),
        ("July 8 last year", "2020-07-08", "2020-07-08"),
        ("Tuesday, June 15", "2021-06-15", "2021-06-15"),
        ("Monday, June 15", "2020-06-15", "2020-06-15"),  # the weekday tells the year
        ("Wednesday, June 15", "2022-06-15", "2022-06-15"),
        ("Friday, June 15", "2021-06-15", "2021-06-15"),  # no year near fits: the weekday is wrong
        ("April 24 and 25", "2021-04-24 2021-04-25", "2021-04-24 2021-04-25"),
        ("9 August 2020", "2020-08-09", "2020-08-09"),
        ("2020-08-19", "2020-08-19", "2020-08-19"),
        ("2020-13-19", None, None),
        ("19/08/2020", "2020-08-19", "2020-08-19"),
        ("8.9.2020", "2020-09-08", "2020-09-08"),
        ("August 2020", "2020-08-01 2020-08-31", "2020-08-01 2020-08-31"),
        ("in August", "2020-08-01 2020-08-31", "2021-08-01 2021-08-31"),
        ("in June", "2021-06-01 2021-06-30", "2021-06-01 2021-06-30"),
        ("last June", "2020-06-01 2020-06-30", "2020-06-01 2020-06-30"),
        ("last May", "2020-05-01 2020-05-31", "2020-05-01 2020-05-31"),
        ("last April", "2021-04-01 2021-04-30", "2021-04-01 2021-04-30"),
        ("next June", "2022-06-01 2022-06-30", "2022-06-01 2022-06-30"),
        ("in February last year", "2020-02-01 2020-02-29", "2020-02-01 2020-02-29"),
        ("in 1994", "1994-01-01 1994-12-31", "1994-01-01 1994-12-31"),
        ("today", "2021-06-16", "2021-06-16"),
        ("yesterday", "2021-06-15", "2021-06-15"),
        ("last night", "2021-06-15", "2021-06-15"),
        ("tomorrow", "2021-06-17", "2021-06-17"),
        ("the day before yesterday", "2021-06-14", "2021-06-14"),
        ("the day after tomorrow", "2021-06-18", "2021-06-18"),
        ("overnight", "2021-06-15 2021-06-16", "2021-06-15 2021-06-16"),
        ("this week", "2021-06-14 2021-06-20", "2021-06-14 2021-06-20"),
        ("earlier this week", "2021-06-14 2021-06-16", "2021-06-14 2021-06-16"),
        ("later this month", "2021-06-16 2021-06-30", "2021-06-16 2021-06-30"),
        ("last week", "2021-06-07 2021-06-13", "2021-06-07 2021-06-13"),
        ("next month", "2021-07-01 2021-07-31", "2021-07-01 2021-07-31"),
        ("last year", "2020-01-01 2020-12-31", "2020-01-01 2020-12-31"),
        ("three days ago", "2021-06-13", "2021-06-13"),
        ("2 weeks ago", "2021-05-30 2021-06-05", "2021-05-30 2021-06-05"),
        ("a month ago", "2021-05-01 2021-05-31", "2021-05-01 2021-05-31"),
        ("ten years ago", "2011-01-01 2011-12-31", "2011-01-01 2011-12-31"),
        ("9999 years ago", None, None),
        ("the past two days", "2021-06-14 2021-06-16", "2021-06-14 2021-06-16"),
        ("the next week", "2021-06-16 2021-06-23", "2021-06-16 2021-06-23"),
        ("the weekend", "2021-06-12 2021-06-13", "2021-06-19 2021-06-20"),
        ("last weekend", "2021-06-12 2021-06-13", "2021-06-12 2021-06-13"),
        ("next weekend", "2021-06-19 2021-06-20", "2021-06-19 2021-06-20"),
    ],
)
def test_resolves(words: str, past: str | None, future: str | None) -> None:
    [expression] = timex.find(words)

    def days(direction: timex.Direction) -> str | None:
        interval = timex.resolve(expression, WEDNESDAY, direction=direction)
        return " ".join(dict.fromkeys(day.isoformat() for day in interval)) if interval else None

    assert days("past") == past
    assert days("future") == future


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("July 1", dt.date(2021, 7, 1)),
        ("September 1", dt.date(2020, 9, 1)),
        ("in August", dt.date(2021, 8, 1)),
        ("in September", dt.date(2020, 9, 1)),
        ("Friday", dt.date(2021, 6, 11)),
    ],
)
def test_without_tense_only_a_date_within_two_months_lies_ahead(words: str, expected: dt.date) -> None:
    interval = timex.resolve(timex.find(words)[0], WEDNESDAY, direction="unknown")
    assert interval is not None
    assert interval[0] == expected


def test_on_a_sunday_the_weekend_is_not_over() -> None:
    sunday = dt.date(2021, 6, 13)
    days = {
        words: timex.resolve(timex.find(words)[0], sunday) for words in ("the weekend", "last weekend", "next weekend")
    }
    assert days == {
        "the weekend": (dt.date(2021, 6, 12), sunday),
        "last weekend": (dt.date(2021, 6, 5), dt.date(2021, 6, 6)),
        "next weekend": (dt.date(2021, 6, 19), dt.date(2021, 6, 20)),
    }


def test_an_expression_of_another_rule_has_no_days() -> None:
    assert timex.resolve(timex.TimeExpression(0, 8, "the vote", "day", "event"), WEDNESDAY) is None


WORDS = (
    "the a last this next Monday Sun Mon. Friday ( ) , May March August 9 31 30th 2020 1/2/2020 31/12/2020 of to and "
    "two few weeks day months year ago before early later ’s on in at overnight yesterday weekend nights every will "
    "said to-day planned for until \n \u00a0 29 February 2020-02-30 people %"
).split(" ")
texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join))


@given(text=texts, reference=st.dates(), direction=st.sampled_from(["past", "future", "unknown"]))
def test_any_text_gives_exact_ordered_spans_and_ordered_days(
    text: str, reference: dt.date, direction: timex.Direction
) -> None:
    end = 0
    for expression in timex.find(text):
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        end = expression.end
        interval = timex.resolve(expression, reference, direction=direction)
        assert interval is None or interval[0] <= interval[1]


@given(
    reference=st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), word=st.sampled_from(["Monday", "Saturday", "June 3"])
)
def test_past_is_never_ahead_and_future_never_a_week_behind(reference: dt.date, word: str) -> None:
    [expression] = timex.find(word)
    past = timex.resolve(expression, reference, direction="past")
    future = timex.resolve(expression, reference, direction="future")
    assert past and future
    assert past[1] <= reference
    assert past[0] <= future[0]
    if expression.rule == "weekday":
        assert reference <= future[0] <= reference + dt.timedelta(days=6)
        assert reference - dt.timedelta(days=6) <= past[0]


@pytest.mark.parametrize("unit", ["last ", "1 and 2 ", "Friday (", "the ", "\n ", " ", "two of ", "9.9."])
def test_a_long_text_of_anything_is_read_to_its_end(unit: str) -> None:
    # No clock: time that grew with the square of this length would be minutes.
    text = unit * 100_000
    assert all(text[e.start : e.end] == e.text for e in timex.find(text))


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_no_expression_is_missed_because_it_is_looked_for_near_its_main_word_only(text: str) -> None:
    everywhere = [m for word in timex._WORD.finditer(text) if (m := timex._RULES.match(text, word.start()))]
    told = [e for m in everywhere if m.lastgroup != "name" and (e := timex._expression(text, m))]
    names = [m.span() for m in everywhere if m.lastgroup == "name"]
    found = [(e.start, e.end) for e in timex.find(text)]
    for e in told:
        assert any(start < e.end and e.start < end for start, end in found + names)
