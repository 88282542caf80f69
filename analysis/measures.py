"""A sentence to the measures it names: sanctions, embargoes, asset freezes, cut-off gas, and whom they are put on.

A `Measure` is a noun phrase ("a new round of EU sanctions") or a verb with its object ("cut off gas"). Its
terms are data, `language/sanction_measures.csv`. A *weak* noun ("measures") or verb ("targeted two banks") is
one only in a text that has a sure one, and beside somebody whom it is put on; a weak verb that governs
another measure ("hit Roeland with sanctions") is none.

No measure: sanction in the sense of approval ("sanctioned the raid", with no person, state or body as
object), "unsanctioned", an attribute of another noun ("the sanctions list" stands for the list).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.clauses import QUOTE_MARKS, Sentence, words
from analysis.measure_terms import Noun, Verb, measure_terms
from analysis.target_phrases import has_people, is_somebody, phrases

_MAX_PHRASE = 15  # words before a noun that may be of its phrase
_MAX_OBJECT = 5  # words between a verb and the object that makes it a measure
_MAX_SUBJECT = 8  # words between a thing and the passive that makes it a measure
_MAX_LIST = 20  # words between "barred" and "from" its territory
_QUOTES = QUOTE_MARKS | {"'"}
_ARTICLES = ("the", "a", "an", "this", "these", "those")
_NATIONAL = ("an", "ese", "ish")  # how adjectives of peoples end


@dataclass(slots=True)
class Measure:
    """A measure in a sentence: places of words, half open ranges of them for who is meant."""

    first: int  # first word of the phrase, or the verb
    head: int  # last word of the term
    kind: str  # noun, verb
    instrument: str
    form: str = ""  # of a verb
    stage: str = "imposition"  # of a verb
    end: int = 0  # word after the whole phrase
    senders: list[int] = field(default_factory=list)  # words inside the phrase: "EU sanctions", "its sanctions"
    targets: list[tuple[int, int]] = field(default_factory=list)  # phrases behind it: "on Doeland and its allies"
    agents: list[tuple[int, int]] = field(default_factory=list)  # "by Doeland"
    has_stranger: bool = False  # it is put on somebody whom nobody registered
    has_strange_owner: bool = False  # it is of somebody whom nobody registered
    is_imposed: bool = False  # "sanctions imposed on"
    is_eased: bool = False  # "sanctions relief"
    is_weak: bool = False
    only: str = ""  # the one stage in which the word is a measure: one can block a "move"
    is_register: bool = False  # a list that somebody is put on
    is_same: bool = False  # it repeats the measure told of before: "followed suit"


def find_measures(s: Sentence) -> list[Measure]:
    """Find the measures of a sentence, from left to right."""
    nouns, verbs = measure_terms()
    found: list[Measure] = []
    for i, low in enumerate(s.low):
        if (low not in nouns and low not in verbs) or s.words[i].actor:
            continue
        is_base = i > 0 and any(verb.form == "base" for verb in verbs.get(low, ()))
        is_verb = is_base and (s.low[i - 1] == "to" or bool(s.entries(i - 1, "modal")[1]))
        made = _noun(s, i, nouns[low]) if low in nouns and not is_verb else None
        if made is None and low in verbs and not (low in nouns and _is_other_head(s, i)):
            made = _verb(s, i, verbs[low])
        if made and found and made.kind == found[-1].kind == "verb" and made.first == found[-1].first:
            found[-1] = made  # "cut off", not "cut"
        elif made:
            found.append(made)
    for one, other in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if not one.targets and one.kind == other.kind == "noun" and s.low[one.end : other.first] in (["and"], [","]):
            one.targets = list(other.targets)  # "asset freezes and travel bans on Doeland"
    return [m for m in found if not (m.is_weak and m.kind == "verb" and _has_other(s, m, found))]


def _has_other(s: Sentence, verb: Measure, found: list[Measure]) -> bool:
    """Tell the verb of another measure ("hit Doeland with sanctions") or what says more of it ("bans, targeting")."""
    until = next((i for i in range(verb.end, len(s.low)) if s.is_boundary(i)), len(s.low))
    return any(
        m.first < verb.first and (verb.form == "ing" or verb.first < m.end) or verb.head < m.first < until
        for m in found
        if m.kind == "noun"
    )


def _start_of(s: Sentence, last: int, parts: tuple[str, ...]) -> int | None:
    """Return where a term that ends with word last begins, if it stands there."""
    first = last - len(parts) + 1
    return first if first >= 0 and tuple(s.low[first : last + 1]) == parts else None


# Nouns.


def _noun(s: Sentence, i: int, terms: list[Noun]) -> Measure | None:
    for term in terms:
        first = _start_of(s, i, term.parts)
        if first is None:
            continue
        if _is_headline_verb(s, i):
            targets = phrases(s, i + 1)
            end = max([i + 1, *(b for _, b in targets)])
            return Measure(i, i, "verb", term.instrument, "s", end=end, targets=targets)
        if _is_other_head(s, i):
            return None
        made = Measure(first, i, "noun", term.instrument, is_weak=term.is_weak, only=term.stage)
        made.is_register = bool(term.prepositions)
        _read_before(s, made)
        if made.is_weak and not words("other measure").isdisjoint(s.low[made.first : first]):
            return None  # "military action"
        if term.prepositions and s.low[max(0, made.first - 1)] not in term.prepositions:
            return None  # "a list of guests"
        _read_behind(s, made)
        if made.instrument == "trade ban" and made.is_weak and _behind(s, i) != "on":
            return None  # a ban that is on nobody's goods
        return made
    return None


def _behind(s: Sentence, i: int) -> str:
    return next((low for low in s.low[i + 1 : i + 3] if low not in _QUOTES), "")


def _is_other_head(s: Sentence, i: int) -> bool:
    """Tell the noun that only describes another: "its sanctions regime"."""
    return _behind(s, i) in words("other head")


def _is_headline_verb(s: Sentence, i: int) -> bool:
    """Tell the verb of "Doeland sanctions Roeland" from the noun."""
    if s.low[i] != "sanctions" or i == 0 or i + 1 >= len(s.low):
        return False
    if s.low[i - 1] in (",", "and") and s.words[0].actor and not words("people").isdisjoint(s.low[i + 1 : i + 4]):
        # A headline's second verb: "Doeland expels envoys, sanctions companies".
        return words("preposition").isdisjoint(s.low[i + 1 : i + 3])
    if not s.words[i - 1].actor:
        return False
    if i > 1 and (s.low[i - 2] in words("preposition") or s.low[i - 2] == "'s"):
        return False
    following = s.words[i + 1]
    is_object = following.low in words("people") or following.low in words("determiner")
    return bool(following.actor) or following.is_capital or is_object


def _read_before(s: Sentence, made: Measure) -> None:
    """Go back over the determiners, adjectives and owners of a noun, and note the owners."""
    i = made.first
    while i > max(0, made.first - _MAX_PHRASE):
        low, word = s.low[i - 1], s.words[i - 1]
        if s.low[i] in _ARTICLES and low != "of" and low not in words("determiner"):
            break  # "Ann Poe called the sanctions illegal": behind an article stands no owner
        if word.actor and s.low[max(0, i - 3) : i - 1] == ["anti", "-"]:
            made.targets.append((i - 1, i))  # "an anti-Doeland embargo"
            i -= 2
        elif word.actor and _is_longer_name(s, i, made):
            made.has_strange_owner = True
        elif word.actor or low in words("possessive"):
            made.senders.insert(0, i - 1)
        elif low == "of" and i > 1 and s.low[i - 2] in words("partitive"):
            i -= 1
        elif not (_is_before_noun(low) or low == "and" and _joins_owners(s, i - 1, made)) and (
            _ends_phrase(s, i - 1) or s.words[i].actor and _is_verb_between(s, i - 1)
        ):
            break
        i -= 1
    made.first = i


def _is_longer_name(s: Sentence, i: int, made: Measure) -> bool:
    """Tell the name that goes on behind an actor, "West Doelandian sanctions", from a headline's capitals."""
    word = s.words[i]
    is_adjective = word.is_capital and not word.actor and word.low.endswith(_NATIONAL) and i <= made.head
    return is_adjective and not s.words[made.head].is_capital


