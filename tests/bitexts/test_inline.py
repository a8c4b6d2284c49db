"""Inline codes of XLIFF and TMX, tracked changes, and the languages that such files name."""

import csv
import io

import pytest
from click.testing import CliRunner

from pipeline.bitexts import read_bitext
from pipeline.bitexts.check import check_bitext
from pipeline.bitexts.table import language_columns
from pipeline.cli.commands import main
from pipeline.errors import InputError
from pipeline.languages.codes import is_known, language_code

OBJECT = "\ufffc"


def xliff(source, target, languages=("it", "pl"), version="1.2"):
    if version == "1.2":
        return (
            '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="urn:sdl">'
            f'<file original="a" source-language="{languages[0]}" target-language="{languages[1]}"><body>'
            f'<trans-unit id="1"><source>{source}</source><target>{target}</target></trans-unit>'
            "</body></file></xliff>"
        )
    return (
        f'<xliff version="2.1" srcLang="{languages[0]}" trgLang="{languages[1]}" '
        'xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="1"><segment>'
        f"<source>{source}</source><target>{target}</target></segment></unit></file></xliff>"
    )


def tmx(languages, *texts):
    variants = "".join(
        f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>' for code, text in zip(languages, texts, strict=True)
    )
    return f'<tmx version="1.4"><header srclang="{languages[0]}"/><body><tu>{variants}</tu></body></tmx>'


@pytest.fixture
def read(tmp_path):
    def run(content, name="a.xlf"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_bitext(path)

    return run


@pytest.fixture
def check(tmp_path):
    def run(content, name="a.xlf"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        result = CliRunner().invoke(main, ["check", str(path), "--no-similarity"])
        assert result.exit_code == 0, result.stderr
        return [(row["rule"], row["message"]) for row in csv.DictReader(io.StringIO(result.stdout))]

    return run


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('Aula 7<x id="1"/>24 banchi', f"Aula 7{OBJECT}24 banchi"),
        ('Aula 7<ph id="1" ctype="lb">&lt;br/&gt;</ph>24 banchi', "Aula 7\n24 banchi"),
        ("Aula 7<ph>&lt;br /&gt;</ph>24 banchi", "Aula 7\n24 banchi"),
        ('<g id="1">Aula 7</g><g id="2">24 banchi</g>', f"Aula 7{OBJECT}24 banchi"),
        ('Un <g id="1">bel</g> gatto', "Un bel gatto"),
        ('Il gatto<x id="1"/> dorme.', "Il gatto dorme."),
        ('Ha <x id="1"/>, credo, ragione.', f"Ha {OBJECT}, credo, ragione."),
        ('Ciao <x id="1" equiv-text="{{ nome }}"/>!', "Ciao {{ nome }}!"),
        ('Ciao <ph id="1">%s</ph>!', "Ciao %s!"),
        ('Fine.<bx id="1"/>Inizio', f"Fine.{OBJECT}Inizio"),
    ],
)
def test_a_code_parts_words_and_leaves_no_gap(read, source, text):
    (segment,) = read(xliff(source, "Tak.")).segments
    assert segment.texts["it"] == text


def test_line_breaks_of_xliff_2_part_numbers(read):
    source = 'Aula 7<ph id="1" type="fmt" subType="xlf:lb"/>24 banchi'
    (segment,) = read(xliff(source, "Tak.", version="2.1")).segments
    assert segment.texts["it"] == "Aula 7\n24 banchi"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ('<g id="1">Porta 4</g><g id="2">8 sedie</g>', '<g id="2">8 krzeseł</g>, <g id="1">drzwi 4</g>'),
        ('Costa <x id="1"/> euro.', 'Kosztuje <x id="1"/> euro.'),
        (
            '<bpt id="1">&lt;b&gt;</bpt>Sì<ept id="1">&lt;/b&gt;</ept>!',
            '<bpt id="1">&lt;b&gt;</bpt>Tak<ept id="1">&lt;/b&gt;</ept>!',
        ),
        (
            'Ciao <x id="1" equiv-text="{a}"/> e <x id="2" equiv-text="{b}"/>',
            'Cześć <x id="2" equiv-text="{b}"/> i <x id="1" equiv-text="{a}"/>',
        ),
    ],
)  # fmt: skip
def test_the_same_codes_are_no_finding(check, source, target):
    assert check(xliff(source, target)) == []


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        (
            'Piove<x id="1"/> oggi.',
            "Dziś pada.",
            'The code “<x id="1">” of the Italian text is missing in Polish',
        ),
        (
            "Piove oggi.",
            '<g id="4">Dziś</g> pada.',
            'The code “<g id="4">” of the Polish text is missing in Italian',
        ),
        ('Ciao <x id="1" equiv-text="{nome}"/>!', "Cześć!", "“{nome}” stands in Italian but not in Polish"),
        (
            '<bx id="1"/>Sì<ex id="1"/>!',
            '<ex id="1"/>Tak<bx id="1"/>!',
            'The code “<ex id="1">” ends before it begins in Polish',
        ),
    ],
)
def test_codes_that_differ_are_told(check, source, target, message):
    assert check(xliff(source, target)) == [("characters.placeholder", message)]


