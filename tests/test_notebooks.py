"""The notebooks as files: what nbval does not look at, and proof that the checks catch what they should."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from analysis import notebooks
from conftest import ROOT, write_notebook

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_LINES, MEDIAN_LINES = 8, 3


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def source_of(cell):
    return "".join(cell["source"])


def complaints(notebook):
    """List what is wrong with a notebook's JSON, in words; empty for a good one."""
    found = []
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if [cell["execution_count"] for cell in code] != list(range(1, len(code) + 1)):
        found.append("not run once from top to bottom")
    if not notebook["cells"] or not source_of(notebook["cells"][0]).startswith("# "):
        found.append("does not open with its title")
    elif not source_of(notebook["cells"][0]).splitlines()[0].endswith("?"):
        found.append("title is no question")
    if "## What this cannot say" not in "".join(source_of(cell) for cell in notebook["cells"]):
        found.append("does not say what it cannot say")
    lengths = []
    for index, cell in enumerate(notebook["cells"]):
        source = source_of(cell)
        if set(cell["metadata"].get("tags", ())):
            found.append(f"cell {index} has tags, which can hide it from nbval")
        if cell["cell_type"] != "code":
            continue
        lengths.append(len(source.splitlines()))
        if source.rstrip().endswith(";"):
            found.append(f"cell {index} ends in a semicolon")
        if re.search(r"^\s*(def|class|from datetime import|import random)\b|\btoday\(\)", source, re.MULTILINE):
            found.append(f"cell {index} defines something or asks for the day")
        if lengths[-1] > MAX_LINES:
            found.append(f"cell {index} has {lengths[-1]} lines")
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                found.append(f"cell {index} shows an error or a warning")
            data = output.get("data", {})
            if any(kind.startswith("image/") for kind in data):
                found.append(f"cell {index} shows a picture without words")
            markup = "".join(data.get("text/html", ""))
            for image in re.findall(r"<img[^>]*>", markup):
                if not re.search(r'alt="[^"]{20,}"', image):
                    found.append(f"cell {index} has a picture without alternative text")
    if lengths and sorted(lengths)[len(lengths) // 2] > MEDIAN_LINES:
        found.append("cells are long")
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_notebook_is_clean(path):
    assert complaints(load(path)) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_prose_holds_no_figure_that_was_not_computed(path):
    for cell in load(path)["cells"]:
        if cell["cell_type"] == "markdown":
            prose = re.sub(r"`[^`]*`|\]\([^)]*\)", "", source_of(cell))
            assert not re.search(r"\d", prose), prose


def tampered(change):
    notebook = load(PATHS[0])
    change(notebook)
    return notebook


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize(
    "change, complaint",
    [
        (lambda n: code_cells(n)[1].update(execution_count=7), "not run once"),
        (lambda n: code_cells(n)[1].update(execution_count=None), "not run once"),
        (lambda n: n["cells"][0].update(source="What is this?"), "title"),
        (lambda n: n["cells"][0].update(source="# Corpus"), "no question"),
        (lambda n: n["cells"][0]["metadata"].update(tags=["nbval-skip"]), "tags"),
        (lambda n: code_cells(n)[0].update(source="len('a');"), "semicolon"),
        (lambda n: code_cells(n)[0].update(source="def f():\n    return 1"), "defines"),
        (lambda n: code_cells(n)[0].update(source="x = 1\n" * 9), "9 lines"),
        (
            lambda n: code_cells(n)[0]["outputs"].append({"output_type": "stream", "name": "stderr", "text": "!"}),
            "error",
        ),
        (
            lambda n: code_cells(n)[0]["outputs"].append({"output_type": "display_data", "data": {"image/png": ""}}),
            "words",
        ),
        (
            lambda n: code_cells(n)[0]["outputs"].append(
                {"output_type": "display_data", "data": {"text/html": "<img>"}}
            ),
            "alternative text",
        ),
        (lambda n: [c.update(source="x = 1\n" * 5) for c in code_cells(n)], "cells are long"),
        (lambda n: [c.update(source="# q?") for c in n["cells"] if "cannot say" in source_of(c)], "cannot say"),
    ],
)
def test_checks_catch_a_tampered_notebook(change, complaint):
    assert any(complaint in found for found in complaints(tampered(change)))


def test_pictures_in_the_notebooks_are_the_figures(seed):
    shown = set()
    for path in PATHS:
        for image in re.findall(r"data:image/png;base64,([A-Za-z0-9+/=]+)", path.read_text(encoding="utf-8")):
            shown.add(base64.b64decode(image))
    drawn = {file.read_bytes(): file.name for file in (ROOT / "figures").glob("*.png")}
    assert drawn
    assert {name for data, name in drawn.items() if data not in shown} == set()
    assert shown <= set(drawn)


def nbval(folder):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--nbval",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:cov",
            "-q",
            "--override-ini=addopts=",
            "--nbval-current-env",
            str(folder),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=180,
    )


