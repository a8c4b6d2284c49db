"""The numpy encoder matches sentence-transformers, and bad models raise a one-line error."""

import json
import shutil

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import TransformerEncoder, load_encoder
from pipeline.embedding.sources import is_static
from pipeline.errors import ModelError

TEXTS = [
    "La biblioteca apre alle nove, tranne il lunedì.",
    "도서관은 월요일을 빼고 아홉 시에 문을 엽니다.",
    "Biblioteka jest czynna od dziewiątej, z wyjątkiem poniedziałków.",
    "",
    "7,455",
    "한글 ＡＢＣ ½ ﬁn 😀",
    "słowo " * 300,
]


@pytest.fixture(scope="module")
def torch_model():
    sentence_transformers = pytest.importorskip("sentence_transformers")
    return sentence_transformers.SentenceTransformer(str(EMBEDDED_MODEL))


@pytest.fixture(scope="module")
def small_model(tmp_path_factory):
    """A transformer with random weights, made from a config."""
    st = pytest.importorskip("sentence_transformers")
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *"abcdefghijklmnopqrstuvwxyz",
        *(f"##{c}" for c in "aeiou"),
    ]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder)
    from sentence_transformers import models

    word = models.Transformer(str(folder))
    model = st.SentenceTransformer(modules=[word, models.Pooling(16)], device="cpu")
    path = tmp_path_factory.mktemp("small")
    model.save(str(path))
    return path


def test_embedded_vectors_equal_those_of_sentence_transformers(torch_model):
    ours = load_encoder(str(EMBEDDED_MODEL)).encode(TEXTS)
    theirs = torch_model.encode(TEXTS, convert_to_numpy=True)
    np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_batches_do_not_change_vectors():
    encoder = load_encoder(str(EMBEDDED_MODEL))
    whole = encoder.encode(TEXTS)
    encoder.BATCH = 2
    np.testing.assert_array_equal(encoder.encode(TEXTS), whole)


def test_progress_counts_every_text():
    counted = []
    load_encoder(str(EMBEDDED_MODEL)).encode(TEXTS, counted.append)
    assert sum(counted) == len(TEXTS)


@pytest.mark.parametrize("layout", ["plain", "normalised"])
def test_other_static_layouts(tmp_path, layout):
    st = pytest.importorskip("sentence_transformers")
    from sentence_transformers import models

    shutil.copy(EMBEDDED_MODEL / "tokenizer.json", tmp_path / "tokenizer.json")
    tensors = load_file(EMBEDDED_MODEL / "model.safetensors")
    size = len(tensors.get("embedding.weight", tensors.get("embeddings")))
    table = np.random.default_rng(3).normal(size=(size, 8)).astype(np.float32)
    save_file({"embedding.weight": table}, tmp_path / "model.safetensors")
    static = models.StaticEmbedding.load(str(tmp_path))
    modules = [static] if layout == "plain" else [static, models.Normalize()]
    st.SentenceTransformer(modules=modules, device="cpu").save(str(tmp_path / "model"))
    texts = [text for text in TEXTS if text]
    ours = load_encoder(str(tmp_path / "model")).encode(texts)
    theirs = st.SentenceTransformer(str(tmp_path / "model"), device="cpu").encode(
        texts, convert_to_numpy=True
    )
    assert is_static(tmp_path / "model")
    np.testing.assert_allclose(ours, theirs, atol=2e-5)


def test_any_sentence_transformers_model(small_model):
    st = pytest.importorskip("sentence_transformers")
    encoder = load_encoder(str(small_model))
    assert isinstance(encoder, TransformerEncoder)
    theirs = st.SentenceTransformer(str(small_model), device="cpu").encode(TEXTS, convert_to_numpy=True)
    np.testing.assert_allclose(encoder.encode(TEXTS), theirs, atol=2e-5)
    assert encoder.encode([]).shape == (0, 16)


def test_the_digest_tells_models_apart(small_model, tmp_path):
    twin = tmp_path / "twin"
    shutil.copytree(small_model, twin)
    assert load_encoder(str(twin)).digest == load_encoder(str(small_model)).digest
    [weights] = twin.rglob("model.safetensors")
    tensors = load_file(weights)
    name = sorted(tensors)[0]
    save_file(tensors | {name: tensors[name] + 1}, weights, metadata={"format": "pt"})
    assert load_encoder(str(twin)).digest != load_encoder(str(small_model)).digest


def test_pickled_weights_are_refused(small_model, tmp_path):
    import torch

    pickled = tmp_path / "pickled"
    shutil.copytree(small_model, pickled)
    [weights] = pickled.rglob("model.safetensors")
    torch.save(
        {k: torch.from_numpy(v) for k, v in load_file(weights).items()}, weights.parent / "pytorch_model.bin"
    )
    weights.unlink()
    with pytest.raises(ModelError):
        load_encoder(str(pickled))


@pytest.mark.parametrize("damage", ["missing", "truncated", "tokenizer"])
def test_a_damaged_static_model_is_one_line(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(EMBEDDED_MODEL, folder)
    if damage == "missing":
        (folder / "model.safetensors").unlink()
    elif damage == "truncated":
        (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:1000])
    else:
        (folder / "tokenizer.json").write_text(json.dumps({"nothing": 1}), encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        load_encoder(str(folder))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["./nowhere", "nobody/nothing"])
def test_an_unknown_model_is_one_line(name):
    with pytest.raises(ModelError) as raised:
        load_encoder(name)
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)
