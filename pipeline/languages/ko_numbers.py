"""Numbers of Korean: native and Sino-Korean words, and digits between words for powers of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline.languages.numbers import (
    DigitsAndWords,
    Mention,
    Reading,
    Senses,
    Value,
    read_roman,
    single,
    spread,
    with_half,
)

_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60} | {
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_UNITS = {"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4} | {
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
}
# "세" is also a tax and the start of "world": a short numeral counts before a space, a particle or
# something that is counted.
_COUNTED = (
    "명|분|살|시|개|가지|번|째|차례|배|곳|달|해|마리|권|장|대|채|켤레|군데|사람|아이|쪽|편|팀|주|병|잔|그루|자리|"
    "건|줄|골|방|쌍|끼|식구|형제|자매|딸|아들|나라|도시|경기|남자|여자|소년|소녀|학생|단계|종류|부분|손|발|눈|팔|다리"
)
# 열세 is thirteen only before what is counted, and elsewhere the weaker side.
_TEN, _UNIT = "|".join(_TENS), "|".join(_UNITS)
_NATIVE = re.compile(
    rf"(?<!\w)(?!열대|세대|네팔|석방|세주|두주|한편|한시|한때)(?!열\s?세(?!\s?(?:{_COUNTED}|척|층)))(?=[열스서마쉰예일여아하한둘두셋세석넷네넉다])(?:({_TEN})\s?({_UNIT})|({_TEN})|({_UNIT}))"
    rf"(?=\s|(?:{_COUNTED})|[이은을가도를의와과,.]|$)"
)
_SINO_DIGIT = {"영": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
# A lone 백, 천 or 만 begins many other words, and behind digits it belongs to them; 조 is also the first
# syllable of investigation and control, so that alone it counts only before money; 천사 is an angel.
_COUNTED_AFTER_POWER = (
    "여|명|원|달러|유로|년|번|개(?!월)|배|마리|권|가지|곳|킬로|미터|분의|퍼센트|"
    r"종(?![가-힣])|톤|회(?![가-힣])|건|\s[주일대점]|단위"
)
_COUNTED_AFTER_DIGIT = (
    "년|월|개|일|번|배|주|분|초|위|퍼센트|세기|차|층|호|달러|원|(?<!이)유로|부|대|인|남|녀|등|단|자|피트|"
    "인치|마일|야드|킬로|센티|미터|파운드"
)
_DIGIT = "[일이삼사오육칠팔구]"
# What stands before 만, 억 or 조, or behind them: the powers in their order.
_SECTION = (
    rf"(?:{_DIGIT}?천(?:{_DIGIT}?백)?(?:{_DIGIT}?십)?{_DIGIT}?|{_DIGIT}?백(?:{_DIGIT}?십)?{_DIGIT}?"
    rf"|{_DIGIT}?십{_DIGIT}?|{_DIGIT})"
)
_SINO = re.compile(
    rf"(?<![가-힣\d])(?<!\d )(?![백천만억조]{_DIGIT}(?![십백천만억조]))"
    r"(?:(?:수|몇 ?)([십백천만억조]{1,4})"
    rf"|([일이삼사오육칠팔][이삼사오육칠팔구])([십백천만억])"
    rf"|((?={_DIGIT}[십백천만억조]|[십백천만]{_DIGIT}|천[백십]|백십|[십백천][만억조]|만[천백십]"
    rf"|만 {_DIGIT}[십백천])"
    rf"(?:{_SECTION}?[만억조](?: (?={_DIGIT}[십백천]|천{_DIGIT}[백십]))?){{0,3}}{_SECTION}?|"
    rf"[십백천만억](?=\s?(?:{_COUNTED_AFTER_POWER}))|조(?=\s?(?:원|달러|유로|엔|위안))|"
    rf"(?!구분|이분(?!의)){_DIGIT}(?=\s?(?:{_COUNTED_AFTER_DIGIT}))))"
)
_AFTER_A_POWER = re.compile("[십백천만억조]([이일])$")
"""이 is also a particle and the copula, "삼천이나", and 일 a day, "십일"."""

_NEIGHBOURS = frozenset(map("".join, pairwise("일이삼사오육칠팔구")))
"""Two numerals in a row that stand for either: 이삼십 is twenty or thirty."""
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "자정",
    (Decimal("0.5"), 50, 2): "절반",
    (Decimal("0.5"), 50, 2, 6, 30): "반",
    (1,): "첫 하루",
    (1, 7): "일주일",
    (1, 2): "한두 한둘",
    (2, 3): "두세 두셋",
    (7, 8): "일고여덟",
    (2,): "이틀 양측 양쪽 부부 쌍둥이 두어 커플 이중 더블",
    (3,): "사흘 트리플 트리오 삼부작",
    (3, 4): "서너",
    (4,): "나흘",
    (4, 5): "너댓",
    (4, 3): "분기",
    (5,): "닷새",
    (5, 6): "대여섯",
    (6,): "엿새 반년",
    (6, 7): "예닐곱",
    (7,): "이레",
    (8,): "여드레",
    (9,): "아흐레",
    (10,): "열흘",
    (12,): "정오",
    (15,): "보름",
    (50,): "반세기",
    (100,): "세기",
}
_OTHER_SENSES = spread(_OTHERS)
_OTHER = re.compile(rf"(?<![^\W\d])(?:{'|'.join(sorted(_OTHER_SENSES, key=len, reverse=True))})")


HALF_AFTER = (
    r"\s?(?:[가-힣]{1,3}\s?)?반(?:(?![가-힣])|(?=[이은을의](?![가-힣])"
    r"|이나|만에|동안|가량|정도|쯤|간(?![가-힣])))"
)
_HALF = re.compile(f"½|{HALF_AFTER}")


def read_words(text: str) -> list[Mention]:
    """Korean number words and Roman numerals in a text; none of them is binding."""
    return [*_read_native(text), *_read_sino(text), *_read_others(text), *read_roman(text)]


def _read_native(text: str) -> Iterator[Mention]:
    for match in _NATIVE.finditer(text):
        value = _TENS.get(match[1] or match[3], 0) + _UNITS.get(match[2] or match[4], 0)
        yield Mention(match.start(), match.end(), with_half(text, match.end(), single(value), _HALF))


def _read_sino(text: str) -> Iterator[Mention]:
    for match in _SINO.finditer(text):
        if match[2] is None:
            numeral = match[1] or match[4]
            value = sino_value(numeral)
            last = _AFTER_A_POWER.search(numeral)
            values = [value, value - _SINO_DIGIT[last[1]]] if last else [value]
            yield Mention(match.start(), match.end(), single(*values))
        elif match[2] in _NEIGHBOURS:
            values = [sino_value(numeral + match[3]) for numeral in match[2]]
            yield Mention(match.start(), match.end(), single(*values))


def sino_value(numeral: str) -> int:
    """The value of a Sino-Korean numeral in Hangul: "삼백오십만" is 3,500,000."""
    total = section = digit = 0
    for character in numeral.replace(" ", ""):
        if character in _SINO_DIGIT:
            digit = _SINO_DIGIT[character]
        elif character in _SINO_SMALL:
            section += (digit or 1) * _SINO_SMALL[character]
            digit = 0
        else:
            total += (section + digit or 1) * _SINO_LARGE[character]
            section = digit = 0
    return total + section + digit


def _read_others(text: str) -> Iterator[Mention]:
    for match in _OTHER.finditer(text):
        yield Mention(match.start(), match.end(), single(*_OTHER_SENSES[match[0]]))


# Digits between such numerals: 1억 2500만, 3만 5천, 100여 명. 4만큼 is "by 4".
_UNIT = r"여?(?:[십백천]?(?:만(?!큼)|억|조(?![각직]))|[십백천])"
_DIGITS_AND_WORDS = (
    rf"\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT}(?:[ \u00a0]?\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT})*"
    r"(?:[ \u00a0]?\d{1,4}(?:(?<=[ \u00a0만억조]\d),\d{3})?(?!\d|[.,]\d))?"
    r"|\d할(?:[ \u00a0]?\d푼)?(?:[ \u00a0]?\d리)?(?!인|당|애|아|머|로)"
)
_PART = re.compile(r"(\d+(?:[.,]\d+)*)[ \u00a0]?여?([십백천]?)([만억조]?)")
_LONGEST = 18  # digits of a quantity


def _read_digits_and_words(number: str) -> tuple[tuple[Reading, ...], int]:
    """The readings of a number as in 9천 4백만, which is 9,400 times 만, and the scale of its last part."""
    if "할" in number:
        return _read_tenths(number), 1
    total: Value = 0
    section: Value = 0  # what the next large numeral multiplies
    scale = 1
    parts = list(_PART.finditer(number))
    for part in parts:
        small, large = _SINO_SMALL.get(part[2], 1), _SINO_LARGE.get(part[3], 1)
        scale = small * large
        section += _decimal(part[1]) * small
        if part[3]:
            total, section = total + section * large, 0
    total += section
    readings: list[Reading] = [(total,)]
    last = parts[-1]
    if len(parts) > 1 and scale == 1:  # "10만 20" may also be two numbers
        readings.append((total - _decimal(last[1]), _decimal(last[1])))
    if len(parts) == 2 and scale == 1 and parts[0][3] == "조":  # 제3조 2항
        readings.append((_decimal(parts[0][1]), _decimal(last[1])))
    if last[0].endswith("조") or (last[0].endswith("만") and "." in last[1]):
        # 제3조 is article three, and 3조 may be group three; 만 is also "only": "버전 2.0만"
        readings.append((_decimal(last[1]),))
    return tuple(readings), scale


_TENTHS = {"할": Decimal(10), "푼": Decimal(1), "리": Decimal("0.1")}
"""Parts of a hundred."""


def _read_tenths(number: str) -> tuple[Reading, ...]:
    """The readings of 2할 6푼 8리: a percentage, a share (.268), its digits, and the tenths alone."""
    parts = [(int(number[match.start()]), match[1]) for match in re.finditer(r"\d([할푼리])", number)]
    percent = sum((_TENTHS[unit] * digit for digit, unit in parts), Decimal(0))
    return single(percent, percent / 100, int("".join(str(digit) for digit, _ in parts)), parts[0][0])


def _decimal(digits: str) -> Value:
    whole = digits.replace(",", "")
    return Decimal(whole) if whole.count(".") == 1 else int(whole.replace(".", "")[:_LONGEST])


DIGITS_AND_WORDS = DigitsAndWords(
    re.compile(r"\d[ \u00a0]?여?[십백천만억조할]"), _DIGITS_AND_WORDS, _read_digits_and_words
)
VAGUE = frozenset({"분기"}) | frozenset(
    some + power
    for some in ("수", "몇", "몇 ")
    for power in ("십", "백", "천", "만", "십만", "백만", "천만", "억")
)
NO_NUMBER = rf"네(?!\s?(?:{_COUNTED}))"
"""네 is also "your", and "yes"."""
