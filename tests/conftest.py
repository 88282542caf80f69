"""What several tests share: the project's folder, the seed's tables, a small project to build, articles to read."""

import io
import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import analysis
from analysis import tables
from analysis.formulas import restored_table

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seed():
    return analysis.load(ROOT / "seeds")


@pytest.fixture
def project(tmp_path):
    """A project with the seed and one small notebook, and nothing built yet."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path / "notebooks" / "00-small.ipynb", ["# How much is two and two?", "print(2 + 2)"])
    return tmp_path


@pytest.fixture
def read(tmp_path):
    """Return a reader of articles, each given as (date, text)."""

    def reader(*articles):
        frame = pd.DataFrame(
            [(f"s{n}", f"Story {n}", date, text) for n, (date, text) in enumerate(articles)],
            columns=["id", "title", "date", "text"],
        )
        frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
        return analysis.load(tmp_path / "a.jsonl")

    return reader


def write_notebook(path, sources):
    """Write an unrun notebook: a source that starts with # and a space is Markdown, any other is code."""
    cells = []
    for number, source in enumerate(sources):
        cell = {"id": f"cell-{number}", "metadata": {}, "source": source}
        if source.startswith("# "):
            cell["cell_type"] = "markdown"
        else:
            cell |= {"cell_type": "code", "execution_count": None, "outputs": []}
        cells.append(cell)
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def read_back(data: bytes, name: str, format: str) -> pd.DataFrame:
    """Read an exported table with nothing but its description."""
    if format == "parquet":
        found = pd.read_parquet(io.BytesIO(data))
        for column, kind, _ in tables.SCHEMA[name]:
            if kind == "date":  # Parquet counts milliseconds at the least
                found[column] = found[column].astype("datetime64[s]")
        return found
    found = pd.read_csv(io.BytesIO(data), dtype="string", keep_default_na=False, na_values=[""], lineterminator="\n")
    found = restored_table(found)
    for column, kind, _ in tables.SCHEMA[name]:
        if column == "title":  # the only text that may be empty, which CSV cannot tell from missing
            found[column] = found[column].fillna("")
        if kind == "boolean":
            found[column] = found[column].map({"True": True, "False": False}).astype("bool")
        elif kind == "date":
            found[column] = pd.to_datetime(found[column], format="%Y-%m-%d").astype("datetime64[s]")
        elif kind in ("integer", "number"):
            found[column] = pd.to_numeric(found[column]).astype("Int64" if kind == "integer" else "Float64")
    return found


class FewTables(SimpleNamespace):
    """Frames by name, as a figure reads them."""

    read, parts = tables.Tables.read, tables.Tables.parts
