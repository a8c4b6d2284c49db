"""Finds the files that statements name among those of a run, and says in words what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.datatypes import Rejection, Verdict
from pipeline.languages.codes import language_label
from pipeline.matching.profiles import Profile
from pipeline.matching.stated import Constraints, StatedGroup
from pipeline.matching.statements import Statement, Statements, same_name


class Names:
    """The names of files, found in whatever way they are written."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)
        self._same: dict[str, str] = {}
        self._alike: defaultdict[str, list[str]] = defaultdict(list)
        self._first: dict[str, str] = {}  # the first article of each file that holds several
        for name in self._names:
            same = same_name(name)
            self._same.setdefault(same, name)
            for form in {same.casefold(), _bare(name)}:
                self._alike[form].append(name)
            if "#" in same:
                self._first.setdefault(same.rpartition("#")[0], name)

    def find(self, name: str) -> str | None:
        """Return the file of that name, None if there is none."""
        return name if name in self._names else self._same.get(same_name(name))

    def alike(self, name: str) -> str:
        """Return the one file that differs from a name in capitals only, or in its folder too, or ""."""
        forms = same_name(name).casefold(), _bare(name)
        return next((found[0] for form in forms if len(found := self._alike.get(form, [])) == 1), "")

    def articles_of(self, name: str) -> str:
        """Return the first article in the file of that name that holds several, or ""."""
        return self._first.get(same_name(name), "")


def _bare(name: str) -> str:
    return PurePosixPath(same_name(name)).name.casefold()


