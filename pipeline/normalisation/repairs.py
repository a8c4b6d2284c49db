"""The repairs of text: each is one small function under the name that its log entries and its switch have.

What goes wrong between an author and a file is put right: wrongly decoded bytes, letters in pieces, invisible
and odd characters, markup that is no text. What an author meant stays: quotes, dashes, case, spelling. Marks
of a bad translation (`XNUMX`, U+FFFD) stay too, because they are findings. Only presentation forms are folded
(ligatures, half-width and full-width letters). Compatibility folding of all else (NFKC) belongs to comparison
keys: it turns ½ into 1⁄2 and 5² into 52.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

MAX_DEPTH = 5  # markup inside markup is peeled so often; what is deeper still was not made by an author


def mojibake(text: str) -> str:
    """Decode again what was decoded with the wrong table: `perchÃ©`, `ĹĽe`, `ì•ˆë…•`, `¾È³ç`; even twice."""
    for _ in range(MAX_DEPTH):
        if not _READ_WRONGLY.search(text):
            break
        import ftfy  # 20 ms, for files that need it

        before = text
        text = _korean_read_as_latin(text) or _LONE_LETTER.sub(_misread_letter, ftfy.fix_encoding(text))
        if text == before:
            break
    return text


def _misread_letter(match: re.Match[str]) -> str:
    letter = match[0].encode("cp1252").decode("utf-8")
    return letter if letter.isalpha() else match[0]


def lone_surrogates(text: str) -> str:
    """Join the halves of characters that stand together; a half alone, which no file can hold, is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_ends(text: str) -> str:
    r"""Make every line end `\n`: CRLF, CR, VT, FF, NEL, line and paragraph separator."""
    return "\n\n" if text == "\u2029" else "\n"


def data_uris(text: str) -> str:
    """Take out files that are embedded as `data:` addresses."""
    return ""


def inline_markup(text: str) -> str:
    """Take HTML tags, bold marks and link targets out of a line of plain text; a `<br>` ends the line.

    What is still changing after `MAX_DEPTH` rounds is no markup and stays as it is.
    """
    if not _ANY_MARKUP.search(text):
        return text
    before, after = text, _without_markup(text)
    for _ in range(MAX_DEPTH):
        if after == before:
            return after
        before, after = after, _without_markup(after)
    return text


def html_entities(text: str) -> str:
    """Make characters of entities in plain text, however often `&` was escaped: `&egrave;`, `&amp;nbsp;`."""
    name = _ESCAPED_AMPERSANDS.sub("", text[1:])
    return html.unescape(f"&{name}") if name[0] == "#" else html5.get(name, text)


def compatibility_forms(text: str) -> str:
    """Make plain letters of ligatures, full-width letters and digits, half-width Hangul and katakana."""
    return _HALF_WIDTH_HANGUL.sub(lambda match: _syllables(match[0]), unicodedata.normalize("NFKC", text))


def control_characters(text: str) -> str:
    """Take out terminal escapes and control characters, which no reader ever saw."""
    return ""


def zero_width(text: str) -> str:
    """Take out characters without width or that turn the writing direction (also byte order marks)."""
    return ""


def soft_hyphens(text: str) -> str:
    """Take out soft hyphens, with the line end after them where they did break a word."""
    return ""


def composed_letters(text: str) -> str:
    """Compose letters and accents, and Hangul from its parts (NFC): macOS stores them apart."""
    return unicodedata.normalize("NFC", text)


def odd_spaces(text: str) -> str:
    """Make no-break, thin, ideographic and other spaces plain ones."""
    return " " * len(text)


def trailing_spaces(text: str) -> str:
    """Take out spaces before a line end."""
    return ""


def space_runs(text: str) -> str:
    """Make several spaces, or a tab, inside a line one space; indentation stays."""
    return " "


def _misread_file(text: str) -> Callable[[str], str] | None:
    """Return how to decode the letters of a text that was decoded wrongly from end to end, even twice."""
    decode = _decoder(text)
    if decode is None:
        return None
    again = _misread_file(_BEYOND_ASCII.sub(lambda run: decode(run[0]), text))
    if again is None:
        return decode
    return lambda run: _BEYOND_ASCII.sub(lambda part: again(part[0]), decode(run))


