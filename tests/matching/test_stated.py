"""Matching under what was stated: it holds whatever the texts say, and the rest is matched as ever."""

import numpy as np
import pytest

from pipeline.alignment.likeness import Likeness
from pipeline.datatypes import Rejection, Verdict
from pipeline.embedding.vectors import ArticleVectors
from pipeline.matching.match import Compared, match_articles
from pipeline.matching.neighbours import Neighbours
from pipeline.matching.profiles import Profile
from pipeline.matching.stated import Constraints, Openness, StatedGroup
from pipeline.matching.stated_files import constraints_of, stated_languages, with_remarks
from pipeline.matching.statements import statements_of
from pipeline.matching.versions import find_versions
from tests.synthetic import meanings, text_of

LIKENESS = Likeness(same=0.60, same_sd=0.13, other=0.10, other_sd=0.14)
LANGUAGES = ("it", "ko", "pl")


@pytest.fixture
def rng():
    return np.random.default_rng(23)


def article(rng, languages, said=None):
    said = meanings(rng, 10) if said is None else said
    return [text_of(rng, language, said, [1] * len(said)) for language in languages]


class Asked(Compared):
    """Remembers which pairs were looked at."""

    def __init__(self, texts):
        super().__init__(texts, LIKENESS)
        self.pairs = set()

    def evidence(self, pairs):
        self.pairs.update(map(tuple, pairs.tolist()))
        return super().evidence(pairs)


def matched(texts, groups=(), apart=()):
    asked = Asked(texts)
    constraints = Constraints(tuple(StatedGroup(m, frozenset(c)) for m, c in groups), frozenset(apart))
    found = match_articles(ArticleVectors.of(texts), LIKENESS, asked, constraints=constraints)
    return found, asked.pairs


def test_a_stated_pair_wins_over_what_the_texts_say(rng):
    texts = article(rng, ["it", "ko"]) + article(rng, ["it", "ko"])
    assert matched(texts)[0].groups == [(0, 1), (2, 3)]
    found, asked = matched(texts, [((0, 3), LANGUAGES)])
    assert found.groups == [(0, 3)]  # the other two are of two articles
    assert found.belief[0, 3] == pytest.approx(1.0)
    assert asked == {(1, 2)}


def test_complete_groups_leave_the_pool(rng):
    texts = article(rng, LANGUAGES) + article(rng, LANGUAGES)
    found, asked = matched(texts, [((0, 1, 2), LANGUAGES)])
    assert found.groups == [(0, 1, 2), (3, 4, 5)]
    assert not {0, 1, 2} & {k for pair in asked for k in pair}
    assert not {0, 1, 2} & found.nearest.keys()


def test_everything_may_be_stated(rng):
    texts = article(rng, LANGUAGES) + article(rng, ["it"])
    found, asked = matched(texts, [((0, 1, 2), LANGUAGES), ((3,), LANGUAGES)])
    assert (found.groups, asked) == ([(0, 1, 2)], set())


def test_a_group_may_gain_a_language_that_is_still_open(rng):
    texts = article(rng, LANGUAGES) + article(rng, LANGUAGES)
    found, asked = matched(texts, [((0, 1), ("it", "ko"))])
    assert found.groups == [(0, 1, 2), (3, 4, 5)]
    assert not {(0, 4), (1, 3)} & asked


def test_a_group_gains_no_language_that_was_said_to_be_missing(rng):
    found, _ = matched(article(rng, LANGUAGES), [((0, 1), LANGUAGES)])
    assert found.groups == [(0, 1)]


def test_a_file_may_be_closed_to_one_language_only(rng):
    found, asked = matched(article(rng, LANGUAGES), [((0,), ("it", "ko"))])
    assert asked == {(0, 2), (1, 2)}
    [group] = found.groups
    assert group in [(0, 2), (1, 2)]  # never the first two together
    found, _ = matched(article(rng, ["it", "pl"]), [((0,), ("it", "ko"))])
    assert found.groups == [(0, 1)]


def test_two_lines_are_two_articles(rng):
    texts = article(rng, LANGUAGES)
    found, _ = matched(texts, [((0, 1), ("it", "ko")), ((2,), ("pl",))])
    assert found.groups == [(0, 1)]


