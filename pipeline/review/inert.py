"""JSON that is safe to embed in HTML."""

from __future__ import annotations

from typing import Any

import msgspec


def inert_json(value: Any) -> bytes:  # noqa: ANN401
    """Return JSON that cannot close its enclosing element or open another.

    Raises `ValueError` for a lone surrogate, which cannot be encoded.
    """
    return inert(msgspec.json.encode(value))


def inert(text: bytes) -> bytes:
    """Return JSON with the characters escaped that mean something to HTML; they are in strings only."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character.encode(), b"\\u%04x" % ord(character))
    return text