def _decoder(text: str) -> Callable[[str], str] | None:
    """Return how to decode a text that is UTF-8 read with a wrong table.

    It is, if everything beyond ASCII in it makes sense as UTF-8: three different letters cannot by chance.
    """
    first = _BEYOND_ASCII.search(text)
    if first is None or first[0][0] not in _FIRST_LETTERS:
        return None
    import ftfy.bad_codecs  # 20 ms, for files that need it: registers the sloppy tables

    assert ftfy.bad_codecs
    tables = [table for table in _MISREAD_AS if _is_utf8(first[0], table)]
    runs = list(dict.fromkeys(_BEYOND_ASCII.findall(text))) if tables else []
    for table in tables:
        try:
            letters = "".join(run.encode(table).decode("utf-8") for run in runs)
        except UnicodeError:
            continue
        if not _NO_LETTERS.search(letters) and (
            len(set(letters)) >= MIN_MISREAD or _is_likelier(text, table)
        ):
            return lambda run: run.encode(table).decode("utf-8")
    return None


def _is_utf8(letters: str, table: str) -> bool:
    try:
        letters.encode(table).decode("utf-8")
    except UnicodeError:
        return False
    return True


def _is_likelier(text: str, table: str) -> bool:
    """Whether one or two letters look more like a language once they are decoded again."""
    from pipeline.detection.plausibility import plausibility  # loads langdetect's profiles

    sample = text[:LIKELIHOOD_SAMPLE]
    decoded = _BEYOND_ASCII.sub(lambda run: run[0].encode(table).decode("utf-8", "replace"), sample)
    return plausibility(decoded) > plausibility(sample) + LIKELIER


def _has_trailing_space(text: str) -> bool:
    return text[-1:] in (" ", "\t") or " \n" in text or "\t\n" in text


class Repair(NamedTuple):
    """A repair and where it looks; its name in the log is its function's."""

    function: Callable[[str], str]
    where: re.Pattern[str]
    needed: Callable[[str], bool] | None = None  # a check of the whole text that is cheaper than the pattern
    chosen: Callable[[str], Callable[[str], str] | None] | None = (
        None  # the function that suits a text, if any
    )

    @property
    def name(self) -> str:
        """What the repair is called in the log and in the settings."""
        return self.function.__name__


def _decoded_with(codecs: str, byte_values: range) -> str:
    """Return what these bytes look like in these tables, as the inside of a character class."""
    letters = {bytes([value]).decode(codec, "ignore") for codec in codecs.split() for value in byte_values}
    return "".join(re.escape(letter) for letter in sorted(letters) if letter)


