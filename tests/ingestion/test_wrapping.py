"""What becomes of a hyphen at the end of a line."""

import pytest

from pipeline.ingestion.wrapping import Words, join_lines


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("pochi gior-", "ni dopo"), "pochi giorni dopo"),
        (("wczo-", "raj"), "wczoraj"),
        (("in Emilia-", "Romagna"), "in Emilia-Romagna"),
        (("w Bielsku-", "Białej"), "w Bielsku-Białej"),
        (("negli anni 1939-", "1945"), "negli anni 1939-1945"),
        (("un’e-", "mail"), "un’e-mail"),
        (("presto -", "disse"), "presto - disse"),
        (("tel. 02 -", "55"), "tel. 02 - 55"),
        (("così -", "«Bene»"), "così - «Bene»"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(lines, joined):
    assert join_lines(lines, Words("")).text == joined


def test_nothing_is_joined_if_the_repair_is_skipped():
    assert join_lines(("1939-", "1945"), Words(""), {"broken_words"}).text == "1939- 1945"
