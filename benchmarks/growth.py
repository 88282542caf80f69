"""Time how reading grows with the length of one article, up to 5 MB: run with `make bench`. Nothing is asserted.

Each line is one kind of text, read through every extractor at a length, twice and four times that; the ratios
stand near 2 where time grows with the length. The hostile kinds are one sentence without an end.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analysis import corpus, dates, making, sources, tables  # noqa: E402
from analysis.reading import read_articles  # noqa: E402

LONGEST, LONGEST_HOSTILE = 5_000_000, 100_000  # characters
HOSTILE = {
    "quotations that never end": "He said “",
    "marks in marks": "“‘x",
    "quotations and speakers": "“x”, he said, ",
    "sanctions": "Doeland imposed sanctions on Cuba on Monday and ",
    "numbers": "at least 6,700 or ",
    "weekdays": "Monday ",
    "names": "Ann Poe, ",
    "brackets": "(",
    "apostrophes": "'",
    "abbreviations": "U.S. ",
    "white space": "\u00a0",
}


def seconds_to_read(text: str, registry: object) -> float:
    """Read one text through every extractor; return the seconds of the processor."""
    start = time.process_time()
    document = sources.Document(source="x", text=f"It closed. {text}", title="T")
    for article in corpus.read_documents([document]).articles:
        split = making.split_article(article)
        dates.date_articles([(article, split)])
        read_articles([(article, split, dates.Dating(published=dt.date(2020, 9, 1)))], registry)  # type: ignore[arg-type]
    return time.process_time() - start


def main() -> None:
    registry = tables.read_actors(ROOT / "seeds" / "actors.csv")
    seed = corpus.read_documents(sources.read(ROOT / "seeds"))
    news = "\n\n".join(article.text(block) for article in seed.articles for block in article.of_kind("body")) + "\n\n"
    kinds = [("the seed over and over", news, LONGEST), *((n, unit, LONGEST_HOSTILE) for n, unit in HOSTILE.items())]
    seconds_to_read(news, registry)  # fills the caches
    print(f"{'text of one article':<28}{'characters':>12}{'s':>9}{'ratios':>14}")
    for name, unit, longest in kinds:
        found = [seconds_to_read(unit * (longest // part // len(unit)), registry) for part in (4, 2, 1)]
        ratios = [after / max(before, 1e-3) for before, after in zip(found, found[1:], strict=False)]
        print(f"{name:<28}{longest:>12,}{found[-1]:>9.2f}{ratios[0]:>9.2f}{ratios[1]:>5.2f}", flush=True)


if __name__ == "__main__":
    main()
