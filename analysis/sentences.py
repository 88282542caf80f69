"""A block to its sentences, with exact offsets.

One row is one sentence of a title or body block: `sentence_id`, `article_id`, `block_id`, `start`,
`end` (characters of the source, half open), `text`. Together the sentences of a block cover it, white
space aside. A quotation of several sentences is several sentences; a question or exclamation quoted
inside a sentence does not end it. A dateline belongs to the sentence behind it.

The splitter is NLTK's Punkt (Kiss and Strunk 2006) without a trained model: its abbreviations and
sentence openers are ours (`language/abbreviations.csv`, `language/sentence_starters.csv`), because
training on ten articles makes it worse. What Punkt cannot know is mended afterwards, by rules on two
neighbouring pieces: it does not tell "Sun." from "sun.", "P.J. Doe", the end of "“I met Mr. Doe.”", or
a headline whose every word is written large.

Not caught: a sentence that starts without a space after the last one's full stop ("square.Police");
a name as the first word after an abbreviation or initial ("in the U.S. Congress will" and "Plan B.
Congress will" are one sentence, whatever follows); sentences in scripts that end them otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from analysis import language

# Punkt's time grows with the square of a text without spaces, and its patterns give up after some
# seconds: it sees a long text in windows.
WINDOW = 5_000
MAX_TITLE_CHARACTERS = 300

# Punkt knows straight quotation marks only. Every character is replaced by one, so offsets hold.
_STRAIGHT = dict(zip("\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb", "'''" + '"""""', strict=True))
# A full stop behind which more stands than closing marks: where there is none, Punkt sees one sentence.
_INNER_STOP = re.compile(r"[.?!](?![\w,]|[\"')\]}]*\s*\Z)")
# The white space behind such a stop, after marks that close; Punkt has ways of its own with any other.
_PLAIN_GAP = re.compile(r"[.?!](?:[\"')\]}]+(?=[ \n\t]))?[ \n\t]+(?=[\"'(]?\w)")
# A mark with white space on its left opens what follows.
_OPENERS_LEFT = re.compile(r"(?<=\s)[\"'\u2018\u201a\u201c\u201e\u00ab(\[]+\s*\Z")
_STOP_BEFORE_STARTER = re.compile(r"(?:\u2026|\.)[\"')\]]*\s+(?=[\"'(\[]*([^\W\d_]+)\b(?!\.))")
_SPACES = re.compile(r"\s+")
_QUOTED_END = re.compile(r"[.!?\u2026][\"']+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}\Z")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")
_SLASHED_SOURCE = re.compile(r"/[^\W\d_][\w ]{1,20}/\.?\Z")
_CLOCK = re.compile(r"\b[ap]\.m\.[\"')]*\s+[\"'(\[]*([^\W\d_]+)")
_ZONE = re.compile(r"(?:\w+\s){1,3}time\b", re.IGNORECASE)
# A sentence starts small with "al-Bashir", "iPhone" or "(b) More time"; elsewhere a small letter goes on.
_SMALL_START = re.compile(r"[\"'(\[]*[a-z]{1,3}-?[A-Z]|\([a-z]\)\s")
# These are abbreviations only where they are written large: "on Sun. 9 August", not "in the sun."
_WRITTEN_LARGE = ("title", "name", "month", "day", "street")


@cache
def _abbreviations(*kinds: str) -> frozenset[str]:
    return frozenset(
        row["abbreviation"] for row in language.rows("abbreviations.csv") if not kinds or row["kind"] in kinds
    )


@cache
def _words(name: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in language.rows(name))


@cache
def _calendar() -> frozenset[str]:
    names = "January February March April May June July August September October November December "
    days = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    return frozenset((names + days).lower().split()) | _abbreviations("month", "day")


@cache
def _punkt_abbreviations() -> frozenset[str]:
    return _abbreviations() - _abbreviations("number", *_WRITTEN_LARGE)


@cache
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(_punkt_abbreviations())
    parameters.sent_starters = set(_words("sentence_starters.csv", "word"))
    return PunktSentenceTokenizer(parameters)


def split(text: str) -> list[tuple[int, int]]:
    """Split one block's text into sentences.

    Returns (start, end) for each, without the white space around it; none for a text of white space.

    >>> split("Mr. Smith left. “Why?” he was asked.")
    [(0, 15), (16, 36)]
    """
    plain = text
    for mark, straight in () if text.isascii() else _STRAIGHT.items():
        plain = plain.replace(mark, straight)
    is_title = _is_title_case(text)
    cuts = {0, *_cuts(plain)}
    if not is_title:
        cuts |= {stop.end() for stop in _STOP_BEFORE_STARTER.finditer(plain) if _is_starter(stop.group(1))}
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text, sorted(cuts)):
        if spans and _goes_on(plain, spans[-1], start, end, is_title=is_title):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [piece for span in spans for piece in _after_clock_times(plain, *span)]


def _cuts(plain: str) -> Iterable[int]:
    """Return where Punkt starts a sentence, the first one aside; it is asked only where a stop is not plain."""
    cuts: list[int] = []
    for stop in _INNER_STOP.finditer(plain):
        at = stop.start()
        gap = _PLAIN_GAP.match(plain, at)
        if not gap or not _is_plain(plain[plain.rfind(" ", 0, at) + 1 : at]):
            return _punkt_cuts(plain)
        cuts.append(gap.end())
    return cuts


