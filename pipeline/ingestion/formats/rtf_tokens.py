"""The tokens of RTF: groups, control words with numbers, escaped bytes, text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:([A-Za-z]{1,40})(-?[0-9]{1,10})? ?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)


class Token(NamedTuple):
    """One token: a control word or symbol or a brace, or text."""

    word: str = ""
    number: int | None = None
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    r"""Yield the tokens; binary data after `\bin` is left out."""
    place = 0
    while (found := _TOKEN.search(data, place)) is not None:
        place = found.end()
        word, number, escaped, sign, brace, text = found.groups()
        if word is not None:
            value = int(number) if number is not None else None
            if word == b"bin":
                place += min(max(value or 0, 0), len(data) - place)
            else:
                yield Token(word.decode("ascii"), value)
        elif escaped is not None:
            yield Token(text=bytes.fromhex(escaped.decode("ascii")))
        elif text is not None:
            yield Token(text=text)
        elif sign is not None and sign in b"\\{}":
            yield Token(text=sign)
        elif sign is not None or brace is not None:
            yield Token((sign or brace).decode("latin-1"))
