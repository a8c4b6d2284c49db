"""DOCX is read as its author sees the page: without what is hidden, deleted or a prompt."""

import pytest

from pipeline.ingestion.formats.docx import items
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.xmltree import MAX_NODES
from tests.ingestion.office_files import archived, docx, paragraph, run

HIDDEN = "<w:vanish/>"
SHOWN = '<w:vanish w:val="0"/>'


def blocks(body, **parts):
    (item,) = items(docx(body, **parts), Reading())
    return [tuple(block) for block in item.blocks]


def texts(body, **parts):
    return [text for _, text in blocks(body, **parts)]


def style(id_, inside="", kind="paragraph", based_on="", name="", default=""):
    return (
        f'<w:style w:type="{kind}" w:styleId="{id_}" {default}><w:name w:val="{name or id_}"/>'
        f'<w:basedOn w:val="{based_on}"/>{inside}</w:style>'
    )


def hides(id_, value="", kind="paragraph", based_on=""):
    return style(id_, f"<w:rPr><w:vanish{value}/></w:rPr>", kind, based_on)


STYLES = (
    hides("Draft")
    + style("DraftNote", based_on="Draft")
    + hides("Open", ' w:val="false"', based_on="Draft")
    + hides("Secret", kind="character")
    + style("Secreter", kind="character", based_on="Secret")
)


@pytest.mark.parametrize(
    ("properties", "runs", "seen"),
    [
        ("", ("La fonte", run(" NOTA", HIDDEN), "."), "La fonte."),
        ("", ("Źródło", run(" TAJNE", '<w:vanish w:val="true"/>'), "."), "Źródło."),
        ("", ("샘물", run(" 비밀", "<w:webHidden/>"), "."), "샘물."),
        ("", ("La fonte", run(" chiara", SHOWN), "."), "La fonte chiara."),
        ("", ("La fonte", run(" chiara", '<w:vanish w:val="off"/>'), "."), "La fonte chiara."),
        ("", ("Źródło", run(" TAJNE", '<w:rStyle w:val="Secret"/>'), "."), "Źródło."),
        ("", ("Źródło", run(" TAJNE", '<w:rStyle w:val="Secreter"/>'), "."), "Źródło."),
        ("", ("Źródło", run(" jasne", f'<w:rStyle w:val="Secret"/>{SHOWN}'), "."), "Źródło jasne."),
        ('<w:pStyle w:val="Draft"/>', ("Bozza",), None),
        ('<w:pStyle w:val="DraftNote"/>', ("Bozza",), None),
        ('<w:pStyle w:val="Open"/>', ("Testo",), "Testo"),
        ('<w:pStyle w:val="Draft"/>', ("Bozza ", run("con testo", SHOWN)), "con testo"),
        ('<w:pStyle w:val="Draft"/>', ("Bozza ", run("vista", '<w:rStyle w:val="Secret"/>')), "vista"),
    ],
)
def test_hidden_text_is_left_out(properties, runs, seen):
    found = texts(paragraph(*runs, properties=properties) + paragraph("Fine."), styles=STYLES)
    assert found == [*([seen] if seen else []), "Fine."]


def test_the_default_style_and_the_defaults_of_the_document_hide_too():
    default = style("N", f"<w:rPr>{HIDDEN}</w:rPr>", default='w:default="1"')
    body = paragraph("Nascosto ", run("visto", SHOWN))
    assert texts(body, styles=default) == ["visto"]
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert texts(body, styles=defaults) == ["visto"]


def control(content, prompt=""):
    return f"<w:sdt><w:sdtPr>{prompt}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("prompt", ["<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="1"/>'])
def test_prompts_of_empty_fields_are_left_out_and_what_was_filled_in_stays(prompt):
    empty = control(run("Fare clic qui"), prompt)
    filled = control(run("Anna Bruni"), '<w:showingPlcHdr w:val="0"/>')
    assert texts(paragraph("Nome: ", empty, filled)) == ["Nome: Anna Bruni"]
    assert texts(control(paragraph("Wpisz tekst"), prompt) + control(paragraph("Tekst"))) == ["Tekst"]


def field(*parts):
    marks = ("begin", "separate", "end")
    return "".join(
        f'{part}<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>'
        for part, mark in zip(("", *parts), marks, strict=True)
    )


def instruction(text):
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_the_result_of_a_field_is_text_and_its_instruction_is_not():
    inner = field(instruction("MERGEFIELD x"), run("valore"))
    assert texts(paragraph("Vedi ", field(instruction("REF a"), run("pagina due")), ".")) == [
        "Vedi pagina due."
    ]
    assert texts(paragraph("Se ", field(instruction("IF ") + inner, run("esito")), ".")) == ["Se esito."]


