"""Reads the parallel text, weighs its sources and sets the everyday dev lines apart.

Format: gzipped (or plain) JSON Lines; an object a line with `source`, `doc` where the text came from a
document (lines of a document stand in reading order), and two or more language codes with their text::

    {"source": "tatoeba", "it": "Ho sete.", "en": "I am thirsty."}
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError

LANGUAGES = ("it", "ko", "pl", "en")

NEEDED = """\
the encoder is trained on parallel text, and {path} is not there.

It needs JSON Lines (.jsonl or .jsonl.gz), one aligned text a line: "source", "doc" where it came from a
document, and two or more of {languages}. Some 500,000 lines that are as varied as possible do well: news,
dialogues and captions count for more than manuals. Such text can be had from the translated documentation of
open-source projects (visualstudio-docs, freeCodeCamp, react.dev), their interface strings, Unicode CLDR,
English Wiktionary's translation tables, Tatoeba, the STS benchmark's translations (KorSTS, stsb-multi-mt),
and korean-parallel-corpora. Mind their licences, and leave out what you want to measure on."""

# How often a line of the source is seen in an epoch. Documentation is most of the text and least like what
# people align; the ablations in README.md set these numbers.
WEIGHTS = {
    "visualstudio-docs": 0.15,
    "Dynamics-365-Operations": 0.15,
    "OfficeDocs-AlchemyInsights-pr": 0.25,
    "edgeai": 0.35,
    "freecodecamp": 0.35,
    "wiktionary": 1.0,
    "tatoeba": 3.0,
    "sts": 4.0,
    "korean-news": 4.0,
    "korean-jhe": 4.0,
    "korean-news-nk": 3.0,
    "inaturalist": 2.0,
    "raspberrypi": 2.0,
    "scratch": 2.0,
    "www-l10n": 1.5,
    "privacyguides": 2.0,
    "bitcoin.org": 2.0,
    "cldr": 2.0,
    "osm": 2.0,
    "osm-website": 2.0,
}
OTHER_WEIGHT = 0.5
DIALOGUES = re.compile(
    r"blocks/(?:(?:en|es|zh)-|learn-(?:how-to-|about-|conversation|greetings|introduction|"
    r"determiners|common-phras|present-|future-|past-|speculation))"
)
DIALOGUE_WEIGHT = 1.5

LEXICA = ("wiktionary", "cldr")

EVERYDAY_SOURCES = ("tatoeba", "korean-jhe")
DEV_SHARES = {"it": 0.04, "ko": 0.12, "pl": 0.06}


@dataclass(frozen=True)
class Line:
    """One aligned text: `texts` maps language codes to texts, `doc` is empty where there is no document."""

    source: str
    doc: str
    texts: dict[str, str]

    @property
    def weight(self) -> float:
        """How often the line is seen in an epoch, on average."""
        if self.source == "freecodecamp" and DIALOGUES.match(self.doc):
            return DIALOGUE_WEIGHT
        return WEIGHTS.get(self.source, OTHER_WEIGHT)


def sha256(path: Path) -> str:
    """The hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a parallel text; raises `InputError` where it is missing or not in the format."""
    if not path.is_file():
        raise InputError(NEEDED.format(path=path, languages=", ".join(LANGUAGES)))
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, row in enumerate(file, 1):
            yield _line(row, f"{path}:{number}")


def _line(row: str, where: str) -> Line:
    try:
        record = json.loads(row)
        texts = {language: record[language] for language in LANGUAGES if record.get(language)}
        source = record["source"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{where}: not an aligned text ({error!r})") from error
    if len(texts) < 2:
        raise InputError(f"{where}: fewer than two of {', '.join(LANGUAGES)}")
    return Line(source, record.get("doc", ""), texts)


def set_apart(
    lines: Sequence[Line], shares: Mapping[str, float] = DEV_SHARES
) -> tuple[list[Line], list[Line]]:
    """Training lines and everyday dev lines, `shares` (by language) of the everyday sources.

    The English text decides by its hash, so a sentence that has two translations never stands on both sides.
    """
    held = {
        line.texts["en"]
        for line in lines
        if line.source in EVERYDAY_SOURCES
        and "en" in line.texts
        and _fraction(line.texts["en"]) < max(shares.get(language, 0.0) for language in line.texts)
    }
    train = [line for line in lines if line.texts.get("en") not in held]
    dev = [line for line in lines if line.source in EVERYDAY_SOURCES and line.texts.get("en") in held]
    return train, dev


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64
