"""The forecast against gold: a made collection whose right rows are known."""

import numpy as np
import pytest

from pipeline.alignment.align import align_texts
from pipeline.alignment.likeness import Likeness
from pipeline.decisions.doubts import Doubt, forecast, harms, needs_look
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)


def noisy_article(rng, noise):
    """Rows of two texts, one merged and cut: their confidence, and whether they are right."""
    said = meanings(rng, 24)
    kept = [k for k in range(24) if k % 6 != 5 or rng.random() < 0.5]
    sizes = []
    while sum(sizes) < len(kept):
        sizes.append(min(int(rng.integers(1, 3)), len(kept) - sum(sizes)))
    ends = np.cumsum(sizes)
    gold = {((0, k),) for k in range(24) if k not in kept}
    for number, (size, end) in enumerate(zip(sizes, ends, strict=True)):
        gold.add((*((0, k) for k in kept[end - size : end]), (1, number)))
    rows = align_texts(
        [text_of(rng, "it", said, [1] * 24, noise), text_of(rng, "ko", said[kept], sizes, noise)], LIKENESS
    )
    return [(round(row.confidence, 4), row.nodes in gold) for row in rows]


@pytest.fixture(scope="module")
def judged():
    rng = np.random.default_rng(11)
    noises = (1.1, 1.4, 1.6, 1.8)
    return [row for k in range(24) for row in noisy_article(rng, noises[k % len(noises)])]


def test_expected_errors_are_near_the_real_ones_all_along_the_review(judged):
    doubts = [Doubt(confidence) for confidence, _ in judged]
    harm = harms(doubts)
    queue = sorted((k for k, doubt in enumerate(doubts) if needs_look(doubt)), key=lambda k: -harm[k])
    assert len(queue) > 40
    for share in (0, 0.25, 0.5, 0.75, 1):
        for k in queue[: int(share * len(queue))]:
            doubts[k] = doubts[k]._replace(review="approved" if judged[k][1] else "rejected")
        real = sum(not right for (_, right), doubt in zip(judged, doubts, strict=True) if not doubt.review)
        expected = forecast(doubts).now
        assert real / 2 - 3 <= expected <= 2 * real + 3
    start = sum(not right for _, right in judged)
    assert real < start / 3  # the queue finds most errors
