"""Documents of Hancom's formats and of RTF with text in known places, for `tests.making_documents`.

A piece is the name of its place and its text, as HWP 5 has records instead of a markup.
"""

from collections.abc import Sequence

from tests.ingestion import office_files as office

_STYLES = ("Normal", "Title", "Outline 1", "Quote", "Code")
_HANGUL = (
    *("paragraph", "title", "heading", "quote", "bullet", "code", "table cell", "text box", "note"),
    *("endnote", "header", "footer", "after a tab", "after a break", "in pieces"),
)
HANGUL = {place: f"{place}: @" for place in _HANGUL}
RTF = {
    "paragraph": r"\pard @\par",
    "heading": r"\pard\s1 @\par",
    "quote": r"\pard\s2 @\par",
    "outline level": r"\pard\outlinelevel1 @\par",
    "bullet": r"{\listtext\'95\tab}\pard\ls1 @\par",
    "table cell": r"\trowd\pard\intbl @\cell uno\cell\row\pard ",
    "text box": r"\pard{\shp{\*\shpinst{\shptxt @\par}}}\par",
    "note": r"\pard uno{\super\chftn{\footnote @}}\par",
    "link": r'\pard{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt @}}\par',
    "strong": r"\pard uno {\b @} due\par",
    "header": r"{\header @\par}",
    "footer": r"{\footer @\par}",
    "after a tab": r"\pard uno\tab @\par",
    "after a break": r"\pard uno\line @\par",
    "unknown mark": r"\pard{\riquadro @}\par",
}


def _style(place: str) -> int:
    return {"title": 1, "heading": 2, "quote": 3, "code": 4}.get(place, 0)


def hwpx(pieces: Sequence[str]) -> bytes:
    """Return an HWPX file."""
    styles = "".join(f'<hh:style id="{n}" engName="{name}"/>' for n, name in enumerate(_STYLES))
    shapes = '<hh:paraPr id="0"/><hh:paraPr id="1"><hh:heading type="BULLET"/></hh:paraPr>'
    return office.hwpx("".join(map(_hwpx_paragraph, pieces)), header=styles + shapes)


def _hwpx_paragraph(piece: str) -> str:
    place, _, text = piece.partition(": ")
    inner = f"<hp:subList>{office.hp(text)}</hp:subList>"
    around = {
        "table cell": f"<hp:tbl><hp:tr><hp:tc>{inner}</hp:tc></hp:tr></hp:tbl>",
        "text box": f"<hp:rect><hp:drawText>{inner}</hp:drawText></hp:rect>",
        "note": f"<hp:ctrl><hp:footNote>{inner}</hp:footNote></hp:ctrl>",
        "endnote": f"<hp:ctrl><hp:endNote>{inner}</hp:endNote></hp:ctrl>",
        "header": f"<hp:ctrl><hp:header>{inner}</hp:header></hp:ctrl>",
        "footer": f"<hp:ctrl><hp:footer>{inner}</hp:footer></hp:ctrl>",
    }
    if place in around:
        return office.hp("uno", around[place])
    if place in ("after a tab", "after a break"):
        return office.hp(
            "uno", f"<hp:t><hp:{'tab' if place == 'after a tab' else 'lineBreak'}/></hp:t>", text
        )
    half = len(text) // 2
    parts = (text[:half], text[half:]) if place == "in pieces" else (text,)
    return office.hp(*filter(None, parts), style=_style(place), shape=int(place == "bullet"))


def hwp(pieces: Sequence[str]) -> bytes:
    """Return an HWP 5 file."""
    shapes = [office.record(25, 0, (kind << 23).to_bytes(4, "little")) for kind in (0, 3)]
    styles = [*shapes, *(office.hwp_style(name, name) for name in _STYLES)]
    return office.hwp(b"".join(map(_hwp_paragraph, pieces)), styles=styles)


def _hwp_paragraph(piece: str) -> bytes:
    place, _, text = piece.partition(": ")
    inner = office.record(72, 2, bytes(8)) + office.hwp_paragraph(text, level=2)
    around = {
        "table cell": (11, "tbl ", office.record(77, 2, bytes(8)) + inner),
        "text box": (11, "gso ", inner),
        "note": (17, "fn  ", inner),
        "endnote": (17, "en  ", inner),
        "header": (16, "head", inner),
        "footer": (16, "foot", inner),
    }
    if place in around:
        unit, id_, inside = around[place]
        controls = (office.hwp_control(id_, inside),)
        return office.hwp_paragraph("uno", office.control(unit, id_), controls=controls)
    if place == "after a tab":
        return office.hwp_paragraph("uno", office.control(9, "    "), text)
    if place == "after a break":
        return office.hwp_paragraph("uno", b"\n\0", text)
    return office.hwp_paragraph(text, style=_style(place), shape=int(place == "bullet"))


def rtf(pieces: Sequence[str]) -> bytes:
    """Return an RTF file."""
    styles = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Quote;}}"
    return ("{\\rtf1\\ansi" + styles + "\n".join(pieces) + "}").encode("ascii")


def rtf_text(text: str) -> str:
    """Return text as RTF writes it: in UTF-16, each unit as a signed number."""
    found = ""
    for sign in text:
        if sign.isascii():
            found += f"\\{sign}" if sign in "\\{}" else sign
        else:
            found += f"\\u{ord(sign) - 0x10000 * (ord(sign) > 0x7FFF)}?"
    return found
