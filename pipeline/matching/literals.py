"""Literals: what a translation keeps to the letter, such as version numbers, sums, hashes and addresses.

Notices of releases, licences and forms hardly differ in what their sentences mean. Which of them belong
together is told by what stands in them literally. A literal that both texts have speaks for a translation
as much as it is rare; one that the translation should have and lacks speaks against it.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
"""The literals of a text, each as a hash of 64 bits, the last one set for identifiers; rising, each once."""

_TOKEN = re.compile(
    r"https?://[^\s<>()\"'»”]{1,2000}|[a-z0-9_]{1,200}(?:[.,:'’/-][a-z0-9_]{1,200}){0,40}", re.ASCII
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?![0-9a-z]))")

_WITH_UNIT = re.compile(r"\A(\d+(?:[.,]\d+)*)[a-z]{1,3}")
"""An amount with its unit: 500GB here may be 500 GB there."""

LEAST_DIGITS = 3
"""Digits from which a number alone is a literal: smaller ones are often written in words."""

IDENTIFIER = 5
"""Letters and digits from which a literal identifies something; shorter ones are years, series or amounts."""

COINCIDENCE = 0.3
"""The least share of texts that are thought to have a literal that identifies nothing: articles of one kind
and time have their years and series in common."""

KEPT = ((0.85, 0.95), (0.15, 0.5))
"""How much of what it should keep a translation keeps: shares of translations, and what these keep.

On development texts most translations keep nine in ten or more (news 0.75, documentation 0.9, help 0.97), and
some of each kind a half or less, where numbers are written out or addresses lead to another language's page.
"""

UNRELATED, UNRELATED_TEXTS = 0.02, 20.0
"""How often another text has a literal before the collection is seen, and as how many texts that counts."""

COMMON = 0.95
"""The largest share of texts that are thought to have a literal."""

RARE = 8
"""Texts that may have a literal for it to make candidates."""

SHARED, MADE = 2, 2
"""Rare literals that candidates must share, and how many of these a text has in each other language."""


def literals_of(texts: Iterable[str]) -> Hashes:
    """Return the literals of an article's paragraphs."""
    found: set[str] = set()
    for text in texts:
        if any(map(str.isdigit, text)) or "://" in text:
            found.update(_literals(text.lower()))
    return np.array(sorted(map(_hash, found)), dtype=np.uint64)


class HashesOfTexts(Sequence[Hashes]):
    """The literals of many texts, in one array."""

    def __init__(self, texts: Iterable[Hashes]) -> None:
        every, ends = array("Q"), array("q", [0])
        for hashes in texts:
            every.frombytes(hashes.astype(np.uint64, copy=False).tobytes())
            ends.append(len(every))
        self._every: Hashes = np.frombuffer(every, dtype=np.uint64)
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, k: int) -> Hashes: ...
    @overload
    def __getitem__(self, k: slice) -> list[Hashes]: ...
    def __getitem__(self, k: int | slice) -> Hashes | list[Hashes]:
        """Return the literals of a text, or of several."""
        if isinstance(k, slice):
            return [self[i] for i in range(*k.indices(len(self)))]
        if not 0 <= k < len(self):
            raise IndexError(k)
        return self._every[self._ends[k] : self._ends[k + 1]]


def have_own_identifiers(one: Hashes, two: Hashes) -> bool:
    """Tell whether most of the identifiers that each of two texts has are not in the other one.

    Then they are two of a kind, such as the notices of two releases, and not versions of each other.
    """
    these, those = (each[(each & np.uint64(1)).astype(np.bool_)] for each in (one, two))
    shared = len(np.intersect1d(these, those, assume_unique=True))
    return 2 * shared < min(len(these), len(those))


