"""Portuguese, of Brazil and of Portugal."""

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

_UP_TO_NINETEEN = spell(
    "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis "
    "dezessete "
    "dezoito dezenove"
)
_TENS = spell("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
_HUNDREDS = spell("duzent trezent quatrocent quinhent seiscent setecent oitocent novecent")
_ORDINALS = {"primeir": 1, "segund": 2, "terceir": 3, "oitav": 8, "non": 9, "décim": 10}
_OTHERS: dict[Senses, str] = {
    (Decimal("0.5"), 50, 2, 6, 30): "meio meia meios meias metade metades",
    (4, Decimal("0.25"), 25, 3, 15): "quarto quartos trimestre trimestres trimestral",
    (0, 12, 24): "meia-noite",
    (1,): "uma único única só",
    (2,): "duas ambos ambas par pares casal casais dobro dobrar dobrou duplo dupla duplicar gêmeos gémeos",
    (3,): "terço terços triplo tripla triplicar trio trilogia",
    (4,): "quádruplo quarteto",
    (5,): "quinto quintos",
    (6,): "sexto semestre semestral",
    (7,): "sétimo sétima",
    (10,): "dezena dezenas década décadas adolescente adolescentes",
    (12,): "dúzia dúzias",
    (14,): "quatorze",
    (15, 2): "quinzena",
    (16,): "dezasseis",
    (17,): "dezassete",
    (19,): "dezanove",
    (100,): "cem cento centena centenas século séculos centenário",
    (1000,): "milhar milhares milênio milénio",
}
_SCALES = {
    "mil": 10**3,
    **dict.fromkeys(("milhão", "milhões"), 10**6),
    **dict.fromkeys(("bilhão", "bilhões"), 10**9),
    **dict.fromkeys(("trilhão", "trilhões", "bilião", "biliões"), 10**12),
}


def _vocabulary() -> dict[str, Senses]:
    words: dict[str, Senses] = {word: (number,) for number, word in enumerate(_UP_TO_NINETEEN)}
    words |= {word: (10 * ten,) for ten, word in enumerate(_TENS, 2)}
    words |= {stem + ending: (100 * n,) for n, stem in enumerate(_HUNDREDS, 2) for ending in ("os", "as")}
    words |= {stem + ending: (n,) for stem, n in _ORDINALS.items() for ending in ("o", "a", "os", "as")}
    return words | spread(_OTHERS)


_MONTHS = numbered("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro")
_SHORT_MONTHS = short_months("jan fev mar abr mai jun jul ago set out nov dez")
_HALF_AFTER = half_after("e mei[oa]")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        _SCALES,
        joint=re.compile(r"[ \u00a0]|\se\s"),
        half=re.compile(f"½|{_HALF_AFTER}"),
        rooms={1000: 1000},
    )


_PAGE = PageLines(
    credit="foto | fotos | fotografia | imagem | imagens | fonte | fontes | créditos? | crédito da foto",
    photo="[Ff]oto de|[Ff]oto por",
    pointer="leia também | leia mais | veja também em | você pode gostar",
    share="""
    compartilhar(?: (?:no|na|em|este artigo).{0,40})? | partilhar(?: (?:no|na|em).{0,40})? | siga-nos.{0,30}
    | imprimir esta página | assine (?:a|nossa) newsletter.{0,20} | aceitar (?:todos os )?cookies
    | copiar link
    """,
    posted="publicado | publicado em | atualizado | atualizado em | última atualização",
    date=r"\d{1,2} de [^\W\d_]{4,10} de \d{4}",
    hour="às",
    rights="todos os direitos reservados",
    rights_inside="todos os direitos reservados",
    tags="palavras-chave | etiquetas | categorias? | assuntos",
    related_heading="artigos relacionados | notícias relacionadas | leia também | veja também | mais lidas",
    author_heading="sobre o autor | sobre a autora",
    author="autor | autora | redação | escrito por | sobre o autor | sobre a autora",
    form_heading="deixe um comentário | escreva um comentário | deixe uma resposta | cancelar resposta",
    comments="comentários | nenhum comentário | sem comentários",
    form_word="não será publicad|obrigatóri|fazer login|iniciar sessão",
    domains=r"pt|br|com\.br",
    page_of="de",
)

