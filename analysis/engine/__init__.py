"""The same tables of any number of articles: in one process, on every core, or on a cluster.

    from analysis.engine import extract
    extract(Path("CORPUS"), Path("DIR"), engine_name="processes", jobs=8)

A corpus is divided into *partitions* (`partitions`), each is made alone by the functions that the notebooks use
(`work`), an *engine* says where (`engines`), and what goes over all articles is done before (`extraction`) and
after (`publishing`). Same rows in the same order for every engine, partition size and number of workers.
"""

from analysis.engine.extraction import extract

__all__ = ["extract"]
