"""Chromium for the tests of the review page, and what every page must not do."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).parent.parent / ".venv" / "node" / "node_modules" / "axe-core" / "axe.min.js"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not in .venv/node")


class Watched:
    """Opens pages and keeps what they say and ask for."""

    def __init__(self, context):
        self.context = context
        self.messages, self.requests = [], []

    def open(self, address):
        page = self.context.new_page()
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        page.on("dialog", lambda dialog: self.messages.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        return page


@contextmanager
def watching(browser, own, **settings):
    """Give a `Watched`; fails if a page said anything or asked for what is not `own`."""
    context = browser.new_context(**({"viewport": {"width": 1360, "height": 900}} | settings))
    watched = Watched(context)
    try:
        yield watched
        assert watched.messages == []
        known = (own, "data:", f"blob:{own.rstrip('/')}", "blob:null")
        strange = [url for url in watched.requests if not url.startswith(known)]
        assert strange == []
    finally:
        context.close()
