"""Time the analysis on this machine: run with `make bench`. Nothing is asserted; machines differ.

Articles a second for every step, one core, on the seed repeated with variations to `--articles` (10,000), then
for all tables together, with the share of each step; then `jupyter nbconvert --execute` on all notebooks and
builds of the same project, in the same run: seconds, memory of the largest process, and the ratio. Beside all
tables stands what spaCy's small model takes for the same texts: with `--spacy PYTHON`, an interpreter that has spaCy
and `en_core_web_sm`, the model itself; else a stand-in, installed for this run.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from environments import install  # noqa: E402

from analysis import corpus, dates, making, signs, sources, tables  # noqa: E402
from analysis.counts import find_counts  # noqa: E402
from analysis.detainees import find_detainees  # noqa: E402
from analysis.measure_signs import find_signs  # noqa: E402
from analysis.mentions import find_mentions  # noqa: E402
from analysis.quotes import Name, Paragraph, find_quotes  # noqa: E402
from analysis.sanctions import Said, find_events  # noqa: E402
from analysis.sentiment import find_sentiment  # noqa: E402

N_ARTICLES = 10_000
N_SPACY = 500  # articles it is asked for: it takes its time
ALL, FLOOR = "all tables", "decoding, one search"
Made = TypeVar("Made")
seconds_of: dict[str, float] = {}  # by what was timed


def write_corpus(folder: Path, n_articles: int) -> int:
    """Write copies of the seed with other titles and figures and a paragraph left out; return the articles written."""
    random_ = random.Random(0)
    (folder / "articles").mkdir(parents=True)
    shutil.copy(ROOT / "seeds" / "events.csv", folder)
    seed = corpus.read_documents(sources.read(ROOT / "seeds"))
    written = copy = 0
    while written < n_articles:
        copy += 1
        pieces = []
        for article in seed.articles:
            bodies = article.of_kind("body")
            left_out = random_.choice(bodies[2:] or bodies)
            text = "".join(article.text(b) for b in article.blocks if b is not left_out)
            text = re.sub(r"\b\d{2,3}\b(?!,? \d{4})", lambda _: str(random_.randint(10, 999)), text)
            pieces.append(f"{article.title} {copy}\n\n" + text.lstrip("\n"))
            written += 1
        (folder / "articles" / f"{copy:05}.txt").write_text("\n\n\n".join(pieces) + "\n", encoding="utf-8", newline="")
    return written


def search_once(folder: Path) -> int:
    """Do what no reading of names can do without: decode every file, and search it once for every name known."""
    with (ROOT / "seeds" / "actors.csv").open(encoding="utf-8", newline="") as file:
        names = signs.finder({row["alias"] for row in csv.DictReader(file)})
    texts = (path.read_bytes().decode("utf-8") for path in sorted(folder.glob("articles/*.txt")))
    return sum(len(names.find_matches_as_indexes(text)) for text in texts)


def timed(name: str, n: int, work: Callable[[], Made]) -> Made:
    """Run a piece of work once, print articles a second, and return what it made."""
    start = time.process_time()  # of one core: what else the machine does is left out
    made = work()
    show(name, n, time.process_time() - start)
    return made


def show(name: str, n: int, seconds: float) -> None:
    """Print articles a second, and keep the seconds."""
    seconds_of[name] = seconds
    print(f"{name:<32}{n / max(seconds, 1e-9):>10,.0f} articles/s{seconds:>9.2f} s", flush=True)


def time_steps(n_articles: int) -> list[str]:
    """Time every step one after the other; return the texts, which have about 480 words each."""
    gc.disable()  # as `tables.load` does
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "corpus"
        n = write_corpus(folder, n_articles)
        timed(FLOOR, n, lambda: search_once(folder))
        read = timed("reading", n, lambda: corpus.read_documents(sources.read(folder)))
        split = timed("sentences", n, lambda: [(a, making.split_article(a)) for a in read.articles])
        body = [(article, [s for s in found if s[0].kind == "body"]) for article, found in split]
        with (folder / "events.csv").open(encoding="utf-8", newline="") as file:
            events = dates.read_events(csv.DictReader(file), "events.csv")
        dated = timed("dates", n, lambda: dates.date_articles(body, events=events))
        registry = tables.read_actors(ROOT / "seeds" / "actors.csv")
        bodies = [[Paragraph(b.start, a.text(b)) for b in a.of_kind("title", "body")] for a in read.articles]
        days = [d.published for d in dated]
        mentions = timed(
            "mentions",
            n,
            lambda: [
                find_mentions([(p.start, p.text) for p in body], registry, published=day)
                for body, day in zip(bodies, days, strict=True)
            ],
        )
        names = [[Name(m.start, m.end, m.actor_id, m.kind) for m in found] for found in mentions]
        quotes = timed("quotations", n, lambda: [find_quotes(b, m) for b, m in zip(bodies, names, strict=True)])
        told = [[(block.start + start, text) for block, start, text in found] for _, found in split]
        said = [[Said(q.start, q.end, q.kind, q.speaker_id) for q in found] for found in quotes]
        with_sign = [i for i, body in enumerate(bodies) if find_signs("\n".join(p.text for p in body).lower())]
        for kind, which in (
            ("sanctions, no sign of one", sorted(set(range(n)) - set(with_sign))),
            ("sanctions, with a sign", with_sign),
        ):
            timed(
                kind, len(which), lambda which=which: [find_events(told[i], names[i], said[i], registry) for i in which]
            )
        timed(
            "counts",
            n,
            lambda: [
                find_counts(b, quotes=q, names=m, published=d)
                for b, q, m, d in zip(bodies, quotes, names, days, strict=True)
            ],
        )
        timed("detainees", n, lambda: [find_detainees(b, names=m) for b, m in zip(bodies, names, strict=True)])
        timed("sentiment", n, lambda: [find_sentiment(s, q, m) for s, q, m in zip(told, quotes, mentions, strict=True)])
        timed(ALL, n, lambda: tables.load(folder))
        show_shares()
        return ["\n".join(p.text for p in body) for body in bodies]


def show_shares() -> None:
    """Print which share of the time for all tables each step has; what is left makes rows and frames."""
    whole = seconds_of[ALL]
    steps = {name: seconds for name, seconds in seconds_of.items() if name not in (ALL, FLOOR)}
    steps["rows, frames, the rest"] = max(0.0, whole - sum(steps.values()))
    for name, seconds in sorted(steps.items(), key=lambda step: -step[1]):
        print(f"{name:<32}{seconds / whole:>10.0%}")


def time_spacy(python: str | None, texts: list[str]) -> None:
    """Time spaCy's small model on the same texts and one core, and print how many times as fast all tables are.

    It only tags, parses and finds names. Without an interpreter that has it, spaCy is installed into an environment
    that is thrown away, with a stand-in for the model (see `ask_spacy.py`).
    """
    one_core = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            command = [
                python or install(Path(folder), sys.executable, "-r", HERE / "spacy.txt"),
                str(HERE / "ask_spacy.py"),
            ]
            asked = json.dumps(texts[:N_SPACY])
            done = subprocess.run(command, input=asked, env=one_core, stdout=subprocess.PIPE, text=True, check=True)
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"spaCy is not compared: {error}")
            return
    answer = json.loads(done.stdout)
    n = len(texts[:N_SPACY])
    show(answer["name"], n, answer["seconds"])
    print(f"{'all tables beside it':<32}{answer['seconds'] / n / (seconds_of[ALL] / len(texts)):>10.1f} times as fast")


def measure(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command and return its seconds and the MB of its largest process."""
    code = (
        "import resource, subprocess, sys, time; start = time.perf_counter();"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], cwd=folder, check=True, capture_output=True, text=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def change(notebook: Path) -> None:
    """Add a word to the first cell of a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    content["cells"][0]["source"] = "".join(content["cells"][0]["source"]) + " Really."
    notebook.write_text(json.dumps(content), encoding="utf-8")


def time_build() -> None:
    """Time nbconvert's plain execution of all notebooks, then three builds: all, nothing and one notebook changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        for part in ("analysis", "benchmarks", "notebooks", "seeds", "tests/gold"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        notebooks = sorted(folder.glob("notebooks/*.ipynb"))
        nbconvert = [
            sys.executable,
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            "--output-dir",
            str(folder / "html"),
        ]
        build = [sys.executable, "-m", "analysis", "build"]
        first = measure([*nbconvert, *map(str, notebooks)], folder)
        results = {"nbconvert --execute": first, "build, everything": measure(build, folder)}
        results["build, nothing changed"] = measure(build, folder)
        change(notebooks[-1])
        results["build, one notebook changed"] = measure(build, folder)
        for label, (seconds, megabytes) in results.items():
            print(
                f"{label:<32}{seconds:>10.2f} s{megabytes:>12,.0f} MB{seconds / first[0]:>10.2f} of nbconvert",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Time the analysis on this machine.")
    parser.add_argument("--articles", type=int, default=N_ARTICLES, help="how many the steps are timed on")
    spacy = parser.add_mutually_exclusive_group()
    spacy.add_argument("--spacy", metavar="PYTHON", help="an interpreter with spaCy and en_core_web_sm")
    spacy.add_argument("--no-spacy", action="store_true", help="do not install spaCy to compare with")
    parser.add_argument("--no-build", action="store_true", help="leave the build of the notebooks out")
    arguments = parser.parse_args()
    texts = time_steps(arguments.articles)
    if not arguments.no_spacy:
        time_spacy(arguments.spacy, texts)
    if sys.platform == "win32":
        print("the build is not timed on Windows: it has no resource module")
    elif not arguments.no_build:
        time_build()
