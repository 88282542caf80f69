"""The command line: what it writes, what it says, how it ends; nothing half-written when it fails."""

import hashlib
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis import __main__ as cli
from analysis import plots, tables
from conftest import ROOT, write_notebook

STORY = "Bridge Closed After Storm\n\nA caption. Jane Doe / AFP\n\n\nThe bridge closed on Monday. It will open soon.\n"
MARKS = "“”‘’…— \u202e\x1b[31m"


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    return code, *capsys.readouterr()


def snapshot(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "seeds" not in path.parts
    }


# build, figures, reports


def test_build_makes_figures_notebooks_and_reports(project, capsys):
    assert run(capsys, "build", "--project", project) == (0, "", "")
    made = snapshot(project)
    assert {"figures/manifest.json", "figures/source-map.png", "reports/00-small.html"} <= set(made)
    assert '"execution_count": 1' in made["notebooks/00-small.ipynb"].decode()
    assert "How much is two and two?" in made["reports/00-small.html"].decode()
    assert run(capsys, "build", "--project", project) == (0, "", "")
    assert snapshot(project) == made


def test_the_parts_of_the_build_give_the_same_bytes(project, capsys):
    assert run(capsys, "build", "--project", project)[0] == 0
    made = snapshot(project)
    for folder in ("figures", "reports"):
        for path in (project / folder).iterdir():
            path.unlink()
    assert run(capsys, "figures", "--project", project) == (0, "", "")
    assert run(capsys, "reports", "--project", project) == (0, "", "")
    assert snapshot(project) == made


def test_a_failing_notebook_leaves_everything_as_it_was(project, capsys):
    assert run(capsys, "build", "--project", project)[0] == 0
    write_notebook(project / "notebooks" / "01-broken.ipynb", ["# Does it?", "undefined"])
    (project / "seeds" / "articles" / "new.txt").write_text(STORY, encoding="utf-8")
    before = snapshot(project)
    code, out, err = run(capsys, "build", "--project", project)
    assert (code, out) == (2, "")
    assert err == "analysis: 01-broken.ipynb: cell 1 (cell-1): NameError: name 'undefined' is not defined\n"
    assert snapshot(project) == before


def test_what_an_earlier_run_made_and_this_one_does_not_is_taken_away(project, capsys):
    run(capsys, "figures", "--project", project)
    (project / "figures" / "old.png").write_bytes(b"old")
    (project / "figures" / "note.md").write_bytes(b"kept: nothing here makes such a file")
    run(capsys, "figures", "--project", project)
    assert not (project / "figures" / "old.png").exists()
    assert (project / "figures" / "note.md").exists()


def test_the_manifest_names_files_words_and_hashes(project, capsys):
    run(capsys, "figures", "--project", project)
    manifest = json.loads((project / "figures" / "manifest.json").read_text(encoding="utf-8"))
    for path, digest in manifest["inputs"].items():
        assert hashlib.sha256((project / path).read_bytes()).hexdigest() == digest
    assert [entry["name"] for entry in manifest["figures"]] == [figure.name for figure in plots.figures()]
    for entry in manifest["figures"]:
        assert all(entry[key] for key in ("title", "alt", "caption", "notebook", "tables"))
        assert {name.rsplit(".")[-1] for name in entry["sha256"]} == {"png", "svg", "csv"}
        for file, digest in entry["sha256"].items():
            assert hashlib.sha256((project / "figures" / file).read_bytes()).hexdigest() == digest


def test_without_a_project_one_line_says_so(tmp_path, capsys, monkeypatch):
    code, out, err = run(capsys, "build", "--project", tmp_path)
    assert (code, out) == (2, "")
    assert err == f"analysis: {tmp_path}: no folder with notebooks/ and seeds/; name it with --project\n"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "__file__", str(tmp_path / "lib" / "analysis" / "__main__.py"))
    assert run(capsys, "figures")[0] == 2


def test_the_project_is_found_where_the_package_lies():
    assert cli.project_folder(None) == ROOT


def test_a_project_without_notebooks_is_named(project, capsys):
    (project / "notebooks" / "00-small.ipynb").unlink()
    code, _, err = run(capsys, "reports", "--project", project)
    assert code == 2 and err.endswith("a folder without notebooks\n")


# extract


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_extract_writes_every_table_and_their_description(tmp_path, capsys, format):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    out = tmp_path / "a" / "tables"
    assert run(capsys, "extract", tmp_path / "story.txt", "--out", out, "--format", format) == (0, "", "")
    files = {f"{name}.csv" if format == "csv" else f"{name}/part-00000.parquet" for name in tables.SCHEMA}
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {name for name in found if not name.startswith(".")} == files | {"datapackage.json"}
    blocks = pd.read_csv(out / "blocks.csv") if format == "csv" else pd.read_parquet(out / "blocks")
    assert "".join(blocks["text"]) == STORY


