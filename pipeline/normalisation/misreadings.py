"""Letters that were read with the wrong table of single bytes: `mi³o` for `miło`, `cittŕ` for `città`.

Such a text has no trace of its bytes but the letters themselves, so only the words tell. It shows by signs
inside words; it is repaired if another reading of the same bytes makes much likelier words of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from pipeline.languages import known_languages

CERTAIN = 10.5
"""Nats of evidence that make a reading certain.

Of 6,000 sound lines with one to six bytes damaged at random, 8 reach it; a misread line of three words with
accents does.
"""
PER_LETTER = 2.4  # nats: one letter in eleven that a table may put in a place is in a language's alphabet
STRAYS = 0.05  # share of accented letters that a text may borrow from other alphabets
WHOLLY = 0.7  # share of a text's letters that are Cyrillic if it was: a few accented words may look so too
SAMPLE = 4_000  # characters of a text whose words are looked at

_READ_AS = ("cp1252", "latin-1", "cp1250", "iso8859-2", "mac_roman", "cp437", "cp850")
_WRITTEN_IN = (
    "cp1250",
    "iso8859-2",
    "cp1252",
    "mac_roman",
    "mac_latin2",
    "cp850",
    "cp852",
    "cp1251",
    "koi8-r",
    "koi8-u",
    "cp866",
    "mac_cyrillic",
    "iso8859-5",
)

_LOWER = "a-zß-öø-ÿāăąćĉčďđēĕėęěğģħīįķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżž"
_CAPITALS = "À-ÖØ-ÞĀĂĄĆĊČĎĐĒĖĘĚĞĢĦĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŞŠŢŤŪŬŮŰŲŸŹŻŽ"
_INSIDE = "¢£¤¥¦§¨©¬®¯±²³¶¸¹¼½¾¿¡×÷ˆˇ˘˙˛˜˝‚„†‡‰•ÿ⌐∙≤≥─-╿"
_AT_EDGE = "¢¤¥¦¨¬¯±¶¸¼½¾ˇ˘˙˛˝†‡‰"
ODD_LETTERS = re.compile(
    f"[{_INSIDE}{_CAPITALS}Ͱ-ϿЀ-ӿ]"  # one class in front makes the search fast
    f"(?:(?<=[{_INSIDE}])(?:(?<=[{_LOWER}].)(?=[{_LOWER}]))(?:(?<=[{_LOWER}][{_LOWER}].)|(?=[{_LOWER}]{{2}}))"
    f'|(?<=[{_AT_EDGE}])(?:(?<![^\\s(„“"«].)(?=[{_LOWER}]{{2}})|(?<=[{_LOWER}]{{2}}.)(?![^\\s,.;:!?)”"»]))'
    f"|(?<=ÿ)(?<=[{_LOWER}]{{2}}.)"
    f"|(?<=[{_CAPITALS}])(?<=[{_LOWER}].)(?=[{_LOWER}])"
    f"|(?<=[Ͱ-ϿЀ-ӿ])(?:(?<=[a-z].)|(?=[a-z])))"
)
"""A sign or a capital inside a word of small letters, or letters of two alphabets in one word.

