"""Irreparable damage is reported; text that only looks odd is not."""

import pytest

from pipeline.datatypes import Paragraph
from pipeline.normalisation.suspicions import suspicions
from pipeline.segmentation.sentences import split_sentences

TEXT = [
    "Le rose fioriscono a maggio nel giardino della scuola. I bambini le curano ogni giorno.",
    "A giugno arriva il caldo, e allora bisogna annaffiarle due volte. Lo fanno la mattina e la sera.",
    "A settembre tutto il paese viene a vedere la mostra delle rose. Il sindaco premia la più bella.",
]


def found(*lines, kind="paragraph"):
    texts = [*TEXT, *lines]
    paragraphs = [
        Paragraph(n, kind, text, split_sentences(text, "it"), "it") for n, text in enumerate(texts, 1)
    ]
    return [(suspicion.name, suspicion.paragraph, suspicion.text) for suspicion in suspicions(paragraphs)]


@pytest.mark.parametrize(
    ("line", "name", "text"),
    [
        ("3XNUMX개월이 지났다. 끝.", "machine_translation", "XNUMX개월이"),
        ("Ciao {{nome}}, ecco le rose.", "machine_translation", "{{nome}}"),
        ("Perch\ufffd non lo so.", "missing_characters", "\ufffd"),
        ("Domani sar?anno qui tutti.", "missing_characters", "?"),
        ("I giornali dicono ???? e basta.", "missing_characters", "????"),
    ],
)
def test_marks_are_reported_where_they_stand(line, name, text):
    assert found(line) == [(name, 4, text)]


@pytest.mark.parametrize(
    "line",
    [
        "Davvero? Non lo sapevo. Che cosa???",
        "Vedi https://example.org/pagina?lingua=it e https://example.org/cerca?rosa.",
        "Il marchio XNUM e la sigla NUMX9 non dicono niente.".replace("NUMX9", "NUMERO"),
        "Le rose",
        "«Le rose sono belle. Le abbiamo piantate noi.»",
        "Scrivi a giardino@example.org",
    ],
)
def test_what_only_looks_odd_is_not(line):
    assert found(line) == []


def test_an_end_in_the_middle_of_a_sentence():
    cut = "In inverno i bambini disegnano le rose che vorrebbero. In primavera ne piantano"
    assert found(cut) == [("truncated_end", 4, cut[-20:])]
    assert found(cut, "Fine.") == []
    assert found("In inverno disegnano le rose che vorrebbero, e in primavera […]")[0][0] == "truncated_end"


def test_a_quotation_may_end_as_others_begin():
    def end(text):
        paragraph = Paragraph(1, "paragraph", text, ((0, len(text)),), "de")
        return [suspicion.name for suspicion in suspicions([paragraph])]

    assert end("Der Bäcker rief: „Die Brezeln sind aus, kommt morgen wieder!“") == []
    assert end("Der Bäcker rief, und alle drehten sich um: “") == ["truncated_end"]


def test_czech_words_end_in_letters_that_are_misread_elsewhere():
    text = "Deset domů stálo zjevně prázdných, včetně obou hotelů."

    def words(language):
        paragraph = Paragraph(1, "paragraph", text, ((0, len(text)),), language)
        return [suspicion.text for suspicion in suspicions([paragraph])]

    assert words("cs") == []
    assert words("it") == ["domů", "zjevně", "včetně", "hotelů."]


def test_texts_without_full_stops_are_not_truncated():
    lines = [
        Paragraph(n, "paragraph", "Una riga. " * 8 + "senza punto", ((0, 9), (10, 91)), "it")
        for n in range(1, 6)
    ]
    assert suspicions(lines) == ()
