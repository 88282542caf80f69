"""Tables against hand-made labels: how much of what is there was found, and how much of what was found is there.

Labels are CSV files named for their table, in the codebook's columns (`tests/gold/`). A row is right
where all its key columns agree to the character or the day; precision is the share of found rows that
are right, recall the share of labelled rows that were found, F1 their harmonic mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.counts import DETENTION
from analysis.formulas import restored_table
from analysis.sources import BadInput, one_line
from analysis.tables import Tables

N_DRAWN, SEED = 2_000, 0
GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold"


@dataclass(frozen=True)
class Score:
    """Counts of one table against its labels, with the rows that only one side has."""

    table: str
    found: int
    labelled: int
    right: int
    missed: pd.DataFrame
    surplus: pd.DataFrame

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % bootstrap interval of F1 over rows, seeded; with no error it cannot be wider than a point."""
        counts = np.array([self.right, len(self.missed), len(self.surplus)])
        if not counts.sum():
            return float("nan"), float("nan")
        drawn = np.random.default_rng(SEED).multinomial(counts.sum(), counts / counts.sum(), N_DRAWN)
        low, high = np.percentile(2 * drawn[:, 0] / (2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2]), (2.5, 97.5))
        return float(low), float(high)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else float("nan")

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.labelled) if self.found + self.labelled else float("nan")


def compare(table: str, found: pd.DataFrame, gold: pd.DataFrame, keys: list[str]) -> Score:
    """Compare the rows of a table with labelled rows on the key columns; each row counts once."""
    sides = [frame[keys].astype("string").drop_duplicates() for frame in (found, gold)]
    both = sides[0].merge(sides[1], how="outer", on=keys, indicator="side", validate="one_to_one")
    counts = both["side"].value_counts()
    missed = both.loc[both["side"] == "right_only", keys].reset_index(drop=True)
    surplus = both.loc[both["side"] == "left_only", keys].reset_index(drop=True)
    return Score(table, len(sides[0]), len(sides[1]), int(counts["both"]), missed, surplus)


def against_gold(tables: Tables, folder: Path | str = GOLD, *, only: tuple[str, ...] = ()) -> list[Score]:
    """Score every table for which the folder holds labels; by default those of the project's own articles.

    `only` names the tables that are wanted. Mentions are scored by kind; of quotations the span, the kind and
    the speaker apart, each with its span; of sanction events sentence, sender, target and stage together, and
    sentence and stage; of counts the detention measures and all, with span, measure and bounds.

    Only sources that the labels know are compared, so that a corpus may hold more than was labelled. Where labels
    name their article, it must agree too.
    """
    tables = labelled(tables, folder)
    dates = tables.articles[["article_id", "published"]].dropna()
    mentions, quotes, events, counts = (
        with_source(tables, name) for name in ("mentions", "quotes", "sanction_events", "counts")
    )
    quotes = quotes[quotes["kind_block"] == "body"]
    said = quotes[quotes["speaker"].notna()]
    span, sentence = ["source", "start", "end"], ["source", "sentence_id"]
    bounds = ["measure", "low", "high"]
    found = {
        "blocks": (tables.blocks[tables.blocks["kind"] != "gap"], ["source", "kind", "start", "end"]),
        "sentences": (with_source(tables, "sentences"), ["source", "kind", "start", "end"]),
        "dates": (dates.assign(published=dates["published"].dt.strftime("%Y-%m-%d")), ["article_id", "published"]),
        **{
            f"mentions: {kind}": (mentions[mentions["kind"] == kind], [*span, "actor_id", "kind"])
            for kind in ("name", "role", "metonym", "demonym")
        },
        "quotes: span": (quotes, span),
        "quotes: kind": (quotes, [*span, "kind"]),
        "quotes: speaker": (said, [*span, "speaker"]),
        "sanction_events: whole": (events, [*sentence, "sender_id", "target_id", "stage"]),
        "sanction_events: stage": (events, [*sentence, "stage"]),
        "counts: detention": (counts[counts["measure"].isin(DETENTION)], [*span, *bounds]),
        "counts: all": (counts, [*span, *bounds]),
        "detainees": (with_source(tables, "detainees"), [*span, "measure"]),
    }
    scores = []
    for table, (frame, keys) in found.items():
        name, _, part = table.partition(": ")
        if only and name not in only:
            continue
        gold = labels(tables, name, folder, needed=tuple(keys))
        if gold is None:
            continue
        if "source" in keys and "article_id" in gold:
            # In a file of records every record counts its characters from nought.
            keys = ["source", "article_id", *keys[1:]]
        known = frame[frame[keys[0]].isin(gold[keys[0]])]
        if name == "mentions":
            gold = gold[gold["kind"] == part]
        elif part == "speaker":
            gold = gold[gold["speaker"].notna()]
        elif part == "detention":
            gold = gold[gold["measure"].isin(DETENTION)]
        scores.append(compare(table, known, gold, keys))
    return scores


