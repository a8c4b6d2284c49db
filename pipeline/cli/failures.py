"""Errors that no part of the program has foreseen, in one line."""

from __future__ import annotations

import sys

from pipeline.errors import DEBUG, SettingError

NEEDED = 500_000_000
"""Bytes of address space that a run takes at least; libraries abort the process where they get less."""

_LONGEST = 300
"""Characters of an error that are shown."""


def check_memory_limit() -> None:
    """Raise `SettingError` if the limit on memory (`ulimit -v`) is too low for any run."""
    if sys.platform == "win32":
        return
    import resource

    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit != resource.RLIM_INFINITY and limit < NEEDED:
        raise SettingError(
            f"the limit on memory is {limit:,} bytes (ulimit -v), and a run takes at least {NEEDED:,}"
        )


def unexpected(error: Exception) -> str:
    """Return an unforeseen error in one line, and how to see where it happened."""
    return f"{_what(error)} ({DEBUG}=1 shows where)"


def _what(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "not enough memory; try fewer --jobs or fewer files"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    words = " ".join(str(error).split()).encode("utf-8", "backslashreplace").decode()
    words = f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
    return f"an unexpected error, which is worth a report: {type(error).__name__}: {words}"
