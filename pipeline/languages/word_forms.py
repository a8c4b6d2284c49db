"""The forms of a word: what a language's endings give, and the words whose forms no rule gives.

`facts(code).inflected` says how words change in general. The words here have forms from another stem
("człowiek", "ludzie"), or endings that only they have ("uomo", "uomini").
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.languages import facts

_POLISH = """
dzień dnia dniu dniem dni dnie dniom dniami dniach
tydzień tygodnia tygodniu tygodniowi tygodniem tygodnie tygodni tygodniom tygodniami tygodniach
rok roku rokowi rokiem lata lat latom latami latach
człowiek człowieka człowiekowi człowiekiem człowieku człowiecze ludzie ludzi ludziom ludźmi ludziach
dziecko dziecka dziecku dzieckiem dzieci dzieciom dziećmi dzieciach
brat brata bratu bratem bracie bracia braci braciom braćmi braciach
ksiądz księdza księdzu księdzem księże księża księży księżom księżmi księżach
książę księcia księciu księciem książęta książąt książętom książętami książętach
przyjaciel przyjaciela przyjacielowi przyjacielem przyjacielu przyjaciele przyjaciół przyjaciołom \
przyjaciółmi przyjaciołach
pieniądz pieniądza pieniądzu pieniądzem pieniądze pieniędzy pieniądzom pieniędzmi pieniądzach
ręka ręki ręce rękę ręką ręku rąk rękom rękami rękoma rękach
oko oka oku okiem oczy oczu ócz oczom oczami oczyma oczach
ucho ucha uchu uchem uszy uszu uszów uszom uszami uszyma uszach
gość gościa gościowi gościem gościu goście gości gościom gośćmi gościach
kość kości kością kościom kośćmi kościach
liść liścia liściowi liściem liściu liście liści liściom liśćmi liściach
koń konia koniowi koniem koniu konie koni koniom końmi koniach
imię imienia imieniu imieniem imiona imion imionom imionami imionach
ramię ramienia ramieniu ramieniem ramiona ramion ramionom ramionami ramionach
plemię plemienia plemieniu plemieniem plemiona plemion plemionom plemionami plemionach
znamię znamienia znamieniu znamieniem znamiona znamion znamionom znamionami znamionach
zwierzę zwierzęcia zwierzęciu zwierzęciem zwierzęta zwierząt zwierzętom zwierzętami zwierzętach
dziewczę dziewczęcia dziewczęciu dziewczęciem dziewczęta dziewcząt dziewczętom dziewczętami dziewczętach
niemowlę niemowlęcia niemowlęciu niemowlęciem niemowlęta niemowląt niemowlętom niemowlętami niemowlętach
cielę cielęcia cielęciu cielęciem cielęta cieląt cielętom cielętami cielętach
jajko jajka jajku jajkiem jajek jajkom jajkami jajkach
ojciec ojca ojcu ojcem ojcze ojcowie ojców ojcom ojcami ojcach
pies psa psu psem psie psy psów psom psami psach
wieś wsi wsią wsie wsiom wsiami wsiach
krew krwi krwią
lew lwa lwu lwem lwie lwy lwów lwom lwami lwach
sen snu snowi snem śnie sny snów snom snami snach
miesiąc miesiąca miesiącu miesiącowi miesiącem miesiące miesięcy miesiącom miesiącami miesiącach
tysiąc tysiąca tysiącu tysiącem tysiące tysięcy tysiącom tysiącami tysiącach
sędzia sędziego sędziemu sędzią sędzio sędziowie sędziów sędziom sędziami sędziach
hrabia hrabiego hrabiemu hrabią hrabio hrabiowie hrabiów hrabiom hrabiami hrabiach
chrześcijanin chrześcijanina chrześcijaninowi chrześcijaninem chrześcijanie chrześcijan chrześcijanom \
chrześcijanami chrześcijanach
zły zła złe złego złej złemu złą złym źli złych złymi
święto święta świętu świętem święcie świąt świętom świętami świętach
"""

_ITALIAN = """
uomo uomini
gentiluomo gentiluomini
dio dei dea dee
tempio templi tempi
bue buoi
uovo uova
braccio braccia bracci
dito dita diti
labbro labbra labbri
ginocchio ginocchia ginocchi
osso ossa ossi
ciglio ciglia cigli
sopracciglio sopracciglia sopraccigli
muro mura muri
lenzuolo lenzuola lenzuoli
membro membra membri
grido grida gridi
urlo urla urli
frutto frutta frutti
fondamento fondamenta fondamenti
cervello cervella cervelli
budello budella budelli
paio paia
centinaio centinaia
migliaio migliaia
miglio miglia
mano mani
moglie mogli
ala ali
arma armi
eco echi
bello bella belli belle bel bei begli
buono buona buoni buone buon
grande grandi gran
santo santa santi sante san
quello quella quelli quelle quel quei quegli
"""

_ENGLISH = """
man men
woman women
child children
person people persons
foot feet
tooth teeth
goose geese
mouse mice
louse lice
ox oxen
die dice
datum data
medium media
criterion criteria
phenomenon phenomena
analysis analyses
basis bases
crisis crises
thesis theses
hypothesis hypotheses
index indexes indices
matrix matrixes matrices
appendix appendices appendixes
vertex vertices
bacterium bacteria
curriculum curricula curriculums
cactus cacti cactuses
nucleus nuclei
stimulus stimuli
alumnus alumni
life lives
wife wives
knife knives
leaf leaves
half halves
shelf shelves
wolf wolves
thief thieves
loaf loaves
calf calves
"""

_IRREGULAR = {"pl": _POLISH, "it": _ITALIAN, "en": _ENGLISH}
"""The forms of a word in a line each, the one of dictionaries first."""


def irregular_forms(word: str, language: str) -> tuple[str, ...]:
    """Return all forms of a word, in small letters, if no rule gives them; `word` may be any of them.

    >>> irregular_forms("ludzi", "pl")[:2]
    ('człowiek', 'człowieka')
    """
    return _forms(language.partition("-")[0]).get(word.casefold(), ())


def inflected(word: str, language: str) -> str:
    """Return a pattern for a word in any form that its language may give it.

    Abbreviations and words with other signs than letters have no forms. In a language of which nothing is
    known, up to two letters may be added.
    """
    irregular = irregular_forms(word, language)
    if (word.isupper() or len(word) < 3 or not word.isalpha()) and not irregular:
        return re.escape(word)
    regular = _regular(word, language)
    if not irregular:
        return regular
    listed = "|".join(sorted(map(re.escape, irregular), key=len, reverse=True))
    return f"(?:{listed}|{regular})"


def _regular(word: str, language: str) -> str:
    known = facts(language)
    if known.code == "pl" and known.inflected:
        return "|".join(["(?:" + known.inflected(word), *_polish_plurals(word.casefold())]) + ")"
    if known.inflected:
        return known.inflected(word)
    if known.code == "en":
        return _english(word)
    return re.escape(word) + r"\w{0,2}"


def _polish_plurals(word: str) -> list[str]:
    """Patterns of plurals in which the end of the stem changes: "nóg", "okien", "Rosjanie", "Włosi"."""
    if word.endswith("anin"):
        return [re.escape(word[:-2]) + "(?:ie|om|ami|ach)?"]
    stem = word[:-1] if word[-1] in "aeoy" else word
    found = []
    if stem != word and (end := re.search(r"o([^aeiouyąęó]+)$", stem)):
        found.append(re.escape(f"{stem[: end.start()]}ó{end[1]}"))
    if stem != word and (end := re.search(r"[kg]([nłl])$", stem)):
        found.append(re.escape(f"{stem[:-1]}ie{end[1]}"))
    if end := re.search(r"[sz]n$", stem):
        found.append(re.escape(stem[:-2]) + ("ś" if end[0] == "sn" else "ź") + "nie?")
    if stem.endswith("ch"):
        found.append(re.escape(stem[:-2]) + "si")
    return found


def _english(word: str) -> str:
    """A word with the endings of nouns and verbs: "policy", "policies"; "use", "used", "using"."""
    small, kept = word.casefold(), re.escape(word)
    if re.search(r"[^aeiou]y$", small):
        return rf"(?:{kept}(?:ing)?|{re.escape(word[:-1])}(?:ies|ied))"
    if small.endswith("e"):
        return rf"(?:{kept}[sd]?|{re.escape(word[:-1])}ing)"
    return rf"{kept}(?:e?s|ed|ing)?"


@cache
def _forms(language: str) -> dict[str, tuple[str, ...]]:
    """Return all forms of each irregular word by each of them; of two words with the same form, the first."""
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups(_IRREGULAR.get(language, "")):
        for form in group:
            found.setdefault(form, group)
    return found


def _groups(table: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in table.strip().splitlines() if line]
