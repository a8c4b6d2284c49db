"""Subtitles and summaries in fields of their own are paragraphs below the title, once."""

import csv
import io
import json

import pytest

from pipeline.ingestion.formats.leads import is_lead, unsaid
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.clean import clean_blocks

IT = "Il mulino macina di nuovo la farina per tutta la valle, come faceva cento anni fa."
KO = "물레방아가 백 년 전처럼 다시 온 골짜기의 밀가루를 빻는다."
IT2, KO2 = "Lo hanno riparato tre amici nel tempo libero.", "세 친구가 한가한 때에 그것을 고쳤다."
SUBTITLE, KO_SUBTITLE = "Tre amici e una ruota", "세 친구와 바퀴 하나"


def texts(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    (raw,) = read_file(tmp_path / name, name)
    return [block.text for block in clean_blocks(raw)[0]]


def table(record):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(record))
    writer.writeheader()
    writer.writerow(record)
    return stream.getvalue()


@pytest.mark.parametrize("field", ["subtitle", "Sub_Title", "standfirst", "summary", "sottotitolo", "부제"])
@pytest.mark.parametrize(
    ("title", "lead", "paragraphs"),
    [("Il mulino", SUBTITLE, (IT, IT2)), ("물레방아", KO_SUBTITLE, (KO, KO2))],
)
def test_a_lead_is_below_the_title(tmp_path, field, title, lead, paragraphs):
    for body in (
        "\n\n".join(paragraphs),
        "\n".join((title, *paragraphs)),
        "".join(f"<p>{text}</p>" for text in paragraphs),
        f"<h1>{title}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs),
    ):
        record = {"title": title, field: lead, "body": body}
        expected = [title, lead, *paragraphs]
        assert texts(tmp_path, "a.json", json.dumps(record, ensure_ascii=False)) == expected
        assert texts(tmp_path, "a.jsonl", json.dumps(record, ensure_ascii=False)) == expected
        assert texts(tmp_path, "a.csv", table(record)) == expected


def test_a_lead_is_below_the_title_of_markdown_and_of_blocks(tmp_path):
    record = {"title": "Il mulino", "lead": SUBTITLE, "body": f"{IT}\n\n## Oggi\n\n{IT2}"}
    expected = ["Il mulino", SUBTITLE, IT, "Oggi", IT2]
    assert texts(tmp_path, "a.json", json.dumps(record)) == expected
    record["body"] = f"# Il mulino\n\n{record['body']}"
    assert texts(tmp_path, "a.json", json.dumps(record)) == expected
    nodes = [{"type": "paragraph", "children": [{"text": text}]} for text in (IT, IT2)]
    assert texts(tmp_path, "a.json", json.dumps({**record, "body": nodes})) == [
        *expected[:3],
        IT2,
    ]


@pytest.mark.parametrize(
    "teaser", ["Il mulino", IT, f"{IT} Lo hanno ripa…", f"<p>{IT[:40]} [&hellip;]</p>", "", "https://e.org/a"]
)
def test_a_teaser_that_the_article_repeats_is_not_read_twice(tmp_path, teaser):
    record = {"title": "Il mulino", "excerpt": {"rendered": teaser}, "body": f"{IT}\n\n{IT2}"}
    assert texts(tmp_path, "a.json", json.dumps(record)) == ["Il mulino", IT, IT2]
    assert texts(tmp_path, "a.csv", table({**record, "excerpt": teaser})) == ["Il mulino", IT, IT2]


def test_few_words_are_in_a_text_by_chance():
    assert unsaid(["La farina."], "Il mulino", [IT]) == ("La farina.",)
    assert unsaid(["La farina per tutta."], "Il mulino", [IT]) == ()
    assert unsaid(["La farina per tutt"], "Il mulino", [IT]) == ("La farina per tutt",)


def test_a_field_that_is_the_body_is_no_lead(tmp_path):
    assert texts(tmp_path, "a.csv", table({"title": "Il mulino", "description": IT})) == ["Il mulino", IT]
    assert texts(tmp_path, "a.json", json.dumps({"items": [{"title": "Il mulino", "description": IT}]})) == [
        "Il mulino",
        IT,
    ]
    assert not is_lead("description of the picture")
    assert not is_lead("leader")


def test_a_long_lead_leaves_a_wrapped_text_wrapped(tmp_path):
    lines = [
        "Il mulino macina di nuovo la farina per tutta la valle, come",
        "faceva cento anni fa, quando la strada per la città non c'era",
        "ancora e i contadini scendevano a piedi con i sacchi sulle",
        "spalle, anche d'inverno, e tornavano soltanto la sera dopo.",
    ]
    lead = " ".join([SUBTITLE, *lines[::-1]])
    body = "\n".join(lines)
    assert texts(tmp_path, "a.csv", table({"title": "Il mulino", "lead": lead, "body": body})) == [
        "Il mulino",
        lead,
        " ".join(lines),
    ]
