"""Coarse to fine: where in two long texts it is worth looking.

A long text is first seen through units of `FACTOR` sentences, and those through units of as many
units, until the texts are short enough to look at every cell. The links found there say where the
next finer level has to look: in a band around them. Every level costs the same for each sentence, so
time and memory grow with the length of the texts and not with its square.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.anchors import CROSSED, Block, in_order, not_crossed
from pipeline.alignment.band import Band
from pipeline.embedding.vectors import Text

FACTOR = 4
"""Units that become one at the next coarser level: few enough that a link of four is never far out."""

SHORT = 100
"""Texts of which the product of lengths is at most the square of this are looked at in full.

An article of 40 paragraphs has about so many sentences.
"""

RADIUS = 40
"""Units looked at on either side of the path, at the least."""

WIDE = 500
"""Units that both texts go on without a sure link until the band keeps to the diagonal; it bounds memory."""

SURE = 0.9
"""Posterior from which a link of the coarser level is taken as a point of the path."""


def is_short(left: int, right: int) -> bool:
    """Tell whether two texts of so many units are looked at in full."""
    return left * right <= SHORT * SHORT


def coarser(text: Text) -> Text:
    """Return the text in units of `FACTOR` sentences; the paragraphs are the units themselves."""
    groups = np.arange(0, len(text.lengths), FACTOR)
    units = len(groups)
    return Text(
        language=text.language,
        sums=np.add.reduceat(text.sums, groups, axis=0),
        lengths=np.add.reduceat(text.lengths, groups),
        paragraph=np.arange(units),
        closed=np.zeros(units, dtype=np.bool_),
        paragraphs=units,
    )


def band_around(
    link: NDArray[np.float32], band: Band, left: int, right: int, anchors: Sequence[Block] = ()
) -> Band:
    """Return the band of the finer level, of `left` and `right` units, around the links of the coarser one.

    It leads through the `anchors` too, except for those that much of the coarser path crosses.

    Between two points of the path everything may be left out on either side: the band then covers
    the way along both edges, with all that lies between them. Where that is too much, it keeps to the
    diagonal; what has no counterpart can still be left out there.
    """
    lines, columns = path(link, band)
    # Corners of the path in finer units; the first and the last corner of the plane belong to it.
    finer = np.minimum(lines * FACTOR + FACTOR // 2, left), np.minimum(columns * FACTOR + FACTOR // 2, right)
    chain = in_order(not_crossed(anchors, *finer, most=max(1, CROSSED // FACTOR)))
    x, y = _through(chain, *finer) if chain else finer
    x, y = np.concatenate([[0], x, [left]]), np.concatenate([[0], y, [right]])
    x, y = _stepping_stones(x, y)
    every = np.arange(left + 1)
    before = np.clip(np.searchsorted(x, every, side="right") - 1, 0, len(x) - 1)
    after = np.clip(np.searchsorted(x, every, side="left"), 0, len(x) - 1)
    high = np.maximum.accumulate(np.minimum(y[after] + RADIUS, right) + 1)
    high[-1] = right + 1
    low = np.maximum(y[before] - RADIUS, 0)
    low[1:] = np.minimum(low[1:], high[:-1] - 1)  # each line can be reached from the one before it
    low[0] = 0
    low = np.minimum.accumulate(low[::-1])[::-1]
    return Band.of(low.astype(np.int64), high.astype(np.int64))


def _stepping_stones(
    x: NDArray[np.int64], y: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the corners with further ones on the way between two that are more than `WIDE` apart."""
    steps = np.maximum(1, -(-np.minimum(np.diff(x), np.diff(y)) // WIDE))
    places = np.concatenate([[0.0], np.repeat(np.arange(len(steps)), steps) + _fractions(steps)])
    corners = np.arange(len(x))
    return np.interp(places, corners, x).astype(np.int64), np.interp(places, corners, y).astype(np.int64)


def _fractions(steps: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return 1/k, 2/k, ... 1 for each number of steps k, one after another."""
    turn = np.arange(int(steps.sum())) - np.repeat(np.cumsum(steps) - steps, steps)
    return np.asarray((turn + 1) / np.repeat(steps, steps))


def _through(
    anchors: Sequence[Block], x: NDArray[np.int64], y: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the points of a path that cross no anchor, and the corners of the anchors, both rising."""
    blocks = np.array([block[1:] for block in anchors], dtype=np.int64)
    kept = np.searchsorted(blocks[:, 0], x, "right") == np.searchsorted(blocks[:, 2], y, "right")
    kept &= np.searchsorted(blocks[:, 1], x) == np.searchsorted(blocks[:, 3], y)
    lines = np.concatenate([x[kept], blocks[:, 0], blocks[:, 1] + 1])
    columns = np.concatenate([y[kept], blocks[:, 2], blocks[:, 3] + 1])
    order = np.lexsort((columns, lines))
    return lines[order], np.maximum.accumulate(columns[order])


def path(link: NDArray[np.float32], band: Band) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return lines and columns of the sure links, both rising."""
    cells = np.flatnonzero(link > SURE)
    lines, columns = band.lines()[cells], band.columns()[cells]
    rising = columns >= np.maximum.accumulate(columns) if len(columns) else np.zeros(0, dtype=np.bool_)
    return lines[rising], columns[rising]
