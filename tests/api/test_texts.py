"""`align_texts`: lists in, rows out, and nothing lost or changed on the way."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import align_texts, check
from pipeline.errors import InputError, ModelError, SettingError
from pipeline.segmentation.paragraph_numbers import parse_paragraph_numbers

ITALIAN = [
    "Il museo è chiuso il lunedì.",
    "Il biglietto costa 12 euro. I bambini entrano gratis.",
    "In autunno aprirà una nuova sala dedicata alla ceramica.",
    "Per informazioni si può telefonare in biglietteria.",
]
KOREAN = [
    "박물관은 월요일에 문을 닫는다.",
    "입장료는 12유로이다.",
    "어린이는 무료로 입장한다.",
    "안내가 필요하면 매표소로 전화하면 된다.",
]
POLISH = [
    "W poniedziałki muzeum jest zamknięte.",
    "Bilet kosztuje 21 euro. Dzieci wchodzą za darmo.",
    "Jesienią otworzy się nowa sala poświęcona ceramice.",
    "Informacji udziela telefonicznie kasa.",
]
TEXTS = {"it": ITALIAN, "ko": KOREAN, "pl": POLISH}


def items_of(rows, code, given):
    """The numbers of the items that a column holds, whose texts have to be those of the cells."""
    numbers = []
    for text, cell in rows[[code, f"{code}_paragraphs"]].itertuples(index=False, name=None):
        some = parse_paragraph_numbers(cell)
        assert text == "\n\n".join(given[number - 1] for number in some)
        numbers += some
    return sorted(numbers)


def test_paragraphs_are_laid_side_by_side():
    rows = align_texts(TEXTS)
    cells = rows[["it_paragraphs", "ko_paragraphs", "pl_paragraphs"]].values.tolist()
    assert cells == [["1", "1", "1"], ["2", "2-3", "2"], ["3", "", "3"], ["4", "4", "4"]]
    assert rows["status"].tolist() == ["aligned", "aligned", "partial", "aligned"]
    assert rows["ko"][1] == "입장료는 12유로이다.\n\n어린이는 무료로 입장한다."
    assert rows["findings"].tolist() == ["", "numbers.changed", "completeness.omission", ""]
    assert rows["confidence"].between(0.5, 1).all()


def test_columns_are_those_of_the_corpus():
    rows = align_texts({"pl": POLISH, "it": ITALIAN})
    assert list(rows.columns) == [
        "row", "id", "pl", "it", "pl_paragraphs", "it_paragraphs", "confidence", "status", "findings"
    ]  # fmt: skip
    assert {name: rows[name].dtype.kind for name in ("row", "confidence", "it")} == {
        "row": "i", "confidence": "f", "it": "O"
    }  # fmt: skip
    assert (rows["confidence"].round(4) == rows["confidence"]).all()
    assert list(align_texts({"id": ["Satu."], "it": ["Uno."]}).columns)[2:4] == ["id_text", "it"]


def test_sentences_are_not_cut_again():
    texts = {
        "it": ["Arriva il sig. Rossi. Poi piove.", "Fine."],
        "pl": ["Pan Rossi przyjeżdża. Potem pada.", "Koniec."],
    }
    rows = align_texts(texts, level="sentence")
    assert rows[["it", "pl"]].values.tolist() == [list(pair) for pair in zip(*texts.values(), strict=True)]


def test_a_sentence_that_two_translate_is_joined():
    texts = {
        "it": ["Il biglietto costa 12 euro e i bambini entrano gratis.", "Il museo è chiuso il lunedì."],
        "pl": [
            "Bilet kosztuje 12 euro.",
            "Dzieci wchodzą za darmo.",
            "W poniedziałki muzeum jest zamknięte.",
        ],
    }
    rows = align_texts(texts, level="sentence")
    assert rows["pl_paragraphs"].tolist() == ["1-2", "3"]


def test_rows_can_be_checked_and_found_again():
    rows = align_texts(TEXTS)
    found = check(rows)
    flagged = rows.set_index("id").loc[found["row_id"], "findings"].tolist()
    assert found["rule"].tolist()
    assert all(rule in rules.split() for rule, rules in zip(found["rule"], flagged, strict=True))


def test_a_glossary_holds(tmp_path):
    (tmp_path / "terms.csv").write_text("it,pl\nmuseo,galeria\n", encoding="utf-8")
    rows = align_texts({"it": ITALIAN, "pl": POLISH}, glossary=tmp_path / "terms.csv")
    assert rows["findings"].tolist()[0] == "entities.term"


HOSTILE = [
    "", " ", "\n\n", "NA", "=1+1", '"no"', "a\rb", "\r\n", "a\n\n\n\nb", "  Il museo è chiuso.  ", "\x00",
    "\u200b", "😀", "<b>&amp;</b>", "Il museo.\n\nLa sala.", "e\u0301", "\ufeff", "\u2028", "123", "...",
    "Il museo è chiuso.", "Il museo è chiuso.",
]  # fmt: skip


@pytest.mark.parametrize("level", ["paragraph", "sentence"])
def test_hostile_texts_come_back_in_order(level):
    texts = {"it": HOSTILE, "pl": HOSTILE[::-1]}
    rows = align_texts(texts, level=level)
    for code, items in texts.items():
        assert items_of(rows, code, items) == list(range(1, len(items) + 1))
    assert rows["id"].is_unique


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=6))
def test_nothing_is_lost(items):
    texts = {"it": [*items, "Il museo è chiuso."], "ko": ["박물관은 문을 닫았다.", *items]}
    for level in ("paragraph", "sentence"):
        rows = align_texts(texts, level=level)
        for code, some in texts.items():
            assert items_of(rows, code, some) == list(range(1, len(some) + 1))


def test_other_sequences_are_lists_too():
    expected = align_texts(TEXTS)
    given = {"it": pd.Series(ITALIAN), "ko": tuple(KOREAN), "pl": iter(POLISH)}
    pd.testing.assert_frame_equal(align_texts(given), expected)


@pytest.mark.parametrize(
    ("texts", "error", "message"),
    [
        ({}, SettingError, "2 to 16 languages can be aligned, not 0"),
        ({"it": ["Uno."]}, SettingError, "2 to 16 languages can be aligned, not 1"),
        ({"it": ["Uno."], "xx": ["One."]}, SettingError, "unknown language 'xx'; known are"),
        ({"it": ["Uno."], 3: ["One."]}, SettingError, "unknown language 3"),
        ({"it": ["Uno."], "pl": []}, InputError, "there is no text in 'pl'"),
        ({"it": ["Uno."], "pl": [" ", "\n"]}, InputError, "there is no text in 'pl'"),
        ({"it": ["Uno."], "pl": "Jeden."}, InputError, "texts in 'pl' are of type str, not a list"),
        ({"it": ["Uno."], "pl": 3}, InputError, "texts in 'pl' are of type int, not a list"),
        (
            {"it": ["Uno.", float("nan")], "pl": ["Jeden."]},
            InputError,
            "text 2 in 'it' is of type float",
        ),
        ({"it": [None], "pl": ["Jeden."]}, InputError, "text 1 in 'it' is of type NoneType"),
        ({"it": ["\ud800"], "pl": ["Jeden."]}, InputError, "text 1 in 'it' has a lone surrogate"),
        (
            {"it": ["Uno.", "x" * 1_000_001], "pl": ["Jeden."]},
            InputError,
            "text 2 .* has 1,000,001 characters",
        ),
        ([["Uno."], ["Jeden."]], InputError, "texts must map language codes to lists, not be of type list"),
    ],
)
def test_what_cannot_be_aligned(texts, error, message):
    with pytest.raises(error, match=message):
        align_texts(texts)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"level": "word"}, SettingError),
        ({"model": "no/such/model"}, ModelError),
        ({"glossary": "no.csv"}, InputError),
    ],
)
def test_options_that_make_no_sense(options, error):
    with pytest.raises(error):
        align_texts(TEXTS, **options)
