"""The documentation names every command, option, setting, column and make target, and no other."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from pipeline.checks.language_reference import NEEDS, languages_reference
from pipeline.checks.reference import rules_reference
from pipeline.checks.rules import RULES
from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.decisions.record import COLUMNS, KINDS
from pipeline.decisions.resolve import IDLE, STALE, STANDS, SUPERSEDED, WITHDRAWN
from pipeline.exports import FORMATS
from pipeline.languages.codes import DETECTABLE_LANGUAGES
from pipeline.output.columns import (
    ARTICLE_COLUMNS,
    FINDING_COLUMNS,
    REPAIR_COLUMNS,
    STATUSES,
    VERDICTS,
    corpus_columns,
)

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
OUTPUT = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")

COMMANDS = sorted(main.commands)
OPTIONS = sorted(
    {
        (name, option)
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
)


def first_cells(text, section=""):
    """The code in the first cells of the tables below the heading `section`."""
    if section:
        text = text.split(f"## {section}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (.*?) \|", text, flags=re.MULTILINE)
    return [code for cell in cells for code in re.findall(r"`([^`]+)`", cell)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme_and_in_the_reference(command):
    for text in (README, REFERENCE):
        assert any(cell.split()[:2] == ["synoptic", command] for cell in first_cells(text))


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_in_the_reference_beside_its_command(command, option):
    (line,) = re.findall(rf"^\| [^|]*`{option}[ `].*", REFERENCE, flags=re.MULTILINE)
    assert command in line.split("|")[2]


def test_the_reference_names_no_option_that_is_not_there():
    known = {option for _, option in OPTIONS} | {"--help", "-h", "--version"}
    options = [cell.split()[0] for cell in first_cells(REFERENCE) if cell.startswith("-")]
    assert options
    assert set(options) <= known


def test_every_option_has_a_help_text():
    for command in main.commands.values():
        assert command.help
        assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_every_setting_is_documented_with_its_default():
    for field in fields(Config):
        (line,) = re.findall(rf"^\| `{field.name}` \|.*", SETTINGS, flags=re.MULTILINE)
        shown = {"languages": "it", "model": "embedded"}
        default = "none" if field.default in (None, ()) else str(field.default)
        default = shown.get(field.name, default.lower() if field.type == "bool" else default)
        assert default in line.split("|")[2]
    assert set(first_cells(SETTINGS)) == {field.name for field in fields(Config)}


def test_every_language_is_documented():
    (listed,) = re.findall(r"langdetect knows: `([^`]+)`", SETTINGS)
    assert tuple(listed.split()) == DETECTABLE_LANGUAGES


def test_columns_of_the_corpus_are_documented_in_order():
    expected = [column.name for column in corpus_columns(("it", "ko", "pl"))]
    documented = first_cells(OUTPUT, "corpus.csv")
    assert documented == [name for name in expected if name not in ("ko_paragraphs", "pl_paragraphs")]


@pytest.mark.parametrize(
    ("section", "columns"),
    [("articles.csv", ARTICLE_COLUMNS), ("findings.csv", FINDING_COLUMNS), ("repairs.csv", REPAIR_COLUMNS)],
)
def test_columns_are_documented_in_order(section, columns):
    assert first_cells(OUTPUT, section) == [column.name for column in columns]


def test_columns_of_the_decisions_are_documented_in_order():
    assert first_cells(OUTPUT, "decisions.csv")[: len(COLUMNS) + 1] == [*COLUMNS, "counts"]


def test_every_kind_and_fate_of_a_decision_is_explained():
    section = OUTPUT.split("## decisions.csv\n")[1].split("\n## ")[0]
    for name in (*KINDS, STANDS, WITHDRAWN, SUPERSEDED, STALE, IDLE):
        assert f"`{name}`" in section


def test_every_format_and_key_is_documented():
    docs = ROOT / "docs"
    formats = first_cells((docs / "exports.md").read_text(encoding="utf-8"))[: len(FORMATS)]
    assert sorted(formats) == sorted(FORMATS)
    keys = (ROOT / "pipeline/review/assets/script/view/keys.js").read_text(encoding="utf-8")
    letters = set(re.findall(r'\b([a-zA-Z]): "', keys.split("KEYS = {")[1].split("};")[0]))
    assert len(letters) > 15
    assert letters <= set(first_cells((docs / "review.md").read_text(encoding="utf-8"))) | {"U"}


def test_every_rule_is_documented_as_it_is():
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert text.partition("<!-- made by docs/make_reference.py -->\n\n")[2] == rules_reference()


def test_the_table_of_what_checks_need_is_what_is_known():
    text = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    assert languages_reference() in text
    assert {rule for _, rules, _ in NEEDS for rule in rules} <= RULES.keys()


@pytest.mark.parametrize("value", [*STATUSES, *VERDICTS])
def test_every_status_and_verdict_is_explained(value):
    assert f"`{value}`:" in OUTPUT


def test_make_targets_are_documented():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    documented = {cell.split()[1] for cell in first_cells(REFERENCE) if cell.startswith("make ")}
    assert documented == set(phony.split()) - {"help"}
    assert all(f"make {target} " in makefile for target in documented)


def test_links_between_the_documents_lead_somewhere():
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_every_path_in_the_architecture_exists():
    paths = re.findall(r"`([\w.-]+\.(?:py|js)|\w[\w.-]*/[\w./-]*)`", ARCHITECTURE)
    assert len(paths) > 50
    places = (ROOT / "pipeline", ROOT / "pipeline/review/assets/script", ROOT)
    assert [path for path in paths if not any((place / path).exists() for place in places)] == []


def test_the_architecture_lists_the_packages_in_the_order_of_their_layers():
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    listed = [name.removesuffix("/").removesuffix(".py") for name in first_cells(ARCHITECTURE, "Packages")]
    assert listed == [name for layer in layers for name in layer.split(" : ")]
