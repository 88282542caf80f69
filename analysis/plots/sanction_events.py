"""The sanction events that figures and tables of notebook 02-sanction-threads count, with names and who says them.

Counted are events in the body (`told`); headlines, quotations and weak rows are varied in `variants`. A thread
is what one side does towards another. Figures draw the threads with most events (`drawn`) and say how many
are left (`left_out`).
"""

from __future__ import annotations

import pandas as pd

from analysis.plots import BLUE, GREEN, INK, PURPLE, VERMILION, count
from analysis.plots.mentions import people
from analysis.tables import Tables

TOP = 8  # threads in a figure; the rest is counted in the caption
WEAK_RULES = ("nominal", "act")
# A shape and a colour each, so that neither is needed.
STAGE_LOOK = {
    "call": ("o", PURPLE),
    "consideration": ("D", "#8c8c8c"),
    "threat": ("^", VERMILION),
    "preparation": ("P", GREEN),
    "blocking": ("X", INK),
    "imposition": ("s", BLUE),
    "easing": ("v", "#56B4E9"),
}


def told(tables: Tables, *, with_titles: bool = False) -> pd.DataFrame:
    """Return the events that count, with names, the article's day, agency and order, and who says it."""
    events = pd.concat([_of_part(part, with_titles) for part in tables.parts()], ignore_index=True)
    return events.sort_values(["published", "article_id", "start"], ignore_index=True)


def _of_part(tables: Tables, with_titles: bool) -> pd.DataFrame:
    blocks = tables.read("blocks", ["block_id", "kind"]).rename(columns={"kind": "block_kind"})
    events = tables.sanction_events.merge(blocks, on="block_id", validate="many_to_one")
    events = events[events["block_kind"].isin(("title", "body") if with_titles else ("body",))]
    articles = tables.read("articles", ["article_id", "published", "agency"])
    events = events.merge(articles, on="article_id", validate="many_to_one")
    names = people(tables).set_index("actor_id")["name"].to_dict()
    sides = events["thread_id"].str.split("--", expand=True).reindex(columns=[0, 1])
    events = events.assign(
        sender=[names.get(side, side) for side in sides[0]],
        target_side=[names.get(side, side) for side in sides[1]],
        target=[names.get(who, "unknown") if pd.notna(who) else "unknown" for who in events["target_id"]],
    )
    # Whoever asks, holds up or is quoted says it; else the agency does.
    said = events["called_by"].fillna(events["held_up_by"]).fillna(events["speaker_id"])
    events["said_by"] = [
        "; ".join(names.get(one, one) for one in who.split("; ")) if pd.notna(who) else agency
        for who, agency in zip(said, events["agency"].fillna("the report"), strict=True)
    ]
    events["thread"] = [f"{a} → {b}" for a, b in zip(events["sender"], events["target_side"], strict=True)]
    return events


def ranked_threads(events: pd.DataFrame) -> list[str]:
    """Return the threads by number of events, ties by the first one told."""
    counts = events["thread"].value_counts(sort=False)
    first = {thread: n for n, thread in enumerate(dict.fromkeys(events["thread"]))}
    return sorted(counts.index, key=lambda thread: (-counts[thread], first[thread]))


def drawn(data: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the threads that a figure draws; those with most events come first in the frame."""
    return data[data["thread"].isin(list(dict.fromkeys(data["thread"]))[:TOP])]


def left_out(data: pd.DataFrame) -> str:
    """Say how many threads a figure leaves out; "" for none."""
    n = data["thread"].nunique() - TOP
    return (
        f" {count(n, 'thread').capitalize()} with fewer events {'is' if n == 1 else 'are'} not drawn." if n > 0 else ""
    )


# Tables for the notebook.


def evidence(tables: Tables) -> pd.DataFrame:
    """Return every event with its words: published, thread, stage, instrument, target, said by, status, words, rule, sentence_id."""
    events = told(tables, with_titles=True)
    shown = events.assign(
        published=[f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in events["published"]],
        place=events["block_kind"].replace({"title": "headline"}),
        retold=["yes" if retold else "" for retold in events["retold"]],
    )
    columns = [
        "published",
        "thread",
        "stage",
        "instrument",
        "target",
        "said_by",
        "status",
        "place",
        "retold",
        "text",
        "rule",
        "sentence_id",
    ]
    return shown[columns].fillna("").rename(columns={"said_by": "said by", "text": "words"})


def answers(tables: Tables) -> pd.DataFrame:
    """Return the events told as an answer, beside the thread that they answer and its last event until then.

    Where the article has no day, which event was the last is not known, and missing.
    """
    events = told(tables, with_titles=True)
    answering = events[events["in_response_to"].notna()]
    answered = dict(iter(events[events["thread_id"].isin(answering["in_response_to"])].groupby("thread_id")))
    rows = []
    for event in answering.itertuples():
        thread = answered[event.in_response_to]
        before = thread[thread["published"] <= event.published]
        last = (
            before.iloc[-1] if len(before) else {"thread": thread["thread"].iloc[0], "stage": None, "sentence_id": None}
        )
        rows.append(
            (
                f"{event.published:%Y-%m-%d}" if pd.notna(event.published) else "",
                event.thread,
                event.stage,
                event.text,
                last["thread"],
                last["stage"],
                event.sentence_id,
                last["sentence_id"],
            )
        )
    columns = [
        "published",
        "answer",
        "stage",
        "words",
        "answers",
        "whose stage then",
        "sentence_id",
        "other_sentence_id",
    ]
    return pd.DataFrame(rows, columns=columns)


def variants(tables: Tables) -> pd.DataFrame:
    """Return the events a thread has under other rules of counting: thread, all, with headlines, …"""
    both = told(tables, with_titles=True)
    default = both[both["block_kind"] == "body"]
    ways = {
        "body": default,
        "with headlines": both,
        "without quotations": default[default["speaker_id"].isna()],
        "without weak rows": default[~default["rule"].isin(WEAK_RULES)],
        "told anew only": default[~default["retold"]],
    }
    table = pd.DataFrame({way: events["thread"].value_counts() for way, events in ways.items()})
    table = table.fillna(0).astype("int64").rename_axis("thread").reset_index()
    return table.sort_values(["body", "thread"], ascending=[False, True], ignore_index=True)
