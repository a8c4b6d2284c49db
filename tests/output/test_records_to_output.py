"""Embedding input, groups, rows and verdicts: what stands between the stages."""

import numpy as np
import pytest

from pipeline.alignment.align import AlignedRow
from pipeline.alignment.joint import Tie
from pipeline.datatypes import Article, Paragraph, Rejection
from pipeline.embedding.vectors import MIN_RELATIVE_NORM, block_norms, embed
from pipeline.matching.groups import article_groups
from pipeline.matching.match import Candidate, Matching
from pipeline.matching.profiles import profile_of
from pipeline.matching.verdicts import shared_text, verdicts
from pipeline.rows.from_alignment import group_rows, number_repeats


def article(file, language, *texts):
    """An article whose sentences are the parts between bars."""
    paragraphs = []
    for number, text in enumerate(texts, start=1):
        spans, start = [], 0
        for part in text.split("|"):
            spans.append((start, start + len(part)))
            start += len(part)
        paragraphs.append(Paragraph(number, "paragraph", text.replace("|", ""), tuple(spans), language))
    return Article(file, language, 1.0, tuple(paragraphs), (), "utf-8")


class Counting:
    """Encodes a text as its length and its number of vowels, and remembers what it was asked."""

    name = digest = "counting"

    def __init__(self):
        self.centres = {}
        self.asked = []

    def encode(self, texts, advance=lambda done: None):
        self.asked += texts
        return np.array(
            [[len(t), sum(t.count(v) for v in "aeiou")] for t in texts], dtype=np.float32
        ).reshape(-1, 2)


def test_texts_keep_sentences_paragraphs_and_breaks():
    [text] = embed([article("a.txt", "it", "Un titolo", "Primo passo.| Secondo!", "Terzo")], Counting())
    assert text.paragraph.tolist() == [0, 1, 1, 2]
    assert text.starts.tolist() == [True, True, False, True]
    assert text.closed.tolist() == [False, True, True, False]
    assert text.firm_starts.tolist() == [True, False, False, True]
    assert text.lengths.tolist() == [8, 11, 8, 5]
    assert text.paragraphs == 3


def test_a_name_repeated_in_latin_script_does_not_make_a_sentence_longer():
    [text] = embed([article("a", "ko", "존슨(Johnson)은 왔다.|그는 (다시) 갔다.|NATO (UN) 회의")], Counting())
    assert text.lengths.tolist() == [len("존슨은왔다."), len("그는(다시)갔다."), len("NATO(UN)회의")]


def test_a_repeated_sentence_is_encoded_once():
    encoder = Counting()
    texts = embed([article("a", "it", "ciao|uno", "ciao")], encoder)
    assert encoder.asked == ["ciao", "uno"]
    np.testing.assert_allclose(texts[0].sums[0], texts[0].sums[2])


def test_vectors_are_centred_by_article():
    long = article("a", "it", *["aa|ba"] * 1000)
    texts = embed([long, article("k", "ko", "aa")], Counting())
    assert abs(texts[0].sums.mean()) < 0.1
    assert texts[1].sums[0, 0] > 1


def test_a_short_article_is_centred_by_its_language():
    texts = embed([article(str(k), "it", "aa|ba") for k in range(2000)], Counting())
    assert abs(np.mean([text.sums for text in texts])) < 0.1


def test_what_comes_with_the_model_does_not_depend_on_the_collection():
    encoder = Counting()
    encoder.centres = {"it": np.array([3, 1], dtype=np.float32)}
    one = article("a", "it", "un gatto|nero", "due")
    alone, among_others = embed([one], encoder)[0], embed([article("b", "it", "altro"), one], encoder)[1]
    np.testing.assert_array_equal(alone.sums, among_others.sums)


def test_a_language_alone_is_hardly_centred():
    [text] = embed([article("a", "it", "aaaa")], Counting())
    assert text.sums[0].tolist() == pytest.approx([4 * 4 * (1 - 2 / 31 + 1 / 31**2)] * 2)


@pytest.mark.parametrize("n", range(6))
def test_norms_of_neighbours_are_those_of_their_sums(n):
    vectors = np.random.default_rng(n).normal(size=(n, 9)).astype(np.float32)
    expected = np.zeros((3, n))
    for k in range(3):
        for i in range(n - k):
            expected[k, i] = np.linalg.norm(vectors[i : i + k + 1].sum(axis=0))
    np.testing.assert_allclose(block_norms(vectors), expected, rtol=1e-5)


