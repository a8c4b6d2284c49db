"""Score a finished run against a gold file.

Runs and gold are compared by file and paragraph number, never by text. Files that the gold does not name
are ignored, as if they were absent from the run. `docs/evaluation.md` explains the scores.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.errors import InputError
from pipeline.evaluation.gold import FileParagraph, Gold, KnownArticle
from pipeline.output.reader import parquet_lines
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers
from pipeline.store.plain_files import is_folder, opened

BINS = 10
"""Number of equal-width confidence bins over 0..1."""

_MATCHED = ("parallel", "partial")
_SUFFIX = "_paragraphs"

Bead = tuple[frozenset[FileParagraph], frozenset[FileParagraph]]
"""The two sides of a row, seen in one pair of languages."""

T = TypeVar("T")


class Score(NamedTuple):
    """Precision, recall and F1, 0..1, with the numbers of items in the run and in the gold.

    Precision is 1 if the run has no items; recall is 1 if the gold has none.
    """

    precision: float
    recall: float
    f1: float
    said: int  # by the run
    gold: int


class Bin(NamedTuple):
    """Rows whose confidence is in `low` .. `high`."""

    low: float
    high: float
    rows: int
    confidence: float  # mean
    right: float  # share of rows that are exactly in the gold


class Reliability(NamedTuple):
    """Calibration of the confidences; empty bins are omitted."""

    error: float  # expected calibration error, 0..1, lower is better
    rows: int
    bins: tuple[Bin, ...]


class PairScores(NamedTuple):
    """The scores of one pair of languages."""

    strict: Score
    lax: Score
    one_sided: Score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores of a run."""

    articles: Score  # pairs of files of the same article
    rows: Score  # whole rows of two or more languages
    pairs: Mapping[tuple[str, str], PairScores]
    one_sided: Score  # paragraphs without counterpart, over all pairs
    lost: int  # paragraphs of matched files that are in no row
    paragraphs: int  # of matched files
    calibration: Reliability  # of rows of two or more languages
    calibration_unmatched: Reliability  # of rows of one language
    unknown_files: int  # files of the run that the gold does not name


class RunFile(NamedTuple):
    """The result of a run for one file."""

    article: str  # "" if it is in none
    language: str
    paragraphs: int
    rejected: bool


class RunRow(NamedTuple):
    """A row of a run."""

    article: str
    nodes: frozenset[FileParagraph]
    confidence: float


@dataclass(frozen=True, slots=True)
class RunResult:
    """The alignment in a finished run."""

    files: Mapping[str, RunFile]
    rows: tuple[RunRow, ...]


def read_run(out: Path) -> RunResult:
    """Read the run in the folder `out`; raises `InputError`."""
    lines = _table(out / "articles.csv", ("file", "article", "language", "paragraphs", "verdict"))
    try:
        files = {line["file"]: _run_file(line) for line in lines}
        by_place = {(file.article, file.language): name for name, file in files.items() if file.article}
        rows = tuple(_run_rows(_table(out / "corpus.csv", ("article", "confidence")), by_place))
    except ValueError as error:
        raise InputError(f"the tables in {out} are not the output of a run: {error}") from error
    for row in rows:
        for name, number in row.nodes:
            if number > files[name].paragraphs:
                raise InputError(f"{out / 'corpus.csv'} has paragraph {number} of {name}, which has fewer")
    return RunResult(files, rows)


def evaluate(gold: Gold, run: RunResult) -> Evaluation:
    """Return the scores of a run; raises `InputError` if the gold does not match its files."""
    check_fit(gold, run)
    known = gold.languages()
    said = _run_articles(run, known)
    rows = [RunRow(row.article, _restricted(row.nodes, known), row.confidence) for row in run.rows]
    gold_views, said_views = pair_views(gold.articles), pair_views(said)
    matched = {name for article in said for name in article.languages}
    paragraphs = sum(run.files[name].paragraphs for name in matched)
    return Evaluation(
        articles=strict_score(_file_pairs(said), _file_pairs(gold.articles)),
        rows=strict_score(_multilingual_rows(said), _multilingual_rows(gold.articles)),
        pairs={
            pair: _pair_scores(said_views.get(pair, _EMPTY_VIEW), gold_views.get(pair, _EMPTY_VIEW))
            for pair in sorted({*gold_views, *said_views})
        },
        one_sided=strict_score(_one_sided_paragraphs(said_views), _one_sided_paragraphs(gold_views)),
        lost=paragraphs - len({node for row in rows for node in row.nodes}),
        paragraphs=paragraphs,
        calibration=calibration(_confidences(rows, gold, unmatched=False)),
        calibration_unmatched=calibration(_confidences(rows, gold, unmatched=True)),
        unknown_files=sum(name not in known for name in run.files),
    )


