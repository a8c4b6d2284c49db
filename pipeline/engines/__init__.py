"""Engines: where work runs. Here, in further processes of this machine, or on a Ray cluster.

An engine maps a function over chunks and yields the results in the order of the chunks, in whatever order
they were ready. Functions and chunks go to other processes, so both are plain: a module's function, perhaps
with arguments bound by `functools.partial`, and records. Large data stays on disk (`pipeline.store.cache`),
and chunks say where. A function may run twice, if a worker died over it, and must give the same result again.
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
    """What a run needs of an engine; a context, which ends its workers."""

    def map(self, work: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield `work(chunk)` of every chunk, in order; an error of `work` is raised here."""
        ...

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Take some steps where work will be done, so that what it needs has been loaded by then.

        Work that comes in the meantime is done between two steps. Errors of a step are lost, and with them
        the steps behind it.
        """
        ...

    def process_ids(self) -> list[int]:
        """Processes of this machine that work for the engine, this one left out."""
        ...

    def __enter__(self) -> Self:
        """Return the engine itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all workers at once, whatever they are doing."""
        ...


def load_engine(name: str, jobs: int | None = None, address: str | None = None) -> Engine:
    """Return the engine of that name; raises `SettingError` if what it needs is not installed.

    `jobs` is how many processes work, by default one for each processor; `address` is that of a Ray cluster.
    """
    if name == "local":
        from pipeline.engines.local import LocalEngine

        return LocalEngine(jobs or processors())
    with needs_extra("the engine ray", "ray"):
        from pipeline.engines.ray import RayEngine
    engine: Engine = RayEngine(jobs, address)
    return engine


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
