"""Engines: the same rows wherever they are made, however the corpus is cut, whoever dies on the way."""

from __future__ import annotations

import dataclasses
import functools
import gzip
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time

import pandas as pd
import pyarrow.parquet
import pytest
from distributed import LocalCluster

from analysis import reading, sources, tables
from analysis.__main__ import main
from analysis.engine import engines, extract, extraction, partitions, work
from analysis.schema import typed
from analysis.sources import BadInput
from conftest import ROOT

STORY = (
    "{title}\n\n\nDoeland threatened to sanction Roeland on Tuesday, Ann Poe said.\n\n"
    "“We will not wait,” she told AFP. Police detained at least {n} people.\n"
)
ACTORS = (
    "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note\n"
    "doeland,Doeland,state,doeland,DO,Doeland,name,,,invented,\n"
    "roeland,Roeland,state,roeland,RO,Roeland,name,,,invented,\n"
    "ann-poe,Ann Poe,person,doeland,DO,Ann Poe,name,,,invented,\n"
)
OPENED = sources.opened
LOST = {  # the files of which something cannot be read
    "d.jsonl": '{"title": "Bridge Reopens", "text": "It opened.", "date": "2021-03-04"}\n{"title": \n',
    "e.csv": 'title,text\nBridge Reopens,It did.\nA,b,c\nLast,"open',
    "f.txt": b"\xff\xfe broken",
    "g.txt": "stray words only.\n",
    "h.docx": b"PK",
    "i.parquet": b"PAR1 no more",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A corpus of every kind of file, sound and broken, in which titles come again and events are retold."""
    corpus = tmp_path_factory.mktemp("engine") / "corpus"
    (corpus / "articles").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "b.txt", "c.txt")):
        story = "\n\n".join(STORY.format(title=title, n=number + 20) for title in ("Bridge Reopens", "Ferry Sinks"))
        (corpus / "articles" / name).write_text(story, encoding="utf-8")
    for name, data in LOST.items():
        (corpus / "articles" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    records = [
        {"id": i, "title": "Ferry Sinks", "text": STORY.split("\n\n\n")[1].format(n=7), "date": f"2021-03-0{n}"}
        for n, i in enumerate(("r1", "", None, "ferry-sinks-2"), start=1)
    ]
    pd.DataFrame([*records, {"title": "No text"}]).to_parquet(corpus / "articles" / "j.parquet", row_group_size=2)
    (corpus / "actors.csv").write_text(ACTORS, encoding="utf-8")
    (corpus / "dates.csv").write_text("article_id,published,reason\nnobody,2021-03-02,a slip\n", encoding="utf-8")
    return corpus


@pytest.fixture(scope="module")
def expected(folder):
    return tables.load(folder)


def read_table(out, name):
    return getattr(tables.load(out), name)


def hashes(out):
    """Hash every file that a reader of the tables sees."""
    files = sorted(f for f in out.rglob("*") if f.is_file() and extraction.FINISHED not in f.parts)
    return {f.relative_to(out).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def assert_same(out, expected):
    for name, table in expected.items():
        pd.testing.assert_frame_equal(read_table(out, name), table, obj=name)


# The same rows.


@pytest.mark.parametrize("n_bytes", [1, 900, 10**9])
def test_partitions_of_any_size_give_the_rows_of_the_whole(folder, expected, tmp_path, n_bytes):
    assert len(expected.sanction_events) > 4 and expected.sanction_events["retold"].any()
    made = extract(folder, tmp_path / "out", partition_bytes=n_bytes)
    assert_same(tmp_path / "out", expected)
    assert (made.n_errors, made.is_lossy) == (len(expected.errors), True)
    assert tuple(made.first_errors) == expected.problems


def test_what_cannot_be_read_is_told_in_every_kind_of_file(folder, tmp_path, capsys):
    assert main(["extract", str(folder), "--out", str(tmp_path), "--format", "parquet"]) == 1
    errors = read_table(tmp_path, "errors")
    assert set(errors.loc[errors["is_lost"], "source"]) == {*LOST, "j.parquet"}
    told = capsys.readouterr().err
    assert all(f"analysis: {row.source}: {row.cause}" in told for row in errors.itertuples())


def test_records_are_cut_only_between_runs(tmp_path, monkeypatch):
    corpus = tmp_path / "a.jsonl"
    lines = [json.dumps({"title": f"Ferry {n % 700} Sinks", "text": "It sank on Monday."}) for n in range(1100)]
    corpus.write_text("\n".join(lines), encoding="utf-8")
    cut = list(partitions.partitions_of(corpus, 1))
    assert [part.n_records for (part,) in cut] == [1000, 100]
    assert [partitions.name_of(partition) for partition in cut][1] == "a.jsonl, records 1,001 to 1,100"
    ((joined,),) = partitions.partitions_of(corpus)
    assert joined.n_records == 1100
    extract(corpus, tmp_path / "out", partition_bytes=1)
    assert_same(tmp_path / "out", tables.load(corpus))


def test_a_few_megabytes_are_work_for_several(tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("A word. " * 12_000, encoding="utf-8")
    assert [len(partition) for partition in partitions.partitions_of(tmp_path)] == [10, 10, 10]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.parquet.gz", "a.parquet"])
def test_a_file_whose_records_cannot_be_reached_is_read_once(tmp_path, monkeypatch, name):
    records = pd.DataFrame(
        {
            "number": range(2100),  # a column that no article has
            "title": [f"Ferry {n % 700} Sinks" for n in range(2100)],
            "text": "It sank on Monday.",
            "date": pd.Timestamp("2021-03-01"),
        }
    )
    write = {"csv": records.to_csv, "parquet": records.to_parquet}.get(name.split(".")[1])
    data = write(index=False) if write else records.to_json(orient="records", lines=True, date_format="iso")
    data = data if isinstance(data, bytes) else data.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    monkeypatch.setattr(partitions, "MOST_ROWS", 2000)
    opened = []
    monkeypatch.setattr(sources, "opened", lambda file: (opened.append(file.name), OPENED(file))[1])
    extract(tmp_path / name, tmp_path / "out", partition_bytes=1)
    assert opened.count(name) == 1
    assert len(opened) == 1 + 3 + 3  # divided; looked over and made by partitions
    assert_same(tmp_path / "out", tables.load(tmp_path / name))
    kept = [file.name for file in (tmp_path / "out" / extraction.FINISHED).iterdir()]
    assert len(kept) == 4 and not any("copy" in file for file in kept)


def test_a_file_whose_records_can_be_reached_is_not_copied(folder, tmp_path):
    assert {
        part.file.parent
        for cut in partitions.partitions_of(folder, copies=tmp_path)
        for part in cut
        if isinstance(part, sources.Part)
    } == {folder / "articles"}
    assert not list(tmp_path.iterdir())


def test_every_part_has_the_same_schema(folder, tmp_path):
    extract(folder, tmp_path, partition_bytes=1)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        schemas = [pyarrow.parquet.read_schema(tmp_path / path) for path in resource["path"]]
        assert all(schema.equals(schemas[0], check_metadata=True) for schema in schemas)
        assert schemas[0].names == [field["name"] for field in resource["schema"]["fields"]]
        assert {*resource["path"]} == {f"{resource['name']}/{f.name}" for f in (tmp_path / resource["name"]).iterdir()}


def test_stored_tables_are_those_of_the_corpus(folder, expected, tmp_path):
    extract(folder, tmp_path, partition_bytes=1)
    stored = tables.load(tmp_path)
    assert list(vars(stored)) == ["folder", "part", "corpus"]
    assert stored.problems == expected.problems
    for name, table in stored.items():
        pd.testing.assert_frame_equal(table, getattr(expected, name))
    assert len(dataclasses.replace(stored, quotes=stored.quotes.head(0)).quotes) == 0 < len(stored.quotes)
    assert tables.verify(stored) == tables.verify(expected, folder) > 100
    with pytest.raises(AttributeError):
        stored.pictures  # noqa: B018
    with pytest.raises(BadInput, match="keep the registry"):
        tables.load(tmp_path, registry=folder)
    sentences = tmp_path / "sentences" / "part-00001.parquet"
    changed = typed("sentences", pd.read_parquet(sentences)).assign(text="Other words.")
    sentences.unlink()  # a finished partition has the file, too
    changed.to_parquet(sentences, index=False)
    with pytest.raises(AssertionError, match="sentences, row 0"):
        tables.verify(tables.load(tmp_path))


# Work that fails, and workers that die. What follows runs in workers, who find it by its name.


def square(number):
    if number < 0:
        raise ValueError(f"{number} is\nbelow zero")
    return number * number


def die_once(flag, work_, task):
    """Kill the worker the first time that anyone works on this."""
    if not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return work_(task)


def die_always(task):
    if task == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def fail_on_b(laid, registry):
    if laid.article.source == "b.txt":
        raise RuntimeError("out of luck")


def test_a_task_that_fails_costs_itself_in_this_process():
    with engines.serial() as run:
        assert list(run(square, [2, -1, 3])) == [(0, 4), (1, engines.Failure("ValueError: -1 is\\nbelow zero")), (2, 9)]


def test_a_task_that_fails_or_kills_its_process_costs_itself():
    with engines.processes(2) as run:
        found = dict(run(square, [2, -1, 3]))
        assert found == {0: 4, 1: engines.Failure("ValueError: -1 is\\nbelow zero"), 2: 9}
        died = dict(run(die_always, range(5)))
        assert isinstance(died.pop(2), engines.Failure)
        assert died == {0: 0, 1: 1, 3: 3, 4: 4}
        taken = []
        tasks = (taken.append(number) or number for number in range(7))
        # No more tasks are taken than can be worked on.
        assert all(len(taken) <= n + 2 for n, _ in enumerate(run(square, tasks)))


def test_a_cluster_is_used_by_its_address():
    with LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        with engines.dask(8, cluster.scheduler_address) as run:
            found = dict(run(square, [*range(9), -1]))
        assert found.pop(9) == engines.Failure("ValueError: -1 is\\nbelow zero")
        assert found == {number: number * number for number in range(9)}


@pytest.mark.parametrize("name", ["processes", "dask"])
def test_killed_workers_change_nothing(folder, expected, tmp_path, monkeypatch, name):
    killing = functools.partial(die_once, tmp_path / "killed", work.make)
    monkeypatch.setattr(extraction, "make", killing)
    extract(folder, tmp_path / "out", engine_name=name, jobs=2, partition_bytes=1)
    assert (tmp_path / "killed").exists()
    assert_same(tmp_path / "out", expected)
    monkeypatch.undo()
    extract(folder, tmp_path / "serial", partition_bytes=1)
    assert hashes(tmp_path / "out") == hashes(tmp_path / "serial")


def test_a_partition_that_cannot_be_made_is_set_aside_with_its_cause(folder, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "STEPS", (fail_on_b, *reading.STEPS))
    made = extract(folder, tmp_path, partition_bytes=1)
    assert made.is_lossy
    first = read_table(tmp_path, "errors").iloc[0]
    assert (first["source"], first["is_lost"]) == ("b.txt", True)
    assert first["cause"] == "set aside: b.txt: RuntimeError: out of luck (in article bridge-reopens-2)"
    articles = expected.articles
    kept = articles[articles["source"] != "b.txt"].reset_index(drop=True)
    pd.testing.assert_frame_equal(read_table(tmp_path, "articles"), kept)
    # The next run tries it again, and nothing else.
    monkeypatch.undo()
    extract(folder, tmp_path, partition_bytes=1)
    assert_same(tmp_path, expected)


def test_a_partition_that_cannot_be_looked_over_is_set_aside(folder, tmp_path, monkeypatch):
    def fail(partition):
        if partition[0].source == "j.parquet":
            raise OSError(5, "the disk is gone")
        return work.survey(partition)

    monkeypatch.setattr(extraction, "survey", fail)
    extract(folder, tmp_path, partition_bytes=1)
    errors = read_table(tmp_path, "errors")
    (cause,) = errors.loc[errors["source"] == "j.parquet", "cause"]
    assert cause == "set aside: j.parquet, records 1 to 5: OSError: [Errno 5] the disk is gone"
    assert "j.parquet" not in set(read_table(tmp_path, "articles")["source"])


def test_a_log_gets_lines_that_tell_speed_and_time_left(folder, tmp_path, monkeypatch, capsys):
    extract(folder, tmp_path / "soon", partition_bytes=1)
    assert capsys.readouterr().err == ""  # done before there is anything to tell
    monkeypatch.setattr(extraction, "LOG_SECONDS", 0)
    extract(folder, tmp_path / "out", partition_bytes=1)
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("making:")]
    assert len(lines) > 3
    assert all(re.search(r"\d+/\d+ \[.*<.*articles", line) and "\r" not in line for line in lines)
    assert "100%" in lines[-1] and "articles/s" in lines[-1]


# Stopped and started again.


def test_finished_partitions_are_kept_and_not_made_again(folder, expected, tmp_path, monkeypatch):
    made = []

    def stop_at_third(task):
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(task.key)
        work.make(task)

    monkeypatch.setattr(extraction, "make", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        extract(folder, tmp_path, partition_bytes=1)
    assert [file.name for file in tmp_path.iterdir()] == [extraction.FINISHED]
    monkeypatch.setattr(extraction, "make", lambda task: (made.append(task.key), work.make(task))[1])
    extract(folder, tmp_path, partition_bytes=1)
    assert len(made) == len(set(made)) == len(LOST) + 4
    assert_same(tmp_path, expected)
    before = hashes(tmp_path)
    extract(folder, tmp_path, partition_bytes=1)
    assert len(made) == len(LOST) + 4
    assert hashes(tmp_path) == before


def test_killed_in_the_middle_it_goes_on_and_ends_in_the_same_bytes(tmp_path):
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    for number in range(3):
        (corpus / f"{number}.txt").write_text(STORY.format(title="Bridge Reopens", n=number + 20), encoding="utf-8")
    # The fourth is long enough to be killed in.
    long = STORY.format(title="Bridge Reopens", n=40) + "\n\nAnn Poe said on Monday that 40 were detained." * 2500
    (corpus / "3.txt").write_text(long, encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "extract", corpus, "--out", out, "--engine", "processes"]
    command += ["--jobs", "1", "--partition", "1"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
        deadline = time.monotonic() + 120
        while len(list(out.glob(f"{extraction.FINISHED}/*/told.json"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
        running.kill()
    finished = {file.parent.name for file in out.glob(f"{extraction.FINISHED}/*/told.json")}
    assert len(finished) == 3
    assert not (out / "articles").exists()
    assert subprocess.run(command, cwd=ROOT, stderr=subprocess.DEVNULL, check=False).returncode == 0
    extract(corpus, tmp_path / "serial", partition_bytes=1)
    assert hashes(out) == hashes(tmp_path / "serial")
    assert len(hashes(out)) > 40
    assert finished < {file.name for file in (out / extraction.FINISHED).iterdir()}


@pytest.mark.parametrize("changed", ["text", "registry", "version", "ids"])
def test_what_has_changed_is_made_again(tmp_path, monkeypatch, changed):
    corpus = tmp_path / "corpus"
    (corpus / "articles").mkdir(parents=True)
    for name in ("a.txt", "b.txt"):
        (corpus / "articles" / name).write_text(STORY.format(title=f"Bridge {name}", n=20), encoding="utf-8")
    (corpus / "actors.csv").write_text(ACTORS, encoding="utf-8")
    extract(corpus, tmp_path / "out", partition_bytes=1)
    made = []
    monkeypatch.setattr(extraction, "make", lambda task: (made.append(task.key), work.make(task))[1])
    if changed == "text":
        (corpus / "articles" / "b.txt").write_text(STORY.format(title="Bridge b.txt", n=21), encoding="utf-8")
    elif changed == "registry":
        (corpus / "actors.csv").write_text(ACTORS.replace("Ann Poe,name", "Poe,name"), encoding="utf-8")
    elif changed == "version":
        monkeypatch.setattr(extraction, "version", lambda: "2")
        monkeypatch.setattr(work, "version", lambda: "2")
    else:
        (corpus / "articles" / "a.txt").write_text(STORY.format(title="Bridge b.txt", n=20), encoding="utf-8")
    extract(corpus, tmp_path / "out", partition_bytes=1)
    assert len(made) == (1 if changed == "text" else 2)
    assert_same(tmp_path / "out", tables.load(corpus))


def test_a_worker_refuses_what_it_was_not_given(folder, tmp_path, monkeypatch):
    tasks = []
    monkeypatch.setattr(extraction, "make", lambda task: (tasks.append(task), work.make(task))[1])
    extract(folder, tmp_path, partition_bytes=10**9)
    (task,) = tasks
    for name, other in (("version", "0"), ("survey_digest", "0")):
        changed = dataclasses.replace(task, **{name: other})
        with pytest.raises(work.Changed):
            work.make(changed)
        assert not changed.target.exists()


# Where it is written.


def test_other_files_are_never_replaced(folder, capsys):
    before = sorted(folder.rglob("*"))
    assert main(["extract", str(folder), "--out", str(folder), "--engine", "serial"]) == 2
    assert "articles: is in the way" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_a_failure_keeps_the_earlier_tables(folder, tmp_path, monkeypatch):
    extract(folder, tmp_path)
    before = hashes(tmp_path)

    def fail(task):
        raise RuntimeError("out of luck")

    monkeypatch.setattr(extraction, "make", fail)
    with pytest.raises(BadInput, match="nothing could be made: a.txt: set aside: a.txt to c.txt: RuntimeError"):
        extract(folder, tmp_path, partition_bytes=1000)
    assert hashes(tmp_path) == before
    assert not (tmp_path / ".publishing").exists()


def test_a_corpus_without_articles_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("stray words only.\n", encoding="utf-8")
    with pytest.raises(BadInput, match="a.txt: nothing can be read: .*no recognisable title"):
        extract(tmp_path / "a.txt", tmp_path / "out")


def test_fewer_partitions_leave_none_of_the_earlier_ones(folder, expected, tmp_path):
    extract(folder, tmp_path, partition_bytes=1)
    extract(folder, tmp_path, partition_bytes=10**9)
    assert len(list((tmp_path / "articles").iterdir())) == 1
    kept = sorted(file.name for file in (tmp_path / extraction.FINISHED).iterdir())
    assert [re.sub("[0-9a-f]{32}", "HASH", name) for name in kept] == ["HASH", "registry-HASH.json"]
    assert_same(tmp_path, expected)


def test_files_are_copied_where_they_cannot_be_shared(folder, expected, tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    extract(folder, tmp_path)
    assert_same(tmp_path, expected)


@pytest.mark.parametrize(
    "options",
    [
        ["--engine", "serial", "--format", "csv"],
        ["--partition", "1"],
        ["--jobs", "2"],
        ["--engine", "serial", "--jobs", "2"],
        ["--engine", "processes", "--jobs", "0"],
        ["--engine", "processes", "--scheduler", "tcp://127.0.0.1:1"],
    ],
)
def test_options_that_do_not_go_together_are_named(folder, tmp_path, capsys, options):
    assert main(["extract", str(folder), "--out", str(tmp_path / "out"), *options]) == 2
    assert capsys.readouterr().err.startswith("analysis: extract: ")
    assert not (tmp_path / "out").exists()


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match=r'pip install "\.\[cluster\]"'), engines.dask(1, None):
        pass
