"""What stands around a name decides what it is: tests on the words beside a stretch of flattened text.

Every test takes the text as `matcher.flatten` leaves it and looks at a bounded number of characters, so
that time stays linear. The words are data: `language/name_words.csv`, `language/roles.csv` and
`language/place_cues.csv`.

A capital is told from a place by what stands before it (a preposition of place, a word that takes a
power as its object: "sanctions on …"), then by what stands behind it (a verb, a possessive with what
only a power has). Where nothing speaks, a city is a place and a seat of power acts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analysis import language
from analysis.matcher import words

REACH = 60  # characters looked at on either side
WORDS_KEPT = 1 << 14  # words about which each test keeps its answer: what news says it says again
MAX_TITLE_CHARACTERS = 300
TITLE_SHARE = 0.6  # of a headline's longer words that are written large
_CLOSERS = ".,;:!?)\"'"
OPENERS = "\"'(\u201c["

_NEXT = re.compile(r"[\"(\[\u201c]?([^\W_][\w'\-]*)")
_LETTERS = re.compile(r"[^\W\d_]*")
_WORDS = re.compile(r"[^\W_][\w'\-]*")
_SENTENCE_ENDS = frozenset('.!?:;\u2026\u2014\u2013\x03\u201c\u201d"(')
_CAPITAL_RUN = re.compile(r"(?: [A-Z\u00c0-\u00de][\w'\-]*){1,6}")
_YEARS_OLD = re.compile(r"\d{1,3}-year-old")


@cache
def cues(*kinds: str) -> frozenset[str]:
    return words("place_cues.csv", *kinds)


@cache
def names(*kinds: str) -> frozenset[str]:
    return words("name_words.csv", *kinds)


@cache
def roles(*kinds: str) -> frozenset[str]:
    return words("roles.csv", *kinds)


# Asked for nearly every name, so they are looked up once.
_TITLES = names("title")
_INSTITUTIONS = names("institution")
_NOT_PART_OF_NAMES = names("time", "suffix", "small_word", "attribute")
_FUNCTION_WORDS = names("small_word", "time", "title", "honorific", "honorific_man", "honorific_woman")
_ADJECTIVES = roles("adjective")
_COMPOUNDS = roles("compound")
_ATTRIBUTIVE = roles("attributive")
_NOUN_ENDINGS = tuple(sorted(roles("attributive_ending")))
_VERBS = cues("acting_after", "acting_verb", "being_after")
_NOT_VERBS = cues("not_verb")
_PREPOSITIONS = cues("place_before", "toward", "acting_before")
_NO_ADJECTIVES = _PREPOSITIONS | cues("acting_after", "being_after") | roles("article", "possessive")
_PLACE_HYPHEN = cues("place_hyphen")
_ACTING_HYPHEN = cues("acting_hyphen")
_ACTING_PREFIX = cues("acting_prefix")
_PLACE_BEFORE_OR_MOVE_BEFORE = cues("place_before", "move_before")
_AIMED = cues("aimed")
_TOWARD = cues("toward")
_JOURNEY = cues("journey")
_RELATION = cues("relation")
_ACTED_UPON = cues("acted_upon")
_PARTNER = cues("partner")
_PLACE_NOUN = cues("place_noun")
_OF_CITY = cues("place_noun", "place_adjective")
_BEING_AFTER = cues("being_after")
_PLACE_PREDICATE = cues("place_predicate")
_ACTING_NOUN = cues("acting_noun")
_BEHIND_WHOLE = _PREPOSITIONS | roles("after")


def word_before(flat: str, start: int) -> tuple[str, int]:
    """Return the word that one space parts from `start`, and where it starts; "" where there is none."""
    if start < 2 or flat[start - 1] != " ":
        return "", start
    low = start - REACH if start > REACH else 0
    begin = flat.rfind(" ", low, start - 1) + 1 or low
    return flat[begin : start - 1], begin


def word_after(flat: str, end: int) -> str:
    """Return the word that one space parts from `end`; "" where there is none."""
    found = _NEXT.match(flat, end + 1, end + REACH) if flat[end : end + 1] == " " else None
    return found.group(1) if found else ""


def opens_sentence(flat: str, start: int) -> bool:
    """Tell whether a sentence, a quotation or a paragraph starts here."""
    before = flat[max(0, start - 3) : start].rstrip(" ")
    return not before.strip(OPENERS) or before[-1] in _SENTENCE_ENDS


@lru_cache(maxsize=WORDS_KEPT)
def ends_sentence(word: str) -> bool:
    """Tell the last word of a sentence from an abbreviation: "Doeland." from "St." and "U.S."."""
    stem = word[:-1]
    return word.endswith(".") and len(stem) > 1 and "." not in stem and stem.lower() not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in language.rows("abbreviations.csv"))


def is_title_case(paragraph: str) -> bool:
    """Tell a headline that writes its words large, so that a capital is no sign of a name."""
    if len(paragraph) > MAX_TITLE_CHARACTERS or paragraph[-1:] in (".", "!"):
        return False
    found = [word for word in paragraph.split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in found) > TITLE_SHARE * len(found)


def is_joined(flat: str, start: int, end: int) -> bool:
    """Tell a stretch of a web address, an e-mail address, a handle or a sum of money."""
    left, right = flat[start - 1 : start], flat[end : end + 1]
    if left in ("@", "_", ".", "$") or right in ("@", "_", "$"):
        return True
    if left == "/" and flat[start - 2 : start - 1] in ("/", "."):
        return True
    return right in (".", "/") and flat[end + 1 : end + 2].islower()


def capitals_after(flat: str, end: int) -> list[str]:
    """Return the capitalised words that go on from `end` with single spaces."""
    run = _CAPITAL_RUN.match(flat, end, end + REACH)
    return run.group().split() if run else []


def makes_longer_name(following: list[str]) -> bool | None:
    """Tell whether capitalised words behind a name make one name with it; None where they do not decide."""
    if not following or following[0].removesuffix("'s") in _NOT_PART_OF_NAMES:
        return False
    for word in reversed(following):
        word = word.removesuffix("'s").strip("'")
        if word in _TITLES:
            return False
        if word in _INSTITUTIONS:
            return True
    return None


@lru_cache(maxsize=WORDS_KEPT)
def is_function_word(word: str) -> bool:
    """Tell a capitalised word that belongs to no name: a small word, a day, a title, a form of address."""
    word = word.strip("\"'(\u201c.").removesuffix("'s")
    return not word or word in _FUNCTION_WORDS


@lru_cache(maxsize=WORDS_KEPT)
def is_verb(word: str) -> bool:
    """Tell a word that goes on with a power or a person as its subject."""
    word = word.lower()
    return word in _VERBS or (word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS)


def is_attributive(flat: str, end: int) -> bool:
    """Tell whether a designation only describes the noun behind it ("police brutality")."""
    mark = flat[end : end + 1]
    if mark != " ":
        return mark == "-"
    if flat[end - 1] == "s" and flat[end - 2] != "s":
        return False  # a plural describes nothing
    return _is_described(flat[end + 1 : end + REACH].split(" ", 1)[0])


@lru_cache(maxsize=WORDS_KEPT)
def _is_described(word: str) -> bool:
    """Tell a noun before which a designation only describes, as far as its ending and the vocabulary tell."""
    word = word.rstrip(_CLOSERS).lower().removesuffix("'s")
    if word in _ATTRIBUTIVE or (word.endswith("s") and word[:-1] in _ATTRIBUTIVE):
        return True
    return word.endswith(_NOUN_ENDINGS) and len(word) > 6 and word.isalpha()


@lru_cache(maxsize=WORDS_KEPT)
def is_adjective(word: str) -> bool:
    """Tell a small word that may stand before a designation without changing whose it is."""
    if word in _ADJECTIVES:
        return True
    return "-" in word and (word.rsplit("-", 1)[1] in _COMPOUNDS or _YEARS_OLD.fullmatch(word) is not None)


def may_be_adjective(word: str) -> bool:
    """Tell a small word that is neither a function word nor, by its ending, a noun in the plural."""
    return word.islower() and word not in _NO_ADJECTIVES and (not word.endswith("s") or word.endswith("ous"))


def may_end_here(flat: str, end: int) -> bool:
    """Tell whether what stands behind a designation lets it be a whole one, and not describe a noun."""
    if flat[end : end + 1] != " ":
        return flat[end : end + 1] != "-"
    word = word_after(flat, end)
    return not word or word in _BEHIND_WHOLE or is_verb(word)


def acts(flat: str, start: int, end: int, *, is_building: bool) -> bool:
    """Tell a capital or a palace that acts for its power from one that is a place."""
    if flat.startswith((" for its part", ", for its part"), end):
        return True
    if flat.startswith("'s ", end) or (flat[end - 1] == "s" and flat.startswith("' ", end)):
        return _by_possessive(flat, end)
    verdict = _by_hyphen(flat, start, end)
    if verdict is not None:
        return verdict
    following = word_after(flat, end)
    if following in _PLACE_NOUN:
        return False
    verdict = _by_words_before(flat, start, following, is_building=is_building)
    if verdict is None:
        verdict = _by_words_after(flat, end, following.lower())
    return is_building if verdict is None else verdict


def _by_hyphen(flat: str, start: int, end: int) -> bool | None:
    if flat[end : end + 1] in ("-", "\u2013"):
        second = _LETTERS.findall(flat[end + 1 : end + REACH])[0].lower()
        if second in _PLACE_HYPHEN:
            return False
        if second in _ACTING_HYPHEN:
            return True
    if flat[start - 1 : start] == "-":
        first = flat[max(0, start - 12) : start - 1].split(" ")[-1].lower()
        if first in _ACTING_PREFIX:
            return True
        if first.endswith("to"):
            return False
    return None


def _words_up_to(flat: str, begin: int, count: int) -> list[str]:
    """Return the last words before a place, in small letters."""
    return [word.lower() for word in _WORDS.findall(flat[max(0, begin - 40) : begin])][-count:]


def _by_words_before(flat: str, start: int, following: str, *, is_building: bool) -> bool | None:
    word, begin = word_before(flat, start)
    word = word.strip(OPENERS).lower()
    if word == "the":
        word, begin = word_before(flat, begin)
        word = word.strip(OPENERS).lower()
    if word in _PLACE_BEFORE_OR_MOVE_BEFORE:
        return word == "at" and word_before(flat, begin)[0].lower() in _AIMED
    if word in _TOWARD:
        before = _words_up_to(flat, begin, 3)
        if not _JOURNEY.isdisjoint(before):
            return False
        if not _RELATION.isdisjoint(before) or (word == "for" and following == "to"):
            return True
        return None if is_building and word != "to" else False
    if word in _ACTED_UPON:
        return True
    if word in _PARTNER:
        return _JOURNEY.isdisjoint(_words_up_to(flat, begin, 4))
    return True if word.endswith("ing") and len(word) > 5 else None


def _by_possessive(flat: str, end: int) -> bool:
    """Tell what only a power has from what a city has ("…'s streets")."""
    behind = end + (2 if flat.startswith("'s", end) else 1)
    following = [word.lower() for word in _WORDS.findall(flat[behind : end + REACH])[:3]]
    return _OF_CITY.isdisjoint(following) and not word_after(flat, behind)[:1].isupper()


def _by_words_after(flat: str, end: int, word: str) -> bool | None:
    if not word:
        return None
    second = word_after(flat, end + 1 + len(word)) if word in ("and", "or") else ""
    if second[:1].isupper():
        # "… and … have agreed": what the second does the first does.
        end += 2 + len(word) + len(second)
        word = word_after(flat, end).lower()
    if word in _BEING_AFTER:
        return word_after(flat, end + 1 + len(word)).lower() not in _PLACE_PREDICATE
    return True if word in _ACTING_NOUN or is_verb(word) else None
