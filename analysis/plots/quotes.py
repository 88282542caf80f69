"""Figures of notebook 01-actor-mentions on who speaks: quoted words by speaker, by camp and by article.

A quotation counts by the words between its marks. What is reported without marks is not in it.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.furniture import count_words
from analysis.plots import BLUE, SECOND, Figure, Words, ahead, count, is_crowd, named, nothing, opened, share
from analysis.plots.actors import NOTEBOOK, TOP
from analysis.plots.lanes import dated, draw_by_article, finish_bars, height_by, of_what, stack_bars, undated_say
from analysis.plots.mentions import people
from analysis.plots.publication import date_label, in_order, months
from analysis.plots.reported import short
from analysis.tables import Tables

LOOKS = {
    "direct": {"color": BLUE, "edgecolor": "white"},
    "partial": {"color": "#9ecae1", "edgecolor": "white", "hatch": "////"},
}
LONGEST_CAMP = 28  # characters of a camp beside a bar
STRANGER, NOBODY = "Not in the registry", "No speaker named"


def speakers(tables: Tables) -> pd.DataFrame:
    """Return one row a speaker, article and kind of quotation: speaker, camp, article_id, kind, quotes, words.

    Of a crowd of articles the rows of all are summed, and there is no article_id.
    """
    if not is_crowd(tables):
        return _ranked(_quoted(tables, "article_id"))
    data = pd.concat([_quoted(part, "kind") for part in tables.parts()])
    return _ranked(data.groupby(["name", "camp", "kind"], as_index=False).sum())


def _quoted(tables: Tables, place: str) -> pd.DataFrame:
    """Return quotations and quoted words by speaker, camp, kind and one more column, such as the article."""
    quotes = tables.quotes[tables.quotes["kind"].isin(("direct", "partial"))].copy()
    quotes["words"] = [count_words(text) for text in quotes["text"]]
    known = people(tables)
    quotes = quotes.merge(known, how="left", left_on="speaker_id", right_on="actor_id", validate="many_to_one")
    quotes["name"] = quotes["name"].fillna(quotes["speaker_name"])
    quotes["camp"] = quotes["camp"].fillna(STRANGER).mask(quotes["name"].isna(), NOBODY)
    quotes["name"] = quotes["name"].fillna(NOBODY.lower())
    articles = tables.read("articles", ["article_id", "published"])
    quotes["month"] = quotes["article_id"].map(
        articles.assign(month=months(articles["published"])).set_index("article_id")["month"]
    )
    grouped = quotes.groupby(list(dict.fromkeys(["name", "camp", place, "kind"])), as_index=False)
    return grouped.agg(quotes=("words", "size"), words=("words", "sum"))


def _ranked(data: pd.DataFrame) -> pd.DataFrame:
    totals = data.groupby("name")["words"].sum()
    data["rank"] = data["name"].map(lambda name: (-totals[name], name))
    by = [column for column in ("rank", "article_id", "kind") if column in data]
    return data.sort_values(by, ignore_index=True).drop(columns="rank")


def draw_speakers(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a bar a speaker: words quoted directly, then in fragments, with the share of the latter by length."""
    wide = data.pivot_table(index="name", columns="kind", values="words", aggfunc="sum", fill_value=0, sort=False).head(
        TOP
    )
    ends = stack_bars(ax, wide, LOOKS)
    quotes = data.groupby("name")["quotes"].sum()
    camps = data.drop_duplicates("name").set_index("name")["camp"]
    said = [
        (f"{end:,.0f} in {quotes[name]:,} · {short(camps[name], LONGEST_CAMP)}", SECOND)
        for name, end in zip(wide.index, ends, strict=True)
    ]
    return finish_bars(ax, wide.index, ends, said, room=1.3, label="quoted words")


def speakers_words(data: pd.DataFrame) -> Words:
    """Say who is quoted most, and how much of it in whole sentences."""
    if data.empty:
        return nothing("Nobody is quoted")
    totals = data.groupby("name", sort=False)["words"].sum()
    total, n_quotes = int(totals.sum()), int(data["quotes"].sum())
    direct = int(data.loc[data["kind"] == "direct", "words"].sum())
    known = totals.drop(NOBODY.lower(), errors="ignore")
    first = ahead(known)
    title = "No quotation has a speaker who is named"
    if first:
        title = (
            f"{opened(named(first, 'speaker'))} {'is' if len(first) == 1 else 'are'} quoted most: "
            f"{share(int(known.max()), total)} of all quoted words{' each' if len(first) > 1 else ''}"
        )
    if len(totals) == 1 and first:
        title = f"Nobody but {first[0]} is quoted"
    rest = (
        f" {count(len(totals) - TOP, 'other speaker').capitalize()} share {int(totals.iloc[TOP:].sum()):,} words."
        if len(totals) > TOP
        else ""
    )
    return Words(
        title,
        f"Words between quotation marks by speaker, number of quotations and camp; n = {total:,} words in {count(n_quotes, 'quotation')}",
        "Direct: a clause of the speaker’s own; partial: a fragment built into the reporter’s sentence. What is reported "
        f"without marks is not counted.{rest}",
        f"Bars of quoted words by speaker. {title}. {share(direct, total)} of {total:,} words are direct. In order: "
        + ", ".join(f"{a} {k:,}" for a, k in totals.head(TOP).items())
        + ".",
    )


