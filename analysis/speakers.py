"""Who says it: the speaker and the cue of a quotation, by the words around it.

`attribute` reads the `Frame` of a paragraph and finds for one of its quotations an `Attribution`:

| field | type | meaning |
| --- | --- | --- |
| start, end, speaker | int, int, str | the speaker phrase in the source, half open, and its text |
| cue_start, cue_end, cue | int, int, str | the verb with its particle, "according to", or nothing (a dash, a colon) |
| rule | str | where the cue stands, see below |
| is_beside | bool | the cue stands right at the quotation's marks |
| stands_for | tuple or None | what "it" or "they" as a speaker stands for: start, end, text |

Rules: `after` (“Q,” she said), `inverted` (“Q,” said Ann Poe), `according` (“Q,” according to …),
`dash` (“Q.” — Ann Poe), `before` (Poe said it was “Q”), `participle` (…, saying “Q”), `agent` (was
called “Q” by Poe), `noun` (Poe's claim that “Q”), `colon` (Poe was blunt: “Q”), `far` (“Q” is over, Poe
said), `lead` (a sentence without marks that leads to the next paragraph's quotation).

The method is that of textacy's and GenderGapTracker's quotation finders (a cue verb, its subject, the
marks), written without a parser: the subject of a verb is found from closed word classes, commas and
capitals. A speaker phrase is the shortest that names or describes the speaker: a name without its
title, a pronoun, a description with its article.

Not caught: speakers named only inside the marks (interview transcripts); verbs of speaking that are not
in the vocabulary; persons named in small letters; two persons with one surname, told apart only by the
one named last. Words are data: `language/cue_verbs.csv`, `report_verbs.csv`, `quote_words.csv`,
`first_names.csv`.
"""

from __future__ import annotations

from typing import NamedTuple

from analysis.frames import ENDS, Frame
from analysis.noun_phrases import Span, name_start, phrase_from, without_titles
from analysis.subjects import REACH, is_closed, is_passive, lead, main_subject, subject
from analysis.word_classes import (
    ACCORDING,
    ADVERB,
    AFRESH,
    AUXILIARY,
    BREAK,
    CAPITAL,
    CARRIER,
    CONJUNCTION,
    CROWD_NOUN,
    CUE,
    DASH,
    DETERMINER,
    KINDS,
    NOUN_CUE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTED,
    RELATIVE,
    STOP,
    SUBORDINATOR,
    TIME,
    TITLE,
    VERB,
    VERBS,
)

_STARTS_NO_SUBJECT = ADVERB | SUBORDINATOR | CONJUNCTION


class Attribution(NamedTuple):
    """One speaker phrase with its cue; the fields are described at the head of this module."""

    start: int
    end: int
    speaker: str
    cue_start: int
    cue_end: int
    cue: str
    rule: str
    is_beside: bool = False
    stands_for: tuple[int, int, str] | None = None


def attribute(frame: Frame, n: int) -> Attribution | None:
    """Find the cue and speaker of the n-th quotation in its own sentence."""
    q = frame.quotes[n]
    lo, hi = frame.bounds[n]
    lo, hi = max(lo, q - REACH), min(hi, q + REACH)
    if q == lo:
        return _right_after(frame, q, lo, hi) or _far_after(frame, q, hi)
    return (
        _right_before(frame, q, lo)
        or _right_after(frame, q, lo, hi)
        or _before(frame, q, lo)
        or _far_after(frame, q, hi)
        or _noun(frame, q, lo)
        or _colon(frame, q, lo)
    )


def attribute_lead(frame: Frame, lo: int, hi: int) -> Attribution | None:
    """Find who speaks in a sentence without quotations, for the quotation that follows it alone."""
    lo = max(lo, hi - REACH)
    for k in range(hi - 1, lo, -1):
        verb = frame.verb(k)
        if not verb or verb.use != "say" or verb.form not in ("past", "s") or is_passive(frame, k, verb):
            continue
        if made := _made(frame, subject(frame, k, lo), (frame.starts[k],) * 2, "lead"):
            return made
    return _made(frame, main_subject(frame, lo, hi), (frame.starts[lo],) * 2, "lead") if hi > lo else None


