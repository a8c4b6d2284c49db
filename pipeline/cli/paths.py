"""Paths on the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class UserPath(click.Path):
    """A path in which `~` is the user's folder: not every shell replaces it, in `RAW=~/articles` for one."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the path."""
        return super().convert(os.path.expanduser(value), param, ctx)  # noqa: PTH111 (bytes as well)
