"""Synthetic translation errors, injected into correct translations to measure the recall of the checks."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.languages import facts

Unit = dict[str, str]

_LONG_UNSPACED = 20  # characters of a text that is cut in half, where eight words cannot be counted


@dataclass(frozen=True)
class Situation:
    """A row to inject an error into, with material for the error."""

    unit: Unit
    source: str
    target: str
    stranger: Unit  # a unit of another document
    neighbour: Unit  # an adjacent row

    @property
    def text(self) -> str:
        """The text to inject the error into."""
        return self.unit[self.target]


@dataclass(frozen=True)
class Injection:
    """An error: `break_row` returns the row with the error, or None if it does not apply."""

    name: str
    rules: tuple[str, ...]  # prefixes of the rules that should find it
    break_row: Callable[[Situation, random.Random], Unit | None]
    batches: int = 1
    """Number of batches that pairs of rows are spread over; each is checked with only its own rows broken,
    because some checks compare a row with the others."""


def _with(situation: Situation, text: str) -> Unit | None:
    return None if text == situation.text else situation.unit | {situation.target: text}


def change_number(situation: Situation, rng: random.Random) -> Unit | None:
    """Change one digit."""
    digits = list(re.finditer(r"\d", situation.text))
    if not digits:
        return None
    match = rng.choice(digits)
    number = rng.choice([digit for digit in "123456789" if digit != match[0]])
    return _with(situation, situation.text[: match.start()] + number + situation.text[match.end() :])


def drop_number(situation: Situation, rng: random.Random) -> Unit | None:
    """Drop the first number."""
    return _with(situation, re.sub(r"\d[\d.,]*\s?", "", situation.text, count=1))


def change_unit(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace a unit or currency with another."""
    swaps = [
        ("유로", "달러"),
        ("달러", "유로"),
        ("파운드", "유로"),
        ("euro", "dollari"),
        ("dollari", "euro"),
        ("km", "cm"),
    ]
    swaps += [
        ("sterline", "dollari"),
        ("USD", "EUR"),
        ("dolarów", "euro"),
        ("funtów", "dolarów"),
        ("kg", "g"),
    ]
    swaps += [("pounds", "dollars"), ("dollars", "euros"), ("miles", "metres"), ("metres", "centimetres")]
    swaps += [("킬로미터", "미터"), ("metri", "centimetri"), ("metrów", "centymetrów"), ("마일", "미터")]
    for unit, other in swaps:
        text = re.sub(
            rf"(\d[\d.,]*\s?(?:milion\w* (?:di )?|mln |mld |[만억]+\s?)?){unit}(?![a-z])",
            rf"\g<1>{other}",
            situation.text,
        )
        if text != situation.text:
            return _with(situation, text)
    return None


