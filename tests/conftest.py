"""What holds for every test."""

import os

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does: that is no property of the code.
# The others are for `tests.fuzzing`, which says how many examples each stands for.
for profile in ("tests", "ci", "fuzz"):
    settings.register_profile(profile, deadline=None)
settings.load_profile("tests")

# No test may look for a model on the network; the library reads this when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """No test reads or writes the calibrations of the person who runs it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
