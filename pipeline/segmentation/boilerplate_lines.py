"""What the lines around an article say, in all languages together: pages mix them.

A pattern is for a whole line, which `pipeline.segmentation.boilerplate` has found to be short; a word inside
a sentence says nothing. The words of each language stand in its module (`pipeline.languages`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.languages import any_pattern


def _words(name: str) -> str:
    """Return the words of one kind of line in all languages, without the spaces around their bars."""
    return "|".join(word.strip() for word in any_pattern(f"page.{name}").split("|"))


def _line(words: str, rest: str) -> re.Pattern[str]:
    """Return a pattern for a whole line that begins with one of some words."""
    return re.compile(rf"\A\W*(?:{words}){rest}", re.IGNORECASE)


_DATE = (
    r"(?:\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:\.|\b)|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}"
    rf"|[^\W\d_]{{3,12}}\.? \d{{1,2}}, \d{{4}}|{_words('date')})"
)
_TIME = rf"(?:[,T–|-]?\s{{0,9}}(?:{_words('hour')}|h)?\s{{0,9}}\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?)"

_CREDIT = _line(_words("credit"), r"\.?\s?[:：=/©]\s?\S.{0,60}")
_PHOTO = re.compile(rf"\A\W*(?:{_words('photo')})\s[A-ZĄĆĘŁŃÓŚŹŻ].{{0,60}}")
_SITE = re.compile(
    rf"[^\W\d_][^:.]{{1,40}}: ?(?:https?://)?(?:www\.)?[\w-]+\.(?:com|org|info|eu|{_words('domains')})/?",
    re.IGNORECASE,
)
_POINTER = _line(_words("pointer"), r"(?:\s?[:：>»→|-]\s?\S.{0,120}|\W*)")
_SHARE = _line(_words("share"), r"\W*")
_POSTED = _line(_words("posted"), rf"\s{{0,9}}[:：]?\s{{0,9}}(?:{_DATE})?{_TIME}?\W{{0,40}}")
_ONLY_DATE = re.compile(rf"\A\W*{_DATE}{_TIME}?\W*")
_RIGHTS = _line(rf"©|ⓒ|\(c\)|copyright|{_words('rights')}", r".{0,140}")
_RIGHTS_INSIDE = re.compile(_words("rights_inside"), re.IGNORECASE)
_TAGS = _line(_words("tags"), r"\s?[:：]\s?\S.{0,160}")
_RELATED_HEADING = _line(_words("related_heading"), r"\W*")
_AUTHOR_HEADING = _line(_words("author_heading"), r"\W*")
_AUTHOR = _line(_words("author"), r"(?:\s?[:：]\s?\S.{0,60}|\W*)")
_COUNT = r"(?:\s?\(?\d{1,5}\)?)?\W*"
_FORM_HEADING = _line(_words("form_heading"), _COUNT)
_COMMENTS = _line(_words("comments"), _COUNT)
_FORM_WORD = re.compile(rf"e-?mail|cookie|captcha|{_words('form_word')}", re.IGNORECASE)
_ADDRESS = re.compile(r"\A[(\[]?[\w.+-]{2,40}@[\w-]{1,40}(?:\.[a-z]{2,6}){1,3}[)\]]?")
_NAME = re.compile(r"[(\[]?[^\W\d_]+(?:=[^\W\d_]+)?[.,)\]]?|=")

_ANYWHERE = (_CREDIT, _SITE, _POINTER, _SHARE)
_PATTERNS = {
    where: re.compile("|".join(f"(?:{pattern.pattern})" for pattern in patterns), re.IGNORECASE)
    for where, patterns in (
        ("middle", _ANYWHERE),
        ("head", (*_ANYWHERE, _POSTED, _ONLY_DATE)),
        ("foot", (*_ANYWHERE, _POSTED, _ONLY_DATE, _TAGS, _AUTHOR)),
    )
}


_TAIL_HEADING = re.compile(
    "|".join(
        f"(?:{pattern.pattern})" for pattern in (_RELATED_HEADING, _AUTHOR_HEADING, _FORM_HEADING, _COMMENTS)
    ),
    re.IGNORECASE,
)


def is_page_line(text: str, where: str) -> bool:
    """Whether a short line says that it is not the article's own; `where` is "head", "middle" or "foot"."""
    if _PATTERNS[where].fullmatch(text) or _PHOTO.fullmatch(text):
        return True
    return where != "middle" and "@" in text and _is_byline(text)


def _is_byline(text: str) -> bool:
    """Whether a line is names and a mail address, as in 홍길동 기자 hong@example.kr."""
    *names, address = text.split()
    return bool(names) and _ADDRESS.fullmatch(address) is not None and all(map(_NAME.fullmatch, names))


def is_pointer(text: str) -> bool:
    """Whether a line leads to another article or lists keywords; such a line can be longer than a label."""
    return _POINTER.fullmatch(text) is not None or _TAGS.fullmatch(text) is not None


def is_share_line(text: str) -> bool:
    """Whether a line offers to share, to follow, to accept cookies."""
    return _SHARE.fullmatch(text) is not None


def is_rights_line(text: str) -> bool:
    """Whether a line says who holds the rights."""
    return _RIGHTS.fullmatch(text) is not None or _RIGHTS_INSIDE.search(text) is not None


def is_tail_heading(text: str) -> bool:
    """Whether a line stands above other articles, about the author, or above comments: one look for all."""
    return _TAIL_HEADING.fullmatch(text) is not None


def is_related_heading(text: str) -> bool:
    """Whether a line stands above the titles of other articles."""
    return _RELATED_HEADING.fullmatch(text) is not None


def is_author_heading(text: str) -> bool:
    """Whether a line stands above some lines about the author."""
    return _AUTHOR_HEADING.fullmatch(text) is not None


def is_form_heading(text: str) -> bool:
    """Whether a line stands above the form for a comment."""
    return _FORM_HEADING.fullmatch(text) is not None


def is_comment_heading(text: str) -> bool:
    """Whether a line stands above comments or the form for one."""
    return _COMMENTS.fullmatch(text) is not None or is_form_heading(text)


def speaks_of_forms(lines: Sequence[str]) -> bool:
    """Whether lines speak of what a form asks for: an address, a field that must be filled in."""
    return any(_FORM_WORD.search(line) for line in lines)
