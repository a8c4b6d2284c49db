"""Language detection by script, then by langdetect's profiles; documents before paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.detection.ngrams import NgramTable, ngram_table, profiled_languages
from pipeline.detection.words import listed_languages, word_table
from pipeline.errors import SettingError
from pipeline.languages.codes import unknown_language
from pipeline.languages.marks import PLACEABLE


class Detection(NamedTuple):
    """The language of a document; "" if there is too little text to tell."""

    language: str
    confidence: float  # 0..1


class Script(NamedTuple):
    """A writing system: its letters, its languages, and the weight of a letter.

    A Hangul syllable or an ideograph carries as much text as two or three Latin letters.
    """

    letters: re.Pattern[str]
    languages: tuple[str, ...]
    weight: int = 1


def _script(ranges: str, languages: str, weight: int = 1) -> Script:
    return Script(re.compile(f"[{ranges}]+"), tuple(languages.split()), weight)


LATIN = _script(
    "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ",
    "af ca cs cy da de en es et fi fr hr hu id it lt lv nl no pl pt ro sk sl so sq sv sw tl tr vi",
)
SCRIPTS = (
    LATIN,
    _script("가-힣ᄀ-ᇿㄱ-ㆎ", "ko", 3),
    _script("\u3041-\u30ff\uff66-\uff9f", "ja", 2),
    _script("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "zh-cn zh-tw", 3),
    _script("\u0370-\u03ff\u1f00-\u1fff", "el"),
    _script("\u0400-\u052f", "bg mk ru uk"),
    _script("\u0590-\u05ff", "he"),
    _script("\u0600-\u06ff\u0750-\u077f", "ar fa ur"),
    _script("\u0900-\u097f", "hi mr ne"),
    _script("\u0980-\u09ff", "bn"),
    _script("\u0a00-\u0a7f", "pa"),
    _script("\u0a80-\u0aff", "gu"),
    _script("\u0b80-\u0bff", "ta"),
    _script("\u0c00-\u0c7f", "te"),
    _script("\u0c80-\u0cff", "kn"),
    _script("\u0d00-\u0d7f", "ml"),
    _script("\u0e00-\u0e7f", "th"),
)
_KANA, _HAN = 2, 3  # among the scripts
IDEOGRAPHS = _script("\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff", "zh-cn zh-tw ja")
"""What Chinese and Japanese share, where n-grams have to tell them apart."""
KANA_SHARE = 0.3  # kana for each ideograph, of which a text with more is Japanese
IDEOGRAPHS_PER_RUN = 12  # the same for each run of kana; news has 2 to 6, and a sentence with a name 20
LATIN_NAME_WEIGHT = 0.2  # of letters in capitalised words: names and terms occur in texts of every script
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2c00-\u2dff\u3041-\ud7ff\uf900-\ufdff\uff66-\uffdc]")

KEY = 40  # least length of a token of letters and digits that is a key, not a word
_NO_WORD = re.compile(
    r"://|^www\.|@\w+\.|\w\.\w|^data:"  # addresses, domain and file names, embedded files
    r"|[$=_{}<>\\|]|::|\w:/|/\w+/"  # tags, code and paths
    rf"|^[A-Za-z0-9+/;,%&-]{{{KEY},}}"
)
"""Matches tokens whose letters belong to no language."""
_SUSPECT = re.compile(
    r"[/@$=_{}<>\\|.:](?:(?<![.:])|(?<=\.)\w|(?<=:):)"
)  # starts with a single class, which `re` searches fast

_PLACEABLE = re.compile(PLACEABLE)

_IDENTIFIER = re.compile(r"[a-z][A-Z]")  # "ItemGroup": a name in every language

_UNSPACED_EDGE = re.compile(
    "(?<=[\u3041-\u30ff\u3400-\u9fff])(?=[!-~])|(?<=[!-~])(?=[\u3041-\u30ff\u3400-\u9fff])"
)  # of an address or a number between words without spaces

_WORD = re.compile(r"[^\W\d_]{2,}")
_HEADING_WORD = re.compile(r"\A\W*[^\W\d_][a-zß-öø-ÿ]{6,}\W*")
_LOWER_BEYOND = "".join(letter for letter in map(chr, range(0x100, 0x250)) if letter.islower())
_LOWER_WORD = re.compile(rf"\b[a-zß-öø-ÿ{_LOWER_BEYOND}]{{2,}}\b")

# Evidence is in nats. The margins were set on help articles full of English product names and on news, where
# they flag almost only lines that are English (benchmarks/front.py prints the results).
SAMPLE, PIECES = 6_000, 8  # characters sampled from a document, and the number of pieces they come in
CONFIGURED_HEADSTART = 6.0  # lead that a language needs if it is not configured
UNLISTED_HANDICAP = 3.0  # what it needs beyond that if its common words are not known
CLEAR_LEAD = 12.0  # lead of the n-grams that makes looking at the words needless
MIN_UNCONFIGURED_LETTERS = 12  # least letters of a document for a language that is not configured
DOUBTFUL_LETTERS = 40  # letters of a document below which such a language needs
UNCONFIGURED_CONFIDENCE = 0.9  # this confidence; names alone have less
RUNNING_LETTERS = 10  # least letters in words without capitals that make running text
FOREIGN_MARGIN = 3.0  # lead over the document's language that makes running text foreign
FOREIGN_MARGIN_PER_LETTER = 0.25  # the same for each letter, so one foreign term is not enough
HEADING_MARGIN = 4.3  # the same for a line of capitalised words
WORD_MARGIN = 2.0  # lead that the lower-case words of such a line need as well
LONE_WORD_MARGIN = 6.0  # lead for a line of one word
LONE_MARGIN = 0.3  # least lead of the best language if the document's is unknown
MAX_TEXT = 10_000  # characters of a paragraph that are used, as in langdetect
BATCH = 500_000  # characters of paragraphs classified at once, to bound the memory
MIN_LETTERS = 2  # least letters of a document


class LanguageDetector:
    """Distinguishes the configured languages from each other and from langdetect's other languages."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Raise `SettingError` for a code that langdetect does not know."""
        unknown = sorted(set(languages) - profiled_languages())
        if unknown:
            raise SettingError(unknown_language(unknown[0]))
        self.languages = tuple(languages)

    def document(self, paragraphs: Sequence[str]) -> Detection:
        """Return the main language of the text, which need not be a configured one."""
        return self._document(list(map(_words_only, paragraphs)))

    def article(self, paragraphs: Sequence[str]) -> tuple[Detection, list[str]]:
        """Return the language of a document and of each of its paragraphs in one pass."""
        texts = list(map(_words_only, paragraphs))
        detection = self._document(texts)
        return detection, self._paragraphs(texts, detection.language)

    def _document(self, texts: Sequence[str]) -> Detection:
        sample = _sample(" ".join((*texts, "")))
        script = _main_script(sample)
        if script is None:
            return Detection("", 0.0)
        if len(script.languages) == 1:
            return Detection(script.languages[0], 1.0)
        return self._of_profiles(sample, script)

    def paragraph(self, text: str, document_language: str) -> str:
        """Return the language of one paragraph; "" if it has no words."""
        return self.paragraphs([text], document_language)[0]

    def paragraphs(self, texts: Sequence[str], document_language: str) -> list[str]:
        """Return the language of each paragraph of one document, in one pass.

        A paragraph gets its document's language unless there is strong evidence for another. If the
        document's language is "", the configured languages are compared. Digits, signs and addresses get "".
        """
        return self._paragraphs(list(map(_words_only, texts)), document_language)

    def _paragraphs(self, texts: Sequence[str], document_language: str) -> list[str]:
        if _BEYOND_LATIN.search(" ".join(texts)):
            own = _script_of(document_language)
            rivals = own is not None and len(self._candidates(document_language, own)) > 1
            out = [self._by_script(text, document_language, own, rivals) for text in texts]
        else:
            out = [LATIN if _WORD.search(text) else "" for text in texts]
        for script in dict.fromkeys(found for found in out if isinstance(found, Script)):
            undecided = [number for number, found in enumerate(out) if found is script]
            for batch in _batches(undecided, texts):
                by_profile = self._by_profile([texts[number] for number in batch], document_language, script)
                for number, language in zip(batch, by_profile, strict=True):
                    out[number] = language
        if document_language:
            foreign = (number for number, found in enumerate(out) if found not in ("", document_language))
            named = [number for number in foreign if _IDENTIFIER.search(texts[number])]
            rest = [_without_identifiers(texts[number]) for number in named]
            for number, found in zip(
                named, self._paragraphs(rest, document_language) if named else [], strict=True
            ):
                out[number] = found or document_language
        return [found for found in out if isinstance(found, str)]

    def _by_script(self, text: str, document_language: str, own: Script | None, rivals: bool) -> str | Script:
        """Return the language implied by the script; "" without words, the script if several are possible.

        `own` is that of the document's language, and `rivals` says whether others have it too.
        """
        if not _BEYOND_LATIN.search(text):
            return LATIN if _WORD.search(text) else ""
        if document_language in IDEOGRAPHS.languages and IDEOGRAPHS.letters.search(text):
            return self._of_ideographs(text, document_language)
        if own is not None and own is not LATIN and own.letters.search(text):
            return own if rivals else document_language  # names in another script do not make it foreign
        script = _main_script(text)
        if script is None:
            return ""
        if len(script.languages) == 1:
            return script.languages[0]
        if script is LATIN:
            return LATIN
        if document_language in script.languages:
            return document_language
        return self._of_profiles(text, script).language

    def _of_ideographs(self, text: str, document_language: str) -> str | Script:
        """Return what a text with ideographs or kana is in a document in Chinese or Japanese.

        A Japanese heading may have no kana, a Chinese paragraph may have those of a name.
        """
        kana = SCRIPTS[_KANA].letters.search(text) is not None
        if document_language != "ja":
            japanese = kana and _main_script(text) is SCRIPTS[_KANA]
            own = SCRIPTS[_HAN]
        else:
            japanese, own = kana, IDEOGRAPHS
        if japanese:
            return "ja"
        return own if len(self._candidates(document_language, own)) > 1 else document_language

    def _by_profile(self, texts: Sequence[str], document_language: str, script: Script) -> list[str]:
        """Return the language of each paragraph of one script by its n-grams."""
        if document_language and document_language not in script.languages:
            return [self._foreign_running_text(text, document_language) for text in texts]
        table = ngram_table(script.languages)
        candidates = self._candidates(document_language, script)
        if not candidates:
            return [document_language] * len(texts)
        if document_language:
            return self._foreign(texts, table, candidates, document_language)
        if len(candidates) == 1:
            return [candidates[0]] * len(texts)
        evidence = table.evidence(texts, candidates).all
        _add_words(evidence, texts, candidates)
        ranked = np.sort(evidence, axis=1)
        clear = (ranked[:, -1] - ranked[:, -2] > LONE_MARGIN).tolist()
        best = evidence.argmax(axis=1).tolist()
        return [candidates[number] if sure else "" for number, sure in zip(best, clear, strict=True)]

    def _foreign(
        self, texts: Sequence[str], table: NgramTable, candidates: tuple[str, ...], document_language: str
    ) -> list[str]:
        """Return the language of each paragraph: the document's unless it is clearly in another.

        Names and terms look the same in every language. Capitalised words therefore do not count if there are
        enough others, and otherwise need the support of at least one lower-case word.
        """
        evidence = table.evidence(texts, candidates)
        own = candidates.index(document_language)
        out = [document_language] * len(texts)
        plain = evidence.plain - evidence.plain[:, own : own + 1]
        whole = evidence.all - evidence.all[:, own : own + 1]
        doubtful = np.flatnonzero((plain > FOREIGN_MARGIN).any(axis=1) | (whole > HEADING_MARGIN).any(axis=1))
        for number in doubtful.tolist():  # usually none or few
            letters = int(evidence.plain_letters[number])
            if letters >= RUNNING_LETTERS:
                leads = plain[number] + word_table(candidates).leads(texts[number], document_language)
                foreign = _is_foreign_text(float(leads.max()), letters)
            else:
                leads = whole[number]
                foreign = _is_foreign_line(texts[number], float(leads.max()), float(plain[number].max()))
            if foreign:
                out[number] = candidates[int(leads.argmax())]
        return out

    def _candidates(self, document_language: str, script: Script = LATIN) -> tuple[str, ...]:
        """Return the candidate languages of a paragraph in a script.

        English is one of them because web pages often leave text in English untranslated. Further languages
        would only cause false positives on names and terms.
        """
        wanted = [*self.languages, document_language] + (["en"] if document_language else [])
        return tuple(code for code in dict.fromkeys(wanted) if code in script.languages)

    def _foreign_running_text(self, text: str, document_language: str) -> str:
        """Return the language of a Latin-script line in a document of another script.

        There is no likelihood of the document's own language to compare with, so the words decide:
        untranslated text has at least three lower-case words, a list of product names has none.
        """
        if len(_LOWER_WORD.findall(text)) < 3:
            return document_language
        candidates = self._candidates("en")
        evidence = ngram_table(LATIN.languages).evidence([text], candidates).plain
        _add_words(evidence, [text], candidates, plain=True)
        return candidates[int(evidence[0].argmax())]

    def _of_rare_ideographs(self, text: str, script: Script) -> Detection:
        """Return the only configured language of a text in which the profiles know hardly a letter."""
        own = [code for code in script.languages if code in self.languages]
        if script is SCRIPTS[_HAN] and len(own) == 1 and _count(script.letters, text) >= MIN_LETTERS:
            return Detection(own[0], 0.5)
        return Detection("", 0.0)

    def _of_profiles(self, text: str, script: Script) -> Detection:
        """Return the likeliest language of a script; configured ones have a head start."""
        table = ngram_table(script.languages)
        evidence, letters = table.vocabulary_evidence(text)
        if letters < MIN_LETTERS:
            return self._of_rare_ideographs(text, script)
        configured = np.array([code in self.languages for code in table.languages])
        listed = np.array([code in listed_languages() for code in table.languages])
        evidence[~configured] -= CONFIGURED_HEADSTART
        evidence[~configured & ~listed] -= UNLISTED_HANDICAP
        _add_words(evidence[None], [text], table.languages)
        detection = _decide(table.languages, evidence)
        if detection.language in self.languages or not (script is LATIN or configured.any()):
            return detection
        doubtful = letters < DOUBTFUL_LETTERS and detection.confidence < UNCONFIGURED_CONFIDENCE
        return Detection("", 0.0) if doubtful or letters < MIN_UNCONFIGURED_LETTERS else detection


