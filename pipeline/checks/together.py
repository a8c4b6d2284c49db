"""The checks of a row that need to know the other rows of a corpus, and what all checks together say of it.

The corpus may be too large to be held: what is known of its rows is (`pipeline.checks.article.Checked`), and
their texts are read again for the few that something is found in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain

from pipeline.align.evidence import Likeness
from pipeline.checks.article import Checked
from pipeline.checks.consistency import inconsistent
from pipeline.checks.findings import with_fingerprint
from pipeline.checks.foreign_names import lost_names
from pipeline.checks.meaning import doubtful
from pipeline.checks.records import Draft, Numbered, Texts
from pipeline.checks.rowwise import without_explained


def check_together(
    checked: Sequence[Checked], articles: Numbered[Sequence[Texts]], likeness: Likeness | None
) -> Iterator[list[Draft]]:
    """Yield what is found in each row; `articles` are the texts of each article's rows.

    Without `likeness` nobody asks what the texts mean.
    """
    rows = _Comparable(checked, articles)
    before: list[list[tuple[int, Draft]]] = [[] for _ in checked]
    after: list[list[tuple[int, Draft]]] = [[] for _ in checked]
    names = [name for each in checked for name in each.names]
    words = [wording for each in checked for wording in each.wordings]
    for number, draft in chain(lost_names(rows, names), inconsistent(rows, words)):
        article, row = rows.place(number)
        before[article].append((row, draft))
    for number, draft in _by_meaning(checked, rows, likeness) if likeness else ():
        article, row = rows.place(number)
        after[article].append((row, draft))
    for k, each in enumerate(checked):
        yield from _of_article(each, _placed(articles, k, before[k]), _placed(articles, k, after[k]))


def _by_meaning(
    checked: Sequence[Checked], rows: _Comparable, likeness: Likeness
) -> Iterator[tuple[int, Draft]]:
    measured = [
        (first, each.measured)
        for first, each in zip(rows.firsts, checked, strict=True)
        if each.measured is not None
    ]
    return doubtful(rows, measured, likeness)


def _placed(
    articles: Numbered[Sequence[Texts]], k: int, drafts: Iterable[tuple[int, Draft]]
) -> Iterator[tuple[int, Draft]]:
    return ((row, with_fingerprint(articles[k][row], draft)) for row, draft in drafts)


def _of_article(
    checked: Checked, before: Iterable[tuple[int, Draft]], after: Iterable[tuple[int, Draft]]
) -> list[list[Draft]]:
    found: list[list[Draft]] = [[] for _ in range(checked.rows)]
    for row, draft in chain(checked.own, before, checked.terms, after, checked.parts):
        found[row].append(draft)
    return [without_explained(drafts) if drafts else drafts for drafts in found]


class _Comparable:
    """The rows of all articles whose languages may be compared, numbered from 0 through the corpus."""

    def __init__(self, checked: Sequence[Checked], articles: Numbered[Sequence[Texts]]) -> None:
        self._articles = articles
        self._places = [(k, row) for k, each in enumerate(checked) for row in each.comparable]
        self.firsts = list(accumulate((len(each.comparable) for each in checked), initial=0))[:-1]

    def __getitem__(self, number: int) -> Texts:
        article, row = self._places[number]
        return self._articles[article][row]

    def place(self, number: int) -> tuple[int, int]:
        """Return the article that a row is from, and its number there."""
        return self._places[number]
