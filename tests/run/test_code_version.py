"""The keys of the cache change with everything that computes its entries."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pipeline.run.steps import chunks
from pipeline.run.steps.chunks import PACKAGES, code_version

PACKAGE = Path(chunks.__file__).parents[2]

ASIDE = {
    "click", "filelock", "huggingface-hub", "openpyxl", "pyarrow", "ray", "rich",
}  # fmt: skip
"""Packages that only carry, store or show results."""


def imported():
    """Return the distributions that the package imports."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    others = found - set(sys.stdlib_module_names) - {PACKAGE.name}
    known = packages_distributions()
    return {known.get(name, [name])[0].lower().replace("_", "-") for name in others}


def test_every_package_that_computes_is_in_the_keys():
    assert imported() - ASIDE <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_that_is_installed_or_renewed_gives_new_keys(package, monkeypatch):
    before, real = code_version(), chunks._version
    for version in ("", "99.0"):
        monkeypatch.setattr(chunks, "_version", lambda name, v=version: v if name == package else real(name))
        code_version.cache_clear()
        assert (code_version() != before) or real(package) == version
    monkeypatch.undo()
    code_version.cache_clear()
    assert code_version() == before