def _add_words(
    evidence: NDArray[np.float32], texts: Sequence[str], languages: tuple[str, ...], plain: bool = False
) -> None:
    """Add that of the words, in place, for each text of which the n-grams give no language a clear lead."""
    if len(languages) < 2:
        return
    ranked = np.sort(evidence, axis=1)
    for number in np.flatnonzero(ranked[:, -1] - ranked[:, -2] < CLEAR_LEAD).tolist():
        evidence[number] += word_table(languages).evidence(texts[number], plain)


def _is_foreign_text(lead: float, letters: int) -> bool:
    """Return whether running text with this lead for another language is in that language."""
    return lead > max(FOREIGN_MARGIN, FOREIGN_MARGIN_PER_LETTER * letters)


def _is_foreign_line(text: str, lead: float, small_words: float) -> bool:
    """Return whether a line of capitalised words with this lead for another language is in it."""
    if lead > HEADING_MARGIN and small_words > WORD_MARGIN:
        return True
    return lead > LONE_WORD_MARGIN and _HEADING_WORD.fullmatch(text) is not None


def _decide(languages: Sequence[str], evidence: NDArray[np.float32]) -> Detection:
    """Return the likeliest language and its posterior; "" if the posterior is below 0.5."""
    posterior = np.exp(evidence - evidence.max())
    posterior /= posterior.sum()
    best = int(posterior.argmax())
    confidence = float(posterior[best])
    if confidence < 0.5:
        return Detection("", confidence)
    return Detection(languages[best], round(confidence, 4))


