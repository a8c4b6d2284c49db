"""Steps: the stages of a run applied to all files, in chunks, without repeating cached work.

A stage is a function of one file, pair or article and does not know about the cache. A step computes the
cache key of each (`pipeline.store.cache`), has an engine compute what is missing, and returns where
everything is stored. The records of a collection stay on disk; steps hold only names, keys and places.
"""

from __future__ import annotations

import hashlib
import platform
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.alignment.align import small_matrices
from pipeline.datatypes import Advance
from pipeline.engines import Engine
from pipeline.errors import OutputError
from pipeline.store.cache import Cache
from pipeline.store.packs import Entry, Place, write_pack

Item = TypeVar("Item")
Batch = TypeVar("Batch", bound=Sized)
Work = Callable[[Path, Item], list[Entry]]
"""Computes the entries of an item; the folder is the cache's, for reading whatever the item refers to."""

PACKAGES = (
    "babel",
    "ftfy",
    "langdetect",
    "lxml",
    "markdown-it-py",
    "msgspec",
    "numba",
    "numpy",
    "olefile",
    "pandas",
    "pypdfium2",
    "regex",
    "safetensors",
    "scipy",
    "selectolax",
    "sentence-transformers",
    "threadpoolctl",
    "tokenizers",
    "transformers",
    "usearch",
)
"""Other packages whose code affects the results; one that is missing may have had a file rejected."""


class Context(NamedTuple):
    """The cache and engine used by a step."""

    cache: Cache
    engine: Engine


_PACKS, _LARGER = 128, 8
"""Packs beyond which chunks grow, by this factor at most: a process can keep so many open for reading."""


def larger(size: int, items: int) -> int:
    """Return how many of very many items a chunk has instead of `size`."""
    return max(size, min(_LARGER * size, -(-items // _PACKS)))


def fill(
    context: Context, kind: str, work: Work[Item], items: Iterable[Item], size: int, advance: Advance
) -> None:
    """Compute the entries of all items, `size` items per chunk, each chunk stored in its own pack."""
    make = partial(_make, context.cache.folder, kind, work)
    for places, count in context.engine.map(make, chunks(items, size)):
        context.cache.add(places)
        advance(count)


def fill_sized(
    context: Context, kind: str, work: Work[Batch], batches: Iterable[Batch], advance: Advance
) -> None:
    """Compute the entries of items that come in batches already, each batch stored in its own pack.

    The batches are made as workers need them, never all at once.
    """
    make = partial(_make_batch, context.cache.folder, kind, work)
    for places, count in context.engine.map(make, batches):
        context.cache.add(places)
        advance(count)


def _make_batch(folder: Path, kind: str, work: Work[Batch], batch: Batch) -> tuple[list[Place], int]:
    return _make(folder, kind, work, [batch])[0], len(batch)


def chunks(items: Iterable[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield the items in lists of `size`; the last may be shorter."""
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk


def _make(folder: Path, kind: str, work: Work[Item], chunk: Sequence[Item]) -> tuple[list[Place], int]:
    with small_matrices():
        made = [work(folder, item) for item in chunk]
    # The first entries of all items, then the second ones, so that data read together is adjacent.
    entries = [entry for some in zip_longest(*made) for entry in some if entry is not None]
    try:
        return write_pack(folder, f"{kind}-{code_tag()}", entries), len(chunk)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error


@cache
def code_version() -> str:
    """Return a digest of the code that computes the entries: this package, Python and the other packages."""
    machine = f"{platform.machine()} {platform.python_version()} {unicodedata.unidata_version}"
    digest = hashlib.blake2b(machine.encode(), digest_size=16)
    root = Path(__file__).parent.parent.parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {_version(package)}\n".encode())
    return digest.hexdigest()


def code_tag() -> str:
    """Return the prefix of the code's digest that is used in the names of packs."""
    return code_version()[:8]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
