"""Lines of the page around an article are told from the article's own."""

import pytest

from pipeline.datatypes import Article, Block, Paragraph
from pipeline.segmentation.boilerplate import mark_boilerplate
from pipeline.segmentation.repetition import MIN_FILES, Repetition, outline
from pipeline.segmentation.segment import segment

LONG = {
    "en": "Roses flower in the garden of the school in May, and every day the children look after them with "
    "their teacher, who brought the tools from home and keeps them in the shed behind the gym.",
    "it": "Le rose fioriscono a maggio nel giardino della scuola, e i bambini le curano ogni giorno con la "
    "maestra, che ha portato gli attrezzi da casa e li tiene nel capanno dietro la palestra.",
    "ko": "학교 정원에는 오월이면 장미가 피고, 아이들은 집에서 연장을 가져와 헛간에 보관하는 선생님과 "
    "함께 날마다 장미를 돌본다. 비가 오는 날에는 교실에서 씨앗을 고르고 이름표를 쓴다.",
    "pl": "W szkolnym ogrodzie w maju kwitną róże, a dzieci codziennie pielęgnują je razem z nauczycielką, "
    "która przyniosła z domu narzędzia i trzyma je w szopie za boiskiem.",
}


def marked(lines):
    blocks = [Block("paragraph", line) for line in lines]
    return [block.text for block in mark_boilerplate(blocks) if block.kind == "boilerplate"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Photo: Jane Doe"),
        ("en", "Photograph by Jane Doe / Picture Desk"),
        ("en", "Read more: The flower market is back in the square"),
        ("en", "Share on Facebook"),
        ("it", "Fonte: Comune di Valdora"),
        ("it", "Immagine di copertina: unsplash.com"),
        ("it", "Leggi anche: Il mercato dei fiori torna in piazza"),
        ("it", "Condividi su Facebook"),
        ("pl", "Źródło: PAP"),
        ("pl", "Fot. Anna Nowak / Agencja Widok"),
        ("pl", "Czytaj też: Jak zimować pelargonie na balkonie"),
        ("pl", "Udostępnij na Facebooku"),
        ("ko", "사진: 숲 편집부"),
        ("ko", "출처=환경부"),
        ("ko", "관련 기사"),
        ("ko", "카카오톡 공유"),
    ],
)
def test_credits_and_pointers_in_the_middle(language, line):
    assert marked([LONG[language], line, LONG[language]]) == [line]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Published on 14 March 2026 at 09:30"),
        ("en", "Last updated: March 14, 2026"),
        ("it", "Pubblicato il 14 marzo 2026"),
        ("pl", "Opublikowano: 14.03.2026, 09:30"),
        ("ko", "입력 2026.03.14 09:30"),
        ("ko", "홍길동 기자 gildong@example.co.kr"),
        ("it", "2026-03-14"),
    ],
)
def test_dates_and_names_at_the_head(language, line):
    assert marked(["Titolo del giornale", line, LONG[language], LONG[language]]) == [line]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Leave a reply", "Your email address will not be published. Required fields are marked *"]),
        ("en", ["You may also like", "The flower market", "How to prune roses", "City gardens"]),
        ("en", ["Written by: Jane Doe", "All rights reserved"]),
        ("it", ["Tag: rose, scuola", "© 2026 Il Giardino. Tutti i diritti riservati."]),
        (
            "pl",
            ["Dodaj komentarz", "Twój adres e-mail nie zostanie opublikowany. Pola wymagane są oznaczone *"],
        ),
        ("pl", ["Autor: Anna Nowak", "Wszelkie prawa zastrzeżone"]),
        ("ko", ["댓글 남기기", "이메일 주소는 공개되지 않습니다. 필수 항목은 * 표시가 되어 있습니다."]),
        ("ko", ["저작권자 © 숲 신문, 무단전재 및 재배포 금지"]),
        (
            "it",
            ["Potrebbe interessarti anche:", "Il mercato dei fiori", "Come si potano le rose", "Orti urbani"],
        ),
        ("pl", ["Podobne wpisy", "Jak zimować pelargonie", "Targ kwiatowy wraca na rynek"]),
        (
            "pl",
            [
                "O autorce",
                "Anna Nowak pisze o ogrodach od dwudziestu lat. Mieszka w Valdorze z trzema kotami.",
            ],
        ),
        ("ko", ["많이 본 기사", "꽃시장이 다시 열린다", "장미 가지치기"]),
        ("it", ["Lascia un commento", "Il tuo indirizzo email non sarà pubblicato."]),
    ],
)
def test_forms_and_rights_at_the_foot(language, lines):
    assert marked([LONG[language], LONG[language], *lines]) == lines


@pytest.mark.parametrize(
    "lines",
    [
        [LONG["it"], "Fonte della notizia è il comune, che ieri ha aperto i conti.", LONG["it"]],
        [LONG["en"], "Recommended: two spoons of sugar", LONG["en"]],
        [
            LONG["en"],
            "Comments",
            "Open the box for comments, write yours and press the button to send it.",
            LONG["en"],
        ],
        [LONG["it"], "Nota: le rose vanno potate", LONG["it"]],
        [LONG["it"], "Ingredienti: farina, uova", LONG["it"]],
        [
            LONG["pl"],
            "Zobacz też",
            "Zbuduj własny projekt, a potem pokaż go innym ogrodnikom z miasta.",
            LONG["pl"],
        ],
        [
            LONG["pl"],
            "Dodaj komentarz",
            "Kliknij prawym przyciskiem komórkę i wpisz tekst komentarza.",
            LONG["pl"],
        ],
        [LONG["ko"], "자료를 모으는 방법", LONG["ko"]],
        [LONG["ko"], "댓글", "댓글 창을 열고 글을 쓴 다음 확인을 누르면 다른 사람에게 보인다.", LONG["ko"]],
        ["14 marzo 2026", "Breve"],
        ["Condividi", "Stampa"],
    ],
)
def test_what_belongs_to_the_article_stays(lines):
    assert marked(lines) == []


