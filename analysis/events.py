"""Dated events that texts name, and when an article may have named them so.

Events come from the corpus's `events.csv`, one row for each way in which texts name one: `event_id, date,
phrase`, and where they are not enough `about` (words parted by ; of which the article must hold one) and
`announced` ("yes" for a vote or a summit, of which papers write beforehand too, so that its mere name proves
nothing). In a phrase an ellipsis stands for up to eight words; case and the kind of apostrophe do not matter.
The same phrase may name several events: then the time beside it decides, or the earliest bounds.

A time beside an event is the event's only where grammar leaves no doubt. A phrase with a verb ("the king
fled") takes the time in its clause, as long as no other verb or clause stands between: not in "the king,
who fled, said Monday". A noun takes the time in front of it ("Monday's coup", "last month's vote"), and
one behind it only where it takes place there ("held a summit Monday", "since the coup Monday", not
"condemned the coup Monday"). A time that belongs to the phrase and cannot be the event's shows that another
occasion is meant. Without a time, the event bounds the article from below, unless a word beside it says that
it need not have happened ("fears of a coup").

Not caught, on purpose: events named only in other words than their phrases; "day two of the strike".
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, takewhile

from ahocorasick_rs import AhoCorasick

from analysis import language, tense, timex
from analysis.corpus import Article
from analysis.day_sets import DAY, OPEN, Days, from_day
from analysis.evidence import (
    ARTICLE_BEFORE,
    OPENING_PARAGRAPHS,
    Evidence,
    Sentence,
    any_of,
    from_sentence,
    reach_back,
)
from analysis.furniture import fold
from analysis.signs import finder, places
from analysis.sources import BadInput
from analysis.tokens import lowered

_WORD = re.compile(r"(?<!\w)\w+")
EVENT_REACH = 60  # characters between an event's words and the time words that may belong to it
UNDATED = ("set", "anchored", "vague")  # kinds of time expressions that have no days


@dataclass(frozen=True, slots=True)
class Event:
    """One way in which texts name a dated event."""

    event_id: str
    date: dt.date
    phrase: str
    about: tuple[str, ...] = ()
    is_announced: bool = False


def read_events(rows: Iterable[Mapping[str, str]], source: str) -> list[Event]:
    """Read the rows of events.csv; raise BadInput naming the line of one that cannot be used."""
    events = []
    for line, row in enumerate(rows, start=2):
        event_id = (row.get("event_id") or "").strip()
        phrase = fold((row.get("phrase") or "").replace("...", "…"))
        if not event_id or not re.search(r"\w", phrase):
            raise BadInput(f"{source}, line {line}: an event needs an event_id and a phrase")
        about = tuple(lowered(fold(word)) for word in (row.get("about") or "").split(";") if word.strip())
        is_announced = (row.get("announced") or "").strip().lower() == "yes"
        events.append(Event(event_id, read_day(row.get("date"), source, line), phrase, about, is_announced))
    return events


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with the pattern that finds it, the events it may name, and whether it tells them with a verb."""

    text: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    events: tuple[Event, ...]
    n_verbs: int
    is_verbal: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Phrases by their first word, and what finds such words."""

    phrases: Mapping[str, Sequence[Phrase]]
    first_words: AhoCorasick


def index_events(events: Iterable[Event]) -> Index:
    """Sort the phrases by their first word, the longest first, so that a text is searched once for all."""
    by_phrase: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: (event.date, event.event_id)):
        by_phrase.setdefault(lowered(event.phrase.replace("'", "’")), []).append(event)
    index: dict[str, list[Phrase]] = {}
    for text in sorted(by_phrase, key=lambda text: (-len(text), text)):
        as_written = by_phrase[text][0].phrase  # May is no verb
        words = _WORD.findall(text)
        phrase = Phrase(
            text,
            frozenset(words),
            _pattern(text),
            tuple(by_phrase[text]),
            _n_verbs(as_written),
            _is_verbal(as_written),
        )
        index.setdefault(words[0], []).append(phrase)
    return Index(index, finder(index))


def _pattern(phrase: str) -> re.Pattern[str]:
    """Build the pattern of a phrase. Words and what parts them never overlap, so it cannot backtrack far."""
    parts = [re.sub(r"^\W+|\W+$", "", part) for part in phrase.split("…")]
    literal = [r"\s+".join(re.escape(word) for word in part.split()).replace("’", "['’]") for part in parts if part]
    return re.compile(r"\W{1,4}(?:\w{1,30}\W{1,4}){0,8}?".join(literal) + r"(?!\w)", re.IGNORECASE)


def read_day(value: str | None, source: str, line: int) -> dt.date:
    """Read a day written as 1999-05-07; raise BadInput naming the line otherwise."""
    try:
        return dt.date.fromisoformat((value or "").strip())
    except ValueError:
        raise BadInput(f"{source}, line {line}: {value!r} is not a day written as 1999-05-07") from None


# What stands between an event and a time.


_AUXILIARIES = frozenset(("was", "were", "had", "has", "been", "did"))
_BREAK = re.compile(r"[,;:()“”\"–—]|(?<=\s)-(?=\s)")


def _n_verbs(text: str) -> int:
    """Count the words that show a tense, auxiliaries aside."""
    return sum(cue.group().lower() not in _AUXILIARIES for cue in tense.CUE.finditer(text))


def _is_verbal(phrase: str) -> bool:
    """Tell a phrase with a finite verb from one in which a word in -ed describes a noun ("disputed vote")."""
    for cue in tense.CUE.finditer(phrase):
        after = phrase[cue.end() :].split()[:1]
        is_adjective = cue["ed"] and after and not any_of("function").fullmatch(after[0])
        if cue.group().lower() not in _AUXILIARIES and not is_adjective:
            return True
    return False


def _is_passive(named: str, phrase: Phrase) -> bool:
    """Tell words such as "was sworn in", in which only the auxiliary shows that they tell something."""
    cues = [cue.group().lower() for cue in tense.CUE.finditer(named)]
    return any(cue in _AUXILIARIES for cue in cues) and _n_verbs(named) <= phrase.n_verbs


def _is_one_clause(text: str, n_verbs: int = 0) -> bool:
    """Tell whether no clause begins in a text, and no verb stands in it beyond those expected."""
    return (
        not _BREAK.search(text) and not any_of("subordinate", "coordinate").search(text) and _n_verbs(text) <= n_verbs
    )


def _is_its_time(text: str, start: int, end: int, phrase: Phrase, e: timex.TimeExpression) -> bool:
    """Tell whether a time expression is that of the event named in text[start:end]."""
    if max(e.start - end, start - e.end) > EVENT_REACH:
        return False
    if e.start >= end:
        gap = text[end : e.start]
        if phrase.is_verbal:
            return _is_one_clause(gap)
        return _is_one_clause(gap) and not tense.CUE.search(gap) and _takes_place(text, start, end)
    if start <= e.start and fold(e.text).lower() in phrase.text:
        return True
    gap, named = text[e.end : max(start, e.end)], text[max(start, e.end) : end]
    if not _is_one_clause(named, phrase.n_verbs):
        return False
    if phrase.is_verbal or start <= e.start:
        return _is_one_clause(gap.removeprefix(","))
    is_attribute = gap[:1] in ("'", "’") or ARTICLE_BEFORE.search(text, max(0, e.start - 8), e.start)
    n_words = len(re.findall(r"\w{2,}", gap))
    return bool(is_attribute) and n_words <= 3 and _is_one_clause(gap) and not any_of("function").search(gap)


_SINCE = re.compile(r"\b(?:after|since|following|until)\s+(?:[\w’']+\s+){0,2}\Z", re.IGNORECASE)


def _takes_place(text: str, start: int, end: int) -> bool:
    """Tell whether an occasion is said to take place: "held a summit", "since the coup"."""
    before = text[reach_back(start) : end]
    openings = [m.end() for pattern in (_BREAK, any_of("subordinate", "coordinate")) for m in pattern.finditer(before)]
    cues = list(tense.CUE.finditer(before, max(openings, default=0)))
    if cues:
        return bool(any_of("holding").search(before, cues[-1].start()))
    return bool(_SINCE.search(text, reach_back(start), start))


# When an article may have named an event so.


# "on the second day of ", right before an event's words.
_NTH_DAY = re.compile(r"\b(\w{3,12})\s+day\s+of\s+(?:(?:an?|the|its|his|her|their)\s+)?(\w{1,20}\s+)?\Z", re.IGNORECASE)


@cache
def _ordinals() -> dict[str, int]:
    return {row["term"]: int(row["value"]) for row in language.rows("ordinals.csv")}


def event_evidence(article: Article, sentences: Sequence[Sentence], index: Index) -> list[Evidence]:
    """Find the dated events that an article names, and when it may have named them so."""
    opening = list({id(s.block): None for s in sentences})[:OPENING_PARAGRAPHS]
    texts = [lowered(s.text) for s in sentences]
    whole = "\n".join([lowered(article.title), *texts])

    @cache
    def is_about(event: Event) -> bool:
        return not event.about or any(term in whole for term in event.about)

    named: dict[int, list[Evidence]] = {}
    for number, start, phrase in _phrases(texts, index):
        sentence = sentences[number]
        match = phrase.pattern.match(sentence.text, start)
        if not match:
            continue
        is_opening = id(sentence.block) in opening
        events = tuple(filter(is_about, phrase.events))
        evidence = _named(article, sentence, match, phrase, events, is_opening=is_opening) if events else None
        if evidence:
            named.setdefault(number, []).append(evidence)
    return [evidence for found in named.values() for evidence in _narrowest(found)]


def _phrases(texts: Sequence[str], index: Index) -> Iterator[tuple[int, int, Phrase]]:
    """Yield the phrases that may begin in texts in lower case, each with the text's number and the place in it.

    The phrase's first word stands there, the others somewhere in the text.
    """
    firsts = [0, *accumulate(len(text) + 1 for text in texts)]
    known: tuple[int, frozenset[str]] = -1, frozenset()
    for place in places("\n".join(texts), index.first_words):
        number = bisect_right(firsts, place) - 1
        if number != known[0]:
            known = number, frozenset(_WORD.findall(texts[number]))
        word = _WORD.match(texts[number], place - firsts[number])
        for phrase in index.phrases.get(word.group(), ()) if word else ():
            if phrase.words <= known[1]:
                yield number, word.start(), phrase


def _narrowest(named: list[Evidence]) -> list[Evidence]:
    """Keep of overlapping words for one event those that tell most, of equal ones the first."""
    kept: dict[str, list[Evidence]] = {}
    for new in named:
        old = kept.setdefault(new.event_id, [])
        if not old or old[-1].end <= new.start:
            old.append(new)
        elif _width(new) < _width(old[-1]):
            old[-1] = new
    return sorted((e for old in kept.values() for e in old), key=lambda e: e.start)


def _width(evidence: Evidence) -> dt.timedelta:
    return evidence.days[-1][1] - evidence.days[0][0]


def _named(
    article: Article,
    sentence: Sentence,
    match: re.Match[str],
    phrase: Phrase,
    events: tuple[Event, ...],
    *,
    is_opening: bool,
) -> Evidence | None:
    """Say when an article may have named an event so; None where the words prove nothing."""
    text, (start, end) = sentence.text, match.span()
    if _is_passive(match.group(), phrase):
        phrase = replace(phrase, is_verbal=True)
    nth = _nth_day(text[reach_back(start) : start])
    if nth:
        length, n = nth
        days = sorted((e.date + (n - 1) * DAY, e.date + n * DAY) for e in events)
        # Further down, it may be told of an earlier day.
        days = days if is_opening else from_day(days[0][0])
        return _of_events(from_sentence("event", article, sentence, start - length, end, days), events)
    near = sentence.times[bisect_left(sentence.times, start - 2 * EVENT_REACH, key=lambda e: e.start) :]
    near = tuple(takewhile(lambda e: e.start <= end + EVENT_REACH, near))
    dated = [e for e in near if e.kind not in UNDATED and _is_its_time(text, start, end, phrase, e)]
    if dated:
        e = min(dated, key=lambda e: max(e.start - end, start - e.end))
        directions = _directions(text, start, end, phrase, events, e)
        fitting = {event: days for event in events if (days := days_saying(e, event.date, *directions))}
        if not fitting:
            return None
        windows: Days = sorted({interval for days in fitting.values() for interval in days})
        evidence = from_sentence("event", article, sentence, min(start, e.start), max(end, e.end), windows)
        happened = min(e.date for e in fitting)
        evidence.since = happened if happened <= windows[0][0] else None
        return _of_events(evidence, tuple(fitting))
    events = tuple(event for event in events if not event.is_announced)
    is_doubtful = any_of("doubtful").search(text, reach_back(start), end + tense.CUE_REACH)
    here = timex.TimeExpression(end, end, "", "day", "event")
    if not events or is_doubtful or tense.direction(text, here) == "future":
        return None
    return _of_events(from_sentence("event", article, sentence, start, end, from_day(events[0].date)), events)


def _nth_day(before: str) -> tuple[int, int] | None:
    """Read "the second day of" at the end of a text, as its length and number; None where it is not there."""
    match = _NTH_DAY.search(before)
    n = _ordinals().get(match[1].lower()) if match else None
    if not match or not n or (match[2] and any_of("function", "subordinate").match(match[2])):
        return None
    return len(match[0]), n


def _directions(
    text: str, start: int, end: int, phrase: Phrase, events: Iterable[Event], e: timex.TimeExpression
) -> tuple[timex.Direction, ...]:
    """Say whether an event may lie before the report, after it, or either.

    A tense tells it of a verb's time ("fled on Monday", "will hold a summit Monday"), but not of an attribute's:
    "barred from the May 9 vote" may be written before the vote and after it.
    """
    is_coming = tense.COMING.search(text, reach_back(start), min(start, e.start))
    is_announced = any(event.is_announced for event in events)
    if phrase.is_verbal or e.shift or (e.start >= end and not is_coming):
        direction = tense.direction(text, e)
        # A date without a year lies so far off that a wrong tense would cost the truth.
        is_far = direction == "future" and e.rule in ("date", "month")
        if not is_far and not (direction == "unknown" and is_announced):
            return (direction,)
        return ("past", "future")
    return ("past", "future") if is_coming or is_announced else ("past",)


def _of_events(evidence: Evidence, events: Iterable[Event]) -> Evidence:
    evidence.event_id = " ".join(dict.fromkeys(event.event_id for event in events))
    return evidence


def days_saying(expression: timex.TimeExpression, day: dt.date, *directions: timex.Direction) -> Days:
    """Return the days of publication from which a time expression means that day, or days with it among them.

    An event has its name because it is known, so without a tense only a weekday may lie ahead.
    """
    tenses = set(directions) - {"unknown"}
    if "unknown" in directions:
        tenses |= {"past", "future"} if expression.rule == "weekday" else {"past"}
    if expression.year:
        meant = timex.resolve(expression, day)
        is_meant = meant is not None and meant[0] <= day <= meant[1]
        if not is_meant:
            return []
        return OPEN if "future" in tenses else from_day(day)
    bare = expression._replace(start=0, end=0, text="")
    return sorted({interval for tense in tenses for interval in _days_saying(bare, day, tense)})


@lru_cache(maxsize=4096)
def _days_saying(
    e: timex.TimeExpression, day: dt.date, direction: timex.Direction
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Try every day of publication as far as such words reach."""
    if e.rule in ("weekday", "weekend", "day_word"):
        reach = 16
    elif e.rule in ("date", "month"):
        reach = 2 * 366
    else:
        reach = ((e.count or 1) + 2) * {"week": 7, "month": 31, "year": 366}.get(e.unit or "", 1)
    first, last = (reach, 0) if direction == "future" else (0, reach)
    here, end = day.toordinal(), dt.date.max.toordinal()
    ordinals = range(max(here - first, 2), min(here + last, end - 1) + 1)
    days: list[tuple[dt.date, dt.date]] = []
    for published in map(dt.date.fromordinal, ordinals):
        meant = timex.resolve(e, published, direction=direction)
        if meant and meant[0] <= day <= meant[1]:
            if days and days[-1][1] + DAY == published:
                days[-1] = (days[-1][0], published)
            else:
                days.append((published, published))
    return tuple(days)
