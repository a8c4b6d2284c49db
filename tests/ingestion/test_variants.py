"""Situations of `shared/cases` in other formats and languages, as strangers would bring them."""

import json

import pytest

from pipeline.datatypes import Article, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare
from tests.ingestion.office_files import docx, fodt, hwpx, odt, paragraph, run

DETECTOR = LanguageDetector(("de", "ru", "ja", "zh-cn", "fr", "it", "ko", "pl"))
GERMAN = "Die Mühle am Bach mahlt seit dem Herbst wieder Mehl für die drei Dörfer im Tal."
RUSSIAN = "Мельница у ручья с осени снова мелет муку для трёх деревень в долине."
JAPANESE = "谷の三つの村のために、小川の水車小屋は秋から再び粉をひいている。"
CHINESE = "溪边的磨坊从秋天起又为山谷里的三个村庄磨面粉了。"


def articles(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [prepare(found, DETECTOR) for found in read_file(path, name)]


def texts(tmp_path, name, data):
    [found] = articles(tmp_path, name, data)
    assert isinstance(found, Article), found
    return [paragraph.text for paragraph in found.paragraphs]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("id;Titel;Inhalt", GERMAN),
        ("id;Заголовок;Текст", RUSSIAN),
        ("id;タイトル;本文", JAPANESE),
        ("id;标题;正文", CHINESE),
        ("id;제목;내용", "방앗간은 가을부터 다시 세 마을의 밀가루를 빻는다."),
        ("id;tytuł;treść", "Młyn nad potokiem od jesieni znów miele mąkę dla trzech wsi."),
        ("post_id;post_title;post_content", GERMAN),
    ],
)
def test_names_of_fields_in_other_languages(tmp_path, header, text):
    assert texts(tmp_path, "a.csv", f"{header}\n1;Abc;{text}\n") == ["Abc", text]
    record = dict(zip(header.split(";"), ("1", "Abc", text), strict=True))
    assert texts(tmp_path, "a.json", json.dumps([record])) == ["Abc", text]


@pytest.mark.parametrize(
    "names", ["title_{} body_{}", "Body ({}) Title ({})", "{}_title {}_text", "title:{} body:{}"]
)
def test_columns_by_language(tmp_path, names):
    names = names.replace(" (", "(").split()
    columns = [name.format(code).replace("(", " (") for code in ("de", "ru") for name in names]
    cells = [
        title if "itle" in name else text
        for (title, text) in (("Mühle", GERMAN), ("Мельница", RUSSIAN))
        for name in names
    ]
    found = articles(tmp_path, "a.csv", ";".join(("id", *columns)) + "\n" + ";".join(("1", *cells)) + "\n")
    assert [(each.file, each.language) for each in found] == [("a.csv#1.de", "de"), ("a.csv#1.ru", "ru")]
    assert [each.paragraphs[0].text for each in found] == ["Mühle", "Мельница"]
    assert [each.paragraphs[1].text for each in found] == [GERMAN, RUSSIAN]


def test_an_author_id_is_no_language(tmp_path):
    [found] = articles(tmp_path, "a.csv", "text_id;other\n1;2\n")
    assert isinstance(found, Rejection)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_marked_languages_in_text_files(tmp_path, name):
    found = articles(tmp_path, name, f"[:de]{GERMAN}[:ru]{RUSSIAN}[:]\n")
    assert [(each.file, each.language, each.paragraphs[0].text) for each in found] == [
        (f"{name}#de", "de", GERMAN),
        (f"{name}#ru", "ru", RUSSIAN),
    ]


def test_titles_with_entities_and_markup(tmp_path):
    record = {"title": {"rendered": "Mehl &#038; <em>Brot</em>"}, "content": {"rendered": f"<p>{GERMAN}</p>"}}
    assert texts(tmp_path, "a.json", json.dumps(record)) == ["Mehl & Brot", GERMAN]
    assert texts(tmp_path, "a.csv", f"title,body\nMehl &amp; Brot,<p>{GERMAN}</p>\n") == [
        "Mehl & Brot",
        GERMAN,
    ]


STORED = (
    f'[vc_row][vc_column width="1/2"]{GERMAN}[/vc_column][/vc_row]\n\n'
    "[embed]https://example.org/v[/embed]\n\nSo [sic] ist es."
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", json.dumps({"title": "Mühle", "body": STORED})),
        ("a.csv", f'title,body\nMühle,"{STORED.replace(chr(34), chr(34) * 2)}"\n'),
        ("a.html", f"<h1>Mühle</h1><p>[vc_row]</p><p>{GERMAN}</p><p>[/vc_row]</p><p>So [sic] ist es.</p>"),
    ],
)
def test_shortcodes_outside_wordpress(tmp_path, name, data):
    assert texts(tmp_path, name, data) == ["Mühle", GERMAN, "So [sic] ist es."]


