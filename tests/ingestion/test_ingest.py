"""Reading files yields texts or reasons for rejection."""

import codecs
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datatypes import RawText, Rejection
from pipeline.errors import InputError
from pipeline.ingestion.encodings import declared_encoding, decode
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import find_files, list_files, printable_name, read_below, read_file

ITALIAN = "Perché così? La città è più bella d'estate, però d'inverno l'università è già aperta.\n"
KOREAN = "안녕하세요. 이 글은 한국어로 쓴 짧은 문장입니다. 날씨가 좋으면 산책을 갑니다.\n"
POLISH = "Zażółć gęślą jaźń. Dziś wieczorem pójdziemy nad rzekę, jeśli przestanie padać śnieg.\n"
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def _write(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _read_all(folder):
    return [result for path in find_files(folder) for result in read_below(folder, path)]


def _reason(path, **options):
    (result,) = read_file(path, path.name, **options)
    assert isinstance(result, Rejection)
    return result.reason


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (ITALIAN, KOREAN, POLISH) for encoding in UNICODE]
    + [(ITALIAN, encoding) for encoding in ("cp1252", "iso8859-1", "iso8859-15")]
    + [(POLISH, encoding) for encoding in ("cp1250", "iso8859-2")]
    + [(KOREAN, encoding) for encoding in ("cp949", "euc-kr")],
)
def test_encodings(text, encoding):
    found = decode(text.encode(encoding))
    assert not isinstance(found, str), found
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("„Tak” – powiedział Łukasz i wyszedł… Nikt go już nie widział.", "cp1250"),
        ("“Sì” – disse lui… L’estate è finita. Costa 5 €.", "cp1252"),
        ("È vero, ma non lo sapeva nessuno.", "cp1252"),
        ("Microsoft Office를 설치하고 Windows를 다시 시작하세요.", "cp949"),
        ("펲시콜라를 마시며 똠방각하를 보았다.", "cp949"),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy, řekl učitel.", "cp1250"),
        ("Выставка открыта до воскресенья, вход бесплатный.", "cp1251"),
    ],
)
def test_short_and_mixed_texts_in_old_encodings(text, encoding):
    found = decode(text.encode(encoding))
    assert not isinstance(found, str), found
    assert found.text == text


def test_utf8_is_not_guessed_away_by_a_declaration():
    assert decode(KOREAN.encode(), "iso-8859-1").text == KOREAN


def test_a_declaration_decides_what_bytes_leave_open():
    page = '<html><meta charset="iso-8859-2"><p>mąż</p></html>'
    data = page.encode("iso-8859-2")
    assert declared_encoding(data) == "iso-8859-2"
    assert decode(data, declared_encoding(data)).text == page


def test_a_page_that_declares_a_smaller_table_keeps_its_letters():
    page = '<meta charset="iso-8859-2"><p>Cały świat śpi, a źródło „bije”…</p>'
    data = page.encode("cp1250")
    assert decode(data, declared_encoding(data)).text == page


@pytest.mark.parametrize(
    "name", ["ISO8859-1", "iso_8859-1", "latin-1", "latin1", "l1", "us-ascii", "windows-1252"]
)
def test_every_name_of_latin_1_means_the_larger_table(name):
    text = "<p>L’estate è “finita”… Costa 5 €."
    assert decode(text.encode("cp1252"), name) == (text, "cp1252")


@pytest.mark.parametrize("name", ["euc-kr", "euckr", "ks_c_5601", "ks_c_5601-1987", "uhc"])
def test_every_name_of_euc_kr_means_the_larger_table(name):
    text = "<p>똠방각하</p>"
    assert decode(text.encode("cp949"), name) == (text, "cp949")


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("iso-8859-2", "<p>mąż</p>", "iso8859-2"),
        ("big5", "<p>花園</p>", "big5"),
        ("euc-jp", "<p>庭</p>", "euc_jp"),
    ],
)
def test_what_is_declared_and_possible_is_believed(name, text, encoding):
    assert decode(text.encode(encoding), name) == (text, encoding)


@pytest.mark.parametrize(
    "name",
    [
        "utf-16le",
        "utf-16-be",
        "utf-32",
        "utf-7",
        "unicode_escape",
        "raw_unicode_escape",
        "punycode",
        "rot13",
        "hex",
        "cp037",
        "\x00",
    ],
)
def test_a_declaration_of_what_no_page_is_written_in_is_passed_over(name):
    text = f"<p>{ITALIAN * 2}</p> "
    assert len(text) % 4 == 0  # or UTF-16 and UTF-32 would not fit anyway
    assert decode(text.encode("cp1252"), name) == (text, "cp1252")


def test_a_declaration_of_an_unknown_encoding_is_passed_over():
    assert decode(ITALIAN.encode("cp1252"), "x-klingon").text == ITALIAN


