"""Numbers that two languages write, count or measure differently, and the errors that look like them."""

import pytest

from pipeline.checks.check import check
from tests.making_rows import make_row

SAME = [
    # Korean numbers with spaces between their parts
    {"it": "Il ponte costa 37.250 euro.", "ko": "다리는 3만 7,250유로이다."},
    {"pl": "Zebrano 1 204 800 podpisów.", "ko": "서명 120만 4,800개가 모였다."},
    {"it": "Perde 620 milioni di won.", "ko": "6억 2천만 원을 잃는다."},
    {"pl": "Budżet to 2,3 bln wonów.", "ko": "예산은 2조 3천억 원이다."},
    # the same time in other units
    {"it": "Il film dura due ore e mezza.", "ko": "영화는 150분이다."},
    {"it": "Attende un’ora e mezzo.", "pl": "Czeka 90 minut."},
    {"ko": "1시간 20분 걸린다.", "pl": "Zajmuje to 80 minut."},
    {"it": "Entro 72 ore.", "ko": "사흘 안에."},
    {"it": "Dopo 3 decenni.", "pl": "Po 30 latach."},
    {"pl": "Przez 18 miesięcy.", "it": "Per un anno e mezzo."},
    {"ko": "보름 동안.", "it": "Per 15 giorni."},
    {"it": "Per 24 mesi.", "ko": "2년 동안."},
    {"it": "Due ore e 20 minuti.", "ko": "140분."},
    {"en": "It lasts 2 hours, 20 minutes.", "pl": "Trwa 140 minut."},
    # alternatives and lists are several spans
    {"en": "It takes 3 years or 5 months.", "ko": "3년 또는 5개월이 걸린다."},
    {"it": "Che siano due anni, tre anni o cinque mesi.", "ko": "2년, 3년, 5개월이든."},
    {"it": "Scende da 2 ore a 30 minuti.", "pl": "Spada z 2 godzin do 30 minut."},
    # ages and decades in one word
    {"it": "Arriva una trentatreenne.", "ko": "33살 여성이 온다."},
    {"it": "Un quarantaseienne.", "pl": "Mężczyzna w wieku 46 lat."},
    {"pl": "Pięćdziesięciokilkuletni malarz.", "ko": "50대 화가."},
    # parts of a litre
    {"it": "Bastano mezzo litro di latte e due uova.", "ko": "우유 500ml와 달걀 두 개면 된다."},
    {"pl": "Pół litra wody.", "it": "500 millilitri d’acqua."},
    {"it": "Versare 5 cl di sciroppo.", "ko": "시럽 50밀리리터를 붓는다."},
    # the sign of a percentage in words is no hundred
    {"it": "È salito del 14 per cento in un anno.", "ko": "1년 만에 14퍼센트 올랐다."},
    {"it": "Un calo del 7,5 per cento in un mese.", "pl": "Spadek o 7,5 procent w 1 miesiąc."},
    # centuries as Italian shortens them
    {"it": "Una villa del ’600.", "ko": "17세기의 별장."},
    {"it": "Gli affreschi del '400.", "pl": "Freski z XV wieku."},
    # ordinals and fixed words
    {"it": "Domani il ritorno.", "ko": "내일 2차전이 열린다."},
    {"it": "Le fonti secondarie.", "ko": "2차자료."},
    {"it": "Ne bastano 83 MiB.", "fr": "Il suffit de 83 Mio."},
    {"it": "da file 5.0 e 5.1 a HTML", "de": "5.0- und -5.1-Dateien nach HTML"},
    {"de": "962 Prozedur fehlt", "fr": "962 procédure absente"},
    {"it": "Il 35% dei voti.", "pl": "35 proc. głosów."},
    {"it": "Grazie mille a tutti!", "ko": "이분들께 모두 감사합니다!"},
    {"it": "Mille grazie a chi ha aiutato.", "pl": "Bardzo dziękujemy pomocnikom."},
    {"it": "Il titolo dell'asse secondario Y.", "ko": "2차 Y축의 제목."},
    {"it": "Il simbolo dell'integrale doppio.", "ko": "2중 적분 기호."},
    {"it": "Cifre con separatore delle migliaia.", "ko": "천단위 구분 기호가 있는 숫자."},
    {"ko": "결과가 0일 수 있다.", "pl": "Wynik może być zerem."},
    {"it": "Il numero di 0 nella cella.", "pl": "Liczba zer w komórce."},
    {"it": "La pandemia di coronavirus.", "ko": "코로나19 대유행."},
    {"it": "Studia un’altra lingua straniera.", "ko": "제2외국어를 배운다."},
    {"pl": "Największa partia opozycji.", "ko": "제1야당."},
    {"it": "Per questo c’è filter.", "ko": "이럴 때 filter/2를 쓴다."},
    # floors
    {"it": "L’ufficio è al 5° piano.", "ko": "사무실은 6층에 있다."},
    {"pl": "Biuro jest na 2. piętrze.", "ko": "사무실은 3층에 있다."},
    # tenths, approximate numbers
    {"it": "Quasi il 90% dei voti.", "ko": "표의 9할 가까이."},
    {"pl": "35% załogi.", "ko": "직원의 3할 5푼."},
    {"it": "Dai 40 ai 50 ospiti.", "ko": "사오십 명의 손님."},
    # telephone numbers
    {"it": "Numero: +39 055 765 4321", "pl": "Numer: (055) 76 54 321"},
    {"it": "Chiama 02 1234 9876.", "ko": "02-1234-9876으로 전화하세요."},
    # dates
    {"it": "Il 3 nov 2021.", "ko": "2021년 11월 3일."},
    {"pl": "3 lis 2021", "it": "3/11/2021"},
    {"ko": "2021-11-03", "pl": "3 listopada 2021 r."},
    # times with quarters and halves, in one word or several
    {"it": "La visita dura un’ora e un quarto.", "ko": "관람은 75분 걸린다."},
    {"it": "Bastano tre quarti d’ora.", "pl": "Wystarczy 45 minut."},
    {"es": "Dura media hora.", "ko": "30분 걸린다."},
    {"pt": "Fecha por hora e meia.", "it": "Chiude per 90 minuti."},
    {"cs": "Čeká se hodinu a půl.", "it": "Si aspettano 90 minuti."},
    {"zh-cn": "要等一个半小时。", "it": "Bisogna aspettare 90 minuti."},
    {"ja": "2時間半かかる。", "pl": "Zajmuje to 150 minut."},
    {"ko": "하루 반이 걸린다.", "it": "Ci vogliono 36 ore."},
    {"pl": "Odpowiedź przyjdzie po dobie.", "it": "La risposta arriva dopo 24 ore."},
    {"fr": "La caisse rouvre dans quinze jours.", "it": "La cassa riapre tra due settimane."},
    {"ko": "1분이면 된다.", "it": "Bastano 60 secondi."},
    {"it": "Si parte alle 7:45.", "pl": "Ruszamy za kwadrans ósma."},
    {"it": "Si parte alle otto meno un quarto.", "ko": "7시 45분에 출발한다."},
    # shares of a whole
    {"it": "Il 25% dei posti è libero.", "ko": "자리의 4분의 1이 비었다."},
    {"it": "Il 75% dei posti è libero.", "pl": "Trzy czwarte miejsc jest wolnych."},
    {"ko": "학생의 3분의 2가 왔다.", "it": "È venuto il 66% degli alunni."},
    {"ja": "森の4割が残る。", "it": "Resta il 40% del bosco."},
    {"zh-cn": "剩下六成的森林。", "pl": "Zostało 60 proc. lasu."},
    {"it": "Il 4 per mille dei soci.", "pl": "4 promile członków.", "ko": "회원의 4‰."},
    # weights and lengths
    {"it": "Servono 4 etti di riso.", "pl": "Potrzeba 40 dag ryżu.", "ko": "쌀 400g이 필요하다."},
    {"it": "Tre camion con 8 quintali di mele.", "ko": "사과 800kg을 실은 트럭 세 대."},
    {"it": "Il sacco pesa 2.500 g.", "ko": "자루는 2.5kg이다."},
    {"it": "L’armadio è alto 190 cm.", "ko": "장롱 높이는 1m 90cm이다."},
    {"en": "It was 14 °F.", "it": "C’erano -10 °C."},
    # floors
    {"en": "The archive is on the 4th floor.", "it": "L’archivio è al 3° piano."},
    {"ru": "Архив на 6-м этаже.", "it": "L’archivio è al 5° piano."},
    {"it": "L’archivio è al piano 5.", "ko": "자료실은 6층에 있다."},
    # the number stands in an address of the other language
    {"it": "Scarica volpe-2.7.1.zip", "ko": "https://example.com/d/volpe-2.7.1.zip 받기"},
    {"it": "Articolo 4, comma 3.", "ko": "제4조 3항."},
    {"ko": "하루 세 번, 2주 동안.", "pl": "Trzy razy dziennie przez 14 dni."},
    {"pl": "(2) Drugi rozdział", "ko": "② 두 번째 장"},
]

