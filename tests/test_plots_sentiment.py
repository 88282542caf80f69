"""Figures of wording: rows in, frames and words out; means, differences and labels that must not claim too much."""

import json
import math

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis
from analysis import plots
from analysis.plots import passages, scorer, sentiment, wording
from analysis.schema import frame
from analysis.sentiment import interval
from conftest import FewTables

ACTORS = [("ann-poe", "Ann Poe", "government"), ("doeland", "Doeland", "eu"), ("roe", "Roe", "media")]
WORDS = {
    "by_article": (sentiment.by_article, sentiment.by_article_words),
    "by_voice": (sentiment.by_voice, sentiment.by_voice_words),
    "by_target": (sentiment.by_target, sentiment.by_target_words),
    "by_headline": (sentiment.by_headline, sentiment.by_headline_words),
}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def passage(article, news, *, vader=None, place="body", speaker=None, voice=None, targets=None, rule="sentence"):
    return {
        "article_id": article,
        "block_id": f"{article}.{place}",
        "voice": voice or ("quote" if speaker else "narration"),
        "speaker_id": speaker,
        "compound": news,
        "vader": news if vader is None else vader,
        "targets": targets,
        "rule": rule,
    }


def made(*given):
    """Make tables of passages, each in a short sentence of its own; article "b" is a day before "a"."""
    rows = [
        {**p, "sentence_id": f"{p['article_id']}.b2.s{n}", "start": 10 * n, "end": 10 * n + 7}
        for n, p in enumerate(given)
    ]
    articles = dict.fromkeys(p["article_id"] for p in given)
    days = {"a": "2021-05-02", "b": "2021-05-01"}
    return FewTables(
        sentiment=pd.DataFrame(rows).astype(
            {"compound": "Float64", "vader": "Float64", "speaker_id": "string", "targets": "string", "start": "Int64"}
        ),
        blocks=pd.DataFrame(
            [(f"{a}.{p}", {"headline": "title"}.get(p, p)) for a in articles for p in ("headline", "body")],
            columns=["block_id", "kind"],
        ),
        articles=pd.DataFrame(
            {
                "article_id": list(articles),
                "title": [f"Story {a}" for a in articles],
                "published": pd.to_datetime([days.get(a) for a in articles]),
                "published_earliest": pd.NaT,
            }
        ),
        sentences=pd.DataFrame(
            [(r["sentence_id"], r["start"], "Mud hut.") for r in rows], columns=["sentence_id", "start", "text"]
        ),
        actors=pd.DataFrame(
            [(*row[:2], "person", row[2]) for row in ACTORS], columns=["actor_id", "name", "type", "camp"]
        ),
    )


def many(article, values, **look):
    return [passage(article, value, **look) for value in values]


LOW, HIGH = [-0.6, -0.5] * 8, [0.3, 0.4] * 8
MIXED = [-0.6, -0.2, 0.3, 0.6] * 4


# Frames.


def test_passages_by_article_come_by_date_and_place():
    data = sentiment.by_article(
        made(passage("a", 0.5, place="headline"), passage("a", -0.25, vader=0.1), passage("b", 0))
    )
    assert data.values.tolist() == [
        ["b", "b.b2.s2", "Story b", "2021-05-01", "body", "narration", 0.0, 0.0],
        ["a", "a.b2.s0", "Story a", "2021-05-02", "headline", "narration", 0.5, 0.5],
        ["a", "a.b2.s1", "Story a", "2021-05-02", "body", "narration", -0.25, 0.1],
    ]


def test_voices_are_the_reporter_then_camps_by_number():
    data = sentiment.by_voice(
        made(
            passage("a", 0.1, speaker="doeland"),
            passage("a", 0.2, voice="quote"),
            passage("a", 0.3, speaker="ann-poe"),
            passage("b", 0.4, speaker="ann-poe"),
            passage("b", 0.5),
            passage("b", 0.6, place="headline"),
        )
    )
    assert list(zip(data["who"], data["news"], strict=True)) == [
        ("Reporter", 0.5),
        ("Government", 0.3),
        ("Government", 0.4),
        ("EU", 0.1),
        ("No actor of the registry", 0.2),
    ]


def test_a_passage_counts_for_each_actor_in_it_once():
    data = sentiment.by_target(
        made(
            passage("a", 0.1, targets="ann-poe; roe"),
            passage("a", 0.2),
            passage("a", 0.3, targets="roe", place="headline"),
            passage("b", 0.4, targets="roe"),
        )
    )
    assert data[["passage", "name", "news"]].fillna("").values.tolist() == [
        [0, "Ann Poe", 0.1],
        [0, "Roe", 0.1],
        [1, "", 0.2],
        [2, "Roe", 0.4],
    ]
    assert sentiment.by_target(made(passage("a", 0.2))).empty


