"""Boilerplate does not meet the aligner, and no paragraph is lost for it."""

import pandas as pd
import pytest

from pipeline.config import Config
from pipeline.datatypes import Article, ArticleGroup, Paragraph, Row, fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.rows.setaside import SetAside
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.segmentation.boilerplate import body

ITALIAN = [
    "Le rose del giardino",
    "Le rose fioriscono a maggio nel giardino della scuola, e i bambini le curano ogni giorno.",
    "Fonte: Comune di Valdora",
    "A giugno arriva il caldo, e allora bisogna annaffiarle due volte: la mattina presto e la sera.",
    "A settembre tutto il paese viene a vedere la mostra, e il sindaco premia la più bella con 50 euro.",
    "In inverno i bambini disegnano le rose che vorrebbero, e in primavera piantano le più belle.",
    "Lascia un commento",
    "Il tuo indirizzo email non sarà pubblicato.",
]
POLISH = [
    "Róże w ogrodzie",
    "Róże kwitną w maju w szkolnym ogrodzie, a dzieci codziennie je pielęgnują.",
    "W czerwcu przychodzą upały i trzeba je wtedy podlewać dwa razy: wcześnie rano i wieczorem.",
    "We wrześniu cała wieś przychodzi na wystawę, a wójt nagradza najpiękniejszą różę kwotą 50 euro.",
    "Zimą dzieci rysują róże, które chciałyby mieć, a wiosną sadzą te najładniejsze.",
    "Źródło: Gmina Valdora",
]


def paragraph(number, kind="paragraph", text="testo"):
    return Paragraph(number, kind, f"{text} {number}", ((0, len(f"{text} {number}")),), "it")


def article(file, kinds):
    paragraphs = tuple(paragraph(n, kind) for n, kind in enumerate(kinds, start=1))
    return Article(file, file, 1.0, paragraphs, (), "utf-8")


def aligned(group):
    """Rows of the paragraphs with the same place in every file."""
    cells = zip(*(part.paragraphs for part in group.articles), strict=True)
    return [
        Row("a", n, f"id{n}", group.languages, tuple((p,) for p in row), 0.9, "aligned")
        for n, row in enumerate(cells, start=1)
    ]


def test_boilerplate_stands_where_its_file_has_it():
    whole = [
        article("it", ["boilerplate", "paragraph", "boilerplate", "paragraph"]),
        article("pl", ["paragraph", "paragraph", "boilerplate", "boilerplate"]),
    ]
    group = ArticleGroup("a", tuple(map(body, whole)))
    aside = SetAside.of(group, ArticleGroup("a", tuple(whole)), "paragraph")
    found = aside.put_back(aligned(group), [((0, n), (1, n)) for n in range(2)])
    rows = [row for row, _ in found]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    numbers = [[[p.number for p in cell] for cell in row.cells] for row in rows]
    assert numbers == [[[1], []], [[2], [1]], [[3], []], [[4], [2]], [[], [3]], [[], [4]]]
    alone = [row for row in rows if row.alone]
    assert {(row.alone, row.status) for row in alone} == {("boilerplate", "unmatched")}
    assert len({row.id for row in alone}) == 4
    places = [sorted(nodes) for _, nodes in found]
    assert places == [[(0, 0)], [(0, 1), (1, 0)], [(0, 2)], [(0, 3), (1, 1)], [(1, 2)], [(1, 3)]]


def test_settled_rows_are_those_of_units_that_take_part():
    whole = [article("it", ["boilerplate", "paragraph"]), article("pl", ["paragraph", "boilerplate"])]
    group = ArticleGroup("a", tuple(map(body, whole)))
    aside = SetAside.of(group, ArticleGroup("a", tuple(whole)), "paragraph")
    assert aside.within([frozenset({(0, 1), (1, 0)}), frozenset({(0, 0)})]) == (frozenset({(0, 0), (1, 0)}),)


def test_what_people_have_put_into_a_row_with_others_takes_part():
    whole = article("it", ["paragraph", "boilerplate", "boilerplate"])
    joined = {("it", fingerprint("testo 3"))}
    assert [p.number for p in body(whole, "paragraph", joined).paragraphs] == [1, 3]


def test_an_article_that_is_all_boilerplate_stays_whole():
    whole = article("it", ["boilerplate", "boilerplate"])
    assert body(whole) is whole


def test_an_article_without_boilerplate_is_returned_as_it_is():
    whole = article("it", ["title", "paragraph"])
    assert body(whole) is whole


