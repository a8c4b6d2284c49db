"""How a run tells a person how far it is: bars on a terminal, plain lines elsewhere, or nothing.

A stage asks for `with progress.stage("embed", total=n) as advance:` and calls `advance(k)` after every
`k` units. What is shown is on standard error; standard output stays free for results.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

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
    """One line when a stage is done: for logs, pipes and continuous integration."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage, then write its name, the units done and the seconds."""
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count

        start = time.perf_counter()
        yield advance
        seconds = time.perf_counter() - start
        self._stream.write(f"{name:<10} {done or total or '':>9} {seconds:7.1f} s\n")
        self._stream.flush()


class Bars:
    """One bar a stage, by rich."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage under a bar, which stays when the stage is done."""
        with _rich_bars(counted=bool(total)) as bars:
            task = bars.add_task(name, total=total)
            yield lambda count: bars.advance(task, count)
            _fill(bars, task)


class Stopwatch:
    """Passes every stage on to another display and keeps the seconds that each took."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Run the stage on the other display; a stage that is run again adds to its seconds."""
        start = time.perf_counter()
        with self._display.stage(name, total) as advance:
            yield advance
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


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
        *([progress.MofNCompleteColumn()] if counted else []),
        console=Console(stderr=True),
    )


def _fill(bars: RichBars, task: TaskID) -> None:
    """Show a stage that ended well as complete, whatever was known of its size."""
    done = bars.tasks[0].completed
    total = bars.tasks[0].total
    bars.update(task, total=done or total or 1, completed=done or total or 1)
