"""Swedish."""

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
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton "
    "nitton"
)
_TENS = spell("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio")
_ORDINALS = spell("första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte")
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "halv halva halvt hälft hälften halverad halverade halvera",
    (Decimal("1.5"),): "halvannan",
    (4, Decimal("0.25"), 25, 3, 15): "kvart kvartal kvartalet fjärdedel fjärdedelar",
    (0, 12, 24): "midnatt",
    (1,): "en enda förste",
    (2,): "båda bägge par paret dubbel dubbelt dubbla fördubblats fördubbla tvilling tvillingar duo andre",
    (3,): "tredjedel tredjedelar tredubbel tredubbla trio trilogi",
    (10,): "årtionde årtionden årtiondet decennium decennier tiotal tiotals tonåring tonåringar",
    (12,): "dussintals",
    (100,): "hundra hundratals sekel århundrade århundraden århundradet hundratal",
    (1000,): "tusentals årtusende",
}
_SCALES = {
    "dussin": 12,
    "tusen": 10**3,
    **dict.fromkeys(("miljon", "miljoner"), 10**6),
    **dict.fromkeys(("miljard", "miljarder"), 10**9),
    **dict.fromkeys(("biljon", "biljoner"), 10**12),
}


def _below_thousand() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UP_TO_NINETEEN)}
    for ten, stem in enumerate(_TENS, 2):
        words[stem] = ten * 10
        words[stem + "en"] = ten * 10 + 1
        words |= {stem + unit: ten * 10 + number for number, unit in enumerate(_UP_TO_NINETEEN[1:10], 1)}
    small = list(words.items())
    for hundred, stems in enumerate((("", "ett"), *((unit,) for unit in _UP_TO_NINETEEN[2:10])), 1):
        for stem in stems:
            words |= {f"{stem}hundra{word}": hundred * 100 + number for word, number in small if number}
            words[f"{stem}hundra"] = hundred * 100
    return words


def _vocabulary() -> dict[str, Senses]:
    cardinals = _below_thousand()
    words: dict[str, Senses] = {f"{word}tusen": (number * 1000,) for word, number in cardinals.items()}
    words |= {word: (number,) for word, number in cardinals.items()}
    words |= {word: (number,) for number, word in enumerate(_ORDINALS, 1)}
    words |= {f"{_UP_TO_NINETEEN[n]}de": (n,) for n in range(13, 20)}
    words |= {f"{stem}nde": (10 * ten,) for ten, stem in enumerate(_TENS, 2)}
    words |= {f"{stem}talet": (10 * ten, 1900 + 10 * ten) for ten, stem in enumerate(_TENS, 2)}
    return words | spread(_OTHERS)


_MONTHS = numbered("januari februari mars april maj juni juli augusti september oktober november december")
_SHORT_MONTHS = short_months("jan feb mar apr maj jun jul aug sep okt nov dec")
_COMPOUND = re.compile(
    r"(?:årig|åring|dagars|timmars|veckors|månaders|minuters|faldig|procentig|siffrig|delad|manna)\w{0,4}\Z"
)
_HALF_AFTER = half_after("och en halv|och ett halvt")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(_vocabulary(), _SCALES, half=re.compile(f"½|{_HALF_AFTER}"))


_PAGE = PageLines(
    credit="foto | fotograf | bild | bilder | källa | källor",
    photo="[Ff]oto av",
    pointer="läs också | läs även | läs mer | se även på | mer om ämnet",
    share="""
    dela(?: (?:på|via|med) .{0,30})? | dela artikeln | följ oss.{0,30} | skriv ut sidan
    | prenumerera på nyhetsbrevet.{0,20} | godkänn alla cookies | kopiera länken?
    """,
    posted="publicerad | publicerat | publicerad den | uppdaterad | uppdaterad den | senast uppdaterad",
    hour="kl",
    rights="alla rättigheter förbehållna",
    rights_inside="alla rättigheter förbehållna",
    tags="nyckelord | taggar | kategori | kategorier | ämnen",
    related_heading="relaterade artiklar | läs också | läs även | mest lästa",
    author_heading="om författaren | om skribenten",
    author="författare | skribent | redaktionen | skriven av | om författaren",
    form_heading="lämna en kommentar | skriv en kommentar | kommentera | lämna ett svar | avbryt svar",
    comments="kommentarer | inga kommentarer",
    form_word="publiceras inte|obligatorisk|logga in",
    domains="se",
    page_of="av",
)

