"""Setting up: which Python, when anew, what an error says; and that lock, Makefile and Git agree with it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

spec = importlib.util.spec_from_file_location("setup_tool", ROOT / "tools" / "setup.py")
setup = importlib.util.module_from_spec(spec)
spec.loader.exec_module(setup)

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="no make here")
needs_sh = pytest.mark.skipif(os.name == "nt", reason="the Makefile's part, for Unix")


# Which Python


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_refuses_an_unfit_python(version):
    with pytest.raises(setup.SetupError, match=rf"3\.11, 3\.12 or 3\.13; this is {version[0]}\.{version[1]}"):
        setup.check_interpreter(version)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_takes_a_fit_python(version):
    setup.check_interpreter(version)


def test_the_bounds_are_those_of_the_project():
    (oldest, too_new) = (f"{major}.{minor}" for major, minor in (setup.OLDEST, setup.TOO_NEW))
    assert PROJECT["requires-python"] == f">={oldest},<{too_new}"
    script = (ROOT / "tools" / "find_python.sh").read_text(encoding="utf-8")
    assert f"{setup.OLDEST} <= sys.version_info < {setup.TOO_NEW}" in script


def find_python(folder, *arguments):
    """Run tools/find_python.sh with nothing but a folder on PATH."""
    return subprocess.run(
        ["/bin/sh", ROOT / "tools" / "find_python.sh", *arguments],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
    )


def add_command(folder, name, script):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@needs_sh
def test_passes_over_what_does_not_run_or_fit(tmp_path):
    add_command(tmp_path, "python3.13", "echo 'command not found' >&2; exit 127")
    add_command(tmp_path, "python3.12", "echo 3.9.18; exit 1")
    add_command(tmp_path, "python3", "echo 3.11.2")
    add_command(tmp_path, "python", "echo 3.12.0")
    found = find_python(tmp_path)
    assert (found.stdout, found.stderr, found.returncode) == ("python3\n", "", 0)


@needs_sh
def test_takes_the_newest_name_first(tmp_path):
    for name in ("python", "python3", "python3.12", "python3.11"):
        add_command(tmp_path, name, "echo 3.12.0")
    assert find_python(tmp_path).stdout == "python3.12\n"


@needs_sh
def test_the_python_given_is_the_only_one_tried(tmp_path):
    add_command(tmp_path, "python3", "echo 3.11.2")
    given = add_command(tmp_path, "my python", "echo 3.12.0")
    assert find_python(tmp_path, str(given)).stdout == f"{given}\n"
    given.unlink()
    assert f"found {given} does not run" in find_python(tmp_path, str(given)).stderr


@needs_sh
@pytest.mark.parametrize(
    "commands, found",
    [
        ({}, "found none"),
        ({"python3": "echo 3.9.2; exit 1"}, "found python3 3.9.2"),
        (
            {"python3.13": "exit 127", "python": "echo 2.7.18; exit 1"},
            "found python3.13 does not run, python 2.7.18",
        ),
    ],
)
def test_no_python_is_one_line_saying_what_was_found(tmp_path, commands, found):
    for name, script in commands.items():
        add_command(tmp_path, name, script)
    result = find_python(tmp_path)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (f"setup: needs Python 3.11, 3.12 or 3.13; {found} (PYTHON=... names another)\n")


@needs_sh
def test_the_shell_probe_works_in_a_real_python(tmp_path):
    assert find_python(tmp_path, sys.executable).stdout == f"{sys.executable}\n"


def test_a_python_without_venv_names_the_package():
    with pytest.raises(setup.SetupError, match="no ensurepip; .*apt-get install python3-venv"):
        setup.check_modules(["venv", "ensurepip"], lambda name: None if name == "ensurepip" else name)
    setup.check_modules(["venv", "ensurepip"], lambda name: name)


# When


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose .venv looks set up."""
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    python = setup.venv_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    write_stamp(tmp_path)
    return tmp_path


def write_stamp(root):
    (root / setup.STAMP).write_text("\n".join(setup.wanted_stamp(root)), encoding="utf-8")


def test_nothing_to_do_while_nothing_changed(checkout, monkeypatch, capsys):
    monkeypatch.setattr(setup, "install", lambda *_: pytest.fail("installed again"))
    assert setup.find_state(checkout) == "fits"
    assert setup.main(checkout) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_file_means_an_update(checkout, name):
    (checkout / name).write_text("changed", encoding="utf-8")
    assert setup.find_state(checkout) == "update"