def test_brackets_of_code_are_no_shortcodes(tmp_path):
    text = f"Mit liste[naechster_index] geht es weiter. {GERMAN}"
    assert texts(tmp_path, "a.json", json.dumps({"title": "Mühle", "body": text})) == ["Mühle", text]
    assert texts(tmp_path, "a.html", f"<h1>Mühle</h1><p>{text}</p>") == ["Mühle", text]


def test_line_ends_that_a_database_escapes(tmp_path):
    found = texts(tmp_path, "a.tsv", f"title\tbody\nМельница\t{RUSSIAN}\\nВторой абзац.\n")
    assert found == ["Мельница", RUSSIAN, "Второй абзац."]
    path = "Der Ordner C:\\neu ist leer. " + GERMAN
    assert texts(tmp_path, "b.tsv", f"title\tbody\nMühle\t{path}\n") == ["Mühle", path]


def test_lines_above_the_header_of_a_table(tmp_path):
    above = "Export vom 1.5.2024;;\n\n"
    assert texts(tmp_path, "a.csv", f"{above}id;title;body\n1;Mühle;{GERMAN}\n") == ["Mühle", GERMAN]
    [found] = articles(tmp_path, "b.csv", f"nr;name;wert\n1;Mühle;{GERMAN}\n2;text;body\n")
    assert isinstance(found, Rejection)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Auf 12 km^2^ leben 10^6^ Leute, und H~2~O fließt.", "Auf 12 km² leben 10⁶ Leute, und H2O fließt."),
        ("Das ist ++neu++ und wahr [@meier; @schulz].", "Das ist neu und wahr."),
        ("C++ und D++ sind 100%% sicher, 50%% sagt er.", "C++ und D++ sind 100%% sicher, 50%% sagt er."),
        ("Text davor. %%nur für mich%%", "Text davor."),
        ("Hier steht %%NAME_1%% und ++i oder i++, 2^n^m.", "Hier steht %%NAME_1%% und ++i oder i++, 2^n^m."),
        ("Ein Absatz mit Namen. ^name-des-absatzes", "Ein Absatz mit Namen."),
        ("Ungefähr ~5 oder ~6 Grad, 2^10 und x^n.", "Ungefähr ~5 oder ~6 Grad, 2^10 und x^n."),
        ("\\newpage\nDie Mühle steht.", "Die Mühle steht."),
    ],
)
def test_marks_of_markdown(tmp_path, source, text):
    assert texts(tmp_path, "a.md", f"{GERMAN}\n\n{source}\n") == [GERMAN, text]


def test_contents_of_kramdown_are_no_text(tmp_path):
    assert texts(tmp_path, "a.md", f"# Mühle\n\n* Inhalt\n{{:toc}}\n\n{GERMAN}\n") == ["Mühle", GERMAN]


def test_texts_deep_in_front_matter(tmp_path):
    head = '+++\ntitle = "Мельница"\n[params]\nsubtitle = "Как она мелет"\n'
    head += '[params.seo]\ndescription = "Для машин"\n+++\n'
    assert texts(tmp_path, "a.md", f"{head}\n{RUSSIAN}\n") == ["Мельница", "Как она мелет", RUSSIAN]


@pytest.mark.parametrize("text", [JAPANESE, CHINESE])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.rst"])
def test_line_ends_in_scripts_without_spaces(tmp_path, name, text):
    long = text * 4
    wrapped = "\n".join(long[k : k + 21] for k in range(0, len(long), 21))
    data = f"<p>{wrapped}</p>" if name == "a.html" else f"{wrapped}\n\n{wrapped}\n"
    assert texts(tmp_path, name, data)[0] == long


def test_raised_numbers_in_text(tmp_path):
    page = "<p>{}</p>"
    power = "Город занимает 12 км<sup>2</sup>, E=mc<sup>2</sup>, и так<sup>†</sup> было. " + RUSSIAN
    assert texts(tmp_path, "a.html", page.format(f"В 1932 году<sup>1</sup> начали. {power}")) == [
        f"В 1932 году начали. Город занимает 12 км², E=mc², и так было. {RUSSIAN}"
    ]
    [found] = texts(tmp_path, "a.rst", f"Auf 12 km\\ :sup:`2` leben 10\\ :sup:`6` Leute. {GERMAN}\n")
    assert found == f"Auf 12 km² leben 10⁶ Leute. {GERMAN}"


