"""Coverage-guided fuzzing: looks for inputs that make a reader, `check`, `apply` or the server fail.

    python -m tests.fuzz TARGET CORPUS [options of libFuzzer, such as -max_total_time=600]

TARGET is a format of raw files (txt, docx, ...), `readers` (all formats), `check`, `apply` or `server`.
Needs atheris, whose wheels are for Linux. A failing input is written to the current folder as `crash-...`;
copy it to tests/fixtures/failed as `TARGET.what-it-is`, where `tests/test_failed.py` tries it in every run.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline", "markdown_it"]):
    import pipeline.ingestion
    from pipeline.bitexts import FORMATS
    from pipeline.decisions.record import KINDS
    from pipeline.ingestion.formats import EXTENSIONS
    from pipeline.review.downloads import DOWNLOADS
    from pipeline.review.server import ADDRESS
    from tests.failing import FORMATS_OF_FILES, PORT, TARGETS, TOKEN

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


def requests() -> Iterator[str]:
    """Yield a request of every kind that the review page sends."""
    said = {"article": "a1", "target": "r1", "paragraphs": "it:1:0a1b2c3d4e5f", "language": "it"}
    said |= {"time": "2026-01-31T09:30:00Z", "text": "uno\nit:a.txt"}
    decisions = [{"id": f"d{number}", "kind": kind} | said for number, kind in enumerate(KINDS)]
    draft = {"place": "p", "editor": "e", "name": "n", "language": "it", "text": "Uno 3.", "confidence": 0.9}
    posted = {
        "/decisions?since=0&state=a": {"decisions": [{**each, "base": 0} for each in decisions]},
        "/check": {**draft, "texts": {"it": "uno", "ko": "하나"}},
        "/realign": {"article": "a1", "decisions": decisions[:1]},
    }
    head = f"HTTP/1.1\r\nHost: {ADDRESS}:{PORT}\r\nX-Synoptic-Token: {TOKEN}\r\n"
    for path in ("/", "/decisions?since=1", "/vanished", *DOWNLOADS):
        yield f"GET {path}{'&' if '?' in path else '?'}token={TOKEN} {head}\r\n"
    for path, value in posted.items():
        body = json.dumps(value)
        about = f"Origin: http://{ADDRESS}:{PORT}\r\nContent-Type: application/json\r\n"
        yield f"POST {path} {head}{about}Content-Length: {len(body)}\r\n\r\n{body}"


OTHERS = {
    "apply": (
        "article,row,id,it,ko,pl,review,comment\na1,1,r1,uno,하나,jeden,approved,sì\n",
        "id,time,reviewer,kind,article,target,paragraphs,language,text\n"
        "d1,2026-01-31T09:30:00Z,Anna,approve,a1,r1,it:1:0a1b2c3d4e5f ko,,\n",
    ),
    "server": tuple(requests()),
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