def is_listed(frame: Frame, n: int) -> bool:
    """Tell whether only "and" or a comma parts the n-th quotation from a cue's one before it."""
    first, last = frame.quotes[n - 1], frame.quotes[n]
    between = frame.low[first + 1 : last]
    return (
        0 < len(between) < 3
        and all(low in ("and", "or", ",") for low in between)
        and (first > 0 and bool(frame.kinds[first - 1] & VERB) and between[-1] != ",")
    )


def _made(
    frame: Frame, span: Span | None, cue: tuple[int, int], rule: str, *, is_beside: bool = False
) -> Attribution | None:
    if span is None:
        return None
    offset, text = frame.offset, frame.text
    cue_start, cue_end = cue
    stands_for = _group(frame, span[0]) if frame.low[span[0]] in ("it", "they") else None
    return Attribution(
        *_placed(frame, span),
        cue_start + offset,
        cue_end + offset,
        text[cue_start:cue_end],
        rule,
        is_beside,
        stands_for,
    )


def _placed(frame: Frame, span: Span) -> tuple[int, int, str]:
    """Return where a phrase stands in the source, without its possessive ending, and its text."""
    start, end = frame.starts[span[0]], frame.ends[span[1] - 1]
    if frame.words[span[1] - 1][-2:] in ("'s", "\u2019s"):
        end -= 2
    return start + frame.offset, end + frame.offset, frame.text[start:end]


def _group(frame: Frame, i: int) -> tuple[int, int, str] | None:
    """Return what "it" or "they" at word i stands for: the subject of its sentence, or of the one before."""
    at = frame.sentence(i)
    for lo, hi in ((frame.sentences[at], i), (frame.sentences[max(at - 1, 0)], frame.sentences[at])):
        found = main_subject(frame, lo, hi) if lo < hi else None
        if found and not frame.kinds[found[0]] & PRONOUN:
            return _placed(frame, found)
    return None


# Cues before the marks.


def _right_before(frame: Frame, q: int, lo: int) -> Attribution | None:
    """Read a cue that stands right before the marks: she added: “Q”; Poe shouted “Q”."""
    low, kinds = frame.low, frame.kinds
    k = q - 1
    if q > lo and not kinds[k] & BREAK and frame.last_mark(q) not in ENDS:
        return _before(frame, q, lo, reach=4, is_beside=bool(kinds[k] & VERB))
    has_colon = low[k] == ":"
    k -= k >= lo and (has_colon or low[k] == ",")
    k -= k > lo and low[k] == "that"
    if k < lo or not (kinds[k] & VERB or has_colon):
        return None
    return _before(frame, q, lo, reach=q - k + (12 if has_colon else 1), is_beside=True)


def _before(frame: Frame, q: int, lo: int, *, reach: int = REACH, is_beside: bool = False) -> Attribution | None:
    """Read the nearest cue before the marks that can govern them."""
    low, kinds = frame.low, frame.kinds
    for k in range(q - 1, max(lo, q - reach) - 1, -1):
        if not kinds[k] & CUE:
            continue
        if kinds[k] & ACCORDING and low[k + 1] == "to":
            return _according(frame, k, q)
        verb = frame.verb(k)
        if verb is None or (verb.use == "quote" and not is_beside and low[k + 1] != "that"):
            continue
        if is_passive(frame, k, verb):
            if made := _agent(frame, k, q):
                return made
            continue
        if is_closed(frame, k, q, lo):
            continue
        cue = frame.cue(k)
        if k == lo and verb.form in ("past", "s") and not verb.is_noun:
            made = _made(frame, phrase_from(frame, k + 1, q), cue, "inverted")
            if made:
                return made
        rule = "participle" if verb.form == "ing" else "before"
        found = subject(frame, k, lo)
        if verb.form == "ing" and (found is None or k == lo):
            found = lead(frame, *_clause_after(frame, q))
        if made := _made(frame, found, cue, rule, is_beside=is_beside):
            return made
    return None


def _clause_after(frame: Frame, q: int) -> Span:
    """Return the stretch behind a quotation, up to the next mark: “Q,” Poe resigned."""
    n = len(frame.words)
    a = q + 1
    while a < n and frame.words[a] == ",":
        a += 1
    b = a
    while b < n and not frame.kinds[b] & BREAK:
        b += 1
    return a, b


