"""Files of many articles have no size limit of their own; only each article has one."""

import csv
import json
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.datatypes import RawText, Rejection
from pipeline.ingestion import ingest
from pipeline.ingestion.formats.reading import Reading
from pipeline.ingestion.ingest import is_streamed, read_file, stream_below
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from pipeline.run.steps import read

ARTICLES = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "articles.json").read_text(encoding="utf-8")
)
TEXTS = ["\n\n".join([each["title"], *(text for _, text in each["blocks"])]) for each in ARTICLES.values()]


def write(raw, form, texts):
    raw.mkdir(exist_ok=True)
    path = raw / f"a.{form}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        if form == "jsonl":
            stream.writelines(json.dumps({"body": text}) + "\n" for text in texts)
        else:
            csv.writer(stream).writerows([["body"], *([text] for text in texts)])
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_stream_gives_what_the_whole_file_gives(tmp_path, form, monkeypatch):
    path = write(tmp_path / "raw", form, [*TEXTS, "", "12345"])
    whole = read_file(path, path.name)
    monkeypatch.setattr(ingest, "STREAM_BYTES", 100)
    assert is_streamed(path, 10**6)
    assert list(stream_below(tmp_path / "raw", path)) == whole


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_run_over_a_stream_writes_the_same(tmp_path, form, monkeypatch):
    write(tmp_path / "raw", form, TEXTS)
    monkeypatch.setattr(read, "CHUNK", 2)
    outputs = []
    for out, size in (("whole", 10**9), ("streamed", 100), ("streamed", 100)):
        monkeypatch.setattr(ingest, "STREAM_BYTES", size)
        run(Config(raw=tmp_path / "raw", out=tmp_path / out, jobs=1), Silent())
        outputs.append({each.name: each.read_bytes() for each in sorted((tmp_path / out).glob("*.csv"))})
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(outputs[0]["articles.csv"].splitlines()) > len(TEXTS)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_file_beyond_the_limit_is_read_and_an_article_beyond_it_is_not(tmp_path, form, monkeypatch):
    monkeypatch.setattr(ingest, "STREAM_BYTES", 100)
    limit = 1 << 17
    huge = "parola " * (limit // 5)
    path = write(tmp_path / "raw", form, [*TEXTS * 60, huge] if form == "jsonl" else TEXTS * 60)
    assert path.stat().st_size > limit
    found = read_file(path, path.name, Reading(max_bytes=limit))
    assert sum(isinstance(each, RawText) for each in found) == 60 * len(TEXTS)
    rejected = [each for each in found if isinstance(each, Rejection)]
    assert ["too large" in each.reason for each in rejected] == ([True] if form == "jsonl" else [])


def test_the_size_limit_of_a_file_is_no_limit_of_a_stream(tmp_path):
    path = write(tmp_path / "raw", "jsonl", ["Piove sul tetto."] * 9)
    found = read_file(path, path.name, Reading(max_bytes=100))
    assert [isinstance(each, RawText) for each in found] == [True] * 9


def test_a_line_that_is_too_long_keeps_its_number_and_the_others_theirs(tmp_path, monkeypatch):
    monkeypatch.setattr(ingest, "STREAM_BYTES", 10)
    path = write(tmp_path / "raw", "jsonl", ["Piove sul tetto.", "x " * 900, "Pada na dach."])
    found = read_file(path, path.name, Reading(max_bytes=500))
    assert [each.file for each in found] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
    assert [isinstance(each, RawText) for each in found] == [True, False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_the_encoding_of_a_stream_shows_wherever_it_shows(tmp_path, encoding, monkeypatch):
    monkeypatch.setattr(ingest, "STREAM_BYTES", 10)
    path = tmp_path / "a.jsonl"
    lines = ['{"body": "Nic tu nie ma, a dom stoi pusty."}'] * 9_000
    lines.append('{"body": "Żółta łódź płynie wciąż po spokojnej rzece, bo źródło bije."}')
    path.write_bytes("\n".join(lines).encode(encoding))
    *_, last = read_file(path, path.name)
    assert last.text == "Żółta łódź płynie wciąż po spokojnej rzece, bo źródło bije."


def test_a_bad_byte_in_a_stream_costs_a_letter(tmp_path, monkeypatch):
    monkeypatch.setattr(ingest, "STREAM_BYTES", 10)
    path = write(tmp_path, "jsonl", [])
    lines = [
        json.dumps({"body": f"Città e università, perché no? È la {n}."}, ensure_ascii=False)
        for n in range(50)
    ]
    path.write_bytes("\n".join(lines).encode().replace(b"la 7.", b"l\xff 7."))
    texts = [each.text for each in read_file(path, path.name)]
    assert texts[7] == "Città e università, perché no? È l\ufffd 7."
    assert texts[8] == "Città e università, perché no? È la 8."


def test_a_file_that_changes_while_it_is_read_has_no_end(tmp_path, monkeypatch):
    monkeypatch.setattr(ingest, "STREAM_BYTES", 10)
    path = write(tmp_path / "raw", "jsonl", ["Piove sul tetto.", "Pada na dach."])
    settings = read.Settings(("it", "pl"), Reading())
    key = read.file_key(tmp_path / "raw", path, settings)
    batches = read._batches(tmp_path / "raw", settings, key, read._Source(str(path)))
    next(batches)
    path.write_text('{"body": "Altro."}\n', encoding="utf-8")
    assert not any(batch.ends for batch in batches)
