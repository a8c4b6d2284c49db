"""What docs/python.md and docs/tour.ipynb show is true."""

import inspect
import re
import shutil

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import pipeline
from tests.browser import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
TOUR = nbformat.read(ROOT / "docs" / "tour.ipynb", as_version=4)


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder with the files that the examples name."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "sample_gold.json", tmp_path / "tests")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_examples(text):
    """Run the blocks of Python in a document, one after the other; return the names that they leave."""
    names = {}
    for block in re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        exec(compile(block, "example", "exec"), names)
    return names


def test_the_example_of_the_readme_runs(checkout, capsys):
    names = run_examples((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(names["corpus"].rows) == 51
    assert (checkout / "memory.tmx").is_file()
    assert capsys.readouterr() == ("", "")


def test_the_examples_of_the_page_run(checkout, capsys):
    names = run_examples(PAGE)
    assert capsys.readouterr().out == "paragraph ('Arriva il sig. Rossi.', 'Poi piove.')\n"
    assert len(names["pairs"]) > 10
    assert names["made"].files[0].name == "memory.tmx"
    assert names["scores"].rows.f1 > 0.9
    assert names["rows"]["pl_paragraphs"].tolist() == ["1", "2-3"]
    assert names["findings"]["rule"].tolist() == ["numbers.changed"]
    assert (checkout / "corpus" / "review.html").is_file()


def test_the_page_names_everything_with_its_parameters():
    said = dict(re.findall(r"^\| `(\w+)(\(.*?\))?` \|", PAGE, flags=re.MULTILINE))
    assert set(said) == set(pipeline.__all__) - {"__version__"}
    for name, parameters in said.items():
        if parameters:
            known = inspect.signature(getattr(pipeline, name)).parameters.values()
            bare = [p.replace(annotation=inspect.Parameter.empty) for p in known]
            assert parameters.replace('"', "'") == str(inspect.Signature(bare))


def test_the_tour_runs_in_a_notebook(checkout, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"):
        monkeypatch.setenv(name, str(checkout / "jupyter"))
    notebook = nbformat.from_dict(TOUR)
    notebook.cells[1].source = notebook.cells[1].source.replace('"pl"]', '"pl"], jobs=2')
    run = NotebookClient(notebook, timeout=120).execute(cwd=str(checkout))
    shown = [cell.outputs for cell in run.cells if cell.cell_type == "code"]
    assert all(len(outputs) == 1 for outputs in shown)  # a value, and nothing was printed
    assert all(outputs[0].output_type == "execute_result" for outputs in shown)
    assert shown[0][0].data["text/html"].count("<svg") == 3
    assert shown[0][0].data["text/plain"].startswith("<Corpus of 3 articles")
    assert sorted(path.name for path in checkout.iterdir()) == ["data", "jupyter", "memory.tmx", "tests"]


def test_the_tour_is_kept_without_outputs():
    assert nbformat.validate(TOUR) is None
    code = [cell for cell in TOUR.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_what_the_page_says_of_types(aligned):
    corpus = pipeline.load(aligned / "out")
    frames = [corpus.rows, corpus.articles, corpus.findings, corpus.repairs]
    kinds = {name: frame[name].dtype.kind for frame in frames for name in frame.columns}
    numbers = "row paragraph paragraphs position", "confidence language_confidence score penalty"
    for kind, names in zip("if", numbers, strict=True):
        assert {name for name, found in kinds.items() if found == kind} == set(names.split())
    assert all(pd.api.types.is_string_dtype(corpus.rows[code]) for code in corpus.languages)
