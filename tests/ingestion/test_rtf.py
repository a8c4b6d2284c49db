"""RTF in several code pages, with hidden and deleted text, notes, fields, boxes and tables."""

import time

import pytest

from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.formats.rtf import items

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset238 Arial CE;}"
    r"{\f2\fnil\fcharset129 Batang;}{\f3\fnil\fcharset2 Symbol;}{\f4\fnil\fcharset204{\*"
    r"\panose 02}Arial Cyr;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\*\cs2 Strong;}"
    r"{\s3 Source Code;}{\s4 Title;}{\s5 Quote;}}{\info{\title La fonte}{\author Anna}{"
    r"\creatim\yr2024\mo5\dy3}}"
)


def read(text, head=HEAD):
    data = (head + text + "}").encode("latin-1") if isinstance(text, str) else head.encode() + text + b"}"
    (item,) = items(data, Reading())
    return item


def blocks(text, head=HEAD):
    return [tuple(block) for block in read(text, head).blocks]


def texts(text, head=HEAD):
    return [part for _, part in blocks(text, head)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"perch\'e9 \f1 \'b9\'ea\'b3 \f0 \'e8", "perché ąęł è"),
        (r"\f2\'b0\'a1\'b3\'aa \f0 \'e0", "가나 à"),
        (r"{\f2\'b0\'a1}{\f1\'b9}{\'e0}", "가ąà"),
        (r"\f4\'cf\'f0\'e8", "При"),
        (r"\u261?\u281\'65\u-21504?", "ąę가"),
        (r"\uc0\u261\u281 x\uc2\u322 ab c", "ąęxł c"),
        (r"{\uc2\u322 ab}\u322 a b", "łł b"),
        (r"\u55357?\u56832?", "😀"),
        (r"\u8220\ldblquote a\rdblquote", "“a”"),
        (r"\f3 a\f0 a", "αa"),
        (r"\'ab\'bb\endash\emdash\~\_\bullet", "«»–—\u00a0-•"),
        (r"\{a\}\\b", r"{a}\b"),
        ("a\r\nb\nc", "abc"),
        (r"\f1 \'81", "\ufffd"),
    ],
)
def test_characters(text, seen):
    assert texts(text) == [seen]


@pytest.mark.parametrize(
    ("codepage", "charset", "text"),
    [
        (1250, "", "Żółta łódź płynie przez jezioro, a żeglarz śpiewa."),
        (1250, r"\fcharset0", "Żółta łódź płynie przez jezioro, a żeglarz śpiewa."),
        (949, r"\fcharset0", "노란 배가 호수를 건너고 뱃사공은 노래를 부른다."),
        (949, r"\fcharset129", "노란 배가 호수를 건너고 뱃사공은 노래를 부른다."),
        (932, "", "黄色い船が湖を渡る。"),
        (1252, r"\fcharset0", "La barca è già lì, perché c’è più vento."),
    ],
)
def test_code_pages_of_documents(codepage, charset, text):
    head = rf"{{\rtf1\ansi\ansicpg{codepage}\deff0{{\fonttbl{{\f0{charset} A;}}}}"
    codec = f"cp{codepage}"
    escaped = "".join(
        f"\\'{byte:02x}" if byte > 127 or byte in b"{}\\" else chr(byte) for byte in text.encode(codec)
    )
    assert texts(escaped, head) == [text]
    if codepage != 932:  # whose bytes may be those of a brace
        assert texts(text.encode(codec), head) == [text]


