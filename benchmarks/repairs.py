"""What repairs by a reviewer do to the rest of a corpus: `python -m benchmarks.repairs news.jsonl.gz`.

Of the rows that a run gets wrong in articles that it has found, a share is repaired as a reviewer would, and
the run is done again. Counted are the repaired rows that stand, and the right rows among all others.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import click

from benchmarks.align import write_articles
from benchmarks.documents import Noise, read_documents
from pipeline.cli.stages import prepared
from pipeline.config import Config
from pipeline.datatypes import fingerprint
from pipeline.decisions.record import Decision, Reference
from pipeline.decisions.store import add_decisions
from pipeline.evaluation.evaluate import RunResult, read_run
from pipeline.evaluation.gold import Node, read_gold
from pipeline.run.flow import run
from pipeline.run.progress import Silent

LANGUAGES = ("it", "ko", "pl")


@click.command()
@click.argument("sets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--seeds", default="1", help="Seeds of the noise, with commas between them.")
@click.option("--density", default=0.45, help="Probability that a paragraph ends after a unit.")
@click.option("--share", default=0.4, help="Share of the wrong rows that are repaired.")
def main(sets: tuple[Path, ...], seeds: str, density: float, share: float) -> None:
    """Repair a share of the wrong rows of SETS and print what becomes of all others."""
    click.echo("| set | seed | rows | wrong | repaired | kept | others right | after | lost |")
    click.echo("|---|---|---|---|---|---|---|---|---|")
    for path in sets:
        for seed in map(int, seeds.split(",")):
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch)
                write_articles(read_documents(path), [], LANGUAGES, Noise(density=density), seed, folder)
                cells = [path.name.split(".")[0], seed, *repair(folder, share, random.Random(seed))]
                click.echo(f"| {' | '.join(map(str, cells))} |")


def repair(folder: Path, share: float, rng: random.Random) -> list[int]:
    """Return the numbers of one line of the table."""
    config = Config(raw=folder / "raw", out=folder / "out", languages=LANGUAGES)
    run(config, Silent())
    said = read_run(config.out)
    gold = {row for article in read_gold(folder / "gold.json").articles for row in article.rows}
    before = {row.nodes for row in said.rows}
    wrong = [row for row in sorted(gold - before, key=sorted) if _article(row, said)]
    chosen = [row for row in wrong if rng.random() < share]
    texts = _Texts(config)
    decisions = [_decision(f"d{k}", row, said, texts) for k, row in enumerate(chosen)]
    add_decisions(config.out, decisions, backup=False)
    run(config, Silent())
    after = {row.nodes for row in read_run(config.out).rows}
    others = gold - set(chosen)
    stand = sum(row in after for row in chosen)
    return [
        len(gold), len(wrong), len(chosen), stand, len(others & before), len(others & after),
        len((others & before) - after),
    ]  # fmt: skip


class _Texts:
    """The paragraphs of raw files, as a run has them."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._files: dict[str, list[str]] = {}

    def of(self, node: Node) -> str:
        file, number = node
        if file not in self._files:
            [article] = prepared(self._config.raw / file, self._config)
            self._files[file] = [paragraph.text for paragraph in article.paragraphs]
        return self._files[file][number - 1]


def _article(row: frozenset[Node], said: RunResult) -> str:
    """Return the article that the run has put all files of a row into, or ""."""
    articles = {said.files[file].article for file, _ in row}
    return articles.pop() if len(articles) == 1 else ""


def _decision(id: str, row: frozenset[Node], said: RunResult, texts: _Texts) -> Decision:
    references = tuple(
        Reference(said.files[node[0]].language, node[1], fingerprint(texts.of(node))) for node in sorted(row)
    )
    return Decision(id, "", "", "repair", _article(row, said), "", references, "", "")


if __name__ == "__main__":
    main()
