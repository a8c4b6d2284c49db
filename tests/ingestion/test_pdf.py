"""A PDF is read as its page is: words broken at line ends, columns, tables and watermarks."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingestion.formats.pdf import items
from pipeline.ingestion.formats.reading import Reading
from tests.fuzzing import fuzzed
from tests.ingestion.pdf_files import by_row, column, lines, pdf, width

ITALIAN = (
    "La fon|ta|na della piaz|za è sta|ta ri|para|ta in pri|ma|ve|ra, quando l’acqua tor|na|va a scor|rere "
    "fra le pietre e i bam|bini vi met|tevano le bar|chette. In Emilia-|Romagna ne re|stano altre, "
    "co|strui|te fra il 1939-|1945 e il do|po|guer|ra."
)
POLISH = (
    "Sta|ry mły|narz opo|wia|dał, że w la|tach 1918-|1939 młyn pra|co|wał dzień i noc, a mąka tra|fia|ła do "
    "wszyst|kich pie|kar|ni w Biel|sku-|Bia|łej. Po woj|nie zo|stało tyl|ko koło i kil|ka de|sek."
)
KOREAN = (
    "도서관 앞 작은 분수는 지난봄에 고쳐졌고, 아이들은 그 물에 종이배를 띄우며 놀았다. 마을 "
    "사람들은 저녁마다 "
    "그 곁에 모여 하루 이야기를 나누었다."
)
ENGLISH = (
    "The old mill by the river was closed for good in the autumn, and nobody knew who kept the keys. Its "
    "wheel lies in the garden of the school."
)


def plain(text):
    return text.replace("|", "")


def blocks(*pages, **options):
    (item,) = items(pdf(*pages, **options), Reading())
    return [tuple(block) for block in item.blocks]


def texts(*pages, **options):
    return [text for _, text in blocks(*pages, **options)]


@pytest.mark.parametrize("points", range(150, 310, 20))
@pytest.mark.parametrize("text", [ITALIAN, POLISH], ids=["it", "pl"])
def test_words_broken_at_line_ends_are_whole_again(text, points):
    assert texts(column(text, 50, 780, points)) == [plain(text)]


def test_a_line_without_room_for_the_next_word_goes_on_even_before_a_capital():
    text = (
        'Nessuno sapeva chi fosse "Garibaldini della valle" prima che Montecatinesi e Valdarnesi arrivassero'
    )
    assert texts(column(text + ".", 50, 700, 150)) == [text + "."]


@pytest.mark.parametrize(
    ("left", "right"), [(KOREAN, KOREAN), (ITALIAN, POLISH), (ENGLISH, ITALIAN)], ids=["ko", "it-pl", "en-it"]
)
@pytest.mark.parametrize("offset", [0, 3, 6, 9])
def test_columns_drawn_by_row_are_read_one_after_the_other(left, right, offset):
    page = [
        *column(left, 50, 770, 230),
        *column(ENGLISH, 50, 650, 230),
        *column(right, 310, 770 - offset, 230),
        *column(ITALIAN, 310, 630 - offset, 230),
    ]
    wanted = [plain(text) for text in (left, ENGLISH, right, ITALIAN)]
    assert texts(by_row(page)) == wanted
    assert texts(page) == wanted


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize(("left", "right"), [(KOREAN, KOREAN), (ITALIAN, POLISH)], ids=["ko", "it-pl"])
def test_a_column_may_begin_higher_than_the_one_before(left, right, rows):
    page = by_row(column(left, 50, 770 - 12 * rows, 230), column(right, 310, 770, 230))
    title = (50, 800, "Młyn nad rzeką i jego dawni mieszkańcy", 18)
    assert texts([title, *page]) == [title[2], plain(left), plain(right)]


@pytest.mark.parametrize("place", [(310, 800), (440, 784)], ids=["far above", "to the right"])
def test_a_date_above_columns_is_in_none_of_them(place):
    page = by_row(column(ITALIAN, 50, 770, 230), column(POLISH, 310, 770, 230))
    assert texts([(*place, "Bielsko, 3 maja"), *page]) == ["Bielsko, 3 maja", plain(ITALIAN), plain(POLISH)]


def test_a_date_at_the_edge_above_columns_is_no_part_of_the_first():
    page = by_row(column(KOREAN, 50, 740, 230), column(KOREAN, 310, 740, 230))
    assert texts([(460, 780, "삼월 첫날 아침"), *page]) == ["삼월 첫날 아침", KOREAN, KOREAN]


def test_three_columns_below_a_title_across_them():
    title = (50, 800, "Młyn nad rzeką i jego dawni mieszkańcy w naszej wsi", 18)
    parts = [column(POLISH, 50, 770, 155), column(ITALIAN, 225, 770, 155), column(ENGLISH, 400, 770, 155)]
    wanted = [("title", title[2]), *(("paragraph", plain(text)) for text in (POLISH, ITALIAN, ENGLISH))]
    assert blocks([title, *by_row(*parts)]) == wanted
    assert blocks([*by_row(*parts), title]) == wanted  # even if the title is drawn last


def test_a_heading_across_two_of_three_columns():
    title = (50, 770, "Il mulino e la fontana raccontati agli ospiti", 14)
    page = by_row(
        column(ITALIAN, 50, 745, 155), column(POLISH, 225, 745, 155), column(ENGLISH, 400, 770, 155)
    )
    assert texts([title, *page]) == [title[2], *map(plain, (ITALIAN, POLISH, ENGLISH))]


def test_text_across_the_page_between_columns():
    page = [
        *by_row(column(ITALIAN, 50, 780, 230), column(POLISH, 310, 780, 230)),
        *column(ENGLISH, 50, 660, 490),
        *by_row(column(POLISH, 50, 600, 230), column(ITALIAN, 310, 600, 230)),
    ]
    assert texts(page) == [plain(text) for text in (ITALIAN, POLISH, ENGLISH, POLISH, ITALIAN)]


def table(*columns, step=14):
    return by_row(
        *([(x, 770 - step * n, text) for n, text in enumerate(cells)] for x, cells in columns),
    )


@pytest.mark.parametrize(
    "columns",
    [
        ((50, ["Giorno", "lunedì", "martedì", "sabato"]), (200, ["Apertura", "7:30", "8:00", "9:00"])),
        (
            (50, ["Il museo apre alle otto.", "La scuola chiude alle due.", "Il forno vende il pane."]),
            (300, ["Muzeum otwiera się o ósmej.", "Szkoła kończy się o drugiej.", "Piekarnia ma chleb."]),
        ),
        (
            (50, ["박물관은 여덟 시에 연다.", "학교는 두 시에 끝난다.", "빵집은 빵을 판다."]),
            (300, ["도서관은 아홉 시에 연다.", "기차는 일곱 시에 떠난다.", "시장은 늦게 닫는다."]),
        ),
        ((50, ["Roma", "Milano", "Torino"]), (200, ["12", "7", "3"]), (300, ["a", "b", "c"])),
    ],
    ids=["hours", "sentences", "korean", "short"],
)
def test_tables_are_read_row_by_row(columns):
    rows = zip(*(cells for _, cells in columns), strict=True)
    assert blocks(table(*columns)) == [("table-cell", cell) for row in rows for cell in row]


def test_cells_of_several_lines_are_whole():
    rows = ((ITALIAN, POLISH), (ENGLISH, ENGLISH), (POLISH, ITALIAN))
    page = [
        text
        for n, (left, right) in enumerate(rows)
        for text in (*column(left, 50, 780 - 100 * n, 200), *column(right, 300, 780 - 100 * n, 200))
    ]
    assert blocks(by_row(page)) == [("table-cell", plain(cell)) for row in rows for cell in row]


def test_cells_close_to_each_other():
    rows = ((ITALIAN, POLISH), (ENGLISH, ITALIAN), (POLISH, ENGLISH))
    page = [
        text
        for n, (left, right) in enumerate(rows)
        for text in (*column(left, 50, 780 - 90 * n, 240), *column(right, 296, 780 - 90 * n, 240))
    ]
    assert blocks(by_row(page)) == [("table-cell", plain(cell)) for row in rows for cell in row]


@pytest.mark.parametrize("gap", [7, 12, 18, 26])
def test_a_line_spread_to_fill_its_column_is_no_row_of_a_table(gap):
    spread, place = [], 50
    for word in ("Stary", "młynarz", "długo", "opowiadał"):
        spread.append((place, 780, word))
        place += len(word) * 5 + gap
    page = [
        *spread,
        *column("o kole, które zabrała rzeka, i o mące dla całej wsi.", 50, 768, place - gap - 50),
    ]
    assert texts(page) == [
        "Stary młynarz długo opowiadał o kole, które zabrała rzeka, i o mące dla całej wsi."
    ]


def test_a_korean_line_spread_to_fill_its_column_gets_no_spaces_in_words():
    letters = [(50 + 13 * n, 780, letter) for n, letter in enumerate("분수는지난봄에고쳐졌다")]
    assert texts(letters) == ["분수는지난봄에고쳐졌다"]


def test_form_letters_are_no_boilerplate():
    pages = [
        [(50, 800, f"Drogi {name},"), *column(POLISH, 50, 770, 480), (50, 650, f"Do zobaczenia, {name}!")]
        for name in ("Janie", "Anno", "Ewo")
    ]
    assert [kind for kind, text in blocks(*pages) if text == plain(POLISH)] == ["paragraph"] * 3


def test_a_list_is_no_table():
    marks = [
        (50, 770, "•"),
        (70, 770, "una torcia con la luce rossa"),
        (50, 756, "2."),
        (70, 756, "dwie liny"),
    ]
    assert blocks(marks) == [("list-item", "una torcia con la luce rossa"), ("list-item", "2. dwie liny")]


@pytest.mark.parametrize(
    "mark",
    [
        (150, 300, "BOZZA", 60, 45),
        (100, 400, "WERSJA ROBOCZA", 50, 30),
        (150, 740, "DRAFT", 60),
        (200, 700, "초안", 70),
    ],
    ids=["slanted", "two words", "flat", "korean"],
)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("pages", [1, 3])
def test_a_watermark_is_no_article(mark, first, pages):
    body = [
        [*column(ITALIAN, 50, 770, 480), *column(ENGLISH, 50, 700, 480)],
        column(POLISH, 50, 770, 480),
        column(ENGLISH, 50, 770, 480),
    ][:pages]
    wanted = [ITALIAN, ENGLISH, POLISH, ENGLISH][: pages + 1]
    found = blocks(*([mark, *page] if first else [*page, mark] for page in body))
    assert found == [*(("paragraph", plain(text)) for text in wanted), ("boilerplate", mark[2])]


@pytest.mark.parametrize(
    ("producer", "wanted"), [("ReportLab PDF Library", ("", "")), ("Skia/PDF", ("untitled", "anonymous"))]
)
def test_what_reportlab_says_of_a_file_without_a_title_is_none(producer, wanted):
    info = {"Title": "untitled", "Author": "anonymous", "Producer": producer}
    (item,) = items(pdf(column(ITALIAN, 50, 780, 230), info=info), Reading())
    assert (item.metadata.title, item.metadata.author) == wanted


def test_a_large_title_is_no_watermark():
    page = [(150, 790, "Il mulino", 60), *column(ITALIAN, 50, 740, 480), *column(ENGLISH, 50, 690, 480)]
    assert blocks(page)[0] == ("title", "Il mulino")


def test_a_note_up_the_side_of_a_page_is_no_article():
    page = [
        (30, 300, "Druk numer siedem", 12, 90),
        *column(POLISH, 80, 770, 450),
        *column(ENGLISH, 80, 700, 450),
    ]
    assert blocks(page) == [
        ("paragraph", plain(POLISH)),
        ("paragraph", ENGLISH),
        ("boilerplate", "Druk numer siedem"),
    ]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side(degrees):
    steps = {90: (12, 0), 180: (0, 12), 270: (-12, 0)}[degrees]
    page = [
        (300 + steps[0] * n, 400 + steps[1] * n, line, 10, degrees)
        for n, line in enumerate(lines(ITALIAN, 290))
    ]
    assert texts(page) == [plain(ITALIAN)]


WORDS = (
    "mulino",
    "ruota",
    "fiume",
    "młyn",
    "chleb",
    "분수",
    "이야기",
    "1939–1945",  # a page number is told once, however many pages have it
    "l’acqua",
    "«sì»",
    "noc.",
    "-",
)


@fuzzed
@given(
    st.lists(
        st.tuples(
            st.sampled_from([20, 35, 220, 224, 410]),
            st.sampled_from([*range(20, 800, 22), 31, 54]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
            st.sampled_from([7, 9, 9, 9, 12]),
            st.sampled_from([0, 0, 0, 0, 0, 0, 90]),
        ),
        min_size=1,
        max_size=40,
        unique_by=lambda text: (text[0] // 100, text[1] // 22, text[4]),
    )
)
def test_no_letter_is_lost_wherever_it_is(page):
    apart = [text for text in page if not text[4]] + [(580, *text[1:]) for text in page if text[4]][:1]
    shown, found = (Counter("".join(all_).replace(" ", "")) for all_ in ((t[2] for t in apart), texts(apart)))
    shown.pop("-", None), found.pop("-", None)  # a hyphen may go at the end of a line
    assert found == shown


def test_raised_and_lowered_numbers():
    def line(y, *parts):
        x = 50
        for text, size, step in parts:
            yield (x, y + step, text, size)
            x += width(text, size)

    page = [
        *line(
            700,
            *(
                ("Auf 12 km", 10, 0),
                ("2", 6, 4),
                (" am Fluss leben 10", 10, 0),
                ("6", 6, 4),
                (" Leute, und", 10, 0),
            ),
        ),
        *line(
            686,
            ("das Wasser H", 10, 0),
            ("2", 6, -2),
            ("O ist klar, sagte er gestern", 10, 0),
            ("1", 6, 4),
            (".", 10, 0),
        ),
        *line(640, ("Ein anderer Absatz steht weiter unten auf der Seite.", 10, 0)),
    ]
    (item,) = items(pdf(page), Reading())
    assert [block.text for block in item.blocks] == [
        "Auf 12 km² am Fluss leben 10⁶ Leute, und das Wasser H2O ist klar, sagte er gestern.",
        "Ein anderer Absatz steht weiter unten auf der Seite.",
    ]


@pytest.mark.parametrize("text", ["그 물 앞 곁 때", "犬 山 川 海 空", "の が を に は"])
def test_syllables_that_stand_alone_are_read_without_fonts_of_the_machine(text):
    page = [(50 + 30 * n, 700, letter) for n, letter in enumerate(text.split())]
    assert "".join("".join(texts(page)).split()) == text.replace(" ", "")


def test_marks_of_a_list_are_no_column():
    items = ["Grano duro della valle e dei campi vicini", "Mais giallo", "Segale di montagna"]
    page = [(50, 720, "Che cosa si macina in questo mulino:")]
    for n, item in enumerate(items):
        page += [(70, 700 - 14 * n, "•"), (92, 700 - 14 * n, item)]
    assert blocks(page)[1:] == [("list-item", item) for item in items]


def test_a_line_may_begin_with_a_dash_inside_a_sentence():
    page = [
        (50, 720, "L’associazione organizza laboratori per le scuole dei tre paesi"),
        (50, 708, "– circa quattrocento bambini – e un mercato dei prodotti locali."),
        (50, 680, "Nel mercato si trovano tutti i prodotti della valle e dei monti:"),
        (50, 668, "– farina"),
        (50, 656, "– miele"),
    ]
    assert texts(page)[0] == f"{page[0][2]} {page[1][2]}"
    assert texts(page)[2:] == ["– farina", "– miele"]
