"""The build: figures, notebooks as run, and reports, each made only where what it is made from changed.

| step | made from |
| --- | --- |
| `figures` | the package, what is installed, the articles with their registry, labels, the comparison of tools |
| `notebooks/NAME.ipynb` | the same, the notebook without its outputs |
| `reports/NAME.html` | the package, what is installed, the templates, the notebook as run, the titles of all |
| `reports` | the same, the articles, every page and figure: what only all of them together give |

Everything is made before anything is put in its place, by at most `jobs` processes at work at a time. There
is no build system under it: those compare times or names of files where this needs their bytes, and would
still have to be told how a notebook is run.
"""

from __future__ import annotations

import contextlib
import functools
import json
import multiprocessing
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from analysis import kernels
from analysis.reports import FRONT_PAGE, FRONT_TITLE
from analysis.sources import CORPUS_FILES, PACKAGE, BadInput, article_files
from analysis.staging import Staging, digest, digest_file, staging

if TYPE_CHECKING:
    from analysis.plots.files import Files
    from analysis.tables import Tables

FIGURES, NOTEBOOKS, REPORTS, SEEDS = "figures", "notebooks", "reports", "seeds"
HANDED = "handed"
LABELS = kernels.PACKAGE.parent / "tests" / "gold"
COMPARED = kernels.PACKAGE.parent / "benchmarks" / "public_tools.csv"
TEMPLATE = kernels.PACKAGE / "reports" / "template"
Stops = Sequence[tuple[str, str]]  # file name and title of each page, the front page first


def build(
    root: Path, parts: Iterable[str], *, corpus: Path | None = None, out: Path | None = None, jobs: int | None = None
) -> None:
    """Make those of a project's parts ("figures", "notebooks", "reports") that are not as they should be.

    `corpus` replaces `seeds/`: other articles, or a folder of tables that `extract` wrote as Parquet; `out` is the
    folder of the results, by default the project's; `jobs` says how many processes may work at a time, by default
    one a processor. Raises BadInput, NotebookFailed or ReportError, and then nothing has changed.
    """
    paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
    if not paths:
        raise BadInput(f"{root / NOTEBOOKS}: a folder without notebooks")
    parts = frozenset(parts)
    project = _Project(root, corpus)
    with staging(out or root) as stage:
        _make(project, stage, paths, parts, jobs or _processors())
        stage.publish(parts & {FIGURES, REPORTS})


class _Project:
    """What is built from: its places, and digests of what the steps share."""

    def __init__(self, root: Path, corpus: Path | None) -> None:
        self.root, self.corpus = root, corpus
        self.articles = corpus or root / SEEDS
        self.inputs = input_files(self.articles, root if corpus is None else None)
        registry = [digest_file(file) for name in CORPUS_FILES if (file := root / SEEDS / name).is_file()]
        self.made_from_articles = digest(self.inputs, registry)
        self.code = digest(sys.version, _installed(), _digests(kernels.PACKAGE, leave_out=TEMPLATE))
        self.layout = digest(self.code, _digests(TEMPLATE))
        compared = [digest_file(COMPARED)] if COMPARED.is_file() else []
        self.labels = digest(_digests(LABELS), compared)

    @functools.cached_property
    def tables(self) -> Tables:
        from analysis import tables

        return tables.load(self.articles, progress=True)

    def notebook(self, path: Path) -> str:
        """Return the digest of all that a notebook as run is made from."""
        return digest(self.code, self.made_from_articles, self.labels, _source(path))


def _make(project: _Project, stage: Staging, paths: list[Path], parts: frozenset[str], jobs: int) -> None:
    """Make every step of these parts that is not made."""
    drawn_from = digest(project.code, project.made_from_articles, project.labels)
    to_run = [path for path in paths if NOTEBOOKS in parts and not stage.is_made(_run(path), project.notebook(path))]
    is_to_draw = FIGURES in parts and not stage.is_made(FIGURES, drawn_from)
    to_export = paths if REPORTS in parts else []
    context = kernels.context(project.root) if to_run or is_to_draw else None
    if context:
        # What cannot be read is told before anything starts.
        _ = project.tables
    stops = [(FRONT_PAGE, FRONT_TITLE), *((f"{path.stem}.html", _title(path)) for path in paths)]
    tasks: list[Callable[[], Any]] = [
        functools.partial(
            _make_notebook,
            project,
            stage,
            path,
            context if path in to_run else None,
            is_to_draw,
            stops if path in to_export else [],
        )
        for path in paths
    ]
    _at_once(tasks, jobs)
    if is_to_draw and context:
        files = _figures(project, stage.aside(HANDED), context, jobs)
        stage.put(FIGURES, drawn_from, {f"{FIGURES}/{name}": data for name, data in files.items()})
    if REPORTS in parts:
        _make_last_pages(project, stage, stops)


def _make_notebook(
    project: _Project, stage: Staging, path: Path, context: BaseContext | None, is_to_draw: bool, stops: Stops
) -> None:
    """Run a notebook where a context for its kernel is given; export it where stops are and its page is not made."""
    if context:
        from analysis import notebooks

        data = notebooks.run(
            path,
            corpus=project.articles,
            figures=stage.aside(HANDED) if is_to_draw else None,
            forking=context if kernels.can_fork(project.root) else None,
        )
        stage.put(_run(path), project.notebook(path), {_run(path): data})
    run = stage.path(_run(path))
    if stops and not stage.is_made(_page(path), inputs := digest(project.layout, stops, digest_file(run))):
        from analysis.reports import export
        from analysis.reports.index import bound

        page = bound(export(run), f"{path.stem}.html", stops)
        stage.put(_page(path), inputs, {_page(path): page.encode("utf-8")})


