"""SARIF 2.1.0, the findings format of code review and continuous integration tools."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.bitexts.check import BitextReport
from pipeline.checks.rules import Rule
from pipeline.datatypes import Finding
from pipeline.output.columns import DISMISSED

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"critical": "error", "major": "error", "minor": "warning", "neutral": "note"}


def sarif_log(checked: BitextReport) -> dict[str, Any]:
    """Return the findings of a file as a SARIF log of one run, with the rules that were broken."""
    names = sorted({finding.rule for finding in checked.findings})
    rows = {row.id: row.number for row in checked.rows}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "synoptic",
                        "version": __version__,
                        "rules": [_rule(checked.rules[name]) for name in names],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, names.index(finding.rule), checked, rows[finding.row_id])
                    for finding in checked.findings
                ],
            }
        ],
    }


def _suppressions(finding: Finding, comment: str) -> dict[str, Any]:
    """Return the property of a dismissed finding that tells so."""
    if finding.status != DISMISSED:
        return {}
    return {"suppressions": [{"kind": "external", **({"justification": comment} if comment else {})}]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.meaning},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"severity": rule.severity, "issue_type": rule.issue_type, "category": rule.category},
    }


def _result(finding: Finding, index: int, checked: BitextReport, number: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(checked.file)}}
    if checked.lines.get(finding.row_id):
        place["region"] = {"startLine": checked.lines[finding.row_id]}
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": place,
                "logicalLocations": [{"name": finding.row_id, "kind": "row"}],
            }
        ],
        **_suppressions(finding, checked.comments.get(finding.id, "")),
        "partialFingerprints": {"synoptic/v1": finding.id},
        "properties": {
            "row": number,
            **{
                name: getattr(finding, name)
                for name in ("source_language", "target_language", "source_span", "target_span", "suggestion")
            },
        },
    }
