"""Sentence encoders: static models run on numpy alone, all others on torch.

A static model is a table of token vectors, and a text's vector is the mean of its tokens' vectors. That takes
only a tokenizer and numpy; importing torch would take longer than most runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from pipeline.datatypes import Advance
from pipeline.embedding.embedded import EMBEDDED_NAMES
from pipeline.embedding.sources import is_cached, source_of
from pipeline.embedding.token_table import TokenTable
from pipeline.embedding.word_tokens import WordTokens, splits_at_spaces
from pipeline.errors import ModelError, needs_extra

LIKENESS_FILE = "likeness.json"
"""The file in a model's folder with the calibration of its cosines."""

CENTRES_FILE = "centres.safetensors"
"""The file in a model's folder with the mean vector of each language, `float32[d]` under its code."""


class Encoder(Protocol):
    """The interface of a sentence encoder."""

    name: str
    digest: str  # of everything that determines the vectors
    likeness_file: Path | None  # the model's own calibration (`pipeline.calibration.measure`), if any
    centres: Mapping[str, NDArray[np.float32]]  # the model's mean vector of each language, if any

    def encode(self, texts: Sequence[str], advance: Advance = ...) -> NDArray[np.float32]:
        """Return the vectors of the texts, `float32[n, d]`, not normalised to length 1."""
        ...


def load_encoder(model: str) -> Encoder:
    """Return the encoder for a model name or folder.

    The embedded models ship with the package and need no check, so they are loaded on first use. Raises
    `ModelError` if the model is missing, unreadable, or requires pickled weights or remote code.
    """
    if name := EMBEDDED_NAMES.get(model):
        return StaticEncoder(Path(model), name)
    source = source_of(model)
    return StaticEncoder(Path(model), model).load() if source == "static" else TransformerEncoder(model)


class StaticEncoder:
    """A `StaticEmbedding` model, run from its tokenizer and safetensors files."""

    BATCH = 4096

    def __init__(self, path: Path, name: str) -> None:
        """Read the small files; `load` or the first `encode` loads the tokenizer and the vectors."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        self.name = name
        try:
            modules = json.loads((path / "modules.json").read_text(encoding="utf-8"))
            folder = path / str(modules[0].get("path", ""))
            self._files = [folder / "tokenizer.json", folder / "model.safetensors"]
            centres = [file for file in [path / CENTRES_FILE] if file.is_file()]
            self.centres: Mapping[str, NDArray[np.float32]] = load_file(centres[0]) if centres else {}
            self.digest = digest_of_files([*self._files, *centres])
        except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"model '{name}' cannot be read: {one_line(error)}") from error
        self._normalise = len(modules) > 1
        self.likeness_file: Path | None = path / LIKENESS_FILE

    def load(self) -> Self:
        """Load the tokenizer and the vectors, and return the encoder. Raises `ModelError`."""
        if self._tokenizer.get_vocab_size() > len(self._table):
            raise ModelError(f"model '{self.name}' has fewer token vectors than tokens")
        return self

    @cached_property
    def _tokenizer(self) -> Any:  # noqa: ANN401
        from tokenizers import Tokenizer

        try:
            tokenizer: Any = Tokenizer.from_file(str(self._files[0]))
        except Exception as error:  # tokenizers raises plain Exception
            raise ModelError(
                f"the tokenizer of model '{self.name}' cannot be read: {one_line(error)}"
            ) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _table(self) -> TokenTable:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            return TokenTable(load_file(self._files[1]))
        except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"model '{self.name}' cannot be read: {one_line(error)}") from error

    def encode(self, texts: Sequence[str], advance: Advance = lambda done: None) -> NDArray[np.float32]:
        """Return the mean token vector of each text, `float32[n, d]`; zeros for a text without tokens."""
        vectors = np.zeros((len(texts), self._table.dimensions), dtype=np.float32)
        for start in range(0, len(texts), self.BATCH):
            batch = list(texts[start : start + self.BATCH])
            vectors[start : start + len(batch)] = self._means(self._tokens(batch))
            advance(len(batch))
        if self._normalise:
            vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return vectors

    @cached_property
    def _word_tokens(self) -> WordTokens | None:
        return WordTokens(self._tokenizer) if splits_at_spaces(self._tokenizer) else None

    def _tokens(self, texts: list[str]) -> list[list[int]]:
        if self._word_tokens:
            return self._word_tokens.of(texts)
        return [e.ids for e in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def _means(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        # Multiplying by a sparse count matrix sums the rows without a copy for each token.
        from scipy.sparse import csr_array

        ends = np.cumsum([0, *(len(ids) for ids in tokens)])
        flat = np.fromiter(chain.from_iterable(tokens), dtype=np.int32, count=int(ends[-1]))
        ones = np.ones(len(flat), dtype=np.float32)
        table, columns = self._table.of(flat)
        means: NDArray[np.float32] = csr_array((ones, columns, ends), shape=(len(tokens), len(table))) @ table
        means /= np.maximum(np.diff(ends), 1).astype(np.float32)[:, None]
        return means


class TransformerEncoder:
    """Any other sentence-transformers model, by name or folder; imports torch."""

    BATCH = 32

    def __init__(self, name: str) -> None:
        with needs_extra(f"model {name!r}", "models"):
            import sentence_transformers  # noqa: F401 (the loaders below take it from here)
        _quiet_hub()
        try:
            self._model: Any = _sentence_transformer(name)
        except Exception as error:  # the loaders raise a dozen types, network errors among them
            raise ModelError(f"model '{name}' cannot be loaded: {one_line(error)}") from error
        self.name = name
        self.digest = digest_of_weights(self._model)
        self.likeness_file: Path | None = Path(name) / LIKENESS_FILE
        self.centres: Mapping[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], advance: Advance = lambda done: None) -> NDArray[np.float32]:
        """Return the model's vectors unchanged, `float32[n, d]`."""
        vectors: list[NDArray[np.float32]] = []
        step = 32 * self.BATCH
        for start in range(0, len(texts), step):
            part = list(texts[start : start + step])
            vectors.append(
                self._model.encode(
                    part, batch_size=self.BATCH, convert_to_numpy=True, show_progress_bar=False
                )
            )
            advance(len(part))
        if not vectors:
            return np.zeros((0, int(self._model.get_embedding_dimension() or 0)), dtype=np.float32)
        return np.concatenate(vectors).astype(np.float32, copy=False)


def _quiet_hub() -> None:
    """Silence the hub's warnings and progress bars; failures are reported as one `ModelError`."""
    from huggingface_hub import utils as hub
    from transformers.utils import logging as transformers

    hub.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    hub.disable_progress_bars()  # type: ignore[attr-defined]
    transformers.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.disable_progress_bar()  # type: ignore[no-untyped-call]


def _sentence_transformer(name: str) -> Any:  # noqa: ANN401 (sentence-transformers has no types)
    """Return a model from its folder, from the hub's cache or from the hub."""
    from sentence_transformers import SentenceTransformer

    local = Path(name).exists() or is_cached(name)
    return SentenceTransformer(
        name, trust_remote_code=False, local_files_only=local, model_kwargs={"use_safetensors": True}
    )


def digest_of_files(files: Sequence[Path]) -> str:
    """Return the SHA-256 of the concatenated files, in hexadecimal."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def digest_of_weights(model: Any) -> str:  # noqa: ANN401
    """Return the SHA-256 of a loaded torch model's tensors and their names, in hexadecimal."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().float().numpy().tobytes())
    return digest.hexdigest()


def one_line(error: BaseException) -> str:
    """Return the first line of an error's message."""
    return (str(error).strip() or type(error).__name__).splitlines()[0]
