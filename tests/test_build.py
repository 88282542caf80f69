"""The build: what is made again and what is not, kernels that start warm, two builds at once, builds that are killed."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from analysis import build as building
from analysis import evaluate, kernels, notebooks
from analysis.engine import extract
from analysis.plots import files as figure_files
from analysis.plots import trust
from conftest import ROOT, write_notebook

STORY = "Bridge Closed In Doeland\n\nA caption. Ann Poe / AFP\n\n\nThe bridge closed on Monday. It will open soon.\n"
PARTS = ("notebooks", "reports")


@pytest.fixture
def small(tmp_path):
    """A project with one article and two notebooks."""
    (tmp_path / "seeds" / "articles").mkdir(parents=True)
    (tmp_path / "seeds" / "articles" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path / "notebooks" / "00-first.ipynb", ["# How much is two and two?", "print(2 + 2)"])
    write_notebook(
        tmp_path / "notebooks" / "01-second.ipynb",
        ["# How many are there?", "import analysis\nlen(analysis.load('../seeds').articles)"],
    )
    return tmp_path


@pytest.fixture
def ran(monkeypatch):
    """The names of the notebooks that were run."""
    names = []
    run = notebooks.run

    def note(path, **options):
        names.append(path.name)
        return run(path, **options)

    monkeypatch.setattr(notebooks, "run", note)
    return names


def files(project):
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for folder in ("figures", "notebooks", "reports")
        for path in sorted((project / folder).rglob("*"))
        if path.is_file()
    }


# What is made again.


def test_an_unchanged_project_runs_nothing_and_a_changed_notebook_runs_alone(small, ran):
    building.build(small, PARTS)
    assert sorted(ran) == ["00-first.ipynb", "01-second.ipynb"]
    made = files(small)
    ran.clear()
    building.build(small, PARTS)
    assert (ran, files(small)) == ([], made)

    write_notebook(small / "notebooks" / "00-first.ipynb", ["# How much is two and three?", "print(2 + 3)"])
    building.build(small, PARTS)
    assert ran == ["00-first.ipynb"]
    changed = {name for name, data in files(small).items() if made[name] != data}
    # The page beside it leads to it by its title.
    pages = {"reports/00-first.html", "reports/01-second.html", "reports/index.html"}
    assert changed == {"notebooks/00-first.ipynb", *pages}


@pytest.mark.parametrize("change", ["output", "page", "article", "installed", "template"])
def test_what_a_change_makes_anew(small, ran, monkeypatch, change):
    building.build(small, PARTS)
    made = files(small)
    ran.clear()
    if change in ("output", "page"):
        name = {"output": "notebooks/00-first.ipynb", "page": "reports/00-first.html"}[change]
        (small / name).write_bytes(made[name].replace(b'"4', b'"5').replace(b"<main", b"<main lang=it"))
        assert files(small) != made
    elif change == "article":
        (small / "seeds" / "articles" / "b.txt").write_text(STORY.replace("Bridge", "Road"), encoding="utf-8")
    elif change == "installed":
        monkeypatch.setattr(building, "_installed", lambda: ["another-1.0.dist-info"])
    else:
        digests = building._digests

        def with_one_more(folder, **options):
            return digests(folder, **options) | ({"new.css": "x"} if folder == building.TEMPLATE else {})

        monkeypatch.setattr(building, "_digests", with_one_more)
    building.build(small, PARTS)
    expected = {"output": ["00-first.ipynb"], "page": [], "template": []}
    assert sorted(ran) == expected.get(change, ["00-first.ipynb", "01-second.ipynb"])
    same = files(small) == made
    assert same == (change != "article")


def test_changed_labels_draw_the_figures_anew(small, monkeypatch):
    building.build(small, {"figures"})
    drawn = []
    make = figure_files.with_manifest
    monkeypatch.setattr(figure_files, "with_manifest", lambda *made: drawn.append(made) or make(*made))
    building.build(small, {"figures"})
    assert drawn == []
    monkeypatch.setattr(building, "LABELS", small / "notebooks")
    building.build(small, {"figures"})
    assert len(drawn) == 1


def test_a_figure_that_a_notebook_shows_is_drawn_once(small, monkeypatch):
    sources = [
        "import analysis\nfrom dataclasses import replace\nfrom analysis import plots\ncorpus = analysis.load()",
        "plots.picture('source-map', corpus).show()",
        "changed = plots.picture('words-by-kind', corpus)\nchanged.figure.set_facecolor('red')\nchanged.show()",
        "plots.picture('speakers', replace(corpus, quotes=corpus.quotes.head(0))).show()",
        "plots.picture('actor-mentions', analysis.load('../other.txt')).show()",
    ]
    (small / "other.txt").write_text(STORY.replace("Bridge", "Minsk"), encoding="utf-8")
    write_notebook(small / "notebooks" / "01-second.ipynb", ["# What is there?", *sources])
    building.build(small, {"figures"})
    alone = files(small)
    shutil.rmtree(small / "figures")
    found = []
    handed = figure_files.handed

    def note(folder):
        found.extend(handed(folder))
        return handed(folder)

    monkeypatch.setattr(figure_files, "handed", note)
    building.build(small, {"figures", "notebooks"})
    assert found == ["source-map"]
    made = files(small)
    assert {name: made[name] for name in alone if name.startswith("figures/")} == {
        name: data for name, data in alone.items() if name.startswith("figures/")
    }


def test_labels_and_tools_are_looked_for_where_they_are_read():
    assert (building.LABELS, building.COMPARED) == (evaluate.GOLD, trust.TOOLS)


def test_a_failure_stops_the_others_and_leaves_nothing(small):
    write_notebook(small / "notebooks" / "00-first.ipynb", ["# Does it wait?", "import time\ntime.sleep(300)"])
    write_notebook(small / "notebooks" / "01-second.ipynb", ["# Does it?", "1 / 0"])
    before = files(small)
    with pytest.raises(notebooks.NotebookFailed, match=r"^01-second\.ipynb: cell 1 \(cell-1\): ZeroDivisionError"):
        building.build(small, PARTS, jobs=2)
    assert files(small) == before


@pytest.mark.skipif(not kernels.can_fork(ROOT), reason="kernels are not forked here")
def test_a_failure_ends_a_build_in_which_others_have_not_begun(small):
    write_notebook(small / "notebooks" / "00-first.ipynb", ["1 / 0"])
    with pytest.raises(notebooks.NotebookFailed, match="division by zero"):
        building.build(small, PARTS, jobs=1)


def test_a_kernel_that_starts_while_the_others_are_stopped_is_stopped(small):
    """A test that fails by waiting: what starts last would sleep for ten minutes."""
    context = kernels.context(small)
    begun = []

    def fails():
        while not begun:
            time.sleep(0.01)
        raise notebooks.NotebookFailed("a.ipynb: it fails")

    def starts_late():
        begun.append(True)
        time.sleep(0.5)
        process = context.Process(target=time.sleep, args=(600,))
        process.start()
        process.join()

    with pytest.raises(notebooks.NotebookFailed, match="it fails"):
        building._at_once([fails, starts_late, *[lambda: time.sleep(1)] * 3], 2)


# Kernels that start warm.


@pytest.mark.skipif(not kernels.can_fork(ROOT), reason="kernels are not forked here")
def test_a_forked_kernel_gives_what_any_kernel_gives(tmp_path):
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "a.ipynb"
    sources = [
        "import os, sys\nprint(os.getcwd(), sys.argv[0], __name__, sys.flags.hash_randomization)",
        "import matplotlib\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2])\nmatplotlib.get_backend()",
        "print('to the error stream', file=sys.stderr)\nget_ipython().__class__",
        "sys.modules['__main__'].__dict__ is globals(), len(In), sorted(vars())[:3]",
        "list({'b', 'a', 'c'}), sys.stdin.readline()",
    ]
    write_notebook(path, ["# Is it the same?", *sources])
    plain = notebooks.run(path)
    forked = notebooks.run(path, forking=kernels.context(tmp_path))
    assert forked == plain


def test_a_project_with_a_package_of_its_own_gets_kernels_of_its_own(tmp_path):
    assert kernels.can_fork(tmp_path) == kernels.can_fork(ROOT)
    (tmp_path / "analysis").mkdir()
    assert not kernels.can_fork(tmp_path)


# Two at once, and killed.


def start(project):
    command = [sys.executable, "-m", "analysis", "build", "--project", str(project)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def test_two_builds_at_once_are_both_complete(small, tmp_path_factory):
    alone = tmp_path_factory.mktemp("alone") / "project"
    shutil.copytree(small, alone)
    both = [start(small), start(small)]
    assert [(build.communicate(timeout=600)[0], build.returncode) for build in both] == [(b"", 0)] * 2
    assert start(alone).wait(600) == 0
    assert files(small) == files(alone)


@pytest.mark.skipif(os.name == "nt", reason="needs process groups")
def test_a_build_killed_at_fifty_moments_leaves_every_file_whole_and_the_next_is_complete(small):
    first, second = small / "notebooks" / "00-first.ipynb", small / "seeds" / "articles" / "b.txt"

    def change(version):
        """Give the project one of two forms, so that every build has all to do that the one before did not."""
        write_notebook(first, ["# How much is two and a number?", f"print(2 + {version})"])
        second.write_text(STORY.replace("Bridge", "Road"), encoding="utf-8") if version else second.unlink(True)

    made = []
    for version in (0, 1):
        change(version)
        source = first.read_bytes()
        started = time.perf_counter()
        assert start(small).wait(600) == 0
        longest = time.perf_counter() - started
        made.append(files(small))
        assert source not in made[-1].values()
    assert set(made[1]) - set(made[0]) == {"reports/article-road-closed-in-doeland.html"}

    moments = random.Random(0)
    for number in range(50):
        change(number % 2)
        source = first.read_bytes()
        build = start(small)
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.wait(moments.uniform(0, longest))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGKILL)
        build.wait()
        for name, data in files(small).items():
            assert data in (made[0].get(name), made[1].get(name), source), name
    assert start(small).wait(600) == 0
    assert files(small) == made[1]
    assert not (small / ".build" / "new").exists()


WRITER = """
import sys
from pathlib import Path
from analysis.staging import staging

