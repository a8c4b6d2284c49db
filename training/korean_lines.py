"""Counts how often Korean syllables end and begin words: makes `pipeline/languages/ko_syllables.py`.

    python -m training.korean_lines SENTENCES.jsonl.gz > pipeline/languages/ko_syllables.py

The file has a JSON object a line with a text under `ko`. A browser breaks a line between any two syllables,
so each such place in a text is a break: at a space or inside a word. The weights are those of naive Bayes.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

TEXTS = 40_000
LEAST = 60  # times that a syllable was seen, to have a weight
LARGEST = 4.5
SOURCES = frozenset(
    (
        *("visualstudio-docs", "Dynamics-365-Operations", "edgeai", "iot", "react", "vue-docs", "astro-docs"),
        *("huggingface-course", "raspberrypi", "privacyguides", "comprehensive-rust", "cncf-glossary"),
        *("korean-news", "korean-jhe", "tatoeba"),
    )
)
"""Sources under free licences."""


def _is_syllable(letter: str) -> bool:
    return "가" <= letter <= "힣"


def breaks(text: str) -> Iterator[tuple[bool, tuple[str, bool], tuple[str, bool]]]:
    """Yield each place where a line may end: whether a space is there, and the syllables around it.

    With each syllable comes whether the word that it ends or begins has no other.
    """
    for place in range(1, len(text) - 1):
        before, after = text[:place], text[place:]
        spaced = after[0] == " "
        after = after[spaced:]
        if _is_syllable(before[-1]) and after and _is_syllable(after[0]):
            alone = place < 2 or before[-2] == " "
            yield spaced, (before[-1], alone), (after[0], not _is_syllable(after[1:2]))


def weights(texts: Iterator[str]) -> tuple[float, dict[str, dict[float, str]]]:
    """Return the log-odds of a space, and the syllables by what they add to it."""
    counts: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    number = [0, 0]
    for text in texts:
        for spaced, (last, alone), (first, whole) in breaks(text):
            number[spaced] += 1
            counts["ALONE" if alone else "LAST"][spaced][last] += 1
            counts["WHOLE" if whole else "FIRST"][spaced][first] += 1
    found: dict[str, dict[float, str]] = {}
    for name, (inside, at_space) in counts.items():
        groups: defaultdict[float, list[str]] = defaultdict(list)
        for syllable in sorted(set(inside) | set(at_space)):
            if inside[syllable] + at_space[syllable] >= LEAST:
                odds = math.log((at_space[syllable] + 1) / (number[1] + 200))
                odds -= math.log((inside[syllable] + 1) / (number[0] + 200))
                groups[max(-LARGEST, min(LARGEST, round(2 * odds) / 2))].append(syllable)
        found[name] = {weight: "".join(groups[weight]) for weight in sorted(groups) if weight}
    return math.log(number[1] / number[0]), found


def main(path: Path) -> None:
    """Print the module."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        records = map(json.loads, stream)
        free = (record["ko"] for record in records if record.get("ko") and record["source"] in SOURCES)
        prior, found = weights(" ".join(text.split()) for text in islice(free, None, None, 5))
    lines = [
        '"""Korean syllables by what they say of a break between them, from `training.korean_lines`.',
        "",
        "Log-odds that a space is there: of syllables that end a word with others, or alone, and of",
        'those that begin one with others, or alone."""',
        "",
        f"PRIOR = {prior:.2f}",
    ]
    for name, groups in sorted(found.items()):
        lines.append(f"{name} = {{")
        for weight, syllables in groups.items():
            parts = [syllables[k : k + 40] for k in range(0, len(syllables), 40)]
            inside = "".join(f'\n        "{part}"' for part in parts)
            lines.append(f"    {weight}: ({inside}\n    ),")
        lines.append("}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
