"""Numbers in words and figures to bounds: "nearly 5,000" is 4,500 to 4,999.

One `Quantity` is one stated quantity with what hedges it:

| field | type | meaning |
| --- | --- | --- |
| first, last | int | its tokens, half open |
| start, end | int | its characters in the text, half open; "of" behind it is left out |
| qualifier | str | exact, at_least, more_than, nearly, around, up_to, fewer_than, range, vague |
| low, high | int, int or None | low ≤ true number ≤ high; None where the end is open |
| point | int or None | the stated number, where one is stated |
| core, core_end | int | the tokens of the amount alone, without what hedges it |

Amounts are figures ("4,300", "10 000", "1.2 million"), words ("twenty-six", "a hundred and ten"), dozens
("two dozen" is 24), and vague words, alone ("hundreds"), counted ("several hundred", "tens of thousands"),
or listed ("dozens, hundreds and thousands": the low of the least, the high of the greatest). Two amounts
make a range ("200-300", "between 20 and 30", "five or six"). A hedge stands before ("as many as 300"),
behind ("300 or more") or, where the caller finds one, apart (`hedged`).

Bounds of hedged numbers are those of the codebook. The bounds of vague words are a convention, which is
data (`language/number_words.csv`): `codebook`, or the floors of `acled` (Armed Conflict Location and Event
Data) or `ccc` (Crowd Counting Consortium), above which their ends are open.

Left alone: "4.300" (a decimal to some, thousands to others), ordinals, fractions, figures tied to letters
("2nd", "A4") or by a hyphen behind a word ("Flight-19"), falling pairs ("2019-20", "9-3"), "no one". That a
number is a date, an age or money is for the caller to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis import language
from analysis.amounts import HYPHENS, Amount, Bounds, bounds_of, number_words, read_amount, values
from analysis.tokens import Tokens

_GLUE = HYPHENS | frozenset("./:#_@")
_NO_SMALL = frozenset("over around about some above under below maximum".split())
SMALL = 4  # "over two deaths", "around one", "some three": the word is a preposition or a determiner


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated quantity; the fields are described at the head of this module."""

    first: int
    last: int
    start: int
    end: int
    qualifier: str
    low: int
    high: int | None
    point: int | None
    core: int
    core_end: int


@cache
def _hedges(place: str) -> dict[tuple[str, ...], str]:
    return {
        tuple(row["phrase"].lower().split()): row["qualifier"]
        for row in language.rows("count_qualifiers.csv")
        if row["place"] == place
    }


@cache
def _longest(place: str) -> int:
    return max(map(len, _hedges(place)))


@cache
def _edges(place: str) -> frozenset[str]:
    """Return the words of the hedges that stand beside the amount: most amounts have none, and need no more."""
    return frozenset(phrase[-1 if place == "before" else 0] for phrase in _hedges(place))


def find(t: Tokens, *, convention: str = "codebook") -> list[Quantity]:
    """Find the quantities of a text, in order and without overlap; `convention` gives vague words their bounds.

    Raises ValueError for a convention that does not exist.

    >>> [(q.qualifier, q.low, q.high) for q in find(tokens("Up to 40 came, or dozens."))]
    [('up_to', 0, 40), ('vague', 24, 99)]
    """
    bounds, starters, words = bounds_of(convention), number_words(), t.words
    found: list[Quantity] = []
    done = 0
    for i in [k for k, word in enumerate(words) if word in starters or "/" < word < ":"]:
        if i < done:
            continue
        quantity = _quantity(t, i, found[-1].last if found else 0, bounds)
        if quantity:
            found.append(quantity)
            done = quantity.last
        elif words[i][0].isdigit():
            # What is turned down is turned down whole: "2019-20".
            done = i + 1
            while (
                done + 1 < len(words)
                and words[done] in HYPHENS
                and t.ends[done - 1] == t.starts[done]
                and words[done + 1][0].isdigit()
            ):
                done += 2
    return found


def _quantity(t: Tokens, i: int, done: int, bounds: Bounds) -> Quantity | None:
    if i and t.ends[i - 1] == t.starts[i] and (t.words[i - 1] in _GLUE or t.words[i - 1].isalpha()):
        is_half = t.words[i - 2 : i - 1] == ["half"]
        if not is_half:
            return None
    if i and t.words[i - 1] == "no":
        return None
    core, first_amount = read_amount(t, i, bounds)
    if first_amount is None:
        return None
    amount, qualifier, core = _pair(t, core, first_amount, bounds)
    if amount is None:
        return None
    first, before = _before(t, core, done, amount)
    last, after = _after(t, amount.last)
    if qualifier != "range":
        qualifier = before or after or ("vague" if amount.point is None or _is_dozen(t, core, amount) else "exact")
    quantity = Quantity(
        first,
        last,
        t.starts[first],
        t.ends[last - 1],
        qualifier,
        amount.low,
        amount.high,
        amount.point,
        core,
        amount.last,
    )
    return quantity if qualifier in ("range", "exact", "vague") else hedged(quantity, qualifier)