def test_most_of_an_article_is_never_boilerplate():
    lines = ["x" * 59 + ".", *["Leggi anche: Il mercato dei fiori torna in piazza"] * 5]
    assert marked([LONG["it"][:80] + ".", *lines[1:]]) == []


def test_the_parts_of_a_page_that_get_one_around():
    html = f"""
    <html><body class="single has-sidebar comments-open">
    <header><a href=/>Home</a> <a href=/c>Contatti</a></header>
    <div class="breadcrumbs"><a href=/>Casa</a> &gt; Giardino</div>
    <article><h1>Le rose</h1><header><p>Una scuola e il suo giardino</p></header><p>{LONG["it"]}</p>
    <aside><p>Un riquadro che racconta del capanno.</p></aside>
    <div class="post-share"><p>Condividi</p></div><p>{LONG["it"]}</p></article>
    <div id="comments"><form><label>Nome</label><button>Invia</button></form></div>
    <ul><li><a href=1>Uno</a></li><li><a href=2>Due</a></li><li><a href=3>Tre</a></li></ul>
    <footer><p>Via Roma 1</p></footer></body></html>"""
    found = {block.text: block.kind for block in segment(html, "html")}
    aside = {
        "Home Contatti",
        "Casa > Giardino",
        "Condividi",
        "Nome",
        "Invia",
        "Uno",
        "Due",
        "Tre",
        "Via Roma 1",
    }
    assert {text for text, kind in found.items() if kind == "boilerplate"} == aside
    assert found["Una scuola e il suo giardino"] == "paragraph"
    assert found["Un riquadro che racconta del capanno."] == "paragraph"


def test_a_page_that_is_one_form_is_not_all_boilerplate():
    html = f"<form id=aspnetForm><h1>Le rose</h1><p>{LONG['it']}</p></form>"
    assert [block.kind for block in segment(html, "html")] == ["title", "paragraph"]


def article(file, lines, language="it"):
    paragraphs = tuple(
        Paragraph(n, "paragraph", line, ((0, len(line)),), language) for n, line in enumerate(lines, 1)
    )
    return Article(file, language, 1.0, paragraphs, (), "utf-8")


def repeated(articles):
    return [
        [paragraph.number for paragraph in article.paragraphs if paragraph.kind == "boilerplate"]
        for article in map(Repetition(list(map(outline, articles))).marked, articles)
    ]


def test_lines_at_the_same_edge_of_several_files():
    head, foot = ["Il Giardino", "Orto e fiori"], ["Abbonati", "Chi siamo"]
    files = [article(f"{n}.txt", [*head, f"Rosa {n}", f"{n}. {LONG['it']}", *foot]) for n in range(MIN_FILES)]
    assert repeated(files) == [[1, 2, 5, 6]] * MIN_FILES
    assert repeated(files[:2]) == [[]] * 2


def test_versions_of_one_article_are_not_boilerplate_of_each_other():
    lines = ["Il Giardino", "Orto e fiori", LONG["it"], "Una riga", LONG["pl"], "Abbonati", "Chi siamo"]
    files = [article(f"{n}.txt", lines) for n in range(6)]
    other = article("x.txt", [*lines[:2], "Una riga.", LONG["ko"], *lines[-2:]])
    assert repeated([*files, other]) == [[]] * 7


def test_versions_of_short_sentences_keep_their_common_title():
    lines = ["Regole del campeggio", "Si arriva dopo le due del pomeriggio.", "I cani restano al guinzaglio."]
    files = [article(f"{n}.txt", [*lines, f"La piazzola costa {n} euro."]) for n in range(20, 23)]
    assert repeated(files) == [[]] * 3


def test_a_heading_and_foot_of_short_notes_that_differ_are_boilerplate():
    notes = [
        ["Oggi piove forte sul porto.", "Le barche restano tutte a riva."],
        ["Il pane è finito prima delle nove.", "Domani il forno apre alle sei."],
        ["La nave bianca parte stasera.", "Sul molo suona una banda di ragazzi."],
    ]
    files = [article(f"{n}.txt", ["Il Faro", "Notizie", *note]) for n, note in enumerate(notes)]
    assert repeated(files) == [[1, 2]] * 3


def test_a_heading_that_many_articles_have_is_theirs():
    files = [
        article(f"{n}.txt", [f"Rosa {n}", f"{n}. {LONG['it']}", "Passaggi successivi" if n < 4 else f"{n}"])
        for n in range(9)
    ]
    assert repeated(files) == [[]] * 9


def test_repetition_does_not_reach_into_the_text():
    files = [
        article(f"{n}.txt", ["Il Giardino", "Orto", f"Rosa {n}", "Il Giardino", f"{n}. {LONG['it']}"])
        for n in range(5)
    ]
    assert repeated(files) == [[1, 2]] * 5
