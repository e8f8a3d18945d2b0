"""Refusals that need an installation in a state of its own: each under its status over REST."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from app.bootstrap import Services
from app.domain.credentials import Credentials
from app.domain.tariff.panelist import Panelist
from app.domain.tariff.rate import Rate, Terms
from app.kit import clock
from app.models.accounts import Organization
from tests.tools.installation import HELLO, running
from tests.web.billing.conftest import Away
from tests.web.rest.program import Program

PAGE = {"content_type": "url", "url": "https://example.com/", "persona_count": 10}


def test_a_key_at_its_cap_is_402(polis):
    program = Program(polis.agent(cap=20, verified=False))
    program.call("test", **HELLO)
    with polis.unchanged():
        refused = program.refusal("test", 402, **HELLO)
    assert (refused["code"], refused["details"]["limit"]) == ("spend_cap_reached", "key")


def test_an_organization_whose_runs_are_paused_is_429_until_they_go_on(polis):
    agent, until = polis.agent(), clock.now() + timedelta(minutes=10)
    with polis.services.transaction() as session:
        session.get_one(Organization, agent.who.organization_id).runs_paused_until = until
    program = Program(agent)
    with polis.unchanged():
        answer = program.send("test", HELLO)
    assert (answer.status_code, answer.json["error"]["code"]) == (429, "rate_limited")
    assert answer.headers["Retry-After"] == str(answer.json["error"]["details"]["retry_after_s"])
    assert program.call("account")["organization"]  # what starts nothing goes on


@pytest.mark.parametrize("book", ["live", "test"])
def test_a_page_nobody_can_look_at_is_503_with_the_mode_that_works(polis, book):
    program = Program(polis.agent(book=book))
    with polis.unchanged():
        refused = program.refusal("test", 503, **PAGE, url_mode="visual")
    assert refused["code"] == "visual_unavailable"
    assert "copy" in refused["hint"]


@pytest.mark.parametrize("tool", ["estimate", "test"])
def test_a_model_whose_money_of_the_day_is_spent_is_503(polis, tool):
    spent = Terms(Rate(600_000, 1_600_000), daily_micros=5, org_daily_micros=5)
    dear = replace(
        polis.services,
        panelist=Panelist("embedded", "1", model=Panelist("llm", "1-x", terms=spent)),
        credentials=Credentials(polis.services.database, "stripe_live"),
    )
    who = polis.agent().who
    with running(dear) as installation, polis.unchanged():
        refused = Program(installation.as_(who)).refusal(tool, 503, **HELLO)
    assert refused["code"] == "engine_unavailable"


def test_a_payment_provider_that_is_away_is_503_and_the_same_key_is_good_later(polis):
    who = polis.agent().who
    facts = {each.name: getattr(polis.services, each.name) for each in fields(polis.services)}
    bought = {"pack": "small", "idempotency_key": "once"}
    with running(Unpayable(**facts)) as installation:
        refused = Program(installation.as_(who)).refusal("topup", 503, **bought)
    assert refused["code"] == "payments_unavailable"
    assert Program(polis.as_(who)).call("topup", **bought)["status"] == "open"


class Unpayable(Services):
    """An installation whose payment provider answers nothing."""

    __slots__ = ()

    def biller(self):
        """The provider that is away."""
        return Away(None)
