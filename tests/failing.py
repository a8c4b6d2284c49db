"""What may not fail whatever it is given: readers of every format, `check`, `apply` and the server.

`TARGETS` has for each a function of a working folder that returns a function of the bytes to try. What is
tried is used or refused with a reason; anything else raises.
"""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pipeline.bitexts import FORMATS, read_bitext
from pipeline.datatypes import Article
from pipeline.decisions.incoming import read_incoming, read_known
from pipeline.decisions.log import Log
from pipeline.detection.detector import LanguageDetector
from pipeline.errors import SynopticError
from pipeline.ingestion.formats import EXTENSIONS
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import read_file
from pipeline.review.server import review_server
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


def server(folder: Path) -> Attempt:
    """Return what sends requests to the server of the review page, of which each has to be answered."""
    write_corpus(folder / "out", rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")]))
    served = review_server(folder / "out", None)
    errors: list[BaseException | None] = []
    served.handle_error = lambda request, address: errors.append(sys.exc_info()[1])
    threading.Thread(target=served.serve_forever, daemon=True).start()

    def attempt(data: bytes) -> None:
        connection = socket.create_connection(("127.0.0.1", served.server_port), timeout=10)
        with connection, contextlib.suppress(ConnectionError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass
        if errors:
            raise AssertionError from errors.pop()

    return attempt


TARGETS: Mapping[str, Callable[[Path], Attempt]] = {
    **{format: reader(suffix) for suffix, format in reversed(EXTENSIONS.items())},
    "readers": readers,
    "check": check,
    "apply": apply,
    "server": server,
}
