"""How often Python's garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = (5_000_000, 50, 1_000)
"""New objects that trigger a collection of the youngest generation, and collections per older one."""


@contextmanager
def infrequent_collection() -> Iterator[None]:
    """Make Python search for reference cycles rarely while the context lasts.

    Records are trees, which reference counting frees. The collector finds no cycles among them but scans all
    of them again and again, which takes an eighth of the time of a fully cached run. Workers, which read
    files, do leave cycles behind: there it would cost half as much memory again and save no time.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        # Moves all live objects to the oldest generation, which the end of the context then leaves alone.
        if not gc.get_freeze_count():  # `unfreeze` would also unfreeze the caller's objects
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