def _script_of(language: str) -> Script | None:
    return next((script for script in SCRIPTS if language in script.languages), None)


def _main_script(text: str) -> Script | None:
    """Return the script with the largest weighted share of `text`; None without letters."""
    if not _BEYOND_LATIN.search(text):
        return LATIN if LATIN.letters.search(text) else None
    letters = np.bincount(_scripts_of(text), minlength=len(SCRIPTS)).tolist()
    weights: list[float] = [script.weight * letters[number] for number, script in enumerate(SCRIPTS)]
    if letters[_KANA] and _is_japanese(text, letters[_KANA], letters[_HAN]):  # which uses both
        weights[_KANA] += weights[_HAN]
        weights[_HAN] = 0
    latin, others = letters[0], max(weights[1:])
    if latin >= others:  # discount names and terms, which are in Latin script in any text
        running = _count(_LOWER_WORD, text)
        weights[0] = running + LATIN_NAME_WEIGHT * (latin - running)
    best = max(range(len(SCRIPTS)), key=weights.__getitem__)
    return SCRIPTS[best] if weights[best] else None


def _is_japanese(text: str, kana: int, ideographs: int) -> bool:
    """Return whether a text with so many letters of both kinds is Japanese, not Chinese with a Japanese name.

    A name has its kana in a row, Japanese has particles and endings all over.
    """
    runs = len(SCRIPTS[_KANA].letters.findall(text))
    return kana > KANA_SHARE * ideographs or runs * IDEOGRAPHS_PER_RUN > ideographs


