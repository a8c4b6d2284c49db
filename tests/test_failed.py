"""Inputs that once failed, and others of their kind: read or refused, in time and memory by their size."""

from __future__ import annotations

import base64
import io
import json
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.datatypes import Article, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.errors import InputError
from pipeline.ingestion.formats import EXTENSIONS, html, items, items_of_stream, json_stream
from pipeline.ingestion.formats import feed as feeds
from pipeline.ingestion.formats.html_source import MAX_ATTRIBUTES, prepared
from pipeline.ingestion.formats.reading import MAX_FINE, Reading, Unusable
from pipeline.ingestion.ingest import read_file
from pipeline.output.xlsx import read_xlsx
from pipeline.segmentation.prepare import prepare
from tests.failing import TARGETS

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"
FAILED = sorted((FIXTURES / "failed").glob("*")) if (FIXTURES / "failed").exists() else []
BYTES_A_BYTE, FREE_BYTES = 60, 64_000_000
SECONDS_A_MEGABYTE = 5.0
PROSE = "Le rose fioriscono a maggio, e noi le curiamo a lungo nel giardino."


@pytest.mark.parametrize("path", FAILED, ids=lambda path: path.name)
def test_what_once_failed(path, tmp_path):
    TARGETS[path.name.split(".")[0]](tmp_path)(path.read_bytes())


def packed(parts):
    """Pack parts so that their ratio is that of a text: noise stands in a comment of the largest."""
    noise = base64.b64encode(random.Random(1).randbytes(200_000)).decode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text.replace("NOISE", f"<!-- {noise} -->"))
    return out.getvalue()


def docx(body):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    end = f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:document>"
    return packed({"word/document.xml": f"<w:document {space}><w:body>NOISE{body}{end}"})


def odt(body):
    start = '<o:document xmlns:o="o"><o:body><o:text>NOISE'
    return packed({"content.xml": f"{start}{body}<o:p>{PROSE}</o:p></o:text></o:body></o:document>"})


def epub(body):
    page = "application/xhtml+xml"
    return packed(
        {
            "META-INF/container.xml": '<container><rootfile full-path="c.opf"/></container>',
            "c.opf": f'<package><manifest><item id="a" href="a.xhtml" media-type="{page}"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
            "a.xhtml": f"<html><body>NOISE{body}<p>{PROSE}</p></body></html>",
        }
    )


FINE = {
    "docx": docx("<w:p/>" * 2_000_000),
    "odt": odt("<o:p/>" * 2_000_000),
    "epub": epub("<p>a" * 2_000_000),
    "html": (f"<p>{PROSE}</p>" + "<p>a" * 400_000).encode(),
    "txt": (PROSE + "\n\na" * 400_000).encode(),
    "md": (PROSE + "\n\n- a" * 300_000).encode(),
    "rst": (PROSE + "\n\na" * 400_000).encode(),
    "csv": b"body\n" + b"a\n" * 400_000,
    "jsonl": b'"a"\n' * 300_000,
}
PROGRAM = """
import resource, sys
from pathlib import Path
from tests.failing import READING
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare
detector, path = LanguageDetector(("it",)), Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
results = [prepare(raw, detector) for raw in read_file(path, path.name, READING)]
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
print(getattr(results[-1], "reason", ""))
"""


@pytest.mark.parametrize("format", FINE)
def test_a_file_of_tiny_pieces_takes_memory_by_its_size_or_is_refused(format, tmp_path):
    path = tmp_path / f"a.{format}"
    path.write_bytes(FINE[format])
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    kilobytes, _, reason = ran.stdout.partition("\n")
    assert int(kilobytes) * 1024 < BYTES_A_BYTE * len(FINE[format]) + FREE_BYTES
    assert "on average" in reason or "elements" in reason


