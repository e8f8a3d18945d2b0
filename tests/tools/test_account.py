"""polis_account: who this is and what can be spent, with the pages that sell more."""

import pytest
import time_machine

from app.domain import plans
from app.kit import clock
from tests.tools.installation import HELLO


def test_an_account_without_a_plan_is_shown_everything_on_sale(polis):
    agent = polis.agent(tokens=12, email="kim@example.com")
    answer = agent.call("polis_account")
    assert (answer["organization"], answer["email"]) == ("kim", "kim@example.com")
    assert answer["organization_id"] == agent.who.organization_id
    assert (answer["plan"], answer["status"]) == ("trial", "trialing")
    assert (answer["pack_tokens_remaining"], answer["held_tokens"]) == (12, 0)
    assert answer["checkout_urls"].keys() == set(plans.PAID_PLANS)
    assert [(p["pack"], p["usd"], p["tokens"]) for p in answer["topup_packs"]] == [
        ("small", 5, 1000), ("medium", 20, 4000), ("large", 50, 12_500), ("scale", 200, 55_000),
    ]  # fmt: skip
    links = [*answer["checkout_urls"].values(), *(p["url"] for p in answer["topup_packs"])]
    assert all(link.startswith("http://127.0.0.1:8000/pay/") for link in links)


def test_a_verified_person_has_the_trial(polis):
    answer = polis.agent(tokens=0, verified=True).call("polis_account")
    assert answer["trial_tokens_remaining"] == 300


def test_an_account_on_a_plan_is_sold_nothing(polis):
    agent = polis.agent(tokens=0)
    polis.on_plan(agent, "pro")
    answer = agent.call("polis_account")
    assert (answer["plan"], answer["status"], answer["cap_usd"]) == ("pro", "active", 50)
    assert answer["included_tokens_remaining"] == 12_500
    assert answer["period_ends_at"] > clock.iso(clock.now())
    assert not answer.keys() & {"checkout_urls", "topup_packs"}


def test_a_plan_that_ended_is_offered_again(polis):
    agent = polis.agent(tokens=0)
    polis.on_plan(agent, "pro")
    with time_machine.travel("2099-01-01"):
        answer = agent.call("polis_account")
    assert (answer["status"], answer["included_tokens_remaining"]) == ("inactive", 0)
    assert answer["checkout_urls"].keys() == set(plans.PAID_PLANS)


def test_what_runs_is_held(polis):
    agent = polis.agent(tokens=100)
    agent.call("polis_test", **HELLO)
    answer = agent.call("polis_account")
    assert (answer["pack_tokens_remaining"], answer["held_tokens"]) == (85, 15)


def test_an_installation_that_sells_nothing_shows_no_pages(polis):
    with polis.taking("off") as selling_nothing:
        answer = selling_nothing.agent(tokens=5).call("polis_account")
    assert not answer.keys() & {"checkout_urls", "topup_packs"}


@pytest.mark.parametrize("arguments", [{"wait": 1}, {"organization": "org_x"}])
def test_it_takes_no_arguments(polis, arguments):
    error = polis.agent().refusal("polis_account", **arguments)
    assert [f["field"] for f in error["details"]["fields"]] == list(arguments)
