"""What was found in the rows of one article, and what the checks of all articles need to know of them."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.checks.cells import Draft
from pipeline.checks.families.consistency import Wordings
from pipeline.checks.families.foreign_names import ArticleNames
from pipeline.checks.families.meaning import Measured

Drafts = list[tuple[int, Draft]]
"""Drafts with the number of the row that they are about, counted from 0 in the article."""


class Checked(NamedTuple):
    """What the rows of an article come to without those of others."""

    rows: int
    own: Drafts  # of the checks that need nothing but the row
    comparable: list[int]  # the rows whose languages may be compared
    names: ArticleNames  # of the comparable rows, numbered from 0
    wordings: list[Wordings]  # the same
    measured: Measured | None  # the same
    terms: Drafts
    parts: Drafts
