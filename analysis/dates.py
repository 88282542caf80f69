"""Articles to their dates: when was each one published, by what evidence, and how sure is that?

Adds to **articles**

| column | type | meaning |
| --- | --- | --- |
| published | date | the day, only where a rule leaves exactly one; else empty |
| published_earliest, published_latest | date | the interval that the evidence allows; empty where open |
| published_basis | str | given, dateline, weekday+caption, weekday+event, weekday+neighbours, curated, none |
| published_evidence | str | the words that decided, as printed |

and makes **date_evidence**, a row for each piece of evidence: `article_id, source, block_id, start,
end, text, rule, event_id, earliest, latest, role`. The role is `decides` (one of the fewest pieces from
which the same date follows), `agrees`, or `contradicts` (stronger evidence leaves no room for it).

The rules. *curated*: a row of the corpus's `dates.csv`, with its reason. *given*: the record's own date,
the day in its URL, or a line of the text that prints nothing but the day. Without these, what the article
says (how it is read: `evidence`, `events`), in this order:

- *dateline*: the story's opening prints its day ("KORRIN, May 7 (Reuters)", "on Friday (May 7)").
- No article is older than what it tells: a caption's date, a dated event (`events.csv`), a date told as past.
- *weekday*: a wire report names the day of its news by weekday in its opening ("on Thursday"), and is
  published on it; "late Tuesday" may be printed the day after. Where no agency is known to have
  written the text, it may be the next day's paper.
- *event*: publication is any day from which the words beside an event would mean its date: "died on
  Monday", "the second day of the invasion", "last month's election".
- *caption*: a dated caption is of the day itself or the day before. One marked as a file picture, or
  that the weekday or another date does not allow, is an older one and gives only an earliest date.
- *neighbours*: two articles near each other tell the same thing of the same weekday.
- *order*: where the dated articles of a file run one way without exception, they bound the rest.

A file of records can be of any length: neighbours, order, and whose copy it is are told within runs of it.

Events and captions that exclude one another are believed as earliest dates only. A point is taken where a
single day is left and a weekday or a dateline names it. Nothing here knows an article, a name or a year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, pairwise

from analysis import language, tense, timex
from analysis.corpus import Article
from analysis.events import Event, Index, days_saying, event_evidence, index_events, read_day, read_events
from analysis.evidence import (
    OPEN,
    Days,
    Evidence,
    Fits,
    Sentence,
    caption_evidence,
    from_day,
    is_wire,
    opening_evidence,
    text_evidence,
)
from analysis.furniture import fold, printed_date
from analysis.layout import Block
from analysis.sources import BadInput

__all__ = ["BASES", "Curated", "Dating", "Days", "Event", "date_articles", "read_curated", "read_events"]

BASES = ("given", "dateline", "weekday+caption", "weekday+event", "weekday+neighbours", "curated", "none")
ORDER_MINIMUM = 5  # different days: as few articles as that stand in order by chance once in sixty times
NEIGHBOUR_DISTANCE = 4  # articles
NEIGHBOUR_TELLINGS = 50  # sentences of an article that are compared: more are a list, no story
NEIGHBOUR_WORDS = 6  # content words two sentences must share, and
NEIGHBOUR_SHARE = 2 / 3  # of the longer one's: marches told every week in like words share fewer
MAX_TRIES = 41 * 366  # days: the same weekday, day and month come again within forty years
_DAY = dt.timedelta(days=1)

Neighbourhood = tuple[str, int]  # a text file, or a run of records of a file


@dataclass(frozen=True, slots=True)
class Curated:
    """A date set by a person, with the reason."""

    published: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    reason: str


@dataclass(slots=True)
class Dating:
    """An article's date: the point where there is one, the interval, the rule and its evidence."""

    published: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    basis: str = "none"
    words: str = ""
    evidence: list[Evidence] = field(default_factory=list)


def read_curated(rows: Iterable[Mapping[str, str]], source: str) -> dict[str, Curated]:
    """Read the rows of dates.csv by article_id; raise BadInput naming the line of one that cannot be used."""
    curated: dict[str, Curated] = {}
    for line, row in enumerate(rows, start=2):
        article_id, reason = (row.get("article_id") or "").strip(), (row.get("reason") or "").strip()
        if not article_id or not reason or article_id in curated:
            raise BadInput(f"{source}, line {line}: a curated date needs an article_id of its own and a reason")
        point, earliest, latest = (
            read_day(row[name], source, line) if (row.get(name) or "").strip() else None
            for name in ("published", "published_earliest", "published_latest")
        )
        days = [day for day in (earliest, point, latest) if day]
        if not days or days != sorted(days):
            raise BadInput(f"{source}, line {line}: a curated date needs days, the earliest before the latest")
        curated[article_id] = Curated(point, earliest or point, latest or point, reason)
    return curated


