"""A file that somebody damaged is read without loss, or rejected with the reason.

The files of the fixtures are cut, doubled and swapped in places, by bytes, lines and members of archives. Of
each come articles or reasons. For plain formats, all text that people still see in the damaged file, as
decoded, comes out, unless an article is rejected with the reason. Left out of that are the head of a Markdown
file, lines of broken JSON, and tables with a damaged header, as it is open what of them is text.
"""

import io
import json
import random
import re
import zipfile
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import settings
from selectolax.lexbor import LexborHTMLParser

from pipeline.datatypes import Article, RawText, Rejection
from pipeline.ingestion.encodings import declared_encoding, decode
from pipeline.ingestion.formats import EXTENSIONS
from pipeline.ingestion.formats.reading import FIELDS, Reading
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare
from tests.ingestion.test_loss import ARTICLES, DETECTOR, FILES, came_out, missing

MUTATIONS = {"tests": 200, "ci": 2_000, "fuzz": 100_000}
"""Damaged files in all, by hypothesis' profile."""
READING = Reading(4_000_000)
ARCHIVES = ("docx", "odt", "epub", "hwpx")
PLAIN = ("txt", "md", "csv", "jsonl", "html")
HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(?s:.*?)\n---[ \t]*$|\A(?s:.*?)\n\n", re.MULTILINE)
"""The head of a Markdown file: up to a second rule, or else to a blank line. A damaged one may go on."""


def plain_text(article):
    return "\n\n".join((article["title"], *(text for _, text in article["blocks"]))).encode()


SEEDS = {
    **{path.name: path.read_bytes() for path in FILES if EXTENSIONS[path.suffix] not in ("pdf", "hwp")},
    **{f"own.{code}.txt": plain_text(article) for code, article in ARTICLES.items()},
}
NAMES = sorted(SEEDS, key=lambda name: (name.rpartition(".")[2], name))


def mutated(data, chance):
    """Cut, double, swap or replace a part of some bytes, or of some lines."""
    if not data:
        return data
    lines = data.splitlines(keepends=True) if chance.random() < 0.5 else []
    parts = lines if len(lines) > 1 else [data[k : k + 1] for k in range(len(data))]
    size = chance.choice((1, 1, 2, 8) if parts is lines else (1, 1, 3, 20, 200))
    a, b = sorted((chance.randrange(len(parts)), chance.randrange(len(parts))))
    piece, end = parts[a : a + size], min(a + size, b)
    other = parts[b : b + size]
    new = {
        "cut": [*parts[:a], *parts[a + size :]],
        "double": [*parts[:a], *piece, *parts[a:]],
        "swap": [*parts[:a], *other, *parts[end:b], *parts[a:end], *parts[b + size :]],
        "replace": [*parts[:a], chance.randbytes(1), *parts[a + 1 :]] if parts is not lines else parts[:b],
    }[chance.choice(("cut", "double", "swap", "replace"))]
    return b"".join(new)


def mutated_members(data, chance):
    """Damage one member of an archive, or leave it out, or swap the contents of two."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = [(name, source.read(name)) for name in source.namelist()]
    if not members:
        return data
    a, b = chance.randrange(len(members)), chance.randrange(len(members))
    kind = chance.choice(("damage", "damage", "damage", "cut", "swap"))
    if kind == "damage" and members[a][1]:
        members[a] = members[a][0], mutated(members[a][1], chance)
    elif kind == "swap":
        members[a], members[b] = (members[a][0], members[b][1]), (members[b][0], members[a][1])
    elif kind == "cut":
        del members[a]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            target.writestr(name, content)
    return out.getvalue()


def damaged(name, number):
    """Return a damaged version of a fixture; the same number makes the same one."""
    chance = random.Random(f"{name} {number}")
    data = SEEDS[name]
    times = chance.choice((1, 1, 2, 4))
    if EXTENSIONS[Path(name).suffix] in ARCHIVES and chance.random() < 0.8:
        return reduce(lambda whole, _: mutated_members(whole, chance), range(times), data)
    return reduce(lambda whole, _: mutated(whole, chance), range(times), data)


def seen(name, data):
    """Return the texts that people see in a plain file, as decoded; None if its damage leaves that open."""
    format_ = EXTENSIONS[Path(name).suffix]
    found = decode(data, declared_encoding(data) if format_ == "html" else None)
    if isinstance(found, str):
        return None
    text = found.text
    if format_ == "html":
        tree = LexborHTMLParser(text)
        tree.strip_tags(["head", "style", "script", "noscript", "template", "svg", "math"])
        return tree.body.text(deep=True, separator="\n").split("\n") if tree.body else []
    if format_ == "md":
        below = HEAD.split(text, maxsplit=1)[-1]
        return [re.sub(r"\A(?:title|author):", "", line) for line in below.split("\n")]
    if format_ == "jsonl":
        return list(_values(text))
    if format_ == "csv":
        first, _, rest = text.partition("\n")
        return re.split(r"[\n,;\t]", rest) if first == decode(SEEDS[name]).text.partition("\n")[0] else None
    return text.split("\n")


def _values(text):
    names = {name for names in FIELDS.values() for name in names}
    for line in text.split("\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield from (value for name, value in record.items() if name in names and isinstance(value, str))


def check(folder, name, number):
    """Check a damaged file, and return whether its text was compared."""
    data = damaged(name, number)
    path = folder / name
    path.write_bytes(data)
    raws = read_file(path, name, READING)
    assert raws
    results = [prepare(raw, DETECTOR) for raw in raws]
    for result in results:
        assert isinstance(result, Article | Rejection)
        assert result.reason if isinstance(result, Rejection) else result.paragraphs
    if EXTENSIONS[path.suffix] not in PLAIN or not all(isinstance(raw, RawText) for raw in raws):
        return False
    texts = seen(name, data)
    if texts is None or any(isinstance(result, Rejection) for result in results):
        return False
    assert missing([(f"{name} {number}", text) for text in texts], list(came_out(path))) == []
    return True


@pytest.mark.parametrize("format_", sorted({EXTENSIONS[Path(name).suffix] for name in NAMES}))
def test_damaged_files_lose_nothing_in_silence(tmp_path, format_):
    names = [name for name in NAMES if EXTENSIONS[Path(name).suffix] == format_]
    formats = {EXTENSIONS[Path(name).suffix] for name in NAMES}
    count = MUTATIONS.get(settings.get_current_profile_name(), MUTATIONS["tests"]) // len(formats)
    compared = sum(check(tmp_path, names[number % len(names)], number) for number in range(count))
    assert compared >= (count // 3 if format_ in PLAIN else 0)


def test_a_damaged_file_is_the_same_each_time_and_another_one_by_number():
    assert damaged("rss.xml", 3) == damaged("rss.xml", 3) != damaged("rss.xml", 4)
