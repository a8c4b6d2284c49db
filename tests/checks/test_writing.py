"""How the languages write their own words: what is told, and what only looks wrong."""

import pytest

from pipeline.checks.check import check
from pipeline.languages.ko_writing import speech_levels, wrong_particles
from pipeline.languages.pl_writing import is_bare
from tests.making_rows import make_row


def found(texts, family="writing."):
    return [finding.rule for finding in check([make_row(texts)]) if finding.rule.startswith(family)]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("빵를", "을"),
        ("우유을", "를"),
        ("강물는", "은"),
        ("나무은", "는"),
        ("선생님가", "이"),
        ("학교이", "가"),
        ("바람와", "과"),
        ("바다과", "와"),
        ("서울으로", "로"),
        ("부산로", "으로"),
        ("바다으로부터", "로부터"),
        ("사람라는", "이라는"),
        ("30%을", "를"),
    ],
)
def test_a_particle_in_the_wrong_form_is_found(written, right):
    (slip,) = wrong_particles(f"{written} 보았다.")
    assert slip.right == right


@pytest.mark.parametrize(
    "word",
    [
        *("가을", "마을", "노을", "지을", "부을", "모은", "검은", "먹는", "있는", "읽는", "않는"),
        *("아이", "사이", "하와이", "고양이", "작가", "국가", "평가", "전문가", "증가", "사과", "효과"),
        *("치과", "교과", "서울로", "물로", "스스로", "도로", "경로", "새로", "그대로", "누군가", "있는가"),
        *("무언가", "신라는", "만들라는", "김지은", "결과", "기와", "3은", "A를", "(주)는"),
    ],
)
def test_what_ends_like_a_particle_is_none(word):
    assert not list(wrong_particles(f"{word} 그렇다."))


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ({"it": "Il bar apre.", "ko": "카페가 문을 연다．"}, "writing.full-width"),
        ({"it": "Sono 25.", "ko": "２５개다."}, "writing.full-width"),
        ({"it": "Ecco、 il bar.", "pl": "Oto bar."}, "writing.full-width"),
        ({"it": "Costa un pò di più.", "pl": "Kosztuje trochę więcej."}, "writing.accent"),
        ({"it": "Non so qual'è.", "pl": "Nie wiem, która to."}, "writing.accent"),
        ({"it": "E' tardi.", "pl": "Jest późno."}, "writing.accent"),
        ({"it": "E’ gia’ tardi.", "ko": "이미 늦었다."}, "writing.accent"),
        ({"it": "La citta è bella.", "pl": "Miasto jest piękne."}, "writing.accent"),
        ({"it": "Non lo sa.", "pl": "On sie na tym nie zna, choć tu żyje."}, "writing.accent"),
        ({"it": "La strada non è lunga.", "pl": "Ta droga nie jest dluga, mozna isc."}, "writing.letters"),
        ({"it": "Apre ogni Lunedì mattina.", "pl": "Otwarte w poniedziałek rano."}, "writing.capitals"),
        ({"it": "Nel 2019, a Luglio, piovve.", "ko": "2019년 7월에 비가 왔다."}, "writing.capitals"),
        ({"it": "Apre in maggio.", "pl": "Otwarcie w Lipcu lub w maju."}, "writing.capitals"),
        ({"it": "Il governo Francese tace.", "pl": "Rząd francuski milczy."}, "writing.capitals"),
        ({"it": "Si chiude alle otto.", "pl": "zamykamy o ósmej."}, "writing.capitals"),
        ({"it": "IL BAR È SEMPRE CHIUSO", "pl": "Bar jest zawsze zamknięty"}, "writing.capitals"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_slip_of_writing_is_told(texts, rule):
    assert rule in found(texts)


@pytest.mark.parametrize(
    "texts",
    [
        {"zh-cn": "他说：“好。”", "ja": "「はい。」と言った。"},
        {"it": "Il titolo è 漢字。かな", "pl": "Tytuł to 漢字。かな"},
        {"it": "Un po’ di sale, «'e poi la città'».", "pl": "Trochę soli."},
        {"it": "Dall’8 Marzo al 25 Aprile è festa.", "pl": "Od 8 marca do 25 kwietnia jest święto."},
        {"it": "L’Unione Italiana Tennis vince.", "pl": "Wygrała Unione Italiana Tennis."},
        {"it": "iPhone e eBay salgono.", "pl": "iPhone i eBay rosną."},
        {"it": "NASA e ONU: ESA", "pl": "NASA i ONZ: ESA"},
        {"it": "Costa 20 euro.", "pl": "Cena to 20 euro."},
    ],
    ids=lambda texts: next(iter(texts.values()))[:30],
)
def test_what_is_right_or_meant_is_not_told(texts):
    assert found(texts) == []


def test_short_texts_and_english_ones_are_not_bare():
    assert not is_bare("Ok. Bar")
    assert not is_bare("We do not know it yet, so we wait and see what they do.")


def test_the_level_of_speech_is_read_from_the_ending():
    assert [level for level, *_ in speech_levels("비가 온다. 비가 와요! 비가 옵니다. 옵니까? 비.")] == [
        *("plain", "polite", "formal", "formal")
    ]


def article(*endings):
    rows = [make_row({"it": "Piove.", "ko": ending}, number=n) for n, ending in enumerate(endings, 1)]
    return [
        (finding.row_id, finding.rule) for finding in check(rows) if finding.rule == "writing.speech-level"
    ]


def test_one_sentence_in_another_level_is_told():
    assert article("눈이 온다.", "길이 언다.", "해가 진다.", "밤이 된다.", "별이 뜹니다.") == [
        ("row5", "writing.speech-level")
    ]


def test_quoted_speech_headings_and_polite_levels_together_are_not():
    plain = ("눈이 온다.", "길이 언다.", "해가 진다.", "밤이 된다.")
    assert article(*plain, "그는 “춥습니다.”라고 말했다.") == []
    assert article(*plain, "“춥습니다.", "정말 춥습니다.”") == []
    assert article(*plain, "겨울 소식") == []
    assert article(*plain, "누리집을 보세요.") == []
    assert article(*plain, "누리집을 보십시오.") == []
    assert article(*plain, "봄은 아니다.") == []
    assert article(*plain, "우산이 필요.") == []
    assert article("눈이 옵니다.", "길이 업니다.", "해가 집니다.", "밤이 됩니다.", "별이 떠요.") == []


def test_an_article_of_mixed_levels_has_none_to_keep_to():
    mixed = ("눈이 온다.", "길이 업니다.", "해가 진다.", "밤이 됩니다.", "별이 뜬다.", "달이 뜹니다.")
    assert article(*mixed) == []


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        ({"it": "Dice che il bar chiude.", "pl": "Mówi, że the bar will be closed, bo pada."}, "English"),
        ({"it": "Dice che el bar está cerrado porque llueve.", "ko": "비가 온다."}, "Spanish"),
        ({"it": "Dice che piove.", "pl": "Mówi, že bar bude zavřený, protože prší."}, "Czech"),
        ({"it": "Dice che piove.", "ko": "그는 雨が降っている 라고 한다."}, "Japanese"),
        ({"it": "Dice che piove.", "ko": "그는 正在下大雨 라고 한다."}, "Chinese"),
        ({"it": "Dice che piove.", "ko": "그는 that it is raining and they are here 라고 한다."}, "English"),
        ({"it": "Dice che teraz już nie jest tam tak.", "pl": "Już nie jest tak."}, "Polish"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_clause_in_another_language_is_told(texts, language):
    told = [finding for finding in check([make_row(texts)]) if finding.rule == "language.mixed"]
    assert [finding.message.rsplit(" ", 1)[1] for finding in told] == [language]


@pytest.mark.parametrize(
    "texts",
    [
        {"it": "Ha visto «The man who was not there».", "pl": "Widział „The man who was not there”."},
        {"it": "La Bank of the West of England chiude.", "pl": "Bank of the West of England zamyka się."},
        {"it": "Il motto (what you see is what it is) resta.", "pl": "Motto to co innego."},
        {"it": "Il nome 北京 resta.", "ko": "베이징(北京)이라는 이름은 남는다."},
        {"it": "In un bar, in estate, con un amico.", "pl": "W barze, latem, z kolegą i on, i my."},
    ],
    ids=lambda texts: texts["it"][:30],
)
def test_names_titles_and_quotations_in_another_language_are_not(texts):
    assert found(texts, "language.mixed") == []


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        ({"it": "Che ora è ?", "pl": "Która godzina?"}, "typography.spacing"),
        ({"it": "Che ora è?", "pl": "Nie wiem !"}, "typography.spacing"),
        ({"it": "Vale 4,500 euro.", "pl": "Warte 4,500 euro."}, "locale.number-format"),
        ({"it": "Sale del 3.5%.", "pl": "Rośnie o 3.5%."}, "locale.number-format"),
        ({"it": "Sono 1,250,300 voti.", "ko": "1,250,300표다."}, "locale.number-format"),
        ({"it": "a) uno b) due c) tre", "ko": "가) 하나 나) 셋"}, "completeness.list"),
        ({"it": "- uno\n- due\n- tre", "pl": "- jeden\n- trzy"}, "completeness.list"),
        ({"it": "Con Rossi, Bianchi e Verdi.", "pl": "Z Bianchim, Rossim i Verdim."}, "completeness.list"),
        ({"it": "Con Rossi, Bianchi e Verdi.", "pl": "Z Rossim i Verdim."}, "completeness.list"),
        ({"it": "Dal 20 al 35% dei voti.", "pl": "Od 35 do 20% głosów."}, "numbers.order"),
        ({"it": "Dura tre mesi, dice.", "pl": "Trwa trzy lata, jak mówi."}, "numbers.unit"),
        ({"it": "Si parte alle 16:20.", "pl": "Odjazd o 4:20."}, "numbers.date"),
        ({"it": "Perse il 12% su 40% dei seggi.", "pl": "Straciło 12 osób na 40% miejsc."}, "numbers.unit"),
        ({"it": "Costa $250.000.", "pl": "Kosztuje 250 tys. euro."}, "numbers.unit"),
    ],
    ids=lambda value: str(value)[:45],
)
def test_forms_lists_and_amounts_that_differ_are_told(texts, rule):
    assert rule in found(texts, "")


@pytest.mark.parametrize(
    "texts",
    [
        {"fr": "Quelle heure est-il ?", "it": "Che ora è?"},
        {"it": "La versione 3.5 esce.", "pl": "Wychodzi wersja 3.5."},
        {"it": "a) uno b) due", "pl": "1) jeden 2) dwa"},
        {"it": "Nel 2019 vennero in 35.", "pl": "35 osób przyszło w 2019 roku."},
        {"it": "Dura due settimane.", "pl": "Trwa 14 dni."},
        {"it": "Si parte alle 16:20.", "pl": "Odjazd o 4:20 po południu."},
        {"it": "Dal 12 al 40%.", "ko": "12~40%."},
        {"it": "Quasi il 90%.", "ko": "거의 9할이다."},
    ],
    ids=lambda texts: next(iter(texts.values()))[:30],
)
def test_forms_lists_and_amounts_that_agree_are_not(texts):
    rules = ("completeness.list", "numbers.", "locale.", "typography.spacing")
    assert [rule for rule in found(texts, "") if rule.startswith(rules)] == []
