"""The command line: `python -m analysis COMMAND`, also installed as `analysis`.

Exit codes: 0 done; 1 something in the corpus needs attention; 2 bad usage or bad input.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.reports import ReportError
from analysis.sources import BadInput, one_line

OK, ATTENTION, BAD = 0, 1, 2
NOTEBOOKS, SEEDS = "notebooks", "seeds"

_CORPUS_HELP = "a folder with articles/ (and events.csv, dates.csv), a folder of files, or one file (.txt .jsonl .csv .parquet, .gz)"


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    top = argparse.ArgumentParser(
        prog="analysis",
        description="Tables, figures and reports from news articles, each number traceable to its words.",
        epilog="exit codes: 0 done, 1 something in the corpus needs attention, 2 bad usage or bad input",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, summary: str, description: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=summary, description=description)

    for name, summary, description in (
        (
            "build",
            "figures, notebooks and reports",
            "Reads seeds/ and notebooks/; writes figures/, the notebooks as run, and reports/. With --corpus and --out the same "
            "is made of other articles, in another folder; with --tables, of tables that extract wrote as Parquet. If one "
            "notebook fails, nothing is written.",
        ),
        (
            "figures",
            "only the figures",
            "Reads seeds/; writes figures/: PNG, SVG and CSV of each figure, and manifest.json. No kernel is started.",
        ),
        (
            "reports",
            "only the HTML reports",
            "Reads notebooks/ as they were run, figures/ and seeds/; writes reports/, one page for each notebook and article, and "
            "index.html.",
        ),
    ):
        built = command(name, summary, description)
        built.add_argument(
            "--project",
            type=Path,
            metavar="FOLDER",
            help="the project's folder (default: the one this package lies in, else the current one)",
        )
        built.add_argument(
            "--jobs", type=_positive, metavar="N", help="processes at work at a time (default: one a processor)"
        )
        if name == "build":
            source = built.add_mutually_exclusive_group()
            source.add_argument(
                "--corpus", type=Path, metavar="CORPUS", help=f"other articles than seeds/: {_CORPUS_HELP}"
            )
            source.add_argument(
                "--tables", type=Path, metavar="DIR", help="tables that extract wrote as Parquet, in place of articles"
            )
            built.add_argument(
                "--out", type=Path, metavar="FOLDER", help="folder for notebooks/, figures/ and reports/ of these"
            )
    extract = command(
        "extract",
        "a corpus to tables",
        "Reads CORPUS; writes every table and datapackage.json into DIR. What cannot be read is listed in the table errors and on "
        "standard error; the exit code is then 1.",
    )
    extract.add_argument("corpus", type=Path, metavar="CORPUS", help=_CORPUS_HELP)
    extract.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for the tables; made if it is missing"
    )
    extract.add_argument("--format", choices=("csv", "parquet"), help="default: csv, with --engine parquet")
    extract.add_argument(
        "--engine",
        choices=("serial", "processes", "dask"),
        help="in partitions, for a corpus of any size: one after the other, on every core, or on a cluster",
    )
    extract.add_argument("--jobs", type=int, metavar="N", help="processes at a time (default: one a core)")
    extract.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster (default: one on this machine)")
    extract.add_argument(
        "--partition", type=int, metavar="BYTES", help="about how much of the corpus a worker takes at a time"
    )
    check = command(
        "check",
        "what in a corpus needs attention",
        "Reads CORPUS and writes nothing. Prints what was read, every article that could not be read with file, place and cause, "
        "stretches that no rule explains, and articles without a date.",
    )
    check.add_argument("corpus", type=Path, metavar="CORPUS", help=_CORPUS_HELP)
    scored = command(
        "evaluate",
        "the tables against hand-made labels",
        "Reads GOLD_DIR, CSV files named for their table in the columns of tests/gold/, and CORPUS; writes nothing. Prints "
        "precision, recall and F1 of each table with a bootstrap interval, and every row that only one side has, with "
        "its sentence.",
    )
    scored.add_argument("gold", type=Path, metavar="GOLD_DIR", help="a folder with mentions.csv, counts.csv and so on")
    scored.add_argument("corpus", type=Path, nargs="?", metavar="CORPUS", help=f"default: seeds/; {_CORPUS_HELP}")
    labelled = command(
        "label",
        "files for labelling a corpus by hand",
        "Reads CORPUS; writes into DIR, for each table, a file with every sentence and nothing filled in (empty/) and one "
        "with the rows that were found (prefilled/), in the columns that evaluate reads.",
    )
    labelled.add_argument("corpus", type=Path, metavar="CORPUS", help=_CORPUS_HELP)
    labelled.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for the files; made if missing"
    )
    actors = command("actors", "what the registry of actors lacks", "Works on the registry of actors.")
    actions = actors.add_subparsers(dest="action", required=True, metavar="ACTION")
    suggest = actions.add_parser(
        "suggest",
        help="names that the registry does not know",
        description="Reads CORPUS and its actors.csv; writes rows for actors.csv, as CSV on standard output: names that "
        "the registry does not know, most frequent first, with a guess at their type to be mended.",
    )
    suggest.add_argument("corpus", type=Path, metavar="CORPUS", help=_CORPUS_HELP)
    return top


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; a known error is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without UTF-8 shows escapes where it cannot show a letter.
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(arguments)
    try:
        return {
            "build": _build,
            "figures": _figures,
            "reports": _reports,
            "extract": _extract,
            "check": _check,
            "actors": _suggest,
            "evaluate": _evaluate,
            "label": _label,
        }[options.command](options)
    except (BadInput, ReportError) as error:
        print(f"analysis: {one_line(error)}", file=sys.stderr)
    except BrokenPipeError:
        # The reader of our pipe has gone ("| head"): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        print(f"analysis: {one_line(error.filename or '')}: {one_line(error.strerror or error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("analysis: interrupted; nothing half-written", file=sys.stderr)
        return 130
    return BAD


def project_folder(given: Path | None) -> Path:
    """Find the folder that holds notebooks/ and seeds/; raise BadInput where there is none."""
    tried = [given] if given else [Path(__file__).resolve().parents[1], Path.cwd()]
    for folder in tried:
        if (folder / NOTEBOOKS).is_dir() and (folder / SEEDS).is_dir():
            return folder
    raise BadInput(f"{tried[-1]}: no folder with {NOTEBOOKS}/ and {SEEDS}/; name it with --project")


def _extract(options: argparse.Namespace) -> int:
    from analysis import tables

    format = options.format or ("parquet" if options.engine else "csv")
    if format == "parquet":
        return _extract_in_partitions(options)
    if options.engine or options.jobs or options.scheduler or options.partition:
        raise BadInput("extract: CSV is written in one piece; workers and partitions are for --format parquet")
    made = tables.load(options.corpus, progress=True)
    tables.export(made, options.out)
    for problem in made.problems:
        print(f"analysis: {problem}", file=sys.stderr)
    return ATTENTION if any(problem.is_lost for problem in made.problems) else OK


def _extract_in_partitions(options: argparse.Namespace) -> int:
    from analysis.engine import extract
    from analysis.engine.partitions import N_BYTES

    name = options.engine or "serial"
    if any(number is not None and number < 1 for number in (options.jobs, options.partition)):
        raise BadInput("extract: --jobs and --partition need a number above zero")
    if (options.jobs and name == "serial") or (options.scheduler and name != "dask"):
        raise BadInput("extract: --jobs goes with --engine processes or dask, --scheduler with dask")
    made = extract(
        options.corpus,
        options.out,
        engine_name=name,
        jobs=options.jobs,
        scheduler=options.scheduler,
        partition_bytes=options.partition or N_BYTES,
    )
    for problem in made.first_errors:
        print(f"analysis: {problem}", file=sys.stderr)
    if made.n_errors > len(made.first_errors):
        print(f"analysis: {made.n_errors - len(made.first_errors):,} more in the table errors", file=sys.stderr)
    return ATTENTION if made.is_lossy else OK


def _check(options: argparse.Namespace) -> int:
    from analysis import tables
    from analysis.layout import BLOCK_KINDS

    made = tables.load(options.corpus, progress=True)
    kinds = made.blocks["kind"].value_counts()
    listed = ", ".join(f"{kind} {kinds[kind]}" for kind in BLOCK_KINDS if kind in kinds)
    print(f"articles: {len(made.articles)}; sentences: {len(made.sentences)}; blocks: {listed}")
    undated = made.articles[made.articles["published"].isna()]
    lines = [f"left out: {problem}" if problem.is_lost else f"read, but look: {problem}" for problem in made.problems]
    unexplained = made.blocks[(made.blocks["kind"] == "other") & made.blocks["article_id"].isna()]
    lines += [
        f"read, but look: {one_line(block.source)}, characters {block.start}-{block.end}: "
        f"a stretch that no rule explains: {one_line(block.text[:60])}"
        for block in unexplained.itertuples()
    ]
    lines += [
        f"no single date: {one_line(a.source)}, {a.position}: {one_line(a.article_id)}: {_interval(a)}"
        for a in undated.itertuples()
    ]
    for line in lines:
        print(line)
    print(f"{len(lines)} to look at" if lines else "nothing needs attention")
    return ATTENTION if lines else OK


def _evaluate(options: argparse.Namespace) -> int:
    from analysis import disagreements, evaluate, tables

    if not options.gold.is_dir():
        raise BadInput(f"{options.gold}: no such folder")
    made = tables.load(options.corpus)
    scores = evaluate.against_gold(made, options.gold)
    if not scores:
        raise BadInput(f"{options.gold}: no labels of these articles")
    print(evaluate.score_table(scores).to_string(index=False, float_format="{:.3f}".format))
    listed = disagreements.explained(disagreements.disagreements(scores, made), options.gold)
    for row in listed.drop(columns="start").fillna("–").itertuples():
        print(f"\n{row.table}: {row.kind}: labelled {one_line(row.labelled)}; found {one_line(row.found)}")
        print(f"    {one_line(row.words)}\n    {one_line(row.sentence)}\n    {row.cause}: {one_line(row.why)}")
    return OK


def _label(options: argparse.Namespace) -> int:
    from analysis import labels, tables

    files = labels.label_files(tables.load(options.corpus, progress=True))
    for part in ("empty", "prefilled"):
        (options.out / part).mkdir(parents=True, exist_ok=True)
    tables.write_all((options.out / name, data) for name, data in files.items())
    return OK


def _suggest(options: argparse.Namespace) -> int:
    import csv

    from analysis import corpus, sources, tables
    from analysis.actors import COLUMNS
    from analysis.formulas import neutralised
    from analysis.suggest import suggest

    registry = tables.read_actors(tables.registry_file(options.corpus, "actors.csv"))
    found = corpus.read_documents(sources.read(options.corpus))
    if not found.articles:
        raise BadInput(f"{options.corpus}: no article that can be read")
    paragraphs = [[(block.start, a.text(block)) for block in a.of_kind("body")] for a in found.articles]
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for suggestion in suggest(paragraphs, registry):
        writer.writerows({column: neutralised(cell) for column, cell in row.items()} for row in suggestion.rows)
    return OK


def _interval(article: object) -> str:
    ends = (article.published_earliest, article.published_latest)  # type: ignore[attr-defined]
    first, last = ("?" if end is None or end != end else f"{end:%Y-%m-%d}" for end in ends)
    return f"{first} to {last}"


def _figures(options: argparse.Namespace) -> int:
    from analysis.build import FIGURES, build

    build(project_folder(options.project), {FIGURES}, jobs=options.jobs)
    return OK


def _reports(options: argparse.Namespace) -> int:
    from analysis.build import REPORTS, build

    build(project_folder(options.project), {REPORTS}, jobs=options.jobs)
    return OK


def _build(options: argparse.Namespace) -> int:
    from analysis.build import FIGURES, NOTEBOOKS, REPORTS, build

    root = project_folder(options.project)
    other = options.corpus or options.tables
    if (other is None) != (options.out is None):
        name = "--tables" if options.tables else "--corpus"
        raise BadInput(f"build: {name} and --out go together: other articles never change the project's own results")
    if options.tables:
        from analysis import stored

        stored.check(options.tables)
    if options.out and options.out.resolve() == root.resolve():
        raise BadInput(f"{options.out}: this is the project's own folder; give another one to --out")
    build(root, {FIGURES, NOTEBOOKS, REPORTS}, corpus=other, out=options.out, jobs=options.jobs)
    return OK


if __name__ == "__main__":
    sys.exit(main())