LANGUAGE = Language(
    code="pt",
    length=-0.06,
    accented="áâãàçéêíóôõú",
    letters="ãõ",
    grammar_words=frozenset(
        spell(
            """
            não uma são foi pelo pela também você isso muito dos em os ao seu dizer já até um o de
            com mais mas seus suas esse essa isto ele ela eles elas nós
            pelos pelas aos às nos nas num numa dum duma entre sobre sem onde ter tem têm
            havia estava estão eram foram quem qual quais ainda depois antes sempre nunca cada
            outro outra outros outras todos todas mesmo mesma à há só pode podem deve
            """
        )
    ),
    shared_words=frozenset(
        spell(
            "a e o as no na do da se me te sou por como mas ou ate era quando sua das esta este está para "
            "porque que ser"
        )
    ),
    open_abbreviations=frozenset(
        spell(
            """
            sr sra srs sras srta dr dra drs prof profa profs eng enga arq av r pág págs p pp n art arts vol
            fig figs ed eds ex p.ex i.e tel exmo exma v.exa d mons pe fr sto sta gen cel maj cap ten sgt
            min máx aprox ref trad org orgs coord jan fev abr jul ago nov dez bras port
            """
        )
    ),
    closing_abbreviations=frozenset(spell("etc a.c d.c s.a ltda cia a.m p.m lda s.a.r.l ss segs vs")),
    number_abbreviations=frozenset(spell("séc sécs t tab km par parág inc al cap caps núm")),
    inflected=with_endings("aoe", 3, {"l": "i", "m": "n"}),
    doubled_words=frozenset(spell("muito já sim não quase")),
    number_words=number_reader(_number_words, _MONTHS, _SHORT_MONTHS),
    number_hint=word_beginnings(
        "dois|duas|duz|três|trez|tri|quat|cinq|seis|sess|sete|oit|nov|dez|onz|doz|treze|cator|quin"
        "|vint|quar"
        "|cem|cent|mil|ambos|terceir"
    ),
    vague_numbers=frozenset(
        spell(
            "segundo segunda segundos segundas terceiro terceira quarto quartos quinto sexto meio meia meios "
            "meias metade par pares casal casais dobro dupla duplo centenas milhares dezenas ambos ambas "
            "terço "
            "terços só nona"
        )
    ),
    half_after=_HALF_AFTER,
    quarter_after="e um quarto",
    scale_stems={"milhõ": 6, "milhã": 6, "bilhõ": 9, "bilhã": 9, "trilhõ": 12, "trilhã": 12, "biliõ": 12},
    own_scales={"mil": 3, "mi": 6, "bi": 9},
    percent="por cento|pontos? percentua(?:l|is)",
    percent_hints=("cent",),
    about="cerca de|aproximadamente",
    range_words="a|e|ou|até",
    and_words="e",
    times_words="por",
    half_day="da (?:tarde|noite|manhã)",
    weekdays=(
        "segundas?-feiras?",
        "terças?-feiras?",
        "quartas?-feiras?",
        "quintas?-feiras?",
        "sextas?-feiras?",
        "sábados?",
        "domingos?",
    ),
    half_days=True,
    before_noon="(?:horas? |h )?da (?:manhã|madrugada)",
    after_noon="(?:horas? |h )?da (?:tarde|noite)",
    quarter_past="e um quarto",
    negative="abaixo de zero|negativ",
    decrease="menos|caiu|caír|queda|baix|descen|diminu|redu|perda|perd",
    decade_before="anos|década de",
    units={
        "km2": "quilômetro*_quadrado* quilómetro*_quadrado*",
        "mile2": "milha*_quadrada*",
        "m2": "metro*_quadrado*",
        "foot2": "pés_quadrados",
        "hectare": "hectare*",
        "km": "quilômetro* quilómetro*",
        "mile": "milha milhas",
        "cm": "centímetro*",
        "mm": "milímetro*",
        "yard": "jarda*",
        "foot": "pé pés",
        "inch": "polegada*",
        "kg": "quilo quilos quilograma*",
        "g": "grama gramas",
        "tonne": "tonelada*",
        "pound": "libra libras",
        "ounce": "onça onças",
        "gallon": "galão galões",
        "litre": "litro litros",
        "degree": "grau graus",
        "minute": "minuto minutos",
        "hour": "hora horas",
        "day": "dia dias",
        "week": "semana*",
        "month": "mês meses",
        "year": "ano anos",
        "decade": "década*",
        "century": "século séculos",
        "any_floor": "andar piso .º_andar º_andar .º_piso º_piso",
        "quintal": "quintal quintais",
        "second": "segundo segundos",
    },
    of_unit="de ",
    amounts={
        "década": "10 year",
        "século": "100 year",
        "trimestre": "3 month",
        "semestre": "6 month",
        "quinzena": "15 day",
        "meia hora": "30 minute",
        "hora e meia": "90 minute",
        "quarto de hora": "15 minute",
        "três quartos de hora": "45 minute",
        "ano e meio": "18 month",
    },
    currencies={
        "EUR": "euro euros",
        "USD": "dólar dólares",
        "GBP": "libra libras",
        "PLN": "zloty zlotys",
        "KRW": "won wons",
        "JPY": "iene ienes",
        "CNY": "yuan yuans",
        "CHF": "franco francos",
        "RUB": "rublo rublos",
        "UAH": "grivna grivnas",
        "INR": "rupia rupias",
    },
    of_currency="de ",
    page=_PAGE,
)
