"""Recall of the QA checks on errors that translators and machines make, written by hand on news.

    python -m benchmarks.news_errors NEWS.jsonl.gz [--missed] [--kind KIND] [--write docs/qa.md]

NEWS is the file of `benchmarks.qa`. `news_errors.tsv` beside this module has an error a line: its kind, the
document and the sentence (from 0), the pair of languages, of whose second the text is damaged, what stands
there before and after. `;;` parts replacements that are made together. `*letters*` writes the text without
the letters that ASCII has not, `*upper*` in capitals, `*source*` leaves it untranslated, and `*append*` adds
to its end. Where the news have nothing to damage, both texts are changed first: "source before" becomes
"source after", and "right" is what a good translation has in the place of "before". Markup is read as inline
codes of XLIFF where the kind is "inline code"; where it is "length limit", the text as it is has the greatest
length allowed.

Every document is checked as an article in reading order, with one error at a time. An error counts as found
if one of the rules that are made for its kind has a new finding on its row.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.qa import Bench, Unit, read_documents, replace_part, table
from pipeline.bitexts.codes import differing_codes
from pipeline.bitexts.inline import read_inline
from pipeline.bitexts.limits import beyond_limits
from pipeline.bitexts.segments import Limit, Segment
from pipeline.checks.cells import Draft
from pipeline.datatypes import Finding

PART = "errors"
ERRORS = Path(__file__).with_suffix(".tsv")
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻàèéìòùÀÈÉÌÒÙ", "acelnoszzACELNOSZZaeeiouAEEIOU")

RULES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("magnitude", "number", "number word", "weekday", "month", "date", "clock", "currency", "unit"),
            *("percent or sign", "swapped numbers"),
        ),
        ("numbers.",),
    ),
    "machine mark": ("characters.",),
    "assistant": ("characters.assistant",),
    "loop": ("typography.doubled-", "completeness.repeated"),
    "doubled word": ("typography.doubled-",),
    "full-width": ("writing.full-width",),
    "particle": ("writing.particle",),
    "speech level": ("writing.speech-level",),
    "letters": ("writing.letters", "writing.accent"),
    "accent": ("writing.accent",),
    "spacing": ("typography.spacing",),
    "number format": ("locale.number-format",),
    "capitals": ("writing.capitals",),
    "foreign clause": ("language.",),
    "untranslated": ("language.",),
    "address": ("entities.",),
    "tag": ("entities.",),
    "code": ("characters.placeholder",),
    "inline code": ("characters.placeholder",),
    "length limit": ("characters.limit",),
    "shortcut": ("entities.shortcut",),
    "list": ("completeness.list",),
    "omission": ("completeness.",),
    "addition": ("completeness.",),
    "name": ("entities.",),
    "quotation mark or bracket": ("typography.",),
    "question mark": ("typography.question",),
    "mojibake": ("characters.",),
}
"""By kind, the beginnings of the rules that are made for it."""


class Error(NamedTuple):
    """An error of a translation."""

    kind: str
    document: str
    sentence: int  # from 0
    pair: tuple[str, str]  # the second is damaged
    before: str
    after: str
    right: str = ""  # in the place of `before`, if both texts are changed
    source_before: str = ""
    source_after: str = ""


def read_errors(path: Path = ERRORS) -> list[Error]:
    """Return the errors of a file."""
    errors = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, document, sentence, pair, *texts = line.split("\t")
            source, target = pair.split("-")
            errors.append(Error(kind, document, int(sentence), (source, target), *texts))
    return errors


def clean_unit(error: Error, unit: Unit) -> Unit:
    """Return the texts of an error's row without it, in its two languages."""
    source, target = error.pair
    ours, theirs = unit[source], unit[target]
    if error.source_after:
        ours = _replaced(ours, error.source_before, error.source_after)
        theirs = _replaced(theirs, error.before, error.right)
    return {source: ours, target: theirs}


def broken_unit(error: Error, unit: Unit) -> Unit:
    """Return the texts of an error's row with it."""
    source, target = error.pair
    if error.before == "*source*":
        return {source: unit[source], target: unit[source]}
    wrong = _replaced(unit[target], error.before, error.after)
    return {source: clean_unit(error, unit)[source], target: wrong}


