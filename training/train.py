"""The whole training as one flow: read, learn pieces, tokenise, train epoch by epoch, measure, write."""

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import sentence_transformers
import torch
from tokenizers import Tokenizer

from training import batches, clean, corpus, evaluate
from training.export import export
from training.features import FeatureTable, feature_table
from training.model import Model, keep_freed_memory
from training.settings import Settings
from training.sources import SOURCES
from training.tokenizer import train_tokenizer

Say = Callable[[str], None]


def train(
    data: Sequence[Path],
    out: Path,
    work: Path,
    settings: Settings,
    *,
    languages: Sequence[str] = corpus.CORE,
    news: Path | None = None,
    minutes: float | None = None,
    device: str | None = None,
    say: Say = lambda _: None,
) -> dict[str, object]:
    """Trains on the files of `data`, writes the model to `out` and returns what its `training.json` holds.

    `work` keeps the pieces and a checkpoint after every epoch: a run with the same data and settings that was
    broken off goes on from there. Runs on one kind of device with one number of threads are reproducible
    unless `minutes` cuts them short. Raises `InputError` where the data is missing or malformed.
    """
    keep_freed_memory()
    lines = _read(data, languages, say)
    signature = {
        "data": {path.name: corpus.sha256(path) for path in data},
        "languages": list(languages),
        "settings": asdict(settings),
    }
    work.mkdir(parents=True, exist_ok=True)
    if _recorded(work) != signature:
        _begin(work, signature)
    chosen, dev = corpus.set_apart(lines)
    say(f"{len(chosen):,} lines to train on, {len(dev):,} set apart")
    tokenizer = _tokenizer(work, chosen, languages, settings, say)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    prepared = _prepare(work, chosen, dev, tokenizer, languages, settings, device, say)
    vectors, log = _fit(prepared, work / "checkpoint.pt", settings, minutes, device, say)
    export(out, tokenizer, vectors)
    report = _report(signature, minutes, log, evaluate.measure(out, prepared.dev, news, languages), vectors)
    report["sources"] = _sources(lines)
    (out / "training.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def _read(data: Sequence[Path], languages: Sequence[str], say: Say) -> list[corpus.Line]:
    """The lines of the files, without repeats and without sources whose licence is not known."""
    known, refused = [], Counter[str]()
    for path in data:
        for line in corpus.read_lines(path, languages):
            if line.source in SOURCES:
                known.append(line)
            else:
                refused[line.source] += 1
    for source, count in refused.most_common():
        say(f"{count:,} lines of {source} are left out: its licence is not in training/sources.py")
    return corpus.without_repeats(known)


def _sources(lines: Sequence[corpus.Line]) -> dict[str, dict[str, object]]:
    """Licence and number of lines of each source."""
    counts = Counter(line.source for line in lines)
    return {name: {"licence": SOURCES[name].licence, "lines": count} for name, count in counts.most_common()}


def _recorded(work: Path) -> object:
    path = work / "signature.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _begin(work: Path, signature: dict[str, object]) -> None:
    for name in ("tokenizer.json", "tokenised.npz", "wrong.npy", "checkpoint.pt"):
        (work / name).unlink(missing_ok=True)
    (work / "signature.json").write_text(json.dumps(signature), encoding="utf-8")


def _tokenizer(
    work: Path, lines: Sequence[corpus.Line], languages: Sequence[str], settings: Settings, say: Say
) -> Tokenizer:
    path = work / "tokenizer.json"
    if not path.exists():
        say(f"learning {settings.pieces:,} pieces")
        tokenizer = train_tokenizer(
            lines, languages, settings.pieces, np.random.default_rng(settings.seed), settings.form
        )
        tokenizer.save(str(path), pretty=False)
    return Tokenizer.from_file(str(path))


@dataclass(frozen=True)
class _Prepared:
    """What an epoch needs of the data, and the dev lines without their wrong pairs."""

    data: batches.Tokenised
    other: batches.Ragged
    features: FeatureTable
    dev: list[corpus.Line]


def _tokenised(
    path: Path, lines: Sequence[corpus.Line], tokenizer: Tokenizer, languages: Sequence[str]
) -> batches.Tokenised:
    """The lines as numbers, from a file where an earlier run has left them."""
    if not path.exists():
        data = batches.tokenise(lines, tokenizer, languages)
        partial = path.with_suffix(".part.npz")
        np.savez(partial, **{name: getattr(data, name) for name in batches.ARRAYS})
        partial.replace(path)
    with np.load(path) as arrays:
        return batches.Tokenised(tuple(languages), **{name: arrays[name] for name in batches.ARRAYS})


def _prepare(
    work: Path,
    chosen: Sequence[corpus.Line],
    dev: Sequence[corpus.Line],
    tokenizer: Tokenizer,
    languages: Sequence[str],
    settings: Settings,
    device: str,
    say: Say,
) -> _Prepared:
    """Tokenises the lines without wrong texts, which `work` keeps; dev lines get weight 0: never drawn."""
    lines = [*chosen, *dev]
    data = _tokenised(work / "tokenised.npz", lines, tokenizer, languages)
    path = work / "wrong.npy"
    data = replace(data, weight=np.where(np.arange(len(lines)) < len(chosen), data.weight, 0))
    other = batches.splits(tokenizer)
    features = feature_table([tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())])
    if not path.exists():
        np.save(path, clean.wrong_texts(lines, data, other, features, settings, device))
    wrong = np.load(path)
    say(f"{wrong.sum():,} texts of {wrong.any(axis=1).sum():,} lines left out that are no translations")
    data = replace(data, text=np.where(wrong, -1, data.text))
    data = replace(data, weight=np.where((data.text >= 0).any(axis=1), data.weight, 0))
    right = [_right(line, languages, bad) for line, bad in zip(dev, wrong[len(chosen) :], strict=True)]
    return _Prepared(data, other, features, [line for line in right if line.texts])


