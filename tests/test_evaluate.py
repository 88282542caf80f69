"""Scores against labels: what counts as right, and the scores of the seed."""

import json
import math

import pandas as pd
import pytest

import analysis
from analysis import evaluate
from analysis.sources import BadInput
from conftest import ROOT

KEYS = ["source", "start"]


def rows(*pairs):
    return pd.DataFrame(list(pairs), columns=KEYS)


def test_labels_of_title_and_text_of_a_record_are_told_apart(tmp_path):
    title, text = "Doeland sanctions Roeland", "Doeland has imposed sanctions on Roeland."
    record = tmp_path / "a.jsonl"
    record.write_text(json.dumps({"id": "x", "title": title, "text": text}) + "\n", encoding="utf-8")
    lines = [f"a.jsonl,x,0,{len(words)},{words}" for words in (title, text)]
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "t.csv").write_text("\n".join(["source,article_id,start,end,text", *lines]), encoding="utf-8")
    found = evaluate.labels(analysis.load(record), "t", labels)
    assert found.set_index("text")["sentence_id"].to_dict() == {title: "x.b0.s0", text: "x.b1.s0"}


SPANS = pd.DataFrame(
    [
        ("a", "a1", 0, 9, "title", "Mill Burns"),
        ("a", "a1", 0, 11, "body", "Mill opens."),
        ("a", "a1", 12, 20, "body", "It snowed."),
        ("a", "a2", 0, 9, "body", "No ferry."),
    ],
    columns=["source", "article_id", "start", "end", "kind", "text"],
)


@pytest.mark.parametrize(
    "place, text",
    [
        (("a", 13, "a1", None), "It snowed."),
        (("a", 11, "a1", None), None),
        (("a", 20, "a1", None), None),
        (("a", pd.NA, "a1", None), None),
        (("b", 0, "a1", None), None),
        (("a", 3, "a2", None), "No ferry."),
        # Of a title and a text that both count from nought the words tell which is meant, else it is the text.
        (("a", 5, "a1", "Burns"), "Mill Burns"),
        (("a", 5, "a1", "opens"), "Mill opens."),
        (("a", 5, "a1", None), "Mill opens."),
    ],
)
def test_what_holds_a_place(place, text):
    other = ("a", 0, "a2", "No")
    places = pd.DataFrame([place, other], columns=["source", "start", "article_id", "text"], index=[7, 3])
    held = evaluate.holding(places, SPANS)
    assert [None if pd.isna(found) else found for found in held["text"]] == [text, "No ferry."]
    assert held.index.tolist() == [7, 3]


def test_a_title_holds_its_places_where_the_text_comes_behind_it():
    held = evaluate.holding(pd.DataFrame({"source": ["a"], "start": [3]}), SPANS.iloc[[0, 2]])
    assert held["text"].tolist() == ["Mill Burns"]


@pytest.mark.parametrize(
    "found, gold, right, precision, recall, f1",
    [
        ([("a", 1), ("a", 5)], [("a", 1), ("a", 5)], 2, 1, 1, 1),
        ([("a", 1)], [("a", 1), ("a", 5)], 1, 1, 0.5, 2 / 3),
        ([("a", 1), ("a", 6)], [("a", 1), ("a", 5)], 1, 0.5, 0.5, 0.5),
        ([("b", 1)], [("a", 1)], 0, 0, 0, 0),
        ([("a", 1), ("a", 1)], [("a", 1)], 1, 1, 1, 1),
    ],
)
def test_compare(found, gold, right, precision, recall, f1):
    score = evaluate.compare("t", rows(*found), rows(*gold), KEYS)
    assert (score.right, score.precision, score.recall) == (right, precision, recall)
    assert score.f1 == pytest.approx(f1)


def test_rows_of_one_side_are_kept():
    score = evaluate.compare("t", rows(("a", 1), ("a", 6)), rows(("a", 1), ("a", 5)), KEYS)
    assert score.missed["start"].tolist() == ["5"]
    assert score.surplus["start"].tolist() == ["6"]


