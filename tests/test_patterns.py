"""Compiled patterns: what all versions of Python match alike, in time that grows with the text alone."""

import ast
import importlib
import math
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import _constants as opcodes  # the compiler's own names: nothing public tells how a pattern was read
from re import _parser as parser

import pytest

import pipeline

UNSAFE = {opcodes.POSSESSIVE_REPEAT, opcodes.ATOMIC_GROUP}
"""Before Python 3.11.5 groups that give nothing back may match the wrong text (CPython issue 106052)."""

OPTIONAL = {"pyarrow", "ray", "usearch"}


def _patterns() -> Iterator[tuple[str, re.Pattern]]:
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name == "pipeline.__main__":
            continue
        try:
            loaded = importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name.split(".")[0] not in OPTIONAL:
                raise
            continue
        for name, value in vars(loaded).items():
            yield from ((f"{module.name}.{name}", pattern) for pattern in _patterns_in(value))


def _patterns_in(value: object) -> Iterator[re.Pattern]:
    """Yield the patterns of text in a constant of a module."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping):
        yield from _patterns_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _patterns_in(part)


def _operations(tree: object) -> Iterator[object]:
    if isinstance(tree, parser.SubPattern | list | tuple):
        for part in tree:
            yield part
            yield from _operations(part)


def test_no_pattern_holds_on_to_a_group():
    found = list(_patterns())
    assert len(found) > 100
    unsafe = [
        name
        for name, p in found
        if UNSAFE & set(map(_hashable, _operations(parser.parse(p.pattern, p.flags))))
    ]
    assert unsafe == []


def _hashable(value: object) -> object:
    return value if isinstance(value, type(opcodes.LITERAL)) else None


@pytest.mark.parametrize("pattern", ["(?:a|b)++", "(?>ab)"])
def test_the_search_finds_such_groups(pattern):
    assert UNSAFE & set(map(_hashable, _operations(parser.parse(pattern))))


# What a pattern is tried on. Quadratic ones betray themselves on long runs of a character, of two in turn,
# and of their own beginning, at each of which a search sets out anew.
CHARACTERS = "a1A .,;:-–_\"'’«“&\n\t가é…!?()[]{}<>*#=+~`|/\\@%€\xa0\u0301\u200b"
SIZES = 1_000, 16_000
MAX_GROWTH = 1.2
"""Of the time, as a power of the length."""
QUICK = 0.0005
"""Seconds for the shorter text in which no pattern is quadratic: half a million steps take longer."""

ANCHORED = {"match", "fullmatch"}
METHODS = {*ANCHORED, "search", "finditer", "findall", "sub", "subn", "split"}
CLOSED = {"pipeline.ingestion.formats.shortcodes._SOURCE": "[/code]"}
"""Patterns that are searched up to the last such end alone."""


def _uses() -> dict[str, set[str]]:
    """Return the methods that the package calls of patterns, by the name of the pattern."""
    found: dict[str, set[str]] = {}
    for path in Path(pipeline.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = getattr(node.value, "id", "") or getattr(node.value, "attr", "")
                found.setdefault(name, set()).add(node.attr)
    return found


def _sample(tree: object, flags: int) -> str:
    """Return a text that begins as a pattern wants it."""
    return "".join(_part(operation, value, flags) for operation, value in tree)


def _part(operation: object, value: object, flags: int) -> str:
    if operation is opcodes.LITERAL:
        return chr(value)
    if operation is opcodes.IN:
        wanted = re.compile("[" + "".join(map(_member, value)) + "]", flags & re.IGNORECASE)
        return next(filter(wanted.match, CHARACTERS + "bnrtuwxyz~^$漢あ"), "a")
    if operation in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT):
        return _sample(value[2], flags) * max(1, value[0])
    if operation is opcodes.SUBPATTERN:
        return _sample(value[3], flags)
    if operation is opcodes.BRANCH:
        return _sample(value[1][0], flags)
    return "" if operation in (opcodes.ASSERT, opcodes.ASSERT_NOT, opcodes.AT) else "a"


CATEGORIES = {
    opcodes.CATEGORY_DIGIT: r"\d",
    opcodes.CATEGORY_NOT_DIGIT: r"\D",
    opcodes.CATEGORY_SPACE: r"\s",
    opcodes.CATEGORY_NOT_SPACE: r"\S",
    opcodes.CATEGORY_WORD: r"\w",
    opcodes.CATEGORY_NOT_WORD: r"\W",
}


def _member(member: tuple[object, object]) -> str:
    operation, value = member
    if operation is opcodes.NEGATE:
        return "^"
    if operation is opcodes.CATEGORY:
        return CATEGORIES[value]
    ends = value if operation is opcodes.RANGE else (value, value)
    return "-".join(f"\\U{end:08x}" for end in ends)


def _beginnings(tree: object, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield what stands before each repetition in a pattern, and what is repeated."""
    for operation, value in tree:
        if operation in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT):
            if value[1] is opcodes.MAXREPEAT:
                yield before, _sample(value[2], flags) or "a"
            yield from _beginnings(value[2], flags, before)
        elif operation is opcodes.SUBPATTERN:
            yield from _beginnings(value[3], flags, before)
        elif operation is opcodes.BRANCH:
            for branch in value[1]:
                yield from _beginnings(branch, flags, before)
        before += _part(operation, value, flags)


