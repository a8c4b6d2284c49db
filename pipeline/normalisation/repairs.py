"""The text repairs, each a small function whose name is also used in the log and in the settings.

They undo damage done between author and file: wrongly decoded bytes, decomposed letters, invisible and odd
characters, leftover markup. They keep what the author wrote: quotes, dashes, case, spelling. Traces of bad
translation (`XNUMX`, U+FFFD) stay too, because the checks report them. Only presentation forms (ligatures,
half-width and full-width letters) are folded. Full compatibility folding (NFKC) turns ½ into 1⁄2 and 5² into
52, so it is reserved for comparison keys.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

from pipeline.normalisation.misreadings import has_traces, reader, reread_line

MAX_DEPTH = 5  # rounds for nested damage or markup; deeper nesting is no author's work


def mojibake(text: str) -> str:
    """Fix text decoded with the wrong table, even twice: `perchÃ©`, `ĹĽe`, `ì•ˆë…•`, `¾È³ç`."""
    for _ in range(MAX_DEPTH):
        if not _MISREAD.search(text) and not _AS_CYRILLIC.search(text):
            break
        import ftfy  # takes 20 ms; few files need it

        before = text
        text = (
            _decode_as_cyrillic(text)
            or _decode_euc_kr(text)
            or _LONE_LETTER.sub(_misread_letter, ftfy.fix_encoding(text))
        )
        if text == before:
            break
    return text


def _misread_letter(match: re.Match[str]) -> str:
    letter = match[0].encode("cp1252").decode("utf-8")
    return letter if letter.isalpha() else match[0]


def misread_letters(text: str) -> str:
    """Fix letters of one byte that were read with the wrong table: `mi³o`, `cittŕ`."""
    return reread_line(text)


def lone_surrogates(text: str) -> str:
    """Join adjacent surrogate halves; replace lone ones, which no file can hold, with U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_ends(text: str) -> str:
    r"""Replace every line end with `\n`: CRLF, CR, VT, FF, NEL, line and paragraph separator."""
    return "\n\n" if text == "\u2029" else "\n"


def data_uris(text: str) -> str:
    """Remove files embedded as `data:` URIs."""
    return ""


def inline_markup(text: str) -> str:
    """Remove HTML tags, bold marks and link targets from a line of plain text; a `<br>` ends the line.

    A line that still changes after `MAX_DEPTH` rounds is left as it is.
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
    """Decode entities in plain text, however often `&` was escaped: `&egrave;`, `&amp;nbsp;`."""
    name = _ESCAPED_AMPERSANDS.sub("", text[1:])
    return html.unescape(f"&{name}") if name[0] == "#" else html5.get(name, text)


def compatibility_forms(text: str) -> str:
    """Fold ligatures, full-width letters and digits, half-width Hangul and katakana to plain letters."""
    return _HALF_WIDTH_HANGUL.sub(lambda match: _syllables(match[0]), unicodedata.normalize("NFKC", text))


def control_characters(text: str) -> str:
    """Remove terminal escapes and control characters, which readers never see."""
    return ""


def zero_width(text: str) -> str:
    """Remove zero-width characters, direction marks and byte order marks."""
    return ""


def soft_hyphens(text: str) -> str:
    """Remove soft hyphens, with the line end after them if they broke a word."""
    return ""


def composed_letters(text: str) -> str:
    """Compose letters with accents, and Hangul (NFC): macOS stores them decomposed."""
    return unicodedata.normalize("NFC", text)


def odd_spaces(text: str) -> str:
    """Replace no-break, thin, ideographic and other spaces with plain ones."""
    return " " * len(text)


def trailing_spaces(text: str) -> str:
    """Remove spaces before a line end."""
    return ""


def space_runs(text: str) -> str:
    """Replace runs of spaces or tabs inside a line with one space; indentation stays."""
    return " "


def _misread_file(text: str) -> Callable[[str], str] | None:
    """Return a function that decodes a text misread throughout, even twice; None if it is not."""
    decode = _decoder(text)
    if decode is None:
        return None
    again = _misread_file(_NON_ASCII.sub(lambda run: decode(run[0]), text))
    if again is None:
        return decode
    return lambda run: _NON_ASCII.sub(lambda part: again(part[0]), decode(run))


def _decoder(text: str) -> Callable[[str], str] | None:
    """Return a function that decodes UTF-8 read with a wrong table; None if the text is anything else.

    All non-ASCII text must be valid as UTF-8: three different letters are not by chance.
    """
    first = _NON_ASCII.search(text)
    if first is None or first[0][0] not in _FIRST_LETTERS:
        return None
    import ftfy.bad_codecs  # registers the sloppy codecs; takes 20 ms and few files need it

    assert ftfy.bad_codecs
    tables = [table for table in _MISREAD_AS if _is_utf8(first[0], table)]
    runs = list(dict.fromkeys(_NON_ASCII.findall(text))) if tables else []
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
    """Return whether one or two letters look more like a language after decoding."""
    from pipeline.detection.plausibility import plausibility  # loads langdetect's profiles

    sample = text[:LIKELIHOOD_SAMPLE]
    decoded = _NON_ASCII.sub(lambda run: run[0].encode(table).decode("utf-8", "replace"), sample)
    return plausibility(decoded) > plausibility(sample) + MIN_GAIN


def _has_trailing_space(text: str) -> bool:
    return text[-1:] in (" ", "\t") or " \n" in text or "\t\n" in text


class Repair(NamedTuple):
    """A repair and the pattern of the text that it applies to; its name is its function's."""

    function: Callable[[str], str]
    pattern: re.Pattern[str]
    applies: Callable[[str], bool] | None = None  # a test of the whole text, cheaper than the pattern
    select: Callable[[str], Callable[[str], str] | None] | None = None  # picks a function for the text

    @property
    def name(self) -> str:
        """The name of the repair in the log and in the settings."""
        return self.function.__name__


