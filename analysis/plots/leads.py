"""The marks of a figure as links: in its SVG a mark leads to the sentence, or the article, that it stands for.

A mark that stands for several rows leads to the first of them. Pictures of dots have no links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import Collection

from analysis.reports import links


def sentence(part_id: object) -> str | None:
    """Return where a figure's mark leads for a sentence or a block; nowhere for a missing one."""
    return None if pd.isna(part_id) else links.beside_figures(links.address(str(part_id)))


def article(article_id: object) -> str | None:
    """Return where a figure's mark leads for an article; nowhere for a missing one."""
    return None if pd.isna(article_id) else links.beside_figures(links.article_address(str(article_id)))


def sentences(part_ids: Iterable[object]) -> list[str | None]:
    """Return where the marks of a collection lead, in their order."""
    return [sentence(part_id) for part_id in part_ids]


@contextmanager
def leading(ax: Axes, address: str | None) -> Iterator[None]:
    """Let everything that is drawn meanwhile lead to one address."""
    before = set(ax.get_children())
    yield
    for drawn in ax.get_children():
        if drawn not in before:
            drawn.set_url(address)
            if isinstance(drawn, Collection):
                drawn.set_urls([address])