def _attacks(pattern: re.Pattern) -> Iterator[tuple[str, str]]:
    """Yield what is to be written once, and what is to be repeated behind it."""
    beginnings = set(_beginnings(parser.parse(pattern.pattern, pattern.flags), pattern.flags))
    if not beginnings:  # nothing in it goes on without an end
        return
    yield from (("", one) for one in CHARACTERS)
    yield from (("", one + two) for one in "a1 " for two in ",.:-<&*가")
    for before, again in beginnings:
        yield from ((before, again), ("", before + again), ("", before + " "), (before + again, " "))


def _seconds(pattern: re.Pattern, methods: set[str], text: str) -> float:
    begin = time.thread_time()
    if methods - ANCHORED:
        for _ in pattern.finditer(text):
            pass
    if "fullmatch" in methods:
        pattern.fullmatch(text)
    if "match" in methods:
        pattern.match(text)
    return time.thread_time() - begin


def _growth(pattern: re.Pattern, methods: set[str], before: str, again: str, end: str) -> float:
    """Return the greatest growth on texts of the two lengths; 1 if even the longer takes no time."""
    if _seconds(pattern, methods, before + again * (SIZES[0] // len(again)) + end) < QUICK:
        return 1.0
    short, long = (before + again * (size // len(again)) + end for size in SIZES)
    times = [min(_seconds(pattern, methods, text) for _ in range(3)) for text in (short, long)]
    return math.log(times[1] / times[0], SIZES[1] / SIZES[0]) if times[0] >= QUICK else 1.0


def test_the_time_of_every_pattern_grows_with_the_text_alone():
    uses = _uses()
    found: dict[str, str] = {}
    for name, pattern in _patterns():
        methods = uses.get(name.rpartition(".")[2]) or METHODS
        for before, again in _attacks(pattern):
            end = "\x00a" + CLOSED.get(name, "")
            if name not in found and again and _growth(pattern, methods, before, again, end) > MAX_GROWTH:
                found[name] = repr((before, again))
    assert found == {}


@pytest.mark.parametrize("pattern", [r"[.!?…][^\w\s]*$", r"\d+x", "<!--.*?-->", r"\s*a"])
def test_the_search_finds_patterns_that_are_quadratic(pattern):
    bad = re.compile(pattern, re.DOTALL)
    assert any(_growth(bad, METHODS, *attack, "\x00a") > MAX_GROWTH for attack in _attacks(bad))
