"""Makes small PDF files with text at given places, in a given order of drawing."""

import math
from itertools import pairwise

WIDTH = 0.5  # of a letter, in font sizes; East Asian ones are twice as wide
_ACCENTS = {"ą": "ogonek", "ę": "ogonek", "ł": "slash", "ż": "dotaccent", **dict.fromkeys("ćńśź", "acute")}
_LETTERS = dict(zip("ąćęłńśźż", "acelnszz", strict=True))
_POLISH = {c: _LETTERS[c] + accent for c, accent in _ACCENTS.items()} | {
    c.upper(): _LETTERS[c].upper() + accent for c, accent in _ACCENTS.items()
}
_CODES = {letter: 0x01 + n for n, letter in enumerate(_POLISH)}


def width(text, size=10):
    """Return the width of a text."""
    return sum(size * WIDTH * (2 if ord(c) >= 0x1100 and c not in "‘’“”–—…" else 1) for c in text)


def pdf(*pages, rotate=0, info=None):
    """Return a PDF; a page is a list of (x, y, text), (x, y, text, size) or (x, y, text, size, degrees)."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    names = " ".join(f"{_CODES[letter]} /{name}" for letter, name in _POLISH.items())
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: (
            "<< /Type /Font /Subtype /TrueType /BaseFont /Arial /FirstChar 0 /LastChar 255 /Widths ["
            + " ".join(["500"] * 256)
            + "] /FontDescriptor 7 0 R /Encoding << /BaseEncoding /WinAnsiEncoding /Differences ["
            + names
            + "] >> >>"
        ).encode(),
        4: b"<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UCS2-H "
        b"/DescendantFonts [5 0 R] >>",
        5: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Korea1) /Supplement 2 >> /FontDescriptor 6 0 R >>",
        6: b"<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 4 /FontBBox [0 -120 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
        7: b"<< /Type /FontDescriptor /FontName /Arial /Flags 32 /FontBBox [0 -212 1000 905] "
        b"/ItalicAngle 0 /Ascent 905 /Descent -212 /CapHeight 716 /StemV 80 >>",
    }
    for n, page in enumerate(pages):
        content = b"".join(_shown(*text) for text in page)
        objects[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Contents "
            f"{11 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * n] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    if info:
        objects[8] = ("<< " + " ".join(f"/{key} ({text})" for key, text in info.items()) + " >>").encode()
    return _file(objects)


def _shown(x, y, text, size=10, degrees=0):
    """Return the operators that show a text: each script in its font, one after the other."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    place = b"BT %f %f %f %f %f %f Tm " % (cos, sin, -sin, cos, x, y)
    runs = [[text[0]]]
    for before, letter in pairwise(text):
        if _is_wide(before) == _is_wide(letter):
            runs[-1].append(letter)
        else:
            runs.append([letter])
    for run in runs:
        if _is_wide(run[0]):
            shown = "".join(run).encode("utf-16-be").hex()
            place += b"/F2 %f Tf <%s> Tj " % (size, shown.encode())
        else:
            code = bytes(_CODES[c] if c in _CODES else c.encode("cp1252")[0] for c in run)
            place += b"/F1 %f Tf <%s> Tj " % (size, code.hex().encode())
    return place + b"ET\n"


def _is_wide(letter):
    return ord(letter) >= 0x1100 and letter not in "‘’“”–—…•€"


def _file(objects):
    data = b"%PDF-1.5\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    return data + b"trailer << /Root 1 0 R /Info 8 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (
        max(objects) + 1,
        start,
    )


def lines(text, columns, size=10):
    """Return a text in lines of at most `columns` points; a bar marks where a word may be broken."""
    found = [""]
    for word in text.split(" "):
        whole = word.replace("|", "")
        joined = f"{found[-1]} {whole}".strip()
        if width(joined, size) <= columns:
            found[-1] = joined
            continue
        begin = ""
        for part in word.split("|")[:-1]:
            if width(f"{found[-1]} {begin}{part}-", size) <= columns:
                begin += part
        if begin:
            found[-1] = f"{found[-1]} {begin.removesuffix('-')}-"
        found.append(whole.removeprefix(begin))
    return found


def column(text, x, y, columns, leading=12, size=10):
    """Return a paragraph as shown texts, a line each."""
    return [(x, y - leading * n, line, size) for n, line in enumerate(lines(text, columns, size))]


def by_row(*columns):
    """Return the texts of several columns in the order of their heights."""
    return sorted((text for column in columns for text in column), key=lambda text: (-text[1], text[0]))
