"""Accuracy and speed of whole runs on documents with known alignment.

    python -m benchmarks.align news.jsonl.gz --seeds 1,2,3
    python -m benchmarks.align help.jsonl.gz --density 1 --distractors other-help.jsonl.gz

Units are joined into paragraphs, differently in each language, and paragraphs are dropped and added. Each set
and seed is a run of the pipeline from raw files to tables, scored by `pipeline.evaluation.evaluate`: F1 of
articles, of each language pair (strict), of rows and of paragraphs without counterpart; lost paragraphs;
expected calibration error; seconds per stage; paragraphs per second over all stages.
"""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from benchmarks.documents import (
    Document,
    Noise,
    NoisyArticle,
    add_noise,
    known_rows,
    read_documents,
    strangers_of,
)
from pipeline.config import Config, parse_languages
from pipeline.errors import SynopticError
from pipeline.evaluation.evaluate import Evaluation, evaluate, read_run
from pipeline.evaluation.gold import read_gold
from pipeline.run.flow import run
from pipeline.run.progress import Silent

WARM_UP = 3
"""Documents of a warm-up run, which triggers compilation and is not shown."""

STAGES = ("read", "embed", "match", "align", "check")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("sets", nargs=-1, required=True, type=_FILE)
@click.option("--seeds", default="1", show_default=True, help="Seeds of the noise; one run for each.")
@click.option("--languages", default="it,ko,pl", show_default=True, help="Languages of the run.")
@click.option(
    "--density", default=Noise.density, show_default=True, help="Share of units ending a paragraph."
)
@click.option(
    "--merge", default=Noise.merge, show_default=True, help="Share of ends that one language lacks."
)
@click.option("--split", default=Noise.split, show_default=True, help="Share of ends in one language only.")
@click.option("--drop", default=Noise.drop, show_default=True, help="Share of paragraphs dropped.")
@click.option("--add", default=Noise.add, show_default=True, help="Share of paragraphs of other documents.")
@click.option("--distractors", type=_FILE, help="Documents to add in one language each.")
@click.option("--limit", type=int, help="Use only the first N documents.")
@click.option("--model", help="Any sentence-transformers model.  [default: the embedded one]")
@click.option("--keep", type=click.Path(path_type=Path), help="New folder for raw files, gold and output.")
def main(
    sets: tuple[Path, ...],
    seeds: str,
    languages: str,
    distractors: Path | None,
    limit: int | None,
    model: str | None,
    keep: Path | None,
    **noise: float,
) -> None:
    """Run the pipeline on noisy articles made of SETS and print a line of scores per set and seed."""
    codes = parse_languages(languages)
    wanted = Noise(**noise)
    alone = read_documents(distractors) if distractors else []
    click.echo(_line(header(codes)))
    click.echo("|" + "---|" * len(header(codes)))
    try:
        _in_scratch(read_documents(sets[0])[:WARM_UP], [], codes, wanted, 0, model)
        for path in sets:
            documents = read_documents(path)[:limit]
            results = []
            for seed in map(int, seeds.split(",")):
                if keep:
                    folder = keep / f"{_set_name(path)}-{seed}"
                    write_articles(documents, alone, codes, wanted, seed, folder)
                    results.append(measure(folder, codes, model))
                else:
                    results.append(_in_scratch(documents, alone, codes, wanted, seed, model))
                click.echo(_line([_set_name(path), str(seed), *_cells(results[-1])]))
            if len(results) > 1:
                mean = {name: sum(result[name] for result in results) / len(results) for name in results[0]}
                click.echo(_line([_set_name(path), "mean", *_cells(mean)]))
    except (SynopticError, FileExistsError) as error:
        raise click.ClickException(str(error)) from error


