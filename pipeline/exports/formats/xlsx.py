"""XLSX for review in a spreadsheet; `synoptic apply` reads it back.

Cells hold text, never formulas. A cell holds at most 32,767 characters; a longer text continues on the next
line, with the same id and the next number in the column `part`. Findings become cell comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from pipeline.exports.columns import header, values
from pipeline.exports.content import Content, ExportRow
from pipeline.output.columns import text_column
from pipeline.output.xlsx import _REPEATED, CELL, NOT_XML, escaped

SUFFIX = ".xlsx"

_COLOURS = {"approved": "E2F0E6", "rejected": "FBE3E4", "repaired": "E3EFEE"}


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `corpus.xlsx` into the folder; return the number of rows and notes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("corpus")
    names = [*header(content.languages), "part"]
    texts = {text_column(code): code for code in content.languages}
    for column, name in enumerate(names, start=1):
        width = 60 if name in texts else 30 if name in ("findings", "comment") else 13
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "D2"
    sheet.append([_head(sheet, name) for name in names])
    for row in content.rows:
        for line in _lines(sheet, row, content.languages, names):
            sheet.append(line)
    book.save(folder / f"corpus{SUFFIX}")
    return len(content.rows), []


def _head(sheet: object, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _lines(
    sheet: object, row: ExportRow, languages: Sequence[str], names: Sequence[str]
) -> Iterator[list[WriteOnlyCell]]:
    """Yield the sheet lines of a row: one unless a text exceeds a cell."""
    parts = [_parts(escaped(value)) for value in values(row, languages)]
    for number in range(max(map(len, parts))):
        cells = []
        for name, part in zip(names, parts, strict=False):
            again = name in _REPEATED
            value = part[number] if number < len(part) else part[0] if again else ""
            cells.append(_cell(sheet, value, row.review if name == "review" else ""))
        cells.append(_cell(sheet, str(number + 1), ""))
        if number == 0:
            _comment(cells, row, names)
        yield cells


def _cell(sheet: object, value: str, review: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"  # a string even if it begins with "="
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if review:
        cell.fill = PatternFill("solid", fgColor=_COLOURS[review])
    return cell


def _comment(cells: Sequence[WriteOnlyCell], row: ExportRow, names: Sequence[str]) -> None:
    """Attach the findings and remarks of a row as comments to the cells concerned."""
    said: dict[str, list[str]] = {}
    for finding in row.findings:
        place = text_column(finding.target_language or finding.source_language)
        place = place if place in names else "findings"
        words = f"{finding.severity}: {finding.message} [{finding.rule}]"
        words += f" → {finding.suggestion}" if finding.suggestion else ""
        said.setdefault(place, []).append(words)
    for remark in row.remarks:
        place = text_column(remark.language) if remark.language else "comment"
        by = f"{remark.reviewer}: " if remark.reviewer else ""
        said.setdefault(place if place in names else "comment", []).append(by + remark.text)
    for place, lines in said.items():
        comment = Comment(NOT_XML.sub(" ", "\n".join(lines))[:CELL], "Synoptic")
        comment.width, comment.height = 360, 40 + 40 * len(lines)
        cells[names.index(place)].comment = comment


def _parts(text: str) -> list[str]:
    """Split a text into parts that fit a cell without breaking an escape or a surrogate pair."""
    parts, start, units = [], 0, 0
    for k, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > CELL - 8:
            end = k if "_x" not in text[max(start, k - 7) : k] else text.rindex("_x", start, k)
            parts.append(text[start:end])
            start, units = end, sum(2 if ord(c) > 0xFFFF else 1 for c in text[end : k + 1])
    return [*parts, text[start:]]
