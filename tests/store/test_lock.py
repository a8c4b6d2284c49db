"""One run at a time in an output folder."""

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.store import lock
from pipeline.store.lock import LEASE_FILE, LOCK_FILE, OWNER_FILE, locked

HOLD = """
import sys, time
from pathlib import Path
from pipeline.store import lock
lock.RENEW, lock.STALE = 0.1, 0.5
if sys.argv[2] == "lease":
    import fcntl
    def flock(descriptor, operation):
        raise OSError(int(sys.argv[3]), "no locks here")
    fcntl.flock = flock
with lock.locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def start_holder(folder, *how):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder), *how], stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


def end(process):
    process.kill()
    process.wait()


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = start_holder(tmp_path, "lock")
    yield process
    end(process)


@pytest.fixture(params=[errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def no_locks(request, monkeypatch):
    """A file system without locks, and leases that expire after half a second."""

    def flock(descriptor, operation):
        raise OSError(request.param, "no locks here")

    monkeypatch.setattr("fcntl.flock", flock)
    monkeypatch.setattr(lock, "RENEW", 0.1)
    monkeypatch.setattr(lock, "STALE", 0.5)
    return str(request.param)


def is_held(folder):
    try:
        with locked(folder):
            return False
    except OutputError:
        return True


def test_a_held_lock_names_its_owner(tmp_path, holder):
    with pytest.raises(OutputError, match=f"process {holder.pid} on .*, for . seconds"), locked(tmp_path):
        pass


def test_the_lock_of_a_killed_run_is_taken_over(tmp_path, holder):
    end(holder)
    assert json.loads((tmp_path / OWNER_FILE).read_text())["pid"] == holder.pid
    with locked(tmp_path):
        assert json.loads((tmp_path / OWNER_FILE).read_text())["pid"] == os.getpid()
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
    with locked(tmp_path):
        pass


def test_one_process_holds_a_lock_once(tmp_path):
    with locked(tmp_path), pytest.raises(OutputError, match=f"process {os.getpid()}"), locked(tmp_path):
        pass


def test_where_the_system_has_no_locks(tmp_path, no_locks):
    holder = start_holder(tmp_path, "lease", no_locks)
    try:
        with pytest.raises(OutputError, match=f"process {holder.pid} on"), locked(tmp_path):
            pass
    finally:
        end(holder)
    with locked(tmp_path):
        assert (tmp_path / LEASE_FILE).exists()
    assert not (tmp_path / LEASE_FILE).exists()


def on_another_machine(folder):
    """Make the owner of a lease seem to run on another host, where its process cannot be checked."""
    host = json.loads((folder / OWNER_FILE).read_text())["host"]
    for path in (folder / OWNER_FILE, folder / LEASE_FILE):
        path.write_text(path.read_text().replace(host, "elsewhere"))


def test_an_owner_on_another_machine_is_given_time(tmp_path, no_locks):
    holder = start_holder(tmp_path, "lease", no_locks)
    try:
        on_another_machine(tmp_path)
        with pytest.raises(OutputError, match=f"process {holder.pid} on elsewhere"), locked(tmp_path):
            pass  # it renews its lease
    finally:
        end(holder)
    began = time.monotonic()
    assert not is_held(tmp_path)
    assert time.monotonic() - began >= lock.STALE


@pytest.mark.parametrize("content", ["", "nonsense", "{}", "[1]", '{"host": 1, "pid": "x"}'])
def test_a_file_that_says_nothing_of_the_owner(tmp_path, holder, content):
    (tmp_path / OWNER_FILE).write_text(content)
    with pytest.raises(OutputError, match="its process is not known yet"), locked(tmp_path):
        pass


def test_no_link_is_followed(tmp_path):
    folder, precious = tmp_path / "folder", tmp_path / "precious"
    folder.mkdir()
    precious.write_text("kept")
    (folder / OWNER_FILE).symlink_to(precious)
    with locked(folder):
        assert not (folder / OWNER_FILE).is_symlink()
    (folder / LOCK_FILE).unlink()
    (folder / LOCK_FILE).symlink_to(precious)
    with pytest.raises(OutputError, match=r"cannot write to .*folder"), locked(folder):
        pass
    assert precious.read_text() == "kept"


def test_a_lock_file_keeps_its_content(tmp_path):
    (tmp_path / "other").write_text("kept")
    Path(tmp_path / LOCK_FILE).hardlink_to(tmp_path / "other")
    with locked(tmp_path):
        pass
    assert (tmp_path / "other").read_text() == "kept"