def test_a_file_that_stands_alone_is_nobodys_rival(rng):
    said = meanings(rng, 10)
    near = np.where(np.arange(10)[:, None] % 5, said, meanings(rng, 10))
    texts = article(rng, ["it", "ko"], said) + article(rng, ["ko"], near)
    found, asked = matched(texts, [((1,), LANGUAGES)])
    assert found.groups == [(0, 2)]
    assert asked == {(0, 2)}


def test_a_forbidden_pair_is_not_even_compared_and_its_runner_up_may_win(rng):
    said = meanings(rng, 10)
    near = np.where(np.arange(10)[:, None] % 5, said, meanings(rng, 10))
    texts = article(rng, ["it", "ko"], said) + article(rng, ["ko"], near)
    assert matched(texts)[0].groups == [(0, 1)]
    found, asked = matched(texts, apart=[(0, 1)])
    assert found.groups == [(0, 2)]
    assert asked == {(0, 2)}


def test_forbidden_files_do_not_meet_through_a_third_one(rng):
    found, _ = matched(article(rng, LANGUAGES), apart=[(0, 1)])
    [group] = found.groups
    assert 2 in group
    assert not {0, 1} <= set(group)


def test_of_two_versions_the_stated_one_stays(rng):
    said = meanings(rng, 12)
    texts = [*article(rng, ["it"], said), *article(rng, ["it"], said[:11]), *article(rng, ["ko"], said)]
    vectors = np.ones((3, 4), dtype=np.float32) / 2

    def versions(*groups):
        constraints = Constraints(tuple(StatedGroup(members, frozenset(LANGUAGES)) for members in groups))
        openness = Openness(constraints, ["it", "it", "ko"])
        same = lambda pairs: [True] * len(pairs)  # noqa: E731
        none = [np.zeros(0, dtype=np.uint64)] * len(texts)
        return find_versions(ArticleVectors.of(texts), Neighbours(vectors), same, none, openness=openness)

    assert versions() == {1: 0}  # the longer one
    assert versions((1, 2)) == {0: 1}
    assert versions((0,), (1, 2)) == {}  # a file that stands alone is no copy
    assert versions((1,)) == {}


def test_openness_without_statements_leaves_all_pairs():
    openness = Openness(Constraints(), ["it", "ko", "pl"])
    pairs = np.array([(0, 1), (0, 2), (1, 2)])
    np.testing.assert_array_equal(openness.allowed(pairs), pairs)
    assert openness.pool().all()
    assert Openness(Constraints(), ["it", "it"]).pool().all()


# Files by name.

PROFILES = [
    Profile("it/a.txt", "it"), Profile("ko/a.txt", "ko"), Profile("pl/a.txt", "pl"),
    Profile("feed.xml#1", "it"), Profile("feed.xml#2", "it"), Profile("it/perche\u0301.txt", "it"),
]  # fmt: skip
REJECTIONS = [Rejection("ko/vuoto.txt", "is empty"), Rejection("rotto.xml", "is not well-formed")]


def resolved(*rows, told_otherwise=None):
    statements = statements_of(rows, "pairs.csv", LANGUAGES)
    return constraints_of(statements, PROFILES, REJECTIONS, LANGUAGES, told_otherwise or {})


def test_names_become_constraints():
    constraints, remarks = resolved(
        {"it": "it/a.txt", "ko": "ko/a.txt", "pl": "-"},
        {"it": "feed.xml#1"},
        {"it": "feed.xml#2", "pl": "pl/a.txt", "together": "no"},
    )
    assert constraints.groups == (
        StatedGroup((0, 1), frozenset(LANGUAGES)), StatedGroup((3,), frozenset(LANGUAGES)),
    )  # fmt: skip
    assert constraints.apart == {(2, 4)}
    assert remarks.problems == ()


def test_an_empty_cell_leaves_a_language_open():
    constraints, _ = resolved({"it": "it/a.txt", "ko": "ko/a.txt"})
    assert constraints.groups == (StatedGroup((0, 1), frozenset(("it", "ko"))),)


