"""Time and memory of whole runs on growing collections, and of incremental runs after small changes.

    python -m benchmarks.scale ../shared/data/parallel.jsonl.gz WORK --sizes 10000,100000 --plot scale.svg

Each run is a separate process. The first starts with an empty cache. Later runs reuse the cache after no
change, a touched file, a changed paragraph and an added file.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from benchmarks.collections import write_collection

STAGES = ("read", "embed", "match", "align", "check")


class Run(NamedTuple):
    """One run of the command."""

    seconds: float  # from the start of the process to its end
    record: Mapping[str, Any]  # its `run.json`

    @property
    def paragraphs(self) -> int:
        """Paragraphs of the collection."""
        return int(self.record["counts"]["paragraphs"])

    @property
    def peak(self) -> int:
        """Peak memory of all processes together, in bytes."""
        return max(self.record["peak_bytes"].values())


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("work", type=click.Path(path_type=Path))
@click.option("--sizes", default="10000,100000", show_default=True, help="Comma-separated paragraph counts.")
@click.option("--jobs", default=2, show_default=True)
@click.option("--plot", type=click.Path(path_type=Path), help="Write a plot of the seconds to this SVG file.")
@click.option("--changes/--no-changes", default=True, help="Run again after small changes.")
def main(data: Path, work: Path, sizes: str, jobs: int, plot: Path | None, changes: bool) -> None:
    """Print the costs of runs on collections made from DATA; folders are created in WORK."""
    runs: list[Run] = []
    for size in map(int, sizes.split(",")):
        raw, out = work / f"raw{size}", work / f"out{size}"
        if not raw.is_dir():
            write_collection(data, raw, size)
        runs.append(align(raw, out, jobs, fresh=True))
        print(cost_line(runs[-1]), flush=True)
        if changes:
            for name, run in changed_runs(raw, out, jobs).items():
                share = 100 * run.seconds / runs[-1].seconds
                print(f"  {name:<22}{run.seconds:8.1f} s {share:6.1f} %  {made(run)}", flush=True)
    if len(runs) > 1:
        print(f"exponent {exponent(runs):.3f}")
    if plot:
        plot.write_text(drawing(runs), encoding="utf-8")


def align(raw: Path, out: Path, jobs: int, fresh: bool = False) -> Run:
    """Run the command, with an empty cache if `fresh`."""
    if fresh:
        subprocess.run(
            [sys.executable, "-m", "pipeline", "cache", "clear", out], check=True, stdout=subprocess.DEVNULL
        )
    begin = time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "align", "--quiet", "--jobs", str(jobs), raw, out]
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - begin
    return Run(seconds, json.loads((out / "run.json").read_text(encoding="utf-8")))


def changed_runs(raw: Path, out: Path, jobs: int) -> dict[str, Run]:
    """Return the runs after small changes, which are then undone."""
    file = max(raw.rglob("*.txt"), key=lambda path: (path.stat().st_size, path))
    text = file.read_text(encoding="utf-8")
    runs = {"nothing changed": align(raw, out, jobs)}
    os.utime(file, (1, 1))
    runs["a file touched"] = align(raw, out, jobs)
    first, rest = text.split("\n\n", 1)
    file.write_text(f"{first.rpartition(' ')[0]}\n\n{rest}", encoding="utf-8")
    runs["a paragraph changed"] = align(raw, out, jobs)
    file.write_text(text, encoding="utf-8")
    added = raw / "added.txt"
    added.write_text("\n\n".join(text.split("\n\n")[::2]) + "\n", encoding="utf-8")
    runs["an article added"] = align(raw, out, jobs)
    added.unlink()
    return runs


def made(run: Run) -> str:
    """Return the counts of what a run computed anew."""
    return ", ".join(f"{count} {kind}" for kind, count in run.record["made"].items()) or "nothing made"


def cost_line(run: Run) -> str:
    """Return the costs of a run as a line of a Markdown table."""
    stages = " | ".join(f"{run.record['seconds'][stage]:.1f}" for stage in STAGES)
    rest = run.seconds - sum(run.record["seconds"][stage] for stage in STAGES)
    return (
        f"| {run.paragraphs:,} | {run.seconds:.1f} | {run.paragraphs / run.seconds:,.0f} "
        f"| {run.peak / 1e9:.2f} | {stages} | {rest:.1f} |"
    )


def exponent(runs: Sequence[Run]) -> float:
    """Return e in seconds = c * paragraphs^e, by least squares on the logarithms."""
    x = [math.log(run.paragraphs) for run in runs]
    y = [math.log(run.seconds) for run in runs]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def drawing(runs: Sequence[Run]) -> str:
    """Return a log-log plot of seconds against paragraphs as SVG."""
    low, high = math.log10(runs[0].paragraphs) - 0.3, math.log10(runs[-1].paragraphs) + 0.3
    bottom = math.log10(min(run.seconds for run in runs)) - 0.3
    top = math.log10(max(run.seconds for run in runs)) + 0.3

    def at(paragraphs: float, seconds: float) -> tuple[float, float]:
        x = 70 + 500 * (math.log10(paragraphs) - low) / (high - low)
        return x, 320 - 290 * (math.log10(seconds) - bottom) / (top - bottom)

    points = [at(run.paragraphs, run.seconds) for run in runs]
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points)
    labels = "".join(
        f'<text x="{x + 8:.1f}" y="{y + 16:.1f}">{run.paragraphs:,} in {run.seconds:,.0f} s</text>'
        for (x, y), run in zip(points, runs, strict=True)
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    start, end = (
        at(runs[0].paragraphs, runs[0].seconds),
        at(runs[-1].paragraphs, runs[0].seconds * runs[-1].paragraphs / runs[0].paragraphs),
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 370" font-family="sans-serif" '
        'font-size="13">'
        '<rect width="640" height="370" fill="#fff"/>'
        '<path d="M70 20V320H600" fill="none" stroke="#444"/>'
        f'<line x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}" '
        'stroke="#999" stroke-dasharray="5 4"/>'
        f'<polyline points="{line}" fill="none" stroke="#0a58a6" stroke-width="2"/>'
        f'<g fill="#0a58a6">{marks}</g>'
        f'<g fill="#222">{labels}<text x="250" y="352">paragraphs (logarithmic)</text>'
        '<text x="20" y="190" transform="rotate(-90 20 190)">seconds (logarithmic)</text>'
        '<text x="80" y="36" fill="#666">dashed: in proportion</text></g></svg>\n'
    )


if __name__ == "__main__":
    main()
