"""A text to blocks: every character gets its place, nothing is dropped.

Titles are decided from the structure. A line is a unit of its own, except where an editor broke long
lines at a column: such a paragraph is one unit. A *wide gap* is two or more blank lines (in a text
whose narrowest gap is wider than one, a gap wider than that one). An article starts where a wide gap,
a ruled line or the start of the file is followed by a unit that reads like a headline (short, no full
stop at its end, no page furniture) and a body follows before the next such unit. Behind the title come
its head (captions, tags, byline, date line) and its body. A single paragraph between the title and the
article's only wide gap is a caption by its place, unless it tells news (who said it, on which weekday).
In the body a short line without a full stop is a subheading, a long one a caption (pictures are
captioned without a full stop, stories are not told so).

`other` is what has no place in a story: with an `article_id` a known thing without a kind of its own
(byline, date line, "Follow us on …", a row of asterisks), without one a stretch that no rule explains.

Not caught: a headline that ends with a full stop; several articles in one file parted by a single
blank line (their headlines read as subheadings); a crosshead after a wide gap, and a section's name
above the title (read as the title); a standfirst without a full stop (reads as a caption); a caption
without credit that a wide gap parts from its title (reads as body, or as a title where it ends without
a full stop).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis import language
from analysis.furniture import (
    BULLET,
    INKLESS,
    MAX_HEADLINE_CHARACTERS,
    OPENERS,
    count_words,
    credited,
    dateline,
    ends_like_a_sentence,
    furniture_kind,
    has_stop_inside,
    is_agency,
    is_byline,
    is_headline,
    is_tag_list,
    printed_date,
)
from analysis.sources import Problem

BLOCK_KINDS = ("title", "caption", "body", "subheading", "read_also", "gap", "other")
MAX_CROSSHEAD_WORDS = 8
MAX_WRAP_COLUMN = 120
MAX_LINES_ABOVE = 4
MAX_PARAGRAPH_CHARACTERS = 10_000_000

LINE = re.compile(r"([^\n\r\v\f\u2028\u2029]*)(\r\n|[\n\r\v\f\u2028\u2029]|\Z)")
COUNTED_ENDS = ("\n", "\r", "\r\n")  # what an editor counts as the end of a line
_INK = re.compile(f"[^{re.escape(INKLESS)}]")
_RULE = re.compile(r"\s*([-=_*#~])\1{9,}\s*\Z")


@dataclass(slots=True)
class Block:
    """One stretch of a source. `article` is the article's 0-based number in the document, or None."""

    kind: str
    start: int
    end: int
    article: int | None = None


# A text to units: its lines, or paragraphs of lines that were broken at a column.


@dataclass(slots=True)
class _Unit:
    """A stretch to be told as one: `gap` is the number of blank lines before it, `line` its 1-based line."""

    start: int
    end: int
    line: int
    gap: int


def _paragraphs(text: str) -> Iterator[list[_Unit]]:
    """Yield the lines between blank lines, without their ends; the first of each knows the gap before it."""
    lines: list[_Unit] = []
    n_blank, number = 2, 1  # the start of a file parts as a wide gap does
    # The pattern's last match is the empty line at the end, which ends a paragraph too.
    for match in LINE.finditer(text, text.startswith("\ufeff")):
        start, end = match.span(1)
        if _INK.search(text, start, end):
            lines.append(_Unit(start, end, number, n_blank))
            n_blank = 0
        else:
            n_blank += 1
            if lines:
                yield lines
            lines = []
        number += match.group(2) in COUNTED_ENDS


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    for lines in _paragraphs(text):
        # A title and its byline may stand right above a paragraph that is broken at a column.
        tried = range(min(MAX_LINES_ABOVE, len(lines)))
        above = next((n for n in tried if _is_hard_wrapped(text, lines[n:], n)), len(lines))
        units += lines[:above]
        if above < len(lines):
            first, last = lines[above], lines[-1]
            units.append(_Unit(first.start, last.end, first.line, first.gap))
    return units


