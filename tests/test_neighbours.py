"""Dates by what the articles beside one tell, and by the order of a file."""

from __future__ import annotations

import datetime as dt

import pytest
from stories import NEWS, PLAIN, SHARED, article_text, between, date_all, dated, point, shown, split

from analysis import dates, neighbours
from analysis.dates import Dating
from analysis.sources import Document


def test_an_article_that_tells_the_same_of_a_weekday_gives_its_week() -> None:
    texts = [
        dated(dt.date(2021, 3, 5), 1, SHARED.format("on Tuesday")),
        article_text("Harbour Opens In Korrin", "", NEWS.format("Saturday"), SHARED.format("on Tuesday")),
    ]
    for order in (texts, texts[::-1]):
        dating = next(d for d in date_all(order, events=[]) if d.basis != "weekday+caption")
        assert shown(dating) == point("2021-03-06", "weekday+neighbours", "Saturday", "Tuesday")


@pytest.mark.parametrize(
    ("own", "distance"),
    [
        (SHARED.format("on Monday"), 0),
        (SHARED.format("last Tuesday"), 0),
        ("Guards carried sailors through Korrin on Tuesday.", 0),
        (SHARED.format("on Tuesday"), neighbours.NEIGHBOUR_DISTANCE),
    ],
)
def test_neighbours_say_nothing_of_other_days_other_things_or_from_afar(own: str, distance: int) -> None:
    fillers = [article_text(f"Ship Number {n} Sails", "", PLAIN) for n in range(distance)]
    texts = [
        dated(dt.date(2021, 3, 5), 1, SHARED.format("on Tuesday")),
        *fillers,
        article_text("Harbour Opens In Korrin", "", NEWS.format("Saturday"), own),
    ]
    assert date_all(texts, events=[])[-1].latest is None


def test_a_weekly_rally_told_in_like_words_is_no_neighbour_but_a_second_printing_is() -> None:
    lead = "Guards carried wounded sailors through burning warehouses on Friday, a warden told AFP."
    first = dated(dt.date(2021, 3, 5), 1).replace(NEWS.format("Friday"), lead)
    rally = article_text("Harbour Burns Again", "", lead, "It snowed.")
    assert date_all([first, rally], events=[])[1].latest is None
    second = "Fishermen blocked every northern channel with chains and barrels on Friday."
    printed = [text.rstrip("\n") + f"\n\n{second}\n" for text in (first, rally)]
    assert date_all(printed, events=[])[1].published == dt.date(2021, 3, 5)


DAYS = [dt.date(2021, 3, n) for n in (26, 22, 18, 15, 9, 5)]
UNDATED = article_text("Harbour Opens In Korrin", "", NEWS.format("Saturday"))


def between_dated(
    index: int, *, texts: list[str] | None = None, undated: str = UNDATED, backwards: bool = False
) -> Dating:
    texts = texts or [dated(day, n) for n, day in enumerate(DAYS)]
    texts = [*texts[:index], undated, *texts[index:]]
    made = date_all(texts[::-1] if backwards else texts, events=[])
    return made[::-1][index] if backwards else made[index]


@pytest.mark.parametrize("backwards", [False, True], ids=["newest first", "oldest first"])
def test_the_order_of_a_file_bounds_the_undated(backwards: bool) -> None:
    def title(n: int) -> str:
        return f"beside “Boat Number {n} Sinks Off Korrin”"

    first = between_dated(0, backwards=backwards)
    inside = between_dated(3, backwards=backwards, undated=UNDATED.replace("Saturday", "Wednesday"))
    last = between_dated(6, backwards=backwards)
    assert shown(first) == between("2021-03-27", "", "Saturday", title(0))
    assert shown(inside) == point("2021-03-17", "weekday+neighbours", "Wednesday", *sorted([title(2), title(3)]))
    assert shown(last) == between("", "2021-02-27", "Saturday", title(5))


def test_no_point_without_a_weekday_even_between_two_of_one_day() -> None:
    texts = [dated(day, n) for n, day in enumerate([*DAYS[:3], DAYS[2], *DAYS[3:]])]
    dating = between_dated(3, texts=texts, undated=article_text("Harbour Opens In Korrin", "", PLAIN))
    assert (dating.published, dating.earliest, dating.latest, dating.basis) == (None, DAYS[2], DAYS[2], "none")


@pytest.mark.parametrize(
    "days",
    [DAYS[:4], [DAYS[0]] * 6, [DAYS[1], DAYS[0], *DAYS[2:]]],
    ids=["too few", "all of a day", "one out of order"],
)
def test_an_order_that_may_be_chance_bounds_nothing(days: list[dt.date]) -> None:
    dating = between_dated(2, texts=[dated(day, n) for n, day in enumerate(days)])
    assert (dating.earliest, dating.latest) == (None, None)


def test_an_article_without_room_in_its_place_shows_another_order() -> None:
    old = article_text("Old Harbour Story", "", PLAIN, "Count Bolo fled last month.")
    texts = [dated(day, n) for n, day in enumerate(DAYS)]
    made = date_all([texts[0], old, UNDATED, *texts[1:]])
    assert made[1].latest == dt.date(2021, 4, 30)
    assert made[2].latest is None


def test_order_is_that_of_one_file() -> None:
    texts = [
        article_text(f"Boat Number {n} Sinks", *t.split("\n\n", 2)[1:2], t.split("\n\n\n", 1)[1])
        for n, t in enumerate(dated(d, 0) for d in DAYS)
    ]
    documents = [Document("a.txt", "\n\n\n".join(texts)), Document("b.txt", UNDATED)]
    assert dates.date_articles(split(*documents))[-1].latest is None
