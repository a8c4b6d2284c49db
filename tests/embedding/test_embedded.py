"""The models inside the package: which one a run takes, and what they say of themselves."""

import json
import re

import pytest

from pipeline.embedding.card import learned_languages
from pipeline.embedding.embedded import EMBEDDED_MODEL, WIDE_MODEL, model_for
from pipeline.embedding.encoders import load_encoder
from training.corpus import LANGUAGES
from training.sources import SOURCES

SIXTEEN = set(LANGUAGES)


@pytest.mark.parametrize(
    ("languages", "model"),
    [
        (("it", "ko", "pl"), EMBEDDED_MODEL),
        (("ko", "en"), EMBEDDED_MODEL),
        (("en", "de"), WIDE_MODEL),
        (("it", "ko", "pl", "cs"), WIDE_MODEL),
        (("ja", "ru", "el"), WIDE_MODEL),
        (("it", "el"), EMBEDDED_MODEL),  # neither knows Greek
    ],
)
def test_a_run_takes_the_smallest_model_that_knows_most_of_its_languages(languages, model):
    assert model_for(None, languages) == str(model)


def test_a_model_that_was_asked_for_is_taken():
    assert model_for("some/model", ("it", "ko")) == "some/model"


def test_cards_name_the_languages():
    assert learned_languages(str(EMBEDDED_MODEL)) == {"it", "ko", "pl", "en"}
    assert learned_languages(str(WIDE_MODEL)) == SIXTEEN


def test_runs_record_the_models_by_name():
    assert load_encoder(str(EMBEDDED_MODEL)).name == "embedded"
    assert load_encoder(str(WIDE_MODEL)).name == "embedded wide"


@pytest.mark.parametrize("model", [EMBEDDED_MODEL, WIDE_MODEL])
def test_every_language_has_a_centre(model):
    assert set(load_encoder(str(model)).centres) >= learned_languages(str(model)) - {"en"}


def test_the_models_are_small():
    folders = [EMBEDDED_MODEL, WIDE_MODEL]
    assert sum(file.stat().st_size for folder in folders for file in folder.iterdir()) < 60_500_000


@pytest.mark.parametrize("model", [EMBEDDED_MODEL, WIDE_MODEL])
def test_a_card_names_each_source_with_the_licence_and_lines_of_the_training(model):
    trained = json.loads((model / "training.json").read_text(encoding="utf-8"))["sources"]
    card = (model / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)` \|.*?\| ([^|]+) \| ([\d,]+) \|$", card, flags=re.MULTILINE)
    assert {name: (licence, int(lines.replace(",", ""))) for name, licence, lines in listed} == {
        name: (source["licence"], source["lines"]) for name, source in trained.items()
    }
    assert set(trained) <= set(SOURCES)