def check_fit(gold: Gold, run: RunResult) -> None:
    """Raise `InputError` unless the run has every file of the gold with the same number of paragraphs.

    Otherwise paragraph numbers would not be comparable.
    """
    for name in gold.languages():
        if name not in run.files:
            raise InputError(f"the gold names {name}, but the run has no such file")
    for name, count in gold.paragraph_counts().items():
        found = run.files[name]
        if not found.rejected and found.paragraphs != count:
            raise InputError(
                f"the gold has {count} paragraphs of {name}, the run {found.paragraphs}; "
                f"`synoptic segment` shows the paragraph numbers of a file"
            )


def strict_score(said: AbstractSet[T], gold: AbstractSet[T]) -> Score:
    """Score items by exact match."""
    right = len(said & gold)
    return _score(right, len(said), right, len(gold))


def lax_score(said: AbstractSet[Bead], gold: AbstractSet[Bead]) -> Score:
    """Score beads by overlap, as in Vecalign.

    A bead is right if it shares a paragraph on each side with the same bead of the other set (Thompson &
    Koehn, Vecalign: Improved Sentence Alignment in Linear Time and Space, EMNLP 2019). Precision counts the
    beads of the run, recall those of the gold. One-sided rows are not beads and are scored separately.
    """
    return _score(_overlapping(said, gold), len(said), _overlapping(gold, said), len(gold))