def test_extract_of_a_corpus_with_a_bad_file_writes_the_rest_and_says_so(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes("Überschrift".encode("latin-1"))
    code, out, err = run(capsys, "extract", tmp_path / "in", "--out", tmp_path / "out")
    assert (code, out) == (1, "")
    assert err.startswith("analysis: bad.txt: byte 0: 0xdc is not UTF-8") and err.count("\n") == 1
    errors = pd.read_csv(tmp_path / "out" / "errors.csv")
    assert errors["source"].tolist() == ["bad.txt"]
    assert len(pd.read_csv(tmp_path / "out" / "articles.csv")) == 1


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2", "Заголовок".encode("cp1251"), b"no title and no end", b"Only A Title\n"]
)
@pytest.mark.parametrize("command", ["extract", "check"])
def test_a_corpus_of_which_nothing_can_be_read_is_bad_input(tmp_path, capsys, content, command):
    (tmp_path / "bad.txt").write_bytes(content)
    code, out, err = run(
        capsys, command, tmp_path / "bad.txt", *(["--out", tmp_path / "out"] if command == "extract" else [])
    )
    assert (code, out) == (2, "")
    assert err.startswith("analysis: bad.txt: ") and err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["missing", "missing.txt", "miss\x1b[31ming\n"])
def test_a_missing_corpus_is_one_line(tmp_path, capsys, name):
    code, out, err = run(capsys, "check", tmp_path / name)
    assert (code, out) == (2, "")
    assert "no such file or folder" in err and err.count("\n") == 1 and "\x1b" not in err


def test_a_bad_registry_names_file_and_line(tmp_path, capsys):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "events.csv").write_text("event_id,date,phrase\na,2020-13-01,storm\n", encoding="utf-8")
    code, _, err = run(capsys, "check", tmp_path)
    assert code == 2 and err.startswith("analysis: events.csv, line 2: '2020-13-01'") and err.count("\n") == 1


def test_an_output_that_cannot_be_written_is_one_line(tmp_path, capsys):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "out").write_text("a file in the way")
    code, _, err = run(capsys, "extract", tmp_path / "story.txt", "--out", tmp_path / "out")
    assert code == 2 and err.startswith("analysis: ") and err.count("\n") == 1
    assert (tmp_path / "out").read_text() == "a file in the way"


# check


def test_check_of_the_seed_finds_nothing(capsys):
    code, out, err = run(capsys, "check", ROOT / "seeds")
    assert (code, err) == (0, "")
    assert (
        out.splitlines()[0]
        == "articles: 10; sentences: 196; blocks: title 10, caption 12, body 173, subheading 7, read_also 4, gap 205"
    )
    assert out.splitlines()[1:] == ["nothing needs attention"]


def test_check_lists_what_needs_attention_and_writes_nothing(tmp_path, capsys):
    (tmp_path / "story.txt").write_text(f"Stray words, {MARKS}, that end.\n\n\n{STORY}", encoding="utf-8")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    before = snapshot(tmp_path)
    code, out, err = run(capsys, "check", tmp_path)
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert any(line.startswith("left out: photo.jpg") for line in lines)
    assert any("no recognisable title" in line for line in lines)
    assert any("a stretch that no rule explains" in line for line in lines)
    assert any(line.startswith("no single date: story.txt, 1: bridge-closed-after-storm: ? to ?") for line in lines)
    assert lines[-1] == f"{len(lines) - 2} to look at"
    assert "\x1b" not in out and "\u202e" not in out
    assert snapshot(tmp_path) == before


# actors suggest


def test_suggestions_are_rows_that_can_be_pasted(tmp_path, capsys):
    (tmp_path / "articles").mkdir()
    text = f"{STORY}\nMayor Olga Brenk said so. Later Brenk left Korrin, and nobody in Korrin knew why. “Yes,” said Brenk.\n"
    (tmp_path / "articles" / "a.txt").write_text(text, encoding="utf-8")
    header = "actor_id,name,type,camp,country,alias,kind,valid_from,valid_to,source,note\n"
    (tmp_path / "actors.csv").write_text(header, encoding="utf-8")
    code, out, err = run(capsys, "actors", "suggest", tmp_path)
    assert (code, err) == (0, "")
    assert out.startswith(header)
    assert "olga-brenk,Olga Brenk,person,other,,Brenk,name,,,found 3 times in 1 article," in out
    (tmp_path / "actors.csv").write_text(out, encoding="utf-8")
    assert run(capsys, "actors", "suggest", tmp_path) == (0, header, "")


