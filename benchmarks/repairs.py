"""Effect of a reviewer's repairs on the other rows: `python -m benchmarks.repairs news.jsonl.gz`.

A share of the wrong rows in matched articles is repaired as a reviewer would, and the run is repeated. The
table counts the repaired rows that are kept and the right ones among all other rows.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import click

from benchmarks.align import write_articles
from benchmarks.documents import Noise, read_documents
from pipeline.api.stages import prepared
from pipeline.config import Config
from pipeline.datatypes import Article, fingerprint
from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import Decision, Reference
from pipeline.evaluation.evaluate import RunResult, read_run
from pipeline.evaluation.gold import FileParagraph, read_gold
from pipeline.run.flow import run
from pipeline.run.progress import Silent

LANGUAGES = ("it", "ko", "pl")


@click.command()
@click.argument("sets", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--seeds", default="1", help="Comma-separated seeds of the noise.")
@click.option("--density", default=0.45, help="Probability that a paragraph ends after a unit.")
@click.option("--share", default=0.4, help="Share of the wrong rows to repair.")
def main(sets: tuple[Path, ...], seeds: str, density: float, share: float) -> None:
    """Repair a share of the wrong rows of SETS and print the effect on the others."""
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
    """Return the counts of one table line."""
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
    kept = sum(row in after for row in chosen)
    return [
        len(gold), len(wrong), len(chosen), kept, len(others & before), len(others & after),
        len((others & before) - after),
    ]  # fmt: skip


class _Texts:
    """The paragraphs of raw files as a run prepares them, read on demand."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._files: dict[str, list[str]] = {}

    def of(self, node: FileParagraph) -> str:
        file, number = node
        if file not in self._files:
            self._files[file] = [
                paragraph.text
                for article in prepared(self._config.raw / file, self._config)
                if isinstance(article, Article)
                for paragraph in article.paragraphs
            ]
        return self._files[file][number - 1]


def _article(row: frozenset[FileParagraph], said: RunResult) -> str:
    """Return the article to which the run assigned all files of a row, or ""."""
    articles = {said.files[file].article for file, _ in row}
    return articles.pop() if len(articles) == 1 else ""


def _decision(id: str, row: frozenset[FileParagraph], said: RunResult, texts: _Texts) -> Decision:
    references = tuple(
        Reference(said.files[node[0]].language, node[1], fingerprint(texts.of(node))) for node in sorted(row)
    )
    return Decision(id, "", "", "repair", _article(row, said), "", references, "", "")


if __name__ == "__main__":
    main()
