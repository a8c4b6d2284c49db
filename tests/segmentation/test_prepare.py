"""One file from raw text to article."""

import re

import pytest

from pipeline.datatypes import Article, RawText, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.segmentation.prepare import prepare


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector(("it", "ko", "pl"))


def _raw(text, format="txt"):
    return RawText(file="a", text=text, encoding="utf-8", format=format)


def test_a_plain_text(detector):
    article = prepare(
        _raw(
            "Il giardino\r\n\r\nLe\u00a0rose fioriscono a maggio. Noi le curiamo.\r\n\r\n2018\r\n\r\n"
            "All the roses are red in our garden.\r\n"
        ),
        detector,
    )
    assert isinstance(article, Article)
    assert (article.language, article.encoding) == ("it", "utf-8")
    assert article.language_confidence > 0.9
    assert [paragraph.number for paragraph in article.paragraphs] == [1, 2, 3, 4]
    assert [paragraph.language for paragraph in article.paragraphs] == ["it", "it", "", "en"]
    assert [paragraph.kind for paragraph in article.paragraphs][:2] == ["title", "paragraph"]
    second = article.paragraphs[1]
    assert [second.text[start:end] for start, end in second.sentences] == [
        "Le rose fioriscono a maggio.",
        "Noi le curiamo.",
    ]
    assert {change.name for change in article.changes} == {"line_ends", "odd_spaces"}


def test_markup_is_cleaned_after_it_is_cut(detector):
    html = (
        "<h1>Ogr&oacute;d</h1>\r\n"
        "<p>R&oacute;&#380;e&nbsp;kwitn&aogon; w&shy; maju, a potem wi&#281;dn&#261;.</p>"
    )
    article = prepare(_raw(html, "html"), detector)
    assert [paragraph.text for paragraph in article.paragraphs] == [
        "Ogród",
        "Róże kwitną w maju, a potem więdną.",
    ]
    assert [change.name for change in article.changes] == ["soft_hyphens", "odd_spaces"]
    assert [(change.paragraph, change.position) for change in article.changes] == [
        (2, "Róże kwitną w".rindex("w") + 1),
        (2, "Róże ".index(" ")),
    ]


def test_markdown_indentation_survives_cleaning(detector):
    article = prepare(
        _raw("- prima voce dell'elenco\n    - voce interna\n\nFine  della   lista.", "md"), detector
    )
    assert [paragraph.kind for paragraph in article.paragraphs] == ["list-item", "list-item", "paragraph"]
    assert article.paragraphs[2].text == "Fine della lista."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Die Ausstellung ist bis Sonntag geöffnet.", r"^is in German \(de\), not in .*it,ko,pl,de"),
        ("The exhibition is open until Sunday.", r"^is in English \(en\), not in .*it,ko,pl,en"),
        ("展覧会は日曜日まで開いています。入場は無料です。", r"^is in Japanese \(ja\), not in .*it,ko,pl,ja"),
        ("x 12 34", "too little text"),
    ],
)
def test_files_that_cannot_be_used(detector, text, reason):
    result = prepare(_raw(text), detector)
    assert isinstance(result, Rejection)
    assert re.search(reason, result.reason), result.reason


def test_markup_without_text_is_rejected(detector):
    result = prepare(_raw("<script>let testo = 'niente'</script>", "html"), detector)
    assert isinstance(result, Rejection)
    assert "no text" in result.reason


def test_what_was_rejected_stays_rejected(detector):
    rejection = Rejection("a", "is empty")
    assert prepare(rejection, detector) is rejection


def test_the_same_file_gives_the_same_article(detector):
    text = "Le rose fioriscono a maggio.\n\nNoi le curiamo, e the garden is lovely.\n\nTak."
    assert prepare(_raw(text), detector) == prepare(_raw(text), LanguageDetector(("it", "ko", "pl")))


