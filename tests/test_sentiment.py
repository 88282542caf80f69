"""Sentiment: scores like NLTK's, what the overlay for news changes, rows by voice, labels, intervals, the seed."""

from __future__ import annotations

import csv
import itertools
import math
import random
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from analysis import language, lexicon, sentiment
from analysis.lexicon import Lexicon, Scores, news, vader
from analysis.quotes import Name, Paragraph, find_quotes
from analysis.sentences import split
from analysis.sentiment import BOUNDS, LABELS, RULES, VOICES, f1_by_label, find_sentiment, interval, label
from conftest import ROOT

# The scores of plain VADER.


@pytest.fixture(scope="module")
def nltk_scorer():
    """NLTK's own analyser over the shipped lexicon, which its sandbox would not open where it lies."""
    analyser = SentimentIntensityAnalyzer.__new__(SentimentIntensityAnalyzer)
    lexicon_file = resources.files("vaderSentiment").joinpath("vader_lexicon.txt")
    analyser.lexicon_file = lexicon_file.read_text(encoding="utf-8").rstrip("\n")
    analyser.lexicon = analyser.make_lex_dict()
    analyser.constants = VaderConstants()
    return analyser


def as_nltk(analyser, text: str) -> Scores:
    scores = analyser.polarity_scores(text)
    return Scores(scores["compound"], scores["pos"], scores["neu"], scores["neg"])


PHRASES = (
    "at least, very least, kind of, sort of, just enough, the bomb, bad ass, yeah right, kiss of death, "
    "cut the mustard, hand to mouth, never so, never this, but"
).split(", ")
FILLER = "the mayor of a bread mill in town council I said o'clock well-known Rye".split()
MARKS = [*VaderConstants.PUNC_LIST, '."', "),", "...", "\u2026", "("]


def made_up(n: int, lexicon_words: list[str]) -> list[str]:
    """Make sentences of words with and without valence, boosters, negations, idioms, capitals and marks."""
    chance = random.Random(7)
    changers = sorted(VaderConstants.NEGATE) + sorted(VaderConstants.BOOSTER_DICT)
    kinds = (lexicon_words, lexicon_words, changers, PHRASES, FILLER, FILLER)
    cases = (str.upper, str.capitalize, *[str] * 8)
    sentences = []
    for _ in range(n):
        words: list[str] = []
        for _ in range(chance.randint(0, 20)):
            word = chance.choice(cases)(chance.choice(chance.choice(kinds)))
            mark = chance.choice(MARKS)
            words.append(chance.choice([word, word, word, word + mark, mark + word]))
            if chance.random() < 0.1:
                words.append(chance.choice(words))
        sentences.append(" ".join(words))
    return sentences


def test_ten_thousand_sentences_score_as_in_nltk(nltk_scorer):
    texts = made_up(10_000, sorted(nltk_scorer.lexicon))
    differing = [t for t in texts if vader().score(t) != pytest.approx(as_nltk(nltk_scorer, t), abs=1e-4)]
    assert differing == []
    assert len({vader().score(text) for text in texts}) > 5_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "!",
        "??? !!!",
        "The mill stands.",
        "The mill is GOOD, but the bread is bad!!!!!",
        "THE MILL IS GOOD",
        "It was never so good; it is not the least bad.",
        "At least the bread is good, good and good.",
        "He is kind of kind, and that kind of bread is the bomb.",
        "It wasn't sort of good :) ???",
        "no good. NOT good? least good",
    ],
)
def test_odd_sentences_score_as_in_nltk(nltk_scorer, text):
    assert vader().score(text) == pytest.approx(as_nltk(nltk_scorer, text), abs=1e-4)


@pytest.mark.parametrize("scorer", [vader, news])
@pytest.mark.parametrize(
    ("curly", "straight"),
    [
        ("It isn\u2019t good.", "It isn't good."),
        ("Poe said \u201cgood bread\u201d", 'Poe said "good bread"'),
        ("\u2018Good\u2019 isn\u2019t \u201cbad", "'Good' isn't \"bad"),
    ],
)
def test_curly_marks_change_no_score(scorer, curly, straight):
    assert scorer().score(curly) == scorer().score(straight)
    assert scorer().score(straight).compound != 0


def test_the_table_of_words_stays_bounded(monkeypatch):
    monkeypatch.setattr(lexicon, "_MOST_WORDS", 3)
    small = Lexicon({"good": 1.9}, is_nltk=True)
    assert [small.score(f"word{n} good").compound for n in range(9)] == [0.4404] * 9
    assert len(small._words) <= 4


