"""The checks that need nothing but one row, and how they work together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pipeline.checks.cells import DIGITS, Cells, Check, Draft, Listed, read_cells, together
from pipeline.checks.families.amounts import differing_units
from pipeline.checks.families.characters import ANY_BROKEN, ANY_MARK, broken_characters, machine_marks
from pipeline.checks.families.completeness import Lengths, lengths_of, missing_text, moved_text
from pipeline.checks.families.consistency import RowWordings, wordings_of
from pipeline.checks.families.dates import differing_dates, differing_halves
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
from pipeline.checks.families.paired_marks import MARKS, NO_MARKS, RowMarks, marks_of
from pipeline.checks.families.signs import differing_signs
from pipeline.checks.families.typography import doubled_words, end_marks, spacing
from pipeline.checks.families.worded_times import differing_times
from pipeline.checks.families.writing import WIDE_MARKS, capitals, wide_marks, wrong_forms
from pipeline.datatypes import Row
from pipeline.engines import Engine
from pipeline.languages.codes import language_name
from pipeline.store.codecs import decode, encode

CHECKS: tuple[Listed, ...] = (
    Listed(missing_text),
    Listed(moved_text),
    Listed(machine_marks, ANY_MARK),
    Listed(machine_talk),
    Listed(broken_characters, ANY_BROKEN),
    Listed(spacing),
    Listed(wide_marks, WIDE_MARKS),
    Listed(wrong_forms),
)
"""Checks of every row: they ask what a cell says, or whether there is one."""

COMPARISONS: tuple[Listed, ...] = (
    Listed(untranslated),
    Listed(differing_numbers, DIGITS),
    Listed(differing_words),
    Listed(differing_units, DIGITS),
    Listed(differing_times),
    Listed(reordered_numbers, DIGITS),
    Listed(differing_signs, DIGITS),
    Listed(differing_dates),
    Listed(differing_halves, DIGITS),
    Listed(addresses),
    Listed(tags, frozenset("#@")),
    Listed(codes, DIGITS),
    Listed(shortcuts, frozenset("+-")),
    Listed(strange_glosses),
    Listed(doubled_words),
    Listed(doubled_phrases),
    Listed(end_marks),
    Listed(mixed_language),
    Listed(repeated_sentences),
    Listed(number_formats, DIGITS),
    Listed(capitals),
    Listed(differing_lists),
)
"""Checks that hold two languages against each other, which means nothing in a misaligned row."""

_NEEDED = MARKS.union(*(each.needs for each in (*CHECKS, *COMPARISONS)))
_MARKS = re.compile(rf"[\d{re.escape(''.join(sorted(_NEEDED - DIGITS)))}]")
"""What any check needs: one pass over the texts of a row tells which of them can find anything."""

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
    wordings: RowWordings


NO_WORDINGS = RowWordings(b"", b"")


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
    found = frozenset(_MARKS.findall(together(cells)))
    if any(map(str.isdecimal, found)):
        found |= DIGITS  # also where there are only those of another script
    marks = NO_MARKS if MARKS.isdisjoint(found) else marks_of(cells)
    if not is_comparable(cells):
        return RowResult(check_row(cells, found), [], {}, marks, NO_WORDINGS)
    return RowResult(check_row(cells, found), read_names(cells), lengths_of(cells), marks, wordings_of(cells))


def check_row(cells: Cells, marks: frozenset[str]) -> list[Draft]:
    """Drafts of one row's findings; `marks` are the characters of it that any check needs."""
    drafts = [draft for check in _able(CHECKS, marks) for draft in check(cells)]
    if is_comparable(cells):
        drafts += [draft for comparison in _able(COMPARISONS, marks) for draft in comparison(cells)]
    elif len(cells.texts) > 1:
        drafts.append(_unsure(cells))
    return drafts


def _able(listed: Iterable[Listed], marks: frozenset[str]) -> list[Check]:
    """The checks that may find something in a row that has these marks."""
    return [check for check, needs in listed if not needs or not needs.isdisjoint(marks)]


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
