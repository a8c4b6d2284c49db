"""One run at a time in an output folder."""

import json
import os
import subprocess
import sys
import time

import pytest

from pipeline.errors import OutputError
from pipeline.store import lock
from pipeline.store.lock import LOCK_FILE, locked

HOLD = """
import sys, time
from pathlib import Path
from pipeline.store.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()


def test_a_held_lock_names_its_owner(tmp_path, holder):
    with pytest.raises(OutputError, match=f"process {holder.pid} on .*, for . seconds"), locked(tmp_path):
        pass


def test_the_lock_of_a_killed_run_is_taken_over(tmp_path, holder):
    holder.kill()
    holder.wait()
    with locked(tmp_path):
        assert json.loads((tmp_path / LOCK_FILE).read_text())["pid"] == os.getpid()
    with locked(tmp_path):
        pass


def test_where_the_system_has_no_locks(tmp_path, holder, monkeypatch):
    monkeypatch.setattr(lock, "_try_system_lock", lambda descriptor: None)
    with pytest.raises(OutputError, match=str(holder.pid)), locked(tmp_path):
        pass
    holder.kill()
    holder.wait()
    with locked(tmp_path):
        pass


def test_an_owner_on_another_machine_is_given_time(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "_try_system_lock", lambda descriptor: None)
    now = time.time()
    for renewed, free in ((now, False), (now - 2 * lock.STALE, True)):
        owner = {"host": "elsewhere", "pid": 1, "since": now - 9000, "renewed": renewed}
        (tmp_path / LOCK_FILE).write_text(json.dumps(owner))
        if free:
            with locked(tmp_path):
                pass
        else:
            with (
                pytest.raises(OutputError, match="process 1 on elsewhere, for 150 minutes"),
                locked(tmp_path),
            ):
                pass


@pytest.mark.parametrize("content", ["", "nonsense", "{}", "[1]", '{"host": 1, "pid": "x"}'])
def test_a_lock_file_that_says_nothing_holds_nothing(tmp_path, content, monkeypatch):
    monkeypatch.setattr(lock, "_try_system_lock", lambda descriptor: None)
    (tmp_path / LOCK_FILE).write_text(content)
    with locked(tmp_path):
        pass
