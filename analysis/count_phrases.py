"""Words that govern a quantity, and the phrase that a quantity opens: "several of the guild's members".

The vocabulary is data: `count_verbs.csv` (each form of a verb, whether the people counted are its object,
`patient`, or its subject, `agent`, its measure, and the words that must follow it), `count_nouns.csv` (nouns
for people, crowds, prisoners, forces, things; nouns that are measures themselves; set phrases for being held)
and a few closed classes of English here.

A `Phrase` reaches from the quantity to its head noun: the last known noun before a closed-class word, a verb
of the vocabulary or a mark. Its kind is `people`, `crowd_people`, `held_people`, `force`, `thing`, `measure`,
`gathering`, `unknown` (nouns out of the vocabulary) or `none` (the noun is left out).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from analysis import language
from analysis.quantities import Quantity
from analysis.signs import Signs, signs_of
from analysis.tokens import Phrases, Tokens, by_first_word

PEOPLE = frozenset({"people", "crowd_people", "held_people", "force"})
HYPHENS = frozenset("-\u2010\u2011")
_CLOSING = PEOPLE | {"measure"}  # kinds of noun that end a phrase
BE = frozenset("is are was were be been being am get gets got getting remain remains remained".split())
AUX = BE | frozenset("has have had having will would can could may might must shall should do does did".split())
DETERMINERS = frozenset(
    "the a an its their his her our your my these this that all both another any each every".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for with from to into onto against among between during over under through across outside "
    "inside near around within without amid per despite following before until via towards toward along "
    "behind beyond about like as off up out than throughout beside besides including".split()
)
SUBORDINATE = frozenset(
    "while when because if although though where whereas unless until before after as so than whose which".split()
)
WORDS = frozenset(
    "and or but nor not who whom whose which that what they he she it we i you there here now then also still "
    "already so far yet once again later earlier today yesterday tonight tomorrow each apiece ago currently both "
    "including such only just even too dead alone nationwide overnight monday tuesday wednesday thursday friday "
    "saturday sunday".split()
)
STOPS = AUX | PREPOSITIONS | SUBORDINATE | WORDS | DETERMINERS
TELLING = frozenset("confirmed counted reported recorded documented listed registered acknowledged admitted".split())
FIGURES = frozenset("figure figures total number numbers count tally estimate".split())


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: who is counted by it, what it measures, and the words that must follow it."""

    form: str
    role: str
    measure: str
    tail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What follows a quantity: its head noun's kind and measure, the tokens of the unit, the token behind."""

    kind: str
    measure: str
    unit: tuple[int, int] | None
    last: int


@cache
def verbs_by_word() -> dict[str, tuple[Verb, ...]]:
    """Return the verbs that a word can be a form of, those with the longest tails first."""
    found: dict[str, list[Verb]] = {}
    for row in language.rows("count_verbs.csv"):
        found.setdefault(row["word"], []).append(
            Verb(row["form"], row["role"], row["measure"], tuple(row["tail"].split()))
        )
    return {word: tuple(sorted(verbs, key=lambda verb: -len(verb.tail))) for word, verbs in found.items()}


@cache
def nouns_of(*kinds: str) -> dict[str, tuple[str, str]]:
    """Return the kind and measure of every noun of these kinds."""
    return {
        row["word"].lower(): (row["kind"], row["measure"])
        for row in language.rows("count_nouns.csv")
        if row["kind"] in kinds
    }


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(nouns_of("suffix"))


@cache
def states_by_word() -> Phrases:
    """Return the set phrases for being held by their first word, the longest first."""
    return by_first_word((phrase, measure) for phrase, (_, measure) in nouns_of("state").items())


@cache
def measure_signs() -> Signs:
    """Return the words, alone or together, without which a sentence has no measure."""
    nouns = nouns_of("measure", "crowd_people", "held_people", "gathering", "toll", "terms", "state")
    verbs = [(word, *verb.tail) for word, found in verbs_by_word().items() for verb in found]
    # "Up from 40": the measure is that of the figure before.
    others = [*((word,) for word in FIGURES | TELLING), ("up", "from"), ("down", "from"), ("strong",), ("spoke", "of")]
    return signs_of([*(noun.replace("-", " ").split() for noun in nouns), *verbs, *others])


