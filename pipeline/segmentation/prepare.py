"""One raw article into one `Article`: clean text, paragraphs with their languages and sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from types import MappingProxyType

from pipeline.datatypes import CODE, Article, Block, Paragraph, RawText, Rejection, Span
from pipeline.detection.detector import Detection, LanguageDetector
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import READING, name_below, read_below
from pipeline.languages.codes import MAX_LANGUAGES, in_words, language_label
from pipeline.normalisation.suspicions import suspicions
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.clean import clean_blocks
from pipeline.segmentation.document_language import as_stated, best_share, tell_languages
from pipeline.segmentation.repetition import Repetition, outline
from pipeline.segmentation.sentences import split_sentences

MAX_PARAGRAPH = 1_000_000  # characters; longer ones are data, and would stop the work on everything else


def prepare(
    raw: RawText | Rejection, detector: LanguageDetector, skip: Set[str] = frozenset(), stated: str = ""
) -> Article | Rejection:
    """Normalise, segment, detect and split one article; one in no configured language is rejected.

    Repairs named in `skip` are left out. What ingest has rejected stays rejected. The language that is
    `stated`, if any, holds against what the text looks like.
    """
    if isinstance(raw, Rejection):
        return raw
    blocks, changes, metadata = clean_blocks(raw, skip)
    unmarked, blocks = blocks, mark_boilerplate(blocks)
    detection, languages = tell_languages(blocks, detector, metadata.language)
    if stated and blocks:
        detection, languages = as_stated(stated, blocks, detector, detection)
    reason = _unusable(detection, blocks, languages, detector.languages)
    if reason:
        return Rejection(raw.file, *reason)
    paragraphs = paragraphs_of(blocks, languages, detection.language)
    return Article(
        file=raw.file,
        language=detection.language,
        language_confidence=detection.confidence,
        paragraphs=paragraphs,
        changes=changes,
        encoding=raw.encoding,
        metadata=metadata,
        suspicions=suspicions(paragraphs),
        doubtful=tuple(k for k, (a, b) in enumerate(zip(unmarked, blocks, strict=True), start=1) if a != b),
    )


def read_articles(
    raw: Path,
    files: Sequence[Path],
    languages: Sequence[str],
    reading: Reading = READING,
    advance: Callable[[int], None] = lambda done: None,
) -> tuple[list[Article], list[Rejection]]:
    """Read and prepare the files that `find_files(raw)` found: what can be used, and what cannot and why."""
    articles: list[Article] = []
    rejections: list[Rejection] = []
    detector = LanguageDetector(languages)
    for file in files:
        for result in prepare_file(raw, file, detector, reading):
            if isinstance(result, Article):
                articles.append(result)
            else:
                rejections.append(result)
        advance(1)
    repetition = Repetition([outline(article) for article in articles])
    return [repetition.marked(article) for article in articles], rejections


def prepare_file(
    raw: Path,
    file: Path,
    detector: LanguageDetector,
    reading: Reading,
    stated: Mapping[str, str] = MappingProxyType({}),
) -> list[Article | Rejection]:
    """Return what the articles of one of the files below `raw` came to.

    `stated` are the languages that somebody stated, by the address of the article in the file, as in "#3".
    """
    name = name_below(raw, file)
    return [
        prepare(part, detector, reading.skip, stated.get(part.file.removeprefix(name), ""))
        for part in read_below(raw, file, reading)
    ]


def _unusable(
    detection: Detection, blocks: Sequence[Block], told: Sequence[str], languages: Sequence[str]
) -> tuple[str, ...]:
    """Return why a file cannot be used, and its language if that is why; nothing if it can be used.

    `told` are the languages of its blocks.
    """
    if not blocks:
        return ("holds no text",)
    longest = max(len(block.text) for block in blocks)
    if longest > MAX_PARAGRAPH:
        return (f"holds a paragraph of {longest:,} characters, the limit is {MAX_PARAGRAPH:,}",)
    if not detection.language:
        return ("holds too little text to tell its language",)
    if detection.language not in languages:
        share, code = best_share(blocks, told, languages)
        return _unexpected(detection.language, languages, share, code), detection.language
    return ()


def _unexpected(language: str, expected: Sequence[str], share: float, code: str) -> str:
    """Return why a file in this language cannot be used; a share of it is in an expected one."""
    among = in_words(list(map(language_label, expected)))
    some = f"; {100 * share:.0f} % of its text is in {language_label(code)}" if share >= 0.01 else ""
    enough = len(expected) >= MAX_LANGUAGES
    option = "" if enough else f"; --languages {','.join((*expected, language))} takes it in"
    return f"is in {language_label(language)}, not in {among.replace(' and ', ' or ')}{some}{option}"


def sentences_of(block: Block, language: str) -> tuple[Span, ...]:
    """Return the sentences of a paragraph as spans of its text; code is one."""
    if block.kind != CODE:
        return split_sentences(block.text, language)
    return ((len(block.text) - len(block.text.lstrip()), len(block.text)),)


def paragraphs_of(
    blocks: Sequence[Block], languages: Sequence[str], document_language: str
) -> tuple[Paragraph, ...]:
    """Return the paragraphs, cut into sentences, of blocks that are told their `languages`, "" for some."""
    return tuple(
        Paragraph(
            number,
            block.kind,
            block.text,
            sentences_of(block, language or document_language),
            language,
        )
        for number, (block, language) in enumerate(zip(blocks, languages, strict=True), start=1)
    )
