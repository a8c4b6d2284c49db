"""Paragraphs out of plain text, Markdown and HTML."""

import itertools
import json
import re
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SettingError
from pipeline.segmentation.segment import Block, segment

CASES = json.loads((Path(__file__).parent.parent / "cases/front/segments.json").read_text(encoding="utf-8"))
WORDS = ["rosa", "vento", "mare", "luce", "strada", "finestra", "ogni", "perché", "qualcosa", "treno"]


def _visible(text):
    return "".join(text.split())


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["name"])
def test_paragraphs_and_their_kinds(case):
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
def test_any_markup_can_be_cut(text, format):
    assert all(block.text == block.text.strip() != "" for block in segment(text, format))


def _joined(parts, *joiners, min_size=1):
    """Return a strategy for several parts with one of the joiners between them."""
    lists = st.lists(parts, min_size=min_size, max_size=3)
    return st.builds(lambda found, joiner: joiner.join(found), lists, st.sampled_from(joiners))


def _markdown_list(items, marker):
    return "\n".join(marker + textwrap.indent(item, " " * len(marker))[len(marker) :] for item in items)


def _markdown_quote(text, depth):
    return textwrap.indent(text, "> " * depth, lambda line: True)


def _markdown_blocks(inner):
    items = st.lists(inner | st.just(""), min_size=1, max_size=3)
    return _joined(
        inner
        | st.builds(_markdown_list, items, st.sampled_from(["- ", "* ", "1. ", "3) "]))
        | st.builds(_markdown_quote, inner, st.integers(1, 120)),
        "\n\n",
    )


def _html_blocks(inner):
    items = _joined(inner, "<li>", "</li>\n<li>")
    cells = _joined(inner, "<td>", "</td><td>", "<tr><td>")
    return _joined(
        inner
        | st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["div", "blockquote", "section"]), inner)
        | st.builds("<{0}><li>{1}</{0}>".format, st.sampled_from(["ul", "ol"]), items)
        | st.builds("<table><tr><td>{}</table>".format, cells)
        | st.builds(lambda text, depth: "<div>" * depth + text + "</div>" * depth, inner, st.just(1_100)),
        "",
        "\n",
    )


# "@" stands for a word
_markdown_words = st.sampled_from(
    [
        "@",
        "*@*",
        "**@ @**",
        "`@`",
        "[@](https://example.org)",
        "![@](a.png)",
        "&quot;@&quot;",
        "@<br>@",
        "@<BR />@",
        "@<br class='a'>\n@",
        "@<br>\n<br>@",
        "@\\\n@",
        "@  \n@",
        "@<p>@</p>@",
        "<b>@</b>",
    ]
)
_markdown_text = _joined(_markdown_words, " ", "\n", "<br>", "<BR>\n")
_markdown = st.recursive(
    _markdown_text
    | st.sampled_from(
        ["# @", "### @ *@*", "@\n---", "```\n@\n\n@\n```", "    @ @", "***", "| @ | @ |\n|---|---|\n| @ | |"]
    )
    | st.sampled_from(
        ["<pre>\n@\n\n@\n</pre>", "<div>@<br>@</div>", "<!-- no -->", "---\n@\n---\n@", "---\n\n@"]
    ),
    _markdown_blocks,
    max_leaves=8,
)
_html_text = _joined(
    st.sampled_from(
        ["@", "<b>@</b>", "<a href=x>@</a>", "<img alt='@'>", "&nbsp;@", "@<br>@", "@<BR/>\n<br>@"]
    ),
    " ",
    "\n",
    "<br>",
).map(lambda text: text + "\n")
_html = st.recursive(
    _html_text
    | st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(["p", "h1", "h3", "pre", "div", "figure"]), _html_text
    )
    | st.builds("<p>{}".format, _html_text)
    | st.builds("<pre>{}\n\n{}</pre>".format, _html_text, _html_text)
    | st.sampled_from(["<script>no</script>", "<hr>"]),
    _html_blocks,
    max_leaves=8,
)


