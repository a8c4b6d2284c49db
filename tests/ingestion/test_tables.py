"""Tables as spreadsheets, databases and scripts write them; every word of them is read or named."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bitexts.table import read as read_bitext
from pipeline.datatypes import Rejection
from pipeline.ingestion.formats.csv import items
from pipeline.ingestion.formats.reading import Reading, Unusable
from pipeline.ingestion.ingest import read_file

READING = Reading()
IT = "Disse «basta» e uscì dalla sala; fuori, però, pioveva già."
PL = "Powiedział „dość”, wyszedł z sali; na dworze, niestety, już padało."


def texts(data):
    if isinstance(data, str):
        data = data.encode()
    return [item.reason or item.text for item in items(data, READING)]


def with_title(title, body):
    return f"{title}\n\n{body}"


@pytest.mark.parametrize("lineterminator", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("escaped", [True, False])
def test_quotes_are_doubled_or_escaped(delimiter, lineterminator, escaped):
    quoted = 'Disse "basta", "via"; poi uscì.'
    out = io.StringIO()
    options = {"doublequote": False, "escapechar": "\\"} if escaped else {}
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=lineterminator, quoting=csv.QUOTE_ALL, **options
    )
    writer.writerows(
        [("title", "body", "lang"), ('Il "via"', quoted, "it"), ("Dość", f"{PL}\n\n{quoted}", "pl")]
    )
    assert texts(out.getvalue()) == [with_title('Il "via"', quoted), with_title("Dość", f"{PL}\n\n{quoted}")]


def test_what_databases_write():
    table = 'id\ttitle\tbody\n1\tIl \\"via\\"x\tPrima riga.\\n\\nSeconda: C:\\\\nuovo\n2\t\\N\t\\N\n'
    (first, second) = texts(table)
    assert first == with_title('Il "via"x', "Prima riga.\n\nSeconda: C:\\nuovo")
    assert second.startswith("has no text")


@pytest.mark.parametrize(
    "second", ["2\tDość\tPada.\n", "2\t\\N\tPada.\n", "2\tDość\t\\N\n"], ids=["full", "no title", "no text"]
)
def test_a_dump_without_quotes_escapes_line_ends_and_tabs(second):
    table = f"id\ttitle\tbody\n1\tVia\tPiove.\\\n\\\nTuona,\\\tpoi C:\\\\nuovo.\n{second}"
    assert texts(table)[0] == with_title("Via", "Piove.\n\nTuona,\tpoi C:\\nuovo.")
    assert len(texts(table)) == 2


def test_a_dump_of_postgresql_has_letters_for_line_ends():
    assert texts("title\tbody\tnote\nDość\tPada.\\n\\nGrzmi.\t\\N\n") == ["Dość\n\nPada.\n\nGrzmi."]


@pytest.mark.parametrize("path", ["C:\\dati\\", "C:\\testi\\", "C:\\nuovo"])
def test_a_backslash_in_cells_without_quotes_is_a_backslash(path):
    assert texts(f"title\tbody\nVia\t{path}\nDość\tPada.\n") == [
        with_title("Via", path),
        with_title("Dość", "Pada."),
    ]


@pytest.mark.parametrize(
    "body", ["Apri C:\\nuovo\\testi\\", 'Un file {"a": "\\"x\\""} di prova', "Uno\\due", "Fine con barra \\"]
)
def test_a_backslash_is_a_backslash_where_quotes_are_doubled(body):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("title", "body"), ("Percorsi", body), ("Altro", IT)])
    assert texts(out.getvalue()) == [with_title("Percorsi", body), with_title("Altro", IT)]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;  "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_the_line_of_excel_says_the_delimiter(line, encoding):
    text = PL.replace(";", ",")
    table = f'{line}\r\ntitle;body;a,b,c,d\r\nDość;"{text}";x\r\n'
    assert texts(table.encode(encoding)) == [with_title("Dość", text)]


@pytest.mark.parametrize("delimiter", [":", "^", "~", "#", "§"])
def test_a_delimiter_that_no_table_is_guessed_to_have(delimiter):
    assert texts(f"sep={delimiter}\ntitle{delimiter}body\nVia{delimiter}Piove ancora sul ponte.\n") == [
        with_title("Via", "Piove ancora sul ponte.")
    ]


@pytest.mark.parametrize("above", ["\n", "\n \n", "\nsep=,\n", "\ufeff\n"])
def test_blank_lines_above_a_table(above):
    assert texts(f"{above}title,body\nVia,Piove ancora sul ponte.\n") == [
        with_title("Via", "Piove ancora sul ponte.")
    ]


def test_a_column_may_be_named_like_that_line():
    assert texts("sep=value,body\n1,Piove sul ponte.\n") == ["Piove sul ponte."]


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ('title,body,"note; a; b; c; d"', ","),
        ('"a, b, c, d, e";title;body', ";"),
        ('title;body;"due\nrighe, e, una, virgola"', ";"),
        ('"x|y|z"\ttitle\tbody', "\t"),
    ],
)
def test_delimiters_in_quoted_headings_do_not_count(header, delimiter):
    names = next(csv.reader(io.StringIO(header), delimiter=delimiter))
    row = [{"title": "Via", "body": "Piove ancora."}.get(name, "x") for name in names]
    assert texts(f"{header}\n{delimiter.join(row)}\n") == [with_title("Via", "Piove ancora.")]


@pytest.mark.parametrize("empty", ["nan", "NaN", "NULL", "None", "<NA>", "\\N", "N/A"])
def test_empty_cells_of_pandas_and_databases(empty):
    table = f"title,body\nVia,{empty}\n{empty},Piove sul ponte.\n{empty},{empty}\n"
    first, second, third = texts(table)
    assert first == third == f"has no text: its cell says {empty}"
    assert second == "Piove sul ponte."


@pytest.mark.parametrize(
    "body", ["Una nan dorme.", "None of it is lost.", "Nan", "nan nan", "Napisała: nan.", "N/A?"]
)
def test_prose_that_only_looks_empty(body):
    assert texts(f"title,body\nVia,{body}\n") == [with_title("Via", body)]


def test_a_text_with_delimiters_that_nobody_quoted_is_kept_whole():
    assert texts(f"title,body\nVia,{IT}\n,\n,,\n") == [with_title("Via", IT)]


def test_empty_cells_at_the_end_are_no_text():
    assert texts("title;body;;\nVia;Piove.;;\nSole;Splende.;;;\n") == ["Via\n\nPiove.", "Sole\n\nSplende."]


def test_without_texts_the_table_says_so():
    with pytest.raises(Unusable, match="column of texts"):
        texts("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", "\ufeffsep=;\r\nid;it;pl\r\n7;Piove;Pada\r\n"),
        ("a.csv", "sep=;\nid;it;pl\n7;Piove;Pada\n"),
        ("b.csv", 'id,it,pl,"a; b; c; d"\n7,Piove,Pada,x\n'),
        ("c.tsv", "id\tit\tpl\n7\tPiove\tPada\n"),
    ],
)
def test_rows_to_check(tmp_path, name, data):
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    (segment,) = read_bitext(path).segments
    assert (segment.id, segment.texts) == ("7", {"it": "Piove", "pl": "Pada"})


def test_escaped_rows_to_check_and_their_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'sep=,\nid,it,pl\n7,"Disse \\"basta\\" e\nuscì","Rzekł \\"dość\\" i wyszedł"\n8,a,b\n',
        encoding="utf-8",
    )
    one, two = read_bitext(path).segments
    assert one.texts == {"it": 'Disse "basta" e\nuscì', "pl": 'Rzekł "dość" i wyszedł'}
    assert (one.line, two.line) == (3, 5)


def test_a_damaged_table_in_an_old_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(f'title,body\nDość,"{PL}"\n'.encode("cp1250").replace(b"sali", b"s\x81li"))
    (article,) = read_file(path, "a.csv")
    assert not isinstance(article, Rejection)
    assert article.text == with_title("Dość", PL.replace("sali", "s\ufffdli"))


words = st.text("abcàłż가나\"\\;,| \n'", min_size=1, max_size=30)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=5), st.sampled_from(",;\t|"), st.booleans())
def test_no_word_of_a_table_is_lost(rows, delimiter, every):
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows([("title", "body"), *rows])
    read = " ".join(texts(out.getvalue()))
    for row in (row for row in rows if row[1].strip()):
        for word in re.findall(r"\w+", " ".join(row)):
            assert word in read


def read(tmp_path, data, name="a.csv"):
    path = tmp_path / name
    path.write_text(data, encoding="utf-8")
    return read_file(path, name)


@pytest.mark.parametrize(
    "marked",
    ["[:it]{}[:pl]{}[:]", "<!--:it-->{}<!--:--><!--:pl-->{}<!--:-->", "[:it]<p>{}</p>[:pl]<p>{}</p>[:]"],
)
def test_a_record_in_two_languages_is_an_article_for_each(tmp_path, marked):
    record = {"title": "[:it]Pioggia[:pl]Deszcz[:]", "body": marked.format(IT, PL)}
    out = io.StringIO()
    csv.writer(out).writerows([record.keys(), record.values()])
    for data, name in (
        (out.getvalue(), "a.csv"),
        (json.dumps(record), "a.json"),
        (json.dumps(record), "b.jsonl"),
    ):
        italian, polish = read(tmp_path, data, name)
        assert re.sub("<[^>]+>", "", italian.text).split("\n") in (["Pioggia", IT], ["Pioggia", "", IT])
        assert re.sub("<[^>]+>", "", polish.text).split("\n") in (["Deszcz", PL], ["Deszcz", "", PL])
        assert [article.metadata.title for article in (italian, polish)] == ["Pioggia", "Deszcz"]
        assert [article.metadata.language for article in (italian, polish)] == ["it", "pl"]


@pytest.mark.parametrize("body", [f"{IT} Scrivi [:it] e poi [:pl] nel testo.", f"{IT} Così: [:it]"])
def test_a_record_about_marks_of_languages_is_one_article(tmp_path, body):
    (article,) = read(tmp_path, f'title,body\nMarche,"{body}"\n')
    assert article.text == with_title("Marche", body)


def test_markup_that_was_escaped_is_markup():
    escaped = f"&lt;p&gt;{IT}&lt;/p&gt;&lt;p&gt;{IT}&lt;/p&gt;"
    about = "Scrivi &lt;p&gt; in cima e &lt;/p&gt; in fondo alla riga."
    assert texts(f'title,body\nVia,"{escaped}"\nTag,"{about}"\n') == [
        f"<h1>Via</h1>\n<p>{IT}</p><p>{IT}</p>",
        with_title("Tag", about),
    ]
