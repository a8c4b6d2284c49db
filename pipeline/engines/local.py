"""The local engine: worker processes on this machine, or this process itself with one job.

Workers start when there is more than one chunk and stay alive for the next stage, so each loads the model
once. One may start early, to load the model while this process does other work; then even a single chunk goes
to it. Each worker has at most one chunk running and one queued, which bounds the work in flight. If a worker
dies, a new one replaces it and its chunks are queued again. Chunks and results are far smaller than a socket
buffer, so neither side blocks on sending.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self, TypeVar

from pipeline.errors import DEBUG, EngineError

C = TypeVar("C")
R = TypeVar("R")

MAX_PENDING = 2
"""Chunks assigned to a worker at a time: the running one and the next, so the worker never idles."""

MAX_READY = 8
"""Results for each worker that may be ready before their turn."""

MAX_DEATHS = 3
"""Workers that may die on one chunk before the run fails."""

_ENVIRONMENT = {
    # The workers share the processors, so each uses one thread.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class LocalEngine:
    """Maps over chunks with `jobs` worker processes."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs if os.name == "posix" else 1
        self._workers: list[_Worker] = []

    def map(self, work: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield the results in order. Raises what `work` raises, and `EngineError` if workers keep dying."""
        first = list(islice(source := iter(chunks), 2))
        if self._jobs == 1 or not first or (len(first) == 1 and not self._workers):
            yield from map(work, chain(first, source))
        else:
            try:
                yield from self._distribute(work, chain(first, source))
            finally:
                self._stop_busy()

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Start a worker and run some steps in it; do nothing with one job. See `Engine`."""
        if self._jobs > 1:
            self._workers.append(_Worker())
            self._workers[-1].warm_up(steps)

    def rest(self) -> None:
        """Stop the workers, all of which are idle between two calls of `map`."""
        while self._workers:
            self._workers.pop().stop()

    def process_ids(self) -> list[int]:
        """Return the workers' process ids."""
        return [worker.process.pid for worker in self._workers]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()

    def _distribute(self, work: Callable[[C], R], chunks: Iterator[C]) -> Iterator[R]:
        numbered = enumerate(chunks)
        waiting: deque[tuple[int, C]] = deque()
        deaths: Counter[int] = Counter()
        ready: dict[int, R] = {}
        turn = fetched = 0
        while True:
            ahead = turn + MAX_READY * self._jobs - fetched
            more = list(islice(numbered, max(0, min(ahead, MAX_PENDING * self._jobs - len(waiting)))))
            fetched += len(more)
            waiting += more
            self._assign(work, waiting)
            if not any(worker.pending for worker in self._workers):
                return
            for worker in self._responding():
                try:
                    number, result = worker.receive()
                    ready[number] = result
                except (EOFError, OSError):
                    waiting.extendleft(reversed(self._remove_dead(worker, deaths)))
            while turn in ready:
                yield ready.pop(turn)
                turn += 1

    def _assign(self, work: Callable[[C], R], waiting: deque[tuple[int, C]]) -> None:
        busy = sum(bool(worker.pending) for worker in self._workers)
        while len(self._workers) < min(self._jobs, busy + len(waiting)):
            self._workers.append(_Worker())
        for level in range(1, MAX_PENDING + 1):  # give every worker one chunk before any gets a second
            for worker in self._workers:
                if waiting and len(worker.pending) < level:
                    worker.send(work, *waiting.popleft())

    def _stop_busy(self) -> None:
        """Stop the workers whose results are no longer wanted."""
        for worker in [worker for worker in self._workers if worker.pending]:
            self._workers.remove(worker)
            worker.stop()

    def _responding(self) -> list[_Worker]:
        """Wait for workers that have sent a result or died, and return them."""
        ready = set(wait([worker.connection for worker in self._workers if worker.pending]))
        return [worker for worker in self._workers if worker.connection in ready]

    def _remove_dead(self, worker: _Worker, deaths: Counter[int]) -> list[tuple[int, Any]]:
        """Remove a dead worker, return its chunks; raises `EngineError` after `MAX_DEATHS` on one chunk."""
        self._workers.remove(worker)
        worker.stop()
        lost = list(worker.pending.items())
        for number, _ in lost[:1]:  # the running chunk
            deaths[number] += 1
            if deaths[number] == MAX_DEATHS:
                raise EngineError(
                    f"{MAX_DEATHS} workers died on the same files (exit code {worker.process.returncode}); "
                    "if memory ran out, try fewer --jobs"
                )
        return lost


class _Worker:
    """A process and the chunks assigned to it, in order."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.connection = Connection(ours.detach())
        self.pending: dict[int, Any] = {}
        # A separate program, unlike a `multiprocessing` process, does not import the caller's main module.
        # Its own session keeps Ctrl-C from it: the parent handles that.
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve({theirs.fileno()})"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get(DEBUG) else subprocess.DEVNULL,  # the main process reports it
            pass_fds=[theirs.fileno()],
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
            start_new_session=True,
        )
        theirs.close()

    def send(self, work: Callable[[C], R], number: int, chunk: C) -> None:
        self.pending[number] = chunk
        with suppress(OSError):  # it is dead; `receive` reports that
            self.connection.send((work, number, chunk))

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Run some steps in the worker without waiting for them."""
        with suppress(OSError):
            self.connection.send((steps, None, None))

    def receive(self) -> tuple[int, Any]:
        """Return the next result; raises the work's error, or `EOFError` or `OSError` if the worker died."""
        number, result, error = self.connection.recv()
        del self.pending[number]
        if error is not None:
            raise error
        return number, result

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()


def serve(descriptor: int) -> None:
    """Process incoming chunks until the other end closes: the main loop of a worker."""
    connection = Connection(descriptor)
    steps: Iterator[None] = iter(())
    with suppress(EOFError, OSError):
        while True:
            if not connection.poll() and _advance(steps):
                continue
            work, number, chunk = connection.recv()
            if number is None:
                steps = work()
            else:
                connection.send((number, *answer(work, chunk)))


def _advance(steps: Iterator[None]) -> bool:
    """Run the next step; return whether there was one."""
    try:
        next(steps)
    except Exception:  # `StopIteration`, or a failed step: its data will be loaded when it is needed
        return False
    return True


def answer(work: Callable[[C], R], chunk: C) -> tuple[R | None, Exception | None]:
    """Return the result of the work, or its error in a form that can be sent."""
    try:
        return work(chunk), None
    except (OSError, EOFError) as error:  # the receiver would mistake these for connection errors
        return None, EngineError(str(error))
    except Exception as error:
        return None, error
