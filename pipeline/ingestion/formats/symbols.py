"""Characters of symbol fonts, which office documents store as positions in the font."""

from __future__ import annotations

_SYMBOL = dict(
    zip(
        range(0x41, 0x7B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\u203eαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
) | dict(
    zip(
        range(0xA1, 0xD8),
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅",
        strict=True,
    )
)
_WINGDINGS = dict(
    zip(b"\xdf\xe0\xe1\xe2\xe7\xe8JKL\xfc\xfb\xfe\xa8\xa7lnq\xd8v", "←→↑↓←→☺😐☹✓✗☑☐▪●■❑➢❖", strict=True)
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """Return the character at a hexadecimal position in a font; U+FFFD if it is not known.

    Symbol fonts have their characters at U+F020 and above, in the private use area.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return "\ufffd"
    known = _FONTS.get(font.strip().lower())
    place = point - 0xF000 if 0xF000 <= point <= 0xF0FF else point
    if known is not None and place <= 0xFF:
        return known.get(place, chr(place) if 0x20 <= place < 0x41 and known is _SYMBOL else "\ufffd")
    usable = 0x20 <= point < 0xD800 or 0xF900 <= point < 0x110000
    return chr(point) if usable else "\ufffd"
