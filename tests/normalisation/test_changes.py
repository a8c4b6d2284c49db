"""Every change is logged with its position in the paragraph's text."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.datatypes import RawText
from pipeline.normalisation.repairs import REPAIR_NAMES, REPAIRS
from pipeline.segmentation.clean import clean_blocks

CASES = json.loads((Path(__file__).parent.parent / "cases/front/repairs.json").read_text(encoding="utf-8"))

WRAPPED = """\
La maestra porta i bambini nel giardino della scuola, dove a mag-
gio fioriscono le rose che hanno piantato in autunno con le loro
mani e che curano ogni giorno prima che cominci la lezione della
mattina.

Il bidello li guarda dalla finestra e dice\u00a0che non ha mai visto
tanta pazienza.
"""


def cleaned(text, format="txt", skip=frozenset()):
    blocks, changes, _ = clean_blocks(RawText("a", text, "utf-8", format), skip)
    return [block.text for block in blocks], changes


def test_joined_lines_are_on_record():
    texts, changes = cleaned(WRAPPED)
    assert "a maggio fioriscono" in texts[0]
    places = [
        (change.name, change.paragraph, texts[change.paragraph - 1][: change.position][-6:])
        for change in changes
    ]
    assert places == [
        ("odd_spaces", 2, "e dice"),
        ("broken_words", 1, " a mag"),
        ("wrapped_lines", 1, "e loro"),
        ("wrapped_lines", 1, " della"),
        ("wrapped_lines", 2, " visto"),
    ]


def test_lines_can_be_left_as_they_are():
    assert len(cleaned(WRAPPED, skip={"wrapped_lines"})[0]) == 6
    assert "a mag- gio fioriscono" in cleaned(WRAPPED, skip={"broken_words"})[0][0]


@pytest.mark.parametrize("name", REPAIR_NAMES)
def test_what_is_left_out_is_not_done(name):
    for case, damaged, _ in CASES["positive"]:
        assert name not in {change.name for change in cleaned(damaged, skip={name})[1]}, case


def test_every_repair_has_a_name_of_its_own_in_the_settings():
    assert set(REPAIR_NAMES) == {repair.name for repair in REPAIRS} | {"wrapped_lines", "broken_words"}
    assert len(REPAIR_NAMES) == len(set(REPAIR_NAMES))


PLAIN = st.text("abc èł가 .", min_size=1, max_size=12)
SIGNS = st.sampled_from(["\u200b", "\u00a0", "e\u0300", "ﬁ", "\u00ad", "&egrave;", "\x07", "<b>", "\ufeff"])
ONE_TO_ONE = {"composed_letters": "è", "compatibility_forms": "fi", "html_entities": "è"}


@example(["e\u0300ﬁe\u0300"], False)
@given(
    st.lists(st.lists(PLAIN | SIGNS, min_size=1, max_size=8).map("".join), min_size=1, max_size=5),
    st.booleans(),
)
def test_a_change_stands_where_the_log_says(paragraphs, marked_up):
    raw = "\n\n".join(f"Riga {text} fine" for text in paragraphs)
    texts, changes = cleaned(raw, "md" if marked_up and not set("<&") & set(raw) else "txt")
    for change in changes:
        assert 1 <= change.paragraph <= len(texts)
        text = texts[change.paragraph - 1]
        assert 0 <= change.position <= len(text)
        if change.name in ONE_TO_ONE and change.after == ONE_TO_ONE[change.name]:
            assert text[change.position :].startswith(change.after)