def stated_languages(statements: Statements, files: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the languages that were stated of each file: by the address of an article in it, or ""."""
    names, found = Names(files), dict[str, dict[str, str]]()
    for row in statements.rows:
        for code, name in row.files:
            file, address = names.find(name), ""
            if file is None and "#" in name:
                base, _, after = name.rpartition("#")
                file, address = names.find(base), f"#{after.strip()}"
            if file is not None:
                found.setdefault(file, {})[address] = code
    return found


class Remarks(NamedTuple):
    """What statements mean for files, in words."""

    paired: Mapping[str, tuple[tuple[str, ...], str]]  # the files stated to belong to each one, and where
    alone: Mapping[str, str]  # files stated to have no translation, and where
    uncompared: frozenset[str]  # files that take no further partner
    more: Mapping[str, Sequence[str]]  # what else is to be said of a file
    problems: tuple[str, ...]  # what the statements name in vain


NO_REMARKS = Remarks({}, {}, frozenset(), {}, ())


def constraints_of(
    statements: Statements,
    profiles: Sequence[Profile],
    rejections: Sequence[Rejection],
    languages: Sequence[str],
    told_otherwise: Mapping[str, str],
) -> tuple[Constraints, Remarks]:
    """Return what the statements mean for the articles of a run.

    `told_otherwise` says of files that were taken in the stated language what they seemed to be.
    """
    if not statements.rows:
        return Constraints(), NO_REMARKS
    return _Resolving(statements, profiles, rejections, languages).result(told_otherwise)


class _Resolving:
    def __init__(
        self,
        statements: Statements,
        profiles: Sequence[Profile],
        rejections: Sequence[Rejection],
        languages: Sequence[str],
    ) -> None:
        self._statements, self._profiles, self._languages = statements, profiles, languages
        self._numbers = {profile.file: k for k, profile in enumerate(profiles)}
        self._rejected = {rejection.file: rejection.reason for rejection in rejections}
        self._names = Names([*self._numbers, *self._rejected])
        self._paired: dict[str, tuple[tuple[str, ...], str]] = {}
        self._alone: dict[str, str] = {}
        self._uncompared: set[str] = set()
        self._more: defaultdict[str, list[str]] = defaultdict(list)
        self._problems: list[str] = []

    def result(self, told_otherwise: Mapping[str, str]) -> tuple[Constraints, Remarks]:
        """Return what was stated as constraints, and what to tell about it, as `constraints_of` does."""
        groups: list[StatedGroup] = []
        apart: set[tuple[int, int]] = set()
        for row in self._statements.rows:
            there = self._there(row)
            place = self._statements.place(row)
            for k, file in there.items():
                if file in told_otherwise:
                    language = language_label(self._profiles[k].language)
                    words = f"read as {language}, as stated in {place}; {told_otherwise[file]}"
                    self._more[file].append(words)
            if not row.together:
                apart.update(combinations(sorted(there), 2))
                self._forbid(list(there.values()), place)
            elif there:
                closed = self._closed(row)
                groups.append(StatedGroup(tuple(sorted(there)), closed))
                self._tell(row, list(there.values()), place, closed.issuperset(self._languages))
        remarks = Remarks(
            self._paired, self._alone, frozenset(self._uncompared), self._more, tuple(self._problems)
        )
        return Constraints(tuple(groups), frozenset(apart)), remarks

    def _there(self, row: Statement) -> dict[int, str]:
        """Return the articles that a statement names, and note those that cannot be used."""
        there: dict[int, str] = {}
        missing: list[tuple[str, str | None]] = []
        for _, name in row.files:
            file = self._names.find(name)
            if file in self._numbers:
                there[self._numbers[file]] = file
            else:
                missing.append((name, file))
        place = self._statements.place(row)
        for name, rejected in missing:
            why = self._why_not(name, rejected)
            self._problems.append(f"{place}: {name} {why}")
            others = [other for _, other in row.files if other != name]
            if rejected is not None and others:
                relation = "to belong with" if row.together else "not to belong with"
                self._more[rejected].append(f"stated in {place}, {relation} {' and '.join(others)}")
            if row.together:
                for file in there.values():
                    self._more[file].append(f"stated in {place}, to belong with {name}, which {why}")
        return there

    def _why_not(self, name: str, file: str | None) -> str:
        """Return why a name cannot be used."""
        if file is not None:
            return f"is rejected: {self._rejected[file]}"
        base = self._names.find(name.rpartition("#")[0]) if "#" in name else None
        if base in self._rejected:
            return f"is rejected: {self._rejected[base]}"
        if first := self._names.articles_of(name):
            return f"holds several articles: name one of them, as in {first}"
        like = self._names.alike(name)
        return "is not there" + (f"; is {like} meant?" if like else "")

    def _closed(self, row: Statement) -> frozenset[str]:
        """Return the languages in which a stated article takes no further file."""
        named = [*row.none, *(code for code, _ in row.files)]
        return frozenset(self._languages if len(named) == 1 else named)

    def _forbid(self, files: Sequence[str], place: str) -> None:
        for file in files:
            others = [other for other in files if other != file]
            if others:
                self._more[file].append(f"stated in {place}, not to belong with {' and '.join(others)}")

    def _tell(self, row: Statement, files: Sequence[str], place: str, closed: bool) -> None:
        if closed:
            self._uncompared.update(files)
        if closed and len(row.files) == 1:
            self._alone[files[0]] = place
            return
        if len(files) > 1:
            self._paired.update((f, (tuple(other for other in files if other != f), place)) for f in files)
        for code in row.none:
            for file in files:
                none = f"to have no translation into {language_label(code)}"
                self._more[file].append(f"stated in {place}, {none}")


def with_remarks(verdicts: Iterable[Verdict], remarks: Remarks) -> list[Verdict]:
    """Return the verdicts with what was stated in their reasons."""
    concerned = remarks.paired.keys() | remarks.alone.keys() | remarks.uncompared | remarks.more.keys()
    return [_with_remarks(each, remarks) if each.file in concerned else each for each in verdicts]


def _with_remarks(verdict: Verdict, remarks: Remarks) -> Verdict:
    file, parts = verdict.file, [verdict.reason]
    if file in remarks.alone:
        parts = [f"has no translation, as stated in {remarks.alone[file]}"]
    elif file in remarks.paired:
        others, place = remarks.paired[file]
        parts.insert(0, f"paired with {' and '.join(others)} as stated in {place}")
    elif file in remarks.uncompared:
        parts = ["no translation was looked for"]
    parts += remarks.more.get(file, ())
    return verdict._replace(reason="; ".join(parts))