@pytest.mark.parametrize("kind", ["ad", "ac", "al"])
def test_readings_above_words_in_old_fields(kind):
    old = field(instruction("EQ \\* jc2 \\* hps10 ") + instruction(f"\\o\\{kind}(\\s\\up 9(한자),漢字)"), "")
    assert texts(paragraph("옛 ", old, "다")) == ["옛 漢字(한자)다"]
    assert texts(paragraph("a", field(instruction("EQ \\f(1,2)"), run("½")), "b")) == ["a½b"]


def test_a_field_without_an_end_does_not_swallow_the_rest():
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(paragraph("Uno. ", begin) + paragraph("Due.") + paragraph("Trzy.")) == [
        "Uno.",
        "Due.",
        "Trzy.",
    ]


def marked(*names):
    return "<w:rPr>" + "".join(f"<w:{name}/>" for name in names) + "</w:rPr>"


@pytest.mark.parametrize("mark", ["del", "moveFrom", "vanish"])
def test_a_paragraph_goes_on_where_the_mark_between_two_is_gone(mark):
    body = paragraph("Most otwarto ", properties=marked(mark)) + paragraph("w maju.") + paragraph("Koniec.")
    assert texts(body) == ["Most otwarto w maju.", "Koniec."]
    three = paragraph("다리는 ", properties=marked(mark)) + paragraph("오월에 ", properties=marked(mark))
    assert texts(three + paragraph("열렸다.")) == ["다리는 오월에 열렸다."]


def test_a_paragraph_ends_where_its_mark_remains():
    body = paragraph("Uno", properties=marked("ins")) + paragraph("Due", properties=marked("moveTo"))
    assert texts(body) == ["Uno", "Due"]
    run_in = paragraph("Titolo", properties=marked("vanish", "specVanish"))
    assert texts(run_in + paragraph("Testo.")) == ["Titolo", "Testo."]


def test_a_deleted_mark_at_the_end_of_a_cell_or_before_a_table_joins_nothing():
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('cella', properties=marked('del'))}</w:tc></w:tr></w:tbl>"
    assert texts(paragraph("Prima", properties=marked("del")) + cell + paragraph("Dopo")) == [
        "Prima",
        "cella",
        "Dopo",
    ]


def test_the_remaining_mark_says_what_the_whole_is():
    heading = style("H", name="heading 1")
    title = '<w:pStyle w:val="H"/>'
    body = paragraph("Titolo ", properties=title + marked("del")) + paragraph("e testo.")
    assert blocks(body, styles=heading) == [("paragraph", "Titolo e testo.")]
    empty = paragraph("Titolo", properties=title + marked("del")) + paragraph()
    assert blocks(empty, styles=heading) == [("heading", "Titolo")]


def test_moved_text_is_read_where_it_is_now():
    body = paragraph("A. ", f"<w:moveFrom>{run('Mosso. ')}</w:moveFrom>", "B.")
    assert texts(body + paragraph(f"<w:moveTo>{run('Mosso.')}</w:moveTo>")) == ["A. B.", "Mosso."]


@pytest.mark.parametrize(
    "properties",
    ["<w:trPr><w:del/></w:trPr>", "<w:trPr><w:hidden/></w:trPr>", "<w:trPr><w:moveFrom/></w:trPr>"],
)
def test_deleted_and_hidden_rows_are_left_out(properties):
    row = (
        f"<w:tr>{properties}<w:tc>{paragraph('via')}</w:tc></w:tr><w:tr>"
        f"<w:tc>{paragraph('resta')}</w:tc></w:tr>"
    )
    assert blocks(f"<w:tbl>{row}</w:tbl>") == [("table-cell", "resta")]


def ruby(base, reading):
    return (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run(reading)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase>"
        "</w:ruby></w:r>"
    )


def test_the_reading_of_a_word_follows_it_in_parentheses():
    assert texts(paragraph("옛 ", ruby("博物館", "박물관"), "에서")) == ["옛 博物館(박물관)에서"]
    assert texts(paragraph(ruby("東京", "とうきょう"), "へ")) == ["東京(とうきょう)へ"]
    assert texts(paragraph(ruby("漢字", ""), ruby("字", " "))) == ["漢字字"]


def box(text, choice="Choice"):
    return f"<mc:{choice}><w:txbxContent>{paragraph(text)}</w:txbxContent></mc:{choice}>"