def test_vectors_that_cancel_each_other_have_no_norm_to_divide_rounding_by():
    vector = np.random.default_rng(1).normal(size=9).astype(np.float32)
    norm = np.linalg.norm(vector)
    assert block_norms(np.stack([vector, -vector]))[1, 0] == pytest.approx(MIN_RELATIVE_NORM * norm * 2**0.5)
    assert block_norms(np.zeros((2, 9), dtype=np.float32)).tolist() == [[0, 0], [0, 0], [0, 0]]


ARTICLES = [
    article("b.txt", "ko", "하나", "둘"),
    article("a.txt", "it", "uno", "due", "uno"),
    article("c.txt", "pl", "inne"),
    article("d.txt", "it", "uno", "due"),
]
MATCHING = Matching([(0, 1)], {3: 1}, {2: Candidate(1, 0.02), 0: Candidate(3, 0.3)}, {(0, 1): 0.98})


def grouped(articles, matching, languages):
    """The groups with their texts, and the numbers of their members."""
    groups = article_groups([profile_of(article) for article in articles], matching, languages)
    return [(group.with_texts(articles), group.members) for group in groups]


def aligned(*rows):
    return [AlignedRow(tuple(nodes), confidence) for nodes, confidence in rows]


@pytest.fixture
def groups():
    return grouped(ARTICLES, MATCHING, ("it", "ko", "pl"))


def test_groups_stand_in_configured_order(groups):
    [(group, members)] = groups
    assert group.languages == ("it", "ko")
    assert members == (1, 0)
    [(other, _)] = grouped(ARTICLES, MATCHING, ("ko", "it"))
    assert other.languages == ("ko", "it")


def test_rows_carry_texts_status_and_ids(groups):
    [(group, _)] = groups
    rows = group_rows(group, aligned((((0, 0), (1, 0)), 0.9), (((0, 1),), 0.8), (((0, 2), (1, 1)), 0.7)))
    assert [(row.text("it"), row.text("ko"), row.text("pl")) for row in rows] == [
        ("uno", "하나", ""),
        ("due", "", ""),
        ("uno", "둘", ""),
    ]
    assert [row.status for row in rows] == ["aligned", "unmatched", "aligned"]
    assert [row.number for row in rows] == [1, 2, 3]
    assert len({row.id for row in rows}) == 3


def test_the_same_texts_have_the_same_id_wherever_they_stand(groups):
    [(group, _)] = groups
    alone = [row.id for row in group_rows(group, aligned((((0, 0),), 1.0)))]
    later = [row.id for row in group_rows(group, aligned((((0, 1),), 1.0), (((0, 2),), 1.0)))]
    assert later[1] == alone[0]
    assert later[0] != alone[0]
    repeated = group_rows(group, aligned((((0, 0),), 1.0), (((0, 2),), 1.0)))
    assert list(number_repeats(row.id for row in repeated)) == [alone[0], f"{alone[0]}-2"]


def test_one_text_in_two_paragraphs_is_not_the_text_in_one():
    joined = grouped(
        [article("a", "it", "uno\n\ndue"), article("b", "ko", "셋")],
        Matching([(0, 1)], {}, {}, {(0, 1): 1.0}),
        ("it", "ko"),
    )
    parted = grouped(
        [article("a", "it", "uno", "due"), article("b", "ko", "셋")],
        Matching([(0, 1)], {}, {}, {(0, 1): 1.0}),
        ("it", "ko"),
    )
    [one] = group_rows(joined[0][0], aligned((((0, 0), (1, 0)), 1.0)))
    [two] = group_rows(parted[0][0], aligned((((0, 0), (0, 1), (1, 0)), 1.0)))
    assert one.text("it") == two.text("it")
    assert one.id != two.id


def test_the_rival_of_a_row_is_the_paragraph_outside_it(groups):
    [(group, _)] = groups
    alignment = [AlignedRow(((0, 0), (1, 0)), 0.6, Tie(0.3, (0, 2), (1, 0))), AlignedRow(((0, 2),), 0.7)]
    [row, other] = group_rows(group, alignment)
    assert row.rival == ("it", 3, 0.3)
    assert other.rival is None


