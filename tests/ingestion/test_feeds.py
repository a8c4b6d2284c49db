"""Feeds as they are written in practice, and what exports of publishing systems hold besides articles."""

import base64
import re
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datatypes import RawText, Rejection
from pipeline.ingestion.formats.feed import plain_title
from pipeline.ingestion.formats.multilingual import version, versions
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.formats.shortcodes import without_shortcodes
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.clean import clean_blocks

READING = Reading(4_000_000)
IT = "La fontana della piazza zampilla di nuovo dopo i lavori, e i bambini ci giocano tutto il giorno."
IT2 = "Il comune ha cambiato le tubature vecchie e ha messo una luce sotto ogni getto."
PL = "Fontanna na rynku znowu tryska po remoncie, a dzieci bawią się przy niej przez cały dzień."
PL2 = "Miasto wymieniło stare rury i założyło światło pod każdym strumieniem."
KO = "광장의 분수가 공사를 마치고 다시 물을 뿜어, 아이들이 하루 종일 그 곁에서 논다."


def read(tmp_path, text, name="a.xml"):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_file(path, name, READING)


def blocks(raw):
    assert isinstance(raw, RawText), raw
    return [block.text for block in clean_blocks(raw)[0]]


def rss(items, attributes=""):
    channel = f"<channel><title>F</title>{items}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0"{attributes}>{channel}</rss>'


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("vino & pane di R&D, AT&T", "vino & pane di R&D, AT&T"),
        ("Q&A; e B&B", "Q&A; e B&B"),
        ("a &amp; b &lt; c &#8364; &euro; &eacute;", "a & b < c € € é"),
        ("se a <b e c, o x<y", "se a <b e c, o x<y"),
        ("5 < 6, 7 <8 e < 9", "5 < 6, 7 <8 e < 9"),
        ("poszli & wrócili &copy;2026 &unknown;", "poszli & wrócili ©2026 &unknown;"),
        ("uno &#0; due", "uno \ufffd due"),
        ("uno ]]> due", "uno ]]> due"),
        ("밥 & 국 & 김치", "밥 & 국 & 김치"),
    ],
)
def test_signs_that_xml_reserves_are_not_lost(tmp_path, written, wanted):
    for field in ("description", "content"):
        (raw,) = read(
            tmp_path, rss(f"<item><title>{written}</title><{field}>{IT} {written}.</{field}></item>")
        )
        assert blocks(raw) == [wanted, f"{IT} {wanted}."]


_SIGNS = st.sampled_from(
    [" ", " & ", "&", " < ", "<5 ", " > ", "<b>", "</b>", "&lt;", " ]]> ", "<br>", '"', "<!", "&#x41;"]
)


@given(st.lists(_SIGNS, min_size=1, max_size=12))
def test_no_word_between_odd_signs_is_lost(tmp_path_factory, signs):
    text = "".join(f"{sign}parola{number}x " for number, sign in enumerate(signs))
    found = read(tmp_path_factory.mktemp("a"), rss(f"<item><description>{text}</description></item>"))
    words = re.findall(r"parola\d+x", " ".join(" ".join(blocks(raw)) for raw in found))
    assert words == [f"parola{number}x" for number in range(len(signs))]


@pytest.mark.parametrize("odd", ["<b>", "</b>", "<p>", "<i><b></i>", "</x></y>", "<li>a<li>b"])
def test_elements_that_do_not_fit_swallow_no_field(tmp_path, odd):
    item = f"<item><title>Uno</title><description>{IT} {odd}{IT2}</description><link>http://e.org/1</link></item>"
    first, second = read(tmp_path, rss(item + item))
    for raw in (first, second):
        assert " ".join(blocks(raw)).startswith(f"Uno {IT}")
        assert " ".join(blocks(raw)).endswith(IT2)
        assert raw.metadata.url == "http://e.org/1"


def test_a_feed_that_is_cut_off_gives_what_it_has(tmp_path):
    feed = rss(f"<item><title>Uno</title><description>{IT}</description></item>" * 2)
    found = read(tmp_path, feed[: feed.rindex("</description>") - 20])
    assert blocks(found[0]) == ["Uno", IT]
    assert blocks(found[1])[1] == IT[:-20]


def test_a_cdata_section_stays_as_it_is(tmp_path):
    body = "<![CDATA[<p>vino & pane &amp; <code>&amp;copy;</code> a<br>b</p>]]> & coda"
    (raw,) = read(
        tmp_path, rss(f"<item><description>{body}</description><link>http://e.org/?a=1&b=2</link></item>")
    )
    assert blocks(raw) == ["vino & pane & &copy; a b", "& coda"]
    assert raw.metadata.url == "http://e.org/?a=1&b=2"


