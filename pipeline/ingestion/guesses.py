"""Guesses the encoding of bytes that do not say it.

Of all readings of the bytes, the one whose words are likeliest by langdetect's profiles wins (`ł` inside a
word is Polish, `³` is in no language). A reading may leave out bytes that do not fit, but each has its cost,
so that a table that reads everything as words is never beaten by one that skips half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.ingestion.realign import realigned


class Decoded(NamedTuple):
    """Decoded text and its Python codec."""

    text: str
    encoding: str


REPLACEMENT = "\ufffd"
"""What stands in a text for bytes that do not fit its encoding."""

PAIRS = ("cp932", "euc_jp", "gb18030", "big5")
"""Encodings of pairs of bytes in which most pairs mean something, so that few bytes misfit by damage."""
MULTIBYTE = ("cp949", *PAIRS)
SINGLE_BYTE = ("cp1250", "iso8859-2", "cp1252", "iso8859-1", "cp1251", "koi8-r", "koi8-u", "cp1253", "cp1254")
RARE = (
    *("mac_roman", "mac_latin2", "cp850", "cp852", "cp1257", "johab"),
    *("cp866", "mac_cyrillic", "iso8859-5"),
)
"""Legacy code pages; with so many of them, one may fit a few letters by chance, so they need a margin."""
LATIN = (
    "utf-8",
    *("cp1250", "iso8859-2", "cp1252", "iso8859-1", "cp1254"),
    *("mac_roman", "mac_latin2", "cp850", "cp852", "cp1257"),
)
"""Encodings of languages with Latin letters."""
STRICT = RARE
"""Encodings in which nearly all bytes mean something, so that every byte has to."""
RARE_MARGIN = 8.0  # nats by which one of them must be likelier than any other encoding
CLEAR = 100.0  # nats by which the likeliest words leave no doubt about the encoding of a Latin text
LATIN_MARGIN = 2.0  # and where every letter is judged in the language of the text around it
MAX_RUNS = 0.2  # share of foreign bytes in runs of three and more, which words of Latin letters do not have
SAMPLE_BYTES = 200_000  # bytes of a file that are examined to guess its encoding
BROKEN = 4.0  # nats that a byte costs which does not fit, as much as a letter that no language has there
BROKEN_PAIR = 8.0  # and in `PAIRS`, where it is twice as odd
MAX_DAMAGE = 0.34  # share of a text's characters that may be damaged before it counts as ruined
MAX_FOREIGN = 0.34  # share of foreign bytes up to which the others show that a file is text
MAX_MISFITS = 0.34  # share of its foreign bytes that may not fit CP949
FEW_MISFITS = 0.05  # and those of `PAIRS`

UNUSED = re.compile(r"[\x80-\x84\x86-\x9f]")
"""Control characters that texts never contain, but that a wrong encoding produces (NEL is a line end)."""
_UNASSIGNED = re.compile("[\x80\uf8f0-\uf8f3]")
"""What Python makes of the bytes that CP932 gives no meaning: a control character and private ones."""
_SYLLABLES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9d가-힣]+")
_LATIN = re.compile("[a-zA-Z]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_FOREIGN = bytes(range(0x80, 0x100))


def strict(data: bytes, encoding: str) -> Decoded | None:
    """Decode bytes that all fit an encoding."""
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return Decoded(_UNASSIGNED.sub(REPLACEMENT, text) if encoding == "cp932" else text, encoding)


def lenient(data: bytes, encoding: str) -> Decoded | None:
    """Decode bytes of which some do not fit, or mean control characters that no text has."""
    try:
        text = data.decode(encoding, "replace")
    except (UnicodeError, LookupError):
        return None
    return Decoded(UNUSED.sub(REPLACEMENT, text) if encoding.startswith("iso8859") else text, encoding)


def damage(text: str) -> int:
    """Return how many places of a text could not be decoded."""
    return text.count(REPLACEMENT)


def is_ruined(text: str) -> bool:
    """Return whether so much of a text could not be decoded that it is none."""
    return damage(text) > MAX_DAMAGE * len(text)


def guess(data: bytes) -> Decoded | None:
    """Return the decoding that looks most like a language; None if none does.

    If most bytes are ASCII, the file is text whatever the others are, and the best decoding is good enough.
    """
    # Imported late because few files need guessing.
    from pipeline.detection.plausibility import DOUBTFUL, plausibility

    sample = data[:SAMPLE_BYTES]
    if len(data) > SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    foreign = len(sample) - len(sample.translate(None, _FOREIGN))
    scored: list[tuple[float, int, bool, str]] = []
    latin: dict[str, str] = {}
    for order, reading in enumerate(_readings(sample, foreign)):
        if reading.encoding in LATIN:
            latin[reading.encoding] = reading.text
        broken = damage(reading.text)
        score = plausibility(reading.text.replace(REPLACEMENT, "") if broken else reading.text)
        score -= RARE_MARGIN if reading.encoding in RARE else 0.0
        if reading.encoding not in MULTIBYTE or not _has_lone_syllables(reading.text):
            cost = BROKEN_PAIR if reading.encoding in PAIRS else BROKEN
            scored.append((score - cost * broken, -order, score > DOUBTFUL, reading.encoding))
    scored.sort(reverse=True)
    sound = [encoding for _, _, likely, encoding in scored if likely]
    others = [encoding for _, _, _, encoding in scored] if foreign <= MAX_FOREIGN * len(sample) else []
    first = (sound + others)[0] if sound + others else ""
    if (
        first
        and latin
        and first not in MULTIBYTE
        and sum(map(len, _RUN.findall(sample))) <= MAX_RUNS * foreign
    ):
        rivals = [score for score, _, _, encoding in scored if latin.get(encoding) != latin.get(first, "")]
        if not rivals or scored[0][0] - rivals[0] < CLEAR:
            sound.insert(0, _by_letters(latin))
    readings = (_read(data, encoding) for encoding in sound + others)
    return next((found for found in readings if found is not None and not is_ruined(found.text)), None)


def _by_letters(readings: Mapping[str, str]) -> str:
    """Return the encoding whose letters beyond ASCII go best with the language of the others."""
    from pipeline.detection.letters import letter_likelihood

    likely = {
        encoding: letter_likelihood(text) - (LATIN_MARGIN if encoding in RARE else 0.0)
        for encoding, text in readings.items()
    }
    return max(likely, key=likely.__getitem__)  # the first of equals


def _has_lone_syllables(text: str) -> bool:
    """Return whether a Latin text has single syllables in it, as accented letters make by chance."""
    words = _SYLLABLES.findall(text)
    syllables = sum(map(len, words))
    return syllables < 1.5 * len(words) and syllables < len(_LATIN.findall(text)) / 10


def _read(data: bytes, encoding: str) -> Decoded | None:
    """Decode bytes, leniently if they do not all fit and the encoding allows that."""
    found = strict(data, encoding)
    if found is None or (encoding.startswith("iso8859") and UNUSED.search(found.text)):
        found = lenient(data, encoding) if encoding not in STRICT else None
    if found is None or encoding not in MULTIBYTE:
        return found
    return found._replace(text=realigned(data, encoding, found.text))


def _readings(sample: bytes, foreign: int) -> Iterator[Decoded]:
    """Yield what the bytes may mean, likelier encodings first."""
    for encoding in MULTIBYTE + SINGLE_BYTE + RARE:
        reading = _read(sample, encoding)
        share = FEW_MISFITS if encoding in PAIRS else MAX_MISFITS
        limit = share * foreign if encoding in MULTIBYTE else len(sample)
        if reading is not None and damage(reading.text) <= limit:
            yield reading
    reading = lenient(sample, "utf-8")
    if reading is not None:
        yield reading
