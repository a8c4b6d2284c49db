"""Every rule of the checks, what it means and how grave it is; the documentation is made from this.

`issue_type` is the ITS 2.0 localisation-quality issue type, `category` the place in MQM's typology.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.datatypes import BOILERPLATE, OTHER_LANGUAGE


class Example(NamedTuple):
    """Rows that show a rule: each has a text for every one of the languages."""

    languages: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    moved: bool = False  # the rows stand in different places in the languages
    glossary: tuple[str, ...] = ()  # a term for every language, or one that is kept in all of them
    limit: int = 0  # characters that the file allows a translation
    alone: str = ""  # why the rows have one text only (`pipeline.rows.unmatched`)


class Rule(NamedTuple):
    """What is known about a rule besides how it is checked."""

    name: str  # "family.check"
    issue_type: str
    category: str
    severity: str  # "critical", "major", "minor" or "neutral"
    meaning: str  # one sentence for a translator
    fires: Example
    silent: Example


def _pair(languages: str, *texts: str) -> Example:
    """Rows of two languages, as in `_pair("it-pl", "Sì.", "Tak.", "No.", "Nie.")`."""
    source, target = languages.split("-")
    return Example((source, target), tuple(zip(texts[::2], texts[1::2], strict=True)))


_SPEECH = (
    "Piove.", "비가 온다.", "Fa freddo.", "날씨가 춥다.", "Il museo è chiuso.", "박물관은 닫혀 있다.",
    "Il parco è vuoto.", "공원은 비어 있다.", "La neve si scioglie.", "눈이 녹는다.",
)  # fmt: skip

_RULES = (
    Rule(
        "completeness.omission", "omission", "accuracy/omission", "major",
        "A language lacks a text that an earlier language of the article has.",
        _pair("it-pl", "La biblioteca resta chiusa.", ""),
        _pair("it-pl", "La biblioteca resta chiusa.", "Biblioteka jest zamknięta."),
    ),
    Rule(
        "completeness.addition", "addition", "accuracy/addition", "major",
        "A language has a text that an earlier language of the article lacks.",
        _pair("it-pl", "", "Biblioteka jest zamknięta."),
        _pair("it-pl", "La biblioteca resta chiusa.", "Biblioteka jest zamknięta."),
    ),
    Rule(
        "completeness.moved", "other", "design/organization", "neutral",
        "A text stands in another place in one language than in the others.",
        _pair("it-pl", "La biblioteca resta chiusa.", "Biblioteka jest zamknięta.")._replace(moved=True),
        _pair("it-pl", "La biblioteca resta chiusa.", "Biblioteka jest zamknięta."),
    ),
    Rule(
        "completeness.boilerplate", "other", "accuracy/omission", "neutral",
        "A line of a web page (a menu, a date, credits) at the edge of the article has no counterpart.",
        _pair("it-pl", "Lascia un commento", "")._replace(alone=BOILERPLATE),
        _pair("it-pl", "Lascia un commento", "Dodaj komentarz"),
    ),
    Rule(
        "completeness.credit", "omission", "accuracy/omission", "minor",
        "A line that names the source of a picture, an author or a translator has no counterpart.",
        _pair("it-pl", "Foto: Anna Rossi / Agenzia Uno", ""),
        _pair("it-pl", "Foto: Anna Rossi / Agenzia Uno", "Fot.: Anna Rossi / Agenzia Uno"),
    ),
    Rule(
        "completeness.other-language", "other", "accuracy/omission", "neutral",
        "A text without counterpart is not in the language of its file.",
        _pair("it-pl", "Subscribe to our newsletter today.", "")._replace(alone=OTHER_LANGUAGE),
        _pair("it-pl", "Iscriviti oggi alla newsletter.", "Zapisz się dziś do newslettera."),
    ),
    Rule(
        "completeness.length", "length", "accuracy/omission", "minor",
        "A text is far longer or shorter than is usual for the two languages: part of it may be missing.",
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì, ma i libri si possono rendere nella cassetta.",
            "Biblioteka jest zamknięta.",
        ),
        _pair("it-pl", "La biblioteca è chiusa per lavori.", "Biblioteka jest zamknięta z powodu remontu."),
    ),
    Rule(
        "completeness.omitted-part", "omission", "accuracy/omission", "major",
        "Part of a text has no counterpart in a later language; told by its length and its vector.",
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì. Il gatto dorme sul tetto della casa accanto.",
            "Biblioteka jest zamknięta do poniedziałku.",
        ),
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì. Il gatto dorme sul tetto della casa accanto.",
            "Biblioteka jest zamknięta do poniedziałku. Kot śpi na dachu sąsiedniego domu.",
        ),
    ),
    Rule(
        "completeness.added-part", "addition", "accuracy/addition", "major",
        "Part of a text has no counterpart in an earlier language; told by its length and its vector.",
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì.",
            "Biblioteka jest zamknięta do poniedziałku. Kot śpi na dachu sąsiedniego domu.",
        ),
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì.",
            "Biblioteka jest zamknięta do poniedziałku.",
        ),
    ),
    Rule(
        "completeness.doubtful-part", "omission", "accuracy/omission", "minor",
        "A text is long for its counterpart and fits it as well without some of its words: are they missing?",
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì e il bar di sotto fino a martedì.",
            "Biblioteka jest zamknięta do poniedziałku.",
        ),
        _pair(
            "it-pl",
            "La biblioteca resta chiusa fino a lunedì e il bar di sotto fino a martedì.",
            "Biblioteka jest zamknięta do poniedziałku, a bar na dole do wtorku.",
        ),
    ),
    Rule(
        "completeness.list", "omission", "accuracy/omission", "minor",
        "A list has fewer items in one language, or its names stand in another order.",
        _pair("it-pl", "Serve: a) sale, b) pane, c) olio.", "Potrzeba: a) soli, b) oliwy."),
        _pair("it-pl", "Serve: a) sale, b) pane.", "Potrzeba: a) soli, b) chleba."),
    ),
    Rule(
        "completeness.repeated", "duplication", "accuracy/addition", "minor",
        "A sentence stands twice in one language, and in no other.",
        _pair(
            "it-pl",
            "Il museo è chiuso. Riapre a maggio.",
            "Dziś muzeum jest zamknięte. Dziś muzeum jest zamknięte.",
        ),
        _pair("it-pl", "Piove. Piove.", "Pada deszcz. Pada deszcz."),
    ),
    Rule(
        "meaning.neighbour", "mistranslation", "accuracy/mistranslation", "major",
        "The text of another row fits better: the error is rather one of alignment than of translation.",
        _pair(
            "it-pl",
            "Il gatto dorme sul tetto della casa.", "Wczoraj cały dzień padał deszcz.",
            "Ieri è piovuto tutto il giorno.", "Kot śpi na dachu domu.",
        ),
        _pair(
            "it-pl",
            "Il gatto dorme sul tetto della casa.", "Kot śpi na dachu domu.",
            "Ieri è piovuto tutto il giorno.", "Wczoraj cały dzień padał deszcz.",
        ),
    ),
    Rule(
        "meaning.similarity", "mistranslation", "accuracy/mistranslation", "minor",
        "The texts are far less alike than is usual for the two languages, and no other row fits better.",
        _pair("it-pl", "Il gatto dorme sul tetto della casa.", "Wczoraj kurs euro znowu wzrósł."),
        _pair("it-pl", "Il gatto dorme sul tetto della casa.", "Kot śpi na dachu domu."),
    ),
    Rule(
        "meaning.alignment", "other", "accuracy", "neutral",
        "The alignment of the row is itself unsure, so that its languages are not compared.",
        _pair("it-pl", "Fin qui tutto bene.", "Kot śpi na dachu."),
        _pair("it-pl", "Il gatto dorme.", "Kot śpi."),
    ),
    Rule(
        "language.untranslated", "untranslated", "accuracy/untranslated", "major",
        "Two languages have the same text: it was left untranslated.",
        _pair("it-pl", "La biblioteca resta chiusa.", "La biblioteca resta chiusa."),
        _pair("it-pl", "Giovanni Paolo II", "Giovanni Paolo II"),
    ),
    Rule(
        "language.wrong", "untranslated", "accuracy/untranslated", "major",
        "A paragraph is not in the language of its column.",
        _pair("it-ko", "La biblioteca resta chiusa.", "The library will remain closed until Monday."),
        _pair("it-ko", "La biblioteca resta chiusa.", "도서관은 문을 닫습니다."),
    ),
    Rule(
        "language.mixed", "untranslated", "accuracy/untranslated", "minor",
        "A sentence inside a paragraph is in another language.",
        _pair(
            "it-pl",
            "Il museo è chiuso. Si può visitare di nuovo da maggio.",
            "Muzeum jest zamknięte. It will be open to the public from May.",
        ),
        _pair(
            "it-pl",
            "Il museo è chiuso. Si può visitare di nuovo da maggio.",
            "Muzeum jest zamknięte. Znów można je zwiedzać od maja.",
        ),
    ),
    Rule(
        "locale.number-format", "locale-violation", "locale-conventions/number-format", "minor",
        "A number is written with the marks of another locale; what is right is told by CLDR.",
        _pair("it-pl", "Vennero 3,000 persone.", "Przyszło 3000 osób."),
        _pair("it-pl", "Vennero 3.000 persone.", "Przyszło 3000 osób."),
    ),
    Rule(
        "numbers.changed", "numbers", "accuracy/mistranslation/number", "major",
        "The languages have different numbers in the same place.",
        _pair("it-ko", "Costa 3.000 euro.", "가격은 4만 유로입니다."),
        _pair("it-ko", "Costa 30.000 euro.", "가격은 3만 유로입니다."),
    ),
    Rule(
        "numbers.missing", "numbers", "accuracy/mistranslation/number", "major",
        "A number has no counterpart in a later language, neither in digits nor in words.",
        _pair("it-pl", "Ci sono 12 sedie.", "Są tam krzesła."),
        _pair("it-pl", "Ci sono 12 sedie.", "Jest tam dwanaście krzeseł."),
    ),
    Rule(
        "numbers.added", "numbers", "accuracy/mistranslation/number", "major",
        "A number has no counterpart in an earlier language, neither in digits nor in words.",
        _pair("it-pl", "Ci sono sedie.", "Jest tam 12 krzeseł."),
        _pair("it-pl", "Dura due mesi e mezzo.", "Trwa 2,5 miesiąca."),
    ),
    Rule(
        "numbers.date", "mistranslation", "accuracy/mistranslation/date-time", "major",
        "Two languages name different weekdays, months or halves of the day.",
        _pair("it-pl", "La riunione è martedì.", "Zebranie jest w środę."),
        _pair("it-ko", "Il volo parte alle 15:30 di martedì.", "비행기는 화요일 오후 3시 30분에 출발한다."),
    ),
    Rule(
        "numbers.unit", "mistranslation", "accuracy/mistranslation/unit", "major",
        "A number is the same, but its unit or currency is another.",
        _pair("it-ko", "Costa 30 euro.", "가격은 30달러입니다."),
        _pair("it-ko", "Costa € 30.", "가격은 30유로입니다."),
    ),
    Rule(
        "numbers.order", "numbers", "accuracy/mistranslation/number", "minor",
        "Two numbers of one kind have changed places.",
        _pair("it-pl", "Tra il 30 e il 43% dei voti.", "Od 43 do 30% głosów."),
        _pair("it-pl", "Nel 2019 vennero 30 persone su 43.", "Z 43 osób 30 przyszło w 2019 roku."),
    ),
    Rule(
        "characters.placeholder", "markup", "accuracy/mistranslation", "critical",
        "A mark of a program or of machine translation stands where there should be text.",
        _pair("it-ko", "Ha chiamato sei volte.", "그녀는 XNUMX번 전화했다."),
        _pair("it-ko", "Ha chiamato sei volte.", "그녀는 여섯 번 전화했다."),
    ),
    Rule(
        "characters.assistant", "other", "accuracy/addition", "major",
        "A machine that translates announces or refuses its work inside the text.",
        _pair("it-pl", "La biblioteca è chiusa.", "Oto tłumaczenie: Biblioteka jest zamknięta."),
        _pair("it-pl", "Traduzione di Anna Rossi", "Tłumaczenie: Jan Nowak"),
    ),
    Rule(
        "characters.limit", "length", "design/length", "major",
        "A translation is longer or shorter than its XLIFF file allows.",
        _pair("it-pl", "Apri", "Otwórz plik")._replace(limit=8),
        _pair("it-pl", "Apri", "Otwórz")._replace(limit=8),
    ),
    Rule(
        "characters.replacement", "characters", "linguistic-conventions/character-encoding", "major",
        "A character was lost and U+FFFD stands in its place.",
        _pair("it-pl", "Perch\ufffd piove.", "Bo pada."),
        _pair("it-pl", "Perché piove.", "Bo pada."),
    ),
    Rule(
        "characters.mojibake", "characters", "linguistic-conventions/character-encoding", "major",
        "Text was decoded with the wrong encoding.",
        _pair("it-pl", "PerchÃ© piove.", "Bo pada."),
        _pair("it-pl", "È così: «Perché?»", "Tak: „Dlaczego?”"),
    ),
    Rule(
        "characters.control", "characters", "linguistic-conventions/character-encoding", "minor",
        "The text has an invisible control character.",
        _pair("it-pl", "Il gatto\x07 dorme.", "Kot śpi."),
        _pair("it-pl", "Il gatto\tdorme.", "Kot śpi."),
    ),
    Rule(
        "entities.address", "non-conformance", "accuracy/mistranslation/entity", "major",
        "A URL or an e-mail address is missing or altered.",
        _pair("it-pl", "Si veda https://example.org/a1.", "Patrz https://example.org/b1."),
        _pair("it-pl", "Si veda https://example.org/it/a1.", "Patrz https://example.org/pl/a1."),
    ),
    Rule(
        "entities.added-address", "addition", "accuracy/addition", "minor",
        "A language has a URL or an e-mail address that an earlier one lacks.",
        _pair("it-pl", "Si veda la guida.", "Patrz https://example.org/a1."),
        _pair("it-ko", "Si veda https://example.org/a1.", "https://example.org/a1를 보라."),
    ),
    Rule(
        "entities.gloss", "other", "accuracy/mistranslation/entity", "neutral",
        "A word in Latin letters stands in a text of another script, and in no other language.",
        _pair("it-ko", "Unire i rami del progetto.", "프로젝트의 브랜치를 Merge한다."),
        _pair("it-ko", "Ieri Johnson ha vinto.", "어제 존슨(Johnson)이 이겼다."),
    ),
    Rule(
        "entities.shortcut", "mistranslation", "accuracy/mistranslation/entity", "major",
        "Keys to be pressed together, as in Ctrl+S, are missing or others.",
        _pair("it-pl", "Premi Ctrl+S.", "Naciśnij Ctrl+C."),
        _pair("it-ko", "Premi Ctrl + S.", "Ctrl+S를 누르세요."),
    ),
    Rule(
        "entities.tag", "non-conformance", "accuracy/mistranslation/entity", "minor",
        "A hashtag or a handle is missing or altered.",
        _pair("it-pl", "Scrivete a @BibliotecaUno.", "Piszcie do nas."),
        _pair("it-pl", "Scrivete a @BibliotecaUno.", "Piszcie do @BibliotecaUno."),
    ),
    Rule(
        "entities.code", "non-conformance", "accuracy/mistranslation/entity", "minor",
        "A product code or a name with digits is missing or altered.",
        _pair("it-pl", "Il treno ETR500 parte.", "Pociąg odjeżdża."),
        _pair("it-pl", "Il treno ETR-500 parte.", "Pociąg ETR500 odjeżdża."),
    ),
    Rule(
        "entities.term", "terminology", "terminology/inconsistent-with-terminology-resource", "major",
        "A term of the glossary is translated in another way than the glossary says.",
        _pair("it-pl", "Apri la cartella.", "Otwórz katalog.")._replace(glossary=("cartella", "folder")),
        _pair("it-pl", "Apri le cartelle.", "Otwórz foldery.")._replace(glossary=("cartella", "folder")),
    ),
    Rule(
        "entities.do-not-translate", "terminology", "accuracy/do-not-translate", "major",
        "A term that the glossary keeps as it is does not stand in the other language.",
        _pair("it-ko", "Apri Synoptic.", "시놉틱을 여세요.")._replace(glossary=("Synoptic",)),
        _pair("it-ko", "Apri Synoptic.", "Synoptic을 여세요.")._replace(glossary=("Synoptic",)),
    ),
    Rule(
        "entities.forbidden-term", "terminology", "terminology/wrong-term", "major",
        "A text uses a term that the glossary forbids.",
        _pair("it-pl", "Apri il file.", "Otwórz zbiór.")._replace(glossary=("file", "plik|!zbiór")),
        _pair("it-pl", "Apri il file.", "Otwórz plik.")._replace(glossary=("file", "plik|!zbiór")),
    ),
    Rule(
        "entities.name", "mistranslation", "accuracy/mistranslation/entity", "minor",
        "A name that translations keep has become another one.",
        _pair("it-pl", "Ieri Kowalsky ha vinto.", "Wczoraj Bergstrom wygrał."),
        _pair("it-pl", "Ieri Kowalsky ha vinto.", "Wczoraj wygrała drużyna Kowalsky’ego."),
    ),
    Rule(
        "consistency.target", "inconsistency", "terminology/inconsistent-use", "neutral",
        "A text that repeats in an earlier language is translated in different ways.",
        _pair(
            "it-pl",
            "Torna alla pagina iniziale.", "Wróć do strony głównej.",
            "Torna alla pagina iniziale.", "Powrót na początek.",
        ),
        _pair(
            "it-pl",
            "Torna alla pagina iniziale.", "Wróć do strony głównej.",
            "Torna alla pagina iniziale!", "Wróć do strony głównej!",
        ),
    ),
    Rule(
        "consistency.source", "inconsistency", "terminology/inconsistent-use", "neutral",
        "Texts that differ in an earlier language are the same in a later one.",
        _pair(
            "it-pl",
            "Torna alla pagina iniziale.", "Wróć do strony głównej.",
            "Il gatto dorme sul tetto.", "Wróć do strony głównej.",
        ),
        _pair(
            "it-pl",
            "Torna alla pagina iniziale.", "Wróć do strony głównej.",
            "Torna alla pagina iniziale.", "Wróć do strony głównej.",
        ),
    ),
    Rule(
        "writing.letters", "misspelling", "linguistic-conventions/spelling", "major",
        "A text has none of the letters that its language has and ASCII has not.",
        _pair("it-pl", "È una strada gialla.", "To jest zolta droga i nie mozna nia isc."),
        _pair("it-pl", "È una strada gialla.", "To jest żółta droga i nie można nią iść."),
    ),
    Rule(
        "writing.accent", "misspelling", "linguistic-conventions/spelling", "minor",
        "A word has a wrong accent, an apostrophe in its place, or lacks its own letters.",
        _pair("it-pl", "Il museo e' chiuso perchè piove.", "Muzeum jest zamknięte, bo pada."),
        _pair("it-pl", "Il museo è chiuso un po’ perché piove.", "Muzeum jest zamknięte, bo pada."),
    ),
    Rule(
        "writing.particle", "grammar", "linguistic-conventions/grammar", "minor",
        "A particle has the form that goes with a vowel behind a consonant, or the other way round.",
        _pair("it-ko", "Gli studenti leggono.", "학생들가 책를 읽는다."),
        _pair("it-ko", "Gli studenti leggono.", "학생들이 책을 읽는다."),
    ),
    Rule(
        "writing.full-width", "typographical", "linguistic-conventions/punctuation", "minor",
        "A mark, letter or digit is as wide as a Chinese character, where the language has narrow ones.",
        _pair("it-ko", "Il museo è chiuso.", "박물관은 닫혀 있다．"),
        _pair("it-ko", "Il museo è chiuso.", "박물관은 닫혀 있다."),
    ),
    Rule(
        "writing.capitals", "typographical", "linguistic-conventions/spelling", "minor",
        "A text begins with a small letter, is in capitals throughout, or gives a day or a people one.",
        _pair("it-pl", "Il museo apre ogni Martedì.", "Muzeum jest otwarte we wtorki."),
        _pair("it-pl", "Il museo apre ogni martedì.", "Muzeum jest otwarte we wtorki."),
    ),
    Rule(
        "writing.speech-level", "style", "style/register", "minor",
        "A sentence ends in another level of speech than nearly all others of the article.",
        _pair("it-ko", *_SPEECH, "Il bar è aperto.", "카페는 열려 있습니다."),
        _pair("it-ko", *_SPEECH, "Il bar è aperto.", "카페는 열려 있다."),
    ),
    Rule(
        "typography.brackets", "typographical", "linguistic-conventions/punctuation", "minor",
        "A bracket does not open or close, while those of another language do.",
        _pair("it-pl", "Il museo (chiuso) è qui.", "Muzeum (zamknięte jest tutaj."),
        _pair("it-pl", "a) Il museo (chiuso).", "a) Muzeum (zamknięte)."),
    ),
    Rule(
        "typography.quotes", "typographical", "linguistic-conventions/punctuation", "minor",
        "A quotation mark has no partner, while those of another language do.",
        _pair("it-pl", "Disse: «Va bene».", "Powiedział: „Dobrze."),
        _pair("it-pl", "Disse: «Va bene».", "Powiedział: „Dobrze”."),
    ),
    Rule(
        "typography.doubled-word", "duplication", "linguistic-conventions/grammar", "minor",
        "A word stands twice in a row in one language only.",
        _pair("it-pl", "Il museo è chiuso.", "Muzeum jest jest zamknięte."),
        _pair("it-pl", "Piano piano arrivò.", "Powoli powoli dotarł."),
    ),
    Rule(
        "typography.doubled-phrase", "duplication", "linguistic-conventions/grammar", "minor",
        "Two to seven words stand twice in a row, or in a loop, in one language only.",
        _pair("it-pl", "Il ponte nuovo è chiuso.", "Nowy most jest nowy most jest zamknięty."),
        _pair("it-ko", "Sale a poco a poco.", "한 걸음 한 걸음 오른다."),
    ),
    Rule(
        "typography.spacing", "whitespace", "linguistic-conventions/whitespace", "minor",
        "A space is missing, in the wrong place, or there are several in a row.",
        _pair("it-pl", "Il museo , oggi, è chiuso.", "Muzeum jest dziś zamknięte."),
        _pair("it-pl", "Il museo, oggi, è chiuso.", "Muzeum jest dziś zamknięte."),
    ),
    Rule(
        "typography.ending", "typographical", "linguistic-conventions/punctuation", "neutral",
        "One language has a mark at its end, and another ends in a word: something may have been cut off.",
        _pair(
            "it-pl",
            "Il museo è chiuso fino alla fine del mese.",
            "Muzeum będzie zamknięte aż do samego końca tego miesiąca",
        ),
        _pair("it-pl", "Il museo è chiuso.", "Muzeum zamknięte"),
    ),
    Rule(
        "typography.question", "typographical", "linguistic-conventions/punctuation", "minor",
        "One language ends in a question mark and another in a full stop.",
        _pair("it-pl", "Il museo è chiuso?", "Muzeum jest zamknięte."),
        _pair("it-pl", "Il museo è chiuso?", "Muzeum jest zamknięte?"),
    ),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.name: rule for rule in _RULES}