def _right(line: corpus.Line, languages: Sequence[str], wrong: np.ndarray) -> corpus.Line:
    """The line without its wrong texts, bool[languages]."""
    bad = {code for code, is_wrong in zip(languages, wrong, strict=True) if is_wrong}
    return replace(line, texts={code: text for code, text in line.texts.items() if code not in bad})


def _fit(
    prepared: _Prepared, checkpoint: Path, settings: Settings, minutes: float | None, device: str, say: Say
) -> tuple[np.ndarray, list[dict[str, float]]]:
    """The finished vectors, and the steps, loss and seconds of each epoch."""
    pieces = len(prepared.other[0]) - 1
    model = Model(pieces, prepared.features, settings.dimensions, settings.seed, device)
    log = _resume(checkpoint, model)
    started = time.monotonic()
    limit = np.inf if minutes is None else 60 * minutes
    for epoch in range(len(log), settings.epochs):
        log.append(_epoch(model, prepared, epoch, settings, lambda: (time.monotonic() - started) / limit))
        say(f"epoch {epoch + 1} of {settings.epochs}: loss {log[-1]['loss']:.3f}, {log[-1]['seconds']:.0f} s")
        _save(checkpoint, {"model": model.state(), "log": log})
        if time.monotonic() - started >= limit:
            break
    return model.vectors().cpu().numpy(), log


def _save(path: Path, state: dict[str, object]) -> None:
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    partial.replace(path)


def _resume(path: Path, model: Model) -> list[dict[str, float]]:
    if not path.exists():
        return []
    saved = torch.load(path, weights_only=True, map_location=model.device)
    model.load(saved["model"])
    return list(saved["log"])


def _epoch(
    model: Model,
    prepared: _Prepared,
    epoch: int,
    settings: Settings,
    spent: Callable[[], float],
) -> dict[str, float]:
    """Trains one epoch; its random numbers depend on the seed and its own number only."""
    rng = np.random.default_rng([settings.seed, epoch])
    variation = batches.Variation(
        settings.dropout, settings.split, settings.joined, settings.bundled, settings.run, settings.pairs
    )
    started, losses = time.monotonic(), []
    chunks = list(batches.draw(prepared.data, settings.lines, variation, rng))
    for number, lines in enumerate(chunks):
        share = max((epoch + number / len(chunks)) / settings.epochs, spent())
        if share >= 1:
            break
        rate = settings.rate * min(1.0, (share + 1e-3) / settings.warm_up) * (1 - share)
        batch = batches.make_batch(prepared.data, lines, prepared.other, variation, rng)
        losses.append(model.step(batch, settings.scale, rate, settings.spread))
    seconds = round(time.monotonic() - started, 1)
    return {
        "epoch": epoch + 1,
        "steps": len(losses),
        "loss": round(float(np.mean(losses or [0])), 4),
        "seconds": seconds,
    }


def _report(
    signature: dict[str, object],
    minutes: float | None,
    log: list[dict[str, float]],
    retrieval: dict[str, float],
    vectors: np.ndarray,
) -> dict[str, object]:
    return {
        "data_sha256": signature["data"],
        "languages": signature["languages"],
        "settings": signature["settings"],
        "minutes": minutes,
        "pieces": vectors.shape[0],
        "dimensions": vectors.shape[1],
        "versions": {"torch": torch.__version__, "sentence-transformers": sentence_transformers.__version__},
        "threads": torch.get_num_threads(),
        "epochs": log,
        "retrieval": retrieval,
    }
