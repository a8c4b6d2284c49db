"""Spanish."""

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
    word_beginnings,
)

_UP_TO_TWENTY_NINE = spell(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco "
    "veintiséis veintisiete veintiocho veintinueve"
)
_TENS = spell("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = spell("doscient trescient cuatrocient quinient seiscient setecient ochocient novecient")
_ORDINALS = spell("primer segund tercer cuart quint sext séptim octav noven décim")
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "medio media medios medias mitad mitades",
    (4, Decimal("0.25"), 25, 3, 15): "cuarto cuartos cuarta trimestre trimestres trimestral",
    (0, 12, 24): "medianoche",
    (1,): "un una único única veintiún primer solo sola",
    (2,): (
        "ambos ambas par pares pareja parejas doble dobles doblar duplicar duplicado duplicó gemelos gemelas "
        "dúo dueto bienal"
    ),
    (3,): "tercer tercio tercios triple triples triplicar triplicado triplicó trío trilogía",
    (4,): "cuádruple cuarteto",
    (6,): "semestre semestral",
    (10,): "decena decenas década décadas decenio decenios adolescente adolescentes",
    (12,): "docena docenas mediodía",
    (15, 2): "quincena",
    (20,): "veintena",
    (21,): "veintiuna veintiún",
    (100,): "cien ciento cientos siglo siglos centenar centenares centenario",
    (1000,): "millar millares miles milenio milenios",
}
_SCALES = {
    "mil": 10**3,
    **dict.fromkeys(("millón", "millones"), 10**6),
    **dict.fromkeys(("billón", "billones"), 10**12),
}


def _vocabulary() -> dict[str, Senses]:
    words: dict[str, Senses] = {word: (number,) for number, word in enumerate(_UP_TO_TWENTY_NINE)}
    words |= {word: (10 * ten,) for ten, word in enumerate(_TENS, 3)}
    words |= {stem + ending: (100 * n,) for n, stem in enumerate(_HUNDREDS, 2) for ending in ("os", "as")}
    words |= {stem + ending: (n,) for n, stem in enumerate(_ORDINALS, 1) for ending in ("o", "a", "os", "as")}
    return words | spread(_OTHERS)


_MONTHS = numbered(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
) | {"setiembre": 9}
_SHORT_MONTHS = short_months("ene feb mar abr may jun jul ago sept? oct nov dic")
_HALF_AFTER = half_after("y medi[oa]")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        _SCALES,
        joint=re.compile(r"[ \u00a0]|\sy\s"),
        half=re.compile(f"½|{_HALF_AFTER}"),
        rooms={1000: 1000},
    )


_PAGE = PageLines(
    credit="foto | fotos | fotografía | imagen | imágenes | fuente | fuentes | créditos?",
    photo="[Ff]oto de",
    pointer="lea también | lee también | leer más | ver también en | te puede interesar",
    share="""
    compartir(?: (?:en|por|este artículo).{0,40})? | síguenos.{0,30} | imprimir esta página
    | suscríbete (?:a|al) .{0,30} | aceptar (?:todas las )?cookies | copiar enlace
    """,
    posted="publicado | publicado el | actualizado | actualizado el | última actualización",
    date=r"\d{1,2} de [^\W\d_]{4,10} (?:de|del) \d{4}",
    hour="a las",
    rights="todos los derechos reservados",
    rights_inside="todos los derechos reservados",
    tags="etiquetas | palabras clave | categorías? | temas",
    related_heading="artículos relacionados | noticias relacionadas | lea también | lo más leído",
    author_heading="sobre el autor | sobre la autora | acerca del autor",
    author="autor | autora | redacción | escrito por | sobre el autor | sobre la autora",
    form_heading="deja un comentario | escribe un comentario | deja una respuesta | cancelar respuesta",
    comments="comentarios | sin comentarios",
    form_word="no será publicad|obligatori|iniciar sesión|inicia sesión",
    domains="es|mx|ar",
    page_of="de",
)

