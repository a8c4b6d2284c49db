"""Results as text lines for the terminal and as plain values for JSON."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.datatypes import SEVERITIES, Rejection
from pipeline.evaluation.evaluate import Evaluation, Reliability, Score
from pipeline.invocation import synoptic
from pipeline.matching.verdicts import NOTHING_TO_COMPARE
from pipeline.run.summary import Summary
from pipeline.store.cache import Usage

if TYPE_CHECKING:
    from pipeline.calibration.measure import Measured
    from pipeline.decisions.incoming import Incoming
    from pipeline.exports.write import Export

MAX_LISTED = 5
"""Rejected files or duplicates that the summary names; `articles.csv` has them all."""

MAX_FORECAST = 50_000
"""Rows of a corpus whose forecast a run prints: reading them back takes a few seconds."""

_FATES = {
    "stands": "in effect",
    "superseded": "overruled by later ones",
    "idle": "about findings that are gone",
}
"""What the summary says of decisions, by their state in `run.json`; the others are told by their names."""


def calibration_lines(measured: Measured, path: Path) -> Iterator[str]:
    """Yield the calibration of a model, a doubt about it if there is one, and the path of its file."""
    same, same_sd, other, other_sd = measured.likeness
    yield f"translated sentences: cosine {same:.2f}, standard deviation {same_sd:.2f}"
    yield f"unrelated sentences:  cosine {other:.2f}, standard deviation {other_sd:.2f}"
    if doubt := measured.doubt():
        yield f"do not rely on it: {doubt}"
    yield f"stored in {printable(str(path))}"


def summary_lines(summary: Summary) -> Iterator[str]:
    """Yield the result of a run and where to find it."""
    alone, duplicates = summary.verdicts.get("alone", 0), len(summary.duplicates)
    others = {"alone": alone, "duplicate": duplicates, "rejected": len(summary.rejections)}
    matched = summary.files - sum(others.values())
    files = {f"in {_count(summary.articles, 'article')}": matched, **others}
    yield f"{_count(summary.files, 'file')}: {_listing(files)}"
    yield f"{_count(sum(summary.rows.values()), 'row')}: {_listing(summary.rows)}"
    graded = {severity: summary.findings.get(severity, 0) for severity in SEVERITIES}
    yield f"{_count(sum(graded.values()), 'finding')}: {_listing(graded | {'dismissed': summary.dismissed})}"
    yield from _decision_lines(summary)
    table = f"articles{_suffix(summary.out)}"
    yield from _named_files("rejected", summary.rejections, table)
    yield from _named_files("duplicate", summary.duplicates, table)
    yield from _named_files("alone", summary.alone, table)
    if any(alone.reason != NOTHING_TO_COMPARE for alone in summary.alone):
        yield (
            "  (a file whose translation is here after all: name both in one line of pairs.csv "
            "beside the raw files, below a line it,ko or the like)"
        )
    yield from _named_files("damaged?", summary.suspicious, table)
    yield from (f"  {printable(note)}" for note in summary.notes)
    yield f"{summary.seconds:.1f} s"
    yield from _result_lines(summary.out)


RESULTS = {
    "corpus": "the paragraphs side by side",
    "articles": "what happened to every file",
    "findings": "what to review",
    "review": "all of it on one page",
}
"""What the tables and the page of a run hold."""


def _result_lines(out: Path) -> Iterator[str]:
    """Yield the paths of the results, and the command that shows them; all can be copied as they are."""
    suffixes = dict.fromkeys(RESULTS, _suffix(out))
    suffixes["review"] = ".html"
    command = synoptic(f"review {shlex.quote(str(out))}")
    lines = {str(out / f"{name}{suffixes[name]}"): text for name, text in RESULTS.items()}
    lines[command] = "shows the page and saves your decisions"
    width = max(map(len, lines))
    yield from (f"{printable(path):<{width}}  {text}" for path, text in lines.items())


def _suffix(out: Path) -> str:
    """Return the ending of the tables in `out`."""
    return ".parquet" if (out / "corpus.parquet").is_dir() else ".csv"


def forecast_lines(summary: Summary) -> Iterator[str]:
    """Yield what is left to look at; nothing for a corpus that would take long to read back."""
    if 0 < sum(summary.rows.values()) <= MAX_FORECAST:
        from pipeline.exports.doubts import forecast_of

        yield forecast_of(summary.out).sentence()


def apply_lines(incoming: Incoming, dry_run: bool) -> Iterator[str]:
    """Yield the imported decisions, all conflicts, and the first warnings (all of them in a dry run)."""
    kinds = Counter(decision.kind for decision in incoming.decisions)
    verb = "would be imported" if dry_run else "imported"
    yield f"{_count(len(incoming.decisions), 'decision')} {verb}: {_listing(kinds)}"
    listed = len(incoming.warnings) if dry_run else MAX_LISTED
    for warning in incoming.warnings[:listed]:
        yield f"  skipped: {printable(warning)}"
    if incoming.warnings[listed:]:
        yield f"  skipped: {len(incoming.warnings) - listed:,} more; --dry-run lists them all"
    for conflict in incoming.conflicts:
        yield f"  conflict: {printable(str(conflict))}"


def export_lines(export: Export) -> Iterator[str]:
    """Yield the number of rows, the files and the notes of an export."""
    yield f"{_count(export.rows, 'row')}:"
    for path in export.files:
        yield f"  {printable(str(path))}"
    yield from export.notes


def _decision_lines(summary: Summary) -> Iterator[str]:
    """Yield the status of the reviewers' decisions, or nothing if there are none."""
    if summary.decisions:
        fates = {_FATES.get(state, state): number for state, number in summary.decisions.items()}
        of_them = " in effect" if list(fates) == ["in effect"] else f": {_listing(fates)}"
        yield f"{_count(sum(fates.values()), 'decision')}{of_them}"
    for decision in summary.stale[:MAX_LISTED]:
        place = f"in “{printable(decision.name)}”" if decision.name else printable(decision.id)
        yield f"  stale: {decision.kind} {place}: {printable(decision.reason)}"
    for line, reason in summary.unreadable[:MAX_LISTED]:
        yield f"  line {line} of decisions.csv is skipped: {printable(reason)}"
    more = len(summary.stale[MAX_LISTED:]) + len(summary.unreadable[MAX_LISTED:])
    if more:
        yield f"  and {more:,} more in run.json"


