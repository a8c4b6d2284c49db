"""The whole training as one flow: read, learn pieces, tokenise, train epoch by epoch, measure, write."""

import json
import time
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
from training.tokenizer import train_tokenizer

Say = Callable[[str], None]


def train(
    data: Path,
    out: Path,
    work: Path,
    settings: Settings,
    *,
    news: Path | None = None,
    minutes: float | None = None,
    device: str | None = None,
    say: Say = lambda _: None,
) -> dict[str, object]:
    """Trains on `data`, writes the model to `out` and returns what `training.json` beside it records.

    `work` keeps the pieces and a checkpoint after every epoch: a run with the same data and settings that was
    broken off goes on from there. Runs on one kind of device with one number of threads are reproducible
    unless `minutes` cuts them short. Raises `InputError` where the data is missing or malformed.
    """
    keep_freed_memory()
    lines = list(corpus.read_lines(data))
    signature = {"data": corpus.sha256(data), "settings": asdict(settings)}
    work.mkdir(parents=True, exist_ok=True)
    if _recorded(work) != signature:
        _begin(work, signature)
    chosen, dev = corpus.set_apart(lines)
    say(f"{len(chosen):,} lines to train on, {len(dev):,} set apart")
    tokenizer = _tokenizer(work, chosen, settings, say)
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    prepared = _prepare(work / "wrong.npy", chosen, dev, tokenizer, settings, device, say)
    vectors, log = _fit(prepared, work / "checkpoint.pt", settings, minutes, device, say)
    export(out, tokenizer, vectors)
    report = _report(signature, minutes, log, evaluate.measure(out, prepared.dev, news), vectors)
    (out / "training.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def _recorded(work: Path) -> object:
    path = work / "signature.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _begin(work: Path, signature: dict[str, object]) -> None:
    for name in ("tokenizer.json", "wrong.npy", "checkpoint.pt"):
        (work / name).unlink(missing_ok=True)
    (work / "signature.json").write_text(json.dumps(signature), encoding="utf-8")


def _tokenizer(work: Path, lines: Sequence[corpus.Line], settings: Settings, say: Say) -> Tokenizer:
    path = work / "tokenizer.json"
    if not path.exists():
        say(f"learning {settings.pieces:,} pieces")
        tokenizer = train_tokenizer(
            lines, settings.pieces, np.random.default_rng(settings.seed), settings.form
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


def _prepare(
    path: Path,
    chosen: Sequence[corpus.Line],
    dev: Sequence[corpus.Line],
    tokenizer: Tokenizer,
    settings: Settings,
    device: str,
    say: Say,
) -> _Prepared:
    """Tokenises the lines; wrong pairs (kept in `path`) and dev lines get weight 0: they are never drawn."""
    lines = [*chosen, *dev]
    data = batches.tokenise(lines, tokenizer)
    data = replace(data, weight=np.where(np.arange(len(lines)) < len(chosen), data.weight, 0))
    other = batches.splits(tokenizer)
    features = feature_table([tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())])
    if not path.exists():
        np.save(path, clean.wrong_lines(lines, data, other, features, settings.lines, settings.seed, device))
    wrong = np.load(path)
    say(f"{wrong.sum():,} lines left out that are no translations")
    right = [line for line, bad in zip(dev, wrong[len(chosen) :], strict=True) if not bad]
    return _Prepared(replace(data, weight=np.where(wrong, 0, data.weight)), other, features, right)


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
        settings.dropout, settings.split, settings.joined, settings.bundled, settings.run
    )
    started, losses = time.monotonic(), []
    chunks = list(batches.draw(prepared.data, settings.lines, variation, rng))
    for number, lines in enumerate(chunks):
        share = max((epoch + number / len(chunks)) / settings.epochs, spent())
        if share >= 1:
            break
        rate = settings.rate * min(1.0, (share + 1e-3) / settings.warm_up) * (1 - share)
        batch = batches.make_batch(prepared.data, lines, prepared.other, variation, rng)
        losses.append(model.step(batch, settings.scale, rate))
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
        "settings": signature["settings"],
        "minutes": minutes,
        "pieces": vectors.shape[0],
        "dimensions": vectors.shape[1],
        "versions": {"torch": torch.__version__, "sentence-transformers": sentence_transformers.__version__},
        "threads": torch.get_num_threads(),
        "epochs": log,
        "retrieval": retrieval,
    }
