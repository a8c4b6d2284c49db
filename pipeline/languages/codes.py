"""Codes and names of languages."""

from __future__ import annotations

from functools import cache

_CODES = (
    "af ar bg bn ca cs cy da de el en es et fa fi fr gu he hi hr hu id it ja kn ko lt lv mk ml mr ne nl no "
    "pa pl pt ro ru sk sl so sq sv sw ta te th tl tr uk ur vi zh-cn zh-tw"
)

DETECTABLE_LANGUAGES = tuple(_CODES.split())
"""The language codes that langdetect has a profile for."""

MIN_LANGUAGES, MAX_LANGUAGES = 2, 16


def language_code(tag: str) -> str:
    """The code for a language tag: "it" for "it-IT", "IT_it" or "ita"; of Chinese, with its script.

    A tag that no language has is returned as it is (`is_known`).
    """
    primary, _, rest = tag.strip().lower().partition(".")[0].replace("_", "-").partition("-")
    if len(primary) == 3 or primary in _FORMER:
        primary = _aliases().get(primary, primary)
    if primary == "zh":
        return "zh-tw" if {"tw", "hk", "mo", "hant"} & set(rest.split("-")) else "zh-cn"
    return {"nb": "no", "nn": "no"}.get(primary, primary)


_FORMER = frozenset(("iw", "in", "ji", "mo"))
"""Codes of two letters that ISO 639 has given up."""


@cache
def _aliases() -> dict[str, str]:
    """The shortest code of a language by its other ones: three letters, or what ISO 639 has given up."""
    from babel.core import get_global

    return {alias: name.partition("_")[0] for alias, name in get_global("language_aliases").items()}


@cache
def is_known(code: str) -> bool:
    """Whether a code is that of any language that CLDR can name."""
    from babel import Locale

    return is_language(code) or code in Locale("en").languages


def is_language(code: str) -> bool:
    """Whether a code is that of a language that can be told from others."""
    return code in DETECTABLE_LANGUAGES


_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gu": "Gujarati", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "kn": "Kannada", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ml": "Malayalam", "mr": "Marathi", "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese", "zh-cn": "Chinese", "zh-tw": "Chinese (traditional)",
}  # fmt: skip


def language_name(code: str) -> str:
    """The English name of a language, or its code where it is not among the common ones."""
    return _NAMES.get(code, code)


def unknown_language(code: object) -> str:
    """What to tell about a code that is none: the right one if it is a name, or else all that there are."""
    codes = [key for key, name in _NAMES.items() if name.lower() == str(code).lower() and is_language(key)]
    known = f"write {codes[0]}" if codes else f"known are {' '.join(DETECTABLE_LANGUAGES)}"
    return f"unknown language {code!r}; {known}"


_TAGS = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}


def language_tag(code: str) -> str:
    """What a page says for a language: Chinese by its script, which has glyphs of its own (BCP 47)."""
    return _TAGS.get(code, code)


def language_label(code: str) -> str:
    """A language in words and as the settings write it: "German (de)"."""
    return f"{language_name(code)} ({code})"


def name_list(codes: list[str]) -> str:
    """Several languages in words: "Korean and Polish"."""
    return in_words([language_name(code) for code in codes])


def in_words(names: list[str]) -> str:
    """Several names as a sentence lists them: "a, b and c"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
