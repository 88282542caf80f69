"""The noun phrase that names or describes a speaker, cut out of the words around it.

Spans are (first, behind the last) words of a `Frame`. A speaker phrase is the shortest that tells who it is:
a name without its title, a pronoun, a description with its article.
"""

from __future__ import annotations

from analysis.frames import Frame
from analysis.word_classes import (
    ABBREVIATION,
    AUXILIARY,
    BREAK,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    LEADING,
    NO_NOUN,
    PARTICLE,
    PLACE,
    PORTFOLIO,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SUBORDINATOR,
    TIME,
    TITLE,
    words,
)

Span = tuple[int, int]

MAX_WORDS = 80  # read for one phrase

_ENDS_PHRASE = BREAK | RELATIVE | SUBORDINATOR | PLACE
_NO_SURNAME = DETERMINER | PREPOSITION | CONJUNCTION


def phrase(frame: Frame, a: int, b: int, *, is_joint: bool = False) -> Span | None:
    """Cut words down to the shortest phrase that names or describes a speaker."""
    a, b = _trimmed(frame, a, b)
    low, kinds = frame.low, frame.kinds
    if a >= b or kinds[b - 1] & NO_NOUN:
        return None
    if is_joint:
        return a, b
    if kinds[b - 1] & PRONOUN:
        return b - 1, b
    if not kinds[b - 1] & CAPITAL:
        return _description(frame, a, b)
    run = name_start(frame, a, b - 1)
    before = run - 1 if run > a else None
    if before is not None and kinds[before] & DETERMINER and run - 2 >= a and kinds[run - 2] & PREPOSITION:
        before = run - 2
    if before is not None:
        if low[before] in ("like", "including", "by", "with"):
            return without_titles(frame, run, b) % b or run, b
        if kinds[before] & PREPOSITION or low[before] == "and":
            return _complement(frame, a, run, b)
    name = without_titles(frame, run, b)
    if name == b:
        return _description(frame, a, b)
    if name == run and before is not None and low[before] in ("the", "a", "an"):
        return run - 1, b
    return name, b


def phrase_from(frame: Frame, a: int, hi: int) -> Span | None:
    """Find the noun phrase that starts at word a, or the name set behind it."""
    end = _phrase_end(frame, a, hi)
    found = phrase(frame, a, end) if end > a else None
    if (
        found
        and end + 1 < hi
        and frame.words[end] == ","
        and not frame.kinds[found[0]] & PRONOUN
        and not is_name(frame, found)
    ):
        return named_apposition(frame, end + 1, _phrase_end(frame, end + 1, hi)) or found
    return found


def _phrase_end(frame: Frame, a: int, hi: int) -> int:
    low, kinds = frame.low, frame.kinds
    end = a
    while end < min(hi, a + MAX_WORDS):
        kind, before = kinds[end], kinds[end - 1]
        if (
            low[end] == "."
            and end + 1 < hi
            and frame.ends[end - 1] == frame.starts[end]
            and (len(low[end - 1]) == 1 or before & ABBREVIATION)
        ):
            end += 1
            continue
        if kind & _ENDS_PHRASE or low[end] in ("to", "but"):
            break
        if end > a:
            if kind & TIME or kind & AUXILIARY and not kind & before & CAPITAL:
                break
            if before & CAPITAL and low[end] in ("of", "for") and is_name(frame, (a, end)):
                break
        end += 1
    return end


def named_apposition(frame: Frame, a: int, b: int) -> Span | None:
    """Find the name in a stretch set behind a description: "the mayor, Ann Poe, …"."""
    if frame.kinds[a] & RELATIVE or any(kind & AUXILIARY for kind in frame.kinds[a:b]):
        return None
    found = phrase(frame, a, b)
    return found if found and is_name(frame, found) else None


def is_name(frame: Frame, span: Span) -> bool:
    """Tell a name: its first and last word have capitals, and the last is no title."""
    a, b = span
    first, last = frame.kinds[a], frame.kinds[b - 1]
    return (
        bool(last & CAPITAL and first & CAPITAL)
        and not (last & TITLE or first & (DETERMINER | PRONOUN))
        and not frame.is_possessive(a)
    )


