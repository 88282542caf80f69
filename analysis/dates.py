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
- *neighbours*: two articles near each other tell the same thing of the same weekday (`neighbours`).
- *order*: where the dated articles of a file run one way without exception, they bound the rest (there, too).

A file of records can be of any length: neighbours, order, and whose copy it is are told within runs of it.

Events and captions that exclude one another are believed as earliest dates only. A point is taken where a
single day is left and a weekday or a dateline names it. Nothing here knows an article, a name or a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.cases import Case, Dating, together
from analysis.corpus import Article
from analysis.day_sets import Days, from_day
from analysis.events import Event, Index, event_evidence, index_events, read_day, read_events
from analysis.evidence import Evidence, Sentence, caption_evidence, is_wire, opening_evidence, text_evidence
from analysis.furniture import fold, printed_date
from analysis.layout import Block
from analysis.neighbours import bound_by_order, compare_neighbours
from analysis.sources import BadInput

__all__ = ["BASES", "Curated", "Dating", "Days", "Event", "date_articles", "read_curated", "read_events"]

BASES = ("given", "dateline", "weekday+caption", "weekday+event", "weekday+neighbours", "curated", "none")
Neighbourhood = tuple[str, int]  # a text file, or a run of records of a file


@dataclass(frozen=True, slots=True)
class Curated:
    """A date set by a person, with the reason."""

    published: dt.date | None
    earliest: dt.date | None
    latest: dt.date | None
    reason: str


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


# Putting the evidence together.


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
    cases = [Case(article, [Sentence(*s) for s in sentences]) for article, sentences in articles]
    groups: dict[Neighbourhood, list[Case]] = {}
    for case in cases:
        neighbourhood = case.article.document.neighbourhood
        groups.setdefault(neighbourhood, []).append(case)
        if not _settle(case, (curated or {}).get(case.article.article_id)):
            has_agency = is_wire(case.article) or neighbourhood in of_wire
            _date_alone(case, index, has_agency=has_agency)
    for group in groups.values():
        compare_neighbours(group)
        bound_by_order(group)
    return [_conclude(case) for case in cases]


def _of_wire(articles: Iterable[Article]) -> frozenset[Neighbourhood]:
    """Name the stretches most of whose articles show an agency's sign: their other articles are its copy too."""
    counts: dict[Neighbourhood, list[int]] = {}
    for article in articles:
        count = counts.setdefault(article.document.neighbourhood, [0, 0])
        count[0] += is_wire(article)
        count[1] += 1
    return frozenset(where for where, (n_wire, n) in counts.items() if 2 * n_wire > n)


def _settle(case: Case, curated: Curated | None) -> bool:
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


def _date_alone(case: Case, index: Index, *, has_agency: bool) -> None:
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


# Conclusion.


def _conclude(case: Case) -> Dating:
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
