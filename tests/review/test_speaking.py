"""The page in the reader's language: chosen, switched and remembered, for screen readers too."""

import re
import threading

import pytest

from pipeline.datatypes import Finding
from pipeline.review.page import LANGUAGES
from pipeline.review.server import review_server
from tests.browser import AXE, needs_axe, needs_chromium, open_rows, watching
from tests.review.test_page import check
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

LOCALES = {"en": "en-GB", "it": "it-IT", "ko": "ko-KR", "pl": "pl-PL"}


@pytest.fixture
def out(tmp_path):
    rows = rows_of([(f"riga {k}", f"줄 {k}", f"wiersz {k}") for k in range(22)], confidence=0.92)
    findings = [
        Finding(
            f"f{k}", rows[k].id, "a1", "numbers.changed", "numbers", "x", "major", "it", "pl",
            "", "0-6", "they differ", "", "open",
        )
        for k in range(5)
    ]  # fmt: skip
    write_corpus(tmp_path / "out", rows, findings)
    return tmp_path / "out"


@pytest.mark.parametrize(
    ("locale", "language", "rows", "heads"),
    [
        ("pl-PL", "pl", "22 segmenty", ["Włoski", "Koreański", "Polski"]),
        ("it-CH", "it", "22 segmenti", ["Italiano", "Coreano", "Polacco"]),
        ("ko-KR", "ko", "세그먼트 22개", ["이탈리아어", "한국어", "폴란드어"]),
        ("fi-FI", "en", "22 segments", ["Italian", "Korean", "Polish"]),
    ],
)
def test_the_browser_chooses_the_language(browser, out, locale, language, rows, heads):
    with watching(browser, (out / "review.html").as_uri(), locale=locale) as watched:
        page = open_rows(watched, out)
        assert page.get_attribute("html", "lang") == language
        assert page.text_content("#found") == rows
        assert page.locator("#heads span").all_text_contents() == heads
        assert page.input_value("#language") == language
        assert page.locator("#language option").all_text_contents() == [
            "English",
            "Italiano",
            "한국어",
            "Polski",
        ]
        # What stays English says so to a screen reader.
        assert page.locator(".finding .message").first.get_attribute("lang") == "en"


def test_polish_counts_as_polish_does(browser, out):
    with watching(browser, (out / "review.html").as_uri(), locale="pl-PL") as watched:
        page = open_rows(watched, out)
        page.locator("#current-row").focus()
        said = []
        for _ in range(21):
            page.keyboard.press("J")
            said.append(page.text_content("#selected").removeprefix(" · zaznaczono "))
        assert [said[k - 2] for k in (2, 4, 5, 12, 21, 22)] == [
            "2 segmenty", "4 segmenty", "5 segmentów", "12 segmentów", "21 segmentów", "22 segmenty",
        ]  # fmt: skip
        page.fill("#search", "riga 21")
        page.wait_for_selector("#found:text-is('znaleziono 1 segment')")


def test_a_switch_changes_everything_at_once_and_is_remembered(browser, out):
    server = review_server(out, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with watching(browser, f"http://127.0.0.1:{server.server_port}/") as watched:
            page = watched.open(server.url)
            page.click("#to-rows")
            page.locator("#current-row").focus()
            page.keyboard.press("x")
            page.wait_for_selector("#stored:text-is('all stored')")
            page.keyboard.press("?")
            page.keyboard.press("Escape")
            before = page.inner_text("body")
            page.focus("#language")
            page.select_option("#language", "it")
            assert page.get_attribute("html", "lang") == "it"
            assert page.evaluate("document.activeElement.id") == "language"
            page.wait_for_selector("#stored:text-is('tutto salvato')")
            assert page.get_attribute("#current-row", "aria-label") == (
                "Segmento 1 di 22, allineato, affidabilità 92%, rifiutato, 1 segnalazione"
            )
            assert page.text_content("#progress") == "1 decisi su 22"
            assert page.locator("#help dd").first.text_content() == "segmento seguente"
            page.wait_for_selector("#forecast:has-text('segmenti da guardare')")
            english = {line for line in before.split("\n") if re.search("[a-z]{2,} [a-z]{2,}", line)}
            assert len(english) > 10
            still = english & set(page.inner_text("body").split("\n"))
            assert all(line.startswith("they differ") for line in still), still
            page.reload()
            page.wait_for_selector("html[data-ready]")
            assert page.get_attribute("html", "lang") == "it"
            assert page.title() == "Revisione Synoptic"
            page.select_option("#language", "en")
            assert page.text_content("#progress") == "1 of 22 decided"
    finally:
        server.shutdown()
        server.server_close()


def test_a_switch_keeps_the_text_that_is_edited(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.locator("#current-row").focus()
        page.keyboard.press("e")
        page.keyboard.type(" ancora")
        page.select_option("#language", "ko")
        assert page.input_value("#editing-text") == "riga 0 ancora"
        assert page.text_content("[data-do=save-edit]").startswith("저장")


@needs_axe
@pytest.mark.parametrize("language", LANGUAGES)
def test_accessibility_in_every_language(browser, samples, language):
    out = samples / "out"
    for scheme, width in (("light", 1360), ("dark", 390)):
        with watching(
            browser, (out / "review.html").as_uri(), locale=LOCALES[language], bypass_csp=True,
            viewport={"width": width, "height": 900}, color_scheme=scheme,
        ) as watched:  # fmt: skip
            page = watched.open((out / "review.html").as_uri())
            page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
            check(page, "overview")
            page.click("#to-rows")
            for keys, where in (
                ("nx", "rows"),
                ("?", "help"),
                ("s", "split"),
                ("c", "comment"),
                ("e", "editing"),
            ):
                for key in keys:
                    page.keyboard.press(key)
                page.wait_for_timeout(150)
                check(page, f"{where} {scheme}")
                page.keyboard.press("Escape")
            if width < 500:
                page.click("#to-side")
            page.check("#compact")
            check(page, f"filters {scheme}")
            page.emulate_media(media="print")
            check(page, f"printed {scheme}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(640, 360), (683, 384), (320, 640)])
def test_twice_the_size_fits_in_every_language(browser, samples, language, size):
    out = samples / "out"
    width, height = size
    with watching(
        browser, (out / "review.html").as_uri(), locale=LOCALES[language],
        viewport={"width": width, "height": height}, device_scale_factor=2,
    ) as watched:  # fmt: skip
        page = open_rows(watched, out)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = page.locator("header.bar button, header.bar input").evaluate_all(
            "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().right > innerWidth).length"
        )
        assert cut == 0
        if width > 600:
            seen = page.locator(".row").evaluate_all(
                "all => all.map(e => e.getBoundingClientRect())"
                ".filter(b => b.top < innerHeight - 20 && b.bottom > 70).length"
            )
            assert seen >= 2
