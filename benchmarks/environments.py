"""An environment of its own for what is measured beside the project and is no part of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def install(folder: Path, interpreter: str, *wanted: str | Path) -> str:
    """Make an environment in a folder, install what pip is told to, and return its interpreter."""
    subprocess.run([interpreter, "-m", "venv", str(folder)], check=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)
    return python
