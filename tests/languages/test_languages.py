"""What is known of languages: the lookup, the records, and what every record must keep to."""

import re
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline.languages
from pipeline.checks.quantities import read_words, reads_words
from pipeline.checks.quantities.currencies import CURRENCIES
from pipeline.checks.quantities.units import UNITS
from pipeline.languages import Language, PageLines, facts, known_languages
from pipeline.languages.codes import DETECTABLE_LANGUAGES
from pipeline.languages.marks import ends_sentence, without_glosses, without_tags
from pipeline.segmentation.boilerplate_lines import is_page_line, is_rights_line
from pipeline.segmentation.sentences import split_sentences

PAGE = Path(__file__).parents[2] / "docs/languages.md"
WORDS = {"code", "spaced", "length", "script", "finals", "list_letters", "one_letter_words"}
"""Fields of plain text that are no patterns."""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A folder in which modules of further languages are found."""
    monkeypatch.setattr(pipeline.languages, "__path__", [*pipeline.languages.__path__, str(tmp_path)])
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("pipeline.languages."):
            del sys.modules[name]
    for cached in (facts, known_languages):
        cached.cache_clear()


def _patterns(known):
    for record in (known, known.page):
        for name in record._fields if isinstance(record, PageLines) else [f.name for f in fields(record)]:
            value = getattr(record, name)
            if isinstance(value, str) and name not in WORDS:
                yield name, value


def test_a_language_without_a_module_has_defaults():
    assert facts("cy") == Language(code="cy")
    assert facts("") == Language(code="")
    assert facts("codes") == Language(code="codes")  # a module, but not a language's


def test_a_code_with_a_script_finds_the_module_of_its_language():
    assert not facts("zh-cn").spaced
    assert facts("zh-tw") is facts("zh-cn")


def test_a_language_is_added_by_adding_a_file(made_up):
    (made_up / "xx.py").write_text(
        "from pipeline.languages import Language\n"
        "from pipeline.languages.numbers import Mention, single\n"
        "def read_words(text):\n"
        "    return [Mention(0, 4, single(20))] if text.startswith('vint') else []\n"
        "LANGUAGE = Language(code='xx', length=0.25, open_abbreviations=frozenset(('srg',)),\n"
        "                    number_words=read_words)\n",
        encoding="utf-8",
    )
    facts.cache_clear()
    known_languages.cache_clear()
    assert facts("xx").length == 0.25
    assert facts("xx") in known_languages()
    assert reads_words("xx")
    assert [mention.readings for mention in read_words("vint anni", "xx")] == [((20,),)]
    assert len(split_sentences("Oli srg. Brun. Oli venit.", "xx")) == 2


def test_a_module_that_fails_is_not_taken_for_a_missing_one(made_up):
    (made_up / "xy.py").write_text("import pipeline.languages.nothing_of_that_name\n", encoding="utf-8")
    facts.cache_clear()
    with pytest.raises(ModuleNotFoundError, match="nothing_of_that_name"):
        facts("xy")


@pytest.mark.parametrize("known", known_languages(), ids=lambda known: known.code)
def test_records_keep_to_what_joins_them(known):
    assert known.code in DETECTABLE_LANGUAGES or f"{known.code}-cn" in DETECTABLE_LANGUAGES
    assert known.units.keys() <= UNITS.keys()
    assert known.currencies.keys() <= CURRENCIES.keys()
    for name, pattern in _patterns(known):
        assert re.compile(pattern).groups == 0, name
        assert not pattern or re.match(pattern, "") is None, name  # would match everywhere
    for words in (known.open_abbreviations, known.closing_abbreviations, known.vague_numbers):
        assert all(word == word.lower().rstrip(".") for word in words)


@pytest.mark.parametrize("code", ["en", "it", "ko", "pl"])
def test_full_languages_know_what_the_checks_ask_for(code):
    known = facts(code)
    assert known.length is not None
    assert known.number_words
    assert known.grammar_words or known.script
    assert known.native_word or known.script
    assert known.units.keys() >= {"km", "mile", "kg", "pound", "litre", "degree"}
    assert known.currencies.keys() == CURRENCIES.keys()


def test_the_page_explains_every_field():
    text = PAGE.read_text(encoding="utf-8")
    names = [f.name for f in fields(Language)] + [f"page.{name}" for name in PageLines._fields]
    assert [name for name in names if f"`{name}`" not in text] == []


@given(st.text(alphabet=".!?…。：:;)]”\"' a1_\u0301\n", max_size=12))
def test_a_sentence_ends_where_only_marks_follow_its_mark(text):
    assert ends_sentence(text, ":;") == (re.search(r"[.!?…。？！:;][^\w\s]*\Z", text) is not None)


def test_long_runs_of_marks_are_read_once():
    start = time.process_time()
    for text in ("." * 200_000 + "a", ")" * 200_000, "a" + ")" * 200_000):
        assert not ends_sentence(text)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("존슨(Johnson) 총리", "존슨 총리"),
        ("존슨（Johnson） 총리", "존슨 총리"),
        ("2019년(2019) 존슨 (Johnson)", "2019년(2019) 존슨 (Johnson)"),
        ("the NHS (National Health Service)", "the NHS (National Health Service)"),
    ],
)
def test_a_name_repeated_in_latin_letters_is_a_gloss(text, plain):
    assert without_glosses(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<0>Scarica</0>", "Scarica"),
        ("Apri <1>il menu</1> <br/> e <a href='x'>scegli</a>", "Apri il menu e scegli"),
        ("<0></0>", "<0></0>"),
        ("copia <nome del file> in <posto>", "copia <nome del file> in <posto>"),
        ("se a < b e b > c", "se a < b e b > c"),
        ("un <ThemeIcon /> di Astro", "un <ThemeIcon /> di Astro"),
        ("Ania <ania@example.org>", "Ania <ania@example.org>"),
    ],
)
def test_tags_say_nothing(text, plain):
    assert without_tags(text) == plain


TWELVE = ("cs", "de", "es", "fr", "ja", "nl", "pt", "ru", "sv", "tr", "uk", "zh")


@pytest.mark.parametrize("code", TWELVE)
def test_twelve_more_languages_know_what_lengths_and_numbers_need(code):
    known = facts(code)
    assert known.length is not None
    assert known.grammar_words or known.script
    assert known.units.keys() >= {"km", "mile", "foot", "kg", "pound", "litre", "degree", "day", "year"}
    assert known.currencies.keys() == CURRENCIES.keys()
    assert known.percent or known.percent_before
    assert "" not in (known.page.share, known.page.posted, known.page.rights)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Alle Rechte vorbehalten"),
        ("es", "Todos los derechos reservados"),
        ("ru", "Все права защищены"),
        ("ja", "無断転載を禁じます"),
        ("zh", "版权所有 2020 海边报"),
    ],
)
def test_lines_about_rights_are_known(language, line):
    assert is_rights_line(line), language


@pytest.mark.parametrize(
    "line", ["Artikel teilen", "Partager sur Facebook", "Bizi takip edin", "分享到微博", "フォローする"]
)
def test_lines_to_share_are_known(line):
    assert is_page_line(line, "middle")


@pytest.mark.parametrize(
    "line",
    [
        "Опубликовано 5 мая 2019 г.",
        "Publicado el 3 de mayo de 2019",
        "公開日：2019年5月3日",
        "Publicerad 3 maj 2019",
    ],
)
def test_dates_of_publication_are_known(line):
    assert is_page_line(line, "head")


@pytest.mark.parametrize(
    "line", ["Wir teilen das Brot.", "Compartir la mesa con los demás es un placer", "分享面包的人"]
)
def test_sentences_are_no_lines_of_a_page(line):
    assert not is_page_line(line, "middle")
