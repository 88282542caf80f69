"""Who is named where: an article's paragraphs to mentions of the registry's actors.

One row is one **mention**:

| column | type | meaning |
| --- | --- | --- |
| start, end | int | characters of the source, half open; mentions never overlap |
| text | str | source[start:end] |
| actor_id | str | the actor meant |
| kind | str | name, role, metonym, demonym |
| rule | str | which rule found it, see below |

Rules for names: `alias` as it stands in the registry (or a first name and a surname of one person),
`surname` (of several bearers the one named last), `initial` ("J. Doe", or a name with a middle name).
`acting` is a capital or palace that acts; `demonym`. Rules for roles: `office` (an alias, or a state with
its designation, on the day of publication), `state` (an organ of the state that the story is on, or that
state), `fitting` (the person or body named last of whom the designation is true), `introduced` (whom the
article gave it to), `age`, `tie` ("her husband"), `owner` ("Doe's government", "his country"),
`counterpart`.

The article is read once, from its title on. All aliases are found in one pass over the text; the
longest that is one wins. A name is none inside a longer name that nobody registered, behind an unknown
first name, or in an address of the web.

Not caught: pronouns (the speakers of quotes are resolved elsewhere); names broken by a hyphen at the
end of a line; names in a case or a spelling that the registry does not hold; two bearers of one surname
who are named in turn by it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from analysis import roles
from analysis import surroundings as near
from analysis.actors import Interval, Registry
from analysis.context import BREAK, Article
from analysis.matcher import Name, build, flatten, sexes

KINDS = ("name", "role", "metonym", "demonym")
JOINT = f" {BREAK} "
MAX_LOOKS_AHEAD = 5  # later places of a surname at which its first name is looked for
MAX_GAP_CHARACTERS = 40  # a longer gap between two words parts them

_RUNS = re.compile(rf"(?<= ) {{1,{MAX_GAP_CHARACTERS}}}(?! )")
_INITIALS = re.compile(r"(?:[A-Z]\.-?){1,3}")
_TELLING = frozenset("-@_.$/")
_PARTICLES = near.names("particle")
_PREFIXES = near.names("prefix")
_OF_NAME = near.names("of_name")
_OPENERS = near.names("opener")
_FOR_WOMEN = near.names("honorific_woman")
_FOR_MEN = near.names("honorific_man")


# A tuple, not a dataclass: an article has fifty, and a frozen dataclass takes three times as long to make.
class Mention(NamedTuple):
    """One mention of one actor; offsets count in the source."""

    start: int
    end: int
    text: str
    actor_id: str
    kind: str
    rule: str


def find_mentions(
    paragraphs: Sequence[tuple[int, str]], registry: Registry, *, published: dt.date | Interval | None = None
) -> list[Mention]:
    """Find the mentions of one article, given as (start in the source, text) from its title on.

    `published` is the day, or the first and last possible day, on which offices are looked up; without
    it an office with several holders is that of the one whom the article names. Any text is accepted.
    """
    period = (published, published) if isinstance(published, dt.date) else published
    joined = JOINT.join([text for _, text in paragraphs])
    flat, cuts, dropped = _squeeze(flatten(joined))
    article = Article(build(registry), flat, period)
    _read(article)
    return _in_source(article.found, paragraphs, joined, cuts, dropped)


def _squeeze(flat: str) -> tuple[str, list[int], list[int]]:
    """Leave one space of every short run.

    Returns also the places in the result where spaces were dropped, with one behind its end, and how many
    were dropped before each of them.
    """
    cuts: list[int] = []
    dropped = [0]
    if "  " in flat:
        pieces: list[str] = []
        last = 0
        for run in _RUNS.finditer(flat):
            start, end = run.span()
            pieces.append(flat[last:start])
            cuts.append(start - dropped[-1])
            dropped.append(dropped[-1] + end - start)
            last = end
        flat = "".join([*pieces, flat[last:]])
    cuts.append(len(flat))
    return flat, cuts, dropped


def _in_source(
    found: list[tuple[int, int, str, str, str]],
    paragraphs: Sequence[tuple[int, str]],
    joined: str,
    cuts: list[int],
    dropped: list[int],
) -> list[Mention]:
    """Return the mentions with the offsets of the source."""
    mentions: list[Mention] = []
    cut = number = shift = until = 0
    if paragraphs:
        shift, until = paragraphs[0][0], len(paragraphs[0][1])
    for start, end, actor_id, kind, rule in found:
        while start >= cuts[cut]:
            cut += 1
        start += dropped[cut]
        while end > cuts[cut]:
            cut += 1
        end += dropped[cut]
        while start >= until:
            number += 1
            shift = paragraphs[number][0] - until - len(JOINT)
            until += len(JOINT) + len(paragraphs[number][1])
        mentions.append(Mention(start + shift, end + shift, joined[start:end], actor_id, kind, rule))
    return mentions


def _read(article: Article) -> None:
    """Go through the hits in order and take what is a mention."""
    forms, flat = article.matcher.forms, article.flat
    for start, negative_end, number in article.hits:
        if start < article.done:
            continue
        form, end = forms[number], -negative_end
        if form.names:
            written, name_end = flat[start:end], end
            names = form.names.get(written)
            if form.is_dotted and flat[end : end + 1] == "." and written + "." in form.names:
                names, name_end = form.names[written + "."], end + 1
            if names and _take_name(article, start, name_end, names):
                continue
        if form.roles and roles.take_alias(article, start, end, form.roles):
            continue
        if form.term is not None:
            roles.take_term(article, start, end, form.term)


def _take_name(article: Article, start: int, end: int, names: list[Name]) -> bool:
    """Take a name, metonym or demonym where it is one; tell whether it was taken."""
    flat, name = article.flat, names[0]
    if name.is_dated:
        names = [name for name in names if name.alias.holds(article.period)]
        if not names:
            return False
        name = names[0]
    # What mostly stands beside a name is tested first: a space, or a mark that says nothing.
    left, right = flat[start - 1 : start], flat[end : end + 1]
    if right == " ":
        if flat[end + 1 : end + 2].isupper() and _goes_on(article, start, end, name):
            return False
    elif right in _TELLING and (near.is_joined(flat, start, end) or _goes_on(article, start, end, name)):
        return False
    if left == " ":
        if not name.is_person and _is_behind_part(article, start):
            return False
    elif left in _TELLING and (near.is_joined(flat, start, end) or _is_behind_hyphen(article, start)):
        return False
    if name.is_surname:
        return _take_surname(article, start, end, name)
    if name.kind == "demonym":
        return article.take(start, end, name.actor_id, "demonym", "demonym")
    if name.kind == "metonym":
        return _acts(article, start, end, name) and article.take(start, end, name.actor_id, "metonym", "acting")
    if name.is_person:
        for surname in name.surnames:
            article.bearer[surname] = (name.actor_id, start)
    elif name.state and name.state != name.actor_id:
        if not _is_own_body(article, start, name):
            return False
        start = _with_own_demonym(article, start, name)
    return article.take(start, end, name.actor_id, "name", "alias")


def _goes_on(article: Article, start: int, end: int, name: Name) -> bool:
    """Tell whether a longer name goes on behind this one: "Doeland Press Club", "Doe-Roe pipeline"."""
    flat = article.flat
    following = flat[end + 1 : end + 2]
    if flat[end] != " ":
        return flat[end] == "-" and (following.isdigit() or (following.isupper() and article.name_at(end + 1) is None))
    verdict = near.makes_longer_name(near.capitals_after(flat, end))
    if verdict is not None:
        return verdict
    if name.is_person and not name.is_surname:
        return False
    # A surname with a capital behind it is somebody's first name.
    return not article.in_title_case(start) and article.name_at(end + 1) is None


def _is_behind_hyphen(article: Article, start: int) -> bool:
    """Tell whether a longer name starts before this one and a hyphen: "Alpha-Doeland"."""
    flat = article.flat
    if flat[start - 1] != "-":
        return False
    word = flat[max(0, start - near.REACH) : start - 1].split(" ")[-1].strip("\"'(")
    return word[:1].isupper() and word not in _PREFIXES and not article.ending_at(start - 1)


def _is_behind_part(article: Article, start: int) -> bool:
    """Tell whether a longer name starts before this one and a space: "Bank of Doeland", "Radio Doeland"."""
    flat = article.flat
    low = start - near.REACH if start > near.REACH else 0
    begin = flat.rfind(" ", low, start - 1) + 1 or low
    word = flat[begin : start - 1]
    if word.islower():
        if word not in ("of", "the"):
            return False
        if word == "the":
            word, begin = near.word_before(flat, begin)
        before, _ = near.word_before(flat, begin)
        return word == "of" and before.strip("\"'(") in _OF_NAME
    is_over = word[-1:] in ",;:'!?" or word.endswith("'s") or near.ends_sentence(word)
    if not word[:1].isupper() or article.ending_at(start - 1) or is_over:
        return False
    if word in article.matcher.owners or any(part[:1].islower() for part in word.split("-")):
        return False  # "Doetown-to-Roetown" only describes
    if word in _OPENERS:
        return True
    return not (near.is_function_word(word) or near.opens_sentence(flat, begin) or article.in_title_case(start))


def _acts(article: Article, start: int, end: int, name: Name) -> bool:
    flat = article.flat
    if flat.startswith(", ", end):
        following = article.name_at(end + 2)
        if following and following[1].actor_id == name.actor_id and following[1].kind == "name":
            return False  # as in a postal address
        if following and following[1].kind == "metonym" and flat.startswith(" and ", following[0]):
            last = article.name_at(following[0] + 5)
            if last and last[1].kind == "metonym":  # what the last of a list does, the first does, too
                return near.acts(flat, following[0] + 5, last[0], is_building=last[1].is_building)
    # "Bring … and … closer": the second does what the first does.
    first = article.ending_at(start - 5) if flat.startswith(" and ", start - 5) else None
    if first and first.kind == "metonym":
        return True
    return near.acts(flat, start, end, is_building=name.is_building)


def _is_own_body(article: Article, start: int, name: Name) -> bool:
    """Tell whether a body's bare name ("Interior Ministry") can mean that of the state it was registered for."""
    before = article.ending_at(start - 1, start - 2, start - 3)
    if before and before.actor_id != name.state and "," not in article.flat[before.end : start]:
        is_state = article.matcher.types[before.actor_id] == "state"
        return not is_state
    return (
        not name.is_generic or article.story_state() is None or article.story_state((name.state or "",)) == name.state
    )


