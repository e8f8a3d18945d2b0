"""What an operator sees of a served run: figures of every process, and one id in every line of it."""

import json
from urllib.request import Request, urlopen

from tests.samples import samples
from tests.served import Served
from tests.tools.installation import HELLO
from tests.waiting import until

SNAPSHOT = {**HELLO, "detail": "snapshot"}


def test_the_figures_tell_of_a_run_whichever_processes_played_a_part(served):
    before = figures(served)
    finish(served)
    after = figures(served)

    def rose(name: str, **labels: str) -> float:
        key = tuple(labels.items())
        return after[name][key] - before.get(name, {}).get(key, 0.0)

    assert (
        rose("polis_tool_calls_total", tool="polis_test", outcome="ok") == 1
    )  # others may end meanwhile what earlier tests began
    assert rose("polis_runs_started_total", book="test", detail="snapshot") >= 1
    assert rose("polis_runs_ended_total", book="test", status="complete") >= 1
    assert rose("polis_run_seconds_count", detail="snapshot") >= 1
    assert rose("polis_tokens_charged_total", book="test") >= 10
    assert rose("polis_work_done_total", kind="synthesise") >= 1
    assert rose("polis_work_seconds_count", kind="synthesise") >= 1
    posts = {"route": "/api/mcp", "method": "POST", "status": "2xx"}
    assert rose("polis_http_request_seconds_count", **posts) >= 2
    until(lambda: processes(served) == ({"web": 2, "worker": 2}, 2))  # one may be starting still


def processes(served: Served) -> tuple[dict[str, float], float]:
    """How many of each kind count on this machine, and the workers heard of anywhere."""
    told = figures(served)
    kinds = {dict(labels)["kind"]: count for labels, count in told["polis_processes"].items()}
    return kinds, told["polis_workers"][()]


def test_a_refusal_is_counted_by_its_code(served):
    before = figures(served)
    served.call("polis_status", {"run_id": "run_unknown"})
    after = figures(served)
    key = (("tool", "polis_status"), ("outcome", "not_found"))
    found = after["polis_tool_calls_total"], before.get("polis_tool_calls_total", {})
    assert found[0][key] - found[1].get(key, 0.0) == 1


def test_the_command_tells_what_the_page_tells(served):
    printed = samples(served.run_polis("metrics"))
    assert printed.keys() >= {
        "polis_processes",
        "polis_workers",
        "polis_http_request_seconds_count",
    }


def test_s19_no_figure_tells_who_asked_or_for_what(served):
    run_id = finish(served)
    text = page(served)
    facts = [*map(str, served.demo.values()), run_id, "Hello, world"]
    assert [fact for fact in facts if len(fact) > 5 and fact in text] == []


def test_one_request_id_leads_from_the_answer_over_the_web_to_every_worker_that_acted(served):
    request_id, run_id = started(served)
    finished(served, run_id)
    until(lambda: "synthesise" in {line.get("kind") for line in of(served, request_id)})
    lines = of(served, request_id)
    assert {line["event"] for line in lines} == {"http", "work.done"}
    (http,) = [line for line in lines if line["event"] == "http"]
    assert (http["route"], http["status"]) == ("/api/mcp", 200)
    assert {line["kind"] for line in lines if "kind" in line} == {"react_batch", "synthesise"}
    assert all(line["request_id"] == request_id for line in lines)


def of(served: Served, request_id: str) -> list[dict]:
    """What was logged about a request; a worker's line follows its commit."""
    return [json.loads(line) for line in served.log.splitlines() if request_id in line]


def finish(served: Served) -> str:
    """A run that is over."""
    run_id = str(served.call("polis_test", SNAPSHOT)["run_id"])
    finished(served, run_id)
    return run_id


def finished(served: Served, run_id: str) -> None:
    status: dict = {}
    while not status.get("done"):
        status = served.call("polis_status", {"run_id": run_id, "wait_s": 20})
    assert status["status"] == "complete"


def started(served: Served) -> tuple[str, str]:
    """The id of the request that started a run, and the run's."""
    params = {"name": "polis_test", "arguments": SNAPSHOT}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    headers = {
        "Authorization": f"Bearer {served.key}",
        "Content-Type": "application/json",
        "MCP-Protocol-Version": "2025-11-25",
    }
    with urlopen(Request(served.url, json.dumps(message).encode(), headers), timeout=30) as answer:
        result = json.loads(answer.read())["result"]
        return answer.headers["X-Request-Id"], result["structuredContent"]["run_id"]


def page(served: Served) -> str:
    with urlopen(f"{served.base}/metrics", timeout=30) as answer:
        return answer.read().decode()


def figures(served: Served) -> dict:
    return samples(page(served))
