"""Sanction events: who calls for, considers, threatens, prepares, blocks, imposes or eases which measure on whom.

One `Event` is one (sentence, sender, target, stage) that a text asserts of a sanction or a like coercive
measure:

| field | type | meaning |
| --- | --- | --- |
| start, end, text | int, int, str | the words that carry it, in the source |
| sender_id | str or None | the side that would sanction: a state, union or organisation |
| target_id | str or None | whom it is put on: a person where one is named, else a side |
| stage | str | call, consideration, threat, preparation, blocking, imposition, easing |
| instrument | str | sanctions, asset freeze, travel ban, …; several joined by "; ", empty where none is named |
| called_by, held_up_by | str or None | the actor who asks for it, or holds it up |
| status | str | in force, planned, conditional |
| speaker_id | str or None | who is quoted with it |
| is_new, is_answer | bool | told as new ("fresh sanctions"), as an answer ("in retaliation for") |
| rule | str | active, passive, subject, nominal, act: how the measure stands to its governor |

A *side* is a state, a union or an organisation without a country; a person or body counts for the state
it belongs to. The stage comes from the governors of the measure (`governors`), sender and target from the
grammar of the phrase; where it has none, from the article (`parties`).

| module | what |
| --- | --- |
| clauses, clause_subjects, verb_groups | words and vocabulary of a sentence, its subjects and verb groups |
| measures, measure_terms, measure_signs, target_phrases | what names a measure, and whom the words behind it name |
| governors, chains, governor_terms, predicates, stages | the way out from a measure to its stage |
| sides, parties | actors to sides; pronouns, and who is not named |

No event: a bare condition ("if they impose", "any new sanctions"), a refusal or negation, a call for
lifting, a measure as a mere topic, one of whom neither sender nor target is known.

The stages between demand and imposition are those of the codebook; TIES and EUSANCT code threat and
imposition, CAMEO 1312, 163 and 085. Not caught: events told without any word for a measure; two verbs
of different stage with one measure; senders of measures that only world knowledge gives.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis import language
from analysis.actors import Registry
from analysis.clause_subjects import speaker_behind
from analysis.clauses import Sentence, words
from analysis.governors import RULES as RULES
from analysis.governors import govern, govern_act
from analysis.measure_signs import find_signs
from analysis.measures import Measure, find_measures
from analysis.parties import Mentioned, Parties
from analysis.sides import Sides, sides
from analysis.stages import Reading
from analysis.target_phrases import is_sanctioned, names_somebody
from analysis.tokens import lowered

STAGES = tuple(row["stage"] for row in language.rows("sanction_stages.csv"))
STATUSES = ("in force", "planned", "conditional")
_MAX_LENGTH = 2_000  # characters of a sentence; a longer one would take time that grows with its square
_MAX_DEPTH = 20  # quotations looked back for the one that holds a word
_MAX_BACK = 2  # sentences between a measure and "it should do more"
_MAX_ANSWER = 12  # sentences between a measure and "it will respond"
_MAX_WEAK = 3  # sentences between a measure and "further steps"
_MAX_LIKE = 6  # sentences between a measure and "targeted two banks"
_TOWARDS = frozenset("on against around to for".split())
_STOPS = frozenset(".?!")
_NEAR = 3, 12  # words before and behind an event that may tell it is an answer


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation: what stands between its marks, its kind, and the actor who speaks."""

    start: int
    end: int
    kind: str
    speaker_id: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One sanction event; the fields are described at the head of this module."""

    start: int
    end: int
    text: str
    sender_id: str | None
    target_id: str | None
    stage: str
    instrument: str
    called_by: str | None
    held_up_by: str | None
    status: str
    speaker_id: str | None
    is_new: bool
    is_answer: bool
    rule: str


def find_events(
    sentences: Sequence[tuple[int, str]],
    mentions: Sequence[Mentioned],
    quotes: Sequence[Said],
    registry: Registry,
) -> list[Event]:
    """Find the sanction events of one article, given as sentences (start in the source, text) in order.

    Titles come first, as the article has them. Events come in the order of the sentences, and within one
    in the order of their first words.
    """
    parts = [part for start, text in sentences for part in _parts(start, text)]
    signs = find_signs(lowered("\n".join([text for _, text in parts])))
    if not signs:
        return []
    article = _Article(mentions, quotes, sides(registry))
    events: list[Event] = []
    first = 0
    for number, (start, text) in enumerate(parts):
        last = first + len(text)
        has_measure = signs.may_name(first, last) or (
            signs.may_go_on(first, last) and article.is_told_of(number, _MAX_LIKE)
        )
        if has_measure or (signs.may_act(first, last) and article.is_told_of(number, _MAX_ANSWER)):
            events += article.read(number, start, text, has_measure=has_measure)
        first = last + 1
    return events


def _parts(start: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield a sentence whole, or in parts where it is no sentence but a text without stops."""
    while len(text) > _MAX_LENGTH:
        cut = text.rfind(" ", 0, _MAX_LENGTH) + 1 or _MAX_LENGTH
        yield start, text[:cut]
        start, text = start + cut, text[cut:]
    yield start, text


