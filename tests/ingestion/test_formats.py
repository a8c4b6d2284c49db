"""Files of every format, written by common programs, yield the original paragraphs."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.datatypes import Article, RawText, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.formats import EXTENSIONS, archive
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILES = FIXTURES / "formats"
ARTICLES = json.loads((FIXTURES / "articles.json").read_text(encoding="utf-8"))
DETECTOR = LanguageDetector(("it", "ko", "pl"))
READING = Reading(Config.max_file_bytes)


def articles(path, reading=READING):
    return [prepare(raw, DETECTOR) for raw in read_file(path, path.name, reading)]


def blocks(article):
    assert isinstance(article, Article), article
    return [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs]


def expected(language):
    article = ARTICLES[language]
    return [("title", article["title"]), *map(tuple, article["blocks"])]


def own(found, author):
    """Drop what the programs add to the article: pandoc the author, LibreOffice a page number."""
    return [(kind, text) for kind, text in found if kind != "boilerplate" and text != author]


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("format", ["md", "rst", "html", "docx", "odt", "epub"])
def test_what_pandoc_makes(language, format):
    (article,) = articles(FILES / f"pandoc.{language}.{format}")
    assert article.language == language
    found = own(blocks(article), ARTICLES[language]["author"])
    if format == "epub":  # the chapter before the first heading is called like the book
        found.remove(("heading", ARTICLES[language]["title"]))
    assert found == expected(language)
    assert article.metadata.title == ARTICLES[language]["title"]
    assert article.metadata.author == ARTICLES[language]["author"]


@pytest.mark.parametrize("language", ARTICLES)
def test_mdx_without_its_components(language):
    (article,) = articles(FILES / f"site.{language}.mdx")
    assert article.language == language
    assert blocks(article) == expected(language)
    assert article.metadata.author == ARTICLES[language]["author"]


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("format", ["docx", "odt"])
def test_what_libreoffice_makes(language, format):
    (article,) = articles(FILES / f"libreoffice.{language}.{format}")
    assert own(blocks(article), ARTICLES[language]["author"]) == expected(language)
    assert article.metadata.title == ARTICLES[language]["title"]


@pytest.mark.parametrize("name", ["libreoffice.it", "libreoffice.ko", "pandoc.ko", "pandoc.pl"])
def test_rich_text(name):
    (article,) = articles(FILES / f"{name}.rtf")
    language = name.rpartition(".")[2]
    wanted = expected(language)
    if name.startswith("pandoc"):  # which writes no styles
        kinds = {"title": "paragraph", "quote": "paragraph"}
        wanted = [(kinds.get(kind, kind), text) for kind, text in wanted]
    assert article.language == language
    assert own(blocks(article), ARTICLES[language]["author"]) == wanted


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("format", ["fodt", "hwp", "hwpx"])
def test_formats_with_styles_of_their_own(language, format):
    (article,) = articles(FILES / f"own.{language}.{format}")
    assert article.language == language
    assert blocks(article) == expected(language)


@pytest.mark.parametrize("language", ARTICLES)
def test_a_pdf_gives_back_its_paragraphs(language):
    (article,) = articles(FILES / f"libreoffice.{language}.pdf")
    found = own(blocks(article), ARTICLES[language]["author"])
    kinds = {"quote": "paragraph"}  # a PDF does not say what is a quotation
    wanted = [(kinds.get(kind, kind), text) for kind, text in expected(language)]
    if language == "ko":  # nor whether a line broke inside a word
        found, wanted = ([(kind, text.replace(" ", "")) for kind, text in part] for part in (found, wanted))
    assert found == wanted
    assert article.metadata.author == ARTICLES[language]["author"]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_every_item_of_a_feed_is_an_article(name):
    found = articles(FILES / name)
    assert [article.file for article in found] == [f"{name}#{n}" for n in (1, 2, 3)]
    for article, language in zip(found, ARTICLES, strict=True):
        assert blocks(article) == expected(language)
        assert article.metadata.title == ARTICLES[language]["title"]
        assert article.metadata.author == ARTICLES[language]["author"]
        assert article.metadata.url == f"https://example.org/{language}/gufi"
        assert "2026" in article.metadata.date
        assert article.metadata.id.endswith(f"gufi-{language}")


def test_a_wordpress_export():
    found = articles(FILES / "wordpress.xml")
    reasons = {part.file: part.reason for part in found if isinstance(part, Rejection)}
    assert set(reasons) == {"wordpress.xml#2", "wordpress.xml#5"}
    assert "attachment" in reasons["wordpress.xml#2"]
    good = [part for part in found if isinstance(part, Article)]
    assert [article.file for article in good] == ["wordpress.xml#1", "wordpress.xml#3", "wordpress.xml#4"]
    for article, language in zip(good, ARTICLES, strict=True):
        assert [block for block in blocks(article) if block != ("caption", "1")] == expected(language)
    assert blocks(good[2])[1] == ("caption", "1")  # of the classic editor's picture


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.csv", "excel.csv", "articles.tsv"])
def test_every_row_of_a_table_is_an_article(name):
    found = articles(FILES / name)
    for article, language in zip(found, ARTICLES, strict=True):
        assert [text for _, text in blocks(article)] == [text for _, text in expected(language)]
        assert article.metadata.id == f"gufi-{language}"
        assert article.metadata.date == "2026-03-14"


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


ITALIAN = "Le rose fioriscono a maggio nel giardino della scuola, e noi le curiamo ogni giorno."


def test_fields_can_be_named(tmp_path):
    path = write(tmp_path, "a.jsonl", json.dumps({"testo": ITALIAN, "titolo": "Le rose", "text": "no"}))
    (article,) = articles(path, Reading(10**6, {"body": "testo", "title": "titolo"}))
    assert [text for _, text in blocks(article)] == ["Le rose", ITALIAN]
    path = write(tmp_path, "a.csv", f'testo;n\n"{ITALIAN}";1\n')
    (article,) = articles(path, Reading(10**6, {"body": "testo"}))
    assert [text for _, text in blocks(article)] == [ITALIAN]


def test_the_rest_interface_of_wordpress(tmp_path):
    posts = [
        {"id": 7, "title": {"rendered": "Rose"}, "content": {"rendered": f"<p>{ITALIAN}</p>"}, "link": "u"}
    ]
    (article,) = articles(write(tmp_path, "posts.json", json.dumps(posts)))
    assert blocks(article) == [("title", "Rose"), ("paragraph", ITALIAN)]
    assert (article.metadata.id, article.metadata.url, article.file) == ("7", "u", "posts.json#1")


def test_a_json_file_can_be_one_article(tmp_path):
    (article,) = articles(
        write(tmp_path, "a.json", json.dumps({"title": "Rose", "body": [ITALIAN, ITALIAN]}))
    )
    assert article.file == "a.json"
    assert [text for _, text in blocks(article)] == ["Rose", ITALIAN, ITALIAN]


def test_a_bad_line_does_not_spoil_the_others(tmp_path):
    lines = [
        "{bad",
        json.dumps({"body": ITALIAN}),
        "",
        "[1]",
        json.dumps({"title": "x"}),
        json.dumps({"body": ITALIAN}),
    ]
    found = articles(write(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [part.file for part in found if isinstance(part, Article)] == ["a.jsonl#2", "a.jsonl#6"]
    assert [part.file for part in found if isinstance(part, Rejection)] == [
        "a.jsonl#1",
        "a.jsonl#4",
        "a.jsonl#5",
    ]


def test_a_declared_language_counts_where_there_is_little_text(tmp_path):
    path = write(tmp_path, "a.jsonl", json.dumps({"body": "OK 12", "lang": "pl-PL"}))
    (article,) = articles(path)
    assert (article.language, article.language_confidence) == ("pl", 0.5)


def test_a_page_under_the_name_of_a_text_is_a_page(tmp_path):
    (article,) = articles(
        write(tmp_path, "a.txt", f"<!DOCTYPE html><html><body><p>{ITALIAN}</p></body></html>")
    )
    assert blocks(article) == [("paragraph", ITALIAN)]


def test_a_feed_in_an_old_encoding_with_entities_of_html(tmp_path):
    feed = (
        '<?xml version="1.0" encoding="iso-8859-2"?><rss><channel><item><title>Mąż &amp; żona</title>'
        "<description>W&nbsp;ogrodzie rosną róże, a my codziennie je podlewamy i pielimy.</description>"
        "</item></channel></rss>"
    )
    (article,) = articles(write(tmp_path, "a.rss", feed.encode("iso-8859-2")))
    assert [text for _, text in blocks(article)] == [
        "Mąż & żona",
        "W ogrodzie rosną róże, a my codziennie je podlewamy i pielimy.",
    ]


def docx(body, **parts):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{word}" xmlns:mc="x"><w:body>{body}</w:body></w:document>'
    return archived({"word/document.xml": document, **parts})


def archived(parts, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **options) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return data.getvalue()


def test_tracked_changes_text_boxes_and_fields_of_docx(tmp_path):
    body = (
        "<w:p><w:r><w:t>Le rose </w:t></w:r><w:ins><w:r><w:t>rosse fioriscono</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gialle</w:delText></w:r></w:del><w:r><w:t> a maggio</w:t><w:noBreakHyphen/>"
        "<w:t>giugno.</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:hyperlink><w:r><w:t>Noi le curiamo ogni giorno.</w:t></w:r>"
        "</w:hyperlink></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Una nota nel riquadro.</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>Doppia.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    (article,) = articles(write(tmp_path, "a.docx", docx(body)))
    assert [text for _, text in blocks(article)] == [
        "Le rose rosse fioriscono a maggio-giugno.",
        "Noi le curiamo ogni giorno.",
        "Una nota nel riquadro.",
    ]


def reason(path, reading=READING):
    (result,) = read_file(path, path.name, reading)
    assert isinstance(result, Rejection), result
    return result.reason


PARAGRAPH = "<w:p><w:r><w:t>parola</w:t></w:r></w:p>"


@pytest.mark.parametrize("name", ["../word/x.xml", "/etc/passwd", "word/../../x", "C:\\x", "..\\x"])
@pytest.mark.parametrize("extension", ["docx", "odt", "epub"])
def test_a_name_that_leads_out_of_an_archive_is_refused(tmp_path, name, extension):
    path = write(tmp_path, f"a.{extension}", docx(PARAGRAPH, **{name: "x"}))
    assert "leads out of the archive" in reason(path)


def test_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO(docx(PARAGRAPH))
    with zipfile.ZipFile(data, "a") as target:
        target.writestr(link, "/etc/passwd")
    assert "symbolic link" in reason(write(tmp_path, "a.docx", data.getvalue()))


def test_a_zip_bomb_is_refused(tmp_path):
    bomb = docx("<w:p><w:r><w:t>" + "a" * 50_000_000 + "</w:t></w:r></w:p>")
    assert len(bomb) < 200_000
    assert "far more than its size" in reason(write(tmp_path, "a.docx", bomb))


def test_a_bomb_of_many_members_is_refused(tmp_path):
    data = archived({f"{n}": "" for n in range(archive.MAX_MEMBERS + 1)})
    assert "members" in reason(write(tmp_path, "a.epub", data))


def test_text_that_grows_is_refused(tmp_path):
    numbers = (7919 * n % 101 for n in range(20_000))  # packed to more than a hundredth
    many = docx("".join(f"<w:p><w:r><w:t>parole e ancora {n} parole</w:t></w:r></w:p>" for n in numbers))
    assert "20 times the size" in reason(write(tmp_path, "a.docx", many))


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def test_entities_of_ones_own_are_refused(tmp_path):
    assert "entities of its own" in reason(write(tmp_path, "a.rss", f"{LAUGHS}<rss><item>&b;</item></rss>"))
    outer = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    assert "entities of its own" in reason(write(tmp_path, "a.xml", outer))
    assert "entities of its own" in reason(
        write(tmp_path, "a.docx", archived({"word/document.xml": f"{LAUGHS}<r/>"}))
    )


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.docx", archived({"x": "y"}), "no DOCX"),
        ("a.odt", archived({"x": "y"}), "no ODT"),
        ("a.epub", archived({"x": "y"}), "no EPUB"),
        ("a.docx", archived({"word/document.xml": "<w:document"}), "damaged XML"),
        (
            "a.odt",
            archived({"content.xml": "<c/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
            "encrypted",
        ),
        ("a.pdf", b"%PDF-1.7 broken", "no readable PDF"),
        ("a.xml", "<opml><body/></opml>", "neither RSS nor Atom"),
        ("a.xml", "<rss><channel/></rss>", "without items"),
        ("a.json", "{", "no JSON"),
        ("a.json", "[" * 100_000, "nests too deeply"),
        ("a.json", '{"a": 1}', "no list of articles"),
        ("a.csv", "a,b\n1,2\n", "no column of texts"),
        ("a.jsonl", b"\x00\x01\x02", "binary"),
        ("a.json", b"", "is empty"),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path, name, data, wanted):
    assert wanted in reason(write(tmp_path, name, data))


def test_one_line_of_a_hundred_megabytes_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 100_000_000)
    assert "too large" in reason(path)


def test_a_paragraph_that_no_author_wrote_is_refused(tmp_path):
    path = write(tmp_path, "a.txt", "parole senza fine e senza punto " * 50_000)
    (result,) = articles(path)
    assert re.search("paragraph of 1,599,999 characters", result.reason)


def test_every_format_has_a_file():
    suffixes = {path.suffix for path in FILES.iterdir()}
    assert {EXTENSIONS[suffix] for suffix in suffixes} == set(EXTENSIONS.values()) - {"txt"}


def test_formats_are_documented_with_their_extensions():
    text = (Path(__file__).parent.parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    table = text.split("## Encodings")[0]
    assert all(f"`{extension}`" in table for extension in EXTENSIONS if extension)


def test_every_repair_is_documented():
    from pipeline.normalisation.repairs import REPAIR_NAMES

    text = (Path(__file__).parent.parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    listed = re.findall(
        r"^\| `([a-z_]+)` \|", text.split("## Repairs")[1].split("## Boilerplate")[0], re.MULTILINE
    )
    assert tuple(listed) == tuple(dict.fromkeys(REPAIR_NAMES))


def test_raw_texts_know_their_format(tmp_path):
    (raw,) = read_file(write(tmp_path, "a.md", "# Titolo"), "a.md", READING)
    assert isinstance(raw, RawText)
    assert raw.format == "md"
