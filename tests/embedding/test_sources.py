"""A model's name is judged before torch is needed, and what is wrong with it comes with what helps."""

import pytest
from click.testing import CliRunner
from huggingface_hub import HfApi

from pipeline.cli.needed import NEEDS_TORCH, needed
from pipeline.embedding import sources
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.sources import source_of
from pipeline.errors import ModelError


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, file in {"mine": "config.json", "empty": "notes.txt", "my org/model": "modules.json"}.items():
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / file).write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("model", "help"),
    [
        ("./nowhere", "no such folder; give the folder of a model, or leave --model out"),
        ("/no/such/folder", "no such folder"),
        ("models/mine/v2", "no such folder"),
        ("C:\\models\\mine", "no such folder"),
        ("a name/with spaces", "neither a folder nor a name such as"),
        ("", "give that of a model"),
        ("~/models", "no such folder"),
        ("über/modell", "neither a folder nor a name such as"),
        ("empty", "the folder has no modules.json or config.json"),
        ("mine/config.json", "it is a file; give the folder"),
    ],
)
def test_a_wrong_name_is_told_without_asking_anybody(here, monkeypatch, model, help):
    monkeypatch.setattr(sources, "is_cached", lambda name: pytest.fail("asked"))
    with pytest.raises(ModelError) as raised:
        source_of(model)
    assert help in str(raised.value)


def test_folders(here):
    assert source_of("mine") == "folder"
    assert source_of("my org/model") == "folder"
    assert source_of(str(EMBEDDED_MODEL)) == "static"


def test_a_model_in_the_cache_needs_no_hub(monkeypatch):
    monkeypatch.setattr(sources, "is_cached", lambda name: True)
    monkeypatch.setattr(HfApi, "model_info", lambda *_, **__: pytest.fail("asked"))
    assert source_of("owner/name") == "hub"


def test_a_hub_out_of_reach_is_one_line_with_what_helps(monkeypatch):
    def unreachable(*_, **__):
        raise ConnectionError("[Errno -2]\nName or service not known")

    monkeypatch.setattr(sources, "is_cached", lambda name: False)
    monkeypatch.setattr(HfApi, "model_info", unreachable)
    with pytest.raises(ModelError, match="cannot be reached; give the folder of a model, or leave") as raised:
        source_of("owner/name")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--languages", "it,pl", "-q"], 0),
        (["--model", str(EMBEDDED_MODEL)], 0),
        (["--languages", "it,pl", "--model=mine", "--level", "sentence"], NEEDS_TORCH),
        (["--model", "./nowhere"], 2),
    ],
)
def test_make_learns_what_to_install(here, options, code):
    ended = CliRunner().invoke(needed, options)
    assert ended.exit_code == code
    assert ended.stderr.startswith("synoptic: model './nowhere'") == (code == 2)
