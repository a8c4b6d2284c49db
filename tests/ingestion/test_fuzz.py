"""No random or damaged file of any format makes a run fail, hang or exhaust the memory.

A few examples each by default; `pytest --hypothesis-profile=ci` takes more of them and stays under a minute
in all, `--hypothesis-profile=fuzz` (`make fuzz`) goes on for about ten minutes a format.
"""

import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datatypes import Article, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.formats import EXTENSIONS
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import FREE_GROWTH, MAX_GROWTH, read_file
from pipeline.segmentation.prepare import prepare
from tests.fuzzing import fuzzed

FILES = Path(__file__).parent.parent / "fixtures" / "formats"
DETECTOR = LanguageDetector(("it", "ko", "pl"))
READING = Reading(4_000_000)
SECONDS, SECONDS_PER_MB = 2.0, 5.0
FORMATS = sorted(set(EXTENSIONS.values()))
SEEDS = {
    format: [path.read_bytes() for path in sorted(FILES.iterdir()) if EXTENSIONS[path.suffix] == format]
    or [b"Le rose fioriscono.\n\nNoi le curiamo a lungo.\n"]
    for format in FORMATS
}
SUFFIXES = {format: suffix for suffix, format in reversed(EXTENSIONS.items())}
MARKUP = (
    *("<", ">", "</p>", "<div>", "&#", "&amp;", "<!--", "]]>", "<![CDATA[", "\n\n", "\r", "\x00", "\ufeff"),
    *("{", "[", '"', "\\u", "\\ud800", ",", "\t", "```", "|", "> ", "- ", "#", "---\n", "\u200b", "Ã©", "가"),
)
ARCHIVES = ("docx", "odt", "epub", "hwpx")


def check(tmp_path, format, data):
    path = tmp_path / f"a{SUFFIXES[format]}"
    path.write_bytes(data)
    begin = time.process_time()
    raws = read_file(path, path.name, READING)
    size = 0
    for raw in raws:
        result = prepare(raw, DETECTOR)
        assert isinstance(result, Article | Rejection)
        if isinstance(result, Rejection):
            assert result.reason
            continue
        text = "".join(paragraph.text for paragraph in result.paragraphs)
        text.encode()
        size += len(text.encode())
        for paragraph in result.paragraphs:
            assert paragraph.text.strip() == paragraph.text != ""
            assert all(0 <= start < end <= len(paragraph.text) for start, end in paragraph.sentences)
    assert raws
    assert size <= MAX_GROWTH * len(data) + FREE_GROWTH
    assert time.process_time() - begin < SECONDS + SECONDS_PER_MB * len(data) / 1e6


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def edits(data):
    """Strategies for positions in a file and replacement bytes."""
    places = st.integers(0, max(0, len(data) - 1))
    texts = st.sampled_from(MARKUP).map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.lists(st.tuples(places, st.integers(0, 40), texts | st.binary(max_size=8)), max_size=6)


def edited(data, changes):
    for place, cut, text in changes:
        data = data[:place] + text + data[place + cut :]
    return data


def repacked(data, changes, number):
    """Edit one member of an archive and pack it again, to put the damage inside."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        for name in names:
            member = source.read(name)
            target.writestr(name, edited(member, changes) if name == names[number % len(names)] else member)
    return out.getvalue()


@pytest.mark.parametrize("format", FORMATS)
@fuzzed
@given(data=st.data())
def test_damaged_files(folder, format, data):
    seed = data.draw(st.sampled_from(SEEDS[format]))
    changes = data.draw(edits(seed))
    if format in ARCHIVES and data.draw(st.booleans()):
        check(folder, format, repacked(seed, changes, data.draw(st.integers(0, 30))))
    else:
        check(folder, format, edited(seed, changes))


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {*ARCHIVES, "pdf", "hwp"}))
@fuzzed
@given(
    parts=st.lists(st.sampled_from(MARKUP) | st.text(max_size=20), max_size=40),
    times=st.sampled_from([1, 1, 500]),
)
def test_files_of_nothing_but_markup(folder, format, parts, times):
    check(folder, format, ("".join(parts) * times).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("format", FORMATS)
@fuzzed
@given(data=st.binary(max_size=300))
def test_random_bytes(folder, format, data):
    check(folder, format, data)


@pytest.mark.parametrize(
    "part",
    [
        *(
            "<div>",
            "<a href=x>",
            "<b>",
            "<table><tr><td>",
            "&amp;",
            "&amp;amp;",
            "<!--",
            "<![CDATA[",
            "<ul><li>",
        ),
        *(
            "**",
            "[a](",
            "[",
            "> ",
            "- ",
            "| a |\n",
            "`",
            "$",
            "\\",
            "*a ",
            "_a ",
            "<a b=",
            "<b c ",
            "&lt;",
            "data:a/a,",
        ),
        *(
            "a-\n",
            "a@a ",
            "1.",
            "a. ",
            '"',
            "'",
            "Ã©",
            "\u0301",
            "\u200d",
            "가\u11a8",
            "a\r",
            "\t ",
            "http://a.",
            "((",
        ),
        *("Fonte: ", "2026-", "x@x.it ", "¾È", "+AAA-", "\u00ad\n", "…", ".\n", "A\n\n"),
    ],
)
@pytest.mark.parametrize("format", ["txt", "md", "html"])
def test_a_part_repeated_for_long_takes_no_longer_than_its_size(folder, format, part):
    check(folder, format, ("parole di prova " + part * (60_000 // len(part.encode()))).encode())
