"""JSON that is safe to embed in HTML."""

from __future__ import annotations

from typing import Any

import msgspec


def inert_json(value: Any) -> bytes:  # noqa: ANN401
    """Return JSON that cannot close its enclosing element or open another.

    Raises `ValueError` for a lone surrogate, which cannot be encoded.
    """
    text = msgspec.json.encode(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character.encode(), b"\\u%04x" % ord(character))
    return text