def test_nbval_notices_a_changed_picture_and_a_changed_word(tmp_path):
    show = "from IPython.display import display\ndisplay({'image/png': 'aGVsbG8=', 'text/plain': 'a'}, raw=True)"
    write_notebook(tmp_path / "a.ipynb", [show, "print('as it was')"])
    (tmp_path / "a.ipynb").write_bytes(notebooks.run(tmp_path / "a.ipynb"))
    shutil.copy(ROOT / "conftest.py", tmp_path)
    for name, cell, output in (
        (
            "picture",
            0,
            {"output_type": "display_data", "metadata": {}, "data": {"image/png": "d29ybGQ=", "text/plain": "a"}},
        ),
        ("word", 1, {"output_type": "stream", "name": "stdout", "text": "as it never was\n"}),
    ):
        notebook = load(tmp_path / "a.ipynb")
        notebook["cells"][cell]["outputs"] = [output]
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    done = nbval(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "2 failed, 4 passed" in done.stdout, done.stdout


# Running.


def test_run_gives_the_same_bytes_twice_and_no_version(tmp_path):
    write_notebook(tmp_path / "a.ipynb", ["# How much?", "print(2 + 2)"])
    first = notebooks.run(tmp_path / "a.ipynb")
    (tmp_path / "a.ipynb").write_bytes(first)
    assert notebooks.run(tmp_path / "a.ipynb") == first
    made = json.loads(first)
    assert "version" not in made["metadata"]["language_info"]
    assert made["cells"][1]["outputs"][0]["text"] == ["4\n"]
    assert made["cells"][1]["metadata"] == {}
    assert first.endswith(b"}\n")


def test_a_users_own_kernel_of_the_same_name_is_passed_over(tmp_path, monkeypatch):
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["no-such-python"], "display_name": "mine", "language": "python"}')
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    write_notebook(tmp_path / "a.ipynb", ["import sys\nprint(sys.executable)"])
    assert sys.executable in notebooks.run(tmp_path / "a.ipynb").decode()


@pytest.mark.parametrize(
    "source, named",
    [
        ("1 / 0", "cell 2 (cell-2): ZeroDivisionError: division by zero"),
        ("raise ValueError('first\\nsecond')", "cell 2 (cell-2): ValueError: first second"),
        ("import os\nos._exit(1)", "DeadKernelError"),
    ],
)
def test_a_failing_notebook_names_cell_and_error(tmp_path, source, named):
    write_notebook(tmp_path / "a.ipynb", ["# Does it?", "x = 1", source])
    with pytest.raises(notebooks.NotebookFailed) as failure:
        notebooks.run(tmp_path / "a.ipynb")
    assert str(failure.value).startswith("a.ipynb: ")
    assert named in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_kernel_that_dies_while_it_starts_is_told_in_one_line(tmp_path):
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path / "notebooks" / "a.ipynb", ["# Does it?", "x = 1"])
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "ipykernel_launcher.py").write_text("raise SystemExit(1)", encoding="utf-8")
    code = (
        "import pathlib, sys\nfrom analysis import notebooks\n"
        "try:\n    notebooks.run(pathlib.Path(sys.argv[1]))\nexcept notebooks.NotebookFailed as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "notebooks" / "a.ipynb")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
    )
    assert re.fullmatch(r"a\.ipynb: RuntimeError: Kernel died.*\n", done.stdout), done
    assert done.stderr == ""


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"cells": 1, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "not json"]
)
def test_what_is_no_notebook_is_named(tmp_path, content):
    (tmp_path / "a.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(notebooks.NotebookFailed, match=r"^a\.ipynb: not a notebook"):
        notebooks.run(tmp_path / "a.ipynb")
