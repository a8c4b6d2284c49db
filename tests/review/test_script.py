"""The page's script: its modules, and how they become one."""

import shutil
import subprocess
from importlib.resources import files

import pytest

from pipeline.review.script import bundle, ordered

LAYERS = ("model", "browser", "state.js", "view", "control", "main.js")
TYPES = "types.js"

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


def source(path):
    return (files("pipeline.review") / "assets" / "script").joinpath(path).read_text(encoding="utf-8")


def joined_of(**modules):
    """Return the bundle of `main` and other modules, each with the suffix .js."""
    return bundle("main.js", lambda path: modules[path.removesuffix(".js").replace("/", "_")])


@needs_node
def test_modules_keep_their_names_to_themselves():
    script = joined_of(
        main='import { one } from "./folder/one.js";\nimport { Two, twice } from "./two.js";\n'
        "const own = 'main';\nconsole.log(own, one(), new Two().name, [...twice(3)].join());\n",
        folder_one='// import { own } from "./no.js";\nconst own = "one";\n'
        "/** Documented. */\nexport function one() {\n  return own;\n}\n",
        two='import {\n  one,\n} from "./folder/one.js";\n\nconst own = one();\n'
        "export class Two {\n  name = `${own} two`;\n}\nexport function* twice(value) {\n"
        "  yield /** @type {number} */ (value); yield value;\n}\nexport const unused = () => own;\n",
    )
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout == "main one one two 3,3\n"


@needs_node
def test_a_module_runs_once_and_after_those_that_it_imports():
    loud = "console.log('{}');\nexport const {} = 1;\n"
    script = joined_of(
        main='import { b } from "./b.js";\nimport { a } from "./a.js";\nconsole.log("main", a + b);\n',
        a=loud.format("a", "a"),
        b='import { a } from "./a.js";\n' + loud.format("b", "b") + "export const c = a;\n",
    )
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["a", "b", "main", "2"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ('import { gone } from "./a.js";', "imports gone, not exported by a.js"),
        ('import { local } from "./a.js";', "imports local, not exported by a.js"),
        ('import { back } from "./c.js";', "cycle: main.js > c.js > main.js"),
        ('import { self } from "./main.js";', "cycle: main.js > main.js"),
        ('import a from "./a.js";', "cannot be bundled"),
        ('import * as a from "./a.js";', "cannot be bundled"),
        ('import "./a.js";', "cannot be bundled"),
        ('import { a as b } from "./a.js";', "cannot be bundled"),
        ('import { a } from "a";', "cannot be bundled"),
        ('import { a } from "https://example.org/a.js";', "cannot be bundled"),
        ('const first = 1;\nimport { a } from "./a.js";', "cannot be bundled"),
        ('const late = () => import("./a.js");', "cannot be bundled"),
        ("const here = import.meta.url;", "cannot be bundled"),
        ("export default 1;", "cannot be bundled"),
        ("export let a = 1;", "cannot be bundled"),
        ("const a = 1;\nexport { a };", "cannot be bundled"),
        ("export const { a } = { a: 1 };", "cannot be bundled"),
        ('export * from "./a.js";', "cannot be bundled"),
        ('const html = "</SCRIPT>";', "an inline script cannot contain"),
        ('const html = "<!--";', "an inline script cannot contain"),
    ],
)
def test_what_cannot_be_joined_is_refused(code, message):
    with pytest.raises(ValueError, match=message):
        joined_of(
            main=f"{code}\n",
            a="export const a = 1;\nconst local = 2;\n",
            c='import { main } from "./main.js";\nexport const back = 1;\n',
        )


def test_every_module_is_in_the_page_and_types_are_not():
    def paths(folder, prefix=""):
        for entry in folder.iterdir():
            if entry.is_dir():
                yield from paths(entry, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name

    present = set(paths(files("pipeline.review") / "assets" / "script"))
    assert present - {module.path for module in ordered("main.js", source)} == {TYPES}


def test_imports_of_the_page_run_one_way():
    for module in ordered("main.js", source):
        place = LAYERS.index(module.path.partition("/")[0])
        for _, target in module.imports:
            assert LAYERS.index(target.partition("/")[0]) <= place, f"{module.path} imports {target}"
