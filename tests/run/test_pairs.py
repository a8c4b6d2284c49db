"""Runs that are told which files belong together: they obey, say so, and match the rest themselves."""

import csv
import json
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner

import pipeline
from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.errors import InputError
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.steps import file_keys

BAKERY = {
    "it": [
        "Il forno di via Roma riapre dopo l'incendio",
        "Il forno di via Roma ha riaperto martedì, sei mesi dopo l'incendio che aveva distrutto il tetto.",
        "La proprietaria Carla Ferri ha detto che le prime pagnotte sono state regalate ai pompieri.",
        "I lavori sono costati 85.000 euro, pagati in parte dai clienti del quartiere.",
    ],
    "ko": [
        "로마 거리의 빵집이 화재 후 다시 문을 열다",
        "로마 거리의 빵집이 지붕을 태운 화재가 난 지 여섯 달 만인 화요일에 다시 문을 열었다.",
        "주인 카를라 페리는 첫 빵을 소방관들에게 선물했다고 말했다.",
        "공사비는 8만 5천 유로였으며 일부는 동네 손님들이 냈다.",
    ],
    "pl": [
        "Piekarnia przy ulicy Rzymskiej znów otwarta po pożarze",
        "Piekarnia przy ulicy Rzymskiej otworzyła się we wtorek, pół roku po pożarze, który zniszczył dach.",
        "Właścicielka Carla Ferri powiedziała, że pierwsze bochenki podarowano strażakom.",
        "Remont kosztował 85 000 euro, a część zapłacili klienci z dzielnicy.",
    ],
}
BRIDGE = {
    "it": [
        "Chiuso il ponte sul fiume per le lontre",
        "Il comune ha chiuso il ponte di legno sul fiume perché una famiglia di lontre vi ha fatto la tana.",
        "Gli escursionisti devono fare un giro di tre chilometri fino a settembre.",
        "Un biologo conta gli animali ogni notte con una telecamera.",
    ],
    "ko": [
        "수달 때문에 강의 다리가 닫히다",
        "시는 수달 가족이 보금자리를 만들었기 때문에 강 위의 나무다리를 닫았다.",
        "등산객들은 9월까지 3킬로미터를 돌아가야 한다.",
        "생물학자가 매일 밤 카메라로 동물의 수를 센다.",
    ],
    "pl": [
        "Most na rzece zamknięty z powodu wydr",
        "Gmina zamknęła drewniany most na rzece, ponieważ rodzina wydr urządziła tam norę.",
        "Turyści muszą do września nadkładać trzy kilometry.",
        "Biolog co noc liczy zwierzęta za pomocą kamery.",
    ],
}


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    for name, said in (("forno", BAKERY), ("ponte", BRIDGE)):
        for code, paragraphs in said.items():
            write(folder / code / f"{name}.txt", "\n\n".join(paragraphs))
    return folder


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding=encoding)


@pytest.fixture
def aligned(raw, tmp_path):
    """Run, and return the lines of articles.csv by file, and run.json."""

    def aligned(out="out", **settings):
        run(Config(raw=raw, out=tmp_path / out, jobs=1, **settings), Silent())
        return results(tmp_path / out)

    return aligned


def results(out):
    with (out / "articles.csv").open(encoding="utf-8", newline="") as stream:
        lines = {line["file"]: line for line in csv.DictReader(stream)}
    return lines, json.loads((out / "run.json").read_text(encoding="utf-8"))


def together(lines):
    """The files of each article."""
    groups = {}
    for file, line in lines.items():
        if line["article"]:
            groups.setdefault(line["article"], set()).add(file)
    return sorted(map(sorted, groups.values()))


def test_without_a_word_the_texts_decide(aligned):
    lines, record = aligned()
    assert together(lines) == [
        ["it/forno.txt", "ko/forno.txt", "pl/forno.txt"],
        ["it/ponte.txt", "ko/ponte.txt", "pl/ponte.txt"],
    ]
    assert record["pairs"] is None


def test_a_stated_pairing_is_obeyed_and_the_rest_is_matched(raw, aligned):
    write(raw / "pairs.csv", "it,ko,pl\nit/forno.txt,ko/ponte.txt,-")
    lines, record = aligned()
    assert together(lines) == [
        ["it/forno.txt", "ko/ponte.txt"],
        ["it/ponte.txt", "pl/ponte.txt"],
        ["ko/forno.txt", "pl/forno.txt"],
    ]
    assert lines["it/forno.txt"]["reason"].startswith(
        "paired with ko/ponte.txt as stated in pairs.csv, line 2; "
    )
    assert "Polish (pl)" in lines["it/forno.txt"]["reason"]
    assert "pairs.csv" not in lines
    assert record["pairs"]["source"] == "pairs.csv"
    assert record["pairs"]["rows"] == 1
    assert record["pairs"]["problems"] == []


