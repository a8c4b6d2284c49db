"""Lines that look like boilerplate: what finds a counterpart is text, the rest is set aside."""

import pandas as pd
import pytest

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.joint import Tie
from pipeline.config import Config
from pipeline.datatypes import Article, ArticleGroup, Paragraph
from pipeline.rows.lines import without_lines
from pipeline.run.flow import run
from pipeline.run.progress import Silent

DOUBTFUL = "boilerplate"


def article(language, kinds):
    paragraphs = tuple(
        Paragraph(number, kind, f"{language} {number}", ((0, 4),), language)
        for number, kind in enumerate(kinds, start=1)
    )
    doubtful = tuple(p.number for p in paragraphs if p.kind == DOUBTFUL)
    return Article(language, language, 1.0, paragraphs, (), "utf-8", doubtful=doubtful)


def left(rows, *kinds, languages=("it", "ko", "pl")):
    """What is left of rows of nodes, and the paragraphs that are left of each file with their kinds."""
    group = ArticleGroup("a", tuple(article(code, each) for code, each in zip(languages, kinds, strict=True)))
    doubtful = [frozenset(part.doubtful) for part in group.articles]
    own, found = without_lines(group, rows, "paragraph", doubtful)
    return [row.nodes for row in found], [
        [(p.number, p.kind) for p in part.paragraphs] for part in own.articles
    ]


def row(*nodes, confidence=0.9, decided=False):
    return AlignedRow(nodes, confidence, decided=decided)


TEXT = "paragraph"


def test_a_line_that_every_language_has_is_text():
    rows, files = left([row((0, 0), (1, 0), (2, 0)), row((0, 1), (1, 1), (2, 1))], *[[TEXT, DOUBTFUL]] * 3)
    assert rows == [((0, 0), (1, 0), (2, 0)), ((0, 1), (1, 1), (2, 1))]
    assert files == [[(1, TEXT), (2, TEXT)]] * 3


def test_a_line_beside_text_is_text():
    rows, _ = left([row((0, 0), (2, 0)), row((1, 0))], [DOUBTFUL], [TEXT], [TEXT])
    assert rows == [((0, 0), (2, 0)), ((1, 0),)]


@pytest.mark.parametrize(
    "rows",
    [
        [row((0, 0)), row((0, 1), (1, 0), (2, 0))],  # alone
        [row((0, 0), (1, 0), (2, 0), confidence=0.4), row((0, 1))],  # hardly beside anything
        [row((0, 0), (0, 1), (1, 0), (2, 0))],  # beside text of its own language
    ],
)
def test_a_line_without_a_counterpart_of_its_own_is_set_aside(rows):
    found, files = left(rows, [DOUBTFUL, TEXT], [TEXT], [TEXT])
    assert files[0] == [(2, TEXT)]
    assert sorted(node for nodes in found for node in nodes) == [(0, 0), (1, 0), (2, 0)]


def test_lines_that_some_languages_have_are_set_aside_together():
    rows, files = left([row((0, 0), (1, 0)), row((2, 0))], [DOUBTFUL], [DOUBTFUL], [TEXT])
    assert (rows, files) == ([((2, 0),)], [[], [], [(1, TEXT)]])


def test_what_people_decided_stands():
    rows, files = left([row((0, 0), (1, 0), decided=True)], [DOUBTFUL], [DOUBTFUL], languages=("it", "pl"))
    assert rows == [((0, 0), (1, 0))]
    assert files == [[(1, TEXT)], [(1, TEXT)]]


@pytest.mark.parametrize(("other", "expected"), [((1, 0), None), ((1, 2), Tie(0.3, (0, 0), (1, 1)))])
def test_a_rival_is_found_at_its_new_place(other, expected):
    kinds = [TEXT], [DOUBTFUL, TEXT, TEXT]
    group = ArticleGroup("a", tuple(map(article, ("it", "pl"), kinds)))
    first = AlignedRow(((0, 0), (1, 1)), 0.7, Tie(0.3, (0, 0), other))
    rows = [first, row((1, 0)), row((1, 2))]
    _, found = without_lines(group, rows, "paragraph", [frozenset(), frozenset({1})])
    assert found[0].rival == expected


CHAPTERS = {
    "it": ("Il forno va acceso un'ora prima di impastare.", "La farina si pesa due volte, con calma."),
    "ko": ("반죽하기 한 시간 전에 오븐을 켜야 합니다.", "밀가루는 차분하게 두 번 무게를 잽니다."),
    "pl": ("Piec włącza się godzinę przed zagniataniem ciasta.", "Mąkę waży się spokojnie dwa razy."),
}
POINTERS = {
    "it": ("👉 Leggi di più: il lievito madre", "👉 Leggi di più: le farine antiche"),
    "ko": ("👉 자세히 보기: 천연 발효종", "👉 자세히 보기: 옛날 밀가루"),
    "pl": ("👉 Czytaj więcej: zakwas", "👉 Czytaj więcej: dawne mąki"),
}


def test_pointers_that_all_languages_have_stand_side_by_side(tmp_path):
    (tmp_path / "raw").mkdir()
    for code, texts in CHAPTERS.items():
        pairs = zip(texts, POINTERS[code], strict=True)
        text = "\n\n".join(part for pair in pairs for part in pair) + "\n\n" + " ".join(texts * 2)
        (tmp_path / "raw" / f"{code}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "raw" / "pl.txt").open("a", encoding="utf-8").write("\n\nUdostępnij na Facebooku")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out"), Silent())
    corpus = pd.read_csv(tmp_path / "out" / "corpus.csv", dtype=str, keep_default_na=False)
    rows = {row.pl: (row.it, row.ko) for row in corpus.itertuples()}
    for place, line in enumerate(POINTERS["pl"]):
        assert rows[line] == (POINTERS["it"][place], POINTERS["ko"][place])
    articles = pd.read_csv(tmp_path / "out" / "articles.csv", dtype=str, keep_default_na=False)
    assert dict(zip(articles.file, articles.boilerplate, strict=True)) == {
        "it.txt": "",
        "ko.txt": "",
        "pl.txt": "6",
    }
