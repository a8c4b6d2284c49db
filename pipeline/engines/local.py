"""The local engine: processes of this machine; with one job, this process itself.

Workers are started when there is more than one chunk, and stay for the next stage, so that each loads the
model once. One may be started beforehand, to load it while this process is busy with other things; then it is
given a single chunk as well. Each has one chunk in work and one waiting, so that what is under way is
bounded. A worker that dies is replaced, and its chunks are given to others. Chunks and results are small, far
below what a socket holds, so that neither side waits for the other to read.
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

from pipeline.errors import EngineError

C = TypeVar("C")
R = TypeVar("R")

WAITING = 2
"""Chunks that a worker has at a time: the one in work, and the next, so that it need not wait for it."""

AHEAD = 8
"""Results that may be ready before their turn, for each worker."""

DEATHS = 3
"""Workers that may die over one chunk before it is given up."""

_ENVIRONMENT = {
    # Processes share the processors, so each uses one of them.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class LocalEngine:
    """Maps over chunks with `jobs` processes."""

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
                yield from self._shared_out(work, chain(first, source))
            finally:
                self._end_busy()

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Have a worker take some steps; without workers, do nothing. See `Engine`."""
        if self._jobs > 1:
            self._workers.append(_Worker())
            self._workers[-1].warm_up(steps)

    def process_ids(self) -> list[int]:
        """Return the workers' process ids."""
        return [worker.process.pid for worker in self._workers]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    def _shared_out(self, work: Callable[[C], R], chunks: Iterator[C]) -> Iterator[R]:
        numbered = enumerate(chunks)
        waiting: deque[tuple[int, C]] = deque()
        deaths: Counter[int] = Counter()
        ready: dict[int, R] = {}
        turn = fetched = 0
        while True:
            ahead = turn + AHEAD * self._jobs - fetched
            more = list(islice(numbered, max(0, min(ahead, WAITING * self._jobs - len(waiting)))))
            fetched += len(more)
            waiting += more
            self._hand_out(work, waiting)
            if not any(worker.pending for worker in self._workers):
                return
            for worker in self._with_news():
                try:
                    number, result = worker.receive()
                    ready[number] = result
                except (EOFError, OSError):
                    waiting.extendleft(reversed(self._bury(worker, deaths)))
            while turn in ready:
                yield ready.pop(turn)
                turn += 1

    def _hand_out(self, work: Callable[[C], R], waiting: deque[tuple[int, C]]) -> None:
        busy = sum(bool(worker.pending) for worker in self._workers)
        while len(self._workers) < min(self._jobs, busy + len(waiting)):
            self._workers.append(_Worker())
        for level in range(1, WAITING + 1):  # so that no worker has two chunks where another has none
            for worker in self._workers:
                if waiting and len(worker.pending) < level:
                    worker.send(work, *waiting.popleft())

    def _end_busy(self) -> None:
        """End the workers whose results nobody waits for any more."""
        for worker in [worker for worker in self._workers if worker.pending]:
            self._workers.remove(worker)
            worker.end()

    def _with_news(self) -> list[_Worker]:
        news = set(wait([worker.connection for worker in self._workers if worker.pending]))
        return [worker for worker in self._workers if worker.connection in news]

    def _bury(self, worker: _Worker, deaths: Counter[int]) -> list[tuple[int, Any]]:
        """Take a dead worker out; return its chunks. Raises `EngineError` if it is one too many."""
        self._workers.remove(worker)
        worker.end()
        lost = list(worker.pending.items())
        for number, _ in lost[:1]:  # the one that it was working on
            deaths[number] += 1
            if deaths[number] == DEATHS:
                raise EngineError(
                    f"{DEATHS} workers died over the same files (exit code {worker.process.returncode}); "
                    "if memory ran out, try fewer --jobs"
                )
        return lost


class _Worker:
    """A process and the chunks that it has been given, in order."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self.connection = Connection(ours.detach())
        self.pending: dict[int, Any] = {}
        # A program of its own, in a session of its own: Ctrl-C is for the process that started it. It need
        # not import the caller's main module, as the processes of `multiprocessing` do.
        self.process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve({theirs.fileno()})"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=os.environ | _ENVIRONMENT | {"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
            start_new_session=True,
        )
        theirs.close()

    def send(self, work: Callable[[C], R], number: int, chunk: C) -> None:
        self.pending[number] = chunk
        with suppress(OSError):  # it is dead; that is found out where its answer is waited for
            self.connection.send((work, number, chunk))

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Have it take some steps, which nobody waits for."""
        with suppress(OSError):
            self.connection.send((steps, None, None))

    def receive(self) -> tuple[int, Any]:
        """Return the next result; raises the error of the work, and `EOFError` or `OSError` if it died."""
        number, result, error = self.connection.recv()
        del self.pending[number]
        if error is not None:
            raise error
        return number, result

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()


def serve(descriptor: int) -> None:
    """Work off what comes in, until the other end is closed: what a worker does."""
    connection = Connection(descriptor)
    steps: Iterator[None] = iter(())
    with suppress(EOFError, OSError):
        while True:
            if not connection.poll() and _taken(steps):
                continue
            work, number, chunk = connection.recv()
            if number is None:
                steps = work()
            else:
                connection.send((number, *answer(work, chunk)))


def _taken(steps: Iterator[None]) -> bool:
    """Take a step, if there is one left; return whether there was one."""
    try:
        next(steps)
    except Exception:  # `StopIteration`, or that of a step: what it was to load is loaded where it is needed
        return False
    return True


def answer(work: Callable[[C], R], chunk: C) -> tuple[R | None, Exception | None]:
    """Return the result of the work, or its error in a form that can be handed on."""
    try:
        return work(chunk), None
    except (OSError, EOFError) as error:  # which the other end would take for those of the connection
        return None, EngineError(str(error))
    except Exception as error:
        return None, error
