"""The picture of a corpus in a notebook: inert, self-contained, and true."""

import re
from html.parser import HTMLParser

import pytest

from pipeline import load
from pipeline.api.pictures import MAX_BANDS, MAX_PIECES
from tests.written import rows_of, write_corpus

ALLOWED = {"div", "b", "small", "span", "svg", "rect", "title"}
TITLE = '<script>alert("1")</script>&<img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    """Collects elements with their attributes, and checks that each is closed."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open, self.text = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def named(self, name):
        return [attributes for tag, attributes in self.found if tag == name]


@pytest.fixture
def picture(tmp_path):
    def draw(rows, title=""):
        write_corpus(tmp_path / "out", rows, findings=[])
        corpus = load(tmp_path / "out")
        corpus.articles["title"] = title
        return Tags(corpus._repr_html_())

    return draw


def test_each_row_is_a_piece_of_its_articles_band(aligned):
    corpus = load(aligned / "out")
    found = Tags(corpus._repr_html_())
    assert len(found.named("svg")) == corpus.rows["article"].nunique() == 3
    assert len(found.named("rect")) == len(corpus.rows)
    assert "3 articles in Italian, Korean and Polish, 51 rows, 10 open findings" in found.text
    for attributes in found.named("rect"):
        assert 0 <= float(attributes["x"]) <= float(attributes["x"]) + float(attributes["width"]) <= 1000.5


def test_nothing_in_it_runs_or_is_fetched(picture):
    found = picture(rows_of([("uno", "하나", "jeden")], TITLE), TITLE)
    assert {tag for tag, _ in found.found} <= ALLOWED
    names = {name for _, attributes in found.found for name in attributes}
    assert names <= {
        "style",
        "viewbox",
        "preserveaspectratio",
        "role",
        "aria-label",
        "x",
        "width",
        "height",
        "fill",
    }
    assert not any("url" in attributes.get("style", "") for _, attributes in found.found)
    assert any(TITLE in text for text in found.text)  # as text


def test_colours_tell_what_is_to_be_looked_at(picture):
    rows = [
        *rows_of([("uno", "하나", "jeden"), ("due", "둘", ""), ("tre", "", "")], "a1"),
        *rows_of([("uno", "하나", "jeden")], "a2", confidence=0.5),
    ]
    found = picture(rows)
    fills = [attributes["fill"] for attributes in found.named("rect")]
    assert len(set(fills)) == 4
    assert fills[0] not in fills[1:]  # the article with the unsure row stands first
    assert [text for text in found.text if text.startswith("row ")] == [
        "row 1: confidence below 0.9", "row 1: all languages", "row 2: some languages", "row 3: one language"
    ]  # fmt: skip


def test_long_articles_and_many_stay_small(picture):
    long = rows_of([(f"uno {n}", "하나", "jeden" if n % 2 else "") for n in range(3 * MAX_PIECES)], "a0000")
    many = [row for n in range(MAX_BANDS + 5) for row in rows_of([(f"due {n}", "둘", "dwa")], f"b{n}")]
    found = picture([*long, *many])
    assert len(found.named("svg")) == MAX_BANDS
    assert "and 6 more articles with less to look at" in found.text
    band = [text for text in found.text if re.match(r"rows \d+ to \d+: some languages", text)]
    assert band[:2] == ["rows 1 to 3: some languages", "rows 4 to 6: some languages"]
    assert len(band) == MAX_PIECES


def test_a_corpus_without_rows(picture):
    assert picture([]).named("svg") == []
