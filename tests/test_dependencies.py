"""Dependencies: licences that are on the list, pins for all of them, a documented reason for each."""

import importlib.util

import pytest

from tests.browser import ROOT

spec = importlib.util.spec_from_file_location("make_dependencies", ROOT / "docs" / "make_dependencies.py")
dependencies = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dependencies)

DOCUMENT = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
PINNED = dependencies.pinned((ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", sorted(dependencies.closure()))
def test_every_package_has_a_licence_that_is_on_the_list(name):
    licence = dependencies.licence_of(dependencies.distribution(name))
    assert dependencies.is_allowed(name, licence), f"{name}: {licence}"


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True), ("GPL-3.0-or-later", False), ("AGPL-3.0", False), ("unknown", False),
        ("MIT AND GPL-2.0", False), ("GPL-2.0 OR MIT", True), ("(Apache-2.0 OR BSD-2-Clause)", True),
    ],
)  # fmt: skip
def test_what_is_on_the_list(licence, allowed):
    assert dependencies.is_allowed("some-package", licence) is allowed


def test_an_exception_is_used_in_tests_alone():
    for name in dependencies.EXCEPTIONS:
        assert dependencies.closure().get(name, "dev") == "dev"


def test_every_package_is_pinned_and_documented():
    listed = {line.split("|")[1].strip() for line in DOCUMENT.splitlines() if line.startswith("| ")}
    for name in dependencies.closure():
        assert name in PINNED, f"{name}: run make lock"
        assert name in listed, f"{name}: run python docs/make_dependencies.py"


def test_every_direct_dependency_says_what_it_is_for():
    for names in dependencies.declared().values():
        assert set(names) <= set(dependencies.WHY)
