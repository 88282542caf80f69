"""A time expression to its direction: do the words around it tell of it as past, or as to come?

`CUE` finds what tells a tense: a word or phrase of the vocabulary (groups `word` and `phrase`), a word in -ed (`ed`)
or an infinitive (no group). `COMING` finds words right before a time that put it ahead ("planned for").
Not caught, on purpose: irregular past tenses that the vocabulary does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from analysis.language import any_case
from analysis.time_words import GAP, choice, terms
from analysis.timex import Direction, TimeExpression

CUE_REACH = 240  # characters searched for a tense on either side

_DIRECTION_OF_CUE = {term: kind for kind in ("future", "future_after", "past") for term in terms(kind)}
# "to be released", "the disputed vote": a participle there is no past tense; "May" is the month.
_NO_PARTICIPLE = "".join(any_case(rf"(?<!\b{word}\s)") for word in ("be", "the", "a", "an", "of"))
_CUE_WORD = any_case(choice(cue for cue in _DIRECTION_OF_CUE if " " not in cue))
_IN_ED = "[A-Za-z]{4,26}+(?<=[Ee][Dd])"
CUE = re.compile(
    rf"\b(?:(?P<phrase>{any_case(choice(cue for cue in _DIRECTION_OF_CUE if ' ' in cue))})\b"
    rf"|(?={_CUE_WORD}\b|{_IN_ED}\b){_NO_PARTICIPLE}"
    rf"(?:(?!May\b)(?P<word>{_CUE_WORD})\b"
    rf"|(?!{any_case(choice(terms('not_past')))}\b)(?P<ed>{_IN_ED})\b)"
    rf"|{any_case('to')}{GAP}(?!(?:{any_case('the|a|an|his|her|its|their|this|that')})\b)[a-z])"
)
_NEAR = any_case(choice(terms("future_near")))
COMING_REACH = 60  # characters: the longest sign with its gaps, and what may follow it
COMING = re.compile(rf"(?<!\b[Nn][Oo][Tt]\s)\b{_NEAR}\b[^,]{{0,20}}$")
# A full stop ends a sentence after two small letters or figures only: "U.S. troops" goes on.
_SENTENCE_END = re.compile(r"[a-z0-9)%”’\"'][a-z0-9)%”’\"'][.!?][”’\"')]{0,2}\s{1,3}(?=[^a-z0-9\s])|\n[^\S\n]{0,3}\n|;")


def direction(text: str, expression: TimeExpression) -> Direction:
    """Tell from the tense around an expression whether it lies before or after the report.

    The nearest cue to the left in the same sentence decides, else the first to the right: a past tense,
    or a sign of what is to come ("will", "is due", "planned for"; to its left also "vowed to"). An
    infinitive ("to meet ministers on Monday") follows the sign before it, but after a past tense it
    leaves the matter "unknown", as a sentence without any cue does.
    """
    if expression.rule in ("ago", "unit", "period", "day_word") and expression.shift:
        return "future" if expression.shift > 0 else "past"
    left = _SENTENCE_END.split(text[max(0, expression.start - CUE_REACH) : expression.start])[-1]
    if COMING.search(left, max(0, len(left) - COMING_REACH)):
        return "future"
    is_infinitive = False
    before = list(CUE.finditer(left))
    for index, cue in enumerate(chain(reversed(before), _cues_behind(text, expression.end))):
        words = cue["phrase"] or cue["word"]
        points = _DIRECTION_OF_CUE[" ".join(words.lower().split())] if words else ""
        if points == "future" or (points == "future_after" and index < len(before)):
            return "future"
        if words or cue["ed"]:
            return "unknown" if is_infinitive else "past"
        is_infinitive = True
    return "unknown"


def _cues_behind(text: str, end: int) -> Iterator[re.Match[str]]:
    """Yield the cues between a place and the end of its sentence."""
    # Two characters before the place go along, for a full stop is told by what stands before it.
    yield from CUE.finditer(_SENTENCE_END.split(text[max(0, end - 2) : end + CUE_REACH])[0][2:])
