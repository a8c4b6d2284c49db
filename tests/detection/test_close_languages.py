"""Sixteen languages told apart, close ones too, in documents, sentences and lines of another document."""

import json
from importlib.resources import files

import pytest

from pipeline.detection.detector import LATIN, LanguageDetector
from pipeline.detection.words import RUNNING_WORDS, word_table

SENTENCES = {
    "it": [
        "Il gatto dorme sopra la lavatrice.",
        "Mia zia ha venduto la barca l'anno scorso.",
        "Non so più dove ho messo gli occhiali.",
    ],
    "ko": [
        "고양이가 세탁기 위에서 잔다.",
        "이모는 작년에 배를 팔았다.",
        "안경을 어디에 두었는지 모르겠어요.",
    ],
    "pl": [
        "Kot śpi na pralce.",
        "Moja ciotka sprzedała łódź w zeszłym roku.",
        "Nie wiem, gdzie są moje okulary.",
    ],
    "en": [
        "The cat is asleep on the washing machine.",
        "My aunt sold the boat last year.",
        "I don't know where my glasses are.",
    ],
    "de": [
        "Die Katze schläft auf der Waschmaschine.",
        "Meine Tante hat letztes Jahr das Boot verkauft.",
        "Ich weiß nicht, wo meine Brille ist.",
    ],
    "fr": [
        "Le chat dort sur la machine à laver.",
        "Ma tante a vendu le bateau l'an dernier.",
        "Je ne sais plus où sont mes lunettes.",
    ],
    "es": [
        "El gato duerme encima de la lavadora.",
        "Mi tía vendió el barco el año pasado.",
        "No sé dónde he dejado las gafas.",
    ],
    "pt": [
        "O gato dorme em cima da máquina de lavar.",
        "A minha tia vendeu o barco no ano passado.",
        "Não sei onde deixei os meus óculos.",
    ],
    "nl": [
        "De kat slaapt op de wasmachine.",
        "Mijn tante heeft vorig jaar de boot verkocht.",
        "Ik weet niet waar mijn bril is.",
    ],
    "cs": [
        "Kočka spí na pračce.",
        "Moje teta vloni prodala svou loďku.",
        "Nevím, kde mám brýle.",
    ],
    "ru": [
        "Кошка спит на стиральной машине.",
        "Моя тётя продала лодку в прошлом году.",
        "Я не знаю, где мои очки.",
    ],
    "uk": [
        "Кішка спить на пральній машині.",
        "Моя тітка продала човен минулого року.",
        "Я не знаю, де мої окуляри.",
    ],
    "tr": [
        "Kedi çamaşır makinesinin üstünde uyuyor.",
        "Teyzem geçen yıl tekneyi sattı.",
        "Gözlüğümün nerede olduğunu bilmiyorum.",
    ],
    "ja": [
        "猫は洗濯機の上で寝ている。",
        "叔母は去年ボートを売った。",
        "眼鏡をどこに置いたか分からない。",
    ],
    "zh-cn": [
        "猫在洗衣机上睡觉。",
        "我姨妈去年把船卖掉了。",
        "我不知道眼镜放在哪里了。",
    ],
    "sv": [
        "Katten sover på tvättmaskinen.",
        "Min moster sålde båten förra året.",
        "Jag vet inte var mina glasögon är.",
    ],
}
CLOSE = [
    ("cs", "pl"), ("ru", "uk"), ("es", "pt"), ("es", "it"), ("pt", "it"), ("nl", "de"), ("sv", "de"),
    ("sv", "nl"), ("zh-cn", "ja"), ("fr", "it"), ("en", "nl"),
]  # fmt: skip
BOTH_WAYS = CLOSE + [(b, a) for a, b in CLOSE]


@pytest.fixture(scope="module")
def sixteen():
    return LanguageDetector(tuple(SENTENCES))


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_alone_is_told_among_sixteen(sixteen, code):
    for sentence in SENTENCES[code]:
        assert sixteen.document([sentence]).language == code
        assert sixteen.paragraph(sentence, "") == code


@pytest.mark.parametrize("code", SENTENCES)
def test_a_document_and_its_paragraphs_are_told_among_sixteen(sixteen, code):
    detection, languages = sixteen.article(SENTENCES[code])
    assert detection.language == code
    assert detection.confidence > 0.99
    assert languages == [code] * len(languages)


@pytest.mark.parametrize(("code", "near"), BOTH_WAYS)
def test_a_file_in_a_language_that_is_not_chosen_is_named_beside_its_near_relation(code, near):
    assert LanguageDetector((near, "ko")).document(SENTENCES[code]).language == code


@pytest.mark.parametrize(("code", "near"), BOTH_WAYS)
def test_a_line_in_a_near_relation_of_the_document_is_marked(sixteen, code, near):
    long = " ".join(SENTENCES[code]) if code not in ("ja", "zh-cn") else "".join(SENTENCES[code])
    assert sixteen.paragraph(long, near) == code