def test_a_broken_byte_in_utf8_shows():
    found = decode(KOREAN.encode() * 10 + b"\xff" + KOREAN.encode() * 10)
    assert found.encoding == "utf-8"
    assert found.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        bytes(range(256)) * 4,
        b"PK\x03\x04\x14\x00\x06\x00" + os.urandom(64) + b"\x00",
        b"%PDF-1.4\n" + bytes(range(128, 160)) * 20,
        codecs.BOM_UTF16_LE + b"\xd8" * 40,
    ],
    ids=["png", "all bytes", "zip", "pdf", "half surrogates"],
)
def test_binary_files_are_rejected(tmp_path, data):
    assert _reason(_write(tmp_path, "a.txt", data))


@given(st.binary(max_size=200))
def test_no_bytes_raise(data):
    found = decode(data)
    assert isinstance(found, str) or found.text is not None


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t \n", "blank"),
        ("a.txt", codecs.BOM_UTF8, "empty|blank"),
        ("a.txt", b"2018-09-30\n12,5 %\n***\n", "digits"),
        ("a.xyz", b"words", r"\.xyz.*not supported"),
        ("a.doc", b"words", r"\.doc .*not supported; save it as \.docx"),
        ("a.\xff\n", b"words", "not supported"),
    ],
)
def test_useless_files_are_rejected_with_the_reason(tmp_path, name, data, reason):
    (result,) = read_file(_write(tmp_path, name, data), name)
    assert isinstance(result, Rejection)
    assert re.search(reason, result.reason)


def test_a_large_file_is_rejected_unread(tmp_path):
    path = _write(tmp_path, "a.txt", b"x" * 101)
    assert "too large" in _reason(path, reading=Reading(100))
    assert isinstance(read_file(path, "a.txt", Reading(101))[0], RawText)


def test_a_missing_folder_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        find_files(tmp_path / "none")
    with pytest.raises(InputError, match="not a folder"):
        find_files(_write(tmp_path, "file.txt", b"x"))


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(40, "Too many links")])
def test_a_folder_that_cannot_be_looked_at_is_an_input_error(tmp_path, monkeypatch, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(InputError, match="cannot open") as raised:
        find_files(tmp_path / "closed" / "raw")
    assert error.strerror in str(raised.value)


def test_files_come_in_the_order_of_their_names(tmp_path):
    names = ["b/a.txt", "B.txt", "b.txt", "é.txt", "a.md", "b/c/d.html", "10.txt", "9.txt"]
    for name in names:
        _write(tmp_path, name, b"word")
    for hidden in (".gitkeep", ".git/config.txt", "b/.hidden.txt"):
        _write(tmp_path, hidden, b"word")
    assert [result.file for result in _read_all(tmp_path)] == sorted(names)


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_of_any_bytes_can_be_written(tmp_path):
    names = [b"\xff.txt", b"a\nb.txt", b"\\xff.txt", b'=HYPERLINK("x").txt', "한.txt".encode()]
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:  # noqa: PTH118, PTH123
            stream.write(b"word")
    found = [result.file for result in _read_all(tmp_path)]
    assert len(set(found)) == len(names)
    assert all(name.encode("utf-8").decode().isprintable() for name in found)
    assert '=HYPERLINK("x").txt' in found


def test_links(tmp_path):
    raw = tmp_path / "raw"
    secret = _write(tmp_path, "secret.txt", b"password")
    inside = _write(raw, "inside.txt", b"some words")
    _write(raw, "folder/file.txt", b"more words")
    (raw / "good.txt").symlink_to(inside)
    (raw / "outside.txt").symlink_to(secret)
    (raw / "dangling.txt").symlink_to(raw / "none.txt")
    (raw / "loop.txt").symlink_to(raw / "loop.txt")
    (raw / "linked").symlink_to(raw / "folder")
    results = {result.file: result for result in _read_all(raw)}
    assert isinstance(results["good.txt"], RawText)
    assert "outside" in results["outside.txt"].reason
    assert "does not exist" in results["dangling.txt"].reason
    assert "circle" in results["loop.txt"].reason
    assert "folder" in results["linked"].reason
    assert "linked/file.txt" not in results


def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (result,) = _read_all(tmp_path)
    assert "regular" in result.reason


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_folders_are_rejected(tmp_path):
    _write(tmp_path, "a.txt", b"word").chmod(0)
    _write(tmp_path, "b/c.txt", b"word").parent.chmod(0)
    reasons = {result.file: result.reason for result in _read_all(tmp_path)}
    (tmp_path / "b").chmod(0o700)
    assert set(reasons) == {"a.txt", "b"}
    assert all("cannot" in reason for reason in reasons.values())


def test_printable_names_are_reversible():
    assert printable_name(Path("a/b c.txt")) == "a/b c.txt"
    assert printable_name(Path("a\\x")) == "a\\x5cx"
    assert printable_name(Path("\udcff")) == "\\xff"


def test_files_are_called_by_their_place_below_the_folder_however_that_is_written(tmp_path, monkeypatch):
    _write(tmp_path, "b.txt", b"x")
    (tmp_path / "a").mkdir()
    _write(tmp_path / "a", "c.txt", b"x")
    monkeypatch.chdir(tmp_path)
    for raw in (Path(), tmp_path, tmp_path / "a" / ".."):
        assert [file.name for file in list_files(raw)] == ["a/c.txt", "b.txt"]