def test_a_text_box_is_read_once():
    both = (
        f"<w:r><mc:AlternateContent>{box('Scatola')}{box('Scatola', 'Fallback')}</mc:AlternateContent></w:r>"
    )
    assert texts(paragraph("Testo", both)) == ["Testo", "Scatola"]
    empty = "<w:r><mc:AlternateContent><mc:Choice><wp:x/></mc:Choice>" + box("Skrzynka", "Fallback")
    assert texts(paragraph("Tekst", empty + "</mc:AlternateContent></w:r>")) == ["Tekst", "Skrzynka"]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ('<wp:anchor><wp:docPr hidden="1"/>', "</wp:anchor>"),
        ('<v:shape style="position:absolute;visibility:hidden">', "</v:shape>"),
    ],
)
def test_hidden_boxes_are_left_out(begin, end):
    inside = f"<w:txbxContent>{paragraph('nascosto')}</w:txbxContent>"
    assert texts(paragraph("Testo", f"<w:r>{begin}{inside}{end}</w:r>")) == ["Testo"]


def reference(id_, mark=""):
    custom = ' w:customMarkFollows="1"' if mark else ""
    after = f"<w:t>{mark}</w:t>" if mark else ""
    return f'<w:r><w:footnoteReference w:id="{id_}"{custom}/>{after}</w:r>'


def test_notes_follow_in_the_order_of_their_references():
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(f"Nota {n}.")}</w:footnote>' for n in (1, 2, 3))
    body = paragraph("Anno 1932", reference(2), " e ", reference(1, "*"), "poi.")
    removed = f"<w:del>{reference(3)}</w:del>"
    assert texts(body + paragraph("Fine.", removed), notes=notes) == [
        "Anno 1932 e poi.",
        "Fine.",
        "Nota 2.",
        "Nota 1.",
    ]


CODE = (
    style("Code", name="Source Code") + style("Pre", name="HTML Preformatted") + style("Sub", based_on="Code")
)


@pytest.mark.parametrize("name", ["Code", "Pre", "Sub"])
def test_paragraphs_of_code_keep_their_lines(name):
    lines = ["def f(x):", "    return x", "", "print(f(1))"]
    properties = f'<w:pStyle w:val="{name}"/>'
    code = "".join(paragraph(line, properties=properties) for line in lines)
    broken = paragraph(
        '<w:r><w:t xml:space="preserve">if a:</w:t><w:br/><w:tab/><w:t>b</w:t></w:r>', properties=properties
    )
    body = paragraph("Prima.") + code + paragraph("Dopo.") + broken
    assert blocks(body, styles=CODE) == [
        ("paragraph", "Prima."),
        ("code", "\n".join(lines)),
        ("paragraph", "Dopo."),
        ("code", "if a:\n\tb"),
    ]


@pytest.mark.parametrize("name", ["Source", "Zip Code", "Barcode", "Code of conduct", "Fonte", "Encoded"])
def test_other_styles_are_no_code(name):
    body = paragraph("Testo", properties='<w:pStyle w:val="X"/>')
    assert blocks(body, styles=style("X", name=name)) == [("paragraph", "Testo")]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F061", "α"),
        ("Wingdings", "F0E0", "→"),
        ("Arial", "00E9", "é"),
        ("Webdings", "F041", "\ufffd"),
    ],
)
def test_signs_of_symbol_fonts(font, code, sign):
    assert texts(paragraph("a", f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', "b")) == [f"a{sign}b"]


def test_parts_are_found_by_their_relations():
    relation = '<Relationship Type="http://x/{}" Target="{}"/>'
    nota = paragraph("Nota")
    relations = relation.format("footnotes", "notes7.xml") + relation.format("header", "/word/top.xml")
    (item,) = items(
        docx(
            paragraph("Testo", reference(1)),
            **{
                "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
                "word/notes7.xml": f'<x xmlns:w="w"><w:footnote w:id="1">{nota}</w:footnote></x>',
                "word/top.xml": f'<x xmlns:w="w">{paragraph("In alto")}</x>',
            },
        ),
        Reading(),
    )
    assert [tuple(b) for b in item.blocks] == [
        ("paragraph", "Testo"),
        ("paragraph", "Nota"),
        ("boilerplate", "In alto"),
    ]


def test_millions_of_empty_elements_are_refused():
    data = archived({"word/document.xml": "<w>" + "<p/>" * (MAX_NODES + 1) + "</w>"})
    assert len(data) < 100_000
    with pytest.raises(Unusable, match=r"far more than its size|elements and attributes"):
        list(items(data, Reading()))
