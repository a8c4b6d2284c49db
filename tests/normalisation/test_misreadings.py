"""Letters of one byte read with the wrong table: repaired if certain, a suspicion otherwise."""

import ftfy.bad_codecs
import pytest

from pipeline.datatypes import Paragraph
from pipeline.normalisation.misreadings import reader
from pipeline.normalisation.normalise import normalise
from pipeline.normalisation.suspicions import suspicions

assert ftfy.bad_codecs  # registers the sloppy tables
TEXTS = {
    "it": (
        "La biblioteca è chiusa perché l'umidità è già arrivata ai libri più vecchi. Così il direttore "
        "rifà i conti: la metà dei libri è al sicuro, ma c'è da aspettare."
    ),
    "pl": (
        "Bibliotekę zamknięto, bo śnieg zerwał dach i było zimno. Dyrektor już się cieszy, że książki są "
        "całe. Źle się stało, mówią robotnicy, lecz żaden nie wyjdzie przed końcem."
    ),
}


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("pl", "iso8859-2", "cp1252"),
        ("pl", "iso8859-2", "latin-1"),
        ("pl", "iso8859-2", "cp1250"),
        ("pl", "cp1250", "latin-1"),
        ("pl", "cp1250", "iso8859-2"),
        ("pl", "cp852", "latin-1"),
        ("pl", "mac_latin2", "mac_roman"),
        ("it", "cp1252", "cp1250"),
        ("it", "cp1252", "iso8859-2"),
        ("it", "cp1252", "mac_roman"),
        ("it", "mac_roman", "latin-1"),
        ("it", "cp850", "latin-1"),
    ],
)
def test_a_misread_text_is_repaired_and_the_change_logged(language, right, wrong):
    text = TEXTS[language]
    misread = text.encode(right).decode(wrong)
    assert misread != text
    fixed, changes = normalise(misread)
    assert fixed == text
    assert changes
    assert {change.name for change in changes} <= {"misread_letters", "mojibake"}


MORE = {
    **TEXTS,
    "ru": "Библиотеку закрыли, потому что снег сорвал крышу. Директор уже рад, что книги целы.",
    "de": "Die Bücherei schließt früh, weil der Schnee das größere Dach über den Gängen zerstört hätte.",
    "fr": "La bibliothèque a fermé après la tempête, où la forêt a brûlé. Ça dépend du conseil, à Noël.",
}


def as_windows(data):
    """Return bytes as Windows reads them: unused ones become controls."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


@pytest.mark.parametrize(
    ("language", "right"),
    [
        *((language, table) for language in ("it", "de", "fr") for table in ("mac_roman", "cp850")),
        *(("ru", table) for table in ("cp1251", "koi8-r")),
        *(("pl", table) for table in ("mac_latin2", "cp852")),
    ],
)
def test_a_text_that_windows_has_misread(language, right):
    misread = as_windows(MORE[language].encode(right))
    assert normalise(misread)[0] == MORE[language]


def test_capitals_with_accents_are_no_cyrillic():
    for text in ("ÀÈÌÒÙ É PERCHÉ NO", "ÇÃÕÉÊ SÃO LETRAS", "ŻÓŁĆ ŹDŹBŁO"):
        assert normalise(text) == (text, ())


@pytest.mark.parametrize("language", TEXTS)
def test_one_misread_paragraph_among_sound_ones(language):
    right, wrong = ("iso8859-2", "cp1252") if language == "pl" else ("cp1252", "cp1250")
    text = TEXTS[language]
    assert normalise(f"{text}\n\n{text.encode(right).decode(wrong)}")[0] == f"{text}\n\n{text}"


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS.values(),
        "Zużyto 15 m³ wody i 3 cm² blachy; użyto słowa¹ oraz przypisu².",
        "L'università apre alle 9 – 10 m³ d'acqua, 20 °C, ±3 %, §4, n°5, l´uomo, c·è.",
        "La ditta Müller di Århus e il señor Núñez a Łódź, piazza Dvořák.",
        "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl učitel z města Plzeň.",
        "박물관은 50㎡이고 ±3℃이다. café Ñuñoa와 함께.",
        "Wywiad: ¿Qué tal? zapytał José. ¡Hola! Zażółć gęślą jaźń.",
        "Il filtro a×b e l’œuvre di Guðrún Þórsdóttir, McDonald’s™ e iPhone®.",
        "Дом стоит у реки, il fiume è in piena.",
    ],
)
def test_sound_texts_stay_and_are_not_suspected(text):
    assert reader(text) is None
    assert not [
        s
        for s in suspicions([Paragraph(1, "paragraph", text, ((0, len(text)),), "it")])
        if s.name == "misread_letters"
    ]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kobieta zosta³a zatrzymana wieczorem.", "zosta³a"),
        ("Il p¶nte vecchio resta chiuso.", "p¶nte"),
        ("Rano ¶nieg topnieje.", "¶nieg"),
        ("La cittÉadina dorme.", "cittÉadina"),
        ("Il mercato чresta aperto.", "чresta"),
        ("Il mercÿto resta aperto.", "mercÿto"),
    ],
)
def test_what_is_not_certain_stays_and_is_named(text, word):
    assert normalise(text)[0] == text
    (found,) = suspicions([Paragraph(3, "paragraph", text, ((0, len(text)),), "it")])
    assert (found.name, found.paragraph, found.text) == ("misread_letters", 3, word)
    assert text[found.position :].startswith(word)


def test_a_repair_can_be_skipped():
    misread = TEXTS["pl"].encode("iso8859-2").decode("cp1252")
    assert normalise(misread, frozenset({"misread_letters"}))[0] == misread


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Riapre lunedě mattina, dicono tutti i soci.", ["lunedě"]),
        ("Il forno č aperto.", ["č"]),
        ("La cittŕ dorme ancora.", ["cittŕ"]),
        ("Una mostra su Čapek a Ostravě e sul Plzeňský Prazdroj di Ivan Petrovič.", []),
        ("Numer (č. 5) gazety Lidové noviny z Brně i Vinohradů.", []),
    ],
)
def test_vowels_of_another_table_are_told_where_they_are_too_few_to_repair(text, words):
    paragraph = Paragraph(1, "paragraph", text, ((0, len(text)),), "it")
    assert normalise(text)[0] == text
    assert [s.text for s in suspicions([paragraph]) if s.name == "misread_letters"] == words


@pytest.mark.parametrize(
    "text",
    [
        "Библиотеку закрыли, потому что снег сорвал крышу. И директор рад: «Книги целы» — на радость всем.",
        "Бібліотеку зачинили, бо сніг зірвав дах. Її директорка рада: книжки цілі.",
    ],
)
def test_utf8_read_as_cyrillic_is_repaired(text):
    fixed, changes = normalise(text.encode().decode("sloppy-windows-1251"))
    assert fixed == text
    assert {change.name for change in changes} == {"mojibake"}
    assert normalise(text)[0] == text


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        (
            "La señora contó que fue mañana, después del año.",
            "La seńora contó que fue mańana, después del ańo.",
        ),
        ("Não vieram, e as estações estão fechadas.", "Năo vieram, e as estaçőes estăo fechadas."),
    ],
)
def test_letters_of_spanish_and_portuguese_are_repaired(text, misread):
    assert normalise(misread)[0] == text


def test_a_question_mark_of_spanish_is_told_where_it_is_too_little_to_repair():
    text = "El molino está abierto: żquién lo visitó ayer?"
    (found,) = suspicions([Paragraph(1, "paragraph", text, ((0, len(text)),), "es")])
    assert (found.name, found.text) == ("misread_letters", "żquién")
