"""Languages: what the code knows of each, one module a language.

`facts("pl")` returns the record that `pipeline/languages/pl.py` defines under the name `LANGUAGE`; a new
language is a new module. A language without one gets a record of defaults, and the checks that would need to
know more keep quiet. `docs/languages.md` explains every field and how to add a language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.languages.numbers import DigitsAndWords, Mention
    from pipeline.languages.slips import Slip

_MODULE_NAME = re.compile(r"[a-z]{2,3}(?:_[a-z]{2,4})?")
"""What the module of a language is called; the other modules here have longer names."""


class PageLines(NamedTuple):
    """Words of the lines around an article on a web page, each a pattern.

    Spaces and line ends around a bar between alternatives do not count.
    """

    credit: str = ""  # before the source of a picture: "Photo: Jane Doe"
    photo: str = ""  # the same without a colon, capitals told apart: "Photo by Jane Doe"
    pointer: str = ""  # before the title of another article: "Read also"
    share: str = ""  # buttons to share or follow, the question about cookies
    posted: str = ""  # before the date of publication
    date: str = ""  # a form of dates that other languages do not have
    hour: str = ""  # before the time of day: "at 10:30"
    rights: str = ""  # beginnings of lines about copyright
    rights_inside: str = ""  # what such lines have inside
    tags: str = ""  # before keywords
    related_heading: str = ""  # above the titles of other articles
    author_heading: str = ""  # above some lines about the author
    author: str = ""  # before the author's name
    form_heading: str = ""  # above the form for a comment
    comments: str = ""  # above the comments
    form_word: str = ""  # what such a form says
    domains: str = ""  # ends of the names of web sites
    page_of: str = ""  # between the number of a page and that of all pages: "3 of 10"


@dataclass(frozen=True, kw_only=True)
class Language:
    """What is known of a language; every default means that nothing is.

    Patterns are the text of a regular expression without groups that capture, because those of all
    languages are joined where the language of a text does not matter.
    """

    code: str

    # Script and length
    accented: str = ""
    """Small letters of its own words that ASCII does not have."""
    script: str = ""
    """Letters of the script it is written in, as a class of a pattern without its brackets; "" for Latin."""
    spaced: bool = True
    """Whether words have spaces between them."""
    length: float | None = None
    """Natural logarithm of the characters that a translation has for each of the Italian text's."""
    grammar_words: frozenset[str] = frozenset()
    """Small words of grammar, by which a sentence is known to be in the language."""

    shared_words: frozenset[str] = frozenset()
    """Further small words of it, which count as grammar in some other language: "in", "to"."""

    # Sentences
    open_abbreviations: frozenset[str] = frozenset()
    """Abbreviations that something always follows; small letters, without the last full stop."""
    closing_abbreviations: frozenset[str] = frozenset(("etc",))
    """Abbreviations that may also end a sentence, written in the same way.

    One that is among the open ones too may do so only behind a number: "2018 г.", but "г. Москва".
    """
    lent_abbreviations: frozenset[str] = frozenset()
    """Open abbreviations that texts in every other language use too."""
    number_abbreviations: frozenset[str] = frozenset()
    """Abbreviations only before a number: "cap. II" is a chapter, "il cap." may end a sentence."""
    ordinal_before: str = ""
    """Pattern of the words before an ordinal number that is written with a full stop: "am 3. Mai"."""
    ordinal_after: str = ""
    """Pattern of the words behind one, also with a capital."""
    finals: str = ""
    """Letters that end a sentence, so that after a mark behind one of them none needs a space."""
    quotatives: str = ""
    """Pattern of what goes on with a sentence after a quotation that ended inside it."""
    list_letters: str = ""
    """Letters that number the items of a list, beside the Latin ones."""

    # Words
    one_letter_words: str = ""
    """Letters that are words, of which two in a row are a slip."""
    doubled_words: frozenset[str] = frozenset()
    """Words that may stand twice in a row: "had had"; of others that do so, one is a slip."""
    native_word: re.Pattern[str] | None = None
    """What only words formed by the language have, in small letters: such a word replaces no name."""
    foreign_word: re.Pattern[str] | None = None
    """What no word of the language has, in small letters: such a word is a foreign name.

    English has words of every shape: without a pattern, a name is judged by the one that stands in its place.
    """
    inflected: Callable[[str], str] | None = None
    """Returns a pattern for a word in any of its forms."""
    sounds: Callable[[str], str] | None = None
    """Returns the consonants of a word in the language's own script, to compare with those of a name."""
    particles: str = ""
    """Pattern of what is written behind a word without a space."""
    name_ending: str = ""
    """Pattern of the ending that a foreign name may get."""

    # Writing
    full_width: bool = False
    """Whether marks and digits as wide as a Chinese character belong to it."""
    spaced_marks: str = ""
    """Marks that have a space before them."""
    letters: str = ""
    """Letters that show a passage of the language in a text of another one, as a class without brackets."""
    wrong_particles: Callable[[str], Iterator[Slip]] | None = None
    """Finds particles in a form that does not go with the word before them."""
    wrong_accents: Callable[[str], Iterator[Slip]] | None = None
    """Finds words with a wrong accent, or without their own."""
    is_bare: Callable[[str], bool] | None = None
    """Tells a text that has none of the language's own letters and needs them."""
    speech_levels: Callable[[str], Iterator[tuple[str, int, int]]] | None = None
    """Finds the level of speech of sentences, and where the ending stands that shows it."""
    small_words: str = ""
    """Pattern of days, months and peoples, with a capital letter, that have none inside a sentence."""

    # Numbers
    number_words: Callable[[str], list[Mention]] | None = None
    """Reads the numbers that a text has in words."""
    number_hint: re.Pattern[str] | None = None
    """Quick: what every number word from two up has, in small letters; without it, every text is read."""
    vague_numbers: frozenset[str] = frozenset()
    """Number words that are more often something else."""
    no_number: str = ""
    """Pattern of number words that are something else where they stand."""
    digits_and_words: DigitsAndWords | None = None
    """Numbers of which the digits stand between words for powers of ten."""
    half_after: str = ""
    """Pattern of what adds a half to the number before it."""
    quarter_after: str = ""
    """Pattern of what adds a quarter of an hour to the hours before it."""
    scale_words: Mapping[str, int] = field(default_factory=dict)
    """Words and abbreviations behind a number that multiply it, and the power of ten that they stand for."""
    scale_stems: Mapping[str, int] = field(default_factory=dict)
    """Beginnings of such words."""
    own_scales: Mapping[str, int] = field(default_factory=dict)
    """Such words that mean something else in other languages, and count only in texts of this one."""
    doubtful_scales: Mapping[str, int] = field(default_factory=dict)
    """Abbreviations that may multiply the number or be a unit."""
    percent: str = ""
    """Pattern of "per cent" behind a number."""
    percent_before: str = ""
    """Pattern of what says so before a number, besides the sign."""
    percent_hints: tuple[str, ...] = ()
    """Quick: letters of which everything that these patterns match has some."""
    about: str = ""
    """Pattern of what begins a conversion in brackets: "(about 30 euros)"."""
    fixed_number: str = ""
    """Pattern of digits in a fixed phrase that other languages say without a number."""
    range_words: str = ""
    """Pattern of the words between two numbers of a range or a list."""
    and_words: str = ""
    """Pattern of those that add up two parts of one amount: "2 hours and 30 minutes"."""
    times_words: str = ""
    """Pattern of the words between two measures: "3 by 4 metres"."""
    range_articles: str = ""
    """Pattern of the words that may come between those and the second number."""
    half_hour: str = ""
    """Pattern of what before an hour makes it half an hour less: "halb sieben" is 6:30."""
    half_day: str = ""
    """Pattern of what follows an hour of the twelve-hour clock."""
    hour_before: str = ""
    """Pattern of what before a number makes it an hour: "alle ore 15"."""
    hour_after: str = ""
    """Pattern of what does so behind it, and never means a duration: "15 Uhr"."""
    quarter_to: str = ""
    """Pattern of what before or behind an hour makes it a quarter less: "meno un quarto"."""
    quarter_past: str = ""
    """Pattern of what makes it a quarter more."""
    decade_before: str = ""
    """Pattern of the words before the number of a decade."""
    decade_after: str = ""
    """Pattern of what is written behind it."""
    month_mark: str = ""
    """What behind a number makes it a month."""
    day_mark: str = ""
    """Pattern of what stands behind the number of a day of the month."""
    months: re.Pattern[str] | None = None
    """Quick: what any name of a month has; without it, every text is read for them."""
    weekday_hints: tuple[str, ...] = ()
    """Quick: small letters of which every name of a day has some."""
    weekdays: tuple[str, ...] = ()
    """Patterns of the names of the days, Monday first; CLDR's names where there are none."""
    half_days: bool = False
    """Whether an hour up to twelve may be one of either half of the day, though nothing says which."""
    before_noon: str = ""
    """Pattern of what makes an hour one of the first half of the day: "a.m."."""
    after_noon: str = ""
    """Pattern of what makes it one of the second half."""
    negative: str = ""
    """Pattern of what says in words that a number is below zero."""
    decrease: str = ""
    """Pattern of what says that something has become less, so that its percentage needs no minus."""

    # Units and money
    units: Mapping[str, str] = field(default_factory=dict)
    """Words for the units of `pipeline.checks.quantities.units`, by their names there.

    "*" stands for any ending, "_" for a space.
    """
    of_unit: str = ""
    """Pattern of the words between a number and its unit."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """Words that are a number and its unit in one, as "3 month" for a quarter."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Words for currencies by ISO 4217 code, written in the same way."""
    of_currency: str = ""
    """Pattern of the words between an amount and its currency."""
    currency_before: str = ""
    """Pattern of the words for currencies that are written before the amount."""

    # Machines
    assistant: str = ""
    """Pattern of what a machine begins with when it announces or refuses a translation."""
    assistant_hints: tuple[str, ...] = ()
    """Quick: small letters of which every such beginning has some."""
    translation_label: str = ""
    """Pattern of the word "translation" where it stands before a colon."""

    page: PageLines = field(default_factory=PageLines)
    """Words of the lines around an article."""

    @property
    def cased(self) -> bool:
        """Whether its letters have capitals."""
        return not self.script or self.script[0].lower() != self.script[0].upper()


