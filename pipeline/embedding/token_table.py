"""The vectors of tokens, kept as small as their file has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class TokenTable:
    """Vectors of n tokens, `[n, d]`, of which only those that a batch has become float32.

    As float32, a table of int8 would take four times the memory, in each process.
    """

    def __init__(self, tensors: Mapping[str, NDArray[Any]]) -> None:
        """Take the table from the tensors of a static model file. Raises `KeyError`.

        The layout is either `embedding.weight`, or `embeddings` with an optional row index (`mapping`) and an
        optional factor (`weights`) for each token: the two that `StaticEmbedding.load` reads.
        """
        plain = "embedding.weight" in tensors
        self._rows = tensors["embedding.weight"] if plain else tensors["embeddings"]
        self._mapping = None if plain or "mapping" not in tensors else tensors["mapping"].astype(np.int64)
        weights = None if plain or "weights" not in tensors else tensors["weights"]
        self._weights = None if weights is None else weights.astype(np.float32)
        self._tokens = len(self._rows) if self._mapping is None else len(self._mapping)

    def __len__(self) -> int:
        return self._tokens

    @property
    def dimensions(self) -> int:
        """The dimensions of a vector."""
        return int(self._rows.shape[1])

    def of(self, tokens: NDArray[np.int32]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return the vectors of the different tokens, `float32[k, d]`, and the row of each token in them.

        Several threads may ask at once.
        """
        is_used = np.zeros(self._tokens, dtype=np.bool_)  # faster than sorting the tokens
        is_used[tokens] = True
        used = np.flatnonzero(is_used)
        place = np.empty(self._tokens, dtype=np.int32)
        place[used] = np.arange(len(used), dtype=np.int32)
        rows = used if self._mapping is None else self._mapping[used]
        vectors: NDArray[np.float32] = self._rows[rows].astype(np.float32, copy=False)
        if self._weights is not None:
            vectors *= self._weights[used, None]
        return vectors, place[tokens]
