"""What governs a measure, and the stage that comes of it.

`Reading` gathers what was found on the way out from a measure: its stage, its rule, and the places of the
words that are its sender, target, caller and holder. Its method `apply` is the calculus: each governor
(an `Entry` of `language/sanction_verbs.csv`) changes the stage of what stands inside it.

| governor | of nothing or an imposition | of a call | of an easing | of another stage |
| --- | --- | --- | --- | --- |
| negation, refusal | denied | denied | denied | denied |
| negation of a refusal | as it was; of "rule out": consideration | as it was | as it was | as it was |
| "if", "any" | a condition | a condition | a condition | a condition |
| "whether" | consideration | consideration | consideration | consideration |
| "will", "may" | threat | call | planned easing | as it was |
| "should", "must" | call, obliged | as it was | denied | as it was; of a preparation: call, obliged |
| imposition | imposition | call | easing | as it was |
| easing | easing | call | easing | as it was; a blocking: denied |
| call | call | call | denied | call; of a blocking: as it was |
| blocking | blocking | denied | denied | blocking |
| consideration, threat, preparation | that | call | planned easing | that; a threat of a blocking: blocking |

A consideration of a call is one where nobody is named who calls. A reading that is denied, a condition or unreal makes no event. The stages are those of
`language/sanction_stages.csv`; the order of application is that of the sentence, from the inside out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.clauses import Entry


@dataclass(slots=True)
class Reading:
    """What governs a measure; words are places in the sentence, ranges half open."""

    stage: str | None = None
    rule: str = "nominal"
    senders: list[int] = field(default_factory=list)
    targets: list[tuple[int, int]] = field(default_factory=list)
    callers: list[int] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    first: int = 0  # first word that carries it
    end: int = 0  # word after the last one
    is_negated: bool = False
    refusal: Entry | None = None  # the verb that negates: "refuses to", "rules out"
    is_conditional: bool = False
    is_question: bool = False
    is_obliged: bool = False  # "we must": a threat where the sender speaks
    is_planned: bool = False
    is_unreal: bool = False  # "would have imposed"
    is_topic: bool = False  # "over sanctions"
    has_governor: bool = False
    is_of_peers: bool = False  # the sender is asked by one of its members: "urged fellow leaders to"
    has_stranger: bool = False  # the sender is somebody whom nobody registered
    inner_stage: str | None = None  # of what is blocked

    def give(self, role: str, places: list[int]) -> None:
        """Give a role (sender, target, caller, holder) to words, unless others have it."""
        if role == "target":
            self.targets = self.targets or [(i, i + 1) for i in places]
        elif role == "sender":
            self.senders = self.senders or list(places)
        elif role == "caller":
            self.callers = self.callers or list(places)
        elif role == "holder":
            self.holders = self.holders or list(places)

    def reach_to(self, places: list[int]) -> None:
        """Let the words that carry it begin no later than these."""
        self.first = min([self.first, *places[:1]])

    def apply(self, entry: Entry) -> None:
        """Change the stage by a governor that stands outside what was read so far."""
        if entry.kind == "negation" and self.refusal:
            self._open_again(self.refusal.object == "open")
        elif entry.kind == "verb" and entry.stage == "none":
            self.is_negated, self.refusal = True, entry
        elif entry.kind == "negation":
            self.is_negated = True
        elif entry.kind == "condition":
            self.is_conditional = True
        elif entry.kind == "conjunction":
            self._ask()
        elif entry.kind == "modal":
            self._modal(entry.stage == "call")
        elif entry.stage == "imposition":
            self.stage = self.stage or "imposition"
        elif entry.stage == "easing" and self.stage == "blocking":
            self.is_negated = True  # "lifted its veto on"
        elif entry.stage == "easing":
            self.stage = "easing" if self.stage in (None, "imposition") else self.stage
        elif self.stage == "easing":
            # A planned easing; one that is called for or held up has not come.
            self.is_planned = self.is_planned or entry.stage != "call"
            self.is_negated = self.is_negated or entry.stage in ("call", "blocking")
        elif entry.stage == "call":
            self.stage = "blocking" if self.stage == "blocking" else "call"
        elif entry.stage == "blocking":
            self.is_negated = self.is_negated or self.stage == "call"
            self.is_unreal = False
            self.inner_stage, self.stage = self.stage, "blocking"
        else:
            self._prepare(entry)

    def _open_again(self, is_open: bool) -> None:
        """Apply the negation of a refusal: "will not hesitate to", and of what leaves it open, "has not ruled out"."""
        if is_open and self.stage != "easing":
            self.stage = "consideration"
        self.is_negated, self.refusal = False, None

    def _ask(self) -> None:
        """Apply "whether": nothing is denied or obliged, all of it is open."""
        self.is_negated, self.is_obliged, self.stage = False, False, "consideration"

    def _modal(self, is_call: bool) -> None:
        if self.stage == "easing":
            self.is_negated = self.is_negated or is_call
            self.is_planned = self.is_planned or not is_call
        elif is_call:
            self.is_obliged = self.stage in (None, "imposition", "threat", "preparation")
            self.stage = "call" if self.is_obliged else self.stage
        elif self.stage in (None, "imposition"):
            self.stage = "threat"

    def _prepare(self, entry: Entry) -> None:
        """Apply a consideration, threat or preparation."""
        if self.stage and entry.subject == "target":
            return  # "faces the prospect of"
        if self.stage == "blocking" and entry.stage == "threat":
            return  # "threatened to veto"
        if self.stage == "consideration" and entry.kind == "adjective":
            return  # "is due to decide on"
        if self.stage != "call" or entry.stage == "consideration" and not self.callers:
            self.stage = entry.stage
