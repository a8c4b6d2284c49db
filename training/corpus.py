"""Reads the parallel text, weighs its sources and sets the everyday dev lines apart.

Format: gzipped (or plain) JSON Lines; an object a line with `source`, `doc` where the text came from a
document (lines of a document stand in reading order), and two or more language codes with their text::

    {"source": "tatoeba", "it": "Ho sete.", "en": "I am thirsty."}
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from pipeline.errors import InputError
from training.sources import EVERYDAY_SOURCES, weight_of

CORE = ("it", "ko", "pl", "en")
"""The languages of the model that a run takes where they are all that it needs."""

LANGUAGES = (*CORE, "de", "fr", "es", "pt", "nl", "cs", "ru", "uk", "tr", "ja", "zh-cn", "sv")
"""The languages that can be trained."""

_CODES = {"zh": "zh-cn"} | {code: code for code in LANGUAGES}
"""The language of each key of a line."""

NEEDED = """\
the encoder is trained on parallel text, and {path} is not there.

It needs JSON Lines (.jsonl or .jsonl.gz), one aligned text a line: "source", "doc" where it came from a
document, and two or more of {languages}. Some 500,000 lines that are as varied as possible do well: news,
dialogues and captions count for more than manuals. Such text can be had from the translated documentation of
open-source projects (visualstudio-docs, freeCodeCamp, react.dev), their interface strings, Unicode CLDR,
English Wiktionary's translation tables, Tatoeba, the STS benchmark's translations (KorSTS, stsb-multi-mt),
and korean-parallel-corpora. Mind their licences, and leave out what you want to measure on."""

DEV_SHARES = {
    "it": 0.04,
    "ko": 0.12,
    "pl": 0.06,
    "zh-cn": 0.02,
    "uk": 0.02,
    "cs": 0.02,
    "tr": 0.01,
    "sv": 0.01,
}
"""Share of the everyday sentences that is set apart, by language; where English is all else, it is less."""

OTHER_DEV_SHARE = 0.004


@dataclass(frozen=True)
class Line:
    """One aligned text: `texts` maps language codes to texts, `doc` is empty where there is no document.

    `weight` is how often the line is seen in an epoch, on average.
    """

    source: str
    doc: str
    texts: dict[str, str]
    weight: float = 1.0


def sha256(path: Path) -> str:
    """The hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_lines(path: Path, languages: Sequence[str] = LANGUAGES) -> Iterator[Line]:
    """The lines of a parallel text that hold two or more of the languages, without the others.

    Raises `InputError` where the file is missing or not in the format.
    """
    if not path.is_file():
        raise InputError(NEEDED.format(path=path, languages=", ".join(LANGUAGES)))
    wide = len(languages) > len(CORE)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, row in enumerate(file, 1):
            line = _line(row, f"{path}:{number}")
            texts = {code: line.texts[code] for code in languages if code in line.texts}
            if len(texts) > 1:
                yield Line(line.source, line.doc, texts, weight_of(line.source, wide))


def _line(row: str, where: str) -> Line:
    try:
        record = json.loads(row)
        texts = {code: record[key] for key, code in _CODES.items() if record.get(key)}
        source = record["source"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{where}: not an aligned text ({error!r})") from error
    if len(texts) < 2:
        raise InputError(f"{where}: fewer than two of {', '.join(LANGUAGES)}")
    return Line(source, record.get("doc", ""), texts)


def without_repeats(lines: Sequence[Line]) -> list[Line]:
    """The lines, without those whose pairs of texts other lines of their source have in more languages."""
    seen: set[int] = set()
    kept = []
    for number in sorted(range(len(lines)), key=lambda number: -len(lines[number].texts)):
        line = lines[number]
        pairs = {hash((line.source, *pair)) for pair in combinations(sorted(line.texts.items()), 2)}
        if not pairs <= seen:
            seen |= pairs
            kept.append(number)
    return [lines[number] for number in sorted(kept)]


def set_apart(
    lines: Sequence[Line], shares: Mapping[str, float] = DEV_SHARES
) -> tuple[list[Line], list[Line]]:
    """Training lines and everyday dev lines, `shares` (by language) of the everyday sources.

    The English text decides by its hash, so a sentence that has two translations never stands on both sides.
    Nor does a line in other languages that has a text of a dev line.
    """
    dev = [line for line in lines if _is_held(line, shares)]
    held = {text for line in dev for text in line.texts.items()}
    train = [line for line in lines if not held.intersection(line.texts.items())]
    return train, dev


def _is_held(line: Line, shares: Mapping[str, float]) -> bool:
    if line.source not in EVERYDAY_SOURCES or "en" not in line.texts:
        return False
    share = max(shares.get(code, OTHER_DEV_SHARE) for code in line.texts if code != "en")
    return _fraction(line.texts["en"]) < share


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
