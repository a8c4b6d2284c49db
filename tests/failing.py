"""What may not fail whatever it is given: readers of every format, `check`, `apply` and the server.

`TARGETS` has for each a function of a working folder that returns a function of the bytes to try. What is
tried is used or refused with a reason; anything else raises.
"""

import contextlib
import io
import re
import shutil
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pipeline.bitexts import FORMATS, read_bitext
from pipeline.datatypes import Article
from pipeline.decisions.incoming import read_incoming, read_known
from pipeline.decisions.log import DECISIONS, Log
from pipeline.detection.detector import LanguageDetector
from pipeline.errors import SynopticError
from pipeline.ingestion.formats import EXTENSIONS
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import read_file
from pipeline.review.ordered_log import OrderedLog
from pipeline.review.server import ADDRESS, review_server
from pipeline.segmentation.prepare import prepare
from tests.written import rows_of, write_corpus

READING = Reading(4_000_000)
SECONDS, SECONDS_PER_MB = 2.0, 5.0

Attempt = Callable[[bytes], None]


@cache
def _detector() -> LanguageDetector:
    return LanguageDetector(("it", "ko", "pl"))


def reader(suffix: str) -> Callable[[Path], Attempt]:
    """Return what tries files with an extension as articles."""

    def target(folder: Path) -> Attempt:
        path = folder / f"a{suffix}"

        def attempt(data: bytes) -> None:
            path.write_bytes(data)
            begin = time.process_time()
            results = [prepare(raw, _detector()) for raw in read_file(path, path.name, READING)]
            assert results
            assert all(isinstance(each, Article) or each.reason for each in results)
            assert time.process_time() - begin < SECONDS + SECONDS_PER_MB * len(data) / 1e6

        return attempt

    return target


FORMATS_OF_FILES = sorted(set(EXTENSIONS.values()))


def readers(folder: Path) -> Attempt:
    """Return what tries articles of every format; the first byte says of which."""
    suffixes = {format: suffix for suffix, format in reversed(EXTENSIONS.items())}
    attempts = [reader(suffixes[format])(folder) for format in FORMATS_OF_FILES]

    def attempt(data: bytes) -> None:
        attempts[data[0] % len(attempts) if data else 0](data[1:])

    return attempt


def check(folder: Path) -> Attempt:
    """Return what tries files of every format of `synoptic check`."""
    suffixes = sorted(FORMATS)

    def attempt(data: bytes) -> None:
        path = folder / f"a{suffixes[data[0] % len(suffixes) if data else 0]}"
        path.write_bytes(data[1:])
        with contextlib.suppress(SynopticError):
            read_bitext(path)

    return attempt


def apply(folder: Path) -> Attempt:
    """Return what tries tables and decisions that somebody sent back."""
    write_corpus(folder / "out", rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")]))
    known = read_known(folder / "out")

    def attempt(data: bytes) -> None:
        path = folder / ("a.xlsx" if data[:2] == b"PK" else "a.csv")
        path.write_bytes(data)
        with contextlib.suppress(SynopticError):
            read_incoming(path, known, Log())

    return attempt


PORT, TOKEN = 80, "x"
"""Port and token of the server whose requests are tried."""

MOST_DECISIONS = 50_000
"""Bytes of decisions beyond which the server forgets those of the requests so far."""


class _Connection:
    """What the server sees of a connection: the bytes that came, and room for the answers."""

    def __init__(self, data: bytes) -> None:
        self._data, self.sent = data, bytearray()

    def makefile(self, mode: str, size: int) -> io.BytesIO:
        return io.BytesIO(self._data)

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def settimeout(self, seconds: float) -> None:
        """Do nothing: all bytes are there."""


def server(folder: Path) -> Attempt:
    """Return what has the review server handle the bytes of a connection, in this thread."""
    out = folder / "out"
    write_corpus(out, rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")]))
    served = review_server(out, 0)
    served.server_port, served.token = PORT, TOKEN
    kept = {path.name for path in out.iterdir()}

    def attempt(data: bytes) -> None:
        connection = _Connection(data)
        served.RequestHandlerClass(connection, (ADDRESS, 1), served)
        assert not re.match(rb"HTTP/1\.1 5(?!0[15])", connection.sent)  # unknown method or version
        if (out / DECISIONS).exists() and (out / DECISIONS).stat().st_size > MOST_DECISIONS:
            for path in [path for path in out.iterdir() if path.name not in kept]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            served.log = OrderedLog(out)

    return attempt


TARGETS: Mapping[str, Callable[[Path], Attempt]] = {
    **{format: reader(suffix) for suffix, format in reversed(EXTENSIONS.items())},
    "readers": readers,
    "check": check,
    "apply": apply,
    "server": server,
}
