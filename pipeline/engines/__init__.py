"""Engines run the work: in this process, in worker processes on this machine, or on a Ray cluster.

An engine maps a function over chunks and yields the results in the order of the chunks. Functions and chunks
are pickled for other processes, so they must be plain: a module-level function, possibly with arguments bound
by `functools.partial`, and records. Large data stays on disk (`pipeline.store.cache`), and chunks hold its
location. Functions must be idempotent: one runs again if its worker dies.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

from pipeline.errors import needs_extra

C = TypeVar("C")
R = TypeVar("R")

ENGINES = ("local", "ray")


class Engine(Protocol):
    """The interface of an engine; a context manager that stops its workers on exit."""

    def map(self, work: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield `work(chunk)` for every chunk, in order; errors of `work` are raised here."""
        ...

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Run some steps in a worker to load what the work will need.

        Work that arrives meanwhile runs between two steps. An error in a step is ignored and ends the
        warm-up.
        """
        ...

    def rest(self) -> None:
        """Give back what idle workers hold on this machine; they start again when there is work."""
        ...

    def process_ids(self) -> list[int]:
        """Return the ids of the worker processes on this machine, without this one."""
        ...

    def __enter__(self) -> Self:
        """Return the engine itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop all workers immediately, even while they are working."""
        ...


def load_engine(name: str, jobs: int | None = None, address: str | None = None) -> Engine:
    """Return the engine of that name; raises `SettingError` if its libraries are not installed.

    `jobs` is the number of workers, by default one for each processor; `address` is that of a Ray cluster.
    """
    if name == "local":
        from pipeline.engines.local import LocalEngine

        return LocalEngine(jobs or processors())
    with needs_extra("the engine ray", "ray"):
        from pipeline.engines.ray import RayEngine
    engine: Engine = RayEngine(jobs, address)
    return engine


def processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
