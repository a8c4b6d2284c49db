"""Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from pipeline.languages import Language, PageLines
from pipeline.languages.ko_writing import speech_levels, wrong_particles
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
_TEN, _UNIT = "|".join(_TENS), "|".join(_UNITS)
_NATIVE = re.compile(
    rf"(?<!\w)(?!열대|세대|네팔|석방|세주|두주|한편|한시|한때)(?=[열스서마쉰예일여아하한둘두셋세석넷네넉다])(?:({_TEN})\s?({_UNIT})|({_TEN})|({_UNIT}))"
    rf"(?=\s|(?:{_COUNTED})|[이은을가도를의와과,.]|$)"
)
_SINO_DIGIT = {"영": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_SMALL = {"십": 10, "백": 100, "천": 1000}
_SINO_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
# A lone 백, 천 or 만 begins many other words, and behind digits it belongs to them; 조 is also the first
# syllable of investigation and control, so that alone it counts only before money; 천사 is an angel.
_COUNTED_AFTER_POWER = (
    "여|명|원|달러|유로|년|번|개(?!월)|배|마리|권|가지|곳|킬로|미터|분의|퍼센트|"
    r"종(?![가-힣])|톤|회(?![가-힣])|건|\s[주일대점]"
)
_SINO = re.compile(
    r"(?<![가-힣\d])(?<!\d )(?![백천만억조][일이삼사오육칠팔구](?![십백천만억조]))"
    r"(?:(?:수|몇 ?)([십백천만억조]{1,4})"
    r"|([일이삼사오육칠팔][이삼사오육칠팔구])([십백천만억])"
    r"|([일이삼사오육칠팔구]?[십백천만억조]"
    r"[일이삼사오육칠팔구십백천만억조]{1,16}|[일이삼사오육칠팔구][십백천만억조]|"
    rf"[십백천만억](?=\s?(?:{_COUNTED_AFTER_POWER}))|조(?=\s?(?:원|달러|유로|엔|위안))|"
    r"[일이삼사오육칠팔구](?=\s?(?:년|월|개|일|번|배|주|분|초|위|퍼센트|세기|차|층|호|달러|원|유로|부|대|인|남|녀|등|단|자|피트|인치|마일|야드|킬로|센티|미터|파운드))))"
)
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
_OTHER = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_OTHER_SENSES, key=len, reverse=True))})")


_HALF_AFTER = r"\s?(?:[가-힣]{1,3}\s?)?반(?![가-힣])"
_HALF = re.compile(f"½|{_HALF_AFTER}")


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
            yield Mention(match.start(), match.end(), single(sino_value(match[1] or match[4])))
        elif match[2] in _NEIGHBOURS:
            values = [sino_value(numeral + match[3]) for numeral in match[2]]
            yield Mention(match.start(), match.end(), single(*values))


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


# Digits between such numerals: 1억 2500만, 3만 5천, 100여 명. 4만큼 is "by 4".
_UNIT = r"여?(?:[십백천]?(?:만(?!큼)|억|조(?![각직]))|[십백천])"
_DIGITS_AND_WORDS = (
    rf"\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT}(?:[ \u00a0]?\d+(?:[.,]\d+)*[ \u00a0]?{_UNIT})*"
    r"(?:[ \u00a0]?\d{1,4}(?:(?<=[ \u00a0만억조]\d),\d{3})?(?!\d|[.,]\d))?"
    r"|\d할(?:[ \u00a0]?\d푼)?(?!인|당|애|아|머|로)"
)
_PART = re.compile(r"(\d+(?:[.,]\d+)*)[ \u00a0]?여?([십백천]?)([만억조]?)")
_LONGEST = 18  # digits of a quantity


def _read_digits_and_words(number: str) -> tuple[tuple[Reading, ...], int]:
    """The readings of a number as in 9천 4백만, which is 9,400 times 만, and the scale of its last part."""
    if "할" in number:
        tenths = [int(digit) for digit in number if digit.isdigit()]
        return single(10 * tenths[0] + sum(tenths[1:]), tenths[0]), 1
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
    if last[0].endswith("조"):  # 제3조 is article three, and 3조 may be group three
        readings.append((_decimal(last[1]),))
    return tuple(readings), scale


def _decimal(digits: str) -> Value:
    whole = digits.replace(",", "")
    return Decimal(whole) if whole.count(".") == 1 else int(whole.replace(".", "")[:_LONGEST])


_INITIALS = "kknttlmppss\0sssktp\0"
_FINALS = "\0kkknnntlkmpllplmppssnssktp\0"


def _sounds(word: str) -> str:
    """The consonants of a word in Hangul, in classes that no transcription tells apart."""
    sound: list[str] = []
    for character in word:
        place = ord(character) - 0xAC00
        if 0 <= place < 11172:
            sound += _INITIALS[place // 588], _FINALS[place % 28]
    return re.sub(r"(.)\1+", r"\1", "".join(sound).replace("\0", ""))


_PAGE = PageLines(
    credit="출처 | 사진 | 사진 출처 | 이미지 출처 | 이미지 | 자료 | 사진 ?제공",
    pointer="""
    관련 ?기사 | 관련 ?글 | 함께 읽으면 좋은 (?:글|기사) | 추천 ?기사 | 이 ?기사도 읽어 ?보세요
    """,
    share="""
    공유하기 | 페이스북(?:으로)? 공유.{0,10} | 카카오톡(?:으로)? 공유.{0,10} | 트위터(?:로)? 공유.{0,10}
    | url ?복사 | 구독하기 | 뉴스레터 구독.{0,10} | 기사 ?공유.{0,6} | 쿠키 (?:허용|동의).{0,10}
    """,
    posted="입력 | 등록 | 수정 | 게시 | 게시일 | 작성일 | 최종 ?수정 | 기사 ?입력 | 승인",
    date=r"\d{1,4}[./년-]\s?\d{1,2}[./월-]\s?\d{1,4}일?",
    hour="오전 | 오후",
    rights="저작권자 | 무단 ?전재",
    rights_inside="무단 ?전재|재배포 ?금지",
    tags="태그",
    related_heading="관련 ?(?:기사|글) | 추천 ?기사 | 많이 본 (?:기사|뉴스)",
    author_heading="필자 소개 | 글쓴이 소개 | 저자 소개",
    author="글쓴이 | 작성자 | 기자 | 필자 소개",
    form_heading="댓글 ?(?:남기기|달기|쓰기|작성|등록|입력) | 답글 남기기 | 답글 쓰기",
    comments="댓글",
    form_word="이메일|메일 주소|필수|공개되지|로그인",
    domains=r"kr|co\.kr|or\.kr",
    page_of="중",
)

LANGUAGE = Language(
    code="ko",
    script="가-힣",
    length=-0.81,
    closing_abbreviations=frozenset(),
    number_abbreviations=frozenset(
        ("tel", "fax", "no", "vol", "ver", "ca", "max", "min", "p", "pp", "fig", "tab", "ch", "sec")
    ),
    finals="다요까죠",
    quotatives="이?라[고는며면]|하[고는며였]|고 |며 |는 |란 |이란 |등 |등의 ",
    doubled_words=frozenset(
        ("매우", "아주", "정말", "하나", "조금", "또", "점점", "더", "참", "꼭", "자주", "멀리", "가지")
    ),
    list_letters="가나다라마바사아자차카타파하",
    sounds=_sounds,
    particles=(
        "은|는|이|가|을|를|의|에|에서|에서는|에게|께|로|으로|와|과|도|만|나|이나|든|부터|까지|보다|처럼|마다|조차|"
        "라는|이라는|라고|이라고|란|이란|들|들이|들은|들을|들의|인|이다|입니다|이며|이고|이었다|였다|적|적인|용|별|등"
    ),
    wrong_particles=wrong_particles,
    speech_levels=speech_levels,
    number_words=read_words,
    vague_numbers=frozenset(
        some + power
        for some in ("수", "몇", "몇 ")
        for power in ("십", "백", "천", "만", "십만", "백만", "천만", "억")
    ),
    digits_and_words=DigitsAndWords(
        re.compile(r"\d[ \u00a0]?여?[십백천만억조할]"), _DIGITS_AND_WORDS, _read_digits_and_words
    ),
    half_after=_HALF_AFTER,
    percent="퍼센트|프로(?![가-힣])",
    percent_hints=("퍼센트", "프로"),
    about="약|한화",
    fixed_number=(
        "(?<=제)3(?=자|국|의|세)|(?<=코로나)19|(?<=코로나[ -])19"
        "|[1-4](?=차(?:[전적원] ?|저작|성|[ -]?(?:산업|감염|피해|가공|성징|시장|자료|전지)))|[1-3](?=인칭)"
    ),
    range_words="에서|부터|내지",
    range_articles="의",
    half_day="시(?!간|즌|민|대)",
    weekday_hints=("요일",),
    weekdays=tuple(f"{day}요일" for day in "월화수목금토일"),
    half_days=True,
    before_noon="오전|새벽|아침",
    after_noon="오후|저녁",
    negative=r"영하|마이너스|음수|△\s?\d",
    decrease="감소|하락|줄어|줄었|줄인|떨어|적은|낮",
    decade_after="년?대(?!로)",
    month_mark="월",
    units={
        "km2": "제곱킬로미터 평방킬로미터",
        "mile2": "제곱마일 평방마일",
        "m2": "제곱미터 평방미터",
        "foot2": "제곱피트 평방피트",
        "acre": "에이커",
        "hectare": "헥타르",
        "pyeong": "평",
        "km": "킬로미터",
        "mile": "마일",
        "m": "미터",
        "cm": "센티미터 센티",
        "mm": "밀리미터 밀리",
        "yard": "야드",
        "foot": "피트",
        "inch": "인치",
        "kg": "킬로그램",
        "g": "그램",
        "tonne": "톤",
        "pound": "파운드",
        "ounce": "온스",
        "gallon": "갤런",
        "litre": "리터",
        "decilitre": "데시리터",
        "centilitre": "센티리터",
        "millilitre": "밀리리터",
        "pint": "파인트",
        "degree": "도",
        "minute": "분",
        "hour": "시간",
        "day": "일",
        "week": "주 주일 주간",
        "month": "개월 달 월",
        "year": "년 주년 해",
        "century": "세기",
        "storey": "층",
    },
    amounts={
        "하루": "1 day",
        "이틀": "2 day",
        "사흘": "3 day",
        "나흘": "4 day",
        "닷새": "5 day",
        "엿새": "6 day",
        "이레": "7 day",
        "여드레": "8 day",
        "아흐레": "9 day",
        "열흘": "10 day",
        "보름": "15 day",
        "일주일": "1 week",
        "반년": "6 month",
        "반세기": "50 year",
    },
    currencies={
        "EUR": "유로",
        "USD": "달러 불",
        "GBP": "파운드",
        "PLN": "즈워티 즐로티",
        "KRW": "원",
        "JPY": "엔",
        "CNY": "위안",
        "CHF": "프랑",
        "RUB": "루블",
        "UAH": "흐리우냐",
        "INR": "루피",
    },
    assistant=(
        r"(?:네[,.!]? ?|물론(?:입니다|이죠|이에요)?[,.!]? ?)?"
        r"(?:다음은|아래는|여기) [^.!?\n]{0,30}번역(?:입니다|한|문|본)"
        r"|(?:죄송|유감)[^.!?\n]{0,20}[,.]? ?[^.!?\n]{0,30}(?:번역|요청|도와)[^.!?\n]{0,20}(?:수 없|어렵)"
        r"|(?:저는 )?(?:AI|인공지능) ?(?:언어 ?)?(?:모델|비서|어시스턴트)(?:로서|로써|이므로|입니다)"
        r"|이 번역이 도움이"
    ),
    assistant_hints=("번역", "모델", "인공지능", "요청", "도와"),
    translation_label="(?:한국어 ?)?번역(?:문|본)?",
    page=_PAGE,
)
