"""Run the notebooks into themselves, to the same bytes every time.

A notebook is committed as run. Running it again gives the same file: outputs without timings, cell ids
kept, the interpreter's version left out, keys and line ends fixed. A notebook that fails raises
`NotebookFailed` with its name, the cell and the error, and nothing is written.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import re
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from analysis import kernels
from analysis.sources import CORPUS_VARIABLE, HANDED_VARIABLE, BadInput

CELL_TIMEOUT = 4 * 3600  # seconds: of 200,000 articles a cell may take an hour on a slow machine
_UNHEARD = logging.Logger("nbclient", logging.CRITICAL + 1)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class NotebookFailed(BadInput):
    """A notebook did not run to its end; the message is one line naming notebook, cell and error."""


def run(
    path: Path, *, corpus: Path | None = None, figures: Path | None = None, forking: BaseContext | None = None
) -> bytes:
    """Run one notebook in a fresh kernel, in its own folder, and return it as the bytes of a file.

    `corpus` is what its `analysis.load()` reads, in place of the project's own; `figures` a folder in which it
    leaves the files of the figures that it shows. `forking` is the context that kernels are forked from; without
    it a new interpreter is started.
    """
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, AttributeError, TypeError, KeyError) as error:
        raise NotebookFailed(f"{path.name}: not a notebook: {str(error).splitlines()[0][:200]}") from error
    # Whatever kernels a user has installed: the notebook runs on the interpreter that runs this.
    options = {"kernel_name": "python3", "kernel_spec_manager": KernelSpecManager(kernel_dirs=[])}
    kernel = kernels.warm_manager(forking, **options) if forking else AsyncKernelManager(**options)
    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=CELL_TIMEOUT,
        # Else it warns on standard error that it talks to us unencrypted, which on one machine it may.
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        shutdown_kernel="immediate",
        # What it logs is raised, too, and told in one line.
        log=_UNHEARD,
    )
    try:
        # A kernel that we hand in would otherwise stay until the build ends.
        asyncio.run(client.async_execute(env=_environment(corpus, figures), cleanup_kc=True))
    except (CellExecutionError, CellTimeoutError, RuntimeError) as error:  # the last: its kernel died
        raise NotebookFailed(f"{path.name}: {_where(notebook, error)}") from error
    finally:
        # Of a kernel that died while it started nbclient leaves this behind, to fail at the interpreter's end.
        atexit.unregister(client._cleanup_kernel)
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={
            key: value for key, value in notebook.metadata.get("language_info", {}).items() if key != "version"
        },
    )
    text: str = nbformat.writes(notebook, version=4)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode("utf-8")


def _environment(corpus: Path | None, figures: Path | None) -> dict[str, str]:
    # A project need not hold the package itself.
    paths = [str(kernels.PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    for variable, place in ((CORPUS_VARIABLE, corpus), (HANDED_VARIABLE, figures)):
        environment.pop(variable, None)
        if place:
            environment[variable] = str(place.resolve())
    return environment


def _where(notebook: NotebookNode, error: Exception) -> str:
    """Name the cell that failed and why: the first whose outputs hold an error, else the last that ran."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        number += 1
        for output in cell.outputs:
            if output.output_type == "error":
                value = _ANSI.sub("", " ".join(str(output.evalue).split()))[:300]
                return f"cell {number} ({cell.id}): {output.ename}: {value}"
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
