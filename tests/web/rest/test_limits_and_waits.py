"""What the twin shares with MCP besides its answers: limits, waiting, suspension, an absent store."""

import json
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import update

from app.db import DatabaseAway
from app.domain import ledger
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.accounts import Organization
from tests.tools.installation import HELLO, running
from tests.web.rest.program import Program


@pytest.fixture
def limited(polis):
    """The same installation with its limits on, in a moment that stands still."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    with (
        running(replace(polis.services, settings=settings)) as installation,
        time_machine.travel(clock.now(), tick=False),
    ):
        yield installation


def test_calls_by_either_door_count_against_one_limit(limited):
    agent = limited.agent()
    program = Program(agent)
    first = program.send("account")
    assert [first.headers[f"{x}RateLimit-Remaining"] for x in ("", "X-")] == ["29", "29"]
    agent.ask("ping")
    refused = program.send("status", {"run_id": "none"})
    assert (refused.status_code, refused.headers["RateLimit-Remaining"]) == (404, "27")
    assert program.send("account", b"{").headers["RateLimit-Remaining"] == "26"


def test_beyond_the_limit_one_is_told_when_to_come_back(limited):
    program = Program(limited.agent())
    statuses = [program.send("account").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    refused = program.send("test", HELLO)
    assert refused.json["error"]["code"] == "rate_limited"
    wait = int(refused.headers["Retry-After"])
    assert wait >= 1
    assert refused.json["error"]["details"] == {"retry_after_s": wait, "limit": "mcp"}
    assert refused.json["error"]["hint"] == f"Try again in {wait} seconds."
    assert refused.headers["RateLimit-Remaining"] == "0"


def test_a_call_that_waits_comes_back_when_something_has_changed(polis):
    program = Program(polis.agent())
    run_id = program.call("test", **HELLO)["run_id"]
    assert program.call("status", run_id=run_id, wait_s=1)["done"] is False
    polis.work_off()
    assert program.call("status", run_id=run_id, wait_s=25)["done"] is True


def test_a_suspended_organization_is_told_so_and_whom_to_write_to(polis):
    agent = polis.agent()
    with polis.services.transaction() as session:
        session.execute(
            update(Organization)
            .where(Organization.id == agent.who.organization_id)
            .values(suspended_at=clock.now())
        )
    answer = Program(agent).send("account")
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "suspended")
    assert "support" in answer.json["error"]["hint"]


def test_a_store_that_is_away_is_503_and_worth_another_try(polis):
    class Away:
        def authenticate(self, *_):
            raise DatabaseAway("The database does not answer.", hint="Try again in a moment.")

    agent = polis.agent()
    with running(replace(polis.services, credentials=Away())) as dark:
        answer = Program(dark.as_(agent.who)).send("account")
    assert answer.status_code == 503
    assert answer.json["error"]["hint"] == "Try again in a moment."


def test_a_refusal_is_not_remembered_by_an_idempotency_key(polis):
    agent = polis.agent(tokens=5)
    program = Program(agent)
    asked = {**HELLO, "persona_count": 10, "idempotency_key": "once"}
    assert program.refusal("test", 402, **asked)["code"] == "not_enough_tokens"
    wallet = Wallet(agent.who.organization_id, "live", polis.services.settings.payment_mode)
    with polis.services.transaction() as session:
        ledger.grant(
            session, wallet, "packs", 100, cause=f"test:{agent.who.key_id}:more", now=clock.now()
        )
    assert program.call("test", **asked)["status"] == "pending"


def test_every_tool_answers_the_same_by_both_doors(polis):
    agent = polis.agent()
    program = Program(agent)
    run_id = polis.complete_run(agent)
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    polis.work_off()
    begun = polis.complete_comparison(agent)
    twice = [
        ("thread", {"thread_id": asked["thread_id"]}),
        ("report", {"run_id": begun["compare_id"]}),
        ("status", {"run_id": begun["compare_id"]}),
        ("topup", {"pack": "small", "idempotency_key": "t"}),
        ("test", {**HELLO, "idempotency_key": "n"}),
        ("compare", {"content_type": "text", "persona_count": 10, "idempotency_key": "c",
                     "variants": [{"content": "Hello"}, {"content": "Hi"}]}),
        ("ask", {"run_id": run_id, "target": "panel", "question": "And then?",
                 "idempotency_key": "a"}),
    ]  # fmt: skip
    for tool, arguments in twice:
        by_mcp = agent.call(f"polis_{tool}", **arguments)
        assert json.dumps(program.call(tool, **arguments), sort_keys=True) == json.dumps(
            by_mcp, sort_keys=True
        )
