"""Which languages a model says it has learned."""

import pytest

from pipeline.embedding.card import learned_languages
from pipeline.embedding.embedded import EMBEDDED_MODEL


@pytest.fixture
def learned(tmp_path):
    def learned(head, end="---\n"):
        (tmp_path / "README.md").write_text(
            f"---\n{head}\n{end}\n# A model\n\nlanguage: fr\n", encoding="utf-8"
        )
        return learned_languages(str(tmp_path))

    return learned


def test_the_embedded_model_says_it_itself():
    assert learned_languages(str(EMBEDDED_MODEL)) == {"it", "ko", "pl", "en"}


@pytest.mark.parametrize(
    "head",
    [
        "language: [it, no, de]",
        "license: mit\nlanguage:\n- it\n- no\n- de\ntags:\n- pl",
        "language:\n  - 'it'\n\n  - \"no\"  # Norwegian\n  - de-DE\nlicense: mit\n",
        "language: [\n  it, nb,\n  de\n]\nlibrary_name: x",
        "language: [multilingual, it, no, de]",
    ],
)
def test_the_field_is_read_in_every_form(learned, head):
    assert learned(head) == {"it", "no", "de"}


@pytest.mark.parametrize(
    ("tag", "codes"), [("zh", {"zh-cn", "zh-tw"}), ("zh-Hant", {"zh-tw"}), ("iw", {"he"})]
)
def test_tags_become_codes(learned, tag, codes):
    assert learned(f"language: {tag}") == codes


@pytest.mark.parametrize(
    "head", ["license: mit", "language: multilingual", "language:", "datasets:\n- language: it"]
)
def test_a_card_that_names_none_says_nothing(learned, head):
    assert learned(head) == set()


def test_a_model_without_a_card_says_nothing(tmp_path):
    assert learned_languages(str(tmp_path)) == set()
    (tmp_path / "README.md").write_text("# A model\n\nlanguage: it\n", encoding="utf-8")
    assert learned_languages(str(tmp_path)) == set()
    assert learned_languages("nobody/has-such-a-model") == set()
    assert learned_languages("no//name") == set()
