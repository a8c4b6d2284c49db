"""The model under training: composed piece vectors, the contrastive loss, and lazy row-wise updates."""

import ctypes
import sys
from dataclasses import dataclass, field

import numpy as np
import torch
from scipy.sparse import csr_array

from training.batches import Batch, relabel, take_rows
from training.features import FeatureTable

SHAPES = 128
"""Matrices that are multiplied have a multiple of so many rows."""


def keep_freed_memory() -> None:
    """Makes glibc keep large freed blocks; each step would otherwise map and clear its arrays anew."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.mallopt(-3, 2**31 - 1)  # M_MMAP_THRESHOLD
        libc.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD


def _sparse(matrix: csr_array, device: torch.device) -> torch.Tensor:
    parts = (torch.from_numpy(part.astype(np.int64)) for part in (matrix.indptr, matrix.indices))
    return torch.sparse_csr_tensor(
        *parts, torch.from_numpy(matrix.data), matrix.shape, device=device, check_invariants=False
    )


@dataclass
class Rows:
    """A table of vectors of which a step touches a few rows: Adam's step, with one second moment per row."""

    table: torch.Tensor
    beta: float = 0.98
    moment: torch.Tensor = field(init=False)
    steps: torch.Tensor = field(init=False)

    def __post_init__(self) -> None:
        self.moment = torch.zeros(len(self.table), device=self.table.device)
        self.steps = torch.zeros(len(self.table), device=self.table.device)

    def update(self, rows: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """Moves the rows against their gradient (overwritten), by about `rate` per entry."""
        steps = self.steps[rows] + 1
        square = torch.linalg.vector_norm(gradient, dim=1).square() / gradient.shape[1]
        moment = self.beta * self.moment[rows] + (1 - self.beta) * square
        self.steps[rows], self.moment[rows] = steps, moment
        scale = (moment / (1 - self.beta**steps)).sqrt() + 1e-12
        self.table.index_add_(0, rows, gradient.mul_((-rate / scale)[:, None]))

    def state(self) -> dict[str, torch.Tensor]:
        """Everything that a restart needs."""
        return {"table": self.table, "moment": self.moment, "steps": self.steps}

    def load(self, state: dict[str, torch.Tensor]) -> None:
        """Puts back what `state` gave."""
        for name, value in state.items():
            getattr(self, name).copy_(value)


class Model:
    """A vector for each piece: its own, plus the mean of its features' vectors."""

    def __init__(self, pieces: int, features: FeatureTable, dimensions: int, seed: int, device: str) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.features = features
        self.device = torch.device(device)
        self.own = Rows(torch.zeros(pieces, dimensions, device=device))
        shared = 0.1 * torch.randn(features.count, dimensions, generator=generator)
        self.shared = Rows(shared.to(device))
        self.own.table += 0.02 * torch.randn(pieces, dimensions, generator=generator).to(device)
        self._scratch = (np.full(pieces, -1), np.full(max(features.count, 1), -1))

    def vectors(self) -> torch.Tensor:
        """The finished table, float32[pieces, dimensions]: what training composes, folded."""
        everything = np.arange(len(self.own.table))
        return self.own.table + _sparse(self._composition(everything), self.device) @ self.shared.table

    def state(self) -> dict[str, dict[str, torch.Tensor]]:
        """Everything that a restart needs."""
        return {"own": self.own.state(), "shared": self.shared.state()}

    def load(self, state: dict[str, dict[str, torch.Tensor]]) -> None:
        """Puts back what `state` gave."""
        self.own.load(state["own"])
        self.shared.load(state["shared"])

    def _composition(self, pieces: np.ndarray) -> csr_array:
        """The pieces' features as a matrix [pieces, features] that takes the mean."""
        offsets, columns = take_rows(self.features.offsets, self.features.indices, pieces)
        counts = np.diff(offsets)
        values = np.repeat(1 / np.maximum(counts, 1), counts).astype(np.float32)
        return csr_array((values, columns, offsets), shape=(len(pieces), len(self.shared.table)))

    def step(self, batch: Batch, scale: float, rate: float, spread: float = 0.0) -> float:
        """Learns from one batch; returns its loss. The gradients are written out: autograd copies tables."""
        pieces, columns = relabel(batch.ids, self._scratch[0])
        counts = np.ones(len(columns), dtype=np.float32)
        bags = csr_array((counts, columns, batch.offsets), shape=(len(batch.offsets) - 1, len(pieces)))
        composition = self._composition(pieces)
        used, numbers = relabel(composition.indices, self._scratch[1])
        narrow = csr_array((composition.data, numbers, composition.indptr), shape=(len(pieces), len(used)))
        rows = torch.from_numpy(pieces).to(self.device)

        composed = self.own.table[rows] + _sparse(composition, self.device) @ self.shared.table
        sums = _sparse(bags, self.device) @ composed
        lengths = torch.linalg.vector_norm(sums, dim=1, keepdim=True).clamp_min_(1e-6)
        vectors = sums / lengths
        loss, gradient = contrastive_loss(vectors, batch, scale, spread)
        gradient -= vectors * (gradient * vectors).sum(1, keepdim=True)
        gradient /= lengths
        gradient = _sparse(bags.T.tocsr(), self.device) @ gradient
        shared = _sparse(narrow.T.tocsr(), self.device) @ gradient
        self.own.update(rows, gradient, rate)
        self.shared.update(torch.from_numpy(used).to(self.device), shared, rate)
        return loss


def bag_vectors(table: np.ndarray, offsets: np.ndarray, ids: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Unit vectors, float32[len(rows), d], of some rows of ragged piece ids."""
    bounds, pieces = take_rows(offsets, ids, rows)
    bags = csr_array((np.ones(len(pieces), dtype=np.float32), pieces, bounds), shape=(len(rows), len(table)))
    sums = bags @ table
    return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)


def contrastive_loss(
    vectors: torch.Tensor,
    batch: Batch,
    scale: float,
    spread: float = 0.0,
    form: torch.dtype = torch.bfloat16,
) -> tuple[float, torch.Tensor]:
    """Mean cross-entropy of finding each text's translation among all texts of that language in the batch.

    A line in n languages has n(n - 1)/2 pairs, each of which counts (n - 1)^-spread: with 0 every pair counts
    the same, with 1 every text.

    Products are taken in numbers of the given form: half the digits do for cosines at these scales, and
    processors that know bfloat16 are five times as fast. `vectors` are unit vectors, float32[texts, d].
    Returns the loss and its gradient by them (InfoNCE, van den Oord et al. 2018, in both directions of every
    pair of languages).
    """
    gradient = torch.zeros_like(vectors)
    total, count = 0.0, 0.0
    present = batch.text >= 0
    weight = np.maximum(present.sum(axis=1) - 1, 1).astype(np.float32) ** -np.float32(spread)
    for a, b in batch.pairs:
        lines = np.flatnonzero(present[:, a] & present[:, b])
        if len(lines):
            total += _pair(vectors, gradient, batch, a, b, lines, weight[lines], scale, form)
            count += 2 * float(weight[lines].sum())
    return total / max(count, 1e-9), gradient.div_(max(count, 1e-9))


def _pair(
    vectors: torch.Tensor,
    gradient: torch.Tensor,
    batch: Batch,
    a: int,
    b: int,
    lines: np.ndarray,
    weight: np.ndarray,
    scale: float,
    form: torch.dtype,
) -> float:
    """Adds one pair's gradient; returns the sum of its losses. One table of odds serves both ways."""
    device = vectors.device
    left, right = (batch.text[:, side][batch.text[:, side] >= 0] for side in (a, b))
    i, j = np.searchsorted(left, batch.text[lines, a]), np.searchsorted(right, batch.text[lines, b])
    wrong = _equal_texts(batch.key[left], batch.key[right], i, j)
    rows, columns, x, y, i, j, weights = (
        torch.from_numpy(n).to(device) for n in (left, right, *wrong, i, j, weight)
    )
    u, v = _padded(scale * vectors[rows], form), _padded(vectors[columns], form)
    odds = torch.mm(u, v.T)
    found = odds[i, j].float()
    # A cosine is at most 1, so this never overflows and needs no maximum.
    odds.sub_(scale).exp_()
    odds[x, y] = 0
    sums = (
        odds[:, : len(right)].sum(1, dtype=torch.float32)[i],
        odds[: len(left)].sum(0, dtype=torch.float32)[j],
    )
    loss = sum(float((weights * (s.log() - (found - scale))).sum()) for s in sums)
    per_row, per_column = torch.zeros(len(u), device=device), torch.zeros(len(v), device=device)
    per_row[i], per_column[j] = weights / sums[0], weights / sums[1]
    odds.mul_(per_row.to(form)[:, None] + per_column.to(form))
    odds[i, j] -= 2 * weights.to(form)
    gradient.index_add_(0, rows, torch.mm(odds, v)[: len(left)].float(), alpha=scale)
    gradient.index_add_(0, columns, torch.mm(odds.T, u)[: len(right)].float())
    return loss


def _padded(vectors: torch.Tensor, form: torch.dtype) -> torch.Tensor:
    """The vectors and some zeros: a kernel is compiled for every new shape, which takes longer."""
    padded = torch.zeros(
        -(-len(vectors) // SHAPES) * SHAPES, vectors.shape[1], dtype=form, device=vectors.device
    )
    padded[: len(vectors)] = vectors
    return padded


def _equal_texts(
    left: np.ndarray, right: np.ndarray, i: np.ndarray, j: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Places (row, column) that are no wrong answers: a text that equals the line's own on either side.

    `left` and `right` are the keys of the two sides, line n translates `left[i[n]]` by `right[j[n]]`.
    """
    x, y = [], []
    for keys, here in ((left, i), (right, j)):
        own = keys[here]
        order = np.argsort(own, kind="stable")
        first, last = (np.searchsorted(own[order], own, side) for side in ("left", "right"))
        times = last - first
        line = np.repeat(np.arange(len(own)), times)
        other = order[
            np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times) + np.repeat(first, times)
        ]
        apart = line != other
        x.append(i[line[apart]])
        y.append(j[other[apart]])
    return np.concatenate(x), np.concatenate(y)
