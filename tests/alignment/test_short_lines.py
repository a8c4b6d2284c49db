"""Short lines, equal wording, code and moved blocks of real text, with the embedded encoder."""

import numpy as np
import pytest

from pipeline.alignment.align import align_texts, small_matrices
from pipeline.alignment.band import Band
from pipeline.alignment.confidence import row_certainties
from pipeline.alignment.evidence import COINCIDENCE, same_wording
from pipeline.alignment.joint import Tie
from pipeline.calibration.files import load
from pipeline.datatypes import Article, Paragraph
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import LIKENESS_FILE, load_encoder
from pipeline.embedding.vectors import embed

MILL = {
    "it": [
        "Il mulino ad acqua fu costruito dai monaci nel dodicesimo secolo.",
        "La grande ruota di legno gira ancora grazie al torrente.",
        "Nel granaio si conservano gli attrezzi usati dai mugnai.",
        "D'estate i bambini imparano qui a fare il pane.",
    ],
    "pl": [
        "Młyn wodny zbudowali mnisi w dwunastym wieku.",
        "Wielkie drewniane koło wciąż obraca się dzięki potokowi.",
        "W spichlerzu przechowuje się narzędzia używane przez młynarzy.",
        "Latem dzieci uczą się tu piec chleb.",
    ],
    "ko": [
        "물레방아는 12세기에 수도사들이 지었습니다.",
        "커다란 나무 바퀴는 지금도 개울물 덕분에 돌아갑니다.",
        "곳간에는 방앗간 주인들이 쓰던 도구가 보관되어 있습니다.",
        "여름에는 아이들이 이곳에서 빵 만드는 법을 배웁니다.",
    ],
}


def article(language, *paragraphs):
    """An article of paragraphs, each a text or (kind, text)."""
    made = []
    for number, each in enumerate(paragraphs, start=1):
        kind, text = ("paragraph", each) if isinstance(each, str) else each
        made.append(Paragraph(number, kind, text, ((0, len(text)),), language))
    return Article(f"{language}.md", language, 1.0, tuple(made), (), "utf-8")


def rows_of(*articles):
    """The rows as the texts of each language, with their confidences."""
    likeness = load(EMBEDDED_MODEL / LIKENESS_FILE)
    with small_matrices():
        rows = align_texts(embed(articles, load_encoder(str(EMBEDDED_MODEL))), likeness)
    return [
        (tuple(articles[language].paragraphs[unit].text for language, unit in row.nodes), row) for row in rows
    ]


def with_gap(language, *lines):
    return article(language, *MILL[language][:2], *lines, *MILL[language][2:])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("it", "Pregi", "Difetti"), ("pl", "Plusy", "Minusy")),
        (("it", "Orari", "Come arrivare"), ("ko", "시간", "길 안내")),
        (("ko", "장점", "단점"), ("pl", "Zalety", "Wady")),
    ],
)
def test_as_many_short_headings_between_certain_rows_are_rows(one, two):
    sides = [[("heading", text) for text in texts] for _, *texts in (one, two)]
    found = [texts for texts, _ in rows_of(*map(with_gap, (one[0], two[0]), *zip(*sides, strict=True)))]
    for pair in zip(one[1:], two[1:], strict=True):
        assert pair in found


@pytest.mark.parametrize(
    ("one", "two"), [("Scarica", "Pobierz"), ("Orari di apertura", "Godziny otwarcia"), ("Prezzi", "Ceny")]
)
def test_a_heading_that_lost_its_mark_is_still_a_translation(one, two):
    found = rows_of(with_gap("it", ("heading", one)), with_gap("pl", two))
    assert (one, two) in [texts for texts, _ in found]


def test_code_whose_words_are_translated_is_tied():
    one = "nome: il mulino\n# qui si scrive il nome del mugnaio che lavora alla ruota\nruota: di legno"
    two = "nome: 물레방아\n# 여기에 바퀴에서 일하는 방앗간 주인의 이름을 씁니다\nruota: 나무"
    found = rows_of(with_gap("it", ("code", one)), with_gap("ko", ("code", two)))
    assert (one, two) in [texts for texts, _ in found]


def test_an_address_that_a_broken_link_left_in_the_text_makes_it_no_longer():
    address = "https://esempio.example/una/pagina/con/un/indirizzo/molto/lungo/che/non/finisce"
    broken = f"Strona główna[] ({address})"
    found = rows_of(with_gap("it", ("list-item", "Pagina iniziale")), with_gap("pl", ("list-item", broken)))
    assert ("Pagina iniziale", broken) in [texts for texts, _ in found]


@pytest.mark.parametrize("kind", ["list-item", "table-cell"])
def test_a_short_line_of_another_kind_is_no_translation(kind):
    found = rows_of(with_gap("it", ("heading", "Mappa")), with_gap("pl", (kind, "Promocja")))
    assert ("Mappa",) in [texts for texts, _ in found]


