"""One stage for one text: what the commands say of a file, without the file."""

import json

import pytest
from click.testing import CliRunner

from pipeline import detect, normalise, segment
from pipeline.cli.commands import main
from pipeline.errors import InputError, SettingError
from tests.browser import ROOT

SAMPLE = ROOT / "data" / "raw" / "ule-na-dachu.txt"
TEXT = (
    "Il museo è chiuso il lunedì. Riapre martedì.\n\n"
    "The tickets are sold at the entrance and on the website of the museum.\n\n"
    "Per il sig. Rossi c'è una visita guidata alle 10.30."
)


@pytest.fixture
def command(tmp_path):
    def run(text, *arguments):
        path = tmp_path / "t.txt"
        path.write_bytes(text.encode("utf-8"))
        done = CliRunner().invoke(main, [arguments[0], str(path), *arguments[1:]])
        assert done.exit_code == 0
        return done

    return run


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Costa  3\u00a0000 euro\u00ad.",
        "a\r\nb\r\n\r\nc",
        "caffe\u0300 ﬁne",
        "Ã¨ perchÃ©",
        "<b>x</b> &amp; y",
    ],
)
def test_normalise_is_what_the_command_prints(command, text):
    found = normalise(text)
    done = command(text, "normalise")
    assert found.text + "\n" == str(found) + "\n" == done.stdout
    assert len(done.stderr.splitlines()) == len(found.changes) + len(found.suspicions)


def test_changes_say_where_and_what():
    found = normalise("Uno.\n\nCosta  3 euro\u00ad.")
    assert [(c.name, c.paragraph, c.before, c.after) for c in found.changes] == [
        ("soft_hyphens", 2, "\u00ad", ""),
        ("space_runs", 2, " ", ""),
    ]
    assert normalise("Uno.\n\nCosta  3 euro.", skip=["space_runs"]).text == "Uno.\n\nCosta  3 euro."
    assert normalise(found.text).changes == ()


def test_what_looks_wrong_is_reported():
    assert [s.name for s in normalise("Era il XXNUMX secolo, perch? nessuno lo sa.").suspicions][:1] == [
        "machine_translation"
    ]


def test_halves_of_characters_are_taken_out():
    assert normalise("Il muse\ud800o.").text.encode()


def test_detect_is_what_the_command_prints(command):
    found = detect(TEXT)
    assert (found.language, found.confidence, str(found)) == ("it", found.confidence, "it")
    assert found.paragraphs == ("it", "en", "it")
    first, second = command(TEXT, "detect").stdout.splitlines()
    assert first.split("\t")[:2] == [found.language, f"{found.confidence:.2f}"]
    assert second.startswith("  paragraph 2 is en: The tickets are sold")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("박물관은 월요일에 문을 닫는다.", "ko"),
        ("Muzeum jest zamknięte w poniedziałki.", "pl"),
        ("123", ""),
        ("", ""),
    ],
)
def test_detect(text, language):
    assert detect(text).language == language


def test_detect_among_other_languages():
    german = "Das Museum ist montags geschlossen."
    assert detect(german, languages="de,en").language == "de"
    assert detect(german, languages=["de", "en"]) == detect(german, languages="de,en")


def test_segment_is_what_the_command_prints(command):
    for text in [TEXT, SAMPLE.read_text(encoding="utf-8")]:
        record = json.loads(command(text, "segment", "--format", "json").stdout)
        expected = [
            (
                p["kind"],
                p["language"],
                p["text"],
                tuple(p["text"][start:end] for start, end in p["sentences"]),
            )
            for p in record["paragraphs"]
        ]
        assert segment(text) == expected


def test_segment_follows_the_language_that_is_given():
    text = "Przyszedł prof. Nowak. Potem padało."
    assert segment(text, "pl")[0].sentences == ("Przyszedł prof. Nowak.", "Potem padało.")
    assert {part.language for part in segment("Prof. A. 12", "ko")} <= {"ko", ""}


def test_segment_needs_no_language_to_be_told():
    assert [part.sentences for part in segment("123\n\n?!")] == [("123",), ("?!",)]
    assert segment("") == []


@pytest.mark.parametrize("function", [normalise, detect, segment])
@pytest.mark.parametrize("text", [None, 3, b"testo", ["testo"]])
def test_what_is_no_text(function, text):
    with pytest.raises(InputError, match=f"the text is of type {type(text).__name__}, not str"):
        function(text)


@pytest.mark.parametrize(
    ("function", "options"),
    [
        (normalise, {"skip": ["commas"]}),
        (detect, {"languages": ["it", "xx"]}),
        (detect, {"languages": "it,it"}),
        (segment, {"language": "xx"}),
    ],
)
def test_options_that_make_no_sense(function, options):
    with pytest.raises(SettingError):
        function("testo", **options)
