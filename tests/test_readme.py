"""The README says what there is: commands, options, make targets, tables, columns, folders, files."""

import argparse
import re

from analysis.__main__ import parser
from analysis.tables import SCHEMA
from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def subcommands():
    (action,) = [a for a in parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return action.choices


def test_commands_are_those_of_the_command_line():
    assert set(re.findall(r"python -m analysis (\w+)", README)) == set(subcommands())


def test_options_are_those_of_the_command_line():
    options = {o for command in subcommands().values() for a in command._actions for o in a.option_strings} - {
        "-h",
        "--help",
    }
    others = {"--nbval", "--nworkers", "--nthreads"}  # of pytest, and of Dask
    assert set(re.findall(r"(?<![\w-])--[a-z]+", README)) - others == options


def test_make_targets_are_those_of_the_makefile():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    (line,) = [line for line in README.splitlines() if line.startswith("`make help` lists")]
    assert set(re.findall(r"`([a-z]+)`", line)) == targets


def test_tables_and_columns_are_those_of_the_schema():
    section = README[README.index("<!-- tables -->") : README.index("<!-- end of tables -->")]
    described = {}
    for heading, body in re.findall(r"\*\*(\w+)\*\*.*?\n\n(.*?)(?=\n\n\*\*|\Z)", section, re.DOTALL):
        described[heading] = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", body, re.MULTILINE)
    assert described == {name: list(columns) for name, columns in SCHEMA.items()}


def test_files_and_folders_exist():
    listed = set(re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", README)) - {"articles/"}
    assert len(listed) > 8
    assert [path for path in sorted(listed) if not (ROOT / path).exists()] == []
    assert all((ROOT / path).exists() for path in re.findall(r"\]\(([^)]+)\)", README))


def test_every_folder_is_in_the_map():
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith((".", "__")) and not path.name.endswith("egg-info")
    }
    assert folders == set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE))


def test_every_notebook_is_in_the_table():
    assert set(re.findall(r"`notebooks/([\w-]+\.ipynb)`", README)) == {
        path.name for path in (ROOT / "notebooks").glob("*.ipynb")
    }