def _hash(literal: str) -> int:
    digest = hashlib.blake2b(literal.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") & ~1 | (sum(map(str.isalnum, literal)) >= IDENTIFIER)


def _literals(text: str) -> Iterable[str]:
    for match in _TOKEN.finditer(_SPACED.sub("", text)):
        token = match[0]
        if token.startswith("http"):
            yield token.rstrip(".,;:!?")
            continue
        amount = _WITH_UNIT.fullmatch(token)
        token = amount[1] if amount else token
        digits = sum(map(str.isdigit, token))
        if digits < LEAST_DIGITS and (digits < LEAST_DIGITS - 1 or token.isdigit()):
            continue
        token = re.sub(r"\D", "", token) if _GROUPED.fullmatch(token) else token.replace(",", ".")
        yield token


class Literals:
    """The literals of all texts, and how many texts of each language have one."""

    def __init__(
        self, of_texts: Sequence[Hashes], languages: Sequence[str], sentences: NDArray[np.int64]
    ) -> None:
        """`sentences` `[n]` are the lengths of the texts."""
        self._literals, self._languages, self._sentences = of_texts, languages, sentences
        members: defaultdict[str, list[int]] = defaultdict(list)
        for k, language in enumerate(languages):
            members[language].append(k)
        self._texts = {code: len(which) for code, which in members.items()}
        self._counts = {
            code: np.unique(np.concatenate([of_texts[k] for k in which]), return_counts=True)
            for code, which in members.items()
        }

    def log_odds(self, pairs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what literals add to the log-odds of pairs `[k, 2]` being translations, `[k]`.

        The shorter text is asked, because a partial translation has not all that the whole one has. A text
        without literals says nothing.
        """
        out = np.zeros(len(pairs))
        for k, (a, b) in enumerate(map(np.ndarray.tolist, pairs)):
            one, two = (a, b) if self._sentences[a] <= self._sentences[b] else (b, a)
            ours, theirs = self._literals[one], self._literals[two]
            if len(ours) and len(theirs):
                there = np.isin(ours, theirs, assume_unique=True)
                out[k] = _log_kept(int(there.sum()), len(there)) - self._log_chance(one, two, there)
        return out

    def _log_chance(self, one: int, two: int, there: NDArray[np.bool_]) -> float:
        """Return the log probability that a text unrelated to `one` has what `two` has of its literals."""
        language = self._languages[two]
        known, counts = self._counts[language]
        place = np.minimum(np.searchsorted(known, self._literals[one]), len(known) - 1)
        having = np.where(known[place] == self._literals[one], counts[place], 0) - there
        share = (having + UNRELATED * UNRELATED_TEXTS) / (self._texts[language] - 1 + UNRELATED_TEXTS)
        least = np.where(self._literals[one] & np.uint64(1), 0.0, COINCIDENCE)
        share = np.minimum(np.where(there, np.maximum(share, least), share), COMMON)
        return float(np.log(np.where(there, share, 1.0 - share)).sum())


def _log_kept(kept: int, of: int) -> float:
    """Return the log probability that a translation keeps just these of its literals."""
    parts = [np.log(share) + kept * np.log(p) + (of - kept) * np.log(1.0 - p) for share, p in KEPT]
    return float(np.logaddexp(*parts))


def pairs_by_literals(literals: Sequence[Hashes], languages: Sequence[str]) -> NDArray[np.int64]:
    """Return pairs of texts in two languages that share rare literals, `int64[pairs, 2]`, the smaller first.

    Each text has at most `MADE` in each other language: those with which it shares most.
    """
    owners = np.repeat(np.arange(len(literals)), [len(each) for each in literals])
    tokens = np.concatenate([*literals, np.zeros(0, dtype=np.uint64)])
    order = np.argsort(tokens, kind="stable")
    tokens, owners = tokens[order], owners[order]
    edges = [0, *(np.flatnonzero(tokens[1:] != tokens[:-1]) + 1).tolist(), len(tokens)]
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for start, end in pairwise(edges):
        if 1 < end - start <= RARE:
            group = owners[start:end].tolist()
            for place, a in enumerate(group):
                for b in group[place + 1 :]:
                    if languages[a] != languages[b]:
                        shared[a, b] += 1
    return _most_shared(shared, languages)


def _most_shared(shared: dict[tuple[int, int], int], languages: Sequence[str]) -> NDArray[np.int64]:
    of_text: defaultdict[tuple[int, str], list[tuple[int, int, int]]] = defaultdict(list)
    for (a, b), count in shared.items():
        if count < SHARED:
            continue
        of_text[a, languages[b]].append((-count, a, b))
        of_text[b, languages[a]].append((-count, a, b))
    chosen = {(a, b) for some in of_text.values() for _, a, b in sorted(some)[:MADE]}
    return np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2)
