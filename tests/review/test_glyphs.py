"""Texts of the page are marked with their language, and set in families that have its letters."""

import re

import pytest

from pipeline.datatypes import Metadata, Verdict
from tests.browser import needs_chromium, open_rows, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium

LANGUAGES = ("ja", "zh-cn", "zh-tw", "ko", "ru", "cs")
CELLS = [
    ("骨と直角と海辺", "骨与直角与海边", "骨與直角與海邊", "뼈와 직각", "Кость и угол", "Kůň a řeřicha"),
    ("港の灯りが消えた。", "港口的灯灭了。", "港口的燈滅了。", "불이 꺼졌다.", "Огни погасли.", "Noc"),
]  # fmt: skip
TITLES = {"ja": "骨と直角と海辺", "zh-tw": "骨與直角與海邊", "ru": "Кость и угол"}


@pytest.fixture
def out(tmp_path):
    rows = rows_of(CELLS, languages=LANGUAGES)
    files = [
        Verdict(f"{code}.txt", "a1", code, 1.0, 2, "parallel", 1.0, "same")._replace(
            metadata=Metadata(title=TITLES.get(code, ""))
        )
        for code in LANGUAGES
    ]
    write_corpus(tmp_path / "out", rows, findings=[], languages=LANGUAGES, files=files)
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def style(page, language, name):
    script = "([language, name]) => getComputedStyle(document.querySelector(`.text:lang(${language})`))[name]"
    return page.evaluate(script, [language, name])


def test_chinese_is_marked_by_its_script(page):
    marks = page.locator(".row >> nth=0").locator(".text").evaluate_all("all => all.map(e => e.lang)")
    assert marks == ["ja", "zh-Hans", "zh-Hant", "ko", "ru", "cs"]


def test_titles_are_marked_with_the_language_of_their_file(page):
    assert page.get_attribute(".article-head h2", "lang") == "ja"
    assert page.get_attribute("#articles .title >> nth=1", "lang") == "ja"
    assert page.get_attribute("#articles .title >> nth=0", "lang") is None  # all articles, in English
    cells = page.locator(".files td[lang]").evaluate_all("all => all.map(e => [e.lang, e.textContent])")
    assert ["zh-Hant", TITLES["zh-tw"]] in cells
    assert ["ru", TITLES["ru"]] in cells


@pytest.mark.parametrize(
    ("language", "own", "others"),
    [
        ("ja", "CJK JP", ("KR", "SC", "TC")),
        ("zh-Hans", "CJK SC", ("KR", "JP", "TC")),
        ("zh-Hant", "CJK TC", ("KR", "JP", "SC")),
        ("ko", "CJK KR", ("JP", "SC", "TC")),
    ],
)
def test_each_script_has_families_of_its_own(page, language, own, others):
    family = style(page, language, "fontFamily")
    assert own in family
    assert not any(re.search(rf"\b{other}\b", family) for other in others)


@pytest.mark.parametrize("language", ["ru", "cs"])
def test_alphabets_come_from_no_family_of_characters(page, language):
    assert not re.search("CJK|Mincho|Song|Batang", style(page, language, "fontFamily"))


def test_lines_break_as_each_language_has_it(page):
    breaks = {code: style(page, code, "wordBreak") for code in ("ja", "zh-Hans", "zh-Hant", "ko", "ru")}
    assert breaks == {
        "ja": "normal",
        "zh-Hans": "normal",
        "zh-Hant": "normal",
        "ko": "keep-all",
        "ru": "normal",
    }
    strict = [code for code in ("ja", "zh-Hans", "ko", "ru") if style(page, code, "lineBreak") == "strict"]
    assert strict == ["ja", "zh-Hans"]


def test_a_better_text_is_written_in_the_language_of_its_column(page):
    page.keyboard.press("l")
    page.keyboard.press("e")
    assert page.get_attribute("#editing-text", "lang") == "zh-Hans"
