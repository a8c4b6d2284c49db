"""The checks that need nothing but one row, and how they work together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pipeline.checks.cells import Cells, Check, Draft, read_cells
from pipeline.checks.families.amounts import differing_units
from pipeline.checks.families.characters import broken_characters, machine_marks
from pipeline.checks.families.completeness import Lengths, lengths_of, missing_text, moved_text
from pipeline.checks.families.dates import differing_dates
from pipeline.checks.families.entities import addresses, codes, shortcuts, tags
from pipeline.checks.families.foreign_names import PairNames, read_names
from pipeline.checks.families.glosses import strange_glosses
from pipeline.checks.families.language import untranslated
from pipeline.checks.families.lists import differing_lists
from pipeline.checks.families.machine_talk import doubled_phrases, machine_talk
from pipeline.checks.families.mixed import mixed_language, repeated_sentences
from pipeline.checks.families.number_format import number_formats
from pipeline.checks.families.number_order import reordered_numbers
from pipeline.checks.families.number_words import differing_words
from pipeline.checks.families.numbers import differing_numbers
from pipeline.checks.families.paired_marks import RowMarks, marks_of
from pipeline.checks.families.signs import differing_signs
from pipeline.checks.families.typography import doubled_words, end_marks, spacing
from pipeline.checks.families.worded_times import differing_times
from pipeline.checks.families.writing import capitals, wide_marks, wrong_forms
from pipeline.datatypes import Row
from pipeline.engines import Engine
from pipeline.languages.codes import language_name
from pipeline.store.codecs import decode, encode

CHECKS: tuple[Check, ...] = (
    missing_text,
    moved_text,
    machine_marks,
    machine_talk,
    broken_characters,
    spacing,
    wide_marks,
    wrong_forms,
)
"""Checks of every row: they ask what a cell says, or whether there is one."""

COMPARISONS: tuple[Check, ...] = (
    untranslated,
    differing_numbers,
    differing_words,
    differing_units,
    differing_times,
    reordered_numbers,
    differing_signs,
    differing_dates,
    addresses,
    tags,
    codes,
    shortcuts,
    strange_glosses,
    doubled_words,
    doubled_phrases,
    end_marks,
    mixed_language,
    repeated_sentences,
    number_formats,
    capitals,
    differing_lists,
)
"""Checks that hold two languages against each other, which means nothing in a misaligned row."""

SURE_ENOUGH = 0.5
"""Confidence from which the languages of a row are compared. Below it the row is more likely wrong than
right, and every difference would be a finding about the alignment, which is said once instead."""


MANY, CHUNK = 3000, 500
"""Rows from which further processes pay (one takes a third of a second to start), and rows that one gets at
a time."""


class RowResult(NamedTuple):
    """What can be said about a row alone."""

    drafts: list[Draft]
    names: PairNames
    lengths: Lengths
    marks: RowMarks


def checked_rows(corpus: Sequence[Cells], engine: Engine | None = None) -> list[RowResult]:
    """Return the result of every row; many rows are shared out, if there is an engine to do that."""
    if engine is None or len(corpus) < MANY:
        return [result_of(cells) for cells in corpus]
    with TemporaryDirectory(prefix="synoptic-") as folder:
        chunks = _written(corpus, Path(folder))
        return [result for path in engine.map(_check_file, chunks) for result in _results_in(path)]


def _written(corpus: Sequence[Cells], folder: Path) -> Iterator[str]:
    """Yield files with a chunk of the rows each: what goes through an engine's pipes has to be small."""
    for start in range(0, len(corpus), CHUNK):
        path = folder / f"{start}.rows"
        path.write_bytes(encode([cells.row for cells in corpus[start : start + CHUNK]]))
        yield str(path)


def _check_file(path: str) -> str:
    """Write the results of the rows in a file into another one, and return that."""
    rows = decode(Path(path).read_bytes(), list[Row])
    results = Path(path).with_suffix(".results")
    results.write_bytes(encode([result_of(read_cells(row)) for row in rows]))
    return str(results)


def _results_in(path: str) -> list[RowResult]:
    return decode(Path(path).read_bytes(), list[RowResult])


def result_of(cells: Cells) -> RowResult:
    """The result of one row."""
    if not is_comparable(cells):
        return RowResult(check_row(cells), [], {}, marks_of(cells))
    return RowResult(check_row(cells), read_names(cells), lengths_of(cells), marks_of(cells))


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
