"""How far to trust it: scores as a figure, figures from labels, two people's labels."""

import json

import pandas as pd
import pytest

import analysis
from analysis import evaluate, tables
from analysis.plots import trust
from conftest import ROOT


@pytest.fixture(scope="module")
def unlabelled(tmp_path_factory):
    file = tmp_path_factory.mktemp("other") / "other.jsonl"
    file.write_text(json.dumps({"id": "a", "title": "T", "text": "Ann Poe met Karl Roe."}), encoding="utf-8")
    return analysis.load(file, registry=ROOT / "seeds")


def test_the_scores_are_those_of_the_evaluation(seed):
    data = trust.scores(seed)
    assert len(data) == len(evaluate.against_gold(seed))
    title = trust.scores_words(data).title
    assert title.startswith("11 of 15 parts agree") and "least" in title


def test_a_score_that_is_not_perfect_is_never_written_as_perfect():
    assert trust._score(0.9999, 10_000, 9_999, 10_000) == "0.999"
    assert trust._score(1.0, 5, 5, 5) == "1.000"


def test_articles_without_labels_have_no_scores(unlabelled):
    assert trust.scores(unlabelled).empty
    assert trust.scores_words(trust.scores(unlabelled)).title == "Nobody has labelled these articles"
    assert trust.agreement(unlabelled).empty
    assert trust.swapped(unlabelled)["same title"].all()


def test_labels_in_place_of_rows_agree_with_themselves(seed):
    labelled = trust.with_labels(seed)
    for score in evaluate.against_gold(labelled, only=trust.SWAPPED):
        assert score.f1 == 1, (score.table, score.missed, score.surplus)
    assert tables.verify(labelled, ROOT / "seeds") > 0


def test_a_wrong_label_changes_a_figure(seed, tmp_path):
    gold = pd.read_csv(evaluate.GOLD / "mentions.csv", dtype="string")
    gold.loc[gold["actor_id"] == "belarus", "actor_id"] = "russia"
    gold.to_csv(tmp_path / "mentions.csv", index=False)
    labelled = trust.with_labels(seed, tmp_path)
    assert (labelled.mentions["actor_id"] != "belarus").all()
    assert len(labelled.mentions) == len(gold)


def test_two_people_are_compared_unit_by_unit(seed, tmp_path):
    (tmp_path / "second").mkdir()
    first = pd.read_csv(evaluate.GOLD / "counts.csv", dtype="string")
    second = first.iloc[1:].copy()
    second.loc[second.index[0], "measure"] = "injured"
    first.to_csv(tmp_path / "counts.csv", index=False)
    second.to_csv(tmp_path / "second" / "counts.csv", index=False)
    (row,) = trust.agreement(seed, tmp_path).itertuples()
    assert row.units == len(first) and row._3 == len(first) - 2
    assert 0 < row.alpha < 1