def test_another_python_means_anew(checkout, monkeypatch):
    monkeypatch.setattr(sys, "version", "3.12.0 (another)")
    assert setup.find_state(checkout) == "new"


def test_a_moved_checkout_means_anew(checkout):
    moved = checkout.rename(checkout.with_name("moved"))
    assert setup.find_state(moved) == "new"


def test_an_interrupted_setup_means_anew(checkout):
    (checkout / setup.STAMP).unlink()
    assert setup.find_state(checkout) == "new"


def test_a_damaged_stamp_or_a_lost_interpreter_means_anew(checkout):
    for damaged in (b"", b"/", b"\xff"):
        (checkout / setup.STAMP).write_bytes(damaged)
        assert setup.find_state(checkout) == "new"
    write_stamp(checkout)
    assert setup.find_state(checkout) == "fits"
    setup.venv_python(checkout).unlink()
    assert setup.find_state(checkout) == "new"


def fake_run(checkout, commands, fails_at=None):
    """Return a stand-in for run_logged that only notes the commands, and may fail at one."""

    def run(command, *, root, environ):
        commands.append(command)
        (root / ".venv").mkdir(exist_ok=True)
        if fails_at and fails_at in command:
            raise setup.SetupError("no such thing")

    return run


@pytest.mark.parametrize("uv", [None, "/bin/uv"])
def test_a_failed_install_leaves_no_stamp(checkout, monkeypatch, capsys, uv):
    commands = []
    monkeypatch.setattr(setup, "find_uv", lambda: uv)
    monkeypatch.setattr(setup, "run_logged", fake_run(checkout, commands, fails_at="-e"))
    (checkout / "requirements.txt").write_text("changed", encoding="utf-8")
    assert setup.main(checkout) == 1
    assert capsys.readouterr().err == "setup: no such thing\n"
    assert setup.find_state(checkout) == "new"


@pytest.mark.parametrize("uv", [None, "/bin/uv"])
def test_installs_hashed_wheels_and_then_the_project_alone(checkout, monkeypatch, uv):
    commands = []
    monkeypatch.setattr(setup, "find_uv", lambda: uv)
    monkeypatch.setattr(setup, "run_logged", fake_run(checkout, commands))
    setup.install(checkout, "new")
    make, packages, project = commands
    assert make[1:3] == ["-m", "venv"] and ("--without-pip" in make) == bool(uv)
    assert packages[-5:] == ["--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt"]
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "-e", "."]


def test_an_update_keeps_an_environment_that_has_an_installer(checkout, monkeypatch):
    commands = []
    monkeypatch.setattr(setup, "run_logged", fake_run(checkout, commands))
    monkeypatch.setattr(setup, "find_uv", lambda: "/bin/uv")
    setup.install(checkout, "update")
    assert len(commands) == 2
    monkeypatch.setattr(setup, "find_uv", lambda: None)
    setup.install(checkout, "update")
    assert commands[2][1:3] == ["-m", "venv"]  # made by uv, so without pip


