"""A decision binds the languages that it has seen: a translation that comes later is aligned to it."""

import csv
import json

import pytest

from pipeline.config import Config
from pipeline.decisions.log import add_decisions, read_decisions
from pipeline.decisions.record import parse_decision
from pipeline.decisions.replay import read_rows, replay
from pipeline.returned.apply import apply_file
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import needs_chromium, open_rows, read_log, saved_decisions, watching
from tests.run.stories import STORY

LANGUAGES = ("en", "de", "ru")


def write(raw, *languages):
    raw.mkdir(exist_ok=True)
    for language in languages:
        (raw / f"story.{language}.txt").write_text("\n\n".join(STORY[language]), "utf-8")


def align(raw, out, languages=LANGUAGES):
    return run(Config(raw=raw, out=out, languages=languages), Silent())


def table(out, name="corpus"):
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(out, kind, rows, **others):
    """Decide about rows as the review page does."""
    known = {row.id: row for row in read_rows(out, LANGUAGES)}
    has = {code for row in known.values() for code, text in row.texts.items() if text}
    made = []
    for number, line in enumerate(rows):
        row = known[line["id"]]
        about = " ".join([*map(str, row.references), *(code for code in LANGUAGES if code in has)])
        fields = {"id": f"{kind}{number}", "kind": kind, "article": row.article, "target": row.id}
        made.append(parse_decision(fields | {"paragraphs": about} | others))
    add_decisions(out, made, backup=False)
    return made


@pytest.fixture(params=[("en", "de"), ("de", "ru")], ids="-".join)
def reviewed(request, tmp_path):
    """An article in two languages whose rows are all approved; the third comes first or last in order."""
    write(tmp_path / "raw", *request.param)
    align(tmp_path / "raw", tmp_path / "out")
    decide(tmp_path / "out", "approve", table(tmp_path / "out"))
    return tmp_path


def test_a_translation_that_comes_later_is_aligned_to_approved_rows(reviewed):
    raw, out = reviewed / "raw", reviewed / "out"
    pairs = {tuple(line[code] for code in LANGUAGES if line[code]) for line in table(out)}
    write(raw, *LANGUAGES)
    summary = align(raw, out)
    rows = table(out)
    assert [line["status"] for line in rows] == ["aligned"] * 5
    assert all(any(set(pair) < set(line.values()) for line in rows) for pair in pairs)
    assert summary.decisions == {"stands": 5}
    assert [line["review"] for line in rows] == [""] * 5  # nobody has seen the whole of a row
    assert not [line for line in table(out, "findings") if line["rule"].startswith("completeness")]


