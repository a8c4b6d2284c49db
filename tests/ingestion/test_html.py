"""What an HTML page shows, and only that, becomes text: styles, named boxes, raised signs, readings, code."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datatypes import Block
from pipeline.ingestion.formats.html import blocks, page

IT = "Il vecchio mulino macina ancora la farina del paese, e la domenica apre le porte ai bambini."
IT2 = "Chi vuole vedere le macine deve chiamare il custode, che abita nella casa accanto al ponte."
KO = "오래된 방앗간은 지금도 마을의 밀가루를 빻고, 일요일마다 아이들에게 문을 활짝 열어 준다."
KO2 = "맷돌을 보고 싶은 사람은 다리 옆집에 사는 관리인에게 미리 전화를 걸어 두어야 한다."
PL = "Stary młyn wciąż miele mąkę dla całej wsi, a w niedzielę otwiera swoje drzwi dla dzieci."
PL2 = "Kto chce zobaczyć żarna, musi zadzwonić do dozorcy, który mieszka w domu obok mostu."


def texts(html, kind=None):
    return [block.text for block in blocks(html) if kind is None or block.kind == kind]


def own(html):
    return [block.text for block in blocks(html) if block.kind != "boilerplate"]


HIDDEN = [
    '<p style="display:none">no</p>',
    '<div style="color:red; DISPLAY : none !important">no</div>',
    '<p style="visibility: hidden">no</p>',
    '<p><span style="visibility:collapse">no</span></p>',
    '<div style="font-size:0">no</div>',
    '<div style="font-size: 0px"><p>no</p></div>',
    '<div style="font: 0/0 a">no</div>',
    '<p style="position:absolute; left:-9999px">no</p>',
    '<p style="text-indent:-9999em">no</p>',
    '<p style="position:absolute;clip:rect(0 0 0 0)">no</p>',
    '<p style="position:absolute;width:1px;height:1px;overflow:hidden">no</p>',
    '<p style="opacity:0">no</p>',
    '<p style="max-height:0;overflow:hidden">no</p>',
    '<p class="visually-hidden">no</p>',
    '<span class="sr-only other">no</span>',
    '<p class="screen-reader-text">no</p>',
    '<div class="d-none">no</div>',
    "<section hidden>no</section>",
    '<p hidden="">no</p>',
    '<p aria-hidden="true">no</p>',
]


@pytest.mark.parametrize("hidden", HIDDEN)
@pytest.mark.parametrize("text", [IT, KO, PL])
def test_what_the_page_hides_is_no_text(hidden, text):
    assert texts(f"<h1>Uno</h1><p>{text}</p>{hidden}<p>due</p>") == ["Uno", text, "due"]


RULES = [
    (".x{display:none}", '<p class="a x">no</p>'),
    ("/* .y{} */ p.x, #z { color: red; display: none }", '<p id="z">no</p><p class="x">no</p>'),
    (".post .x{visibility:hidden}", '<div class="post"><p class="x">no</p></div>'),
    ("@media screen { .x { display: none } }", '<p class="x">no</p>'),
    ("@media (min-width: 600px) { .x { font-size: 0 } }", '<p class="x">no</p>'),
    (".x{display:block} .x{display:none}", '<p class="x">no</p>'),
    (".post > *.x{display:none!important}", '<div class="post"><p class="x">no</p></div>'),
]


@pytest.mark.parametrize(("rules", "hidden"), RULES)
def test_rules_of_the_page_hide(rules, hidden):
    html = f"<html><head><style>{rules}</style></head><body><p>{IT}</p>{hidden}<p>{IT2}</p></body></html>"
    assert texts(html) == [IT, IT2]


SHOWN = [
    ("", "<details><summary>si</summary></details>"),
    ("", '<p style="display:block" hidden>si</p>'),
    ("", '<p class="d-none d-md-block">si</p>'),
    ("", '<p class="hidden md:flex">si</p>'),
    ("", '<p class="hidden-treasure">si</p>'),
    ("", '<p style="max-width:0; background:url(display:none)">si</p>'),
    ("", '<div style="visibility:hidden"><p style="visibility:visible">si</p></div>'),
    ("", '<div style="font-size:0"><p style="font-size:16px">si</p></div>'),
    ("", '<p style="font-size:0.9em">si</p>'),
    ("", '<p style="opacity:0; transform:translateY(20px)">si</p>'),
    ("", '<p style="opacity:0.8">si</p>'),
    ("", '<p style="max-height:0;overflow:hidden;transition:max-height 1s">si</p>'),
    (".x{opacity:0} .x.in{opacity:1}", '<p class="x">si</p>'),
    ("", '<div role="tabpanel" hidden>si</div>'),
    ("", '<div hidden="until-found">si</div>'),
    ("", '<div aria-hidden="false">si</div>'),
    (".x{display:none}", '<p class="y">si</p>'),
    ("@media print{.x{display:none}}", '<p class="x">si</p>'),
    ("@media (max-width: 600px){.x{display:none}}", '<p class="x">si</p>'),
    (".js .x{display:none}", '<p class="x">si</p>'),
    (".x:hover{display:none}", '<p class="x">si</p>'),
    (".x{display:none} p.x{display:block}", '<p class="x">si</p>'),
    (".x{display:none", '<p class="x">si</p>'),
]


@pytest.mark.parametrize(("rules", "shown"), SHOWN)
def test_what_only_looks_hidden_stays(rules, shown):
    html = f"<html><head><style>{rules}</style></head><body><p>{IT}</p>{shown}<p>{IT2}</p></body></html>"
    assert texts(html) == [IT, "si", IT2]


def test_what_a_control_unfolds_stays():
    html = (
        f'<p>{IT}</p><a aria-controls="q1" href="#">Domanda</a><div id="q1" style="display:none">{IT2}</div>'
    )
    assert texts(html) == [IT, "Domanda", IT2]


def test_a_heading_that_is_a_button_is_a_heading():
    html = f"<h3><button aria-controls=a>Quanto costa?</button></h3><div id=a hidden>{IT}</div><p>{IT2}</p>"
    assert blocks(html) == [
        Block("heading", "Quanto costa?"),
        Block("paragraph", IT),
        Block("paragraph", IT2),
    ]


def test_of_two_versions_the_one_that_is_seen_stays():
    line = '<span aria-hidden="true">12 €</span><span class="sr-only">dodici euro</span>'
    assert texts(f"<p>{IT}</p><p>Costa {line}.</p>") == [IT, "Costa 12 €."]


def test_an_inner_element_of_a_hidden_one_does_not_end_it():
    assert texts(f'<p>{IT}</p><div style="visibility:hidden">no<p>no</p>no</div><p>si</p>') == [IT, "si"]


LD = '<script type="application/ld+json">{}</script>'
ARTICLE = "<h1>Il mulino</h1><p>{}</p><p>{}</p>"
RESERVES = [
    '<div>Caricamento…</div><div hidden id="S:0"><article>{article}</article></div>',
    '<p>Loading, please wait.</p><main style="display:none">{article}</main>',
    '<body style="visibility:hidden"><div>{article}</div></body>',
    "<style>body{{display:none}}</style><body><div>{article}</div></body>",
    '<nav><a href=/>Home</a></nav><div aria-hidden="true"><main>{article}</main></div><p>불러오는 중</p>',
    "<body><div id=root></div><noscript>{article}</noscript>",
    "<body><div id=root></div><template><div>{article}</div></template>",
]


@pytest.mark.parametrize("html", RESERVES)
@pytest.mark.parametrize("pair", [(IT, IT2), (KO, KO2)])
def test_a_hidden_article_counts_where_nothing_else_is_left(html, pair):
    assert own("<!doctype html>" + html.format(article=ARTICLE.format(*pair))) == ["Il mulino", *pair]


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Il mulino è chiuso.</p><p style='display:none'>{IT}</p><p hidden>{IT2}</p>",
        f"<p>Il mulino è chiuso da lunedì.</p><div hidden><p>{IT}</p><p>{IT2}</p></div>",
        f"<h1>Uno</h1><p>{IT}</p><div hidden><article><h1>Due</h1><p>{IT2}</p></article></div>",
        f"<h1>Uno</h1><p>{IT}</p><noscript><p>{IT2}</p></noscript>",
    ],
)
def test_a_page_with_text_of_its_own_keeps_hidden_what_it_hides(html):
    shown = re.sub(r"<(\w+) (?:hidden|style).*|<noscript.*|<div hidden.*", "", html)
    assert own(f"<body>{html}") == texts(shown)


def test_a_piece_of_a_page_keeps_hidden_what_it_hides():
    assert blocks(f"<div hidden><article>{ARTICLE.format(IT, IT2)}</article></div>") == []


def test_a_line_of_rights_is_no_article():
    line = "© 2026 Editoriale Il Mulino – Tutti i diritti riservati – Partita IVA 01234567890"
    source = f'{{"headline": "Młyn", "articleBody": "{PL} {PL2}"}}'
    assert own(f"<body><div id=root></div><p>{line}</p>{LD.format(source)}") == ["Młyn", f"{PL} {PL2}"]


def test_the_inside_of_an_element_is_shown_where_it_stands():
    shadow = f'<x-box><template shadowrootmode="open"><p>{IT}</p><template>no</template></template></x-box>'
    assert texts(f"<p>uno</p>{shadow}<template>no</template><p>due</p>") == ["uno", IT, "due"]


def test_a_request_for_a_script_is_no_article():
    request = "Per usare questo sito bisogna attivare JavaScript nel browser, grazie della pazienza."
    assert blocks(f"<body><noscript>{request}</noscript>") == []


GRAPH = (
    '{{"@graph": [{{"@type": "WebPage"}}, {{"@type": "Article", "headline": "Młyn", "articleBody": "{}"}}]}}'
)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('{{"@type": "NewsArticle", "headline": "Młyn", "articleBody": "{0}\\n\\n{1}"}}', [PL, PL2]),
        ('[{{"headline": "Młyn", "articleBody": "<p>{0}</p><p>{1}</p>"}}]', [PL, PL2]),
        (GRAPH.replace("{}", "{0}\\n{1}"), [PL, PL2]),
        ('{{"mainEntity": {{"headline": "Młyn", "articleBody": ["{0}", "{1}"]}}}}', [PL, PL2]),
    ],
)
def test_an_article_in_json_ld_counts_where_the_page_has_none(source, wanted):
    head = f"<head><title>Młyn - Gazeta</title>{LD.format(source.format(PL, PL2))}</head>"
    html = f"{head}<body><p>Czekaj…</p></body>"
    assert own(html) == ["Młyn", *wanted]
    assert page(html)[1].title == "Młyn"
    shown = html.replace("Czekaj…", IT)
    assert own(shown) == ["Młyn - Gazeta", IT]


def test_what_json_ld_says_of_the_article_is_its_metadata():
    source = (
        f'{{"headline": "Młyn &amp; wieś", "articleBody": "{PL}", '
        '"author": [{"name": "Anna"}, {"name": "Jan"}], "datePublished": "2026-03-14", "inLanguage": "pl"}'
    )
    metadata = page(f"<head>{LD.format(source)}</head><body></body>")[1]
    assert (metadata.author, metadata.date, metadata.language) == ("Anna, Jan", "2026-03-14", "pl")
    assert metadata.title == "Młyn & wieś"


@pytest.mark.parametrize("source", ["{", '{"articleBody": 3}', '{"articleBody": ""}', "[" * 100_000])
def test_damaged_json_ld_is_passed_over(source):
    assert texts(f"<body><p>Ciao</p>{LD.format(source)}</body>") == ["Ciao"]


NAMES = ["menu", "comments", "cookies", "social", "newsletter", "share", "copyright", "related posts", "ads"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("around", ["<article>{}</article>", "<main>{}</main>", "<div>{}</div>"])
def test_prose_in_a_box_of_any_name_is_the_articles(name, around):
    box = f'<section class="{name}" id="{name}"><h2>Due</h2><p>{KO}</p></section>'
    html = around.format(f"<h1>Uno</h1><p>{IT}</p>{box}<p>{IT2}</p>")
    assert [block.kind for block in blocks(html)] == [
        "title",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["1. Qui", "2. Le stanze", "3. Come si accende il forno del pane la mattina presto?", "4. Via"], IT),
        (["1. 도착", "2. 방", "3. 이른 아침에 빵 굽는 화덕을 켜는 방법", "4. 떠나기"], KO),
    ],
)
def test_contents_are_a_menu_in_every_language(lines, text):
    items = "".join(f'<dt><a href="{k}.html">{line}</a></dt>' for k, line in enumerate(lines))
    assert own(f"<h1>Uno</h1><dl>{items}</dl><p>{text}</p>") == ["Uno", text]


def test_links_in_a_table_are_no_menu_where_other_cells_stand_beside_them():
    line = "<tr><td><a href=/a>iwa</a></td><td><a href=/b>V:1</a></td><td><a href=/c>302</a></td>{}</tr>"
    table = line.format("<td>un attrezzo</td>") * 2
    assert own(f"<h1>Uno</h1><table>{table}</table><p>{IT}</p>").count("302") == 2
    assert own(f"<h1>Uno</h1><table>{line.format('') * 2}</table><p>{IT}</p>") == ["Uno", IT]


def test_a_menu_of_dishes_is_the_articles():
    dishes = "<li>Zuppa di pesce 12 €</li><li>Pane nero</li>"
    for box in (
        f"<menu>{dishes}</menu>",
        f'<ul class="menu">{dishes}</ul>',
        f'<div id="menu"><ul>{dishes}</ul></div>',
    ):
        html = f"<article><h1>Trattoria</h1><p>{IT}</p>{box}<p>{IT2}</p></article>"
        assert texts(html, "list-item") == ["Zuppa di pesce 12 €", "Pane nero"]


BOXES = [
    '<div class="cookies"><p>Usiamo i cookie per offrire il servizio e per contare le visite al sito.</p>'
    "<button>Va bene</button></div>",
    '<div class="newsletter"><p>Ogni lunedì mandiamo a tutti gli iscritti le notizie più belle di tutte.</p>'
    "<form><input type=email><button>Iscriviti</button></form></div>",
    '<div class="promo"><p>Ogni lunedì mandiamo a tutti gli iscritti le notizie più belle di tutte.</p>'
    '<p><a href="/iscriviti">Iscriviti</a></p></div>',
    '<ul class="menu"><li><a href=/a>Uno</a></li><li><a href=/b>Due</a></li></ul>',
    '<ul class="docnav"><li><a href=/a>Indietro</a></li><li><a href=/b>Avanti</a></li></ul>',
    '<div class="navfooter"><p><a href=/a>2.3. La diga</a></p><p><a href=/b>Su</a></p></div>',
    '<div class="share"><p>Condividi</p></div>',
    '<div class="related"><ul><li><a href=/a>La diga</a></li><li><a href=/b>Il forno</a></li></ul></div>',
    f'<div id="comments"><p>{KO}</p></div>',
    f'<div id="comments"><h2>2 commenti</h2><div class="comment"><p>{KO}</p></div></div>',
    f'<div class="author-bio"><p>{KO}</p></div>',
    f'<nav class="menu"><p>{KO}</p></nav>',
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes_of_links_and_controls_remain_boilerplate(box):
    html = f"<article><h1>Uno</h1><p>{IT}</p><p>{IT2}</p>{box}<p>{PL}</p></article>"
    assert own(html) == ["Uno", IT, IT2, PL]
    assert len(texts(html)) > 4  # nothing is lost


def test_a_banner_before_the_article_remains_boilerplate():
    banner = "<div class=cookies><p>Usiamo i cookie per offrire il servizio e contare le visite.</p></div>"
    assert own(f"<body>{banner}<h1>Uno</h1><p>{IT}</p><p>{IT2}</p></body>") == ["Uno", IT, IT2]


SIGNS = [
    ('nel 1932<sup><a href="#fn1">3</a></sup> fu', "nel 1932 fu"),
    ('dicono<sup class="footnote"><a href="#n2">2</a></sup>.', "dicono."),
    ('i tecnici<a href="#_ftn1" name="_ftnref1">[1]</a>.', "i tecnici."),
    ("i tecnici<sup>2</sup>, poi", "i tecnici, poi"),
    ("i tecnici <sup>[12]</sup>, poi", "i tecnici, poi"),
    ("finito.<sup>1, 2</sup> Poi", "finito. Poi"),
    ("«finito»<sup>*</sup> e", "«finito» e"),
    ("도서관<sup>1)</sup>은", "도서관은"),
    ("은행<sup>2</sup>은", "은행은"),
    ('młyn<a role="doc-noteref" href="#p1">1</a> stary', "młyn stary"),
    ('młyn<a epub:type="noteref" href="n.xhtml#p1">*</a> stary', "młyn stary"),
    ('młyn<a href="#fn:1" class="footnote-ref">1</a>.', "młyn."),
    ('młyn<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup>.', "młyn."),
    ('Archivio comunale. <a href="#r1">↩</a>', "Archivio comunale."),
    ("nel 1950<sup>1</sup> e nel 1960<sup>2</sup>", "nel 1950 e nel 1960"),
    ("dicono<sup>b</sup> i tecnici", "dicono i tecnici"),
    ("<sup>1</sup> Archivio comunale.", "Archivio comunale."),
    ("i tecnici <sup>2</sup> e <sup>3</sup>.", "i tecnici e."),
    ("il 20% degli italiani<sup>[1][2]</sup>, o quasi", "il 20% degli italiani, o quasi"),
    ("la<sup>1</sup> via<sup>2</sup> e km<sup>3</sup>", "la via e km³"),
    ('Storia<span class="mw-editsection">[modifica]</span>', "Storia"),
    ('Storia<a class="headerlink" href="#storia">¶</a>', "Storia"),
    ("il <sup>14</sup>C e <sup>3</sup>He", "il ¹⁴C e ³He"),
    ("Sig<sup>ra</sup> Dott<sup>ssa</sup>", "Sigra Dottssa"),
    ("10<sup>6</sup> m<sup>3</sup>", "10⁶ m³"),
    ("10<sup>-3</sup> km<sup>2</sup>", "10⁻³ km²"),
    ("x<sup>2</sup> + 2<sup>n</sup>", "x² + 2ⁿ"),
    ("(a+b)<sup>2</sup>", "(a+b)²"),
    ("1024<sup>3</sup> byte", "1024³ byte"),
    ("x<sup>n+1</sup>, e<sup>x</sup>", "xⁿ⁺¹, e^x"),
    ("1<sup>er</sup> e XIX<sup>e</sup>", "1er e XIXe"),
    ("il 3<sup>a</sup> e n<sup>o</sup> 5", "il 3ª e nº 5"),
    ("Windows<sup>TM</sup>", "Windows™"),
    ("H<sub>2</sub>O e CO<sub>2</sub>", "H2O e CO2"),
    ("101<sub>2</sub>", "101₂"),
    ("una parola<sup>che sta in alto</sup>", "una parola che sta in alto"),
    ('<a href="#cap2">Capitolo due</a> e <a href="#due">2</a>', "Capitolo due e 2"),
    ('<a class="reference internal" href="x.html">la guida</a>', "la guida"),
    ('<a epub:type="noteref" href="#n">il mulino</a>', "il mulino"),
    ('pagina <span epub:type="pagebreak">12</span>dopo', "pagina dopo"),
    ('conti<span role="doc-pagebreak" title="13">13</span>nua', "continua"),
    ('conti<span class="pagenum">[Pg 14]</span>nua', "continua"),
    ('<span class="pagenum">vedi la nota sotto</span>', "vedi la nota sotto"),
]


@pytest.mark.parametrize(("html", "wanted"), SIGNS)
def test_raised_and_lowered_signs(html, wanted):
    assert texts(f"<p>{html}</p>") == [wanted]


READINGS = [
    ("<ruby>博物館<rp>(</rp><rt>박물관</rt><rp>)</rp></ruby>", "博物館(박물관)"),
    ("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>へ", "東京(とうきょう)へ"),
    ("<ruby>\n 漢字\n <rt>한자</rt>\n</ruby>를", "漢字(한자) 를"),
    ("<ruby><rb>漢</rb><rb>字</rb><rtc><rt>한</rt><rt>자</rt></rtc></ruby>", "漢字(한자)"),
    ("<ruby>北京<rt>Pechino</rt></ruby>", "北京(Pechino)"),
    ("<ruby>漢字<rt></rt></ruby>", "漢字"),
    ("<rp>(</rp>senza<rp>)</rp>", "(senza)"),
]


@pytest.mark.parametrize(("html", "wanted"), READINGS)
def test_a_reading_stands_behind_its_base(html, wanted):
    assert texts(f"<p>{html}</p>") == [wanted]


BLOCK_SPANS = [
    ("", '<span style="display:block">{}</span><span style="display:block">{}</span>'),
    (".p{display:block}", '<span class="p">{}</span><span class="p">{}</span>'),
    (".t i{display:table-row}", '<b class="t"><i>{}</i><i>{}</i></b>'),
    ("", '<a style="display: flex" href="x">{}</a><b style="display:list-item">{}</b>'),
]


@pytest.mark.parametrize(("rules", "html"), BLOCK_SPANS)
@pytest.mark.parametrize("pair", [(IT, IT2), (KO, KO2)])
def test_an_inline_element_shown_as_a_block_is_a_paragraph(rules, html, pair):
    assert texts(f"<style>{rules}</style><div>{html.format(*pair)}</div>") == list(pair)


def test_a_drop_capital_stays_with_its_word():
    html = (
        '<p><span style="float:left">L</span>a notte <span style="display:inline-block">era buia</span></p>'
    )
    assert texts(html) == ["La notte era buia"]


def test_lines_that_are_links_are_parted():
    html = "Vedi anche:<br><a href=/a>La diga</a><br/>\n- <a href=/b>Il forno</a><br><a href=/c>방앗간</a>"
    assert texts(html) == ["Vedi anche:", "La diga", "- Il forno", "방앗간"]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("Il sindaco<br><a href=/a>Mario Rossi</a><br>ha detto", "Il sindaco Mario Rossi ha detto"),
        (
            "Nel mezzo del <a href=/a>cammin</a><br>di nostra <a href=/b>vita</a>",
            "Nel mezzo del cammin di nostra vita",
        ),
        ("<a href=/a>Un titolo<br>lungo</a>", "Un titolo lungo"),
    ],
)
def test_lines_with_links_in_a_text_are_one_paragraph(html, wanted):
    assert texts(f"<p>{html}</p>") == [wanted]


CODE = [
    ("<pre><code>if a:\n    b()\n\n    c()\n</code></pre>", "if a:\n    b()\n    c()"),
    ('<pre class="language-py">x\n  y</pre>', "x\n  y"),
    ('<div class="highlight"><pre><span>x</span> = 1\n\ty</pre></div>', "x = 1\n\ty"),
    ("<pre>let a = {};\nfoo(a);\n</pre>", "let a = {};\nfoo(a);"),
    ("<pre><div>a = 1</div><div>  b = 2</div></pre>", "a = 1\n  b = 2"),
    ("<pre>$ make\n$ make test</pre>", "$ make\n$ make test"),
    ("<pre><code>a<br>b</code></pre>", "a\nb"),
    ("<li><pre><samp>esito: 3</samp></pre></li>", "esito: 3"),
]


@pytest.mark.parametrize(("html", "wanted"), CODE)
def test_code_keeps_its_lines(html, wanted):
    assert blocks(f"<p>{IT}</p>{html}<p>{KO}</p>") == [
        Block("paragraph", IT),
        Block("code", wanted),
        Block("paragraph", KO),
    ]


def test_a_poem_is_no_code_and_inline_code_is_text():
    poem = "<pre>Nel bosco tace il vento,\ne la luna guarda.\n\nAlba.</pre>"
    assert blocks(poem) == [
        Block("paragraph", "Nel bosco tace il vento, e la luna guarda."),
        Block("paragraph", "Alba."),
    ]
    assert blocks("<p>Scrivi <code>make  align</code> e aspetta.</p>") == [
        Block("paragraph", "Scrivi make align e aspetta.")
    ]


def test_the_numbers_beside_code_are_no_text():
    cells = "<td><pre>1\n2</pre></td><td><pre><code>a\nb</code></pre></td>"
    html = f"<p>{IT}</p><table class=highlight><tr>{cells}</tr></table>"
    assert own(html) == [IT, "a\nb"]


XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body>{}</body></html>'
)


def test_an_empty_element_of_xhtml_does_not_swallow_what_follows():
    html = XHTML.format(
        '<p>conti<span epub:type="pagebreak" title="13"/>nua</p><a id="p"/>'
        f"<p>{IT}<br/>uno</p><textarea/><p>due</p>"
    )
    assert texts(html) == ["continua", f"{IT} uno", "due"]


_WORD = st.just("@")
_INLINE = st.recursive(
    _WORD,
    lambda inner: st.builds(
        "<{0}>{1} {2}</{3}>".format,
        st.sampled_from(
            ["b", 'a href="#x"', "span", 'i style="color:red"', "code", "u class=share", "q", "font size=2"]
        ),
        inner,
        inner,
        st.just(""),
    ).map(lambda text: re.sub(r"<(\w+)([^<>]*)>((?:(?!</>).)*)</>", r"<\1\2>\3</\1>", text)),
    max_leaves=4,
)
_BOX = st.recursive(
    st.builds("<p>{}</p>".format, _INLINE)
    | st.builds("<h2>{}</h2>".format, _INLINE)
    | st.builds("<pre>{}\n\n{}</pre>".format, _INLINE, _WORD)
    | st.builds("<pre><code>{} = 1\n  {}</code></pre>".format, _WORD, _WORD)
    | st.builds("{}<br>{}<br><br>{}".format, _INLINE, _INLINE, _WORD)
    | st.builds("<ul><li>{}</li><li><a href=/x>{}</a></li></ul>".format, _INLINE, _WORD)
    | st.builds("<table><tr><td>{}</td><th>{}</th></tr></table>".format, _INLINE, _WORD)
    | st.builds("{} <button>{}</button>".format, _WORD, _WORD),
    lambda inner: (
        st.builds(
            "<{0}>{1}\n{2}</{0}>".format,
            st.sampled_from(
                ["div", "article", "nav", "aside", "footer", "form", "details", "blockquote", "menu"]
            ),
            inner,
            inner,
        )
        | st.builds(
            '<div class="{}" style="{}">{}</div>'.format,
            st.sampled_from(["menu", "cookies", "comments", "code", "notes", "pagenum", "footnotes", "hero"]),
            st.sampled_from(["", "display:block", "display:inline", "font-size:12px", "visibility:visible"]),
            inner,
        )
    ),
    max_leaves=8,
)


@given(_BOX, st.sampled_from(["", ".hero{display:flex} .code b{display:none} nav .x{display:none}"]))
def test_every_visible_word_is_in_a_paragraph_once(body, rules):
    count = 0

    def word(_):
        nonlocal count
        count += 1
        return f"parola{count}x"

    html = f"<html><head><style>{rules}</style></head><body>{re.sub('@', word, body)}</body></html>"
    if "display:none" in rules:
        html = re.sub(r"</?b>", "", html)
    found = re.findall(r"parola\d+x", " ".join(texts(html)))
    assert found == [f"parola{number}x" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    "part",
    [
        "<sup>1",
        "a<sup>1</sup>",
        "<ruby>a<rt>b",
        "<ruby><rt>",
        '<div style="font-size:0">a',
        '<p style="display:none">a</p>',
        '<b class="a" id="b">c',
        "<pre>",
        "<pre>a</pre>",
        "<style>.a .b{display:none}</style>",
        '<a href="#x">a</a><br>',
        "<noscript>",
        "<template>",
        "<i hidden>a",
        "<span aria-hidden=true>a</span>",
        '<i id=a aria-controls="a" hidden>',
    ],
)
@pytest.mark.parametrize("ending", ["", "</p>"])
def test_a_part_repeated_for_long_takes_time_in_proportion(part, ending):
    begin = time.process_time()
    blocks(f"<style>.a .b{{display:none}}</style><p>parola {part * (120_000 // len(part))}{ending}")
    assert time.process_time() - begin < 3


def test_many_rules_and_long_attributes_take_time_in_proportion():
    rules = "".join(f".a.b{n} .c{n}{{display:none}} .x{n}{{display:none}}" for n in range(3_000))
    html = (
        f"<style>{rules}{'/*' * 30_000}</style>"
        + '<div class="a b1"><p class="c1 x2" id="i">a</p></div>' * 3_000
    )
    begin = time.process_time()
    blocks(html + f'<p style="{"a" * 200_000}" class="{"b " * 100_000}">fine</p>')
    assert time.process_time() - begin < 3
