"""Time expressions: find the words that name days in a report, and say which days they mean.

A wire report prints no date of its own: it says "on Thursday", "last week", "the May 7 vote".
Those words mean days only beside a *reference*, the day the report was published.

One `TimeExpression` is one such phrase, where it stands and what it says:

| field | type | meaning |
| --- | --- | --- |
| start, end | int | characters in the text, half open; never overlapping, in order |
| text | str | the words: `text[start:end]`, without clock times and possessive endings |
| kind | str | how much time is meant, see below |
| rule | str | which rule found it, and how it is resolved |
| year, month, day, last_day | int or None | as written; `last_day` closes a run such as "April 24 and 25" |
| weekday | int or None | 0 Monday to 6 Sunday |
| shift | int or None | -1 last or past, 0 this, 1 next or coming; days after the reference for "yesterday" |
| count | int or None | how many units, for "two weeks ago" and "the past three days" |
| unit | str or None | day, week, month, year: what `shift` or `count` counts |
| clip | int | -1 "earlier this week": not after the reference; 1 "later this week": not before it |

Kinds that `resolve` gives days for: `day`, `weekend`, `week`, `month`, `year`, and `period` (any other
run of days). Kinds that it never does: `set` ("on Sundays", "each Thursday"), `anchored` (told from
another day: "two days later", "the previous Friday") and `vague` ("in recent weeks", "years ago").

Rules: `date` ("Friday, Oct. 23"; day and month, in figures only where one reading is possible),
`weekday`, `day_word` ("yesterday", "last night"), `month`, `year`, `weekend`, `unit` ("last week"),
`ago`, `period` ("the past two weeks"), `set`, `anchored`, `vague`.

Conventions. Weeks run from Monday (ISO 8601). "Last Friday" is the one before the reference, "next
Friday" the first after it; a bare weekday is the nearest in its direction, the reference included (as
in news copy, and in the TIDES and TimeML guidelines for the values of time expressions). A month, with
or without a day, that lacks its year is the latest not after the reference; told as to come, the next,
unless over half a year ahead; told without tense, the next only within two months. "Early", "mid" and
"late" narrow nothing, for writers differ on where they end. "Two weeks ago" is that day give or take
three, "two months ago" that month, "two years ago" that year.

Not caught, on purpose: clock times and hours; seasons, decades, quarters, centuries; feasts ("Good
Friday") and other names with a weekday ("Black Friday", "Sunday Times"); a weekday tied to another word
by a hyphen; Sat and Sun without a date, other short weekdays without a dot; short months alone; "may" in
lower case, and May, March, April or June where a person or a march may be meant; 03/04/2020; four
figures that may be a count; ordinals in words ("March eighth"). "Today" is the reference also where it
means nowadays. The words are data: `language/time_words.csv`, each with its source.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeVar

from dateutil.relativedelta import relativedelta

from analysis.language import any_case
from analysis.signs import finder, places
from analysis.time_words import GAP, choice, terms, values
from analysis.tokens import lowered

Value = TypeVar("Value")
Interval = tuple[dt.date, dt.date]
Direction = Literal["past", "future", "unknown"]

HALF_YEAR = 183  # days: further ahead than this, a date would be given its year
SOON = 62  # days: an untensed date this near ahead is likelier than one ten months back


class TimeExpression(NamedTuple):
    """One phrase that names a time; the fields are described at the head of this module."""

    start: int
    end: int
    text: str
    kind: str
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    count: int | None = None
    unit: str | None = None
    clip: int = 0


_WEEKDAY = values("weekday", "weekday_short", "weekday_with_date")
_MONTH = values("month", "month_short")
_NUMBER = values("number")
_SHIFT = values("shift")
_DAY_WORD = values("day_word")
_UNITS = {unit + ending: unit for unit in terms("unit") for ending in ("", "s")}


def _rules() -> re.Pattern[str]:
    """Build the one pattern that finds every expression; the group that matched names the rule."""
    g = GAP
    month_full = choice(form for term in terms("month") for form in (term.title(), term.upper()))
    month_short = choice(form for term in terms("month_short") for form in (term.title(), term.upper()))
    month = rf"(?:{month_full}|{month_short}\.?)"
    weekday_full = any_case(choice(terms("weekday")))
    weekday_short = choice(term.title() for term in terms("weekday_short"))
    weekday_date = choice(term.title() for term in terms("weekday_short", "weekday_with_date"))
    weekday = rf"(?:{weekday_full}|{weekday_short}\.)"
    unit = choice(terms("unit"))
    number = rf"(?:[0-9]{{1,4}}|{any_case(choice(terms('number')))}(?:{g}of)?)"
    vague = any_case(choice(terms("vague_number")))
    shift = any_case(choice(terms("shift")))
    week_shift = f"(?:{g}(?:of{g})?(?:last|this|next){g}week)"
    hours = choice(terms("part_of_day"))
    part = f"(?:(?:{any_case('early|earlier|late|later|mid')})(?:{g}|-))"
    not_count = rf"(?!{g}?%|{g}{choice(terms('counted'))}\b)"
    year = rf"(?:1[6-9]|20)[0-9]{{2}}(?![0-9]){not_count}"
    day = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])"
    days = rf"{day}(?:(?:[-–]|{g}(?:and|to|[-–]){g}){day})?"
    year_tail = rf"(?:,?{g}(?:of{g})?{year}|,?{g}(?:last|this|next){g}year)"
    the, units = any_case("the"), any_case(unit)
    unit_word = rf"(?:{unit}|weekend|{hours}|{weekday_full})"
    rules = {
        "figures": r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}(?:/[0-9]{1,2}/|\.[0-9]{1,2}\.)[12][0-9]{3}",
        # Matched so that the weekday inside is passed over; no expression comes of it.
        "name": rf"{choice(terms('name_before'))}{g}{weekday_full}|{weekday_full}{g}{choice(terms('name_after'))}"
        rf"|{choice(terms('name_on'))}{g}on{g}{weekday_full}",
        "set": rf"(?:{any_case('each|every')}){g}(?:other{g})?(?:{weekday_full}|weekend)(?:{g}{hours})?"
        rf"|(?:{weekday_full}s|{any_case('weekends')})(?:{g}{hours}s?)?"
        rf"|{weekday_full}(?:{g}(?:and|or){g}{weekday_full})?{g}{hours}s",
        "date": rf"{part}?(?:{shift}{g}){{0,2}}"
        rf"(?:(?:{weekday_full}|{weekday_date}\.?)(?:,?{g}(?:the{g})?|{g}?(?P<open>\()))?"
        rf"(?:{month}{g}{days}{not_count}|{days}{g}(?:of{g})?{month}){year_tail}?(?(open)\)?)",
        "day_word": rf"{part}?(?:{any_case('today|tonight|yesterday|tomorrow')})(?:{g}{hours})?"
        rf"|{any_case('overnight')}|{any_case(f'last{g}night|this{g}{hours}')}"
        rf"|{any_case(f'(?:the{g})?day{g}(?:before{g}yesterday|after{g}tomorrow)')}",
        "anchored": rf"(?:{the}{g})?(?:{any_case('previous|following|same')}){g}{unit_word}"
        rf"|{the}{g}next{g}(?:day|weekend|{hours}|{weekday_full})"
        rf"|{any_case('that')}{g}(?:same{g}{unit_word}|(?:{unit}|weekend|{hours}))"
        rf"|(?:(?:{the}|{number}|{vague}){g}(?:more{g})?)?{units}s?{g}(?:before|after|later|earlier)",
        "weekday": rf"{part}?(?:{shift}{g}){{0,2}}{weekday}(?:{g}(?:last|next)(?!{g}(?:week|month|year)))?"
        rf"(?:{g}{hours})?{week_shift}?",
        "period": rf"(?:{the}{g})?{shift}{g}{number}{g}{unit}s?"
        rf"|(?:{the}{g}{shift}|{any_case('past')}){g}{unit}",
        "weekend": rf"{part}?(?:{the}{g}|(?:{shift}{g}){{1,2}})weekend",
        "ago": rf"{number}{g}{unit}s?(?:{g}or{g}so)?{g}ago",
        "unit": rf"{part}?{shift}{g}(?:{shift}{g})?(?:week|month|year)",
        "vague": rf"(?:{the}{g})?(?:{shift}{g})?{vague}{g}{unit}s(?:{g}ago)?"
        rf"|(?:{the}{g})?{shift}{g}{unit}s|{units}s{g}ago",
        "month": rf"{part}?(?:{shift}{g}){{0,2}}(?:{month_full}{year_tail}?|{month},?{g}(?:of{g})?{year})",
        "year": rf"(?<![$€£#.,:/])(?:{any_case('mid')}-)?{year}",
    }
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in rules.items())
    return re.compile(rf"(?<![\w@#])(?<!\w-)(?:{named})(?!\w|@|-\w|\.[a-z])")


_RULES = _rules()
_NAMES = ("weekday", "weekday_short", "weekday_with_date", "month", "month_short")
_WORD = re.compile(r"[A-Za-z]+|[0-9]+")
# Every expression has one of these words, or a year; the long pattern is tried only near them,
_CORE_WORDS = frozenset(
    word + ending for word in terms(*_NAMES, "unit", "day_word", "part_of_day") + ["weekend"] for ending in ("", "s")
)
_CORES = finder(_CORE_WORDS | set(map(str, range(10, 30))))
PREFIX_REACH = 80  # characters: "the", "earlier", "past", "couple of", each with a line break behind it
# and only at these words,
_FIRST_WORDS = frozenset(
    term.split()[0].lower() + ending
    for term in terms(*_NAMES, "number", "vague_number", "unit", "shift", "day_word", "name_before", "name_on")
    for ending in ("", "s")
) | frozenset("early earlier late later mid each every weekends previous following same the that".split())
# where none but these stand between.
_INNER_WORDS = (
    _CORE_WORDS
    | {word for term in terms("number", "vague_number", "shift") for word in term.split()}
    | set("of on and or to more other st nd rd th".split())
)

_MONTH_WORDS = frozenset(terms("month_also_word"))
_SURE_CUE = re.compile(rf"\b(?i:{choice(terms('month_sure_cue'))}){GAP}$")
_CUE = re.compile(rf"(?:\b(?i:{choice(terms('month_cue'))})|[’']s){GAP}$")
_NAME_GOES_ON = re.compile(rf"{GAP}(?:(?:of|for|on|against|to){GAP}(?:the{GAP})?)?[A-Z]")
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?i:{choice(terms('year_cue'))}){GAP}|[’']s?{GAP}|\("
    rf"|\b[12][0-9]{{3}}(?:,{GAP}|[-–/]))$"
)
_YEAR_AFTER = re.compile(rf"{GAP}{choice(terms('year_of'))}\b")


def _is_month(text: str, start: int, end: int) -> bool:
    """Tell the month from the verb, the march and the person of the same name, by the words beside it."""
    word = text[start:end].lower()
    if word not in _MONTH_WORDS:
        return True
    before = text[max(0, start - 12) : start]
    after = text[end : end + 20]
    if word == "march" and _NAME_GOES_ON.match(after):
        return False
    if _SURE_CUE.search(before):
        return True
    return word != "may" and bool(_CUE.search(before)) and not _NAME_GOES_ON.match(after)


def _is_year(text: str, start: int, end: int) -> bool:
    return not text[start].isdigit() or bool(
        _YEAR_BEFORE.search(text[max(0, start - 12) : start]) or _YEAR_AFTER.match(text, end)
    )


def _figures(text: str) -> tuple[int, int, int] | None:
    """Read a date in figures as year, month and day; None where it has two readings, or none."""
    first, second, third = (int(number) for number in re.split(r"[-/.]", text))
    orders = [(first, second)] if "." in text else [(first, second), (second, first)]
    readings = {(third, month, day) for day, month in orders if 1 <= month <= 12 and 1 <= day <= 31}
    if "-" in text:
        readings = {(first, second, third)}
    return readings.pop() if len(readings) == 1 else None


def _first(values: Mapping[str, Value], words: Iterable[str]) -> Value | None:
    """Return the value of the first word that has one."""
    for word in words:
        if word in values:
            return values[word]
    return None


def _expression(text: str, match: re.Match[str]) -> TimeExpression | None:
    """Read the fields off the words of one match; None where the words name no time after all."""
    rule, (start, end) = str(match.lastgroup), match.span()
    words = _WORD.findall(match.group().lower())
    if rule == "name" or (rule == "year" and not _is_year(text, start, end)):
        return None
    if rule == "month" and len(words) == 1 and not _is_month(text, start, end):
        return None
    month = _first(_MONTH, words)
    weekday = _first(_WEEKDAY, words)
    shift = _first(_SHIFT, reversed(words))
    unit = _first(_UNITS, words)
    year = day = last_day = count = None
    figures = [int(word) for word in words if word.isdigit()]
    if rule in ("ago", "period"):
        count = next(iter(figures + [_NUMBER[word] for word in reversed(words) if word in _NUMBER]), 1)
    elif rule == "figures":
        reading = _figures(match.group())
        if reading is None:
            return None
        rule, (year, month, day) = "date", reading
    elif rule in ("date", "month", "year"):
        year = next((figure for figure in figures if figure > 31), None)
        day, last_day = ([figure for figure in figures if figure <= 31] + [None, None])[:2]
    elif rule == "day_word":
        shift = next((_DAY_WORD[word] for word in words if word in _DAY_WORD), shift)
        shift = -2 if "before" in words else 2 if "after" in words else shift
    kind = {"date": "day", "weekday": "day", "day_word": "day", "unit": unit, "ago": unit}.get(rule, rule)
    if last_day or words == ["overnight"]:
        kind = "period"
    clip = {"earlier": -1, "later": 1}.get(words[0], 0) if rule == "unit" and shift == 0 else 0
    return TimeExpression(
        start, end, match.group(), str(kind), rule, year, month, day, last_day, weekday, shift, count, unit, clip
    )


def find(text: str) -> list[TimeExpression]:
    """Find every time expression of a text, in order and without overlap.

    "Police held 40 people in Korrin late Tuesday, two weeks after the May 7 vote" gives "late Tuesday"
    (day), "two weeks after" (anchored) and "May 7" (day). Any string is accepted.
    """
    found = []
    lower = lowered(text)
    end = 0
    for core in places(lower, _CORES):
        starts = []
        for word in _WORD.finditer(lower, max(end, core - PREFIX_REACH)):
            if word.start() > core:
                break
            end = word.end()
            if word.group() < ":" or word.group() in _FIRST_WORDS:
                starts.append(word.start())
            elif word.group() not in _INNER_WORDS:
                starts.clear()
        passed = 0
        for start in starts:
            match = _RULES.match(text, start) if start >= passed else None
            if match:
                # What turns out to be no time, such as "Black Friday" or 2,000 people, is passed over whole.
                passed = match.end()
                expression = _expression(text, match)
                if expression:
                    found.append(expression)
        end = max(end, passed)
    return found


def _pick(days: list[dt.date], reference: dt.date, direction: Direction, shift: int | None) -> dt.date | None:
    """Choose the day meant among those possible; "last" and "next" are stronger than the tense."""
    before = max((day for day in days if day < reference or (day == reference and shift != -1)), default=None)
    after = min((day for day in days if day > reference or (day == reference and shift != 1)), default=None)
    if before is None or after is None:
        return before or after
    if shift in (-1, 1):
        return before if shift == -1 else after
    reach = {"past": 0, "future": HALF_YEAR, "unknown": SOON}[direction]
    return after if (after - reference).days <= reach else before


def _whole_unit(day: dt.date, unit: str | None) -> Interval:
    """Give the week, month or year that a day lies in."""
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _on(year: int, month: int, day: int) -> list[dt.date]:
    """Give that day as a list of one, or of none where the calendar has no such day."""
    exists = 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return [dt.date(year, month, day)] if exists else []


def _days_meant(e: TimeExpression, reference: dt.date, direction: Direction) -> Interval | None:
    shift = e.shift or 0
    year = e.year or (reference.year + shift if e.unit == "year" else None)
    near = None if year else e.shift
    tense: Direction = "future" if direction == "future" else "past"
    around = [reference + dt.timedelta(days=n) for n in range(-8, 8)] if e.rule in ("weekday", "weekend") else []
    if e.rule == "date" and e.month and e.day:
        reach = 8 if (e.month, e.day) == (2, 29) else 1
        years = [year] if year else range(reference.year - reach, reference.year + reach + 1)
        days = [day for y in years for day in _on(y, e.month, e.day)]
        agreeing = [day for day in days if day.weekday() == e.weekday]
        first = _pick(agreeing or days, reference, direction, near)
        return (first, first.replace(day=e.last_day or first.day)) if first else None
    if e.rule == "month" and e.month:
        years = [year] if year else range(reference.year - 2, reference.year + 2)
        # "Last February" in March is a year ago: this year's would be "last month".
        this_month = reference.replace(day=1) - relativedelta(months=1 if near == -1 else 0)
        first = _pick([day for y in years for day in _on(y, e.month, 1)], this_month, direction, near)
        return _whole_unit(first, "month") if first else None
    if e.rule == "year" and e.year:
        return _whole_unit(dt.date(e.year, 1, 1), "year")
    if e.rule == "weekday" and e.unit == "week":
        first = _whole_unit(reference, "week")[0] + dt.timedelta(days=(e.weekday or 0) + 7 * shift)
        return first, first
    if e.rule == "weekday":
        first = _pick([day for day in around if day.weekday() == e.weekday], reference, tense, e.shift)
        return (first, first) if first else None
    if e.rule == "weekend":
        # Told by its Saturday; a Sunday still belongs to the Saturday before it.
        saturday = around[7] if reference.weekday() == 6 else reference
        first = _pick([day for day in around if day.weekday() == 5], saturday, tense, e.shift)
        return (first, first + dt.timedelta(days=1)) if first else None
    if e.rule == "day_word":
        first = reference + dt.timedelta(days=-1 if e.shift is None else shift)
        return first, reference if e.kind == "period" else first
    if e.rule == "unit":
        first, last = _whole_unit(reference + relativedelta(**{f"{e.unit}s": shift}), e.unit)
        return (first if e.clip < 1 else reference), (last if e.clip > -1 else reference)
    if e.rule in ("ago", "period"):
        there = reference + relativedelta(**{f"{e.unit}s": (e.count or 0) * (1 if shift > 0 else -1)})
        if e.rule == "period":
            return min(there, reference), max(there, reference)
        if e.unit == "week":
            return there - dt.timedelta(days=3), there + dt.timedelta(days=3)
        return (there, there) if e.unit == "day" else _whole_unit(there, e.unit)
    return None


def resolve(expression: TimeExpression, reference: dt.date, *, direction: Direction = "past") -> Interval | None:
    """Say which days an expression means in a report published on `reference`, as (earliest, latest).

    Both ends belong to the interval. None for the kinds `set`, `anchored` and `vague`, for days that no
    calendar has (30 February), and for those beyond the years 1 to 9999. "Sunday" on Friday 7 May 1999
    means 2 May 1999, with `direction="future"` 9 May.
    """
    try:
        return _days_meant(expression, reference, direction)
    except (ValueError, OverflowError):
        return None
