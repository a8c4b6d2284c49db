"""Dutch."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pipeline.languages import Language, PageLines
from pipeline.languages.endings import with_endings
from pipeline.languages.numbers import (
    NumberWords,
    Senses,
    half_after,
    number_reader,
    numbered,
    short_months,
    spell,
    spread,
)

_UP_TO_NINETEEN = spell(
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
)
_TENS = spell("twintig dertig veertig vijftig zestig zeventig tachtig negentig")
_ORDINALS = {1: "eerste", 3: "derde", 8: "achtste"}
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "half halve helft halveren gehalveerd",
    (Decimal("1.5"),): "anderhalf anderhalve",
    (Decimal("2.5"),): "tweeënhalf tweeënhalve",
    (4, Decimal("0.25"), 25, 3, 15): "kwart kwartier kwartaal",
    (0, 12, 24): "middernacht",
    (1,): "één eens enige",
    (2,): "beide beiden paar dubbel dubbele verdubbeld verdubbelen verdubbeling tweeling tweelingen duo",
    (3,): "drietal trio verdrievoudigd trilogie",
    (4,): "viertal kwartet",
    (10,): "decennium decennia tiental tientallen tiener tieners",
    (12,): "dozijnen middag",
    (14, 2): "veertiendaags",
    (100,): "honderd honderden eeuw eeuwen",
    (1000,): "duizenden millennium millennia",
}
_SCALES = {
    "dozijn": 12,
    "duizend": 10**3,
    **dict.fromkeys(("miljoen", "miljoenen"), 10**6),
    **dict.fromkeys(("miljard", "miljarden"), 10**9),
    **dict.fromkeys(("biljoen", "biljoenen"), 10**12),
}


def _below_thousand() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UP_TO_NINETEEN)}
    for ten, stem in enumerate(_TENS, 2):
        words[stem] = ten * 10
        for number, unit in enumerate(_UP_TO_NINETEEN[1:10], 1):
            words[unit + ("ën" if unit.endswith("e") else "en") + stem] = ten * 10 + number
    small = list(words.items())
    for hundred, stem in enumerate(("", *_UP_TO_NINETEEN[2:10]), 1):
        words |= {f"{stem}honderd{word}": hundred * 100 + number for word, number in small if number}
        words[f"{stem}honderd"] = hundred * 100
    return words


def _vocabulary() -> dict[str, Senses]:
    cardinals = _below_thousand()
    words: dict[str, Senses] = {}
    for word, number in cardinals.items():
        if 0 < number <= 100:
            words[_ORDINALS.get(number, word + ("ste" if number >= 20 else "de"))] = (number,)
        words[f"{word}duizend"] = (number * 1000,)
        words[f"{word}maal"] = (number,)
    words |= {word: (number,) for word, number in cardinals.items()}
    words |= {f"{stem}er": (ten * 10, 1900 + ten * 10) for ten, stem in enumerate(_TENS, 2)}
    return words | spread(_OTHERS)


_MONTHS = numbered("januari februari maart april mei juni juli augustus september oktober november december")
_SHORT_MONTHS = short_months("jan feb mrt apr mei jun jul aug sep okt nov dec")
_COMPOUND = re.compile(
    r"(?:jarig|daags|voudig|delig|urig|weeks|koppig|maandelijks|cijferig|procents|persoons)\w{0,2}\Z"
)
_HALF_AFTER = half_after("en een halve?")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(_vocabulary(), _SCALES, half=re.compile(f"½|{_HALF_AFTER}"))


_PAGE = PageLines(
    credit="foto | foto's | fotografie | beeld | afbeelding | bron | bronnen",
    photo="[Ff]oto van|[Ff]oto door",
    pointer="lees ook | lees meer | lees verder | zie ook op | meer over dit onderwerp",
    share="""
    delen(?: (?:op|via) .{0,30})? | deel dit artikel | volg ons.{0,30} | pagina afdrukken
    | (?:meld je aan|schrijf je in) voor de nieuwsbrief.{0,20} | alle cookies accepteren | link kopiëren
    """,
    posted="gepubliceerd | gepubliceerd op | geplaatst op | bijgewerkt | bijgewerkt op | laatst gewijzigd",
    hour="om",
    rights="alle rechten voorbehouden",
    rights_inside="alle rechten voorbehouden",
    tags="trefwoorden | categorie | categorieën | onderwerpen",
    related_heading="gerelateerde artikelen | verwante artikelen | lees ook | meest gelezen",
    author_heading="over de auteur | over de schrijver",
    author="auteur | redactie | geschreven door | over de auteur",
    form_heading="plaats een reactie | schrijf een reactie | geef een reactie | reageer | reactie annuleren",
    comments="reacties | geen reacties",
    form_word="niet gepubliceerd|verplicht|inloggen|aanmelden",
    domains="nl|be",
    page_of="van",
)

LANGUAGE = Language(
    code="nl",
    length=-0.03,
    accented="áàäéèêëíïóôöúü",
    grammar_words=frozenset(
        spell(
            """
            de het een van niet met voor zijn wordt worden werd ook maar naar bij uit aan op te
            deze dit dat hij zij wij je jij jullie hun hem haar heeft hebben kan kunnen zal zullen
            zou zouden moet moeten nog meer dan er om omdat toen tegen onder tussen zonder tijdens
            volgens alleen geen geweest ben bent waar wanneer hoe wie wat welke veel weer wel
            door tot sinds toch dus echter zoals elke mijn onze daar hier
            """
        )
    ),
    shared_words=frozenset(
        spell(
            "is in was of over we men ten no on to my me dan hier dat want al alle had ze als die en werden"
        )
    ),
    open_abbreviations=frozenset(
        spell(
            """
            dhr mevr mw drs ir ing ds prof bijv d.w.z o.a m.a.w t.a.v i.v.m m.b.t b.v bv evt incl excl gem
            geb resp art ca max red vert ned z.g zgn m.n a.u.b vgl hfst afd dir bijz oorspr
            burg kard maj luit kol kap afb m.i.v t.g.v n.a.v w.o d.m.v t.o.v
            mrt okt