def _is_dozen(t: Tokens, core: int, amount: Amount) -> bool:
    """Tell "two dozen", a round number that counts as vague."""
    return not values("dozen").keys().isdisjoint(t.words[core : amount.last])


def hedged(quantity: Quantity, qualifier: str) -> Quantity:
    """Return a quantity with the bounds that a hedge gives it; a vague one keeps the end that the hedge leaves."""
    n = quantity.point
    low, high = quantity.low, quantity.high
    if n is None:
        if qualifier in ("at_least", "more_than"):
            high = None
        elif qualifier in ("up_to", "fewer_than"):
            low = 0
        else:
            qualifier = "vague"
    elif qualifier == "at_least":
        low, high = n, None
    elif qualifier == "more_than":
        low, high = n + 1, None
    elif qualifier == "nearly":
        low, high = min(-(-9 * n // 10), max(n - 1, 0)), max(n - 1, 0)
    elif qualifier == "around":
        low, high = 9 * n // 10, -(-11 * n // 10)
    elif qualifier == "up_to":
        low, high = 0, n
    elif qualifier == "fewer_than":
        low, high = 0, max(n - 1, 0)
    q = quantity
    return Quantity(q.first, q.last, q.start, q.end, qualifier, low, high, q.point, q.core, q.core_end)


# What stands around an amount.


def _pair(t: Tokens, core: int, amount: Amount, bounds: Bounds) -> tuple[Amount | None, str, int]:
    """Read the second amount of a range; a falling pair in figures is none at all."""
    k = amount.last
    is_tied = k < len(t.words) and t.words[k] in HYPHENS
    before = t.words[core - 1] if core else ""
    if k + 1 >= len(t.words) or not (
        is_tied or t.words[k] in ("to", "or") or (before == "between" and t.words[k] == "and")
    ):
        return amount, "", core
    j = k + 1 + (t.words[k + 1] in ("as", "even", "about", "around", "perhaps"))
    if j >= len(t.words) or not (t.words[j] in number_words() or t.words[j][0].isdigit() or t.words[j] == "a"):
        return amount, "", core
    second = read_amount(t, j + (t.words[j] == "a"), bounds)[1] if j + 1 < len(t.words) or t.words[j] != "a" else None
    if second is None:
        return amount, "", core
    if is_tied and t.ends[k] != t.starts[k + 1] and t.ends[k - 1] == t.starts[k]:
        return amount, "", core
    if amount.point is not None and second.point is not None:
        low, high = amount.point, second.point
        if second.coefficient and amount.coefficient == low < second.coefficient != high:
            low = int(low * high / second.coefficient)
        if low < high:
            core -= before in ("between", "from")
            return Amount(low, high, None, second.last), "range", core
        return (None if is_tied and t.ends[k - 1] == t.starts[k] else amount), "", core
    if t.words[k] in ("to", "or", "and") and second.low >= amount.low and amount.point is None:
        return Amount(amount.low, second.high, None, second.last), "", core
    return amount, "", core


def _before(t: Tokens, core: int, done: int, amount: Amount) -> tuple[int, str]:
    """Read what hedges an amount from before; of two hedges the outer one's place and the stronger one's sense."""
    first, qualifier = core, ""
    hedges, edges = _hedges("before"), _edges("before")
    while first > done and t.words[first - 1] in edges:
        for length in range(min(_longest("before"), first - done), 0, -1):
            found = hedges.get(tuple(t.words[first - length : first]))
            if found:
                break
        else:
            break
        is_word = length == 1 and t.words[first - 1] in _NO_SMALL
        if is_word and amount.point is not None and amount.point < SMALL:
            break
        first -= length
        qualifier = (
            qualifier if qualifier and found == "around" else found if qualifier in ("", "around") else qualifier
        )
    return first, qualifier


def _after(t: Tokens, last: int) -> tuple[int, str]:
    if last == len(t.words) or t.words[last] not in _edges("after"):
        return last, ""
    hedges = _hedges("after")
    for length in range(min(_longest("after"), len(t.words) - last), 0, -1):
        found = hedges.get(tuple(t.words[last : last + length]))
        if found:
            return last + length, found
    return last, ""
