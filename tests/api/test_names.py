"""The front door: which names there are, where they lead, and what they cost."""

import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from dataclasses import fields

import pytest

import pipeline
import synoptic
from pipeline.api.runs import Settings
from pipeline.config import Config
from tests.browser import ROOT

FUNCTIONS = ("align", "align_texts", "check", "detect", "load", "normalise", "segment")
HEAVY = {"numpy", "pandas", "click", "numba", "scipy", "torch", "rich", "lxml", "langdetect", "pyarrow"}


def run(script):
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("module", ["pipeline", "synoptic"])
def test_importing_loads_nothing_heavy(module):
    loaded = set(run(f"import sys, {module}; print(*sys.modules)").split())
    assert module in loaded
    assert not loaded & HEAVY
    assert not any(name.startswith("pipeline.") for name in loaded)


@pytest.mark.parametrize("name", pipeline.__all__)
def test_both_names_stand_for_the_same(name):
    assert getattr(synoptic, name) is getattr(pipeline, name)


def test_all_names_are_listed_before_they_are_used():
    listed = run("import pipeline, synoptic; print(*dir(pipeline)); print(*dir(synoptic))").splitlines()
    for names in listed:
        assert set(names.split()) >= {*FUNCTIONS, "Corpus", "SynopticError", "__version__"}
    assert (
        set(pipeline.__all__)
        == set(synoptic.__all__)
        == {*FUNCTIONS, "Corpus", "SynopticError", "__version__"}
    )


def test_the_functions_can_be_imported_by_name():
    assert run("from synoptic import align, load; print(align.__name__, load.__name__)") == "align load\n"


@pytest.mark.parametrize("module", [pipeline, synoptic])
def test_another_name_is_an_attribute_error(module):
    with pytest.raises(AttributeError, match=f"module '{module.__name__}' has no attribute 'aligned'"):
        module.aligned  # noqa: B018


def test_no_package_takes_the_place_of_a_function():
    script = (
        "import importlib, pkgutil, pipeline\n"
        "for found in pkgutil.walk_packages(pipeline.__path__, 'pipeline.'):\n"
        "    if found.name not in ('pipeline.__main__', 'pipeline.engines.ray'):\n"
        "        importlib.import_module(found.name)\n"
        f"print(*(type(getattr(pipeline, name)).__name__ for name in {FUNCTIONS}))\n"
    )
    assert run(script).split() == ["function"] * len(FUNCTIONS)


def test_every_setting_of_a_run_is_a_keyword():
    assert set(Settings.__annotations__) == {field.name for field in fields(Config)} - {"raw", "out"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_tells_its_types_and_what_it_raises(name):
    function = getattr(pipeline, name)
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())
    assert "Raises `" in " ".join(function.__doc__.split())


@pytest.mark.parametrize("module", ["check", "corpus", "runs", "stages", "texts"])
def test_the_examples_in_the_docstrings_are_true(module, monkeypatch):
    monkeypatch.chdir(ROOT)
    found = importlib.import_module(f"pipeline.api.{module}")
    assert doctest.testmod(found).failed == 0


def test_the_package_says_that_it_is_typed():
    for name in ("pipeline", "synoptic"):
        assert (ROOT / name / "py.typed").is_file()


def test_type_checkers_are_told_where_each_name_is_from():
    body = ast.parse((ROOT / "pipeline" / "__init__.py").read_text(encoding="utf-8")).body
    [block] = [node for node in body if isinstance(node, ast.If)]
    told = {alias.name: node.module for node in block.body for alias in node.names}
    assert told == {name: getattr(pipeline, name).__module__ for name in pipeline.__all__ if name[0] != "_"}
