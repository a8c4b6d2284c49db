"""What the two file formats of the Hangul word processor share: styles and prompts."""

from __future__ import annotations

import re

from pipeline.ingestion.formats.code_blocks import is_code_style

_KINDS = (
    (re.compile(r"(?:차례|목차|toc\b|table of contents)", re.IGNORECASE), "boilerplate"),
    (re.compile(r"(?:머리말|꼬리말|쪽 번호|header|footer|page number)\b", re.IGNORECASE), "boilerplate"),
    (re.compile(r"(?:개요|outline|heading|소제목|부제목?|subtitle)(?:\b|\d)", re.IGNORECASE), "heading"),
    (re.compile(r"(?:문서 ?제목|큰 ?제목|제목|title)(?![가-힣])(?:\b|\d)", re.IGNORECASE), "title"),
    (re.compile(r"\A.*(?:캡션|caption)", re.IGNORECASE), "caption"),
    (re.compile(r"(?:인용문?|quote|quotation)\b", re.IGNORECASE), "quote"),
)
_PROMPT = re.compile(r"Direction:wstring:(\d{1,6}):")


def kind_of_style(name: str, english: str = "") -> str:
    """Return the kind of paragraph that a style makes, by its Korean or English name; "" for running text."""
    for called in filter(None, (name.strip(), english.strip())):
        if is_code_style(called):
            return "code"
        for pattern, kind in _KINDS:
            if pattern.match(called):
                return kind
    return ""


def prompt_of(command: str) -> str:
    """Return the prompt of a field from its command, "" if it has none.

    >>> prompt_of("Clickhere:set:44:Direction:wstring:2:날짜 HelpState:wstring:0:  ")
    '날짜'
    """
    found = _PROMPT.search(command)
    return command[found.end() : found.end() + int(found[1])] if found else ""


def without_prompt(pieces: list[str], begin: int, prompt: str) -> None:
    """Remove the content of a field, `pieces[begin:]`, if it is still its prompt."""
    if prompt.strip() and "".join(pieces[begin:]).strip() == prompt.strip():
        del pieces[begin:]
