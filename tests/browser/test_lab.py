"""Every notebook in JupyterLab: opened, run by its menu, and the same as committed, with all that it shows."""

import re
import shutil

import nbformat
import pytest

from browser.conftest import NOTHING
from browser.jupyterlab import copy_cleared, run_all, served, watched
from conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A copy of the project, its notebooks cleared, in JupyterLab: (folder, address)."""
    project, own = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("lab")
    for folder in ("analysis", "benchmarks", "figures", "reports", "seeds", "tests/gold"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (project / "notebooks").mkdir()
    for path in NOTEBOOKS:
        copy_cleared(path, project / "notebooks" / path.name)
    with served(project, own) as address:
        yield project, address


@pytest.fixture
def page(chromium, lab):
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    yield context.new_page()
    context.close()


def shown(notebook):
    """Return what each code cell shows, without how often it ran."""
    keys = ("output_type", "name", "text", "data", "ename")
    codes = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [[{key: output[key] for key in keys if key in output} for output in cell.outputs] for cell in codes]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_from_the_menu_and_shows_what_was_committed(lab, page, path):
    project, address = lab
    watch = watched(page, address)
    saved = run_all(page, address, f"notebooks/{path.name}", project=project)
    committed = nbformat.read(path, as_version=4)
    assert shown(saved) == shown(committed)

    html = "".join(o["data"].get("text/html", "") for cell in shown(committed) for o in cell if "data" in o)
    outputs = page.locator(".jp-OutputArea")
    pictures = outputs.locator("img").evaluate_all("all => all.map(img => [img.alt.length > 0, img.naturalWidth > 0])")
    assert pictures == [[True, True]] * html.count("<img ")
    links = outputs.locator("a[href]").count()
    assert links == len(re.findall("<a ", html))
    for target in set(re.findall(r'<a [^>]*href="(\.\./[^"#]+)', html)):
        assert (path.parent / target).is_file(), target
    assert watch.seen() == NOTHING
