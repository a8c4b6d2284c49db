"""Reads a folder of files into decoded articles; unusable files become `Rejection`s."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

from pipeline.datatypes import Metadata, RawText, Rejection
from pipeline.errors import InputError
from pipeline.ingestion.encodings import declared_encoding, decode
from pipeline.ingestion.formats import (
    ADVICE,
    EXTENSIONS,
    STREAMED_FORMATS,
    TEXT_FORMATS,
    items,
    items_of_stream,
    unpublished,
)
from pipeline.ingestion.formats.multilingual import marked_versions
from pipeline.ingestion.formats.reading import MAX_FINE, MIN_PIECE, Item, Reading, Unusable, too_fine

READING = Reading()

PIECES = {
    **dict.fromkeys(("txt", "rst"), ("\n\r", "lines")),
    **dict.fromkeys(("md", "mdx"), ("\n\r*_`|[<!&~$", "lines and marks")),
    "html": ("<", "tags"),
}
"""What parts an article of each text format into the pieces that a reader makes of it."""

PAIRS_FILE = "pairs.csv"
"""The file in the raw folder that says which others belong together: no article."""

MAX_GROWTH = 20  # limit of the text extracted from a file, relative to the file's size
FREE_GROWTH = 100_000  # bytes of text allowed on top of that
STREAM_BYTES = 2_000_000  # size from which a file of many articles is read as a stream
_PIECE = 1 << 20  # bytes of a stream read at a time
HTML_START = re.compile(r"\A\s*(?:<!--[^>]*-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE)

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
_LETTER = re.compile(r"[^\W\d_]")


class RawFile(NamedTuple):
    """A file below the raw folder; a string, because building a `Path` takes longer than a `stat`."""

    name: str  # its name in all output
    path: str


def read_below(raw: Path, path: Path, reading: Reading = READING) -> list[RawText | Rejection]:
    """Read one of the files from `find_files(raw)`; links to targets outside `raw` are rejected."""
    name = name_below(raw, path)
    reason = _bad_link(path, raw)
    return [Rejection(name, reason)] if reason else read_file(path, name, reading)


def content(raw: Path, path: Path, max_bytes: int) -> bytes | str:
    """Return the bytes of one of the files from `find_files(raw)`, or the reason for its rejection.

    For a file that is read as a stream, a digest of its bytes stands for them.
    """
    reason = _bad_link(path, raw)
    if reason or not is_streamed(path, max_bytes):
        return reason or _read(path, max_bytes)
    digest = hashlib.blake2b(b"stream", digest_size=32)
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        return _unreadable(error)
    return digest.digest()


def is_streamed(path: Path, max_bytes: int) -> bool:
    """Return whether a file is so large and of such a format that its articles are read one by one."""
    if EXTENSIONS.get(_suffix(path)) not in STREAMED_FORMATS:
        return False
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > min(STREAM_BYTES, max_bytes)


def stream_below(raw: Path, path: Path, reading: Reading = READING) -> Iterator[RawText | Rejection]:
    """Yield the articles of a file that `is_streamed`, in memory for one; each has the limits of a file."""
    name = name_below(raw, path)
    reason = _bad_link(path, raw)
    if reason:
        yield Rejection(name, reason)
    else:
        yield from _stream(path, name, reading)


def _stream(path: Path, name: str, reading: Reading) -> Iterator[RawText | Rejection]:
    empty = True
    try:
        with path.open("rb") as stream:
            found = items_of_stream(EXTENSIONS[_suffix(path)], stream, reading)
            for item in _not_too_short(found):
                empty = False
                yield _article(_item_name(name, item), item)
    except Unusable as error:
        yield Rejection(name, str(error))
    except RecursionError:
        yield Rejection(name, "nests too deeply")
    except OSError as error:
        yield Rejection(name, _unreadable(error))
    else:
        if empty:
            yield Rejection(name, "holds no articles")


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {error.strerror or 'unknown error'}"


def _item_name(name: str, item: Item) -> str:
    return f"{name}#{printable_name(Path(item.address))}" if item.address else name


def find_files(raw: Path) -> list[Path]:
    """Return the paths from `list_files`; raises `InputError` if `raw` is unusable."""
    return [Path(file.path) for file in list_files(raw)]


def list_files(raw: Path) -> list[RawFile]:
    """Return the files below `raw`, sorted by the code points of their printable relative paths.

    Hidden files and folders are skipped. Links to folders and unreadable folders are included, to be rejected
    later with a reason. `pairs.csv` in `raw` itself says something about the others and is no article. Raises
    `InputError` if `raw` itself is unusable.
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
    listed = (RawFile(_printable(path[root:].replace(os.sep, "/")), path) for path in found)
    return sorted(file for file in listed if file.name.lower() != PAIRS_FILE)


