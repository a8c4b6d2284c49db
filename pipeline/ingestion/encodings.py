"""Detects the encoding of a file and decodes it.

Conclusive evidence comes first: a byte order mark, the zero bytes of UTF-16, strict UTF-8. Otherwise the
encoding is guessed (`pipeline.ingestion.guesses`).

One bad byte must not lose a file. Bytes that do not fit become U+FFFD, which the suspicions report with their
place; only a file in which too much does not fit is rejected.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.ingestion.guesses import (
    REPLACEMENT,
    SAMPLE_BYTES,
    UNUSED,
    Decoded,
    damage,
    guess,
    is_ruined,
    lenient,
    strict,
)

__all__ = ["Decoded", "declared_encoding", "decode"]


MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ESCAPES = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"))
"""Escape sequences that switch character sets in the 7-bit encodings."""
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

MIN_WHOLE = 4  # valid sequences of bytes for each invalid one, and at least, that make text UTF-8
MAX_CONTROLS = 0.01  # share of control characters, zeros included, above which a file is binary
FEW_CONTROLS = 3  # so many of them do not make it binary if most of it is something else
MAX_ODD = 0.02  # share of odd characters in UTF-16 without a mark

_DECLARATION = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_SHIFT = re.compile(rb"\+[A-Za-z0-9/][A-Za-z0-9+/]{2,}-?")
MIN_SHIFTS, CERTAIN_SHIFTS = 2, 5  # UTF-7 words, as in `citt+AOA-`, that make UTF-7 possible and certain
_REPLACEMENT = REPLACEMENT.encode()
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))


def decode(data: bytes, declared: str | None = None) -> Decoded | str:
    """Return the text in `data`, or the reason for the user why it cannot be decoded.

    Bytes that do not fit the encoding are U+FFFD in the text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data, encoding) or f"starts as {encoding.upper()} but is damaged or cut off"
    sample = data[:SAMPLE_BYTES]
    for escape, encoding in ESCAPES:
        if escape in sample:
            return _marked(data, encoding) or f"starts as {encoding.upper()} but is damaged or cut off"
    if b"\x00" in data and not _is_utf8_with_zeros(data) and (wide := _utf16_without_mark(data)):
        return wide
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > MAX_CONTROLS * len(sample) and (controls > FEW_CONTROLS or 10 * controls > len(sample)):
        return "is binary, not text"
    found = _of_bytes(data, declared)
    if found is None:
        return "is in an encoding that could not be recognised"
    return found._replace(text=found.text.replace("\x00", REPLACEMENT)) if b"\x00" in data else found


def _of_bytes(data: bytes, declared: str | None) -> Decoded | None:
    """Decode text in an encoding of single bytes or pairs, or in UTF-8."""
    found = strict(data, "utf-8") or (_as_declared(data, declared) if declared else None)
    if found is not None and data.isascii() and len(_SHIFT.findall(data[:SAMPLE_BYTES])) >= MIN_SHIFTS:
        found = _utf7(data) or found
    return found or _damaged_utf8(data) or guess(data)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML file declares in its first 4 KiB."""
    match = _DECLARATION.search(data[:4096])
    return match[1].decode("ascii") if match else None


def codec_declared(name: str) -> str | None:
    """Return the codec to read a page with that declares an encoding; None if it cannot be one."""
    try:
        return DECLARED_AS.get(codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None


def _as_declared(data: bytes, name: str) -> Decoded | None:
    """Decode a page as it declares; None if too much of it does not fit."""
    table = codec_declared(name)
    found = strict(data, table) if table else None
    if found is not None and not UNUSED.search(found.text):
        return found
    found = lenient(data, table) if table else None
    fits = found is not None and MIN_WHOLE * damage(found.text) < sum(map(str.isalpha, found.text)) / 100
    return found if fits else None


def _marked(data: bytes, encoding: str) -> Decoded | None:
    """Decode a file that says its encoding; None if it does not look like a text in it."""
    found = strict(data, encoding)
    if found is None and (found := lenient(data, encoding)) is not None and is_ruined(found.text):
        return None
    return found


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark; spaces reveal the byte order, odd characters binary data."""
    readings = [found for found in (lenient(data, "utf-16-le"), lenient(data, "utf-16-be")) if found]
    sound = [found for found in readings if not any(map(_is_odd, set(found.text)))]
    if not sound:
        repaired = map(_without_odd, readings)
        sound = [
            found
            for found in repaired
            if damage(found.text) <= max(len(found.text) > 20, MAX_ODD * len(found.text))
        ]
    return max(sound, key=lambda found: found.text.count(" ") + found.text.count("\n"), default=None)


def _is_utf8_with_zeros(data: bytes) -> bool:
    """Return whether a file is UTF-8 but for a few zero bytes, of which UTF-16 has many."""
    if data.count(b"\x00") > MAX_CONTROLS * len(data):
        return False
    return (strict(data, "utf-8") or _damaged_utf8(data)) is not None


def _without_odd(found: Decoded) -> Decoded:
    """Return the reading with U+FFFD in place of what no text has; a wrong table can be repaired later."""
    odd = {ord(sign): REPLACEMENT for sign in set(found.text) if _is_odd(sign) and not UNUSED.match(sign)}
    return Decoded(found.text.translate(odd), found.encoding)


def _is_odd(letter: str) -> bool:
    if letter in "\t\n\r\v\f\x85":
        return False
    return letter == REPLACEMENT or unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn")


def _utf7(data: bytes) -> Decoded | None:
    """Decode UTF-7, which looks like ASCII; None unless that yields plausible words."""
    from pipeline.detection.plausibility import DOUBTFUL, plausibility

    found = strict(data, "utf-7")
    if found is None or found.text.isascii():
        return None
    certain = len(set(_SHIFT.findall(data))) >= CERTAIN_SHIFTS
    return found if certain or plausibility(found.text) > max(DOUBTFUL, 0.0) else None


def _damaged_utf8(data: bytes) -> Decoded | None:
    """Decode UTF-8 with a few invalid sequences; None unless many more are valid.

    In no other encoding do several letters happen to be valid UTF-8 and hardly any not.
    """
    text = data.decode("utf-8", "replace")
    broken = damage(text) - data.count(_REPLACEMENT)
    whole = sum(letter >= "\x80" for letter in text) - damage(text)
    return Decoded(text, "utf-8") if whole >= MIN_WHOLE * max(1, broken) else None
