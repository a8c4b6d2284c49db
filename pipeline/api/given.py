"""What callers hand over, checked: texts are texts, languages are known, rows are rows."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.config import parse_languages
from pipeline.errors import InputError, SettingError
from pipeline.languages.codes import DETECTABLE_LANGUAGES
from pipeline.output.sheet import is_encodable


def text_given(text: object, name: str) -> str:
    """Return a text as it is; raises `InputError` for anything else, and for half of a character."""
    if not isinstance(text, str):
        raise InputError(f"{name} is of type {type(text).__name__}, not str")
    if not is_encodable(text):
        raise InputError(f"{name} holds half of a surrogate pair, which no file can hold")
    return text


def language_codes(languages: str | Iterable[str]) -> tuple[str, ...]:
    """Return the codes in a list or in "it,ko"; raises `SettingError` for one that is unknown or repeated."""
    codes = parse_languages(languages) if isinstance(languages, str) else tuple(languages)
    for code in codes:
        if code not in DETECTABLE_LANGUAGES:
            raise SettingError(f"unknown language {code!r}; known are {' '.join(DETECTABLE_LANGUAGES)}")
    if len(set(codes)) < len(codes):
        raise SettingError(f"a language stands twice in {','.join(codes)}")
    return codes
