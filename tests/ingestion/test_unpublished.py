"""What its author does not show is rejected with the field that says so, in every format that has fields."""

import json

import pytest

from pipeline.datatypes import RawText
from pipeline.ingestion.formats.publication import why_unpublished
from pipeline.ingestion.ingest import read_file

TEXT = "Die Bäckerei am Markt öffnet ab Montag wieder um sechs Uhr früh."
RUSSIAN = "Пекарня на рынке с понедельника снова открывается в шесть утра."

HIDDEN = [
    {"draft": True},
    {"isDraft": "true"},
    {"published": False},
    {"is_published": "0"},
    {"_status": "draft"},
    {"status": "Entwurf"},
    {"status": "черновик"},
    {"status": "임시 저장"},
    {"post_status": "auto-draft"},
    {"moderation_state": "needs_review"},
    {"visibility": "private"},
    {"pubblicato": "no"},
    {"archived": "yes"},
    {"deleted_at": "2024-03-01"},
    {"post_password": "geheim"},
]
SHOWN = [
    {},
    {"draft": False},
    {"published": "2024-05-01"},
    {"published": True},
    {"status": "publish"},
    {"status": "1"},
    {"state": "Bayern"},
    {"state": "0"},
    {"deleted_at": ""},
    {"hidden": "no"},
    {"draft_of": "yes"},
    {"unpublished_changes": True},
]


def table(fields, text=TEXT):
    return ";".join(("title", "body", *fields)) + "\n" + ";".join(("Titel", text, *map(str, fields.values())))


def yaml(fields, text=TEXT):
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\ntitle: Titel\n{lines}---\n\n{text}\n"


MADE = {
    "a.json": lambda fields, text: json.dumps([{"title": "Titel", "body": text, **fields}]),
    "a.jsonl": lambda fields, text: json.dumps({"id": 1, "data": {"title": "Titel", "text": text, **fields}}),
    "a.csv": lambda fields, text: table(fields, text),
    "a.md": yaml,
    "a.mdx": yaml,
    "a.html": lambda fields, text: yaml(fields, f"<p>{text}</p>"),
    "pelican.md": lambda fields, text: (
        "Title: Titel\nDate: 2024-05-01\n"
        + "".join(f"{name}: {value}\n" for name, value in fields.items())
        + f"\n{text}\n"
    ),
    "a.rst": lambda fields, text: (
        "Titel\n=====\n\n:date: 2024-05-01\n"
        + "".join(f":{name}: {value}\n" for name, value in fields.items())
        + f"\n{text}\n"
    ),
}


def read(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_file(tmp_path / name, name)


@pytest.mark.parametrize("text", [TEXT, RUSSIAN])
@pytest.mark.parametrize("name", MADE)
def test_every_format_keeps_the_same_rule(tmp_path, name, text):
    for fields in HIDDEN:
        [found] = read(tmp_path, name, MADE[name](fields, text))
        [field] = fields
        assert found.reason.startswith("is not pub"), (fields, found)
        assert f"its field {field} says " in found.reason or "a password" in found.reason
    for fields in SHOWN:
        [found] = read(tmp_path, name, MADE[name](fields, text))
        assert isinstance(found, RawText), (fields, found)


@pytest.mark.parametrize(
    "record",
    [
        {"publishedAt": None, "createdAt": "2024-01-01"},
        {"_id": "drafts.5f3"},
        {"status": [{"value": False}]},
        {"meta": {"status": "draft"}},
        {"properties": {"Status": {"type": "status", "status": {"name": "In progress"}}}},
        {"properties": {"Published": {"type": "checkbox", "checkbox": False}}},
        {"content": {"rendered": "", "protected": True}},
        {"sys": {"type": "Entry", "version": 3}},
        {"sys": {"type": "Entry", "version": 9, "publishedVersion": 8, "archivedAt": "2024-01-01"}},
    ],
)
def test_what_single_systems_write(record):
    assert why_unpublished(record)


@pytest.mark.parametrize(
    "record",
    [
        {"publishedAt": None},
        {"_id": "5f3", "status": [{"value": True}]},
        {"sys": {"type": "Entry", "version": 9, "publishedVersion": 8}},
        {"properties": {"Status": {"type": "status", "status": {"name": "Done"}}}},
    ],
)
def test_what_single_systems_write_of_published_articles(record):
    assert why_unpublished(record) == ""
