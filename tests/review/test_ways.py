"""Ways around the review page: keys of any keyboard, what is said, history, links, and few stops of Tab."""

import re

import pytest

from pipeline.datatypes import Finding, fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from tests.browser import current, needs_chromium, open_rows, shown, watching
from tests.written import rows_of, write_corpus

pytestmark = needs_chromium


def finding(row, number, rule, severity="major"):
    return Finding(
        f"{row.id}-{number}", row.id, row.article, rule, "x", "x", severity, "it", "pl", "0-3", "0-3",
        f"{rule} is wrong", "", "open",
    )  # fmt: skip


@pytest.fixture
def out(tmp_path):
    """Two articles; each row of the first has findings of three rules."""
    rows = rows_of([(f"uno {k} due", f"하나 {k} 둘", f"jeden {k} dwa") for k in range(12)])
    more = rows_of([(f"tre {k}", f"셋 {k}", f"trzy {k}") for k in range(8)], "a2")
    rules = ("numbers.changed", "entities.name", "typography.spacing")
    findings = [
        finding(row, n, rule, "minor" if n == 2 else "major") for row in rows for n, rule in enumerate(rules)
    ]
    write_corpus(tmp_path / "out", rows + more, findings)
    return tmp_path / "out"


@pytest.fixture
def page(browser, out):
    with watching(browser, (out / "review.html").as_uri()) as watched:
        yield open_rows(watched, out)


def dismissed(page):
    """The rules of the dismissed findings in view."""
    texts = page.locator(".finding.dismissed .rule").all_text_contents()
    return [text.split(" ")[0] for text in texts]


def clear(page):
    page.click("#clear")


def test_the_key_to_dismiss_is_about_what_the_filter_shows(page):
    page.select_option("#rule", "entities.name")
    assert shown(page) == "12 segments found"
    assert page.locator("#current-row .finding:has(kbd) .rule").text_content().startswith("entities.name ")
    for _ in range(3):
        page.locator("#current-row").press("d")
    assert shown(page) == "9 segments found"
    assert page.locator("#rule option:checked").text_content() == "entities.name (9)"
    clear(page)
    assert dismissed(page) == ["entities.name"] * 3
    page.check("[data-filter=severity][data-value='2']")
    page.locator("#current-row").press("d")
    clear(page)
    assert sorted(dismissed(page)) == ["entities.name"] * 3 + ["typography.spacing"]
    page.check("[data-filter=review][data-value=dismissed]")
    assert shown(page) == "4 segments found"
    page.select_option("#rule", "entities.name")
    assert shown(page) == "4 segments found"
    assert page.locator("#rule option:checked").text_content() == "entities.name (4)"


def test_a_chosen_finding_goes_first_also_under_a_filter(page):
    page.click("#current-row mark >> nth=0")
    chosen = page.get_attribute("#current-row .finding:has(kbd)", "data-finding")
    page.locator("#current-row").press("d")
    assert page.get_attribute("#current-row .finding.dismissed", "data-finding") == chosen
    page.click("#current-row .finding:not(.dismissed) [data-do=dismiss] >> nth=1")
    assert page.locator("#current-row .finding.dismissed").count() == 2


def strike(page, key, code, **more):
    """Press a key of another layout as the browser reports it, through its input and not the page."""
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code, **more})
    session.detach()


@pytest.mark.parametrize("key", ["ㅁ", "Process", "ф", "α"])
def test_keys_of_another_script_are_the_letters_on_them(page, key):
    strike(page, key, "KeyA")
    assert ", approved" in current(page)
    strike(page, "ㅕ" if key == "ㅁ" else key, "KeyU")
    assert ", approved" not in current(page)
    strike(page, "ㅕ" if key == "ㅁ" else key, "KeyU", modifiers=8)
    assert ", approved" in current(page)
    strike(page, "Process", "Slash", modifiers=8)
    assert page.is_visible("#help")


