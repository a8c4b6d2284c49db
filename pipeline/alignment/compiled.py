"""The decorators for loops that numba compiles on first use.

Compiled code is kept beside the module, or in the user's cache folder, so that the next run starts at
once. Where neither can be written, as in a container without a home, it is compiled in each run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function for the types that it is called with."""
    return _compile(function, inline="never")


def inlined(function: Function) -> Function:
    """Compile a function into each of its callers: for what is called for every cell."""
    return _compile(function, inline="always")


def _compile(function: Function, inline: Literal["never", "always"]) -> Function:
    try:
        result: Any = njit(cache=True, nogil=True, inline=inline)(function)
    except RuntimeError:  # "cannot cache function: no locator available for file"
        result = njit(nogil=True, inline=inline)(function)
    compiled_function: Function = result
    return compiled_function
