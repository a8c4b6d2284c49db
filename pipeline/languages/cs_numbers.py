"""Czech number words and months."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pipeline.languages.numbers import NumberWords, Senses, half_after, number_reader, short_months, spell
from pipeline.languages.slavic_numbers import forms_of, slavic_vocabulary

_CARDINALS = {
    0: "nula nuly nule nulu nulou",
    1: "jeden jedna jedno jednoho jedné jednomu jedním jednou jednu jedni",
    2: "dva dvě dvou dvěma dvoje dvojí",
    3: "tři tří třem třemi třech troje trojí",
    4: "čtyři čtyř čtyřem čtyřmi čtyřech čtvero čtyřma",
    5: "pět pěti patero",
    6: "šest šesti",
    7: "sedm sedmi",
    8: "osm osmi",
    9: "devět devíti",
    10: "deset deseti desatero",
    11: "jedenáct jedenácti",
    12: "dvanáct dvanácti",
    13: "třináct třinácti",
    14: "čtrnáct čtrnácti",
    15: "patnáct patnácti",
    16: "šestnáct šestnácti",
    17: "sedmnáct sedmnácti",
    18: "osmnáct osmnácti",
    19: "devatenáct devatenácti",
    20: "dvacet dvaceti",
    30: "třicet třiceti",
    40: "čtyřicet čtyřiceti",
    50: "padesát padesáti",
    60: "šedesát šedesáti",
    70: "sedmdesát sedmdesáti",
    80: "osmdesát osmdesáti",
    90: "devadesát devadesáti",
    100: "sto sta stu stem stech sty set stě",
    200: "dvoustý",
}
_TEENS = "jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct"
_TENS = "dvacát třicát čtyřicát padesát šedesát sedmdesát osmdesát devadesát"
_ORDINALS = (
    {2: "druh", 4: "čtvrt", 5: "pát", 6: "šest", 7: "sedm", 8: "osm", 9: "devát", 10: "desát", 100: "st"}
    | {10**6: "miliont"}
    | dict(enumerate(_TEENS.split(), 11))
    | {10 * ten: stem for ten, stem in enumerate(_TENS.split(), 2)}
)
_ENDINGS = "ý é ého ému ém ou á ým ých ými"
_JOINT = ("jedn jeden", "dva", "tři", "čtyři", "pět", "šest", "sedm", "osm", "devět")
"""Units before a ten: "pětadvacet"."""
_OTHERS: dict[Senses, str] = {
    (
        Decimal("0.5"),
        50,
        2,
        6,
        30,
    ): ("půl polovina polovinu poloviny polovině polovinou půlka půlku půlrok půlroku půlhodina"),
    (Decimal("1.5"), 90, 18): "půldruhého",
    (Decimal("0.25"), 4, 25, 3, 15): "čtvrt čtvrtina čtvrtinu čtvrtiny čtvrtině čtvrtletí čtvrthodina",
    (0, 12, 24): "půlnoc půlnoci půlnocí",
    (1,): (
        "jednička jedničky jedničku první prvního prvnímu prvním prvních prvními jediný jediná jediné "
        "jedenkrát"
    ),
    (2,): (
        "oba obě obou oběma pár páru párů dvakrát dvojice dvojici dvojnásobek dvojnásobně dvojitý dvojitá "
        "dvojité zdvojnásobit zdvojnásobil zdvojnásobila zdvojnásobilo zdvojnásobily dvojka dvojky dvojku "
        "dvojče dvojčata dvojčat duo duet"
    ),
    (3,): (
        "třetí třetího třetímu třetím třetích třetina třetinu třetiny třetině třikrát trojice trojici "
        "trojnásobek ztrojnásobil trojka trojky trojku trio trojitý"
    ),
    (4,): "čtyřikrát čtveřice čtveřici kvarteto čtyřka čtyřky čtyřku",
    (5,): "pětkrát pětice pětina pětinu pětiny pětka pětky pětku",
    (6,): "šestkrát šestice šestka šestina",
    (7,): "sedmkrát sedmička sedmina",
    (8,): "osmkrát osmička osmina",
    (9,): "devětkrát devítka",
    (10,): (
        "desetkrát desítka desítky desítku desítek desítkami desetina desetinu desetiny desetiletí teenager "
        "teenageři teenagerů dospívající dekáda dekády dekádě dekád"
    ),
    (12,): "tucet tuctu tucty tuctů poledne poledni polednem",
    (100,): "stovka stovky stovku stovek stovkami století stokrát",
    (1000,): "tisíckrát tisícovka tisícovky tisícovku tisícovek tisícovkou",
    (1000, 2000): "tisíciletí",
}
_SCALES = forms_of(
    {
        10**3: "tisíc tisíce tisíci tisícem tisíců tisícům tisících tis",
        10**6: "milion milión milionu milionem miliony milionů milionům milionech milióny miliónů",
        10**9: "miliarda miliardy miliardu miliardě miliardou miliard miliardám miliardách",
        10**12: "bilion bilionu biliony bilionů",
    }
)
_HUNDREDS = frozenset(spell("sta set stě stech sty stem"))
_MONTH_FORMS = (
    "leden ledna lednu lednem|únor února únoru únorem|březen března březnu březnem|duben dubna dubnu dubnem"
    "|květen května květnu květnem|červen června červnu červnem|červenec července červenci červencem"
    "|srpen srpna srpnu srpnem|září|říjen října říjnu říjnem|listopad listopadu listopadem"
    "|prosinec prosince prosinci prosincem"
)
_MONTHS = forms_of(dict(enumerate(_MONTH_FORMS.split("|"), 1)))
_SHORT_MONTHS = short_months("led úno bře dub kvě čvn čvc srp zář říj lis pro")
_COMPOUND = re.compile(
    r"(?:let|denn|hodin|minut|vteřin|sekund|týden|týdn|měsíčn|ročn|roč[ní]|násobn|stupňov|procentn|člen|stránkov|patrov"
    r"|podlaž|metrov|kilometrov|místn|cifern|bodov|lůžkov|pokojov|dílň|díln|korunov|úhelník)\w{0,5}\Z"
)
HALF_AFTER = half_after("a půl|a čtvrt")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    values = slavic_vocabulary(
        _CARDINALS,
        _ORDINALS,
        _ENDINGS,
        _OTHERS,
        compound_tens="dvaceti třiceti čtyřiceti padesáti šedesáti sedmdesáti osmdesáti devadesáti",
        none="stou",
    )
    for number, forms in enumerate(_JOINT, 1):
        for ten in range(20, 100, 10):
            ends = (*_CARDINALS[ten].split(), *(_ORDINALS[ten] + ending for ending in _ENDINGS.split()))
            values |= {f"{unit}a{end}": (ten + number,) for unit in forms.split() for end in ends}
    return NumberWords(
        values, _SCALES, hundreds=_HUNDREDS, rooms={1000: 1000}, half=re.compile(f"½|{HALF_AFTER}")
    )


NUMBER_HINT = re.compile(
    r"dv[aěoo]|ob[aěo]|pár|druh|tř[iíe]|tro|čt[yv]|pět|pát|pat|šes|še[dď]|sed|os[mt]|dev|des|náct|dc|cet|cát|st[oauůěeoyi]|set"
    r"|tis|mili|bili|p[ůo]l|tuc|teen|dek|duo|duet|kvart"
)
VAGUE = frozenset(
    spell(
        "druhý druhá druhé druhého druhému druhém druhou druhým druhých druhými pár páru párů půl "
        "polovina polovinu poloviny polovině třetí třetího třetím třetina třetinu třetiny čtvrt čtvrtina "
        "čtvrtý čtvrtá čtvrtou sto sta set sty stovky stovek stovkami desítky desítek desítkami tisíce "
        "tisíců miliony poledne půlnoc oba obě obou oběma dvakrát stem stech sty stu"
    )
)
read_words = number_reader(_number_words, _MONTHS, _SHORT_MONTHS, _COMPOUND)
