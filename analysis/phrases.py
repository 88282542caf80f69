"""What stands before and behind a designation, and what it makes of it.

Before it, read word by word: adjectives, a state ("Doelandic", "Doeland's"), an owner ("Doe's"), an
article or a possessive pronoun, or a word that makes it somebody else's ("former", "local"). A title
stands in front of a name, an apposition behind one; a predicate says what somebody is and refers to nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from analysis import surroundings as near
from analysis.context import Article, Found

CLOSING_MARKS = ("'", '"', "\u201d")
MAX_WORDS_LEFT = 8
MAX_WORDS_OF_STATE = 4
_POSSESSIVE = re.compile(r"'s?")
UNKNOWN_NAME = re.compile(r"[A-Z][\w'-]+ (?:[a-z]{2,3} )?[A-Z][\w'-]+")
_PARTICLES = tuple(f"{particle} " for particle in sorted(near.names("particle")))
_OWN = near.roles("own")
_DISSOLVED = near.roles("dissolved")
_BLOCKING = near.roles("former", "other", "quantifier")
_STATE_ATTRIBUTES = near.roles("state_attribute")
_PREDICATE = near.roles("predicate")
_ARTICLE = near.roles("article")
_POSSESSIVES = near.roles("possessive")
_FORMER = near.roles("former")
_BEFORE_DESIGNATIONS = _ARTICLE | _POSSESSIVES | _OWN | _DISSOLVED | _BLOCKING | _STATE_ATTRIBUTES


@dataclass(slots=True)
class Left:
    """What stands before a designation."""

    begin: int  # where it begins with its adjectives and its state
    outer: int  # where it begins with its article
    determiner: str = ""  # "the", a possessive pronoun, or nothing
    state: str | None = None  # whose it is by name
    owner: Found | None = None  # whose it is by the possessive of a mention
    adjectives: tuple[str, ...] = ()
    blocked_by: str = ""  # "former", "a", "local"


def look_left(article: Article, start: int, *, is_state: bool = False) -> Left:
    """Read what stands before a designation, word by word."""
    flat = article.flat
    left = Left(start, start)
    begin = start
    for _ in range(MAX_WORDS_LEFT):
        if begin < 2 or flat[begin - 1] != " ":
            break
        low = begin - near.REACH if begin > near.REACH else 0
        word = flat[flat.rfind(" ", low, begin - 1) + 1 or low : begin - 1]
        bare, small, is_plain, _ = _read(word)
        if is_plain:
            left.owner = _owner_before(article, begin)
            break
        if small in _ARTICLE:
            left.determiner, left.outer = "the", begin - len(bare) - 1
            return left
        if small in _POSSESSIVES:
            left.determiner, left.outer = small, begin
            return left
        if not _belongs(article, left, bare, small, is_state) or len(bare) != len(word):
            break
        begin = left.begin
    left.outer = left.begin
    return left


class _Word(NamedTuple):
    """A word before a designation."""

    bare: str  # without opening marks
    small: str  # and in small letters
    is_plain: bool  # no part of what stands before a designation
    may_precede: bool  # lets a designation behind it be more than a noun


@lru_cache(maxsize=near.WORDS_KEPT)
def _read(word: str) -> _Word:
    """Read a word as far as the article does not matter."""
    bare = word.lstrip(near.OPENERS)
    small = bare.lower()
    is_plain = not (bare[:1].isupper() or small in _BEFORE_DESIGNATIONS or near.is_adjective(small))
    is_telling = word in _BEFORE_DESIGNATIONS or near.is_adjective(word)
    return _Word(bare, small, is_plain, is_telling or not word.islower() or word[-1] == ",")


def _belongs(article: Article, left: Left, bare: str, small: str, is_state: bool) -> bool:
    """Read one word, or the words of a state, before a designation; tell whether it belongs to it."""
    begin = left.begin - len(bare) - 1
    if small in _DISSOLVED:
        before, place = near.word_before(article.flat, begin)
        if before.lower() in _FORMER:
            left.adjectives += (f"former {small}",)
            left.begin = place
            return True
    if bare[:1].isupper() and left.state is None and _state_before(article, left, begin):
        return True
    if near.is_adjective(small) or (is_state and small in _STATE_ATTRIBUTES):
        left.adjectives += (small,)
        left.begin = begin
        return True
    if small in _BLOCKING:
        left.blocked_by = small
    elif small in _OWN:
        before, _ = near.word_before(article.flat, begin)
        left.determiner = before.lower() if before.lower() in _POSSESSIVES else ""
    else:
        left.owner = _owner_before(article, left.begin)
    return False


def _state_before(article: Article, left: Left, begin: int) -> bool:
    """Read a state, the longest run of words that ends before a designation; tell whether there is one."""
    flat, owners = article.flat, article.matcher.owners
    end = left.begin - 1
    for _ in range(MAX_WORDS_OF_STATE):
        text = flat[begin:end].lstrip(near.OPENERS)
        if text in owners:
            left.state, left.begin = owners[text], end - len(text)
        word, begin = near.word_before(flat, begin)
        if not word[:1].isupper() and word != "of":
            break
    return left.state is not None


def _owner_before(article: Article, begin: int) -> Found | None:
    """Return the mention whose possessive, or the person whose bare name, stands before a designation.

    Adjectives that nobody listed may stand between: "Doe's violent and corrupt government".
    """
    if not article.found or begin - article.found[-1][1] > near.REACH:
        return None
    last = article.found[-1]
    between = article.flat[last[1] : begin]
    if between == " ":
        return Found(*last) if article.is_person(last[2]) else None
    if between[:1] != "'":
        return None
    words = _POSSESSIVE.sub("", between, count=1).split()
    is_owner = len(words) <= 3 and all(word == "and" or near.may_be_adjective(word) for word in words)
    return Found(*last) if is_owner else None


def may_refer(article: Article, start: int, end: int, *, is_collective: bool) -> bool:
    """Tell by the words beside it whether a designation can be more than a noun: a look that spares longer ones."""
    flat = article.flat
    if flat[start - 1 : start] == "-":
        return False
    if is_collective or flat[end + 1 : end + 2].isupper():
        return True
    low = start - near.REACH if start > near.REACH else 0
    word = flat[flat.rfind(" ", low, start - 1) + 1 or low : start - 1] if start else ""
    if _read(word).may_precede:
        return True
    last = article.found[-1][1] if article.found else 0
    return start - last < near.REACH and flat[last : last + 1] == "'"


_DESCRIBED = re.compile(r"(?:the|an?) [a-z-]{2,20} (?:[a-z-]{2,20} )?(?=[A-Z])")


def titled(article: Article, end: int) -> str | None:
    """Return the person before whose name a designation is a title; "" for one whom nobody registered."""
    flat = article.flat
    right = flat[end : end + 1]
    if right in CLOSING_MARKS and not flat.startswith("'s", end):
        end += 1
        right = flat[end : end + 1]
    if right == " ":
        place = end + 1
    elif right == "," and flat[end + 1 : end + 2] == " ":
        place = end + 2
        if described := _DESCRIBED.match(flat, place):
            place = described.end()  # "Her husband, the blogger Roy Doe,"
    else:
        return None
    if not flat[place : place + 1].isupper() and not flat.startswith(_PARTICLES, place):
        return None
    person = article.person_at(place)
    if person is not None:
        return person[1] if right == " " or flat[person[0] : person[0] + 1] in (",", ".") else None
    if article.in_title_case(end) or article.name_at(place):
        return None
    if right == " ":
        following = near.capitals_after(flat, end)
        return "" if following and not near.is_function_word(following[0]) else None
    unknown = UNKNOWN_NAME.match(flat, place, place + near.REACH)
    return "" if unknown and flat[unknown.end() : unknown.end() + 1] == "," else None


def apposed(article: Article, outer: int, end: int) -> str | None:
    """Return the person behind whose name a designation is an apposition; "" for an unknown one."""
    flat = article.flat
    if outer < 2 or not flat.startswith(", ", outer - 2) or flat[end : end + 1] == "'":
        return None
    found = article.ending_at(outer - 2)
    if found:
        return found.actor_id if found.kind == "name" and article.is_person(found.actor_id) else None
    before = flat[max(0, outer - near.REACH) : outer - 2]
    unknown = [name for name in UNKNOWN_NAME.finditer(before) if name.end() == len(before)]
    return "" if unknown and not near.is_function_word(unknown[0].group().split()[0]) else None


def is_predicate(article: Article, left: Left, end: int) -> bool:
    """Tell "was the president" and "as president" from a designation that refers."""
    flat = article.flat
    word, begin = near.word_before(flat, left.outer)
    word = word.lower()
    if word != "as":
        return word in _PREDICATE
    # "As the president left": a conjunction.
    is_clause = flat[begin - 2 : begin - 1] == "," or flat.startswith("'", end) or near.opens_sentence(flat, begin)
    return not (is_clause or article.in_title_case(end) or near.is_verb(near.word_after(flat, end)))
