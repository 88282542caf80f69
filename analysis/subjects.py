"""From a cue verb to its subject: the noun phrase that says it.

Written without a parser: subjects are found from closed word classes, commas and capitals. Words are told by
their place in a `Frame`, found subjects by (first, behind the last) word; `lo` is the first word to read.
"""

from __future__ import annotations

from bisect import bisect_left

from analysis.frames import ENDS, Frame
from analysis.noun_phrases import Span, articles, is_name, named_apposition, phrase
from analysis.word_classes import (
    AFRESH,
    AUXILIARY,
    BE,
    BREAK,
    CAPITAL,
    CARRIER,
    CONJUNCTION,
    DASH,
    DETERMINER,
    ED,
    IRREGULAR,
    LEADING,
    PARTICLE,
    PREPOSITION,
    PRONOUN,
    QUOTED,
    RELATIVE,
    ROLE,
    STATEMENT,
    SUBORDINATOR,
    TITLE,
    VERB,
    VERBS,
    Verb,
)

REACH = 80  # words read on either side of a quotation
REACH_QUOTED = 12  # words between "quoted" and "as saying"
MAX_SHARED = 3  # verbs gone back to for a shared subject

_REACH_WHO = 14  # words between "who" and the verb behind its clause
_PARTING = frozenset("and but or".split())
_QUOTING = frozenset("quoted quotes quoting cited cites citing".split())
_BEFORE_PARTICIPLE = BREAK | CONJUNCTION | SUBORDINATOR | PREPOSITION | STATEMENT


def subject(frame: Frame, i: int, lo: int, depth: int = 0) -> Span | None:
    """Find the subject of the verb at word i, not before word lo, as a range of words."""
    low, kinds = frame.low, frame.kinds
    j = i - 1
    if j > lo and low[j] == "as" and low[i] == "saying":
        quoted = next((k for k in range(j - 1, max(lo, j - REACH_QUOTED), -1) if low[k] in _QUOTING), j)
        if quoted + 1 < j:
            return phrase(frame, quoted + 1, j)  # "the agency quoted Ann Poe as saying"
    n_auxiliary = 0
    while j >= lo:
        if kinds[j] & AUXILIARY:
            n_auxiliary += 1
        elif not frame.is_skipped(j) and not (
            low[j] in ("on", "in", "at", "since") and j + 1 < i and frame.is_skipped(j + 1)
        ):
            break
        j -= 1
    if j < lo:
        return phrase(frame, lo, i) if i > lo else None
    word, kind = low[j], kinds[j]
    if word == ")":
        while j > lo and low[j] != "(":
            j -= 1
        return _before(frame, j, lo)
    if kind & _BEFORE_PARTICIPLE and not n_auxiliary and kinds[i] & VERB and VERBS[low[i]].form == "ing":
        return _shared(frame, j, lo, depth)
    if kind & RELATIVE and (word != "that" or j > lo and not kinds[j - 1] & VERB):
        return _antecedent(frame, j, lo)
    if kind & QUOTED:
        is_noun_phrase = j > lo and kinds[j - 1] & DETERMINER and frame.last_mark(j) not in ENDS
        return (j - 1, j + 1) if is_noun_phrase else main_subject(frame, lo, i)
    if word in ("and", "but", "or", "then", "to", "yet"):
        return _shared(frame, j, lo, depth)
    if (who := _who(frame, j, lo)) is not None:
        return _antecedent(frame, who, lo)
    if frame.verb(j):
        return _shared(frame, j, lo, depth)
    if word == "," or kind & DASH:
        return _before_apposition(frame, j, lo)
    return _left(frame, j, lo)


def main_subject(frame: Frame, lo: int, hi: int) -> Span | None:
    """Find the subject of the main clause in a range of words."""
    low, kinds = frame.low, frame.kinds
    end = next((k for k in range(lo + 1, hi) if kinds[k] & AFRESH), hi)
    first = None
    for a, b in _segments(frame, lo, end):
        if kinds[a] & RELATIVE or _is_introduction(frame, a, b) or not (found := lead(frame, a, b)):
            continue
        if joint := _joint(frame, found, b, hi):
            return joint
        if _lead_end(frame, a, b) < b or is_name(frame, found):
            return first if first and low[a] in ("a", "an", "the") else found
        first = first or found
    return first


def lead(frame: Frame, a: int, b: int) -> Span | None:
    """Find the subject that a stretch starts with."""
    kinds = frame.kinds
    while a < b and kinds[a] & LEADING and not kinds[a] & PRONOUN:
        a += 1
    if a < b and kinds[a] & SUBORDINATOR:
        a += 1
    if a < b and kinds[a] & PRONOUN:
        return a, a + 1
    end = _lead_end(frame, a, b)
    return phrase(frame, a, end) if end > a else None


