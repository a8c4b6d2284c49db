"""The review page and text that wants to be more than text."""

import pytest

from pipeline.datatypes import Finding, Metadata, Verdict, fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.review.inert import inert_json
from pipeline.review.page import page_data_of, review_page
from tests.browser import (
    cell_text,
    needs_chromium,
    settled,
    shown,
    watching,
)
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


HOSTILE = (
    "<script>window.pwned=1</script>",
    '</textarea><img src=x onerror="window.pwned=1">',
    '"onload="window.pwned=1" x="',
    "=cmd|' /C calc'!A0",
    "\u202egnirts\u202c \u2067abc\u2069",
    "</script><script>window.pwned=1</script>",
    "<!--<script>",
    "javascript:window.pwned=1",
    "{{constructor.constructor('window.pwned=1')()}} @@SCRIPT@@ ${window.pwned=1}",
    "🎈" + "w" * 50_000,
)


@pytest.fixture
def hostile(tmp_path):
    """A corpus with hostile text in every field that text can reach."""
    out = tmp_path / "out"
    lines = [(text, HOSTILE[(k + 1) % 10], HOSTILE[(k + 2) % 10]) for k, text in enumerate(HOSTILE)]
    rows = rows_of(lines, article=HOSTILE[0])
    findings = [
        Finding(
            f"f{k}<b>", row.id, row.article, "numbers.changed", "numbers", "x", "major", "it", "pl",
            "0-5", "1-4", text, text, "open",
        )
        for k, (row, text) in enumerate(zip(rows, HOSTILE, strict=True))
    ]  # fmt: skip
    files = [
        Verdict(
            f"{code}{HOSTILE[1]}", HOSTILE[0], code, 1.0, 10, "parallel", 1.0, HOSTILE[2], 1.0,
            HOSTILE[3], HOSTILE[5], HOSTILE[6], Metadata(*HOSTILE[k : k + 6]),
        )
        for k, code in enumerate(("it", "ko", "pl"))
    ]  # fmt: skip
    write_corpus(out, rows, findings, files=files)
    made = [
        parse_decision(
            {
                "id": f"d{k}", "kind": "propose" if k % 2 else "comment", "language": "it",
                "reviewer": text[:80], "article": HOSTILE[0], "target": rows[k].id,
                "paragraphs": f"it:{k + 1}:{fingerprint(HOSTILE[k])}", "text": text,
            }
        )
        for k, text in enumerate(HOSTILE)
    ]  # fmt: skip
    gone = {"kind": "comment", "article": HOSTILE[1], "paragraphs": "it:1:0a1b2c3d4e5f"}
    made += [
        parse_decision({"id": f"s{k}", "text": text, "reviewer": text[:80]} | gone)
        for k, text in enumerate(HOSTILE)
    ]
    add_decisions(out, made, backup=False)
    write_corpus(out, rows, findings, files=files)
    return out


def test_hostile_text_does_nothing(browser, hostile):
    with watching(browser, (hostile / "review.html").as_uri()) as watched:
        page = watched.open((hostile / "review.html").as_uri())
        page.click("#overview summary")
        assert page.locator(".stale li").count() == len(HOSTILE)
        cells = set(page.locator("td").all_text_contents())
        assert {HOSTILE[k] for k in (0, 2, 3, 4, 5, 6)} <= cells  # titles, authors, reasons and so on
        page.click("#to-rows")
        seen = set()
        for _ in HOSTILE:
            seen.add(cell_text(page, 0))
            page.keyboard.press("e")
            page.keyboard.press("Escape")
            page.keyboard.press("a")
            page.keyboard.press("j")
        assert seen == set(HOSTILE)
        assert page.evaluate("window.pwned") is None
        assert page.locator("img, iframe, object, embed").count() == 0
        assert page.locator("script").count() == 4
        for text in HOSTILE[:6]:
            page.fill("#search", text)
            page.wait_for_timeout(250)
            assert int(shown(page).split()[0]) >= 3
        settled(page)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("window.pwned") is None


def test_inline_code_cannot_run(browser, hostile):
    """The policy itself holds: a script or a style that is put in does nothing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((hostile / "review.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = 'window.pwned = 1';
        document.body.append(script);
        const image = document.createElement('img');
        image.setAttribute('onerror', 'window.pwned = 1');
        image.src = 'http://127.0.0.1:9/x.png';
        document.body.append(image);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    context.close()


def test_the_page_is_one_file_that_asks_for_nothing(aligned):
    html = (aligned / "out" / "review.html").read_text(encoding="utf-8")
    assert "connect-src 'none'" in html
    assert "unsafe-" not in html
    outside = ('<link rel="stylesheet', " src=", "@import", "url(", "innerHTML", "eval(")
    assert not [word for word in outside if word in html]


def test_data_cannot_end_its_element():
    html = review_page(inert_json({"x": "</script><!--<script>&\u2028"}), []).decode()
    assert html.count("</script>") == 4
    assert "\\u003c/script\\u003e" in html


@pytest.mark.parametrize("ending", ["</SCRIPT>", "</Script >", "<!--<script>", "</script/>"])
def test_data_of_a_planted_page_cannot_end_their_element(aligned, ending):
    html = (aligned / "out" / "review.html").read_bytes()
    opening = b'id="corpus-data">{'
    assert opening in html
    planted = html.replace(opening, opening + b'"planted":"' + ending.encode() + b'<img src=x>",', 1)
    data = page_data_of(planted, "review.html")
    assert b"planted" in data
    assert b"<" not in data
