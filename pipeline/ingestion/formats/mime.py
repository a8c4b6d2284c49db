"""Parses MIME files: mail, and pages that a browser saved with everything in one file."""

from __future__ import annotations

from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message

from pipeline.ingestion.encodings import Decoded, declared_encoding, decode
from pipeline.ingestion.formats.reading import Unusable

MAX_MULTIPARTS = 100  # parts that hold parts; the parser compares each line with the ends of all open ones
HTML = ("text/html", "application/xhtml+xml")


def parse_message(data: bytes) -> Message:
    """Return a MIME file as a tree of its parts; raises `Unusable`."""
    lowered = data.lower()
    if lowered.count(b"boundary") + lowered.count(b"message/rfc822") > 2 * MAX_MULTIPARTS:
        raise Unusable(f"holds more than {MAX_MULTIPARTS} parts inside one another")
    try:
        message = message_from_bytes(data)
    except (MessageError, ValueError, LookupError, TypeError, IndexError) as error:
        raise Unusable(f"is damaged: {str(error)[:120]}") from error
    if not message.keys():
        raise Unusable("is no MIME file: it begins with no headers")
    return message


def header(message: Message, name: str) -> str:
    """Return a header in one line, decoded; "" if there is none."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    found = decode(raw.encode("utf-8", "surrogateescape"))
    text = found if isinstance(found, str) else found.text
    if isinstance(found, str):
        text = raw.encode("ascii", "replace").decode()
    with suppress(HeaderParseError, ValueError, LookupError):  # then it stays as it is written
        text = "".join(_word(part, charset) for part, charset in decode_header(text))
    return " ".join(text.split())


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "ascii", "replace")
    except LookupError:
        return part.decode("ascii", "replace")


def payload(part: Message) -> bytes:
    """Return the bytes of a part that holds no others, without their transfer encoding."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError) as error:
        raise Unusable(f"is damaged: {str(error)[:120]}") from error
    return found if isinstance(found, bytes) else b""


def text(part: Message) -> Decoded:
    """Return the text of a part, in the charset of its header or of its page; raises `Unusable`."""
    data = payload(part)
    declared = charset(part) or (declared_encoding(data) if part.get_content_type() in HTML else None)
    found = decode(data, declared)
    if isinstance(found, str):
        raise Unusable(found)
    return found


def charset(part: Message) -> str:
    """Return the charset in the header of a part; "" if there is none or it cannot be read."""
    try:
        return part.get_content_charset() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def filename(part: Message) -> str:
    """Return the name of an attached file."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
    try:
        return " ".join("".join(_word(word, code) for word, code in decode_header(name)).split())
    except (HeaderParseError, ValueError, LookupError):
        return name
