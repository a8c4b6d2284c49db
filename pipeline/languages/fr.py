"""French."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pipeline.languages import Language, PageLines
from pipeline.languages.endings import with_endings
from pipeline.languages.numbers import (
    Mention,
    NumberWords,
    Senses,
    half_after,
    numbered,
    read_months,
    read_number_words,
    read_roman,
    read_short_months,
    roman_value,
    short_months,
    single,
    spell,
    spread,
    word_beginnings,
)

_UP_TO_SIXTEEN = spell(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60} | {
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_ORDINALS = {
    **{"premier": 1, "première": 1, "premiers": 1, "premières": 1, "unième": 1, "seconde": 2, "seconds": 2},
    **{"deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7},
    **{"huitième": 8, "neuvième": 9, "dixième": 10, "onzième": 11, "douzième": 12, "treizième": 13},
    **{"quatorzième": 14, "quinzième": 15, "seizième": 16, "vingtième": 20, "trentième": 30},
    **{"quarantième": 40, "cinquantième": 50, "soixantième": 60, "centième": 100, "millième": 1000},
}
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "demi demie demis moitié moitiés mi",
    (4, Decimal("0.25"), 25, 3, 15): "quart quarts trimestre trimestres trimestriel trimestrielle",
    (0, 12, 24): "minuit",
    (1,): "une unique seul seule",
    (2,): "double doubles doubler doublé doublée doublement couple couples paire paires jumeaux jumelles duo",
    (3,): "triple triples tripler triplé tripler trio tiers trilogie",
    (4,): "quadruple quatuor",
    (6,): "semestre semestres",
    (10,): "dizaine dizaines décennie décennies adolescent adolescents adolescente adolescentes ado ados",
    (12,): "midi douzaine douzaines",
    (15, 2): "quinzaine",
    (20,): "vingtaine",
    (30,): "trentaine",
    (40,): "quarantaine",
    (50,): "cinquantaine",
    (60,): "soixantaine",
    (100,): "cent cents siècle siècles centaine centaines centenaire",
    (1000,): "millier milliers millénaire millénaires",
}
_SCALES = {
    "mille": 10**3,
    **dict.fromkeys(("million", "millions"), 10**6),
    **dict.fromkeys(("milliard", "milliards"), 10**9),
    **dict.fromkeys(("billion", "billions"), 10**12),
}


def _vocabulary() -> dict[str, Senses]:
    words: dict[str, Senses] = {word: (number,) for number, word in enumerate(_UP_TO_SIXTEEN)}
    words |= {word: (number,) for word, number in (_TENS | _ORDINALS).items()}
    words |= {word + "s": (number,) for word, number in _ORDINALS.items() if word.endswith("ième")}
    return words | spread(_OTHERS)


_MONTHS = numbered("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
_SHORT_MONTHS = short_months("janv févr mars avr mai juin juil août sept oct nov déc")
_HALF_AFTER = half_after("et demie?")
_ROMAN_ORDINAL = re.compile(r"(?<!\w)([IVXLC]{1,7})(?:e|er|ère|ème|ᵉ)(?!\w)")  # "le XIXe siècle"


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        _SCALES,
        hundreds=frozenset(("cent", "cents")),
        joint=re.compile(r"[ \u00a0-]|(?<=ingt|ante|ente|cent|ille|lion|ions|iard)[\s-]et[\s-]"),
        half=re.compile(f"½|{_HALF_AFTER}"),
        rooms={10: 10, 60: 20, 80: 20, 1000: 1000},
        twenties=frozenset(("vingt", "vingts", "vingtième", "vingtièmes")),
    )


def read_words(text: str) -> list[Mention]:
    """French number words, months and Roman numerals in a text; none of them is binding."""
    centuries = (
        Mention(*match.span(1), single(roman_value(match[1]))) for match in _ROMAN_ORDINAL.finditer(text)
    )
    return [
        *read_number_words(text, _number_words()),
        *centuries,
        *read_months(text, _MONTHS),
        *read_short_months(text, _SHORT_MONTHS),
        *read_roman(text),
    ]


_PAGE = PageLines(
    credit="crédit photo | crédits photo | crédits? | photo | photos | illustration | source | sources",
    photo="[Pp]hoto de|[Pp]hotographie de",
    pointer="lire aussi | à lire aussi | à lire également | voir aussi sur",
    share="""
    partager(?: (?:sur|par|cet article).{0,40})? | suivez-nous.{0,30} | imprimer cette page
    | s'abonner à la newsletter.{0,20} | accepter tous les cookies | tout accepter | copier le lien
    """,
    posted="publié | publié le | mis à jour | mis à jour le | dernière mise à jour | modifié le",
    hour="à",
    rights="tous droits réservés",
    rights_inside="tous droits réservés",
    tags="mots-clés | étiquettes | catégories? | thèmes",
    related_heading="articles (?:similaires|liés|associés) | à lire aussi | sur le même sujet | les plus lus",
    author_heading="à propos de l['’]auteure? | à propos de l['’]autrice",
    author="auteure? | autrice | rédaction | écrit par | à propos de l['’]auteur",
    form_heading="laisser un commentaire | ajouter un commentaire | répondre | annuler la réponse",
    comments="commentaires | aucun commentaire",
    form_word="ne sera pas publiée|obligatoire|se connecter|connectez-vous",
    domains="fr|be",
    page_of="sur",
)

LANGUAGE = Language(
    code="fr",
    length=0.03,
    spaced_marks=";:?!»",
    accented="àâæçéèêëîïôœùûü",
    letters="œ",
    grammar_words=frozenset(
        spell(
            """
            le les des une est dans pour pas sur qui que avec plus cette ce ses sont été aux du nous vous
            et elle ils leur leurs était selon après avant donc très de la un au par mais ou où même
            aussi ces cet sa être avoir fait ont avait étaient entre sans sous chez lorsque quand comme
            elles je tout tous toute toutes encore depuis jusqu pendant alors ainsi afin puis car dont
            peut doit ne lui eux notre votre
            """
        )
    ),
    shared_words=frozenset(spell("se me a on si y no to do le in non son main pour des il en")),
    open_abbreviations=frozenset(
        spell(
            """
            mm me mes mgr mlle mme dr pr st ste cf ex p.ex c.-à-d env av apr boul bd chap éd coll trad fig
            hab ill intr lat ms resp réf suiv tél télécop dép qqch qqn auj anc arr
            janv févr avr juil oct nov déc
