"""A run in languages that only the embedded encoder of sixteen knows, from raw files to rows."""

import csv
import io
import json

from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import PlainLines
from tests.run.stories import STORY

LOST = 3
"""The paragraph that the Japanese file lacks."""


def test_four_languages_are_matched_and_aligned(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for number, (code, paragraphs) in enumerate(STORY.items()):
        kept = [text for k, text in enumerate(paragraphs) if code != "ja" or k != LOST]
        (raw / f"file{number}.txt").write_text("\n\n".join(kept), encoding="utf-8")
    summary = run(Config(raw=raw, out=out, languages=tuple(STORY), jobs=1), PlainLines(io.StringIO()))
    with (out / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        rows = [tuple(row[code] for code in STORY) for row in csv.DictReader(stream)]
    expected = list(zip(*STORY.values(), strict=True))
    expected[LOST] = tuple(
        text if code != "ja" else "" for code, text in zip(STORY, expected[LOST], strict=True)
    )
    assert rows == expected
    assert summary.notes == ()
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["model"]["name"] == "embedded wide"
