"""Files whose text people have decided about: what else is in the folder does not take their place."""

import csv

import pytest

from pipeline.config import Config
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.decisions.replay import read_rows
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.run.stories import STORY

LANGUAGES = ("en", "de")


def align(raw, out):
    return run(Config(raw=raw, out=out, languages=LANGUAGES), Silent())


def table(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path, paragraphs):
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(paragraphs), "utf-8")


def approve_all(out):
    for row in read_rows(out, LANGUAGES):
        fields = {"id": f"d{row.id}", "kind": "approve", "article": row.article, "target": row.id}
        about = " ".join(map(str, row.references))
        add_decisions(out, [parse_decision(fields | {"paragraphs": about})], backup=False)


SHORTER = {
    "en": [text.replace(" on their way to the south", "") for text in STORY["en"]],
    "de": [text.replace(" auf ihrem Weg nach Süden", "") for text in STORY["de"]],
}
"""The story without some words that its translation has, so a version with them fits it better."""


@pytest.fixture(params=LANGUAGES)
def story(request, tmp_path):
    """The folder of a story that lacks some words in one language, and this language."""
    for language in LANGUAGES:
        text = SHORTER if language == request.param else STORY
        write(tmp_path / f"raw/story.{language}.txt", text[language])
    return tmp_path / "raw", request.param


@pytest.mark.parametrize("name", ["a-draft", "z-draft"])
def test_a_longer_draft_does_not_displace_the_reviewed_file(story, tmp_path, name):
    (raw, language), out = story, tmp_path / "out"
    align(raw, out)
    approve_all(out)
    before = [row["id"] for row in table(out, "corpus")]
    write(raw / f"{name}.{language}.txt", STORY[language])
    summary = align(raw, out)
    verdicts = {line["file"]: line["verdict"] for line in table(out, "articles")}
    assert verdicts.pop(f"{name}.{language}.txt") == "duplicate"
    assert set(verdicts.values()) == {"parallel"}
    assert summary.decisions == {"stands": 5}
    assert [row["id"] for row in table(out, "corpus") if row["review"]] == before


def test_without_decisions_the_version_that_fits_is_used(story, tmp_path):
    raw, language = story
    write(raw / f"draft.{language}.txt", STORY[language])
    align(raw, tmp_path / "out")
    lines = {line["file"]: line["verdict"] for line in table(tmp_path / "out", "articles")}
    assert lines[f"story.{language}.txt"] == "duplicate"


OTHER = {
    "en": (
        "A bakery opens at night",
        "Since March the bakery in the old station has sold its bread between midnight and four.",
        "The owner, a former train driver, says that she never learned to sleep at night.",
        "Taxi drivers come first, then nurses, and at half past three the first joggers.",
    ),
    "de": (
        "Eine Bäckerei öffnet nachts",
        "Seit März verkauft die Bäckerei im alten Bahnhof ihr Brot zwischen Mitternacht und vier Uhr.",
        "Die Besitzerin, eine frühere Lokführerin, sagt, sie habe nie gelernt, nachts zu schlafen.",
        "Zuerst kommen Taxifahrer, dann Krankenpfleger und um halb vier die ersten Läufer.",
    ),
}
MENU = "Subscribe to our letter"
"""A line of a menu, which a run sets aside."""


def test_boilerplate_in_a_row_stays_there_when_another_article_takes_the_name_of_the_file(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    for number, texts in enumerate((STORY, OTHER), start=1):
        menu = f"<nav><p>{MENU}</p></nav>" if texts is STORY else ""
        body = "".join(f"<p>{text}</p>" for text in texts["en"])
        write(raw / f"{number}.en.html", [f"<html><body><article>{body}</article>{menu}</body></html>"])
        write(raw / f"{number}.de.txt", texts["de"])
    align(raw, out)
    rows = read_rows(out, LANGUAGES)
    [menu] = [row for row in rows if row.texts["en"] == MENU]
    last = next(row for row in rows if row.texts["en"] == STORY["en"][-1])
    about = " ".join(map(str, sorted([*last.references, *menu.references], reverse=True)))
    fields = {"id": "d", "kind": "repair", "article": menu.article, "paragraphs": about}
    add_decisions(out, [parse_decision(fields)], backup=False)
    for name in ("en.html", "de.txt"):
        (raw / f"1.{name}").rename(raw / "x")
        (raw / f"2.{name}").rename(raw / f"1.{name}")
        (raw / "x").rename(raw / f"2.{name}")
    summary = align(raw, out)
    assert summary.decisions == {"stands": 1}
    [row] = [row for row in table(out, "corpus") if row["review"]]
    assert (row["review"], row["en"]) == ("repaired", f"{STORY['en'][-1]}\n\n{MENU}")