def _is_hard_wrapped(text: str, units: list[_Unit], n_above: int) -> bool:
    """Tell a paragraph whose lines were broken at a column, so that its lines are no units of sense.

    Every break was forced (the next word had no room in the line), and one parts a sentence.
    """
    if len(units) == 1 or any(unit.end - unit.start > MAX_WRAP_COLUMN for unit in units):
        return False
    lines = [text[unit.start : unit.end].strip() for unit in units]
    column = max(map(len, lines))
    breaks = list(pairwise(lines))
    if any(len(line) + 1 + len(following.split()[0]) <= column for line, following in breaks):
        return False
    is_inside = any(not ends_like_a_sentence(line) and following[0].islower() for line, following in breaks)
    # Of two lines after a wide gap the first is as likely a headline.
    is_open = not n_above and (len(lines) > 2 or units[0].gap < 2)
    is_inside = is_inside or (is_open and ends_like_a_sentence(lines[-1]) and not all(map(ends_like_a_sentence, lines)))
    return is_inside and not any(map(credited, lines[:-1]))


def _wide_gap(units: list[_Unit]) -> int:
    """Count the blank lines that part articles: two, or more where paragraphs stand two apart already."""
    gaps = [unit.gap for unit in units[1:]]
    narrowest = min(gaps, default=0)
    return narrowest + 1 if narrowest >= 2 and max(gaps) > narrowest else 2


# Units to blocks.


def split_text(text: str) -> tuple[list[Block], list[Problem]]:
    """Divide a text in the seed's layout into blocks that tile it.

    Returns the blocks in order, each with the number of its article, and the problems (their `source`
    left empty): a text without a title, a title without a body, a line too long for a paragraph.
    """
    units = _units(text)
    lines = [text[unit.start : unit.end] for unit in units]
    wide = _wide_gap(units)
    openings = _openings(units, lines, wide)
    blocks: list[Block] = []
    problems = _too_long(units) if units else [Problem("", None, None, None, "nothing but white space")]
    first_opening = openings[0][0] if openings else len(units)
    if any(furniture_kind(line) is None for line in lines[:first_opening]):
        problems.append(_refusal(units[0], lines[0], "no recognisable title"))
    blocks += [Block("other", unit.start, unit.end) for unit in units[:first_opening]]
    n_articles = 0
    for (lead, opening), (end, _) in pairwise([*openings, (len(units), 0)]):
        kinds = _article_kinds(units[opening:end], lines[opening:end], wide)
        article = n_articles if kinds else None
        if kinds:
            n_articles += 1
        else:
            problems.append(_refusal(units[opening], lines[opening], "a title without a body"))
        kinds = ["other"] * (opening - lead) + (kinds or ["other"] * (end - opening))
        blocks += [
            Block(kind, unit.start, unit.end, article) for kind, unit in zip(kinds, units[lead:end], strict=True)
        ]
    return _with_gaps(blocks, len(text)), problems


def split_record(text: str) -> tuple[list[Block], list[Problem]]:
    """Divide a record's text, which has no title in it, into blocks that tile it; return also its problems."""
    units = _units(text)
    lines = [text[unit.start : unit.end] for unit in units]
    kinds = _head_kinds(lines)
    kinds += _body_kinds(lines[len(kinds) :])
    blocks = [Block(kind, unit.start, unit.end, 0) for kind, unit in zip(kinds, units, strict=True)]
    return _with_gaps(blocks, len(text)), _too_long(units)


def _refusal(unit: _Unit, line: str, cause: str) -> Problem:
    return Problem("", unit.line, unit.start, unit.end, f"line {unit.line}: {cause}: {line[:200].strip()[:60]!r}")


def _too_long(units: list[_Unit]) -> list[Problem]:
    return [
        Problem(
            "",
            unit.line,
            unit.start,
            unit.end,
            f"line {unit.line}: {unit.end - unit.start:,} characters, too long for a paragraph",
            is_lost=False,
        )
        for unit in units
        if unit.end - unit.start > MAX_PARAGRAPH_CHARACTERS
    ]


def _openings(units: list[_Unit], lines: list[str], wide: int) -> list[tuple[int, int]]:
    """Find where articles may start: for each the number of its first unit and that of its title.

    A ruled line, a date line or an agency's name may stand above the title. Behind a title what reads
    like its head (tags, a byline) opens nothing, however far it stands from it.
    """
    found: list[tuple[int, int]] = []
    lead: int | None = None  # the first unit since a wide gap, as long as nothing but a title's lead has followed
    is_head = False
    for number, (unit, line) in enumerate(zip(units, lines, strict=True)):
        if unit.gap >= wide or number == 0 or _RULE.match(lines[number - 1]):
            lead = number
        is_head = is_head and _head_kind(line) is not None
        if is_head:
            lead = None
        elif lead is not None and not _is_lead(line):
            if is_headline(line):
                found.append((lead, number))
                is_head = True
            lead = None
    return found