def _is_before_noun(low: str) -> bool:
    return low == "'s" or low in words("determiner") or low in words("partitive")


def _joins_owners(s: Sentence, k: int, made: Measure) -> bool:
    return made.senders[:1] == [k + 1] and k > 0 and bool(s.words[k - 1].actor)


def _ends_phrase(s: Sentence, k: int) -> bool:
    low = s.low[k]
    if s.is_boundary(k) or k in s.ending or low == "and":
        return True
    return any(low in words(kind) for kind in ("preposition", "auxiliary", "speech"))


def _is_verb_between(s: Sentence, i: int) -> bool:
    """Tell a verb that nobody registered from an adjective: "Doeland condemns Roeland sanctions"."""
    return s.low[i].endswith("ed") or s.low[i].endswith("s") and i > 0 and bool(s.words[i - 1].actor)


def _read_behind(s: Sentence, made: Measure) -> None:
    """Read what stands behind a noun: on whom, by whom, imposed or not."""
    i, n = made.head + 1, len(s.low)
    if s.low[i : i + 1] and s.low[i] in words("list"):
        made.head = i
        i += 1
    if s.low[i : i + 1] and s.low[i] in words("easing noun"):
        made.is_eased = True
        i += 1
    while i < n:
        low, is_actor = s.low[i], bool(s.words[i].actor)
        behind = s.low[i + 1] if i + 1 < n else ""
        if low in words("aimed"):
            i += 1
        elif low in words("put on") or i in s.starting and _is_imposing(s, i):
            made.is_imposed = True
            i += 1
        elif low in ("ever", "yet") and behind in ("on", "against"):
            i += 1
        elif low in words("targeting") and behind and behind not in words("time"):
            found = phrases(s, i + 1)
            if not found and (target := _partner_end(s, i)):
                found = phrases(s, target + 1)
            if not found:
                made.has_stranger = s.words[i + 1].is_capital or behind == "the"
                break
            made.targets += found
            i = found[-1][1]
        elif low in ("that", "which") or is_actor and i == made.head + 1:
            verb = _relative_verb(s, i)
            if not verb:
                break
            made.agents += [(k, k + 1) for k in range(i, verb) if s.words[k].actor]
            made.is_imposed = True
            i = s.starting[verb] + 1
        elif low == "by" or low == "from" and not made.targets:
            found = phrases(s, i + 1)
            if not any(s.words[k].actor for a, b in found for k in range(a, b)):
                break
            made.agents += found
            i = found[-1][1]
        elif low == "of" and behind and s.words[i + 1].actor:
            made.senders.append(i + 1)
            i += 2
        elif low == "for" and not made.targets and has_people(s, i + 1):
            made.targets += phrases(s, i + 1)
            i = made.targets[-1][1]
        elif low in ("over", "for", "in") and not made.targets and (target := _reason_end(s, i)):
            i = target
        else:
            break
    made.end = i


