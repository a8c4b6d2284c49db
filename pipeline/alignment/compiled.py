"""Decorators for loops that numba compiles on first use.

Compiled code is kept beside the module or in the user's cache folder, and later runs load it. Where neither
is writable, as in a container without a home, it is kept in a temporary folder that is this user's alone:
whoever can write there can make a run do anything. The folder is named by the sources: numba looks at that of
the loop itself only, and would go on with the constants and inlined functions of an older version.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from numba import config, njit

_numba: Any = config  # its attributes are made when it is imported

Function = TypeVar("Function", bound=Callable[..., Any])

_PACKAGES = ("alignment", "embedding", "matching")
"""Packages of which the sources take part in what is compiled."""

_PREFIX = "loops-"


def compiled(function: Function) -> Function:
    """Compile a function for the argument types of its calls."""
    return _compile(function, inline="never")


def inlined(function: Function) -> Function:
    """Compile a function into its callers; for functions called for every cell."""
    return _compile(function, inline="always")


def _compile(function: Function, inline: Literal["never", "always"]) -> Function:
    folder, before = _folder(), _numba.CACHE_DIR
    if folder is None:
        result: Any = njit(nogil=True, inline=inline)(function)
    else:
        _numba.CACHE_DIR = str(folder)
        try:
            result = njit(cache=True, nogil=True, inline=inline)(function)
        except RuntimeError:  # "cannot cache function: no locator available for file"
            result = njit(nogil=True, inline=inline)(function)
        finally:
            _numba.CACHE_DIR = before
    compiled_function: Function = result
    return compiled_function


@cache
def _folder() -> Path | None:
    """Return the folder of the code compiled from these sources, or None where nothing can be kept."""
    name = _PREFIX + _digest()
    for root in (_numba.CACHE_DIR, Path(__file__).parent / "__pycache__", _user_cache()):
        if root and _can_write(Path(root) / name):
            _forget_others(Path(root), name)
            return Path(root) / name
    temporary = _temporary_folder()
    return temporary / name if temporary else None


def _digest() -> str:
    sources = hashlib.blake2b(digest_size=8)
    for package in _PACKAGES:
        for path in sorted((Path(__file__).parent.parent / package).glob("*.py")):
            sources.update(path.read_bytes())
    return sources.hexdigest()


def _user_cache() -> Path | None:
    """Return this user's cache folder for Synoptic, following the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "synoptic"
    except RuntimeError:  # a user without a home
        return None


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _forget_others(root: Path, name: str) -> None:
    """Delete what was compiled from other versions of the sources beside this module."""
    if root == Path(__file__).parent / "__pycache__":
        for other in root.glob(f"{_PREFIX}*"):
            if other.name != name:
                shutil.rmtree(other, ignore_errors=True)


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
