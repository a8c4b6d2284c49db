"""Text clean-up that repairs and never rewrites: each repair is one small function, each change is logged.

What goes wrong between an author and a file is put right: wrongly decoded bytes, letters in pieces, invisible
and odd characters. What an author meant stays: quotes, dashes, full-width forms, case, spelling. Marks of a
bad translation (`XNUMX`, U+FFFD) stay too, because they are findings. Compatibility folding (NFKC) belongs to
comparison keys only: it turns ½ into 1⁄2 and 5² into 52.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from pipeline.datatypes import Change

NORMALISER_VERSION = "2"
"""Part of every cache key that depends on normalised text; raised when a repair changes."""

MAX_ROUNDS = 5  # one repair may uncover work for another; real files settle in two rounds


def mojibake(text: str) -> str:
    """Decode again what was decoded with the wrong table: `perchÃ©`, `ĹĽe`, `ì•ˆë…•`, `¾È³ç`; even twice."""
    if not _LEADS.search(text) or not _SUSPICIOUS.search(text):
        return text
    import ftfy  # 20 ms, for files that need it

    return _korean_read_as_latin(text) or ftfy.fix_encoding(text)


def lone_surrogates(text: str) -> str:
    """Join the halves of characters that stand together; a half alone, which no file can hold, is U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_ends(text: str) -> str:
    r"""Make every line end `\n`: CRLF, CR, VT, FF, NEL, line and paragraph separator."""
    return "\n\n" if text == "\u2029" else "\n"


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


def _has_trailing_space(text: str) -> bool:
    return text[-1:] in (" ", "\t") or " \n" in text or "\t\n" in text


class Repair(NamedTuple):
    """A repair and where it looks; its name in the log is its function's."""

    function: Callable[[str], str]
    where: re.Pattern[str]
    needed: Callable[[str], bool] | None = None  # a check of the whole text that is cheaper than the pattern


def _decoded_with(codecs: str, byte_values: range) -> str:
    """Return what these bytes look like in these tables, as the inside of a character class."""
    letters = {bytes([value]).decode(codec, "ignore") for codec in codecs.split() for value in byte_values}
    return "".join(re.escape(letter) for letter in sorted(letters) if letter)


_TABLES = "latin-1 cp1252 cp1250 iso8859-2 mac_roman cp437"
_TWO, _THREE, _FOUR = (
    _decoded_with(_TABLES, range(*ends)) for ends in ((0xC3, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
)
_MORE = _decoded_with(_TABLES, range(0x80, 0xC0)) + "\ufffd"
_UTF8_READ_WRONGLY = (
    f"[{_TWO}\u00c2][{_MORE}]|[\u00c2\u00c3] |[{_THREE}][{_MORE}][{_MORE}]|[{_FOUR}][{_MORE}]{{3}}"
)
_EUC_KR_READ_AS_LATIN = re.compile("(?:[\u00b0-\u00c8][\u00a1-\u00fe]){2}")
_HANGUL_BEFORE_LATIN = re.compile("[가-힣][a-zA-Z]")
_LEADS = re.compile(
    f"[{_TWO}\u00c2{_THREE}{_FOUR}\u00b0-\u00c8][{_MORE} \u00a1-\u00fe]"
)  # a cheap look first
_SUSPICIOUS = re.compile(f"{_UTF8_READ_WRONGLY}|{_EUC_KR_READ_AS_LATIN.pattern}")

_INVISIBLE = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u180e\u061c\ufff9-\ufffb"
_ANY_INVISIBLE = re.compile(f"[{_INVISIBLE}\u200c\u200d]")
_JOINER_SCRIPTS = (
    "\u0590-\u0dff\u1000-\u109f\u1780-\u18af\u200d\u2190-\u2bff\ufb50-\ufeff\U0001f000-\U0001faff"
)

REPAIRS = (
    Repair(lone_surrogates, re.compile("[\ud800-\udfff]+")),
    Repair(mojibake, re.compile(r"[^\r\n]+"), lambda text: _LEADS.search(text) is not None),
    Repair(line_ends, re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")),
    Repair(
        control_characters, re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
    ),
    Repair(
        zero_width,
        re.compile(f"[{_INVISIBLE}]|(?<![{_JOINER_SCRIPTS}])[\u200c\u200d]+"),
        lambda text: _ANY_INVISIBLE.search(text) is not None,
    ),
    Repair(soft_hyphens, re.compile("\u00ad(?:[ \t]*\n[ \t]*(?=\\w))?")),
    Repair(composed_letters, re.compile(r"\S+"), lambda text: not unicodedata.is_normalized("NFC", text)),
    Repair(odd_spaces, re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164]+")),
    Repair(trailing_spaces, re.compile(r"(?<![ \t])[ \t]+(?=\n|\Z)"), _has_trailing_space),
    Repair(
        space_runs, re.compile(r"(?<=[^\s])(?: [ \t]+|\t[ \t]*)"), lambda text: "  " in text or "\t" in text
    ),
)
"""What `normalise` does, in this order."""


def normalise(text: str) -> tuple[str, tuple[Change, ...]]:
    """Return `text` repaired, and what was changed; doing it twice changes nothing more."""
    log: list[Change] = []
    for _ in range(MAX_ROUNDS):
        before = text
        for repair in REPAIRS:
            text = apply(repair, text, log)
        if text == before:
            break
    return text, tuple(log)


def apply(repair: Repair, text: str, log: list[Change]) -> str:
    """Return `text` after one repair, whose changes are added to `log`."""
    if repair.needed is not None and not repair.needed(text):
        return text
    pieces: list[str] = []
    done = 0
    for match in repair.where.finditer(text):
        before, after = match.group(), repair.function(match.group())
        if before != after:
            pieces += (text[done : match.start()], after)
            done = match.end()
            log.append(_change(repair, match.start(), before, after))
    return "".join((*pieces, text[done:])) if pieces else text


def _change(repair: Repair, position: int, before: str, after: str) -> Change:
    """Log only what differs: a repair may have looked at a whole line for the sake of one letter."""
    start = _common(before, after)
    end = min(
        _common(before[: start - 1 if start else None : -1], after[: start - 1 if start else None : -1]),
        len(before) - start,
        len(after) - start,
    )
    return Change(
        repair.function.__name__,
        position + start,
        before[start : len(before) - end],
        after[start : len(after) - end],
    )


def _common(left: str, right: str) -> int:
    """Return how many characters at the start of both are the same."""
    return next(
        (n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right))
    )


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