What authors write there on purpose is left out: apostrophes and accents typed for them, middle dots, degree
and ordinal signs, dashes, raised digits at the end of a unit or before a note.
"""
_STAND_IN = re.compile(
    r"[čČŕěůńż](?:(?<=ń)(?=[aeou])|(?<=ż)(?<!\wż)(?=qu)"
    r"|(?<=[čČŕěů])(?!\w)(?:(?<=[čČ])(?<!\w.)(?<![.'’-].)(?![.'’-])|(?<=[a-z]{2}ŕ)|(?<=[a-z]{2}[ěů])))"
)
_WORD_BEFORE = re.compile(r"[^\W\d_]{0,30}\Z")
_ODD = re.compile(f"[{_INSIDE}\x80-\x9f]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s'’‑·\x00-\x7f](?=[^\W\d_])")
_CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
"""The alphabets of Russian and Ukrainian, of which all letters are beyond ASCII."""
_CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
_QUOTES = "„“”‘’«»–—…¿¡"
_TRACE = re.compile(  # one class in front makes the search fast
    "[À-ÖØ-öø-žˇ\x80-\x84\x86-\x9f](?:(?<=[ŕůňě\x80-\x84\x86-\x9f])|(?<=ń)(?=[aeou])|(?<=ă)(?=o)|(?<=ő)(?=e)"
    r"|(?<=[żˇ])(?<!\w.)(?=[A-Zq])|(?<=[À-ÖØ-öø-ž])[À-ÖØ-öø-ž]{4})"
)
"""Letters that stand for the accented vowels of Western languages in Central European tables; controls; words
of nothing but accented letters, as Cyrillic ones look; letters that stand for those of Spanish or Portuguese
where no Central European language has them."""


def stand_ins(text: str) -> Iterator[int]:
    """Yield the places of Central European letters that stand for Western ones: `č`, `cittŕ`, `piů`, `seńor`.

    No word is just `č` or ends in `ŕ`, no vowel follows `ń`, and only in Czech do words other than names end
    in `ě` and `ů`.
    """
    for match in _STAND_IN.finditer(text):
        place = match.start()
        word = _WORD_BEFORE.search(text, max(0, place - 30), place)
        if match[0] in "čČŕńż" or (word and word[0].islower()):
            yield place


def has_traces(text: str) -> bool:
    """Return whether a text may have been read with a wrong table of single bytes."""
    return (
        not text.isascii()
        and (ODD_LETTERS.search(text) or _TRACE.search(text) or _STAND_IN.search(text)) is not None
    )


def reader(text: str) -> Callable[[str], str] | None:
    """Return a function that reads the letters of a text with the right table; None if that is not certain.

    The evidence is how much likelier the words are than those of the text without its odd letters (an odd
    letter may also be a damaged one, and then any letter in its place would be likelier), and that all
    letters that change are in one language's alphabet afterwards.
    """
    if not has_traces(text):
        return None
    from pipeline.detection.plausibility import plausibility  # loads langdetect's profiles

    sample = text[:SAMPLE]
    tried: dict[str, Mapping[int, str]] = {}
    for table in _tables():
        read = sample.translate(table)
        if read not in tried and read != sample and _is_possible(sample, read):
            tried[read] = table
    if not tried:
        return None
    best = max(tried, key=plausibility)
    gain = plausibility(best) - plausibility(_ODD.sub("", ODD_LETTERS.sub("", sample)))
    letters = {  # Cyrillic ones are no evidence: most bytes are letters in a Cyrillic table
        after
        for before, after in zip(sample, best, strict=True)
        if before != after and after.isalpha() and not "Ѐ" <= after <= "ӿ"
    }
    if gain + PER_LETTER * len(letters) < CERTAIN:
        return None
    return partial(_translate, tried[best])


def _translate(table: Mapping[int, str], text: str) -> str:
    return text.translate(table)


def _is_possible(text: str, read: str) -> bool:
    """Return whether a reading leaves nothing odd and has the letters of one alphabet."""
    if ODD_LETTERS.search(read) or _SIGN_INSIDE.search(read):
        return False
    cyrillic = len(_CYRILLIC_LETTER.findall(read))
    if cyrillic and cyrillic < WHOLLY * sum(map(str.isalpha, read)):
        return False
    pairs = {(before, after) for before, after in zip(text, read, strict=True) if before != after}
    if any(before.isalpha() and not after.isalpha() and after not in _QUOTES for before, after in pairs):
        return False
    letters = Counter(letter for letter in _NON_ASCII.findall(read) if letter.isalpha())
    changed = {after for _, after in pairs if after.isalpha()}
    for alphabet in _alphabets():
        strays = sum(count for letter, count in letters.items() if letter not in alphabet)
        if changed and changed <= alphabet and strays <= STRAYS * letters.total():
            return True
    return False


def reread_line(line: str) -> str:
    """Return a line read with the right table, or the line itself if that is not certain."""
    function = reader(line)
    return function(line) if function else line


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    """Return the accented letters of each language, small and capital."""
    accented = filter(None, (language.accented for language in known_languages()))
    return tuple(frozenset(letters + letters.upper()) for letters in (*accented, *_CYRILLIC))


@cache
def _tables() -> tuple[Mapping[int, str], ...]:
    """Return what each letter should have been, for every pair of a wrong and a right table."""
    return tuple(
        table
        for wrong in _READ_AS
        for right in _WRITTEN_IN
        if wrong != right and (table := _table(wrong, right))
    )


def _table(wrong: str, right: str) -> Mapping[int, str]:
    pairs = ((_misread(value, wrong), _letter(value, right)) for value in range(0x80, 0x100))
    return {ord(was): should for was, should in pairs if was and should and was != should}


def _letter(value: int, table: str) -> str:
    """Return what a byte means in a table, "" if nothing."""
    return bytes([value]).decode(table, "ignore")


def _misread(value: int, table: str) -> str:
    """Return what a byte becomes in a table; Windows passes unused bytes on as controls."""
    return _letter(value, table) or (chr(value) if table.startswith("cp125") else "")
