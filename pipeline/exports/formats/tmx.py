"""TMX 1.4b (LISA/OSCAR): a translation unit for every row with at least two of the languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.datatypes import APPROVED
from pipeline.exports.content import Content, ExportRow
from pipeline.exports.markup import attributes, clean, text, writable

SUFFIX = ".tmx"


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `corpus.tmx` into the folder; return the number of rows and notes."""
    whole, notes = writable(content)
    rows = [row for row in whole if len(row.filled(content.languages)) > 1]
    with (folder / f"corpus{SUFFIX}").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_document(rows, content))
    return len(rows), notes


def _document(rows: Iterable[ExportRow], content: Content) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
    yield (
        "<header"
        + attributes(
            creationtool="synoptic",
            creationtoolversion=__version__,
            segtype="paragraph",
            o_tmf="synoptic",
            adminlang="en",
            srclang=content.languages[0] if len(content.languages) == 2 else "*all*",
            datatype="plaintext",
        )
        + "/>\n<body>\n"
    )
    for row in rows:
        yield from _unit(row, row.filled(content.languages))
    yield "</body>\n</tmx>\n"


def _unit(row: ExportRow, languages: Collection[str]) -> Iterator[str]:
    yield f"<tu{attributes(tuid=row.id)}>\n"
    for remark in row.remarks:
        kind = f"better text for {remark.language}: " if remark.language else ""
        yield f"<note>{text(clean(kind + remark.text))}</note>\n"
    properties = {
        "x-article": row.article,
        "x-row": str(row.number),
        "x-confidence": row.confidence,
        "x-status": row.status,
        # Only what is final says so: a memory has no state for an approved row that will change.
        "x-review": "" if row.review == APPROVED and not row.is_final(languages) else row.review,
        "x-findings": " ".join(dict.fromkeys(finding.rule for finding in row.findings)),
    }
    for name, value in properties.items():
        if value:
            yield f"<prop{attributes(type=name)}>{text(clean(value))}</prop>\n"
    for code in languages:
        place = f'<prop type="x-paragraphs">{text(row.paragraphs[code])}</prop>'
        yield f"<tuv{attributes(xml__lang=code)}>{place}<seg>{text(row.texts[code])}</seg></tuv>\n"
    yield "</tu>\n"