def cache_lines(usage: Usage) -> Iterator[str]:
    """Yield the size of the cache and its number of entries by kind."""
    yield f"{printable(str(usage.folder))}: {size_in_words(usage.bytes)} in {_count(usage.packs, 'file')}"
    for kind, entries in usage.entries.items():
        yield f"{kind:<10}{entries:>10,}"
    if usage.damaged:
        yield f"{_count(usage.damaged, 'file')} damaged; the next run recomputes the content"


def size_in_words(size: int) -> str:
    """Return a number of bytes in a suitable unit."""
    number, unit = float(size), "bytes"
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < 1000 or unit == "GB":
            break
        number /= 1000
    return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"


def evaluation_lines(scores: Evaluation) -> Iterator[str]:
    """Yield the scores of a run as a table, then the lost paragraphs and the calibration."""
    yield f"{'':<16}{'precision':>10}{'recall':>10}{'F1':>10}{'said':>10}{'gold':>10}"
    yield _score_line("articles", scores.articles)
    yield _score_line("rows", scores.rows)
    for pair, of_pair in scores.pairs.items():
        for name, score in of_pair._asdict().items():
            yield _score_line(f"{'-'.join(pair)} {name.replace('_', '-')}", score)
    yield _score_line("one-sided", scores.one_sided)
    yield f"lost: {scores.lost:,} of {_count(scores.paragraphs, 'paragraph')}"
    yield from _calibration_lines("rows", scores.calibration)
    yield from _calibration_lines("unmatched rows", scores.calibration_unmatched)
    if scores.unknown_files:
        yield f"{_count(scores.unknown_files, 'file')} of the run not in the gold, ignored"


def evaluation_record(scores: Evaluation) -> Mapping[str, Any]:
    """Return the scores of a run as plain values for JSON."""
    return {
        "articles": scores.articles._asdict(),
        "rows": scores.rows._asdict(),
        "pairs": {
            "-".join(pair): {name: score._asdict() for name, score in of_pair._asdict().items()}
            for pair, of_pair in scores.pairs.items()
        },
        "one_sided": scores.one_sided._asdict(),
        "lost": scores.lost,
        "paragraphs": scores.paragraphs,
        "calibration": _calibration_record(scores.calibration),
        "calibration_unmatched": _calibration_record(scores.calibration_unmatched),
        "unknown_files": scores.unknown_files,
    }


def printable(text: str) -> str:
    """Return `text` with control characters and other unprintable ones escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _score_line(name: str, score: Score) -> str:
    numbers = "".join(f"{value:>10.4f}" for value in score[:3])
    return f"{name:<16}{numbers}{score.said:>10,}{score.gold:>10,}"


def _calibration_lines(name: str, calibration: Reliability) -> Iterator[str]:
    yield f"confidence of {calibration.rows:,} {name}: expected calibration error {calibration.error:.4f}"
    for part in calibration.bins:
        span = f"{part.low:.1f}-{part.high:.1f}"
        yield f"  {span:<14}{part.rows:>10,} rows, mean {part.confidence:.4f}, right {part.right:.4f}"


def _calibration_record(calibration: Reliability) -> Mapping[str, Any]:
    return calibration._asdict() | {"bins": [part._asdict() for part in calibration.bins]}


def _named_files(heading: str, files: Sequence[Rejection], table: str) -> Iterator[str]:
    for rejection in files[:MAX_LISTED]:
        yield f"  {heading}: {printable(rejection.file)}: {printable(rejection.reason)}"
    if len(files) > MAX_LISTED:
        yield f"  {heading}: {len(files) - MAX_LISTED} more, see {table}"


def _listing(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "none"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
