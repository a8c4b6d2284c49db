"""False alarms and recall of the QA checks, on documents that professionals translated.

    python -m benchmarks.qa NEWS.jsonl.gz [--seed 1] [--examples RULE]

NEWS holds a document a line: {"doc": id, "units": [{"it": text, "ko": text, ...}, ...]}, a unit being a
sentence. Every unit is a row for the checks, in each pair of languages and in both directions.

False alarms: share of rows that a rule flags, and of rows with any major or critical finding. Some of these
are true: professionals err too.

Recall: into every row that allows it one error is put, and it counts as found if a rule meant for that error
says something that it did not say before.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from pipeline.checks import check
from pipeline.datatypes import Finding, Paragraph, Row
from pipeline.language import LanguageDetector

Unit = dict[str, str]


@dataclass(frozen=True)
class Situation:
    """A row that an error is put into, and what the error can be made of."""

    unit: Unit
    source: str
    target: str
    stranger: Unit  # a unit of another document

    @property
    def text(self) -> str:
        """The text that the error goes into."""
        return self.unit[self.target]


@dataclass(frozen=True)
class Injection:
    """An error: `break_row` returns the row with it, or None where the row does not allow it."""

    name: str
    rules: tuple[str, ...]  # beginnings of the rules that should find it
    break_row: Callable[[Situation, random.Random], Unit | None]
    batches: int = 1
    """Parts into which the broken rows are divided, so that each stands among rows that are mostly whole:
    some checks know a row from the others."""


def _with(situation: Situation, text: str) -> Unit | None:
    return None if text == situation.text else situation.unit | {situation.target: text}


def change_number(situation: Situation, rng: random.Random) -> Unit | None:
    """Another digit in one place."""
    digits = list(re.finditer(r"\d", situation.text))
    if not digits:
        return None
    match = rng.choice(digits)
    number = rng.choice([digit for digit in "123456789" if digit != match[0]])
    return _with(situation, situation.text[: match.start()] + number + situation.text[match.end() :])


def drop_number(situation: Situation, rng: random.Random) -> Unit | None:
    """The first number left out."""
    return _with(situation, re.sub(r"\d[\d.,]*\s?", "", situation.text, count=1))


def change_unit(situation: Situation, rng: random.Random) -> Unit | None:
    """A unit or currency exchanged for another."""
    swaps = [
        ("유로", "달러"),
        ("달러", "유로"),
        ("파운드", "유로"),
        ("euro", "dollari"),
        ("dollari", "euro"),
        ("km", "cm"),
    ]
    swaps += [
        ("sterline", "dollari"),
        ("USD", "EUR"),
        ("dolarów", "euro"),
        ("funtów", "dolarów"),
        ("kg", "g"),
    ]
    swaps += [("킬로미터", "미터"), ("metri", "centimetri"), ("metrów", "centymetrów"), ("마일", "미터")]
    for unit, other in swaps:
        text = re.sub(
            rf"(\d[\d.,]*\s?(?:milion\w* (?:di )?|mln |mld |[만억]+\s?)?){unit}(?![a-z])",
            rf"\g<1>{other}",
            situation.text,
        )
        if text != situation.text:
            return _with(situation, text)
    return None


def mark_number(situation: Situation, rng: random.Random) -> Unit | None:
    """A mark of machine translation instead of the first number."""
    return _with(situation, re.sub(r"\d+(?:[.,]\d+)*", "XNUMX", situation.text, count=1))


def copy_source(situation: Situation, rng: random.Random) -> Unit | None:
    """The source instead of the translation."""
    source = situation.unit[situation.source]
    return _with(situation, source) if len(source.split()) >= 4 else None


def other_language(situation: Situation, rng: random.Random) -> Unit | None:
    """A third language instead of the target."""
    third = [language for language in situation.unit if language not in (situation.source, situation.target)]
    return _with(situation, situation.unit[third[0]]) if third and len(situation.text) > 20 else None


def misread(situation: Situation, rng: random.Random) -> Unit | None:
    """UTF-8 read as a one-byte encoding."""
    encoding = rng.choice(["cp1252", "latin-1", "cp1250"])
    try:
        return _with(situation, situation.text.encode("utf-8").decode(encoding))
    except UnicodeError:
        return _with(situation, situation.text.encode("utf-8").decode("latin-1"))


def lose_character(situation: Situation, rng: random.Random) -> Unit | None:
    """One character replaced by U+FFFD."""
    place = rng.randrange(len(situation.text))
    return _with(situation, situation.text[:place] + "\ufffd" + situation.text[place + 1 :])


def drop_half(situation: Situation, rng: random.Random) -> Unit | None:
    """The first half of the words only."""
    words = situation.text.split()
    return _with(situation, " ".join(words[: len(words) // 2])) if len(words) >= 8 else None


def add_sentence(situation: Situation, rng: random.Random) -> Unit | None:
    """A sentence of another document at the end."""
    return _with(situation, situation.text + " " + situation.stranger[situation.target])


def break_url(situation: Situation, rng: random.Random) -> Unit | None:
    """A URL in every language, altered in the target."""
    url = f"https://example.org/{rng.randrange(1000)}/page?id={rng.randrange(1000)}"
    wrong = url.replace("/page", "/pagina")
    return {
        language: f"{text} ({wrong if language == situation.target else url})"
        for language, text in situation.unit.items()
    }


def replace_name(situation: Situation, rng: random.Random) -> Unit | None:
    """A name that both sides share, replaced by an invented one."""
    name = r"(?<![.!?:“„”\"»-])(?<=\s)[A-Z][a-z]{4,}(?![\w-])"
    shared = set(re.findall(name, situation.text)) & set(re.findall(name, situation.unit[situation.source]))
    if not shared:
        return None
    syllables = ["ber", "lin", "oko", "thor", "vas", "mor", "del", "gra", "hul", "fen", "win", "tas"]
    other = "".join(rng.choices(syllables, k=2)).capitalize() + rng.choice(
        ["strom", "dale", "quez", "bury", "son"]
    )
    return _with(situation, situation.text.replace(rng.choice(sorted(shared)), other))


def lose_mark(situation: Situation, rng: random.Random) -> Unit | None:
    """One bracket or quotation mark left out."""
    marks = list(re.finditer(r"[()\[\]„”“«»]", situation.text))
    if not marks:
        return None
    match = rng.choice(marks)
    return _with(situation, situation.text[: match.start()] + situation.text[match.end() :])


def double_word(situation: Situation, rng: random.Random) -> Unit | None:
    """One word twice."""
    words = list(re.finditer(r"(?<=\s)[^\W\d_]{3,}(?=\s)", situation.text))
    if not words:
        return None
    match = rng.choice(words)
    return _with(situation, situation.text[: match.end()] + " " + match[0] + situation.text[match.end() :])


INJECTIONS = (
    Injection("number changed", ("numbers.",), change_number),
    Injection("number dropped", ("numbers.",), drop_number),
    Injection("unit or currency changed", ("numbers.",), change_unit),
    Injection("XNUMX", ("characters.placeholder",), mark_number),
    Injection("untranslated", ("language.",), copy_source),
    Injection("other language", ("language.",), other_language),
    Injection("mojibake", ("characters.mojibake", "characters.control"), misread),
    Injection("character lost", ("characters.replacement",), lose_character),
    Injection("half dropped", ("completeness.",), drop_half, batches=4),
    Injection("sentence added", ("completeness.",), add_sentence, batches=4),
    Injection("URL broken", ("entities.",), break_url),
    Injection("name replaced", ("entities.",), replace_name, batches=8),
    Injection("quote or bracket lost", ("typography.",), lose_mark),
    Injection("word doubled", ("completeness.", "typography."), double_word),
)


def read_units(path: Path) -> list[list[Unit]]:
    """The documents of a file, each a list of units."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["units"] for line in lines if line.strip()]