def test_a_headline_stands_beside_the_mean_of_its_body():
    data = sentiment.by_headline(
        made(
            passage("a", 0.5, vader=0.1, place="headline"),
            *many("a", LOW),
            passage("b", -0.5, place="headline"),
            *many("b", [0.1] * 9),
            passage("c", 0.5, place="headline"),
        )
    )
    assert data[["article_id", "n", "headline_news", "headline_vader"]].values.tolist() == [
        ["b", 9, -0.5, -0.5],
        ["a", 16, 0.5, 0.1],
    ]
    assert math.isnan(data["body_news"][0]), "nine passages are too few for a mean"
    assert data["body_news"][1] == pytest.approx(-0.55)
    assert (data["low_news"][1], data["high_news"][1]) == interval(LOW, ["a"] * 16, seed=passages.SEED)


# Means and differences.


def test_a_difference_is_that_of_the_means():
    first, second = (pd.DataFrame({"news": values, "article_id": "a"}) for values in (LOW, HIGH[:4]))
    found = passages.difference(first, second, "news")
    assert found.value == pytest.approx(-0.9)
    assert found.low < -0.9 < found.high < 0 and found.is_apart


def test_one_passage_an_article_does_not_make_chance_vanish():
    first, second = (pd.DataFrame({"news": v, "article_id": list("abcdefghijklmnop")}) for v in (MIXED, MIXED[::-1]))
    found = passages.difference(first, second, "news")
    assert found.low < -0.1 and found.high > 0.1 and not found.is_apart


@pytest.mark.parametrize(
    "value, text",
    [
        (0.0, "0"),
        (-0.254, "−0.25"),
        (0.5, "+0.50"),
        (-0.004, "−0.004"),
        (0.00004, "+0.00004"),
        (0.9996, "+0.9996"),
        (-0.998, "−0.998"),
        (1.0, "+1"),
        (-1.0, "−1"),
        (float("nan"), "–"),
    ],
)
def test_a_score_is_not_rounded_to_zero_or_one(value, text):
    assert passages.score(value) == text


# Titles.


@pytest.mark.parametrize(
    "given, title",
    [
        ([passage("a", 0.1, place="headline")], "No sentence has a score"),
        ([passage("a", 0.1)], "One passage: too few for a summary"),
        (
            many("a", [-0.5] * 9) + [passage("a", 0.2, vader=0)],
            "The lexicon for news reads 90 % of the passages as negative and 10 % as positive; plain VADER 90 % and 0 %",
        ),
        (
            many("a", [-0.5] * 999) + [passage("a", 0.5)],
            "The lexicon for news reads 99 % of the passages as negative and under 1 % as positive; "
            "plain VADER 99 % and under 1 %",
        ),
    ],
)
def test_titles_by_article(given, title):
    assert sentiment.by_article_words(sentiment.by_article(made(*given))).title == title


@pytest.mark.parametrize(
    "given, title",
    [
        ([passage("a", 0.1, place="headline")], "No sentence has a score"),
        ([passage("a", 0.1)], "Nobody is quoted"),
        ([passage("a", 0.1, speaker="roe")], "All words are quoted"),
        (many("a", LOW) + many("a", HIGH[:9], speaker="roe"), "Nine quoted passages: too few for a summary"),
        (many("a", LOW[:1]) + many("a", HIGH, speaker="roe"), "One passage: too few for a summary"),
        (
            many("a", LOW) + many("a", HIGH, speaker="roe"),
            "The reporter’s words are scored more negative than those quoted, −0.55 against +0.35; plain VADER agrees",
        ),
        (
            many("a", HIGH, vader=0.1) + many("a", LOW, vader=0.1, speaker="roe"),
            "The reporter’s words are scored more positive than those quoted, +0.35 against −0.55; plain VADER cannot tell",
        ),
        (
            many("a", LOW, vader=0.1) + many("a", HIGH, vader=-0.1, speaker="roe"),
            "The reporter’s words are scored more negative than those quoted, −0.55 against +0.35; "
            "plain VADER says the opposite",
        ),
        (
            many("a", MIXED) + many("b", [*MIXED[1:], -0.5], speaker="roe"),
            "Reporter and quoted voices cannot be told apart by wording, +0.02 against +0.03",
        ),
        (
            many("a", MIXED, vader=-0.4) + many("b", MIXED, vader=0.4, speaker="roe"),
            "Reporter and quoted voices cannot be told apart by wording, +0.02 against +0.02; plain VADER finds a difference",
        ),
    ],
)
def test_titles_by_voice(given, title):
    assert sentiment.by_voice_words(sentiment.by_voice(made(*given))).title == title


