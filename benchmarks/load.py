"""Seconds and memory of inputs that are large in one way: many files, many articles, one long text, ...

    python -m benchmarks.load WORK [--only NAME] [--scale SHARE] [--jobs N]

Makes each input below WORK, runs `synoptic align` on it in a process of its own, and prints a line of the
table in docs/scale.md: the size of the input, seconds, and the most memory that all processes of the run had
together, from its first stage to its last. What processes share counts once (the proportional set size, which
Linux knows). --scale makes smaller inputs, to see how the figures grow.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

LOOK = 0.3
"""Seconds between two looks at the memory."""

WORDS = {
    "it": "il giardino cresce lungo la strada e ogni mattina apre una porta verde sul mare calmo",
    "pl": "ogród rośnie przy drodze i każdego ranka otwiera zielone drzwi nad spokojnym morzem",
    "en": "the garden grows along the road and every morning opens a green door on the calm sea",
    "de": "der garten wächst an der straße und jeden morgen öffnet sich eine grüne tür zum ruhigen meer",
    "fr": "le jardin pousse le long de la route et chaque matin ouvre une porte verte sur la mer calme",
    "es": "el jardín crece junto al camino y cada mañana abre una puerta verde sobre el mar tranquilo",
    "pt": "o jardim cresce ao longo da estrada e cada manhã abre uma porta verde sobre o mar calmo",
    "nl": "de tuin groeit langs de weg en elke ochtend gaat een groene deur open naar de kalme zee",
}


def main() -> None:
    """Make and run the inputs that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--only", choices=sorted(LOADS))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    print("| input | MB | seconds | MB of memory | rows |\n|---|---|---|---|---|")
    for name in [arguments.only] if arguments.only else LOADS:
        print(_run(name, arguments.work / name, arguments.scale, arguments.jobs), flush=True)


def _run(name: str, work: Path, scale: float, jobs: int) -> str:
    """Return the line of the table for one input."""
    shutil.rmtree(work, ignore_errors=True)
    raw, out = work / "raw", work / "out"
    raw.mkdir(parents=True)
    make, languages, settings = LOADS[name]
    make(raw, scale)
    config = work / "settings.toml"
    config.write_text(f"[tool.synoptic]\n{settings}", "utf-8")
    command = [sys.executable, "-m", "pipeline", "align", "--config", str(config), "--no-cache"]
    command += ["--languages", languages, "--jobs", str(jobs), str(raw), str(out)]
    begin = time.perf_counter()
    memory = _most_memory(subprocess.Popen(command, stdout=subprocess.DEVNULL)) / 1e6
    seconds = time.perf_counter() - begin
    size = sum(path.stat().st_size for path in raw.iterdir()) / 1e6
    with (out / "corpus.csv").open("rb") as stream:
        rows = sum(1 for _ in stream) - 1
    return f"| {name} | {size:.0f} | {seconds:.0f} | {memory:.0f} | {rows:,} |"


def _most_memory(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process and return the most bytes that it and its children had together."""
    most = 0
    while process.poll() is None:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        with suppress(OSError):
            most = max(most, sum(map(_memory, [str(process.pid), *children.read_text().split()])))
        time.sleep(LOOK)
    if process.returncode:
        raise SystemExit(process.returncode)
    return most


def _memory(process: str) -> int:
    """Return the bytes of a process, of what it shares with others its part; 0 if it has ended."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0


def _sentence(rng: random.Random, language: str, words: int) -> str:
    known = WORDS[language].split()
    text = " ".join(rng.choice(known) for _ in range(words))
    return f"{text[0].upper()}{text[1:]} {rng.randrange(10**6)}."


def _paragraphs(language: str, number: int, count: int, words: int) -> Iterator[str]:
    rng = random.Random(number)
    return (_sentence(rng, language, words) for _ in range(count))


def _many_files(raw: Path, scale: float) -> None:
    for number in range(int(100_000 * scale)):
        language = ("it", "pl")[number % 2]
        text = "\n\n".join(_paragraphs(language, number // 2, 2, 22))
        (raw / f"{number:06}.{language}.txt").write_text(text[:300], "utf-8")


def _json_lines(raw: Path, scale: float) -> None:
    with (raw / "articles.jsonl").open("w", encoding="utf-8") as stream:
        for number in range(int(300_000 * scale)):
            language = ("it", "pl")[number % 2]
            body = "\n\n".join(_paragraphs(language, number // 2, 3, 20))
            json.dump({"id": number, "language": language, "body": body}, stream, ensure_ascii=False)
            stream.write("\n")


def _one_text(raw: Path, scale: float) -> None:
    with (raw / "long.txt").open("w", encoding="utf-8") as stream:
        for paragraph in _paragraphs("it", 0, int(450_000 * scale), 75):
            stream.write(f"{paragraph}\n\n")


def _eight_languages(raw: Path, scale: float) -> None:
    for language in WORDS:
        text = "\n\n".join(_paragraphs(language, 0, int(400 * scale), 20))
        (raw / f"article.{language}.txt").write_text(text, "utf-8")


def _equal_paragraphs(raw: Path, scale: float) -> None:
    for language in ("it", "pl", "en"):
        paragraph = f"{WORDS[language].capitalize()}."
        (raw / f"article.{language}.txt").write_text("\n\n".join([paragraph] * int(5_000 * scale)), "utf-8")


LOADS: dict[str, tuple[Callable[[Path, float], None], str, str]] = {
    "files": (_many_files, "it,pl", ""),
    "jsonl": (_json_lines, "it,pl", ""),
    "text": (_one_text, "it,pl", "max_file_bytes = 300000000\n"),
    "eight": (_eight_languages, ",".join(WORDS), ""),
    "equal": (_equal_paragraphs, "it,pl,en", ""),
}
"""What makes each input, its languages, and its settings."""


if __name__ == "__main__":
    main()
