"""Figures as objects: what they draw, what they say, and that they stand with little or much data."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis
from analysis import plots
from analysis.plots import actors, corpus
from conftest import ROOT

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


@pytest.mark.parametrize("figure", plots.figures(), ids=lambda figure: figure.name)
def test_no_words_are_cut_off_or_lie_on_one_another(seed, figure):
    canvas = plots.picture(figure.name, seed).figure
    canvas.draw_without_rendering()
    edge, ax = canvas.bbox, canvas.axes[0]
    left, right = ax.get_xlim()
    undrawn = {id(tick.label1) for tick in ax.xaxis.get_major_ticks() if not left <= tick.get_loc() <= right}
    for text in canvas.findobj(plt.Text):
        if text.get_text() and text.get_visible() and id(text) not in undrawn:
            box = text.get_window_extent()
            inside = box.x0 >= edge.x0 - 1 and box.x1 <= edge.x1 + 1 and box.y0 >= edge.y0 - 1 and box.y1 <= edge.y1 + 1
            assert inside, text.get_text()
    lanes = [label.get_window_extent() for label in ax.yaxis.get_ticklabels() if label.get_text()]
    lanes.sort(key=lambda box: box.y0)
    assert all(lower.y1 <= upper.y0 + 1 for lower, upper in zip(lanes, lanes[1:], strict=False))


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
    assert words.title == "26 % of the source is not explained by any rule"


def test_the_time_line_marks_days_and_intervals(seed):
    data = corpus.dates(seed)
    assert data["published"].is_monotonic_increasing
    _, ax = plt.subplots()
    corpus.draw_dates(data, ax)
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
    corpus.draw_dates(corpus.dates(made), ax)
    assert {"<", ">"} <= {line.get_marker() for line in ax.lines}
    assert "? to ?" in [text.get_text() for text in ax.texts]


def test_no_date_at_all_is_a_sentence(tmp_path):
    made = records(tmp_path, None, None)
    drawn = plots.picture("publication-dates", made)
    assert drawn.title == "No day can be given for the two articles"
    assert "no article has a day or a bound" in [text.get_text() for text in drawn.figure.axes[0].texts]


@pytest.mark.parametrize(
    "dates, title",
    [
        (["2021-03-01"], "The one article is dated Mon 1 Mar 2021"),
        (["2021-03-01", "2021-03-05", "2024-01-01"], "Two of the three articles come from 5 days"),
        (["2021-03-01", None], "One of the two articles can be dated to a day"),
        (["2010-03-01", "2021-03-05"], "Two of the two articles can be dated to a day"),
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


def test_an_unknown_figure_is_refused(seed):
    with pytest.raises(KeyError, match="no-such-figure"):
        plots.picture("no-such-figure", seed)


def test_drawing_again_gives_the_same_bytes(seed):
    first = plots.draw_all(seed, {"a": "b"})
    assert plots.draw_all(seed, {"a": "b"}) == first
    committed = {path.name: path.read_bytes() for path in (ROOT / "figures").iterdir() if path.name != "manifest.json"}
    assert {name: data for name, data in first.items() if name != "manifest.json"} == committed


def test_a_hostile_title_is_drawn_as_text(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": "$\\frac{1}{0}$ <script>alert(1)</script>", "text": "It closed."}), encoding="utf-8"
    )
    made = plots.draw_all(analysis.load(tmp_path / "a.jsonl"), {})
    assert b"<script" not in made["source-map.svg"]


def test_a_list_of_surnames_finds_persons_only(seed):
    ranks = actors.rankings(seed)
    persons = set(seed.actors.loc[seed.actors["type"] == "person", "name"])
    by_surname = ranks[ranks["surnames only"].notna()]
    assert 0 < len(by_surname) < len(ranks)
    assert set(by_surname["actor"]) <= persons
    # Who is named only in another spelling, or only by a role, is not found by the surname.
    named = actors.counted(seed, kinds=("name",))
    assert len(by_surname) <= named.loc[named["type"] == "person", "name"].nunique()
