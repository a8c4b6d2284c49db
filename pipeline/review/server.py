"""Local server for the review page that saves every decision at once.

Requests need the token that the command prints and the server's own host name, so pages of other origins
and DNS rebinding get nothing. A decision is on disk before the response is sent.

The order of the log is the truth that all pages show (`ordered_log`): every response has the sequence number
of each decision and, as its ETag, the state of the log after the last one.
"""

from __future__ import annotations

import hmac
import json
import secrets
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pipeline.decisions.log import read_decisions, vanished_decisions
from pipeline.decisions.record import COLUMNS, Decision, parse_decision
from pipeline.errors import InputError, SettingError, SynopticError
from pipeline.output.commit import REVIEW_PAGE, recover
from pipeline.review.checking import Editors, RunRulesOf, findings_of, parse_draft
from pipeline.review.downloads import DOWNLOADS, Answer, download
from pipeline.review.ordered_log import OrderedLog
from pipeline.review.page import decision_records, page_data_of, review_page
from pipeline.review.realigning import Realigner, parse_repaired, realigned_rows
from pipeline.store.plain_files import read_bytes

ADDRESS = "127.0.0.1"
PORT = 8765

MAX_BODY = 16 * 1024 * 1024
"""Maximum size of a request body in bytes."""

IDLE_TIMEOUT = 30
"""Seconds after which an idle connection is closed."""


_POSTED = ("/decisions", "/check", "/realign")


