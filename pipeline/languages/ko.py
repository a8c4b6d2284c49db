"""Korean."""

from __future__ import annotations

import re

from pipeline.languages import Language, PageLines
from pipeline.languages.ko_numbers import DIGITS_AND_WORDS, HALF_AFTER, NO_NUMBER, VAGUE, read_words
from pipeline.languages.ko_writing import speech_levels, wrong_particles

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
    vague_numbers=VAGUE,
    no_number=NO_NUMBER,
    digits_and_words=DIGITS_AND_WORDS,
    half_after=HALF_AFTER,
    percent="퍼센트|프로(?![가-힣])",
    percent_hints=("퍼센트", "프로"),
    about="약|한화",
    fixed_number=(
        "(?:(?<=제)|(?<=제 ))(?:3(?=자|국|의|세)|2(?=외국어)|[1-3](?=금융권)|1(?=야당))"
        r"|(?<=코로나)19|(?<=코로나[ -])19"
        r"|[1-4](?=차(?:[전적원] ?|저작|성|[ -]?(?:산업|감염|피해|가공|성징|시장|자료|전지|(?:[xyzXYZ] ?)?축"
        r"|함수|방정식|곡선|눈금)))|[23](?=중 ?(?:적분|선|창|보안|추돌|부정|국적))|[1-3](?=인칭)"
        r"|(?<!\d)(?:[28]|1[06])(?=진[수법])"
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
    day_mark="일(?!간|째|차|동안| ?만에)",
    units={
        "km2": "제곱킬로미터 평방킬로미터 제곱_킬로미터 평방_킬로미터",
        "mile2": "제곱마일 평방마일 제곱_마일 평방_마일",
        "m2": "제곱미터 평방미터 제곱_미터 평방_미터",
        "foot2": "제곱피트 평방피트 제곱_피트 평방_피트",
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
        "second": "초",
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
        "반나절": "6 hour",
        "격년": "2 year",
        "격주": "2 week",
        "격일": "2 day",
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
