"""The font that PDFium measures letters with where a PDF does not embed its own.

PDFium would take one of the machine's fonts. It drops a letter that stands alone and has no glyph there, as
every syllable of Korean does on a machine without a Korean font, and the boxes of letters would depend on the
machine. Here one font with the same box for every East Asian character stands in; widths come from the PDF.
PDFium has fonts of its own for the other scripts.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium_c

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_BLOCK = 256  # characters of a segment of the character map
_HANDLE = 1
_CHARSETS = (
    pdfium_c.FXFONT_SHIFTJIS_CHARSET,
    pdfium_c.FXFONT_HANGEUL_CHARSET,
    pdfium_c.FXFONT_GB2312_CHARSET,
    pdfium_c.FXFONT_CHINESEBIG5_CHARSET,
)

_kept: list[Any] = []
"""What PDFium points to as long as it runs."""


def stand_in() -> None:
    """Let PDFium take the same font on every machine; once is enough."""
    if _kept:
        return
    info = pdfium_c.FPDF_SYSFONTINFO()
    info.version = 1
    types = dict(pdfium_c.FPDF_SYSFONTINFO._fields_)
    for name, function in (
        ("Release", lambda _: None),
        ("EnumFonts", lambda _, mapper: None),
        ("MapFont", lambda _, weight, italic, charset, *more: _HANDLE if charset in _CHARSETS else None),
        ("GetFont", lambda _, face: None),
        ("GetFontData", lambda _, font, table, buffer, size: _copy(_data(table), buffer, size)),
        ("GetFaceName", lambda _, font, buffer, size: _copy(b"Synoptic\0", buffer, size)),
        ("GetFontCharset", lambda _, font: pdfium_c.FXFONT_DEFAULT_CHARSET),
        ("DeleteFont", lambda _, font: None),
    ):
        callback = types[name](function)
        _kept.append(callback)
        setattr(info, name, callback)
    _kept.append(info)
    pdfium_c.FPDF_SetSystemFontInfo(info)


def _copy(data: bytes, buffer: Any, size: int) -> int:  # noqa: ANN401 (a pointer)
    """Write data to a buffer that is large enough; return its size in any case, as PDFium asks for it."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


def _data(table: int) -> bytes:
    """Return a table of the font by its tag, 0 for the whole font."""
    return _tables().get(table.to_bytes(4, "big"), b"") if table else _font()


@cache
def _font() -> bytes:
    """Return a TrueType font."""
    tables = _tables()
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 0, 0, 0)
    place = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        directory += tag + struct.pack(">III", 0, place + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + directory + body


@cache
def _tables() -> dict[bytes, bytes]:
    box = (0, _DESCENT, _EM, _ASCENT)
    glyph = struct.pack(">hhhhhHH4B", 1, *box, 3, 0, *[1] * 4)  # a contour of four points on the line
    glyph += struct.pack(">4h4h", 0, _EM, 0, -_EM, _DESCENT, 0, _ASCENT - _DESCENT, 0)
    return {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + _character_map(),
        b"glyf": glyph * 2,
        b"head": struct.pack(
            ">IIIIHHqq4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *box, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhh", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM)
        + struct.pack(">3h4hhH", 1, 0, 0, 0, 0, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        b"loca": struct.pack(">III", 0, len(glyph), 2 * len(glyph)),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }


def _character_map() -> bytes:
    """Return a subtable in format 4 in which every character of the basic plane has glyph 1."""
    count = 0x10000 // _BLOCK
    starts = [n * _BLOCK for n in range(count)]
    ends = [start + _BLOCK - 1 for start in starts]
    offsets = [2 * (count - n) for n in range(count)]  # from each to the glyphs behind them all
    ends[-1] = 0xFFFF
    body = struct.pack(f">{count}HH{count}H", *ends, 0, *starts)
    body += struct.pack(f">{count}H{count}H{_BLOCK}H", *[0] * count, *offsets, *[1] * _BLOCK)
    power = 1 << (count.bit_length() - 1)
    search = struct.pack(">HHHH", 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power))
    return struct.pack(">HHH", 4, 14 + len(body), 0) + search + body
