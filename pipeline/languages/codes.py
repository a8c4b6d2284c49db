"""Codes and names of languages."""

from __future__ import annotations

_CODES = (
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no "
    "pa pl pt ro ru sk sl so sq sv sw ta te th tl tr uk ur vi zh-cn zh-tw"
)

DETECTABLE_LANGUAGES = tuple(_CODES.split())
"""The language codes that langdetect has a profile for."""

MIN_LANGUAGES, MAX_LANGUAGES = 2, 8


def language_code(tag: str) -> str:
    """The code for a language tag: "it" for "it-IT" or "IT_it"; of Chinese, with its script."""
    primary, _, rest = tag.strip().lower().replace("_", "-").partition("-")
    if primary == "zh":
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest.split("-")) else "zh-cn"
    return {"nb": "no", "nn": "no"}.get(primary, primary)


def is_language(code: str) -> bool:
    """Whether a code is that of a language that can be told from others."""
    return code in DETECTABLE_LANGUAGES


_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese", "zh-cn": "Chinese", "zh-tw": "Chinese",
}  # fmt: skip


def language_name(code: str) -> str:
    """The English name of a language, or its code where it is not among the common ones."""
    return _NAMES.get(code, code)


def name_list(codes: list[str]) -> str:
    """Several languages in words: "Korean and Polish"."""
    names = [language_name(code) for code in codes]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
