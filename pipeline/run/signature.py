"""The signature of a run in `run.json`: everything needed to explain why two runs differ."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from pipeline import __version__
from pipeline.calibration.figures import Calibration
from pipeline.config import Config
from pipeline.embedding.encoders import Encoder
from pipeline.matching.learned import Learned
from pipeline.run.progress import Stopwatch
from pipeline.run.summary import Summary

_PACKAGES = (
    "babel",
    "langdetect",
    "markdown-it-py",
    "numba",
    "numpy",
    "pandas",
    "selectolax",
    "sentence-transformers",
    "tokenizers",
)
"""Packages whose version can change a result."""


def run_record(
    config: Config,
    encoder: Encoder,
    calibration: Calibration,
    normaliser_version: str | int,
    summary: Summary,
    watch: Stopwatch,
    made: Mapping[str, int],
    learned: Learned,
    pairs: Mapping[str, object] | None,
) -> dict[str, object]:
    """Return the run's versions, model, settings, counts, and seconds and memory per stage as plain values.

    `made` counts the entries of each kind that were not cached; `pairs` is what was stated about files.
    """
    return {
        "synoptic": __version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "normaliser": normaliser_version,
        "model": {
            "name": encoder.name,
            "sha256": encoder.digest,
            "likeness": {name: round(value, 4) for name, value in calibration.likeness._asdict().items()},
            "likeness_source": calibration.source,
            "not_learned": list(learned.unknown),
        },
        "settings": dict(config.as_record()),
        "pairs": None if pairs is None else dict(pairs),
        "counts": _counts(summary),
        "notes": list(summary.notes),
        "penalties": {article: dict(known) for article, known in summary.penalties.items()},
        "stale_decisions": [stale._asdict() for stale in summary.stale],
        "unreadable_decisions": [unreadable._asdict() for unreadable in summary.unreadable],
        "made": dict(sorted(made.items())),
        "seconds": {name: round(value, 3) for name, value in watch.seconds.items()},
        "peak_bytes": dict(watch.peak_bytes),
    }


def _counts(summary: Summary) -> dict[str, object]:
    return {
        "files": summary.files,
        "paragraphs": summary.paragraphs,
        "articles": summary.articles,
        "verdicts": dict(summary.verdicts),
        "rows": dict(summary.rows),
        "findings": dict(summary.findings),
        "dismissed": summary.dismissed,
        "decisions": dict(summary.decisions),
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
