"""Every script in Latin letters, roughly: what a name sounds like, so that its spellings can be compared.

Hangul goes jamo by jamo, kana by rows of the syllabary, Cyrillic letter by letter with the digraphs that
English has for Russian and Ukrainian sounds.
"""

import unicodedata

# In the order of Unicode; "_" is silence.
_INITIALS = "g kk n d tt r m b pp s ss _ j jj c k t p h"
_VOWELS = "a e ya ye o e yo ye o wa we we yo u wo we wi yu u ui i"
_FINALS = "k k k n n n t l k m l l l p l m p p t t n t t k t p t"
JAMO = {
    chr(start + i): sound.replace("_", "")
    for start, sounds in ((0x1100, _INITIALS), (0x1161, _VOWELS), (0x11A8, _FINALS))
    for i, sound in enumerate(sounds.split())
}

_HIRAGANA = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "た..てと", "n": "なにぬねの",
    "h": "はひ.へほ", "m": "まみむめも", "r": "らりるれろ", "y": "や.ゆ.よ", "w": "わゐ.ゑを",
}  # fmt: skip
_OTHER = {"ふ": "fu", "ち": "ci", "つ": "cu"}
_SMALL = {
    "ぁ": "a",
    "ぃ": "i",
    "ぅ": "u",
    "ぇ": "e",
    "ぉ": "o",
    "ゃ": "ya",
    "ゅ": "yu",
    "ょ": "yo",
    "ん": "n",
    "っ": "",
}
_VOICED = {"k": "g", "s": "z", "t": "d", "c": "z", "h": "b", "f": "b"}
_VOICE, _HALF_VOICE, _LONG = "\u3099", "\u309a", "ー"
KANA = (
    _SMALL
    | _OTHER
    | {
        kana: consonant + vowel
        for consonant, row in _HIRAGANA.items()
        for kana, vowel in zip(row, "aiueo", strict=True)
        if kana != "."
    }
)

_CYRILLIC_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_CYRILLIC_SOUNDS = "a b v g d e yo zh z i y k l m n o p r s t u f kh c ch sh sh _ i _ e yu ya i yi ye g u"
CYRILLIC = dict(zip(_CYRILLIC_LETTERS, _CYRILLIC_SOUNDS.split(), strict=True))

LATIN = {"ł": "w", "ı": "i", "ß": "ss", "ø": "o", "æ": "e", "œ": "e", "đ": "d"}

_LETTERS = JAMO | {letter: sound.replace("_", "") for letter, sound in (CYRILLIC | LATIN).items()}


def romanise(text: str) -> str:
    """A text in Latin letters, letter by letter without regard to neighbours; everything decomposed (NFD)."""
    if any("\u3040" <= char <= "\u30ff" for char in text):
        text = _kana(text)
    text = "".join(_LETTERS.get(char, char) for char in text)
    return "".join(_LETTERS.get(char, char) for char in unicodedata.normalize("NFD", text))


def _kana(text: str) -> str:
    """Kana as syllables: a small vowel takes the place of the one before it (ファ is "fa")."""
    result = ""
    for char in unicodedata.normalize("NFD", text):
        kana = chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char
        syllable = KANA.get(kana)
        if char == _VOICE:
            result = result[:-2] + _VOICED.get(result[-2:-1], "v" if result[-1:] == "u" else "") + result[-1:]
        elif char == _HALF_VOICE:
            result = result[:-2] + "p" + result[-1:]
        elif syllable is None:
            result += "" if char == _LONG else char
        elif kana in _SMALL and syllable and kana != "ん" and result[-1:] in ("i", "u", "e", "o"):
            result = result[:-1] + syllable
        else:
            result += syllable
    return result
