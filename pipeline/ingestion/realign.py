"""Finds where a byte is missing in text of two-byte characters, which garbles the rest of the line.

Each later character is then made of halves of two. The place shows in the rest of the line, which is full of
rare characters: without the byte there, which belongs to no character, the rest is as it was. In Big5 and
CP932, where the second byte may be one of ASCII, a line falls into step by itself after a few characters, and
what they become may mean something: such a place is not found.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

COST = 8.0  # nats that a place must win, as much as a byte that does not fit
POOR = 0.3  # mean score of the characters of a line below which it is looked at; text has some .8
MAX_BROKEN = 0.05  # share of the characters that misfit up to which damage, no other encoding, is the cause
LONGEST = 4_000  # bytes of a line that are looked at
REPLACEMENT = "\ufffd"

_COMMON, _SIGN, _RARE, _BROKEN = 1.0, 0.5, -1.0, -8.0
_ASCII_INSIDE = -0.3  # a letter of ASCII, of which text in these scripts has few
_STANDARDS = {
    "cp949": ("euc-kr", 0xB0, 0xC8),
    "cp932": ("shift_jis", 0x88, 0x97),
    "euc_jp": ("shift_jis", 0x88, 0x97),
    "gb18030": ("gb2312", 0xB0, 0xD7),
    "big5": ("big5", 0xA4, 0xC6),
}
"""By encoding, a codec and the first bytes of the everyday characters in it."""


def realigned(data: bytes, encoding: str, text: str) -> str:
    """Return the text of some bytes with U+FFFD at the places where a byte is missing."""
    lines, sources = text.split("\n"), data.split(b"\n")
    if encoding not in _STANDARDS or len(lines) != len(sources):
        return text
    scores = [[_score(letter, encoding) for letter in line if letter > "\x7f"] for line in lines]
    if text.count(REPLACEMENT) > MAX_BROKEN * sum(map(len, scores)):
        return text
    poor = [
        k
        for k, found in enumerate(scores)
        if found and (sum(found) < POOR * len(found) or REPLACEMENT in lines[k])
    ]
    for k in poor:
        if len(sources[k]) <= LONGEST:
            lines[k] = _without_a_byte(sources[k], encoding) or lines[k]
    return "\n".join(lines)


def _without_a_byte(data: bytes, encoding: str) -> str:
    """Return the line with U+FFFD for the byte without which its characters are likeliest; "" if none is."""
    size = len(data)
    letters: list[tuple[str, int]] = [_letter(data, place, encoding) for place in range(size)]
    rest = [0.0] * (size + 5)  # score of what follows from a byte on, if a character begins there
    for place in range(size - 1, -1, -1):
        letter, length = letters[place]
        rest[place] = _score(letter, encoding) + rest[place + length]
    best, found, before, place = rest[0] + COST, -1, 0.0, 0
    while place < size:
        if before + rest[place + 1] > best:
            best, found = before + rest[place + 1], place
        letter, length = letters[place]
        before += _score(letter, encoding)
        place += length
    if found < 0:
        return ""
    return _decoded(data[:found], encoding) + REPLACEMENT + _decoded(data[found + 1 :], encoding)


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")


def _letter(data: bytes, place: int, encoding: str) -> tuple[str, int]:
    """Return the character that begins at a byte, and its length."""
    if data[place] < 0x80:
        return chr(data[place]), 1
    for length in (1, 2, 3, 4):
        try:
            letter = codecs.decode(data[place : place + length], encoding)
        except UnicodeError:
            continue
        return letter, length
    return REPLACEMENT, 1


@lru_cache(maxsize=20_000)
def _score(letter: str, encoding: str) -> float:
    """Return how likely a character is in text of an encoding, in nats over chance."""
    if letter < "\x80":
        return _ASCII_INSIDE if letter.isalnum() or letter in "@`{}|~\\^_[]" else 0.0
    if letter == REPLACEMENT or "\ue000" <= letter <= "\uf8ff":
        return _BROKEN
    if "\u3041" <= letter <= "\u30fe":
        return _COMMON if encoding in ("cp932", "euc_jp") else _RARE
    if "\u3000" <= letter <= "\u303f" or "\uff01" <= letter <= "\uff1f" or "\u2010" <= letter <= "\u2026":
        return _SIGN
    codec, first, last = _STANDARDS[encoding]
    code = letter.encode(codec, "ignore")
    return _COMMON if len(code) == 2 and first <= code[0] <= last else _RARE
