"""No letter gets lost: what people see in a document comes out of its reader, or there is a word about it.

`tests.making_documents.MAKERS` says for each format where text may stand. Letters and digits of what stands
there are counted in all that is made of the document: paragraphs, boilerplate included, metadata, repairs
and reasons of rejections.
"""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datatypes import Article, RawText, Rejection
from pipeline.detection.detector import LanguageDetector
from pipeline.ingestion.formats import EXTENSIONS
from pipeline.ingestion.ingest import read_file
from pipeline.segmentation.prepare import prepare
from tests.making_documents import MAKERS

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARTICLES = json.loads((FIXTURES / "articles.json").read_text(encoding="utf-8"))
DETECTOR = LanguageDetector(("it", "ko", "pl"))

FILLER = "Il mulino sul torrente macina ancora la farina per tutti i paesi della valle."
SAID = (
    "Quarantadue castagne rotolavano giù per le scale del municipio.",
    "Siedem żółtych łódek płynęło wczoraj powoli w stronę przystani.",
    "할머니는 시장에서 말린 고추 열두 근을 사 오셨다.",
)

_CONTROL = "a form control holds what somebody enters, not what the page says"
_FIELD = "fields of other names are not read; --field can name one as the body"

PAGES = ("html", "mhtml", "warc", "eml, HTML", "epub")

LOST = {
    **{
        (format, place): reason
        for format in PAGES
        for place, reason in {
            "choice": _CONTROL,
            "text field": _CONTROL,
            "drawing": "labels inside a drawing are no running text",
            "without scripts": "browsers show it only where scripts are switched off",
        }.items()
    },
    ("rss", "category"): "keywords of the feed, which articles.csv has no column for",
    **{(format, "field of another name"): _FIELD for format in ("json", "jsonl", "csv", "tsv")},
}
"""Places whose text gets lost, and why. A line goes as soon as its test passes."""

SEEN = [
    pytest.param(
        format,
        place,
        marks=[pytest.mark.xfail(reason=LOST[format, place], strict=True)] if (format, place) in LOST else [],
    )
    for format, maker in MAKERS.items()
    for place in maker.places
]


def letters(text):
    """The letters and digits of a text, in one form."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def came_out(path):
    """Everything that was made of a file, one text each."""
    for raw in read_file(path, path.name):
        yield from raw.metadata if isinstance(raw, RawText) else ()
        result = prepare(raw, DETECTOR)
        if isinstance(result, Rejection):
            # A rejected article is named in articles.csv; its text was read if it came as far as that.
            yield result.reason
            yield from [raw.text, *(block.text for block in raw.blocks)] if isinstance(raw, RawText) else ()
            continue
        assert isinstance(result, Article)
        yield from (paragraph.text for paragraph in result.paragraphs)
        yield from result.metadata
        yield from (text for change in result.changes for text in (change.before, change.after))


def missing(said, texts):
    """What of the texts that were said did not come out, with how many of its letters and digits.

    A text may come out in pieces, so if it is not there as a whole its words are looked for.
    """
    whole = letters(" ".join(texts))
    lost = []
    for place, text in said:
        if letters(text) not in whole:
            words = [word for word in text.split() if letters(word) not in whole]
            if words:
                lost.append(f"{place}: {sum(map(len, map(letters, words)))} of {len(letters(text))} letters "
                            f"and digits are missing: {' '.join(words)}")  # fmt: skip
    total = sum(map(Counter.total, (Counter(letters(text)) for _, text in said)))
    if not lost and len(whole) < total:
        lost.append(f"{total} letters and digits went in, {len(whole)} came out")
    return lost


def lost_in(tmp_path, format, said):
    """What gets lost of a document that says these texts in these places."""
    path = tmp_path / f"document.{MAKERS[format].extension}"
    path.write_bytes(MAKERS[format].made(said))
    return missing(said, list(came_out(path)))


def speakable(format, text):
    """The hand-made PDFs have a font without Hangul and Polish letters."""
    return format != "pdf" or text.isascii() or text == SAID[0]


def first_place(format):
    return next(iter(MAKERS[format].places))


@pytest.mark.parametrize(("format", "place"), SEEN)
def test_text_in_every_place_comes_out(tmp_path, format, place):
    for text in SAID:
        if speakable(format, text):
            filler = (first_place(format), FILLER)
            said = [
                filler,
                (place, text),
                (first_place(format), "E così finisce anche questa storia del mulino."),
            ]
            assert lost_in(tmp_path, format, said) == []


@pytest.mark.parametrize("format", [format for format in MAKERS if (format, first_place(format)) not in LOST])
@settings(max_examples=30)
@given(data=st.data())
def test_documents_of_many_places_lose_nothing(tmp_path_factory, format, data):
    places = [place for place in MAKERS[format].places if (format, place) not in LOST]
    chosen = data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=12))
    word = st.sampled_from(["gatto", "łódka", "사과", "pane", "świt", "강물", "x2", "1947"])
    said = [(first_place(format), FILLER)]
    for number, place in enumerate(chosen):
        words = data.draw(st.lists(word, min_size=1, max_size=6))
        text = " ".join([*words, f"n{number}z"])  # no two texts are equal
        said.append((place, text if format != "pdf" else re.sub("[^ -~]+", "e", text)))
    assert lost_in(tmp_path_factory.mktemp("loss"), format, said) == []


def test_every_format_has_a_maker():
    made = {EXTENSIONS[f".{maker.extension}"] for maker in MAKERS.values()}
    unmade = sorted(set(EXTENSIONS.values()) - made)
    assert not unmade, f"add a line to MAKERS for {', '.join(unmade)}"


def test_a_loss_is_noticed_and_named():
    said = [("heading", "Due gatti neri"), ("note", "Tre 3 cani")]
    assert missing(said, ["Due gatti", "neri tre", "3 cani"]) == []
    assert missing(said, ["Due gatti neri", "Tre cani"]) == ["note: 1 of 8 letters and digits are missing: 3"]
    assert missing([("a", "ora ora"), ("b", "ora")], ["ora ora"]) == [
        "9 letters and digits went in, 6 came out"
    ]


# What common programs write.

FILES = sorted((FIXTURES / "formats").iterdir())
LANGUAGES = {"saved.mhtml": ["it"], "mail.eml": ["pl"]}
"""The languages of files that hold not all of them and do not say so in their names."""
NO_AUTHOR = ("own.", "saved.", "crawl.")
"""How the names of files begin that do not say who wrote them."""


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_files_of_common_programs_lose_nothing(path):
    named = [code for code in ARTICLES if f".{code}." in path.name]
    facts = ["title"] if path.name.startswith(NO_AUTHOR) else ["title", "author"]
    said = [
        (f"{kind} in {code}", text)
        for code in named or LANGUAGES.get(path.name, list(ARTICLES))
        for kind, text in [*((fact, ARTICLES[code][fact]) for fact in facts), *ARTICLES[code]["blocks"]]
    ]
    assert missing(said, list(came_out(path))) == []