def test_other_layouts_of_latin_letters_keep_their_own(page):
    strike(page, "q", "KeyA")  # where A is on QWERTY, AZERTY has Q
    strike(page, "å", "KeyA")
    strike(page, "Dead", "KeyA")
    strike(page, "ą", "KeyA")
    assert "approved" not in current(page)
    strike(page, "a", "KeyQ")
    assert ", approved" in current(page)
    strike(page, "j", "KeyC")  # Dvorak
    assert current(page).startswith("Segment 2 of")


def test_letters_that_are_typed_are_no_keys(page):
    page.focus("#search")
    strike(page, "ㅁ", "KeyA")
    strike(page, "Process", "KeyA")
    page.keyboard.press("Control+z")
    assert page.locator(".row[data-state=approved]").count() == 0
    page.evaluate("""document.getElementById('current-row').dispatchEvent(new KeyboardEvent('keydown',
        {key: 'Process', code: 'KeyA', isComposing: true, bubbles: true}))""")
    assert page.locator(".row[data-state=approved]").count() == 0


def said(page):
    assert page.is_visible("#status .said")
    return page.text_content("#status")


def test_what_happened_is_seen_and_not_only_heard(page):
    page.keyboard.press("End")
    page.keyboard.press("n")
    assert said(page) == "no problem further down"
    page.keyboard.press("m")
    assert said(page) == "not possible here"
    page.keyboard.press("a")
    assert said(page) == "segment 8 approved"
    page.keyboard.press("Control+z")
    assert said(page) == "undone: approval"
    page.keyboard.press("Control+Shift+z")
    assert said(page) == "done again"
    assert page.get_attribute("#status", "role") == "status"
    box = page.locator("#status .said").bounding_box()
    assert box["y"] + box["height"] <= 900
    assert box["x"] + box["width"] <= 1360


def test_counts_leave_out_what_was_taken_back(page):
    for key in "aaxuajcc":
        page.keyboard.press(key)
        if page.is_visible("#writing"):
            page.keyboard.press("Escape")
    page.wait_for_selector("#stored:text-is('1 decision in this browser')")
    page.keyboard.press("u")
    page.wait_for_selector("#stored:text-is('0 decisions in this browser')")
    assert page.is_disabled("#undo")


def place(page):
    page.wait_for_timeout(350)  # the address follows with a delay
    return page.evaluate("location.hash")


def test_the_place_survives_a_reload_and_going_back(page):
    page.check("[data-filter=status][data-value=aligned]")
    page.click("#articles button >> nth=2")
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("l")
    at, address = current(page), place(page)
    assert at.startswith("Segment 4 of 8")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert (current(page), shown(page), page.evaluate("location.hash")) == (at, "8 segments found", address)
    assert page.locator("#current-row .cell.active").get_attribute("data-column") == "1"
    assert page.is_checked("[data-filter=status][data-value=aligned]")
    page.keyboard.press("o")
    assert page.is_visible("#overview")
    page.go_back()
    assert current(page) == at
    page.go_back()
    assert shown(page) == "20 segments found"
    page.go_back()
    assert shown(page) == "20 segments"
    page.go_forward()
    page.go_forward()
    assert current(page) == at


def test_a_reload_right_after_a_key_keeps_the_place(page):
    page.keyboard.press("End")
    at = current(page)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert current(page) == at
    page.click("#to-rows")  # pressed again, it leads to the first row
    assert current(page).startswith("Segment 1 of 12")


def test_a_row_has_a_link(browser, out, page):
    page.keyboard.press("End")
    link = place(page)
    assert re.fullmatch(r"#row=[0-9a-f]{12}(-\d+)?", link)
    assert page.get_attribute("#current-row .number", "href") == link
    with watching(browser, (out / "review.html").as_uri()) as watched:
        other = watched.open((out / "review.html").as_uri() + link)
        assert other.is_visible("#rows")
        assert current(other).startswith("Segment 8 of 8")
        other.click(".row >> nth=-2 >> .number")
        assert current(other).startswith("Segment 7 of 8")
        other.evaluate("location.hash = '#row=0123456789ab'")
        other.wait_for_selector("#status:has-text('not there any more')")
        other.keyboard.press("y")
        other.wait_for_selector("#status:has-text('link')")


