"""The decisions of two reviewers who are half done with the demonstration corpus."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.datatypes import PARAGRAPH_JOINER, fingerprint
from pipeline.decisions.record import COLUMNS
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers
from synoptic import Corpus

Record = Mapping[str, Any]

APPROVED = 5
"""Rows of the article without a fault that have been approved."""


def write_decisions(corpus: Corpus, path: Path) -> None:
    """Write a decisions file for the corpus, as the review page saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\n", restval="")
        writer.writeheader()
        for number, decision in enumerate(_decisions(corpus)):
            own = {"id": f"demo{number:04}", "time": f"2026-03-02T09:{number:02}:00Z"}
            writer.writerow(own | decision)


def _decisions(corpus: Corpus) -> Iterator[dict[str, str]]:
    rows = corpus.rows.to_dict("records")
    article_of = dict(zip(corpus.articles["file"], corpus.articles["article"], strict=True))
    garden = [row for row in rows if row["article"] == article_of["orto.txt"]]
    for row in garden[:APPROVED]:
        yield _about(corpus, row, "approve", "Marta")
    for row in rows:
        rules = row["findings"].split()
        if row["article"] == article_of["traghetto.txt"] and "35 minut" in row["pl"]:
            text = row["pl"].replace("35 minut", "25 minut")
            yield _about(corpus, row, "propose", "Marta") | {"language": "pl", "text": text}
        elif "completeness.omitted-part" in rules:
            yield _about(corpus, row, "comment", "Jun") | {"text": "The rest of the paragraph is missing."}
        elif "language.untranslated" in rules:
            yield _about(corpus, row, "reject", "Jun")
    by_id = {row["id"]: row for row in rows}
    for finding in corpus.findings.to_dict("records"):
        if finding["rule"] == "completeness.moved":
            row = by_id[finding["row_id"]]
            yield _about(corpus, row, "dismiss", "Marta") | {"target": finding["id"]}


def _about(corpus: Corpus, row: Record, kind: str, reviewer: str) -> dict[str, str]:
    references = [
        f"{code}:{number}:{fingerprint(text)}"
        for code in corpus.languages
        if row[code]
        for number, text in zip(
            parse_paragraph_numbers(row[f"{code}_paragraphs"]), row[code].split(PARAGRAPH_JOINER), strict=True
        )
    ]
    return {
        "kind": kind, "reviewer": reviewer, "article": row["article"], "target": row["id"],
        "paragraphs": " ".join(references),
    }  # fmt: skip
