"""The server of the review page: whom it answers, and that no decision is lost."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.datatypes import fingerprint
from pipeline.decisions.log import BACKUPS, DECISIONS, read_decisions
from pipeline.errors import InputError, SettingError
from pipeline.review.server import review_server
from tests.written import rows_of, write_corpus

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def out(tmp_path):
    write_corpus(tmp_path / "out", rows_of([("uno", "하나", "jeden"), ("due", "둘", "dwa")]))
    return tmp_path / "out"


@pytest.fixture
def server(out):
    server = review_server(out, None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def decision(id, **fields):
    return {
        "id": id,
        "time": "2026-01-31T09:30:00Z",
        "kind": "approve",
        "article": "a1",
        "target": "r1",
        "paragraphs": f"it:1:{fingerprint('uno')}",
    } | fields


def ask(port, method, path, token=None, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {"Host": f"127.0.0.1:{port}"}
    if token is not None:
        sent["X-Synoptic-Token"] = token
    if body is not None:
        body = json.dumps(body) if not isinstance(body, str) else body
        sent |= {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {name: value for name, value in sent.items() if value})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def post(port, token, *decisions, **headers):
    return ask(port, "POST", "/decisions?since=0", token, {"decisions": decisions}, **headers)


def test_it_listens_on_the_loopback_address_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_the_page_needs_the_token(server):
    port = server.server_port
    status, page = ask(port, "GET", f"/?token={server.token}")
    assert status == 200
    assert 'data-mode="served"' in page
    assert "connect-src 'self'" in page
    for path in ("/", "/?token=", "/?token=x", f"/?token={server.token}x"):
        assert ask(port, "GET", path)[0] == 403
    assert ask(port, "GET", "/decisions?since=0", "x")[0] == 403
    assert ask(port, "GET", "/../../etc/passwd", server.token)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil:80"])
def test_another_host_name_is_refused(server, host):
    assert ask(server.server_port, "GET", f"/?token={server.token}", Host=host)[0] == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", ""])
def test_another_origin_cannot_write(server, out, origin):
    assert post(server.server_port, server.token, decision("d1"), Origin=origin)[0] == 403
    assert not (out / DECISIONS).exists()


def test_a_decision_is_on_disk_before_the_answer(server, out):
    status, text = post(server.server_port, server.token, decision("d1", text="così “≤”"))
    assert status == 200
    assert json.loads(text)["decisions"][0]["text"] == "così “≤”"
    assert [d.id for d in read_decisions(out).decisions] == ["d1"]
    status, text = ask(server.server_port, "GET", "/decisions?since=1", server.token)
    corpus = json.loads(text).pop("corpus")
    assert json.loads(text) == {"decisions": [], "total": 1, "corpus": corpus}


def test_each_answer_has_the_order_and_the_state_of_the_log(server, out):
    port, token = server.server_port, server.token
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def read(query):
        headers = {"Host": f"127.0.0.1:{port}", "X-Synoptic-Token": token}
        connection.request("GET", f"/decisions?{query}", headers=headers)
        answer = connection.getresponse()
        state = answer.getheader("ETag").strip('"')
        return state, [(d["id"], d["sequence"], d["base"]) for d in json.loads(answer.read())["decisions"]]

    empty, _ = read("since=0")
    post(port, token, decision("d1") | {"base": 0}, decision("d2"))
    two, all_of_two = read(f"since=0&state={empty}")
    assert all_of_two == [("d1", 1, 0), ("d2", 2, 1)]
    post(port, token, decision("d3", kind="reject") | {"base": 1})
    three, new = read(f"since=2&state={two}")
    assert new == [("d3", 3, 1)]
    assert read(f"since=3&state={three}") == (three, [])
    lines = (out / DECISIONS).read_bytes().splitlines(keepends=True)
    (out / DECISIONS).write_bytes(b"".join([lines[0], lines[2], lines[1], lines[3]]))
    other, whole = read(f"since=3&state={three}")
    assert other != three
    assert [(id, sequence) for id, sequence, _ in whole] == [("d2", 1), ("d1", 2), ("d3", 3)]
    assert read("since=9")[1] == whole
    connection.close()


def test_all_decisions_of_a_request_or_none(server, out):
    status, text = post(server.server_port, server.token, decision("d1"), decision("d2", kind="aprove"))
    assert status == 422
    assert "aprove" in text
    assert not (out / DECISIONS).exists()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 422),
        ("[]", {}, 422),
        ('{"decisions": {}}', {}, 422),
        ('{"decisions": [{"id": 1, "kind": "approve"}]}', {}, 422),
        ("[" * 100_000, {}, 422),
        ("{}", {"Content_Type": "text/plain"}, 415),
        ("{}", {"Content_Length": "99999999999"}, 413),
        ("{}", {"Content_Length": "-1"}, 411),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(server, body, headers, status):
    assert ask(server.server_port, "POST", "/decisions", server.token, body, **headers)[0] == status


def test_the_server_starts_without_the_libraries_of_a_run():
    code = "import sys, pipeline.review.server; print({'numpy', 'pandas', 'numba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_page_that_was_opened_twice_sees_all_decisions(server, out):
    port, token = server.server_port, server.token

    def tab(name):
        for k in range(40):
            assert post(port, token, decision(f"{name}{k}"))[0] == 200

    tabs = [threading.Thread(target=tab, args=(name,)) for name in ("a", "b")]
    for each in tabs:
        each.start()
    for each in tabs:
        each.join()
    ids = [d.id for d in read_decisions(out).decisions]
    assert sorted(ids) == sorted([f"{name}{k}" for name in "ab" for k in range(40)])
    assert [i for i in ids if i[0] == "a"] == [f"a{k}" for k in range(40)]


def test_the_served_page_has_the_decisions_that_there_are_by_now(server):
    post(server.server_port, server.token, decision("d1", text="</script><script>alert(1)</script>"))
    page = ask(server.server_port, "GET", f"/?token={server.token}")[1]
    assert '"id":"d1"' in page
    assert page.count("<script") == 4
    assert "alert(1)</script>" not in page


def test_a_damaged_log_is_not_overwritten(server, out):
    (out / DECISIONS).write_bytes(b"\xff\xfe")
    assert post(server.server_port, server.token, decision("d1"))[0] == 500
    assert (out / DECISIONS).read_bytes() == b"\xff\xfe"


def test_without_a_corpus_there_is_nothing_to_review(tmp_path):
    with pytest.raises(InputError, match="synoptic align"):
        review_server(tmp_path, None)
    (tmp_path / "review.html").write_text("<html>", encoding="utf-8")
    with pytest.raises(InputError, match="not a review page"):
        review_server(tmp_path, None)


def test_a_taken_port_is_an_error(server, out):
    with pytest.raises(SettingError, match="cannot listen"):
        review_server(out, server.server_port)
    other = review_server(out, None)
    assert other.server_port != server.server_port
    other.server_close()


def start(out):
    """A server of its own process: its address and token come from what it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "review", str(out), "--no-open"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    address = process.stdout.readline().split()[-1]
    port, token = address.removeprefix("http://127.0.0.1:").split("/?token=")
    return process, int(port), token


