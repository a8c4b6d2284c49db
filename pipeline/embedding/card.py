"""Which languages a model has learned, by its card: the field `language` at the head of its `README.md`.

That is where the Hugging Face Hub keeps it for every model, the embedded one included. Of a model without a
card, or whose card names no languages, nothing is known. The field is read without a YAML parser, for which
Norwegian (`no`) is a truth value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

from pipeline.languages.codes import DETECTABLE_LANGUAGES, language_code

CARD_FILE = "README.md"

_OLD_CODES = {"iw": "he", "in": "id"}
_ITEM = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})*")
_MOST = 20_000
"""Characters of a card in which its head is looked for."""


def learned_languages(model: str) -> frozenset[str]:
    """Return the codes of the languages that a model has learned; none if its card does not say so.

    `model` is a folder, or the name of a model on the hub that has been loaded before. Of Chinese, both
    scripts are meant where the card tells none.
    """
    folder = _folder(model)
    return languages_of_card(folder) if folder else frozenset()


@cache
def languages_of_card(folder: Path) -> frozenset[str]:
    """Return the languages that the card in a model's folder names; none if there is no card."""
    try:
        with (folder / CARD_FILE).open(encoding="utf-8", errors="replace") as stream:
            head = stream.read(_MOST)
    except OSError:
        return frozenset()
    found: set[str] = set()
    for tag in _tags(head):
        code = language_code(tag)
        code = _OLD_CODES.get(code, code)
        found |= {"zh-cn", "zh-tw"} if tag.lower() == "zh" else {code} & set(DETECTABLE_LANGUAGES)
    return frozenset(found)


def _folder(model: str) -> Path | None:
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        path = try_to_load_from_cache(model, CARD_FILE)
    except HFValidationError:
        return None
    return Path(path).parent if isinstance(path, str) else None


def _tags(card: str) -> Iterator[str]:
    """Yield the items of the field `language` in the head of a card: one, a list in brackets or in lines."""
    lines = iter(card.removeprefix("\ufeff").splitlines())
    if next(lines, "").rstrip() != "---":
        return
    head = takewhile(lambda line: line.rstrip() not in ("---", "..."), lines)
    for line in head:
        if line.startswith("language:"):
            yield from _items(line.removeprefix("language:"))
            for further in takewhile(lambda line: line[:1] in (" ", "-", "\t", "]", "#") or not line, head):
                yield from _items(further.strip().removeprefix("-"))
            return


def _items(text: str) -> Iterator[str]:
    """Yield the language tags between brackets, commas and quotes; a comment ends them."""
    for item in re.split(r"[\[\],]", re.split(r"(?:^|\s)#", text, maxsplit=1)[0]):
        tag = item.strip().strip("'\"").strip()
        if _ITEM.fullmatch(tag):
            yield tag
