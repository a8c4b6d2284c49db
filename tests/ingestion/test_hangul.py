"""HWPX and HWP 5: the same document in both formats gives the same paragraphs."""

import struct
import zlib

import pytest

from pipeline.ingestion.formats import hwp as binary
from pipeline.ingestion.formats import hwpx as xml
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.ingest import read_file
from tests.ingestion.office_files import (
    archived,
    control,
    hp,
    hwp,
    hwp_control,
    hwp_paragraph,
    hwp_style,
    hwpx,
    record,
    string,
)

LIST = record(72, 2, bytes(8))


def of_xml(*sections, **parts):
    (item,) = xml.items(hwpx(*sections, **parts), Reading())
    return [tuple(block) for block in item.blocks]


def of_binary(*sections, **parts):
    (item,) = binary.items(hwp(*sections, **parts), Reading())
    return [tuple(block) for block in item.blocks]


def texts(found):
    return [text for _, text in found]


def listed(text, level=2):
    return record(72, level, bytes(8)) + hwp_paragraph(text, level=level)


def sub(*texts):
    return f"<hp:subList>{''.join(map(hp, texts))}</hp:subList>"


STYLES = (
    ("바탕글", "Normal"),
    ("제목", "Title"),
    ("개요 1", "Outline 1"),
    ("소스 코드", "Code"),
    ("차례 1", "TOC 1"),
)
KINDS = ("paragraph", "title", "heading", "code", "boilerplate")


def test_styles_say_what_a_paragraph_is():
    words = ["본문이다", "큰 이야기", "첫 장", "x = 1", "첫 장 3"]
    header = "".join(
        f'<hh:style id="{n}" type="PARA" name="{name}" engName="{english}"/>'
        for n, (name, english) in enumerate(STYLES)
    )
    wanted = list(zip(KINDS, words, strict=True))
    assert of_xml("".join(hp(word, style=n) for n, word in enumerate(words)), header=header) == wanted
    paragraphs = b"".join(hwp_paragraph(word, style=n) for n, word in enumerate(words))
    assert of_binary(paragraphs, styles=[hwp_style(*names) for names in STYLES]) == wanted


def test_shapes_say_what_is_a_list():
    header = (
        '<hh:paraPr id="0"><hh:heading type="NONE"/></hh:paraPr><hh:paraPr id="1"><hh:heading '
        'type="BULLET"/></hh:paraPr>'
        '<hh:paraPr id="2"><hh:heading type="OUTLINE"/></hh:paraPr>'
    )
    wanted = [("paragraph", "글"), ("list-item", "하나"), ("heading", "제목이다")]
    assert of_xml(hp("글") + hp("하나", shape=1) + hp("제목이다", shape=2), header=header) == wanted
    shapes = [record(25, 0, struct.pack("<I", kind << 23)) for kind in (0, 3, 1)]
    paragraphs = hwp_paragraph("글") + hwp_paragraph("하나", shape=1) + hwp_paragraph("제목이다", shape=2)
    assert of_binary(paragraphs, styles=shapes) == wanted


def test_a_table_is_read_row_by_row_and_its_caption_first():
    cells = [["이름", "나이"], ["민수", "열 살"]]
    rows = "".join(
        "<hp:tr>" + "".join(f"<hp:tc>{sub(cell)}</hp:tc>" for cell in row) + "</hp:tr>" for row in cells
    )
    wanted = [
        ("paragraph", "앞 글 뒤"),
        ("caption", "표 1. 아이들"),
        *(("table-cell", cell) for row in cells for cell in row),
        ("paragraph", "다음"),
    ]
    number = '<hp:ctrl><hp:autoNum num="1" numType="TABLE"/></hp:ctrl>'
    caption = f"<hp:caption><hp:subList>{hp('표 ', number, '. 아이들')}</hp:subList></hp:caption>"
    table = f"<hp:tbl>{caption}{rows}</hp:tbl>"
    assert of_xml(hp("앞 글", table, " 뒤") + hp("다음")) == wanted
    number = hwp_control("atno", level=3, data=struct.pack("<IHHHH", 4, 1, 0, 0, 0))
    caption = LIST + hwp_paragraph("표 ", control(18, "atno"), ". 아이들", level=2, controls=(number,))
    inside = [caption, record(77, 2, bytes(8)), *(listed(cell) for row in cells for cell in row)]
    table = hwp_control("tbl ", *inside)
    section = hwp_paragraph("앞 글", control(11, "tbl "), " 뒤", controls=(table,)) + hwp_paragraph("다음")
    assert of_binary(section) == wanted


