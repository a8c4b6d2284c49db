"""How Polish is written: words that are none without their own letters, as "sie" for "się".

Left out are words that become another one, as "wiec" (a rally) for "więc".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.languages.lowered import lowered
from pipeline.languages.numbers import spell
from pipeline.languages.slips import Slip

_PLAIN = str.maketrans("ąćęłńóśźż", "acelnoszz")
_WORDS = {
    word.translate(_PLAIN): word
    for word in spell(
        """
        się być może można które który którą którego której którzy którym którymi których jeśli
        jeżeli będzie będą będę będziemy był byłby było były byłem byłam została zostało został
        zostały żadnych żaden żadna również także też już niż ponieważ gdyż właśnie według wśród
        między oprócz dzięki zarówno chociaż niektóre niektórych każdy każdą każdego każdej każdym
        mógł mogła mogą mogły muszą musiał miał miała mieć powiedział powiedziała powiedzieć
        stwierdził zauważył ogłosił oświadczył dodała podkreślił wyraził przyznał ocenił mówi mówił
        myśli uważa chciał chcą chciałby zrobić człowiek człowieka mężczyzna kobiecą dzień dziś
        wcześniej później więcej większość większy środowisko środa środę środy część części częścią
        świat świata świecie światowy światowej światowego główny główną głównej głównego głównie
        pieniądze pieniędzy język języka językiem dziesięć dwóch dwadzieścia trzydzieści
        pięćdziesiąt pięciu sześć sześciu tysiąc tysiące tysięcy miesiąc miesiące miesięcy miesiąca
        złotych złoty złote władze władz władzy rząd rządu rządowy rządowej sędzia sędziego sądowy
        policję wojnę życie życia życiu żyje żołnierz żołnierzy mąż chłopiec chłopak zespół zespołu
        związku związek związany związana związane przyszły przyszłość przyszłości przeszłość
        szczególnie średnio średni źródło źródła źródeł zdjęcie zdjęcia współpraca współpracy
        społeczny społecznej społeczność społeczeństwo zgłosił sposób środki środków wartość
        wartości możliwość możliwości działania działanie działać ilość ilości jakość jakości
        wiadomość wiadomości wysokość wysokości rzeczywistość rzeczywistości bezpieczeństwo
        bezpieczeństwa państwo państwa państw południe południu północ północnej północy książka
        książki książkę samochód samochodów drużyna drużyny zwycięstwo zwycięstwa zwyciężył wygrał
        wygrała przegrał stało stały szkoła szkoły piłka piłki piłkę bramkę zawodników wyborców
        wyborów osób ludźmi swój swoją mój twój sądzi wziął wzięła wzięli stanął początku początek
        końcu końca kończy rozpoczął rozpoczęła rozpoczęło otrzymał otrzymała pokazał przyszedł
        wrócił wróciła musiała udało działa wpływ wpływu wpłynął ażeby wciąż odbył odbyła odbędzie
        spotkał zginął zginęło zginęła zmarł zmarła umarł urodził zaczął zaczęła zaczęło uwagę
        próbuje próbował próby pomocą powrót powódź pożar pożaru trzęsienie trzęsienia ciężki ciężko
        ciężar nocą duży dużo dużą małą całkowicie cały całej całego wszędzie gdzieś jakiś jakąś cóż
        naprawdę dokładnie wyłącznie dolarów milionów euroów procentów punktów klientów pracowników
        partnerów meczów domów krajów przypadków problemów urzędnik urzędu urząd żółty żółta żółte
        żółtym czerwień zieleń błękitny biały białą różowy różne różnych królowa król króla księżna
        księżniczka książę sobotę wtorkową październik października wrzesień grudzień kwiecień
        sierpień odpowiedzią pytać pójść wyjść przyjść iść pić robić mówić myśleć wiedzieć września
        piątek piątku poniedziałek śmierć śmierci śledztwo śledztwa śledztwie ogłosiła zmienić
        przywódca przywódcy przywódców przywódcom członek członka członków członkowie wewnątrz
        zewnątrz oskarżenia oskarżeń oskarżony wstrząs sprzedaży występ wspaniały ofiarę odniósł
        odniosła poniósł poniosła zdążył podjął objął miejscowość łódź głowę głos głosów głosowanie
        głosowania słowo dotknięte opłaty opłat chłopca mężczyzn mężczyźni zobaczyć usłyszeć sprawić
        uzyskać zostać dostać wybrać zabrać znaleźć przejść
        """
    )
}
_TOKEN = re.compile("[a-zà-öø-ɏ]+")  # a class without any category is faster
_WORD = re.compile(r"(?<![\w./@#-])[^\W\d_]+(?![\w/@-]|\.\w)")
_SUFFIX = re.compile(
    r"[a-z]{2,}(?:[aeoi]n?osc(?:i|ia|iami)?|enstw[aoe]|[^ak]uja|iaja|jac(?:[aey]|y(?:ch|mi|m)|ej|ego|emu)?"
    r"|owac|ywac|owal[aoy]?)"
    r"|[a-z]{2,}[^aeiouyhln]ow|[a-z]{4,}ywal[aoy]?|doszl[oa]|podal[a]?|sa|bylyby|mezczyzn[aye]|cz[ae]sci|swiet\w+"
)
_FEWEST, _MANY = 3, 18
"""Words of a text that is looked at, and small ones among which one with such a letter is to be expected: of
449 sentences of news with 100 letters and more, none goes without."""
_LITTLE = frozenset(("w", "z", "na", "po", "za", "od", "oraz", "jest", "jego", "dla"))
_HAS_LETTER = re.compile("[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]")


def wrong_accents(text: str) -> Iterator[Slip]:
    """Words without their own letters."""
    if _WORDS.keys().isdisjoint(_TOKEN.findall(lowered(text))):  # quick, and true of nearly all
        return
    for match in _WORD.finditer(text):
        right = _WORDS.get(match[0]) or _WORDS.get(match[0].lower())
        if right and (match[0].islower() or match[0].istitle()):
            right = right.capitalize() if match[0][0].isupper() else right
            yield Slip(match.start(), match.end(), right)


def is_bare(text: str) -> bool:
    """Whether a text of some words has none of the letters that are Polish alone, and needs them."""
    if _HAS_LETTER.search(text):
        return False
    words = [match[0] for match in _WORD.finditer(text)]
    if len(words) < _FEWEST:
        return False
    small = [word for word in words if word.islower()]
    if len(small) >= _MANY and len(_LITTLE.intersection(small)) > 1:
        return True
    return any(word.lower() in _WORDS for word in words) or any(map(_SUFFIX.fullmatch, small))
