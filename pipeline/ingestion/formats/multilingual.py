"""Parts texts that hold several languages between marks, as multilingual plugins of WordPress store them.

qTranslate and its heirs write `[:it]…[:pl]…[:]`, `<!--:it-->…<!--:--><!--:pl-->…<!--:-->` or
`{:it}…{:}{:pl}…{:}`, WPGlobus the last of these, others `[lang_it]…[/lang_it]`. What is outside all marks
belongs to every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.ingestion.formats.reading import Item
from pipeline.languages.codes import is_language, language_code

_CODE = r"([a-z]{2,3}(?:[-_][a-zA-Z]{2,4})?)"
_MARK = re.compile(
    rf"<!--:{_CODE}?-->|\[:{_CODE}?\]|\{{:{_CODE}?\}}|\[lang_{_CODE}\]|\[/lang_[a-z]{{2,3}}(?:[-_][a-zA-Z]{{2,4}})?\]"
)

_LANGUAGE = r"([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)"
_SUFFIXED = re.compile(rf"\A(.{{1,80}}?)(?:[ _.:@-]{{1,4}}|[ _]{{0,4}}[\[(]){_LANGUAGE}[\])]?\Z")
_PREFIXED = re.compile(rf"\A{_LANGUAGE}[ _.:@-]+(.+)\Z")
_CAMEL = re.compile(r"\A([a-z]+(?:[A-Z][a-z]+)*)([A-Z][a-z])\Z")

_STARTS_WITH_MARK = re.compile(rf"^(?:<[^<>]*>)*(?:{_MARK.pattern})", re.MULTILINE)


def by_language(items: Iterable[Item]) -> Iterator[Item]:
    """Yield an article for each language if its title or body begins with a mark, else the article."""
    for item in items:
        parted = marked_versions(item.text)
        if not parted:
            yield item
        for code, text in parted.items():
            title = version(item.metadata.title, code)
            metadata = item.metadata._replace(language=code, title=title)
            address = f"{item.address}.{code}" if item.address else code
            yield item._replace(text=text, metadata=metadata, address=address)


def by_suffix(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the names of fields that say a language, as `title_it`, `Body (DE)`, `pl_text` and `bodyKo` do.

    The key is the language, its values are the fields by their whole names. A language alone that may also be
    the last part of a name (`author_id`) is none.
    """
    found: dict[str, dict[str, str]] = {}
    for name in names:
        field, code = _parted_name(name)
        if code:
            found.setdefault(code, {})[name] = field
    if len(found) < 2:
        found.pop("id", None)
    return found


def _parted_name(name: str) -> tuple[str, str]:
    """Return the field that a name is of, and the language that it says; "" if it says none."""
    stripped = name.strip()
    for pattern, field, code in ((_SUFFIXED, 1, 2), (_PREFIXED, 2, 1), (_CAMEL, 1, 2)):
        match = pattern.match(stripped)
        if match and is_language(language_code(match[code])):
            return match[field], match[code]
    return stripped, ""


def marked_versions(text: str) -> dict[str, str]:
    """Return the text in each language if a line of it begins with a mark; {} if none does."""
    return versions(text) if _STARTS_WITH_MARK.search(text) else {}


def versions(text: str) -> dict[str, str]:
    """Return the text in each language that it is marked for, in order; {} if it has no such marks.

    One mark alone is none: somebody writes about `[:it]`.
    """
    marks = list(_MARK.finditer(text)) if ":" in text or "[lang_" in text else []
    languages = dict.fromkeys(filter(None, map(_language, marks)))
    if not languages or len(marks) < 2:
        return {}
    found: dict[str, list[str]] = {language: [] for language in languages}
    position, current = 0, ""
    for mark in [*marks, None]:
        part = text[position : mark.start() if mark else len(text)]
        for language in [current] if current else languages:
            found[language].append(part)
        if mark:
            position, current = mark.end(), _language(mark)
    return {language: "".join(parts).strip() for language, parts in found.items()}


def version(text: str, language: str) -> str:
    """Return a text in one language; all of it if it is not marked, "" if it lacks the language."""
    parted = versions(text)
    return parted.get(language, "") if parted else text


def _language(mark: re.Match[str]) -> str:
    """Return the language that a mark begins; "" for one that ends it."""
    return next((code for code in mark.groups() if code), "").replace("_", "-")
