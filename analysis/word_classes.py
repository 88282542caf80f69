"""Closed classes of English words that tell who speaks: cues, determiners, prepositions, titles, marks.

The words are data: `language/quote_words.csv`, `cue_verbs.csv` and `report_verbs.csv`, each with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis import language

QUOTE = "\u201c"
DASHES = frozenset({"-", "--", "\u2013", "\u2014", "\u2015"})
STOPS = frozenset(".!?\u2026")
BREAKS = frozenset({",", ";", ":", "(", ")", QUOTE}) | DASHES | STOPS


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
AUXILIARY, BE, ADVERB = words("auxiliary"), words("be"), words("adverb")
POSSESSIVE = ("his", "her", "its", "their")
DETERMINER = words("determiner") | words("possessive")
PREPOSITION, SUBORDINATOR, CONJUNCTION = words("preposition"), words("subordinator"), words("conjunction")
RELATIVE, STATEMENT, NO_ADVERB = words("relative"), words("statement"), words("no adverb")
PRONOUN = {row["word"]: row["value"] for row in language.rows("quote_words.csv") if row["kind"] == "pronoun"}
TIME = words("time") | {
    row["term"] for row in language.rows("time_words.csv") if row["kind"] in ("weekday", "day_word")
}
TITLE = words("title") | words("honorific")
PORTFOLIO, ROLE, CARRIER = words("portfolio"), words("role"), words("carrier")
IRREGULAR = words("irregular past")
NOUN_CUE, CROWD_NOUN = words("noun cue"), words("crowd noun")
PARTICLE = words("part of a name")
PLACE = frozenset("in at on from with near outside inside after during by about as".split())
NO_NOUN = SUBORDINATOR | PREPOSITION | CONJUNCTION | (DETERMINER - words("determiner", "alone"))
LEADING = CONJUNCTION | ADVERB | BREAKS
ABBREVIATION = frozenset(row["abbreviation"] for row in language.rows("abbreviations.csv")) - {"no"}
