"""The dates of the project's own articles, against tests/gold, and with evidence taken away."""

from __future__ import annotations

import csv
import datetime as dt
import random
import re

from stories import split

from analysis import corpus, dates, tables
from analysis.dates import Dating
from analysis.events import Event
from analysis.sources import Document
from conftest import ROOT


def gold() -> dict[str, str]:
    with (ROOT / "tests" / "gold" / "dates.csv").open(encoding="utf-8", newline="") as file:
        return {row["article_id"]: row["published"] for row in csv.DictReader(file)}


def seed_articles(texts: list[tuple[str, str]]) -> list[tuple[corpus.Article, list[tuple[corpus.Block, int, str]]]]:
    return split(*(Document(source, text) for source, text in texts))


def seed_texts() -> list[str]:
    read = corpus.read_documents(
        [
            Document("seed.txt", path.read_text(encoding="utf-8"))
            for path in sorted((ROOT / "seeds" / "articles").iterdir())
        ]
    )
    return [article.document.text[article.start : article.end] + "\n" for article in read.articles]


def seed_events() -> list[Event]:
    with (ROOT / "seeds" / "events.csv").open(encoding="utf-8", newline="") as file:
        return dates.read_events(csv.DictReader(file), "events.csv")


def by_id(
    articles: list[tuple[corpus.Article, list[tuple[corpus.Block, int, str]]]], events: list[Event]
) -> dict[str, Dating]:
    return dict(zip((a.article_id for a, _ in articles), dates.date_articles(articles, events=events), strict=True))


def test_the_seed_has_its_dates_with_no_curated_entry(seed: tables.Tables) -> None:
    articles = seed.articles.set_index("article_id")
    assert articles["published"].dt.strftime("%Y-%m-%d").to_dict() == gold()
    assert set(articles["published_basis"]) == {"weekday+caption", "weekday+event"}
    assert (articles["published_earliest"] == articles["published"]).all()
    assert (articles["published_latest"] == articles["published"]).all()


def test_the_seed_has_its_dates_in_any_order_and_in_any_files() -> None:
    texts = seed_texts()
    rng = random.Random(1)
    for _ in range(3):
        rng.shuffle(texts)
        for documents in ([("a.txt", "\n\n\n".join(texts))], [(f"{n}.txt", text) for n, text in enumerate(texts)]):
            found = by_id(seed_articles(documents), seed_events())
            assert all(d.published is None or str(d.published) == gold()[i] for i, d in found.items())
            assert sum(d.published is not None for d in found.values()) >= (10 if len(documents) == 1 else 9)
            for article_id, dating in found.items():
                assert holds(dating, gold()[article_id])


def holds(dating: Dating, day: str) -> bool:
    published = dt.date.fromisoformat(day)
    return (dating.earliest or published) <= published <= (dating.latest or published)


def test_without_events_the_points_become_intervals_that_hold_the_day() -> None:
    found = by_id(seed_articles([("a.txt", "\n\n\n".join(seed_texts()))]), [])
    captioned = [d for d in found.values() if d.published]
    assert len(captioned) == 4
    assert {d.basis for d in captioned} == {"weekday+caption"}
    assert all(holds(d, gold()[i]) for i, d in found.items())


def test_without_dated_captions_no_date_is_wrong() -> None:
    texts = [re.sub(r"\w+ \d+, \d{4}", "", text) for text in seed_texts()]
    found = by_id(seed_articles([("a.txt", "\n\n\n".join(texts))]), seed_events())
    assert all(holds(d, gold()[i]) for i, d in found.items())
    assert sum(d.published is not None for d in found.values()) >= 6


def test_each_event_of_the_seed_can_be_left_out() -> None:
    articles = seed_articles([("a.txt", "\n\n\n".join(seed_texts()))])
    events = seed_events()
    named = {e.event_id for d in by_id(articles, events).values() for e in d.evidence} - {""}
    for event_id in sorted({i for ids in named for i in ids.split()}):
        for article_id, dating in by_id(articles, [e for e in events if e.event_id != event_id]).items():
            assert holds(dating, gold()[article_id]), (event_id, article_id)
