"""What scripts say about languages."""

import pytest

from pipeline.languages import facts
from pipeline.languages.scripts import (
    language_of_letters,
    languages_of_script,
    uncased_letters,
    unspaced_letters,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("고양이", "ko"),
        ("ねこ", "ja"),
        ("青い猫", "ja"),
        ("蓝色的猫", "zh"),
        ("синий кот", "ru"),
        ("съешь сыр", "ru"),
        ("їжак і кіт", "uk"),
        ("the cat", ""),
        ("", ""),
    ],
)
def test_letters_point_to_a_language(text, language):
    assert language_of_letters(text) == language


def test_languages_share_a_script():
    assert languages_of_script("ru") == languages_of_script("uk") == {"ru", "uk"}
    assert languages_of_script("zh-cn") == {"ja", "zh"}
    assert languages_of_script("ko") == {"ko"}
    assert languages_of_script("de") == frozenset()


def test_only_some_scripts_have_capitals_and_spaces():
    assert facts("ru").cased
    assert facts("tr").cased
    assert not facts("ko").cased
    assert not facts("ja").cased
    assert "가" in uncased_letters()
    assert "Ѐ" not in uncased_letters()
    assert "ぁ" in unspaced_letters()
    assert "가" not in unspaced_letters()