def _with_own_demonym(article: Article, start: int, name: Name) -> int:
    """Begin a body's bare name with the state's adjective before it, where the registry does not."""
    word, begin = near.word_before(article.flat, start) if name.is_generic else ("", start)
    is_own = "'" not in word and article.matcher.owners.get(word) == name.state
    return begin if word and is_own else start


# Surnames.


def _take_surname(article: Article, start: int, end: int, name: Name) -> bool:
    """Take a surname without a registered first name before it, where it means somebody known."""
    surname = name.alias.text
    word, begin = near.word_before(article.flat, start)
    if word in _PARTICLES:
        return False
    if word[:1].isupper() and not article.ending_at(start - 1):
        whole, person = _by_parts(article, word, begin, surname)
        if person:
            article.bearer[surname] = (person, start)
            return article.take(whole, end, person, "name", "initial")
        if _is_first_name(article, word, begin):
            article.is_strangers.setdefault(surname, surname not in article.bearer)
            return False
    actor_id = _whose(article, start, surname, name.actor_id or None)
    if actor_id is None or _is_of_other_sex(word, article, actor_id):
        return False
    article.bare[surname] = actor_id
    return article.take(start, end, actor_id, "name", "surname")


def _by_parts(article: Article, word: str, begin: int, surname: str) -> tuple[int, str | None]:
    """Return where a name with initials or a middle name begins, and whose it is."""
    firsts = article.matcher.first_names
    bearers = article.matcher.bearers[surname]
    before, whole = near.word_before(article.flat, begin)
    named = [who for who in bearers if before in firsts[who]] if word[-1].isalpha() else []
    if len(named) != 1 and _INITIALS.fullmatch(word):
        whole = begin
        named = [who for who in bearers if any(first[0] == word[0] for first in firsts[who])]
    return whole, named[0] if len(named) == 1 else None


