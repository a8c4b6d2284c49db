"""Glossaries: reading them, and finding terms in whatever form a sentence gives them."""

import csv
import io

import pytest
from click.testing import CliRunner

from pipeline.checks.cells import read_cells
from pipeline.checks.check import check
from pipeline.checks.families.terms import Glossary, Term, wrong_terms
from pipeline.checks.glossary import read_glossary
from pipeline.cli.commands import main
from pipeline.errors import InputError
from tests.making_rows import make_row


def drafts(terms, texts):
    return list(wrong_terms(read_cells(make_row(texts)), Glossary(terms)))


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("biblioteka", "bibliotece"), ("biblioteka", "bibliotek"), ("książka", "książek"), ("stół", "stole"),
        ("pies", "psa"), ("miasto", "mieście"), ("ręka", "ręce"), ("Kraków", "Krakowie"), ("dane", "danych"),
        ("źródło", "źródeł"), ("wiadomość", "wiadomości"), ("użytkownik", "użytkownikami"), ("kot", "kota"),
        ("sztuczna inteligencja", "sztucznej inteligencji"), ("muzeum", "muzea"), ("rok", "roku"),
    ],
)  # fmt: skip
def test_polish_terms_are_found_in_other_cases(term, form):
    assert (
        drafts([Term({"it": ("gatto",), "pl": (term,)}, ())], {"it": "Un gatto.", "pl": f"To {form}."}) == []
    )


@pytest.mark.parametrize(
    ("term", "other"), [("kot", "kotlet"), ("rok", "rokowania"), ("dom", "domena"), ("las", "laska")]
)
def test_other_polish_words_are_not_taken_for_the_term(term, other):
    assert drafts([Term({"it": ("gatto",), "pl": (term,)}, ())], {"it": "Un gatto.", "pl": f"To {other}."})


@pytest.mark.parametrize(
    ("term", "form"),
    [("libro", "libri"), ("amico", "amici"), ("lago", "laghi"), ("bocca", "bocche"), ("archivio", "archivi"),
     ("intelligenza artificiale", "Intelligenze Artificiali"), ("città", "città")],
)  # fmt: skip
def test_italian_terms_are_found_in_the_plural(term, form):
    (draft,) = drafts([Term({"it": (term,), "pl": ("kot",)}, ())], {"it": f"Ecco {form}.", "pl": "Pies."})
    assert draft.source_span == (5, 5 + len(form))


@pytest.mark.parametrize("form", ["도서관에서", "도서관의", "도서관", "국립도서관은", "도서관들이"])
def test_korean_terms_are_found_with_particles(form):
    term = Term({"it": ("biblioteca",), "ko": ("도서관",)}, ())
    assert drafts([term], {"it": "La biblioteca.", "ko": f"{form} 있다."}) == []


def test_korean_terms_are_found_however_they_are_spaced():
    term = Term({"it": ("intelligenza artificiale",), "ko": ("인공 지능",)}, ())
    assert drafts([term], {"it": "L’intelligenza artificiale.", "ko": "인공지능은 어렵다."}) == []


def test_a_word_of_the_source_that_only_begins_like_the_term_demands_nothing():
    assert (
        drafts([Term({"ko": ("배",), "pl": ("gruszka",)}, ())], {"ko": "배추가 싸다.", "pl": "Kapusta."})
        == []
    )


def test_any_of_the_alternatives_will_do_and_the_first_is_suggested():
    term = Term({"it": ("cartella", "directory"), "pl": ("folder", "katalog")}, ())
    assert drafts([term], {"it": "Apri le directory.", "pl": "Otwórz katalogi."}) == []
    (draft,) = drafts([term], {"it": "Apri la cartella.", "pl": "Otwórz teczkę."})
    assert (draft.rule, draft.suggestion) == ("entities.term", "folder")
    assert "“folder” or “katalog”" in draft.message


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [("pl", "W Synopticu.", True), ("pl", "Synoptic’a.", True), ("pl", "synoptic", False),
     ("ko", "Synoptic을 연다.", True), ("ko", "시놉틱을 연다.", False), ("it", "Con Synoptic.", True)],
)  # fmt: skip
def test_what_is_not_translated_may_get_an_ending(language, text, kept):
    found = drafts([Term({}, ("Synoptic",))], {"en": "Open Synoptic.", language: text})
    assert [draft.rule for draft in found] == ([] if kept else ["entities.do-not-translate"])


def test_a_glossary_is_read_from_a_table(tmp_path):
    path = tmp_path / "g.csv"
    path.write_text("it;pl;note\ncartella|directory;folder;x\nSynoptic;;\n;;\n", encoding="utf-8")
    assert read_glossary(path).terms == (
        Term({"it": ("cartella", "directory"), "pl": ("folder",)}, ()),
        Term({}, ("Synoptic",)),
    )
    path.write_text("term\nSynoptic\nMWP\n", encoding="utf-8")
    assert [term.kept for term in read_glossary(path).terms] == [("Synoptic",), ("MWP",)]


@pytest.mark.parametrize("content", ["", "a,b\nx,y\n", "it,pl\n", "it,pl\n,\n"])
def test_a_glossary_without_terms_is_an_error(tmp_path, content):
    path = tmp_path / "g.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        read_glossary(path)


def test_a_run_and_a_check_ask_for_the_terms_of_the_settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "g.csv").write_text("it,pl\ncartella,folder\n", encoding="utf-8")
    (tmp_path / "s.toml").write_text('[tool.synoptic]\nglossary = "g.csv"\n', encoding="utf-8")
    (tmp_path / "t.csv").write_text("it,pl\nApri la cartella.,Otwórz katalog.\n", encoding="utf-8")
    for options in (["--glossary", "g.csv"], ["--config", "s.toml"]):
        result = CliRunner().invoke(main, ["check", "t.csv", *options])
        assert [row["rule"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["entities.term"]


def test_a_large_glossary_does_not_slow_the_check():
    import time

    words = [f"słowo{number}{end}" for number in range(3000) for end in ("a", "b", "c")]
    glossary = Glossary([Term({"it": (word,), "pl": (word,)}, ()) for word in words])
    rows = [
        make_row({"it": "Il gatto dorme sul tetto.", "pl": "Kot śpi na dachu."}, number=n) for n in range(200)
    ]
    start = time.process_time()
    check(rows, glossary=glossary)
    assert time.process_time() - start < 2
