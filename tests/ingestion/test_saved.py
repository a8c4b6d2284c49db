"""Saved pages, mail and web archives: text in the charset that they declare; what is not read is told."""

import base64
import gzip
import io
import json
import time
import tracemalloc
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest

from pipeline.datatypes import RawText, Rejection
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.warc import items_of_stream
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.clean import clean_blocks

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = json.loads((FIXTURES / "articles.json").read_text(encoding="utf-8"))
READING = Reading(4_000_000)
IT = "Il treno della valle è tornato in servizio lunedì, perché i binari sono stati riparati."
KO = "골짜기의 기차가 월요일부터 다시 다니는데, 그것은 선로를 모두 고쳤기 때문이다."
PL = "Pociąg w dolinie wrócił w poniedziałek na trasę, ponieważ naprawiono już wszystkie tory."


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_file(path, name, READING)


def blocks(raw):
    assert isinstance(raw, RawText), raw
    return [tuple(block) for block in clean_blocks(raw)[0]]


def own(raw):
    return [text for kind, text in blocks(raw) if kind != "boilerplate"]


@pytest.mark.parametrize(
    ("name", "languages", "rest"),
    [
        ("saved.mhtml", ["it"], []),
        ("mail.eml", ["pl"], ["gufi.pdf"]),
        ("crawl.warc", ["it", "ko", "pl"], ["others"]),
    ],
)
def test_the_articles_of_the_fixtures(name, languages, rest):
    found = read_file(FIXTURES / "formats" / name, name, READING)
    for raw, language in zip(found, languages, strict=False):
        article = ARTICLES[language]
        assert blocks(raw) == [("title", article["title"]), *map(tuple, article["blocks"])]
        assert "14" in raw.metadata.date
    assert [part.file for part in found[len(languages) :]] == [f"{name}#{address}" for address in rest]
    assert all(isinstance(part, Rejection) for part in found[len(languages) :])


def mhtml(*parts, head=""):
    body = "".join(f"--B\r\n{part}\r\n" for part in parts)
    head += 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n'
    return f"Subject: x\r\n{head}\r\n{body}--B--\r\n"


@pytest.mark.parametrize(
    ("charset", "text"), [("utf-8", KO), ("euc-kr", KO), ("iso-8859-2", PL), ("windows-1252", IT)]
)
@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_a_saved_page_in_its_charset(tmp_path, charset, text, encoding):
    html = f"<html><body><h1>Uno</h1><p>{text}</p></body></html>".encode(charset)
    body = base64.encodebytes(html) if encoding == "base64" else html
    head = f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    data = (
        mhtml("@", head="Snapshot-Content-Location: https://e.org/a\r\n")
        .encode()
        .replace(b"@", head.encode() + body)
    )
    for name in ("a.mhtml", "a.mht"):
        (raw,) = read(tmp_path, name, data)
        assert blocks(raw) == [("title", "Uno"), ("paragraph", text)]
        assert raw.metadata.url == "https://e.org/a"


def test_the_page_of_a_saved_file_is_the_one_that_it_starts_with(tmp_path):
    frame = f"Content-Type: text/html\r\nContent-ID: <f1>\r\n\r\n<p>{PL}</p>"
    page = (
        f"Content-Type: text/html\r\nContent-ID: <r>\r\nContent-Location: https://e.org/r\r\n\r\n<p>{IT}</p>"
    )
    style = "Content-Type: text/css\r\n\r\np{color:red}"
    data = mhtml(frame, style, page).replace('boundary="B"', 'boundary="B"; start="<r>"')
    (raw,) = read(tmp_path, "a.mhtml", data)
    assert (own(raw), raw.metadata.url) == ([IT], "https://e.org/r")
    frames = "Content-Type: text/html\r\n\r\n<html><frameset cols=1,2><frame src=cid:f1></frameset></html>"
    (raw,) = read(tmp_path, "b.mhtml", mhtml(frames, frame))
    assert own(raw) == [PL]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (mhtml("Content-Type: image/png\r\n\r\nx"), "no page"),
        ("<p>solo html</p>", "no headers"),
        (b"\x00\x01", "no headers"),
        (
            "Content-Type: multipart/mixed; boundary=a\r\n\r\n" + "--a\r\nboundary\r\n" * 300,
            "inside one another",
        ),
    ],
)
def test_what_is_no_saved_page_says_why(tmp_path, data, reason):
    (found,) = read(tmp_path, "a.mhtml", data)
    assert reason in found.reason


def mail(text=None, html=None, subject="Il treno", **headers):
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "Anna Rossi <anna@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


