"""What can go wrong in a way that the user can mend.

::

    SynopticError            one clear line on standard error, exit code 2
    ├── SettingError         a setting that makes no sense
    ├── InputError           the input folder or file cannot be used
    ├── ModelError           the model cannot be loaded
    ├── ConflictError        decisions contradict each other
    ├── OutputError          the output folder cannot be written
    └── EngineError          the processes or machines that do the work keep failing

A single bad article is no error: it becomes a `pipeline.datatypes.Rejection` and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class SynopticError(Exception):
    """Base of every error that is the user's to mend; `str(error)` is one line for them."""


class SettingError(SynopticError):
    """A setting is unknown, contradicts another or is out of range."""


class InputError(SynopticError):
    """The input folder or file is missing or cannot be read."""


class ModelError(SynopticError):
    """A model is unknown, damaged or not allowed (pickled weights, remote code)."""


class OutputError(SynopticError):
    """The output folder or file cannot be written."""


class ConflictError(SynopticError):
    """Decisions contradict each other, so none of them was taken in."""

    def __init__(self, conflicts: Sequence[str], warnings: Sequence[str] = ()) -> None:
        self.conflicts = tuple(conflicts)
        self.warnings = tuple(warnings)
        listed = "; ".join(self.conflicts[:10])
        more = f"; and {len(self.conflicts) - 10} more" if len(self.conflicts) > 10 else ""
        super().__init__(f"nothing was taken in, because decisions contradict each other: {listed}{more}")


class EngineError(SynopticError):
    """The processes or machines that do the work keep failing or cannot be reached."""


@contextmanager
def needs_extra(what: str, extra: str) -> Iterator[None]:
    """Turn the `ImportError` of a missing library into a `SettingError`: `what` needs it, of this extra."""
    try:
        yield
    except ImportError as error:
        raise SettingError(f"{what} needs {error.name}: {installation(extra)}") from error


def installation(extra: str) -> str:
    """Return the command that installs the libraries of an extra."""
    return f"pip install 'synoptic[{extra}]'"
