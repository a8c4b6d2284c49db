"""XLIFF 1.2 and 2.x: one source and one target language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.bitexts.elements import children, local_name, read_elements
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.segments import Bitext, Code, Segment
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.codes import is_known, language_code


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
            if not left_out:
                pair = _readable(path, source), _readable(path, target)
                languages |= dict.fromkeys(pair)
                segments += _segments(element, name, pair, file)
            element.clear()
    if segments and len(languages) < 2:
        raise InputError(f"{path} does not declare its two languages")
    return Bitext(tuple(languages), segments)


def _readable(path: Path, tag: str) -> str:
    code = language_code(tag)
    if not code:
        raise InputError(f"{path} does not declare its two languages")
    if not is_known(code):
        raise InputError(f"{path}: {tag!r} is not the code of a language")
    return code


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
        yield _segment(id_, unit, pair, file)
        return
    parts = children(unit, "segment")
    for number, part in enumerate(parts, 1):
        key = part.get("id") or (str(number) if len(parts) > 1 else "")
        yield _segment("/".join(filter(None, (id_, key))), part, pair, file)


def _segment(id_: str, parent: Element, pair: tuple[str, str], file: str) -> Segment:
    texts = dict.fromkeys(pair, "")
    codes: dict[str, tuple[Code, ...]] = {}
    for code, name in zip(pair, ("source", "target"), strict=True):
        for element in children(parent, name)[:1]:
            texts[code], codes[code] = read_inline(element)
    return Segment(id_, texts, file, codes=codes)
