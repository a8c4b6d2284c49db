"""Every export is read back by another library than the one that wrote it, and validated offline."""

import csv
import json
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook
from translate.storage.tmx import tmxfile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File

from pipeline.cli.commands import main
from pipeline.datatypes import BOILERPLATE
from pipeline.decisions.formula_guard import unguarded
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.errors import InputError, OutputError, SettingError
from pipeline.exports import FORMATS
from pipeline.exports.content import read_content
from pipeline.exports.formats.xlsx import CELL, escaped
from pipeline.exports.selection import condition
from pipeline.exports.write import export
from pipeline.output.xlsx import read_xlsx, unescaped
from pipeline.returned.apply import apply_file
from tests.written import LANGUAGES, references, rows_of, write_corpus

SCHEMAS = Path(__file__).parent.parent / "schemas"
XLIFF_1 = "xliff-core-1.2-strict.xsd"
XML = "{http://www.w3.org/XML/1998/namespace}"
ITS = "{http://www.w3.org/2005/11/its}"
X2 = {"x": "urn:oasis:names:tc:xliff:document:2.0", "its": "http://www.w3.org/2005/11/its"}
X1 = {"x": "urn:oasis:names:tc:xliff:document:1.2"}

# The values of the ITS 2.0 localisation quality issue type (W3C, section 8.17).
ISSUE_TYPES = {
    *("terminology", "mistranslation", "omission", "untranslated", "addition", "duplication", "grammar"),
    *("inconsistency", "legal", "register", "locale-specific-content", "locale-violation", "style"),
    *("characters", "misspelling", "typographical", "formatting", "inconsistent-entities", "numbers"),
    *("markup", "pattern-problem", "whitespace", "internationalization", "length", "non-conformance"),
    *("uncategorized", "other"),
}

# What a normalised text can hold: no control characters but line break and tab.
TEXTS = st.text(
    st.sampled_from(list("<>&\"';=+-@|\n\t\r \x85\u2028\u00a0\u202e\ufeff한ł_x'0D9~")),
    max_size=12,
) | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)
CELLS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4)
HOSTILE = [
    ("<script>alert(1)</script>", '</textarea>"onload=', "=cmd|' /C calc'!A0"),
    ("]]>", "&amp;", "_x000D_\r\n"),
    ("'=1", "\ufeff", " \n\n "),
    ("a\u2028b", "\u202eabc", "🎈" * 40_000),
]
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def out(tmp_path):
    """A corpus with findings, decisions, a missing text and a long one."""
    rows = rows_of(
        [
            ("Ho 34 anni.", "나는 34살이다.", "Mam 43 lata."),
            ("Solo qui.", "", ""),
            (["Uno.", "Due."], "하나, 둘.", ""),
            ("Il costo è di XNUMX euro.", "비용은 10유로이다.", "Koszt to 10 euro."),
        ]
    )
    write_corpus(tmp_path / "out", rows)
    first, last = ({"article": "a1", "target": rows[k].id, "paragraphs": references(rows[k])} for k in (0, 3))
    add_decisions(
        tmp_path / "out",
        [
            parse_decision({"id": "d1", "kind": "approve"} | first),
            parse_decision(
                {"id": "d2", "kind": "propose", "language": "pl", "text": "Mam 34 lata.", "reviewer": "Ewa"}
                | first
            ),
            parse_decision({"id": "d3", "kind": "comment", "text": "<b>?"} | first),
            parse_decision({"id": "d4", "kind": "reject"} | last),
        ],
        backup=False,
    )
    return tmp_path / "out"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


def texts_of(cells):
    """The texts of the rows as a run has them: a row without any text is none."""
    return [tuple(line) for line in cells if any(line)]


def written(folder, cells, form):
    """Export rows with these texts; return the rows and the folder."""
    rows = texts_of(cells)
    write_corpus(folder / "out", rows_of(rows), findings=[])
    to = folder / form
    export(folder / "out", form, to)
    return rows, to


@cache
def schema(name):
    class Local(etree.Resolver):
        def resolve(self, url, public, context):
            if url.endswith("xml.xsd"):
                return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
            assert "://" not in url, f"asks for {url}"
            return None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))


