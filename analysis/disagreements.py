"""Where tables and labels disagree, and why: every row that only one side has, with its sentence and its cause.

One row is a disagreement: `table` (the part that was scored), `kind` (missed: only labelled; surplus: only found;
differs: both have a row at this place, with another value), `source` and `start` of the row, or of its sentence or
article where the score knows no smaller place, `labelled` and `found` (what either side says; of what differs only
the values that do), `words` (of rows with a span of their own), `sentence`, `sentence_id`. Missing is what does not exist.

Causes are given by hand in `causes.csv` beside the labels, one row a disagreement by its table, kind, source and
start: a `cause` of the closed list here, and one sentence `why`. Without a row a disagreement is "not yet explained".
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.evaluate import GOLD, Score, holding, read_csv, told_of, with_source
from analysis.sources import BadInput, one_line
from analysis.tables import Tables

MISSED, SURPLUS, DIFFERS = "missed", "surplus", "differs"
CAUSES = (
    "word not in the vocabulary",
    "grammar not read",  # the words are known, how they hang together is not followed
    "told between the lines",  # no word of the sentence says it; a reader infers it
    "told in another sentence",
    "label disputable",  # another reader could have labelled what was found
)
UNEXPLAINED = "not yet explained"
PLACE = ["table", "kind", "source", "start"]
_COLUMNS = [*PLACE, "labelled", "found", "words", "sentence", "sentence_id"]
Place = tuple[Any, Any, Any]  # source, start, article
Row = dict[str, Any]
_NO_VALUE = ("source", "start", "sentence_id", "article_id")


def disagreements(scores: list[Score], tables: Tables) -> pd.DataFrame:
    """Return every disagreement of the scores, by table in the order of the text; columns as above."""
    tables = told_of(tables, [side for score in scores for side in (score.missed, score.surplus)])
    spans = with_source(tables, "sentences"), tables.blocks
    starts = {
        **spans[0].set_index("sentence_id")[["source", "start"]].apply(tuple, axis=1),
        **tables.articles.set_index("article_id")[["source", "start"]].apply(tuple, axis=1),
    }
    rows = []
    for score in scores:
        pairs = _paired(score, starts)
        places = pd.DataFrame([place for place, *_ in pairs], columns=["source", "start", "article_id"])
        places = places.astype({"start": "Int64", "source": "string", "article_id": "string"})
        sentences, blocks = (holding(places, held).to_dict("records") for held in spans)
        for pair, sentence, block in zip(pairs, sentences, blocks, strict=True):
            rows.append((score.table, *_told(*pair, sentence, block)))
    listed = pd.DataFrame(rows, columns=_COLUMNS).astype({"start": "Int64"})
    order = {score.table: n for n, score in enumerate(scores)}
    listed = listed.assign(order=listed["table"].map(order)).sort_values(["order", "source", "start"], kind="stable")
    return listed[_COLUMNS].reset_index(drop=True)


def _paired(score: Score, starts: dict[str, tuple[str, int]]) -> list[tuple[Place, Row | None, Row | None]]:
    """Return the places of a score's rows, each with the labelled row and the found one beside it."""
    surplus: dict[Place, list[Row]] = {}
    for found in score.surplus.to_dict("records"):
        surplus.setdefault(_place(found, starts), []).append(found)
    pairs: list[tuple[Place, Row | None, Row | None]] = []
    for labelled in score.missed.to_dict("records"):
        place = _place(labelled, starts)
        beside = surplus.get(place)
        pairs.append((place, labelled, beside.pop(0) if beside else None))
    return pairs + [(place, None, found) for place, left in surplus.items() for found in left]


def _place(row: Row, starts: dict[str, tuple[str, int]]) -> Place:
    """Return source, start and, where the labels tell it, article; no start where a label stands in no sentence."""
    article = row.get("article_id")
    if "start" in row:
        return row["source"], int(row["start"]), article
    source, start = starts.get(row.get("sentence_id", article), (row.get("source"), pd.NA))
    return source, start, article


def _told(place: Place, labelled: Row | None, found: Row | None, sentence: Row, block: Row) -> tuple:
    """Return the row of a disagreement behind its table; of what differs only the values that do."""
    kind = DIFFERS if labelled and found else MISSED if labelled else SURPLUS
    values = [_values(place, row, block) for row in (labelled, found)]
    if kind == DIFFERS:
        same = {key for key, value in values[0].items() if values[1][key] == value}
        values = [{key: value for key, value in side.items() if key not in same} for side in values]
    told = [", ".join(side.values()) or None for side in values]
    words = _words(place, (labelled or found or {}).get("end"), block)
    return kind, *place[:2], *told, words or None, sentence["text"], sentence["sentence_id"]


def _values(place: Place, row: Row | None, block: Row) -> dict[str, str]:
    row = row or {}
    values = {"end": f"“{_words(place, row['end'], block)}”"} if "end" in row else {}
    return values | {
        key: f"{key.removesuffix('_id')} {'none' if pd.isna(value) else value}"
        for key, value in row.items()
        if key not in (*_NO_VALUE, "end")
    }


def _words(place: Place, end: Any, block: Row) -> str:
    """Return the words from a place to an end; "" where no block holds them."""
    if end is None or pd.isna(block["start"]):
        return ""
    return block["text"][place[1] - block["start"] : int(end) - block["start"]]


def read_causes(folder: Path | str = GOLD) -> pd.DataFrame:
    """Read the causes beside the labels: table, kind, source, start, cause, why; no rows where there is no file.

    Raises BadInput naming a file that cannot be read, a missing column, an unknown cause or a second row for one place.
    """
    file = Path(folder) / "causes.csv"
    if not file.is_file():
        return pd.DataFrame(columns=[*PLACE, "cause", "why"]).astype({"start": "Int64"})
    causes = read_csv(file, needed=(*PLACE, "cause", "why"))
    is_second = causes.duplicated(PLACE)
    for line, row in enumerate(causes.fillna("nothing").itertuples(), start=2):
        if row.cause not in CAUSES:
            raise BadInput(f"{file.name}: line {line}: {one_line(row.cause)} is none of the causes {', '.join(CAUSES)}")
        if not row.start.isdecimal():
            raise BadInput(f"{file.name}: line {line}: start {one_line(row.start)} is no place")
        if is_second[row.Index]:
            raise BadInput(f"{file.name}: line {line}: a second cause for one place")
    return causes.assign(start=causes["start"].astype("Int64"))


def explained(listed: pd.DataFrame, folder: Path | str = GOLD) -> pd.DataFrame:
    """Give each disagreement its `cause` and `why`, "not yet explained" where nobody has given one."""
    causes = read_causes(folder)[[*PLACE, "cause", "why"]].astype(listed[PLACE].dtypes.to_dict())
    merged = listed.merge(causes, how="left", on=PLACE, validate="many_to_one")
    return merged.assign(cause=merged["cause"].fillna(UNEXPLAINED))
