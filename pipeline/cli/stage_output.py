"""Output of `synoptic normalise`, `detect` and `segment`, as text lines and as JSON records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from unicodedata import is_normalized, normalize

import click

from pipeline.api.stages import Detected, Normalised
from pipeline.cli.text import printable
from pipeline.datatypes import Article, Change, Rejection

REMOVED, ADDED = "red", "green"

_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")


def rejection_line(rejection: Rejection) -> str:
    """Return the name of a rejected file and the reason."""
    return f"{printable(rejection.file)}: {rejection.reason}"


def text_of(article: Normalised | Rejection) -> str:
    """Return the paragraphs with blank lines between them."""
    return article.text if isinstance(article, Normalised) else ""


def change_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield a line for each repair: file, paragraph, position, name, text before and after."""
    if isinstance(article, Rejection):
        yield rejection_line(article)
        return
    for name, position, before, after, paragraph in _in_order(article.changes):
        place = f"{printable(article.file)}:{paragraph}:{position}"
        yield f"{place}\t{name}\t{_quoted(before)} -> {_quoted(after)}"


def _in_order(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.paragraph, change.position))


def suspicion_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield a line for each suspicious passage that was not repaired."""
    for found in article.suspicions if isinstance(article, Normalised) else ():
        place = f"{printable(article.file)}:{found.paragraph}:{found.position}"
        yield f"{place}\tsuspicion: {found.name}\t{_quoted(found.text)}"


def diff_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield every repaired paragraph, with deletions in red and insertions in green."""
    if isinstance(article, Rejection):
        yield rejection_line(article)
        return
    by_number: dict[int, list[Change]] = {}
    for change in article.changes:
        by_number.setdefault(change.paragraph, []).append(change)
    yield click.style(printable(article.file), bold=True)
    for paragraph in article.paragraphs:
        if paragraph.number in by_number:
            names = ", ".join(dict.fromkeys(change.name for change in by_number[paragraph.number]))
            yield click.style(f"@@ paragraph {paragraph.number}: {names} @@", fg="cyan")
            yield _diff(paragraph.text, by_number[paragraph.number])


def _diff(text: str, changes: Iterable[Change]) -> str:
    """Return a paragraph in the style of git's word diff, with the net effect of repairs at one place."""
    pieces: list[str] = []
    done = 0
    for change in _in_order(changes):
        start = min(change.position, len(text))
        if start < done or (pieces and start == done and not change.before.strip() and not change.after):
            continue
        end = start + len(change.after) if text.startswith(change.after, start) else start
        pieces.append(printable(text[done:start]))
        pieces.append(click.style(f"[-{_removed(change.before)}-]", fg=REMOVED) if change.before else "")
        pieces.append(click.style(f"{{+{_visible(text[start:end])}+}}", fg=ADDED) if end > start else "")
        done = end
    return "".join((*pieces, printable(text[done:])))


def _removed(text: str) -> str:
    """Return what a repair took out; decomposed Hangul as words, because each letter would be a code."""
    return f"decomposed: {printable(normalize('NFC', text))}" if _JAMO.search(text) else _visible(text)


def language_lines(article: Detected | Rejection) -> Iterator[str]:
    """Yield an article's language and confidence, then its paragraphs in other languages."""
    if isinstance(article, Rejection):
        yield f"-\t0.00\t{rejection_line(article)}"
        return
    yield f"{article.language or '-'}\t{article.confidence:.2f}\t{printable(article.file)}"
    for number, (text, code) in enumerate(zip(article.texts, article.paragraphs, strict=True), start=1):
        if code not in ("", article.language):
            yield f"  paragraph {number} is {code}: {_beginning(text)}"


def paragraph_lines(article: Article | Rejection) -> Iterator[str]:
    """Yield each paragraph's number, kind and language, then its sentences one per line."""
    if isinstance(article, Rejection):
        yield rejection_line(article)
        return
    confidence = f"{article.language_confidence:.2f}"
    yield f"{printable(article.file)}: {article.language} {confidence}, {article.encoding}"
    for paragraph in article.paragraphs:
        yield f"{paragraph.number}\t{paragraph.kind}\t{paragraph.language or '-'}"
        for start, end in paragraph.sentences:
            yield "\t" + printable(paragraph.text[start:end])


def paragraph_record(article: Article | Rejection) -> Mapping[str, Any]:
    """Return an article as plain values for JSON; sentences are spans in code points."""
    if isinstance(article, Rejection):
        return {"file": article.file, "rejected": article.reason}
    return {
        "file": article.file,
        "language": article.language,
        "language_confidence": round(article.language_confidence, 4),
        "encoding": article.encoding,
        "metadata": article.metadata._asdict(),
        "suspicions": [suspicion._asdict() for suspicion in article.suspicions],
        "paragraphs": [paragraph._asdict() for paragraph in article.paragraphs],
    }


def _quoted(text: str) -> str:
    return f'"{_visible(text)}"'


def _visible(text: str) -> str:
    """Return `text` with invisible characters escaped, and decomposed letters, which look composed."""
    return printable(text) if is_normalized("NFC", text) else text.encode("unicode_escape").decode()


def _beginning(text: str, length: int = 60) -> str:
    return printable(text if len(text) <= length else text[: length - 1] + "…")
