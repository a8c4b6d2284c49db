import os
import webbrowser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from pipeline.cli.browser import open_in_browser
from pipeline.cli.commands import main
from pipeline.review.server import ReviewServer
from tests.written import rows_of, write_corpus

ADDRESS = "http://127.0.0.1:8765/?token=a-b_c&x=<1>"


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was opened with."""
    found = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    return found


def test_a_browser_gets_a_file_that_only_this_user_can_read_and_that_is_gone_afterwards(opened):
    with open_in_browser(ADDRESS):
        (address,) = opened
        assert "token" not in address
        path = Path(unquote(urlsplit(address).path))
        if os.name == "posix":
            assert path.stat().st_mode & 0o777 == 0o600
            assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.parent.exists()


def test_the_file_is_removed_when_the_server_is_stopped(opened, tmp_path, monkeypatch):
    pages = []

    def stopped(server):
        path = Path(unquote(urlsplit(opened[0]).path))
        pages.append((path, path.read_text(encoding="utf-8"), server.url))
        server.server_close()
        raise KeyboardInterrupt

    monkeypatch.setattr(ReviewServer, "serve_forever", stopped)
    write_corpus(tmp_path, rows_of([("uno", "하나", "jeden")]))
    assert CliRunner().invoke(main, ["review", str(tmp_path)]).exit_code == 0
    [(path, page, url)] = pages
    assert f'content="0; url={url}"' in page
    assert not path.exists()


def test_the_file_leads_to_the_address(opened, watched_page):
    page = watched_page
    with open_in_browser("about:blank#there"):
        page.goto(opened[0])
        page.wait_for_url("about:blank#there")


@pytest.fixture
def watched_page(browser):
    page = browser.new_page()
    yield page
    page.close()
