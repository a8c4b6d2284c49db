"""How Italian is written: accents and apostrophes that are often mistaken for each other.

Of words without their accent, only those are listed that are nothing else without it: "perche" is a slip,
"meta" a goal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import spell
from pipeline.languages.slips import Slip

_ACCENTS = str.maketrans("àèéìòù", "aeeiou")
_ACCENTED = frozenset(
    spell(
        """
        più già così può ciò però perciò cioè città università attività società realtà libertà possibilità
        qualità quantità novità autorità comunità verità pubblicità velocità difficoltà identità età unità
        proprietà modalità metà povertà
        sarà avrà farà potrà dovrà verrà andrà darà dirà saprà vedrà resterà diventerà continuerà arriverà
        perché poiché affinché finché benché anziché nonché cosicché purché dacché dopodiché
        lunedì martedì mercoledì giovedì venerdì laggiù lassù quaggiù virtù gioventù caffè è né sé
        """
    )
)
_AMBIGUOUS = frozenset(
    spell("eta unita meta sara verra dara dira resterà e ne se papa dirà caffe virtu continuera vedra sapra")
)
"""What is a word or a name of its own without the accent."""
_BARE = {word.translate(_ACCENTS): word for word in _ACCENTED if word.translate(_ACCENTS) not in _AMBIGUOUS}
_WITH_APOSTROPHE = {word.translate(_ACCENTS): word for word in _ACCENTED if word not in ("né", "sé")}
_TENS = spell("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
_ACUTE = {word[:-1] + "è": word for word in _ACCENTED if word.endswith("é")} | {
    f"{tens}trè": f"{tens}tré" for tens in _TENS
}
_NEVER = {
    "pò": "po'", "quì": "qui", "quà": "qua", "stà": "sta", "fà": "fa", "sò": "so", "mò": "mo'", "stò": "sto",
    "sù": "su", "nò": "no", "blù": "blu", "caffé": "caffè", "cioé": "cioè",
    "piú": "più", "puó": "può", "é": "è",
}  # fmt: skip
_SUSPECTS = frozenset((*_BARE, *_ACUTE, *_NEVER))
_TOKEN = re.compile("[a-zà-öø-ɏ]+")  # a class without any category is faster
_ODD_APOSTROPHE = re.compile(r"['’](?:(?<=\w.)(?!\w)|(?<=[ln].)(?=[eè]|altro))")
_WORD = re.compile(r"(?<![\w./@#’'-])[^\W\d_]+(?:['’](?!\w))?(?![\w/@]|\.\w)")
_APOSTROPHE = re.compile(
    r"(?<!\w)(?:([Qq]ual)['’](?=[eè](?:ra|rano)?(?!\w))"
    r"|([Uu]n|[Qq]ualcun|[Nn]essun|[Aa]lcun)['’](?=altro(?!\w)))"
)
_QUOTED = re.compile(r"(?:^|[\s(«“\"])['‘]\w")


def wrong_accents(text: str) -> Iterator[Slip]:
    """Words with the wrong accent, an apostrophe for an accent, or none."""
    if not _may_be_wrong(text):
        return
    quoted = _QUOTED.search(text) is not None  # so that what looks like an apostrophe may be a closing mark
    for match in _WORD.finditer(text):
        right = _right(match[0], quoted)
        if right:
            yield Slip(match.start(), match.end(), right)
    for match in _APOSTROPHE.finditer(text):
        yield Slip(match.start(), match.end(), (match[1] or match[2]) + " ")


def _may_be_wrong(text: str) -> bool:
    """Quick: whether a text has a word that is one of those, or an apostrophe where few words have one."""
    if not _SUSPECTS.isdisjoint(_TOKEN.findall(lowered(text))):
        return True
    return _ODD_APOSTROPHE.search(text) is not None


def _right(written: str, quoted: bool) -> str:
    word = written.lower()
    if word[-1] in "'’":
        right = "" if quoted else _WITH_APOSTROPHE.get(word[:-1], "")
        right = right or _NEVER.get(word[:-1], "")
    elif written.isupper() and len(word) > 1:
        return ""
    else:
        right = _ACUTE.get(word) or _BARE.get(word) or _NEVER.get(word, "")
    return right.capitalize() if written[0].isupper() else right