@pytest.mark.parametrize(
    "given, title",
    [
        ([passage("a", 0.1)], "Nobody of the registry is spoken of"),
        (many("a", LOW[:9], targets="roe"), "No actor is spoken of in ten passages: too few for a summary"),
        (
            many("a", LOW, targets="roe"),
            "Too few passages are without those spoken of most: they cannot be set against the rest",
        ),
        (
            many("a", MIXED, targets="roe") + many("a", MIXED[::-1]) + [passage("a", 0.1, targets="ann-poe")],
            "The actor spoken of most does not stand in words apart from the rest, beyond what chance may do",
        ),
        (
            many("a", MIXED, targets="roe")
            + many("a", MIXED[::-1], targets="doeland")
            + [passage("a", 0, targets="ann-poe")],
            "Neither of the two actors spoken of most stands in words apart from the rest, beyond what chance may do",
        ),
        (
            many("a", MIXED, targets="roe") + many("a", MIXED[::-1]),
            "No actor stands in words apart from the rest, beyond what chance may do",
        ),
        (
            many("a", LOW, targets="roe; ann-poe") + many("a", MIXED, targets="ann-poe") + many("b", HIGH),
            "Passages with “Roe” are scored more negative than others, −0.55 against +0.19; plain VADER agrees",
        ),
    ],
)
def test_titles_by_target(given, title):
    assert sentiment.by_target_words(sentiment.by_target(made(*given))).title == title


def stories(n, headline, body):
    return [p for i in range(n) for p in (passage(f"c{i}", headline(i), place="headline"), *many(f"c{i}", body))]


@pytest.mark.parametrize(
    "given, title",
    [
        ([passage("a", 0.1)], "No article has both a headline and a body"),
        (stories(9, lambda i: 0.5, LOW), "Nine articles with ten passages or more: too few for a summary"),
        (stories(1, lambda i: 0.5, LOW[:3]), "No articles with ten passages or more: too few for a summary"),
        (
            stories(10, lambda i: 0.5, LOW),
            "Headlines are scored more positive than their articles, +0.50 against −0.55; plain VADER agrees",
        ),
        (
            stories(10, lambda i: (-1) ** i * 0.9, MIXED),
            "Headlines are not scored otherwise than their articles, as far as ten articles can tell, 0 against +0.02",
        ),
    ],
)
def test_titles_by_headline(given, title):
    assert sentiment.by_headline_words(sentiment.by_headline(made(*given))).title == title


def test_what_is_not_drawn_is_counted():
    tables = made(*(passage(f"c{i:02}", 0.1, targets="roe") for i in range(26)), *many("c25", HIGH))
    caption = sentiment.by_article_words(sentiment.by_article(tables)).caption
    assert caption.endswith("The two articles with fewer passages are not drawn.")
    _, ax = plt.subplots()
    sentiment.draw_by_article(sentiment.by_article(tables), ax)
    labels = [label.get_text().split("\n")[0] for label in ax.get_yticklabels()]
    assert labels == [f"Story c{i:02}" for i in [*range(23), 25]]


@pytest.mark.parametrize("n, note", [(passages.MOST, False), (passages.MOST + 1, True)])
def test_a_crowded_lane_says_that_dots_are_left_out(n, note):
    data = sentiment.by_voice(made(*many("a", [0.1] * n)))
    assert ("at equal steps" in sentiment.by_voice_words(data).caption) == note
    _, ax = plt.subplots()
    sentiment.draw_by_voice(data, ax)
    assert sum(len(dots.get_offsets()) for dots in ax.collections) == 2 * passages.MOST


# What is drawn.


def strokes(ax):
    """Return the upright strokes of means, by their place on the shared axis."""
    return {
        round(float(x[0]), 3)
        for x in (line.get_xdata() for line in ax.lines if line.get_color() == plots.BLUE)
        if x[0] == x[1]
    }


