"""The main job, from the price to a better wording, as an agent does it with the official SDK."""

import json
import subprocess
from pathlib import Path

DRAFT = {
    "content_type": "linkedin",
    "content": (
        "We cut our build from 40 minutes to 4. No new machines, no new vendor: we stopped running "
        "every test on every change. Here is the one rule that picks which tests run."
    ),
    "audience": "engineers at mid-size companies",
    "persona_count": 20,
}


async def main_job(polis):
    """What an agent does before its person publishes a post."""
    price = await polis("polis_estimate", **DRAFT)
    assert price["within_cap"]

    run = await polis("polis_test", **DRAFT, idempotency_key="the post of Monday")
    assert run["tokens_charged"] == price["tokens"] == 30

    status = {"done": False}
    while not status["done"]:
        status = await polis("polis_status", run_id=run["run_id"], wait_s=25)
    assert (status["status"], status["reactions_done"]) == ("complete", 20)

    report = await polis("polis_report", run_id=run["run_id"])
    leaned_in, held_back, passed_by = report["report"]["segments"]
    assert round(leaned_in["share"] + held_back["share"] + passed_by["share"], 2) == 1

    worst = report["report"]["topFriction"][0]
    said_by = {reaction["persona"]["id"]: str(reaction) for reaction in report["reactions"]}
    for evidence in worst["evidence"]:
        assert evidence["quote"] in said_by[evidence["persona_id"]]

    asked = await polis(
        "polis_ask", run_id=run["run_id"], target="persona", question="What would change your mind?",
        persona_id=worst["evidence"][0]["persona_id"],
    )  # fmt: skip
    assert asked["answers"][0]["answer"]

    better = report["report"]["rewrite"]["body"]
    comparison = await polis(
        "polis_compare", content_type="linkedin", audience=DRAFT["audience"], persona_count=20,
        variants=[{"content": DRAFT["content"]}, {"content": better}],
    )  # fmt: skip
    verdict = {"ready": False}
    while not verdict["ready"]:
        await polis("polis_status", run_id=comparison["compare_id"], wait_s=25)
        verdict = await polis("polis_report", run_id=comparison["compare_id"])

    account = await polis("polis_account")
    return {"verdict": verdict["result"]["verdict"], "left": account["_usage"]}


def test_an_agent_finds_out_what_an_audience_will_think(served):
    sdk = Path(__file__).parents[2] / ".venv-clients/mcp2/bin/python"
    command = [str(sdk), str(Path(__file__).parent / "sdk.py"), served.url, served.key]
    before = served.call("polis_account", {})["_usage"]["included_tokens_remaining"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["revision"] == "2026-07-28"
    assert told["verdict"].endswith(".")
    assert told["left"]["included_tokens_remaining"] == before - 30 - 1 - 60
    assert told["left"]["held_tokens"] == 0