# The overlay for news.


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The United Isles sent a security chief.", 0),
        ("Poe vowed military support for Doeland.", 0),
        ("The justice ministry met the party.", 0),
        ("Towns like Rye have no mill.", 0),
        ("There is no threat to Rye.", 1),
        ("The vote was not free and fair.", 0),
        ("Two bakers were detained in a crackdown.", -1),
        ("Police used tear gas.", -1),
        ("A baker was shot dead.", -1),
        ("Rye is under siege despite a war.", -1),
        ("Sanctions\u2014and bombs\u2014hurt Rye.", -1),
        ("He called the mill (a \u201cdisaster.\u201d)", -1),
        ("Peace talks led to a ceasefire.", 1),
        ("Rye hailed the breakthrough.", 1),
    ],
)
def test_news(text, sign):
    compound = news().score(text).compound
    assert (compound > 0) - (compound < 0) == sign


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tear gas", ["tear gas"]),
        ("Tear gas, shot dead", ["tear gas", "shot dead"]),
        ("tear", ["tear"]),
        ("tear tear gas", ["tear", "tear gas"]),
        ("gas tear", ["gas", "tear"]),
        ("tear gas mask", ["tear gas mask"]),
        ("tear gas masks", ["tear gas", ""]),  # no rule asks for the last word
    ],
)
def test_phrases_are_one_word_and_the_longest_wins(text, words):
    small = Lexicon({}, {"tear gas": -2, "tear gas mask": -1, "shot dead": -3})
    read = [word for word in map(small.word, text.split()) if word]
    assert [word.lower for word in small._joined(read)] == words


def test_a_long_sentence_needs_more_for_the_same_score():
    short, long = "The mill burnt in a disaster.", "The mill burnt in a disaster that day as told in Rye by Poe."
    assert news().score(short).compound < news().score(long).compound < 0
    assert vader().score(short).compound == vader().score(long).compound


@pytest.mark.parametrize("text", ["", "...", "\u201c\u201d \u2014"])
def test_no_words_no_shares(text):
    assert news().score(text) == Scores(0, 0, 0, 0)


def test_the_overlay_says_what_it_changes_and_why():
    rows = language.rows("news_valence.csv")
    plain = lexicon._vader_valences()
    assert len({row["term"] for row in rows}) == len(rows)
    for row in rows:
        assert row["term"] == row["term"].lower().strip()
        assert row["term"] in row["example"].lower(), row
        assert row["reason"] and row["source"], row
        assert -4 <= float(row["valence"]) <= 4, row
        assert float(row["valence"]) != plain.get(row["term"], 0) or " " in row["term"], row
        assert row["term"] not in VaderConstants.BOOSTER_DICT, row


def test_a_term_given_twice_is_refused():
    with pytest.raises(ValueError, match="given twice: 'tear gas'"):
        lexicon.overlay([("tear gas", "-2"), ("tear", "-1"), ("tear gas", "-3")])


# Rows.

IDS = {"Ann Poe": "ann-poe", "Poe": "ann-poe", "Roe": "roe", "Doeland": "doeland", "the mayor": "mayor"}
KINDS = {"the mayor": "role"}


def rows(text: str, *, sentences: list[tuple[int, str]] | None = None) -> list[sentiment.Sentiment]:
    """Score a text of one paragraph whose actors are those of IDS."""
    names: list[Name] = []
    for alias in sorted(IDS, key=len, reverse=True):
        for start in (n for n in range(len(text)) if text.startswith(alias, n)):
            if not any(name.start <= start < name.end for name in names):
                names.append(Name(start, start + len(alias), IDS[alias], KINDS.get(alias, "name")))
    names.sort(key=lambda name: name.start)
    found = find_quotes([Paragraph(0, text)], names)
    cut = sentences or [(start, text[start:end]) for start, end in split(text)]
    return find_sentiment(cut, found, names)


