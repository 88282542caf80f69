"""Designations that stand for an actor: whom "the Doelandic leader", "the strongman", "police" mean.

A designation is an alias of kind role, or a *term* without owner. What stands before it is read (see
`phrases`); then

* in front of a name it is a title, behind one an apposition: no mention, but the article now calls that
  person so, registered or not;
* as a predicate, with an indefinite article, with "former" and the like, as the attribute of another
  noun: no mention;
* else its owner is, in this order: the state named with it; who was named with a possessive; the person
  with the tie ("her husband"); the state itself ("the country"); the person or body named last who is
  called so or holds the office, and rather one of the story's state than one named in passing in an
  earlier paragraph; the organ, or on the day of publication the office, of the state that the story is on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis import surroundings as near
from analysis.actors import Alias
from analysis.context import Article, Found
from analysis.matcher import Term
from analysis.phrases import UNKNOWN_NAME, Left, apposed, is_predicate, look_left, may_refer, titled

TIE_REACH = 600  # characters from a person's last mention to "her husband"
BODY_REACH = 300  # characters from a body's last mention to "the group"


_ARTICLE = near.roles("article")
_POSSESSIVES = near.roles("possessive")
_FORMER = near.roles("former")
_OFFICES = near.roles("office")
_STATE_ADJECTIVES = near.roles("state_adjective")
_THIRD_PERSON = near.roles("third_person")
_FIRST_PERSON = near.roles("first_person")
_SEX = {"his": "m", "her": "f"}


def take_alias(article: Article, start: int, end: int, aliases: Sequence[Alias]) -> bool:
    """Take an alias of kind role where it stands for its actor."""
    left = look_left(article, start)
    person = titled(article, end)
    is_title = person is not None
    if not is_title:
        person = apposed(article, left.outer, end)
    if person:
        for ending in _endings(aliases[0].text):
            article.called[ending] = (person, end)
    if is_title or left.blocked_by in _FORMER or left.determiner not in ("", "the") or left.state:
        return False
    if article.flat[left.begin - 1 : left.begin] == "-" or near.is_attributive(article.flat, end):
        return False
    if _is_before_body(article, end):
        return False
    actor_id = article.first_titled(aliases[0].text) or _held(article, aliases)
    # A known name before that does not go with the designation is a list: "Doe, the Roeland leader and …".
    is_apposed = person is not None and person in ("", actor_id)
    if actor_id is None or is_apposed or is_predicate(article, left, end):
        return False
    return article.take(left.outer, end, actor_id, "role", "office")


def _is_before_body(article: Article, end: int) -> bool:
    """Tell a title before the name of a body: "the state agency Doe Wire"."""
    at = article.name_at(end + 1) if article.flat[end : end + 1] == " " else None
    return (
        at is not None and at[1].kind == "name" and article.matcher.types[at[1].actor_id] in ("organisation", "media")
    )


@lru_cache(maxsize=near.WORDS_KEPT)
def _endings(role: str) -> tuple[str, ...]:
    """Return what a role may be cut down to: "Doelandic state secretary", "state secretary", "secretary"."""
    words = role.casefold().split()
    return tuple(" ".join(words[count:]) for count in range(len(words)))


def take_term(article: Article, start: int, end: int, term: Term) -> bool:
    """Take a designation without owner where the article's context gives it one."""
    flat = article.flat
    if "age" in term.kinds:
        return _take_age(article, start, end)
    is_before_noun = near.is_attributive(flat, end) or _is_before_body(article, end)
    if is_before_noun or not may_refer(article, start, end, is_collective=term.is_collective):
        return False
    left = look_left(article, start, is_state=term.is_state)
    if _remember(article, left, end, term) or left.blocked_by or is_predicate(article, left, end):
        return False
    if left.state:
        return _take_of_state(article, left, end, term)
    if left.owner:
        return _take_with_owner(article, left, end, term, left.owner)
    if left.determiner not in ("", "the"):
        return _take_with_pronoun(article, left, end, term)
    return _take_of(article, left, end, term) or _take_in_context(article, left, end, term)


def _remember(article: Article, left: Left, end: int, term: Term) -> bool:
    """Remember whom a title, an apposition or an indefinite article gives a designation; tell whether one did."""
    if term.is_collective:
        return False
    person = titled(article, end)
    if person is None:
        is_indefinite = left.blocked_by in ("a", "an")
        outer = left.begin - len(left.blocked_by) - 1 if is_indefinite else left.outer
        person = apposed(article, outer, end)
        if person is None and is_indefinite:
            person = ""
    if person is None:
        return False
    called = article.called
    called[term.text] = called[term.last] = (person or None, end)
    for adjective in left.adjectives:
        called[adjective] = (person or None, end)
    return True


# Designations whose owner is written beside them.


def _held(article: Article, aliases: Sequence[Alias] | None) -> str | None:
    """Return who holds an office on the day; of several holders the one named last."""
    if not aliases:
        return None
    period = article.period
    if len(aliases) == 1:
        return aliases[0].actor_id if aliases[0].holds(period) else None
    holders = {alias.actor_id for alias in aliases if alias.holds(period)}
    return holders.pop() if len(holders) == 1 else article.last_of(sorted(holders))[0]


