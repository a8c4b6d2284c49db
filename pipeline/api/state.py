"""Restore process-wide settings that a run changes."""

from __future__ import annotations

import csv
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import numpy  # noqa: F401 (threadpoolctl only sees the BLAS once it is loaded)
from threadpoolctl import threadpool_limits

_lock = Lock()
_inside = 0
_before: tuple[tuple[int, int, int], int, threadpool_limits]


@contextmanager
def unchanged_process() -> Iterator[None]:
    """Restore the garbage collector's thresholds, the field limit of `csv` and the BLAS thread limits.

    Calls in several threads may overlap. The state before the first is restored after the last, because
    each call alone would restore what another has set.
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