"""
        )
    ),
    closing_abbreviations=frozenset(
        spell("a.u.b vol enz etc e.d e.a v.chr n.chr a.s n.v b.v j.l m.m min sec")
    ),
    number_abbreviations=frozenset(spell("nr nrs blz p pp tel fax hfdst par lid vol jg jrg dl tab no")),
    inflected=with_endings("e", 3, {"f": "v", "s": "z"}),
    doubled_words=frozenset(spell("die dat is heel je ze u")),
    number_words=number_reader(_number_words, _MONTHS, _SHORT_MONTHS, _COMPOUND),
    number_hint=re.compile(
        r"twee|drie|derd|dert|vier|veer|vijf|\bzes|zeven|acht|negen|\btien|\belf|twaalf|twint|tachtig"
        r"|honderd|duizend"
        r"|milj|dozijn"
    ),
    vague_numbers=frozenset(
        spell(
            "tweede derde beide beiden paar half halve helft kwart acht eens enige dubbel dubbele honderden "
            "duizenden tientallen middag"
        )
    ),
    half_after=_HALF_AFTER,
    scale_stems={"miljoen": 6, "miljard": 9, "biljoen": 12, "duizend": 3},
    percent="procent",
    percent_hints=("rocent",),
    about="ongeveer|circa|zo['’]n",
    range_words="tot|en|of|à",
    and_words="en",
    half_hour="half",
    times_words="bij",
    weekdays=(
        r"maandag\w{0,8}",
        r"dinsdag\w{0,8}",
        r"woensdag\w{0,8}",
        r"donderdag\w{0,8}",
        r"vrijdag\w{0,8}",
        r"zaterdag\w{0,8}",
        r"zondag\w{0,8}",
    ),
    before_noon="(?:uur )?['’]s (?:ochtends|morgens|nachts)",
    after_noon="(?:uur )?['’]s (?:middags|avonds)",
    quarter_to="kwart voor",
    quarter_past="kwart over",
    negative="onder nul|onder het vriespunt|negatie",
    decrease="minder|gedaald|daling|daalde|lager|verlies|afname",
    decade_before="jaren",
    units={
        "km2": "vierkante_kilometer*",
        "mile2": "vierkante_mijl*",
        "m2": "vierkante_meter*",
        "foot2": "vierkante_voet",
        "hectare": "hectare*",
        "km": "kilometer*",
        "mile": "mijl mijlen",
        "cm": "centimeter*",
        "mm": "millimeter*",
        "yard": "yard*",
        "foot": "voet",
        "inch": "inch duim",
        "kg": "kilo kilogram*",
        "g": "gram",
        "tonne": "ton",
        "pound": "pond",
        "ounce": "ounce",
        "gallon": "gallon*",
        "litre": "liter*",
        "pint": "pint*",
        "degree": "graad graden",
        "minute": "minuut minuten",
        "hour": "uur uren",
        "day": "dag dagen",
        "week": "week weken",
        "month": "maand maanden",
        "year": "jaar jaren jarig*",
        "decade": "decennium decennia",
        "century": "eeuw eeuwen",
        "floor": "verdieping e_verdieping ste_verdieping de_verdieping",
        "second": "seconde*",
    },
    amounts={
        "decennium": "10 year",
        "eeuw": "100 year",
        "kwartaal": "3 month",
        "kwartier": "15 minute",
        "half uur": "30 minute",
        "halfuur": "30 minute",
        "anderhalf uur": "90 minute",
        "anderhalf jaar": "18 month",
        "half jaar": "6 month",
        "etmaal": "1 day",
    },
    currencies={
        "EUR": "euro euro's",
        "USD": "dollar dollars",
        "GBP": "pond",
        "PLN": "zloty",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan",
        "CHF": "frank franken",
        "RUB": "roebel roebels",
        "UAH": "hryvnia",
        "INR": "roepie roepies",
    },
    page=_PAGE,
)