@pytest.mark.parametrize(
    ("subject", "text"), [("Il treno è tornato", IT), ("기차 소식", KO), ("Pociąg wrócił – nareszcie", PL)]
)
def test_a_mail_in_text(tmp_path, subject, text):
    data = mail(f"{text}\n\n{text}\n", subject=subject, Message_ID="<1@example.org>").as_bytes()
    (raw,) = read(tmp_path, "a.eml", data)
    assert own(raw) == [subject, text, text]
    assert (raw.metadata.title, raw.metadata.author, raw.metadata.id) == (
        subject,
        "Anna Rossi",
        "1@example.org",
    )


def test_of_two_versions_the_richer_is_read(tmp_path):
    data = mail("piatto", f"<p>{IT}</p><ul><li>uno</li></ul>").as_bytes()
    (raw,) = read(tmp_path, "a.eml", data)
    assert blocks(raw) == [("title", "Il treno"), ("paragraph", IT), ("list-item", "uno")]
    (raw,) = read(tmp_path, "a.eml", mail(IT, "<p> </p>").as_bytes())
    assert own(raw) == ["Il treno", IT]


REPLY = (
    "{}\n\nPoi:\n\n> come va?\n\nBene.\n\nIl 3 marzo 2026 Marco Verdi ha scritto:\n> {}\n>\n> Ciao\n\n"
    "-- \nAnna Rossi\nTel. 12\n"
)


def test_what_a_reply_quotes_at_its_end_and_the_signature_are_boilerplate(tmp_path):
    (raw,) = read(tmp_path, "a.eml", mail(REPLY.format(IT, PL)).as_bytes())
    assert own(raw) == ["Il treno", IT, "Poi:", "come va?", "Bene."]
    quoted = " ".join(text for kind, text in blocks(raw) if kind == "boilerplate")
    assert all(part in quoted for part in ("Marco Verdi", PL, "Ciao", "Anna Rossi", "Tel. 12"))


def test_a_mail_that_only_quotes_is_its_quotation(tmp_path):
    (raw,) = read(tmp_path, "a.eml", mail(f"> {IT}\n").as_bytes())
    assert own(raw) == ["Il treno", IT]


def test_the_quotation_of_a_mail_in_html_is_boilerplate(tmp_path):
    answered = f'<div class="gmail_attr">Marco:</div><blockquote>{PL[:40]}</blockquote>'
    quote = f'<div class="gmail_quote">{answered}</div>'
    (raw,) = read(tmp_path, "a.eml", mail(html=f"<div>{IT}</div><div>{KO}</div>{quote}").as_bytes())
    assert own(raw) == ["Il treno", IT, KO]
    assert len(blocks(raw)) == 5


def test_flowed_lines_are_one_paragraph(tmp_path):
    head = "Subject: a\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    body = "Il treno della valle \r\nè tornato in \r\nservizio.\r\n> Quando \r\n> torna?\r\nLunedì.\r\n"
    (raw,) = read(tmp_path, "a.eml", head + body)
    assert own(raw) == ["a", "Il treno della valle è tornato in servizio.", "Quando torna?", "Lunedì."]


def test_attached_files_are_named(tmp_path):
    message = mail(IT)
    message.add_attachment(b"x", "application", "pdf", filename="orario però.pdf")
    message.add_attachment(f"{PL}\n", filename="lista.txt")
    message.add_attachment(mail(KO))
    raw, *files = read(tmp_path, "a.eml", message.as_bytes())
    assert own(raw) == ["Il treno", IT]
    assert [part.file for part in files] == ["a.eml#orario però.pdf", "a.eml#lista.txt", "a.eml#attachment 3"]
    assert all("attachment" in part.reason for part in files)


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?S=C3=AC?= e =?iso-8859-1?b?bm8=?=",
        "=?x-nessuno?q?ciao?=",
        "=?utf-8?b?###?=",
        "=?utf-8?q?=",
        "caffè",
    ],
)
def test_odd_headers_do_no_harm(tmp_path, subject):
    (raw,) = read(
        tmp_path, "a.eml", f"Subject: {subject}\r\nContent-Type: text/plain; charset=x-boh\r\n\r\n{IT}\r\n"
    )
    assert own(raw)[-1] == IT
    if "iso" in subject:
        assert raw.metadata.title == "Sì e no"


def test_a_mail_without_text_says_so(tmp_path):
    message = EmailMessage()
    message["Subject"] = "x"
    message.add_attachment(b"x", "image", "png", filename="a.png")
    assert [part.reason[:14] for part in read(tmp_path, "a.eml", message.as_bytes())] == [
        "holds no text",
        "is an attachme",
    ]


