"""Texts as vectors: what counts for an article as a whole, and what does not."""

import numpy as np

from pipeline.datatypes import Article, Paragraph
from pipeline.embedding.codecs import decode_text, encode_text
from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.embedding.encoders import load_encoder
from pipeline.embedding.vectors import article_vector_of, embed_article

PROSE = ("Il forno va acceso un'ora prima.", "Le teglie stanno sul tavolo grande.")
CODE = "heat --oven 2 --to 220\nwait --for 12m"


def _article(*texts):
    paragraphs = tuple(
        Paragraph(number, "code" if text == CODE else "paragraph", text, ((0, len(text)),), "")
        for number, text in enumerate(texts, start=1)
    )
    return Article("a", "it", 1.0, paragraphs, (), "utf-8")


def test_code_does_not_count_for_the_vector_of_an_article():
    encoder = load_encoder(str(EMBEDDED_MODEL))
    without = article_vector_of(embed_article(_article(*PROSE), encoder))
    text = embed_article(_article(PROSE[0], CODE, PROSE[1]), encoder)
    assert text.has_meaning.tolist() == [True, False, True]
    np.testing.assert_array_equal(article_vector_of(text).total, without.total)
    assert article_vector_of(text).sentences == 2
    prose = text.prose()
    assert prose.paragraph.tolist() == [0, 2]
    np.testing.assert_array_equal(prose.sums, text.sums[[0, 2]])


def test_code_survives_storage():
    text = embed_article(_article(PROSE[0], CODE), load_encoder(str(EMBEDDED_MODEL)))
    again = decode_text(b"".join(encode_text(text)), "it")
    assert again.has_meaning.tolist() == [True, False]
    assert again.closed.tolist() == text.closed.tolist() == [True, False]


def test_a_text_of_nothing_but_code_is_compared_by_it():
    text = embed_article(_article(CODE), load_encoder(str(EMBEDDED_MODEL)))
    assert text.prose() is text
    assert article_vector_of(text).sentences == 1


def test_the_tags_of_a_message_have_no_say():
    encoder = load_encoder(str(EMBEDDED_MODEL))
    plain = embed_article(_article("Scarica", "Apri il menu e scegli"), encoder)
    tagged = embed_article(
        _article("<0>Scarica</0>", "Apri <1>il menu</1> e <a href='x'>scegli</a>"), encoder
    )
    np.testing.assert_allclose(tagged.sums, plain.sums, rtol=1e-6)
    np.testing.assert_array_equal(tagged.surface.sizes, plain.surface.sizes)
