"""The noise that makes raw articles for the benchmarks, and the gold that goes with it."""

import gzip
import json
import random

import numpy as np
import pytest

from benchmarks import collections, neighbours, news_errors, scale
from benchmarks.align import write_articles
from benchmarks.documents import Document, Noise, NoisyParagraph, add_noise, known_rows, read_documents
from pipeline.evaluation.gold import read_gold

SILENCE = Noise(density=1, merge=0, split=0, drop=0, add=0)


def document(units, name="d", languages=("it", "ko", "pl")):
    return Document(name, [{code: f"{name} {code} {k}" for code in languages} for k in range(units)])


def noisy(noise, units=12, strangers=None):
    return add_noise(document(units), ("it", "pl"), noise, strangers or {}, random.Random(5))


def units_of(article):
    return {code: [paragraph.units for paragraph in paragraphs] for code, paragraphs in article.items()}


def test_without_noise_every_unit_is_a_paragraph():
    article = noisy(SILENCE)
    assert units_of(article) == {code: [(k,) for k in range(12)] for code in ("it", "pl")}
    assert article["pl"][3].text == "d pl 3"
    assert known_rows(article) == [{"it": [k], "pl": [k]} for k in range(1, 13)]


def test_units_between_common_ends_are_one_paragraph():
    article = noisy(Noise(density=0, merge=0, split=0, drop=0, add=0), units=3)
    assert [paragraph.text for paragraph in article["it"]] == ["d it 0 d it 1 d it 2"]
    assert known_rows(article) == [{"it": [1], "pl": [1]}]


def test_merging_splitting_and_dropping_differ_between_the_languages():
    for noise in (Noise(1, 0.3, 0, 0, 0), Noise(0, 0, 0.3, 0, 0), Noise(1, 0, 0, 0.3, 0)):
        found = units_of(noisy(noise, units=40))
        assert found["it"] != found["pl"]
        assert 5 < len(found["it"]) < 40


def test_few_paragraphs_are_all_kept():
    assert len(noisy(Noise(1, 0, 0, 1, 0), units=4)["it"]) == 4


def test_only_paragraphs_of_other_documents_are_added():
    strangers = {code: [("d", "own"), ("e", "foreign")] for code in ("it", "pl")}
    article = noisy(Noise(1, 0, 0, 0, 1), units=30, strangers=strangers)
    added = [paragraph.text for paragraph in article["it"] if not paragraph.units]
    assert set(added) == {"foreign"}
    assert len(added) < 30


def test_rows_are_tied_by_the_units_that_paragraphs_share():
    article = {
        "it": [NoisyParagraph((0, 1), ""), NoisyParagraph((2,), ""), NoisyParagraph((4,), "")],
        "ko": [NoisyParagraph((0,), ""), NoisyParagraph((1, 2), ""), NoisyParagraph((), "")],
        "pl": [NoisyParagraph((3,), ""), NoisyParagraph((4,), "")],
    }
    assert known_rows(article) == [
        {"it": [1, 2], "ko": [1, 2]},
        {"pl": [1]},
        {"it": [3], "pl": [2]},
        {"ko": [3]},
    ]


def test_the_gold_that_is_written_is_valid_and_repeatable(tmp_path):
    documents = [document(20, "d"), document(9, "e", ("it", "ko")), document(3, "f", ("pl",))]
    alone = [document(3, "g")]
    for folder in (tmp_path / "1", tmp_path / "2"):
        write_articles(documents, alone, ("it", "ko", "pl"), Noise(), 7, folder)
    gold = read_gold(tmp_path / "1" / "gold.json")
    assert [sorted(article.languages.values()) for article in gold.articles] == [
        ["it", "ko", "pl"],
        ["it", "ko"],
    ]
    assert len(gold.alone) == 2
    assert gold == read_gold(tmp_path / "2" / "gold.json")
    for name, count in gold.paragraph_counts().items():
        text = (tmp_path / "1" / "raw" / name).read_text(encoding="utf-8")
        assert len(text.split("\n\n")) == count
    assert {path.name for path in (tmp_path / "1" / "raw").iterdir()} == set(gold.languages())


@pytest.mark.parametrize("name", ["docs.jsonl", "docs.jsonl.gz"])
def test_documents_are_read_plain_and_compressed(tmp_path, name):

    text = json.dumps({"doc": "d", "units": [{"pl": "dwa\n słowa", "it": "due"}]}) + "\n\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    (found,) = read_documents(path)
    assert found == Document("d", [{"pl": "dwa słowa", "it": "due"}])
    assert found.languages == ("it", "pl")


