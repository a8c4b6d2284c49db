"""The head of a Markdown file is read whatever it is written in, and prose is never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingestion.formats.markdown.front_matter import Front, split


def said(text):
    return {name: value for name, value in split(text).metadata._asdict().items() if value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('---\ntitle: "La casa"\n\nauthor: Anna\n---\nTesto', {"title": "La casa", "author": "Anna"}),
        ("---\n\ntitle: La casa\n---\nTesto", {"title": "La casa"}),
        ("\ufeff---\r\ntitle: Dom\r\nlang: pl\r\n...\r\nTesto", {"title": "Dom", "language": "pl"}),
        ("---\n# nota\ntitle: A: b # coda\nurl: /a#b\n---\nTesto", {"title": "A: b", "url": "/a#b"}),
        ("---\ntitle: 'L''orto'\ndate: 2024-05-01\n---\nTesto", {"title": "L'orto", "date": "2024-05-01"}),
        ('---\ntitle: "Un \\"gufo\\" \\u00e8"\n---\nTesto', {"title": 'Un "gufo" è'}),
        (
            "---\ntitle: >-\n  La\n  casa\nauthor:\n- Anna\n- Luca\n---\nTesto",
            {"title": "La\ncasa", "author": "Anna, Luca"},
        ),
        (
            "---\ntitle: La\n  casa\nauthors: [Anna, 'Luca B.']\n---\nTesto",
            {"title": "La casa", "author": "Anna, Luca B."},
        ),
        ("---\nauthors:\n  - name: 김서연\n    url: x\n  - name: Ewa\n---\nTesto", {"author": "김서연, Ewa"}),
        (
            "---\nauthor:\n  name: Anna\n  mail: a@b\nlocale: ko\n---\nTesto",
            {"author": "Anna", "language": "ko"},
        ),
        (
            "---\ntitle: X\nheader: |\n  <h1>A</h1>\n\n  <p>b</p>\n\nid: 7\n---\nTesto",
            {"title": "X", "id": "7"},
        ),
        ("---\nsidebar_position: 3\nhide: true\n---\nTesto", {}),
        (
            '+++\ntitle = "Dom"\ndate = 2024-03-01T10:00:00+01:00\n+++\nTesto',
            {"title": "Dom", "date": "2024-03-01T10:00:00+01:00"},
        ),
        (
            "+++\ntitle = '''La\ncasa'''\n[author]\nname = 'Anna'\n+++\nTesto",
            {"title": "La\ncasa", "author": "Anna"},
        ),
        ('+++\ntitle = "rotto\nauthor = "Anna"\n+++\nTesto', {"title": "rotto", "author": "Anna"}),
        ('{\n  "title": "Dom",\n  "author": {"name": "Ewa"}\n}\n\nTesto', {"title": "Dom", "author": "Ewa"}),
        (
            '%{\n  title: "Orari",\n  author: "Anna",\n  tags: ~w(a b)\n}\n---\nTesto',
            {"title": "Orari", "author": "Anna"},
        ),
    ],
)
def test_heads(text, expected):
    assert said(text) == expected
    assert split(text).body.strip() == "Testo"


@pytest.mark.parametrize(
    ("text", "body", "texts"),
    [
        ('---\ntitle: "Il museo\nautrice Anna\nlang: it\n---\nTesto', "Testo", ()),
        (
            "---\ntitle: Il museo\nlang: it\nuna riga fuori posto\n---\nTesto",
            "Testo",
            ("una riga fuori posto",),
        ),
        ("---\ntitle: Il museo\nlang: it\n\nUn paragrafo.", "Un paragrafo.", ()),
        ("---\ntitle: Il museo\n\nUno.\n\nDue.\n\n---\n\nTre.", "Uno.\n\nDue.\n\n---\n\nTre.", ()),
    ],
)
def test_a_damaged_head_is_read_and_its_text_kept(text, body, texts):
    found = split(text)
    assert found.metadata.title.startswith("Il museo")
    assert found.body.strip() == body
    assert found.texts == texts


@pytest.mark.parametrize(
    "text",
    [
        "---\nNota: la prima riga\n---\nTesto",
        "---\nuwaga: sklep jest dziś zamknięty\n---\nTekst",
        "---\nanna: ciao, come stai?\nmarco: bene, grazie.\n---\nTesto",
        "---\n\nUn paragrafo.\n\n---\n\nAltro.",
        "---\nOra: 10\nLuogo: Roma\n---\nTesto",
        "---\n---\nTesto",
        "# Titolo\n\n---\ntitle: x\n---\nTesto",
        "+++\nTesto tra due righe.\n+++\nTesto",
        "{{ nome }} scrive.",
        '{ "a": 1 } è un oggetto.',
        "{\nUn testo tra parentesi.\n}",
        "%{ nome } resta.",
    ],
)
def test_prose_is_no_head(text):
    assert split(text) == Front(text)


@pytest.mark.parametrize(
    ("head", "texts"),
    [
        ("description: Breve.", ("Breve.",)),
        ("excerpt: |\n  Uno.\n\n  Due.", ("Uno.\n\nDue.",)),
        ("summaryPoint1: Il gufo vive nel fienile.", ("Il gufo vive nel fienile.",)),
        ("hero:\n  tagline: Aperto ogni giorno.\n  image: a.png", ("Aperto ogni giorno.",)),
        ("head:\n  - content: Copia del titolo per i motori.", ()),
        ("css: a b\ntags: [la casa dei gufi]\nlayout: una pagina molto larga", ()),
    ],
)
def test_texts_for_readers_are_kept(head, texts):
    assert split(f"---\ntitle: X\n{head}\n---\nTesto").texts == texts


_line = st.sampled_from(
    [
        *(
            "title: Uno",
            "Nota: due",
            "lang: it",
            "- a",
            "  b: c",
            "",
            "testo sciolto",
            "# nota",
            "title: 'x",
            "]",
        ),
        *("---", "+++", "...", "a = 1", "{", "}", "tags: [", "text: |"),
    ]
)


@given(st.lists(_line, max_size=12), st.sampled_from(["---", "+++", "{", "%{"]))
def test_any_head_leaves_an_end_of_the_text(lines, first):
    text = "\n".join([first, *lines, "", "Ultima riga."])
    assert text.endswith(split(text).body)
    assert split(text).body.endswith("Ultima riga.")
