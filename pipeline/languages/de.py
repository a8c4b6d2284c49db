"""German."""

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
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
    "siebzehn achtzehn neunzehn"
)
_TENS = spell("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_ORDINAL_STEMS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
_ENDINGS = ("e", "er", "es", "en", "em", "ens")

_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "halb halbe halben halber halbes halbem hälfte halbiert halbieren",
    (Decimal("1.5"),): "anderthalb eineinhalb",
    (4, Decimal("0.25"), 25, 3, 15): "viertel quartal quartals vierteljahr viertelstunde",
    (0, 12, 24): "mitternacht",
    (1,): "eins eine einen einem einer eines einzig einzige einzigen einmal",
    (2,): (
        "beide beiden beider beides paar paare doppelt doppelte doppelten doppel verdoppelt verdoppeln "
        "verdoppelte zwilling zwillinge zwillingen duo duett zwo"
    ),
    (3,): "drittel dreier trio verdreifacht",
    (10,): "jahrzehnt jahrzehnte jahrzehnten jahrzehnts teenager teenagern dekade dekaden",
    (12,): "dutzende dutzenden mittag mittags",
    (14, 2): "vierzehntägig",
    (100,): "jahrhundert jahrhunderte jahrhunderts jahrhunderten hunderte hunderten hundertster",
    (1000,): "tausende tausenden jahrtausend jahrtausende jahrtausenden",
}
_SCALES = {
    **dict.fromkeys(("dutzend",), 12),
    **dict.fromkeys(("tausend",), 10**3),
    **dict.fromkeys(("million", "millionen"), 10**6),
    **dict.fromkeys(("milliarde", "milliarden"), 10**9),
    **dict.fromkeys(("billion", "billionen"), 10**12),
}


def _below_thousand() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UP_TO_NINETEEN)}
    for ten, stem in enumerate(_TENS, 2):
        words |= {
            f"{unit}und{stem}": ten * 10 + number for number, unit in enumerate(_UP_TO_NINETEEN[1:10], 1)
        }
        words[stem] = ten * 10
    for hundred, stem in enumerate(("", *_UP_TO_NINETEEN[1:10])):
        for word, number in list(words.items())[:99] if hundred == 0 else ():
            words |= {f"hundert{word}": 100 + number, f"hundertund{word}": 100 + number}
        words[f"{stem}hundert"] = (hundred or 1) * 100
    small = [(word, number) for word, number in words.items() if 0 < number < 100]
    for hundred, stem in enumerate(_UP_TO_NINETEEN[1:10], 1):
        words |= {f"{stem}hundert{word}": hundred * 100 + number for word, number in small}
    return words


def _vocabulary() -> dict[str, Senses]:
    cardinals = _below_thousand()
    words: dict[str, Senses] = {}
    for word, number in cardinals.items():
        if 0 < number <= 100:
            stem = _ORDINAL_STEMS.get(number, word + ("t" if number < 20 else "st"))
            words |= {stem + ending: (number,) for ending in _ENDINGS}
        words[f"{word}tausend"] = (number * 1000,)
        words[f"{word}mal"] = (number,)
        words[f"{word}einhalb"] = (number + Decimal("0.5"),)
    words |= {word: (number,) for word, number in cardinals.items()}
    for ten, stem in enumerate(_TENS, 2):  # "die Achtziger"
        words |= dict.fromkeys((f"{stem}er", f"{stem}ern"), (ten * 10, 1900 + ten * 10))
    return words | spread(_OTHERS)


_MONTHS = numbered("januar februar märz april mai juni juli august september oktober november dezember") | {
    "jänner": 1,
    "feber": 2,
}
_SHORT_MONTHS = short_months("jan feb mrz apr mai jun jul aug sept? okt nov dez")
_COMPOUND = re.compile(
    r"(?:jährig|jahrig|monatig|wöchig|tägig|stündig|minütig|köpfig|stellig|seitig|teilig|fach|malig|prozentig"
    r"|stöckig|türig|jährlich|monatlich)\w{0,2}\Z"
)
_HALF_AFTER = half_after("und eine? halbe[rs]?")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(_vocabulary(), _SCALES, half=re.compile(f"½|{_HALF_AFTER}"))