"""
        )
    ),
    closing_abbreviations=frozenset(spell("vol col sept etc j.-c cie sté s.a s.a.r.l min mm sq sqq ss")),
    number_abbreviations=frozenset(spell("art p pp n no nos t tab al alin par § l v ch sect col ann")),
    inflected=with_endings("e", 3, {"l": "u", "x": "s"}),
    doubled_words=frozenset(spell("nous vous ha très")),
    number_words=read_words,
    number_hint=word_beginnings(
        "deux|trois|quat|cinq|six|sept|huit|neuf|neuv|dix|onz|douz|treiz|quinz|seiz|vingt|trent"
        "|quara|soix"
        "|cent|mill|nona|second|doub|trip|tiers|douzain"
    ),
    vague_numbers=frozenset(
        spell(
            "neuf second seconde secondes seconds deuxième troisième quart quarts tiers demi demie moitié "
            "double "
            "doubles couple couples paire mi seul seule centaines milliers dizaines midi"
        )
    ),
    half_after=_HALF_AFTER,
    quarter_after="et quart",
    scale_stems={"million": 6, "milliard": 9},
    own_scales={"mio": 0, "mille": 3, "billion": 12, "billions": 12, "md": 9, "mds": 9},
    percent="pour cent|points? de pourcentage",
    percent_hints=("cent",),
    about="environ|soit|près de",
    range_words="à|et|ou",
    and_words="et",
    times_words="sur",
    half_day="(?:h|heures?) (?:du matin|du soir|de l['’]après-midi)",
    weekdays=("lundis?", "mardis?", "mercredis?", "jeudis?", "vendredis?", "samedis?", "dimanches?"),
    before_noon="(?:h |heures? )?du matin",
    after_noon="(?:h |heures? )?(?:de l['’]après-midi|du soir)",
    quarter_to="moins le quart",
    quarter_past="et quart",
    negative="moins|au-dessous de zéro|négati",
    decrease="moins|baiss|chut|recul|diminu|réduc|perte|perdu",
    decade_before="années",
    units={
        "km2": "kilomètre*_carré*",
        "mile2": "mile*_carré*",
        "m2": "mètre*_carré*",
        "foot2": "pied*_carré*",
        "hectare": "hectare*",
        "km": "kilomètre*",
        "mile": "milles",
        "m": "mètre mètres",
        "cm": "centimètre*",
        "mm": "millimètre*",
        "foot": "pied pieds",
        "inch": "pouce pouces",
        "kg": "kilo kilos kilogramme*",
        "g": "gramme*",
        "tonne": "tonne tonnes",
        "pound": "livre livres",
        "ounce": "onces",
        "gallon": "gallon*",
        "litre": "litre*",
        "pint": "pinte*",
        "degree": "degré degrés",
        "minute": "minute minutes mn",
        "hour": "heure heures",
        "day": "jour jours journée journées",
        "week": "semaine*",
        "month": "mois",
        "year": "ans année années",
        "decade": "décennie*",
        "century": "siècle*",
        "floor": "étage e_étage ème_étage er_étage",
        "quintal": "quintal quintaux",
        "second": "seconde*",
    },
    of_unit="de |d['’]",
    amounts={
        "décennie": "10 year",
        "siècle": "100 year",
        "trimestre": "3 month",
        "semestre": "6 month",
        "quinzaine": "15 day",
        "demi-heure": "30 minute",
        "heure et demie": "90 minute",
        "quart d'heure": "15 minute",
        "quart d’heure": "15 minute",
        "trois quarts d'heure": "45 minute",
        "trois quarts d’heure": "45 minute",
    },
    currencies={
        "EUR": "euro euros",
        "USD": "dollar dollars",
        "GBP": "livre livres",
        "PLN": "zloty zlotys",
        "KRW": "won wons",
        "JPY": "yen yens",
        "CNY": "yuan yuans",
        "CHF": "franc francs",
        "RUB": "rouble roubles",
        "UAH": "hryvnia hryvnias",
        "INR": "roupie roupies",
    },
    of_currency="de |d['’]",
    page=_PAGE,
)
