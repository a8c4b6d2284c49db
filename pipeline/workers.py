"""Work on many files shared out among the processors of this machine.

Only where processes can be forked: others would have to import the caller's main module again. The results
come in the order of the files, so a run makes the same output on one processor and on many.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

ENOUGH_BYTES = 4_000_000  # of files; less is done before the processes have started
PART_BYTES = 500_000  # that are handed to a process at a time
MAX_PROCESSES = 8  # beyond, handing over the results takes as long as the work


def in_parallel(work: Callable[[Path], Result], files: Sequence[Path]) -> Iterator[tuple[Path, Result]]:
    """Yield every file with what `work` made of it, in the order of the files."""
    sizes = list(map(_size, files))
    processes = min(_processors(), MAX_PROCESSES)
    if processes < 2 or sum(sizes) < ENOUGH_BYTES or sys.platform != "linux":
        yield from ((file, work(file)) for file in files)
        return
    done = 0
    try:
        for file, result in _shared_out(work, files, sizes, processes):
            yield file, result
            done += 1
    except BrokenProcessPool:  # the system has killed a process, most likely for want of memory
        yield from ((file, work(file)) for file in files[done:])


def _shared_out(
    work: Callable[[Path], Result], files: Sequence[Path], sizes: Sequence[int], processes: int
) -> Iterator[tuple[Path, Result]]:
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(
        processes, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        parts = _parts(files, sizes)
        for part, results in zip(parts, pool.map(partial(_work_on, work), parts), strict=True):
            yield from zip(part, results, strict=True)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _work_on(work: Callable[[Path], Result], files: Sequence[Path]) -> list[Result]:
    return list(map(work, files))


def _parts(files: Sequence[Path], sizes: Sequence[int]) -> list[list[Path]]:
    parts: list[list[Path]] = [[]]
    size = 0
    for file, bytes_ in zip(files, sizes, strict=True):
        parts[-1].append(file)
        size += bytes_
        if size >= PART_BYTES:
            parts.append([])
            size = 0
    return parts if parts[-1] else parts[:-1]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
