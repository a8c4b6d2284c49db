"""Marks of programs, addresses and machines in the texts of a row, and marks that pair over an article."""

import pytest

from pipeline.checks.check import check
from tests.making_rows import make_row


def rules(*rows):
    return [(f.row_id, f.rule) for f in check([make_row(t, number=n) for n, t in enumerate(rows, 1)])]


@pytest.mark.parametrize(
    "texts",
    [
        {"it": "Vedi la licenza su https://example.org/l/testo.it", "pl": "Zob. https://example.org/l/testo.pl"},
        {"it": "Con l'opzione si usa option -y sempre.", "pl": "Zawsze dodaj opcję -y do polecenia."},
        {"it": "Scrivi ATTR{attributo} nella regola.", "pl": "Wpisz ATTR{atrybut} w regule."},
        {"fr": "Appuyez sur Maj+F8 deux fois.", "de": "Drücken Sie zweimal Umschalt+F8."},
        {"it": "Usa&nbsp;questo.", "pl": "Użyj&nbsp;tego."},
        {"it": "Ciao {{ nome }}!", "ko": "{{nome}}님, 안녕하세요!"},
        {"it": '<img src="a.png" alt="Il mare"> Il mare.', "pl": '<img src="b.png" alt="Morze"> Morze.'},
        {"it": '<a href="/it/qui" title="Qui">qui</a>', "ko": '<a href="/ko/yogi" title="여기">여기</a>'},
        {"it": "Riga<br>nuova", "pl": "Nowy<br />wiersz"},
        {"it": "Il tag <table> è vecchio.", "pl": "Znacznik table jest stary."},
        {"it": "Per aprirlo premi +<tasto scelto>.", "ko": "열려면 +<고른 글쇠>를 누르세요."},
        {"it": "copia <cartella>", "pl": "kopiuj <folder>"},
        {"es": "Copie <nombre de la carpeta> a <destino>.", "uk": "Скопіюйте <назва теки> до <місце>."},
        {"it": "apt show <nome del pacchetto>", "fr": "apt show nom_du_paquet"},
        {"it": "Vedi https://example.com/b7 oggi.", "ko": "오늘 https://example.com/b7을 보라."},
        {"it": "Vedi https://example.com/b7.", "ko": "https://example.com/b7에서는 보인다."},
        {"it": "Vedi https://example.com/b7.", "ko": "https://example.com/b7(영문)에 있다."},
        {"it": "Vedi https://example.com/it/", "ko": "https://example.com/ko/를 보라."},
        {"tr": "Dosya https://example.com/b7'den indirilir.", "it": "Si scarica da https://example.com/b7."},
        {"ja": "申し込みはhttps://example.com/b7まで。", "ko": "신청은 https://example.com/b7까지."},
        {"it": '<img src="t.png" alt="Altezza > 9 m">', "pl": '<img src="t.png" alt="Wysokość > 9 m">'},
        {"it": "Vedi www.example.com/it/prezzi.", "pl": "Zob. www.example.com/pl/ceny."},
        {"it": "Vedi la sezione {#prezzi-bassi}", "pl": "Zob. ten rozdział"},
        {"it": "Scrivi ls . -la nel terminale.", "pl": "Wpisz ls . -la w terminalu."},
        {"it": "È questo che cerco da anni.", "pl": "Jest to to, czego szukam od lat."},
    ],
    ids=lambda texts: " | ".join(texts.values()),
)  # fmt: skip
def test_what_every_language_writes_in_its_way_is_no_finding(texts):
    assert rules(texts) == []


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ({"it": "Ciao {{ a.b }}!", "ko": "안녕하세요!", "pl": "Cześć {{ a.b }}!"}, "characters.placeholder"),
        ({"it": "copia <cartella> in <posto>", "pl": "kopiuj <folder>"}, "characters.placeholder"),
        ({"it": "Leggi <nota>qui</nota>.", "pl": "Czytaj <uwaga>tutaj</uwaga>."}, "characters.placeholder"),
        ({"it": "<details open> Di più", "pl": "Więcej"}, "characters.placeholder"),
        ({"it": "Premi Ctrl + S adesso.", "pl": "Naciśnij teraz Ctrl-C."}, "entities.shortcut"),
        ({"it": "Ciao {nome}!", "pl": "Cześć {imie}!"}, "characters.placeholder"),
        ({"it": "Riga<br>nuova", "pl": "Nowy wiersz"}, "characters.placeholder"),
        ({"it": '<b class="x">Sì</b>', "pl": '<b id="x">Tak</b>'}, "characters.placeholder"),
        ({"it": "Vedi https://example.com/b7.", "ko": "https://example.com/b8을 보라."}, "entities.address"),
        ({"it": "https://example.com/it/p3", "pl": "https://example.com/pl/p4"}, "entities.address"),
        ({"it": "Scarica il file.", "pl": "Pobierz plik: https://example.com/f"}, "entities.added-address"),
        ({"it": "Unire le modifiche.", "ko": "변경 사항을 Merge하세요."}, "entities.gloss"),
        ({"it": "Ieri Robinson ha vinto.", "ko": "어제 로빈슨(Gallagher)이 이겼다."}, "entities.name"),
        ({"it": "La nave parte.", "pl": "Oto tłumaczenie: Statek odpływa."}, "characters.assistant"),
        ({"ko": "배가 떠난다.", "it": "Ecco il testo tradotto: La nave parte."}, "characters.assistant"),
        ({"it": "Parte.", "ko": "죄송하지만 이 요청은 도와드릴 수 없습니다."}, "characters.assistant"),
        ({"it": "Va e poi la nave va e poi la nave torna.", "ko": "배가 온다."}, "typography.doubled-phrase"),
        ({"pl": "Statek płynie w dal statek płynie w dal.", "ko": "배가 간다."}, "typography.doubled-phrase"),
        ({"it": "La nave va, la nave va!", "ko": "배가 온다."}, "typography.doubled-phrase"),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_what_was_lost_or_put_in_is_told_once(texts, rule):
    assert {found for _, found in rules(texts)} == {rule}


