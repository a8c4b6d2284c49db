"""Throughput and accuracy of the stages before embedding: ingestion, normalisation, segmentation, detection.

    python benchmarks/front.py GOLD_DIR [--raw FOLDER [--jobs N]] [--show]

GOLD_DIR has `news.jsonl.gz` and others of the same format: one document per line with `units`, each a
sentence or paragraph by language. --raw times the stages on a folder of raw articles in CPU time. With --jobs
N it only measures the throughput of N processes in wall-clock time, on an otherwise idle machine. --show
prints the errors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from functools import cache
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from pipeline.datatypes import Article, RawText
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.ingest import find_files, read_below
from pipeline.normalisation.normalise import normalise
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.clean import clean_blocks
from pipeline.segmentation.prepare import prepare
from pipeline.segmentation.segment import segment, split_sentences

LANGUAGES = ("it", "ko", "pl")
CHUNK, MIN_BYTES = 32, 20e6  # files per task, and minimum bytes of text to prepare
ENCODINGS = {
    "it": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-1", "iso8859-15"),
    "ko": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949", "euc-kr"),
    "pl": ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2"),
}
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
NO_LANGUAGE = (
    "2018",
    "12,5 %",
    "30.09.2018",
    "€ 1.200",
    "https://example.org/read-more",
    "www.example.com",
    "***",
)

Documents = list[dict[str, list[str]]]


def main() -> None:
    """Run every benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--jobs", type=int, default=0, metavar="N")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if arguments.raw and arguments.jobs:
        parallel_throughput(arguments.raw, arguments.jobs)
        return
    news = read_documents(arguments.gold / "news.jsonl.gz")
    if arguments.raw:
        throughput(arguments.raw)
    sentences(news, arguments.show)
    short_texts(news)
    for name in ("news", "help", "manuals"):
        path = arguments.gold / f"{name}.jsonl.gz"
        if path.exists():
            documents = read_documents(path)
            paragraphs(name, documents)
            document_languages(name, documents, arguments.show)
            boilerplate(name, documents, arguments.show)
    encodings(news, arguments.show)


def read_documents(path: Path) -> Documents:
    """Return each document's texts by language, in reading order."""
    documents: Documents = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            texts: dict[str, list[str]] = defaultdict(list)
            for unit in json.loads(line)["units"]:
                for language, text in unit.items():
                    texts[language].append(text.strip())
            documents.append(texts)
    return documents


def throughput(folder: Path) -> None:
    """Print the throughput of one core on a folder, in CPU time, and the seconds in each stage."""
    detector = loaded_detector()
    begin = time.process_time()
    raws = [raw for path in find_files(folder) for raw in read_below(folder, path)]
    read = time.process_time() - begin
    begin = time.process_time()
    articles = [
        article for article in (prepare(raw, detector) for raw in raws) if isinstance(article, Article)
    ]
    seconds = time.process_time() - begin
    texts = [raw for raw in raws if isinstance(raw, RawText)]
    size = sum(len(raw.text.encode()) for raw in texts) / 1e6
    count = sum(len(article.paragraphs) for article in articles)
    print(f"{folder.name}: {len(raws)} files, {count} paragraphs, {size:.1f} MB; read in {read:.2f} s")
    rates = (
        f"{len(raws) / seconds:,.0f} files/s, {count / seconds:,.0f} paragraphs/s, {size / seconds:.1f} MB/s"
    )
    print(f"  prepared in {seconds:.2f} s: {rates}")
    shares(texts, detector)


@cache
def loaded_detector() -> LanguageDetector:
    """Return a detector after loading everything that is loaded lazily: profiles, tables, ftfy."""
    detector = LanguageDetector(LANGUAGES)
    for line in ("C’è una riga per caricare i profili.", "프로파일을 읽어 오기 위한 한 줄입니다."):
        prepare(RawText("", line, "utf-8", "txt"), detector)
    return detector


def parallel_throughput(folder: Path, jobs: int) -> None:
    """Print the throughput of several processes on a folder, repeated until it is `MIN_BYTES` text."""
    files = find_files(folder)
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    with ProcessPoolExecutor(jobs, get_context("fork")) as pool:
        wait([pool.submit(time.sleep, 0.1) for _ in range(jobs)])  # start all processes
        size = sum(pool.map(prepared_bytes, repeat(folder), chunks))
        turns = 1 + int(MIN_BYTES / size)
        begin = time.perf_counter()
        size = sum(pool.map(prepared_bytes, repeat(folder), chunks * turns))
        seconds = time.perf_counter() - begin
    rate = f"{size / seconds / 1e6:.1f} MB/s with {jobs} processes"
    print(f"{folder}: {size / 1e6:.1f} MB prepared in {seconds:.2f} s: {rate}")


def prepared_bytes(folder: Path, files: Sequence[Path]) -> int:
    """Read and prepare files; return the size of their texts in bytes of UTF-8."""
    raws = [raw for path in files for raw in read_below(folder, path)]
    for raw in raws:
        prepare(raw, loaded_detector())
    return sum(len(raw.text.encode()) for raw in raws if isinstance(raw, RawText))


