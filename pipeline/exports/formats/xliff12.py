"""XLIFF 1.2 (OASIS, 2008), one file per language pair, for tools that do not read XLIFF 2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pipeline.datatypes import REJECTED
from pipeline.exports.content import Content, ExportRow
from pipeline.exports.markup import attributes, clean, text, write_pairs

SUFFIX = ".xlf"


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `it-ko.xlf` and so on into the folder; return the number of rows and notes."""
    return write_pairs(content, folder, SUFFIX, _document)


def _document(rows: Iterable[ExportRow], content: Content, source: str, target: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
    languages = {"source_language": source, "target_language": target, "datatype": "plaintext"}
    empty = True
    for article, some in groupby(rows, key=lambda row: row.article):
        empty = False
        original = clean(content.files.get((article, source), article))
        yield f"<file{attributes(original=original, **languages, xml__space='preserve')}>\n<body>\n"
        for row in some:
            yield from _unit(row, source, target)
        yield "</body>\n</file>\n"
    if empty:  # the schema requires a file
        yield f"<file{attributes(original='none', **languages)}><body/></file>\n"
    yield "</xliff>\n"


def _unit(row: ExportRow, source: str, target: str) -> Iterator[str]:
    final = bool(row.texts[target]) and row.is_final((source, target))
    translate = "no" if row.is_boilerplate() else None
    unit = attributes(
        id=row.id, approved="yes" if final else None, translate=translate, xml__space="preserve"
    )
    yield f"<trans-unit{unit}>\n"
    yield f"<source{attributes(xml__lang=source)}>{text(row.texts[source])}</source>\n"
    if row.texts[target]:
        state = "final" if final else "translated"
        state = "needs-review-translation" if row.review == REJECTED else state
        yield f"<target{attributes(xml__lang=target, state=state)}>{text(row.texts[target])}</target>\n"
    context = {"x-row": row.number, "x-confidence": row.confidence, "x-status": row.status}
    context |= {f"x-{code}-paragraphs": row.paragraphs[code] for code in (source, target)}
    yield '<context-group purpose="information">\n'
    for name, value in context.items():
        if value != "":
            yield f"<context{attributes(context_type=name)}>{text(clean(str(value)))}</context>\n"
    yield "</context-group>\n"
    for finding in row.findings:
        if finding.concerns(source, target):
            words = f"{finding.rule}: {finding.message}"
            words += f" → {finding.suggestion}" if finding.suggestion else ""
            yield f"<note{attributes(**{'from': 'synoptic'})}>{text(clean(words))}</note>\n"
    for remark in row.remarks:
        if remark.language in ("", source, target):
            side = {source: "source", target: "target"}.get(remark.language)
            by = clean(remark.reviewer) or "reviewer"
            yield f"<note{attributes(**{'from': by}, annotates=side)}>{text(clean(remark.text))}</note>\n"
    yield "</trans-unit>\n"
