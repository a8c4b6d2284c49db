"""Paragraphs out of plain text, Markdown and HTML."""

import json
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingError
from pipeline.segment import Block, segment

CASES = json.loads((Path(__file__).parent / "cases/front/segments.json").read_text(encoding="utf-8"))
WORDS = ["rosa", "vento", "mare", "luce", "strada", "finestra", "ogni", "perché", "qualcosa", "treno"]


def _visible(text):
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["name"])
def test_paragraphs_and_their_kinds(case):
    assert segment(case["text"], case["format"]) == [Block(*block) for block in case["blocks"]]


@pytest.mark.parametrize("case", CASES["known failures"], ids=lambda case: case["name"])
@pytest.mark.xfail(strict=True, reason="where a syllable ends, a word may or may not")
def test_known_failures(case):
    assert segment(case["text"], case["format"]) == [Block(*block) for block in case["blocks"]]


def test_an_unknown_format_is_a_setting_error():
    with pytest.raises(SettingError, match="docx"):
        segment("text", "docx")


@given(st.text(alphabet="abA .-*#>1)–\n\t가다!?:", max_size=300))
def test_plain_text_loses_nothing(text):
    """The one exception is a hyphen that broke a word at a line end."""
    found = "".join(_visible(block.text) for block in segment(text, "txt"))
    assert found.replace("-", "") == _visible(text).replace("-", "")
    assert found.count("-") >= text.count("-") - text.count("-\n")
    assert all(block.text == block.text.strip() != "" for block in segment(text, "txt"))


@given(st.text(max_size=200), st.sampled_from(["md", "html"]))
def test_any_markup_gives_some_paragraphs(text, format):
    assert all(block.text == block.text.strip() != "" for block in segment(text, format))


paragraph = st.lists(st.sampled_from(WORDS), min_size=30, max_size=90).map(
    lambda words: " ".join(words) + "."
)


@given(st.lists(paragraph, min_size=2, max_size=6), st.integers(50, 100))
def test_wrapping_is_undone(paragraphs, width):
    wrapped = "\n\n".join(textwrap.fill(text, width) for text in paragraphs)
    assert [block.text for block in segment(wrapped, "txt")] == paragraphs


@given(st.lists(paragraph, min_size=1, max_size=6))
def test_paragraphs_of_one_line_stay_apart(paragraphs):
    for joiner in ("\n", "\n\n"):
        assert [block.text for block in segment(joiner.join(paragraphs), "txt")] == paragraphs


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("<div>" * 20_000 + "fondo", "html"),
        ("<p" * 50_000, "html"),
        ("<!--" * 50_000, "html"),
        ("a" * 1_000_000, "txt"),
        ("a\n" * 100_000, "txt"),
        ("- " * 100_000, "txt"),
        ("> " * 5_000 + "fondo", "md"),
        ("[" * 20_000, "md"),
        ("*a " * 20_000, "md"),
    ],
)
def test_malicious_texts_take_no_long_time(text, format):
    begin = time.perf_counter()
    segment(text, format)
    assert time.perf_counter() - begin < 5
