"""What is said where a model has not learned a language."""

from pipeline.datatypes import Verdict
from pipeline.matching.learned import RECOMMENDED, learned_of, warning_of, with_causes

EMBEDDED = frozenset(("it", "ko", "pl", "en"))


def test_nothing_is_said_of_a_model_that_knows_all_or_tells_none():
    assert warning_of(learned_of(None, EMBEDDED, ("it", "en"))) == ""
    assert warning_of(learned_of("a/model", frozenset(), ("it", "de"))) == ""


def test_the_warning_names_what_is_known_what_is_not_and_what_helps():
    assert warning_of(learned_of(None, EMBEDDED, ("en", "de", "it"))) == (
        "the embedded model has not learned German (de), only English (en) and Italian (it): "
        "files in German (de) can hardly be matched or aligned; "
        f"choose a model that has learned German (de) with --model, such as {RECOMMENDED}"
    )
    assert warning_of(learned_of("a/b", {"en"}, ("fr", "so"))).startswith(
        "the model 'a/b' has not learned French (fr) and Somali (so), nor any other language of this run: "
    )


def test_a_model_is_not_recommended_instead_of_itself():
    assert "such as" not in warning_of(learned_of(RECOMMENDED, {"it"}, ("it", "de")))


def verdict(file, language, verdict, article=""):
    return Verdict(file, article, language, 1.0, 3, verdict, 0.0, "because")


def causes(*given, languages=("en", "it", "de")):
    learned = learned_of(None, EMBEDDED, languages)
    return {judged.file: judged.reason for judged in with_causes(given, learned)}


def test_a_file_that_may_be_alone_for_it_says_so():
    told = causes(verdict("a", "en", "alone"), verdict("b", "de", "alone"), verdict("c", "", "rejected"))
    assert told["a"] == (
        "because; the embedded model has not learned German (de), in which its translation may be; "
        "choose another with --model"
    )
    assert told["b"] == (
        "because; the embedded model has not learned German (de), the language of this file; "
        "choose another with --model"
    )
    assert told["c"] == "because"


def test_files_that_have_nothing_to_do_with_it_do_not():
    told = causes(
        verdict("a", "en", "partial", "a1"),
        verdict("b", "it", "partial", "a1"),
        verdict("c", "en", "parallel", "a2"),
        verdict("d", "de", "parallel", "a2"),
        verdict("e", "de", "duplicate"),
    )
    assert set(told.values()) == {"because"}


def test_without_files_in_the_language_nothing_is_said():
    assert causes(verdict("a", "en", "alone"), verdict("b", "it", "alone"))["a"] == "because"
    assert causes(verdict("a", "de", "alone"), verdict("b", "de", "alone"))["a"] == "because"
