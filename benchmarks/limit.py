"""How far a run is from what the machine allows: its time over that of the work that no run can do without.

    python -m benchmarks.limit ../shared/data/parallel.jsonl.gz WORK --size 100000 --plot docs/limit.svg

On one collection: only reading the bytes of the raw files, only tokenizing their sentences with the encoder's
tokenizer, only adding up the vectors of the tokens, only writing the bytes that a run leaves, each the best
of several times; and a run with an empty cache. Nothing less gives the vectors of these texts with this
encoder. What a run does beside it (telling languages, matching, aligning, checking) counts as nothing.
"""

from __future__ import annotations

import csv
import os
import resource
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from benchmarks.collections import LANGUAGES, write_collection
from benchmarks.scale import STAGES, Run, align

BATCH = 4096  # sentences tokenized and added up at a time
TURNS = 3
PARTS = {"read": ("reading",), "embed": ("tokenizing", "adding"), "check": ("writing",)}
"""The parts of the limit that belong to a stage; the other stages have none."""


class Part(NamedTuple):
    """A part of the limit."""

    seconds: float
    processor: float  # seconds of processor time, which tell more on a busy machine
    what: str  # how much work it was


@click.command()
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("work", type=click.Path(path_type=Path))
@click.option("--size", default=100_000, show_default=True, help="Paragraphs of the collection.")
@click.option("--jobs", default=2, show_default=True, help="Processes of the run, and threads of the limit.")
@click.option("--plot", type=click.Path(path_type=Path), help="Write a picture of both to this SVG file.")
def main(data: Path, work: Path, size: int, jobs: int, plot: Path | None) -> None:
    """Print the run over a collection made from DATA as a multiple of its limit; folders are made in WORK."""
    os.environ["RAYON_NUM_THREADS"] = str(jobs)  # read by the tokenizer when it is first used
    raw, out = work / f"raw{size}", work / f"out{size}"
    if not raw.is_dir():
        write_collection(data, raw, size)
    before = children_seconds()
    run = align(raw, out, jobs, fresh=True)
    used = children_seconds() - before
    parts = limit_of(raw, out, jobs)
    print("\n".join(table(run, parts)))
    least = sum(part.processor for part in parts.values())
    print(f"\nprocessor time: {used:.1f} s, of the limit {least:.2f} s, {used / least:.1f} times")
    if plot:
        plot.write_text(drawing(run, parts), encoding="utf-8")


def limit_of(raw: Path, out: Path, jobs: int) -> dict[str, Part]:
    """Return the parts of the limit for a collection that a run has left its files of in `out`."""
    files = sorted(path for path in raw.rglob("*") if path.is_file())
    taken, contents = timed(lambda: [path.read_bytes() for path in files])
    parts = {"reading": Part(*taken, f"{len(files):,} files of {sum(map(len, contents)) / 1e6:.1f} MB")}
    sentences = sentences_of(raw, out)
    _encoder()  # loads it: that is a matter of the start
    taken, tokens = timed(partial(tokenized, sentences))
    count = sum(map(len, tokens))
    parts["tokenizing"] = Part(*taken, f"{len(sentences):,} sentences on {jobs} threads")
    taken, _ = timed(partial(added, tokens, jobs))
    parts["adding"] = Part(*taken, f"{count:,} vectors of tokens on {jobs} threads")
    left = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    taken, _ = timed(partial(written, left.values(), out.parent / "limit"))
    parts["writing"] = Part(*taken, f"{len(left)} files of {sum(map(len, left.values())) / 1e6:.1f} MB")
    return parts


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Return the seconds and the processor seconds that some work takes at best, and its result."""
    seconds: list[float] = []
    processor: list[float] = []
    for _ in range(TURNS):
        begin, used = time.perf_counter(), time.process_time()
        result = work()
        seconds.append(time.perf_counter() - begin)
        processor.append(time.process_time() - used)
    return (min(seconds), min(processor)), result


def children_seconds() -> float:
    """Return the processor seconds of all processes that this one has started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def sentences_of(raw: Path, out: Path) -> list[str]:
    """Return the sentences that a run encodes: those of every file, once each."""
    from pipeline.segmentation.sentences import split_sentences

    with (out / "articles.csv").open(encoding="utf-8", newline="") as rows:
        languages = {row["file"]: row["language"] for row in csv.DictReader(rows)}
    found: list[str] = []
    for name, language in languages.items():
        paragraphs = (raw / name).read_text(encoding="utf-8").split("\n\n")
        cut = (text[start:end] for text in paragraphs for start, end in split_sentences(text, language))
        found += dict.fromkeys(cut)
    return found


