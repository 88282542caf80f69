"""Paragraphs of an article to its quotations: what stands between marks, its kind, who says it.

One `Quote` is one pair of quotation marks:

| field | type | meaning |
| --- | --- | --- |
| start, end | int | what stands between the marks, characters of the source, half open |
| text | str | source[start:end], unchanged |
| kind | str | direct, partial, scare, title, see below |
| speaker | str or None | the text at the cue: a name without its title, a pronoun, a description with its article |
| speaker_start, speaker_end | int or None | where that stands; never inside the quotation itself |
| speaker_name | str or None | the fullest name of that speaker in the article, for a pronoun of its antecedent |
| speaker_id | str or None | the actor of the `Name` that the speaker is, where one is given |
| cue | str or None | the word that tells of speaking; None where the sentence has none of its own |
| cue_start, cue_end | int or None | where that stands |
| is_unclosed | bool | a mark is missing, and nothing shows that the quotation goes on |
| depth | int | 0, or in how many other quotations it stands |
| rule | str | how the speaker was found: a rule of `speakers`, `same` (the quotation before goes on), `chain`
(over paragraphs, named later), `next`, `outer` (the "I" of a nested one), or `none` |

Kinds. `direct`: a clause with its subject, or a whole utterance. `partial`: a fragment built into the
reporter's sentence. `scare`: a term or label without a speaker of its own. `title`: the name of a work,
march or operation (all its main words are written large, and no cue stands right before it).

Marks are paired by where they stand rather than by their shape, because papers and scrapes mix shapes:
a mark before a word and behind a space opens, one behind a word and before a space or stop closes; the
shape decides where the place does not. Two single marks ('') are one double. A single mark inside a
word, behind a plural's s with a noun following, before '90s or 'em, is an apostrophe. A paragraph that
opens a quotation and does not close it ends it; where the next paragraph opens with a mark, or closes
one that it has not opened, the quotation goes on and nothing is wrong; otherwise the row is unclosed.

Not caught: a plural possessive right before the true closing mark that no later mark gives away; marks
of inches after a quotation opened; quotations without marks; a paragraph without any mark between two
that belong to one quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from analysis.frames import Frame
from analysis.marks import Pair, find_marks, function_words, pair_marks
from analysis.people import People
from analysis.speakers import Attribution, attribute, attribute_lead, is_listed
from analysis.word_classes import QUOTE

_ENDS = tuple(".!?\u2026:\"'\u201d\u2019,")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Paragraph(NamedTuple):
    """One body (or title) block of an article; `start` is its place in the source."""

    start: int
    text: str


class Name(NamedTuple):
    """A mention of an actor in the source: a name, role or metonym."""

    start: int
    end: int
    actor_id: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation; the fields are described at the head of this module."""

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_name: str | None = None
    speaker_id: str | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    is_unclosed: bool = False
    depth: int = 0
    rule: str = "none"


# Pairs to rows.


@dataclass(slots=True)
class _Row:
    """A quotation on its way to a `Quote`: its place, and what is known of its speaker."""

    paragraph: int
    pair: Pair
    frame: Frame
    n: int
    found: Attribution | None = None
    rule: str = "none"
    has_cue: bool = False
    outer: _Row | None = None

    @property
    def place(self) -> int:
        """The word of its frame that the quotation is."""
        return self.frame.quotes[self.n]


def find_quotes(paragraphs: Sequence[Paragraph], names: Sequence[Name] = ()) -> list[Quote]:
    """Find the quotations of one article, in the order of their opening marks.

    `paragraphs` are its blocks in order; `names` the mentions of actors, which give the speakers their ids.

    >>> find_quotes([Paragraph(0, "“It is late,” said Ann Poe.")])[0].speaker
    'Ann Poe'
    """
    marked = _marked(paragraphs)
    if not any(marked):
        return []
    spans = [[(pair.outer, pair.close) for pair in found if not pair.depth] for found in marked]
    frames: list[Frame | None] = [None] * len(paragraphs)
    rows: list[_Row] = []
    for number, found in enumerate(marked):
        if found:
            paragraph = paragraphs[number]
            frames[number] = frame = Frame(paragraph.text, spans[number], paragraph.start)
            rows += _paragraph_rows(number, found, frame)
    for k, row in enumerate(rows):
        goes_with = row.n and rows[k - 1].frame is row.frame and is_listed(row.frame, row.n)
        row.found = goes_with and rows[k - 1].found or attribute(row.frame, row.n)
        if row.found:
            row.rule, row.has_cue = row.found.rule, row.found.cue_end > row.found.cue_start
        if row.outer and row.found and row.found.speaker.lower() in ("i", "we"):
            # A quoted "I" is whoever is quoted.
            row.found, row.rule, row.has_cue = row.outer.found, "outer", False
    _continue(paragraphs, frames, rows)
    people = People(paragraphs, spans, names)
    return [_quote(row, paragraphs[row.paragraph], people) for row in rows]


