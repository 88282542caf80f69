"""Figures of people: rows in, exact frame and title out; marks by the form of the words; verdicts by arithmetic."""

from types import SimpleNamespace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis import plots
from analysis.amounts import CONVENTIONS
from analysis.counts import QUALIFIERS
from analysis.plots import compared, counts, intervals, reported

SUNDAY = pd.Timestamp("2021-03-07")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def read(tmp_path):
    """Return a reader of articles, each given as (date, text)."""

    def reader(*articles):
        frame = pd.DataFrame(
            [(f"s{n}", f"Story {n}", date, text) for n, (date, text) in enumerate(articles)],
            columns=["id", "title", "date", "text"],
        )
        frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
        return analysis.load(tmp_path / "a.jsonl")

    return reader


def stated(qualifier="exact", low=250, high=250, point=250, **more):
    """Make one figure; what a test does not speak of has an ordinary value."""
    ordinary = {
        "article_id": "s0",
        "sentence_id": "s0.b2.s0",
        "text": "250",
        "words": "250 people",
        "measure": "detained",
        "unit": "people",
        "source": reported.NO_SOURCE,
        "source_kind": reported.NO_SOURCE,
        "place": None,
        "as_of": SUNDAY,
        "scope": "day",
        "start": 0,
    }
    return {**ordinary, "qualifier": qualifier, "low": low, "high": high, "point": point, **more}


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


# What they say of one time.


def side(low, high, scope="period", day=0):
    return SimpleNamespace(
        low=low, high=pd.NA if high is None else high, scope=scope, as_of=SUNDAY + pd.Timedelta(days=day)
    )


@pytest.mark.parametrize(
    "earlier, later, verdict",
    [
        (side(6700, None), side(6300, 6999, day=9), ("meet", 6700, 6999)),
        (side(6700, None), side(7000, None), ("meet", 7000, None)),
        (side(200, 300), side(300, 400), ("meet", 300, 300)),
        (side(0, 40), side(25, 25), ("meet", 25, 25)),
        (side(250, 250, "day"), side(2000, 9999), ("part", None, None)),
        (side(2000, 9999), side(250, 250, "day"), ("part", None, None)),
        (side(200, 999), side(2000, 9999, day=3), ("grown", None, None)),
        (side(200, 999), side(2000, 9999), ("apart", None, None)),
        (side(2000, 9999), side(200, 999, day=3), ("apart", None, None)),
        (side(10, 10, "day"), side(20, 20, "day"), ("apart", None, None)),
    ],
)
def test_a_verdict_is_arithmetic_and_scope(earlier, later, verdict):
    assert compared.judge(earlier, later) == verdict


bounds = st.tuples(st.integers(0, 10**6), st.none() | st.integers(0, 10**6)).map(
    lambda ends: (ends[0], None if ends[1] is None else ends[0] + ends[1])
)


@given(bounds, bounds)
def test_two_figures_meet_where_one_number_lies_in_both(first, second):
    verdict, low, high = compared.judge(side(*first), side(*second))
    swapped, _, _ = compared.judge(side(*second), side(*first))
    assert verdict == swapped
    if verdict == "meet":
        for number in (low, low if high is None else high):
            assert all(ends[0] <= number and (ends[1] is None or number <= ends[1]) for ends in (first, second))
    else:
        assert low is high is None
        assert min(first[1] or 0, second[1] or 0) < max(first[0], second[0])


@pytest.mark.parametrize(
    "unit, people",
    [
        (None, ""),
        ("people", ""),
        ("protesters", ""),
        ("participants in peaceful rallies", ""),
        ("those arrested", ""),
        ("journalists", "journalists"),
        ("Doelandish journalists", "doelandish journalists"),
        ("council’s members", "council’s members"),
    ],
)
def test_whom_a_figure_counts(unit, people):
    assert compared.counted_people(unit) == people


@pytest.mark.parametrize(
    "second, n",
    [
        (("2021-03-09", "Police detained thousands of protesters."), 1),
        (("2021-03-09", "Police detained 30 journalists."), 0),
        (("2021-03-09", "Police released thousands of protesters."), 0),
        (("2021-06-09", "Police detained thousands of protesters."), 0),
        ((None, "Police detained thousands of protesters."), 0),
        # A day after the end of the other's time is another time.
        (("2021-03-09", "On Tuesday police detained 40 people."), 0),
        # The same words of the same day are one figure, told twice.
        (("2021-03-08", "Police detained 40 people."), 0),
    ],
)
def test_which_figures_are_a_pair(read, second, n):
    assert len(compared.pairs(read(("2021-03-08", "Police detained 40 people."), second))) == n


def test_two_places_are_no_pair(read):
    text = "Police detained 40 people in {}. Police detained 90 people in {}."
    assert compared.pairs(read(("2021-03-08", text.format("Korrin", "Ostmark")))).empty
    assert len(compared.pairs(read(("2021-03-08", text.format("Korrin", "Korrin"))))) == 1