def test_an_interruption_is_one_line(checkout, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(setup, "install", interrupt)
    (checkout / "requirements.txt").write_text("changed", encoding="utf-8")
    assert setup.main(checkout) == 130
    assert capsys.readouterr().err == "setup: interrupted; the next run starts anew\n"


# What an error says

PIP_OFFLINE = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError: Failed to establish a new connection'
ERROR: Could not find a version that satisfies the requirement anyio==4.16.0 (from versions: none)
ERROR: No matching distribution found for anyio==4.16.0
[notice] A new release of pip is available
"""
UV_OFFLINE = """\
error: Request failed after 3 retries
  Caused by: Failed to fetch: `x`
  Caused by: error sending request
  Caused by: tcp connect error
hint: try again
"""
PIP_HASH = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated them, do so.
    anyio==4.16.0:
        Expected sha256 00
             Got        59
"""
UV_HASH = "  × Failed to download `anyio==4.16.0`\n  ╰─▶ Hash mismatch for `anyio==4.16.0`\n"
PIP_WHEEL = """\
ERROR: Could not find a version that satisfies the requirement x==1 (from versions: none)
ERROR: No matching distribution found for x==1
"""
UV_WHEEL = "  × No solution found\n  ╰─▶ Because x==1 has no usable wheels and you require x==1\n"


@pytest.mark.parametrize(
    "log, cause, last",
    [
        (PIP_OFFLINE, "the package index cannot be reached", "establish a new connection'"),
        (UV_OFFLINE, "the package index cannot be reached", "reached: tcp connect error"),
        (PIP_HASH, "does not match its hash", "do so."),
        (UV_HASH, "does not match its hash", "Hash mismatch for `anyio==4.16.0`"),
        (PIP_WHEEL, "no wheel for this machine", "found for x==1"),
        (UV_WHEEL, "no wheel for this machine", "you require x==1"),
        ("OSError: [Errno 28] No space left on device\n", "disk is full", "left on device"),
        ("Something else\n\n", "Something else", "Something else"),
        ("", "no output", "no output"),
    ],
)
def test_a_log_becomes_one_line_with_its_cause(log, cause, last):
    line = setup.explain(log)
    assert cause in line and line.endswith(last) and "\n" not in line


def test_a_failed_command_is_quoted_and_logged(tmp_path):
    command = [sys.executable, "-c", "print('ERROR: no matching distribution'); raise SystemExit(3)"]
    with pytest.raises(setup.SetupError, match=r"no wheel .*: no matching distribution \(log: .venv/setup.log\)"):
        setup.run_logged(command, root=tmp_path, environ=dict(os.environ))
    assert "no matching" in (tmp_path / ".venv" / "setup.log").read_text(encoding="utf-8")


def test_pip_settings_are_passed_to_uv():
    config = (
        ":env:.index-url='file:///env'\n"
        "global.extra-index-url='file:///a\\nfile:///b'\nglobal.index-url='file:///global'\nglobal.cert='x'\n"
    )
    assert setup.pip_indexes(config) == {
        "UV_DEFAULT_INDEX": "file:///env",
        "UV_INDEX": "file:///a file:///b",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }
    assert setup.pip_indexes("") == {}


def test_an_outer_environment_leads_nowhere_else():
    assert setup.clean_environment({"VIRTUAL_ENV": "x", "PYTHONPATH": "x", "HOME": "y"}) == {"HOME": "y"}


# The lock


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_pin_has_hashes():
    pins = re.findall(r"^(\S.*?)(?:\n(?=\S)|\Z)", re.sub(r"^#.*\n", "", LOCK, flags=re.M), flags=re.M | re.S)
    assert len(pins) > 100
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", pin), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin), pin


def test_the_lock_names_no_place():
    assert "://" not in LOCK
    assert not re.search(r"^\s*(-i|-e|-f|--index|--extra|--find)\b", LOCK, re.M)
    assert not re.search(r"(?<![\w.])(/|[A-Z]:\\|\.\./)\w", LOCK)


def test_every_direct_dependency_is_locked():
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.M))
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    missing = {normalise(re.match(r"[\w.-]+", line)[0]) for line in wanted} - locked
    assert not missing, f"run `make lock` for {sorted(missing)}"


# The Makefile


def run_make(*arguments):
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True)


TARGETS = sorted(set(re.findall(r"^([\w.-]+):(?!=)", MAKEFILE, re.M)) - {".PHONY", ".NOTPARALLEL"})


@needs_make
def test_help_lists_every_target():
    listed = re.findall(r"^make (\S+) +\S", run_make("help").stdout, re.M)
    assert sorted(listed) == TARGETS
    assert sorted(re.search(r"^\.PHONY: (.*)", MAKEFILE, re.M)[1].split()) == TARGETS


@needs_make
@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_recipe_that_make_can_read(target):
    result = run_make("-n", target)
    assert result.returncode == 0 and result.stderr == ""
    assert result.stdout.strip()


@needs_make
def test_plain_make_builds():
    assert run_make("-n").stdout == run_make("-n", "build").stdout


# Git


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="no Git checkout")
@pytest.mark.parametrize(
    "path, attribute, value",
    [
        ("seeds/articles/a.txt", "text", "unset"),
        ("notebooks/a.ipynb", "eol", "lf"),
        ("figures/a.svg", "eol", "lf"),
        ("reports/a.html", "eol", "lf"),
        ("figures/a.png", "text", "unset"),
    ],
)
def test_a_checkout_changes_no_byte(path, attribute, value):
    command = ["git", "check-attr", attribute, "--", path]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.stdout.strip() == f"{path}: {attribute}: {value}"