def _make_last_pages(project: _Project, stage: Staging, stops: Stops) -> None:
    """Make the pages that are made from all others: one for each article, and the front page."""
    reports = {name: stage.path(f"{REPORTS}/{name}") for name, _ in stops[1:]}
    # The manifest holds the digest of every figure.
    manifest = stage.path(f"{FIGURES}/manifest.json")
    read = {file.name: digest_file(file) for file in (*reports.values(), manifest) if file.is_file()}
    inputs = digest(project.layout, project.made_from_articles, stops, read)
    if stage.is_made(REPORTS, inputs):
        return
    from analysis.plots import figures
    from analysis.reports.article import evidence_pages
    from analysis.reports.index import bound, front_page

    pages = {name: file.read_text(encoding="utf-8") for name, file in reports.items()}
    drawn = {f"{figure.name}.svg": stage.path(f"{FIGURES}/{figure.name}.svg") for figure in figures()}
    svgs = {name: file.read_bytes() for name, file in drawn.items() if file.is_file()}
    made = evidence_pages(project.tables, pages, svgs)
    index = bound(front_page(pages, project.tables.articles, made), FRONT_PAGE, stops)
    made = {FRONT_PAGE: index.encode("utf-8"), **made}
    stage.put(REPORTS, inputs, {f"{REPORTS}/{name}": data for name, data in made.items()})


def _at_once(tasks: list[Callable[[], Any]], jobs: int) -> None:
    """Do tasks in threads that wait for their kernels; at the first failure stop the others."""
    with ThreadPoolExecutor(jobs) as threads:
        futures = [threads.submit(task) for task in tasks]
        try:
            for future in tqdm(as_completed(futures), desc="build", total=len(futures), unit="", disable=None):
                future.result()
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            running = [future for future in futures if not future.cancelled()]
            # Again and again: a thread may be about to start a kernel.
            while wait(running, timeout=0.1).not_done:
                for process in multiprocessing.active_children():
                    process.kill()
            raise


def _figures(project: _Project, folder: Path, context: BaseContext, jobs: int) -> dict[str, bytes]:
    """Return the files of all figures: those that notebooks left in a folder, the others drawn."""
    from analysis.plots import figures, files

    made = files.handed(folder)
    rest = [figure.name for figure in figures() if figure.name not in made]
    if rest:
        draw = functools.partial(_draw, articles=project.articles)
        with ProcessPoolExecutor(min(jobs, len(rest)), context, kernels.end_with_parent) as pool:
            drawn = tqdm(pool.map(draw, rest), desc="figures", total=len(rest), unit="", disable=None)
            try:
                made.update(zip(rest, drawn, strict=True))
            except BrokenProcessPool:
                raise BadInput("a process that drew figures was killed; perhaps the memory did not suffice") from None
    return files.with_manifest([made[figure.name] for figure in figures()], project.inputs)


def _draw(name: str, articles: Path) -> Files:
    from analysis.plots.files import draw_files

    return draw_files(name, _tables(articles))


@functools.cache
def _tables(articles: Path) -> Tables:
    """Load the tables once in each process that draws."""
    from analysis import tables

    return tables.load(articles)


# What steps are made from, and where their files lie.


def input_files(articles: Path, base: Path | None) -> dict[str, str]:
    """Name the files of a corpus with their SHA-256, seen from `base` or else from the corpus's own folder.

    Those of stored tables are seen from theirs.
    """
    base = base or (articles if articles.is_dir() else articles.parent)
    if (articles / PACKAGE).is_file():
        # Only now: it takes what makes tables, and that takes longer than to find nothing changed.
        from analysis import stored

        if stored.is_stored(articles):
            return {file.relative_to(articles).as_posix(): digest_file(file) for file in stored.stored_files(articles)}
    read = [*article_files(articles), *(file for name in CORPUS_FILES if (file := articles / name).is_file())]
    return {file.relative_to(base).as_posix(): digest_file(file) for file in read}


def _run(path: Path) -> str:
    return f"{NOTEBOOKS}/{path.name}"


def _page(path: Path) -> str:
    return f"{REPORTS}/{path.stem}.html"


def _source(path: Path) -> str:
    """Return the digest of a notebook's cells as written, without what running them gave."""
    data = path.read_bytes()
    try:
        cells = json.loads(data)["cells"]
        # A source may be one string or a list of lines.
        return digest([(c["cell_type"], c.get("id"), c["metadata"], "".join(c["source"])) for c in cells])
    except (ValueError, TypeError, KeyError):
        # No notebook: running it will tell.
        return digest(data.decode("utf-8", errors="replace"))


def _title(path: Path) -> str:
    """Return a notebook's first heading, its name where it has none."""
    with contextlib.suppress(ValueError, TypeError, KeyError):
        for cell in json.loads(path.read_bytes())["cells"]:
            found = re.search(r"(?m)^# +(.+?) *$", "".join(cell["source"]))
            if cell["cell_type"] == "markdown" and found:
                return found[1]
    return path.stem


def _digests(folder: Path, leave_out: Path | None = None) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): digest_file(path)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not (leave_out and path.is_relative_to(leave_out))
    }


def _installed() -> list[str]:
    """Name every installed distribution with its version, as its folder is named."""
    folders = {folder for folder in sys.path if os.path.isdir(folder)}
    return sorted({name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info")})


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
