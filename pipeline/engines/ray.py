"""The Ray engine: workers on the machines of a cluster, fed by Ray Data.

Chunks and results are bytes in Ray's object store, but they refer to files, so all machines must see the raw
and output folders under the same paths and have the same version of Synoptic. Each worker is an actor that
loads the model once. If a machine is lost, Ray reassigns its chunks.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from types import TracebackType
from typing import Any, Self, TypeVar

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # read when Ray is imported

import ray
import ray.data

from pipeline.engines.local import answer
from pipeline.errors import EngineError

C = TypeVar("C")
R = TypeVar("R")

_THREADS = {"TOKENIZERS_PARALLELISM": "false"}  # Ray itself gives each worker one thread of BLAS


class RayEngine:
    """Maps over chunks with the workers of a Ray cluster."""

    def __init__(self, jobs: int | None, address: str | None) -> None:
        """`jobs` is the number of workers; None: one for each processor of the cluster."""
        try:
            ray.init(
                address=address or "local",
                num_cpus=jobs if address is None else None,
                include_dashboard=False if address is None else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
                runtime_env={"env_vars": _THREADS},
            )
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise EngineError(f"cannot reach the Ray cluster at {address}: {_first_line(error)}") from error
        resources: Any = ray.cluster_resources
        self._jobs = jobs or max(1, int(resources().get("CPU", 1)))
        context = ray.data.DataContext.get_current()
        context.execution_options.preserve_order = True
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)

    def map(self, work: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield the results in order. Raises what `work` raises, and `EngineError` if the cluster fails."""
        first = list(islice(source := iter(chunks), 2))
        if len(first) < 2:
            yield from map(work, first)
            return
        packed = [{"chunk": pickle.dumps(chunk)} for chunk in chain(first, source)]
        results = ray.data.from_items(packed, override_num_blocks=len(packed)).map_batches(
            _Worker,
            fn_constructor_args=(pickle.dumps(work),),
            batch_size=1,
            concurrency=(1, min(self._jobs, len(packed))),
            num_cpus=1,
        )
        try:
            for row in results.iter_rows():
                result, error = pickle.loads(row["answer"])
                if error is not None:
                    raise error
                yield result
        except ray.exceptions.RayError as error:
            raise EngineError(f"the Ray cluster failed: {_first_line(error)}") from error

    def warm_up(self, steps: Callable[[], Iterator[None]]) -> None:
        """Do nothing: Ray starts workers on demand, and they load what they need."""

    def rest(self) -> None:
        """Do nothing: the workers are those of the cluster."""

    def process_ids(self) -> list[int]:
        """Return an empty list: the workers may be on other machines."""
        return []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):
            ray.shutdown()


class _Worker:
    """An actor that processes one chunk after another."""

    def __init__(self, work: bytes) -> None:
        self._work = pickle.loads(work)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        answers = [answer(self._work, pickle.loads(chunk)) for chunk in batch["chunk"]]
        return {"answer": [pickle.dumps(each) for each in answers]}


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
