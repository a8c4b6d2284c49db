"""Italian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pipeline.languages import Language, PageLines
from pipeline.languages.it_writing import wrong_accents
from pipeline.languages.numbers import (
    Mention,
    NumberWords,
    Senses,
    half_after,
    read_number_words,
    read_roman,
    read_short_months,
    short_months,
    single,
    spell,
    spread,
    word_beginnings,
    words_of,
)

_UP_TO_NINETEEN = spell(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
    "sedici diciassette diciotto diciannove"
)
_TENS = spell("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
_ORDINALS = spell("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
_MONTHS = spell(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
)

_HALF: Senses = (Decimal("0.5"), 50, 2, 6, 30)
_QUARTER: Senses = (4, Decimal("0.25"), 25, 3, 15)
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "mezzanotte",
    _HALF: "mezzo mezza mezz metà",
    (1,): "un una pianterreno pianoterra unico unica",
    (2,): (
        "entrambi entrambe ambedue coppia coppie paio doppio doppia doppi doppie raddoppiare raddoppiato "
        "raddoppiata duplice biennio biennale bimestre duo duetto gemelli bimestrale doppietta"
    ),
    (3,): (
        "triplo tripla triplice triplicato triplicata triennio triennale trimestre trimestrale terzo "
        "terzi trio tripletta"
    ),
    (4,): "quadruplo quadriennale quadrimestre quartetto",
    _QUARTER: "quarto quarti",
    (5,): "quinquennio quinquennale",
    (6,): "semestre semestrale",
    (10,): "decennio decenni decennale adolescente adolescenti teenager",
    (12,): "dozzina dozzine mezzogiorno",
    (20,): "ventennio ventennale",
    (30,): "trentennale",
    (50,): "cinquantennio cinquantenario",
    (100,): "centenario secolo centinaio centinaia",
    (1000,): "migliaio migliaia mille",
}
_SCALES = {"mila": 10**3, "milione": 10**6, "milioni": 10**6, "miliardo": 10**9, "miliardi": 10**9}


def _below_hundred() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_UP_TO_NINETEEN)}
    for ten, stem in enumerate(_TENS, 2):
        words[stem] = ten * 10
        for unit in range(1, 10):
            joined = (stem[:-1] if unit in (1, 8) else stem) + _UP_TO_NINETEEN[unit]
            words[joined] = ten * 10 + unit
            if unit == 1:
                words[joined[:-1]] = ten * 10 + 1  # "ventun anni"
            if unit == 3:
                words[stem + "tré"] = ten * 10 + 3
    return words


def _below_thousand() -> dict[str, int]:
    small = _below_hundred()
    words = dict(small)
    for hundred in range(1, 10):
        stem = ("" if hundred == 1 else _UP_TO_NINETEEN[hundred]) + "cento"
        words[stem] = hundred * 100
        for word, number in small.items():
            if number:
                words[stem + word] = hundred * 100 + number
                if word.startswith("ott"):
                    words[stem[:-1] + word] = hundred * 100 + number  # "centottanta"
    return words


def _derived(word: str, number: int) -> dict[str, int]:
    """Ordinals, ages and the plain thousands made from a cardinal."""
    stem = word[:-1] + "e" if word.endswith("é") else word if word.endswith(("tre", "sei")) else word[:-1]
    words = {f"{stem}esim{ending}": number for ending in "oaie"} if number > 10 else {}
    if 9 < number < 101:
        whole = word if word.endswith(("tre", "sei")) else word[:-1]  # "ventitreenne", "ventenne"
        words |= {f"{base}enn{ending}": number for base in (whole, word[:-1]) for ending in "ei"}
    if number > 1:
        words[word + "mila"] = number * 1000
    return words


def _vocabulary() -> dict[str, Senses]:
    cardinals = _below_thousand()
    words: dict[str, int] = {}
    for word, number in cardinals.items():
        words |= _derived(word, number)
    words |= cardinals
    for thousands in ("mille", *(f"{_UP_TO_NINETEEN[n]}mila" for n in range(2, 10))):
        base = 1000 if thousands == "mille" else _UP_TO_NINETEEN.index(thousands[:-4]) * 1000
        words |= {thousands + word: base + number for word, number in cardinals.items() if number}
    for number, ordinal in enumerate(_ORDINALS, 1):
        words |= {ordinal[:-1] + ending: number for ending in "oaie"}
    for ten in (10, 20, 30, 40, 50, 60, 70, 80, 90):
        stem = "dec" if ten == 10 else _TENS[ten // 10 - 2][:-1]
        words |= {f"{stem}ina": ten, f"{stem}ine": ten}
    words["quindicina"] = 15
    senses: dict[str, Senses] = {word: (number,) for word, number in words.items()}
    senses |= {stem[:-1]: (ten * 10,) for ten, stem in enumerate(_TENS, 2)}  # "quarant'anni"
    senses |= {"quattr": (4,), "cinqu": (5,), "sett": (7,), "ott": (8,), "cent": (100,)}
    senses |= {stem: (ten * 10, 1900 + ten * 10) for ten, stem in enumerate(_TENS, 2)}  # "gli anni Ottanta"
    # "il Novecento" is the century of the years 1900 to 1999, the twentieth
    senses |= {f"{_UP_TO_NINETEEN[n]}cento": (n * 100, 1000 + n * 100, 11 + n) for n in range(2, 10)}
    return senses | spread(_OTHERS)


_SHORT_MONTHS = short_months("gen feb mar apr mag giu lug ago set ott nov dic")
_MONTH_NUMBERS = {month: number for number, month in enumerate(_MONTHS, 1)}
_STEMS = re.compile(r"(?:(raddoppi|dimezz)|(triplic|trilogi|tripart|triang)|(quadruplic|tetralogi))")
"""Beginnings of words that have a number in them; the group says which: two, three or four."""
_STARTS = frozenset(("ra", "di", "tr", "qu", "te"))

_HALF_AFTER = half_after("e mezz[oa]")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        _SCALES,
        joint=re.compile(r"[ \u00a0-]|\se\s"),
        half=re.compile(f"½|{_HALF_AFTER}"),
    )


def read_words(text: str) -> list[Mention]:
    """Italian number words and Roman numerals in a text; none of them is binding."""
    numbers = read_number_words(text, _number_words())
    return [*numbers, *_read_others(text), *read_short_months(text, _SHORT_MONTHS), *read_roman(text)]


def _read_others(text: str) -> Iterator[Mention]:
    """Months, and words that have a number in their stem."""
    for start, word in words_of(text):
        if word in _MONTH_NUMBERS:
            yield Mention(start, start + len(word), single(_MONTH_NUMBERS[word]), month=True)
        elif word[:2] in _STARTS and (match := _STEMS.match(word)):
            yield Mention(start, start + len(word), single((match.lastindex or 0) + 1))


_ENDINGS = "hi|he|ie|io|ia|o|a|i|e"


def _inflected(word: str) -> str:
    """A word with any ending in place of its own."""
    stem = word[:-1] if word[-1] in "aeio" else word
    stem = stem[:-1] if stem[-1] in "ih" and len(stem) > 3 else stem
    return rf"(?:{re.escape(word)}|{re.escape(stem)}(?:{_ENDINGS}))"


# Not what may be a name ("Domenica"), nor the days that the calendar of feasts has ("il 25 Aprile").
_SMALL_WORDS = (
    "Lunedì|Martedì|Mercoledì|Giovedì|Venerdì(?! Santo)|Sabato(?! Santo)|(?<=[adl] )Domenica(?! [Ii]n)"
    "|Gennaio|Febbraio|(?<!8 )Marzo|(?<!25 )Aprile|(?<![1º] )(?<!rimo )Maggio|(?<!2 )Giugno|Luglio"
    "|Agosto|(?<!20 )Settembre|Ottobre|(?<!4 )Novembre|Dicembre"
    "|Italian[oaei]|Frances[ei]|Tedesc(?:a|hi|he)|Ingles[ei]|Spagnol[aei]"
    "|American[oaei]|Polacc(?:o|a|hi|he)|Corean[oaei]|Cines[ei]|Giappones[ei]|Britannic(?:o|a|i|he)|Europe[oaei]"
)

_PAGE = PageLines(
    credit="""
    fonte | fonti | crediti | immagine | immagini | immagine in evidenza | immagine di copertina | foto
    | fotografia | foto di copertina
    """,
    photo="[Ff]oto di",
    pointer="""
    leggi anche | leggi pure | potrebbe interessarti(?: anche)? | articoli correlati | vedi anche su
    | approfondisci
    """,
    share="""
    condividi(?: (?:su|con|l'articolo|questo articolo|via).{0,40})? | stampa questa pagina | seguici su.{0,40}
    | iscriviti alla newsletter.{0,30} | accetta (?:i |tutti i )?cookie.{0,20}
    """,
    posted="""
    pubblicato | pubblicato il | pubblicata il | aggiornato | aggiornato il | ultimo aggiornamento
    | data di pubblicazione
    """,
    hour="ore",
    rights="tutti i diritti riservati | riproduzione riservata",
    rights_inside="riproduzione riservata",
    tags="parole chiave | categorie | categoria",
    related_heading="""
    leggi anche | potrebbe interessarti(?: anche)? | articoli correlati | altri articoli
    | ti potrebbe interessare
    """,
    author_heading="""
    l'autore | l'autrice | sull'autore | sull'autrice | informazioni sull'autore | chi è l'autore
    """,
    author="autore | testo di | a cura di | redazione | sull'autore | informazioni sull'autore",
    form_heading="""
    lascia un commento | lascia una risposta | inserisci un commento | scrivi un commento
    | aggiungi un commento | rispondi | annulla risposta
    """,
    comments="commenti | nessun commento",
    form_word="non sarà pubblicato|obbligator|accedi",
    domains="it",
    page_of="di",
)

LANGUAGE = Language(
    code="it",
    accented="àèéìíîòóùú",
    length=0.0,
    grammar_words=frozenset(
        spell(
            "il lo gli della dello degli delle dei del nel nella negli nelle sul sulla dal dalla dalle "
            "che chi non più anche come quando dove perché sono è era stato stata questo questa quello "
            "quella suo sua loro con per tra fra ma se ci si di da al alla alle ai ha hanno essere ancora "
            "dopo prima molto ogni"
        )
    ),
    shared_words=frozenset(spell("in a un una e o i su me so le en des del per sui stato son dei")),
    open_abbreviations=frozenset(
        spell(
            """
            sig sigg sig.ra sig.na sig.ri sig.re dott dott.ssa dott.ri dr.ssa prof.ssa proff avv avv.ti
            ing arch geom rag on mons cav cav.uff comm comm.re magg serg amm card egr egreg spett spett.le
            gent gent.mo gent.ma ill ill.mo ill.ma chiar.mo chiar.ma preg preg.mo preg.ma stim ten ten.col
            col brig m.llo isp sovr pres vicepres segr pref ass.re cons uff p.i per.ind s ss s.ta s.to soc
            coop assoc fond ist dip art artt capp fig figg pag pagg p pp n nn nr num vol voll cfr cf vd v
            vv es p.es ad.es c.d cd cosidd tel cell fax c.so v.le p.zza p.za p.le l.go v.lo str loc fraz
            c.da ss.mm lett cpv rif prot op cit trad introd postf seg segg ab aa aa.vv ediz editr racc
            suppl febbr genn giu lug sett ott dic reg
            """
        )
    ),
    number_abbreviations=frozenset(
        spell(
            """
            int ca tab tabb cap sec secc par parr max min all alleg app sez sc scala pal cod cat tav tavv
            vers ver rev mod km h circ l c reg dir sent cass ord delib det alt lat long lung largh diam
            pos fasc quad ed unit compl rep est mar apr mag ago set prog lib cl temp tot
            """
        )
    ),
    closing_abbreviations=frozenset(spell("ecc etc a.c d.c s.p.a s.r.l s.n.c s.a.s a.m p.m u.s.a")),
    doubled_words=frozenset(
        spell("piano via mano man pian passo ben così quasi or poco lì su giù piccolo adagio no sì")
    ),
    one_letter_words="eèo",
    native_word=re.compile(
        r"[àèéìòù]|(?:zione|zioni|mento|menti|ista|isti|ale|ali|ano|ana|ani|ico|ica|ici|ità|ese|esi)$"
    ),
    foreign_word=re.compile(r"[jkwxy]|[^aeiouàèéìòù]$"),
    inflected=_inflected,
    wrong_accents=wrong_accents,
    small_words=_SMALL_WORDS,
    number_words=read_words,
    no_number=r"(?<=[Gg]razie )mille\b|mille(?= (?:grazie|scuse)\b)",
    number_hint=word_beginnings(
        "due|tre|quat|cinq|sei|sett|ott|nov|diec|undi|dodi|quind|sedi|dici|vent|quar|sess|cent|mill",
        anywhere="decin|doppi",
    ),
    vague_numbers=frozenset(spell("secondo seconda secondi sei quarto terzo terzi mezzo mezza")),
    half_after=_HALF_AFTER,
    quarter_after="e un quarto",
    scale_words={"mila": 3, "mio": 6},
    scale_stems={"milion": 6, "miliard": 9},
    percent="per cento",
    percent_hints=("cent",),
    about="circa",
    range_words="e|o|ai?",
    and_words="ed?",
    times_words="per",
    range_articles="i|gli|le",
    half_day="(?:del|di) (?:pomeriggio|sera|notte)",
    months=re.compile("|".join(name[1:] for name in _MONTHS)),
    weekday_hints=("edì", "rdì", "nedi", "tedi", "oledi", "ovedi", "nerdi", "abat", "omenic"),
    weekdays=(
        "lunedì|lunedi",
        "martedì|martedi",
        "mercoledì|mercoledi",
        "giovedì|giovedi",
        "venerdì|venerdi",
        "sabat[oi]",
        "domenic(?:a|he)",
    ),
    before_noon="(?:di|del|della) (?:mattin[oa]|notte)",
    after_noon="(?:di|del|della) (?:pomeriggio|sera)",
    hour_before="ore",
    quarter_to="meno un quarto",
    quarter_past="e un quarto",
    negative=r"\bmeno\b|sotto (?:lo )?zero|negativ",
    decrease="cal[oa]|diminu|riduz|ridott|ribass|perdit|in meno|scend|sces[oaie]",
    decade_before="anni",
    units={
        "km2": "kmq km_quadrat* chilometri_quadrat*",
        "mile2": "miglia_quadrat*",
        "m2": "mq metri_quadr*",
        "foot2": "piedi_quadrat*",
        "acre": "acro acri",
        "hectare": "ettaro ettari",
        "km": "km/o km/ora chilometr* kilòmetr*",
        "mile": "miglio miglia",
        "m": "metro metri",
        "cm": "centimetr*",
        "mm": "millimetr*",
        "yard": "iarda iarde",
        "foot": "piede piedi",
        "inch": "pollice pollici",
        "kg": "chilo chili chilogramm* kilo",
        "g": "grammo grammi",
        "hectogram": "etto etti ettogramm*",
        "quintal": "quintal*",
        "tonne": "tonnellat*",
        "pound": "libbra libbre",
        "ounce": "oncia once",
        "gallon": "gallon*",
        "litre": "litro litri",
        "decilitre": "decilitr*",
        "centilitre": "centilitr*",
        "millilitre": "millilitr*",
        "pint": "pinta pinte",
        "degree": "grado gradi",
        "minute": "minuto minuti min",
        "hour": "ora ore",
        "day": "giorno giorni giornate",
        "week": "settimana settimane",
        "month": "mese mesi",
        "year": "anno anni",
        "decade": "decennio decenni",
        "century": "secolo secoli",
        "floor": "piano °_piano º_piano",
        "second": "secondi sec",
    },
    amounts={
        "biennio": "2 year",
        "triennio": "3 year",
        "quinquennio": "5 year",
        "decennio": "10 year",
        "ventennio": "20 year",
        "cinquantennio": "50 year",
        "secolo": "100 year",
        "semestre": "6 month",
        "trimestre": "3 month",
        "bimestre": "2 month",
        "quadrimestre": "4 month",
        "quindicina": "15 day",
        "mezz'ora": "30 minute",
        "mezz’ora": "30 minute",
        "ora e mezza": "90 minute",
        "ora e mezzo": "90 minute",
        "tre quarti d'ora": "45 minute",
        "tre quarti d’ora": "45 minute",
        "quarto d'ora": "15 minute",
        "quarto d’ora": "15 minute",
    },
    currencies={
        "EUR": "euro",
        "USD": "dollaro dollari",
        "GBP": "sterlina sterline",
        "PLN": "zloty",
        "KRW": "won",
        "JPY": "yen",
        "CNY": "yuan",
        "CHF": "franco franchi",
        "RUB": "rublo rubli",
        "UAH": "grivnia grivne hryvnia",
        "INR": "rupia rupie",
    },
    of_currency="di |per ",
    currency_before="euro",
    assistant=(
        r"(?:certo[,!.]? ?|certamente[,!.]? ?)?ecco (?:a (?:te|lei|voi) )?(?:la|una|il|un) "
        r"(?:mia )?(?:traduzione|testo tradotto|versione tradotta|versione italiana)"
        r"|(?:mi dispiace|mi scuso|purtroppo)[^.!?\n]{0,30} non posso [^.!?\n]{0,40}(?:tradu|richiest|assist)"
        r"|(?:come|in quanto|sono un) (?:modello linguistico|assistente virtuale|intelligenza artificiale)"
        r"|spero che (?:questa|la) traduzione"
    ),
    assistant_hints=("tradu", "trado", "modello linguistico", "assistent", "intelligenza", "richiest"),
    translation_label="traduzione(?: italiana| in italiano)?|testo tradotto",
    page=_PAGE,
)
