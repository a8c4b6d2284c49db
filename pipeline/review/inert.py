"""JSON that can stand in a page."""

from __future__ import annotations

import json
from typing import Any


def inert_json(value: Any) -> str:  # noqa: ANN401
    """Return JSON in which nothing can end the element that holds it or begin another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
