"""A run over articles in four languages, English among them."""

import csv
from itertools import combinations

import pytest

from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import Silent

LANGUAGES = ("en", "it", "ko", "pl")
BEES = (
    (
        "The bees of the railway bridge",
        "Le api del ponte ferroviario",
        "철교의 벌들",
        "Pszczoły z mostu kolejowego",
    ),
    (
        "Under the old railway bridge, half a mile from the station, Mrs. Adams keeps twenty-three hives.",
        "Sotto il vecchio ponte ferroviario, a 800 metri dalla stazione, la signora Adams tiene 23 arnie.",
        "역에서 800미터 떨어진 낡은 철교 아래에서 애덤스 부인은 벌통 23개를 돌본다.",
        "Pod starym mostem kolejowym, 800 metrów od stacji, pani Adams trzyma 23 ule.",
    ),
    (
        "She came here in the eighties, when nobody wanted the land beside the tracks.",
        "È arrivata qui negli anni '80, quando nessuno voleva la terra accanto ai binari.",
        "그녀는 아무도 철길 옆 땅을 원하지 않던 80년대에 이곳에 왔다.",
        "Przyjechała tu w latach 80., kiedy nikt nie chciał ziemi przy torach.",
    ),
    (
        "The trains do not disturb the bees; only the night express at 11 p.m. makes the hives hum.",
        "I treni non disturbano le api; solo l'espresso notturno delle 23 fa ronzare le arnie.",
        "기차는 벌을 방해하지 않는다. 밤 11시 급행열차만이 벌통을 윙윙거리게 한다.",
        "Pociągi nie przeszkadzają pszczołom; tylko nocny ekspres o 23 sprawia, że ule brzęczą.",
    ),
    (
        "Last summer the honey weighed 220 pounds, and she sold every jar for £7.",
        "L'estate scorsa il miele pesava 100 kg, e lei ha venduto ogni barattolo a 7 sterline.",
        "지난여름 꿀은 100kg이었고, 그녀는 한 병에 7파운드씩 모두 팔았다.",
        "Zeszłego lata miód ważył 100 kg, a każdy słoik sprzedała za 7 funtów.",
    ),
)
LIBRARY = (
    ("A library on the river", "Una biblioteca sul fiume", "강 위의 도서관", "Biblioteka na rzece"),
    (
        "Every Tuesday a boat full of books ties up at the villages along the river.",
        "Ogni martedì una barca piena di libri attracca ai villaggi lungo il fiume.",
        "매주 화요일 책을 가득 실은 배가 강가의 마을들에 닿는다.",
        "W każdy wtorek łódź pełna książek cumuje przy wioskach nad rzeką.",
    ),
    (
        "The captain knows what each child has read and what each child should read next.",
        "Il capitano sa che cosa ha letto ogni bambino e che cosa dovrebbe leggere dopo.",
        "선장은 아이마다 무엇을 읽었고 다음에 무엇을 읽어야 할지 안다.",
        "Kapitan wie, co każde dziecko przeczytało i co powinno przeczytać następne.",
    ),
    (
        "In winter, when the water freezes, the books travel on a sledge drawn by two horses.",
        "D'inverno, quando l'acqua gela, i libri viaggiano su una slitta tirata da due cavalli.",
        "물이 어는 겨울에는 책이 말 두 마리가 끄는 썰매를 타고 다닌다.",
        "Zimą, gdy woda zamarza, książki podróżują saniami ciągniętymi przez dwa konie.",
    ),
)
LEFT_OUT = ("ko", BEES[2][2])
"""A paragraph that one translation lacks."""


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out")
    for name, article in (("bees", BEES), ("library", LIBRARY)):
        for k, language in enumerate(LANGUAGES):
            texts = [line[k] for line in article if (language, line[k]) != LEFT_OUT]
            (raw / f"{name}-{k}.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")
    run(Config(raw=raw, out=out, languages=LANGUAGES), Silent())
    return out


def _read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_of_four_languages_is_found(out):
    rows = {tuple(row[language] for language in LANGUAGES) for row in _read(out / "corpus.csv")}
    expected = {
        tuple(
            "" if (language, text) == LEFT_OUT else text
            for language, text in zip(LANGUAGES, line, strict=True)
        )
        for line in (*BEES, *LIBRARY)
    }
    assert rows == expected


def test_only_the_paragraph_that_is_missing_is_a_finding(out):
    found = {
        (finding["rule"], finding["source_language"], finding["target_language"])
        for finding in _read(out / "findings.csv")
    }
    assert found == {("completeness.omission", "en", "ko")}


@pytest.mark.parametrize("pair", list(combinations(LANGUAGES, 2)), ids="-".join)
def test_every_two_languages_can_be_run_alone(out, pair, tmp_path):
    (tmp_path / "raw").mkdir()
    for k, language in enumerate(LANGUAGES):
        if language in pair:
            text = "\n\n".join(line[k] for line in LIBRARY)
            (tmp_path / "raw" / f"{language}.txt").write_text(text, encoding="utf-8")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "out", languages=pair), Silent())
    rows = _read(tmp_path / "out" / "corpus.csv")
    assert [(row[pair[0]], row[pair[1]]) for row in rows] == [
        (line[LANGUAGES.index(pair[0])], line[LANGUAGES.index(pair[1])]) for line in LIBRARY
    ]
