"""From a folder of files to decoded texts; a file that cannot be used becomes a `Rejection`."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pipeline.config import Config
from pipeline.datatypes import RawText, Rejection
from pipeline.encodings import declared_encoding, decode
from pipeline.errors import InputError

MAX_FILE_BYTES = Config.max_file_bytes

FORMATS = {
    **dict.fromkeys(("", ".txt", ".text"), "txt"),
    **dict.fromkeys((".md", ".markdown"), "md"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
}
"""Format by file extension; a name without any is taken as plain text."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
_LETTER = re.compile(r"[^\W\d_]")


def read_below(raw: Path, path: Path, max_bytes: int = MAX_FILE_BYTES) -> RawText | Rejection:
    """Read one of the files that `find_files(raw)` found; links that lead out of `raw` are rejected."""
    name = printable_name(path.relative_to(raw))
    reason = _bad_link(path, raw.resolve())
    return Rejection(name, reason) if reason else read_file(path, name, max_bytes)


def find_files(raw: Path) -> list[Path]:
    """Return the files below `raw`, sorted by the code points of their printable relative paths.

    Hidden files and folders are passed over. Links to folders and folders that cannot be listed stand among
    the files, to be rejected with the reason. Raises `InputError` for `raw` itself.
    """
    _check_folder(raw)
    found: list[Path] = []
    errors: list[OSError] = []
    for folder, folders, files in os.walk(raw, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        found += [Path(folder, name) for name in files + links if not name.startswith(".")]
    found += [_unlisted(error, raw) for error in errors]
    return sorted(found, key=lambda path: printable_name(path.relative_to(raw)))


def printable_name(path: Path) -> str:
    r"""Return a relative path with "/" between its parts that any terminal and any UTF-8 file can hold.

    Bytes that are no UTF-8, control characters and backslashes are written `\xff`, so no two files share one.
    """
    name = _UNPRINTABLE.sub(
        lambda match: "".join(f"\\x{byte:02x}" for byte in match[0].encode()), path.as_posix()
    )
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def read_file(path: Path, name: str, max_bytes: int = MAX_FILE_BYTES) -> RawText | Rejection:
    """Read and decode one file; `name` is what it is called in every output."""
    data = _read(path, max_bytes)
    if isinstance(data, str):
        return Rejection(name, data)
    format_ = FORMATS.get(path.suffix.lower())
    if format_ is None:
        return Rejection(name, f"format {printable_name(Path(path.suffix))} is not supported")
    decoded = decode(data, declared_encoding(data) if format_ == "html" else None)
    if isinstance(decoded, str):
        return Rejection(name, decoded)
    if not decoded.text.strip():
        return Rejection(name, "is empty" if not data else "holds only blank space")
    if not _LETTER.search(decoded.text):
        return Rejection(name, "holds no words, only digits and signs")
    return RawText(file=name, text=decoded.text, encoding=decoded.encoding, format=format_)


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
            data = stream.read(max_bytes + 1)  # it may have grown since
    except FileNotFoundError:
        return "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
    except OSError as error:
        return f"cannot be read: {error.strerror or 'unknown error'}"
    return data if len(data) <= max_bytes else f"is too large: more than {max_bytes:,} bytes"


def _bad_link(path: Path, root: Path) -> str:
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
    if not target.is_relative_to(root):
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


def _unlisted(error: OSError, raw: Path) -> Path:
    """Return a folder below `raw` that cannot be listed, to be rejected; `raw` itself has to be readable."""
    folder = Path(error.filename)
    if folder == raw:
        raise InputError(f"cannot list the input folder {raw}: {error.strerror}") from error
    return folder