@cache
def facts(code: str) -> Language:
    """Return what is known of a language; of "zh-cn" what `zh_cn.py` says, or else `zh.py`."""
    primary = code.partition("-")[0]
    for name in dict.fromkeys((code.replace("-", "_"), primary)):
        if _MODULE_NAME.fullmatch(name) and (known := _load(name)):
            return known
    return Language(code=code)


@cache
def known_languages() -> tuple[Language, ...]:
    """Return the record of every language that has a module, in the order of their codes.

    Quotations, names and untranslated text bring every language into texts of every other one.
    """
    from pkgutil import iter_modules

    names = sorted(module.name for module in iter_modules(__path__) if _MODULE_NAME.fullmatch(module.name))
    return tuple(known for name in names if (known := _load(name)))


def any_pattern(name: str, codes: Collection[str] = ()) -> str:
    """Return one pattern of what a field says in all languages, as `any_pattern("page.credit")`.

    With codes, it is of these languages and of English, which texts in every language bring with them: a
    pattern of all is slow where it is tried at every character. It matches nothing where no language says
    anything.
    """
    some = [facts(code) for code in dict.fromkeys((*codes, "en"))] if codes else known_languages()
    return "|".join(filter(None, map(attrgetter(name), some))) or "(?!)"


def all_letters(name: str) -> str:
    """Return the letters of a field in all languages, for a class of a pattern."""
    return "".join(map(attrgetter(name), known_languages()))


def _load(name: str) -> Language | None:
    try:
        module = import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{__name__}.{name}":
            raise
        return None
    known: Language = module.LANGUAGE
    return known


def comparable_letters(text: str, language: str) -> float:
    """Return how many letters the Italian text would have, so that languages can be compared.

    A language of unknown usual length counts as Italian.
    """
    return sum(map(str.isalpha, text)) * math.exp(-(facts(language).length or 0.0))
