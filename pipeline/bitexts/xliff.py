"""XLIFF 1.2 and 2.x: one source and one target language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.bitexts.elements import children, inner_text, local_name, read_elements
from pipeline.bitexts.segments import Bitext, Segment
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.codes import language_code

_CODES = frozenset(("bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "sm", "em"))
"""Elements that hold markup of the original document; `g`, `pc` and `mrk` hold text."""


def read(path: Path) -> Bitext:
    """Return the translation units of a file without those marked `translate="no"`."""
    segments: list[Segment] = []
    languages: dict[str, None] = {}
    source = target = file = ""
    version = ""
    ignored: list[bool] = []
    for event, element in read_elements(path):
        name = local_name(element)
        if not version:
            version = _version(path, element, name)
            source, target = element.get("srcLang", ""), element.get("trgLang", "")
        if name in ("file", "group", "unit", "trans-unit"):
            if event == "start":
                inherited = bool(ignored) and ignored[-1]
                ignored.append({"no": True, "yes": False}.get(element.get("translate", ""), inherited))
            else:
                left_out = ignored.pop()
        if event == "start" and name == "file":
            file = element.get("original") or element.get("id") or ""
            source, target = element.get("source-language", source), element.get("target-language", target)
        elif event == "end" and name in ("unit", "trans-unit"):
            pair = language_code(source), language_code(target)
            if not left_out:
                languages |= dict.fromkeys(pair)
                segments += _segments(element, name, pair, file)
            element.clear()
    if segments and ("" in languages or len(languages) < 2):
        raise InputError(f"{path} does not declare its two languages")
    return Bitext(tuple(languages), segments)


def _version(path: Path, root: Element, name: str) -> str:
    version = root.get("version", "")
    if name != "xliff" or not version.startswith(("1.", "2.")):
        raise InputError(
            f"{path} is not an XLIFF file of version 1 or 2: its root is <{name} version={version!r}>"
        )
    return version


def _segments(unit: Element, name: str, pair: tuple[str, str], file: str) -> Iterator[Segment]:
    id_ = unit.get("resname") or unit.get("id") or ""
    if name == "trans-unit":
        yield Segment(id_, _texts(unit, pair), file)
        return
    parts = children(unit, "segment")
    for number, part in enumerate(parts, 1):
        key = part.get("id") or (str(number) if len(parts) > 1 else "")
        yield Segment("/".join(filter(None, (id_, key))), _texts(part, pair), file)


def _texts(parent: Element, pair: tuple[str, str]) -> dict[str, str]:
    texts = dict.fromkeys(pair, "")
    for code, name in zip(pair, ("source", "target"), strict=True):
        for element in children(parent, name)[:1]:
            texts[code] = inner_text(element, _CODES)
    return texts
