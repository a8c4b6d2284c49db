"""Whatever is wrong with a folder, a file or the machine: one line, and exit code 2."""

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.cli.commands import main
from pipeline.errors import DEBUG
from pipeline.output.xlsx import read_xlsx
from pipeline.review.server import ReviewServer
from tests.test_failed import workbook

ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests" / "sample_gold.json"
NESTED = 100_000
UNFORESEEN = "an unexpected error"


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def line_of(result):
    """Return the one line that a failed command ends with."""
    assert result.exit_code == 2, (result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("synoptic: ")]
    return line


def program(shell, *arguments):
    """Return the result of a command in a shell that first sets a limit."""
    words = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(
        ["bash", "-c", f'{shell}; exec "$@"', "bash", *words], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def edited(path, change):
    """Change the cells of a table: `change` gets its lines and returns them."""
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    stream = io.StringIO()
    csv.writer(stream).writerows(change(lines))
    path.write_text(stream.getvalue(), encoding="utf-8")


def cell(name, value):
    """Return what puts a value into a column of all lines."""

    def change(lines):
        at = lines[0].index(name)
        return [lines[0], *([*line[:at], value, *line[at + 1 :]] for line in lines[1:])]

    return change


def without(name):
    def change(lines):
        at = lines[0].index(name)
        return [line[:at] + line[at + 1 :] for line in lines]

    return change


COLUMNS = {
    "corpus": (
        "article", "row", "id", "it", "ko", "it_paragraphs", "pl_paragraphs", "confidence", "status",
        "review",
    ),
    "articles": ("file", "article", "language", "paragraphs", "verdict", "title"),
    "findings": ("id", "article", "row_id", "rule", "severity", "status", "category", "target_language"),
}  # fmt: skip
VALUES = ("", "x", "-1", "1e999", "nan", "9" * 30, "../../x", "1-99999999999", "approved")
HANDS = {
    f"{table} {what} {column}": (table, change)
    for table, columns in COLUMNS.items()
    for column in columns
    for what, change in [("without", without(column)), *((f"{v!r} in", cell(column, v)) for v in VALUES)]
} | {
    f"{table} {what}": (table, change)
    for table in COLUMNS
    for what, change in {
        "empty": lambda lines: [],
        "header only": lambda lines: lines[:1],
        "twice": lambda lines: lines + lines[1:],
        "backwards": lambda lines: [lines[0], *reversed(lines[1:])],
        "uneven": lambda lines: [lines[0], *(line[:-1] for line in lines[1:])],
        "wide": lambda lines: [[*line, "more"] for line in lines],
        "upper": lambda lines: [[name.upper() for name in lines[0]], *lines[1:]],
    }.items()
}


@pytest.fixture
def quiet_server(monkeypatch):
    monkeypatch.setattr(ReviewServer, "serve_forever", ReviewServer.server_close)


@pytest.mark.parametrize("name", HANDS)
def test_tables_edited_by_hand(name, samples, quiet_server):
    table, change = HANDS[name]
    out = samples / "out"
    edited(out / f"{table}.csv", change)
    for arguments in (
        ["export", out, "--format", "xliff"],
        ["export", out, "--format", "xlsx"],
        ["evaluate", GOLD, out],
        ["report", out],
        ["review", out, "--no-open"],
        ["apply", out / "corpus.csv", out, "--dry-run"],
    ):
        result = run(*arguments)
        if result.exit_code != 0:
            assert UNFORESEEN not in line_of(result), arguments


@pytest.mark.parametrize(
    "text",
    [
        "[" * NESTED, '{"settings":' + "[" * NESTED, "", "null", "[]", '"x"', "{}", "\ufeff{}", "{",
        '{"settings": {"languages": "it,ko"}}', '{"settings": {"languages": ["it", "it"]}}',
        '{"settings": {"languages": [["it"], "ko"]}}', '{"settings": {"languages": ["it", "../ko"]}}',
        '{"settings": {"languages": ["it", "ko"]}, "files": [1], "model": "x"}', "\udce9",
    ],
    ids=range(15),
)  # fmt: skip
def test_a_record_that_is_none(text, samples, quiet_server):
    out = samples / "out"
    (out / "run.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    for arguments in (["export", out, "--format", "xliff"], ["report", out], ["apply", GOLD, out]):
        result = run(*arguments)
        if result.exit_code != 0:
            assert UNFORESEEN not in line_of(result), arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["align", ROOT / "data" / "raw", "OUT"],
        ["export", "OUT", "--format", "xliff"],
        ["evaluate", GOLD, "OUT"],
        ["report", "OUT"],
        ["review", "OUT"],
        ["apply", GOLD, "OUT"],
        ["cache", "info", "OUT"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_name_that_is_too_long(arguments, tmp_path):
    name = tmp_path / ("x" * 300)
    result = run(*(name if each == "OUT" else each for each in arguments))
    if arguments[0] != "cache" or result.exit_code:
        assert UNFORESEEN not in line_of(result)


@pytest.mark.parametrize("jobs", ["12345678901234567890", "0", "-1"])
def test_a_number_of_jobs_that_no_machine_has(jobs, tmp_path):
    assert "jobs" in line_of(run("align", ROOT / "data" / "raw", tmp_path / "out", "--jobs", jobs))


def test_a_settings_file_that_is_nested_deeply(tmp_path):
    (tmp_path / "s.toml").write_text("x = " + "[" * NESTED, encoding="utf-8")
    assert "TOML" in line_of(run("align", tmp_path, "--config", tmp_path / "s.toml"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.csv", "--no-similarity"],
        ["check", "a.xlf", "--no-similarity"],
        ["evaluate", "a.json", "out"],
        ["apply", "a.csv", "out"],
        ["apply", "a.xlsx", "out"],
        ["align", "out", "o2", "--glossary", "a.csv"],
        ["align", "out", "o2", "--pairs", "a.csv"],
        ["align", "out", "o2", "--config", "a.toml"],
        ["align", "out", "o2", "--rules", "a.toml"],
    ],
)
def test_a_pipe_is_not_waited_for(arguments, samples, monkeypatch):
    monkeypatch.chdir(samples)
    for name in ("a.csv", "a.xlf", "a.json", "a.xlsx", "a.toml"):
        os.mkfifo(name)
    assert "pipe" in line_of(run(*arguments))


@pytest.mark.parametrize("damage", ["<<", "", "<a>" * NESTED, '<row><c t="s"><v>x</v></c></row>'])
def test_damaged_xml_in_a_spreadsheet(damage, samples):
    path = samples / "a.xlsx"
    path.write_bytes(workbook(damage))
    result = run("apply", path, samples / "out")
    assert UNFORESEEN not in line_of(result)


@pytest.mark.parametrize("digits", ["D800", "dfff", "110000", "F" * 40, "x", "-1"])
def test_a_character_that_there_is_not(digits, tmp_path):
    path = tmp_path / "a.xlf"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="it" trgLang="ko"><file '
        f'id="f"><unit id="u"><segment><source>12 case<cp hex="{digits}"/></source><target>집 13채<cp '
        f'hex="{digits}"/></target></segment></unit></file></xliff>',
        encoding="utf-8",
    )
    for form in ("csv", "json", "sarif", "html", "xlsx", "text"):
        report = tmp_path / f"report.{form}"
        result = run("check", path, "--no-similarity", "--format", form, "--out", report)
        assert result.exit_code == 0
        assert report.stat().st_size


def test_an_error_that_nobody_has_foreseen(tmp_path, monkeypatch):
    def broken(*_):
        raise TypeError(f"two\nlines and {'x' * 1000}")

    monkeypatch.setattr(commands, "parse_languages", broken)
    arguments = ["export", tmp_path, "--format", "tmx", "--languages", "it"]
    line = line_of(run(*arguments))
    assert "TypeError: two lines and xxx" in line
    assert f"{DEBUG}=1" in line
    assert len(line) < 500
    monkeypatch.setenv(DEBUG, "1")
    assert isinstance(run(*arguments).exception, TypeError)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
@pytest.mark.parametrize("limit", ["ulimit -v 100000", "ulimit -v 300000", "ulimit -n 8"])
def test_limits_of_the_shell(limit, tmp_path):
    done = program(limit, "align", ROOT / "data" / "raw", tmp_path / "out", "--jobs", "1")
    assert done.returncode == 2, done.stderr
    assert sum(line.startswith("synoptic: ") for line in done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "corpus.csv").exists()


def test_an_honest_spreadsheet_is_still_read(samples):
    run("export", samples / "out", "--format", "xlsx")
    header, lines = read_xlsx(samples / "out" / "exports" / "xlsx" / "corpus.xlsx")
    assert "it" in header
    assert len(lines) > 20


@pytest.mark.parametrize(
    ("arguments", "next_step"),
    [
        (["align", "--languages", "english,german"], "unknown language 'english'; write en"),
        (["align", "--languages", "it"], "not 1; name others too, as in --languages it,pl"),
        (["align", "nowhere"], "does not exist; name the folder that holds the articles"),
        (["align", "README.md"], "is not a folder; name the folder that holds the articles"),
        (["cache"], "'cache info' shows the cache, 'cache clear' clears it"),
        (["align", "--model", "./nowhere"], "there is no such folder; give the folder of a model, or leave"),
    ],
)
def test_a_message_says_what_to_do_next(monkeypatch, arguments, next_step):
    monkeypatch.chdir(ROOT)
    assert next_step in line_of(run(*arguments))


def test_a_folder_with_nothing_or_one_file_says_what_to_put_there(tmp_path):
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    assert f"  {raw} holds no file: put the articles there" in run("align", raw, out).output
    (raw / "nota.txt").write_text(
        "Il museo civico è chiuso per lavori fino a lunedì prossimo.\n", encoding="utf-8"
    )
    told = run("align", raw, out).output
    assert (
        "nota.txt: no file in another language to compare; put its translation into the same folder" in told
    )
    assert "pairs.csv" not in told
