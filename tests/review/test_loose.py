"""Files in no article are on the review page with their text, their rivals and the reason."""

import shutil
from unittest.mock import patch

import pytest

from pipeline.config import Config
from pipeline.datatypes import Paragraph
from pipeline.review.loose import LooseFile, loose_records
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import AXE, ROOT, needs_axe, needs_chromium, read, watching
from tests.review.test_page import check

SOLO = (
    "La bottega del liutaio\n\nIn via dei Cappuccini un uomo costruisce violini da quarant'anni.\n\n"
    "Sceglie il legno d'inverno, quando la linfa dorme, e lo lascia riposare dieci anni.\n"
)
KOREAN = "시장 골목의 시계\n\n시계 수리공은 아침마다 광장의 시계를 맞춘다.\n\n비가 오는 날에는 일이 없다.\n"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loose")
    shutil.copytree(ROOT / "data" / "raw", folder / "raw")
    (folder / "raw" / "solo.txt").write_text(SOLO, encoding="utf-8")
    (folder / "raw" / "zegar.txt").write_text(KOREAN, encoding="utf-8")
    (folder / "raw" / "rotto.json").write_text("{", encoding="utf-8")
    run(Config(raw=folder / "raw", out=folder / "out"), Silent())
    return folder / "out"


@needs_chromium
def test_files_in_no_article_are_listed_with_text_rivals_and_reason(browser, out):
    files = {line["file"]: line for line in read(out / "articles.csv")}
    loose = [name for name, line in files.items() if not line["article"]]
    assert {"solo.txt", "zegar.txt", "rotto.json"} <= set(loose)
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = watched.open((out / "review.html").as_uri())
        cards = page.locator(".loose")
        metas = [text.split(" · ")[0] for text in cards.locator("h3 + .meta").all_text_contents()]
        assert metas == loose
        card = cards.filter(has_text="La bottega del liutaio")
        assert files["solo.txt"]["reason"] in card.text_content()
        assert 1 <= card.locator(".rivals li").count() <= 3
        assert all("probable" in text for text in card.locator(".rivals li").all_text_contents())
        card.locator("summary").click()
        texts = card.locator(".paragraph").evaluate_all("all => all.map(e => e.lastChild.textContent)")
        assert "\n\n".join(texts) + "\n" == SOLO
        assert card.locator("strong").text_content() == "Alone"
        broken = cards.filter(has_text="rotto.json")
        assert files["rotto.json"]["reason"] in broken.text_content()
        assert broken.locator("details").count() == 0
        tiles = page.locator(".tile").all_text_contents()
        assert f"{len(loose)}files in no article" in tiles


@needs_axe
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_of_files_in_no_article(browser, out, scheme):
    address = (out / "review.html").as_uri()
    with watching(browser, address, color_scheme=scheme, bypass_csp=True) as watched:
        page = watched.open(address)
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        page.click("#articles button:has-text('La bottega')")
        check(page, "files in no article")


@needs_chromium
def test_the_list_and_the_search_lead_to_a_file_in_no_article(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = watched.open((out / "review.html").as_uri())
        page.click("#to-rows")
        page.fill("#search", "LINFA DORME")
        page.wait_for_selector("#found:has-text('0 segments found')")
        assert page.text_content("#found-loose") == "and 1 file in no article"
        page.click("#found-loose")
        assert page.locator(".loose details[open]").count() == 1
        assert page.evaluate("document.activeElement.textContent").startswith("La bottega del liutaio")
        page.click("#articles button:has-text('시장 골목의 시계')")
        assert page.evaluate("document.activeElement.textContent").startswith("시장 골목의 시계")
        assert page.locator(".loose details[open]").count() == 2
        title = page.locator(".loose h3:lang(ko)").first
        assert title.evaluate("e => getComputedStyle(e).wordBreak") == "keep-all"
        page.locator(".rivals button").first.click()


@needs_chromium
def test_an_empty_folder_says_so(browser, tmp_path):
    (tmp_path / "raw").mkdir()
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out"), Silent())
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = watched.open((tmp_path / "out" / "review.html").as_uri())
        assert "The folder was empty" in page.text_content("#overview")
        page.click("#to-rows")
        assert "There are no segments" in page.text_content("#nothing")
        for key in "adjnmu":
            page.keyboard.press(key)


@needs_chromium
def test_files_without_any_article_say_why(browser, tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "solo.txt").write_text(SOLO, encoding="utf-8")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out"), Silent())
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = watched.open((tmp_path / "out" / "review.html").as_uri())
        assert "No two of the raw files translate each other" in page.text_content("#empty")
        assert "no file in another language to compare" in page.text_content(".loose")


def test_a_page_has_room_for_so_many_paragraphs():
    def texts(number):
        return lambda: [Paragraph(k + 1, "paragraph", f"{k}", ((0, 1),), "it") for k in range(number)]

    files = [LooseFile("a", [("b", 0.25)], texts(3)), LooseFile("b", (), None), LooseFile("c", (), texts(9))]
    with patch("pipeline.review.loose.MAX_PARAGRAPHS", 8):
        one, two, three = loose_records([*files])
    assert one == ["a", [["b", 0.25]], [[1, "paragraph", "0"], [2, "paragraph", "1"], [3, "paragraph", "2"]]]
    assert two == ["b", [], []]
    assert three == ["c", [], None]
