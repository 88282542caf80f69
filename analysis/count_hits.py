"""Where in a text numbers stand that may count people, sorted out before the text is parted into sentences.

`number_places` gives the first character of every number in words or figures, but for those that are seen at
once to be none of people: money, shares, ordinals, clock times, ages ("Ann Poe, 38, said", "a 38-year-old"),
spans of time ("two weeks"), years ("in 2006"), days beside a month, figures tied to letters, decimals, "one of".

This only saves work. Each of these is refused again, by closer rules, where its sentence is read (`quantities`,
`counts`, `timex`); in doubt a number is kept here.
"""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from analysis import language
from analysis.amounts import number_words
from analysis.count_phrases import STOPS, nouns_of
from analysis.signs import finder

_DIGITS = "0123456789"
_TIED = frozenset("$\u20ac\u00a3\u00a5#\u2116./:_@-\u2010\u2011\u2012\u2013\u2014")  # right before a figure
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|until|from|during|year|early|late|mid|before|after|between)\s\Z")
_ONE_NOUN = re.compile(r"(?:[0-9][0-9,]*|[a-z]*[^s\W])\s([a-z]+)(?:\s([a-z]+)\b|[.,;:)]|\Z)")
_DAY = "(?:3[01]|[12]?[0-9])"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS}|{_SHORT_MONTHS})(?:\s[0-9]{{1,2}},)?\s\Z")
_MONTH_REACH = 15  # characters of the longest month and a day behind it


@cache
def _numbers() -> AhoCorasick:
    return finder(number_words() | set(_DIGITS))


@cache
def _words(*kinds: str) -> str:
    return "|".join(row["word"] for row in language.rows("number_words.csv") if row["kind"] in kinds)


@cache
def _no_word() -> re.Pattern[str]:
    """Match a number word that counts nobody where it stands."""
    scales = _words("scale", "dozen")
    return re.compile(
        r"one of\b|(?<=\bone of )[a-z]|(?<=\bone of the )[a-z]|(?:(?<!\ba\s)number|number(?! of))\b|[a-z]+-(?:year|month|week|day|hour|minute)s?\b(?![-'\u2019])"
        rf"|(?<!\ba\s)(?<!\banother\s)(?<!\bhalf[\s-])(?:{scales})\b"
        rf"|(?<!\ba\s)(?:few|couple|handful)\b(?!\s(?:of\s)?(?:{scales}))"
    )


@cache
def _no_figure() -> re.Pattern[str]:
    """Match figures that count nobody; a group that matches names what more must hold."""
    scales = rf"(?:{_words('scale', 'short_scale', 'dozen', 'plural')})\b"
    joints = r"(?:and|or|to|plus|at|approx|rough|give)"  # a range, or a hedge behind
    counted = "|".join(row["term"] for row in language.rows("time_words.csv") if row["kind"] == "counted")
    return re.compile(
        r"[0-9]+(?:[.,][0-9]+)*(?:[\s-]?(?:%|percent\b|per\s?cent\b|[ap]\.?m\b|km\b)|(?:st|nd|rd|th)\b|[:/][0-9]"
        rf"|-(?!strong|plus|{scales})[a-z])"
        rf"|{_DAY}\s(?:{_MONTHS}|{_SHORT_MONTHS})\b(?![-'\u2019])"
        rf"|[0-9]+(?:,[0-9]{{3}})*\.[0-9]+\s(?!{scales})[a-z]"
        rf"|(?P<year>(?:19|20)[0-9]{{2}}(?=[.;:)]|,(?![0-9])|\s(?![0-9+]|{joints}|{scales})|\Z))"
        r"|(?P<age>[0-9]{1,3},(?![0-9]))"
        rf"|(?P<day>{_DAY}(?=[.;:)](?![0-9])|\s(?!{joints}|{counted})[a-z(]))"
    )


def number_places(text: str, lower: str) -> list[int]:
    """Return where the numbers of a text begin that may count people; `lower` is the text in lower case.

    In "In 2006 police held 40 men for two days, with 7 dogs" that is the place of 40.
    """
    found = []
    no_word = _no_word()
    for _, at, end in _numbers().find_matches_as_indexes(lower):
        before = lower[at - 1 : at]
        if not lower[at].isdigit():
            if before.isalpha() or lower[end : end + 1].isalpha() or no_word.match(lower, at):
                continue
        elif before in _TIED or before.isalnum():
            if not lower.endswith("half-", 0, at):
                continue
        elif (before == "," and lower[at - 2 : at - 1].isdigit()) or _is_no_count(text, lower, at):
            continue  # behind a comma and a figure stand the thousands of a number
        if not _is_of_things(lower, at):
            found.append(at)
    return found


@cache
def _things() -> frozenset[str]:
    return frozenset(nouns_of("thing"))


def _is_of_things(lower: str, at: int) -> bool:
    """Tell a number right before a noun for things that ends its phrase: "three flights to Korrin"."""
    match = _ONE_NOUN.match(lower, at)
    return bool(match) and match[1] in _things() and (match[2] is None or match[2] in STOPS)


def _is_no_count(text: str, lower: str, at: int) -> bool:
    match = _no_figure().match(text, at)
    if not match:
        return False
    is_dated = bool(_MONTH_BEFORE.search(text, max(0, at - _MONTH_REACH), at))
    if match.lastgroup == "year":
        return is_dated or bool(_YEAR_BEFORE.search(lower, max(0, at - _MONTH_REACH), at))
    if match.lastgroup == "age":
        return is_dated or lower.endswith(", ", 0, at)
    return is_dated or match.lastgroup != "day"
