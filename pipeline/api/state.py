"""Leave the process as it was: what a run sets for all of it is put back when the last call ends."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import numpy  # noqa: F401 (the threads of its BLAS can be asked for when it is loaded)
from threadpoolctl import threadpool_limits

_lock = Lock()
_inside = 0
_before: tuple[tuple[int, int, int], int, threadpool_limits]


@contextmanager
def unchanged_process() -> Iterator[None]:
    """Put back the thresholds of the garbage collector, the limits of `csv` and of the threads of BLAS.

    Calls may overlap, in several threads: what holds when the first begins is put back when the last ends,
    since each by itself would put back what another has set.
    """
    global _before, _inside
    with _lock:
        if not _inside:
            _before = gc.get_threshold(), csv.field_size_limit(), threadpool_limits(limits=None)
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                collector, fields, threads = _before
                gc.set_threshold(*collector)
                csv.field_size_limit(fields)
                threads.restore_original_limits()