class _Article:
    """An article as far as its sentences have been read."""

    def __init__(self, mentions: Sequence[Mentioned], quotes: Sequence[Said], table: Sides) -> None:
        self.parties = Parties(mentions, table)
        # The marks around a fragment part nothing: "imposed “tough” sanctions".
        self.hidden = {place for q in quotes if q.kind in ("partial", "scare") for place in (q.start - 1, q.end)}
        self.quotes = sorted((q for q in quotes if q.kind in ("direct", "partial")), key=lambda q: q.start)
        self.starts = [q.start for q in self.quotes]

    def read(self, number: int, start: int, text: str, *, has_measure: bool) -> list[Event]:
        """Return the events of the sentence of this number."""
        is_person = self.parties.sides.is_person
        inside = self.parties.within(start, start + len(text))
        kinds = [(m.start, m.end, m.actor_id, "person" if is_person(m.actor_id) else m.kind) for m in inside]
        s = Sentence(text, start, kinds, self.hidden)
        found: list[Event] = []
        for measure in find_measures(s) if has_measure else ():
            found += self._events(s, number, measure)
        found += self._acts(s, number)
        return _merged(found, start, text)

    def is_told_of(self, number: int, n_back: int) -> bool:
        """Tell whether a measure was told of in this sentence or the ones before."""
        links = self.parties.links
        return bool(links) and links[-1].number >= number - n_back

    def _quote_at(self, s: Sentence, i: int) -> Said | None:
        """Return the outermost quotation that holds a word."""
        place = s.words[i].start
        at = bisect_right(self.starts, place)
        return next((q for q in self.quotes[max(0, at - _MAX_DEPTH) : at] if place < q.end), None)

    # One measure to its events.

    def _events(self, s: Sentence, number: int, m: Measure) -> Iterator[Event]:
        said = self._quote_at(s, m.head)
        speaker = said.speaker_id if said else None
        r = govern(_clause(s, m.head, said), m)
        senders, targets = self.parties.resolve(s, m, r, speaker)
        senders = self._held_up(s, r, senders, speaker)
        is_event = self._is_event(s, number, m, r, senders, targets)
        if is_event or r.targets and not (m.only or m.is_weak and m.kind == "verb"):
            self.parties.link(senders, targets, number)
        if not is_event:
            return
        side = self.parties.side
        stage, callers, holders = r.stage or "imposition", [], []
        if r.is_obliged and speaker and side(speaker) in senders:
            stage = "threat"
        if stage == "call":
            places = r.callers or speaker_behind(s, m.end)
            callers = self.parties.people(s, places, speaker) or ([speaker] if speaker else [])
            if r.is_obliged and not callers and not r.has_governor:
                return
        if stage == "blocking":
            holders = self.parties.people(s, r.holders, speaker)
            is_named = m.senders or m.targets or r.senders or r.targets
            if holders and not is_named and self.parties.sides.members.get(side(holders[0])) not in senders:
                return  # whoever has no say in it can only dislike it
            if holders and side(holders[0]) in [side(t) for t in targets]:
                stage, holders = r.inner_stage or "imposition", []  # its target can only reject it
        is_person = self.parties.sides.is_person
        first, last = r.first, max(r.end, m.end)
        near = s.low[max(0, first - _NEAR[0]) : last + _NEAR[1]]
        for sender in senders or [None]:
            for target in targets or [None]:
                if sender is None and target is None or sender == side(target):
                    continue
                yield Event(
                    start=s.words[first].start,
                    end=s.words[last - 1].end,
                    text="",
                    sender_id=sender,
                    target_id=target,
                    stage=stage,
                    instrument="" if m.instrument == "unspecified" else m.instrument,
                    called_by=_joined(callers),
                    held_up_by=_joined([who if is_person(who) else side(who) for who in holders]),
                    status=_status(s, m, r, stage),
                    speaker_id=speaker,
                    is_new=not words("new").isdisjoint(s.low[m.first : m.end]),
                    is_answer=not words("retaliation").isdisjoint(near),
                    rule=r.rule,
                )

    def _held_up(self, s: Sentence, r: Reading, senders: list[str], speaker: str | None) -> list[str]:
        """Return who would sanction where a member of a union refuses to, or backs it not: that holds the union up."""
        is_refused = r.refusal and r.refusal.object == "withhold"
        places = r.senders if is_refused else r.callers if r.stage == "call" else []
        who = self.parties.sides_at(s, places, speaker) if r.is_negated else []
        union = self.parties.sides.members.get(who[0]) if len(who) == 1 else None
        if not union or all(link.sender != union for link in self.parties.links):
            return senders
        r.is_negated, r.stage, r.holders, r.senders = False, "blocking", places, []
        return [union]

    def _is_event(
        self, s: Sentence, number: int, m: Measure, r: Reading, senders: list[str], targets: list[str]
    ) -> bool:
        if r.is_negated or r.is_conditional or r.is_unreal or _is_asked(s, m):
            return False
        phrase = set(s.low[m.first : m.head])
        if "no" in phrase or "any" in phrase and r.stage not in ("call", "blocking"):
            return False
        if m.only and (r.stage != m.only or m.only == "threat" and not self._is_answer(senders)):
            return False
        if m.only == "imposition" and not (m.targets and any(s.words[i].actor for i in r.senders)):
            return False
        if m.only == "threat" and s.low[m.end : m.end + 1] in (["to"], ["for"]) and not _names_measure(s, m.end):
            return False  # "a response to the raid"
        if m.is_register and r.rule == "nominal":
            return False
        if m.is_same:
            if not self._is_same(s, number, r, senders):
                return False
        elif m.is_weak and m.kind == "verb":
            if not self._is_like_before(s, number, m, r, senders, targets):
                return False
        elif m.is_weak and not (m.targets or r.targets):
            # "Further measures" are those only where one was told of just before.
            is_whole = bool(m.senders) and r.stage in ("imposition", "easing")
            is_next = bool(r.senders) and not words("new").isdisjoint(s.low[m.first : m.head])
            reach = _MAX_ANSWER if m.senders or is_next else _MAX_WEAK
            if not r.has_governor or not (is_whole or self.is_told_of(number, reach)):
                return False
        return r.stage is not None if r.has_governor else _is_in_force(m, r, phrase)

    def _is_answer(self, senders: list[str]) -> bool:
        """Tell whether a sender was put under a measure, so that it has something to answer."""
        return any(self.parties.last_put_under(sender) for sender in senders)

    def _is_same(self, s: Sentence, number: int, r: Reading, senders: list[str]) -> bool:
        """Tell whether "followed suit" repeats a measure: somebody else than the last sender and target does it."""
        if not r.senders or not self.is_told_of(number, _MAX_LIKE):
            return False
        link = self.parties.links[-1]
        return bool(senders) and not {link.sender, self.parties.side(link.target)} & set(senders)

    def _is_like_before(
        self, s: Sentence, number: int, m: Measure, r: Reading, senders: list[str], targets: list[str]
    ) -> bool:
        """Tell whether a weak verb ("targeted") is about measures: of a side that sends them, on one put under them."""
        if not self.is_told_of(number, _MAX_LIKE):
            return False
        named = m.targets or [(a, b) for a, b in r.targets if names_somebody(s, a, b)]
        end = m.targets[-1][1] if m.targets else m.end
        if s.low[end : end + 1] in (["from"], ["among"]):
            return False  # "barred Ann Poe from the room", "listed Doeland among"
        is_idiom = m.end > m.head + 1 and not m.targets  # "tightened the noose"
        if is_idiom and s.low[end : end + 1] and s.low[end] in _TOWARDS and not _names_power(s, end + 1):
            return False  # "turned the screws on the mill"
        before = s.low[m.first - 1] if m.first else ""  # "the measures target", "backing to punish"
        is_told_by_whom = r.senders or r.rule == "passive" or before == "to" or before in words("answered")
        if not is_told_by_whom or not (named or is_idiom):
            return False
        sides_of_targets = {self.parties.side(t) for t in targets}
        told = [link for link in self.parties.links if self.parties.side(link.target) in sides_of_targets]
        is_known = any(link.sender in senders for link in told)
        if s.low[m.first] in words("also violence"):
            return is_known
        # A state alone can be listed, designated or barred in many senses.
        is_listed = is_idiom or any(is_sanctioned(s, a, b) for a, b in named)
        return bool(told) if is_listed else is_known and m.instrument == "unspecified"

    # "… but Doeland has said it should do more", "we must respond".

    def _acts(self, s: Sentence, number: int) -> Iterator[Event]:
        if not self.is_told_of(number, _MAX_ANSWER):
            return
        parties = self.parties
        for i in s.ending:
            first, entries = s.entries(i, "act")
            if not entries or entries[0].object == "answer measure" and not _names_measure(s, i):
                continue
            said = self._quote_at(s, i)
            speaker = said.speaker_id if said else None
            r = govern_act(_clause(s, i, said), first, i, entries[0].form)
            is_answer = bool(entries[0].object)
            if r.is_negated or r.is_conditional and not is_answer or r.stage not in ("call", "threat"):
                continue
            actor = next(iter(parties.sides_at(s, r.senders, speaker)), None)
            link = (parties.last_put_under(actor) if is_answer else parties.last_sent_by(actor)) or parties.links[-1]
            if r.stage == "call" and link.number < number - _MAX_BACK:
                continue
            told_of = parties.side(link.target)
            if not link.sender or not told_of:
                continue
            is_own = actor == told_of or speaker is not None and parties.side(speaker) == actor
            event = Event(
                start=s.words[r.first].start,
                end=s.words[r.end - 1].end,
                text="",
                sender_id=link.sender,
                target_id=link.target,
                stage="call",
                instrument="",
                called_by=None,
                held_up_by=None,
                status="conditional" if "if" in s.low[:first] else "planned",
                speaker_id=speaker,
                is_new=False,
                is_answer=False,
                rule="act",
            )
            if r.stage == "call" and not is_own:
                callers = parties.people(s, r.callers, speaker) or ([speaker] if speaker else [])
                if callers and parties.side(callers[0]) != link.sender:
                    yield replace(event, called_by=callers[0])
            elif actor == told_of and is_answer:
                yield replace(event, stage="threat", sender_id=told_of, target_id=link.sender, is_answer=True)
            elif actor == link.sender and not is_answer and r.stage == "threat":
                yield replace(event, stage="threat")


