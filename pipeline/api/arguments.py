"""Validation of arguments: texts are strings, and languages are known."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.config import parse_languages
from pipeline.errors import InputError, SettingError
from pipeline.languages.codes import DETECTABLE_LANGUAGES, language_code, unknown_language
from pipeline.output.sheet import is_encodable


def checked_text(text: object, name: str) -> str:
    """Return `text` unchanged; raises `InputError` if it is not a str or has a lone surrogate."""
    if not isinstance(text, str):
        raise InputError(f"{name} is of type {type(text).__name__}, not str")
    if not is_encodable(text):
        raise InputError(f"{name} has a lone surrogate, which cannot be encoded")
    return text


def language_codes(languages: str | Iterable[str]) -> tuple[str, ...]:
    """Return codes given as a list or as "it,ko"; raises `SettingError` for unknown or repeated ones."""
    given = parse_languages(languages) if isinstance(languages, str) else tuple(languages)
    codes = tuple(language_code(code) if isinstance(code, str) else code for code in given)
    for code in codes:
        if code not in DETECTABLE_LANGUAGES:
            raise SettingError(unknown_language(code))
    if len(set(codes)) < len(codes):
        raise SettingError(f"a language is repeated in {','.join(codes)}")
    return codes