@lru_cache(maxsize=1 << 14)
def _is_plain(word: str) -> bool:
    """Tell a word behind which Punkt takes any stop for the end of a sentence."""
    word = word.lstrip("\"'(")
    return len(word) > 1 and word.isalpha() and word.lower() not in _punkt_abbreviations()


def _punkt_cuts(plain: str) -> Iterator[int]:
    """Ask Punkt where it starts a sentence, the first one aside.

    It comes out the same in windows as in one go, as long as no word is longer than a window.
    """
    start = 0
    while start < len(plain):
        stop, last_word = _window(plain, start)
        found = [start + first for first, _ in _punkt().span_tokenize(plain[start:stop])][1:]
        yield from found
        # The window may cut its last sentence off, so the next one starts with it; a sentence longer
        # than a window is gone through by its last word, whose full stop nobody has judged yet.
        start = len(plain) if stop == len(plain) else found[-1] if found else last_word


def _window(plain: str, start: int) -> tuple[int, int]:
    """Return where a window ends and where its last word starts; no word is cut that is shorter than a window."""
    if start + WINDOW >= len(plain):
        return len(plain), len(plain)
    ends = [space.end() for space in _SPACES.finditer(plain, start, start + WINDOW)]
    stop = ends[-1] if ends else start + WINDOW
    return stop, ends[-2] if len(ends) > 1 else stop


def _pieces(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the pieces between the cuts without the white space around them; none is empty."""
    moved = [0]
    for cut in cuts[1:]:
        opener = _OPENERS_LEFT.search(text, max(moved[-1], cut - 10), cut)
        moved.append(opener.start() if opener else cut)
    for start, end in zip(moved, [*moved[1:], len(text)], strict=True):
        start, end = _stripped(text, start, end)
        if start < end:
            yield start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_title_case(text: str) -> bool:
    """Tell a headline that writes its words large, so that a capital is no sign of a new sentence."""
    if len(text) > MAX_TITLE_CHARACTERS or text.rstrip()[-1:] in tuple(".!\"'\u201d\u2019"):
        return False
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _is_starter(word: str) -> bool:
    return word[0].isupper() and word.lower() in _words("sentence_starters.csv", "word")


def _goes_on(plain: str, previous: tuple[int, int], start: int, end: int, *, is_title: bool) -> bool:
    """Tell whether the piece start:end goes on with the sentence of the piece before it."""
    before = plain[max(previous[0], previous[1] - 40) : previous[1]]
    after = plain[start : min(end, start + 200)]
    opened = after.lstrip("\"'([")
    if not any(c.isalnum() for c in after) or after[0] in ")],;:":
        return True  # marks alone are no sentence, and these open none
    if opened[:1].islower() and not _SMALL_START.match(after):
        return True
    if (previous[1] - previous[0] < 5 and _LIST_NUMBER.fullmatch(before)) or _is_dateline(before, after):
        return True
    return _is_abbreviated(before, opened, is_title=is_title) or _is_asked(before, after)


def _is_abbreviated(before: str, opened: str, *, is_title: bool) -> bool:
    """Tell whether a piece ends with an abbreviation or initials that belong to the next."""
    if not before.endswith("."):
        return False
    token = before.split()[-1].lstrip("\"'([")
    word = re.match(r"[^\W\d_]*", opened)
    starts = bool(word and word.group() and _is_starter(word.group())) and not opened[1:].startswith(".")
    abbreviation = token[:-1].lower()
    if abbreviation in _abbreviations("number"):
        return opened[:1].isdigit()
    if abbreviation in _abbreviations(*_WRITTEN_LARGE):
        return token[0].isupper() and (is_title or not starts)
    if abbreviation in _abbreviations() or _INITIALS.fullmatch(token):
        return is_title or not starts
    # A dash goes on behind the abbreviation of a place: "FAIRFAX, Va. - The governor …"
    return opened[0] in "-\u2013\u2014_" and token[0].isupper() and len(token) < 6


def _is_dateline(before: str, after: str) -> bool:
    """Tell "MINSK, August 9." from "/TASS/.", and both from the sentence that they open."""
    return bool(_SLASHED_SOURCE.search(before) or _SLASHED_SOURCE.fullmatch(after))


def _is_asked(before: str, after: str) -> bool:
    """Tell a quoted question or exclamation from the words that name its speaker: “Why?” John Doe asked."""
    if not _QUOTED_END.search(before) or before.rstrip("\"'")[-1] not in "?!" or after[0] in "\"'([":
        return False
    first_clause = after.split(",")[0].split()[:6]
    return any(word.rstrip(".") in _words("cue_verbs.csv", "verb") for word in first_clause)


def _after_clock_times(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a sentence after "5 p.m." where a capital follows that is no day, month or time zone."""
    if ".m." not in plain:
        return [(start, end)]
    pieces = []
    for match in _CLOCK.finditer(plain, start, end):
        word = match.group(1)
        is_calendar = word.lower() in _calendar() or _ZONE.match(plain, match.start(1))
        if word[0].isupper() and not word.isupper() and not is_calendar:
            cut = match.start(1)
            while plain[cut - 1] in "\"'([":
                cut -= 1
            pieces.append((start, _stripped(plain, start, cut)[1]))
            start = cut
    return [*pieces, (start, end)]
