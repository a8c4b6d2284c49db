import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.datatypes import Paragraph, Row
from pipeline.errors import OutputError
from pipeline.output.columns import corpus_sheet
from pipeline.output.commit import check_writable, recover, write_outputs
from pipeline.output.sheet import Column, Sheet
from tests.written import sheet_of

TRICKY = st.sampled_from(list("\r\n\",;'\\\0\t \x1a\x85\u2028\ufeff=NA한ł"))
TEXTS = st.text(TRICKY | st.characters(exclude_categories=["Cs"]), max_size=20)
OUTPUTS = {"corpus.csv", "articles.csv", "findings.csv", "run.json"}


def tables(word):
    """A set of small tables that can be told from the set of another word."""
    names = ("corpus.csv", "articles.csv", "findings.csv")
    return {name: [sheet_of(file=[name], word=[word])] for name in names}


def words(out):
    """The words of the sets that the files in `out` come from; fails if a file is not whole."""
    found = {json.loads((out / "run.json").read_text(encoding="utf-8"))["word"]}
    for name in tables(""):
        with (out / name).open(encoding="utf-8", newline="") as stream:
            (line,) = csv.DictReader(stream)
        assert line["file"] == name
        found.add(line["word"])
    return found


def put(out, word):
    write_outputs(out, tables(word), {"word": word})


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@example([("NA", "\r"), ("", '"'), ("null", "a\rb"), ("\n", "1.0"), ("\ufeff", "nan")])
@example([('""', '","'), ("\r\n", "\\"), ("\0", "-0")])
def test_every_text_comes_back(tmp_path_factory, texts):
    out = tmp_path_factory.mktemp("out")
    rows = [
        Row(
            "a",
            n,
            "r",
            ("it", "ko"),
            tuple((Paragraph(n, "paragraph", text, (), ""),) for text in pair),
            0.5,
            "aligned",
        )
        for n, pair in enumerate(texts, start=1)
    ]
    write_outputs(out, tables("x") | {"corpus.csv": [corpus_sheet(rows, [], ("it", "ko"))]}, {})
    back = pd.read_csv(out / "corpus.csv", dtype=str, keep_default_na=False)
    assert list(zip(back["it"], back["ko"], strict=True)) == texts
    with (out / "corpus.csv").open(encoding="utf-8", newline="") as stream:
        assert [(line["it"], line["ko"]) for line in csv.DictReader(stream)] == texts


def test_form_of_the_tables(tmp_path):
    table = sheet_of(n=[1, 22], p=[0.5, 1.0], t=["", "a,b"])
    write_outputs(tmp_path, {"corpus.csv": [table]}, {})
    assert (tmp_path / "corpus.csv").read_bytes() == b'"n","p","t"\n"1","0.5000",""\n"22","1.0000","a,b"\n'


@given(st.lists(st.tuples(TEXTS, st.integers(0), st.none() | st.floats(0, 1)), min_size=1, max_size=4))
def test_a_sheet_is_written_as_pandas_writes_it(rows):
    columns = [Column("t", str), Column("n", int), Column("p", float, optional=True)]
    values = dict(zip("tnp", map(list, zip(*rows, strict=True)), strict=True))
    frame = pd.DataFrame({"t": values["t"], "n": values["n"], "p": pd.Series(values["p"], dtype=float)})
    text = frame.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL, float_format="%.4f")
    assert Sheet(columns, values).text() == text


def test_run_record_holds_the_checksums(tmp_path):
    put(tmp_path, "one")
    record = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert record["word"] == "one"
    for name in tables(""):
        assert record["files"][name] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_a_folder_name_that_is_no_utf8_can_stand_in_the_record(tmp_path):
    write_outputs(tmp_path, tables("x"), {"raw": "data/\udcff"})
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["raw"] == "data/\udcff"


