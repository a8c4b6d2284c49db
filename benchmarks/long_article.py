"""Time and memory to align one very long article, and their growth with its length.

    python -m benchmarks.long_article manuals.jsonl.gz --paragraphs 5000,10000,20000

The article concatenates documents, reshuffled each time that they run out, with some paragraphs merged and
some dropped. Only `pipeline.alignment.align.align_texts` is measured, each length in a separate process:
seconds, peak memory above the memory in use before (exact on Linux only), strict F1 of the rows. Paragraphs
and sentences are counted over all languages.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.documents import Document, Noise, NoisyArticle, add_noise, known_rows, read_documents
from pipeline.alignment.align import align_texts, small_matrices
from pipeline.calibration.measure import calibrate
from pipeline.config import parse_languages
from pipeline.datatypes import Article, Paragraph
from pipeline.embedding.encoders import load_encoder
from pipeline.embedding.vectors import Text, embed
from pipeline.errors import SynopticError
from pipeline.evaluation.evaluate import strict_score
from pipeline.segmentation.sentences import split_sentences

Rows = set[frozenset[tuple[int, int]]]
"""Rows of (language, paragraph), both from 0, as in the aligner."""

WARM_UP = 30
"""Sentences of a warm-up alignment, which triggers compilation."""


class Measurement(NamedTuple):
    """The costs of aligning one article."""

    seconds: float
    processor_seconds: float  # CPU time, used for the growth ratio
    megabytes: float  # peak resident memory above that before the alignment
    rows: Rows


@click.command()
@click.argument("documents", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--paragraphs",
    default="5000,10000,20000",
    show_default=True,
    help="Lengths in one language, before noise.",
)
@click.option("--languages", default="it,ko,pl", show_default=True, help="Languages of the article.")
@click.option("--merge", default=0.1, show_default=True, help="Share of paragraphs merged with the next.")
@click.option("--drop", default=0.04, show_default=True, help="Share of paragraphs dropped.")
@click.option("--seed", default=1, show_default=True, help="Seed of order and noise.")
@click.option("--model", help="Any sentence-transformers model.  [default: the embedded one]")
def main(
    documents: Path, paragraphs: str, languages: str, merge: float, drop: float, seed: int, model: str | None
) -> None:
    """Align articles made of DOCUMENTS and print a line for each length."""
    codes = parse_languages(languages)
    noise = Noise(density=1.0, merge=merge, split=0.0, drop=drop, add=0.0)
    whole = [d for d in read_documents(documents) if set(codes) <= set(d.languages)]
    click.echo("| paragraphs | sentences | seconds | CPU s | ratio | MB | ratio | rows F1 | paragraphs/s |")
    click.echo("|" + "---|" * 9)
    before: Measurement | None = None
    for length in map(int, paragraphs.split(",")):
        article = long_article(whole, codes, length, noise, random.Random(seed))
        try:
            texts = embedded(article, model)
        except SynopticError as error:
            raise click.ClickException(str(error)) from error
        measured = in_own_process(texts)
        click.echo(_line(article, texts, measured, before))
        before = measured


def long_article(
    documents: Sequence[Document], languages: Sequence[str], units: int, noise: Noise, rng: random.Random
) -> NoisyArticle:
    """Return an article of `units` units from the documents; each is a paragraph unless merged."""
    chosen: list[Document] = []
    while sum(len(document.units) for document in chosen) < units:
        chosen += rng.sample(documents, len(documents))
    joined = [unit for document in chosen for unit in document.units][:units]
    return add_noise(Document("long", joined), languages, noise, {}, rng)


def embedded(article: NoisyArticle, model: str | None) -> list[Text]:
    """Return the article as input for the aligner; raises `ModelError`."""
    articles = [
        Article(
            file=language,
            language=language,
            language_confidence=1.0,
            paragraphs=tuple(
                Paragraph(number, "paragraph", text, split_sentences(text, language), language)
                for number, (_, text) in enumerate(paragraphs, start=1)
            ),
            changes=(),
            encoding="utf-8",
        )
        for language, paragraphs in article.items()
    ]
    return embed(articles, load_encoder(model))


def in_own_process(texts: Sequence[Text]) -> Measurement:
    """Align in a new process, to keep memory measurements independent."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(measure, texts).result()


def measure(texts: Sequence[Text]) -> Measurement:
    """Align texts and return the costs."""
    likeness = calibrate(texts).likeness
    with small_matrices():
        align_texts([text.beginning(WARM_UP) for text in texts], likeness)
        forget_peak()
        memory, started, worked = peak_megabytes(), time.perf_counter(), time.process_time()
        rows = align_texts(texts, likeness)
        return Measurement(
            seconds=time.perf_counter() - started,
            processor_seconds=time.process_time() - worked,
            megabytes=peak_megabytes() - memory,
            rows={frozenset(row.nodes) for row in rows},
        )


def forget_peak() -> None:
    """Reset the peak memory to the current use where the system supports it (Linux)."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def peak_megabytes() -> float:
    """Return the peak resident memory of this process."""
    status = Path("/proc/self/status")
    if status.exists():  # the resource usage below would include the parent's, which has the encoder
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8"))
        if found:
            return int(found[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def right_rows(article: NoisyArticle) -> Rows:
    """Return the gold rows of two or more languages."""
    place = {language: k for k, language in enumerate(article)}
    return {
        frozenset((place[code], number - 1) for code, numbers in row.items() for number in numbers)
        for row in known_rows(article)
        if len(row) > 1
    }


def _line(
    article: NoisyArticle, texts: Sequence[Text], measured: Measurement, before: Measurement | None
) -> str:
    paragraphs = sum(map(len, article.values()))
    said = {row for row in measured.rows if len({language for language, _ in row}) > 1}
    cells = [
        f"{paragraphs:,}",
        f"{sum(len(text.lengths) for text in texts):,}",
        f"{measured.seconds:.2f}",
        f"{measured.processor_seconds:.2f}",
        f"{measured.processor_seconds / before.processor_seconds:.2f}" if before else "",
        f"{measured.megabytes:,.0f}",
        f"{measured.megabytes / before.megabytes:.2f}" if before and before.megabytes else "",
        f"{strict_score(said, right_rows(article)).f1:.4f}",
        f"{paragraphs / measured.seconds:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
