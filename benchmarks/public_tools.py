"""Compare the tables with public tools and simple rules on the seed's labels; writes public_tools.csv.

    python benchmarks/public_tools.py [--python PYTHON] [--venv FOLDER] [--keep-tools]

Run by hand, in the project's own environment. The tools (public_tools.txt, with what they need held by
public_tools_constraints.txt) are installed into an environment of their own, outside the project. One row of the file
is a tool at a task: task, tool, version, asked, labels (how many there are), found (answers given), right, note.

Not here: speed, and tools that cannot be installed from the package index; those have a row without numbers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from environments import install  # noqa: E402
from tool_tasks import Questions  # noqa: E402

from analysis import tables  # noqa: E402
from analysis.tables import Tables  # noqa: E402

STORED = HERE / "public_tools.csv"
COLUMNS = ["task", "tool", "version", "asked", "labels", "found", "right", "note"]


def compared(corpus: Tables, asked: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return the rows of all tasks; `asked` holds version and answers of each public tool, or is empty."""
    versions = {tool: given["version"] for tool, given in asked.items()}
    tasks = Questions(corpus).tasks({tool: given["answers"] for tool, given in asked.items()})
    rows = pd.DataFrame([row for task in tasks for row in task.rows(versions)], columns=COLUMNS)
    return rows.astype({"labels": "Int64", "found": "Int64", "right": "Int64"})


def ask(texts: dict[str, list[str]], folder: Path, interpreter: str) -> dict[str, dict[str, Any]]:
    """Install the tools into an environment in a folder and put the questions to them there."""
    wanted = ["-r", HERE / "public_tools.txt", "-c", HERE / "public_tools_constraints.txt"]
    python = install(folder, interpreter, *wanted)
    asked = [python, HERE / "ask_tools.py"]
    done = subprocess.run(asked, input=json.dumps(texts), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


def kept(made: pd.DataFrame) -> pd.DataFrame:
    """Put the stored rows of the public tools in the place of those made without asking them."""
    place = ["task", "tool"]
    stored = pd.read_csv(STORED, dtype=made.dtypes.to_dict()).dropna(subset=["version"]).set_index(place)
    mended = made.set_index(place)
    mended.loc[stored.index] = stored
    return mended.reset_index()[COLUMNS]


def main() -> int:
    """Run the comparison and write its file; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", type=Path, metavar="FOLDER", help="keep the tools' environment here")
    parser.add_argument("--python", default=sys.executable, help="interpreter for the tools, 3.12 or newer")
    parser.add_argument("--keep-tools", action="store_true", help="ask no tool: keep their rows, make the others anew")
    options = parser.parse_args()
    corpus = tables.load(HERE.parent / "seeds")
    if options.keep_tools:
        made = kept(compared(corpus, {}))
    else:
        try:
            with tempfile.TemporaryDirectory() as folder:
                made = compared(corpus, ask(Questions(corpus).texts(), options.venv or Path(folder), options.python))
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"public_tools: {error}", file=sys.stderr)
            return 2
    tables.write_whole(STORED, tables.serialise(made, format="csv"))
    print(made.drop(columns=["asked", "note"]).to_string(index=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
