"""The forecast of remaining errors against gold, at five points of a simulated review.

    python -m benchmarks.forecast news.jsonl.gz help.jsonl.gz manuals.jsonl.gz --seeds 1,2,3
    python -m benchmarks.forecast NEWS HELP MANUALS --seeds 1,2,3 --densities 0.45,1 --fit

The reviewer decides the rows to look at in the order of their expected harm, approves those that are exactly
in the gold and rejects the others. After none, a quarter, half, three quarters and all of them, the expected
number of wrong rows among the undecided ones is compared with the real one. `--fit` prints the two numbers of
`pipeline.decisions.doubts` that suit these sets best, each set with the same weight, and the expected
calibration error before and after. `--densities` and `--distractors` are those of `benchmarks.align`.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np

from benchmarks.align import write_articles
from benchmarks.documents import Noise, read_documents
from pipeline.config import Config
from pipeline.datatypes import APPROVED, REJECTED
from pipeline.decisions.doubts import SUREST, Doubt, forecast, harms, needs_look
from pipeline.evaluation.evaluate import read_run
from pipeline.evaluation.gold import read_gold
from pipeline.exports.content import read_content
from pipeline.exports.doubts import doubts_of
from pipeline.run.flow import run
from pipeline.run.progress import Silent

LANGUAGES = ("it", "ko", "pl")
POINTS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the rows to look at that have been decided."""


class Judged(NamedTuple):
    """A row of a run and whether it is in the gold."""

    doubt: Doubt
    right: bool
    several: bool  # it has text in two languages or more


@click.command()
@click.argument("sets", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--seeds", default="1", show_default=True, help="Seeds of the noise; one run for each.")
@click.option("--densities", default=f"{Noise.density}", show_default=True, help="Shares that end one.")
@click.option("--distractors", type=click.Path(path_type=Path, exists=True), help="Documents to add.")
@click.option("--fit", "wants_fit", is_flag=True, help="Fit the chance of an error to the gold.")
def main(
    sets: tuple[Path, ...], seeds: str, densities: str, distractors: Path | None, wants_fit: bool
) -> None:
    """Compare the forecast with the gold of SETS, and print a line for each set."""
    results: dict[str, list[list[Judged]]] = {}
    for path, density in product(sets, map(float, densities.split(","))):
        name = f"{path.name.split('.')[0]}, density {density:g}"
        results[name] = [judged(path, int(seed), density, distractors) for seed in seeds.split(",")]
    if wants_fit:
        _print_fit(results)
        return
    click.echo("| set | rows | to look at | " + " | ".join(f"{share:.0%}" for share in POINTS) + " |")
    click.echo("|" + "---|" * (3 + len(POINTS)))
    for name, runs in results.items():
        steps = [review(rows) for rows in runs]
        cells = [
            f"{sum(step[k][0] for step in steps):.0f} / {sum(step[k][1] for step in steps)}"
            for k in range(len(POINTS))
        ]
        rows = sum(map(len, runs))
        look = sum(needs_look(row.doubt) for some in runs for row in some)
        click.echo(f"| {name} | {rows:,} | {look:,} | {' | '.join(cells)} |")


def judged(path: Path, seed: int, density: float, distractors: Path | None) -> list[Judged]:
    """Run the pipeline on noisy articles and judge every row but boilerplate by the gold."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        alone = read_documents(distractors) if distractors else []
        write_articles(read_documents(path), alone, LANGUAGES, Noise(density=density), seed, folder)
        config = Config(raw=folder / "raw", out=folder / "out", languages=LANGUAGES)
        run(config, Silent())
        return judge(folder)


def judge(folder: Path) -> list[Judged]:
    """Return the rows of the run in `folder`/out, judged by `folder`/gold.json."""
    gold = {row for article in read_gold(folder / "gold.json").articles for row in article.rows}
    content = read_content(folder / "out")
    said = read_run(folder / "out").rows
    return [
        Judged(doubt, row.nodes in gold, sum(map(bool, exported.texts.values())) > 1)
        for row, exported, doubt in zip(said, content.rows, doubts_of(content), strict=True)
        if doubt.compared
    ]


def review(rows: Sequence[Judged]) -> list[tuple[float, int]]:
    """Return expected and real numbers of wrong undecided rows at each of `POINTS`."""
    doubts = [row.doubt for row in rows]
    harm = harms(doubts)
    queue = sorted((k for k, doubt in enumerate(doubts) if needs_look(doubt)), key=lambda k: -harm[k])
    steps = []
    for share in POINTS:
        done = queue[: math.ceil(share * len(queue))]
        for k in done:
            doubts[k] = doubts[k]._replace(review=APPROVED if rows[k].right else REJECTED)
        wrong = sum(not row.right for k, row in enumerate(rows) if not doubts[k].review)
        steps.append((forecast(doubts).now, wrong))
    return steps


def _print_fit(results: dict[str, list[list[Judged]]]) -> None:
    from scipy.optimize import minimize

    sets = {name: [_arrays(rows) for rows in runs] for name, runs in results.items()}

    def loss(numbers: Sequence[float]) -> float:
        return sum(_loss(numbers, *map(np.concatenate, zip(*runs, strict=True))) for runs in sets.values())

    best = minimize(loss, [0.0, 1.0], method="Nelder-Mead").x
    click.echo(f"intercept {best[0]:.3f}, slope {best[1]:.3f}")
    click.echo("| set | ece | ece fitted |\n|---|---|---|")
    for name, runs in sets.items():
        before, after = (
            np.mean([_error(1 - line(numbers, c), wrong) for c, wrong in runs])
            for numbers in ((0.0, 1.0), best)
        )
        click.echo(f"| {name} | {before:.4f} | {after:.4f} |")


def _arrays(rows: Sequence[Judged]) -> tuple[np.ndarray, np.ndarray]:
    """Return confidences and errors of the rows with several languages."""
    some = [row for row in rows if row.several]
    return np.array([row.doubt.confidence for row in some]), np.array([not row.right for row in some])


def line(numbers: Sequence[float], confidences: np.ndarray) -> np.ndarray:
    """Return the chance of an error for two numbers, as `chance_wrong` does."""
    doubt = np.clip(1 - confidences, SUREST, 1 - SUREST)
    return 1 / (1 + np.exp(-numbers[0] - numbers[1] * np.log(doubt / (1 - doubt))))


def _loss(numbers: Sequence[float], confidences: np.ndarray, wrong: np.ndarray) -> float:
    chance = np.clip(line(numbers, confidences), 1e-9, 1 - 1e-9)
    return -float(np.mean(np.where(wrong, np.log(chance), np.log(1 - chance))))


def _error(confidences: np.ndarray, wrong: np.ndarray) -> float:
    """Return the expected calibration error over ten bins."""
    bins = np.minimum((confidences * 10).astype(int), 9)
    gaps = [
        abs(confidences[bins == k].mean() - (1 - wrong[bins == k].mean())) * (bins == k).sum()
        for k in np.unique(bins)
    ]
    return float(sum(gaps) / len(confidences))


if __name__ == "__main__":
    main()
