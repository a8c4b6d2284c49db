"""False alarms and recall of the QA checks on professionally translated documents.

    python -m benchmarks.qa NEWS.jsonl.gz [--languages it,ko,pl] [--seed 1] [--join 4] [--examples RULE]
                            [--write docs/qa.md]

NEWS has one document per line: {"doc": id, "units": [{"it": text, "ko": text, ...}, ...]}, where a unit is a
sentence. The checks get every unit as a row and every document as an article, in each language pair and in
both directions; `--join N` joins N sentences per row.

False alarms: share of rows that a rule flags, and of rows with any major or critical finding. Some of these
are true errors of the translators.

Recall: one error is injected into every suitable row. It counts as found if a rule for that error has a new
finding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.errors import INJECTIONS, Injection, Situation, Unit
from pipeline.checks.check import check
from pipeline.checks.vectors import vectors_of_rows
from pipeline.datatypes import Advance, Finding, Paragraph, Row
from pipeline.detection.detector import LanguageDetector
from pipeline.embedding.embedded import model_for
from pipeline.embedding.encoders import Encoder, load_encoder
from pipeline.engines import load_engine
from pipeline.segmentation.sentences import split_sentences

Pair = tuple[str, str]


class RememberingEncoder:
    """An encoder that encodes each text once, because the intact rows are the same every time."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.digest, self.likeness_file = encoder.name, encoder.digest, encoder.likeness_file
        self.centres = encoder.centres
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], advance: Advance = lambda done: None) -> NDArray[np.float32]:
        """Return the vectors of the texts, `float32[n, d]`."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


class Bench:
    """Makes rows of units and checks them; every document is an article."""

    def __init__(self, languages: Sequence[str], documents: Sequence[int]) -> None:
        """`documents` are the numbers of the documents that the units are from."""
        self.documents = documents
        self._encoder = RememberingEncoder(load_encoder(model_for(None, languages)))
        self._detector = LanguageDetector(languages)
        self._paragraph = lru_cache(maxsize=None)(self._new_paragraph)

    def _new_paragraph(self, text: str, language: str) -> Paragraph:
        sentences = split_sentences(text, language)
        return Paragraph(1, "paragraph", text, sentences, self._detector.paragraph(text, language))

    def row(self, unit: Unit, pair: Sequence[str], number: int) -> Row:
        """Return a row with confidence 0.99 and one paragraph per language, with detected languages."""
        cells = tuple((self._paragraph(unit[language], language),) for language in pair)
        article = f"news{self.documents[number % len(self.documents)]}"
        return Row(article, number, f"row{number}", tuple(pair), cells, 0.99, "aligned")

    def check(self, units: Sequence[Unit], pair: Sequence[str]) -> list[list[Finding]]:
        """Return the findings of every unit in a language pair."""
        rows = [self.row(unit, pair, number) for number, unit in enumerate(units)]
        found: list[list[Finding]] = [[] for _ in rows]
        for finding in check(rows, vectors_of_rows(rows, self._encoder)):
            found[int(finding.row_id[3:])].append(finding)
        return found


def read_documents(path: Path, languages: Sequence[str]) -> dict[str, list[Unit]]:
    """Return the documents of a file by their ids, each a list of units in these languages."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return {
        document["doc"]: [{code: unit[code] for code in languages} for unit in document["units"]]
        for document in documents
    }


def joined(units: list[Unit], size: int) -> list[Unit]:
    """Return the units of a document with each `size` neighbours joined."""
    return [
        {language: " ".join(unit[language] for unit in units[k : k + size]) for language in units[0]}
        for k in range(0, len(units), size)
    ]


def false_alarms(found: list[list[Finding]]) -> dict[str, float]:
    """Return the share of rows flagged by each rule and family, and with a major or critical finding."""
    counts: Counter[str] = Counter()
    for findings in found:
        names = {finding.rule for finding in findings}
        counts.update(names | {name.split(".")[0] for name in names})
        if any(finding.severity in ("major", "critical") for finding in findings):
            counts["major or critical"] += 1
    return {name: count / len(found) for name, count in counts.items()}