LANGUAGE = Language(
    code="es",
    length=-0.02,
    accented="áéíñóúü",
    letters="ñ",
    grammar_words=frozenset(
        spell(
            """
            el los las una es en por con para que como más pero sus este esta fue ser son muy también y
            está están han había hasta desde cuando donde porque según años eso esos de la un o no
            sobre entre sin hay eran estos estas ese esa ante durante contra mientras aunque todos
            todas cada otro otra otros otras ya nos yo ella ellos usted ustedes así sino puede pueden
            tiene tienen hacer después antes fueron siempre nunca quien quienes cual cuál qué cómo
            """
        )
    ),
    shared_words=frozenset(spell("a e se me te si su un i o le da come al del era ha lo dos les")),
    open_abbreviations=frozenset(
        spell(
            """
            sr sra srta sres sras dr dra d dña ud uds vd vds prof profa lic ing arq avda av pza núm n p pp
            pág págs art arts vol fig ed ej p.ej tel tfno izq dcha aprox gral cnel tte sgto cmdte ee ff jj rr
            fdo excmo excma ilmo ilma rvdo mons sto sta fr hnos dpto depto ref trad coord comp admón
            lib intr máx mín ene abr ago
            """
        )
    ),
    closing_abbreviations=frozenset(
        spell("col sen etc a.c d.c a.m p.m s.a s.l uu ee.uu aa oo cía ltda a.de.c min ss sig sigs vs")
    ),
    number_abbreviations=frozenset(spell("c cap caps s ss t lám tab apdo km k núms párr par sec")),
    inflected=with_endings("aoe", 3, {"z": "c", "ó": "o"}),
    doubled_words=frozenset(spell("muy ya sí no casi poco")),
    number_words=number_reader(_number_words, _MONTHS, _SHORT_MONTHS),
    number_hint=word_beginnings(
        "dos|tr[eio]|cuat|cinc|se[ist]|siet|och|nuev|nove|die[zc]|once|doce|cator|quin|vein"
        "|cuar|cien|mil|ambos"
    ),
    vague_numbers=frozenset(
        spell(
            "segundo segunda segundos segundas tercer tercero tercera cuarto cuartos cuarta quinto quinta "
            "medio media medios medias mitad par pares pareja parejas doble dobles cientos miles decenas "
            "decena ambos "
            "ambas solo sola mediodía"
        )
    ),
    half_after=_HALF_AFTER,
    quarter_after="y cuarto",
    scale_stems={"millon": 6, "millón": 6, "billon": 12, "billón": 12},
    own_scales={"mil": 3, "mill": 6},
    percent="por ciento|por cien(?!t)|puntos? porcentual(?:es)?",
    percent_hints=("cien", "porcent"),
    about="unos|unas|aproximadamente|alrededor de",
    range_words="a|y|o|hasta",
    and_words="y",
    times_words="por",
    half_day="de la (?:tarde|noche|mañana)",
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábados?", "domingos?"),
    half_days=True,
    before_noon="de la (?:mañana|madrugada)",
    after_noon="de la (?:tarde|noche)",
    quarter_to="menos cuarto",
    quarter_past="y cuarto",
    negative="bajo cero|negativ",
    decrease="menos|cay|caíd|baj|descen|dismin|reduc|pérdid|perdi",
    decade_before="años|década de los",
    units={
        "km2": "kilómetro*_cuadrado*",
        "mile2": "milla*_cuadrada*",
        "m2": "metro*_cuadrado*",
        "foot2": "pies_cuadrados",
        "acre": "acre acres",
        "hectare": "hectárea*",
        "km": "kilómetro*",
        "mile": "milla millas",
        "m": "metro metros",
        "cm": "centímetro*",
        "mm": "milímetro*",
        "yard": "yarda*",
        "foot": "pies",
        "inch": "pulgada*",
        "kg": "kilo kilos kilogramo*",
        "g": "gramo gramos",
        "tonne": "tonelada*",
        "pound": "libra libras",
        "ounce": "onza onzas",
        "gallon": "galón galones",
        "litre": "litro litros",
        "pint": "pinta pintas",
        "degree": "grado grados",
        "minute": "minuto minutos",
        "hour": "hora horas",
        "day": "día días",
        "week": "semana*",
        "month": "mes meses",
        "year": "año años",
        "decade": "década*",
        "century": "siglo siglos",
        "any_floor": "piso planta .º_piso º_piso .ª_planta ª_planta",
        "quintal": "quintal quintales",
        "second": "segundo segundos",
    },
    of_unit="de ",
    amounts={
        "década": "10 year",
        "siglo": "100 year",
        "trimestre": "3 month",
        "semestre": "6 month",
        "quincena": "15 day",
        "media hora": "30 minute",
        "hora y media": "90 minute",
        "cuarto de hora": "15 minute",
        "tres cuartos de hora": "45 minute",
        "año y medio": "18 month",
    },
    currencies={
        "EUR": "euro euros",
        "USD": "dólar dólares",
        "GBP": "libra libras",
        "PLN": "esloti eslotis zloty zlotys",
        "KRW": "wones won",
        "JPY": "yen yenes",
        "CNY": "yuan yuanes",
        "CHF": "franco francos",
        "RUB": "rublo rublos",
        "UAH": "grivna grivnas",
        "INR": "rupia rupias",
    },
    of_currency="de ",
    page=_PAGE,
)
