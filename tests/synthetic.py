"""Texts made of random vectors, so that it is known which sentences translate each other."""

import numpy as np

from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import Text

VERBOSITY = {"it": 1.0, "ko": 0.43, "pl": 0.97}


def meanings(rng, sentences, dimension=64):
    """Directions that have nothing to do with each other, `float32[sentences, dimension]`."""
    return rng.normal(size=(sentences, dimension)).astype(np.float32)


def text_of(rng, language, sentences, paragraphs, noise=0.8):
    """A text that says these meanings; `paragraphs` are the numbers of sentences in each."""
    vectors = sentences + noise * rng.normal(size=sentences.shape)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths = np.full(len(sentences), 100 * VERBOSITY.get(language, 1.0), dtype=np.float32)
    sizes = np.full(len(sentences), 100, dtype=np.float32)
    return Text(
        language=language,
        sums=(vectors * lengths[:, None]).astype(np.float32),
        lengths=lengths,
        paragraph=np.repeat(np.arange(len(paragraphs)), paragraphs),
        closed=np.ones(len(sentences), dtype=np.bool_),
        paragraphs=len(paragraphs),
        surface=Surface.plain(sizes),
    )
