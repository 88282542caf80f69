"""Analysis of news reports on a political crisis: articles to tables, tables to figures and reports.

    import analysis
    tables = analysis.load("seeds")
    tables.articles

`load` reads a corpus, a folder or a file, into DataFrames; `tables.SCHEMA` describes their columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.tables import Tables, load

__all__ = ["Tables", "load"]


def __getattr__(name: str) -> Any:
    # pandas takes a second or two, for which a build with nothing to do need not wait.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis import tables

    return getattr(tables, name)
