"""Text to sentiment scores by lexicon and rule: VADER as it was published, and the same with an overlay for news.

`score` of a `Lexicon` gives one `Scores` for one text:

| field | type | meaning |
| --- | --- | --- |
| compound | float | sum of the valences after the rules, normalised to -1 (worst) to 1 (best), 4 decimals |
| positive, neutral, negative | float | shares of the words by the sign of their valence, 3 decimals; they sum to 1, or are all 0 in a text without words |

`vader()` is the method of Hutto and Gilbert (2014) as NLTK's `nltk.sentiment.vader` carries it out, with the
lexicon that the package `vaderSentiment` ships; it gives NLTK's numbers. A word's valence (-4 to 4) is
changed by the three words before it (boosters add 0.293, negations multiply by -0.74), by capitals among
small letters, by "but" (what stands before counts half, what follows one and a half times), by a few idioms;
exclamation and question marks strengthen the sum. NLTK's ways are kept where they are odd: words of one
character do not exist, a mark is taken off a word only where it stands alone on one side, and a word that
comes twice is read both times as where it stood first. Only the marks are not: curly quotes and apostrophes
count as straight ones.

`news()` differs in six things. The overlay `language/news_valence.csv` replaces valences: VADER was made
from posts in social media, where "united", "security" and "support" are warm words, and "crackdown" or
"coup" none. A row of several words is read as one word (the longest wins); a valence of 0 takes a word out
of the lexicon. All marks are taken off both sides of a word, so that the last word of a quotation counts
like any other. A word is read each time where it stands. Words joined by a dash are two. "No" negates ("no
threat"), "despite" does not ("despite the war"). And the sum is normalised by the number of words, because
a long sentence collects more valences of either sign by chance.

Not caught: irony; who does what to whom; the scope of a negation beyond three words; conditions and demands
("must be released" reads like "released"); words that neither lexicon has.

Speed comes from reading each distinct word once (a table from the word as it stands in the text to all that
the rules ask of it), from one entry for all words that no rule asks for, and from applying the rules only at
words with a valence.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import sqrt
from typing import NamedTuple

from nltk.sentiment.vader import VaderConstants

from analysis import language

_C = VaderConstants
# VADER's normalisation constant, and what a mark adds: given as literals in NLTK's code.
_ALPHA = 15
# For news it grows with the words, because sums do: it is VADER's for 12 words, the length of a post. Below
# the least number, fragments would weigh as much as sentences.
_ALPHA_PER_WORD, _LEAST_WORDS = _ALPHA / 12, 5
_EXCLAMATION, _QUESTION, _QUESTIONS = 0.292, 0.18, 0.96
_STRAIGHT = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'") | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
)
_CURLY = frozenset(map(chr, _STRAIGHT))
_PUNCTUATION = frozenset(string.punctuation)
_AROUND = string.punctuation + "\u2026\u2013\u2014\u00ab\u00bb"
_IDIOMS: Mapping[str, float] = _C.SPECIAL_CASE_IDIOMS
_PAIRS = frozenset(phrase for phrase in _C.BOOSTER_DICT if " " in phrase)
# The longest word of each idiom and booster of two words: where none is near, none need be put together.
_SIGNS = frozenset(max(phrase.split(), key=len) for phrase in (*_IDIOMS, *_PAIRS))
# Beyond this many distinct words the table starts anew, so that memory stays bounded.
_MOST_WORDS = 200_000


class Scores(NamedTuple):
    """The scores of one text; the fields are described at the head of this module."""

    compound: float
    positive: float
    neutral: float
    negative: float


_EMPTY = Scores(0.0, 0.0, 0.0, 0.0)
_NEUTRAL = Scores(0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Word:
    """What the rules ask of a word: `valence` is 0 for one that has none or only boosts others.

    `opens` has the phrases that begin with it, by their second word: the words behind it, and the whole.
    """

    text: str
    lower: str
    valence: float
    is_listed: bool
    boost: float
    is_negation: bool
    is_upper: bool
    is_sign: bool
    is_turn: bool
    is_changer: bool
    opens: Mapping[str, Sequence[tuple[tuple[str, ...], _Word]]]


# Most words: no rule asks for more than that they stand there.
_OTHER = _Word("", "", 0.0, False, 0.0, *[False] * 5, {})
_RULED = frozenset("so this never at very of least kind but".split())


class Lexicon:
    """Valences of words and phrases, and the rules that make of them the scores of a text.

    `valences` maps words in small letters to numbers other than 0; `phrases` likewise, of two words or more.
    `is_nltk` keeps to NLTK's marks, repeated words, negations and normalisation.
    """

    def __init__(
        self, valences: Mapping[str, float], phrases: Mapping[str, float] | None = None, *, is_nltk: bool = False
    ) -> None:
        self.valences = dict(valences)
        self.phrases = dict(phrases or {})
        self.is_nltk = is_nltk
        self.negations = frozenset(_C.NEGATE) if is_nltk else frozenset(_C.NEGATE) - {"despite"} | {"no"}
        self._opens: dict[str, dict[str, list[tuple[tuple[str, ...], _Word]]]] = {}
        for phrase in sorted(self.phrases, key=lambda phrase: -len(phrase.split())):
            first, *rest = phrase.split()
            valence = self.phrases[phrase]
            whole = _Word(phrase, phrase, valence, valence != 0, 0.0, *[False] * 5, {})
            self._opens.setdefault(first, {}).setdefault(rest[0], []).append((tuple(rest), whole))
        parts = {word for phrase in (*self.phrases, *_IDIOMS, *_C.BOOSTER_DICT) for word in phrase.split()}
        self._known = self.valences.keys() | self.negations | parts | _RULED
        self._words = _Words(self)

    def score(self, text: str) -> Scores:
        """Score one text.

        >>> Lexicon({"good": 1.9}, is_nltk=True).score("The bread is good.").compound
        0.4404
        """
        words = self.read(text)
        asked = [i for i, word in enumerate(words) if word is not _OTHER]
        valued = [i for i in asked if words[i].valence]
        if not valued:
            return _NEUTRAL if words else _EMPTY
        sums = self._valences(words, asked, valued)
        alpha = _ALPHA if self.is_nltk else _ALPHA_PER_WORD * max(len(words), _LEAST_WORDS)
        return _scores(sums, len(words), _emphasis(text), alpha)

    def read(self, text: str) -> list[_Word]:
        """Return the words of a text in their order, those of a phrase together as one."""
        if len(self._words) > _MOST_WORDS:
            self._words.clear()
        if not self.is_nltk and ("\u2014" in text or "\u2013" in text):
            text = text.replace("\u2014", " ").replace("\u2013", " ")
        words = list(filter(None, map(self._words.__getitem__, text.split())))
        return self._joined(words) if self._opens else words

    def word(self, token: str) -> _Word | None:
        """Read one word as it stands in a text, with the marks around it; None where nothing is left."""
        if not _CURLY.isdisjoint(token):
            token = token.translate(_STRAIGHT)
        token = _bare(token) if self.is_nltk else token.strip(_AROUND)
        if not token:
            return None
        lower = token.lower()
        is_upper = token.isupper()
        if not is_upper and lower not in self._known and "n't" not in lower:
            return _OTHER
        boost = _C.BOOSTER_DICT.get(lower, 0.0)
        is_negation = lower in self.negations or "n't" in lower
        valence = self.valences.get(lower, 0.0)
        return _Word(
            text=token,
            lower=lower,
            valence=0.0 if boost else valence,
            is_listed=lower in self.valences,
            boost=boost,
            is_negation=is_negation,
            is_upper=is_upper,
            is_sign=token in _SIGNS,
            is_turn=lower == "but",
            is_changer=boost != 0
            or is_negation
            or token in _SIGNS
            or token == "this"
            or lower in ("least", "kind", "but"),
            opens=self._opens.get(lower, {}),
        )

    def _joined(self, words: list[_Word]) -> list[_Word]:
        """Put the words of each phrase together as one."""
        joined: list[_Word] = []
        at = 0
        for first in [i for i, word in enumerate(words[:-1]) if words[i + 1].lower in word.opens]:
            for rest, whole in words[first].opens[words[first + 1].lower] if first >= at else ():
                end = first + 1 + len(rest)
                if tuple([word.lower for word in words[first + 1 : end]]) == rest:
                    joined += [*words[at:first], whole]
                    at = end
                    break
        return joined + words[at:] if at else words

    def _valences(self, words: list[_Word], asked: list[int], valued: list[int]) -> list[float]:
        """Return the valences after the rules of the words that have one."""
        if all(not words[i].is_changer and not words[i].is_upper for i in asked):
            return [words[i].valence for i in valued]
        made: list[float] = []
        first: dict[str, int] = {}
        is_mixed: bool | None = None
        for i in valued:
            word = words[i]
            at = first.setdefault(word.text, i) if self.is_nltk else i
            if not word.is_upper and not [1 for near in words[max(at - 3, 0) : at + 3] if near.is_changer]:
                # Most words: nothing near them changes anything.
                made.append(word.valence)
                continue
            if word.lower == "kind" and at + 1 < len(words) and words[at + 1].lower == "of":
                made.append(0.0)
                continue
            before = [words[k] for k in range(at - 1, max(at - 4, -1), -1)]
            if is_mixed is None and [1 for other in (word, *before) if other.is_upper]:
                is_mixed = 0 < sum([other.is_upper for other in words]) < len(words)
            made.append(_valence(words, at, before, is_mixed=bool(is_mixed)))
        turn = next((i for i in asked if words[i].is_turn), None)
        if turn is not None:
            made = [v * (0.5 if i < turn else 1.5 if i > turn else 1) for i, v in zip(valued, made, strict=True)]
        return made


class _Words(dict[str, _Word | None]):
    """Words as they stand in texts, each read when it is first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, token: str) -> _Word | None:
        word = self[token] = self.lexicon.word(token)
        return word