def test_names_are_found_in_other_spellings():
    constraints, remarks = resolved({"it": "it\\perché.txt", "pl": "./pl/a.txt"})
    assert constraints.groups[0].members == (2, 5)
    assert remarks.problems == ()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ko/b.txt", "ko/b.txt is not there"),
        ("KO/A.txt", "KO/A.txt is not there; is ko/a.txt meant?"),
        ("perché.txt", "perché.txt is not there; is it/perche\u0301.txt meant?"),
        ("a.txt", "a.txt is not there"),  # three files are called so
        ("feed.xml", "feed.xml holds several articles: name one of them, as in feed.xml#1"),
        ("feed.xml#9", "feed.xml#9 is not there"),
        ("ko/vuoto.txt", "ko/vuoto.txt is rejected: is empty"),
        ("rotto.xml#2", "rotto.xml#2 is rejected: is not well-formed"),
    ],
)
def test_what_cannot_be_used_is_reported_and_leaves_its_language_closed(name, problem):
    constraints, remarks = resolved({"it": "it/a.txt", "ko": name})
    assert constraints.groups == (StatedGroup((0,), frozenset(("it", "ko"))),)
    assert remarks.problems == (f"pairs.csv, row 1: {problem}",)
    why = problem.removeprefix(name + " ")
    assert remarks.more["it/a.txt"] == [f"stated in pairs.csv, row 1, to belong with {name}, which {why}"]


def test_a_line_of_missing_files_says_nothing():
    constraints, remarks = resolved({"it": "x", "ko": "y"}, {"it": "x", "ko": "ko/a.txt", "together": "no"})
    assert constraints == Constraints()
    assert len(remarks.problems) == 3


def test_languages_are_stated_of_files_and_of_articles_in_them():
    rows = [
        {"it": "it\\a.txt", "ko": "feed.xml#2"},
        {"pl": "feed.xml #1"},
        {"it": "no.txt"},
        {"ko": "c#1.txt"},
    ]
    found = stated_languages(statements_of(rows, "pairs", LANGUAGES), ["it/a.txt", "feed.xml", "c#1.txt"])
    assert found == {"it/a.txt": {"": "it"}, "feed.xml": {"#2": "ko", "#1": "pl"}, "c#1.txt": {"": "ko"}}


def told(*rows, verdict="alone", file="it/a.txt", reason="no translation found", **more):
    given = Verdict(file, "", "it", 1.0, 1, verdict, 0.0, reason)
    [judged] = with_remarks([given], resolved(*rows, **more)[1])
    return judged.reason


def test_reasons_say_what_was_stated():
    pair = {"it": "it/a.txt", "ko": "ko/a.txt"}
    assert told(pair, verdict="parallel", reason="same article as ko/a.txt") == (
        "paired with ko/a.txt as stated in pairs.csv, row 1; same article as ko/a.txt"
    )
    for none in ({}, {"ko": "-", "pl": "-"}):
        assert told({"it": "it/a.txt"} | none) == "has no translation, as stated in pairs.csv, row 1"
    assert told({"it": "it/a.txt", "ko": "-"}) == (
        "no translation found; stated in pairs.csv, row 1, to have no translation into Korean (ko)"
    )
    assert told({"it": "it/a.txt", "ko": "x", "pl": "-"}) == (
        "no translation was looked for; stated in pairs.csv, row 1, to belong with x, which is not there; "
        "stated in pairs.csv, row 1, to have no translation into Polish (pl)"
    )
    assert told(pair | {"together": "no"}) == (
        "no translation found; stated in pairs.csv, row 1, not to belong with ko/a.txt"
    )
    assert told(pair, file="altro.txt") == "no translation found"


def test_the_reason_of_a_rejected_file_says_what_it_was_to_belong_with():
    empty = {"verdict": "rejected", "file": "ko/vuoto.txt", "reason": "is empty"}
    assert told({"it": "it/a.txt", "ko": "ko/vuoto.txt"}, **empty) == (
        "is empty; stated in pairs.csv, row 1, to belong with it/a.txt"
    )


def test_the_reason_says_where_the_text_looks_like_another_language():
    pair = {"it": "it/a.txt", "ko": "ko/a.txt"}
    assert told(pair, told_otherwise={"it/a.txt": "its text looks like Polish (pl)"}) == (
        "paired with ko/a.txt as stated in pairs.csv, row 1; no translation found; "
        "read as Italian (it), as stated in pairs.csv, row 1; its text looks like Polish (pl)"
    )
