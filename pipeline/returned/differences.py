"""What a returned unit changes in its row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.decisions.conflicts import Conflict
from pipeline.decisions.edited import Edited
from pipeline.decisions.replay import CorpusRow
from pipeline.exports.content import ExportRow
from pipeline.languages.marks import OBJECT
from pipeline.returned.repeats import new_remarks
from pipeline.returned.units import Unit


def edit_of(unit: Unit, row: CorpusRow, exported: ExportRow) -> Edited:
    """Return the row as a unit has it, without what is as it was exported."""
    loose = any(
        key(text) == key(row.texts[code]) and text.strip() != row.texts[code].strip()
        for code, text in unit.texts.items()
    )
    texts = {
        code: settled(text, row.texts[code], loose, unit.split, unit.coded)
        for code, text in unit.texts.items()
    }
    for code in source_copies(unit, row):
        del texts[code]
    remarks = new_remarks(unit.remarks, exported)
    return Edited(
        unit.place, texts, unit.review, remarks, unit.reviewer, unit.time, unit.reopened
    )


def source_copies(unit: Unit, row: CorpusRow) -> list[str]:
    """Return the languages whose text is that of the source, as many tools have it for want of a translation.

    A unit that was approved means what it says.
    """
    source, *targets = unit.texts
    return [
        code
        for code in targets
        if unit.review is None
        and key(unit.texts[code]) == key(unit.texts[source])
        and key(unit.texts[code]) != key(row.texts[code])
    ]


def settled(text: str, current: str, loose: bool = False, split: bool = False, coded: bool = False) -> str:
    """Return a text that came back, without what tools do to white space.

    White space at the ends is that of the current text. Where the tool changed it inside a text that it left
    alone (`loose`), or `split` the text, a difference in white space alone is no change. Codes that stand
    for no text become a space.
    """
    if coded:
        text = text.replace(OBJECT, " ")
    text = unicodedata.normalize("NFC", text)
    if text.strip() == current.strip() or (
        (loose or coded) and key(text) == key(current)
    ) or (split and text.split() and "".join(text.split()) == "".join(current.split())):
        return current
    start = current[: len(current) - len(current.lstrip())]
    end = current[len(current.rstrip()) :] if current.strip() else ""
    return start + text.strip() + end if text.strip() else text


def merge(edits: Sequence[Edited], row: CorpusRow) -> tuple[Edited, list[Conflict]]:
    """Return several units about one row as one; texts that differ are a conflict."""
    whole, conflicts = edits[0], []
    for edit in edits[1:]:
        for code in edit.texts.keys() & whole.texts.keys():
            one, other = whole.texts[code], edit.texts[code]
            if other not in (one, row.texts[code]) and one != row.texts[code]:
                conflicts.append(
                    Conflict(f"row {row.id} has different texts in {code}: {whole.place} and {edit.place}")
                )
        news = {c: t for c, t in edit.texts.items() if whole.texts.get(c) in (None, row.texts[c])}
        whole = whole._replace(
            texts={**whole.texts, **news},
            review=whole.review or edit.review,
            reopened=whole.reopened or edit.reopened,
            remarks=tuple(dict.fromkeys((*whole.remarks, *edit.remarks))),
            reviewer=whole.reviewer or edit.reviewer,
            time=max(whole.time, edit.time),
        )
    return whole, conflicts


def warnings_of(unit: Unit, row: CorpusRow) -> Iterable[str]:
    """Yield what of a unit cannot be used."""
    if unit.partial:
        yield f"{unit.place}: only some of its segments have a translation, which proposes nothing"
    for code in source_copies(unit, row):
        if row.texts[code] or not unit.pristine:
            yield f"{unit.place}: its text in {code} is that of the source, which proposes nothing"
    changed = [code for code, text in unit.texts.items() if key(text) != key(row.texts[code])]
    if unit.coded and changed:
        yield f"{unit.place}: inline codes in its text are left out"


def key(text: str) -> str:
    """Return a text as it is compared: what tools do to white space and composed letters does not count."""
    return " ".join(unicodedata.normalize("NFC", text).replace(OBJECT, " ").split())
