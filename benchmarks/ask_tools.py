"""Put the same questions to public tools; run by public_tools.py in an environment that has them.

Reads a JSON object of texts by kind from standard input and writes {tool: {"version": …, "answers": […]}}, an answer
a text, to standard output. Needs nothing but the tools: the project is not installed beside them.
"""

import contextlib
import datetime as dt
import html
import importlib.metadata
import json
import sys

LATEST = dt.date(2100, 1, 1)  # without a bound, tools ask for the day on which they run
FULL_DATE = {"REQUIRE_PARTS": ["day", "month", "year"], "RELATIVE_BASE": dt.datetime(2000, 1, 1)}


# A text to its sentences: [first, last] characters.


def pysbd(texts):
    from pysbd import Segmenter

    segmenter = Segmenter(language="en", clean=False, char_span=True)
    return [[(s.start, s.start + len(s.sent.rstrip())) for s in segmenter.segment(text)] for text in texts]


def syntok(texts):
    from syntok import segmenter

    return [
        [(s[0].offset, s[-1].offset + len(s[-1].value)) for p in segmenter.analyze(text) for s in p] for text in texts
    ]


def nltk(texts):
    from nltk.tokenize import PunktSentenceTokenizer

    return [list(PunktSentenceTokenizer().span_tokenize(text)) for text in texts]


# An article to its day.


def dateparser(texts):
    from dateparser.search import search_dates

    found = [search_dates(text, languages=["en"], settings=FULL_DATE) for text in texts]
    return [dates[0][1].date().isoformat() if dates else None for dates in found]


def datefinder(texts):
    from datefinder import find_dates

    return [next((date.date().isoformat() for date in find_dates(text, strict=True)), None) for text in texts]


def htmldate(texts):
    from htmldate import find_date

    return [
        find_date(
            f"<html><body><article><p>{html.escape(text)}</p></article></body></html>", max_date=LATEST.isoformat()
        )
        for text in texts
    ]


# A text to the states named in it: [first, last, name].


def states(texts):
    from country_named_entity_recognition import find_countries

    return [[(*match.span(), country.name) for country, match in find_countries(text)] for text in texts]


# A text to its quotations and its figures of arrests: [first, last] characters of each.


def gdelt_regkg(texts):
    from gdelt_regkg.fields.counts import analyze_counts
    from gdelt_regkg.fields.quotations import analyze_quotations

    return [
        {
            "quotations": [(m.start, m.end) for m in analyze_quotations(text).mentions],
            "arrests": [(m.start, m.end) for m in analyze_counts(text).mentions if m.count_type == "ARREST"],
        }
        for text in texts
    ]


# Words to the number in them.


def quantulum3(texts):
    from quantulum3 import parser

    found = [parser.parse(text) for text in texts]
    return [quantities[0].value if quantities else None for quantities in found]


def word2number(texts):
    from word2number import w2n

    values = []
    for text in texts:
        try:
            values.append(w2n.word_to_num(text))
        except ValueError:
            values.append(None)
    return values


def number_parser(texts):
    import number_parser

    return [next(iter(_numbers(number_parser.parse(text, language="en"))), None) for text in texts]


def text2num(texts):
    from text_to_num import alpha2digit

    return [next(iter(_numbers(alpha2digit(text, "en"))), None) for text in texts]


def _numbers(text):
    """Return the numbers of a text in which a tool has put digits for words."""
    return [int(word.replace(",", "")) for word in text.split() if word.replace(",", "").isdigit()]


# A sentence to its tone, from the sign of a score.


def vader(texts):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    # The bounds are those of the tool's own description.
    return [_tone(analyser.polarity_scores(text)["compound"], 0.05) for text in texts]


def afinn(texts):
    from afinn import Afinn

    scorer = Afinn()
    return [_tone(scorer.score(text)) for text in texts]


def textblob(texts):
    from textblob import TextBlob

    return [_tone(TextBlob(text).sentiment.polarity) for text in texts]


def _tone(score, bound=0):
    return "positive" if score > 0 and score >= bound else "negative" if score < 0 and score <= -bound else "neutral"


ASKED = {  # package: kind of text, question
    "nltk": ("blocks", nltk),
    "pysbd": ("blocks", pysbd),
    "syntok": ("blocks", syntok),
    "dateparser": ("articles", dateparser),
    "datefinder": ("articles", datefinder),
    "htmldate": ("articles", htmldate),
    "country-named-entity-recognition": ("blocks", states),
    "gdelt-regkg": ("blocks", gdelt_regkg),
    "number-parser": ("quantities", number_parser),
    "quantulum3": ("quantities", quantulum3),
    "text2num": ("quantities", text2num),
    "word2number": ("quantities", word2number),
    "afinn": ("sentences", afinn),
    "textblob": ("sentences", textblob),
    "vaderSentiment": ("sentences", vader),
}


def main():
    texts = json.load(sys.stdin)
    answers = {}
    with contextlib.redirect_stdout(sys.stderr):
        for package, (kind, ask) in ASKED.items():
            answers[package] = {"version": importlib.metadata.version(package), "answers": ask(texts[kind])}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
