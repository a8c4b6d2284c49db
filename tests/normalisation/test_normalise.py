"""Each repair fixes its own kind of damage, leaves the rest and logs what it did."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalisation.normalise import REPAIRS, apply, normalise

CASES = json.loads((Path(__file__).parent.parent / "cases/front/repairs.json").read_text(encoding="utf-8"))
BY_NAME = {repair.function.__name__: repair for repair in REPAIRS}

_damage = st.sampled_from("aè\u0300\u200b\u00a0 \t\n\r\u00ad\u1112\u1161Ã¨â€™\u200d👩\ud83d\udc69")
_marks = st.sampled_from(
    (
        *(
            "&amp;",
            "&lt;",
            "&gt;",
            "&#38;",
            "&egrave;",
            "&#x3c;",
            "<b>",
            "</b>",
            "<br>",
            "<",
            "**",
            "[a](#b)",
        ),
        *("](", "data:a/b,", "A" * 16, "ﬁ", "Ａ", "ﾡￂﾤ", "ÃƒÂ¨", "siÄ™ ", "\x1b[1m", "ĹĽ"),
    )
)
any_text = st.lists(_damage | _marks | st.characters(exclude_categories=()), max_size=60).map("".join)


@pytest.mark.parametrize(("name", "damaged", "whole"), CASES["positive"])
def test_a_repair_repairs(name, damaged, whole):
    log = []
    assert apply(BY_NAME[name], damaged, log) == whole
    assert {change.name for change in log} == {name}


@pytest.mark.parametrize(("name", "damaged", "whole"), CASES["positive"])
def test_all_repairs_together_do_no_more(name, damaged, whole):
    assert normalise(damaged)[0] == normalise(whole)[0]


@pytest.mark.parametrize("text", CASES["negative"])
def test_what_is_right_stays(text):
    assert normalise(text) == (text, ())


@pytest.mark.parametrize(("damaged", "whole"), CASES["known failures"])
@pytest.mark.xfail(strict=True, reason="the bytes are lost")
def test_known_failures(damaged, whole):
    assert normalise(damaged)[0] == whole


def test_every_repair_has_a_case():
    assert {name for name, *_ in CASES["positive"]} == set(BY_NAME)


def test_a_change_says_where_and_what():
    text, (change,) = normalise("il caffÃ¨ nero")
    assert text == "il caffè nero"
    assert change == ("mojibake", 7, "Ã¨", "è", 0)


@given(any_text)
def test_twice_is_once(text):
    once, _ = normalise(text)
    assert normalise(once) == (once, ())


@given(any_text)
def test_each_repair_done_twice_is_done_once(text):
    for repair in REPAIRS:
        once = apply(repair, text, [])
        assert apply(repair, once, []) == once, repair.name


@given(any_text)
def test_normalised_text_can_be_written(text):
    assert normalise(text)[0].encode("utf-8").decode("utf-8") == normalise(text)[0]


def test_halves_of_a_character_are_joined():
    halves = "\ud83c" + "\udf39"
    assert normalise(f"una {halves}")[0] == "una 🌹"


@given(any_text)
def test_the_log_replays_the_repairs(text):
    """Applying the logged changes to the raw text, repair by repair, gives the normalised text."""
    for repair in REPAIRS:
        log = []
        after = apply(repair, text, log)
        pieces, done = [], 0
        for change in log:
            assert text[change.position : change.position + len(change.before)] == change.before
            pieces += [text[done : change.position], change.after]
            done = change.position + len(change.before)
        assert "".join([*pieces, text[done:]]) == after
        text = after


def test_letters_that_make_sense_only_one_behind_the_other_are_not_misread():
    text = "C’è l’idea di una città nuova, c’é chi lo dice.\n"  # Armenian in Mac Roman
    assert normalise(text) == (text, ())


def test_a_clean_text_is_returned_as_it_is():
    text = "Una riga pulita.\n\nE un'altra."
    assert normalise(text)[0] is text
