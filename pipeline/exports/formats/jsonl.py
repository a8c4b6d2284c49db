"""JSON Lines for the Hugging Face `Translation` feature, with a dataset card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.exports.card import dataset_card
from pipeline.exports.content import Content

SUFFIX = ".jsonl"


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `data/train.jsonl` and `README.md` into the folder; return the number of rows and notes."""
    (folder / "data").mkdir()
    rows = 0
    with (folder / "data" / "train.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for record in records(content):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            rows += 1
    (folder / "README.md").write_text(dataset_card(content, "data/train.jsonl", rows), encoding="utf-8")
    return rows, []


def records(content: Content) -> Iterator[dict[str, Any]]:
    """Yield the rows with at least two of the languages; missing languages are None."""
    for row in content.rows:
        if len(row.filled(content.languages)) > 1:
            yield {
                "id": row.id,
                "article": row.article,
                "row": row.number,
                "translation": {code: row.texts.get(code) or None for code in content.languages},
                "confidence": float(row.confidence),
                "status": row.status,
                "review": row.review,
                "findings": list(dict.fromkeys(finding.rule for finding in row.findings)),
            }