def is_passive(frame: Frame, k: int, verb: Verb) -> bool:
    """Tell "was called", "known as", "a man called “Bob”", where the subject says nothing."""
    if verb.form != "past":
        return False
    low, kinds = frame.low, frame.kinds
    i = frame.before_adverbs(k)
    if i >= 0 and low[i] in BE:
        return True
    if verb.use != "report" or verb.particle or k + 1 >= len(low) or low[k + 1] not in ("as", "of", "by"):
        return False
    is_active = i >= 0 and kinds[i] & (PRONOUN | AUXILIARY | RELATIVE | CAPITAL)
    is_object_before = any(word in ("which", "what", "whom") for word in low[max(0, k - 12) : k])
    return not (is_active or is_object_before)


def is_closed(frame: Frame, k: int, j: int, lo: int) -> bool:
    """Tell whether the verb at k stands in a clause that a comma closes before word j."""
    low, kinds = frame.low, frame.kinds
    if "," not in low[k : j - 1]:
        return False
    if low[k - 1] == "," and low[lo:k].count(",") == 1:
        return True
    i = k - 1
    while i > lo and (kinds[i] & AUXILIARY or frame.is_skipped(i)):
        i -= 1
    if kinds[i] & RELATIVE and i > lo and low[i - 1] == ",":
        return True
    a = k
    while a > lo and not kinds[a - 1] & BREAK:
        a -= 1
    return bool(kinds[a] & SUBORDINATOR) and a == lo


def _before(frame: Frame, j: int, lo: int) -> Span | None:
    """Find the noun phrase that ends before word j."""
    if j - 1 < lo:
        return None
    is_set_off = frame.low[j - 1] == "," or frame.kinds[j - 1] & DASH
    return _before_apposition(frame, j - 1, lo) if is_set_off else _left(frame, j - 1, lo)


def _who(frame: Frame, j: int, lo: int) -> int | None:
    """Return the "who" whose clause ends with word j: "an official who declined to be named" before "said"."""
    low, kinds = frame.low, frame.kinds
    for k in range(j, max(lo, j - _REACH_WHO), -1):
        if low[k] == "who":
            return k
        verb = frame.verb(k)
        has_clause = verb and verb.use == "say" and low[k + 1] not in ("not", "for", "to")  # "asked not to be named"
        if has_clause or kinds[k] & (BREAK | QUOTED | SUBORDINATOR | RELATIVE) or low[k] in _PARTING:
            return None
    return None


def _left(frame: Frame, j: int, lo: int) -> Span | None:
    """Find the noun phrase whose last word is j."""
    low, kinds = frame.low, frame.kinds
    a, is_joint = j, False
    while a > max(lo, j - REACH):
        word = low[a - 1]
        if word == "and" and a - 2 >= lo and kinds[a] & CAPITAL and kinds[a - 2] & (CAPITAL | PRONOUN):
            is_joint = True
        elif word == "," and is_joint and a - 2 >= lo and kinds[a - 2] & kinds[a] & CAPITAL:
            pass
        elif word != "." and _parts_phrases(frame, a - 1):
            break
        a -= 1
    return phrase(frame, a, j + 1, is_joint=is_joint)


def _parts_phrases(frame: Frame, i: int) -> bool:
    """Tell a word that no noun phrase goes over; a full stop inside a sentence is one of an initial."""
    if frame.kinds[i] & (BREAK | SUBORDINATOR | RELATIVE) or frame.low[i] in ("and", "but", "or"):
        return True
    verb = frame.verb(i)
    return verb is not None and verb.form != "base" and not verb.is_noun


def _antecedent(frame: Frame, j: int, lo: int) -> Span | None:
    """Find what the relative pronoun at word j stands for."""
    end = j
    while end > lo and frame.low[end - 1] in (",", "of", "in", "to"):
        end -= 1
    if end == lo or frame.low[end - 1] in CARRIER:
        return None
    found = _left(frame, end - 1, lo)
    if found and not frame.kinds[end - 1] & CAPITAL:
        article = max(articles(frame, found[0] + 1, end), default=found[1])
        return (article, found[1]) if article < found[1] else found
    return found