def _is_lead(line: str) -> bool:
    return bool(printed_date(line)) or is_agency(line) or not any(c.isalnum() for c in line[:MAX_HEADLINE_CHARACTERS])


def _article_kinds(units: list[_Unit], lines: list[str], wide: int) -> list[str]:
    """Return the kinds of an article's units from its title on; none where it has no body."""
    head = ["title", *_head_kinds(lines[1:])]
    rest = _body_kinds(lines[len(head) :])
    n = _n_captions_by_place(units[len(head) :], wide, is_first="caption" not in head)
    if rest[n : n + 1] == ["body"] and not any(map(_is_story, lines[len(head) : len(head) + n])):
        rest[:n] = ["caption"] * n
    return head + rest if _has_body(rest, lines[len(head) :]) else []


def _n_captions_by_place(units: list[_Unit], wide: int, *, is_first: bool) -> int:
    """Count the units of the one paragraph that stands between a title and the only wide gap of the article."""
    wide_gaps = [n for n, unit in enumerate(units) if unit.gap >= wide]
    if len(wide_gaps) != 1 or not (is_first or units[0].gap == 0):
        return 0
    return wide_gaps[0] if all(unit.gap == 0 for unit in units[1 : wide_gaps[0]]) else 0


@cache
def _telling() -> re.Pattern[str]:
    """What a report has and a caption, which tells what is seen on a dated day, mostly has not."""
    verbs = "|".join(row["verb"] for row in language.rows("cue_verbs.csv"))
    return re.compile(rf"\b(?:{verbs}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")


def _is_story(line: str) -> bool:
    return bool(dateline().match(line) or (ends_like_a_sentence(line) and _telling().search(line)))


def _has_body(kinds: Sequence[str], lines: Sequence[str]) -> bool:
    """Tell whether a story is told: a body of one sentence, or of a line too long for a headline."""
    return any(
        kind == "body" and (ends_like_a_sentence(line) or not is_headline(line))
        for kind, line in zip(kinds, lines, strict=True)
    )


def _head_kinds(lines: list[str]) -> list[str]:
    """Return the kinds of the lines that come before the story: captions, tags, byline, date line."""
    kinds: list[str] = []
    for line in lines:
        kind = _head_kind(line)
        if kind is None:
            break
        kinds.append(kind)
    return kinds


def _head_kind(line: str) -> str | None:
    kind = furniture_kind(line)
    if kind in ("caption", "other"):
        return kind
    if is_tag_list(line):
        return "caption"
    return "other" if is_byline(line) or printed_date(line) else None


def _body_kinds(lines: list[str]) -> list[str]:
    kinds: list[str] = []
    for number, line in enumerate(lines):
        kind = _body_kind(line, is_last=number + 1 == len(lines))
        is_below_label = kinds[-1:] == ["read_also"] and lines[number - 1].rstrip().endswith(":")
        kinds.append("read_also" if is_below_label and kind in ("subheading", "caption") else kind)
    return kinds


def _body_kind(line: str, *, is_last: bool) -> str:
    """Tell what a unit between an article's head and its end is."""
    kind = furniture_kind(line)
    if kind is not None:
        return kind
    text = line.strip(INKLESS)
    if len(text) > MAX_PARAGRAPH_CHARACTERS or not any(c.isalnum() for c in text) or printed_date(text):
        return "other"
    if text[-1] == "?" and not is_last and text[0] not in OPENERS and _is_short(text):
        return "subheading"
    if is_last or ends_like_a_sentence(text) or BULLET.match(text) or dateline().match(text):
        return "body"
    if _is_short(text):
        return "subheading"
    return "caption" if text[-1].isalnum() and text[0] not in OPENERS and not has_stop_inside(text) else "body"


def _is_short(text: str) -> bool:
    return len(text) <= MAX_HEADLINE_CHARACTERS and count_words(text) <= MAX_CROSSHEAD_WORDS


def _with_gaps(blocks: list[Block], length: int) -> list[Block]:
    tiled: list[Block] = []
    position = 0
    for block in blocks:
        if block.start > position:
            previous = tiled[-1].article if tiled else None
            tiled.append(Block("gap", position, block.start, previous if previous == block.article else None))
        tiled.append(block)
        position = block.end
    if position < length:
        tiled.append(Block("gap", position, length))
    return tiled