def test_elements_of_html_without_an_end_swallow_no_field(tmp_path):
    item = (
        f'<item><description>{IT}<br>{IT2} <img src="a.png"></description><link>http://e.org/1</link></item>'
    )
    (raw,) = read(tmp_path, rss(item))
    assert " ".join(blocks(raw)) == f"{IT} {IT2}"
    assert raw.metadata.url == "http://e.org/1"


@pytest.mark.parametrize("attributes", ["", ' xmlns:content="http://wrong.example/"'])
def test_a_prefix_without_its_namespace_means_what_it_always_means(tmp_path, attributes):
    item = (
        f"<item><title>Uno</title><description>Breve.</description><media:title>No</media:title>"
        f"<excerpt:encoded>Riassunto.</excerpt:encoded><content:encoded><![CDATA[<p>{PL}</p><p>{PL2}</p>]]></content:encoded>"
        "<dc:creator>Anna</dc:creator><itunes:summary>No</itunes:summary></item>"
    )
    (raw,) = read(tmp_path, rss(item, attributes))
    assert blocks(raw) == ["Uno", "Breve.", "Riassunto.", PL, PL2]
    assert raw.metadata.author == "Anna"


def test_an_empty_content_gives_way_to_the_description(tmp_path):
    item = f"<item><content:encoded> </content:encoded><description>{IT}</description></item>"
    assert blocks(read(tmp_path, rss(item))[0]) == [IT]


def test_xhtml_with_a_prefix_keeps_its_paragraphs(tmp_path):
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://www.w3.org/1999/xhtml"><entry><title>Uno</title>'
        f'<content type="xhtml"><h:div><h:p>{IT}<h:a id="x"/></h:p><h:p>{IT2}</h:p></h:div></content>'
        "</entry></feed>"
    )
    assert blocks(read(tmp_path, entry)[0]) == ["Uno", IT, IT2]


def test_a_page_in_xml_is_read_as_a_page(tmp_path):
    html = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{IT} & a < b</p><p>{IT2}</p></body></html>'
    assert blocks(read(tmp_path, html)[0]) == [f"{IT} & a < b", IT2]


def escaped(text, times):
    for _ in range(times):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize(
    "html",
    [
        "<p>{}</p><p>{}</p>",
        '<div class="a"><p>{}</p>\n<p>{} <a href="http://e.org/?a=1&amp;b=2">qui</a></p></div>',
        "{}<br /><br />{}<br/>",
    ],
)
def test_markup_escaped_once_too_often_is_markup(tmp_path, times, html):
    body = html.format(IT, IT2)
    (raw,) = read(tmp_path, rss(f"<item><description>{escaped(body, times)}</description></item>"))
    assert [text.removesuffix(" qui") for text in blocks(raw)] == [IT, IT2]


@pytest.mark.parametrize(
    "html",
    ["<p>I tag &lt;p&gt; e &lt;/p&gt; sono due.</p>", "I tag &lt;p&gt; e &lt;/p&gt; sono due."],
)
def test_a_text_about_tags_keeps_them(tmp_path, html):
    (raw,) = read(tmp_path, rss(f"<item><description>{escaped(html, 1)}</description></item>"))
    assert (
        "tag <p> e </p> sono" in (raw.text if raw.format == "x" else " ".join(blocks(raw)))
        or "&lt;p&gt;" in raw.text
    )


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Il <b>ponte</b> e<br/>il molo", "Il ponte e il molo"),
        ("R&amp;amp;D", "R&D"),
        ("Il tag &lt;p&gt; spiegato", "Il tag <p> spiegato"),
        ("a < b > c", "a < b > c"),
        ("<em>Pan</em> Tadeusz", "Pan Tadeusz"),
    ],
)
def test_titles_lose_pairs_of_tags_and_nothing_else(written, wanted):
    assert plain_title(written) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[:it]uno[:pl]jeden[:]", {"it": "uno", "pl": "jeden"}),
        ("<!--:it-->uno<!--:--><!--:ko-->하나<!--:-->", {"it": "uno", "ko": "하나"}),
        ("{:it}uno{:}{:pl}jeden{:}", {"it": "uno", "pl": "jeden"}),
        ("[lang_it]uno[/lang_it][lang_pl]jeden[/lang_pl]", {"it": "uno", "pl": "jeden"}),
        ("prima [:it]uno[:pl]jeden[:] dopo", {"it": "prima uno dopo", "pl": "prima jeden dopo"}),
        ("[:it]uno[:pt-br]um", {"it": "uno", "pt-br": "um"}),
        ("[:it]a[:pl]b[:] e [:it]c[:pl]d[:]", {"it": "a e c", "pl": "b e d"}),
        ("[:it]uno[:]", {"it": "uno"}),
        ("Il segno [:it] apre una parte.", {}),
        ("una faccina [:] e {:}", {}),
        ("uno [1] due [sic]", {}),
    ],
)
def test_marks_of_languages(text, wanted):
    assert versions(text) == wanted


