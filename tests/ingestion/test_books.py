"""EPUB: page numbers, references to notes and tables of contents are no text of the book."""

import io
import zipfile

import pytest

from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import read_file

IT = "Il faro si accende ogni sera alle sei, e i pescatori lo vedono da dieci miglia."
KO = "등대는 저녁 여섯 시마다 불을 켜고, 어부들은 십 마일 밖에서도 그 빛을 본다."
HEAD = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
CONTAINER = '<container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>'


def book(tmp_path, pages, guide="", title="Il faro"):
    manifest = "".join(
        f'<item id="p{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    package = (
        f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>{title}</dc:title></metadata>'
        f"<manifest>{manifest}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        target.writestr("META-INF/container.xml", CONTAINER)
        target.writestr("a/b.opf", package)
        for name, body in pages.items():
            target.writestr(f"a/{name}", f"{HEAD}<head><title>x</title></head><body>{body}</body></html>")
    path = tmp_path / "a.epub"
    path.write_bytes(data.getvalue())
    (raw,) = read_file(path, "a.epub", Reading())
    return raw


def own(raw):
    return [block.text for block in raw.blocks if block.kind != "boilerplate"]


@pytest.mark.parametrize("text", [IT, KO])
@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ('<span epub:type="pagebreak" title="12">12</span><p>{}</p>', []),
        ('<div role="doc-pagebreak" id="p12">12</div><p>{}</p>', []),
        ('<p>{}<a epub:type="noteref" href="n.xhtml#n1">1</a></p>', []),
        ('<p>{}<sup><a href="n.xhtml#n1" id="r1">[1]</a></sup></p>', []),
        (
            '<p>{}</p><aside epub:type="footnote" id="n1"><p><a href="c.xhtml#r">1</a> Nota.</p></aside>',
            ["Nota."],
        ),
        (
            '<p>{}</p><aside epub:type="footnotes"><p><a href="#r1">1</a>. Uwaga.</p>'
            '<p><a href="#r2">2</a>) Nota.</p></aside>',
            ["Uwaga.", "Nota."],
        ),
        ('<p>{}</p><p><a epub:type="noteref" href="#n2">2</a>.5 km a piedi.</p>', [".5 km a piedi."]),
        (
            '<p>{}</p><p>Par<span epub:type="pagebreak" id="p13" title="13"/>ola <a id="p14"/>sola.</p>',
            ["Parola sola."],
        ),
        ('<section epub:type="toc"><ol><li><a href="c">Uno</a></li></ol></section><p>{}</p>', []),
        ("<p>{}</p><p>Nel 12 e nel 13.</p>", ["Nel 12 e nel 13."]),
    ],
)
def test_the_marks_of_a_book(tmp_path, text, written, wanted):
    raw = book(tmp_path, {"c.xhtml": f"<h1>Capo</h1>{written.format(text)}<p>{text}</p>"})
    assert own(raw) == ["Capo", text, *wanted, text]


LINKS = "<h1>Indice</h1><p><a href='c.xhtml'>Capo</a></p><p><a href='d.xhtml'>Coda</a></p>{}"


@pytest.mark.parametrize(
    ("contents", "guide"),
    [
        (LINKS.format("<p>12</p>"), '<reference type="toc" href="toc%20a.xhtml"/>'),
        (LINKS.format("<p><a href='n.xhtml'>Note</a></p>"), ""),
    ],
)
def test_a_table_of_contents_is_boilerplate(tmp_path, contents, guide):
    raw = book(tmp_path, {"toc a.xhtml": contents, "c.xhtml": f"<h1>Capo</h1><p>{IT}</p>"}, guide)
    assert own(raw) == ["Capo", IT]
    assert [block.kind for block in raw.blocks][-2:] == ["title", "paragraph"]
    assert "Indice" in [block.text for block in raw.blocks]


def test_a_bare_ampersand_in_the_package_is_no_damage(tmp_path):
    raw = book(tmp_path, {"c.xhtml": f"<p>{IT}</p>"}, title="Mare & cielo")
    assert raw.metadata.title == "Mare & cielo"
    assert own(raw) == [IT]


def test_the_style_sheets_of_a_book_raise_and_hide_text(tmp_path):
    page = (
        f'{HEAD}<head><link rel="stylesheet" href="../css/own%20style.css"/></head><body><p>{IT}</p>'
        '<p class="c2">Solo per il tipografo.</p><p>Sono 10<span class="c1">6</span> lampi.</p></body></html>'
    )
    sheet = ".c1 { font-size: 0.8em; position: relative; top: -0.33em }\n.c2 { display: none }"
    package = (
        '<package><manifest><item id="p" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="p"/></spine></package>'
    )
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as target:
        for name, text in (
            ("META-INF/container.xml", CONTAINER),
            ("a/b.opf", package),
            ("a/text/a.xhtml", page),
            ("a/css/own style.css", sheet),
        ):
            target.writestr(name, text)
    (raw,) = read_file(path, "a.epub", Reading())
    assert own(raw) == [IT, "Sono 10⁶ lampi."]