def test_the_article_in_the_data_of_a_page(tmp_path):
    data = json.dumps({"props": {"post": {"title": "Mühle", "body": f"<p>{GERMAN}</p><p>Schluss.</p>"}}})
    page = f'<html><body><div>Loading</div><script type="application/json">{data}</script></body></html>'
    assert texts(tmp_path, "a.html", page) == ["Loading", "Mühle", GERMAN, "Schluss."]


@pytest.mark.parametrize("style", ["color: transparent", "transform: scale(0)", "display:none !important"])
def test_hidden_by_style(tmp_path, style):
    page = f'<h1>Mühle</h1><p>{GERMAN}</p><p style="{style}">Geheim.</p>'
    assert texts(tmp_path, "a.html", page) == ["Mühle", GERMAN]


def test_text_in_colours_of_a_picture_is_seen(tmp_path):
    page = f'<p>{GERMAN}</p><p style="color:transparent;-webkit-background-clip:text">Bunt.</p>'
    assert texts(tmp_path, "a.html", page) == [GERMAN, "Bunt."]


LEAF = [{"type": "text", "text": GERMAN}]


@pytest.mark.parametrize(
    "record",
    [
        {"documentTitle": "Mühle", "ops": [{"insert": f"{GERMAN}\n"}]},
        {"Page title": "Mühle", "seo_title": "Nein", "delta": {"ops": [{"insert": f"{GERMAN}\n"}]}},
        {"betreff_titel": "Mühle", "Body": GERMAN},
        {
            "properties": {"Название": {"type": "title", "title": [{"plain_text": "Mühle"}]}},
            "children": [{"type": "paragraph", "paragraph": {"rich_text": [{"plain_text": GERMAN}]}}],
        },
        {
            "headline": "Mühle",
            "lexical": json.dumps(
                {"root": {"type": "root", "children": [{"type": "paragraph", "children": LEAF}]}}
            ),
        },
        {"pageTitle": "Mühle", "modules": [{"type": "rte", "html": f"<p>{GERMAN}</p>"}]},
    ],
)
def test_titles_and_trees_under_other_names(tmp_path, record):
    assert texts(tmp_path, "a.json", json.dumps([record])) == ["Mühle", GERMAN]


SUPER = '<w:vertAlign w:val="superscript"/>'
RAISED = {
    "a.docx": docx(
        paragraph("Auf 12 km", run("2", SUPER), " leben 1", run("0", ""), run("6", SUPER), " Leute, H")[:-6]
        + run("2", '<w:vertAlign w:val="subscript"/>')
        + run("O. Das sagte er gestern")
        + run("1", SUPER)
        + run(f". {GERMAN}")
        + "</w:p>"
    ),
    "a.odt": odt(
        "<text:p>"
        + "Auf 12 km<U>2</U> leben 10<U>6</U> Leute, H<D>2</D>O. Das sagte er gestern<U>1</U>. ".replace(
            "<U>", '<text:span text:style-name="U">'
        )
        .replace("<D>", '<text:span text:style-name="D">')
        .replace("</U>", "</text:span>")
        .replace("</D>", "</text:span>")
        + f"{GERMAN}</text:p>",
        "".join(
            f'<style:style style:name="{name}" style:family="text">'
            f'<style:text-properties style:text-position="{place} 58%"/></style:style>'
            for name, place in (("U", "super"), ("D", "-33%"))
        ),
    ),
    "a.rtf": (
        r"{\rtf1\ansi Auf 12 km{\super 2} leben 10\super 6\nosupersub  Leute, H{\sub 2}O. "
        r"Das sagte er gestern{\up6 1}. "
        + "".join(c if c < "\x80" else f"\\'{ord(c):02x}" for c in GERMAN)
        + r"\par}"
    ).encode(),
    "a.hwpx": hwpx(
        '<hp:p styleIDRef="0" paraPrIDRef="0">'
        + "".join(
            f'<hp:run charPrIDRef="{shape}"><hp:t>{text}</hp:t></hp:run>'
            for shape, text in (
                *((0, "Auf 12 km"), (7, "2"), (0, " leben 10"), (7, "6"), (0, " Leute, H"), (8, "2")),
                *((0, "O. Das sagte er gestern"), (7, "1"), (0, f". {GERMAN}")),
            )
        )
        + "</hp:p>",
        header='<hh:charPr id="0"/><hh:charPr id="7"><hh:supscript/></hh:charPr>'
        '<hh:charPr id="8"><hh:subscript/></hh:charPr>',
    ),
}


