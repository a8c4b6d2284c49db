"""How Korean is written: the particle that a word takes, and the level of speech that a sentence ends in.

A particle has two forms, one behind a consonant and one behind a vowel. What stands behind digits or Latin
letters hangs on how these are read, so only a particle behind Hangul is judged, or behind a per cent sign.
Many words end as if they had a particle: those are listed here, and what is left unsure is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.languages.slips import Slip

_FIRST, _LAST, _FINALS = 0xAC00, 0xD7A3, 28
_NIEUN = 4  # the final ㄴ, with which verbs ask: 있는가
_LONGEST = 12
"""Letters of a word that are looked at before its particle."""
_RIEUL = 8  # the final ㄹ, behind which 로 stands as behind a vowel
_SURE_FINALS = frozenset((4, 8, 16, 21))  # ㄴ ㄹ ㅁ ㅇ
_OTHER_FORM = {"을": "를", "를": "을", "은": "는", "는": "은", "이": "가", "가": "이", "와": "과", "과": "와"}

_ENDS = r"(?=[\s,.!?…)\]”’\"']|$)"
_OPEN = "".join(map(chr, range(_FIRST, _LAST + 1, _FINALS)))
_RIEUL_LAST = "".join(map(chr, range(_FIRST + _RIEUL, _LAST + 1, _FINALS)))
"""Syllables that end in a vowel, and in ㄹ; a class of all that end in a consonant takes long to make."""
_PARTICLE = re.compile(  # one class in front lets the search run at full speed
    "[을를은는와과가이로]"
    rf"(?:(?<=[{_OPEN}][을은이과])|(?<=[가-힣][를는가와])(?<![{_OPEN}].)|(?<=[가-힣]로)(?:서|써|부터|만|도|의|는)?){_ENDS}"
)
"""The form that does not go with the syllable before it, and the particles that begin with 로."""
_AFTER_PERCENT = re.compile(rf"(?<=\d[%％])(?:을|은|이|과|으로){_ENDS}")
_QUOTING = re.compile(
    f"라(?<=[가-힣].)(?<![{_OPEN}{_RIEUL_LAST}].)"
    "(?<!신라)(?<!전라)(?<!한라)(?<!경라)(?<!더라)(?:는(?= )|고(?= (?:불|하|말|부르|칭)))"
)
"""What follows a name or a quotation, with 이 before it behind a consonant; behind ㄹ, verbs command so."""
_WORD_BEFORE = re.compile(r"(?<![가-힣])[가-힣]+$")

# Nouns and verbs that end as if they had the other form of a particle.
_ENDING_IN = {
    "을": re.compile(
        r"(?:가을|마을|노을|고을|개을|(?:^|결론|관련|특징|연관|구분|매듭|농사|짝|이름|결부|마무리|미소)지을"
        r"|(?:^|더|덧|줄|맞)(?:나|이|부|그|저|모|자)을|(?:쏟아|퍼|들이|내리|갈라|끌어|긁어|불러|사)(?:부|모)을|아을)$"
    ),
    "를": re.compile(r"(?:들를|치를|거를)$"),
    "은": re.compile(
        r"(?:(?:^|결론|관련|특징|연관|구분|매듭|농사|짝|이름|결부|마무리)지은|(?:^|더|덧|줄|맞)(?:나|이|부|그|저|모)은"
        r"|(?:쏟아|퍼|들이|내리|갈라|끌어|긁어|불러|사)(?:부|모)은|(?:^|[가-힣])(?:쪼|꼬)은|(?:뒤이|잇따|휘저)은|^(?:[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄채원천방공현함변염]|)(?:지|가|하"
        r"|예|다|나|고|소|시|채|조|세|혜|주|보|태|유|서|도|라|여|희|수)은)$"
    ),
    "는": re.compile(
        r"(?:[있없않먹읽받앉듣걷믿묻얻닫쏟뜯뻗닿놓낳쌓넣찧잡입씹뽑접집줍눕굽돕꼽업씻웃짓벗솟붓낫긋막녹죽박찍적썩식"
        r"섞볶깎꺾닦묶낚겪신안얹삼남참숨넘감담품심굶닮삶밟핥훑읊찾맞꽂짖맺잊찢쫓좇갖갚덮엎맡뱉붙흩잃끓앓뚫꿇닳끊많찮속"
        r"묵익삭껴젖늦높깊앗듬금겠았었였했됐갔왔섰났샀졌렸겼켰렇랗떻럽돋솎옮곪튿뒹젓싶걸춥덥겹밉쉽]는|[^가-힣]는)$"
    ),
    "와": re.compile(r"(?:기와|청와|봐와)$"),
    "과": re.compile(
        r"(?:^[사부초여투제다이모고효교무후유비파개대치내외안약세문]과|[내외치아안]과|피부과|니카라과|파라과|인후과|뇨기과|효과|성과|역효과"
        r"|교과|수사과|인사과|감사과|재부과|관리과|총무과|법무과|업무과|재무과|노무과|의무과|서무과|고양이과|문과이과|공개사과)$"
    ),
    "로": re.compile(r"(?:^.|경|선|통|항|근|활주|종|판|먼|몬|국가원|험|충정|테헤란|영등포|세종)로$"),
}
_NOUNS = re.compile(
    r"(?:들|것|북한|남한|지진|논란|당신|원인|요인|승인|대통령|사람|의원|직원|회원|공무원|위원|요원|한국|미국|중국|영국|태국|당국|사건|조건|장관|기관|여론|언론|시간"
    r"|기간|공간|인간|연간|국민|시민|주민|난민|청년|노인|본인|개인|군인|연인|부인|범인|정당|가정|일정|과정|결정|감정|규정|협정"
    r"|공원|병원|법원|학원|대원|구단|집단|정책|작품|기록|계획)$"
)
"""Nouns behind which 가 is a particle, although it is part of others that end like them, as 본가 is."""
_WHOLE_WITH_GA = re.compile(
    r"(?:[평불작국증물원정단인강길냇곡창집절선명공축성친본평참닷숫]|[^가-힣]|^.$|(?:전문|운동|건축|실업|활동|예술|은행|번역|양봉"
    r"|공론|음악|사상|금융|입찰|소설|혁명|상담|각본|기업|사업|자장|발명|협상|비평|조각|전략|주택|상상|미식|무술|행정|탐험|미술"
    r"|무용|자본|법률|수집|여행|모험|연출|분석|독재|웅변|열성|수필|만담|저술|이론|실천|자선|비관|낙관|대식|애연|애견|수완|야심"
    r"|몽상|공상|재력|자산|성악|경영|시장|대학|건물|상영|식당|유흥|상점|번화|외식|증권|영화|개울|연못|도심|옥탄|동요|대중|독립"
    r"|찬송|응원|유행|망명|지략|책략|외교|전술|만화|동화|애주|호색|연설|토론|논쟁|사색|명상|풍자|낭만|가격|판매|공시|최고|평균"
    r"|상한|하한|매입|매출|거래|낙찰|교육|귀족|세력|애국|계산|역술|점술|요술|마술|활|휘파람|이상|회고|사진|등산|수학|심리|학술))$"
)
"""What 가 makes a whole word of, as in 전문가 and 평가."""
_WHOLE_WITH_I = re.compile(
    r"[까꺼거레웨플파와바하노카라마타페이지루브과머테데메베헤게제세케에아자사차나다모오조토로보코호도두히비여워러구추고새더애]$"
)
"""Last syllables of words that end in 이 themselves, as 아이, 하와이 and 가까이."""
_NOUNS_BEFORE_I = re.compile(
    r"(?:[가-힣][^르스즈]자|회사|의사|판사|검사|변호사|영화|여사|목사|조사|행사|역사|기사|사회|문화|변화|전화|사고|보고|선거|증거"
    r"|근거|국가|작가|평가|문제|경제|규제|세계|그녀|효과|결과|아시아|러시아|시리아|이탈리아|보도|제도|태도|속도|정도|온도|지도"
    r"|시도|도로|경로|이야기|후보|정보|안보|카메라|드라마|나라|노래|언어|단어|영어|용어|축하|나이지리아|호주아|비자|투자)$"
)
"""Nouns behind which 이 is a particle, although they end in such a syllable."""


def wrong_particles(text: str) -> Iterator[Slip]:
    """Particles in the form that does not go with the sound before them."""
    for match in _PARTICLE.finditer(text):
        start, particle = match.start(), match[0]
        if particle[0] == "로" and text[start - 1] == "으" and text[max(0, start - 2) : start - 1].strip():
            start, particle = start - 1, "으" + particle
        right = _right_form(text[max(0, start - _LONGEST) : start], particle)
        if right:
            yield Slip(start, match.end(), right)
    if "라" in text:
        for match in _QUOTING.finditer(text):
            yield Slip(match.start(), match.end(), f"이{match[0]}")
    if "%" in text or "％" in text:
        for match in _AFTER_PERCENT.finditer(text):
            right = _OTHER_FORM.get(match[0], "로")
            yield Slip(match.start(), match.end(), right)


def _right_form(before: str, particle: str) -> str:
    """The form that a particle should have behind a word; "" if it has it, or may be no particle."""
    if not _FIRST <= ord(before[-1]) <= _LAST:
        return ""
    final = (ord(before[-1]) - _FIRST) % _FINALS
    if "로" in particle:
        return _right_direction(before, particle, final)
    word = _WORD_BEFORE.findall(before)[0]
    return _OTHER_FORM[particle] if _is_particle(word, particle, final) else ""


def _right_direction(before: str, particle: str, final: int) -> str:
    long = particle.startswith("으")
    if long == (final not in (0, _RIEUL)):
        return ""
    word = _WORD_BEFORE.findall(before)[0]
    if long:
        return particle[1:]
    known = particle != "로" or len(word) < 2 or _ENDING_IN["로"].search(word + "로")
    return "" if known else "으" + particle


def _is_particle(word: str, particle: str, final: int) -> bool:
    """Whether what ends a word is a particle beyond doubt."""
    if particle == "가":
        return _NOUNS.search(word) is not None or (final != _NIEUN and not _WHOLE_WITH_GA.search(word))
    if particle == "이":
        return len(word) > 1 and (_NOUNS_BEFORE_I.search(word) is not None or not _WHOLE_WITH_I.search(word))
    if particle == "는" and final not in _SURE_FINALS and len(word) < 2:
        return False
    if particle in "와과" and len(word) < 2:
        return False
    return _ENDING_IN[particle].search(word + particle) is None


_FORMAL = "".join(chr(code) for code in range(_FIRST, _LAST + 1) if (code - _FIRST) % _FINALS == 17)
"""Syllables with a final ㅂ, without which 니다 is the end of a plain verb, as in 아니다."""
_SENTENCE_END = re.compile(
    rf"(?<=[가-힣])((?<=[{_FORMAL}])니[다까]|(?<![세필중주수개])[요죠]|다)[.!?]{{1,3}}(?=[\s)\]]|$)"
)


def speech_levels(text: str) -> Iterator[tuple[str, int, int]]:
    """The level of speech of each sentence that ends in a verb, and where its ending stands.

    A request to the reader ("see the page") is polite in articles of every level, and has none.
    """
    for match in _SENTENCE_END.finditer(text):
        ending = match[1]
        level = "plain" if ending == "다" else "polite" if ending in "요죠" else "formal"
        yield level, match.start(), match.end()