def test_few_stops_of_tab_lead_to_the_rows(browser, tmp_path):
    articles = (rows_of([(f"uno {k}", f"하나 {k}", f"jeden {k}")] * 2, f"a{k:03}") for k in range(300))
    write_corpus(tmp_path / "out", [row for rows in articles for row in rows], findings=[])
    with watching(browser, (tmp_path / "out" / "review.html").as_uri()) as watched:
        page = open_rows(watched, tmp_path / "out")
        page.evaluate("document.activeElement.blur()")
        page.evaluate("document.body.focus()")
        stops = []
        while "current-row" not in stops and len(stops) < 400:
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.id"))
        assert len(stops) <= 12
        page.focus("#articles button[tabindex='0']")
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.textContent").startswith("uno 299")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.textContent").startswith("uno 298")
        page.keyboard.press("Enter")
        assert shown(page) == "2 segments"
        assert page.evaluate("document.activeElement.textContent").startswith("uno 298")


def test_the_focus_stays_where_a_filter_was_set(page):
    page.focus("[data-filter=status][data-value=aligned]")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.dataset.value") == "aligned"
    page.focus("#rule")
    page.select_option("#rule", "entities.name")
    assert page.evaluate("document.activeElement.id") == "rule"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "confidence"
    page.click("#clear")
    assert page.evaluate("document.activeElement.id") == "current-row"


def test_heads_and_languages_are_there_for_screen_readers(page):
    assert page.get_by_role("list", name="Languages").get_by_role("listitem").all_text_contents() == [
        "Italian", "Korean", "Polish",
    ]  # fmt: skip
    names = page.locator("#current-row .language").evaluate_all("all => all.map(e => e.checkVisibility())")
    assert names == [True] * 3


CONTRAST = """() => {
    const parse = (color) => color.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
        .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
    const place = document.querySelector('.row:not([aria-current]) .place');
    const style = getComputedStyle(place);
    const root = getComputedStyle(document.documentElement);
    const box = document.createElement('p');
    document.body.append(box);
    return ['--paper', '--card', '--good-wash', '--critical-wash'].map((name) => {
        box.style.color = root.getPropertyValue(name);
        const [one, two] = [light(parse(style.color)), light(parse(getComputedStyle(box).color))];
        return style.opacity * (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paragraph_numbers_can_be_read(browser, out, scheme):
    with watching(browser, (out / "review.html").as_uri(), color_scheme=scheme) as watched:
        assert min(open_rows(watched, out).evaluate(CONTRAST)) >= 4.5


def test_stale_decisions_are_named_by_title_and_words(browser, out):
    lost = f"it:3:{fingerprint('sparito')}"
    gone = {"kind": "approve", "article": "a1", "paragraphs": lost}
    there = f"ko:1:{fingerprint('하나 0 둘')}"
    add_decisions(
        out,
        [
            parse_decision({"id": "d1", "reviewer": "Ewa", **gone}),
            parse_decision({**gone, "id": "d2", "kind": "repair", "paragraphs": f"{lost} {there}"}),
        ],
        backup=False,
    )
    rows = rows_of([(f"uno {k} due", f"하나 {k} 둘", f"jeden {k} dwa") for k in range(12)])
    write_corpus(out, rows, findings=[])
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = watched.open((out / "review.html").as_uri())
        one, two = page.locator(".stale li").all_text_contents()
        assert one == "Approval in uno 0 due by Ewa: the text has changed: Italian ¶ 3Italian ¶ 3 uno 2 due"
        assert two.endswith("Italian ¶ 3 uno 2 dueKorean ¶ 1 하나 0 둘")


def test_korean_breaks_between_words_everywhere(page):
    page.keyboard.press("l")
    page.keyboard.press("e")
    for where in (".text:lang(ko)", "#editing-text"):
        assert page.locator(where).first.evaluate("e => getComputedStyle(e).wordBreak") == "keep-all"
    assert page.locator(".text:lang(pl)").first.evaluate("e => getComputedStyle(e).wordBreak") == "normal"