def test_kill_9_loses_no_decision(out):
    """Two tabs write and the server is killed, again and again: what was answered is there and whole."""
    chance = random.Random(4)
    stored, sent, kills = [], 0, 0
    lock = threading.Condition()
    while len(stored) < 200:
        process, port, token = start(out)
        enough = len(stored) + chance.randint(2, 25)

        def tab(name, port=port, token=token):
            nonlocal sent
            while True:
                with lock:
                    sent += 1
                    id = f"{name}{sent}"
                try:
                    status, _ = post(port, token, decision(id))
                except (OSError, http.client.HTTPException):
                    return
                assert status == 200
                with lock:
                    stored.append(id)
                    lock.notify()

        tabs = [threading.Thread(target=tab, args=(name,)) for name in ("a", "b")]
        for each in tabs:
            each.start()
        with lock:
            assert lock.wait_for(lambda enough=enough: len(stored) >= enough, timeout=60)
        process.send_signal(signal.SIGKILL)  # while both tabs are writing
        for each in tabs:
            each.join()
        process.wait()
        kills += 1
        process.stdout.close()
        log = read_decisions(out)
        assert set(stored) <= {d.id for d in log.decisions}
        assert not log.unreadable
    assert kills >= 8
    assert 1 <= len(list((out / BACKUPS).glob("decisions-*.csv"))) <= 10
