"""Check translations that were aligned elsewhere, as a run checks its own rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pipeline.bitexts import Bitext, Segment, read_bitext
from pipeline.bitexts.codes import differing_codes
from pipeline.bitexts.limits import beyond_limits
from pipeline.checks.check import check
from pipeline.checks.families.terms import Glossary
from pipeline.checks.findings import known_rules
from pipeline.checks.own_rules import OwnRules
from pipeline.checks.rules import Rule
from pipeline.checks.selection import Selection
from pipeline.checks.vectors import vectors_of_rows
from pipeline.datatypes import PARAGRAPH_JOINER, Finding, Paragraph, Row
from pipeline.detection.detector import LanguageDetector
from pipeline.embedding.embedded import model_for
from pipeline.embedding.encoders import Encoder, load_encoder
from pipeline.engines import load_engine
from pipeline.errors import InputError, SettingError
from pipeline.languages.codes import is_language, language_code
from pipeline.output.columns import DISMISSED
from pipeline.rows.from_alignment import content_id, number_repeats, row_status
from pipeline.segmentation.sentences import split_sentences


class BitextReport(NamedTuple):
    """The rows of a file and their findings."""

    file: str
    rows: list[Row]
    lines: dict[str, int]  # where each row begins in the file, by its id; 0 if unknown
    findings: list[Finding]
    rules: Mapping[str, Rule]  # all that there are, by name
    comments: Mapping[str, str] = MappingProxyType({})  # of those who judged findings earlier, by id
    known: int = 0  # findings left out because a baseline has them

    @property
    def open(self) -> list[Finding]:
        """The findings that nobody has dismissed."""
        return [finding for finding in self.findings if finding.status != DISMISSED]


def check_bitext(
    path: Path,
    languages: Sequence[str] = (),
    model: str | None = None,
    selection: Selection = Selection(),  # noqa: B008 (immutable)
    glossary: Glossary | None = None,
    similarity: bool = True,
    rules: OwnRules | None = None,
    preferred: Sequence[str] = (),
) -> BitextReport:
    """Read a CSV, TMX or XLIFF file and check its rows; raises `SynopticError`.

    `languages` selects languages of the file, the source first (default: all); of `preferred` ones, those
    that the file has are taken. `rules` are those of the user. Without `similarity`, no
    encoder is loaded and checks that compare meaning are skipped.
    """
    bitext = read_bitext(path)
    there = [code for code in map(language_code, preferred) if code in bitext.languages]
    picked = chosen(bitext, tuple(map(language_code, languages)) or there, str(path))
    encoder = load_encoder(model_for(model, picked)) if similarity and selection.needs_vectors() else None
    checked = check_segments(bitext, picked, str(path), path.stem, encoder, selection, glossary, rules)
    return checked._replace(file=path.name)


def check_segments(
    bitext: Bitext,
    languages: Sequence[str],
    name: str,
    article: str,
    encoder: Encoder | None = None,
    selection: Selection = Selection(),  # noqa: B008 (immutable)
    glossary: Glossary | None = None,
    rules: OwnRules | None = None,
) -> BitextReport:
    """Check the rows of a bitext in the given languages; raises `SynopticError`.

    `name` identifies the bitext in messages, and `article` is the article of segments without one. Without
    an `encoder`, checks that compare meaning are skipped.
    """
    rows = rows_of(bitext, languages, article)
    if not rows:
        raise InputError(f"{name} has no row with text in two languages")
    vectors = vectors_of_rows(rows, encoder) if encoder else None
    segments = _kept(bitext.segments, rows)
    own = [
        [
            *(differing_codes(segment, languages) if segment.codes else ()),
            *(beyond_limits(segment, languages) if segment.limits else ()),
        ]
        for segment in segments
    ]
    with load_engine("local") as engine:
        findings = check(rows, vectors, glossary, selection, engine, own, rules)
    lines = {row.id: segment.line for row, segment in zip(rows, segments, strict=True)}
    return BitextReport(name, rows, lines, findings, known_rules(rules))


def chosen(bitext: Bitext, languages: Sequence[str], name: str) -> tuple[str, ...]:
    """Return the languages to compare, the source first: the requested ones or all.

    Raises `SettingError` for a language that the bitext lacks, `InputError` if there are fewer than two.
    """
    missing = [code for code in languages if code not in bitext.languages]
    if missing:
        raise SettingError(f"{name} has no {missing[0]!r}; its languages are {' '.join(bitext.languages)}")
    if len(set(languages)) < len(languages):
        raise SettingError(f"a language is repeated in {','.join(languages)}")
    if len(languages) == 1 or len(bitext.languages) < 2:
        raise InputError(f"checking {name} needs at least two languages")
    return tuple(languages) or bitext.languages


def rows_of(bitext: Bitext, languages: Sequence[str], article: str) -> list[Row]:
    """Return a row for each segment; segments without an article belong to `article`.

    Of an article, only the languages that it has take part: one that was not translated into a language lacks
    no paragraph in it.
    """
    cells = _cells(bitext, languages)
    of_group = _languages_of_groups(bitext.segments, languages)
    rows = []
    for number, segment in enumerate(bitext.segments, 1):
        known = of_group.get(segment.group, languages)
        present = tuple(code for code in known if code in segment.texts)
        texts = tuple(cells[code][number - 1] for code in present)
        id_ = segment.id or content_id(present, texts)
        rows.append(
            Row(segment.group or article, number, id_, present, texts, segment.confidence, row_status(texts))
        )
    ids = number_repeats(row.id for row in rows)
    return [replace(row, id=id) for row, id in zip(rows, ids, strict=True)]


def _languages_of_groups(segments: Sequence[Segment], languages: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return the languages in which an article has any text, if they are two at least, by its name."""
    filled: dict[str, set[str]] = {}
    for segment in segments:
        if segment.group:
            texts = (code for code, text in segment.texts.items() if text.strip())
            filled.setdefault(segment.group, set()).update(texts)
    own = {group: [code for code in languages if code in those] for group, those in filled.items()}
    return {group: codes for group, codes in own.items() if len(codes) > 1}


def _kept(segments: Sequence[Segment], rows: Sequence[Row]) -> Sequence[Segment]:
    return [segments[row.number - 1] for row in rows]


def _cells(bitext: Bitext, languages: Sequence[str]) -> dict[str, list[tuple[Paragraph, ...]]]:
    """Return the cells of each language; paragraph languages are detected as in a text of the column's."""
    known = all(map(is_language, languages))
    detector = LanguageDetector(languages) if known else None
    cells: dict[str, list[tuple[Paragraph, ...]]] = {}
    for code in languages:
        parts = [_parts(segment.texts.get(code, "")) for segment in bitext.segments]
        flat = [text for texts in parts for text in texts]
        found = iter(detector.paragraphs(flat, code) if detector else [""] * len(flat))
        cells[code] = [
            tuple(
                Paragraph(number, "paragraph", text, split_sentences(text, code), next(found))
                for number, text in enumerate(texts, 1)
            )
            for texts in parts
        ]
    return cells


def _parts(text: str) -> list[str]:
    """Return the paragraphs of a cell; joining them restores its text."""
    return text.split(PARAGRAPH_JOINER) if text.strip() else []