def _relative_verb(s: Sentence, i: int) -> int:
    """Return the verb of a relative clause whose object the measure is: "the bans (that) Doeland has imposed"."""
    for j in range(i + 1, min(i + 9, len(s.low))):
        if s.is_mark(j):
            return 0
        if j in s.starting and _is_imposing(s, j):
            return j if any(s.words[k].actor for k in range(i, j)) else 0
    return 0


def _reason_end(s: Sentence, i: int) -> int:
    """Return where a reason ends behind which the target stands: "sanctions over the war on Doeland"."""
    for j in range(i + 1, min(i + 8, len(s.low))):
        if s.is_boundary(j) or s.low[j] in words("auxiliary"):
            return 0
        if s.low[j] in ("on", "against") and j + 1 < len(s.low) and s.words[j + 1].actor:
            return j
    return 0


def _partner_end(s: Sentence, i: int) -> int:
    """Return the preposition behind which the partner stands: "an embargo on all trade with Doeland"."""
    for j in range(i + 2, min(i + 7, len(s.low) - 1)):
        if s.low[j] in ("with", "to", "from") and s.words[j + 1].actor:
            return j
        if s.is_boundary(j) or s.words[j].actor or j in s.starting or s.low[j] in words("auxiliary"):
            return 0
    return 0


def _is_imposing(s: Sentence, i: int) -> bool:
    """Tell a participle of imposing that begins at word i: "sanctions brought in by"."""
    entries = s.entries(s.starting[i], "verb")[1]
    return any(entry.form == "past" and entry.stage == "imposition" for entry in entries)


# Verbs.


def _verb(s: Sentence, i: int, terms: list[Verb]) -> Measure | None:
    for term in terms:
        first = _start_of(s, i, term.parts)
        if first is None:
            continue
        before = s.low[first - 1] if first else ""
        if before in words("determiner") and not _are_those(s, first) or before == "'s":
            continue
        if (
            term.form == "past"
            and s.low[i].endswith("en")
            and before not in words("auxiliary")
            and before not in words("modal aside")
        ):
            continue  # "released frozen assets"
        made = Measure(first, i, "verb", term.instrument, term.form, term.stage, i + 1, is_weak=term.is_weak)
        if term.objects == {"same"}:
            made.is_same = True
            return made
        if _read_somebody(s, made, term) if term.objects <= {"somebody"} else _read_object(s, made, term):
            return made
    return None


