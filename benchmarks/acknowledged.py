"""Kill `review`, `apply` and `export` at random moments and verify that nothing acknowledged is lost.

    python -m benchmarks.acknowledged RAW WORK --kills 200

In turn the review server gets decisions one after the other, a table of decisions is taken in, and the
corpus is exported, and each is killed at a random moment. Every decision that the server had answered with
200, and all of a table whose `apply` had ended, must be in `decisions.csv`; that file must be whole, and have
none of a table or all of it. Every exported file must be that of an undisturbed export. `benchmarks.kills`
does the same to `align`.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click

from pipeline.decisions.log import DECISIONS, Log, read_decisions, vanished_decisions
from pipeline.decisions.record import COLUMNS
from pipeline.output.csv_text import csv_text
from pipeline.output.reader import languages_of

COMMAND = [sys.executable, "-m", "pipeline"]
BATCH = 40
"""Decisions in a table."""


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.argument("work", type=click.Path(path_type=Path))
@click.option("--kills", default=200, show_default=True)
@click.option("--minutes", default=60.0, show_default=True, help="Stop earlier, after so much time.")
@click.option("--seed", default=1, show_default=True)
def main(raw: Path, work: Path, kills: int, minutes: float, seed: int) -> None:
    """Align RAW once in WORK, kill commands on it, and print what was seen."""
    rng = random.Random(seed)
    shutil.rmtree(work, ignore_errors=True)
    out = work / "out"
    subprocess.run([*COMMAND, "align", "--quiet", raw, out], check=True)
    begin = time.perf_counter()
    expected = exported(out, work / "expected")
    seconds = time.perf_counter() - begin
    seen: Counter[str] = Counter()
    promised: set[str] = set()
    end = time.monotonic() + 60 * minutes
    for kill in range(kills):
        if time.monotonic() > end:
            break
        kind = ("review", "apply", "export")[kill % 3]
        if kind == "review":
            promised |= killed_review(out, kill, rng.uniform(0.0, 2.0), seen)
        elif kind == "apply":
            promised |= killed_apply(out, work, kill, rng.uniform(0.5, 1.5) * seconds, seen)
        else:
            killed_export(out, work / "exports", rng.uniform(0.5, 1.2) * seconds, expected, seen)
        check_decisions(out, promised)
    print(", ".join(f"{count} {what}" for what, count in sorted(seen.items())))
    print(f"{len(promised)} decisions acknowledged, none lost")


def dismissal(number: str) -> dict[str, str]:
    """Return a decision that fits any corpus, by column."""
    said = {"id": number, "time": "2026-01-31T09:30:00Z", "kind": "dismiss", "target": f"f-{number}"}
    return dict.fromkeys(COLUMNS, "") | said


def killed_review(out: Path, kill: int, seconds: float, seen: Counter[str]) -> set[str]:
    """Kill a server while it gets decisions; return the ids of those that it acknowledged."""
    server = subprocess.Popen(
        [*COMMAND, "review", out, "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    address = urlsplit(server.stdout.readline().rpartition(" ")[2].strip())
    token = parse_qs(address.query)["token"][0]
    timer = threading.Timer(seconds, server.kill)
    timer.start()
    acknowledged: set[str] = set()
    connection = http.client.HTTPConnection(address.netloc, timeout=20)
    headers = {
        "X-Synoptic-Token": token, "Origin": f"http://{address.netloc}", "Content-Type": "application/json"
    }  # fmt: skip
    try:
        while True:
            id = f"r{kill}-{len(acknowledged)}"
            body = json.dumps({"decisions": [dismissal(id)]})
            connection.request("POST", "/decisions?since=1000000000", body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            acknowledged.add(id)
    except (OSError, http.client.HTTPException):
        pass
    timer.join()
    server.wait()
    seen["review killed"] += 1
    return acknowledged


def killed_apply(out: Path, work: Path, kill: int, seconds: float, seen: Counter[str]) -> set[str]:
    """Kill `apply` of a table; return the ids in it if it had ended."""
    ids = [f"t{kill}-{k}" for k in range(BATCH)]
    withdrawals = [dismissal(id) | {"kind": "withdraw", "target": ids[0]} for id in ids[1:]]
    table = work / "table.csv"
    lines = [dismissal(ids[0]) | {"target": first_finding(out)}, *withdrawals]
    table.write_text(csv_text([COLUMNS, *(list(line.values()) for line in lines)]), encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "apply", table, out], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    ended = process.wait() == 0
    seen["apply ended" if ended else "apply killed"] += 1
    there = {decision.id for decision in read_decisions(out).decisions} & set(ids)
    assert len(there) in (0, BATCH), "part of a table was taken in"
    assert not ended or there, "a table is lost"
    return there


def first_finding(out: Path) -> str:
    """Return the id of a finding of the corpus."""
    return (out / "findings.csv").read_text(encoding="utf-8").split("\n")[1].split(",")[0].strip('"')


def killed_export(
    out: Path, folder: Path, seconds: float, expected: dict[str, str], seen: Counter[str]
) -> None:
    """Kill an export over an earlier one; every file must be whole."""
    process = subprocess.Popen(
        [*COMMAND, "export", out, "--format", "xliff", "--to", folder],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(seconds)
    process.kill()
    seen["export killed" if process.wait() else "export ended"] += 1
    found = digests(folder)
    assert all(expected[name] == digest for name, digest in found.items()), "an exported file is broken"


def exported(out: Path, folder: Path) -> dict[str, str]:
    """Export undisturbed; return the digest of every file."""
    subprocess.run(
        [*COMMAND, "export", out, "--format", "xliff", "--to", folder], check=True, stdout=subprocess.DEVNULL
    )
    return digests(folder)


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every exported file."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.xlf"))}


def check_decisions(out: Path, promised: set[str]) -> None:
    """Raise `AssertionError` if a decision is lost or a line is broken."""
    log = read_decisions(out) if (out / DECISIONS).exists() else Log()
    assert not log.unreadable, log.unreadable[0]
    lost = promised - {decision.id for decision in log.decisions}
    assert not lost, f"{len(lost)} acknowledged decisions are lost"
    assert not vanished_decisions(out, log), "the journal has decisions that the file lacks"
    assert languages_of(out)


if __name__ == "__main__":
    main()