def camps(tables: Tables) -> pd.DataFrame:
    """Return one row a camp and article in order of date: camp, article_id, label, words quoted.

    Of a crowd of articles it is one row a camp and month, with the column month.
    """
    if is_crowd(tables):
        data = pd.concat([_quoted(part, "month") for part in tables.parts()])
        words = data.groupby(["camp", "month"])["words"].sum()
        totals = words.groupby(level=0).sum()
        ranked = sorted(totals.index, key=lambda camp: (-totals[camp], camp))
        known = sorted(months(tables.read("articles", ["published"])["published"]).unique())
        rows = [(camp, month, month, int(words.get((camp, month), 0))) for camp in ranked for month in known]
        return pd.DataFrame(rows, columns=["camp", "month", "label", "words"])
    data = speakers(tables)
    order = in_order(tables)
    articles = tables.articles.set_index("article_id")
    totals = data.groupby("camp")["words"].sum()
    words = data.groupby(["camp", "article_id"])["words"].sum()
    ranked = sorted(totals.index, key=lambda camp: (-totals[camp], camp))
    rows = [(camp, a, date_label(articles.loc[a]), int(words.get((camp, a), 0))) for camp in ranked for a in order]
    return pd.DataFrame(rows, columns=["camp", "article_id", "label", "words"])


def draw_camps(data: pd.DataFrame, ax: Axes) -> Axes:
    """Draw a table of camps by articles, shaded by quoted words, the words written in."""
    data = data[data["camp"].isin(list(dict.fromkeys(data["camp"]))[:TOP])]
    return draw_by_article(data, ax, lane="camp", shade="words", written="words", label="quoted words")


def camps_words(data: pd.DataFrame) -> Words:
    """Say which camp is quoted most."""
    if data.empty:
        return nothing("Nobody is quoted")
    totals = data.groupby("camp", sort=False)["words"].sum()
    total = int(totals.sum())
    noun = of_what(data).removesuffix("_id")
    silent = int((dated(data).groupby(of_what(data))["words"].sum() == 0).sum())
    known = totals.drop([STRANGER, NOBODY], errors="ignore")
    first = ahead(known)
    title = "No speaker who is quoted is in the registry"
    if first:
        camps = f"The camp quoted at most length is “{first[0]}”"
        if len(first) > 1:
            camps = f"{opened(named([f'“{camp}”' for camp in first], 'camp'))} are the camps quoted at most length"
        title = (
            f"No camp but “{first[0]}” is quoted"
            if len(totals) == 1
            else f"{camps}, with {share(int(known.max()), total)} of the quoted words{' each' if len(first) > 1 else ''}"
        )
    rest = len(totals) - TOP
    return Words(
        title,
        f"Words between quotation marks by the speaker’s camp and by {noun}, n = {total:,}",
        "A camp is whom an actor stands with in this story, as the registry has it; bystanders and experts are not in it. "
        + (
            f"{count(silent, noun).capitalize()} {'quotes' if silent == 1 else 'quote'} nobody."
            if silent
            else f"Every {noun} quotes somebody."
        )
        + (f" {count(rest, 'camp').capitalize()} with fewer words not drawn." if rest > 0 else "")
        + undated_say(data),
        f"Table of camps by {noun}s in order of date. {title}. "
        + ", ".join(f"{c} {k:,}" for c, k in totals.items())
        + ".",
    )


FIGURES = (
    Figure(
        "speakers",
        NOTEBOOK,
        ("quotes", "actors"),
        speakers,
        draw_speakers,
        speakers_words,
        height_by("name", TOP, 0.8, 0.3),
    ),
    Figure(
        "quoted-camps",
        NOTEBOOK,
        ("quotes", "actors", "articles"),
        camps,
        draw_camps,
        camps_words,
        height_by("camp", TOP, 1.4, 0.34),
    ),
)
