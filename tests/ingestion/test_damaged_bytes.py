"""A few bad bytes cost a few letters, never the file; each shows in the text and as a suspicion."""

import random

import pytest

from pipeline.datatypes import RawText, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.encodings import decode
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare

TEXTS = {
    "it": (
        "La biblioteca è rimasta chiusa per l'umidità. Gli operai dicono che il tetto è da rifare, perché "
        "l'acqua è già arrivata ai libri più vecchi. Il direttore spera di riaprire a metà ottobre.\n\n"
    ),
    "ko": (
        "도서관이 습기 때문에 문을 닫았다. 지붕을 다시 고쳐야 한다고 인부들이 말했다. 관장은 시월 "
        "중순에 다시 열기를 바란다. 오래된 책들은 이미 물에 젖었다.\n\n"
    ),
    "pl": (
        "Bibliotekę zamknięto z powodu wilgoci. Robotnicy mówią, że dach trzeba położyć od nowa, bo woda "
        "dotarła już do najstarszych książek. Dyrektor liczy, że otworzą w połowie października.\n\n"
    ),
}
ENCODINGS = [
    *((language, "utf-8") for language in TEXTS),
    *(("it", "cp1252"), ("ko", "cp949"), ("pl", "cp1250"), ("pl", "iso8859-2")),
]
UNFIT = {"utf-8": 0xFF, "cp949": 0xFF, "cp1252": 0x81, "cp1250": 0x81, "iso8859-2": 0x81}
"""A byte that means nothing in the encoding."""
DETECTOR = LanguageDetector(("it", "ko", "pl"))


def damaged(data, count, place, byte):
    numbers = random.Random(len(data) + count)
    width = max(60, 4 * count)
    start = {"start": 0, "middle": (len(data) - width) // 2, "end": len(data) - width}[place]
    broken = bytearray(data)
    for position in numbers.sample(range(start, start + width), count):
        broken[position] = byte
    return bytes(broken)


@pytest.mark.parametrize("size", [300, 4_000, 60_000])
@pytest.mark.parametrize("place", ["start", "middle", "end"])
@pytest.mark.parametrize("count", [1, 3, 20])
@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_damaged_bytes_are_named(tmp_path, language, encoding, count, place, size):
    text = (TEXTS[language] * 500).encode(encoding)[:size].decode(encoding, "ignore")
    path = tmp_path / "a.txt"
    path.write_bytes(damaged(text.encode(encoding), count, place, UNFIT[encoding]))
    (raw,) = read_file(path, "a.txt")
    article = prepare(raw, DETECTOR)
    assert not isinstance(article, Rejection), article.reason
    assert article.language == language
    named = {(s.paragraph, s.position) for s in article.suspicions if s.name == "missing_characters"}
    lost = {
        (p.number, k)
        for p in article.paragraphs
        for k, letter in enumerate(p.text)
        if letter == "\ufffd" and p.text[k - 1 : k] != "\ufffd"
    }
    assert lost
    assert lost <= named


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_the_rest_of_a_damaged_text_is_as_it_was(language, encoding):
    text = TEXTS[language] * 4
    first = text.index(". ") + 1  # a space, so that nothing else is hit
    data = bytearray(text.encode(encoding))
    data[len(text[:first].encode(encoding))] = UNFIT[encoding]
    assert decode(bytes(data)).text == f"{text[:first]}\ufffd{text[first + 1 :]}"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("language", TEXTS)
def test_a_file_with_a_mark_that_was_cut_off(language, mark):
    data = TEXTS[language].strip().encode(mark)
    found = decode(data[:-1])
    assert found.text.rstrip("\ufffd") == TEXTS[language].strip()[: len(found.text.rstrip("\ufffd"))]
    assert len(found.text) >= len(TEXTS[language].strip()) - 1


@pytest.mark.parametrize("language", TEXTS)
def test_utf16_without_a_mark_and_with_half_a_unit(language):
    data = TEXTS[language].encode("utf-16-le")[:-1]
    assert decode(data).text == TEXTS[language][:-1] + "\ufffd"


@pytest.mark.parametrize(("language", "encoding"), ENCODINGS)
def test_a_zero_byte_makes_no_binary_file(language, encoding):
    text = TEXTS[language] * 3
    data = text.encode(encoding).replace(b".", b"\x00", 1)
    assert decode(data).text == text.replace(".", "\ufffd", 1)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("L'umidità è già qui, perciò si chiude.", "Il caffè è più caro: è la verità."),
        ("Zamknięto bibliotekę, bo wciąż było mokro.", "Książki są już w żółtej skrzyni."),
    ],
)
def test_lines_in_two_encodings(one, two):
    table = "cp1252" if "è" in one else "cp1250"
    found = decode(f"{one}\n".encode() * 3 + f"{two}\n".encode(table))
    assert one in found.text
    assert "\ufffd" in found.text
    assert found.text.replace("\ufffd", "")


def test_a_syllable_in_a_latin_text_is_no_korean():
    data = "La biblioteca è chiusa di lunedì.\n".encode() + b"Citt\xe0 aperta."
    assert decode(data).text == "La biblioteca è chiusa di lunedì.\nCitt\ufffd aperta."


@pytest.mark.parametrize("text", ["Excel 2019와 Word를 설치하세요.", "Wi-Fi 비밀번호는 관리자에게 문의"])
def test_korean_among_latin_words_is_still_korean(text):
    assert decode(text.encode("cp949")) == (text, "cp949")


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_no_text(seed, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(random.Random(seed).randbytes(4_000))
    (result,) = read_file(path, "a.txt")
    assert isinstance(result, Rejection)


@pytest.mark.parametrize("seed", range(5))
def test_high_bytes_without_words_are_no_text(seed):
    numbers = random.Random(seed)
    found = decode(bytes(numbers.randrange(0x80, 0x100) for _ in range(2_000)))
    assert isinstance(found, str)


def test_a_page_that_declares_its_encoding_may_have_a_bad_byte(tmp_path):
    page = f'<html><meta charset="euc-kr"><p>{TEXTS["ko"] * 5}</p></html>'
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp949").replace(b". ", b".\xff", 1))
    (raw,) = read_file(path, "a.html")
    assert isinstance(raw, RawText)
    assert raw.text == page.replace(". ", ".\ufffd", 1)