_UNSEEN = 0xFF
_script_numbers: NDArray[np.uint8] = np.full(0x10000, _UNSEEN, np.uint8)
"""The index in `SCRIPTS` of each code point's script, `len(SCRIPTS)` for none; filled in on demand."""


def _scripts_of(text: str) -> NDArray[np.uint8]:
    """Return the index in `SCRIPTS` of each character's script, `len(SCRIPTS)` for none."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    numbers = _script_numbers.take(points, mode="clip")
    if numbers.max() == _UNSEEN:
        for point in np.unique(np.minimum(points[numbers == _UNSEEN], 0xFFFF)).tolist():
            found = (number for number, script in enumerate(SCRIPTS) if script.letters.match(chr(point)))
            _script_numbers[point] = next(found, len(SCRIPTS))
        numbers = _script_numbers.take(points, mode="clip")
    return numbers


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def _sample(text: str) -> str:
    """Return a short text whole and evenly spaced pieces of a long one, which may begin with a menu."""
    if len(text) <= SAMPLE:
        return text
    size = SAMPLE // PIECES
    starts = (len(text) * piece // PIECES for piece in range(PIECES))
    return "".join(text[start : start + size] for start in starts)


def _batches(numbers: Sequence[int], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the numbers of texts in batches of about `BATCH` characters."""
    batch: list[int] = []
    size = 0
    for number in numbers:
        batch.append(number)
        size += len(texts[number])
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _words_only(text: str) -> str:
    """Return the first `MAX_TEXT` characters of a text, without addresses, code and the like."""
    text = text[:MAX_TEXT]
    if not _SUSPECT.search(text):
        return text
    if "{" in text:
        text = _PLACEABLE.sub(" ", text)
    return " ".join(token for token in _UNSPACED_EDGE.sub(" ", text).split() if _is_word(token))


def _without_identifiers(text: str) -> str:
    return " ".join(token for token in text.split() if not _IDENTIFIER.search(token))


def _is_word(token: str) -> bool:
    return (token.isalpha() and len(token) < KEY) or not _NO_WORD.search(token)
