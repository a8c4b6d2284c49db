"""What holds for every test."""

import os
import shutil

import pytest
from hypothesis import settings

from tests.browser import ARGUMENTS, CHROMIUM, ROOT, watching

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


@pytest.fixture(scope="module")
def playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright):
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def aligned(tmp_path_factory):
    """A run over the sample articles."""
    from pipeline.config import Config
    from pipeline.run.flow import run
    from pipeline.run.progress import Silent

    folder = tmp_path_factory.mktemp("samples")
    raw = folder / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    run(Config(raw=raw, out=folder / "out"), Silent())
    return folder


@pytest.fixture
def samples(aligned, tmp_path):
    """A copy of that run that a test may change."""
    shutil.copytree(aligned, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def watched(browser, samples):
    with watching(browser, (samples / "out" / "review.html").as_uri()) as watched:
        yield watched
