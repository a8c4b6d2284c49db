"""Compiled patterns: what every supported version of Python matches alike."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
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
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                yield f"{module.name}.{name}", value


def _operations(tree: object) -> Iterator[object]:
    if isinstance(tree, parser.SubPattern | list | tuple):
        for part in tree:
            yield part
            yield from _operations(part)


def test_no_pattern_holds_on_to_a_group():
    found = dict(_patterns())
    assert len(found) > 100
    unsafe = [
        name
        for name, p in found.items()
        if UNSAFE & set(map(_hashable, _operations(parser.parse(p.pattern, p.flags))))
    ]
    assert unsafe == []


def _hashable(value: object) -> object:
    return value if isinstance(value, type(opcodes.LITERAL)) else None


@pytest.mark.parametrize("pattern", ["(?:a|b)++", "(?>ab)"])
def test_the_search_finds_such_groups(pattern):
    assert UNSAFE & set(map(_hashable, _operations(parser.parse(pattern))))