def make_row(unit: Unit, source: str, target: str, number: int, detector: LanguageDetector) -> Row:
    """A sure row of one paragraph a language; each is told its language as in a document of its column."""
    cells = tuple(
        (Paragraph(1, "paragraph", text, ((0, len(text)),), detector.paragraph(text, language)),)
        for language, text in ((source, unit[source]), (target, unit[target]))
    )
    return Row("news", number, f"row{number}", (source, target), cells, 0.99, "aligned")


def check_units(
    units: list[Unit], source: str, target: str, detector: LanguageDetector
) -> list[list[Finding]]:
    """The findings of every unit, in one pair of languages."""
    rows = [make_row(unit, source, target, number, detector) for number, unit in enumerate(units)]
    found: list[list[Finding]] = [[] for _ in rows]
    for finding in check(rows):
        found[int(finding.row_id[3:])].append(finding)
    return found


def false_alarms(found: list[list[Finding]]) -> dict[str, float]:
    """Share of rows that each rule, each family and each group of severities flags."""
    counts: Counter[str] = Counter()
    for findings in found:
        names = {finding.rule for finding in findings}
        counts.update(names | {name.split(".")[0] for name in names})
        if any(finding.severity in ("major", "critical") for finding in findings):
            counts["major or critical"] += 1
    return {name: count / len(found) for name, count in counts.items()}


