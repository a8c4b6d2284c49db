"""The checks that need nothing but one row, and how they work together."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import NamedTuple

from pipeline.checks.families.amounts import differing_units
from pipeline.checks.families.characters import broken_characters, machine_marks
from pipeline.checks.families.completeness import missing_text, moved_text, unusual_length
from pipeline.checks.families.entities import addresses, codes, tags
from pipeline.checks.families.foreign_names import PairNames, read_names, strange_glosses
from pipeline.checks.families.language import untranslated
from pipeline.checks.families.mixed import mixed_language, repeated_sentences
from pipeline.checks.families.number_format import number_formats
from pipeline.checks.families.numbers import differing_numbers
from pipeline.checks.families.typography import brackets_and_quotes, doubled_words, end_marks, spacing
from pipeline.checks.names import language_name
from pipeline.checks.records import Cells, Check, Draft

CHECKS: tuple[Check, ...] = (missing_text, moved_text, machine_marks, broken_characters, spacing)
"""Checks of every row: they ask what a cell says, or whether there is one."""

COMPARISONS: tuple[Check, ...] = (
    untranslated,
    differing_numbers,
    differing_units,
    unusual_length,
    addresses,
    tags,
    codes,
    strange_glosses,
    brackets_and_quotes,
    doubled_words,
    end_marks,
    mixed_language,
    repeated_sentences,
    number_formats,
)
"""Checks that hold two languages against each other, which means nothing in a misaligned row."""

SURE_ENOUGH = 0.5
"""Confidence from which the languages of a row are compared. Below it the row is more likely wrong than
right, and every difference would be a finding about the alignment, which is said once instead."""


PARALLEL_FROM, CHUNK = 1000, 200
"""Rows from which further processes pay (a fork takes some hundredths of a second), and rows handed to one
at a time."""


class RowResult(NamedTuple):
    """What can be said about a row alone."""

    drafts: list[Draft]
    names: PairNames


def checked_rows(corpus: Sequence[Cells]) -> list[RowResult]:
    """The result of every row; many rows are shared out among the processors."""
    workers = min(os.cpu_count() or 1, len(corpus) // (PARALLEL_FROM // 2))
    if workers > 1 and sys.platform == "linux":
        with suppress(OSError, BrokenProcessPool):  # no semaphores, no memory: one process does it too
            return _shared_out(corpus, workers)
    return [result_of(cells) for cells in corpus]


def _shared_out(corpus: Sequence[Cells], workers: int) -> list[RowResult]:
    """The results, made by forked processes: these have the rows already, and import nothing anew."""
    starts = range(0, len(corpus), CHUNK)
    with ProcessPoolExecutor(workers, get_context("fork"), _remember, (corpus,)) as pool:
        return [result for results in pool.map(_results_from, starts) for result in results]


_rows_of_parent: Sequence[Cells] = ()
"""In a forked process, the rows of its parent."""


def _remember(corpus: Sequence[Cells]) -> None:
    global _rows_of_parent
    _rows_of_parent = corpus
    gc.disable()  # short-lived processes make no cycles that are worth looking for


def _results_from(start: int) -> list[RowResult]:
    return [result_of(cells) for cells in _rows_of_parent[start : start + CHUNK]]


def result_of(cells: Cells) -> RowResult:
    """The result of one row."""
    return RowResult(check_row(cells), read_names(cells) if is_comparable(cells) else [])


def check_row(cells: Cells) -> list[Draft]:
    """Drafts of one row's findings."""
    drafts = [draft for check in CHECKS for draft in check(cells)]
    if is_comparable(cells):
        drafts += [draft for comparison in COMPARISONS for draft in comparison(cells)]
    elif len(cells.texts) > 1:
        drafts.append(_unsure(cells))
    return drafts


def is_comparable(cells: Cells) -> bool:
    """Whether a row has two languages, and belongs together for sure enough."""
    return len(cells.texts) > 1 and cells.row.confidence >= SURE_ENOUGH


def _unsure(cells: Cells) -> Draft:
    source, target = list(cells.texts)[:2]
    message = f"Alignment error? Confidence is {cells.row.confidence:.2f}, so the languages were not compared"
    rival = cells.row.rival
    if rival is not None:
        message += (
            f"; {language_name(rival.language)} paragraph {rival.paragraph} may belong here"
            f" ({100 * rival.probability:.0f} %)"
        )
    return Draft("meaning.alignment", source, target, message)
