"""The tables: their columns, types and meaning, and frames made to them.

Text is "string", offsets and counts are integers, dates "datetime64[s]" at midnight; what is not known is
missing, never zero or empty. `SCHEMA` is what the exports, the README and the notebooks describe.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from analysis import dates as dates_
from analysis.actors import TYPES
from analysis.counts import MEASURES, QUALIFIERS
from analysis.layout import BLOCK_KINDS
from analysis.sanctions import RULES, STAGES, STATUSES

_ID = ("article_id", "string", "article; empty for a stretch between articles")
_SENTENCE = ("sentence_id", "string", "sentence in which it starts")
_BLOCK = ("block_id", "string", "block that holds it")
_SPAN = (
    ("start", "integer", "first character in the decoded source (of a record: in its text or title)"),
    ("end", "integer", "character after the last"),
)
_TEXT = ("text", "string", "source[start:end], unchanged")

SCHEMA: dict[str, tuple[tuple[str, str, str], ...]] = {
    "articles": (
        ("article_id", "string", "slug of the title, or the record's id; unique in the corpus"),
        ("source", "string", "file, as named in the corpus"),
        ("position", "integer", "order in its file, from 1"),
        ("title", "string", "as printed, inner runs of white space folded"),
        ("published", "date", "best date; empty where nothing supports one"),
        ("published_earliest", "date", "first day that the evidence allows; empty where open"),
        ("published_latest", "date", "last day that the evidence allows; empty where open"),
        ("published_basis", "string", "rule that decided: " + ", ".join(dates_.BASES)),
        ("published_evidence", "string", "words that decided"),
        ("agency", "string", "agency that the record, a credit, a dateline or the text names"),
        ("words", "integer", "words of the body"),
        ("sentences", "integer", "sentences of the body"),
        *_SPAN,
    ),
    "blocks": (
        ("block_id", "string", "article and number; unique in the corpus"),
        _ID,
        ("source", "string", "file, as named in the corpus"),
        ("kind", "string", ", ".join(BLOCK_KINDS)),
        *_SPAN,
        _TEXT,
    ),
    "sentences": (
        ("sentence_id", "string", "block and number; unique in the corpus"),
        _ID,
        _BLOCK,
        *_SPAN,
        _TEXT,
    ),
    "date_evidence": (
        _ID,
        ("source", "string", "file, as named in the corpus"),
        _BLOCK,
        *_SPAN,
        _TEXT,
        ("rule", "string", "dateline, weekday, caption, file caption, older caption, event, text, order, neighbours"),
        ("event_id", "string", "event of events.csv that the words name"),
        ("earliest", "date", "first day that this evidence allows; empty where open"),
        ("latest", "date", "last day that this evidence allows; empty where open"),
        ("role", "string", "decides, agrees, or contradicts (stronger evidence leaves no room for it)"),
    ),
    "actors": (
        ("actor_id", "string", "slug of the common English name"),
        ("name", "string", "common English name"),
        ("type", "string", ", ".join(TYPES)),
        ("camp", "string", "whom the actor stands with in the story"),
        ("country", "string", "ISO 3166-1 code of two letters; empty for none"),
        ("alias", "string", "one way in which texts name the actor; a row each"),
        ("kind", "string", "name, role, metonym, demonym"),
        ("valid_from", "string", "first day on which the alias means this actor; empty where open"),
        ("valid_to", "string", "last such day; empty where open"),
        ("source", "string", "where the fact comes from"),
        ("note", "string", "remark of the editor"),
    ),
    "mentions": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        _TEXT,
        ("actor_id", "string", "actor of the registry"),
        ("kind", "string", "name, role, metonym, demonym"),
        ("rule", "string", "rule that found it"),
    ),
    "quotes": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        _TEXT,
        ("kind", "string", "direct, partial, scare, title"),
        ("speaker", "string", "the text at the cue; empty where nobody is named"),
        ("speaker_name", "string", "the fullest name of that speaker in the article"),
        ("speaker_id", "string", "actor of the registry; empty where it has none"),
        ("cue", "string", "word that tells of speaking; empty where the sentence has none"),
        ("cue_start", "integer", "first character of the cue"),
        ("cue_end", "integer", "character after its last"),
        ("is_unclosed", "boolean", "true where a mark is missing"),
        ("rule", "string", "rule that found the speaker"),
    ),
    "sanction_events": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        _TEXT,
        ("sender_id", "string", "side that would sanction; empty where nothing tells it"),
        ("target_id", "string", "whom the measure is put on: a person where one is named, else a side"),
        ("stage", "string", ", ".join(STAGES)),
        ("instrument", "string", "kind of measure, several joined by “;”; empty where none is named"),
        ("called_by", "string", "actors who ask for it, joined by “;”"),
        ("held_up_by", "string", "actors who hold it up, joined by “;”"),
        ("event_date", "date", "day that the sentence tells; empty where it tells none"),
        ("status", "string", ", ".join(STATUSES)),
        ("thread_id", "string", "sender side and target side"),
        ("in_response_to", "string", "thread of the other side that it answers"),
        ("retold", "boolean", "true where an earlier article told it already"),
        ("cameo", "string", "CAMEO code; empty where CAMEO has none"),
        ("plover", "string", "PLOVER event type; empty where PLOVER has none"),
        ("speaker_id", "string", "actor who is quoted with it"),
        ("rule", "string", "rule that found it: " + ", ".join(RULES)),
    ),
    "counts": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        ("text", "string", "quantity with its qualifier: source[start:end], unchanged"),
        ("measure", "string", ", ".join(MEASURES)),
        ("qualifier", "string", ", ".join(QUALIFIERS)),
        ("low", "integer", "lower bound of the true number"),
        ("high", "integer", "upper bound; empty where open"),
        ("point", "integer", "stated number; empty where none is stated"),
        ("unit", "string", "who is counted, in the words of the text"),
        ("attributed_to", "string", "who gives the figure, in the words of the text"),
        ("attributed_id", "string", "actor of the registry who gives it"),
        ("place", "string", "where, in the words of the sentence"),
        ("as_of", "date", "day on which the figure stands"),
        ("scope", "string", "day, period, cumulative, unspecified"),
        ("rule", "string", "rule that found the measure"),
    ),
    "detainees": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        ("text", "string", "name or description: source[start:end], unchanged"),
        ("actor_id", "string", "actor of the registry"),
        ("measure", "string", "detained, jailed, sentenced, summoned, released, deported, died_in_custody"),
        ("date", "date", "day that the sentence tells"),
        ("rule", "string", "rule that found it"),
    ),
    "sentiment": (
        _ID,
        _SENTENCE,
        _BLOCK,
        *_SPAN,
        ("voice", "string", "narration, quote"),
        ("speaker_id", "string", "actor who is quoted"),
        ("compound", "number", "score with the lexicon for news, -1 to 1"),
        ("positive", "number", "share of positive wording, 0 to 1"),
        ("neutral", "number", "share of neutral wording, 0 to 1"),
        ("negative", "number", "share of negative wording, 0 to 1"),
        ("vader", "number", "score with the plain lexicon of VADER, -1 to 1"),
        ("targets", "string", "actors spoken of in these words, joined by “;”"),
        ("rule", "string", "how the words were cut out"),
    ),
    "errors": (
        ("source", "string", "file, as named in the corpus"),
        ("position", "integer", "line, record or article in it"),
        ("start", "integer", "first character, where known"),
        ("end", "integer", "character after the last, where known"),
        ("cause", "string", "what is wrong"),
        ("is_lost", "boolean", "true where an article was left out for it"),
    ),
}
_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "date": "datetime64[s]", "boolean": "bool"}


def frame(name: str, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Make a table's DataFrame with its columns and types from rows in the order of the schema."""
    columns = enumerate(SCHEMA[name])
    return pd.DataFrame({column: _made(list(map(itemgetter(n), rows)), kind) for n, (column, kind, _) in columns})


def _made(values: list[Any], kind: str) -> Any:
    """Make one column."""
    if kind == "integer":
        # Told whole numbers, pandas need not look for anything else among them.
        is_missing = np.array([value is None for value in values], dtype=bool)
        numbers = [0 if value is None else value for value in values] if is_missing.any() else values
        return pd.arrays.IntegerArray(np.array(numbers, dtype="int64"), is_missing)
    if kind == "date":
        return pd.Series(values, dtype="object").astype(_DTYPES[kind])
    return pd.array(values, dtype=_DTYPES[kind])


def described(name: str) -> dict[str, Any]:
    """Return a table's schema as a Frictionless Data Package has it: name, type and meaning of each column."""
    fields = [{"name": column, "type": kind, "description": text} for column, kind, text in SCHEMA[name]]
    return {"fields": fields, "missingValues": [""]}


def typed(name: str, read: pd.DataFrame) -> pd.DataFrame:
    """Give a table that was read from a file the types of its columns."""
    return read.astype({column: _DTYPES[kind] for column, kind, _ in SCHEMA[name] if column in read})
