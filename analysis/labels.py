"""Files for labelling by hand: every sentence with the columns of a table beside it, empty or filled in.

`label_files` makes two CSV files a table, in the columns of `tests/gold/` with the sentence and its place
behind them: `empty/` has one row a sentence and nothing filled in, to be labelled from the text alone;
`prefilled/` has the rows that were found, to be checked. Whoever labels copies a row for each further
mention, event or count of its sentence, and deletes the rows of sentences without any; `evaluate` reads
the files as they are, and rows without a `start` are none.
"""

from __future__ import annotations

import pandas as pd

from analysis.sentiment import label
from analysis.tables import Tables, serialise

COLUMNS = {
    "mentions": ("actor_id", "kind"),
    "quotes": ("kind", "speaker", "speaker_id", "cue"),
    "sanction_events": (
        "sender_id",
        "target_id",
        "stage",
        "instrument",
        "called_by",
        "held_up_by",
        "status",
    ),
    "counts": (
        "measure",
        "qualifier",
        "low",
        "high",
        "point",
        "unit",
        "attributed_to",
        "attributed_id",
        "place",
        "as_of",
        "scope",
    ),
    "detainees": ("actor_id", "measure", "date"),
    "sentiment": ("label",),
}
SPAN = ["source", "start", "end", "text"]
SENTENCE = ["article_id", "sentence_id", "sentence_start", "sentence"]


def label_files(tables: Tables) -> dict[str, bytes]:
    """Return the label files of a corpus: path below the folder to bytes of CSV."""
    sources = tables.blocks[["block_id", "source"]]
    sentences = tables.sentences.merge(sources, on="block_id", validate="many_to_one")
    beside = sentences.drop(columns="end").rename(columns={"start": "sentence_start", "text": "sentence"})
    files = {}
    for name, columns in COLUMNS.items():
        order = [*SPAN, *columns, *SENTENCE]
        blank = beside.reindex(columns=order).assign(source=beside["source"])
        files[f"empty/{name}.csv"] = serialise(blank, format="csv")
        rows = _labelled_sentiment(sentences) if name == "sentiment" else getattr(tables, name)
        found = rows.merge(beside[["source", *SENTENCE[1:]]], on="sentence_id", validate="many_to_one")
        files[f"prefilled/{name}.csv"] = serialise(found[order], format="csv")
    return files


def _labelled_sentiment(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return one row a sentence with the label that its wording gets; labels are of whole sentences."""
    from analysis.lexicon import news

    scores = [news().score(text).compound for text in sentences["text"]]
    rows = sentences[["article_id", "sentence_id", "start", "end", "text"]]
    return rows.assign(label=[label(score) for score in scores])
