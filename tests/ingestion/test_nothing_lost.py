"""Every visible word of a made-up office document is in its blocks once, and no hidden one is."""

import re
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingestion.formats import items
from pipeline.ingestion.formats.reading import Reading, Unusable
from tests.fuzzing import fuzzed
from tests.ingestion import office_files as office

WORD = re.compile(r"(?:casa|dom|집)\d+")
SEEN, HIDDEN = ("casa", "dom", "집"), "nota"


def _inline(depth):
    simple = st.sampled_from(["seen", "seen", "seen", "hidden", "tab", "break"]).map(lambda kind: (kind, []))
    if not depth:
        return simple
    nested = st.tuples(st.sampled_from(["note", "box"]), st.lists(_block(0), min_size=1, max_size=2))
    return st.one_of(simple, simple, simple, nested)


def _block(depth):
    paragraph = st.tuples(
        st.sampled_from(["paragraph", "heading", "code", "item"]), st.lists(_inline(depth), max_size=5)
    )
    if not depth:
        return paragraph
    cell = st.lists(_block(depth - 1), min_size=1, max_size=2)
    table = st.tuples(
        st.just("table"), st.lists(st.lists(cell, min_size=1, max_size=3), min_size=1, max_size=3)
    )
    return st.one_of(paragraph, paragraph, table)


DOCUMENTS = st.lists(_block(2), min_size=1, max_size=6)


class Writer:
    """Writes a document in one format, with a number after each word."""

    def __init__(self):
        self.numbers = count(1)
        self.seen = []
        self.notes = ""

    def word(self, kind):
        number = next(self.numbers)
        if kind == "hidden":
            return f"{HIDDEN}{number}"
        self.seen.append(f"{SEEN[number % 3]}{number}")
        return self.seen[-1]

    def block(self, node):
        kind, inside = node
        if kind == "table":
            return self.table([[self.blocks(cell) for cell in row] for row in inside])
        return self.paragraph(kind, [self.inline(*part) for part in inside])

    def blocks(self, nodes):
        return "".join(map(self.block, nodes))

    def inline(self, kind, inside):
        if kind in ("seen", "hidden"):
            return self.text(f"{self.word(kind)} ", kind == "hidden")
        if kind in ("note", "box"):
            return self.anchored(kind, self.blocks(inside))
        return self.sign(kind)


class Docx(Writer):
    extension = "docx"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/></w:style>'
        for id_, name in (
            ("paragraph", "Normal"),
            ("heading", "heading 1"),
            ("code", "Code"),
            ("item", "List 1"),
        )
    )

    def text(self, text, hidden):
        return office.run(text, "<w:vanish/>" if hidden else "")

    def sign(self, kind):
        return "<w:r><w:tab/></w:r>" if kind == "tab" else "<w:r><w:br/></w:r>"

    def paragraph(self, kind, inside):
        return office.paragraph(*inside, properties=f'<w:pStyle w:val="{kind}"/>')

    def table(self, rows):
        cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    def anchored(self, kind, blocks):
        if kind == "box":
            return f"<w:r><w:txbxContent>{blocks}</w:txbxContent></w:r>"
        number = next(self.numbers)
        self.notes += f'<w:footnote w:id="{number}">{blocks}</w:footnote>'
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    def document(self, nodes):
        body = self.blocks(nodes)
        return office.docx(body, self.styles, self.notes or "<w:footnote/>")


class Odt(Writer):
    extension = "odt"
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties '
        'text:display="none"/></style:style>'
    )

    def text(self, text, hidden):
        return f'<text:span text:style-name="{"H" if hidden else "S"}">{text}</text:span>'

    def sign(self, kind):
        return "<text:tab/>" if kind == "tab" else "<text:line-break/>"

    def paragraph(self, kind, inside):
        style = {"heading": "Heading_20_1", "code": "Preformatted_20_Text"}.get(kind, "Standard")
        found = f'<text:p text:style-name="{style}">{"".join(inside)}</text:p>'
        return f"<text:list><text:list-item>{found}</text:list-item></text:list>" if kind == "item" else found

    def table(self, rows):
        cells = ("".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row) for row in rows)
        inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        return f"<table:table>{inside}</table:table>"

    def anchored(self, kind, blocks):
        if kind == "box":
            return f"<draw:frame><draw:text-box>{blocks}</draw:text-box></draw:frame>"
        return (
            f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{blocks}"
            "</text:note-body></text:note>"
        )

    def document(self, nodes):
        return office.odt(self.blocks(nodes), self.styles)


