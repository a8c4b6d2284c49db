"""Sequences whose items are stored on disk, for stages that accept any sequence."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")


class OnDisk(Sequence[Item]):
    """A sequence whose items are read on demand."""

    @abstractmethod
    def read(self, k: int) -> Item:
        """Return item `k`; raises `pipeline.store.packs.Damaged`."""

    @overload
    def __getitem__(self, k: int) -> Item: ...
    @overload
    def __getitem__(self, k: slice) -> list[Item]: ...
    def __getitem__(self, k: int | slice) -> Item | list[Item]:
        """Return one item or a slice; raises `pipeline.store.packs.Damaged`."""
        if isinstance(k, slice):
            return [self.read(i) for i in range(*k.indices(len(self)))]
        return self.read(k)

    def __iter__(self) -> Iterator[Item]:
        return (self.read(k) for k in range(len(self)))
