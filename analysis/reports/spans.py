"""A text with everything that was read in it marked, as HTML whose own text stays the source, character by character.

Marks overlap as they like: a count inside a quotation that holds a name. So the text is cut wherever one
begins or ends, and each piece carries the kinds of all marks over it; nothing has to be nested. Behind the
last piece of a mark stands its letter, a link to the note on its sentence.

Characters that are not seen but turn round, or break, what follows them are spelled out ("[U+202E]").
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# With halves of surrogate pairs, which no file can hold.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mark: its letter, its name for one and for many."""

    letter: str
    one: str
    many: str


# In the order of the legend; the name is also the class by which the style sheet tells them apart.
KINDS = {
    "mention": Kind("m", "mention", "mentions"),
    "quotation": Kind("q", "quotation", "quotations"),
    "event": Kind("s", "sanction event", "sanction events"),
    "count": Kind("n", "number of people", "numbers of people"),
    "detainee": Kind("p", "person detained or freed", "persons detained or freed"),
    "date": Kind("d", "clue to the date", "clues to the date"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text in which something was read; `note` is the anchor of what is said of it."""

    start: int
    end: int
    kind: str
    id: str
    note: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence: where it is, and its anchor."""

    start: int
    end: int
    id: str


def spelled(text: str) -> str:
    """Spell out characters that are not seen but change what is."""
    return UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def escaped(text: str) -> str:
    """Escape a text for HTML; a carriage return would become a line feed if it were not written as a number."""
    return html.escape(spelled(text)).replace("\r", "&#13;")


def marked(text: str, shift: int, sentences: Sequence[Stretch], marks: Iterable[Mark]) -> str:
    """Return the HTML of a block whose first character is `shift` in the source.

    Sentences do not overlap; marks may, in any way, and are cut to the block.
    """
    end = shift + len(text)
    inside = [
        Mark(max(m.start, shift), min(m.end, end), m.kind, m.id, m.note)
        for m in marks
        if max(m.start, shift) < min(m.end, end)
    ]
    stretches = [*sentences, *inside]
    borders = sorted({shift, end, *(place for s in stretches for place in (s.start, s.end) if shift <= place <= end)})
    opening = {s.start: s for s in sentences if s.start < s.end}
    closing = {s.end for s in sentences if s.start < s.end}
    parts = []
    for left, right in zip(borders, borders[1:], strict=False):
        if left in opening:
            parts.append(f'<span class="sentence" id="{html.escape(opening[left].id)}">')
        parts.append(_piece(text[left - shift : right - shift], left, right, inside))
        if right in closing:
            parts.append("</span>")
    return "".join(parts)


def _piece(text: str, left: int, right: int, marks: Sequence[Mark]) -> str:
    """Return a stretch without borders inside, with anchors of the marks that begin and letters of those that end."""
    over = [mark for mark in marks if mark.start <= left and right <= mark.end]
    written, order = escaped(text), list(KINDS)
    if over:
        classes = " ".join(kind for kind in order if any(mark.kind == kind for mark in over))
        written = f'<span class="{classes}">{written}</span>'
    anchors = "".join(f'<span id="{html.escape(mark.id)}"></span>' for mark in over if mark.start == left)
    # A mark that goes on below the letters is not to look as if it ended there.
    going_on = [kind for kind in order if any(mark.kind == kind and mark.end > right for mark in over)]
    letters = "".join(
        f'<a href="#{html.escape(mark.note)}" title="{KINDS[mark.kind].one}">{KINDS[mark.kind].letter}</a>'
        for mark in sorted(over, key=lambda mark: order.index(mark.kind))
        if mark.end == right
    )
    cue = f'<span class="{" ".join(["cue", *going_on])}">{letters}</span>' if letters else ""
    return anchors + written + cue
