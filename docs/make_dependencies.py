"""Writes `dependencies.md`: every package of the environment, its licence, and what it is for.

    python docs/make_dependencies.py

Reads what the packages say about themselves in the environment that runs it, which must have all extras.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "dependencies.md"

WHY = {
    "babel": "what CLDR knows of numbers, months and weekdays",
    "click": "the command line",
    "filelock": "one run at a time in an output folder",
    "ftfy": "repair of mojibake",
    "langdetect": "the language of texts whose script does not tell it",
    "lxml": "XML: feeds, office files, TMX, XLIFF",
    "markdown-it-py": "Markdown",
    "msgspec": "settings, and what a run keeps",
    "numba": "the compiled loops of the aligner",
    "numpy": "vectors and probabilities",
    "olefile": "the container of HWP files",
    "openpyxl": "spreadsheets, there and back",
    "pandas": "tables from Python",
    "pypdfium2": "PDF",
    "regex": "patterns of a user's own rules, with a limit of time",
    "rich": "progress and colours on a terminal",
    "safetensors": "the encoder's weights",
    "scipy": "sparse sums of vectors",
    "selectolax": "HTML",
    "threadpoolctl": "as many threads as asked for",
    "tokenizers": "the encoder's pieces",
    "sentence-transformers": "other models",
    "usearch": "an index of neighbours for millions of articles",
    "pyarrow": "Parquet",
    "ray": "clusters",
    "datasets": "tests: reads the JSON Lines export as its users do",
    "duckdb": "tests: reads the tables as its users do",
    "hypothesis": "property tests and fuzzing",
    "import-linter": "the layers of the architecture",
    "ipykernel": "tests: the notebook",
    "lxml-stubs": "types",
    "mkdocs-material": "the documentation as a site",
    "mypy": "types",
    "nbclient": "tests: the notebook",
    "nbformat": "tests: the notebook",
    "playwright": "tests of the review page in a browser",
    "polars": "tests: reads the tables as its users do",
    "pytest": "tests",
    "python-calamine": "tests: reads the XLSX export as its users do",
    "ruff": "style",
    "sarif-pydantic": "tests: the SARIF report",
    "setuptools": "the build",
    "translate-toolkit": "tests: TMX and XLIFF through another program",
}
"""What each direct dependency is for."""

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Unicode-3.0", "Unlicense",
    "Zlib",
}  # fmt: skip
"""Licences that a dependency may have."""

EXCEPTIONS = {"translate-toolkit": "GPL-3.0-or-later"}
"""Packages of other licences. They are used in tests alone, nothing of them is imported by the product."""

STATED = {"langdetect": "Apache-2.0", "sarif-pydantic": "MIT", "pypdfium2": "BSD-3-Clause AND Apache-2.0"}
"""Licences of packages whose metadata contradict their licence file, or name none in a usable form."""

_NAMES = {
    "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache 2.0 License": "Apache-2.0",
    "BSD License": "BSD", "3-Clause BSD License": "BSD-3-Clause", "MIT License": "MIT",
    "ISC License (ISCL)": "ISC", "ISC license": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip


EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)['\"]")


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")


def document() -> str:
    """Return the text of the document."""
    lines = [
        "# Dependencies",
        "",
        "Every package that a run, other models, a cluster and development need, as `constraints.txt`",
        "pins them, with what its metadata say of its licence. A test fails on a licence that is not on",
        "the list in `docs/make_dependencies.py`, which made this page.",
        "",
        "| package | licence | comes with | for |",
        "|---|---|---|---|",
    ]
    direct = {name for names in declared().values() for name in names}
    for name, group in sorted(closure().items()):
        why = WHY[name] if name in direct else "needed by others"
        cells = (name, licence_of(distribution(name)), group or "a run", why)
        lines.append(f"| {' | '.join(cells)} |")
    exceptions = (f"{name} ({licence}) is used in tests alone." for name, licence in EXCEPTIONS.items())
    lines += ["", *exceptions, ""]
    return "\n".join(lines)


def declared() -> Mapping[str, list[str]]:
    """Return the direct dependencies by extra, those of a default run under ""."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    own = canonicalize_name(project["name"])
    return {
        group: [name for name in map(_name, requirements) if name != own]
        for group, requirements in groups.items()
    }


def closure() -> dict[str, str]:
    """Return every installed package that is needed, and the first group that needs it."""
    found: dict[str, str] = {}
    for group, names in declared().items():
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found and (package := _installed(name)):
                found[name] = group
                waiting += _needs(package)
    return found


def licence_of(package: Distribution) -> str:
    """Return the licence of a package as an SPDX expression, as far as its metadata tell."""
    meta = package.metadata
    name = canonicalize_name(meta["Name"])
    classified = [c.split(" :: ")[-1] for c in meta.get_all("Classifier") or [] if c.startswith("License")]
    named = [*classified, *(meta.get("License") or "").splitlines()[:1]]
    stated = STATED.get(name) or meta.get("License-Expression")
    return stated or next((_NAMES.get(text, text) for text in named if text and text != "UNKNOWN"), "unknown")


def is_allowed(name: str, licence: str) -> bool:
    """Return whether a dependency may have this licence; of alternatives one is enough."""
    if licence == EXCEPTIONS.get(name):
        return True
    alternatives = licence.strip("()").split(" OR ")
    return any(all(part.strip("() ") in ALLOWED for part in one.split(" AND ")) for one in alternatives)


def _needs(package: Distribution) -> Iterator[str]:
    for text in package.requires or ():
        requirement = Requirement(text)
        if EXTRA.search(text) is None and (requirement.marker is None or requirement.marker.evaluate()):
            yield canonicalize_name(requirement.name)


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _name(requirement: str) -> str:
    return canonicalize_name(Requirement(requirement).name)


def pinned(lines: Iterable[str]) -> list[str]:
    """Return the names of the packages in a constraints file."""
    return [canonicalize_name(line.partition("==")[0]) for line in lines if "==" in line]


if __name__ == "__main__":
    main()
