"""Coverage-guided fuzzing: looks for inputs that make a reader, `check`, `apply` or the server fail.

    python -m tests.fuzz TARGET CORPUS [options of libFuzzer, such as -max_total_time=600]

TARGET is a format of raw files (txt, docx, ...), `check`, `apply` or `server`. Needs atheris, whose wheels
are for Linux. A failing input is written to the current folder as `crash-...`; copy it to
tests/fixtures/failed as `TARGET.what-it-is`, where `tests/test_failed.py` tries it in every run.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "markdown_it"]):
    import pipeline.ingestion
    from pipeline.ingestion.formats import EXTENSIONS
    from tests.failing import TARGETS

    for module in pkgutil.walk_packages(pipeline.ingestion.__path__, "pipeline.ingestion."):
        with contextlib.suppress(ModuleNotFoundError):  # of an extra
            importlib.import_module(module.name)

FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    """Fuzz the target until libFuzzer ends."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for path in FIXTURES.rglob("*"):
            if path.is_file() and EXTENSIONS.get(path.suffix) == target:
                (corpus / path.name).write_bytes(path.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        attempt = TARGETS[target](Path(folder))
        atheris.Setup([sys.argv[0], *sys.argv[3:], str(corpus)], attempt)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
