"""Why a paragraph stands alone."""

import pytest

from pipeline.datatypes import BOILERPLATE, OTHER_LANGUAGE, Paragraph, Row
from pipeline.rows.unmatched import explain


def article(*rows):
    """Rows of Italian and Polish; each text is a paragraph, "en: ..." one in English, None a missing one."""
    numbers = {"it": 0, "pl": 0}
    out = []
    for k, texts in enumerate(rows, start=1):
        cells = []
        for language, text in zip(numbers, texts, strict=True):
            if text is None:
                cells.append(())
                continue
            numbers[language] += 1
            own, text = ("en", text[4:]) if text.startswith("en: ") else (language, text)
            cells.append((Paragraph(numbers[language], "paragraph", text, ((0, len(text)),), own),))
        status = "aligned" if all(cells) else "unmatched"
        out.append(Row("a", k, f"r{k}", ("it", "pl"), tuple(cells), 1.0, status))
    return [row.alone for row in explain(out)]


def test_labels_around_the_article_are_boilerplate():
    found = article(
        (None, "Strona główna"),
        (None, "Napisane 3 maja"),
        ("Il parco riapre.", "Park znów otwarty."),
        (None, "Dodaj komentarz"),
    )
    assert found == [BOILERPLATE, BOILERPLATE, "", BOILERPLATE]


def test_a_label_inside_the_article_is_an_addition():
    found = article(
        ("Il parco riapre.", "Park znów otwarty."),
        (None, "Nowe ławki"),
        ("Ci sono panchine.", "Są ławki."),
    )
    assert found == ["", "", ""]


@pytest.mark.parametrize(
    "text", ["Park był zamknięty przez dwa lata.", "Dwa lata czekali na to wszyscy mieszkańcy tej dzielnicy"]
)
def test_running_text_at_the_edge_is_an_addition(text):
    assert article(("Il parco riapre.", "Park znów otwarty."), (None, text)) == ["", ""]


def test_the_edge_ends_at_the_first_counterpart():
    found = article((None, "Menu"), ("Uno.", "Jeden."), ("Due.", None), ("Tre.", "Trzy."))
    assert found == [BOILERPLATE, "", "", ""]


def test_a_text_in_another_language_is_told():
    found = article(("Uno.", "Jeden."), (None, "en: Sign up for our weekly letter."), ("Due.", "Dwa."))
    assert found == ["", OTHER_LANGUAGE, ""]
