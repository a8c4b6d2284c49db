"""One raw article into one `Article`: clean text, paragraphs with their languages and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.datatypes import (
    BOILERPLATE,
    CODE,
    PARAGRAPH_JOINER,
    Article,
    Block,
    Change,
    Metadata,
    Paragraph,
    RawText,
    Rejection,
    Span,
)
from pipeline.detection.detector import Detection, LanguageDetector
from pipeline.ingestion.formats import text_page
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import READING, name_below, read_below
from pipeline.languages import comparable_letters
from pipeline.normalisation.normalise import normalise
from pipeline.normalisation.repairs import PLAIN_TEXT_REPAIRS
from pipeline.normalisation.suspicions import suspicions
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.repetition import Repetition, outline
from pipeline.segmentation.sentences import split_sentences

if TYPE_CHECKING:
    from pipeline.ingestion.formats.txt import Cut

_LINE_ENDS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
LEAST_SHARE = 0.15
"""Share of a file's text that makes it a half-translated version in a configured language.

Of 372 pages of a project whose translators had just begun, those with a translation to compare have .16 and
more; a translated title above an English page has less.
"""

PROSE_REPAIRS = frozenset({"space_runs"})
"""Repairs that code is spared: its columns may stand below each other."""

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
        detection, languages = _as_stated(stated, blocks, detector, detection)
    reason = _unusable(detection, blocks, languages, detector.languages)
    if reason:
        return Rejection(raw.file, reason)
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


def clean_blocks(
    raw: RawText, skip: Set[str] = frozenset()
) -> tuple[list[Block], tuple[Change, ...], Metadata]:
    """Return the paragraphs of an article, normalised, what was changed, and what the file says about it.

    Plain text is cleaned before it is cut, because line ends and spaces say where paragraphs are. Markup is
    cut first: indentation means something in Markdown, and entities become characters only there.
    """
    if raw.format == "txt":
        blocks, changes = _clean_plain(raw.text, skip)
        return blocks, changes, raw.metadata
    found, metadata = _cut(raw)
    blocks, changes = _clean_marked_up(found, PLAIN_TEXT_REPAIRS | skip)
    return blocks, (*raw.changes, *changes), metadata


def _cut(raw: RawText) -> tuple[Sequence[Block], Metadata]:
    """Return the paragraphs of an article that is marked up, and what is said about it."""
    if raw.format == "blocks":
        title = raw.metadata.title or next((block.text for block in raw.blocks if block.kind == "title"), "")
        return raw.blocks, raw.metadata._replace(title=title)
    blocks, said = text_page(raw.format)(raw.text)
    if not said.title:
        said = said._replace(title=next((block.text for block in blocks if block.kind == "title"), ""))
    return blocks, Metadata(*(own or other for own, other in zip(raw.metadata, said, strict=True)))


def _clean_marked_up(found: Sequence[Block], skip: Set[str]) -> tuple[list[Block], tuple[Change, ...]]:
    """Normalise paragraphs; inside one a line end is a space, but in code lines stay as they are."""
    prose = [k for k, block in enumerate(found) if block.kind != CODE]
    code = [k for k, block in enumerate(found) if block.kind == CODE]
    texts = [block.text for block in found]
    changes: list[Change] = []
    for places, one_text, left_out in (
        (prose, _on_one_line, skip),
        (code, code_lines, skip | PROSE_REPAIRS),
    ):
        if places:
            clean, made = _normalised([one_text(texts[k]) for k in places], left_out)
            changes += (change._replace(paragraph=places[change.paragraph]) for change in made)
            for k, text in zip(places, clean, strict=True):
                texts[k] = code_lines(text) if left_out is not skip else text.strip()
    kept = [k for k, text in enumerate(texts) if text]
    placed = (
        change._replace(paragraph=min(bisect_left(kept, change.paragraph) + 1, max(len(kept), 1)))
        for change in changes
    )
    return [found[k]._replace(text=texts[k]) for k in kept], tuple(placed)


def _on_one_line(text: str) -> str:
    return " ".join(_LINE_ENDS.split(text)).strip()


def code_lines(text: str) -> str:
    """Return code with its lines and their indentation, but no blank line, since one ends a paragraph."""
    return "\n".join(line for line in map(str.rstrip, _LINE_ENDS.split(text)) if line)


def _normalised(texts: Sequence[str], skip: Set[str]) -> tuple[list[str], list[Change]]:
    """Return the texts, normalised in one go, and the changes, with the index of the text as paragraph."""
    text, changes = normalise(PARAGRAPH_JOINER.join(texts), skip)
    clean = text.split(PARAGRAPH_JOINER)
    if len(clean) != len(texts):  # no repair should touch a blank line; if one did, each is done alone
        clean, changes = [normalise(text, skip)[0] for text in texts], ()
    lines = []
    start = 0
    for k, part in enumerate(clean):
        lines.append((start + len(part) - len(part.lstrip()), k, 0))
        start += len(part) + len(PARAGRAPH_JOINER)
    return clean, list(_placed(changes, lines))


def _clean_plain(text: str, skip: Set[str]) -> tuple[list[Block], tuple[Change, ...]]:
    from pipeline.ingestion.formats.txt import cut

    text, changes = normalise(text, skip)
    cuts = cut(text, skip)
    log = list(_placed(changes, _lines(cuts))) if changes else []
    for number, part in enumerate(cuts, start=1):
        if part.changes:
            log += (change._replace(paragraph=number) for change in part.changes)
    return [part.block for part in cuts], tuple(log)


def _lines(cuts: Sequence[Cut]) -> list[tuple[int, int, int]]:
    return [
        (start, number, place) for number, part in enumerate(cuts, start=1) for start, place in part.lines
    ]


def _placed(changes: Sequence[Change], lines: Sequence[tuple[int, int, int]]) -> Iterator[Change]:
    """Yield the changes to a text with the paragraph that each is in, and its position there.

    `lines` has, for each line, where it begins in the text, its paragraph, and where it begins in that one.
    """
    starts = [start for start, _, _ in lines]
    for change in changes:
        k = bisect_right(starts, change.position) - 1
        if k < 0:
            yield change._replace(position=0, paragraph=lines[0][1] if lines else 1)
        else:
            start, number, place = lines[k]
            yield Change(change.name, place + change.position - start, change.before, change.after, number)


def tell_languages(
    blocks: Sequence[Block], detector: LanguageDetector, declared: str = ""
) -> tuple[Detection, list[str]]:
    """Return the language of an article and of each of its paragraphs.

    The article's own text decides, boilerplate does not; what the file declares counts where there is too
    little text to tell.
    """
    texts = ["" if block.kind == CODE else block.text for block in blocks]
    own = [block.text for block in blocks if block.kind not in (BOILERPLATE, CODE)]
    if all(block.kind != BOILERPLATE for block in blocks):
        detection, languages = detector.article(texts)
    else:
        detection = detector.document(own)
        languages = detector.paragraphs(texts, detection.language)
    code = declared.lower().replace("_", "-")
    code = code if code in detector.languages else code.partition("-")[0]
    if not detection.language and code in detector.languages and any(map(str.isalpha, "".join(own))):
        detection = Detection(code, 0.5)
        languages = detector.paragraphs(texts, code)
    if detection.language and detection.language not in detector.languages:
        return _half_translated(blocks, detector, detection, languages)
    return detection, languages


def _as_stated(
    stated: str, blocks: Sequence[Block], detector: LanguageDetector, seeming: Detection
) -> tuple[Detection, list[str]]:
    """Return the stated language, and those of the paragraphs.

    What is surely in another language is still marked: a file may be translated in part. But where not one
    paragraph looks like the stated language, the detector does not know this text, and what it takes for the
    language of the document is the stated one.
    """
    languages = detector.paragraphs([block.text for block in blocks], stated)
    if stated not in languages:
        languages = [stated if code in ("", seeming.language) else code for code in languages]
    return Detection(stated, 1.0), languages


def _half_translated(
    blocks: Sequence[Block], detector: LanguageDetector, detection: Detection, languages: list[str]
) -> tuple[Detection, list[str]]:
    """Return the configured language that a file left in another one is being translated into, if it has one.

    The confidence is then the share of the text in that language.
    """
    share, code = best_share(blocks, languages, detector.languages)
    if share < LEAST_SHARE:
        return detection, languages
    texts = ["" if block.kind == CODE else block.text for block in blocks]
    return Detection(code, round(share, 4)), detector.paragraphs(texts, code)


def best_share(blocks: Sequence[Block], languages: Sequence[str], wanted: Sequence[str]) -> tuple[float, str]:
    """Return how much of a text is in the wanted language that has most of it, and that language.

    Letters count as many as the Italian text would have. Boilerplate does not count.
    """
    sizes: dict[str, float] = {}
    for block, language in zip(blocks, languages, strict=True):
        if block.kind != BOILERPLATE and language:
            sizes[language] = sizes.get(language, 0.0) + comparable_letters(block.text, language)
    total = sum(sizes.values())
    return max(((sizes.get(code, 0.0) / max(total, 1.0), code) for code in wanted), key=itemgetter(0))


def _unusable(
    detection: Detection, blocks: Sequence[Block], told: Sequence[str], languages: Sequence[str]
) -> str:
    """Return why a file cannot be used, or ""; `told` are the languages of its blocks."""
    if not blocks:
        return "holds no text"
    longest = max(len(block.text) for block in blocks)
    if longest > MAX_PARAGRAPH:
        return f"holds a paragraph of {longest:,} characters, the limit is {MAX_PARAGRAPH:,}"
    if not detection.language:
        return "holds too little text to tell its language"
    if detection.language not in languages:
        share, code = best_share(blocks, told, languages)
        some = f"; {100 * share:.0f} % of its text is in '{code}'" if share >= 0.01 else ""
        return f"language is '{detection.language}', which is not among {', '.join(languages)}{some}"
    return ""


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