def test_a_pair_may_gain_a_third_file(raw, aligned):
    write(raw / "pairs.csv", "it,ko\nit/ponte.txt,ko/ponte.txt")
    lines, _ = aligned()
    assert ["it/ponte.txt", "ko/ponte.txt", "pl/ponte.txt"] in together(lines)
    assert lines["ko/ponte.txt"]["reason"].startswith(
        "paired with it/ponte.txt as stated in pairs.csv, line 2; same article as it/ponte.txt: "
    )
    assert lines["pl/ponte.txt"]["reason"].startswith("same article as it/ponte.txt: ")


def test_files_stay_alone_or_apart_as_stated(raw, aligned):
    write(raw / "pairs.csv", "it;ko;pl;together\n;;pl/ponte.txt;\nit/forno.txt;ko/forno.txt;;no", "utf-8-sig")
    lines, _ = aligned()
    assert ["it/ponte.txt", "ko/ponte.txt"] in together(lines)
    assert not any({"it/forno.txt", "ko/forno.txt"} <= set(group) for group in together(lines))
    assert lines["pl/ponte.txt"]["verdict"] == "alone"
    assert lines["pl/ponte.txt"]["reason"] == "has no translation, as stated in pairs.csv, line 2"
    assert lines["it/forno.txt"]["reason"].endswith(
        "; stated in pairs.csv, line 3, not to belong with ko/forno.txt"
    )


def test_a_file_is_taken_in_the_stated_language(raw, aligned):
    write(raw / "pl" / "krotko.txt", "Carla Ferri, Torino")
    write(raw / "ko" / "짧게.txt", "카를라 페리, 토리노")
    before, _ = aligned("before")
    assert before["pl/krotko.txt"]["language"] != "pl"
    write(raw / "pairs.csv", "ko,pl\nko/짧게.txt,pl/krotko.txt")
    lines, _ = aligned()
    line = lines["pl/krotko.txt"]
    assert (line["language"], line["language_confidence"], bool(line["article"])) == ("pl", "1.0000", True)
    assert "; read as Polish (pl), as stated in pairs.csv, line 2; " in line["reason"]
    assert lines["ko/짧게.txt"]["article"] == line["article"]
    assert "read as" not in lines["ko/짧게.txt"]["reason"]


def test_a_file_in_an_unknown_language_is_taken_too(raw, aligned):
    english = ["The bridge over the river is closed.", "Hikers must take a detour of three kilometres."]
    write(raw / "pl" / "most.txt", "\n\n".join(english))
    write(raw / "pairs.csv", "it,pl\nit/ponte.txt,pl/most.txt")
    lines, _ = aligned()
    assert lines["pl/most.txt"]["language"] == "pl"
    reason = lines["pl/most.txt"]["reason"]
    assert (
        "otherwise it would be rejected: is in English (en), not in Italian (it), Korean (ko) or " in reason
    )


def test_names_that_are_not_there_or_unusable_are_reported(raw, aligned, tmp_path):
    write(raw / "ko" / "vuoto.txt", "")
    write(raw / "pairs.csv", "it,ko\nit/forno.txt,ko/Forno.txt\nit/ponte.txt,ko/vuoto.txt")
    lines, record = aligned()
    assert record["pairs"]["problems"] == [
        "pairs.csv, line 2: ko/Forno.txt is not there; is ko/forno.txt meant?",
        "pairs.csv, line 3: ko/vuoto.txt is rejected: holds only blank space",
    ]
    assert record["notes"] == record["pairs"]["problems"]
    assert lines["ko/vuoto.txt"]["reason"].endswith("to belong with it/ponte.txt")
    assert ["it/ponte.txt", "pl/ponte.txt"] in together(lines)
    result = CliRunner().invoke(main, ["align", str(raw), str(tmp_path / "again")])
    assert "is ko/forno.txt meant?" in result.stdout


def test_the_option_wins_over_the_file_in_the_folder(raw, aligned):
    write(raw / "pairs.csv", "it,ko\nit/forno.txt,ko/ponte.txt")
    write(raw / "lists" / "mine.csv", "it,ko,pl\nit/ponte.txt,,")
    lines, record = aligned(pairs=raw / "lists" / "mine.csv")
    assert lines["it/ponte.txt"]["reason"] == "has no translation, as stated in mine.csv, line 2"
    assert ["it/forno.txt", "ko/forno.txt", "pl/forno.txt"] in together(lines)
    assert not {"pairs.csv", "lists/mine.csv"} & lines.keys()
    assert record["pairs"]["unused"] == "pairs.csv"
    assert record["settings"]["pairs"].endswith("lists/mine.csv")
    assert "pairs.csv in the raw folder is not used, because other pairs were given" in record["notes"]


