"""What is known of an article without its text."""

import pytest

from pipeline.datatypes import Article, Paragraph
from pipeline.matching.profiles import profile_of


def article(language, *paragraphs):
    told = tuple(
        Paragraph(number, kind, text, ((0, len(text)),), code)
        for number, (kind, text, code) in enumerate(paragraphs, start=1)
    )
    return Article("a.txt", language, 1.0, told, (), "utf-8")


@pytest.mark.parametrize(("korean", "share"), [("가" * 100, "31 %"), ("가" * 45, "50 %")])
def test_shares_of_languages_count_what_they_say_and_not_their_letters(korean, share):
    profile = profile_of(article("ko", ("paragraph", korean, "ko"), ("paragraph", "a" * 86, "en")))
    assert profile.foreign == f"{share} of this text is in another language"


def test_boilerplate_and_what_is_in_no_language_do_not_count():
    own = ("paragraph", "a" * 100, "it")
    profile = profile_of(article("it", own, ("boilerplate", "b" * 900, "en"), ("paragraph", "c" * 900, "")))
    assert profile.foreign == ""


def test_a_term_in_another_language_is_not_told():
    own = ("paragraph", "a" * 100, "it")
    assert profile_of(article("it", own, ("paragraph", "b" * 5, "en"))).foreign == ""
