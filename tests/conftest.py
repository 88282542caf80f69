"""What several tests share: the project's folder, the seed's tables, a small project to build."""

import json
import shutil
from pathlib import Path

import pytest

import analysis

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