def cut_out(text: str) -> list[tuple[str, str, str, str | None, tuple[str, ...]]]:
    return [(text[r.start : r.end], r.voice, r.rule, r.speaker_id, r.targets) for r in rows(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # no quotation
        ("The mill is open.", [("The mill is open.", "narration", "sentence", None, ())]),
        (
            "Roe met Ann Poe. Doeland met the mayor, Roe and Roe.",
            [
                ("Roe met Ann Poe.", "narration", "sentence", None, ("roe", "ann-poe")),
                (
                    "Doeland met the mayor, Roe and Roe.",
                    "narration",
                    "sentence",
                    None,
                    ("doeland", "mayor", "roe"),
                ),
            ],
        ),
        # first, middle, last, two
        (
            "\u201cRoe is a thief,\u201d said Ann Poe.",
            [
                ("said Ann Poe.", "narration", "attribution", None, ()),
                ("Roe is a thief,", "quote", "quotation", "ann-poe", ("roe",)),
            ],
        ),
        (
            "Ann Poe said Roe was \u201cready\u201d to leave Doeland.",
            [
                (
                    "Ann Poe said Roe was \u201cready\u201d to leave Doeland.",
                    "narration",
                    "around",
                    None,
                    ("roe", "doeland"),
                ),
                ("ready", "quote", "quotation", "ann-poe", ()),
            ],
        ),
        (
            "Ann Poe called Roe \u201ca thief\u201d.",
            [
                ("Ann Poe called Roe", "narration", "around", None, ("roe",)),
                ("a thief", "quote", "quotation", "ann-poe", ()),
            ],
        ),
        (
            "Poe said it was \u201clate\u201d and \u201ccold\u201d.",
            [
                ("Poe said it was \u201clate\u201d and", "narration", "around", None, ()),
                ("late", "quote", "quotation", "ann-poe", ()),
                ("cold", "quote", "quotation", "ann-poe", ()),
            ],
        ),
        # over several sentences
        (
            "\u201cWe stay. Roe is a thief,\u201d Ann Poe said.",
            [
                ("We stay.", "quote", "part", "ann-poe", ()),
                ("Ann Poe said.", "narration", "attribution", None, ()),
                ("Roe is a thief,", "quote", "part", "ann-poe", ("roe",)),
            ],
        ),
        # the speaker is no target of the own words
        (
            "\u201cPoe does not lie to Roe,\u201d said Ann Poe.",
            [
                ("said Ann Poe.", "narration", "attribution", None, ()),
                ("Poe does not lie to Roe,", "quote", "quotation", "ann-poe", ("roe",)),
            ],
        ),
        # no voice of their own
        (
            "Doeland joined a nominal \u201cunion\u201d with Roe.",
            [
                (
                    "Doeland joined a nominal \u201cunion\u201d with Roe.",
                    "narration",
                    "sentence",
                    None,
                    ("doeland", "roe"),
                )
            ],
        ),
        # a quotation in another belongs to it
        (
            "\u201cRoe said \u2018we stay\u2019 to us,\u201d said Ann Poe.",
            [
                ("said Ann Poe.", "narration", "attribution", None, ()),
                ("Roe said \u2018we stay\u2019 to us,", "quote", "quotation", "ann-poe", ("roe",)),
            ],
        ),
        # a speaker whom nobody knows
        (
            "\u201cWe stay,\u201d said one baker.",
            [
                ("said one baker.", "narration", "attribution", None, ()),
                ("We stay,", "quote", "quotation", None, ()),
            ],
        ),
    ],
)
def test_rows(text, expected):
    assert cut_out(text) == expected


def test_demonyms_and_pronouns_are_no_targets():
    mentions = [Name(0, 3, "roe", "demonym"), Name(8, 10, "ann-poe", "pronoun"), Name(11, 14, None, "name")]
    assert find_sentiment([(0, "Roe met he Doe.")], (), mentions)[0].targets == ()


def test_each_voice_has_its_own_scores():
    text = "Roe praised the great, happy mill after \u201ca horrible, brutal war\u201d, Ann Poe said."
    narration, quote = rows(text)
    assert narration.compound > 0 > quote.compound
    assert narration.vader > 0 > quote.vader
    assert quote == sentiment.Sentiment(
        text.index("a horrible"),
        text.index("\u201d"),
        "quote",
        "ann-poe",
        *news().score("a horrible, brutal war"),
        vader().score("a horrible, brutal war").compound,
        (),
        "quotation",
    )


def test_offsets_are_those_of_the_source():
    text = "\u201cRoe is a thief,\u201d said Ann Poe."
    shifted = " " * 40 + text
    assert [(r.start - 40, r.end - 40, r.compound) for r in rows(shifted)] == [
        (r.start, r.end, r.compound) for r in rows(text)
    ]


def test_nothing_makes_no_rows():
    assert find_sentiment([]) == []