_MARKS = tuple(sorted(_C.PUNC_LIST, key=len, reverse=True))


def _bare(token: str) -> str:
    """Take a mark off one side of a word, where what is left are two characters or more without any mark.

    A word of one character becomes empty.
    """
    if len(token) < 2:
        return ""
    if _PUNCTUATION.isdisjoint(token):
        return token
    for mark in _MARKS:
        for rest in (token.removeprefix(mark), token.removesuffix(mark)):
            if 1 < len(rest) < len(token) and _PUNCTUATION.isdisjoint(rest):
                return rest
    return token


def _valence(words: list[_Word], i: int, before: list[_Word], *, is_mixed: bool) -> float:
    """Return the valence of the i-th word after what stands around it; `before` has the nearest word first."""
    word = words[i]
    valence = word.valence
    if word.is_upper and is_mixed:
        valence += _C.C_INCR if valence > 0 else -_C.C_INCR
    for distance, other in enumerate(before):
        if other.is_listed:
            continue
        if other.boost:
            boost = other.boost if valence >= 0 else -other.boost
            if other.is_upper and is_mixed:
                boost += _C.C_INCR if valence > 0 else -_C.C_INCR
            valence += boost * (1, 0.95, 0.9)[distance]
        if distance == 1 and other.text == "never" and before[0].text in ("so", "this"):
            valence *= 1.5
        elif distance == 2 and (
            before[0].text in ("so", "this") or other.text == "never" and before[1].text in ("so", "this")
        ):
            valence *= 1.25
        elif other.is_negation:
            valence *= _C.N_SCALAR
        if distance == 2 and [1 for near in words[i - 3 : i + 3] if near.is_sign]:
            valence = _idiom(valence, [near.text for near in words[i - 3 : i + 3]])
    if before and before[0].lower == "least" and not before[0].is_listed:
        is_at = len(before) > 1 and before[1].lower in ("at", "very")
        valence *= 1 if is_at else _C.N_SCALAR
    return valence


