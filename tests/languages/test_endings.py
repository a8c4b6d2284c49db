"""Forms of words by rule, and terms in languages without spaces."""

import re

import pytest

from pipeline.checks.term_patterns import kept_spans, spans
from pipeline.languages.word_forms import inflected


@pytest.mark.parametrize(
    ("language", "word", "form"),
    [
        ("de", "Haus", "Häusern"),
        ("de", "Brücke", "Brücken"),
        ("fr", "journal", "journaux"),
        ("fr", "porte", "portes"),
        ("es", "luz", "luces"),
        ("es", "puerta", "puertas"),
        ("pt", "animal", "animais"),
        ("nl", "brief", "brieven"),
        ("sv", "hand", "händerna"),
        ("cs", "kniha", "knize"),
        ("cs", "řeka", "řekami"),
        ("ru", "библиотека", "библиотеками"),
        ("ru", "книга", "книг"),
        ("uk", "дорога", "дорозі"),
        ("tr", "kitap", "kitabını"),
        ("tr", "ada", "adalarımızdan"),
    ],
)
def test_a_word_is_known_in_another_form(language, word, form):
    assert re.fullmatch(inflected(word, language), form)


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [("de", "Haus", "Hund"), ("ru", "книга", "кинотеатр"), ("tr", "ada", "oda"), ("fr", "porte", "poule")],
)
def test_another_word_is_no_form(language, word, other):
    assert not re.fullmatch(inflected(word, language), other)


def _found(text, form, language):
    return [text[slice(*span)] for span in spans(text, form, language)]


def test_terms_are_found_among_words_without_spaces():
    assert _found("新しい図書館が開く。", "図書館", "ja") == ["図書館"]
    assert _found("城里的图书馆开门了。", "图书馆", "zh-cn") == ["图书馆"]
    assert _found("私のAPIを使う。", "API", "ja") == ["API"]
    assert _found("私のAPIを使う。", "AP", "ja") == []
    assert list(kept_spans("私のAPIを使う。", "API", "ja")) == [(2, 5)]
