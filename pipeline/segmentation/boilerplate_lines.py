"""What the lines around an article say, in Italian, Korean, Polish and English.

A pattern is for a whole line, which `pipeline.segmentation.boilerplate` has found to be short; a word inside
a sentence says nothing. To add a language, add its words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DATE = (
    r"(?:\d{1,4}[./년-]\s?\d{1,2}[./월-]\s?\d{1,4}(?:[.일]|\b)|\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}(?: r\.)?"
    r"|[^\W\d_]{3,12}\.? \d{1,2}, \d{4})"
)
_TIME = r"(?:[,T–|-]?\s*(?:ore|godz\.|at|오전|오후|h)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?)"


def _line(words: str, rest: str) -> re.Pattern[str]:
    """Return a pattern for a whole line that begins with one of some words, which have bars between them."""
    alternatives = "|".join(word.strip() for word in words.split("|"))
    return re.compile(rf"\W*(?:{alternatives}){rest}", re.IGNORECASE)


_CREDIT = _line(
    r"""
    źródło | źródła | fot | foto | fotografia | zdjęcie | zdjęcia | grafika | autor zdjęcia
    | fonte | fonti | crediti | immagine | immagini | immagine in evidenza | immagine di copertina
    | foto di copertina | credits? | photo | image | image credits? | photo credits?
    | 출처 | 사진 | 사진 출처 | 이미지 출처 | 이미지 | 자료 | 사진 ?제공
    """,
    r"\.?\s?[:=/©]\s?\S.{0,60}",
)
_PHOTO = re.compile(r"\W*(?:[Ff]ot\.|FOT\.|[Zz]dj\.|[Ff]oto di|[Pp]hoto by)\s[A-ZĄĆĘŁŃÓŚŹŻ].{0,60}")
_SITE = re.compile(
    r"[^\W\d_][^:.]{1,40}: ?(?:https?://)?(?:www\.)?[\w-]+\.(?:com|org|info|eu|it|pl|kr|co\.kr|or\.kr)/?",
    re.IGNORECASE,
)
_POINTER = _line(
    r"""
    leggi anche | leggi pure | potrebbe interessarti(?: anche)? | articoli correlati | vedi anche su
    | approfondisci
    | czytaj (?:też|także|również|więcej) | przeczytaj (?:też|także|również) | polecamy(?: także)?
    | zobacz (?:też|także|również)(?=\s?[:>»]\s?\S) | powiązane artykuły | podobne artykuły
    | related (?:articles|posts|stories) | read also
    | 관련 ?기사 | 관련 ?글 | 함께 읽으면 좋은 (?:글|기사) | 추천 ?기사 | 이 ?기사도 읽어 ?보세요
    """,
    r"(?:\s?[:>»→|-]\s?\S.{0,120}|\W*)",
)
_SHARE = _line(
    r"""
    condividi(?: (?:su|con|l'articolo|questo articolo|via).{0,40})? | stampa questa pagina | seguici su.{0,40}
    | iscriviti alla newsletter.{0,30} | accetta (?:i |tutti i )?cookie.{0,20}
    | udostępnij(?: (?:na|przez) .{0,30}| to| ten artykuł| artykuł)? | podziel się(?: (?:na|w|tym) .{0,30})?
    | polub nas.{0,30}
    | obserwuj nas.{0,30} | zapisz się (?:na|do) newsletter.{0,30}
    | akceptuj(?:ę)? (?:wszystkie )?(?:pliki )?cookies?.{0,20}
    | share (?:on|this|via).{0,40} | follow us.{0,30} | accept (?:all )?cookies
    | 공유하기 | 페이스북(?:으로)? 공유.{0,10} | 카카오톡(?:으로)? 공유.{0,10} | 트위터(?:로)? 공유.{0,10}
    | url ?복사 | 구독하기 | 뉴스레터 구독.{0,10} | 기사 ?공유.{0,6} | 쿠키 (?:허용|동의).{0,10}
    """,
    r"\W*",
)
_POSTED = _line(
    r"""
    posted | posted on | posted by | published | published on | last updated | updated
    | pubblicato | pubblicato il | pubblicata il | aggiornato | aggiornato il | ultimo aggiornamento
    | data di pubblicazione
    | opublikowano | opublikowany | zaktualizowano | ostatnia aktualizacja | data publikacji
    | data aktualizacji | dodano
    | 입력 | 등록 | 수정 | 게시 | 게시일 | 작성일 | 최종 ?수정 | 기사 ?입력 | 승인
    """,
    rf"\s*:?\s*(?:{_DATE})?{_TIME}?\W*",
)
_ONLY_DATE = re.compile(rf"\W*{_DATE}{_TIME}?\W*")
_RIGHTS = _line(
    r"""
    © | ⓒ | \(c\) | copyright | tutti i diritti riservati | riproduzione riservata
    | wszelkie prawa zastrzeżone    | all rights reserved | 저작권자 | 무단 ?전재
    """,
    r".{0,140}",
)
_RIGHTS_INSIDE = re.compile(
    r"무단 ?전재|재배포 ?금지|riproduzione riservata|all rights reserved", re.IGNORECASE
)
_TAGS = _line(
    r"""
    tags? | tagged | filed under | tagi | słowa kluczowe | kategorie | kategoria | parole chiave | categorie
    | categoria | 태그
    """,
    r"\s?:\s?\S.{0,160}",
)
_RELATED_HEADING = _line(
    r"""
    leggi anche | potrebbe interessarti(?: anche)? | articoli correlati | altri articoli
    | ti potrebbe interessare
    | czytaj (?:też|także|również) | przeczytaj (?:też|także|również) | powiązane artykuły | podobne artykuły
    | podobne wpisy | polecane artykuły
    | related (?:articles|posts|stories) | read also | you may also like
    | 관련 ?(?:기사|글) | 추천 ?기사 | 많이 본 (?:기사|뉴스)
    """,
    r"\W*",
)
_AUTHOR_HEADING = _line(
    r"""
    l'autore | l'autrice | sull'autore | sull'autrice | informazioni sull'autore | chi è l'autore
    | o autorze | o autorce | about the author | 필자 소개 | 글쓴이 소개 | 저자 소개
    """,
    r"\W*",
)
_AUTHOR = _line(
    r"""
    autore | testo di | a cura di | redazione | sull'autore | informazioni sull'autore
    | autor | autorka | tekst | redakcja | o autorze | author | written by | about the author
    | 글쓴이 | 작성자 | 기자 | 필자 소개
    """,
    r"(?:\s?:\s?\S.{0,60}|\W*)",
)
_COUNT = r"(?:\s?\(?\d{1,5}\)?)?\W*"
_FORM_HEADING = _line(
    r"""
    dodaj komentarz | napisz komentarz | zostaw komentarz | zostaw odpowiedź | dodaj odpowiedź | skomentuj
    | lascia un commento | lascia una risposta | inserisci un commento | scrivi un commento
    | aggiungi un commento | rispondi | annulla risposta
    | leave a (?:comment|reply) | post a comment | add (?:a )?comment
    | 댓글 ?(?:남기기|달기|쓰기|작성|등록|입력) | 답글 남기기 | 답글 쓰기
    """,
    _COUNT,
)
_COMMENTS = _line(
    r"""
    komentarze | brak komentarzy | commenti | nessun commento | comments | no comments | 댓글
    """,
    _COUNT,
)
_FORM_WORD = re.compile(
    r"e-?mail|cookie|captcha|non sarà pubblicato|obbligator|accedi|obowiązkow|wymagan"
    r"|nie zostanie opublikowan|zaloguj|will not be published|required|log ?in"
    r"|이메일|메일 주소|필수|공개되지|로그인",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[(\[]?[\w.+-]{2,40}@[\w-]{1,40}(?:\.[a-z]{2,6}){1,3}[)\]]?")
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