def record(
    block=b"", kind="response", url="https://e.org/a", media="application/http;msgtype=response", **headers
):
    lines = [
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-03-14T09:30:00Z",
        f"Content-Type: {media}",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return (
        "\r\n".join(["WARC/1.0", *lines, f"Content-Length: {len(block)}", "", ""]).encode()
        + block
        + b"\r\n\r\n"
    )


def answer(body, status=200, media="text/html; charset=utf-8", head="", **options):
    lines = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n{head}\r\n"
    return record(lines.encode() + body, **options)


def html(text):
    return f"<html><body><p>{text}</p></body></html>"


def chunked(data):
    parts = [data[place : place + 30] for place in range(0, len(data), 30)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "options"),
    [
        (html(KO).encode(), {}),
        (html(KO).encode("euc-kr"), {"media": "text/html; charset=euc-kr"}),
        (chunked(html(KO).encode()), {"head": "Transfer-Encoding: chunked\r\n"}),
        (html(KO).encode(), {"head": "Transfer-Encoding: chunked\r\n"}),
        (gzip.compress(html(KO).encode()), {"head": "Content-Encoding: gzip\r\n"}),
        (zlib.compress(html(KO).encode()), {"head": "Content-Encoding: deflate\r\n"}),
        (zlib.compress(html(KO).encode())[2:-4], {"head": "Content-Encoding: deflate\r\n"}),
    ],
)
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_page_as_the_server_sent_it(tmp_path, body, options, name):
    data = record(b"x", "warcinfo") + answer(body, **options)
    (raw,) = read(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data)
    assert own(raw) == [KO]
    assert (raw.file, raw.metadata.url) == (f"{name}#2", "https://e.org/a")
    assert raw.metadata.date == "2026-03-14T09:30:00Z"


def test_every_record_may_be_packed_alone(tmp_path):
    data = b"".join(map(gzip.compress, [answer(html(IT).encode()), answer(html(PL).encode())]))
    assert [own(raw) for raw in read(tmp_path, "a.warc.gz", data)] == [[IT], [PL]]


def test_what_is_no_new_page_is_told(tmp_path):
    data = b"".join(
        [
            answer(html(IT).encode()),
            answer(html(IT).encode(), url="https://e.org/b"),
            record(
                kind="revisit", url="https://e.org/a", media="text/html", WARC_Refers_To_Date="2025-01-01"
            ),
            answer(b"x", media="image/png"),
            answer(b"x", media="image/png"),
            answer(html(PL).encode(), status=404),
            answer(html(PL).encode(), url="https://e.org/robots.txt"),
            record(html(KO).encode(), "resource", media="text/html"),
            record(b"x", "request"),
        ]
    )
    found = read(tmp_path, "a.warc", data)
    assert [own(raw) for raw in found if isinstance(raw, RawText)] == [[IT], [KO]]
    reasons = {part.file: part.reason for part in found if isinstance(part, Rejection)}
    assert "record 1" in reasons["a.warc#2"]
    assert "2025-01-01" in reasons["a.warc#3"]
    assert reasons["a.warc#others"].startswith("4 records are no pages: 2 image/png")
    assert "404" in reasons["a.warc#others"]


@pytest.mark.parametrize("cut", [10, 40])
def test_what_comes_before_the_damage_is_read(tmp_path, cut):
    data = answer(html(IT).encode()) + answer(html(PL).encode())[:-cut]
    raw, rejection = read(tmp_path, "a.warc", data)
    assert own(raw) == [IT]
    assert "damaged after 1 records" in rejection.reason
    packed = gzip.compress(answer(html(IT).encode())) + gzip.compress(answer(html(PL).encode()))[:-cut]
    assert "damaged" in read(tmp_path, "a.warc.gz", packed)[-1].reason


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"<html>", b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\n" + b"a: b\r\n" * 5_000]
)
def test_what_is_no_archive_says_why(data):
    with pytest.raises(Unusable, match=r"damaged|no WARC"):
        list(items_of_stream(io.BytesIO(data), READING))


def test_memory_is_bounded_by_one_record(tmp_path):
    path = tmp_path / "a.warc"
    with path.open("wb") as stream:
        for number in range(40):
            stream.write(answer(html(f"{number} " + IT * 5_000).encode()))
            stream.write(answer(b"x" * 3_000_000, media="video/mp4"))
    tracemalloc.start()
    with path.open("rb") as stream:
        found = sum(bool(item.text) for item in items_of_stream(stream, Reading(1_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 40
    assert peak < 12_000_000 < path.stat().st_size


def test_a_page_that_unpacks_without_end_is_cut(tmp_path):
    bomb = gzip.compress(b"<p>" + b"a" * 50_000_000)
    begin = time.process_time()
    read(tmp_path, "a.warc", answer(bomb, head="Content-Encoding: gzip\r\n"))
    assert time.process_time() - begin < 3


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", ".docx"),
        ("a.ppt", ".docx"),
        ("a.pptx", ".docx"),
        ("a.srt", ".txt"),
        ("a.vtt", ".txt"),
        ("a.tar.gz", "unpack"),
    ],
)
def test_a_format_that_is_not_read_says_what_to_save_instead(tmp_path, name, advice):
    (found,) = read(tmp_path, name, IT)
    assert advice in found.reason
