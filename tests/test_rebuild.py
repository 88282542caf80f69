"""The whole build, again, elsewhere: another time zone, locale and hash seed, the same bytes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

BUILT = ("figures", "notebooks", "reports")


def differing(made: Path, committed: Path) -> list[str]:
    """Name the files of the built folders that are not the same in both projects."""
    names = {
        path.relative_to(root).as_posix()
        for root in (made, committed)
        for folder in BUILT
        for path in (root / folder).rglob("*")
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }

    def content(root: Path, name: str) -> bytes | None:
        return (root / name).read_bytes() if (root / name).is_file() else None

    return sorted(name for name in names if content(made, name) != content(committed, name))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """A copy of the project without its results, built in another environment."""
    copy = tmp_path_factory.mktemp("a copy")
    for folder in ("analysis", "benchmarks", "notebooks", "seeds"):
        shutil.copytree(
            ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    shutil.copytree(ROOT / "tests" / "gold", copy / "tests" / "gold")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("COV", "LC_", "PYTHONUTF8"))},
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "4711",
        "MPLBACKEND": "svg",
        "COLUMNS": "40",
    }
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "build"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "" and done.stdout == "", "a build in a pipe is quiet"
    return copy


def test_every_file_comes_out_as_committed(rebuilt):
    assert differing(rebuilt, ROOT) == []


def test_the_comparison_notices_one_byte_a_missing_and_a_new_file(rebuilt, tmp_path):
    for folder in BUILT:
        shutil.copytree(rebuilt / folder, tmp_path / folder)
    assert differing(tmp_path, rebuilt) == []
    figure = sorted((tmp_path / "figures").glob("*.png"))[0]
    figure.write_bytes(figure.read_bytes()[:-1] + b"x")
    page = sorted((tmp_path / "reports").glob("*.html"))[0]
    page.unlink()
    (tmp_path / "figures" / "new.svg").write_bytes(b"")
    assert differing(tmp_path, rebuilt) == sorted([f"figures/{figure.name}", f"reports/{page.name}", "figures/new.svg"])