@pytest.mark.parametrize("count", [MAX_FINE // 4, MAX_FINE // 2 - 10])
def test_fewer_tiny_pieces_are_read(count, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PROSE + "\n\na" * count, "utf-8")
    assert isinstance(prepare(read_file(path, path.name)[0], LanguageDetector(("it",))), Article)


@pytest.mark.parametrize("attribute", ["x{}", "x{}='>'", 'x{}="<p>"', "x{}=1"])
def test_a_tag_of_thousands_of_attributes_takes_no_longer_than_its_size(attribute):
    text = f"<p {' '.join(attribute.format(k) for k in range(60_000))}>{PROSE}</p>"
    begin = time.process_time()
    assert [block.text for block in html.blocks(text)] == [PROSE]
    assert time.process_time() - begin < SECONDS_A_MEGABYTE * len(text) / 1e6
    assert len(prepared(text).split("<p>")[0]) < 40 * MAX_ATTRIBUTES


def test_a_long_tag_of_few_attributes_stays():
    text = f'<p title="{"a=b > c " * 9_000}" class="x">{PROSE}</p>'
    assert prepared(text) == text


def workbook(sheet):
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{content}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData>'
            "</worksheet>",
        }
    )


def test_a_spreadsheet_takes_memory_by_its_size(tmp_path):
    pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook('<row><c r="XFD1"><v>1</v></c></row>'))
    assert read_xlsx(path) == ([], [])
    path.write_bytes(workbook('<row><c r="SG1"><v>1</v></c></row>'))
    with pytest.raises(InputError, match="more than 500 columns"):
        read_xlsx(path)
    rows = (f'<row r="{k}"><c r="A{k}"><v>1</v></c></row>' for k in (1, 900_000))
    path.write_bytes(workbook("".join(rows)))
    assert read_xlsx(path) == (["1"], [(900_000, ["1"])])
    path.write_bytes(workbook("<row/>" * 20_000_000))
    with pytest.raises(InputError, match="unpacks to"):
        read_xlsx(path)


STREAMED = [
    path
    for path in sorted(FIXTURES.rglob("*"))
    if path.is_file() and EXTENSIONS.get(path.suffix) in ("feed", "json")
]


def read(found):
    """Return the articles, or the reason why there are none."""
    try:
        return list(found)
    except Unusable as error:
        return str(error)


@pytest.mark.parametrize("piece", [5, 64, 1 << 16])
@pytest.mark.parametrize("path", STREAMED, ids=lambda path: path.name)
def test_a_stream_gives_what_the_whole_file_gives(path, piece, monkeypatch):
    monkeypatch.setattr(feeds, "PIECE", piece)
    monkeypatch.setattr(json_stream, "_PIECE", piece)
    format, data = EXTENSIONS[path.suffix], path.read_bytes()
    streamed = read(items_of_stream(format, io.BytesIO(data), Reading()))
    assert streamed == read(items(format, data, Reading()))


@pytest.mark.parametrize(
    ("format", "data", "addresses"),
    [
        ("feed", "<rss><channel>{}<language>it</language></channel></rss>", ["1", "2", "3"]),
        ("json", "[{}]", ["1", "2", "3"]),
    ],
)
def test_an_article_of_a_stream_that_is_too_large_does_not_affect_the_others(format, data, addresses):
    if format == "json":
        entries = ",".join(json.dumps({"body": PROSE * n}) for n in (1, 2, 1))
    else:
        entries = "".join(f"<item><description>{PROSE * n}</description></item>" for n in (1, 200, 1))
    stream = io.BytesIO(data.format(entries).encode())
    found = list(items_of_stream(format, stream, Reading(5_000)))
    assert [item.address for item in found] == addresses
    if format == "feed":
        assert [bool(item.reason) for item in found] == [False, True, False]
        assert found[2].metadata.language == "it"


def test_a_list_that_is_damaged_behind_its_first_articles_holds_none(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("[" + ",".join([json.dumps({"body": PROSE})] * 50_000) + ",{]", "utf-8")
    assert path.stat().st_size > 2_000_000
    (rejected,) = read_file(path, path.name)
    assert isinstance(rejected, Rejection)
    assert "is no JSON" in rejected.reason