def _marked(paragraphs: Sequence[Paragraph]) -> list[list[Pair]]:
    """Pair the marks of every paragraph, and settle which open quotations go on in the next."""
    marked: list[list[Pair]] = []
    carried: Pair | None = None
    n_between = 0
    for paragraph in paragraphs:
        marks = find_marks(paragraph.text)
        if not marks:
            # A caption or a line of page furniture may stand between.
            n_between += 1
            carried = carried if n_between < 3 else None
            marked.append([])
            continue
        n_between = 0
        found = pair_marks(paragraph.text, marks, carried.is_double if carried else None)
        if (
            carried
            and found
            and found[0].is_double == carried.is_double
            and (not paragraph.text[: found[0].outer].strip())
        ):
            carried.goes_on = True
        carried = next((p for p in reversed(found) if not p.depth), None) if found else None
        carried = None if carried and carried.is_closed else carried
        marked.append(found)
    return marked


def _paragraph_rows(number: int, found: list[Pair], frame: Frame) -> Iterator[_Row]:
    """Yield a row for each pair; a nested one is read by the words inside the one that holds it."""
    holders: list[_Row] = []
    inner: list[tuple[Frame, Iterator[int]]] = []
    top = count()
    for k, pair in enumerate(found):
        del holders[pair.depth :], inner[pair.depth :]
        if not pair.depth:
            row = _Row(number, pair, frame, next(top))
        else:
            outer = holders[-1]
            if len(inner) < pair.depth:
                spans = [(p.outer, p.close) for p in _children(found, k)]
                inner.append((Frame(frame.text, spans, frame.offset, outer.pair.start, outer.pair.end), count()))
            text, numbers = inner[-1]
            row = _Row(number, pair, text, next(numbers), outer=outer)
        holders.append(row)
        yield row


def _children(found: list[Pair], k: int) -> Iterator[Pair]:
    """Yield the k-th pair and those after it that stand in the same quotation at the same depth."""
    depth = found[k].depth
    while k < len(found) and found[k].depth >= depth:
        if found[k].depth == depth:
            yield found[k]
        k += 1


# Quotations without a cue of their own.


def _continue(paragraphs: Sequence[Paragraph], frames: list[Frame | None], rows: list[_Row]) -> None:
    """Give quotations that stand alone the speaker of the one that they go on with."""
    tops = [row for row in rows if not row.outer]
    for chain in _chains(tops):
        known = next((row for row in chain if row.found), None)
        for row in chain if known else ():
            if not row.found:
                row.found, row.rule = known.found, "chain"
    previous: _Row | None = None
    for k, row in enumerate(tops):
        if not row.found and _stands_alone(row):
            _take_over(row, previous, tops[k + 1] if k + 1 < len(tops) else None, paragraphs, frames)
        previous = row


def _chains(tops: list[_Row]) -> Iterator[list[_Row]]:
    """Yield the runs of quotations that go on over paragraphs."""
    chain: list[_Row] = []
    for row in tops:
        chain.append(row)
        if not row.pair.goes_on:
            if len(chain) > 1:
                yield chain
            chain = []


def _stands_alone(row: _Row) -> bool:
    """Tell a quotation that is a sentence of its own, or opens one that it speaks for."""
    lo, hi = row.frame.bounds[row.n]
    if row.place != lo:
        return False
    following = row.frame.words[lo + 1 : hi]
    return all(word in ".!?,\u2026" or word == QUOTE for word in following) or row.pair.goes_on


def _take_over(
    row: _Row,
    previous: _Row | None,
    following: _Row | None,
    paragraphs: Sequence[Paragraph],
    frames: list[Frame | None],
) -> None:
    """Find whose words a quotation without a cue goes on with."""
    lo, hi = row.frame.bounds[row.n]
    if previous and previous.paragraph == row.paragraph and previous.found and _is_next_sentence(previous, lo):
        row.found, row.rule = previous.found, "same"
    elif lo > 0:
        row.found, row.rule = attribute_lead(row.frame, row.frame.sentences[row.frame.sentence(lo) - 1], lo), "lead"
    elif following and following.paragraph == row.paragraph and following.found and following.place == hi:
        row.found, row.rule = following.found, "next"
    elif previous and previous.paragraph == row.paragraph - 1 and previous.found:
        row.found, row.rule = previous.found, "same"
    elif row.paragraph:
        at = row.paragraph - 1
        # A caption, which has no full stop, may stand between.
        while at > max(0, row.paragraph - 3) and not paragraphs[at].text.rstrip().endswith(_ENDS):
            at -= 1
        text = frames[at] or Frame(paragraphs[at].text, (), paragraphs[at].start)
        if len(text.sentences) > 1:
            row.found, row.rule = attribute_lead(text, text.sentences[-2], text.sentences[-1]), "lead"


