"""The sentences that close the sections of the notebooks, for a corpus of any size.

Each says in words what the cells above it counted: none, one, some or all, without a number of nothing. What a
figure says is in its own title; `answer` puts that at the head of a closing sentence.
"""

from __future__ import annotations

import pandas as pd

from analysis.plots import Picture, ahead, count, every, named, number, opened
from analysis.plots.corpus import is_unexplained, n_blocks

TOP = 5  # actors whose order is compared


def answer(picture: Picture, *more: str) -> str:
    """Say the finding of a figure, and further sentences where it shows anything."""
    return " ".join([f"{picture.title}.", *(filter(None, more) if len(picture.data) else ())])


def part(n: int, whole: int) -> str:
    """Write a part of a whole: "none", "two of seven", "both", "all seven", "the only one"."""
    if not n:
        return "none"
    if n == whole:
        return {1: "the only one", 2: "both"}.get(n) or f"all {number(n)}"
    return f"{number(n)} of {number(whole)}"


def blocks_left(source_map: pd.DataFrame) -> str:
    """Say how many of the blocks of a source map no rule explains."""
    blocks = n_blocks(source_map)
    n_left = int(blocks[is_unexplained(source_map)].sum())
    return (
        f"Of {count(int(blocks.sum()), 'block')}, {number(n_left)} had to be left without an explanation, and nothing was "
        "dropped."
    )


def days_given(n: int, n_dated: int, n_by_hand: int) -> str:
    """Say how many of the articles have a day, and how many of these days were set by hand."""
    if not n_dated:
        return f"{opened(every(n, 'article'))} must be left without a day."
    dated = every(n, "article") if n_dated == n else f"{number(n_dated)} of {count(n, 'article')}"
    rest = f"; {number(n - n_dated)} must be left without one" if n_dated < n else ""
    by_hand = "" if n_dated == 1 and not n_by_hand else f", {number(n_by_hand)} of these by hand"
    return f"{opened(dated)} can be given a day{by_hand}{rest}."


def days_hang(n: int, n_lost: int, n_other: int) -> str:
    """Say how many days are lost, or become others, without the list of dated events."""
    if not n:
        return "There is no day that could hang on anything."
    if not (n_lost or n_other):
        days = "The one day does not rest" if n == 1 else f"None of {number(n)} days rests"
        return f"{days} on an event that the text names."
    lost = (
        "rests on an event that the text names and becomes an interval"
        if n_lost == 1
        else ("rest on an event that the text names and become intervals")
    )
    return f"Of {count(n, 'day')}, {number(n_lost)} {lost} without it; {number(n_other)} would become another day."


def lengths(words: pd.Series, sentences: pd.Series) -> str:
    """Say how long the articles are; "" for one alone, of which everything is said already."""
    if len(words) == 1:
        return ""
    many = f"{words.min():,} to {words.max():,} words" if words.nunique() > 1 else f"{words.min():,} words"
    middle = f", {words.median():,.0f} in the middle" if words.nunique() > 1 else ""
    some = f"{sentences.min():,} to {sentences.max():,}" if sentences.nunique() > 1 else f"{sentences.min():,}"
    return f"An article has {many}{middle}, in {some} sentences."


def quotations(n: int) -> str:
    """Say how many quotations there are, behind a finding on them; "" for none."""
    return f"; there {'is' if n == 1 else 'are'} {count(n, 'quotation')}" if n else ""


def fragments(n: int, n_partial: int) -> str:
    """Say how many quotations are built into the reporter's sentence; `n` is one or more."""
    if not n_partial:
        none = "The one quotation is no fragment" if n == 1 else f"None of {number(n)} quotations is a fragment"
        return f"{none} built into the reporter’s sentence."
    built = "is a fragment" if n_partial == 1 else "are fragments"
    return f"Of {count(n, 'quotation')}, {number(n_partial)} {built} built into the reporter’s sentence."


def by_role(n: int) -> str:
    """Say how often the person mentioned most by roles is."""
    if not n:
        return "No person is mentioned by a role."
    return (
        "One mention by a role, in its sentence."
        if n == 1
        else f"{count(n, 'mention').capitalize()} by a role, each in its sentence."
    )


def order(rankings: pd.DataFrame) -> str:
    """Say whether those mentioned most are also those named most, and who comes first by names and by surnames."""
    if rankings.empty:
        return "There is no order that could hang on anything."
    by_all = rankings.head(TOP)["actor"]
    if len(by_all) == 1:
        return f"Only {by_all.iloc[0]} is mentioned."
    by_name = rankings.dropna(subset="names only").sort_values(["names only", "actor"]).head(TOP)["actor"]
    shared = len(set(by_all) & set(by_name))
    also = {len(by_all): "both" if shared == 2 else "all"}.get(shared, number(shared))
    said = f"Of the {number(len(by_all))} actors mentioned most, {also} {'is' if shared == 1 else 'are'} also among those named most"
    first = {
        way: ahead(-rankings.dropna(subset=way).set_index("actor")[way]) for way in ("names only", "surnames only")
    }
    if names := first["names only"]:
        said += f"; by names alone {named(names, 'actor')} {'comes' if len(names) == 1 else 'come'} first"
    if first["surnames only"]:
        said += f", by surnames alone {named(first['surnames only'], 'actor')}"
    return f"{said}."


def first_thread(variants: pd.DataFrame) -> str:
    """Say whether the thread with most events is the same under every rule of counting."""
    if variants.empty:
        return "There is no thread to count."
    ways = variants.set_index("thread")
    firsts = [ahead(ways[way]) for way in ways if ways[way].max()]
    always = [thread for thread in firsts[0] if all(thread in first for first in firsts)]
    if always and all(len(first) == 1 for first in firsts):
        return f"Under every rule {always[0]} comes first."
    if always:
        return f"Under every rule {named(always, 'thread')} {'comes' if len(always) == 1 else 'come'} first, under some with others."
    return f"The first thread hangs on the rule: {', '.join(sorted({thread for first in firsts for thread in first}))}."


def in_headlines(n: int, n_headlines: int) -> str:
    """Say how many events there are, and how many of them in headlines."""
    if not n:
        return "There is no event."
    if n == 1:
        return f"One event, {'in a headline' if n_headlines else 'not in a headline'}."
    return f"{count(n, 'event').capitalize()} in all, {number(n_headlines)} of them in a headline."


def statements(n: int, n_persons: int, n_with_day: int) -> str:
    """Say how many statements there are on single persons."""
    if not n:
        return "No single person is told of."
    return f"Statements: {number(n)}, on {count(n_persons, 'person')}. With the day told: {number(n_with_day)}."


def pairs_apart(by_convention: pd.Series, n_pairs: int) -> str:
    """Say how many pairs of figures cannot be of one time and people, by each convention."""
    if not n_pairs:
        return "There is no pair to judge."
    told = ", ".join(f"{number(int(n))} by {convention}" for convention, n in by_convention.items())
    return f"Pairs that cannot be of the same time and people: {told}."