def calibration(judged: Sequence[tuple[float, bool]]) -> Reliability:
    """Return the calibration of (confidence, whether the row is right) pairs.

    The expected calibration error is the mean absolute difference between mean confidence and share of
    right rows over `BINS` equal-width bins, weighted by their rows (Naeini, Cooper & Hauskrecht, Obtaining
    well calibrated probabilities using Bayesian binning, AAAI 2015). The last bin includes 1.
    """
    sorted_in: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        sorted_in[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    bins = tuple(_bin(place, sorted_in[place]) for place in sorted(sorted_in))
    distance = sum(part.rows * abs(part.confidence - part.right) for part in bins)
    return Reliability(distance / max(1, len(judged)), len(judged), bins)


class PairView(NamedTuple):
    """All rows, projected onto one language pair."""

    beads: AbstractSet[Bead]
    one_sided: AbstractSet[FileParagraph]


_EMPTY_VIEW = PairView(frozenset(), frozenset())


def pair_views(articles: Iterable[KnownArticle]) -> dict[tuple[str, str], PairView]:
    """Project the rows of the articles onto each language pair."""
    beads: defaultdict[tuple[str, str], set[Bead]] = defaultdict(set)
    one_sided: defaultdict[tuple[str, str], set[FileParagraph]] = defaultdict(set)
    for article in articles:
        for pair, left_file, right_file in _language_pairs(article.languages):
            for row in article.rows:
                left = frozenset(node for node in row if node[0] == left_file)
                right = frozenset(node for node in row if node[0] == right_file)
                if left and right:
                    beads[pair].add((left, right))
                else:
                    one_sided[pair] |= left | right
    return {pair: PairView(beads[pair], one_sided[pair]) for pair in {*beads, *one_sided}}


def _language_pairs(languages: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Yield each language pair of an article with its two files."""
    ordered = sorted((code, name) for name, code in languages.items())
    for (code, name), (other_code, other_name) in combinations(ordered, 2):
        if code != other_code:  # a misdetected language may put two files of one language together
            yield (code, other_code), name, other_name


def _pair_scores(said: PairView, gold: PairView) -> PairScores:
    return PairScores(
        strict=strict_score(said.beads, gold.beads),
        lax=lax_score(said.beads, gold.beads),
        one_sided=strict_score(said.one_sided, gold.one_sided),
    )


def _score(right_said: int, said: int, right_gold: int, gold: int) -> Score:
    precision = right_said / said if said else 1.0
    recall = right_gold / gold if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(precision, recall, f1, said, gold)


def _overlapping(beads: AbstractSet[Bead], others: AbstractSet[Bead]) -> int:
    links = {link for bead in others for link in product(*bead)}
    return sum(any(link in links for link in product(*bead)) for bead in beads)


def _bin(place: int, judged: Sequence[tuple[float, bool]]) -> Bin:
    return Bin(
        low=place / BINS,
        high=(place + 1) / BINS,
        rows=len(judged),
        confidence=sum(confidence for confidence, _ in judged) / len(judged),
        right=sum(right for _, right in judged) / len(judged),
    )


def _run_articles(run: RunResult, known: Mapping[str, str]) -> list[KnownArticle]:
    """Return the articles of a run with their known files; the gold's language codes take precedence."""
    languages: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, file in run.files.items():
        if file.article and name in known:
            languages[file.article][name] = known[name] or file.language
    rows: defaultdict[str, list[frozenset[FileParagraph]]] = defaultdict(list)
    for row in run.rows:
        rows[row.article].append(_restricted(row.nodes, known))
    return [KnownArticle(files, tuple(rows[article])) for article, files in languages.items()]


def _restricted(nodes: frozenset[FileParagraph], known: Mapping[str, str]) -> frozenset[FileParagraph]:
    return frozenset(node for node in nodes if node[0] in known)


def _file_pairs(articles: Iterable[KnownArticle]) -> set[frozenset[str]]:
    return {frozenset(pair) for article in articles for pair in combinations(article.languages, 2)}


def _multilingual_rows(articles: Iterable[KnownArticle]) -> set[frozenset[FileParagraph]]:
    return {row for article in articles for row in article.rows if _files(row) > 1}


def _files(row: frozenset[FileParagraph]) -> int:
    return len({file for file, _ in row})


def _one_sided_paragraphs(
    views: Mapping[tuple[str, str], PairView],
) -> set[tuple[tuple[str, str], FileParagraph]]:
    return {(pair, node) for pair, view in views.items() for node in view.one_sided}


def _confidences(rows: Iterable[RunRow], gold: Gold, unmatched: bool) -> list[tuple[float, bool]]:
    """Return each row's confidence and whether it is in the gold, for rows of one language or of several."""
    right = {row for article in gold.articles for row in article.rows}
    return [
        (row.confidence, row.nodes in right)
        for row in rows
        if row.nodes and (_files(row.nodes) == 1) == unmatched
    ]


def _run_file(line: Mapping[str, str]) -> RunFile:
    article = line["article"] if line["verdict"] in _MATCHED else ""
    return RunFile(article, line["language"], int(line["paragraphs"]), line["verdict"] == "rejected")


def _run_rows(
    lines: Iterable[Mapping[str, str]], by_place: Mapping[tuple[str, str], str]
) -> Iterator[RunRow]:
    """Yield the rows of `corpus.csv`; raises `ValueError` if `articles.csv` lacks a file."""
    for line in lines:
        nodes: list[FileParagraph] = []
        for column, cell in line.items():
            if not column.endswith(_SUFFIX) or not cell:
                continue
            place = (line["article"], column.removesuffix(_SUFFIX))
            if place not in by_place:
                raise ValueError(f"articles.csv has no file in {place[1]!r} of the article {place[0]!r}")
            nodes += ((by_place[place], number) for number in parse_paragraph_numbers(cell))
        confidence = float(line["confidence"])
        if not 0.0 <= confidence <= 1.0:
            raise ValueError(f"the confidence {line['confidence']} is not in 0..1")
        yield RunRow(line["article"], frozenset(nodes), confidence)


def _table(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the lines of an output table with the given columns and the paragraph numbers, without texts."""
    import pandas as pd

    def wanted(name: str) -> bool:
        return name in columns or name.endswith(_SUFFIX)

    folder = path.with_suffix(".parquet")
    try:
        if is_folder(folder) and not os.path.lexists(path):
            table = pd.DataFrame(parquet_lines(folder))
            table = table[list(filter(wanted, table.columns))]
        else:
            with opened(path) as stream:
                table = pd.read_csv(stream, dtype=str, keep_default_na=False, usecols=wanted, index_col=False)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    except ValueError as error:  # includes pandas' parser errors and decoding errors
        raise InputError(f"{path} is not a table of a run: {error}") from error
    for name in columns:
        if name not in table.columns:
            raise InputError(f"{path} has no column {name!r}")
    lines: list[dict[str, str]] = table.fillna("").to_dict("records")
    return lines