@pytest.mark.parametrize(
    "texts",
    [
        {"it": "Traduzione: Anna Verdi", "pl": "Tłumaczenie: Piotr Lis"},
        {"it": "Ecco la traduzione di ieri.", "pl": "Oto tłumaczenie z wczoraj."},
        {"it": "Sale a poco a poco.", "ko": "한 걸음 한 걸음 오른다."},
    ],
)
def test_talk_that_belongs_to_the_text_is_none(texts):
    assert rules(texts) == []


def test_speech_over_several_rows_has_its_partner():
    rows = [
        {"it": "Disse: «Oggi piove forte.", "pl": "Powiedział: „Dziś mocno pada”."},
        {"it": "Domani ci sarà il sole.", "pl": "„Jutro będzie słońce”."},
        {"it": "E poi tornerà la pioggia».", "pl": "„A potem wróci deszcz”."},
    ]
    assert rules(*rows) == []


def test_speech_that_opens_anew_in_every_paragraph_has_its_partner():
    rows = [
        {"it": "“Oggi piove forte.", "pl": "„Dziś mocno pada”."},
        {"it": "“Domani ci sarà il sole”, disse.", "pl": "„Jutro będzie słońce” – powiedział."},
    ]
    assert rules(*rows) == []


def test_a_quotation_mark_that_is_closed_nowhere_is_told():
    rows = [
        {"it": "Disse: «Oggi piove forte.", "pl": "Powiedział: „Dziś mocno pada”."},
        *[{"it": f"Segue la riga {n}.", "pl": f"Następuje wiersz {n}."} for n in range(2, 12)],
        {"it": "Fine del racconto».", "pl": "„Koniec opowieści”."},
    ]
    assert rules(*rows) == [("row1", "typography.quotes"), ("row12", "typography.quotes")]


def test_a_bracket_may_close_in_a_later_row():
    rows = [
        {"it": "Il ponte (che è vecchio.", "pl": "Most jest stary."},
        {"it": "E anche stretto) è chiuso.", "pl": "I wąski, i zamknięty."},
    ]
    assert rules(*rows) == []


def test_a_credit_that_only_one_language_has_is_minor():
    (finding,) = check([make_row({"it": "Foto: Marta Neri / Studio", "pl": ""})])
    assert (finding.rule, finding.severity) == ("completeness.credit", "minor")


def test_a_text_left_in_another_language_is_told_once():
    english = "The new bridge over the river will open to the public on Monday."
    texts = {"it": "Il nuovo ponte di 40 metri aprirà lunedì 5 maggio al pubblico (era ora).", "ko": english}
    assert {rule for _, rule in rules(texts)} == {"language.wrong"}
