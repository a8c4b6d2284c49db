"""The encoder's training on a handful of lines: it learns, repeats itself, and ships what it computed."""

import gzip
import json
from itertools import combinations

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from pipeline.errors import InputError
from training import batches, corpus, evaluate, features, model
from training.__main__ import main
from training.export import quantise
from training.settings import Settings
from training.train import train

TEXTS = {
    "it": """Il gatto dorme sul divano.
Domani piove a Varsavia.
Ho perso le chiavi.
Il treno parte alle nove.
Mia sorella suona il violino.
Il caffè è troppo caldo.
Le foglie cadono in autunno.
Dove si trova la stazione?
Il sindaco ha aperto il ponte.
Compriamo pane e latte.
La nave affonda lentamente.
Nessuno conosce la risposta.""",
    "ko": """고양이가 소파에서 잔다.
내일 바르샤바에 비가 온다.
열쇠를 잃어버렸다.
기차는 아홉 시에 떠난다.
누나는 바이올린을 켠다.
커피가 너무 뜨겁다.
가을에는 잎이 떨어진다.
역은 어디에 있습니까?
시장이 다리를 열었다.
빵과 우유를 삽시다.
배가 천천히 가라앉는다.
아무도 답을 모른다.""",
    "pl": """Kot śpi na kanapie.
Jutro w Warszawie pada deszcz.
Zgubiłem klucze.
Pociąg odjeżdża o dziewiątej.
Moja siostra gra na skrzypcach.
Kawa jest za gorąca.
Jesienią spadają liście.
Gdzie jest dworzec?
Burmistrz otworzył most.
Kupmy chleb i mleko.
Statek powoli tonie.
Nikt nie zna odpowiedzi.""",
    "en": """The cat sleeps on the sofa.
It rains in Warsaw tomorrow.
I have lost my keys.
The train leaves at nine.
My sister plays the violin.
The coffee is too hot.
Leaves fall in autumn.
Where is the station?
The mayor opened the bridge.
Let us buy bread and milk.
The ship sinks slowly.
Nobody knows the answer.""",
}
LINES = list(zip(*(texts.splitlines() for texts in TEXTS.values()), strict=True))
TINY = Settings(
    pieces=700, dimensions=32, epochs=30, lines=8, rate=0.03, dropout=0.0, split=0.05, joined=0.2, run=2
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "parallel.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number, texts in enumerate(LINES):
            record = {"source": "raspberrypi", "doc": f"d{number // 3}"} | dict(
                zip(corpus.CORE, texts, strict=True)
            )
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    report = train([data], folder / "model", folder / "work", TINY)
    return folder / "model", report


def units():
    return [dict(zip(corpus.CORE, texts, strict=True)) for texts in LINES]


def test_training_learns_which_sentences_translate_each_other(trained):
    figures = evaluate.pair_retrieval(evaluate.load(trained[0]), units())
    assert set(figures) == {"it-ko", "it-pl", "it-en", "ko-pl", "ko-en", "pl-en"}
    assert min(figures.values()) >= 95, figures


def test_model_loads_in_sentence_transformers_with_the_vectors_of_its_files(trained):
    weights = load_file(trained[0] / "model.safetensors")
    assert weights["embeddings"].dtype == np.int8
    table = weights["embeddings"] * weights["weights"][:, None]
    tokenizer = Tokenizer.from_file(str(trained[0] / "tokenizer.json"))
    texts = [text for line in LINES for text in line]
    expected = [table[tokenizer.encode(text, add_special_tokens=False).ids].mean(axis=0) for text in texts]
    np.testing.assert_allclose(evaluate.load(trained[0])(texts), expected, atol=1e-5)


def test_report_records_data_settings_and_falling_losses(trained, data):
    report = json.loads((trained[0] / "training.json").read_text(encoding="utf-8"))
    assert report["data_sha256"] == {data.name: corpus.sha256(data)}
    assert report["settings"]["dimensions"] == 32
    assert report["epochs"][-1]["loss"] < report["epochs"][0]["loss"] / 2


def test_same_seed_gives_the_same_bytes(trained, data, tmp_path):
    train([data], tmp_path / "again", tmp_path / "work", TINY)
    for name in ("model.safetensors", "tokenizer.json"):
        assert (tmp_path / "again" / name).read_bytes() == (trained[0] / name).read_bytes()


def test_a_run_broken_off_goes_on_to_the_same_result(trained, data, tmp_path, monkeypatch):
    def broken_off(text):
        if text.startswith("epoch 11 "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train([data], tmp_path / "model", tmp_path / "work", TINY, say=broken_off)
    epochs = []
    train([data], tmp_path / "model", tmp_path / "work", TINY, say=epochs.append)
    assert not any(text.startswith("epoch 10 ") for text in epochs)
    assert (tmp_path / "model/model.safetensors").read_bytes() == (
        trained[0] / "model.safetensors"
    ).read_bytes()


def test_missing_data_says_what_is_needed_and_where_to_find_it(tmp_path):
    result = CliRunner().invoke(main, [str(tmp_path / "none.jsonl.gz"), "--work", str(tmp_path / "work")])
    assert result.exit_code == 2
    assert "none.jsonl.gz is not there" in result.output
    assert "JSON Lines" in result.output
    assert "Tatoeba" in result.output


@pytest.mark.parametrize(
    "row", ["not json", '{"source": "x", "it": "solo"}', '["it"]', '{"it": "a", "ko": "b"}']
)
def test_a_malformed_line_is_named(row, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"source": "x", "it": "uno", "en": "one"}\n' + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.jsonl:2"):
        list(corpus.read_lines(path))


def test_dev_lines_share_no_english_with_training_lines():
    lines = [corpus.Line("tatoeba", "", {"it": f"frase {n}", "en": f"sentence {n % 50}"}) for n in range(400)]
    kept, dev = corpus.set_apart(lines, {"it": 0.3})
    assert len(kept) + len(dev) == 400
    assert 0 < len(dev) < 200
    assert not {line.texts["en"] for line in kept} & {line.texts["en"] for line in dev}


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0])
def test_the_loss_has_the_gradient_that_autograd_finds(spread):
    rng = np.random.default_rng(3)
    text = np.array([[0, 1, -1, 2], [3, 4, 5, -1], [6, -1, 7, 8], [-1, 9, 10, -1]])
    pairs = list(combinations(range(4), 2))
    batch = batches.Batch(text, np.zeros(1), np.zeros(0), np.array([0, 1, 2, 0, 3, 4, 5, 6, 7, 8, 9]), pairs)
    start = torch.from_numpy(rng.normal(size=(11, 5)).astype(np.float32))
    vectors = torch.nn.functional.normalize(start).requires_grad_()
    losses, weights = [], []
    for a, b in pairs:
        for x, y in ((a, b), (b, a)):
            for line in text[(text[:, a] >= 0) & (text[:, b] >= 0)]:
                others = [t for t in text[:, y] if t >= 0]
                equal = [
                    row
                    for row in text
                    if row[a] >= 0
                    and row[b] >= 0
                    and not np.array_equal(row, line)
                    and _equal(batch, row, line, a, b)
                ]
                wrong = [t for t in others if not any(t == row[y] for row in equal)]
                scores = 10 * vectors[line[x]] @ vectors[wrong].T
                losses.append(torch.logsumexp(scores, 0) - scores[wrong.index(line[y])])
                weights.append(float((line >= 0).sum() - 1) ** -spread)
    expected = torch.stack(losses) @ torch.tensor(weights) / sum(weights)
    expected.backward()
    for form, error in ((torch.float32, 1e-4), (torch.bfloat16, 3e-2)):
        value, gradient = model.contrastive_loss(vectors.detach(), batch, 10.0, spread, form)
        assert value == pytest.approx(expected.item(), rel=error)
        assert (gradient - vectors.grad).norm() < 2 * error * vectors.grad.norm()