def test_notes_follow_margins_are_boilerplate_and_hidden_comments_are_left_out():
    wanted = [
        ("paragraph", "본문 글"),
        ("paragraph", "각주다"),
        ("paragraph", "미주다"),
        ("boilerplate", "머리말"),
    ]
    inside = "".join(
        f"<hp:ctrl><hp:{name}>{sub(text)}</hp:{name}></hp:ctrl>"
        for name, text in (
            *(
                ("header", "머리말"),
                ("footNote", "각주다"),
                ("hiddenComment", "숨은 설명"),
                ("endNote", "미주다"),
            ),
        )
    )
    memo = f'<hp:ctrl><hp:fieldBegin id="1" type="MEMO">{sub("메모")}</hp:fieldBegin></hp:ctrl>'
    assert of_xml(hp("본문", inside, memo, " 글")) == wanted
    ids = {"head": (16, "머리말"), "fn  ": (17, "각주다"), "tcmt": (15, "숨은 설명"), "en  ": (17, "미주다")}
    controls = [hwp_control(id_, listed(text)) for id_, (_, text) in ids.items()]
    section = hwp_paragraph(
        "본문", *(control(n, id_) for id_, (n, _) in ids.items()), " 글", controls=controls
    )
    memos = record(93, 1, bytes(4)) + listed("메모", level=1)
    assert of_binary(section + memos) == wanted


def test_text_boxes_are_read():
    box = (
        f"<hp:rect><hp:drawText>{sub('상자 글', '둘째')}</hp:drawText><hp:shapeComment>사각형"
        "</hp:shapeComment></hp:rect>"
    )
    assert texts(of_xml(hp("본문", box))) == ["본문", "상자 글", "둘째"]
    inside = record(76, 2, bytes(8)) + record(72, 3, bytes(8))
    inside += hwp_paragraph("상자 글", level=3) + hwp_paragraph("둘째", level=3)
    section = hwp_paragraph("본문", control(11, "gso "), controls=(hwp_control("gso ", inside),))
    assert texts(of_binary(section)) == ["본문", "상자 글", "둘째"]


@pytest.mark.parametrize(("base", "reading"), [("博物館", "박물관"), ("WHO", "세계보건기구")])
def test_the_reading_of_a_word_follows_it_in_parentheses(base, reading):
    dutmal = f"<hp:dutmal><hp:mainText>{base}</hp:mainText><hp:subText>{reading}</hp:subText></hp:dutmal>"
    assert texts(of_xml(hp("옛 ", dutmal, "에서"))) == [f"옛 {base}({reading})에서"]
    controls = (hwp_control("tdut", data=string(base) + string(reading)),)
    section = hwp_paragraph("옛 ", control(23, "tdut"), "에서", controls=controls)
    assert texts(of_binary(section)) == [f"옛 {base}({reading})에서"]


@pytest.mark.parametrize(("content", "seen"), [("이름을 쓰세요", "성명:  끝"), ("김민수", "성명: 김민수 끝")])
def test_a_field_still_showing_its_prompt_is_empty(content, seen):
    command = "Clickhere:set:48:Direction:wstring:7:이름을 쓰세요 HelpState:wstring:0:  "
    begin = (
        '<hp:ctrl><hp:fieldBegin id="5" type="CLICK_HERE"><hp:parameters>'
        f'<hp:stringParam name="Command">{command}</hp:stringParam></hp:parameters></hp:fieldBegin></hp:ctrl>'
    )
    end = '<hp:ctrl><hp:fieldEnd beginIDRef="5"/></hp:ctrl>'
    seen = [" ".join(seen.split())]
    assert texts(of_xml(hp("성명: ", begin, content, end, " 끝"))) == seen
    controls = (hwp_control("%clk", data=bytes(5) + string(command)),)
    section = hwp_paragraph(
        "성명: ", control(3, "%clk"), content, control(4, "%clk"), " 끝", controls=controls
    )
    assert texts(of_binary(section)) == seen