@pytest.mark.parametrize("n, means", [(9, set()), (10, {0.25, 2.15})])
def test_below_ten_passages_there_are_dots_and_no_mean(n, means):
    _, ax = plt.subplots()
    sentiment.draw_by_voice(sentiment.by_voice(made(*many("a", [0.25] * n, vader=-0.25))), ax)
    assert strokes(ax) == means
    dots = [tuple(point) for marks in ax.collections for point in marks.get_offsets()]
    assert sorted({round(x, 3) for x, _ in dots}) == [0.25, 2.15] and len(dots) == 2 * n
    labels = [text.get_text() for text in ax.get_legend().texts]
    assert labels == ["reporter’s words", *(["mean with its interval"] if means else [])]


def test_the_ends_of_both_scales_are_named():
    _, ax = plt.subplots()
    sentiment.draw_by_headline(sentiment.by_headline(made(passage("a", 0.5, place="headline"), passage("a", 0))), ax)
    ends = [text.get_text() for text in ax.get_xticklabels()]
    assert ends == ["−1\nnegative wording", "0", "+1\npositive wording"] * 2
    assert {"lexicon for news", "plain VADER"} <= {text.get_text() for text in ax.texts}
    assert ax.get_yticklabels()[0].get_text().endswith("n = 1, no mean")


@pytest.mark.parametrize("name", [f.name for f in (*sentiment.FIGURES, *wording.FIGURES)])
def test_nothing_to_draw_is_a_sentence(tmp_path, name):
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "", "text": "1."}), encoding="utf-8")
    drawn = plots.picture(name, analysis.load(tmp_path / "a.jsonl"))
    assert drawn.title.startswith(("No", "One passage")) and drawn.alt and drawn.caption


# Other ways of counting.


def test_comparisons_name_each_way_with_its_n():
    tables = made(
        *many("a", LOW), *many("b", LOW), *many("a", HIGH, speaker="roe"), *many("a", [0.0] * 3, rule="attribution")
    )
    rows = scorer.comparisons(tables).set_index("way")
    assert rows["n"].tolist() == [35, 35, 32, 35, 32, 35, 19]
    assert rows["n quoted"].tolist() == [16, 16, 16, 0, 16, 16, 16], "no quotation here has ten words"
    assert rows.loc["without bare “he said”", "difference"] == pytest.approx(-0.9)
    assert math.isnan(rows.loc["quotations of ten words or more", "difference"])
    assert scorer.comparisons_say(rows.reset_index()) == (
        "All six ways of counting find a difference of the same sign, with an interval that leaves out zero."
    )


def test_the_article_that_carries_the_difference_is_left_out():
    tables = made(*many("a", MIXED), *many("a", MIXED, speaker="roe"), *many("b", LOW), *many("b", HIGH, speaker="roe"))
    row = scorer.comparisons(tables).set_index("way").loc["without the article that matters most"]
    assert (row["n"], row["n quoted"], row["difference"]) == (16, 16, 0)


@pytest.mark.parametrize(
    "rows, sentence",
    [
        ([(math.nan, math.nan, math.nan)], "There are too few passages for a comparison."),
        ([(0.1, -0.1, 0.3), (0.1, 0.05, 0.3)], "The figure finds no difference; the one other way of counting would."),
        (
            [(0.1, -0.1, 0.3), (0.1, 0.05, 0.3), (0.1, 0, 0.3)],
            "The figure finds no difference; one of two other ways of counting would.",
        ),
        ([(0.1, -0.1, 0.3)], "The figure finds no difference, and no other way of counting has passages enough."),
        (
            [(0.1, 0.05, 0.3), (-0.1, -0.3, -0.05), (0.1, -0.1, 0.3)],
            "One of three ways of counting finds a difference of the same sign, with an interval that leaves out zero.",
        ),
    ],
)
def test_what_comparisons_say(rows, sentence):
    assert scorer.comparisons_say(pd.DataFrame(rows, columns=["difference", "from", "to"])) == sentence


def test_a_corpus_without_sentiment_has_frames():
    tables = made(passage("a", 0.1))
    tables.sentiment = frame("sentiment", [])
    tables.articles = tables.articles.iloc[:0]
    for data, words in WORDS.values():
        assert data(tables).empty and words(data(tables)).alt


@pytest.mark.parametrize("name", ["wording-by-voice", "wording-by-target"])
def test_a_caption_says_how_the_intervals_were_made(seed, monkeypatch, name):
    assert "bootstrap" in plots.picture(name, seed).caption
    monkeypatch.setattr(plots, "CROWD", 0)
    assert "over all passages" in plots.picture(name, seed).caption
    assert "bootstrap" not in plots.picture(name, seed).caption