def _replaced(text: str, before: str, after: str) -> str:
    """Raises `ValueError` where the text does not have what is to be replaced, or has it twice."""
    if before == "*letters*":
        return text.translate(_PLAIN)
    if before == "*upper*":
        return text.upper()
    if before == "*append*":
        return f"{text} {after}"
    parts, wrong = before.split(";;"), after.split(";;")
    for number, part in enumerate(parts):
        if text.count(part) != 1:
            raise ValueError(f"{part!r} stands {text.count(part)} times in {text!r}")
        text = text.replace(part, f"\0{number}\0")
    for number, part in enumerate(wrong):
        text = text.replace(f"\0{number}\0", part)
    return text


def rules_that_find(error: Error, document: Sequence[Unit], bench: Bench) -> set[str]:
    """Return the rules of an error's kind that have a new finding on its row."""
    unit = document[error.sentence]
    rows = [clean_unit(error, unit), broken_unit(error, unit)]
    if error.kind == "inline code":
        segments = [_segment(row) for row in rows]
        clean, broken = ({each.message for each in differing_codes(part, error.pair)} for part in segments)
        if broken - clean:
            return {"characters.placeholder"}
        rows = [segment.texts for segment in segments]  # a literal placeholder is part of the text
    if error.kind == "length limit":
        return {draft.rule for draft in _limit_drafts(*rows, error.pair)}
    before, after = document[: error.sentence], document[error.sentence + 1 :]
    clean, broken = (_told(bench.check([*before, row, *after], error.pair), error) for row in rows)
    return {told.split()[0] for told in broken - clean}


def _told(found: list[list[Finding]], error: Error) -> set[str]:
    rules = RULES[error.kind]
    return {
        f"{finding.rule} {finding.message}"
        for finding in found[error.sentence]
        if finding.rule.startswith(rules)
    }


def _segment(unit: Unit) -> Segment:
    """The texts of a row whose markup is that of inline codes."""
    read = {code: read_inline(etree.fromstring(f"<seg>{text}</seg>")) for code, text in unit.items()}
    texts = {code: text for code, (text, _) in read.items()}
    return Segment("", texts, codes={code: codes for code, (_, codes) in read.items()})


def _limit_drafts(clean: Unit, broken: Unit, pair: tuple[str, str]) -> list[Draft]:
    limit = Limit(0, len(clean[pair[1]]), len(broken[pair[1]]), "characters")
    return beyond_limits(Segment("", broken, limits=(limit,)), pair)


def recall_rows(found: dict[Error, set[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the table: recall by kind, and of all."""
    kinds = Counter(error.kind for error in found)
    for kind, count in kinds.items():
        hits = [rules for error, rules in found.items() if error.kind == kind and rules]
        told = Counter(rule for rules in hits for rule in rules)
        names = ", ".join(f"`{rule}`" for rule, _ in told.most_common(3))
        yield kind, [f"{len(hits) / count:.2f}", str(count), names]
    yield "all", [f"{sum(map(bool, found.values())) / len(found):.2f}", str(len(found)), ""]


def main() -> None:
    """Print recall by kind and, on request, the errors that were missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--kind", default="", help="only errors of this kind")
    parser.add_argument("--missed", action="store_true", help="print the errors that were missed")
    parser.add_argument("--write", type=Path, help="also write the table into this page")
    arguments = parser.parse_args()
    documents = read_documents(arguments.news, ("it", "ko", "pl"))
    bench = Bench(("it", "ko", "pl"), [0])
    errors = [error for error in read_errors() if arguments.kind in ("", error.kind)]
    found = {error: rules_that_find(error, documents[error.document], bench) for error in errors}
    if arguments.missed:
        for error in (error for error, hit in found.items() if not hit):
            unit = broken_unit(error, documents[error.document][error.sentence])
            print("missed", error.kind, error.before, "->", error.after, *unit.values(), sep=" | ")
    lines = list(table("kind of error", ["found", "errors", "told by"], dict(recall_rows(found))))
    print("\n".join(lines))
    if arguments.write:
        replace_part(arguments.write, PART, lines)


if __name__ == "__main__":
    main()
