"""The way out from a measure: the verbs, modals and negations that govern it, from the inside out.

A `Chain` goes left from a measure and takes what the vocabulary knows: "has drawn up a list … to hit with
asset freezes" is hit (imposition), list, drawn up (preparation). Out from a verb the way goes over its group
(auxiliaries, modals, negations), its subject, and, where a verb of saying, "that" or a condition leads the
clause, on to what that clause depends on. A relative clause depends on nothing. Not caught: a verb that the
vocabulary does not hold, which the way goes over.
"""

from __future__ import annotations

from analysis.clause_subjects import (
    before_subject,
    clause_start,
    first_subject,
    is_relative,
    main_subject,
    noun_owners,
    noun_phrase,
    phrase_begin,
    subject,
)
from analysis.clauses import OBJECT_KINDS, PARTICIPLES, Entry, Sentence, words
from analysis.governor_terms import before_time, choose, is_before_to
from analysis.measures import Measure
from analysis.predicates import REACH, read_agents
from analysis.stages import Reading
from analysis.target_phrases import names_somebody, phrases
from analysis.verb_groups import read_group

_PLANNED = Entry("to", "modal", "threat", "", "")  # "are to be hit", "Doeland to sanction"
_DONE = -1


class Chain:
    """The way out from a measure."""

    def __init__(self, s: Sentence, m: Measure, r: Reading) -> None:
        self.s, self.m, self.r = s, m, r
        self.has_noun = False  # a noun governs it: "talks on"
        self.passed: int | None = None  # an actor gone over who may be the subject of a verb that nobody registered

    # To the left.

    def climb(self, k: int, *, is_object: bool = False) -> None:
        """Go left from word k through governors."""
        s = self.s
        for _ in range(REACH):
            if k < 0:
                return
            first, entries = s.entries(k, *OBJECT_KINDS, "condition", "negation", "conjunction")
            if entries:
                k = self._take(first, k, choose(s, self.m, entries, k))
            elif s.words[k].actor or not s.is_boundary(k):
                k = self._pass(k)
            elif s.low[k] == "that" or is_object and self._is_list_comma(k):
                k = s.left(k)
            else:
                return

    def _take(self, first: int, last: int, entry: Entry | None) -> int:
        """Apply what a term is, and return the word to go on from; no entry is a term of another sense."""
        s = self.s
        if entry is None or entry.kind == "adjective" and not is_before_to(s, last):
            return s.left(last)
        if entry.kind == "noun":
            return self._take_noun(first, entry)
        if entry.kind == "negation":
            self.r.apply(entry)
            return s.left(first)
        if entry.kind in ("condition", "conjunction"):
            self._apply_conjunction(last, entry)
        else:
            self.climb_verb(first, entry)
        return _DONE

    def _pass(self, k: int) -> int:
        """Go over a word that is no term, but may be a modal, a verb of saying or a subject."""
        s, low = self.s, self.s.low[k]
        is_actor = bool(s.words[k].actor)
        for modal in s.entries(k, "modal")[1][:1]:
            self.r.apply(modal)
        if low in words("speech") and not is_actor:
            self._speech(k)
            return _DONE
        if self.passed is None and (is_actor or low in words("subject pronoun")):
            before = s.low[k - 1] if k else ""
            if before != "'s" and before not in words("preposition"):
                self.passed = k
        return s.left(k)

    def _is_list_comma(self, k: int) -> bool:
        """Tell the comma of "travel bans, asset freezes and an embargo"."""
        if self.s.low[k] != "," or self.r.has_governor or self.s.left(self.m.first) != k:
            return False
        return k > 0 and self.s.low[k - 1].endswith(("s", "freeze", "embargo", "ban"))

    def _take_noun(self, first: int, entry: Entry) -> int:
        """Apply a noun ("talks on", "a threat of"), note its owners, and return the word to go on from."""
        s, r = self.s, self.r
        r.has_governor = self.has_noun = True
        is_taken = entry.term == "decision" and s.low[first + 1 : first + 2] == ["to"]
        is_wish = entry.stage == "consideration" and r.stage == "call"
        if not is_taken and not is_wish:
            r.apply(entry)
        owners, k = noun_owners(s, first)
        r.give(entry.subject, owners)
        r.reach_to([*owners, first])
        return s.left(k + 1) if k >= 0 else _DONE

    # Verbs.

    def climb_verb(self, first: int, entry: Entry, *, is_own: bool = False) -> None:
        """Apply a verb, read its group, its subject, and what the clause depends on; its own one is the measure."""
        s, r = self.s, self.r
        r.has_governor = True
        r.reach_to([first])
        if not is_own:
            self._apply_verb(first, entry)
        k, kind, is_passive = read_group(s, r, first)
        if is_passive and not is_own and entry.form in PARTICIPLES and entry.subject == "sender":
            self._read_passive_governor(k, is_infinitive=kind == "infinitive")
        elif kind == "infinitive":
            self._infinitive(k, entry)
        elif kind == "gerund":
            if s.low[k] == "from" and not r.senders:
                r.senders = noun_phrase(s, s.left(k))  # "prevented Doeland from"
            self.climb(k)
            if s.low[k] in ("by", "in", "without") and entry.subject == "sender" and not (r.callers or r.holders):
                r.give("sender", subject(s, k))  # "Doeland answered by blacklisting"
        elif entry.form == "ing" and kind == "shared" and s.low[s.left(first)] not in words("be"):
            self.climb(k)  # "statements blaming Doeland and warning of measures": not Doeland warns
            self.passed = None
        else:
            self._read_subject(first, k, kind, entry)

    def _apply_verb(self, first: int, entry: Entry) -> None:
        r = self.r
        if r.rule == "nominal":
            r.rule = "active"
        if entry.stage != "imposition" or not self.has_noun:
            r.apply(entry)
        if entry.object == "sender" and not r.senders:
            self._object_sender(first)

    def undergoers(self, to: int) -> int:
        """Return where those begin who are named before "to" in "wants Doeland to be sanctioned", or 0."""
        s = self.s
        if to < 0 or s.low[to] != "to":
            return 0
        j = s.left(to)
        while j >= 0 and not (s.is_boundary(j) or s.low[j] == "for" or s.entries(j, "verb", "adjective", "modal")[1]):
            j = s.left(j)
        is_named = j >= 0 and s.right(j) < to and (s.low[j] == "for" or bool(s.entries(j, "verb")[1]))
        return s.right(j) if is_named and names_somebody(s, s.right(j), to) else 0

    def _read_passive_governor(self, k: int, *, is_infinitive: bool) -> None:
        """Read "has been threatened with sanctions by"; the verb group begins behind word k."""
        s, r = self.s, self.r
        read_agents(s, r, r.end)
        if is_infinitive and (begin := self.undergoers(k)) and not self._is_listed(s.left(begin)):
            r.targets = r.targets or [(begin, k)]
            self.climb(s.left(begin))
            return
        if is_infinitive and (listed := noun_phrase(s, s.left(k))):
            begin = phrase_begin(s, listed[0])
            if self._is_listed(s.left(begin)):
                r.targets = r.targets or [(begin, k)]  # "a list of officials of Doeland to be hit": those are hit
                self.climb(s.left(begin))
                return
        who = subject(s, k) or [i for i in range(clause_start(s, k) + 1, k + 1) if s.words[i].actor][:1]
        r.give("target", who)
        r.reach_to(who)
        self._outer(before_subject(s, who[0]) if who else k)

    def _read_subject(self, first: int, k: int, kind: str, entry: Entry) -> None:
        """Read the subject of a verb whose group begins behind word k, and go on from its clause."""
        s, r = self.s, self.r
        who = subject(s, k, is_shared=kind == "shared")
        begin = clause_start(s, k) + 1
        r.is_negated |= not words("negative subject").isdisjoint(s.low[begin : k + 1])
        if entry.form == "ing" and kind == "participle":
            who = main_subject(s, first)
        elif entry.form == "ing" and k < 0:
            who = self._subject_behind()
        elif kind == "shared" and not who and k >= 0 and s.low[k] == ",":
            who = main_subject(s, first)  # "signed an order, and blacklisted Roeland"
        is_threat = r.stage == "blocking" and entry.subject == "sender"  # "threatened to veto"
        r.give("holder" if is_threat else entry.subject, who)
        r.reach_to(who)
        if is_relative(s, begin):
            return
        if who:
            self._outer(before_subject(s, who[0]))
        elif k >= 0:
            self._outer(clause_start(s, k))

    def _subject_behind(self) -> list[int]:
        """Return who acts in "Announcing the measures, Poe said": the subject behind the comma."""
        s = self.s
        comma = next((i for i in range(self.m.end, len(s.low)) if s.low[i] == ","), len(s.low))
        until = next((i for i in range(comma, len(s.low)) if s.low[i] in words("speech")), len(s.low))
        return first_subject(s, list(range(comma, until)))

    def _outer(self, k: int) -> None:
        """Go on from the clause to what it depends on, where a verb of saying, "that" or a condition leads it."""
        s = self.s
        if k < 0:
            return
        entries = s.entries(k, "condition", "conjunction")[1]
        if entries:
            self._apply_conjunction(k, entries[0])
        elif s.low[k] == "that":
            self.climb(s.left(k))
        elif s.low[k] in words("speech") or s.entries(k, "verb")[1]:
            self.climb(k)

    def _infinitive(self, to: int, inner: Entry) -> None:
        """Read what an infinitive depends on: "vowed to", "urged them to", "a list … to", "Doeland to"."""
        s, r = self.s, self.r
        if s.entries(to, "verb")[1]:
            self.climb(to)  # "moved to"
            return
        k = before_time(s, s.left(to))
        if k < 0 or s.entries(k, "verb", "adjective", "noun", "negation")[1]:
            self.climb(k)
        elif s.low[k] in words("auxiliary"):
            r.apply(_PLANNED)
            r.give("sender", subject(s, read_group(s, r, to).before))
        elif controllers := noun_phrase(s, k):
            self._controlled(k, controllers, inner)
        elif s.left(k) < 0 and s.words[k].is_capital:
            r.apply(_PLANNED)
            r.has_stranger = True
        else:
            self.climb(k)

    def _controlled(self, k: int, controllers: list[int], inner: Entry) -> None:
        """Read the noun phrase before an infinitive, which ends with word k and names these."""
        s, r = self.s, self.r
        begin = controllers[0]
        before = s.left(phrase_begin(s, begin))
        if before >= 0 and s.low[before] in words("preposition") and self._is_listed(before):
            r.targets = r.targets or [(begin, k + 1)]  # "a list of officials of Doeland to hit": those are hit
            self.climb(before)
            return
        if inner.subject == "sender":
            r.give("sender", controllers)
        r.reach_to(controllers)
        if before < 0 or s.is_boundary(before):
            # A headline: "Doeland to sanction Roeland".
            r.apply(_PLANNED)
            r.has_governor = True
            return
        self.climb(before)

    def _is_listed(self, k: int) -> bool:
        """Tell whether a noun of preparation ("a list of") stands before the phrase whose preposition is word k."""
        nouns = (entry for j in range(max(0, k - 7), k) for entry in self.s.entries(j, "noun")[1])
        return any(entry.stage == "preparation" for entry in nouns)

    # Objects and speakers.

    def object_target(self, preposition: int) -> None:
        """Take whom a verb has between itself and the preposition before the measure: "hit Doeland with"."""
        s, r = self.s, self.r
        for last in range(preposition - 1, max(-1, preposition - 15), -1):
            if s.is_boundary(last) and s.low[last] != ",":
                return
            entries = s.entries(last, "verb")[1]
            if last < preposition - 1 and any(entry.stage in ("imposition", "threat") for entry in entries):
                r.targets = r.targets or [(a, b) for a, b in phrases(s, last + 1) if b <= preposition]
                return

    def _object_sender(self, first: int) -> None:
        """Take whom a verb of asking has behind it: "urged Doeland to"."""
        s = self.s
        found: list[int] = []
        for j in range(s.starting.get(first, first) + 1, self.m.first):
            low = s.low[j]
            if low == "to" and found or low in ("for", "over") or s.is_mark(j):
                break
            self.r.is_of_peers |= low in words("peers")
            if s.words[j].actor or low in words("object pronoun"):
                found.append(j)
        self.r.senders = found

    def _speech(self, k: int) -> None:
        """Note who says what a call says: "Poe said Doeland should"."""
        s, r = self.s, self.r
        group = s.left(k)
        while group >= 0 and (s.low[group] in words("modal aside") or s.low[group] in words("auxiliary")):
            group = s.left(group)
        is_shared = group >= 0 and s.low[group] == "and"
        who = subject(s, s.left(group) if is_shared else group, is_shared=is_shared)
        if s.low[k].endswith("ing") and not who:
            who = main_subject(s, k)
        r.give("caller", who)
        if r.stage == "call":
            r.reach_to(who)
        if s.low[k] in words("hope") and r.stage not in (None, "easing", "call"):
            r.stage = "consideration"

    def _apply_conjunction(self, k: int, entry: Entry) -> None:
        """Apply "if", "any" or "whether" at word k; what is asked ("what if we") is not supposed."""
        s, r = self.s, self.r
        before = s.left(s.ending[k][0])
        if s.low[k] == "if" and before >= 0 and s.low[before] == "what":
            r.is_question = True
            r.stage = "threat" if r.stage == "imposition" else r.stage
        elif entry.kind == "conjunction" and (before < 0 or s.is_mark(before)):
            r.is_conditional = True  # "Whether sanctions come or not, …"
        else:
            r.apply(entry)
            if entry.term == "any" or entry.kind == "conjunction":
                self.climb(before)