print("ready", flush=True)
for _ in range(2):
    with staging(Path(sys.argv[1])) as stage:
        for number in range(60):
            if not stage.is_made(str(number), sys.argv[2]):
                stage.put(str(number), sys.argv[2], {f"figures/{number}.txt": (sys.argv[2] + "\\n").encode() * 5_000})
        stage.publish({"figures"})
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_files_are_whole_after_fifty_kills(tmp_path):
    """What a whole build does for a moment, over and over: hardly one of its kills hits that."""

    def write(version, seconds=None):
        command = [sys.executable, "-c", WRITER, str(tmp_path), version]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            started = writer.stdout.readline() and time.perf_counter()
            if seconds is not None:
                time.sleep(seconds)
                writer.kill()
        return time.perf_counter() - started

    def versions():
        found = set()
        for number in range(60):
            lines = (tmp_path / "figures" / f"{number}.txt").read_text(encoding="ascii").splitlines()
            assert len(lines) == 5_000 and len(set(lines)) == 1
            found.add(lines[0])
        return found

    longest = write("0")
    moments = random.Random(0)
    mixed = 0
    for version in range(1, 51):
        write(str(version), moments.uniform(0, longest))
        mixed += len(versions()) > 1
    write("last")
    assert versions() == {"last"}
    assert not (tmp_path / ".build" / "new").exists()


