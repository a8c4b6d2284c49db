"""Reading CSV tables, TMX memories and XLIFF files, good ones and hostile ones."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bitexts import read_bitext
from pipeline.errors import InputError
from pipeline.languages.codes import language_code

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="ko-KR" datatype="xml"/><body>
<tu tuid="u1">
<tuv xml:lang="it-IT"><seg>Il gatto <bpt i="1">&lt;b&gt;</bpt>dorme<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="ko-KR"><seg>고양이가 <hi>잔다</hi>.</seg></tuv>
</tu>
<tu><tuv lang="KO"><seg>비가 온다.</seg></tuv><tuv lang="PL"><seg>Pada.</seg></tuv></tu>
</body></tmx>"""

XLIFF_1 = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="it-IT" target-language="pl-PL" datatype="html"><body>
<trans-unit id="1"><source>Il <g id="1">gatto</g><x id="2"/> dorme.</source>
<target>Kot <g id="1">śpi</g>.</target>
<alt-trans><source>Altro</source><target>Inne</target></alt-trans></trans-unit>
<trans-unit id="2" translate="no"><source>ABC</source><target>ABC</target></trans-unit>
<group translate="no"><trans-unit id="3"><source>DEF</source></trans-unit>
<trans-unit id="4" translate="yes"><source>Piove.</source></trans-unit></group>
</body></file></xliff>"""

XLIFF_2 = """<xliff version="2.1" srcLang="it" trgLang="ko" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f1"><unit id="u1">
<segment id="s1"><source>Il <pc id="1">gatto</pc> dorme<ph id="2"/>.</source>
<target>고양이가 잔다.</target></segment>
<segment><source>Pio<cp hex="0007"/>ve.</source><target>비가 온다.</target></segment>
</unit></file></xliff>"""

BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>
<tmx version="1.4"><header srclang="it"/><body>
<tu><tuv xml:lang="it"><seg>&b;</seg></tuv></tu></body></tmx>"""

FILE_READER = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<xliff version="1.2"><file source-language="it" target-language="pl"><body>
<trans-unit id="1"><source>&secret;</source><target>a</target></trans-unit></body></file></xliff>"""


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def texts(path):
    return [segment.texts for segment in read_bitext(path).segments]


def test_a_memory_is_read_without_its_markup(tmp_path):
    bitext = read_bitext(write(tmp_path, "m.tmx", TMX))
    assert bitext.languages == ("ko", "it", "pl")  # the header says what the source is
    assert [segment.id for segment in bitext.segments] == ["u1", ""]
    assert bitext.segments[0].texts == {"it": "Il gatto dorme.", "ko": "고양이가 잔다."}
    assert bitext.segments[1].texts == {"ko": "비가 온다.", "pl": "Pada."}


def test_xliff_1_is_read_without_what_is_not_to_be_translated(tmp_path):
    bitext = read_bitext(write(tmp_path, "a.xlf", XLIFF_1))
    assert bitext.languages == ("it", "pl")
    assert [(s.id, s.texts, s.group) for s in bitext.segments] == [
        ("1", {"it": "Il gatto dorme.", "pl": "Kot śpi."}, "a.html"),
        ("4", {"it": "Piove.", "pl": ""}, "a.html"),
    ]


def test_xliff_2_is_read_segment_by_segment(tmp_path):
    bitext = read_bitext(write(tmp_path, "a.xliff", XLIFF_2))
    assert [(s.id, s.texts) for s in bitext.segments] == [
        ("u1/s1", {"it": "Il gatto dorme.", "ko": "고양이가 잔다."}),
        ("u1/2", {"it": "Pio\x07ve.", "ko": "비가 온다."}),
    ]


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path):
    table = 'note,IT,id,pl_PL,confidence\nx,"Uno,\ndue.",a1,Jeden.,0.25\n,,,,\ny,Tre.,a2,,\n'
    bitext = read_bitext(write(tmp_path, "t.csv", table))
    assert bitext.languages == ("it", "pl")
    assert [(s.id, s.texts, s.confidence, s.line) for s in bitext.segments] == [
        ("a1", {"it": "Uno,\ndue.", "pl": "Jeden."}, 0.25, 2),
        ("a2", {"it": "Tre.", "pl": ""}, 1.0, 5),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_tables_of_any_office_are_read(tmp_path, delimiter, encoding):
    lines = ["it ko", *[f"Il gatto dorme {k}. 고양이가 잔다 {k}." for k in range(9)]]
    rows = [line.replace(". ", ".\0", 1).replace("it ko", "it\0ko").split("\0") for line in lines]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    path = write(tmp_path, "t.csv", text.encode(encoding))
    assert texts(path) == [{"it": it, "ko": ko} for it, ko in rows[1:]]


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), st.text('abc ,"\n')),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_as_csv_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("it", "pl"), *rows])
    wanted = [{"it": it, "pl": pl} for it, pl in rows if it.strip() or pl.strip()]
    if wanted:
        assert texts(path) == wanted


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bomb.tmx", BOMB, "declares entities"),
        ("reader.xlf", FILE_READER, "declares entities"),
        ("cut.tmx", TMX[:300], "well-formed"),
        ("wrong.tmx", XLIFF_1, "not a TMX file"),
        ("wrong.xlf", TMX, "not an XLIFF file"),
        ("empty.tmx", "", "well-formed"),
        ("none.tmx", '<tmx version="1.4"><header srclang="it"/><body/></tmx>', "no text"),
        ("one.csv", "id,it\n1,Uno.\n", "two language codes"),
        ("none.csv", "", "two language codes"),
        ("bare.csv", "it,pl\n", "no text"),
        ("binary.csv", b"\x00\x01\x02\x03" * 99 + b"\x00", "binary"),
        ("text.docx", "x", "cannot check"),
    ],
)
def test_files_that_cannot_be_checked_are_one_clear_line(tmp_path, name, content, reason):
    with pytest.raises(InputError, match=reason):
        read_bitext(write(tmp_path, name, content))


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        read_bitext(tmp_path / "none.csv")


def test_a_secret_outside_the_file_is_never_read(tmp_path):
    with pytest.raises(InputError):
        read_bitext(write(tmp_path, "a.xlf", FILE_READER))


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("it-IT", "it"),
        ("PL_pl", "pl"),
        ("ko", "ko"),
        ("zh-Hant-TW", "zh-tw"),
        ("zh", "zh-cn"),
        ("nb-NO", "no"),
    ],
)
def test_language_tags_become_codes(tag, code):
    assert language_code(tag) == code
