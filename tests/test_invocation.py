"""Commands in messages can be copied as they are."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import invocation
from pipeline.embedding import sources
from pipeline.embedding.encoders import load_encoder
from pipeline.errors import SettingError


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """An environment below the working directory whose programs the shell does not find."""
    scripts = tmp_path / "il mio env" / "bin"
    scripts.mkdir(parents=True)
    for name in ("python", "synoptic", "pip"):
        (scripts / name).write_text("#!/bin/sh\necho called $0 $*\n")
        (scripts / name).chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(scripts / "python"))
    monkeypatch.setattr(sys, "prefix", str(scripts.parent))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    return scripts


def called(command):
    return subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout


def test_a_program_that_the_shell_does_not_find_is_named_by_its_path(environment):
    assert called(invocation.synoptic("review out")) == "called il mio env/bin/synoptic review out\n"
    assert called(invocation.installation("parquet")).endswith("install synoptic-corpus[parquet]\n")


def test_from_another_folder_the_path_is_absolute(environment, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert called(invocation.synoptic("-h")) == f"called {environment / 'synoptic'} -h\n"


def test_a_program_that_the_shell_finds_is_named_alone(environment, monkeypatch):
    monkeypatch.setenv("PATH", f"{environment}:/usr/bin:/bin")
    assert invocation.synoptic("review") == "synoptic review"


def test_another_program_of_that_name_is_not_taken(environment, monkeypatch, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "synoptic").write_text("#!/bin/sh\necho a notes manager\n")
    (other / "synoptic").chmod(0o755)
    monkeypatch.setenv("PATH", f"{other}:/usr/bin:/bin")
    assert "notes manager" not in called(invocation.synoptic("review"))


def test_without_a_script_python_runs_the_package(environment):
    (environment / "synoptic").unlink()
    assert called(invocation.synoptic("review")).endswith("-m pipeline review\n")


def test_a_checkout_brings_other_models_by_make(monkeypatch, tmp_path):
    checkout = Path(invocation.__file__).parents[1]
    monkeypatch.setattr(sys, "prefix", str(checkout / ".venv"))
    monkeypatch.chdir(checkout)
    assert invocation.installation("models") == "make models"
    monkeypatch.chdir(tmp_path)
    assert invocation.installation("models") == f"make -C {checkout} models"


def test_a_model_that_needs_more_libraries_says_how_to_get_them(environment, monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    monkeypatch.setattr(sources, "is_cached", lambda name: True)
    with pytest.raises(SettingError, match=r"needs sentence_transformers: .*corpus\[models\]"):
        load_encoder("any/name")
