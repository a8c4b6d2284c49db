"""Ids of rows, as spreadsheets read them."""

import re

import pytest

from pipeline.datatypes import Paragraph, digest_of_id, unlike_number
from pipeline.rows.from_alignment import content_id


@pytest.mark.parametrize(
    ("digest", "id"),
    [
        ("123456789012", "h23456789012"),
        ("012345678901", "g12345678901"),
        ("1234e5678901", "h234e5678901"),
        ("1234e56789e1", "1234e56789e1"),
        ("e12345678901", "e12345678901"),
        ("12345678901e", "12345678901e"),
        ("0a1b2c3d4e5f", "0a1b2c3d4e5f"),
    ],
)
def test_an_id_is_no_number(digest, id):
    assert unlike_number(digest) == unlike_number(id) == id
    assert digest_of_id(id) == digest


def test_no_row_gets_a_number_for_its_id():
    """One id in 130 was one."""
    changed = 0
    for k in range(3000):
        id = content_id(["it"], [[Paragraph(1, "paragraph", f"testo {k}", (), "it")]])
        assert not re.fullmatch(r"\d+([eE]\d+)?", id)
        changed += id[0] > "f"
    assert 5 < changed < 60
