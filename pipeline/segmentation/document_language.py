"""The language of an article and of its paragraphs, half-translated files included."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from pipeline.datatypes import BOILERPLATE, CODE, Block
from pipeline.detection.detector import Detection, LanguageDetector
from pipeline.languages import comparable_letters

LEAST_SHARE = 0.15
"""Share of a file's text that makes it a half-translated version in a configured language.

Of 372 pages of a project whose translators had just begun, those with a translation to compare have .16 and
more; a translated title above an English page has less.
"""


def tell_languages(
    blocks: Sequence[Block], detector: LanguageDetector, declared: str = ""
) -> tuple[Detection, list[str]]:
    """Return the language of an article and of each of its paragraphs.

    The article's own text decides, boilerplate does not; what the file declares counts where there is too
    little text to tell.
    """
    texts = ["" if block.kind == CODE else block.text for block in blocks]
    if all(block.kind != BOILERPLATE for block in blocks):
        detection, languages = detector.article(texts)
    else:
        detection = detector.document(_own(blocks))
        languages = detector.paragraphs(texts, detection.language)
    code = declared.lower().replace("_", "-")
    code = code if code in detector.languages else code.partition("-")[0]
    if not detection.language and code in detector.languages and any(map(str.isalpha, "".join(_own(blocks)))):
        detection = Detection(code, 0.5)
        languages = detector.paragraphs(texts, code)
    if detection.language and detection.language not in detector.languages:
        return _half_translated(blocks, detector, detection, languages)
    return detection, languages


def _own(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks if block.kind not in (BOILERPLATE, CODE)]


def as_stated(
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
