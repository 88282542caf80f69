"""Figures as objects: what they draw, what they say, and that they stand with little or much data."""

import json
import re

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis
from analysis import plots
from analysis.plots import actors, corpus, files, mentions, publication, quotes
from analysis.reports.show import Drawn
from conftest import ROOT

LAST = "land stan more wick berg dale ford ham ness by thorpe mouth field wood ton ley".split()
# What each figure of a crowd says of those that it does not draw or name.
LIMITED = {
    "source-map": "first 40 articles; 80 more",
    "publication-dates": "Of more than 40 articles, names .* not written",
    "actor-mentions": r"The \d+ other actors share",
    "speakers": r"\d+ other speakers share",
    "quoted-camps": r"\d+ camps with fewer words not drawn",
    "sanction-timeline": r"\d+ threads with fewer events are not drawn",
    "sanction-stages": r"\d+ threads with fewer events are not drawn",
    "sanction-callers": r"rows? with fewer events left out",
    "detention-figures": r"highest of each measure; \d+ figures left out",
    "crowd-figures": r"highest of each measure; \d+ figures left out",
    "figures-compared": r"other pairs? not drawn",
    "wording-by-article": r"articles with fewer passages are not drawn",
    "wording-by-voice": r"\d+ camps with fewer passages are not drawn",
    "wording-by-target": r"\d+ actors with fewer passages are not drawn",
}
STORY = "{title}\n\nThe bridge {n} closed on Monday. It will open soon.\n"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def made_of(folder, stories):
    (folder / "a.txt").write_text("\n\n".join(stories), encoding="utf-8")
    return analysis.load(folder / "a.txt")


def records(folder, *dates):
    lines = [
        json.dumps({"title": f"Story {n}", "text": f"Bridge {n} closed.", **({"date": date} if date else {})})
        for n, date in enumerate(dates, 1)
    ]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return analysis.load(folder / "a.jsonl")


@pytest.mark.parametrize("figure", plots.figures(), ids=lambda figure: figure.name)
def test_every_figure_says_what_it_shows(seed, figure):
    drawn = plots.picture(figure.name, seed)
    assert drawn.title and drawn.caption and len(drawn.alt) > 60
    assert drawn.title in drawn.alt or drawn.title.split(" of ")[0] in drawn.alt
    ax = drawn.figure.axes[0]
    assert ax.get_xlabel() or figure.name in ("publication-dates", "actors-together")
    assert drawn.figure.texts[0].get_text().replace("\n", " ") == drawn.title
    assert not ax.get_title() and drawn.figure.get_suptitle() == "", "one title only"
    assert set(figure.inputs) <= set(dict(seed.items()))


