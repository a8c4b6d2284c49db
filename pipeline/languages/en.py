"""English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pipeline.languages import Language, PageLines
from pipeline.languages.numbers import (
    Mention,
    NumberWords,
    Senses,
    half_after,
    read_number_words,
    read_roman,
    single,
    spell,
    spread,
    words_of,
)

_UP_TO_NINETEEN = spell(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = spell("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = spell("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_MONTHS = spell("January February March April May June July August September October November December")
_SHORT_MONTHS = {
    **{"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Sept": 9},
    **{"Oct": 10, "Nov": 11, "Dec": 12},
}

_HALF: Senses = (Decimal("0.5"), 50, 2, 6, 30)
_QUARTER: Senses = (4, Decimal("0.25"), 25, 3, 15)
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "midnight",
    (0,): "nil nought",
    _HALF: "half halves halfway halve halved halving",
    _QUARTER: "quarter quarters",
    (1,): "once single",
    (2,): (
        "both pair pairs couple couples twice double doubles doubled doubling twin twins duo duos duet "
        "dual twofold brace"
    ),
    (
        3,
    ): "thrice triple triples tripled tripling treble trebled trio trios triplets trilogy threefold thirds",
    (4,): "quadruple quadrupled quartet quadruplets fourfold",
    (5,): "quintet fivefold",
    (10,): "decade decades teen teens teenage teenager teenagers tenfold",
    (12,): "noon midday dozens",
    (14, 2): "fortnight fortnightly",
    (20,): "score",
    (100,): "century centuries centenary hundreds",
    (1000,): "millennium millennia thousands",
}
_SCALES = {
    "dozen": 12,
    "thousand": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
}
_HUNDREDS = frozenset(("hundred", "hundredth"))


def _vocabulary() -> dict[str, Senses]:
    senses: dict[str, Senses] = {word: (number,) for number, word in enumerate(_UP_TO_NINETEEN)}
    senses |= {ordinal: (number,) for number, ordinal in enumerate(_ORDINALS, 1)}
    senses |= {f"{_UP_TO_NINETEEN[number]}th": (number,) for number in range(13, 20)}
    for ten, word in enumerate(_TENS, 2):
        senses |= {word: (ten * 10,), f"{word[:-1]}ieth": (ten * 10,)}
        senses[f"{word[:-1]}ies"] = (ten * 10, 1900 + ten * 10)  # "in his thirties", "the Eighties"
    senses |= {f"{ordinal}s": (number,) for number, ordinal in enumerate(_ORDINALS[2:], 3)}  # "two fifths"
    senses |= dict.fromkeys(_HUNDREDS, (100,)) | {"thousandth": (1000,), "millionth": (10**6,)}
    return senses | spread(_OTHERS)


_HALF_AFTER = half_after("and[ -]a[ -]half")
_MONTH_NUMBERS = {month: number for number, month in enumerate(_MONTHS, 1)} | _SHORT_MONTHS
# "may" and "march" are verbs: a full name needs its capital, a short one its full stop or a day.
_MONTH = re.compile(rf"(?<!\w)(?:({'|'.join(_MONTHS)})(?!\w)|({'|'.join(_SHORT_MONTHS)})(?:\.|(?= \d)))")
_AGE = re.compile(r"(?:(twen)|(thir)|(for)|(fif)|(six)|(seven)|(eigh)|(nine))tysomethings?")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        _SCALES,
        hundreds=_HUNDREDS,
        joint=re.compile(r"[ \u00a0-]|\s(?:and|a|of a)\s"),  # "half a million", "two and twenty"
        half=re.compile(f"½|{_HALF_AFTER}"),
    )


_HALF_SCALED = re.compile(rf" and a half ({'|'.join(_SCALES)})(?!\w)")


def _read_halves(text: str, numbers: list[Mention]) -> Iterator[Mention]:
    """Numbers such as "two and a half million"."""
    for match in _HALF_SCALED.finditer(text) if " half " in text else ():
        for number in numbers:
            if number.end == match.start():
                value = (number.readings[0][0] + Decimal("0.5")) * _SCALES[match[1]]
                yield Mention(number.start, match.end(), single(value))


_A_UNIT = re.compile(r"\b[Aa]n?(?= (?:mile|yard|foot|inch|pound|ounce|gallon|acre)\b)")
"""An article that says one: translators turn "a mile" into 1.6 kilometres."""


def read_words(text: str) -> list[Mention]:
    """English number words, months and Roman numerals in a text; none of them is binding."""
    numbers = list(read_number_words(text, _number_words()))
    others = (*_read_halves(text, numbers), *_read_months(text), *_read_others(text))
    return [*numbers, *others, *read_roman(text)]


def _read_months(text: str) -> Iterator[Mention]:
    for match in _MONTH.finditer(text):
        name = match[1] or match[2]
        yield Mention(match.start(), match.start() + len(name), single(_MONTH_NUMBERS[name]), month=True)


def _read_others(text: str) -> Iterator[Mention]:
    """Ages in one word, and articles before a unit that is converted."""
    for article in _A_UNIT.finditer(text):
        yield Mention(*article.span(), single(1))
    for start, word in words_of(text):
        if word.endswith(("something", "somethings")) and (age := _AGE.fullmatch(word)):
            yield Mention(start, start + len(word), single(10 * ((age.lastindex or 0) + 1)))


_PAGE = PageLines(
    credit="credits? | photo | photograph | picture | image | image source | image credits? | photo credits?",
    photo="[Pp]hoto by|[Pp]hotograph by|[Ii]mage by|[Ii]llustration by",
    pointer="""
    related (?:articles|posts|stories) | read also | also read | read more | see also on
    """,
    share="""
    share(?: (?:on|this|via|with).{0,40})? | print this page | follow us.{0,30} | like us on.{0,30}
    | (?:sign up|subscribe) (?:to|for) (?:the |our )?newsletter.{0,30}
    | (?:accept|allow) (?:all )?cookies.{0,20} | copy (?:the )?(?:link|url)
    """,
    posted="""
    posted | posted on | posted by | published | published on | last updated | last modified | updated
    | updated on | date of publication
    """,
    hour="at",
    rights="all rights reserved",
    rights_inside="all rights reserved",
    tags="tags? | tagged | filed under | keywords | categor(?:y|ies)",
    related_heading="""
    related (?:articles|posts|stories) | read also | also read | you may also like | more stories
    | recommended (?:articles|stories) | most read
    """,
    author_heading="about the authors?",
    author="author | written by | by the same author | about the authors?",
    form_heading="""
    leave a (?:comment|reply) | post a comment | write a comment | add (?:a )?comment | cancel reply
    """,
    comments="comments | no comments(?: yet)?",
    form_word="will not be published|required|log ?in|sign in",
    domains=r"uk|co\.uk",
    page_of="of",
)

LANGUAGE = Language(
    code="en",
    length=-0.16,
    grammar_words=frozenset(
        spell(
            "the of and to in is are was were that this these those with for from by not have has had "
            "will would can you your they their he she his her its it as at on be or which who when where "
            "there if into about than been could should because what while after before said our but"
        )
    ),
    open_abbreviations=frozenset(("no",)),
    number_abbreviations=frozenset(
        spell(
            "ch sec secs para par art arts tab app ext tel est ca cap max min nos eq pt pts cl ver p fol rev"
        )
    ),
    closing_abbreviations=frozenset(spell("etc a.m p.m u.s u.k u.s.a b.c a.d")),
    lent_abbreviations=frozenset(
        spell(
            """
            mr mrs ms dr prof st jr sr mt ft vs inc ltd co corp bros dept univ fig figs vol ed eds pp cf
            approx
            jan feb apr aug sep sept oct nov dec gen col lt sgt capt cpt maj cmdr adm rev hon gov sen rep pres
            e.g i.e ph.d m.d
            """
        )
    ),
    doubled_words=frozenset(spell("had that very so no bye there tut")),
    native_word=re.compile(
        r"(?:tion|sion|ment|ness|ship|hood|ism|ing|ed|ly|ish|ean|ian|ians|ese|land|lands|sea|day|house|ern)$"
    ),
    number_words=read_words,
    vague_numbers=frozenset(spell("second score single once half halfway both quarter quarters dual")),
    half_after=_HALF_AFTER,
    quarter_after="and a quarter",
    scale_words={"mn": 6, "tn": 12, "trn": 12},
    scale_stems={"million": 6, "billion": 9, "thousand": 3, "trillion": 12},
    doubtful_scales={"m": 6, "k": 3, "bn": 9, "b": 9},
    percent="per ?cent",
    percent_hints=("cent",),
    about=r"about|around|approx\.?|approximately",
    range_words="to|and|or",
    and_words="and",
    times_words="by",
    range_articles="and",
    half_day=r"[ap]\.?\s?m\b|o['’]clock",
    fixed_number=r"(?<=[Cc]ovid)19|(?<=COVID)19|(?<=[Cc]ovid[ -])19|(?<=COVID[ -])19|[23](?=D\b)",
    months=re.compile("|".join(_MONTHS) + "|" + "|".join(_SHORT_MONTHS)),
    weekday_hints=("day",),
    weekdays=("Mondays?", "Tuesdays?", "Wednesdays?", "Thursdays?", "Fridays?", "Saturdays?", "Sundays?"),
    half_days=True,
    before_noon=r"a\.?m\b\.?|in the morning",
    after_noon=r"p\.?m\b\.?|in the (?:afternoon|evening)",
    quarter_to="(?:a )?quarter (?:to|of|before)",
    quarter_past="(?:a )?quarter past",
    negative=r"\bminus\b|below zero|sub-?zero|negative",
    decrease="less|fewer|fell|fall|drop|decline|decrease|down|lower|lost|loss",
    decade_before="the",
    decade_after=r"['’]?s\b",
    of_unit="an? |of an? ",
    units={
        "km2": "sq_km square_kilomet*",
        "mile2": "sq_miles square_mile square_miles",
        "m2": "sq_m square_meter square_meters square_metre square_metres",
        "foot2": "sq_ft square_foot square_feet",
        "acre": "acre acres",
        "hectare": "hectare hectares",
        "km": "kph kmph kilomet*",
        "mile": "mph mile miles",
        "m": "meter meters metre metres",
        "cm": "centimeter* centimetre*",
        "mm": "millimeter* millimetre*",
        "yard": "yd yard yards",
        "foot": "ft foot feet",
        "inch": "inch inches",
        "kg": "kilo kilos kilogram*",
        "g": "gram* gramme*",
        "tonne": "ton tons tonne tonnes",
        "pound": "lb lbs pound pounds",
        "ounce": "oz ounce ounces",
        "gallon": "gallon*",
        "litre": "liter* litre*",
        "decilitre": "deciliter* decilitre*",
        "centilitre": "centiliter* centilitre*",
        "millilitre": "milliliter* millilitre*",
        "pint": "pint pints",
        "degree": "degree degrees",
        "minute": "minute minutes min mins",
        "hour": "hour hours hr hrs",
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
        "decade": "decade decades",
        "century": "century centuries",
        "any_floor": "floor st_floor nd_floor rd_floor th_floor",
        "second": "second seconds sec",
    },
    amounts={
        "fortnight": "14 day",
        "decade": "10 year",
        "century": "100 year",
        "quarter": "3 month",
        "half an hour": "30 minute",
        "hour and a half": "90 minute",
        "quarter of an hour": "15 minute",
        "three quarters of an hour": "45 minute",
        "half a year": "6 month",
        "day and a half": "36 hour",
    },
    currencies={
        "EUR": "euro euros",
        "USD": "dollar dollars",
        "GBP": "pound pounds",
        "PLN": "zloty zlotys",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan rmb renminbi",
        "CHF": "franc francs",
        "RUB": "ruble rubles rouble roubles",
        "UAH": "hryvnia hryvnias",
        "INR": "rupee rupees",
    },
    assistant=(
        r"(?:sure[,!.]? ?|certainly[,!.]? ?|of course[,!.]? ?)?here(?:['’]s| is) (?:the|your|a|my) "
        r"(?:\w{1,12} ){0,2}(?:translation|translated)"
        r"|(?:i['’]m sorry|i am sorry|sorry|unfortunately)[^.!?\n]{0,20} i (?:can['’]?t|cannot|am unable to) "
        r"[^.!?\n]{0,40}(?:translat|request|assist)"
        r"|as an ai\b|i hope (?:this|the) translation"
    ),
    assistant_hints=("translat", "request", "assist", "as an ai"),
    translation_label="(?:italian |korean |polish )?translation",
    page=_PAGE,
)
