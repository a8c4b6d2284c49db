"""Files in languages that a run does not expect: they stay alone, and a command takes them in."""

import csv
import shlex

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.datatypes import Rejection
from pipeline.languages.codes import DETECTABLE_LANGUAGES, MAX_LANGUAGES
from pipeline.run.unexpected import note_on_unexpected

TEXTS = {
    "barca.txt": "La barca rossa è rimasta tutto l'inverno in spiaggia.\n\nA marzo l'hanno dipinta di blu.",
    "lodka.txt": "Czerwona łódka przez całą zimę leżała na plaży.\n\nW marcu ktoś pomalował ją na niebiesko.",
    "boot.txt": "Das rote Boot lag den ganzen Winter am Strand.\n\nIm März hat es jemand blau gestrichen.",
    "czlon.txt": "Červená loďka ležela celou zimu na pláži.\n\nV březnu ji někdo natřel na modro.",
}


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def reasons(out):
    with (out / "articles.csv").open(encoding="utf-8", newline="") as stream:
        return {line["file"]: line["reason"] for line in csv.DictReader(stream)}


def test_the_command_of_the_note_takes_the_files_in(raw, tmp_path):
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["align", str(raw), str(out)])
    reason = reasons(out)["boot.txt"]
    assert reason.startswith("is in German (de), not in Italian (it), Korean (ko) or Polish (pl); ")
    assert reason.endswith("--languages it,ko,pl,de takes it in")
    (note,) = (line for line in result.stdout.splitlines() if line.lstrip().startswith("left alone"))
    assert "1 in German (de) and 1 in Czech (cs)" in note
    command = note.partition("takes them in: ")[2].partition(" (the ")[0]
    _, *arguments = shlex.split(command)
    again = CliRunner().invoke(main, arguments[arguments.index("align") :])
    assert again.exit_code == 0
    assert not any("takes it in" in reason for reason in reasons(out).values())
    assert "left alone" not in again.stdout


def test_the_command_names_the_model_of_the_run_and_what_it_has_not_learned(tmp_path):
    (tmp_path / "README.md").write_text("---\nlanguage: [it, pl, de]\n---\n", encoding="utf-8")
    config = Config(model=str(tmp_path))
    (note,) = note_on_unexpected([Rejection("a", "", "de")], config)
    assert note.endswith(f"--languages it,ko,pl,de --model {tmp_path}")
    (note,) = note_on_unexpected([Rejection("a", "", "de"), Rejection("b", "", "cs")], config)
    assert "has not learned Czech (cs);" in note


def test_nothing_is_said_of_other_rejections():
    assert note_on_unexpected([Rejection("a", "is empty")], Config()) == []


def test_a_run_of_all_the_languages_that_it_can_have_gets_no_command():
    many = DETECTABLE_LANGUAGES[-MAX_LANGUAGES:]
    assert "de" not in many
    (note,) = note_on_unexpected([Rejection("a", "", "de")], Config(languages=many))
    assert note.endswith("1 in German (de); a run takes at most 16 languages")