def _before_apposition(frame: Frame, j: int, lo: int) -> Span | None:
    """Find the subject before the comma at word j, which closes what was set between commas."""
    segments = _segments(frame, lo, j)
    for n, (a, b) in enumerate(segments):
        if n + 1 < len(segments) and _is_introduction(frame, a, b):
            continue
        a = _after_cue(frame, a, b)
        has_verb = any(kind & (AUXILIARY | ED | VERB) for kind in frame.kinds[a:b])
        found = lead(frame, a, b) if has_verb else phrase(frame, a, b)
        if found and n + 1 < len(segments) and not is_name(frame, found):
            return named_apposition(frame, *segments[n + 1]) or found
        return found
    return None


def _after_cue(frame: Frame, a: int, b: int) -> int:
    """Return where "Poe said the guild" goes on behind its cue."""
    for k in range(b - 2, a, -1):
        verb = frame.verb(k)
        if verb and verb.form in ("past", "s") and verb.use == "say":
            return k + 2 if frame.low[k + 1] == "that" and k + 2 < b else k + 1
    return a


def _segments(frame: Frame, lo: int, hi: int) -> list[Span]:
    """Part words into the stretches between commas, dashes and brackets, from the last colon or quotation on."""
    kinds = frame.kinds
    start = max(lo, hi - REACH)
    for k in range(hi - 1, start - 1, -1):
        if kinds[k] & AFRESH:
            start = k + 1
            break
    segments, a = [], start
    for k in range(start, hi + 1):
        if k == hi or kinds[k] & BREAK:
            if k > a:
                segments.append((a, k))
            a = k + 1
    return segments


def _is_introduction(frame: Frame, a: int, b: int) -> bool:
    """Tell a stretch that only leads up to the clause: "On Friday", "As he left", "Speaking in Rome"."""
    kinds = frame.kinds
    while a < b and (kinds[a] & CONJUNCTION or frame.is_adverb(a)):
        a += 1
    if a == b:
        return True
    kind = kinds[a]
    if kind & SUBORDINATOR and a + 1 < b and _lead_end(frame, a + 1, b) == b:
        return False
    if kind & (SUBORDINATOR | PREPOSITION):
        return True
    if all(frame.is_skipped(k) for k in range(a, b)):
        return True
    return (
        bool(kind & ED or frame.low[a].endswith("ing"))
        and not kind & TITLE
        and (not kind & CAPITAL or _is_first(frame, a) or bool(kinds[a - 1] & QUOTED))
    )


def _is_first(frame: Frame, i: int) -> bool:
    return frame.sentences[bisect_left(frame.sentences, i)] == i


def _lead_end(frame: Frame, a: int, b: int) -> int:
    end = a
    while end < b and not _ends_subject(frame, end, a):
        end += 1
    return end


def _ends_subject(frame: Frame, k: int, a: int) -> bool:
    kinds = frame.kinds
    kind = kinds[k]
    if kind & (AUXILIARY | RELATIVE | SUBORDINATOR):
        return True
    if k == a or kind & (CAPITAL | TITLE | ROLE):
        return False
    low = frame.low[k]
    if kind & PREPOSITION and low not in ("of", "for"):
        return True
    if kind & (ED | VERB | IRREGULAR):
        return True
    if k + 1 < len(kinds) and (kinds[k + 1] & AUXILIARY or frame.verb(k + 1)):
        return False
    # A small word right behind a name is its verb: "Poe went home".
    return (
        bool(kinds[k - 1] & CAPITAL)
        and not kinds[k - 1] & DETERMINER
        and not frame.is_possessive(k - 1)
        and not (low in ("of", "for", "and") or kind & PARTICLE)
    )


def _shared(frame: Frame, j: int, lo: int, depth: int) -> Span | None:
    """Find the subject that a later verb of the sentence has in common with an earlier one."""
    for k in range(j, lo, -1) if depth < MAX_SHARED else ():
        verb = frame.verb(k)
        if (
            verb
            and verb.form in ("past", "s")
            and not is_passive(frame, k, verb)
            and not is_closed(frame, k, j, lo)
            and (found := subject(frame, k, lo, depth + 1))
        ):
            return found
    return main_subject(frame, lo, j + 1)


def _joint(frame: Frame, found: Span, b: int, hi: int) -> Span | None:
    """Widen the first name of "France, Germany and Britain" to all of them."""
    if not is_name(frame, found):
        return None
    low, kinds = frame.low, frame.kinds
    k = b
    while k + 1 < hi and low[k] == "," and kinds[k + 1] & CAPITAL:
        k += 1
        while k < hi and kinds[k] & CAPITAL:
            k += 1
        if k + 1 < hi and low[k] == "and" and kinds[k + 1] & CAPITAL:
            k += 1
            while k < hi and kinds[k] & CAPITAL:
                k += 1
            return found[0], k
    return None
