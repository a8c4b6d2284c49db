"""The errors that a user can fix.

::

    SynopticError            one line on standard error, exit code 2
    ├── SettingError         a setting is invalid
    ├── InputError           the input folder or file cannot be used
    ├── ModelError           the model cannot be loaded
    ├── ConflictError        decisions contradict each other
    ├── OutputError          the output folder cannot be written
    └── EngineError          the worker processes or machines keep failing

A bad article raises no error: it becomes a `pipeline.datatypes.Rejection` and the run continues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pipeline.invocation import installation

DEBUG = "SYNOPTIC_DEBUG"
"""The environment variable that has unforeseen errors shown with where they happened."""


class SynopticError(Exception):
    """Base of every error that the user can fix; `str(error)` is a one-line message for them."""


class SettingError(SynopticError):
    """A setting is unknown, out of range or in conflict with another."""


class InputError(SynopticError):
    """The input folder or file is missing or cannot be read."""


class ModelError(SynopticError):
    """A model is unknown, corrupt or not allowed (pickled weights, remote code)."""


class OutputError(SynopticError):
    """The output folder or file cannot be written."""


class ConflictError(SynopticError):
    """Decisions contradict each other, so none of them was applied."""

    def __init__(self, conflicts: Sequence[str], warnings: Sequence[str] = ()) -> None:
        self.conflicts = tuple(conflicts)
        self.warnings = tuple(warnings)
        listed = "; ".join(self.conflicts[:10])
        more = f"; and {len(self.conflicts) - 10} more" if len(self.conflicts) > 10 else ""
        super().__init__(
            f"no decisions were applied because some contradict each other: {listed}{more} "
            "(with --overrule those of the file win)"
        )


class EngineError(SynopticError):
    """The worker processes or machines keep failing or cannot be reached."""


@contextmanager
def needs_extra(what: str, extra: str) -> Iterator[None]:
    """Turn an `ImportError` into a `SettingError` saying which `extra` to install for `what`."""
    try:
        yield
    except ImportError as error:
        raise SettingError(f"{what} needs {error.name}: {installation(extra)}") from error
