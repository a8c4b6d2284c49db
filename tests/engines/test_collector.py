"""How seldom Python looks for garbage while a run lasts, and that it does so again afterwards."""

import gc

from pipeline.engines.collector import infrequent_collection


def test_nothing_is_looked_at_while_records_are_made_nor_because_that_is_over():
    looked = []
    gc.callbacks.append(lambda phase, _: looked.append(phase))
    before = gc.get_threshold()
    try:
        with infrequent_collection():
            looked.clear()
            records = [[number] for number in range(1_000_000)]
            assert looked == []
        assert gc.get_threshold() == before
        more = [[] for _ in range(before[0] // 2)]
        assert looked == []
        more += [[] for _ in range(20 * before[0])]
        assert looked
        assert gc.get_freeze_count() == 0
    finally:
        gc.callbacks.pop()
    assert len(records) == 1_000_000