def mark_number(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace the first number with a machine translation placeholder."""
    return _with(situation, re.sub(r"\d+(?:[.,]\d+)*", "XNUMX", situation.text, count=1))


def copy_source(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace the translation with the source."""
    source = situation.unit[situation.source]
    return _with(situation, source) if len(source.split()) >= 4 else None


def other_language(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace the translation with a third language."""
    third = [language for language in situation.unit if language not in (situation.source, situation.target)]
    return _with(situation, situation.unit[third[0]]) if third and len(situation.text) > 20 else None


def misread(situation: Situation, rng: random.Random) -> Unit | None:
    """Decode UTF-8 as a single-byte encoding."""
    encoding = rng.choice(["cp1252", "latin-1", "cp1250"])
    try:
        return _with(situation, situation.text.encode("utf-8").decode(encoding))
    except UnicodeError:
        return _with(situation, situation.text.encode("utf-8").decode("latin-1"))


def lose_character(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace one character with U+FFFD."""
    place = rng.randrange(len(situation.text))
    return _with(situation, situation.text[:place] + "\ufffd" + situation.text[place + 1 :])


def drop_half(situation: Situation, rng: random.Random) -> Unit | None:
    """Drop the second half of the words, or of the characters where no spaces are between words."""
    if not facts(situation.target).spaced:
        text = situation.text
        return _with(situation, text[: len(text) // 2]) if len(text) >= _LONG_UNSPACED else None
    words = situation.text.split()
    return _with(situation, " ".join(words[: len(words) // 2])) if len(words) >= 8 else None


def add_sentence(situation: Situation, rng: random.Random) -> Unit | None:
    """Append a sentence of another document."""
    return _with(situation, situation.text + " " + situation.stranger[situation.target])


def swap_rows(situation: Situation, rng: random.Random) -> Unit | None:
    """Swap the translations of two adjacent rows."""
    return _with(situation, situation.neighbour[situation.target])


def other_text(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace the translation with a text of another document."""
    return _with(situation, situation.stranger[situation.target])


def break_url(situation: Situation, rng: random.Random) -> Unit | None:
    """Add a URL to every language, altered in the target."""
    url = f"https://example.org/{rng.randrange(1000)}/page?id={rng.randrange(1000)}"
    wrong = url.replace("/page", "/pagina")
    return {
        language: f"{text} ({wrong if language == situation.target else url})"
        for language, text in situation.unit.items()
    }


def replace_name(situation: Situation, rng: random.Random) -> Unit | None:
    """Replace a name found on both sides with an invented one."""
    name = r"(?<![.!?:“„”\"»-])(?<=\s)[A-Z][a-z]{4,}(?![\w-])"
    shared = set(re.findall(name, situation.text)) & set(re.findall(name, situation.unit[situation.source]))
    if not shared:
        return None
    syllables = ["ber", "lin", "oko", "thor", "vas", "mor", "del", "gra", "hul", "fen", "win", "tas"]
    other = "".join(rng.choices(syllables, k=2)).capitalize() + rng.choice(
        ["strom", "dale", "quez", "bury", "son"]
    )
    return _with(situation, situation.text.replace(rng.choice(sorted(shared)), other))


def lose_mark(situation: Situation, rng: random.Random) -> Unit | None:
    """Drop one bracket or quotation mark."""
    marks = list(re.finditer(r"[()\[\]„”“«»]", situation.text))
    if not marks:
        return None
    match = rng.choice(marks)
    return _with(situation, situation.text[: match.start()] + situation.text[match.end() :])


def double_word(situation: Situation, rng: random.Random) -> Unit | None:
    """Repeat one word."""
    words = list(re.finditer(r"(?<=\s)[^\W\d_]{3,}(?=\s)", situation.text))
    if not words:
        return None
    match = rng.choice(words)
    return _with(situation, situation.text[: match.end()] + " " + match[0] + situation.text[match.end() :])


INJECTIONS = (
    Injection("number changed", ("numbers.",), change_number),
    Injection("number dropped", ("numbers.",), drop_number),
    Injection("unit or currency changed", ("numbers.",), change_unit),
    Injection("XNUMX", ("characters.placeholder",), mark_number),
    Injection("untranslated", ("language.",), copy_source),
    Injection("other language", ("language.",), other_language),
    Injection("mojibake", ("characters.mojibake", "characters.control"), misread),
    Injection("character lost", ("characters.replacement",), lose_character),
    Injection("half dropped", ("completeness.",), drop_half, batches=4),
    Injection("sentence added", ("completeness.",), add_sentence, batches=4),
    Injection("rows swapped", ("meaning.neighbour",), swap_rows, batches=4),
    Injection("text of another article", ("meaning.",), other_text, batches=8),
    Injection("URL broken", ("entities.",), break_url),
    Injection("name replaced", ("entities.",), replace_name, batches=8),
    Injection("quote or bracket lost", ("typography.",), lose_mark, batches=8),
    Injection("word doubled", ("completeness.", "typography."), double_word),
)
