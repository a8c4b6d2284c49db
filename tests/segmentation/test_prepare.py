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
        ("Die Ausstellung ist bis Sonntag geöffnet, der Eintritt ist frei.", "language is 'de'.*it, ko, pl"),
        ("The exhibition is open until Sunday and admission is free.", "language is 'en'.*it, ko, pl"),
        ("展覧会は日曜日まで開いています。入場は無料です。", "language is 'ja'.*it, ko, pl"),
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
