"""Ctrl-C ends a run soon, also while compiled code is at work that no signal interrupts."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STOPPED = "stopped; no output is left half-written"
"""What a run says that was interrupted."""

PATIENCE = 1.2
"""Seconds after Ctrl-C that a run may take to end by itself."""


@contextmanager
def ending_soon() -> Iterator[None]:
    """End the process with exit code 130 if an interrupt has not ended the context after `PATIENCE`.

    Python handles a signal between two steps of its own, and one step may be the alignment of a long text.
    But a byte is written for every signal at once, and a thread waits for it. Nothing has to be tidied up:
    output is put in place by one rename, and what a run has left behind is removed by the next.
    """
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        yield
        return
    reader, writer = os.pipe()
    hook, sys.unraisablehook = sys.unraisablehook, _unless_interrupted
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(reader, ended), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        sys.unraisablehook = hook
        signal.set_wakeup_fd(before)
        os.close(writer)  # which the watcher takes for the end
        watcher.join()
        os.close(reader)


def forget_interrupt() -> None:
    """Let the exit code be what it is set to, also if the interrupt came in the middle of an `exec`.

    Python notes a `KeyboardInterrupt` that leaves code run by `exec` (libraries make classes and compiled
    functions in that way) and then ends by the signal, although the exception was caught further out. It
    forgets the note when the next such code begins.
    """
    exec("")


def _unless_interrupted(unraisable: sys.UnraisableHookArgs) -> None:
    """Show an exception that nothing can catch; of an interrupt the watcher takes care."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def _watch(reader: int, ended: threading.Event) -> None:
    while signals := os.read(reader, 64):
        if signal.SIGINT in signals and not ended.wait(PATIENCE):
            with suppress(OSError, ValueError):
                sys.stderr.write(f"synoptic: {STOPPED}\n")
                sys.stderr.flush()
            os._exit(130)