QUALITY_RULES = {
    "an issue needs a type or a comment": (
        "//its:locQualityIssue[not(@locQualityIssueType or @locQualityIssueComment)]"
    ),
    "issues stand in a unit": "//its:locQualityIssues[not(parent::x:unit)]",
    "who refers to issues has none of their own": (
        "//*[@its:locQualityIssuesRef][@its:locQualityIssueType or @its:locQualityIssueComment"
        " or @its:locQualityIssueSeverity or @its:locQualityIssueProfileRef or @its:locQualityIssueEnabled]"
    ),
    "the type of the annotation is its:generic": "//x:mrk[@its:*][@type != 'its:generic']",
    "the issues stand in the same unit": (
        "//*[@its:locQualityIssuesRef][not(ancestor::x:unit[1]/its:locQualityIssues/@xml:id"
        " = substring-after(@its:locQualityIssuesRef, '#its='))]"
    ),
}
"""What the ITS module of XLIFF 2.1 demands and a schema cannot say: nothing of this may be found."""


def problems_of(tree):
    """What is wrong with an XLIFF 2.1 document, by its schemas and by what these cannot say."""
    valid = schema("xliff-2.1.xsd")
    found = [] if valid.validate(tree) else [entry.message for entry in valid.error_log]
    found += [rule for rule, path in QUALITY_RULES.items() if tree.xpath(path, namespaces=X2)]
    scopes = [tree.findall("x:file", X2)]
    scopes += [file.findall(".//x:unit", X2) for file in tree.iterfind("x:file", X2)]
    for unit in tree.iterfind(".//x:unit", X2):
        for side in ("source", "target"):
            scopes.append([*unit.findall("x:segment", X2), *unit.iterfind(f".//x:{side}//x:mrk", X2)])
    ids = [[element.get("id") for element in scope] for scope in scopes]
    return found + ["an id stands twice" for scope in ids if len(set(scope)) < len(scope)]


def parsed(path):
    return etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True))


def pairs_of(rows, source, target, both=False):
    a, b = LANGUAGES.index(source), LANGUAGES.index(target)
    return [(row[a], row[b]) for row in rows if row[a] and (row[b] or not both)]


@many
@given(CELLS)
@example(HOSTILE)
def test_tmx_comes_back(folder, cells):
    rows, to = written(folder, cells, "tmx")
    tree = parsed(to / "corpus.tmx")
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    assert dtd.validate(tree), dtd.error_log
    found = [{v.get(f"{XML}lang"): v.findtext("seg") for v in u.iter("tuv")} for u in tree.iter("tu")]
    assert found == [
        {code: text for code, text in zip(LANGUAGES, row, strict=True) if text}
        for row in rows
        if sum(map(bool, row)) > 1
    ]


@many
@given(CELLS)
@example(HOSTILE)
def test_xliff_2_comes_back(folder, cells):
    rows, to = written(folder, cells, "xliff")
    for source, target in (("it", "ko"), ("it", "pl"), ("ko", "pl")):
        tree = parsed(to / f"{source}-{target}.xlf")
        assert problems_of(tree) == []
        found = [
            (
                "".join(segment.find("x:source", X2).itertext()),
                "".join(segment.find("x:target", X2).itertext())
                if segment.find("x:target", X2) is not None
                else "",
            )
            for segment in tree.iterfind(".//x:segment", X2)
        ]
        assert found == pairs_of(rows, source, target)


@many
@given(CELLS)
@example(HOSTILE)
def test_xliff_1_comes_back(folder, cells):
    rows, to = written(folder, cells, "xliff12")
    valid = schema(XLIFF_1)
    for source, target in (("it", "ko"), ("it", "pl"), ("ko", "pl")):
        tree = parsed(to / f"{source}-{target}.xlf")
        assert valid.validate(tree), valid.error_log
        units = tree.iterfind(".//x:trans-unit", X1)
        found = [(u.findtext("x:source", "", X1), u.findtext("x:target", "", X1)) for u in units]
        assert found == pairs_of(rows, source, target)


def lines_of_calamine(path):
    header, *lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [dict(zip(header, line, strict=True)) for line in lines]


