"""The findings of a file as a page for translators: one HTML file that needs nothing else.

Every text is escaped, and the Content-Security-Policy allows only the hashes of the style sheet and of the
script, so nothing in a text can run. Without the script the page can be read, filtered and printed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import PurePath

from pipeline.bitexts.check import BitextReport
from pipeline.bitexts.passages import Flagged, Piece, flagged_rows, pieces, span_in
from pipeline.datatypes import SEVERITIES, Finding
from pipeline.languages.codes import language_label, language_name, language_tag
from pipeline.output.columns import DISMISSED

MAX_ROWS = 10_000
"""Rows of a page, about 20 MB; of more, the gravest are shown."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def html_report(checked: BitextReport) -> str:
    """Return the findings of a file as an HTML page."""
    script, style = _asset("report.js"), _asset("report.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    title = f"Findings in {_text(checked.file)}"
    return "".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n",
            f"<h1>{title}</h1>\n",
            *_summary(checked),
            *_rows(checked),
            *_dismissed(checked),
            _save(checked),
            f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


def _summary(checked: BitextReport) -> Iterator[str]:
    languages = dict.fromkeys(code for row in checked.rows for code in row.languages)
    names = ", ".join(_text(language_label(code)) for code in languages)
    rows = len({finding.row_id for finding in checked.open})
    yield f"<p>{len(checked.rows)} rows in {names}; {rows} with open findings.</p>\n"
    if checked.known:
        yield f'<p class="note">{checked.known} findings that the baseline has are left out.</p>\n'
    if not checked.open:
        yield "<p>There are no open findings.</p>\n"
        return
    yield "<section>\n<h2>Summary</h2>\n"
    yield from _by_severity(checked.open)
    yield from _by_rule(checked)
    yield "</section>\n"


def _by_severity(findings: Sequence[Finding]) -> Iterator[str]:
    counts = Counter(finding.severity for finding in findings)
    yield '<table><caption>By severity</caption>\n<tr><th scope="col">severity</th>'
    yield '<th scope="col">findings</th></tr>\n'
    for severity in SEVERITIES:
        if counts[severity]:
            yield f'<tr><td class="{severity}">{severity}</td>'
            yield f'<td class="count">{counts[severity]}</td></tr>\n'
    yield "</table>\n"


def _by_rule(checked: BitextReport) -> Iterator[str]:
    counts = Counter(finding.rule for finding in checked.open)
    severities = {name: checked.rules[name].severity for name in counts}
    yield '<table><caption>By rule</caption>\n<tr><th scope="col">rule</th>'
    yield '<th scope="col">severity</th><th scope="col">findings</th></tr>\n'
    for name in sorted(counts, key=lambda name: (SEVERITIES.index(severities[name]), -counts[name], name)):
        severity, meaning = severities[name], _text(checked.rules[name].meaning)
        yield f'<tr><td><code>{_text(name)}</code><br><span class="note">{meaning}</span></td>'
        yield f'<td class="{severity}">{severity}</td><td class="count">{counts[name]}</td></tr>\n'
    yield "</table>\n"


def _rows(checked: BitextReport) -> Iterator[str]:
    flagged = flagged_rows(checked, checked.open)
    if not flagged:
        return
    yield "<section>\n<h2>Rows</h2>\n"
    yield "<fieldset><legend>Show</legend>\n"
    for severity in SEVERITIES:
        if any(finding.severity == severity for finding in checked.open):
            yield f'<label><input type="checkbox" id="show-{severity}" checked> {severity}</label>\n'
    yield "</fieldset>\n"
    if len(flagged) > MAX_ROWS:
        shown = f"These are the {MAX_ROWS} of {len(flagged)} rows with the gravest findings."
        yield f'<p class="note">{shown}</p>\n'
    for row in _gravest(flagged):
        yield from _article(checked, row)
    yield "</section>\n"


def _gravest(flagged: Sequence[Flagged]) -> Sequence[Flagged]:
    """Return as many rows as a page has, in the order of the file."""
    if len(flagged) <= MAX_ROWS:
        return flagged
    order = sorted(range(len(flagged)), key=lambda k: SEVERITIES.index(flagged[k].severity))
    return [flagged[k] for k in sorted(order[:MAX_ROWS])]


def _dismissed(checked: BitextReport) -> Iterator[str]:
    findings = [finding for finding in checked.findings if finding.status == DISMISSED]
    if findings:
        yield f"<section>\n<h2>Dismissed</h2>\n<details><summary>Findings: {len(findings)}</summary>\n"
        for row in _gravest(flagged_rows(checked, findings)):
            yield from _article(checked, row)
        yield "</details>\n</section>\n"


def _article(checked: BitextReport, flagged: Flagged) -> Iterator[str]:
    row, findings = flagged
    line = checked.lines.get(row.id)
    place = f"line {line}" if line else f"row {row.number}"
    stem = PurePath(checked.file).stem
    group = f"{_text(row.article)} · " if row.article and row.article != stem else ""
    yield f'<article class="{flagged.severity}">\n<h3><bdi>{group}{_text(row.id)}</bdi> '
    yield f'<span class="place">{place}</span></h3>\n<div class="texts">\n'
    for language in row.languages:
        text = row.text(language)
        marked = "".join(map(_piece, pieces(text, [span_in(finding, language) for finding in findings])))
        tag = language_tag(language)
        shown = f'<p lang="{tag}" dir="auto">{marked}</p>' if text else '<p class="empty">no text</p>'
        yield f"<div><h4>{_text(language_name(language))}</h4>{shown}</div>\n"
    yield "</div>\n<ol>\n"
    for finding in findings:
        yield _item(finding, checked.comments.get(finding.id, ""))
    yield "</ol>\n</article>\n"


def _piece(piece: Piece) -> str:
    text = _text(piece.text)
    if not piece.inside:
        return text
    numbers = f"<sup>{','.join(map(str, piece.ending))}</sup>" if piece.ending else ""
    return f"<mark{'' if text else ' class=gap'}>{text}</mark>{numbers}"


def _item(finding: Finding, comment: str) -> str:
    codes = filter(None, (finding.source_language, finding.target_language))
    languages = " → ".join(_text(language_name(code)) for code in codes)
    tag = language_tag(finding.target_language)
    words = f'; suggestion: <bdi lang="{tag}">{_text(finding.suggestion)}</bdi>' if finding.suggestion else ""
    checked = " checked" if finding.status == DISMISSED else ""
    return (
        f'<li class="{finding.severity}"><span class="severity">{finding.severity}</span> '
        f"<bdi>{_text(finding.message)}</bdi>{words} "
        f'<span class="note">{languages} · <code>{_text(finding.rule)}</code></span>\n'
        f'<div class="judge" hidden><label><input type="checkbox" data-id="{_text(finding.id)}" '
        f'data-rule="{_text(finding.rule)}"{checked}> Dismiss</label>'
        f'<input type="text" aria-label="Comment" placeholder="Comment" value="{_text(comment)}">'
        "</div></li>\n"
    )


def _save(checked: BitextReport) -> str:
    if not checked.findings:
        return ""
    name = _text(f"{PurePath(checked.file).stem}.dismissed.csv")
    return (
        f'<div id="save" data-name="{name}" hidden><button type="button">Save dismissals</button> '
        f'<span class="note">for <code>synoptic check --dismissed {name}</code></span></div>\n'
    )


def _text(text: str) -> str:
    """Return a text as HTML; control characters, which HTML does not allow, are shown."""
    return escape(_CONTROL.sub(_shown, text), quote=True)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


@cache
def _asset(name: str) -> str:
    return files("pipeline.bitexts").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