def _read_somebody(s: Sentence, made: Measure, term: Verb) -> bool:
    """Read the object of a verb that is put on people itself ("blacklisted"); tell whether it is a measure."""
    made.targets = phrases(s, made.head + 1)
    made.end = max([made.end, *(b for _, b in made.targets)])
    if "somebody" not in term.objects:
        return True
    is_passive = not words("be").isdisjoint(s.low[max(0, made.first - 4) : made.first])
    has_object = any(is_somebody(s, a, b) for a, b in made.targets)
    is_short = s.low[made.head + 1 : made.head + 2] == ["by"] or _are_those(s, made.first)
    return has_object or is_passive or is_short


def _are_those(s: Sentence, i: int) -> bool:
    """Tell the participle of "those sanctioned include"."""
    return i > 0 and s.low[i - 1] == "those" and s.low[i + 1 : i + 2] in (["include"], ["included"])


def _read_object(s: Sentence, made: Measure, term: Verb) -> bool:
    """Read the thing that is frozen, cut or closed; tell whether there is one."""
    is_after_be = term.form == "both" and not words("be").isdisjoint(s.low[max(0, made.first - 3) : made.first])
    is_participle = term.form == "past" or is_after_be  # "has been cut off" is written like "cut off"
    if is_participle and (at := _object_before(s, made.first, term.objects)) is not None:
        owned = range(max(0, at - 3), at)
        made.targets = [(k, k + 1) for k in owned if s.words[k].actor or s.low[k] in words("possessive")]
        return True
    at = _object_behind(s, made.end, term.objects)
    if not at:
        return False
    made.targets = _targets_of_object(s, made.end, at)
    if s.low[at] in words("own object") and not made.targets:
        return False  # "shut its airspace" to everybody
    made.end = max([at + 1, *(b for _, b in made.targets)])
    return True


def _object_before(s: Sentence, first: int, objects: frozenset[str]) -> int | None:
    """Return the object of a passive: "their assets have been frozen"."""
    for j in range(first - 1, max(-1, first - _MAX_SUBJECT - 1), -1):
        if s.low[j] in objects:
            return j
        if s.is_boundary(j):
            break
    return None


def _object_behind(s: Sentence, i: int, objects: frozenset[str]) -> int:
    """Return the object of a verb whose objects may begin at word i, or 0."""
    if not {"entering", "dealing", "swift"}.isdisjoint(objects):
        return _barred_from(s, i, objects)
    for j in range(i, min(i + _MAX_OBJECT + 1, len(s.low))):
        if s.low[j] in objects:
            # "gas supplies": the phrase goes on.
            return j + 1 if not words("supply").isdisjoint(s.low[j + 1 : j + 2]) else j
        if s.is_boundary(j) or s.low[j] in words("auxiliary") and s.low[j] != "'s":
            return 0
    return 0


def _barred_from(s: Sentence, i: int, objects: frozenset[str]) -> int:
    """Return the word behind "from" in "barred officials, their wives and children from its territory", or 0."""
    for j in range(i, min(i + _MAX_LIST, len(s.low) - 2)):
        if s.low[j] == "from" and not objects.isdisjoint(s.low[j + 1 : j + 4]):
            return j + 1
        if s.low[j] in words("auxiliary") or s.low[j] in ".;:":
            return 0
    return 0


def _targets_of_object(s: Sentence, i: int, at: int) -> list[tuple[int, int]]:
    """Return whose the object of a verb is, or who no longer gets it: "gas to Doeland", "Doeland's assets"."""
    behind = at + 1
    if s.low[at - 1] == "from":
        if s.low[at] not in words("dealing"):
            return phrases(s, i)
        # "barred banks from dealing with companies of Doeland"
        near = range(behind, min(behind + _MAX_OBJECT + 1, len(s.low)))
        partner = next((k for k in near if s.low[k] in ("with", "from", "in")), None)
        return phrases(s, partner + 1) if partner else []
    if s.low[at] in words("own object"):
        # "closed its airspace and ports to airlines of Doeland": what is closed is the sender's own.
        near = range(behind, min(behind + _MAX_OBJECT, len(s.low)))
        to = next((k for k in near if s.low[k] == "to"), None)
        return phrases(s, to + 1) if to else []
    owners = [(k, k + 1) for k in range(i, at) if s.words[k].actor]
    if owners and s.low[behind : behind + 1] in (["of"], ["to"]) and (found := phrases(s, behind + 1)):
        # "Roeland gas to Doeland", "the Roeland assets of Ann Poe": whose it is comes behind.
        return found
    if (
        owners
        or behind >= len(s.low)
        or s.low[behind] not in ("to", "from", "of", "for", "with", "around", "on", "belonging")
    ):
        return owners
    return phrases(s, behind + 1)
