"""The review page: assets and data combined into one self-contained HTML file.

The Content-Security-Policy allows only the hashes of the script and of the style sheet, so nothing else
can run, whatever the texts contain. Data are in blocks that browsers do not execute.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from pipeline.decisions.record import Decision, decision_fields
from pipeline.errors import InputError
from pipeline.review.inert import inert, inert_json
from pipeline.review.script import bundle

DATA_VERSION = 2
"""Version of the data format; pages of another version are not served."""

_SHEETS = ("page", "rows", "many", "editing", "overview", "handing", "doubts", "compact", "print")
STYLES = tuple(f"{name}.css" for name in _SHEETS)

LANGUAGES = ("en", "it", "ko", "pl")
"""The languages that the page speaks; each has a file of messages."""

_DATA = "corpus-data"


def decision_records(decisions: Sequence[Decision]) -> list[Mapping[str, str]]:
    """Return decisions in the page's format."""
    return [decision_fields(decision) for decision in decisions]


def review_page(
    data: bytes,
    decisions: Sequence[Decision],
    state: str = "",
    realigns: bool = False,
    corpus: str = "",
) -> bytes:
    """Return the page as HTML; `data` comes from `page_data` or `page_data_of`.

    With the `state` of the server's log (`pipeline.review.ordered_log`), the page sends its decisions there.
    With `realigns` it asks that server to align repaired articles anew. `corpus` is what the server calls the
    corpus of the page; when it calls it otherwise, a run has made another one.
    """
    script, style, served = _script(), _style(), bool(state)
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "worker-src blob:",  # the search by expressions, made of the script
            f"connect-src {chr(39) + 'self' + chr(39) if served else chr(39) + 'none' + chr(39)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    parts: dict[str, str | bytes] = {
        "POLICY": policy,
        "STYLE": style,
        "SCRIPT": script,
        "MESSAGES": inert_json({code: messages(code) for code in LANGUAGES}),
        "NOSCRIPT": _without_script(),
        "MODE": "served" if served else "file",
        "STATE": state,
        "REALIGNS": "yes" if realigns else "no",
        "CORPUS": corpus,
        "DATA": data,
        "DECISIONS": inert_json(decision_records(decisions)),
    }
    html = []
    for piece in _asset("page.html").split("@@"):  # inserted parts are not searched for placeholders
        part = parts.get(piece, piece)
        html.append(part if isinstance(part, bytes) else part.encode())
    return b"".join(html)


class _Data(msgspec.Struct):
    """The field of the page's data to decode; the rest is validated and discarded."""

    form: int


def page_data_of(html: bytes, name: str) -> bytes:
    """Return the JSON data of an existing page; raises `InputError` if there are none of this version."""
    opening = f'<script type="application/json" id="{_DATA}">'.encode()
    _, found, rest = html.partition(opening)
    data = rest.partition(b"</script>")[0]
    try:
        usable = bool(found) and msgspec.json.decode(data, type=_Data).form == DATA_VERSION
    except (msgspec.MsgspecError, UnicodeDecodeError):
        usable = False
    if not usable:
        raise InputError(f"{name} is not a review page of this version; run `synoptic align` again")
    return inert(data)  # again: the page may have been made by somebody else


@cache
def messages(language: str) -> Mapping[str, str | Mapping[str, str]]:
    """Return the messages of a language by key: a text with `{placeholders}`, or one for each plural form."""
    return msgspec.json.decode(_asset(f"messages/{language}.json"), type=dict[str, str | dict[str, str]])


@cache
def _without_script() -> str:
    """Return what a browser without scripts shows, in every language."""
    lines = ((code, messages(code)["page.noscript"]) for code in LANGUAGES)
    return "".join(f'<p class="failure" lang="{code}">{text}</p>' for code, text in lines)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _script() -> str:
    return bundle("main.js", lambda path: _asset(f"script/{path}"))


@cache
def _style() -> str:
    return "\n".join(_asset(name) for name in STYLES)


@cache
def _asset(name: str) -> str:
    return files("pipeline.review").joinpath("assets", name).read_text(encoding="utf-8")
