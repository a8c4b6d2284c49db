"""Numbers in Han characters, alone (三十五, 二〇一八年) and between digits (3万5千, 1.2亿)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from pipeline.languages.numbers import DigitsAndWords, Mention, Senses, Value, read_roman, single, spread

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5} | {
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_ONE, _POWER, _GREAT = "一二两兩三四五六七八九", "十百千万萬億亿", "万萬億亿兆"

# A lone numeral begins many other words: it is certain before something that is counted, which then belongs
# to it unless it may be a unit, and behind 第.
_OBJECTS = (
    "个|個|名|位|人|次|回|倍|件|条|條|家|所|座|支|场|場|届|枚|本|つ|番|目|台|匹|頭|头|张|張|杯|瓶|種|种|项|項|辆|輛|艘|只|隻|国|國"
    "|队|隊|票|级|級|篇|部|段|颗|顆|店舗|試合"
)
_MEASURES = (
    "年|月|日(?!本)|天|分(?!之)|秒|周|週|岁|歳|歲|代|世|点|點|元|円|美元|米ドル|欧元|ドル|ユーロ|ポンド|度|层|層|階|楼|米|公里|英里"
    "|マイル|キロ|メートル|等|か月|ヶ月|カ月|時|时|小时|小時|時間|星期|世纪|世紀|英镑|フィート|英尺|英寸|インチ|パーセント|ポイント"
)
_NUMERAL = re.compile(
    rf"(?:(?<![周週期拜数數几幾{_ONE}{_POWER}\d])|(?<=[每一][周週])(?=[{_ONE}]天(?![气氣空])))(?!億万|亿万|億萬|一[周週][{_ONE}]天)"
    rf"(?:(?P<year>[〇零{_ONE}]{{4}}|[〇零{_ONE}]{{2}}(?=年代))(?=年)"
    rf"|(?P<either>[{_ONE}][{_ONE}])(?P<power>[十百千万萬]?)(?=\s?(?:{_OBJECTS}|{_MEASURES}))"
    rf"|[{_ONE}]?[{_POWER}][{_ONE}〇零{_POWER}兆]{{1,16}}|[{_ONE}][{_POWER}兆]"
    rf"|(?P<counted>[{_ONE}{_POWER}])(?:{_OBJECTS})"
    rf"|[{_ONE}{_POWER}](?=\s?(?:{_MEASURES}))"
    rf"|(?P<bare>[二两兩三四五六七八九]))"
)
_ORDINAL = re.compile(rf"第([{_ONE}{_POWER}〇零]{{1,8}})")
_SEVERAL = re.compile(r"[数數几幾]([百千][万萬億亿]?|十?[万萬億亿])(?!分)")
_NEIGHBOURS = frozenset(map("".join, pairwise("一二三四五六七八九")))
"""Two numerals in a row that stand for either: 三四天 is three or four days."""

# Not the first character of units: 千克, 千米, 兆字节.
_SCALE = r"(?:万亿|萬億|[十百千]?[万萬億亿]|兆(?![字赫瓦比帕])|[百千](?![克米瓦伏卡赫帕字分]))"
_DIGITS_AND_WORDS = (
    rf"\d+(?:[.,]\d+)*[ \u00a0]?[余餘多]?{_SCALE}(?:\d+(?:[.,]\d+)*{_SCALE})*"
    r"(?:\d{1,4}(?:(?<=[万萬億亿兆]\d),\d{3})?(?![\d.,]))?"
)
_PART = re.compile(r"(\d+(?:[.,]\d+)*)[ \u00a0]?[余餘多]?([十百千]?)(万亿|萬億|[万萬億亿兆]?)")


def _read_digits_and_words(number: str) -> tuple[tuple[tuple[Value, ...], ...], int]:
    """The reading of a number as in 3万5千, and the scale of its last part."""
    total: Value = 0
    section: Value = 0  # what the next large numeral multiplies
    scale = 1
    for part in _PART.finditer(number):
        small = _SMALL.get(part[2], 1)
        large = 10**12 if len(part[3]) == 2 else _LARGE.get(part[3], 1)
        scale = small * large
        section += _decimal(part[1]) * small
        if part[3]:
            total, section = total + section * large, 0
    return single(total + section), scale


def _decimal(digits: str) -> Value:
    whole = digits.replace(",", "")
    return Decimal(whole) if whole.count(".") == 1 else int(whole.replace(".", ""))


DIGITS_AND_WORDS = DigitsAndWords(
    re.compile(r"\d[ \u00a0]?[余餘多]?[十百千万萬億亿兆]"), _DIGITS_AND_WORDS, _read_digits_and_words
)


def read_numerals(text: str) -> Iterator[Mention]:
    """The numbers of a text in Han characters; none of them is binding."""
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if match["year"]:
            yield Mention(start, end, single(int("".join(str(_DIGITS[digit]) for digit in match["year"]))))
        elif match["either"]:
            if match["either"] in _NEIGHBOURS:
                values = [numeral_value(digit + match["power"]) for digit in match["either"]]
                yield Mention(start, end, single(*values))
        elif match["bare"]:  # in two readings, so that it is never certain
            yield Mention(start, end, single(*[_DIGITS[match["bare"]]] * 2))
        else:
            value = numeral_value(match["counted"] or match[0])
            month = text[end : end + 1] == "月" and 1 <= value <= 12
            yield Mention(start, end, single(value), month=month)
    for match in _SEVERAL.finditer(text):  # 数百 are hundreds; in two readings, so that it is never certain
        yield Mention(match.start(), match.end(), single(*[numeral_value(match[1])] * 2))
    for match in _ORDINAL.finditer(text) if "第" in text else ():
        yield Mention(match.start(1), match.end(1), single(numeral_value(match[1])))


def numeral_value(numeral: str) -> int:
    """The value of a numeral in Han characters.

    >>> numeral_value("三百五十万"), numeral_value("二十"), numeral_value("一万亿")
    (3500000, 20, 1000000000000)
    """
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL:
            section += (digit or 1) * _SMALL[character]
            digit = 0
        else:
            rest = section + digit
            if total and not rest:  # 万亿
                total *= _LARGE[character]
            else:
                total += (rest or 1) * _LARGE[character]
            section = digit = 0
    return total + section + digit


def number_reader(others: Mapping[Senses, str]) -> Callable[[str], list[Mention]]:
    """A function that reads numerals, other words for numbers and Roman numerals; none of them is binding."""
    senses = spread(others)
    words = re.compile("|".join(sorted(senses, key=len, reverse=True)))

    def read_words(text: str) -> list[Mention]:
        found = (Mention(*match.span(), single(*senses[match[0]])) for match in words.finditer(text))
        return [*read_numerals(text), *found, *read_roman(text)]

    return read_words