@given(_markdown.map(lambda text: (text, "md")) | _html.map(lambda text: (text, "html")))
def test_every_word_of_markup_comes_back_in_order(document):
    numbers = itertools.count()
    text = re.sub("@", lambda _: f"parola{next(numbers)}", document[0])
    found = [word for block in segment(text, document[1]) for word in re.findall(r"\w+", block.text)]
    words = [word for word in found if not word.isdigit()]  # a number is that of an item
    assert words == [f"parola{number}" for number in range(next(numbers))]


@pytest.mark.parametrize("depth", [10, 20, 45, 46, 47, 48, 60, 95, 96, 200])
def test_what_is_nested_deeply_stays(depth):
    quote = "> " * depth + "uno\n" + ">" * depth + "\n" + "> " * depth + "due"
    assert segment(quote, "md") == [Block("quote", "uno"), Block("quote", "due")]
    nested = "\n".join("  " * level + f"- voce{level}" for level in range(depth))
    found = " ".join(block.text for block in segment(nested, "md"))
    assert found.split() == [f"voce{level}" for level in range(depth)]


def test_elements_that_are_never_closed_leave_the_kinds_of_a_page():
    drawing = "<svg>" + "<path d='M0 0'/>" * 3_000 + "</svg>"
    closed = "<div><span>x</span><b/></div>" * 3_000
    page = drawing + closed + "<font>" * 400 + "<p>uno</font><ul><li>due</ul><blockquote>tre</blockquote>"
    assert segment(page, "html")[-3:] == [
        Block("paragraph", "uno"),
        Block("list-item", "due"),
        Block("quote", "tre"),
    ]


def test_front_matter_needs_settings():
    assert segment("---\n---\ntesto", "md") == [Block("paragraph", "testo")]
    assert segment("---\n\nlang: it\n\n---\ntesto", "md") == [Block("paragraph", "testo")]
    assert segment("---\n\nnota: uno\n\n---\ntesto", "md")[-2:] == [
        Block("paragraph", "nota: uno"),
        Block("paragraph", "testo"),
    ]


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
        ("<div>x" * 100_000, "html"),
        ("<x-a>x" * 100_000, "html"),
        ("<ul><li>x" * 50_000, "html"),
        ("---\na: b\n" * 15_000, "md"),
        ("<br" * 50_000, "md"),
        ("![a]({% b" * 8_000, "md"),
        ("{{< a " * 10_000, "mdx"),
        ("[[a]]" * 10_000, "md"),
        ("```{note}\n" * 5_000, "md"),
        ("<A b={{{" * 10_000, "mdx"),
        ("|a|" * 20_000, "rst"),
        (".. note:: a\n\n   " * 4_000, "rst"),
    ],
)
def test_malicious_texts_take_no_long_time(text, format):
    begin = time.process_time()
    segment(text, format)
    assert time.process_time() - begin < 20


def _hard_wrapped(size):
    """Return text of about `size` characters in lines of 60, most of which end in a broken word."""
    words = itertools.cycle(["giardino", "straordinario", "finestra", "qualcosa", "perché", "italo-francese"])
    text = " ".join(itertools.islice(words, size // 10))
    lines = [text[start : start + 59] for start in range(0, len(text), 59)]
    broken = [line[-1:].isalpha() and after[:1].isalpha() for line, after in itertools.pairwise(lines)]
    return "\n".join(line + "-" * mark for line, mark in zip(lines, [*broken, False], strict=True)), text


def test_broken_words_of_a_long_text_are_joined_in_a_short_time():
    wrapped, text = _hard_wrapped(300_000)
    assert wrapped.count("-\n") > 3_000
    begin = time.process_time()
    found = segment(wrapped, "txt")
    assert time.process_time() - begin < 20
    assert _visible("".join(block.text for block in found)).replace("-", "") == _visible(text).replace(
        "-", ""
    )


def test_a_word_broken_twice_is_whole_again():
    text = (
        "Le rose del nostro piccolo giardino fioriscono sempre a stra-\n"
        "ordinariamentelunghissimaparolacheoccupatuttaquantalari-\n"
        "gasenzaspazi e chiedono molte cure, perché temono il gelo e\n"
        "il vento di mare.\n"
    )
    (block,) = segment(text, "txt")
    assert "a straordinariamentelunghissimaparolacheoccupatuttaquantalarigasenzaspazi e" in block.text
