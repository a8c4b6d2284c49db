"""How long a translation may be, as XLIFF says it.

XLIFF 1.2 has `maxwidth` and `minwidth` with a `size-unit`, and `maxbytes` and `minbytes`; XLIFF 2 the module
for size and length restriction. What needs a font to be measured, as pixels do, is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.bitexts.elements import children, local_name
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.segments import Limit, Segment
from pipeline.checks.cells import Draft
from pipeline.ingestion.formats.xmltree import Element
from pipeline.languages.codes import language_name
from pipeline.languages.marks import OBJECT

RULE = "characters.limit"
_SLR = "{urn:oasis:names:tc:xliff:sizerestriction:2.0}"
_CHARACTERS, _BYTES = "characters", "bytes"
_UNITS = {"char": _CHARACTERS, "glyph": _CHARACTERS, "byte": _BYTES}
_STORED = {"xliff:utf8": "utf-8", "xliff:utf16": "utf-16-le", "xliff:utf32": "utf-32-le"}
_RANGE = re.compile(r"(?:(\d{1,9}),\s*)?(\d{1,9}|\*)")


class Profiles(NamedTuple):
    """How the sizes of an XLIFF 2 file are counted; "" where nothing is restricted."""

    general: str = ""
    storage: str = ""
    general_form: str = "none"  # of Unicode, that a text is brought into before it is counted
    storage_form: str = "none"


def beyond_limits(segment: Segment, languages: Sequence[str]) -> list[Draft]:
    """Drafts for the limits that a translation does not keep to."""
    target = next((code for code in reversed(languages) if segment.texts.get(code, "").strip()), "")
    return [_draft(limit, target) for limit in segment.limits if target and not _is_kept(limit)]


def _is_kept(limit: Limit) -> bool:
    return limit.least <= limit.size and (limit.most is None or limit.size <= limit.most)


def _draft(limit: Limit, language: str) -> Draft:
    name = f"{limit.of} in {language_name(language)}" if limit.of else f"{language_name(language)} text"
    if limit.most is not None and limit.size > limit.most:
        message = f"The {name} has {limit.size} {limit.unit}, {limit.size - limit.most} more than allowed"
    else:
        message = f"The {name} has {limit.size} {limit.unit}, and needs {limit.least}"
    return Draft(RULE, "", language, message)


def limits_of_unit(unit: Element) -> Iterator[Limit]:
    """The limits of a `trans-unit` of XLIFF 1.2."""
    for target in children(unit, "target")[:1]:
        text = read_inline(target)[0].replace(OBJECT, "")
        kind = _UNITS.get(unit.get("size-unit", ""))
        if kind:
            yield from _limit(unit.get("minwidth"), unit.get("maxwidth"), _widest_line(text, kind), kind)
        stored = len(text.encode("utf-8"))
        yield from _limit(unit.get("minbytes"), unit.get("maxbytes"), stored, _BYTES)
        for name, value in unit.attrib.items():
            if str(name).rpartition("}")[2] == "maxlengthchars":  # of memoQ
                yield from _limit(None, str(value), len(text), _CHARACTERS)


def _widest_line(text: str, kind: str) -> int:
    return max((_size(line, kind) for line in text.split("\n")), default=0)


def _size(text: str, kind: str) -> int:
    return len(text.encode("utf-8")) if kind == _BYTES else len(text)


def _limit(least: str | None, most: str | None, size: int, unit: str) -> Iterator[Limit]:
    numbers = [int(value) if value and value.isdigit() else None for value in (least, most)]
    if numbers != [None, None] and size:
        yield Limit(numbers[0] or 0, numbers[1], size, unit)


def read_profiles(element: Element) -> Profiles:
    """The profiles that a `profiles` element of the module names."""
    forms = {"general": "none", "storage": "none"}
    for child in element:
        if local_name(child) == "normalization":
            forms |= {name: child.get(name, "none") for name in forms}
    general, storage = element.get("generalProfile", ""), element.get("storageProfile", "")
    return Profiles(general, storage, forms["general"], forms["storage"])


class Sizes(NamedTuple):
    """How long the translations of an element are."""

    general: int = 0  # characters
    storage: int = 0  # bytes

    def __add__(self, other: object) -> Sizes:
        """The sizes of both together."""
        return Sizes(self[0] + other[0], self[1] + other[1]) if isinstance(other, Sizes) else NotImplemented


def sizes_of(element: Element, profiles: Profiles) -> Sizes:
    """The sizes of all translations in an element, with what lies between the segments."""
    targets = [part for part in element.iter() if local_name(part) == "target"]
    encoding = _STORED.get(profiles.storage, "utf-8")
    return Sizes(
        sum(_counted(target, profiles.general_form) for target in targets),
        sum(_stored(target, profiles.storage_form, encoding) for target in targets),
    )


def restrictions(element: Element, sizes: Sizes, profiles: Profiles, of: str = "") -> Iterator[Limit]:
    """The limits that the module of XLIFF 2 sets for an element whose translations have these sizes."""
    general, storage = element.get(_SLR + "sizeRestriction"), element.get(_SLR + "storageRestriction")
    if general and profiles.general == "xliff:codepoints":
        yield from _range(general, sizes.general, _CHARACTERS, of)
    if storage and profiles.storage in _STORED:
        yield from _range(storage, sizes.storage, _BYTES, of)


def restricted_parts(unit: Element, profiles: Profiles) -> Iterator[Limit]:
    """The limits of the parts of a unit's translations that are marked."""
    encoding = _STORED.get(profiles.storage, "utf-8")
    for target in (part for part in unit.iter() if local_name(part) == "target"):
        for part in target.iter():
            if local_name(part) in ("pc", "mrk"):
                sizes = Sizes(
                    _counted(part, profiles.general_form), _stored(part, profiles.storage_form, encoding)
                )
                yield from restrictions(part, sizes, profiles, f"<{local_name(part)}>")


def _range(written: str, size: int, unit: str, of: str) -> Iterator[Limit]:
    match = _RANGE.fullmatch(written.strip())
    if match and size:
        most = None if match[2] == "*" else int(match[2])
        yield Limit(int(match[1] or 0), most, size, unit, of)


def _counted(element: Element, form: str) -> int:
    """Characters of an element; an inline code counts what its own `sizeInfo` says, or nothing."""
    own = sum(_number(code.get(_SLR + "sizeInfo")) for code in element.iter())
    return len(_normal(_plain(element), form)) + own


def _stored(element: Element, form: str, encoding: str) -> int:
    own = sum(_number(code.get(_SLR + "equivStorage")) for code in element.iter())
    return len(_normal(_plain(element), form).encode(encoding, "surrogatepass")) + own


def _plain(element: Element) -> str:
    return read_inline(element)[0].replace(OBJECT, "")


def _normal(text: str, form: str) -> str:
    if form == "nfc":
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFD", text) if form == "nfd" else text


def _number(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0
