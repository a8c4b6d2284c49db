"""Progress displays: bars on a terminal, plain lines elsewhere, or nothing.

A stage uses `with progress.stage("embed", total=n) as advance:` and calls `advance(k)` after every `k`
units. Everything is written to standard error; standard output is reserved for results.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from pipeline.datatypes import Advance
from pipeline.run.memory import peak_bytes, reset_peaks

if TYPE_CHECKING:
    from rich.progress import Progress as RichBars
    from rich.progress import TaskID


class Progress(Protocol):
    """The interface of a progress display."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Advance]:
        """Show the stage `name` while the context lasts; `total` is its number of units, if known."""
        ...

    def note(self, text: str) -> None:
        """Show a line that must not wait for the end of the run."""
        ...


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage without output."""
        yield lambda count: None

    def note(self, text: str) -> None:
        """Show nothing."""


class PlainLines:
    """Prints a line at the end of a stage and one every half minute until then; for logs and pipes."""

    EVERY = 30.0  # seconds

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage, then print its name, units, seconds and units per second."""
        done = 0
        start = reported = time.perf_counter()

        def advance(count: int) -> None:
            """Count units and print a line every half minute."""
            nonlocal done, reported
            done += count
            now = time.perf_counter()
            if now - reported < self.EVERY or not done:
                return
            reported = now
            if not total:
                self._write(f"{name:<10} {done:>9}, {_rate(done, now - start)}")
            else:
                self._write(
                    f"{name:<10} {done:>9} of {total}, {_rate(done, now - start)}, "
                    f"{_duration((now - start) * (total - done) / done)} left"
                )

        yield advance
        seconds = time.perf_counter() - start
        self._write(f"{name:<10} {done or total or '':>9} {seconds:7.1f} s  {_rate(done, seconds)}".rstrip())

    def note(self, text: str) -> None:
        """Print the line."""
        self._write(text)

    def _write(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()


def _rate(done: int, seconds: float) -> str:
    return f"{done / seconds:,.0f} a second" if done and seconds > 0 else ""


def _duration(seconds: float) -> str:
    minutes = round(seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02}:{round(seconds) % 60:02}"


class Bars:
    """Shows one bar per stage, drawn by rich."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage under a bar, which remains visible afterwards."""
        with _rich_bars(counted=bool(total)) as bars:
            task = bars.add_task(name, total=total, rate="")
            start = time.perf_counter()

            def advance(count: int) -> None:
                bars.advance(task, count)
                done = int(bars.tasks[0].completed)
                bars.update(task, rate=_rate(done, time.perf_counter() - start))

            yield advance
            _fill(bars, task)

    def note(self, text: str) -> None:
        """Print the line above the bars that follow."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


class Stopwatch:
    """Records the time and peak memory of every stage and forwards it to another display."""

    def __init__(self, display: Progress, processes: Callable[[], Sequence[int]] = lambda: ()) -> None:
        """`processes` returns the ids of the worker processes."""
        self._display, self._processes = display, processes
        self.seconds: dict[str, float] = {}
        self.peak_bytes: dict[str, int] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage on the other display; the times of repeated stages add up."""
        start = time.perf_counter()
        reset_peaks(["self", *self._processes()])
        with self._display.stage(name, total) as advance:
            yield advance
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
        peak = peak_bytes(["self", *self._processes()])
        self.peak_bytes[name] = max(self.peak_bytes.get(name, 0), peak)


def progress_for(stream: TextIO, quiet: bool) -> Progress:
    """Return the display that suits `stream`, usually standard error."""
    if quiet:
        return Silent()
    return Bars() if stream.isatty() else PlainLines(stream)


def _rich_bars(counted: bool) -> RichBars:
    from rich import progress
    from rich.console import Console

    return progress.Progress(
        progress.TextColumn("{task.description:<10}", markup=False),
        progress.BarColumn(),
        progress.TimeElapsedColumn(),
        *([progress.MofNCompleteColumn(), progress.TextColumn("{task.fields[rate]}")] if counted else []),
        *([progress.TimeRemainingColumn(compact=True), progress.TextColumn("left")] if counted else []),
        console=Console(stderr=True),
    )


def _fill(bars: RichBars, task: TaskID) -> None:
    """Show a completed stage as full, even if its size was unknown or wrong."""
    done = bars.tasks[0].completed
    total = bars.tasks[0].total
    bars.update(task, total=done or total or 1, completed=done or total or 1)
