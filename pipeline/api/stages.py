"""Single stages on one text or file: normalisation, language detection, segmentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.api.arguments import language_codes
from pipeline.config import Config
from pipeline.datatypes import (
    PARAGRAPH_JOINER,
    Article,
    Change,
    Paragraph,
    RawText,
    Rejection,
    Suspicion,
)
from pipeline.detection.detector import Detection, LanguageDetector
from pipeline.errors import InputError, SettingError
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import printable_name, read_file
from pipeline.languages.codes import is_language, unknown_language
from pipeline.normalisation.suspicions import suspicions
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.clean import clean_blocks
from pipeline.segmentation.document_language import tell_languages
from pipeline.segmentation.prepare import paragraphs_of, prepare
from pipeline.segmentation.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text after its repairs; `str()` gives the text."""

    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    changes: tuple[Change, ...]  # with paragraph number and position in the paragraph
    suspicions: tuple[Suspicion, ...]  # passages that look wrong and cannot be repaired
    file: str = ""  # source file

    @property
    def text(self) -> str:
        """The paragraphs, separated by blank lines."""
        return PARAGRAPH_JOINER.join(paragraph.text for paragraph in self.paragraphs)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Detected:
    """The language of a text and of each of its paragraphs; "" where there is too little text to tell."""

    language: str
    confidence: float  # 0..1
    paragraphs: tuple[str, ...]  # the text's language unless a paragraph is clearly in another one
    texts: tuple[str, ...] = field(repr=False)  # the paragraphs themselves
    file: str = ""  # source file

    def __str__(self) -> str:
        return self.language


class Segment(NamedTuple):
    """A paragraph and its sentences."""

    kind: str  # "title", "heading", "paragraph", "list-item", "code", "boilerplate", ...
    language: str
    text: str
    sentences: tuple[str, ...]


def normalise(text: str, skip: Sequence[str] = ()) -> Normalised:
    """Normalise a text as `synoptic normalise` does; the result lists its changes and suspicious passages.

    `skip` names repairs to skip. Raises `InputError` if `text` is not a str, `SettingError` for an unknown
    repair.

    >>> found = normalise("Costa  3.000 euro\\u00ad.")
    >>> found.text
    'Costa 3.000 euro.'
    >>> [change.name for change in found.changes]
    ['soft_hyphens', 'space_runs']
    """
    reading = Config.load(skip_repairs=tuple(skip)).reading
    return normalised_text(_raw(text), reading)


def detect(text: str, languages: Sequence[str] = Config.languages) -> Detected:
    """Return the language of a text and of each of its paragraphs.

    `languages` are the expected ones; another is reported only if the text is clearly in it. Raises
    `InputError` if `text` is not a str, `SettingError` for an unknown language.

    >>> detect("Il museo è chiuso il lunedì.").language
    'it'
    """
    return detected_text(_raw(text), LanguageDetector(language_codes(languages)))


def segment(text: str, language: str | None = None) -> list[Segment]:
    """Return the normalised paragraphs of a text with their sentences.

    `language` selects the rules for sentence ends; it is detected if not given. Raises `InputError` if
    `text` is not a str, `SettingError` for an unknown language.

    >>> [part.sentences for part in segment("Arriva il sig. Rossi. Poi piove.\\n\\nFine.", "it")]
    [('Arriva il sig. Rossi.', 'Poi piove.'), ('Fine.',)]
    """
    if language is not None and not is_language(language):
        raise SettingError(unknown_language(language))
    blocks, _, _ = clean_blocks(_raw(text))
    blocks = mark_boilerplate(blocks)
    detector = LanguageDetector((language,) if language else Config.languages)
    if language is None:
        detection, codes = tell_languages(blocks, detector)
    else:
        detection, codes = Detection(language, 1.0), [language] * len(blocks)
    return [_segment(paragraph) for paragraph in paragraphs_of(blocks, codes, detection.language)]


def normalised(path: Path, reading: Reading) -> Iterator[Normalised | Rejection]:
    """Yield the normalised articles of a file; raises `InputError` if none is usable."""
    for raw in _read(path, reading):
        yield raw if isinstance(raw, Rejection) else normalised_text(raw, reading)


def normalised_text(raw: RawText, reading: Reading) -> Normalised:
    """Return a normalised article."""
    blocks, changes, _ = clean_blocks(raw, reading.skip)
    found = tuple(
        Paragraph(number, block.kind, block.text, split_sentences(block.text, ""), "")
        for number, block in enumerate(blocks, 1)
    )
    return Normalised(found, changes, suspicions(found), raw.file)


def detected(path: Path, languages: Sequence[str], reading: Reading) -> Iterator[Detected | Rejection]:
    """Yield the languages of the articles of a file; raises `InputError` if none is usable."""
    detector = LanguageDetector(languages)
    for raw in _read(path, reading):
        yield raw if isinstance(raw, Rejection) else detected_text(raw, detector, reading)


def detected_text(raw: RawText, detector: LanguageDetector, reading: Reading | None = None) -> Detected:
    """Return the languages of an article and its paragraphs."""
    found, _, metadata = clean_blocks(raw, reading.skip if reading else frozenset())
    blocks = mark_boilerplate(found)
    document, codes = tell_languages(blocks, detector, metadata.language)
    texts = tuple(block.text for block in blocks)
    return Detected(document.language, document.confidence, tuple(codes), texts, raw.file)


def prepared(path: Path, config: Config) -> Iterator[Article | Rejection]:
    """Yield the articles of a file, split into paragraphs and sentences, and the rejections.

    Raises `InputError` if a run would reject the whole file.
    """
    detector = LanguageDetector(config.languages)
    found = [prepare(raw, detector, config.reading.skip) for raw in _read(path, config.reading)]
    _check_usable(found)
    yield from found


def _raw(text: str) -> RawText:
    if not isinstance(text, str):
        raise InputError(f"the text is of type {type(text).__name__}, not str")
    return RawText("", text, "utf-8", "txt")


def _segment(paragraph: Paragraph) -> Segment:
    sentences = tuple(paragraph.text[start:end] for start, end in paragraph.sentences)
    return Segment(paragraph.kind, paragraph.language, paragraph.text, sentences)


def _read(path: Path, reading: Reading) -> list[RawText | Rejection]:
    """Return the articles of a file; raises `InputError` if a run would reject the whole file."""
    found = read_file(path, printable_name(path), reading)
    _check_usable(found)
    return found


def _check_usable(found: Sequence[RawText | Article | Rejection]) -> None:
    rejected = [article for article in found if isinstance(article, Rejection)]
    if len(rejected) == len(found):
        raise InputError(f"{rejected[0].file}: {rejected[0].reason}")
