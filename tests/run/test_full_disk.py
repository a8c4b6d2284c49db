"""A disk that is full, or turns read-only, in the middle of a run: the last whole output stays."""

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.commands import main
from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.run.flow import run
from pipeline.run.progress import Silent

SAMPLES = Path(__file__).parent.parent.parent / "data" / "raw"
ROOMY = "100m"


def align(raw, out):
    return run(Config(raw=raw, out=out, jobs=1), Silent())


def tables(out):
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


@pytest.fixture
def raw(tmp_path):
    shutil.copytree(SAMPLES, tmp_path / "raw")
    return tmp_path / "raw"


def change(raw):
    """Change a paragraph of every file, and return the tables of an undisturbed run."""
    for path in raw.glob("*.txt"):
        path.write_bytes(path.read_bytes().rstrip() + b" 2027\n")
    expected = raw.parent / "expected"
    align(raw, expected)
    return tables(expected)


def failure_of(raw, out):
    """What a run says that fails, or nothing."""
    try:
        align(raw, out)
    except OutputError as error:
        return str(error)
    return None


def mount(options, folder):
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path):
    """A file system in memory whose size can be set."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or not mount(f"size={ROOMY}", folder):
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # packs are still open for reading


@pytest.mark.parametrize("room", [0, 8, 40, 120, 400, 900])
def test_a_full_disk(raw, disk, room):
    out = disk / "out"
    align(raw, out)
    before, expected = tables(out), change(raw)
    used = shutil.disk_usage(disk).used
    assert mount(f"remount,size={used + 1024 * room}", disk)
    failure = failure_of(raw, out)
    assert "No space left" in (failure or "No space left")
    assert tables(out) == (before if failure else expected)
    assert failure or room  # there is no run that needs no room
    assert mount(f"remount,size={ROOMY}", disk)
    align(raw, out)
    assert tables(out) == expected


class Failing:
    """Lets the files below a folder be written so many times, and never again."""

    def __init__(self, monkeypatch, folder, writes):
        self.folder, self.left = folder, writes
        for name in ("open", "replace", "rename", "mkdir"):
            monkeypatch.setattr(Path, name, self._instead_of(getattr(Path, name), name))

    def _instead_of(self, function, name):
        def write(path, *args, **options):
            mode = args[0] if args else options.get("mode", "r")
            reads = name == "open" and not {*mode} & {*"wxa+"}
            if not reads and path.is_relative_to(self.folder):
                self.left -= 1
                if self.left < 0:
                    raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
            return function(path, *args, **options)

        return write


@pytest.mark.parametrize("writes", [0, 2, 5, 9, 12, 14, 16, 18, 20])
def test_a_folder_that_turns_read_only(raw, tmp_path, monkeypatch, writes):
    out = tmp_path / "out"
    align(raw, out)
    before, expected = tables(out), change(raw)
    with monkeypatch.context() as patch:
        failing = Failing(patch, out, writes)
        with pytest.raises(OutputError, match="Read-only"):
            align(raw, out)
        assert failing.left < 0
    for name, table in tables(out).items():  # one after the other is moved to its place at the very end
        assert table in (before[name], expected[name])
    align(raw, out)
    assert tables(out) == expected


@pytest.mark.parametrize("form", ["xlsx", "xliff", "tmx", "csv", "jsonl"])
@pytest.mark.parametrize("room", [0, 4, 12])
def test_a_full_disk_under_an_export(aligned, disk, form, room):
    out = disk / "out"
    shutil.copytree(aligned / "out", out)
    assert mount(f"remount,size={shutil.disk_usage(disk).used + 1024 * room}", disk)
    result = CliRunner().invoke(main, ["export", str(out), "--format", form])
    if result.exit_code:
        assert result.exit_code == 2
        (line,) = result.stderr.splitlines()
        assert "No space left" in line
        assert not [path for path in out.rglob("*") if path.suffix in (".xlsx", ".xlf", ".tmx", ".jsonl")]
    assert result.exit_code or room
