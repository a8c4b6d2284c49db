"""Makes small office documents from their parts."""

import io
import struct
import zipfile
import zlib
from html import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
HANCOM = "http://www.hancom.co.kr/hwpml/2011"


def archived(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)  # with the same date always
    return data.getvalue()


def docx(body, styles="", notes="", **parts):
    """Return a DOCX file with a body, styles and footnotes in XML."""
    names = f'xmlns:w="{WORD}" xmlns:mc="m" xmlns:wp="d" xmlns:v="v"'
    files = {"word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>", **parts}
    if styles:
        files["word/styles.xml"] = f"<w:styles {names}>{styles}</w:styles>"
    if notes:
        files["word/footnotes.xml"] = f"<w:footnotes {names}>{notes}</w:footnotes>"
    return archived(files)


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs, properties=""):
    inside = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def _office(styles, body):
    names = " ".join(
        f'xmlns:{short}="{OASIS}:{name}:1.0"'
        for short, name in (
            *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")),
            *(("draw", "drawing"), ("svg", "svg-compatible"), ("loext", "loext")),
        )
    )
    return (
        names,
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}",
    )


def odt(body, styles="", common=""):
    """Return an ODT file with a body and styles in XML."""
    names, inside = _office(styles, body)
    content = (
        f"<office:document-content {names}>{inside}</office:text></office:body></office:document-content>"
    )
    parts = {"content.xml": content}
    if common:
        parts["styles.xml"] = f"<office:document-styles {names}>{common}</office:document-styles>"
    return archived(parts)


def fodt(body, styles="", common=""):
    """Return the same as a flat ODT file."""
    names, inside = _office(styles, body)
    return f"<office:document {names}>{common}{inside}</office:text></office:body></office:document>".encode()


def hwpx(*sections, header="", package=""):
    """Return an HWPX file with sections, a header and a package document in XML."""
    names = (
        f'xmlns:hp="{HANCOM}/paragraph" xmlns:hs="{HANCOM}/section" xmlns:hh="{HANCOM}/head" xmlns:opf="o"'
    )
    parts = {"mimetype": "application/hwp+zip"}
    for n, section in enumerate(sections):
        parts[f"Contents/section{n}.xml"] = f"<hs:sec {names}>{section}</hs:sec>"
    if header:
        parts["Contents/header.xml"] = f"<hh:head {names}>{header}</hh:head>"
    if package:
        parts["Contents/content.hpf"] = f"<opf:package {names}>{package}</opf:package>"
    return archived(parts)


def hp(*texts, style=0, shape=0):
    """Return a paragraph of HWPX; what is not markup is text."""
    inside = "".join(text if text.startswith("<") else f"<hp:t>{escape(text)}</hp:t>" for text in texts)
    return f'<hp:p styleIDRef="{style}" paraPrIDRef="{shape}"><hp:run>{inside}</hp:run></hp:p>'


def record(tag, level, data=b""):
    """Return a record of HWP 5."""
    size = min(len(data), 0xFFF)
    head = struct.pack("<I", tag | level << 10 | size << 20)
    return head + (struct.pack("<I", len(data)) if size == 0xFFF else b"") + data


def control(unit, id_):
    """Return a control character that stands for a record."""
    return struct.pack("<H", unit) + id_[::-1].encode() + bytes(8) + struct.pack("<H", unit)


def hwp_paragraph(*parts, level=0, style=0, shape=0, controls=()):
    """Return the records of a paragraph: texts and control characters, then the records of its controls."""
    text = b"".join(part if isinstance(part, bytes) else part.encode("utf-16-le") for part in parts) + b"\r\0"
    header = struct.pack("<IIHB", len(text) // 2, 0, shape, style) + bytes(11)
    return record(66, level, header) + record(67, level + 1, text) + b"".join(controls)


def hwp_control(id_, *inside, level=1, data=b""):
    """Return the record of a control and those inside it."""
    return record(71, level, id_[::-1].encode() + data) + b"".join(inside)


def string(text):
    return struct.pack("<H", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def hwp_style(name, english=""):
    return record(26, 0, string(name) + string(english) + bytes(8))


def hwp(*sections, styles=(), flags=1):
    """Return an HWP 5 file with sections of records."""

    def packed(data):
        if not flags & 1:
            return data
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(data) + packer.flush()

    header = b"HWP Document File".ljust(32, b"\0") + bytes((0, 0, 1, 5)) + struct.pack("<I", flags)
    streams = {"FileHeader": header, "DocInfo": packed(b"".join(styles))}
    for n, section in enumerate(sections):
        streams[f"BodyText/Section{n}"] = packed(section)
    return compound(streams)


def compound(streams):
    """Return a compound file (OLE); each stream fills whole sectors, so that there are no short ones."""
    size = 512
    storages = sorted({name.partition("/")[0] for name in streams if "/" in name})
    entries = [["Root Entry", 5, b""], *([name, 1, b""] for name in storages)]
    entries += ([name.rpartition("/")[2], 2, data.ljust(4096, b"\0")] for name, data in streams.items())
    inside = {storage: [] for storage in ["", *storages]}
    for number, name in enumerate(streams, start=1 + len(storages)):
        inside[name.partition("/")[0] if "/" in name else ""].append(number)
    inside[""] = [*range(1, 1 + len(storages)), *inside[""]]
    siblings = {
        n: after for group in inside.values() for n, after in zip(group, [*group[1:], -1], strict=True)
    }
    fat, body, starts = [], b"", []
    for _, kind, data in entries:
        starts.append(len(fat) if kind == 2 else -2)
        sectors = -(-len(data) // size)
        fat += [*range(len(fat) + 1, len(fat) + sectors), -2] if sectors else []
        body += data.ljust(sectors * size, b"\0")
    directory = b""
    for n, (name, kind, data) in enumerate(entries):
        child = inside["" if kind == 5 else name][:1] if kind != 2 else []
        encoded = name.encode("utf-16-le")
        directory += struct.pack(
            "<64sHBBiii16sIQQiQ",
            *(encoded, len(encoded) + 2, kind, 1, -1, siblings.get(n, -1), child[0] if child else -1),
            *(bytes(16), 0, 0, 0, starts[n], len(data)),
        )
    directory += bytes(-len(directory) % size)
    first_directory, count = len(fat), len(directory) // size
    fat += [*range(first_directory + 1, first_directory + count), -2]
    tables = 1
    while 128 * tables < len(fat) + tables:
        tables += 1
    first_table = len(fat)
    fat += [-3] * tables
    fat += [-1] * (128 * tables - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6sIIiIIiIiI",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, tables),
        *(first_directory, 0, 4096, -2, 0, -2, 0),
    )
    places = [*range(first_table, first_table + tables), *[-1] * (109 - tables)]
    return header + struct.pack("<109i", *places) + body + directory + struct.pack(f"<{len(fat)}i", *fat)
