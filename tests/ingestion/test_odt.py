"""ODT and flat ODT are read as their author sees the page: without what is hidden, deleted or a prompt."""

import pytest

from pipeline.ingestion.formats import fodt as flat
from pipeline.ingestion.formats import odt as packed
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.xmltree import MAX_NODES
from tests.ingestion.office_files import fodt, odt


def blocks(body, styles="", common=""):
    (one,) = packed.items(odt(body, styles, common), Reading())
    (other,) = flat.items(fodt(body, styles, common), Reading())
    assert one.blocks == other.blocks
    return [tuple(block) for block in one.blocks]


def texts(body, styles="", common=""):
    return [text for _, text in blocks(body, styles, common)]


def style(name, family="paragraph", display="", parent="", shown=""):
    inside = f'<style:text-properties text:display="{display}"/>' if display else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}" '
        f'style:display-name="{shown}">{inside}</style:style>'
    )


STYLES = (
    style("H", "text", "none")
    + style("HH", "text", parent="H")
    + style("S", "text", "true")
    + style("P", display="none")
    + style("PP", parent="P")
    + style("Q", display="true", parent="P")
)


@pytest.mark.parametrize(
    ("paragraph", "seen"),
    [
        ('<text:p>Mercato<text:span text:style-name="H"> NOTA</text:span>.</text:p>', "Mercato."),
        ('<text:p>Targ<text:span text:style-name="HH"> TAJNE</text:span>.</text:p>', "Targ."),
        ('<text:p>시장<text:span text:style-name="S"> 아침</text:span>.</text:p>', "시장 아침."),
        ('<text:p text:style-name="P">Bozza</text:p>', None),
        ('<text:p text:style-name="PP">Szkic</text:p>', None),
        ('<text:p text:style-name="Q">Testo</text:p>', "Testo"),
        (
            '<text:p text:style-name="P">Via <text:span text:style-name="S">qui</text:span> via</text:p>',
            "qui",
        ),
        (
            '<text:p text:style-name="P">Via<text:note><text:note-body><text:p>nota</text:p>'
            "</text:note-body></text:note></text:p>",
            None,
        ),
        ('<text:section text:display="none"><text:p>Bozza</text:p></text:section>', None),
        (
            '<text:section text:display="condition" text:is-hidden="true"><text:p>Bozza</text:p>'
            "</text:section>",
            None,
        ),
        ('<text:section text:display="condition"><text:p>Vista</text:p></text:section>', "Vista"),
        ('<text:section text:display="true"><text:p>Vista</text:p></text:section>', "Vista"),
        ('<text:p><text:hidden-text text:is-hidden="true">Segreto</text:hidden-text>Pane</text:p>', "Pane"),
        ('<text:p><text:hidden-text text:is-hidden="false">Il </text:hidden-text>pane</text:p>', "Il pane"),
        (
            '<text:p>Se <text:conditional-text text:string-value-if-true="a">sì'
            "</text:conditional-text></text:p>",
            "Se sì",
        ),
        ('<text:p><text:hidden-paragraph text:is-hidden="true"/>Nascosto</text:p>', None),
        ("<text:p><text:hidden-paragraph/>Visto</text:p>", "Visto"),
        ("<text:p>Nome: <text:placeholder>&lt;nome&gt;</text:placeholder> Rossi</text:p>", "Nome: Rossi"),
        (
            '<text:p>Data: <loext:content-control loext:showing-place-holder="true">Wybierz'
            "</loext:content-control>"
            "<loext:content-control>maj</loext:content-control></text:p>",
            "Data: maj",
        ),
        (
            "<text:p>Foto<draw:frame><svg:title>Un gatto</svg:title><svg:desc>nero</svg:desc>"
            "</draw:frame></text:p>",
            "Foto",
        ),
        ("<text:p>Di <text:title>La casa</text:title></text:p>", "Di La casa"),
        ("<text:p>A<office:annotation><text:p>Commento</text:p></office:annotation>B</text:p>", "AB"),
        (
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>no</text:p>'
            "</table:table-cell></table:table-row></table:table>",
            None,
        ),
    ],
)
def test_hidden_text_prompts_and_comments_are_left_out(paragraph, seen):
    assert texts(paragraph + "<text:p>Fine.</text:p>", STYLES) == [*([seen] if seen else []), "Fine."]