# Sets of days.


def intersect(a: Days, b: Days) -> Days:
    """Return the days that are in both."""
    both = [(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b]
    return sorted((first, last) for first, last in both if first <= last)


def that_fit(days: Days, tests: Sequence[Fits]) -> Days:
    """Move the ends of each interval inwards to days that pass all tests; open ends stay, empty intervals go."""
    kept = []
    for first, last in days:
        moved_first = _moved(first, last, _DAY, tests)
        moved_last = _moved(last, first, -_DAY, tests)
        if moved_first is not None and moved_last is not None:
            kept.append((moved_first, moved_last))
    return kept


def _moved(day: dt.date, limit: dt.date, step: dt.timedelta, tests: Sequence[Fits]) -> dt.date | None:
    """Return the first day from here to the limit that passes; None where none does, or not within MAX_TRIES."""
    if day in (dt.date.min, dt.date.max):
        return day
    for _ in range(MAX_TRIES):
        if all(test(day) for test in tests):
            return day
        if day == limit:
            return None
        day += step
    return None


def together(evidence: Iterable[Evidence], days: Days = OPEN, tests: Iterable[Fits] = ()) -> Days:
    """Return which of the days that pass the tests all pieces of evidence allow."""
    tests = list(tests)
    for piece in evidence:
        days = intersect(days, piece.days)
        tests += [piece.fits] if piece.fits else []
    return that_fit(days, tests)


# Putting the evidence together.


@dataclass(slots=True)
class _Case:
    """An article being dated: its sentences, its evidence and the days that are left."""

    article: Article
    sentences: list[Sentence]
    dating: Dating = field(default_factory=Dating)
    days: Days = field(default_factory=lambda: list(OPEN))
    tests: list[Fits] = field(default_factory=list)
    is_settled: bool = False

    def left_by(self, evidence: Iterable[Evidence]) -> Days:
        """Return the days that are left with these pieces, too."""
        return together(evidence, self.days, self.tests)

    def take(self, evidence: Evidence) -> bool:
        """Narrow the days by a piece of evidence, unless nothing would be left; tell whether it was used."""
        left = self.left_by([evidence])
        self.dating.evidence.append(evidence)
        if left:
            evidence.role, self.days = "agrees", left
            self.tests += [evidence.fits] if evidence.fits else []
        return bool(left)

    @property
    def used(self) -> list[Evidence]:
        return [e for e in self.dating.evidence if e.role != "contradicts"]

    @property
    def first(self) -> dt.date | None:
        return None if self.days[0][0] == dt.date.min else self.days[0][0]

    @property
    def last(self) -> dt.date | None:
        return None if self.days[-1][1] == dt.date.max else self.days[-1][1]

    @property
    def point(self) -> dt.date | None:
        """The single day that is left, if a weekday or a dateline names it, or somebody set it."""
        is_named = self.is_settled or any(e.rule in ("weekday", "dateline") for e in self.used)
        return self.first if is_named and self.first == self.last else None


def date_articles(
    articles: Sequence[tuple[Article, list[tuple[Block, int, str]]]],
    *,
    events: Sequence[Event] = (),
    curated: Mapping[str, Curated] | None = None,
) -> list[Dating]:
    """Date articles given in the order of their sources, each with its sentences (block, start in it, text).

    Returns one Dating an article, in the same order. Articles of one text file, or of one run of records, bound
    one another.
    """
    index = index_events(events)
    of_wire = _of_wire(article for article, _ in articles)
    cases = [_Case(article, [Sentence(*s) for s in sentences]) for article, sentences in articles]
    groups: dict[Neighbourhood, list[_Case]] = {}
    for case in cases:
        neighbourhood = case.article.document.neighbourhood
        groups.setdefault(neighbourhood, []).append(case)
        if not _settle(case, (curated or {}).get(case.article.article_id)):
            has_agency = is_wire(case.article) or neighbourhood in of_wire
            _date_alone(case, index, has_agency=has_agency)
    for group in groups.values():
        _compare_neighbours(group)
        _bound_by_order(group)
    return [_conclude(case) for case in cases]


def _of_wire(articles: Iterable[Article]) -> frozenset[Neighbourhood]:
    """Name the stretches most of whose articles show an agency's sign: their other articles are its copy too."""
    counts: dict[Neighbourhood, list[int]] = {}
    for article in articles:
        count = counts.setdefault(article.document.neighbourhood, [0, 0])
        count[0] += is_wire(article)
        count[1] += 1
    return frozenset(where for where, (n_wire, n) in counts.items() if 2 * n_wire > n)


def _settle(case: _Case, curated: Curated | None) -> bool:
    """Take the date that a person set, the record gives or a line prints; tell whether there is one."""
    document, dating = case.article.document, case.dating
    given, words = document.date, document.date_words
    if not given:
        given, words = _printed(case.article)
    if curated:
        case.days = [(curated.earliest or dt.date.min, curated.latest or dt.date.max)]
        dating.published, dating.basis, dating.words = curated.published, "curated", curated.reason
    elif given:
        case.days = [(given, given)]
        dating.basis, dating.words = "given", words
    case.is_settled = bool(curated or given)
    return case.is_settled


def _printed(article: Article) -> tuple[dt.date | None, str]:
    """Return the day that a line of its own prints, such as "Published: 9 May 2030", with the line."""
    for block in article.of_kind("other"):
        line = article.text(block)
        if day := printed_date(line):
            return day, fold(line)
    return None, ""


def _date_alone(case: _Case, index: Index, *, has_agency: bool) -> None:
    """Date an article by what it says itself."""
    article, sentences = case.article, case.sentences
    opening = opening_evidence(article, sentences, has_agency=has_agency)
    told = text_evidence(article, sentences)
    others = [*caption_evidence(article), *event_evidence(article, sentences, index), *([told] if told else [])]
    for evidence in opening:
        if evidence.since:  # a printed day needs no help
            case.take(evidence)
    # What else is told tells first how old the article can be, then the weekday means one of the days left.
    floors = [_as_floor(e) for e in others if e.since]
    case.days = case.left_by([floor for floor in floors if case.left_by([floor])])
    for evidence in opening:
        if not evidence.since:
            case.take(evidence)
    believed = [e for e in others if case.left_by([e])]
    if not case.left_by(believed):
        believed = []
    ids = {id(e) for e in believed}
    for evidence in others:
        if id(evidence) in ids:
            case.take(evidence)
        elif evidence.since:
            case.take(_as_floor(evidence))
        else:
            case.dating.evidence.append(evidence)


def _as_floor(evidence: Evidence) -> Evidence:
    """Return evidence that has an earliest date as nothing more than that."""
    rule = "older caption" if evidence.rule == "caption" else evidence.rule
    return replace(evidence, rule=rule, days=from_day(evidence.since or dt.date.min), fits=None)


def _compare_neighbours(group: list[_Case]) -> None:
    """Let dated articles date the undated ones near them that tell the same thing of the same weekday."""
    tellings: dict[int, list[_Telling]] = {}

    def told(index: int) -> list[_Telling]:
        if index not in tellings:
            tellings[index] = list(islice(_weekday_tellings(group[index]), NEIGHBOUR_TELLINGS))
        return tellings[index]

    dated = [case.point for case in group]
    for index, case in enumerate(group):
        if dated[index] or case.is_settled:
            continue
        for near in range(max(0, index - NEIGHBOUR_DISTANCE), min(len(group), index + NEIGHBOUR_DISTANCE + 1)):
            point = dated[near]
            if not point:
                continue
            same = [(own, day) for own in told(index) if (day := _day_told(own, told(near), point))]
            # Rallies are told in like words every week: of the story's own weekday, one sentence is no proof.
            fresh = [(own, day) for own, day in same if not _is_news_day(case, day)]
            for own, day in same if len(same) > 1 else fresh:
                block, start = own.sentence.block, own.sentence.start
                days = days_saying(own.time, day, own.direction)
                case.take(
                    Evidence("neighbours", case.article, block, start + own.time.start, start + own.time.end, days)
                )


def _day_told(own: _Telling, others: Iterable[_Telling], point: dt.date) -> dt.date | None:
    """Return the day of which an article dated `point` tells the same thing; None where it does not."""
    same = next((other for other in others if _is_same(own, other)), None)
    day = timex.resolve(same.time, point, direction=same.direction) if same else None
    return day[0] if day else None


def _is_news_day(case: _Case, day: dt.date) -> bool:
    return any(e.fits and e.fits(day) for e in case.used if e.rule == "weekday")


@dataclass(slots=True)
class _Telling:
    """A sentence that tells something of a weekday, with the words it is recognised by."""

    sentence: Sentence
    time: timex.TimeExpression
    direction: timex.Direction
    content: frozenset[str]


def _weekday_tellings(case: _Case) -> Iterator[_Telling]:
    for sentence in case.sentences:
        for e in sentence.times:
            if e.rule == "weekday" and e.kind == "day" and e.shift is None:
                words = frozenset(word.lower() for word in re.findall(r"[^\W\d_]{5,}", sentence.text)) - _calendar()
                yield _Telling(sentence, e, tense.direction(sentence.text, e), words)


def _is_same(a: _Telling, b: _Telling) -> bool:
    n_shared = len(a.content & b.content)
    is_like = n_shared >= max(NEIGHBOUR_WORDS, NEIGHBOUR_SHARE * max(len(a.content), len(b.content)))
    return is_like and a.time.weekday == b.time.weekday


@cache
def _calendar() -> frozenset[str]:
    return frozenset(row["term"] for row in language.rows("time_words.csv") if row["kind"] in ("weekday", "month"))


def _bound_by_order(group: list[_Case]) -> None:
    """Bound every article by its neighbours where the dated ones among them run one way."""
    points = [case.point for case in group if case.point]
    for newest_first in (group, group[::-1]):
        runs = points if newest_first is group else points[::-1]
        if len(set(points)) >= ORDER_MINIMUM and all(a >= b for a, b in pairwise(runs)):
            bounds = list(_order_bounds(newest_first))
            # An article that has no room in its place shows that the file has another order.
            if all(case.left_by(found) for case, found in bounds):
                for case, found in bounds:
                    for evidence in found:
                        case.take(evidence)


def _order_bounds(newest_first: list[_Case]) -> Iterator[tuple[_Case, list[Evidence]]]:
    """Yield each undated article with what the dated ones before and after it allow."""
    later: dict[int, Evidence] = {}
    bound: Evidence | None = None
    for index, case in enumerate(newest_first):
        if bound:
            later[index] = bound
        bound = _place(case, is_later=True) or bound
    bound = None
    for index in range(len(newest_first) - 1, -1, -1):
        case = newest_first[index]
        if not case.point and not case.is_settled:
            yield case, [replace(e) for e in (later.get(index), bound) if e]
        bound = _place(case, is_later=False) or bound


def _place(case: _Case, *, is_later: bool) -> Evidence | None:
    """Make the bound that a dated article sets to those on one side of it; its words are its title."""
    if not case.point:
        return None
    block = next(b for b in (case.article.title_block, *case.article.blocks) if b.end > b.start)
    days = [(dt.date.min, case.point)] if is_later else from_day(case.point)
    return Evidence("order", case.article, block, 0, block.end - block.start, days)


# Conclusion.


def _conclude(case: _Case) -> Dating:
    """Take the point and the interval, and tell the evidence that decided from what only agrees."""
    dating = case.dating
    dating.earliest, dating.latest = case.first, case.last
    dating.published = dating.published or case.point
    if case.is_settled:
        return dating
    deciding = list({(e.fits, *e.days): e for e in reversed(case.used)}.values())[::-1]
    for evidence in sorted(deciding, key=_dispensable):
        others = [e for e in deciding if e is not evidence]
        if _ends(together(others)) == _ends(case.days) and (not dating.published or _names_day(others)):
            deciding = others
    for evidence in deciding:
        evidence.role = "decides"
    rules = {e.rule for e in deciding}
    if dating.published:
        ranked = (("dateline", "dateline"), ("caption", "weekday+caption"), ("event", "weekday+event"))
        dating.basis = next((basis for rule, basis in ranked if rule in rules), "weekday+neighbours")
    dating.words = " | ".join(dict.fromkeys(_as_told(e) for e in deciding))
    return dating


def _ends(days: Days) -> tuple[dt.date, dt.date]:
    return days[0][0], days[-1][1]


def _names_day(evidence: Iterable[Evidence]) -> bool:
    return any(e.rule in ("weekday", "dateline") for e in evidence)


def _as_told(evidence: Evidence) -> str:
    words = fold(evidence.words)
    return f"beside “{words}”" if evidence.rule == "order" else words


def _dispensable(evidence: Evidence) -> tuple[int, dt.timedelta]:
    """Order evidence for leaving out: what is weak or wide first, so that the strongest is named as deciding."""
    order = ("order", "neighbours", "text", "older caption", "file caption", "event", "weekday", "caption", "dateline")
    return order.index(evidence.rule), evidence.days[0][0] - evidence.days[-1][1]
