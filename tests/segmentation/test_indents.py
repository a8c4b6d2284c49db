"""Hard-wrapped paragraphs whose first lines are indented."""

import textwrap

import pytest

from pipeline.ingestion.formats.txt import blocks, columns

IT = [
    "La biblioteca del quartiere riapre lunedì dopo i lavori al tetto, che sono durati più del previsto e "
    "sono costati molto. Gli orari restano gli stessi di prima.",
    "Chi ha libri in prestito può restituirli entro la fine del mese senza pagare nulla, come hanno deciso i "
    "soci nella riunione di ieri sera.",
    "Nessuno si è lamentato.",
    "Il bar invece resta chiuso fino a maggio, perché manca ancora il bancone nuovo che era stato ordinato.",
]
PL = [
    "Biblioteka na osiedlu znów działa po remoncie dachu, który trwał dłużej, niż sądzono, i kosztował "
    "bardzo dużo pieniędzy. Godziny otwarcia się nie zmieniły.",
    "Kto ma wypożyczone książki, może je oddać do końca miesiąca bez żadnej opłaty, jak ustalono wczoraj.",
    "Nikt nie narzekał.",
    "Bar pozostaje zamknięty do maja, bo wciąż brakuje nowej lady, którą zamówiono jeszcze w zeszłym roku.",
]
KO = [
    "지붕 공사를 마친 동네 도서관이 월요일에 다시 문을 연다. 공사는 생각보다 오래 걸렸고 돈도 많이 들었다고 "
    "관장이 말했다. 여는 시간은 예전과 같다.",
    "빌린 책이 있는 사람은 이달 말까지 돈을 내지 않고 돌려줄 수 있다. 그렇게 정했다고 한다.",
    "아무도 불평하지 않았다.",
    "카페는 새로 주문한 진열대가 아직 오지 않아서 오월까지 문을 열지 못한다. 주인은 손님들에게 미안하다는 "
    "말을 여러 번 전했고 그동안 길 건너 빵집을 이용해 달라고 부탁했다.",
]


def wrap(text, width, indent):
    """Wrap a text greedily at a width in columns."""
    lines = [indent]
    for word in text.split():
        if columns(lines[-1].expandtabs(4)) + 1 + columns(word) > width:
            lines.append(word)
        else:
            lines[-1] += word if lines == [indent] else f" {word}"
    return lines


def wrapped(paragraphs, indent, width=64, between=""):
    return between.join("\n".join(wrap(text, width, indent)) + "\n" for text in paragraphs)


@pytest.mark.parametrize("indent", [" ", "  ", "   ", "        ", "\t", "\u3000"])
@pytest.mark.parametrize("paragraphs", [IT, PL, KO], ids=["it", "pl", "ko"])
def test_an_indent_starts_a_paragraph(paragraphs, indent):
    found = blocks(wrapped(paragraphs, indent))
    assert [block.text for block in found] == paragraphs
    assert {block.kind for block in found} == {"paragraph"}


@pytest.mark.parametrize("paragraphs", [IT, PL], ids=["it", "pl"])
def test_blank_lines_may_stand_between_them_too(paragraphs):
    assert [block.text for block in blocks(wrapped(paragraphs, "    ", between="\n"))] == paragraphs


@pytest.mark.parametrize("paragraphs", [IT, PL], ids=["it", "pl"])
def test_a_quotation_set_in_throughout_is_one_paragraph(paragraphs):
    quotation = textwrap.indent("\n".join(textwrap.wrap(paragraphs[0], 56)), "      ")
    text = f"{wrapped(paragraphs[1:2], '')}\n{quotation}\n\n{wrapped(paragraphs[3:], '')}"
    assert [block.text for block in blocks(text)] == [paragraphs[1], paragraphs[0], paragraphs[3]]


@pytest.mark.parametrize("paragraphs", [IT, PL], ids=["it", "pl"])
def test_the_lines_of_an_item_are_set_in_below_it(paragraphs):
    items = ["\n".join(textwrap.wrap(f"- {text}", 64, subsequent_indent="  ")) for text in paragraphs]
    assert [block.text for block in blocks("\n".join(items))] == [f"- {text}" for text in paragraphs]


def test_verses_stay_lines():
    lines = [
        "Sul tetto piove piano,",
        "   e nella stanza è sera;",
        "la luce va lontano,",
        "   la notte è già leggera.",
    ]
    assert [block.text for block in blocks("\n".join(lines))] == [line.strip() for line in lines]


@pytest.mark.parametrize("paragraphs", [IT, PL, KO], ids=["it", "pl", "ko"])
@pytest.mark.parametrize(
    ("above", "below"),
    [(["Anna Neri", "Via Lunga 4", "41012 Carpi"], []), (["pon.", "wt.", "śr."], ["Anna", "Neri"])],
)
def test_short_lines_do_not_hide_where_paragraphs_are_wrapped(paragraphs, above, below):
    parts = ["\n".join(above), *("\n".join(wrap(text, 64, "")) for text in paragraphs), "\n".join(below)]
    found = [block.text for block in blocks("\n\n".join(parts))]
    assert found == [*above, *paragraphs, *below]


def test_short_lines_alone_are_no_paragraph():
    verses = ["Piove sul lago e sulle case,", "il vento spinge via le barche", "e nella notte, senza lume,"]
    found = blocks("\n".join(verses) + "\n\n" + "\n".join(reversed(verses)))
    assert [block.text for block in found] == [*verses, *reversed(verses)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("KBS는 오늘 새 누리집을 열었다.", "paragraph"),
        ("서울 A동 주민 B씨가 말했다.", "paragraph"),
        ("ORARI DELLA BIBLIOTECA.", "heading"),
        ("GODZINY OTWARCIA.", "heading"),
    ],
)
def test_only_a_line_of_capitals_is_a_heading_for_them(text, kind):
    assert blocks(f"{IT[0]}\n\n{text}\n\n{IT[1]}")[1].kind == kind
