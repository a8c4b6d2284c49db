"""Bundle the ES modules of the review page into one classic script.

Every module becomes a function that returns its exports, placed after the modules that it imports. Only a
subset of the syntax is supported, for which this is equivalent:

- imports come before all code, as `import { a, b } from "./file.js";`;
- exports are declarations: `export` before `const`, `function`, `async function`, `function*` or `class`;
- there are no import cycles.

Documentation comments are removed. No literal may contain lines that look like imports, exports or
documentation comments.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

_HEADER = re.compile(
    r"//[^\n]*\n|/\*(?s:.*?)\*/|\s+"
    r"|import \{\s*(?P<names>\w+(?:,\s*\w+)*),?\s*\} from \"(?P<path>\.\.?/[\w./]+)\";"
)
"""An item before the code: a comment, white space, or an import."""
_EXPORT = re.compile(r"^export ((?:const|class|(?:async )?function\*?) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\s*[(.].*", re.MULTILINE)
_DOCUMENTATION = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/\n", re.MULTILINE)
_ENDING = re.compile(r"</script|<!--", re.IGNORECASE)


class Import(NamedTuple):
    """Names imported from another module."""

    names: tuple[str, ...]
    path: str


class Module(NamedTuple):
    """A parsed module."""

    path: str
    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    body: str  # without imports, the keyword `export` and documentation comments


def read_module(path: str, source: str) -> Module:
    """Parse a module; raises `ValueError` for unsupported syntax."""
    imports, start = [], 0
    while part := _HEADER.match(source, start):
        if part["path"]:
            target = posixpath.normpath(posixpath.join(path, "..", part["path"]))
            imports.append(Import(tuple(re.split(r",\s*", part["names"])), target))
        start = part.end()
    code = source[start:]
    body = _EXPORT.sub(r"\1", _DOCUMENTATION.sub("", code))
    if other := _OTHER.search(body):
        raise ValueError(f"{path} cannot be bundled because of its line {other[0]!r}")
    if ending := _ENDING.search(source):
        raise ValueError(f"{path} has {ending[0]!r}, which an inline script cannot contain")
    return Module(path, tuple(imports), tuple(found[2] for found in _EXPORT.finditer(code)), body)


def ordered(entry: str, read: Callable[[str], str]) -> list[Module]:
    """Return a module and its transitive imports, dependencies first.

    `read` returns the source at a path. Raises `ValueError` for an import cycle or an unexported name.
    """
    done: dict[str, Module] = {}

    def _visit(path: str, above: tuple[str, ...]) -> Module:
        if path in above:
            raise ValueError(f"import cycle: {' > '.join((*above, path))}")
        if path not in done:
            module = read_module(path, read(path))
            for names, target in module.imports:
                missing = set(names) - set(_visit(target, (*above, path)).exports)
                if missing:
                    raise ValueError(f"{path} imports {', '.join(sorted(missing))}, not exported by {target}")
            done[path] = module
        return done[path]

    _visit(entry, ())
    return list(done.values())


def bundle(entry: str, read: Callable[[str], str]) -> str:
    """Return a module and its transitive imports as one script; raises like `ordered`."""
    modules = "\n".join(_function(module) for module in ordered(entry, read))
    return f'(() => {{\n"use strict";\n{modules}\n}})();'


def _function(module: Module) -> str:
    imports = (f"const {{ {', '.join(names)} }} = {_name(path)};" for names, path in module.imports)
    exports = f"return {{ {', '.join(module.exports)} }};" if module.exports else ""
    lines = (f"const {_name(module.path)} = (() => {{", *imports, module.body.strip(), exports, "})();")
    return "\n".join(filter(None, lines))


def _name(path: str) -> str:
    """Return the variable for a module's exports; `$` avoids collisions with names in the modules."""
    return "$" + path.removesuffix(".js").replace("/", "$")
