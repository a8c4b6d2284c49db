"""XLIFF 1.2 and 2.x: one source and one target language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.bitexts.elements import children, local_name, read_elements
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.limits import (
    Profiles,
    Sizes,
    limits_of_unit,
    read_profiles,
    restricted_parts,
    restrictions,
    sizes_of,
)
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
    profiles = Profiles()
    sizes: list[Sizes] = []  # of the files and groups that are open
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
        if name in ("file", "group"):
            if event == "start":
                sizes.append(Sizes())
            else:
                total = sizes.pop()
                sizes[-1:] = [sizes[-1] + total] if sizes else []
                limits = tuple(restrictions(element, total, profiles, f"<{name}>"))
                if limits and segments:
                    segments[-1] = segments[-1]._replace(limits=segments[-1].limits + limits)
        if event == "start" and name == "file":
            file = element.get("original") or element.get("id") or ""
            source, target = element.get("source-language", source), element.get("target-language", target)
            profiles = Profiles()
        elif event == "end" and name == "profiles":
            profiles = read_profiles(element)
        elif event == "end" and name in ("unit", "trans-unit"):
            if not left_out:
                pair = _readable(path, source), _readable(path, target)
                languages |= dict.fromkeys(pair)
                if name == "unit" and profiles != Profiles():
                    sizes[-1:] = [sizes[-1] + sizes_of(element, profiles)]
                segments += _segments(element, name, pair, file, profiles)
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


def _segments(
    unit: Element, name: str, pair: tuple[str, str], file: str, profiles: Profiles
) -> Iterator[Segment]:
    id_ = unit.get("resname") or unit.get("id") or ""
    if name == "trans-unit":
        yield _segment(id_, unit, pair, file)._replace(limits=tuple(limits_of_unit(unit)))
        return
    limits = (
        *restrictions(unit, sizes_of(unit, profiles), profiles),
        *restricted_parts(unit, profiles),
    )
    parts = children(unit, "segment")
    for number, part in enumerate(parts, 1):
        key = part.get("id") or (str(number) if len(parts) > 1 else "")
        segment = _segment("/".join(filter(None, (id_, key))), part, pair, file)
        yield segment._replace(limits=limits)
        limits = ()  # they are of the whole unit


def _segment(id_: str, parent: Element, pair: tuple[str, str], file: str) -> Segment:
    texts = dict.fromkeys(pair, "")
    codes: dict[str, tuple[Code, ...]] = {}
    for code, name in zip(pair, ("source", "target"), strict=True):
        for element in children(parent, name)[:1]:
            texts[code], codes[code] = read_inline(element)
    return Segment(id_, texts, file, codes=codes)
