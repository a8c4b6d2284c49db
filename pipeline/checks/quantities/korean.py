"""Korean number words: native numerals before counters, Sino-Korean ones in Hangul, days, halves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.quantities.mention import Mention, single, with_half
from pipeline.checks.quantities.roman import read_roman
from pipeline.checks.quantities.words import Senses, spread

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
_TEN, _UNIT = "|".join(_TENS), "|".join(_UNITS)
_NATIVE = re.compile(
    rf"(?<![가-힣])(?!열대|세대|네팔|석방|세주|두주|한편|한시|한때)(?=[열스서마쉰예일여아하한둘두셋세석넷네넉다])(?:({_TEN})\s?({_UNIT})|({_TEN})|({_UNIT}))"
    rf"(?=\s|(?:{_COUNTED})|[이은을가도를의와과,.]|$)"
)
_SINO_DIGIT = {"영": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
# A lone 백, 천, 만 or 조 begins many other words, and behind digits it belongs to them.
_SINO = re.compile(
    r"(?<![가-힣\d])(?<!\d )(?:(?:수|몇)([십백천만억조]{1,4})|([일이삼사오육칠팔구]?[십백천만억조]"
    r"[일이삼사오육칠팔구십백천만억조]{1,16}|[일이삼사오육칠팔구][십백천만억조]|"
    r"[십백천만억조](?=\s?(?:여|명|원|달러|유로|년|번|개|배|마리|권|가지|곳|킬로|미터|분의|주|일|대|점|퍼센트|종|톤|회|건))|"
    r"[일이삼사오육칠팔구](?=\s?(?:년|월|개|일|번|배|주|분|초|위|퍼센트|세기|차|층|호|달러|원|유로|부|대|인|남|녀|등|단|자))))"
)
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "자정",
    (Decimal("0.5"), 50, 2): "절반",
    (Decimal("0.5"), 50, 2, 6, 30): "반",
    (1,): "첫 하루",
    (1, 7): "일주일",
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
_OTHER = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(_OTHER_SENSES, key=len, reverse=True))})")


def read_words(text: str) -> list[Mention]:
    """Korean number words and Roman numerals in a text; none of them is binding."""
    return [*_read_native(text), *_read_sino(text), *_read_others(text), *read_roman(text)]


def _read_native(text: str) -> Iterator[Mention]:
    for match in _NATIVE.finditer(text):
        value = _TENS.get(match[1] or match[3], 0) + _UNITS.get(match[2] or match[4], 0)
        yield Mention(match.start(), match.end(), with_half(text, match.end(), single(value)))


def _read_sino(text: str) -> Iterator[Mention]:
    for match in _SINO.finditer(text):
        yield Mention(match.start(), match.end(), single(sino_value(match[1] or match[2])))


def sino_value(numeral: str) -> int:
    """The value of a Sino-Korean numeral in Hangul: "삼백오십만" is 3,500,000."""
    total = section = digit = 0
    for character in numeral:
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
