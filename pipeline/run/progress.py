"""How a run tells a person how far it is: bars on a terminal, plain lines elsewhere, or nothing.

A stage asks for `with progress.stage("embed", total=n) as advance:` and calls `advance(k)` after every
`k` units. What is shown is on standard error; standard output stays free for results.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

from pipeline.run.memory import forget_peaks, peak_bytes

if TYPE_CHECKING:
    from rich.progress import Progress as RichBars
    from rich.progress import TaskID

Advance = Callable[[int], None]


class Progress(Protocol):
    """What a run needs of a progress display."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Advance]:
        """Show the stage `name` while the context lasts; `total` is its number of units, if known."""
        ...


class Silent:
    """Shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage without a word."""
        yield lambda count: None


class PlainLines:
    """A line when a stage is done, and one every half minute until then: for logs and pipes."""

    EVERY = 30.0  # seconds

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage, then write its name, the units done, the seconds and the units a second."""
        done = 0
        start = said = time.perf_counter()

        def advance(count: int) -> None:
            """Count units, and say so every half minute."""
            nonlocal done, said
            done += count
            now = time.perf_counter()
            if now - said >= self.EVERY and total and done:
                said = now
                self._say(
                    f"{name:<10} {done:>9} of {total}, {_rate(done, now - start)}, "
                    f"{_duration((now - start) * (total - done) / done)} left"
                )

        yield advance
        seconds = time.perf_counter() - start
        self._say(f"{name:<10} {done or total or '':>9} {seconds:7.1f} s  {_rate(done, seconds)}".rstrip())

    def _say(self, line: str) -> None:
        self._stream.write(line + "\n")
        self._stream.flush()


def _rate(done: int, seconds: float) -> str:
    return f"{done / seconds:,.0f} a second" if done and seconds > 0 else ""


def _duration(seconds: float) -> str:
    minutes = round(seconds) // 60
    return f"{minutes // 60}:{minutes % 60:02}:{round(seconds) % 60:02}"


class Bars:
    """One bar a stage, by rich."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage under a bar, which stays when the stage is done."""
        with _rich_bars(counted=bool(total)) as bars:
            task = bars.add_task(name, total=total, rate="")
            start = time.perf_counter()

            def advance(count: int) -> None:
                bars.advance(task, count)
                done = int(bars.tasks[0].completed)
                bars.update(task, rate=_rate(done, time.perf_counter() - start))

            yield advance
            _fill(bars, task)


class Stopwatch:
    """Passes every stage on to another display and keeps the seconds and the memory that each took."""

    def __init__(self, display: Progress, processes: Callable[[], Sequence[int]] = lambda: ()) -> None:
        """`processes` returns the ids of those that work besides this one."""
        self._display, self._processes = display, processes
        self.seconds: dict[str, float] = {}
        self.peak_bytes: dict[str, int] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage on the other display; a stage that is run again adds to its seconds."""
        start = time.perf_counter()
        forget_peaks(["self", *self._processes()])
        with self._display.stage(name, total) as advance:
            yield advance
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
        peak = peak_bytes(["self", *self._processes()])
        self.peak_bytes[name] = max(self.peak_bytes.get(name, 0), peak)


def progress_for(stream: TextIO, quiet: bool) -> Progress:
    """Return the display that suits `stream` (standard error, as a rule)."""
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
    """Show a stage that ended well as complete, whatever was known of its size."""
    done = bars.tasks[0].completed
    total = bars.tasks[0].total
    bars.update(task, total=done or total or 1, completed=done or total or 1)
