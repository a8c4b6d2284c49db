"""A local Ray cluster of a head and two nodes gives the same bytes, even if a node is lost."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.progress import Silent

pytest.importorskip("ray")

SAMPLES = Path(__file__).parent.parent.parent / "data" / "raw"

NODES = """
import sys, time, ray
while not ray.is_initialized():
    try:
        ray.init(address=sys.argv[1], log_to_driver=False, logging_level="CRITICAL")
    except (ConnectionError, RuntimeError):
        time.sleep(0.5)
while sum(node["Alive"] for node in ray.nodes()) != int(sys.argv[2]):
    time.sleep(0.2)
"""

ALIGN = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from pipeline.config import Config
from pipeline.run.flow import run
from pipeline.run.steps import align, embed, match, read

class Killer:
    @contextmanager
    def stage(self, name, total=None):
        done = 0
        def advance(count):
            nonlocal done
            done += count
            if name == "embed" and done >= 2 and len(sys.argv) > 4:
                os.killpg(int(sys.argv.pop()), signal.SIGKILL)
        yield advance

    def note(self, text):
        pass

for step in (align, embed, match, read):
    step.CHUNK = 1  # so that there is work for many
raw, out, address = sys.argv[1:4]
run(Config(raw=Path(raw), out=Path(out), engine="ray", address=address), Killer())
"""


@pytest.fixture
def secured(tmp_path):
    """The environment of a cluster with its own token."""
    token = tmp_path / "token"
    token.write_text(secrets.token_hex(32))
    return os.environ | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token)}


@pytest.fixture
def cluster(tmp_path, secured):
    """The address of a cluster and its node processes, each in its own session; the head does no work."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    nodes = []

    def start(*options):
        command = [Path(sys.executable).with_name("ray"), "start", "--block", "--disable-usage-stats"]
        command += ["--node-ip-address=127.0.0.1", "--object-store-memory=100000000", *options]
        log = (tmp_path / f"node{len(nodes)}.log").open("w")
        nodes.append(subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=secured))

    try:
        start("--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")
        wait_for_nodes(f"127.0.0.1:{port}", 1, secured)
        for number in (1, 2):  # one after the other: two that begin at once may want the same port
            start(f"--address=127.0.0.1:{port}", "--num-cpus=1")
            wait_for_nodes(f"127.0.0.1:{port}", number + 1, secured)
        yield f"127.0.0.1:{port}", nodes
    finally:
        for node in reversed(nodes):
            if node.poll() is None:
                os.killpg(node.pid, signal.SIGKILL)
            node.wait()


def wait_for_nodes(address, count, environment):
    command = [sys.executable, "-c", NODES, address, str(count)]
    subprocess.run(command, env=environment, timeout=180, check=True)


def tables(out):
    return {path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))}


def test_a_cluster_makes_the_same_bytes_also_when_a_node_is_lost(cluster, secured, tmp_path):
    address, nodes = cluster
    shutil.copytree(SAMPLES, tmp_path / "raw")
    run(Config(raw=tmp_path / "raw", out=tmp_path / "local", jobs=1), Silent())
    for name, victim in (("whole", []), ("lost", [str(nodes[2].pid)])):
        command = [sys.executable, "-c", ALIGN, tmp_path / "raw", tmp_path / name, address, *victim]
        subprocess.run(command, env=secured, timeout=300, check=True)
        assert tables(tmp_path / name) == tables(tmp_path / "local")
    assert nodes[1].poll() is None
    assert nodes[2].wait(10) is not None
