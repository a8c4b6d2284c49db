"""Reads text from a stream of bytes line by line, in memory for one line and not for the file."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from pipeline.ingestion.encodings import MARKS, decode
from pipeline.ingestion.guesses import SAMPLE_BYTES

_PIECE = 1 << 20  # bytes read at a time
_LINES = 1 << 16  # bytes of lines read at a time in search of those that tell the encoding


def encoding_of(stream: BinaryIO) -> tuple[str, str]:
    """Return the encoding of a stream that can be rewound, or "" and the reason why it cannot be read.

    What is not UTF-8 is guessed from the lines with other letters than ASCII, wherever in the file they are.
    """
    start = stream.tell()
    head = stream.read(SAMPLE_BYTES)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), "")
    if not marked and b"\x00" not in head:
        stream.seek(start)
        if _is_utf8(stream):
            marked = "utf-8"
    sample = head
    if not marked and b"\x00" not in head:
        stream.seek(start)
        sample = _telling_lines(stream) or head
    stream.seek(start)
    # A sample may end within a letter, which says nothing about the file.
    found = decode(sample if len(head) < SAMPLE_BYTES else sample[: sample.rfind(b"\n") + 1] or sample)
    if isinstance(found, str):
        return "", found
    return marked or found.encoding, ""


def lines_of(stream: BinaryIO, encoding: str, max_length: int) -> Iterator[str]:
    r"""Yield the lines with their ends as `\n`; a line of more than `max_length` characters comes in pieces.

    Bytes that do not fit the encoding are U+FFFD.
    """
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline=None)
    try:
        while line := text.readline(max_length + 1):
            yield line
    finally:
        if not text.closed:
            text.detach()  # the stream belongs to the caller


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _telling_lines(stream: BinaryIO) -> bytes:
    """Return lines with bytes that are not ASCII, enough to guess an encoding."""
    found = bytearray()
    while len(found) < SAMPLE_BYTES and (line := stream.readline(_LINES)):
        if not line.isascii():
            found += line if line.endswith(b"\n") else line + b"\n"
    return bytes(found)
