"""The same text translated in different ways, and different texts translated alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.checks.names import language_name
from pipeline.checks.records import Cells, Draft, folded_words

_WORDS = 3
"""Words from which a repeated text should be translated in one way; shorter ones depend on their place."""


def inconsistent(rows: Sequence[Cells]) -> Iterator[tuple[int, Draft]]:
    """`consistency.target` and `consistency.source`, with the number of the row.

    A finding stands at every row that differs from the first one with the same text.
    """
    keys = [{language: _key(text) for language, text in cells.texts.items()} for cells in rows]
    counts = Counter(item for row in keys for item in row.items())
    first: dict[tuple[str, str, str], tuple[str, str]] = {}
    for number, (cells, row) in enumerate(zip(rows, keys, strict=True)):
        if any(counts[item] > 1 for item in row.items()):
            for source, target in cells.pairs:
                yield from ((number, draft) for draft in _compare(cells, row, first, source, target))


def _compare(
    cells: Cells,
    keys: dict[str, str],
    first: dict[tuple[str, str, str], tuple[str, str]],
    source: str,
    target: str,
) -> Iterator[Draft]:
    for one, two, rule in ((source, target, "consistency.target"), (target, source, "consistency.source")):
        if len(keys[one].split()) < _WORDS and not _is_long(keys[one]):
            continue
        key, text = first.setdefault((one, two, keys[one]), (keys[two], cells.texts[two]))
        if key != keys[two]:
            message = (
                f"This {language_name(one)} text stands more than once, "
                f"elsewhere beside another {language_name(two)} text: “{_short(text)}”"
            )
            yield Draft(rule, source, target, message)


def _key(text: str) -> str:
    """What makes two texts the same: all but case, spaces and the marks at the end."""
    plain = text.isprintable() and "  " not in text and text[0] != " "  # so it has no other white space
    return (text.casefold() if plain else " ".join(folded_words(text))).rstrip(" .!…:;")


def _is_long(key: str) -> bool:
    return len(key) >= 20


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
