"""One line of a news text, whatever stands around it: headline, caption, link, byline, dateline or story.

What republishers print around a story (picture lines, links to other articles, sign-offs) is told by its
words and its place in the line: the vocabulary is `language/furniture.csv` and `language/agencies.csv`,
each row with its origin. Pure functions of a line; nothing here knows a text or an article.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from analysis import language
from analysis.sources import parse_date

MAX_HEADLINE_WORDS = 30
MAX_HEADLINE_CHARACTERS = 250
MAX_BYLINE_WORDS = 12
MAX_FURNITURE_CHARACTERS = 1_000

DASHES = "-\u2013\u2014"
_CLOSERS = "\"'\u2019\u201d\u00bb)]"
OPENERS = "\"'\u2018\u201c\u201e\u00ab"
_ENDS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964:;,")  # marks that end a sentence or go on with it
# What prints nothing: white space, control characters, soft hyphen, zero-width and direction marks.
INKLESS = (
    "".join(
        chr(code)
        for codes in (
            range(0x21),
            range(0x7F, 0xA1),
            range(0x2000, 0x2010),
            range(0x2028, 0x2030),
            range(0x205F, 0x2070),
        )
        for code in codes
    )
    + "\u00ad\u061c\u1680\u3000\ufeff"
)
_AROUND_AGENCY = f"().{DASHES}{INKLESS}"
_BEHIND_END = _CLOSERS + INKLESS
_WORD = re.compile(r"[^\W_]\S*")
_STOP_INSIDE = re.compile(r"(?<=\w)[.!?][\"'\u2019\u201d)]*\s")
BULLET = re.compile(rf"(?:[{DASHES}*\u2022\u2023\u25aa\u25cf\u25e6\u00b7]|\d{{1,2}}\.|\(?[a-z\d]{{1,2}}\))\s")
_BYLINE = re.compile(r"(?:By|BY)\s+[^\W\d_]")
_DATE_LABEL = re.compile(r"(?:(?:first |last )?(?:published|updated|posted)(?: on| at)?\s?:?\s)", re.IGNORECASE)


def fold(text: str) -> str:
    """Fold every run of white space to one space and cut it off at both ends."""
    return " ".join(text.split())


def count_words(text: str) -> int:
    """Count the runs of non-space characters that hold a letter or a digit (a lone dash is no word)."""
    return len(_WORD.findall(text))


@cache
def _starts(place: str) -> tuple[str, ...]:
    return tuple(_furniture(place))


@cache
def _furniture(place: str) -> dict[str, str]:
    return {row["words"]: row["kind"] for row in language.rows("furniture.csv") if row["place"] == place}


def _kind_by_start(line: str, place: str) -> str | None:
    """Return the kind of the first words of this place with which a line starts."""
    if not line.startswith(_starts(place)):
        return None
    return next(kind for start, kind in _furniture(place).items() if line.startswith(start))


@cache
def agencies() -> dict[str, str]:
    """Map every alias of an agency, in small letters, to its name."""
    return {row["alias"].lower(): row["agency"] for row in language.rows("agencies.csv")}


@cache
def agency_names(*, pictures: bool = False) -> str:
    """Return a pattern of the agencies' names, with `pictures` also of those that send only pictures."""
    names = [row["alias"] for row in language.rows("agencies.csv")]
    names += list(_furniture("credit")) if pictures else []
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_CREDIT_SIGNS = ("/", "(", ":", "via", "pic", "photo")  # one of them is in every credit


