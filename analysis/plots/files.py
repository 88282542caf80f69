"""The files of a figure: PNG, SVG, the CSV behind it, and its entry in `manifest.json`.

Drawing is dear, so that a build draws each figure once. It runs the notebooks with a folder named in their
environment; a picture that a notebook shows, as drawn and of the tables of its corpus, leaves its files there
(`hand_over`), and only what no notebook shows is drawn for the files alone (`draw_files`).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt

from analysis.plots import Picture, figures, picture
from analysis.reports.show import Drawn, png_bytes, svg_bytes
from analysis.sources import HANDED_VARIABLE
from analysis.tables import corpus_path, serialise

if TYPE_CHECKING:
    from analysis.tables import Tables

ENTRY = "entry.json"

Files = tuple[dict[str, bytes], dict[str, Any]]  # file name to bytes; entry in the manifest


def draw_files(name: str, tables: Tables) -> Files:
    """Draw one figure from the tables."""
    drawn = picture(name, tables)
    made = _files_of(drawn, drawn.figure)
    plt.close(drawn.figure)
    return made


def with_manifest(made: Iterable[Files], sources: dict[str, str]) -> dict[str, bytes]:
    """Put the files of all figures together with their manifest; `sources` names the files read with their SHA-256."""
    made, entries = zip(*made, strict=True)
    manifest = json.dumps({"inputs": sources, "figures": entries}, indent=1, ensure_ascii=False) + "\n"
    files = {name: data for files in made for name, data in files.items()}
    return {**files, "manifest.json": manifest.encode("utf-8")}


def is_wanted(corpus: Path | None) -> bool:
    """Tell whether a build waits for the files of figures that show this corpus."""
    return bool(os.environ.get(HANDED_VARIABLE)) and corpus is not None and corpus.samefile(corpus_path())


def hand_over(drawn: Picture, figure: Drawn) -> bytes:
    """Leave the files of a picture in the folder that the environment names; return the PNG."""
    files, entry = _files_of(drawn, figure)
    folder = Path(os.environ[HANDED_VARIABLE]) / drawn.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / ENTRY).write_text(json.dumps(entry), encoding="utf-8")
    return files[f"{drawn.name}.png"]


def handed(folder: Path) -> dict[str, Files]:
    """Return the figures that notebooks left in a folder, by name."""
    found = {}
    for path in folder.glob(f"*/{ENTRY}"):
        entry = json.loads(path.read_text(encoding="utf-8"))
        found[entry["name"]] = {name: (path.parent / name).read_bytes() for name in entry["sha256"]}, entry
    return found


def _files_of(drawn: Picture, figure: Drawn) -> Files:
    # In this order: laid out once more for another format, a figure can shift by a hair.
    files = {
        f"{drawn.name}.png": png_bytes(figure),
        f"{drawn.name}.svg": svg_bytes(figure),
        f"{drawn.name}.csv": serialise(figure.numbers, format="csv"),
    }
    of = next(of for of in figures() if of.name == drawn.name)
    return files, {
        "name": drawn.name,
        "title": drawn.title,
        "alt": drawn.alt,
        "caption": drawn.caption,
        "notebook": f"{of.notebook}.ipynb",
        "tables": list(of.inputs),
        "sha256": {file: hashlib.sha256(data).hexdigest() for file, data in files.items()},
    }