def _is_first_name(article: Article, word: str, begin: int) -> bool:
    """Tell whether a capitalised word before a surname is a first name (or initials) of somebody."""
    bare = word.strip("\"'(\u201c\u201d")
    if _INITIALS.fullmatch(bare) or bare in sexes():
        return True
    if not bare or bare[-1] in ",;:.!?" or word.endswith(("'s", "'")) or near.is_function_word(word):
        return False
    if near.opens_sentence(article.flat, begin) or article.in_title_case(begin):
        return False
    return bare not in article.matcher.owners


def _whose(article: Article, start: int, surname: str, owner: str | None) -> str | None:
    """Return whom a bare surname means: of several bearers the one named last."""
    named, settled = article.bearer.get(surname), article.bare.get(surname)
    if named and named[0] != settled:
        # A relative named in passing takes the surname over for the rest of the paragraph only.
        actor_id, where = named
        return actor_id if settled is None or article.is_same_paragraph(where, start) else settled
    if settled:
        return settled
    if surname not in article.is_strangers:
        article.is_strangers[surname] = _is_of_stranger(article, start, surname)
    return None if article.is_strangers[surname] else owner


def _is_of_stranger(article: Article, start: int, surname: str) -> bool:
    """Tell whether the article goes on to name an unknown person with this surname before the known one."""
    bearers = article.matcher.bearers[surname]
    firsts = {part for who in bearers for first in article.matcher.first_names[who] for part in first.split()}
    position = start
    for _ in range(MAX_LOOKS_AHEAD):
        position = article.flat.find(surname, position + 1)
        if position < 0:
            return False
        word, begin = near.word_before(article.flat, position)
        if word[:1].isupper() and _is_first_name(article, word, begin):
            return word not in firsts
    return False


def _is_of_other_sex(word: str, article: Article, actor_id: str) -> bool:
    """Tell whether a form of address does not go with the bearer's first names."""
    word = word.strip("\"'(.")
    if word in _FOR_WOMEN:
        return article.matcher.sex_of.get(actor_id) == "m"
    return word in _FOR_MEN and article.matcher.sex_of.get(actor_id) == "f"
