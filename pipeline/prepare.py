"""One raw file into one `Article`: clean text, paragraphs with their languages and sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.datatypes import PARAGRAPH_JOINER, Article, Change, Paragraph, RawText, Rejection
from pipeline.ingest import read_below
from pipeline.language import Detection, LanguageDetector
from pipeline.normalise import normalise
from pipeline.segment import Block, segment
from pipeline.sentences import split_sentences


def prepare(raw: RawText | Rejection, detector: LanguageDetector) -> Article | Rejection:
    """Normalise, segment, detect and split one file; a file in no configured language is rejected.

    What ingest has rejected stays rejected.
    """
    if isinstance(raw, Rejection):
        return raw
    blocks, changes = clean_blocks(raw)
    texts = [block.text for block in blocks]
    detection, languages = detector.article(texts)
    reason = _unusable(detection, texts, detector.languages)
    if reason:
        return Rejection(raw.file, reason)
    return Article(
        file=raw.file,
        language=detection.language,
        language_confidence=detection.confidence,
        paragraphs=_paragraphs(blocks, languages, detection.language),
        changes=changes,
        encoding=raw.encoding,
    )


def read_articles(
    raw: Path,
    files: Sequence[Path],
    languages: Sequence[str],
    max_bytes: int,
    advance: Callable[[int], None] = lambda done: None,
) -> tuple[list[Article], list[Rejection]]:
    """Read and prepare the files that `find_files(raw)` found: what can be used, and what cannot and why."""
    detector = LanguageDetector(languages)
    articles: list[Article] = []
    rejections: list[Rejection] = []
    for file in files:
        result = prepare(read_below(raw, file, max_bytes), detector)
        if isinstance(result, Article):
            articles.append(result)
        else:
            rejections.append(result)
        advance(1)
    return articles, rejections


def clean_blocks(raw: RawText) -> tuple[list[Block], tuple[Change, ...]]:
    """Return the paragraphs of a file, normalised, and what was changed.

    Plain text is cleaned before it is cut, because line ends and spaces say where paragraphs are. Markup is
    cut first: indentation means something in Markdown, and entities become characters only there. The
    positions of changes then refer to the paragraphs joined by blank lines.
    """
    if raw.format == "txt":
        text, changes = normalise(raw.text)
        return segment(text, raw.format), changes
    blocks: list[Block] = []
    log: list[Change] = []
    offset = 0
    for kind, text in segment(raw.text, raw.format):
        clean, changes = normalise(text)
        log += (change._replace(position=change.position + offset) for change in changes)
        offset += len(text) + len(PARAGRAPH_JOINER)
        if clean.strip():
            blocks.append(Block(kind, clean.strip()))
    return blocks, tuple(log)


def _unusable(detection: Detection, texts: Sequence[str], languages: Sequence[str]) -> str:
    """Return why a file cannot be used, or ""."""
    if not texts:
        return "holds no text"
    if not detection.language:
        return "holds too little text to tell its language"
    if detection.language not in languages:
        return f"language is '{detection.language}', which is not among {', '.join(languages)}"
    return ""


def _paragraphs(
    blocks: Sequence[Block], languages: Sequence[str], document_language: str
) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            number,
            block.kind,
            block.text,
            split_sentences(block.text, language or document_language),
            language,
        )
        for number, (block, language) in enumerate(zip(blocks, languages, strict=True), start=1)
    )