def _take_of_state(article: Article, left: Left, end: int, term: Term) -> bool:
    """Take "the Doelandic leader", "Doeland's police"."""
    actor_id = _held(article, term.offices.get(left.state or ""))
    if actor_id is None and "counterpart" in term.kinds:
        return _take_counterpart(article, left, end)
    return actor_id is not None and article.take(left.outer, end, actor_id, "role", "office")


def _take_of(article: Article, left: Left, end: int, term: Term) -> bool:
    """Take "the government of Doeland"."""
    flat = article.flat
    if not left.determiner or not flat.startswith(" of ", end):
        return False
    at = article.name_at(end + (8 if flat.startswith("the ", end + 4) else 4))
    if at is None or at[1].kind != "name":
        return False
    actor_id = _held(article, term.offices.get(at[1].actor_id))
    return actor_id is not None and article.take(left.outer, at[0], actor_id, "role", "office")


def _take_with_owner(article: Article, left: Left, end: int, term: Term, owner: Found) -> bool:
    """Take "Doe's government", "Doe's husband", "the country's opposition chief"."""
    tied = _held(article, term.ties.get(owner.actor_id))
    if tied:
        return article.take(left.begin, end, tied, "role", "tie")
    state = article.matcher.state_of[owner.actor_id]
    actor_id = _held(article, term.offices.get(state)) if state and "state" not in term.kinds else None
    if actor_id is None:
        return False
    # "The country's" belongs to the designation, a person's name stands for itself.
    begin = owner.start if owner.kind == "role" and owner.actor_id == state else left.begin
    return article.take(begin, end, actor_id, "role", "owner")


def _take_with_pronoun(article: Article, left: Left, end: int, term: Term) -> bool:
    """Take "her husband", "his country", "its leadership"; the pronoun stays outside."""
    matcher = article.matcher
    sex = _SEX.get(left.determiner)
    tied_to, place = article.last_of([who for who in term.ties if sex in (None, matcher.sex_of.get(who))])
    if tied_to and left.begin - place < TIE_REACH:
        actor_id = _held(article, term.ties[tied_to])
        return actor_id is not None and article.take(left.begin, end, actor_id, "role", "tie")
    is_state = "state" in term.kinds
    if not is_state and not term.offices:
        return False
    state = _state_of_pronoun(article, left.determiner, is_ruler=not is_state)
    actor_id = state if is_state else _held(article, term.offices.get(state)) if state else None
    # "His president" is seldom said, "our president" is.
    is_usual = left.determiner not in _THIRD_PERSON and "office" in term.kinds
    if actor_id is None or (article.is_person(actor_id) and not is_usual):
        return False
    return article.take(left.begin, end, actor_id, "role", "owner")


def _state_of_pronoun(article: Article, pronoun: str, *, is_ruler: bool) -> str | None:
    """Return the state of the person named last whom a pronoun can mean; else the story's."""
    matcher = article.matcher
    if pronoun not in _THIRD_PERSON:
        return article.story_state(is_fading=pronoun not in _FIRST_PERSON)
    persons = [who for who in article.last_named if article.is_person(who)]
    persons = [who for who in persons if matcher.sex_of.get(who) in (None, _SEX.get(pronoun))]
    if is_ruler:
        offices = [matcher.terms[office].fits for office in _OFFICES if office in matcher.terms]
        persons = [who for who in persons if any(who in fits for fits in offices)]
    person, _ = article.last_of(persons)
    return matcher.state_of[person] if person else None


def _take_counterpart(article: Article, left: Left, end: int) -> bool:
    """Take "his Roelandic counterpart": the holder of the office in that state which the person named last has."""
    terms = article.matcher.terms
    person, _ = article.last_of([who for who in article.last_named if article.is_person(who)])
    for office in sorted(_OFFICES.intersection(terms)):
        held = [alias for aliases in terms[office].offices.values() for alias in aliases]
        if any(alias.actor_id == person and alias.holds(article.period) for alias in held):
            actor_id = _held(article, terms[office].offices.get(left.state or ""))
            if actor_id and actor_id != person:
                return article.take(left.begin, end, actor_id, "role", "counterpart")
    return False


# Designations whose owner the context gives.


def _take_in_context(article: Article, left: Left, end: int, term: Term) -> bool:
    """Take a designation that names no owner: by whom was named before, and by what the story is on."""
    is_definite = left.determiner == "the"
    if not is_definite and not term.is_collective:
        return False
    if _is_of_something(article.flat, end, term):
        return False
    if is_definite:
        if "state" in term.kinds or not _STATE_ADJECTIVES.isdisjoint(left.adjectives):
            state = article.story_state() if term.is_state else None
            if state:
                return article.take(left.outer, end, state, "role", "state")
        actor_id, rule = _fitting(article, left, term)
        if actor_id or rule == "unknown":
            return actor_id is not None and article.take(left.outer, end, actor_id, "role", rule)
    if not term.offices:
        return False
    state = article.state_behind(end) or article.story_state(term.offices)
    actor_id = _held(article, term.offices.get(state)) if state else None
    if actor_id is None or (article.is_person(actor_id) and "office" not in term.kinds):
        return False
    return article.take(left.outer, end, actor_id, "role", "state")


