"""Decorators for loops that numba compiles on first use.

Compiled code is cached beside the module or in the user's cache folder, and later runs load it. Where
neither is writable, as in a container without a home, it is kept in a temporary folder that is this user's
alone: whoever can write there can make a run do anything.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function for the argument types of its calls."""
    return _compile(function, inline="never")


def inlined(function: Function) -> Function:
    """Compile a function into its callers; for functions called for every cell."""
    return _compile(function, inline="always")


def _compile(function: Function, inline: Literal["never", "always"]) -> Function:
    try:
        result: Any = njit(cache=True, nogil=True, inline=inline)(function)
    except RuntimeError:  # "cannot cache function: no locator available for file"
        folder = _temporary_folder()
        if folder is None:
            result = njit(nogil=True, inline=inline)(function)
        else:
            config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
            result = njit(cache=True, nogil=True, inline=inline)(function)
    compiled_function: Function = result
    return compiled_function


def _temporary_folder() -> Path | None:
    """Return a temporary folder that only this user can read and write, or None if there cannot be one."""
    if not hasattr(os, "getuid"):
        return None
    folder = Path(tempfile.gettempdir()) / f"synoptic-compiled-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder if own and os.access(folder, os.W_OK) else None
