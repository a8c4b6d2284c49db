"""How this installation is called, so that a command in a message can be copied as it is."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path

DISTRIBUTION = "synoptic-corpus"
"""The name for pip; `synoptic` on the Python Package Index is another project."""


def synoptic(arguments: str) -> str:
    """Return a command line that runs this `synoptic` with `arguments`, which are already quoted."""
    return f"{_program('synoptic', module='pipeline')} {arguments}"


def quoted(path: Path) -> str:
    """Return a path as an argument of a command line."""
    return shlex.quote(str(path))


def installation(extra: str) -> str:
    """Return the command that installs the libraries of an extra.

    In the environment of a checkout, `make` brings those for other models: it knows which torch to take.
    """
    checkout = Path(__file__).parents[1]
    if extra == "models" and (checkout / "Makefile").is_file() and Path(sys.prefix).is_relative_to(checkout):
        elsewhere = "" if Path.cwd() == checkout else f" -C {shlex.quote(str(checkout))}"
        return f"make{elsewhere} models"
    return f"{_program('pip', module='pip')} install '{DISTRIBUTION}[{extra}]'"


def _program(name: str, module: str) -> str:
    """Return `name` if the shell finds this environment's program by it; if not, its path or `python -m`."""
    scripts = Path(sys.executable).parent
    path = scripts / name
    found = shutil.which(name)
    if found and os.path.abspath(found) == os.path.abspath(path):  # noqa: PTH100 (links stay as they are)
        return name
    if path.exists():
        return shlex.quote(_as_seen_from_here(path))
    return f"{shlex.quote(_as_seen_from_here(Path(sys.executable)))} -m {module}"


def _as_seen_from_here(path: Path) -> str:
    """Return `path`, relative if it is below the working directory."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
