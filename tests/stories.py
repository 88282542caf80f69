"""Invented articles to be dated, and how their dates are written in tests.

The countries, persons and events are invented.
"""

from __future__ import annotations

import csv
import datetime as dt

from analysis import corpus, dates, making
from analysis.dates import Curated, Dating
from analysis.events import Event
from analysis.sources import Document

EVENTS = dates.read_events(
    csv.DictReader(
        """event_id,date,phrase,about,announced
flight,2021-03-02,Count Bolo … fled,,
flight,2021-03-02,flight of Count Bolo,,
storm,2021-03-02,great storm,,
coup,2021-03-02,Varnian coup,,
summit,2021-03-10,emergency summit,Varnia,yes
vote,2021-05-09,May 9 … vote,Varnia;Ostava,yes
vote,2021-05-09,disputed May 9 … vote,Varnia;Ostava,
vote,2021-05-09,the vote that ousted him,,
oath-one,2016-11-04,Premier Anka … sworn in,,
oath-two,2020-09-23,Premier Anka … sworn in,,
debate,2020-06-17,Council … rare debate,,yes
debate-two,2020-09-18,Council … rare debate,,yes
""".splitlines()
    ),
    "events.csv",
)


def article_text(title: str, caption: str, *paragraphs: str) -> str:
    head = f"{title}\n\n{caption}\n\n\n" if caption else f"{title}\n\n\n"
    return head + "\n\n".join(paragraphs) + "\n"


def split(*documents: Document) -> list[tuple[corpus.Article, list[tuple[corpus.Block, int, str]]]]:
    read = corpus.read_documents(documents)
    return [(a, [s for s in making.split_article(a) if s[0].kind == "body"]) for a in read.articles]


def date_all(
    texts: list[str], *, events: list[Event] = EVENTS, curated: dict[str, Curated] | None = None
) -> list[Dating]:
    return dates.date_articles(split(Document("a.txt", "\n\n\n".join(texts))), events=events, curated=curated)


def date_one(caption: str, *paragraphs: str, events: list[Event] = EVENTS) -> Dating:
    [dating] = date_all([article_text("Harbour Closed In Korrin", caption, *paragraphs)], events=events)
    return dating


def shown(d: Dating) -> tuple[str, str, str, str, str]:
    published, earliest, latest = (str(day) if day else "" for day in (d.published, d.earliest, d.latest))
    return published, earliest, latest, d.basis, d.words


DAY = "Boats queue at Korrin on March 2, 2021. Jo Doe / AFP"  # a Tuesday
FILES = "(FILES) Boats queue at Korrin on March 2, 2021. Jo Doe / AFP"
NEWS = "The harbour of Korrin closed on {}, its warden told AFP."
PLAIN = "The harbour of Korrin is closed, its warden told AFP."
NONE = ("", "", "", "none", "")


def point(day: str, basis: str, *words: str) -> tuple[str, str, str, str, str]:
    return day, day, day, basis, " | ".join(words)


def between(first: str, last: str, *words: str) -> tuple[str, str, str, str, str]:
    return "", first, last, "none", " | ".join(words)


def dated(day: dt.date, number: int, *paragraphs: str) -> str:
    caption = f"Boats queue at Korrin on {day:%B} {day.day}, {day.year}. Jo Doe / AFP"
    return article_text(f"Boat Number {number} Sinks Off Korrin", caption, NEWS.format(f"{day:%A}"), *paragraphs)


SHARED = "Guards carried wounded sailors through burning warehouses towards Korrin cathedral {}."