def _in_scratch(
    documents: Sequence[Document],
    alone: Sequence[Document],
    languages: tuple[str, ...],
    noise: Noise,
    seed: int,
    model: str | None,
) -> dict[str, float]:
    """Make raw articles, run and measure in a temporary folder."""
    with tempfile.TemporaryDirectory() as scratch:
        write_articles(documents, alone, languages, noise, seed, Path(scratch))
        return measure(Path(scratch), languages, model)


def write_articles(
    documents: Sequence[Document],
    alone: Sequence[Document],
    languages: Sequence[str],
    noise: Noise,
    seed: int,
    folder: Path,
) -> None:
    """Write raw articles to `folder`/raw and their gold alignment to `folder`/gold.json."""
    rng = random.Random(seed)
    strangers = strangers_of(documents)
    raw = folder / "raw"
    raw.mkdir(parents=True)
    articles: list[dict[str, object]] = []
    single: list[str] = []
    for document in documents:
        article = add_noise(document, languages, noise, strangers, rng)
        files = _write(raw, f"{seed}/{document.name}", article)
        if len(files) > 1:
            rows = [
                {code: ",".join(map(str, numbers)) for code, numbers in row.items()}
                for row in known_rows(article)
            ]
            articles.append({"files": files, "rows": rows})
        else:
            single += files.values()
    for number, document in enumerate(alone):
        code = languages[number % len(languages)]
        if code in document.languages:
            whole = add_noise(document, [code], Noise(1, 0, 0, 0, 0), strangers, rng)
            single += _write(raw, f"alone/{document.name}", whole).values()
    (folder / "gold.json").write_text(json.dumps({"articles": articles, "alone": single}), encoding="utf-8")


def _write(raw: Path, name: str, article: NoisyArticle) -> dict[str, str]:
    """Write an article under uninformative file names; return the name for each language."""
    files = {}
    for code, paragraphs in article.items():
        files[code] = hashlib.sha256(f"{name}/{code}".encode()).hexdigest()[:12] + ".txt"
        text = "\n\n".join(paragraph.text for paragraph in paragraphs)
        (raw / files[code]).write_text(text + "\n", encoding="utf-8")
    return files


def measure(folder: Path, languages: tuple[str, ...], model: str | None) -> dict[str, float]:
    """Run the pipeline on `folder`/raw; return the figures of one table line by name."""
    config = Config(raw=folder / "raw", out=folder / "out", languages=languages, model=model, quiet=True)
    summary = run(config, Silent())
    scores = evaluate(read_gold(folder / "gold.json"), read_run(config.out))
    record: Mapping[str, Any] = json.loads((config.out / "run.json").read_text(encoding="utf-8"))
    seconds = {stage: float(record["seconds"][stage]) for stage in STAGES}
    return figures(scores, languages) | seconds | {"par/s": summary.paragraphs / sum(seconds.values())}


def figures(scores: Evaluation, languages: Sequence[str]) -> dict[str, float]:
    """Return the scores in the table by name."""
    return {
        "articles": scores.articles.f1,
        **{
            "-".join(pair): scores.pairs[pair].strict.f1 if pair in scores.pairs else 1.0
            for pair in combinations(sorted(languages), 2)
        },
        "rows": scores.rows.f1,
        "one-sided": scores.one_sided.f1,
        "lost": scores.lost,
        "ece": scores.calibration.error,
    }


def header(languages: Sequence[str]) -> list[str]:
    """Return the column names of the table."""
    pairs = ["-".join(pair) for pair in combinations(sorted(languages), 2)]
    scores = ["articles", *pairs, "rows", "one-sided", "lost", "ece"]
    return ["set", "seed", *scores, *(f"{stage} s" for stage in STAGES), "par/s"]


def _set_name(path: Path) -> str:
    return path.name.split(".")[0]


def _cells(values: Mapping[str, float]) -> list[str]:
    return [_cell(name, value) for name, value in values.items()]


def _cell(name: str, value: float) -> str:
    digits = 0 if name in ("lost", "par/s") else 2 if name in STAGES else 4
    return f"{value:,.{digits}f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
