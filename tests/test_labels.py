"""Label files: a row for every sentence, a row for everything found, and both can be evaluated."""

import io

import pandas as pd
import pytest

from analysis import evaluate, labels


@pytest.fixture(scope="module")
def files(seed):
    return labels.label_files(seed)


def read(data):
    return pd.read_csv(io.BytesIO(data), dtype="string")


def test_each_table_has_an_empty_and_a_prefilled_file(files):
    assert set(files) == {f"{part}/{name}.csv" for part in ("empty", "prefilled") for name in labels.COLUMNS}


def test_an_empty_file_has_every_sentence_and_no_label(files, seed):
    empty = read(files["empty/counts.csv"])
    assert empty["sentence"].tolist() == seed.sentences["text"].tolist()
    assert empty[["start", "end", "text", "measure", "low"]].isna().all(axis=None)


def test_a_prefilled_file_has_the_rows_found_beside_their_sentence(files, seed):
    found = read(files["prefilled/counts.csv"])
    assert found["text"].tolist() == seed.counts["text"].tolist()
    for row in found.itertuples():
        at = int(row.start) - int(row.sentence_start)
        assert row.sentence[at : at + len(row.text)] == row.text


def test_what_is_prefilled_agrees_with_what_was_found(files, seed, tmp_path):
    for name in labels.COLUMNS:
        (tmp_path / f"{name}.csv").write_bytes(files[f"prefilled/{name}.csv"])
    scores = evaluate.against_gold(seed, tmp_path)
    assert {score.table.split(":")[0] for score in scores} == set(labels.COLUMNS) - {"sentiment"}
    assert all(score.f1 == 1 for score in scores)


def test_sentences_that_nobody_labelled_are_no_labels(files, seed, tmp_path):
    (tmp_path / "counts.csv").write_bytes(files["empty/counts.csv"])
    assert evaluate.against_gold(seed, tmp_path) == []


def test_every_sentence_gets_a_label_of_its_tone(files, seed):
    tones = read(files["prefilled/sentiment.csv"])
    assert len(tones) == len(seed.sentences)
    assert set(tones["label"]) == {"negative", "neutral", "positive"}
