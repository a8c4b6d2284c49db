"""Opens the review page in a browser without the token on a command line, which every user can list."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={url}">
<title>Synoptic</title>
<p><a href="{url}">Open the review page</a></p>
"""


@contextmanager
def open_in_browser(url: str) -> Iterator[None]:
    """Open a browser on a file that leads to `url`, as Jupyter does; at the end the file is removed.

    Only this user can read the file. Where a browser cannot, as one that is locked into a folder of its own,
    the user has the address on the terminal.
    """
    with tempfile.TemporaryDirectory(prefix="synoptic-review-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "open.html"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(_PAGE.format(url=escape(url)))
        webbrowser.open(path.as_uri())
        yield
