"""Polish."""

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
    Value,
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
from pipeline.languages.pl_writing import is_bare, wrong_accents

_CARDINALS = {
    0: "zero zera zeru zerem zer zerom zerami",
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
    r"(?:kilku|paro)?(?:lat|let|lec|krot|kroć|osob|dni|dzien|miesi|godzin|tygod|minut|sekund|rocz|rok|metr|kilo|pięt|pokoj|"
    r"proc|punkt|bram|tysi|milion|miliard|stron|człon|cyfr|kąt|gwiazd|mecz|setow|col|cal|stop|głow)"
)
_NUMBERED = re.compile(
    r"(?:(podwaj|podwoj|zdwoj)|(potraj|potroj|trylogi|trojak|trójkąt)|(czterokrot|tetralogi))"
)
"""Beginnings of words that have a number in them; the group says which: two, three or four."""
_SHORT_MONTHS = short_months("sty lut mar kwi maj cze lip sie wrz paź lis gru")
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


_HALF_AFTER = half_after("i pół")


@cache  # made once a number in words is looked for
def _number_words() -> NumberWords:
    return NumberWords(
        _vocabulary(),
        {form: scale for scale, forms in _SCALE_FORMS.items() for form in forms.split()},
        joint=re.compile(r"[ \u00a0-]|\si\s"),
        half=re.compile(f"½|{_HALF_AFTER}"),
    )


def read_words(text: str) -> list[Mention]:
    """Polish number words and Roman numerals in a text; none of them is binding."""
    numbers = list(read_number_words(text, _number_words()))
    short = read_short_months(text, _SHORT_MONTHS)
    return [*numbers, *_read_half_hours(text, numbers), *_read_parts(text), *short, *read_roman(text)]


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
        elif match := _NUMBERED.match(word):
            yield Mention(start, start + len(word), single((match.lastindex or 0) + 1))


# How words change: the endings, and the last consonants of a stem as they stand before some of them, as in
# "ręka" and "ręce".
_ENDINGS = (
    "ami|ach|owie|owi|ego|emu|ymi|imi|iem|ie|em|om|ów|ej|ym|im|ych|ich|iach|iami|iom|ią|ię|ia|iu|io|"
    "a|ą|e|ę|i|o|u|y"
)
_SOFTENED = {
    "ch": "sz|ś", "st": "ści|ść", "sł": "śl", "k": "c|cz", "g": "dz|ż", "h": "sz|ż", "r": "rz", "ł": "l",
    "t": "c|ci", "d": "dz|dzi", "n": "ń|ni", "s": "ś|si", "z": "ź|zi", "c": "cz", "ń": "n|ni", "ść": "śc|ści",
    "ś": "si", "ź": "zi", "ć": "ci",
}  # fmt: skip
_FLEETING = re.compile(r"(?<=[^aeiouyąęó])i?e(?=[^aeiouyąęó]$)")  # "pies", "psa"
_CLUSTER = re.compile(r"[^aeiouyąęó]{2}$")  # "źródło", "źródeł"


def _inflected(word: str) -> str:
    """A word with any ending on any variant of its stem."""
    stems = "|".join(sorted(map(re.escape, _stems(word.lower())), key=len, reverse=True))
    return rf"(?:{re.escape(word)}|(?:{stems})(?:{_ENDINGS})?)"


def _stems(word: str) -> set[str]:
    """What stays of a word when its ending changes, in its variants: "stół" is "stoł" and "stol"."""
    stem = re.sub(r"(?:um|[aeiouyąęó]|(?<=[^aeiouyąęó])i[aeęą])$", "", word) or word
    stems = {stem, stem.replace("ó", "o"), stem.replace("ą", "ę")}
    stems |= {each[::-1].replace("ai", "ei", 1)[::-1] for each in set(stems)}  # "miasto", "mieście"
    stems |= {_FLEETING.sub("", each) for each in set(stems)}
    stems |= {each[:-1] + "e" + each[-1] for each in set(stems) if _CLUSTER.search(each)}
    for each in set(stems):
        for size in (2, 1):
            for soft in _SOFTENED.get(each[-size:], "").split("|"):
                if soft and len(each) > size:
                    stems.add(each[:-size] + soft)
    return {each for each in stems if len(each) > 1}


