"""Reads the user's own rules from a TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.checks.own_rules import OwnRule, OwnRules, compiled
from pipeline.datatypes import SEVERITIES
from pipeline.errors import InputError
from pipeline.languages.codes import is_known, is_language, language_code
from pipeline.store.plain_files import opened

MAX_RULES, MAX_PATTERN = 2000, 2000
"""Rules of a file, and characters of a pattern."""

ISSUE_TYPES = (
    "terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "inconsistency",
    "grammar", "legal", "register", "locale-specific-content", "locale-violation", "style", "characters",
    "misspelling", "typographical", "formatting", "inconsistent-entities", "numbers", "markup",
    "pattern-problem", "whitespace", "internationalization", "length", "non-conformance", "uncategorized",
    "other",
)  # fmt: skip
"""The localisation-quality issue types of ITS 2.0."""

_PATTERNS = ("source", "source_lacks", "target", "target_lacks")
_TEXTS = ("name", "message", "severity", "category", "issue_type", "suggestion", *_PATTERNS)
_KEYS = (*_TEXTS, "languages", "ignore_case")

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,62}")
_CATEGORY = re.compile(r"[0-9A-Za-z_-]+(?:/[0-9A-Za-z_-]+)*")
_GROUP = re.compile(r"\(\?P<(\w+)>")


def read_rules(path: Path) -> OwnRules:
    """Return the rules in the tables `[[rule]]` of a file; raises `InputError` that says where and why."""
    try:
        with opened(path, follow=True) as stream:
            table = tomllib.load(stream)
    except OSError as error:
        raise InputError(f"cannot read the rules {path}: {error.strerror or error}") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise InputError(f"the rules {path} are not valid TOML: {error}") from error
    entries = table.get("rule")
    if not isinstance(entries, list) or not entries or set(table) != {"rule"}:
        raise InputError(f"the rules {path} must be tables [[rule]], and nothing else")
    if len(entries) > MAX_RULES:
        raise InputError(f"the rules {path} are {len(entries)}; at most {MAX_RULES} can be checked")
    rules: dict[str, OwnRule] = {}
    for number, entry in enumerate(entries, 1):
        try:
            rule = _rule(entry)
            if rule.name in rules:
                raise ValueError("another rule has this name")
        except ValueError as error:
            name = entry.get("name") if isinstance(entry, dict) else None
            place = f"rule {number} ({name})" if name else f"rule {number}"
            raise InputError(f"the rules {path}, {place}: {error}") from error
        rules[rule.name] = rule
    return OwnRules(tuple(rules.values()))


def _rule(entry: object) -> OwnRule:
    """Return a rule from its table; raises `ValueError` with the reason."""
    if not isinstance(entry, dict):
        raise ValueError("it is no table")
    if unknown := [key for key in entry if key not in _KEYS]:
        raise ValueError(f"unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}")
    texts = {key: _text(entry, key) for key in _TEXTS}
    if not _NAME.fullmatch(texts["name"]):
        raise ValueError("it needs a name of letters, digits and hyphens, as in name = 'no-euro-sign'")
    if not texts["message"]:
        raise ValueError("it needs a message")
    ignore_case = entry.get("ignore_case", False)
    if not isinstance(ignore_case, bool):
        raise ValueError("ignore_case must be true or false")
    _check_patterns(texts, ignore_case)
    return OwnRule(
        name=texts["name"],
        message=" ".join(texts["message"].split()),
        severity=_one_of("severity", texts["severity"] or "minor", SEVERITIES),
        issue_type=_one_of("issue_type", texts["issue_type"] or "other", ISSUE_TYPES),
        category=_category(texts["category"] or "other"),
        languages=_languages(entry.get("languages", [])),
        suggestion=texts["suggestion"],
        ignore_case=ignore_case,
        **{key: texts[key] for key in _PATTERNS},
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} must be a text in quotation marks")
    if key not in _PATTERNS and not " ".join(value.split()).isprintable():
        raise ValueError(f"{key} has control characters")
    return value if key in _PATTERNS else value.strip()


def _one_of(key: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{key} is {value!r}; it can be {', '.join(known)}")
    return value


def _category(value: str) -> str:
    if not _CATEGORY.fullmatch(value):
        raise ValueError(f"category is {value!r}; write it as in accuracy/mistranslation")
    return value


def _check_patterns(texts: Mapping[str, str], ignore_case: bool) -> None:
    import regex  # imported late because few runs have own rules

    given = [key for key in _PATTERNS if texts[key]]
    if not given:
        raise ValueError(f"it needs a pattern: {', '.join(_PATTERNS)}")
    groups = tuple((name, "x") for name in _GROUP.findall(texts["source"]))
    for key in given:
        if len(texts[key]) > MAX_PATTERN:
            raise ValueError(f"{key} has over {MAX_PATTERN} characters")
        try:
            compiled(texts[key], ignore_case, groups if key.startswith("target") else ())
        except (regex.error, OverflowError, RecursionError) as error:
            raise ValueError(f"{key} is not a valid regular expression: {error}") from error


def _languages(value: object) -> tuple[tuple[str, str], ...]:
    """Return the pairs in `"it-pl"` or `["it-pl", "ko"]`."""
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ValueError('languages must be as in "it-pl" or ["it-pl", "ko-pl"], or one as in "pl"')
    return tuple(_pair(each.strip()) for each in listed)


def _pair(text: str) -> tuple[str, str]:
    """Return the pair that a text names; a single language is the target, and of any source."""
    parts = re.split(r"\s*[>→]\s*", text)
    if len(parts) == 1:
        parts = next(filter(_is_pair, _halves(text)), parts)
    codes = [language_code(part) for part in parts]
    is_wrong = not all(is_known(code) and _has_region(part) for code, part in zip(codes, parts, strict=True))
    if is_wrong or len(codes) > 2 or len(set(codes)) < len(codes):
        raise ValueError(f"{text!r} is neither a language nor a pair of languages such as it-pl")
    return (codes[0], codes[1]) if len(codes) == 2 else ("", codes[0])


def _has_region(tag: str) -> bool:
    """Whether what follows the language in a tag may be a region, if it has the length of one."""
    from babel import Locale

    rest = re.split("[-_]", tag)[1:]
    return all(len(part) != 2 or part.upper() in Locale("en").territories for part in rest)


def _halves(text: str) -> Iterator[list[str]]:
    return ([text[: m.start()], text[m.end() :]] for m in re.finditer("-", text))


def _is_pair(halves: Sequence[str]) -> bool:
    """Whether a text such as "it-pl" is two languages, and not one with its region as "pt-BR" is."""
    one, other = halves
    are_languages = is_known(language_code(one)) and is_language(language_code(other))
    is_region = other.isupper() and not one.isupper()
    return are_languages and not is_region and language_code(one) != language_code(other)
