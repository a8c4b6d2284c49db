"""Adds the decisions in files that came back to the log of a corpus.

One file is taken in as a whole or not at all. Several are merged: of decisions that contradict each other, or
one in the log, none is taken in unless the caller overrules, and all others are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.decisions.conflicts import Conflict, conflicts_among, conflicts_with
from pipeline.decisions.edited import changes_of
from pipeline.decisions.incoming import Incoming, Known, read_incoming, read_known
from pipeline.decisions.log import Log, add_decisions, read_decisions
from pipeline.decisions.replay import article_groups
from pipeline.errors import ConflictError, InputError
from pipeline.exports.content import Content, read_content
from pipeline.output.columns import ARTICLE_COLUMNS, named
from pipeline.output.commit import recover
from pipeline.output.reader import table_of
from pipeline.returned import tmx, xliff
from pipeline.returned.matching import match
from pipeline.store.plain_files import opened

_MARKUP = {b"<": "utf-8", b"\xff\xfe<": "utf-16", b"\xfe\xff\x00<": "utf-16"}
_HEAD = 4096


class _Corpus(NamedTuple):
    out: Path
    known: Known
    log: Log


def apply_file(
    file: Path, out: Path, dry_run: bool = False, overrule: bool = False, by: str = ""
) -> Incoming:
    """Return the decisions in a file after adding them to those of the corpus in `out`.

    `by` made those that name nobody. With `dry_run` nothing is written. Raises `ConflictError`, before
    anything is written, if decisions contradict each other and the file does not `overrule`; any other
    `SynopticError` may be raised too.
    """
    incoming = _read_all([file], out, by)[0]
    incoming.conflicts = _by_person(incoming.conflicts, read_known(out), out)
    if incoming.conflicts and not overrule and not dry_run:
        raise ConflictError(list(map(str, incoming.conflicts)), incoming.warnings)
    if not dry_run:
        add_decisions(out, incoming.decisions, backup=True)
    return incoming


def apply_files(
    files: Sequence[Path], out: Path, dry_run: bool = False, overrule: bool = False, by: str = ""
) -> Incoming:
    """Return the decisions of several files after adding them to those of the corpus in `out`.

    Decisions in conflict are left out, or with `overrule` taken in, those of later files last, so they win.
    Nothing is written if a file cannot be read; raises `SynopticError`.
    """
    if len(files) == 1:
        return apply_file(files[0], out, dry_run, overrule, by)
    read = _read_all(files, out, by)
    merged = Incoming()
    for path, incoming in zip(files, read, strict=True):
        merged.warnings += [f"{path.name}: {warning}" for warning in incoming.warnings]
        merged.conflicts += incoming.conflicts
    known = read_known(out)
    merged.conflicts += conflicts_among([incoming.decisions for incoming in read], article_groups(known.rows))
    merged.conflicts = _by_person(merged.conflicts, known, out)
    contested = {id for conflict in merged.conflicts for id in conflict.decisions}
    everything = {d.id: d for incoming in read for d in incoming.decisions}
    merged.decisions = [d for d in everything.values() if overrule or d.id not in contested]
    if not dry_run:
        add_decisions(out, merged.decisions, backup=True)
    return merged


def _by_person(conflicts: Sequence[Conflict], known: Known, out: Path) -> list[Conflict]:
    """Return conflicts in the order of the people and rows concerned, which their words begin with."""
    if not conflicts:
        return []
    lines = table_of(out / "articles.csv", named(ARTICLE_COLUMNS, "article", "name"))
    names = {line["article"]: line["name"] for line in lines if line["name"]}
    number = {
        (row.article, reference): int(row.fields["row"]) for row in known.rows for reference in row.references
    }
    found = []
    for conflict in conflicts:
        rows = {number.get((conflict.article, reference), 0) for reference in conflict.paragraphs}
        place = sorted(rows - {0})
        people = [name for name in dict.fromkeys(conflict.people) if name]
        article = f"“{names[conflict.article]}”" if conflict.article in names else conflict.article
        words = f"row {', '.join(map(str, place))} of {article}: " if place else ""
        words = f"{' and '.join(people)}, {words}" if people and words else words
        key = ([name or "\uffff" for name in conflict.people], conflict.article, place)
        found.append((key, conflict._replace(text=words + conflict.text)))
    return [conflict for _, conflict in sorted(found, key=lambda each: each[0])]


def _read_all(files: Sequence[Path], out: Path, by: str) -> list[Incoming]:
    """Return the new decisions in each file, and what they contradict in the log."""
    recover(out)
    corpus = _Corpus(out, read_known(out), read_decisions(out))
    content: Content | None = None
    groups = article_groups(corpus.known.rows)
    old = {decision.id for decision in corpus.log.decisions}
    found = []
    for path in files:
        if _is_markup(path):
            content = content or read_content(out)
            incoming = _read_translation(path, corpus, content, by)
        else:
            incoming = read_incoming(path, corpus.known, corpus.log, by)
        incoming.decisions = [decision for decision in incoming.decisions if decision.id not in old]
        incoming.conflicts += conflicts_with(incoming.decisions, corpus.log.decisions, groups)
        found.append(incoming)
    return found


def _is_markup(path: Path) -> bool:
    """Return whether a file is XML by its first bytes: names and endings change on the way."""
    try:
        with opened(path, follow=True) as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return plain.startswith(tuple(_MARKUP))


def _read_translation(path: Path, corpus: _Corpus, content: Content, by: str) -> Incoming:
    """Return what was changed in a TMX or XLIFF file; raises `InputError`."""
    from pipeline.bitexts.elements import local_name, read_elements

    root = next((local_name(element) for _, element in read_elements(path)), "")
    reader = {"tmx": tmx.read, "xliff": xliff.read}.get(root)
    if reader is None:
        raise InputError(f"{path} is neither XLIFF nor TMX: its root is <{root}>")
    found = match(reader(path), corpus.known.rows, content, path)
    changes = changes_of(found.edited, corpus.known.rows, corpus.log.decisions, by)
    return Incoming(changes.decisions, found.warnings + changes.warnings, found.conflicts + changes.conflicts)
