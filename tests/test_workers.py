"""Many processes make of many files what one makes."""

import os
import signal
import sys

import pytest

from pipeline import workers
from pipeline.ingest import find_files
from pipeline.prepare import read_articles
from pipeline.workers import in_parallel

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "ENOUGH_BYTES", 0)
    monkeypatch.setattr(workers, "PART_BYTES", 50)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    for n in range(12):
        text = f"Riga {n}: le rose fioriscono a maggio nel giardino della scuola." if n % 5 else ""
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_same_articles_in_the_same_order(files, monkeypatch):
    names = find_files(files)
    counted = []
    parallel = read_articles(files, names, ("it", "pl"), advance=counted.append)
    assert counted == [1] * 12
    monkeypatch.setattr(workers, "ENOUGH_BYTES", 10**9)
    assert parallel == read_articles(files, names, ("it", "pl"))
    assert [article.file for article in parallel[0]] == [f"{n}.txt" for n in (1, 11, 2, 3, 4, 6, 7, 8, 9)]
    assert len(parallel[1]) == 3


def test_other_processes_do_the_work(files):
    names = find_files(files)
    found = dict(in_parallel(process_of, names))
    assert list(found) == names
    assert os.getpid() not in found.values()


def process_of(file):
    return os.getpid()


PARENT = os.getpid()


def dies(file):
    if os.getpid() != PARENT and file.name == "3.txt":
        os.kill(os.getpid(), signal.SIGKILL)
    return file.name


def test_a_process_that_is_killed_costs_nothing_but_time(files):
    names = find_files(files)
    assert list(in_parallel(dies, names)) == [(name, name.name) for name in names]
