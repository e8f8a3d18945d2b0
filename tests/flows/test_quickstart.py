"""The quickstart as its readers use it: pasted into a shell, run as a program, read by a model."""

import json
import re
import subprocess
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from tests.flows.claude_code import added, greeted
from tests.needed import BY_NPM, needed
from tests.served import Served

NODE = Path(__file__).parents[1] / "clients/node_modules/node/bin/node"
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRIED = {  # every block a test below runs: language, title, how many
    ("bash", "Claude Code"): 1,
    ("bash", "MCP by hand"): 1,
    ("bash", "once, by the agent"): 1,
    ("json", "MCP"): 6,  # a client's configuration, and five calls
    ("python", "Python"): 1,
    ("sh", "cURL"): 5,
    ("ts", "TypeScript"): 1,
}
NOT_TRIED = {("text", "in the shell"): "it shows where a reader's own key belongs"}


@pytest.fixture(scope="module")
def running(copies, tmp_path_factory):
    folder = tmp_path_factory.mktemp("quickstart")
    with Served(copies.fresh("sqlite", folder), folder, rate_limits="on") as served:
        yield served


def fetched(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def blocks(page, language, title=None):
    """The blocks in a language, of one title if told."""
    return [
        text
        for found, named, text in BLOCK.findall(page)
        if found == language and title in (None, named)
    ]


def clean(running, folder, command, text):
    """Run a text in a new shell of an empty folder that knows nothing but the key."""
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "POLIS_KEY": running.key}
    done = subprocess.run(
        command, input=text, cwd=folder, env=env, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"error"' not in done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def page(running):
    return fetched(f"{running.base}/docs/quickstart.md")


def test_no_block_of_the_page_is_one_that_nobody_tries(page):
    found = Counter((language, title) for language, title, _ in BLOCK.findall(page))
    assert found == Counter(TRIED) + Counter(NOT_TRIED.keys())


def test_claude_code_is_told_an_endpoint_that_leads_it_to_a_sign_in(running, page, tmp_path):
    (block,) = blocks(page, "bash", "Claude Code")
    server = added(running, tmp_path, block)
    assert (server.name, server.url, server.headers) == ("polis", f"{running.base}/mcp", {})
    status, way = greeted(server)
    assert status == 401
    metadata = json.loads(fetched(re.search(r'resource_metadata="([^"]+)"', way)[1]))
    assert metadata["resource"] == server.url
    (config, *calls) = (json.loads(text) for text in blocks(page, "json", "MCP"))
    assert config == {"mcpServers": {server.name: {"type": "http", "url": server.url}}}
    assert len(calls) == 5  # which a model makes, below


def test_every_shell_block_works_when_pasted_one_after_the_other(running, page, tmp_path):
    said = [clean(running, tmp_path, ["sh", "-eu"], text) for text in blocks(page, "sh")]
    price, begun, state, report, answer = said
    assert json.loads(price)["tokens"] == 75
    assert json.loads(begun)["status"] == "pending"
    assert json.loads(state)["status"] == "complete"
    shares = [int(each) for each in re.findall(r"^ *(\d+)%  \(", report, re.MULTILINE)]
    assert len(shares) == 3
    assert 98 <= sum(shares) <= 102
    assert json.loads(answer)["answers"][0]["answer"]


def test_an_agent_gets_its_key_as_the_page_says(running, page, tmp_path):
    (ask,) = [text for text in blocks(page, "bash") if "/api/provision" in text]
    given = json.loads(clean(running, tmp_path, ["bash", "-eu"], ask))
    told = set(re.findall(r"^\| `(\w+)", page, re.MULTILINE))
    assert set(given) - {"key_prefix", "next"} <= told
    assert running.call("polis_account", {}, given["api_key"])["trial_tokens_remaining"] == 150


def test_the_python_program_runs_as_it_stands(running, page, tmp_path):
    (program,) = blocks(page, "python")
    said = clean(running, tmp_path, ["python3", "-"], program)
    assert said.startswith("tokens: 75\n")
    assert len(re.findall(r"^\d+\.\d \S", said, re.MULTILINE)) == 3


def test_the_typescript_program_runs_as_it_stands(running, page, tmp_path):
    node = needed(NODE, BY_NPM)
    (program,) = blocks(page, "ts")
    (tmp_path / "quickstart.mts").write_text(program)
    said = clean(running, tmp_path, [node, "--no-warnings", "quickstart.mts"], "")
    assert said.startswith("tokens: 75\n")
    assert len(said.splitlines()) == 4


def test_the_call_by_hand_works_as_it_stands(running, page, tmp_path):
    (by_hand,) = [text for text in blocks(page, "bash") if "jsonrpc" in text]
    told = json.loads(clean(running, tmp_path, ["bash", "-eu"], by_hand))
    assert told["result"]["structuredContent"]["organization"]


def test_the_node_the_page_asks_for_is_one_that_runs_its_program(page):
    major, minor = map(int, re.search(r"Node (\d+)\.(\d+) and later", page).groups())
    assert (major, minor) >= (22, 18)  # the first to strip types unasked


def envelope(page):
    """How a call is posted, read off the page: its headers and its message without the call."""
    (by_hand,) = [text for text in blocks(page, "bash") if "jsonrpc" in text]
    headers = dict(re.findall(r'-H "([\w-]+): ([^"]+)"', by_hand))
    return headers, json.loads(re.search(r"-d '(.*)'", by_hand, re.DOTALL)[1])


def test_a_model_goes_from_llms_txt_to_a_report_by_what_it_reads_alone(running):
    index = fetched(f"{running.base}/llms.txt")
    quickstart = re.search(r"\[Agent quickstart\]\(([^)]+)\)", index)[1]
    page = fetched(quickstart)
    (ask,) = [text for text in blocks(page, "bash") if "/api/provision" in text]
    address = re.search(r"(http\S+/api/provision)", ask)[1]
    request = urllib.request.Request(
        address, b'{"email": "model@example.com"}', {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        given = json.load(answer)
    headers, message = envelope(page)
    headers["Authorization"] = headers["Authorization"].replace("$POLIS_KEY", given["api_key"])
    calls = [json.loads(text) for text in blocks(page, "json") if '"arguments"' in text]
    assert [each["name"] for each in calls] == [
        "polis_estimate", "polis_test", "polis_status", "polis_report", "polis_ask",
    ]  # fmt: skip
    run_id, said = "", {}
    for call in calls:
        arguments = {k: run_id if v == "run_…" else v for k, v in call["arguments"].items()}
        done = False
        while not done:
            posted = json.dumps({**message, "params": {**call, "arguments": arguments}})
            sent = urllib.request.Request(given["mcp_url"], posted.encode(), headers)
            with urllib.request.urlopen(sent, timeout=60) as answer:
                result = json.load(answer)
            said[call["name"]] = told = result["result"]["structuredContent"]
            assert not result["result"]["isError"], told
            run_id = told.get("run_id", run_id)
            done = call["name"] != "polis_status" or told["done"]
    assert said["polis_report"]["ready"]
    assert len(said["polis_report"]["report"]["topFriction"]) == 3
    assert said["polis_ask"]["answers"][0]["answer"]