def test_nothing_against_nothing_is_no_score():
    score = evaluate.compare("t", rows(), rows(), KEYS)
    assert math.isnan(score.precision) and math.isnan(score.recall) and math.isnan(score.f1)


def test_the_seed_agrees_with_the_labels(seed):
    scores = evaluate.against_gold(seed, ROOT / "tests" / "gold", only=("blocks", "sentences", "dates"))
    assert [(s.table, s.labelled) for s in scores] == [("blocks", 206), ("sentences", 196), ("dates", 10)]
    for score in scores:
        assert score.f1 == 1, (score.table, score.missed, score.surplus)
    table = evaluate.score_table(scores)
    assert table.columns.tolist() == [
        "table",
        "labelled",
        "found",
        "right",
        "precision",
        "recall",
        "F1",
        "F1 from",
        "F1 to",
    ]
    assert (table["F1"] == 1).all()


FLOORS = {
    "mentions: name": 0.99,
    "mentions: role": 0.95,
    "mentions: metonym": 0.95,
    "mentions: demonym": 0.95,
    "quotes: span": 1,
    "quotes: kind": 0.95,
    "quotes: speaker": 0.97,
    "sanction_events: whole": 0.93,
    "sanction_events: stage": 0.93,
    "counts: detention": 1,
    "counts: all": 0.96,
    "detainees": 0.9,
}


def test_the_other_tables_stay_above_their_floors(seed):
    scores = evaluate.against_gold(seed, only=tuple(table.split(":")[0] for table in FLOORS))
    assert {s.table for s in scores} == set(FLOORS)
    assert [(s.table, s.f1) for s in scores if s.f1 < FLOORS[s.table]] == []


def test_a_wrong_label_is_found_out(seed, tmp_path):
    gold = pd.read_csv(ROOT / "tests" / "gold" / "dates.csv", dtype="string")
    gold.loc[0, "published"] = "1999-01-01"
    gold.to_csv(tmp_path / "dates.csv", index=False)
    (score,) = evaluate.against_gold(seed, tmp_path)
    assert (score.right, len(score.missed), len(score.surplus)) == (9, 1, 1)


def test_labels_of_other_articles_are_no_labels(seed, tmp_path):
    (tmp_path / "counts.csv").write_text(
        "source,start,end,measure,low,high\nother.txt,1,2,killed,1,1\n", encoding="utf-8"
    )
    assert evaluate.against_gold(seed, tmp_path) == []
    assert evaluate.verdict([]).startswith("Nobody has labelled these articles")


@pytest.mark.parametrize(
    "written, cause",
    [
        (b"source,start\nx,1\n", "counts.csv: no column end, measure, low, high"),
        (b"", "counts.csv: not a CSV file in UTF-8"),
        (b"\xff\xfe", "counts.csv: not a CSV file in UTF-8"),
    ],
)
def test_broken_labels_are_named(seed, tmp_path, written, cause):
    (tmp_path / "counts.csv").write_bytes(written)
    with pytest.raises(BadInput, match=cause):
        evaluate.against_gold(seed, tmp_path)


def test_the_interval_holds_the_score_and_shrinks_with_rows():
    few = evaluate.compare("t", rows(("a", 1), ("a", 6)), rows(("a", 1), ("a", 5)), KEYS)
    many = evaluate.compare(
        "t",
        rows(*(("a", n) for n in range(100)), *(("b", n) for n in range(50))),
        rows(*(("a", n) for n in range(100)), *(("c", n) for n in range(50))),
        KEYS,
    )
    for score in (few, many):
        low, high = score.interval
        assert 0 <= low <= score.f1 <= high <= 1
    assert few.interval[1] - few.interval[0] > many.interval[1] - many.interval[0]
    assert all(map(math.isnan, evaluate.compare("t", rows(), rows(), KEYS).interval))
