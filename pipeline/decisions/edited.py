"""What people changed in rows that they got as a table or as a translation file, as decisions."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import NamedTuple

from pipeline.datatypes import APPROVED, REPAIRED, unlike_number
from pipeline.decisions.conflicts import Conflict
from pipeline.decisions.record import Decision, is_number, problem_of
from pipeline.decisions.replay import CorpusRow, replay
from pipeline.decisions.resolve import withdrawn
from pipeline.output.columns import text_column
from pipeline.rows.from_alignment import ID_DIGITS

_REVIEW_KINDS = {"approved": "approve", "rejected": "reject"}


class Remark(NamedTuple):
    """A comment on a row, or a better text for one of its languages."""

    text: str
    reviewer: str = ""
    language: str = ""


class Edited(NamedTuple):
    """A row as it came back."""

    place: str  # where it is in the file, for messages: "line 12"
    texts: Mapping[str, str]  # by language; one that the file lacks is missing
    review: str | None = None  # None if the file has no place for it, "" if that is empty
    remarks: tuple[Remark, ...] = ()
    reviewer: str = ""
    time: str = ""  # UTC; "" if unknown
    reopened: bool = False  # the file says that the row needs work


class Changes(NamedTuple):
    """The decisions that edited rows amount to."""

    decisions: list[Decision]
    warnings: list[str]
    conflicts: list[Conflict]


class RowFinder:
    """Finds the corpus rows that the rows of a file refer to."""

    def __init__(self, rows: Iterable[CorpusRow], named: set[str]) -> None:
        self._named = named  # the articles in the file
        self._same: defaultdict[str, list[CorpusRow]] = defaultdict(list)  # rows with the same texts
        self._of: defaultdict[str, list[CorpusRow]] = defaultdict(list)
        self._languages: Iterable[str] = ()
        for row in rows:
            self._same[unlike_number(row.id.partition("-")[0])].append(row)
            self._of[row.article].append(row)
            self._languages = row.texts

    def find(self, id: str, article: str, values: Mapping[str, str]) -> CorpusRow | None:
        """Return the row with this content id, article and columns such as `it_paragraphs` in `values`.

        The numbered ending of a repeated id may belong to another row after files were added or removed.
        """
        rows = self._same.get(unlike_number(id.partition("-")[0]), [])
        if article in self._of:
            rows = [row for row in rows if row.article == article]
        elif article:  # the article is gone, or has a new id that does not occur in the file
            rows = [row for row in rows if row.article not in self._named]
        exact = [row for row in rows if self._has_paragraphs(row, values)]
        if len(exact) == 1:
            return exact[0]
        return next((row for row in exact or rows if row.id == id), rows[0] if len(rows) == 1 else None)

    def find_damaged(self, id: str, article: str, values: Mapping[str, str]) -> CorpusRow | None:
        """Return the row whose id a spreadsheet has turned into this number, if its paragraphs tell which.

        They may be those of another run, so one of the texts has to be the same, too.
        """
        whole = id.isdigit() and len(id) == ID_DIGITS
        if whole or not is_number(id) or not all(f"{code}_paragraphs" in values for code in self._languages):
            return None
        rows = [
            row
            for row in self._of.get(article, ())
            if self._has_paragraphs(row, values)
            and any(text and values.get(text_column(code)) == text for code, text in row.texts.items())
        ]
        return rows[0] if len(rows) == 1 else None

    @staticmethod
    def _has_paragraphs(row: CorpusRow, values: Mapping[str, str]) -> bool:
        columns = [f"{code}_paragraphs" for code in row.texts]
        return all(values.get(name, row.fields[name]) == row.fields[name] for name in columns)


def changes_of(
    edited: Iterable[tuple[CorpusRow, Edited]],
    rows: Sequence[CorpusRow],
    decisions: Sequence[Decision],
    by: str = "",
) -> Changes:
    """Return what was changed in these rows of a corpus, given its `rows` and `decisions`.

    `by` made the changes that name nobody.
    """
    made, warnings, conflicts = Changes([], [], [])
    replayed = replay(rows, decisions)
    languages = _languages(rows)
    withdrawn_reviews, last = _withdrawn(rows, decisions)
    outdated: list[str] = []
    ids = {decision.id for decision in decisions}
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    seen: dict[str, str] = {}
    cleared: list[str] = []
    for row, edit in edited:
        if row.id in seen:
            conflicts.append(Conflict(f"row {row.id} appears in {_both(seen[row.id], edit.place)}"))
            continue
        seen[row.id] = edit.place
        current = replayed.reviews.get(row.id, "")
        warnings += [f"{edit.place}: {problem}" for problem in _ignored(row, edit, current)]
        if (current and edit.review == "") or (current == APPROVED and edit.reopened):
            cleared.append(edit.place)
        said = _REVIEW_KINDS.get((edit.review or "").lower())
        if said and not current and said == withdrawn_reviews.get(row.id) and edit.time <= last:
            outdated.append(edit.place)
            edit = edit._replace(review=None)
        for change in _changes(row, edit, current, replayed.remarks.get(row.id, ())):
            decision = _decision(row, *change, ids, edit.time or now, by)
            decision = decision._replace(seen=languages[row.article])
            problem = problem_of(decision)
            if problem:
                warnings.append(f"{edit.place}: {problem}")
            else:
                made.append(decision)
    warnings += _not_taken_back(outdated, cleared)
    return Changes(made, warnings, conflicts)


def _not_taken_back(outdated: Sequence[str], cleared: Sequence[str]) -> Iterator[str]:
    """Yield what is said of reviews that the file would give again or withdraw; neither is done."""
    advice = "use the review page for that"
    if outdated:
        yield (
            f"a review has been withdrawn since the file was sent out ({listed(outdated)}): it is not given "
            f"again; {advice}"
        )
    if cleared:
        yield (
            f"the review is empty where rows have been reviewed ({listed(cleared)}): no review is withdrawn; "
            f"{advice}"
        )


def _languages(rows: Iterable[CorpusRow]) -> dict[str, tuple[str, ...]]:
    """Return the languages of each article, in the order of the corpus."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    codes: Iterable[str] = ()
    for row in rows:
        codes = row.texts
        found[row.article].update(code for code, text in row.texts.items() if text)
    return {article: tuple(code for code in codes if code in some) for article, some in found.items()}