def test_same_input_same_bytes_and_nothing_else_is_touched(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    put(tmp_path, "one")
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    put(tmp_path, "one")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert set(first) == OUTPUTS | {"notes.txt"}


class Killed(BaseException):
    """The process is gone: nothing may catch it and go on."""


STEPS = ["mkdir", "text", "write_text", "fsync", "rename", "replace", "rmdir"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("call", [1, 2, 3, 4])
def test_a_crash_before_any_step_leaves_one_whole_set(tmp_path, monkeypatch, step, call):
    put(tmp_path, "old")
    owner = {"text": Sheet, "fsync": os}.get(step, Path)
    count = 0
    real = getattr(owner, step)

    def dying(*args, **kwargs):
        nonlocal count
        count += 1
        if count >= call:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, dying)
        patch.setattr("shutil.rmtree", lambda *args, **kwargs: None)  # a killed process clears nothing up
        try:
            put(tmp_path, "new")
        except Killed:
            decided = (tmp_path / ".synoptic-commit").exists()
        else:
            decided = True
    if not decided:
        assert words(tmp_path) == {"old"}
    recover(tmp_path)
    assert words(tmp_path) == {"new" if decided else "old"}
    put(tmp_path, "later")
    assert words(tmp_path) == {"later"}
    assert {path.name for path in tmp_path.iterdir()} == OUTPUTS


def test_ctrl_c_among_the_last_steps_still_ends_with_a_whole_set(tmp_path, monkeypatch):
    put(tmp_path, "old")
    real, count = Path.replace, 0

    def interrupted(self, target):
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, "new")
    assert words(tmp_path) == {"new"}
    assert {path.name for path in tmp_path.iterdir()} == OUTPUTS


def test_a_mixed_set_can_be_told_by_its_checksums(tmp_path, monkeypatch):
    put(tmp_path, "old")
    real, count = Path.replace, 0

    def dying(self, target):
        nonlocal count
        count += 1
        if count == 3:
            raise Killed
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", dying)
        with pytest.raises(Killed):
            put(tmp_path, "new")
    sums = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["files"]
    differing = [n for n, s in sums.items() if hashlib.sha256((tmp_path / n).read_bytes()).hexdigest() != s]
    assert differing


def test_a_real_kill_at_many_moments(tmp_path):
    """Kill a process that writes one set after the other; the folder must always hold one whole set."""
    script = textwrap.dedent(
        """
        import itertools, sys
        from pathlib import Path
        from pipeline.output.commit import write_outputs
        from tests.written import sheet_of
        for word in map(str, itertools.count()):
            names = ("corpus.csv", "articles.csv", "findings.csv")
            tables = {name: [sheet_of(file=[name], word=[word])] for name in names}
            write_outputs(Path(sys.argv[1]), tables, {"word": word})
            print(word, flush=True)
        """
    )
    root = Path(__file__).parent.parent.parent
    for milliseconds in (0, 1, 2, 3):
        command = [sys.executable, "-c", script, str(tmp_path)]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
            process.stdout.readline()
            time.sleep(milliseconds / 1000)
            process.send_signal(signal.SIGKILL)
        recover(tmp_path)
        assert len(words(tmp_path)) == 1


def test_an_error_while_writing_leaves_the_old_set_and_no_rest(tmp_path, monkeypatch):
    put(tmp_path, "old")

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "text", full)
        with pytest.raises(OutputError, match="No space left"):
            put(tmp_path, "new")
    assert words(tmp_path) == {"old"}
    assert {path.name for path in tmp_path.iterdir()} == OUTPUTS


def test_two_writers_at_once_end_with_one_set(tmp_path):
    threads = [threading.Thread(target=put, args=(tmp_path, word)) for word in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(words(tmp_path)) == 1
    assert {path.name for path in tmp_path.iterdir()} == OUTPUTS


def test_an_output_folder_can_be_checked_without_being_made(tmp_path):
    check_writable(tmp_path / "deep" / "out")
    assert list(tmp_path.iterdir()) == []


def test_outputs_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "taken" / "corpus.csv").mkdir(parents=True)
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    for out in ("file", "file/out", "taken", "dangling"):
        with pytest.raises(OutputError) as caught:
            check_writable(tmp_path / out)
        assert "\n" not in str(caught.value)
    with pytest.raises(OutputError):
        put(tmp_path / "file" / "out", "x")


def test_nothing_to_recover(tmp_path):
    recover(tmp_path / "none")
    recover(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["repairs.csv", "findings.csv", "run.json", "review.html"])
def test_a_folder_in_the_place_of_a_result_leaves_the_last_output_as_it_was(tmp_path, name):
    put(tmp_path, "old")
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).mkdir()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    with pytest.raises(OutputError, match=f"{name}: it is a folder"):
        check_writable(tmp_path)
    with pytest.raises(OutputError, match=f"{name}: it is a folder"):
        put(tmp_path, "new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == [name]
