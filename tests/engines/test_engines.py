"""All engines yield the same results, even if workers die."""

import functools
import operator
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from pipeline.embedding.embedded import EMBEDDED_MODEL
from pipeline.engines import load_engine
from pipeline.errors import EngineError, SettingError

LOCAL = [1, 2, 3]


def square_slowly(number):
    time.sleep(0.02 * (number % 3))
    return number * number


def die_once(folder, number):
    """Die on number 3 the first time."""
    mark = Path(folder) / "died"
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number):
    os.kill(os.getpid(), signal.SIGKILL)


def full_disk(number):
    raise OSError(28, "No space left on device")


def loaded_modules(_):
    return set(sys.modules)


def squares_and_process(number):
    return os.getpid()


@pytest.fixture(params=[*LOCAL, "ray"], scope="module")
def engine(request):
    if request.param == "ray":
        pytest.importorskip("ray")
    with load_engine(*(("ray", 2) if request.param == "ray" else ("local", request.param))) as engine:
        yield engine


def test_results_are_in_order(engine):
    assert list(engine.map(square_slowly, range(40))) == [k * k for k in range(40)]
    assert list(engine.map(square_slowly, iter([]))) == []
    assert list(engine.map(square_slowly, [7])) == [49]


def test_errors_are_raised_here_and_the_engine_goes_on(engine):
    with pytest.raises(ZeroDivisionError):
        list(engine.map(functools.partial(operator.floordiv, 6), [3, 2, 1, 0, 1, 2]))
    with pytest.raises((OSError, EngineError), match="No space left"):
        list(engine.map(full_disk, range(4)))
    assert list(engine.map(functools.partial(operator.add, 1), range(20))) == list(range(1, 21))


def test_what_is_under_way_is_bounded():
    fetched = []

    def source():
        for k in range(1000):
            fetched.append(k)
            yield k

    with load_engine("local", 2) as engine:
        results = engine.map(square_slowly, source())
        for _ in range(5):
            next(results)
        assert len(fetched) < 40


def test_a_dead_worker_is_replaced(tmp_path):
    with load_engine("local", 2) as engine:
        assert list(engine.map(functools.partial(die_once, str(tmp_path)), range(20))) == list(range(20))
    assert (tmp_path / "died").exists()


def test_work_that_kills_every_worker_is_given_up():
    with load_engine("local", 2) as engine, pytest.raises(EngineError, match="died"):
        list(engine.map(die, range(3)))


def test_no_worker_outlives_its_engine():
    with load_engine("local", 2) as engine:
        workers = set(engine.map(squares_and_process, range(20)))
        assert workers <= set(engine.process_ids())
        assert os.getpid() not in workers
    for process in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_workers_that_rest_are_gone_and_others_take_their_place():
    with load_engine("local", 2) as engine:
        workers = set(engine.map(squares_and_process, range(20)))
        engine.rest()
        assert engine.process_ids() == []
        assert workers.isdisjoint(engine.map(squares_and_process, range(20)))


def test_one_job_is_done_here():
    with load_engine("local", 1) as engine:
        assert set(engine.map(squares_and_process, range(5))) == {os.getpid()}
        assert engine.process_ids() == []


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    monkeypatch.delitem(__import__("sys").modules, "pipeline.engines.ray", raising=False)
    with pytest.raises(SettingError, match=r"synoptic-corpus\[ray\]"):
        load_engine("ray")


def short_steps():
    while True:
        time.sleep(0.05)
        yield


def failing_steps():
    yield
    raise ZeroDivisionError


@pytest.mark.parametrize("steps", [short_steps, failing_steps])
def test_a_single_chunk_goes_to_a_worker_that_warms_up_and_waits_for_a_step_of_it(steps):
    with load_engine("local", 2) as engine:
        assert list(engine.map(squares_and_process, [1])) == [os.getpid()]
        engine.warm_up(steps)
        assert list(engine.map(squares_and_process, [1])) == engine.process_ids()
        assert list(engine.map(squares_and_process, [1])) == engine.process_ids()
        assert list(engine.map(square_slowly, range(9))) == [k * k for k in range(9)]


def test_a_worker_that_dies_while_it_warms_up_costs_nothing():
    with load_engine("local", 2) as engine:
        engine.warm_up(short_steps)
        [process] = engine.process_ids()
        os.kill(process, signal.SIGKILL)
        assert list(engine.map(squares_and_process, [1])) == engine.process_ids() != [process]
        assert list(engine.map(square_slowly, range(9))) == [k * k for k in range(9)]


def test_steps_load_what_new_work_needs():
    from pipeline.run.steps.warm_up import warm_up

    with load_engine("local", 2) as engine:
        engine.warm_up(functools.partial(warm_up, str(EMBEDDED_MODEL), ("it", "ko", "pl")))
        wanted = {"numba", "tokenizers", "pipeline.segmentation.prepare", "pipeline.checks.article"}
        end = time.monotonic() + 60
        while not wanted <= next(engine.map(loaded_modules, [None])) and time.monotonic() < end:
            time.sleep(0.05)
        assert wanted <= next(engine.map(loaded_modules, [None]))


def test_one_process_warms_up_nobody():
    with load_engine("local", 1) as engine:
        engine.warm_up(failing_steps)
        assert engine.process_ids() == []
