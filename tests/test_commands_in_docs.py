"""Every command that the README and the recipes show with its output is run, and prints that output."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import ROOT

SHARED = ("Makefile", "pyproject.toml", "constraints.txt", "pipeline", "synoptic", "demo", "docs")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def steps(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    return [step for block in CONSOLE.findall(text) for step in STEP.findall(block)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout with the samples, which shares the code and the environment of this one."""
    if Path(sys.prefix) == Path(sys.base_prefix) or shutil.which("make") is None:
        pytest.skip("needs an environment and make")
    folder = tmp_path_factory.mktemp("checkout")
    for name in SHARED:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "data").mkdir()
    (folder / "build").mkdir()
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    return folder


def output_of(command, folder):
    line = command.replace("$?", "$LAST").replace("make ", "make -o .venv/.run ", 1)  # which is made
    if not line.startswith("echo"):
        line = f"{line}; LAST=$?; echo $LAST >.last"
    script = f"LAST=$(cat .last 2>/dev/null); {line}"
    own = {"PATH": f"{sys.prefix}/bin:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    # Under `make test` a make of its own would say which folder it enters.
    outside = {name: value for name, value in os.environ.items() if "MAKE" not in name and name != "MFLAGS"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=outside | own, capture_output=True, text=True
    )
    return plain(done.stdout + (done.stderr if "--out" in command else ""), folder)


def plain(text, folder):
    """The output without seconds, the place of the checkout and the width of columns."""
    text = text.replace(f"{folder}/", "")
    for prefix in (Path(sys.prefix), Path(sys.prefix).resolve()):
        text = text.replace(f"{prefix}/bin/", ".venv/bin/")
    text = re.sub(r"^\d+\.\d s$", "0.0 s", text, flags=re.MULTILINE)
    text = re.sub(r"^(\.venv/bin/)?synoptic review", ".venv/bin/synoptic review", text, flags=re.MULTILINE)
    return [re.sub(r"(?<=\S)  +", "  ", line).rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("document", ["README.md", "docs/howto.md"])
def test_commands_print_what_the_documentation_shows(checkout, document):
    if document != "README.md" and not (checkout / "data/aligned/corpus.csv").exists():
        output_of("make align", checkout)
    shown = steps(document)
    assert shown
    for command, expected in shown:
        assert output_of(command, checkout) == plain(expected, checkout), command


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").split()) <= 900
