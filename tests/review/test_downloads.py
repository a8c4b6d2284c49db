"""What the page under `synoptic review` offers to hand on."""

import io
import threading
import zipfile
from contextlib import closing
from http.client import HTTPConnection

import pytest

from pipeline.decisions.log import add_decisions
from pipeline.decisions.record import parse_decision
from pipeline.returned.apply import apply_file
from pipeline.review.downloads import DOWNLOADS
from pipeline.review.server import review_server
from tests.browser import needs_chromium
from tests.written import references, rows_of, write_corpus


@pytest.fixture
def rows():
    return rows_of([("uno", "하나", "jeden"), ("due <b>", "둘", "dwa")])


@pytest.fixture
def out(tmp_path, rows):
    write_corpus(tmp_path / "out", rows)
    return tmp_path / "out"


@pytest.fixture
def server(out):
    server = review_server(out, None)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def get(server, path, token=None, **headers):
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=20)) as connection:
        connection.request("GET", path + (f"?token={token}" if token else ""), headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()


@pytest.mark.parametrize("path", DOWNLOADS)
def test_downloads_need_the_token_and_the_host(server, path):
    assert get(server, path)[0] == 403
    assert get(server, path, "wrong")[0] == 403
    assert get(server, path, server.token, Host="example.org")[0] == 421
    assert get(server, path, server.token, Origin="http://example.org")[0] == 403
    assert get(server, path, server.token)[0] == 200


@pytest.mark.parametrize("path", ["/export/moses", "/export/", "/export/../decisions.csv", "/export/tmx/x"])
def test_nothing_else_is_offered(server, path):
    assert get(server, path, server.token)[0] == 404


def test_an_export_has_the_decisions_of_now_and_comes_back(tmp_path, server, out, rows):
    about = {"article": "a1", "target": rows[0].id, "paragraphs": references(rows[0])}
    add_decisions(out, [parse_decision({"id": "d", "kind": "approve"} | about)], backup=False)
    _, headers, body = get(server, "/export/xliff12", server.token)
    assert headers["Content-Disposition"] == 'attachment; filename="corpus-xliff12.zip"'
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.namelist() == ["it-ko.xlf", "it-pl.xlf", "ko-pl.xlf"]
        archive.extractall(tmp_path)
    assert b'approved="yes"' in (tmp_path / "it-ko.xlf").read_bytes()
    assert apply_file(tmp_path / "it-ko.xlf", out).decisions == []
    _, headers, body = get(server, "/export/tmx", server.token)
    assert headers["Content-Disposition"] == 'attachment; filename="corpus.tmx"'
    assert b"due &lt;b&gt;" in body


@needs_chromium
def test_the_menu_downloads(browser, server):
    page = browser.new_page()
    page.goto(server.url)
    page.wait_for_selector("html[data-ready=yes]")
    page.locator("#hand-on summary").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("link", name="TMX").press("Enter")
    assert download.value.suggested_filename == "corpus.tmx"
    assert page.locator("#hand-on").get_attribute("open") is None
    page.locator("#hand-on summary").press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#hand-on").get_attribute("open") is None
    page.close()


@needs_chromium
def test_without_a_server_there_is_no_menu(browser, out):
    page = browser.new_page()
    page.goto((out / "review.html").as_uri())
    page.wait_for_selector("html[data-ready=yes]")
    assert page.locator("#hand-on").is_hidden()
    page.close()