# Nouns for peoples have a capital letter (Polak), adjectives none; "Polski" is also the genitive of Poland.
_PEOPLES = (
    "Włos|Niemiec|Francus|Amerykańs|Angiels|Brytyjs|Rosyjs|Koreańs|Hiszpańs|Japońs|Chińs|Ukraińs|Szkoc|Turec|Szwedz"
)
_SMALL_WORDS = (
    r"Poniedział(?:ek|k\w+)|Wtor(?:ek|k\w+)|(?<!ielka )(?<!ielką )Środ[ęy]|Czwart(?:ek|k\w+)|Piąt(?:ek|k\w+)"
    "|Sobot[aęy]|Niedziel[aęi]"
    "|Styczni[au]|Luty(?:m)?|Lutego|Marcu|(?<=\\d )Marca|Kwie(?:cień|tnia|tniu)|Czerwc[au]|Lipc[au]"
    "|Sierp(?:ień|nia|niu)|Wrze(?:sień|śnia|śniu)"
    "|Październik(?:a|u)?|Listopad(?:a|zie)|Grud(?:zień|nia|niu)|(?<!3 )Maju"
    rf"|(?:{_PEOPLES})k(?:i|ie|iego|iej|im|iemu|ich|imi|ą)|Polski(?:e|ego|ej|m|emu|ch|mi)"
)

_PAGE = PageLines(
    credit="źródło | źródła | fot | foto | fotografia | zdjęcie | zdjęcia | grafika | autor zdjęcia",
    photo=r"[Ff]ot\.|FOT\.|[Zz]dj\.",
    pointer=r"""
    czytaj (?:też|także|również|więcej) | przeczytaj (?:też|także|również) | polecamy(?: także)?
    | zobacz (?:też|także|również)(?=\s?[:>»]\s?\S) | powiązane artykuły | podobne artykuły
    """,
    share="""
    udostępnij(?: (?:na|przez) .{0,30}| to| ten artykuł| artykuł)? | podziel się(?: (?:na|w|tym) .{0,30})?
    | polub nas.{0,30} | obserwuj nas.{0,30} | zapisz się (?:na|do) newsletter.{0,30}
    | akceptuj(?:ę)? (?:wszystkie )?(?:pliki )?cookies?.{0,20}
    """,
    posted="""
    opublikowano | opublikowany | zaktualizowano | ostatnia aktualizacja | data publikacji
    | data aktualizacji | dodano
    """,
    date=r"\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4} r\.",
    hour=r"godz\.",
    rights="wszelkie prawa zastrzeżone",
    tags="tagi | słowa kluczowe | kategorie | kategoria",
    related_heading="""
    czytaj (?:też|także|również) | przeczytaj (?:też|także|również) | powiązane artykuły | podobne artykuły
    | podobne wpisy | polecane artykuły
    """,
    author_heading="o autorze | o autorce",
    author="autor | autorka | tekst | redakcja | o autorze",
    form_heading="""
    dodaj komentarz | napisz komentarz | zostaw komentarz | zostaw odpowiedź | dodaj odpowiedź | skomentuj
    """,
    comments="komentarze | brak komentarzy",
    form_word="obowiązkow|wymagan|nie zostanie opublikowan|zaloguj",
    domains="pl",
    page_of="z",
)

