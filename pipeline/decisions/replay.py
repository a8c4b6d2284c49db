"""Applies decisions to the rows of a finished corpus.

An id identifies a row by its texts. Where texts repeat, the ending of the id counts the rows in article
order, so it may pass to another row when files are added or removed. Decisions are therefore matched by
article and paragraphs, as in a run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.datatypes import PARAGRAPH_JOINER, Article, ArticleGroup, Node, Nodes, Paragraph, fingerprint
from pipeline.decisions.record import Decision, Reference
from pipeline.decisions.resolve import SUPERSEDED, resolve
from pipeline.decisions.seen import holds
from pipeline.decisions.splits import Split, split_cells
from pipeline.decisions.suppressions import suppressed_findings
from pipeline.errors import InputError
from pipeline.output.columns import corpus_columns, text_column
from pipeline.output.reader import table_of
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers


class CorpusRow(NamedTuple):
    """A row of a finished corpus, which decisions may refer to."""

    id: str
    article: str
    fields: Mapping[str, str]  # the line of corpus.csv
    texts: Mapping[str, str]  # by language
    references: tuple[Reference, ...]
    nodes: Nodes  # language and unit, counted from 0 in the article


@dataclass(frozen=True, slots=True)
class Replay:
    """The effect of the decisions; reviews, remarks and people are by row id."""

    reviews: Mapping[str, str]
    remarks: Mapping[str, Sequence[Decision]]  # comments and proposed texts
    unapplied: int  # repairs that take effect in the next run
    people: Mapping[str, Sequence[str]]  # names of those who decided something about a row
    retied: frozenset[str]  # ids of the rows that decisions take apart


def read_rows(out: Path, languages: Sequence[str]) -> list[CorpusRow]:
    """Return the rows of the corpus in the folder `out`; raises `InputError`."""
    path = out / "corpus.csv"
    lines = table_of(path, corpus_columns(languages))
    try:
        return list(_rows(lines, languages))
    except ValueError as error:
        raise InputError(f"{path} is damaged: {error}") from error


def _rows(lines: Iterable[Mapping[str, str]], languages: Sequence[str]) -> Iterable[CorpusRow]:
    used: defaultdict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        texts = {code: line[text_column(code)] for code in languages}
        references: list[Reference] = []
        nodes: list[Node] = []
        for k, (code, text) in enumerate(texts.items()):
            numbers = parse_paragraph_numbers(line[f"{code}_paragraphs"])
            parts = text.split(PARAGRAPH_JOINER) if text else []
            if parts and not numbers:
                raise ValueError(f"row {line['id']} lacks its paragraph numbers in {code}")
            for place, part in enumerate(parts):
                # Several sentences may share the number of their paragraph.
                references.append(Reference(code, numbers[min(place, len(numbers) - 1)], fingerprint(part)))
                nodes.append((k, used[line["article"], k]))
                used[line["article"], k] += 1
        yield CorpusRow(line["id"], line["article"], line, texts, tuple(references), frozenset(nodes))


def replay(rows: Sequence[CorpusRow], decisions: Sequence[Decision]) -> Replay:
    """Return the effect of the decisions on these rows."""
    if not decisions:
        return Replay({}, {}, 0, {}, frozenset())
    resolved = resolve(decisions, article_groups(rows), "paragraph")  # a unit of any level is one here
    rows = split_rows(rows, resolved.splits)
    by_node = {(row.article, node): row for row in rows for node in row.nodes}
    row_of = {
        (article, nodes): _row_of(by_node[article, min(nodes)], nodes, plan.later.get(nodes, ()))
        for article, plan in resolved.plans.items()
        for nodes in {*plan.anchors, *plan.reviews}
    }
    reviews = {
        row_of[article, nodes]: said
        for article, plan in resolved.plans.items()
        for nodes, said in plan.reviews.items()
        if row_of[article, nodes]
    }
    remarks: defaultdict[str, list[Decision]] = defaultdict(list)
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    unapplied = 0
    retied = {
        by_node[article, node].id
        for article, plan in resolved.plans.items()
        for nodes in plan.anchors
        if not row_of[article, nodes]
        for node in nodes
    }
    for decision in decisions:
        if decision.id not in resolved.found:
            continue
        article, nodes = resolved.found[decision.id]
        row = by_node[article, min(nodes)]
        if decision.reviewer and nodes <= row.nodes:
            people[row.id][decision.reviewer] = None
        if decision.kind in ("comment", "propose") and nodes <= row.nodes:
            remarks[row.id].append(decision)
        superseded = decision.id in resolved.fates and resolved.fates[decision.id].state == SUPERSEDED
        if decision.kind == "repair" and not superseded:
            unapplied += not row_of.get((article, nodes), "")
    named = {row: tuple(names) for row, names in people.items()}
    return Replay(reviews, remarks, unapplied, named, frozenset(retied))


def _row_of(row: CorpusRow, decided: Nodes, later: Container[int]) -> str:
    """Return the id of a row if it is the decided one, else ""."""
    return row.id if holds(row.nodes, decided, later) else ""


def split_rows(rows: Sequence[CorpusRow], splits: Mapping[str, Sequence[Split]]) -> list[CorpusRow]:
    """Return rows with the units that they have when paragraphs of their articles are split."""
    done: dict[tuple[str, str], Iterator[list[tuple[Reference, str]]]] = {}
    for article, some in splits.items():
        own = [row for row in rows if row.article == article]
        for code in {split.language for split in some}:
            cells = [_units(row, code) for row in own]
            done[article, code] = split_cells(cells, [split for split in some if split.language == code])
    used: defaultdict[tuple[str, int], int] = defaultdict(int)
    out = []
    for row in rows:
        if row.article not in splits:
            out.append(row)
            continue
        references, nodes, texts = [], [], {}
        for k, code in enumerate(row.texts):
            units = next(done[row.article, code]) if (row.article, code) in done else _units(row, code)
            references += [reference for reference, _ in units]
            texts[code] = PARAGRAPH_JOINER.join(text for _, text in units)
            nodes += [(k, used[row.article, k] + turn) for turn in range(len(units))]
            used[row.article, k] += len(units)
        out.append(row._replace(texts=texts, references=tuple(references), nodes=frozenset(nodes)))
    return out


def _units(row: CorpusRow, code: str) -> list[tuple[Reference, str]]:
    parts = row.texts[code].split(PARAGRAPH_JOINER) if row.texts[code] else []
    return list(zip((r for r in row.references if r.language == code), parts, strict=True))


def dismissed_of(
    rows: Sequence[CorpusRow], findings: Iterable[Mapping[str, str]], decisions: Sequence[Decision]
) -> set[str]:
    """Return the ids of the lines of findings.csv that the decisions mark as false alarms."""
    if all(decision.kind != "dismiss" for decision in decisions):
        return set()
    resolved = resolve(decisions, article_groups(rows), "paragraph")
    known = [(line["id"], line["article"], line["row_id"]) for line in findings]
    return set(suppressed_findings(resolved.suppressions, known, places_of(rows)).values())


def places_of(rows: Iterable[CorpusRow]) -> dict[tuple[str, str], frozenset[tuple[str, int]]]:
    """Return language and number of the paragraphs of each row, by article and row id."""
    return {(row.article, row.id): frozenset((r.language, r.number) for r in row.references) for row in rows}


def article_groups(rows: Iterable[CorpusRow]) -> dict[str, ArticleGroup]:
    """Return the articles of the rows by id, with each paragraph at the index that its row's nodes give."""
    units: dict[str, dict[str, list[Paragraph]]] = {}
    for row in rows:
        lists = units.setdefault(row.article, {code: [] for code in row.texts})
        parts = {code: iter(text.split(PARAGRAPH_JOINER)) for code, text in row.texts.items()}
        for code, number, _ in row.references:
            lists[code].append(Paragraph(number, "paragraph", next(parts[code]), (), code))
    return {id: ArticleGroup(id, tuple(map(_article, lists, lists.values()))) for id, lists in units.items()}


def _article(language: str, paragraphs: Sequence[Paragraph]) -> Article:
    return Article("", language, 1.0, tuple(paragraphs), (), "")