def tokenized(sentences: Sequence[str]) -> list[list[int]]:
    """Return the tokens of all sentences."""
    tokenizer = _encoder()._tokenizer
    return [
        encoding.ids
        for start in range(0, len(sentences), BATCH)
        for encoding in tokenizer.encode_batch_fast(
            list(sentences[start : start + BATCH]), add_special_tokens=False
        )
    ]


def added(tokens: Sequence[Sequence[int]], jobs: int) -> None:
    """Add up the vectors of the tokens of every sentence."""
    from itertools import chain

    from scipy.sparse import csr_array

    encoder = _encoder()
    every = np.arange(len(encoder._table), dtype=np.int32)
    table: NDArray[np.float32] = encoder._table.of(every)[0]  # made once, and not counted

    def add(some: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        ends = np.cumsum([0, *map(len, some)])
        flat = np.fromiter(chain.from_iterable(some), dtype=np.int32, count=int(ends[-1]))
        counts = csr_array((np.ones(len(flat), np.float32), flat, ends), shape=(len(some), len(table)))
        sums: NDArray[np.float32] = counts @ table
        return sums

    with ThreadPoolExecutor(jobs) as threads:
        for _ in threads.map(add, (tokens[k : k + BATCH] for k in range(0, len(tokens), BATCH))):
            pass


def _encoder() -> Any:  # noqa: ANN401 (reads the tokenizer and the table, which no protocol has)
    from pipeline.embedding.embedded import model_for
    from pipeline.run.steps.embed import encoder_of

    return encoder_of(model_for(None, LANGUAGES)).load()  # type: ignore[attr-defined]


def written(contents: Iterable[bytes], folder: Path) -> None:
    """Write some files and force them to disk."""
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(contents):
        with (folder / str(number)).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def stages_of(run: Run) -> dict[str, float]:
    """Return the seconds of a run by stage, "rest" for what is in none."""
    stages = {stage: float(run.record["seconds"][stage]) for stage in STAGES}
    return stages | {"rest": run.seconds - sum(stages.values())}


def table(run: Run, parts: Mapping[str, Part]) -> Iterator[str]:
    """Yield the lines of a Markdown table: every stage and its limit."""
    total = sum(part.seconds for part in parts.values())
    yield f"| {run.paragraphs:,} paragraphs | run, s | limit, s | times | the limit is |"
    yield "|---|---|---|---|---|"
    for stage, seconds in stages_of(run).items():
        own = [parts[name] for name in PARTS.get(stage, ())]
        least = sum(part.seconds for part in own)
        what = ", ".join(f"{name} {parts[name].what}" for name in PARTS.get(stage, ()))
        times = f"{seconds / least:.1f}" if least else ""
        yield f"| {stage} | {seconds:.1f} | {least:.2f} | {times} | {what} |"
    yield f"| all | {run.seconds:.1f} | {total:.2f} | {run.seconds / total:.1f} | |"


def drawing(run: Run, parts: Mapping[str, Part]) -> str:
    """Return two bars, the run by its stages and the limit by its parts, as SVG."""
    bars = [list(stages_of(run).items()), [(name, part.seconds) for name, part in parts.items()]]
    scale = 500 / run.seconds
    shapes = "".join(
        f'<text x="10" y="{62 + 90 * bar}">{title}</text>{_bar(pieces, 90 * bar + 40, scale)}'
        for bar, (title, pieces) in enumerate(zip(("run", "limit"), bars, strict=True))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 220" font-family="sans-serif" '
        f'font-size="12"><rect width="640" height="220" fill="#fff"/><g fill="#222">{shapes}</g></svg>\n'
    )


def _bar(pieces: Sequence[tuple[str, float]], y: int, scale: float) -> str:
    left, drawn = 60.0, ""
    for k, (name, seconds) in enumerate(pieces):
        width = scale * seconds
        drawn += (
            f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="36" fill="#0a58a6" '
            f'fill-opacity="{0.9 - 0.13 * k:.2f}"/>'
        )
        below = y + 50 + 14 * (k % 2)  # narrow pieces stand side by side
        drawn += f'<text x="{left:.1f}" y="{below}">{name} {seconds:.1f}</text>'
        left += width
    return drawn


if __name__ == "__main__":
    main()
