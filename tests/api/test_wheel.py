"""The package as it is installed, far from the checkout."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.browser import ROOT

SCRIPT = """
import sys
import synoptic
import pipeline
assert synoptic.__version__ == pipeline.__version__
assert synoptic.__file__.startswith(sys.argv[1]) and pipeline.__file__.startswith(sys.argv[1])
corpus = synoptic.align(sys.argv[2], "corpus", jobs=2)
print(repr(corpus), corpus._repr_html_().count("<svg"), corpus.export("tmx", "memory.tmx").rows)
print(len(synoptic.check(corpus.rows)))
"""

AS_WRITTEN = {"NUMBA_DISABLE_JIT": "1"}
"""Run the loops of the aligner uncompiled: to compile them at a new place takes a minute."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel of the working tree; the build itself writes nothing into it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pipeline", "synoptic", "pyproject.toml", "README.md", "LICENSE"):
        (source / name).symlink_to(ROOT / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    subprocess.run(command, check=True)
    [path] = folder.glob("*.whl")
    return path


def test_it_holds_what_is_not_python(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for package in ("pipeline", "pipeline/review/assets", "pipeline/encoder", "pipeline/encoder_wide"):
        expected = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).iterdir()
            if path.is_file() and path.suffix != ".pyc"
        }
        assert expected <= names
    assert {"synoptic/__init__.py", "synoptic/py.typed", "pipeline/py.typed"} <= names
    assert not any(name.startswith(("tests", "training", "benchmarks", "docs")) for name in names)


def test_it_aligns_where_there_is_no_checkout(wheel, tmp_path):
    target, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-compile", "--target", str(target), str(wheel)], check=True)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(target), str(ROOT / "data" / "raw")],
        cwd=elsewhere, env=os.environ | {"PYTHONPATH": str(target), **AS_WRITTEN},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    shown, findings = done.stdout.splitlines()
    assert shown.startswith("<Corpus of 3 articles in it, ko, pl: 51 rows, 10 findings> 3 ")
    assert int(findings) > 5
    assert done.stderr == ""
    assert sorted(path.name for path in elsewhere.iterdir()) == ["corpus", "memory.tmx"]
