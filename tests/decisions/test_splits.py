"""Paragraphs split in two: what a run makes of them, and that no text is lost."""

import pytest

from pipeline.config import Config
from pipeline.datatypes import Article, ArticleGroup, Paragraph, fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import Reference, parse_decision
from pipeline.decisions.replay import read_rows, replay
from pipeline.decisions.resolve import resolve
from pipeline.decisions.splits import SPACE, Splits, split_article
from pipeline.returned.apply import apply_file
from pipeline.run.flow import run
from pipeline.run.progress import Silent
from tests.browser import read

WHOLE = "Uno due. Tre quattro.  Cinque."


def decision(kind, *references, **fields):
    places = " ".join(map(str, references))
    return parse_decision({"id": f"{kind}{places[:12]}{len(fields)}".replace(" ", ""), "kind": kind,
                           "article": "a", "paragraphs": places} | fields)  # fmt: skip


def reference(text, number=1, language="it"):
    return Reference(language, number, fingerprint(text))


def article(*texts, sentences=((0, 8), (9, 21), (23, 30))):
    paragraphs = [Paragraph(k, "paragraph", text, sentences, "it") for k, text in enumerate(texts, 1)]
    return Article("a.it", "it", 1.0, tuple(paragraphs), (), "")


def group(*texts):
    return {"a": ArticleGroup("a", (article(*texts),))}


@pytest.mark.parametrize("head", ["Uno due.", "Uno due. Tre", "U", "Uno due. Tre quattro.", WHOLE[:-1]])
@pytest.mark.parametrize("level", ["paragraph", "sentence"])
def test_parts_and_their_sentences_hold_all_but_the_space_between(head, level):
    own = article(WHOLE) if level == "paragraph" else article(WHOLE, sentences=((0, len(WHOLE)),))
    splits = Splits(
        [decision("split", reference(WHOLE), text=head)], {"a": ArticleGroup("a", (own,))}, level
    ).by_article["a"]
    made = split_article(own, splits, level).paragraphs
    texts = [p.text[a:b] for p in made for a, b in p.sentences]
    units = [p.text for p in made] if level == "paragraph" else texts
    assert units == [head, WHOLE[len(head) :].strip()]
    assert "".join(texts).replace(" ", "") == WHOLE.replace(" ", "")
    assert {p.number for p in made} == {1}


def test_a_part_can_be_split_again_and_earlier_decisions_mean_the_parts():
    tail = "Tre quattro.  Cinque."
    log = [
        decision("approve", reference(WHOLE)),
        decision("split", reference(WHOLE), text="Uno due."),
        decision("split", reference(tail), text="Tre quattro."),
    ]
    resolved = resolve(log, group(WHOLE), "paragraph")
    assert resolved.plan("a").anchors == (frozenset({(0, 0), (0, 1), (0, 2)}),)
    assert resolved.with_result({}, {}).counts() == {"stands": 3}
    repaired = resolve([*log, decision("repair", reference("Cinque."))], group(WHOLE), "paragraph")
    assert repaired.plan("a").anchors == (frozenset({(0, 2)}),)


def test_a_split_of_another_text_is_stale_and_one_that_is_done_is_not():
    split = decision("split", reference(WHOLE), text="Uno due.")
    [(_, why)] = resolve([split], group("Altro."), "paragraph").stale()
    assert why == "the text has changed: it 1"
    [(_, why)] = resolve([decision("split", reference(WHOLE), text="Due")], group(WHOLE), "paragraph").stale()
    assert why == "its text does not begin with the first part"
    done = resolve([split], group("Uno due.", "Tre quattro.  Cinque."), "paragraph")
    assert not done.stale()
    assert not done.splits


def test_the_space_is_the_same_for_the_page():
    assert all(char.isspace() for char in SPACE)
    assert not any(
        char.isspace() for char in map(chr, range(0x21, 0x3100)) if char not in SPACE and char != "\x85"
    )


def letters(lines):
    """The letters of each language, which no split may lose."""
    return {
        code: sorted("".join("".join(line[code].split()) for line in lines)) for code in ("it", "ko", "pl")
    }


def test_the_next_run_obeys_and_apply_takes_it_in(samples):
    out = samples / "out"
    rows = read_rows(out, ("it", "ko", "pl"))
    row = next(
        r for r in rows if all(r.texts.values()) and r.texts["pl"].count(". ") and len(r.references) == 3
    )
    *others, whole = row.references
    assert whole.language == "pl"
    head, tail = row.texts["pl"].split(". ", 1)
    head = f"{head}."
    parts = [whole._replace(fingerprint=fingerprint(text)) for text in (head, tail)]
    log = [
        decision("split", whole, text=head, article=row.article),
        decision("repair", *others, parts[0], article=row.article),
        decision("repair", parts[1], article=row.article),
    ]
    told = replay(rows, log)
    assert (told.unapplied, told.retied) == (2, {row.id})
    saved = samples / "saved.csv"
    add_decisions(samples, log, backup=False)
    (samples / "decisions.csv").rename(saved)
    incoming = apply_file(saved, out)
    assert (incoming.warnings, incoming.conflicts, len(incoming.decisions)) == ([], [], 3)
    before = letters(read(out / "corpus.csv"))
    summary = run(Config(raw=samples / "raw", out=out), Silent())
    assert summary.decisions == {"stands": 3}
    lines = read(out / "corpus.csv")
    made = [line for line in lines if line["review"] == "repaired"]
    assert [line["pl"] for line in made] == [head, tail]
    assert {line["pl_paragraphs"] for line in made} == {str(whole.number)}
    assert letters(lines) == before
    again = replay(read_rows(out, ("it", "ko", "pl")), log)
    assert (again.unapplied, list(again.reviews.values())) == (0, ["repaired", "repaired"])
    assert run(Config(raw=samples / "raw", out=out), Silent()).decisions == {"stands": 3}