LANGUAGE = Language(
    code="pl",
    accented="ąćęłńóśźż",
    length=-0.04,
    grammar_words=frozenset(
        spell(
            "w z na do lub nie się jest są był była było były że jak ale czy oraz dla przez przy od po ze we "
            "który która które którzy tego tej tym ten ta tak już tylko jego jej ich może być został "
            "została więc jeśli gdy kiedy gdzie także również bardzo każdy"
        )
    ),
    shared_words=frozenset(spell("to on by a i o my no we was but her its sin sur des mit war den")),
    open_abbreviations=frozenset(
        spell(
            """
            ul al pl os dr hab inż mgr lic lek med ks św bł bp abp kard hr płk ppłk mjr kpt por ppor chor
            sierż plut mł kpr szer kmdr red dyr prez wicedyr przew sekr tzw tzn tj m.in np zob ww wg im
            str nr art ust pkt poz rys tab ryc t cz rozdz wyd przyp oprac tłum woj pow gm ok tys godz pt
            ang niem fr łac wł hiszp ros zm ur ds pn płd zach wsch śr jw bryg dyw zast mec st nadkom
            podkom kom asp insp podinsp nadinsp mł.asp st.sierż rtm kadm wadm prok adw sędz sen wiceprzew
            wicemin burm kier kan prał prob wik br dh tech dypl pełn p pp o sp spółdz stow fund wzgl wym
            daw gł płn czes słow węg lit szw jap chiń ukr bułg port gr tur aut współaut ilustr przeł sygn
            podr skr egz zaw pseud właśc dz
            """
        )
    ),
    number_abbreviations=frozenset(
        spell(
            """
            m dn tel fax faks lok kl par zał wykr il z k s poł pocz min maks max wys dł temp szac odc
            wer wers wiersz ark załącz kod kat ed vol pow mies km r w nr.kat poj ob
            """
        )
    ),
    closing_abbreviations=frozenset(spell("r w itp itd i.t.p p.n.e n.e zł proc in r.ż b.d tel fax")),
    doubled_words=frozenset(spell("to tuż raz bardzo już tak nie no co cicho powoli")),
    one_letter_words="owz",
    native_word=re.compile(
        r"[ąćęłńóśźż]|(?:ego|emu|ej|ich|ych|ski|cki|ska|cka|skie|ckie|ii|cji|nia|nie|stwo|stwa|wy|wie)$"
    ),
    foreign_word=re.compile(r"[vxq]|th|sh|ph|oo|ee|ss|tt|pp|nn$"),
    inflected=_inflected,
    name_ending=r"[’'-]?[a-ząćęłńóśźż]{1,4}",
    wrong_accents=wrong_accents,
    is_bare=is_bare,
    small_words=_SMALL_WORDS,
    number_words=read_words,
    number_hint=word_beginnings(
        "dw|trz|troj|trój|czt|czw|pię|sześ|szós|siód|sied|osi|ośm|ósm|dziew|dzies|jeden|sto|set|tys|kilkan"
    ),
    vague_numbers=frozenset(
        spell(
            "para pary parę parze drugi druga drugie drugiego drugiej drugim drugą drugich drugimi południe "
            "południu południem południa północ północy północą kwartał dziesiątki setki setkami tuzin"
        )
    ),
    half_after=_HALF_AFTER,
    quarter_after="i kwadrans",
    scale_words={"tys": 3, "mln": 6, "mld": 9, "mrd": 9, "bln": 12},
    scale_stems={"milion": 6, "miliard": 9, "tysi": 3, "bilion": 12},
    percent=r"proc(?:ent\w{0,6})?(?!\w)",
    percent_hints=("proc",),
    about=r"ok\.|około",
    range_words="i|do|lub|albo|czy|oraz",
    and_words="i|oraz",
    times_words="na",
    half_day="po południu|wieczor|w nocy",
    months=re.compile("|".join(_MONTH_STEMS)),  # no groups: these would slow the search down
    weekday_hints=("niedz", "tork", "torek", "środ", "zwart", "iątk", "iątek", "obot", "obót"),
    weekdays=(
        r"poniedziałek|poniedziałk\w+",
        r"wtorek|wtork\w+",
        "środ(?:a|ę|y|ą|o|zie)|środow(?:y|a|e|ą|ego|ej|ych|ym)",
        r"czwartek|czwartk\w+",
        "piątek|piątk(?:u|iem|owi)|piątkow(?:y|a|e|ą|ego|ej|ych|ym)",
        r"sobot\w+|sobót",
        r"niedziel\w*",
    ),
    before_noon="rano|nad ranem|przed południem",
    after_noon="po południu|wieczorem",
    hour_before="godz\\.|godzini?e?|godziną",
    quarter_to="za kwadrans",
    quarter_past="kwadrans po",
    negative=r"\bminus|poniżej zera|ujemn|mroz",
    decrease="mniej|spad|zmniejsz|obniż|niższ|utrat|strat",
    decade_before="lata|latach|lat|latami|latom",
    units={
        "km2": "km_kwadr* kilometr*_kwadr*",
        "mile2": "mil_kwadr*",
        "m2": "metr*_kwadr*",
        "foot2": "stóp_kwadr*",
        "acre": "akr*",
        "hectare": "hektar*",
        "km": "kilometr*",
        "mile": "mila mil milę mili",
        "m": "metr*",
        "cm": "centymetr*",
        "mm": "milimetr*",
        "yard": "jard*",
        "foot": "stopa stopy stopę stopie stóp",
        "inch": "cal cale cali cala calow*",
        "kg": "kilogram*",
        "g": "gram*",
        "decagram": "dag deka dekagram*",
        "quintal": "kwintal* q",
        "tonne": "ton*",
        "pound": "funt*",
        "ounce": "uncj*",
        "gallon": "galon*",
        "litre": "litr*",
        "decilitre": "decylitr*",
        "centilitre": "centylitr*",
        "millilitre": "mililitr*",
        "pint": "kwart*",
        "degree": "stopień stopni*",
        "minute": "minut* min",
        "hour": "godzin* godz",
        "day": "dzień dnia dni dniach dniami dniom doba doby dobę dobie dób dobach dobami",
        "week": "tydzień tygodni*",
        "month": "miesiąc* miesięc*",
        "year": "rok roku rokiem lat lata latach latami latom",
        "decade": "dekad*",
        "century": "wiek wieku wieków stuleci*",
        "floor": "piętro piętra piętrze piętrem pięter ._piętro ._piętrze ._piętra",
        "second": "sekund*",
    },
    amounts={
        "kwadrans": "15 minute",
        "kwadransa": "15 minute",
        "półrocze": "6 month",
        "kwartał": "3 month",
        "doba": "1 day",
        "dobie": "1 day",
        "doby": "1 day",
        "pół godziny": "30 minute",
        "półtorej godziny": "90 minute",
        "półtorej doby": "36 hour",
        "pół roku": "6 month",
        "półtora roku": "18 month",
        "minutę": "1 minute",
        "godzinę": "1 hour",
        "tydzień": "1 week",
        "tygodniu": "1 week",
        "miesiąc": "1 month",
        "rok": "1 year",
        "dobę": "1 day",
        "stulecie": "100 year",
        "dziesięciolecie": "10 year",
        "dekada": "10 year",
        "dekadę": "10 year",
        "dekady": "10 year",
    },
    currencies={
        "EUR": "euro",
        "USD": "dolar*",
        "GBP": "funt*",
        "PLN": "zł złot*",
        "KRW": "won wony",
        "JPY": "jen jenów jena jeny",
        "CNY": "juan*",
        "CHF": "frank*",
        "RUB": "rubl*",
        "UAH": "hrywn*",
        "INR": "rupi*",
    },
    of_currency="w |o ",
    currency_before="zł",
    assistant=(
        r"(?:oczywiście[,!.]? ?|jasne[,!.]? ?|pewnie[,!.]? ?)?(?:oto|poniżej znajduje się|proszę[,:]? oto) "
        r"(?:\w{1,12} ){0,2}(?:tłumaczenie|przekład|przetłumaczon)"
        r"|(?:przepraszam|przykro mi|niestety)[^.!?\n]{0,20} nie mogę "
        r"[^.!?\n]{0,40}(?:tłumacz|prośb|żądan|pomóc w)"
        r"|(?:jako|jestem) (?:model(?:em)? językowy|asystent|sztuczna inteligencja|model(?:em)? ai)"
        r"|mam nadzieję, że (?:to |moje )?tłumaczenie"
    ),
    assistant_hints=(
        "tłumacz",
        "przekład",
        "językowy",
        "asystent",
        "inteligencj",
        "prośb",
        "żądan",
        "pomóc",
        "model",
    ),
    translation_label="tłumaczenie(?: na (?:język )?polski| polskie)?|przekład|przetłumaczony tekst",
    page=_PAGE,
)
