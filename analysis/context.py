"""An article as far as it has been read: who was named, what he was called, which state it is on.

`Article` holds the flattened text, its hits and what was taken so far; the rules of `mentions` and
`roles` ask it and add to it. A `Found` is one mention in the flattened text.

Which state an article is on is weighed: every mention of a state, or of somebody who belongs to it,
adds to its weight, which fades as the article names others; what the article writes of most as a whole
has some weight from the start.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple

from analysis import surroundings as near
from analysis.actors import Interval
from analysis.matcher import Matcher, Name

BREAK = "\x03"  # stands between paragraphs
GROWTH = 1 / 0.93  # each mention weighs so much more than the one before it, so that those fade
TOO_HEAVY = 1e100  # where the weights are scaled down
SUBJECT_WEIGHT = 2.0  # of the state that the whole article names most
ENOUGH = 0.5  # share of the first state's weight with which another may be meant
MAX_HEADLINE = 400  # characters
LONG_PARAGRAPH = 3000  # characters in which the end of a paragraph is looked for
_WEIGHTS = {"name": 1.0, "metonym": 1.0, "demonym": 0.7, "role": 0.7}
_MEMBER_WEIGHT = 0.5  # of a person's or body's mention for the state they belong to


class Found(NamedTuple):
    """One mention in the flattened text."""

    start: int
    end: int
    actor_id: str
    kind: str
    rule: str


class Article:
    """One article that is being read from its title on."""

    def __init__(self, matcher: Matcher, flat: str, period: Interval | None) -> None:
        self.matcher, self.flat, self.period = matcher, flat, period
        self.hits = matcher.find(flat)
        self.found: list[tuple[int, int, str, str, str]] = []  # each a Found
        self.done = 0  # everything before is settled
        self.last_named: dict[str, int] = {}  # actor: where last
        self.called: dict[str, tuple[str | None, int]] = {}  # designation: whom the article gave it, where last
        self.bearer: dict[str, tuple[str, int]] = {}  # surname: who was named last with it in full, where
        self.bare: dict[str, str] = {}  # surname: whom it meant when it stood alone
        self.is_strangers: dict[str, bool] = {}  # surname: whether an unknown person has it here
        self._weights: dict[str, float] = {}
        self._gain = 1.0
        self._subjects: dict[str, float] = {}
        self._n_weighed = -1
        self._paragraph = (0, -1, False)
        self._titled: dict[str, str] | None = None

    def take(self, start: int, end: int, actor_id: str, kind: str, rule: str) -> bool:
        """Add a mention; what it reaches back over is dropped. Returns True."""
        found = self.found
        while found and found[-1][1] > start:
            found.pop()
        found.append((start, end, actor_id, kind, rule))
        self.done = end
        self.last_named[actor_id] = start
        return True

    def ending_at(self, *ends: int) -> Found | None:
        """Return the last mention where it ends at one of these places."""
        found = self.found
        return Found(*found[-1]) if found and found[-1][1] in ends else None

    def is_person(self, actor_id: str) -> bool:
        return actor_id in self.matcher.persons

    def in_title_case(self, position: int) -> bool:
        """Tell whether the paragraph around a position is a headline in capitals."""
        begin, end, verdict = self._paragraph
        if not begin <= position <= end:
            low = max(0, position - MAX_HEADLINE)
            begin = self.flat.rfind(BREAK, low, position) + 1 or low
            stop = self.flat.find(BREAK, position, position + MAX_HEADLINE)
            end = stop if stop >= 0 else min(len(self.flat), position + MAX_HEADLINE)
            verdict = near.is_title_case(self.flat[begin:end].strip())
            self._paragraph = (begin, end, verdict)
        return verdict

    def is_same_paragraph(self, before: int, position: int) -> bool:
        """Tell whether no paragraph ends between two places, as far as one looks back."""
        return BREAK not in self.flat[max(before, position - LONG_PARAGRAPH) : position]

    def name_at(self, start: int) -> tuple[int, Name] | None:
        """Return the end and the meaning of the longest name written here, whether or not it is one."""
        hits, forms, flat = self.hits, self.matcher.forms, self.flat
        at = bisect_left(hits, (start,))
        while at < len(hits) and hits[at][0] == start:
            _, negative_end, number = hits[at]
            names = forms[number].names.get(flat[start:-negative_end])
            if names:
                return -negative_end, names[0]
            at += 1
        return None

    def person_at(self, start: int) -> tuple[int, str] | None:
        """Return the end and the person of a name written here; "" for a surname that has no owner."""
        at = self.name_at(start)
        return (at[0], at[1].actor_id) if at and at[1].is_person else None

    def first_titled(self, role: str) -> str | None:
        """Return whom the article first gives, before his name, a title that several may have at a time."""
        if self._titled is None:
            self._titled = {}
            shared = self.matcher.shared_offices
            for end, term in [(-end, shared[number]) for _, end, number in self.hits if number in shared]:
                person = self.person_at(end + 1)
                if person and person[1]:
                    self._titled.setdefault(term, person[1])
        if not self._titled:
            return None
        role = role.casefold()
        return next((person for term, person in self._titled.items() if role.endswith(term)), None)

    def story_state(self, among: Container[str] | None = None, *, is_fading: bool = True) -> str | None:
        """Return the state that is told of: the most and latest named.

        With `among` it is the first of these, if not far less is told of it than of the first of all.
        """
        self._weigh()
        weights, gain = self._weights, self._gain
        best, most, first = "", 0.0, 0.0
        for state, weight in self._subjects.items():
            if is_fading and state in weights:
                weight += weights[state] / gain
            if weight > first:
                first = weight
            # Of two with the same weight the order of the alphabet decides, so that chance never does.
            if (weight > most or (weight == most and state > best)) and (among is None or state in among):
                best, most = state, weight
        return best if best and most >= ENOUGH * first else None

    def _weigh(self) -> None:
        """Bring the weights of the states up to the last mention; at first, count what the article writes of."""
        if self._n_weighed < 0:
            written = self.matcher.written_states
            counts = Counter([written[number] for _, _, number in self.hits])
            del counts[None]
            most = max(counts.values(), default=1)
            self._subjects = {state: SUBJECT_WEIGHT * count / most for state, count in counts.items()}
        state_of = self.matcher.state_of
        weights, gain = self._weights, self._gain
        # What was weighed and is dropped again stays weighed: what takes its place is of the same state.
        for _, _, actor_id, kind, _ in self.found[max(0, self._n_weighed) :]:
            state = state_of[actor_id]
            if state is not None:
                gain *= GROWTH
                weight = (_WEIGHTS[kind] if state == actor_id else _MEMBER_WEIGHT) * gain
                if state in weights:
                    weights[state] += weight
                else:
                    weights[state] = weight
                    self._subjects.setdefault(state, 0.0)
                if gain > TOO_HEAVY:
                    weights = {name: weight / gain for name, weight in weights.items()}
                    gain = 1.0
        self._weights, self._gain, self._n_weighed = weights, gain, len(self.found)

    def state_behind(self, end: int) -> str | None:
        """Return the state of a place behind "in": "the authorities in …"."""
        if not self.flat.startswith(" in ", end):
            return None
        name = self.name_at(end + (8 if self.flat.startswith("the ", end + 4) else 4))
        return name[1].state if name else None

    def last_of(self, actor_ids: Iterable[str]) -> tuple[str | None, int]:
        """Return who of these was named last, and where; None and -1 where nobody was."""
        last_named = self.last_named
        best, place = None, -1
        for actor_id in actor_ids:
            where = last_named.get(actor_id, -1)
            if where > place:
                best, place = actor_id, where
        return best, place