def _equal(batch, one, two, a, b):
    return batch.key[one[a]] == batch.key[two[a]] or batch.key[one[b]] == batch.key[two[b]]


def test_quantised_vectors_point_where_the_vectors_point():
    vectors = np.random.default_rng(1).normal(size=(50, 64)).astype(np.float32)
    vectors[7] = 0
    embeddings, weights = quantise(vectors)
    back = embeddings * weights[:, None]
    assert np.abs(back - vectors).max() <= np.abs(vectors).max() / 254 + 1e-6
    assert not back[7].any()


@pytest.mark.parametrize(
    ("korean", "latin"),
    [("모스크바", "moskwa"), ("베를린", "berlin"), ("파리", "paris"), ("카메라", "kamera")],
)
def test_names_share_sounds_across_scripts(korean, latin):
    def sounds(piece):
        return {name for name in features.features("▁" + piece) if name.startswith("s")}

    def other(piece):
        return len(sounds(piece) & sounds("zgromadzenie"))

    assert len(sounds(korean) & sounds(latin)) > other(korean)


def test_composed_pieces_are_distinct_and_alike_where_they_look_alike():
    table = features.feature_table(["▁komputer", "▁komputera", "▁kot"])
    rows = [set(table.indices[a:b]) for a, b in zip(table.offsets, table.offsets[1:], strict=False)]
    assert len(rows[0] & rows[1]) > len(rows[0] & rows[2])


@pytest.mark.parametrize("missing", [0, 2])
def test_retrieval_counts_both_directions(missing):
    left = np.eye(4, dtype=np.float32)
    right = left.copy()
    right[:missing] = right[:missing][::-1]
    assert evaluate.retrieval(left, right) == 100 * (4 - missing) / 4
