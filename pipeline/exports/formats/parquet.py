"""Parquet for the Hugging Face `Translation` feature, with a dataset card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.exports.card import dataset_card
from pipeline.exports.content import Content
from pipeline.exports.formats.jsonl import records

SUFFIX = ".parquet"

_BATCH = 10_000


def write(content: Content, folder: Path) -> tuple[int, list[str]]:
    """Write `data/train-00000-of-00001.parquet` and `README.md`; return the number of rows and notes."""
    (folder / "data").mkdir()
    name = "data/train-00000-of-00001.parquet"
    schema = _schema(content)
    rows = 0
    with pq.ParquetWriter(folder / name, schema, compression="zstd") as writer:
        for batch in _batches(records(content)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            rows += len(batch)
    (folder / "README.md").write_text(dataset_card(content, name, rows), encoding="utf-8")
    return rows, []


def _schema(content: Content) -> pa.Schema:
    """Return the schema, with the metadata from which `datasets` recognises the `Translation` feature."""
    value = {"dtype": "string", "_type": "Value"}
    features = {
        "id": value,
        "article": value,
        "row": {"dtype": "int32", "_type": "Value"},
        "translation": {"languages": list(content.languages), "_type": "Translation"},
        "confidence": {"dtype": "float32", "_type": "Value"},
        "status": value,
        "review": value,
        "findings": {"feature": value, "_type": "Sequence"},
    }
    fields = [
        ("id", pa.string()),
        ("article", pa.string()),
        ("row", pa.int32()),
        ("translation", pa.struct([(code, pa.string()) for code in content.languages])),
        ("confidence", pa.float32()),
        ("status", pa.string()),
        ("review", pa.string()),
        ("findings", pa.list_(pa.string())),
    ]
    return pa.schema(fields, metadata={"huggingface": json.dumps({"info": {"features": features}})})


def _batches(items: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
