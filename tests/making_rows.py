"""Rows for the tests of the checks."""

from pipeline.bitexts.limits import beyond_limits
from pipeline.bitexts.segments import Limit, Segment
from pipeline.checks.check import check
from pipeline.checks.families.terms import Glossary
from pipeline.checks.glossary import term_of
from pipeline.checks.vectors import vectors_of_rows
from pipeline.datatypes import Paragraph, Row
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import load_encoder
from pipeline.segmentation.sentences import split_sentences


def make_row(texts, confidence=0.97, number=1, article="a", moved=False, alone=""):
    """A row with one paragraph for each text; "" makes an empty cell."""
    cells = tuple(
        (Paragraph(1, "paragraph", text, split_sentences(text, language), ""),) if text else ()
        for language, text in texts.items()
    )
    filled = sum(map(bool, cells))
    status = "aligned" if filled == len(cells) else "partial" if filled > 1 else "unmatched"
    return Row(article, number, f"row{number}", tuple(texts), cells, confidence, status, moved, alone=alone)


def limited(example):
    """The segment of an example whose translation may have only so many characters."""
    texts = dict(zip(example.languages, example.rows[0], strict=True))
    size = len(texts[example.languages[-1]])
    return Segment("1", texts, limits=(Limit(0, example.limit, size, "characters"),))


def glossary_line(languages, words):
    """A glossary of one line, with a word for every language or one for all."""
    names = languages if len(words) > 1 else ("",)
    return Glossary([term_of(zip(names, [False] * len(words), words, strict=True))])


def rules_of_example(example, confidence=0.97, with_vectors=False):
    """The rules that an example of `pipeline.checks.rules` breaks."""
    rows = [
        make_row(
            dict(zip(example.languages, texts, strict=True)),
            confidence,
            number,
            moved=example.moved,
            alone=example.alone,
        )
        for number, texts in enumerate(example.rows, 1)
    ]
    vectors = vectors_of_rows(rows, load_encoder(str(EMBEDDED_MODEL))) if with_vectors else None
    glossary = glossary_line(example.languages, example.glossary) if example.glossary else None
    own = [beyond_limits(limited(example), example.languages)] if example.limit else ()
    return [finding.rule for finding in check(rows, vectors, glossary, own=own)]
