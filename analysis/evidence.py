"""One article to what it says of its own date: captions, datelines, weekdays, dated events, dates told.

Each piece is an **Evidence**:

| field | type | meaning |
| --- | --- | --- |
| rule | str | dateline, weekday, caption, file caption, older caption, event, text; order and neighbours: see `neighbours` |
| article, block, start, end | | where the words stand: characters in the block |
| days | list of (first, last) | days on which the article may have appeared, by these words alone |
| fits | function or None | for what comes again (a weekday, a day without a year): is a day one of them? |
| since | date or None | the article is no older than this, even if `days` turns out wrong |
| event_id | str | the event that the words name; several with spaces between where the words fit several |
| role | str | decides, agrees or contradicts; set by `dates` |

Dated events that the text names are read by `events`. Not caught, on purpose: dates told with an object
between ("he announced elections in May 2030" says nothing of the past).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from analysis import language, tense, timex
from analysis.corpus import Article
from analysis.day_sets import DAY, OPEN, Days, Fits, from_day, next_days
from analysis.furniture import DASHES
from analysis.language import any_case
from analysis.layout import Block
from analysis.time_words import terms

OPENING_PARAGRAPHS = 3


@dataclass(slots=True)
class Evidence:
    """One piece of evidence; the fields are described at the head of this module."""

    rule: str
    article: Article
    block: Block
    start: int
    end: int
    days: Days
    fits: Fits | None = None
    since: dt.date | None = None
    event_id: str = ""
    role: str = "contradicts"

    @property
    def words(self) -> str:
        """Return the words as printed."""
        return self.article.text(self.block)[self.start : self.end]


@dataclass(frozen=True)
class Sentence:
    """One sentence; `start` counts in the block."""

    block: Block
    start: int
    text: str

    @cached_property
    def times(self) -> tuple[timex.TimeExpression, ...]:
        """Find the time expressions in it; an article whose date is given is never asked."""
        return tuple(timex.find(self.text))


def from_sentence(
    rule: str, article: Article, sentence: Sentence, start: int, end: int, days: Days, fits: Fits | None = None
) -> Evidence:
    """Make the evidence of text[start:end] of a sentence; where it has a first day and no test, no older."""
    since = days[0][0] if days[0][0] != dt.date.min else None
    offset = sentence.start
    return Evidence(rule, article, sentence.block, offset + start, offset + end, days, fits, since)


# Words.


@cache
def any_of(*kinds: str) -> re.Pattern[str]:
    words = sorted(terms(*kinds))
    return re.compile(rf"\b(?:{any_case('|'.join(map(re.escape, words)))})\b")


def reach_back(start: int) -> int:
    return max(0, start - tense.CUE_REACH)


# What a story prints of its own day.


ARTICLE_BEFORE = re.compile(r"\b(?:an?|the)\s+\Z", re.IGNORECASE)


@cache
def _file_picture() -> re.Pattern[str]:
    words = "|".join(re.escape(row["words"].lower()) for row in language.rows("file_pictures.csv"))
    return re.compile(rf"(?<!\w)(?:{any_case(words)})(?!\w)")


@cache
def _agencies() -> re.Pattern[str]:
    names = (re.escape(row["alias"]) for row in language.rows("agencies.csv"))
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


def is_wire(article: Article) -> bool:
    """Tell whether a news agency is known to have written an article; any other paper may print a day later."""
    return bool(article.agency and _agencies().search(article.agency))


def full_date(expression: timex.TimeExpression) -> dt.date | None:
    """Return the day of an expression with day, month and year, of a run of days the last; None for others."""
    if not (expression.rule == "date" and expression.year and expression.month and expression.day):
        return None
    try:
        return dt.date(expression.year, expression.month, expression.last_day or expression.day)
    except ValueError:
        return None


def caption_evidence(article: Article) -> list[Evidence]:
    """Collect the dates of captions: each a day and the next, or for a file picture all days from it."""
    found: list[Evidence] = []
    for block in article.of_kind("caption"):
        text = article.text(block)
        dated = [(day, e) for e in timex.find(text) if (day := full_date(e)) and tense.direction(text, e) != "future"]
        if not dated:
            continue
        # "on May 7, 1999. – … since May 3, 1999": the latest day told is the picture's.
        day, e = max(dated, key=lambda pair: (pair[0], -pair[1].start))
        is_file = bool(_file_picture().search(text))
        days = from_day(day) if is_file else next_days(day)
        rule = "file caption" if is_file else "caption"
        found.append(Evidence(rule, article, block, e.start, e.end, days, since=day))
    files = {evidence.since for evidence in found if evidence.rule == "file caption"}
    for evidence in found:
        # The same caption is often given twice, once marked as a file picture.
        if evidence.since and evidence.since in files:
            evidence.rule, evidence.days = "file caption", from_day(evidence.since)
    return found


_DATELINE = re.compile(r"\A\W{0,3}[A-Z][A-Z .,'’/-]{2,60}(?:[A-Za-z .,'’/-]{0,40}),\s*\Z")
_DATELINE_END = re.compile(rf"\A\.?\s*(?:[(/]\s?[A-Za-z .-]{{2,30}}[)/]|[{DASHES}])")
_ASIDE = re.compile(r",[^,;—–]{1,40},")
_LATE = re.compile(r"late|night|evening", re.IGNORECASE)


def opening_evidence(article: Article, sentences: Sequence[Sentence], *, has_agency: bool) -> list[Evidence]:
    """Find what a story's opening says of its day: a dateline, and the weekday of its news.

    The weekday is the one told as past in a main clause of the first paragraph; where it tells several, the
    one beside "said". Where it tells none, the one of the next two paragraphs is believed only if the story
    comes back to it, and oftener than to any other: it may be that of an older matter.
    """
    blocks = list({id(s.block): s.block for s in sentences}.values())[:OPENING_PARAGRAPHS]
    dateline, weekday = _printed_dateline(article, sentences, has_agency=has_agency), None
    for paragraphs in (blocks[:1], blocks[1:]):
        here = [s for s in sentences if any(s.block is block for block in paragraphs)]
        asked = [rule for rule, known in (("date", dateline), ("weekday", weekday)) if not known]
        told = [(s, e) for s in here for e in s.times if e.rule in asked and _is_news(s.text, e)]
        in_full = _chosen([(s, e) for s, e in told if e.rule == "date"])
        if in_full and not dateline:
            # Told in the story, the day is that of the news, and the paper may be the next day's.
            dateline = _dateline(article, *in_full, slack=1)
        chosen = _chosen([(s, e) for s, e in told if e.rule == "weekday"])
        if chosen and not weekday and (paragraphs == blocks[:1] or _comes_back(sentences, chosen[1])):
            s, e = chosen
            slack = 0 if has_agency and not _LATE.search(e.text) else 1
            weekday = from_sentence("weekday", article, s, e.start, e.end, OPEN, that_is(slack, e.weekday))
    return [evidence for evidence in (dateline, weekday) if evidence]


def _comes_back(sentences: Iterable[Sentence], e: timex.TimeExpression) -> bool:
    """Tell whether a story tells of this weekday at least twice and oftener than of any other."""
    n = Counter(t.weekday for s in sentences for t in s.times if t.rule == "weekday" and _is_news(s.text, t))
    return n[e.weekday] > max([1, *(count for weekday, count in n.items() if weekday != e.weekday)])


def _printed_dateline(article: Article, sentences: Sequence[Sentence], *, has_agency: bool) -> Evidence | None:
    """Find a day before the story: "KORRIN, May 7 (Reuters) - …"."""
    if not sentences:
        return None
    first = sentences[0]
    for e in first.times:
        line = article.text(first.block)[: first.start + e.end + 60]
        before, after = line[: first.start + e.start], line[first.start + e.end :]
        if e.rule == "date" and _DATELINE.match(before) and _DATELINE_END.match(after):
            return _dateline(article, first, e, slack=0 if has_agency else 1)
    return None


def _chosen(told: list[tuple[Sentence, timex.TimeExpression]]) -> tuple[Sentence, timex.TimeExpression] | None:
    """Choose the expression of the news: the only one, or the only one beside a verb of telling."""
    for pairs in (told, [(s, e) for s, e in told if _is_beside_telling(s.text, e)]):
        if len({(e.weekday, e.month, e.day) for _, e in pairs}) == 1:
            return pairs[0]
    return None


def _is_beside_telling(text: str, e: timex.TimeExpression) -> bool:
    """Tell whether "said" or the like stands right before or behind a time, no comma between."""
    before = re.split(r"[,;—–]", text[reach_back(e.start) : e.start])[-1].split()
    after = re.split(r"[,;—–]", text[e.end : e.end + 40])[0].split()
    return any(any_of("telling").fullmatch(word) for word in (*before[-3:], *after[:2]))


def _is_news(text: str, e: timex.TimeExpression) -> bool:
    """Tell a weekday that may be that of the news: not in "the Monday rally", "Monday's rally", "who on Monday"."""
    if e.kind != "day" or e.weekday is None or e.shift is not None:
        return False
    if text[e.end : e.end + 1] in ("'", "’") or ARTICLE_BEFORE.search(text, max(0, e.start - 8), e.start):
        return False
    clause = re.split(r"[,;—–]", _ASIDE.sub(" ", text[reach_back(e.start) : e.start]))[-1]
    return tense.direction(text, e) != "future" and not any_of("subordinate").search(clause)


def _dateline(article: Article, sentence: Sentence, e: timex.TimeExpression, *, slack: int) -> Evidence:
    day = full_date(e)
    days = next_days(day, slack) if day else OPEN
    fits = None if day else that_is(slack, e.weekday, e.month, e.day)
    return from_sentence("dateline", article, sentence, e.start, e.end, days, fits)


def that_is(slack: int, weekday: int | None, month: int | None = None, day: int | None = None) -> Fits:
    """Make the test of a day: it, or one of the `slack` days before it, is such a weekday and such a date."""

    def fits(published: dt.date) -> bool:
        news = [published - n * DAY for n in range(slack + 1)]
        return any(weekday in (None, d.weekday()) and (month is None or (d.month, d.day) == (month, day)) for d in news)

    return fits


_YEAR = re.compile("[12][0-9]{3}")
_DATE_OPENS = re.compile(r"\A\W*(?:on|in|since)\s+\Z", re.IGNORECASE)
_DATE_FOLLOWS = re.compile(r"\A\s+(?:(?:early|late)\s+)?(?:on|in|since)\s+\Z", re.IGNORECASE)


def text_evidence(article: Article, sentences: Sequence[Sentence]) -> Evidence | None:
    """Find the latest full date, or month of a year, that the text tells as past.

    Only a date right behind a past verb ("was founded in May 2019") or at the head of its sentence is
    sure to be the verb's; "announced a vote in May 2030" is not.
    """
    latest: Evidence | None = None
    for sentence in sentences:
        if not _YEAR.search(sentence.text):
            continue
        for e in sentence.times:
            is_past = e.year and e.month and tense.direction(sentence.text, e) == "past"
            if not is_past or e.kind not in ("day", "month"):
                continue
            before = sentence.text[reach_back(e.start) : e.start]
            cues = [cue for cue in tense.CUE.finditer(before) if cue["word"] or cue["ed"]]
            is_told = _DATE_OPENS.match(before) or (cues and _DATE_FOLLOWS.match(before[cues[-1].end() :]))
            day = full_date(e) if e.kind == "day" else dt.date(e.year or 1, e.month or 1, 1)
            if is_told and day and (latest is None or day > latest.days[0][0]):
                latest = from_sentence("text", article, sentence, e.start, e.end, from_day(day))
    return latest
