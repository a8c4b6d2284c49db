"""A score for how much a text looks like a language, for choosing between decodings of the same bytes."""

from __future__ import annotations

import re

import numpy as np
from langdetect.utils.ngram import NGram

from pipeline.detection.detector import LATIN, SCRIPTS, Script
from pipeline.detection.ngrams import SMOOTHING, ngram_table

# All figures are in nats. They were set on news and help articles in Italian, Korean and Polish, whole and
# cut to 80 characters, in each of their legacy encodings (benchmarks/front.py prints the results).
CHANCE = float(np.log(SMOOTHING))  # log likelihood of an n-gram not seen in a language
ABSENT = CHANCE - 2.5  # of one not seen in any language of the script
ODD = -8.0  # a sign inside a word, a control character, a capital after a lower-case letter, mixed scripts
SYLLABLE, RARE_SYLLABLE = 2.0, -1.0  # common Hangul, and the other 8,800 syllables
IDEOGRAPH, RARE_IDEOGRAPH = 1.0, -1.0  # kana and the ideographs of the first level of a standard; others
KANA_SHARE = 0.1  # of a text's letters, from which it is Japanese
PUNCTUATION = 0.5  # quotes and dashes in plausible positions
DOUBTFUL = ODD / 2  # a score at or below this rejects a decoding
MAX_DOUBT = -30.0  # limit of the penalty for a language that does not fit the rest of the text
SAMPLE = 4_000  # characters of a text used to detect its language
MAX_WORDS = 1_000

_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_PUNCTUATION = re.compile(
    "(?<!\\w)[„“”‘’«»–—…•·€£§©®™°\u00a0\u3000]+"
    "|[“”’»«…™®°–—€·\u00a0\u3000、。，！？]+(?!\\w)"
    "|(?<=\\w)[’‘–—](?=\\w)"
    "|(?<=[\u3041-\u30ff\u3400-\u9fff])[、。，！？：；」』）》“”…・]+"
    "|[「『（《“]{1,9}(?=[\u3041-\u30ff\u3400-\u9fff])"
)
_CAPITALS = "".join(letter for letter in map(chr, range(0xC0, 0x250)) if letter.isupper())
_ODD = re.compile(
    r"[^\w\s!-/:-@\[-`{-~]|[\x80-\x9f\ue000-\uf8ff\ufffd²³¹ªº¼½¾_]"
    rf"|[a-zà-öø-ÿ][{_CAPITALS}]"
)
_MIXED = re.compile(
    r"[a-zA-Z][^\x00-\u024f]+[a-zA-Z]|(?<![a-zA-Z])[^\x00-\u024f]{1,99}[a-z]|[a-zA-Z]{1,99}[^\x00-\u024f가-힣ぁ-ヿ]"
)
_ASCII = re.compile(r"[\x00-\x7f]+")
_HANGUL, _KANA, _HAN = SCRIPTS[1:4]


def plausibility(text: str) -> float:
    """Return how likely the non-ASCII words are in their best language, in nats over chance."""
    found = [word for word in _WORD.findall(_PUNCTUATION.sub(" ", text)) if not word.isascii()][:MAX_WORDS]
    if not found:
        return PUNCTUATION * len(_PUNCTUATION.findall(text))
    words = " ".join(found)
    letters = {script: _count(script, _ASCII.sub(" ", words)) for script in SCRIPTS}
    main = max(letters, key=lambda script: letters[script])
    odd = len(_ODD.findall(words)) + len(_MIXED.findall(words)) + _strays(letters, main, text)
    if main in (_HANGUL, _KANA, _HAN):
        return ODD * odd + _characters(_ASCII.sub("", words))
    return ODD * odd + _fit(words, text, main)


def _count(script: Script, text: str) -> int:
    return sum(map(len, script.letters.findall(text)))


def _strays(letters: dict[Script, int], main: Script, text: str) -> int:
    """Count the letters whose script does not go with the rest of the text."""
    strays = sum(letters.values()) - letters[main]
    if main in (_KANA, _HAN):
        strays -= letters[_KANA] + letters[_HAN] - letters[main]  # Japanese uses both
    if main not in (LATIN, _HANGUL, _KANA, _HAN) and _count(LATIN, text) > letters[main]:
        strays += letters[main]  # lone words of another alphabet are implausible in a Latin-script text
    return strays


def _fit(words: str, text: str, script: Script) -> float:
    """Return how likely the non-ASCII letters are; the ASCII ones are the same in all decodings."""
    table = ngram_table(script.languages)
    rows, _ = table.rows(words)
    rows = rows[:, [letter >= "\x80" for letter in words]]
    likelihood = table.log_likelihood[rows]
    likelihood[rows == table.unknown] = ABSENT
    fit = (likelihood - CHANCE).sum(axis=(0, 1)) / NGram.N_GRAM
    whole, _ = table.vocabulary_evidence(text[:SAMPLE])
    return float((fit + np.maximum(whole - whole.max(), MAX_DOUBT)).max())


def _characters(text: str) -> float:
    """Return how likely syllables, ideographs and kana are in the language that they fit best."""
    kana = _count(_KANA, text)
    ideographs = "".join(_HAN.letters.findall(text))
    score = IDEOGRAPH * kana + sum(map(_syllable, _HAN.letters.sub("", _KANA.letters.sub("", text))))
    if not ideographs:
        return score
    standards = _JAPANESE if kana > KANA_SHARE * (kana + len(ideographs)) else _CHINESE
    return score + max(sum(_ideograph(letter, *standard) for letter in ideographs) for standard in standards)


_JAPANESE = (("shift_jis", 0x88, 0x98),)
_CHINESE = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6))
"""Codecs, and the first bytes of the 3,000 to 5,400 everyday ideographs in each, its first level."""


def _ideograph(letter: str, codec: str, first: int, last: int) -> float:
    code = letter.encode(codec, "ignore")
    return IDEOGRAPH if code and first <= code[0] <= last else RARE_IDEOGRAPH


def _syllable(letter: str) -> float:
    if "가" <= letter <= "힣":
        everyday = len(letter.encode("euc-kr", "ignore")) == 2  # the codec writes the others in 8 bytes
        return SYLLABLE if everyday else RARE_SYLLABLE
    return ODD
