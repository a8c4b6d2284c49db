"""TMX 1.1 to 1.4: translation memories in two or more languages."""

from __future__ import annotations

from pathlib import Path

from pipeline.bitexts.elements import LANGUAGE, children, local_name, read_elements
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.segments import Bitext, Code, Segment
from pipeline.errors import InputError
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.codes import is_known, language_code


def read(path: Path) -> Bitext:
    """Return the translation units of a memory; if a unit repeats a language, the first variant counts."""
    source, segments = "", []
    languages: dict[str, None] = {}
    root: Element | None = None
    for event, element in read_elements(path):
        name = local_name(element)
        if root is None:
            root = element
            if name != "tmx":
                raise InputError(f"{path} is not a TMX file: its root is <{name}>")
        elif event == "start" and name == "header":
            source = element.get("srclang", "")
        elif event == "end" and name == "tu":
            segments.append(_segment(path, element))
            languages |= dict.fromkeys(segments[-1].texts)
            element.clear()  # the file may exceed the machine's memory
    first = language_code(source)
    order = [first, *(code for code in languages if code != first)] if first in languages else list(languages)
    return Bitext(tuple(order), segments)


def _segment(path: Path, unit: Element) -> Segment:
    texts: dict[str, str] = {}
    codes: dict[str, tuple[Code, ...]] = {}
    for variant in children(unit, "tuv"):
        tag = variant.get(LANGUAGE) or variant.get("lang") or ""
        code = language_code(tag)
        if not is_known(code):
            name = f"{tag!r} is not the code of a language" if tag else "a text has no language"
            raise InputError(f"{path}: {name}")
        for segment in children(variant, "seg"):
            if code not in texts:
                texts[code], codes[code] = read_inline(segment)
    return Segment(unit.get("tuid", ""), texts, codes=codes)
