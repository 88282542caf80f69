"""A measure in a sentence to its stage, the words that are sender, target, caller and holder, and the rule.

`govern` reads what governs a measure and returns a `Reading` (`stages`); `govern_act` does the same from a
verb of acting that stands for a measure told of before ("should do more").

| rule | the measure |
| --- | --- |
| active | is the object of a verb, or a verb itself: "imposed sanctions", "cut off gas" |
| passive | is a verb in the passive: "was sanctioned" |
| subject | is a subject: "sanctions were lifted", "under sanctions" |
| nominal | has no verb, only nouns or nothing: "a threat of sanctions", "EU sanctions" |
| act | is not named again: "should act" |

From here the way out begins; `chains` takes it. Not caught: two verbs of different stage with one measure.
"""

from __future__ import annotations

from analysis.chains import Chain
from analysis.clause_subjects import before_subject, clause_start, is_past, is_relative, main_subject, subject
from analysis.clauses import PARTICIPLES, Entry, Sentence, words
from analysis.governor_terms import takes_object_by
from analysis.measures import Measure
from analysis.predicates import is_subject, read_agents, read_predicate
from analysis.stages import Reading
from analysis.target_phrases import phrases
from analysis.verb_groups import read_group

RULES = ("active", "passive", "subject", "nominal", "act")
_PLACES = ("name", "role", "metonym")  # kinds of mentions that may be a territory
_MAX_PLACED = 15  # words between "placed" and "under sanctions"


def govern(s: Sentence, m: Measure) -> Reading:
    """Read what governs a measure."""
    senders = [k for a, b in m.agents for k in range(a, b) if s.words[k].actor]
    r = Reading(first=m.first, end=m.end, targets=list(m.targets), senders=senders)
    if m.kind == "verb":
        _Start(s, m, r).read_verb()
    else:
        _Start(s, m, r).read_noun()
    return r


def govern_act(s: Sentence, first: int, last: int, form: str) -> Reading:
    """Read what governs a verb of acting, words first to last, that stands for a measure told of before."""
    m = Measure(first, last, "act", "unspecified", form, end=last + 1)
    r = Reading(first=first, end=last + 1, stage="imposition", rule="act")
    _Start(s, m, r).climb_own_verb()
    return r


