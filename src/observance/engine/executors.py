"""Where a function over partitions runs: in this process, in a pool of processes, or on a cluster.

Every way is a `concurrent.futures.Executor`, so that the work itself does not know where it runs. A Dask cluster hands
out such an executor itself (`client.get_executor()`), and so needs no code of ours but the connection.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any, TypeVar

from observance.errors import UnsupportedError, UsageError

__all__ = ["Inline", "cluster", "process_pool", "run_ordered"]

A = TypeVar("A")
B = TypeVar("B")


class Inline(Executor):
    """Runs each task at once in the calling process; for small work, debugging and tests."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the task and hand back a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  a future carries whatever its task raised
            future.set_exception(fault)
        return future


class _FreshPool(ProcessPoolExecutor):
    """Workers that do not import the caller's script again.

    A spawned process imports the main module of its parent, so a script without a `__main__` guard would start itself
    in every worker and fail. Our tasks live in modules; where a task lives in the script, the script is imported.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue a task; workers are started in here, without the caller's main module."""
        task = fn.func if isinstance(fn, partial) else fn
        main = sys.modules["__main__"]
        if getattr(task, "__module__", "") == "__main__":
            return super().submit(fn, *args, **kwargs)
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            sys.modules["__main__"] = main


def process_pool(workers: int) -> ProcessPoolExecutor:
    """A pool of fresh processes (spawned, so that no lock or thread of this one is inherited half-way)."""
    if workers < 1:
        raise UsageError("a pool needs at least one worker", got=str(workers), expected="1 or more")
    return _FreshPool(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Let a worker end when the process that started it is gone: killed outright, it cannot tell its workers."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The executor of a Dask cluster at an address such as `tcp://host:8786`, closed at the end.

    Raises:
        UnsupportedError: `distributed` is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as cause:
        raise UnsupportedError(
            "work on a cluster needs Dask, which is not installed",
            expected="the extra `cluster`",
            step="pip install 'observance[cluster]'",
        ) from cause
    try:
        connect: Any = Client
        client: Any = connect(address)
    except OSError as cause:
        raise UnsupportedError(
            "no cluster scheduler answers", where=address, step="start `dask scheduler` there, or check the address"
        ) from cause
    try:
        yield client.get_executor()
    finally:
        client.close()


def run_ordered(executor: Executor, function: Callable[[A], B], items: Iterable[A], *, ahead: int = 4) -> Iterator[B]:
    """Results of a function over items, in their order, with at most `ahead` results held or in work beyond the next.

    That bound, and not the number of items, is what a run holds in memory. The first fault stops the run and is raised.
    """
    pending: dict[int, Future[B]] = {}
    source = enumerate(items)
    following = 0
    exhausted = False
    while True:
        while not exhausted and len(pending) < ahead:
            try:
                number, item = next(source)
            except StopIteration:
                exhausted = True
                break
            pending[number] = executor.submit(function, item)
        if not pending:
            return
        if not pending[following].done():
            wait([pending[following]], return_when=FIRST_COMPLETED)
        yield pending.pop(following).result()
        following += 1