_PAGE = PageLines(
    credit="foto | fotos | bild | bildquelle | bildnachweis | quelle | quellen | grafik",
    photo="[Ff]oto von",
    pointer="lesen sie auch | lesen sie mehr | mehr zum thema | siehe auch auf | auch interessant",
    share="""
    teilen(?: (?:auf|via|per) .{0,30})? | artikel teilen | folgen sie uns.{0,30} | seite drucken
    | newsletter abonnieren | alle cookies akzeptieren | link kopieren
    """,
    posted="veröffentlicht | veröffentlicht am | aktualisiert | aktualisiert am | zuletzt aktualisiert",
    hour="um",
    rights="alle rechte vorbehalten",
    rights_inside="alle rechte vorbehalten",
    tags="schlagwörter | schlagworte | stichwörter | kategorien | kategorie | themen",
    related_heading="ähnliche artikel | verwandte artikel | lesen sie auch | mehr zum thema | meistgelesen",
    author_heading="über den autor | über die autorin | zum autor | zur autorin",
    author="autor | autorin | von der redaktion | über den autor | über die autorin",
    form_heading="kommentar schreiben | schreiben sie einen kommentar | kommentar hinterlassen | antworten",
    comments="kommentare | keine kommentare",
    form_word="nicht veröffentlicht|pflichtfeld|erforderlich|anmelden",
    domains="de|at|ch",
    page_of="von",
)

