"""The figures of sanction threads: their frames, titles and limits."""

import json
from dataclasses import replace

import pandas as pd
import pytest

import analysis
from analysis import plots
from analysis.plots import sanction_stages, sanction_timeline, sanctions
from conftest import ROOT

TEXTS = {
    "2020-08-03": "Lithuania imposed sanctions on Cuba.",
    "2020-08-20": "Nigeria called for sanctions against Mali. Qatar blocked sanctions by Nigeria on Mali.",
    "2021-03-04": "Lithuania again imposed sanctions on Cuba.",
}


@pytest.fixture
def corpus_of(tmp_path):
    def make(texts):
        rows = [{"id": f"a{n}", "title": f"T {n}", "date": day, "text": text} for n, (day, text) in enumerate(texts)]
        file = tmp_path / "a.jsonl"
        file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return analysis.load(file, registry=ROOT / "seeds")

    return make


def test_events_carry_names_and_who_says_them(corpus_of):
    told = sanctions.told(corpus_of(TEXTS.items()))
    assert told["thread"].tolist() == ["Lithuania → Cuba", "Nigeria → Mali", "Nigeria → Mali", "Lithuania → Cuba"]
    assert told["said_by"].tolist() == ["the report", "Nigeria", "Qatar", "the report"]


def test_an_answer_in_an_article_without_a_day_has_no_last_event(corpus_of):
    texts = ("2020-08-03", TEXTS["2020-08-03"]), (None, "Cuba imposed sanctions on Lithuania in retaliation.")
    (answer,) = sanctions.answers(corpus_of(texts)).to_dict("records")
    assert (answer["published"], answer["answer"], answer["answers"]) == ("", "Cuba → Lithuania", "Lithuania → Cuba")
    assert answer["whose stage then"] is None and answer["other_sentence_id"] is None


def test_the_time_line_has_a_row_a_stage_and_the_empty_months(corpus_of):
    line = sanction_timeline.timeline(corpus_of(TEXTS.items()))
    assert line[["thread", "stage", "when", "gap", "events"]].values.tolist() == [
        ["Lithuania → Cuba", "imposition", "2020-08-03", 0, 1],
        ["Lithuania → Cuba", "imposition", "2021-03-04", 6, 1],
        ["Nigeria → Mali", "call", "2020-08-20", 0, 1],
        ["Nigeria → Mali", "blocking", "2020-08-20", 0, 1],
    ]
    assert "six months" in sanction_timeline.timeline_words(line).caption


def test_more_days_than_fit_become_months(corpus_of):
    days = [f"2020-{month:02}-{day:02}" for month in range(1, 8) for day in (3, 17)]
    line = sanction_timeline.timeline(corpus_of([(day, TEXTS["2020-08-03"]) for day in days]))
    assert line["when"].tolist() == [f"2020-{month:02}" for month in range(1, 8)]
    assert line["events"].tolist() == [2] * 7


def test_stages_reached_and_their_title(corpus_of):
    stages = sanction_stages.reached(corpus_of(TEXTS.items()))
    assert stages[["sender", "target", "stage", "events"]].values.tolist() == [
        ["Lithuania", "Cuba", "imposition", 2],
        ["Nigeria", "Mali", "call", 1],
        ["Nigeria", "Mali", "blocking", 1],
    ]
    assert sanction_stages.reached_words(stages).title == "Measures in force are told of in one of two threads"
    weaker = stages[stages["stage"] != "imposition"]
    assert sanction_stages.reached_words(weaker).title == "No measure in force is told of in the one thread"
    imposed = stages[stages["stage"] == "imposition"]
    assert sanction_stages.reached_words(imposed).title == "Measures in force are told of in the one thread"


def test_first_reports_count_days_between_reports(corpus_of):
    texts = [
        ("2020-08-01", "Nigeria threatened Mali with sanctions."),
        ("2020-08-11", "Nigeria imposed sanctions on Mali."),
    ]
    first = sanction_stages.first_reports(corpus_of(texts))
    assert first[["stage", "days"]].values.tolist() == [["threat", 0], ["imposition", 10]]
    title = sanction_stages.first_reports_words(first).title
    assert title == "Nigeria → Mali: ten days from the first report of threat to that of imposition"
    assert sanction_stages.first_reports(corpus_of(texts[:1])).empty


