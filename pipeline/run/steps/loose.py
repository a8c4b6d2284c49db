"""Files in no article: where their texts and their rivals are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pipeline.datatypes import Paragraph, Verdict
from pipeline.matching.match import Matching
from pipeline.matching.profiles import Profile
from pipeline.review.loose import LooseFile
from pipeline.run.steps.library import Library


def loose_files(
    verdicts: Sequence[Verdict], profiles: Sequence[Profile], matching: Matching, library: Library
) -> Iterator[LooseFile]:
    """Yield the files in no article, in the order of the verdicts; texts are read on demand."""
    places = {profile.file: k for k, profile in enumerate(profiles)}
    for verdict in verdicts:
        k = places.get(verdict.file)
        if verdict.article:
            continue
        if k is None:
            yield LooseFile(verdict.file, (), None)
        else:
            rivals = [(profiles[r.article].file, r.probability) for r in matching.rivals.get(k, ())]
            yield LooseFile(verdict.file, rivals, partial(_paragraphs, library, k))


def _paragraphs(library: Library, k: int) -> Sequence[Paragraph]:
    return library[k].paragraphs
