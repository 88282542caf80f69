"""Tables against hand-made labels: how much of what is there was found, and how much of what was found is there.

Labels are CSV files named for their table, in the codebook's columns (`tests/gold/`). A row is right
where all its key columns agree to the character or the day; precision is the share of found rows that
are right, recall the share of labelled rows that were found, F1 their harmonic mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.tables import Tables


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


def against_gold(tables: Tables, folder: Path | str, *, only: tuple[str, ...] = ()) -> list[Score]:
    """Score every table for which the folder holds labels: blocks, sentences, dates, mentions, quotes.

    `only` names the tables that are wanted. Mentions are scored by kind; of quotations the span, the kind and the speaker apart, each with its span.

    Only sources that the labels know are compared, so that a corpus may hold more than was labelled.
    """
    folder = Path(folder)
    sources = tables.blocks[["block_id", "source", "kind"]]
    sentences = tables.sentences.merge(sources, on="block_id", validate="many_to_one")
    dates = tables.articles[["article_id", "published"]].dropna()
    mentions = tables.mentions.merge(sources, on="block_id", validate="many_to_one", suffixes=("", "_block"))
    quotes = tables.quotes.merge(sources, on="block_id", validate="many_to_one", suffixes=("", "_block"))
    quotes = quotes[quotes["kind_block"] == "body"]
    said = quotes[quotes["speaker"].notna()]
    span = ["source", "start", "end"]
    found = {
        "blocks": (tables.blocks[tables.blocks["kind"] != "gap"], ["source", "kind", "start", "end"]),
        "sentences": (sentences, ["source", "kind", "start", "end"]),
        "dates": (dates.assign(published=dates["published"].dt.strftime("%Y-%m-%d")), ["article_id", "published"]),
        **{
            f"mentions: {kind}": (mentions[mentions["kind"] == kind], [*span, "actor_id", "kind"])
            for kind in ("name", "role", "metonym", "demonym")
        },
        "quotes: span": (quotes, span),
        "quotes: kind": (quotes, [*span, "kind"]),
        "quotes: speaker": (said, [*span, "speaker"]),
    }
    scores = []
    for table, (frame, keys) in found.items():
        name, _, part = table.partition(": ")
        file = folder / f"{name}.csv"
        if not file.is_file() or (only and name not in only):
            continue
        gold = pd.read_csv(file, dtype="string")
        known = frame[frame[keys[0]].isin(gold[keys[0]])]
        if name == "mentions":
            gold = gold[gold["kind"] == part]
        elif part == "speaker":
            gold = gold[gold["speaker"].notna()]
        scores.append(compare(table, known, gold, keys))
    return scores


def score_table(scores: list[Score]) -> pd.DataFrame:
    """Return one row a table: labelled, found, right, precision, recall, F1 (0 to 1)."""
    return pd.DataFrame(
        [(s.table, s.labelled, s.found, s.right, s.precision, s.recall, s.f1) for s in scores],
        columns=["table", "labelled", "found", "right", "precision", "recall", "F1"],
    )