def test_who_calls_and_who_holds_up(corpus_of):
    data = sanction_stages.callers(corpus_of(TEXTS.items()))
    assert data.drop(columns="sentence_ids").values.tolist() == [
        ["Nigeria", "calls", "Nigeria → Mali", 1],
        ["Qatar", "holds up", "Nigeria → Mali", 1],
    ]
    assert sanction_stages.callers_words(data).title == "Nigeria calls for sanctions (1), Qatar holds them up (1)"


@pytest.mark.parametrize(
    "rows, title",
    [
        ([("Doe", "calls", 3), ("Roe", "calls", 1)], "Doe calls for sanctions most often (3)"),
        (
            [("Doe", "calls", 2), ("Roe", "calls", 2), ("Kor", "calls", 1)],
            "Doe and Roe call for sanctions most often (2 each)",
        ),
        ([("Doe", "holds up", 1), ("Roe", "holds up", 1)], "Doe and Roe hold sanctions up (1 each)"),
        (
            [("Doe", "calls", 1), ("Kor", "holds up", 1), ("Poe", "holds up", 1), ("Roe", "holds up", 1)],
            "Doe calls for sanctions (1), three actors hold them up (1 each)",
        ),
    ],
)
def test_who_calls_as_often_is_named_as_well(rows, title):
    data = pd.DataFrame(rows, columns=["name", "part", "events"]).assign(thread="A → B")
    assert sanction_stages.callers_words(data).title == title


@pytest.mark.parametrize(
    "rows, title",
    [
        ([("A → B", "call", 1)], "A → B: the one event told, call"),
        ([("A → B", "call", 2)], "A → B: both events, in one stage, call"),
        ([("A → B", "call", 2), ("A → C", "call", 1)], "A → B: two of three events, in one stage, call"),
        ([("A → B", "call", 2), ("A → C", "call", 2)], "A → B and A → C have most events, two of four each"),
        ([(f"A → {x}", "call", 1) for x in "BCD"], "Three threads have most events, one of three each"),
    ],
)
def test_threads_with_as_many_events_share_the_title(rows, title):
    data = pd.DataFrame(rows, columns=["thread", "stage", "events"]).assign(when="2020-01-02", gap=0, sentence_id="s")
    assert sanction_timeline.timeline_words(data).title == title


def test_a_month_in_which_an_article_may_lie_is_not_empty(corpus_of):
    tables = corpus_of(TEXTS.items())
    articles = tables.articles.copy()
    day = articles["published"].eq("2020-08-20")
    articles.loc[day, ["published", "published_earliest", "published_latest"]] = [None, "2020-10-02", "2020-12-01"]
    line = sanction_timeline.timeline(replace(tables, articles=articles))
    assert line.set_index("when")["gap"].get("2021-03-04") == 3  # September, January, February


def test_marks_are_labelled_only_where_gaps_leave_the_room(corpus_of):
    days = [f"{2010 + n}-03-04" for n in range(7)]
    for texts, is_labelled in ((days, False), (days[:4], True)):
        line = sanction_timeline.timeline(corpus_of([(day, TEXTS["2020-08-03"]) for day in texts]))
        assert ("who tells it" in sanction_timeline.timeline_words(line).subtitle) is is_labelled


def test_a_stage_told_again_is_no_second_stage(corpus_of):
    line = sanction_stages.first_reports(
        corpus_of([("2020-08-03", TEXTS["2020-08-03"]), ("2020-09-03", TEXTS["2020-08-03"])])
    )
    assert line.empty and "different days" in sanction_stages.first_reports_words(line).title


def test_other_rules_of_counting(corpus_of):
    rows = sanctions.variants(corpus_of(TEXTS.items())).set_index("thread")
    assert rows.loc["Lithuania → Cuba", ["body", "told anew only"]].tolist() == [2, 1]
    assert rows.loc["Nigeria → Mali", ["body", "with headlines", "without quotations"]].tolist() == [2, 2, 2]


def test_every_event_is_listed_with_its_words(seed):
    listed = sanctions.evidence(seed)
    assert len(listed) == len(seed.sanction_events)
    assert listed["words"].str.len().min() > 0
    assert set(sanctions.answers(seed)["answers"]) <= set(listed["thread"])


@pytest.mark.parametrize("figure", [figure.name for figure in sanctions.FIGURES])
def test_a_corpus_without_events_says_so(corpus_of, figure):
    drawn = plots.picture(figure, corpus_of([("2020-01-01", "The bridge was opened.")]))
    assert drawn.title == drawn.alt.removesuffix(".") or drawn.title in drawn.alt
