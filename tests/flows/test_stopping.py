"""SIGTERM under load: what was begun is answered, what was started is finished after the next start."""

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from http.client import HTTPConnection
from threading import Event

import pytest

from tests.databases import DATABASES
from tests.rounds import rounds
from tests.served import Served
from tests.tools.installation import HELLO

CLIENTS = 4


class Client:
    """An agent that keeps its connection as long as the server does, and then opens another."""

    def __init__(self, served: Served, key: str) -> None:
        self._http = HTTPConnection("127.0.0.1", served.port, timeout=40)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        self._headers["MCP-Protocol-Version"] = "2025-11-25"
        self.reset = False  # reached the kernel's queue, and nobody after it

    def call(self, tool: str, arguments: dict) -> dict | None:
        """A tool's answer; None where nobody listens any more."""
        params = {"name": tool, "arguments": arguments}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        is_new = self._http.sock is None
        try:
            self._http.request("POST", "/api/mcp", json.dumps(message), self._headers)
            response = self._http.getresponse()
        except ConnectionRefusedError:
            return None
        except ConnectionResetError:
            assert is_new, "a connection the server had kept"
            self.reset = True
            return None
        body = response.read()
        assert response.status == 200, body
        return json.loads(body)["result"]["structuredContent"]


@pytest.mark.parametrize("kind", DATABASES)
def test_r7_a_stop_under_load_drops_no_request_and_no_run(copies, tmp_path, kind):
    few = {"worker_processes": "1", "web_threads": "4"}
    served = Served(copies.fresh(kind, tmp_path), tmp_path, **few)
    under_way, started = Event(), []

    def client(number: int) -> int:
        answered, agent = 0, agents[number]
        while (answer := agent.call(*_next(number + answered, started))) is not None:
            answered += 1
            started.extend([answer["run_id"]] if answer.get("status") == "pending" else [])
            if answered == rounds(50):
                under_way.set()
        return answered

    with served, ThreadPoolExecutor(CLIENTS + 1) as pool:
        key = served.key
        agents = [Client(served, key) for _ in range(CLIENTS)]
        clients = [pool.submit(client, number) for number in range(CLIENTS)]
        wait([*clients, pool.submit(under_way.wait, 60)], return_when=FIRST_COMPLETED)
        served.stop()
        answered = [each.result(60) for each in clients]
    assert sum(answered) >= rounds(50)
    # Between a server's last accept and its close the kernel may still say yes for it.
    assert sum(agent.reset for agent in agents) <= 1

    with served:
        for run_id in started:
            answer = served.call("polis_status", {"run_id": run_id, "wait_s": 25}, key)
            while not answer["done"]:
                answer = served.call("polis_status", {"run_id": run_id, "wait_s": 25}, key)
            assert answer["status"] == "complete", answer
        usage = served.call("polis_account", {}, key)["_usage"]
    assert usage["held_tokens"] == 0
    assert usage["included_tokens_remaining"] == 5000 - 10 * len(started)


def _next(number: int, started: list[str]) -> tuple[str, dict]:
    """Reads in turn, and a start among them until there are enough to finish later."""
    if number % 4 == 3 and len(started) < rounds(100):
        return "polis_test", {**HELLO, "detail": "snapshot"}
    return (("polis_account", {}), ("polis_runs", {}), ("polis_estimate", HELLO))[number % 3]
