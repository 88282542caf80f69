"""Names that the registry does not know: counted, with examples and a guess at what they are.

One `Suggestion` is one name that the articles write in capitals and no alias covers:

| field | type | meaning |
| --- | --- | --- |
| name | str | the longest form found |
| aliases | tuple of str | the forms found: the name, and its last word where it stood alone |
| type | str | a guess, one of the registry's types |
| count, n_articles | int | how often, and in how many articles |
| examples | tuple of str | the words around its first places |

`rows` writes it as rows of `actors.csv`, ready to be pasted: camp `other`, no country, to be mended.

The guess. A person has a first name, a title or a form of address before it, or an age behind it; a
medium or another body has a word of its kind in its name, or is an abbreviation; what mostly stands
behind a preposition of place is a place, written as `state`; anything else is an organisation.

Not suggested: words that open a sentence and stand nowhere else, or that are written small too;
headlines in capitals, titles of office, days and months, first names alone, and what is written within
a longer name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from slugify import slugify

from analysis import surroundings as near
from analysis.actors import COLUMNS, Registry
from analysis.matcher import flatten, sexes, words
from analysis.mentions import find_mentions

MAX_EXAMPLES = 3
EXAMPLE_REACH = 40  # characters on either side
LONGEST_NAME = 6  # words

_CAPITAL = r"[^\W\d_a-z][\w'-]*"
_RUN = re.compile(rf"(?<![\w@#./-]){_CAPITAL}(?: (?:(?:of|for|von|van|de|al|bin) )?{_CAPITAL}){{0,{LONGEST_NAME - 1}}}")
_PIECE = re.compile(r"\S+(?: \S+)*")
_SMALL = re.compile(r"(?<!\w)[a-z]+(?!\w)")
_AGE = re.compile(r", \d{1,3}\b|\s?\(\d{1,3}\)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One name that the registry does not know; the fields are described at the head of this module."""

    name: str
    aliases: tuple[str, ...]
    type: str
    count: int
    n_articles: int
    examples: tuple[str, ...]

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return one row of the registry for each alias."""
        times = f"{self.count} {'time' if self.count == 1 else 'times'}"
        where = f"{self.n_articles} {'article' if self.n_articles == 1 else 'articles'}"
        known = {
            "actor_id": slugify(self.name, replacements=[["'", ""], ["\u2019", ""]]) or "name",
            "name": self.name,
            "type": self.type,
            "camp": "other",
            "kind": "name",
            "source": f"found {times} in {where}",
            "note": self.examples[0] if self.examples else "",
        }
        return [{column: {**known, "alias": alias}.get(column, "") for column in COLUMNS} for alias in self.aliases]


@dataclass(slots=True)
class _Seen:
    """What was seen of one name."""

    count: int = 0
    articles: set[int] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)
    signs: Counter[str] = field(default_factory=Counter)
    is_sure: bool = False  # stood once where a capital means something


def suggest(articles: Iterable[Sequence[tuple[int, str]]], registry: Registry) -> list[Suggestion]:
    """List the names that no alias covers, the most frequent first; each article is its paragraphs."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    small: set[str] = set()
    for number, paragraphs in enumerate(articles):
        spans = sorted((mention.start, mention.end) for mention in find_mentions(paragraphs, registry))
        for start, text in paragraphs:
            inside = [(s - start, e - start) for s, e in spans if start <= s < start + len(text)]
            small.update(_SMALL.findall(text))
            for name, at, flat in _unknown(text, inside):
                _note(seen[name], number, name, at, flat)
    no_names = {alias.text for alias in registry.aliases} | sexes().keys()
    sure = {
        name: what for name, what in seen.items() if what.is_sure and name not in no_names and name.lower() not in small
    }
    return sorted(_merged(sure), key=lambda one: (-one.count, one.name))


