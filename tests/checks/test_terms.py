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


def found(tmp_path, glossary, texts, confidence=0.97):
    path = tmp_path / "g.csv"
    path.write_text(glossary, encoding="utf-8")
    row = make_row(texts, confidence)
    return [
        (finding.rule, finding.suggestion)
        for finding in check([row], glossary=read_glossary(path))
        if finding.rule.startswith("entities.")
    ]


@pytest.mark.parametrize(
    ("language", "term", "form"),
    [
        ("pl", "dzień", "trzy dni"), ("pl", "człowiek", "dwoje ludzi"), ("pl", "dziecko", "z dziećmi"),
        ("pl", "rok", "wiele lat"), ("pl", "tydzień", "dwa tygodnie"), ("pl", "ręka", "oboma rękoma"),
        ("pl", "imię", "wasze imiona"), ("pl", "książę", "do księcia"), ("pl", "umowa", "pięć umów"),
        ("pl", "okno", "wiele okien"), ("pl", "mężczyzna", "dwaj mężczyźni"), ("pl", "szkoła", "sto szkół"),
        ("pl", "ludzie", "wśród ludzi"), ("pl", "młody człowiek", "młodzi ludzie"),
        ("it", "uomo", "due uomini"), ("it", "uovo", "dieci uova"), ("it", "tempio", "i templi"),
        ("it", "moglie", "le mogli"), ("it", "migliaio", "tre migliaia"), ("it", "mano", "le mani"),
        ("en", "child", "two children"), ("en", "policy", "new policies"), ("en", "knife", "four knives"),
        ("en", "criterion", "both criteria"), ("en", "match", "two matches"),
        ("ko", "어린이", "어린이들에게는"), ("ko", "정책", "정책에서도"), ("ko", "회사", "회사라는"),
    ],
)  # fmt: skip
def test_forms_that_no_rule_gives_are_known_on_both_sides(tmp_path, language, term, form):
    other, word, text = ("fr", "mot", "Un mot.") if language != "fr" else ("it", "parola", "Una parola.")
    line = f"{other},{language}\n{word},{term}\n"
    assert found(tmp_path, line, {other: text, language: f"{form}."}) == []
    asked = found(tmp_path, line, {language: f"{form}.", other: "Rien."})
    assert asked == [("entities.term", "mot")]


@pytest.mark.parametrize(
    ("language", "term", "other"),
    [("en", "car", "a card"), ("en", "man", "a mane"), ("pl", "dzień", "Dniepr"), ("it", "uomo", "umido"),
     ("ko", "배", "배추가"), ("pl", "imię", "imieniny")],
)  # fmt: skip
def test_words_that_only_look_alike_are_no_forms(tmp_path, language, term, other):
    line = f"{language},fr\n{term},mot\n"
    assert found(tmp_path, line, {language: f"{other}.", "fr": "Rien."}) == []


NETWORK = "it,pl\nrete,sieć\nrete neurale,model neuronowy\n"


def test_the_longest_term_wins_over_those_inside_it(tmp_path):
    texts = {"it": "La rete neurale impara.", "pl": "Model neuronowy się uczy."}
    assert found(tmp_path, NETWORK, texts) == []
    other = texts | {"pl": "Sieć się uczy."}
    assert found(tmp_path, NETWORK, other) == [("entities.term", "model neuronowy")]
    both = {"it": "La rete neurale usa la rete.", "pl": "Model neuronowy używa łącza."}
    assert found(tmp_path, NETWORK, both) == [("entities.term", "sieć")]


def test_one_of_several_lines_for_a_term_is_enough(tmp_path):
    lines = "it,pl\npiano,piętro\npiano,plan\n"
    assert found(tmp_path, lines, {"it": "Un piano.", "pl": "Jeden plan."}) == []
    other = {"it": "Un piano.", "pl": "Jeden fortepian."}
    assert found(tmp_path, lines, other) == [("entities.term", "piętro")]


FORBIDDEN = "entities.forbidden-term"


