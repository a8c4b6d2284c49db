"""From a folder of files to decoded articles; a file that cannot be used becomes a `Rejection`."""

from __future__ import annotations

import os
import re
import stat
from html import unescape
from pathlib import Path
from typing import NamedTuple

from pipeline.datatypes import RawText, Rejection
from pipeline.errors import InputError
from pipeline.ingestion.encodings import declared_encoding, decode
from pipeline.ingestion.formats import EXTENSIONS, INSTEAD, TEXT_FORMATS, items
from pipeline.ingestion.formats.reading import Item, Reading, Unusable

READING = Reading()

MAX_GROWTH = 20  # times its size: what the text of a file may come to
FREE_GROWTH = 100_000  # bytes that any file may come to
HTML_START = re.compile(r"\s*(?:<!--[^>]*-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE)

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
_LETTER = re.compile(r"[^\W\d_]")


class RawFile(NamedTuple):
    """A file below the folder of raw files; no `Path`, which takes longer to make than a file to look at."""

    name: str  # what it is called in every output
    path: str


def read_below(raw: Path, path: Path, reading: Reading = READING) -> list[RawText | Rejection]:
    """Read one of the files that `find_files(raw)` found; links that lead out of `raw` are rejected."""
    name = name_below(raw, path)
    reason = _bad_link(path, raw)
    return [Rejection(name, reason)] if reason else read_file(path, name, reading)


def content(raw: Path, path: Path, max_bytes: int) -> bytes | str:
    """Return the bytes of one of the files that `find_files(raw)` found, or why it is not to be read."""
    return _bad_link(path, raw) or _read(path, max_bytes)


def find_files(raw: Path) -> list[Path]:
    """Return the files below `raw`, in the order of `list_files`. Raises `InputError` for `raw` itself."""
    return [Path(file.path) for file in list_files(raw)]


def list_files(raw: Path) -> list[RawFile]:
    """Return the files below `raw`, sorted by the code points of their printable relative paths.

    Hidden files and folders are passed over. Links to folders and folders that cannot be listed stand among
    the files, to be rejected with the reason. Raises `InputError` for `raw` itself.
    """
    _check_folder(raw)
    found: list[str] = []
    errors: list[OSError] = []
    for folder, folders, files in os.walk(raw, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        start = folder if folder.endswith(os.sep) else folder + os.sep
        found += [start + name for name in files + links if not name.startswith(".")]
    found += [_unlisted(error, raw) for error in errors]
    root = len(os.fspath(raw).rstrip(os.sep)) + 1
    return sorted(RawFile(_printable(path[root:].replace(os.sep, "/")), path) for path in found)


def name_below(raw: Path, path: Path) -> str:
    """Return what a file below `raw` is called in every output: its printable relative path."""
    root, name = f"{raw.as_posix()}/", path.as_posix()
    return _printable(name[len(root) :] if name.startswith(root) else path.relative_to(raw).as_posix())


def printable_name(path: Path) -> str:
    r"""Return a relative path with "/" between its parts that any terminal and any UTF-8 file can hold.

    Bytes that are no UTF-8, control characters and backslashes are written `\xff`, so no two files share one.
    """
    return _printable(path.as_posix())


def _printable(name: str) -> str:
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    name = _UNPRINTABLE.sub(lambda match: "".join(f"\\x{byte:02x}" for byte in match[0].encode()), name)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_file(path: Path, name: str, reading: Reading = READING) -> list[RawText | Rejection]:
    """Read and decode the articles of one file; `name` is what it is called in every output.

    Of a file that holds many articles, each is called by the file's name and its own address, as in
    `feed.xml#3`.
    """
    data = _read(path, reading.max_bytes)
    if isinstance(data, str):
        return [Rejection(name, data)]
    suffix = path.suffix.lower()
    format_ = EXTENSIONS.get(suffix)
    if format_ is None:
        return [Rejection(name, _unsupported(suffix))]
    if not data:
        return [Rejection(name, "is empty")]
    if format_ in TEXT_FORMATS:
        return [_decoded(data, name, format_)]
    return _articles(data, name, format_, reading)


def _unsupported(suffix: str) -> str:
    advice = f"; {INSTEAD[suffix]}" if suffix in INSTEAD else ""
    return f"format {printable_name(Path(suffix))} is not supported{advice}"


def _decoded(data: bytes, name: str, format_: str) -> RawText | Rejection:
    """Return the text of a file that is one article; a page under another name is still a page."""
    decoded = decode(data, declared_encoding(data) if format_ == "html" else None)
    if isinstance(decoded, str):
        return Rejection(name, decoded)
    if format_ == "txt" and HTML_START.match(decoded.text):
        return _decoded(data, name, "html")
    return _sound(RawText(name, decoded.text, decoded.encoding, format_))


def _articles(data: bytes, name: str, format_: str, reading: Reading) -> list[RawText | Rejection]:
    """Return the articles of a file that may hold several; none of them is lost to the fault of another."""
    found: list[RawText | Rejection] = []
    left = MAX_GROWTH * len(data) + FREE_GROWTH
    try:
        for item in items(format_, data, reading):
            called = f"{name}#{printable_name(Path(item.address))}" if item.address else name
            left -= len(item.text.encode("utf-8", "replace")) + sum(
                len(b.text.encode("utf-8", "replace")) for b in item.blocks
            )
            if left < 0:
                found.append(
                    Rejection(called, f"unpacks to more than {MAX_GROWTH} times the size of its file")
                )
                break
            found.append(_article(called, item))
    except Unusable as error:
        found.append(Rejection(name, str(error)))
    except RecursionError:
        found.append(Rejection(name, "nests too deeply"))
    return found or [Rejection(name, "holds no articles")]


def _article(name: str, item: Item) -> RawText | Rejection:
    if item.reason:
        return Rejection(name, item.reason)
    return _sound(
        RawText(name, item.text, item.encoding, item.format, item.metadata, item.blocks, item.changes)
    )


def _sound(raw: RawText) -> RawText | Rejection:
    """Return the text if there are words in it."""
    texts = [block.text for block in raw.blocks] if raw.format == "blocks" else [raw.text]
    if not any(map(str.strip, texts)):
        reason = "holds only blank space" if raw.text else "holds no text" if raw.blocks else "is empty"
        return Rejection(raw.file, reason)
    if not any(_LETTER.search(text if "&#" not in text else unescape(text)) for text in texts):
        return Rejection(raw.file, "holds no words, only digits and signs")
    return raw


def _read(path: Path, max_bytes: int) -> bytes | str:
    """Return the bytes of a regular file, or the reason why not."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return "is a folder that cannot be listed"
        if not stat.S_ISREG(status.st_mode):
            return "is not a regular file"
        if status.st_size > max_bytes:
            return f"is too large: {status.st_size:,} bytes, the limit is {max_bytes:,}"
        with path.open("rb") as stream:
            data = stream.read(status.st_size + 1)
            if len(data) > status.st_size:  # it has grown since
                data += stream.read(max_bytes + 1 - len(data))
    except FileNotFoundError:
        return "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
    except OSError as error:
        return f"cannot be read: {error.strerror or 'unknown error'}"
    return data if len(data) <= max_bytes else f"is too large: more than {max_bytes:,} bytes"


def _bad_link(path: Path, raw: Path) -> str:
    """Return why a link is not followed, or "".

    A link out of the raw folder could pull any file of the machine into a corpus that is to be published.
    """
    if not path.is_symlink():
        return ""
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        return "is a link to a file that does not exist"
    except (OSError, RuntimeError):
        return "is a link that leads in a circle"
    if not target.is_relative_to(raw.resolve()):
        return "is a link to a file outside the input folder"
    return "is a link to a folder" if target.is_dir() else ""


def _check_folder(raw: Path) -> None:
    """Raise `InputError` if `raw` is no folder, or lies where it cannot be looked at."""
    try:
        mode = raw.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise InputError(f"the input folder {raw} does not exist") from error
    except OSError as error:
        raise InputError(
            f"cannot open the input folder {raw}: {error.strerror or 'unknown error'}"
        ) from error
    if not stat.S_ISDIR(mode):
        raise InputError(f"{raw} is no folder")


def _unlisted(error: OSError, raw: Path) -> str:
    """Return a folder below `raw` that cannot be listed, to be rejected; `raw` itself has to be readable."""
    if Path(error.filename) == raw:
        raise InputError(f"cannot list the input folder {raw}: {error.strerror}") from error
    return str(error.filename)
