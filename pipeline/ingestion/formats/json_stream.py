"""Reads a list in a JSON file member by member, in memory for one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingestion.formats.json_fields import Value
from pipeline.ingestion.formats.reading import Unusable
from pipeline.ingestion.streams import lines_of

_PIECE = 1 << 16  # characters read at a time
_SPACE = " \t\n\r"


def members(stream: BinaryIO, encoding: str, limit: int) -> Iterator[Value]:
    """Yield the members of the list that a file is, numbers as strings.

    Raises `Unusable` if the file is anything else than a sound list whose members have up to `limit`
    characters.
    """
    return _Members(lines_of(stream, encoding, _PIECE), limit).read()


class _Members:
    """A list that is being read: what has come of it and is not yet used."""

    def __init__(self, pieces: Iterator[str], limit: int) -> None:
        self._pieces = pieces
        self._limit = limit
        self._text = ""
        self._place = 0
        self._decoder = json.JSONDecoder(parse_int=str, parse_float=str)

    def read(self) -> Iterator[Value]:
        """Yield the members, one at a time; raises `Unusable` if the text is no list or no JSON."""
        if (self._after() if self._sign() == "\ufeff" else self._sign()) != "[":
            raise Unusable("is no list")
        if self._after() == "]":
            self._place += 1
        else:
            more = True
            while more:
                yield self._member()
                sign = self._sign()
                self._place += 1
                more = sign == ","
                if not more and sign != "]":
                    raise Unusable("is no JSON: a comma is missing between two members of its list")
        if self._sign():
            raise Unusable("is no JSON: something follows its list")

    def _after(self) -> str:
        """Return the sign after the one that comes next, which is passed over."""
        self._place += 1
        return self._sign()

    def _sign(self) -> str:
        """Return the next sign that is no space; "" at the end."""
        while True:
            while self._place < len(self._text):
                if self._text[self._place] not in _SPACE:
                    return self._text[self._place]
                self._place += 1
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on, and forget what has been used; return False at the end of the file."""
        piece = next(self._pieces, "")
        self._text = self._text[self._place :] + piece
        self._place = 0
        return bool(piece)

    def _member(self) -> Value:
        wanted = _PIECE
        self._sign()
        while True:
            try:
                value: Value
                value, end = self._decoder.raw_decode(self._text, self._place)
                if end < len(self._text):  # a number may go on
                    self._place = end
                    return value
                reason = "its list does not end"
            except RecursionError as error:
                raise Unusable("is no JSON: it nests too deeply") from error
            except ValueError as error:
                reason = str(error)[:120]
            parts = [self._text[self._place :]]
            size = len(parts[0])
            while size < wanted and (piece := next(self._pieces, "")):
                parts.append(piece)
                size += len(piece)
            if len(parts) == 1 and size < wanted:
                raise Unusable(f"is no JSON: {reason}")
            if size > self._limit + 2 * _PIECE:
                raise Unusable(f"is no JSON, or has an article of more than {self._limit:,} bytes")
            self._text, self._place = "".join(parts), 0
            wanted = 2 * size
