"""An article being dated: the evidence that was weighed, and the days that are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.corpus import Article
from analysis.day_sets import OPEN, Days, Fits, intersect, that_fit
from analysis.evidence import Evidence, Sentence


@dataclass(slots=True)
class Dating:
    """An article's date: the point where there is one, the interval, the rule and its evidence."""

    published: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    basis: str = "none"
    words: str = ""
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class Case:
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

    def take(self, evidence: Evidence) -> None:
        """Narrow the days by a piece of evidence, unless nothing would be left: then it contradicts."""
        left = self.left_by([evidence])
        self.dating.evidence.append(evidence)
        if left:
            evidence.role, self.days = "agrees", left
            self.tests += [evidence.fits] if evidence.fits else []

    @property
    def used(self) -> list[Evidence]:
        """The evidence that leaves a day, in the order it was weighed."""
        return [e for e in self.dating.evidence if e.role != "contradicts"]

    @property
    def first(self) -> dt.date | None:
        """The earliest day that is left; None where the end is open."""
        return None if self.days[0][0] == dt.date.min else self.days[0][0]

    @property
    def last(self) -> dt.date | None:
        """The latest day that is left; None where the end is open."""
        return None if self.days[-1][1] == dt.date.max else self.days[-1][1]

    @property
    def point(self) -> dt.date | None:
        """The single day that is left, if a weekday or a dateline names it, or somebody set it."""
        is_named = self.is_settled or any(e.rule in ("weekday", "dateline") for e in self.used)
        return self.first if is_named and self.first == self.last else None


def together(evidence: Iterable[Evidence], days: Days = OPEN, tests: Iterable[Fits] = ()) -> Days:
    """Return which of the days that pass the tests all pieces of evidence allow."""
    tests = list(tests)
    for piece in evidence:
        days = intersect(days, piece.days)
        tests += [piece.fits] if piece.fits else []
    return that_fit(days, tests)