def find_pairs(raw: Path) -> Path | None:
    """Return the path of `pairs.csv` in the raw folder, None if it has none; raises `InputError`.

    Capitals do not count, as on Windows.
    """
    found = sorted(path for path in raw.iterdir() if path.name.lower() == PAIRS_FILE and not path.is_dir())
    if len(found) > 1:
        raise InputError(f"{raw} holds both {found[0].name} and {found[1].name}; keep one of them")
    return found[0] if found else None


def name_below(raw: Path, path: Path) -> str:
    """Return the name of a file below `raw` in all output: its printable relative path."""
    root, name = f"{raw.as_posix()}/", path.as_posix()
    return _printable(name[len(root) :] if name.startswith(root) else path.relative_to(raw).as_posix())


def printable_name(path: Path) -> str:
    r"""Return a relative path in POSIX form that any terminal and any UTF-8 file can hold.

    Invalid UTF-8, control characters and backslashes are escaped as `\xff`, so names stay unique.
    """
    return _printable(path.as_posix())


def _printable(name: str) -> str:
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    name = _UNPRINTABLE.sub(lambda match: "".join(f"\\x{byte:02x}" for byte in match[0].encode()), name)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_file(path: Path, name: str, reading: Reading = READING) -> list[RawText | Rejection]:
    """Read and decode the articles of one file; `name` is its name in all output.

    If a file holds several articles, each is named after the file and its address in it, as in `feed.xml#3`.
    """
    if is_streamed(path, reading.max_bytes):
        return list(_stream(path, name, reading))
    data = _read(path, reading.max_bytes)
    if isinstance(data, str):
        return [Rejection(name, data)]
    suffix = _suffix(path)
    format_ = EXTENSIONS.get(suffix)
    if format_ is None:
        return [Rejection(name, _unsupported(suffix))]
    if not data:
        return [Rejection(name, "is empty")]
    if format_ in TEXT_FORMATS:
        return _by_language(_decoded(data, name, format_))
    return _articles(data, name, format_, reading)


def _suffix(path: Path) -> str:
    """Return the extension that decides the format; of a packed file both, if they are known together."""
    both = "".join(path.suffixes[-2:]).lower()
    return both if both in EXTENSIONS else path.suffix.lower()


def _unsupported(suffix: str) -> str:
    advice = f"; {ADVICE[suffix]}" if suffix in ADVICE else ""
    return f"format {printable_name(Path(suffix))} is not supported{advice}"


def _decoded(data: bytes, name: str, format_: str) -> RawText | Rejection:
    """Return the text of a single-article file; HTML is recognised even with another extension."""
    decoded = decode(data, declared_encoding(data) if format_ == "html" else None)
    if isinstance(decoded, str):
        return Rejection(name, decoded)
    if format_ == "txt" and HTML_START.match(decoded.text):
        return _decoded(data, name, "html")
    if reason := unpublished(format_, decoded.text):
        return Rejection(name, reason)
    return _require_words(RawText(name, decoded.text, decoded.encoding, format_))


def _by_language(found: RawText | Rejection) -> list[RawText | Rejection]:
    """Return the article, or one for each language between the marks of a multilingual plugin."""
    if isinstance(found, Rejection):
        return [found]
    return [
        replace(found, file=f"{found.file}#{code}", text=text, metadata=Metadata(language=code))
        for code, text in marked_versions(found.text).items()
    ] or [found]