def _unknown(text: str, known: list[tuple[int, int]]) -> Iterator[tuple[str, int, str]]:
    """Yield the capitalised runs of a paragraph outside known mentions: name, where, flattened text."""
    flat = flatten(text)
    if near.is_title_case(flat.strip()):
        return
    covered = bytearray(len(flat))
    for start, end in known:
        covered[start:end] = b"\x01" * (end - start)
    for run in _RUN.finditer(flat):
        for piece in _PIECE.finditer(_uncovered(run, covered)):
            words_of = _trimmed(piece.group().split(" "))
            name = " ".join(words_of).removesuffix("'s").removesuffix("'").rstrip("-")
            if len(name) > 1:
                yield name, run.start() + piece.start() + piece.group().index(words_of[0]), flat


def _uncovered(run: re.Match[str], covered: bytearray) -> str:
    """Return a run with a line end for every character of a known mention, so that no word crosses it."""
    return "".join("\n" if covered[run.start() + at] else char for at, char in enumerate(run.group()))


def _trimmed(parts: list[str]) -> list[str]:
    """Leave off the function words and titles at both ends of a run."""
    while parts and (near.is_function_word(parts[0].split("'")[0]) or parts[0].islower()):
        parts = parts[1:]
    while parts and (near.is_function_word(parts[-1]) or parts[-1].islower()):
        parts = parts[:-1]
    return parts


def _note(seen: _Seen, number: int, name: str, at: int, flat: str) -> None:
    """Add one place to what was seen of a name."""
    seen.count += 1
    seen.articles.add(number)
    seen.is_sure |= not near.opens_sentence(flat, at) or " " in name
    if len(seen.examples) < MAX_EXAMPLES:
        seen.examples.append(flat[max(0, at - EXAMPLE_REACH) : at + len(name) + EXAMPLE_REACH].strip())
    before, _ = near.word_before(flat, at)
    first = name.split(" ")[0]
    behind = at + len(name)
    is_titled = (
        before[:1].isupper()
        and near.is_function_word(before)
        and before.strip(".") in near.names("title", "honorific", "honorific_man", "honorific_woman")
    )
    if is_titled or (" " in name and first in sexes()) or _AGE.match(flat, behind):
        seen.signs["person"] += 1
    elif before in near.cues("place_before"):
        seen.signs["state"] += 1
    else:
        seen.signs["other"] += 1


def _guess(name: str, signs: Counter[str]) -> str:
    """Guess the type of a name from its words and from what stood beside it."""
    parts = {part.casefold() for part in name.split()}
    if not parts.isdisjoint(words("name_words.csv", "medium")):
        return "media"
    bodies = {word.casefold() for word in near.names("institution")} | words("roles.csv", "body")
    if not parts.isdisjoint(bodies) or (name.isupper() and " " not in name):
        return "organisation"
    if signs["person"] * 4 >= max(1, signs.total()):
        return "person"
    return "state" if signs["state"] * 2 > signs.total() else "organisation"


def _merged(seen: dict[str, _Seen]) -> Iterator[Suggestion]:
    """Yield the suggestions, a surname that stood alone with the only full name that ends with it."""
    ends: dict[str, list[str]] = defaultdict(list)
    for name in seen:
        if " " in name:
            ends[name.rsplit(" ", 1)[1]].append(name)
    alone = {full[0]: last for last, full in ends.items() if last in seen and len(full) == 1}
    for name, what in seen.items():
        if " " not in name and len(ends[name]) == 1:
            continue
        last = seen[alone[name]] if name in alone else _Seen()
        relatives = ends[name] if " " not in name else ()
        what.signs["person"] += sum(seen[full].signs["person"] for full in relatives)
        aliases = (name, alone[name]) if name in alone else (name,)
        examples = tuple((what.examples + last.examples)[:MAX_EXAMPLES])
        kind = _guess(name, what.signs + last.signs)
        yield Suggestion(name, aliases, kind, what.count + last.count, len(what.articles | last.articles), examples)
