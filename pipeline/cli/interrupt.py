"""Prompt exit on Ctrl-C, even while compiled code is running that signals cannot interrupt."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

STOPPED = "stopped; no output is left half-written"
"""Message of an interrupted run."""

GRACE_PERIOD = 1.2
"""Seconds that a run has to exit by itself after Ctrl-C."""


@contextmanager
def prompt_exit() -> Iterator[None]:
    """Exit with code 130 if the context is still active `GRACE_PERIOD` seconds after an interrupt.

    Python handles signals between bytecodes, and one call may align a long text. The wakeup descriptor gets
    a byte for every signal immediately, and a thread waits for it. No cleanup is needed: output is put in
    place by one rename, and the next run removes leftovers.
    """
    if threading.current_thread() is not threading.main_thread() or os.name != "posix":
        yield
        return
    reader, writer = os.pipe()
    hook, sys.unraisablehook = sys.unraisablehook, _report_unless_interrupt
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
        os.close(writer)  # stops the watcher
        watcher.join()
        os.close(reader)


def clear_interrupt_flag() -> None:
    """Keep the exit code even if the interrupt came during an `exec`.

    Python flags a `KeyboardInterrupt` that propagates out of code run by `exec` (libraries build classes and
    compiled functions that way) and then exits by the signal, even if the exception was caught further out.
    The next `exec` resets the flag.
    """
    exec("")


def _report_unless_interrupt(unraisable: sys.UnraisableHookArgs) -> None:
    """Report an exception that nothing can catch, except an interrupt, which the watcher handles."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)


def _watch(reader: int, ended: threading.Event) -> None:
    while signals := os.read(reader, 64):
        if signal.SIGINT in signals and not ended.wait(GRACE_PERIOD):
            with suppress(OSError, ValueError):
                sys.stderr.write(f"synoptic: {STOPPED}\n")
                sys.stderr.flush()
            os._exit(130)
