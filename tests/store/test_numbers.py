"""The numbers of very many keys are those of a dictionary."""

import random

import pytest

from pipeline.store.numbers import Numbers


@pytest.mark.parametrize("latest", [1, 7, 10_000])
def test_keys_have_the_number_that_was_added_last(latest):
    rng = random.Random(latest)
    heads = [rng.randbytes(8) for _ in range(40)]  # many keys begin alike
    keys, expected = [], {}
    numbers = Numbers(keys.__getitem__, latest)
    for _ in range(60):
        added = []
        for _ in range(rng.randrange(30)):
            key = rng.choice(heads) + bytes([rng.randrange(4)] * 8)
            added.append((key, len(keys)))
            keys.append(key)
        numbers.update(added)
        expected.update(added)
        assert all(numbers.get(key) == number for key, number in expected.items())
    assert numbers.get(heads[0] + bytes(range(8))) is None
    numbers.retain(lambda number: number % 3 > 0)
    for key, number in expected.items():
        found = numbers.get(key)
        assert found == number if number % 3 else found is None or (found % 3 and keys[found] == key)
