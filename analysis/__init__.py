"""Analysis of news reports on a political crisis: articles to tables, tables to figures and reports.

    import analysis
    tables = analysis.load("seeds")
    tables.articles

`load` reads a corpus, a folder or a file, into DataFrames; `tables.SCHEMA` describes their columns.
"""

from analysis.tables import Tables, load

__all__ = ["Tables", "load"]
