"""Languages of documents and paragraphs."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect.detector_factory import DetectorFactory

from pipeline.detection.detector import LATIN, LanguageDetector
from pipeline.detection.ngrams import PROFILES, SMOOTHING, ngram_table, profiled_languages
from pipeline.errors import SettingError

CASES = json.loads((Path(__file__).parent.parent / "cases/front/languages.json").read_text(encoding="utf-8"))
SENTENCES = [
    "Il treno per Bologna parte dal binario sette.",
    "Pociąg do Krakowa odjeżdża z toru siódmego.",
    "The UNESCO site: École d'été, café — 100% naïve!",
    "Zażółć gęślą jaźń, Straße, Łódź, ĀĒĪŌŪ",
]


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector(("it", "ko", "pl"))


@pytest.mark.parametrize(("language", "paragraphs"), CASES["documents"])
def test_documents(detector, language, paragraphs):
    assert detector.document(paragraphs).language == language


@pytest.mark.parametrize(("document", "text", "language"), CASES["paragraphs"])
def test_paragraphs(detector, document, text, language):
    assert detector.paragraph(text, document) == language


@pytest.mark.parametrize(("document", "text", "language"), CASES["known failures"])
@pytest.mark.xfail(strict=True, reason="two or three words say too little")
def test_known_failures(detector, document, text, language):
    assert detector.paragraph(text, document) == language


def test_paragraphs_are_judged_together_as_one_by_one(detector):
    texts = [text for _, text, _ in CASES["paragraphs"]]
    for document in ("it", "ko", "pl", ""):
        assert detector.paragraphs(texts, document) == [detector.paragraph(text, document) for text in texts]


def test_an_article_is_judged_as_its_parts(detector):
    paragraphs = ["Questo è il primo paragrafo del testo.", "2018", "This one is in English, all of it."]
    detection, languages = detector.article(paragraphs)
    assert detection == detector.document(paragraphs)
    assert languages == detector.paragraphs(paragraphs, detection.language) == ["it", "", "en"]


def test_a_file_of_foreign_terms_stays_in_its_language(detector):
    terms = ["Microsoft Defender for Endpoint", "Windows 10 Enterprise E5", "Office 365 Advanced Compliance"]
    italian = "Il prodotto richiede una delle licenze seguenti, che comprendono anche il supporto."
    assert detector.document([*terms, italian, *terms]).language == "it"
    assert detector.document([*terms, "다음 라이선스 중 하나가 필요합니다.", *terms]).language == "ko"


def test_data_inside_a_text_does_not_count(detector):
    image = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUgAAABIAAAASCAMAAABh" * 20
    assert detector.document([f"Seleziona l'icona <img src='{image}'> in basso."]).language == "it"


def test_an_unknown_language_is_a_setting_error():
    with pytest.raises(SettingError, match="xx"):
        LanguageDetector(("it", "xx"))


@pytest.mark.parametrize("code", sorted(profiled_languages()))
def test_every_language_of_langdetect_can_be_configured(code):
    detector = LanguageDetector((code, "en" if code != "en" else "it"))
    assert detector.document(["2018"]).language == ""


def test_nothing_at_all(detector):
    assert detector.document([]) == ("", 0.0)
    assert detector.paragraphs([], "it") == []
    assert detector.paragraph("", "it") == ""


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_text_gets_some_answer(paragraphs):
    detection, languages = LanguageDetector(("it", "ko", "pl")).article(paragraphs)
    assert 0 <= detection.confidence <= 1
    assert len(languages) == len(paragraphs)


@pytest.fixture(scope="module")
def langdetect_factory():
    """langdetect itself, restricted to the languages of Latin script."""
    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(PROFILES / code).read_text(encoding="utf-8") for code in LATIN.languages])
    return factory


@pytest.mark.parametrize("text", SENTENCES)
def test_ngrams_and_likelihoods_are_those_of_langdetect(langdetect_factory, text):
    theirs = langdetect_factory.create()
    theirs.append(text)
    grams = theirs._extract_ngrams()
    table = ngram_table(LATIN.languages)
    rows, _ = table.rows(theirs.text)
    known = rows[rows != table.unknown]
    expected = sum(np.log(np.array(langdetect_factory.word_lang_prob_map[g]) + SMOOTHING) for g in grams)
    assert len(known) == len(grams)
    np.testing.assert_allclose(table.log_likelihood[known].sum(axis=0), expected, rtol=1e-4)


@pytest.mark.parametrize(("index", "language"), [(0, "it"), (1, "pl")])
def test_langdetect_agrees(langdetect_factory, detector, index, language):
    theirs = langdetect_factory.create()
    theirs.append(SENTENCES[index])
    assert theirs.detect() == detector.document([SENTENCES[index]]).language == language