@pytest.mark.parametrize(
    ("text", "near", "code"),
    [
        ("Це дуже гарна новина для мене.", "ru", "uk"),
        ("Это очень хорошая новость для меня.", "uk", "ru"),
        ("Ты не был там вчера.", "uk", "ru"),
        ("Ella no quiere hablar con nosotros.", "pt", "es"),
        ("Ela não quer falar com a gente.", "es", "pt"),
        ("Dat heb ik je gisteren al gezegd.", "de", "nl"),
        ("Das habe ich dir gestern schon gesagt.", "nl", "de"),
        ("To jsem ti přece říkal včera.", "pl", "cs"),
        ("Det har jag redan sagt till dig.", "de", "sv"),
    ],
)
def test_everyday_sentences_are_not_taken_for_a_near_relation(text, near, code):
    assert LanguageDetector((near, code)).document([text]).language == code
    assert LanguageDetector((near, "ko")).document([text]).language in ("", code)


@pytest.mark.parametrize(
    "text",
    [
        "2018",
        "12,5 %",
        "Microsoft Azure",
        "Anna Karlsson",
        "IKEA",
        "Tokyo 2020",
        "30.09.",
        "***",
        "Dr. Müller",
    ],
)
def test_names_and_numbers_are_in_no_language_that_is_not_chosen(text):
    for chosen in (("it", "ko", "pl"), ("ru", "uk"), ("fr", "pt", "ja")):
        assert LanguageDetector(chosen).document([text]).language in ("", *chosen)


@pytest.mark.parametrize("text", ["Microsoft Defender ATP", "Exchange Online Plan 2"])
def test_a_short_text_of_names_is_not_said_to_be_in_a_language(text):
    assert LanguageDetector(("it", "ko", "pl")).document([text]).language == ""


def test_terms_and_names_in_a_line_leave_it_in_its_language(sixteen):
    lines = {
        "it": "Per saperne di più, apri la pagina About this release and its known issues.",
        "es": "La empresa presentó su informe en la feria Hannover Messe für Industrie.",
        "ru": "Компания «Київстар» открыла новый офис в центре города.",
        "zh-cn": "电影《となりのトトロ》在去年年底重新上映，很多家庭带着孩子去电影院观看。",
        "ja": "会社概要",
    }
    for code, line in lines.items():
        assert sixteen.paragraph(line, code) == code


def test_untranslated_lines_in_a_document_of_another_script_are_marked(sixteen):
    for code in ("cs", "pl", "tr", "sv"):
        line = " ".join(SENTENCES[code])
        for document in ("ko", "ru", "ja", "zh-cn"):
            assert sixteen.paragraph(line, document) == code


def test_numbers_between_characters_without_spaces_do_not_hide_them(sixteen):
    assert sixteen.document(["この川は昨年より3.5メートル高い。"]).language == "ja"
    assert sixteen.document(["这条河比去年高3.5米。详情见example.com网站。"]).language == "zh-cn"


def test_text_with_little_kana_is_japanese_and_a_kana_name_leaves_chinese(sixteen):
    assert sixteen.document(["政府は来年度予算案の閣議決定を発表。"]).language == "ja"
    assert (
        sixteen.document(["她最喜欢的角色是ピカチュウ，每天都带着那个黄色的玩偶去上学。"]).language == "zh-cn"
    )


def test_rare_characters_are_chinese_if_it_alone_is_chosen():
    assert LanguageDetector(("zh-cn", "en")).document(["蠢货！"]).language == "zh-cn"
    assert LanguageDetector(("it", "en")).document(["蠢"]).language == ""


def test_common_words_decide_nothing_about_languages_that_have_no_list():
    table = word_table(LATIN.languages)
    evidence = dict(zip(LATIN.languages, table.evidence("de kat is op het dak"), strict=True))
    assert evidence["af"] == evidence["nl"] == max(evidence.values())
    assert evidence["it"] < evidence["nl"]
    assert not table.evidence("2018 Xyzzy").any()


def test_words_lead_only_if_they_are_running_text():
    table = word_table(("it", "en"))
    assert table.leads("apri la pagina of the release and its issues", "it")[1] == 0
    assert table.leads("non ci sono di questo tipo", "it")[1] < 0
    assert table.leads("they were not there", "it")[1] > 0
    few = " ".join(["the", "of"][: RUNNING_WORDS - 1])
    assert table.leads(few, "it")[1] == 0
    assert table.leads("they were not there", "xx").tolist() == [0, 0]


def test_the_lists_hold_small_words_once_each():
    lists = json.loads(files("pipeline.detection").joinpath("words.json").read_text(encoding="utf-8"))
    assert set(lists) == set(SENTENCES) - {"ko", "ja", "zh-cn"}
    for words in map(str.split, lists.values()):
        assert len(words) == len(set(words)) == 400
        assert all(word.isalpha() for word in words)
        assert words == [word.lower() for word in words]


def test_an_untranslated_line_is_marked_where_only_one_language_has_its_script():
    russian = ["Рыбаки вернулись на берег ещё до рассвета.", "Потом они долго чинили порванные сети."]
    english = "They had caught nothing since the new moon."
    _, codes = LanguageDetector(("en", "ru")).article([*russian, english])
    assert list(codes) == ["ru", "ru", "en"]
