"""How often Python's garbage collector runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = (5_000_000, 50, 1_000)
"""New objects that trigger a collection of the youngest generation, and collections per older one."""


def collect_rarely() -> None:
    """Make Python search for reference cycles rarely from now on, as in a process of our own.

    Records are trees, which reference counting frees. The collector finds no cycles among them but scans all
    of them again and again, which takes an eighth of the time of the checks and of a fully cached run.
    """
    gc.set_threshold(*_RARELY)


@contextmanager
def infrequent_collection() -> Iterator[None]:
    """Do the same while the context lasts, in a process that others use as well."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        # Moves all live objects to the oldest generation, which the end of the context then leaves alone.
        if not gc.get_freeze_count():  # `unfreeze` would also unfreeze the caller's objects
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