class _Start(Chain):
    """The measure itself, from which the way out begins."""

    def read_verb(self) -> None:
        m, r = self.m, self.r
        r.rule, r.has_governor, r.stage = "active", True, m.stage
        if m.form in PARTICIPLES and self._is_passive(m.first):
            self._read_passive(m.first)
        else:
            self.climb_own_verb()

    def climb_own_verb(self) -> None:
        m = self.m
        self.climb_verb(m.first, Entry(self.s.low[m.first], "verb", "imposition", "sender", "", m.form), is_own=True)

    def read_noun(self) -> None:
        s, m, r = self.s, self.m, self.r
        r.has_governor = m.is_eased or m.is_imposed
        r.stage = "imposition" if m.is_imposed else "easing" if m.is_eased else None
        if is_subject(s, m) and read_predicate(s, m, r):
            r.rule = "subject"
            self.climb(s.left(m.first))
            return
        k = s.left(m.first)
        before = s.low[k] if k >= 0 else ""
        if before in ("off", "from") and self._read_delisting(k):
            return
        if before == "under" or m.is_register and before == "on" and k and s.low[s.left(k)] in words("be"):
            self._read_undergoing(k)
        elif before == "by" and any(entry.object == "target" for entry in s.entries(s.left(k), "verb")[1]):
            self._read_undergoing(s.left(k))  # "has been hit by sanctions"
        elif before in words("topic") and not takes_object_by(s, k) or self._is_answered(k):
            r.is_topic = before in ("over", "about")
        elif is_subject(s, m) and m.end < len(s.low) and is_past(s.low[m.end]) and m.end not in s.starting:
            # "A new round of sanctions squeezed trade": what acts is there.
            r.stage, r.has_governor = "imposition", True
        else:
            self._read_object(k)

    def _read_object(self, k: int) -> None:
        """Read what governs an object whose phrase stands behind word k."""
        s, m, r = self.s, self.m, self.r
        if k >= 0 and s.low[k] in ("with", "to", "on") and not m.targets:
            self.object_target(k)
        self.climb(k, is_object=True)
        if r.has_governor and self.passed is not None and not (r.senders or r.callers or r.holders):
            r.senders = subject(s, self.passed)

    def _is_answered(self, k: int) -> bool:
        """Tell what is answered ("in retaliation for sanctions") from what is done."""
        return k > 0 and self.s.low[k] == "for" and self.s.low[k - 1] in words("retaliation")

    def _read_undergoing(self, k: int) -> None:
        """Read "has been under sanctions since"; k is the preposition."""
        s, r = self.s, self.r
        if self._read_placing(k):
            return
        r.stage, r.has_governor, r.rule = "imposition", True, "subject"
        group = read_group(s, r, k)
        r.is_negated |= s.low[self.m.end : self.m.end + 1] == ["until"]
        if not r.is_negated:
            who = main_subject(s, k) if group.kind == "participle" else subject(s, group.before)
            r.give("target", who)
            r.reach_to(who)

    def _read_placing(self, k: int) -> bool:
        """Read "placed Doeland under", whose preposition is word k; tell whether it is one."""
        s = self.s
        for j in range(k - 1, max(-1, k - _MAX_PLACED), -1):
            first, entries = s.entries(j, "verb")
            if any(entry.term in ("place", "put", "keep") for entry in entries):
                self.object_target(k)
                if j == k - 1:  # "was placed under"
                    return False
                self.climb_verb(first, entries[0])
                return True
            if s.is_boundary(j) and s.low[j] != ",":
                return False
        return False

    def _read_delisting(self, k: int) -> bool:
        """Read "took Doeland off its list" and "were removed from the list"; tell whether it is one."""
        s, r = self.s, self.r
        for j in range(k - 1, max(-1, k - 12), -1):
            first, entries = s.entries(j, "delisting verb")
            if entries:
                r.targets = [(a, b) for a, b in phrases(s, j + 1) if b <= k]
                self.climb_verb(first, entries[0])
                return True
            if s.is_boundary(j):
                return False
        return False

    # Passive verbs: "has been sanctioned by".

    def _is_passive(self, v: int) -> bool:
        s, k = self.s, v - 1
        while k >= 0 and (s.low[k] in words("modal aside") or k in s.aside):
            k -= 1
        # "officials sanctioned by Doeland", "those sanctioned include"
        is_short = s.low[self.m.head + 1 : self.m.head + 2] == ["by"] or s.low[v - 1 : v] == ["those"]
        return is_short or k >= 0 and (s.low[k] in words("be") or s.low[k] == "'s")

    def _read_passive(self, v: int) -> None:
        s, r = self.s, self.r
        r.rule = "passive"
        read_agents(s, r, self.m.head + 1)
        k = read_group(s, r, v).before
        if begin := self.undergoers(k):
            r.targets = [(begin, k)]
            self.climb(s.left(begin))
            return
        who = subject(s, k)
        if k >= 0 and s.low[k] == "those" and (found := phrases(s, self.m.head + 2)):
            r.reach_to([k])
            r.targets = [
                (k, k + 1),
                *[(i, i + 1) for a, b in found for i in range(a, b) if s.words[i].kind == "person"],
            ]
            return
        if self._read_barred(who):
            return
        r.targets = [(i, i + 1) for i in who]
        if not who and k >= 0 and not s.is_mark(k):
            r.targets = [(k, k + 1)]  # "three of them were sanctioned": whoever it is, it is he
        r.reach_to([a for a, _ in r.targets])
        if not is_relative(s, clause_start(s, k) + 1):
            self.climb(before_subject(s, who[0]) if who else k)

    def _read_barred(self, who: list[int]) -> bool:
        """Read whom "barred from dealing with Doeland" is put on, and by whom one is "denied entry to Doeland"."""
        s, m, r = self.s, self.m, self.r
        if m.instrument == "travel ban" and not r.senders:
            r.senders = [k for k in range(m.head + 1, min(m.end + 3, len(s.low))) if s.words[k].kind in _PLACES][:1]
        is_partner = m.instrument == "trade ban" and bool(m.targets) and bool(who)
        if is_partner:
            r.senders = r.senders or who
        return is_partner