@cache
def _heads() -> dict[str, tuple[str, str]]:
    return nouns_of("people", "crowd_people", "held_people", "force", "thing", "measure", "gathering")


def noun_kind(word: str, *, is_capital: bool = False) -> tuple[str, str]:
    """Return the kind of a noun and the measure that it has by itself; two empty strings for an unknown word."""
    known = _heads().get(word)
    if known:
        return known
    if len(word) > 4 and word.endswith(_suffixes()):
        return "people", ""
    return ("people", "") if is_capital and len(word) > 3 and word.endswith("s") else ("", "")


def _is_thing(word: str, verbs: dict[str, tuple[Verb, ...]]) -> bool:
    """Tell a plural noun that names nobody: "death claims", "arrest warrants"."""
    return word.endswith("s") and word.isalpha() and word not in STOPS and word not in verbs and not noun_kind(word)[0]


def read_phrase(t: Tokens, quantity: Quantity) -> Phrase:
    """Read the phrase that a quantity opens."""
    words, n = t.words, len(t.words)
    i = quantity.last
    has_of = words[i - 1] == "of" or words[i : i + 1] == ["of"]
    i += words[i : i + 1] == ["of"]
    if words[i : i + 1] == ["in"] and i + 1 < n and words[i + 1] in nouns_of("money"):
        return Phrase("thing", "", None, i)  # "millions in cash"
    is_plural = quantity.point is None and words[quantity.core_end - 1].endswith("s") and quantity.qualifier != "range"
    following = words[i + 1] if i + 1 < n else "."
    is_size = words[i : i + 1] == ["strong"] and (following in STOPS or not following[0].isalpha())
    if is_size or words[i : i + 2] == ["-", "strong"]:
        return Phrase("gathering", "crowd", None, i + 1)
    if is_plural and not has_of and words[i : i + 1] != ["more"]:
        is_noun = i < n and words[quantity.core_end - 1] in ("couple",)
        if not is_noun:
            return Phrase("none", "", None, i)
    while has_of and i < n and words[i] in DETERMINERS:
        i += 1
    verbs = verbs_by_word()
    first, kind, measure, end = i, "", "", i
    while i < n and i - first < 9:
        word = words[i]
        if word == "'s" or word == "\u2019s":
            kind = measure = ""
            i += 1
            continue
        if word in HYPHENS and t.ends[i - 1] == t.starts[i] and i + 1 < n and t.ends[i] == t.starts[i + 1]:
            i += 1
            continue
        if word in ("'", "\u2019") and i > first:
            i += 1
            continue
        if not word[0].isalpha() or word in STOPS:
            break
        following = words[i + 1] if i + 1 < n else ""
        is_owner = following in ("'", "\u2019") and word.endswith("s")
        if word == "other" and following[:1].isalpha() and following not in STOPS:
            i += 1
            continue
        found, of_noun = noun_kind(word, is_capital=t.text[t.starts[i]].isupper())
        if word in verbs and found in ("", "measure"):
            # "detained protesters": a participle before its noun; elsewhere the verb that the phrase ends at.
            if noun_kind(following)[0] in PEOPLE and word not in ("wounded", "injured"):
                i += 1
                continue
            if not found:
                break
        is_compound = found == "measure" and not word.endswith(("s", "d")) and _is_thing(following, verbs)
        if found:
            kind, measure, end = ("thing", "", i + 1) if is_compound else (found, of_noun, i + 1)
        i += 1
        if kind in _CLOSING and not is_owner and following not in HYPHENS:
            next_kind = noun_kind(following)[0] if following and following not in STOPS else ""
            next_kind = "" if following in verbs and next_kind != "thing" else next_kind
            if next_kind in ("", "measure"):
                break
    if kind:
        unit_end = end + 1 if words[end - 1] == "those" and end < n and words[end] in verbs_by_word() else end
        if words[end - 1] in ("participants", "members") and words[end : end + 1] in (["in"], ["of"]):
            unit_end += 1
            while (
                unit_end < n
                and unit_end - end < 5
                and words[unit_end][0].isalpha()
                and (words[unit_end] not in STOPS or words[unit_end] in DETERMINERS - {"that"})
            ):
                unit_end += 1
        return Phrase(kind, measure, (first, unit_end), unit_end if words[end - 1] == "those" else end)
    return Phrase("unknown" if i > first else "none", "", (first, i) if i > first else None, i)
