"""Formulas in CSV files: what a spreadsheet would run is made harmless wherever one is written, and read back."""

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis import evaluate, labels, tables
from analysis.__main__ import main
from analysis.formulas import neutralised, neutralised_table, restored, restored_table

LINK = '=HYPERLINK("http://x.org","Ann Poe")'
FORMULAS = [
    LINK,
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0-a",
    "\ufeff=1",
    "\tnow",
    "＝1",
    "＠x",
]
HARMLESS = [
    "",
    "-5",
    "+3.5",
    "-.5e-3",
    "\n\n",
    "\r\n\r\n",
    "\t",
    "a=1",
    "'tis",
    "’=1",
    '"=1"',
    "–‘Vote’–",
    "½",
    "x\t=1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_and_loses_it_again(text):
    assert neutralised(text) == f"'{text}"
    assert neutralised(f"''{text}") == f"'''{text}"
    assert restored(f"'{text}") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_runs_nothing_stays(text):
    assert neutralised(text) == text == restored(text)


@given(st.text(st.sampled_from("'=+-@＝5. \t\r\n\u200bA") | st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(text):
    written = neutralised(text)
    assert restored(written) == text
    assert restored(restored(neutralised(written))) == text


def test_only_texts_of_a_table_are_changed():
    table = pd.DataFrame({"text": pd.array(["=1", None], dtype="string"), "n": [-1, -2], "mixed": ["-a", -1.5]})
    made = neutralised_table(table)
    assert made["text"].tolist()[0] == "'=1" and made["text"].isna().tolist() == [False, True]
    assert made["n"].tolist() == [-1, -2] and made["mixed"].tolist() == ["'-a", -1.5]
    pd.testing.assert_frame_equal(restored_table(made[["text"]]), table[["text"]])


@pytest.fixture
def folder(tmp_path):
    """A corpus whose every field is a formula."""
    (tmp_path / "articles").mkdir()
    record = {
        "id": LINK,
        "title": "@Doeland",
        "text": f"=Poe Roe said two people were killed.\n\n{LINK}",
        "agency": "-x",
    }
    (tmp_path / "articles" / "=a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    row = "doeland,{},state,+camp,,{},name,,,@source,{}\n"
    actors = "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note\n"
    # As a spreadsheet's user would paste it from a file of ours.
    (tmp_path / "actors.csv").write_text(actors + row.format("'=Doeland", "'@Doeland", "''=1"), encoding="utf-8")
    return tmp_path


def cells(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def test_no_file_that_is_written_holds_a_formula(folder, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["extract", str(folder), "--out", str(out)]) == 0
    assert main(["label", str(folder), "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["actors", "suggest", str(folder)]) == 0
    suggested = capsys.readouterr().out
    written = {path.relative_to(out).as_posix(): path.read_bytes().decode() for path in out.rglob("*.csv")} | {
        "suggested": suggested
    }
    assert len(written) == len(tables.SCHEMA) + 2 * len(labels.COLUMNS) + 1
    for name, text in written.items():
        assert all(neutralised(cell) == cell or cell.startswith("'") for cell in cells(text)), name
    assert f"'{LINK}" in cells(written["articles.csv"]) and "'=a.jsonl" in cells(written["blocks.csv"])
    assert any(cell.startswith("'=Poe Roe") for cell in cells(suggested))
    assert "apostrophe" in json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["description"]


def test_our_own_files_are_read_as_they_were_meant(folder, tmp_path):
    made = analysis.load(folder)
    [actor] = made.actors.itertuples()
    assert (actor.name, actor.alias, actor.note) == ("=Doeland", "@Doeland", "'=1")
    for name, data in labels.label_files(made).items():
        if name.startswith("prefilled/"):
            (tmp_path / name.split("/")[1]).write_bytes(data)
    scores = evaluate.against_gold(made, tmp_path)
    assert {score.table for score in scores} >= {"counts: all"}
    assert all(score.missed.empty and score.surplus.empty for score in scores)


def test_a_corpus_that_others_wrote_is_read_unchanged(tmp_path):
    (tmp_path / "a.csv").write_text("title,text\n'=Bridge,'=It closed.\n", encoding="utf-8")
    made = analysis.load(tmp_path / "a.csv")
    assert made.articles["title"].tolist() == ["'=Bridge"] and "".join(made.blocks["text"]) == "'=Bridge'=It closed."
