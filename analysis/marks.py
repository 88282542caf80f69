"""Quotation marks to pairs: which mark opens, which closes, which is an apostrophe.

Marks are paired by where they stand rather than by their shape, because papers and scrapes mix shapes:
a mark before a word and behind a space opens, one behind a word and before a space or stop closes; the
shape decides where the place does not. Two single marks ('') are one double. A single mark inside a
word, behind a plural's s with a noun following, before '90s or 'em, is an apostrophe. A paragraph that
opens a quotation and does not close it ends it; where the next paragraph opens with a mark, or closes
one that it has not opened, the quotation goes on and nothing is wrong; otherwise the row is unclosed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from analysis import language
from analysis.word_classes import words

MAX_DEPTH = 3
# One class of characters is found much faster than a choice of patterns. Two single marks are one double;
# a mark between two letters is an apostrophe, and none.
_MARK = re.compile(
    "[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u201a`'\u2019]"
    r"(?:(?<=')'|(?<=`)`|(?!(?<=[^\W_]['\u2019])[^\W_]))"
)
_DOUBLE = frozenset({"''", "``", '"', *"\u201c\u201d\u201e\u201f\u00ab\u00bb"})
_OPENING = frozenset({"``", *"\u201c\u201e\u201f\u00ab\u2018\u201a`"})
_CLOSING = frozenset("\u201d\u00bb\u2019")
_BEFORE_OPENING = frozenset("([{-\u2010\u2011\u2013\u2014\u2015/:\u2026\"'\u2018\u2019\u201c\u201d\u201e\u00ab")
_AFTER_CLOSING = frozenset(".,;:!?)]}-\u2010\u2011\u2013\u2014\u2015/\u2026\"'\u2019\u201d\u00bb")
_DECADE = re.compile(r"\d0s")
_LETTER = re.compile(r"[^\W_]")
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


@dataclass(slots=True)
class Pair:
    """A pair of marks in one paragraph: `outer` to `close` with the marks, `start` to `end` without."""

    outer: int
    start: int
    end: int
    close: int
    is_double: bool
    is_closed: bool = True
    goes_on: bool = False
    depth: int = 0


def pair_marks(text: str, marks: list[tuple[int, str]], carried: bool | None) -> list[Pair]:
    """Pair the marks of one paragraph, in order, nested ones behind the one that holds them.

    `carried` tells that the paragraph before left a quotation open: True a double mark, False a single.
    """
    found: list[Pair] = []
    stack: list[Pair] = []
    for n, (at, mark) in enumerate(marks):
        is_double = mark in _DOUBLE
        level = len(stack) - 1
        while level >= 0 and stack[level].is_double != is_double:
            level -= 1
        if mark == "''" and [pair.is_double for pair in stack[-2:]] == [False, False]:
            # Two quotations in single marks end together.
            for shift, pair in enumerate((stack.pop(), stack.pop())):
                pair.end, pair.close, pair.is_closed = at + shift, at + shift + 1, True
            continue
        end = at + len(mark)
        if is_double:
            side = _double_side(text[at - 1] if at else " ", mark, text[end : end + 1] or " ", level >= 0)
        else:
            side = _single_side(text, marks, n, level >= 0)
        if side == "open":
            if len(stack) == MAX_DEPTH:
                _abandon(stack, at)
            pair = Pair(at, end, len(text), len(text), is_double, is_closed=False)
            stack.append(pair)
            found.append(pair)
        elif side == "close" and level >= 0:
            for inner in stack[level + 1 :]:
                # A lone single mark inside a double one is an apostrophe.
                inner.end = inner.close = at if inner.is_double else inner.start
            pair = stack[level]
            pair.end, pair.close, pair.is_closed = at, end, True
            del stack[level:]
        elif side == "close" and carried is is_double and not found:
            start = len(text) - len(text.lstrip())
            found.append(Pair(start, start, at, end, is_double))
    return _nested(text, found)


def find_marks(text: str) -> list[tuple[int, str]]:
    """List the marks of a text with their places; a mark between two letters is an apostrophe, and none."""
    return [(match.start(), match.group()) for match in _MARK.finditer(text)]


def _abandon(stack: list[Pair], at: int) -> None:
    """End open quotations that never close where the next mark shows that they are over."""
    for pair in stack:
        pair.end = pair.close = at
    stack.clear()


def _nested(text: str, found: list[Pair]) -> list[Pair]:
    """Give each pair its depth; an open one ends where another of its kind opens, or with the paragraph."""
    length = len(text.rstrip())
    following: dict[bool, int] = {}
    for pair in reversed(found):
        if not pair.is_closed:
            until = following.get(pair.is_double, length)
            end = max(pair.start, min(pair.end, until, length))
            pair.end = pair.close = pair.start + len(text[pair.start : end].rstrip())
        following[pair.is_double] = pair.outer
    holders: list[Pair] = []
    for pair in found:
        while holders and holders[-1].close <= pair.outer:
            holders.pop()
        if holders and pair.close > holders[-1].end:
            pair.end = pair.close = max(pair.start, holders[-1].end)
            pair.is_closed = False
        pair.depth = len(holders)
        holders.append(pair)
    return [pair for pair in found if _LETTER.search(text, pair.start, pair.end)]


@lru_cache(maxsize=1 << 12)
def _double_side(left: str, mark: str, right: str, is_open: bool) -> str:
    """Tell whether a double mark between two characters opens or closes."""
    opens = not right.isspace() and (left.isspace() or left in _BEFORE_OPENING) and right not in ".,;:!?)"
    closes = not left.isspace() and (right.isspace() or right in _AFTER_CLOSING)
    if opens != closes:
        return "open" if opens else "close"
    if mark in _OPENING and not (mark == "\u201c" and is_open and closes):
        return "open"
    if mark in _CLOSING:
        return "close"
    if not is_open and left.isdigit():
        return "none"
    return "close" if is_open else "open"


def _single_side(text: str, marks: list[tuple[int, str]], n: int, is_open: bool) -> str:
    """Tell whether a single mark opens, closes, or is an apostrophe."""
    at, mark = marks[n]
    left = text[at - 1] if at else " "
    right = text[at + 1 : at + 2] or " "
    is_behind = not (left.isspace() or left in _BEFORE_OPENING and not (is_open and left in "\u2026\"'\u201d\u2019-"))
    if is_behind and mark not in _OPENING:
        if not is_open or (left.isdigit() and right.isalnum()):
            return "none"
        return "none" if _is_possessive(text, marks, n) else "close"
    word = _WORD.match(text, at + 1)
    is_clipped = bool(word) and (word.group().lower() in words("clipped") or bool(_DECADE.fullmatch(word.group())))
    if mark in _OPENING:
        return "none" if right.isspace() or is_clipped and not _closes_later(text, marks, n) else "open"
    return "none" if mark == "\u2019" or right.isspace() or right in ".,;:!?)" or is_clipped else "open"


def _closes_later(text: str, marks: list[tuple[int, str]], n: int) -> bool:
    """Tell whether the next single mark closes for certain."""
    at = marks[n + 1][0] if n + 1 < len(marks) else 0
    return at > 0 and (text[at - 1] in ".,!?\u2026" or text[at - 1].isalnum()) and text[at - 1] != "s"


def _is_possessive(text: str, marks: list[tuple[int, str]], n: int) -> bool:
    """Tell the apostrophe of "protesters' demands" and "goin' home" from a closing mark."""
    at = marks[n][0]
    following = _NEXT_WORD.match(text, at + 1)
    if not following or not (text[at - 1] in "sS" or text[at - 2 : at] == "in"):
        return False
    word = following.group(1).lower()
    if word in function_words() or word in _cue_words():
        return False
    for later, mark in marks[n + 1 : n + 2]:
        if mark in _DOUBLE:
            return False
        is_opening = mark in _OPENING or text[later - 1].isspace()
        return not is_opening
    return False


@cache
def function_words() -> frozenset[str]:
    kinds = ("auxiliary", "adverb", "determiner", "preposition", "subordinator", "conjunction", "relative", "pronoun")
    return frozenset().union(*(words(kind) for kind in kinds))


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(row["verb"] for row in language.rows("cue_verbs.csv"))
