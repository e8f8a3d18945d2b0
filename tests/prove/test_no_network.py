"""R17: installed once, Polis starts and works with no network at all.

In a network namespace of its own, whose one interface is a loopback; client and server are both in it.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.databases import DATABASES
from tests.needed import needed
from tests.served import ROOT

ALONE = ("--net",) if os.geteuid() == 0 else ("--map-root-user", "--net")
SCRIPT = """
import fcntl, json, socket, struct, sys, urllib.request
from pathlib import Path
from tests.served import Served

with socket.socket() as any_:  # loopback comes up: SIOCSIFFLAGS, IFF_UP
    fcntl.ioctl(any_, 0x8914, struct.pack("16sH14x", b"lo", 1))
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5).close()
    sys.exit("there is a network")
except OSError as error:
    told = {"outside": error.strerror}
with Served(sys.argv[1], Path(sys.argv[2]), web_processes="1", worker_processes="1") as served:
    for path in ("/", "/docs", "/login"):
        with urllib.request.urlopen(served.base + path, timeout=30) as answer:
            told[path] = answer.status
    wanted = {"content_type": "text", "content": "Hello", "persona_count": 10}
    run = {"run_id": served.call("polis_test", wanted)["run_id"], "wait_s": 20}
    state = served.call("polis_status", run)
    while not state["done"]:
        state = served.call("polis_status", run)
print(json.dumps(told | {"run": state["status"]}))
"""


@pytest.mark.parametrize("kind", DATABASES)
def test_r17_a_server_without_a_network_answers_its_first_page_and_plays_a_run(
    copies, tmp_path, kind
):
    program = needed("unshare", "apt-get install util-linux")
    url = copies.fresh(kind, tmp_path)  # of PostgreSQL by its socket, which is a file
    command = [program, *ALONE, sys.executable, "-c", SCRIPT, url, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told.pop("outside") == "Network is unreachable"
    assert told == {"/": 200, "/docs": 200, "/login": 200, "run": "complete"}
