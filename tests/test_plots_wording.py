"""The figure of the words behind the scores, and on which of them the lexicons differ."""

import pandas as pd
import pytest

from analysis.lexicon import Lexicon
from analysis.plots import scorer, wording
from conftest import FewTables


@pytest.mark.parametrize(
    "texts, lexicon, found",
    [
        ([], Lexicon({"bad": -2.5}), {}),
        (["Bad roads, “bad” bridges."], Lexicon({"bad": -2.5}), {("bad", -2.5): 2}),
        (["Bad roads—bad bridges."], Lexicon({"bad": -2.5}), {("bad", -2.5): 2}),
        (["Bad", "good bad"], Lexicon({"bad": -2.5, "good": 1.9}), {("bad", -2.5): 2, ("good", 1.9): 1}),
        (["A bad road home"], Lexicon({"bad": -2.5, "road": 1}, {"bad road": -1}), {("bad road", -1): 1}),
        (["A bad road"], Lexicon({"bad": -2.5}, {"bad road": 0}), {}),
        (["A bad roa"], Lexicon({"bad": -2.5}, {"bad road home": -1}), {("bad", -2.5): 1}),
    ],
)
def test_words_are_counted_as_the_lexicon_reads_them(texts, lexicon, found):
    assert wording.count_valued(texts, lexicon) == found


def bodies(*texts):
    rows = [(f"b{n}", "body", text) for n, text in enumerate(texts)]
    blocks = pd.DataFrame([*[row[:2] for row in rows], ("t", "title")], columns=["block_id", "kind"])
    sentences = pd.DataFrame([*[(b, text) for b, _, text in rows], ("t", "war war")], columns=["block_id", "text"])
    return FewTables(blocks=blocks, sentences=sentences)


def test_driving_words_have_both_sums():
    data = wording.driving_words(bodies("The security of a crackdown.", "War, security.")).set_index("word")
    assert data.loc["security", ["n_news", "n_vader", "sum_news", "sum_vader"]].tolist() == [0, 2, 0, 2.8]
    assert data.loc["crackdown", ["n_vader", "sum_vader"]].tolist() == [0, 0]
    assert data.loc["crackdown", "sum_news"] == data.loc["crackdown", "valence_news"] < 0
    assert data.loc["war", "n_news"] == 1, "a headline does not count"
    assert wording.driving_words(bodies("The mill stands.")).empty


@pytest.mark.parametrize(
    "texts, title",
    [
        (["The mill stands."], "No word of the body is in a lexicon"),
        (["A crackdown."], "“crackdown” (once) weighs most, in one lexicon only"),
        (["War."], "“war” (once) weighs most in both lexicons"),
        (
            ["A security council.", "Security and a crackdown."],
            "“crackdown” (once) weighs most in the lexicon for news, “security” (twice) in plain VADER",
        ),
    ],
)
def test_titles_by_word(texts, title):
    data = wording.driving_words(bodies(*texts))
    assert wording.driving_words_words(data).title == title


@pytest.mark.parametrize(
    "texts, sentence",
    [
        (["War."], "The two lexicons do not differ on any word of this corpus."),
        (["War and crackdown."], "The two lexicons differ most on “crackdown”."),
        (["Crackdown, security."], "The two lexicons differ most on “crackdown” and “security”."),
    ],
)
def test_words_on_which_the_lexicons_differ(texts, sentence):
    assert scorer.lexicons_differ(wording.driving_words(bodies(*texts))) == sentence