def test_suggestions_for_nothing_are_bad_input(tmp_path, capsys):
    (tmp_path / "a.txt").write_bytes(b"")
    code, out, err = run(capsys, "actors", "suggest", tmp_path)
    assert (code, out) == (2, "") and err.count("\n") == 1


# usage


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["extract"], ["extract", "seeds"], ["extract", "seeds", "--out", "x", "--format", "xls"]],
)
def test_bad_usage_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert "usage: " in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "figures", "reports", "extract", "check"])
def test_help_says_what_a_command_reads_and_writes(capsys, command):
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    out = " ".join(capsys.readouterr().out.split())
    assert end.value.code == 0
    assert "Reads " in out and "write" in out


def test_an_interrupt_is_one_line(monkeypatch, capsys):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "load", interrupt)
    code, out, err = run(capsys, "check", "x")
    assert (code, out) == (130, "")
    assert err == "analysis: interrupted; nothing half-written\n"


def test_as_a_program_it_is_quiet_in_a_pipe_and_shows_progress_on_a_terminal():
    command = [sys.executable, "-m", "analysis", "check", "seeds"]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (piped.returncode, piped.stderr) == (0, "")
    if os.name == "nt":
        return
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert process.wait() == 0
    assert b"articles" in shown


def test_a_closed_pipe_is_no_traceback():
    done = subprocess.run(
        f'"{sys.executable}" -m analysis check seeds | head -c 1', shell=True, cwd=ROOT, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


# other articles: build --corpus, label, evaluate


def test_a_build_of_other_articles_leaves_the_project_alone(project, tmp_path_factory, capsys):
    source = "import analysis; corpus = analysis.load(); print(len(corpus.articles), corpus.articles['title'][0])"
    write_notebook(project / "notebooks" / "00-small.ipynb", ["# How many articles are there?", source])
    before = snapshot(project)
    folder = tmp_path_factory.mktemp("other")
    corpus = folder / "a corpus.jsonl"
    corpus.write_text(
        json.dumps({"id": "x", "title": "Bridge Closed", "text": "It closed on Monday."}), encoding="utf-8"
    )
    arguments = ("build", "--project", project, "--corpus", corpus, "--out", folder / "out")
    assert run(capsys, *arguments) == (0, "", "")
    made = snapshot(folder / "out")
    assert "1 Bridge Closed" in made["reports/00-small.html"].decode()
    assert "1 Bridge Closed" in made["notebooks/00-small.ipynb"].decode()
    assert list(json.loads(made["figures/manifest.json"])["inputs"]) == [corpus.name]
    assert not any(str(folder).encode() in data for data in made.values())
    assert snapshot(project) == before
    assert run(capsys, *arguments)[0] == 0
    assert snapshot(folder / "out") == made


@pytest.mark.parametrize("given", [("--corpus", "x.txt"), ("--tables", "x"), ("--out", "y")])
def test_other_articles_need_another_folder(project, capsys, given):
    code, out, err = run(capsys, "build", "--project", project, *given)
    name = "--tables" if "--tables" in given else "--corpus"
    assert (code, out) == (2, "") and f"{name} and --out go together" in err and err.count("\n") == 1


def test_tables_that_are_none_are_named(project, tmp_path, capsys):
    for folder in (project / "seeds", tmp_path / "missing"):
        code, out, err = run(capsys, "build", "--project", project, "--tables", folder, "--out", tmp_path / "out")
        assert (code, out, err.count("\n")) == (2, "", 1) and err.startswith(f"analysis: {folder}")
    assert not (tmp_path / "out").exists()


def test_other_articles_never_go_into_the_project(project, capsys):
    code, _, err = run(capsys, "build", "--project", project, "--corpus", project / "seeds", "--out", project)
    assert code == 2 and "own folder" in err


def test_label_and_evaluate_go_round(tmp_path, capsys):
    code, _, _ = run(capsys, "label", ROOT / "seeds", "--out", tmp_path / "labels")
    assert code == 0
    counts = pd.read_csv(tmp_path / "labels" / "prefilled" / "counts.csv", dtype="string")
    counts.loc[0, "low"] = "7"
    counts.to_csv(tmp_path / "labels" / "prefilled" / "counts.csv", index=False)
    code, out, err = run(capsys, "evaluate", tmp_path / "labels" / "prefilled", ROOT / "seeds")
    assert (code, err) == (0, "")
    assert "counts: all: differs: labelled low 7; found low 200" in out and "not yet explained" in out
    assert counts.loc[0, "sentence"][-40:] in out


@pytest.mark.parametrize("folder, cause", [("none", "no such folder"), ("", "no labels of these articles")])
def test_evaluate_names_what_is_missing(tmp_path, capsys, folder, cause):
    code, out, err = run(capsys, "evaluate", tmp_path / folder, ROOT / "seeds")
    assert (code, out) == (2, "") and cause in err and err.count("\n") == 1