def _names_power(s: Sentence, i: int) -> bool:
    """Tell "around Doeland", "around officials of Doeland" from "around Doelandian troops"; i is the word behind it."""
    kinds = [word.kind for word in s.words[i : i + 3] if word.actor]
    return bool(kinds) and kinds[0] != "demonym" or is_sanctioned(s, i, min(i + 3, len(s.low)))


def _names_measure(s: Sentence, i: int) -> bool:
    """Tell "answer the sanctions" from "answer questions"."""
    return not words("answered").isdisjoint(s.low[i + 1 : i + 6])


def _clause(s: Sentence, i: int, said: Said | None) -> Sentence:
    """Return a sentence as it is read from word i: of a direct quotation only what is said."""
    return s.around(i, said.start, said.end) if said and said.kind == "direct" else s.around(i)


def _is_asked(s: Sentence, m: Measure) -> bool:
    """Tell a question of yes or no, "Will Doeland impose sanctions?"."""
    end = next((low for low in s.low[m.end :] if low in _STOPS), ".")
    if end != "?":
        return False
    first = next(i for i in range(len(s.low)) if not s.is_mark(i))
    return s.low[first] in words("auxiliary") or bool(s.entries(first, "modal")[1])


def _is_in_force(m: Measure, r: Reading, phrase: set[str]) -> bool:
    """Tell whether a bare noun phrase tells of a measure in force: it says whose it is or that it is an old one."""
    if m.is_weak and not (m.targets and m.senders) or "international" in phrase:
        return False
    if not words("new").isdisjoint(phrase):
        return False
    is_old = not words("old").isdisjoint(phrase)
    if r.is_topic and not m.targets:
        return is_old
    return is_old or bool(m.senders or r.senders)


