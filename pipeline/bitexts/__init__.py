"""Translations aligned elsewhere, in CSV tables, TMX memories and XLIFF files; start at `check`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from pipeline.bitexts.segments import Bitext, Segment
from pipeline.errors import InputError

__all__ = ["FORMATS", "Bitext", "Segment", "read_bitext"]

FORMATS = {
    **dict.fromkeys((".csv", ".tsv"), "table"),
    ".tmx": "tmx",
    **dict.fromkeys((".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff"), "xliff"),
}
"""Module of this package by file extension; each has a function `read`."""


def read_bitext(path: Path) -> Bitext:
    """The segments of a file, in its order; raises `InputError` for a file that is none of these."""
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        raise InputError(f"{path}: cannot check a {path.suffix or 'nameless'} file; known are {_known()}")
    module: ModuleType = import_module(f"pipeline.bitexts.{name}")
    try:
        bitext: Bitext = module.read(path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if not bitext.segments:
        raise InputError(f"{path} holds no text to check")
    return bitext


def _known() -> str:
    return ", ".join(sorted(FORMATS))
