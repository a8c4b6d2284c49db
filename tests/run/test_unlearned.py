"""Runs in a language that the model has not learned: it is said at once, and where files are alone for it."""

import csv
import io
import json
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import Bars, PlainLines

DANISH = [
    "Broen over åen er lukket, fordi der bor oddere under den.",
    "Vandrere må gå en omvej på tre kilometer helt til september.",
]
ENGLISH = [
    "Nobody knows why the bell of the old school rang at midnight.",
    "The caretaker found the rope tied to the leg of a very surprised goat.",
]


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text("\n\n".join(DANISH), encoding="utf-8")
    (folder / "b.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    return folder


class Events:
    """Notes what is shown, in order."""

    def __init__(self):
        self.seen = []

    @contextmanager
    def stage(self, name, total=None):
        self.seen.append(name)
        yield lambda count: None

    def note(self, text):
        self.seen.append(text)


def test_the_warning_comes_before_anything_is_read(raw, tmp_path):
    events = Events()
    summary = run(Config(raw=raw, out=tmp_path / "out", languages=("en", "da"), jobs=1), events)
    warning, *stages = events.seen
    assert warning.startswith("the embedded model has not learned Danish (da), only English (en): ")
    assert stages[0] == "read"
    assert summary.notes[0] == warning


def test_reasons_and_record_name_the_cause(raw, tmp_path):
    result = CliRunner().invoke(main, ["align", str(raw), str(tmp_path / "out"), "--languages", "en,da"])
    assert result.exit_code == 0
    assert result.stderr.startswith("the embedded model has not learned Danish (da), only English (en): ")
    assert "--model" in result.stdout
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["model"]["not_learned"] == ["da"]
    assert record["notes"][0].startswith("the embedded model has not learned Danish (da)")
    with (tmp_path / "out" / "articles.csv").open(encoding="utf-8", newline="") as stream:
        danish, english = csv.DictReader(stream)
    assert (danish["verdict"], english["verdict"]) == ("alone", "alone")
    assert "; the embedded model has not learned Danish (da), the language of this file; " in danish["reason"]
    assert "has not learned Danish (da), in which its translation may be; " in english["reason"]


def test_quiet_and_known_languages_say_nothing(raw, tmp_path):
    command = ["align", str(raw), str(tmp_path / "out"), "--languages"]
    assert CliRunner().invoke(main, [*command, "en,da", "--quiet"]).output == ""
    assert "has not learned" not in CliRunner().invoke(main, [*command, "en,it"]).stderr


def test_notes_are_lines_on_standard_error(capsys):
    stream = io.StringIO()
    PlainLines(stream).note("hark")
    Bars().note("hark")
    assert (stream.getvalue(), capsys.readouterr().err) == ("hark\n", "hark\n")