def labelled(tables: Tables, folder: Path | str = GOLD) -> Tables:
    """Return what the tables hold of the sources, or single articles, that somebody has labelled."""
    return told_of(tables, map(read_csv, sorted(Path(folder).glob("*.csv"))))


def told_of(tables: Tables, frames: Iterable[pd.DataFrame]) -> Tables:
    """Return what the tables hold of the sources that frames name, or where they name none of the articles."""
    articles = tables.read("articles", ["article_id", "source"])
    is_there = pd.Series(False, index=articles.index)
    for frame in frames:
        place = "source" if "source" in frame else "article_id"
        is_there |= articles[place].isin(frame[place]) if place in frame else False
    return tables.of(set(articles.loc[is_there, "article_id"]))


def labels(
    tables: Tables, name: str, folder: Path | str = GOLD, *, needed: tuple[str, ...] = ()
) -> pd.DataFrame | None:
    """Read the labels of one table that are of these articles, each with its sentence; None where there are none.

    Raises BadInput naming a file that cannot be read or lacks a column.
    """
    file = Path(folder) / f"{name}.csv"
    if not file.is_file():
        return None
    gold = read_csv(file)
    place = "source" if "source" in gold else "article_id"
    _demand(gold, (place, *(column for column in needed if column != "sentence_id")), file)
    if "start" in gold:
        # A row without a place is a sentence that nobody has labelled yet.
        gold = gold.dropna(subset=["start"])
    gold = gold[gold[place].isin(tables.read("articles", [place])[place])].drop(columns="sentence_id", errors="ignore")
    if gold.empty:
        return None
    return _with_sentence(gold, tables) if {"source", "start"} <= set(gold) else gold


def read_csv(file: Path, *, needed: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a CSV file made by hand, every column as text; raise BadInput naming what is wrong with it."""
    try:
        made = restored_table(pd.read_csv(file, dtype="string", encoding="utf-8"))
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise BadInput(f"{file.name}: not a CSV file in UTF-8: {one_line(error)}") from None
    _demand(made, needed, file)
    return made


def _demand(made: pd.DataFrame, columns: tuple[str, ...], file: Path) -> None:
    missing = [column for column in columns if column not in made]
    if missing:
        raise BadInput(f"{file.name}: no column {', '.join(missing)}")


def _with_sentence(gold: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Give each label the sentence that its first character stands in."""
    tables = told_of(tables, [gold])
    return gold.assign(sentence_id=holding(gold, with_source(tables, "sentences"))["sentence_id"])


def with_source(tables: Tables, name: str) -> pd.DataFrame:
    """Return a table with the source of each row and the kind of its block: `kind_block` where it has a kind itself."""
    blocks = tables.blocks[["block_id", "source", "kind"]]
    return getattr(tables, name).merge(blocks, on="block_id", validate="many_to_one", suffixes=("", "_block"))


def holding(places: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Return for each place the row of blocks or sentences that holds it; a row of nothing where none does.

    `places` has source and start, and article_id where that tells more; `spans` has these, end, kind of block and
    text. In a record the title and the text both count from nought: the title is meant where the words of a place
    (its text, if it has one) stand there.
    """
    is_told = "article_id" in places and places["article_id"].notna().any()
    by = ["source", "article_id"] if is_told else ["source"]
    known = places.dropna(subset=["start"])
    known = known.assign(at=known["start"].astype("Int64")).sort_values("at")
    spans = spans.astype({"start": "Int64", "end": "Int64"}).sort_values("start", kind="stable")
    is_title = spans["kind"] == "title"
    title, other = (_holding(known[[*by, "at"]], side, by) for side in (spans[is_title], spans[~is_title]))
    words = known["text"] if "text" in known else [None] * len(known)
    is_meant = [
        isinstance(text, str) and isinstance(said, str) and text[at - start :].startswith(said)
        for text, start, at, said in zip(title["text"], title["start"], known["at"], words, strict=True)
    ]
    return title.where(pd.Series(is_meant, index=title.index) | other["start"].isna(), other).reindex(places.index)


def _holding(at: pd.DataFrame, spans: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return for each place the one of some spans that holds it, which none of the others overlaps."""
    found = pd.merge_asof(at, spans, left_on="at", right_on="start", by=by).set_index(at.index)
    return found.where(found["end"] > at["at"])


def verdict(scores: list[Score]) -> str:
    """Say in a sentence or two how far tables and labels agree."""
    if not scores:
        return "Nobody has labelled these articles, so that nobody knows how good the reading of them is."
    wrong = sum(len(score.missed) + len(score.surplus) for score in scores)
    return (
        f"Rows that only one side has: {wrong if wrong else 'none'}. The rules were written with these articles before "
        "them: on others they will do worse."
    )


def score_table(scores: list[Score]) -> pd.DataFrame:
    """Return one row a table: labelled, found, right, precision, recall, F1 (0 to 1) with its 95 % interval."""
    return pd.DataFrame(
        [(s.table, s.labelled, s.found, s.right, s.precision, s.recall, s.f1, *s.interval) for s in scores],
        columns=["table", "labelled", "found", "right", "precision", "recall", "F1", "F1 from", "F1 to"],
    )
