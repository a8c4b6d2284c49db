"""reStructuredText: marks go, every word stays, nothing is included or executed."""

import pytest

from pipeline.datatypes import Block
from pipeline.ingestion.formats.rst import blocks, page


def texts(text):
    return [block.text for block in blocks(text)]


def kinds(text):
    return [(block.kind, block.text) for block in blocks(text)]


def test_titles_and_metadata():
    found, said = page(
        "=====\nGufi\n=====\n\n:Author: Anna\n:Date: 2024\n\nUno.\n\n"
        "Notte\n-----\nDue.\n\n-----\n\n새\n==\n\nTre."
    )
    assert (said.author, said.date) == ("Anna", "2024")
    assert found == [
        Block("title", "Gufi"),
        Block("paragraph", "Uno."),
        Block("heading", "Notte"),
        Block("paragraph", "Due."),
        Block("heading", "새"),
        Block("paragraph", "Tre."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un *gufo* **raro** e ``*a* <b>``.", ["Un gufo raro e *a* <b>."]),
        (":ref:`la guida <a>`, :doc:`/b` e :class:`~a.B`.", ["la guida, /b e a.B."]),
        (
            "`Strona <https://x.pl>`_, `druga`__ i trzecia_.\n\n.. _trzecia: x\n__ y",
            ["Strona, druga i trzecia."],
        ),
        ("Il nome_file_ e 2*3*4 e a_b restano.", ["Il nome_file_ e 2*3*4 e a_b restano."]),
        ("Ma \\*questo\\* no, H\\ :sub:`2`\\ O.", ["Ma *questo* no, H2O."]),
        ("|a| costa.\n\n.. |a| replace:: Il *gufo*", ["Il gufo costa."]),
        (".. |mai| replace:: Mai usato", ["Mai usato"]),
        ("|ignoto| resta.", ["|ignoto| resta."]),
        (
            "Chiuso [1]_ e [#b]_.\n\n.. [1] Una nota\n   lunga.\n.. [#b] Altra.\n\n   Ancora.",
            ["Chiuso e.", "Una nota lunga.", "Altra.", "Ancora."],
        ),
        ("Vedi [Bo2020]_.\n\n.. [Bo2020] Un libro.", ["Vedi [Bo2020].", "[Bo2020] Un libro."]),
        (".. un commento\n   lungo\n\n.. _x:\n\nTesto.", ["Testo."]),
        ("| Uno\n| due", ["Uno due"]),
    ],
)
def test_marks(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- uno\n  due\n\n  tre\n- quattro",
            [("list-item", "uno due"), ("list-item", "tre"), ("list-item", "quattro")],
        ),
        ("2. uno\n#. due", [("list-item", "2. uno"), ("list-item", "3. due")]),
        ("A. Rossi scrive\nun libro.", [("paragraph", "A. Rossi scrive un libro.")]),
        ("casa\n   Dove si vive.", [("list-item", "casa"), ("list-item", "Dove si vive.")]),
        ("Ha detto:\n\n   Sì.", [("paragraph", "Ha detto:"), ("quote", "Sì.")]),
        (
            "Così::\n\n  a\n\n    b\n\nFine.",
            [("paragraph", "Così:"), ("code", "a\n  b"), ("paragraph", "Fine.")],
        ),
        (">>> 1 + 1\n2", [("code", ">>> 1 + 1\n2")]),
        (":param a: il primo", [("list-item", "param a: il primo")]),
        (".. note:: Uno.\n   Due.", [("paragraph", "Uno. Due.")]),
        (
            ".. admonition:: Un titolo\n   :class: x\n\n   Testo.",
            [("heading", "Un titolo"), ("paragraph", "Testo.")],
        ),
        (
            ".. code-block:: c\n   :caption: Come si fa\n\n   int a;\n\n     b;",
            [("caption", "Come si fa"), ("code", "int a;\n  b;")],
        ),
        (
            ".. figure:: a.png\n   :alt: Un gufo\n\n   Dove dorme.",
            [("caption", "Un gufo"), ("caption", "Dove dorme.")],
        ),
        (
            ".. mai-visto:: Nieznane\n   :a: b\n\n   Tekst.",
            [("heading", "Nieznane"), ("paragraph", "Tekst.")],
        ),
        (
            '.. csv-table:: T\n   :header: a, b\n\n   "c, d", e',
            [("heading", "T"), *(("table-cell", x) for x in ("a", "b", "c, d", "e"))],
        ),
        (".. list-table::\n\n   * - a\n     - b", [("table-cell", "a"), ("table-cell", "b")]),
    ],
)
def test_blocks(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    "table",
    [
        "+-----+------+\n| uno | due  |\n|     | tre  |\n+=====+======+\n"
        "| quattro    |\n+-----+------+\n| 박  | 관   |\n+-----+------+",
        "===  ===\nuno  due\n     tre\n===  ===\nquattro\n--------\n박   관\n===  ===",
    ],
)
def test_tables(table):
    assert kinds(table) == [("table-cell", text) for text in ("uno", "due tre", "quattro", "박", "관")]


def test_nothing_is_included(tmp_path):
    secret = tmp_path / "a.txt"
    secret.write_text("segreto")
    text = (
        f".. include:: {secret}\n\n.. literalinclude:: {secret}\n\n"
        f".. csv-table::\n   :file: {secret}\n\n.. raw:: html\n   :file: {secret}\n\nTesto."
    )
    assert texts(text) == ["Testo."]


def test_what_is_nested_deeply_stays():
    text = "\n\n".join(" " * depth + f"voce{depth}" for depth in range(100))
    assert " ".join(texts(text)).split() == [f"voce{depth}" for depth in range(100)]