class Fodt(Odt):
    extension = "fodt"

    def document(self, nodes):
        return office.fodt(self.blocks(nodes), self.styles)


class Hwpx(Writer):
    extension = "hwpx"

    def text(self, text, hidden):
        inside = f"<hp:deleteBegin/>{text}<hp:deleteEnd/>" if hidden else text
        return f"<hp:t>{inside}</hp:t>"

    def sign(self, kind):
        return "<hp:t><hp:tab/></hp:t>" if kind == "tab" else "<hp:t><hp:lineBreak/></hp:t>"

    def paragraph(self, kind, inside):
        return office.hp(*inside, style=("paragraph", "heading", "code", "item").index(kind))

    def table(self, rows):
        cells = ("".join(f"<hp:tc><hp:subList>{cell}</hp:subList></hp:tc>" for cell in row) for row in rows)
        return office.hp("<hp:tbl>" + "".join(f"<hp:tr>{row}</hp:tr>" for row in cells) + "</hp:tbl>")

    def anchored(self, kind, blocks):
        if kind == "box":
            return f"<hp:rect><hp:drawText><hp:subList>{blocks}</hp:subList></hp:drawText></hp:rect>"
        return f"<hp:ctrl><hp:footNote><hp:subList>{blocks}</hp:subList></hp:footNote></hp:ctrl>"

    def document(self, nodes):
        names = ("Normal", "Outline 1", "Code", "List")
        header = "".join(f'<hh:style id="{n}" engName="{name}"/>' for n, name in enumerate(names))
        return office.hwpx(self.blocks(nodes), header=header)


class Rtf(Writer):
    extension = "rtf"

    def text(self, text, hidden):
        escaped = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
        return f"{{\\v {escaped}}}" if hidden else f"{{{escaped}}}"

    def sign(self, kind):
        return "\\tab " if kind == "tab" else "\\line "

    def paragraph(self, kind, inside):
        number = ("paragraph", "heading", "code", "item").index(kind)
        return f"\\pard\\s{number} {''.join(inside)}\\par\n"

    def table(self, rows):
        cells = ("".join(f"{cell}\\pard\\intbl\\cell " for cell in row) for row in rows)
        return "".join(f"\\trowd {row}\\row " for row in cells)

    def anchored(self, kind, blocks):
        if kind == "box":
            return (
                f"{{\\shp{{\\*\\shpinst{{\\sp{{\\sn a}}{{\\sv 1}}}}{{\\shptxt {blocks}}}}}{{\\shprslt x}}}}"
            )
        return f"{{\\super\\chftn{{\\footnote {blocks}}}}}"

    def document(self, nodes):
        styles = "{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\s2 Code;}{\\s3 List 1;}}"
        return f"{{\\rtf1\\ansi{styles}{self.blocks(nodes)}}}".encode()


@pytest.mark.parametrize("writer", [Docx, Odt, Fodt, Hwpx, Rtf], ids=lambda writer: writer.extension)
@fuzzed
@given(nodes=DOCUMENTS)
def test_every_visible_word_is_read_once(writer, nodes):
    document = writer()
    data = document.document(nodes)
    (item,) = items(writer.extension, data, Reading())
    text = "\n".join(block.text for block in item.blocks)
    assert sorted(WORD.findall(text)) == sorted(document.seen)
    assert HIDDEN not in text


RECORDS = st.lists(
    st.tuples(
        st.sampled_from([66, 66, 67, 67, 71, 72, 76, 77, 93, 26, 25, 5]),
        st.integers(0, 6),
        st.one_of(
            st.binary(max_size=24),
            st.text("가나다 a\t\n\x03\x04\x0b\x11\x12\x17\r", max_size=20).map(
                lambda text: text.encode("utf-16-le")
            ),
            st.sampled_from(["tbl ", "gso ", "fn  ", "head", "tdut", "tcps", "atno", "%clk", "secd"]).map(
                lambda id_: id_[::-1].encode() + b"\x05\0" * 6
            ),
        ),
    ),
    max_size=40,
)


@fuzzed
@given(records=RECORDS, cut=st.integers(0, 200), flags=st.sampled_from([0, 1]))
def test_any_records_are_an_article_or_unusable(records, cut, flags):
    section = b"".join(office.record(*record) for record in records)
    data = office.hwp(section[: len(section) - cut], styles=[section], flags=flags)
    with suppress(Unusable):
        list(items("hwp", data, Reading()))
