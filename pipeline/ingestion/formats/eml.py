"""Mail: the subject as title, the text of the richest version, and attachments by name only.

What a reply quotes at its end, and the signature, are boilerplate; quotes that are answered in between stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import Message
from email.utils import parseaddr
from itertools import groupby

from pipeline.datatypes import Block, Metadata
from pipeline.ingestion.formats.html import as_boilerplate
from pipeline.ingestion.formats.html import blocks as html_blocks
from pipeline.ingestion.formats.mime import HTML, filename, header, parse_message, text
from pipeline.ingestion.formats.reading import Item, Reading, Unusable
from pipeline.ingestion.formats.txt import blocks as plain_blocks

MAX_SIGNATURE = 15  # lines
MAX_ATTRIBUTION = 3  # lines that say who wrote what is quoted below

_QUOTED = re.compile(r"\s{0,3}>")
_BARS = re.compile(r"\s{0,3}(?:>\s?)*")


def items(data: bytes, reading: Reading) -> Iterator[Item]:
    """Yield the mail, and for each attachment that it is not read; raises `Unusable`."""
    message = parse_message(data)
    attached: list[Message] = []
    parts = list(_bodies(message, attached))
    found = [block for part in parts for block in _blocks(part)]
    subject = header(message, "Subject")
    metadata = _metadata(message, subject)
    if not any(block.kind != "boilerplate" for block in found):
        found = [block._replace(kind="paragraph") for block in found]
    if not found:
        yield Item(metadata=metadata, reason="holds no text")
    else:
        if subject and not any(block.kind == "title" for block in found):
            found = [Block("title", subject), *found]
        yield Item("", "blocks", metadata, text(parts[0]).encoding, blocks=tuple(found))
    for number, part in enumerate(attached, start=1):
        name = filename(part) or f"attachment {number}"
        yield Item(address=name, reason=f"is an attachment ({part.get_content_type()}), which is not read")


def _metadata(message: Message, subject: str) -> Metadata:
    name, address = parseaddr(header(message, "From"))
    return Metadata(
        title=subject,
        author=name or address,
        date=header(message, "Date"),
        url=header(message, "Archived-At").strip("<>"),
        id=header(message, "Message-ID").strip("<>"),
        language=header(message, "Content-Language").partition(",")[0],
    )


def _bodies(part: Message, attached: list[Message]) -> Iterator[Message]:
    """Yield the parts that are the mail's own text; files are added to `attached`."""
    kind = part.get_content_type()
    if part.is_multipart() and kind != "message/rfc822":
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if kind == "multipart/alternative":
            yield from _richest(children, attached)
        else:  # of what is related, only the first is text, the others are its pictures
            for child in children[:1] if kind == "multipart/related" else children:
                yield from _bodies(child, attached)
    elif kind in (*HTML, "text/plain") and not _is_file(part):
        yield part
    else:
        attached.append(part)


def _richest(children: Sequence[Message], attached: list[Message]) -> Iterator[Message]:
    """Yield the last of the versions that can be read: they come in ascending order."""
    for child in reversed(children):
        files: list[Message] = []
        found = list(_bodies(child, files))
        if any(_blocks(part) for part in found):
            attached += files
            yield from found
            return


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(filename(part))


def _blocks(part: Message) -> list[Block]:
    try:
        body = text(part).text
    except Unusable:
        return []
    if part.get_content_type() in HTML:
        return html_blocks(body)
    lines = body.replace("\r\n", "\n").split("\n")
    if part.get_param("format") == "flowed":
        lines = _unflowed(lines, part.get_param("delsp") == "yes")
    own, quoted, signature = _parted(lines)
    return [
        *_plain(own),
        *as_boilerplate(_plain(quoted)),
        *as_boilerplate(plain_blocks("\n".join(signature))),
    ]


def _plain(lines: Sequence[str]) -> list[Block]:
    """Return the paragraphs in lines of plain text, those that are quoted without the signs before them."""
    found: list[Block] = []
    for is_quoted, group in groupby(lines, lambda line: _QUOTED.match(line) is not None):
        blocks = plain_blocks(
            "\n".join(_BARS.sub("", line, count=1) if is_quoted else line for line in group)
        )
        found += [block._replace(kind="quote") for block in blocks] if is_quoted else blocks
    return found


def _unflowed(lines: Sequence[str], drop_space: bool) -> list[str]:
    """Join lines that end in a space, as `format=flowed` (RFC 3676) breaks paragraphs."""
    found: list[str] = []
    open_depth = -1  # quotes around a line that goes on
    for line in lines:
        bars = _BARS.match(line)
        depth = bars[0].count(">") if bars else 0
        body = line[bars.end() if bars and depth else 0 :].removeprefix(" " if not depth else "")
        if depth == open_depth and body != "-- ":
            found[-1] += body
        else:
            found.append(">" * depth + (" " if depth else "") + body)
        flows = found[-1].endswith(" ") and body != "-- " and bool(body.strip())
        if flows and drop_space:
            found[-1] = found[-1][:-1]
        open_depth = depth if flows else -1
    return found


def _parted(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Return a mail's own lines, those that it quotes at its end, and its signature."""
    end = next(
        (place for place in range(len(lines) - 1, -1, -1) if lines[place].rstrip("\r") in ("-- ", "--")),
        len(lines),
    )
    if len(lines) - end > MAX_SIGNATURE + 1:
        end = len(lines)
    start = end
    while start and (not lines[start - 1].strip() or _QUOTED.match(lines[start - 1])):
        start -= 1
    quoted = any(_QUOTED.match(line) for line in lines[start:end])
    if not quoted or not any(line.strip() for line in lines[:start]):
        return lines[:end], (), lines[end:]
    start = _attribution(lines, start)
    return lines[:start], lines[start:end], lines[end:]


def _attribution(lines: Sequence[str], start: int) -> int:
    """Return where the lines begin that say who wrote what is quoted: a paragraph that ends in a colon."""
    if not lines[start - 1].rstrip().endswith((":", "：")):
        return start
    first = start
    while first and lines[first - 1].strip() and start - first <= MAX_ATTRIBUTION:
        first -= 1
    is_short = 0 < start - first <= MAX_ATTRIBUTION
    return first if is_short and any(line.strip() for line in lines[:first]) else start
