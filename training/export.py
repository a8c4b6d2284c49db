"""Writes the model folder: int8 vectors with a scale for each piece.

    modules.json                          one StaticEmbedding module
    config_sentence_transformers.json     cosine similarity
    tokenizer.json                        pieces and how texts become pieces
    model.safetensors                     `embeddings` int8[pieces, d], `weights` float32[pieces]

The vector of piece i is `weights[i] * embeddings[i]`, and that of a text the mean of its pieces' vectors.
"""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save
from tokenizers import Tokenizer

MODULES = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}]
CONFIG = {"prompts": {}, "default_prompt_name": None, "similarity_fn_name": "cosine"}


def quantise(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int8[n, d] and float32[n] whose product is nearest to float32[n, d]; the largest entry becomes ±127."""
    weights = np.abs(vectors).max(axis=1) / 127
    weights = np.where(weights > 0, weights, 1).astype(np.float32)
    return np.rint(vectors / weights[:, None]).astype(np.int8), weights


def export(folder: Path, tokenizer: Tokenizer, vectors: np.ndarray) -> None:
    """Writes the model of float32[pieces, d] vectors into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    embeddings, weights = quantise(vectors)
    (folder / "model.safetensors").write_bytes(
        save({"embeddings": embeddings, "weights": weights}, {"format": "pt"})
    )
    (folder / "tokenizer.json").write_text(compact(tokenizer), encoding="utf-8")
    _write_json(folder / "modules.json", MODULES)
    _write_json(folder / "config_sentence_transformers.json", CONFIG)


def compact(tokenizer: Tokenizer) -> str:
    """The tokenizer's JSON without spaces."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