@many
@given(CELLS)
@example(HOSTILE)
@example([("x" * (CELL - 9) + "\r" * 20, "🎈" * CELL, "_x005F_" * 9000)])
def test_xlsx_comes_back(folder, cells):
    rows, to = written(folder, cells, "xlsx")
    header, lines = read_xlsx(to / "corpus.xlsx")
    found = [tuple(dict(zip(header, line, strict=True))[code] for code in LANGUAGES) for _, line in lines]
    assert found == rows
    again = lines_of_calamine(to / "corpus.xlsx")
    for line in again:
        assert all(len(str(cell).encode("utf-16-le")) // 2 <= CELL for cell in line.values())
    if "_x" not in repr(rows) and "\\r" not in repr(rows):
        joined = {}
        for line in again:
            parts = joined.setdefault(line["row"], [""] * 3)
            for k, code in enumerate(LANGUAGES):
                parts[k] += line[code]
        assert [tuple(parts) for parts in joined.values()] == rows


@many
@given(CELLS)
@example(HOSTILE)
def test_csv_for_spreadsheets_comes_back(folder, cells):
    rows, to = written(folder, cells, "csv")
    data = (to / "corpus.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(to / "corpus.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    found = table[list(LANGUAGES)].values.tolist()
    assert [tuple(map(unguarded, line)) for line in found] == rows
    assert not [cell for line in found for cell in line if cell[:1] in tuple("=+-@\t\r|%")]


@many
@given(CELLS)
@example(HOSTILE)
def test_json_lines_come_back(folder, cells):
    rows, to = written(folder, cells, "jsonl")
    with (to / "data" / "train.jsonl").open(encoding="utf-8", newline="\n") as stream:
        found = [json.loads(line)["translation"] for line in stream]
    assert found == translations(rows)


@many
@given(CELLS)
@example(HOSTILE)
def test_parquet_comes_back(folder, cells):
    rows, to = written(folder, cells, "parquet")
    file = to / "data" / "train-00000-of-00001.parquet"
    found = duckdb.sql(f"select translation, row from '{file}' order by row").fetchall()
    assert [line[0] for line in found] == translations(rows)


def translations(rows):
    return [
        {code: text or None for code, text in zip(LANGUAGES, row, strict=True)}
        for row in rows
        if sum(map(bool, row)) > 1
    ]


@many
@given(CELLS)
@example(HOSTILE)
def test_moses_files_stay_parallel(folder, cells):
    rows, to = written(folder, cells, "moses")
    for source, target in (("it", "ko"), ("it", "pl"), ("ko", "pl")):
        sides = [
            (to / f"{source}-{target}.{end}").read_text(encoding="utf-8").splitlines()
            for end in (source, target, "ids")
        ]
        wanted = [(" ".join(a.split()), " ".join(b.split())) for a, b in pairs_of(rows, source, target, True)]
        assert list(zip(sides[0], sides[1], strict=True)) == [(a, b) for a, b in wanted if a and b]
        assert len(sides[2]) == len(sides[0])


def test_translate_toolkit_reads_what_cat_tools_get(out, tmp_path):
    for form in ("tmx", "xliff", "xliff12"):
        export(out, form, tmp_path / form, languages=("it", "pl"))
    memory = tmxfile.parsefile(str(tmp_path / "tmx" / "corpus.tmx"))
    assert memory.translate("Ho 34 anni.") == "Mam 43 lata."
    old = Xliff1File.parsefile(str(tmp_path / "xliff12" / "it-pl.xlf"))
    assert [(u.source, u.target) for u in old.units] == [
        ("Ho 34 anni.", "Mam 43 lata."),
        ("Solo qui.", None),
        ("Uno.\n\nDue.", None),
        ("Il costo è di XNUMX euro.", "Koszt to 10 euro."),
    ]
    assert not old.units[0].isapproved()  # another text has been suggested
    export(out, "xliff12", tmp_path / "korean", languages=("it", "ko"))
    korean = Xliff1File.parsefile(str(tmp_path / "korean" / "it-ko.xlf"))
    assert korean.units[0].isapproved()
    export(out, "tmx", tmp_path / "memory", languages=("it", "ko"))
    reviews = [
        (tmp_path / folder / "corpus.tmx").read_text("utf-8").count("approved")
        for folder in ("tmx", "memory")
    ]
    assert reviews == [0, 1]
    new = Xliff2File.parsefile(str(tmp_path / "xliff" / "it-pl.xlf"))
    assert [(u.source, u.target) for u in new.units][2] == ("Uno.\n\nDue.", None)
    assert len(new.units) == 4


def test_xliff_2_carries_findings_states_and_remarks(out, tmp_path):
    export(out, "xliff", tmp_path / "x")
    tree = parsed(tmp_path / "x" / "it-pl.xlf")
    root = tree.getroot()
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "it", "pl")
    segments = tree.findall(".//x:segment", X2)
    assert [s.get("state") for s in segments] == ["translated", "initial", "initial", "initial"]
    korean = parsed(tmp_path / "x" / "it-ko.xlf").findall(".//x:segment", X2)
    assert [s.get("state") for s in korean] == ["final", "initial", "translated", "initial"]
    issues = tree.findall(f".//{ITS}locQualityIssue")
    assert issues
    for issue in issues:
        assert issue.get("locQualityIssueType") in ISSUE_TYPES
        assert 0 <= float(issue.get("locQualityIssueSeverity")) <= 100
        assert issue.get("locQualityIssueComment")
    ids = {each.get(f"{XML}id") for each in tree.iterfind(f".//{ITS}locQualityIssues")}
    marks = tree.findall(".//x:mrk", X2)
    assert {mark.get(f"{ITS}locQualityIssuesRef") for mark in marks} == {f"#its={id}" for id in ids}
    assert {mark.get("type") for mark in marks} == {"its:generic"}
    notes = [(n.get("category"), n.get("appliesTo"), n.text) for n in tree.iterfind(".//x:note", X2)]
    assert notes == [("proposal", "target", "Mam 34 lata."), ("comment", None, "<b>?")]
    korean = parsed(tmp_path / "x" / "it-ko.xlf")
    assert [n.text for n in korean.iterfind(".//x:note", X2)] == ["<b>?"]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("//its:locQualityIssue", "locQualityIssueType", "number"),
        ("//its:locQualityIssue", "locQualityIssueSeverity", "100.5"),
        ("//its:locQualityIssue", "locQualityIssueEnabled", "true"),
        ("//its:locQualityIssue", "severity", "1"),
        ("//its:locQualityIssues", f"{XML}id", None),
        ("//x:mrk", f"{ITS}locQualityIssuesRef", "#its=elsewhere"),
        ("//x:mrk", f"{ITS}locQualityIssuesRef", "elsewhere"),
        ("//x:mrk", f"{ITS}locQualityIssueComment", "?"),
        ("//x:mrk", "type", "generic"),
        ("//x:unit", "id", "r1"),
        ("//x:segment", "state", "done"),
        ("//mda:meta", "type", None),
    ],
)
def test_what_is_no_xliff_2_is_found(out, tmp_path, path, name, value):
    """The validation itself: each of these documents differs from an export in one attribute."""
    export(out, "xliff", tmp_path / "x")
    tree = parsed(tmp_path / "x" / "it-pl.xlf")
    assert problems_of(tree) == []
    names = X2 | {"mda": "urn:oasis:names:tc:xliff:metadata:2.0"}
    element = tree.xpath(path, namespaces=names)[-1]
    if value is None:
        del element.attrib[name]
    else:
        element.set(name, value)
    assert problems_of(tree) != []


