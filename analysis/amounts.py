"""Amounts: numbers in figures and words, dozens, and vague words with the bounds that a convention gives them.

One `Amount` is a number without what hedges it:

| field | type | meaning |
| --- | --- | --- |
| low, high | int, int or None | low ≤ true number ≤ high; None where the end is open |
| point | int or None | the stated number; None for a vague word |
| last | int | the token behind it |
| coefficient | float | the "5" of "5 million"; 0 where there is none |

What is read is described in `quantities`, which reads what stands around an amount. The words are data,
`language/number_words.csv`, with their values and, for vague ones, their bounds by convention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis import language
from analysis.tokens import Tokens

Bounds = dict[str, tuple[int, int | None]]  # low and high of the vague words

CONVENTIONS = ("codebook", "acled", "ccc")
MAX_CHARACTERS = 15  # a longer figure is an account number
HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014")

_THOUSANDS = re.compile(r"[0-9]{3}")
_JOINERS = frozenset([",", "and", "or", "even", "to", "if", "not", "perhaps", "possibly", "maybe", "upon", *HYPHENS])


@dataclass(frozen=True, slots=True)
class Amount:
    """A number alone; the fields are described at the head of this module."""

    low: int
    high: int | None
    point: int | None
    last: int
    coefficient: float = 0


@cache
def values(kind: str) -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in language.rows("number_words.csv") if row["kind"] == kind}


@cache
def number_words() -> frozenset[str]:
    """Return the words that a number or a vague quantity can start with."""
    kinds = ("unit", "ten", "scale", "dozen", "plural", "few")
    return frozenset(word for kind in kinds for word in values(kind)) | {"number"}


@cache
def bounds_of(convention: str) -> Bounds:
    """Return low and high of every vague word under a convention; a convention's floor leaves the high open."""
    if convention not in CONVENTIONS:
        raise ValueError(f"no convention {convention!r}: there are {', '.join(CONVENTIONS)}")
    found: Bounds = {}
    for row in language.rows("number_words.csv"):
        floor = row.get(convention)
        if floor:
            found[row["word"]] = int(floor), None
        elif row["low"]:
            found[row["word"]] = int(row["low"]), int(row["high"]) if row["high"] else None
    return found


@cache
def _scales() -> dict[str, int]:
    return values("dozen") | values("scale")


@cache
def _plain() -> dict[str, int]:
    return values("unit") | values("ten")


