"""JSON that can stand in a page."""

from __future__ import annotations

from typing import Any

import msgspec


def inert_json(value: Any) -> bytes:  # noqa: ANN401
    """Return JSON in which nothing can end the element that holds it or begin another.

    Raises `ValueError` for half a surrogate pair, which no page can hold.
    """
    text = msgspec.json.encode(value)
    for character in "<>&\u2028\u2029":
        text = text.replace(character.encode(), b"\\u%04x" % ord(character))
    return text
