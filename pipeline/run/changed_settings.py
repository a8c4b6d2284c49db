"""Names the settings that differ from those of the run before: they too change what is found."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.output.reader import record_of

_WITHOUT_EFFECT = frozenset(
    ("raw", "out", "quiet", "fail_on", "format", "engine", "address", "jobs", "cache", "cache_bytes")
)
"""Settings that change neither rows nor findings, and the folders, of which one may be named in many ways."""

_FIRST, _LAST = 20, 40
"""Characters that are shown of a long value; of a path, the end says more."""


def note_on_settings(out: Path, config: Config) -> list[str]:
    """Return a line that names what has changed since the last run into `out`, if anything has."""
    try:
        before = record_of(out).get("settings")
    except InputError:
        return []
    if not isinstance(before, dict):
        return []
    changed = [
        f"{name} (was {_shown(before[name])}, is {_shown(value)})"
        for name, value in config.as_record().items()
        if name not in _WITHOUT_EFFECT and name in before and before[name] != value
    ]
    return [f"since the last run, other settings: {'; '.join(changed)}"] if changed else []


def _shown(value: object) -> str:
    if value is None or value == [] or value == {}:
        return "none"
    text = ", ".join(map(str, value)) if isinstance(value, list) else value
    text = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False)
    return text if len(text) <= _FIRST + _LAST else f"{text[:_FIRST]}…{text[-_LAST:]}"
