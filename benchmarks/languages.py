"""Accuracy of language detection among many languages, close ones too.

    python -m benchmarks.languages NEWS.jsonl.gz [PARALLEL.jsonl.gz]

NEWS is gold: one document per line with `units`, each a sentence by language. Its documents, paragraphs of
three to five sentences, and sentences are told among all of its languages, and in runs of two to four chosen
languages that are not theirs. PARALLEL has one text by language per line with its `source`, as the training
of the encoder reads it; of Tatoeba, what `training/common_words.py` holds out is measured too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.detection.detector import LanguageDetector
from pipeline.languages.codes import language_code
from training.common_words import is_held_out

CLOSE = {
    "cs": ["pl"], "pl": ["cs"], "ru": ["uk"], "uk": ["ru"], "es": ["pt", "it"], "pt": ["es", "it"],
    "it": ["es", "pt"], "fr": ["it", "es"], "nl": ["de"], "de": ["nl"], "sv": ["de", "nl"],
    "en": ["nl", "de"], "zh-cn": ["ja"], "ja": ["zh-cn"],
}  # fmt: skip
UNSPACED = ("ja", "zh-cn")
SENTENCES = 1000  # of each language from PARALLEL
TEXTS = 300  # of each language in a run of other languages

Texts = Mapping[str, Sequence[Sequence[str]]]
"""By language, texts of one paragraph or more."""


def main() -> None:
    """Print how many texts of each kind are told right, and how many are in no language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("parallel", type=Path, nargs="?")
    arguments = parser.parse_args()
    documents = read_documents(arguments.news)
    kinds: dict[str, Texts] = {
        "documents": documents,
        "paragraphs": {code: list(paragraphs(code, texts)) for code, texts in documents.items()},
        "sentences": {code: [[line] for text in texts for line in text] for code, texts in documents.items()},
    }
    if arguments.parallel:
        kinds["everyday sentences"] = everyday(arguments.parallel, tuple(documents))
    for kind, texts in kinds.items():
        among_all(kind, texts)
    for kind, texts in kinds.items():
        not_chosen(kind, texts)


def read_documents(path: Path) -> dict[str, list[list[str]]]:
    """Return the sentences of each document, by language."""
    documents: dict[str, list[list[str]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            units = json.loads(line)["units"]
            for code in units[0]:
                documents.setdefault(code, []).append([unit[code] for unit in units if code in unit])
    return documents


def paragraphs(code: str, documents: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield three to five sentences of a document as one paragraph."""
    rng = random.Random(1)
    for sentences in documents:
        start = 0
        while start < len(sentences):
            end = start + rng.randint(3, 5)
            yield [("" if code in UNSPACED else " ").join(sentences[start:end])]
            start = end


def everyday(path: Path, languages: Sequence[str]) -> Texts:
    """Return held-out sentences of Tatoeba."""
    found: dict[str, set[str]] = {code: set() for code in languages}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["source"] == "tatoeba":
                for key, text in record.items():
                    if (code := language_code(key)) in found and is_held_out(text):
                        found[code].add(text)
    rng = random.Random(1)
    return {
        code: [[text] for text in rng.sample(sorted(texts), min(len(texts), SENTENCES))]
        for code, texts in found.items()
    }


def among_all(kind: str, texts: Texts) -> None:
    """Print how texts are told if all the languages are chosen."""
    detector = LanguageDetector(tuple(texts))
    outcomes: Counter[str] = Counter()
    confused: Counter[str] = Counter()
    for code, own in texts.items():
        for text in own:
            told = detector.document(text).language
            outcomes["right" if told == code else "wrong" if told else "none"] += 1
            if told not in ("", code):
                confused[f"{code} for {told}"] += 1
    worst = ", ".join(f"{pair} {count}" for pair, count in confused.most_common(6))
    print(f"all chosen, {kind:<18} {shares(outcomes, 'right', 'none', 'wrong')}  {worst}")


def not_chosen(kind: str, texts: Texts) -> None:
    """Print how texts are told in runs of other languages, close ones among them."""
    outcomes: Counter[str] = Counter()
    for code, chosen in runs(tuple(texts)):
        detector = LanguageDetector(chosen)
        for text in texts[code][:TEXTS]:
            told = detector.document(text).language
            outcomes[
                "named" if told == code else "chosen" if told in chosen else "other" if told else "none"
            ] += 1
    print(f"not chosen, {kind:<18} {shares(outcomes, 'named', 'none', 'other', 'chosen')}")


def runs(languages: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield for each language those of four runs without it: close ones, and two to four by chance."""
    rng = random.Random(1)
    for code in languages:
        others = [other for other in languages if other != code]
        close = [other for other in CLOSE.get(code, []) if other in others]
        yield code, tuple(dict.fromkeys((*close, *others)))[: max(2, len(close))]
        yield from ((code, tuple(rng.sample(others, count))) for count in (2, 3, 4) if count <= len(others))


def shares(outcomes: Counter[str], *names: str) -> str:
    """Return the share of each outcome."""
    return "  ".join(f"{name} {outcomes[name] / max(1, outcomes.total()):.4f}" for name in names)


if __name__ == "__main__":
    main()
