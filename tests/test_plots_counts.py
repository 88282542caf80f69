"""Figures of people: rows in, exact frame and title out; marks by the form of the words."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reported_figures import SUNDAY, stated

from analysis import plots
from analysis.amounts import CONVENTIONS
from analysis.counts import QUALIFIERS
from analysis.plots import compared, counts, intervals, reported, vague_words


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def frame(*figures):
    made = pd.DataFrame(figures)
    if len(made):
        made[["low", "high", "point"]] = made[["low", "high", "point"]].astype("Int64")
    return made


WORD = {"qualifier": "vague", "low": 200, "high": 999, "point": None, "text": "hundreds", "words": "hundreds of people"}
AT_LEAST = {
    "qualifier": "at_least",
    "low": 300,
    "high": None,
    "point": 300,
    "text": "at least 300",
    "words": "at least 300",
}


# The figures as they are stated.


def test_a_figure_keeps_its_words_source_and_bounds(read):
    made = reported.reported(read(("2021-03-08", "Korrin police said on Sunday that around 250 people were detained.")))
    row = made.iloc[0]
    assert len(made) == 1
    assert row[["words", "source", "source_kind", "scope"]].tolist() == [
        "around 250 people",
        "Korrin police",
        "police and other forces",
        "day",
    ]
    assert row[["low", "high", "point"]].tolist() == [225, 275, 250]
    assert row["as_of"] == SUNDAY


@pytest.mark.parametrize(
    "text, words",
    [
        ("Dozens of journalists were detained.", "Dozens of journalists"),
        ("Several of the council's members were detained.", "Several of the council's members"),
        ("At least 300 were detained.", "At least 300"),
        ("Police detained 40\nprotesters.", "40 protesters"),
    ],
)
def test_words_are_those_of_the_text(read, text, words):
    assert reported.reported(read(("2021-03-08", text)))["words"].tolist() == [words]


def test_only_the_asked_measures_and_the_body_count(read):
    tables = read(("2021-03-08", "Police detained 40 people. Two people died. Thousands marched."))
    assert reported.reported(tables)["words"].tolist() == ["40 people"]
    assert counts.crowds(tables)["words"].tolist() == ["Thousands"]
    assert reported.reported(tables, kind="title").empty


def test_figures_stand_measure_by_measure_in_order_of_date(read):
    made = counts.detention(
        read(
            ("2021-03-09", "Police released 30 people. Police detained 12 people."),
            ("2021-03-08", "Police detained 40 people."),
        )
    )
    assert made["words"].tolist() == ["40 people", "12 people", "30 people"]


@pytest.mark.parametrize(
    "source, kind",
    [
        (None, reported.NO_SOURCE),
        ("Korrin police", reported.FORCES),
        ("the interior ministry", "officials and state bodies"),
        ("the rights group Korrin Watch", "rights bodies and associations"),
        ("State television", "media"),
        ("witnesses", "witnesses and others"),
        ("Ann Poe", reported.OTHERS),
    ],
)
def test_a_source_has_its_kind_by_its_words(source, kind):
    assert reported.source_kind(source) == kind


@pytest.mark.parametrize(
    "type_, kind", [("media", "media"), ("state", "officials and state bodies"), ("person", reported.OTHERS)]
)
def test_a_source_without_a_word_has_its_kind_by_the_registry(type_, kind):
    assert reported.source_kind("Doeland", type_) == kind


@pytest.mark.parametrize(
    "figures, title",
    [
        ([], "No figure of people detained, held, sentenced or released is reported"),
        ([stated()], "The one detention figure is an exact number: “250 people”"),
        ([stated(**WORD)], "The one detention figure is only a word: “hundreds of people”"),
        ([stated(**AT_LEAST)], "The one detention figure is no exact number: “at least 300”"),
        (
            [stated(), stated(**WORD)],
            "One of two detention figures is an exact number, one only a word, “hundreds”",
        ),
        ([stated(**AT_LEAST)] * 2, "Neither of two detention figures is an exact number"),
        ([stated(**AT_LEAST)] * 3, "None of three detention figures are exact numbers"),
        ([stated()] * 3, "All three detention figures are exact numbers"),
        (
            [stated()] * 9 + [stated(**WORD)] * 2,
            "Nine of 11 detention figures are exact numbers, two only words such as “hundreds”",
        ),
    ],
)
def test_the_title_of_the_figures(figures, title):
    words = counts.detention_words(frame(*figures))
    assert words.title == title
    assert title in words.alt


@pytest.mark.parametrize(
    "figures, title",
    [
        ([], "No figure of people who marched, struck or massed is reported"),
        ([stated()], "The largest crowd is told as “250 people”"),
        (
            [stated(), stated(**WORD)],
            "The largest crowd is told as “250 people” or as “hundreds of people”; one of two crowds is only a word",
        ),
        (
            [stated(low=5000, high=5000, point=5000), stated(**WORD)],
            "The largest crowd is told as “250 people”; one of two crowds is only a word",
        ),
        ([stated(**WORD)] * 2, "The largest crowd is told as “hundreds of people”; both crowds are only words"),
        # An upper bound is a number that somebody stated; its low end is no reason to rank it last.
        (
            [stated("up_to", 0, 5000, 5000, words="up to 5,000"), stated()],
            "The largest crowd is told as “up to 5,000”; neither of two crowds is only a word",
        ),
    ],
)
def test_the_title_of_the_crowds(figures, title):
    assert counts.crowds_words(frame(*figures)).title == title


def test_of_many_figures_the_highest_of_each_measure_are_shown():
    many = [stated(low=n, high=n, point=n) for n in range(1, counts.TOP + 6)]
    data = frame(*many, stated(measure="released", low=2, high=2, point=2))
    kept = counts.shown(data)
    assert len(kept) == counts.TOP
    assert kept["low"].tolist() == [*range(7, counts.TOP + 6), 2]
    assert "six figures left out" in counts.detention_words(data).caption
    assert "left out" not in counts.detention_words(data.head(counts.TOP)).caption


def test_a_figure_that_is_told_again_is_shown_once():
    data = frame(*[stated()] * (counts.TOP + 1), stated(low=2, high=2, point=2))
    assert counts.shown(data)["low"].tolist() == [250, 2]
    assert "shown once" in counts.detention_words(data).caption


def test_a_chart_has_a_row_a_figure_and_a_heading_a_measure():
    _, ax = plt.subplots()
    counts.draw_reported(frame(stated(), stated(**WORD), stated(measure="released", source="Ann Poe")), ax)
    written = [text.get_text() for text in ax.texts]
    assert [text for text in written if "·" in text] == ["detained · two figures", "released · one figure"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["7 Mar 2021"] * 3
    assert {"250 people", "hundreds of people", "Ann Poe", "of one day"} <= set(written)
    assert ax.get_xscale() == "log"


def test_the_key_names_only_the_forms_in_use():
    _, ax = plt.subplots()
    counts.draw_reported(frame(stated(), stated(**AT_LEAST)), ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["exact number", "“at least”"]


# Marks.


def mark(**figure):
    _, ax = plt.subplots()
    made = SimpleNamespace(**{key: pd.NA if value is None else value for key, value in stated(**figure).items()})
    intervals.people_axis(ax, [made])
    intervals.draw_mark(ax, 0, made, "#0072B2")
    return ax.lines


@pytest.mark.parametrize(
    "figure, form",
    [
        ({}, "exact"),
        ({"qualifier": "around", "low": 225, "high": 275}, "about"),
        ({"qualifier": "nearly", "low": 225, "high": 249}, "about"),
        ({"qualifier": "range", "low": 200, "high": 300, "point": None}, "range"),
        (AT_LEAST, "at least"),
        ({"qualifier": "more_than", "low": 251, "high": None}, "at least"),
        ({"qualifier": "up_to", "low": 0}, "up to"),
        ({"qualifier": "fewer_than", "low": 0, "high": 249}, "up to"),
        (WORD, "a word"),
        ({"qualifier": "vague", "low": 2000000, "high": None, "point": None}, "a word"),
        ({"qualifier": "at_least", "low": 200, "high": None, "point": None}, "a word"),
        ({"qualifier": "up_to", "low": 0, "high": 999, "point": None}, "up to"),
        ({"qualifier": "vague", "low": 12, "high": 12, "point": 12}, "about"),
    ],
)
def test_the_form_of_a_mark_is_the_form_of_the_words(figure, form):
    made = SimpleNamespace(**{key: pd.NA if value is None else value for key, value in stated(**figure).items()})
    assert intervals.form(made) == form


def test_every_qualifier_has_a_form():
    assert set(intervals._FORM_OF) == set(QUALIFIERS)
    assert set(intervals._FORM_OF.values()) == set(intervals.FORMS)


def test_marks_stand_where_the_numbers_are():
    (dot,) = mark()
    assert (list(dot.get_xdata()), dot.get_marker()) == ([250], "o")
    line, hollow = mark(qualifier="around", low=225, high=275)
    assert list(line.get_xdata()) == [225, 275]
    assert list(hollow.get_xdata()) == [250] and hollow.get_markerfacecolor() == "white"
    (arrow,) = mark(**AT_LEAST)
    assert list(arrow.get_xdata()) == [300] and arrow.get_marker() is intervals.RIGHT
    (arrow,) = mark(qualifier="up_to", low=0)
    assert list(arrow.get_xdata()) == [250] and arrow.get_marker() is intervals.LEFT
    (band,) = mark(**WORD)
    assert list(band.get_xdata()) == [200, 999]
    assert band.get_color() == intervals.pale("#0072B2")


@given(
    low=st.integers(0, 10**9), width=st.integers(0, 10**9), is_open=st.booleans(), qualifier=st.sampled_from(QUALIFIERS)
)
def test_every_figure_has_a_place_on_the_axis(low, width, is_open, qualifier):
    figure = SimpleNamespace(qualifier=qualifier, low=low, high=pd.NA if is_open else low + width, point=pd.NA)
    first, last = intervals.span(figure)
    assert 0 < first <= last
    ticks = intervals._ticks(first / 3, last * 3)
    assert ticks == sorted(ticks)
    assert all(tick >= 1 for tick in ticks)


# Whose they are, and who is named.


@pytest.mark.parametrize(
    "text, title",
    [
        ("It rained.", "No figure of people is reported"),
        ("Police detained 40 people.", "The one detention figure has no source named"),
        ("Korrin police said 40 people were detained.", "The one detention figure has a source"),
        ("Two people died.", "The one figure of people has no source named"),
        (
            "Police detained 40 people. Korrin police said 90 people were detained.",
            "One of two detention figures has no source named",
        ),
        (
            "Korrin police said 40 people were detained. Korrin police said 90 people were detained.",
            "Both detention figures have a source",
        ),
    ],
)
def test_the_title_of_the_sources(read, text, title):
    assert counts.sources_words(counts.sources(read(("2021-03-08", text)))).title == title


def test_sources_are_counted_by_kind(read):
    made = counts.sources(
        read(("2021-03-08", "Police detained 40 people. Korrin police said 90 people were detained. Two people died."))
    )
    assert made.values.tolist() == [
        [reported.NO_SOURCE, 1, 1, 2, ""],
        [reported.FORCES, 1, 0, 1, "Korrin police"],
    ]


def test_a_share_is_not_rounded_to_all(read):
    rows = [(reported.NO_SOURCE, 999, 0, 999, ""), (reported.FORCES, 1, 0, 1, "Korrin police")]
    words = counts.sources_words(pd.DataFrame(rows, columns=["source_kind", "detention", "other", "all", "names"]))
    assert "99 % of detention figures" in words.alt
    assert "100 %" not in words.alt


def test_named_persons_stand_with_their_sentence(read):
    made = counts.named(read(("2021-03-09", "Police detained Ann Poe on Sunday. The march went on.")))
    assert made.drop(columns="sentence_id").astype(str).values.tolist() == [
        ["Ann Poe", "Ann Poe", "detained", "2021-03-07", "2021-03-09", "Police detained Ann Poe on Sunday."]
    ]
    assert made["sentence_id"].str.endswith(".s0").all()
    assert counts.named(read(("2021-03-09", "It rained."))).empty


@pytest.mark.parametrize(
    "text, short",
    [
        ("hundreds of people", "hundreds of …"),
        ("hundreds", "hundreds"),
        ("x" * 20, "x" * 14 + "…"),
        ("a\n b", "a b"),
        ("EU", "EU"),
    ],
)
def test_long_words_are_cut(text, short):
    assert reported.short(text, 15) == short


@pytest.mark.parametrize("name", [figure.name for figure in (*counts.FIGURES, *compared.FIGURES, *vague_words.FIGURES)])
def test_hundreds_of_figures_make_a_chart_of_bounded_height(read, name):
    text = " ".join(f"Police in Korrin detained {n} people." for n in range(2, 150))
    drawn = plots.picture(
        name, read(("2021-03-08", text), ("2021-03-09", "Hundreds marched. Millions of people marched."))
    )
    assert drawn.figure.get_figheight() < 16


@pytest.mark.parametrize(
    "text, convention, low, high",
    [
        ("hundreds", "codebook", 200, 999),
        ("hundreds", "acled", 100, None),
        ("hundreds", "ccc", 200, None),
        ("several", "acled", 3, 9),
    ],
)
def test_a_convention_changes_vague_words(text, convention, low, high):
    own = {"hundreds": (200, 999), "several": (3, 9)}[text]
    row = SimpleNamespace(text=text, qualifier="vague", low=own[0], high=own[1], point=pd.NA)
    assert reported.bounds_by(row, convention) == (low, high)


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_convention_leaves_numbers_and_hedged_bounds_alone(convention):
    number = SimpleNamespace(text="around 250", qualifier="around", low=225, high=275, point=250)
    assert reported.bounds_by(number, convention) == (225, 275)
    hedged = SimpleNamespace(text="hundreds", qualifier="vague", low=0, high=999, point=pd.NA)
    assert reported.bounds_by(hedged, convention) == (0, 999)
