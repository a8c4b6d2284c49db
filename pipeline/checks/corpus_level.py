"""The checks of a row that need to know the other rows of a corpus, and what all checks together say of it.

The corpus may be too large to be held: what is known of its rows is (`pipeline.checks.checked`), and
their texts are read again for the few that something is found in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

from pipeline.alignment.likeness import Likeness
from pipeline.checks.cells import Draft, Numbered, Texts
from pipeline.checks.checked import Checked
from pipeline.checks.explained import without_explained
from pipeline.checks.families.consistency import inconsistent
from pipeline.checks.families.foreign_names import lost_names
from pipeline.checks.families.meaning import doubtful
from pipeline.checks.findings import with_fingerprint


def check_corpus(
    checked: Sequence[Checked], articles: Numbered[Numbered[Texts]], likeness: Likeness | None
) -> Iterator[list[tuple[int, list[Draft]]]]:
    """Yield what is found in each article: the rows with a finding, numbered from 0, in order.

    `articles` are the texts of each article's rows. Without `likeness` nobody asks what the texts mean.
    """
    rows = _Comparable(checked, articles)
    before: defaultdict[int, list[tuple[int, Draft]]] = defaultdict(list)
    after: defaultdict[int, list[tuple[int, Draft]]] = defaultdict(list)
    numbered = list(zip(rows.firsts, checked, strict=True))
    names = [(first, each.names) for first, each in numbered]
    words = [(first, some) for first, each in numbered for some in each.wordings]
    for number, draft in chain(lost_names(rows, names), inconsistent(rows, words)):
        article, row = rows.place(number)
        before[article].append((row, draft))
    measured = [(first, each.measured) for first, each in numbered if each.measured is not None]
    for number, draft in doubtful(rows, measured, likeness) if likeness else ():
        article, row = rows.place(number)
        after[article].append((row, draft))
    for k, each in enumerate(checked):
        yield _of_article(each, _placed(articles, k, before), _placed(articles, k, after))


def _placed(
    articles: Numbered[Numbered[Texts]], k: int, drafts: Mapping[int, Iterable[tuple[int, Draft]]]
) -> Iterator[tuple[int, Draft]]:
    return ((row, with_fingerprint(articles[k][row], draft)) for row, draft in drafts.get(k, ()))


def _of_article(
    checked: Checked, before: Iterable[tuple[int, Draft]], after: Iterable[tuple[int, Draft]]
) -> list[tuple[int, list[Draft]]]:
    found: defaultdict[int, list[Draft]] = defaultdict(list)
    for row, draft in chain(checked.own, before, checked.terms, after, checked.parts):
        found[row].append(draft)
    return [
        (row, without_explained(found[row]) if len(found[row]) > 1 else found[row]) for row in sorted(found)
    ]


class _Comparable:
    """The rows of all articles whose languages may be compared, numbered from 0 through the corpus."""

    def __init__(self, checked: Sequence[Checked], articles: Numbered[Numbered[Texts]]) -> None:
        self._checked, self._articles = checked, articles
        self.firsts = list(accumulate((len(each.comparable) for each in checked), initial=0))[:-1]

    def __getitem__(self, number: int) -> Texts:
        article, row = self.place(number)
        return self._articles[article][row]

    def place(self, number: int) -> tuple[int, int]:
        """Return the article that a row is from, and its number there."""
        article = bisect_right(self.firsts, number) - 1
        return article, self._checked[article].comparable[number - self.firsts[article]]
