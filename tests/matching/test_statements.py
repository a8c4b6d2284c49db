"""Reading what people wrote about which files belong together."""

import pytest

from pipeline.errors import InputError
from pipeline.matching.statements import Statement, read_statements, same_name, statements_of

LANGUAGES = ("it", "ko", "pl")


@pytest.fixture
def read(tmp_path):
    def read(content, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes(content.encode(encoding))
        return list(read_statements(path, "list.csv", LANGUAGES).rows)

    return read


def test_a_line_names_the_files_of_an_article(read):
    assert read('it,ko,pl\nit/uno.txt,ko/하나.txt,\n,"ko/a, b.txt",feed.xml#3\n') == [
        Statement(2, (("it", "it/uno.txt"), ("ko", "ko/하나.txt")), (), True),
        Statement(3, (("ko", "ko/a, b.txt"), ("pl", "feed.xml#3")), (), True),
    ]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("\ufeffit;ko;together\r\nuno.txt;하나.txt;no\r\n", "utf-8"),
        ("sep=;\r\nit;ko;together\r\nuno.txt;하나.txt;no\r\n", "utf-8"),
        ("\ufeffsep=\t\r\nit\tko\ttogether\r\nuno.txt\t하나.txt\tNO\r\n", "utf-16"),
        ("IT,ko-KR,Together,,\nuno.txt,하나.txt,No,,\n,,,,\n", "utf-8"),
        ('"it","ko","together"\n" uno.txt ","하나.txt\u00a0","false"\n', "utf-8"),
    ],
)
def test_spreadsheets_write_it_in_many_ways(read, content, encoding):
    [row] = read(content, encoding)
    assert (row.files, row.together) == ((("it", "uno.txt"), ("ko", "하나.txt")), False)


def test_lines_are_counted_as_an_editor_counts_them(read):
    rows = read('sep=;\nit;ko\n\n"a\nb.txt";c.txt\nd.txt;e.txt\n')
    assert [row.line for row in rows] == [4, 6]


def test_a_dash_says_that_there_is_none(read):
    [row] = read("it,ko,pl\nuno.txt,-,\n")
    assert (row.files, row.none) == ((("it", "uno.txt"),), ("ko",))


def test_lines_of_nothing_but_dashes_or_blanks_say_nothing(read):
    assert read("it,ko,pl\n-,-,\n , ,\n") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("it,de,note\na,b,c\n", "columns that are no language of this run: de, note; .* it, ko, pl"),
        ("it,ko,fr\na,b,c\n", "a column that is no language of this run: fr"),
        ("uno.txt,due.txt\n", "no language of this run: uno.txt, due.txt"),
        ("together\nyes\n", "must name a column for each language"),
        ("", "must name a column for each language"),
        ("it,ko,IT\na,b,c\n", "two columns IT"),
        ("it,ko\na,b\nc,d\na,e\n", "a stands in line 2 and in line 4"),
        ("it,ko\na,b\n,b\n", "b stands in line 2 and in line 3"),
        ("it,ko\na,a\n", "line 2: a stands in two columns"),
        ("it,ko\n./a.txt,b\na.txt,c\n", "a.txt stands in line 2 and in line 3"),
        ("it,ko,together\na,b,\nb,c,no\n", "b is in column ko of line 2 and in column it of line 3"),
        (
            "it,ko,together\na,b,\na,b,no\n",
            "line 2 says that a and b belong together, line 3 that they do not",
        ),
        ("it,ko,together\na,b,perhaps\n", "line 2: the column together must be yes or no, not perhaps"),
        ("it,ko,together\na,,no\n", "line 2: name at least two files"),
        ("it,ko\na,b,c\n", "line 2: c stands in no named column"),
    ],
)
def test_what_contradicts_itself_is_an_error_that_names_the_lines(read, content, message):
    with pytest.raises(InputError, match=message):
        read(content)


def test_a_file_may_be_kept_apart_from_several_and_still_have_its_own(read):
    rows = read("it,ko,together\na,b,\na,c,no\na,d,no\n")
    assert [row.together for row in rows] == [True, False, False]


def test_a_binary_or_missing_table_is_an_error(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04\x00\x00\x00")
    with pytest.raises(InputError, match="pairs is binary"):
        read_statements(tmp_path / "list.xlsx", "pairs", LANGUAGES)
    with pytest.raises(InputError, match="cannot read pairs: No such file"):
        read_statements(tmp_path / "none.csv", "pairs", LANGUAGES)


def test_rows_are_read_as_lines_are():
    rows = statements_of([{"it": "a"}, {"ko": "b", "pl": "c", "together": "no"}], "pairs", LANGUAGES).rows
    assert rows == (
        Statement(1, (("it", "a"),), (), True),
        Statement(2, (("ko", "b"), ("pl", "c")), (), False),
    )


def test_other_statements_have_another_digest():
    digests = {
        statements_of(rows, "pairs", LANGUAGES).sha256
        for rows in ([], [{"it": "a"}], [{"it": "a", "ko": "b"}], [{"ko": "a", "it": "b"}])
    }
    assert len(digests) == 4


def test_names_are_equal_however_they_are_written():
    assert same_name(" .\\it\\perche\u0301.txt ") == same_name("it/perché.txt")
    assert same_name("it/Uno.txt") != same_name("it/uno.txt")