# Tables that are extracted already.


FOREIGN = (
    "{title}\n\nA caption. Ann Poe / AFP\n\n\nThe European Union imposed sanctions on Belarus on Monday, Ann Poe said.\n\n"
    "“We will not wait,” she told AFP. Police detained at least {n} people and hundreds of journalists.\n"
)


def test_everything_of_stored_tables_is_that_of_the_articles(tmp_path):
    (tmp_path / "corpus" / "articles").mkdir(parents=True)
    for n in range(1, 4):
        story = "\n\n".join(FOREIGN.format(title=f"Bridge {n}{part} Opens", n=10 * n) for part in "ab")
        (tmp_path / "corpus" / "articles" / f"{n}.txt").write_text(story, encoding="utf-8")
    records = [{"title": "Ferry Sinks", "text": FOREIGN.split("\n\n\n")[1].format(n=7), "date": "2021-03-04"}] * 2
    (tmp_path / "corpus" / "articles" / "4.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    extract(tmp_path / "corpus", tmp_path / "tables", partition_bytes=1)
    made = {}
    for name in ("corpus", "tables"):
        building.build(ROOT, {"figures", *PARTS}, corpus=tmp_path / name, out=tmp_path / f"of {name}")
        made[name] = files(tmp_path / f"of {name}")
    manifests = [json.loads(found.pop("figures/manifest.json")) for found in made.values()]
    assert made["tables"] == made["corpus"] and len(made["corpus"]) > 80
    assert manifests[0]["figures"] == manifests[1]["figures"]
    assert {"datapackage.json", "mentions/part-00003.parquet"} <= set(manifests[1]["inputs"])


def test_everything_of_the_stored_seed_is_what_is_committed(tmp_path):
    extract(ROOT / "seeds", tmp_path / "tables")
    building.build(ROOT, {"figures", *PARTS}, corpus=tmp_path / "tables", out=tmp_path / "out")
    made, committed = files(tmp_path / "out"), files(ROOT)
    for found in (made, committed):
        del found["figures/manifest.json"]
    assert made == committed


def test_a_notebook_reads_stored_tables(small):
    extract(small / "seeds", small / "tables")
    sources = ["# How many are there?", "import analysis\nlen(analysis.load().articles), analysis.load().folder.name"]
    write_notebook(small / "notebooks" / "01-second.ipynb", sources)
    building.build(small, PARTS, corpus=small / "tables", out=small / "out")
    assert "(1, 'tables')" in (small / "out" / "notebooks" / "01-second.ipynb").read_text(encoding="utf-8")
