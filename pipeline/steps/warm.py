"""What a worker can load before it is given any work: it takes longer than the work on an article.

The loops of the aligner are compiled, or read from where they were kept, when they are first called; the
first text told its language reads the n-grams of all; the encoder is a file of tens of megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.embed import Text

_SENTENCE = "This is a short sentence, which need not say much."


def warm_up(model: str | None, languages: Sequence[str]) -> None:
    """Load the encoder, what tells languages, and the loops of the aligner. Raises `SynopticError`."""
    import pipeline.checks.article
    import pipeline.prepare  # noqa: F401 (these two for their patterns and words of numbers)
    from pipeline.align import align_texts
    from pipeline.align.evidence import Likeness
    from pipeline.language import LanguageDetector
    from pipeline.match.evidence import pair_evidence
    from pipeline.match.versions import same_text
    from pipeline.steps.embed import encoder_of

    one, two, likeness = _text("it"), _text("pl"), Likeness(0.6, 0.1, 0.1, 0.1)
    pair_evidence(one, two, likeness)
    same_text(one, two, likeness)
    align_texts([one, two], likeness)
    LanguageDetector(languages).article([_SENTENCE])
    encoder_of(model).encode([_SENTENCE])


def _text(language: str) -> Text:
    """Return a text of two paragraphs of a sentence each, about nothing."""
    ones = np.ones(2, dtype=np.float32)
    return Text(language, np.eye(2, dtype=np.float32), ones, np.arange(2), ones > 0, 2)
