"""Coarse-to-fine search of two long texts.

A long text is first viewed in units of `FACTOR` sentences, then in units of `FACTOR` units, and so on
until the texts are short enough to search every cell. The links of each level define a band for the
next finer one. The cost per sentence is constant, so time and memory grow linearly with the length of
the texts, not quadratically.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.anchors import CROSSED, Block, in_order, not_crossed
from pipeline.alignment.band import Band
from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import Text

FACTOR = 4
"""Units merged into one at the next coarser level; small enough to keep links accurate."""

SHORT = 100
"""Texts are searched in full if the product of their lengths is at most the square of this number.

An article of 40 paragraphs has about this many sentences."""

RADIUS = 40
"""Minimum number of units searched on either side of the path."""

WIDE = 500
"""Units without a sure link in both texts from which the band follows the diagonal; limits memory."""

SURE = 0.9
"""Posterior from which a link of the coarser level becomes a point of the path."""


def is_short(left: int, right: int) -> bool:
    """Return whether texts of `left` and `right` units are searched in full."""
    return left * right <= SHORT * SHORT


def coarser(text: Text) -> Text:
    """Return the text in units of `FACTOR` sentences; every unit is its own paragraph."""
    groups = np.arange(0, len(text.lengths), FACTOR)
    units = len(groups)
    return Text(
        language=text.language,
        sums=np.add.reduceat(text.sums, groups, axis=0),
        lengths=np.add.reduceat(text.lengths, groups),
        paragraph=np.arange(units),
        closed=np.zeros(units, dtype=np.bool_),
        paragraphs=units,
        surface=Surface.plain(np.add.reduceat(text.surface.sizes, groups)),
    )


def band_around(
    link: NDArray[np.float32], band: Band, left: int, right: int, anchors: Sequence[Block] = ()
) -> Band:
    """Return the band of the finer level, of `left` and `right` units, around the links of the coarser one.

    The band also passes through the `anchors`, except for those that the coarser path crosses too often.

    Anything between two points of the path may be left out on either side, so the band covers both edges
    of that rectangle and its interior. Where the rectangle is too large, the band follows the diagonal;
    text without a counterpart can still be left out there.
    """
    lines, columns = path(link, band)
    # Corners of the path in finer units; the corners of the plane are added below.
    finer = np.minimum(lines * FACTOR + FACTOR // 2, left), np.minimum(columns * FACTOR + FACTOR // 2, right)
    chain = in_order(not_crossed(anchors, *finer, most=max(1, CROSSED // FACTOR)))
    x, y = _through(chain, *finer) if chain else finer
    x, y = np.concatenate([[0], x, [left]]), np.concatenate([[0], y, [right]])
    x, y = _with_waypoints(x, y)
    every = np.arange(left + 1)
    before = np.clip(np.searchsorted(x, every, side="right") - 1, 0, len(x) - 1)
    after = np.clip(np.searchsorted(x, every, side="left"), 0, len(x) - 1)
    high = np.maximum.accumulate(np.minimum(y[after] + RADIUS, right) + 1)
    high[-1] = right + 1
    low = np.maximum(y[before] - RADIUS, 0)
    low[1:] = np.minimum(low[1:], high[:-1] - 1)  # each line must be reachable from the previous one
    low[0] = 0
    low = np.minimum.accumulate(low[::-1])[::-1]
    return Band.of(low.astype(np.int64), high.astype(np.int64))


def _with_waypoints(
    x: NDArray[np.int64], y: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the corners with interpolated ones between any two that are more than `WIDE` apart."""
    steps = np.maximum(1, -(-np.minimum(np.diff(x), np.diff(y)) // WIDE))
    places = np.concatenate([[0.0], np.repeat(np.arange(len(steps)), steps) + _fractions(steps)])
    corners = np.arange(len(x))
    return np.interp(places, corners, x).astype(np.int64), np.interp(places, corners, y).astype(np.int64)


def _fractions(steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return 1/k, 2/k, ... 1 for each number of steps k, concatenated."""
    turn = np.arange(int(steps.sum())) - np.repeat(np.cumsum(steps) - steps, steps)
    return np.asarray((turn + 1) / np.repeat(steps, steps))


def _through(
    anchors: Sequence[Block], x: NDArray[np.int64], y: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the path's points that cross no anchor and the corners of the anchors, both non-decreasing."""
    blocks = np.array([block[1:] for block in anchors], dtype=np.int64)
    kept = np.searchsorted(blocks[:, 0], x, "right") == np.searchsorted(blocks[:, 2], y, "right")
    kept &= np.searchsorted(blocks[:, 1], x) == np.searchsorted(blocks[:, 3], y)
    lines = np.concatenate([x[kept], blocks[:, 0], blocks[:, 1] + 1])
    columns = np.concatenate([y[kept], blocks[:, 2], blocks[:, 3] + 1])
    order = np.lexsort((columns, lines))
    return lines[order], np.maximum.accumulate(columns[order])


def path(link: NDArray[np.float32], band: Band) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return lines and columns of the sure links, both non-decreasing."""
    cells = np.flatnonzero(link > SURE)
    lines, columns = band.lines()[cells], band.columns()[cells]
    rising = columns >= np.maximum.accumulate(columns) if len(columns) else np.zeros(0, dtype=np.bool_)
    return lines[rising], columns[rising]