def test_only_a_file_called_so_in_the_raw_folder_itself_is_a_table_of_pairs(raw, aligned):
    write(raw / "it" / "pairs.csv", "titolo,testo")
    shutil.move(raw / "pl", raw / "Pairs.csv")
    lines, record = aligned()
    assert {"it/pairs.csv", "Pairs.csv/ponte.txt"} <= lines.keys()
    assert record["pairs"] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("it,fr,nota\na,b,c", "no language of this run: fr, nota"),
        ("it,ko\nit/forno.txt,ko/forno.txt\nit/forno.txt,ko/ponte.txt", "in line 2 and in line 3"),
    ],
)
def test_a_bad_table_is_one_line_before_anything_is_written(raw, tmp_path, content, message):
    write(raw / "pairs.csv", content)
    result = CliRunner().invoke(main, ["align", str(raw), str(tmp_path / "out")])
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert message in line
    assert not (tmp_path / "out").exists()


def test_two_tables_that_differ_in_capitals_are_an_error(raw, aligned):
    write(raw / "pairs.csv", "it,ko")
    write(raw / "Pairs.CSV", "it,ko")
    if len(list(raw.iterdir())) == 5:  # a file system that tells capitals apart
        with pytest.raises(InputError, match=r"both Pairs\.CSV and pairs\.csv"):
            aligned()


def test_a_later_run_is_as_a_fresh_one_when_statements_or_files_change(raw, tmp_path, aligned, monkeypatch):
    monkeypatch.setattr(file_keys, "_GRAIN", -(10**9))  # as if all files had been there for long

    def tables(out):
        return {path.name: path.read_bytes() for path in (tmp_path / out).glob("*.csv")}

    def is_as_fresh():
        aligned()
        shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
        aligned("fresh", cache=False)
        return tables("out") == tables("fresh")

    assert is_as_fresh()
    before = tables("out")
    write(raw / "pairs.csv", "it,ko,pl\nit/forno.txt,ko/ponte.txt,")
    assert is_as_fresh()
    assert tables("out")["corpus.csv"] != before["corpus.csv"]
    write(raw / "pl" / "altro.txt", "\n\n".join(BRIDGE["it"]))
    assert is_as_fresh()
    assert ["it/forno.txt", "ko/ponte.txt"] in [g[:2] for g in together(results(tmp_path / "out")[0])]
    write(raw / "pairs.csv", "it,pl\nit/ponte.txt,pl/altro.txt")
    assert is_as_fresh()
    assert results(tmp_path / "out")[0]["pl/altro.txt"]["language"] == "pl"
    (raw / "pl" / "altro.txt").unlink()
    (raw / "pairs.csv").unlink()
    assert is_as_fresh()
    assert tables("out") == before


def test_articles_in_a_file_of_many_are_paired_by_their_address(raw, aligned):
    articles = [{"title": said["pl"][0], "body": "\n\n".join(said["pl"][1:])} for said in (BAKERY, BRIDGE)]
    write(raw / "wszystko.json", json.dumps(articles, ensure_ascii=False))
    shutil.rmtree(raw / "pl")
    write(raw / "pairs.csv", "it,pl\nit/ponte.txt,wszystko.json#1")
    lines, _ = aligned()
    assert ["it/ponte.txt", "wszystko.json#1"] in [[g[0], g[-1]] for g in together(lines)]
    write(raw / "pairs.csv", "it,pl\nit/ponte.txt,wszystko.json")
    assert aligned()[1]["pairs"]["problems"] == [
        "pairs.csv, line 2: wszystko.json holds several articles: name one of them, as in wszystko.json#1"
    ]


@pytest.mark.parametrize("kind", ["path", "text", "frame", "list"])
def test_pairs_from_python(raw, tmp_path, kind):
    rows = [
        {"it": "it/forno.txt", "ko": "ko/ponte.txt", "pl": "-", "together": None},
        {"it": None, "ko": "ko/forno.txt", "pl": float("nan"), "together": True},
        {"it": "it/ponte.txt", "pl": "pl/forno.txt", "together": False},
    ]
    frame = pd.DataFrame(rows)
    frame.to_csv(tmp_path / "list.csv", index=False)
    given = {"path": tmp_path / "list.csv", "text": str(tmp_path / "list.csv"), "frame": frame, "list": rows}
    corpus = pipeline.align(raw, tmp_path / "out", pairs=given[kind], jobs=1)
    articles = corpus.articles.set_index("file")
    assert articles.article["it/forno.txt"] == articles.article["ko/ponte.txt"]
    where = "list.csv, line 3" if kind in ("path", "text") else "pairs, row 2"
    assert articles.reason["ko/forno.txt"] == f"has no translation, as stated in {where}"


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ({"it": "a"}, "pairs is of type dict"),
        (3, "pairs is of type int"),
        ([["a", "b"]], "row 1 of pairs is of type list, not a dict"),
        ([{"it": 3}], "it in row 1 of pairs is of type int, not str"),
        ([{"de": "a"}], "no language of this run: de"),
        ([{"it": "a", "ko": "b"}, {"it": "a"}], "a stands in row 1 and in row 2"),
    ],
)
def test_bad_pairs_from_python(raw, tmp_path, pairs, message):
    with pytest.raises(InputError, match=message):
        pipeline.align(raw, tmp_path / "out", pairs=pairs)
