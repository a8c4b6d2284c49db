"""What an export wrote into the notes of a row: it says nothing new when it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.rules import RULES
from pipeline.decisions.edited import Remark
from pipeline.exports.content import ExportRow
from pipeline.exports.markup import clean

_FINDING = re.compile(r"([a-z]+\.[a-z-]+): ")
_PROPOSAL = re.compile(r"better text for ([a-z]{2,3}(?:-[a-z]{2,4})?): (.*)", re.DOTALL)


def new_remarks(remarks: Iterable[Remark], row: ExportRow) -> tuple[Remark, ...]:
    """Return the remarks that neither repeat a remark on the row nor a finding of any run."""
    known = {(remark.language, clean(remark.text).strip()) for remark in row.remarks}
    texts = {text for _, text in known}
    found = []
    for remark in map(_as_proposal, remarks):
        text = remark.text.strip()
        rule = _FINDING.match(text)
        repeated = (remark.language, text) in known or (not remark.language and text in texts)
        if text and not repeated and not (rule and rule[1] in RULES):
            found.append(remark._replace(text=text))
    return tuple(found)


def _as_proposal(remark: Remark) -> Remark:
    """Read the words in which a TMX note holds a better text."""
    match = _PROPOSAL.fullmatch(remark.text)
    return remark._replace(language=match[1], text=match[2]) if match and not remark.language else remark
