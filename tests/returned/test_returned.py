"""Files that were exported, worked on in other tools, and came back."""

import re
from copy import deepcopy

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from pipeline.cli.commands import main
from pipeline.decisions.log import DECISIONS, add_decisions, read_decisions
from pipeline.decisions.record import parse_decision
from pipeline.errors import ConflictError, InputError
from pipeline.exports.write import export
from pipeline.returned.apply import apply_file, apply_files
from pipeline.returned.differences import settled
from pipeline.returned.units import Piece, joined
from tests.written import references, rows_of, write_corpus

FORMATS = ("xliff", "xliff12", "tmx")
CELLS = [
    ("Ho 34 anni. Vivo a Bari.", "나는 34살이다. 바리에 산다.", "Mam 43 lata. Mieszkam w Bari."),
    ("Solo qui.", "", ""),
    (["Uno.", "Due & <tre>."], "하나, 둘.", ["Jeden.", "Dwa."]),
    ("Il costo è di XNUMX euro.", "비용은 10유로이다.", "Koszt to 10 euro."),
    ("Sì.", "네.", "Tak."),
    ("Sì.", "예.", "Tak."),
]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MARK = "{urn:example:tool}"


@pytest.fixture
def rows():
    return rows_of(CELLS)


@pytest.fixture
def out(tmp_path, rows):
    """A corpus with findings and with decisions of every kind that an export shows."""
    write_corpus(tmp_path / "out", rows)
    add_decisions(
        tmp_path / "out",
        [
            said(rows[0], "approve", "d1"),
            said(rows[0], "propose", "d2", language="pl", text="Mam 34 lata.", reviewer="Ewa"),
            said(rows[0], "comment", "d3", text="<b>?"),
            said(rows[3], "reject", "d4", reviewer="Ewa"),
        ],
        backup=False,
    )
    return tmp_path / "out"


def said(row, kind, id, **fields):
    about = {"article": row.article, "target": row.id, "paragraphs": references(row)}
    return parse_decision({"id": id, "kind": kind} | about | fields)


def exported(out, form, pair="it-ko"):
    """Export the corpus; return the path of its file for a pair of languages."""
    export(out, form, out.parent / form)
    return out.parent / form / ("corpus.tmx" if form == "tmx" else f"{pair}.xlf")


def tree(path):
    return etree.parse(path, etree.XMLParser(strip_cdata=False))


def saved(path, document, name=None):
    target = path.with_name(name or path.name)
    document.write(target, encoding="utf-8", xml_declaration=True)
    return target


def found(element, name):
    return [child for child in element.iter() if etree.QName(child).localname == name] if len(element) else []


def unit_of(document, row):
    """The unit of a row, by what the export calls it."""
    for unit in document.getroot().iter():
        if isinstance(unit.tag, str) and row.id in (unit.get("id"), unit.get("name"), unit.get("tuid")):
            return unit
    raise AssertionError(row.id)


def target_of(unit, language="ko"):
    variants = [variant for variant in found(unit, "tuv") if variant.get(LANG) == language]
    return found(variants[0], "seg")[0] if variants else found(unit, "target")[0]


def rewrite(element, text):
    """Set the text of an element, inside its annotation if it has one."""
    inner = [child for child in element if etree.QName(child).localname == "mrk"]
    if inner:
        inner[0].text = text
    else:
        element.text = text


def news(out, before=4):
    """The decisions that were added: kind, row, language, text."""
    return [(d.kind, d.target, d.language, d.text) for d in read_decisions(out).decisions[before:]]