def _withdrawn(rows: Sequence[CorpusRow], decisions: Sequence[Decision]) -> tuple[dict[str, str], str]:
    """Return the kinds of the reviews that were withdrawn, by row id, and the time of the last withdrawal."""
    gone = withdrawn(decisions)
    if not gone:
        return {}, ""
    reviews = replay(rows, [d for d in decisions if d.id in gone]).reviews
    kinds = {id: _REVIEW_KINDS[said] for id, said in reviews.items() if said in _REVIEW_KINDS}
    return kinds, max(d.time for d in decisions if d.kind == "withdraw")


def listed(places: Sequence[str], most: int = 10) -> str:
    """Return places as a list: "line 3, 4, ..."; the word that they share is not repeated."""
    kind = places[0].partition(" ")[0]
    names = [place.removeprefix(f"{kind} ") for place in places[:most]]
    return f"{kind} {', '.join(names)}" + (", ..." if len(places) > most else "")


def _both(one: str, other: str) -> str:
    kind, _, name = one.partition(" ")
    return f"{kind}s {name} and {other.removeprefix(f'{kind} ')}"


def _ignored(row: CorpusRow, edit: Edited, current: str) -> Iterable[str]:
    """Yield warnings about parts of an edited row that are not decisions."""
    for code, before in row.texts.items():
        if before.strip() and not edit.texts.get(code, before).strip():
            yield f"the text in {code} is empty, which proposes nothing; reject the row or write a comment"
    review = (edit.review or "").lower()
    if review and review not in _REVIEW_KINDS and not (review == REPAIRED in (current, row.fields["review"])):
        yield f"the review {edit.review!r} is not valid; write approved or rejected"


def _changes(
    row: CorpusRow, edit: Edited, current: str, remarks: Sequence[Decision]
) -> Iterable[tuple[str, str, str, str]]:
    """Yield the new changes in an edited row: kind, language, text and who made it."""
    proposed = {d.language: d.text for d in remarks if d.kind == "propose"}  # the last one wins
    for code, before in row.texts.items():
        text = plain_lines(edit.texts.get(code, ""))
        if text.strip() and text != plain_lines(before) and text != proposed.get(code):
            proposed[code] = text
            yield "propose", code, text, edit.reviewer
    for remark in edit.remarks:
        text = plain_lines(remark.text)
        if (
            remark.language
            and text.strip()
            and text not in (proposed.get(remark.language), row.texts.get(remark.language))
        ):
            yield "propose", remark.language, text, remark.reviewer or edit.reviewer
    review = (edit.review or "").lower()
    if review in _REVIEW_KINDS and review != current:
        yield _REVIEW_KINDS[review], "", "", edit.reviewer
    known = {d.text for d in remarks if d.kind == "comment"}
    for remark in edit.remarks:
        text = plain_lines(remark.text)
        if not remark.language and text.strip() and text not in known:
            known.add(text)
            yield "comment", "", text, remark.reviewer or edit.reviewer


def plain_lines(text: str) -> str:
    """Return a text with the line ends of the corpus."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decision(
    row: CorpusRow, kind: str, language: str, text: str, reviewer: str, ids: set[str], time: str, by: str
) -> Decision:
    """Return a decision with an id that is not in `ids`, and add the id.

    A reviewer who reverts a change may make the same decision twice, hence the counter in the digest.
    """
    about = " ".join(map(str, row.references))
    person = reviewer or by
    for turn in count():
        said = "\x1f".join((kind, row.article, about, language, text, str(turn), *filter(None, [person])))
        id = "t" + hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
        if id not in ids:
            break
    ids.add(id)
    return Decision(id, time, person, kind, row.article, row.id, row.references, language, text)
