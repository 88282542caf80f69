"""The comparison with public tools: the stored file, and the simple rules and readings behind it."""

import sys

import pandas as pd
import pytest

from analysis import evaluate
from conftest import ROOT

BENCHMARKS = ROOT / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import ask_tools  # noqa: E402
import baselines  # noqa: E402
import public_tools  # noqa: E402
import tool_tasks  # noqa: E402


@pytest.fixture(scope="module")
def stored():
    return pd.read_csv(BENCHMARKS / "public_tools.csv", dtype={"version": "string", "found": "Int64", "right": "Int64"})


@pytest.fixture(scope="module")
def made(seed):
    return public_tools.compared(seed, {})


def test_the_file_has_its_columns_and_counts_that_can_be(stored):
    assert stored.columns.tolist() == public_tools.COLUMNS
    assert not stored.duplicated(["task", "tool"]).any()
    asked = stored.dropna(subset=["right"])
    assert (asked["right"] <= asked[["found", "labels"]].min(axis=1)).all()
    assert stored.loc[stored["right"].isna(), "note"].str.startswith("not asked: ").all()


def test_every_pinned_tool_was_asked_in_its_pinned_version(stored):
    pinned = dict(line.split("==") for line in (BENCHMARKS / "public_tools.txt").read_text("utf-8").splitlines())
    asked = stored.dropna(subset=["version"])
    assert dict(zip(asked["tool"], asked["version"], strict=True)) == pinned
    assert set(ask_tools.ASKED) == set(pinned)


def test_our_rows_are_what_the_tables_give_now(stored, made):
    columns = ["task", "labels", "found", "right"]
    own = [frame.loc[frame["tool"] == tool_tasks.OWN, columns].to_dict("records") for frame in (stored, made)]
    # Mended by: python benchmarks/public_tools.py --keep-tools
    assert own[0] == own[1]


def test_our_rows_agree_with_the_evaluation(seed, made):
    scores = {score.table: (score.labelled, score.found, score.right) for score in evaluate.against_gold(seed)}
    own = made[made["tool"] == tool_tasks.OWN].set_index("task")[["labels", "found", "right"]]
    for task, table in {
        "sentences": "sentences",
        "dates": "dates",
        "quotations": "quotes: span",
        "detention figures": "counts: detention",
        "sanction events": "sanction_events: whole",
    }.items():
        assert tuple(own.loc[task]) == scores[table], task


def test_without_asking_the_tools_their_rows_are_kept(made, stored):
    kept = public_tools.kept(made)
    is_tool = stored["version"].notna()
    assert kept[is_tool].astype("string").equals(stored[is_tool].astype("string"))


def test_an_answer_inside_a_label_stands_for_it():
    labels = {("a", 10, 20, "ann-poe")}
    inside, other, outside = ("a", 14, 18, "ann-poe"), ("a", 14, 18, "karl-roe"), ("a", 18, 22, "ann-poe")
    assert tool_tasks.snapped({inside, other, outside}, labels) == labels | {other, outside}


@pytest.mark.parametrize(
    "found, expected",
    [
        (baselines.latest_date("On May 3, 2019 and June 12, 2019, not on Monday."), "2019-06-12"),
        (baselines.latest_date("On Monday."), None),
        (baselines.between_marks("She said “go” and “stay"), [(10, 12), (19, 23)]),
        (baselines.surnames("Ann Poe met Poetry.", {"Poe": "ann-poe"}), [(4, 7, "ann-poe")]),
        (baselines.nearest_name("Roe left. “Poe,” Poe said.", (11, 15), {"Poe": "poe", "Roe": "roe"}), "poe"),
        (baselines.nearest_name("Nobody was there.", (0, 1), {"Poe": "poe"}), None),
        (list(baselines.near_detention("Of 90 people, 33 were arrested.")), [(14, 16, "detained")]),
        (list(baselines.near_detention("They were arrested.")), []),
        (baselines.first_and_last("Doeland threatened Roeland with sanctions.", ["d", "r"]), ("d", "r", "threat")),
        (baselines.first_and_last("Doeland met Roeland.", ["d", "r"]), None),
        (baselines.first_and_last("Sanctions hit Roeland.", ["r"]), None),
    ],
)
def test_baselines(found, expected):
    assert found == expected
