"""Errors of one sign or one word that a reader would act on, and what only looks like one."""

import pytest

from pipeline.checks.check import check
from tests.making_rows import make_row

FOUND = [
    ({"it": "Premi Ctrl+Z per annullare.", "pl": "Naciśnij Ctrl+X, aby cofnąć."}, "entities.shortcut"),
    ({"en": "Press Alt + F4 to quit.", "ko": "종료하려면 Alt+F5를 누르세요."}, "entities.shortcut"),
    ({"it": "Premi ⌘ + K.", "ko": "⌘+J를 누르세요."}, "entities.shortcut"),
    ({"it": "Si scende a -12 gradi.", "ko": "12도까지 내려간다."}, "numbers.changed"),
    ({"pl": "Wynik to −40 punktów.", "it": "Il risultato è di 40 punti."}, "numbers.changed"),
    ({"it": "Un saldo di –300 €.", "pl": "Saldo wynosi 300 €."}, "numbers.changed"),
    ({"it": "Sale dell’8 %.", "ko": "8 오른다."}, "numbers.unit"),
    ({"pl": "Wzrost o 9 procent.", "it": "Un aumento di 9."}, "numbers.unit"),
    ({"it": "Il mercato è di giovedì.", "pl": "Targ jest w piątek."}, "numbers.date"),
    ({"ko": "시장은 토요일에 열린다.", "pl": "Targ jest w niedzielę."}, "numbers.date"),
    ({"de": "Der Markt ist am Montag.", "fr": "Le marché est mardi."}, "numbers.date"),
    ({"it": "Apre ad aprile.", "pl": "Otwarcie w maju."}, "numbers.date"),
    ({"en": "It opens in June.", "it": "Apre in luglio."}, "numbers.date"),
    ({"it": "Alle 16:45 in piazza.", "ko": "오전 4시 45분 광장에서."}, "numbers.date"),
    ({"en": "Meet at 7 a.m.", "ko": "오후 7시에 만나요."}, "numbers.date"),
    ({"it": "Vennero in quattro.", "pl": "Przyszło ich siedmioro."}, "numbers.changed"),
    ({"it": "Fa 6 km in 45 minuti.", "pl": "Robi 45 km w 6 minut."}, "numbers.unit"),
    ({"it": "Si paga entro 20 giorni.", "ko": "20주 안에 지급한다."}, "numbers.unit"),
    ({"pl": "Gwarancja na 6 miesięcy.", "it": "Una garanzia di 6 anni."}, "numbers.unit"),
    ({"it": "Dopo 3 giorni attendere 15 minuti.", "pl": "Po 3 dniach odczekać 15 godzin."}, "numbers.unit"),
    ({"it": "Versare 4 ml di olio.", "ko": "기름 4l를 붓는다."}, "numbers.unit"),
    ({"it": "Costa 9 rubli.", "ko": "9위안이다."}, "numbers.unit"),
    ({"it": "Premi Ctrl+Invio.", "pl": "Naciśnij Alt+Enter."}, "entities.shortcut"),
    ({"ko": "밤에는 영하 9도까지 떨어진다.", "it": "Di notte si arriva a 9 gradi."}, "numbers.changed"),
    ({"pl": "W górach minus 11 stopni.", "ko": "산에서는 11도이다."}, "numbers.changed"),
    ({"it": "Siamo a 6 gradi sotto zero.", "pl": "Mamy 6 stopni."}, "numbers.changed"),
    ({"fr": "La séance est à 19h30.", "it": "La seduta è alle 7:30 del mattino."}, "numbers.date"),
    ({"it": "Si comincia alle ore 17.", "ko": "오전 5시에 시작한다."}, "numbers.date"),
    ({"de": "Beginn um 16 Uhr.", "ko": "오전 4시에 시작한다."}, "numbers.date"),
    ({"it": "Aperto lun. e gio.", "pl": "Otwarte w pon. i pt."}, "numbers.date"),
    ({"it": "Il corso è martedì 6 ottobre.", "ko": "수업은 10월 6일(목)이다."}, "numbers.date"),
]

SILENT = [
    {"it": "Premi CTRL + Z.", "ko": "Ctrl+Z를 누르세요."},
    {"it": "Si scende a -12 gradi.", "ko": "영하 12도까지 내려간다."},
    {"it": "Si scende a −7 °C.", "pl": "Temperatura spada do minus 7 stopni."},
    {"it": "Gli incassi: -8% sul 2020.", "pl": "Wpływy mniejsze o 8% niż w 2020."},
    {"it": "- 5 mele", "pl": "5 jabłek"},
    {"it": "Nel 1954 ha cantato a Lucca.", "ko": "1954년 루카에서 노래했다."},
    {"it": "Alle 8 il 3 luglio, per 8 giorni.", "ko": "7월 3일 8시부터 8일 동안."},
    {"it": "Corre da 12 mesi.", "pl": "Biega od 12 miesięcy."},
    {"it": "Dal 3 al 9 per cento.", "pl": "Od 3 do 9 proc."},
    {"it": "Quasi il 60%.", "ko": "거의 6할."},
    {"it": "Il mercato è di giovedì.", "pl": "Targ jest w czwartki."},
    {"it": "Giovedì 4 ottobre si apre.", "ko": "10월 4일에 연다."},
    {"it": "L’ambiente del mercoledì.", "pl": "Środowisko środowe."},
    {"it": "Apre il 4/5.", "pl": "Otwarcie 4 maja."},
    {"it": "Alle 16:45 in piazza.", "ko": "오후 4시 45분 광장에서."},
    {"it": "A mezzogiorno, alle 12:00.", "ko": "낮 12시에."},
    {"it": "Vennero in molti.", "pl": "Przyszło ich kilkoro."},
    {"it": "Entrambi i gemelli.", "pl": "Dwaj bliźniacy."},
    {"it": "Fa 6 km in 45 minuti.", "pl": "W 45 minut robi 6 km."},
    {"it": "Premi Ctrl+Canc.", "pl": "Naciśnij Ctrl+Del.", "ko": "Ctrl+Delete를 누르세요."},
    {"it": "Premi Alt+F4, poi Ctrl + un tasto.", "pl": "Naciśnij Alt+F4, a potem Ctrl i dowolny klawisz."},
    {"it": "Siamo a 6 gradi sotto zero.", "ko": "-6도이다."},
    {"it": "Ne bastano meno di 6.", "pl": "Wystarczy 6."},
    {"it": "Aperto lun.–ven. 8–12", "pl": "Otwarte pon.–pt. 8–12", "ko": "월요일~금요일 8~12시"},
    {"it": "Il 5 mar. 2019 a Lucca.", "pl": "5 marca 2019 r. w Lukce."},
]


@pytest.mark.parametrize(("texts", "rule"), FOUND, ids=lambda value: str(value)[:50])
def test_the_error_is_told_once(texts, rule):
    assert [finding.rule for finding in check([make_row(texts)])] == [rule]


@pytest.mark.parametrize("texts", SILENT, ids=lambda texts: " | ".join(texts.values()))
def test_what_only_looks_like_an_error_is_none(texts):
    found = check([make_row(texts)])
    assert not [f.message for f in found if f.rule.startswith(("numbers.", "entities."))]


def test_of_three_languages_the_odd_one_is_named():
    texts = {"it": "Si parte martedì.", "ko": "화요일에 떠난다.", "pl": "Wyjazd w sobotę."}
    (finding,) = check([make_row(texts)])
    assert finding.target_language == "pl"
