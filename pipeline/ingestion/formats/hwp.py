"""HWP 5, the binary format of the Hangul word processor: a compound file of compressed streams of records.

Headers, footers and the pages behind the text are boilerplate; footnotes follow the text. Hidden comments,
memos, formulas and prompts of empty fields are left out.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import datetime

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats import hwpx
from pipeline.ingestion.formats.code_blocks import join_code
from pipeline.ingestion.formats.hangul import kind_of_style
from pipeline.ingestion.formats.hwp_body import Body
from pipeline.ingestion.formats.hwp_records import PARA_SHAPE, STYLE, Container, strings
from pipeline.ingestion.formats.reading import Item, Reading, Unusable

_SECTION = re.compile(r"BodyText/Section(\d{1,6})")
_SUMMARY = "\x05HwpSummaryInformation"
_TITLE, _AUTHOR, _CREATED = 2, 4, 12
_ENCRYPTED = 0x2 | 0x10 | 0x100 | 0x400  # by password, DRM or certificate
_DISTRIBUTION = 0x4
_LISTS = {1: "heading", 2: "list-item", 3: "list-item"}


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    if data.startswith(b"PK"):
        yield from hwpx.items(data, reading)
        return
    if data.startswith(b"HWP Document File V"):
        raise Unusable("is a document of Hangul 97 or older; save it as .hwpx with a newer version")
    container = Container(data, reading.max_bytes)
    if container.flags & _ENCRYPTED:
        raise Unusable("is encrypted")
    if container.flags & _DISTRIBUTION:
        raise Unusable("is a distribution copy (배포용 문서), whose text is scrambled; use the original")
    yield Item(format="blocks", blocks=tuple(join_code(_blocks(container))), metadata=_metadata(container))


def _blocks(container: Container) -> Iterator[Block]:
    """Yield the paragraphs of all sections, then notes and margins; raises `Unusable`."""
    body = _body(container)
    names = {int(found[1]): found[0] for name in container.names() if (found := _SECTION.fullmatch(name))}
    if not names:
        raise Unusable("is damaged: it lacks the part BodyText/Section0")
    for number in sorted(names):
        section = container.text_records(names[number])
        if section.is_damaged and not section.records:
            raise Unusable(f"is damaged: its part {names[number]} cannot be unpacked")
        yield from body.blocks(section.records)
        if section.is_damaged:
            yield Block("paragraph", "\ufffd")  # so that the missing rest is reported
    for note in body.notes:  # it grows where notes have notes
        yield from body.blocks(note.children)
    margins = (block.text for margin in body.margins for block in body.blocks(margin.children))
    yield from (Block("boilerplate", text) for text in dict.fromkeys(margins))


def _body(container: Container) -> Body:
    """Return a reader that knows the kinds of the styles and of the paragraph shapes."""
    styles: list[str] = []
    shapes: dict[int, str] = {}
    for record in container.document_records().records if "DocInfo" in container.names() else ():
        if record.tag == PARA_SHAPE:
            properties = struct.unpack_from("<I", record.data)[0] if len(record.data) >= 4 else 0
            shapes[len(shapes)] = _LISTS.get(properties >> 23 & 0x3, "")
        elif record.tag == STYLE:
            styles.append(_kind(record.data))
    return Body(styles, shapes)


def _kind(style: bytes) -> str:
    """Return the paragraph kind of a style, from its Korean and its English name."""
    korean, english = strings(style, 2)
    end = 4 + len((korean + english).encode("utf-16-le", "replace"))
    is_of_characters = end < len(style) and style[end] & 0x7 == 1
    return "" if is_of_characters else kind_of_style(korean, english)


def _metadata(container: Container) -> Metadata:
    said = container.properties(_SUMMARY)
    created = said.get(_CREATED)
    return Metadata(
        title=_text(said.get(_TITLE)),
        author=_text(said.get(_AUTHOR)),
        date=created.date().isoformat() if isinstance(created, datetime) else "",
    )


def _text(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return " ".join(text.replace("\x00", " ").split()) if isinstance(text, str) else ""