def _idiom(valence: float, words: Sequence[str]) -> float:
    """Return the valence of the fourth word, or of an idiom around it; weaken it after "kind of" and its like."""

    def joined(first: int, last: int) -> str:
        return " ".join(words[first : last + 1])

    for first, last in ((2, 3), (1, 3), (1, 2), (0, 2), (0, 1)):
        if joined(first, last) in _IDIOMS:
            valence = _IDIOMS[joined(first, last)]
            break
    for last in (4, 5):
        if last < len(words):
            valence = _IDIOMS.get(joined(3, last), valence)
    if joined(0, 1) in _PAIRS or joined(1, 2) in _PAIRS:
        valence += _C.B_DECR
    return valence


def _emphasis(text: str) -> float:
    questions = text.count("?")
    return min(text.count("!"), 4) * _EXCLAMATION + (
        0 if questions < 2 else questions * _QUESTION if questions <= 3 else _QUESTIONS
    )


def _scores(valences: list[float], n_words: int, emphasis: float, alpha: float) -> Scores:
    """Make the scores of the valences after the rules; other words count as neutral."""
    total = sum(valences)
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    # One is added for each word, because neutral words count one. Added up in NLTK's order, and not by `sum`,
    # which from Python 3.12 on rounds otherwise: a share on the edge would differ.
    positive = negative = 0.0
    for valence in valences:
        if valence > 0:
            positive += valence + 1
        elif valence < 0:
            negative += 1 - valence
    neutral = n_words - len(valences) + valences.count(0)
    if positive > negative:
        positive += emphasis
    elif negative > positive:
        negative += emphasis
    whole = positive + negative + neutral
    return Scores(
        round(total / sqrt(total * total + alpha), 4),
        round(positive / whole, 3),
        round(neutral / whole, 3),
        round(negative / whole, 3),
    )


# The two lexicons.


@cache
def vader() -> Lexicon:
    """Return VADER's lexicon with NLTK's rules."""
    return Lexicon(_vader_valences(), is_nltk=True)


@cache
def news() -> Lexicon:
    """Return VADER's lexicon under the overlay for news."""
    valences, phrases = overlay((row["term"], row["valence"]) for row in language.rows("news_valence.csv"))
    merged = {word: valence for word, valence in {**_vader_valences(), **valences}.items() if valence}
    return Lexicon(merged, phrases)


def overlay(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, float], dict[str, float]]:
    """Part the rows (term, valence) of an overlay into words and phrases; raise ValueError for a term given twice."""
    words: dict[str, float] = {}
    phrases: dict[str, float] = {}
    for term, valence in rows:
        if term in words or term in phrases:
            raise ValueError(f"given twice: {term!r}")
        (phrases if " " in term else words)[term] = float(valence)
    return words, phrases


@cache
def _vader_valences() -> dict[str, float]:
    text = resources.files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf-8")
    # As NLTK reads it: a word listed twice has its last valence.
    pairs = (line.strip().split("\t")[:2] for line in text.rstrip("\n").split("\n"))
    return {word: float(valence) for word, valence in pairs}