def test_xliff_2_of_several_articles_has_every_id_once(tmp_path):
    cells = [
        ("Ho 34 anni.", "나는 34살이다.", "Mam 43 lata."),
        ("Costa 10 euro.", "10유로이다.", "Koszt to 12 euro."),
    ]
    write_corpus(tmp_path / "out", [*rows_of(cells, "a1"), *rows_of(cells[::-1], "a2")])
    export(tmp_path / "out", "xliff", tmp_path / "x")
    for name in ("it-ko.xlf", "it-pl.xlf", "ko-pl.xlf"):
        tree = parsed(tmp_path / "x" / name)  # which is an error where an xml:id stands twice
        assert problems_of(tree) == []
        assert len(tree.findall(".//x:file", X2)) == 2
        ids = tree.xpath("//@xml:id")
        assert len(set(ids)) == len(ids)
        for unit in tree.iterfind(".//x:unit", X2):
            own = [f"#its={id}" for id in unit.xpath(".//its:locQualityIssues/@xml:id", namespaces=X2)]
            assert unit.xpath(".//@its:locQualityIssuesRef", namespaces=X2) == own
    assert len(parsed(tmp_path / "x" / "it-pl.xlf").xpath("//@xml:id")) == 4


def test_boilerplate_is_no_work_for_translators(tmp_path):
    rows = rows_of([("Ho 34 anni.", "나는 34살이다.", ""), ("Lascia un commento", "", "")])
    write_corpus(tmp_path / "out", [rows[0], replace(rows[1], alone=BOILERPLATE)])

    def flags(form, unit):
        export(tmp_path / "out", form, tmp_path / form)
        tree = parsed(tmp_path / form / "it-pl.xlf")
        assert problems_of(tree) == [] if form == "xliff" else schema(XLIFF_1).validate(tree)
        return [each.get("translate") for each in tree.iter(unit)]

    two, one = f"{{{X2['x']}}}unit", f"{{{X1['x']}}}trans-unit"
    assert flags("xliff", two) == flags("xliff12", one) == [None, "no"]
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8", newline="") as stream:
        [finding] = [f for f in csv.DictReader(stream) if f["rule"] == "completeness.boilerplate"]
    dismissed = {"id": "d1", "kind": "dismiss", "article": "a1", "target": finding["id"]}
    add_decisions(tmp_path / "out", [parse_decision(dismissed)], backup=False)
    assert flags("xliff", two) == flags("xliff12", one) == [None, None]


