"""Spans by the stretches of text that they reach into, asked for in the order of the text.

A long article has thousands of sentences and of mentions: to look for the mentions of each sentence among all
of them would take time that grows with the square of its length.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar


class _Span(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=_Span)


class Sweep(Generic[S]):
    """The spans of one text."""

    def __init__(self, spans: Iterable[S]) -> None:
        self._coming = deque(sorted(spans, key=lambda span: span.start))
        self._open: list[S] = []

    def reaching(self, start: int, end: int) -> list[S]:
        """Return the spans that reach into a stretch, in order; no later stretch may start before it."""
        while self._coming and self._coming[0].start < end:
            self._open.append(self._coming.popleft())
        self._open = [span for span in self._open if span.end > start]
        return self._open
