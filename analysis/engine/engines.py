"""Where work is done: in this process, in others of this machine, or on a cluster.

An engine is a context that gives a function `run(work, tasks)`: it does `work(task)` for each task and yields
(number of the task, result) as they are finished, in any order. A task that fails is tried again, and yields a
`Failure` after the last try; one whose process dies counts as failed, and the others never notice. Only as many
tasks as can be worked on are taken from `tasks` at a time.

- *serial*: one after the other, here.
- *processes*: `jobs` processes, each in a pool of its own, so that a death is the task's that it worked on.
- *dask*: the workers of a Dask scheduler; without an address a cluster of `jobs` processes on this machine.
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from analysis.sources import BadInput, one_line

ENGINES = ("serial", "processes", "dask")
N_TRIES = 3
MAX_CAUSE_CHARACTERS = 500
WINDOW = 4  # tasks in the hands of a cluster for each of its threads

Work = Callable[[Any], Any]
Run = Callable[[Work, Iterable[Any]], Iterator[tuple[int, Any]]]


@dataclass(frozen=True)
class Failure:
    """A task that failed as often as it may be tried, and why."""

    cause: str


def engine(name: str, *, jobs: int | None = None, scheduler: str | None = None) -> AbstractContextManager[Run]:
    """Return the engine of this name as a context that gives its `run`."""
    jobs = jobs or os.cpu_count() or 1
    if name == "processes":
        return processes(jobs)
    return dask(jobs, scheduler) if name == "dask" else serial()


@contextmanager
def serial() -> Iterator[Run]:
    """Work in this process."""
    yield _one_by_one


def _one_by_one(work: Work, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    for number, task in enumerate(tasks):
        for _ in range(N_TRIES):
            try:
                result = work(task)
                break
            except Exception as error:  # whatever it is, it costs one task
                result = Failure(_cause(error))
        yield number, result


def _cause(error: BaseException) -> str:
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    return one_line(f"{type(error).__name__}: {error}"[:MAX_CAUSE_CHARACTERS] + notes)


# Processes.


class _Worker:
    """One process with one task at a time. It ends with this one, even if that is killed."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        theirs, self._ours = get_context("spawn").Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (theirs,))

    def submit(self, work: Work, task: Any) -> Future[Any]:
        try:
            return self._pool.submit(work, task)
        except BrokenExecutor:  # dead
            self.end(is_failed=True)
            self._begin()
            return self._pool.submit(work, task)

    def end(self, *, is_failed: bool) -> None:
        """Let the process end, at once where the work has failed."""
        if is_failed:
            self._ours.close()
        self._pool.shutdown(cancel_futures=True)
        self._ours.close()


def _begin(parent: Connection) -> None:
    # The terminal sends an interrupt to all of us, and the parent tells us by hanging up.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    parent.poll(None)
    os._exit(1)


@contextmanager
def processes(jobs: int) -> Iterator[Run]:
    """Work in so many processes of this machine."""
    workers = [_Worker() for _ in range(jobs)]

    def run(work: Work, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        idle = list(range(jobs))
        running: dict[Future[Any], tuple[int, int, Any, int]] = {}  # worker, number and task, and which try it is
        waiting = iter(enumerate(tasks))
        while True:
            for number, task in itertools.islice(waiting, len(idle)):
                place = idle.pop()
                running[workers[place].submit(work, task)] = place, number, task, 1
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                place, number, task, n_tries = running.pop(future)
                error = future.exception()
                if error is not None and n_tries < N_TRIES:
                    running[workers[place].submit(work, task)] = place, number, task, n_tries + 1
                    continue
                idle.append(place)
                yield number, future.result() if error is None else Failure(_cause(error))

    is_failed = True
    try:
        yield run
        is_failed = False
    finally:
        for worker in workers:
            worker.end(is_failed=is_failed)


# Dask.


@contextmanager
def dask(jobs: int, scheduler: str | None) -> Iterator[Run]:
    """Work on a Dask cluster: that of the scheduler, or one of so many processes of this machine."""
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError:
        raise BadInput('the engine dask is not installed: pip install ".[cluster]"') from None
    with ExitStack() as stack:
        # A worker that dies is replaced and its work done again; that is no news.
        address = scheduler or stack.enter_context(
            LocalCluster(
                n_workers=jobs, threads_per_worker=1, dashboard_address=None, memory_limit=0, silence_logs="CRITICAL"
            )
        )
        try:
            client = stack.enter_context(Client(address, set_as_default=False))
        except (OSError, ValueError) as error:
            raise BadInput(f"{scheduler}: no Dask scheduler answers: {_cause(error)}") from None

        def run(work: Work, tasks: Iterable[Any]) -> Iterator[tuple[int, Any]]:
            running: dict[Any, tuple[int, Any, int]] = {}  # number and task, and which try it is
            waiting = iter(enumerate(tasks))
            finished = as_completed(loop=client.loop)

            def submit(number: int, task: Any, n_tries: int) -> None:
                future = client.submit(work, task, pure=False)
                running[future] = number, task, n_tries
                finished.add(future)

            while True:
                n_threads = max(sum(client.nthreads().values()), 1)
                for number, task in itertools.islice(waiting, max(WINDOW * n_threads - len(running), 0)):
                    submit(number, task, 1)
                if not running:
                    return
                future = next(finished)
                number, task, n_tries = running.pop(future)
                error = future.exception() if future.status == "error" else None
                if future.status != "finished" and n_tries < N_TRIES:
                    submit(number, task, n_tries + 1)
                elif future.status != "finished":
                    yield number, Failure(_cause(error) if error else future.status)
                else:
                    yield number, future.result()

        yield run
