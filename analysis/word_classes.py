"""Closed classes of English words that tell who speaks: cues, determiners, prepositions, titles, marks.

`KINDS[word]` is an int with one bit for each class that the word as written belongs to: `KINDS["said"] & VERB`.
Other bits tell the form, of listed words and all others: a capital, "-ly", "-ed", a possessive ending, digits.

The words are data: `language/quote_words.csv`, `cue_verbs.csv` and `report_verbs.csv`, each with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis import language

QUOTE = "\u201c"
MAX_KNOWN_WORDS = 1 << 17

# Classes of words, in small letters; a class that is asked for in one place is a set further down.
AUXILIARY, ADVERB, DETERMINER, ARTICLE, PREPOSITION, SUBORDINATOR, CONJUNCTION = (1 << n for n in range(7))
RELATIVE, STATEMENT, PRONOUN, TIME, TITLE, ROLE, IRREGULAR, PARTICLE = (1 << n for n in range(7, 15))
PLACE, ABBREVIATION, VERB, ACCORDING = (1 << n for n in range(15, 19))
# Marks: all that part phrases; those that end a sentence; those behind which a clause starts afresh.
BREAK, DASH, STOP, AFRESH, QUOTED = (1 << n for n in range(19, 24))
# Forms: the endings -ed and -ly, the latter also in a name ("Kelly"); digits; 's; a capital.
ED, LY, LARGE_LY, NUMBER, OWNER, CAPITAL = (1 << n for n in range(24, 30))

NO_NOUN = SUBORDINATOR | PREPOSITION | CONJUNCTION | ARTICLE
LEADING = CONJUNCTION | ADVERB | BREAK
SKIPPED = TIME | ADVERB | LY | NUMBER
SENTENCE_END = STOP | QUOTED
CUE = VERB | ACCORDING


@dataclass(frozen=True, slots=True)
class Verb:
    form: str
    use: str
    particle: tuple[str, ...]
    is_noun: bool


@cache
def words(kind: str, value: str | None = None) -> frozenset[str]:
    """Return the words of one class from `quote_words.csv`."""
    return frozenset(
        row["word"]
        for row in language.rows("quote_words.csv")
        if row["kind"] == kind and (value is None or row["value"] == value)
    )


def _verbs() -> dict[str, Verb]:
    found = {}
    for row in (*language.rows("cue_verbs.csv"), *language.rows("report_verbs.csv")):
        particle = tuple(row["particle"].split("|")) if row["particle"] else ()
        found[row["verb"]] = Verb(row["form"], row["use"], particle, bool(row["is_noun"]))
    return found


VERBS = _verbs()
PRONOUN_KINDS = {row["word"]: row["value"] for row in language.rows("quote_words.csv") if row["kind"] == "pronoun"}
BE, PORTFOLIO, CARRIER = words("be"), words("portfolio"), words("carrier")
NOUN_CUE, CROWD_NOUN, NO_ADVERB = words("noun cue"), words("crowd noun"), words("no adverb")
POSSESSIVE = ("his", "her", "its", "their")


def _classes() -> dict[str, int]:
    """Give each listed word its classes."""
    calendar = {row["term"] for row in language.rows("time_words.csv") if row["kind"] in ("weekday", "day_word")}
    dashes = {"-", "--", "\u2013", "\u2014", "\u2015"}
    stops = set(".!?\u2026")
    listed = {
        AUXILIARY: words("auxiliary"),
        ADVERB: words("adverb"),
        DETERMINER: words("determiner") | words("possessive"),
        ARTICLE: (words("determiner") | words("possessive")) - words("determiner", "alone"),
        PREPOSITION: words("preposition"),
        SUBORDINATOR: words("subordinator"),
        CONJUNCTION: words("conjunction"),
        RELATIVE: words("relative"),
        STATEMENT: words("statement"),
        PRONOUN: PRONOUN_KINDS,
        TIME: words("time") | calendar,
        TITLE: words("title") | words("honorific"),
        ROLE: words("role"),
        IRREGULAR: words("irregular past"),
        PARTICLE: words("part of a name"),
        PLACE: "in at on from with near outside inside after during by about as".split(),
        ABBREVIATION: {row["abbreviation"] for row in language.rows("abbreviations.csv")} - {"no"},
        VERB: VERBS,
        ACCORDING: ("according",),
        BREAK: {",", ";", ":", "(", ")", QUOTE} | dashes | stops,
        DASH: dashes,
        STOP: stops,
        AFRESH: (":", ";", QUOTE),
        QUOTED: (QUOTE,),
    }
    found: dict[str, int] = {}
    for bit, members in listed.items():
        for word in members:
            found[word] = found.get(word, 0) | bit
    return found


class _Kinds(dict[str, int]):
    """The classes and forms of words, worked out once a word; so many are kept, and no more."""

    __slots__ = ("classes",)

    def __init__(self) -> None:
        self.classes = _classes()

    def __missing__(self, word: str) -> int:
        low = word.lower()
        kind = self.classes.get(low, 0)
        if low[-2:] == "ly" and not kind & ADVERB and low not in NO_ADVERB:
            kind |= LY if word[:1] == low[:1] else LARGE_LY
        kind |= ED * low.endswith("ed") | NUMBER * low.isdigit() | CAPITAL * word[:1].isupper()
        kind |= OWNER * word.endswith(("'s", "\u2019s"))
        if len(self) < MAX_KNOWN_WORDS:
            self[word] = kind
        return kind


KINDS = _Kinds()