LANGUAGE = Language(
    code="sv",
    length=-0.14,
    accented="åäöé",
    letters="å",
    grammar_words=frozenset(
        spell(
            """
            och att det som är på av med till inte ett de jag hon var vi har om så kan ska från
            eller när nu också efter under mot mellan där här detta dessa denna sina sin sitt hade blev blir
            skulle många mycket bara utan än för oss deras hans hennes vid sedan redan mer inom genom
            varit vara bli blivit måste vill ingen inget några allt eftersom dock enligt man ni
            vad vem vilken vilket vilka hur varför
            """
        )
    ),
    shared_words=frozenset(
        spell("i men in for on her die we no do my se hos nu dig mig by alla dem den en han")
    ),
    open_abbreviations=frozenset(
        spell(
            """
            t.ex bl.a dvs d.v.s s.k f.d ca c:a resp inkl exkl jfr fr.o.m t.o.m p.g.a m.a.o t.v i.o.m d
            t ex bl fr f prof doc övers red ang utg eg ev moms avd max tr v.g 
            okt
"""
        )
    ),
    closing_abbreviations=frozenset(spell("sen hon etc osv o.s.v m.m m.fl e.d o.d f.kr e.kr dyl o.dyl a mm")),
    number_abbreviations=frozenset(spell("nr kl sid s tel kap fig tab st bd § kol art p")),
    inflected=with_endings("ae", 4, umlauts={"a": "ä", "o": "ö", "å": "ä"}),
    doubled_words=frozenset(spell("med av på om det att i så")),
    number_words=number_reader(_number_words, _MONTHS, _SHORT_MONTHS, _COMPOUND),
    number_hint=re.compile(
        r"\btvå|\btre|\bfyr|\bfem|\bsex|\bsj|\bått|\bni|\btio|\belva|\btolv|\bfjor|\bart|\btjugo|hundra"
        r"|tusen|milj|båda"
    ),
    vague_numbers=frozenset(
        spell(
            "andra andre båda bägge par paret halv halva halvt hälften kvart sex dubbel dubbelt dubbla "
            "hundratals "
            "tusentals tiotals dussintals enda tredje"
        )
    ),
    half_after=_HALF_AFTER,
    scale_words={"mkr": 6, "mdkr": 9, "milj": 6},
    scale_stems={"miljon": 6, "miljard": 9, "biljon": 12, "tusen": 3},
    percent="procent",
    percent_hints=("rocent",),
    about="cirka|omkring|ungefär",
    range_words="till|och|eller",
    and_words="och",
    half_hour="halv",
    times_words="gånger",
    weekdays=(
        r"måndag\w{0,8}",
        r"tisdag\w{0,8}",
        r"onsdag\w{0,8}",
        r"torsdag\w{0,8}",
        r"fredag\w{0,8}",
        r"lördag\w{0,8}",
        r"söndag\w{0,8}",
    ),
    hour_before="kl\\.?|klockan",
    quarter_to="kvart i",
    quarter_past="kvart över",
    negative="under noll|minusgrader|negativ",
    decrease="mindre|färre|minsk|sjönk|sjunk|fall|lägre|förlust",
    decade_after="-?talet",
    units={
        "km2": "kvadratkilometer*",
        "mile2": "kvadratmil",
        "m2": "kvadratmeter*",
        "foot2": "kvadratfot",
        "hectare": "hektar",
        "km": "kilometer*",
        "mile": "engelska_mil",
        "yard": "yard*",
        "foot": "fot",
        "inch": "tum",
        "kg": "kilo kilogram",
        "g": "gram",
        "tonne": "ton",
        "pound": "pund",
        "ounce": "uns",
        "gallon": "gallon",
        "litre": "liter",
        "pint": "pint",
        "degree": "grad grader",
        "minute": "minut minuter minuters",
        "hour": "timme timmar timmars timmen",
        "day": "dag dagar dagars dygn",
        "week": "vecka veckor veckors",
        "month": "månad månader månaders",
        "year": "år års åren årig*",
        "decade": "årtionde* decennium decennier",
        "century": "århundrade* sekel",
        "storey": "våning våningen :a_våningen",
        "second": "sekund*",
    },
    amounts={
        "decennium": "10 year",
        "årtionde": "10 year",
        "sekel": "100 year",
        "kvartal": "3 month",
        "halvtimme": "30 minute",
        "kvart": "15 minute",
        "dygn": "1 day",
        "halvår": "6 month",
    },
    currencies={
        "EUR": "euro",
        "USD": "dollar",
        "GBP": "pund",
        "PLN": "zloty",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan",
        "CHF": "franc",
        "RUB": "rubel",
        "UAH": "hryvnia",
        "INR": "rupier rupie",
    },
    page=_PAGE,
)
