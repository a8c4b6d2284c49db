"""XLIFF 2.1 (OASIS, 2018): one file per language pair, with a unit for every row with a source text.

Findings are ITS 2.0 localisation quality issues as in the ITS module of XLIFF 2.1: stand-off in the unit,
with an annotation around the text concerned. Reviews set the state of the segment: `final` if approved as
it is (`ExportRow.is_final`), `initial` if rejected or untranslated, otherwise `translated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pipeline.datatypes import REJECTED
from pipeline.exports.content import Content, ExportFinding, ExportRow
from pipeline.exports.markup import attributes, clean, text, write_pairs

SUFFIX = ".xlf"

ITS_SEVERITY = {"critical": 100, "major": 70, "minor": 30, "neutral": 0}
"""ITS severities range from 0 to 100; the intermediate values are this project's choice."""


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `it-ko.xlf` and so on into the folder; return the number of rows and notes."""
    return write_pairs(content, folder, SUFFIX, _document)


def _document(rows: Iterable[ExportRow], content: Content, source: str, target: str) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<xliff'
        + attributes(
            xmlns="urn:oasis:names:tc:xliff:document:2.0",
            xmlns__its="http://www.w3.org/2005/11/its",
            xmlns__mda="urn:oasis:names:tc:xliff:metadata:2.0",
            its__version="2.0",
            version="2.1",
            srcLang=source,
            trgLang=target,
        )
        + ">\n"
    )
    empty = True
    for place, (article, some) in enumerate(groupby(rows, key=lambda row: row.article), start=1):
        empty = False
        original = clean(content.files.get((article, source), article))
        yield f"<file{attributes(id=article, original=original, xml__space='preserve')}>\n"
        for row in some:
            yield from _unit(row, source, target, f"q{place}-{row.number}")
        yield "</file>\n"
    if empty:  # the schema requires a file with a unit or group
        yield '<file id="none"><group id="none"/></file>\n'
    yield "</xliff>\n"


def _unit(row: ExportRow, source: str, target: str, issues: str) -> Iterator[str]:
    # `issues` is the id of the findings; an xml:id must be unique in the document, and row numbers are not.
    findings = [finding for finding in row.findings if finding.concerns(source, target)]
    translated = bool(row.texts[target])
    translate = "no" if row.is_boilerplate() else None
    yield f"<unit{attributes(id=f'r{row.number}', name=row.id, translate=translate)}>\n"
    if findings:
        yield f"<its:locQualityIssues{attributes(xml__id=issues)}>\n"
        yield from map(_issue, findings)
        yield "</its:locQualityIssues>\n"
    yield from _metadata(row, source, target)
    yield from _notes(row, source, target)
    yield f"<segment{attributes(id='s', state=_state(row, source, target))}>\n"
    mark = f"#its={issues}" if findings else None
    yield f"<source>{_content(row.texts[source], None if translated else mark)}</source>\n"
    if translated:
        yield f"<target>{_content(row.texts[target], mark)}</target>\n"
    yield "</segment>\n</unit>\n"


def _content(value: str, issues: str | None) -> str:
    if issues is None:
        return text(value)
    return (
        f"<mrk{attributes(id='m', type='its:generic', its__locQualityIssuesRef=issues)}>{text(value)}</mrk>"
    )


def _state(row: ExportRow, source: str, target: str) -> str:
    if not row.texts[target] or row.review == REJECTED:
        return "initial"
    return "final" if row.is_final((source, target)) else "translated"


def _issue(finding: ExportFinding) -> str:
    words = f"{finding.message} → {finding.suggestion}" if finding.suggestion else finding.message
    return (
        "<its:locQualityIssue"
        + attributes(
            locQualityIssueType=finding.issue_type,
            locQualityIssueComment=clean(f"{finding.rule}: {words}"),
            locQualityIssueSeverity=ITS_SEVERITY[finding.severity],
            locQualityIssueEnabled="yes",
        )
        + "/>\n"
    )


def _metadata(row: ExportRow, source: str, target: str) -> Iterator[str]:
    values = {
        "row": row.number,
        "confidence": row.confidence,
        "status": row.status,
        "review": row.review,
        f"{source} paragraphs": row.paragraphs[source],
        f"{target} paragraphs": row.paragraphs[target],
    }
    yield '<mda:metadata><mda:metaGroup category="synoptic">\n'
    for name, value in values.items():
        if value != "":
            yield f"<mda:meta{attributes(type=name)}>{text(clean(str(value)))}</mda:meta>\n"
    yield "</mda:metaGroup></mda:metadata>\n"


def _notes(row: ExportRow, source: str, target: str) -> Iterator[str]:
    remarks = [remark for remark in row.remarks if remark.language in ("", source, target)]
    if remarks:
        yield "<notes>\n"
        for remark in remarks:
            side = {source: "source", target: "target"}.get(remark.language)
            category = "proposal" if remark.language else "comment"
            yield f"<note{attributes(category=category, appliesTo=side)}>{text(clean(remark.text))}</note>\n"
        yield "</notes>\n"