def test_deleted_text_is_left_out():
    deletion = (
        "<text:changed-region><text:deletion><text:p>tolto</text:p></text:deletion></text:changed-region>"
    )
    tracked = f"<text:tracked-changes>{deletion}</text:tracked-changes>"
    assert texts(f"{tracked}<text:p>La piazza<text:change/> nuova.</text:p>") == ["La piazza nuova."]


@pytest.mark.parametrize(("base", "reading"), [("博物館", "박물관"), ("東京", "とうきょう")])
def test_the_reading_of_a_word_follows_it_in_parentheses(base, reading):
    ruby = (
        f"<text:ruby><text:ruby-base>{base}</text:ruby-base><text:ruby-text>{reading}"
        "</text:ruby-text></text:ruby>"
    )
    assert texts(f"<text:p>A {ruby}B</text:p>") == [f"A {base}({reading})B"]
    assert texts("<text:p><text:ruby><text:ruby-base>字</text:ruby-base></text:ruby></text:p>") == ["字"]


def test_text_in_a_shape_is_a_paragraph_of_its_own():
    shape = "<draw:custom-shape><text:p>Nella forma</text:p><text:p>Druga</text:p></draw:custom-shape>"
    hidden = '<draw:frame draw:display="none"><draw:text-box><text:p>no</text:p></draw:text-box></draw:frame>'
    assert texts(f"<text:p>Prima {shape}{hidden}e dopo.</text:p>") == [
        "Prima e dopo.",
        "Nella forma",
        "Druga",
    ]


def test_code_keeps_its_lines_and_indents():
    styles = style("P1", parent="Preformatted_20_Text") + style("Codice", shown="Source Code")
    body = (
        '<text:p text:style-name="P1">if a:</text:p><text:p text:style-name="P1"><text:s '
        'text:c="4"/>b =  1</text:p>'
        '<text:p text:style-name="P1"/><text:p text:style-name="P1"><text:tab/>c<text:line-break/>d</text:p>'
        '<text:p>Testo.</text:p><text:p text:style-name="Codice">x</text:p>'
    )
    assert blocks(body, styles) == [
        ("code", "if a:\n    b = 1\n\n\tc\nd"),
        ("paragraph", "Testo."),
        ("code", "x"),
    ]


def test_headers_that_are_off_are_left_out():
    master = "<style:header><text:p>In alto</text:p></style:header>"
    off = '<style:footer style:display="false"><text:p>In basso</text:p></style:footer>'
    assert blocks("<text:p>Testo</text:p>", common=master + off) == [
        ("paragraph", "Testo"),
        ("boilerplate", "In alto"),
    ]


def test_a_large_picture_in_a_flat_file_is_no_text():
    picture = (
        f"<draw:frame><draw:image><office:binary-data>{'QUJD' * 3_000_000}</office:binary-data></draw:image>"
    )
    (item,) = flat.items(fodt(f"<text:p>Testo{picture}</draw:frame></text:p>"), Reading())
    assert [block.text for block in item.blocks] == ["Testo"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html/>", "no OpenDocument"),
        (b"<office:document xmlns:office='o'><office:body/></office:document>", "no text document"),
        (b"not xml", "damaged XML"),
        (b"<o>" + b"<p/>" * (MAX_NODES + 1) + b"</o>", "elements and attributes"),
    ],
)
def test_what_is_no_flat_text_document_says_so(data, reason):
    with pytest.raises(Unusable, match=reason):
        list(flat.items(data, Reading()))