def test_the_exponent_of_what_grows_in_proportion_is_one():
    record = {"counts": {"paragraphs": 0}, "peak_bytes": {}, "seconds": {}}
    runs = [scale.Run(n / 100, record | {"counts": {"paragraphs": n}}) for n in (1000, 10_000, 100_000)]
    assert scale.exponent(runs) == pytest.approx(1.0)
    assert scale.exponent([run._replace(seconds=run.seconds**2) for run in runs]) == pytest.approx(2.0)
    assert scale.drawing(runs).count("<circle") == 3


def test_a_collection_has_the_paragraphs_that_were_asked_for_and_can_be_made_again(tmp_path):
    data = tmp_path / "parallel.jsonl.gz"
    with gzip.open(data, "wt", encoding="utf-8") as stream:
        for doc in range(4):
            for line in range(8):
                unit = {code: f"{code} {doc} {line} parole." for code in ("it", "ko", "pl")}
                stream.write(json.dumps({"source": "s", "doc": str(doc), **unit}) + "\n")
    for name in ("one", "two"):
        collections.write_collection(data, tmp_path / name, 300)
    files = sorted((tmp_path / "one").rglob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files]
    assert sum(len(text.split("\n\n")) for text in texts) >= 300
    assert len(set(texts)) == len(texts)
    assert texts == [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "two").rglob("*.txt"))]


def test_the_index_and_the_exact_search_are_compared_on_more_articles_than_there_are():
    rng = np.random.default_rng(1)
    vectors = rng.standard_normal((60, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    more = neighbours.with_mixed(vectors, 40, rng)
    assert more.shape == (100, 16)
    assert np.linalg.norm(more, axis=1) == pytest.approx(1.0, abs=1e-5)
    size, four, nearest, *_ = neighbours.cost_line(more, more).strip("| ").split(" | ")
    assert size == "100 × 100"
    assert float(four) > 0.98  # of equally near ones either may be found
    assert float(nearest) == 1.0


def error(before, after, *setup, kind="number"):
    return news_errors.Error(kind, "d", 0, ("it", "pl"), before, after, *setup)


def test_the_errors_on_news_are_many_and_of_known_kinds():
    errors = news_errors.read_errors()
    assert len(errors) >= 300
    assert {error.kind for error in errors} == set(news_errors.RULES)
    assert {"it-ko", "it-pl", "ko-it", "ko-pl", "pl-it", "pl-ko"} == {"-".join(e.pair) for e in errors}
    assert len(set(errors)) == len(errors)


def test_an_error_is_put_into_the_second_language():
    unit = {"it": "Sono 12 su 30.", "ko": "x", "pl": "Jest 12 z 30."}
    swapped = news_errors.broken_unit(error("12;;30", "30;;12"), unit)
    assert swapped == {"it": unit["it"], "pl": "Jest 30 z 12."}
    assert news_errors.broken_unit(error("*source*", ""), unit)["pl"] == unit["it"]
    with pytest.raises(ValueError, match="0 times"):
        news_errors.broken_unit(error("13", "14"), unit)


def test_what_the_news_lack_is_put_into_both_languages_first():
    unit = {"it": "Sono 12.", "pl": "Jest 12."}
    wrong = error("12", "{b}", "{a}", "12", "{a}", kind="code")
    assert news_errors.clean_unit(wrong, unit) == {"it": "Sono {a}.", "pl": "Jest {a}."}
    assert news_errors.broken_unit(wrong, unit) == {"it": "Sono {a}.", "pl": "Jest {b}."}


def test_errors_are_found_by_the_rules_of_their_kind():
    bench = news_errors.Bench(("it", "ko", "pl"), [0])
    document = [{"it": "Sono venute 12 persone.", "pl": "Przyszło 12 osób."}] * 2
    assert news_errors.rules_that_find(error("12", "21"), document, bench) == {"numbers.changed"}
    assert not news_errors.rules_that_find(error("osób", "ludzi"), document, bench)
    coded = error("12", "12", '<g id="1">12</g>', "12", '<g id="1">12</g>', kind="inline code")
    assert news_errors.rules_that_find(coded, document, bench) == {"characters.placeholder"}
    assert news_errors.rules_that_find(error("12", "1200", kind="length limit"), document, bench)


def test_a_table_replaces_the_one_of_the_same_name(tmp_path):
    page = tmp_path / "page.md"
    lines = ("Head", "", "<!-- a: made by benchmarks -->", "", "old", "", "<!-- end of a -->", "", "Tail", "")
    page.write_text("\n".join(lines), "utf-8")
    news_errors.replace_part(page, "a", ["new"])
    assert page.read_text("utf-8").splitlines() == [
        *("Head", "", "<!-- a: made by benchmarks -->", "", "new", "", "<!-- end of a -->", "", "Tail")
    ]
    with pytest.raises(ValueError, match="no part named 'b'"):
        news_errors.replace_part(page, "b", ["new"])
