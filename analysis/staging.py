"""A folder's files, made aside and moved into place together, with a record of what each was made from.

`.build/` in the folder holds all that is needed: a lock, so that of two builds the second waits; `made.json`,
for each step a digest of its inputs and of every file that it made; and while files are moved, `new/`.

A step is left out whose inputs are as recorded and whose files still have the recorded bytes. The record
is written last: a build that is killed between two files leaves each as it was or as it becomes, and a
record that no longer fits, so that the next build makes them again. Safe to delete; no lock of it outlives
its process.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER, LOCK, RECORD, NEW = ".build", "lock", "made.json", "new"


def digest(*parts: object) -> str:
    """Return one SHA-256 for anything that JSON can hold; the same for equal parts only."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Staging:
    """What one build makes for a target folder; nothing there changes before `publish`."""

    def __init__(self, target: Path) -> None:
        self._target, self._folder, self._new = target, target / FOLDER, target / FOLDER / NEW
        self._old = self._read_record()
        self._steps: dict[str, Any] = {}

    def is_made(self, step: str, inputs: str) -> bool:
        """Tell whether a step's files are there as made from these inputs; if so they count as this build's."""
        old = self._old.get(step, {})
        if old.get("inputs") != inputs or not all(self._holds(name, sha) for name, sha in old["outputs"].items()):
            return False
        self._steps[step] = old
        return True

    def put(self, step: str, inputs: str, files: dict[str, bytes]) -> None:
        """Keep what a step made, by the path in the target folder."""
        for name, data in files.items():
            (self._new / name).parent.mkdir(parents=True, exist_ok=True)
            (self._new / name).write_bytes(data)
        outputs = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        self._steps[step] = {"inputs": inputs, "outputs": outputs}

    def aside(self, name: str) -> Path:
        """Return a folder for what is only needed on the way."""
        folder = self._new / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def path(self, name: str) -> Path:
        """Tell where a file now lies that this build made or found made."""
        new = self._new / name
        return new if new.exists() else self._target / name

    def publish(self, folders: Iterable[str]) -> None:
        """Move every file into place, take from `folders` what earlier builds made and this did not, and note it.

        Files with an ending that no step makes there are somebody else's and stay.
        """
        made = {name for step in self._steps.values() for name in step["outputs"]}
        for name in sorted(made):
            if (self._new / name).exists():
                (self._target / name).parent.mkdir(exist_ok=True)
                os.replace(self._new / name, self._target / name)
        for folder in folders:
            endings = {Path(name).suffix for name in made if Path(name).parent == Path(folder)}
            for path in (self._target / folder).iterdir():
                if path.is_file() and path.suffix in endings and f"{folder}/{path.name}" not in made:
                    path.unlink()
        self._write_record(self._old | self._steps)

    def _holds(self, name: str, sha: str) -> bool:
        path = self._target / name
        return path.is_file() and digest_file(path) == sha

    def _read_record(self) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            record = json.loads((self._folder / RECORD).read_text(encoding="utf-8"))
            if isinstance(record, dict):
                return record
        return {}

    def _write_record(self, record: dict[str, Any]) -> None:
        if record == self._old:
            return
        self._new.mkdir(exist_ok=True)
        written = self._new / RECORD
        written.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(written, self._folder / RECORD)


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Staging]:
    """Wait until no other build works on a folder, then give its `Staging`; leave nothing half-made behind."""
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+b") as file:
        _lock(file.fileno())
        # What a killed build left: none is running now.
        shutil.rmtree(folder / NEW, ignore_errors=True)
        try:
            yield Staging(target)
        finally:
            shutil.rmtree(folder / NEW, ignore_errors=True)


def _lock(handle: int) -> None:
    """Lock an open file until it is closed or its process ends."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            with contextlib.suppress(OSError):  # after ten seconds it gives up
                os.lseek(handle, 0, os.SEEK_SET)
                return msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            time.sleep(1)
    import fcntl

    fcntl.flock(handle, fcntl.LOCK_EX)
