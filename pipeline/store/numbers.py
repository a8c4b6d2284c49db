"""The numbers of very many keys, in 16 bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable

LATEST = 100_000
"""Keys that are kept in a dictionary, where they take ten times as much memory, before they are sorted in."""

_HEAD = 8
"""Bytes of a key by which it is sorted."""


class Numbers:
    """A number for each of many keys of 16 bytes; of a key that was added twice, the later one."""

    def __init__(self, key_of: Callable[[int], bytes], latest: int = LATEST) -> None:
        """`key_of` returns the key that has a number, which is kept elsewhere anyway."""
        self._key_of, self._most = key_of, latest
        self._latest: dict[bytes, int] = {}
        self._heads, self._numbers = array("Q"), array("q")  # rising; the later one first

    def update(self, added: Iterable[tuple[bytes, int]]) -> None:
        """Add keys and their numbers, which rise from one call to the next."""
        self._latest.update(added)
        if len(self._latest) > max(self._most, len(self._heads) // 4):
            self._sort_in()

    def get(self, key: bytes) -> int | None:
        """Return the number of a key; None if it has none."""
        number = self._latest.get(key)
        if number is not None or not self._heads:
            return number
        head = int.from_bytes(key[:_HEAD], "little")
        place = bisect_left(self._heads, head)
        while place < len(self._heads) and self._heads[place] == head:
            if self._key_of(self._numbers[place]) == key:
                return self._numbers[place]
            place += 1
        return None

    def retain(self, kept: Callable[[int], bool]) -> None:
        """Forget the keys of all other numbers."""
        self._latest = {key: number for key, number in self._latest.items() if kept(number)}
        chosen = [place for place, number in enumerate(self._numbers) if kept(number)]
        self._heads = array("Q", (self._heads[place] for place in chosen))
        self._numbers = array("q", (self._numbers[place] for place in chosen))

    def _sort_in(self) -> None:
        import numpy as np  # only a large run needs it here

        keys = np.frombuffer(b"".join(self._latest), dtype="<u8")[::2]
        numbers = np.fromiter(self._latest.values(), dtype=np.int64, count=len(self._latest))
        self._latest = {}
        heads = np.concatenate([np.frombuffer(self._heads, dtype=np.uint64), keys.astype(np.uint64)])
        numbers = np.concatenate([np.frombuffer(self._numbers, dtype=np.int64), numbers])
        order = np.lexsort((-numbers, heads))
        self._heads = array("Q", heads[order].tobytes())
        self._numbers = array("q", numbers[order].tobytes())