def _agent(frame: Frame, k: int, q: int) -> Attribution | None:
    """Read who did it behind a passive verb: was called “Q” by Poe."""
    n = len(frame.low)
    for j in range(k + 1, min(q + 4, n)):
        if frame.low[j] == "by" and (j < q or j == q + 1):
            return _made(frame, phrase_from(frame, j + 1, n), frame.cue(k), "agent")
    return None


def _according(frame: Frame, k: int, hi: int, *, is_beside: bool = False) -> Attribution | None:
    """Read who is named behind "according to"."""
    cue = frame.starts[k], frame.ends[k + 1]
    return _made(frame, phrase_from(frame, k + 2, hi), cue, "according", is_beside=is_beside)


def _noun(frame: Frame, q: int, lo: int) -> Attribution | None:
    """Read a noun of speaking with its owner: Poe's claim that “Q”."""
    low, kinds = frame.low, frame.kinds
    if q - lo > 2 and low[q - 1] == "of" and low[q - 2] in CROWD_NOUN:
        return _made(frame, main_subject(frame, lo, q - 2), _word(frame, q - 2), "noun")
    for k in range(q - 1, max(lo, q - 12), -1):
        if low[k] not in NOUN_CUE or q - k > 5 and low[k + 1] != "that":
            continue
        if low[k - 1] in ("the", "a") or low[k - 2] in ("the", "a"):
            if low[k + 1] != "that":
                continue
            return _made(frame, main_subject(frame, lo, k), _word(frame, k), "noun")
        owner = k - 1
        while owner > lo and not frame.is_possessive(owner) and low[owner] not in POSSESSIVE:
            owner -= 1
            if owner < k - 3 or kinds[owner] & BREAK:
                return None
        if frame.is_possessive(owner):
            span = _owner(frame, owner, lo)
        elif low[owner] in POSSESSIVE:
            span = main_subject(frame, lo, owner) or (owner, owner + 1)
        else:
            return None
        return _made(frame, span, _word(frame, k), "noun")
    return None


def _owner(frame: Frame, owner: int, lo: int) -> Span:
    """Find the phrase that ends with the possessive at a word."""
    a = name_start(frame, lo, owner)
    if frame.kinds[a] & CAPITAL:
        a = without_titles(frame, a, owner)
    return (a - 1 if a > lo and frame.low[a - 1] == "the" else a), owner + 1


def _word(frame: Frame, k: int) -> tuple[int, int]:
    return frame.starts[k], frame.ends[k]


def _colon(frame: Frame, q: int, lo: int) -> Attribution | None:
    """Read a clause with a colon that leads to the quotation: Poe was blunt: “Q”."""
    if q <= lo or frame.words[q - 1] != ":" or frame.low[max(lo, q - 2)] in CARRIER:
        return None
    colon = (frame.starts[q - 1],) * 2
    return _made(frame, main_subject(frame, lo, q - 1), colon, "colon", is_beside=True)


# Cues behind the marks.


def _right_after(frame: Frame, q: int, lo: int, hi: int) -> Attribution | None:
    """Read a cue right behind the marks: “Q,” she said; “Q,” said Ann Poe; “Q,” according to Poe."""
    low, kinds = frame.low, frame.kinds
    j = q + 1
    while j < hi and (low[j] == "," or kinds[j] & DASH or (kinds[j] & STOP and j + 1 < hi)):
        j += 1
    if j >= hi:
        return None
    if kinds[j - 1] & DASH and j - 1 > q:
        return _after_dash(frame, j, hi)
    if kinds[j] & ACCORDING and low[j + 1 : j + 2] == ["to"]:
        return _according(frame, j, hi, is_beside=True)
    has_comma = j > q + 1 or q == lo or frame.last_mark(q) in ENDS
    if not has_comma:
        return None
    if kinds[j] & VERB:
        verb = frame.verb(j) or (VERBS[low[j]] if j + 1 < hi and kinds[j + 1] & CAPITAL else None)
        if verb and verb.use in ("say", "quote") and verb.form in ("past", "s") and _starts_subject(frame, j + 1, hi):
            return _made(frame, phrase_from(frame, j + 1, hi), frame.cue(j), "inverted", is_beside=True)
    return _subject_then_verb(frame, j, hi)