def test_signs_in_a_line():
    signs = "<hp:t>가<hp:tab/>나<hp:lineBreak/>다<hp:nbSpace/>라<hp:hyphen/>마</hp:t>"
    assert texts(of_xml(hp(signs))) == ["가 나 다\u00a0라-마"]
    tab = struct.pack("<H", 9) + bytes(12) + struct.pack("<H", 9)
    assert texts(of_binary(hwp_paragraph("가", tab, "나\n다\x1e라\x18마"))) == ["가 나 다\u00a0라-마"]


def test_deleted_text_of_hwpx_is_left_out():
    removed = (
        '<hp:t>다리는<hp:deleteBegin/> 곧<hp:deleteEnd paraend="0"/> <hp:insertBegin/>오월에'
        "<hp:insertEnd/> 열린다.</hp:t>"
    )
    assert texts(of_xml(hp(removed))) == ["다리는 오월에 열린다."]
    mark = '<hp:t>다리는 <hp:deleteBegin/>곧<hp:deleteEnd paraend="1"/></hp:t>'
    assert texts(of_xml(hp(mark) + hp("열린다.") + hp("끝."))) == ["다리는 열린다.", "끝."]
    assert texts(of_xml(hp("<hp:t>가<hp:deleteBegin/>나</hp:t>") + hp("다"))) == ["가", "다"]


def test_sections_come_in_order():
    words = [f"{n}번째 글" for n in range(12)]
    assert texts(of_xml(*map(hp, words))) == words
    assert texts(of_binary(*map(hwp_paragraph, words))) == words
    package = '<opf:item id="a" href="Contents/section1.xml"/><opf:item id="b" href="Contents/section0.xml"/>'
    spine = '<opf:itemref idref="a"/><opf:itemref idref="b"/>'
    assert texts(of_xml(hp("둘"), hp("하나"), package=package + spine)) == ["하나", "둘"]


def test_a_stream_that_breaks_off_is_read_up_to_there_and_reported():
    words = [f"{n}번째 문장은 {n * n % 977}에서 {n * 7919 % 1009}까지 이어진다." for n in range(400)]
    section = b"".join(map(hwp_paragraph, words))
    endless = struct.pack("<II", 67 | 1 << 10 | 0xFFF << 20, 1_000_000) + bytes(40)
    assert texts(of_binary(section + endless, flags=0)) == [*words, "\ufffd"]
    whole = hwp(section)
    start = whole.index(zlib.compress(section, wbits=-15)[:20])
    (item,) = binary.items(whole[: start + 3000] + b"\xff" * 30 + whole[start + 3030 :], Reading())
    found = [block.text for block in item.blocks]
    assert found[-1] == "\ufffd"
    assert found[:100] == words[:100]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (hwp(hwp_paragraph("글"), flags=0x5), "distribution copy"),
        (hwp(hwp_paragraph("글"), flags=0x3), "encrypted"),
        (hwp(flags=1), "lacks the part BodyText"),
        (b"HWP Document File V3.00 \x1a\x01\x02", "Hangul 97"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"random", "no compound file"),
        (archived({"x": "y"}), "no HWPX"),
    ],
)
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(Unusable, match=reason):
        list(binary.items(data, Reading()))


def test_an_encrypted_hwpx_file_says_so():
    data = archived({"Contents/section0.xml": "<s/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"})
    with pytest.raises(Unusable, match="encrypted"):
        list(xml.items(data, Reading()))


def test_a_stream_that_unpacks_to_far_more_is_refused():
    data = hwp(record(67, 1, bytes(40_000_000)))
    assert len(data) < 100_000
    with pytest.raises(Unusable, match="far more than its size"):
        list(binary.items(data, Reading()))


def test_hwpx_under_the_older_name_is_read(tmp_path):
    path = tmp_path / "a.hwp"
    path.write_bytes(hwpx(hp("안녕하세요. 반갑습니다.")))
    (raw,) = read_file(path, "a.hwp")
    assert [block.text for block in raw.blocks] == ["안녕하세요. 반갑습니다."]
