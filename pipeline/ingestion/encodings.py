"""Detects the encoding of a file and decodes it.

Conclusive evidence comes first: a byte order mark, the zero bytes of UTF-16, strict UTF-8. Otherwise the
encoding is guessed: of all encodings that can decode the bytes, the one whose words are likeliest by
langdetect's profiles wins (`ł` inside a word is Polish, `³` is in no language).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple


class Decoded(NamedTuple):
    """Decoded text and its Python codec."""

    text: str
    encoding: str


MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MULTIBYTE = ("cp949", "cp932", "gb18030", "big5")
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))
"""Escape sequences that switch character sets in the 7-bit encodings."""
SINGLE_BYTE = ("cp1250", "iso8859-2", "cp1252", "iso8859-1", "cp1251", "koi8-r", "cp1253", "cp1254")
RARE = ("mac_roman", "mac_latin2", "cp850", "cp852", "cp1257", "johab")
"""Legacy code pages; with so many of them, one may fit a few letters by chance, so they need a margin."""
RARE_MARGIN = 8.0  # nats by which one of them must be likelier than any other encoding
DECLARED_AS = {
    **{f"cp{number}": f"cp{number}" for number in (874, 932, 949, *range(1250, 1259))},
    **{f"iso8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{name: name for name in ("koi8-r", "koi8-u", "mac-roman", "johab", "euc_jp", "gb18030", "big5")},
    "big5hkscs": "big5hkscs",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""The encodings that a page may declare, by Python's name, and the codec to read each with.

Some names mean a superset in practice (as in the WHATWG encoding standard). Other declarations are ignored: a
page whose declaration is readable as ASCII is not UTF-16, and `unicode_escape` is not a page encoding.
"""

SAMPLE_BYTES = 200_000  # bytes of a file that are examined to guess its encoding
MAX_DAMAGE = 0.02  # share of invalid sequences up to which text still counts as UTF-8

_DECLARATION = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_UNUSED = re.compile(r"[\x80-\x9f]")
"""Control characters that pages never contain, but that a wrong encoding produces."""
_SHIFT = re.compile(rb"\+[A-Za-z0-9/][A-Za-z0-9+/]{2,}-?")
MIN_SHIFTS, CERTAIN_SHIFTS = 2, 5  # UTF-7 words, as in `citt+AOA-`, that make UTF-7 possible and certain
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))


def decode(data: bytes, declared: str | None = None) -> Decoded | str:
    """Return the text in `data`, or the reason for the user why it cannot be decoded."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or f"starts as {encoding.upper()} but is damaged or cut off"
    if b"\x00" in data:
        return _utf16_without_mark(data) or "is binary, not text"
    for escape, encoding in ESCAPES:
        if escape in data[:SAMPLE_BYTES]:
            return _strict(data, encoding) or f"starts as {encoding.upper()} but is damaged or cut off"
    sample = data[:SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > 0.01 * len(sample):
        return "is binary, not text"
    found = _strict(data, "utf-8") or (_as_declared(data, declared) if declared else None)
    if found is not None and data.isascii() and len(_SHIFT.findall(data[:SAMPLE_BYTES])) >= MIN_SHIFTS:
        found = _utf7(data) or found
    return found or _damaged_utf8(data) or _guess(data) or "is in an encoding that could not be recognised"


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML file declares in its first 4 KiB."""
    match = _DECLARATION.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _as_declared(data: bytes, name: str) -> Decoded | None:
    """Decode a page as it declares; None if that fails or yields control characters."""
    try:
        table = DECLARED_AS.get(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None
    found = _strict(data, table) if table else None
    return None if found is None or _UNUSED.search(found.text) else found


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeError, LookupError):
        return None


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark; spaces reveal the byte order, odd characters binary data."""
    if len(data) % 2:
        return None
    readings = [found for found in (_strict(data, "utf-16-le"), _strict(data, "utf-16-be")) if found]
    sound = [found for found in readings if not any(map(_is_odd, set(found.text)))]
    return max(sound, key=lambda found: found.text.count(" ") + found.text.count("\n"), default=None)


def _is_odd(letter: str) -> bool:
    return letter not in "\t\n\r\v\f\x85" and unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")


def _utf7(data: bytes) -> Decoded | None:
    """Decode UTF-7, which looks like ASCII; None unless that yields plausible words."""
    from pipeline.detection.plausibility import DOUBTFUL, plausibility

    found = _strict(data, "utf-7")
    if found is None or found.text.isascii():
        return None
    certain = len(set(_SHIFT.findall(data))) >= CERTAIN_SHIFTS
    return found if certain or plausibility(found.text) > max(DOUBTFUL, 0.0) else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with a few invalid sequences, each as U+FFFD, which the checks report."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    whole = sum(letter >= "\x80" for letter in text) - broken
    return Decoded(text, "utf-8") if whole >= 10 and broken <= MAX_DAMAGE * whole else None


def _guess(data: bytes) -> Decoded | None:
    """Return the decoding that looks most like a language; None if none does."""
    # Imported late because few files need guessing.
    from pipeline.detection.plausibility import DOUBTFUL, plausibility

    sample = data[:SAMPLE_BYTES]
    if len(data) > SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    scored = []
    for order, encoding in enumerate(MULTIBYTE + SINGLE_BYTE + RARE):
        reading = _strict(sample, encoding)
        if reading is not None:
            score = plausibility(reading.text)
            scored.append((score - RARE_MARGIN if encoding in RARE else score, -order, encoding))
    for score, _, encoding in sorted(scored, reverse=True):
        found = _strict(data, encoding)
        if score > DOUBTFUL and found is not None:
            return found
    return None
