"""One stage for one file: what `synoptic normalise`, `detect` and `segment` show, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import is_normalized

import click

from pipeline.cli.text import printable
from pipeline.config import Config
from pipeline.datatypes import PARAGRAPH_JOINER, Article, Change, Paragraph, RawText, Rejection
from pipeline.detection.language import LanguageDetector
from pipeline.errors import InputError
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import printable_name, read_file
from pipeline.normalisation.suspicions import suspicions
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.prepare import clean_blocks, prepare, tell_languages
from pipeline.segmentation.sentences import split_sentences

REMOVED, ADDED = "red", "green"


class Normalised(NamedTuple):
    """An article after its repairs."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    changes: tuple[Change, ...]


def normalised(path: Path, reading: Reading) -> Iterator[Normalised | Rejection]:
    """Yield every article of a file, normalised; raises `InputError` if none can be used."""
    for raw in _read(path, reading):
        if isinstance(raw, Rejection):
            yield raw
            continue
        blocks, changes, _ = clean_blocks(raw, reading.skip)
        found = (
            Paragraph(n, b.kind, b.text, split_sentences(b.text, ""), "") for n, b in enumerate(blocks, 1)
        )
        yield Normalised(raw.file, tuple(found), changes)


def rejection_line(rejection: Rejection) -> str:
    """Return what cannot be used, and why."""
    return f"{printable(rejection.file)}: {rejection.reason}"


def text_of(article: Normalised | Rejection) -> str:
    """Return the paragraphs with blank lines between them."""
    found = article.paragraphs if isinstance(article, Normalised) else ()
    return PARAGRAPH_JOINER.join(paragraph.text for paragraph in found)


def change_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield a line for each repair: file, paragraph, position, name, what was there and what is now."""
    if isinstance(article, Rejection):
        yield rejection_line(article)
        return
    for name, position, before, after, paragraph in _in_order(article.changes):
        place = f"{printable(article.file)}:{paragraph}:{position}"
        yield f"{place}\t{name}\t{_quoted(before)} -> {_quoted(after)}"


def _in_order(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.paragraph, change.position))


def suspicion_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield a line for everything that looks wrong and was not repaired."""
    for found in suspicions(article.paragraphs) if isinstance(article, Normalised) else ():
        place = f"{printable(article.file)}:{found.paragraph}:{found.position}"
        yield f"{place}\tsuspicion: {found.name}\t{_quoted(found.text)}"


def diff_lines(article: Normalised | Rejection) -> Iterator[str]:
    """Yield every paragraph that was repaired, with what went in red and what came in green."""
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
    """Return a paragraph as git's word diff shows it; of several repairs at one place, the net effect."""
    pieces: list[str] = []
    done = 0
    for change in _in_order(changes):
        start = min(change.position, len(text))
        if start < done or (pieces and start == done and not change.before.strip() and not change.after):
            continue
        end = start + len(change.after) if text.startswith(change.after, start) else start
        pieces.append(printable(text[done:start]))
        pieces.append(click.style(f"[-{_visible(change.before)}-]", fg=REMOVED) if change.before else "")
        pieces.append(click.style(f"{{+{_visible(text[start:end])}+}}", fg=ADDED) if end > start else "")
        done = end
    return "".join((*pieces, printable(text[done:])))


def language_lines(path: Path, languages: Sequence[str], reading: Reading) -> Iterator[str]:
    """Yield each article's language and confidence, then its paragraphs that are in another one.

    Raises `InputError`.
    """
    detector = LanguageDetector(languages)
    for raw in _read(path, reading):
        if isinstance(raw, Rejection):
            yield f"-\t0.00\t{rejection_line(raw)}"
            continue
        found, _, metadata = clean_blocks(raw, reading.skip)
        blocks = mark_boilerplate(found)
        document, codes = tell_languages(blocks, detector, metadata.language)
        yield f"{document.language or '-'}\t{document.confidence:.2f}\t{printable(raw.file)}"
        for number, (block, code) in enumerate(zip(blocks, codes, strict=True), start=1):
            if code not in ("", document.language):
                yield f"  paragraph {number} is {code}: {_beginning(block.text)}"


def prepared(path: Path, config: Config) -> Iterator[Article | Rejection]:
    """Yield the articles of a file, cut into paragraphs and sentences, and those that a run would reject.

    Raises `InputError` if a run would reject all of it.
    """
    detector = LanguageDetector(config.languages)
    found = [prepare(raw, detector, config.reading.skip) for raw in _read(path, config.reading)]
    _check_usable(found)
    yield from found


def paragraph_lines(article: Article | Rejection) -> Iterator[str]:
    """Yield each paragraph's number, kind and language, and its sentences one a line."""
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
    """Return an article as plain values, for JSON; sentences are spans in code points."""
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


def _read(path: Path, reading: Reading) -> list[RawText | Rejection]:
    """Return the articles of a file; raises `InputError` where a run would reject all of it."""
    found = read_file(path, printable_name(path), reading)
    _check_usable(found)
    return found


def _check_usable(found: Sequence[RawText | Article | Rejection]) -> None:
    if all(isinstance(article, Rejection) for article in found):
        raise InputError(next(rejection_line(article) for article in found if isinstance(article, Rejection)))


def _quoted(text: str) -> str:
    return f'"{_visible(text)}"'


def _visible(text: str) -> str:
    """Return `text` with what cannot be seen escaped, and letters in pieces, which look like whole ones."""
    return printable(text) if is_normalized("NFC", text) else text.encode("unicode_escape").decode()


def _beginning(text: str, length: int = 60) -> str:
    return printable(text if len(text) <= length else text[: length - 1] + "…")
