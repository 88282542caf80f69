"""Scores against labels: what counts as right, and the scores of the seed."""

import math

import pandas as pd
import pytest

from analysis import evaluate
from conftest import ROOT

KEYS = ["source", "start"]


def rows(*pairs):
    return pd.DataFrame(list(pairs), columns=KEYS)


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


def test_disagreements_are_listed_by_side():
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
    assert table.columns.tolist() == ["table", "labelled", "found", "right", "precision", "recall", "F1"]
    assert (table["F1"] == 1).all()


FLOORS = {
    "mentions: name": 0.99,
    "mentions: role": 0.95,
    "mentions: metonym": 0.95,
    "mentions: demonym": 0.95,
    "quotes: span": 1,
    "quotes: kind": 0.95,
    "quotes: speaker": 0.97,
}


def test_mentions_and_quotations_stay_above_their_floors(seed):
    scores = evaluate.against_gold(seed, ROOT / "tests" / "gold", only=("mentions", "quotes"))
    assert {s.table for s in scores} == set(FLOORS)
    assert [(s.table, s.f1) for s in scores if s.f1 < FLOORS[s.table]] == []


def test_a_wrong_label_is_found_out(seed, tmp_path):
    gold = pd.read_csv(ROOT / "tests" / "gold" / "dates.csv", dtype="string")
    gold.loc[0, "published"] = "1999-01-01"
    gold.to_csv(tmp_path / "dates.csv", index=False)
    (score,) = evaluate.against_gold(seed, tmp_path)
    assert (score.right, len(score.missed), len(score.surplus)) == (9, 1, 1)