def test_a_text_without_marks_is_that_of_every_language():
    assert version("uno", "pl") == "uno"
    assert version("[:it]uno[:]", "pl") == ""


POST = (
    "<item><title><![CDATA[{title}]]></title><link>https://e.org/1</link>"
    "<content:encoded><![CDATA[{body}]]></content:encoded><wp:status>{status}</wp:status>"
    "<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password></item>"
)
WXR = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def post(body="", title="Uno", status="publish", kind="post", password=""):
    return POST.format(body=body, title=title, status=status, kind=kind, password=password)


@pytest.mark.parametrize(
    "marks",
    [
        ("[:it]", "[:pl]", "[:]"),
        ("<!--:it-->", "<!--:--><!--:pl-->", "<!--:-->"),
        ("{:it}", "{:}{:pl}", "{:}"),
    ],
)
@pytest.mark.parametrize("attributes", ["", WXR])
def test_a_post_in_two_languages_is_two_articles(tmp_path, marks, attributes):
    first, second, end = marks
    body = f"{first}{IT}\n\n{IT2}{second}{PL}\n\n{PL2}{end}"
    found = read(tmp_path, rss(post(body, f"{first}La fontana{second}Fontanna{end}"), attributes))
    assert [raw.file for raw in found] == ["a.xml#1.it", "a.xml#1.pl"]
    assert [blocks(raw) for raw in found] == [["La fontana", IT, IT2], ["Fontanna", PL, PL2]]
    assert [raw.metadata.language for raw in found] == ["it", "pl"]
    assert [raw.metadata.title for raw in found] == ["La fontana", "Fontanna"]


def test_a_language_without_a_text_is_told(tmp_path):
    found = read(tmp_path, rss(post(f"[:it]{IT}[:pl][:]", "Uno"), WXR))
    assert blocks(found[0]) == ["Uno", IT]
    assert isinstance(found[1], Rejection)
    assert found[1] == Rejection("a.xml#1.pl", "holds no text")


@pytest.mark.parametrize("status", ["draft", "pending", "future", "private", "trash", "auto-draft"])
@pytest.mark.parametrize("attributes", ["", WXR])
def test_only_what_is_published_is_an_article(tmp_path, status, attributes):
    found = read(tmp_path, rss(post(IT, status=status) + post(IT) + post(IT, kind="evento"), attributes))
    assert status in found[0].reason
    assert [blocks(raw) for raw in found[1:]] == [["Uno", IT]] * 2


@pytest.mark.parametrize(
    "kind", ["wp_block", "revision", "nav_menu_item", "elementor_library", "acf-field", "attachment"]
)
def test_parts_of_a_site_are_no_articles(tmp_path, kind):
    (found,) = read(tmp_path, rss(post(IT, kind=kind, status="inherit"), WXR))
    assert kind in found.reason


