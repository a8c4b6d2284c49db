"""Readers and checks for existing translations: CSV tables, TMX memories and XLIFF files."""

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
    """Return the segments of a file in order; raises `InputError` for an unreadable or unknown file."""
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        known = ", ".join(sorted(FORMATS))
        kind = f"a {path.suffix} file" if path.suffix else "a file without extension"
        raise InputError(f"{path}: cannot check {kind}; supported are {known}")
    module: ModuleType = import_module(f"pipeline.bitexts.{name}")
    try:
        bitext: Bitext = module.read(path)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    if not bitext.segments:
        raise InputError(f"{path} has no text to check")
    return bitext
