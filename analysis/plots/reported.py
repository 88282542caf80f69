"""The reported figures of people, as the charts of notebook 03-detention-figures need them.

One row is a figure as it is stated (columns of `counts` where not said otherwise): `words` is the quantity
with who is counted, `source` who gives it, "no source named" where the sentence tells nobody, `source_kind`
of what kind that is. A kind is told by the first word that has one in the vocabulary (`count_sources.csv`, and
the nouns for forces), then by the type that the registry gives the actor; a person is "others named".
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from analysis import language
from analysis.counts import DETENTION
from analysis.plots import MONTHS
from analysis.plots.mentions import people
from analysis.quantities import find
from analysis.tables import Tables
from analysis.tokens import tokens

SCOPES = {"day": "of one day", "period": "of a period", "cumulative": "in all so far", "unspecified": "time not said"}
UNIT_REACH = 24  # characters between a quantity and its unit: "of the council's"
NO_SOURCE = "no source named"
FORCES = "police and other forces"
OTHERS = "others named"
CONVENTION_NAMES = {"codebook": "this codebook", "acled": "ACLED", "ccc": "Crowd Counting Consortium"}
_WORD = re.compile(r"[^\W\d_]+")
_REPORTED = ("article_id", "sentence_id", "text", "words", "measure", "qualifier", "low", "high", "point", "unit")
_COLUMNS = (*_REPORTED, "source", "source_kind", "place", "as_of", "scope", "start")


def reported(
    tables: Tables, measures: tuple[str, ...] = DETENTION, *, convention: str = "codebook", kind: str = "body"
) -> pd.DataFrame:
    """Return the figures of some measures in order of date, then of the text.

    `convention` bounds the vague words, `kind` is the kind of block. Raises ValueError for an unknown convention
    where a word would need it.
    """
    parts = [_of_part(part, measures, convention, kind) for part in tables.parts()]
    counts = pd.concat(parts, ignore_index=True)
    order = {article_id: n for n, article_id in enumerate(tables.read("articles", ["article_id"])["article_id"])}
    counts["order"] = counts["article_id"].map(order)
    return counts.sort_values(["as_of", "order", "start"], ignore_index=True)[list(_COLUMNS)]


def _of_part(tables: Tables, measures: tuple[str, ...], convention: str, kind: str) -> pd.DataFrame:
    counts = tables.counts[tables.counts["measure"].isin(measures)]
    blocks = tables.read("blocks", ["block_id", "kind"])
    counts = counts.merge(blocks, on="block_id", validate="many_to_one")
    counts = counts[counts["kind"] == kind].reset_index(drop=True)
    sentences = tables.read("sentences", ["sentence_id", "start", "text"])
    sentences = (
        sentences[sentences["sentence_id"].isin(counts["sentence_id"])].set_index("sentence_id").to_dict("index")
    )
    counts["words"] = _strings(_words(row, sentences[row.sentence_id]) for row in counts.itertuples())
    counts["source"] = _strings(NO_SOURCE if pd.isna(words) else folded(words) for words in counts["attributed_to"])
    known = people(tables).set_index("actor_id")["type"].to_dict()
    sources = zip(counts["attributed_to"], counts["attributed_id"], strict=True)
    counts["source_kind"] = _strings(source_kind(words, known.get(actor_id)) for words, actor_id in sources)
    if convention != "codebook":
        bounds = [bounds_by(row, convention) for row in counts.itertuples()]
        counts["low"] = pd.array([low for low, _ in bounds], dtype="Int64")
        counts["high"] = pd.array([high for _, high in bounds], dtype="Int64")
    return counts


def _strings(texts: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """Make a column of texts; without a type, a column of none would hold numbers."""
    return pd.array(list(texts), dtype="string")


def folded(text: str) -> str:
    """Fold inner runs of white space."""
    return " ".join(str(text).split())


def _words(figure: Any, sentence: dict[str, Any]) -> str:
    """Return the quantity with who is counted, where they follow it: "dozens of journalists"."""
    text, start = str(sentence["text"]), figure.start - int(sentence["start"])
    end = start + len(figure.text)
    unit = -1 if pd.isna(figure.unit) else text.find(figure.unit, end, end + UNIT_REACH + len(figure.unit))
    return folded(text[start : end if unit < 0 else unit + len(figure.unit)])


def bounds_by(figure: Any, convention: str) -> tuple[int, int | None]:
    """Return low and high of a figure under a convention; only those of vague words change."""
    given = int(figure.low), None if pd.isna(figure.high) else int(figure.high)
    # What stands apart from the quantity ("according to estimates") has bounded it already.
    if figure.qualifier == "exact" or pd.notna(figure.point) or _bounds(figure.text, "codebook") != [given]:
        return given
    return _bounds(figure.text, convention)[0]


@lru_cache(maxsize=10_000)
def _bounds(text: str, convention: str) -> list[tuple[int, int | None]]:
    return [(q.low, q.high) for q in find(tokens(text), convention=convention)]


@cache
def _source_words() -> dict[str, str]:
    """Return the words that tell the kind of a source; the nouns for forces are those that make no figure."""
    forces = {row["word"]: FORCES for row in language.rows("count_nouns.csv") if row["kind"] == "force"}
    return forces | {row["word"]: row["kind"] for row in language.rows("count_sources.csv")}


def source_kind(words: str | None, actor_type: str | None = None) -> str:
    """Tell of what kind a source is, by its words, then by the registry: "The city's police" are forces."""
    if words is None or pd.isna(words):
        return NO_SOURCE
    found = next((_source_words()[word] for word in _WORD.findall(words.lower()) if word in _source_words()), None)
    if found:
        return found
    if actor_type == "media":
        return "media"
    if actor_type == "state":
        return "officials and state bodies"
    return OTHERS


def label(as_of: pd.Timestamp) -> str:
    """Write the day of a figure, "9 Aug 2020"."""
    return "no date" if pd.isna(as_of) else f"{as_of.day} {MONTHS[as_of.month - 1]} {as_of.year}"


def written_bounds(low: int, high: int | None) -> str:
    """Write the bounds of a figure: "40", "40 to 60", "40 or more"."""
    if pd.isna(high):
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def short(text: str, width: int) -> str:
    """Cut a text at a word, with an ellipsis, where it is longer than it may be."""
    text = folded(text)
    if len(text) <= width:
        return text
    cut = textwrap.shorten(text, width, placeholder=" …")
    # One long word would leave nothing but the ellipsis.
    return cut if len(cut) > 2 else text[: width - 1] + "…"
