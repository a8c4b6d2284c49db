"""The languages that the page speaks: their messages are complete, and nothing is shown that is not one."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from pipeline.datatypes import Finding, Verdict
from pipeline.decisions import places, resolve
from pipeline.output.columns import ARTICLE_COLUMNS
from pipeline.review.page import LANGUAGES, messages
from tests.browser import needs_chromium, watching
from tests.written import rows_of, write_corpus

ASSETS = files("pipeline.review") / "assets"
FORMS = {"en": {"one", "other"}, "it": {"one", "other"}, "ko": {"other"}, "pl": {"one", "few", "many"}}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
MARK = re.compile(r"<(kbd|code)>(.*?)</\1>")


def forms(message):
    return [message] if isinstance(message, str) else list(message.values())


def sources():
    """The text of every module of the script."""

    def inside(folder):
        for entry in folder.iterdir():
            yield from inside(entry) if entry.is_dir() else [entry.read_text(encoding="utf-8")]

    return "\n".join(inside(ASSETS / "script"))


def used_keys():
    """Patterns of the keys in the script and in page.html; a part that is computed stands for any word."""
    html = (ASSETS / "page.html").read_text(encoding="utf-8")
    script = sources()
    found = set(re.findall(r'data-say(?:-\w+)?="([^"]+)"', html)) | set(re.findall(r'"([\w.-]+)"', script))
    computed = re.findall(r"`([a-z][\w.-]*\.[\w.-]*\$\{[^`]*\}[\w.-]*)`", script)
    patterns = {re.escape(key) for key in (*found, "page.noscript")}  # which page.py writes
    for each in computed:
        before, after = re.split(r"\$\{.*\}", each)
        patterns.add(rf"{re.escape(before)}[\w-]+{re.escape(after)}")
    return patterns


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_complete_and_have_the_same_places_and_marks(language):
    english, own = messages("en"), messages(language)
    assert list(own) == list(english)
    for key, message in own.items():
        assert isinstance(message, str) == isinstance(english[key], str), key
        if not isinstance(message, str):
            assert set(message) == FORMS[language], key
        wanted = set(PLACEHOLDER.findall(forms(english[key])[-1]))
        marks = sorted(MARK.findall(forms(english[key])[-1]))
        for form in forms(message):
            assert form.strip(), key
            assert set(PLACEHOLDER.findall(form)) == wanted, key
            assert sorted(MARK.findall(form)) == marks, key
            assert (form[0] == " ", form[-1] == " ") == (form[0].isspace(), form[-1].isspace()), key


def test_every_message_is_used_and_every_name_of_one_has_a_text():
    known = set(messages("en"))
    patterns = used_keys()
    assert sorted(key for key in known if not any(re.fullmatch(pattern, key) for pattern in patterns)) == []
    html = (ASSETS / "page.html").read_text(encoding="utf-8")
    assert set(re.findall(r'data-say(?:-\w+)?="([^"]+)"', html)) <= known
    assert set(re.findall(r'\bsay(?:Marked)?\("([^"]+)"', sources())) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_does_not_repeat_english(language):
    """A text that was forgotten is the English one; words that both languages have are few."""
    if language == "en":
        return
    english, own = messages("en"), messages(language)
    words = re.compile("[A-Za-z]{2,} [A-Za-z]{2,}")
    alike = [key for key in own if own[key] == english[key] and words.search(str(own[key]))]
    assert alike == []


def test_reasons_of_a_run_have_messages():
    """The page words the reasons why decisions have no effect anew; it must know each."""
    page = (ASSETS / "script" / "view" / "stale.js").read_text(encoding="utf-8")
    reasons = []
    for module in (places, resolve):
        source = Path(module.__file__).read_text(encoding="utf-8")
        reasons += re.findall(r'f?"((?:its|the text) [^"]*)"', source)
    assert len(reasons) >= 6
    for reason in reasons:
        assert reason.partition("{")[0].rstrip(": ") in page, reason


def test_columns_of_the_table_of_files_have_messages():
    assert {f"column.{column.name}" for column in ARTICLE_COLUMNS} == {
        key for key in messages("en") if key.startswith("column.")
    }


# The page in a language that does not exist.

WIDE = str.maketrans({chr(k): chr(k + 0xFEE0) for k in (*range(65, 91), *range(97, 123))})


def widened(text):
    """A text with other letters, but for its placeholders and marks."""
    parts = re.split(r"(\{\w+\}|<kbd>.*?</kbd>|<code>.*?</code>)", text)
    return "".join(part if k % 2 else part.translate(WIDE) for k, part in enumerate(parts))


def speaking_wide(out):
    """Give a page other messages in place of the Korean ones: Korean has no ASCII letters of its own."""
    html = (out / "review.html").read_text(encoding="utf-8")
    before = re.search(r'id="messages">(.*?)</script>', html)[1]
    all_messages = json.loads(before)
    all_messages["ko"] = {
        key: {"other": widened(forms(m)[-1])} if isinstance(m, dict) else widened(m)
        for key, m in messages("en").items()
    }
    after = json.dumps(all_messages).replace("<", "\\u003c").replace("&", "\\u0026")
    (out / "review.html").write_text(html.replace(before, after), encoding="utf-8")


STRAYS = """() => {
    const attributes = ["aria-label", "title", "placeholder", "alt", "data-here"];
    const own = document.documentElement.lang;
    const exempt = (element) => {
        if (element.closest("[translate=no], kbd, code, script, style, noscript, #language")) return true;
        return element.closest("[lang]").lang !== own;
    };
    const found = [];
    const look = (text, element) => {
        text = text.replaceAll("numbers.changed", ""); // the name of a rule inside a message
        if (/[A-Za-z]{2,}|[{}]|undefined|null|NaN/.test(text) && !exempt(element)) found.push(text.trim());
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement);
    for (const element of document.querySelectorAll("*")) {
        for (const name of attributes) look(element.getAttribute(name) ?? "", element);
    }
    look(document.title, document.body);
    return found;
}"""


class Listener:
    """Looks for words of no message after everything that is done on a page."""

    def __init__(self, page):
        self.page, self.found, self.said = page, set(), set()

    def look(self):
        self.found |= set(self.page.evaluate(STRAYS))
        self.said.add(self.page.text_content("#status"))

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.look()

    def click(self, selector):
        self.page.click(selector)
        self.look()


@pytest.fixture
def wide(tmp_path):
    rows = rows_of(
        [
            ("하나 12", "一つ 12", "一 13"),
            (["둘", "셋"], ["二つ", "三つ"], ""),
            ("넷", "", ""),
            ("다섯", "五つ", "五"),
        ]
        * 3,
        languages=("ko", "ja", "zh-cn"),
        confidence=0.4,
    )
    severities = ("critical", "major", "minor", "neutral")
    findings = [
        Finding(
            f"f{k}", rows[k].id, "a1", "numbers.changed", "numbers", "x", severities[k % 4], "ko", "zh-cn",
            "", "0-1" if k != 1 else "", "an English message", "9" if k == 0 else "", "open",
        )
        for k in range(4)
    ]  # fmt: skip
    judged = [
        Verdict(
            f"가/{k}",
            "a1" if k < 3 else "",
            code,
            1.0,
            1,
            verdict,
            1.0,
            "a reason",
            suspicious="missing_characters 1",
        )
        for k, (code, verdict) in enumerate(
            [
                ("ko", "parallel"),
                ("ja", "parallel"),
                ("zh-cn", "parallel"),
                ("ko", "alone"),
                ("ja", "rejected"),
            ]
        )
    ]
    write_corpus(tmp_path / "out", rows, findings, languages=("ko", "ja", "zh-cn"), files=judged)
    speaking_wide(tmp_path / "out")
    return tmp_path / "out"


@needs_chromium
def test_nothing_is_shown_that_is_not_a_message(browser, wide):
    address = (wide / "review.html").as_uri()
    with watching(browser, address, locale="ko-KR", permissions=["clipboard-write"]) as watched:
        page = watched.open(address)
        assert page.get_attribute("html", "lang") == "ko"
        everywhere = Listener(page)
        page.wait_for_selector("#forecast:not(:empty)")
        everywhere.click("#overview .files summary")
        everywhere.click("#to-rows")
        everywhere.press(
            "j", "k", "n", "a", "a", "x", "u", "U", "U", "u", "u", "Enter", "d", "d", "l", "l", "h", "y"
        )
        everywhere.press(
            "t", "t", "t", "j", "m", "u", "]", "[", "}", "{", "u", "b", "J", "J", "a", "Escape", "Escape"
        )
        everywhere.press(
            "J", "m", "Escape", "d", "Escape", "x", "Enter", "Control+a", "Escape", "D", "Escape"
        )
        everywhere.press("k", "k", "k", "s", "ArrowUp", "ArrowDown", "Enter", "?", "Escape", "c")
        page.keyboard.insert_text("의견")
        everywhere.click("#writing-save")
        everywhere.press("e", "Escape", "e")
        page.keyboard.insert_text("글")
        everywhere.press("Escape", "e", "Control+Enter", "Home", "e")
        page.fill("#editing-text", " ")
        everywhere.press("Control+Enter")
        everywhere.click("[data-do=discard-edit]")
        everywhere.click(".own-files summary")
        everywhere.click(".own-files [data-do=join-file] >> nth=0")
        page.keyboard.insert_text("가/4")
        everywhere.press("Enter", "u")
        everywhere.click(".own-files [data-do=part-file] >> nth=0")
        everywhere.press("A", "o")
        everywhere.press("f", "o")
        everywhere.click("[data-filter=status] >> nth=0")
        page.fill("#search", "없는 말")
        page.wait_for_selector("#nothing:not([hidden])")
        everywhere.look()
        page.emulate_media(media="print")
        everywhere.look()
        assert sorted(everywhere.found) == []
        assert len(everywhere.said) > 25