def _is_next_sentence(previous: _Row, lo: int) -> bool:
    return previous.frame.bounds[previous.n][1] == lo


# Rows to quotations: kinds, names, ids.


def _quote(row: _Row, paragraph: Paragraph, people: People) -> Quote:
    pair, found = row.pair, row.found
    kind = _kind(row)
    start, end = paragraph.start + pair.start, paragraph.start + pair.end
    text = paragraph.text[pair.start : pair.end]
    is_unclosed = not pair.is_closed and not pair.goes_on
    if found is None or kind in ("scare", "title"):
        return Quote(start, end, text, kind, is_unclosed=is_unclosed, depth=pair.depth)
    name, actor_id = people.resolve(found.start, found.end, found.speaker, found.stands_for)
    cue = (found.cue, found.cue_start, found.cue_end) if row.has_cue else (None, None, None)
    return Quote(
        start,
        end,
        text,
        kind,
        found.speaker,
        found.start,
        found.end,
        name,
        actor_id,
        *cue,
        is_unclosed,
        pair.depth,
        row.rule,
    )


_FINITE = frozenset(
    "is are was were has have had will would can could may might must should shall do does did cannot am 'm".split()
)
_CONTRACTED = re.compile(
    r"(?:n['\u2019]t|(?:he|she|it|there|that|what|who|here)['\u2019]s"
    r"|(?:i|we|they|you|he|she|it)['\u2019](?:m|re|ve|ll|d))\Z"
)
_SUBJECTS = frozenset("i we they you he she it there this these those nobody everyone everybody nothing".split())
_OPENERS = frozenset(
    "and but so because if otherwise well yes no when as although while unless then now of course "
    "maybe perhaps that".split()
)


def _kind(row: _Row) -> str:
    text = row.frame.text[row.pair.start : row.pair.end]
    is_beside = row.found is not None and (row.found.is_beside or row.rule in ("same", "chain", "next", "lead"))
    if not is_beside and text[:1].isupper() and _is_title(text):
        return "title"
    if row.found is None:
        return "direct" if _stands_alone(row) and not row.outer else "scare"
    if _is_utterance(row, text, is_beside=is_beside):
        return "direct"
    return "direct" if _is_clause(text) and not _runs_on(row) else "partial"


def _runs_on(row: _Row) -> bool:
    """Tell a quotation that opens a sentence and goes over into the reporter's words: “We met” on much."""
    lo, hi = row.frame.bounds[row.n]
    if row.place != lo or lo + 1 >= hi or not row.frame.words[lo + 1].islower():
        return False
    following = row.frame.starts[lo + 1] + row.frame.offset
    return row.found is not None and following not in (row.found.start, row.found.cue_start)


def _is_title(text: str) -> bool:
    """Tell the name of a work or march: two words or more, all but the small ones written large."""
    if len(text) > 100 or text.rstrip()[-1:] in tuple(".,!?"):
        return False
    found = [word for word in text.split() if word.lower() not in function_words()]
    return len(found) > 1 and all(word.lstrip("#(")[:1].isupper() or word[0].isdigit() for word in found)


def _is_utterance(row: _Row, text: str, *, is_beside: bool) -> bool:
    """Tell words quoted as they were said, from their capital to their stop."""
    if not text.lstrip("\u2026.[(\"'\u2018\u201c ")[:1].isupper():
        return False
    lo, hi = row.frame.bounds[row.n]
    following = row.frame.words[row.place + 1] if row.place + 1 < hi else "."
    if row.place == lo:
        return row.frame.last_mark(row.place) in ",.!?\u2026-\u2014" or following in ".,\u2026?!-\u2014"
    return (
        is_beside
        and (len(text.split()) > 1 or text.rstrip()[-1:] in "!?")
        and (row.frame.last_mark(row.place) in ".!?,\u2026" or following in (".", ",", "?", "!", "and", "or"))
    )


def _is_clause(text: str) -> bool:
    """Tell a finite clause with its own subject from a fragment."""
    found = list(map(str.lower, _WORD.findall(text[:200])[:14]))
    k = 0
    while k < len(found) and found[k] in _OPENERS:
        k += 1
    if k >= len(found) - 1:
        return False
    first = found[k]
    if first in _FINITE:
        return text.rstrip()[-1:] == "?"
    if first in _SUBJECTS or _CONTRACTED.match(first):
        return first not in ("this", "these", "those") or any(word in _FINITE for word in found[k + 1 : k + 4])
    for word in found[k + 1 :]:
        if word in ("that", "who", "which", "whose", "where", "when", "to"):
            return False
        if word in _FINITE or ("'" in word or "\u2019" in word) and _CONTRACTED.search(word):
            return True
    return False
