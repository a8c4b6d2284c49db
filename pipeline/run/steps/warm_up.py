"""Loads what a worker needs before its first task, because loading takes longer than aligning an article.

On first use, the loops of the aligner are compiled or loaded from the cache, language detection reads
the n-grams of all languages, and the encoder reads a file of tens of megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

import numpy as np

from pipeline.alignment.loops import compile_loops
from pipeline.embedding.surface import Surface
from pipeline.embedding.vectors import Text

_SENTENCE = "This is a short sentence, which need not say much."


def warm_up(model: str, languages: Sequence[str]) -> Iterator[None]:
    """Load the language detector, the encoder and the aligner's loops, in the order of the stages.

    Raises `SynopticError`.
    """
    import_module("pipeline.segmentation.prepare")  # for its patterns
    from pipeline.run.steps.read import detector_of

    detector_of(tuple(languages)).article([_SENTENCE])
    yield
    from pipeline.run.steps.embed import encoder_of

    encoder_of(model).encode([_SENTENCE])
    yield
    import_module("numba")
    compile_loops()
    yield
    from pipeline.alignment.likeness import Likeness
    from pipeline.matching.pair_evidence import pair_evidence
    from pipeline.matching.versions import same_text

    one, two, likeness = _text("it"), _text("pl"), Likeness(0.6, 0.1, 0.1, 0.1)
    pair_evidence(one, two, likeness)
    yield
    same_text(one, two, likeness)
    yield
    from pipeline.alignment.align import align_texts

    align_texts([one, two], likeness)
    yield
    import_module("pipeline.checks.article")  # for its patterns and number words


def _text(language: str) -> Text:
    """Return a meaningless text of two paragraphs with one sentence each."""
    ones = np.ones(2, dtype=np.float32)
    return Text(language, np.eye(2, dtype=np.float32), ones, np.arange(2), ones > 0, 2, Surface.plain(ones))