ITALIAN = "Il mercato del sabato apre alle sette, e chi arriva tardi trova solo i banchi vuoti e le cassette."
ENGLISH = [
    "The council wants to close the square to cars on market days, and the shopkeepers do not agree at all.",
    "Nobody has asked the people who live above the shops, although they hear the lorries before dawn.",
    "A new bridge would cost more than the town earns in a year, so the old one will be painted instead.",
    "Her grandfather sold apples here when the stalls were still made of wood and covered with sailcloth.",
    "Whoever needs a permit has to write to the office by Thursday and should not expect a quick reply.",
    "In winter the fountain is switched off, which keeps the stones from cracking and saves some money.",
    "Three of the bakers have joined forces: they share an oven, a van and the worries of the small hours.",
    "What the tourists photograph most is not the church but the cat that sleeps on the cheese counter.",
    "Every spring somebody proposes to move the market out to the station, and every summer it stays.",
    "The library lends umbrellas too, and most of them even come back before the first snow falls.",
]


def _half(italian, english):
    text = "\n\n".join([*[ITALIAN] * italian, *ENGLISH[:english]])
    return _raw(text)


@pytest.mark.parametrize(("italian", "english"), [(1, 1), (1, 3), (2, 8)])
def test_a_half_translated_file_is_in_the_language_that_it_is_translated_into(detector, italian, english):
    article = prepare(_half(italian, english), detector)
    assert isinstance(article, Article)
    assert article.language == "it"
    assert [p.language for p in article.paragraphs] == ["it"] * italian + ["en"] * english
    assert article.language_confidence <= 1


def test_a_file_with_a_translated_title_alone_is_rejected_and_says_how_little_it_has(detector):
    rejection = prepare(_raw("Il mercato del sabato\n\n" + "\n\n".join(ENGLISH[:6])), detector)
    assert isinstance(rejection, Rejection)
    assert rejection.reason.startswith(
        "is in English (en), not in Italian (it), Korean (ko) or Polish (pl); "
    )
    assert rejection.language == "en"


def test_a_rejected_file_says_how_much_of_it_was_translated(detector):
    rejection = prepare(_half(1, 10), detector)
    assert isinstance(rejection, Rejection)
    assert "% of its text is in Italian (it); " in rejection.reason


def test_a_rejected_file_names_the_option_that_reads_it(detector):
    rejection = prepare(_raw("\n\n".join(ENGLISH[:6])), detector)
    assert isinstance(rejection, Rejection)
    assert rejection.reason.endswith("; --languages it,ko,pl,en takes it in")


MANUAL = (
    "# Avvio del forno\n\nPrima di accendere il forno controlla che la porta sia chiusa.\n\n"
    "```sh\n# please wait until the oven has been heated before you open the door\n"
    "if [ -f oven.conf ]; then\n\n    heat   --to 220   # the whole oven\nfi\n```\n\n"
    "Quando la spia si spegne puoi infornare le teglie, una alla volta e senza fretta.\n"
)


def test_code_keeps_its_lines_and_is_in_no_language(detector):
    article = prepare(_raw(MANUAL, "md"), detector)
    code = article.paragraphs[2]
    assert code.kind == "code"
    assert code.language == ""
    assert code.text.split("\n")[1:] == [
        "if [ -f oven.conf ]; then",
        "    heat   --to 220   # the whole oven",
        "fi",
    ]
    assert code.sentences == ((0, len(code.text)),)
    assert article.changes == ()


def test_code_has_no_say_in_the_language_of_a_file(detector):
    listing = "\n".join(
        f"# the oven number {k} is switched on by the baker who is there first" for k in range(40)
    )
    text = f"# Pieczenie\n\n```\n{listing}\n```\n\nPiec trzeba rozgrzać, zanim włoży się do niego blachę.\n"
    article = prepare(_raw(text, "md"), detector)
    assert (article.language, article.language_confidence > 0.9) == ("pl", True)


def test_repairs_are_placed_where_they_were_made_beside_code(detector):
    text = "Il for\u00adno è caldo.\n\n```\nheat \u200b--to 220\n```\n\nLe teg\u00adlie sono sul tavolo.\n"
    article = prepare(_raw(text, "md"), detector)
    placed = {(change.paragraph, change.name) for change in article.changes}
    assert placed == {(1, "soft_hyphens"), (2, "zero_width"), (3, "soft_hyphens")}