def _after_dash(frame: Frame, j: int, hi: int) -> Attribution | None:
    if not frame.kinds[j] & CAPITAL or any(kind & (AUXILIARY | VERB) for kind in frame.kinds[j:hi]):
        return _subject_then_verb(frame, j, hi)
    return _made(frame, phrase_from(frame, j, hi), (frame.starts[j],) * 2, "dash", is_beside=True)


def _starts_subject(frame: Frame, j: int, hi: int) -> bool:
    if j >= hi:
        return False
    kind = frame.kinds[j]
    if kind & (BREAK | PREPOSITION) or frame.words[j] in ("that", "it", "to", "him", "them", "me", "us"):
        return False
    if kind & CAPITAL and not kind & TIME:
        return True
    return not (kind & _STARTS_NO_SUBJECT or frame.is_skipped(j))


def _subject_then_verb(frame: Frame, j: int, hi: int) -> Attribution | None:
    low, kinds = frame.low, frame.kinds
    if low[j] in ("and", "but", "or", "which", "who", "that", "while", "to", "of") or kinds[j] & AUXILIARY:
        return None
    if kinds[j] & PREPOSITION and low[j] not in ("in", "on", "at"):
        return None
    for k in range(j + 1, min(hi, j + REACH)):
        if not kinds[k] & (AFRESH | VERB):
            continue
        if kinds[k] & AFRESH and not _is_nickname(frame, k):
            return None
        verb = frame.verb(k)
        if not verb:
            continue
        is_quoted = verb.form == "ing" and low[k - 1] == "as"
        if verb.use not in ("say", "quote") or verb.form == "ing" and not is_quoted:
            if verb.use == "particle" and verb.form == "past":
                return _made(frame, subject(frame, k, j), frame.cue(k), "after", is_beside=True)
            continue
        if is_passive(frame, k, verb) or low[k - 1] in ("who", "which", "to", "that"):
            continue
        if low[k - 1] == "," and _is_inverted(frame, k, hi) and frame.last_mark(j - 1) not in ENDS:
            return _made(frame, phrase_from(frame, k + 1, hi), frame.cue(k), "far")
        return _made(frame, subject(frame, k, j), frame.cue(k), "after", is_beside=True)
    return None


def _is_inverted(frame: Frame, k: int, hi: int) -> bool:
    """Tell ", said spokesman Poe" from ", told the court"."""
    return (
        frame.low[k] not in ("told", "asked")
        and _starts_subject(frame, k + 1, hi)
        and bool(frame.kinds[k + 1] & (CAPITAL | TITLE | DETERMINER))
    )


def _is_nickname(frame: Frame, k: int) -> bool:
    """Tell the quotation in Ann "Nan" Poe."""
    kinds = frame.kinds
    return (
        bool(kinds[k] & QUOTED)
        and k + 1 < len(kinds)
        and bool(kinds[k - 1] & kinds[k + 1] & CAPITAL)
        and frame.ends[k] - frame.starts[k] < 20
    )


def _far_after(frame: Frame, q: int, hi: int) -> Attribution | None:
    """Read a cue at the end of the sentence: “Q” is over, Poe said."""
    low, kinds = frame.low, frame.kinds
    for k in range(q + 2, hi):
        if not kinds[k] & CUE:
            continue
        if kinds[k] & ACCORDING and low[k + 1 : k + 2] == ["to"]:
            return _according(frame, k, hi)
        verb = frame.verb(k)
        if not verb or verb.use != "say" or verb.form not in ("past", "s") or is_passive(frame, k, verb):
            continue
        if low[k - 1] == "," and _is_inverted(frame, k, hi):
            return _made(frame, phrase_from(frame, k + 1, hi), frame.cue(k), "far")
        after = frame.words[k + 1] if k + 1 < hi else "."
        is_end = KINDS[after] & (BREAK | TIME) or after in ("in", "on", "at", "last", "earlier")
        if not (is_end or low[k] in ("told", "tells")):
            continue
        a = k
        while a > q + 1 and not kinds[a - 1] & BREAK:
            a -= 1
        is_set_off = low[a - 1] == "," or kinds[a - 1] & (QUOTED | DASH)
        if k > a and is_set_off and not kinds[a] & (RELATIVE | CONJUNCTION):
            return _made(frame, subject(frame, k, q + 1), frame.cue(k), "far")
    return None