def test_decisions_stay_with_their_article_when_ids_move(tmp_path):
    cells = [("Redazione", "편집부", "Redakcja"), ("Uno.", "하나.", "Jeden.")]
    first, second = rows_of(cells, "a1"), rows_of(cells, "a2")
    base = {"article": "a2", "target": f"{second[0].id}-2", "paragraphs": references(second[0])}
    write_corpus(tmp_path / "out", [*first, *second], findings=[])
    decisions = [{"id": "d1", "kind": "reject"}, {"id": "d2", "kind": "comment", "text": "?"}]
    add_decisions(tmp_path / "out", [parse_decision(d | base) for d in decisions], backup=False)

    def said():
        rows = read_content(tmp_path / "out").rows
        return {(row.article, row.number) for row in rows if row.review == "rejected" and row.remarks}

    assert said() == {("a2", 1)}
    write_corpus(tmp_path / "out", [*rows_of(cells, "a0"), *first, *second], findings=[])
    assert said() == {("a2", 1)}  # whose row has the ending -3 now, and that of a1 the ending -2


def test_a_repair_counts_until_its_row_is_there(tmp_path):
    rows = rows_of([("Uno.", "하나.", ""), ("", "", "Jeden.")])
    joined = rows_of([("Uno.", "하나.", "Jeden.")])
    repair = {"id": "d1", "kind": "repair", "article": "a1", "paragraphs": references(joined[0])}
    write_corpus(tmp_path / "out", rows, findings=[])
    add_decisions(tmp_path / "out", [parse_decision(repair)], backup=False)
    assert read_content(tmp_path / "out").unapplied == 1
    write_corpus(tmp_path / "out", joined, findings=[])
    assert read_content(tmp_path / "out").unapplied == 0


