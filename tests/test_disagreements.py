"""Where tables and labels disagree: what is missed, surplus or different, and that each has its cause."""

import json

import pandas as pd
import pytest

import analysis
from analysis import evaluate
from analysis.disagreements import CAUSES, DIFFERS, MISSED, PLACE, SURPLUS, UNEXPLAINED, disagreements, explained
from analysis.disagreements import read_causes as read
from analysis.sources import BadInput
from conftest import ROOT

HEAD = ",".join([*PLACE, "cause", "why"]) + "\n"


@pytest.fixture
def mended(tmp_path):
    """Write the counts of the seed's labels after a change, and return their folder."""

    def write(change):
        gold = change(pd.read_csv(evaluate.GOLD / "counts.csv", dtype="string"))
        gold.to_csv(tmp_path / "counts.csv", index=False)
        return tmp_path

    return write


def listed(seed, folder, table="counts: all"):
    found = disagreements(evaluate.against_gold(seed, folder, only=(table.partition(":")[0],)), seed)
    return found[found["table"] == table]


@pytest.mark.parametrize(
    "change, kind, labelled, found",
    [
        (lambda gold: gold.iloc[1:], SURPLUS, None, "“hundreds”, measure crowd, low 200, high 999"),
        (lambda gold: gold.assign(low=["7", *gold["low"][1:]]), DIFFERS, "low 7", "low 200"),
        (lambda gold: gold.assign(high=[None, *gold["high"][1:]]), DIFFERS, "high none", "high 999"),
        (lambda gold: gold.assign(end=["3940", *gold["end"][1:]]), DIFFERS, "“hundreds ”", "“hundreds”"),
        (
            lambda gold: pd.concat([gold, gold.head(1).assign(start="3932")]),
            MISSED,
            "“undreds”, measure crowd, low 200, high 999",
            None,
        ),
    ],
)
def test_one_disagreement_is_told_from_both_sides(seed, mended, change, kind, labelled, found):
    (row,) = listed(seed, mended(change)).astype("object").to_dict("records")
    told = [None if pd.isna(row[side]) else row[side] for side in ("labelled", "found")]
    assert (row["kind"], *told) == (kind, labelled, found)
    assert row["words"] in row["sentence"] and row["start"] in (3931, 3932)


def test_every_row_of_one_side_is_in_one_disagreement(seed):
    scores = evaluate.against_gold(seed)
    found = disagreements(scores, seed)
    sides = found["labelled"].notna().sum() + found["found"].notna().sum()
    assert sides == sum(len(score.missed) + len(score.surplus) for score in scores)
    assert found["sentence"].isin(seed.sentences["text"]).all()


def test_a_wrong_date_stands_where_its_article_begins(seed, tmp_path):
    gold = pd.read_csv(evaluate.GOLD / "dates.csv", dtype="string")
    gold.assign(published=["1999-01-01", *gold["published"][1:]]).to_csv(tmp_path / "dates.csv", index=False)
    (row,) = listed(seed, tmp_path, "dates").itertuples()
    assert (row.kind, row.start, row.labelled) == (DIFFERS, seed.articles["start"][0], "published 1999-01-01")


def test_records_that_share_their_offsets_are_told_apart(tmp_path):
    texts = {"a": "Police detained 30 people.", "b": "Police detained 40 people."}
    records = [json.dumps({"id": key, "title": "Day", "text": text}) for key, text in texts.items()]
    (tmp_path / "x.jsonl").write_text("\n".join(records), encoding="utf-8")
    corpus = analysis.load(tmp_path / "x.jsonl", registry=ROOT / "seeds")
    gold = (
        "source,article_id,start,end,measure,low,high\nx.jsonl,a,16,18,detained,30,30\nx.jsonl,b,16,18,detained,30,30\n"
    )
    (tmp_path / "counts.csv").write_text(gold, encoding="utf-8")
    (row,) = listed(corpus, tmp_path).itertuples()
    assert (row.labelled, row.found, row.words) == ("low 30, high 30", "low 40, high 40", "40")
    assert row.sentence == texts["b"]


# Causes.


def test_every_disagreement_of_the_seed_has_a_cause_and_every_cause_a_disagreement(seed):
    found = disagreements(evaluate.against_gold(seed), seed)[PLACE]
    assert list(read()[PLACE].itertuples(index=False, name=None)) == list(found.itertuples(index=False, name=None))


def test_every_cause_is_explained_in_a_sentence():
    assert read()["why"].str.fullmatch(r"[A-Z“].{20,}\.").all()


def test_what_nobody_has_explained_is_said(seed, mended):
    folder = mended(lambda gold: gold.iloc[2:])
    assert set(explained(listed(seed, folder), folder)["cause"]) == {UNEXPLAINED}
    row = f"counts: all,surplus,{seed.blocks['source'][0]},3931,{CAUSES[0]},Why not.\n"
    (folder / "causes.csv").write_text(HEAD + row, encoding="utf-8")
    assert explained(listed(seed, folder), folder)["cause"].tolist() == [CAUSES[0], UNEXPLAINED]


@pytest.mark.parametrize(
    "written, cause",
    [
        ("table,kind\n", "causes.csv: no column source, start, cause, why"),
        (HEAD + "t,missed,s,1,bad luck,W.\n", "causes.csv: line 2: bad luck is none of the causes"),
        (HEAD + "t,missed,s,1,,W.\n", "causes.csv: line 2: nothing is none of the causes"),
        (HEAD + f"t,missed,s,one,{CAUSES[0]},W.\n", "causes.csv: line 2: start one is no place"),
        (HEAD + 2 * f"t,missed,s,1,{CAUSES[0]},W.\n", "causes.csv: line 3: a second cause for one place"),
    ],
)
def test_broken_causes_are_named(tmp_path, written, cause):
    (tmp_path / "causes.csv").write_text(written, encoding="utf-8")
    with pytest.raises(BadInput, match=cause):
        read(tmp_path)
