"""`align` from a script or notebook: it leaves nothing behind but what it was asked for."""

import copy
import csv
import gc
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import threadpoolctl

from pipeline import SynopticError, align, load
from pipeline.errors import InputError, SettingError
from tests.browser import ROOT

RAW = ROOT / "data" / "raw"
ITALIAN = (
    "Il mercato del giovedì è tornato in piazza.\n\nI banchi vendono frutta, formaggi e pane della valle.\n"
)
POLISH = "Czwartkowy targ wrócił na rynek.\n\nStoiska sprzedają owoce oraz chleb z doliny.\n"


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text(ITALIAN, encoding="utf-8")
    (folder / "b.txt").write_text(POLISH, encoding="utf-8")
    return folder


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder in which temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def process_state():
    blas = sorted((each["filepath"], each["num_threads"]) for each in threadpoolctl.threadpool_info())
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    collector = gc.get_threshold(), gc.isenabled(), gc.get_freeze_count()
    hooks = sys.excepthook, sys.unraisablehook, sys.stdout, sys.stderr
    return blas, handlers, collector, hooks, dict(os.environ), csv.field_size_limit(), Path.cwd(), sys.path[:]


def test_a_corpus_without_a_folder_goes_when_nobody_has_it(raw, temporary):
    corpus = align(raw)
    [folder] = temporary.iterdir()
    assert corpus.path == folder
    assert len(corpus.rows) == 2
    twin = copy.copy(corpus)
    del corpus
    gc.collect()
    assert len(twin.findings) == 0  # read only now, so the folder is still there
    del twin
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_a_temporary_corpus_goes_at_the_end_of_the_process(raw, temporary):
    script = f"import pipeline; kept = pipeline.align({str(raw)!r}); print(kept.path.parent)"
    environment = os.environ | {"TMPDIR": str(temporary)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == (f"{temporary}\n", "")
    assert list(temporary.iterdir()) == []


def test_tables_outlive_their_temporary_corpus(raw, temporary):
    rows = align(raw).rows
    gc.collect()
    assert list(temporary.iterdir()) == []
    assert rows["status"].tolist() == ["aligned", "aligned"]


def test_a_run_that_fails_leaves_nothing(raw, temporary):
    with pytest.raises(SynopticError):
        align(raw, glossary="nowhere.csv")
    gc.collect()
    assert list(temporary.iterdir()) == []


def test_nothing_is_printed_or_written_elsewhere(raw, tmp_path, temporary, monkeypatch, capfd):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    corpus = align("../raw", "../out")
    repr(corpus), corpus._repr_html_()
    assert capfd.readouterr() == ("", "")
    assert list(elsewhere.iterdir()) == list(temporary.iterdir()) == []
    assert sorted(path.name for path in raw.iterdir()) == ["a.txt", "b.txt"]
    assert corpus.path.is_absolute()
    assert corpus.path.resolve() == tmp_path / "out"
    assert load(tmp_path / "out").rows.equals(corpus.rows)


def test_the_process_is_as_it_was(raw, temporary):
    align(raw)  # what is imported for good is imported now
    limit, threshold = csv.field_size_limit(1234), gc.get_threshold()
    gc.set_threshold(701, 11, 12)
    try:
        before = process_state()
        align(raw)
        assert process_state() == before
        with pytest.raises(InputError):
            align(raw / "nowhere")
        assert process_state() == before
        gc.freeze()
        frozen = gc.get_freeze_count()
        align(raw)
        assert gc.get_freeze_count() > 0.9 * frozen > 0  # a few have gone since
    finally:
        gc.unfreeze()
        csv.field_size_limit(limit)
        gc.set_threshold(*threshold)


def test_threads_can_align_at_once(raw, temporary):
    align(raw)
    before, corpora = process_state(), {}

    def work(number):
        corpora[number] = align(raw, level="sentence" if number % 2 else "paragraph")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({corpus.path for corpus in corpora.values()}) == 4
    for number in range(4):
        assert corpora[number].rows.equals(corpora[number % 2].rows)
    assert process_state() == before


def test_it_writes_what_the_command_writes(aligned, tmp_path):
    corpus = align(str(aligned / "raw"), tmp_path / "out", languages="it,ko,pl", jobs=2)
    for name in ("corpus.csv", "articles.csv", "findings.csv", "repairs.csv"):
        assert (corpus.path / name).read_bytes() == (aligned / "out" / name).read_bytes()


def test_settings_are_keywords(raw, temporary):
    corpus = align(raw, languages=["pl", "it"], level="sentence", skip_repairs=["soft_hyphens"], cache=False)
    assert corpus.languages == ("pl", "it")
    assert corpus.rows["pl"].tolist()[0] == "Czwartkowy targ wrócił na rynek."
    assert align(raw, languages=None, jobs=None).languages == ("it", "ko", "pl")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"langauges": ["it", "pl"]}, "unknown setting 'langauges'; the settings are raw, out, languages"),
        ({"languages": ["it"]}, "2 to 16 languages"),
        ({"languages": ["it", "xx"]}, "unknown language 'xx'"),
        ({"level": "word"}, "level is 'word'; it must be paragraph or sentence"),
        ({"jobs": 0}, "jobs is 0; it must be at least 1"),
    ],
)
def test_a_setting_that_makes_no_sense(raw, temporary, settings, message):
    with pytest.raises(SettingError, match=message):
        align(raw, **settings)


def test_folders_have_to_be_named(raw, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)  # where data/raw is
    with pytest.raises(TypeError):
        align(None)
    with pytest.raises(SettingError, match="is inside the input folder"):
        align(raw, raw / "out")


def test_progress_is_shown_on_standard_error_when_asked_for(raw, temporary, capsys):
    align(raw, progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split()[0] for line in err.splitlines()] == [
        "read",
        "embed",
        "match",
        "align",
        "check",
        "write",
    ]


def test_a_script_without_a_guard_can_use_several_processes(raw, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        f"import synoptic\nprint('once')\nprint(len(synoptic.align({str(raw)!r}, jobs=2).rows))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("once\n2\n", "")