def test_a_corpus_without_its_columns_is_an_error(out):
    path = out / "corpus.csv"
    path.write_text("id,it\n1,Uno.\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["export", str(out), "--format", "tmx"])
    assert done.exit_code == 2
    assert "no column 'article'" in done.stderr


@pytest.mark.parametrize(
    ("form", "languages", "rows"),
    [
        ("tmx", (), 3),
        ("xliff", (), 4),
        ("xliff", ("ko", "pl"), 3),
        ("xliff12", ("ko", "pl"), 3),
        ("moses", ("it", "pl"), 2),
        ("jsonl", ("it", "pl"), 2),
        ("parquet", (), 3),
        ("xlsx", ("it",), 4),
        ("csv", (), 4),
    ],
)
def test_the_count_is_of_rows_that_were_written(out, tmp_path, form, languages, rows):
    assert export(out, form, tmp_path / form, languages=languages).rows == rows


def test_files_of_other_pairs_stay_and_are_named(out, tmp_path):
    for form, left in (("xliff", "it-pl.xlf, ko-pl.xlf"), ("moses", "it-pl.ids, it-pl.it, it-pl.pl, ")):
        assert export(out, form, tmp_path / form).notes == ()
        (tmp_path / form / "it-pl-notes.txt").touch()
        [note] = export(out, form, tmp_path / form, languages=("it", "ko")).notes
        assert note.startswith(f"files of other language pairs are unchanged: {left}")
        assert "notes" not in note
        assert len(list((tmp_path / form).glob("it-pl.*"))) == (1 if form == "xliff" else 3)


@pytest.mark.parametrize("form", ["tmx", "xliff", "xliff12", "moses", "jsonl", "parquet"])
@pytest.mark.parametrize("languages", ["pl", "pl,pl"])
def test_one_language_makes_no_pair(out, form, languages):
    done = CliRunner().invoke(main, ["export", str(out), "--format", form, "--languages", languages])
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert not (out / "exports").exists()


def test_tmx_carries_confidence_and_ids(out, tmp_path):
    export(out, "tmx", tmp_path / "memory.tmx")
    tree = parsed(tmp_path / "memory.tmx")
    assert tree.find("header").get("segtype") == "paragraph"
    unit = tree.find(".//tu")
    found = {prop.get("type"): prop.text for prop in unit.findall("prop")}
    with (out / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert unit.get("tuid") == row["id"]
    assert found["x-confidence"] == row["confidence"]
    assert found["x-article"] == "a1"
    assert found["x-findings"].split() == row["findings"].split()


def test_xlsx_has_comments_and_no_formula(out, tmp_path):
    from openpyxl import load_workbook

    export(out, "xlsx", tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx").active
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    comments = [cell.comment.text for cell in cells if cell.comment]
    assert any("numbers." in text for text in comments)
    assert any("Ewa: Mam 34 lata." in text for text in comments)


def test_an_edited_spreadsheet_comes_back_as_decisions(out, tmp_path):
    from openpyxl import load_workbook

    export(out, "xlsx", tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    sheet = book.active
    place = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, place["it"]).value = "Solo qui!"
    sheet.cell(4, place["review"]).value = "approved"
    sheet.cell(5, place["comment"]).value = "10?"
    book.save(tmp_path / "x.xlsx")
    incoming = apply_file(tmp_path / "x.xlsx", out)
    assert [(d.kind, d.language, d.text) for d in incoming.decisions] == [
        ("propose", "it", "Solo qui!"),
        ("approve", "", ""),
        ("comment", "", "10?"),
    ]
    for form in ("xlsx", "csv"):
        export(out, form, tmp_path / form)
        assert apply_file(tmp_path / form / f"corpus.{form}", out).decisions == []


def test_dataset_card(out, tmp_path):
    export(out, "parquet", tmp_path / "p")
    export(out, "jsonl", tmp_path / "j")
    for folder, file in (("p", "data/train-00000-of-00001.parquet"), ("j", "data/train.jsonl")):
        card = (tmp_path / folder / "README.md").read_text(encoding="utf-8")
        head = card.split("---\n")[1]
        assert f"path: {file}\n" in head
        assert "- it\n- ko\n- pl\n" in head
        assert "1 approved" in card
        assert (tmp_path / folder / file).exists()
    import pyarrow.parquet as pq

    schema = pq.read_schema(tmp_path / "p" / "data" / "train-00000-of-00001.parquet")
    features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
    assert features["translation"] == {"languages": ["it", "ko", "pl"], "_type": "Translation"}


@pytest.mark.parametrize(
    ("only", "rows"),
    [
        ([], [1, 2, 3, 4]),
        (["status=aligned"], [1, 4]),
        (["status!=aligned"], [2, 3]),
        (["status=partial,unmatched"], [2, 3]),
        (["confidence>=0.99"], []),
        (["confidence<=0.98"], [1, 2, 3, 4]),
        (["review=approved"], [1]),
        (["review!=rejected"], [1, 2, 3]),
        (["review=none"], [2, 3]),
        (["findings=any", "findings!=critical"], [1, 2, 3]),
        (["findings=numbers.*"], [1]),
        (["article=a2"], []),
    ],
)
def test_conditions(out, tmp_path, only, rows):
    export(out, "csv", tmp_path / "x.csv", only)
    table = pd.read_csv(tmp_path / "x.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert [int(row) for row in table["row"]] == rows


@pytest.mark.parametrize(
    "text",
    ["", "status", "status=whole", "status>=aligned", "confidence=1", "confidence>=2", "confidence>=x",
     "findings=bad", "review=ok", "colour=red"],
)  # fmt: skip
def test_a_condition_that_makes_no_sense(text):
    with pytest.raises(SettingError):
        condition(text)


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_of_nothing_is_whole(out, tmp_path, form):
    made = export(out, form, tmp_path / form, ["confidence>=1"])
    assert made.rows == 0
    assert all(path.exists() for path in made.files)
    if form == "xliff":
        assert problems_of(parsed(tmp_path / form / "it-ko.xlf")) == []
    if form == "xliff12":
        assert schema(XLIFF_1).validate(parsed(tmp_path / form / "it-ko.xlf"))


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_write_the_same_bytes(out, tmp_path, form):
    first = export(out, form, tmp_path / "a")
    second = export(out, form, tmp_path / "b")
    if form != "xlsx":  # which holds the time
        assert [p.read_bytes() for p in first.files] == [p.read_bytes() for p in second.files]
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        path.relative_to(tmp_path / "a").parts[0] for path in first.files
    }


def test_a_missing_extra_is_named(out, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "pipeline.exports.formats.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(SettingError, match=r"pip install 'synoptic-corpus\[parquet\]'"):
        export(out, "parquet", tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_text_that_xml_cannot_hold_is_left_out_and_named(tmp_path):
    rows = rows_of([("bene", "좋다", "dobrze"), ("male\x07", "나쁘다", "źle")])
    write_corpus(tmp_path / "out", rows, findings=[])
    for form in ("tmx", "xliff", "xliff12"):
        made = export(tmp_path / "out", form, tmp_path / form)
        assert made.notes == ("1 rows are skipped: they have control characters that XML does not allow",)


def test_a_failed_export_leaves_the_earlier_one(out, tmp_path, monkeypatch):
    from pipeline.exports.formats import tmx

    made = export(out, "tmx", tmp_path / "x.tmx")
    before = made.files[0].read_bytes()

    def fail(*values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tmx, "_unit", fail)
    with pytest.raises(OutputError, match="No space left"):
        export(out, "tmx", tmp_path / "x.tmx")
    assert made.files[0].read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".synoptic")] == []


def test_the_command(out, tmp_path):
    run = CliRunner().invoke
    done = run(main, ["export", str(out), "--format", "tmx", "--only", "status=aligned"])
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "2 rows:")
    assert (out / "exports" / "tmx" / "corpus.tmx").exists()
    done = run(main, ["export", str(out), "--format", "xliff", "--to", str(tmp_path / "a.xlf")])
    assert done.exit_code == 2
    assert "3 files" in done.stderr
    one = ["export", str(out), "--format", "xliff", "--to", str(tmp_path / "a.xlf"), "--languages", "ko,it"]
    assert run(main, one).exit_code == 0
    assert parsed(tmp_path / "a.xlf").getroot().get("srcLang") == "ko"
    assert run(main, ["export", str(out), "--format", "tmx", "--languages", "it,de"]).exit_code == 2
    with pytest.raises(InputError, match=r"is .* a corpus"):
        export(tmp_path / "nothing", "tmx", None)


@given(st.text(max_size=20))
@example("_x000D_")
@example("_x005F_x000D_")
@example("\r_x\r_")
def test_escapes_of_spreadsheets(text):
    assert unescaped(escaped(text)) == text
