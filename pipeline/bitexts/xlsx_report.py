"""The findings of a file as a spreadsheet that a translator fills in.

Cells hold text, never formulas. `synoptic check --dismissed` reads the columns `id`, `dismiss` and `comment`.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.bitexts.check import BitextReport
from pipeline.bitexts.passages import pieces, span_in
from pipeline.datatypes import SEVERITIES, Finding, Row
from pipeline.output.columns import DISMISSED
from pipeline.output.xlsx import CELL, escaped

_WIDTHS = {
    "row": 12, "line": 7, "severity": 10, "rule": 24, "message": 45, "source_language": 8, "source": 50,
    "target_language": 8, "target": 50, "suggestion": 20, "dismiss": 10, "comment": 30, "id": 18,
}  # fmt: skip
"""The columns of the findings and their widths."""

_FILLED_IN = ("dismiss", "comment")
_COLOURS = {"critical": "F6C7CF", "major": "FBDCC8", "minor": "FBF0C4", "neutral": "E6E8EA"}
_TO_FILL_IN = "FFFBE6"
_MARKED = InlineFont(b=True, color="C00000")

_LONGEST = CELL // 2
"""Characters of a text that fit a cell whatever their code units."""


def xlsx_report(checked: BitextReport) -> bytes:
    """Return the findings of a file as a workbook: the sheets `findings` and `summary`."""
    book = Workbook(write_only=True)
    _write_findings(book, checked)
    _write_summary(book, checked)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_findings(book: Workbook, checked: BitextReport) -> None:
    sheet = book.create_sheet("findings")
    for column, width in enumerate(_WIDTHS.values(), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    last = len(checked.findings) + 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_WIDTHS))}{last}"
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True)
    place = get_column_letter(list(_WIDTHS).index("dismiss") + 1)
    choice.add(f"{place}2:{place}{max(2, last)}")
    sheet.data_validations.append(choice)
    sheet.append([_cell(sheet, name, bold=True) for name in _WIDTHS])
    rows = {row.id: row for row in checked.rows}
    for finding in checked.findings:
        sheet.append(list(_line(sheet, checked, rows[finding.row_id], finding)))


def _line(sheet: object, checked: BitextReport, row: Row, finding: Finding) -> Iterator[WriteOnlyCell]:
    line = checked.lines.get(row.id)
    values = {
        **{name: getattr(finding, name) for name in _WIDTHS if hasattr(finding, name)},
        "row": row.id,
        "line": str(line or ""),
        "dismiss": "yes" if finding.status == DISMISSED else "",
        "comment": checked.comments.get(finding.id, ""),
    }
    for name in _WIDTHS:
        if name in ("source", "target"):
            language = getattr(finding, f"{name}_language")
            yield _cell(sheet, _marked(row, finding, language))
        else:
            colour = _COLOURS[finding.severity] if name == "severity" else ""
            yield _cell(sheet, _fitting(values[name]), _TO_FILL_IN if name in _FILLED_IN else colour)


def _marked(row: Row, finding: Finding, language: str) -> str | CellRichText:
    """Return the text of a row in a language, with the passage of the finding marked."""
    text = row.text(language) if language in row.languages else ""
    span = span_in(finding, language)
    if span is None or len(text) > _LONGEST:
        return _fitting(text)
    parts = [
        TextBlock(_MARKED, escaped(piece.text)) if piece.inside else escaped(piece.text)
        for piece in pieces(text, [span])
        if piece.text
    ]
    return CellRichText(parts) if any(isinstance(part, TextBlock) for part in parts) else _fitting(text)


def _fitting(text: str) -> str:
    """Return a text as a cell can hold it: long ones are cut off, because the file has them."""
    text = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
    return escaped(text)[: CELL - 8]


def _write_summary(book: Workbook, checked: BitextReport) -> None:
    sheet = book.create_sheet("summary")
    for column, width in enumerate((26, 12, 12, 80), 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    dismissed = len(checked.findings) - len(checked.open)
    counts = Counter(finding.severity for finding in checked.open)
    counted: tuple[tuple[str, str | int], ...] = (
        ("file", checked.file), ("rows", len(checked.rows)), ("open findings", len(checked.open)),
        *((severity, counts[severity]) for severity in SEVERITIES),
        ("dismissed", dismissed), ("left out, as in the baseline", checked.known),
    )  # fmt: skip
    for name, count in counted:
        sheet.append([_cell(sheet, name, bold=True), _value(sheet, count)])
    sheet.append([])
    sheet.append([_cell(sheet, name, bold=True) for name in ("rule", "severity", "findings", "meaning")])
    for name, count in Counter(finding.rule for finding in checked.open).most_common():
        rule = checked.rules[name]
        sheet.append(_rule_line(sheet, (name, rule.severity, count, rule.meaning)))


def _rule_line(sheet: object, values: Sequence[str | int]) -> list[WriteOnlyCell]:
    return [_value(sheet, value) for value in values]


def _value(sheet: object, value: str | int) -> WriteOnlyCell:
    return WriteOnlyCell(sheet, value=value) if isinstance(value, int) else _cell(sheet, _fitting(value))


def _cell(sheet: object, value: str | CellRichText, colour: str = "", bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # a string even if it begins with "="
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if colour:
        cell.fill = PatternFill("solid", fgColor=colour)
    if bold:
        cell.font = Font(bold=True)
    return cell
