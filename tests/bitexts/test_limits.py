"""How long a translation may be by its XLIFF file."""

import csv
import io

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main

HEAD_1 = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file original="a" source-language="it" target-language="pl"><body>'
)
HEAD_2 = (
    '<xliff version="2.1" srcLang="it" trgLang="pl" xmlns="urn:oasis:names:tc:xliff:document:2.0" '
    'xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0">'
    '<file id="f"{own}>{profiles}{body}</file></xliff>'
)
PROFILES = '<slr:profiles generalProfile="xliff:codepoints" storageProfile="xliff:utf8"/>'


def old(target, attributes):
    unit = f'<trans-unit id="1" {attributes}><source>Apri</source><target>{target}</target></trans-unit>'
    return f"{HEAD_1}{unit}</body></file></xliff>"


def new(body, profiles=PROFILES, own=""):
    return HEAD_2.format(body=body, profiles=profiles, own=own)


def unit(*targets, attributes="", number=1):
    segments = "".join(
        f"<segment><source>Apri</source><target>{target}</target></segment>" for target in targets
    )
    return f'<unit id="{number}" {attributes}>{segments}</unit>'


@pytest.fixture
def messages(tmp_path):
    def run(content):
        path = tmp_path / "a.xlf"
        path.write_text(content, encoding="utf-8")
        only = ["--no-similarity", "--only", "characters.limit"]
        result = CliRunner().invoke(main, ["check", str(path), *only])
        assert result.exit_code == 0, result.output
        return [row["message"] for row in csv.DictReader(io.StringIO(result.stdout))]

    return run


@pytest.mark.parametrize(
    ("target", "attributes", "message"),
    [
        ("Otwórz plik", 'maxwidth="8" size-unit="char"', "has 11 characters, 3 more than allowed"),
        ("Otwórz", 'maxbytes="6"', "has 7 bytes, 1 more than allowed"),
        ("Otwórz", 'minwidth="9" size-unit="char"', "has 6 characters, and needs 9"),
        ("Otwórz &lt;b&gt;", 'maxwidth="6" size-unit="byte"', "has 11 bytes, 5 more than allowed"),
    ],
)
def test_what_is_too_long_or_too_short_is_told(messages, target, attributes, message):
    assert messages(old(target, attributes)) == [f"The Polish text {message}"]


@pytest.mark.parametrize(
    ("target", "attributes"),
    [
        ("Otwórz", 'maxwidth="6" size-unit="char"'),
        ("Otwórz plik", 'maxwidth="8"'),  # pixels
        ("Otwórz plik", 'maxwidth="8" size-unit="pixel"'),
        ('Otwórz<x id="1" ctype="lb"/>plik', 'maxwidth="6" size-unit="char"'),  # of the widest line
        ('<g id="1">Otwórz</g>', 'maxwidth="6" size-unit="char"'),
        ("", 'minwidth="3" size-unit="char"'),
    ],
)
def test_what_fits_or_cannot_be_measured_is_not(messages, target, attributes):
    assert messages(old(target, attributes)) == []


def test_a_unit_of_xliff_2_is_measured_over_its_segments(messages):
    restricted = unit("Otwórz", "plik", attributes='slr:sizeRestriction="9"')
    assert messages(new(restricted)) == ["The Polish text has 10 characters, 1 more than allowed"]
    assert messages(new(restricted, profiles="")) == []  # nobody says how to count
    assert messages(new(unit("Otwórz", "pli", attributes='slr:sizeRestriction="9"'))) == []


def test_storage_is_counted_in_bytes_of_the_profile(messages):
    restricted = unit("żółw", attributes='slr:storageRestriction="2,6"')
    assert messages(new(restricted)) == ["The Polish text has 7 bytes, 1 more than allowed"]
    wide = PROFILES.replace("utf8", "utf16")
    assert messages(new(restricted, wide)) == ["The Polish text has 8 bytes, 2 more than allowed"]


def test_a_text_is_counted_in_the_form_that_the_profile_names(messages):
    decomposed = unit("o\u0301", attributes='slr:sizeRestriction="1"')
    composed = PROFILES.replace("/>", '><slr:normalization general="nfc"/></slr:profiles>')
    assert len(messages(new(decomposed))) == 1
    assert messages(new(decomposed, composed)) == []


def test_groups_and_files_are_measured_over_all_their_units(messages):
    group = f'<group id="g" slr:sizeRestriction="5,*">{unit("Tak")}{unit("Nie", number=2)}</group>'
    assert messages(new(group)) == []
    file = new(f'<group id="g">{unit("Tak")}{unit("Nie", number=2)}</group>', own=' slr:sizeRestriction="5"')
    assert messages(file) == ["The <file> in Polish has 6 characters, 1 more than allowed"]


def test_a_part_of_a_text_may_be_restricted_and_codes_have_a_size(messages):
    part = unit('Plik <pc id="1" slr:sizeRestriction="4">otwarty</pc>')
    assert messages(new(part)) == ["The <pc> in Polish has 7 characters, 3 more than allowed"]
    code = unit('Plik<ph id="1" slr:equivStorage="3"/>', attributes='slr:storageRestriction="6"')
    assert messages(new(code)) == ["The Polish text has 7 bytes, 1 more than allowed"]
