"""What the lines around an article say, in all languages together: pages mix them.

A pattern is for a whole line, which `pipeline.segmentation.boilerplate` has found to be short; a word inside
a sentence says nothing. The words of each language stand in its module (`pipeline.languages`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.languages import any_pattern


@cache
def _words(name: str) -> str:
    """Return the words of one kind of line in all languages, without the spaces around their bars."""
    return "|".join(word.strip() for word in any_pattern(f"page.{name}").split("|"))


def _line(words: str, rest: str) -> str:
    """Return a pattern for a whole line that begins with one of some words."""
    return rf"\A\W*(?:{words}){rest}"


_DATE = (
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:\.|\b)|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}"
    rf"|[^\W\d_]{{3,12}}\.? \d{{1,2}}, \d{{4}}|{_words('date')})"
)
_TIME = rf"(?:[,T–|-]?\s{{0,9}}(?:{_words('hour')}|h)?\s{{0,9}}\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?)"

_CREDIT = _line(_words("credit"), r"\.?\s?[:：=/©]\s?\S.{0,60}")
_SITE = (
    r"[^\W\d_][^:.]{1,40}: ?(?:https?://)?(?:www\.)?[\w-]+"
    rf"\.(?:com|org|info|eu|{_words('domains')})/?"
)
_POINTER = _line(_words("pointer"), r"(?:\s?[:：>»→|-]\s?\S.{0,120}|\W*)")
_SHARE = _line(_words("share"), r"\W*")
_POSTED = _line(_words("posted"), rf"\s{{0,9}}[:：]?\s{{0,9}}(?:{_DATE})?{_TIME}?\W{{0,40}}")
_ONLY_DATE = rf"\A\W*{_DATE}{_TIME}?\W*"
_RIGHTS = _line(rf"©|ⓒ|\(c\)|copyright|{_words('rights')}", r".{0,140}")
_TAGS = _line(_words("tags"), r"\s?[:：]\s?\S.{0,160}")
_RELATED_HEADING = _line(_words("related_heading"), r"\W*")
_AUTHOR_HEADING = _line(_words("author_heading"), r"\W*")
_AUTHOR = _line(_words("author"), r"(?:\s?[:：]\s?\S.{0,60}|\W*)")
_COUNT = r"(?:\s?\(?\d{1,5}\)?)?\W*"
_FORM_HEADING = _line(_words("form_heading"), _COUNT)
_COMMENTS = _line(_words("comments"), _COUNT)
_FORM_WORD = rf"e-?mail|cookie|captcha|{_words('form_word')}"
_ADDRESS = re.compile(r"\A[(\[]?[\w.+-]{2,40}@[\w-]{1,40}(?:\.[a-z]{2,6}){1,3}[)\]]?")
_NAME = re.compile(r"[(\[]?[^\W\d_]+(?:=[^\W\d_]+)?[.,)\]]?|=")

_ANYWHERE = (_CREDIT, _SITE, _POINTER, _SHARE)
_AT_EDGES = (_POSTED, _ONLY_DATE)
_AT_FOOT = (_TAGS, _AUTHOR)


@cache  # made once a line is asked about: all of them together take longer than a short run reads
def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def _photo() -> re.Pattern[str]:
    return re.compile(rf"\A\W*(?:{_words('photo')})\s[A-ZĄĆĘŁŃÓŚŹŻ].{{0,60}}")


def is_page_line(text: str, where: str) -> bool:
    """Whether a short line says that it is not the article's own; `where` is "head", "middle" or "foot"."""
    if _is(text, *_ANYWHERE) or _photo().fullmatch(text):
        return True
    if where == "middle":
        return False
    if _is(text, *_AT_EDGES) or (where == "foot" and _is(text, *_AT_FOOT)):
        return True
    return "@" in text and _is_byline(text)


def _is(line: str, *patterns: str) -> bool:
    """Whether a line is what one of the patterns says."""
    return _any_of(*patterns).fullmatch(line) is not None


def _is_byline(text: str) -> bool:
    """Whether a line is names and a mail address, as in 홍길동 기자 hong@example.kr."""
    *names, address = text.split()
    return bool(names) and _ADDRESS.fullmatch(address) is not None and all(map(_NAME.fullmatch, names))


def is_pointer(text: str) -> bool:
    """Whether a line leads to another article or lists keywords; such a line can be longer than a label."""
    return _is(text, _POINTER, _TAGS)


def is_share_line(text: str) -> bool:
    """Whether a line offers to share, to follow, to accept cookies."""
    return _is(text, _SHARE)


def is_rights_line(text: str) -> bool:
    """Whether a line says who holds the rights."""
    return _is(text, _RIGHTS) or _any_of(_words("rights_inside")).search(text) is not None


def is_tail_heading(text: str) -> bool:
    """Whether a line stands above other articles, about the author, or above comments: one look for all."""
    return _is(text, _RELATED_HEADING, _AUTHOR_HEADING, _FORM_HEADING, _COMMENTS)


def is_related_heading(text: str) -> bool:
    """Whether a line stands above the titles of other articles."""
    return _is(text, _RELATED_HEADING)


def is_author_heading(text: str) -> bool:
    """Whether a line stands above some lines about the author."""
    return _is(text, _AUTHOR_HEADING)


def is_form_heading(text: str) -> bool:
    """Whether a line stands above the form for a comment."""
    return _is(text, _FORM_HEADING)


def is_comment_heading(text: str) -> bool:
    """Whether a line stands above comments or the form for one."""
    return _is(text, _COMMENTS, _FORM_HEADING)


def speaks_of_forms(lines: Sequence[str]) -> bool:
    """Whether lines speak of what a form asks for: an address, a field that must be filled in."""
    return any(map(_any_of(_FORM_WORD).search, lines))
