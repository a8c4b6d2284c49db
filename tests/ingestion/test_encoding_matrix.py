"""Articles in 14 encodings and with 6 kinds of damage are read correctly or rejected with a reason."""

import html
import json
import unicodedata
from pathlib import Path

import ftfy.bad_codecs
import pytest

from pipeline.datatypes import Article, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare

assert ftfy.bad_codecs  # registers the sloppy tables
ARTICLES = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "articles.json").read_text(encoding="utf-8")
)
TEXTS = {
    language: "\n\n".join([article["title"], *(text for _, text in article["blocks"])])
    for language, article in ARTICLES.items()
}
DETECTOR = LanguageDetector(("it", "ko", "pl"))
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1250", "cp1252"),
    *("iso8859-1", "iso8859-2", "iso8859-15", "mac_roman", "cp949", "euc-kr"),
)


def misread(text, table):
    return text.encode().decode(table)


DAMAGE = {
    "none": lambda text: text,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "letters in pieces": lambda text: unicodedata.normalize("NFD", text),
    "mojibake": lambda text: misread(text, "sloppy-windows-1252"),
    "double mojibake": lambda text: misread(misread(text, "sloppy-windows-1252"), "sloppy-windows-1252"),
    "odd characters": lambda text: "\ufeff" + text.replace(" ", "\u00a0\u200b", 9).replace("n", "n\u00ad", 3),
    "entities": lambda text: html.escape(text, quote=False).encode("ascii", "xmlcharrefreplace").decode(),
}


def read(tmp_path, data):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (raw,) = read_file(path, "a.txt", Reading(10**6))
    return prepare(raw, DETECTOR)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", TEXTS)
def test_right_or_rejected(tmp_path, language, encoding, damage):
    try:
        data = DAMAGE[damage](TEXTS[language]).encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the table does not have the letters")
    result = read(tmp_path, data)
    if isinstance(result, Rejection):
        # without a mark, the control characters of mojibake look like binary data
        assert encoding in ("utf-16-le", "utf-16-be")
        assert "mojibake" in damage
        assert "binary" in result.reason
    else:
        assert result.language == language
        assert "\n\n".join(paragraph.text for paragraph in result.paragraphs) == TEXTS[language]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "iso8859-1"])
@pytest.mark.parametrize(
    "text",
    [
        "La mia città è più bella così.",
        "Il caffè si può pagare dopo, perché la cassa apre tardi.",
        "Die Mühle läuft wieder, und die Kinder hören das Rad schon früh am Morgen.",
        "La rivière a gelé cet hiver, et les bateaux sont restés à quai jusqu’à février.".replace("’", "'"),
        "El molino volvió a funcionar después de la primavera, según contó la dueña ayer.",
        "O moinho já não estava fechado quando as crianças chegaram à estação de manhã.",
        "Kvarnen vid ån går igen, och barnen får åka dit på söndag för att se den.",
    ],
)
def test_a_few_letters_tell_the_table_of_a_short_text(text, encoding):
    found = decode(text.encode(encoding))
    assert found.text == text


@pytest.mark.parametrize(
    "encoding", ["cp850", "cp852", "mac_latin2", "iso2022_kr", "johab", "utf-7", "cp1257"]
)
@pytest.mark.parametrize("language", TEXTS)
def test_tables_of_old_machines(tmp_path, language, encoding):
    try:
        data = TEXTS[language].encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the table does not have the letters")
    result = read(tmp_path, data)
    assert isinstance(result, Article), result
    assert "\n\n".join(paragraph.text for paragraph in result.paragraphs) == TEXTS[language]


@pytest.mark.parametrize("language", TEXTS)
def test_bytes_that_are_broken_show(tmp_path, language):
    data = bytearray(TEXTS[language].encode() * 2)
    place = data.index(TEXTS[language].encode()[:40], 50)
    del data[place - 3 : place - 2]  # out of the last word
    data[40:41] = b"\xff"
    result = read(tmp_path, bytes(data))
    if isinstance(result, Article) and "\ufffd" in "".join(p.text for p in result.paragraphs):
        assert "missing_characters" in {suspicion.name for suspicion in result.suspicions}
    else:
        assert isinstance(result, Rejection)