def shares(texts: Iterable[RawText], detector: LanguageDetector) -> None:
    """Print the seconds in each stage."""
    spent: Counter[str] = Counter()
    for raw in texts:
        begin = time.process_time()
        if raw.format == "txt":
            normalise(raw.text)
        normalised = time.process_time()
        blocks = [block.text for block in clean_blocks(raw)[0]]
        cut = time.process_time()
        detection, _ = detector.article(blocks)
        told = time.process_time()
        for text in blocks:
            split_sentences(text, detection.language)
        spent += Counter(
            normalise=normalised - begin,
            segment=cut - normalised - (normalised - begin),
            language=told - cut,
            sentences=time.process_time() - told,
        )
    print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in spent.items()))


def sentences(documents: Documents, show: bool) -> None:
    """Print the F1 of sentence splitting on sentences joined in groups of five.

    Headlines without punctuation are left out, because they cannot be separated from the next sentence.
    Splits inside a unit are counted separately: most such units are two sentences in that translation.
    """
    for language in LANGUAGES:
        units = [text for texts in documents for text in texts[language] if SENTENCE_END.search(text)]
        found = missed = 0
        inside: list[str] = []
        for start in range(0, len(units), 5):
            part = units[start : start + 5]
            text, gold = " ".join(part), set(ends(part))
            said = {end for _, end in split_sentences(text, language)[:-1]}
            found, missed = found + len(said & gold), missed + len(gold - said)
            inside += [
                f"{text[max(0, end - 50) : end]} | {text[end : end + 30]}" for end in sorted(said - gold)
            ]
        score = 2 * found / (2 * found + missed)
        splits = f"{len(inside)} splits inside {len(units)} units"
        print(f"sentences {language}: F1 {score:.4f}, {missed} missed; {splits}")
        if show:
            print("\n".join(f"  {line}" for line in inside))


def ends(parts: list[str]) -> Iterator[int]:
    """Yield the end of each part but the last when they are joined by spaces."""
    position = -1
    for part in parts[:-1]:
        position += len(part) + 1
        yield position


def short_texts(documents: Documents) -> None:
    """Print the accuracy of language detection on a few words, alone and inside an article."""
    detector = LanguageDetector(LANGUAGES)
    for words in (5, 2):
        for language in LANGUAGES:
            texts = [" ".join(text.split()[:words]) for document in documents for text in document[language]]
            texts = [text for text in texts if any(map(str.isalpha, text))]
            alone = sum(detector.paragraph(text, "") == language for text in texts) / len(texts)
            inside = sum(found == language for found in detector.paragraphs(texts, language)) / len(texts)
            print(f"{words} words {language}: alone {alone:.4f}, inside an article {inside:.4f}")
    guesses = [detector.paragraph(text, language) for text in NO_LANGUAGE for language in (*LANGUAGES, "")]
    print(f"guesses on digits and addresses: {sum(map(bool, guesses))} of {len(guesses)}")


def paragraphs(name: str, documents: Documents) -> None:
    """Print the share of paragraphs recovered from texts joined by blank lines and by line ends."""
    for joiner in ("\n\n", "\n"):
        right = total = 0
        for document in documents:
            for texts in document.values():
                gold = [normalise(text)[0] for text in texts]
                found = [block.text for block in segment(normalise(joiner.join(texts))[0], "txt")]
                total += len(gold)
                right += sum(a == b for a, b in zip(gold, found, strict=False))
        print(f"paragraphs {name}, joined by {joiner!r}: {right / total:.4f} of {total}")


def document_languages(name: str, documents: Documents, show: bool) -> None:
    """Print the accuracy of language detection on documents and paragraphs."""
    detector = LanguageDetector(LANGUAGES)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document in documents:
        for language, texts in document.items():
            detection, found = detector.article(texts)
            total["documents"] += 1
            right["documents"] += detection.language == language
            total["paragraphs"] += len(texts)
            right["paragraphs"] += sum(code in (language, "") for code in found)
            if show and detection.language != language:
                print(f"  {language} is said to be {detection}: {' '.join(texts)[:100]}")
    print(
        f"languages {name}: "
        + ", ".join(f"{key} {right[key] / total[key]:.4f} of {total[key]}" for key in total)
    )


def boilerplate(name: str, documents: Documents, show: bool) -> None:
    """Print the false positives of boilerplate detection; these documents have no boilerplate."""
    total = 0
    wrong: list[str] = []
    for document in documents:
        for texts in document.values():
            blocks = mark_boilerplate(segment(normalise("\n\n".join(texts))[0], "txt"))
            total += len(blocks)
            wrong += (block.text for block in blocks if block.kind == "boilerplate")
    print(f"boilerplate {name}: {len(wrong)} of {total} paragraphs marked, none is")
    if show:
        print("\n".join(f"  {text[:100]}" for text in wrong))


def encodings(documents: Documents, show: bool) -> None:
    """Print the results of encoding detection on texts, whole and cut to 80 characters."""
    for language, tables in ENCODINGS.items():
        whole = ["\n\n".join(document[language]) for document in documents]
        for table in tables:
            results: Counter[str] = Counter()
            for text in whole + [text[:80] for text in whole]:
                data = text.encode(table, "ignore")
                text = data.decode(table)
                found = decode(data)
                outcome = "rejected" if isinstance(found, str) else "right" if found.text == text else "wrong"
                results[outcome] += 1
                if show and outcome != "right":
                    print(f"  {language} {table} {outcome}: {text[:60]}")
            print(
                f"encoding {language} {table}: "
                + ", ".join(f"{count} {key}" for key, count in results.items())
            )


if __name__ == "__main__":
    main()
