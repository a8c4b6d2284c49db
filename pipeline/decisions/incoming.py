"""Reads decisions from outside: a file saved by a reviewer, or an edited corpus table.

Decisions about rows or findings that the corpus does not have are skipped with a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.datatypes import fingerprint
from pipeline.decisions.conflicts import Conflict
from pipeline.decisions.edited import Edited, Remark, RowFinder, changes_of
from pipeline.decisions.formula_guard import guarded, unguarded
from pipeline.decisions.log import Log, parse_decisions
from pipeline.decisions.places import Places
from pipeline.decisions.record import Decision, is_number
from pipeline.decisions.replay import CorpusRow, article_groups, places_of, read_rows
from pipeline.decisions.resolve import resolve
from pipeline.decisions.splits import Splits
from pipeline.decisions.suppressions import suppressed_findings
from pipeline.errors import InputError
from pipeline.output.columns import FINDING_COLUMNS, named, text_column
from pipeline.output.reader import languages_of, read_table, table_of
from pipeline.store.plain_files import read_bytes


@dataclass(frozen=True, slots=True)
class Known:
    """The rows, findings and paragraphs of a corpus, which decisions may refer to."""

    languages: tuple[str, ...]
    rows: tuple[CorpusRow, ...]
    findings: tuple[tuple[str, str, str], ...]  # id, article and row id
    paragraphs: Mapping[str, Set[tuple[str, str]]]  # language and fingerprint, by article


@dataclass(slots=True)
class Incoming:
    """The contents of an incoming file."""

    decisions: list[Decision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def read_known(out: Path) -> Known:
    """Return what decisions may refer to in the corpus in `out`; raises `InputError`."""
    languages = languages_of(out)
    rows = tuple(read_rows(out, languages))
    paragraphs: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        paragraphs[row.article].update((r.language, r.fingerprint) for r in row.references)
    lines = table_of(out / "findings.csv", named(FINDING_COLUMNS, "id", "article", "row_id"))
    findings = tuple((line["id"], line["article"], line["row_id"]) for line in lines)
    return Known(languages, rows, findings, paragraphs)


def read_incoming(path: Path, known: Known, log: Log, by: str = "") -> Incoming:
    """Return the decisions in the file at `path`; raises `InputError`.

    `by` made those that name nobody.
    """
    header, lines, saved = _read(path)
    if saved is not None:
        return _from_log(saved, known, log, by)
    if "id" in header and any(text_column(code) in header for code in known.languages):
        return _from_table(header, lines, known, log, str(path), by)
    raise InputError(f"{path} has the columns of neither a decisions file nor a corpus table")


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], Log | None]:
    """Return the table in a file, and its decisions if it is a decisions file."""
    if path.suffix.lower() == ".xlsx":
        from pipeline.output.xlsx import read_xlsx

        header, lines = read_xlsx(path)
        return header, lines, None
    try:
        data = read_bytes(path, follow=True)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # "Unicode text" of a spreadsheet
        data = data.decode("utf-16", "replace").encode("utf-8", "replace")
    header, lines = read_table(data, str(path))
    is_log = {"id", "kind", "paragraphs"} <= set(header)
    return header, lines, parse_decisions(data, str(path)) if is_log else None


def _from_log(saved: Log, known: Known, log: Log, by: str) -> Incoming:
    """Return the decisions in a saved file whose subjects exist in the corpus."""
    incoming = Incoming(warnings=[f"line {line}: {reason}" for line, reason in saved.unreadable])
    ids = {decision.id for decision in (*saved.decisions, *log.decisions)}
    dismissing = _with_findings(saved.decisions, known)
    groups = article_groups(known.rows)
    splits = Splits([*log.decisions, *saved.decisions], groups, "paragraph")
    known = replace(known, paragraphs=_with_parts(known.paragraphs, splits))
    places = Places(splits.applied(groups), "paragraph", saved.decisions)
    for decision in saved.decisions:
        problem = splits.lost.get(decision.id) or _missing_subject(decision, known, ids, dismissing, places)
        if problem:
            incoming.warnings.append(f"{decision.kind} {decision.id}: {problem}")
        else:
            incoming.decisions.append(decision._replace(reviewer=decision.reviewer or by))
    return incoming


def _with_parts(
    paragraphs: Mapping[str, Set[tuple[str, str]]], splits: Splits
) -> Mapping[str, Set[tuple[str, str]]]:
    """Return the paragraphs with the parts of those that are split."""
    parts = {
        article: {(s.language, fingerprint(text)) for s in some for text in (s.head, s.tail)}
        for article, some in splits.by_article.items()
    }
    return {article: own | parts.get(article, set()) for article, own in paragraphs.items()}


def _with_findings(decisions: Sequence[Decision], known: Known) -> set[str]:
    """Return the ids of the dismissals that a finding of the corpus answers to.

    The number in the id of a finding changes as others like it come and go, so its paragraphs count.
    """
    some = [d for d in decisions if d.kind == "dismiss"]
    named = {id for id, _, _ in known.findings}
    if all(d.target in named for d in some):
        return {d.id for d in some}
    suppressions = resolve(some, article_groups(known.rows), "paragraph").suppressions
    return {d.id for d in some if d.target in named} | set(
        suppressed_findings(suppressions, known.findings, places_of(known.rows))
    )


def _missing_subject(
    decision: Decision, known: Known, ids: set[str], dismissing: set[str], places: Places
) -> str:
    """Return what a decision refers to that the corpus does not have, or ""."""
    if decision.kind == "withdraw":
        return "" if decision.target in ids else f"there is no decision {decision.target}"
    if decision.kind == "dismiss":
        return "" if decision.id in dismissing else f"there is no finding {decision.target}"
    fingerprints = known.paragraphs.get(decision.article)
    if places.article(decision) is not None:
        return ""
    articles = known.paragraphs.values() if fingerprints is None else (fingerprints,)
    missing = [
        r for r in decision.paragraphs if all((r.language, r.fingerprint) not in some for some in articles)
    ]
    if missing:
        numbers = ", ".join(f"{r.language} {r.number}" for r in missing)
        return f"{'the corpus' if fingerprints is None else 'its article'} has no such text: {numbers}"
    return ""


def _from_table(
    header: Sequence[str],
    lines: Iterable[tuple[int, list[str]]],
    known: Known,
    log: Log,
    name: str,
    by: str,
) -> Incoming:
    """Return the changes in a corpus table as decisions; raises `InputError`."""
    blank = dict.fromkeys(header, "")
    table = [(f"line {number}", blank | dict(zip(header, line, strict=False))) for number, line in lines]
    finder = RowFinder(known.rows, {values.get("article", "") for _, values in table})
    found: list[tuple[CorpusRow, Edited]] = []
    warnings: list[str] = []
    for place, values in table:
        id_, article = values["id"], values.get("article", "")
        row = finder.find(id_, article, values) or finder.find_damaged(id_, article, values)
        if row is None:
            where = f" in article {article!r}" if article else ""
            number = "; a spreadsheet may have turned its id into a number" if is_number(id_) else ""
            warnings.append(f"{place}: there is no row {id_!r}{where}{number}")
        else:
            found.append((row, _edited(place, row, values)))
    if table and not found:
        raise InputError(f"{name} has no row of this corpus: it belongs to another run")
    changes = changes_of(found, known.rows, log.decisions, by)
    return Incoming(changes.decisions, warnings + changes.warnings, changes.conflicts)


def _edited(place: str, row: CorpusRow, values: Mapping[str, str]) -> Edited:
    """Return a line of a table; an apostrophe that guards a cell from being a formula is removed."""
    cells = {code: values[text_column(code)] for code in row.texts if text_column(code) in values}
    texts = {
        code: unguarded(cell) if guarded(row.texts[code]) != row.texts[code] else cell
        for code, cell in cells.items()
    }
    review = values["review"].strip() if "review" in values else None
    return Edited(place, texts, review, (Remark(values.get("comment", "")),))