def read_amount(t: Tokens, i: int, bounds: Bounds) -> tuple[int, Amount | None]:
    """Read the amount whose number word stands at i; its article or "half" before it belongs to it."""
    words = t.words
    before = words[i - 1] if i else ""
    word = words[i]
    if word == "number":
        is_phrase = before == "a" and words[i + 1 : i + 2] == ["of"]
        return i - 1, Amount(*bounds["number"], None, i + 2) if is_phrase else None
    if word in ("few", "couple", "handful"):
        if before == "a":
            return i - 1, _few(t, i, bounds)
        # A headline leaves the article out: "Few dozen march".
        return i, _few(t, i, bounds) if i + 1 < len(words) and _scale(words[i + 1])[0] else None
    if word == "several":
        return i, _few(t, i, bounds)
    if word in bounds and word != "dozen":
        return i, _plurals(t, i, bounds)
    if word in _scales():
        scale = _scales()[word]
        n_half = 1 if before == "half" else 2 if words[max(0, i - 2) : i] in (["half", "a"], ["half", "-"]) else 0
        if n_half:
            n_half += words[max(0, i - n_half - 1) : i - n_half] in (["a"], ["another"])
            return i - n_half, Amount(scale // 2, scale // 2, scale // 2, i + 1)
        if before in ("a", "another"):
            return i - (before == "a"), _number(t, i, 1)
        return i, None
    return i, _number(t, i)


def _few(t: Tokens, i: int, bounds: Bounds) -> Amount | None:
    """Read "several", "a few hundred", "a couple of dozen": the few times the scale, up to the scale's end."""
    low, high = bounds[t.words[i]]
    k = i + 1
    if t.words[k : k + 1] == ["of"] and t.words[k + 1 : k + 2] and _scale(t.words[k + 1])[0]:
        k += 1
    scale, plural = _scale(t.words[k]) if k < len(t.words) else (0, "")
    if not scale:
        return Amount(low, high, None, i + 1)
    end = bounds[plural][1]
    top = (high + 1) * scale - 1 if high and t.words[i] == "couple" else end
    return Amount(low * scale, top, None, k + 1)


def _scale(word: str) -> tuple[int, str]:
    """Return the value of "hundred" or "hundreds" and the plural that bounds it."""
    plural = word if word.endswith("s") else word + "s"
    value = _scales().get(plural[:-1], 0)
    return (value, plural) if value and plural in values("plural") else (0, "")


def _plurals(t: Tokens, i: int, bounds: Bounds) -> Amount | None:
    """Read "hundreds", "tens of thousands" and lists of such words."""
    low, high, k = _plural(t, i, bounds)
    if t.words[i] == "tens" and k == i + 1:
        return None if t.words[k : k + 1] != ["of"] else Amount(low, high, None, k)
    while True:
        j = k
        while j < len(t.words) and j - k < 5 and t.words[j] in _JOINERS:
            j += 1
        if j == k or j >= len(t.words) or t.words[j] not in values("plural"):
            return Amount(low, high, None, k)
        next_low, next_high, k = _plural(t, j, bounds)
        low = min(low, next_low)
        high = None if high is None or next_high is None else max(high, next_high)


def _plural(t: Tokens, i: int, bounds: Bounds) -> tuple[int, int | None, int]:
    word = t.words[i]
    low, high = bounds[word]
    if (
        t.words[i + 1 : i + 2] == ["of"]
        and i + 2 < len(t.words)
        and word in ("tens", "dozens", "scores", "hundreds", "thousands")
    ):
        scale, plural = _scale(t.words[i + 2])
        if scale > 12 and plural == t.words[i + 2]:
            if word == "hundreds" and scale == 1000:
                low, high = 2 * 100 if high is not None else low, 999 if high is not None else None
            times = values("plural")[word]
            if word == "tens":
                low = 20 if bounds["thousands"][1] is not None else times * bounds["thousands"][0] // 1000
                high = 99 if bounds["thousands"][1] is not None else None
            return low * scale, None if high is None else (high + 1) * scale - 1, i + 3
    return low, high, i + 1


def _number(t: Tokens, i: int, given: int | None = None) -> Amount | None:
    """Read a number in figures or words; `given` is the one that "a" stands for, in "a hundred"."""
    word = t.words[i]
    if given is not None:
        value, k = float(given), i
    elif word[0].isdigit():
        read = _figures(t, i)
        if read is None:
            return None
        value, k = read
    else:
        value, k = float(_plain().get(word, 0)), i + 1
        if not value:
            return None
        k, value = _hyphened(t, k, value)
    coefficient = value
    k, value = _scaled(t, k, value)
    if value != int(value) or (t.words[i][0].isdigit() and "." in t.words[i] and k == i + 1):
        return None
    n = int(value)
    return Amount(n, n, n, k, coefficient)


def _figures(t: Tokens, i: int) -> tuple[float, int] | None:
    word, k = t.words[i], i + 1
    if len(word) > MAX_CHARACTERS:
        return None
    if len(word) <= 3 and word.isdigit() and word[0] != "0":
        # "10 000": groups of three behind a space.
        while (
            k < len(t.words)
            and _THOUSANDS.fullmatch(t.words[k])
            and t.text[t.ends[k - 1] : t.starts[k]] in (" ", "\u00a0", "\u202f")
        ):
            word, k = word + t.words[k], k + 1
    if k < len(t.words) and t.ends[k - 1] == t.starts[k]:
        follows = t.words[k]
        if follows.isalpha() and follows not in values("short_scale"):
            return None
        is_decimal = (
            follows in ".," and k + 1 < len(t.words) and t.ends[k] == t.starts[k + 1] and t.words[k + 1][0].isdigit()
        )
        if follows in ":/%\u00b0" or is_decimal:
            return None
    plain = word.replace(",", "").replace("\u00a0", "").replace("\u202f", "")
    return (float(plain), k) if plain[0] != "0" or plain.startswith("0.") else None


def _hyphened(t: Tokens, k: int, value: float) -> tuple[int, float]:
    """Read the unit of "twenty-six"."""
    if value >= 20 and k < len(t.words):
        j = k + 1 if t.words[k] in HYPHENS else k
        unit = values("unit").get(t.words[j], 0) if j < len(t.words) else 0
        if 0 < unit < 10:
            return j + 1, value + unit
    return k, value


def _scaled(t: Tokens, k: int, value: float) -> tuple[int, float]:
    """Read the scales behind a number, and the rest behind a scale: "two hundred and six thousand"."""
    scales = values("scale")
    while k < len(t.words):
        word = t.words[k]
        if word in HYPHENS and k + 1 < len(t.words) and t.words[k + 1] in scales and t.ends[k] == t.starts[k + 1]:
            k += 1
            continue
        if word in scales or (word in values("short_scale") and t.ends[k - 1] == t.starts[k]):
            scale = scales.get(word) or values("short_scale")[word]
            value, k = round(value * scale, 3), k + 1
            j = k + 1 if t.words[k : k + 1] == ["and"] else k
            rest = _number(t, j) if scale <= 1000 and j < len(t.words) and t.words[j] in _plain() else None
            if rest and rest.low < scale:
                value, k = value + rest.low, rest.last
        elif word in values("dozen"):
            value, k = value * 12, k + 1
        else:
            break
    return k, value