def test_long_lines_in_the_same_place_are_no_translations():
    one = with_gap("it", "Il biglietto dell'autobus si compra alla macchinetta della stazione.")
    two = with_gap("pl", "W zeszłym roku burza zniszczyła dach pobliskiej szkoły.")
    assert sum(len(texts) == 1 for texts, _ in rows_of(one, two)) == 2


def test_the_same_wording_is_tied_wherever_it_stands():
    lines = ("KX-90 B", "https://example.org/mulino")
    one, two = article("it", *lines, *MILL["it"]), article("pl", *MILL["pl"], *lines)
    found = dict(rows_of(one, two))
    for line in lines:
        assert found[line, line].moved
        assert found[line, line].confidence > 0.9
    assert [row.block for row in found.values() if row.moved] == [2, 0]


def test_code_goes_with_equal_code_first_and_then_by_place():
    same, changed, mine, theirs = "make mulino\nmake pane", "ls -l", "print('ruota')", "print('koło')"
    one = with_gap("it", ("code", same), ("code", mine))
    two = with_gap("pl", ("code", changed), ("code", same), ("code", theirs))
    found = [texts for texts, _ in rows_of(one, two)]
    assert (same, same) in found
    assert (mine, theirs) in found
    assert (changed,) in found


def test_code_is_not_tied_to_prose():
    found = rows_of(with_gap("it", ("code", "x = ruota()")), with_gap("pl", "Koło."))
    assert ("x = ruota()",) in [texts for texts, _ in found]


def test_code_says_nothing_of_what_an_article_means():
    code = ("code", "import koło as mulino")
    plain, mixed = embed(
        [article("it", *MILL["it"]), article("it", *MILL["it"], code)], load_encoder(str(EMBEDDED_MODEL))
    )
    assert not mixed.sums[-1].any()
    np.testing.assert_allclose(mixed.sums[:-1], plain.sums, atol=1e-4)
    assert mixed.article_vector.characters == plain.article_vector.characters
    [only] = embed([article("it", code)], load_encoder(str(EMBEDDED_MODEL)))
    assert only.sums.any()


@pytest.mark.parametrize("pair", [("it", "pl"), ("it", "ko"), ("ko", "pl")])
def test_a_moved_block_is_one_move_with_its_short_lines(pair):
    notes = {
        "it": ["Avviso", "Il parcheggio chiude al tramonto.", "Niente cani"],
        "pl": ["Uwaga", "Parking zamyka się o zachodzie słońca.", "Zakaz psów"],
        "ko": ["안내", "주차장은 해가 지면 닫습니다.", "개 출입 금지"],
    }
    a, b = pair
    found = rows_of(article(a, *MILL[a], *notes[a]), article(b, *notes[b], *MILL[b]))
    moved = [(texts, row.block) for texts, row in found if row.moved]
    assert moved == list(zip(zip(notes[a], notes[b], strict=True), (3, 0, 0), strict=True))
    assert all(len(texts) == 2 for texts, _ in found)
    assert all(row.confidence > 0.5 for _, row in found)


def test_equal_wordings_count_less_the_more_often_they_stand_there():
    left = np.array([7, 8, 9, 0], dtype=np.uint64)
    right = np.array([8, 7, 8, 0, 5], dtype=np.uint64)
    band = Band.full(4, 5)
    found = same_wording(left, right, band)
    odds = dict(
        zip(
            zip(band.lines()[found.cells].tolist(), band.columns()[found.cells].tolist(), strict=True),
            np.exp(found.log_odds).tolist(),
            strict=True,
        )
    )
    assert odds.keys() == {(0, 1), (1, 0), (1, 2)}  # 0 is no wording
    assert odds[0, 1] == pytest.approx(5 / COINCIDENCE, rel=1e-4)
    assert odds[1, 0] == odds[1, 2] == pytest.approx(5 / (COINCIDENCE + 1), rel=1e-4)


def test_equal_wordings_outside_the_band_are_left_out():
    band = Band.of(np.array([0, 0, 1]), np.array([1, 2, 3]))
    found = same_wording(np.array([3, 4], dtype=np.uint64), np.array([4, 3], dtype=np.uint64), band)
    assert list(zip(band.lines()[found.cells], band.columns()[found.cells], strict=True)) == [(1, 0)]


def test_an_alternative_does_not_count_twice_against_a_row():
    rows = [[(0, 0), (1, 0)], [(1, 1)]]
    [row, _] = row_certainties(rows, [Tie(0.6, (0, 0), (1, 0)), Tie(0.4, (0, 0), (1, 1))])
    assert row.confidence == pytest.approx(0.6)
    [row, _] = row_certainties(rows, [Tie(0.9, (0, 0), (1, 0)), Tie(0.4, (0, 0), (1, 1))])
    assert row.confidence == pytest.approx(0.6)  # 0.9 less what both need to have in common