def name_start(frame: Frame, lo: int, i: int) -> int:
    """Return the first word of the name that word i belongs to, not before word lo."""
    while i > lo and _joins_name(frame, i - 1):
        i -= 1
    return i


def without_titles(frame: Frame, a: int, b: int) -> int:
    """Return where the name starts in a run of capitals; its end where all of it is title."""
    kinds = frame.kinds
    for k in range(b - 1, a - 1, -1):
        if kinds[k] & TITLE or kinds[k - 1] & TITLE and frame.words[k] == ".":
            return k + 1
    return a


def _trimmed(frame: Frame, a: int, b: int) -> Span:
    low, kinds = frame.low, frame.kinds
    while a < b and (kinds[a] & LEADING or frame.is_skipped(a) and not _is_part_of_name(frame, a, b)):
        if kinds[a] & PRONOUN:
            break
        a += 1
    if a + 1 < b and low[a] == "with":
        a += 1
    if a + 1 < b and low[a] in ("on", "in", "at", "since", "by") and frame.is_skipped(a + 1):
        return _trimmed(frame, a + 1, b)
    while b > a and (kinds[b - 1] & (AUXILIARY | BREAK) or not kinds[b - 1] & CAPITAL and frame.is_skipped(b - 1)):
        b -= 1
    return a, b


def _is_part_of_name(frame: Frame, a: int, b: int) -> bool:
    """Tell "April Poe" and "Last" from days and months that open a sentence."""
    return bool(
        frame.kinds[a] & CAPITAL and a + 1 < b and frame.kinds[a + 1] & CAPITAL and frame.low[a] not in words("time")
    )


def _joins_name(frame: Frame, i: int) -> bool:
    """Tell whether word i belongs to the name that goes on behind it."""
    kinds = frame.kinds
    if frame.words[i] == "." and i > 0:
        before = kinds[i - 1]
        return bool(before & CAPITAL and (len(frame.words[i - 1]) == 1 or before & ABBREVIATION))
    if frame.is_possessive(i):
        return False
    if kinds[i] & PARTICLE and not kinds[i] & CAPITAL:
        first = max(0, i - 3)
        while i > first and kinds[i] & PARTICLE and not kinds[i] & CAPITAL:
            i -= 1
        return bool(kinds[i] & CAPITAL and not kinds[i] & DETERMINER)
    return bool(kinds[i] & CAPITAL and not kinds[i] & _NO_SURNAME)


def _complement(frame: Frame, a: int, run: int, b: int) -> Span:
    """Choose between the parts of "Poe of the Council", "Minister of Defence Poe", "head of the Council"."""
    kinds = frame.kinds
    k = run
    while k < b and frame.words[k] in PORTFOLIO:
        k += 1
    if run < k < b:
        return without_titles(frame, k, b), b
    head = run - 1
    while head > a and kinds[head] & (DETERMINER | PREPOSITION):
        head -= 1
    if kinds[head] & CAPITAL and not kinds[head] & TITLE and not any(kind & DETERMINER for kind in kinds[a:head]):
        name = without_titles(frame, name_start(frame, a, head), head + 1)
        if name <= head and kinds[head + 1] & PREPOSITION:
            return name, head + 1
    return _description(frame, a, b)


def _description(frame: Frame, a: int, b: int) -> Span:
    """Cut a description: from its article on, without the place and time behind it."""
    kinds = frame.kinds
    if kinds[a] & PREPOSITION:
        a = max(articles(frame, a + 1, b), default=a + 1)
    end = a + 1
    while end < b and not kinds[end] & (PLACE | RELATIVE):
        end += 1
    return a, min(end, b)


def articles(frame: Frame, a: int, b: int) -> list[int]:
    """List the determiners from word a on that no preposition stands before."""
    kinds = frame.kinds
    return [k for k in range(a, b) if kinds[k] & DETERMINER and not kinds[k - 1] & PREPOSITION]
