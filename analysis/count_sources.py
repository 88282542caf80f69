"""Who gives a figure, where it belongs, and for what time it stands.

A figure is its source's: of the speaker of the quotation that holds it; of whom "according to" names; of the
subject of a verb of saying before it ("Korrin police said that …") or behind it (", the rights group said").
`place` is the nearest phrase of place with a name (or "the capital", "the country"), in the words of the
sentence. `scope` is `day` (a day is told), `period` (any other run of days: "in recent weeks", "in the first
days"), `cumulative` ("since", "so far", a perfect tense), else `unspecified`. `as_of` is the last day meant
by the nearest time in the sentence, and the day of publication where the sentence tells none, or one to come.

Not caught: a source that only the sentence before names; two sources that share a figure (the first is
taken); the antecedent of a pronoun.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis import language, tense, timex
from analysis.tokens import Tokens

Day = dt.date | tuple[dt.date, dt.date] | None

_ACCORDING = re.compile(r"\baccording to ", re.IGNORECASE)
_SOURCE_END = re.compile(
    r"[,.;:()\u2014\u2013\"\u201c\u201d]|\s(?:which|who|that|where|published|released|on|in|and at|as|more|at least|nearly|some)\b|\s[0-9]"
)
_BOUNDARY = frozenset(
    ', . ; : ( ) \u2014 \u2013 " \u201c \u201d \u2018 and but as while after that which who where when if though although because with'.split()
)
_AGENT_END = _BOUNDARY | {"on", "in"}
_FILLERS = frozenset(
    "also first has have had later earlier then previously since later meanwhile however on monday tuesday wednesday thursday friday saturday sunday would".split()
)
_PRONOUNS = frozenset("he she they it we i it was".split())
_PLACE = re.compile(
    r"\b(?:in|across|outside|near|at|throughout|around)\s+"
    r"((?:the\s+)?(?:(?:capital|city|town|village|region|district|central|southern|northern|eastern|western|downtown"
    r"|nearby|south|north|east|west|border|neighbou?ring)(?:ern)?(?:\s+(?:city|town|region|of))?(?:\s+of)?\s+)*"
    r"[A-Z][\w\u2019'-]*(?:(?:\s+|-)[A-Z][\w-]*)*|the\s+(?:capital|country|city)\b)"
)
_NO_PLACE = re.compile(
    r"(?:the\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|President|Mr|Mrs|Ms)\b"
)
_PERIOD = re.compile(
    r"\b(?:in|during|over|within|for)\s+(?:the\s+|several\s+|the\s+first\s+|those\s+|its\s+)*(?:first\s+|few\s+|last\s+|past\s+|recent\s+|couple\s+of\s+)*"
    r"(?:days|weeks|months|years|several days)\b|\bthis\s+(?:week|month|year)\b|\bin\s+recent\s+(?:days|weeks|months)",
    re.IGNORECASE,
)
_PERIOD_WORDS = frozenset("days weeks months years week month year".split())
_SINCE = re.compile(
    r"\bsince\b|\bso far\b|\bto date\b|\bin total\b|\ba total of\b|\baltogether\b|\boverall\b|\balready\b",
    re.IGNORECASE,
)
_SINCE_WORDS = frozenset("since far date total altogether overall already".split())
_PERFECT = frozenset({"has", "have"})
_TIME_BEHIND = re.compile(r"\s+(?:on\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b.*")
# "Since the May 7 vote": the day from which a figure runs, not the one on which it stands.
_ANCHOR = re.compile(
    r"\b(?:since|after|following|before|ahead of|until|from|disputed|contested)\b[^,;]{0,40}\Z", re.IGNORECASE
)
# Without one of these nothing is told as to come, and the costlier question need not be asked.
_TO_COME = re.compile(
    r"\b(?:will|would|shall|plan(?:s|ned|ning)?|due|next|tomorrow|upcoming|coming|expect(?:s|ed)?|scheduled|later|ahead"
    r"|until|set|vow(?:s|ed)?|prepar(?:e|es|ed|ing)|call(?:s|ed|ing)?|want(?:s|ed)?|promis(?:es|ed)|urg(?:es|ed|ing))\b"
)
_SMALL_WORD = re.compile(r"\s+([a-z]+)")
_CLOSED = frozenset(
    "and or but on in at to as for after before since when where while who which that over with by from during against".split()
)
TIME_REACH = 8  # words that can belong to a time, or tell it from something else, on either side of a calendar word
PLACE_REACH = 60  # characters between a figure and its place


@dataclass(frozen=True, slots=True)
class Source:
    """Who gives a figure: the place of the words in the text."""

    start: int
    end: int


@cache
def _cues() -> frozenset[str]:
    return frozenset(row["word"] for row in language.rows("count_cues.csv"))


def find_source(t: Tokens, first: int, last: int) -> Source | None:
    """Find who gives the figure that the tokens first:last are."""
    match = _ACCORDING.search(t.text) if "according" in t.words else None
    if match:
        start = match.end()
        end = _SOURCE_END.search(t.text, start)
        return _trimmed(t.text, start, end.start() if end else len(t.text))
    pronoun: Source | None = None
    cues = _cues()
    if cues.isdisjoint(t.words):
        return None
    for k in range(first - 1, -1, -1):
        if t.words[k] in (";", "."):
            break
        if t.words[k] in cues and t.words[k - 1 : k] != ["-"]:
            if t.words[k + 1 : k + 2] == ["of"] and t.words[k] != "spoke":
                continue
            found = _subject_before(t, k)
            if found and t.text[found.start : found.end].lower() not in _PRONOUNS:
                return found
            pronoun = pronoun or found
    return pronoun or _behind(t, last)


def _trimmed(text: str, start: int, end: int) -> Source | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ")\u2019'"):
        end -= 1
    return Source(start, end) if start < end else None


def _subject_before(t: Tokens, k: int) -> Source | None:
    """Return the subject that ends right before the verb at k, without the apposition between."""
    end = k
    while end and (t.words[end - 1] in _FILLERS or t.words[end - 1].endswith("ly")):
        end -= 1
    if end and t.words[end - 1] == ",":
        comma = next((j for j in range(end - 2, -1, -1) if t.words[j] == ","), None)
        if comma is None:
            return None
        end = comma
    start = end
    while start and t.words[start - 1] not in _BOUNDARY and end - start < 12:
        start -= 1
    if start == end or t.words[start] in ("to", "by", "of", "for", "it") or t.words[start][0].isdigit():
        return None
    return _trimmed(t.text, t.starts[start], t.ends[end - 1])


def _behind(t: Tokens, last: int) -> Source | None:
    """Return the source in ", police said" and ", said Ann Poe" behind a figure."""
    for k in range(last, len(t.words)):
        if t.words[k] not in _cues() or t.words[k] in (
            "put",
            "report",
            "reports",
            "records",
            "counts",
            "states",
            "knows",
        ):
            continue
        comma = next((j for j in range(k - 1, last - 1, -1) if t.words[j] in (",", "\u201d", '"')), None)
        if comma is None:
            # "…, said Ann Poe" without its comma.
            return _said_by(t, k) if k + 1 < len(t.words) and t.text[t.starts[k + 1]].isupper() else None
        if comma == k - 1:
            return _said_by(t, k)
        words = t.words[comma + 1 : k]
        if len(words) < 12 and not {"who", "which", "that", "and", "but", "with", "as"} & set(words):
            end = k
            while end > comma + 2 and t.words[end - 1] in _FILLERS:
                end -= 1
            return _trimmed(t.text, t.starts[comma + 1], t.ends[end - 1])
        return None
    return None


def _said_by(t: Tokens, k: int) -> Source | None:
    end = k + 1
    while end < len(t.words) and t.words[end] not in _AGENT_END:
        end += 1
    return _trimmed(t.text, t.starts[k + 1], t.ends[end - 1]) if end > k + 1 else None


def find_place(text: str, start: int, end: int) -> str | None:
    """Return the phrase of place nearest to the figure at start:end, behind it rather than before."""
    around = _PLACE.finditer(text, max(0, start - 2 * PLACE_REACH), end + 2 * PLACE_REACH)
    found = [m for m in around if not _NO_PLACE.match(m.group(1)) and not _is_adjective(text, m)]
    near = [m for m in found if end <= m.start() < end + PLACE_REACH] or [
        m for m in found if start - PLACE_REACH < m.end() <= start
    ]
    return _TIME_BEHIND.sub("", near[0].group(1)).rstrip("\u2019'") if near else None


def _is_adjective(text: str, match: re.Match[str]) -> bool:
    """Tell "the Doelandish embassy", whose head is still to come, from "the Doeland Embassy"."""
    following = _SMALL_WORD.match(text, match.end())
    if match.group(1).endswith(("'s", "\u2019s")):
        return True
    return bool(following) and match.group(1).startswith("the ") and following.group(1) not in _CLOSED


@cache
def _time_words() -> frozenset[str]:
    kinds = ("weekday", "weekday_short", "weekday_with_date", "month", "month_short", "unit", "part_of_day", "day_word")
    words = {row["term"] for row in language.rows("time_words.csv") if row["kind"] in kinds} | {"weekend"}
    return frozenset(word + ending for word in words for ending in ("", "s"))


def times_of(t: Tokens) -> list[timex.TimeExpression]:
    """Return the times of a sentence, looked for only around its words and years of the calendar."""
    words = _time_words()
    places = [k for k, word in enumerate(t.words) if word in words or (len(word) == 4 and word.isdigit())]
    if not places:
        return []
    start = t.starts[max(0, places[0] - TIME_REACH)]
    end = t.ends[min(places[-1] + TIME_REACH, len(t.words) - 1)]
    return timex.find(" " * start + t.text[start:end])


def told_times(text: str, times: Sequence[timex.TimeExpression]) -> list[timex.TimeExpression]:
    """Return those times of a sentence that lie before its report, or on its day, and are no mere anchors."""
    told = [e for e in times if not _ANCHOR.search(text[max(0, e.start - 60) : e.start])]
    if told and _TO_COME.search(text):
        return [e for e in told if tense.direction(text, e) != "future"]
    return told


def find_scope(t: Tokens, times: Sequence[timex.TimeExpression], start: int) -> str:
    """Tell whether a figure is of a day, of a period, of all time since, or not said; `start` is its place."""
    if not _PERIOD_WORDS.isdisjoint(t.words) and _PERIOD.search(t.text):
        return "period"
    if not _SINCE_WORDS.isdisjoint(t.words) and _SINCE.search(t.text):
        return "cumulative"
    if times:
        nearest = min(times, key=lambda e: abs(e.start - start))
        return "day" if nearest.kind == "day" else "period"
    return "unspecified" if _PERFECT.isdisjoint(t.words) else "cumulative"


def find_day(times: Sequence[timex.TimeExpression], start: int, published: Day) -> dt.date | None:
    """Return the day on which a figure stands: the last of the nearest time, not after publication."""
    day = _day(published)
    for e in sorted(times, key=lambda e: abs(e.start - start)) if day else ():
        days = timex.resolve(e, day)
        if days:
            return min(days[1], day)
    return day


def find_exact_day(times: Sequence[timex.TimeExpression], start: int, published: Day) -> dt.date | None:
    """Return the day that the nearest time in the sentence means, None where none means one day."""
    day = _day(published)
    for e in sorted(times, key=lambda e: abs(e.start - start)) if day else ():
        days = timex.resolve(e, day)
        if days and days[0] == days[1]:
            return days[0]
    return None


def _day(published: Day) -> dt.date | None:
    if isinstance(published, tuple):
        return published[0] if published[0] == published[1] else None
    return published
