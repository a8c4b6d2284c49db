"""A run says which settings differ from those of the run before."""

import json
import shutil

import pytest

from pipeline.config import Config
from pipeline.run.changed_settings import note_on_settings
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import ROOT


def told(summary):
    return [note for note in summary.notes if "other settings" in note]


def test_a_forgotten_glossary_is_named(tmp_path):
    raw, out, terms = tmp_path / "raw", tmp_path / "out", tmp_path / "terms.csv"
    raw.mkdir()
    for name in ("faro.txt", "latarnia.txt"):
        shutil.copy(ROOT / "data" / "raw" / name, raw)
    terms.write_text("it,pl\nfaro,latarnia\n", encoding="utf-8")
    assert told(run(Config(raw=raw, out=out, glossary=terms), Silent())) == []
    [note] = told(run(Config(raw=raw, out=out), Silent()))
    assert note.startswith("since the last run, other settings: glossary (was ")
    assert note.endswith("terms.csv, is none)")
    assert told(run(Config(raw=raw, out=out, jobs=2), Silent())) == []


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"settings": 3}', '{"settings": {"skip": {"a": [1]}}}'])
def test_a_record_may_hold_anything(tmp_path, record):
    (tmp_path / "run.json").write_text(record, encoding="utf-8")
    assert len(note_on_settings(tmp_path, Config())) == ("skip" in record)


def test_long_values_are_cut(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"settings": {"skip": ["names"] * 500}}), encoding="utf-8")
    [note] = note_on_settings(tmp_path, Config())
    assert note.endswith("names, is none)")
    assert "…" in note
    assert len(note) < 150