DIFFERENT = [
    {"it": "Due scatole al giorno e 3 kg/2 persone.", "ko": "하루 두 상자, 3 kg/5명."},
    {"it": "Il ponte costa 37.250 euro.", "ko": "다리는 3만 7,520유로이다."},
    {"it": "Perde 620 milioni di won.", "ko": "6억 3천만 원을 잃는다."},
    {"it": "Il film dura due ore e mezza.", "ko": "영화는 140분이다."},
    {"it": "Entro 72 ore.", "ko": "5일 안에."},
    {"it": "Dopo 3 decenni.", "pl": "Po 40 latach."},
    {"it": "Bastano mezzo litro di latte.", "ko": "우유 700ml면 된다."},
    {"it": "Una villa del ’600.", "ko": "16세기의 별장."},
    {"it": "Una villa con 600 finestre.", "ko": "창문이 17개 있는 별장."},
    {"it": "Ne restano cento in un anno.", "ko": "1년 만에 14개가 남았다."},
    {"it": "L’ufficio è al 5° piano.", "ko": "사무실은 8층에 있다."},
    {"it": "L’ufficio è al 5° piano.", "pl": "Biuro jest na 6. piętrze."},
    {"it": "Quasi il 90% dei voti.", "ko": "표의 8할 가까이."},
    {"it": "Chiama 02 1234 9876.", "ko": "02-1234-9867로 전화하세요."},
    {"it": "Il 3 nov 2021.", "ko": "2021년 10월 3일."},
    {"it": "Arriva una trentatreenne.", "ko": "34살 여성이 온다."},
    {"it": "La visita dura un’ora e un quarto.", "ko": "관람은 85분 걸린다."},
    {"it": "Il 25% dei posti è libero.", "ko": "자리의 5분의 1이 비었다."},
    {"it": "Sale del 5%.", "pl": "Rośnie o 5,8%."},
    {"ja": "森の4割が残る。", "it": "Resta il 60% del bosco."},
    {"it": "Servono 4 etti di riso.", "ko": "쌀 40g이 필요하다."},
    {"fr": "La caisse rouvre dans quinze jours.", "it": "La cassa riapre tra tre settimane."},
    {"it": "Si parte alle 7:45.", "pl": "Ruszamy za kwadrans dziewiąta."},
    {"it": "Il sacco pesa 2.500 g.", "ko": "자루는 25kg이다."},
]


@pytest.mark.parametrize("texts", SAME, ids=lambda texts: " | ".join(texts.values()))
def test_one_amount_said_in_two_ways_is_no_finding(texts):
    found = check([make_row(texts)])
    assert [finding.message for finding in found if finding.rule.startswith("numbers.")] == []


@pytest.mark.parametrize("texts", DIFFERENT, ids=lambda texts: " | ".join(texts.values()))
def test_an_amount_that_differs_is_found(texts):
    assert any(finding.rule.startswith("numbers.") for finding in check([make_row(texts)]))


@pytest.mark.parametrize(
    "text",
    ["조사 결과가 나왔다.", "배를 조종 했다.", "만일 그렇다면.", "20세 이상.", "수적 열세를 딛고 이겼다."],
)
def test_syllables_of_other_words_are_no_numbers(text):
    from pipeline.checks.quantities import read_words

    assert read_words(text, "ko") == ()