def test_a_pair_keeps_both_sides(read):
    made = compared.pairs(
        read(
            ("2021-03-08", "At least 6,700 people were detained."),
            ("2021-03-10", "Police detained nearly 7,000 people."),
        )
    )
    wanted = ["verdict", "meet_low", "meet_high", "same_article", "earlier_words", "later_words"]
    assert made[wanted].values.tolist() == [["meet", 6700, 6999, False, "At least 6,700 people", "nearly 7,000 people"]]
    assert compared.closest(made).endswith("if both are right and mean the same, it is 6,700 to 6,999.")


@pytest.mark.parametrize(
    "earlier, later, is_told",
    [
        ((363, 363, 363), (77, None, 77), False),
        ((363, 363, 363), (363, 363, 363), False),
        ((363, 363, 363), (200, 999, None), True),
    ],
)
def test_only_figures_near_one_another_are_called_closest(earlier, later, is_told):
    row = pair("meet")
    for which, bounds in (("earlier", earlier), ("later", later)):
        row |= {f"{which}_{column}": value for column, value in zip(("low", "high", "point"), bounds, strict=True)}
    assert bool(compared.closest(pd.DataFrame([row]))) is is_told


def pair(verdict, n=0):
    meet = (100, 200) if verdict == "meet" else (None, None)
    sides = {
        f"{which}_{column}": stated(words=f"{which} {n}")[column]
        for which in ("earlier", "later")
        for column in compared._SIDE
    }
    return {
        "measure": "detained",
        "verdict": verdict,
        "meet_low": meet[0],
        "meet_high": meet[1],
        "same_article": True,
        **sides,
    }


@pytest.mark.parametrize(
    "found, title",
    [
        ([], "No two detention figures are known to be of one time and the same people"),
        (["meet"], "The one pair of detention figures that stand close in time: can be one number"),
        (["apart"], "The one pair of detention figures that stand close in time: not of the same time and people"),
        (["meet"] * 3, "Three pairs of detention figures stand close in time: each can be one number"),
        (
            ["apart", "part", "grown", "meet"],
            "Four pairs of detention figures stand close in time: one can be one number, two fit as a part or by growth, "
            "one cannot be of the same time and people",
        ),
    ],
)
def test_the_title_of_the_pairs(found, title):
    words = compared.pairs_words(pd.DataFrame([pair(verdict, n) for n, verdict in enumerate(found)]))
    assert words.title == title
    assert title in words.alt


def test_of_many_pairs_some_of_each_verdict_are_shown():
    found = ["apart"] * 20 + ["meet"] * 20
    data = pd.DataFrame([pair(verdict, n) for n, verdict in enumerate(found)])
    kept = compared.shown_pairs(data)
    assert kept["verdict"].value_counts().to_dict() == {"apart": 6, "meet": 6}
    assert kept.index.is_monotonic_increasing
    assert "28 other pairs not drawn" in compared.pairs_words(data).caption
    same = pd.DataFrame([pair("apart")] * 20)
    assert len(compared.shown_pairs(same)) == 2


def test_verdicts_under_every_convention(read):
    tables = read(("2021-03-08", "In all, police detained hundreds. In all, police detained thousands of protesters."))
    made = compared.verdict_table(tables).set_index("convention")
    assert made[compared.SAID["apart"]].to_dict() == {
        "this codebook": 1,
        "ACLED": 0,
        "Crowd Counting Consortium": 0,
    }
    assert (made.sum(axis=1) == 1).all()


# What vague words hide.


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


def test_a_wording_is_counted_once_and_bounded_by_each_convention_with_a_rule(read):
    tables = read(
        ("2021-03-08", "Police detained hundreds. Hundreds marched. Several people were injured. Two people died.")
    )
    made = compared.wordings(tables)
    missing = made.astype(object).where(made.notna(), None)
    assert missing.values.tolist() == [
        ["several", 1, 4, "codebook", 3, 9],
        ["hundreds", 2, 4, "codebook", 200, 999],
        ["hundreds", 2, 4, "acled", 100, None],
        ["hundreds", 2, 4, "ccc", 200, None],
    ]
    title = (
        "Three of four figures of people are only words; “hundreds” begins at 100 or at 200, by whose rule one reads it"
    )
    assert compared.wordings_words(made).title == title


@pytest.mark.parametrize(
    "text, title",
    [
        ("It rained.", "No figure of people is only a word"),
        ("Several people were injured.", "The one figure of people is only a word"),
        ("Several people were injured. Two died.", "One of two figures of people is only a word"),
    ],
)
def test_the_title_of_the_words(read, text, title):
    assert compared.wordings_words(compared.wordings(read(("2021-03-08", text)))).title == title


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


@pytest.mark.parametrize("name", [figure.name for figure in (*counts.FIGURES, *compared.FIGURES)])
def test_hundreds_of_figures_make_a_chart_of_bounded_height(read, name):
    text = " ".join(f"Police in Korrin detained {n} people." for n in range(2, 150))
    drawn = plots.picture(
        name, read(("2021-03-08", text), ("2021-03-09", "Hundreds marched. Millions of people marched."))
    )
    assert drawn.figure.get_figheight() < 16