def test_codes_of_a_memory_are_told_by_what_they_stand_for(check):
    same = tmx(("it", "ko"), 'Sala <ph x="1">&lt;a&gt;</ph>9', '<ph x="7">&lt;a&gt;</ph>9호실')
    assert check(same, "m.tmx") == []
    lost = tmx(("it", "ko"), "Sala <it pos='begin'>&lt;td&gt;</it>9", "9호실")
    assert [rule for rule, _ in check(lost, "m.tmx")] == ["characters.placeholder"]


@pytest.mark.parametrize("name", ["x-sdl-deleted", "x-sdl-feedback-deleted", "deleted"])
def test_deleted_text_is_gone_and_added_text_stands(read, name):
    target = f'Zamknięte <mrk mtype="{name}">4 <x id="9"/>maja</mrk><mrk mtype="x-sdl-added">7 maja</mrk>.'
    (segment,) = read(xliff("Chiuso il 7 maggio.", target)).segments
    assert segment.texts["pl"] == "Zamknięte 7 maja."
    assert segment.codes["pl"] == ()


def test_other_marks_are_text(read):
    (segment,) = read(xliff('Il <mrk mtype="term">torchio</mrk> è fermo.', "Prasa stoi.")).segments
    assert segment.texts["it"] == "Il torchio è fermo."


@pytest.mark.parametrize(
    ("tag", "code"),
    [("ita", "it"), ("pol", "pl"), ("kor-KR", "ko"), ("ger", "de"), ("deu", "de"), ("pl_PL.UTF-8", "pl"),
     ("zho", "zh-cn"), ("iw", "he"), ("EN", "en")],
)  # fmt: skip
def test_every_spelling_of_a_code_is_read(tag, code):
    assert language_code(tag) == code
    assert is_known(language_code(tag))


@pytest.mark.parametrize("tag", ["xq", "klingonish", "", "i-none", "12"])
def test_what_no_language_is_called_is_not_known(tag):
    assert not is_known(language_code(tag))


def test_memories_and_files_of_unknown_languages_are_refused(read):
    for content, name in (
        (tmx(("it", "xq"), "Sì.", "Tak."), "m.tmx"),
        (tmx(("it", ""), "Sì.", "Tak."), "m.tmx"),
        (xliff("Sì.", "Tak.", ("italiano!", "pl")), "a.xlf"),
        (xliff("Sì.", "Tak.", ("it", "qq"), "2.1"), "a.xlf"),
    ):
        with pytest.raises(InputError, match="language"):
            read(content, name)


def test_columns_named_by_three_letters_are_languages_where_no_shorter_names_are():
    assert language_columns(["id", "ita", "kor", "cat"]) == {"it": 1, "ko": 2}
    assert language_columns(["it", "pl", "ces"]) == {"it": 0, "pl": 1}
    assert language_columns(["pol", "it", "tel"]) == {"pl": 0, "it": 1}


def test_languages_may_be_asked_for_by_any_code(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("it,ko,pl\nHa 5 gatti.,고양이 6마리.,Ma 5 kotów.\n", encoding="utf-8")
    checked = check_bitext(path, ("ita", "pol"), similarity=False)
    assert (checked.rows[0].languages, checked.findings) == (("it", "pl"), [])