def _articles(data: bytes, name: str, format_: str, reading: Reading) -> list[RawText | Rejection]:
    """Return the articles of a file that may hold several; a bad one does not affect the others."""
    found: list[RawText | Rejection] = []
    left = MAX_GROWTH * len(data) + FREE_GROWTH
    try:
        for item in _not_too_short(items(format_, data, reading)):
            item_name = _item_name(name, item)
            texts = (item.text, *(block.text for block in item.blocks))
            left -= sum(len(text.encode("utf-8", "replace")) for text in texts)
            if left < 0:
                reason = f"unpacks to more than {MAX_GROWTH} times the size of its file"
                found.append(Rejection(item_name, reason))
                break
            found.append(_article(item_name, item))
    except Unusable as error:
        found.append(Rejection(name, str(error)))
    except RecursionError:
        found.append(Rejection(name, "nests too deeply"))
    return found or [Rejection(name, "holds no articles")]


def _not_too_short(found: Iterator[Item]) -> Iterator[Item]:
    """Yield the articles of a file; raises `Unusable` if there are many and they hold next to nothing."""
    length = 0
    for number, item in enumerate(found, start=1):
        length += len(item.text) + sum(len(block.text) for block in item.blocks) + len(item.reason)
        if number > MAX_FINE and number * MIN_PIECE > length:
            raise Unusable(too_fine(number, length, "articles"))
        yield item


def _article(name: str, item: Item) -> RawText | Rejection:
    if item.reason:
        return Rejection(name, item.reason)
    return _require_words(
        RawText(name, item.text, item.encoding, item.format, item.metadata, item.blocks, item.changes)
    )


def _require_words(raw: RawText) -> RawText | Rejection:
    """Return the article if it has words, else a rejection."""
    texts = [block.text for block in raw.blocks] if raw.format == "blocks" else [raw.text]
    if reason := _too_fine(raw):
        return Rejection(raw.file, reason)
    if not any(map(str.strip, texts)):
        reason = "holds only blank space" if raw.text else "holds no text" if raw.blocks else "is empty"
        return Rejection(raw.file, reason)
    if not any(_LETTER.search(text if "&#" not in text else unescape(text)) for text in texts):
        return Rejection(raw.file, "holds no words, only digits and signs")
    return raw


def _too_fine(raw: RawText) -> str:
    """Return why an article of too many lines, tags or paragraphs would take too much memory, or ""."""
    if raw.format == "blocks":
        return too_fine(len(raw.blocks), sum(len(block.text) for block in raw.blocks), "paragraphs")
    if len(raw.text) < MAX_FINE:
        return ""
    marks, what = PIECES[raw.format]
    return too_fine(sum(map(raw.text.count, marks)), len(raw.text), what)


def _read(path: Path, max_bytes: int) -> bytes | str:
    """Return the bytes of a regular file, or the reason why it cannot be read."""
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
            if len(data) > status.st_size:  # it grew meanwhile
                data += stream.read(max_bytes + 1 - len(data))
    except FileNotFoundError:
        return "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
    except OSError as error:
        return _unreadable(error)
    return data if len(data) <= max_bytes else f"is too large: more than {max_bytes:,} bytes"


def _bad_link(path: Path, raw: Path) -> str:
    """Return the reason not to follow a link, or "".

    A link out of the raw folder could leak any file of the machine into a published corpus.
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
    """Raise `InputError` if `raw` is not an accessible folder."""
    try:
        mode = raw.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise InputError(
            f"the input folder {raw} does not exist; name the folder that holds the articles"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot open the input folder {raw}: {error.strerror or 'unknown error'}"
        ) from error
    if not stat.S_ISDIR(mode):
        raise InputError(f"{raw} is not a folder; name the folder that holds the articles")


def _unlisted(error: OSError, raw: Path) -> str:
    """Return the path of an unreadable folder; raises `InputError` if it is `raw` itself."""
    if Path(error.filename) == raw:
        raise InputError(f"cannot list the input folder {raw}: {error.strerror}") from error
    return str(error.filename)
