"""Measures the cosines that an encoder gives to translated and to unrelated sentences.

One encoder gives translations a cosine of 0.6, another 0.9, so the aligner must know both distributions
for the encoder in use. They are measured without gold, on any articles some of which translate each
other: the nearest articles are aligned, the links found become examples, and both steps are repeated
with the new figures (expectation maximisation). The embedded encoder comes with its figures; those of
any other are measured once and kept (`pipeline.calibration.figures`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.alignment.align import search, small_matrices
from pipeline.alignment.band import inner_products
from pipeline.alignment.evidence import Examples, examples, fit_likeness
from pipeline.alignment.likeness import Likeness
from pipeline.alignment.posterior import Prior
from pipeline.calibration.files import kept_file, save
from pipeline.embedding.encoders import load_encoder
from pipeline.embedding.vectors import ArticleVectors, Text, embed
from pipeline.errors import InputError
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import find_files
from pipeline.matching.candidates import article_directions, nearest_pairs
from pipeline.segmentation.boilerplate import body
from pipeline.segmentation.prepare import read_articles

ROUNDS = 4
"""Rounds of expectation maximisation; a fifth one changes the figures by less than 0.01."""

ARTICLES = 200
"""Maximum pairs of articles to measure; more do not change the figures."""

SENTENCES = 1000
"""Maximum sentences per article to measure; the first guess compares all with all."""

ENOUGH = 30
"""Minimum number of links for a calibration that beats a guess."""

ORDER = 0.5
"""Least correlation of a model that tells translations apart.

Measured on `data/raw`: 0.95 with the embedded model, 0.73 with noise of 0.8 of the spread of its vectors,
0.42 with noise of twice the spread, 0.08 to 0.30 with random vectors.
"""


class Measured(NamedTuple):
    """What the articles of a run tell about an encoder."""

    likeness: Likeness
    order: float  # correlation, -1..1, of the places of sentences that are nearest to each other

    def doubt(self) -> str:
        """Return why the figures may mean nothing, "" if the encoder tells sentences apart.

        Translations keep the order of their sentences. What is nearest by chance has none.
        """
        if self.order >= ORDER:
            return ""
        same, same_sd, other, other_sd = self.likeness
        return (
            "its nearest sentences hardly follow the order of the texts "
            f"(correlation {self.order:.2f}; with a model that knows the languages above {ORDER}), and it "
            f"gives a cosine of {same:.2f} ± {same_sd:.2f} to what it takes for translations, "
            f"{other:.2f} ± {other_sd:.2f} to other sentences"
        )


def calibrate_model(
    model: str, raw: Path, languages: Sequence[str], reading: Reading
) -> tuple[Measured, Path]:
    """Measure a model on the articles in `raw` and save its figures; return them and their file.

    Raises `SynopticError` if the model or the folder cannot be used or the articles show too little.
    """
    files = find_files(raw)
    encoder = load_encoder(model)
    articles, _ = read_articles(raw, files, languages, reading)
    with small_matrices():
        measured = calibrate(embed(list(map(body, articles)), encoder))
    path = kept_file(encoder.digest)
    save(measured.likeness, path)
    return measured, path


def calibrate(texts: Sequence[Text]) -> Measured:
    """Return the likeness of translated and unrelated sentences in these texts.

    Raises `InputError` if too few sentences translate each other.
    """
    languages = [text.language for text in texts]
    if len(set(languages)) < 2:
        raise InputError("calibrating the model needs articles in at least two languages")
    vectors = article_directions(ArticleVectors.of(texts)).vectors
    pairs = nearest_pairs(vectors, languages)[:ARTICLES]
    beginnings = [(texts[a].beginning(SENTENCES), texts[b].beginning(SENTENCES)) for a, b in pairs]
    likeness = first_guess(beginnings)
    for _ in range(ROUNDS):
        found = [_examples(left, right, likeness) for left, right in beginnings]
        likeness = fit_likeness(likeness, _joined([part for part in found if part is not None]), 1.0, 1.0)
    linked = sum(float(part.same.sum()) for part in found if part is not None)
    if linked < ENOUGH:
        raise InputError(f"only {linked:.0f} sentences have a translation, too few to calibrate the model")
    return Measured(likeness, order_of_nearest(beginnings))


def order_of_nearest(pairs: Sequence[tuple[Text, Text]]) -> float:
    """Return the correlation of the relative places of mutual nearest sentences, 0 for fewer than three."""
    places: list[NDArray[np.float64]] = []
    for left, right in pairs:
        _, lines, columns = _mutual(left, right)
        places.append(np.stack([lines / len(left.sums), columns / len(right.sums)]))
    joined = np.concatenate(places, axis=1)
    if joined.shape[1] < 3 or not joined.std(axis=1).all():
        return 0.0
    return float(np.corrcoef(joined[0], joined[1])[0, 1])


def first_guess(pairs: Sequence[tuple[Text, Text]]) -> Likeness:
    """Return a starting point: mutual nearest sentences count as translated, all pairs as unrelated."""
    same: list[NDArray[np.float32]] = []
    other: list[NDArray[np.float32]] = []
    for left, right in pairs:
        cosine, lines, columns = _mutual(left, right)
        same.append(cosine[lines, columns])
        other.append(cosine.ravel())
    near, far = np.concatenate(same), np.concatenate(other)
    # Median and upper half, because nearest sentences of unrelated articles are not translations.
    middle = float(np.median(near))
    spread = max(float(near[near >= middle].std()), 0.02)
    return Likeness(middle, spread, float(np.median(far)), max(float(far.std()), 0.02))


def _mutual(left: Text, right: Text) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the cosines of all sentences, and the sentences that are each other's nearest."""
    norms = np.outer(left.block_norms[0], right.block_norms[0])
    cosine = np.asarray(left.sums @ right.sums.T / np.maximum(norms, 1e-9), dtype=np.float32)
    lines = np.arange(len(cosine))
    best = cosine.argmax(axis=1)
    mutual = cosine.argmax(axis=0)[best] == lines
    return cosine, lines[mutual], best[mutual]


def _examples(left: Text, right: Text, likeness: Likeness) -> Examples | None:
    """Return the examples from two articles; None if the articles do not look like translations."""
    band, posterior, *_ = search(left, right, likeness, Prior())
    if posterior.log_odds <= 0:
        return None
    return examples(left, right, inner_products(left.sums, right.sums, band), band, posterior.link)


def _joined(parts: Sequence[Examples]) -> Examples:
    if not parts:
        return Examples(*(np.zeros(0) for _ in Examples._fields))
    return Examples(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