def judged(rows, articles=ARTICLES, matching=MATCHING):
    """The verdicts of files of which at most one article is made, by file."""
    rejected = [Rejection("0.bin", "holds no text")]
    profiles = [profile_of(article) for article in articles]
    groups = article_groups(profiles, matching, ("it", "ko", "pl"))
    shares = {group.id: shared_text(rows) for group in groups}
    return {v.file: v for v in verdicts(profiles, rejected, matching, groups, shares)}


def test_every_file_has_a_verdict(groups):
    [(group, _)] = groups
    rows = group_rows(group, aligned((((0, 0), (1, 0)), 0.9), (((0, 1), (0, 2), (1, 1)), 0.8)))
    found = judged(rows)
    assert {file: v.verdict for file, v in found.items()} == {
        "0.bin": "rejected",
        "a.txt": "parallel",
        "b.txt": "parallel",
        "c.txt": "alone",
        "d.txt": "duplicate",
    }
    assert list(found) == sorted(found)
    assert found["a.txt"].article == found["b.txt"].article == group.id
    assert found["c.txt"].article == found["d.txt"].article == ""
    assert "a.txt" in found["d.txt"].reason
    assert found["0.bin"].reason == "holds no text"


def test_the_nearest_and_a_likely_rival_are_named_with_their_probability(groups):
    [(group, _)] = groups
    rows = group_rows(group, aligned((((0, 0), (0, 1), (0, 2), (1, 0), (1, 1)), 1.0)))
    found = judged(rows)
    assert f"{ARTICLES[1].file} (probability 0.02)" in found["c.txt"].reason
    assert f"rival is {ARTICLES[3].file} (probability 0.30)" in found[ARTICLES[0].file].reason
    assert "rival" not in found[ARTICLES[1].file].reason


def test_a_file_that_nothing_is_near_is_told_from_one_that_has_nothing_to_compare():
    files = [article("a", "it", "uno"), article("b", "ko", "하나")]
    nothing = Matching([], {}, {}, {})
    assert "near" in judged([], files, nothing)["a"].reason
    assert "no file" in judged([], files[:1], nothing)["a"].reason


def test_a_confidence_counts_the_chance_that_the_files_are_different_articles(groups):
    [(group, _)] = groups
    both, alone = group_rows(group, aligned((((0, 0), (1, 0)), 0.5), (((0, 1),), 0.5)))
    assert both.confidence == pytest.approx(0.49)
    assert alone.confidence == 0.5


def test_a_partial_translation_is_told_from_a_whole_one(groups):
    [(group, _)] = groups
    rows = group_rows(
        group, aligned((((0, 0), (1, 0)), 0.9), (((0, 1),), 0.9), (((0, 2),), 0.9), (((1, 1),), 0.9))
    )
    found = judged(rows)
    assert found["a.txt"].verdict == "partial"
    assert found["a.txt"].score == pytest.approx(1 / 3)


def test_a_summary_is_a_partial_translation_whatever_it_shares_a_row_with():
    long = [
        f"{number}. " + "frase con molte parole che il riassunto lascia fuori " * 4 for number in range(3)
    ]
    files = [article("a", "it", *long), article("b", "ko", "짧은 요약 하나", "짧은 요약 둘", "짧은 요약 셋")]
    matching = Matching([(0, 1)], {}, {}, {(0, 1): 1.0})
    [(group, _)] = grouped(files, matching, ("it", "ko"))
    rows = group_rows(group, aligned(*((((0, k), (1, k)), 1.0) for k in range(3))))
    found = judged(rows, files, matching)
    assert {found["a"].verdict, found["b"].verdict} == {"partial"}


def test_rows_of_sentences_keep_the_numbers_of_their_paragraphs():
    files = [article("a", "it", "Uno.| Due.", "Tre."), article("b", "ko", "하나.", "둘.| 셋.")]
    [(group, _)] = grouped(files, Matching([(0, 1)], {}, {}, {(0, 1): 1.0}), ("it", "ko"))
    rows = group_rows(group, aligned((((0, 0), (1, 0)), 1.0), (((0, 1), (0, 2), (1, 1)), 1.0)), "sentence")
    assert [row.text("it") for row in rows] == ["Uno.", " Due.\n\nTre."]
    assert [[p.number for p in row.cells[0]] for row in rows] == [[1], [1, 2]]
    assert [[p.number for p in row.cells[1]] for row in rows] == [[1], [2]]