def _is_of_something(flat: str, end: int, term: Term) -> bool:
    """Tell "the leader of the club" from "accused police of beatings"."""
    if term.is_state or not flat.startswith((" of ", " for "), end):
        return False
    behind = near.word_after(flat, flat.index(" ", end + 1))
    if behind.endswith("ing") and flat.startswith(" of ", end):
        return False  # "accused the opposition of plotting"
    return not term.is_collective or behind[:1].isupper() or behind in _ARTICLE or behind in _POSSESSIVES


def _fitting(article: Article, left: Left, term: Term) -> tuple[str | None, str]:
    """Return the person or body named last of whom a designation is true, and by which rule."""
    named = article.last_named
    if "any_body" in term.kinds:
        near_by = left.begin - BODY_REACH
        fitting = [w for w, at in named.items() if at >= near_by and article.matcher.types[w] == "organisation"]
    else:
        fitting = [who for who in named if who in term.fits and any(a.holds(article.period) for a in term.fits[who])]
    # "The Doe-backed leader" is not Doe.
    inside = {actor_id for start, _, actor_id, _, _ in article.found[-3:] if start >= left.begin}
    fitting = [who for who in fitting if who not in inside]
    actor_id, place = _last_in_story(article, fitting, left.begin)
    called, where = article.called.get(term.text, (None, -1))
    if where >= 0 and called is None and where > place:
        return None, "unknown"
    if called is None or called == actor_id:
        return actor_id, "introduced" if called else "fitting"
    chosen, _ = _last_in_story(article, [called, actor_id] if actor_id else [called], left.begin)
    return chosen, "introduced" if chosen == called else "fitting"


def _last_in_story(article: Article, actor_ids: list[str], position: int) -> tuple[str | None, int]:
    """Return who of these was named last in this paragraph, else last of those from the story's state, else last."""
    last, place = article.last_of(actor_ids)
    if last is None or len(actor_ids) == 1 or article.is_same_paragraph(place, position):
        return last, place
    state = article.story_state()
    own, own_place = article.last_of([who for who in actor_ids if article.matcher.state_of[who] == state])
    return (own, own_place) if own else (last, place)


# "The 65-year-old".

AGE_LOOKS = 40  # mentions looked through for somebody's age
STRANGER_REACH = 2000  # characters searched for an unknown person between a name and an age
_NUMBER = re.compile(r"(\d{1,3})-\Z")
_AGE_AFTER = re.compile(r"(?:, |,? an? |\()(\d{1,3})(?:[,;)]|\.(?!\d)|-year-old)")
_AGE_BEFORE = re.compile(r"(\d{1,3})-year-old (?:[a-z-]+ ){0,3}\Z")


def _take_age(article: Article, start: int, end: int) -> bool:
    """Take "the 65-year-old": who was given that age, or the person named last if he was given no other."""
    flat = article.flat
    number = _NUMBER.search(flat[max(0, start - 4) : start])
    if number is None or not near.may_end_here(flat, end):
        return False
    word, begin = near.word_before(flat, start - len(number.group()))
    age = number.group(1)
    if word.lower() not in _ARTICLE:
        return False
    persons = [Found(*found) for found in article.found[-AGE_LOOKS:] if article.is_person(found[2])]
    given = [(found.actor_id, told) for found in persons for told in _ages_beside(flat, found)]
    told, _ = article.called.get(age, (None, 0))
    told = next((who for who, years in reversed(given) if years == age), told)
    if told is None:
        others = {who for who, _ in given}
        rest = [found for found in reversed(persons) if found.actor_id not in others]
        # Whoever is named outright, rather than one whom a designation means.
        last = next((found for found in rest if found.kind == "name"), next(iter(rest), None))
        if last is None or _names_stranger(flat, last.end, begin):
            return False
        if f" {age}-year-old" in flat[max(0, begin - STRANGER_REACH) : begin]:
            return False  # said of somebody whom nobody registered
        told = last.actor_id
    article.called[age] = (told, end)
    return article.take(begin, end, told, "role", "age")


def _ages_beside(flat: str, found: Found) -> list[str]:
    """Return the ages written before and behind a name."""
    after = _AGE_AFTER.match(flat, found.end, found.end + 30)
    before = _AGE_BEFORE.search(flat[max(0, found.start - 50) : found.start])
    return [match.group(1) for match in (after, before) if match]


def _names_stranger(flat: str, start: int, end: int) -> bool:
    """Tell whether an unknown person is named between two places."""
    return end - start > STRANGER_REACH or any(
        not near.is_function_word(name.group().split()[0]) for name in UNKNOWN_NAME.finditer(flat, start, end)
    )
