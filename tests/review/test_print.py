"""The review page on paper: every text once, nothing over anything else, no row cut that fits a page."""

import pypdfium2
import pytest

from tests.browser import AXE, needs_axe, needs_chromium, open_rows, watching
from tests.review.test_page import check, overlaps
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


def words(name, row, number):
    return " ".join(f"{name}{row}q{k}z" for k in range(number))


def sizes(row):
    """How many words a row has in each language."""
    return ("uno", 8 + row * 7 % 60), ("하나", 6 + row * 5 % 40), ("jeden", 9 + row * 3 % 50)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """An article of 40 rows and one of 3; the longest row takes a third of a page."""
    lines = [[words(name, row, number) for name, number in sizes(row)] for row in range(40)]
    rows = rows_of(lines) + rows_of([(words("due", k, 9), "둘", words("dwa", k, 7)) for k in range(3)], "a2")
    out = tmp_path_factory.mktemp("print") / "out"
    write_corpus(out, rows)
    return out


def pages(path):
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_article_is_printed_whole(browser, out, tmp_path, scheme):
    address = (out / "review.html").as_uri()
    with watching(browser, address, color_scheme=scheme) as watched:
        page = open_rows(watched, out)
        page.click("#articles button >> nth=1")
        page.keyboard.press("a")
        before = page.locator(".row").count()
        page.pdf(path=tmp_path / "rows.pdf", format="A4")
        assert page.locator(".row").count() == before < 40
        printed = pages(tmp_path / "rows.pdf")
        text = "".join(printed).replace("\n", "").replace("\r", "").replace(" ", "")
        every = [f"{name}{row}q{k}z" for row in range(40) for name, n in sizes(row) for k in range(n)]
        assert [word for word in every if text.count(word) != 1] == []
        whole = [f"{name}{row}q0z" for row in range(40) for name, _ in sizes(row)]
        last = [f"jeden{row}q{sizes(row)[2][1] - 1}z" for row in range(40)]
        where = {word: [n for n, each in enumerate(printed) if word in each] for word in (*whole, *last)}
        for row in range(40):
            assert where[f"uno{row}q0z"] == where[f"하나{row}q0z"] == where[last[row]], f"row {row} is cut"
        assert "due0q0z" not in text


def test_rows_on_paper_do_not_lie_over_each_other(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.emulate_media(media="print")
        page.wait_for_selector(".row >> nth=42", state="attached")
        assert overlaps(page) == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for where in ("header.bar", "#side", "#status", ".tools", "#heads"):
            assert page.locator(where).first.is_hidden()
        page.emulate_media(media="screen")
        page.wait_for_selector(".row >> nth=42", state="detached")
        page.keyboard.press("End")
        assert overlaps(page) == 0


def test_the_overview_is_printed_too(browser, out, tmp_path):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = watched.open((out / "review.html").as_uri())
        page.pdf(path=tmp_path / "overview.pdf", format="A4")
        [text, *_] = pages(tmp_path / "overview.pdf")
        assert "Findings by rule" in text
        assert "Go to the first problem" not in text


def test_so_many_rows_are_printed(browser, tmp_path):
    rows = rows_of([(f"uno {k}", f"하나 {k}", f"jeden {k}") for k in range(5200)])
    write_corpus(tmp_path / "out", rows, findings=[])
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, tmp_path / "out")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator(".row").count() == 4999
        assert page.text_content("#print-left") == "201 further segments: choose an article to print them."
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".row").count() < 60


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_of_what_is_printed(browser, out, scheme):
    address = (out / "review.html").as_uri()
    with watching(browser, address, color_scheme=scheme, bypass_csp=True) as watched:
        page = watched.open(address)
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        page.emulate_media(media="print")
        check(page, "overview")
        page.emulate_media(media="screen")
        page.click("#to-rows")
        page.emulate_media(media="print")
        check(page, "rows")