class ReviewServer(ThreadingHTTPServer):
    """Serves the corpus in one folder."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, out: Path, port: int, realigner: Realigner | None = None) -> None:
        self.out, self.realigner = out, realigner
        self.token = secrets.token_urlsafe(24)
        self.log = OrderedLog(out)
        self.editors = Editors()
        self.rules = RunRulesOf(out)
        super().__init__((ADDRESS, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Report an error in a request in one line; a browser that has gone is none."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            sys.stderr.write(f"synoptic: a request failed: {type(error).__name__}\n")

    @property
    def url(self) -> str:
        """The address of the page, with the token."""
        return f"http://{ADDRESS}:{self.server_port}/?token={self.token}"

    def page(self) -> bytes:
        """Return the page with the current decisions; raises `InputError`."""
        path, corpus = self.out / REVIEW_PAGE, self.corpus()
        try:
            html = read_bytes(path)
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}; run `synoptic align` first") from error
        log = self.log.read()
        realigns = self.realigner is not None and self.realigner.is_ready()
        data = page_data_of(html, str(path))
        return review_page(data, log.decisions, log.state(), realigns, corpus)

    def corpus(self) -> str:
        """Return what tells the corpus in the folder from the one of another run, "" if there is none now."""
        try:
            found = (self.out / REVIEW_PAGE).lstat()
        except OSError:
            return ""
        return f"{found.st_ino:x}-{found.st_size:x}-{found.st_mtime_ns:x}"


def review_server(out: Path, port: int | None, realigner: Realigner | None = None) -> ReviewServer:
    """Return a server for the corpus in `out` on `port`; None tries `PORT`, then any free port.

    Without a `realigner`, repaired articles wait for the next run.
    Raises `InputError` if there is no corpus to review, `SettingError` if the port is unavailable.
    """
    recover(out)
    for attempt in (PORT, 0) if port is None else (port,):
        try:
            server = ReviewServer(out, attempt, realigner)
        except (OSError, OverflowError) as error:
            if attempt and port is None:
                continue
            reason = getattr(error, "strerror", None) or error
            raise SettingError(f"cannot listen on port {attempt}: {reason}") from error
        try:
            server.page()
        except SynopticError:
            server.server_close()
            raise
        return server
    raise SettingError("no port is free")


class _Handler(BaseHTTPRequestHandler):
    """Handles the page, `/decisions`, `/vanished`, `/check`, `/realign` and the downloads."""

    server: ReviewServer
    protocol_version = "HTTP/1.1"
    server_version = "synoptic"
    sys_version = ""
    timeout = IDLE_TIMEOUT

    def do_GET(self) -> None:
        """Send the page, the decisions after the first `since`, vanished ones, or a download."""
        path, query = self._address()
        if path == "/" and self._is_authorised(query.get("token", "")):
            self._respond(lambda: Answer(self.server.page(), "text/html; charset=utf-8"))
        elif path == "/decisions" and self._is_authorised(self.headers.get("X-Synoptic-Token", "")):
            self._respond(lambda: self._decisions(query))
        elif path == "/vanished" and self._is_authorised(self.headers.get("X-Synoptic-Token", "")):
            self._respond(self._vanished)
        elif path in DOWNLOADS and self._is_authorised(query.get("token", "")):
            self._respond(lambda: download(self.server.out, path))

    def do_POST(self) -> None:
        """Save the decisions in the body, check the row in it, or align the article in it anew."""
        path, query = self._address()
        token = self.headers.get("X-Synoptic-Token", "")
        if path not in _POSTED or not self._is_authorised(token, writes=True):
            return
        body = self._body()
        if body is None:
            return
        try:
            if path == "/check":
                self._check(body)
            elif path == "/realign":
                self._realign(body)
            else:
                self._store(body, query)
        except ValueError as error:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    def _store(self, body: bytes, query: dict[str, str]) -> None:
        """Save the decisions, all or none, and send those after the first `since`; raises `ValueError`."""
        decisions, bases = _parse(body)

        def store() -> Answer:
            self.server.log.store(decisions, bases)
            return self._decisions(query)

        self._respond(store)

    def _check(self, body: bytes) -> None:
        """Send the findings of a row and who else edits its text; raises `ValueError`."""
        draft = parse_draft(body)

        def checked() -> Answer:
            run = self.server.rules.read()
            others = self.server.editors.others(draft)
            record = {**findings_of(draft, run), "lacking": run.lacking, "others": others}
            return Answer(json.dumps(record, ensure_ascii=False).encode("utf-8"), "application/json")

        self._respond(checked)

    def _realign(self, body: bytes) -> None:
        """Send the rows of an article with the decisions about it; raises `ValueError`."""
        article, decisions = parse_repaired(body)
        rows = realigned_rows(self.server.realigner, article, decisions)
        self._send(HTTPStatus.OK, Answer(rows, "application/json"))

    def _address(self) -> tuple[str, dict[str, str]]:
        try:
            parts = urlsplit(self.path)
        except ValueError:  # a host in brackets that is no address
            parts = urlsplit("")
        if parts.path not in ("/", "/vanished", *_POSTED, *DOWNLOADS):
            self._refuse(HTTPStatus.NOT_FOUND, "not found")
        return parts.path, {name: values[-1] for name, values in parse_qs(parts.query).items()}

    def _is_authorised(self, token: str, writes: bool = False) -> bool:
        """Check host, origin and token of the request; refuse it if they are wrong."""
        names = [f"{name}:{self.server.server_port}" for name in (ADDRESS, "localhost")]
        origins = [f"http://{name}" for name in names]
        origin = self.headers.get("Origin")
        if self.headers.get("Host") not in names:
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "wrong Host")
        elif (origin is not None or writes) and origin not in origins:
            self._refuse(HTTPStatus.FORBIDDEN, "wrong Origin")
        elif not hmac.compare_digest(token.encode("utf-8", "replace"), self.server.token.encode()):
            self._refuse(HTTPStatus.FORBIDDEN, "wrong token: use the address that `synoptic review` printed")
        else:
            return True
        return False

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json")
        elif not length.isascii() or not length.isdigit():
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "no Content-Length")
        elif int(length) > MAX_BODY:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the limit is {MAX_BODY:,} bytes")
        else:
            return self.rfile.read(int(length))
        return None

    def _decisions(self, query: dict[str, str]) -> Answer:
        """Return the decisions after `since` as JSON; all of them unless the log up to it is in `state`."""
        since = query.get("since", "")
        start = int(since) if since.isascii() and since.isdigit() else 0
        log = self.server.log.read()
        record = {
            "decisions": log.records(start, query.get("state")),
            "total": len(log.decisions),
            "corpus": self.server.corpus(),
        }
        body = json.dumps(record, ensure_ascii=False).encode("utf-8")
        return Answer(body, "application/json", state=log.state())

    def _vanished(self) -> Answer:
        """Return the decisions that were stored and are not in the file any more, as JSON."""
        out = self.server.out
        record = {"decisions": decision_records(vanished_decisions(out, read_decisions(out)))}
        return Answer(json.dumps(record, ensure_ascii=False).encode("utf-8"), "application/json")

    def _respond(self, make: Callable[[], Answer]) -> None:
        """Send the answer that `make` returns, or its error."""
        try:
            answer = make()
        except SynopticError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        else:
            self._send(HTTPStatus.OK, answer)

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True  # an unread body must not be parsed as the next request
        self._send(status, Answer(reason.encode("utf-8"), "text/plain; charset=utf-8"))

    def _send(self, status: HTTPStatus, answer: Answer) -> None:
        body, kind, filename, state = answer
        self.send_response(status)
        if state:
            self.send_header("ETag", f'"{state}"')
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        if filename:
            self.send_header("Content-Disposition", f'attachment; filename="{filename}"')
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Log nothing, because URLs contain the token."""


def _parse(body: bytes) -> tuple[list[Decision], dict[str, int]]:
    """Return the decisions in a request body, and the sequence number that each was made after.

    Raises `ValueError` if one is invalid.
    """
    try:
        records = json.loads(body)["decisions"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no decisions in the request") from error
    if not isinstance(records, list):
        raise ValueError("no decisions in the request")
    for record in records:
        if not isinstance(record, dict) or not all(isinstance(record.get(n, ""), str) for n in COLUMNS):
            raise ValueError("a decision must be an object of strings")
    bases = {
        record["id"]: record["base"]
        for record in records
        if isinstance(record.get("base"), int) and isinstance(record.get("id"), str)
    }
    return [parse_decision(record) for record in records], bases
