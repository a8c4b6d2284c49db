"""Calibration: what the cosines of an encoder mean, measured without gold."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from safetensors.numpy import load_file, save_file

from pipeline.alignment.likeness import Likeness
from pipeline.calibration.figures import calibration_for
from pipeline.calibration.files import kept_file, load, save
from pipeline.calibration.measure import calibrate
from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import load_encoder
from pipeline.embedding.token_table import TokenTable
from pipeline.errors import InputError
from pipeline.evaluation.evaluate import evaluate, read_run
from pipeline.evaluation.gold import read_gold
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.synthetic import meanings, text_of

RAW = Path(__file__).parent.parent.parent / "data" / "raw"
GOLD = Path(__file__).parent.parent / "sample_gold.json"


def parallel_articles(noise, articles=6, sentences=15):
    rng = np.random.default_rng(2)
    texts = []
    for _ in range(articles):
        said = meanings(rng, sentences)
        texts += [text_of(rng, language, said, [1] * sentences, noise=noise) for language in ("it", "ko")]
    return texts


@pytest.mark.parametrize("noise", [0.4, 0.8, 1.2])
def test_the_figures_are_those_of_the_encoder(noise):
    # Of two noisy copies of one direction the expected cosine is 1 / (1 + noise²).
    found = calibrate(parallel_articles(noise)).likeness
    assert found.same == pytest.approx(1 / (1 + noise**2), abs=0.06)
    assert found.other == pytest.approx(0, abs=0.05)
    assert found.other_sd == pytest.approx(1 / np.sqrt(64), abs=0.04)


def test_articles_that_do_not_translate_each_other_calibrate_nothing():
    rng = np.random.default_rng(4)
    texts = [text_of(rng, x, meanings(rng, 10, dimension=512), [1] * 10) for x in ("it", "ko", "it", "ko")]
    with pytest.raises(InputError):
        calibrate(texts)
    with pytest.raises(InputError):
        calibrate(texts[:1])


@pytest.fixture(scope="module")
def second_model(tmp_path_factory):
    """The embedded model with all vectors drawn towards one direction, so that every cosine is high."""
    folder = tmp_path_factory.mktemp("models") / "drawn"
    shutil.copytree(EMBEDDED_MODEL, folder)
    (folder / "likeness.json").unlink()
    (folder / "centres.safetensors").unlink()
    tokens = TokenTable(load_file(folder / "model.safetensors"))
    table, _ = tokens.of(np.arange(len(tokens), dtype=np.int32))
    rng = np.random.default_rng(9)
    noise = rng.normal(0, 0.8 * table.std(), table.shape)
    drawn = table + noise + 3 * table.std() * rng.normal(size=table.shape[1])
    save_file({"embedding.weight": drawn.astype(np.float32)}, folder / "model.safetensors")
    return folder


def rows_f1(out):
    return evaluate(read_gold(GOLD), read_run(out)).rows.f1


def test_another_model_is_measured_on_the_articles_of_the_run(second_model, tmp_path):
    run(Config(raw=RAW, out=tmp_path / "ours"), Silent())
    run(Config(raw=RAW, out=tmp_path / "theirs", model=str(second_model)), Silent())
    ours, theirs = (json.loads((tmp_path / x / "run.json").read_text())["model"] for x in ("ours", "theirs"))
    assert ours["likeness_source"] == "comes with the model"
    assert theirs["likeness_source"] == "measured on the articles of this run"
    assert theirs["likeness"]["other"] > ours["likeness"]["other"] + 0.1
    assert rows_f1(tmp_path / "theirs") > rows_f1(tmp_path / "ours") - 0.15


def test_the_command_keeps_the_figures_for_later_runs(second_model, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    result = CliRunner().invoke(main, ["calibrate", str(second_model), str(RAW)])
    assert result.exit_code == 0, result.output
    encoder = load_encoder(str(second_model))
    kept = load(kept_file(encoder.digest))
    assert kept is not None
    assert f"{kept.same:.2f}" in result.output
    assert calibration_for(encoder, []) == (kept, "calibrated before", "")


def test_too_few_articles_fall_back_and_say_so(second_model):
    found = calibration_for(load_encoder(str(second_model)), [])
    assert found.likeness == load(EMBEDDED_MODEL / "likeness.json")
    assert "embedded" in found.source


def test_figures_come_back_as_they_were_saved(tmp_path):
    path = tmp_path / "new" / "figures.json"
    save(Likeness(0.5, 0.1, 0.05, 0.12), path)
    assert load(path) == Likeness(0.5, 0.1, 0.05, 0.12)
    assert [file.name for file in path.parent.iterdir()] == ["figures.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"same": "much"}', "\x00"])
def test_a_damaged_file_counts_as_none(tmp_path, content):
    path = tmp_path / "figures.json"
    path.write_text(content, encoding="utf-8")
    assert load(path) is None


def test_the_command_ends_bad_input_in_one_line(tmp_path):
    result = CliRunner().invoke(main, ["calibrate", str(EMBEDDED_MODEL), str(tmp_path)])
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1


def test_another_model_on_next_to_nothing(second_model, tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("La biblioteca apre domani mattina alle nove.\n", encoding="utf-8")
    (raw / "b.txt").write_text("Biblioteka otwiera się jutro rano o dziewiątej.\n", encoding="utf-8")
    summary = run(Config(raw=raw, out=tmp_path / "out", model=str(second_model)), Silent())
    assert summary.files == 2


@pytest.fixture(scope="module", params=[1, 5, 7, 8])
def random_model(request, tmp_path_factory):
    """A model whose vectors say nothing; chance lets it link many sentences, or few."""
    folder = tmp_path_factory.mktemp("models") / "random"
    shutil.copytree(EMBEDDED_MODEL, folder)
    (folder / "likeness.json").unlink()
    (folder / "centres.safetensors").unlink()
    tokens = TokenTable(load_file(folder / "model.safetensors"))
    shape = len(tokens), tokens.dimensions
    vectors = np.random.default_rng(request.param).normal(size=shape).astype(np.float32)
    save_file({"embedding.weight": vectors}, folder / "model.safetensors")
    return folder


def test_a_model_that_tells_nothing_apart_is_named_with_figures(random_model, second_model, tmp_path):
    command = CliRunner().invoke
    result = command(main, ["align", str(RAW), str(tmp_path / "out"), "--model", str(random_model)])
    (line,) = [line for line in result.stdout.splitlines() if "do not rely on the confidences" in line]
    assert str(random_model) in line
    few = r"only \d+ sentences have a translation"
    assert re.search(rf"correlation -?0\.\d\d; .*cosine of -?0\.\d\d ± 0\.\d\d|{few}", line)
    calibrated = command(main, ["calibrate", str(random_model), str(RAW)])
    assert re.search(f"do not rely on it|{few}", calibrated.output)
    for model in ([], ["--model", str(second_model)]):
        assert "do not rely" not in command(main, ["align", str(RAW), str(tmp_path / "o"), *model]).stdout


def test_order_of_nearest_is_that_of_translations():
    assert calibrate(parallel_articles(0.4)).order == pytest.approx(1, abs=0.02)
    assert calibrate(parallel_articles(0.4)).doubt() == ""


@pytest.mark.parametrize("value", ["NaN", "Infinity", "0", "-1"])
def test_figures_that_make_no_sense_count_as_none(tmp_path, value):
    path = tmp_path / "figures.json"
    path.write_text(f'{{"same": 0.6, "same_sd": {value}, "other": 0.1, "other_sd": 0.1}}', encoding="utf-8")
    assert load(path) is None