def broken_units(
    injection: Injection, units: list[Unit], documents: Sequence[int], pair: Pair, seed: int
) -> dict[int, Unit]:
    """Return the units that allow the error, with the error injected, by number.

    The neighbour of a unit is of the same document; one that has none there is its own.
    """
    rng = random.Random(seed)
    broken = {}
    for number, unit in enumerate(units[: len(units) // 2 * 2]):
        neighbour = units[number ^ 1] if documents[number] == documents[number ^ 1] else unit
        situation = Situation(unit, *pair, rng.choice(units), neighbour)
        changed = injection.break_row(situation, rng)
        if changed is not None:
            broken[number] = changed
    return broken


def missed_units(
    injection: Injection, units: list[Unit], broken: dict[int, Unit], pair: Pair, bench: Bench
) -> list[Unit]:
    """Return the broken units without a new finding."""
    clean = bench.check(units, pair)
    missed = []
    for part in range(injection.batches):
        batch = {n: unit for n, unit in broken.items() if n // 2 % injection.batches == part}
        found = bench.check([batch.get(number, unit) for number, unit in enumerate(units)], pair)
        missed += [
            unit
            for number, unit in batch.items()
            if not _meant(found[number], injection) - _meant(clean[number], injection)
        ]
    return missed


def _meant(findings: list[Finding], injection: Injection) -> set[tuple[str, str]]:
    return {
        (finding.rule, finding.message) for finding in findings if finding.rule.startswith(injection.rules)
    }


def replace_part(page: Path, part: str, lines: Sequence[str]) -> None:
    """Replace what stands between two marks of a page; raises `ValueError` if one is missing."""
    begin, end = f"<!-- {part}: made by benchmarks -->\n\n", f"<!-- end of {part} -->\n"
    head, found, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ended, tail = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"{page} has no part named {part!r}")
    page.write_text("".join((head, begin, "\n".join(lines), "\n\n", end, tail)), encoding="utf-8")


def table(title: str, columns: list[str], rows: dict[str, list[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield f"| {title} | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for name, cells in rows.items():
        yield f"| {name} | {' | '.join(cells)} |"


def alarm_table(units: list[Unit], pairs: list[Pair], bench: Bench) -> list[str]:
    """Return the table of false alarms in Markdown."""
    alarms = {pair: false_alarms(bench.check(units, pair)) for pair in pairs}
    names = sorted(
        {name for rates in alarms.values() for name in rates}, key=lambda name: ("." in name, name)
    )
    rows = {name: [f"{100 * alarms[pair].get(name, 0):.2f} %" for pair in pairs] for name in names}
    return list(table(f"flagged, of {len(units)} rows", ["-".join(pair) for pair in pairs], rows))


def recall_table(units: list[Unit], pairs: list[Pair], bench: Bench, seed: int, examples: str) -> list[str]:
    """Return the table of recall in Markdown; prints the missed errors named `examples`."""
    rows: dict[str, list[str]] = {}
    for injection in INJECTIONS:
        rows[injection.name] = []
        for pair in pairs:
            broken = broken_units(injection, units, bench.documents, pair, seed)
            missed = missed_units(injection, units, broken, pair, bench)
            share = f"{1 - len(missed) / len(broken):.3f} of {len(broken)}" if broken else ""
            rows[injection.name].append(share)
            if injection.name == examples:
                for unit in missed:
                    print("missed", pair, unit[pair[0]], "|||", unit[pair[1]])
    return list(table("found", ["-".join(pair) for pair in pairs], rows))


def rows_per_second(units: list[Unit], bench: Bench, copies: int = 20) -> float:
    """Return the rows of all languages checked per second, without checks that compare meaning."""
    rows = [bench.row(unit, tuple(unit), number) for number, unit in enumerate(units * copies)]
    with load_engine("local") as engine:
        begin = time.perf_counter()
        check(rows, engine=engine)
        return len(rows) / (time.perf_counter() - begin)


def print_examples(rule: str, units: list[Unit], pairs: list[Pair], bench: Bench) -> None:
    """Print the findings of rules whose names begin with `rule`."""
    for pair in pairs:
        for unit, findings in zip(units, bench.check(units, pair), strict=True):
            for finding in findings:
                if finding.rule.startswith(rule):
                    print(pair, finding.rule, finding.message, "|||", unit[pair[0]], "|||", unit[pair[1]])


def main() -> None:
    """Print both tables and, on request, the findings of a rule or the missed errors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument(
        "--languages", default="it,ko,pl", metavar="A,B,...", help="those of the file that are checked"
    )
    parser.add_argument(
        "--pairs", default="", metavar="A-B,...", help="only these pairs of them, the source first"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--join", type=int, default=1, metavar="N", help="sentences per row")
    parser.add_argument(
        "--examples", default="", help="print the findings of a rule, or the missed cases of an error"
    )
    parser.add_argument("--speed", action="store_true", help="only measure the rows checked per second")
    parser.add_argument("--alarms", action="store_true", help="measure false alarms only")
    parser.add_argument("--write", type=Path, help="also write the tables into this page")
    arguments = parser.parse_args()
    languages = tuple(arguments.languages.split(","))
    documents = read_documents(arguments.news, languages)
    articles = [joined(units, arguments.join) for units in documents.values()]
    units = [unit for article in articles for unit in article]
    wanted = arguments.pairs.split(",") if arguments.pairs else []
    pairs = [pair for pair in permutations(languages, 2) if not wanted or "-".join(pair) in wanted]
    bench = Bench(languages, [number for number, article in enumerate(articles) for _ in article])
    if arguments.speed:
        print(f"{rows_per_second(units, bench):,.0f} rows a second")
        return
    tables = alarm_table(units, pairs, bench)
    if arguments.examples:
        print_examples(arguments.examples, units, pairs, bench)
    if not arguments.alarms:
        tables += ["", *recall_table(units, pairs, bench, arguments.seed, arguments.examples)]
    print("\n".join(tables))
    if arguments.write:
        replace_part(arguments.write, "-".join(languages), tables)


if __name__ == "__main__":
    main()