@pytest.fixture
def raw(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("\n\n".join(ITALIAN), encoding="utf-8")
    (tmp_path / "raw" / "b.txt").write_text("\n\n".join(POLISH), encoding="utf-8")
    return tmp_path / "raw"


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
def test_a_run_keeps_boilerplate_apart(raw, tmp_path, level):
    run(Config(raw=raw, out=tmp_path / "out", languages=("it", "pl"), level=level), Silent())
    rows = read(tmp_path / "out" / "corpus.csv")
    alone = {row["it"] or row["pl"] for row in rows if row["status"] == "unmatched"}
    assert alone == {ITALIAN[6], ITALIAN[7]}
    assert [row["pl"] for row in rows if row["it"] == ITALIAN[2]] == [POLISH[5]]  # each says where it is from
    assert {row["findings"] for row in rows if row["status"] == "unmatched"} == {"completeness.boilerplate"}
    assert "".join(row["it"] for row in rows) == "".join(ITALIAN)
    verdicts = {line["file"]: line for line in read(tmp_path / "out" / "articles.csv")}
    assert verdicts["a.txt"]["boilerplate"] == "7-8"
    assert verdicts["a.txt"]["paragraphs"] == "8"
    assert {line["verdict"] for line in verdicts.values()} == {"parallel"}


def test_boilerplate_can_be_aligned(raw, tmp_path):
    config = Config(raw=raw, out=tmp_path / "out", languages=("it", "pl"), keep_boilerplate=True)
    run(config, Silent())
    rows = read(tmp_path / "out" / "corpus.csv")
    assert all(row["confidence"] != "0.5000" for row in rows)
    assert "".join(row["it"] for row in rows) == "".join(ITALIAN)


def decide(out, article, **paragraphs):
    references = " ".join(
        f"{code}:{number}:{fingerprint(text)}" for code, (number, text) in paragraphs.items()
    )
    kind = "repair" if len(paragraphs) > 1 else "approve"
    fields = {"id": kind, "time": "2026-01-31T09:30:00Z", "kind": kind, "article": article}
    add_decisions(out, [parse_decision(fields | {"target": "row", "paragraphs": references})], backup=True)


def test_decisions_about_boilerplate_stand(raw, tmp_path):
    config = Config(raw=raw, out=tmp_path / "out", languages=("it", "pl"))
    run(config, Silent())
    article = read(tmp_path / "out" / "corpus.csv")[0]["article"]
    decide(config.out, article, it=(3, ITALIAN[2]), pl=(6, POLISH[5]))
    decide(config.out, article, it=(7, ITALIAN[6]))
    summary = run(config, Silent())
    assert summary.stale == ()
    rows = {row["it"]: row for row in read(tmp_path / "out" / "corpus.csv")}
    assert rows[ITALIAN[2]]["pl"] == POLISH[5]
    assert rows[ITALIAN[2]]["review"] == "repaired"
    assert (rows[ITALIAN[6]]["pl"], rows[ITALIAN[6]]["review"]) == ("", "approved")
    assert rows[ITALIAN[6]]["confidence"] == "0.9900"
    assert rows[ITALIAN[7]]["review"] == ""


def test_a_decision_about_one_article_leaves_the_boilerplate_of_others_alone(raw, tmp_path):
    others = ("Le viole crescono all'ombra.", "I fiori di campo durano poco.", "La siepe va potata a marzo.")
    italian = [*(f"{text} {ITALIAN[3]}" for text in others), ITALIAN[2]]
    others = ("Fiołki rosną w cieniu.", "Polne kwiaty krótko kwitną.", "Żywopłot przycina się w marcu.")
    polish = [*(f"{text} {POLISH[2]}" for text in others), POLISH[5]]
    (raw / "c.txt").write_text("\n\n".join(italian), encoding="utf-8")
    (raw / "d.txt").write_text("\n\n".join(polish), encoding="utf-8")
    config = Config(raw=raw, out=tmp_path / "out", languages=("it", "pl"))
    run(config, Silent())
    before = read(tmp_path / "out" / "corpus.csv")
    [article] = {row["article"] for row in before if row["it"] == ITALIAN[1]}
    assert len({row["article"] for row in before}) == 2
    decide(config.out, article, it=(3, ITALIAN[2]), pl=(6, POLISH[5]))
    run(config, Silent())
    after = read(tmp_path / "out" / "corpus.csv")
    kept = [[row for row in rows if row["article"] != article] for rows in (before, after)]
    for rows in kept:
        for row in rows:
            del row["id"]  # of a text that stands twice, it says which one in the corpus it is
    assert kept[0] == kept[1]
    assert any(row["review"] == "repaired" for row in after)
