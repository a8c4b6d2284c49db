"""`python -m training.common_words DATA`: the commonest words of each language, from parallel text.

They are what the detector tells short texts by (`pipeline.detection.words`). Half of their weight comes from
everyday sentences, the other half from interfaces and help pages, so that a word of one kind of text alone
does not lead the list. One text in `HELD_OUT` is left out, to measure on.
"""

import gzip
import json
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

OUT = Path("pipeline/detection/words.json")
LANGUAGES = ("cs", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
COMMONEST = 400
HELD_OUT = 10
KINDS = {
    "tatoeba": ("everyday", 0.5),
    "adarkroom": ("interface", 0.25),
    "inaturalist": ("interface", 0.25),
    "www-l10n": ("interface", 0.25),
    "duckduckgo": ("interface", 0.25),
    "wikipedia-android": ("interface", 0.25),
    "OfficeDocs-AlchemyInsights-pr": ("help", 0.25),
    "edgeai": ("help", 0.25),
    "azd": ("help", 0.25),
    "iot": ("help", 0.25),
}
"""The kind of text of each source that is read, and the weight of the kind."""

SMALL_SHARE = 0.2
"""Least share of a word's occurrences without a capital; names have less."""

_WORD = re.compile(r"[^\W\d_]+")


def is_held_out(text: str) -> bool:
    """Whether a text is left out of the counts, to measure on."""
    return zlib.crc32(text.encode()) % HELD_OUT == 0


def main(data: Path) -> None:
    """Write `OUT`: by language, its commonest words in descending order with spaces between."""
    counts = _counted(data)
    found = {code: " ".join(_commonest(counts[code])) for code in LANGUAGES}
    OUT.write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _counted(data: Path) -> dict[str, dict[str, Counter[str]]]:
    """Return how often each word occurs as it is written, by language and kind of text."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    seen: set[tuple[str, str]] = set()
    for line in _lines(data):
        if line["source"] not in KINDS:
            continue
        kind, _ = KINDS[line["source"]]
        for code in LANGUAGES:
            text = line.get(code, "")
            if text and (code, text) not in seen and not is_held_out(text):
                seen.add((code, text))
                counts[code][kind].update(_WORD.findall(text))
    return counts


def _lines(data: Path) -> Iterator[dict[str, str]]:
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _commonest(kinds: Mapping[str, Counter[str]]) -> list[str]:
    """Return the words, commonest first, that are no names and occur in more than one kind of text."""
    weights = dict(KINDS.values())
    shares: Counter[str] = Counter()
    small: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for kind, counted in kinds.items():
        total = counted.total()
        own: Counter[str] = Counter()
        for word, count in counted.items():
            own[word.lower()] += weights[kind] * count / total
            if word.islower():
                small[word] += weights[kind] * count / total
        there.update(own.keys())
        shares.update(own)
    usual = (w for w in shares if there[w] > 1 and (len(w) == 1 or small[w] > SMALL_SHARE * shares[w]))
    return sorted(usual, key=lambda word: (-shares[word], word))[:COMMONEST]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
