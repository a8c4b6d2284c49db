"""Kill runs at random moments and verify that no output is broken and no decision lost.

    python -m benchmarks.kills RAW WORK --kills 200

Half of the runs use the cache. Between kills a file is changed and changed back, to give each run something
to write; every third row is approved. After each kill every output file must be that of one of the two states
and the decisions must be complete. A final undisturbed run must give the expected bytes.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import click

from pipeline.decisions.log import DECISIONS, add_decisions
from pipeline.decisions.record import Decision
from pipeline.decisions.replay import CorpusRow, read_rows


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.argument("work", type=click.Path(path_type=Path))
@click.option("--kills", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(raw: Path, work: Path, kills: int, seed: int) -> None:
    """Kill runs on a copy of RAW in WORK and print the observed states."""
    rng = random.Random(seed)
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(raw, work / "raw")
    file = max((work / "raw").rglob("*.txt"), key=lambda path: (path.stat().st_size, path))
    states = [file.read_bytes(), file.read_bytes().replace(b". ", b".\n\n", 1)]
    known = []
    align(work / "raw", work / "state0")
    decisions = decide(work / "state0")
    (work / "state1").mkdir()
    shutil.copy(work / "state0" / DECISIONS, work / "state1")
    for number, content in enumerate(states):
        file.write_bytes(content)
        seconds = align(work / "raw", work / f"state{number}")
        known.append(tables(work / f"state{number}"))
    out = work / "out"
    shutil.copytree(work / "state1", out)
    seen: Counter[str] = Counter()
    for kill in range(kills):
        file.write_bytes(states[kill // 2 % 2])
        options = ["--no-cache"] if kill % 2 else []
        process = subprocess.Popen([*COMMAND, *options, work / "raw", out])
        time.sleep(rng.uniform(0, 1.2 * seconds))
        process.kill()
        seen["killed" if process.wait() else "ended"] += 1
        seen[state_of(out, known)] += 1
        assert (out / DECISIONS).read_bytes() == decisions, "a decision is lost"
    align(work / "raw", out)
    assert tables(out) == known[(kills - 1) // 2 % 2], "the output of the last run is different"
    print(", ".join(f"{count} {what}" for what, count in sorted(seen.items())))


COMMAND = [sys.executable, "-m", "pipeline", "align", "--quiet", "--jobs", "2"]


def decide(out: Path) -> bytes:
    """Approve every third row; return the bytes of the decisions file."""
    rows = read_rows(out, json.loads((out / "run.json").read_text(encoding="utf-8"))["settings"]["languages"])
    add_decisions(out, map(approval, rows[::3]), backup=False)
    return (out / DECISIONS).read_bytes()


def approval(row: CorpusRow) -> Decision:
    """Return the approval of a row."""
    time_, by = "2026-01-31T09:30:00Z", "benchmark"
    return Decision(f"d-{row.id}", time_, by, "approve", row.article, row.id, row.references, "", "")


def align(raw: Path, out: Path) -> float:
    """Run to completion; return the seconds."""
    begin = time.perf_counter()
    subprocess.run([*COMMAND, raw, out], check=True)
    return time.perf_counter() - begin


def tables(out: Path) -> dict[str, str]:
    """Return the digest of every table."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.csv"))}


def state_of(out: Path, known: list[dict[str, str]]) -> str:
    """Return the state of the output; raises `AssertionError` if a file belongs to neither state."""
    found = tables(out)
    for name, digest in found.items():
        assert digest in [state[name] for state in known], f"{name} is broken"
    if found in known:
        said = json.loads((out / "run.json").read_text(encoding="utf-8"))["files"]
        whole = all(said[name] == digest for name, digest in found.items() if name in said)
        return "whole" if whole else "between two renames"
    return "between two renames"


if __name__ == "__main__":
    main()
