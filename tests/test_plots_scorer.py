"""Scores against labels made by hand: what counts as labelled, and that no sentence claims too much."""

import json

import pandas as pd
import pytest

import analysis
from analysis import evaluate
from analysis.plots import passages, scorer
from analysis.sentiment import label


def judged(*rows):
    """Make labelled sentences of (by hand, news)."""
    data = pd.DataFrame(rows, columns=["label", "news"]).assign(
        article_id="a", sentence_id="a.b2.s0", text="The mill stands."
    )
    data["vader"] = 0.0
    for name in passages.SCORERS:
        data[f"{name}_label"] = [label(x, scorer=name) for x in data[name]]
    return data


# The second is a sentence that has changed since; who labels may also do one twice.
GOLD = pd.DataFrame(
    [("a.txt", 14, 33, "The mill is a ruin.", "negative"), ("a.txt", 34, 44, "It poured.", "neutral")],
    columns=["source", "start", "end", "text", "label"],
)


def test_labels_count_only_where_the_sentence_is_the_same(tmp_path):
    (tmp_path / "a.txt").write_text("Bridge Opens\n\nThe mill is a ruin. It rained.\n", encoding="utf-8")
    tables = analysis.load(tmp_path / "a.txt")
    found = scorer.labelled(tables, pd.concat([GOLD, GOLD.assign(label="positive")]))
    text = "The mill is a ruin."
    assert found[["text", "label"]].values.tolist() == [[text, "negative"]]
    assert found["news_label"].tolist() == ["negative"]


def test_records_that_open_with_the_same_sentence_have_its_label_each(tmp_path):
    record = json.dumps({"title": "Bridge Opens", "text": "The mill is a ruin."})
    (tmp_path / "a.jsonl").write_text(f"{record}\n{record}\n", encoding="utf-8")
    labels = scorer.labelled(analysis.load(tmp_path / "a.jsonl"), GOLD.assign(source="a.jsonl", start=0, end=19))
    assert labels["label"].tolist() == ["negative", "negative"] and labels["article_id"].is_unique


@pytest.mark.parametrize("gold", [None, GOLD.assign(source="b.txt"), GOLD.assign(label=None)])
def test_without_labels_a_sentence_says_so(tmp_path, gold):
    (tmp_path / "a.txt").write_text("Bridge Opens\n\nThe mill is a ruin. It rained.\n", encoding="utf-8")
    elsewhere = scorer.labelled(analysis.load(tmp_path / "a.txt"), gold)
    assert elsewhere.empty and scorer.by_label(elsewhere).empty and scorer.label_scores(elsewhere).empty
    assert scorer.worst(elsewhere).empty
    assert scorer.labels_say(elsewhere).startswith("No sentence of this corpus was labelled by hand")
    assert scorer.weakest_say(elsewhere) == "Without labels there is no error to show."


JUDGED = judged(("negative", -0.5), ("negative", 0.0), ("negative", 0.6), ("neutral", 0.0), ("positive", -0.4))


def test_counts_by_label():
    assert scorer.by_label(JUDGED).values.tolist() == [
        ["negative", 1, 1, 1, 0, 3, 0],
        ["neutral", 0, 1, 0, 0, 1, 0],
        ["positive", 1, 0, 0, 0, 1, 0],
    ]


def test_scores_by_label():
    rows = scorer.label_scores(JUDGED).set_index("scorer")
    assert rows.loc["lexicon for news"].tolist() == pytest.approx([0.4, 0.4, 2 / 3, 0, (0.4 + 2 / 3) / 3])
    assert rows.loc["always negative", ["right", "macro F1"]].tolist() == pytest.approx([0.6, 0.25])
    assert scorer.labels_say(JUDGED) == (
        "The lexicon for news puts two of five sentences (40 %) under the label that a reader gave; its macro F1, 0.35, "
        "is poor. That of plain VADER, 0.11, is poor; saying “always negative” has 0.25. Right no more often than "
        "“always negative”: lexicon for news and plain VADER."
    )
    assert scorer.weakest_say(JUDGED) == (
        "It does worst on the positive sentences: an F1 of 0.00, which is poor. The commonest error: "
        "positive sentences read as negative (one of three errors); the opposite sign, twice."
    )


def test_the_worst_errors_come_first():
    assert scorer.worst(JUDGED, n=2)[["by hand", "news"]].values.tolist() == [["negative", 0.6], ["positive", -0.4]]
    assert scorer.weakest_say(judged(("neutral", 0.0))) == "There is no wrong label to show."


@pytest.mark.parametrize(
    "f1, word", [(0.0, "poor"), (0.4999, "poor"), (0.5, "middling"), (0.699, "middling"), (0.7, "good")]
)
def test_names_of_an_f1(f1, word):
    assert scorer.verdict(f1) == word


def test_the_labels_of_the_seed_are_all_found(seed):
    gold = evaluate.labels(seed, "sentiment")
    labels = scorer.labelled(seed, gold)
    assert len(labels) == len(gold)
    rows = scorer.label_scores(labels).set_index("scorer")["macro F1"]
    assert rows["lexicon for news"] > 0.60 > rows["plain VADER"]