@pytest.mark.parametrize("name", RAISED)
def test_raised_numbers_in_documents(tmp_path, name):
    [found] = texts(tmp_path, name, RAISED[name])
    assert found == f"Auf 12 km² leben 10⁶ Leute, H2O. Das sagte er gestern. {GERMAN}"


@pytest.mark.parametrize(("raised", "lowered"), [("6", "-4"), ("8", "-2")])
def test_numbers_that_libreoffice_raises_in_docx_keep_their_meaning(tmp_path, raised, lowered):
    data = docx(
        paragraph(
            run("Es sind 10"),
            run("6", f'<w:position w:val="{raised}"/><w:sz w:val="19"/>'),
            run(" Liter H"),
            run("2", f'<w:position w:val="{lowered}"/><w:sz w:val="19"/>'),
            run("O im Becken."),
        )
    )
    assert texts(tmp_path, "a.docx", data) == ["Es sind 10⁶ Liter H2O im Becken."]


@pytest.mark.parametrize(
    "style",
    [
        "vertical-align: super",
        "font-size:.8em; vertical-align: 0.4em",
        "font-size: 0.8em; position: relative; top: -0.33em",
        "font-size: 75%; position: relative; top: -.5em",
    ],
)
def test_numbers_that_a_style_raises_keep_their_meaning(tmp_path, style):
    page = f"<p>Es sind 10<span style='{style}'>6</span> Liter im Becken. {GERMAN}</p>"
    assert texts(tmp_path, "a.html", page) == [f"Es sind 10⁶ Liter im Becken. {GERMAN}"]
    page = (
        f"<style>.hoch {{ {style} }}</style><p>Es sind 10<i class='hoch'>6</i> Liter im Becken. {GERMAN}</p>"
    )
    assert texts(tmp_path, "b.html", page) == [f"Es sind 10⁶ Liter im Becken. {GERMAN}"]


@pytest.mark.parametrize("style", ["position: relative; top: -2px", "vertical-align: 0.4em", "top: -0.3em"])
def test_numbers_that_are_only_moved_are_on_the_line(tmp_path, style):
    page = f"<p>Es sind 10<span style='{style}'>6</span> Liter im Becken. {GERMAN}</p>"
    assert texts(tmp_path, "a.html", page) == [f"Es sind 106 Liter im Becken. {GERMAN}"]


def test_style_sheets_saved_with_a_page_hide_what_they_hide(tmp_path):
    page = (
        '<html><head><link rel="stylesheet" href="cid:css-1@mhtml.blink">'
        '<link rel="stylesheet" type="text/css" href="stil/b.css?v=2"></head>'
        f'<body><h1>Mühle</h1><p>{GERMAN}</p><p class="intern">Nur intern.</p>'
        '<p class="druck">Nur im Druck.</p></body></html>'
    )
    parts = [
        ("text/html", "Content-Location: https://example.org/a/muehle.html", page),
        ("text/css", "Content-Location: cid:css-1@mhtml.blink", ".intern { display: none }"),
        ("text/css", "Content-Location: https://example.org/a/stil/b.css?v=2", ".druck{visibility:hidden}"),
    ]
    body = "".join(
        f"--B\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"{place}\r\n\r\n{text}\r\n"
        for kind, place, text in parts
    )
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    assert texts(tmp_path, "a.mhtml", f"{head}{body}--B--\r\n") == ["Mühle", GERMAN]


@pytest.mark.parametrize("name", ["a.fodt", "a.docx"])
def test_a_bare_ampersand_in_a_document_is_no_damage(tmp_path, name):
    text = "Die Müller & Söhne GmbH mahlt für R&D das Mehl der drei Dörfer im Tal."
    data = (
        fodt(f"<text:p>{text}</text:p>")
        if name == "a.fodt"
        else docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    )
    assert texts(tmp_path, name, data) == [text]


def test_a_line_of_wrapped_text_may_begin_with_a_dash_or_a_number(tmp_path):
    wrapped = (
        "Die alte Mühle mahlt seit dem Herbst wieder das Mehl für die drei Dörfer\n"
        "– etwa neunhundert Leute – und für alle, die am Wochenende von weit her\n"
        "kommen, um das Rad zu sehen, das der Verein der Freunde des Tales am\n"
        "12. oktober des letzten Jahres erneuert hat.\n\n"
        "Was sie mahlt und was man davon im Laden gleich neben ihr kaufen kann:\n"
        "- weizen\n- roggen\n"
    )
    first, head, *items = texts(tmp_path, "a.txt", wrapped)
    assert first == " ".join(wrapped.split("\n\n")[0].split())
    assert [head[:15], *items] == ["Was sie mahlt u", "- weizen", "- roggen"]
