"""A report as sections of paragraphs, tables and rows, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.datatypes import SEVERITIES
from pipeline.decisions.doubts import LOW_CONFIDENCE
from pipeline.decisions.people import Work
from pipeline.exports.content import ExportRow
from pipeline.languages.codes import language_name
from pipeline.report.facts import BANDS, Doubtful, Facts

LISTED_ARTICLES = 200
"""Articles listed; the least harmful of more are only counted."""

LISTED_ROWS = 50
"""Approved rows shown with their texts."""

LONGEST = 400
"""Characters of a text that are shown; a finding quotes its place anyway."""

_KINDS = (
    ("approve", "approved"), ("reject", "rejected"), ("repair", "repaired"), ("propose", "proposals"),
    ("comment", "comments"), ("dismiss", "dismissed"),
)  # fmt: skip

_RARE_KINDS = (("split", "paragraphs split"), ("join", "files joined"), ("part", "files parted"))
"""Kinds of decisions that have a column only if somebody made one."""


class Words(NamedTuple):
    """A text of the corpus in its language."""

    text: str
    language: str


class Bar(NamedTuple):
    """A share as a bar."""

    share: float
    kind: str


Cell = str | int | Words | Bar


class Table(NamedTuple):
    """A table; numbers are set to the right."""

    header: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


class Shown(NamedTuple):
    """A row of the corpus with what is wrong with it."""

    title: str
    texts: tuple[Words, ...]
    notes: tuple[str, ...]


Block = str | Table | Shown


class Section(NamedTuple):
    """A part of the report."""

    title: str
    blocks: tuple[Block, ...]


def document(facts: Facts) -> tuple[Section, ...]:
    """Return the sections of the report."""
    sections = (
        Section("Result", tuple(_result(facts))),
        Section("Confidence", tuple(_confidence(facts))),
        Section("Findings", tuple(_findings(facts))),
        Section("Review", tuple(_review(facts))),
        Section("Rows to look at first", tuple(_worst(facts))),
        Section("Approved in spite of a grave finding", tuple(_approved(facts))),
        Section("Texts to carry out", tuple(_to_carry_out(facts))),
        Section("Articles", tuple(_articles(facts))),
        Section("Signature of the run", (_table(("", "value"), facts.signature.items()),)),
    )
    return tuple(section for section in sections if section.blocks)


def _table(header: tuple[str, ...], lines: object) -> Table:
    return Table(header, tuple(map(tuple, lines)))  # type: ignore[call-overload]


def _result(facts: Facts) -> Iterator[Block]:
    yield f"Corpus “{facts.folder}”, made on {facts.made}."
    names = ", ".join(language_name(code) for code in facts.languages)
    rows = sum(facts.statuses.values())
    yield (
        f"{facts.files:,} files in {names}: {_listing(facts.verdicts)}. "
        f"{len(facts.articles):,} articles with {rows:,} rows: {_listing(facts.statuses)}."
    )
    yield f"{facts.forecast.sentence()}."
    yield (
        "A row to look at is undecided and has a confidence below 0.9 or an open finding that is more than "
        "neutral. How many errors remain is estimated from the confidences and from what the review has "
        "found so far; approved rows count as right, rejected and repaired ones as found."
    )


def _confidence(facts: Facts) -> Iterator[Block]:
    several = sum(facts.bands)
    yield f"{several:,} rows in several languages."
    names = [f"{low:.2f} to {min(high, 1):.2f}" for low, high in BANDS]
    kinds = ("sure", "good", "low", "bad")
    yield _table(
        ("confidence", "rows", "share", ""),
        [
            (name, number, _percent(number, several), Bar(number / max(1, several), kind))
            for name, number, kind in zip(names, facts.bands, kinds, strict=True)
        ],
    )


def _findings(facts: Facts) -> Iterator[Block]:
    words = sum(facts.words.values())
    total = sum(sum(counts.values()) for counts in facts.categories.values())
    if not total:
        yield "No open finding."
        return
    yield f"{total:,} open findings in {words:,} words, by category of MQM and severity."
    lines: list[tuple[Cell, ...]] = []
    for category, counts in facts.categories.items():
        number = sum(counts.values())
        lines.append((category, *counts.values(), number, _rate(number, words)))
    sums = [sum(counts[severity] for counts in facts.categories.values()) for severity in SEVERITIES]
    lines.append(("all", *sums, total, _rate(total, words)))
    yield Table(("category", *SEVERITIES, "all", "per 1,000 words"), tuple(lines))
    yield (
        "Penalty points by the language of the translation: 25 for a critical finding, 5 for a major and 1 "
        "for a minor one."
    )
    yield _table(
        ("language", "words", "points", "per 1,000 words"),
        [
            (language_name(code), number, facts.points[code], _rate(facts.points[code], number))
            for code, number in facts.words.items()
        ],
    )


def _review(facts: Facts) -> Iterator[Block]:
    rows = sum(facts.reviews.values())
    decided = rows - facts.reviews.get("", 0)
    states = {name: number for name, number in facts.reviews.items() if name}
    yield f"{decided:,} of {rows:,} rows are decided" + (f": {_listing(states)}." if states else ".")
    if facts.people:
        made = {kind for work in facts.people.values() for kind in work.kinds}
        kinds = (*_KINDS, *(each for each in _RARE_KINDS if each[0] in made))
        yield _table(
            ("who", *(name for _, name in kinds), "first", "last"),
            [_person(name, work, [kind for kind, _ in kinds]) for name, work in facts.people.items()],
        )
    if facts.agreed or facts.differing:
        yield f"People agree on {facts.agreed:,} rows and differ on {facts.differing:,}."


def _person(name: str, work: Work, kinds: Sequence[str]) -> tuple[Cell, ...]:
    counts = [work.kinds[kind] for kind in kinds]
    return (name or "no name given", *counts, _when(work.first), _when(work.last))


def _when(time: str) -> str:
    return time[:16].replace("T", " ")


def _worst(facts: Facts) -> Iterator[Block]:
    if not facts.worst:
        yield "None is left."
        return
    yield (
        "The undecided rows with the greatest expected harm, in penalty points: a wrong row counts 5, a "
        "finding its points, each by how probable it is."
    )
    yield from map(_shown, facts.worst)


def _approved(facts: Facts) -> Iterator[Block]:
    if facts.approved:
        yield (
            f"{len(facts.approved):,} approved rows have an open critical or major finding: dismiss it if it "
            "is false, or suggest another text."
        )
        yield from map(_shown, facts.approved[:LISTED_ROWS])
    if len(facts.approved) > LISTED_ROWS:
        yield f"And {len(facts.approved) - LISTED_ROWS:,} more."


def _to_carry_out(facts: Facts) -> Iterator[Block]:
    if facts.suggested:
        yield f"{len(facts.suggested):,} suggested texts are not in the raw files yet."
        yield _table(
            ("file", "paragraphs", "text", "suggested", "by"),
            [
                (
                    each.file, each.paragraphs, Words(_cut(each.old), each.language),
                    Words(each.new, each.language), each.reviewer,
                )
                for each in facts.suggested
            ],
        )  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(None, 1)[0]} …"


def _shown(doubtful: Doubtful) -> Shown:
    row = doubtful.row
    harm = f", expected harm {doubtful.harm:.1f}" if doubtful.harm else ""
    return Shown(
        f"{doubtful.title}, row {row.number}: confidence {row.confidence}{harm}",
        tuple(Words(_cut(text), code) for code, text in row.texts.items() if text),
        tuple(_reasons(row)),
    )


def _reasons(row: ExportRow) -> Iterator[str]:
    """Yield why a row is to be looked at: its findings, and a low confidence."""
    for finding in row.findings:
        yield f"{finding.severity}: {finding.rule}: {finding.message}" + (
            f" → {finding.suggestion}" if finding.suggestion else ""
        )
    if float(row.confidence) < LOW_CONFIDENCE:
        yield (
            "low confidence: these paragraphs may not be translations of each other"
            if row.status != "unmatched"
            else "low confidence: this paragraph may have a translation after all"
        )


def _articles(facts: Facts) -> Iterator[Block]:
    shown: Sequence[object] = facts.articles[:LISTED_ARTICLES]
    yield "The articles with the greatest expected harm first."
    yield _table(
        ("article", "files", "verdict", "rows", "to look at", "findings", "expected harm"),
        [
            (
                Words(article.title, article.language), ", ".join(article.files), article.verdict,
                article.rows, article.to_look_at, article.findings, f"{article.harm:.1f}",
            )
            for article in facts.articles[:LISTED_ARTICLES]
        ],
    )  # fmt: skip
    if len(facts.articles) > len(shown):
        yield f"And {len(facts.articles) - len(shown):,} more with less."


def _listing(counts: object) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in dict(counts).items())  # type: ignore[call-overload]


def _percent(number: int, whole: int) -> str:
    return f"{100 * number / max(1, whole):.1f} %"


def _rate(number: int, words: int) -> str:
    return f"{1000 * number / max(1, words):.2f}"
