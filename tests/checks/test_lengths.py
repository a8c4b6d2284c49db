"""The expected length is that of the article, and does not follow its damaged rows."""

import pytest

from pipeline.checks.check import check
from pipeline.checks.families.completeness import centres_of
from tests.making_rows import make_row

PAIR = ("it", "ko")


def lengths(*ratios):
    return [{"it": 4.6, "ko": 4.6 + ratio} for ratio in ratios]


def test_the_centre_is_that_of_the_article():
    assert centres_of(lengths(*[0.2] * 40))[PAIR] == pytest.approx(0.18, abs=0.03)
    assert centres_of(lengths(*[-0.15] * 40))[PAIR] == pytest.approx(-0.13, abs=0.03)


def test_a_quarter_of_damaged_rows_does_not_move_it():
    clean = [0.1 + 0.02 * (n % 5 - 2) for n in range(40)]
    damaged = [ratio - 0.69 if n % 4 == 0 else ratio for n, ratio in enumerate(clean)]
    assert centres_of(lengths(*damaged))[PAIR] == pytest.approx(centres_of(lengths(*clean))[PAIR], abs=0.04)


def test_few_rows_say_little():
    assert abs(centres_of(lengths(0.2))[PAIR]) < 0.08


def test_an_article_that_lacks_half_of_everything_is_no_style():
    assert centres_of(lengths(*[-0.69] * 40))[PAIR] == 0.0


def test_languages_of_one_script_keep_what_is_usual_for_them():
    assert centres_of([{"it": 4.0, "pl": 4.3}] * 30) == {}


@pytest.mark.parametrize(
    "text",
    [
        "MD5: 0f9a" + "77c1b3" * 12,
        "lume-2.0.4 --config /etc/lume/lume.conf --level 3 --quiet --restart=always",
    ],
)
def test_identical_texts_lack_nothing(text):
    found = check([make_row({"it": text, "ko": text, "pl": text + "."})])
    assert not [f.rule for f in found if f.rule.startswith("completeness.")]
