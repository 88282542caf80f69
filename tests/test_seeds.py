"""The registry of the seed: dated events and curated dates are checked like code."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict

import pytest

from analysis import corpus, dates, events, sources
from conftest import ROOT

UNUSED = "not in the seed"


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


EVENTS = rows("events.csv")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    read = corpus.read_documents(sources.read(ROOT / "seeds"))
    return ["\n".join(a.text(block) for block in a.of_kind("title", "body")) for a in read.articles]


def folded(phrase: str) -> str:
    return phrase.replace("'", "’").lower()


def test_both_files_can_be_read() -> None:
    assert len(dates.read_events(EVENTS, "events.csv")) == len(EVENTS) > 40
    assert len(dates.read_curated(rows("dates.csv"), "dates.csv")) <= 2


def test_every_cell_is_filled_and_clean() -> None:
    for row in EVENTS:
        assert None not in row
        assert all(row[name] == row[name].strip() for name in row)
        assert all(row[name] for name in ("event_id", "date", "name", "phrase", "source")), row
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["event_id"])
        assert row["announced"] in ("", "yes")


def test_keys_are_unique() -> None:
    keys = [(row["event_id"], folded(row["phrase"])) for row in EVENTS]
    assert len(set(keys)) == len(keys)


def test_an_event_has_one_date_and_one_name_and_rows_stand_in_order_of_dates() -> None:
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in EVENTS:
        known[row["event_id"]].add((row["date"], row["name"]))
    assert {event_id: found for event_id, found in known.items() if len(found) > 1} == {}
    assert [row["date"] for row in EVENTS] == sorted(row["date"] for row in EVENTS)


def test_a_phrase_of_several_events_says_so_on_every_row() -> None:
    by_phrase: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in EVENTS:
        by_phrase[folded(row["phrase"])].append(row)
    for phrase, found in by_phrase.items():
        if len(found) > 1:
            # Told apart by what the article is about, or by a time beside them, which the note explains.
            assert all(row["about"] or "a time beside them decides" in row["note"] for row in found), phrase
            assert len({row["date"] for row in found}) == len(found), phrase


def test_a_source_names_a_body_and_what_it_recorded() -> None:
    for row in EVENTS:
        body, _, record = row["source"].partition(": ")
        assert body and record, row["source"]


def test_a_name_tells_the_event_and_no_article() -> None:
    titles = {article.title for article in corpus.read_documents(sources.read(ROOT / "seeds")).articles}
    assert not titles & {row["name"] for row in EVENTS}


def test_every_phrase_is_in_the_seed_or_marked(texts: list[str]) -> None:
    wrong = []
    for row in EVENTS:
        index = events.index_events(dates.read_events([row], "events.csv"))
        [phrase] = next(iter(index.phrases.values()))
        terms = [term for term in row["about"].lower().split(";") if term]
        is_used = any(
            phrase.pattern.search(t) and (not terms or any(term in t.lower() for term in terms)) for t in texts
        )
        if is_used == (UNUSED in row["note"]):
            wrong.append((row["event_id"], row["phrase"], is_used))
    assert wrong == []


def test_a_phrase_is_specific() -> None:
    """Two words at least, and a name in them or in what the article must be about."""
    for row in EVENTS:
        assert len(re.findall(r"\w+", row["phrase"])) >= 2, row["phrase"]
        assert re.search(r"[A-Z]", row["phrase"].replace("August", "").replace("Aug", "") + row["about"]), row["phrase"]


def test_a_curated_date_is_of_an_article_and_has_a_reason() -> None:
    known = {article.article_id for article in corpus.read_documents(sources.read(ROOT / "seeds")).articles}
    for row in rows("dates.csv"):
        assert row["article_id"] in known
        assert len(row["reason"].split()) >= 5


def test_days_lie_in_the_past_of_the_project() -> None:
    assert all(dt.date(2000, 1, 1) < dt.date.fromisoformat(row["date"]) < dt.date(2026, 1, 1) for row in EVENTS)