WORDS = [
    "Ann Poe",
    "said",
    "Roe",
    "war",
    "good",
    "no",
    "but",
    "!",
    ".",
    ",",
    "\u201c",
    "\u201d",
    '"',
    "\u2019",
    "It",
    "\n",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_rows_hold_for_any_text(text):
    sentences = [(start, text[start:end]) for start, end in split(text)]
    found = rows(text, sentences=sentences)
    for row in found:
        holder = next((s, s + len(t)) for s, t in reversed(sentences) if s <= row.start)
        assert holder[0] <= row.start < row.end <= holder[1]
        assert -1 <= row.compound <= 1 and -1 <= row.vader <= 1
        shares = row.positive + row.neutral + row.negative
        assert shares == 0 or shares == pytest.approx(1, abs=0.002)
        assert row.voice in VOICES and row.rule in RULES
        assert (row.voice == "quote") == (row.rule in ("quotation", "part"))
        assert row.speaker_id not in row.targets and len(set(row.targets)) == len(row.targets)
    quoted = [row for row in found if row.voice == "quote"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(quoted))


@given(st.text(max_size=60))
def test_any_text_has_scores(text):
    for scorer in (vader(), news()):
        scores = scorer.score(text)
        assert -1 <= scores.compound <= 1
        assert sum(scores[1:]) == 0 or sum(scores[1:]) == pytest.approx(1, abs=0.002)


# Labels and intervals.


@pytest.mark.parametrize("scorer", BOUNDS)
def test_labels_at_the_bounds(scorer):
    lower, upper = BOUNDS[scorer]
    near = (lower - 1e-4, lower, lower + 1e-4, 0, upper - 1e-4, upper, upper + 1e-4)
    assert [label(compound, scorer=scorer) for compound in near] == [
        *["negative"] * 2,
        *["neutral"] * 3,
        *["positive"] * 2,
    ]


def test_f1_by_label():
    given_, found = ["negative", "negative", "neutral", "neutral"], ["negative", "neutral", "neutral", "neutral"]
    scores = f1_by_label(given_, found)
    assert (scores["negative"], scores["neutral"]) == pytest.approx((2 / 3, 4 / 5))
    assert math.isnan(scores["positive"])


def test_an_interval_holds_the_mean_and_narrows_with_more_values():
    values = [n / 10 for n in range(-9, 10)]
    groups = ["a", "b"] * 9 + ["a"]
    low, high = interval(values, groups, seed=1)
    assert -0.9 < low < 0 < high < 0.9
    many = interval(values * 9, groups * 9, seed=1)
    assert many[1] - many[0] < high - low
    wide = interval(values, groups, seed=1, level=0.99)
    assert wide[0] < low and high < wide[1]


def test_an_interval_resamples_within_articles():
    # Every article agrees with itself: there is nothing to resample, however much they differ.
    assert interval([0.5, 0.5, -0.25, -0.25], ["a", "a", "b", "b"], seed=3) == (0.125, 0.125)
    low, high = interval([0.5, 0.5, -0.25, -0.25], ["a", "a", "a", "a"], seed=3)
    assert low < 0.125 < high


def test_an_interval_depends_on_the_seed_and_not_on_the_order():
    values, groups = [0.1, -0.4, 0.7, 0.2, -0.9], ["b", "a", "b", "a", "a"]
    assert interval(values, groups, seed=1) == interval(values[::-1], groups[::-1], seed=1)
    assert interval(values, groups, seed=1, n_samples=150) != interval(values, groups, seed=2, n_samples=150)


def test_an_interval_of_nothing_and_of_unequal_lengths():
    assert all(map(math.isnan, interval([], [], seed=1)))
    with pytest.raises(ValueError, match="2 values, 1 groups"):
        interval([0.1, 0.2], ["a"], seed=1)


# The seed.


@pytest.fixture(scope="module")
def gold():
    with (ROOT / "tests" / "gold" / "sentiment.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_are_of_the_body_sentences_of_the_seed(seed, gold):
    kinds = dict(zip(seed.blocks["block_id"], seed.blocks["kind"], strict=True))
    body = seed.sentences[[kinds[block] == "body" for block in seed.sentences["block_id"]]]
    columns = ["article_id", "sentence_id", "start", "end", "text"]
    found = [tuple(map(str, row)) for row in body[columns].itertuples(index=False)]
    assert [tuple(row[column] for column in columns) for row in gold] == found
    assert {row["label"] for row in gold} == set(LABELS)


def test_labels_of_the_seed_stay_above_their_floors(gold):
    given_ = [row["label"] for row in gold]
    macro = {}
    for name, scorer in (("news", news()), ("vader", vader())):
        found = [label(scorer.score(row["text"]).compound, scorer=name) for row in gold]
        macro[name] = sum(f1_by_label(given_, found).values()) / len(LABELS)
    assert macro["news"] > 0.60
    assert macro["news"] > macro["vader"] + 0.10
    assert macro["vader"] == pytest.approx(0.480, abs=0.001)
