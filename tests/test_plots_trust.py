"""How far to trust it: scores as a figure, figures from labels, two people's labels."""

import json

import pandas as pd
import pytest

import analysis
from analysis import evaluate, tables
from analysis.disagreements import disagreements, explained
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


def score_rows(*right):
    """Make scores of parts of 10,000 labels each, all of them found, so many of them right."""
    rows = [(f"part {n}", 10_000, 10_000, k, k / 10_000) for n, k in enumerate(right)]
    return pd.DataFrame(rows, columns=["table", "labelled", "found", "right", "F1"])


@pytest.mark.parametrize(
    "right, title",
    [
        ([5_000], "The one part does not agree with the labels in every row: part 0 (0.500)"),
        ([10_000], "The one part agrees with the labels in every row"),
        ([5_000, 6_000], "Neither of two parts agrees with the labels in every row; least part 0 (0.500)"),
        ([10_000] * 2, "Both parts agree with the labels in every row"),
        ([5_000] * 3, "None of three parts agrees with the labels in every row; least part 0 (0.500)"),
        # No rounding makes a score perfect.
        ([10_000, 9_999, 9_998], "One of three parts agrees with the labels in every row; least part 2 (0.999)"),
        ([10_000, 9_999, 10_000], "Two of three parts agree with the labels in every row; least part 1 (0.999)"),
        ([10_000] * 12, "All 12 parts agree with the labels in every row"),
    ],
)
def test_the_title_of_the_scores(right, title):
    words = trust.scores_words(score_rows(*right))
    assert words.title == title
    assert words.alt.count("1.000") == right.count(10_000)


def test_a_part_without_a_row_on_either_side_has_no_score(seed, monkeypatch):
    rows = pd.DataFrame({"start": [1, 2]})
    scores = [evaluate.compare(name, side, side, ["start"]) for name, side in (("a", rows.head(0)), ("b", rows))]
    monkeypatch.setattr(evaluate, "against_gold", lambda tables: scores)
    assert trust.scores_words(trust.scores(seed)).title == "The one part agrees with the labels in every row"


def test_articles_without_labels_have_no_scores(unlabelled):
    assert trust.scores(unlabelled).empty
    assert trust.scores_words(trust.scores(unlabelled)).title == "Nobody has labelled these articles"
    assert trust.agreement(unlabelled).empty
    assert trust.swapped(unlabelled).empty
    assert trust.swapped_say(trust.swapped(unlabelled)) == "There are no labels to make a figure with."
    scores = evaluate.against_gold(unlabelled)
    listed = explained(disagreements(scores, unlabelled))
    assert trust.by_cause(listed).empty and trust.told(listed).empty
    assert trust.causes_say(trust.scores(unlabelled), listed).startswith("Nobody has labelled these articles")
    assert trust.second_say(scores, scores).startswith("There are no labels of a second person")
    tools = trust.public_tools(trust.scores(unlabelled))
    assert tools.empty and "the project’s own articles" in trust.tools_say(tools)


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


def causes(*rows):
    columns = ["table", "kind", "labelled", "found", "words", "sentence", "cause", "why"]
    return pd.DataFrame(rows, columns=columns).assign(sentence_id="a.b0.s0")


@pytest.mark.parametrize(
    "same, said",
    [
        ([True, True], "No figures of two would have another title with the labels in place of what was found."),
        ([True, False], "One figure of two would have another title with the labels in place of what was found: b."),
    ],
)
def test_figures_that_would_have_another_title_are_named(same, said):
    assert trust.swapped_say(pd.DataFrame({"figure": ["a", "b"], "same title": same})) == said


MISSED = ("t", "missed", "“Doeland”", None, "Doeland", "Of Doeland.", "grammar not read", "No verb.")
SURPLUS = ("t", "surplus", None, "stage call", None, "Ann Poe left.", "not yet explained", None)
LABELLED = pd.DataFrame({"table": ["t"]})


def test_disagreements_are_counted_by_cause_with_their_words():
    counted = trust.by_cause(causes(MISSED, SURPLUS, MISSED))
    assert counted.to_dict("records") == [
        {"table": "t", "kind": "missed", "cause": "grammar not read", "n": 2, "words": "Doeland"},
        {"table": "t", "kind": "surplus", "cause": "not yet explained", "n": 1, "words": "Ann Poe left."},
    ]


def test_a_disagreement_is_told_with_its_cause():
    told = trust.told(causes(MISSED, SURPLUS))
    assert told["what"].tolist() == ["labelled “Doeland”; not found", "not labelled; found stage call"]
    assert told["why"].tolist() == ["grammar not read: No verb.", "not yet explained"]


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ((), "there is nothing to explain"),
        ((MISSED,), "is “grammar not read” (one); not yet explained: none."),
        ((MISSED, SURPLUS), "is “grammar not read” or “not yet explained” (one each); not yet explained: one."),
    ],
)
def test_the_commonest_cause_is_said(rows, sentence):
    assert sentence in trust.causes_say(LABELLED, causes(*rows))


def score(right, missed):
    rows = pd.DataFrame({"source": range(right + missed)})
    return evaluate.compare("t", rows.head(right), rows, ["source"])


def test_the_fall_on_other_labels_is_said():
    assert trust.second_say([score(2, 0)], [score(1, 1)]).endswith("falls most in t: from 1.000 to 0.667.")
    assert trust.second_say([score(1, 1)], [score(2, 0)]) == "No score is lower on the second person’s labels."


def tools(*rows):
    data = pd.DataFrame(rows, columns=["task", "tool", "labels", "found", "right"])
    data = data.astype({"found": "Int64", "right": "Int64"})
    return data.assign(F1=2 * data["right"] / (data["found"] + data["labels"]))


def test_tools_are_compared_task_by_task():
    said = trust.tools_say(
        tools(
            ("spans", "these tables", 4, 4, 4),
            ("spans", "spanner 2", 4, 4, 4),
            ("spans", "wrench", 4, None, None),
            ("days", "these tables", 9, 9, 8),
            ("days", "dater 1", 9, 9, 2),
            ("days", "dayer 1", 9, 9, 7),
            ("tones", "these tables", 9, 9, 3),
            ("tones", "toner 1", 9, 9, 5),
        )
    )
    assert "in one of three tasks, level with the best in one, behind in one." in said
    assert "Most ahead: days (dayer 1, 7 of 9 right). Least ahead: days (dayer 1, 7 of 9 right)." in said
    assert "Level: spans (spanner 2, 4 of 4 right). Behind: tones (toner 1, 5 of 9 right)." in said
    assert said.endswith("Could not be asked: wrench.")


def test_the_stored_comparison_says_what_was_asked():
    compared = trust.public_tools(LABELLED)
    first = compared.drop_duplicates("task")
    assert (first["tool"] == "these tables").all() and first["note"].str.startswith("asked: ").all()
    assert compared["F1"].dropna().between(0, 1).all()
