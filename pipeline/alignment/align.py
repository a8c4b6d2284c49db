"""Aligns all languages of an article at once: sentences first, then rows of paragraphs.

For each pair of languages, the evidence for every bead (`evidence`) and a pair hidden Markov model
(`posterior`) give the probability that two sentences belong together. The links found this way refine
the evidence, and the model runs a second time. The other languages raise or lower the odds of each link
(`consistency`). Paragraphs are tied by the sentences they share, and the ties of all pairs are joined
into rows that keep the reading order of every language (`joint`). What stands elsewhere in one language
is joined afterwards (`moved`, `blocks`). The same probabilities give the confidence of a row
(`confidence`), lowered where a row has one of several equal paragraphs (`copies`). Long texts are searched
coarse to fine (`coarse`). Rows settled by a reviewer are fixed, and everything else is aligned around them
(`anchors`).
"""

from __future__ import annotations

import math
import os
from collections.abc import Container, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline.alignment.anchors import (
    DECIDED,
    SURE,
    Anchor,
    Anchors,
    Block,
    PairAnchors,
    forbid,
    splitting_first,
)
from pipeline.alignment.band import Band, inner_products
from pipeline.alignment.beads import breaks_of
from pipeline.alignment.blocks import moved_blocks
from pipeline.alignment.coarse import band_around, coarser, is_short
from pipeline.alignment.confidence import row_certainties
from pipeline.alignment.consistency import Links, consistent
from pipeline.alignment.copies import chances, copied_units
from pipeline.alignment.evidence import bead_odds, examples, first_model, fit_to_article, same_wording
from pipeline.alignment.joint import Tie, join_units
from pipeline.alignment.likeness import Likeness, PairModel
from pipeline.alignment.moved import Units, join_moves
from pipeline.alignment.posterior import Posterior, Prior, pair_posterior
from pipeline.datatypes import Node
from pipeline.embedding.surface import NO_WORDING
from pipeline.embedding.vectors import Text

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""What libraries read when they are loaded (`pipeline.engines.local` sets it)."""

FAINT = 0.001
"""Links below this probability are dropped."""


def small_matrices() -> AbstractContextManager[object]:
    """Return a context in which numpy multiplies on one thread.

    The matrices of an article are small: splitting them costs more than it saves, and several times more
    when other work competes for the same processors. A worker has one thread from its start: there, to look
    for the libraries of a process for every chunk is a hundredth of a run.
    """
    if all(os.environ.get(name) == "1" for name in _ONE_THREAD):
        return nullcontext()
    limits: AbstractContextManager[object] = threadpool_limits(limits=1, user_api="blas")
    return limits


class AlignedRow(NamedTuple):
    """Units that belong together, as (language, unit), and the probability that exactly these do."""

    nodes: tuple[Node, ...]
    confidence: float
    rival: Tie | None = None  # the strongest tie to a unit outside the row
    moved: bool = False  # the row stands in another place in some language
    decided: bool = False  # the row is an anchor
    block: int = 1  # the rows of the moved block that this row heads; 0 if an earlier row heads it


class Search(NamedTuple):
    """The result of aligning two texts."""

    band: Band
    posterior: Posterior
    model: PairModel
    chain: tuple[Block, ...] = ()  # the anchors that split both texts


def align_texts(
    texts: Sequence[Text],
    likeness: Likeness,
    level: str = "paragraph",
    prior: Prior | None = None,
    anchors: Sequence[Anchor] = (),
    open_to: Sequence[Container[int]] = (),
) -> list[AlignedRow]:
    """Return the rows of one article in reading order; `texts` holds one text per language.

    A unit is a paragraph or, at level "sentence", a sentence. Each of the `anchors` becomes a row of the
    result, with units of the languages that it is `open_to` if it is to any; no two may share a unit.
    """
    fixed = Anchors(anchors, open_to)
    unit_of = [text.paragraph if level == "paragraph" else np.arange(len(text.lengths)) for text in texts]
    counts = [text.paragraphs if level == "paragraph" else len(text.lengths) for text in texts]
    pairs = list(combinations(range(len(texts)), 2))
    rules = {pair: fixed.of_pair(pair, unit_of) if anchors else None for pair in pairs}
    found = {(a, b): search(texts[a], texts[b], likeness, prior or Prior(), rules[a, b]) for a, b in pairs}
    links = consistent({pair: likely_links(result) for pair, result in found.items()}, len(texts))
    ties = [tie for pair, some in links.items() for tie in unit_ties(pair, unit_of, some)]
    if anchors:
        ties = fixed.without_bound(ties)
    first = splitting_first(fixed.rows, [result.chain for result in found.values()])
    rows = join_units(counts, ties, fixed=first, may_join=fixed.may_join if any(open_to) else None)
    ties += fixed.firm_ties(rows)
    free = [not any(node in fixed.of for node in row) for row in rows]
    blocks: dict[int, int] = {}
    if any(len(row) == 1 and may for row, may in zip(rows, free, strict=True)):
        units = [Units.of(*each) for each in zip(texts, unit_of, counts, strict=True)]
        models = {pair: result.model for pair, result in found.items()}
        rows, joined, moves = join_moves(rows, units, models, free)
        ties += moves
        if moves:
            weights = [
                math.inf if any(node in fixed.of for node in row) else _weight(row, units) for row in rows
            ]
            blocks = moved_blocks(rows, joined, weights)
    chance = chances(rows, [copied_units(*each) for each in zip(texts, unit_of, strict=True)])
    aligned = [
        AlignedRow(
            tuple(row), sure.confidence * chance.get(k, 1.0), sure.rival, k in blocks, block=blocks.get(k, 1)
        )
        for k, (row, sure) in enumerate(zip(rows, row_certainties(rows, ties), strict=True))
    ]
    return _with_anchors(aligned, fixed) if anchors else aligned


def _with_anchors(rows: Sequence[AlignedRow], anchors: Anchors) -> list[AlignedRow]:
    """Return the rows with each anchor as a single row, placed where its earliest language has it."""
    pieces: dict[int, list[int]] = {}
    for k, row in enumerate(rows):
        anchor = next((anchors.of[node] for node in row.nodes if node in anchors.of), None)
        if anchor is not None:
            pieces.setdefault(anchor, []).append(k)
    out: dict[int, AlignedRow] = dict(enumerate(rows))
    for anchor, places in pieces.items():
        here = min(places, key=lambda k: (rows[k].nodes[0], k))
        for place in places:
            del out[place]
        moved = len(places) > 1
        if anchors.is_open(anchor):
            nodes = tuple(sorted(node for place in places for node in rows[place].nodes))
            least = min((rows[place] for place in places), key=lambda row: row.confidence)
            out[here] = AlignedRow(nodes, min(DECIDED, least.confidence), least.rival, moved)
        else:
            out[here] = AlignedRow(anchors.rows[anchor], DECIDED, moved=moved, decided=True)
    return [out[k] for k in sorted(out)]


def _weight(row: Sequence[Node], units: Sequence[Units]) -> float:
    """Return the characters of a row that were translated, not just copied."""
    wordings = {units[language].wordings[unit] for language, unit in row}
    copied = len(wordings) == 1 and NO_WORDING not in wordings and len(row) > 1
    return 0.0 if copied else float(sum(units[language].sizes[unit] for language, unit in row))


def search(
    left: Text, right: Text, likeness: Likeness, prior: Prior, anchors: PairAnchors | None = None
) -> Search:
    """Return the posterior of the links between two texts, with its band, model and anchor chain."""
    band = search_band(left, right, likeness, prior, anchors)
    dots = inner_products(left.sums, right.sums, band)
    breaks = breaks_of(left), breaks_of(right)

    equal = same_wording(left.surface.wordings, right.surface.wordings, band)

    def posterior(model: PairModel, chain: Sequence[Block] = ()) -> Posterior:
        odds = bead_odds(left, right, dots, band, model, equal)
        odds = odds if anchors is None else forbid(odds, band, anchors, chain)
        return pair_posterior(odds, band, *breaks, prior)

    model = first_model(left, right, likeness)
    first = posterior(model).link
    chain = anchors.chain(*_sure(first, band)) if anchors else []
    model = fit_to_article(model, examples(left, right, dots, band, first))
    return Search(band, posterior(model, chain), model, tuple(chain))


def _sure(link: NDArray[np.float32], band: Band) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    cells = np.flatnonzero(link > SURE)
    return band.lines()[cells], band.columns()[cells]


def search_band(
    left: Text, right: Text, likeness: Likeness, prior: Prior, anchors: PairAnchors | None = None
) -> Band:
    """Return the cells to search: all cells of short texts, else a band around a coarser alignment."""
    n, m = len(left.lengths), len(right.lengths)
    if is_short(n, m):
        return Band.full(n, m)
    found = search(coarser(left), coarser(right), likeness, prior)
    return band_around(found.posterior.link, found.band, n, m, anchors.blocks() if anchors else ())


def likely_links(found: Search) -> Links:
    """Return the links above `FAINT`."""
    band, posterior = found.band, found.posterior
    cells = np.flatnonzero(posterior.link > FAINT)
    return Links(
        band.lines()[cells],
        band.columns()[cells],
        np.minimum(posterior.link[cells].astype(np.float64), 1.0),
        (len(posterior.alone_left), len(posterior.alone_right)),
    )


def unit_ties(pair: tuple[int, int], unit_of: Sequence[NDArray[np.int64]], links: Links) -> list[Tie]:
    """Return the ties between the units of two languages; a tie has the probability of its best link."""
    a, b = pair
    best: dict[tuple[int, int], float] = {}
    for left, right, probability in zip(
        unit_of[a][links.left].tolist(),
        unit_of[b][links.right].tolist(),
        links.probability.tolist(),
        strict=True,
    ):
        best[left, right] = max(best.get((left, right), 0.0), probability)
    return [Tie(probability, (a, left), (b, right)) for (left, right), probability in best.items()]
