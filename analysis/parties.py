"""The words of a sentence to the sides that are meant, by the sentence and by the article before it.

`Parties` holds the mentions of one article and, as `links`, the sides of which measures were told so far.
It answers who a name, a pronoun or a phrase is, and who sends a measure, and whom it is put on:

- a name stands for its side (`sides`); a person as a sender for the side of the title before the name
- "we" is the speaker, or the union of a member where that sanctions; "the two allies" the sides named last;
  "he" the person named last; "they" in a quotation the other side of the speaker's measure, else a union named
  shortly before; "it" the subject of the verb of saying, else the actor named last
- a target is the person whom the phrase names, else the side of its officials, companies or states
- an owner ("EU sanctions") is the sender, but the target where somebody else imposes them
- a target that is not named is the state that the rest of the sentence names, else that of the measure
  before, else the state that the article names most; never the sender, the caller or a union of theirs
- a sender that is not named is the union of the member who asks for it, else a sender told of before, best one
  that the sentence names, else whom the text names last; a bare noun phrase has whom the sentence names first

Where the grammar names somebody whom nobody registered, nobody is put in the place. Not caught: pronouns
that point ahead; "they" for several sides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from analysis.clause_subjects import subject
from analysis.clauses import Sentence, Word, words
from analysis.measures import Measure
from analysis.quotes import Name as Mentioned
from analysis.sides import Sides
from analysis.stages import Reading

_MAX_TITLE = 6  # words between a person and the side of the title before the name
_MAX_BACK = 25  # mentions looked back for an antecedent
_MAX_NEAR = 6  # mentions looked back for several
_NUMBERS = {"two": 2, "three": 3, "four": 4}
_MAX_LINKS = 100  # measures looked back
_SENDING = ("state", "organisation", "group")
_CLAUSE_ENDS = frozenset((",", ";", "but", "over", "because", "after", "since", "as", "unless", "if", "while"))


@dataclass(frozen=True, slots=True)
class Link:
    """The sides that a measure was last told of, whether or not it made an event."""

    sender: str | None
    target: str | None
    number: int


class Parties:
    """Who is meant in an article, as far as it has been read."""

    def __init__(self, mentions: Sequence[Mentioned], table: Sides) -> None:
        self.sides = table
        # An agency or paper is named as the source; it is never a side.
        told = [m for m in mentions if table.types.get(m.actor_id) != "media"]
        self.mentions = sorted(told, key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]
        self.links: deque[Link] = deque(maxlen=_MAX_LINKS)
        named = (self.side(m.actor_id) for m in self.mentions)
        self.weights = Counter(side for side in named if table.types.get(side) == "state")

    def within(self, start: int, end: int) -> list[Mentioned]:
        """Return the mentions that begin and end inside a span."""
        inside = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [m for m in inside if m.end <= end]

    def side(self, actor_id: str | None) -> str | None:
        """Return the side of an actor; one whom the registry does not know is its own."""
        return self.sides.of.get(actor_id, actor_id) if actor_id else None

    # Words to actors.

    def sides_at(self, s: Sentence, places: list[int], speaker: str | None) -> list[str]:
        """Return the sides that words stand for, each once."""
        if len(places) == 1 and s.low[places[0]] == "they" and not speaker:
            places = self._saying(s, places[0]) or places
        return list(dict.fromkeys(filter(None, (self.side_at(s, i, speaker) for i in places))))

    def side_at(self, s: Sentence, i: int, speaker: str | None) -> str | None:
        """Return the side that a word stands for; a person's is that of the title before the name."""
        actor = s.words[i].actor
        if not actor:
            return self.side(self._pronoun(s, i, speaker))
        if self.sides.is_person(actor):
            for k in range(i - 1, max(-1, i - _MAX_TITLE), -1):
                if s.is_boundary(k) or s.low[k] in words("auxiliary"):
                    break
                if s.words[k].actor and not self.sides.is_person(s.words[k].actor):
                    return self.side(s.words[k].actor)
        return self.side(actor)

    def people(self, s: Sentence, places: list[int], speaker: str | None) -> list[str]:
        """Return the actors that words stand for."""
        return [who for i in places if (who := s.words[i].actor or self._pronoun(s, i, speaker))]

    def _pronoun(self, s: Sentence, i: int, speaker: str | None, excluded: Collection[str] = ()) -> str | None:
        low, place = s.low[i], s.words[i].start
        if low in words("first person"):
            return speaker
        if low in words("one person"):
            return self._last(place, lambda m: self.sides.is_person(m.actor_id) and m.kind != "demonym")
        own = self.side(speaker)
        if low in words("third plural") and (other := self._counterpart(own)):
            return other
        if low in words("third plural") and (several := self._last_union(place)):
            return several
        if not speaker and low in ("they", "it", "its") and (said := self._subject_before(s, i, excluded)):
            return said
        others = {own, *excluded}
        return self._last(place, lambda m: self._is_body(m.actor_id, m.kind) and self.side(m.actor_id) not in others)

    def _last_union(self, place: int) -> str | None:
        """Return the union named shortly before a place, which is several."""
        at = bisect_left(self.starts, place)
        near = (self.side(m.actor_id) for m in reversed(self.mentions[max(0, at - _MAX_NEAR) : at]))
        return next((side for side in near if side in self.sides.unions), None)

    def _is_body(self, actor_id: str, kind: str) -> bool:
        return kind != "demonym" and not self.sides.is_person(actor_id)

    def _subject_before(self, s: Sentence, i: int, excluded: Collection[str]) -> str | None:
        """Return who says it in "the union said it would", else who is named first."""
        said = next((k for k in range(i - 1, -1, -1) if s.low[k] in words("speech")), i)
        begin = next((k for k in range(said - 1, -1, -1) if s.is_boundary(k) or s.low[k] == "and"), -1)
        before = [
            k
            for k in range(said)
            if s.words[k].actor
            and s.words[k].kind not in ("person", "demonym")
            and self.side(s.words[k].actor) not in excluded
        ]
        meant = next((k for k in before if k > begin), before[0] if before else None)
        return None if meant is None else s.words[meant].actor

    def _saying(self, s: Sentence, i: int) -> list[int]:
        """Return the several that say it in "Doeland and Roeland announced on Sunday they would"."""
        said = next((k for k in range(i - 1, -1, -1) if s.low[k] in words("speech") or s.is_boundary(k)), -1)
        who = subject(s, s.left(said)) if said > 0 and s.low[said] in words("speech") else []
        return who if len(who) > 1 else []

    def _counterpart(self, side: str | None) -> str | None:
        """Return the other side of the last measure that a side sent or was put under."""
        for link in reversed(self.links if side else ()):
            if side == link.sender:
                return self.side(link.target)
            if side == self.side(link.target):
                return link.sender
        return None

    def last_put_under(self, side: str | None) -> Link | None:
        """Return the last measure that a side was put under: its countermeasures are for who sent it."""
        return next((link for link in reversed(self.links) if side and self.side(link.target) == side), None)

    def _last(self, place: int, is_meant: Callable[[Mentioned], bool]) -> str | None:
        """Return the actor named last before a place, of those who can be meant."""
        at = bisect_left(self.starts, place)
        near = reversed(self.mentions[max(0, at - _MAX_BACK + 1) : at])
        return next((m.actor_id for m in near if is_meant(m)), None)

    def last_sent_by(self, side: str | None) -> Link | None:
        """Return the last measure that a side sent."""
        return next((link for link in reversed(self.links) if side and link.sender == side), None)

    # Who sends, and whom it is put on.

    def resolve(self, s: Sentence, m: Measure, r: Reading, speaker: str | None) -> tuple[list[str], list[str]]:
        """Return the sides that send a measure, and whom it is put on."""
        senders = self.sides_at(s, r.senders, speaker)
        if senders and r.senders and s.low[r.senders[0]] in words("first person"):
            senders = self._we(senders)
        is_own = senders and m.senders and s.low[m.senders[0]] in words("possessive")
        owners = senders if is_own else self.sides_at(s, m.senders, speaker)  # "added Doeland to its blacklist"
        targets, has_stranger = self._targets(s, r, speaker, {*senders, *owners})
        has_stranger |= m.has_stranger
        if owners:
            behind = m.senders[-1] + 1
            is_genitive = s.low[behind : behind + 1] == ["'s"]
            if r.has_governor and senders and owners != senders and not (targets or has_stranger or is_genitive):
                targets = owners  # "Roeland sanctions" of Doeland
            elif not (r.rule == "active" and (targets or is_genitive) and self._is_joined(senders, owners)):
                senders = owners
        target_sides = {self.side(t) for t in targets}
        senders = [sender for sender in senders if sender not in target_sides]
        phrase = s.low[m.first : m.head]
        if "both" in phrase and not targets:
            told = dict.fromkeys(link.target for link in reversed(self.links) if link.target)
            targets = list(told)[:2][::-1]
        if r.is_of_peers and not self._union_of(senders):
            senders = []
        if not senders and not r.senders:
            senders = self._several(s, m.first)
        is_of_stranger = r.has_stranger or m.has_strange_owner or "international" in phrase
        if not senders and not is_of_stranger and (guess := self._default_sender(s, m, r, targets, speaker)):
            senders = [guess]
        if not targets and not has_stranger and (r.has_governor or senders):
            own = {*senders, *self.sides_at(s, r.callers, speaker)}
            is_answer = bool(senders) and not words("retaliation").isdisjoint(s.low[m.first : m.head + 1])
            guess = self._default_target(s, m, r, senders, own, is_answer=is_answer)
            # Whoever calls for measures may be of the side that they are put on: an opposition is.
            guess = guess or self._told_target(set(senders))
            targets = [guess] if guess else []
        return senders, targets

    def _several(self, s: Sentence, until: int) -> list[str]:
        """Return who "the two allies" before a word are: the sides named last before the sentence."""
        for i in range(1, until - 1):
            if s.low[i - 1] == "the" and s.low[i] in _NUMBERS and not words("several").isdisjoint(s.low[i + 1 : i + 3]):
                at = bisect_left(self.starts, s.words[0].start)
                near = reversed(self.mentions[max(0, at - _MAX_NEAR) : at])
                named = dict.fromkeys(
                    side for m in near if self._is_body(m.actor_id, m.kind) and (side := self.side(m.actor_id))
                )
                return list(named)[: _NUMBERS[s.low[i]]][::-1]
        return []

    def _we(self, senders: list[str]) -> list[str]:
        """Return for whom a member's "we" stands: for its union where that sanctions, and not the member."""
        told = {link.sender for link in self.links}
        union = self._union_of(senders)
        return [union] if union in told and senders[0] not in told else senders

    def _is_joined(self, senders: list[str], owners: list[str]) -> bool:
        """Tell who takes over the measures of a union that it is no member of: "Roeland adopted the bloc's bans"."""
        is_union = bool(senders) and owners[0] in self.sides.unions and owners[0] not in senders
        return is_union and owners[0] not in map(self.sides.members.get, senders)

    def link(self, senders: list[str], targets: list[str], number: int) -> None:
        """Note of whom a measure was told in the sentence of this number."""
        pairs = ((sender, target) for sender in senders or [None] for target in targets or [None])
        self.links.extend(Link(sender, target, number) for sender, target in pairs if sender or target)

    def _targets(self, s: Sentence, r: Reading, speaker: str | None, own: set[str]) -> tuple[list[str], bool]:
        """Return whom the phrases of a reading name, and whether one names a stranger."""
        targets: list[str] = []
        has_stranger = has_others = False
        for a, b in r.targets:
            named = list(self._named(s, a, b, speaker, own))
            # Companies and officials stand for the state that the text is on; somebody with a name alone does not.
            is_named = any(s.words[i].is_capital for i in range(max(a, 1), b))
            has_stranger |= not named and is_named and words("persons").isdisjoint(s.low[a:b])
            has_others |= not named and not words("people").isdisjoint(s.low[a:b])
            targets += [t for t in named if t not in targets]
        if has_others and targets and (side := self.side(targets[-1])) not in targets:
            targets.append(side)  # "Ann Poe and other officials", "ten officials, among them Ann Poe"
        return targets, has_stranger

    def _named(self, s: Sentence, a: int, b: int, speaker: str | None, own: set[str]) -> Iterator[str]:
        """Yield whom a phrase names: a person, or the side of officials, companies and states."""
        places = [i for i in range(a, b) if s.words[i].actor]
        if not places:
            pronouns = words("subject pronoun") | words("object pronoun") | words("possessive")
            meant = next((i for i in range(a, b) if s.low[i] in pronouns), None)
            if meant is not None:
                is_person = s.low[meant] in ("he", "him", "she")
                if not speaker and s.low[meant] in words("third plural") and (told := self._told_target(own)):
                    yield told
                    return
                who = self._pronoun(s, meant, speaker, own)
                yield from filter(None, [who if is_person else self.side(who)])
            return
        first, last = places[0], places[-1]
        is_owner = s.low[last + 1 : last + 2] == ["'s"] and words("belongings").isdisjoint(s.low[last + 2 : last + 4])
        is_owner |= not words("people").isdisjoint(s.low[last + 1 : b])
        is_within = not ({"of", "in"} | words("close")).isdisjoint(s.low[a:last])
        if self.sides.is_person(s.words[last].actor) and not is_owner and not is_within:
            yield s.words[last].actor
            return
        is_list = all(s.words[i].actor or s.low[i] in ("and", ",") for i in range(first, last))
        heads = places if is_list else [first]
        yield from dict.fromkeys(self.side(s.words[i].actor) for i in heads)

    def _told_target(self, own: set[str]) -> str | None:
        """Return the side on which the last measure was put that is none of these: "they" who are sanctioned."""
        return next((side for link in reversed(self.links) if (side := self.side(link.target)) not in own), None)

    def _default_target(
        self, s: Sentence, m: Measure, r: Reading, senders: list[str], own: set[str], *, is_answer: bool
    ) -> str | None:
        """Return whom a measure without a named target is put on, none of its own; of an answer who is answered."""
        unions = {self.sides.members.get(sender) for sender in senders}

        def is_other(side: str | None) -> bool:
            return bool(side) and side not in own | unions and self.sides.members.get(side) not in senders

        def is_other_state(word: Word) -> bool:
            side = self.side(word.actor)
            return is_other(side) and (self.sides.types.get(side) == "state" or side in self.sides.unions)

        end = next((i for i in range(m.end, len(s.low)) if s.low[i] in _CLAUSE_ENDS), len(s.low))
        near = s.words[m.end : end]
        if not r.has_governor:
            near = near + [word for word in s.words[: m.first] if word.kind not in ("demonym", "person")]
        meant = next((word.actor for word in near if is_other_state(word)), None)
        if meant:
            return self.side(meant)
        if is_answer and (answered := self.last_put_under(senders[0])) and answered.sender:
            return answered.sender
        told = [link for link in reversed(self.links) if is_other(self.side(link.target))]
        put_under = {self.side(link.target) for link in self.links}
        # Of others' measures those first that are no answer.
        told.sort(key=lambda link: (bool(senders) and link.sender not in senders, link.sender in put_under))
        if told:
            return self.side(told[0].target)
        return next((side for side, _ in self.weights.most_common() if is_other(side)), None)

    def _union_of(self, actors: Sequence[str | None]) -> str | None:
        """Return the union of states that the first of these is a member, or an official of a member, of."""
        union = self.sides.members.get(self.side(actors[0]) or "") if actors else None
        return union if union in self.sides.unions else None

    def _default_sender(
        self, s: Sentence, m: Measure, r: Reading, targets: list[str], speaker: str | None
    ) -> str | None:
        """Return who sends a measure without a named sender, none of its targets."""
        target_sides = {self.side(t) for t in targets}
        if not r.has_governor:
            first = next((word for word in s.words if word.actor), None)
            is_sender = first and first.kind in ("name", "role", "metonym")
            side = self.side(first.actor) if is_sender else None
            return None if side in target_sides else side
        told = [link.sender for link in reversed(self.links) if link.sender and link.sender not in target_sides]
        union = self._union_of(self.people(s, r.callers, speaker) or [speaker])
        if r.stage == "call" and union and (union in told or r.is_of_peers):
            return union  # a member asks its union
        put_under = {self.side(link.target) for link in self.links}
        for word in reversed(s.words[: m.first]):
            if word.actor and (side := self.side(word.actor)) in told and side not in put_under:
                return side
        if told:
            return told[0]

        def is_sender(actor_id: str, kind: str) -> bool:
            is_sending = self.sides.types.get(actor_id) in _SENDING and kind not in ("demonym", "person")
            return is_sending and self.side(actor_id) not in target_sides

        said = next((w.actor for w in s.words[: m.first] if is_sender(w.actor, w.kind)), None)
        said = said or self._last(s.words[m.first].start, lambda n: is_sender(n.actor_id, n.kind))
        if not said and targets:
            said = next((w.actor for w in s.words[m.end :] if is_sender(w.actor, w.kind)), None)
        return self.side(said)
