"""A key that runs tests but never buys: everything with tokens, nothing that sells; over its rolls too."""

import json

import pytest

from tests.tools.agent import MODERN, NEWEST_LEGACY
from tests.tools.installation import HELLO
from tests.web.keys.test_keys import agent, row, secret
from tests.web.paying import legacy
from tests.web.rest.program import Program

DEAR = {**HELLO, "persona_count": 1000, "detail": "deep"}
MEND = "Test with fewer personas or less detail, or ask an owner of the organization."
MONEY = {"checkout_urls", "topup_packs", "overage_usd", "cap_usd"}


@pytest.fixture
def made(someone):
    """The page a key was made on."""
    return someone.send("/app/keys", name="Newsletter bot", scope="never_buys")


@pytest.fixture
def bot(polis, made):
    return agent(polis, secret(made))


def names(whose, revision):
    asked = whose.modern if revision == MODERN else whose.result
    return {tool["name"] for tool in asked("tools/list")["tools"]}


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
def test_it_is_shown_every_tool_but_the_one_that_sells(polis, someone, bot, revision):
    full = agent(polis, secret(someone.send("/app/keys", name="Full", scope="mcp")))
    assert names(bot, revision) == names(full, revision) - {"polis_topup"}


def test_to_it_polis_topup_is_unknown_by_either_door(bot):
    assert legacy(bot)["error"] == {"code": -32602, "message": "Unknown tool: polis_topup"}
    answer = Program(bot).send("topup", {"pack": "small"})
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


def test_it_tests_asks_compares_and_cancels(polis, bot):
    run_id = polis.complete_run(bot)
    asked = bot.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert bot.call("polis_cancel", thread_id=asked["thread_id"])["status"] == "cancelled"
    variants = [{"content": "One"}, {"content": "Two"}]
    compared = bot.call("polis_compare", content_type="text", variants=variants, persona_count=10)
    assert compared["compare_id"].startswith("cmp_")
    polis.work_off()


def test_its_account_and_its_refusals_for_lack_of_tokens_carry_nothing_that_sells(polis, bot):
    assert not bot.call("polis_account").keys() & MONEY
    error = bot.refusal("polis_test", **DEAR)
    assert (error["code"], error["hint"]) == ("not_enough_tokens", MEND)
    assert error["details"].keys() == {"needed_tokens", "missing_tokens"}
    told = Program(bot).refusal("test", 402, **DEAR)
    assert (told["hint"], told["details"].keys()) == (MEND, error["details"].keys())
    assert "/app/billing" not in json.dumps([error, told])


def test_at_its_own_cap_it_is_still_told_where_that_is_raised(polis, someone):
    capped = someone.send("/app/keys", name="Capped", scope="never_buys", cap="5")
    error = agent(polis, secret(capped)).refusal("polis_test", **HELLO)
    assert error["code"] == "spend_cap_reached"
    assert error["details"]["raise_limit_url"].endswith("/app/keys")


def test_what_it_may_do_stands_in_the_list_on_its_page_and_in_the_audit_log(polis, someone, made):
    listed = someone.open("/app/keys")
    key_id = row(listed, "Newsletter bot")
    assert "Run tests, never buy</td>" in listed.text
    assert "<dt>May</dt><dd>Run tests, never buy " in someone.open(f"/app/keys/{key_id}").text
    assert 'sells: <span class="mono">no</span>' in someone.open("/app/audit").text


def test_rolling_keeps_it(polis, someone, made):
    key_id = row(someone.open("/app/keys"), "Newsletter bot")
    rolled = someone.send(f"/app/keys/{key_id}/roll", overlap="24")
    assert "polis_topup" not in names(agent(polis, secret(rolled)), NEWEST_LEGACY)
    assert "<dt>May</dt><dd>Run tests, never buy " in rolled.text


@pytest.mark.parametrize(("scope", "told"), [("mcp", "Everything"), ("mcp:read", "Read only")])
def test_other_keys_are_offered_to_buy_as_before(polis, someone, scope, told):
    made = someone.send("/app/keys", name="Other", scope=scope)
    assert "topup_packs" in agent(polis, secret(made)).call("polis_account")
    assert f"{told}</td>" in someone.open("/app/keys").text