def _status(s: Sentence, m: Measure, r: Reading, stage: str) -> str:
    if r.is_question:
        return "conditional"
    if stage in ("imposition", "easing") and not r.is_planned:
        return "in force"
    behind = s.low[m.end :]
    is_conditional = "if" in behind or "unless" in behind or "any" in behind and "for" in behind
    return "conditional" if is_conditional else "planned"


def _joined(actors: list[str]) -> str | None:
    return "; ".join(dict.fromkeys(actors)) or None


def _merged(found: list[Event], start: int, text: str) -> list[Event]:
    """Make one event of those with the same sender, target and stage; a bare noun gives way to a verb."""
    merged: dict[tuple[str | None, str | None, str], Event] = {}
    told = {(e.sender_id, e.target_id) for e in found if e.rule != "nominal"}
    for e in sorted(found, key=lambda e: (e.start, e.end)):
        if e.rule == "nominal" and (e.sender_id, e.target_id) in told:
            continue
        key = (e.sender_id, e.target_id, e.stage)
        if known := merged.get(key):
            instruments = dict.fromkeys([*known.instrument.split("; "), *e.instrument.split("; ")])
            e = replace(known, end=max(known.end, e.end), instrument="; ".join(filter(None, instruments)))
        merged[key] = e
    return [replace(e, text=text[e.start - start : e.end - start]) for e in merged.values()]
