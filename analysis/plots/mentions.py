"""The mentions that figures and tables of notebook 01-actor-mentions count, with who is meant and where they stand.

Names, roles and metonyms in the body count (`counted`); demonyms and titles apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.plots import lane_label
from analysis.tables import Tables

COUNTED = ("name", "role", "metonym")


def counted(tables: Tables, *, kinds: tuple[str, ...] = COUNTED, with_titles: bool = False) -> pd.DataFrame:
    """Return the mentions that count, with the actor's name, type and camp, and the article's title and date."""
    mentions = tables.mentions[tables.mentions["kind"].isin(kinds)]
    blocks = tables.read("blocks", ["block_id", "kind"]).rename(columns={"kind": "block_kind"})
    joined = mentions.merge(blocks, on="block_id", validate="many_to_one")
    joined = joined[joined["block_kind"].isin(("title", "body") if with_titles else ("body",))]
    actors = people(tables)
    joined = joined.merge(actors, on="actor_id", validate="many_to_one")
    articles = tables.read("articles", ["article_id", "title", "published", "words"])
    return joined.merge(articles, on="article_id", validate="many_to_one")


def tallied(tables: Tables, by: list[str], *, kinds: tuple[str, ...] = COUNTED) -> pd.DataFrame:
    """Return how many mentions count (n) for each combination of some columns, part by part."""
    parts = [counted(part, kinds=kinds).groupby(by, as_index=False, dropna=False).size() for part in tables.parts()]
    return pd.concat(parts).groupby(by, as_index=False, dropna=False)["size"].sum().rename(columns={"size": "n"})


def people(tables: Tables) -> pd.DataFrame:
    """Return the registry with one row an actor: actor_id, name, type, camp."""
    actors = tables.read("actors", ["actor_id", "name", "type", "camp"]).drop_duplicates("actor_id")
    # "eu" and "un" are abbreviations, the other camps words or names.
    return actors.assign(
        camp=[camp.upper() if len(camp) <= 2 else camp[0].upper() + camp[1:] for camp in actors["camp"]]
    )


def ranked_names(tally: pd.DataFrame) -> list[str]:
    """Return the actors' names by number of mentions, ties in the order of the alphabet."""
    totals = tally.groupby("name")["n"].sum()
    return sorted(totals.index, key=lambda name: (-totals[name], name))


def called_most(tables: Tables) -> str:
    """Return the actor_id of the person for whom a role stands most often; "a person" where there is none."""
    tally = tallied(tables, ["actor_id", "type"], kinds=("role",)).query("type == 'person'")
    return next(iter(tally.sort_values(["n", "actor_id"], ascending=[False, True])["actor_id"]), "a person")


def concordance(tables: Tables, actor_id: str, *, kinds: tuple[str, ...] = COUNTED, width: int = 60) -> pd.DataFrame:
    """Return every mention of an actor with the words around it: article, before, keyword, after, kind, sentence_id."""
    rows = []
    for part in tables.parts():
        mentions = counted(part, kinds=kinds, with_titles=True).query("actor_id == @actor_id")
        sentences = part.read("sentences", ["sentence_id", "start", "text"])
        sentences = sentences[sentences["sentence_id"].isin(mentions["sentence_id"])].set_index("sentence_id")
        for mention in mentions.itertuples():
            sentence = sentences.loc[mention.sentence_id]
            left, right = mention.start - sentence["start"], mention.end - sentence["start"]
            before, after = sentence["text"][:left][-width:], sentence["text"][right:][:width]
            rows.append((lane_label(mention.title), before, mention.text, after, mention.kind, mention.sentence_id))
    return pd.DataFrame(rows, columns=["article", "before", "keyword", "after", "kind", "sentence_id"])


def rankings(tables: Tables) -> pd.DataFrame:
    """Return one row an actor: its rank by all mentions and by other rules of counting.

    "surnames only" is what a plain list of surnames finds: persons alone, by the last word of their name.
    """
    counts = [_by_rule(part) for part in tables.parts()]
    ways = {way: pd.concat([part[way] for part in counts]).groupby(level=0).sum() for way in counts[0]}
    ranks = pd.DataFrame({way: found.rank(ascending=False, method="min") for way, found in ways.items()})
    ranks = ranks.rename_axis("actor").reset_index().sort_values(["all", "actor"], ignore_index=True)
    return ranks.astype(dict.fromkeys(ways, "Int64"))


def _by_rule(tables: Tables) -> dict[str, pd.Series]:
    """Count the mentions of each actor by each rule of counting."""
    speaking = tables.quotes[tables.quotes["speaker"].str.lower().isin(("he", "she", "they"))]
    spoken = speaking.merge(people(tables), left_on="speaker_id", right_on="actor_id", validate="many_to_one")["name"]
    default = counted(tables)["name"]
    named = counted(tables, kinds=("name",))
    last_words = (named[column].str.split().str[-1].str.casefold() for column in ("text", "name"))
    by_surname = (named["type"] == "person") & np.equal(*last_words)
    ways = {
        "all": default,
        "names only": named["name"],
        "surnames only": named.loc[by_surname, "name"],
        "with titles": counted(tables, with_titles=True)["name"],
        "with pronouns that speak": pd.concat([default, spoken]),
        "with demonyms": counted(tables, kinds=(*COUNTED, "demonym"))["name"],
    }
    return {way: names.value_counts() for way, names in ways.items()}
