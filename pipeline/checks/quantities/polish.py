"""Polish number words in every case and gender: cardinals, ordinals, collectives, compounds, months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.quantities.mention import Mention, Value, single
from pipeline.checks.quantities.roman import read_roman
from pipeline.checks.quantities.words import NumberWords, Senses, read_number_words, spell, spread, words_of

_CARDINALS = {
    0: "zero zera",
    1: "jeden jedna jedno jednego jednej jednemu jednym jedną",
    2: "dwa dwie dwóch dwu dwóm dwoma dwiema dwaj dwoje dwojga dwojgu dwojgiem",
    3: "trzy trzech trzem trzema trzej troje trojga trojgu trojgiem",
    4: "cztery czterech czterem czterema czterej czworo czworga czworgu czworgiem",
    5: "pięć pięciu pięcioma pięcioro pięciorga",
    6: "sześć sześciu sześcioma sześcioro sześciorga",
    7: "siedem siedmiu siedmioma siedmioro siedmiorga",
    8: "osiem ośmiu ośmioma ośmioro ośmiorga",
    9: "dziewięć dziewięciu dziewięcioma dziewięcioro",
    10: "dziesięć dziesięciu dziesięcioma dziesięcioro",
    11: "jedenaście jedenastu jedenastoma",
    12: "dwanaście dwunastu dwunastoma dwanaścioro",
    13: "trzynaście trzynastu trzynastoma",
    14: "czternaście czternastu czternastoma",
    15: "piętnaście piętnastu piętnastoma",
    16: "szesnaście szesnastu szesnastoma",
    17: "siedemnaście siedemnastu siedemnastoma",
    18: "osiemnaście osiemnastu osiemnastoma",
    19: "dziewiętnaście dziewiętnastu dziewiętnastoma",
    20: "dwadzieścia dwudziestu dwudziestoma",
    30: "trzydzieści trzydziestu trzydziestoma",
    40: "czterdzieści czterdziestu czterdziestoma",
    50: "pięćdziesiąt pięćdziesięciu pięćdziesięcioma",
    60: "sześćdziesiąt sześćdziesięciu sześćdziesięcioma",
    70: "siedemdziesiąt siedemdziesięciu siedemdziesięcioma",
    80: "osiemdziesiąt osiemdziesięciu osiemdziesięcioma",
    90: "dziewięćdziesiąt dziewięćdziesięciu dziewięćdziesięcioma",
    100: "sto stu stoma setka setki setkę setką setek",
    200: "dwieście dwustu",
    300: "trzysta trzystu",
    400: "czterysta czterystu",
    500: "pięćset pięciuset",
    600: "sześćset sześciuset",
    700: "siedemset siedmiuset",
    800: "osiemset ośmiuset",
    900: "dziewięćset dziewięciuset",
}
_TEEN_STEMS = spell("jedenast dwunast trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast")
_TEN_STEMS = spell(
    "dwudziest trzydziest czterdziest "
    "pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)
_ORDINAL_STEMS = (
    {1: "pierwsz", 4: "czwart", 5: "piąt", 6: "szóst", 7: "siódm", 8: "ósm", 9: "dziewiąt", 10: "dziesiąt"}
    | dict(enumerate(_TEEN_STEMS, 11))
    | {10 * ten: stem for ten, stem in enumerate(_TEN_STEMS, 2)}
    | {100: "setn", 200: "dwusetn", 1000: "tysięczn"}
)
_HARD_ENDINGS = spell("y a e ego ej emu ym ą ych ymi i")
_SOFT_ENDINGS = spell("i ia ie iego iej iemu im ią ich imi a ą")
_NOUN_STEMS = (
    {2: "dwój", 3: "trój", 4: "czwór", 5: "piąt", 6: "szóst", 7: "siódem", 8: "ósem", 9: "dziewiąt"}
    | {10: "dziesiąt"}
    | dict(enumerate(_TEEN_STEMS, 11))
    | {10 * ten: stem for ten, stem in enumerate(_TEN_STEMS, 2)}
)
_NOUN_ENDINGS = spell("ka ki kę ką ce ek kach kami kom ko")
_MONTH_STEMS = spell(
    r"stycz(?:eń|ni) lut(?:y|ego|ym|emu) mar(?:zec|ca|cu|cem|cow) kwie(?:cień|tni) maj(?:a|u|em|ow\w*)?\b "
    "czerw(?:iec|c) lip(?:iec|c) sierp(?:ień|ni) wrze(?:sień|śni) październik listopad grud(?:zień|ni)"
)

_HALF: Senses = (Decimal("0.5"), 50, 2, 6, 30)
_QUARTER: Senses = (Decimal("0.25"), 25, 4, 3, 15)
_OTHERS: dict[Senses, str] = {
    (0, 12, 24): "północ północy północą",
    _QUARTER: "ćwierć kwartał kwartale kwartału",
    _HALF: "pół połowa połowę połowie połowy połową",
    (Decimal("1.5"), 18, 90): "półtora półtorej",
    (2,): (
        "oba obie obaj obu oboje obydwa obydwie obydwaj obydwu obydwoje para pary parę parze drugie "
        "podwójny podwójna podwójne podwójnie podwoić podwoił podwoiła podwoiło podwoiły dubel bliźnięta "
        "bliźniaki bliźniąt duo duet duetu duetem duecie duety duetów"
    ),
    (4,): "kwartet kwartetu kwartetem kwartecie",
    (3,): "trio tria triem potroił potroiła potrójny potrójna potrójne potrójnie",
    (6,): "półrocze półroczu",
    (10,): (
        "nastolatek nastolatka nastolatki nastolatkowi nastolatkiem nastolatków nastolatkom nastolatkami "
        "nastolatkach nastolatkę nastolatką nastolatce nastoletni nastoletnia nastoletnie nastoletniego "
        "nastoletniej nastoletnią nastoletnich nastoletnim nastoletnimi "
        "dekada dekady dekadę dekadzie dekad dziesięciolecie dziesięciolecia dziesięcioleci dziesięcioleciu "
        "dziesiątki dziesiątek dziesiątkom dziesiątkami"
    ),
    (12,): "tuzin tuzina tuziny południe południu południem",
    (15,): "kwadrans",
    (100,): "stulecie stulecia stuleciu setkami setkach",
}
_SCALE_FORMS = {
    10**3: "tysiąc tysiąca tysiącu tysiącem tysiące tysięcy tysiącom tysiącami tysiącach tys",
    10**6: "milion miliona milionowi milionem milionie miliony milionów milionom milionami milionach mln",
    10**9: "miliard miliarda miliardem miliardzie miliardy miliardów miliardom miliardami miliardach mld",
    10**12: "bilion biliona bilionem bilionie biliony bilionów bilionom bilionami bilionach bln",
}

# First parts of compounds, as in "dwudziestopięcioletni", "trzykrotnie", "ośmioosobowy".
_PREFIX_UNITS = (
    {"jedno": 1, "dwu": 2, "dwój": 2, "dwo": 2, "trzy": 3, "trój": 3, "tro": 3, "cztero": 4, "czworo": 4}
    | {"pięcio": 5, "sześcio": 6, "siedmio": 7, "ośmio": 8, "dziewięcio": 9, "dziesięcio": 10}
    | {stem + "o": number for number, stem in enumerate(_TEEN_STEMS, 11)}
)
_PREFIX_TENS: dict[str, Value] = {"pół": Decimal("0.5")} | (
    {stem + "o": 10 * ten for ten, stem in enumerate(_TEN_STEMS[:3], 2)}
    | {stem.replace("iąt", "ięcio"): 10 * ten for ten, stem in enumerate(_TEN_STEMS[3:], 5)}
    | {"stu": 100, "dwustu": 200, "trzystu": 300, "pięciuset": 500, "tysiąc": 1000}
)
_COMPOUND = re.compile(
    rf"(?:({'|'.join(sorted(_PREFIX_TENS, key=len, reverse=True))}))?"
    rf"(?:({'|'.join(sorted(_PREFIX_UNITS, key=len, reverse=True))}))?"
    r"(?:lat|let|lec|krot|kroć|osob|dni|dzien|miesi|godzin|tygod|minut|sekund|rocz|rok|metr|kilo|pięt|pokoj|"
    r"proc|punkt|bram|tysi|milion|miliard|stron|człon|cyfr|kąt|gwiazd|mecz|setow|col|cal|stop|głow)"
)
_STEMS = re.compile(
    r"(?:(podwaj|podwoj|zdwoj)|(potraj|potroj|trylogi|trojak|trójkąt)|(czterokrot|tetralogi))"
)
"""Beginnings of words that have a number in them; the group says which: two, three or four."""
_HALF_TO = re.compile(r"\b(?:wpół|w pół) do ", re.IGNORECASE)
_MONTH = re.compile("|".join(f"({stem})" for stem in _MONTH_STEMS))
_STARTS = frozenset(
    start[:2]
    for start in (
        *_PREFIX_TENS,
        *_PREFIX_UNITS,
        *spell("podw zdwo potr tryl troj trój czte tetr st lu ma kw cz li si wr pa gr"),
    )
)
"""First letters of the words that are looked at more closely."""


def _vocabulary() -> dict[str, Senses]:
    words: dict[str, Senses] = {}
    for number, stem in _ORDINAL_STEMS.items():
        words |= {stem + ending: (number,) for ending in _HARD_ENDINGS}
    for number, stem in {2: "drug", 3: "trzec"}.items():
        words |= {stem + ending: (number,) for ending in _SOFT_ENDINGS}
    for ten in (20, 30, 40, 50, 60, 70, 80, 90):  # "lata osiemdziesiąte"
        words |= {_ORDINAL_STEMS[ten] + ending: (ten, 1900 + ten) for ending in ("e", "ych", "ymi")}
    for number, stem in _NOUN_STEMS.items():
        words |= {stem + ending: (number,) for ending in _NOUN_ENDINGS}
    for number, forms in _CARDINALS.items():
        words |= dict.fromkeys(forms.split(), (number,))
    del words["piątek"]  # Friday
    return words | spread(_OTHERS)


WORDS = NumberWords(
    _vocabulary(),
    {form: scale for scale, forms in _SCALE_FORMS.items() for form in forms.split()},
)


def read_words(text: str) -> list[Mention]:
    """Polish number words and Roman numerals in a text; none of them is binding."""
    numbers = list(read_number_words(text, WORDS))
    return [*numbers, *_read_half_hours(text, numbers), *_read_parts(text), *read_roman(text)]


def _read_half_hours(text: str, numbers: list[Mention]) -> Iterator[Mention]:
    """Half an hour to the hour named: "wpół do piątej" is half past four."""
    for match in _HALF_TO.finditer(text) if "ół do" in text else ():
        for number in numbers:
            if number.start == match.end():
                hour = number.readings[0][0] - 1
                yield Mention(match.start(), number.end, single(hour, hour + 12, 30))


def _read_parts(text: str) -> Iterator[Mention]:
    """Words that begin with a number, months, and words that have a number in their stem."""
    for start, word in words_of(text):
        if word[:2] not in _STARTS:
            continue
        if (match := _COMPOUND.match(word)) and (match[1] or match[2]):
            tens = _PREFIX_TENS[match[1]] if match[1] else 0
            units = _PREFIX_UNITS[match[2]] if match[2] else 0
            yield Mention(start, start + match.end(), single(tens + units))
        elif match := _MONTH.match(word):
            yield Mention(start, start + match.end(), single(match.lastindex or 0), month=True)
        elif match := _STEMS.match(word):
            yield Mention(start, start + len(word), single((match.lastindex or 0) + 1))