@pytest.mark.parametrize("pair", ["it-ko", "it-pl", "ko-pl"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_as_it_was_exported_says_nothing(out, form, pair):
    incoming = apply_file(exported(out, form, pair), out)
    assert (incoming.decisions, incoming.warnings, incoming.conflicts) == ([], [], [])


@pytest.mark.parametrize("form", FORMATS)
def test_changed_texts_become_proposals_once(out, rows, form):
    path = exported(out, form)
    document = tree(path)
    rewrite(target_of(unit_of(document, rows[2])), "하나, 둘 & <셋>.\nx")
    path = saved(path, document, "zwrot (1).xml")
    apply_file(path, out)
    assert news(out) == [("propose", rows[2].id, "ko", "하나, 둘 & <셋>.\nx")]
    assert apply_file(path, out).decisions == []


def test_toolkit_edits_of_xliff_1_come_back(out, rows):
    path = exported(out, "xliff12")
    store = Xliff1File.parsefile(str(path))
    by_id = {unit.xmlelement.get("id"): unit for unit in store.units}
    by_id[rows[2].id].target = "하나와 둘."
    by_id[rows[2].id].markapproved()
    by_id[rows[4].id].addnote("Informal?", origin="Jan")
    by_id[rows[1].id].target = "여기만."
    store.savefile(str(path))
    apply_file(path, out)
    assert sorted(news(out)) == sorted(
        [
            ("propose", rows[2].id, "ko", "하나와 둘."),
            ("approve", rows[2].id, "", ""),
            ("comment", rows[4].id, "", "Informal?"),
            ("propose", rows[1].id, "ko", "여기만."),
            ("approve", rows[1].id, "", ""),  # the toolkit marks what it translates
        ]
    )
    assert [d.reviewer for d in read_decisions(out).decisions if d.kind == "comment"][-1] == "Jan"


def test_toolkit_edits_of_xliff_2_come_back(out, rows):
    path = exported(out, "xliff")
    store = Xliff2File.parsefile(str(path))
    for unit in store.units:
        if unit.source == CELLS[4][0] and unit.target == CELLS[4][1]:
            unit.target = "그렇다."
            unit.addnote("formal", origin="translator")
    store.savefile(str(path))
    apply_file(path, out)
    assert set(news(out)) == {
        ("propose", rows[4].id, "ko", "그렇다."),
        ("comment", rows[4].id, "", "formal"),
    }


def test_toolkit_edits_of_tmx_come_back(out, rows):
    path = exported(out, "tmx")
    store = tmxfile.parsefile(str(path))
    [unit] = [unit for unit in store.units if unit.xmlelement.get("tuid") == rows[2].id]
    target_of(unit.xmlelement).text = "하나와 둘."
    unit.addnote("two?", origin="translator")
    store.savefile(str(path))
    apply_file(path, out)
    assert set(news(out)) == {
        ("propose", rows[2].id, "ko", "하나와 둘."),
        ("comment", rows[2].id, "", "two?"),
    }


@pytest.mark.parametrize(
    ("state", "approved", "verdict"),
    [
        ("final", None, True),
        ("signed-off", None, True),
        ("reviewed", None, True),
        ("translated", "yes", True),
        ("final", "no", False),
        ("translated", None, False),
        ("needs-review-translation", "yes", False),
        ("needs-translation", None, False),
        ("needs-l10n", None, False),
        ("new", None, False),
    ],
)
def test_states_of_xliff_1(out, rows, state, approved, verdict):
    path = exported(out, "xliff12")
    document = tree(path)
    unit = unit_of(document, rows[2])
    target_of(unit).set("state", state)
    if approved:
        unit.set("approved", approved)
    apply_file(saved(path, document), out)
    assert news(out) == ([("approve", rows[2].id, "", "")] if verdict else [])


@pytest.mark.parametrize(
    ("states", "verdict"),
    [(["final"], True), (["reviewed"], True), (["translated"], False), (["final", "initial"], False)],
)
def test_states_of_xliff_2_hold_for_all_segments(out, rows, states, verdict):
    path = exported(out, "xliff")
    document = tree(path)
    unit = unit_of(document, rows[4])
    [segment] = found(unit, "segment")
    for state in states[1:]:
        more = deepcopy(segment)
        more.set("id", "s2")
        more.set("state", state)
        for name in ("source", "target"):
            rewrite(found(more, name)[0], "")
        segment.addnext(more)
    segment.set("state", states[0])
    apply_file(saved(path, document), out)
    assert news(out) == ([("approve", rows[4].id, "", "")] if verdict else [])


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_an_approval_that_the_tool_took_back_is_named_and_stays(out, rows, form):
    path = exported(out, form)
    document = tree(path)
    unit = unit_of(document, rows[0])
    unit.attrib.pop("approved", None)
    for element in (*found(unit, "segment"), *found(unit, "target")):
        if element.get("state"):
            element.set("state", "initial" if form == "xliff" else "needs-review-translation")
    incoming = apply_file(saved(path, document), out)
    assert incoming.decisions == []
    assert "no review is withdrawn" in incoming.warnings[0]


def split_in_xliff_2(unit, cut, gap):
    """Split the segment of a unit at the first `cut` as OmegaT and Okapi do, with an ignorable between."""
    [segment] = found(unit, "segment")
    second = deepcopy(segment)
    second.set("id", "s-2")
    between = etree.Element(segment.tag.replace("segment", "ignorable"))
    for name, mark in zip(("source", "target"), cut, strict=True):
        ours, theirs = found(segment, name)[0], found(second, name)[0]
        whole = "".join(ours.itertext())
        head, _, tail = whole.partition(mark)
        for element, text in ((ours, head + mark.strip()), (theirs, tail)):
            for child in list(element):
                element.remove(child)
            element.text = text
        if gap[name] is not None:
            etree.SubElement(between, ours.tag).text = gap[name]
    segment.addnext(second)
    segment.addnext(between)
    return segment, second


@pytest.mark.parametrize("gap", [{"source": " ", "target": " "}, {"source": " ", "target": None}])
def test_a_unit_split_into_segments_of_xliff_2_is_read_as_one(out, rows, gap):
    path = exported(out, "xliff")
    document = tree(path)
    split_in_xliff_2(unit_of(document, rows[0]), (". ", ". "), gap)
    path = saved(path, document)
    assert apply_file(path, out).decisions == []
    document = tree(path)
    second = found(unit_of(document, rows[0]), "segment")[1]
    found(second, "target")[0].text = "바리에 살고 있다."
    apply_file(saved(path, document), out)
    assert news(out) == [("propose", rows[0].id, "ko", "나는 34살이다. 바리에 살고 있다.")]


def test_segments_in_another_order_and_half_translated(out, rows):
    path = exported(out, "xliff")
    document = tree(path)
    first, second = split_in_xliff_2(
        unit_of(document, rows[0]), (". ", ". "), {"source": " ", "target": " "}
    )
    found(first, "target")[0].set("order", "3")
    found(second, "target")[0].set("order", "1")
    apply_file(saved(path, document), out)
    assert news(out) == [("propose", rows[0].id, "ko", "바리에 산다. 나는 34살이다.")]
    second.remove(found(second, "target")[0])
    incoming = apply_file(saved(path, document), out)
    assert incoming.decisions == []
    assert "only some of its segments" in incoming.warnings[0]


def matecat(unit, between=" "):
    """Segment a trans-unit by sentences as Matecat returns it: seg-source, and marks with `mid`."""
    source, target = found(unit, "source")[0], found(unit, "target")[0]
    segmented = etree.Element(source.tag.replace("}source", "}seg-source"))
    source.addnext(segmented)
    for text, place, gap in ((source.text, segmented, " "), (target.text, target, between)):
        sentences = re.split(r"(?<=\.) ", text)
        place.text = None
        for number, sentence in enumerate(sentences):
            mark = etree.SubElement(place, source.tag.replace("}source", "}mrk"))
            mark.set("mid", str(number))
            mark.set("mtype", "seg")
            mark.text = sentence
            mark.tail = gap if number < len(sentences) - 1 else None


@pytest.mark.parametrize("between", [" ", ""])
def test_a_file_as_matecat_returns_it(out, rows, between):
    path = exported(out, "xliff12")
    document = tree(path)
    for unit in found(document.getroot(), "trans-unit"):
        if found(unit, "target"):
            matecat(unit, between)
            alternative = etree.SubElement(unit, unit.tag.replace("trans-unit", "alt-trans"))
            alternative.set("match-quality", "85%")
            for name, text in (("source", "Altro."), ("target", "다른 것.")):
                etree.SubElement(alternative, unit.tag.replace("trans-unit", name)).text = text
    path = saved(path, document)
    assert apply_file(path, out).decisions == []
    document = tree(path)
    unit = unit_of(document, rows[0])
    found(target_of(unit), "mrk")[1].text = "바리에 살아요."
    target_of(unit).set("state", "signed-off")
    target_of(unit_of(document, rows[2])).set("state", "final")
    apply_file(saved(path, document), out)
    assert news(out) == [
        ("propose", rows[0].id, "ko", "나는 34살이다. 바리에 살아요."),
        ("approve", rows[2].id, "", ""),
    ]


def test_segments_that_matecat_merged(out, rows):
    path = exported(out, "xliff12")
    document = tree(path)
    unit = unit_of(document, rows[0])
    matecat(unit)
    first, second = found(target_of(unit), "mrk")
    first.text, second.text = "나는 서른네 살이고 바리에 산다.", None
    apply_file(saved(path, document), out)
    assert news(out) == [("propose", rows[0].id, "ko", "나는 서른네 살이고 바리에 산다.")]


def test_a_file_as_weblate_returns_it(out, rows):
    """Other attribute order, a namespace of its own, `approved` on every unit, notes with an origin."""
    path = exported(out, "xliff12")
    document = tree(path)
    for unit in found(document.getroot(), "trans-unit"):
        attributes = dict(reversed(unit.attrib.items()))
        unit.attrib.clear()
        unit.attrib.update(attributes)
        unit.set(MARK + "priority", "100")
        unit.set("approved", unit.get("approved", "no"))
    unit = unit_of(document, rows[2])
    unit.set("approved", "yes")
    target_of(unit).text = "하나! 둘!"
    note = etree.SubElement(unit, unit.tag.replace("trans-unit", "note"))
    note.set("from", "translator")
    note.text = "jak w tytule"
    apply_file(saved(path, document), out)
    assert news(out) == [
        ("propose", rows[2].id, "ko", "하나! 둘!"),
        ("approve", rows[2].id, "", ""),
        ("comment", rows[2].id, "", "jak w tytule"),
    ]


def test_a_file_as_memoq_returns_it(out, rows):
    """Bilingual files of memoQ number the units anew, and have a status of their own."""
    path = exported(out, "xliff12")
    document = tree(path)
    for number, unit in enumerate(found(document.getroot(), "trans-unit"), 1):
        for child in list(unit):
            if etree.QName(child).localname in ("context-group", "note"):
                unit.remove(child)
        unit.attrib.clear()
        unit.set("id", str(number))
        unit.set("{MQXliff}status", "Proofread" if number == 3 else "ManuallyConfirmed")
        if found(unit, "target"):
            target_of(unit).attrib.pop("state")
    units = found(document.getroot(), "trans-unit")
    rewrite(target_of(units[3]), "비용은 10유로예요.")
    apply_file(saved(path, document, "it-ko.mqxliff"), out)
    assert news(out) == [
        ("approve", rows[2].id, "", ""),
        ("propose", rows[3].id, "ko", "비용은 10유로예요."),
    ]


def test_a_pretty_printed_file_with_groups_comments_and_prefixes(out, rows):
    path = exported(out, "xliff")
    text = path.read_text(encoding="utf-8")
    core = "urn:oasis:names:tc:xliff:document:2.0"
    text = re.sub(r"<(/?)(xliff|file|unit|segment|source|target|notes|note|mrk)\b", r"<\1x:\2", text)
    text = text.replace(f'xmlns="{core}"', f'xmlns:x="{core}"')
    text = re.sub(r"<x:source>", "<x:source>\n  ", text).replace("</x:source>", "\n</x:source><!-- x -->")
    text = re.sub(r"(<x:file[^>]*>)", r'\1<x:group id="g">', text).replace("</x:file>", "</x:group></x:file>")
    text = text.replace("하나, 둘.", "\n    하나, 셋.\n  ")
    path.write_text(text, encoding="utf-8")
    apply_file(path, out)
    assert news(out) == [("propose", rows[2].id, "ko", "하나, 셋.")]


def memory(tmp_path, units, source="it"):
    """A memory as OmegaT saves it: two languages, no `tuid`, who changed what and when."""
    body = "".join(
        f'<tu>{"".join(f"<prop type={chr(34)}{k}{chr(34)}>{v}</prop>" for k, v in properties.items())}'
        f'<tuv xml:lang="it-IT"><seg>{it}</seg></tuv><tuv xml:lang="ko-KR" changeid="kim" '
        f'changedate="20260131T093000Z"><seg>{ko}</seg></tuv></tu>'
        for it, ko, properties in units
    )
    path = tmp_path / "project_save.tmx"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1">'
        '<header creationtool="OmegaT" creationtoolversion="6.0" segtype="sentence" o-tmf="OmegaT TMX" '
        f'adminlang="EN-US" srclang="{source}" datatype="plaintext"/><body>{body}</body></tmx>',
        encoding="utf-8",
    )
    return path


def test_a_memory_as_omegat_saves_it(tmp_path, out, rows):
    path = memory(
        tmp_path,
        [
            ("Ho 34 anni.", "나는 34살이다.", {}),
            ("Vivo a Bari.", "바리에 살아요.", {}),
            ("Il costo è di XNUMX euro.", "비용은 10유로예요.", {}),
            ("Altrove.", "다른 곳.", {}),
        ],
    )
    incoming = apply_file(path, out)
    assert news(out) == [
        ("propose", rows[0].id, "ko", "나는 34살이다. 바리에 살아요."),
        ("propose", rows[3].id, "ko", "비용은 10유로예요."),
    ]
    assert {(d.reviewer, d.time) for d in incoming.decisions} == {("kim", "2026-01-31T09:30:00Z")}
    assert incoming.warnings == ["unit 4: no row has its id or its text"]
    assert apply_file(path, out).decisions == []


def test_repeats_share_a_unit_unless_an_alternative_says_which(tmp_path, out, rows):
    assert apply_file(memory(tmp_path, [("Sì.", "네.", {})]), out).decisions == []
    apply_file(memory(tmp_path, [("Sì.", "그래.", {"prev": "Sì.", "next": ""})]), out)
    assert news(out) == [("propose", rows[5].id, "ko", "그래.")]
    units = [("Sì.", "응.", {}), ("Sì.", "그래.", {"prev": "Sì.", "next": ""})]
    apply_file(memory(tmp_path, units), out)
    assert news(out, 5) == [("propose", rows[4].id, "ko", "응.")]


def test_decisions_made_meanwhile_are_named_and_nothing_is_taken_in(out, rows):
    path = exported(out, "xliff12")
    document = tree(path)
    target_of(unit_of(document, rows[2])).set("state", "final")
    rewrite(target_of(unit_of(document, rows[4])), "예!")
    path = saved(path, document)
    add_decisions(
        out,
        [
            said(rows[2], "reject", "e1", reviewer="Ola"),
            said(rows[4], "propose", "e2", language="ko", text="응.", reviewer="Ola"),
        ],
        backup=False,
    )
    before = (out / DECISIONS).read_bytes()
    with pytest.raises(ConflictError) as error:
        apply_file(path, out)
    assert (out / DECISIONS).read_bytes() == before
    assert len(error.value.conflicts) == 2
    assert all("by Ola" in text for text in error.value.conflicts)
    assert len(apply_file(path, out, dry_run=True).conflicts) == 2
    apply_file(path, out, overrule=True)
    assert {kind for kind, *_ in news(out, 6)} == {"approve", "propose"}


@pytest.mark.parametrize("form", FORMATS)
def test_damaged_and_foreign_files_are_refused_whole(tmp_path, out, form):
    path = exported(out, form)
    whole = path.read_bytes()
    other = rows_of([("Altro.", "다른.", "Inny.")], article="b")
    write_corpus(tmp_path / "other", other)
    before = (out / DECISIONS).read_bytes()
    for name, data in {
        "cut": whole[: len(whole) // 2],
        "torn": whole.replace(b"</", b"<", 1),
        "entities": whole.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)
        if form != "tmx"
        else whole.replace(b'"tmx14.dtd"', b'"tmx14.dtd" [<!ENTITY a "b">]', 1),
        "html": b"<html><body>404</body></html>",
        "language": whole.replace(b'"ko"', b'"de"').replace(b'"it"', b'"fr"').replace(b'"pl"', b'"cs"'),
        "foreign": exported(tmp_path / "other", form).read_bytes(),
        "empty": b"",
    }.items():
        damaged = tmp_path / f"{name}{path.suffix}"
        damaged.write_bytes(data)
        with pytest.raises(InputError):
            apply_file(damaged, out)
        done = CliRunner().invoke(main, ["apply", str(damaged), str(out)])
        assert (done.exit_code, done.output.count("\n")) == (2, 1), name
    assert (out / DECISIONS).read_bytes() == before


def test_text_in_utf_16_is_read(out, rows):
    path = exported(out, "xliff12")
    document = tree(path)
    rewrite(target_of(unit_of(document, rows[2])), "셋.")
    document.write(path, encoding="utf-16", xml_declaration=True)
    apply_file(path, out)
    assert news(out) == [("propose", rows[2].id, "ko", "셋.")]


def test_units_whose_names_were_lost_are_found_by_their_place(out, rows):
    path = exported(out, "xliff")
    document = tree(path)
    for unit in found(document.getroot(), "unit"):
        del unit.attrib["name"]
    rewrite(target_of(next(u for u in found(document.getroot(), "unit") if u.get("id") == "r6")), "응.")
    apply_file(saved(path, document), out)
    assert news(out) == [("propose", rows[5].id, "ko", "응.")]


def test_what_a_tool_does_to_white_space_is_no_change(out, rows):
    path = exported(out, "xliff12", "it-pl")
    document = tree(path)
    for name in ("source", "target"):
        for element in found(document.getroot(), name):
            element.text = " ".join((element.text or "").split()) + " "
    assert apply_file(saved(path, document), out).decisions == []


@pytest.mark.parametrize("form", ["xliff", "xliff12"])
def test_a_copy_of_the_source_is_no_translation_unless_it_is_approved(out, rows, form):
    path = exported(out, form)
    document = tree(path)
    for unit in found(document.getroot(), "unit" if form == "xliff" else "trans-unit"):
        if found(unit, "target"):
            rewrite(target_of(unit), "".join(found(unit, "source")[0].itertext()))
    approved = unit_of(document, rows[4])
    (target_of(approved) if form == "xliff12" else found(approved, "segment")[0]).set("state", "final")
    incoming = apply_file(saved(path, document), out, overrule=True)
    assert ("propose", rows[4].id, "ko", "Sì.") in news(out)
    proposed = {d.target for d in incoming.decisions if d.kind == "propose"}
    assert proposed <= {rows[4].id, rows[0].id}
    assert sum("is that of the source" in warning for warning in incoming.warnings) == 3


WORDS = st.text(st.sampled_from(list("ab.  \n\t한ł'<&")), max_size=20)


@given(WORDS, WORDS)
def test_a_settled_text_keeps_every_letter(text, current):
    for loose, split in ((False, False), (True, False), (False, True)):
        kept = settled(text, current, loose, split)
        assert "".join(kept.split()) == "".join(text.split()) or not text.strip()
        if not (loose or split) and text.strip():
            assert kept.strip() == text.strip()


@given(st.lists(st.tuples(st.text("ab한.", min_size=1, max_size=5), st.sampled_from(["", " ", "\n\n"]))))
def test_segments_are_joined_as_the_source_is(parts):
    pieces = [
        piece for k, (text, gap) in enumerate(parts) for piece in (Piece(text, str(k)), Piece(gap))
    ]
    bare = [piece for piece in pieces if piece.id]
    whole = "".join(piece.text for piece in pieces)
    assert joined(pieces, pieces) == whole
    assert joined(pieces, bare) == whole.rstrip()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(*[st.text(st.sampled_from(list("ab <&\"'\n한ł=")), max_size=8)] * 3).filter(any),
        min_size=1,
        max_size=4,
    )
)
def test_any_corpus_comes_back_without_a_decision(tmp_path_factory, cells):
    out = tmp_path_factory.mktemp("any") / "out"
    write_corpus(out, rows_of(cells), findings=[])
    for form in FORMATS:
        for path in export(out, form, out.parent / form).files:
            if b"<source" in path.read_bytes() or b"<tuv" in path.read_bytes():
                assert apply_file(path, out).decisions == []


def test_the_command_takes_several_files(tmp_path, out, rows):
    paths = [exported(out, "xliff12", pair) for pair in ("it-ko", "it-pl")]
    for path, text in zip(paths, ("하나!", "Jeden!"), strict=True):
        document = tree(path)
        rewrite(target_of(unit_of(document, rows[2])), text)
        saved(path, document)
    done = CliRunner().invoke(main, ["apply", *map(str, paths), str(out), "--by", "Agency"])
    assert (done.exit_code, done.stdout) == (0, "2 decisions imported: 2 propose\n")
    assert {d.reviewer for d in read_decisions(out).decisions[4:]} == {"Agency"}
    assert len(apply_files(paths, out).decisions) == 0
