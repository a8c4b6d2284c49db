"""Czech."""

from __future__ import annotations

from pipeline.languages import Language, PageLines
from pipeline.languages.cs_numbers import HALF_AFTER, NUMBER_HINT, VAGUE, read_words
from pipeline.languages.endings import with_endings
from pipeline.languages.numbers import spell

_PAGE = PageLines(
    credit="foto | fotografie | zdroj | zdroje | obrázek | autor fotografie | autor snímku",
    pointer="čtěte také | přečtěte si také | čtěte více | více na | viz také",
    share="""
    sdílet(?: (?:na|přes) .{0,30})? | sdílet článek | sledujte nás.{0,30} | vytisknout stránku
    | odebírat newsletter.{0,20} | přijmout všechny cookies | zkopírovat odkaz
    """,
    posted="publikováno | zveřejněno | aktualizováno | poslední aktualizace | vydáno",
    hour="v",
    rights="všechna práva vyhrazena",
    rights_inside="všechna práva vyhrazena",
    tags="štítky | klíčová slova | kategorie | témata",
    related_heading="související články | podobné články | čtěte také | nejčtenější",
    author_heading="o autorovi | o autorce",
    author="autor | autorka | redakce | napsal | napsala | o autorovi",
    form_heading="přidat komentář | napsat komentář | vložit komentář | odpovědět | zrušit odpověď",
    comments="komentáře | žádné komentáře | diskuse | diskuze",
    form_word="nebude zveřejněn|povinn|přihlásit",
    domains="cz",
    page_of="z",
)

LANGUAGE = Language(
    code="cs",
    length=-0.17,
    accented="áčďéěíňóřšťúůýž",
    letters="ěřůťďňčšžýáí",
    grammar_words=frozenset(
        spell(
            """
            jsou že který která které kteří ve při také už když kde ještě jeho jejich může není před jsem
            jsme mají než nebo podle bude budou však mezi protože pouze je byl byla bylo byli být
            aby kterou kterého které jako pro své svého svých svou tím tento této tomto těchto tyto
            což proto pokud až jen jí ji mu nás nám vás vám my oni ona ono velmi méně více tedy bez
            """
        )
    ),
    shared_words=frozenset(
        spell("a i o u v k s z na do po za od to by ten ta ale no jak co ani ze se si tak")
    ),
    open_abbreviations=frozenset(
        spell(
            """
            st sv kpt tzv např mj tj popř resp ing mgr bc mudr judr phdr rndr paeddr thdr doc prof gen plk mjr
            npor por kap pplk ppor ul tř hl cca ca zejm př zvl event angl něm franc lat řec rus
            slov špan ital red překl vyd ed srov srv vč včetně dr arch akad max obr m.n.m
                       b n t
"""
        )
    ),
    closing_abbreviations=frozenset(
        spell("sen atd atp apod aj etc csc drsc př.n.l n.l l hod mil mld tis s.r.o a.s ml st r min sek")
    ),
    number_abbreviations=frozenset(spell("č čl str s odst písm roč r tab sv obr tel čj par kap p pp")),
    inflected=with_endings("aeiouyáéíóúůýě", 4, {"k": "cč", "h": "z", "g": "z", "r": "ř"}),
    doubled_words=frozenset(spell("ano ne velmi moc sama samo se to")),
    number_words=read_words,
    number_hint=NUMBER_HINT,
    vague_numbers=VAGUE,
    half_after=HALF_AFTER,
    scale_words={"tis": 3, "mld": 9},
    scale_stems={"tisíc": 3, "milion": 6, "milión": 6, "miliard": 9, "bilion": 12},
    percent=r"procent\w{0,3}",
    percent_hints=("rocent",),
    about="asi|přibližně|zhruba|cca",
    range_words="až|a|nebo",
    and_words="(?<![aeios] )a",  # in Italian and Spanish, "a" is "to"
    half_hour="půl",
    times_words="krát",
    weekdays=(
        r"pondělí\w{0,2}|pondělk\w{1,2}",
        "úter(?:ý|ek|ka|ku|ní|ního|nímu)",
        "střed(?:a|y|u|ou|eční|ečního)",
        "čtvrt(?:ek|ka|ku|kem|eční|ečního)",
        "páte(?:k|ční|čního)|pátk(?:u|em|y)",
        r"sobot\w{1,4}",
        r"neděl\w{0,4}",
    ),
    before_noon="ráno|dopoledne",
    after_noon="odpoledne|večer",
    negative="pod nulou|záporn|mrazu",
    decrease="méně|kles|pokles|sníž|niž|ztrát|úbyt",
    decade_after=r"\. let",
    units={
        "km2": "kilometr*_čtverečn* čtverečn*_kilometr*",
        "mile2": "čtverečn*_mil*",
        "m2": "metr*_čtverečn* čtverečn*_metr*",
        "foot2": "čtverečn*_stop*",
        "acre": "akr*",
        "hectare": "hektar*",
        "km": "kilometr*",
        "mile": "míle mílí mílích",
        "m": "metr*",
        "cm": "centimetr*",
        "mm": "milimetr*",
        "yard": "yard*",
        "foot": "stopa stopy stop",
        "inch": "palec palce palců palcový*",
        "kg": "kilogram* kilo",
        "tonne": "tuna tuny tun tunu",
        "pound": "libra libry liber librov*",
        "ounce": "unce uncí",
        "gallon": "galon*",
        "litre": "litr*",
        "degree": "stupeň stupně stupňů",
        "minute": "minut*",
        "hour": "hodin*",
        "day": "dny dnů dní dnech",
        "week": "týden týdny týdnů týdnech",
        "month": "měsíc měsíce měsíců měsících",
        "year": "roky roků let lety letech roce roku",
        "decade": "desetiletí dekád*",
        "century": "století",
        "floor": "patro patra patře ._patro ._patra ._patře",
        "storey": "podlaží ._podlaží",
        "quintal": "metrák*",
        "decagram": "dkg deka dekagram*",
        "second": "sekund* vteřin*",
    },
    amounts={
        "desetiletí": "10 year",
        "století": "100 year",
        "čtvrtletí": "3 month",
        "pololetí": "6 month",
        "minutu": "1 minute",
        "hodinu": "1 hour",
        "den": "1 day",
        "týden": "1 week",
        "měsíc": "1 month",
        "rok": "1 year",
        "půlhodina": "30 minute",
        "půlhodinu": "30 minute",
        "půlhodiny": "30 minute",
        "půl hodiny": "30 minute",
        "hodinu a půl": "90 minute",
        "hodina a půl": "90 minute",
        "hodiny a půl": "90 minute",
        "čtvrthodina": "15 minute",
        "čtvrthodinu": "15 minute",
        "čtvrt hodiny": "15 minute",
        "půl roku": "6 month",
        "rok a půl": "18 month",
    },
    currencies={
        "EUR": "euro eura eur",
        "USD": "dolar*",
        "GBP": "libra libry liber",
        "PLN": "zlot*",
        "KRW": "won*",
        "JPY": "jen jenů jeny",
        "CNY": "jüan* juan*",
        "CHF": "frank*",
        "RUB": "rubl*",
        "UAH": "hřiv*",
        "INR": "rupi*",
    },
    page=_PAGE,
)