NAMES = [f"{first}{last}" for first in ("Doe", "Roe", "Poe", "Kor", "Vale") for last in LAST]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A corpus of many articles and many actors, each of a camp of its own, some with long names and some without a day."""
    folder = tmp_path_factory.mktemp("crowd")
    names = [
        f"The Long-Lived Association of the Friends of {name}" if n % 9 == 4 else name for n, name in enumerate(NAMES)
    ]
    rows = [f"a{n},{name},state,camp {n},,{name},name,,,invented,\n" for n, name in enumerate(names)]
    (folder / "actors.csv").write_text(
        "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note\n" + "".join(rows), encoding="utf-8"
    )
    (folder / "articles").mkdir()
    with (folder / "articles" / "a.jsonl").open("w", encoding="utf-8") as file:
        for n in range(120):
            one, two, three = (names[n * k % len(names)] for k in (1, 3, 7))
            verb = ("imposed sanctions on", "threatened sanctions against", "called for sanctions against")[n % 3]
            text = (
                f"{one} {verb} {two}.\n\n“We will never accept this horrible act,” {two} said.\n\n{three} said at least "
                f"{50 + 7 * n} people were arrested in {one}.\n\nHundreds of people marched in {two}."
            )
            day = f"{2019 + n // 40}-{1 + n % 9:02}-{1 + n % 28:02}" if n % 11 else None
            file.write(
                json.dumps({"id": f"n{n}", "title": f"{one} And {two} Differ", "text": text, "date": day}) + "\n"
            )
    return analysis.load(folder)


@pytest.mark.parametrize("corpus", ["seed", "crowd"])
@pytest.mark.parametrize("figure", plots.figures(), ids=lambda figure: figure.name)
def test_every_figure_can_be_read_and_says_what_it_leaves_out(corpus, figure, request):
    drawn = plots.picture(figure.name, request.getfixturevalue(corpus))
    canvas = drawn.figure
    canvas.draw_without_rendering()
    assert canvas.get_figheight() < 17
    assert len([label for label in canvas.axes[0].get_yticklabels() if label.get_text()]) <= 60
    if corpus == "crowd" and figure.name in LIMITED:
        assert re.search(LIMITED[figure.name], drawn.caption), drawn.caption
    edge = canvas.bbox
    boxes = [(text.get_text(), text.get_window_extent(), text.get_rotation()) for text in written(canvas)]
    for words, box, _ in boxes:
        assert box.x0 >= edge.x0 - 1 and box.x1 <= edge.x1 + 1 and box.y0 >= edge.y0 - 1 and box.y1 <= edge.y1 + 1, (
            words
        )
    upright = [(words, box) for words, box, rotation in boxes if not rotation]
    for n, (words, box) in enumerate(upright):
        for others, other in upright[:n]:
            width = min(box.x1, other.x1) - max(box.x0, other.x0)
            height = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert width < 2 or height < 4, (words, others)


def written(canvas):
    """Return the texts of a picture that are drawn."""
    undrawn = set()
    for ax in canvas.axes:
        for axis, (low, high) in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim()))):
            ticks = axis.get_major_ticks()
            undrawn |= {id(t.label1) for t in ticks if not ax.axison or not low <= t.get_loc() <= high}
    return [
        text
        for text in canvas.findobj(plt.Text)
        if text.get_text().strip() and text.get_visible() and id(text) not in undrawn
    ]


def test_the_map_has_a_cell_for_every_block_of_an_article(seed):
    data = corpus.source_map(seed)
    assert int(data["length"].sum()) == int((seed.blocks["end"] - seed.blocks["start"]).sum())
    assert len(data) == len(seed.blocks)
    _, ax = plt.subplots()
    corpus.draw_source_map(data, ax)
    cells = sum(len(collection.get_paths()) for collection in ax.collections)
    assert cells == data["article_id"].notna().sum()
    assert [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()] == seed.articles["title"].tolist()


def test_what_no_rule_explains_is_the_maps_title(tmp_path):
    (tmp_path / "a.txt").write_text(
        "A stray line that ends. \n\n\n" + STORY.format(title="Bridge Closed", n=1), encoding="utf-8"
    )
    words = corpus.source_map_words(corpus.source_map(analysis.load(tmp_path / "a.txt")))
    assert words.title == "No rule explains 26 % of the source"
    assert "not explained by any rule 1)" in words.alt


def test_a_sign_off_is_explained_and_has_its_own_name():
    rows = [("a", "body", 90), ("a", "other", 10)]
    data = pd.DataFrame(rows, columns=["article_id", "kind", "length"])
    words = corpus.source_map_words(data)
    assert words.title == "Every character of the source has its place"
    assert "byline or sign-off 1)" in words.alt and "not explained" not in words.alt


@pytest.mark.parametrize(
    "n, title",
    [
        ([3, 2], "Doeland is mentioned most, three times; Ann Poe follows with two"),
        ([3, 3], "Doeland and Ann Poe are mentioned most, three times each"),
        ([1], "Doeland is mentioned most, once"),
        ([2, 2, 2], "Three actors are mentioned most, twice each"),
        ([9, 2, 2], "Doeland is mentioned most, nine times; Ann Poe and the Roe union follow with two each"),
        ([9, 1, 1, 1], "Doeland is mentioned most, nine times; three others follow with one each"),
    ],
)
def test_equal_numbers_are_said_to_be_equal(n, title):
    data = pd.DataFrame({"name": ["Doeland", "Ann Poe", "the Roe union", "Kor"][: len(n)], "kind": "name", "n": n})
    assert actors.mentioned_words(data).title == title


@pytest.mark.parametrize(
    "articles, title",
    [
        (["ab", "a"], "Doeland is in both articles"),
        (["ab", "ab", "ab"], "All three actors mentioned most are in both articles"),
        (["ab", "a", "ab", "ab"], "Three of the actors mentioned most are in both articles"),
        (["a", "b"], "Doeland and Ann Poe are in one of two articles, none of those mentioned most in more"),
    ],
)
def test_who_is_in_most_articles_shares_the_place_with_equals(articles, title):
    names = ["Doeland", "Ann Poe", "Roe", "Kor"]
    rows = [(name, a, int(a in held)) for name, held in zip(names, articles, strict=False) for a in "ab"]
    assert actors.over_time_words(pd.DataFrame(rows, columns=["name", "article_id", "n"])).title == title


@pytest.mark.parametrize(
    "n, title",
    [
        ([3, 1], "Doe and Roe share most sentences, three"),
        ([1, 1], "Two pairs of actors share most sentences, one each"),
    ],
)
def test_pairs_that_share_as_many_sentences_are_counted(n, title):
    data = pd.DataFrame(
        {"column": ["Doe", "Doe"], "row": ["Roe", "Poe"], "row_camp": "a", "column_camp": "a", "sentences": n}
    )
    assert actors.together_words(data).title == title


@pytest.mark.parametrize(
    "words, title",
    [
        ([9, 3], "The Doe union is quoted most: 75 % of all quoted words"),
        ([4, 4], "The Doe union and Roe are quoted most: 50 % of all quoted words each"),
    ],
)
def test_who_is_quoted_most(words, title):
    data = pd.DataFrame({"name": ["the Doe union", "Roe"], "kind": "direct", "quotes": 1, "words": words})
    assert quotes.speakers_words(data).title == title


def test_who_alone_is_quoted_is_not_quoted_most():
    data = pd.DataFrame(
        {"name": ["Roe"], "camp": "Palace", "article_id": "a", "kind": "direct", "quotes": 1, "words": 7}
    )
    assert quotes.speakers_words(data).title == "Nobody but Roe is quoted"
    assert quotes.camps_words(data).title == "No camp but “Palace” is quoted"


def test_camps_quoted_alike_are_named_together():
    data = pd.DataFrame({"camp": ["Palace", "Street"], "article_id": "a", "words": [5, 5]})
    assert quotes.camps_words(data).title.startswith(
        "“Palace” and “Street” are the camps quoted at most length, with 50 %"
    )


def test_a_camp_keeps_its_capitals(tmp_path):
    rows = ["doe,Doe,state,members of NATO,,Doe,name,,,invented,", "roe,Roe,state,un,,Roe,name,,,invented,"]
    head = "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note"
    (tmp_path / "actors.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Bridge Opens\n\nIt rained in Doe.\n", encoding="utf-8")
    assert mentions.people(analysis.load(tmp_path))["camp"].tolist() == ["Members of NATO", "UN"]


def test_the_time_line_marks_days_and_intervals(seed):
    data = publication.dates(seed)
    assert data["published"].is_monotonic_increasing
    _, ax = plt.subplots()
    publication.draw_dates(data, ax)
    marked = {
        pd.Timestamp(line.get_xdata()[0]) for line in ax.lines if line.get_marker() in "sD" and len(line.get_xdata())
    }
    assert marked == set(data["published"])
    labels = [text.get_text() for text in ax.texts]
    assert plots.day(data["published"].iloc[0]) in labels
    assert "no articles" in labels


def test_an_open_interval_has_an_arrow(tmp_path):
    made = records(tmp_path, "2021-03-01", None)
    _, ax = plt.subplots()
    publication.draw_dates(publication.dates(made), ax)
    assert {"<", ">"} <= {line.get_marker() for line in ax.lines}
    assert "day not known" in [text.get_text() for text in ax.texts]


def test_no_stretch_is_without_articles_where_one_may_be():
    columns = ["article_id", "title", "published", "earliest", "latest", "basis", "evidence"]
    rows = [("a", "2020-01-05", None, None), ("b", "2020-12-05", None, None), ("c", None, "2020-05-04", "2020-09-10")]
    data = pd.DataFrame([(a, "Rain", *ends, "none", "") for a, *ends in rows], columns=columns)
    data = data.astype(dict.fromkeys(["published", "earliest", "latest"], "datetime64[s]"))
    _, ax = plt.subplots()
    corpus.draw_dates(data, ax)
    hatched = [
        tuple(str(mdates.num2date(x).date()) for x in (patch.get_x(), patch.get_x() + patch.get_width()))
        for patch in ax.patches
    ]
    assert hatched == [("2020-02-01", "2020-05-01"), ("2020-10-01", "2020-12-01")]


@pytest.mark.parametrize(
    "ends, side", [(("2020-01-06", "2020-01-07"), "left"), (("2020-12-01", "2020-12-05"), "right")]
)
def test_the_days_of_an_interval_stay_inside_the_axes(ends, side):
    data = pd.DataFrame(
        {
            "published": ["2020-01-05", "2020-12-05", None],
            "earliest": [None, None, ends[0]],
            "latest": [None, None, ends[1]],
        }
    )
    data = data.astype("datetime64[s]").assign(article_id=["a", "b", "c"], title="Rain", basis="none")
    _, ax = plt.subplots()
    corpus.draw_dates(data, ax)
    assert [text.get_ha() for text in ax.texts if " to " in text.get_text()] == [side]


def test_an_article_without_a_title_has_a_name_and_one_day_is_said_once(tmp_path):
    line = json.dumps({"title": "", "text": "It rained.", "date": "2021-03-01"})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    for name in ("source-map", "publication-dates"):
        drawn = plots.picture(name, analysis.load(tmp_path / "a.jsonl"))
        assert [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()] == ["no title"] * 2
    assert ", Mon 1 Mar 2021, n = 2" in drawn.figure.texts[1].get_text()
    assert drawn.alt.startswith("Time line of the two articles on Mon 1 Mar 2021.")


def test_no_date_at_all_is_a_sentence(tmp_path):
    made = records(tmp_path, None, None)
    drawn = plots.picture("publication-dates", made)
    assert drawn.title == "No day can be given for the two articles"
    assert "no article has a day or a bound" in [text.get_text() for text in drawn.figure.axes[0].texts]


@pytest.mark.parametrize(
    "dates, title",
    [
        (["2021-03-01"], "The one article is dated Mon 1 Mar 2021"),
        (["2021-03-01", "2021-03-05", "2024-01-01"], "Two of the three articles come from five days"),
        (["2021-03-01", None], "One of the two articles can be dated to a day"),
        (["2010-03-01", "2021-03-05"], "Both articles can be dated to a day"),
        (["2010-03-01", "2010-03-05", "2010-03-06"], "All three articles can be dated to a day"),
        (
            ["2010-03-01", "2010-03-02", "2012-01-01", "2014-01-01", "2016-01-01"],
            "All five articles can be dated to a day",
        ),
    ],
)
def test_the_title_is_the_finding(tmp_path, dates, title):
    assert plots.picture("publication-dates", records(tmp_path, *dates)).title == title


@pytest.mark.parametrize("n", [1, 300])
@pytest.mark.parametrize("figure", plots.figures(), ids=lambda figure: figure.name)
def test_one_article_and_three_hundred_can_be_drawn(tmp_path, figure, n):
    made = made_of(tmp_path, [STORY.format(title=f"Bridge Number {i} Closed", n=i) for i in range(n)])
    drawn = plots.picture(figure.name, made)
    assert drawn.figure.get_figheight() < 20


def test_words_by_kind_are_counted_once(seed):
    data = corpus.kind_words(seed)
    assert data.set_index("kind")["words"]["body"] == seed.articles["words"].sum()
    _, ax = plt.subplots()
    corpus.draw_kind_words(data, ax)
    assert [round(patch.get_width()) for patch in ax.patches] == data["words"].tolist()


def test_densest_stretch():
    days = pd.Series(pd.to_datetime(["2020-01-01", "2020-03-01", "2020-03-10", "2020-04-14", None, "2020-04-15"]))
    assert plots.densest(days) == (3, pd.Timestamp("2020-03-01"), pd.Timestamp("2020-04-14"))


@pytest.mark.parametrize(
    "days, sentences",
    [
        ([None], ["It cannot be dated to a day."]),
        (["2020-01-01"], ["It can be dated to Wed 1 Jan 2020."]),
        ([None, None], ["None can be dated to a day."]),
        (["2020-01-01", None], ["One can be dated to a day, Wed 1 Jan 2020."]),
        (
            ["2020-01-01", "2020-01-02"],
            ["Two can be dated to a day, from Wed 1 Jan 2020 to Thu 2 Jan 2020."],
        ),
        (["2020-01-01", "2020-01-01"], ["Two can be dated to a day, all to Wed 1 Jan 2020."]),
        (
            ["2020-01-01", "2020-01-02", "2021-01-01"],
            [
                "Three can be dated to a day, from Wed 1 Jan 2020 to Fri 1 Jan 2021.",
                "Two come from two days, Wed 1 Jan 2020 to Thu 2 Jan 2020; the rest of the time is thinly covered.",
            ],
        ),
        (  # as many a day before as in the densest stretch
            ["2020-01-01", "2020-01-03", "2020-03-01", "2020-03-20", "2020-04-10"],
            [
                "Five can be dated to a day, from Wed 1 Jan 2020 to Fri 10 Apr 2020.",
                "Three come from 41 days, Sun 1 Mar 2020 to Fri 10 Apr 2020.",
            ],
        ),
    ],
)
def test_what_is_said_of_dates(days, sentences):
    assert plots.dates_say(pd.Series(pd.to_datetime(days))) == sentences


@pytest.mark.parametrize(
    "part, whole, text",
    [
        (0, 10, "0 %"),
        (10, 10, "100 %"),
        (996, 1000, "99 %"),
        (9999, 10000, "99 %"),
        (1, 1000, "under 1 %"),
        (1, 2, "50 %"),
    ],
)
def test_rounding_cannot_lie(part, whole, text):
    assert plots.share(part, whole) == text


@pytest.mark.parametrize("n, text", [(0, "none"), (1, "one"), (10, "ten"), (11, "11"), (5105, "5,105")])
def test_numbers_in_words(n, text):
    assert plots.number(n) == text


@pytest.mark.parametrize("n, text", [(0, "no days"), (1, "one day"), (2, "two days"), (1200, "1,200 days")])
def test_numbers_with_their_noun(n, text):
    assert plots.count(n, "day") == text


def test_a_title_is_broken_into_lines_of_about_one_length():
    plots.use_style()
    canvas = plt.figure(FigureClass=Drawn)
    short = "A bridge was closed"
    long = "The bridge across the river was closed by all of those who had opened it on the day before"
    assert plots._fitted(canvas, short) == [short]
    first, second = plots._fitted(canvas, long)
    assert f"{first} {second}" == long and abs(len(first) - len(second)) < 10
    assert plots._fitted(canvas, "W" * 100)[1:]


def test_an_unknown_figure_is_refused(seed):
    with pytest.raises(KeyError, match="no-such-figure"):
        plots.picture("no-such-figure", seed)


def test_drawing_again_gives_the_same_bytes(seed):
    def drawn():
        return files.with_manifest((files.draw_files(figure.name, seed) for figure in plots.figures()), {"a": "b"})

    first = drawn()
    assert drawn() == first
    committed = {path.name: path.read_bytes() for path in (ROOT / "figures").iterdir() if path.name != "manifest.json"}
    assert {name: data for name, data in first.items() if name != "manifest.json"} == committed


def test_a_hostile_title_is_drawn_as_text(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": "$\\frac{1}{0}$ <script>alert(1)</script>", "text": "It closed."}), encoding="utf-8"
    )
    made, _ = files.draw_files("source-map", analysis.load(tmp_path / "a.jsonl"))
    assert b"<script" not in made["source-map.svg"]


def test_a_list_of_surnames_finds_persons_only(seed):
    ranks = mentions.rankings(seed)
    persons = set(seed.actors.loc[seed.actors["type"] == "person", "name"])
    by_surname = ranks[ranks["surnames only"].notna()]
    assert 0 < len(by_surname) < len(ranks)
    assert set(by_surname["actor"]) <= persons
    # Who is named only in another spelling, or only by a role, is not found by the surname.
    named = mentions.counted(seed, kinds=("name",))
    assert len(by_surname) <= named.loc[named["type"] == "person", "name"].nunique()


def test_a_crowd_is_drawn_from_sums(seed, monkeypatch):
    alone = {f.name: f.words(f.data(seed)) for f in plots.figures()}
    monkeypatch.setattr(plots, "CROWD", 5)
    for figure in plots.figures():
        drawn = plots.picture(figure.name, seed)
        assert drawn.alt
        plt.close(drawn.figure)
    for name in ("source-map", "speakers", "wording-by-voice", "wording-by-article"):
        figure = next(figure for figure in plots.figures() if figure.name == name)
        assert figure.words(figure.data(seed)).title == alone[name].title
