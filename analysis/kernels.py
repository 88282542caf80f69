"""Kernels and processes that start warm: forked from one interpreter with everything imported.

A kernel spends seconds on importing what the one before it imported, too. Here `multiprocessing`'s fork
server imports `analysis.preload` once; `WarmKernelManager` asks it for a fork and starts ipykernel's own
application there, so that a notebook runs in a real kernel behind the real protocol and gives the same
bytes as in any other. Processes that draw figures come from the same server.

Only on Linux: Windows cannot fork, and macOS's libraries do not survive it. There, and for a project
with a package of its own, kernels and processes start as usual.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

PACKAGE = Path(__file__).resolve().parent


def can_fork(project: Path) -> bool:
    """Tell whether kernels of a project's notebooks can be forked: they must import this very package."""
    own = project.resolve() / PACKAGE.name
    return sys.platform == "linux" and (own == PACKAGE or not own.exists())


def context(project: Path) -> BaseContext:
    """Return the context for processes of a build; where it forks, its server begins to import."""
    if not can_fork(project):
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["analysis.preload"])
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    environment = {
        # The server must find this package, and nothing of that name in the current folder.
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONSAFEPATH": "1",
        "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0"),
        # As ipykernel sets it; matplotlib looks when it is imported.
        "MPLBACKEND": os.environ.get("MPLBACKEND", "module://matplotlib_inline.backend_inline"),
    }
    with _environment(os.environ | environment):
        forkserver.ensure_running()
    return forking


def warm_manager(forking: BaseContext, **options: Any) -> AsyncKernelManager:
    """Make a kernel manager whose kernels are forks of the server's interpreter."""
    from jupyter_client.manager import AsyncKernelManager

    class WarmKernelManager(AsyncKernelManager):
        async def _async_launch_kernel(self, kernel_cmd: list[str], **launch: Any) -> None:
            # The command is INTERPRETER -m ipykernel_launcher ARGUMENTS; interpreter and module are there already.
            arguments = kernel_cmd[kernel_cmd.index("-m") + 2 :]
            process = _Fork(forking, arguments, launch["env"], str(launch["cwd"]))
            self.provisioner.process, self.provisioner.pid = process, process.pid
            self._reconcile_connection_info(self.provisioner.connection_info)

    return WarmKernelManager(**options)


class _Fork:
    """A forked kernel with the methods of a Popen object, which kernel managers call."""

    stdin = stdout = stderr = None

    def __init__(self, forking: BaseContext, arguments: list[str], environment: dict[str, str], folder: str) -> None:
        self._process = forking.Process(target=_serve, args=(arguments, environment, folder))
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


def _serve(arguments: list[str], environment: dict[str, str], folder: str) -> None:
    """Be a kernel until told to stop: what `python -m ipykernel_launcher` does."""
    import ipykernel_launcher
    from ipykernel.kernelapp import IPKernelApp

    end_with_parent()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = [ipykernel_launcher.__file__, *arguments]
    IPKernelApp.launch_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    # All is said by now, and threads that only an interpreter's end would stop are still waiting.
    os._exit(0)


def end_with_parent() -> None:
    """End this process as soon as the build that asked for it has ended, however that came about."""

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextlib.contextmanager
def _environment(environment: dict[str, str]) -> Any:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
