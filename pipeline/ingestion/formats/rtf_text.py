"""The characters of RTF: bytes in the code page of a font, and Unicode escapes."""

from __future__ import annotations

from pipeline.ingestion.formats.symbols import symbol

_CHARSETS = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs"},
    **{161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257"},
    **{204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437"},
}
_ANSI, _DEFAULT, _SYMBOL = 0, 1, 2
_CODEPAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 1361: "johab", 65001: "utf-8"}
_PLAIN = (437, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869, 874, *range(1250, 1259))

NO_FONT = -1  # text that is not shown, such as the names of fonts


def codec_of(codepage: int) -> str:
    """Return the Python codec of a code page, "" if there is none."""
    return _CODEPAGES.get(codepage) or (f"cp{codepage}" if codepage in _PLAIN else "")


class Fonts:
    """The fonts of a document, and which code page each one has."""

    def __init__(self, ansi: str = "") -> None:
        self.codec = "cp1252"  # of the document
        self.default = 0
        self.is_doubtful = False  # whether it hangs on `ansi` how bytes were read
        self._ansi = ansi  # codec of fonts with the ANSI character set; "" for that of the standard
        self._codecs: dict[int, str] = {}
        self._charsets: dict[int, int] = {}
        self._names: dict[int, str] = {}

    def declare(self, font: int, charset: int | None = None, codepage: int | None = None) -> None:
        """Note the character set or the code page of a font."""
        if charset is not None:
            self._charsets[font] = charset
        if codepage is not None and codec_of(codepage):
            self._codecs[font] = codec_of(codepage)

    def name(self, font: int, name: str) -> None:
        """Note the name of a font."""
        self._names[font] = name.partition(";")[0].strip()

    def decode(self, data: bytes, font: int) -> str:
        """Return the text of bytes in a font; what is not in its code page becomes U+FFFD."""
        charset = self._charsets.get(font, _DEFAULT)
        if charset == _SYMBOL:
            return "".join(symbol(self._names.get(font, ""), f"{0xF000 + byte:x}") for byte in data)
        codec = self._codecs.get(font) or _CHARSETS.get(charset) or self.codec
        if charset == _ANSI and font not in self._codecs:
            self.is_doubtful = self.is_doubtful or (self.codec != "cp1252" and not data.isascii())
            codec = self._ansi or "cp1252"
        return data.decode(codec, "replace")


class Characters:
    """Collects bytes and Unicode escapes until something else comes."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._bytes = bytearray()
        self._font = 0
        self._units: list[int] = []
        self._skip = 0  # characters that stand for those of Unicode escapes in old readers

    def add_bytes(self, data: bytes, font: int) -> str:
        """Add text in a font; return what has become certain."""
        skipped = data[self._skip :]
        self._skip = max(0, self._skip - len(data))
        if not skipped:
            return ""
        done = self._escaped()
        self._bytes += skipped
        self._font = font
        return done

    def add_escape(self, unit: int, following: int) -> str:
        """Add a Unicode escape, after which so many characters are to be skipped."""
        done = self._plain()
        self._units.append(unit & 0xFFFF)
        self._skip = max(0, following)
        return done

    def skips(self) -> bool:
        """Return whether a character that a control word stands for is one of those to skip."""
        if not self._skip:
            return False
        self._skip -= 1
        return True

    def end(self) -> str:
        """Return what was collected."""
        self._skip = 0
        return self._plain() + self._escaped() if self._bytes or self._units else ""

    def _plain(self) -> str:
        text = self._fonts.decode(bytes(self._bytes), self._font) if self._bytes else ""
        self._bytes.clear()
        return text

    def _escaped(self) -> str:
        if not self._units:
            return ""
        data = b"".join(unit.to_bytes(2, "little") for unit in self._units)
        self._units.clear()
        return data.decode("utf-16-le", "replace")
