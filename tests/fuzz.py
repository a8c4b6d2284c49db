"""Coverage-guided fuzzing: looks for inputs that make a reader, `check`, `apply` or the server fail.

    python -m tests.fuzz TARGET CORPUS [options of libFuzzer, such as -max_total_time=600]

TARGET is a format of raw files (txt, docx, ...), `readers` (all formats), `check`, `apply` or `server`.
Needs atheris, whose wheels are for Linux. A failing input is written to the current folder as `crash-...`;
copy it to tests/fixtures/failed as `TARGET.what-it-is`, where `tests/test_failed.py` tries it in every run.
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "markdown_it"]):
    import pipeline.ingestion
    from pipeline.bitexts import FORMATS
    from pipeline.ingestion.formats import EXTENSIONS
    from tests.failing import FORMATS_OF_FILES, TARGETS

    for module in pkgutil.walk_packages(pipeline.ingestion.__path__, "pipeline.ingestion."):
        with contextlib.suppress(ModuleNotFoundError):  # of an extra
            importlib.import_module(module.name)

BITEXTS = {
    ".tmx": '<tmx version="1.4"><header srclang="it"/><body><tu><tuv xml:lang="it"><seg>uno <ph x="1"/></seg>'
    '</tuv><tuv xml:lang="pl"><seg>jeden</seg></tuv></tu></body></tmx>',
    ".xlf": '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="it" '
    'target-language="pl" original="a" datatype="x"><body><trans-unit id="1"><source>uno</source><target>'
    "jeden</target></trans-unit></body></file></xliff>",
    ".csv": "it,pl\nuno,jeden\n",
    ".tsv": "it\tpl\nuno\tjeden\n",
}
"""Files of `check` to begin with, by suffix."""

OTHERS = {
    "apply": (
        "article,row,id,it,ko,pl,review,comment\na1,1,r1,uno,하나,jeden,approved,sì\n",
        "id,time,reviewer,kind,article,target,paragraphs,language,text\n"
        "d1,2026-01-31T09:30:00Z,Anna,approve,a1,r1,it:1:0a1b2c3d4e5f ko,,\n",
    ),
    "server": (
        "GET /?token=x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST /decisions?since=0 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nX-Synoptic-Token:"
        ' x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{"decisions":[]}',
    ),
}
"""What the other targets begin with."""

FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    """Fuzz the target until libFuzzer ends."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for name, data in seeds(target):
            (corpus / name).write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        attempt = TARGETS[target](Path(folder))
        atheris.Setup([sys.argv[0], *sys.argv[3:], str(corpus)], attempt)
        atheris.Fuzz()


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """Yield the inputs to begin with, each with a name: what the tests have of the format."""
    for path in filter(Path.is_file, FIXTURES.rglob("*")):
        format = EXTENSIONS.get(path.suffix, "")
        if path.name.partition(".")[0] == target or format == target:
            yield path.name, path.read_bytes()
        elif target == "readers" and format:
            yield path.name, bytes([FORMATS_OF_FILES.index(format)]) + path.read_bytes()
    for suffix, text in BITEXTS.items() if target == "check" else ():
        yield f"a{suffix}", bytes([sorted(FORMATS).index(suffix)]) + text.encode()
    for number, text in enumerate(OTHERS.get(target, ())):
        yield f"{number}", text.encode()


if __name__ == "__main__":
    main()
