"""Checks of meaning, with an encoder whose vectors say which concepts a text names."""

import zlib

import numpy as np

from pipeline.checks import check
from pipeline.datatypes import Paragraph, Row

LANGUAGES = ("it", "pl")
CONCEPTS = [f"{a}{b}" for a in ("gatto", "casa", "mare", "pane", "luna", "vino") for b in "abcdefgh"]


class ConceptEncoder:
    """A text's vector is the sum of its words' vectors; a word is the same in every language."""

    name, digest = "concepts", "0"

    def encode(self, texts, advance=lambda done: None):
        return np.array(
            [sum(map(self._word, text.split()), np.zeros(64)) for text in texts], dtype=np.float32
        )

    @staticmethod
    def _word(word):
        return np.random.default_rng(zlib.crc32(word.encode())).normal(size=64)


def make_rows(pairs):
    return [
        Row(
            "a",
            number,
            f"row{number}",
            LANGUAGES,
            tuple((Paragraph(number, "p", text, ((0, len(text)),), ""),) for text in texts),
            0.97,
            "aligned",
        )
        for number, texts in enumerate(pairs, 1)
    ]


def good_pairs(count=40):
    """Rows whose texts name the same eight concepts in another order, so that no check finds a copy."""
    rng = np.random.default_rng(7)
    pairs = []
    for _ in range(count):
        words = list(rng.choice(CONCEPTS, size=8, replace=False))
        pairs.append([" ".join(words), " ".join(reversed(words))])
    return pairs


def findings_of(pairs):
    findings = check(make_rows(pairs), ConceptEncoder())
    return [
        (int(finding.row_id[3:]), finding.rule)
        for finding in findings
        if finding.rule.startswith(("meaning.", "completeness."))
    ]


def test_rows_that_mean_the_same_raise_nothing():
    assert findings_of(good_pairs()) == []


def test_swapped_rows_are_both_found():
    pairs = good_pairs()
    pairs[9][1], pairs[10][1] = pairs[10][1], pairs[9][1]
    assert findings_of(pairs) == [(10, "meaning.swapped"), (11, "meaning.swapped")]


def test_rows_of_different_articles_are_never_swapped():
    pairs = good_pairs()
    pairs[9][1], pairs[10][1] = pairs[10][1], pairs[9][1]
    rows = make_rows(pairs)
    rows[10] = Row("b", *[getattr(rows[10], name) for name in Row.__slots__[1:]])
    found = {finding.rule for finding in check(rows, ConceptEncoder())}
    assert "meaning.swapped" not in found


def test_a_text_of_something_else_is_unrelated():
    pairs = good_pairs()
    pairs[20][1] = " ".join(f"altro{letter}" for letter in "abcdefgh")
    assert findings_of(pairs) == [(21, "meaning.unrelated")]


def test_a_missing_half_is_found_with_its_place():
    pairs = good_pairs()
    words = pairs[5][0].split()
    pairs[5][1] = " ".join(reversed(words[:4]))
    found = [
        f for f in check(make_rows(pairs), ConceptEncoder()) if f.rule == "completeness.partial"
    ]
    (finding,) = found
    start, end = map(int, finding.source_span.split("-"))
    assert finding.row_id == "row6"
    assert set(pairs[5][0][start:end].split()) <= set(words[3:])
    assert end == len(pairs[5][0])


def test_without_an_encoder_meaning_is_not_asked():
    pairs = good_pairs()
    pairs[9][1], pairs[10][1] = pairs[10][1], pairs[9][1]
    assert not any(finding.rule == "meaning.swapped" for finding in check(make_rows(pairs)))


def test_a_single_row_can_be_checked():
    check(make_rows(good_pairs(1)), ConceptEncoder())
