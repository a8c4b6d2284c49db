"""Decorators for loops that numba compiles on first use.

Compiled code is cached beside the module or in the user's cache folder, and later runs load it. Where
neither is writable, as in a container without a home, every run compiles again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from numba import njit

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
        result = njit(nogil=True, inline=inline)(function)
    compiled_function: Function = result
    return compiled_function