@pytest.mark.parametrize(
    "lines", ["it,pl\nfile,plik|!zbiór\n", "it,pl,pl forbidden\nfile,plik,zbiór|kartoteka\n"]
)
def test_a_forbidden_translation_is_told_once_with_the_right_one(tmp_path, lines):
    assert found(tmp_path, lines, {"it": "Apri i file.", "pl": "Otwórz zbiory."}) == [(FORBIDDEN, "plik")]
    assert found(tmp_path, lines, {"it": "Apri il file.", "pl": "Otwórz plik."}) == []
    assert found(tmp_path, lines, {"it": "Apri la porta.", "pl": "Otwórz zbiór."}) == []
    three = {"it": "Il file.", "en": "The file.", "pl": "Zbiór."}
    assert found(tmp_path, "it,en,pl\nfile,file,!zbiór\n", three) == [(FORBIDDEN, "")]


def test_a_term_that_is_forbidden_everywhere_needs_no_source(tmp_path):
    lines = "pl\n!wziąść\n"
    assert found(tmp_path, lines, {"it": "Prendi.", "pl": "Trzeba to wziąść."}) == [(FORBIDDEN, "")]
    assert found(tmp_path, lines, {"it": "Prendi.", "pl": "Trzeba to wziąść."}, 0.1) == [(FORBIDDEN, "")]
    assert found(tmp_path, "pl\nkatalog|!teczka\n", {"it": "Ecco.", "pl": "Ta teczka."}) == [
        (FORBIDDEN, "katalog")
    ]
    assert found(tmp_path, "term,forbidden\nSynoptic,Synoptyk\n", {"it": "Ecco.", "pl": "Mój Synoptyk."}) == [
        (FORBIDDEN, "Synoptic")
    ]


def test_a_forbidden_word_inside_a_term_that_is_wanted_is_none(tmp_path):
    lines = "it,pl\nborsa,!teczka\nportfolio digitale,teczka cyfrowa\n"
    texts = {"it": "La borsa e il portfolio digitale.", "pl": "Torba i teczka cyfrowa."}
    assert found(tmp_path, lines, texts) == []
    assert found(tmp_path, lines, texts | {"pl": "Teczka i teczka cyfrowa."}) == [(FORBIDDEN, "")]


@pytest.mark.parametrize(
    ("lines", "text", "asks"),
    [
        ("it,pl\nUE,Unia\n", "La UE decide.", True),
        ("it,pl\nUE,Unia\n", "Le bue ue.", False),
        ("it,pl\nStampa,dziennik\n", "Lo dice la Stampa.", True),
        ("it,pl\nStampa,dziennik\n", "La stampa è lenta.", False),
        ("it,pl\nStampa,dziennik\n", "LA STAMPA", True),
        ("it,pl\nstampa,dziennik\n", "Stampa lenta.", True),
        ("it,pl,case\nStampa,dziennik,no\n", "La stampa è lenta.", True),
        ("it,pl,case\nstampa,dziennik,yes\n", "Lo dice la Stampa.", False),
        ("it,pl,case\nstampa,dziennik,yes\n", "Ecco. «Stampa lenta».", True),
        ("it,pl\nStampa,druk\nCarta,papier\nPenna,pióro\nLibro,tom\nTavolo,stół\n", "La stampa.", True),
    ],
)  # fmt: skip
def test_case_counts_for_names_and_acronyms_or_as_the_column_says(tmp_path, lines, text, asks):
    assert bool(found(tmp_path, lines, {"it": text, "pl": "Nic."})) == asks


def test_the_target_may_write_a_term_in_its_own_case_unless_the_column_says_otherwise(tmp_path):
    texts = {"it": "Il Papa parla.", "pl": "Mówi papież."}
    assert found(tmp_path, "it,pl\nPapa,Papież\n", texts) == []
    assert found(tmp_path, "it,pl,case\nPapa,Papież,yes\n", texts) == [("entities.term", "Papież")]


def test_a_case_that_is_neither_yes_nor_no_is_an_error(tmp_path):
    with pytest.raises(InputError, match=r"g.csv, line 2: case is 'maybe'; write yes or no"):
        found(tmp_path, "it,pl,case\na,b,maybe\n", {"it": "a", "pl": "b"})
