"""Set up .venv with the locked packages and this project.

    python tools/setup.py

Does nothing while the last set-up still fits; a half-made .venv is made anew.
Needs only the standard library. uv is used where it is on PATH, else pip.
"""

import ast
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = "requirements.txt"
STAMP = Path(".venv", "setup.stamp")
LOG = Path(".venv", "setup.log")
OLDEST, TOO_NEW = (3, 11), (3, 14)

# What a log says, and what it means. Order counts: without a network, pip ends
# with "no matching distribution" as well. What matches is quoted to its line's end.
CAUSES = [
    (r"hash mismatch|these packages do not match the hashes", "a download does not match its hash"),
    (
        r"failed to (establish|fetch|lookup)|error sending request|tcp connect|dns error|timed out"
        r"|connection (aborted|error|refused|reset)|proxyerror|sslerror|certificate",
        "the package index cannot be reached",
    ),
    (r"no matching distribution|because .* no (usable )?wheels", "a package has no wheel for this machine"),
    (r"no space left", "the disk is full"),
]


class SetupError(Exception):
    """A reason to stop, in one line."""


def check_interpreter(version=sys.version_info):
    """Refuse a Python that the lock is not made for."""
    if not OLDEST <= tuple(version[:2]) < TOO_NEW:
        raise SetupError(f"needs Python 3.11, 3.12 or 3.13; this is {version[0]}.{version[1]}")


def check_modules(names, find_spec=importlib.util.find_spec):
    """Refuse a Python without the modules that make an environment; Debian packs them apart."""
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise SetupError(
            f"this Python has no {' and no '.join(missing)}; on Debian and Ubuntu: apt-get install python3-venv"
        )


def venv_python(root):
    """Return the path of the environment's interpreter."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp(root):
    """Return what .venv depends on: place and Python (else made anew), files (else updated)."""
    files = b"".join((root / name).read_bytes() for name in (LOCK, "pyproject.toml"))
    # Scripts in .venv name their place, so a moved checkout needs new ones.
    return [f"{root}, Python {' '.join(sys.version.split())}", hashlib.sha256(files).hexdigest()]


def find_state(root):
    """Return "fits", "update" or "new"."""
    try:
        stamp = (root / STAMP).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return "new"  # none yet, or interrupted: the stamp is written last
    wanted = wanted_stamp(root)
    if stamp[:1] != wanted[:1] or not venv_python(root).exists():
        return "new"
    return "fits" if stamp == wanted else "update"


def find_uv():
    """Return uv's path, or None if there is none or it does not run."""
    uv = shutil.which("uv")
    try:
        works = uv and subprocess.run([uv, "--version"], capture_output=True).returncode == 0
    except OSError:
        works = False
    return uv if works else None


def clean_environment(environ):
    """Return the environment without what would lead an installer elsewhere."""
    elsewhere = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"}
    return {name: value for name, value in environ.items() if name not in elsewhere}


def pip_indexes(config):
    """Return the package indexes of a `pip config list` in uv's terms, since uv reads no pip settings."""
    found = {}
    for scope in ("global", "install", ":env:"):  # the later wins
        for line in config.splitlines():
            name, _, value = line.partition("=")
            if name == f"{scope}.index-url":
                found["UV_DEFAULT_INDEX"] = ast.literal_eval(value)
            elif name == f"{scope}.extra-index-url":
                # Safe although uv calls it unsafe: the lock fixes version and hash.
                found["UV_INDEX"] = " ".join(ast.literal_eval(value).split())
                found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return found


def explain(log):
    """Return an installer's output as one line: the cause, if known, and the line that tells most."""
    lines = [line.strip(" │╰─▶×") for line in log.splitlines() if line.strip()] or ["no output"]
    for pattern, cause in CAUSES:
        matches = [re.search(f"({pattern}).*", line, re.I) for line in lines]
        telling = [match[0] for match in matches if match]
        if telling:
            return f"{cause}: {telling[-1]}"
    errors = [line for line in lines if re.match(r"error|cause", line, re.I)]
    return (errors or lines)[-1]


def run_logged(command, *, root, environ):
    """Run a command, its output added to the log; raise on failure."""
    (root / LOG).parent.mkdir(exist_ok=True)
    with (root / LOG).open("ab+") as log:
        start = log.seek(0, os.SEEK_END)
        done = subprocess.run(
            command, cwd=root, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        log.seek(start)
        output = log.read().decode("utf-8", errors="replace")
    if done.returncode:
        raise SetupError(f"{explain(output)} (log: {LOG.as_posix()})")


def install(root, state):
    """Make .venv, or bring it up to date, and write the stamp last."""
    uv = find_uv()
    check_modules(["venv"] if uv else ["venv", "ensurepip"])
    environ = clean_environment(os.environ)
    print(f"setup: installing into .venv with {'uv' if uv else 'pip, about a minute'}", flush=True)
    (root / STAMP).unlink(missing_ok=True)
    if state == "new" or not (uv or list((root / ".venv").rglob("pip/__main__.py"))):
        shutil.rmtree(root / ".venv", ignore_errors=True)
        # A Python that itself lives in the .venv just removed is gone: take the one behind it.
        python = getattr(sys, "_base_executable", sys.executable)
        run_logged([python, "-m", "venv", *(["--without-pip"] if uv else []), ".venv"], root=root, environ=environ)
    python = str(venv_python(root))
    pip = [python, "-m", "pip", "install"]
    if uv:
        pip = [uv, "pip", "install", "--python", python]
        if not any(name.startswith("UV_") and "INDEX" in name for name in environ):
            config = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True)
            environ.update(pip_indexes(config.stdout))
    # Wheels only, so that no compiler is ever needed.
    run_logged([*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCK], root=root, environ=environ)
    run_logged([*pip, "--no-deps", "--no-build-isolation", "-e", "."], root=root, environ=environ)
    (root / STAMP).write_text("\n".join(wanted_stamp(root)), encoding="utf-8")


def main(root=ROOT):
    """Set up if needed; return the exit code."""
    try:
        check_interpreter()
        state = find_state(root)
        if state != "fits":
            install(root, state)
    except (SetupError, OSError) as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: interrupted; the next run starts anew", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
