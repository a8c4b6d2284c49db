"""Which texts are matched, which are left alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alignment.band import inner_products
from pipeline.alignment.likeness import Likeness
from pipeline.embedding.vectors import ArticleVectors
from pipeline.matching.belief import learn, log_odds, prior_mixture, rank
from pipeline.matching.candidates import by_language, candidate_pairs
from pipeline.matching.company import with_company
from pipeline.matching.index import indexed, notes_on_search
from pipeline.matching.join import beliefs, join
from pipeline.matching.match import match
from pipeline.matching.nearest import Rows, exact, exact_among, near_pairs
from pipeline.matching.neighbours import Neighbours
from pipeline.matching.versions import _versions, find_versions, same_text
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)
PRIOR = prior_mixture(LIKENESS)


@pytest.fixture
def rng():
    return np.random.default_rng(11)


def article(rng, languages, sentences=10):
    said = meanings(rng, sentences)
    return [text_of(rng, language, said, [1] * sentences) for language in languages]


def test_articles_are_found_among_others(rng):
    texts = article(rng, ["it", "ko", "pl"]) + article(rng, ["pl", "it"]) + article(rng, ["ko"])
    assert match(texts, LIKENESS).groups == [(0, 1, 2), (3, 4)]


def test_same_topic_is_not_the_same_article(rng):
    topic = 0.5 * meanings(rng, 1)  # sentences of one topic then have cosines of 0.12, as in real news
    texts = [text_of(rng, language, meanings(rng, 12) + topic, [1] * 12) for language in ("it", "ko", "pl")]
    assert match(texts, LIKENESS).groups == []


def weak_pairs(rng, count):
    """Free translations: half of their sentences say something else."""
    texts = []
    for _ in range(count):
        said = meanings(rng, 12)
        other = np.where(np.arange(12)[:, None] % 2, said, meanings(rng, 12))
        texts += [text_of(rng, "it", said, [1] * 12), text_of(rng, "ko", other, [1] * 12)]
    return texts


def near_copies(rng, count):
    """Notices that hardly differ, in two languages each."""
    said = meanings(rng, 12)
    texts = []
    for _ in range(count):
        own = np.concatenate([said[:10], meanings(rng, 2)])
        texts += [text_of(rng, "it", own, [1] * 12), text_of(rng, "ko", own, [1] * 12)]
    return texts


def whole_sets(rng, count):
    """Articles in all three languages."""
    return [text for _ in range(count) for text in article(rng, ["it", "ko", "pl"])]


@pytest.mark.parametrize("one", [weak_pairs, whole_sets])
@pytest.mark.parametrize("company", [weak_pairs, near_copies, whole_sets])
def test_a_collection_keeps_its_pairs_in_any_company(rng, one, company):
    texts = one(rng, 12)
    alone = match(texts, LIKENESS).groups
    beside = match([*texts, *company(rng, 40)], LIKENESS).groups
    assert len(alone) >= 11
    assert [group for group in beside if group[0] < len(texts)] == alone


def test_a_summary_belongs_to_its_article(rng):
    said = meanings(rng, 20)
    texts = [text_of(rng, "it", said, [1] * 20), text_of(rng, "ko", said[::3], [1] * 7)]
    assert match(texts, LIKENESS).groups == [(0, 1)]


def test_the_longer_of_two_versions_is_matched(rng):
    said = meanings(rng, 20)
    whole = text_of(rng, "it", said, [1] * 20)
    first = text_of(rng, "it", said[:-1], [1] * 19, noise=0)
    first.sums[:] = whole.sums[:-1]
    korean = text_of(rng, "ko", said, [1] * 20)
    others = [text_of(rng, "it", meanings(rng, 20), [1] * 20) for _ in range(8)]
    found = match([first, whole, korean, *others], LIKENESS)
    assert found.groups == [(1, 2)]
    assert found.version_of == {0: 1}


def test_a_group_has_one_text_a_language(rng):
    said = meanings(rng, 12)
    texts = [text_of(rng, language, said, [1] * 12) for language in ("it", "it", "ko")]
    groups = match(texts, LIKENESS).groups
    assert len(groups) == 1
    assert sorted(texts[k].language for k in groups[0]) == ["it", "ko"]


def test_the_nearest_is_known_of_a_text_that_stays_alone(rng):
    texts = article(rng, ["it"]) + article(rng, ["ko"])
    nearest = match(texts, LIKENESS).nearest
    assert {article: found.article for article, found in nearest.items()} == {0: 1, 1: 0}
    assert all(found.probability < 0.5 for found in nearest.values())


def test_the_rival_of_a_matched_text_is_no_text_of_its_group(rng):
    found = match(article(rng, ["it", "ko"]) + article(rng, ["it", "ko"]), LIKENESS)
    assert found.groups == [(0, 1), (2, 3)]
    assert {(k, rival.article) for k, rival in found.nearest.items()} <= {(0, 3), (3, 0), (1, 2), (2, 1)}


def test_no_texts_and_one_language(rng):
    assert match([], LIKENESS).groups == []
    assert match(article(rng, ["it"]), LIKENESS).nearest == {}


def test_beliefs_are_probabilities_of_the_pairs_of_groups(rng):
    found = match(article(rng, ["it", "ko", "pl"]) + article(rng, ["pl", "it"]), LIKENESS)
    assert set(found.belief) == {(0, 1), (0, 2), (1, 2), (3, 4)}
    assert all(0.5 < probability <= 1 for probability in found.belief.values())


def collection(translated, other):
    """Evidence of 40 pairs of Italian and Korean texts, each with a runner-up, and of a pair of strays."""
    evidence = {(2 * k, 2 * k + 1): strength for k, strength in enumerate(translated)}
    evidence |= {(2 * k, (2 * k + 3) % 80): other * (0.5 + k / 40) for k in range(0, 40, 2)}
    evidence = {(min(pair), max(pair)): strength for pair, strength in evidence.items()}
    return evidence | {(80, 81): 3.0}, ["it", "ko"] * 41


def odds_of(pairs, evidence, languages, kin=None, literal=None):
    """Log-odds of pairs, of which nothing else is known."""
    pairs = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ranking = rank(pairs, np.array(evidence, dtype=np.float64), languages)
    mixture = learn(ranking, languages, range(len(languages)), PRIOR)
    kin = np.full((len(languages), 1), -1) if kin is None else kin
    literal = np.zeros(len(pairs)) if literal is None else np.array(literal)
    return log_odds(pairs, literal, languages, kin, ranking, mixture, PRIOR)


@pytest.mark.parametrize(("usual", "others", "is_translation"), [(12.0, 3.0, False), (4.0, -3.0, True)])
def test_how_much_evidence_makes_a_translation_depends_on_the_kin(usual, others, is_translation):
    evidence, languages = collection([usual + 0.1 * (k % 9 - 4) for k in range(40)], others)
    kin = np.full((82, 10), -1)
    kin[80], kin[81] = range(0, 20, 2), range(1, 21, 2)
    odds = odds_of(list(evidence), list(evidence.values()), languages, kin)
    assert (odds[-1] > odds_of(list(evidence), list(evidence.values()), languages)[-1]) == is_translation


def test_near_copies_of_others_take_nothing_from_a_pair():
    alone = odds_of([(0, 1)], [5.0], ["it", "ko"])
    copies = [(2 + 2 * k, 3 + 2 * j) for k in range(20) for j in range(20)]
    evidence = [9.0 + (k == j) for k in range(20) for j in range(20)]
    beside = odds_of([(0, 1), *copies], [5.0, *evidence], ["it", "ko"] * 21)
    assert alone[0] > 2
    assert beside[0] > 2


@pytest.mark.parametrize("known", [True, False])
def test_where_kin_have_near_copies_a_lone_candidate_is_believed_less(known):
    """Each of the Italian texts 2, 4, ... has a Korean translation and a further candidate."""
    kin = np.full((44, 10), -1)
    if known:
        kin[0] = range(2, 22, 2)
    theirs = range(2, 22, 2)
    pairs = [(0, 1), *(pair for k in theirs for pair in ((k, k + 1), (k, 22 + k + 1)))]
    languages = ["it", "ko"] * 22
    plain, doubted = (
        odds_of(pairs, [10.0, *[10.0, second] * 10], languages, kin)[0] for second in (-1.0, 9.5)
    )
    assert plain > 5
    assert (doubted < plain - 2) == known


def test_literals_tell_near_copies_apart():
    pairs, evidence = [(0, 1), (0, 3), (1, 2), (2, 3)], [9.0, 9.5, 9.4, 9.1]
    same, other = odds_of(pairs, evidence, ["it", "ko", "it", "ko"], literal=[5.0, -7.0, -7.0, 5.0])[:2]
    assert same > 0 > other


def test_literals_say_little_where_there_is_no_copy():
    alone, doubted = (
        odds_of([(0, 1)], [9.0], ["it", "ko"]),
        odds_of([(0, 1)], [9.0], ["it", "ko"], literal=[-3]),
    )
    assert 0 < doubted[0] < alone[0]


def test_an_empty_collection_leaves_what_was_thought_before():
    mixture = learn(rank(np.zeros((0, 2), dtype=np.int64), np.zeros(0), []), [], [], PRIOR)
    assert mixture == pytest.approx(PRIOR)


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.integers(-2, 2)))
def test_candidates_are_ranked_by_their_evidence_then_by_their_pair(found):
    languages = ["pl", "it", "ko", "it", "pl", "ko", "ko", "it", "pl", "pl"]
    pairs = [(a, b) for a, b in sorted(found) if a < b and languages[a] != languages[b]]
    evidence = np.array([found[pair] for pair in pairs], dtype=np.float64)
    ranking = rank(np.array(pairs, dtype=np.int64).reshape(-1, 2), evidence, languages)
    best = {}
    for text in range(10):
        for code, language in enumerate(["it", "ko", "pl"]):
            both = [k for k, pair in enumerate(pairs) if text in pair]
            own = [k for k in both if languages[sum(pairs[k]) - text] == language]
            expected = [-1, -1, *sorted(own, key=lambda k: (evidence[k], k))]
            assert [ranking.second[text, code], ranking.best[text, code]] == expected[-2:]
            best[text, language] = expected[-1]
    mutual = [k for k, (a, b) in enumerate(pairs) if best[a, languages[b]] == best[b, languages[a]] == k]
    assert ranking.mutual.tolist() == mutual


def test_odds_rise_with_the_evidence_and_need_some():
    steps = np.linspace(-2, 30, 200)
    odds = np.array([odds_of([(0, 1)], [evidence], ["it", "ko"])[0] for evidence in steps])
    assert (np.diff(odds) >= -1e-9).all()
    assert (odds[steps <= 0] < -10).all()


def triples_and_a_pair(triples):
    groups = [(3 * k, 3 * k + 1, 3 * k + 2) for k in range(triples)] + [(900, 901)]
    return {(a, b): 1.5 for group in groups for a in group for b in group if a < b}, groups


def test_a_pair_among_whole_sets_is_suspect():
    odds, groups = triples_and_a_pair(60)
    assert with_company(odds, groups, 3)[900, 901] < 0


def test_a_pair_among_pairs_is_not():
    groups = [(2 * k, 2 * k + 1) for k in range(60)]
    odds = with_company(dict.fromkeys(groups, 1.5), groups, 3)
    assert odds[0, 1] > 1


def test_two_languages_in_all_have_nothing_to_miss():
    assert with_company({(0, 1): 1.5}, [(0, 1)], 2) == {(0, 1): 1.5}


def test_a_file_joins_only_if_all_its_odds_together_speak_for_it():
    languages = ["it", "ko", "pl"]
    edges = [(0, 1), (0, 2)]
    assert join({(0, 1): 5.0, (0, 2): 1.0, (1, 2): -0.5}, edges, languages) == [(0, 1, 2)]
    assert join({(0, 1): 5.0, (0, 2): 1.0}, edges, languages) == [(0, 1)]


def test_a_pair_is_as_sure_as_the_surest_chain():
    belief = beliefs([(0, 1, 2)], {(0, 1): 5.0, (1, 2): 5.0, (0, 2): -4.0})
    assert belief[0, 2] == pytest.approx(belief[0, 1] * belief[1, 2])


def test_the_search_in_blocks_is_exact(rng, monkeypatch):
    vectors = meanings(rng, 60)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    languages = ["it", "ko", "pl"] * 20
    monkeypatch.setattr("pipeline.matching.candidates.MARGIN", 2.0)
    whole = candidate_pairs(Neighbours(vectors), by_language(languages))
    monkeypatch.setattr("pipeline.matching.nearest._CELLS", 140)
    monkeypatch.setattr("pipeline.matching.nearest._WIDTH", 7)
    np.testing.assert_array_equal(candidate_pairs(Neighbours(vectors), by_language(languages)), whole)
    nearness = vectors @ vectors.T
    for k in range(60):
        for language in {"it", "ko", "pl"} - {languages[k]}:
            others = [j for j in range(60) if languages[j] == language]
            best = max(others, key=lambda j: nearness[k, j])
            assert [min(k, best), max(k, best)] in whole.tolist()


@pytest.mark.parametrize(("n", "m", "count"), [(1, 1, 4), (3, 9, 4), (30, 20, 4), (30, 20, 1)])
def test_the_nearest_are_found_in_both_directions_the_first_of_equal_ones_first(
    rng, monkeypatch, n, m, count
):
    monkeypatch.setattr("pipeline.matching.nearest._CELLS", 64)
    monkeypatch.setattr("pipeline.matching.nearest._WIDTH", 16)
    these, those = (rng.integers(-1, 2, size=(k, 3)).astype(np.float32) for k in (n, m))
    nearness = these @ those.T
    for (cosines, places), expected in zip(
        exact(Rows.of(these), Rows.of(those), count), (nearness, nearness.T), strict=True
    ):
        order = np.argsort(-expected, axis=1, kind="stable")[:, :count]
        np.testing.assert_array_equal(places, order)
        np.testing.assert_array_equal(cosines, np.take_along_axis(expected, order, axis=1))


@pytest.mark.parametrize("few", [0, 1 << 16])
@pytest.mark.parametrize(("n", "count"), [(1, 4), (9, 4), (40, 4), (40, 1)])
def test_the_nearest_among_vectors_are_those_of_all_with_all(rng, monkeypatch, n, count, few):
    monkeypatch.setattr("pipeline.matching.nearest._CELLS", 64)
    monkeypatch.setattr("pipeline.matching.nearest._WIDTH", 16)
    monkeypatch.setattr("pipeline.matching.nearest._FEW", few)
    vectors = rng.integers(-1, 2, size=(n, 3)).astype(np.float32)  # many are equally near
    (cosines, places), (expected, _) = (
        exact_among(Rows.of(vectors), count),
        exact(Rows.of(vectors), Rows.of(vectors), count),
    )
    np.testing.assert_array_equal(cosines, expected[0])
    np.testing.assert_array_equal(places, expected[1])


@pytest.mark.parametrize("cells", [1, 50, 1000])
def test_near_pairs_are_those_above_the_diagonal(rng, monkeypatch, cells):
    monkeypatch.setattr("pipeline.matching.nearest._CELLS", cells)
    monkeypatch.setattr("pipeline.matching.nearest._WIDTH", 16)
    monkeypatch.setattr("pipeline.matching.nearest._COMPARED", 7)
    vectors = rng.normal(size=(60, 9)).astype(np.float32)
    vectors[30:] = vectors[:30] + rng.normal(size=(30, 9)) * rng.random((30, 1))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    for least in (0.9, 0.5, 0.0):
        expected = np.argwhere(np.triu(vectors @ vectors.T >= least, 1)).tolist()
        assert len(expected) > 0
        assert near_pairs(Rows.of(vectors), least).tolist() == expected


def test_copies_are_compared_with_one_and_not_with_each_other(rng):
    texts = article(rng, ["it"]) * 40 + article(rng, ["it"])
    asked = []

    def same(pairs):
        asked.extend(pairs)
        return [texts[a] is texts[b] for a, b in pairs]

    article_vectors = ArticleVectors.of(texts)
    vectors = article_vectors.totals.copy()
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors[40] = vectors[0]  # near, and not the same
    none = [np.zeros(0, dtype=np.uint64)] * len(texts)
    found = find_versions(article_vectors, Neighbours(vectors), same, none)
    assert found == dict.fromkeys(range(1, 40), 0)
    assert len(asked) < 2 * len(texts)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=40))
def test_asking_in_steps_finds_what_asking_all_finds(answers):
    near = {(min(a, b), max(a, b)): same for a, b, same in answers if a != b}
    pairs = sorted(near)
    expected = {}
    for kept, other in pairs:
        if near[kept, other] and kept not in expected and other not in expected:
            expected[other] = kept
    known = {}
    for step in range(10):
        found, questions = _versions(pairs, known, 1 << step)
        if not questions:
            break
        known |= {pair: near[pair] for pair in questions}
    assert found == expected
    assert not questions


def test_the_index_finds_nearly_all_that_the_exact_search_finds(rng):
    vectors = rng.standard_normal((3000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (cosines, places), _ = exact(Rows.of(vectors[:500]), Rows.of(vectors), 4)
    found, there = indexed(vectors[:500], vectors, 4)
    hits = sum(len({*a} & {*b}) for a, b in zip(places.tolist(), there.tolist(), strict=True))
    assert hits >= 0.99 * places.size
    assert found[:, 0] == pytest.approx(cosines[:, 0], abs=1e-5)
    again = indexed(vectors[:500], vectors, 4)
    assert np.array_equal(again[1], there)


def test_many_articles_are_matched_by_the_index_as_few_are(rng, monkeypatch):
    texts = [text for _ in range(12) for text in article(rng, ["it", "ko", "pl"])]
    texts.append(texts[0])  # another version of the first
    expected = match(texts, LIKENESS)
    assert expected.version_of
    monkeypatch.setattr("pipeline.matching.index.EXACT_UP_TO", 5)
    assert match(texts, LIKENESS) == expected
    assert "index" in notes_on_search(6)[0]
    monkeypatch.setattr("pipeline.matching.index.find_spec", lambda name: None)
    assert match(texts, LIKENESS) == expected
    assert "synoptic-corpus[index]" in notes_on_search(6)[0]


def test_what_is_much_further_than_the_nearest_is_no_candidate():
    angles = np.radians([0, 10, 80, 15])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert candidate_pairs(Neighbours(vectors), by_language(["it", "ko", "ko", "ko"])).tolist() == [
        [0, 1],
        [0, 3],
    ]


def test_versions_of_a_long_text_are_compared_inside_the_band(rng, monkeypatch):
    said = meanings(rng, 500)
    text = text_of(rng, "it", said, [1] * 500)
    cells = []

    def counting(left, right, band):
        cells.append(band.cells)
        return inner_products(left, right, band)

    monkeypatch.setattr("pipeline.matching.versions.inner_products", counting)
    assert same_text(text, text, LIKENESS)
    assert max(cells) < 500 * 500 / 2