def test_western_letters_in_a_document_from_poland():
    head = r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 A CE;}}"
    text = r"\f0 Il caff\'e8 \'e8 gi\'e0 pronto, perch\'e9 la citt\'e0 si \'e8 svegliata. \f1 \'a3\'f3d\'9f"
    assert texts(text, head) == ["Il caffè è già pronto, perché la città si è svegliata. Łódź"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"Mercato{\v NOTA}.\par Fine.", ["Mercato.", "Fine."]),
        (r"Mercato\v NOTA\v0 .\par Fine.", ["Mercato.", "Fine."]),
        (r"Targ{\deleted stary} {\revised nowy}.", ["Targ nowy."]),
        (r"Targ{\v TAJNE\plain .}", ["Targ."]),
        (r"Uno {\deleted\par }due.\par Tre.", ["Uno due.", "Tre."]),
        (r"{\v Tutto nascosto.\par}Visto.\par", ["Visto."]),
        (r"A{\v{\footnote nascosta}}B{\footnote nota}\par C", ["AB", "C", "nota"]),
        (r"A{\*\annotation{\*\atnid x}commento}B{\*\atnauthor io}", ["AB"]),
        (r"{\field{\*\fldinst HYPERLINK \"http://a.it\"}{\fldrslt il sito}} qui", ["il sito qui"]),
        (r"{\field{\*\fldinst{\v PAGE}}{\fldrslt 12}} pagine", ["12 pagine"]),
        (r"{\xe voce}{\*\bkmkstart a}Testo{\*\bkmkend a}", ["Testo"]),
        (r"A{\super\chftn{\*\footnote\chftn nota}}B", ["AB", "nota"]),
        (
            r"{\field{\*\fldinst { EQ \\* jc3 \\o\\al(\\s\\up 10(\u48149?),\u21338?)}}{\fldrslt {}}}!",
            ["博(박)!"],
        ),
        (r"{\pict\wmetafile8 0102ff}Foto {\object{\*\objdata 00ff}{\result vista}}", ["Foto vista"]),
        (r"a\bin5 {{{{{b", ["ab"]),
        (r"{\*\unknown x{\footnote y}{\shptxt z}}Testo", ["Testo"]),
        (r"{\upr{PLAIN}{\*\ud {\u261?}}}b", ["ąb"]),
        (
            r"Un{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt Nel riquadro\par}}{\shprslt doppia}}o",
            ["Uno", "Nel riquadro"],
        ),
        (r"{\mmath{\*\moMath{\mr x=1}}}", ["x=1"]),
    ],
)
def test_what_is_text_and_what_is_not(text, seen):
    assert texts(text) == seen


def test_styles_lists_and_outlines_say_what_a_paragraph_is():
    text = (
        r"\pard\s4 Titolo\par\pard\s1 Capo\par\pard\plain Testo\par\pard\s5 Citazione\par"
        r"\pard{\pntext\f3\'b7\tab}{\*\pn\pnlvlblt}voce\par{\listtext 1.\tab}\ls1 druga\par\pard"
        r"\outlinelevel1 Sotto\par"
        r"\pard\bullet\tab trzecia\par\pard\s3 if a:\par\s3   b\par\pard Fine"
    )
    assert blocks(text) == [
        *(("title", "Titolo"), ("heading", "Capo"), ("paragraph", "Testo"), ("quote", "Citazione")),
        *(("list-item", "voce"), ("list-item", "druga"), ("heading", "Sotto"), ("list-item", "trzecia")),
        *(("code", "if a:\n  b"), ("paragraph", "Fine")),
    ]


def test_tables_are_read_cell_by_cell():
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell {}\cell\row"
    text = "Prima\\par " + row.format("a", r"b\par c") + row.format("", "d") + r"\pard Dopo\par"
    assert blocks(text) == [
        ("paragraph", "Prima"),
        *(("table-cell", cell) for cell in "abcd"),
        ("paragraph", "Dopo"),
    ]
    nested = (
        r"\trowd\pard\intbl\itap2 x\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\pard\intbl y\cell\row\pard z"
    )
    assert blocks(nested) == [("table-cell", "x"), ("table-cell", "y"), ("paragraph", "z")]


def test_margins_are_boilerplate_and_notes_follow():
    text = (
        r"{\header In alto\par}{\footerl Pagina \chpgn}{\headerf In alto}Anno 1932{\super\chftn{"
        r"\footnote\pard\chftn  Una nota.}} poi."
    )
    assert blocks(text) == [
        ("paragraph", "Anno 1932 poi."),
        ("paragraph", "Una nota."),
        ("boilerplate", "In alto"),
        ("boilerplate", "Pagina"),
    ]


def test_the_document_says_its_title_author_and_date():
    assert read("Testo").metadata[:3] == ("La fonte", "Anna", "2024-05-03")


@pytest.mark.parametrize("data", [b"Testo", b"{\\pard}", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_rtf_says_so(data):
    with pytest.raises(Unusable, match="no RTF"):
        list(items(data, Reading()))


@pytest.mark.parametrize("part", ["{", r"{\footnote ", r"{\*\x ", r"{\shp{\*\shpinst{\shptxt "])
def test_depth_has_an_end(part):
    began = time.process_time()
    with pytest.raises(Unusable, match="too deeply"):
        list(items(b"{\\rtf1 a" + part.encode() * 200_000, Reading()))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "part", [r"\par ", r"\'e9", r"\u261?", "a ", "{a}", r"{\v a}", r"\cell ", r"\bin1", "\\", "}"]
)
def test_time_grows_with_size(part):
    def seconds(times):
        data = b"{\\rtf1 a" + part.encode() * times
        began = time.process_time()
        list(items(data, Reading()))
        return time.process_time() - began

    assert seconds(100_000) < 5