def _decodings(codecs: str, byte_values: range) -> str:
    """Return the characters that these bytes decode to, as the inside of a character class."""
    letters = {bytes([value]).decode(codec, "ignore") for codec in codecs.split() for value in byte_values}
    return "".join(re.escape(letter) for letter in sorted(letters) if letter)


MIN_MISREAD = 3  # distinct letters that prove a misreading
MIN_GAIN, LIKELIHOOD_SAMPLE = 6.0, 20_000  # with fewer: the least gain in nats, over so many characters
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
_NON_ASCII = re.compile(r"[^\x00-\x7f]+")
_NO_LETTERS = re.compile(
    "[\ue000-\uf8ff\u0250-\u02c5\u02c8-\u02d7\u02de-\u02ff\u0700-\u0eff\U000f0000-\U0010ffff]"
)
_TABLES = "latin-1 cp1252 cp1250 iso8859-2 mac_roman cp437 cp850 cp852"
_TWO, _THREE, _FOUR = (
    _decodings(_TABLES, range(*ends)) for ends in ((0xC3, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
)
_TAIL = _decodings(_TABLES, range(0x80, 0xC0)) + "\ufffd"
_SIGNS = "€‚„…†‡ˆ‰‹‘’“”•–—˜™›¡¢£¤¥¦§¨©«¬®¯°±²³´¶·¸¹»¼½¾¿"
_LONE_LETTER = re.compile(f"(?<=[a-zà-ž])[ÃÄÅ][{_SIGNS}]|[ÃÄÅ][{_SIGNS}](?=[a-zà-ž])")
"""A capital and a sign within a word: one letter misread as CP1252 in an otherwise sound line."""
_EUC_KR_AS_LATIN = re.compile("(?:[\u00b0-\u00c8][\u00a1-\u00fe]){2}")
_HANGUL_BEFORE_LATIN = re.compile("[가-힣][a-zA-Z]")
_FIRST = f"[{_TWO}\u00c2{_THREE}{_FOUR}\u00b0-\u00c8]"
_FIRST_LETTERS = frozenset(
    bytes([value]).decode(table, "ignore") for table in _TABLES.split() for value in range(0xC2, 0xF5)
)
_MISREAD = re.compile(
    # UTF-8 of two, three or four bytes, then EUC-KR; a leading single class makes the search fast
    f"{_FIRST}(?:(?<=[{_TWO}\u00c2])[{_TAIL}]|(?<=[\u00c2\u00c3]) |(?<=[{_THREE}])[{_TAIL}][{_TAIL}]"
    f"|(?<=[{_FOUR}])[{_TAIL}]{{3}}|(?<=[\u00b0-\u00c8])[\u00a1-\u00fe][\u00b0-\u00c8][\u00a1-\u00fe])"
)

_SECOND = "[\x98\u00a0ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇІіґјЅѕїєµ¶·°±¤¦§©¬®«»‚„…†‡€‰‹‘’“”•–—™›]"
_AS_CYRILLIC = re.compile(f"[РС]{_SECOND}(?:[РС]{_SECOND}){{2}}")
"""Three Cyrillic letters of UTF-8 in CP1251: each a capital and a letter or sign that Russian lacks."""

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
"""Leaves tags that were escaped on purpose, which `inline_markup` would remove in the next round."""
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
"""The index as a final consonant of each initial consonant that can end a syllable."""

_LINE_ENDS = "\v\f\x1c-\x1e\x85\u2028\u2029"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0"
_ODD_CHARACTER = re.compile(
    f"[\r{_LINE_ENDS}{_CONTROLS}{_SPACES}{_INVISIBLE}{_PRESENTATION_FORMS}\u00ad\u200c\u200d\ud800-\udfff]"
)
"""All characters that some repair changes: most texts have none, so one search rules those repairs out."""


@lru_cache(maxsize=1)
def _has_odd_characters(text: str) -> bool:
    return _ODD_CHARACTER.search(text) is not None


@lru_cache(maxsize=1)
def _has_mojibake(text: str) -> bool:
    return _MISREAD.search(text) is not None or _AS_CYRILLIC.search(text) is not None


@lru_cache(maxsize=1)
def _has_traces(text: str) -> bool:
    return has_traces(text)


REPAIRS = (
    Repair(lone_surrogates, re.compile("[\ud800-\udfff]+"), _has_odd_characters),
    Repair(mojibake, re.compile(r"[^\x00-\x7f]+"), _has_mojibake, _misread_file),
    Repair(mojibake, re.compile(r"[^\r\n]+"), _has_mojibake),
    Repair(misread_letters, _NON_ASCII, _has_traces, reader),
    Repair(misread_letters, re.compile(r"[^\r\n]+"), _has_traces),
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
"""The repairs of `normalise`, in order."""

PLAIN_TEXT_REPAIRS = frozenset({"inline_markup", "html_entities"})
"""Repairs for plain text only: in HTML and Markdown the parser has already done them."""

LINE_REPAIRS = ("wrapped_lines", "broken_words")
"""The repairs of `pipeline.ingestion.wrapping`, made while splitting text into paragraphs."""

REPAIR_NAMES = (*dict.fromkeys(repair.name for repair in REPAIRS), *LINE_REPAIRS)
"""All repairs that can be skipped."""


def _without_markup(line: str) -> str:
    line = _TAG.sub(lambda tag: "\n" if (tag[2] or "").lower() in _BREAKS else "", line)
    return _BOLD.sub(r"\1", _LINK.sub(r"\1", line))


def _syllables(letters: str) -> str:
    """Compose Hangul from letters that do not distinguish initial and final consonants."""
    out: list[str] = []
    for place, letter in enumerate(letters):
        ends = letter in _FINALS and not "\u1161" <= letters[place + 1 : place + 2] <= "\u1175"
        if ends and out and "가" <= out[-1] <= "힣" and (ord(out[-1]) - 0xAC00) % 28 == 0:
            out[-1] = chr(ord(out[-1]) + _FINALS[letter])
        else:
            out[-1:] = unicodedata.normalize("NFC", "".join(out[-1:]) + letter)
    return "".join(out)


def _decode_as_cyrillic(text: str) -> str:
    """Decode UTF-8 that was read as CP1251; "" if it is anything else."""
    if not _AS_CYRILLIC.search(text):
        return ""
    import ftfy.bad_codecs  # registers the table with a meaning for every byte

    assert ftfy.bad_codecs
    try:
        return text.encode("sloppy-windows-1251").decode("utf-8")
    except UnicodeError:
        return ""


def _decode_euc_kr(text: str) -> str:
    """Decode EUC-KR that was read as Latin-1 or CP1252; "" if it is anything else.

    Hangul misread like this appears as pairs of accented capitals and signs. No Latin-script language has two
    such pairs in a row that decode to common syllables with no Latin letter after them.
    """
    if not _EUC_KR_AS_LATIN.search(text):
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
