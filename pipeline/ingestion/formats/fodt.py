"""Flat ODT: an OpenDocument text in one XML file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.datatypes import Metadata
from pipeline.ingestion.formats.odt import document
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.xmltree import MAX_NODES, dublin_core, name_of, parse_xml

_PICTURE = re.compile(rb"<office:binary-data>[^<]*</office:binary-data>")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the one article of a document; raises `Unusable`."""
    root, encoding = parse_xml(
        _PICTURE.sub(b"", data), max_nodes=MAX_NODES
    )  # one may exceed the parser's limit
    if name_of(root) != "document":
        raise Unusable("is XML, but no OpenDocument file")
    meta = next((child for child in root if name_of(child) == "meta"), None)
    item = document(root, root, dublin_core(meta) if meta is not None else Metadata())
    yield item._replace(encoding=encoding)