LANGUAGE = Language(
    code="de",
    length=0.01,
    accented="äöüß",
    letters="ß",
    grammar_words=frozenset(
        spell(
            """
            der die das und ist nicht ein eine einen dem den des mit von für auf sich auch wird wurde sind war
            zu als nach bei oder aber wenn dass haben werden wir noch nur über zum zur vom sie er ihr
            ihre ihren sein seine seiner einer eines einem hat hatte hatten kann können muss müssen mehr wie
            durch vor unter zwischen diese dieser dieses diesem sowie bis aus schon keine kein wer hier dort
             wurden worden sei wäre würde würden ihm ihn uns weil damit sondern gegen ohne seit während
            """
        )
    ),
    shared_words=frozenset(spell("in im am an was man so um do no to per her also me alle ich es")),
    open_abbreviations=frozenset(
        spell(
            """
            a b d f g h i k m n o p r s u v w z bzw ca evtl ggf vgl inkl exkl zzgl abzgl max mind sog bspw
            geb gest verh hrsg bearb dipl ing hr fr frl st hl abt allg bes betr bez zz einschl ev kath lt
             med phil jur rer nat priv stv str.nr tgl urspr vorm wiss ehem okt dez jan.-febr
            österr schweiz engl frz ital lat griech dt zt
"""
        )
    ),
    closing_abbreviations=frozenset(
        spell(
            "etc usw usf chr jh jhs jhd jhdt mio mrd tsd str o.ä u.ä u.a.m u.v.m v.chr n.chr e.v ff std min"
        )
    ),
    number_abbreviations=frozenset(
        spell("nr abs art kap bd bde aufl abb tab ziff seite tel fax pos anm par anh zeile aug ver rn")
    ),
    ordinal_before=(
        "(?:[aA]m|[iI]m|[vV]om|[zZ]um|[zZ]ur|[bB]eim|[aA]b|[bB]is|[sS]eit|[dD]en|[dD]e[rsm]|[dD]ie|[dD]as"
        "|(?:[sS]eine|[iI]hre|[uU]nsere|[mM]eine|[jJ]ede|[dD]iese)[nrms]?|Anfang|Mitte|Ende|und|oder)"
    ),
    ordinal_after=(
        "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
        "|Jahrhundert|Jahrtausend|Minute|Platz|Auflage|Klasse|Liga|Bundesliga|Runde|Etage|Stock|Lebensjahr"
        "|Geburtstag|Jahrestag|Mal|Kapitel|Internationale|Weltkrieg)"
    ),
    inflected=with_endings("e", 3, umlauts={"a": "ä", "o": "ö", "u": "ü"}),
    doubled_words=frozenset(spell("der die das sie ihr sehr")),
    number_words=number_reader(_number_words, _MONTHS, _SHORT_MONTHS, _COMPOUND),
    number_hint=re.compile(
        r"zw[eoöa]|drei|drit|vier|fünf|sech|sieb|acht|neun|zehn|\belf|hundert|tausend|milli|billion"
    ),
    vague_numbers=frozenset(
        spell(
            "zweite zweiten zweiter zweites beide beiden beider beides paar paare halb halbe halben halber "
            "halbes hälfte viertel acht achte achten achter dutzende hunderte tausende mittag doppelt "
            "zweimal "
            "dritte dritten dritter"
        )
    ),
    half_after=_HALF_AFTER,
    scale_words={"tsd": 3},
    scale_stems={"million": 6, "milliard": 9, "tausend": 3},
    own_scales={"billion": 12, "billionen": 12},
    percent="[Pp]rozent",
    percent_hints=("rozent",),
    about="etwa|rund|ca\\.|circa",
    range_words="bis|und|oder",
    and_words="und",
    half_hour="halb",
    times_words="mal",
    half_day="Uhr (?:morgens|nachmittags|abends|nachts)",
    weekdays=(
        r"montag\w{0,12}",
        r"dienstag\w{0,12}",
        r"mittwoch\w{0,12}",
        r"donnerstag\w{0,12}",
        r"freitag\w{0,12}",
        r"samstag\w{0,12}|sonnabend\w{0,12}",
        r"sonntag\w{0,12}",
    ),
    before_noon="(?:uhr )?(?:morgens|vormittags|früh)",
    after_noon="(?:uhr )?(?:nachmittags|abends)",
    hour_after="uhr",
    quarter_to="viertel vor",
    quarter_past="viertel nach",
    negative="unter null|negativ",
    decrease="weniger|gefallen|gesunken|sank|fiel|rückgang|gering|niedriger|verlust|verlor",
    decade_after="er(?: |-)",
    units={
        "km2": "quadratkilomet*",
        "mile2": "quadratmeile*",
        "m2": "quadratmeter*",
        "foot2": "quadratfuß",
        "hectare": "hektar*",
        "km": "kilometer*",
        "mile": "meile*",
        "cm": "zentimeter*",
        "mm": "millimeter*",
        "yard": "yard*",
        "foot": "fuß fuss",
        "inch": "zoll",
        "kg": "kilo kilogramm*",
        "g": "gramm*",
        "tonne": "tonne tonnen",
        "pound": "pfund",
        "ounce": "unze unzen",
        "gallon": "gallone*",
        "litre": "liter*",
        "pint": "pint*",
        "degree": "grad",
        "minute": "minute minuten",
        "hour": "stunde stunden stündig*",
        "day": "tag tage tagen tages tägig*",
        "week": "woche wochen wöchig*",
        "month": "monat monate monaten monats monatig*",
        "year": "jahr jahre jahren jahres jährig* jährlich*",
        "decade": "jahrzehnt*",
        "century": "jahrhundert*",
        "floor": "stock etage obergeschoss og ._stock ._etage ._obergeschoss ._og",
        "second": "sekunde*",
    },
    amounts={
        "jahrzehnt": "10 year",
        "jahrhundert": "100 year",
        "quartal": "3 month",
        "vierteljahr": "3 month",
        "halbjahr": "6 month",
        "viertelstunde": "15 minute",
        "dreiviertelstunde": "45 minute",
        "anderthalb stunden": "90 minute",
        "halbe stunde": "30 minute",
        "halben stunde": "30 minute",
        "anderthalb jahre": "18 month",
        "anderthalb jahren": "18 month",
    },
    currencies={
        "EUR": "euro euros",
        "USD": "dollar dollars",
        "GBP": "pfund",
        "PLN": "zloty złoty",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan renminbi",
        "CHF": "franken",
        "RUB": "rubel",
        "UAH": "hrywnja griwna",
        "INR": "rupie rupien",
    },
    page=_PAGE,
)