def recall(
    injection: Injection,
    documents: list[list[Unit]],
    clean: list[list[Finding]],
    pair: tuple[str, str],
    detector: LanguageDetector,
    rng: random.Random,
) -> tuple[int, int, list[Unit]]:
    """`(found, tried, the broken rows that were not found)`."""
    strangers = [unit for units in documents for unit in units]
    broken: list[tuple[int, Unit]] = []
    number = 0
    for units in documents:
        for unit in units:
            changed = injection.break_row(Situation(unit, *pair, rng.choice(strangers)), rng)
            if changed is not None:
                broken.append((number, changed))
            number += 1
    missed = []
    for batch in (broken[start :: injection.batches] for start in range(injection.batches)):
        mixed = list(strangers)
        for number, unit in batch:
            mixed[number] = unit
        found = check_units(mixed, *pair, detector)
        missed += [
            unit
            for number, unit in batch
            if not _meant(found[number], injection) - _meant(clean[number], injection)
        ]
    return len(broken) - len(missed), len(broken), missed


def _meant(findings: list[Finding], injection: Injection) -> set[tuple[str, str]]:
    return {
        (finding.rule, finding.message) for finding in findings if finding.rule.startswith(injection.rules)
    }


def _table(title: str, columns: list[str], rows: dict[str, list[str]]) -> Iterator[str]:
    yield f"| {title} | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for name, cells in rows.items():
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Print both tables, and on request what a rule flags and which errors were missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", help="print the rows that a rule flags, or that an error was missed in")
    arguments = parser.parse_args()
    documents = read_units(arguments.news)
    units = [unit for document in documents for unit in document]
    languages = tuple(units[0])
    detector = LanguageDetector(languages)
    pairs = list(permutations(languages, 2))
    names = ["-".join(pair) for pair in pairs]
    clean = {pair: check_units(units, *pair, detector) for pair in pairs}
    alarms = {pair: false_alarms(found) for pair, found in clean.items()}
    rules = sorted({name for rates in alarms.values() for name in rates})
    rows = {rule: [f"{alarms[pair].get(rule, 0):.2%}" for pair in pairs] for rule in rules}
    print("\n".join(_table(f"false alarms, {len(units)} rows", names, rows)), end="\n\n")

    results: dict[str, list[str]] = {}
    for injection in INJECTIONS:
        results[injection.name] = []
        for pair in pairs:
            rng = random.Random(arguments.seed)
            found, tried, missed = recall(injection, documents, clean[pair], pair, detector, rng)
            results[injection.name].append(f"{found / tried:.3f} of {tried}" if tried else "")
            if injection.name == arguments.examples:
                for unit in missed:
                    print("missed", pair, unit[pair[0]], "|||", unit[pair[1]])
    print("\n".join(_table("recall of injected errors", names, results)))
    if arguments.examples:
        for pair, found_rows in clean.items():
            for unit, findings in zip(units, found_rows, strict=True):
                for finding in findings:
                    if finding.rule.startswith(arguments.examples):
                        print(pair, finding.message, "|||", unit[pair[0]], "|||", unit[pair[1]])


if __name__ == "__main__":
    main()