def test_what_was_approved_is_not_taken_apart_by_it(tmp_path):
    """The repaired rows go against the texts, so the third text says something else."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    write(raw, "en", "de")
    align(raw, out)
    rows = read_rows(out, LANGUAGES)
    named = [r for row in rows for r in row.references]
    references = {code: [r for r in named if r.language == code] for code in LANGUAGES}
    odd = [(references["en"][2], references["de"][3]), (references["en"][3], references["de"][2])]
    for number, some in enumerate(odd):
        about = " ".join(map(str, some))
        fields = {"id": f"d{number}", "kind": "repair", "article": rows[0].article, "paragraphs": about}
        add_decisions(out, [parse_decision(fields)], backup=False)
    write(raw, *LANGUAGES)
    summary = align(raw, out)
    assert summary.decisions == {"stands": 2}
    lines = table(out)
    for en, de in odd:
        [line] = [line for line in lines if line["en_paragraphs"] == str(en.number)]
        assert line["de_paragraphs"] == str(de.number)
    assert " ".join(line["ru_paragraphs"] for line in lines).replace("-", " ").split() == list("12345")


def test_a_language_that_was_there_and_had_nothing_stays_out(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    write(raw, *LANGUAGES)
    align(raw, out)
    rows = read_rows(out, LANGUAGES)
    some = [r for r in rows[2].references if r.language != "ru"]
    about = " ".join([*map(str, some), *LANGUAGES])
    fields = {"id": "d", "kind": "repair", "article": rows[0].article, "paragraphs": about}
    add_decisions(out, [parse_decision(fields)], backup=False)
    align(raw, out)
    [line] = [line for line in table(out) if line["en_paragraphs"] == str(some[0].number)]
    assert (line["ru"], line["review"]) == ("", "repaired")


def test_a_rejected_row_stays_rejected_with_its_new_text(reviewed):
    raw, out = reviewed / "raw", reviewed / "out"
    [rejected] = decide(out, "reject", table(out)[2:3], id="r")
    write(raw, *LANGUAGES)
    summary = align(raw, out)
    assert summary.decisions == {"stands": 5, "superseded": 1}
    [line] = [line for line in table(out) if line["review"]]
    assert line["review"] == "rejected"
    assert {str(r.number) for r in rejected.paragraphs} <= {line[f"{code}_paragraphs"] for code in LANGUAGES}


def test_who_approves_the_whole_row_then_contradicts_nobody(reviewed):
    raw, out = reviewed / "raw", reviewed / "out"
    write(raw, *LANGUAGES)
    align(raw, out)
    lines = table(out)
    lines[1]["review"], lines[2]["review"] = "approved", "rejected"
    path = reviewed / "back.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines[:2])
    incoming = apply_file(path, out)
    assert (len(incoming.decisions), incoming.conflicts, incoming.warnings) == (1, [], [])
    summary = align(raw, out)
    assert summary.decisions == {"stands": 5, "superseded": 1}
    assert [line["review"] for line in table(out)] == ["", "approved", "", "", ""]


def test_exports_and_the_page_show_what_the_run_shows(reviewed):
    raw, out = reviewed / "raw", reviewed / "out"
    write(raw, *LANGUAGES)
    align(raw, out)
    rows = read_rows(out, LANGUAGES)
    effect = replay(rows, read_decisions(out).decisions)
    assert (effect.reviews, effect.unapplied, effect.retied) == ({}, 0, frozenset())
    page = (out / "review.html").read_text("utf-8")
    [missing] = set(LANGUAGES) - {r.language for d in read_decisions(out).decisions for r in d.paragraphs}
    assert (
        f'"later":{json.dumps({f"approve{k}": [missing] for k in range(5)}, separators=(",", ":"))}' in page
    )


@needs_chromium
def test_the_page_shows_the_rows_of_the_run(reviewed, browser):
    raw, out = reviewed / "raw", reviewed / "out"
    decide(out, "reject", table(out)[2:3], id="r")
    write(raw, *LANGUAGES)
    align(raw, out)
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        states = page.locator(".row").evaluate_all("all => all.map(row => row.dataset.state)")
        assert [state or "" for state in states] == ["", "", "rejected", "", ""]
        page.keyboard.press("End")
        page.keyboard.press("a")
        [said] = read_log(saved_decisions(page, reviewed / "saved.csv"))
    assert [r.language for r in said.paragraphs] == list(LANGUAGES)


@needs_chromium
def test_the_page_names_the_languages_of_the_article(browser, tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    write(raw, *LANGUAGES)
    (raw / "story.ru.txt").write_text("\n\n".join(STORY["ru"][:-1]), "utf-8")
    align(raw, out)
    with watching(browser, (out / "review.html").as_uri()) as watched:
        page = open_rows(watched, out)
        page.keyboard.press("End")
        page.keyboard.press("a")
        [said] = read_log(saved_decisions(page, tmp_path / "saved.csv"))
    assert ([r.language for r in said.paragraphs], said.seen) == (["en", "de"], LANGUAGES)


def test_an_old_log_that_names_no_languages_goes_by_its_other_decisions(tmp_path):
    """One of its decisions names the third language, so one without it excludes it."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    write(raw, *LANGUAGES)
    align(raw, out)
    rows = read_rows(out, LANGUAGES)
    for number, languages in enumerate((LANGUAGES[:2], LANGUAGES)):
        about = " ".join(str(r) for r in rows[2 + number].references if r.language in languages)
        fields = {"id": f"d{number}", "kind": "approve", "article": rows[0].article, "paragraphs": about}
        add_decisions(out, [parse_decision(fields)], backup=False)
    align(raw, out)
    assert [line["review"] for line in table(out) if not line["ru"]] == ["approved"]