@cache
def _credits() -> tuple[re.Pattern[str], ...]:
    """Return patterns of a picture credit, the surer first; each has the agency's name as its group."""
    name = rf"(?<![\w-])({agency_names(pictures=True)})(?![\w-])"
    before = r"/\s?|\([^()]{0,80}[\s/]|\b(?:photo(?:graph)?|picture|image|credit):\s?|\bvia\s"
    patterns = (
        rf"(?:{before}){name}\)?\.?\s*\Z",
        rf"[{DASHES}]\s?{name}\s(?:pic|photo)\)?\s*\Z",
        rf"{name}(?:\s(?:pool|photo|images))?\s?/\s?[^/]{{2,40}}(?<![.!?\u2026\s])\s*\Z",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def credited(line: str) -> str | None:
    """Name whom a picture credit at the end of a line names last.

    Read are "… / AFP", "(Jane Doe AFP)", "PHOTO: AFP", "— AFP pic", "REUTERS/Jane Doe".
    """
    end = line[-120:]
    if not any(map(end.lower().__contains__, _CREDIT_SIGNS)):
        return None
    found = (pattern.search(end) for pattern in _credits())
    return next((match.group(1) for match in found if match), None)


# Any agency's credit behind a caption's full stop: "… in Minsk. Jane DOE / Somebody".
_ANY_CREDIT = re.compile(r"[.!?][\"'\u2019\u201d)]*\s+[A-Z][^.!?/]{1,60}(?:\s?/\s?[A-Z][^.!?/]{1,40}){1,3}\s*\Z")


@cache
def dateline() -> re.Pattern[str]:
    """A report's opening: "MINSK, Aug 9 (Reuters) - …", "MOSCOW, August 9. /TASS/. …"."""
    name = agency_names()
    return re.compile(rf"\s*[^()/]{{1,60}}(?:\((?:{name})[^()]{{0,20}}\)\s?(?:[{DASHES}_:]|\Z)|/(?:{name})/)")


def furniture_kind(line: str) -> str | None:
    """Tell a line that is page furniture and no story: "caption", "read_also", "subheading", "other" or None."""
    if len(line) > MAX_FURNITURE_CHARACTERS:
        # However it begins: a scrape may have set a whole article on one line.
        return None
    # Looking at both ends only keeps it cheap.
    line = line if len(line) <= 600 else f"{line[:400]} {line[-200:]}"
    folded = fold(line.strip(INKLESS)).lower()
    kind = _kind_by_start(folded, "start") or _furniture("line").get(folded)
    if kind:
        return kind
    if is_dashed(folded):
        return "subheading"
    if is_agency(folded):
        return "other"
    if credited(line):
        return "caption"
    # A credit in brackets may have a full stop behind it; otherwise a caption has its credit last.
    if ends_like_a_sentence(folded.removesuffix(".") if folded.endswith(").") else folded):
        return None
    kind = next((kind for words, kind in _furniture("inside").items() if words in folded), None)
    kind = kind or _kind_by_start(folded, "unended")
    if kind:
        return kind
    return "caption" if _ANY_CREDIT.search(line[-200:]) else None


def is_agency(line: str) -> bool:
    return line[:MAX_HEADLINE_CHARACTERS].lower().strip(_AROUND_AGENCY) in agencies()


def is_dashed(line: str) -> bool:
    """Tell an agency's crosshead, set between dashes: "– Rare debate –"."""
    line = line.strip()
    return len(line) > 4 and line[0] in DASHES and line[1].isspace() and line[-1] in DASHES and line[-2].isspace()


def ends_like_a_sentence(text: str) -> bool:
    """Tell whether a text ends with the mark that ends a sentence, closing quotes and brackets aside."""
    return text.rstrip(_BEHIND_END)[-1:] in _ENDS


def is_headline(line: str) -> bool:
    """Tell whether a line reads like a headline: not long, no full stop, no furniture, no item of a list."""
    text = line.strip(INKLESS)
    return (
        len(text) <= MAX_HEADLINE_CHARACTERS
        and any(c.isalnum() for c in text)
        and count_words(text) <= MAX_HEADLINE_WORDS
        and (not ends_like_a_sentence(text) or text.rstrip(_CLOSERS)[-1:] in tuple("!?\uff01\uff1f\u061f"))
        and not BULLET.match(text)
        and not dateline().match(text)
        and furniture_kind(text) is None
    )


def is_tag_list(line: str) -> bool:
    """Tell a list of tags printed where a caption belongs: "European Union, Science, Trade"."""
    parts = [part.split() for part in line[:MAX_HEADLINE_CHARACTERS].split(",")]
    is_list = len(parts) > 2 and all(1 <= len(part) <= 4 and part[0][0].isupper() for part in parts)
    return is_list and not ends_like_a_sentence(line)


def printed_date(line: str) -> dt.date | None:
    """Read a line that holds nothing but the day, and the time, of publication; None for any other line."""
    text = line[:MAX_HEADLINE_CHARACTERS].strip(INKLESS)
    text = text[label.end() :] if (label := _DATE_LABEL.match(text)) else text
    return parse_date(text) if len(text) <= 60 and text[-1:] != "." else None


def is_byline(line: str) -> bool:
    """Tell a line that names the author: "By Jane Doe in Minsk"."""
    text = line[: MAX_HEADLINE_CHARACTERS + 1].strip(INKLESS)
    return bool(_BYLINE.match(text)) and not ends_like_a_sentence(text) and count_words(text) <= MAX_BYLINE_WORDS


def has_stop_inside(text: str) -> bool:
    """Tell whether a sentence ends inside a text; the stop of an abbreviation ends none."""
    for stop in _STOP_INSIDE.finditer(text):
        before = text[max(0, stop.start() - 20) : stop.start()].split()[-1].lstrip(OPENERS + "([")
        if len(before) > 1 and before.lower() not in _abbreviations():
            return True
    return False


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in language.rows("abbreviations.csv"))