MIN_MISREAD = 3  # letters
LIKELIER, LIKELIHOOD_SAMPLE = 6.0, 20_000  # nats and characters, where there are fewer
_MISREAD_AS = (
    "latin-1",
    "sloppy-windows-1252",
    "sloppy-windows-1250",
    "iso8859-2",
    "mac_roman",
    "cp437",
    "cp850",
    "cp852",
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_LETTERS = re.compile(
    "[\ue000-\uf8ff\u0250-\u02c5\u02c8-\u02d7\u02de-\u02ff\u0700-\u0eff\U000f0000-\U0010ffff]"
)
_TABLES = "latin-1 cp1252 cp1250 iso8859-2 mac_roman cp437 cp850 cp852"
_TWO, _THREE, _FOUR = (
    _decoded_with(_TABLES, range(*ends)) for ends in ((0xC3, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
)
_MORE = _decoded_with(_TABLES, range(0x80, 0xC0)) + "\ufffd"
_SIGNS = "€‚„…†‡ˆ‰‹‘’“”•–—˜™›¡¢£¤¥¦§¨©«¬®¯°±²³´¶·¸¹»¼½¾¿"
_LONE_LETTER = re.compile(f"(?<=[a-zà-ž])[ÃÄÅ][{_SIGNS}]|[ÃÄÅ][{_SIGNS}](?=[a-zà-ž])")
"""A capital and a sign in the middle of a word: one letter, read as CP1252, in a sound line."""
_EUC_KR_READ_AS_LATIN = re.compile("(?:[\u00b0-\u00c8][\u00a1-\u00fe]){2}")
_HANGUL_BEFORE_LATIN = re.compile("[가-힣][a-zA-Z]")
_FIRST = f"[{_TWO}\u00c2{_THREE}{_FOUR}\u00b0-\u00c8]"
_FIRST_LETTERS = frozenset(
    bytes([value]).decode(table, "ignore") for table in _TABLES.split() for value in range(0xC2, 0xF5)
)
_READ_WRONGLY = re.compile(
    # UTF-8 of two, three or four bytes, then EUC-KR; one class in front lets the search run at full speed
    f"{_FIRST}(?:(?<=[{_TWO}\u00c2])[{_MORE}]|(?<=[\u00c2\u00c3]) |(?<=[{_THREE}])[{_MORE}][{_MORE}]"
    f"|(?<=[{_FOUR}])[{_MORE}]{{3}}|(?<=[\u00b0-\u00c8])[\u00a1-\u00fe][\u00b0-\u00c8][\u00a1-\u00fe])"
)

_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\u061c\ufff9-\ufffb"
_JOINER_SCRIPTS = (
    "\u0590-\u0dff\u1000-\u109f\u1780-\u18af\u200d\u2190-\u2bff\ufb50-\ufeff\U0001f000-\U0001faff"
)

_DATA_URI = re.compile(r"data:[a-z]+/[\w.+-]+(?:;[\w.=-]+)*,[A-Za-z0-9+/=%_.~-]{16,}")
_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike"
    "|strong|sub|sup|tt|u|var|wbr|p|div|li|ul|ol|blockquote|h[1-6]|section|article|table|tr|td|th|tbody|thead"
)
_TAG = re.compile(
    rf"<(/?)({_INLINE})(?:\s+[a-zA-Z:-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_BREAKS = frozenset(
    (
        *("br", "p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("section", "article", "table", "tr"),
    )
)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:https?://|mailto:|[/#.])[^()\s]*(?:\s\"[^\"\n]*\")?\)")
_BOLD = re.compile(r"(?<![*\w])\*\*(?=[^\s*])([^*\n]*[^\s*])\*\*(?![*\w])")
_ANY_MARKUP = re.compile(r"<[a-zA-Z/!]|\*\*[^\s*]|\]\(")
_ENTITY = re.compile(
    r"&(?:(?:amp;|\#0*38;|\#[xX]0*26;)*"
    r"(?:(?![lL][tT];|[gG][tT];|\#0*6[02];|\#[xX]0*3[cCeE];)"
    r"(?:[A-Za-z][A-Za-z0-9]{1,30}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});"
    r"|lt;(?![A-Za-z/!]))"
    r"|(?<![\w\"'/]&)(?:amp;)*gt;)"
)
"""A tag that was escaped on purpose stays escaped, or the next repair would take it out."""
_ESCAPED_AMPERSANDS = re.compile(r"^(?:(?:amp;|\#0*38;|\#[xX]0*26;)(?=[A-Za-z\#]))+")
_PRESENTATION_FORMS = "\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\uffa1-\uffdc"
_HALF_WIDTH_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]+")
_FINALS = {
    chr(0x1100 + initial): final
    for initial, final in zip(
        (0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 18),
        (1, 2, 4, 7, 8, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27),
        strict=True,
    )
}
"""The place among the final consonants of the initial consonants that can end a syllable."""

_LINE_ENDS = "\v\f\x1c-\x1e\x85\u2028\u2029"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0"
_ODD_CHARACTER = re.compile(
    f"[\r{_LINE_ENDS}{_CONTROLS}{_SPACES}{_INVISIBLE}{_PRESENTATION_FORMS}\u00ad\u200c\u200d\ud800-\udfff]"
)
"""All characters that some repair is about: most texts have none, and one look at them is enough."""


@lru_cache(maxsize=1)
def _has_odd_characters(text: str) -> bool:
    return _ODD_CHARACTER.search(text) is not None


@lru_cache(maxsize=1)
def _has_mojibake(text: str) -> bool:
    return _READ_WRONGLY.search(text) is not None


REPAIRS = (
    Repair(lone_surrogates, re.compile("[\ud800-\udfff]+"), _has_odd_characters),
    Repair(mojibake, re.compile(r"[^\x00-\x7f]+"), _has_mojibake, _misread_file),
    Repair(mojibake, re.compile(r"[^\r\n]+"), _has_mojibake),
    Repair(line_ends, re.compile(f"\r\n?|[{_LINE_ENDS}]"), _has_odd_characters),
    Repair(control_characters, re.compile(rf"\x1b\[[0-9;]*[A-Za-z]|[{_CONTROLS}]"), _has_odd_characters),
    Repair(
        zero_width,
        re.compile(f"[{_INVISIBLE}]|(?<![{_JOINER_SCRIPTS}])[\u200c\u200d]+"),
        _has_odd_characters,
    ),
    Repair(data_uris, _DATA_URI, lambda text: "data:" in text),
    Repair(inline_markup, re.compile(r"[^\n]+"), lambda text: _ANY_MARKUP.search(text) is not None),
    Repair(html_entities, _ENTITY, lambda text: "&" in text),
    Repair(soft_hyphens, re.compile("\u00ad(?:[ \t]*\n[ \t]*(?=\\w))?"), _has_odd_characters),
    Repair(compatibility_forms, re.compile(f"[{_PRESENTATION_FORMS}]+"), _has_odd_characters),
    Repair(composed_letters, re.compile(r"\S+"), lambda text: not unicodedata.is_normalized("NFC", text)),
    Repair(odd_spaces, re.compile(f"[{_SPACES}]+"), _has_odd_characters),
    Repair(trailing_spaces, re.compile(r"(?<![ \t])[ \t]+(?=\n|\Z)"), _has_trailing_space),
    Repair(
        space_runs, re.compile(r"(?<=[^\s])(?: [ \t]+|\t[ \t]*)"), lambda text: "  " in text or "\t" in text
    ),
)
"""What `normalise` does, in this order."""

PLAIN_TEXT_REPAIRS = frozenset({"inline_markup", "html_entities"})
"""Repairs that markup needs none of: its parser has done the same, and what it left is text."""

LINE_REPAIRS = ("wrapped_lines", "broken_words")
"""The repairs that `pipeline.ingestion.wrapping` makes where text is cut into paragraphs."""

REPAIR_NAMES = (*dict.fromkeys(repair.name for repair in REPAIRS), *LINE_REPAIRS)
"""Every repair that can be switched off."""


def _without_markup(line: str) -> str:
    line = _TAG.sub(lambda tag: "\n" if (tag[2] or "").lower() in _BREAKS else "", line)
    return _BOLD.sub(r"\1", _LINK.sub(r"\1", line))


def _syllables(letters: str) -> str:
    """Compose Hangul of letters that do not say whether a consonant begins or ends a syllable."""
    out: list[str] = []
    for place, letter in enumerate(letters):
        ends = letter in _FINALS and not "\u1161" <= letters[place + 1 : place + 2] <= "\u1175"
        if ends and out and "가" <= out[-1] <= "힣" and (ord(out[-1]) - 0xAC00) % 28 == 0:
            out[-1] = chr(ord(out[-1]) + _FINALS[letter])
        else:
            out[-1:] = unicodedata.normalize("NFC", "".join(out[-1:]) + letter)
    return "".join(out)


def _korean_read_as_latin(text: str) -> str:
    """Decode EUC-KR that was read as Latin-1 or CP1252; "" if it is anything else.

    Hangul is then pairs of accented capitals and signs. Two such pairs in a row, all of which decode to
    syllables in everyday use that no Latin letter follows, are found in no language of Latin script.
    """
    if not _EUC_KR_READ_AS_LATIN.search(text):
        return ""
    for table in ("cp1252", "latin-1"):
        try:
            decoded = text.encode(table).decode("euc-kr")
        except UnicodeError:
            continue
        foreign = [letter for letter in decoded if letter >= "\x80"]
        hangul = sum("가" <= letter <= "힣" for letter in foreign)
        if hangul >= 0.9 * len(foreign) and not _HANGUL_BEFORE_LATIN.search(decoded):
            return decoded
    return ""
