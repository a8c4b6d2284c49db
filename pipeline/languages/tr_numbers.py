"""Turkish number words and months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pipeline.languages.numbers import (
    Mention,
    NumberWords,
    Senses,
    half_after,
    numbered,
    read_number_words,
    read_roman,
    read_short_months,
    short_months,
    single,
    spell,
    spread,
)

_NUMBERS = {
    0: "sıfır",
    1: "bir",
    2: "iki",
    3: "üç",
    4: "dört",
    5: "beş",
    6: "altı",
    7: "yedi",
    8: "sekiz",
    9: "dokuz",
    10: "on",
    20: "yirmi",
    30: "otuz",
    40: "kırk",
    50: "elli",
    60: "altmış",
    70: "yetmiş",
    80: "seksen",
    90: "doksan",
    100: "yüz",
}
_HUNDREDS = frozenset(("yüz", "yüze", "yüzü", "yüzün"))
_BACK, _ROUNDED, _VOWELS = "aıou", "ouöü", "aeıioöuü"
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "yarım yarı yarısı yarısını yarısına yarısında yarısının yarıya yarının",
    (Decimal("0.25"), 4, 25, 3, 15): "çeyrek çeyreği çeyreğinde çeyreğini dörtte",
    (0, 12, 24): "geceyarısı",
    (1,): "tek ilk bire birinin birine birini birden",
    (2,): (
        "çift çifte çifti ikiz ikizler ikili ikimiz ikiniz ikişer ikisi ikisini ikisinin ikisine ikisinde "
        "ikisinden duo düet"
    ),
    (3,): "üçlü üçte üçümüz üçer trio üçüz",
    (4,): "dörtlü dörder",
    (5,): "beşli beşte beşer",
    (7,): "yedişer",
    (10,): "onlarca onlu onar onyıl ergen ergenler genç gençler düzinelerce",
    (12,): "düzine öğlen öğle",
    (100,): "yüzlerce yüzer",
    (1000,): "binlerce biner",
    (10**6,): "milyonlarca",
    (10**9,): "milyarlarca",
}
_SCALES = {"bin": 10**3, "milyon": 10**6, "milyar": 10**9, "trilyon": 10**12}
_MONTHS = numbered("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık")
_SHORT_MONTHS = short_months("oca şub mar nis may haz tem ağu eyl eki kas ara")
_MONTH = re.compile(rf"(?<!\w)({'|'.join(map(str.capitalize, _MONTHS))})(?=(?:['’]?\w{{1,4}})?(?!\w))")
HALF_AFTER = half_after("buçuk")


def _harmony(word: str, high: bool = True) -> str:
    """The vowel that a suffix has behind a word: one of ı i u ü, or of a e."""
    last = [letter for letter in word if letter in _VOWELS][-1]
    if not high:
        return "a" if last in _BACK else "e"
    return {(True, True): "u", (True, False): "ı", (False, True): "ü"}.get(
        (last in _BACK, last in _ROUNDED), "i"
    )


def _forms(number: int, word: str) -> list[str]:
    """The ordinal of a number and its cases, its possessive, and its cases where they are no other word."""
    vowel = word[-1] in _VOWELS
    stem = {"dört": "dörd"}.get(word, word)
    high = _harmony(stem)
    ordinal = stem + ("" if vowel else high) + "nc" + high
    low = _harmony(ordinal, high=False)
    forms = [
        word,
        ordinal,
        *(ordinal + end for end in (f"s{high}", f"y{high}", f"y{low}", f"d{low}", f"d{low}n")),
    ]
    forms += [
        f"{ordinal}l{'ar' if low == 'a' else 'er'}",
        f"{ordinal}n{high}n",
        f"{ordinal}l{'ı' if low == 'a' else 'i'}k",
    ]
    if number == 6:
        forms += spell("altıda altıya altıdan altıyı altıdır")
    if number in (6, 10, 100, 1):  # "altında" is beneath, "ona" him, "yüzü" its face
        return forms
    low = _harmony(stem, high=False)
    own = f"{stem}s{high}" if vowel else f"{stem}{high}"
    forms += [own, f"{own}n{high}", f"{own}n{low}", f"{own}nd{low}", f"{own}nd{low}n", f"{own}n{high}n"]
    glide = "y" if vowel else ""
    hard = "t" if word[-1] in "çkstş" else "d"
    cases = [
        f"{stem}{glide}{low}",
        f"{stem}{'n' if vowel else ''}{high}n",
        f"{word}{hard}{low}",
        f"{word}{hard}{low}n",
    ]
    return [*forms, *cases, f"{word}{hard}{high}r"]


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    values: dict[str, Senses] = {}
    for number, word in _NUMBERS.items():
        values |= dict.fromkeys(_forms(number, word), (number,))
    values |= {"bininci": (1000,), "milyonuncu": (10**6,)}
    for ten in range(20, 100, 10):  # "yetmişli yıllar"
        word = _NUMBERS[ten]
        values[f"{word}l{_harmony(word)}"] = (ten, 1900 + ten)
    return NumberWords(
        values | dict.fromkeys(_HUNDREDS, (100,)) | spread(_OTHERS),
        _SCALES,
        hundreds=_HUNDREDS,
        rooms={10: 10, 1000: 1000},
        half=re.compile(f"½|{HALF_AFTER}"),
    )


NUMBER_HINT = re.compile(
    r"i\u0307?ki|ikiz|üç|dör|beş|altı|yed|seki|doku|\bon|yirm|otuz|kırk|ell|altm|yetm|seks|doks|yüz|bin|mily|tril|yar[ıi]|çeyr"
    r"|çift|buç|düz|ergen|genç|öğle|duo|düet|trio"
)
VAGUE = frozenset(
    spell(
        "altı yedi yüz yüze yüzü yüzün ikinci ikincisi ikincil üçüncü yarım yarı yarısı yarısını yarısına "
        "yarısında yarısının yarıya yarının çeyrek çift çifte çifti ikili genç gençler ergen öğle öğlen tek "
        "ilk elli yedinci onlarca yüzlerce binlerce dörtte üçte beşte ikisi ikisini ikisinin ikisine "
        "ikisinde ikisinden ikiye ikiden"
    )
)
_SMALL = str.maketrans("Iİ", "ıi")


def read_words(text: str) -> list[Mention]:
    """Turkish number words, months and Roman numerals; months have a capital, since "ekim" is also sowing."""
    return [
        *read_number_words(text.translate(_SMALL), _number_words()),
        *_read_months(text),
        *read_short_months(text, _SHORT_MONTHS),
        *read_roman(text),
    ]


def _read_months(text: str) -> Iterator[Mention]:
    for match in _MONTH.finditer(text):
        yield Mention(match.start(), match.end(1), single(_MONTHS[match[1].lower()]), month=True)