def test_a_post_behind_a_password_is_not_public(tmp_path):
    (found,) = read(tmp_path, rss(post(IT, password="segreto"), WXR))
    assert "password" in found.reason
    assert "segreto" not in found.reason


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (
            '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>',
            "draft",
        ),
        ('<category term="http://schemas.google.com/blogger/2008/kind#comment"/>', "comment"),
        ("<blogger:type>COMMENT</blogger:type>", "COMMENT"),
        ("<blogger:status>DRAFT</blogger:status>", "DRAFT"),
    ],
)
def test_drafts_and_comments_of_atom(tmp_path, inside, wanted):
    entry = f"<entry><title>Uno</title>{{}}<content>{IT}</content></entry>"
    live = entry.format(
        '<category term="http://schemas.google.com/blogger/2008/kind#post"/><blogger:status>LIVE</blogger:status>'
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{entry.format(inside)}{live}</feed>'
    rejected, raw = read(tmp_path, feed)
    assert wanted in rejected.reason
    assert blocks(raw) == ["Uno", IT]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (
            '[vc_row][vc_column width="1/2"][vc_column_text]\nuno\n[/vc_column_text][/vc_column][/vc_row]',
            ["uno"],
        ),
        ("uno.[/vc_column_text][vc_column_text]Due", ["uno.", "Due"]),
        ("uno.[vc_separator]Due", ["uno.", "Due"]),
        ('[su_button url="x"]Leggi[/su_button]', ["Leggi"]),
        ("[dropcap]L[/dropcap]a notte [su_highlight]era[/su_highlight] buia", ["La notte era buia"]),
        ('uno\n\n[contact-form-7 id="12" title="Contatti"]\n\ndue', ["uno", "due"]),
        ("uno\n\n[instagram-feed]\n\ndue", ["uno", "due"]),
        ("[gallery ids=”1,2″]uno [audio src='x.mp3' /]due", ["uno due"]),
        ("[row][col span=6]uno[/col][/row]", ["uno"]),
        ("[url=https://e.org]uno[/url]", ["uno"]),
        ('[su_spoiler title="Domanda"]Risposta[/su_spoiler]', ["Domanda", "Risposta"]),
        ('[vc_custom_heading text="제목"]\n\n하나', ["제목", "하나"]),
        ("[[gallery]] si scrive così", ["[gallery] si scrive così"]),
        (
            "Tutto [sic] come prima [nostra traduzione], [...] e [1]",
            ["Tutto [sic] come prima [nostra traduzione], [...] e [1]"],
        ),
        ("[przyp. red.] i [semi-automatico] w zdaniu", ["[przyp. red.] i [semi-automatico] w zdaniu"]),
        ("[중략] 다음", ["[중략] 다음"]),
        ("[fonte https://e.org/a]", ["[fonte https://e.org/a]"]),
        ("a[i] = b[j]", ["a[i] = b[j]"]),
        ("<!-- wp:shortcode -->\n[orari]\n<!-- /wp:shortcode -->\nuno", ["uno"]),
        ("<pre>[vc_row]</pre>", ["[vc_row]"]),
        ('[sourcecode language="c"]a < b;\n  c;[/sourcecode]', ["a < b; c;"]),
        (
            "[vc_raw_html]" + base64.b64encode(quote("<p>nascosto</p>").encode()).decode() + "[/vc_raw_html]",
            ["nascosto"],
        ),
        ("[vc_raw_js]YWJj[/vc_raw_js]uno", ["uno"]),
        ("[toc]\n\nuno", ["uno"]),
        ("Uno[footnote]Nota.[/footnote] due.\n\nTre.", ["Uno due.", "Nota.", "Tre."]),
        (
            "<p>Raz[efn_note]Pierwszy [sic].[/efn_note], dwa[mfn]Drugi.[/mfn].</p><p>Trzy.</p>",
            ["Raz, dwa.", "Pierwszy [sic].", "Drugi.", "Trzy."],
        ),
        ("하나[ref]주석.\n\n이어짐.[/ref] 둘.", ["하나 둘.", "주석.", "이어짐."]),
        ("Uno [ref] e basta.", ["Uno [ref] e basta."]),
        ('<div class="wp-block-embed__wrapper">\nhttps://e.org/v\n</div><p>uno</p>', ["uno"]),
    ],
)
def test_shortcodes_go_and_what_they_hold_stays(tmp_path, written, wanted):
    (raw,) = read(tmp_path, rss(post(f"<p>{IT}</p>\n\n{written}"), WXR))
    assert [" ".join(text.split()) for text in blocks(raw)] == ["Uno", IT, *wanted]


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "[a ",
        '[a b="',
        "[caption]",
        "[a][/a]",
        "[code]",
        "[:it]",
        "[vc_raw_html]",
        "[ref]",
        "[fn]a[/fn]",
        "[a-b]\n",
        "&lt;p",
        "&",
        "<br",
        "<![CDATA[",
    ],
)
def test_a_part_repeated_for_long_takes_time_in_proportion(tmp_path, part):
    body = f"<item><description>{IT}{part * (120_000 // len(part))}</description></item>"
    begin = time.process_time()
    read(tmp_path, rss(body + post("parole " + part * (120_000 // len(part)), "[:it]a[:pl]b[:]"), WXR))
    without_shortcodes(part * (120_000 // len(part)))
    assert time.process_time() - begin < 4
